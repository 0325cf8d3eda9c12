"""How well azimuths of launch explain the zones, if the launch yaws or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.forecast.evidence import evidence_of, noise_of, yaw_moments

if TYPE_CHECKING:
    from kosmodrom.launch.forecast.observed import Sight
    from kosmodrom.launch.forecast.settings import Settings

__all__ = ["likelihoods"]

Floats = NDArray[np.float64]
# error of an axis as azimuth [rad], and the share of axes that tell nothing
_HEADING, _ASKEW = 0.05, 0.25


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
    headings = _headings(sight)
    found = evidence_of(sight)
    if found is None:
        weights = np.array([each.weight for each in settings.turnings])
        return np.asarray(weights[:, None] * headings * _corridors(sight, settings))
    share, noise = noise_of(found, settings)
    total = np.zeros((len(settings.turnings), len(sight.azimuth)))
    for row, turning in enumerate(settings.turnings):
        mean, spread = yaw_moments(turning, found)
        covariance = found.effect @ spread @ found.effect.T + noise
        each = _normal(sight.azimuth, found.told - found.effect @ mean, covariance)
        total[row] = turning.weight * (share @ each)
    return np.asarray(total * headings)


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


def _corridors(sight: Sight, settings: Settings) -> Floats:
    """Weigh azimuths by the long axes of disposal corridors alone; flown either way."""
    weight = np.ones(len(sight.azimuth))
    for pair in sight.corridors:
        off = (sight.inclination[:, None] - pair) / settings.axis
        hit = np.exp(-0.5 * off**2).sum(axis=1) / 2 / (settings.axis * np.sqrt(2 * np.pi))
        weight = weight * ((1 - 2 * settings.stray) * hit + 2 * settings.stray / np.pi)
    return np.asarray(weight)


def _headings(sight: Sight) -> Floats:
    """Weigh azimuths by the long axes of zones where the pad is not known; flown either way."""
    weight = np.ones(len(sight.azimuth))
    for pair in sight.headings:
        gap = (sight.azimuth[:, None] - pair + np.pi) % (2 * np.pi) - np.pi
        hit = np.exp(-0.5 * (gap / _HEADING) ** 2).sum(axis=1)
        hit = hit / 2 / (_HEADING * np.sqrt(2 * np.pi))
        # the same axis tells again what the next does: together they count as one or two
        share = 1.0 / max(1.0, len(sight.headings) / 2)
        weight = weight * ((1 - _ASKEW) * hit + _ASKEW / (2 * np.pi)) ** share
    return np.asarray(weight)
