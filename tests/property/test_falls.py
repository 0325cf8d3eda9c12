"""What is so of every fall and every impact point."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A
from kosmodrom.base.ellipsoid import geodetic_to_itrs, local_axes
from kosmodrom.base.geodesy import destination, geodesic
from kosmodrom.launch.dispersion import ellipse
from kosmodrom.launch.fall import fallen, turned_with_earth
from kosmodrom.launch.impact import impact_point
from kosmodrom.launch.motion import J2
from kosmodrom.launch.surroundings import Wind

TURNING = np.array([0.0, 0.0, EARTH_ROTATION_RATE])
#: Latitude and longitude [deg], height [m], azimuth and climb [deg], speed over the ground [m/s].
states = st.tuples(
    st.floats(-90, 90), st.floats(-180, 180), st.floats(1e3, 2.5e5), st.floats(0, 360),
    st.floats(-90, 90), st.floats(0.0, 6.5e3),
)  # fmt: skip
# A fall of one body takes nearly as long as one of a hundred.
few = settings(max_examples=12)
bodies = st.tuples(states, st.floats(60.0, 2e3), st.floats(0.7, 1.3))


def state_of(drawn):
    latitude, longitude, height, azimuth, climb, speed = drawn
    place = geodetic_to_itrs(np.radians(latitude), np.radians(longitude), height)
    east, north, up = local_axes(np.radians(latitude), np.radians(longitude))
    level = np.sin(np.radians(azimuth)) * east + np.cos(np.radians(azimuth)) * north
    way = np.cos(np.radians(climb)) * level + np.sin(np.radians(climb)) * up
    return place, speed * way + np.cross(TURNING, place)


def apart(one, other):
    return geodesic(one.latitude, one.longitude, other.latitude, other.longitude)[0]


@few
@given(st.lists(bodies, min_size=2, max_size=3))
def test_many_fall_as_each_alone(drawn):
    where, ballistic, factor = zip(*drawn, strict=True)
    place, speed = (np.array(each) for each in zip(*map(state_of, where), strict=True))
    wind = Wind(np.array([0.0, 5e4]), np.tile([9.0, 0.0], (len(drawn), 1)), np.array([3.0, 0.0]))
    found = fallen(10.0, place, speed, ballistic=ballistic, density_factor=factor, wind=wind)
    for row in range(len(drawn)):
        one = Wind(wind.height, wind.east[row], wind.north)
        alone = fallen(
            10.0, place[row], speed[row], ballistic=ballistic[row], density_factor=factor[row],
            wind=one,
        )  # fmt: skip
        assert alone.status[0] == found.status[row]
        for name in ("latitude", "longitude", "time", "speed", "descent"):
            # Nothing but what a processor does to eight numbers at once.
            assert getattr(alone, name)[0] == pytest.approx(
                getattr(found, name)[row], abs=1e-9, nan_ok=True
            )


@few
@given(states, st.floats(60.0, 2e3))
def test_denser_air_is_a_lighter_body(drawn, ballistic):
    place, speed = state_of(drawn)
    found = fallen(
        0.0, place, speed, ballistic=[ballistic, ballistic / 1.7], density_factor=[1.7, 1.0]
    )
    assert found.status[0] == found.status[1]
    assert found.time[0] == pytest.approx(found.time[1], abs=1e-6, nan_ok=True)  # rounding


@few
@given(states, st.floats(60.0, 2e3), st.floats(-180, 180))
def test_the_earth_is_round_about_its_axis(drawn, ballistic, turn):
    place, speed = state_of(drawn)
    found = fallen(0.0, place, speed, ballistic=ballistic)
    angle = np.radians(turn)
    turned = [turned_with_earth(-angle / EARTH_ROTATION_RATE, each) for each in (place, speed)]
    other = fallen(0.0, *turned, ballistic=ballistic)
    assert found.status[0] == other.status[0]
    if found.fell[0]:
        longitude = (found.longitude[0] + angle + np.pi) % (2 * np.pi) - np.pi
        off = geodesic(found.latitude[0], longitude, other.latitude[0], other.longitude[0])[0]
        assert off < 10.0  # the error of a fall: steps are chosen by axes, which lie otherwise


@few
@given(states, st.floats(60.0, 2e3))
def test_air_only_takes_energy(drawn, ballistic):
    place, speed = state_of(drawn)
    found = fallen(0.0, place, speed, ballistic=ballistic)
    if found.fell[0]:
        ground = geodetic_to_itrs(found.latitude[0], found.longitude[0], 0.0)
        rest = [potential(each) for each in (place, ground)]
        before = np.linalg.norm(speed - np.cross(TURNING, place)) ** 2 / 2 + rest[0]
        # 1 m of height: the error of a fall.
        assert found.speed[0] ** 2 / 2 + rest[1] <= before + 10.0


def potential(place):
    """Energy at rest in turning axes [m²/s²]."""
    distance = np.linalg.norm(place)
    sine = place[2] / distance
    field = MU_EARTH / distance * (1 - J2 * (WGS84_A / distance) ** 2 * (1.5 * sine**2 - 0.5))
    return -field - (EARTH_ROTATION_RATE * np.hypot(*place[:2])) ** 2 / 2


@few
@given(states)
def test_a_body_that_falls_without_air_keeps_its_impact_point(drawn):
    place, speed = state_of(drawn)
    first = impact_point(5.0, place, speed)

    def law(_, state):
        return np.concatenate([state[3:], -MU_EARTH * state[:3] / np.linalg.norm(state[:3]) ** 3])

    part = 0.7 * (float(first.time) - 5.0)
    later = solve_ivp(
        law, (0.0, part), np.concatenate([place, speed]), method="DOP853", rtol=1e-12, atol=1e-6
    ).y[:, -1]
    second = impact_point(5.0 + part, later[:3], later[3:])
    assert first.falls
    assert second.falls
    # A millimetre of the integrator, over the sine of a shallow fall.
    assert apart(first, second) < 0.1
    assert second.time == pytest.approx(float(first.time), abs=1e-4)


@given(states)
def test_an_impact_point_is_on_the_ground_after_some_time(drawn):
    place, speed = state_of(drawn)
    found = impact_point(5.0, place, speed)
    assert found.falls
    assert found.time > 5.0
    assert np.linalg.norm(found.direction) == pytest.approx(1.0, abs=1e-12)
    ground = geodetic_to_itrs(float(found.latitude), float(found.longitude), 0.0)
    assert ground / np.linalg.norm(ground) == pytest.approx(found.direction, abs=1e-12)


@given(states, st.integers(1, 4))
def test_impact_points_of_many_are_those_of_each(drawn, count):
    place, speed = state_of(drawn)
    speeds = speed * np.linspace(0.3, 1.6, count)[:, np.newaxis]
    found = impact_point(np.arange(count), place, speeds)
    for row in range(count):
        alone = impact_point(row, place, speeds[row])
        assert alone.falls == found.falls[row]
        assert float(alone.latitude) == pytest.approx(found.latitude[row], abs=1e-12, nan_ok=True)


@few
@given(
    st.floats(-89, 89), st.floats(-180, 180), st.floats(0, 180), st.floats(10.0, 5e4),
    st.floats(0.05, 0.9),
)  # fmt: skip
def test_an_ellipse_turns_with_its_points(latitude, longitude, azimuth, long, share):
    ahead, aside = np.random.default_rng(1).standard_normal((2, 300)) * [[1.0], [share]]
    corner = np.array([[0.3], [0.1]])
    ahead, aside = (np.array([ahead, aside]) - corner) * long

    def found(direction, place):
        away, turn = np.hypot(ahead, aside), direction + np.arctan2(aside, ahead)
        return ellipse(*destination(*place, turn, away))

    here = found(np.radians(azimuth), np.radians([latitude, longitude]))
    there = found(0.0, (0.0, 0.0))
    # Geodesics on an ellipsoid: of 150 km the square over that of its radius.
    assert here.semi_major == pytest.approx(there.semi_major, rel=1e-3)
    assert here.semi_minor == pytest.approx(there.semi_minor, rel=1e-3)
    assert here.inside == pytest.approx(there.inside, abs=0.01)
    assert 0 <= here.azimuth <= np.pi
    turn = here.azimuth - np.radians(azimuth) - there.azimuth
    assert abs(np.sin(turn)) * (1 - share) < 0.02 + 2 * long / 6.4e6 * abs(
        np.tan(np.radians(latitude))
    )
