"""What a forecast holds, and how hypotheses are cut out of the probability."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.forecast.density import GRID, STEP, highest_set, ranked_score
from kosmodrom.launch.forecast.density import smoothed as _smoothed

if TYPE_CHECKING:
    from kosmodrom.launch.forecast.observed import Sight

__all__ = ["Forecast", "Hypothesis", "Kind", "Remark", "Stage", "cut_out"]

Floats = NDArray[np.float64]
Kind = Literal[
    "direct", "dogleg", "westward", "sun_synchronous", "known_plane", "earlier_launches"
]
Stage = Literal[
    "pad", "boosters", "first_stage", "fairing", "upper_stage", "disposal", "unrelated"
]
_LEAST = 0.01  # of the probability, below which no hypothesis is made
_VALLEY = 0.5  # of the lower of two peaks: what lies between must be below that
_BLUR, _SOFT = np.radians([0.2, 0.5])  # of narrow hypotheses and of wide ones
_MOSTLY = 0.6  # of a hypothesis in the band of sun-synchronous orbits, to be called one
_PEAKED = 1.5  # ratio of the two tops from which a peak is narrow
_FOOT = 0.1  # of the top of a peak: what is lower is no part of it
_STRAIGHT, _WEST = np.radians(0.7), 0.3  # turn below which it is none; part of west in westward
_SUN: Final = np.radians([96.6, 100.4])  # circular, 300 to 1200 km
_NARROW = np.radians(3.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something the reader of a forecast must know.

    Attributes
    ----------
    code : str
        What, as "few_earlier_launches".
    value : float
        A number to it; NaN where there is none [by its code].
    """

    code: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One orbit the launch may go to.

    Attributes
    ----------
    kind : str
        What sort of launch that is.
    probability : float
        How probable it is [-].
    inclination : float
        Its most probable value [rad].
    low, high : float
        Between which 90 % of it lies [rad].
    begin, end : float
        Between which all of it lies; hypotheses do not overlap [rad].
    azimuth : float
        Direction of launch against the turning Earth, clockwise from north, 0 to 2 pi, as the
        zones tell it [rad].
    northward : bool
        Whether it leaves the site northwards.
    turn : float
        How far the inclination is from that of a launch without yaw [rad].
    support : str
        The part of the prior it rests on most: "open", "world", "sun", "place", "plane", "nation"
        or "corridor".
    """

    kind: Kind
    probability: float
    inclination: float
    low: float
    high: float
    begin: float
    end: float
    azimuth: float
    northward: bool
    turn: float
    support: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forecast:
    """Orbits to which a launch may go, from its closed areas.

    Attributes
    ----------
    hypotheses : tuple of Hypothesis
        Most probable first.
    mass : numpy.ndarray, shape (3600,)
        Probability of cells of inclination of 0.05 deg from 0 to 180 deg; the sum is 1 [-].
    inclination_set : tuple of tuple of float
        The smallest set that holds 90 %: lower and upper ends, rising [rad].
    median : float
        Of the inclination [rad].
    direct : float
        Inclination of a launch without yaw through the last zone; NaN where no zone tells [rad].
    azimuth, angle : float
        What the last zone tells of the azimuth, and how far from the pad it is, at the Earth's
        centre: to be kept as a corridor for later launches [rad].
    stages : tuple of str
        For each ring, what probably comes down there.
    sites : numpy.ndarray, shape (s,)
        Probability of each site that was given [-].
    remarks : tuple of Remark
        What the reader must know.
    """

    hypotheses: tuple[Hypothesis, ...]
    mass: Floats
    inclination_set: tuple[tuple[float, float], ...]
    median: float
    direct: float
    azimuth: float
    angle: float
    stages: tuple[Stage, ...]
    sites: Floats
    remarks: tuple[Remark, ...]

    def score(self, inclination: float) -> float:
        """Score the forecast by what came true: the continuous ranked probability score.

        Parameters
        ----------
        inclination : float
            What came true [rad].

        Returns
        -------
        float
            The score; 0 is best [rad].
        """
        return ranked_score(self.mass, inclination)

    def holds(self, inclination: float) -> bool:
        """Tell whether an inclination lies in the set that holds 90 %.

        Parameters
        ----------
        inclination : float
            The inclination [rad].

        Returns
        -------
        bool
            Whether it does.
        """
        return any(low <= inclination <= high for low, high in self.inclination_set)

    def set_of(self, share: float) -> list[tuple[float, float]]:
        """Find the smallest set that holds a share of the probability.

        Parameters
        ----------
        share : float
            Part that it holds [-].

        Returns
        -------
        list of tuple of float
            Lower and upper ends, rising [rad].
        """
        return highest_set(self.mass, share)


def cut_out(
    parts: Floats, names: tuple[str, ...], sight: Sight, direct: float
) -> tuple[Hypothesis, ...]:
    """Cut hypotheses out of the probability: its peaks, with what lies about them.

    Parameters
    ----------
    parts : numpy.ndarray, shape (m, p, 3600)
        Probability by way of yawing (the first: none), part of the prior, and cell [-].
    names : tuple of str
        Of the parts of the prior.
    sight : Sight
        What the zones say, from the likeliest site.
    direct : float
        Inclination of a launch without yaw [rad].

    Returns
    -------
    tuple of Hypothesis
        Most probable first; together they hold 1.
    """
    made = []
    total = parts.sum(axis=(0, 1))
    even = _smoothed(total, _BLUR)
    soft = _smoothed(total, _SOFT)
    if even.max() < _PEAKED * soft.max():  # no narrow peak that would be lost
        even = soft
    for first, last in _segments(even):
        low, high = _core(even, first, last)
        made += [
            _hypothesis(parts[:, :, begin:end], begin, names, sight, direct)
            for begin, end in ((first, low), (low, high), (high, last))
            if total[begin:end].sum() > 0
        ]
    made.sort(key=lambda each: -each.probability)
    kept = [each for each in made if each.probability >= _LEAST] or made[:1]
    whole = sum(each.probability for each in kept)
    return tuple(replace(each, probability=each.probability / whole) for each in kept)


def _core(even: Floats, first: int, last: int) -> tuple[int, int]:
    """Find what belongs to the peak of a segment: where it is not far below the top."""
    top = first + int(np.argmax(even[first:last]))
    below = even < _FOOT * even[top]
    left = np.flatnonzero(below[first:top])
    right = np.flatnonzero(below[top:last])
    return (
        first + int(left[-1]) + 1 if len(left) else first,
        top + int(right[0]) if len(right) else last,
    )


def _ends(mass: Floats) -> tuple[float, float]:
    """Give where 5 and 95 % of masses lie below, in cells."""
    below = np.concatenate([[0.0], np.cumsum(mass)]) / mass.sum()
    cells = np.arange(len(below))
    return float(np.interp(0.05, below, cells)), float(np.interp(0.95, below, cells))


def _segments(even: Floats) -> list[tuple[int, int]]:
    """Cut at valleys between peaks."""
    rising = np.diff(even) > 0
    peaks = np.flatnonzero(~rising[1:] & rising[:-1]) + 1
    peaks = peaks[even[peaks] > 1e-3 * even.max()]
    if not len(peaks):
        return [(0, len(even))]
    tops, cuts = [int(peaks[0])], []
    for peak in peaks[1:]:
        valley = tops[-1] + int(np.argmin(even[tops[-1] : peak]))
        if even[valley] < _VALLEY * min(even[tops[-1]], even[peak]):
            cuts.append(valley)
            tops.append(int(peak))
        elif even[peak] > even[tops[-1]]:
            tops[-1] = int(peak)
    return list(pairwise([0, *cuts, len(even)]))


def _hypothesis(
    piece: Floats, first: int, names: tuple[str, ...], sight: Sight, direct: float
) -> Hypothesis:
    """Describe a piece of the probability that begins in a cell."""
    mass = piece.sum(axis=(0, 1))
    straight = bool(piece[0].sum() >= 0.5 * mass.sum())
    low, high = (first * STEP + each * STEP for each in _ends(mass))
    support = names[int(np.argmax(piece.sum(axis=(0, 2))))]
    narrow = high - low < _NARROW
    room = np.pad(mass, (first, len(GRID) - first - len(mass)))
    middle = float(GRID[int(np.argmax(_smoothed(room, _BLUR if narrow else _SOFT)))])
    azimuth = _azimuth(sight, middle)
    turn = middle - direct
    straight = straight or abs(turn) < _STRAIGHT
    kind: Kind
    if support == "plane":
        kind = "known_plane"
    elif _SUN[0] <= middle <= _SUN[1] and _between(room, *_SUN) > _MOSTLY * mass.sum():
        kind = "sun_synchronous"
    elif middle > _SUN[1] and np.sin(azimuth) < -_WEST:
        kind = "westward"
    elif straight:
        kind = "direct"
    elif support == "corridor":
        kind = "earlier_launches"
    else:
        kind = "dogleg"
    return Hypothesis(
        kind=kind, probability=float(mass.sum()), inclination=middle, low=low, high=high,
        begin=first * STEP, end=(first + len(mass)) * STEP,
        azimuth=float(azimuth % (2 * np.pi)), northward=bool(np.cos(azimuth) > 0),
        turn=float(turn), support=support,
    )  # fmt: skip


def _between(mass: Floats, low: float, high: float) -> float:
    """Add up what lies between two inclinations."""
    return float(mass[(low <= GRID) & (high >= GRID)].sum())


def _azimuth(sight: Sight, inclination: float) -> float:
    """Find the azimuth nearest to what the zones tell that leads to an inclination."""
    told = (
        float(sight.told[np.argmax(sight.angle)])
        if len(sight.told)
        else float(sight.azimuth[len(sight.azimuth) // 2])
    )
    miss = np.abs(sight.inclination - inclination)
    fits = np.flatnonzero(miss < max(float(miss.min()) * 1.5, np.radians(0.1)))
    return float(sight.azimuth[fits[np.argmin(np.abs(sight.azimuth[fits] - told))]])
