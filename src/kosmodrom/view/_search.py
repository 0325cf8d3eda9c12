"""The search for all times at which satellites and places see each other.

Orbits whose edge function is shown to have one hump an encounter are searched by encounters, a few
evaluations each; all others by bisection.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.order import ordered
from kosmodrom.view._encountering import Encountering
from kosmodrom.view._plans import simple_spans
from kosmodrom.view._sampling import Sampling, nodes_of
from kosmodrom.view._spans import Sightings, Spans, no_sightings, together

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from kosmodrom.base.search import Intervals
    from kosmodrom.view._conditions import Condition
    from kosmodrom.view._sight import Scene

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["search"]

_PAIRS = 2048  # pairs of track and place searched together by encounters
_NODES = 1 << 16  # looks of a search by bisection made together, if a span does not need more
_MOST_NODES = 1 << 19  # where one does: about 300 MB
_PLACES = 64


def search(
    scene: Scene,
    spans: Spans,
    condition: Condition,
    *,
    proven: bool = True,
) -> tuple[Sightings, dict[int, float]]:
    """Find all times at which a condition holds between satellites and places.

    Parameters
    ----------
    scene : Scene
        Element sets, places, Earth.
    spans : Spans
        Which element set to use when.
    condition : Condition
        What counts as seeing.
    proven : bool
        Whether the search by encounters may be used where its proof holds; if not, all is done by
        bisection.

    Returns
    -------
    sightings : Sightings
        Ordered by span, place and time.
    lost : dict of int to float
        Element sets for which SGP4 gave no position at some time, with the first such time [s].
    """
    simple, plans = simple_spans(scene, spans, condition) if proven else (_never(spans), None)
    jobs: list[Callable[[], tuple[Sightings, dict[int, float]]]] = []
    places = len(scene.observers)
    if plans is not None:
        count = len(plans.tracks) * places
        size = max(_PAIRS, min(count // 16, 4 * _PAIRS))
        jobs += [
            Encountering(scene, spans, condition, plans, first, min(first + size, count))
            for first in range(0, count, size)
        ]
    hard = np.flatnonzero(~simple)
    jobs += _bisections(scene, spans, condition, hard)
    found: list[Sightings] = []
    lost: dict[int, float] = {}
    for job in jobs:
        sightings, missing = job()
        found.append(sightings)
        for row, when in missing.items():
            lost[row] = min(when, lost.get(row, np.inf))
    return _ordered(together([no_sightings(), *found])), lost


def _never(spans: Spans) -> Bools:
    return np.zeros(len(spans.row), dtype=np.bool_)


def _ordered(found: Sightings) -> Sightings:
    """Sort, and drop what was found twice, on both sides of a cut between tracks."""
    found = found[ordered(found.span, found.place, found.begin)]
    same = (found.span[1:] == found.span[:-1]) & (found.place[1:] == found.place[:-1])
    again = same & (found.begin[1:] < found.end[:-1])
    return found[np.concatenate([[True], ~again])[: len(found)]]


# By bisection


def _bisections(scene: Scene, spans: Spans, condition: Condition, hard: Ints) -> list[_Bisecting]:
    """Cut a search by bisection into jobs of bounded size."""
    if not len(hard):
        return []
    places = len(scene.observers)
    rate = scene.ready.elements.mean_motion_rad_min[spans.row[hard]] / 60.0
    looks = 3 + (spans.end - spans.start)[hard] * rate * 6  # 32 nodes in 2 pi, and ends
    # Positions serve all places of a job; of a long span few can be held at once.
    most = int(np.clip(_MOST_NODES // looks.max(), 1, _PLACES))
    jobs = []
    for first in range(0, places, most):
        some = np.arange(first, min(first + most, places))
        group = np.floor(np.cumsum(looks * len(some)) / _NODES)
        jobs += [
            _Bisecting(scene, spans, condition, hard[group == number], some)
            for number in np.unique(group)
        ]
    return jobs


@dataclass(frozen=True, slots=True)
class _Bisecting:
    """One piece of a search by bisection: some spans, some places."""

    scene: Scene
    spans: Spans
    condition: Condition
    span: Ints
    place: Ints

    def __call__(self) -> tuple[Sightings, dict[int, float]]:
        part = self.spans[self.span]
        which, time = nodes_of(self.scene, part.row, part.start, part.end)
        count = len(self.place)
        # Pairs by span, then place; the nodes of a span serve all its places.
        row, place = np.repeat(part.row, count), np.tile(self.place, len(self.span))
        sampling = Sampling(self.scene, self.condition, row, place)
        flight = None
        pair, when = which, time
        if count > 1:
            lengths = np.bincount(which, minlength=len(self.span))
            starts = np.cumsum(lengths) - lengths
            sizes = np.repeat(lengths, count)
            pair = np.repeat(np.arange(len(sizes)), sizes)
            within = np.arange(len(pair)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            node = np.repeat(np.repeat(starts, count), sizes) + within
            when = time[node]
            if not self.scene.light_time:
                flight = self.scene.flight(part.row[which], time, exact=False)[node]
        found = sampling.intervals(pair, when, flight)
        best, quality = sampling.peaks(found)
        return _sightings(found, best, quality, self.span[found.row // count], place), (
            sampling.lost
        )


def _sightings(
    found: Intervals, best: NDArray[np.float64], quality: NDArray[np.float64], span: Ints,
    place: Ints,
) -> Sightings:  # fmt: skip
    return Sightings(
        span=span,
        place=place[found.row],
        begin=found.begin,
        end=found.end,
        open_begin=found.open_begin,
        open_end=found.open_end,
        best=best,
        quality=quality,
    )
