"""Searching by bisection: for deep space, eccentric, decaying and other orbits without a proof.

The function is followed along each revolution and every stretch is halved until its curvature,
bounded by gravity, decides it. Slower than the search by encounters and just as complete; the two
share nothing but SGP4, so each checks the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.constants import MU_EARTH
from kosmodrom.base.order import ordered
from kosmodrom.base.search import (
    Bounds,
    Intervals,
    Sampled,
    crossings,
    curvature_bounds,
    positive_intervals,
)
from kosmodrom.view._kernels import GMST_RATE
from kosmodrom.view._sight import dot

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.view._conditions import Condition
    from kosmodrom.view._sight import Flight, Scene

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Sampling", "nodes_of"]

_PER_TURN = 32  # nodes of a revolution to begin with
_PEAK_PER_TURN, _PEAK_PIECES = 64, 8  # when looking for the best moment; the latter at least
_SHARE = 0.7  # of the lower end's radius that a stretch is trusted to stay above, then checked
# SGP4's own velocity against the derivative: at most this [m/s], and that share of the speed for
# each day that a revolution takes, times the eccentricity. MMS, the worst of the catalogue with
# 3.5 days, has 4.5 m/s, 0.0003 of it.
_SLOPE_ERROR, _SLOPE_SHARE = 3.0, 0.002
_NOWHERE = -1.0  # in place of an acceleration, where SGP4 gives no position
# The function there [m], too low to be taken for a zero: a sighting ends while it has a position.
_FAR_BELOW = -1e12
# A satellite without a position at both ends of so long a stretch has none in between [s]: one
# that rises out of the ground for less stands no more than 3 km above the equator's radius.
_LOST = 200.0
_PEAK_TOLERANCE = 1e-5  # [s]
_NOISE = 1e-11  # of the quality: a node may by chance beat the top that it stands on
_ZOOM, _ZOOMS = 8, 3  # into how many pieces a stretch is cut, and how often, to find a top in it
_TWO_BODY_ERROR = 0.004  # of accelerations by `sgp4`, as a share of gravity; J2 is 0.0033 of it
# Step of derivatives of the quality, as an angle at the satellite's rate at perigee, and as one
# seen from the place [rad]: over the zenith the quality bends fast.
_STENCIL, _NEAR_STENCIL = 0.003, 0.01


def nodes_of(
    scene: Scene, row: Ints, start: Floats, end: Floats, per_turn: int = _PER_TURN
) -> tuple[Ints, Floats]:
    """Lay times along revolutions, even in eccentric anomaly.

    Parameters
    ----------
    scene : Scene
        The element sets.
    row : numpy.ndarray of int64, shape (k,)
        Which element set each span is of [-].
    start, end : numpy.ndarray, shape (k,)
        The spans [s].
    per_turn : int
        Times in a revolution [-].

    Returns
    -------
    span : numpy.ndarray of int64, shape (m,)
        Which span each time belongs to [-].
    time : numpy.ndarray, shape (m,)
        Increasing within a span, both its ends included [s].
    """
    sets = scene.ready.elements
    rate = sets.mean_motion_rad_min[row] / 60.0
    e = sets.eccentricity[row]
    begin = sets.mean_anomaly[row] + rate * (scene.origin[row] * 60.0 + start)
    last = begin + rate * (end - start)
    step = 2 * np.pi / per_turn
    # Eccentric and mean anomaly differ by at most e: what falls outside the span is dropped.
    lowest = np.floor((begin - e) / step)
    count = (np.ceil((last + e) / step) - lowest + 1).astype(np.int64)
    span = np.repeat(np.arange(len(row)), count)
    number = np.arange(len(span)) - np.repeat(np.cumsum(count) - count, count)
    big_e = (lowest[span] + number) * step
    mean = big_e - e[span] * np.sin(big_e)
    time = start[span] + (mean - begin[span]) / rate[span]
    least = 1e-3 * (end - start) / np.maximum(count, 1)
    inner = (time > start[span] + least[span]) & (time < end[span] - least[span])
    every = np.arange(len(row))
    span = np.concatenate([every, span[inner], every])
    time = np.concatenate([start, time[inner], end])
    order = ordered(span, time)
    return span[order], time[order]


def _without_lost(found: Bounds, length: Floats, left: Sampled, right: Sampled) -> Bounds:
    """Leave nothing to the bounds where an end has no position: there is no curve to follow."""
    early, late = left.data[:, 3] == _NOWHERE, right.data[:, 3] == _NOWHERE
    some = early | late
    if not some.any():
        return found
    gone = early & late & (length <= _LOST)
    return Bounds(
        low=np.where(some, -np.inf, found.low),
        high=np.where(gone, _FAR_BELOW, np.where(some, np.inf, found.high)),
        monotone=found.monotone & ~some,
    )


@dataclass
class Sampling:
    """A search by bisection over pairs of a span of a satellite and a place.

    Attributes
    ----------
    scene : Scene
        Element sets and places.
    condition : Condition
        What counts as seeing.
    row, place : numpy.ndarray of int64, shape (p,)
        The pairs [-].
    lost : dict of int to float
        Rows for which SGP4 gave no position, with the first such time met [s].
    """

    scene: Scene
    condition: Condition
    row: Ints
    place: Ints
    lost: dict[int, float] = field(default_factory=dict)

    def intervals(
        self, pair: Ints, time: Floats, flight: Flight | None = None, *, shortest: float = 0.1
    ) -> Intervals:
        """Find when the condition holds.

        Parameters
        ----------
        pair : numpy.ndarray of int64, shape (k,)
            Which pair each time belongs to [-].
        time : numpy.ndarray, shape (k,)
            Where to begin, as `nodes_of` gives it [s].
        flight : Flight or None
            The satellites at these times, where they are known.
        shortest : float
            No stretch longer than this is missed [s].

        Returns
        -------
        Intervals
            By pair.
        """
        first = None
        if flight is not None:
            place = self.place[pair]
            sight = self.scene.seen(flight, place, time)
            first = self._checked(self.condition.sampled(sight, place), pair, time)
        return positive_intervals(
            self.sampled, self.bounds, pair, time, first=first, shortest=shortest
        )

    def sampled(self, pair: Ints, time: Floats) -> Sampled:
        """Give the function that is followed, at times of pairs.

        Parameters
        ----------
        pair : numpy.ndarray of int64, shape (k,)
            Which pair [-].
        time : numpy.ndarray, shape (k,)
            When [s].

        Returns
        -------
        Sampled
            With radius, distance, speed and acceleration as data.
        """
        place = self.place[pair]
        sight = self.scene.sight(self.row[pair], place, time, exact=False)
        return self._checked(self.condition.sampled(sight, place), pair, time)

    def _checked(self, found: Sampled, pair: Ints, time: Floats) -> Sampled:
        """Take a satellite without a position as not seen, and remember it."""
        # After a loss SGP4 may come back with numbers that no orbit has, and the code 0.
        radius, speed = found.data[:, 0], found.data[:, 2]
        bound = speed < 1.1 * np.sqrt(2 * MU_EARTH / radius) + GMST_RATE * radius
        bad = ~(np.isfinite(found.value) & bound)
        if not bad.any():
            return found
        rows, which = np.unique(self.row[pair[bad]], return_inverse=True)
        first = np.full(len(rows), np.inf)
        np.minimum.at(first, which, time[bad])
        for row, when in zip(rows, first, strict=True):
            self.lost[int(row)] = min(float(when), self.lost.get(int(row), np.inf))
        value, slope, data = found.value.copy(), found.slope.copy(), found.data.copy()
        value[bad], slope[bad] = _FAR_BELOW, 0.0
        data[bad] = [6.4e6, 1e6, 0.0, _NOWHERE]
        return Sampled(value, slope, data)

    def bounds(self, pair: Ints, length: Floats, left: Sampled, right: Sampled) -> Bounds:
        """Bound by gravity: no satellite turns faster than its distance from the Earth allows.

        Parameters
        ----------
        pair : numpy.ndarray of int64, shape (k,)
            Which pair [-].
        length : numpy.ndarray, shape (k,)
            Time between the ends [s].
        left, right : Sampled, k times each
            The function at the ends.

        Returns
        -------
        Bounds
            Of the function in between.
        """
        least = np.minimum(left.data[:, 0], right.data[:, 0])
        speed = np.maximum(left.data[:, 2], right.data[:, 2])
        inertial = speed + GMST_RATE * np.maximum(left.data[:, 0], right.data[:, 0])
        # Suppose it stays above a share of the lower end: then gravity and speed are bounded, and
        # the supposition is checked with them.
        floor = _SHARE * least
        gravity = 1.01 * MU_EARTH / floor**2
        fastest = inertial + gravity * length / 2
        sure = least - fastest * length / 2 >= floor
        floor = np.maximum(floor, (left.data[:, 0] + right.data[:, 0] - fastest * length) / 2)
        gravity = 1.01 * MU_EARTH / floor**2
        fastest = inertial + gravity * length / 2
        top = np.maximum(left.data[:, 0], right.data[:, 0]) + fastest * length / 2
        jerk = (
            3.1 * MU_EARTH * fastest / floor**3
            + 2 * GMST_RATE * gravity
            + 3 * GMST_RATE**2 * (fastest + GMST_RATE * top)
        )
        pull = (left.data[:, 3] + right.data[:, 3] + jerk * length) / 2
        pull += _TWO_BODY_ERROR * gravity
        pull = np.minimum(
            pull, gravity + 2 * GMST_RATE * (fastest + GMST_RATE * top) + GMST_RATE**2 * top
        )
        speed = np.minimum(speed + pull * length / 2, fastest + GMST_RATE * top)
        nearest = np.maximum(
            (left.data[:, 1] + right.data[:, 1] - speed * length) / 2, floor - 6.4e6
        )
        nearest = np.maximum(nearest, 1.0)
        limit, cone = self.condition.steepness(self.place[pair])
        bend = pull + limit * (speed**2 / nearest + pull)
        if cone:
            turn = 1.02 * speed / floor
            far = np.maximum(left.data[:, 1], right.data[:, 1]) + speed * length / 2
            bend += cone * (2 * speed * turn + far * 1.05 * (2 * turn**2 + pull / floor))
        bend = np.where(sure, bend, 1e6)
        sets, row = self.scene.ready.elements, self.row[pair]
        days = 2 * np.pi / 1440.0 / sets.mean_motion_rad_min[row]
        error = _SLOPE_ERROR + _SLOPE_SHARE * inertial * days * sets.eccentricity[row]
        return _without_lost(
            curvature_bounds(length, left, right, bend, error), length, left, right
        )

    def peaks(self, found: Intervals) -> tuple[Floats, Floats]:
        """Find the best moment of each interval.

        Parameters
        ----------
        found : Intervals
            By pair, as `intervals` gives them.

        Returns
        -------
        time : numpy.ndarray, shape (k,)
            When the quality is greatest [s]; NaN where that is at an open end of the interval.
        quality : numpy.ndarray, shape (k,)
            That quality [-].
        """
        row = self.row[found.row]
        if not len(row):
            return np.empty(0), np.empty(0)
        which, time = nodes_of(self.scene, row, found.begin, found.end, _PEAK_PER_TURN)
        # Near the horizon the angle off nadir may rise and fall more than once in a short time.
        part = np.linspace(0.0, 1.0, _PEAK_PIECES + 1)[1:-1, None]
        more = found.begin + (found.end - found.begin) * part
        which = np.concatenate([which, np.tile(np.arange(len(row)), len(part))])
        time = np.concatenate([time, more.ravel()])
        order = ordered(which, time)
        which, time = which[order], time[order]
        value = self.quality(found.row[which], time)
        firsts = np.flatnonzero(np.concatenate([[True], which[1:] != which[:-1]]))
        lasts = np.concatenate([firsts[1:], [len(which)]]) - 1
        best, best_time = np.maximum.reduceat(value, firsts), np.full(len(found), np.nan)
        inner = np.ones(len(which), dtype=np.bool_)
        inner[firsts] = inner[lasts] = False
        at = np.flatnonzero(inner)
        tops = at[(value[at] >= value[at - 1]) & (value[at] >= value[at + 1])]
        # A top may also hide beside an end that beats every node.
        early, late = firsts[value[firsts] == best], lasts[value[lasts] == best]
        left = np.concatenate([tops - 1, early, late - 1])
        right = np.concatenate([tops + 1, early + 1, late])
        pair = found.row[which[left]]
        moment, quality = self._zoomed(pair, time[left], time[right])
        highest = best - _NOISE
        for index in np.argsort(quality, kind="stable"):
            if quality[index] >= highest[which[left[index]]]:
                best[which[left[index]]] = quality[index]
                best_time[which[left[index]]] = moment[index]
        # Where positions of deep space jump, by metres, an end may be the top without being open.
        jumped = np.flatnonzero(np.isnan(best_time) & ~found.open_begin & ~found.open_end)
        late = value[lasts[jumped]] > value[firsts[jumped]]
        best_time[jumped] = np.where(late, found.end[jumped], found.begin[jumped])
        return best_time, best

    def quality(self, pair: Ints, time: Floats) -> Floats:
        """Give the quality of pairs at times.

        Parameters
        ----------
        pair : numpy.ndarray of int64, shape (k,)
            Which pair [-].
        time : numpy.ndarray, shape (k,)
            When [s].

        Returns
        -------
        numpy.ndarray, shape (k,)
            The quality [-].
        """
        sight = self.scene.sight(self.row[pair], self.place[pair], time, exact=False)
        return self.condition.quality(sight)

    def _zoomed(self, pair: Ints, left: Floats, right: Floats) -> tuple[Floats, Floats]:
        """Find the top between two times, closer and closer where there are dips beside it."""
        left, right = left.copy(), right.copy()
        moment, quality = self._refined(pair, left, right)
        for _ in range(_ZOOMS):
            some = np.flatnonzero(np.isnan(moment))
            if not len(some):
                break
            grid = np.linspace(left[some], right[some], _ZOOM + 1)
            value = self.quality(np.tile(pair[some], _ZOOM + 1), grid.ravel())
            top = np.argmax(value.reshape(grid.shape), axis=0)
            every = np.arange(len(some))
            left[some] = grid[np.maximum(top - 1, 0), every]
            right[some] = grid[np.minimum(top + 1, _ZOOM), every]
            moment[some], quality[some] = self._refined(pair[some], left[some], right[some])
        return moment, quality

    def _refined(self, pair: Ints, left: Floats, right: Floats) -> tuple[Floats, Floats]:
        """Find the top between two times; no time and no quality where there is none."""
        step = self._step(pair, (left + right) / 2)

        def _slope(index: Ints, time: Floats) -> Floats:
            """Differentiate the quality of positions over five points."""
            # All points together: in deep space a call costs more than a position.
            times = time + np.array([[-2.0], [-1.0], [1.0], [2.0]]) * step[index]
            value = self.quality(np.tile(pair[index], 4), times.ravel()).reshape(times.shape)
            slope: Floats = (value[0] - 8 * value[1] + 8 * value[2] - value[3]) / (
                12 * step[index]
            )
            return slope

        every = np.arange(len(pair))
        rising, falling = _slope(np.tile(every, 2), np.concatenate([left, right])).reshape(2, -1)
        good = np.flatnonzero((rising > 0) & (falling < 0))
        moment, quality = np.full(len(pair), np.nan), np.full(len(pair), -np.inf)
        if len(good):
            moment[good] = crossings(
                _slope, good, left[good], right[good], _PEAK_TOLERANCE,
                (rising[good], falling[good]),
            )  # fmt: skip
            quality[good] = self.quality(pair[good], moment[good])
        return moment, quality

    def _step(self, pair: Ints, time: Floats) -> Floats:
        """Choose the step of derivatives [s], small against the turn of the line of sight."""
        sets = self.scene.ready.elements
        # The rate at perigee: there the quality changes fastest.
        e = sets.eccentricity[self.row[pair]]
        rate = sets.mean_motion_rad_min[self.row[pair]] / 60.0 / (1 - e) ** 1.5
        sight = self.scene.sight(self.row[pair], self.place[pair], time, exact=False)
        radius = np.sqrt(dot(sight.satellite, sight.satellite))
        speed = np.sqrt(dot(sight.velocity, sight.velocity)) + GMST_RATE * radius
        with np.errstate(invalid="ignore"):
            near = _NEAR_STENCIL * sight.distance / speed
        return np.minimum(_STENCIL / rate, np.where(np.isfinite(near), near, np.inf))
