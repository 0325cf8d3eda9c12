"""How often places are seen: counts, gaps, response, share covered.

The times come from the same search as passes and pictures, not from a mask sampled in steps.
Accesses of several satellites to one place that overlap are one. A gap is the time between two of
them. Before the first and after the last access of the period a gap is cut off by the period: such
censored gaps enter no mean, median or percentile, and are given apart.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.base.bodies import SunTable
from kosmodrom.base.order import ordered
from kosmodrom.base.search import joined
from kosmodrom.errors import InputError
from kosmodrom.view._conditions import ElevationMask
from kosmodrom.view._search import search
from kosmodrom.view._spans import Sightings, Spans, bridged
from kosmodrom.view.imaging import Limits, sightings_within
from kosmodrom.view.passes import MARGIN, make_scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.orbits.elements import ElementSets
    from kosmodrom.view.observers import Observers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Coverage", "CoverageWork", "gap_statistics", "share_covered", "together"]

_PERCENTILE = 95.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How often each of some places is seen within a period.

    Attributes
    ----------
    count : numpy.ndarray of int64, shape (n,)
        Accesses; those of several satellites that overlap are one [-].
    looks : numpy.ndarray of int64, shape (n,)
        Accesses of all satellites, each counted [-].
    seen : numpy.ndarray, shape (n,)
        Time in access [s].
    gaps : numpy.ndarray of int64, shape (n,)
        Complete gaps, one less than `count` [-].
    gap_mean, gap_median, gap_p95, gap_max : numpy.ndarray, shape (n,)
        Mean, median, 95th percentile and greatest of the complete gaps [s]; NaN where there is
        none.
    response : numpy.ndarray, shape (n,)
        Mean wait for the next access of a wish that comes up at any time within the complete gaps,
        E[gap²] / (2 E[gap]) [s]; NaN where there is none.
    first, last : numpy.ndarray, shape (n,)
        Start of the first and end of the last access, from the start [s]; NaN where there is none.
        What lies before and behind are the censored gaps.
    """

    count: Ints
    looks: Ints
    seen: Floats
    gaps: Ints
    gap_mean: Floats
    gap_median: Floats
    gap_p95: Floats
    gap_max: Floats
    response: Floats
    first: Floats
    last: Floats

    def __len__(self) -> int:
        return len(self.count)

    def __getitem__(self, index: Any) -> Coverage:  # whatever NumPy takes for one axis
        return Coverage(**{field.name: getattr(self, field.name)[index] for field in fields(self)})


def together(parts: Sequence[Coverage]) -> Coverage:
    """Put places one after the other.

    Parameters
    ----------
    parts : sequence of Coverage
        One or more.

    Returns
    -------
    Coverage
        All of them.
    """
    return Coverage(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Coverage)
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageWork:
    """The coverage of some places, as a piece of work that can be done anywhere.

    Attributes
    ----------
    elements : ElementSets
        Element sets.
    observers : Observers
        The places.
    start, end : Epochs, shape ()
        The period.
    earth : EarthOrientation
        Covers the period and `MARGIN` to both sides.
    limits : Limits or None
        What must hold for a picture; None asks for the elevation alone.
    elevation : float
        Least elevation of the satellite where there are no limits [rad].
    spans : Spans or None
        Which element set to use when, in seconds from `start`; None uses each throughout.
    """

    elements: ElementSets
    observers: Observers
    start: Epochs
    end: Epochs
    earth: EarthOrientation
    limits: Limits | None = None
    elevation: float = 0.0
    spans: Spans | None = None

    def __call__(self) -> tuple[Coverage, dict[int, float]]:
        """Do it.

        Returns
        -------
        coverage : Coverage
            Of the places.
        lost : dict of int to float
            Element sets for which SGP4 gave no position, with the first such time [s].
        """
        found, lost = self.accesses()
        length = float(self.end.seconds_since(self.start))
        return (
            gap_statistics(found.place, found.begin, found.end, len(self.observers), length),
            lost,
        )

    def accesses(self) -> tuple[Sightings, dict[int, float]]:
        """Search for the accesses themselves.

        Returns
        -------
        sightings : Sightings
            Ordered by satellite, place and time, from the start [s].
        lost : dict of int to float
            As above [s].
        """
        scene, spans = make_scene(
            self.elements, self.observers, self.start, self.end, self.earth, spans=self.spans
        )
        if self.limits is None:
            sine = np.full(len(self.observers), np.sin(self.elevation))
            found, lost = search(scene, spans, ElevationMask(sine))
        else:
            sun = None
            if self.limits.sun_lowest is not None or self.limits.sun_highest is not None:
                length = float(self.end.seconds_since(self.start)) + 2 * MARGIN
                sun = SunTable.tabulated(self.start.plus(-MARGIN), length, self.earth)
            found, lost = sightings_within(scene, spans, self.limits, sun)
            found = self._directed(scene, spans, found)
        found = bridged(found, spans)
        return found.moved(-MARGIN), {row: when - MARGIN for row, when in lost.items()}

    def _directed(self, scene: Any, spans: Spans, found: Sightings) -> Sightings:
        """Keep what is seen going north, or south."""
        if self.limits is None or self.limits.direction == "any" or not len(found):
            return found
        at = np.where(np.isnan(found.best), (found.begin + found.end) / 2, found.best)
        sight = scene.sight(spans.row[found.span], found.place, at, exact=False)
        north = sight.velocity[:, 2] > 0
        return found[np.flatnonzero(north == (self.limits.direction == "ascending"))]


def gap_statistics(
    place: Ints, begin: Floats, end: Floats, places: int, length: float
) -> Coverage:
    """Count accesses and measure the gaps between them.

    Parameters
    ----------
    place : numpy.ndarray of int64, shape (k,)
        Place of each access [-].
    begin, end : numpy.ndarray, shape (k,)
        First and last time [s].
    places : int
        How many places there are [-].
    length : float
        Length of the period, which starts at 0 [s].

    Returns
    -------
    Coverage
        Of all places, in order.
    """
    if not length > 0:
        raise InputError(f"the period is {length:g} s long; it must be longer than nothing")
    whole = joined(place, begin, end)
    count = np.bincount(whole.row, minlength=places)
    follows = np.flatnonzero(whole.row[1:] == whole.row[:-1])
    owner, gap = whole.row[follows], whole.begin[follows + 1] - whole.end[follows]
    gaps = np.bincount(owner, minlength=places)
    total = np.bincount(owner, weights=gap, minlength=places)
    square = np.bincount(owner, weights=gap**2, minlength=places)
    order = ordered(owner, gap)
    ranked, starts = gap[order], np.cumsum(gaps) - gaps
    first, last = np.full(places, np.nan), np.full(places, np.nan)
    edges = np.flatnonzero(np.diff(whole.row, prepend=-1))
    first[whole.row[edges]] = whole.begin[edges]
    ends = np.append(edges[1:], len(whole))[: len(edges)] - 1
    last[whole.row[ends]] = whole.end[ends]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean, response = total / gaps, square / (2 * total)
    return Coverage(
        count=count,
        looks=np.bincount(place, minlength=places),
        seen=np.asarray(np.bincount(whole.row, whole.end - whole.begin, places), np.float64),
        gaps=gaps,
        gap_mean=np.where(gaps > 0, mean, np.nan),
        gap_median=_quantile(ranked, starts, gaps, 50.0),
        gap_p95=_quantile(ranked, starts, gaps, _PERCENTILE),
        gap_max=_quantile(ranked, starts, gaps, 100.0),
        response=np.where(gaps > 0, response, np.nan),
        first=first,
        last=last,
    )


def _quantile(ranked: Floats, starts: Ints, counts: Ints, percent: float) -> Floats:
    """Read a percentile off groups of sorted numbers, straight between neighbours."""
    found = np.full(len(counts), np.nan)
    some = np.flatnonzero(counts)
    at = (counts[some] - 1) * percent / 100.0
    low = np.floor(at).astype(np.int64)
    high = np.minimum(low + 1, counts[some] - 1)
    below, above = ranked[starts[some] + low], ranked[starts[some] + high]
    found[some] = below + (above - below) * (at - low)
    return found


def share_covered(coverage: Coverage, times: Floats) -> Floats:
    """Give the share of places that have been seen by some times.

    Parameters
    ----------
    coverage : Coverage
        Of places that stand for areas of one size.
    times : numpy.ndarray, shape (m,)
        Times from the start [s].

    Returns
    -------
    numpy.ndarray, shape (m,)
        Share seen at least once, 0 to 1 [-].
    """
    first = np.sort(coverage.first[~np.isnan(coverage.first)])
    return np.asarray(np.searchsorted(first, times, side="right") / max(len(coverage), 1))
