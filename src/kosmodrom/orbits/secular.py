"""The mean motion inside SGP4, and how far its satellite may stray from it.

SGP4 near the Earth is a mean ellipse, turned and shrunk by polynomials of time, with small
periodic terms on top. All of them are known in closed form, so their sizes can be bounded before
any position is computed. A search that must miss nothing rests on these bounds.

References
----------
F. R. Hoots and R. L. Roehrich, Spacetrack Report No. 3 (1980); D. A. Vallado, P. Crawford,
R. Hujsak and T. S. Kelso, Revisiting Spacetrack Report #3, AIAA 2006-6753 (2006), appendix B. The
symbols are theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.orbits._near_earth import (
    J2,
    J3,
    SGP4_EARTH_RADIUS,
    SGP4_MU,
    brouwer,
    constants,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from kosmodrom.orbits._near_earth import Constants
    from kosmodrom.orbits.elements import ElementSets

    Floats = NDArray[np.float64]

__all__ = [
    "SGP4_EARTH_RADIUS",
    "SGP4_MU",
    "MeanMotion",
    "Reach",
    "is_deep_space",
    "mean_motion",
    "spread",
    "taylor",
]

_DEEP_SPACE_MIN = 225.0  # period from which SGP4 adds Sun, Moon and resonances


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanMotion:
    """Constants of the mean motion near the Earth; times are minutes from each set's epoch.

    Attributes
    ----------
    semi_major_axis : numpy.ndarray, shape (n,)
        At the epoch, Brouwer's [Earth radii].
    latitude_rates : numpy.ndarray, shape (6, n)
        Coefficients by powers of time of the mean argument of latitude [rad/min^k].
    node_rates : numpy.ndarray, shape (3, n)
        The same of the ascending node [rad/min^k].
    shrink : numpy.ndarray, shape (5, n)
        The same of the root of the semi-major axis against the epoch's [1/min^k].
    eccentricity, inclination, argument, mean_anomaly : numpy.ndarray, shape (n,)
        Of the element set [-, rad].
    argument_rate : numpy.ndarray, shape (n,)
        Secular rate of the argument of perigee [rad/min].
    eccentricity_rate, eccentricity_wave : numpy.ndarray, shape (n,)
        Secular rate of the eccentricity [1/min] and the size of its periodic part by drag [-].
    """

    semi_major_axis: Floats
    latitude_rates: Floats
    node_rates: Floats
    shrink: Floats
    eccentricity: Floats
    inclination: Floats
    argument: Floats
    mean_anomaly: Floats
    argument_rate: Floats
    eccentricity_rate: Floats
    eccentricity_wave: Floats

    def reach(self, rows: NDArray[np.int64], start: Floats, end: Floats) -> Reach:
        """Bound the motion over spans of time.

        Parameters
        ----------
        rows : numpy.ndarray of int64, shape (m,)
            Which element sets [-].
        start, end : numpy.ndarray, shape (m,)
            Ends of each span [min from the epoch of the set].

        Returns
        -------
        Reach
            The bounds, one row a span.
        """
        return _reach(self, rows, start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where SGP4 can put a satellite within a span of time.

    Attributes
    ----------
    radius_min, radius_max : numpy.ndarray, shape (m,)
        Distance from the Earth's centre [m]; `radius_min` is 0 where nothing can be promised.
    eccentricity_max : numpy.ndarray, shape (m,)
        Largest eccentricity of the ellipse it moves on, long-period terms included [-].
    off_plane : numpy.ndarray, shape (m,)
        How far its direction may lie from the point of the mean plane with the same argument of
        latitude [rad].
    off_phase : numpy.ndarray, shape (m,)
        How far its argument of latitude may lie from the mean one [rad].
    sound : numpy.ndarray of bool, shape (m,)
        Whether SGP4 gives a position without an error code throughout [-].
    """

    radius_min: Floats
    radius_max: Floats
    eccentricity_max: Floats
    off_plane: Floats
    off_phase: Floats
    sound: NDArray[np.bool_]


def is_deep_space(elements: ElementSets) -> NDArray[np.bool_]:
    """Tell which orbits SGP4 treats as deep space: a period of 225 min or more.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        Whether Sun, Moon and resonances are in its model [-].
    """
    motion, _ = brouwer(elements)
    return np.asarray(2 * np.pi / motion >= _DEEP_SPACE_MIN)


def mean_motion(elements: ElementSets, known: Constants | None = None) -> MeanMotion:
    """Set up the mean motion of element sets near the Earth.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows; for deep space the constants lack Sun, Moon and resonances.
    known : Constants or None
        What `constants` gives for them, where that has been worked out.

    Returns
    -------
    MeanMotion
        Constants as `sgp4init` computes them, to rounding.
    """
    k = constants(elements) if known is None else known
    return MeanMotion(
        semi_major_axis=k.ao,
        latitude_rates=np.stack([k.mo + k.argpo, k.mdot + k.argpdot, k.l2, k.l3, k.l4, k.l5]),
        node_rates=np.stack([k.nodeo, k.nodedot, k.nodecf]),
        shrink=np.stack([np.ones_like(k.ao), -k.cc1, -k.d2, -k.d3, -k.d4]),
        eccentricity=k.ecco,
        inclination=elements.inclination,
        argument=k.argpo,
        mean_anomaly=k.mo,
        argument_rate=k.argpdot,
        eccentricity_rate=-k.bcc4,
        eccentricity_wave=np.abs(k.bcc5) * 2,
    )


def taylor(coefficients: Floats, at: ArrayLike) -> Floats:
    """Move the origin of polynomials.

    Parameters
    ----------
    coefficients : numpy.ndarray, shape (k, n)
        By powers of time [unit/min^k].
    at : array_like, shape (n,)
        New origin [min].

    Returns
    -------
    numpy.ndarray, shape (k, n)
        Coefficients by powers of the time from `at` [unit/min^k].
    """
    moved = np.array(coefficients)
    order = len(moved)
    for low in range(order - 1):  # repeated synthetic division
        for power in range(order - 2, low - 1, -1):
            moved[power] += moved[power + 1] * at
    return moved


def spread(moved: Floats, half: ArrayLike) -> Floats:
    """Bound how far a polynomial strays from its value in the middle of a span.

    Parameters
    ----------
    moved : numpy.ndarray, shape (k, n)
        Coefficients about the middle [unit/min^k].
    half : array_like, shape (n,)
        Half the length of the span [min].

    Returns
    -------
    numpy.ndarray, shape (n,)
        Bound [unit].
    """
    bound = np.zeros(moved.shape[1:])
    for coefficient in moved[:0:-1]:
        bound = (bound + np.abs(coefficient)) * half
    return bound


def _reach(mean: MeanMotion, rows: NDArray[np.int64], start: Floats, end: Floats) -> Reach:
    middle, half = (start + end) / 2, (end - start) / 2
    shrunk = taylor(mean.shrink[:, rows], middle)
    stray = spread(shrunk, half)
    shrink_low, shrink_high = shrunk[0] - stray, shrunk[0] + stray
    a_low = mean.semi_major_axis[rows] * np.maximum(shrink_low, 0.0) ** 2
    a_high = mean.semi_major_axis[rows] * shrink_high**2
    drift = mean.eccentricity_rate[rows]
    e_middle = mean.eccentricity[rows] + drift * middle
    e_stray = np.abs(drift) * half + mean.eccentricity_wave[rows]
    e_low, e_high = e_middle - e_stray, np.maximum(e_middle + e_stray, 1e-6)
    sound = (shrink_low > 0.1) & (e_low > -0.0009) & (e_high < 0.999)
    # Where a bound fails the arithmetic below goes on with harmless numbers; `sound` tells.
    a_low, e_high = np.where(sound, a_low, 1.0), np.where(sound, e_high, 0.0)
    cosio, sinio = np.cos(mean.inclination[rows]), np.sin(mean.inclination[rows])
    slow = 1 / (a_low * (1 - e_high**2))  # 1 / (am (1 - em²)), the factor of the J3 terms
    j3 = np.abs(J3 / J2)
    e_max = e_high + 0.5 * j3 * sinio * slow
    sound &= e_max < 0.999
    e_max = np.where(sound, e_max, 0.0)
    # (1 + cos i) is kept from 0 as SGP4 does.
    xlcof = 0.25 * j3 * sinio * np.abs(3 + 5 * cosio) / np.maximum(1 + cosio, 1.5e-12)
    pl = a_low * (1 - e_max**2)
    temp1 = 0.5 * J2 / pl
    temp2 = temp1 / pl
    con41, x1mth2, x7thm1 = 3 * cosio**2 - 1, 1 - cosio**2, 7 * cosio**2 - 1
    wave = 0.5 * temp1 * np.abs(x1mth2)
    swell = 1.5 * temp2 * np.abs(con41)
    low = a_low * (1 - e_max) * (1 - swell) - wave
    high = a_high * (1 + e_max) * (1 + swell) + wave
    sound &= low > 1.0  # below this SGP4 says: decayed
    centre = 2 * e_max + e_max**3  # the equation of the centre is 2 e + 11/48 e³ + ... at most
    return Reach(
        radius_min=np.where(sound, low, 0.0) * SGP4_EARTH_RADIUS,
        radius_max=np.where(sound, high, 0.0) * SGP4_EARTH_RADIUS,
        eccentricity_max=e_max,
        off_plane=1.5 * temp2 * np.abs(cosio) * (1 + sinio),
        off_phase=centre + xlcof * e_high * slow + 0.25 * temp2 * np.abs(x7thm1),
        sound=sound,
    )
