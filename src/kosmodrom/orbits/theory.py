"""The time-dependent part of SGP4 near the Earth, as expressions of its constants.

AIAA 2006-6753, appendix B, with its symbols. What an element set alone decides is worked out
beforehand (`kosmodrom.orbits._near_earth`), and small angles stand in for the arc tangent of the
original, so that a position costs little and can be differentiated exactly.
"""

from __future__ import annotations

from functools import cache, reduce
from typing import Any, NamedTuple

from kosmodrom.orbits import expressions
from kosmodrom.orbits._near_earth import J2, SGP4_EARTH_RADIUS, Constants

__all__ = [
    "INPUTS",
    "SERIES",
    "Mean",
    "Plane",
    "doubt",
    "doubtful",
    "mean",
    "plane",
    "teme_position",
    "turned",
]

INPUTS = Constants._fields
"""Inputs that stand for an element set, in the order of `Sgp4.table`."""
# Sine and cosine of a small angle by their series, in powers of its square: of the corrections by
# Newton, up to 0.11, 7e-4 and 2e-7 rad, and of the short periods, up to 1e-3 rad.
SERIES = {
    0.11: ((1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362_880),
           (1, -1 / 2, 1 / 24, -1 / 720, 1 / 40_320, -1 / 3_628_800)),
    1e-3: ((1, -1 / 6, 1 / 120), (1, -1 / 2, 1 / 24)),
    2e-7: ((1,), (1, -1 / 2)),
}  # fmt: skip
"""Coefficients of `turned`, by the greatest angle [rad]."""
_LEAST_RAW = -0.0009  # of the eccentricity: SGP4 takes those from -0.001 up
_SHRUNK = 0.3  # of the root of the semi-major axis, by drag


class Mean(NamedTuple):
    """Mean elements at a time: secular terms, drag and long periods.

    Attributes
    ----------
    longitude : heyoka.expression
        Mean argument of latitude with long periods [rad].
    node : heyoka.expression
        Node [rad].
    shrunk : heyoka.expression
        Root of the semi-major axis by that of the epoch [-].
    raw : heyoka.expression
        Eccentricity before SGP4 lifts it to 1e-6 [-].
    axis : heyoka.expression
        Semi-major axis [Earth radii].
    axn, ayn : heyoka.expression
        Eccentricity times cosine and sine of the argument of perigee, with long periods [-].
    """

    longitude: Any
    node: Any
    shrunk: Any
    raw: Any
    axis: Any
    axn: Any
    ayn: Any


class Plane(NamedTuple):
    """A satellite in its orbit, with short periods.

    Attributes
    ----------
    radius : heyoka.expression
        Distance from the Earth's centre [Earth radii].
    out, on : tuple of heyoka.expression
        Unit vectors in TEME, to the satellite and a quarter ahead [-].
    square : heyoka.expression
        Square of the eccentricity with long periods [-].
    esine, beta, inverse : heyoka.expression
        e sin E, the root of 1 - e², and semi-major axis by unperturbed radius [-].
    sine2u, cosine2u : heyoka.expression
        Of twice the argument of latitude [-].
    bulge : heyoka.expression
        Half J2 by semi-latus rectum [1/Earth radius].
    """

    radius: Any
    out: tuple[Any, Any, Any]
    on: tuple[Any, Any, Any]
    square: Any
    esine: Any
    beta: Any
    inverse: Any
    sine2u: Any
    cosine2u: Any
    bulge: Any


def turned(sine: Any, cosine: Any, angle: Any, most: float) -> tuple[Any, Any]:
    """Give sine and cosine of an angle that is a little greater.

    Parameters
    ----------
    sine, cosine : heyoka.expression
        Of the angle [-].
    angle : heyoka.expression
        What is added [rad].
    most : float
        How much that is at most, a key of `SERIES` [rad].

    Returns
    -------
    tuple of heyoka.expression
        Sine and cosine [-].
    """
    square = angle * angle
    odd, even = (
        reduce(lambda found, part: found * square + part, reversed(series))
        for series in SERIES[most]
    )
    by = odd * angle
    return sine * even + cosine * by, cosine * even - sine * by


def mean(k: Constants, t: Any) -> Mean:
    """Give the mean elements at a time.

    Parameters
    ----------
    k : Constants
        Of expressions.
    t : heyoka.expression
        Time from the epoch [min].

    Returns
    -------
    Mean
        Expressions.
    """
    hy = expressions.library()
    xmdf, argpdf = k.mo + k.mdot * t, k.argpo + k.argpdot * t
    wave = 1.0 + k.eta * hy.cos(xmdf)
    temp = k.omgcof * t + k.xmcof * (wave * wave * wave - k.delmo)
    mm, argpm = xmdf + temp, argpdf - temp
    tempa = 1.0 - t * (k.cc1 + t * (k.d2 + t * (k.d3 + t * k.d4)))
    templ = t * t * (k.l2 + t * (k.l3 + t * (k.l4 + t * k.l5)))
    raw = k.ecco - k.bcc4 * t - k.bcc5 * (hy.sin(mm) - k.sinmao)
    em = hy.select(hy.lt(raw, 1e-6), hy.expression(1e-6), raw)
    am = k.ao * tempa * tempa
    temp = 1.0 / (am * (1.0 - em * em))
    axn, ayn = em * hy.cos(argpm), em * hy.sin(argpm) + temp * k.aycof
    longitude = mm + templ + argpm + temp * k.xlcof * axn
    return Mean(longitude, k.nodeo + t * (k.nodedot + t * k.nodecf), tempa, raw, am, axn, ayn)


def plane(k: Constants, at: Mean, sine: Any, cosine: Any) -> Plane:
    """Put a satellite into its orbit, and add the short periods.

    Parameters
    ----------
    k : Constants
        Of expressions.
    at : Mean
        Mean elements at the time.
    sine, cosine : heyoka.expression
        Of the eccentric longitude, which solves Kepler's equation [-].

    Returns
    -------
    Plane
        Expressions.
    """
    hy = expressions.library()
    square = at.axn * at.axn + at.ayn * at.ayn
    esine = at.axn * sine - at.ayn * cosine
    beta = hy.sqrt(1.0 - square)
    inverse = 1.0 / (1.0 - at.axn * cosine - at.ayn * sine)
    temp = esine / (1.0 + beta)
    sinu = inverse * (sine - at.ayn - at.axn * temp)
    cosu = inverse * (cosine - at.axn + at.ayn * temp)
    sin2u, cos2u = 2.0 * cosu * sinu, 1.0 - 2.0 * sinu * sinu
    inverse_pl = 1.0 / (at.axis * (1.0 - square))
    temp1 = 0.5 * J2 * inverse_pl
    temp2 = temp1 * inverse_pl
    radius = (
        at.axis / inverse * (1.0 - 1.5 * temp2 * beta * k.con41) + 0.5 * temp1 * k.x1mth2 * cos2u
    )
    bend = 1.5 * temp2 * k.cosio
    # The axes of the orbit, turned by the short periods.
    sinsu, cossu = turned(sinu, cosu, -0.25 * temp2 * k.x7thm1 * sin2u, 1e-3)
    snod, cnod = turned(hy.sin(at.node), hy.cos(at.node), bend * sin2u, 1e-3)
    sini, cosi = turned(k.sinio, k.cosio, bend * k.sinio * cos2u, 1e-3)
    out = (cnod * cossu - snod * cosi * sinsu, snod * cossu + cnod * cosi * sinsu, sini * sinsu)
    on = (-cnod * sinsu - snod * cosi * cossu, cnod * cosi * cossu - snod * sinsu, sini * cossu)
    return Plane(radius, out, on, square, esine, beta, inverse, sin2u, cos2u, temp1)


@cache
def _at() -> tuple[Mean, Plane]:
    hy = expressions.library()
    k = Constants(*(expressions.expression(name) for name in INPUTS))
    at = mean(k, expressions.expression("tsince"))
    eccentric = hy.kepF(at.ayn, at.axn, at.longitude)
    return at, plane(k, at, hy.sin(eccentric), hy.cos(eccentric))


@cache
def teme_position() -> tuple[Any, Any, Any]:
    """Give a position in TEME as a function of `INPUTS` and ``tsince``.

    Returns
    -------
    tuple of heyoka.expression
        x, y, z [m]; ``tsince`` is in minutes. Where SGP4 would give a status code they mean
        nothing.
    """
    _, found = _at()
    x, y, z = (found.radius * SGP4_EARTH_RADIUS * part for part in found.out)
    return x, y, z


@cache
def doubtful() -> Any:
    """Tell where SGP4 may give a status code.

    Returns
    -------
    heyoka.expression
        A function of the same: 1 where it may, else 0 [-].
    """
    at, found = _at()
    return doubt(at, found, eccentricity=0.999, square=0.999)


def doubt(at: Mean, found: Plane, *, eccentricity: float, square: float) -> Any:
    """Mark what lies outside limits within which SGP4 gives no status code.

    Parameters
    ----------
    at : Mean
        Mean elements.
    found : Plane
        The satellite.
    eccentricity : float
        Greatest mean eccentricity [-].
    square : float
        Greatest square of the eccentricity with long periods [-].

    Returns
    -------
    heyoka.expression
        1 outside, else 0 [-].
    """
    hy = expressions.library()
    good = hy.logical_and([
        hy.lte(found.square, square), hy.gte(found.radius, 1.0), hy.gte(at.shrunk, _SHRUNK),
        hy.gte(at.raw, _LEAST_RAW), hy.lte(at.raw, eccentricity),
    ])  # fmt: skip
    return hy.select(good, hy.expression(0.0), hy.expression(1.0))
