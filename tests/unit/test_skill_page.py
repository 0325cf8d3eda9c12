"""The page of skill is what its script makes of the numbers that ship beside it."""

import importlib.util
import json
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_skill_page.py"
SPEC = importlib.util.spec_from_file_location("make_skill_page", SCRIPT)
made = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(made)
FOUND = json.loads((made.DOCS / made.KEPT).read_text("utf-8"))


def test_page_and_diagram_are_written_from_the_numbers_beside_them():
    assert (made.DOCS / made.PAGE).read_text("utf-8") == made.page(FOUND)
    assert (made.DOCS / made.DIAGRAM).read_text("utf-8") == made.diagram(FOUND)


def test_numbers_of_every_class_are_there_and_can_be():
    assert set(FOUND["classes"]) == {key for key, _ in made.CLASSES}
    for one in FOUND["classes"].values():
        assert set(one) == set(made.NUMBERS)
        assert 0 < one["inside_50"] < one["inside_90"] <= 1
        assert 0 < one["median_error_deg"] < one["mean_error_deg"] < 90
    classes = FOUND["classes"]
    known, new = classes["corridor_known"]["launches"], classes["corridor_new"]["launches"]
    assert known + new == classes["all"]["launches"] >= 100
    gain = 1 - classes["all"]["crps_deg"] / FOUND["formula"]["crps_deg"]
    assert FOUND["crps_gain"] == pytest.approx(gain, abs=0.002)  # rounded to 1e-3 each


def test_steps_of_probability_hold_what_was_said():
    for key in ("reliability", "reliability_no_prior"):
        for one in FOUND[key]:
            assert set(one) == set(made.BIN)
            assert one["from"] <= one["said"] <= one["to"]
            assert 0 <= one["came_true"] <= 1


def test_what_is_a_launch_is_read_from_what_the_script_of_the_judgement_prints():
    said = "7 events, {} launches: precision 0.961, recall 0.989, others found 1 of 2"
    names = ("set, held-out half", "  of these without words", "  of these at new places",
             "notice, held-out half")  # fmt: skip
    lines = ["set, fitted half  " + said.format(9)]
    lines += [f"{name}  {said.format(k)}" for k, name in enumerate(names)]
    printed = "\n".join(lines)
    read = made.judged(printed)
    assert [one["launches"] for one in read] == [0, 1, 2, 3]
    assert read[0] == {"events": 7, "launches": 0, "precision": 0.961, "recall": 0.989,
                       "others_found": 1, "others": 2}  # fmt: skip
    for one in FOUND["judgement"]:
        assert set(one) == set(made.COUNTS)
        assert one["launches"] + one["others"] == one["events"]


def test_launches_are_told_with_truth_band_and_probability_and_no_missile_is_forecast():
    for row in [*FOUND["hand_checked"], *FOUND["worst"]]:
        assert not row["name"].startswith(made.NO_LAUNCH)
        held = row["truth_deg"] is not None and any(
            low <= row["truth_deg"] <= high for low, high in row["set_deg"]
        )
        assert row["inside"] in {None, held}
        assert row["top"]["low_deg"] <= row["top"]["inclination_deg"] <= row["top"]["high_deg"]
        assert row["width_deg"] == pytest.approx(
            sum(high - low for low, high in row["set_deg"]), abs=0.15
        )  # ends rounded to 0.01, of at most twelve intervals


def test_a_new_measurement_gives_the_same_form():
    row = FOUND["worst"][0]
    other = {"kind": "direct", "probability": 0.6, "inclination_deg": 50.0, "low_deg": 49.0,
             "high_deg": 51.0, "true": False}  # fmt: skip
    one = row | {"hypotheses": [other, other | {"true": True}], "truth_deg": float("nan")}
    measured = {
        **{key: FOUND["classes"][key] for key, _ in made.CLASSES},
        **{key: FOUND[key] for key in ("fitted_before", "launches_read", "left_out", "formula",
                                       "crps_gain", "reliability", "reliability_no_prior")},
        "before_any_fit": FOUND["classes"]["before_any_fit"] | {"launches": 1},
        "rows": [one, one | {"truth_deg": 50.5}],
        "hand_checked": [one, one | {"name": "xx-missile"}],
    }  # fmt: skip
    again = made.kept(json.loads(json.dumps(measured)), FOUND["judgement"])
    assert set(again) == set(FOUND)
    assert [len(again[key]) for key in ("worst", "hand_checked")] == [1, 1]
    assert again["hand_checked"][0]["truth_deg"] is None
    assert again["worst"][0]["true_hypothesis"] == 2
    assert "| no orbit |" in made.page(again)
