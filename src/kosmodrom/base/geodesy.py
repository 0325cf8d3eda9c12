"""Shortest lines on the WGS84 ellipsoid.

References
----------
C. F. F. Karney, Algorithms for geodesics, Journal of Geodesy 87 (2013), 43-55; the code is PROJ's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

from kosmodrom.base.constants import WGS84_A, WGS84_F
from kosmodrom.errors import InputError

__all__ = [
    "NearestPoint",
    "destination",
    "geodesic",
    "geodesic_path",
    "is_inside",
    "nearest_point",
]

Floats = NDArray[np.float64]
_GEOD = Geod(a=WGS84_A, f=WGS84_F)
# Largest radius of curvature of the ellipsoid, at the poles [m], rounded up.
_LARGEST_RADIUS = 6.4e6
# Chords and geodesics may order two points differently where their ratio differs: by no more than
# the radii of curvature do, 6335 to 6400 km, taken twice to be safe.
_CHORD_MARGIN = 1.02
_ROUNDING = 1e-3  # a bound may miss by the rounding of its terms, some nanometres [m]
_FINALISTS = 16  # edges that are searched to the end
_GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, slots=True)
class NearestPoint:
    """The point of some lines that is nearest to a place.

    Attributes
    ----------
    distance : float
        Length of the geodesic to it [m].
    latitude : float
        Geodetic latitude [rad].
    longitude : float
        East longitude, from -pi to pi [rad].
    index : int
        On which of the lines it lies, counted from 0 [-].
    """

    distance: float
    latitude: float
    longitude: float
    index: int


def geodesic(
    latitude_1: ArrayLike, longitude_1: ArrayLike, latitude_2: ArrayLike, longitude_2: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Measure the shortest line between points.

    Where the points coincide the azimuths are pi and 0, a convention of PROJ.

    Parameters
    ----------
    latitude_1, longitude_1 : array_like, shape (...)
        Geodetic latitude and east longitude of the first points [rad].
    latitude_2, longitude_2 : array_like, shape (...)
        The same of the second points [rad].

    Returns
    -------
    distance : numpy.ndarray, shape (...)
        Length of the line [m].
    azimuth_1 : numpy.ndarray, shape (...)
        Direction at the first point towards the second, clockwise from north, 0 to 2 pi [rad].
    azimuth_2 : numpy.ndarray, shape (...)
        Direction at the second point back towards the first, likewise [rad].

    Examples
    --------
    >>> distance, *_ = geodesic(0.0, 0.0, 0.0, np.radians(1.0))
    >>> round(float(distance), 3)
    111319.491
    """
    points = np.broadcast_arrays(
        *_checked(latitude_1, longitude_1), *_checked(latitude_2, longitude_2)
    )
    lat_1, lon_1, lat_2, lon_2 = _for_proj(points)
    shape = points[0].shape
    azimuth_1, azimuth_2, distance = _GEOD.inv(lon_1, lat_1, lon_2, lat_2, radians=True)
    return (
        np.reshape(distance, shape),
        _turned(np.reshape(azimuth_1, shape)),
        _turned(np.reshape(azimuth_2, shape)),
    )


def destination(
    latitude: ArrayLike, longitude: ArrayLike, azimuth: ArrayLike, distance: ArrayLike
) -> tuple[Floats, Floats]:
    """Go along geodesics.

    Parameters
    ----------
    latitude, longitude : array_like, shape (...)
        Geodetic latitude and east longitude of the start [rad].
    azimuth : array_like, shape (...)
        Direction at the start, clockwise from north [rad].
    distance : array_like, shape (...)
        How far [m].

    Returns
    -------
    latitude, longitude : numpy.ndarray, shape (...)
        Where the line ends, longitude from -pi to pi [rad].

    Examples
    --------
    >>> latitude, _ = destination(0.0, 0.0, 0.0, 10_001_965.729)
    >>> round(float(np.degrees(latitude)), 6)
    90.0
    """
    going = [np.asarray(azimuth, dtype=np.float64), np.asarray(distance, dtype=np.float64)]
    if not all(np.all(np.isfinite(part)) for part in going):
        raise InputError("azimuth or distance is not finite; give numbers in radians and metres")
    points = np.broadcast_arrays(*_checked(latitude, longitude), *going)
    lat, lon, angle, length = _for_proj(points)
    longitude_2, latitude_2, _ = _GEOD.fwd(lon, lat, angle, length, radians=True)
    return np.reshape(latitude_2, points[0].shape), np.reshape(longitude_2, points[0].shape)


def geodesic_path(
    latitude_1: float, longitude_1: float, latitude_2: float, longitude_2: float, count: int
) -> tuple[Floats, Floats]:
    """Mark points at equal steps along the shortest line, both ends included.

    Parameters
    ----------
    latitude_1, longitude_1 : float
        Geodetic latitude and east longitude of the start [rad].
    latitude_2, longitude_2 : float
        The same of the end [rad].
    count : int
        How many points, 2 or more [-].

    Returns
    -------
    latitude, longitude : numpy.ndarray, shape (count,)
        The points, longitude from -pi to pi [rad].
    """
    if count < 2:
        raise InputError(f"count is {count}; a line needs 2 points or more")
    distance, azimuth, _ = geodesic(latitude_1, longitude_1, latitude_2, longitude_2)
    return destination(latitude_1, longitude_1, azimuth, np.linspace(0.0, distance, count))


def nearest_point(
    latitude: float, longitude: float, lines: Sequence[NDArray[np.float64]], step: float = 250.0
) -> NearestPoint:
    """Find the point of some lines that is nearest to a place.

    An edge of a line is straight in latitude and longitude, as map data are, and goes the shorter
    way round. A closed line is an outline, not an area: inside it the distance is not zero.

    Parameters
    ----------
    latitude, longitude : float
        Geodetic latitude and east longitude of the place [rad].
    lines : sequence of numpy.ndarray, shape (n, 2)
        Geodetic latitude and east longitude along each line [rad].
    step : float
        Length to which edges near the answer are cut before the last search [m]; the answer does
        not depend on it while it is small against the Earth.

    Returns
    -------
    NearestPoint
        The nearest point, to a millimetre; any of them where several are as near.

    Examples
    --------
    >>> equator = np.radians([[0.0, 170.0], [0.0, -170.0]])
    >>> found = nearest_point(0.1, np.pi, [equator])
    >>> found.latitude, round(abs(found.longitude), 6)
    (0.0, 3.141593)
    """
    if not step > 0:
        raise InputError(f"step is {step} m; it must be above 0 m, like 250 m")
    place = _Place(*(float(part) for part in _checked(latitude, longitude)))
    edges = _near(place, _edges(lines))
    ends = np.concatenate([edges.lat_1, edges.lat_2]), np.concatenate([edges.lon_1, edges.lon_2])
    far_1, far_2 = np.split(_distance(place, *ends), 2)
    while True:
        # A point of an edge is at least this far: each end bounds it by the way along the edge.
        length = _length(edges)
        kept = (far_1 + far_2 - length) / 2 <= min(far_1.min(), far_2.min()) + _ROUNDING
        edges, far_1, far_2, long = _at(edges, kept), far_1[kept], far_2[kept], length[kept] > step
        if not long.any():
            return _polished(place, edges)
        cut = _at(edges, long)
        lat, lon = _point(cut, np.full(len(cut.line), 0.5))
        middle = _distance(place, lat, lon)
        halves = cut._replace(lat_2=lat, lon_2=lon), cut._replace(lat_1=lat, lon_1=lon)
        edges = _joined([_at(edges, ~long), *halves])
        far_1 = np.concatenate([far_1[~long], far_1[long], middle])
        far_2 = np.concatenate([far_2[~long], middle, far_2[long]])


def is_inside(latitude: float, longitude: float, rings: Sequence[NDArray[np.float64]]) -> bool:
    """Tell whether a point lies inside an area given by closed rings.

    The azimuth from the point to a vertex that runs once around a ring turns by a full circle if
    the point is inside, and comes back to nothing if it is not. A point inside an odd number of
    rings is inside the area, so a hole counts as outside.

    Parameters
    ----------
    latitude, longitude : float
        Latitude and east longitude of the point [rad].
    rings : sequence of numpy.ndarray, shape (n, 2)
        Latitude and east longitude of the vertices [rad], each ring smaller than a hemisphere.

    Returns
    -------
    bool
        Whether it lies inside; on the edge itself either answer may come.
    """
    count = 0
    for ring in rings:
        east = ring[:, 1] - longitude
        sin_lat, cos_lat = np.sin(ring[:, 0]), np.cos(ring[:, 0])
        ahead = np.sin(latitude) * sin_lat + np.cos(latitude) * cos_lat * np.cos(east)
        if ahead.mean() < 0:
            continue  # a ring on the far side runs around the opposite point
        azimuth = np.arctan2(
            np.sin(east) * cos_lat,
            np.cos(latitude) * sin_lat - np.sin(latitude) * cos_lat * np.cos(east),
        )
        turn = np.diff(azimuth, append=azimuth[:1])
        turn -= 2 * np.pi * np.rint(turn / (2 * np.pi))
        count += round(abs(float(turn.sum())) / (2 * np.pi))
    return count % 2 == 1


class _Place(NamedTuple):
    """A point on the ellipsoid."""

    latitude: float
    longitude: float


class _Edges(NamedTuple):
    """Edges by their ends [rad]; longitudes differ by less than pi."""

    lat_1: Floats
    lon_1: Floats
    lat_2: Floats
    lon_2: Floats
    line: NDArray[np.int64]


def _at(edges: _Edges, rows: NDArray[np.bool_]) -> _Edges:
    lat_1, lon_1, lat_2, lon_2, line = edges
    return _Edges(lat_1[rows], lon_1[rows], lat_2[rows], lon_2[rows], line[rows])


def _point(edges: _Edges, part: Floats) -> tuple[Floats, Floats]:
    """Give the points after a part of each edge, 0 to 1."""
    return (
        edges.lat_1 + part * (edges.lat_2 - edges.lat_1),
        edges.lon_1 + part * (edges.lon_2 - edges.lon_1),
    )


def _joined(parts: Sequence[_Edges]) -> _Edges:
    return _Edges(
        np.concatenate([part.lat_1 for part in parts]),
        np.concatenate([part.lon_1 for part in parts]),
        np.concatenate([part.lat_2 for part in parts]),
        np.concatenate([part.lon_2 for part in parts]),
        np.concatenate([part.line for part in parts]),
    )


def _length(edges: _Edges) -> Floats:
    """Give an upper bound of the length along each edge [m]."""
    same_side = edges.lat_1 * edges.lat_2 > 0
    lowest = np.where(same_side, np.minimum(np.abs(edges.lat_1), np.abs(edges.lat_2)), 0.0)
    east = (edges.lon_2 - edges.lon_1) * np.cos(lowest)
    return np.asarray(_LARGEST_RADIUS * np.hypot(edges.lat_2 - edges.lat_1, east))


def _edges(lines: Sequence[NDArray[np.float64]]) -> _Edges:
    checked = []
    for index, line in enumerate(lines):
        line = np.asarray(line, dtype=np.float64)
        if line.ndim != 2 or line.shape[1] != 2 or not len(line):
            raise InputError(
                f"line {index} has shape {line.shape}; give (n, 2), latitude and longitude [rad]"
            )
        checked.append(np.concatenate([line, line]) if len(line) == 1 else line)
    if not checked:
        raise InputError("there are no lines; give one or more")
    lat, lon = _checked(*np.concatenate(checked).T)
    lengths = np.array([len(line) for line in checked])
    number = np.repeat(np.arange(len(checked)), lengths)
    inner = number[1:] == number[:-1]
    lon_1 = lon[:-1]
    lon_2 = lon_1 + np.remainder(lon[1:] - lon_1 + np.pi, 2 * np.pi) - np.pi
    return _at(_Edges(lat[:-1], lon_1, lat[1:], lon_2, number[:-1]), inner)


def _near(place: _Place, edges: _Edges) -> _Edges:
    """Keep the edges that can hold the nearest point, judged by straight chords."""
    here = _cartesian(np.asarray(place.latitude), np.asarray(place.longitude))
    chord_1 = np.linalg.norm(_cartesian(edges.lat_1, edges.lon_1) - here, axis=-1)
    chord_2 = np.linalg.norm(_cartesian(edges.lat_2, edges.lon_2) - here, axis=-1)
    limit = _CHORD_MARGIN * min(chord_1.min(), chord_2.min()) + _ROUNDING
    return _at(edges, (chord_1 + chord_2 - _length(edges)) / 2 <= limit)


def _cartesian(latitude: Floats, longitude: Floats) -> Floats:
    """Give points of the ellipsoid in Earth-fixed axes [m]."""
    e2 = WGS84_F * (2 - WGS84_F)
    radius = WGS84_A / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
    across = radius * np.cos(latitude)
    return np.stack(
        [
            across * np.cos(longitude),
            across * np.sin(longitude),
            (1 - e2) * radius * np.sin(latitude),
        ],
        axis=-1,
    )


def _distance(place: _Place, latitude: Floats, longitude: Floats) -> Floats:
    return geodesic(place.latitude, place.longitude, latitude, longitude)[0]


def _polished(place: _Place, edges: _Edges) -> NearestPoint:
    """Find the nearest point of short edges: estimate on each, search on the best few.

    Along a short edge the square of the distance is a parabola but for the curvature of the Earth.
    """
    count = len(edges.line)
    ends = np.concatenate([np.zeros(count), np.full(count, 0.5), np.ones(count)])
    square = np.split(_distance(place, *_point(_joined([edges] * 3), ends)) ** 2, 3)
    bend = 2 * (square[0] - 2 * square[1] + square[2])
    slope = 4 * square[1] - 3 * square[0] - square[2]
    foot = np.divide(-slope, 2 * bend, out=np.zeros(count), where=bend > 0)
    guess = _distance(place, *_point(edges, np.clip(foot, 0, 1)))
    guess = np.minimum(guess, np.sqrt(np.minimum(square[0], square[2])))
    rows = np.zeros(count, dtype=np.bool_)
    rows[np.argsort(guess, kind="stable")[:_FINALISTS]] = True
    return _searched(place, _at(edges, rows))


def _searched(place: _Place, edges: _Edges) -> NearestPoint:
    """Search every edge by golden section."""
    low, high = np.zeros(len(edges.line)), np.ones(len(edges.line))
    for _ in range(40):  # 0.618**40 of 250 m is 1 µm
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        nearer = _distance(place, *_point(edges, left)) <= _distance(place, *_point(edges, right))
        low, high = np.where(nearer, low, left), np.where(nearer, right, high)
    parts = np.stack([np.zeros_like(low), np.ones_like(low), (low + high) / 2])
    far = np.stack([_distance(place, *_point(edges, part)) for part in parts])
    which, row = np.unravel_index(int(np.argmin(far)), far.shape)
    lat, lon = _point(_at(edges, np.arange(len(edges.line)) == row), parts[which, row])
    return NearestPoint(
        distance=float(far[which, row]),
        latitude=float(lat[0]),
        longitude=float(np.remainder(lon[0] + np.pi, 2 * np.pi) - np.pi),
        index=int(edges.line[row]),
    )


def _for_proj(points: Sequence[Floats]) -> list[Any]:
    """Flatten arrays for PROJ; one point goes as numbers, since PROJ tries those first."""
    flat = [np.ascontiguousarray(part).ravel() for part in points]
    return [float(part[0]) for part in flat] if flat[0].size == 1 else flat


def _checked(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Floats, Floats]:
    lat, lon = np.asarray(latitude, dtype=np.float64), np.asarray(longitude, dtype=np.float64)
    if not (np.all(np.isfinite(lat)) and np.all(np.isfinite(lon))):
        raise InputError("a latitude or longitude is not finite; give numbers in radians")
    for name, given, limit in (("latitude", lat, np.pi / 2), ("longitude", lon, 2 * np.pi)):
        if given.size and np.abs(given).max() > limit * (1 + 1e-12):  # the dust of a conversion
            raise InputError(
                f"{name} reaches {np.abs(given).max():.6g} rad; the limit is {limit:.6g} rad. "
                "Degrees must be turned into radians"
            )
    return np.clip(lat, -np.pi / 2, np.pi / 2), lon


def _turned(azimuth: Floats) -> Floats:
    """Bring azimuths between 0 and 2 pi [rad]."""
    turned = np.remainder(azimuth, 2 * np.pi)
    return np.asarray(np.where(turned >= 2 * np.pi, 0.0, turned))
