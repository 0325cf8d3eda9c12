"""Which of the ways that a range allows leads to an orbit, and how far the nearest is from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from kosmodrom.errors import InputError
from kosmodrom.launch.reach import (
    ground_azimuth,
    inclination_limits,
    inclination_of,
    inertial_azimuth,
    inertial_from_ground,
    pad_on_earth,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Direction", "Pad", "Way", "turn_at_pad", "turn_over_equator"]

Direction = Literal["ascending", "descending"]
#: Inclinations of routes are told to a degree or a tenth; nearer than this is the same route.
_ALIKE: Final = np.radians(0.25)
_DUST: Final = 1e-10  # rounding of an inclination due east [rad]
_FINE: Final = np.radians(0.05)  # step along the azimuths that a range allows


@dataclass(frozen=True, slots=True, kw_only=True)
class Pad:
    """A place to launch from, and the speed to which a launch goes.

    Attributes
    ----------
    latitude : float
        Geocentric latitude [rad].
    pad_speed : float
        Speed of the place itself, due east [m/s].
    speed : float
        Speed in orbit, against the stars [m/s].
    """

    latitude: float
    pad_speed: float
    speed: float

    @classmethod
    def at(cls, latitude: float, speed: float) -> Pad:
        """Take a place of a map.

        Parameters
        ----------
        latitude : float
            Geodetic latitude [rad].
        speed : float
            Speed in orbit, against the stars [m/s].

        Returns
        -------
        Pad
            The place.
        """
        centric, own = pad_on_earth(latitude)
        return cls(latitude=float(centric), pad_speed=float(own), speed=speed)

    def limits(self) -> tuple[float, float]:
        """Give the least and the greatest inclination.

        Returns
        -------
        low, high : float
            Reached due east and due west [rad].
        """
        low, high = inclination_limits(self.latitude)
        return float(low), float(high)

    def reaches(self, inclination: float) -> bool:
        """Tell whether an orbit of an inclination passes over the place.

        Parameters
        ----------
        inclination : float
            Inclination [rad].

        Returns
        -------
        bool
            Whether it is within the limits, to 1e-10 rad.
        """
        low, high = self.limits()
        return low - _DUST <= inclination <= high + _DUST

    def azimuths(self, inclination: float, direction: Direction) -> tuple[float, float, float]:
        """Give the direction of a launch.

        Parameters
        ----------
        inclination : float
            Inclination, within the limits [rad].
        direction : {"ascending", "descending"}
            Northwards or southwards.

        Returns
        -------
        inertial, ground : float
            Azimuth against the stars, and against the Earth [rad].
        added : float
            Speed that must be added to that of the place, losses apart [m/s].
        """
        both = inertial_azimuth(self.latitude, inclination)
        inertial = float(both[direction == "descending"])
        ground, added = ground_azimuth(inertial, self.speed, self.pad_speed)
        return inertial, float(ground), float(added)

    def inclination(self, azimuth: float) -> float:
        """Find the inclination to which a direction leads.

        Parameters
        ----------
        azimuth : float
            Azimuth against the Earth [rad].

        Returns
        -------
        float
            Inclination [rad].
        """
        inertial = inertial_from_ground(azimuth, self.speed, self.pad_speed)
        return float(inclination_of(self.latitude, inertial))


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Directions that a range allows, by azimuth or by the inclination that they lead to.

    Attributes
    ----------
    azimuths : tuple of float or None
        Ends of the azimuth against the Earth, clockwise from the first to the second [rad].
    inclinations : tuple of float or None
        Ends of the inclination [rad].
    direction : {"ascending", "descending", "either"}
        Which of the two directions to an inclination is meant.
    """

    azimuths: tuple[float, float] | None = None
    inclinations: tuple[float, float] | None = None
    direction: Literal["ascending", "descending", "either"] = "either"

    def __post_init__(self) -> None:
        if (self.azimuths is None) == (self.inclinations is None):
            raise InputError("a way has either azimuths or inclinations; give one of the two")

    def holds(self, azimuth: float, inclination: float, direction: Direction) -> bool:
        """Tell whether a launch goes this way.

        Parameters
        ----------
        azimuth : float
            Azimuth against the Earth [rad].
        inclination : float
            Inclination [rad].
        direction : {"ascending", "descending"}
            Northwards or southwards.

        Returns
        -------
        bool
            Whether it does; inclinations within 0.25 deg of the ends are the same route.
        """
        if self.azimuths is not None:
            return _beyond(azimuth, self.azimuths) == 0.0
        low, high = self.inclinations or (np.nan, np.nan)
        near = low - _ALIKE <= inclination <= high + _ALIKE
        return bool(near) and self.direction in {"either", direction}

    def reached(self, pad: Pad) -> tuple[float, float] | None:
        """Give the inclinations to which the way leads without a turn.

        Parameters
        ----------
        pad : Pad
            From where.

        Returns
        -------
        tuple of float or None
            Least and greatest inclination [rad]; None where none is within the limits.
        """
        least, most = pad.limits()
        if self.azimuths is not None:
            first, last = self.azimuths
            sweep = (last - first) % (2 * np.pi)
            azimuth = first + np.linspace(0.0, sweep, max(2, int(sweep / _FINE) + 2))
            inertial = inertial_from_ground(azimuth, pad.speed, pad.pad_speed)
            found = inclination_of(pad.latitude, inertial)
            return float(found.min()), float(found.max())
        low, high = self.inclinations or (np.nan, np.nan)
        low, high = max(low, least), min(high, most)
        return (low, high) if low <= high else None


def _beyond(azimuth: float, ends: tuple[float, float]) -> float:
    """Say how far an azimuth lies outside a sector, with sign, towards its nearer end."""
    first, last = ends
    sweep, into = (last - first) % (2 * np.pi), (azimuth - first) % (2 * np.pi)
    dust = 1e-12
    if into <= sweep + dust or into >= 2 * np.pi - dust:
        return 0.0
    after, before = into - sweep, 2 * np.pi - into
    return float(after if after <= before else -before)


def turn_over_equator(pad: Pad, inclination: float, ways: Sequence[Way]) -> float | None:
    """Find the least turn of the plane in orbit, where planes that differ only in tilt cross.

    Parameters
    ----------
    pad : Pad
        From where.
    inclination : float
        Wanted inclination [rad].
    ways : sequence of Way
        What the range allows; empty where any direction does.

    Returns
    -------
    float or None
        Angle from the nearest plane that is reached without a turn [rad]; None where the ways
        lead nowhere.
    """
    spans = [pad.limits()] if not ways else [span for way in ways if (span := way.reached(pad))]
    off = [max(low - inclination, inclination - high, 0.0) for low, high in spans]
    return min(off, default=None)


def turn_at_pad(
    pad: Pad,
    inclination: float,
    ways: Sequence[Way],
    directions: Sequence[Direction] = ("ascending", "descending"),
) -> float | None:
    """Find the least turn of the velocity soon after launch, where both planes pass the pad.

    Parameters
    ----------
    pad : Pad
        From where.
    inclination : float
        Wanted inclination [rad].
    ways : sequence of Way
        What the range allows; empty where any direction does.
    directions : sequence of {"ascending", "descending"}
        Of which directions to the inclination the nearer counts.

    Returns
    -------
    float or None
        Angle between the inertial azimuths [rad]; None where no orbit of that inclination passes
        over the pad, or the ways lead nowhere.
    """
    if not pad.reaches(inclination):
        return None
    if not ways:
        return 0.0
    turns = []
    for direction in directions:
        inertial, ground, _ = pad.azimuths(inclination, direction)
        for way in ways:
            if way.azimuths is not None:
                end = ground - _beyond(ground, way.azimuths)
                allowed = float(inertial_from_ground(end, pad.speed, pad.pad_speed))
            else:
                span = way.reached(pad)
                if span is None or way.direction not in {"either", direction}:
                    continue
                near = float(np.clip(inclination, *span))
                allowed = pad.azimuths(near, direction)[0]
            turns.append(abs((inertial - allowed + np.pi) % (2 * np.pi) - np.pi))
    return min(turns, default=None)
