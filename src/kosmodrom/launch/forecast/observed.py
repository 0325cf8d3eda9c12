"""What the zones of one launch say about its azimuth, and how a yaw would move them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH
from kosmodrom.launch.forecast.family import MEMBERS, Fan, Pad, fan_of_traces, profile_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.forecast.zones import Zone

__all__ = ["BINS", "Sight", "corridor_inclination", "seen"]

Floats = NDArray[np.float64]
BINS: Final = np.linspace(900.0, 7_800.0, 24)
"""Ends of the steps of speed in which a yaw may change [m/s]."""
_RADIUS = 6_371e3
_ORBIT = 7_800.0  # against the stars [m/s]
_COSTLY = (
    300.0  # speed that makes an azimuth rarer by e: half of what is between east and pole [m/s]
)
_NEAREST, _FARTHEST = 0.008, 1.25  # angle from the pad at which a zone tells an azimuth [rad]
_DISPOSAL = 0.35  # beyond which a long zone is a corridor of what has been in orbit [rad]
_LONG, _SLENDER = 150e3, 2.2
_SEA, _OBLONG = 5e3, 1.5  # spread of a pad above which axes are read, and of which zones
_REACH, _CLOSE, _COARSE, _FINE = np.radians([60.0, 15.0, 2.0, 0.05])  # of azimuths that are tried


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sight:
    """What zones say, each by itself.

    Attributes
    ----------
    azimuth : numpy.ndarray, shape (a,)
        Azimuths of launch that were tried, rising, without jumps [rad].
    inclination : numpy.ndarray, shape (a,)
        Which a launch without yaw reaches [rad].
    gain : numpy.ndarray, shape (a,)
        By how much a turn down range counts more than one on the pad [-].
    ease : numpy.ndarray, shape (a,)
        How likely azimuths are by what they cost: the Earth helps a launch to the east, and one to
        the west must undo that. The integral over the whole circle is 1 [1/rad].
    rows : tuple of int
        Which zones tell an azimuth.
    told : numpy.ndarray, shape (z,)
        Azimuth that each of these tells, if nothing yaws [rad].
    spread : numpy.ndarray, shape (z,)
        Difference of that between members of the family [rad].
    angle : numpy.ndarray, shape (z,)
        Where the zones are, as angles from the pad [rad].
    width : numpy.ndarray, shape (z,)
        Their width, seen from the pad [rad].
    speed : numpy.ndarray, shape (z,)
        At which what falls there was dropped, against the Earth [m/s].
    shift : numpy.ndarray, shape (z, b)
        How far a yaw of 1 rad in a step of speed moves a zone, as azimuth [rad/rad].
    offset : numpy.ndarray, shape (z,)
        Error of that if the pad stands elsewhere: standard deviation, common to all [rad].
    headings : numpy.ndarray, shape (h, 2)
        Azimuths that long axes of zones tell, both ways, where the pad is not known [rad].
    corridors : numpy.ndarray, shape (c, 2)
        Inclinations that long axes of corridors far down range tell: flown away from the pad,
        and the other way [rad].
    corridor_speed : numpy.ndarray, shape (c,)
        At which what falls there was dropped, against the Earth [m/s].
    """

    azimuth: Floats
    inclination: Floats
    gain: Floats
    ease: Floats
    rows: tuple[int, ...]
    told: Floats
    spread: Floats
    angle: Floats
    width: Floats
    speed: Floats
    shift: Floats
    offset: Floats
    headings: Floats
    corridors: Floats
    corridor_speed: Floats


def seen(pad: Pad, zones: Sequence[Zone], spread_of_pad: float = 0.0) -> Sight:
    """Look at zones from a pad.

    Parameters
    ----------
    pad : Pad
        Where it lifts off.
    zones : sequence of Zone
        The zones of one launch.
    spread_of_pad : float
        Standard deviation of where the pad is, in any direction [m].

    Returns
    -------
    Sight
        What they say.
    """
    polar = [pad.polar(zone.centre) for zone in zones]
    angles = np.array([float(each[0]) for each in polar])
    bearings = np.array([float(each[1]) for each in polar])
    near = [k for k, angle in enumerate(angles) if _NEAREST < angle < _FARTHEST]
    middle = float(np.angle(np.exp(1j * bearings[near]).sum())) if near else 0.0
    reach = _REACH if near else np.pi
    ways = middle + np.arange(-reach, reach + _COARSE / 2, _COARSE)
    fans = [fan_of_traces(pad, ways, member, 32) for member in MEMBERS]
    told, spread, speed, kept = [], [], [], []
    for k in near:
        off = (bearings[k] - middle + np.pi) % (2 * np.pi) - np.pi + middle
        values = [_told(fan, angles[k], off) for fan in fans]
        if not np.isfinite(values[0][0]):
            continue
        found = [each[0] for each in values if np.isfinite(each[0])]
        kept.append(k)
        told.append(values[0][0])
        spread.append(max(found) - min(found))
        speed.append(values[0][1])
    if not kept and near:  # too near, or beyond what any trace reaches: nothing is told
        ways = np.arange(-np.pi, np.pi + _COARSE / 2, _COARSE)
        fans = [fan_of_traces(pad, ways, MEMBERS[0], 2)]
    fine = np.arange(ways[0], ways[-1], _FINE)
    inclination = np.interp(fine, fans[0].azimuth, fans[0].inclination)
    speeds = np.array(speed)
    long = [
        k
        for k, zone in enumerate(zones)
        if angles[k] > _DISPOSAL and zone.length > _LONG and zone.length > _SLENDER * zone.width
    ]
    dropped = dict(zip(kept, speed, strict=True))
    return Sight(
        azimuth=fine, inclination=inclination, gain=_gain(pad, fine),
        ease=_ease(pad, fine), rows=tuple(kept),
        told=np.array(told), spread=np.array(spread), angle=angles[kept],
        width=np.array([zones[k].width / (np.linalg.norm(zones[k].centre) * np.sin(angles[k]))
                        for k in kept]),
        speed=speeds, shift=_shift(speeds, angles[kept]),
        offset=spread_of_pad / _RADIUS / np.sin(angles[kept]),
        headings=_headings(pad, zones, angles) if spread_of_pad > _SEA else np.zeros((0, 2)),
        corridors=np.array(
            [corridor_inclination(zones[k], pad.up) for k in long]
        ).reshape(-1, 2),
        corridor_speed=np.array([dropped.get(k, _ORBIT) for k in long]),
    )  # fmt: skip


def _headings(pad: Pad, zones: Sequence[Zone], angles: Floats) -> Floats:
    """Read azimuths from the long axes of zones, which lie along the flight.

    A great circle along the axis is followed back to the latitude of the pad: so the axis tells
    the azimuth whatever the pad's longitude is.
    """
    made = []
    pole = np.array([0.0, 0.0, 1.0])
    across = float(np.linalg.norm(np.cross(pole, pad.up)))
    for zone, angle in zip(zones, angles, strict=True):
        if angle > _DISPOSAL or zone.length < _OBLONG * zone.width:
            continue
        out = zone.centre / np.linalg.norm(zone.centre)
        east = np.cross(pole, out)
        sine = float(zone.axis @ east) / across
        north = float(zone.axis @ np.cross(out, east))
        way = float(np.arcsin(np.clip(sine, -1.0, 1.0)))
        way = way if north >= 0 else np.pi - way
        made.append((way, way + np.pi))
    return np.array(made).reshape(-1, 2)


def _told(fan: Fan, angle: float, bearing: float) -> tuple[float, float]:
    """Find the azimuth whose trace goes through a place, and the speed at which it does."""
    for reach in (_CLOSE, np.inf):  # first among the traces nearby, which is nearly always enough
        rows = np.flatnonzero(np.abs(fan.azimuth - bearing) < reach)
        found = _crossing(fan, rows, angle, bearing)
        if np.isfinite(found[0]):
            break
    return found


def _crossing(
    fan: Fan, rows: NDArray[np.intp], angle: float, bearing: float
) -> tuple[float, float]:
    """Find where traces that lie side by side go from one side of a place to the other."""
    angles = np.where(np.isfinite(fan.angle[rows]), fan.angle[rows], np.inf)
    after = (angles < angle).sum(axis=1)
    reached = (after > 0) & np.isfinite(np.take_along_axis(
        np.pad(angles, ((0, 0), (0, 1)), constant_values=np.inf), after[:, None], axis=1
    )[:, 0])  # fmt: skip
    row, high = np.arange(len(rows)), np.clip(after, 1, angles.shape[1] - 1)
    low = high - 1
    with np.errstate(invalid="ignore"):
        part = (angle - angles[row, low]) / (angles[row, high] - angles[row, low])
    turned = (fan.bearing[rows] - fan.azimuth[rows][:, None] + np.pi) % (2 * np.pi) - np.pi
    way = fan.azimuth[rows] + turned[row, low] + part * (turned[row, high] - turned[row, low])
    here = np.where(reached, way, np.nan)
    speed = fan.speed[low] + part * (fan.speed[high] - fan.speed[low])
    gap = (here - bearing + np.pi) % (2 * np.pi) - np.pi
    crossing = np.flatnonzero((gap[:-1] * gap[1:] <= 0) & (np.abs(gap[1:] - gap[:-1]) < 1.0))
    if not len(crossing):
        return np.nan, np.nan
    azimuth = fan.azimuth[rows]
    # several only if it is beyond all that was tried: the nearest to the bearing
    at = int(crossing[np.argmin(np.abs(azimuth[crossing] - bearing))])
    share = gap[at] / (gap[at] - gap[at + 1]) if gap[at] != gap[at + 1] else 0.0
    return (
        float(azimuth[at] + share * (azimuth[at + 1] - azimuth[at])),
        float(speed[at] + share * (speed[at + 1] - speed[at])),
    )


def _shift(speed: Floats, angle: Floats) -> Floats:
    """Say how a yaw in each step of speed moves what falls."""
    middle = (BINS[1:] + BINS[:-1]) / 2
    width = np.diff(BINS)
    moved = np.zeros((len(speed), len(middle)))
    if not len(speed):
        return moved
    time, along = profile_at(speed)
    then, _ = profile_at(middle)
    burnt = np.clip(speed[:, None] - BINS[:-1], 0.0, width)  # speed gained in each step
    aside = burnt * np.maximum(time[:, None] - then, 0.0) / _RADIUS
    fall = np.maximum(angle - along / _RADIUS, 0.0)
    turn = burnt / speed[:, None]
    moved = aside * np.cos(fall)[:, None] + turn * np.sin(fall)[:, None]
    return np.asarray(moved / np.sin(angle)[:, None])


def _gain(pad: Pad, azimuth: Floats) -> Floats:
    """Compare a turn in the middle of the last stages' burning with one on the pad."""
    gone = 0.15
    ahead = np.sin(azimuth)[:, None] * pad.east + np.cos(azimuth)[:, None] * pad.north
    aside = np.cross(ahead, pad.up)
    heading = np.cos(gone) * ahead - np.sin(gone) * pad.up
    place = np.cos(gone) * pad.up + np.sin(gone) * ahead
    small = 0.05

    def _tilt(where: Floats, way: Floats) -> Floats:
        left, right = (np.cross(where, way + sign * small * aside)[:, 2] for sign in (-1, 1))
        return np.asarray(right - left)

    there, here = _tilt(place, heading), _tilt(np.broadcast_to(pad.up, place.shape), ahead)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(np.abs(here) > 1e-3, there / here, 1.0)
    return np.asarray(np.clip(ratio, 0.7, 1.5))


def _ease(pad: Pad, azimuth: Floats) -> Floats:
    """Give the density of azimuths by what a launch must add to the speed of the pad."""
    own = EARTH_ROTATION_RATE * float(np.hypot(pad.position[0], pad.position[1]))

    def _weight(ways: Floats) -> Floats:
        aside = own * np.cos(ways)
        added = np.sqrt(_ORBIT**2 - aside**2) - own * np.sin(ways)
        return np.asarray(np.exp((_ORBIT - added) / _COSTLY))

    circle = np.arange(720) * np.pi / 360
    return np.asarray(_weight(azimuth) / (_weight(circle).mean() * 2 * np.pi))


def corridor_inclination(zone: Zone, start: Floats) -> tuple[float, float]:
    """Read the inclination from the long axis of a corridor under an orbit.

    Parameters
    ----------
    zone : Zone
        A corridor in which something comes down that has been in orbit.
    start : numpy.ndarray, shape (3,)
        Direction of the pad from the Earth's centre [-].

    Returns
    -------
    tuple of float
        Inclination if it flies along the axis away from the pad, and the other way [rad].
    """
    radius = float(np.linalg.norm(zone.centre))
    out = zone.centre / radius
    ground = EARTH_ROTATION_RATE * np.cross([0.0, 0.0, 1.0], zone.centre)
    speed = np.sqrt(MU_EARTH / radius)
    both = []
    away = out * float(out @ start) - start
    ahead = 1.0 if float(away @ zone.axis) >= 0 else -1.0
    for sign in (ahead, -ahead):
        level = sign * zone.axis
        # |ground + added along the axis| = speed
        along = float(ground @ level)
        added = -along + np.sqrt(speed**2 - float(ground @ ground) + along**2)
        normal = np.cross(out, ground + added * level)
        both.append(float(np.arccos(normal[2] / np.linalg.norm(normal))))
    return both[0], both[1]
