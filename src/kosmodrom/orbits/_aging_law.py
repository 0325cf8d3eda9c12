"""The law by which element sets age; `aging` says what it is and asks it.

Constants are those of ``tests/truth/make_aging.py``, from differences between element sets of one
satellite and, for fresh sets, from precise orbits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kosmodrom.orbits._near_earth import drag_rate
from kosmodrom.orbits.secular import SGP4_EARTH_RADIUS, SGP4_MU, is_deep_space

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.orbits.elements import ElementSets

    Floats = NDArray[np.float64]

__all__ = [
    "DAY",
    "LEVELS",
    "PARTS",
    "Orbits",
    "Spread",
    "along_95_of",
    "away_from_best_fit",
    "orbits_of",
    "spread_of",
    "width_of",
]

DAY: Final = 86_400.0
"""Day [s]."""
_SHIFT = 0.2  # the age of best fit, before the epoch [d]


class _Law(NamedTuple):
    """Of one part and level: floor [m], rate [m/d], factor, power."""

    floor: float
    rate: float
    factor: float
    power: float


# By `tests/truth/make_aging.py`: 68.3 % and 95 %. Rate 0 marks the parts where X is 1 m.
_ACROSS = (_Law(324.3, 0.0, 43.09, 1.269), _Law(686.8, 0.0, 128.7, 1.475))
_RADIAL = (_Law(242.3, 46.39, 0.2065, 1.375), _Law(549.9, 95.18, 0.4595, 1.506))
_LAWS: Final = {
    ("free", "along"): (_Law(759.9, 19.51, 0.07808, 2.381), _Law(1494.0, 56.8, 0.2109, 2.337)),
    ("free", "across"): _ACROSS,
    ("free", "radial"): _RADIAL,
    ("kept", "along"): (_Law(720.4, 72.94, 0.1003, 2.738), _Law(1334.0, 654.9, 4.782, 1.969)),
    ("kept", "across"): _ACROSS,
    ("kept", "radial"): _RADIAL,
    ("high", "along"): (_Law(1577.0, 0.0, 625.4, 1.587), _Law(12_150.0, 0.0, 4818.0, 1.75)),
    ("high", "across"): (_Law(291.8, 0.0, 248.0, 1.119), _Law(3736.0, 0.0, 1482.0, 0.9187)),
    ("high", "radial"): (_Law(315.8, 0.0, 194.0, 0.95), _Law(1700.0, 0.0, 1637.0, 0.6687)),
}
# Half the rate of the mean motion where a set names no drag: medians of the catalogue of
# 22 August 2026 (CelesTrak, 18,700 objects, e < 0.02) by height of perigee [km], in [rad/d²].
_HEIGHTS = (175.0, 225.0, 275.0, 325.0, 375.0, 425.0, 475.0, 525.0, 575.0, 750.0, 950.0, 1250.0)
_NO_DRAG = 0.05  # of the usual drag: what a set names below it was not measured
_DRAG_RULES = 800.0  # below this height of perigee [km]
_DRAGS = (0.34, 0.077, 0.021, 7.9e-3, 5e-3, 1.4e-3, 6.4e-4, 2.5e-4, 1.3e-4, 6.1e-5, 5.4e-6, 5e-6)

PARTS: Final = ("along", "across", "radial")
"""Directions of the orbit: along it, to its normal, away from the Earth's centre."""
LEVELS: Final = (0.683, 0.95)
"""Shares of errors that the two widths of a `Spread` hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Half widths within which a position lies, in the directions of the orbit.

    Along follows the orbit, in its plane and at its radius; where it reaches half a turn, nothing
    is known of where on its orbit the satellite is.

    Attributes
    ----------
    along, across, radial : numpy.ndarray, shape (n, ...)
        Half widths that hold 68.3 % of errors, one standard deviation of a normal law [m].
    along_95, across_95, radial_95 : numpy.ndarray, shape (n, ...)
        Half widths that hold 95 % of errors [m].
    """

    along: Floats
    across: Floats
    radial: Floats
    along_95: Floats
    across_95: Floats
    radial_95: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Orbits:
    """What the aging of element sets depends on, one row a set.

    Attributes
    ----------
    mean_motion : numpy.ndarray, shape (n,)
        Mean motion [rad/s].
    eccentricity : numpy.ndarray, shape (n,)
        Eccentricity [-].
    drag : numpy.ndarray, shape (n,)
        Half the rate of the mean motion by drag, above 0 [rad/s²].
    missing : numpy.ndarray, shape (n,)
        The same of drag that a set leaves out, as first sets after a launch do; else 0 [rad/s²].
    deep : numpy.ndarray of bool, shape (n,)
        Whether the period is 225 min or more [-].
    """

    mean_motion: Floats
    eccentricity: Floats
    drag: Floats
    missing: Floats
    deep: NDArray[np.bool_]

    @property
    def semi_major_axis(self) -> Floats:
        """Give the semi-major axis by Kepler's third law.

        Returns
        -------
        numpy.ndarray, shape (n,)
            Semi-major axis [m].
        """
        return np.asarray(np.cbrt(SGP4_MU / self.mean_motion**2))


def orbits_of(elements: ElementSets) -> Orbits:
    """Read from element sets what their aging depends on.

    The drag is the larger of the printed rate of the mean motion and of the one that SGP4 derives
    from B*; where both are zero, what is usual at that height. Of a set below 800 km that names
    less than a twentieth of that, all of the usual drag is missing.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.

    Returns
    -------
    Orbits
        One row a set.
    """
    deep = is_deep_space(elements)
    motion = elements.mean_motion_rad_min / 60.0
    by_bstar = np.where(deep, 0.0, np.abs(drag_rate(elements)))
    drag = np.maximum(by_bstar, np.abs(elements.mean_motion_dot_rad_min2)) / 3600.0
    axis = np.cbrt(SGP4_MU / motion**2)
    perigee_km = (axis * (1 - elements.eccentricity) - SGP4_EARTH_RADIUS) / 1000.0
    usual = np.exp(np.interp(perigee_km, _HEIGHTS, np.log(_DRAGS))) / DAY**2
    none = (drag < _NO_DRAG * usual) & (perigee_km < _DRAG_RULES) & ~deep
    return Orbits(
        mean_motion=motion,
        eccentricity=elements.eccentricity,
        drag=np.where(drag > 0, drag, usual),
        missing=np.where(none, usual, 0.0),
        deep=deep,
    )


def away_from_best_fit(ages: Floats) -> Floats:
    """Count days from the age at which a set fits best [d]."""
    return np.abs(ages / DAY + _SHIFT)


def width_of(
    orbits: Orbits,
    u: Floats,
    burns: bool,
    which: tuple[int, int],
    *,
    factor: float | Floats = 1.0,
    seen: bool = False,
) -> Floats:
    """Evaluate the law of a part and level [m].

    Sets of one satellite share most of what SGP4 leaves out, so that a third of the floor is seen
    when they are compared: `seen` asks for that alone, and `factor` multiplies it.
    """
    part, level = which
    per_day = orbits.semi_major_axis * orbits.drag * DAY**2
    scale = per_day / (orbits.mean_motion * DAY) if part == 2 else per_day  # 2 is radial

    def total(motion: str) -> Floats:
        law = _LAWS[motion, PARTS[part]][level]
        grown = (scale if law.rate else 1.0) * law.factor * u**law.power
        compared = (law.floor / 3) ** 2 + (law.rate * u) ** 2 + grown**2
        unseen = 0.0 if seen else 8 / 9 * law.floor**2
        return np.asarray(np.sqrt(unseen + factor**2 * compared))

    near = np.maximum(total("free"), total("kept")) if burns else total("free")
    if part != 1 and orbits.missing.any():  # the angle gained, D u², or the height lost
        per_day = orbits.semi_major_axis * orbits.missing * DAY**2
        lost = 4 / 3 * per_day * u / (orbits.mean_motion * DAY) if part else per_day * u**2
        near = np.hypot(near, lost)
    return np.where(orbits.deep, total("high"), near)


def along_95_of(orbits: Orbits, u: Floats, burns: bool) -> Floats:
    """Evaluate ``along_95`` of `spread_of` alone [m]."""
    widths = [width_of(orbits, u, burns, (0, level)) for level in range(2)]
    return np.minimum(np.maximum(*widths), np.pi * orbits.semi_major_axis)


def spread_of(orbits: Orbits, u: Floats, burns: bool, factors: Floats) -> Spread:
    """Evaluate the law in all parts and levels; `factors` (3, 2, ...) multiply its growth."""
    found: dict[str, Floats] = {}
    half_turn = np.pi * orbits.semi_major_axis
    e = orbits.eccentricity
    for level, suffix in enumerate(("", "_95")):
        along, across, radial = (
            width_of(orbits, u, burns, (part, level), factor=factors[part, level])
            for part in range(3)
        )
        along = np.minimum(along, half_turn)
        # On an ellipse a shift along the orbit is one in height too, by at most this share.
        radial = np.hypot(radial, e / np.sqrt(1 - e * e) * along)
        for part, width in zip(PARTS, (along, across, radial), strict=True):
            narrower = found.get(part)
            found[part + suffix] = width if narrower is None else np.maximum(width, narrower)
    return Spread(**found)
