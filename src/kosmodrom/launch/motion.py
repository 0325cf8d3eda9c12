"""How a launch vehicle moves: a point with mass over the turning Earth, in three dimensions.

States are position and velocity in axes that do not turn, with the origin in the Earth's centre
and z to the north pole, and the mass; the control is the direction of thrust, a unit vector.
Gravity is that of the Earth with its flattening (J2); height is over the WGS84 ellipsoid; the air
turns with the Earth; thrust loses the pressure of the air over the nozzle's exit; drag goes
against the motion through the air, by Mach number.

It is written with symbols, for the optimiser; `launch.law` has it once more, by other formulas.

References
----------
O. Montenbruck, E. Gill, Satellite Orbits, Springer, 2000: section 3.2 (gravity).

B. R. Bowring, The accuracy of geodetic latitude and height equations, Survey Review 28 (1985),
202-206.

NGA.STND.0036_1.0.0_WGS84 (2014) and N. K. Pavlis and others, The development and evaluation of the
Earth Gravitational Model 2008, Journal of Geophysical Research 117 (2012), B04406: J2 from the
tide-free C20 = -0.484165143790815e-3.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A, WGS84_B, WGS84_F
from kosmodrom.errors import InputError
from kosmodrom.launch.atmosphere import air_expression
from kosmodrom.launch.splines import Spline
from kosmodrom.launch.symbols import library

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kosmodrom.launch.problem import Point

__all__ = ["J2", "Drag", "Engine", "ascent_dynamics", "gravity", "height_expression"]

Floats = NDArray[np.float64]

#: Second zonal harmonic of the Earth, with the radius `WGS84_A` [-].
J2: Final = 0.484165143790815e-3 * 5**0.5
_E2 = WGS84_F * (2 - WGS84_F)
_SLOWEST = 1e-3  # speed through the air below which its direction is rounded off [m/s]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What pushes, of one engine or of several that burn together.

    Attributes
    ----------
    vacuum_thrust : float
        Thrust where there is no air; 0 on a coast [N].
    exit_area : float
        Area of the nozzles' exits, from the thrusts in vacuum and at sea level [m²].
    flow : float
        Mass that leaves in a second [kg/s].
    """

    vacuum_thrust: float
    exit_area: float
    flow: float

    def __post_init__(self) -> None:
        for name in ("vacuum_thrust", "exit_area", "flow"):
            if not (value := getattr(self, name)) >= 0:
                raise InputError(f"{name} of an engine is {value:g}; it must not be below zero")

    @classmethod
    def from_thrusts(cls, vacuum: float, sea_level: float, specific_impulse: float) -> Engine:
        """Make it from what data sheets give.

        Parameters
        ----------
        vacuum, sea_level : float
            Thrust in vacuum and at sea level [N].
        specific_impulse : float
            Specific impulse in vacuum [s].

        Returns
        -------
        Engine
            The engine.
        """
        if sea_level > vacuum or not specific_impulse > 0:
            raise InputError(
                f"an engine of {vacuum:g} N in vacuum and {sea_level:g} N at sea level with a "
                f"specific impulse of {specific_impulse:g} s: the first is the greater one, and "
                "the last above zero"
            )
        return cls(
            vacuum_thrust=vacuum,
            exit_area=(vacuum - sea_level) / 101_325.0,
            flow=vacuum / (specific_impulse * 9.80665),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Drag:
    """How the air holds back.

    Attributes
    ----------
    area : float
        Area to which the coefficients belong [m²].
    coefficients : Spline
        One function of the Mach number: the coefficient of drag [-].
    """

    area: float
    coefficients: Spline

    @classmethod
    def by_mach(cls, area: float, mach: ArrayLike, coefficients: ArrayLike) -> Drag:
        """Make it from a table; beyond its ends the coefficient stays.

        Parameters
        ----------
        area : float
            Area to which the coefficients belong [m²].
        mach : array_like, shape (k,)
            Mach numbers, rising, three or more [-].
        coefficients : array_like, shape (k,)
            Coefficients of drag [-].

        Returns
        -------
        Drag
            The drag.
        """
        values = np.asarray(coefficients, dtype=np.float64)
        if not area >= 0 or np.any(values < 0):
            raise InputError(
                f"area is {area:g} m² and the least coefficient {values.min():g}; "
                "drag must not push"
            )
        return cls(area, Spline.through(mach, values[:, np.newaxis]))


def gravity(position: ArrayLike) -> Floats:
    """Give the acceleration by the Earth's gravity with J2, as the slope of its potential.

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
    sine = up[..., 2:]
    oblate = 1.5 * J2 * (WGS84_A / distance) ** 2
    north = np.array([0.0, 0.0, 1.0]) - sine * up  # the cosine of the latitude long
    outwards = -1 + oblate * (3 * sine**2 - 1)
    return np.asarray(MU_EARTH / distance**2 * (outwards * up - 2 * oblate * sine * north))


def height_expression(position: Any) -> Any:
    """Write the height over the WGS84 ellipsoid, by one step of Bowring's equation.

    From 5 km below to 2000 km above it is within a micrometre of `itrs_to_geodetic`.

    Parameters
    ----------
    position : casadi.SX
        Column of a position from the Earth's centre, z to the north pole [m].

    Returns
    -------
    casadi.SX
        Height [m].
    """
    ca = library()
    z = position[2]
    across = ca.sqrt(position[0] ** 2 + position[1] ** 2 + 1.0)  # a metre: the pole is no corner
    second = _E2 / (1 - _E2) * WGS84_B
    sine = WGS84_B * z * (1 + second / ca.norm_2(position))
    cosine = WGS84_A * across
    size = ca.sqrt(sine**2 + cosine**2)
    up = z + second * (sine / size) ** 3
    level = across - _E2 * WGS84_A * (cosine / size) ** 3
    size = ca.sqrt(up**2 + level**2)
    up, level = up / size, level / size
    return across * level + z * up - WGS84_A * ca.sqrt(1 - _E2 * up**2)


def ascent_dynamics(
    engine: Engine | None, drag: Drag | None, *, coasts: bool = False, throttled: bool = False
) -> Callable[[Point], Sequence[Any]]:
    """Write the motion of a vehicle for a `Phase`.

    Parameters
    ----------
    engine : Engine or None
        What pushes; None where the data of the phase say it: thrust in vacuum [N], area of the
        exits [m²], flow [kg/s] and, with drag, its area instead of that of `drag` [m²].
    drag : Drag or None
        What the air does; None leaves out drag and the pressure over the nozzles, as high up.
    coasts : bool
        Whether nothing pushes; there are no controls then.
    throttled : bool
        Whether the length of the controls says how much of the thrust is given.

    Returns
    -------
    callable
        Takes a `Point` of seven states [m, m/s, kg] and three controls [-], gives the rates.
    """
    ca = library()

    def _dynamics(point: Point) -> list[Any]:
        position, velocity, mass = point.state[:3], point.state[3:6], point.state[6]
        radius2 = ca.sumsqr(position)
        oblate = 1.5 * J2 * WGS84_A**2 / radius2
        share = 5 * position[2] ** 2 / radius2
        factors = ca.vertcat(*[1 + oblate * (each - share) for each in (1, 1, 3)])
        pull = -MU_EARTH / (radius2 * ca.sqrt(radius2)) * factors * position
        if engine is None:
            thrust, exits, flow = point.data[0], point.data[1], point.data[2]
        else:
            thrust, exits, flow = engine.vacuum_thrust, engine.exit_area, engine.flow
        force = 0.0
        if drag is not None:
            area = drag.area if engine is not None else point.data[3]
            air = air_expression(height_expression(position))
            wind = velocity - EARTH_ROTATION_RATE * ca.vertcat(-position[1], position[0], 0)
            speed = ca.sqrt(ca.sumsqr(wind) + _SLOWEST**2)
            (coefficient,) = drag.coefficients.expressions(speed / air.sound_speed)
            force = -0.5 * air.density * area * coefficient * speed * wind
            if not coasts:
                level = ca.norm_2(point.control) if throttled else 1.0
                force -= air.pressure * exits * point.control / level
        if coasts:
            return [velocity, pull + force / mass, 0.0]
        level = ca.norm_2(point.control) if throttled else 1.0
        return [velocity, pull + (thrust * point.control + force) / mass, -flow * level]

    return _dynamics
