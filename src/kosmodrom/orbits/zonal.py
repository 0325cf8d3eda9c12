"""Free flight around the Earth with J2 to J4, by numerical integration.

The gravity is that of a body that looks alike from all longitudes; Sun, Moon, tides and the air
are left out, so this is for hours, not for weeks.

References
----------
O. Montenbruck, E. Gill, Satellite Orbits, Springer, 2000: section 3.2 (zonal harmonics).

N. K. Pavlis and others, The development and evaluation of the Earth Gravitational Model 2008,
Journal of Geophysical Research 117 (2012), B04406: tide-free coefficients.

E. Hairer, S. P. Norsett, G. Wanner, Solving ordinary differential equations I, Springer, 2nd
edition, 1993, section II.10: the method DOP853.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kosmodrom.base.constants import MU_EARTH, WGS84_A
from kosmodrom.errors import InputError, ModelError

__all__ = ["coasting", "zonal_gravity"]

Floats = NDArray[np.float64]

#: Zonal harmonics, from the normalised tide-free C20, C30, C40 of EGM2008 [-].
_J2: Final = 0.484165143790815e-3 * 5**0.5
_J3: Final = -0.957161207093473e-6 * 7**0.5
_J4: Final = -0.539965866638991e-6 * 9**0.5
_TOLERANCE = 1e-12  # of each state, relative to the size of the orbit: 7 µm
_REMEDY = "pip install 'kosmodrom[ascent]'"


def zonal_gravity(position: ArrayLike) -> Floats:
    """Give the acceleration by the Earth's gravity with J2, J3 and J4.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Position from the Earth's centre, z to the north pole [m].

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Acceleration [m/s²].
    """
    here = np.asarray(position, dtype=np.float64)
    distance = np.sqrt(np.sum(here * here, axis=-1, keepdims=True))
    up = here / distance
    s, near = up[..., 2:], WGS84_A / distance
    legendre = (
        (_J2 * near**2, 3, (3 * s**2 - 1) / 2, 3 * s),
        (_J3 * near**3, 4, (5 * s**3 - 3 * s) / 2, (15 * s**2 - 3) / 2),
        (_J4 * near**4, 5, (35 * s**4 - 30 * s**2 + 3) / 8, (35 * s**3 - 15 * s) / 2),
    )
    inwards = 1 - sum(size * order * value for size, order, value, _ in legendre)
    along = sum(size * slope for size, _, _, slope in legendre)
    north = np.array([0.0, 0.0, 1.0]) - s * up
    return np.asarray(-MU_EARTH / distance**2 * (inwards * up + along * north))


def coasting(
    position: ArrayLike, velocity: ArrayLike, seconds: ArrayLike
) -> tuple[Floats, Floats]:
    """Fly freely from one state.

    Parameters
    ----------
    position, velocity : array_like, shape (3,)
        State at time 0, in axes that do not turn, z to the north pole [m, m/s].
    seconds : array_like, shape (k,)
        Rising times from that state on, 0 or more [s].

    Returns
    -------
    position, velocity : numpy.ndarray, shape (k, 3)
        States at those times [m, m/s]; integrated to 7 µm a step.
    """
    times = np.asarray(seconds, dtype=np.float64)
    start = np.concatenate([np.asarray(position, dtype=np.float64), np.asarray(velocity)])
    if times.ndim != 1 or not times.size or times[0] < 0 or np.any(np.diff(times) <= 0):
        raise InputError("seconds must be one row of rising times, 0 or more, like [0, 60, 120]")
    try:
        from scipy.integrate import solve_ivp  # noqa: PLC0415 -- an extra
    except ModuleNotFoundError:
        raise InputError(f"numerical propagation needs SciPy; {_REMEDY}") from None
    size = float(np.linalg.norm(start[:3]))
    speed = float(np.sqrt(MU_EARTH / size))
    scale = np.array([*[size] * 3, *[speed] * 3])

    def _law(_: float, state: Floats) -> Floats:
        whole = state * scale
        rates: Floats = np.concatenate([whole[3:], zonal_gravity(whole[:3])]) / scale
        return rates

    found = solve_ivp(
        _law, (0.0, max(float(times[-1]), 1e-3)), start / scale, method="DOP853", t_eval=times,
        rtol=_TOLERANCE, atol=_TOLERANCE,
    )  # fmt: skip
    if not found.success:
        raise ModelError(
            f"the free flight could not be integrated over {times[-1]:g} s: {found.message} "
            "Does the state leave the ground?"
        )
    states = found.y.T * scale
    return states[:, :3], states[:, 3:]
