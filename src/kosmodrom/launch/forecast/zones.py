"""The size, the place and the direction of closed areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.ellipsoid import geodetic_to_itrs
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

__all__ = ["Zone", "distinct", "measured"]

Floats = NDArray[np.float64]
_LEAST = 1e6  # area below which a ring is a line [m²]
_SAME = 0.35  # of the length of the shorter: centres of areas that are the same [-]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Zone:
    """A closed area as the forecast sees it.

    Attributes
    ----------
    centre : numpy.ndarray, shape (3,)
        Its centre of area, in Earth-fixed axes [m].
    length, width : float
        Of the rectangle with the same moments of area [m].
    axis : numpy.ndarray, shape (3,)
        Unit vector along its length, level with the ground; the sign means nothing [-].
    """

    centre: Floats
    length: float
    width: float
    axis: Floats


def measured(ring: ArrayLike) -> Zone:
    """Measure a ring.

    Its corners are put on a plane that touches the Earth in the middle, by lines from the Earth's
    centre; so great circles are straight, and the ring may hold a pole or pass 180 deg.

    Parameters
    ----------
    ring : array_like, shape (k, 2)
        Geodetic latitude and longitude of the corners; the first may be repeated at the end [deg].

    Returns
    -------
    Zone
        What it is like.
    """
    corners = np.radians(np.asarray(ring, dtype=np.float64))
    if corners.ndim != 2 or corners.shape[1] != 2 or len(corners) < 3:
        raise InputError(
            f"a ring has shape {corners.shape}; it takes three corners or more, (k, 2)"
        )
    if not np.all(np.isfinite(corners)) or np.any(np.abs(corners[:, 0]) > np.pi / 2 + 1e-9):
        raise InputError("a ring holds a latitude beyond 90 deg, or what is not a number")
    places = geodetic_to_itrs(corners[:, 0], corners[:, 1], np.zeros(len(corners)))
    middle = places.mean(axis=0)
    for _ in range(2):  # the second time about the centre of area itself
        out = middle / np.linalg.norm(middle)
        side = np.cross([0.0, 0.0, 1.0], out)
        size = np.linalg.norm(side)
        side = side / size if size > 1e-9 else np.array([1.0, 0.0, 0.0])
        ahead = np.cross(out, side)
        reach = places @ out
        if np.any(reach < 0.1 * np.linalg.norm(places, axis=1)):
            raise InputError("a ring is as large as half the Earth; give the corners of one area")
        radius = float(np.linalg.norm(middle)) if _ else float(np.linalg.norm(places[0]))
        flat = np.column_stack([places @ side, places @ ahead]) / reach[:, None] * radius
        area, centre, moments = _moments(flat)
        middle = out * radius + centre[0] * side + centre[1] * ahead
    if abs(area) < _LEAST:
        raise InputError(f"a ring has an area of {abs(area) / 1e6:.3g} km²; give one above 1 km²")
    values, vectors = np.linalg.eigh(moments)
    axis = vectors[0, 1] * side + vectors[1, 1] * ahead
    return Zone(
        centre=middle / np.linalg.norm(middle) * radius,
        length=float(np.sqrt(12 * max(values[1], 0.0))),
        width=float(np.sqrt(12 * max(values[0], 0.0))),
        axis=axis / np.linalg.norm(axis),
    )


def _moments(flat: Floats) -> tuple[float, Floats, Floats]:
    """Give area, centre and central second moments of a polygon in a plane."""
    base = flat.mean(axis=0)
    x, y = (flat - base).T
    x2, y2 = np.roll(x, -1), np.roll(y, -1)
    turn = x * y2 - x2 * y
    area = float(turn.sum() / 2)
    if abs(area) < 1.0:
        return 0.0, base, np.eye(2)
    cx, cy = ((x + x2) * turn).sum() / (6 * area), ((y + y2) * turn).sum() / (6 * area)
    xx = ((x * x + x * x2 + x2 * x2) * turn).sum() / (12 * area) - cx * cx
    yy = ((y * y + y * y2 + y2 * y2) * turn).sum() / (12 * area) - cy * cy
    xy = ((x * y2 + 2 * x * y + 2 * x2 * y2 + x2 * y) * turn).sum() / (24 * area) - cx * cy
    return area, base + np.array([cx, cy]), np.array([[xx, xy], [xy, yy]])


def distinct(zones: Sequence[Zone]) -> list[int]:
    """Leave out zones that say again what another has said, as for a second region.

    Parameters
    ----------
    zones : sequence of Zone
        The zones of one launch.

    Returns
    -------
    list of int
        Which to keep; of two in the same place, the smaller, which is the closer description.
    """
    order = sorted(range(len(zones)), key=lambda k: zones[k].length * zones[k].width)
    kept: list[int] = []
    for k in order:
        near = (
            np.linalg.norm(zones[k].centre - zones[j].centre)
            < _SAME * min(zones[k].length, zones[j].length)
            for j in kept
        )
        if not any(near):
            kept.append(k)
    return sorted(kept)
