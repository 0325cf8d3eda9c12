"""What passes, overflights, coverage, contacts and track have in common, through every door."""

import json
from pathlib import Path

import numpy as np
import pytest
import yaml

import kosmodrom
from kosmodrom import messages
from kosmodrom.analyses._registry import analysis
from kosmodrom.cases import load_case, run_case
from kosmodrom.cli import main
from kosmodrom.errors import InputError, NotYetPublicError
from kosmodrom.workspace import open_context

DAY = {"start": "2026-08-23T00:00Z", "end": "2026-08-23T12:00Z"}
ASKED = {
    "passes": {"satellites": ["ISS", "tiangong"], "places": ["Jakarta"], **DAY},
    "overflights": {"satellites": ["spot-6", "pleiades-1a"], "targets": ["Tokyo"],
                    "max_off_nadir": "45 deg", **DAY},
    "coverage": {"satellites": ["spot-6", "pleiades-1a"], "region": "KOR", "cell": "200 km",
                 "max_off_nadir": "45 deg", **DAY},
    "contacts": {"satellites": ["spot-6", "pleiades-1a"], "stations": ["svalbard"],
                 "targets": ["Tokyo"], "max_off_nadir": "45 deg", **DAY},
    "track": {"satellites": ["ISS", "tiangong"], "step": "30 min", "max_off_nadir": "10 deg",
              **DAY},
}  # fmt: skip
CASE = """
kosmodrom: 1
title: t
sources: {s: {name: somebody, published: 2026-08-24, grade: C3}}
analyses:
  step: %s
claims: {c: {says: it, source: s, kind: intent}}
"""
every_verb = pytest.mark.parametrize("verb", ASKED)


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def ask(verb, **more):
    return getattr(kosmodrom, verb)(**ASKED[verb] | more)


def options(asked):
    for key, value in asked.items():
        for one in value if isinstance(value, list) else [value]:
            yield f"--{key.replace('_', '-')}"
            yield str(one)


def shell(capsys, verb, *more, asked=None):
    assert main([verb, *options(asked or ASKED[verb]), *more]) == 0
    return capsys.readouterr().out


def codes(notes):
    return {note.code for note in notes}


@every_verb
def test_every_door_gives_the_same_numbers(verb, capsys, tmp_path):
    by_shell = json.loads(shell(capsys, verb, "--json"))
    (tmp_path / "case.yaml").write_text(CASE % json.dumps({verb: ASKED[verb]}), "utf-8")
    by_case = run_case(load_case("case.yaml"), open_context(store_path=None))["steps"]["step"]
    assert by_case == by_shell
    assert by_shell["rows"]
    result = ask(verb)
    assert len(result) == len(by_shell["rows"])
    assert set(result.facts) == set(by_shell["facts"])
    for spec in analysis(verb).facts:
        value = result.facts[spec.name].value if spec.name in result.facts else None
        if isinstance(value, (int, float)):
            step = spec.resolution or 1e-9  # numbers leave the program as multiples of it
            shown = by_shell["facts"][spec.name]["value"]
            assert shown == pytest.approx(value, abs=0.5001 * step)
    assert set(by_shell["rows"][0]) == set(result.columns)


@every_verb
def test_a_request_file_asks_what_options_ask(verb, capsys, tmp_path):
    (tmp_path / "request.yaml").write_text(yaml.safe_dump(ASKED[verb]), "utf-8")
    assert main([verb, "--request", "request.yaml", "--csv"]) == 0
    assert capsys.readouterr().out == shell(capsys, verb, "--csv")


@every_verb
def test_the_order_in_which_satellites_are_named_changes_nothing(verb):
    one = ask(verb)
    other = ask(verb, satellites=ASKED[verb]["satellites"][::-1])
    assert one.columns.keys() == other.columns.keys()
    for name in one.columns:
        left, right = np.asarray(one.columns[name]), np.asarray(other.columns[name])
        assert np.array_equal(left, right, equal_nan=left.dtype.kind in "fM")
    assert one.facts == other.facts


@every_verb
def test_columns_and_facts_are_those_promised_in_their_order(verb):
    result, loaded = ask(verb), analysis(verb)
    names = [spec.name for spec in loaded.columns]
    assert [name for name in names if name in result.columns] == list(result.columns)
    assert result.accuracy
    assert "orbits_model" in codes(result.accuracy)
    assert result.datasets[0].name == "catalog/element_sets.csv"
    assert result.datasets[0].rows >= 60
    assert result.facts["oldest_elements_days"].value > 0
    assert result.facts["time_error_s"].value > 0


@every_verb
def test_nothing_english_is_left_on_an_indonesian_page(verb, capsys):
    document = json.loads(shell(capsys, verb, "--json"))
    page = " ".join(shell(capsys, verb, "--lang", "id").split())
    for note in document["accuracy"] + document["warnings"]:
        assert note["text"] not in page
        assert " ".join(messages.text(note["code"], note["params"], "id").split()) in page
    for name in document["facts"]:
        meaning = messages.text(f"meaning_{verb}_{name}", {}, "id")
        assert meaning in page
    for word in (" per day", " hours", " days", "ascending", "descending", " yes", " no "):
        assert word not in page


@every_verb
def test_as_of_a_day_before_every_set_there_is_no_answer_and_it_says_why(verb):
    with pytest.raises(InputError, match="was public by 2020-01-01; the first at hand has its"):
        ask(verb, as_of="2020-01-01")


@every_verb
def test_as_of_a_day_hides_later_sets_and_says_so(verb):
    when = {"start": "2021-08-25", "end": "2021-08-26"}
    early = ask(verb, satellites=["KMS-4"], as_of="2021-08-10", **when)
    late = ask(verb, satellites=["KMS-4"], **when)
    assert "rows_held_back" in codes(early.warnings)
    assert "rows_held_back" not in codes(late.warnings)
    old, new = (one.facts["oldest_elements_days"].value for one in (early, late))
    assert old > 17  # the last public by then is of 7 August
    assert new < 5  # that of 22 August


@every_verb
def test_a_period_far_from_every_set_is_answered_with_a_warning(verb):
    result = ask(verb, start="2020-01-01T00:00Z", end="2020-01-01T12:00Z")
    assert {"orbits_before_first", "orbits_aged_lost"} <= codes(result.warnings)


@every_verb
@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"start": "2026-08-23T04:00"}, r"start=\): .* has no zone; write 2026-08-23T04:00Z"),
        ({"start": "23.08.2026"}, r"start=\): .*write 2026-08-23"),
        ({"end": "2026-08-20"}, r"end=\): the end, .* is not after the start"),
        ({"end": "2046-08-20"}, r"end=\): the period is .* days long; 3652 days are the most"),
        ({"start": "2030-01-01", "end": "2030-01-02"}, "how the Earth is turned is known from"),
        ({"start": "1950-01-01", "end": "1950-01-02"}, "how the Earth is turned is known from"),
        ({"satellites": ["IS"]}, "did you mean International Space Station"),
        ({"satellites": ["99999"]}, "no element sets of satellite 99999 are at hand"),
        ({"satellites": ["luna-25"]}, "has no catalogue number"),
        ({"satellites": ["no.tle"]}, "there is no file no.tle"),
        ({"satellites": []}, "name a satellite"),
        ({"orbits": [{"inclination": "53 deg"}]}, "give either altitude, or perigee and apogee"),
        ({"orbits": [{"altitude": "50 km", "inclination": "53 deg"}]}, "100 km or more"),
        ({"orbits": [{"altitude": "500", "inclination": "53 deg"}]}, "write 500 km"),
        ({"orbits": [{"altitude": "500 km", "inclination": "polar"}]}, "or sun-synchronous"),
        ({"orbits": [{"altitude": "7000 km", "inclination": "sun-synchronous"}]},
         "no inclination makes 7000 x 7000 km sun-synchronous"),
        ({"orbits": [{"altitude": "500 km", "inclination": "1 deg", "local_time": "25:00"}]},
         "from 0 to 24 h"),
        ({"orbits": [{"altitude": "500 km", "inclination": "1 deg", "satellites": 5,
                      "planes": 2}]}, "5 satellites in 2 planes"),
    ],
)  # fmt: skip
def test_wrong_times_satellites_and_orbits_are_refused_with_the_way_out(verb, more, said):
    with pytest.raises(InputError, match=said):
        ask(verb, **more)


@every_verb
def test_a_file_that_holds_no_element_sets_is_refused_with_its_line(verb, capsys, tmp_path):
    (tmp_path / "notes.txt").write_text("dear diary\nnothing today\n", "utf-8")
    asked = ASKED[verb] | {"satellites": ["notes.txt"]}
    assert main([verb, *options(asked)]) == 2
    assert capsys.readouterr().err.startswith("--satellites: notes.txt:2: ")


@every_verb
def test_a_case_opens_no_file_of_element_sets(verb, capsys, tmp_path):
    asked = ASKED[verb] | {"satellites": ["active.tle"]}
    (tmp_path / "case.yaml").write_text(CASE % json.dumps({verb: asked}), "utf-8")
    assert main(["check", "case.yaml"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("case.yaml:6: 'active.tle' looks like a file; files of element sets")


@every_verb
def test_a_wrong_key_of_a_request_file_is_shown_with_its_line(verb, capsys, tmp_path):
    text = yaml.safe_dump(ASKED[verb], sort_keys=False)
    (tmp_path / "request.yaml").write_text(f"{text}colour: red\n", "utf-8")
    assert main([verb, "--request", "request.yaml"]) == 2
    line = text.count("\n") + 1
    assert capsys.readouterr().err.startswith(f"request.yaml:{line}: unknown key 'colour'")


@every_verb
def test_a_drawn_orbit_has_neither_number_nor_age_nor_error(verb):
    orbit = {"name": "eye", "altitude": "500 km", "inclination": "sun-synchronous",
             "local_time": "10:30", "satellites": 4, "planes": 2, "phasing": 1}  # fmt: skip
    asked = {key: value for key, value in ASKED[verb].items() if key != "satellites"}
    result = getattr(kosmodrom, verb)(**asked, orbits=[orbit])
    assert not {"oldest_elements_days", "time_error_s"} & set(result.facts)
    assert not result.datasets or verb == "coverage"  # there the border
    if "satellite" in result.columns:
        names = {f"eye {plane}.{seat}" for plane in (1, 2) for seat in (1, 2)}
        assert set(result.columns["satellite"].tolist()) <= names
        assert np.isnan(result.columns["norad_id"]).all()


# Files


@every_verb
def test_a_parquet_file_holds_the_rows_with_their_units(verb, capsys):
    import pyarrow.parquet as pq

    document = json.loads(shell(capsys, verb, "--json"))
    assert main([verb, *options(ASKED[verb]), "--parquet", "rows.parquet"]) == 0
    table = pq.read_table("rows.parquet")
    rows = table.to_pylist()
    assert len(rows) == len(document["rows"])
    specs = {spec.name: spec for spec in analysis(verb).columns}
    for field in table.schema:
        assert field.metadata[b"unit"].decode() == specs[field.name].unit
        assert field.metadata[b"meaning"].decode() == specs[field.name].meaning
    ours = ask(verb)
    for name in ours.columns:
        if specs[name].unit == "instant":
            for one, other in zip(rows, document["rows"], strict=True):
                stamp = one[name] and one[name].isoformat(timespec="microseconds")
                assert stamp == (other[name] and other[name].replace("Z", "+00:00"))
        elif specs[name].unit == "text":
            assert [row[name] for row in rows] == [row[name] for row in document["rows"]]
        elif specs[name].unit != "bool":
            found = np.array([np.nan if row[name] is None else row[name] for row in rows])
            kept = np.asarray(ours.columns[name], dtype=np.float64)
            assert np.array_equal(found, kept, equal_nan=True)  # in full, not rounded


@every_verb
def test_a_netcdf_file_holds_the_rows_and_the_facts(verb):
    import xarray

    assert main([verb, *options(ASKED[verb]), "--netcdf", "rows.nc", "--csv"]) == 0
    result = ask(verb)
    with xarray.open_dataset("rows.nc") as found:
        dimension = "cell" if verb == "coverage" else "row"
        assert dict(found.sizes) == {dimension: len(result)}
        assert set(found.variables) == set(result.columns)
        for spec in analysis(verb).columns:
            if spec.name in result.columns:
                assert found[spec.name].attrs["long_name"] == spec.meaning
        assert found.attrs["analysis"] == verb
        assert found.attrs["time_error_s"] == pytest.approx(
            result.facts["time_error_s"].value, abs=0.01  # its step
        )  # fmt: skip


@every_verb
def test_a_geojson_file_holds_the_map(verb, capsys):
    document = json.loads(shell(capsys, verb, "--json", "--geojson", "map.json"))
    found = json.loads(Path("map.json").read_text("utf-8"))
    assert found == document["features"]
    assert found["type"] == "FeatureCollection"
    for feature in found["features"]:
        assert feature["properties"]["name"]
        flat = np.array(list(flattened(feature["geometry"]["coordinates"])))
        assert np.abs(flat[:, 0]).max() <= 180
        assert np.abs(flat[:, 1]).max() <= 90


def flattened(coordinates):
    if isinstance(coordinates[0], (int, float)):
        yield coordinates
        return
    for part in coordinates:
        yield from flattened(part)


@every_verb
@pytest.mark.parametrize("option", ["--parquet", "--netcdf", "--geojson", "--kml", "--czml"])
def test_a_folder_is_no_file(verb, option, capsys, tmp_path):
    (tmp_path / "folder").mkdir()
    assert main([verb, *options(ASKED[verb]), option, "folder"]) == 2
    assert "folder is a folder; name a file in it" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


@every_verb
def test_a_month_or_a_range_as_the_start_is_taken_whole(verb):
    asked = {key: value for key, value in ASKED[verb].items() if key != "end"}
    asked |= {"satellites": ["ISS"], "start": "2026-08-23/2026-08-24"}
    whole = getattr(kosmodrom, verb)(**asked)
    same = getattr(kosmodrom, verb)(**asked | {"start": "2026-08-23", "end": "2026-08-24"})
    assert whole.facts == same.facts


@every_verb
def test_a_check_finds_an_end_before_the_start(verb, capsys, tmp_path):
    asked = ASKED[verb] | {"end": "2026-08-20"}
    (tmp_path / "case.yaml").write_text(CASE % json.dumps({verb: asked}), "utf-8")
    assert main(["check", "case.yaml"]) == 2
    assert "is not after the start" in capsys.readouterr().err


@every_verb
@pytest.mark.parametrize("option", ["--parquet", "--netcdf", "--geojson", "--kml", "--czml"])
def test_a_folder_that_is_not_there_is_refused(verb, option, capsys):
    assert main([verb, *options(ASKED[verb]), option, "nowhere/x"]) == 2
    assert "there is no folder nowhere" in capsys.readouterr().err


def test_a_step_of_a_case_asked_before_its_satellite_was_known_says_so(tmp_path):
    asked = {"passes": ASKED["passes"] | {"satellites": ["58400"]}}
    (tmp_path / "case.yaml").write_text(CASE % json.dumps(asked), "utf-8")
    step = run_case(load_case("case.yaml"), open_context("2023-09-13"))["steps"]["step"]
    assert step["facts"] == {}
    assert [note["code"] for note in step["warnings"]] == ["nothing_public"]
    with pytest.raises(NotYetPublicError):
        open_context("2023-09-13").satellites(["58400"])
