"""What frames, states and bodies refuse, and what they say then."""

import pickle

import numpy as np
import pytest

from kosmodrom.base.bodies import (
    SunTable,
    moon_position_gcrs,
    sun_above_limb,
    sun_position_gcrs,
    sunlit_fraction,
)
from kosmodrom.base.earth import EarthOrientation
from kosmodrom.base.ellipsoid import (
    geodetic_to_itrs,
    itrs_to_geodetic,
    local_axes,
    nadir,
    topocentric,
)
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.frames import EarthAngles, Frame, convert, position_teme_to_itrs, rotation
from kosmodrom.base.states import States
from kosmodrom.errors import DataError, InputError

NOW = Epochs.from_iso("2023-09-13T04:09Z")
EARTH = EarthOrientation(
    mjd_utc=np.arange(60_196, 60_236), ut1_minus_utc=np.full(40, -0.01),
    pole_x=np.full(40, 1e-6), pole_y=np.full(40, 2e-6),
)  # fmt: skip
PLACE = np.array([7e6, 0.0, 0.0])


def states(**changed):
    fields = {"epochs": NOW, "frame": Frame.TEME, "position": PLACE, "velocity": [0.0, 7.5e3, 0.0]}
    return States(**(fields | changed))


# The ellipsoid


@pytest.mark.parametrize("function", [itrs_to_geodetic, nadir])
def test_the_centre_of_the_earth_has_no_up_and_down(function):
    with pytest.raises(InputError, match=r"0 m from the Earth's centre.*1000000 m on"):
        function([[7e6, 0, 0], [0.0, 0.0, 0.0]])
    with pytest.raises(InputError, match="Kilometres must be turned into metres"):
        function([7000.0, 0.0, 0.0])


def test_what_is_not_finite_is_refused_by_name():
    with pytest.raises(InputError, match="position holds a value that is not finite"):
        itrs_to_geodetic([np.nan, 7e6, 0.0])
    with pytest.raises(InputError, match="height holds a value that is not finite"):
        geodetic_to_itrs(0.0, 0.0, np.inf)
    with pytest.raises(InputError, match="longitude holds a value that is not finite"):
        local_axes(0.0, np.nan)


def test_degrees_in_place_of_radians_are_refused():
    with pytest.raises(InputError, match=r"latitude reaches 52 rad; the limit is 1\.5708 rad"):
        geodetic_to_itrs(52.0, 0.0, 0.0)
    with pytest.raises(InputError, match="longitude reaches 128 rad"):
        local_axes(0.5, 128.0)


def test_a_position_needs_three_parts():
    for wrong in (7e6, [7e6, 0.0], np.zeros((3, 2))):
        with pytest.raises(InputError, match="the last axis must be x, y, z"):
            itrs_to_geodetic(wrong)


def test_nothing_stands_in_the_direction_of_the_place_itself():
    with pytest.raises(InputError, match="0 m away"):
        topocentric(geodetic_to_itrs(0.1, 0.2, 3.0), 0.1, 0.2, 3.0)


def test_places_and_satellites_broadcast():
    position = np.array([PLACE, PLACE[::-1]])  # two satellites, three places
    latitude = np.array([[0.1], [0.2], [0.3]])
    azimuth, elevation, distance = topocentric(position, latitude, 0.0, 0.0)
    assert azimuth.shape == elevation.shape == distance.shape == (3, 2)
    one = topocentric(position[1], 0.3, 0.0, 0.0)
    assert (azimuth[2, 1], elevation[2, 1], distance[2, 1]) == one


def test_at_the_pole_the_longitude_decides_where_north_is():
    east, north, up = local_axes(np.pi / 2, 0.0)
    assert up == pytest.approx([0, 0, 1], abs=1e-15)
    assert north == pytest.approx([-1, 0, 0], abs=1e-15)
    assert east == pytest.approx([0, 1, 0], abs=1e-15)
    azimuth, *_ = topocentric([1e6, 0.0, 7e6], np.pi / 2, 0.0, 0.0)
    assert azimuth == pytest.approx(np.pi, abs=1e-12)  # towards longitude 0: south along it


def test_the_axis_has_the_longitude_zero_whatever_the_sign_of_its_zeros():
    for x in (0.0, -0.0):
        for z in (7e6, -7e6):
            latitude, longitude, _ = itrs_to_geodetic([x, 0.0, z])
            assert longitude == 0
            assert latitude == np.copysign(np.pi / 2, z)


# Frames


def test_orientation_that_does_not_reach_is_said():
    with pytest.raises(DataError, match="Earth orientation is known from 2023-09-09"):
        position_teme_to_itrs(PLACE, Epochs.from_iso("2024-01-01T00:00Z"), EARTH)


def test_before_1972_the_pole_lies_on_the_axis_and_no_orientation_is_asked():
    moon_landing = Epochs.from_iso("1969-07-20T20:17:40Z")
    turn = rotation(Frame.TEME, Frame.ITRS, moon_landing, EARTH)
    assert np.array_equal(turn[2, :], [0, 0, 1])


def test_a_frame_to_itself_is_no_turn():
    epochs = NOW.plus([0.0, 1.0])
    assert np.array_equal(rotation(Frame.GCRS, Frame.GCRS, epochs, EARTH), [np.eye(3)] * 2)
    position, velocity = convert(PLACE, PLACE, Frame.ITRS, Frame.ITRS, NOW, EARTH)
    assert np.array_equal(position, PLACE)
    assert np.array_equal(velocity, PLACE)


def test_what_rests_on_the_ground_moves_in_the_other_frames():
    position, velocity = convert(
        [6_378_137.0, 0, 0], [0.0, 0, 0], Frame.ITRS, Frame.TEME, NOW, EARTH
    )
    assert np.linalg.norm(velocity) == pytest.approx(465.101, abs=1e-3)  # of the equator
    assert position @ velocity == pytest.approx(0, abs=1e-3)


def test_no_instants_give_no_rotations():
    none = NOW.plus(np.zeros(0))
    for frame in Frame:
        assert rotation(Frame.GCRS, frame, none, EARTH).shape == (0, 3, 3)
    assert sun_position_gcrs(none).shape == (0, 3)
    assert EarthAngles.tabulated(NOW, 60.0, EARTH).gmst_at([]).shape == (0,)


@pytest.mark.parametrize("seconds", [-1.0, np.nan, np.inf, 4e8])
def test_a_table_refuses_a_span_it_cannot_hold(seconds):
    with pytest.raises(InputError, match="a table holds 0 to 315576000 s"):
        EarthAngles.tabulated(NOW, seconds, EARTH)


def test_a_table_begins_at_one_instant():
    with pytest.raises(InputError, match=r"start has shape \(2,\)"):
        EarthAngles.tabulated(NOW.plus([0.0, 1.0]), 60.0, EARTH)


def test_a_table_is_read_a_little_beyond_its_ends_and_no_further():
    table = EarthAngles.tabulated(NOW, 86_400.0, EARTH)
    assert table.gmst_at(-600.0) < table.gmst_at(0.0) < table.gmst_at(87_000.0)
    for wrong in (-1600.0, 90_000.0, np.nan):
        with pytest.raises(InputError, match="so tabulate a longer span"):
            table.gmst_at([0.0, wrong])


def test_a_table_ends_where_the_orientation_ends():
    start = Epochs.from_utc(60_235).plus(-3600.0)
    table = EarthAngles.tabulated(start, 3600.0, EARTH)
    assert table.lines.last == 3600.0
    first = EarthAngles.tabulated(Epochs.from_utc(60_196), 3600.0, EARTH)
    assert first.lines.first == 0.0
    with pytest.raises(DataError, match="Earth orientation is known"):
        EarthAngles.tabulated(start, 3601.0, EARTH)


def test_a_table_does_not_run_across_1972():
    start = Epochs.from_iso("1971-12-31T00:00Z")
    with pytest.raises(InputError, match="UT1 - TAI jumps"):
        EarthAngles.tabulated(start, 86_400.0, EARTH)
    EarthAngles.tabulated(start, 80_000.0, EARTH)


def test_tables_are_frozen_and_go_to_another_process():
    table = SunTable.tabulated(NOW, 3600.0, EARTH)
    again = pickle.loads(pickle.dumps(table))  # noqa: S301 -- our own bytes
    assert np.array_equal(again.position_teme_at([1.0, 2.0]), table.position_teme_at([1.0, 2.0]))
    with pytest.raises(AttributeError):
        table.angles = None
    with pytest.raises(ValueError, match="read-only"):
        table.lines.offset[0, 0] = 1.0


# States


def test_states_in_different_frames_are_not_compared():
    remedy = r"convert one first: other\.to_frame\(Frame\.TEME, earth\)"
    with pytest.raises(InputError, match=remedy):
        states().distance_to(states(frame=Frame.GCRS))


def test_states_at_different_instants_are_not_compared():
    with pytest.raises(InputError, match="give both at the same instants"):
        states().distance_to(states(epochs=NOW.plus(1.0)))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"position": [7000.0, 0, 0]}, "Kilometres must be turned into metres"),
        ({"position": [PLACE, PLACE]}, r"position has shape \(2, 3\)"),
        ({"velocity": [1.0, 2.0]}, r"velocity has shape \(2,\)"),
        ({"velocity": [np.nan, 0, 0]}, "velocity holds a value that is not finite"),
        ({"frame": "TEME"}, r"frame is 'TEME'; give one of Frame\.TEME"),
    ],
)
def test_states_that_cannot_be_are_refused(changed, said):
    with pytest.raises(InputError, match=said):
        states(**changed)


def test_states_are_frozen():
    with pytest.raises(ValueError, match="read-only"):
        states().position[0] = 1.0


@pytest.mark.parametrize(
    "index", [0, slice(1, 3), np.array([2, 0]), (1, 2), (slice(None), 1), (..., 0), None]
)
def test_states_are_taken_apart_as_their_epochs_are(index):
    epochs = NOW.plus(np.arange(12.0).reshape(4, 3))
    position = np.zeros((4, 3, 3)) + PLACE + np.arange(36.0).reshape(4, 3, 3)
    whole = States(epochs=epochs, frame=Frame.ITRS, position=position, velocity=position)
    part = whole[index]
    assert np.array_equal(part.epochs.tai_ns, epochs.tai_ns[index])
    for axis in range(3):
        assert np.array_equal(part.position[..., axis], position[..., axis][index])


# Bodies


def test_the_sun_of_another_age_is_refused():
    for year in ("1900", "2099", "2150"):
        with pytest.raises(InputError, match="from 1901 to 2098"):
            sun_position_gcrs(Epochs.from_iso(f"{year}-06-01T00:00Z"))
    assert sun_position_gcrs(Epochs.from_iso("2098-12-31T23:59Z")).shape == (3,)
    assert moon_position_gcrs(Epochs.from_iso("2150-06-01T00:00Z")).shape == (3,)


def test_shadow_has_its_refusals():
    sun = [1.5e11, 0.0, 0.0]
    with pytest.raises(InputError, match="disc is 2"):
        sun_above_limb(PLACE, sun, 2.0)
    with pytest.raises(InputError, match="position holds the Earth's centre"):
        sun_above_limb([0.0, 0.0, 0.0], sun)
    with pytest.raises(InputError, match="sun_position holds a value that is not finite"):
        sunlit_fraction(PLACE, [np.nan, 0.0, 0.0])


def test_straight_behind_and_before_the_earth_there_is_an_answer():
    sun = np.array([1.5e11, 0.0, 0.0])
    assert sun_above_limb(-PLACE, sun) < -1
    assert sunlit_fraction(-PLACE, sun) == 0
    assert sun_above_limb(PLACE, sun) > 1
    assert sunlit_fraction(PLACE, sun) == 1


def test_under_the_ground_is_as_on_it():
    sun = np.array([1.5e11, 0.0, 0.0])
    assert sunlit_fraction([6.3e6, 0.0, 0.0], sun) == 1
    assert sunlit_fraction([-6.3e6, 0.0, 0.0], sun) == 0
