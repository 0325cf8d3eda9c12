"""Passes over a mask that changes with the azimuth: those over its lowest elevation, cut down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.search import (
    Bounds,
    Intervals,
    Sampled,
    lipschitz_bounds,
    positive_intervals,
)
from kosmodrom.view._conditions import ElevationMask
from kosmodrom.view._sampling import Sampling
from kosmodrom.view._sight import dot
from kosmodrom.view._spans import Sightings, Spans, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kosmodrom.view._sight import Scene
    from kosmodrom.view.masks import Mask

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["above_tables"]

_PIECES = 32  # of a pass, to begin with
_TOLERANCE = 1e-4  # of crossings [s]


def above_tables(
    scene: Scene, spans: Spans, found: Sightings, masks: Sequence[Mask], uneven: Bools
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
    masks : sequence of Mask
        One for each place.
    uneven : numpy.ndarray of bool, shape (n,)
        Which masks change with the azimuth.

    Returns
    -------
    Sightings
        Ordered by span, place and time.
    """
    part = np.flatnonzero(uneven[found.place])
    if not len(part):
        return found
    some = found[part]
    cutting = _Cutting(scene, spans.row[some.span], some.place, masks)
    nodes = np.linspace(some.begin, some.end, _PIECES + 1).T.ravel()
    index = np.repeat(np.arange(len(some)), _PIECES + 1)
    above = positive_intervals(cutting.sampled, cutting.bounds, index, nodes, tolerance=_TOLERANCE)
    best, quality = _best(cutting, some, above)
    cut = Sightings(
        span=some.span[above.row],
        place=some.place[above.row],
        begin=above.begin,
        end=above.end,
        open_begin=above.open_begin & some.open_begin[above.row],
        open_end=above.open_end & some.open_end[above.row],
        best=best,
        quality=quality,
    )
    both = together([found[np.flatnonzero(~uneven[found.place])], cut])
    return both[np.lexsort((both.begin, both.place, both.span))]


@dataclass(frozen=True, slots=True)
class _Cutting:
    """How far above the mask satellites stand, as a function for the search."""

    scene: Scene
    row: Ints
    place: Ints
    masks: Sequence[Mask]

    def _mask(self, place: Ints, azimuth: Floats) -> Floats:
        least = np.empty(len(place))
        for number in np.unique(place):
            here = place == number
            least[here] = self.masks[number].at(azimuth[here])
        return least

    def sampled(self, index: Ints, time: Floats) -> Sampled:
        place = self.place[index]
        sight = self.scene.sight(self.row[index], place, time, exact=False)
        elevation = sight.elevation()
        speed = np.sqrt(dot(sight.velocity, sight.velocity))
        return Sampled(
            elevation - self._mask(place, sight.azimuth()),
            np.zeros(len(index)),
            np.stack([elevation, sight.distance, speed], axis=-1),
        )

    def bounds(self, index: Ints, length: Floats, left: Sampled, right: Sampled) -> Bounds:
        """Bound by how fast the line of sight can turn, and azimuths faster near the zenith."""
        speed = 1.1 * np.maximum(left.data[:, 2], right.data[:, 2])
        nearest = (left.data[:, 1] + right.data[:, 1] - speed * length) / 2
        turn = np.where(nearest > 0, speed / np.maximum(nearest, 1.0), 1e3)
        low = (left.data[:, 0] + right.data[:, 0] - turn * length) / 2
        high = (left.data[:, 0] + right.data[:, 0] + turn * length) / 2
        place = self.place[index]
        steep, lowest, highest = (
            np.array([getattr(mask, name) for mask in self.masks])[place]
            for name in ("steepest", "lowest", "highest")
        )
        swing = np.cos(np.clip(np.maximum(np.abs(low), np.abs(high)), 0.0, np.pi / 2))
        bounds = lipschitz_bounds(
            length, left, right, turn * (1 + steep / np.maximum(swing, 1e-9))
        )
        return Bounds(
            np.maximum(bounds.low, low - highest),
            np.minimum(bounds.high, high - lowest),
            bounds.monotone,
        )


def _best(cutting: _Cutting, some: Sightings, above: Intervals) -> tuple[Floats, Floats]:
    """Find when each piece stands highest: at its own top, or where the mask cuts it."""
    best, quality = some.best[above.row].copy(), some.quality[above.row].copy()
    outside = ~((best >= above.begin) & (best <= above.end))
    lone = np.flatnonzero(outside)
    if not len(lone):
        return best, quality
    limit = ElevationMask(np.sin([mask.lowest for mask in cutting.masks]))
    sampling = Sampling(cutting.scene, limit, cutting.row, cutting.place)
    best[lone], quality[lone] = sampling.peaks(above[lone])
    edge = lone[np.isnan(best[lone])]
    ends = [sampling.quality(above.row[edge], time[edge]) for time in (above.begin, above.end)]
    later = ends[1] > ends[0]
    # A top at an end counts where the mask makes that end, not where the search does.
    made = np.where(later, ~above.open_end[edge], ~above.open_begin[edge])
    best[edge] = np.where(made, np.where(later, above.end[edge], above.begin[edge]), np.nan)
    return best, quality
