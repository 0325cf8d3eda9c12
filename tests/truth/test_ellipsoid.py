"""Geodetic coordinates against their definition in 40 digits and against PROJ."""

import json
from pathlib import Path

import numpy as np
import pytest
from pyproj import Transformer

from kosmodrom.base.ellipsoid import (
    geocentric_latitude,
    geodetic_to_itrs,
    itrs_to_geodetic,
    local_axes,
    nadir,
    topocentric,
)

TRUTH = json.loads((Path(__file__).parent / "data" / "frames.json").read_text("utf-8"))
LATITUDE, LONGITUDE, HEIGHT, *POSITION = np.array(TRUTH["geodetic"]).T
POSITION = np.array(POSITION).T


def test_positions_are_those_of_forty_digits():
    found = geodetic_to_itrs(LATITUDE, LONGITUDE, HEIGHT)
    # Doubles step by 0.9 nm at the ground and by 60 nm at the Moon.
    assert np.abs(found - POSITION).max(axis=1) == pytest.approx(0, abs=1e-7)
    near = HEIGHT < 3e6
    assert np.abs(found - POSITION)[near].max() < 4e-9


def test_geodetic_coordinates_are_those_of_forty_digits():
    latitude, longitude, height = itrs_to_geodetic(POSITION)
    # 3e-16 rad is 2 nm on the ground; the place itself is rounded to as much.
    assert np.abs(latitude - LATITUDE).max() < 3e-16
    assert np.abs(height - HEIGHT).max() < 2e-7  # three steps of a double at the Moon
    assert np.abs(height - HEIGHT)[HEIGHT < 3e6].max() < 4e-9
    off_axis = np.hypot(POSITION[:, 0], POSITION[:, 1]) > 1.0
    turn = np.remainder(longitude - LONGITUDE + np.pi, 2 * np.pi) - np.pi
    assert np.abs(turn)[off_axis].max() < 1e-15


def test_positions_and_heights_are_those_of_proj():
    # PROJ takes one step of Bowring's: good to 1 µm up to 10 km, and to 2.3 mm at 500 km.
    proj = Transformer.from_pipeline("+proj=cart +ellps=WGS84")
    rng = np.random.default_rng(3)
    latitude, longitude = np.arcsin(rng.uniform(-1, 1, 500)), rng.uniform(-np.pi, np.pi, 500)
    for height, close in ((0.0, 1e-8), (8848.0, 2e-6), (5e5, 3e-3)):
        cartesian = proj.transform(longitude, latitude, np.full(500, height), radians=True)
        position = geodetic_to_itrs(latitude, longitude, height)
        assert np.abs(position - np.transpose(cartesian)).max() < 4e-9
        back = proj.transform(*position.T, radians=True, direction="INVERSE")
        assert np.abs(itrs_to_geodetic(position)[2] - back[2]).max() < close


def test_the_geocentric_latitude_is_the_angle_at_the_centre():
    # By definition tan(geocentric) = (1 - f)^2 tan(geodetic) on the ground: 44.8075766 at 45 deg.
    found = geocentric_latitude(geodetic_to_itrs(np.radians(45.0), 1.0, 0.0))
    assert np.degrees(found) == pytest.approx(44.8075766, abs=1e-6)  # 10 cm


def test_a_line_straight_up_ends_in_the_zenith():
    # By definition: a point at a height is seen along the normal, at that distance.
    _, elevation, distance = topocentric(
        geodetic_to_itrs(LATITUDE, LONGITUDE, 5e5), LATITUDE, LONGITUDE, 0.0
    )
    assert np.abs(elevation - np.pi / 2).max() < 1e-13  # doubles of the place: 1 nm in 500 km
    assert distance == pytest.approx(5e5, abs=1e-8)
    down = nadir(geodetic_to_itrs(LATITUDE, LONGITUDE, 5e5))
    assert np.abs(down + local_axes(LATITUDE, LONGITUDE)[:, 2]).max() < 5e-16


def test_on_the_equator_the_sky_is_that_of_a_circle():
    # tan(elevation) = (cos b - R/r) / sin b, b the arc to the point under the satellite, as for
    # dishes that look at geostationary satellites; b = 40 deg, r = 42164 km: 43.9 deg, due west.
    position = 42_164e3 * np.array([np.cos(np.radians(-30)), np.sin(np.radians(-30)), 0.0])
    azimuth, elevation, _ = topocentric(position, 0.0, np.radians(10.0), 0.0)
    b, ratio = np.radians(40.0), 6_378.137 / 42_164
    assert np.degrees(azimuth) == pytest.approx(270.0, abs=1e-9)
    assert elevation == pytest.approx(np.arctan2(np.cos(b) - ratio, np.sin(b)), abs=1e-12)
