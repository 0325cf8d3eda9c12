"""Ratings and sensors: what must hold whatever the numbers."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.view.quality import giqe5, niirs_band, signal_to_noise_at, sun_signal
from kosmodrom.view.sensors import (
    MEAN_RADIUS,
    elevation_at_target,
    ground_sample_distance,
    off_nadir_of_swath,
    swath_of,
)

distances = st.floats(0.01, 100)
responses = st.floats(0.02, 1)
ratios = st.floats(0.2, 500)
elevations = st.floats(0.01, np.pi / 2)
suns = st.floats(-np.pi / 2, np.pi / 2)
shares = st.floats(0, 1)


@given(distances, responses, ratios, elevations)
def test_a_rating_rises_with_sharpness_light_and_height_and_falls_with_distance(d, r, s, e):
    one = giqe5(d, r, s, e)
    assert giqe5(d * 1.01, r, s, e) < one
    assert giqe5(d, min(r * 1.01, 1.0), s, e) >= one
    assert giqe5(d, r, s * 1.01, e) >= one
    assert giqe5(d, r, s, min(e * 1.01, np.pi / 2)) >= one


@given(distances, elevations, responses, ratios)
def test_twice_the_distance_costs_one_level(d, e, r, s):
    loss = giqe5(d, r, s, e) - giqe5(2 * d, r, s, e)
    assert abs(loss - 3.32 * np.log10(2)) < 1e-12


@given(
    st.tuples(distances, distances).map(sorted),
    st.tuples(responses, responses).map(sorted),
    st.tuples(ratios, ratios).map(sorted),
    elevations,
    st.tuples(shares, shares, shares),
)
def test_the_band_holds_every_point_between_its_ends(d, r, s, e, where):
    low, high = niirs_band(tuple(d), tuple(r), tuple(s), e)
    inner = [
        min(max(a + part * (b - a), a), b) for (a, b), part in zip((d, r, s), where, strict=True)
    ]
    point = max(float(giqe5(*inner, e)), 0.0)
    assert float(low) - 1e-12 <= point <= float(high) + 1e-12


@given(st.lists(st.tuples(distances, responses, ratios, elevations), min_size=1, max_size=9))
def test_an_array_is_a_loop_of_scalars_in_any_order(rows):
    columns = np.array(rows).T
    together = giqe5(*columns)
    apart = np.array([float(giqe5(*row)) for row in rows])
    assert np.abs(together - apart).max() < 1e-12  # logarithms of arrays round otherwise
    assert np.abs(giqe5(*columns[:, ::-1])[::-1] - together).max() < 1e-12


@given(suns, suns)
def test_more_sun_never_gives_less_signal(one, other):
    low, high = sorted((one, other))
    assert sun_signal(low) <= sun_signal(high) * (1 + 1e-14)  # rounding of the exponential


@given(st.tuples(ratios, ratios).map(sorted), st.floats(0.05, np.pi / 2), suns)
def test_the_ends_of_a_ratio_stay_in_order(ends, reference, sun):
    low, high = signal_to_noise_at(tuple(ends), reference, sun)
    assert 0 <= low <= high


@given(elevations, st.floats(-np.pi, np.pi), st.floats(2e5, 3e6))
def test_a_pixel_on_the_ground_is_no_smaller_than_across_the_line_of_sight(e, angle, slant):
    along, across = ground_sample_distance(1e-6, slant, e, angle)
    plain = 1e-6 * slant
    assert plain * (1 - 1e-12) <= along <= plain / np.sin(e) * (1 + 1e-12)
    assert plain * (1 - 1e-12) <= across <= plain / np.sin(e) * (1 + 1e-12)
    # the sum of squares does not depend on where the track lies
    total = 1 + 1 / np.sin(e) ** 2
    assert abs((along**2 + across**2) / plain**2 - total) < 1e-9 * total


@given(st.floats(1e5, 2e6), st.floats(0, 0.999))
def test_a_strip_and_its_angle_find_each_other(altitude, part):
    horizon = np.arcsin(MEAN_RADIUS / (MEAN_RADIUS + altitude))
    angle = part * horizon
    found = float(off_nadir_of_swath(swath_of(angle, altitude), altitude))
    assert abs(found - angle) < 1e-9  # the arc near the horizon loses digits to the cosine
    assert elevation_at_target(angle, altitude) <= np.pi / 2 - angle + 1e-12
