"""Sun, Moon and shadow against DE421, JPL Horizons, Meeus and Orekit."""

import json
from pathlib import Path

import erfa
import numpy as np
import pytest

from kosmodrom.base.bodies import (
    SunTable,
    moon_illuminated_fraction,
    moon_position_gcrs,
    sun_above_limb,
    sun_angles,
    sun_direction_itrs,
    sun_position_gcrs,
    sunlit_fraction,
)
from kosmodrom.base.constants import ASTRONOMICAL_UNIT
from kosmodrom.base.ellipsoid import itrs_to_geodetic, topocentric
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.frames import position_gcrs_to_itrs
from kosmodrom.workspace import earth_orientation

ARCSEC = np.pi / 648_000
TRUTH = json.loads((Path(__file__).parent / "data" / "frames.json").read_text("utf-8"))


def angle_arcsec(one, other):
    sine = np.linalg.norm(np.cross(one, other), axis=-1)
    return np.arctan2(sine, np.sum(one * other, axis=-1)) / ARCSEC


# The tolerances are the errors of the series as the docstrings give them, measured on 3000
# instants of 1960 to 2040.
@pytest.mark.parametrize(
    ("name", "position", "arcsec", "metres"),
    [("sun", sun_position_gcrs, 0.015, 11e3), ("moon", moon_position_gcrs, 14.0, 13e3)],
)
def test_bodies_are_where_de421_has_them(name, position, arcsec, metres):
    rows = TRUTH[name]
    found = position(Epochs(np.array([row[0] for row in rows])))
    apparent, left = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    assert angle_arcsec(found, apparent).max() < arcsec
    distance = np.linalg.norm(left, axis=-1)
    assert np.linalg.norm(found, axis=-1) == pytest.approx(distance, abs=metres)


# JPL Horizons (https://ssd.jpl.nasa.gov/api/horizons.api), DE441, observer tables: geocentric
# apparent right ascension and declination of date [deg] and range [au] at 2026-09-20 00:00 UTC,
# CENTER='500@399', QUANTITIES='2,20', airless.
HORIZONS_GEOCENTRIC = [
    (sun_position_gcrs, 177.30587500, 1.16727778, 1.00442414, 0.1),
    (moon_position_gcrs, 280.58758333, -27.10958333, 0.00269900772787, 14.0),
]


@pytest.mark.parametrize(("position", "ra", "dec", "au", "arcsec"), HORIZONS_GEOCENTRIC)
def test_bodies_are_where_horizons_has_them(position, ra, dec, au, arcsec):
    epochs = Epochs.from_iso("2026-09-20T00:00Z")
    found = erfa.pnm06a(*epochs.tt_jd()) @ position(epochs)
    ra, dec = np.radians(ra), np.radians(dec)
    expected = [np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)]
    assert angle_arcsec(found, np.array(expected)) < arcsec  # 0.01 s of RA is printed: 0.08 arcsec
    # Horizons gives the path of the light: the Sun moves 260 km at most while it comes.
    assert np.linalg.norm(found) == pytest.approx(au * ASTRONOMICAL_UNIT, abs=2.6e5)


# The same, CENTER='coord@399', COORD_TYPE='GEODETIC', QUANTITIES='4', APPARENT='AIRLESS':
# latitude, longitude [deg], height 0; instant; azimuth, elevation of Sun and Moon [deg].
IN_2026, IN_2024 = "2026-09-22T04:00Z", "2024-06-21T12:00Z"
HORIZONS_TOPOCENTRIC = [
    (40.0, -105.0, IN_2026, (304.628923727, -33.689519341), (188.166413562, 27.787995557)),
    (-33.8688, 151.2093, IN_2026, (310.920905784, 43.881844872), (110.808968161, 5.807609548)),
    (51.5074, -0.1278, IN_2026, (66.919726589, -16.919823791), (273.807411643, -30.991906858)),
    (51.4779, 0.0, IN_2024, (179.062524, 61.955375), None),
]


def direction(azimuth, elevation):
    return np.array(
        [
            np.sin(azimuth) * np.cos(elevation),
            np.cos(azimuth) * np.cos(elevation),
            np.sin(elevation),
        ]
    )


@pytest.mark.parametrize("row", HORIZONS_TOPOCENTRIC, ids=lambda row: f"{row[0]} {row[2]}")
def test_bodies_stand_in_the_sky_as_horizons_has_them(row):
    latitude, longitude = np.radians(row[:2])
    epochs, earth = Epochs.from_iso(row[2]), earth_orientation()
    found = direction(*sun_angles(latitude, longitude, epochs, earth))
    # 0.7 arcsec: daily aberration 0.3, and Horizons counts from the pole of date, 0.5 of polar
    # motion away. The Sun sinks that far in 0.05 s.
    assert angle_arcsec(found, direction(*np.radians(row[3]))) < 0.7
    if row[4]:
        moon = position_gcrs_to_itrs(moon_position_gcrs(epochs), epochs, earth)
        found = direction(*topocentric(moon, latitude, longitude, 0.0)[:2])
        assert angle_arcsec(found, direction(*np.radians(row[4]))) < 14.0


def test_the_sun_of_meeus_comes_out():
    # Meeus, Astronomical Algorithms, example 25.b: 1992 October 13, 0h TD, apparent right
    # ascension 13h13m30.749s, declination -7 deg 47' 01.74".
    epochs = Epochs.from_iso("1992-10-12T23:59:00.816Z")
    x, y, z = erfa.pnm06a(*epochs.tt_jd()) @ sun_position_gcrs(epochs)
    ra, dec = np.arctan2(y, x) % (2 * np.pi), np.arctan2(z, np.hypot(x, y))
    # 0.1 arcsec: precession and nutation of 1976 and 1980, and the digits printed
    assert ra == pytest.approx(np.radians((13 + 13 / 60 + 30.749 / 3600) * 15), abs=0.1 * ARCSEC)
    assert dec == pytest.approx(-np.radians(7 + 47 / 60 + 1.74 / 3600), abs=0.1 * ARCSEC)


def test_the_lit_part_of_the_moon_is_that_of_meeus():
    # Meeus, example 48.a: 1992 April 12, 0h TD, k = 0.6786.
    lit = moon_illuminated_fraction(Epochs.from_iso("1992-04-11T23:59:00.816Z"))
    assert lit == pytest.approx(0.6786, abs=1e-4)


def test_an_equinox_finds_the_sun_over_the_equator():
    # The Astronomical Almanac for 2024: equinox March 20, 03:06 UT. The Sun moves 0.4 deg a day in
    # declination; half a minute is 0.5 arcsec, and the pole lies 0.5 arcsec from the axis.
    where = sun_direction_itrs(Epochs.from_iso("2024-03-20T03:06Z"), earth_orientation())
    assert where[2] == pytest.approx(0, abs=1.0 * ARCSEC)


def test_the_total_eclipse_of_2024_ran_along_its_path():
    # NASA, F. Espenak, https://eclipse.gsfc.nasa.gov/SEbeselm/SEbeselm2001/SE2024Apr08Tbeselm.html:
    # greatest eclipse at 18:18:29.0 TDT, 25 deg 17.2' N, 104 deg 08.3' W; there Moon and Sun stood
    # in one line, the Sun 69.8 deg high.
    epochs, earth = Epochs.from_iso("2024-04-08T18:17:19.816Z"), earth_orientation()
    sun = position_gcrs_to_itrs(sun_position_gcrs(epochs), epochs, earth)
    moon = position_gcrs_to_itrs(moon_position_gcrs(epochs), epochs, earth)
    latitude, longitude = np.radians(25 + 17.2 / 60), -np.radians(104 + 8.3 / 60)
    to_sun = topocentric(sun, latitude, longitude, 0.0)
    to_moon = topocentric(moon, latitude, longitude, 0.0)
    # The Moon's series 14 arcsec; Delta T was predicted 1.4 s too long, which is 0.3 arcsec
    assert angle_arcsec(direction(*to_sun[:2]), direction(*to_moon[:2])) < 14.5
    assert np.degrees(to_sun[1]) == pytest.approx(69.8, abs=0.06)


# Shadow


def test_the_sun_over_the_limb_is_that_of_orekit():
    here, sun = np.array([row[:2] for row in TRUTH["shadow"]]).swapaxes(0, 1)
    above, radius = np.array([row[2:] for row in TRUTH["shadow"]]).T
    # 1e-12 rad, a nanosecond of a low orbit: both do the same geometry in other ways
    assert np.abs(sun_above_limb(here, sun) - above).max() < 1e-12
    assert np.abs(sun_above_limb(here, sun, 1.0) - above - radius).max() < 1e-12
    assert np.abs(sun_above_limb(here, sun, -1.0) - above + radius).max() < 1e-12


def disc_seen(here, sun, count=400_001):
    """Count the rays from points of the Sun's disc that miss the WGS84 ellipsoid."""
    away = sun - here
    distance = np.linalg.norm(away)
    axis = away / distance
    across = np.cross(axis, [0.6, 0.64, 0.48])
    across /= np.linalg.norm(across)
    number = np.arange(count) + 0.5
    tilt = np.arcsin(6.957e8 / distance) * np.sqrt(number / count)
    turn = np.pi * (1 + 5**0.5) * number
    side = np.outer(np.cos(turn), across) + np.outer(np.sin(turn), np.cross(axis, across))
    ray = np.cos(tilt)[:, None] * axis + np.sin(tilt)[:, None] * side
    stretch = np.array([1, 1, 1 / (1 - 1 / 298.257223563)])
    ray, place = ray * stretch, here * stretch
    along = ray @ place
    missed = along**2 - np.sum(ray**2, axis=1) * (place @ place - 6_378_137.0**2)
    return np.mean((along > 0) | (missed < 0))


@pytest.mark.parametrize(
    ("radius", "close"), [(6.6e6, 1e-4), (2.66e7, 1e-4), (4.2164e7, 1e-4), (3.85e8, 3e-3)]
)
def test_the_part_of_the_sun_seen_is_that_of_many_rays(radius, close):
    # 400 000 rays, spread evenly, count an area to 4e-5.
    towards = np.array([0.6, -0.5, 0.36]) / np.linalg.norm([0.6, -0.5, 0.36])
    side = np.cross(towards, [0.1, 0.2, 0.97])
    side /= np.linalg.norm(side)
    sun = 1.5e11 * towards
    deep = np.sqrt(radius**2 - 6.37e6**2)
    wide = 6.957e8 / 1.5e11 * deep  # half the penumbra
    for beside in 6.371e6 + wide * np.linspace(-2.0, 2.5, 10):
        here = beside * side - np.sqrt(radius**2 - beside**2) * towards
        assert float(sunlit_fraction(here, sun)) == pytest.approx(disc_seen(here, sun), abs=close)
    assert sunlit_fraction(here, sun) == 1


def test_a_geostationary_satellite_at_equinox_is_in_the_dark_as_long_as_its_operator_says():
    # NOAA on its GOES satellites, http://www.oso.noaa.gov/goes/koz-eclipse/koz-eclipse.htm (2009):
    # in the Earth's shadow for "a maximum of 72 minutes daily".
    start = Epochs.from_iso("2024-03-20T00:00Z")
    table = SunTable.tabulated(start, 86_400.0, earth_orientation())
    time = np.arange(0.0, 86_400.0, 1.0)
    turn = 7.2921159e-5 * time
    here = 42_164e3 * np.stack([np.cos(turn), np.sin(turn), np.zeros_like(turn)], axis=-1)
    sun = table.position_teme_at(time)
    dark = np.sum(sun_above_limb(here, sun, -1.0) < 0) / 60
    assert dark == pytest.approx(72, abs=1)  # whole minutes are printed


def test_the_table_of_the_sun_agrees_with_the_exact_sun():
    earth, start = earth_orientation(), Epochs.from_iso("2024-12-20T01:02:03Z")
    table = SunTable.tabulated(start, 90 * 86_400.0, earth)
    rng = np.random.default_rng(4)
    time = rng.uniform(table.lines.first, table.lines.last, 5000)
    latitude, longitude = rng.uniform(-1.5, 1.5, 5000), rng.uniform(-np.pi, np.pi, 5000)
    _, elevation = sun_angles(latitude, longitude, start.plus(time), earth)
    found = table.elevation_at(time, latitude, longitude)
    assert np.abs(found - elevation).max() < 2e-10  # 3 µs of the Sun's motion
    under = itrs_to_geodetic(sun_direction_itrs(start, earth) * ASTRONOMICAL_UNIT)[:2]
    assert float(table.elevation_at(0.0, *under)) == pytest.approx(np.pi / 2, abs=3e-8)  # arcsin
