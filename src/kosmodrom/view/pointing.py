"""Where a satellite must look, and where the Sun stands over what it looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.view._kernels import GMST_RATE
from kosmodrom.view._sight import Sight, dot, downward, turned, unpoled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.base.bodies import SunTable
    from kosmodrom.view.observers import Observers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Pointing", "pointing", "sun_over"]


@dataclass(frozen=True, slots=True)
class Pointing:
    """Where satellites must look to see places.

    Attributes
    ----------
    off_nadir : numpy.ndarray, shape (k,)
        Angle off the geodetic nadir [rad].
    roll, pitch : numpy.ndarray, shape (k,)
        Its parts to the right of the orbital way and forward along it [rad].
    """

    off_nadir: Floats
    roll: Floats
    pitch: Floats


def pointing(sight: Sight) -> Pointing:
    """Take the line of sight apart in the satellite's own axes.

    Parameters
    ----------
    sight : Sight
        Satellites seen from places, k of them.

    Returns
    -------
    Pointing
        With the nadir of WGS84 down and the inertial velocity forward.
    """
    down = downward(sight.satellite)
    spin = np.stack(
        [-GMST_RATE * sight.satellite[:, 1], GMST_RATE * sight.satellite[:, 0],
         np.zeros(len(down))], axis=-1,
    )  # fmt: skip
    way = sight.velocity + spin
    forward = way - down * dot(way, down)[:, None]
    forward /= np.sqrt(dot(forward, forward))[:, None]
    right = np.cross(down, forward)
    line = -sight.line
    depth, ahead, aside = (dot(line, axis) for axis in (down, forward, right))
    return Pointing(
        np.asarray(np.arctan2(np.hypot(ahead, aside), depth)),
        np.asarray(np.arctan2(aside, depth)),
        np.asarray(np.arctan2(ahead, depth)),
    )


def sun_over(
    sun: SunTable, observers: Observers, place: Ints, time: Floats
) -> tuple[Floats, Floats]:
    """Say where the Sun stands at places.

    Parameters
    ----------
    sun : SunTable
        The Sun by the seconds of a scene.
    observers : Observers
        The places.
    place : numpy.ndarray of int64, shape (k,)
        Which place [-].
    time : numpy.ndarray, shape (k,)
        When [s].

    Returns
    -------
    azimuth, elevation : numpy.ndarray, shape (k,)
        Of the Sun's centre, without refraction [rad].
    """
    position = turned(sun.position_teme_at(time), sun.angles.gmst_at(time))
    pole = sun.angles.pole_at(time)
    line = position - unpoled(observers.position[place], pole)
    axes = unpoled(observers.axes[place], (pole[0][:, None], pole[1][:, None]))
    east, north, up = (dot(line, axes[:, index]) for index in range(3))
    elevation = np.arctan2(up, np.hypot(east, north))
    return np.asarray(np.arctan2(east, north) % (2 * np.pi)), np.asarray(elevation)
