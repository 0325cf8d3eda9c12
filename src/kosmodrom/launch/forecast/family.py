"""A family of ascents that stands for launchers of any make, and where their stages come down.

What a vehicle has reached when an engine stops is written as a function of its speed against the
turning Earth: the time since lift-off and the steepness of its path. Height and distance follow by
adding up. Members of the family differ in tempo and loft, and nothing else is known of them. The
thrust stays in one plane that does not turn, through the pad: a launch without yaw. The speed of
the pad across that plane stays with the vehicle and swings with gravity, as any motion across
an orbit does, with the period of a low orbit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH
from kosmodrom.base.ellipsoid import geodetic_to_itrs
from kosmodrom.launch.impact import impact_point

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = [
    "MEMBERS",
    "Fan",
    "Member",
    "Pad",
    "fan_of_traces",
    "flown_node",
    "flown_plane",
    "profile_at",
]

Floats = NDArray[np.float64]

# What two- and three-stage launchers have in common, rounded: speed against the Earth [m/s], time
# since lift-off [s], angle of the path over the horizon [deg].
_SPEED: Final = (0.0, 300.0, 600.0, 1000.0, 1500.0, 2000.0, 2500.0, 3000.0, 4000.0, 5000.0,
                 6000.0, 7000.0, 7800.0)  # fmt: skip
_TIME: Final = (0.0, 48.0, 75.0, 100.0, 126.0, 148.0, 170.0, 196.0, 256.0, 325.0,
                400.0, 475.0, 530.0)  # fmt: skip
_STEEP: Final = (90.0, 74.0, 60.0, 47.0, 36.5, 29.5, 24.0, 19.5, 12.5, 7.5, 4.0, 1.5, 0.0)
_ORBIT = 7_800.0  # speed at the end of the ascent, against the stars [m/s]
_SLOWEST, _FASTEST = 900.0, 7_800.0  # at which stages are dropped, or burn out [m/s]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the family.

    Attributes
    ----------
    tempo : float
        Factor of the times [-].
    loft : float
        Factor of the steepness [-].
    """

    tempo: float
    loft: float


MEMBERS: Final = (
    Member(tempo=1.0, loft=1.0),
    Member(tempo=0.85, loft=0.85),
    Member(tempo=1.2, loft=1.15),
)
"""The middle of the family and two that fall short and long of it in time of flight."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pad:
    """Where it lifts off.

    Attributes
    ----------
    position : numpy.ndarray, shape (3,)
        On the ellipsoid, in Earth-fixed axes [m].
    up, east, north : numpy.ndarray, shape (3,)
        Away from the Earth's centre, and the others square to it [-].
    """

    position: Floats
    up: Floats
    east: Floats
    north: Floats

    @classmethod
    def at(cls, latitude: float, longitude: float) -> Pad:
        """Put a pad at a place.

        Parameters
        ----------
        latitude, longitude : float
            Geodetic, on the ellipsoid [rad].

        Returns
        -------
        Pad
            There.
        """
        position = geodetic_to_itrs(latitude, longitude, 0.0)
        up = position / np.linalg.norm(position)
        east = np.array([-np.sin(longitude), np.cos(longitude), 0.0])
        return cls(position=position, up=up, east=east, north=np.cross(up, east))

    def polar(self, direction: ArrayLike) -> tuple[Floats, Floats]:
        """Give the angle from the pad at the Earth's centre, and the bearing.

        Parameters
        ----------
        direction : array_like, shape (..., 3)
            Directions from the Earth's centre, of any length [any].

        Returns
        -------
        angle, bearing : numpy.ndarray, shape (...)
            Angle at the centre and bearing on a sphere, clockwise from north, -pi to pi [rad].
        """
        way = np.asarray(direction, dtype=np.float64)
        east, north, up = way @ self.east, way @ self.north, way @ self.up
        return (
            np.asarray(np.arctan2(np.hypot(east, north), up)),
            np.asarray(np.arctan2(east, north)),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fan:
    """Traces of impact points of many launch azimuths.

    Attributes
    ----------
    azimuth : numpy.ndarray, shape (a,)
        Of the thrust, against the turning Earth, rising [rad].
    inclination : numpy.ndarray, shape (a,)
        Of the orbit that a launch without yaw reaches [rad].
    speed : numpy.ndarray, shape (v,)
        Against the Earth, at which an engine stops [m/s].
    angle, bearing : numpy.ndarray, shape (a, v)
        Where the stage comes down, seen from the pad; NaN where it does not [rad].
    time : numpy.ndarray, shape (a, v)
        When, from lift-off [s].
    """

    azimuth: Floats
    inclination: Floats
    speed: Floats
    angle: Floats
    bearing: Floats
    time: Floats


@cache
def _profile(member: Member) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Give speed, time, path angle, height and distance along the ascent of a member."""
    speed = np.concatenate([np.arange(0.0, 6000.0, 50.0), np.arange(6000.0, _FASTEST + 1, 20.0)])
    time = member.tempo * np.interp(speed, _SPEED, _TIME)
    steep = np.radians(np.minimum(member.loft * np.interp(speed, _SPEED, _STEEP), 90.0))
    middle = (speed[1:] + speed[:-1]) / 2
    slope = (steep[1:] + steep[:-1]) / 2
    step = np.diff(time)
    height = np.concatenate([[0.0], np.cumsum(middle * np.sin(slope) * step)])
    along = np.concatenate([[0.0], np.cumsum(middle * np.cos(slope) * step)])
    return speed, time, steep, height, along


def _states(
    pad: Pad, azimuth: Floats, speed: Floats, member: Member
) -> tuple[Floats, Floats, Floats]:
    """Give times, positions and velocities where engines stop, in axes that do not turn."""
    grid, times, steeps, heights, alongs = _profile(member)
    time = np.interp(speed, grid, times)
    steep = np.interp(speed, grid, steeps)
    height = np.interp(speed, grid, heights)
    along = np.interp(speed, grid, alongs)
    radius = float(np.linalg.norm(pad.position))
    rotation = EARTH_ROTATION_RATE * float(np.hypot(pad.position[0], pad.position[1]))
    ahead = np.sin(azimuth)[:, None] * pad.east + np.cos(azimuth)[:, None] * pad.north
    across = np.cross(ahead, pad.up)  # to the right of the flight
    carried = rotation * np.sin(azimuth)[:, None]
    drift = rotation * (across @ pad.east)[:, None]
    swing = np.sqrt(MU_EARTH / radius**3)
    # The horizon turns with the place the vehicle has come to in the plane.
    gone = (along + carried * time) / radius
    out = np.cos(gone)[..., None] * pad.up + np.sin(gone)[..., None] * ahead[:, None]
    level = np.cos(gone)[..., None] * ahead[:, None] - np.sin(gone)[..., None] * pad.up
    aside = (drift / swing * np.sin(swing * time))[..., None] * across[:, None]
    aside_speed = (drift * np.cos(swing * time))[..., None] * across[:, None]
    position = (radius + height)[..., None] * out + aside
    forward = (speed * np.cos(steep) + carried)[..., None]
    velocity = forward * level + (speed * np.sin(steep))[..., None] * out + aside_speed
    return np.broadcast_to(time, gone.shape), position, velocity


def profile_at(speed: ArrayLike) -> tuple[Floats, Floats]:
    """Give time and distance at which the middle of the family has a speed.

    Parameters
    ----------
    speed : array_like, shape (...)
        Against the turning Earth [m/s].

    Returns
    -------
    time, along : numpy.ndarray, shape (...)
        Since lift-off, and down range over the ground [s, m].
    """
    grid, times, _, _, alongs = _profile(MEMBERS[0])
    fast = np.asarray(speed, dtype=np.float64)
    return np.asarray(np.interp(fast, grid, times)), np.asarray(np.interp(fast, grid, alongs))


def flown_plane(pad: Pad, azimuth: ArrayLike, member: Member) -> Floats:
    """Give the inclination that a launch without yaw reaches.

    Parameters
    ----------
    pad : Pad
        Where it lifts off.
    azimuth : array_like, shape (a,)
        Of the thrust, against the turning Earth [rad].
    member : Member
        Of the family.

    Returns
    -------
    numpy.ndarray, shape (a,)
        Inclination [rad].
    """
    normal = _normal(pad, azimuth, member)
    return np.asarray(np.arccos(normal[:, 2] / np.linalg.norm(normal, axis=-1)))


def flown_node(pad: Pad, azimuth: ArrayLike, member: Member) -> Floats:
    """Give where the orbit of a launch without yaw goes north over the equator.

    Parameters
    ----------
    pad : Pad
        Where it lifts off.
    azimuth : array_like, shape (a,)
        Of the thrust, against the turning Earth [rad].
    member : Member
        Of the family.

    Returns
    -------
    numpy.ndarray, shape (a,)
        Longitude of the ascending node in the axes that the Earth had at lift-off; the angle
        from the equinox to Greenwich then makes it a right ascension [rad].
    """
    normal = _normal(pad, azimuth, member)
    return np.asarray(np.arctan2(normal[:, 0], -normal[:, 1]))


def _normal(pad: Pad, azimuth: ArrayLike, member: Member) -> Floats:
    """Give vectors square to the planes that are reached."""
    ways = np.atleast_1d(np.asarray(azimuth, dtype=np.float64))
    rotation = EARTH_ROTATION_RATE * float(np.hypot(pad.position[0], pad.position[1]))
    last = np.asarray(_ORBIT - rotation * np.sin(ways))
    # each azimuth ends at its own speed against the Earth
    _, position, velocity = _states(pad, ways, last[:, None], member)
    return np.asarray(np.cross(position[:, 0], velocity[:, 0]))


def fan_of_traces(pad: Pad, azimuth: ArrayLike, member: Member, count: int = 60) -> Fan:
    """Follow impact points for many launch azimuths.

    Parameters
    ----------
    pad : Pad
        Where it lifts off.
    azimuth : array_like, shape (a,)
        Of the thrust, against the turning Earth, rising [rad].
    member : Member
        Of the family.
    count : int
        How many points a trace has [-].

    Returns
    -------
    Fan
        The traces.
    """
    ways = np.atleast_1d(np.asarray(azimuth, dtype=np.float64))
    # denser towards the end, where the impact runs away
    part = np.linspace(0.0, 1.0, count)
    speed = _SLOWEST + (_FASTEST - _SLOWEST) * (1 - (1 - part) ** 1.6)
    time, position, velocity = _states(pad, ways, speed, member)
    point = impact_point(time, position, velocity, radius=float(np.linalg.norm(pad.position)))
    angle, bearing = pad.polar(point.direction)
    return Fan(
        azimuth=ways, inclination=flown_plane(pad, ways, member), speed=speed,
        angle=angle, bearing=bearing, time=point.time,
    )  # fmt: skip
