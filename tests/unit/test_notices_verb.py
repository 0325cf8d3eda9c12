"""The verb notices: from texts and GeoJSON through the one function of all doors.

Numbers of notices are facts that were sent out; inclinations and lift-offs are those of the launch
list (GCAT, J. McDowell, planet4589.org).
"""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import kosmodrom
from kosmodrom import messages
from kosmodrom.analyses._registry import analysis
from kosmodrom.analyses.notices import COLUMNS, FACTS
from kosmodrom.cases import load_case, run_case, step
from kosmodrom.cli import main
from kosmodrom.errors import CaseError, InputError
from kosmodrom.messages import WORD_COLUMNS
from kosmodrom.report import figure_svg
from kosmodrom.workspace import open_context

ROOT = Path(__file__).parents[2]
# 15 April 2024, SuperView Neo-3 on Long March 2D from Jiuquan at 04:12, into 97.41 deg.
SUNNY = """\
A0656/24 NOTAMN
Q) ZLHW/QRTCA/IV/BO/W/000/999/3532N09828E017
A) ZLHW B) 2404150403 C) 2404150428
E) A TEMPORARY RESTRICTED AREA BOUNDED BY:
N354300E0983800-N352300E0983200-N352600E0981900-N354600E0982400, BACK TO START.
F) SFC G) UNL
"""
# 5 June 2022, Shenzhou-14 on Long March 2F from Jiuquan at 02:44, into 41.48 deg.
CREW = """\
A1213/22 NOTAMN
Q) ZLHW/QRDCA/IV/BO/W/000/999/3937N10729E022
A) ZLHW B) 2206050237 C) 2206050255
E) A TEMPORARY DANGER AREA ESTABLISHED BOUNDED BY:
N392200E1074900-N394300E1075600-N395200E1070800-N393100E1070100 BACK TO START.
F) SFC G) UNL

A1211/22 NOTAMN
Q) ZSHA/QRTCA/IV/BO/W/000/999/3514N12246E112
A) ZSHA B) 2206050234 C) 2206050316
E) A TEMPORARY RESTRICTED AREA ESTABLISHED BOUNDED BY:
N364724E1213112-N355100E1240000-N334000E1240000-N350300E1203300 BACK TO START.
F) SFC G) UNL
"""
# Invented.
GUNS = """\
A0101/24 NOTAMN
Q) RJTT/QWMLW/IV/BO/W/000/150/3430N13930E012
A) RJTT B) 2404150000 C) 2404190800
D) 0000-0800
E) GUNNERY, ARTILLERY TRAINING AND AIR-TO-AIR EXERCISES WITHIN AREA BOUNDED BY
342500N1392000E-342500N1394000E-343500N1394000E-343500N1392000E.
F) SFC G) 15000FT AMSL
"""
SOUNDING = GUNS.replace("GUNNERY, ARTILLERY TRAINING AND AIR-TO-AIR EXERCISES", "SOUNDING ROCKET")
NOWHERE = "A0102/24 NOTAMN\nA) RJTT B) 2404150000 C) 2404150800\nE) RUNWAY CLOSED."
SHUT = {"texts": [SUNNY], "site": "jiuquan"}


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def ask(as_of=None, lang="en", **request):
    """Ask through the one function of all doors."""
    context = open_context(store_path=None, as_of=as_of)
    result = step.run_step("notices", request, context)
    return result, step.step_json("notices", request, result, context, lang)


@pytest.fixture(scope="module")
def sunny():
    return ask(**SHUT, places=["Tokyo"])


def value(document, name):
    return document["facts"][name]["value"]


def width(document):
    return sum(high - low for low, high in value(document, "inclination_set_deg"))


def texts_of(document, kind="warnings"):
    return [note["text"] for note in document[kind]]


def test_a_notice_of_a_launch_gives_what_was_promised(sunny):
    _, document = sunny
    for name in ("inclination_deg", "inclination_set_deg", "is_orbital_launch", "hypothesis",
                 "azimuth_deg", "raan_deg", "raan_slope_deg_min", "lift_off"):  # fmt: skip
        assert name in document["facts"]
    for name in ("hypothesis", "probability", "inclination_deg", "inclination_low_deg",
                 "inclination_high_deg", "azimuth_deg", "raan_low_deg",
                 "raan_high_deg"):  # fmt: skip
        assert name in document["rows"][0]
    assert value(document, "class") == "orbital launch"
    assert value(document, "site") == "Jiuquan"
    inside = [low <= 97.41 <= high for low, high in value(document, "inclination_set_deg")]
    assert any(inside)
    chances = [row["probability"] for row in document["rows"]]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1, abs=1e-3)  # rounded to 1e-4 each
    top, fact = document["rows"][0], document["facts"]["inclination_deg"]
    assert fact["low"] <= fact["value"] <= fact["high"]
    assert top["inclination_deg"] == pytest.approx(fact["value"], abs=0.006)  # rounded to 0.01


def test_lift_off_is_when_it_was_and_a_minute_turns_the_node_with_the_earth(sunny):
    _, document = sunny
    ends = document["facts"]["lift_off"]
    assert ends["low"] < "2024-04-15T04:12" < ends["high"]
    # 360 deg in a sidereal day of 86 164.1 s.
    assert value(document, "raan_slope_deg_min") == pytest.approx(360 / 1436.068, abs=1e-5)


def test_facts_and_columns_have_words_in_both_languages(sunny):
    _, document = sunny
    verb = analysis("notices")
    for spec in FACTS:
        words = {lang: step.meaning_of(verb, spec.name, lang) for lang in messages.LANGUAGES}
        assert words["en"] == spec.meaning
        assert words["id"] not in {"", spec.meaning}
    assert all(spec.meaning for spec in COLUMNS)
    held = {name for name in document["rows"][0] if name in WORD_COLUMNS}
    assert {"hypothesis", "direction", "rests_on"} <= held
    for row in document["rows"]:
        for name in held:
            assert messages.fixed(row[name], "cell", "id") != row[name], row[name]
    assert messages.fixed(value(document, "class"), "cell", "id") == "peluncuran ke orbit"


def test_every_kind_class_and_ground_has_words():
    from typing import get_args

    from kosmodrom.analyses import _notices_launch
    from kosmodrom.launch.forecast.outcome import Kind
    from kosmodrom.launch.notices.grouped import Reason
    from kosmodrom.launch.notices.judged import Class

    grounds = _notices_launch._RESTS_ON.values()
    kinds = [_notices_launch._KINDS.get(kind, kind) for kind in get_args(Kind)]
    for words in [*grounds, *kinds, *get_args(Class)]:
        if words != "suborbital":  # the same in both
            assert messages.fixed(words, "cell", "id") != words, words
    for lang in messages.LANGUAGES:
        for code in get_args(Reason):
            assert messages.has(f"notices_why_{code}", lang), code


def test_every_repair_and_everything_not_understood_has_words():
    """Codes are read from the sources: one that is new and has no words fails here."""
    folder = ROOT / "src" / "kosmodrom" / "launch" / "notices"
    source = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.py")))
    unread = set(
        re.findall(r"(?:Unread\(code=|\.unread\(\s*|faults\.append\(\()\"(\w+)\"", source)
    )
    unread |= set(re.findall(r"Ring\(None, tuple\(codes\), \"(\w+)\"", source))
    mended = set(
        re.findall(r"(?:\.repair\(|repairs\.append\(\(?|codes\.append\()\"(\w+)\"", source)
    )
    made = "\n".join(path.read_text("utf-8") for path in (folder.parent / "forecast").glob("*.py"))
    remarks = set(re.findall(r"Remark\(code=\"(\w+)\"", made))
    assert len(remarks) > 5
    assert len(unread) > 15
    assert len(mended) > 8
    for lang in messages.LANGUAGES:
        assert not {code for code in unread if not messages.has(f"notices_unread_{code}", lang)}
        assert not {code for code in mended if not messages.has(f"notices_mended_{code}", lang)}
        assert not {code for code in remarks if not messages.has(f"notices_{code}", lang)}


def test_first_passes_come_after_insertion_and_shift_with_lift_off(sunny):
    _, document = sunny
    first, ends = document["facts"]["first_pass_tokyo"], document["facts"]["lift_off"]
    assert first["value"] > ends["value"]
    moved = np.datetime64(first["high"][:-1]) - np.datetime64(first["low"][:-1])
    late = np.datetime64(ends["high"][:-1]) - np.datetime64(ends["low"][:-1])
    assert abs(moved - late) <= np.timedelta64(2, "s")  # each rounded to a second
    assert 10 <= value(document, "pass_elevation_tokyo") <= 90
    assert 200 < value(document, "proxy_height_km") < 1500


def test_a_place_right_behind_the_site_does_not_end_it():
    # Insertion is south of Chongqing: its first pass is highest before the orbit begins.
    _, document = ask(**SHUT, places=["35,105"], launch="2024-04-15T04:12Z")
    first = value(document, "first_pass_35_105")
    assert first is None or first > "2024-04-15T04:21"


def test_a_lift_off_that_is_told_is_taken_as_an_instant_or_a_span():
    _, instant = ask(**SHUT, launch="2024-04-15T04:12Z")
    assert instant["facts"]["lift_off"]["value"] == "2024-04-15T04:12:00Z"
    assert instant["facts"]["lift_off"]["low"] is None
    _, span = ask(**SHUT, launch="2024-04-15T04:02Z/2024-04-15T04:22Z")
    assert value(span, "lift_off") == "2024-04-15T04:12:00Z"
    ends = [document["facts"]["raan_deg"] for document in (instant, span)]
    assert ends[0]["value"] == pytest.approx(ends[1]["value"], abs=0.02)
    wider = (ends[1]["high"] - ends[1]["low"]) - (ends[0]["high"] - ends[0]["low"])
    assert wider == pytest.approx(20 * 0.25068, abs=0.05)  # 20 min more


def test_a_site_by_name_and_by_coordinates_is_the_same_place():
    _, by_name = ask(**SHUT)
    _, by_place = ask(texts=[SUNNY], site="40.96,100.29", prior="none")
    _, bare = ask(**SHUT, prior="none")
    assert value(by_place, "inclination_deg") == pytest.approx(
        value(bare, "inclination_deg"),
        abs=0.3,  # the catalog's point of the site is kilometres away
    )
    assert width(bare) > 1.5 * width(by_name)
    assert any("not looked at" in text for text in texts_of(bare, "accuracy"))


def test_without_a_site_the_areas_find_it():
    _, document = ask(texts=[SUNNY])
    assert value(document, "site") == "Jiuquan"
    assert value(document, "site_share") > 0.8


def test_two_notices_have_sets_of_different_widths():
    _, sunny = ask(**SHUT, prior="none")
    _, crew = ask(texts=[CREW], site="jiuquan", prior="none")
    assert abs(width(sunny) - width(crew)) > 1.0
    inside = [low <= 41.48 <= high for low, high in value(crew, "inclination_set_deg")]
    assert any(inside)


def test_several_launches_in_one_text_are_told_apart_and_orbital_ones_come_first():
    _, document = ask(texts=[GUNS + "\n" + SUNNY + "\n" + CREW])
    assert value(document, "notices") == 4
    assert value(document, "areas") == 4
    assert value(document, "launches") + value(document, "others") == 3
    sites = {row["launch"]: row["site"] for row in document["rows"]}
    assert sites[1] == "Jiuquan"
    assert value(document, "class") == "orbital launch"
    dated = ask(texts=[GUNS, SUNNY])[1]["facts"]
    assert dated["lift_off"]["value"][:13] == "2024-04-15T04"


def test_a_closure_that_is_no_launch_is_said_to_be_none_and_not_looked_into():
    _, document = ask(texts=[GUNS])
    assert value(document, "launches") == 0
    assert value(document, "class") != "orbital launch"
    assert value(document, "is_orbital_launch") < 0.1
    assert document["rows"] == []
    assert "inclination_deg" not in document["facts"]
    assert any("no launch into orbit" in text for text in texts_of(document))


def test_suborbital_flights_are_named_and_end_there():
    _, document = ask(texts=[SOUNDING])
    assert value(document, "class") == "suborbital"
    assert document["rows"] == []
    told = ask(texts=[SOUNDING], site="40.96,100.29")[1]
    assert told["rows"] == []
    assert any("suborbital" in text for text in texts_of(document))
    indonesian = ask(texts=[GUNS], lang="id")[1]
    assert any("bukan peluncuran ke orbit: lain" in text for text in texts_of(indonesian))


def feature(ring, **properties):
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_areas_as_geojson_are_read_like_the_text():
    ring = [[98.6333, 35.7167], [98.5333, 35.3833], [98.3167, 35.4333], [98.4, 35.7667],
            [98.6333, 35.7167]]  # fmt: skip
    drawn = feature(ring, name="A0656/24", begin="2024-04-15T04:03Z", end="2024-04-15T04:28Z")
    text = json.dumps({"type": "FeatureCollection", "features": [drawn]})
    Path("areas.geojson").write_text(text, "utf-8")
    _, by_text = ask(**SHUT)
    for request in ({"texts": [text]}, {"files": ["areas.geojson"]}):
        context = open_context(store_path=None, files=True)
        asked = {"site": "jiuquan", **request}
        result = step.run_step("notices", asked, context)
        assert result.facts["inclination_deg"].value == pytest.approx(
            value(by_text, "inclination_deg"), abs=0.02
        )
        assert result.facts["lift_off"].value == value(by_text, "lift_off")


def test_the_record_is_held_back_to_the_day_and_to_the_day_before_launch():
    _, now = ask(**SHUT)
    _, early = ask(as_of="2015-06-01", **SHUT)
    known = {}
    for name, document in (("now", now), ("early", early)):
        (note,) = [one for one in document["accuracy"] if one["code"] == "notices_known"]
        known[name] = note["params"]
    assert known["early"]["count"] < known["now"]["count"]
    assert known["early"]["day"] == "2015-06-02"
    assert known["now"]["day"] == "2024-04-15"  # nothing of its own day
    assert now["as_of"] is None
    assert early["as_of"] == "2015-06-01"


def test_a_notice_that_was_issued_later_is_left_out():
    issued = SUNNY + "CREATED: 14 Apr 2024 08:00:00\n"
    (later, before) = (
        ask(texts=[issued], site="jiuquan", as_of=day)[1] for day in ("2024-04-14", "2024-04-13")
    )
    assert value(later, "launches") == 1
    assert value(before, "launches") == 0
    assert "inclination_deg" not in before["facts"]
    assert texts_of(before) == ["Left out, published later: 1 (A0656/24)."]


def test_a_notice_that_another_replaces_is_left_out_with_its_reason():
    later = SUNNY.replace("A0656/24 NOTAMN", "A0657/24 NOTAMR A0656/24").replace("0403", "0503")
    later = later.replace("0428", "0528")
    _, document = ask(texts=[SUNNY, later], site="jiuquan")
    assert value(document, "left_out") == 1
    assert any(text == "Left out, replaced by another notice: 1 (A0656/24)."
               for text in texts_of(document))  # fmt: skip
    assert value(document, "lift_off")[:13] >= "2024-04-15T05"


def test_what_was_not_understood_is_shown_with_its_place():
    text = (
        "NAVAREA IV 1/24 ROCKET LAUNCHING 151200Z TO 151500Z MAY 2024 IN AREAS BOUND BY\n"
        "A. 28-40N 080-30W, 28-45N 079-30W, 28-20N 079-25W, 28-25N 080-25W.\n"
        "B. 25-00N 074-00W, 24-99N 073-00W, 24-30N 074-00W.\n"
    )
    _, document = ask(texts=[text])
    assert value(document, "areas") == 1
    assert value(document, "unread") >= 1
    (said,) = [one for one in texts_of(document) if "not understood" in one]
    column = text.splitlines()[2].index("24-99N") + 1
    assert f"text 1:3:{column}: no coordinate “24-99N 073-00W”" in said
    (indonesian,) = [one for one in texts_of(ask(texts=[text], lang="id")[1])
                     if "tidak dipahami" in one]  # fmt: skip
    assert f"text 1:3:{column}: bukan koordinat" in indonesian


def test_repairs_are_listed_with_their_lines():
    crossed = SUNNY.replace(
        "N354300E0983800-N352300E0983200-N352600E0981900",
        "N354300E0983800-N352600E0981900-N352300E0983200",
    )
    _, document = ask(texts=[crossed], site="jiuquan")
    assert value(document, "repairs") == 1
    assert any("text 1:5: corners put in order" in text for text in texts_of(document))
    straight = ask(**SHUT)[1]
    assert value(document, "inclination_deg") == pytest.approx(
        value(straight, "inclination_deg"), abs=0.011
    )


def test_a_score_compares_with_what_was_catalogued():
    _, document = ask(texts=[SUNNY, CREW], score=True)
    assert value(document, "launches_scored") == 2
    rows = {row["tag"]: row for row in document["rows"]}
    row = rows["2024-072"]
    assert row["lift_off"] == "2024-04-15T04:12Z"
    assert row["catalogued_deg"] == 97.49  # GCAT
    assert rows["2022-060"]["catalogued_deg"] == 41.47
    off = row["inclination_deg"] - row["catalogued_deg"]
    assert row["error_deg"] == pytest.approx(off, abs=0.0011)  # rounded to 1e-3 each
    with pytest.raises(InputError, match="leave launch and places away"):
        kosmodrom.notices(texts=[SUNNY], score=True, launch="2024-04-15T04:12Z")


def test_figures_and_map_are_drawn_in_both_languages(sunny):
    result, document = sunny
    kinds = [one["properties"]["kind"] for one in document["features"]["features"]]
    assert {"closed_area", "site", "track", "corridor_band"} <= set(kinds)
    assert [figure["kind"] for figure in result.figures] == ["timeline", "curve"]
    for figure in result.figures:
        for lang in messages.LANGUAGES:
            drawn = figure_svg(figure, lang)
            assert "<svg" in drawn
            assert "report_" not in drawn
    mass = np.array(result.figures[1]["lines"][0]["points"])
    assert np.trapezoid(mass[:, 1], mass[:, 0]) == pytest.approx(1, abs=0.02)


def test_a_way_over_the_ground_begins_at_the_site_and_passes_the_area(sunny):
    from kosmodrom.base.geodesy import geodesic

    _, document = sunny
    (line, *_) = [one["geometry"]["coordinates"] for one in document["features"]["features"]
                  if one["properties"]["kind"] == "track"]  # fmt: skip
    points = np.radians(np.array(line)[:, :2][:, ::-1])
    site = np.radians([40.96, 100.29])
    assert geodesic(*points[0], *site)[0] < 30e3  # the site is some kilometres wide
    area = np.radians([35.57, 98.47])
    near = min(geodesic(*point, *area)[0] for point in points)
    assert near < 150e3  # points are 90 km apart, and it aims at another inclination


CASE = """\
kosmodrom: 1
title: t
sources: {s: {name: somebody, published: 2024-04-16, grade: C3}}
analyses: %s
claims: %s
"""
CLAIM = {
    "says": "It went over the poles", "source": "s", "kind": "quantity",
    "asserted": {"value": "97.5 deg", "about": True}, "refuted_if": {"outside": "5 %"},
}  # fmt: skip


def written(request, fact):
    claim = CLAIM | {"evidence": [{"fact": fact}]}
    text = CASE % (json.dumps({"w": {"notices": request}}), json.dumps({"c": claim}))
    Path("case.yaml").write_text(text, "utf-8")
    return run_case(load_case("case.yaml"), open_context(store_path=None))


def test_a_claim_can_cite_a_number_and_not_a_list_of_intervals(capsys):
    (judged,) = written(SHUT, "w.inclination_deg")["claims"]
    assert judged["verdict"] == "supported"
    assert main(["explain", "case.yaml", "w.inclination_set_deg"]) == 0
    assert re.search(r"9\d(\.\d+)?–\d+(\.\d+)?\sdeg", capsys.readouterr().out)
    refused = None
    try:
        document = written(SHUT, "w.inclination_set_deg")
    except (CaseError, InputError) as error:
        refused = str(error)
    else:
        refused = json.dumps(document)
    assert "intervals" in refused


def test_intervals_are_shown_on_the_page_in_json_and_in_the_report(capsys, tmp_path):
    Path("notice.txt").write_text(SUNNY, "utf-8")
    assert main(["notices", "notice.txt", "--site", "jiuquan"]) == 0
    page = capsys.readouterr().out
    assert re.search(r"inclination_set_deg\s+9\d[.\d]*–[.\d]+\sdeg", page)
    assert main(["notices", "notice.txt", "--site", "jiuquan", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["facts"]["inclination_set_deg"]
    assert listed["unit"] == "deg"
    assert all(len(pair) == 2 and pair[0] < pair[1] for pair in listed["value"])
    written(SHUT, "w.inclination_deg")
    assert main(["run", "case.yaml", "--lang", "en", "--lang", "id", "--quiet"]) == 0
    reports = sorted(Path("case-report").glob("*.html"))
    assert len(reports) == 2
    for report in reports:
        text = report.read_text("utf-8")
        low = f"{listed['value'][0][0]:g}"
        assert f"{low}–" in text or f"{low.replace('.', ',')}–" in text
        assert text.count("<svg") >= 3
        assert "notices_" not in re.sub(
            r"<code>[^<]*</code>|id=\"[^\"]*\"|href=\"[^\"]*\"", "", text
        )


def test_maps_go_to_geojson_and_kml(capsys):
    Path("notice.txt").write_text(SUNNY, "utf-8")
    asked = ["notices", "notice.txt", "--site", "jiuquan", "--geojson", "a.geojson", "--kml"]
    assert main([*asked, "a.kml", "--csv"]) == 0
    assert capsys.readouterr().out.startswith("launch,site,hypothesis,probability")
    features = json.loads(Path("a.geojson").read_text("utf-8"))["features"]
    assert {"Polygon", "LineString", "Point"} == {one["geometry"]["type"] for one in features}
    assert Path("a.kml").read_text("utf-8").count("<Placemark") == len(features)


# --- Files and what is wrong with them -----------------------------------------------------------


def test_files_are_named_at_the_shell_and_in_python_only(capsys):
    Path("notice.txt").write_text(SUNNY, "utf-8")
    found = kosmodrom.notices(files=["notice.txt"], site="jiuquan")
    assert found.datasets[0].name == "notice.txt"
    assert found.datasets[0].rows == 1
    Path("request.json").write_text(json.dumps({"files": ["notice.txt"]}), "utf-8")
    assert main(["notices", "--request", "request.json"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("request.json")
    assert "Traceback" not in said
    Path("other.json").write_text(json.dumps({"site": "jiuquan"}), "utf-8")
    assert main(["notices", "notice.txt", "--request", "other.json"]) == 0
    capsys.readouterr()
    text = CASE % (
        json.dumps({"w": {"notices": {"files": ["notice.txt"]}}}),
        json.dumps({"c": {"says": "it", "source": "s", "kind": "intent"}}),
    )
    Path("case.yaml").write_text(text, "utf-8")
    assert main(["check", "case.yaml"]) == 2
    assert capsys.readouterr().err.startswith("case.yaml:4: ")


def make(name):
    """Put a file or a folder of a sort there, and say how it is called."""
    bad = {
        "too large": b"A0001/24 NOTAMN\n" + b"x" * (4 * 2**20),
        "latin": SUNNY.encode() + "ÉTAT".encode("latin-1"),
        "empty": b" \n",
        "binary": bytes(range(256)) * 10,
        "no area": NOWHERE.encode(),
        "no notice": b"Dear reader, nothing here.\n",
        "broken json": b'{"type": "FeatureCollection", "features": [',
        "other json": b'{"type": "nothing"}',
    }
    if name == "folder":
        Path("folder").mkdir()
    elif name in bad:
        Path(name).write_bytes(bad[name])
    return name


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("missing", "cannot read missing: No such file"),
        ("folder", "folder is a folder; give a file"),
        ("too large", "larger than 4 MiB"),
        ("latin", "latin:7: not a text in UTF-8"),
        ("binary", "not a text in UTF-8"),
        ("empty", "empty is empty; give a file with a text"),
        ("no area", "1 notices were read, and no area in any of them"),
        ("no notice", "no area in any of them"),
        ("broken json", "broken json"),
        ("other json", "other json"),
    ],
)
def test_a_bad_file_gives_one_clear_error(name, part, capsys):
    assert main(["notices", make(name)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert part in said.err
    assert len(said.err.splitlines()) == 1, said.err
    assert len(said.err) < 500
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ({}, "give notices: files or texts"),
        ({"texts": [""]}, "is empty; give the text of a notice"),
        ({"texts": ["x" * 400_001]}, "at most 400000 are taken"),
        (SHUT | {"site": "nosuch"}, "nosuch"),
        (SHUT | {"altitude": "90 km"}, "120 to 2000 km can be"),
        (SHUT | {"within": "1 min"}, "10 min to 7 d can be"),
        (SHUT | {"launch": "2024-04-15T04:12"}, "2024-04-15T04:12"),
        (SHUT | {"launch": "2024-04-15T04:12Z/2024-04-20T04:12Z"}, "at most 2 days can be"),
        (SHUT | {"planes": ["nosuch"]}, "nosuch"),
        (SHUT | {"prior": "some"}, "some"),
        (SHUT | {"operator": ""}, "operator"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(asked, part):
    with pytest.raises(InputError, match=re.escape(part)):
        kosmodrom.notices(**asked)


def test_it_reads_what_comes_in_by_the_shell(capsys, monkeypatch):
    import io
    import sys

    class Stdin:
        buffer = io.BytesIO(SUNNY.encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert main(["notices", "-", "--site", "jiuquan", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["provenance"]["datasets"][0]["name"] == "<stdin>"
