"""A satellite seen from a place, as arrays: for searches by bisection and for final numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.constants import SPEED_OF_LIGHT
from kosmodrom.base.ellipsoid import nadir
from kosmodrom.view._kernels import GMST_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.base.frames import EarthAngles
    from kosmodrom.orbits.sgp4 import Sgp4
    from kosmodrom.view.observers import Observers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Flight", "Scene", "Sight", "dot", "downward", "turned", "unpoled"]


def dot(one: Floats, other: Floats) -> Floats:
    """Multiply vectors.

    Parameters
    ----------
    one, other : numpy.ndarray, shape (..., 3)
        Vectors [any units].

    Returns
    -------
    numpy.ndarray, shape (...)
        Scalar products [product of the units].
    """
    return np.asarray(np.sum(one * other, axis=-1))


def unpoled(vector: Floats, pole: tuple[Floats, Floats]) -> Floats:
    """Turn vectors from ITRS into pseudo-Earth-fixed axes, whose pole is that of rotation.

    Parameters
    ----------
    vector : numpy.ndarray, shape (..., 3)
        In ITRS [any unit].
    pole : tuple of numpy.ndarray, shape (...)
        Coordinates x and y of the pole [rad]; their squares, 2e-12 at most, are left out.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        The same vectors [same unit].
    """
    x, y, z = vector[..., 0], vector[..., 1], vector[..., 2]
    return np.stack([x - pole[0] * z, y + pole[1] * z, z + pole[0] * x - pole[1] * y], axis=-1)


def downward(position: Floats) -> Floats:
    """Point to the geodetic nadir.

    Parameters
    ----------
    position : numpy.ndarray, shape (k, 3)
        In ITRS or pseudo-Earth-fixed axes; NaN where SGP4 gives none [m].

    Returns
    -------
    numpy.ndarray, shape (k, 3)
        Unit vectors; NaN where the position is [-].
    """
    known = np.isfinite(position[:, :1])
    return np.where(known, nadir(np.where(known, position, [7e6, 0.0, 0.0])), np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Satellites against the axes of places, all in pseudo-Earth-fixed axes.

    Attributes
    ----------
    line : numpy.ndarray, shape (k, 3)
        From the place to the satellite [m].
    velocity, acceleration : numpy.ndarray, shape (k, 3)
        First and second rate of `line` in rotating axes [m/s, m/s²].
    satellite : numpy.ndarray, shape (k, 3)
        Position of the satellite from the Earth's centre [m].
    axes : numpy.ndarray, shape (k, 3, 3)
        Unit vectors of the place to the east, the north and up [-].
    distance : numpy.ndarray, shape (k,)
        Length of `line` [m].
    """

    line: Floats
    velocity: Floats
    acceleration: Floats
    satellite: Floats
    axes: Floats
    distance: Floats

    def height(self) -> Floats:
        """Give the height over the plane of the horizon.

        Returns
        -------
        numpy.ndarray, shape (k,)
            Height [m].
        """
        return dot(self.line, self.axes[:, 2])

    def elevation(self) -> Floats:
        """Give the elevation.

        Returns
        -------
        numpy.ndarray, shape (k,)
            Angle over the horizon [rad].
        """
        east, north = dot(self.line, self.axes[:, 0]), dot(self.line, self.axes[:, 1])
        return np.asarray(np.arctan2(self.height(), np.hypot(east, north)))

    def azimuth(self) -> Floats:
        """Give the azimuth.

        Returns
        -------
        numpy.ndarray, shape (k,)
            Clockwise from north, 0 to 2 pi [rad].
        """
        east, north = dot(self.line, self.axes[:, 0]), dot(self.line, self.axes[:, 1])
        return np.asarray(np.arctan2(east, north) % (2 * np.pi))


@dataclass(frozen=True, slots=True)
class Flight:
    """Satellites in pseudo-Earth-fixed axes.

    Attributes
    ----------
    position, velocity, acceleration : numpy.ndarray, shape (k, 3)
        From the Earth's centre, with rates in the rotating axes [m, m/s, m/s²].
    """

    position: Floats
    velocity: Floats
    acceleration: Floats

    def __getitem__(self, index: NDArray[np.generic]) -> Flight:
        return Flight(self.position[index], self.velocity[index], self.acceleration[index])


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Element sets, places and the turning Earth, with seconds counted from one origin.

    Attributes
    ----------
    ready : Sgp4
        The element sets.
    origin : numpy.ndarray, shape (n,)
        Time from the epoch of every element set to the origin [min].
    observers : Observers
        The places.
    angles : EarthAngles
        Rotation of the Earth and its pole, by seconds from the origin.
    light_time : bool
        Whether the satellite is seen where it was when the light left it.
    """

    ready: Sgp4
    origin: Floats
    observers: Observers
    angles: EarthAngles
    light_time: bool = False

    def sight(self, row: Ints, place: Ints, time: Floats, *, exact: bool = True) -> Sight:
        """Look from places at satellites.

        Parameters
        ----------
        row, place : numpy.ndarray of int64, shape (k,)
            Which element set, which place [-].
        time : numpy.ndarray, shape (k,)
            When [s].
        exact : bool
            Whether velocities are exact derivatives, which costs more in deep space.

        Returns
        -------
        Sight
            One row a look; NaN where SGP4 gives no position.
        """
        found = self.seen(self.flight(row, time, exact=exact), place, time)
        if (
            self.light_time
        ):  # each round is right to 2e-5 of what the last one left, 30 µs at first
            for _ in range(2):
                delay = found.distance / SPEED_OF_LIGHT
                found = self.seen(self.flight(row, time, delay, exact=exact), place, time)
        return found

    def flight(
        self, row: Ints, time: Floats, delay: Floats | float = 0.0, *, exact: bool = True
    ) -> Flight:
        """Put satellites into pseudo-Earth-fixed axes.

        Parameters
        ----------
        row : numpy.ndarray of int64, shape (k,)
            Which element set [-].
        time : numpy.ndarray, shape (k,)
            When [s].
        delay : numpy.ndarray, shape (k,) or float
            How much earlier the satellite is taken than the Earth's rotation [s].
        exact : bool
            Whether velocities are exact derivatives.

        Returns
        -------
        Flight
            One row a time; NaN where SGP4 gives no position.
        """
        minutes = self.origin[row] + (time - delay) / 60.0
        motion = (self.ready.at if exact else self.ready.positions)(row, minutes)
        theta = self.angles.gmst_at(time)
        position, velocity, acceleration = (
            turned(part, theta) for part in (motion.position, motion.velocity, motion.acceleration)
        )
        # Rotating axes add Coriolis' and the centrifugal acceleration.
        spun = velocity - _cross_pole(position)
        acceleration = acceleration - 2 * _cross_pole(spun) - _cross_pole(_cross_pole(position))
        return Flight(position, spun, acceleration)

    def seen(self, flight: Flight, place: Ints, time: Floats) -> Sight:
        """Look from places at satellites whose positions are known.

        Parameters
        ----------
        flight : Flight, k rows
            The satellites.
        place : numpy.ndarray of int64, shape (k,)
            Which place [-].
        time : numpy.ndarray, shape (k,)
            When [s].

        Returns
        -------
        Sight
            One row a look.
        """
        pole = self.angles.pole_at(time)
        line = flight.position - unpoled(self.observers.position[place], pole)
        axes = unpoled(self.observers.axes[place], (pole[0][:, None], pole[1][:, None]))
        return Sight(
            line=line,
            velocity=flight.velocity,
            acceleration=flight.acceleration,
            satellite=flight.position,
            axes=axes,
            distance=np.sqrt(dot(line, line)),
        )


def turned(vector: Floats, theta: Floats) -> Floats:
    """Turn vectors from TEME into pseudo-Earth-fixed axes.

    Parameters
    ----------
    vector : numpy.ndarray, shape (k, 3)
        In TEME [any unit].
    theta : numpy.ndarray, shape (k,)
        Greenwich mean sidereal time [rad].

    Returns
    -------
    numpy.ndarray, shape (k, 3)
        The same vectors [same unit].
    """
    cosine, sine = np.cos(theta), np.sin(theta)
    x, y = vector[:, 0], vector[:, 1]
    return np.stack([cosine * x + sine * y, cosine * y - sine * x, vector[:, 2]], axis=-1)


def _cross_pole(vector: Floats) -> Floats:
    """Cross the Earth's rotation with vectors [unit/s]."""
    return np.stack(
        [-GMST_RATE * vector[:, 1], GMST_RATE * vector[:, 0], 0 * vector[:, 2]], axis=-1
    )
