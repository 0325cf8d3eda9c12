"""SGP4 near the Earth for tables of times: many satellites side by side, one time after the other.

Kepler's equation is solved in three steps of Newton, each but the first turned on by the small
angle that it adds. Where that might not be enough - eccentricities above 0.1, decayed orbits,
whatever has a status code - the state is marked, and has to be computed by another engine.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.orbits import expressions
from kosmodrom.orbits._near_earth import KE, SGP4_EARTH_RADIUS, Constants
from kosmodrom.orbits.theory import INPUTS, SERIES, doubt, mean, plane, turned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["fill"]

# Limits within which three steps of Newton end below 1e-16 rad, and no code can be given.
_ROUND = 0.1**2  # square of the eccentricity with its long-period terms
_ECCENTRICITY = 0.2


def fill(known: Floats, minutes: Floats, found: Floats) -> None:
    """Compute positions and velocities of all satellites at a table of times.

    Parameters
    ----------
    known : numpy.ndarray, shape (32, n)
        Constants of n satellites, in the order of `INPUTS` [rad, min, Earth radii].
    minutes : numpy.ndarray, shape (m, n)
        Times from the epoch of each [min].
    found : numpy.ndarray, shape (m, 7, n)
        Takes position and velocity in TEME [m, m/s], and 0, or 1 where the state is not to be
        trusted and has to be computed otherwise [-].
    """
    kernel = _kernel()
    inputs = np.empty((len(known) + 1, minutes.shape[1]))
    inputs[:-1] = known
    for row, target in zip(minutes, found, strict=True):
        inputs[-1] = row
        kernel(inputs, outputs=target)


@cache
def _kernel() -> Any:
    names = (*INPUTS, "t")
    given = [expressions.expression(name) for name in names]
    return expressions.compiled(list(_state(Constants(*given[:-1]), given[-1])), names)


def _kepler(u: Any, axnl: Any, aynl: Any) -> tuple[Any, Any]:
    """Solve Kepler's equation: sine and cosine of the eccentric longitude."""
    hy = expressions.library()
    sine, cosine = hy.sin(u), hy.cos(u)
    added = 0.0
    for most in SERIES:
        step = (axnl * sine - aynl * cosine - added) / (1.0 - cosine * axnl - sine * aynl)
        sine, cosine = turned(sine, cosine, step, most)
        added = added + step
    return sine, cosine


def _state(k: Constants, t: Any) -> tuple[Any, ...]:
    """Give position, velocity and whether they are to be doubted, as expressions."""
    at = mean(k, t)
    is_at = plane(k, at, *_kepler(at.longitude, at.axn, at.ayn))
    root = k.root_ao * at.shrunk
    speed = is_at.bulge / (at.axis * root)
    mvt = is_at.esine * is_at.inverse / root - speed * k.x1mth2 * is_at.sine2u
    rvdot = is_at.beta * is_at.inverse / root + speed * (k.x1mth2 * is_at.cosine2u + 1.5 * k.con41)
    radius = is_at.radius * SGP4_EARTH_RADIUS
    up, along = (part * (SGP4_EARTH_RADIUS * KE / 60.0) for part in (mvt, rvdot))
    return (
        *(radius * part for part in is_at.out),
        *(up * a + along * b for a, b in zip(is_at.out, is_at.on, strict=True)),
        doubt(at, is_at, eccentricity=_ECCENTRICITY, square=_ROUND),
    )
