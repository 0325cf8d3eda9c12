"""Masks, air and places: what they give and what they refuse."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.base.constants import WGS84_A, WGS84_B
from kosmodrom.errors import InputError
from kosmodrom.view.masks import Atmosphere, Mask
from kosmodrom.view.observers import Observers

DEG = np.pi / 180


# Masks


def test_a_level_mask_is_the_same_all_around():
    mask = Mask.level(10 * DEG)
    assert mask.is_level
    assert mask.lowest == mask.highest == pytest.approx(10 * DEG)
    assert mask.at(np.linspace(-7, 7, 9)) == pytest.approx(np.full(9, 10 * DEG))


def test_a_table_runs_straight_between_azimuths_and_on_over_north():
    mask = Mask(np.array([10, 100, 350]) * DEG, np.array([4, 20, 8]) * DEG)
    shown = mask.at(np.array([10, 55, 100, 225, 350, 355, 360, 0, 5, -5, 370]) * DEG) / DEG
    assert shown == pytest.approx([4, 12, 20, 14, 8, 7, 6, 6, 5, 7, 4], abs=1e-12)
    assert not mask.is_level
    assert mask.lowest == pytest.approx(4 * DEG)
    assert mask.highest == pytest.approx(20 * DEG)


@given(
    st.lists(st.integers(0, 6280), min_size=1, max_size=40, unique=True), st.data(),
    st.floats(-7.0, 7.0), st.one_of(st.floats(0.0, 4.0), st.just(0.0)),
)  # fmt: skip
def test_the_lowest_and_highest_of_an_arc_are_those_of_many_looks(azimuths, data, middle, half):
    azimuth = np.sort(azimuths) / 1000
    heights = data.draw(
        st.lists(st.floats(-0.1, 1.5), min_size=len(azimuth), max_size=len(azimuth))
    )
    mask = Mask(azimuth, np.array(heights))
    corners = (azimuth + 2 * np.pi * np.arange(-3, 4)[:, None]).ravel()
    inside = corners[np.abs(corners - middle) <= half]
    shown = mask.at(np.concatenate([np.linspace(middle - half, middle + half, 9), inside]))
    low, high = mask.between(np.array([middle]), np.array([half]))
    if half < np.pi:
        assert low[0] == pytest.approx(shown.min(), abs=1e-12)
        assert high[0] == pytest.approx(shown.max(), abs=1e-12)
    else:
        assert (low[0], high[0]) == (mask.lowest, mask.highest)


@pytest.mark.parametrize("elevation", [95, 90, -10.01, 1e9, np.nan, np.inf, -np.inf])
def test_a_mask_at_or_over_the_zenith_or_far_under_the_horizon_is_refused(elevation):
    with pytest.raises(InputError, match="from -10 deg to below 90 deg"):
        Mask.level(elevation * DEG)
    with pytest.raises(InputError, match="from -10 deg to below 90 deg"):
        Mask(np.array([0.0, 1.0]), np.array([0.0, elevation * DEG]))


@pytest.mark.parametrize(
    "azimuth", [[0.0, 0.0], [1.0, 0.5], [0.0, 2 * np.pi], [-0.1, 1.0], [0.0, np.nan]]
)
def test_azimuths_that_do_not_go_once_around_are_refused(azimuth):
    with pytest.raises(InputError, match="increase from 0 to below 360 deg"):
        Mask(np.array(azimuth), np.zeros(2))


def test_a_mask_of_no_or_unequal_columns_is_refused():
    with pytest.raises(InputError, match="one elevation for each azimuth"):
        Mask(np.zeros(0), np.zeros(0))
    with pytest.raises(InputError, match="one elevation for each azimuth"):
        Mask(np.zeros(1), np.zeros(2))


def test_a_mask_cannot_be_changed_afterwards():
    heights = np.array([0.1, 0.2])
    mask = Mask(np.array([0.0, 1.0]), heights)
    heights[0] = 1.0
    assert mask.lowest == pytest.approx(0.1)
    with pytest.raises(ValueError, match="read-only"):
        mask.elevation[0] = 0.3


# Air


def test_refraction_at_half_a_degree_is_that_of_meeus():
    # J. Meeus, Astronomical Algorithms, 2nd edition (1998), example 16.a: 28.754' at an apparent
    # altitude of 30', for 1010 hPa and 10 deg C.
    air = Atmosphere(pressure=101_000.0, temperature=283.15)
    assert air.refraction(0.5 * DEG) / DEG * 60 == pytest.approx(28.754, abs=0.001)


def test_refraction_grows_with_pressure_and_falls_with_temperature():
    # Meeus, chapter 16: by P / 1010 and 283 / (273 + T)
    plain = Atmosphere().refraction(5 * DEG)
    assert Atmosphere(pressure=50_500.0).refraction(5 * DEG) == pytest.approx(plain / 2)
    warm = Atmosphere(temperature=283.15 * 1.1).refraction(5 * DEG)
    assert warm == pytest.approx(plain / 1.1)
    assert Atmosphere(pressure=0.0).refraction(0.0) == 0.0


@given(st.floats(-1.0, 90.0), st.floats(0.0, 110_000.0), st.floats(180.0, 340.0))
def test_apparent_elevations_come_back(shown, pressure, temperature):
    air = Atmosphere(pressure=pressure, temperature=temperature)
    bent = float(air.refraction(shown * DEG))
    assert 0.0 <= bent < 0.03
    back = float(air.apparent(shown * DEG - bent))
    # Below the horizon the weather decides; the promise is for what a mask may hold from 0 deg on.
    limit = 1e-9 if shown >= 0.0 else 1e-5
    assert back == pytest.approx(shown * DEG, abs=limit)


@given(st.floats(-10.0, 89.9), st.floats(-10.0, 89.9), st.floats(0.0, 110_000.0))
def test_air_keeps_the_order_of_elevations_and_lifts_them(one, other, pressure):
    air = Atmosphere(pressure=pressure)
    low, high = sorted((one * DEG, other * DEG))
    assert air.apparent(low) >= low
    assert air.apparent(low) <= air.apparent(high) + 1e-12


def test_a_mask_bent_back_is_lower_by_the_refraction():
    air = Atmosphere()
    mask = Mask(np.array([0.0, 2.0]), np.array([0.0, 10 * DEG]))
    bent = mask.bent_back(air)
    assert bent.elevation == pytest.approx(mask.elevation - air.refraction(mask.elevation))
    # 34.5' on the horizon: Bennett (1982)
    assert (mask.elevation - bent.elevation)[0] / DEG * 60 == pytest.approx(34.5, abs=0.1)


def test_a_mask_far_under_the_horizon_cannot_be_bent_back():
    thick = Atmosphere(pressure=110_000.0, temperature=180.0)
    assert Mask.level(-8 * DEG).bent_back(thick).lowest < -9 * DEG
    with pytest.raises(InputError, match="with air it must be -8 deg"):
        Mask.level(-8.5 * DEG).bent_back(thick)


@pytest.mark.parametrize(
    ("pressure", "temperature"),
    [
        (-1.0, 280.0),
        (120_000.0, 280.0),
        (1e5, 100.0),
        (1e5, 400.0),
        (np.nan, 280.0),
        (1e5, np.nan),
    ],
)
def test_air_of_another_planet_is_refused(pressure, temperature):
    with pytest.raises(InputError, match="can be used"):
        Atmosphere(pressure=pressure, temperature=temperature)


# Places


def test_places_stand_on_the_ellipsoid():
    places = Observers.at(np.array([0.0, 90.0, -90.0]) * DEG, 0.0, np.array([0.0, 0.0, 100.0]))
    assert len(places) == 3
    assert places.radius == pytest.approx([WGS84_A, WGS84_B, WGS84_B + 100.0], abs=1e-6)
    assert places.tilt == pytest.approx(np.zeros(3), abs=2e-8)
    assert places[1].latitude == pytest.approx([np.pi / 2])
    assert len(places[[0, 2]]) == 2
    # The largest angle between the two verticals, at 45 deg: 11.5'
    assert Observers.at(45 * DEG, 1.0).tilt[0] / DEG * 60 == pytest.approx(11.54, abs=0.01)


@given(st.floats(-90.0, 90.0), st.floats(-180.0, 180.0), st.floats(-11_000.0, 100_000.0))
def test_the_axes_of_a_place_are_square_and_up_leads_away(latitude, longitude, height):
    place = Observers.at(latitude * DEG, longitude * DEG, height)
    axes = place.axes[0]
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-15)
    assert np.linalg.det(axes) == pytest.approx(1.0)
    assert place.position[0] @ axes[2] > 6.3e6
    assert 0 <= place.tilt[0] < 0.0034


@pytest.mark.parametrize("height", [-11_001.0, 100_001.0, 4e7])
def test_places_under_the_ground_or_in_space_are_refused(height):
    with pytest.raises(InputError, match="no place on the ground"):
        Observers.at(0.0, 0.0, height)


@pytest.mark.parametrize(
    ("latitude", "longitude", "height"),
    [(91.0, 0.0, 0.0), (np.nan, 0.0, 0.0), (0.0, np.nan, 0.0), (0.0, np.inf, 0.0),
     (0.0, 0.0, np.nan), (-1e9, 0.0, 0.0)],
)  # fmt: skip
def test_places_that_are_nowhere_are_refused(latitude, longitude, height):
    with pytest.raises(InputError):
        Observers.at(latitude * DEG, longitude * DEG, height)
