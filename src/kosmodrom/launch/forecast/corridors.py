"""Orbits to which the same corridor has led before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.forecast.density import STEP, binned, smoothed
from kosmodrom.launch.forecast.priors import same_place

if TYPE_CHECKING:
    from kosmodrom.launch.forecast.observed import Sight
    from kosmodrom.launch.forecast.priors import Corridors
    from kosmodrom.launch.forecast.settings import Settings

__all__ = ["corridor_share", "matches"]

Floats = NDArray[np.float64]
_ANGLE = 0.02  # difference of distance within which last zones are the same [rad]


def matches(
    sight: Sight, corridors: Corridors, now: np.datetime64, here: tuple[float, float],
    settings: Settings,
) -> Floats:  # fmt: skip
    """Say how much each earlier corridor is the same as that of the zones.

    Parameters
    ----------
    sight : Sight
        What the zones say.
    corridors : Corridors
        Zones of earlier launches.
    now : numpy.datetime64
        Day of the launch [UTC].
    here : tuple of float
        Latitude and longitude of the site [rad].
    settings : Settings
        How near is the same, and how fast it fades.

    Returns
    -------
    numpy.ndarray, shape (n,)
        From 0, another, to 1, the same and new [-].
    """
    if not len(sight.rows) or not len(corridors.day):
        return np.zeros(len(corridors.day))
    row = int(np.argmax(sight.angle))
    off = (corridors.azimuth - sight.told[row] + np.pi) % (2 * np.pi) - np.pi
    further = corridors.angle - sight.angle[row]
    weight = np.exp(-0.5 * (off / settings.corridor_azimuth) ** 2 - 0.5 * (further / _ANGLE) ** 2)
    age = (now - corridors.day).astype("timedelta64[D]").astype(np.float64)
    weight = weight * 0.5 ** (np.maximum(age, 0.0) / settings.fading)
    kept = (age > 0) & same_place(corridors.latitude, corridors.longitude, here)
    kept = kept & np.isfinite(corridors.inclination)
    return np.asarray(np.where(kept & (weight > 1e-3), weight, 0.0))


def corridor_share(
    parts: Floats, sight: Sight, corridors: Corridors, now: np.datetime64,
    here: tuple[float, float], settings: Settings,
) -> Floats:  # fmt: skip
    """Give earlier launches of the same corridor their share of the probability.

    It is n of n + fresh, with n the number of such launches, faded: the probability of a new
    target never vanishes.

    Parameters
    ----------
    parts : numpy.ndarray, shape (m, p, 3600)
        Probability without them [-].
    sight : Sight
        What the zones say.
    corridors : Corridors
        Zones of earlier launches.
    now : numpy.datetime64
        Day of the launch [UTC].
    here : tuple of float
        Latitude and longitude of the site [rad].
    settings : Settings
        How many launches weigh as much as all else.

    Returns
    -------
    numpy.ndarray, shape (m, p + 1, 3600)
        Probability with them, as one part more [-].
    """
    weight = matches(sight, corridors, now, here, settings)
    count = float(weight.sum())
    grown = np.concatenate([parts, np.zeros_like(parts[:, :1])], axis=1)
    if not count > 1e-3:
        return grown
    used = weight > 0
    raw = binned(corridors.inclination[used], weight[used])
    near = settings.sharp_share * smoothed(raw, settings.sharp)
    near = (near + (1 - settings.sharp_share) * smoothed(raw, settings.broad)) / count
    near = near / near.sum()
    # Whether these turned or not is what the zones say of such an inclination.
    by_turn = smoothed_rows(parts.sum(axis=1)) + 1e-12
    share = count / (count + settings.fresh)
    grown = grown * (1 - share)
    grown[:, -1] = share * near * by_turn / by_turn.sum(axis=0)
    return np.asarray(grown)


def smoothed_rows(rows: Floats) -> Floats:
    """Spread masses of each row by 5 cells.

    Parameters
    ----------
    rows : numpy.ndarray, shape (m, 3600)
        Masses [-].

    Returns
    -------
    numpy.ndarray, shape (m, 3600)
        The same, spread [-].
    """
    return np.array([smoothed(row, 5 * STEP) for row in rows])
