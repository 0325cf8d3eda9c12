"""Whether a satellite could have seen a place at some time: yes, no, or nobody can tell.

An aged element set puts the satellite too early or late along its orbit by up to a time shift, and
off to the side. What is late finds the Earth turned on, which moves the ground sideways too. Yes
is said only if the place was in access whatever the shift; no only if it was not, whatever the
shift, with the angles widened by what the sideways error can do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from kosmodrom.base.constants import EARTH_ROTATION_RATE, WGS84_A

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Answer", "Doubt", "could_have_seen", "doubt_of"]

Answer = Literal["yes", "no", "cannot_tell"]
_LOST = 0.25  # share of a revolution by which a shift leaves the satellite anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """How far an element set may be off, as a search can use it.

    Attributes
    ----------
    shift : float
        By how much events may come early or late (95 %) [s].
    angle : float
        By how much the angle off nadir may be off besides (95 %) [rad].
    lost : bool
        Whether the satellite may be anywhere in its orbit.
    """

    shift: float
    angle: float
    lost: bool


def doubt_of(
    along: float, across: float, period: float, semi_major_axis: float, altitude: float,
    latitude: float,
) -> Doubt:  # fmt: skip
    """Turn errors of a position into errors of an access.

    Parameters
    ----------
    along, across : float
        95 % half widths along the orbit and across it [m].
    period : float
        Period of the orbit [s].
    semi_major_axis : float
        Semi-major axis [m].
    altitude : float
        Least height over the ground [m].
    latitude : float
        Geodetic latitude of the place [rad].

    Returns
    -------
    Doubt
        The same as time and angle.
    """
    speed = 2 * np.pi * semi_major_axis / period
    shift = along / speed
    turned = EARTH_ROTATION_RATE * WGS84_A * np.cos(latitude) * shift
    angle = np.arctan2(across + turned, max(altitude, 1.0))
    return Doubt(shift=float(shift), angle=float(angle), lost=bool(shift > _LOST * period))


def could_have_seen(
    sure: tuple[Floats, Floats],
    possible: tuple[Floats, Floats],
    doubt: Doubt,
    first: float,
    last: float,
) -> Answer:
    """Judge whether a place was in access at some time of an interval.

    Parameters
    ----------
    sure : tuple of numpy.ndarray, shape (k,)
        Begin and end of accesses within limits that hold whatever the sideways error [s].
    possible : tuple of numpy.ndarray, shape (m,)
        Begin and end of accesses within limits that can only just be [s].
    doubt : Doubt
        How far the element set may be off.
    first, last : float
        The interval; both the same for an instant [s].

    Returns
    -------
    {"yes", "no", "cannot_tell"}
        The answer.
    """
    if doubt.lost:
        return "cannot_tell"
    begin, end = sure
    if np.any((begin + doubt.shift <= last) & (end - doubt.shift >= first)):
        return "yes"
    begin, end = possible
    if np.any((begin - doubt.shift <= last) & (end + doubt.shift >= first)):
        return "cannot_tell"
    return "no"
