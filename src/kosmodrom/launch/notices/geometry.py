"""Where a closed area lies as a launch site sees it: how far, in which direction, how wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import WGS84_A

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Outline", "Seen", "outline_of", "seen_from", "separation", "units", "way"]

Floats = NDArray[np.floating]
_POINTS = 64  # of a ring that are looked at; more are thinned


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outline:
    """The shape of an area on a sphere.

    Attributes
    ----------
    corners : numpy.ndarray, shape (k, 3)
        Directions of its corners from the Earth's centre, of length 1 [-].
    centre : numpy.ndarray, shape (3,)
        Direction of its middle, of length 1 [-].
    reach : float
        Angle at the Earth's centre from the middle to the farthest corner [rad].
    axis : float
        Azimuth of its long axis at its middle, between 0 and pi [rad].
    stretch : float
        Its length by its width, at least 1 [-].
    """

    corners: Floats
    centre: Floats
    reach: float
    axis: float
    stretch: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Seen:
    """An area as several sites see it.

    Attributes
    ----------
    distance : numpy.ndarray, shape (s,)
        To its middle along the ground [m].
    azimuth : numpy.ndarray, shape (s,)
        Direction of its middle at the site, clockwise from north [rad].
    half_width : numpy.ndarray, shape (s,)
        Half of the angle that it fills; pi where the site is inside or at its edge [rad].
    axis_off : numpy.ndarray, shape (s,)
        Angle between its long axis and the way from the site, 0 to pi/2 [rad].
    """

    distance: Floats
    azimuth: Floats
    half_width: Floats
    axis_off: Floats


def units(latitude: ArrayLike, longitude: ArrayLike) -> Floats:
    """Give the direction of places from the Earth's centre, on a sphere.

    Parameters
    ----------
    latitude, longitude : array_like, shape (...)
        Of the places [rad].

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Directions of length 1 [-].
    """
    lat, lon = np.asarray(latitude, dtype=np.float64), np.asarray(longitude, dtype=np.float64)
    flat = np.cos(lat)
    return np.stack((flat * np.cos(lon), flat * np.sin(lon), np.sin(lat)), axis=-1)


def separation(one: Floats, other: Floats) -> Floats:
    """Give the angle between directions.

    Parameters
    ----------
    one, other : numpy.ndarray, shape (..., 3)
        Directions of length 1 [-].

    Returns
    -------
    numpy.ndarray, shape (...)
        The angle [rad].
    """
    half = np.linalg.norm(one - other, axis=-1) / 2
    return np.asarray(2 * np.arcsin(np.clip(half, 0.0, 1.0)))


def way(start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """Give the angle at the Earth's centre and the azimuth of the way from one place to another.

    Parameters
    ----------
    start, end : numpy.ndarray, shape (..., 3)
        Directions of length 1 [-].

    Returns
    -------
    angle : numpy.ndarray, shape (...)
        The angle [rad].
    azimuth : numpy.ndarray, shape (...)
        At the start, clockwise from north, 0 to 2 pi [rad].
    """
    x, y, z = (start[..., k] for k in range(3))
    level = np.hypot(x, y)
    level = np.where(level < 1e-12, 1e-12, level)
    east = (x * end[..., 1] - y * end[..., 0]) / level
    north = level * end[..., 2] - z * (x * end[..., 0] + y * end[..., 1]) / level
    return separation(start, end), np.asarray(np.mod(np.arctan2(east, north), 2 * np.pi))


def outline_of(ring: Floats) -> Outline:
    """Describe an area.

    Parameters
    ----------
    ring : numpy.ndarray, shape (k, 2)
        Latitude and longitude of its corners [deg].

    Returns
    -------
    Outline
        Its shape.
    """
    points = np.radians(ring[:-1] if len(ring) > 1 else ring)
    if len(points) > _POINTS:
        points = points[np.linspace(0, len(points) - 1, _POINTS).astype(int)]
    corners = units(points[:, 0], points[:, 1])
    total = corners.sum(axis=0)
    size = float(np.linalg.norm(total))
    centre = total / size if size > 1e-9 else corners[0]
    angle, azimuth = way(centre, corners)
    flat = np.stack((angle * np.cos(azimuth), angle * np.sin(azimuth)), axis=-1)
    axis, stretch = _long_axis(flat)
    return Outline(
        corners=corners, centre=centre, reach=float(angle.max()), axis=axis, stretch=stretch
    )


def _long_axis(flat: Floats) -> tuple[float, float]:
    """Find the direction in which corners, north and east of their middle, spread most."""
    values, vectors = np.linalg.eigh(flat.T @ flat)
    north, east = vectors[:, 1]
    low, high = max(float(values[0]), 0.0), float(values[1])
    stretch = float(np.sqrt(high / max(low, high / 1e4))) if high > 0 else 1.0
    return float(np.arctan2(east, north) % np.pi), stretch


def seen_from(outline: Outline, latitude: Floats, longitude: Floats) -> Seen:
    """Say how sites see an area.

    Parameters
    ----------
    outline : Outline
        The area.
    latitude, longitude : numpy.ndarray, shape (s,)
        Of the sites [rad].

    Returns
    -------
    Seen
        Distances and directions.
    """
    sites = units(latitude, longitude)
    angle, azimuth = way(sites, outline.centre)
    _, back = way(np.broadcast_to(outline.centre, sites.shape), sites)
    _, to_corners = way(sites[:, None, :], outline.corners[None, :, :])
    off = np.mod(to_corners - azimuth[:, None] + np.pi, 2 * np.pi) - np.pi
    # corners on all sides of the site: it stands inside, and the area says nothing of a direction
    half = np.maximum(off.max(axis=1), -off.min(axis=1))
    half = np.where(half > np.radians(100), np.pi, half)
    axis_off = np.abs(np.mod(back - outline.axis + np.pi / 2, np.pi) - np.pi / 2)
    return Seen(distance=angle * WGS84_A, azimuth=azimuth, half_width=half, axis_off=axis_off)
