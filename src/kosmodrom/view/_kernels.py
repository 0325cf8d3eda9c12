"""What the searches ask of a satellite seen from a place, compiled together with SGP4.

Inputs are the constants of the element set, ``tsince`` [min] (the satellite's time), ``theta``
(GMST at the place's time [rad]), the place in pseudo-Earth-fixed axes (up: ``ux uy uz``, position:
``sx sy sz`` [m]) and ``limit``. Rates are by the seconds of both times.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from kosmodrom.base.constants import EARTH_ROTATION_RATE, WGS84_A, WGS84_B, WGS84_F
from kosmodrom.orbits.expressions import compiled, expression, library, rate
from kosmodrom.orbits.theory import INPUTS as CONSTANTS
from kosmodrom.orbits.theory import teme_position

__all__ = ["GMST_RATE", "INPUTS", "SKY_INPUTS", "mask_edge", "mask_quality", "nadir_edge",
           "nadir_quality", "sky"]  # fmt: skip

#: Rate of GMST [rad/s]: the Earth's rotation and the motion of the equinox together.
GMST_RATE = EARTH_ROTATION_RATE + 7.086e-12
_PLACE = ("ux", "uy", "uz", "sx", "sy", "sz")
#: Rows of an input table.
INPUTS = (*CONSTANTS, "tsince", "theta", *_PLACE, "limit")
_LEVEL = ("ex", "ey", "ez", "nx", "ny", "nz")
#: The same without a limit, and with the axes of the place to the east and the north.
SKY_INPUTS = (*INPUTS[:-1], *_LEVEL)
_E2 = WGS84_F * (2 - WGS84_F)


def _rate(function: Any) -> Any:
    return rate(function, theta=GMST_RATE)


def _with_rates(function: Any) -> list[Any]:
    first = _rate(function)
    return [function, first, _rate(first)]


@cache
def _satellite() -> tuple[Any, Any, Any]:
    """Position in pseudo-Earth-fixed axes [m]."""
    x, y, z = teme_position()
    theta = expression("theta")
    cosine, sine = library().cos(theta), library().sin(theta)
    return cosine * x + sine * y, cosine * y - sine * x, z


@cache
def _sight() -> tuple[Any, Any, Any]:
    """From the place to the satellite [m]."""
    place = [expression(name) for name in _PLACE[3:]]
    x, y, z = (there - here for there, here in zip(_satellite(), place, strict=True))
    return x, y, z


def _dot(one: tuple[Any, Any, Any], other: tuple[Any, Any, Any]) -> Any:
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


@cache
def _height() -> Any:
    """Height of the satellite over the plane of the horizon [m]."""
    up = [expression(name) for name in _PLACE[:3]]
    return _dot((up[0], up[1], up[2]), _sight())


@cache
def _depth() -> Any:
    """How far the place lies from the satellite along its geodetic nadir [m]."""
    x, y, z = _satellite()
    root = library().sqrt
    across = root(x * x + y * y)
    # Two steps of Bowring's formula on sine and cosine, so that the poles need no care.
    distance = root(_dot((x, y, z), (x, y, z)))
    sine = z * WGS84_B * (1 - WGS84_F) * (1 + _E2 / (1 - _E2) * WGS84_B / distance)
    cosine = across * WGS84_B
    for _ in range(2):
        size = root(sine * sine + cosine * cosine)
        sine, cosine = sine / size, cosine / size
        up_z = z + _E2 / (1 - _E2) * WGS84_B * sine**3.0
        up_across = across - _E2 * WGS84_A * cosine**3.0
        sine, cosine = up_z * (1 - WGS84_F), up_across
    size = root(up_z * up_z + up_across * up_across)
    level = up_across / size / across
    return _dot((level * x, level * y, up_z / size), _sight())


@cache
def mask_edge() -> Any:
    """Compile: height above the cone of the mask.

    Returns
    -------
    heyoka.cfunc
        Outputs f = U - distance * limit [m], f', f'', and the distance [m]. ``limit`` is the sine
        of the mask.
    """
    distance = library().sqrt(_dot(_sight(), _sight()))
    edge = _height() - distance * expression("limit")
    return compiled([*_with_rates(edge), distance], INPUTS)


@cache
def mask_quality() -> Any:
    """Compile: sine of the elevation.

    Returns
    -------
    heyoka.cfunc
        Outputs w = U / distance [-], w', w'', then the height over the plane of the horizon [m],
        its second rate [m/s²], distance from the Earth's centre [m], f, f' and f'' as
        `mask_edge` gives them, and the distance [m].
    """
    distance = library().sqrt(_dot(_sight(), _sight()))
    edge = _height() - distance * expression("limit")
    radius = library().sqrt(_dot(_satellite(), _satellite()))
    return compiled(
        [
            *_with_rates(_height() / distance),
            _height(),
            _rate(_rate(_height())),
            radius,
            *_with_rates(edge),
            distance,
        ],
        INPUTS,
    )


@cache
def nadir_edge() -> Any:
    """Compile: how far within the cone about the nadir the place lies.

    Returns
    -------
    heyoka.cfunc
        Outputs as `mask_edge`, with f = depth² / limit² - distance² [m²], where ``limit`` is the
        cosine of the half-angle of the cone.
    """
    square = _dot(_sight(), _sight())
    limit = expression("limit")
    edge = _depth() * _depth() / (limit * limit) - square
    return compiled([*_with_rates(edge), library().sqrt(square)], INPUTS)


@cache
def nadir_quality() -> Any:
    """Compile: cosine of the angle off nadir.

    Returns
    -------
    heyoka.cfunc
        Outputs as `mask_quality`, with w = depth / distance and the f of `nadir_edge`.
    """
    square = _dot(_sight(), _sight())
    distance = library().sqrt(square)
    limit = expression("limit")
    edge = _depth() * _depth() / (limit * limit) - square
    radius = library().sqrt(_dot(_satellite(), _satellite()))
    return compiled(
        [
            *_with_rates(_depth() / distance),
            _height(),
            _rate(_rate(_height())),
            radius,
            *_with_rates(edge),
            distance,
        ],
        INPUTS,
    )


@cache
def sky() -> Any:
    """Compile: where a satellite stands in the sky.

    Returns
    -------
    heyoka.cfunc
        Takes `SKY_INPUTS`; outputs azimuth from -pi to pi and elevation [rad], and the distance
        [m].
    """
    hy = library()
    axes = [expression(name) for name in _LEVEL]
    east, north = (_dot((x, y, z), _sight()) for x, y, z in (axes[:3], axes[3:]))
    level = east * east + north * north
    up = _height()
    return compiled(
        [hy.atan2(east, north), hy.atan2(up, hy.sqrt(level)), hy.sqrt(level + up * up)], SKY_INPUTS
    )
