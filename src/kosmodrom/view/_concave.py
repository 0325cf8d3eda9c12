"""When an edge function has one hump only.

The searches follow one function per satellite and place, above zero while the satellite is in
view. Where its second derivative is below zero throughout the time around an encounter, it has a
single maximum and at most two zeros, and Newton's method cannot lose them. Here that is decided
from bounds of the orbit alone; orbits for which it cannot be shown are searched by bisection.

With r the distance from the centre, psi the central angle, d the distance from place to satellite,
V its speed in Earth-fixed axes and g = mu / r²: the height over the horizon has the second
derivative -g cos psi and Coriolis' and centrifugal terms, and d'' = (V² - d'²)/d - g (r - R cos
psi)/d and the same terms, with d' at most (V R sin psi + v_r (r - R cos psi))/d.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.constants import MU_EARTH
from kosmodrom.view._kernels import GMST_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["mask_curvature", "nadir_curvature"]

_ANGLES = 33  # between nothing and the largest central angle
_RADII = 3
# SGP4's orbit obeys gravity with J2 to this part; J2 itself is 0.33 % at the ground.
_GRAVITY = 0.006
_GROUND = 6.38e6  # the largest distance of a place from the centre, to 0.1 %
_LOW_GROUND = 6.345e6


def _geometry(
    radius_min: Floats, radius_max: Floats, eccentricity: Floats, angle: Floats
) -> tuple[Floats, ...]:
    """Lay out distances from the centre and angles, shape (n, radii, angles)."""
    part = np.linspace(0.0, 1.0, _RADII)
    r = radius_min[:, None, None] + (radius_max - radius_min)[:, None, None] * part[:, None]
    psi = angle[:, None, None] * np.linspace(0.0, 1.0, _ANGLES)
    e = eccentricity[:, None, None]
    circular = np.sqrt(MU_EARTH / r)
    fastest = circular * np.sqrt(1 + e) * 1.005 + GMST_RATE * r
    slowest = circular * np.sqrt(1 - e) * 0.995 - GMST_RATE * r
    radial = circular * e * 1.02 + 30.0  # 30 m/s: the oblate Earth moves the radius that fast
    return r, psi, fastest, slowest, radial


def mask_curvature(
    radius_min: Floats, radius_max: Floats, eccentricity: Floats, angle: Floats,
    sine_low: float, sine_high: float,
) -> Floats:  # fmt: skip
    """Bound the second derivative of the height above the cone of the mask.

    Parameters
    ----------
    radius_min, radius_max : numpy.ndarray, shape (n,)
        Distances of the satellite from the centre [m].
    eccentricity : numpy.ndarray, shape (n,)
        Bound of its eccentricity [-].
    angle : numpy.ndarray, shape (n,)
        Largest central angle that matters [rad].
    sine_low, sine_high : float
        Least and greatest sine of the mask [-].

    Returns
    -------
    numpy.ndarray, shape (n,)
        Upper bound [m/s²]; below zero the function is concave.
    """
    r, psi, fastest, slowest, radial = _geometry(radius_min, radius_max, eccentricity, angle)
    gravity = MU_EARTH / r**2
    turning = 2 * GMST_RATE * fastest + GMST_RATE**2 * r + _GRAVITY * gravity
    height = -gravity * np.cos(np.minimum(psi + 0.0034, np.pi)) + turning
    worst = np.full((*r.shape[:2], _ANGLES), -np.inf)
    sines = sorted({sine_low, sine_high})
    for ground in (_LOW_GROUND, _GROUND):
        level = ground * np.cos(psi)
        above = r - level
        distance = np.sqrt(r**2 + ground**2 - 2 * r * level)
        across = ground * np.sin(psi) / distance
        towards = radial * above / distance
        bend = np.minimum(
            *(
                (speed**2 - np.minimum(across * speed + towards, speed) ** 2) / distance
                for speed in (slowest, fastest)
            )
        )
        least = bend - gravity * above / distance - turning
        most = fastest**2 / distance + turning
        for sine in sines:
            worst = np.maximum(worst, height - sine * (least if sine >= 0 else most))
    return np.asarray(worst.max(axis=(1, 2)))


def nadir_curvature(
    radius_min: Floats, radius_max: Floats, eccentricity: Floats, angle: Floats, cosine: float
) -> Floats:
    """Bound the second derivative of depth² / cosine² - distance².

    Parameters
    ----------
    radius_min, radius_max : numpy.ndarray, shape (n,)
        Distances of the satellite from the centre [m].
    eccentricity : numpy.ndarray, shape (n,)
        Bound of its eccentricity [-].
    angle : numpy.ndarray, shape (n,)
        Largest central angle that matters [rad].
    cosine : float
        Least cosine of the half-angle of the cone about the nadir [-].

    Returns
    -------
    numpy.ndarray, shape (n,)
        Upper bound [m²/s²]; below zero the function is concave.
    """
    r, psi, fastest, slowest, radial = _geometry(radius_min, radius_max, eccentricity, angle)
    gravity = MU_EARTH / r**2
    turning = 2 * GMST_RATE * fastest + GMST_RATE**2 * r + _GRAVITY * gravity
    ground = _GROUND
    above = r - ground * np.cos(psi) + 0.01 * r
    distance = np.sqrt(r**2 + ground**2 - 2 * r * ground * np.cos(psi))
    # The geodetic nadir turns up to 0.0034 rad away from the centre and back twice a revolution.
    tilt = 0.0034
    depth = above + tilt * distance
    turn = fastest / r
    rate = radial + ground * np.sin(psi) * turn + tilt * (fastest + 2 * distance * turn)
    second = (
        np.abs(fastest**2 / r - gravity) + turning + turn**2 * ground
        + ground * np.sin(psi) * (turning / r + 2 * radial * turn / r)
        + tilt * (gravity + turning + 4 * fastest * turn + 6 * distance * turn**2)
    )  # fmt: skip
    spread = slowest**2 - gravity * above - distance * turning
    worst = 2 * (rate**2 + depth * second) / cosine**2 - 2 * spread
    return np.asarray(worst.max(axis=(1, 2)))
