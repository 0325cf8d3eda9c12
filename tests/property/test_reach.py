"""What holds of directions of launch from anywhere."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.launch.reach import (
    ascent_turn,
    circular_speed,
    ground_azimuth,
    inclination_limits,
    inclination_of,
    inertial_azimuth,
    inertial_from_ground,
    pad_on_earth,
    plane_change,
)
from kosmodrom.launch.ways import Pad, Way, turn_at_pad, turn_over_equator

latitudes = st.floats(-1.55, 1.55)
shares = st.floats(0.0, 1.0)
azimuths = st.floats(0.0, 6.283)
speeds = st.floats(1000.0, 12_000.0)


def between(share, low, high):
    return float(low + share * (high - low))


@given(latitudes, shares)
def test_both_azimuths_lead_back_to_the_inclination(latitude, share):
    wanted = between(share, *inclination_limits(latitude))
    for azimuth in inertial_azimuth(latitude, wanted):
        # due east the inclination hardly feels the azimuth: cos i is exact, i to its root
        assert abs(np.cos(inclination_of(latitude, azimuth)) - np.cos(wanted)) < 1e-12


@given(latitudes, shares)
def test_the_two_azimuths_are_mirrored_about_east_and_west(latitude, share):
    wanted = between(share, *inclination_limits(latitude))
    ascending, descending = inertial_azimuth(latitude, wanted)
    assert np.cos(ascending) >= -1e-12
    assert abs(np.sin(ascending) - np.sin(descending)) < 1e-12
    assert abs(np.cos(ascending) + np.cos(descending)) < 1e-12


@given(azimuths, speeds, latitudes)
def test_against_the_earth_and_back_is_the_same_azimuth(azimuth, speed, latitude):
    _, own = pad_on_earth(latitude)
    there, _ = ground_azimuth(azimuth, speed, own)
    back = inertial_from_ground(there, speed, own)
    assert abs(np.angle(np.exp(1j * (back - azimuth)))) < 1e-9  # 1e-9 rad is 7 mm at 7000 km


@given(latitudes)
def test_an_array_is_a_loop_of_scalars(latitude):
    both = pad_on_earth([latitude, -latitude])
    for column, one in zip(both, pad_on_earth(latitude), strict=True):
        assert abs(abs(column[0]) - abs(column[1])) < 1e-9
        assert column[0] == one


@given(speeds, shares, st.floats(0.0, 3.14))
def test_a_turn_costs_nothing_less_and_at_full_speed_what_a_plane_change_does(speed, share, turn):
    at = between(share, 1.0, speed)
    cost = float(ascent_turn(speed, at, turn))
    assert cost >= -1e-9
    assert cost <= float(plane_change(at, turn)) + 1e-9  # turning first, then burning on
    assert abs(float(ascent_turn(speed, speed, turn)) - float(plane_change(speed, turn))) < 1e-6


@given(st.floats(-1.2, 1.2), azimuths, st.floats(0.01, 3.0), shares)
def test_an_inclination_within_the_allowed_azimuths_takes_no_turn(latitude, first, sweep, share):
    pad = Pad.at(latitude, float(circular_speed(200e3)))
    way = Way(azimuths=(first, first + sweep))
    wanted = pad.inclination(between(share, first, first + sweep))
    assert turn_at_pad(pad, wanted, [way]) < 1e-6
    # the sector is looked at in steps of 0.05 deg
    assert turn_over_equator(pad, wanted, [way]) < np.radians(0.05)


@given(st.floats(-1.2, 1.2), azimuths, shares)
def test_the_turn_in_orbit_is_never_greater_than_that_at_the_pad(latitude, only, share):
    pad = Pad.at(latitude, float(circular_speed(200e3)))
    wanted = between(share, *pad.limits())
    way = Way(azimuths=(only, only + 0.01))
    at_pad = turn_at_pad(pad, wanted, [way])
    assert turn_over_equator(pad, wanted, [way]) <= at_pad + 1e-6
