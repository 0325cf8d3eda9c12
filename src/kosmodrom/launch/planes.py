"""Orbital planes over a launch site: which way they run, what a miss costs, who moves them.

All planes are given by their normal in TEME, the axes of element sets: z to the pole of date. A
site lies in a plane when the normal is square to its position from the Earth's centre, so what
counts is its geocentric latitude, not that of maps.

References
----------
D. A. Vallado, Fundamentals of Astrodynamics and Applications, 4th edition (2013), section 6.4:
launch windows and azimuths. R. R. Bate, D. D. Mueller and J. E. White, Fundamentals of
Astrodynamics (1971), section 3.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A
from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError, ModelError
from kosmodrom.orbits.designed import designed
from kosmodrom.orbits.secular import mean_motion

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from kosmodrom.orbits.sgp4 import Sgp4

__all__ = [
    "SUN_RATE",
    "FlownPlane",
    "Plane",
    "SteadyPlane",
    "argument_of_latitude",
    "azimuth_in_plane",
    "carried_speed",
    "circular_speed",
    "node_rate",
    "plane_angles",
    "plane_change",
    "plane_error",
    "plane_normal",
    "relative_to_ground",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: How fast the node of a sun-synchronous orbit goes: once in a tropical year [rad/s].
SUN_RATE: Final = 2 * np.pi / (365.242189 * 86_400.0)
_SAMPLES = 36  # of a revolution, over which the waves of the plane are averaged
_BLOCK = 4096  # instants worked on together


class Plane(Protocol):
    """A plane that may turn with time."""

    def normal_at(self, seconds: Floats) -> Floats:
        """Give its normal.

        Parameters
        ----------
        seconds : numpy.ndarray, shape (k,)
            Time from the start [s].

        Returns
        -------
        numpy.ndarray, shape (k, 3)
            Unit vectors in TEME, along the angular momentum [-].
        """


def plane_normal(inclination: ArrayLike, node: ArrayLike) -> Floats:
    """Give the normal of planes.

    Parameters
    ----------
    inclination, node : array_like, shape (...)
        Inclination, and right ascension of the ascending node [rad].

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Unit vectors along the angular momentum [-].

    Examples
    --------
    >>> plane_normal(np.pi / 2, 0.0).round(6) + 0.0
    array([ 0., -1.,  0.])
    """
    tilt, turn = np.broadcast_arrays(
        *(np.asarray(part, np.float64) for part in (inclination, node))
    )
    sine = np.sin(tilt)
    return np.stack([sine * np.sin(turn), -sine * np.cos(turn), np.cos(tilt)], axis=-1)


def plane_angles(normal: ArrayLike) -> tuple[Floats, Floats]:
    """Find inclination and node of planes.

    Parameters
    ----------
    normal : array_like, shape (..., 3)
        Along the angular momentum, of any length [-].

    Returns
    -------
    inclination : numpy.ndarray, shape (...)
        0 to pi [rad].
    node : numpy.ndarray, shape (...)
        Right ascension of the ascending node, 0 to 2 pi; 0 for the plane of the equator [rad].
    """
    x, y, z = np.moveaxis(np.asarray(normal, dtype=np.float64), -1, 0)
    node = np.where((x == 0) & (y == 0), 0.0, np.arctan2(x, -y))
    return np.arctan2(np.hypot(x, y), z), np.asarray(np.remainder(node, 2 * np.pi))


def node_rate(perigee: float, apogee: float, inclination: float) -> float:
    """Find how fast the Earth's oblateness turns the node of an orbit.

    Parameters
    ----------
    perigee, apogee : float
        Altitudes over the equatorial radius of WGS84 [m].
    inclination : float
        Inclination [rad].

    Returns
    -------
    float
        Rate of the node, with J2, J2² and J4 as in SGP4; below 0 for orbits to the east [rad/s].

    Examples
    --------
    >>> round(float(np.degrees(node_rate(420e3, 420e3, np.radians(51.64)))) * 86_400, 2)
    -4.95
    """
    row = designed(
        name="", perigee=perigee, apogee=apogee, inclination=inclination, node=0.0, argument=0.0,
        anomaly=0.0, epoch=Epochs.from_iso("2000-01-01T12:00Z"),
    )  # fmt: skip
    return float(mean_motion(row).node_rates[1, 0]) / 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SteadyPlane:
    """A plane of fixed inclination whose node moves evenly.

    Attributes
    ----------
    inclination, node : float
        At the start [rad].
    rate : float
        Rate of the node [rad/s].
    """

    inclination: float
    node: float
    rate: float = 0.0

    def normal_at(self, seconds: Floats) -> Floats:
        """Give its normal.

        Parameters
        ----------
        seconds : numpy.ndarray, shape (k,)
            Time from the start [s].

        Returns
        -------
        numpy.ndarray, shape (k, 3)
            Unit vectors in TEME [-].
        """
        return plane_normal(self.inclination, self.node + self.rate * np.asarray(seconds))


@dataclass(frozen=True, slots=True, kw_only=True)
class FlownPlane:
    """The plane of a satellite by SGP4: its position and velocity over a revolution, averaged.

    Within a revolution the plane waves by up to 0.03 deg in low orbits; the average is what stays,
    and it turns as SGP4 turns it.

    Attributes
    ----------
    sgp4 : Sgp4
        Element sets.
    rows : numpy.ndarray of int64, shape (n,)
        Which set holds, one after the other [-].
    begins : numpy.ndarray, shape (n,)
        From when on, increasing; the first holds before, too [s].
    start : Epochs, shape ()
        From where seconds are counted.
    """

    sgp4: Sgp4
    rows: Ints
    begins: Floats
    start: Epochs

    def row_at(self, seconds: Floats) -> Ints:
        """Find the element set that holds.

        Parameters
        ----------
        seconds : numpy.ndarray, shape (k,)
            Time from the start [s].

        Returns
        -------
        numpy.ndarray of int64, shape (k,)
            Its row [-].
        """
        place = np.searchsorted(self.begins, seconds, side="right") - 1
        return np.asarray(self.rows[np.maximum(place, 0)])

    def position_at(self, seconds: Floats) -> Floats:
        """Give where the satellite is.

        Parameters
        ----------
        seconds : numpy.ndarray, shape (k,)
            Time from the start [s].

        Returns
        -------
        numpy.ndarray, shape (k, 3)
            Position in TEME [m].
        """
        return self._states(self.row_at(seconds), seconds)[0]

    def normal_at(self, seconds: Floats) -> Floats:
        """Give the normal of its plane, averaged over a revolution.

        Parameters
        ----------
        seconds : numpy.ndarray, shape (k,)
            Time from the start, at the middle of the revolution [s].

        Returns
        -------
        numpy.ndarray, shape (k, 3)
            Unit vectors in TEME [-].
        """
        times = np.asarray(seconds, dtype=np.float64)
        blocks = [times[k : k + _BLOCK] for k in range(0, max(1, len(times)), _BLOCK)]
        return np.concatenate([self._averaged(block) for block in blocks])

    def _averaged(self, seconds: Floats) -> Floats:
        row = self.row_at(seconds)
        part = (np.arange(_SAMPLES) + 0.5) / _SAMPLES - 0.5
        around = seconds[:, np.newaxis] + part * self.sgp4.elements.period[row][:, np.newaxis]
        position, velocity = self._states(np.repeat(row, _SAMPLES), around.ravel())
        normal = _unit(np.cross(position, velocity))
        return _unit(normal.reshape(len(seconds), _SAMPLES, 3).mean(axis=1))

    def _states(self, row: Ints, seconds: Floats) -> tuple[Floats, Floats]:
        since = (self.start.tai_ns - self.sgp4.elements.epochs.tai_ns[row]) / 1e9
        motion = self.sgp4.at(row, (since + seconds) / 60.0)
        lost = motion.status != 0
        if lost.any():
            first = self.start.plus(float(seconds[lost].min())).utc_iso(0)
            name = self.sgp4.elements.labels()[int(row[lost][0])]
            raise ModelError(
                f"SGP4 gives no position of {name} at {first}: its elements describe an orbit "
                "that has decayed or cannot be; choose a period near their epoch, or newer sets"
            )
        return motion.position, motion.velocity


def azimuth_in_plane(direction: ArrayLike, normal: ArrayLike) -> Floats:
    """Give the direction in which a plane runs over places that lie in it.

    Parameters
    ----------
    direction : array_like, shape (..., 3)
        Unit vectors from the Earth's centre to the places, in TEME [-].
    normal : array_like, shape (..., 3)
        Normals of the planes in TEME [-].

    Returns
    -------
    numpy.ndarray, shape (...)
        Azimuth of the motion against the stars, clockwise from north, 0 to 2 pi [rad]. Here the
        horizon is square to the line from the Earth's centre; against that of maps azimuths
        differ by less than 1e-5 rad.
    """
    up = np.asarray(direction, dtype=np.float64)
    ahead = np.cross(np.asarray(normal, dtype=np.float64), up)
    across = np.hypot(up[..., 0], up[..., 1])
    east = (up[..., 0] * ahead[..., 1] - up[..., 1] * ahead[..., 0]) / across
    north = ahead[..., 2] / across  # what is left of z in the horizon is `across` long
    return np.asarray(np.remainder(np.arctan2(east, north), 2 * np.pi))


def relative_to_ground(
    azimuth: ArrayLike, speed: ArrayLike, carried: ArrayLike
) -> tuple[Floats, Floats]:
    """Take the motion of the ground off a motion against the stars.

    Parameters
    ----------
    azimuth : array_like, shape (...)
        Direction against the stars, clockwise from north [rad].
    speed : array_like, shape (...)
        Horizontal speed against the stars [m/s].
    carried : array_like, shape (...)
        Speed with which the place is carried east [m/s].

    Returns
    -------
    azimuth : numpy.ndarray, shape (...)
        Direction against the ground, 0 to 2 pi [rad].
    speed : numpy.ndarray, shape (...)
        Speed against the ground [m/s].
    """
    angle = np.asarray(azimuth, dtype=np.float64)
    north, east = speed * np.cos(angle), speed * np.sin(angle) - np.asarray(carried)
    return np.remainder(np.arctan2(east, north), 2 * np.pi), np.hypot(north, east)


def argument_of_latitude(position: ArrayLike, normal: ArrayLike) -> Floats:
    """Measure how far along a plane positions are from its ascending node.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Positions in TEME, of any length [m].
    normal : array_like, shape (..., 3)
        Normals of the planes in TEME [-].

    Returns
    -------
    numpy.ndarray, shape (...)
        Angle in the direction of motion, 0 to 2 pi [rad].
    """
    place, axis = np.asarray(position, np.float64), np.asarray(normal, np.float64)
    _, node = plane_angles(axis)
    to_node = np.stack([np.cos(node), np.sin(node), np.zeros_like(node)], axis=-1)
    beside = np.cross(axis, to_node)
    angle = np.arctan2((place * beside).sum(axis=-1), (place * to_node).sum(axis=-1))
    return np.asarray(np.remainder(angle, 2 * np.pi))


def plane_error(inclination: ArrayLike, node_shift: ArrayLike) -> Floats:
    """Measure the angle between two planes of one inclination and different nodes.

    Parameters
    ----------
    inclination : array_like, shape (...)
        Inclination of both [rad].
    node_shift : array_like, shape (...)
        Node of the one less that of the other [rad].

    Returns
    -------
    numpy.ndarray, shape (...)
        Angle between their normals, 0 to pi [rad].
    """
    half = np.sin(np.asarray(inclination)) * np.abs(np.sin(np.asarray(node_shift) / 2))
    return np.asarray(2 * np.arcsin(np.minimum(half, 1.0)))


def plane_change(error: ArrayLike, speed: ArrayLike) -> Floats:
    """Say what it costs to turn a velocity without changing its size.

    Parameters
    ----------
    error : array_like, shape (...)
        Angle to turn by [rad].
    speed : array_like, shape (...)
        Speed [m/s].

    Returns
    -------
    numpy.ndarray, shape (...)
        Change of velocity [m/s].
    """
    return np.asarray(2 * np.asarray(speed) * np.sin(np.asarray(error) / 2))


def circular_speed(altitude: float) -> float:
    """Give the speed in a circular orbit.

    Parameters
    ----------
    altitude : float
        Altitude over the equatorial radius of WGS84 [m].

    Returns
    -------
    float
        Speed against the stars [m/s].

    Examples
    --------
    >>> round(circular_speed(200e3))
    7784
    """
    if not altitude > 0:
        raise InputError(f"altitude is {altitude:g} m; an orbit of insertion needs one above 0")
    return float(np.sqrt(MU_EARTH / (WGS84_A + altitude)))


def carried_speed(position: ArrayLike) -> Floats:
    """Give the speed with which places are carried east by the Earth.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Positions in ITRS [m].

    Returns
    -------
    numpy.ndarray, shape (...)
        Speed [m/s].
    """
    place = np.asarray(position, dtype=np.float64)
    return np.asarray(EARTH_ROTATION_RATE * np.hypot(place[..., 0], place[..., 1]))


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / np.sqrt(np.sum(vector**2, axis=-1))[..., np.newaxis])
