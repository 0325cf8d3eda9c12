"""Passes and pictures at the edges of what can be asked, and what is refused."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kosmodrom.base.ellipsoid import itrs_to_geodetic
from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import DataError, InputError
from kosmodrom.orbits.designed import designed, walker
from kosmodrom.orbits.elements import joined
from kosmodrom.orbits.tle import read_tle
from kosmodrom.view.coverage import CoverageWork
from kosmodrom.view.imaging import Limits, find_accesses
from kosmodrom.view.masks import Atmosphere, Mask
from kosmodrom.view.observers import Observers
from kosmodrom.view.passes import MARGIN, find_passes, make_scene
from kosmodrom.view.work import Spans
from kosmodrom.workspace import earth_orientation

EARTH = earth_orientation()
START = Epochs.from_iso("2026-02-03T04:05:06Z")
DAY = 86_400.0
SEOUL = Observers.at(np.radians(37.57), np.radians(126.98), 40.0)
LEVEL = Mask.level(np.radians(10.0))


def orbit(name="low", perigee=520e3, apogee=540e3, inclination=1.7, anomaly=0.3, epoch=START):
    return designed(
        name=name, perigee=perigee, apogee=apogee, inclination=inclination, node=1.0,
        argument=0.5, anomaly=anomaly, epoch=epoch,
    )  # fmt: skip


def passes(sets, place=SEOUL, begin=0.0, end=DAY, mask=LEVEL, **options):
    return find_passes(
        sets, place, START.plus(begin), START.plus(end), EARTH, masks=[mask] * len(place),
        **options,
    )  # fmt: skip


# The window


def test_an_end_before_the_start_is_refused_with_both():
    with pytest.raises(InputError, match=r"2026-02-03T04:05:05.*is not after the start"):
        passes(orbit(), end=-1.0)
    with pytest.raises(InputError, match="exchange them"):
        passes(orbit(), end=0.0)


def test_times_beyond_the_earth_orientation_are_refused():
    late = Epochs.from_iso("2100-01-01T00:00Z")
    with pytest.raises(DataError, match="give newer Earth orientation data"):
        find_passes(orbit(), SEOUL, late, late.plus(DAY), EARTH, masks=[LEVEL])


def test_more_than_ten_years_at_once_are_refused():
    early = Epochs.from_iso("2010-01-01T00:00Z")
    with pytest.raises(InputError, match="cut longer spans in pieces"):
        find_passes(orbit(), SEOUL, early, early.plus(3700 * DAY), EARTH, masks=[LEVEL])


@pytest.mark.parametrize("length", [1.0, 0.2, 0.01, 1e-3])
def test_a_window_of_a_moment_finds_what_is_in_view_then(length):
    whole = passes(orbit())
    assert len(whole) > 3
    one = whole[0]
    rise, top, fall = (float(getattr(one, name)) for name in ("rise", "culmination", "set"))
    for begin, expected in (
        (rise - 3 * length, "none"), (rise - length / 2, "rise"), (top - length / 2, "both"),
        (fall - length / 2, "set"), (fall + length, "none"),
    ):  # fmt: skip
        found = passes(orbit(), begin=begin, end=begin + length)
        if expected == "none":
            assert len(found) == 0
            continue
        assert len(found) == 1
        assert np.isnan(found.rise[0]) == (expected != "rise")
        assert np.isnan(found.set[0]) == (expected != "set")
        if expected == "both":
            assert found.begin[0] == pytest.approx(0.0, abs=1e-9)
            assert found.end[0] == pytest.approx(length, abs=1e-9)
            assert found.culmination[0] == pytest.approx(length / 2, abs=1e-5)
        else:
            at = found.rise[0] if expected == "rise" else found.set[0]
            assert at + begin == pytest.approx(rise if expected == "rise" else fall, abs=1e-6)


def test_a_window_that_starts_and_ends_within_a_pass_rises_or_falls_only():
    one = passes(orbit())[0]
    rising = passes(orbit(), begin=float(one.rise) + 5, end=float(one.culmination) - 5)
    assert np.isnan(rising.culmination).all()
    assert np.isnan(rising.azimuth_culmination).all()
    later = passes(orbit(), begin=float(one.rise) + 6, end=float(one.culmination) - 5)
    # It stands highest at the end, the same for both.
    assert rising.elevation == pytest.approx(later.elevation, abs=1e-9)
    assert rising.distance == pytest.approx(later.distance, abs=0.01)
    falling = passes(orbit(), begin=float(one.culmination) + 5, end=float(one.set) - 5)
    assert np.isnan(falling.culmination).all()
    assert float(falling.elevation[0]) < float(one.elevation)


# Nobody and nowhere


def test_no_satellites_and_no_places_have_no_passes():
    nobody = orbit()[np.array([], dtype=int)]
    nowhere = Observers.at(np.empty(0), np.empty(0))
    limits = Limits(off_nadir=0.5)
    end = START.plus(DAY)
    for sets, places in ((nobody, SEOUL), (orbit(), nowhere), (nobody, nowhere)):
        assert len(passes(sets, places)) == 0
        assert len(passes(sets, places, darkness=-0.1)) == 0
        assert len(find_accesses(sets, places, START, end, EARTH, limits)) == 0
        for limit in (limits, None):
            work = CoverageWork(
                elements=sets, observers=places, start=START, end=end, earth=EARTH, limits=limit
            )
            coverage, lost = work()
            assert len(coverage) == len(places)
            assert not coverage.count.any()
            assert not lost


def test_a_mask_for_each_place_is_asked_for():
    with pytest.raises(InputError, match="2 masks for 1 places; give one for each"):
        find_passes(orbit(), SEOUL, START, START.plus(DAY), EARTH, masks=[LEVEL, LEVEL])


# Places at the ends of the Earth


@pytest.mark.parametrize("latitude", [90.0, -90.0])
def test_a_polar_satellite_is_seen_from_the_pole_every_revolution(latitude):
    polar = orbit(inclination=np.pi / 2, perigee=800e3, apogee=800e3)
    pole = Observers.at(np.radians(latitude), 0.0)
    found = passes(polar, pole)
    assert len(found) in {14, 15}  # 14.3 revolutions of 100.9 min
    assert np.diff(found.culmination) == pytest.approx(
        np.full(len(found) - 1, np.diff(found.culmination).mean()), abs=5.0
    )
    assert found.elevation.min() > np.radians(89.0)


def test_a_place_has_one_name_on_both_sides_of_the_date_line():
    places = Observers.at(np.radians(-16.8), np.radians([180.0, -180.0]))
    found = passes(orbit(), places)
    rows = [found[found.place == place] for place in range(2)]
    assert len(rows[0]) == 2
    assert rows[1].rise == pytest.approx(rows[0].rise, abs=1e-6)
    assert rows[1].azimuth_set == pytest.approx(rows[0].azimuth_set, abs=1e-9)


def test_the_pole_of_an_equatorial_orbit_never_sees_it():
    flat = orbit(inclination=0.0)
    assert len(passes(flat, Observers.at(np.pi / 2, 0.0), mask=Mask.level(-0.1))) == 0
    backwards = orbit(inclination=np.pi)
    equator = Observers.at(0.0, np.linspace(-3, 3, 4))
    found = passes(backwards, equator)
    # It meets the turning Earth 1 + 15.1 times a day.
    counts = np.bincount(found.place)
    assert set(counts.tolist()) <= {15, 16, 17}


def test_a_stationary_satellite_is_one_pass_without_ends():
    high = orbit(
        name="high", perigee=35_786e3 + 12, apogee=35_786e3 + 12, inclination=np.radians(0.05)
    )
    scene, _ = make_scene(high, SEOUL, START, START.plus(1.0), EARTH)
    zero = np.zeros(1, dtype=np.int64)
    under = scene.flight(zero, np.array([MARGIN])).position[0]
    latitude, longitude, _ = itrs_to_geodetic(under)
    below = Observers.at(latitude + 0.1, longitude + 0.2)
    found = passes(high, below, end=30 * DAY)
    assert len(found) == 1
    assert np.isnan(found.rise).all()
    assert np.isnan(found.set).all()
    assert (found.begin[0], found.end[0]) == (0.0, pytest.approx(30 * DAY))
    opposite = Observers.at(latitude, longitude + np.pi)
    assert len(passes(high, opposite, end=30 * DAY)) == 0


# Satellites that SGP4 gives up

# STARLINK-1623, CelesTrak GP data of 22 August 2026: from 31,116.2 s after 0h UTC of the day after
# SGP4 has code 1 for good (tests/truth/data/passes_setup.json).


def decaying():
    path = Path(__file__).parents[1] / "truth" / "data" / "passes_setup.json"
    setup = json.loads(path.read_text("utf-8"))
    one = setup["satellites"][0]
    assert one["name"] == "STARLINK-1623"
    start = Epochs.from_utc(one["day_mjd"])
    return read_tle("\n".join(one["lines"]), "starlink"), start, one["codes"]["first_s"]


@pytest.mark.parametrize("light_time", [False, True])
@pytest.mark.parametrize("darkness", [None, 0.3])
def test_a_satellite_lost_in_the_middle_of_a_pass_is_seen_until_then(light_time, darkness):
    sets, start, lost = decaying()
    scene, _ = make_scene(sets, SEOUL, start, start.plus(DAY), EARTH)
    zero = np.zeros(1, dtype=np.int64)
    last = scene.flight(zero, np.array([MARGIN + lost - 0.2])).position[0]
    latitude, longitude, _ = itrs_to_geodetic(last)
    below = Observers.at(latitude, longitude)
    azimuth = np.arange(4) * np.pi / 2
    uneven = Mask(azimuth, np.radians([0.0, 3.0, 1.0, 2.0]))
    for mask in (Mask.level(0.0), uneven):
        found = find_passes(
            sets, below, start, start.plus(DAY), EARTH, masks=[mask], light_time=light_time,
            darkness=darkness,
        )  # fmt: skip
        assert found.lost[0] == pytest.approx(lost, abs=0.2)
        assert found.end[-1] == pytest.approx(lost, abs=0.2)
        assert found.set[-1] == found.end[-1]  # it sets there: nothing is known beyond
        for name in ("elevation", "distance", "azimuth_set"):
            assert np.isfinite(getattr(found, name)).all()
        assert found.elevation[-1] > np.radians(80.0)
        assert not np.isnan(found.culmination[-1])


@pytest.mark.parametrize("off_nadir", [20.0, 60.0, 80.0])
def test_pictures_end_where_the_satellite_is_lost(off_nadir):
    sets, start, lost = decaying()
    latitudes, longitudes = np.meshgrid(np.linspace(-1.5, 1.5, 9), np.linspace(-3, 3, 12))
    places = Observers.at(latitudes.ravel(), longitudes.ravel())
    for extra in ({}, {"roll": 0.5, "pitch": 0.5}, {"sun_lowest": 0.1}):
        limits = Limits(off_nadir=np.radians(off_nadir), **extra)
        found = find_accesses(sets, places, start, start.plus(DAY), EARTH, limits)
        assert np.all(found.end < lost + 0.2)
        assert found.lost[0] == pytest.approx(lost, abs=0.2)
        for name in ("off_nadir", "elevation", "distance", "altitude", "best"):
            assert np.isfinite(getattr(found, name)).all()


@pytest.mark.parametrize(("minutes", "bstar"), [(86.6, 3e-3), (92.0, -0.5), (92.0, 0.5)])
def test_a_satellite_that_comes_back_faster_than_any_orbit_is_not_seen_again(minutes, bstar):
    # SGP4 gives codes 6 and 4, then 0 with 1.6 million km a second: numbers, and no satellite.
    gone = replace(
        orbit(epoch=START.plus(-0.5 * DAY)), bstar=np.array([bstar]),
        mean_motion_rad_min=np.array([2 * np.pi / minutes]), eccentricity=np.array([1e-3]),
    )  # fmt: skip
    places = Observers.at(np.radians([90.0, 0.0, 37.0, -60.0]), np.array([0.0, 3.1, 2.2, -1.0]))
    for mask in (-10.0, 0.0, 45.0):
        for darkness in (None, -0.1):
            found = passes(
                gone, places, end=2 * DAY, mask=Mask.level(np.radians(mask)), darkness=darkness
            )
            assert set(found.lost) == {0}
            for name in ("begin", "end", "elevation", "distance"):
                assert np.isfinite(getattr(found, name)).all()
            assert np.all(found.elevation >= np.radians(mask) - 1e-6)
            assert np.all(found.end > found.begin)
            assert np.all(found.distance < 1e7)
    for extra in ({}, {"roll": 0.3, "pitch": 1e-3}, {"sun_lowest": -1.5, "sun_highest": 0.1}):
        limits = Limits(off_nadir=0.9, **extra)
        found = find_accesses(gone, places, START, START.plus(2 * DAY), EARTH, limits)
        assert np.all(found.distance < 1e7)
        assert np.all(found.off_nadir < 0.9 + 1e-6)


def test_a_satellite_lost_throughout_has_no_passes_and_says_so():
    sets, start, lost = decaying()
    later = start.plus(lost + 3600.0)
    found = find_passes(sets, SEOUL, later, later.plus(40 * DAY), EARTH, masks=[LEVEL])
    assert len(found) == 0
    assert found.lost == {0: pytest.approx(0.0, abs=1e-9)}
    both = joined([orbit(epoch=later), sets])
    found = find_passes(both, SEOUL, later, later.plus(DAY), EARTH, masks=[LEVEL])
    assert set(found.span.tolist()) == {0}
    assert set(found.lost) == {1}


def test_a_set_years_away_from_the_window_gives_what_sgp4_gives():
    for years in (-3, 3):
        old = orbit(epoch=START.plus(years * 365 * DAY))
        found = passes(old)
        assert not found.lost
        assert len(found) > 2
        dragged = replace(old, bstar=np.array([3e-3]))
        found = passes(dragged)
        assert set(found.lost) <= {0}
        assert np.isfinite(found.elevation).all()


# Masks with walls


@pytest.mark.parametrize("width", [1e-3, 1e-12])
def test_walls_of_any_steepness_are_where_many_looks_see_them(width):
    # Corners a hair apart once made the search look every 0.05 s, in gigabytes of memory.
    azimuth = np.radians([0, 90, 90 + width, 180, 180 + width, 270, 270 + width])
    walls = Mask(azimuth, np.radians([0, 0, 40, 40, 0, 0, 50]))
    high = orbit(perigee=35_770e3, apogee=35_800e3, inclination=0.4)
    sets = joined([walker(orbit(), 2, 4, 0), walker(high, 1, 4, 0)])
    total = np.zeros(len(sets))
    found = passes(sets, mask=walls)
    scene, _ = make_scene(sets, SEOUL, START, START.plus(DAY), EARTH)
    seconds = np.arange(0.5, DAY, 3.0)
    for row in range(len(sets)):
        same = np.full(len(seconds), row)
        sight = scene.sight(same, np.zeros(len(seconds), dtype=np.int64), seconds + MARGIN)
        room = sight.elevation() - walls.at(sight.azimuth())
        ours = found[found.span == row]
        inside = np.zeros(len(seconds), dtype=bool)
        for begin, end in zip(ours.begin, ours.end, strict=True):
            inside |= (seconds > begin) & (seconds < end)
        # At an edge the satellite moves by 0.02 rad in a second at most.
        assert np.all((inside == (room > 0)) | (np.abs(room) < 1e-6))
        total[row] = 3 * inside.sum()
    assert np.all(total[:4] > 60.0)
    assert total[4:].max() > 0.5 * DAY


# Several element sets of one satellite


def test_a_change_of_set_in_the_middle_of_a_pass_leaves_it_whole():
    one = orbit()
    whole = passes(one)
    cut = float(whole.culmination[1]) + 20.0
    two = joined([one, one])
    spans = Spans(
        row=np.array([0, 1]), start=np.array([0.0, cut]), end=np.array([cut, DAY]),
        satellite=np.array([0, 0]),
    )  # fmt: skip
    found = passes(two, spans=spans)
    assert len(found) == len(whole)
    for name in ("rise", "set", "culmination", "elevation", "azimuth_rise", "distance"):
        assert getattr(found, name) == pytest.approx(getattr(whole, name), abs=1e-4, nan_ok=True)
    assert found.span.tolist() == [0, 0] + [1] * (len(whole) - 2)
    assert len(passes(two)) == 2 * len(whole)  # each for a satellite of its own


def test_a_change_to_another_orbit_ends_a_pass_or_begins_one():
    one, other = orbit(), orbit(anomaly=0.3 + np.pi)
    whole = passes(one)
    cut = float(whole.culmination[0])
    spans = Spans(
        row=np.array([0, 1]), start=np.array([0.0, cut]), end=np.array([cut, DAY]),
        satellite=np.array([0, 0]),
    )  # fmt: skip
    found = passes(joined([one, other]), spans=spans)
    assert found.set[0] == pytest.approx(cut, abs=1e-6)
    assert not np.isnan(found.rise).any()
    assert not np.isnan(found.set).any()


def test_the_passes_of_a_constellation_are_those_of_each_satellite():
    sets = walker(orbit(), 3, 9, 1)
    together = passes(sets)
    for row in range(9):
        alone = passes(sets[[row]])
        mine = together[together.span == row]
        assert mine.rise == pytest.approx(alone.rise, abs=1e-6, nan_ok=True)
        assert mine.elevation == pytest.approx(alone.elevation, abs=1e-9)


# Air


def test_air_of_no_pressure_changes_nothing():
    bare = passes(orbit())
    vacuum = passes(orbit(), air=Atmosphere(pressure=0.0))
    assert vacuum.rise == pytest.approx(bare.rise, abs=1e-6)
    assert vacuum.elevation == pytest.approx(bare.elevation, abs=1e-12)


def test_a_pass_over_the_horizon_lasts_longer_by_what_the_air_lifts():
    bare = passes(orbit(), mask=Mask.level(0.0))
    air = Atmosphere()
    bent = passes(orbit(), mask=Mask.level(0.0), air=air)
    lower = passes(orbit(), mask=Mask.level(-float(air.refraction(0.0))))
    assert bent.rise == pytest.approx(lower.rise, abs=1e-6)
    assert bent.set == pytest.approx(lower.set, abs=1e-6)
    assert np.all(bent.rise[: len(bare)] < bare.rise)


# Limits of pictures


@pytest.mark.parametrize("angle", [0.0, -1.0, 90.0, 120.0, np.nan])
def test_cones_of_no_sense_are_refused(angle):
    with pytest.raises(InputError, match="above 0 and below 90 deg"):
        Limits(off_nadir=np.radians(angle))
    for name in ("roll", "pitch"):
        with pytest.raises(InputError, match=f"{name} is .*above 0 and below 90 deg"):
            Limits(off_nadir=0.5, **{name: np.radians(angle)})


@pytest.mark.parametrize("angle", [-6.0, 90.0, np.nan])
def test_elevations_of_no_sense_are_refused(angle):
    with pytest.raises(InputError, match="from -5 deg to below 90 deg"):
        Limits(off_nadir=0.5, elevation=np.radians(angle))


def test_a_sun_that_stands_above_what_it_stands_below_is_refused():
    with pytest.raises(InputError, match="exchange the two"):
        Limits(off_nadir=0.5, sun_lowest=0.2, sun_highest=0.1)


def test_a_cone_holds_no_more_than_roll_and_pitch_allow():
    limits = Limits(off_nadir=1.2, roll=np.radians(30.0), pitch=np.radians(30.0))
    assert limits.cone == pytest.approx(np.arctan(np.sqrt(2) * np.tan(np.radians(30.0))))
    assert Limits(off_nadir=0.1, roll=0.5, pitch=0.5).cone == pytest.approx(0.1)
    assert Limits(off_nadir=0.7, roll=0.1).cone == pytest.approx(0.7)
