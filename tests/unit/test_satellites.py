"""How a request names satellites: numbers, names, files; and what was public when."""

import hashlib
import json
import shutil
import sys

import numpy as np
import pytest

import kosmodrom
import kosmodrom.analyses
from kosmodrom.catalog import Catalog, load_catalog
from kosmodrom.cli import main
from kosmodrom.errors import DataError, InputError, UnknownNameError
from kosmodrom.orbits._tle_lines import checksum
from kosmodrom.orbits.omm import write_omm_csv, write_omm_json
from kosmodrom.orbits.tle import read_tle
from kosmodrom.store import Store
from kosmodrom.workspace import Context, open_context
from kosmodrom.workspace.imports import import_file
from kosmodrom.workspace.satellites import resolve_satellites

# CelesTrak GP (T.S. Kelso, Space-Track): of 22 August 2026, and of the sample of sgp4
ISS = """\
ISS (ZARYA)
1 25544U 98067A   26234.04909235  .00009068  00000+0  16914-3 0  9995
2 25544  51.6330 334.1166 0007690  71.1509 289.0313 15.49562116581964
"""
VANGUARD = """\
VANGUARD 1
1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753
2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667
"""


def context(as_of=None, **more):
    more.setdefault("store_path", None)
    return open_context(as_of, **more)


def refusal(texts, *, as_of=None, **more):
    with pytest.raises(InputError) as caught:
        context(as_of, **more).satellites(texts)
    return str(caught.value)


# Numbers and names


@pytest.mark.parametrize(
    "text", ["25544", "iss", "ISS", "Iss (Zarya)", "international-space_station", "  iss "]
)
def test_a_satellite_is_found_by_number_and_by_every_spelling_of_its_names(text):
    found = context().satellites([text])
    assert found.elements.numbers.tolist() == [25544]
    assert found.elements.names == ("International Space Station",)
    assert found.elements.designators == ("1998-067A",)


def test_the_catalog_gives_what_its_lines_give():
    ours = context().satellites(["iss"]).elements
    theirs = read_tle(ISS, "f")
    for name in ("mean_motion_rad_min", "eccentricity", "inclination", "node", "mean_anomaly"):
        assert getattr(ours, name)[0] == getattr(theirs, name)[0], name
    assert ours.epochs.tai_ns[0] == theirs.epochs.tai_ns[0]


def test_satellites_stay_in_the_order_named_and_stand_once():
    found = context().satellites(["landsat 8", "iss", "25544", "Landsat-8"])
    assert found.elements.numbers.tolist() == [39084, 25544]
    assert (found.repeats, found.conflicts) == (0, 0)


def test_a_history_is_given_by_epoch():
    sets = context().satellites(["KMS-4"]).elements
    assert len(sets) == 16
    assert np.all(np.diff(sets.epochs.tai_ns) > 0)


def test_what_was_taken_is_said():
    (used,) = context().satellites(["iss"]).data
    table = load_catalog().table("element_sets")
    assert (used.name, used.sha256, used.rows) == (
        "catalog/element_sets.csv", table.sha256, table.rows
    )  # fmt: skip
    assert "CelesTrak" in used.source
    assert used.terms == "free with credit"


def test_a_misspelt_name_is_refused_with_near_ones():
    with pytest.raises(UnknownNameError, match="did you mean Sentinel-1A") as caught:
        context().satellites(["Sentinel-1X"])
    assert caught.value.near[0] == "Sentinel-1A"


def test_a_name_like_nothing_is_refused_with_the_way_out():
    assert "look for it with `kosmodrom find`, or write a catalogue number" in refusal(["qqzz"])


def test_a_number_without_element_sets_is_refused_with_the_way_to_them():
    words = refusal(["99999"])
    assert words.startswith("no element sets of satellite 99999 are at hand")
    assert "kosmodrom data import FILE" in words
    assert "satellite 270001" in refusal(["T0001"])


def test_a_satellite_that_never_flew_has_no_element_sets():
    words = refusal(["Malligyong-1 (May 2023)"])
    assert "has no catalogue number, so there are no element sets of it: second stage" in words


@pytest.mark.parametrize("texts", [[], [""], [" - "]])
def test_nothing_named_is_refused(texts):
    assert "give a catalogue number or a name" in refusal(texts)


def test_a_damaged_catalog_is_not_the_users_fault(tmp_path):
    shutil.copytree(load_catalog().folder, tmp_path / "data")
    path = tmp_path / "data" / "element_sets.csv"
    path.write_text(path.read_text("utf-8").replace(",15.49562116,", ",0,"), "utf-8")
    with pytest.raises(DataError, match=r"25544.*MEAN_MOTION is 0; .* install kosmodrom again"):
        Context(catalog=Catalog(tmp_path / "data")).satellites(["iss"])


# As of a day


def test_as_of_holds_back_sets_published_later():
    # the set of 4 June 2020 was public by the 5th
    for day, count in (("2020-06-04", 3), ("2020-06-05", 4)):
        found = context(day).satellites(["kms-4"])
        assert (len(found.elements), found.hidden) == (count, 16 - count)


def test_as_of_a_day_before_all_sets_is_refused_with_the_first():
    words = refusal(["58400"], as_of="2023-09-13")
    assert "no element set of satellite 58400 was public by 2023-09-13" in words
    assert "the first at hand has its epoch on 2026-03-15" in words


def test_a_file_is_held_back_by_its_epochs(tmp_path):
    path = tmp_path / "two.3le"
    path.write_text(ISS + VANGUARD)
    found = context("2026-08-22", files=True).satellites([str(path)])
    assert (found.elements.names, found.hidden) == (("VANGUARD 1",), 1)
    assert len(context("2026-08-23", files=True).satellites([str(path)]).elements) == 2
    words = refusal([str(path)], as_of="2000-06-27", files=True)
    assert "two.3le: no element set of it was public by 2000-06-27" in words


# Files


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "two.3le"
    path.write_text(ISS + VANGUARD)
    return path


def test_a_file_gives_all_its_satellites_and_says_what_it_is(file):
    found = context(files=True).satellites([str(file)])
    assert found.elements.names == ("ISS (ZARYA)", "VANGUARD 1")
    assert found.elements.sources == ("two.3le:2", "two.3le:5")
    (used,) = found.data
    assert (used.name, used.rows, used.until) == ("two.3le", 2, "2026-08-22")
    assert used.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("chosen", ["5", "00005", "vanguard-1", "VANGUARD 1"])
def test_one_satellite_of_a_file_is_chosen_after_a_hash(file, chosen):
    assert context(files=True).satellites([f"{file}#{chosen}"]).elements.numbers.tolist() == [5]


def test_a_satellite_that_the_file_lacks_is_refused(file):
    words = refusal([f"{file}#HST"], files=True)
    assert words == "two.3le holds no satellite 'HST' among its 2 element sets"


@pytest.mark.parametrize("write", [write_omm_json, write_omm_csv])
def test_omm_files_are_taken_as_well(tmp_path, write):
    path = tmp_path / "sets.gp"
    path.write_text(write(read_tle(ISS, "f")))
    assert context(files=True).satellites([str(path)]).elements.names == ("ISS (ZARYA)",)


def test_a_name_of_the_catalog_goes_before_a_file_of_that_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iss").write_text(VANGUARD)
    assert context(files=True).satellites(["iss"]).elements.numbers.tolist() == [25544]
    assert context(files=True).satellites(["./iss"]).elements.numbers.tolist() == [5]


def test_a_missing_file_or_a_folder_is_refused(tmp_path):
    assert "there is no file none.tle" in refusal(["none.tle"], files=True)
    assert "is a folder" in refusal([str(tmp_path)], files=True)


def test_no_file_is_opened_where_files_are_not_allowed(file, monkeypatch):
    words = refusal([str(file)])
    assert "looks like a file; files of element sets are taken only as an option" in words
    file.rename(file.with_name("zzsets"))
    monkeypatch.chdir(file.parent)
    assert "no satellite is called 'zzsets'" in refusal(["zzsets"])
    assert len(context(files=True).satellites(["zzsets"]).elements) == 2


def test_a_file_is_read_once_for_checking_and_running(file, monkeypatch):
    from kosmodrom.workspace import satellites

    reads = []
    real = satellites.read_file
    monkeypatch.setattr(satellites, "read_file", lambda path: reads.append(path) or real(path))
    one = context(files=True)
    one.resolve("satellite", str(file))
    one.satellites([str(file)])
    assert len(reads) == 1


# Imported histories


@pytest.fixture
def stored(tmp_path, file):
    path = tmp_path / "home" / "store.duckdb"
    with Store.open(path, read_only=False) as store:
        report = import_file(file, store)
    assert (report.name, report.rows, report.lines) == ("element-sets-2026-08-22", 2, 6)
    return path


def test_imported_sets_are_found_by_number_and_name_and_joined_with_the_catalog(stored):
    found = context(store_path=stored).satellites(["5"])
    assert found.elements.names == ("Vanguard 1", "Vanguard 1")
    assert [used.name for used in found.data] == [
        "catalog/element_sets.csv", "element-sets-2026-08-22"
    ]  # fmt: skip
    iss = context(store_path=stored).satellites(["ISS"])
    assert (len(iss.elements), iss.repeats, iss.conflicts) == (1, 1, 0)


def test_imported_sets_come_back_bit_by_bit(stored):
    found = context(store_path=stored, as_of=None).satellites(["5"]).elements
    theirs = read_tle(VANGUARD, "f")
    for name in (
        "mean_motion_rad_min", "eccentricity", "inclination", "node", "argument_of_perigee",
        "mean_anomaly", "bstar", "mean_motion_dot_rad_min2", "set_numbers", "revolutions",
    ):  # fmt: skip
        assert getattr(found, name)[0] == getattr(theirs, name)[0], name
    assert found.epochs.tai_ns[0] == theirs.epochs.tai_ns[0]
    assert found.sources[0] == "element-sets-2026-08-22:5"


def test_a_satellite_that_only_an_import_knows_is_found_by_its_name(tmp_path):
    path, file = tmp_path / "home" / "store.duckdb", tmp_path / "f.3le"
    file.write_text(VANGUARD.replace("VANGUARD 1", "ODD-BALL").replace("00005", "00050"))
    text = file.read_text().splitlines()
    file.write_text("\n".join([text[0], *(x[:68] + checksum(x) for x in text[1:])]))
    with Store.open(path, read_only=False) as store:
        import_file(file, store)
    assert context(store_path=path).satellites(["odd ball"]).elements.numbers.tolist() == [50]


def test_as_of_holds_imported_sets_back(stored):
    found = context("2001-01-01", store_path=stored).satellites(["5"])
    assert (len(found.elements), found.hidden) == (1, 1)


def test_the_same_file_is_imported_once_and_a_broken_one_not_at_all(tmp_path, stored, file):
    with Store.open(stored, read_only=False) as store:
        assert import_file(file, store).already
        bad = tmp_path / "bad.3le"
        bad.write_text(ISS + VANGUARD[:-30])
        with pytest.raises(InputError, match=r"bad.3le:6: line 2 has"):
            import_file(bad, store)
        assert len(store.tables()) == 1
        assert store.table() is None  # no launches
        assert store.launches() == []


def test_launch_lists_are_still_told_from_element_sets(tmp_path):
    path, list_ = tmp_path / "store.duckdb", tmp_path / "list.csv"
    list_.write_text("a,b\n1,2\n")
    with (
        Store.open(path, read_only=False) as store,
        pytest.raises(
            InputError, match=r"(?s)no launch list that is known.*or element sets: two-line sets"
        ),
    ):
        import_file(list_, store)


# Doors

TOY = '''"""Count element sets, for a test.

Examples
--------
kosmodrom toy --satellites iss
"""

from pydantic import Field

from kosmodrom.analyses._request import Request, Satellites
from kosmodrom.analyses._result import FactSpec, Result
from kosmodrom.base.facts import Fact


class ToyRequest(Request):
    """Whose sets to count."""

    satellites: Satellites = Field(description="satellites by number, name or file")


FACTS = (FactSpec("sets", "", "element sets"),)
COLUMNS = ()


def run(request, context):
    """Count them."""
    found = context.satellites(request.satellites)
    return Result(facts={"sets": Fact(value=len(found.elements), unit="")})
'''
CASE = """
kosmodrom: 1
title: toy
sources: {s: {name: somebody, published: 2020-01-01, grade: C3}}
analyses: {count: {toy: {satellites: [PLACE]}}}
claims: {}
"""


@pytest.fixture
def toy(tmp_path, monkeypatch):
    folder = tmp_path / "analyses"
    folder.mkdir()
    (folder / "toy.py").write_text(TOY)
    monkeypatch.setattr(
        kosmodrom.analyses, "__path__", [*kosmodrom.analyses.__path__, str(folder)]
    )
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    yield
    sys.modules.pop("kosmodrom.analyses.toy", None)
    vars(kosmodrom.analyses).pop("toy", None)


def test_the_shell_takes_files_as_options(toy, file, capsys):
    assert main(["toy", "--satellites", str(file), "--satellites", "kms-4", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["facts"]["sets"]["value"] == 18


def test_a_request_file_cannot_name_a_file(toy, file, tmp_path, capsys):
    request = tmp_path / "request.yaml"
    request.write_text(f"satellites: [{file}]\n")
    assert main(["toy", "--request", str(request)]) == 2
    assert "request.yaml:1: " in (words := capsys.readouterr().err)
    assert "looks like a file" in words.replace("\n", " ")
    request.write_text("satellites: [iss]\n")
    assert main(["toy", "--request", str(request)]) == 0
    assert main(["toy", "--request", str(request), "--satellites", str(file), "--json"]) == 0


def test_python_takes_files(toy, file):
    assert kosmodrom.toy(satellites=[str(file)]).facts["sets"].value == 2
    with pytest.raises(InputError, match=r"toy\(satellites.0=\): no satellite is called 'qqzz'"):
        kosmodrom.toy(satellites=["qqzz"])


def test_a_case_cannot_name_a_file(toy, file, capsys, tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(CASE.replace("PLACE", str(file)))
    assert main(["check", str(case)]) == 2
    assert "looks like a file" in capsys.readouterr().err.replace("\n", " ")


def test_resolving_needs_no_context_of_ours():
    found = resolve_satellites(["iss"], context(), files_allowed=False)
    assert found.elements.numbers.tolist() == [25544]
