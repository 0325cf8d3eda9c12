"""Which orbits a place can be launched into, in which direction, and what a turn costs.

An orbit's plane holds the Earth's centre, so the latitude that bounds its inclination is the
*geocentric* one, not that of maps, which is up to 0.19 deg larger. Directions are of two kinds:
the *inertial* azimuth is that of the velocity against the stars, as the orbit has it; the
*ground* azimuth is that of the velocity against the turning Earth, as the vehicle must add it to
what the pad has already.

References
----------
D. A. Vallado, Fundamentals of Astrodynamics and Applications, 4th edition (2013), section 6.4:
cos i = cos phi sin A, and the velocity of the site. H. D. Curtis, Orbital Mechanics for
Engineering Students, 3rd edition (2014), sections 6.9 and 6.11: launch azimuth, plane changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A
from kosmodrom.base.ellipsoid import geocentric_latitude, geodetic_to_itrs
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = [
    "ascent_turn",
    "circular_speed",
    "ground_azimuth",
    "inclination_limits",
    "inclination_of",
    "inertial_azimuth",
    "inertial_from_ground",
    "pad_on_earth",
    "plane_change",
]

Floats = NDArray[np.float64]
_LOWEST, _HIGHEST = 100e3, 2_000e3  # between which a parking orbit is taken [m]
_DUST = 1e-9  # of a cosine: 1e-9 is 3e-5 rad, 2.6 millidegrees, only due east itself


def pad_on_earth(latitude: ArrayLike) -> tuple[Floats, Floats]:
    """Say where a place stands as an orbit sees it: its geocentric latitude and its own speed.

    Parameters
    ----------
    latitude : array_like, shape (...)
        Geodetic latitude of the place, on the ellipsoid [rad].

    Returns
    -------
    latitude_geocentric : numpy.ndarray, shape (...)
        Angle to the equator at the Earth's centre [rad].
    speed : numpy.ndarray, shape (...)
        Speed of the place, due east, by the turning of the Earth [m/s].

    Examples
    --------
    >>> centric, speed = pad_on_earth(np.radians(51.884))
    >>> round(float(np.degrees(centric)), 3), round(float(speed), 1)
    (51.697, 287.7)
    """
    position = geodetic_to_itrs(latitude, 0.0, 0.0)
    across = np.hypot(position[..., 0], position[..., 1])
    return geocentric_latitude(position), np.asarray(EARTH_ROTATION_RATE * across)


def circular_speed(altitude: ArrayLike) -> Floats:
    """Give the speed on a circular orbit.

    Parameters
    ----------
    altitude : array_like, shape (...)
        Height over the equatorial radius of WGS84, 100 to 2000 km [m].

    Returns
    -------
    numpy.ndarray, shape (...)
        Speed against the stars [m/s].

    Examples
    --------
    >>> round(float(circular_speed(200e3)), 1)
    7784.3
    """
    high = np.asarray(altitude, dtype=np.float64)
    if not np.all((high >= _LOWEST) & (high <= _HIGHEST)):
        raise InputError(
            f"altitude is {float(np.ravel(high)[0]) / 1000:g} km; the orbit into which a launch "
            "goes is taken between 100 and 2000 km, like 200 km"
        )
    return np.asarray(np.sqrt(MU_EARTH / (WGS84_A + high)))


def inclination_limits(latitude_geocentric: ArrayLike) -> tuple[Floats, Floats]:
    """Give the least and the greatest inclination of orbits that pass over a place.

    Parameters
    ----------
    latitude_geocentric : array_like, shape (...)
        Geocentric latitude [rad].

    Returns
    -------
    low, high : numpy.ndarray, shape (...)
        Inclinations reached due east and due west [rad].
    """
    low = np.abs(np.asarray(latitude_geocentric, dtype=np.float64))
    return low, np.asarray(np.pi - low)


def inertial_azimuth(
    latitude_geocentric: ArrayLike, inclination: ArrayLike
) -> tuple[Floats, Floats]:
    """Find the two directions in which an orbit passes over a place.

    Parameters
    ----------
    latitude_geocentric : array_like, shape (...)
        Geocentric latitude [rad].
    inclination : array_like, shape (...)
        Inclination, within the limits of `inclination_limits` [rad].

    Returns
    -------
    ascending, descending : numpy.ndarray, shape (...)
        Azimuth against the stars, clockwise from north, 0 to 2 pi: northwards and southwards.
        Due east and due west the two are the same [rad].

    Examples
    --------
    >>> np.degrees(inertial_azimuth(np.radians(34.5), np.radians(98.43))).round(1)
    array([349.8, 190.2])
    """
    latitude, wanted = np.broadcast_arrays(
        np.asarray(latitude_geocentric, dtype=np.float64),
        np.asarray(inclination, dtype=np.float64),
    )
    if not (np.all(np.abs(latitude) < np.pi / 2) and np.all((wanted >= 0) & (wanted <= np.pi))):
        raise InputError(
            "a latitude is not between ±pi/2 rad, or an inclination not from 0 to pi rad; "
            "degrees must be turned into radians"
        )
    sine = np.cos(wanted) / np.cos(latitude)
    over = np.abs(sine) - 1.0
    if np.any(over > _DUST):
        worst = int(np.argmax(over))
        low = np.degrees(np.abs(latitude.flat[worst]))
        raise InputError(
            f"no orbit of {np.degrees(wanted.flat[worst]):.4f} deg passes over a geocentric "
            f"latitude of {np.degrees(latitude.flat[worst]):.4f} deg; it takes "
            f"{low:.4f} to {180 - low:.4f} deg"
        )
    ascending = np.arcsin(np.clip(sine, -1.0, 1.0))
    return np.asarray(ascending % (2 * np.pi)), np.asarray(np.pi - ascending)


def inclination_of(latitude_geocentric: ArrayLike, azimuth: ArrayLike) -> Floats:
    """Find the inclination of the orbit that leaves a place in an inertial direction.

    Parameters
    ----------
    latitude_geocentric : array_like, shape (...)
        Geocentric latitude [rad].
    azimuth : array_like, shape (...)
        Azimuth against the stars [rad].

    Returns
    -------
    numpy.ndarray, shape (...)
        Inclination [rad].
    """
    cosine = np.cos(latitude_geocentric) * np.sin(azimuth)
    return np.asarray(np.arccos(np.clip(cosine, -1.0, 1.0)))


def ground_azimuth(
    azimuth: ArrayLike, speed: ArrayLike, pad_speed: ArrayLike
) -> tuple[Floats, Floats]:
    """Turn an inertial direction into the one against the turning Earth.

    Parameters
    ----------
    azimuth : array_like, shape (...)
        Azimuth against the stars [rad].
    speed : array_like, shape (...)
        Speed against the stars [m/s].
    pad_speed : array_like, shape (...)
        Speed of the place itself, due east [m/s].

    Returns
    -------
    azimuth : numpy.ndarray, shape (...)
        Azimuth of what must be added to the speed of the place, 0 to 2 pi [rad].
    speed : numpy.ndarray, shape (...)
        How much that is, losses apart [m/s].

    Examples
    --------
    >>> azimuth, speed = ground_azimuth(np.radians(189.63), 7612.6, 358.6)
    >>> round(float(np.degrees(azimuth)), 1), round(float(speed), 1)
    (192.3, 7680.7)
    """
    east = np.asarray(speed) * np.sin(azimuth) - np.asarray(pad_speed)
    north = np.asarray(speed) * np.cos(azimuth)
    return np.asarray(np.arctan2(east, north) % (2 * np.pi)), np.asarray(np.hypot(east, north))


def inertial_from_ground(azimuth: ArrayLike, speed: ArrayLike, pad_speed: ArrayLike) -> Floats:
    """Turn a direction against the turning Earth into the inertial one.

    Parameters
    ----------
    azimuth : array_like, shape (...)
        Azimuth against the Earth [rad].
    speed : array_like, shape (...)
        Speed that is reached, against the stars, above that of the place [m/s].
    pad_speed : array_like, shape (...)
        Speed of the place itself, due east [m/s].

    Returns
    -------
    numpy.ndarray, shape (...)
        Azimuth against the stars, 0 to 2 pi [rad].
    """
    whole, own = np.asarray(speed, dtype=np.float64), np.asarray(pad_speed, dtype=np.float64)
    if np.any(whole <= own):
        raise InputError(
            f"speed is {whole.min():.6g} m/s; it must be above that of the place, "
            f"{own.max():.6g} m/s"
        )
    # |own east + added| = whole, solved for what is added along the azimuth
    along = -own * np.sin(azimuth)
    added = along + np.sqrt(whole**2 - own**2 + along**2)
    return np.asarray(
        np.arctan2(own + added * np.sin(azimuth), added * np.cos(azimuth)) % (2 * np.pi)
    )


def plane_change(speed: ArrayLike, turn: ArrayLike) -> Floats:
    """Give the cost of turning a velocity without changing its size.

    Parameters
    ----------
    speed : array_like, shape (...)
        Speed [m/s].
    turn : array_like, shape (...)
        Angle between the velocities before and after, which is that between the two planes [rad].

    Returns
    -------
    numpy.ndarray, shape (...)
        2 v sin(turn / 2) [m/s].

    Examples
    --------
    >>> round(float(plane_change(7784.3, np.radians(10.0))), 1)
    1356.9
    """
    return np.asarray(2 * np.asarray(speed) * np.sin(np.abs(turn) / 2))


def ascent_turn(speed: ArrayLike, turn_speed: ArrayLike, turn: ArrayLike) -> Floats:
    """Give what a turn on the way up costs, against flying straight.

    The vehicle has `turn_speed` in one direction and burns on until it has `speed` in another:
    the third side of that triangle, less what would have been burnt without a turn. Turning at
    the full speed, it is `plane_change`.

    Parameters
    ----------
    speed : array_like, shape (...)
        Speed in orbit [m/s].
    turn_speed : array_like, shape (...)
        Speed at which the turn begins, not above that in orbit [m/s].
    turn : array_like, shape (...)
        Angle between the two directions [rad].

    Returns
    -------
    numpy.ndarray, shape (...)
        Cost, losses by weight and air apart [m/s].
    """
    whole, first = np.asarray(speed, dtype=np.float64), np.asarray(turn_speed, dtype=np.float64)
    if np.any((first <= 0) | (first > whole)):
        raise InputError(
            f"turn speed is {first.min():.6g} m/s; it must be above 0 and not above the "
            f"speed in orbit, {whole.min():.6g} m/s"
        )
    # (whole - first)² + 2 whole first (1 - cos turn): without the cancellation of the cosine rule
    side = np.sqrt((whole - first) ** 2 + 4 * whole * first * np.sin(np.asarray(turn) / 2) ** 2)
    return np.asarray(side - (whole - first))
