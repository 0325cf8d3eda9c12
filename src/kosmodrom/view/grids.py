"""Cells of equal area on the Earth.

HEALPix cuts a sphere into cells of one area. Its latitudes are taken as authalic ones, those of
the sphere with the area of the ellipsoid, so that the cells are equal on WGS84 too.

References
----------
K. M. Gorski et al., HEALPix, Astrophysical Journal 622 (2005), 759-771. J. P. Snyder, Map
Projections, USGS Professional Paper 1395 (1987), pages 16-17: the authalic latitude.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import healpix
import numpy as np

from kosmodrom.base.constants import WGS84_A, WGS84_F
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Grid"]

_E = float(np.sqrt(WGS84_F * (2 - WGS84_F)))
_MOST_CELLS = 3_000_000  # as many make cells of 13 km


def _q(sine: Floats) -> Floats:
    """Give Snyder's q, proportional to the area between the equator and a latitude."""
    return np.asarray((1 - _E**2) * (sine / (1 - _E**2 * sine**2) + np.arctanh(_E * sine) / _E))


_Q_POLE = float(_q(np.asarray(1.0)))
#: Area of the ellipsoid [m²].
_AREA = 2 * np.pi * WGS84_A**2 * _Q_POLE


def _geodetic(sine_authalic: Floats) -> Floats:
    """Turn authalic latitudes, by their sine, into geodetic ones [rad]."""
    latitude = np.arcsin(np.clip(sine_authalic, -1.0, 1.0))
    authalic = latitude.copy()
    # Snyder's series (3-18): to 1e-11 rad.
    e2, e4, e6 = _E**2, _E**4, _E**6
    return np.asarray(
        authalic
        + (e2 / 3 + 31 * e4 / 180 + 517 * e6 / 5040) * np.sin(2 * authalic)
        + (23 * e4 / 360 + 251 * e6 / 3780) * np.sin(4 * authalic)
        + (761 * e6 / 45360) * np.sin(6 * authalic)
    )


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Cells of HEALPix, all of the Earth or some of it.

    Attributes
    ----------
    nside : int
        Cells along the side of one of the twelve base cells [-].
    cell : numpy.ndarray of int64, shape (n,)
        Numbers of the cells in rings from north to south [-].
    latitude, longitude : numpy.ndarray, shape (n,)
        Geodetic latitude and east longitude of their centres, from -pi to pi [rad].
    """

    nside: int
    cell: Ints
    latitude: Floats
    longitude: Floats

    @classmethod
    def of_size(cls, size: float) -> Self:
        """Cover the Earth with cells no larger than a size.

        Parameters
        ----------
        size : float
            Root of the area of a cell [m].

        Returns
        -------
        Grid
            All cells of the Earth.
        """
        least = np.sqrt(_AREA / _MOST_CELLS)
        if not least <= size <= 5e6:
            raise InputError(
                f"cells of {size / 1000:g} km; {np.ceil(least / 1000):.0f} to 5000 km can be used"
            )
        return cls.world(int(np.ceil(np.sqrt(_AREA / 12) / size)))

    @classmethod
    def world(cls, nside: int) -> Self:
        """Cover the Earth with 12 nside² cells.

        Parameters
        ----------
        nside : int
            Cells along the side of a base cell [-].

        Returns
        -------
        Grid
            All cells of the Earth.
        """
        cell = np.arange(healpix.nside2npix(nside), dtype=np.int64)
        colatitude, longitude = healpix.pix2ang(nside, cell)
        east = np.remainder(longitude + np.pi, 2 * np.pi) - np.pi
        return cls(nside, cell, _geodetic(np.cos(colatitude)), east)

    def __len__(self) -> int:
        return len(self.cell)

    def __getitem__(self, index: Any) -> Grid:  # whatever NumPy takes for one axis
        return Grid(self.nside, self.cell[index], self.latitude[index], self.longitude[index])

    @property
    def area(self) -> float:
        """Give the area of one cell.

        Returns
        -------
        float
            Area on WGS84 [m²].
        """
        return float(_AREA / (12 * self.nside**2))

    def corners(self, index: Any = slice(None)) -> Floats:
        """Give the corners of cells.

        Parameters
        ----------
        index : slice or array_like of int, shape (k,)
            Which cells [-].

        Returns
        -------
        numpy.ndarray, shape (m, 4, 2)
            Geodetic latitude and east longitude of the corners, north, west, south, east; the
            longitudes of a cell run on across the date line [rad].
        """
        cell = np.atleast_1d(self.cell[index])
        sine, longitude = _corner_points(self.nside, cell)
        middle = np.remainder(self.longitude[index] + np.pi, 2 * np.pi)[..., None] - np.pi
        # A corner on a pole has no longitude of its own: it takes the middle's.
        polar = np.abs(sine) > 1 - 1e-12
        longitude = np.where(polar, middle, longitude)
        turn = np.remainder(longitude - middle + np.pi, 2 * np.pi) - np.pi
        return np.stack([_geodetic(sine), middle + turn], axis=-1)


def _corner_points(nside: int, cell: Ints) -> tuple[Floats, Floats]:
    """Give sine of the authalic latitude and longitude of the four corners, shape (m, 4)."""
    x, y, face = _face_xy(nside, cell)
    steps = np.array([[1, 1], [0, 1], [0, 0], [1, 0]])  # north, west, south, east
    across = x[:, None] + steps[:, 0]
    along = y[:, None] + steps[:, 1]
    return _sphere(nside, across, along, face[:, None])


def _face_xy(nside: int, cell: Ints) -> tuple[Ints, Ints, Ints]:
    """Find base cell and place within it, from the centre: the inverse of `_sphere`."""
    colatitude, longitude = healpix.pix2ang(nside, cell)
    z, turn = np.cos(colatitude), np.remainder(longitude * 2 / np.pi, 4.0)
    equatorial = np.abs(z) <= 2 / 3
    # Equatorial belt: lines of constant x and y are straight in turn and z.
    low, high = 0.5 + turn - 0.75 * z, 0.5 + turn + 0.75 * z
    ifp, ifm = np.floor(low).astype(np.int64), np.floor(high).astype(np.int64)
    face_belt = np.where(ifp == ifm, (ifp % 4) + 4, np.where(ifp < ifm, ifp % 4, ifm % 4 + 8))
    # Caps.
    quarter = np.minimum(np.floor(turn).astype(np.int64), 3)
    part = turn - quarter
    root = np.sqrt(3 * (1 - np.abs(z)))
    jp, jm = part * root, (1 - part) * root
    x_cap = np.where(z > 0, 1 - jm, jp)
    y_cap = np.where(z > 0, 1 - jp, jm)
    x_belt, y_belt = high - np.floor(high), 1 - (low - np.floor(low))
    face = np.where(equatorial, face_belt, np.where(z > 0, quarter, quarter + 8))
    x = np.where(equatorial, x_belt, x_cap) * nside
    y = np.where(equatorial, y_belt, y_cap) * nside
    return np.floor(x).astype(np.int64), np.floor(y).astype(np.int64), face


def _sphere(nside: int, x: Ints, y: Ints, face: Ints) -> tuple[Floats, Floats]:
    """Place a point of a base cell on the sphere: sine of latitude, and longitude [rad]."""
    ring = np.array([2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4])[face] * nside - x - y
    start = np.array([1, 3, 5, 7, 0, 2, 4, 6, 1, 3, 5, 7])[face]
    north, south = ring < nside, ring > 3 * nside
    count = np.where(north, ring, np.where(south, 4 * nside - ring, nside))
    cap = count**2 / (3.0 * nside**2)
    sine = np.where(
        north, 1 - cap, np.where(south, cap - 1, (2 * nside - ring) * 2 / (3.0 * nside))
    )
    longitude = np.pi / 4 * (start + (x - y) / np.maximum(count, 1))
    return np.asarray(sine), np.asarray(longitude)
