"""Passes against scans of the package sgp4, Orekit, Skyfield and published look angles.

The scans (`make_passes.py`, `reference.py`) share no code with kosmodrom: `data/README.md` tells
how they were made and how exact they are.
"""

import csv
import gzip
import json
import os
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from sgp4.api import Satrec

from kosmodrom.base.bodies import SunTable, sun_above_limb
from kosmodrom.base.earth import EarthOrientation
from kosmodrom.base.ellipsoid import itrs_to_geodetic, topocentric
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.frames import position_teme_to_itrs
from kosmodrom.orbits.elements import joined
from kosmodrom.orbits.sgp4 import propagate
from kosmodrom.orbits.tle import read_tle
from kosmodrom.view.imaging import sun_over
from kosmodrom.view.masks import Mask
from kosmodrom.view.observers import Observers
from kosmodrom.view.passes import MARGIN, find_passes, make_scene
from kosmodrom.workspace import earth_orientation

HERE = Path(__file__).parent
DATA = HERE / "data"
SHARED = Path(os.environ.get("KOSMODROM_DATA") or HERE.parents[1].parent / "shared" / "data")
SETUP = json.loads((DATA / "passes_setup.json").read_text("utf-8"))
ARCSEC = np.pi / 648_000
# Times agree to this, or to so small an angle. Allowed are 1 ms and 3e-9 rad.
TIME, ANGLE = 1e-4, 3e-9


def orientation(table):
    mjd, ut1, x, y = np.array(table["rows"]).T
    return EarthOrientation(mjd_utc=mjd, ut1_minus_utc=ut1, pole_x=x * ARCSEC, pole_y=y * ARCSEC)


EARTH = orientation(SETUP["earth_orientation"])
SATELLITES = [
    read_tle("\n".join(one["lines"]), one["name"], strict=False) for one in SETUP["satellites"]
]
SITES = Observers.at(
    np.radians([site["latitude_deg"] for site in SETUP["sites"]]),
    np.radians([site["longitude_deg"] for site in SETUP["sites"]]),
    [site["height_m"] for site in SETUP["sites"]],
)


def mask_of(text):
    if text == "table":
        azimuth, elevation = np.radians(np.array(SETUP["mask_table_deg"], dtype=float)).T
        return Mask(azimuth, elevation)
    return Mask.level(np.radians(float(text)))


def midnight(satellite):
    return Epochs.from_utc(SETUP["satellites"][satellite]["day_mjd"])


def read_cases():
    """Cases of one satellite and window together, each with its passes."""
    passes = defaultdict(list)
    for name in ("passes_1.csv", "passes_2.csv"):
        with (DATA / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                passes[row["case"]].append(
                    {key: float(value) if value else np.nan for key, value in row.items()}
                )
    groups = defaultdict(list)
    with (DATA / "passes_cases.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert len(passes[row["case"]]) == int(row["passes"])
            window = int(row["satellite"]), float(row["start_s"]), float(row["end_s"])
            groups[window].append((row, passes[row["case"]]))
    return groups


GROUPS = read_cases()


def test_the_truth_is_all_there():
    counts = SETUP["counts"]
    assert sum(len(cases) for cases in GROUPS.values()) == 1988
    assert sum(len(rows) for cases in GROUPS.values() for _, rows in cases) == counts["passes"]


def windows_of(kinds):
    """Windows in which there are cases of these kinds, by satellite."""
    found = defaultdict(list)
    for window, cases in GROUPS.items():
        some = [case for case in cases if case[0]["kind"] in kinds]
        if some:
            found[window[0]].append((window, some))
    return [
        pytest.param(windows, id=f"{satellite}-{SETUP['satellites'][satellite]['name']}")
        for satellite, windows in found.items()
    ]


def shallow(before, after):
    """Tell whether between two passes it sinks below the mask by next to nothing."""
    rate = np.radians(max(abs(before["set_rate_deg_s"]), abs(after["rise_rate_deg_s"])))
    return rate * (after["rise_s"] - before["set_s"]) / 2 < ANGLE / 3


def without_shallow_gaps(rows):
    """Join passes whose gap is below the angle to which frames agree."""
    out = []
    for row in rows:
        if out and shallow(out[-1], row):
            high = max(out[-1], row, key=lambda one: one["max_elevation_deg"])
            names = ("set_s", "set_azimuth_deg", "set_rate_deg_s")
            first = {name: out[-1][name] for name in out[-1] if name.startswith("rise")}
            out[-1] = high | first | {name: row[name] for name in names}
        else:
            out.append(row)
    return out


def turn(angle, expected_deg):
    return np.abs((angle - np.radians(expected_deg) + np.pi) % (2 * np.pi) - np.pi)


# sgp4 moves VIASAT-3 F2 by 40 m at this second, where the perturbed inclination changes its sign.
# Slopes taken across the jump say where the top of that pass is; there is none.
JUMP = 82_387.24


def assert_same_passes(found, start, rows, mask):
    if len(rows) != len(found):
        rows = without_shallow_gaps(rows)
    assert len(found) == len(rows)
    for k, row in enumerate(rows):
        for name in ("rise", "set"):
            ours, theirs = getattr(found, name)[k] + start, row[f"{name}_s"]
            assert np.isnan(ours) == np.isnan(theirs), f"{name} of pass {k} is open in one"
            if np.isnan(theirs):
                assert np.isnan(getattr(found, f"azimuth_{name}")[k])
                continue
            rate = abs(np.radians(row[f"{name}_rate_deg_s"]))
            assert abs(ours - theirs) < max(TIME, ANGLE / max(rate, 1e-18))
            # Half of the last digit printed, and what moves within the time allowed
            swing = max(TIME, min(ANGLE / max(rate, 1e-18), 5.0)) * 5e-3
            away = turn(getattr(found, f"azimuth_{name}")[k], row[f"{name}_azimuth_deg"])
            assert away < 1e-7 + swing / np.cos(min(mask.highest, 1.55))
        if abs(row["set_s"] - JUMP) < 0.01:
            assert found.begin[k] <= found.culmination[k] <= found.end[k]
        else:
            assert_same_top(found, k, start, row)


def assert_same_top(found, k, start, row):
    bend = abs(np.radians(row["bend_deg_s2"]))
    top = np.radians(row["max_elevation_deg"])
    # Near the zenith the elevation moves by as much as the time does.
    moved = bend * (1e-4) ** 2 / 2
    if row["at_edge"] == 1:  # where a table of azimuths cuts, to 0.1 ms
        moved = 1e-4 * np.radians(max(abs(row["rise_rate_deg_s"]), abs(row["set_rate_deg_s"])))
    assert abs(found.elevation[k] - top) < ANGLE + moved
    assert abs(found.distance[k] - row["range_m"]) < 0.5  # 0.06 ms at 8 km/s, and flat tops
    ours = found.culmination[k] + start
    if np.isnan(ours):
        # No maximum within the search: it stands highest at an end that the search made.
        assert row["at_edge"] == 1
        at_start = abs(row["culmination_s"] - (found.begin[k] + start)) < 1e-6
        assert np.isnan(found.rise[k]) if at_start else np.isnan(found.set[k])
        assert np.isnan(found.azimuth_culmination[k])
        return
    apart = abs(ours - row["culmination_s"])
    assert apart < TIME or bend * apart**2 / 2 < ANGLE / 10
    if bend > 1e-7:
        swing = 1e-4 * 1e4 / (row["range_m"] * np.cos(top))  # in a tenth of that time
        assert turn(found.azimuth_culmination[k], row["culmination_azimuth_deg"]) < 1e-7 + swing


def check(windows, **options):
    for (satellite, start, end), cases in windows:
        masks = [mask_of(row["mask_deg"]) for row, _ in cases]
        places = SITES[[int(row["site"]) for row, _ in cases]]
        day = midnight(satellite)
        found = find_passes(
            SATELLITES[satellite], places, day.plus(start), day.plus(end), EARTH, masks=masks,
            **options,
        )  # fmt: skip
        for place, (_, rows) in enumerate(cases):
            assert_same_passes(found[found.place == place], start, rows, masks[place])


@pytest.mark.parametrize("windows", windows_of({"plain"}))
def test_all_passes_over_level_masks_are_those_of_the_scan(windows):
    check(windows)


@pytest.mark.parametrize("windows", windows_of({"table"}))
def test_all_passes_over_a_table_of_azimuths_are_those_of_the_scan(windows):
    check(windows)


@pytest.mark.parametrize("windows", windows_of({"graze", "near miss"}))
def test_passes_of_a_fifth_of_a_second_are_found_and_near_misses_are_none(windows):
    check(windows)


@pytest.mark.parametrize("windows", windows_of({"dip", "dip missed"}))
def test_a_dip_between_two_peaks_cuts_a_pass_and_one_above_the_mask_does_not(windows):
    check(windows)


@pytest.mark.parametrize("windows", windows_of({"cut"}))
def test_windows_that_end_in_a_pass_leave_it_open_there(windows):
    check(windows)


@pytest.mark.parametrize("windows", windows_of({"long"}))
def test_ten_days_hold_the_passes_of_the_scan(windows):
    check(windows)


@pytest.mark.parametrize("windows", windows_of({"codes"}))
def test_satellites_that_sgp4_gives_up_are_not_seen_from_then_on(windows):
    check(windows)


# Other programs


def looks_of(satellite, site, seconds):
    """Azimuth, elevation and distance of a satellite of the setup at seconds of its day."""
    start, window = midnight(satellite), SETUP["satellites"][satellite]
    scene, _ = make_scene(
        SATELLITES[satellite], SITES[[site]], start.plus(window["start_s"]),
        start.plus(window["end_s"]), EARTH,
    )  # fmt: skip
    zero = np.zeros(len(seconds), dtype=np.int64)
    sight = scene.sight(zero, zero, np.asarray(seconds) - window["start_s"] + MARGIN)
    return sight.azimuth(), sight.elevation(), sight.distance


def passes_of(satellite, site, mask_deg):
    """Rise, culmination and set [s of the day] over the day of the setup, NaN where open."""
    start, window = midnight(satellite), SETUP["satellites"][satellite]
    found = find_passes(
        SATELLITES[satellite], SITES[[site]], start.plus(window["start_s"]),
        start.plus(window["end_s"]), EARTH, masks=[Mask.level(np.radians(mask_deg))],
    )  # fmt: skip
    names = ("rise", "culmination", "set")
    return {name: getattr(found, name) + window["start_s"] for name in names}


OREKIT = json.loads((DATA / "passes_orekit.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "row", OREKIT["rows"], ids=lambda row: f"{row['satellite']}-{row['site']}"
)
def test_crossings_are_those_of_orekit(row):
    found = passes_of(row["satellite"], row["site"], OREKIT["mask_deg"])
    ours = [(time, name) for name in ("rise", "set") for time in found[name]]
    ours = sorted((time, name) for time, name in ours if not np.isnan(time))
    theirs = row["crossings"]
    assert [name for _, name in ours] == [one[4] for one in theirs]
    if not theirs:
        return
    seconds, bearing, _, slant, _ = (np.array(column) for column in zip(*theirs, strict=True))
    azimuth, elevation, distance = looks_of(row["satellite"], row["site"], seconds)
    # Orekit goes by the IERS Conventions 2010, 1.6e-7 rad from GMST82: a metre at 6500 km.
    metres = 2e-7 * (slant + 6.4e6)
    assert np.all(np.abs(distance - slant) < metres)
    assert np.all(np.abs(elevation - np.radians(OREKIT["mask_deg"])) < metres / slant)
    assert np.all(turn(azimuth, bearing) < metres / slant)
    before, after = (
        looks_of(row["satellite"], row["site"], seconds + aside)[1] for aside in (-0.5, 0.5)
    )
    apart = np.abs(np.array([time for time, _ in ours]) - seconds)
    assert np.all(apart * np.abs(after - before) < metres / slant)


SKYFIELD = json.loads((DATA / "skyfield.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "row", SKYFIELD["passes"], ids=lambda row: f"{row['satellite']}-{row['site']}"
)
def test_events_and_looks_are_those_of_skyfield(row):
    found = passes_of(row["satellite"], row["site"], SKYFIELD["mask_deg"])
    names = ("rise", "culmination", "set")
    ours = sorted((t, name) for name in names for t in found[name] if not np.isnan(t))
    events = [(t, kind) for t, kind in row["events"]]
    if len(ours) == len(events):  # of passes with several peaks it gives every one
        assert [name for _, name in ours] == [kind for _, kind in events]
        for (our, _), (their, _) in zip(ours, events, strict=True):
            assert our == pytest.approx(their, abs=0.4)  # find_events is that exact
    else:
        others = [t for t, kind in events if kind != "culmination"]
        edges = [t for t, name in ours if name != "culmination"]
        assert edges == pytest.approx(others, abs=0.4)
    seconds = np.arange(0.0, 86_400.0, SKYFIELD["look_every_s"])
    azimuth, elevation, distance = looks_of(row["satellite"], row["site"], seconds)
    theirs = np.array(row["look"])
    assert np.abs(elevation - np.radians(theirs[:, 1])).max() < 1e-8
    assert turn(azimuth, theirs[:, 0]).max() < 1e-8 / np.cos(elevation).min()
    # Its Julian dates step by 40 µs: 0.3 m in low orbit.
    assert np.abs(distance - theirs[:, 2]).max() < 0.1


def test_the_sun_stands_where_skyfield_sees_it():
    start = midnight(8)
    sun = SunTable.tabulated(start, 86_400.0, EARTH)
    seconds = np.arange(0.0, 86_400.0, SKYFIELD["sun_every_s"])
    for row in SKYFIELD["sun"]:
        place = np.full(len(seconds), row["site"])
        azimuth, elevation = sun_over(sun, SITES, place, seconds)
        theirs = np.array(row["azimuth_elevation_deg"])
        # The daily aberration, 0.3 arcsec, is in theirs alone.
        assert np.abs(elevation - np.radians(theirs[:, 1])).max() < 0.4 * ARCSEC
        assert turn(azimuth, theirs[:, 0]).max() < 0.4 * ARCSEC / np.cos(elevation).min()


def test_satellites_are_lit_while_skyfield_says_so():
    for row in SKYFIELD["sunlit"]:
        runs = np.cumsum(row["runs_of_samples"])
        seconds = np.arange(runs[-1]) * float(SKYFIELD["light_every_s"])
        start = midnight(row["satellite"])
        epochs = start.plus(seconds)
        position = propagate(SATELLITES[row["satellite"]], epochs).position[0]
        sun = SunTable.tabulated(start, float(seconds[-1]), EARTH).position_teme_at(seconds)
        lit = sun_above_limb(position, sun) > 0
        assert lit[0] == row["first"]
        ours = np.flatnonzero(np.diff(lit)) + 1
        assert len(ours) == len(runs) - 1
        # Skyfield's Earth is a sphere: up to 4 s, so a sample of 20 s.
        assert np.all(np.abs(ours - runs[:-1]) <= 1)


PUBLISHED = json.loads((DATA / "published_look_angles.json").read_text("utf-8"))


def test_the_looks_printed_in_the_documentation_of_skyfield_come_out():
    page = PUBLISHED["skyfield_docs"]
    station = read_tle("\n".join(page["lines"]), "iss")
    latitude, longitude, height = page["site_deg_m"]
    place = Observers.at(np.radians(latitude), np.radians(longitude), height)
    for look in page["looks"]:
        when = Epochs.from_iso(look["utc"])
        scene, _ = make_scene(station, place, when, when.plus(60.0), earth_orientation())
        zero = np.zeros(1, dtype=np.int64)
        sight = scene.sight(zero, zero, np.array([MARGIN]))
        # UT1 and the pole of that version are its own: 0.1 s of rotation is 7e-6 rad, 15 m.
        assert sight.elevation()[0] == pytest.approx(np.radians(look["elevation_deg"]), abs=2e-5)
        assert sight.azimuth()[0] == pytest.approx(np.radians(look["azimuth_deg"]), abs=2e-5)
        expected = look.get("range_m", look.get("range_whole_km", 0) * 1e3)
        limit = 20.0 if "range_m" in look else 1000.0  # cut to whole kilometres
        assert sight.distance[0] == pytest.approx(expected, abs=limit)
    below = page["point_below"]
    when = Epochs.from_iso(below["utc"])
    position = propagate(station, Epochs(when.tai_ns.reshape(1))).position[0]
    fixed = position_teme_to_itrs(position, Epochs(when.tai_ns.reshape(1)), earth_orientation())
    found = itrs_to_geodetic(fixed[0])
    assert np.degrees(found[0]) == pytest.approx(below["latitude_deg"], abs=2e-4)
    assert np.degrees(found[1]) == pytest.approx(below["longitude_deg"], abs=1e-3)
    assert found[2] == pytest.approx(below["height_m"], abs=2.0)


def test_the_events_printed_in_the_documentation_of_skyfield_come_out():
    page = PUBLISHED["skyfield_docs"]
    latitude, longitude, height = page["site_deg_m"]
    start = Epochs.from_iso("2014-01-23T00:00Z")
    found = find_passes(
        read_tle("\n".join(page["lines"]), "iss"),
        Observers.at(np.radians(latitude), np.radians(longitude), height),
        start, start.plus(86_400.0), earth_orientation(), masks=[Mask.level(np.radians(30.0))],
    )  # fmt: skip
    printed = [
        [Epochs.from_iso(f"2014-01-23T{clock}Z").seconds_since(start) for clock in row]
        for row in page["events_at_30_deg_2014_01_23"]
    ]
    ours = np.stack([found.rise, found.culmination, found.set], axis=-1)
    # Printed to whole seconds, cut off or rounded; find_events is good to 0.4 s.
    assert ours == pytest.approx(np.array(printed), abs=1.4)


def test_a_look_of_vallado_comes_out():
    look = PUBLISHED["valladopy"]
    latitude, longitude, height = look["site_deg_m"]
    azimuth, elevation, distance = topocentric(
        np.array(look["satellite_itrf_m"]), np.radians(latitude), np.radians(longitude), height
    )
    # Its ellipsoid is 0.7 m smaller at the equator.
    assert float(distance) == pytest.approx(look["range_m"], abs=0.5)
    assert np.sin(azimuth - look["azimuth_rad"]) == pytest.approx(0.0, abs=2e-7)
    assert float(elevation) == pytest.approx(look["elevation_rad"], abs=2e-7)


# The whole catalogue, by hand


def reference():
    """Load the program of the scans, which shares no code with kosmodrom."""
    sys.path.insert(0, str(HERE))
    try:
        import reference as module
    finally:
        sys.path.remove(str(HERE))
    return module


@pytest.mark.slow
@pytest.mark.skipif(
    not (SHARED / "catalog").is_dir(), reason="set KOSMODROM_DATA to a folder with element sets"
)
@pytest.mark.parametrize("mask_deg", [0.0, 10.0, 50.0])
def test_passes_of_satellites_of_the_catalogue_are_those_of_a_scan_every_second(mask_deg):
    ref = reference()
    raw = (SHARED / "catalog" / "active_2026-08-22.3le.gz").read_bytes()
    lines = gzip.decompress(raw).decode().splitlines()
    rng = np.random.default_rng(int(mask_deg))
    chosen = rng.choice(len(lines) // 3, 200, replace=False)
    day, end = 61_275, 86_400.0
    orient = ref.orientation(day - 3, day + 4)
    earth = EarthOrientation(
        mjd_utc=orient.mjd, ut1_minus_utc=orient.ut1_minus_utc, pole_x=orient.x_arcsec * ARCSEC,
        pole_y=orient.y_arcsec * ARCSEC,
    )  # fmt: skip
    latitude, longitude = np.degrees(np.arcsin(rng.uniform(-1, 1))), rng.uniform(-180, 180)
    site = ref.Site("by chance", float(latitude), float(longitude), 100.0)
    place = Observers.at(np.radians(latitude), np.radians(longitude), 100.0)
    grid = ref.Grid(orient, day, np.arange(0.0, end + 1.0))
    placed = grid.site_in_teme(site)
    sets = joined([read_tle("\n".join(lines[3 * k + 1 : 3 * k + 3]), "set") for k in chosen])
    start = Epochs.from_utc(day)
    found = find_passes(
        sets, place, start, start.plus(end), earth, masks=[Mask.level(np.radians(mask_deg))]
    )
    mask = ref.Mask(mask_deg)
    total = 0
    for row, k in enumerate(chosen):
        sky = ref.Sky(Satrec.twoline2rv(*lines[3 * k + 1 : 3 * k + 3]), orient, day)
        seen = ref.samples(sky.states(grid.seconds), placed, grid.step)
        expected = ref.passes(sky, site, mask, grid.seconds, seen)
        ours = found[found.span == row]
        assert len(ours) == len(expected), lines[3 * k]
        total += len(expected)
        for name in ("rise", "set"):
            theirs = np.array([getattr(one, name) or np.nan for one in expected])
            mine = getattr(ours, name)
            assert np.array_equal(np.isnan(mine), np.isnan(theirs)), lines[3 * k]
            here = np.flatnonzero(~np.isnan(theirs))
            if not len(here):
                continue
            at = theirs[here]
            rate = np.abs(sky.sine_slope(site, at, np.full(len(at), 0.5)))
            rate /= np.cos(np.radians(mask_deg))
            assert np.all(np.abs(mine[here] - at) < np.maximum(TIME, ANGLE / rate))
        tops = [one for one in expected if not one.at_edge]
        mine = ours.culmination[[not one.at_edge for one in expected]]
        at = np.array([one.culmination for one in tops])
        if len(at):
            apart = np.abs(sky.sine(site, mine) - sky.sine(site, at))
            assert np.all((np.abs(mine - at) < TIME) | (apart < ANGLE / 10))
    assert total > 100
