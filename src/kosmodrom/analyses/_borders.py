"""Which points lie inside closed rings of a map, and which countries lie under a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.catalog.borders import Borders

    Floats = NDArray[np.float64]

__all__ = ["Outlines", "Under", "inside", "outlines_of"]

_HALF = 180.0
_TURNS = (-2 * _HALF, 0.0, 2 * _HALF)


def inside(rings: Sequence[Any], latitude_deg: Floats, longitude_deg: Floats) -> Any:
    """Tell which points lie inside an odd number of rings.

    Parameters
    ----------
    rings : sequence of numpy.ndarray, shape (n, 2)
        Latitude and east longitude of the corners [deg]; edges are straight on a plain map.
    latitude_deg, longitude_deg : numpy.ndarray, shape (k,)
        The points, longitude from -180 to 180 [deg].

    Returns
    -------
    numpy.ndarray of bool, shape (k,)
        Whether each lies inside [-].
    """
    return _odd([_polygon(ring) for ring in rings], latitude_deg, longitude_deg)


def _polygon(ring: Any) -> Any:
    import numpy as np
    import shapely

    east = np.degrees(np.unwrap(np.radians(ring[:, 1])))
    return shapely.Polygon(np.stack([east, ring[:, 0]], axis=-1))


def _odd(polygons: Sequence[Any], latitude_deg: Floats, longitude_deg: Floats) -> Any:
    import numpy as np
    import shapely

    count = np.zeros(len(latitude_deg), dtype=np.int64)
    for polygon in polygons:
        left, low, right, high = polygon.bounds
        level = (latitude_deg >= low) & (latitude_deg <= high)
        for turn in _TURNS:
            turned = longitude_deg + turn
            near = np.flatnonzero(level & (turned >= left) & (turned <= right))
            if len(near):
                count[near] += shapely.contains_xy(polygon, turned[near], latitude_deg[near])
    return count % 2 == 1


@dataclass(frozen=True, slots=True)
class Under:
    """A country under a line.

    Attributes
    ----------
    code : str
        ISO 3166 code of three letters.
    name : str
        English name.
    first_km, last_km : float
        Where along the line it is first and last below [km].
    """

    code: str
    name: str
    first_km: float
    last_km: float


class _Ring:
    """A ring that is made a polygon only where a line comes near: few of thousands."""

    def __init__(self, corners: Any) -> None:
        self._corners = corners
        (self._south, self._west), (self._north, self._east) = corners.min(0), corners.max(0)
        if self._east - self._west > _HALF:  # over the date line
            self._west, self._east = -_HALF, _HALF

    def meets(self, latitude_deg: Floats, longitude_deg: Floats) -> bool:
        return bool(
            (
                (latitude_deg >= self._south)
                & (latitude_deg <= self._north)
                & (longitude_deg >= self._west)
                & (longitude_deg <= self._east)
            ).any()
        )

    @cached_property
    def polygon(self) -> Any:
        return _polygon(self._corners)


class Outlines:
    """Outlines of all countries as polygons."""

    def __init__(self, borders: Borders) -> None:
        self._countries = [
            (row, [_Ring(ring) for ring in borders.country(row.id)]) for row in borders.countries
        ]

    def under(
        self, latitude_deg: Floats, longitude_deg: Floats, distance_km: Floats
    ) -> list[Under]:
        """Find the countries under a line.

        Parameters
        ----------
        latitude_deg, longitude_deg : numpy.ndarray, shape (k,)
            Points of the line [deg].
        distance_km : numpy.ndarray, shape (k,)
            How far along the line each is [km].

        Returns
        -------
        list of Under
            Countries in the order in which they come.
        """
        import numpy as np

        if not len(latitude_deg):
            return []
        found = []
        for row, rings in self._countries:
            near = [ring.polygon for ring in rings if ring.meets(latitude_deg, longitude_deg)]
            here = distance_km[_odd(near, latitude_deg, longitude_deg)]
            if len(here):
                found.append(Under(row.id, row.name, float(np.min(here)), float(np.max(here))))
        return sorted(found, key=lambda one: (one.first_km, one.code))


@lru_cache(maxsize=1)
def outlines_of(borders: Borders) -> Outlines:
    """Give the outlines of a catalog as polygons, made once.

    Parameters
    ----------
    borders : Borders
        Outlines of countries.

    Returns
    -------
    Outlines
        The polygons.
    """
    return Outlines(borders)
