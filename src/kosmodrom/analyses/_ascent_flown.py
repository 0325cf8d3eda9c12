"""A flight laid out for readers: series over time, the ground below, losses, events in a table."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.launch.flight import Flight
    from kosmodrom.launch.motion import Drag
    from kosmodrom.workspace import ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = ["Below", "Losses", "Series", "below", "climb_of", "dense", "losses_of", "series_of"]

_STANDS = 1.0  # speed over the ground below which its direction means nothing [m/s]
_LONG = 100.0  # of a coast that ends the climb [s]
_JOINED = ("time", "position", "velocity", "mass", "direction", "thrust", "height",
           "ground_speed", "dynamic_pressure", "attack", "heating", "acceleration")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Below:
    """Points of the turning ground below a flight.

    Attributes
    ----------
    latitude, longitude : numpy.ndarray, shape (k,)
        Geodetic latitude and east longitude [rad].
    height : numpy.ndarray, shape (k,)
        Height over WGS84 [m].
    downrange : numpy.ndarray, shape (k,)
        Distance from the pad over the ground [m].
    azimuth : numpy.ndarray, shape (k,)
        Direction from the pad [rad].
    """

    latitude: Floats
    longitude: Floats
    height: Floats
    downrange: Floats
    azimuth: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Series:
    """All arcs of a flight put together; the ends of arcs come twice, with the mass of either.

    Attributes
    ----------
    time : numpy.ndarray, shape (k,)
        After lift-off [s].
    position, velocity, direction : numpy.ndarray, shape (k, 3)
        As in `Arc` [m, m/s, -].
    mass, thrust, height, ground_speed, dynamic_pressure : numpy.ndarray, shape (k,)
        As in `Arc` [kg, N, m, m/s, Pa].
    attack, heating, acceleration : numpy.ndarray, shape (k,)
        As in `Arc` [rad, W/m², m/s²].
    arcs : tuple of slice
        Which points are of which arc.
    """

    time: Floats
    position: Floats
    velocity: Floats
    mass: Floats
    direction: Floats
    thrust: Floats
    height: Floats
    ground_speed: Floats
    dynamic_pressure: Floats
    attack: Floats
    heating: Floats
    acceleration: Floats
    arcs: tuple[slice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """Where the speed that engines give goes to; given less losses is the speed over the ground.

    Attributes
    ----------
    given : float
        By the engines, pressure of the air taken off [m/s].
    gravity, drag, steering : float
        Against gravity less the pull outwards of the turning, against the air, beside the
        direction of flight [m/s].
    """

    given: float
    gravity: float
    drag: float
    steering: float


def series_of(flight: Flight) -> Series:
    """Put the arcs of a flight together.

    Parameters
    ----------
    flight : Flight
        The flight.

    Returns
    -------
    Series
        Its history.
    """
    import numpy as np

    joined: dict[str, Any] = {
        name: np.concatenate([getattr(arc, name) for arc in flight.arcs]) for name in _JOINED
    }
    ends = np.cumsum([0, *(len(arc.time) for arc in flight.arcs)]).tolist()
    arcs = tuple(slice(first, last) for first, last in itertools.pairwise(ends))
    return Series(arcs=arcs, **joined)


def below(time: Floats, position: Floats, place: ResolvedPlace) -> Below:
    """Find the points of the ground below.

    Parameters
    ----------
    time : numpy.ndarray, shape (k,)
        After lift-off [s].
    position : numpy.ndarray, shape (k, 3)
        In the axes of the flight [m].
    place : ResolvedPlace
        The pad.

    Returns
    -------
    Below
        The points.
    """
    import numpy as np

    from kosmodrom.base.constants import EARTH_ROTATION_RATE
    from kosmodrom.base.ellipsoid import itrs_to_geodetic
    from kosmodrom.base.geodesy import geodesic

    turned = EARTH_ROTATION_RATE * np.asarray(time)
    cosine, sine = np.cos(turned), np.sin(turned)
    x, y, z = np.moveaxis(np.asarray(position), -1, 0)
    fixed = np.stack([cosine * x + sine * y, cosine * y - sine * x, z], axis=-1)
    latitude, longitude, height = itrs_to_geodetic(fixed)
    pad = np.radians([place.latitude_deg, place.longitude_deg])
    distance, azimuth, _ = geodesic(
        np.full_like(latitude, pad[0]), np.full_like(latitude, pad[1]), latitude, longitude
    )
    return Below(
        latitude=latitude, longitude=longitude, height=height, downrange=distance, azimuth=azimuth
    )


def losses_of(series: Series, drag: Drag) -> Losses:
    """Integrate where the speed goes, with the motion over the turning ground as direction.

    Parameters
    ----------
    series : Series
        The flight.
    drag : Drag
        What the air does.

    Returns
    -------
    Losses
        By the rule of the trapezium over the samples.
    """
    import numpy as np

    from kosmodrom.base.constants import EARTH_ROTATION_RATE
    from kosmodrom.launch.atmosphere import air_at
    from kosmodrom.launch.motion import gravity

    turning = np.array([0.0, 0.0, EARTH_ROTATION_RATE])
    wind = series.velocity - np.cross(turning, series.position)
    speed = series.ground_speed
    moves = speed > _STANDS
    ahead = np.where(
        moves[:, np.newaxis], wind / np.maximum(speed, _STANDS)[:, np.newaxis], series.direction
    )
    outwards = np.cross(turning, np.cross(turning, series.position))
    pulled = np.sum((gravity(series.position) - outwards) * ahead, axis=1)
    push = series.thrust / series.mass
    along = np.clip(np.sum(series.direction * ahead, axis=1), -1.0, 1.0)
    mach = speed / air_at(series.height).sound_speed
    air = series.dynamic_pressure * drag.area * drag.coefficients.at(mach)[..., 0] / series.mass

    def _over(rate: Floats) -> float:
        return float(sum(np.trapezoid(rate[arc], series.time[arc]) for arc in series.arcs))

    return Losses(
        given=_over(push),
        gravity=-_over(pulled),
        drag=_over(air),
        steering=_over(push * (1 - along)),
    )


def climb_of(series: Series) -> slice:
    """Find the part of a flight before its first long coast.

    Parameters
    ----------
    series : Series
        The flight.

    Returns
    -------
    slice
        The points from lift-off on.
    """
    for arc in series.arcs:
        time = series.time[arc]
        if not series.thrust[arc].any() and time[-1] - time[0] > _LONG:
            return slice(0, max(1, arc.start))
    return slice(0, len(series.time))


def dense(series: Series, step: float, part: slice | None = None) -> tuple[Floats, Floats]:
    """Fill gaps between samples by cubics through positions and velocities.

    Parameters
    ----------
    series : Series
        The flight.
    step : float
        Between points, at most [s].
    part : slice or None
        Which samples, whole arcs; None for all.

    Returns
    -------
    time : numpy.ndarray, shape (k,)
        Rising times [s].
    position : numpy.ndarray, shape (k, 3)
        In the axes of the flight [m].
    """
    import numpy as np

    end = len(series.time) if part is None else part.stop
    times, places = [], []
    for arc in (one for one in series.arcs if one.stop <= end):
        time = series.time[arc]
        position, velocity = series.position[arc], series.velocity[arc]
        for k in range(len(time) - 1):
            gap = float(time[k + 1] - time[k])
            s = np.linspace(0.0, 1.0, max(1, int(np.ceil(gap / step))), endpoint=False)
            u = s[:, np.newaxis]
            times.append(time[k] + s * gap)
            places.append(
                (1 + 2 * u) * (1 - u) ** 2 * position[k] + u * (1 - u) ** 2 * gap * velocity[k]
                + u**2 * (3 - 2 * u) * position[k + 1] + u**2 * (u - 1) * gap * velocity[k + 1]
            )  # fmt: skip
    time = np.concatenate([*times, series.time[end - 1 : end]])
    position = np.concatenate([*places, series.position[end - 1 : end]])
    rising = np.concatenate([[True], np.diff(time) > 1e-6])
    return time[rising], position[rising]
