"""Satellites over spans of a day or less, with bounds of where they can be.

A track is one element set over one span. Within it the mean argument of latitude is a parabola of
time and the node a straight line; what that leaves out is added to the bounds.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.orbits.secular import spread, taylor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.orbits.sgp4 import Sgp4

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["LONGEST", "Tracks", "tracks_of"]

LONGEST = 86_400.0  # of a track [s]; over a longer time the bounds of decaying orbits grow wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracks:
    """Element sets near the Earth over spans of time, seconds counted from one origin.

    Attributes
    ----------
    row : numpy.ndarray of int64, shape (m,)
        Which element set [-].
    start, end, middle : numpy.ndarray, shape (m,)
        The span [s].
    phase : numpy.ndarray, shape (3, m)
        Mean argument of latitude about `middle` by powers of time [rad/s^k].
    node, node_rate : numpy.ndarray, shape (m,)
        Ascending node at `middle` [rad] and its rate [rad/s].
    argument, argument_rate : numpy.ndarray, shape (m,)
        Argument of perigee likewise [rad, rad/s].
    eccentricity : numpy.ndarray, shape (m,)
        Of the element set [-].
    sine, cosine : numpy.ndarray, shape (m,)
        Of the inclination [-].
    radius_min, radius_max : numpy.ndarray, shape (m,)
        Least and greatest distance from the Earth's centre [m].
    eccentricity_max : numpy.ndarray, shape (m,)
        Bound of the eccentricity, long-period terms included [-].
    off_plane, off_phase : numpy.ndarray, shape (m,)
        How far the satellite may lie from the mean plane, and its argument of latitude from the
        parabola [rad].
    sound : numpy.ndarray of bool, shape (m,)
        Whether SGP4 gives positions throughout [-].
    """

    row: Ints
    start: Floats
    end: Floats
    middle: Floats
    phase: Floats
    node: Floats
    node_rate: Floats
    argument: Floats
    argument_rate: Floats
    eccentricity: Floats
    sine: Floats
    cosine: Floats
    radius_min: Floats
    radius_max: Floats
    eccentricity_max: Floats
    off_plane: Floats
    off_phase: Floats
    sound: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.row)

    def __getitem__(self, index: Any) -> Tracks:  # whatever NumPy takes for one axis
        return Tracks(
            **{field.name: getattr(self, field.name)[..., index] for field in fields(self)}
        )


def tracks_of(ready: Sgp4, row: Ints, start: Floats, end: Floats, origin: Floats) -> Tracks:
    """Cut spans into tracks and bound them.

    Parameters
    ----------
    ready : Sgp4
        The element sets.
    row : numpy.ndarray of int64, shape (k,)
        Which element set [-].
    start, end : numpy.ndarray, shape (k,)
        Spans, each longer than nothing [s].
    origin : numpy.ndarray, shape (n,)
        Time from the epoch of every element set to the origin of the seconds [min].

    Returns
    -------
    Tracks
        In the order of the spans, each span cut into equal parts.
    """
    parts = np.maximum(np.ceil((end - start) / LONGEST - 1e-9), 1).astype(np.int64)
    span = np.repeat(np.arange(len(row)), parts)
    number = np.arange(len(span)) - np.repeat(np.cumsum(parts) - parts, parts)
    length = ((end - start) / parts)[span]
    first = start[span] + number * length
    last = np.where(number + 1 == parts[span], end[span], first + length)
    row = row[span]
    mean = ready.mean
    middle = (first + last) / 2
    half = (last - first) / 120.0  # minutes
    minutes = origin[row] + middle / 60.0
    phase = taylor(mean.latitude_rates[:, row], minutes)
    stray = spread(np.concatenate([phase[:1], 0 * phase[1:3], phase[3:]]), half)
    node = taylor(mean.node_rates[:, row], minutes)
    reach = mean.reach(row, minutes - half, minutes + half)
    return Tracks(
        row=row,
        start=first,
        end=last,
        middle=middle,
        phase=phase[:3] / np.array([[1.0], [60.0], [3600.0]]),
        node=node[0],
        node_rate=node[1] / 60.0,
        argument=mean.argument[row] + mean.argument_rate[row] * minutes,
        argument_rate=mean.argument_rate[row] / 60.0,
        eccentricity=mean.eccentricity[row],
        sine=np.sin(mean.inclination[row]),
        cosine=np.cos(mean.inclination[row]),
        radius_min=reach.radius_min,
        radius_max=reach.radius_max,
        eccentricity_max=reach.eccentricity_max,
        off_plane=reach.off_plane + np.abs(node[2]) * half**2,
        off_phase=reach.off_phase + stray,
        sound=reach.sound,
    )
