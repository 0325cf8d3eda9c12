"""Element sets against the package sgp4 (Brandon Rhodes, after Vallado and others 2006).

Its reading of the same text must give the same doubles. The official verification set and the
package's own reader stand in its wheel; the catalogue of 22 August 2026 (CelesTrak, T.S. Kelso)
stands beside the repository, or where KOSMODROM_DATA says.
"""

import csv
import gzip
import io
import os
import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from sgp4 import omm
from sgp4.api import Satrec

from kosmodrom.orbits.omm import read_omm_csv, read_omm_json, write_omm_csv
from kosmodrom.orbits.read import read_elements
from kosmodrom.orbits.tle import read_tle, write_tle

DATA = Path(
    os.environ.get("KOSMODROM_DATA") or Path(__file__).parents[2].parent / "shared" / "data"
)
needs_data = pytest.mark.skipif(
    not (DATA / "catalog").is_dir(), reason="set KOSMODROM_DATA to a folder with element sets"
)
PAIRS = (
    ("mean_motion_rad_min", "no_kozai"), ("eccentricity", "ecco"), ("inclination", "inclo"),
    ("node", "nodeo"), ("argument_of_perigee", "argpo"), ("mean_anomaly", "mo"),
    ("bstar", "bstar"), ("mean_motion_dot_rad_min2", "ndot"),
    ("mean_motion_ddot_rad_min3", "nddot"), ("numbers", "satnum"), ("set_numbers", "elnum"),
    ("revolutions", "revnum"),
)  # fmt: skip


def assert_bit_by_bit(sets, theirs):
    assert len(sets) == len(theirs)
    for ours, name in PAIRS:
        expected = np.array([getattr(satellite, name) for satellite in theirs])
        assert np.array_equal(getattr(sets, ours), expected), ours
    mjd, nanosecond = sets.epochs.utc_days()
    day = np.array([satellite.jdsatepoch for satellite in theirs]) - 2_400_000.5
    part = np.array([satellite.jdsatepochF for satellite in theirs])
    apart = (day - mjd) * 86_400.0 + part * 86_400.0 - nanosecond / 1e9
    # Theirs is the decimal text to a double of days, 1e-11 s near the year, and a sum of two.
    assert np.abs(apart).max() < 1e-9


def lines_of(text):
    found = [line.rstrip() for line in text.splitlines() if re.match(r"[12] .{5}", line)]
    return list(zip(found[::2], found[1::2], strict=True))


def test_the_verification_set_is_read_bit_by_bit_as_sgp4_reads_it():
    text = (files("sgp4") / "SGP4-VER.TLE").read_text("ascii")
    pairs = lines_of(text)
    sets = read_tle(text, "SGP4-VER.TLE", strict=False)  # three checksums of it are wrong
    assert len(sets) == 33
    assert_bit_by_bit(sets, [Satrec.twoline2rv(*pair) for pair in pairs])


def test_all_but_the_made_up_sets_of_the_verification_set_are_right_to_the_checksum():
    text = (files("sgp4") / "SGP4-VER.TLE").read_text("ascii")
    cut = [
        (one, two[:69])
        for one, two in lines_of(text)
        if one[2:7] not in {"33333", "33334", "33335"}
    ]
    sets = read_tle("\n".join(line for pair in cut for line in pair), "f")
    assert len(sets) == 30
    assert_bit_by_bit(sets, [Satrec.twoline2rv(*pair) for pair in cut])


# sample_omm.csv of the package sgp4, as CelesTrak gave it for Vanguard 1
SAMPLE = """\
OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,\
MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,\
MEAN_MOTION_DOT,MEAN_MOTION_DDOT
VANGUARD 1,1958-002B,2020-10-13T04:52:48.472320,10.84869164,.1845686,34.2443,225.5254,162.2516,\
205.2356,0,U,5,999,21814,-.22483E-4,-1.6E-7,0
"""


def sgp4_of(fields):
    satellite = Satrec()
    omm.initialize(satellite, fields)
    return satellite


def assert_as_omm(sets, fields):
    theirs = sgp4_of(fields)
    for ours, name in PAIRS:
        # The reader of OMM in sgp4 multiplies where that of TLE divides: a unit of the last place.
        assert getattr(sets, ours)[0] == pytest.approx(getattr(theirs, name), rel=2.3e-16), name


def test_an_omm_is_read_as_sgp4_reads_it():
    assert_as_omm(read_omm_csv(SAMPLE, "f"), next(omm.parse_csv(io.StringIO(SAMPLE))))


@needs_data
@pytest.mark.parametrize("name", ["sample_omm.csv", "sample_omm.json"])
def test_the_samples_of_omm_are_read_as_sgp4_reads_them(name):
    import json

    text = (DATA / "sgp4-verification" / name).read_text("utf-8")
    if name.endswith("csv"):
        assert_as_omm(read_omm_csv(text, name), next(csv.DictReader(io.StringIO(text))))
    else:
        assert_as_omm(read_omm_json(text, name), json.loads(text)[0])


@needs_data
def test_the_whole_catalogue_is_read_bit_by_bit_as_sgp4_reads_it_and_written_as_it_stood():
    raw = (DATA / "catalog" / "active_2026-08-22.3le.gz").read_bytes()
    text = gzip.decompress(raw).decode()
    sets = read_elements(raw, "active.3le")
    assert len(sets) == 16_069
    assert_bit_by_bit(sets, [Satrec.twoline2rv(*pair) for pair in lines_of(text)])
    assert write_tle(sets) == text.replace("\r\n", "\n")
    again = read_omm_csv(write_omm_csv(sets), "f")
    for ours, _ in PAIRS:
        assert np.array_equal(getattr(again, ours), getattr(sets, ours)), ours


@needs_data
@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    sorted(
        path.relative_to(DATA).as_posix()
        for path in DATA.rglob("*.gz")
        if path.name.endswith(("3le.gz", "tle.gz"))
    )
    if DATA.is_dir()
    else [],
)
def test_histories_are_read_bit_by_bit_as_sgp4_reads_them(path):
    raw = (DATA / path).read_bytes()
    pairs = lines_of(gzip.decompress(raw).decode())
    assert_bit_by_bit(read_elements(raw, "f"), [Satrec.twoline2rv(*pair) for pair in pairs])


@needs_data
def test_the_sets_of_the_catalog_are_those_of_the_files_they_came_from():
    from kosmodrom.workspace import open_context

    files_of = {
        39026: "dprk-satellites/39026_KMS-3-2.3le",
        41332: "dprk-satellites/41332_KMS-4.3le",
        58400: "element-histories-2026/58400_MALLIGYONG-1.3le",
    }
    active = read_elements((DATA / "catalog" / "active_2026-08-22.3le.gz").read_bytes(), "active")
    context = open_context(store_path=None)
    numbers = sorted({row.norad for row in context.catalog.element_sets} - {5})  # 5: not active
    assert len(numbers) == 42
    for number in numbers:
        path = files_of.get(number)
        theirs = (
            read_tle((DATA / path).read_text("ascii"), path)
            if path
            else active[active.numbers == number]
        )
        ours = context.satellites([str(number)]).elements
        rows = [np.flatnonzero(theirs.epochs.tai_ns == epoch)[0] for epoch in ours.epochs.tai_ns]
        for name, _ in PAIRS:
            mine, file = getattr(ours, name), getattr(theirs[rows], name)
            # B* of a two-line set is a product, that of a decimal text is not: one last place
            assert np.allclose(mine, file, rtol=2.3e-16 if name == "bstar" else 0, atol=0), name
        assert ours.designators == theirs[rows].designators
