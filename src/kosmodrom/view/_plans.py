"""Which orbits can be searched by encounters: those shown to have one hump an encounter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.view._encounters import Ground
from kosmodrom.view._tracks import LONGEST, Tracks, tracks_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.view._conditions import Condition
    from kosmodrom.view._sight import Scene
    from kosmodrom.view._spans import Spans

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["Plans", "simple_spans"]

_ECCENTRIC = 0.1  # above, the timing of encounters is too rough
_STEEP = 1.4  # widest central angle of an encounter [rad]
_PLACE_RATE = 7.6e-5  # of a place against any node [rad/s]: GMST and the fastest regression


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """Tracks to be searched by encounters.

    Attributes
    ----------
    tracks : Tracks
        The tracks, m of them.
    span : numpy.ndarray of int64, shape (m,)
        Of which span each is a part [-].
    theta : numpy.ndarray, shape (m,)
        GMST in the middle of each [rad].
    hollow : numpy.ndarray, shape (m,)
        How strongly the edge function is bent down at least [unit/s²].
    ground : Ground
        The places.
    """

    tracks: Tracks
    span: Ints
    theta: Floats
    hollow: Floats
    ground: Ground


def simple_spans(scene: Scene, spans: Spans, condition: Condition) -> tuple[Bools, Plans | None]:
    """Pick the spans whose every track has one hump an encounter.

    Parameters
    ----------
    scene : Scene
        Element sets, places, Earth.
    spans : Spans
        Which element set to use when, n spans.
    condition : Condition
        What counts as seeing.

    Returns
    -------
    simple : numpy.ndarray of bool, shape (n,)
        Which spans they are [-].
    plans : Plans or None
        Their tracks; None where there are none.
    """
    simple = scene.ready.near[spans.row]
    which = np.flatnonzero(simple)
    if not len(which):
        return simple, None
    part = spans[which]
    tracks = tracks_of(scene.ready, part.row, part.start, part.end, scene.origin)
    counts = np.maximum(np.ceil((part.end - part.start) / LONGEST - 1e-9), 1).astype(np.int64)
    span = np.repeat(which, counts)
    hollow = _hollow(scene, tracks, condition)
    np.logical_and.at(simple, span, hollow > 0)
    kept = simple[span]
    if not kept.any():
        return simple, None
    tracks = tracks[kept]
    theta = scene.angles.gmst_at(tracks.middle)
    return simple, Plans(
        tracks=tracks,
        span=span[kept],
        theta=theta,
        hollow=hollow[kept],
        ground=Ground.under(scene.observers.position),
    )


def _hollow(scene: Scene, tracks: Tracks, condition: Condition) -> Floats:
    """Bound how strongly the edge function is bent around an encounter; 0 without a proof."""
    hollow = np.zeros(len(tracks))
    good = np.flatnonzero(tracks.sound & (tracks.eccentricity_max < _ECCENTRIC))
    if not len(good) or not len(scene.observers):
        return hollow
    # Orbits alike share one bound: that of a box of distances and eccentricities around them.
    low = np.floor(tracks.radius_min[good] / 25e3)
    high = np.ceil(tracks.radius_max[good] / 25e3)
    e = np.ceil(tracks.eccentricity_max[good] / 0.004)
    tilt = np.ceil((tracks.off_plane + tracks.off_phase)[good] / 0.01)
    slow = np.floor(tracks.phase[1, good] * 2e4)
    table = np.stack([low, high, e, tilt, slow]).astype(np.int64)
    least = table.min(axis=1, keepdims=True)
    sizes = np.cumprod([1, *(np.ptp(table, axis=1) + 1)[:-1].tolist()])
    _, first, box = np.unique(sizes @ (table - least), return_index=True, return_inverse=True)
    boxes = table[:, first].astype(np.float64)
    radius_min, radius_max, e, tilt, slow = (
        boxes[0] * 25e3, boxes[1] * 25e3, boxes[2] * 0.004, boxes[3] * 0.01, boxes[4] / 2e4,
    )  # fmt: skip
    angle = condition.widest(radius_max, float(scene.observers.radius.min()))
    wide = angle + tilt
    lead = slow - _PLACE_RATE / np.cos(np.minimum(wide, 1.5))
    moving = np.where(lead > 0.3 * slow, _PLACE_RATE * wide / np.maximum(lead, 1e-9), 2.0)
    across, along = np.minimum(angle + tilt + 2 * moving, 1.57), np.minimum(wide, 1.57)
    reach = np.arccos(np.cos(across) * np.cos(along))
    bound = condition.curvature(radius_min, radius_max, e, np.minimum(reach, 3.1))
    proof = (reach < _STEEP) & (radius_min > 6.45e6) & (lead > 0.3 * slow)
    hollow[good] = np.where(proof, np.maximum(-bound, 0.0), 0.0)[box]
    return hollow
