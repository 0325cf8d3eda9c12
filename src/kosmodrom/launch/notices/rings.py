"""Closed rings on the Earth: set in order, closed, without corners that are there twice.

Corners are joined by geodesics. Seen from the Earth's centre, on a plane that touches the Earth in
the middle of the ring, great circles are straight lines; so whether edges cross is asked there.
The difference between great circles and geodesics, at most some hundred metres over a thousand
kilometres, does not matter for that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["MOST_CORNERS", "Ring", "angle_between", "is_inside_ring", "ring_of", "two_rings"]

MOST_CORNERS = 500
_MOST_REORDERED = 60  # corners of a ring that is set in order; the work grows with their cube
_SAME = 1e-7  # rad: 0.6 m; published corners are 30 m apart or more
_NEARLY = 3e-5  # rad: 190 m, a tenth of a minute: a last corner so near to the first was meant so
_LOWEST_COSINE = 0.035  # 88 degrees from the middle: beyond that the plane shows nothing
_THIN = 1e-6  # of the square of its size: a ring of less area is a line

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring, or why there is none.

    Attributes
    ----------
    corners : numpy.ndarray or None, shape (k, 2)
        Latitude and longitude, the first repeated, counterclockwise; None where there is none
        [deg].
    repairs : tuple of str
        Codes of what was set right.
    fault : str
        Code of why there is none; empty where there is one.
    closed : bool
        Whether it was given with its first corner repeated.
    """

    corners: NDArray[np.float64] | None
    repairs: tuple[str, ...] = ()
    fault: str = ""
    closed: bool = False


def _unit(point: Pair) -> tuple[float, float, float]:
    lat, lon = math.radians(point[0]), math.radians(point[1])
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def angle_between(a: Pair, b: Pair) -> float:
    """Give the angle between two points at the Earth's centre.

    Parameters
    ----------
    a, b : tuple of float
        Latitude and longitude [deg].

    Returns
    -------
    float
        The angle [rad].
    """
    x, y = _unit(a), _unit(b)
    cross = (
        x[1] * y[2] - x[2] * y[1],
        x[2] * y[0] - x[0] * y[2],
        x[0] * y[1] - x[1] * y[0],
    )
    return math.atan2(math.hypot(*cross), sum(p * q for p, q in zip(x, y, strict=True)))


def _on_plane(points: list[Pair]) -> list[Pair] | None:
    """Show points on the plane that touches the Earth in their middle: x east, y north."""
    units = [_unit(point) for point in points]
    middle = [sum(unit[k] for unit in units) for k in range(3)]
    size = math.hypot(*middle)
    if size < _LOWEST_COSINE * len(points):
        return None
    m = [part / size for part in middle]
    flat = math.hypot(m[0], m[1])
    east = (-m[1] / flat, m[0] / flat, 0.0) if flat > 1e-9 else (0.0, 1.0, 0.0)
    north = (
        m[1] * east[2] - m[2] * east[1],
        m[2] * east[0] - m[0] * east[2],
        m[0] * east[1] - m[1] * east[0],
    )
    seen = []
    for u in units:
        depth = u[0] * m[0] + u[1] * m[1] + u[2] * m[2]
        if depth < _LOWEST_COSINE:
            return None
        x = u[0] * east[0] + u[1] * east[1]
        y = u[0] * north[0] + u[1] * north[1] + u[2] * north[2]
        seen.append((x / depth, y / depth))
    return seen


def _turn(a: Pair, b: Pair, c: Pair) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _meet(a: Pair, b: Pair, c: Pair, d: Pair, dust: float) -> bool:
    """Tell whether two edges cross or touch; `dust` is an area that counts as none."""
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return False
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return False
    one, two = _turn(a, b, c), _turn(a, b, d)
    three, four = _turn(c, d, a), _turn(c, d, b)
    if (one > dust and two > dust) or (one < -dust and two < -dust):
        return False
    return not ((three > dust and four > dust) or (three < -dust and four < -dust))


def _crossing(flat: list[Pair], order: list[int], dust: float) -> tuple[int, int] | None:
    """Give the first two edges of a ring that meet though they are not neighbours."""
    count = len(order)
    for i in range(count - 2):
        a, b = flat[order[i]], flat[order[i + 1]]
        for j in range(i + 2, count if i else count - 1):
            if _meet(a, b, flat[order[j]], flat[order[(j + 1) % count]], dust):
                return i, j
    return None


def _area(flat: list[Pair], order: list[int]) -> float:
    """Give twice the area of a ring on the plane, positive where it runs counterclockwise."""
    x0, y0 = flat[order[0]]
    total = 0.0
    for one, two in zip(order, order[1:] + order[:1], strict=True):
        (ax, ay), (bx, by) = flat[one], flat[two]
        total += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
    return total


def _length(flat: list[Pair], order: list[int]) -> float:
    return sum(
        math.dist(flat[one], flat[two])
        for one, two in zip(order, order[1:] + order[:1], strict=True)
    )


def _in_order(flat: list[Pair], dust: float) -> list[int] | None:
    """Set corners in an order in which no edges meet.

    Corners that all lie on their convex hull have one such order. Otherwise edges that cross are
    turned until none does; each turn makes the ring shorter, so it ends.
    """
    count = len(flat)
    x = sum(point[0] for point in flat) / count
    y = sum(point[1] for point in flat) / count
    around = sorted(range(count), key=lambda k: math.atan2(flat[k][1] - y, flat[k][0] - x))
    turns = [
        _turn(flat[around[k - 2]], flat[around[k - 1]], flat[around[k]]) for k in range(count)
    ]
    if min(turns) > -dust and _crossing(flat, around, dust) is None:
        return around
    order = list(range(count))
    for _ in range(count * count):
        met = _crossing(flat, order, dust)
        if met is None:
            return order
        i, j = met
        turned = order[: i + 1] + order[i + 1 : j + 1][::-1] + order[j + 1 :]
        if _length(flat, turned) > _length(flat, order) - 1e-15:
            break
        order = turned
    return around if _crossing(flat, around, dust) is None else None


def _without_doubles(points: list[Pair]) -> tuple[list[Pair], list[str], bool]:
    """Drop corners that are there twice; say what was done, and whether the ring was closed."""
    codes: list[str] = []
    closed = len(points) > 3 and angle_between(points[0], points[-1]) < _SAME
    if closed:
        points = points[:-1]
    elif len(points) > 4:
        size = max(angle_between(points[0], point) for point in points)
        if angle_between(points[0], points[-1]) < min(_NEARLY, 0.01 * size):
            points = points[:-1]
            closed = True
            codes.append("closing_corner_moved")
    kept: list[Pair] = []
    near = {}
    for point in points:
        key = (round(point[0], 5), round(point[1] % 360.0, 5))
        if key in near:
            codes.append("duplicate")
            continue
        near[key] = True
        kept.append(point)
    return kept, codes, closed


def _unwrapped(points: list[Pair]) -> NDArray[np.float64]:
    """Close a ring and let its longitudes run on over 180 degrees."""
    lat, lon = [points[0][0]], [points[0][1]]
    for a, b in [*points[1:], points[0]]:
        lat.append(a)
        lon.append(b + 360.0 * round((lon[-1] - b) / 360.0))  # exact, so that the ring closes
    shift = 360.0 * math.floor((sum(lon[:-1]) / len(points) + 180.0) / 360.0)
    return np.column_stack([np.asarray(lat), np.asarray(lon) - shift])


def ring_of(points: list[Pair]) -> Ring:
    """Make a ring of corners as they were published.

    Parameters
    ----------
    points : list of tuple of float
        Latitude and longitude [deg].

    Returns
    -------
    Ring
        The ring and what was set right, or why there is none.
    """
    kept, codes, closed = _without_doubles(points)
    if len(kept) < 3:
        return Ring(None, tuple(codes), "too_few_points", closed)
    flat = _on_plane(kept)
    if flat is None:
        return Ring(None, tuple(codes), "too_large", closed)
    size = max(math.dist(flat[0], point) for point in flat)
    dust = 1e-9 * size * size
    order: list[int] | None = list(range(len(kept)))
    if _crosses(flat, dust):
        order = _in_order(flat, dust) if len(kept) <= _MOST_REORDERED else None
        codes.append("reordered")
    if order is None:
        return Ring(None, tuple(codes), "crossing", closed)
    area = _area(flat, order)
    if abs(area) < _THIN * size * size:
        return Ring(None, tuple(codes), "no_area", closed)
    if area < 0:
        order = [order[0], *reversed(order[1:])]
    corners = _unwrapped([kept[k] for k in order])
    if abs(corners[-1, 1] - corners[0, 1]) > 1.0:
        return Ring(None, tuple(codes), "around_pole", closed)
    lat, lon = corners[:, 0] - corners[0, 0], corners[:, 1] - corners[0, 1]
    on_map = float(np.sum(lon[:-1] * lat[1:] - lon[1:] * lat[:-1]))
    if on_map < _THIN * float(np.max(lat * lat + lon * lon)):
        return Ring(None, tuple(codes), "no_area", closed)  # corners on one parallel
    return Ring(corners, tuple(codes), "", closed)


def _crosses(flat: list[Pair], dust: float) -> bool:
    if len(flat) <= _MOST_REORDERED:
        return _crossing(flat, list(range(len(flat))), dust) is not None
    p = np.asarray(flat)
    q = np.roll(p, -1, axis=0)

    def turn(
        a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        return np.asarray(
            (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1])
            - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
        )

    begin, end = p[:, None], q[:, None]
    one, two = turn(begin, end, p[None]), turn(begin, end, q[None])
    apart = ((one > dust) & (two > dust)) | ((one < -dust) & (two < -dust))
    meet = ~apart & ~apart.T
    index = np.arange(len(flat))
    step = (index[None] - index[:, None]) % len(flat)
    return bool(np.any(meet & (step > 1) & (step < len(flat) - 1)))


def two_rings(points: list[Pair], cut: int) -> bool:
    """Tell whether a list of corners can be nothing but two rings.

    Parameters
    ----------
    points : list of tuple of float
        Latitude and longitude, as published [deg].
    cut : int
        How many of them are the first ring.

    Returns
    -------
    bool
        Whether as one ring the edges cross, as two they do not, and the two lie apart.
    """
    flat = _on_plane(points)
    if flat is None:
        return False
    dust = 1e-9 * max(math.dist(flat[0], point) for point in flat) ** 2
    if _crossing(flat, list(range(len(flat))), dust) is None:
        return False
    one, two = flat[:cut], flat[cut:]
    if any(_crossing(ring, list(range(len(ring))), dust) for ring in (one, two)):
        return False
    for i in range(len(one)):
        for j in range(len(two)):
            if _meet(one[i - 1], one[i], two[j - 1], two[j], dust):
                return False
    return not (_inside(one[0], two) or _inside(two[0], one))


def is_inside_ring(point: Pair, ring: NDArray[np.float64]) -> bool:
    """Tell whether a point lies in a ring, with edges straight on a map of degrees.

    Parameters
    ----------
    point : tuple of float
        Latitude and longitude [deg].
    ring : numpy.ndarray, shape (k, 2)
        As in `Area` [deg].

    Returns
    -------
    bool
        Whether it does; near an edge of many degrees the answer is rough.
    """
    west = float(ring[:, 1].min())
    moved = west + (point[1] - west) % 360.0
    return _inside((point[0], moved), [(a, b) for a, b in ring[:-1].tolist()])


def _inside(point: Pair, ring: list[Pair]) -> bool:
    within = False
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        if (a[1] > point[1]) != (b[1] > point[1]):
            x = a[0] + (point[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            within ^= x > point[0]
    return within
