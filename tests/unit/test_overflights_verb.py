"""The verb overflights: opportunities, cameras, what could have been seen, plans."""

import numpy as np
import pytest

import kosmodrom
from kosmodrom.cases import load_case, run_case
from kosmodrom.errors import InputError
from kosmodrom.workspace import open_context

# A made satellite of the year 2020.
LATE = """\
1 90001U 20045A   22100.50000000  .00001000  00000-0  50000-4 0  9991
2 90001  97.4000 120.0000 0010000  90.0000 270.0000 15.20000000 10003
"""
ASKED = {
    "satellites": ["58400"],
    "targets": ["Pyongyang", "Seoul", "Vladivostok"],
    "start": "2026-08-22",
    "end": "2026-08-25",
    "max_off_nadir": "45 deg",
}
EYE = {"sample_distance_low": "0.5 m", "sample_distance_high": "5 m", "off_nadir_low": "20 deg",
       "off_nadir_high": "45 deg"}  # fmt: skip


def seen(at, **more):
    asked = {"satellites": ["58400"], "targets": ["Pyongyang"], "at": at} | more
    return kosmodrom.overflights(**asked)


def answer(at, **more):
    facts = seen(at, **more).facts
    numbers = tuple(facts[f"satellites_{word}"].value for word in ("sure", "possible"))
    return facts["could_have_seen"].value, numbers


def test_rows_lie_within_the_limits_and_facts_are_those_of_the_table():
    found = kosmodrom.overflights(**ASKED, min_sun="10 deg")
    columns, facts = found.columns, found.facts
    assert facts["count"].value == len(found) == 6
    assert columns["off_nadir_deg"].max() <= 45
    assert columns["sun_elevation_deg"].min() >= 10
    assert set(columns["direction"].tolist()) == {"ascending"}  # it flies south by night
    assert facts["smallest_off_nadir_deg"].value == pytest.approx(
        columns["off_nadir_deg"].min(), abs=1e-9
    )
    assert facts["per_day"].value == pytest.approx(len(found) / 4, abs=1e-12)
    assert (columns["begin"] <= columns["best"]).all()
    assert (columns["best"] <= columns["end"]).all()
    # The angle off nadir is made of roll and pitch.
    tangent = np.hypot(*(np.tan(np.radians(columns[name])) for name in ("roll_deg", "pitch_deg")))
    assert np.degrees(np.arctan(tangent)) == pytest.approx(columns["off_nadir_deg"], abs=1e-6)
    # On a round Earth cos(elevation) = (1 + h/R) sin(off nadir); the true one differs a little.
    sine = (1 + columns["altitude_km"] / 6371) * np.sin(np.radians(columns["off_nadir_deg"]))
    assert np.degrees(np.arccos(sine)) == pytest.approx(columns["elevation_deg"], abs=0.4)


def test_day_and_night_and_both_directions_make_all():
    whole = len(kosmodrom.overflights(**ASKED))
    day = len(kosmodrom.overflights(**ASKED, min_sun="0 deg"))
    night = len(kosmodrom.overflights(**ASKED, max_sun="0 deg"))
    up = len(kosmodrom.overflights(**ASKED, direction="ascending"))
    down = len(kosmodrom.overflights(**ASKED, direction="descending"))
    assert whole == day + night == up + down
    assert min(day, night, up, down) > 0


def test_roll_and_pitch_limits_only_take_away():
    whole = kosmodrom.overflights(**ASKED)
    rolled = kosmodrom.overflights(**ASKED, max_roll="30 deg", max_pitch="10 deg")
    assert 0 < len(rolled) < len(whole)
    assert np.abs(rolled.columns["roll_deg"]).max() <= 30
    assert rolled.columns["duration_s"].max() < whole.columns["duration_s"].max()


# Cameras


def test_a_camera_of_ones_own_gives_ranges_and_counts_what_is_sure():
    found = kosmodrom.overflights(**{**ASKED, "max_off_nadir": None}, camera=EYE)
    columns, facts = found.columns, found.facts
    assert facts["count"].high == len(found)
    assert facts["count"].low == columns["sure"].sum()
    assert (columns["sure"] == (columns["off_nadir_deg"] <= 20)).all()
    assert facts["sample_distance_m"].low >= 0.5 * 490 / 500
    assert facts["sample_distance_m"].high == pytest.approx(
        10 * facts["sample_distance_m"].low, rel=1e-9
    )  # ten times as coarse, seen from the same place
    assert facts["niirs"].low < facts["niirs"].high
    assert (columns["niirs_low"] <= columns["niirs_high"]).all()
    night = columns["sun_elevation_deg"] < 0
    assert (columns["niirs_high"][night] == 0).all()
    aside = np.abs(columns["roll_deg"]) > np.abs(columns["pitch_deg"])
    assert (columns["sample_across_low_m"] >= columns["sample_along_low_m"])[aside].all()
    codes = {note.code for note in found.accuracy}
    assert {"looking_sensor", "looking_limits_open", "looking_not_modelled"} <= codes


def test_a_camera_of_the_catalog_looks_as_far_as_its_row_says():
    asked = {"satellites": ["landsat-9"], "targets": ["Jakarta"], "sensor": "landsat-oli"}
    found = kosmodrom.overflights(**asked, start="2026-08-22", end="2026-09-08")
    off_nadir = found.columns["off_nadir_deg"]
    assert off_nadir.max() <= 15
    assert (found.columns["sure"] == (off_nadir <= 7.5)).all()
    assert found.facts["count"].low < found.facts["count"].high


def test_a_camera_that_was_not_known_yet_is_not_used():
    drawn = {"altitude": "500 km", "inclination": "97.4 deg"}
    with pytest.raises(InputError, match="were public from 2023-11-25 on"):
        kosmodrom.overflights(orbits=[drawn], targets=["Seoul"], sensor="malligyong-1-camera",
                              start="2023-09-13", as_of="2023-09-13")  # fmt: skip


# Could it have seen it?


def test_it_could_have_been_seen_where_it_stood_well_within_reach():
    assert answer("2026-08-22T13:29:24Z") == ("yes", (1, 1))


def test_it_could_not_have_been_seen_from_the_other_side_of_the_earth():
    assert answer("2026-08-22T03:00Z") == ("no", (0, 0))


def test_a_set_of_three_weeks_cannot_tell_whether_the_edge_was_in_reach():
    found = seen("2026-08-22T00:25:45Z", max_off_nadir="45 deg")
    assert found.facts["could_have_seen"].value == "cannot tell"
    row = found.rows()[-1]
    assert row["off_nadir_deg"] < 45 < row["off_nadir_deg"] + row["off_nadir_error_deg"]


def test_a_day_with_two_sets_is_judged_by_the_older_too():
    asked = {"max_off_nadir": "45 deg", "direction": "ascending"}
    # Three weeks old until 06:34, fresh from then on; the only pass going north is at 00:25.
    assert answer("2026-08-22", **asked) == ("cannot tell", (0, 1))


def test_a_period_that_begins_shortly_before_changes_nothing():
    asked = {"max_off_nadir": "45 deg", "end": "2026-08-22T02:00Z"}
    for start in ("2026-08-21T12:00Z", "2026-08-22T00:29:00Z"):
        # It was in reach until 00:26:25 by the set, which may be off by five minutes.
        assert answer("2026-08-22T00:30:30Z", **asked, start=start) == ("cannot tell", (0, 1))


def test_a_camera_that_may_or_may_not_look_aside_cannot_tell():
    at = "2026-08-22T13:29:24Z"
    assert answer(at, sensor="malligyong-1-camera") == ("cannot tell", (0, 1))
    assert answer(at, camera=EYE) == ("yes", (1, 1))


def test_a_set_that_is_years_old_cannot_tell():
    assert answer("2023-06-13T03:00Z", satellites=["kms-4"])[0] == "cannot tell"


def test_by_night_nothing_could_have_been_seen_in_daylight():
    assert answer("2026-08-22T13:29:24Z", min_sun="10 deg") == ("no", (0, 0))


def test_a_drawn_orbit_has_no_doubt():
    eye = {"altitude": "500 km", "inclination": "97.4 deg", "node": "0 deg"}
    asked = {"orbits": [eye], "targets": ["0,0"], "start": "2026-08-22", "end": "2026-08-31"}
    first = kosmodrom.overflights(**asked).columns["best"][0]
    there = kosmodrom.overflights(**asked, at=f"{first}Z")
    assert there.facts["could_have_seen"].value == "yes"


def test_any_of_several_satellites_is_enough_for_yes():
    found = seen("2026-08-22T13:29:24Z", satellites=["58400", "hubble"])
    assert found.facts["could_have_seen"].value == "yes"
    assert found.facts["satellites_sure"].value == 1


MANY = ["58400", "hubble", "ISS", "tiangong", "landsat-9", "kms-4", "39026"]


@pytest.mark.parametrize(
    ("at", "more"),
    [
        ("2026-08-22T13:00Z/2026-08-22T14:00Z", {}),
        ("2026-08-22T03:00Z/2026-08-22T05:00Z", {"max_off_nadir": "45 deg", "min_sun": "10 deg"}),
        ("2026-09-10", {"max_roll": "50 deg", "max_pitch": "20 deg"}),
    ],
)
def test_many_are_answered_as_each_alone(at, more):
    orbit = {"name": "drawn", "altitude": "600 km", "inclination": "60 deg", "planes": 2,
             "satellites": 4}  # fmt: skip
    targets = {"targets": ["Pyongyang", "Jakarta"], "orbits": [orbit], "start": at[:10], **more}
    together = seen(at, satellites=MANY, **targets)
    alone = [answer(at, satellites=[name], **targets | {"orbits": []}) for name in MANY]
    drawn = answer(at, satellites=[], **targets)[1]
    totals = [sum(numbers[side] for _, numbers in alone) + drawn[side] for side in (0, 1)]
    for side, word in enumerate(("sure", "possible")):
        assert together.facts[f"satellites_{word}"].value == totals[side]
    assert totals[1] > 0


def test_rows_say_whether_they_were_at_that_time():
    at = "2026-08-22T13:00Z/2026-08-22T14:00Z"
    found = seen(at, satellites=MANY, targets=["Pyongyang", "Jakarta"], max_off_nadir="45 deg")
    columns = found.columns
    during = (columns["begin"] <= np.datetime64("2026-08-22T14:00")) & (
        columns["end"] >= np.datetime64("2026-08-22T13:00")
    )
    then = columns["then"]
    assert (then[during] == "yes").any()
    assert set(columns["satellite"][then == "yes"].tolist()) <= set(
        columns["satellite"][during].tolist()
    )
    assert len(set(columns["satellite"][then == "yes"])) <= found.facts["satellites_sure"].value
    assert (then == "no").sum() > during.sum()
    named = {note.code: note.params for note in found.accuracy}["asked_who_sure"]
    assert named["count"] == found.facts["satellites_sure"].value
    assert columns["satellite"][then == "yes"][0] in named["names"]


def test_thousands_of_satellites_are_asked_at_once():
    orbit = {"name": "shell", "altitude": "550 km", "inclination": "53 deg", "planes": 72,
             "satellites": 2160}  # fmt: skip
    found = kosmodrom.overflights(orbits=[orbit], targets=["Jakarta"], start="2026-08-22",
                                  end="2026-08-22T01:00Z", at="2026-08-22T00:30Z")  # fmt: skip
    rows = found.columns["then"] == "yes"
    assert rows.sum() == found.facts["satellites_sure"].value > 0
    inside = (found.columns["begin"] <= np.datetime64("2026-08-22T00:30")) & (
        found.columns["end"] >= np.datetime64("2026-08-22T00:30")
    )
    assert (rows == inside).all()  # nothing is in doubt of orbits that are drawn


def test_half_a_day_before_and_after_is_shown():
    found = seen("2026-08-22T03:00Z", max_off_nadir="60 deg")
    begin, end = found.columns["begin"].min(), found.columns["end"].max()
    assert begin >= np.datetime64("2026-08-21T15:00")
    assert end <= np.datetime64("2026-08-22T15:00")


CASE = """
kosmodrom: 1
title: t
sources: {s: {name: somebody, published: 2026-08-24, grade: C3}}
analyses:
  step: {overflights: {satellites: [58400], targets: [Pyongyang], at: "%s", max_off_nadir: 45 deg}}
claims:
  c:
    says: it could have seen it
    source: s
    kind: event
    asserted: {happened: true}
    refuted_if: {not: asserted}
    evidence:
      - {fact: step.satellites_sure, holds_if: {low: 1}}
      - {fact: step.satellites_possible, holds_if: {low: 1}}
"""


@pytest.mark.parametrize(
    ("at", "verdict"),
    [
        ("2026-08-22T13:29:24Z", "supported"),
        ("2026-08-22T00:25:45Z", "unproven"),
        ("2026-08-22T03:00Z", "contradicted"),
    ],
)
def test_the_three_answers_give_three_verdicts(at, verdict, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "case.yaml").write_text(CASE % at, "utf-8")
    document = run_case(load_case("case.yaml"), open_context(store_path=None))
    assert document["claims"][0]["verdict"] == verdict


# Plans


def test_a_plan_takes_one_picture_a_target_with_time_to_turn_between():
    found = kosmodrom.overflights(**ASKED, plan=True)
    chosen = np.flatnonzero(found.columns["planned"])
    assert found.facts["planned"].value == len(chosen) == 3
    assert len(set(found.columns["target"][chosen].tolist())) == 3
    when = found.columns["planned_at"]
    assert np.isnat(when[~found.columns["planned"]]).all()
    assert (when[chosen] >= found.columns["begin"][chosen]).all()
    assert (when[chosen] <= found.columns["end"][chosen]).all()
    apart = np.diff(np.sort(when[chosen])) / np.timedelta64(1, "s")
    assert apart.min() >= 10  # dwell and settling


def test_a_plan_whose_rows_go_to_a_file_is_the_same(tmp_path):
    import pyarrow.parquet as pq

    file = tmp_path / "rows.parquet"
    found = kosmodrom.overflights(**ASKED, plan=True, parquet=str(file))
    assert found.facts["planned"].value == 3
    assert sum(pq.read_table(file)["planned"].to_pylist()) == 3


def test_a_satellite_that_hardly_turns_takes_fewer():
    one_pass = {**ASKED, "start": "2026-08-22T00:00Z", "end": "2026-08-22T01:00Z"}
    quick = kosmodrom.overflights(**one_pass, plan=True)
    slow = kosmodrom.overflights(**one_pass, plan=True, slew_rate="0.05 deg/s")
    assert quick.facts["planned"].value == 3
    assert slow.facts["planned"].value == 1


# Refusals


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"sensor": "nosuch"}, "no sensor is called 'nosuch'"),
        ({"sensor": "landsat-oli", "camera": EYE}, "give sensor or camera, not both"),
        ({"camera": {**EYE, "sample_distance_low": "0.5"}}, "0.5 has no unit"),
        ({"camera": {**EYE, "sample_distance_high": "0.1 m"}}, "low <= high"),
        ({"camera": {**EYE, "edge_response_low": 2}}, "not above 1"),
        ({"camera": {**EYE, "colour": "red"}}, "unknown key 'colour'"),
        ({"max_off_nadir": "95 deg"}, "above 0 and below 90 deg"),
        ({"max_off_nadir": "0 deg"}, "above 0 and below 90 deg"),
        ({"max_roll": "0 deg"}, "above 0 and below 90 deg"),
        ({"min_elevation": "95 deg"}, "to below 90 deg"),
        ({"min_sun": "20 deg", "max_sun": "10 deg"}, "exchange the two"),
        ({"min_sun": "95 deg"}, "-90 to 90 deg can be"),
        ({"plan": True, "dwell": "-5 s"}, r"settling=\): .* must be 0 s or more"),
        ({"direction": "north"}, "write one of 'any', 'ascending', 'descending'"),
        ({"at": "2026-09-01T00:00Z"}, "is not within the period"),
        ({"at": "2026-08-22T03:00"}, "has no zone"),
        ({"slew_rate": "5"}, "write 5 deg/s"),
        ({"plan": True, "slew_rate": "0 deg/s"}, "it must turn at all"),
        ({"plan": True, "satellites": ["58400", "ISS"]}, "a plan is for one satellite"),
        ({"targets": []}, "give at least 1"),
        ({"start": None}, "give start, or at"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(more, said):
    with pytest.raises(InputError, match=said):
        kosmodrom.overflights(**ASKED | more)


def test_a_satellite_that_was_not_yet_launched_saw_nothing():
    # Launched on 2023-11-21 at 13:42:58 UTC: its sets of 2026 carried back say nothing of before.
    found = kosmodrom.overflights(
        satellites=["58400"], targets=["Seoul"], at="2023-09-01", max_off_nadir="60 deg"
    )
    assert found.facts["could_have_seen"].value == "no"
    assert found.facts["satellites_possible"].value == 0
    codes = {note.code: note.params for note in found.warnings}
    assert codes["orbits_before_launch"]["instant"] == "2023-11-21T13:42:58Z"
    after = kosmodrom.overflights(satellites=["58400"], targets=["Seoul"], at="2023-11-23")
    assert after.facts["could_have_seen"].value == "cannot tell"


def test_a_satellite_that_has_fallen_saw_nothing_unless_the_fall_was_not_known():
    # Kwangmyongsong-4 fell on 2023-06-30, computed 2023-07-04.
    asked = {"satellites": ["41332"], "targets": ["Seoul"], "at": "2023-08-01"}
    assert kosmodrom.overflights(**asked).facts["could_have_seen"].value == "no"
    assert (
        kosmodrom.overflights(**asked, as_of="2023-06-01").facts["could_have_seen"].value
        == "cannot tell"
    )


def test_the_year_of_a_designator_is_enough_to_know_of_a_launch(tmp_path):
    file = tmp_path / "sets.tle"
    file.write_text(LATE)
    for at, word in (("2019-06-01", "no"), ("2021-06-01", "cannot tell")):
        found = kosmodrom.overflights(satellites=[str(file)], targets=["Seoul"], at=at)
        assert found.facts["could_have_seen"].value == word


def test_the_time_asked_about_stands_behind_the_bars():
    found = seen("2026-08-22T13:00Z/2026-08-22T14:00Z")
    (figure,) = [one for one in found.figures if one["kind"] == "timeline"]
    behind = [bar for row in figure["rows"] for bar in row["bars"] if bar["kind"] == "asked"]
    assert len(behind) == len(figure["rows"]) > 0
    assert behind[0]["begin"] == "2026-08-22T13:00:00.000Z"
    assert behind[0]["end"] == "2026-08-22T14:00:00.000Z"
    without = kosmodrom.overflights(**ASKED)
    kinds = {bar["kind"] for one in without.figures if one["kind"] == "timeline"
             for row in one["rows"] for bar in row["bars"]}  # fmt: skip
    assert kinds == {"picture"}
