"""Launch windows over drawn sites and planes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kosmodrom.base.ellipsoid import geocentric_latitude, geodetic_to_itrs
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.frames import EarthAngles, Frame, rotation
from kosmodrom.launch.planes import (
    SUN_RATE,
    SteadyPlane,
    argument_of_latitude,
    plane_angles,
    plane_error,
    plane_normal,
    relative_to_ground,
)
from kosmodrom.launch.unsteered import unsteered
from kosmodrom.launch.windows import plane_crossings, reaches
from kosmodrom.workspace import earth_orientation

DAY = 86_400.0
START = Epochs.from_iso("2026-03-20T06:30:00Z")
LENGTH = 3 * DAY
EARTH = earth_orientation().around(START.plus(-DAY), START.plus(LENGTH + DAY))
ANGLES = EarthAngles.tabulated(START, LENGTH, EARTH)
SIDEREAL = 86_164.0905  # s, IERS Conventions
calm = settings(deadline=None, max_examples=60)

latitudes = st.one_of(st.floats(-89.0, 89.0), st.sampled_from([0.0, 51.884, -39.26, 62.93]))
longitudes = st.floats(-180.0, 180.0)
inclinations = st.one_of(st.floats(0.1, 179.9), st.sampled_from([90.0, 51.64, 97.4]))
nodes = st.floats(0.0, 2 * np.pi)
rates = st.sampled_from([0.0, SUN_RATE, -1.0e-6, 2e-6])


def place(latitude, longitude):
    return geodetic_to_itrs(np.radians(latitude), np.radians(longitude), 0.0)


@calm
@given(latitudes, longitudes, inclinations, nodes, rates)
def test_the_site_lies_in_the_plane_at_every_window(latitude, longitude, inclination, node, rate):
    site = place(latitude, longitude)
    plane = SteadyPlane(inclination=np.radians(inclination), node=node, rate=rate)
    found = plane_crossings(plane, site, LENGTH, ANGLES)
    # The full rotation of the frames, not the tables that the search goes by.
    turn = rotation(Frame.ITRS, Frame.TEME, START.plus(found.seconds), EARTH)
    direction = turn @ (site / np.linalg.norm(site))
    normal = plane_normal(np.radians(inclination), node + rate * found.seconds)
    out = np.abs((direction * normal).sum(axis=-1))
    assert np.all(out < 1e-9)  # rad; 1e-6 s of the search are 7e-11
    assert np.all(np.diff(found.seconds) > 0)


@calm
@given(latitudes, longitudes, inclinations, nodes, rates)
def test_there_are_two_a_turn_within_the_limits_and_none_beyond(
    latitude, longitude, inclination, node, rate
):
    site = place(latitude, longitude)
    plane = SteadyPlane(inclination=np.radians(inclination), node=node, rate=rate)
    found = plane_crossings(plane, site, LENGTH, ANGLES)
    least = abs(np.degrees(geocentric_latitude(site)))
    margin = min(inclination - least, 180 - least - inclination)
    if abs(margin) < 1e-3:  # polar motion carries the site by 1e-4 deg, and it grazes the plane
        return
    assert reaches(site, np.radians(inclination)) == (margin > 0)
    if margin < 0:
        assert len(found) == 0
        return
    turn = 2 * np.pi / (2 * np.pi / SIDEREAL - rate)
    for way in ("ascending", "descending"):
        one = found.going(way)
        assert int(LENGTH // turn) <= len(one) <= int(LENGTH // turn) + 1
        assert np.allclose(np.diff(one.seconds), turn, atol=0.1, rtol=0)  # UT1, polar motion


@calm
@given(latitudes, longitudes, inclinations, nodes)
def test_azimuths_obey_the_spherical_triangle(latitude, longitude, inclination, node):
    site = place(latitude, longitude)
    plane = SteadyPlane(inclination=np.radians(inclination), node=node)
    found = plane_crossings(plane, site, LENGTH, ANGLES)
    # cos i = cos(latitude) sin(azimuth): Bate, Mueller and White (1971), section 3.2; latitude
    # over the pole of date, which polar motion holds 1e-6 rad from that of the ground.
    cosine = np.cos(geocentric_latitude(site)) * np.sin(found.azimuth)
    assert np.allclose(cosine, np.cos(np.radians(inclination)), atol=3e-6, rtol=0)
    assert np.array_equal(found.ascending, np.cos(found.azimuth) > 0)
    # Where the site is in the plane its latitude follows from the argument.
    along = argument_of_latitude(found.direction, found.normal)
    sine = np.sin(along) * np.sin(np.radians(inclination))
    assert np.allclose(sine, found.direction[:, 2], atol=1e-9, rtol=0)


@given(inclinations, nodes)
def test_normals_give_back_their_angles(inclination, node):
    tilt, turn = plane_angles(plane_normal(np.radians(inclination), node))
    assert abs(tilt - np.radians(inclination)) < 1e-12
    assert abs((turn - node + np.pi) % (2 * np.pi) - np.pi) < 1e-12


@given(inclinations, nodes, st.floats(-3.0, 3.0))
def test_the_error_is_the_angle_between_the_normals(inclination, node, shift):
    tilt = np.radians(inclination)
    one, other = plane_normal(tilt, node), plane_normal(tilt, node + shift)
    angle = np.arctan2(np.linalg.norm(np.cross(one, other)), one @ other)
    assert abs(plane_error(tilt, shift) - angle) < 1e-12


@given(st.floats(0.0, 6.28), st.floats(5000.0, 11_000.0), st.floats(0.0, 465.2))
def test_the_ground_taken_off_can_be_added_again(azimuth, speed, carried):
    ground, over = relative_to_ground(azimuth, speed, carried)
    north, east = over * np.cos(ground), over * np.sin(ground) + carried
    assert abs(np.hypot(north, east) - speed) < 1e-9
    assert abs((np.arctan2(east, north) - azimuth + np.pi) % (2 * np.pi) - np.pi) < 1e-12


@calm
@given(st.floats(-1.0, 1.0), st.floats(0.1, 1.2), st.floats(300.0, 900.0), st.booleans())
def test_straight_flight_over_ground_that_stands_leaves_at_the_instant(
    latitude, margin, flight_time, north
):
    # Over a ground that hardly turns against the speed, as at a million km/s, nothing is carried
    # out of the plane: what is left of the lead is the turn of the ground in the time of flight.
    inclination = abs(latitude) + margin * (np.pi / 2 - abs(latitude)) / 1.3
    flown = unsteered(
        latitude, 6.6e6, [inclination], [north], flight_time=flight_time, flight_angle=0.25,
        speed=1e9,
    )  # fmt: skip
    assert abs(flown.lead[0] - flight_time) < 0.05
