"""Where satellites stand over the ground, and the strip they see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.bodies import SunTable, sunlit_fraction
from kosmodrom.base.constants import WGS84_A
from kosmodrom.base.ellipsoid import itrs_to_geodetic
from kosmodrom.base.frames import Frame, convert
from kosmodrom.errors import InputError
from kosmodrom.orbits.sgp4 import Sgp4
from kosmodrom.view._sight import turned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.orbits.elements import ElementSets

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["GroundTrack", "ground_track", "sunlit", "swath_edges"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundTrack:
    """Satellites over the ground.

    Attributes
    ----------
    position, velocity : numpy.ndarray, shape (k, 3)
        In ITRS, the velocity against the rotating Earth [m, m/s]; NaN where `status` is not 0.
    latitude, longitude : numpy.ndarray, shape (k,)
        Geodetic latitude and east longitude under the satellite [rad].
    height : numpy.ndarray, shape (k,)
        Height over the ellipsoid [m].
    status : numpy.ndarray of int8, shape (k,)
        Codes of SGP4 [-].
    """

    position: Floats
    velocity: Floats
    latitude: Floats
    longitude: Floats
    height: Floats
    status: NDArray[np.int8]


def ground_track(
    elements: ElementSets, row: Ints, start: Epochs, seconds: Floats, earth: EarthOrientation
) -> GroundTrack:
    """Follow satellites over the ground.

    Parameters
    ----------
    elements : ElementSets
        Element sets.
    row : numpy.ndarray of int64, shape (k,)
        Which set each time is of [-].
    start : Epochs, shape ()
        From when seconds are counted.
    seconds : numpy.ndarray, shape (k,)
        Times [s].
    earth : EarthOrientation
        Covers the times.

    Returns
    -------
    GroundTrack
        One row a time.
    """
    ready = Sgp4(elements)
    epochs = start.plus(seconds)
    minutes = (epochs.tai_ns - elements.epochs.tai_ns[row]) / 60e9
    motion = ready.at(row, minutes)
    good = motion.status == 0
    place, speed = np.full((len(row), 3), np.nan), np.full((len(row), 3), np.nan)
    if good.any():
        place[good], speed[good] = convert(
            motion.position[good], motion.velocity[good], Frame.TEME, Frame.ITRS, epochs[good],
            earth,
        )  # fmt: skip
    latitude, longitude, height = (np.full(len(row), np.nan) for _ in range(3))
    if good.any():
        latitude[good], longitude[good], height[good] = itrs_to_geodetic(place[good])
    return GroundTrack(
        position=place, velocity=speed, latitude=latitude, longitude=longitude, height=height,
        status=motion.status,
    )  # fmt: skip


def sunlit(
    elements: ElementSets, row: Ints, start: Epochs, seconds: Floats, earth: EarthOrientation
) -> Floats:
    """Give how much of the Sun satellites see.

    Parameters
    ----------
    elements : ElementSets
        Element sets.
    row : numpy.ndarray of int64, shape (k,)
        Which set each time is of [-].
    start : Epochs, shape ()
        From when seconds are counted.
    seconds : numpy.ndarray, shape (k,)
        Times, 0 or more [s].
    earth : EarthOrientation
        Covers the times.

    Returns
    -------
    numpy.ndarray, shape (k,)
        Part of the Sun's disc, 0 in the umbra to 1 [-]; NaN where SGP4 gives no position.
    """
    minutes = (start.plus(seconds).tai_ns - elements.epochs.tai_ns[row]) / 60e9
    motion = Sgp4(elements).at(row, minutes)
    sun = SunTable.tabulated(start, float(seconds.max(initial=0.0)), earth)
    theta = sun.angles.gmst_at(seconds)
    good = motion.status == 0
    found = np.full(len(row), np.nan)
    if good.any():
        found[good] = sunlit_fraction(
            turned(motion.position[good], theta[good]),
            turned(sun.position_teme_at(seconds[good]), theta[good]),
        )
    return found


def swath_edges(track: GroundTrack, half_angle: float) -> tuple[Floats, Floats]:
    """Find the edges of the strip that satellites see to both sides.

    The Earth is taken for a sphere of its radius under the satellite: the edges are right to a
    kilometre or two in low orbit, which a map does not show.

    Parameters
    ----------
    track : GroundTrack
        k points of one satellite.
    half_angle : float
        How far off nadir it sees; where that passes the horizon, the strip ends there [rad].

    Returns
    -------
    left, right : numpy.ndarray, shape (k, 2)
        Geodetic latitude and east longitude to the left and right of the way [rad].
    """
    if not 0 < half_angle < np.pi / 2:
        raise InputError(
            f"the half-angle is {np.degrees(half_angle):g} deg; it must be from 0 to below 90 deg"
        )
    up = track.position / np.sqrt(np.sum(track.position**2, axis=-1))[:, None]
    way = track.velocity - up * np.sum(track.velocity * up, axis=-1)[:, None]
    way = way / np.sqrt(np.sum(way**2, axis=-1))[:, None]
    right = np.cross(way, up)
    distance = np.sqrt(np.sum(track.position**2, axis=-1))
    ground = distance - track.height
    sine = distance / ground * np.sin(half_angle)
    with np.errstate(invalid="ignore"):
        angle = np.where(
            sine < 1, np.arcsin(np.minimum(sine, 1.0)) - half_angle,
            np.arccos(np.minimum(ground / distance, 1.0)),
        )  # fmt: skip
    edges = []
    for sign in (-1.0, 1.0):
        point = up * np.cos(angle)[:, None] + sign * right * np.sin(angle)[:, None]
        latitude, longitude, _ = itrs_to_geodetic(point * WGS84_A)
        edges.append(np.stack([latitude, longitude], axis=-1))
    return edges[0], edges[1]
