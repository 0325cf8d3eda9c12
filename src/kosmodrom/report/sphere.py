"""Lines and areas of the globe, cut so that a map of the whole world shows them right.

A track that crosses the date line leaves the map on one side and comes back on the other; a strip
that runs over a pole covers all longitudes there. Both are cut here: layout, not results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
import shapely.affinity

from kosmodrom.report.projection import directions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kosmodrom.report.projection import Array, Lines

__all__ = ["dense", "flat_area", "flat_lines", "polygons_of"]

_STEP = 1.5  # degrees between points of a line, on the globe
_FAR = 20.0  # degrees; farther apart, points are joined as on a flat map
_OVERLAP = 0.5  # degrees by which the two halves of the globe lie over each other
_POLE = 90.0 - 1e-7
_PLAIN = 88.0  # degrees; nearer to a pole a ring is projected from above it
_GRID = 1e-6  # degrees


def dense(lat_lon: Array, step: float = _STEP) -> Array:
    """Put points between those of a line, so that it bends as it does on the globe.

    Points close together are joined by a great circle; a long edge is one of a flat map, as
    GeoJSON has it, and an edge from one side of the date line to the other stays on its parallel.

    Parameters
    ----------
    lat_lon : numpy.ndarray, shape (n, 2)
        Latitude and longitude [deg].
    step : float
        Greatest distance of neighbours [deg].

    Returns
    -------
    numpy.ndarray, shape (m, 2)
        Latitude and longitude from -180 to 180 [deg].
    """
    if len(lat_lon) < 2:
        return lat_lon
    units = directions(lat_lon)
    angle = np.degrees(np.arccos(np.clip(np.sum(units[:-1] * units[1:], axis=1), -1, 1)))
    across = lat_lon[1:, 1] - lat_lon[:-1, 1]
    level = np.isclose(lat_lon[1:, 0], lat_lon[:-1, 0])
    whole = np.isclose(np.abs(across), 360.0) & level  # from edge to edge of a flat map
    turn = np.where(whole, across, (across + 180) % 360 - 180)
    parts = []
    for k in range(len(angle)):
        flat = whole[k] or angle[k] > _FAR
        length = max(angle[k], abs(turn[k]) if flat else 0.0)
        share = np.arange(max(1, int(np.ceil(length / step)))) / max(1, np.ceil(length / step))
        if flat or len(share) == 1:
            lat = lat_lon[k, 0] + share * (lat_lon[k + 1, 0] - lat_lon[k, 0])
            lon = lat_lon[k, 1] + share * turn[k]
            parts.append(np.stack([lat, (lon + 180) % 360 - 180], axis=1))
            continue
        between = _between(units[k], units[k + 1], np.radians(angle[k]), share)
        between[0] = lat_lon[k]
        parts.append(between)
    return np.concatenate([*parts, lat_lon[-1:]])


def _between(one: Array, other: Array, angle: float, share: Array) -> Array:
    """Give points of the great circle from one direction to another."""
    here, there = np.sin((1 - share) * angle), np.sin(share * angle)
    units = (here[:, None] * one + there[:, None] * other) / np.sin(angle)
    lat = np.degrees(np.arcsin(np.clip(units[:, 2], -1, 1)))
    return np.stack([lat, np.degrees(np.arctan2(units[:, 1], units[:, 0]))], axis=1)


def flat_lines(lat_lon: Array) -> list[Array]:
    """Cut a line where it crosses the date line.

    Parameters
    ----------
    lat_lon : numpy.ndarray, shape (n, 2)
        Latitude and longitude [deg].

    Returns
    -------
    list of numpy.ndarray, shape (m, 2)
        Parts that reach the edges of the map, longitude from -180 to 180 [deg].
    """
    line = dense(lat_lon)
    parts, start = [], 0
    head: list[Array] = []
    for k in np.flatnonzero(np.abs(np.diff(line[:, 1])) > 180).tolist():
        (lat, lon), (lat_next, lon_next) = line[k], line[k + 1]
        side = 180.0 if lon > 0 else -180.0
        gap = abs(side - lon) + abs(-side - lon_next)
        share = abs(side - lon) / gap if gap > 0 else 0.0
        middle = lat + share * (lat_next - lat)
        parts.append(np.concatenate([*head, line[start : k + 1], [[middle, side]]]))
        head, start = [np.array([[middle, -side]])], k + 1
    parts.append(np.concatenate([*head, line[start:]]))
    return [part for part in parts if len(part) > 1]


def flat_area(polygons: Sequence[Lines]) -> shapely.Geometry:
    """Lay areas of the globe flat.

    Each ring is taken to bound the smaller of the two parts into which it cuts the globe,
    whichever way it runs round; a ring around a pole or over the date line is as good as another.

    Parameters
    ----------
    polygons : sequence of sequence of numpy.ndarray, shape (n, 2)
        Outer ring and holes of each; latitude and longitude [deg].

    Returns
    -------
    shapely.Geometry
        Longitude and latitude within the map of the whole world [deg].
    """
    shapes = []
    for rings in polygons:
        outer, *holes = [_flat_ring(ring) for ring in rings if len(ring) >= 4]
        for hole in holes:
            outer = shapely.difference(outer, hole, grid_size=_GRID)
        shapes.append(outer)
    return shapely.unary_union(shapes, grid_size=_GRID)


def _flat_ring(ring: Array) -> shapely.Geometry:
    line = dense(_off_the_poles(ring))
    lon = line[0, 1] + np.concatenate([[0.0], np.cumsum((np.diff(line[:, 1]) + 180) % 360 - 180)])
    near_pole = np.abs(line[:, 0]).max() > _PLAIN
    if not near_pole and np.ptp(lon) < 90 and abs(lon[-1] - lon[0]) < 1:
        return _plain_ring(np.stack([lon, line[:, 0]], axis=1))
    north, south = _seen_from(line, 1.0), _seen_from(line, -1.0)
    # A plane ring bounds the side that does not hold the other pole. Both views keep areas, and a
    # globe has 4 pi: so they show whether the ring parts the poles, even where it touches one.
    small = north.area <= 2 * np.pi
    apart = abs(north.area + south.area - 4 * np.pi) < abs(north.area - south.area)
    parts: list[shapely.Geometry] = []
    for sign, shape in ((1.0, north), (-1.0, south)):
        kept = small if not apart or sign > 0 else not small
        half = _half()
        within = shapely.intersection(shape, half) if kept else shapely.difference(half, shape)
        parts += _unrolled(within, sign)
    return shapely.unary_union(parts, grid_size=_GRID)


def _plain_ring(ring: Array) -> shapely.Geometry:
    """Lay a small ring flat that is far from the poles; over the date line it is in two parts."""
    shape = shapely.make_valid(shapely.Polygon(ring))
    if np.abs(ring[:, 0]).max() <= 180:
        return shape
    world = shapely.box(-180, -90, 180, 90)
    moved = [shapely.affinity.translate(shape, xoff=turn) for turn in (-360.0, 0.0, 360.0)]
    return shapely.intersection(shapely.union_all(moved, grid_size=_GRID), world)


def _off_the_poles(ring: Array) -> Array:
    """Move what lies on a pole off it by a centimetre, along the meridian it comes from."""
    moved = ring.copy()
    for k in np.flatnonzero(np.abs(ring[:, 0]) > _POLE):
        moved[k] = np.copysign(_POLE, ring[k, 0]), moved[k - 1, 1]
    return moved


def _seen_from(line: Array, sign: float) -> shapely.Geometry:
    """Project a ring from above a pole, keeping areas; the other pole becomes the rim."""
    radius = np.sqrt(2 * (1 - sign * np.sin(np.radians(line[:, 0]))))
    turn = np.diff(line[:, 1], append=line[0, 1])
    angle = np.radians(line[0, 1] + np.concatenate([[0.0], np.cumsum((turn + 180) % 360 - 180)]))
    radii, angles = [], []
    for k in range(len(line)):
        after = radius[(k + 1) % len(line)]
        far = min(radius[k], after) > 1.5  # there a straight line would cut across
        pieces = max(1, int(np.ceil(abs(angle[k + 1] - angle[k]) / 0.1))) if far else 1
        share = np.arange(pieces) / pieces
        radii.append(radius[k] + share * (after - radius[k]))
        angles.append(angle[k] + share * (angle[k + 1] - angle[k]))
    r, phi = np.concatenate(radii), np.concatenate(angles)
    ring = np.stack([r * np.cos(phi), r * np.sin(phi)], axis=1)
    return shapely.make_valid(shapely.Polygon(ring))


def _half() -> shapely.Polygon:
    return shapely.Polygon(_arc(0.0, 360.0)[:-1])


def _arc(west: float, east: float) -> Array:
    """Draw a little more than half of the globe, as seen from above a pole."""
    radius = np.sqrt(2 * (1 + np.sin(np.radians(_OVERLAP))))
    lon = np.radians(np.linspace(west, east, 1 + 2 * round(east - west)))
    return np.asarray(radius * np.stack([np.cos(lon), np.sin(lon)], axis=1))


def _unrolled(shape: shapely.Geometry, sign: float) -> list[shapely.Geometry]:
    """Bring what is seen from above a pole onto the flat map, a quarter at a time."""
    parts = []
    for west in (-180.0, -90.0, 0.0, 90.0):
        quarter = shapely.Polygon([(0.0, 0.0), *_arc(west, west + 90.0)])
        for part in polygons_of(shapely.intersection(shape, quarter)):
            rings = [
                _unrolled_ring(np.asarray(ring.coords), west, sign)
                for ring in (part.exterior, *part.interiors)
            ]
            parts.append(shapely.make_valid(shapely.Polygon(rings[0], rings[1:])))
    return parts


def _unrolled_ring(ring: Array, west: float, sign: float) -> Array:
    ring = ring[:-1]
    radius2 = np.sum(ring**2, axis=1)
    lat = sign * np.degrees(np.arcsin(np.clip(1 - radius2 / 2, -1, 1)))
    turn = np.degrees(np.arctan2(ring[:, 1], ring[:, 0])) - west - 45
    lon = west + 45 + np.clip((turn + 180) % 360 - 180, -45, 45)
    points: list[tuple[float, float]] = []
    for k in range(len(ring)):
        if radius2[k] > 1e-18:
            points.append((lon[k], lat[k]))
        else:  # the pole has every longitude: it becomes an edge of the map
            after = (k + 1) % len(ring)
            points += [(lon[k - 1], sign * 90.0), (lon[after], sign * 90.0)]
    return np.array(points)


def polygons_of(shape: shapely.Geometry) -> Iterator[shapely.Polygon]:
    """Take a shape apart into polygons; points and lines in it are left out.

    Parameters
    ----------
    shape : shapely.Geometry
        Any shape.

    Yields
    ------
    shapely.Polygon
        Its polygons.
    """
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon):
            if not part.is_empty:
                yield part
        elif isinstance(part, (shapely.MultiPolygon, shapely.GeometryCollection)):
            yield from polygons_of(part)
