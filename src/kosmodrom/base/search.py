"""When something is so: stretches of time in which a function is above zero, roots and maxima.

Nothing is sampled and hoped for. A stretch is cut until a bound of the function, from its values,
slopes and largest curvature, says that it has no zero, or just one. What is left undecided is
shorter than the shortest stretch asked for.

References
----------
T. R. Chandrupatla, A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear
function without using derivatives, Advances in Engineering Software 28 (1997), 145-149.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.order import ordered
from kosmodrom.errors import InputError, ModelError

__all__ = [
    "Bounds",
    "Intervals",
    "Sampled",
    "crossings",
    "curvature_bounds",
    "grouped",
    "joined",
    "lipschitz_bounds",
    "positive_intervals",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Value = Callable[[Ints, Floats], Floats]

_MOST_ROUNDS = 64  # halvings of a stretch; 2^-64 of a century is below a nanosecond
_MOST_STEPS = 60  # of the root finder; bisection alone would be through by then


@dataclass(frozen=True, slots=True)
class Sampled:
    """A function at some times.

    Attributes
    ----------
    value : numpy.ndarray, shape (k,)
        The function [unit].
    slope : numpy.ndarray, shape (k,)
        Its rate [unit/s].
    data : numpy.ndarray, shape (k, d)
        Whatever the bounds need to know about these times [mixed units].
    """

    value: Floats
    slope: Floats
    data: Floats

    def __getitem__(self, index: NDArray[np.generic] | slice) -> Sampled:
        return Sampled(self.value[index], self.slope[index], self.data[index])


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is sure of a function between two times.

    Attributes
    ----------
    low, high : numpy.ndarray, shape (k,)
        Bounds of its values [unit].
    monotone : numpy.ndarray of bool, shape (k,)
        Whether it only rises or only falls [-].
    """

    low: Floats
    high: Floats
    monotone: Bools


@dataclass(frozen=True, slots=True)
class Intervals:
    """Stretches of time, ordered by row and time; those of one row are disjoint.

    Attributes
    ----------
    row : numpy.ndarray of int64, shape (k,)
        To which problem each belongs [-].
    begin, end : numpy.ndarray, shape (k,)
        First and last time [s].
    open_begin, open_end : numpy.ndarray of bool, shape (k,)
        Whether it began before, or goes on after, the time that was searched [-].
    """

    row: Ints
    begin: Floats
    end: Floats
    open_begin: Bools
    open_end: Bools

    def __len__(self) -> int:
        return len(self.row)

    def __getitem__(self, index: NDArray[np.generic] | slice) -> Intervals:
        return Intervals(
            self.row[index],
            self.begin[index],
            self.end[index],
            self.open_begin[index],
            self.open_end[index],
        )


class _Bounding(Protocol):
    def __call__(self, rows: Ints, length: Floats, left: Sampled, right: Sampled, /) -> Bounds:
        """Bound the function over stretches of the given lengths [s]."""


def curvature_bounds(
    length: Floats,
    left: Sampled,
    right: Sampled,
    curvature: Floats,
    slope_error: Floats | float = 0.0,
) -> Bounds:
    """Bound a function between two times by its values, slopes and largest second derivative.

    From each end the function stays below a parabola; the lower of the two counts.

    Parameters
    ----------
    length : numpy.ndarray, shape (k,)
        Time between the ends [s].
    left, right : Sampled, k times each
        The function at the ends.
    curvature : numpy.ndarray, shape (k,)
        Bound of its second derivative in between [unit/s²].
    slope_error : numpy.ndarray, shape (k,) or float
        By how much the slopes may be wrong [unit/s].

    Returns
    -------
    Bounds
        Bounds of the function.
    """
    slack = slope_error * length / 2

    def _highest(sign: float) -> Floats:
        first, last = sign * left.value, sign * right.value
        rise, fall = sign * left.slope, sign * right.slope
        spread = np.maximum(rise - fall + curvature * length, 1e-100)
        meet = (last - first - fall * length + 0.5 * curvature * length**2) / spread
        meet = np.clip(meet, 0.0, length)
        top = first + meet * (rise + 0.5 * curvature * meet)
        return np.asarray(np.maximum(np.maximum(first, last), top) + slack)

    least = (np.abs(left.slope + right.slope) - curvature * length) / 2 - slope_error
    return Bounds(low=-_highest(-1.0), high=_highest(1.0), monotone=least > 0)


def lipschitz_bounds(length: Floats, left: Sampled, right: Sampled, speed: Floats) -> Bounds:
    """Bound a function between two times by its values and its largest rate.

    Parameters
    ----------
    length : numpy.ndarray, shape (k,)
        Time between the ends [s].
    left, right : Sampled, k times each
        The function at the ends.
    speed : numpy.ndarray, shape (k,)
        Bound of its rate in between [unit/s].

    Returns
    -------
    Bounds
        Bounds of the function; it is never said to be monotone.
    """
    middle, half = (left.value + right.value) / 2, speed * length / 2
    return Bounds(
        low=np.minimum(middle - half, np.minimum(left.value, right.value)),
        high=np.maximum(middle + half, np.maximum(left.value, right.value)),
        monotone=np.zeros(len(length), dtype=np.bool_),
    )


def positive_intervals(
    function: Callable[[Ints, Floats], Sampled],
    bounding: _Bounding,
    rows: Ints,
    times: Floats,
    *,
    first: Sampled | None = None,
    shortest: float = 0.1,
    tolerance: float = 1e-5,
) -> Intervals:
    """Find the stretches of time in which functions are above zero.

    Parameters
    ----------
    function : callable
        ``function(rows, times)`` gives the function of each row at its time, as `Sampled`.
    bounding : callable
        ``bounding(rows, length, left, right)`` bounds it over stretches, as `Bounds`.
    rows : numpy.ndarray of int64, shape (k,)
        Which function [-]; each row stands together and has two times or more.
    times : numpy.ndarray, shape (k,)
        Where to begin, increasing within a row; the first and last are the ends of the search [s].
    first : Sampled or None
        The functions at these times, where they are known already.
    shortest : float
        No stretch longer than this is missed [s].
    tolerance : float
        To which the ends are found [s].

    Returns
    -------
    Intervals
        The stretches.
    """
    inner = rows[1:] == rows[:-1]
    if len(rows) < 2 or np.any(np.diff(times)[inner] <= 0):
        raise InputError("times must increase within a row, two or more of each")
    start = function(rows, times) if first is None else first
    work = _Stretches(rows[:-1], times[:-1], times[1:], start[:-1], start[1:]).at(inner)
    found: list[_Stretches] = []
    brackets: list[_Stretches] = []
    for _ in range(_MOST_ROUNDS):
        if not len(work.row):
            break
        length = work.end - work.begin
        bounds = bounding(work.row, length, work.left, work.right)
        up, over = work.left.value > 0, work.right.value > 0
        tiny = length <= shortest / 2
        positive = up & over & ((bounds.low > 0) | tiny)
        negative = ~up & ~over & ((bounds.high <= 0) | tiny)
        crossing = (up != over) & (bounds.monotone | tiny)
        found.append(work.at(positive))
        brackets.append(work.at(crossing))
        work = _halved(function, work.at(~(positive | negative | crossing)))
    else:
        raise ModelError(
            f"{len(work.row)} stretches of time stay undecided after {_MOST_ROUNDS} halvings"
        )
    found += _resolved(function, brackets, tolerance)
    return _joined(found, rows, times)


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Stretches of time with the function at both ends."""

    row: Ints
    begin: Floats
    end: Floats
    left: Sampled
    right: Sampled

    def at(self, index: NDArray[np.generic]) -> _Stretches:
        return _Stretches(
            self.row[index],
            self.begin[index],
            self.end[index],
            self.left[index],
            self.right[index],
        )


def _together(one: Sampled, other: Sampled) -> Sampled:
    return Sampled(
        np.concatenate([one.value, other.value]),
        np.concatenate([one.slope, other.slope]),
        np.concatenate([one.data, other.data]),
    )


def _halved(function: Callable[[Ints, Floats], Sampled], work: _Stretches) -> _Stretches:
    if not len(work.row):
        return work
    middle = (work.begin + work.end) / 2
    there = function(work.row, middle)
    return _Stretches(
        np.concatenate([work.row, work.row]),
        np.concatenate([work.begin, middle]),
        np.concatenate([middle, work.end]),
        _together(work.left, there),
        _together(there, work.right),
    )


def _resolved(
    function: Callable[[Ints, Floats], Sampled], brackets: list[_Stretches], tolerance: float
) -> list[_Stretches]:
    """Cut the stretches with one zero at that zero, and keep the side above it."""
    out = []
    for work in brackets:
        if not len(work.row):
            continue
        root = crossings(
            lambda rows, times: function(rows, times).value,
            work.row,
            work.begin,
            work.end,
            tolerance,
            (work.left.value, work.right.value),
        )
        up = work.left.value > 0
        out.append(
            _Stretches(
                work.row,
                np.where(up, work.begin, root),
                np.where(up, root, work.end),
                work.left,
                work.right,
            )
        )
    return out


def _joined(found: list[_Stretches], rows: Ints, times: Floats) -> Intervals:
    row = np.concatenate([part.row for part in found])
    begin = np.concatenate([part.begin for part in found])
    end = np.concatenate([part.end for part in found])
    edges = np.flatnonzero(np.concatenate([[True], rows[1:] != rows[:-1]]))
    names, lows = rows[edges], times[edges]
    highs = times[np.concatenate([edges[1:], [len(rows)]]) - 1]
    order = np.argsort(names, kind="stable")
    place = order[np.searchsorted(names[order], row)]
    whole = joined(row, begin, end)
    place = order[np.searchsorted(names[order], whole.row)]
    return Intervals(
        whole.row, whole.begin, whole.end, whole.begin <= lows[place], whole.end >= highs[place]
    )


def grouped(row: Ints, begin: Floats, end: Floats, gap: float = 0.0) -> Ints:
    """Group stretches of one row that touch or overlap.

    Parameters
    ----------
    row : numpy.ndarray of int64, shape (k,)
        To which problem each belongs [-].
    begin, end : numpy.ndarray, shape (k,)
        First and last time [s].
    gap : float
        Stretches no farther apart than this are one group too [s].

    Returns
    -------
    numpy.ndarray of int64, shape (k,)
        Number of the group of each, from 0 in the order of row and time [-].
    """
    group = np.zeros(len(row), dtype=np.int64)
    if not len(row):
        return group
    order = ordered(row, begin)
    row, begin, end = row[order], begin[order], end[order]
    # The farthest end so far within the row, by rank, so that nothing is rounded; rows are lifted
    # apart so that one running maximum serves them all.
    known, rank = np.unique(end, return_inverse=True)
    lift = np.cumsum(np.concatenate([[0], row[1:] != row[:-1]])) * len(known)
    reach = known[np.maximum.accumulate(rank + lift) - lift]
    fresh = (row[1:] != row[:-1]) | (begin[1:] > reach[:-1] + gap)
    group[order] = np.concatenate([[0], np.cumsum(fresh)])
    return group


def joined(row: Ints, begin: Floats, end: Floats, gap: float = 0.0) -> Intervals:
    """Join stretches of one row that touch or overlap.

    Parameters
    ----------
    row : numpy.ndarray of int64, shape (k,)
        To which problem each belongs [-].
    begin, end : numpy.ndarray, shape (k,)
        First and last time [s].
    gap : float
        Stretches no farther apart than this are joined too [s].

    Returns
    -------
    Intervals
        Ordered and disjoint; none is marked as open.
    """
    group = grouped(row, begin, end, gap)
    order = np.argsort(group, kind="stable")
    firsts = np.flatnonzero(np.diff(group[order], prepend=-1))
    none = np.zeros(len(firsts), dtype=np.bool_)
    if not len(firsts):
        return Intervals(row, begin, end, none, none)
    return Intervals(
        row[order][firsts],
        np.minimum.reduceat(begin[order], firsts),
        np.maximum.reduceat(end[order], firsts),
        none,
        none,
    )


def crossings(
    function: Value,
    rows: Ints,
    left: Floats,
    right: Floats,
    tolerance: float,
    values: tuple[Floats, Floats] | None = None,
) -> Floats:
    """Find zeros between times at which functions have opposite signs.

    Parameters
    ----------
    function : callable
        ``function(rows, times)`` gives the function of each row at its time [unit].
    rows : numpy.ndarray of int64, shape (k,)
        Which function [-].
    left, right : numpy.ndarray, shape (k,)
        Ends of the brackets [s].
    tolerance : float
        To which the zeros are found [s].
    values : tuple of numpy.ndarray, shape (k,), or None
        The functions at both ends, where they are known already [unit].

    Returns
    -------
    numpy.ndarray, shape (k,)
        The zeros [s].
    """
    left_value, right_value = values or (function(rows, left), function(rows, right))
    if np.any(left_value * right_value > 0):
        raise InputError("a function has the same sign at both ends of its bracket")
    root = np.where(np.abs(left_value) < np.abs(right_value), left, right)
    alive = np.flatnonzero((left_value != 0) & (right_value != 0) & (left != right))
    # b is the newest point, a the other end of the bracket, c the end before.
    a, b = left[alive].copy(), right[alive].copy()
    fa, fb = left_value[alive].copy(), right_value[alive].copy()
    part = np.full(len(alive), 0.5)
    for _ in range(_MOST_STEPS):
        if not len(alive):
            return root
        new = a + part * (b - a)
        value = function(rows[alive], new)
        same = np.sign(value) == np.sign(fa)
        c, fc = np.where(same, a, b), np.where(same, fa, fb)
        b, fb = np.where(same, b, a), np.where(same, fb, fa)
        a, fa = new, value
        best = np.where(np.abs(fa) < np.abs(fb), a, b)
        root[alive] = best
        limit = 0.5 * tolerance / np.maximum(np.abs(b - a), 1e-300)
        on = (limit < 0.5) & (fa != 0)
        alive, a, b, c = alive[on], a[on], b[on], c[on]
        fa, fb, fc, limit = fa[on], fb[on], fc[on], limit[on]
        part = np.clip(_next_part(a, b, c, fa, fb, fc), limit, 1 - limit)
    raise ModelError(
        f"{len(alive)} zeros were not found to {tolerance:g} s in {_MOST_STEPS} steps"
    )


def _next_part(a: Floats, b: Floats, c: Floats, fa: Floats, fb: Floats, fc: Floats) -> Floats:
    """Where in the bracket to look next: Chandrupatla's rule, else its middle."""
    with np.errstate(divide="ignore", invalid="ignore"):
        xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
        inverse = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (
            fc - fb
        )
        smooth = (phi**2 < xi) & ((1 - phi) ** 2 < 1 - xi) & np.isfinite(inverse)
    return np.where(smooth, inverse, 0.5)
