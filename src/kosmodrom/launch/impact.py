"""Where a vehicle would come down if its engines stopped now and there were no air.

The point is that of range safety, instantaneous and in vacuum: along an ascent it runs ahead of
the vehicle, and leaves the Earth when the orbit clears it. Gravity is that of a sphere, so with
a range of 2000 km it is a few kilometres off; the ground is the WGS84 ellipsoid, which turns.

On a sphere the fall is closed: with the semi-latus rectum p and the eccentricity e, e cos(nu) is
p / r - 1 and e sin(nu) is the radial speed times sqrt(p / mu), at the vehicle and on the ground
alike, so the angle between the two needs no iteration, and by the same with the eccentric anomaly
nor does the time. The radius of the ellipsoid below the impact is put in and the fall taken again,
a fixed number of times: so the same formulas, written once, serve NumPy and CasADi.

References
----------
J. Ahn, W.-R. Roh, Noniterative instantaneous impact point prediction algorithm for launch
operations, Journal of Guidance, Control, and Dynamics 35 (2012), 645-648: that it can be closed.

R. R. Bate, D. D. Mueller, J. E. White, Fundamentals of astrodynamics, Dover, 1971: sections 1.5,
4.2: conics and time of flight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_B, WGS84_F
from kosmodrom.errors import InputError
from kosmodrom.launch.symbols import library

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ImpactPoint", "Trace", "impact_expression", "impact_point", "impact_trace"]

Floats = NDArray[np.float64]

_E2 = WGS84_F * (2 - WGS84_F)
_ROUNDS = 30  # of the radius below the impact; the steeper the fall, the fewer would do
_ROUNDS_OF_EXPRESSION: Final = 5
_AGREED = 1e-3  # of two rounds [m]
_AT_ONCE = 0.01  # [s]
# Where the orbit hardly reaches the ground, its radial speed there is rounded off by this; at 500
# m/s that is 0.1 mm/s.
_SLOWEST = 10.0  # [m/s]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImpactPoint:
    """Where vehicles would come down; expressions of CasADi where it was asked for with such.

    Attributes
    ----------
    falls : numpy.ndarray of bool, shape (...)
        Whether it comes down; where not, the rest is NaN. As an expression it is the square of
        the radial speed at the ground [m²/s²], below zero where the orbit clears the ground.
    latitude, longitude : numpy.ndarray, shape (...)
        Geodetic latitude and east longitude on the turning Earth [rad].
    time : numpy.ndarray, shape (...)
        When, from lift-off [s].
    direction : numpy.ndarray, shape (..., 3)
        From the Earth's centre towards it, in Earth-fixed axes, length one: without a seam, for
        limits of an optimiser [-].
    """

    falls: Any
    latitude: Any
    longitude: Any
    time: Any
    direction: Any


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trace:
    """The way of the impact point along an ascent.

    Attributes
    ----------
    time : numpy.ndarray, shape (k,)
        Times from lift-off at which the engines would stop [s].
    latitude, longitude : numpy.ndarray, shape (k,)
        Geodetic latitude and east longitude of the impact then [rad].
    impact : numpy.ndarray, shape (k,)
        When it would come down, from lift-off [s].
    leaves : float or None
        When the point leaves the Earth, because the orbit clears it; None where it stays [s].
    """

    time: Floats
    latitude: Floats
    longitude: Floats
    impact: Floats
    leaves: float | None


def impact_point(
    time: ArrayLike, position: ArrayLike, velocity: ArrayLike, *, radius: float | None = None
) -> ImpactPoint:
    """Find where vehicles would come down without engines and air.

    Parameters
    ----------
    time : array_like, shape (...)
        When, from lift-off [s].
    position, velocity : array_like, shape (..., 3)
        States in axes that do not turn and are those of the Earth at lift-off [m, m/s].
    radius : float or None
        Of a spherical Earth; None for the WGS84 ellipsoid [m].

    Returns
    -------
    ImpactPoint
        Where, and whether at all. The latitude is geodetic on the ellipsoid, and plain on a
        sphere.
    """
    place, speed = np.asarray(position, np.float64), np.asarray(velocity, np.float64)
    if place.shape[-1:] != (3,) or speed.shape[-1:] != (3,):
        raise InputError(
            f"position has shape {place.shape} and velocity {speed.shape}; the last axis of both "
            "must be x, y, z"
        )
    when, *parts = np.broadcast_arrays(
        np.asarray(time, np.float64), *np.moveaxis(place, -1, 0), *np.moveaxis(speed, -1, 0)
    )
    conic = _Conic(np, tuple(parts), lambda square: np.sqrt(np.maximum(square, 0.0)))
    with np.errstate(invalid="ignore", divide="ignore"):
        if radius is None:
            lower = np.broadcast_to(np.float64(WGS84_B), when.shape)
            change = np.inf
            for _ in range(_ROUNDS):
                new = _radius_below(np, conic.landing(lower)[0])
                change, lower = np.abs(new - lower), new
        else:
            lower, change = np.broadcast_to(np.float64(radius), when.shape), np.float64(0.0)
        direction, fall = conic.landing(lower)
        # On the ground itself both are zero but for their rounding.
        falls = (conic.radial_square(lower) > -1.0) & (fall > -_AT_ONCE)
        falls = falls & (conic.energy < 0) & (change < _AGREED)
        found = _fixed(np, direction, when + fall, 1.0 if radius else 1 - _E2)
    latitude, longitude, landed, fixed = (np.where(falls, each, np.nan) for each in found)
    return ImpactPoint(
        falls=falls, latitude=latitude, longitude=longitude, time=landed,
        direction=np.moveaxis(fixed, 0, -1),
    )  # fmt: skip


def impact_expression(position: Any, velocity: Any, time: Any) -> ImpactPoint:
    """Write where a vehicle would come down without engines and air, on the ellipsoid.

    It bends smoothly up to and beyond the orbit that just clears the ground: there the radial
    speed at the ground is rounded off by 10 m/s, and the point is where the orbit is nearest.

    Parameters
    ----------
    position, velocity : casadi.SX
        Columns of a state in axes that do not turn, those of the Earth at lift-off [m, m/s].
    time : casadi.SX or float
        When, from lift-off [s].

    Returns
    -------
    ImpactPoint
        Where, as expressions; `falls` is a square of a speed, whose sign tells. The direction is a
        column of three.
    """
    ca = library()
    parts = tuple(each[axis] for each in (position, velocity) for axis in range(3))

    def _root(square: Any) -> Any:
        return ca.sqrt((square + ca.sqrt(square**2 + _SLOWEST**4)) / 2)

    conic = _Conic(ca, parts, _root)
    lower: Any = WGS84_B
    for _ in range(_ROUNDS_OF_EXPRESSION):
        lower = _radius_below(ca, conic.landing(lower)[0])
    direction, fall = conic.landing(lower)
    latitude, longitude, landed, fixed = _fixed(ca, direction, time + fall, 1 - _E2)
    return ImpactPoint(
        falls=conic.radial_square(lower), latitude=latitude, longitude=longitude, time=landed,
        direction=ca.vertcat(*fixed),
    )  # fmt: skip


def impact_trace(time: ArrayLike, position: ArrayLike, velocity: ArrayLike) -> Trace:
    """Follow the impact point along an ascent until it leaves the Earth.

    Parameters
    ----------
    time : array_like, shape (k,)
        Rising times from lift-off; those of arcs put one after another [s].
    position, velocity : array_like, shape (k, 3)
        States in axes that do not turn and are those of the Earth at lift-off [m, m/s].

    Returns
    -------
    Trace
        The points, up to the first state from which the vehicle would not come down. The time at
        which they leave is between the last two states, where the height of the perigee over the
        ellipsoid goes through zero on a straight line. Just before, the point runs thousands of
        kilometres in a second: the last of them lie where the states are close enough.
    """
    when = np.asarray(time, np.float64)
    if when.ndim != 1 or not np.all(np.diff(when) >= 0):
        raise InputError("times of a trace rise; put arcs one after another, in their order")
    point = impact_point(when, position, velocity)
    count = len(when) if point.falls.all() else int(np.argmin(point.falls))
    leaves = None
    if count < len(when):
        leaves = float(when[count])
        around = slice(max(count - 1, 0), count + 1)
        clear = _clearance(np.asarray(position)[around], np.asarray(velocity)[around])
        if len(clear) == 2 and clear[0] < 0 < clear[1]:
            leaves = float(np.interp(0.0, clear, when[around]))
    return Trace(
        time=when[:count], latitude=point.latitude[:count], longitude=point.longitude[:count],
        impact=point.time[:count], leaves=leaves,
    )  # fmt: skip


class _Conic:
    """A conic through a state, by parts of vectors that are arrays or symbols."""

    def __init__(self, maths: Any, parts: tuple[Any, ...], root: Callable[[Any], Any]) -> None:
        x, y, z, u, v, w = parts
        self.maths, self.root = maths, root
        self.distance = maths.sqrt(x * x + y * y + z * z)
        outwards = x * u + y * v + z * w  # r times the radial speed
        square = u * u + v * v + w * w
        # As a cross product, which has no cancellation; straight up and down there is no plane.
        momentum = (y * w - z * v) ** 2 + (z * u - x * w) ** 2 + (x * v - y * u) ** 2 + 1.0
        self.momentum2 = momentum
        self.energy = square / 2 - MU_EARTH / self.distance
        self.axis = -MU_EARTH / (2 * self.energy)
        self.latus = momentum / MU_EARTH
        self.radial = outwards / self.distance
        # Unit vectors in the plane: outwards, and ahead at a right angle to it.
        across = maths.sqrt(momentum) / self.distance
        self.out = tuple(each / self.distance for each in (x, y, z))
        self.ahead = tuple(
            (speed - self.radial * unit) / across
            for speed, unit in zip((u, v, w), self.out, strict=True)
        )

    def radial_square(self, radius: Any) -> Any:
        """Square of the radial speed at a radius; below zero where the orbit does not reach it."""
        return 2 * (self.energy + MU_EARTH / radius) - self.momentum2 / radius**2

    def landing(self, radius: Any) -> tuple[tuple[Any, Any, Any], Any]:
        """Give the direction of the impact on a sphere, in axes that do not turn, and the time."""
        maths = self.maths
        sinking = self.root(self.radial_square(radius))
        # e cos(nu) and e sin(nu), here and there
        scale = maths.sqrt(self.latus / MU_EARTH)
        here = self.latus / self.distance - 1, scale * self.radial
        there = self.latus / radius - 1, -scale * sinking
        cosine = here[0] * there[0] + here[1] * there[1]
        sine = here[0] * there[1] - here[1] * there[0]
        size = maths.sqrt(cosine**2 + sine**2)
        cosine, sine = cosine / size, sine / size
        direction = tuple(
            cosine * out + sine * ahead for out, ahead in zip(self.out, self.ahead, strict=True)
        )
        # e cos(E) and e sin(E); angles are told from the apogee, about which both ends lie
        pace = 1 / maths.sqrt(MU_EARTH * self.axis)
        first = 1 - self.distance / self.axis, pace * self.distance * self.radial
        last = 1 - radius / self.axis, -pace * radius * sinking
        turned = maths.atan2(-last[1], -last[0]) - maths.atan2(-first[1], -first[0])
        fall = maths.sqrt(self.axis**3 / MU_EARTH) * (turned - (last[1] - first[1]))
        return (direction[0], direction[1], direction[2]), fall


def _radius_below(maths: Any, direction: tuple[Any, Any, Any]) -> Any:
    """Give the distance of the ellipsoid from the Earth's centre in a direction."""
    return WGS84_B / maths.sqrt(1 - _E2 * (1 - direction[2] ** 2))


def _fixed(
    maths: Any, direction: tuple[Any, Any, Any], time: Any, squeezed: float
) -> tuple[Any, Any, Any, Any]:
    """Turn a direction with the Earth: latitude, longitude, time and direction."""
    x, y, z = direction
    angle = EARTH_ROTATION_RATE * time
    cosine, sine = maths.cos(angle), maths.sin(angle)
    x, y = cosine * x + sine * y, cosine * y - sine * x
    latitude = maths.atan2(z, squeezed * maths.sqrt(x * x + y * y))
    return latitude, maths.atan2(y, x), time, (x, y, z)


def _clearance(position: Floats, velocity: Floats) -> Floats:
    """Give the height of the perigee over the ellipsoid."""
    distance = np.linalg.norm(position, axis=-1, keepdims=True)
    momentum = np.cross(position, velocity)
    shape = np.cross(velocity, momentum) / MU_EARTH - position / distance
    size = np.linalg.norm(shape, axis=-1)
    perigee = (momentum**2).sum(axis=-1) / MU_EARTH / (1 + size)
    sine = shape[..., 2] / size
    return np.asarray(perigee - WGS84_B / np.sqrt(1 - _E2 * (1 - sine**2)))
