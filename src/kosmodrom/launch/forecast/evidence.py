"""Places and long axes of zones as measurements of one azimuth, each moved by a yaw in its way."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.forecast.observed import BINS

if TYPE_CHECKING:
    from kosmodrom.launch.forecast.observed import Sight
    from kosmodrom.launch.forecast.settings import Settings, Turning

__all__ = ["Evidence", "evidence_of", "noise_of", "strays", "yaw_moments"]

Floats = NDArray[np.float64]
_ORBIT: Final = 7_800.0  # against the stars [m/s]
_MOST, _MOST_AXES = 5, 2  # zones and axes that are used
_MIDDLE = (BINS[1:] + BINS[:-1]) / 2
_FLATTEST = 0.2  # of a change of inclination with azimuth, for the error of an axis [-]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """Measurements of the azimuth that leads straight to the plane that is reached.

    Attributes
    ----------
    told : numpy.ndarray, shape (n,)
        What each says, if nothing yaws [rad].
    effect : numpy.ndarray, shape (n, b)
        By how much a yaw of 1 rad in a step of speed puts it off [rad/rad].
    width, spread : numpy.ndarray, shape (n,)
        Of zones: seen from the pad; and between members of the family. Zero for axes [rad].
    offset : numpy.ndarray, shape (n,)
        Of zones: error by where the pad is, common to all [rad].
    slope : numpy.ndarray, shape (n,)
        Of axes: azimuth by inclination; zero for zones [-].
    last : float
        Speed at which the last of the zones was dropped [m/s].
    side : float
        1 where a larger azimuth leads to a higher inclination, else -1 [-].
    """

    told: Floats
    effect: Floats
    width: Floats
    spread: Floats
    offset: Floats
    slope: Floats
    last: float
    side: float


def evidence_of(sight: Sight) -> Evidence | None:
    """Put together what zones say; of many, some at all distances.

    Parameters
    ----------
    sight : Sight
        What each says.

    Returns
    -------
    Evidence or None
        All of it; None where no zone tells an azimuth.
    """
    order = np.argsort(sight.angle)
    if not len(order):
        return None
    if len(order) > _MOST:
        order = order[np.unique(np.linspace(0, len(order) - 1, _MOST).round().astype(int))]
    told = sight.told[order]
    middle = int(np.argmin(np.abs(sight.azimuth - told[-1])))
    slope = np.gradient(sight.inclination, sight.azimuth)
    last_turn = sight.gain[middle] * np.diff(BINS) / _ORBIT
    axes = []
    for (goal, _), speed in zip(
        sight.corridors[:_MOST_AXES], sight.corridor_speed[:_MOST_AXES], strict=True
    ):
        apart = np.abs(sight.azimuth - sight.azimuth[middle])
        at = int(np.argmin(np.abs(sight.inclination - goal) + 0.05 * apart))
        burnt = np.clip(speed - BINS[:-1], 0.0, np.diff(BINS))
        turned = sight.gain[middle] * burnt / speed
        axes.append((sight.azimuth[at], 1 / max(abs(slope[at]), _FLATTEST), turned - last_turn))
    none = np.zeros(len(axes))
    return Evidence(
        told=np.r_[told, [each[0] for each in axes]],
        effect=np.vstack([sight.shift[order] - last_turn, *(each[2] for each in axes)]),
        width=np.r_[sight.width[order], none], spread=np.r_[sight.spread[order] / 2, none],
        offset=np.r_[sight.offset[order], none],
        slope=np.r_[np.zeros(len(order)), [each[1] for each in axes]],
        last=float(sight.speed[order].max()), side=float(np.sign(slope[middle])),
    )  # fmt: skip


def noise_of(found: Evidence, settings: Settings) -> tuple[Floats, Floats]:
    """Give errors of measurements for each way in which some of them stray.

    Parameters
    ----------
    found : Evidence
        The measurements.
    settings : Settings
        Their errors.

    Returns
    -------
    share : numpy.ndarray, shape (s,)
        How likely it is that just these stray [-].
    covariance : numpy.ndarray, shape (s, n, n)
        Of the errors [rad²].
    """
    lost = strays(len(found.told))
    share = np.prod(np.where(lost, settings.stray, 1 - settings.stray), axis=1)
    clean = settings.bearing**2 + (settings.across * found.width) ** 2 + found.spread**2
    clean = np.where(found.slope > 0, (settings.axis * found.slope) ** 2, clean)
    noise = np.where(lost, settings.stray_bearing**2, clean)[:, :, None] * np.eye(len(clean))
    return share, np.asarray(noise + np.outer(found.offset, found.offset))


def strays(count: int) -> NDArray[np.bool_]:
    """List which measurements stray: none, any one or any two, but not all of several.

    Parameters
    ----------
    count : int
        How many there are [-].

    Returns
    -------
    numpy.ndarray of bool, shape (s, count)
        One row for each way [-].
    """
    table = np.array(list(product((False, True), repeat=count)))
    most = min(2, max(count - 1, 1))
    return np.asarray(table[table.sum(axis=1) <= most])


def yaw_moments(turning: Turning, found: Evidence) -> tuple[Floats, Floats]:
    """Give mean and covariance of the yaw in each step of speed.

    Parameters
    ----------
    turning : Turning
        Way of yawing.
    found : Evidence
        With the speed of the last zone, and which side is up.

    Returns
    -------
    mean : numpy.ndarray, shape (b,)
        Of the yaw [rad].
    covariance : numpy.ndarray, shape (b, b)
        Of the yaw [rad²].
    """
    onset = min(turning.onset, found.last)
    part = np.clip((BINS[1:] - onset) / np.diff(BINS), 0.0, 1.0)
    beyond = np.maximum(_MIDDLE - onset, 0.0) / 1000.0
    shared = turning.yaw**2 + turning.wander**2 * np.minimum.outer(beyond, beyond)
    return found.side * turning.lean * part, np.asarray(np.outer(part, part) * shared)
