"""How far an aged element set may be off, as a search for accesses can use it.

An aged element set puts the satellite too early or late along its orbit by up to a time shift, and
off to the side. What is late finds the Earth turned on, which moves the ground sideways too. That
a place could have been seen is said only if it was in access whatever the shift; that it could not
only if it was not, whatever the shift, with the angles widened by what the sideways error can do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.constants import EARTH_ROTATION_RATE, WGS84_A

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

__all__ = ["Doubts", "doubts_of"]

_LOST = 0.25  # share of a revolution by which a shift leaves the satellite anywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubts:
    """How far element sets may be off.

    Attributes
    ----------
    shift : numpy.ndarray, shape (n,)
        By how much events may come early or late (95 %) [s].
    angle : numpy.ndarray, shape (n, m)
        By how much the angle off nadir may be off besides (95 %), for m places [rad].
    lost : numpy.ndarray of bool, shape (n,)
        Whether the satellite may be anywhere in its orbit [-].
    gone : numpy.ndarray of bool, shape (n,)
        Whether the satellite was not in orbit then [-].
    """

    shift: Floats
    angle: Floats
    lost: Bools
    gone: Bools


def doubts_of(
    along: Floats, across: Floats, period: Floats, semi_major_axis: Floats, altitude: Floats,
    latitude: Floats,
) -> Doubts:  # fmt: skip
    """Turn errors of positions into errors of accesses.

    Parameters
    ----------
    along, across : numpy.ndarray, shape (n,)
        95 % half widths along the orbit and across it [m].
    period : numpy.ndarray, shape (n,)
        Period of the orbit [s].
    semi_major_axis : numpy.ndarray, shape (n,)
        Semi-major axis [m].
    altitude : numpy.ndarray, shape (n,)
        Least height over the ground [m].
    latitude : numpy.ndarray, shape (m,)
        Geodetic latitudes of the places [rad].

    Returns
    -------
    Doubts
        The same as times and angles; none of them gone.
    """
    shift = along * period / (2 * np.pi * semi_major_axis)
    turned = EARTH_ROTATION_RATE * WGS84_A * np.cos(latitude) * shift[:, None]
    angle = np.arctan2(across[:, None] + turned, np.maximum(altitude, 1.0)[:, None])
    lost = shift > _LOST * period
    return Doubts(shift=shift, angle=angle, lost=lost, gone=np.zeros(len(shift), dtype=np.bool_))
