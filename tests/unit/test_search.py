"""Stretches, roots and groups of functions whose zeros are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.base.search import (
    Bounds,
    Sampled,
    crossings,
    curvature_bounds,
    grouped,
    joined,
    lipschitz_bounds,
    positive_intervals,
)
from kosmodrom.errors import InputError, ModelError


def curved(function, slope, curvature):
    """A function with bounds from its largest second derivative."""

    def sampled(rows, times):
        return Sampled(function(times), slope(times), rows[:, None].astype(float))

    def bounding(rows, length, left, right):
        assert np.array_equal(left.data[:, 0], rows)  # what belongs to a row stays with it
        return curvature_bounds(length, left, right, np.full(len(rows), curvature))

    return sampled, bounding


def steep(function, speed):
    """A function with bounds from its largest rate."""

    def sampled(rows, times):
        return Sampled(function(times), np.zeros(len(rows)), np.zeros((len(rows), 0)))

    def bounding(rows, length, left, right):
        return lipschitz_bounds(length, left, right, np.full(len(rows), speed))

    return sampled, bounding


def search(pair, times, **options):
    times = np.asarray(times, dtype=float)
    return positive_intervals(*pair, np.zeros(len(times), dtype=np.int64), times, **options)


def wave(frequency, height):
    """Above zero where the sine is above a height."""
    return curved(
        lambda t: np.sin(frequency * t) - height,
        lambda t: frequency * np.cos(frequency * t),
        frequency**2,
    )


@pytest.mark.parametrize("nodes", [2, 3, 7, 50])
@pytest.mark.parametrize("kind", ["curvature", "rate"])
def test_the_stretches_of_a_sine_are_where_its_inverse_says(nodes, kind):
    height = 0.3
    pair = wave(1.0, height) if kind == "curvature" else steep(lambda t: np.sin(t) - height, 1.0)
    found = search(pair, np.linspace(0.0, 36.0, nodes), shortest=0.01, tolerance=1e-9)
    turns = 2 * np.pi * np.arange(6)
    first, last = np.arcsin(height) + turns, np.pi - np.arcsin(height) + turns
    assert found.begin == pytest.approx(first, abs=2e-9)
    assert found.end == pytest.approx(last, abs=2e-9)
    assert not found.open_begin.any()
    assert not found.open_end.any()


@pytest.mark.parametrize("length", [0.11, 0.5, 3.0, 40.0])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_hump_just_over_zero_and_a_dip_just_under_it_are_found(length, sign):
    # A parabola of curvature 2e-3 that is on the other side of zero for `length` seconds only.
    half, middle = length / 2, 4321.0987
    pair = curved(
        lambda t: sign * 1e-3 * (half**2 - (t - middle) ** 2),
        lambda t: -sign * 2e-3 * (t - middle),
        2.2e-3,
    )
    found = search(pair, [0.0, 10_000.0])
    if sign > 0:
        assert found.begin == pytest.approx([middle - half], abs=2e-5)
        assert found.end == pytest.approx([middle + half], abs=2e-5)
    else:
        assert found.begin == pytest.approx([0.0, middle + half], abs=2e-5)
        assert found.end == pytest.approx([middle - half, 10_000.0], abs=2e-5)
        assert found.open_begin.tolist() == [True, False]
        assert found.open_end.tolist() == [False, True]


def test_a_hump_that_only_touches_zero_is_no_stretch():
    pair = curved(lambda t: -1e-3 * (t - 50.0) ** 2, lambda t: -2e-3 * (t - 50.0), 2.2e-3)
    assert len(search(pair, [0.0, 100.0])) == 0
    pair = curved(lambda t: -1e-3 * (t - 50.0) ** 2 - 1e-12, lambda t: -2e-3 * (t - 50.0), 2.2e-3)
    assert len(search(pair, [0.0, 100.0])) == 0


def test_a_function_above_zero_throughout_is_one_open_stretch():
    found = search(steep(lambda t: 0 * t + 1.0, 0.1), [0.0, 3.0, 1e6])
    assert (found.begin[0], found.end[0]) == (0.0, 1e6)
    assert found.open_begin.tolist() == found.open_end.tolist() == [True]
    assert len(found) == 1
    assert len(search(steep(lambda t: 0 * t - 1.0, 0.1), [0.0, 3.0, 1e6])) == 0


def test_rows_are_searched_each_for_itself_in_any_order_of_their_numbers():
    heights = {7: 0.0, 3: 0.99999, -2: 2.0, 5: -2.0}
    rows = np.repeat(list(heights), [2, 4, 3, 2])
    times = np.array([0.0, 30.0, 1.0, 2.0, 3.0, 26.0, 0.0, 1.0, 30.0, 5.0, 6.0])

    def sampled(row, time):
        level = np.array([heights[one] for one in row.tolist()])
        return Sampled(np.sin(time) - level, np.cos(time), np.zeros((len(row), 0)))

    def bounding(row, length, left, right):
        return curvature_bounds(length, left, right, np.ones(len(row)))

    found = positive_intervals(sampled, bounding, rows, times, shortest=1e-3)
    assert found.row.tolist() == [3] * 4 + [5] + [7] * 5  # from 1 to 26, 5 to 6 and 0 to 30
    ends = found.begin[found.row == 7][1:]
    assert ends == pytest.approx(2 * np.pi * np.arange(1, 5), abs=1e-4)
    assert found.begin[found.row == 5] == 5.0
    assert found.open_begin[found.row == 5].all()
    assert (found.end - found.begin)[found.row == 3] == pytest.approx(
        2 * np.arccos(0.99999), abs=1e-4
    )


@given(
    st.lists(st.floats(0.0, 1000.0), min_size=2, max_size=12, unique=True),
    st.booleans(),
    st.integers(2, 6),
)
def test_a_polygon_is_positive_between_its_zeros(zeros, first_up, nodes):
    # Straight between known zeros, up and down by turns, with slopes of one at most.
    zeros = np.sort(zeros)
    gaps = np.diff(zeros)
    kept = np.concatenate([[True], gaps > 0.5])
    zeros = zeros[np.cumprod(kept).astype(bool)]
    middles = (zeros[1:] + zeros[:-1]) / 2
    knots = np.sort(np.concatenate([[-10.0], zeros, middles, [1010.0]]))
    sign = np.where(np.arange(len(zeros) + 1) % 2 == 0, 1.0, -1.0) * (1 if first_up else -1)
    tops = np.concatenate([[zeros[0] + 10], np.diff(zeros) / 2, [1010 - zeros[-1]]]) * sign
    values = np.zeros(len(knots))
    values[0::2] = tops if len(tops) == len(values[0::2]) else values[0::2]
    found = search(
        steep(lambda t: np.interp(t, knots, values), 1.0), np.linspace(-10.0, 1010.0, nodes)
    )
    edges = np.concatenate([[-10.0], zeros, [1010.0]])
    begin, end = edges[:-1][sign > 0], edges[1:][sign > 0]
    assert found.begin == pytest.approx(begin, abs=1e-4)
    assert found.end == pytest.approx(end, abs=1e-4)


def test_times_that_do_not_increase_are_refused():
    with pytest.raises(InputError, match="must increase within a row"):
        search(wave(1.0, 0.0), [0.0, 1.0, 1.0])
    with pytest.raises(InputError, match="two or more"):
        search(wave(1.0, 0.0), [0.0])


def rough(length):
    """A rising line whose bounds never decide anything."""

    def sampled(rows, times):
        return Sampled(times - 0.3 * length, np.ones(len(rows)), np.zeros((len(rows), 0)))

    def bounding(rows, length, left, right):
        infinite = np.full(len(rows), np.inf)
        return Bounds(-infinite, infinite, np.zeros(len(rows), dtype=bool))

    return sampled, bounding


def test_what_no_bound_decides_is_decided_by_signs_at_half_the_shortest_length():
    found = search(rough(10.0), [0.0, 10.0], shortest=0.1)
    assert found.begin == pytest.approx([3.0], abs=1e-5)
    assert found.end == pytest.approx([10.0], abs=0)


def test_what_stays_undecided_for_ever_is_an_error():
    with pytest.raises(ModelError, match=r"stay undecided after \d+ halvings"):
        positive_intervals(
            *lines_that_shrink(), np.zeros(2, dtype=np.int64), np.array([0.0, 3.0]), shortest=0.0
        )


def lines_that_shrink():
    """A zero that no half-length reaches: of each two halves one is decided, one is not."""

    def sampled(rows, times):
        return Sampled(times - 1.0, np.ones(len(rows)), np.zeros((len(rows), 0)))

    def bounding(rows, length, left, right):
        return lipschitz_bounds(length, left, right, np.ones(len(rows)))

    return sampled, bounding


# Bounds


@given(
    st.floats(-3, 3), st.floats(-3, 3), st.floats(0.1, 5.0), st.floats(0.1, 4.0),
    st.floats(0, 6.28),
)  # fmt: skip
def test_bounds_by_curvature_hold_and_a_slope_that_keeps_its_sign_is_seen(
    low, tilt, length, frequency, phase
):
    times = np.linspace(0.0, length, 400)
    values = low + tilt * times + np.sin(frequency * times + phase)
    slopes = tilt + frequency * np.cos(frequency * times + phase)
    ends = [Sampled(values[[k]], slopes[[k]], np.zeros((1, 0))) for k in (0, -1)]
    bounds = curvature_bounds(np.array([length]), *ends, np.array([frequency**2]))
    assert bounds.low[0] <= values.min() + 1e-9
    assert bounds.high[0] >= values.max() - 1e-9
    if bounds.monotone[0]:
        assert np.all(slopes > 0) or np.all(slopes < 0)
    wrong = [Sampled(end.value, end.slope + 0.1, end.data) for end in ends]
    loose = curvature_bounds(np.array([length]), *wrong, np.array([frequency**2]), 0.1)
    assert loose.low[0] <= values.min() + 1e-9
    assert loose.high[0] >= values.max() - 1e-9
    if loose.monotone[0]:
        assert np.all(slopes > 0) or np.all(slopes < 0)
    rate = abs(tilt) + frequency
    straight = lipschitz_bounds(np.array([length]), *ends, np.array([rate]))
    assert straight.low[0] <= values.min() + 1e-9
    assert straight.high[0] >= values.max() - 1e-9
    assert not straight.monotone[0]


# Roots


def test_roots_are_found_to_the_tolerance_in_few_steps():
    functions = [np.cos, lambda t: t**3 - 0.001, lambda t: np.exp(t) - 1.5, np.tanh,
                 lambda t: np.sign(t - 0.3) * np.abs(t - 0.3) ** 0.2,
                 lambda t: (t - 0.7) ** 9]  # fmt: skip
    expected = np.array([np.pi / 2, 0.1, np.log(1.5), 0.0, 0.3, 0.7])
    calls = []

    def function(rows, times):
        calls.append(len(rows))
        return np.array([functions[row](time) for row, time in zip(rows, times, strict=True)])

    rows = np.arange(6)
    left, right = np.full(6, -0.9), np.full(6, 2.0)
    root = crossings(function, rows, left, right, 1e-9)
    assert root[:5] == pytest.approx(expected[:5], abs=2e-9)
    assert (root[5] - 0.7) ** 9 == pytest.approx(0.0, abs=1e-60)
    assert len(calls) < 50  # Chandrupatla never needs more than bisection by much
    assert sum(calls[2:]) < 6 * 35


def test_a_root_at_an_end_of_its_bracket_is_that_end():
    rows = np.arange(3)
    root = crossings(
        lambda row, time: time - 1.0, rows, np.array([1.0, 0.0, 1.0]), np.array([2.0, 1.0, 1.0]),
        1e-6,
    )  # fmt: skip
    assert root == pytest.approx([1.0, 1.0, 1.0], abs=0)


def test_a_bracket_without_a_change_of_sign_is_refused():
    with pytest.raises(InputError, match="same sign at both ends"):
        crossings(lambda row, time: time + 5.0, np.zeros(1, np.int64), np.zeros(1), np.ones(1), 1)


def test_no_roots_are_asked_for():
    none = np.empty(0)
    assert len(crossings(lambda row, time: time, np.empty(0, np.int64), none, none, 1e-6)) == 0


# Joining


stretches = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 60), st.integers(0, 12)), max_size=30
)


def plain_joined(rows, gap):
    """The same as `joined`, one stretch after the other."""
    out = []
    for row, begin, end in sorted(rows):
        if out and out[-1][0] == row and begin <= out[-1][2] + gap:
            out[-1][2] = max(out[-1][2], end)
        else:
            out.append([row, begin, end])
    return out


@given(stretches, st.sampled_from([0.0, 1.0, 2.5]), st.randoms())
def test_stretches_that_touch_or_overlap_become_one(drawn, gap, random):
    rows = [(row, float(begin), float(begin + length)) for row, begin, length in drawn]
    random.shuffle(rows)
    row = np.array([one[0] for one in rows], dtype=np.int64)
    begin, end = (np.array([one[k] for one in rows], dtype=float) for k in (1, 2))
    found = joined(row, begin, end, gap)
    expected = plain_joined(rows, gap)
    assert [[*one] for one in zip(found.row, found.begin, found.end, strict=True)] == expected
    assert not found.open_begin.any()
    group = grouped(row, begin, end, gap)
    assert (len(expected) == 0) == (len(group) == 0)
    for number in np.unique(group):
        here = group == number
        assert [row[here][0], begin[here].min(), end[here].max()] == expected[number]
