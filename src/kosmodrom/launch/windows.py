"""When a launch site lies in an orbital plane.

With the site's right ascension less that of the plane's node growing steadily, the site is
farthest from the plane twice a sidereal day, a quarter turn before and after; between these two
instants it crosses it once or not at all. So nothing has to be sampled and hoped for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Self

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.ellipsoid import geocentric_latitude
from kosmodrom.base.search import crossings
from kosmodrom.errors import InputError
from kosmodrom.launch.planes import azimuth_in_plane, plane_angles

if TYPE_CHECKING:
    from collections.abc import Callable

    from kosmodrom.base.frames import EarthAngles
    from kosmodrom.launch.planes import Plane

__all__ = [
    "Crossings",
    "node_rate_at",
    "off_plane",
    "plane_crossings",
    "reaches",
    "site_direction",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_GRID = 3600.0  # a twenty-fourth of a turn, in which the site is farthest at most once [s]
_TOLERANCE = 1e-6  # 7e-11 rad of the Earth's turn [s]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossings:
    """Instants at which a site lies in a plane, in order.

    Attributes
    ----------
    seconds : numpy.ndarray, shape (k,)
        When, from the start [s].
    direction : numpy.ndarray, shape (k, 3)
        From the Earth's centre to the site, in TEME [-].
    normal : numpy.ndarray, shape (k, 3)
        Normal of the plane then, in TEME [-].
    azimuth : numpy.ndarray, shape (k,)
        Direction of the plane's motion there, clockwise from north [rad].
    ascending : numpy.ndarray of bool, shape (k,)
        Whether that is north of east or west [-].
    """

    seconds: Floats
    direction: Floats
    normal: Floats
    azimuth: Floats
    ascending: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.seconds)

    def going(self, direction: Literal["ascending", "descending"]) -> Self:
        """Keep those of one direction.

        Parameters
        ----------
        direction : {"ascending", "descending"}
            North or south.

        Returns
        -------
        Crossings
            The same, fewer.
        """
        kept = self.ascending == (direction == "ascending")
        return type(self)(**{name: getattr(self, name)[kept] for name in self.__slots__})


def site_direction(site: Floats, seconds: Floats, angles: EarthAngles) -> Floats:
    """Turn a place with the Earth.

    Parameters
    ----------
    site : numpy.ndarray, shape (3,)
        Position in ITRS [m].
    seconds : numpy.ndarray, shape (k,)
        Time from the start of `angles` [s].
    angles : EarthAngles
        How the Earth is turned.

    Returns
    -------
    numpy.ndarray, shape (k, 3)
        Unit vectors in TEME [-].
    """
    x, y, z = site / np.sqrt(np.sum(site**2))
    turned = angles.gmst_at(seconds)
    pole_x, pole_y = angles.pole_at(seconds)  # some 1e-6 rad: squares do not count
    u, v, w = x - pole_x * z, y + pole_y * z, z + pole_x * x - pole_y * y
    sine, cosine = np.sin(turned), np.cos(turned)
    return np.stack([cosine * u - sine * v, sine * u + cosine * v, w], axis=-1)


def reaches(site: Floats, inclination: float) -> bool:
    """Tell whether a plane passes over a site at all.

    Parameters
    ----------
    site : numpy.ndarray, shape (3,)
        Position in ITRS [m].
    inclination : float
        Inclination of the plane [rad].

    Returns
    -------
    bool
        Whether the inclination lies between the geocentric latitude and what is left of half a
        turn.
    """
    latitude = abs(float(geocentric_latitude(site)))
    return latitude < inclination < np.pi - latitude


def off_plane(plane: Plane, site: Floats, seconds: Floats, angles: EarthAngles) -> Floats:
    """Measure how far a site is out of a plane.

    Parameters
    ----------
    plane : Plane
        The plane.
    site : numpy.ndarray, shape (3,)
        Position in ITRS [m].
    seconds : numpy.ndarray, shape (k,)
        Time from the start of `angles` [s].
    angles : EarthAngles
        How the Earth is turned.

    Returns
    -------
    numpy.ndarray, shape (k,)
        Angle at the Earth's centre, positive on the side of the normal [rad].
    """
    return np.asarray(np.arcsin(np.clip(_out(plane, site, seconds, angles), -1.0, 1.0)))


def plane_crossings(plane: Plane, site: Floats, length: float, angles: EarthAngles) -> Crossings:
    """Find when a site lies in a plane.

    Parameters
    ----------
    plane : Plane
        The plane, on the same time as `angles`; it may turn, but far slower than the Earth.
    site : numpy.ndarray, shape (3,)
        Position in ITRS [m].
    length : float
        Length of the period, which begins with `angles` [s].
    angles : EarthAngles
        How the Earth is turned.

    Returns
    -------
    Crossings
        All of them, to 1e-6 s: two a turn of the Earth against the plane if it `reaches` over the
        site.
    """
    if not length > 0:
        raise InputError(f"the period is {length:g} s long; give one longer than nothing")
    times = np.linspace(0.0, length, max(2, int(np.ceil(length / _GRID)) + 1))
    farthest = _zeros(lambda _, at: _eastward(plane, site, at, angles), times, 1e-3)
    knots = np.unique(np.concatenate([[0.0, length], farthest]))
    seconds = _zeros(lambda _, at: _out(plane, site, at, angles), knots, _TOLERANCE)
    direction, normal = site_direction(site, seconds, angles), plane.normal_at(seconds)
    azimuth = azimuth_in_plane(direction, normal)
    return Crossings(
        seconds=seconds,
        direction=direction,
        normal=normal,
        azimuth=azimuth,
        ascending=np.cos(azimuth) > 0,
    )


def node_rate_at(plane: Plane, seconds: Floats) -> Floats:
    """Measure how fast a plane's node moves.

    Parameters
    ----------
    plane : Plane
        The plane.
    seconds : numpy.ndarray, shape (k,)
        When [s].

    Returns
    -------
    numpy.ndarray, shape (k,)
        Rate of the node, over the two hours around [rad/s].
    """
    _, before = plane_angles(plane.normal_at(seconds - _GRID))
    _, after = plane_angles(plane.normal_at(seconds + _GRID))
    moved = np.remainder(after - before + np.pi, 2 * np.pi) - np.pi
    return np.asarray(moved / (2 * _GRID))


def _out(plane: Plane, site: Floats, seconds: Floats, angles: EarthAngles) -> Floats:
    """Give the sine of the angle out of the plane."""
    along = plane.normal_at(seconds) * site_direction(site, seconds, angles)
    return np.asarray(along.sum(axis=-1))


def _eastward(plane: Plane, site: Floats, seconds: Floats, angles: EarthAngles) -> Floats:
    """Give what carrying the site east adds to it, as long as the plane stands still [1/rad]."""
    normal, place = plane.normal_at(seconds), site_direction(site, seconds, angles)
    return np.asarray(normal[:, 1] * place[:, 0] - normal[:, 0] * place[:, 1])


def _zeros(function: Callable[[Ints, Floats], Floats], knots: Floats, tolerance: float) -> Floats:
    """Find the zeros of a function that has at most one between two knots."""
    rows = np.zeros(len(knots), dtype=np.int64)
    values = function(rows, knots)
    up = values > 0
    at = np.flatnonzero(up[1:] != up[:-1])
    if not len(at):
        return np.empty(0)
    return crossings(
        function, rows[at], knots[at], knots[at + 1], tolerance, (values[at], values[at + 1])
    )
