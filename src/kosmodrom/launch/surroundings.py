"""What acts on many bodies at once: gravity, air and wind, with the numbers of `motion`.

States are rows, position and velocity in axes that do not turn, one column a body: so a thousand
bodies cost little more than one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A, WGS84_B, WGS84_F
from kosmodrom.errors import InputError
from kosmodrom.launch.motion import J2

__all__ = ["Over", "Wind", "air_speed", "over_ellipsoid", "pull"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_E2 = WGS84_F * (2 - WGS84_F)
_E2_SECOND = _E2 / (1 - _E2)


@dataclass(frozen=True, slots=True, eq=False)
class Wind:
    """Steady wind by height, linear between heights; beyond its ends it stays.

    Attributes
    ----------
    height : numpy.ndarray, shape (k,)
        Rising heights over the ellipsoid, two or more [m].
    east, north : numpy.ndarray, shape (k,) or (n, k)
        Whereto it blows, for all bodies or for each [m/s].
    """

    height: Floats
    east: Floats
    north: Floats

    def __post_init__(self) -> None:
        count = len(self.height)
        if count < 2 or not np.all(np.diff(self.height) > 0):
            raise InputError("a wind has two or more rising heights [m]")
        for each in (self.east, self.north):
            if each.ndim not in (1, 2) or each.shape[-1] != count or not np.isfinite(each).all():
                raise InputError(
                    f"a wind of {count} heights has finite speeds of shape ({count},) or "
                    f"(n, {count}); got {each.shape}"
                )

    def at(self, rows: Ints, height: Floats) -> tuple[Floats, Floats]:
        """Give the wind of some bodies.

        Parameters
        ----------
        rows : numpy.ndarray of int64, shape (k,)
            Which bodies [-].
        height : numpy.ndarray, shape (k,)
            Where they are [m].

        Returns
        -------
        east, north : numpy.ndarray, shape (k,)
            Whereto it blows [m/s].
        """
        here = np.clip(height, self.height[0], self.height[-1])
        piece = np.searchsorted(self.height[1:-1], here)
        part = (here - self.height[piece]) / np.diff(self.height)[piece]
        return _between(self.east, rows, piece, part), _between(self.north, rows, piece, part)


class Over(NamedTuple):
    """How bodies stand over the ellipsoid: height, distance from the axis, and the normal."""

    height: Floats
    across: Floats
    level: Floats
    up: Floats


def over_ellipsoid(position: Floats) -> Over:
    """Find heights by one step of Bowring's equation, as `height_expression` does.

    Parameters
    ----------
    position : numpy.ndarray, shape (3, n)
        Positions from the Earth's centre, z to the north pole [m].

    Returns
    -------
    Over
        Height [m], distance from the axis [m], and the parts of the normal away from the axis and
        along it [-].
    """
    x, y, z = position
    across = np.sqrt(x * x + y * y + 1.0)  # a metre: on the axis east and north are none
    sine = WGS84_B * z * (1 + _E2_SECOND * WGS84_B / np.sqrt(x * x + y * y + z * z))
    cosine = WGS84_A * across
    size = np.sqrt(sine * sine + cosine * cosine)
    sine, cosine = sine / size, cosine / size
    up = z + _E2_SECOND * WGS84_B * (sine * sine * sine)
    level = across - _E2 * WGS84_A * (cosine * cosine * cosine)
    size = np.sqrt(up * up + level * level)
    up, level = up / size, level / size
    height = across * level + z * up - WGS84_A * np.sqrt(1 - _E2 * up * up)
    return Over(height, across, level, up)


def pull(position: Floats) -> Floats:
    """Give the acceleration by gravity with J2, as `motion.gravity` does.

    Parameters
    ----------
    position : numpy.ndarray, shape (3, n)
        Positions from the Earth's centre, z to the north pole [m].

    Returns
    -------
    numpy.ndarray, shape (3, n)
        Acceleration [m/s²].
    """
    x, y, z = position
    square = x * x + y * y + z * z
    oblate = 1.5 * J2 * WGS84_A**2 / square
    share = 5 * z * z / square
    common = -MU_EARTH / (square * np.sqrt(square))
    side = common * (1 + oblate * (1 - share))
    return np.stack([side * x, side * y, common * (1 + oblate * (3 - share)) * z])


def air_speed(rows: Ints, state: Floats, over: Over, wind: Wind | None) -> tuple[Floats, Floats]:
    """Give the motion through the air, which turns with the Earth and blows.

    Parameters
    ----------
    rows : numpy.ndarray of int64, shape (n,)
        Which bodies, for a wind of each [-].
    state : numpy.ndarray, shape (6, n)
        Positions and velocities in axes that do not turn [m, m/s].
    over : Over
        How they stand over the ellipsoid.
    wind : Wind or None
        The wind; None where the air only turns.

    Returns
    -------
    motion : numpy.ndarray, shape (3, n)
        Velocity through the air, in axes that do not turn [m/s].
    speed : numpy.ndarray, shape (n,)
        Its size [m/s].
    """
    x, y = state[0], state[1]
    along_x, along_y, along_z = (
        state[3] + EARTH_ROTATION_RATE * y,
        state[4] - EARTH_ROTATION_RATE * x,
        state[5],
    )
    if wind is not None:
        east, north = wind.at(rows, over.height)
        cosine, sine = x / over.across, y / over.across
        along_x = along_x + east * sine + north * over.up * cosine
        along_y = along_y - east * cosine + north * over.up * sine
        along_z = along_z - north * over.level
    speed = np.sqrt(along_x * along_x + along_y * along_y + along_z * along_z)
    return np.stack([along_x, along_y, along_z]), speed


def _between(values: Floats, rows: Ints, piece: Ints, part: Floats) -> Floats:
    if values.ndim == 1:
        low, high = values[piece], values[piece + 1]
    else:
        low, high = values[rows, piece], values[rows, piece + 1]
    return np.asarray(low + part * (high - low))
