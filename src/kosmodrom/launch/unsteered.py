"""Ascents straight over the ground, without steering sideways, into a wanted plane.

At lift-off a vehicle moves east with the ground, out of the plane in which the site lies. Flown
along a great circle of the turning ground it loses that part only as it gains speed, so it ends in
a plane that the site reaches later. Steered sideways at once, to stay in the plane, it would lift
off when the site is in it. Real ascents lie between the two.

Only the end of the flight counts: with **r** there, **d** its direction over the ground and **c**
the velocity of the ground, the speed v over the ground follows from the speed against the stars,
|v d + c| = V, and the plane from **h** = **r** x (v d + c). The azimuth at lift-off is the one for
which **h** has the wanted inclination; how far the node of **h** is turned from that of the plane
in which the site lies gives the lead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE
from kosmodrom.base.search import crossings
from kosmodrom.launch.planes import plane_angles

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Unsteered", "unsteered"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_TOLERANCE = 1e-9  # of the azimuth [rad]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsteered:
    """Ascents straight over the ground.

    Attributes
    ----------
    lead : numpy.ndarray, shape (k,)
        How long before the site is in the plane they lift off [s]; NaN where no azimuth gives the
        inclination.
    azimuth : numpy.ndarray, shape (k,)
        Direction over the ground at lift-off, clockwise from north, 0 to 2 pi [rad]; NaN likewise.
    """

    lead: Floats
    azimuth: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flight:
    latitude: float
    radius: float
    angle: float
    speed: float


def unsteered(
    latitude: float,
    radius: float,
    inclination: ArrayLike,
    ascending: ArrayLike,
    *,
    flight_time: float,
    flight_angle: float,
    speed: float,
) -> Unsteered:
    """Find ascents straight over the ground that end in planes.

    Parameters
    ----------
    latitude : float
        Geocentric latitude of the site [rad].
    radius : float
        Distance from the Earth's centre at insertion, for the speed of what turns with the Earth
        there [m].
    inclination : array_like, shape (k,)
        Inclinations of the planes [rad].
    ascending : array_like of bool, shape (k,)
        Whether they go north over the site [-].
    flight_time : float
        From lift-off to insertion [s].
    flight_angle : float
        The ground below the flight, as an angle at the Earth's centre [rad].
    speed : float
        Horizontal speed against the stars at insertion [m/s].

    Returns
    -------
    Unsteered
        One of each.
    """
    tilt = np.atleast_1d(np.asarray(inclination, dtype=np.float64))
    north = np.broadcast_to(np.atleast_1d(np.asarray(ascending, dtype=np.bool_)), tilt.shape)
    flight = _Flight(latitude=latitude, radius=radius, angle=flight_angle, speed=speed)
    low = np.where(north, -np.pi / 2, np.pi / 2)
    high = low + np.pi

    def _excess(rows: NDArray[np.int64], azimuth: Floats) -> Floats:
        return plane_angles(_momentum(flight, azimuth))[0] - tilt[rows]

    rows = np.arange(len(tilt))
    ends = _excess(rows, low), _excess(rows, high)
    can = np.flatnonzero(ends[0] * ends[1] < 0)
    azimuth = np.full(len(tilt), np.nan)
    azimuth[can] = crossings(
        _excess, rows[can], low[can], high[can], _TOLERANCE, (ends[0][can], ends[1][can])
    )
    _, node = plane_angles(_momentum(flight, azimuth))
    # From the node to the site along the equator, where the site lies in the plane.
    along = np.arcsin(np.clip(np.tan(latitude) / np.tan(tilt), -1.0, 1.0))
    along = np.where(north, along, np.pi - along)
    turned = node + EARTH_ROTATION_RATE * flight_time + along
    turned = np.remainder(turned + np.pi, 2 * np.pi) - np.pi
    return Unsteered(
        lead=np.where(np.isnan(azimuth), np.nan, turned / EARTH_ROTATION_RATE),
        azimuth=np.remainder(azimuth, 2 * np.pi),
    )


def _momentum(flight: _Flight, azimuth: Floats) -> Floats:
    """Give the angular momentum at the end, in axes with the site at longitude 0."""
    sine, cosine = np.sin(flight.latitude), np.cos(flight.latitude)
    nothing = np.zeros_like(azimuth)
    up = np.stack([nothing + cosine, nothing, nothing + sine], axis=-1)
    ahead = np.stack([-sine * np.cos(azimuth), np.sin(azimuth), cosine * np.cos(azimuth)], axis=-1)
    place = np.cos(flight.angle) * up + np.sin(flight.angle) * ahead
    way = np.cos(flight.angle) * ahead - np.sin(flight.angle) * up
    carried = (
        EARTH_ROTATION_RATE
        * flight.radius
        * np.stack([-place[:, 1], place[:, 0], nothing], axis=-1)
    )
    part = (way * carried).sum(axis=-1)
    over = -part + np.sqrt(part**2 + flight.speed**2 - (carried**2).sum(axis=-1))
    return np.cross(place, over[:, np.newaxis] * way + carried)
