"""The constants of SGP4 near the Earth: what `sgp4init` works out of an element set.

References
----------
D. A. Vallado, P. Crawford, R. Hujsak and T. S. Kelso, Revisiting Spacetrack Report #3, AIAA
2006-6753 (2006), appendix B. The symbols are theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.orbits.elements import ElementSets

    Floats = NDArray[np.float64]

__all__ = [
    "J2",
    "J3",
    "KE",
    "SGP4_EARTH_RADIUS",
    "SGP4_MU",
    "Constants",
    "brouwer",
    "constants",
    "drag_rate",
]

# WGS72 as SGP4 uses it: AIAA 2006-6753, getgravconst.
SGP4_MU: Final = 3.986008e14
"""Gravitational parameter of SGP4 [m³/s²]."""
SGP4_EARTH_RADIUS: Final = 6_378_135.0
"""Length unit of SGP4 [m]."""
J2: Final = 0.001082616
"""Zonal harmonic of SGP4 [-]."""
J3: Final = -0.00000253881
"""Zonal harmonic of SGP4 [-]."""
_J4 = -0.00000165597
KE: Final = 60.0 / np.sqrt((SGP4_EARTH_RADIUS / 1000.0) ** 3 / (SGP4_MU / 1e9))
"""Root of the gravitational parameter in the units of SGP4 [Earth radii^1.5/min]."""
_RE_KM = SGP4_EARTH_RADIUS / 1000.0


class Constants(NamedTuple):
    """Constants of element sets, each of shape (n,), named as in AIAA 2006-6753.

    Times are minutes from each set's epoch. ``l2`` to ``l5`` are the coefficients of the mean
    anomaly by drag [rad/min^k]; ``bcc4`` and ``bcc5`` hold the factor B*. Where the perigee lies
    below 220 km, the terms that SGP4 then drops are 0.
    """

    mo: Floats
    mdot: Floats
    argpo: Floats
    argpdot: Floats
    nodeo: Floats
    nodedot: Floats
    nodecf: Floats
    cc1: Floats
    d2: Floats
    d3: Floats
    d4: Floats
    l2: Floats
    l3: Floats
    l4: Floats
    l5: Floats
    bcc4: Floats
    bcc5: Floats
    sinmao: Floats
    omgcof: Floats
    xmcof: Floats
    eta: Floats
    delmo: Floats
    ecco: Floats
    ao: Floats
    root_ao: Floats
    aycof: Floats
    xlcof: Floats
    con41: Floats
    x1mth2: Floats
    x7thm1: Floats
    cosio: Floats
    sinio: Floats


def brouwer(elements: ElementSets) -> tuple[Floats, Floats]:
    """Give the mean motion and semi-major axis of Brouwer from Kozai's mean motion.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.

    Returns
    -------
    motion : numpy.ndarray, shape (n,)
        Mean motion [rad/min].
    axis : numpy.ndarray, shape (n,)
        Semi-major axis [Earth radii].
    """
    kozai, e = elements.mean_motion_rad_min, elements.eccentricity
    ak = (KE / kozai) ** (2 / 3)
    omeosq = 1 - e * e
    d1 = 0.75 * J2 * (3 * np.cos(elements.inclination) ** 2 - 1) / (np.sqrt(omeosq) * omeosq)
    delta = d1 / (ak * ak)
    adel = ak * (1 - delta * delta - delta * (1 / 3 + 134 * delta * delta / 81))
    motion = kozai / (1 + d1 / (adel * adel))
    return motion, (KE / motion) ** (2 / 3)


def _gravity_rates(no: Floats, p: Floats, rteosq: Floats, cosio: Floats) -> tuple[Floats, ...]:
    """Give the rates by J2 and J4 of mean anomaly, perigee and node, the last also by J2 alone."""
    cosio2, cosio4 = cosio**2, cosio**4
    con41, con42 = 3 * cosio2 - 1, 1 - 5 * cosio2
    pinvsq = 1 / p**2
    temp1 = 1.5 * J2 * pinvsq * no
    temp2 = 0.5 * temp1 * J2 * pinvsq
    temp3 = -0.46875 * _J4 * pinvsq**2 * no
    mdot = (
        no
        + 0.5 * temp1 * rteosq * con41
        + 0.0625 * temp2 * rteosq * (13 - 78 * cosio2 + 137 * cosio4)
    )
    argpdot = (
        -0.5 * temp1 * con42
        + 0.0625 * temp2 * (7 - 114 * cosio2 + 395 * cosio4)
        + temp3 * (3 - 36 * cosio2 + 49 * cosio4)
    )
    xhdot1 = -temp1 * cosio
    nodedot = xhdot1 + (0.5 * temp2 * (4 - 19 * cosio2) + 2 * temp3 * (3 - 7 * cosio2)) * cosio
    return mdot, argpdot, nodedot, xhdot1


class _Air(NamedTuple):
    cosio2: Floats
    con41: Floats
    perigee_km: Floats
    sfour: Floats
    tsi: Floats
    eta: Floats
    psisq: Floats
    coef: Floats
    coef1: Floats
    cc1: Floats


def _air(bstar: Floats, no: Floats, ao: Floats, sets: ElementSets) -> _Air:
    """Give the density about the perigee, and the first drag term."""
    e = sets.eccentricity
    cosio2 = np.cos(sets.inclination) ** 2
    con41 = 3 * cosio2 - 1
    perigee_km = (ao * (1 - e) - 1) * _RE_KM
    floor = np.where(perigee_km < 98, 20.0, np.where(perigee_km < 156, perigee_km - 78, 78.0))
    sfour = floor / _RE_KM + 1
    tsi = 1 / (ao - sfour)
    eta = ao * e * tsi
    etasq, eeta = eta * eta, e * eta
    psisq = np.abs(1 - etasq)
    coef = ((120 - floor) / _RE_KM * tsi) ** 4
    coef1 = coef / (psisq**3 * np.sqrt(psisq))
    cc1 = bstar * coef1 * no * (
        ao * (1 + 1.5 * etasq + eeta * (4 + etasq))
        + 0.375 * J2 * tsi / psisq * con41 * (8 + 3 * etasq * (8 + etasq))
    )  # fmt: skip
    return _Air(cosio2, con41, perigee_km, sfour, tsi, eta, psisq, coef, coef1, cc1)


def _drag(bstar: Floats, no: Floats, ao: Floats, sets: ElementSets) -> dict[str, Floats]:
    """Give what the air does, with the powers of time left out below 220 km (isimp)."""
    e, argpo, mo = sets.eccentricity, sets.argument_of_perigee, sets.mean_anomaly
    omeosq = 1 - e * e
    cosio2, con41, perigee_km, sfour, tsi, eta, psisq, coef, coef1, cc1 = _air(bstar, no, ao, sets)
    etasq, eeta = eta * eta, e * eta
    cc4 = 2 * no * coef1 * ao * omeosq * (
        eta * (2 + 0.5 * etasq) + e * (0.5 + 2 * etasq)
        - J2 * tsi / (ao * psisq) * (
            -3 * con41 * (1 - 2 * eeta + etasq * (1.5 - 0.5 * eeta))
            + 0.75 * (1 - cosio2) * (2 * etasq - eeta * (1 + etasq)) * np.cos(2 * argpo)
        )
    )  # fmt: skip
    cc5 = 2 * coef1 * ao * omeosq * (1 + 2.75 * (etasq + eeta) + eeta * etasq)
    full = np.where(perigee_km < 220, 0.0, 1.0)
    oval = e > 1e-4
    cc3 = np.where(
        oval, -2 * coef * tsi * J3 / J2 * no * np.sin(sets.inclination) / np.where(oval, e, 1), 0
    )
    xmcof = np.where(oval, -2 / 3 * coef * bstar / np.where(oval, eeta, 1), 0)
    d2 = full * 4 * ao * tsi * cc1**2
    d3 = (17 * ao + sfour) * d2 * tsi * cc1 / 3
    d4 = 0.5 * d2 * tsi * cc1 / 3 * ao * tsi * (221 * ao + 31 * sfour) * cc1
    return {
        "cc1": cc1, "d2": d2, "d3": d3, "d4": d4,
        "l2": no * 1.5 * cc1,
        "l3": no * full * (d2 + 2 * cc1**2),
        "l4": no * full * 0.25 * (3 * d3 + cc1 * (12 * d2 + 10 * cc1**2)),
        "l5": no * full * 0.2 * (
            3 * d4 + 12 * cc1 * d3 + 6 * d2**2 + 15 * cc1**2 * (2 * d2 + cc1**2)
        ),
        "bcc4": bstar * cc4,
        "bcc5": full * bstar * cc5,
        "omgcof": full * bstar * cc3 * np.cos(argpo),
        "xmcof": full * xmcof,
        "eta": eta,
        "delmo": (1 + eta * np.cos(mo)) ** 3,
    }  # fmt: skip


def drag_rate(elements: ElementSets) -> Floats:
    """Give the first power of what drag adds to the mean anomaly, ``l2`` of `Constants`.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.

    Returns
    -------
    numpy.ndarray, shape (n,)
        Half the rate of the mean motion [rad/min²].
    """
    no, ao = brouwer(elements)
    return np.asarray(1.5 * no * _air(elements.bstar, no, ao, elements).cc1)


def constants(elements: ElementSets) -> Constants:
    """Work out the constants of element sets.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows; for deep space the constants lack Sun, Moon and resonances.

    Returns
    -------
    Constants
        As `sgp4init` computes them, to rounding.
    """
    no, ao = brouwer(elements)
    e = elements.eccentricity
    cosio, sinio = np.cos(elements.inclination), np.sin(elements.inclination)
    omeosq = 1 - e * e
    mdot, argpdot, nodedot, xhdot1 = _gravity_rates(no, ao * omeosq, np.sqrt(omeosq), cosio)
    air = _drag(elements.bstar, no, ao, elements)
    below = np.where(np.abs(cosio + 1) > 1.5e-12, 1 + cosio, 1.5e-12)
    return Constants(
        mo=elements.mean_anomaly,
        mdot=mdot,
        argpo=elements.argument_of_perigee,
        argpdot=argpdot,
        nodeo=elements.node,
        nodedot=nodedot,
        nodecf=3.5 * omeosq * xhdot1 * air["cc1"],
        sinmao=np.sin(elements.mean_anomaly),
        ecco=e,
        ao=ao,
        root_ao=np.sqrt(ao),
        aycof=-0.5 * J3 / J2 * sinio,
        xlcof=-0.25 * J3 / J2 * sinio * (3 + 5 * cosio) / below,
        con41=3 * cosio**2 - 1,
        x1mth2=1 - cosio**2,
        x7thm1=7 * cosio**2 - 1,
        cosio=cosio,
        sinio=sinio,
        **air,
    )
