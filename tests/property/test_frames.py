import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from kosmodrom.base.ellipsoid import (
    geocentric_latitude,
    geodetic_to_itrs,
    itrs_to_geodetic,
    local_axes,
    nadir,
    topocentric,
)
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.frames import EarthAngles, Frame, convert, gmst82, rotation
from kosmodrom.base.states import States
from kosmodrom.workspace import earth_orientation

calm = settings(deadline=None)  # the machine may be busy; speed is not tested here
EARTH = earth_orientation()
Y1972 = int(Epochs.from_iso("1972-01-01T00:00Z").tai_ns)
LAST = int(Epochs.from_utc(int(EARTH.mjd_utc[-1])).tai_ns)
half = np.pi / 2
latitudes = st.one_of(
    st.floats(-half, half), st.sampled_from([-half, 0.0, half, half - 1e-9, 1e-9 - half])
)
longitudes = st.one_of(st.floats(-np.pi, np.pi), st.sampled_from([-np.pi, 0.0, np.pi]))
heights = st.one_of(st.floats(-1e5, 4e8), st.sampled_from([0.0, 8848.0, 5e5, 3.5786e7]))
instants = st.one_of(
    st.integers(Y1972, LAST),
    st.sampled_from([Y1972, LAST]),
    st.integers(int(Epochs.from_iso("1902-01-01T00:00Z").tai_ns), Y1972),
    st.builds(  # around the last leap second
        lambda away: int(Epochs.from_iso("2016-12-31T23:59:60Z").tai_ns) + away,
        st.integers(-(10**10), 10**10),
    ),
)
frames = st.sampled_from(Frame)
directions = st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda v: np.linalg.norm(v) > 0.01)
vectors = st.builds(
    lambda v, size: np.array(v) / np.linalg.norm(v) * size, directions, st.floats(6.4e6, 4e8)
)


def at(tai):
    return Epochs(np.array(tai))


# The ellipsoid


@calm
@given(latitudes, longitudes, heights)
def test_a_place_comes_back(latitude, longitude, height):
    position = geodetic_to_itrs(latitude, longitude, height)
    found = itrs_to_geodetic(position)
    assert found[0] == pytest.approx(latitude, abs=5e-16)  # 3 nm on the ground
    assert found[2] == pytest.approx(height, abs=3e-7)  # a double steps by 60 nm at the Moon
    if np.hypot(position[0], position[1]) > 1.0:  # nearer to the axis a bit of x is an angle
        assert np.cos(found[1] - longitude) > 1 - 1e-15
    again = geodetic_to_itrs(*found)
    assert np.abs(again - position).max() < 3e-7


@calm
@given(latitudes, longitudes, heights)
def test_the_geocentric_latitude_is_nearer_to_the_equator(latitude, longitude, height):
    centric = float(geocentric_latitude(geodetic_to_itrs(latitude, longitude, height)))
    assert abs(centric) <= abs(latitude) + 1e-15
    assert abs(centric - latitude) < 0.0035


@calm
@given(latitudes, longitudes)
def test_local_axes_are_orthonormal_and_right_handed(latitude, longitude):
    axes = local_axes(latitude, longitude)
    assert np.abs(axes @ axes.T - np.eye(3)).max() < 1e-15
    assert np.linalg.det(axes) == pytest.approx(1, abs=1e-15)


@calm
@given(latitudes, longitudes, heights, vectors)
def test_the_sky_gives_back_what_is_in_it(latitude, longitude, height, position):
    azimuth, elevation, distance = topocentric(position, latitude, longitude, height)
    assert 0 <= azimuth < 2 * np.pi
    level = distance * np.cos(elevation)
    away = np.array(
        [level * np.sin(azimuth), level * np.cos(azimuth), distance * np.sin(elevation)]
    )
    here = geodetic_to_itrs(latitude, longitude, height)
    assert here + away @ local_axes(latitude, longitude) == pytest.approx(position, abs=1e-5)


@calm
@given(latitudes, longitudes, st.floats(1e3, 4e7))
def test_the_nadir_leads_to_the_ground(latitude, longitude, height):
    position = geodetic_to_itrs(latitude, longitude, height)
    _, _, ground = itrs_to_geodetic(position + height * nadir(position))
    assert ground == pytest.approx(0, abs=1e-7)


# Frames


@calm
@given(frames, frames, instants)
def test_rotations_are_orthonormal_and_there_and_back_is_nothing(one, other, tai):
    there = rotation(one, other, at(tai), EARTH)
    back = rotation(other, one, at(tai), EARTH)
    assert np.abs(there @ there.T - np.eye(3)).max() < 2e-15
    assert np.linalg.det(there) == pytest.approx(1, abs=2e-15)
    assert np.abs(there @ back - np.eye(3)).max() < 2e-15


@calm
@given(instants)
def test_the_long_way_round_is_the_short_way(tai):
    epochs = at(tai)
    step = rotation(Frame.GCRS, Frame.ITRS, epochs, EARTH)
    step = rotation(Frame.TEME, Frame.GCRS, epochs, EARTH).T @ step.T  # ITRS to GCRS to TEME
    assert np.abs(step - rotation(Frame.ITRS, Frame.TEME, epochs, EARTH)).max() < 2e-15


@calm
@given(frames, frames, instants, vectors, directions)
def test_a_velocity_comes_back(one, other, tai, position, heading):
    epochs, velocity = at(tai), np.array(heading) * 1e4
    there = convert(position, velocity, one, other, epochs, EARTH)
    back = convert(*there, other, one, epochs, EARTH)
    assert back[0] == pytest.approx(position, abs=3e-7)
    assert back[1] == pytest.approx(velocity, abs=3e-10)


@calm
@given(st.lists(instants, min_size=1, max_size=5), frames, frames)
def test_rotations_of_an_array_are_its_scalars_one_by_one(tai, one, other):
    epochs = Epochs(np.array(tai))
    whole = rotation(one, other, epochs, EARTH)
    single = np.array([rotation(one, other, at(each), EARTH) for each in tai])
    assert np.array_equal(whole, single)
    assert np.array_equal(gmst82(epochs, EARTH), [gmst82(at(each), EARTH) for each in tai])


@calm
@given(st.integers(Y1972 + 10**15, LAST - 10**16), st.integers(1, 30))
def test_instants_of_one_span_are_read_between_nodes_to_the_same(tai, days):
    epochs = at(tai).plus(np.linspace(0, days * 86_400.0, 300).reshape(20, 15))
    whole = rotation(Frame.GCRS, Frame.ITRS, epochs, EARTH)
    assert whole.shape == (20, 15, 3, 3)
    row, column = 13, 4
    single = rotation(Frame.GCRS, Frame.ITRS, epochs[row, column], EARTH)
    assert np.abs(whole[row, column] - single).max() < 1e-12  # 7 µm at 7000 km
    sun, one = sun_position_gcrs(epochs), sun_position_gcrs(epochs[row, column])
    assert sun[row, column] == pytest.approx(one, abs=0.1)  # 1e-12 of an astronomical unit


@calm
@given(
    st.integers(Y1972, LAST - 40 * 86_400 * 10**9),
    st.floats(0, 30 * 86_400.0),
    st.lists(st.floats(0, 1), min_size=1, max_size=6),
)
def test_the_table_of_angles_follows_the_exact_ones(tai, seconds, parts):
    start, time = at(tai), np.array(parts) * seconds
    sent = pickle.dumps(EarthAngles.tabulated(start, seconds, EARTH))
    table = pickle.loads(sent)  # noqa: S301 -- our own bytes
    epochs = start.plus(time)
    turn = table.gmst_at(time) - gmst82(epochs, EARTH)
    assert np.abs(np.exp(1j * turn) - 1).max() < 1e-11
    assert np.abs(np.array(table.pole_at(time)) - EARTH.pole_at(epochs)).max() < 1e-11
    assert np.all(np.diff(table.gmst_at(np.sort(time))) >= 0)
    for part, angle in zip(time, table.gmst_at(time), strict=True):
        assert table.gmst_at(part) == angle


# States


@calm
@given(st.lists(st.tuples(instants, vectors), min_size=1, max_size=4), frames, frames)
def test_states_come_back_from_another_frame(rows, one, other):
    position = np.array([place for _, place in rows])
    states = States(
        epochs=Epochs(np.array([tai for tai, _ in rows])),
        frame=one,
        position=position,
        velocity=position[:, ::-1] * 1e-4,
    )
    back = states.to_frame(other, EARTH).to_frame(one, EARTH)
    assert back.frame is one
    assert np.all(back.distance_to(states) < 3e-7)
    single = states[0].to_frame(other, EARTH)
    assert np.array_equal(single.position, states.to_frame(other, EARTH)[0].position)


# Bodies


@calm
@given(st.lists(instants, min_size=1, max_size=5), latitudes, longitudes)
def test_bodies_of_an_array_are_its_scalars_one_by_one(tai, latitude, longitude):
    epochs = Epochs(np.array(tai))
    for body in (sun_position_gcrs, moon_position_gcrs, moon_illuminated_fraction):
        assert np.array_equal(body(epochs), [body(at(each)) for each in tai])
    whole = np.array(sun_angles(latitude, longitude, epochs, EARTH))
    single = [sun_angles(latitude, longitude, at(each), EARTH) for each in tai]
    assert np.abs(whole.T - single).max() < 1e-15
    direction = sun_direction_itrs(epochs, EARTH)
    assert np.linalg.norm(direction, axis=-1) == pytest.approx(1, abs=1e-14)


@calm
@given(
    st.integers(Y1972, LAST - 40 * 86_400 * 10**9), st.floats(0, 1), st.floats(0, 3e6),
    latitudes, longitudes,
)  # fmt: skip
def test_the_table_of_the_sun_follows_the_exact_sun(tai, part, seconds, latitude, longitude):
    start, time = at(tai), part * seconds
    table = SunTable.tabulated(start, seconds, EARTH)
    _, elevation = sun_angles(latitude, longitude, start.plus(time), EARTH)
    # 2e-10 rad, and at the zenith what an arc sine loses
    close = 2e-10 + 1e-16 / max(np.cos(float(elevation)), 1e-8)
    assert table.elevation_at(time, latitude, longitude) == pytest.approx(elevation, abs=close)


@calm
@given(vectors, directions, st.floats(-1, 1))
def test_the_part_of_the_sun_seen_agrees_with_its_height(position, towards, disc):
    sun = np.array(towards) / np.linalg.norm(towards) * 1.496e11
    lower, centre, upper = (float(sun_above_limb(position, sun, at)) for at in (-1.0, 0.0, 1.0))
    assert lower < centre < upper
    assert lower <= sun_above_limb(position, sun, disc) <= upper
    part = sunlit_fraction(position, sun)
    assert 0 <= part <= 1
    if abs(lower) > 1e-12 and abs(upper) > 1e-12:  # elsewhere the last bit decides
        assert (part == 1) == (lower > 0) or part > 1 - 1e-9
        assert (part == 0) == (upper < 0) or part < 1e-9
    if position @ sun > 0:
        assert part == 1  # over the day side


@calm
@given(directions, directions)
def test_on_the_ground_the_limb_is_the_horizon(up, towards):
    latitude, longitude, _ = itrs_to_geodetic(np.array(up) / np.linalg.norm(up) * 7e6)
    place = geodetic_to_itrs(latitude, longitude, 0.0)
    sun = np.array(towards) / np.linalg.norm(towards) * 1.496e11
    _, elevation, _ = topocentric(sun, latitude, longitude, 0.0)
    above = sun_above_limb(place, sun)
    # In the plane of centre and Sun, which leans on the normal by up to 0.0034 rad
    if abs(elevation) > 1e-6:
        assert np.sign(above) == np.sign(elevation)
    if abs(elevation) < 1e-3:
        assert above == pytest.approx(elevation, abs=1e-7)
