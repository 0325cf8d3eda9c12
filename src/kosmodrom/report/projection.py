"""From latitude and longitude to places on the page: layout, not results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

__all__ = [
    "EARTH_KM",
    "Frame",
    "Lines",
    "azimuthal",
    "directions",
    "outline_paths",
    "path_of",
    "plate",
    "spread",
]

EARTH_KM = 6371.0  # a drawing needs no better
_LEAST_AREA = 3.0  # square pixels; smaller islands are not seen
_PRECISION = 0.4  # pixels
_STRETCH = 2.0  # more than a map stretches an area, and than smoothing adds to it
_FAR_SIDE = 100.0  # degrees from the middle; no land reaches there around a whole map

Array = NDArray[np.float64]
Lines = Sequence[Array]


@dataclass(frozen=True, slots=True)
class Frame:
    """A piece of the plane, and how it comes onto the page.

    Attributes
    ----------
    left, top : float
        Corner of the frame [km].
    scale : float
        Pixels a kilometre [1/km].
    width, height : float
        Size on the page [px].
    """

    left: float
    top: float
    scale: float
    width: float
    height: float

    @classmethod
    def around(cls, points: Array, width: float, height: float, least_km: float) -> Frame:
        """Fit a frame around points.

        Parameters
        ----------
        points : numpy.ndarray, shape (n, 2)
            Eastward and northward [km].
        width, height : float
            Size on the page [px].
        least_km : float
            Least width of the frame [km].

        Returns
        -------
        Frame
            With a margin for labels.
        """
        low, high = points.min(axis=0), points.max(axis=0)
        middle, size = (low + high) / 2, (high - low) * np.array([1.5, 1.45])
        span = max(float(size[0]), float(size[1]) * width / height, least_km)
        scale = width / span
        return cls(
            left=float(middle[0]) - span / 2,
            top=float(middle[1]) + span * height / width / 2,
            scale=scale,
            width=width,
            height=height,
        )

    def place(self, points: Array) -> Array:
        """Put points onto the page.

        Parameters
        ----------
        points : numpy.ndarray, shape (n, 2)
            Eastward and northward [km].

        Returns
        -------
        numpy.ndarray, shape (n, 2)
            Right and down from the corner [px].
        """
        return np.stack(
            [(points[:, 0] - self.left) * self.scale, (self.top - points[:, 1]) * self.scale],
            axis=1,
        )


def directions(lat_lon: Array) -> Array:
    """Turn positions into unit vectors.

    Parameters
    ----------
    lat_lon : numpy.ndarray, shape (n, 2)
        Latitude and longitude [deg].

    Returns
    -------
    numpy.ndarray, shape (n, 3)
        Unit vectors on a sphere [-].
    """
    lat, lon = np.radians(lat_lon[:, 0]), np.radians(lat_lon[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def spread(lat_lon: Array) -> tuple[Array, float]:
    """Find the middle of points and how far they reach from it.

    Parameters
    ----------
    lat_lon : numpy.ndarray, shape (n, 2)
        Latitude and longitude [deg].

    Returns
    -------
    middle : numpy.ndarray, shape (2,)
        Latitude and longitude [deg].
    reach : float
        Greatest angle from the middle [deg].
    """
    units = directions(lat_lon)
    total = units.sum(axis=0)
    length = float(np.linalg.norm(total))
    if length < 1e-9 * len(units):  # spread evenly over the globe: there is no middle
        return np.zeros(2), 180.0
    axis = total / length
    middle = np.degrees([np.arcsin(axis[2]), np.arctan2(axis[1], axis[0])])
    return middle, float(np.degrees(np.arccos(np.clip(units @ axis, -1, 1)).max()))


def azimuthal(lat_lon: Array, middle: Array) -> Array:
    """Project: true distance and direction from the middle.

    Parameters
    ----------
    lat_lon : numpy.ndarray, shape (n, 2)
        Latitude and longitude [deg].
    middle : numpy.ndarray, shape (2,)
        Latitude and longitude of the middle [deg].

    Returns
    -------
    numpy.ndarray, shape (n, 2)
        Eastward and northward [km].

    References
    ----------
    Snyder (1987), *Map Projections: A Working Manual*, equations 22-4, 22-5 and 25-2.
    """
    lat, lon = np.radians(lat_lon[:, 0]), np.radians(lat_lon[:, 1] - middle[1])
    lat0 = np.radians(middle[0])
    cos_c = np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(lon)
    c = np.arccos(np.clip(cos_c, -1, 1))
    stretch = EARTH_KM * np.where(c > 1e-12, c / np.maximum(np.sin(c), 1e-12), 1.0)
    return np.stack(
        [
            stretch * np.cos(lat) * np.sin(lon),
            stretch * (np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(lon)),
        ],
        axis=1,
    )


def plate(lat_lon: Array) -> Array:
    """Project the whole world: longitude to the right, latitude up.

    Parameters
    ----------
    lat_lon : numpy.ndarray, shape (n, 2)
        Latitude and longitude [deg].

    Returns
    -------
    numpy.ndarray, shape (n, 2)
        Eastward and northward along the equator's scale [km].
    """
    return np.asarray(np.radians(lat_lon[:, ::-1]) * EARTH_KM)


def path_of(points: Array, *, closed: bool = False) -> str:
    """Write a line as the path of an SVG.

    Parameters
    ----------
    points : numpy.ndarray, shape (n, 2)
        Right and down [px].
    closed : bool
        Whether it goes back to its start.

    Returns
    -------
    str
        The path, in tenths of a pixel.
    """
    tenths = np.rint(points * 10).astype(np.int64)
    steps = np.diff(tenths, axis=0)
    moved = "".join(f"l{_tenth(dx)}{_join(_tenth(dy))}" for dx, dy in steps.tolist() if dx or dy)
    first = tenths[0].tolist()
    return f"M{_tenth(first[0])}{_join(_tenth(first[1]))}{moved}{'z' if closed else ''}"


def _tenth(value: int) -> str:
    whole, rest = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole or '' if rest else whole}{f'.{rest}' if rest else ''}"


def _join(text: str) -> str:
    return text if text.startswith("-") else f" {text}"


def outline_paths(rings: Lines, middle: Array, frame: Frame, reach_deg: float) -> str:
    """Cut closed outlines to a frame and write them as one path.

    Parameters
    ----------
    rings : sequence of numpy.ndarray, shape (n, 2)
        Latitude and longitude [deg].
    middle : numpy.ndarray, shape (2,)
        Middle of the projection [deg].
    frame : Frame
        The frame.
    reach_deg : float
        Angle from the middle to the corners of the frame [deg].

    Returns
    -------
    str
        The path; empty where the frame shows only sea.
    """
    edge = 6.0  # pixels beyond the frame, so that no cut edge is drawn
    box = shapely.box(-edge, -edge, frame.width + edge, frame.height + edge)
    paths = []
    for ring in rings:
        if len(ring) < 4 or _tiny(ring, frame) or not _near(ring, middle, reach_deg):
            continue
        if _behind(ring, middle, reach_deg):
            continue
        shape = shapely.Polygon(frame.place(azimuthal(ring, middle)))
        cut = shapely.intersection(shapely.make_valid(shape.simplify(_PRECISION)), box)
        paths += [
            path_of(np.asarray(part.exterior.coords)[:-1], closed=True) for part in _polygons(cut)
        ]
    return "".join(paths)


def _tiny(ring: Array, frame: Frame) -> bool:
    """Tell whether a ring is too small to be drawn, by the box around it."""
    tall, wide = np.radians(ring.max(axis=0) - ring.min(axis=0)) * EARTH_KM * frame.scale
    wide *= np.cos(np.radians(np.abs(ring[:, 0]).min()))
    return bool(tall * wide * _STRETCH < _LEAST_AREA)


def _near(ring: Array, middle: Array, reach_deg: float) -> bool:
    """Tell whether a ring may touch the frame, by the box around it."""
    low, high = ring.min(axis=0), ring.max(axis=0)
    if low[0] > middle[0] + reach_deg or high[0] < middle[0] - reach_deg:
        return False
    top = min(89.0, abs(float(middle[0])) + reach_deg)
    wide = reach_deg / np.cos(np.radians(top))
    if wide >= 180:
        return True
    half, between = (high[1] - low[1]) / 2, (high[1] + low[1]) / 2
    away = abs((between - middle[1] + 180) % 360 - 180)
    return bool(away <= half + wide)


def _behind(ring: Array, middle: Array, reach_deg: float) -> bool:
    """Tell whether a ring lies on the other side of the globe, where the map is inside out."""
    cosine = directions(ring) @ directions(middle.reshape(1, 2))[0]
    away = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    return bool(away.min() > reach_deg and away.max() > _FAR_SIDE)


def _polygons(shape: shapely.Geometry) -> Iterator[shapely.Polygon]:
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon) and part.area >= _LEAST_AREA:
            yield part
        elif isinstance(part, (shapely.MultiPolygon, shapely.GeometryCollection)):
            yield from _polygons(part)
