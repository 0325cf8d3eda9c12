"""How a launch vehicle moves, once more: in plain numbers, to fly a solution again.

The formulas are others than those of `launch.motion`: gravity along the vertical and to the
north, and the latitude by iteration. An integrator asks thousands of times, one after the other,
for which plain numbers take a tenth of the time of short arrays.

References
----------
O. Montenbruck, E. Gill, Satellite Orbits, Springer, 2000: sections 3.2 (gravity) and 5.5 (height).
"""

from __future__ import annotations

from math import atan2, cos, hypot, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A, WGS84_F
from kosmodrom.launch.atmosphere import air_law
from kosmodrom.launch.motion import J2

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kosmodrom.launch.motion import Drag, Engine

__all__ = ["ascent_law"]

Floats = NDArray[np.float64]
_Force = tuple[float, float, float, float]

_E2 = WGS84_F * (2 - WGS84_F)
#: Of the latitude, each of which leaves 0.7 % of what it is off; the height is flat there.
_STEPS = 4


def ascent_law(
    engine: Engine, drag: Drag | None, *, throttled: bool = False
) -> Callable[[float, Floats, Floats], Sequence[float]]:
    """Give the motion of a vehicle in plain numbers.

    Parameters
    ----------
    engine : Engine
        What pushes.
    drag : Drag or None
        What the air does; None leaves out drag and the pressure over the nozzles, as high up.
    throttled : bool
        Whether the length of the controls says how much of the thrust is given; if not, it is made
        one.

    Returns
    -------
    callable
        Takes a time [s], seven states [m, m/s, kg] and three controls, as arrays; gives the rates.
    """
    in_air = None if drag is None else _in_air(engine, drag)

    def _law(_: float, state: Floats, control: Floats) -> Sequence[float]:
        x, y, z, u, v, w, mass = state.tolist()
        level, thrust = 1.0, engine.vacuum_thrust
        push_x = push_y = push_z = 0.0
        if thrust:
            push_x, push_y, push_z = control.tolist()
            size = sqrt(push_x * push_x + push_y * push_y + push_z * push_z)
            level = size if throttled else 1.0
            thrust *= level
        force_x = force_y = force_z = 0.0
        if in_air is not None:
            lost, force_x, force_y, force_z = in_air(x, y, z, u, v, w)
            thrust -= lost
        if engine.vacuum_thrust:
            force_x += thrust / size * push_x
            force_y += thrust / size * push_y
            force_z += thrust / size * push_z
        radius2 = x * x + y * y + z * z
        radius = sqrt(radius2)
        sine = z / radius
        oblate = 1.5 * J2 * WGS84_A**2 / radius2
        pull = MU_EARTH / radius2
        # Along the vertical of a sphere; to the north it is the cosine of the latitude long.
        outwards = pull * (oblate * (3 * sine * sine - 1) - 1 + 2 * oblate * sine * sine) / radius
        north = -2 * pull * oblate * sine
        return (
            u,
            v,
            w,
            outwards * x + force_x / mass,
            outwards * y + force_y / mass,
            outwards * z + north + force_z / mass,
            -level * engine.flow,
        )

    return _law


def _in_air(engine: Engine, drag: Drag) -> Callable[..., _Force]:
    """Give what the air takes from the thrust, and its drag in three axes [N]."""
    air, coefficient_of = air_law(), drag.coefficients.law()
    area, exits = drag.area, engine.exit_area

    def _force(x: float, y: float, z: float, u: float, v: float, w: float) -> _Force:
        pressure, density, sound = air(_height(x, y, z))
        east, north = u + EARTH_ROTATION_RATE * y, v - EARTH_ROTATION_RATE * x
        speed = sqrt(east * east + north * north + w * w)
        pull = -0.5 * density * area * coefficient_of(speed / sound)[0] * speed
        return pressure * exits, pull * east, pull * north, pull * w

    return _force


def _height(x: float, y: float, z: float) -> float:
    """Give the height over the ellipsoid [m]."""
    across = hypot(x, y)
    latitude = atan2(z, across * (1 - _E2))
    for _ in range(_STEPS):
        sine = sin(latitude)
        latitude = atan2(z + _E2 * WGS84_A / sqrt(1 - _E2 * sine * sine) * sine, across)
    sine = sin(latitude)
    return across * cos(latitude) + z * sine - WGS84_A * sqrt(1 - _E2 * sine * sine)
