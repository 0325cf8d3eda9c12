"""Cutting sightings down to the times at which something more holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.order import ordered
from kosmodrom.base.search import (
    Bounds,
    Intervals,
    Sampled,
    lipschitz_bounds,
    positive_intervals,
)
from kosmodrom.view._sampling import Sampling
from kosmodrom.view._sight import dot
from kosmodrom.view._spans import Sightings, Spans, together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from kosmodrom.base.bodies import SunTable
    from kosmodrom.view._conditions import Condition
    from kosmodrom.view._sight import Scene
    from kosmodrom.view.masks import Mask

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["SUN_SPEED", "Cut", "above_tables", "cut", "sun_between"]

_PIECES = 32  # of a sighting, to begin with, where its geometry changes fast
_TOLERANCE = 1e-4  # of crossings [s]
# How fast the Sun climbs at most [rad/s]: the Earth's rotation, and a little for its own motion.
SUN_SPEED = 7.32e-5


@dataclass(frozen=True, slots=True)
class Cut:
    """What is to hold within sightings.

    Attributes
    ----------
    sampled : callable
        ``sampled(index, time)`` gives for sightings of that number a function above zero while it
        holds, as `Sampled`.
    bounds : callable
        Bounds of it, as `positive_intervals` asks for.
    pieces : int
        Into how many pieces a sighting is cut to begin with [-].
    """

    sampled: Callable[[Ints, Floats], Sampled]
    bounds: Callable[[Ints, Floats, Sampled, Sampled], Bounds]
    pieces: int = _PIECES


def cut(
    scene: Scene, spans: Spans, found: Sightings, condition: Condition, part: Ints, what: Cut
) -> Sightings:
    """Cut some sightings down to the times at which something more holds.

    Parameters
    ----------
    scene : Scene
        Element sets, places, Earth.
    spans : Spans
        Which element set is used when.
    found : Sightings
        To be cut.
    condition : Condition
        By whose quality the best moments of the parts are chosen.
    part : numpy.ndarray of int64, shape (m,)
        Which sightings are to be cut; the others stay [-].
    what : Cut
        What is to hold; its functions count the sightings of `part` from 0.

    Returns
    -------
    Sightings
        Ordered by span, place and time. Where a part is best at an end that the cut made, that end
        is its best moment.
    """
    if not len(part):
        return found
    some = found[part]
    nodes = np.linspace(some.begin, some.end, what.pieces + 1).T.ravel()
    index = np.repeat(np.arange(len(some)), what.pieces + 1)
    above = positive_intervals(what.sampled, what.bounds, index, nodes, tolerance=_TOLERANCE)
    sampling = Sampling(scene, condition, spans.row[some.span], some.place)
    best, quality = _best(sampling, some, above)
    kept = Sightings(
        span=some.span[above.row],
        place=some.place[above.row],
        begin=above.begin,
        end=above.end,
        open_begin=above.open_begin & some.open_begin[above.row],
        open_end=above.open_end & some.open_end[above.row],
        best=best,
        quality=quality,
    )
    rest = np.ones(len(found), dtype=np.bool_)
    rest[part] = False
    both = together([found[rest], kept])
    return both[ordered(both.span, both.place, both.begin)]


def _best(sampling: Sampling, some: Sightings, above: Intervals) -> tuple[Floats, Floats]:
    """Find the best moment of each part: its own top, or the end that a cut made."""
    best, quality = some.best[above.row].copy(), some.quality[above.row].copy()
    lone = np.flatnonzero(~((best >= above.begin) & (best <= above.end)))
    if not len(lone):
        return best, quality
    best[lone], quality[lone] = sampling.peaks(above[lone])
    edge = lone[np.isnan(best[lone])]
    rows = above.row[edge]
    early, late = (sampling.quality(rows, time[edge]) for time in (above.begin, above.end))
    # An end that the search itself makes is no best moment: it may get better beyond.
    made = np.where(
        late > early,
        ~(above.open_end[edge] & some.open_end[rows]),
        ~(above.open_begin[edge] & some.open_begin[rows]),
    )
    best[edge] = np.where(made, np.where(late > early, above.end[edge], above.begin[edge]), np.nan)
    return best, quality


def above_tables(
    scene: Scene, spans: Spans, found: Sightings, condition: Condition, masks: Sequence[Mask]
) -> Sightings:
    """Keep of each sighting what stands above the mask of its place.

    Parameters
    ----------
    scene : Scene
        Element sets, places, Earth.
    spans : Spans
        Which element set is used when.
    found : Sightings
        Above the lowest elevation of each mask.
    condition : Condition
        That they stand above it.
    masks : sequence of Mask
        One for each place.

    Returns
    -------
    Sightings
        Ordered by span, place and time.
    """
    uneven = np.array([not mask.is_level for mask in masks])
    part = np.flatnonzero(uneven[found.place])
    some = found[part]
    tables = _Tables(scene, spans.row[some.span], some.place, masks)
    return cut(scene, spans, found, condition, part, Cut(tables.sampled, tables.bounds))


@dataclass(frozen=True, slots=True)
class _Tables:
    """How far above the mask satellites stand."""

    scene: Scene
    row: Ints
    place: Ints
    masks: Sequence[Mask]

    def sampled(self, index: Ints, time: Floats) -> Sampled:
        place = self.place[index]
        sight = self.scene.sight(self.row[index], place, time, exact=False)
        elevation, azimuth = sight.elevation(), sight.azimuth()
        least = np.empty(len(place))
        for number in np.unique(place):
            here = place == number
            least[here] = self.masks[number].at(azimuth[here])
        speed = np.sqrt(dot(sight.velocity, sight.velocity))
        data = np.stack([elevation, sight.distance, speed, azimuth], axis=-1)
        return Sampled(elevation - least, np.zeros(len(index)), data)

    def bounds(self, index: Ints, length: Floats, left: Sampled, right: Sampled) -> Bounds:
        """Bound by how fast the line of sight can turn, and by the mask where it can point to."""
        speed = 1.1 * np.maximum(left.data[:, 2], right.data[:, 2])
        nearest = (left.data[:, 1] + right.data[:, 1] - speed * length) / 2
        turn = np.where(nearest > 0, speed / np.maximum(nearest, 1.0), 1e3)
        low = (left.data[:, 0] + right.data[:, 0] - turn * length) / 2
        high = (left.data[:, 0] + right.data[:, 0] + turn * length) / 2
        # Near the zenith azimuths turn faster.
        level = np.cos(np.clip(np.maximum(np.abs(low), np.abs(high)), 0.0, np.pi / 2))
        half = turn * length / np.maximum(level, 1e-9) / 2
        aside = (right.data[:, 3] - left.data[:, 3] + np.pi) % (2 * np.pi) - np.pi
        half = np.where(half + np.abs(aside) / 2 < np.pi, half, np.pi)
        place = self.place[index]
        lowest, highest = np.empty(len(index)), np.empty(len(index))
        for number in np.unique(place):
            here = place == number
            lowest[here], highest[here] = self.masks[number].between(
                left.data[here, 3] + aside[here] / 2, half[here]
            )
        return Bounds(low - highest, high - lowest, np.zeros(len(index), dtype=np.bool_))


def sun_between(
    scene: Scene, spans: Spans, found: Sightings, condition: Condition, sun: SunTable,
    lowest: float | None, highest: float | None,
) -> Sightings:  # fmt: skip
    """Keep of each sighting the time while the Sun stands between elevations at its place.

    Parameters
    ----------
    scene : Scene
        Element sets, places, Earth.
    spans : Spans
        Which element set is used when.
    found : Sightings
        To be cut.
    condition : Condition
        By whose quality best moments are chosen.
    sun : SunTable
        The Sun by the seconds of the scene.
    lowest, highest : float or None
        Elevations of the Sun's centre [rad]; None for no limit.

    Returns
    -------
    Sightings
        Ordered by span, place and time.
    """
    latitude, longitude = scene.observers.latitude, scene.observers.longitude
    for limit, sign in ((lowest, 1.0), (highest, -1.0)):
        if limit is None:
            continue
        place = found.place

        def _sampled(
            index: Ints, time: Floats, place: Ints = place, limit: float = limit,
            sign: float = sign,
        ) -> Sampled:  # fmt: skip
            at = place[index]
            above = sun.elevation_at(time, latitude[at], longitude[at]) - limit
            nothing = np.zeros(len(at))
            return Sampled(sign * above, nothing, nothing[:, None])

        def _bounds(index: Ints, length: Floats, left: Sampled, right: Sampled) -> Bounds:
            return lipschitz_bounds(length, left, right, np.full(len(index), SUN_SPEED))

        whole = np.arange(len(found))
        found = cut(scene, spans, found, condition, whole, Cut(_sampled, _bounds, 1))
    return found
