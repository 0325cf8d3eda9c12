"""How well azimuths of launch explain the zones, if the launch yaws or not."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.forecast.observed import BINS

if TYPE_CHECKING:
    from kosmodrom.launch.forecast.observed import Sight
    from kosmodrom.launch.forecast.settings import Settings, Turning

__all__ = ["chosen", "likelihoods", "strays", "yaw_moments"]

Floats = NDArray[np.float64]
_ORBIT: Final = 7_800.0
_HEADING, _ASKEW = 0.05, 0.25  # error of an axis as azimuth, and share that tell nothing [rad]
_MOST = 6  # zones whose straying is told apart
_MIDDLE = (BINS[1:] + BINS[:-1]) / 2


def likelihoods(sight: Sight, settings: Settings) -> Floats:
    """Weigh azimuths by the zones.

    The plane that is reached is that of a launch straight along the azimuth. A yaw on the way
    puts zones beside the trace of that launch: in proportion, so all is normal if the yaw is.

    Parameters
    ----------
    sight : Sight
        What the zones say.
    settings : Settings
        Errors of zones and ways of yawing.

    Returns
    -------
    numpy.ndarray, shape (m, a)
        Likelihood of each azimuth under each way of yawing, times its weight [-].
    """
    rows = chosen(sight)
    azimuth = sight.azimuth
    axis = _axis(sight, settings)
    if not len(rows):
        weights = np.array([each.weight for each in settings.turnings])
        return np.asarray(weights[:, None] * axis)
    told = sight.told[rows]
    middle = int(np.argmin(np.abs(azimuth - told[-1])))
    gain = sight.gain[middle]
    slope = np.gradient(sight.inclination)[middle]
    effect = sight.shift[rows] - gain * np.diff(BINS) / _ORBIT
    clean = settings.bearing**2 + (settings.across * sight.width[rows]) ** 2
    clean = clean + (sight.spread[rows] / 2) ** 2
    shared = np.outer(sight.offset[rows], sight.offset[rows])
    last = float(sight.speed[rows].max())
    lost = strays(len(rows))
    share = np.prod(np.where(lost, settings.stray, 1 - settings.stray), axis=1)
    noise = np.where(lost, settings.stray_bearing**2, clean)[:, :, None] * np.eye(len(rows))
    total = np.zeros((len(settings.turnings), len(azimuth)))
    for row, turning in enumerate(settings.turnings):
        mean, spread = yaw_moments(turning, last, float(np.sign(slope)))
        covariance = effect @ spread @ effect.T + shared + noise
        each = _normal(azimuth, told - effect @ mean, covariance)
        total[row] = turning.weight * (share @ each)
    return np.asarray(total * axis)


def strays(count: int) -> NDArray[np.bool_]:
    """List which zones stray: none, any one or any two, but not all of several."""
    table = np.array(list(product((False, True), repeat=count)))
    most = min(2, max(count - 1, 1))
    return np.asarray(table[table.sum(axis=1) <= most])


def chosen(sight: Sight) -> NDArray[np.intp]:
    """Choose zones to use, near ones first: all, or some at all distances."""
    order = np.argsort(sight.angle)
    if len(order) > _MOST:
        order = order[np.unique(np.linspace(0, len(order) - 1, _MOST).round().astype(int))]
    return order


def yaw_moments(turning: Turning, last: float, side: float) -> tuple[Floats, Floats]:
    """Give mean and covariance of the yaw in each step of speed."""
    onset = min(turning.onset, last)
    part = np.clip((BINS[1:] - onset) / np.diff(BINS), 0.0, 1.0)
    beyond = np.maximum(_MIDDLE - onset, 0.0) / 1000.0
    shared = turning.yaw**2 + turning.wander**2 * np.minimum.outer(beyond, beyond)
    return side * turning.lean * part, np.asarray(np.outer(part, part) * shared)


def _normal(azimuth: Floats, told: Floats, covariance: Floats) -> Floats:
    """Density of what was told, for each azimuth and each covariance (s, z, z)."""
    inverse = np.linalg.inv(covariance)
    first = inverse.sum(axis=(1, 2))
    best = (inverse.sum(axis=1) @ told) / first
    rest = told - best[:, None]
    size = np.linalg.slogdet(2 * np.pi * covariance)[1]
    peak = -0.5 * (np.einsum("si,sij,sj->s", rest, inverse, rest) + size)
    off = azimuth - best[:, None]
    return np.asarray(np.exp(peak[:, None] - 0.5 * first[:, None] * off**2))


def _axis(sight: Sight, settings: Settings) -> Floats:
    """Weigh azimuths by the long axes of corridors and zones; flown either way."""
    weight = np.ones(len(sight.azimuth))
    for pair in sight.corridors:
        off = (sight.inclination[:, None] - pair) / settings.axis
        hit = np.exp(-0.5 * off**2).sum(axis=1) / 2 / (settings.axis * np.sqrt(2 * np.pi))
        weight = weight * ((1 - 2 * settings.stray) * hit + 2 * settings.stray / np.pi)
    for pair in sight.headings:
        gap = (sight.azimuth[:, None] - pair + np.pi) % (2 * np.pi) - np.pi
        hit = (
            np.exp(-0.5 * (gap / _HEADING) ** 2).sum(axis=1) / 2 / (_HEADING * np.sqrt(2 * np.pi))
        )
        # the same axis tells again what the next does: together they count as one or two
        share = 1.0 / max(1.0, len(sight.headings) / 2)
        weight = weight * ((1 - _ASKEW) * hit + _ASKEW / (2 * np.pi)) ** share
    return np.asarray(weight)
