"""Places on and above the WGS84 ellipsoid, and where something stands in the sky of a place.

Positions are Earth-fixed (ITRS): x to the meridian of zero, z to the north pole. WGS84 and ITRS
are the same to a few centimetres.

References
----------
B. R. Bowring, The accuracy of geodetic latitude and height equations, Survey Review 28 (1985),
202-206: the start and the step of the inverse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base._vectors import apply, vectors
from kosmodrom.base.constants import WGS84_A, WGS84_B, WGS84_F
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = [
    "geocentric_latitude",
    "geodetic_to_itrs",
    "itrs_to_geodetic",
    "local_axes",
    "nadir",
    "topocentric",
]

Floats = NDArray[np.float64]
_E2 = WGS84_F * (2 - WGS84_F)  # first eccentricity squared
_E2_SECOND = _E2 / (1 - _E2)  # second eccentricity squared
# Near the centre the normals of the ellipsoid cross, and there is no one latitude.
_NEAREST_TO_CENTRE = 1e6


def geodetic_to_itrs(latitude: ArrayLike, longitude: ArrayLike, height: ArrayLike) -> Floats:
    """Place a point in Earth-fixed axes.

    Parameters
    ----------
    latitude, longitude : array_like, shape (...)
        Geodetic latitude and east longitude [rad].
    height : array_like, shape (...)
        Height above the ellipsoid, along its normal [m].

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Position in ITRS [m].

    Examples
    --------
    >>> geodetic_to_itrs(np.pi / 2, 0.0, 0.0).round(3)
    array([      0.   ,       0.   , 6356752.314])
    """
    lat, lon = _checked(latitude, longitude)
    high = _finite(height, "height", "metres")
    sin_lat, cos_lat = np.sin(lat), np.cos(lat)
    radius = WGS84_A / np.sqrt(1 - _E2 * sin_lat**2)
    across = (radius + high) * cos_lat
    x, y, z = np.broadcast_arrays(
        across * np.cos(lon), across * np.sin(lon), (radius * (1 - _E2) + high) * sin_lat
    )
    return np.stack([x, y, z], axis=-1)


def itrs_to_geodetic(position: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Find latitude, longitude and height of a point.

    From 5000 km below the ground to the Moon the answer is that of exact arithmetic to 3e-16 rad
    and 0.2 µm (4 nm up to 2000 km), two steps of Bowring's being enough everywhere; a million
    points take 0.2 s. On the axis of the poles, where any longitude is right, it is 0.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Position in ITRS, 1000 km or more from the Earth's centre [m].

    Returns
    -------
    latitude, longitude : numpy.ndarray, shape (...)
        Geodetic latitude, and east longitude from -pi to pi [rad].
    height : numpy.ndarray, shape (...)
        Height above the ellipsoid [m].

    Examples
    --------
    >>> latitude, longitude, height = itrs_to_geodetic([0.0, 7e6, 0.0])
    >>> float(latitude), float(longitude), float(height)
    (0.0, 1.5707963267948966, 621863.0)
    """
    x, y, z = _parts(position)
    across = np.hypot(x, y)
    sin_lat, cos_lat = _normal(across, z)
    # Along the normal; an error of the latitude enters only squared.
    height = across * cos_lat + z * sin_lat - WGS84_A * np.sqrt(1 - _E2 * sin_lat**2)
    return (
        np.asarray(np.arctan2(sin_lat, cos_lat)),
        np.asarray(np.arctan2(y, x + 0.0)),  # no minus zero: on the axis it would be half a turn
        np.asarray(height),
    )


def geocentric_latitude(position: ArrayLike) -> Floats:
    """Find the angle between a position and the equator, at the Earth's centre.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Position in ITRS, 1000 km or more from the Earth's centre [m].

    Returns
    -------
    numpy.ndarray, shape (...)
        Geocentric latitude, which is not the latitude of maps: up to 0.0034 rad (0.19 deg) smaller
        on the ground [rad].
    """
    x, y, z = _parts(position)
    return np.asarray(np.arctan2(z, np.hypot(x, y)))


def local_axes(latitude: ArrayLike, longitude: ArrayLike) -> Floats:
    """Give the directions east, north and up at places.

    Up is the normal of the ellipsoid. At a pole the longitude decides: north at the north pole
    points to the meridian opposite to it.

    Parameters
    ----------
    latitude, longitude : array_like, shape (...)
        Geodetic latitude and east longitude [rad].

    Returns
    -------
    numpy.ndarray, shape (..., 3, 3)
        Unit vectors in ITRS as rows, east, north, up: ``axes @ vector`` turns from ITRS [-].

    Examples
    --------
    >>> local_axes(0.0, 0.0)
    array([[-0.,  1.,  0.],
           [-0., -0.,  1.],
           [ 1.,  0.,  0.]])
    """
    lat, lon = np.broadcast_arrays(*_checked(latitude, longitude))
    sin_lat, cos_lat, sin_lon, cos_lon = np.sin(lat), np.cos(lat), np.sin(lon), np.cos(lon)
    east = np.stack([-sin_lon, cos_lon, np.zeros_like(lon)], axis=-1)
    north = np.stack([-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat], axis=-1)
    up = np.stack([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat], axis=-1)
    return np.stack([east, north, up], axis=-2)


def topocentric(
    position: ArrayLike, latitude: ArrayLike, longitude: ArrayLike, height: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Say where something stands in the sky of a place: straight lines, no air, no light time.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        What is looked at, in ITRS [m].
    latitude, longitude : array_like, shape (...)
        Geodetic latitude and east longitude of the place [rad].
    height : array_like, shape (...)
        Height of the place above the ellipsoid [m].

    Returns
    -------
    azimuth : numpy.ndarray, shape (...)
        Direction clockwise from north, 0 to 2 pi [rad]; any value is right at the zenith.
    elevation : numpy.ndarray, shape (...)
        Angle above the plane that is level on the ellipsoid, -pi/2 to pi/2 [rad].
    distance : numpy.ndarray, shape (...)
        Distance [m].

    Examples
    --------
    >>> azimuth, elevation, distance = topocentric([7e6, 0.0, 1e6], 0.0, 0.0, 0.0)
    >>> [round(float(part), 3) for part in (azimuth, elevation, distance)]
    [0.0, 0.556, 1177588.039]
    """
    away = vectors(position, "position") - geodetic_to_itrs(latitude, longitude, height)
    east, north, up = np.moveaxis(apply(local_axes(latitude, longitude), away), -1, 0)
    level = np.hypot(east, north)
    distance = np.hypot(level, up)
    if np.any(distance == 0):
        raise InputError(
            "position is the place itself, 0 m away, and stands in no direction; leave it out"
        )
    azimuth = np.arctan2(east, north)
    azimuth = np.where(azimuth < 0, azimuth + 2 * np.pi, azimuth)
    azimuth = np.where(azimuth >= 2 * np.pi, 0.0, azimuth)  # rounding of a tiny negative angle
    return azimuth, np.asarray(np.arctan2(up, level)), np.asarray(distance)


def nadir(position: ArrayLike) -> Floats:
    """Give the direction from a satellite straight down: against the normal of the ellipsoid.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Position in ITRS, 1000 km or more from the Earth's centre [m].

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Unit vector in ITRS, towards the point of the ellipsoid that has the satellite in its
        zenith; up to 0.0031 rad (0.18 deg) from the Earth's centre at 550 km [-].
    """
    x, y, z = _parts(position)
    across = np.hypot(x, y)
    sin_lat, cos_lat = _normal(across, z)
    outwards = np.divide(cos_lat, across, out=np.zeros_like(across), where=across > 0)
    return -np.stack([x * outwards, y * outwards, sin_lat], axis=-1)


def _normal(across: Floats, z: Floats) -> tuple[Floats, Floats]:
    """Give sine and cosine of the geodetic latitude by two steps from Bowring's start.

    The pair is the reduced latitude, kept as a direction so that the poles need no care.
    """
    far = np.hypot(across, z)
    sine, cosine = z * (1 - WGS84_F) * (1 + _E2_SECOND * WGS84_B / far), across
    for _ in range(2):
        scale = 1 / np.sqrt(sine * sine + cosine * cosine)
        sine, cosine = sine * scale, cosine * scale
        rise = z + _E2_SECOND * WGS84_B * (sine * sine * sine)
        cosine = across - _E2 * WGS84_A * (cosine * cosine * cosine)
        sine = (1 - WGS84_F) * rise
    scale = 1 / np.sqrt(rise * rise + cosine * cosine)
    return rise * scale, cosine * scale


def _finite(values: ArrayLike, name: str, unit: str) -> Floats:
    array = np.asarray(values, dtype=np.float64)
    if not np.all(np.isfinite(array)):
        raise InputError(f"{name} holds a value that is not finite; give numbers in {unit}")
    return array


def _checked(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Floats, Floats]:
    lat, lon = _finite(latitude, "latitude", "radians"), _finite(longitude, "longitude", "radians")
    for name, given, limit in (("latitude", lat, np.pi / 2), ("longitude", lon, 2 * np.pi)):
        if given.size and np.abs(given).max() > limit * (1 + 1e-12):  # the dust of a conversion
            raise InputError(
                f"{name} reaches {np.abs(given).max():.6g} rad; the limit is {limit:.6g} rad. "
                "Degrees must be turned into radians"
            )
    return lat, lon


def _parts(position: ArrayLike) -> tuple[Floats, Floats, Floats]:
    given = vectors(position, "position")
    x, y, z = given[..., 0], given[..., 1], given[..., 2]
    square = x * x + y * y + z * z
    if square.size and square.min() < _NEAREST_TO_CENTRE**2:
        raise InputError(
            f"position is {np.sqrt(square.min()):.6g} m from the Earth's centre; up and down are "
            f"told from {_NEAREST_TO_CENTRE:.0f} m on. Kilometres must be turned into metres"
        )
    return x, y, z
