"""Numbers fitted to launches before some days; written by scripts/score_forecasts.py."""

from __future__ import annotations

from typing import Final

import numpy as np

from kosmodrom.launch.forecast.settings import FAR, GUESSED, Settings, Turning

__all__ = ["FITS", "settings_for"]

_LATE = float("inf")
FITS: Final = {
    "2023-01-01": Settings(
        bearing=0.003902,
        across=0.108,
        stray=0.06117,
        stray_bearing=0.1185,
        axis=0.01926,
        world=0.1006,
        sun=0.08017,
        place=0.5658,
        open_mind=0.05789,
        nation=0.1955,
        fresh=0.8359,
        doubt=0.76,
        turnings=(
            Turning(weight=0.2545, yaw=0.007249, wander=0.003624, onset=1000.0, lean=0),
            Turning(weight=0.2367, yaw=0.05973, wander=0.02986, onset=1500.0, lean=0.01636),
            Turning(weight=0.1179, yaw=0.1903, wander=0.09517, onset=1500.0, lean=0.01122),
            Turning(weight=0.1508, yaw=0.1184, wander=0.05921, onset=_LATE, lean=0.07526),
            Turning(weight=0.1401, yaw=0.06343, wander=0.03171, onset=2500.0, lean=0.04865),
            FAR,
        ),
    ),
    "2023-07-01": Settings(
        bearing=0.003277,
        across=0.06838,
        stray=0.07453,
        stray_bearing=0.09983,
        axis=0.01344,
        world=0.08778,
        sun=0.06619,
        place=0.6079,
        open_mind=0.06336,
        nation=0.1748,
        fresh=0.9055,
        doubt=0.86,
        turnings=(
            Turning(weight=0.2098, yaw=0.007354, wander=0.003677, onset=1000.0, lean=0),
            Turning(weight=0.2705, yaw=0.04909, wander=0.02455, onset=1500.0, lean=0.008253),
            Turning(weight=0.09246, yaw=0.1622, wander=0.08109, onset=1500.0, lean=-0.01796),
            Turning(weight=0.1632, yaw=0.1458, wander=0.07292, onset=_LATE, lean=0.1004),
            Turning(weight=0.164, yaw=0.06193, wander=0.03096, onset=2500.0, lean=0.05251),
            FAR,
        ),
    ),
    "2024-01-01": Settings(
        bearing=0.003338,
        across=0.07013,
        stray=0.0782,
        stray_bearing=0.1125,
        axis=0.01654,
        world=0.06977,
        sun=0.05984,
        place=0.5293,
        open_mind=0.04544,
        nation=0.2957,
        fresh=0.6655,
        doubt=0.8,
        turnings=(
            Turning(weight=0.1992, yaw=0.007549, wander=0.003774, onset=1000.0, lean=0),
            Turning(weight=0.2508, yaw=0.03955, wander=0.01977, onset=1500.0, lean=-0.03025),
            Turning(weight=0.08309, yaw=0.1691, wander=0.08456, onset=1500.0, lean=-0.04554),
            Turning(weight=0.1816, yaw=0.1048, wander=0.05238, onset=_LATE, lean=0.0995),
            Turning(weight=0.1853, yaw=0.06599, wander=0.03299, onset=2500.0, lean=0.06989),
            FAR,
        ),
    ),
    "2024-07-01": Settings(
        bearing=0.003561,
        across=0.07719,
        stray=0.08875,
        stray_bearing=0.11,
        axis=0.01709,
        world=0.0555,
        sun=0.0591,
        place=0.5673,
        open_mind=0.04382,
        nation=0.2742,
        fresh=0.865,
        doubt=0.64,
        turnings=(
            Turning(weight=0.1906, yaw=0.008782, wander=0.004391, onset=1000.0, lean=0),
            Turning(weight=0.231, yaw=0.0328, wander=0.0164, onset=1500.0, lean=-0.0475),
            Turning(weight=0.08046, yaw=0.1842, wander=0.09208, onset=1500.0, lean=0.0193),
            Turning(weight=0.2112, yaw=0.112, wander=0.05599, onset=_LATE, lean=0.08229),
            Turning(weight=0.1866, yaw=0.06103, wander=0.03052, onset=2500.0, lean=0.05972),
            FAR,
        ),
    ),
    "2025-01-01": Settings(
        bearing=0.003707,
        across=0.07707,
        stray=0.09308,
        stray_bearing=0.1372,
        axis=0.01786,
        world=0.04664,
        sun=0.05428,
        place=0.6353,
        open_mind=0.03613,
        nation=0.2277,
        fresh=0.8662,
        doubt=0.56,
        turnings=(
            Turning(weight=0.1874, yaw=0.009028, wander=0.004514, onset=1000.0, lean=0),
            Turning(weight=0.2238, yaw=0.02874, wander=0.01437, onset=1500.0, lean=-0.05741),
            Turning(weight=0.07558, yaw=0.1729, wander=0.08643, onset=1500.0, lean=-0.1324),
            Turning(weight=0.2193, yaw=0.1161, wander=0.05806, onset=_LATE, lean=0.1183),
            Turning(weight=0.1939, yaw=0.05518, wander=0.02759, onset=2500.0, lean=0.0936),
            FAR,
        ),
    ),
    "2025-07-01": Settings(
        bearing=0.004618,
        across=0.07797,
        stray=0.09088,
        stray_bearing=0.15,
        axis=0.02234,
        world=0.04863,
        sun=0.04837,
        place=0.5315,
        open_mind=0.03833,
        nation=0.3331,
        fresh=0.8615,
        doubt=0.68,
        turnings=(
            Turning(weight=0.2017, yaw=0.008363, wander=0.004181, onset=1000.0, lean=0),
            Turning(weight=0.233, yaw=0.01682, wander=0.008408, onset=1500.0, lean=-0.07035),
            Turning(weight=0.09447, yaw=0.2016, wander=0.1008, onset=1500.0, lean=-0.1035),
            Turning(weight=0.2051, yaw=0.2077, wander=0.1039, onset=_LATE, lean=0.2909),
            Turning(weight=0.1657, yaw=0.04115, wander=0.02058, onset=2500.0, lean=0.1221),
            FAR,
        ),
    ),
}
"""By the day before which the launches were that they were fitted to."""


def settings_for(day: np.datetime64 | None) -> Settings:
    """Give what had been learned by a day.

    Parameters
    ----------
    day : numpy.datetime64 or None
        Of the launch; None for all that has been learned [UTC].

    Returns
    -------
    Settings
        Fitted to earlier launches only; round numbers set by hand where there were too few.
    """
    if day is None:
        return FITS[max(FITS)]
    past = [cut for cut in FITS if np.datetime64(cut) <= day]
    return FITS[max(past)] if past else GUESSED
