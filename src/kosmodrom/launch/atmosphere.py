"""The U.S. Standard Atmosphere 1976, smooth enough for an optimiser.

Logarithms of pressure and density are cubic splines of the height, twice differentiable, through
the values of the standard: its formulas up to 86 km, its printed table above. The same numbers
serve NumPy and CasADi.

References
----------
NOAA, NASA, USAF, U.S. Standard Atmosphere, 1976, NOAA-S/T 76-1562, Washington, 1976: equations 18,
23, 33a, 33b, 42, 50; tables 4 and 8; table I for the air above 86 km.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kosmodrom.launch.splines import Spline
from kosmodrom.launch.symbols import library

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Air", "air_at", "air_expression", "air_law", "density_at"]

Floats = NDArray[np.float64]

_EARTH_RADIUS = 6_356_766.0  # of the standard, for its geopotential [m]
_GRAVITY = 9.80665  # [m/s²]
_GAS = 8314.32 / 28.9644  # gas constant over the molecular weight at sea level [J/(kg K)]
_RATIO_OF_HEATS = 1.4
_SEA_LEVEL = 288.15, 101_325.0  # temperature [K], pressure [Pa]
# Table 4: geopotential heights of the layers [m] and their lapse rates [K/m].
_BASES = np.array([0.0, 11e3, 20e3, 32e3, 47e3, 51e3, 71e3, 84_852.0])
_LAPSES = np.array([-6.5e-3, 0.0, 1e-3, 2.8e-3, 0.0, -2.8e-3, -2e-3])
# Table I: height [km], pressure [Pa], density [kg/m³].
_UPPER = np.array(
    [
        (86.5, 3.4163e-1, 6.366e-6),
        (90.0, 1.8359e-1, 3.416e-6),
        (91.0, 1.5381e-1, 2.860e-6),
        (95.0, 7.5966e-2, 1.393e-6),
        (100.0, 3.2011e-2, 5.604e-7),
        (105.0, 1.4477e-2, 2.325e-7),
        (110.0, 7.1042e-3, 9.708e-8),
        (115.0, 4.0096e-3, 4.289e-8),
        (120.0, 2.5382e-3, 2.222e-8),
        (130.0, 1.2505e-3, 8.152e-9),
        (140.0, 7.2028e-4, 3.831e-9),
        (150.0, 4.5422e-4, 2.076e-9),
        (160.0, 3.0395e-4, 1.233e-9),
        (180.0, 1.5271e-4, 5.194e-10),
        (200.0, 8.4736e-5, 2.541e-10),
        (250.0, 2.4767e-5, 6.073e-11),
        (300.0, 8.7704e-6, 1.916e-11),
        (400.0, 1.4518e-6, 2.803e-12),
        (500.0, 3.0236e-7, 5.215e-13),
        (600.0, 8.2130e-8, 1.137e-13),
        (700.0, 3.1908e-8, 3.070e-14),
        (800.0, 1.7036e-8, 1.136e-14),
        (900.0, 1.0873e-8, 5.759e-15),
        (1000.0, 7.5138e-9, 3.561e-15),
    ]
)
_LOWEST = -5.0  # of the standard [km]
# Knots up to 86 km [km]: at even steps, and closer about the corners of the temperature.
_STEP = 2.5
_AROUND = np.array([-1.0, -0.3, 0.0, 0.3, 1.0])


@dataclass(frozen=True, slots=True, eq=False)
class Air:
    """The air at some heights; expressions of CasADi where it was asked for with one.

    Attributes
    ----------
    pressure : numpy.ndarray, shape (...)
        Pressure [Pa].
    density : numpy.ndarray, shape (...)
        Density [kg/m³].
    temperature : numpy.ndarray, shape (...)
        Temperature on the scale of the molecules: that of a gas of the weight of the air at sea
        level with this pressure and density. It is the temperature of the air up to 80 km [K].
    sound_speed : numpy.ndarray, shape (...)
        Speed of sound; the standard gives none above 86 km, where the same formula goes on [m/s].
    """

    pressure: Any
    density: Any
    temperature: Any
    sound_speed: Any


def air_at(height: ArrayLike) -> Air:
    """Give the air of the standard.

    From the sea to 86 km pressure is within 0.01 % and density within 0.12 % of the standard; most
    where its temperature turns a corner, which the spline rounds. From there to 1000 km both are
    those of its printed table, and between the heights used within 0.2 % at those that are not.

    Parameters
    ----------
    height : array_like, shape (...)
        Height above the sea; below -5 km the air is that of -5 km, above 1000 km that of
        1000 km, which weighs 4e-15 kg/m³ [m].

    Returns
    -------
    Air
        Pressure, density, temperature and speed of sound.

    Examples
    --------
    >>> round(float(air_at(0.0).density), 3), round(float(air_at(11_019.0).temperature), 1)
    (1.225, 216.7)
    """
    found = np.exp(_spline().at(np.asarray(height, dtype=np.float64) / 1e3))
    return _air(found[..., 0], found[..., 1], np.sqrt)


def density_at(height: ArrayLike) -> Floats:
    """Give the density alone, the same as `air_at`, for falls of many bodies.

    Parameters
    ----------
    height : array_like, shape (...)
        Height above the sea [m].

    Returns
    -------
    numpy.ndarray, shape (...)
        Density [kg/m³].
    """
    kilometres = np.asarray(height, dtype=np.float64) / 1e3
    return np.asarray(np.exp(_density().at(kilometres)[..., 0]))


def air_law() -> Callable[[float], tuple[float, float, float]]:
    """Give the air of `air_at` at one height after the other, in plain numbers.

    Returns
    -------
    callable
        Takes a height above the sea [m]; gives pressure [Pa], density [kg/m³] and speed of sound
        [m/s].
    """
    logarithms = _spline().law()

    def _air_there(height: float) -> tuple[float, float, float]:
        pressure, density = map(math.exp, logarithms(height / 1e3))
        return pressure, density, math.sqrt(_RATIO_OF_HEATS * pressure / density)

    return _air_there


def air_expression(height: Any, least: float = -np.inf) -> Air:
    """Give the air of the standard as an expression, with the numbers of `air_at`.

    Parameters
    ----------
    height : casadi.SX
        Height above the sea [m].
    least : float
        Above which it is wanted, as not all of the standard is then written down; below, the
        logarithms go on in straight lines [m].

    Returns
    -------
    Air
        Pressure, density, temperature and speed of sound as expressions.
    """
    ca = library()
    pressure, density = (ca.exp(each) for each in _spline().expressions(height / 1e3, least / 1e3))
    return _air(pressure, density, ca.sqrt)


def _air(pressure: Any, density: Any, root: Any) -> Air:
    ratio = pressure / density
    return Air(pressure, density, ratio / _GAS, root(_RATIO_OF_HEATS * ratio))


def _geopotential(kilometres: Floats) -> Floats:
    height = 1e3 * kilometres
    return np.asarray(_EARTH_RADIUS * height / (_EARTH_RADIUS + height))


def _standard(kilometres: Floats) -> Floats:
    """Give logarithms of pressure and density up to 86 km by the formulas, shape (..., 2)."""
    place = _geopotential(kilometres)
    layer = np.clip(np.searchsorted(_BASES, place, side="right") - 1, 0, len(_LAPSES) - 1)
    thickness = np.diff(_BASES)
    base = _SEA_LEVEL[0] + np.concatenate([[0.0], np.cumsum(_LAPSES * thickness)])
    drops = np.array([_drop(*each) for each in zip(base, _LAPSES, thickness, strict=False)])
    pressure = np.log(_SEA_LEVEL[1]) - np.concatenate([[0.0], np.cumsum(drops)])
    above = place - _BASES[layer]
    fall = np.array([
        _drop(base[each], _LAPSES[each], over) for each, over in zip(layer, above, strict=True)
    ])  # fmt: skip
    temperature = base[layer] + _LAPSES[layer] * above
    here = pressure[layer] - fall
    return np.stack([here, here - np.log(_GAS * temperature)], axis=-1)


def _drop(temperature: float, lapse: float, rise: float) -> float:
    """By how much the logarithm of the pressure falls within a layer."""
    if lapse == 0:
        return float(_GRAVITY * rise / (_GAS * temperature))
    return float(_GRAVITY / (_GAS * lapse) * np.log1p(lapse * rise / temperature))


@cache
def _spline() -> Spline:
    """Draw the splines through the standard."""
    corners = _BASES[1:-1] * _EARTH_RADIUS / (_EARTH_RADIUS - _BASES[1:-1]) / 1e3
    even = np.arange(_LOWEST, 86.0, _STEP)
    even = even[np.min(np.abs(even[:, np.newaxis] - corners), axis=1) > 1.25]
    close = (corners[:, np.newaxis] + _AROUND).ravel()
    low = np.sort(np.concatenate([even, close, [86.0]]))
    knots = np.concatenate([low, _UPPER[:, 0]])
    values = np.vstack([_standard(low), np.log(_UPPER[:, 1:])])
    return Spline.through(knots, values)


@cache
def _density() -> Spline:
    """Take the spline of the density alone."""
    both = _spline()
    return Spline(
        both.ends, both.knots, both.start[:, 1:], both.cubes[:, 1:], both.pieces[..., 1:].copy()
    )
