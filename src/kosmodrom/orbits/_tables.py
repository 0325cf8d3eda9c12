"""SGP4 near the Earth for tables of times: many satellites side by side, one time after the other.

The time-dependent part of AIAA 2006-6753 (appendix B, its symbols), with the constants of every
satellite worked out beforehand. Kepler's equation is solved in three steps of Newton, each but the
first turned on by the small angle that it adds, and small angles stand in for the arc tangent of
the original. Where that might not be enough - eccentricities above 0.1, decayed orbits, whatever
has a status code - the state is marked, and has to be computed by another engine.
"""

from __future__ import annotations

from functools import cache, reduce
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.orbits import expressions
from kosmodrom.orbits._near_earth import J2, KE, SGP4_EARTH_RADIUS, Constants

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["fill"]

# Limits within which three steps of Newton end below 1e-16 rad, and no code can be given.
_ROUND = 0.1**2  # square of the eccentricity with its long-period terms
_ECCENTRICITY = (-0.0009, 0.2)  # SGP4 takes those from -0.001 up
_SHRUNK = 0.3  # of the root of the semi-major axis, by drag
# Sine and cosine of a small angle by their series, in powers of its square: of the corrections by
# Newton, up to 0.11, 7e-4 and 2e-7 rad, and of the short periods, up to 1e-3 rad.
_SERIES = {
    0.11: ((1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362_880),
           (1, -1 / 2, 1 / 24, -1 / 720, 1 / 40_320, -1 / 3_628_800)),
    1e-3: ((1, -1 / 6, 1 / 120), (1, -1 / 2, 1 / 24)),
    2e-7: ((1,), (1, -1 / 2)),
}  # fmt: skip


def fill(known: Constants, minutes: Floats, found: Floats) -> None:
    """Compute positions and velocities of all satellites at a table of times.

    Parameters
    ----------
    known : Constants
        Of n satellites.
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
    names = (*Constants._fields, "t")
    given = [expressions.expression(name) for name in names]
    return expressions.compiled(list(_state(Constants(*given[:-1]), given[-1])), names)


def _turned(sine: Any, cosine: Any, angle: Any, most: float) -> tuple[Any, Any]:
    """Give sine and cosine of an angle that is a little greater."""
    square = angle * angle
    odd, even = (
        reduce(lambda found, part: found * square + part, reversed(series))
        for series in _SERIES[most]
    )
    by = odd * angle
    return sine * even + cosine * by, cosine * even - sine * by


def _mean(k: Constants, t: Any) -> tuple[Any, ...]:
    """Give anomaly with perigee and its drag, perigee, node, shrinking and eccentricity."""
    hy = expressions.library()
    xmdf, argpdf = k.mo + k.mdot * t, k.argpo + k.argpdot * t
    wave = 1.0 + k.eta * hy.cos(xmdf)
    temp = k.omgcof * t + k.xmcof * (wave * wave * wave - k.delmo)
    mm, argpm = xmdf + temp, argpdf - temp
    tempa = 1.0 - t * (k.cc1 + t * (k.d2 + t * (k.d3 + t * k.d4)))
    templ = t * t * (k.l2 + t * (k.l3 + t * (k.l4 + t * k.l5)))
    em = k.ecco - k.bcc4 * t - k.bcc5 * (hy.sin(mm) - k.sinmao)
    return mm + templ + argpm, argpm, k.nodeo + t * (k.nodedot + t * k.nodecf), tempa, em


def _kepler(u: Any, axnl: Any, aynl: Any) -> tuple[Any, Any]:
    """Solve Kepler's equation: sine and cosine of the eccentric longitude."""
    hy = expressions.library()
    sine, cosine = hy.sin(u), hy.cos(u)
    added = 0.0
    for most in _SERIES:
        step = (axnl * sine - aynl * cosine - added) / (1.0 - cosine * axnl - sine * aynl)
        sine, cosine = _turned(sine, cosine, step, most)
        added = added + step
    return sine, cosine


def _state(k: Constants, t: Any) -> tuple[Any, ...]:
    """Give position, velocity and whether they are to be doubted, as expressions."""
    hy = expressions.library()
    longitude, argpm, nodem, tempa, raw = _mean(k, t)
    am, root_am = k.ao * tempa * tempa, k.root_ao * tempa
    em = hy.select(hy.lt(raw, 1e-6), hy.expression(1e-6), raw)
    temp = 1.0 / (am * (1.0 - em * em))
    axnl, aynl = em * hy.cos(argpm), em * hy.sin(argpm) + temp * k.aycof
    sine, cosine = _kepler(longitude + temp * k.xlcof * axnl, axnl, aynl)
    el2 = axnl * axnl + aynl * aynl
    esine = axnl * sine - aynl * cosine
    betal = hy.sqrt(1.0 - el2)
    inverse = 1.0 / (1.0 - axnl * cosine - aynl * sine)  # am / rl
    temp = esine / (1.0 + betal)
    sinu = inverse * (sine - aynl - axnl * temp)
    cosu = inverse * (cosine - axnl + aynl * temp)
    sin2u, cos2u = 2.0 * cosu * sinu, 1.0 - 2.0 * sinu * sinu
    inverse_pl = 1.0 / (am * (1.0 - el2))
    temp1 = 0.5 * J2 * inverse_pl
    temp2 = temp1 * inverse_pl
    mrt = am / inverse * (1.0 - 1.5 * temp2 * betal * k.con41) + 0.5 * temp1 * k.x1mth2 * cos2u
    speed = temp1 / (am * root_am)
    mvt = esine * inverse / root_am - speed * k.x1mth2 * sin2u
    rvdot = betal * inverse / root_am + speed * (k.x1mth2 * cos2u + 1.5 * k.con41)
    bend = 1.5 * temp2 * k.cosio
    # The axes of the orbit, turned by the short periods.
    sinsu, cossu = _turned(sinu, cosu, -0.25 * temp2 * k.x7thm1 * sin2u, 1e-3)
    snod, cnod = _turned(hy.sin(nodem), hy.cos(nodem), bend * sin2u, 1e-3)
    sini, cosi = _turned(k.sinio, k.cosio, bend * k.sinio * cos2u, 1e-3)
    out = (cnod * cossu - snod * cosi * sinsu, snod * cossu + cnod * cosi * sinsu, sini * sinsu)
    on = (-cnod * sinsu - snod * cosi * cossu, cnod * cosi * cossu - snod * sinsu, sini * cossu)
    radius = mrt * SGP4_EARTH_RADIUS
    up, along = (part * (SGP4_EARTH_RADIUS * KE / 60.0) for part in (mvt, rvdot))
    good = hy.logical_and([
        hy.lte(el2, _ROUND), hy.gte(mrt, 1.0), hy.gte(tempa, _SHRUNK),
        hy.gte(raw, _ECCENTRICITY[0]), hy.lte(raw, _ECCENTRICITY[1]),
    ])  # fmt: skip
    return (
        *(radius * part for part in out),
        *(up * a + along * b for a, b in zip(out, on, strict=True)),
        hy.select(good, hy.expression(0.0), hy.expression(1.0)),
    )
