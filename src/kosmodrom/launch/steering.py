"""The problem of an ascent: legs as phases, with what must not be exceeded in each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A
from kosmodrom.launch.atmosphere import air_expression
from kosmodrom.launch.legs import DEEPEST
from kosmodrom.launch.motion import ascent_dynamics, height_expression
from kosmodrom.launch.problem import Bounded, Box, Guess, Phase, Point
from kosmodrom.launch.symbols import library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.legs import Leg
    from kosmodrom.launch.motion import Drag
    from kosmodrom.launch.stack import Stack
    from kosmodrom.launch.task import Limits, Task

__all__ = ["Steered", "heat_expression", "phases_of", "wind_expression"]

Floats = NDArray[np.float64]

_SPEED = float(np.sqrt(MU_EARTH / WGS84_A))
_FAR, _FAST = 10.0 * WGS84_A, 13e3  # bounds of each coordinate [m, m/s]
_THIN = 70e3  # above which the fairing may be off [m]
_LONGER = 1.1  # of the unit vector of thrust: how far the solver may stray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steered:
    """An ascent as a problem.

    Attributes
    ----------
    stack : Stack
        The launch vehicle.
    task : Task
        What it is asked to do.
    legs : tuple of Leg
        One a phase.
    masses : tuple of float
        Sizes of the mass, one a leg [kg].
    load : float
        Size of the load of the last block [kg].
    """

    stack: Stack
    task: Task
    legs: tuple[Leg, ...]
    masses: tuple[float, ...]
    load: float

    @classmethod
    def of(cls, stack: Stack, task: Task, legs: Sequence[Leg]) -> Steered:
        """Take the masses at the beginning of the legs as their sizes.

        Parameters
        ----------
        stack : Stack
            The launch vehicle.
        task : Task
            What it is asked to do.
        legs : sequence of Leg
            One a phase.

        Returns
        -------
        Steered
            The ascent.
        """
        load = stack.blocks[-1].expelled
        masses = tuple(leg.begun + load for leg in legs)
        return cls(stack=stack, task=task, legs=tuple(legs), masses=masses, load=load)

    @property
    def scales(self) -> list[Floats]:
        """Sizes of the states.

        Returns
        -------
        list of numpy.ndarray, shape (7,) each
            One array a leg [m, m/s, kg].
        """
        return [np.array([*[WGS84_A] * 3, *[_SPEED] * 3, mass]) for mass in self.masses]

    def drag_of(self, leg: Leg) -> Drag | None:
        """Say which drag counts in a leg: none once the fairing is off.

        Parameters
        ----------
        leg : Leg
            Which.

        Returns
        -------
        Drag or None
            The drag.
        """
        return self.stack.drag if leg.fairing_on else None


def phases_of(steered: Steered, guesses: Sequence[Guess]) -> tuple[Phase, ...]:
    """Write legs as phases.

    Parameters
    ----------
    steered : Steered
        Vehicle, task and legs.
    guesses : sequence of Guess
        One a leg; those of coasts may have controls, which are left out.

    Returns
    -------
    tuple of Phase
        One a leg. States are position, velocity and mass.
    """
    phases = []
    earliest = latest = 0.0
    for leg, scale, guess in zip(steered.legs, steered.scales, guesses, strict=True):
        begin = earliest, latest
        earliest, latest = earliest + leg.duration[0], latest + leg.duration[1]
        phase = _phase(steered, leg, scale, guess)
        phases.append(replace(phase, begin=begin, end=(earliest, latest)))
    pad = steered.task.pad
    spin = EARTH_ROTATION_RATE * np.array([-pad[1], pad[0], 0.0])
    low, high = phases[0].states.low[6], phases[0].states.high[6]
    start = np.array([*pad, *spin, low]), np.array([*pad, *spin, high])
    return replace(phases[0], initial=start), *phases[1:]


def _phase(steered: Steered, leg: Leg, scale: Floats, guess: Guess) -> Phase:
    """Write a leg as a phase, its times left open."""
    most = 1.5 * scale[6] + 0.3 * steered.stack.mass
    low = np.array([*[-_FAR] * 3, *[-_FAST] * 3, 0.1 * leg.above])
    high = np.array([*[_FAR] * 3, *[_FAST] * 3, most])
    if leg.coasts:
        controls = Box(np.empty(0), np.empty(0))
        guess = Guess(guess.time, guess.states, np.empty((len(guess.time), 0)))
    elif leg.vertical:
        up = steered.task.axes[2]
        controls = Box(up, up)
    else:
        controls = Box(np.full(3, -_LONGER), np.full(3, _LONGER))
    return Phase(
        name=leg.name,
        states=Box(low, high, scale),
        controls=controls,
        dynamics=ascent_dynamics(
            None, steered.drag_of(leg), coasts=leg.coasts, throttled=leg.throttled
        ),
        begin=(0.0, 0.0),
        end=(0.0, np.inf),
        duration=leg.duration,
        guess=guess,
        path=lambda point: _limits(steered.task.limits, leg, point),
        data=_data(steered, leg),
        kind=_kind(steered, leg),
    )


def _data(steered: Steered, leg: Leg) -> Floats:
    """Give the numbers of a leg, in the order in which its equations ask for them."""
    engine, limits = leg.engine, steered.task.limits
    return np.array(
        [
            engine.vacuum_thrust, engine.exit_area, engine.flow, steered.stack.drag.area,
            limits.heating, limits.attack_load,
            limits.dynamic_pressure or 0.0, limits.acceleration or 0.0,
        ]
    )  # fmt: skip


def _kind(steered: Steered, leg: Leg) -> tuple[Any, ...]:
    """Say which legs have the same equations."""
    curve, limits = steered.stack.drag.coefficients, steered.task.limits
    shape = (curve.ends, curve.knots.tobytes(), curve.start.tobytes(), curve.cubes.tobytes())
    return (
        "ascent", leg.coasts, leg.vertical, leg.throttled, shape if leg.fairing_on else None,
        limits.dynamic_pressure is None, limits.acceleration is None,
    )  # fmt: skip


def _limits(limits: Limits, leg: Leg, point: Point) -> list[Bounded]:
    """Write what holds everywhere in a leg; the limits themselves are data of the phase."""
    if leg.vertical:
        return []
    ca = library()
    heating, attack, pressure, acceleration = (point.data[place] for place in range(4, 8))
    rows = []
    if not leg.coasts:
        least = DEEPEST**2 if leg.throttled else 1.0
        rows.append(Bounded(ca.sumsqr(point.control), least, 1.0))
        if limits.acceleration is not None:
            felt = point.data[0] * ca.norm_2(point.control) / point.state[6]
            rows.append(Bounded(felt / acceleration, -np.inf, 1.0))
    position = point.state[:3]
    if not leg.fairing_on:
        rows.append(Bounded(heat_expression(point, heating), -np.inf, 0.0, 10.0))
        return rows
    height = height_expression(position)
    rows.append(Bounded(height, 0.0, np.inf, 1e5))
    if leg.coasts:
        return rows
    wind = wind_expression(point)
    density = air_expression(height).density
    across = ca.cross(wind, point.control)
    # Squares, so that nothing has a corner where the thrust is along the wind.
    load2 = (0.5 * density) ** 2 * ca.sumsqr(wind) * ca.sumsqr(across)
    rows.append(Bounded(load2 / attack**2, -np.inf, 1.0))
    if limits.dynamic_pressure is not None:
        rows.append(Bounded(0.5 * density * ca.sumsqr(wind) / pressure, -np.inf, 1.0))
    return rows


def wind_expression(point: Point) -> Any:
    """Write the velocity through the air.

    Parameters
    ----------
    point : Point
        A place of an ascent.

    Returns
    -------
    casadi.SX
        Column of the velocity [m/s].
    """
    position, velocity = point.state[:3], point.state[3:6]
    return velocity - EARTH_ROTATION_RATE * library().vertcat(-position[1], position[0], 0)


def heat_expression(point: Point, limit: Any) -> Any:
    """Write the heating over its limit, as a logarithm: density changes by orders of magnitude.

    Parameters
    ----------
    point : Point
        A place of an ascent.
    limit : float or casadi.SX
        Half the density times the cube of the speed [W/m²].

    Returns
    -------
    casadi.SX
        Natural logarithm of the share of the limit; below 70 km it is less than the truth [-].
    """
    ca = library()
    density = air_expression(height_expression(point.state[:3]), _THIN).density
    speed = ca.sqrt(ca.sumsqr(wind_expression(point)))
    return ca.log(0.5 * density * speed**3 / limit)
