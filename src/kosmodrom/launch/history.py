"""What happens in a flight that was found: sampled arcs, events, and what falls off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE
from kosmodrom.base.ellipsoid import itrs_to_geodetic
from kosmodrom.launch.atmosphere import air_at
from kosmodrom.launch.flight import Arc, Event, Fallen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.legs import Leg
    from kosmodrom.launch.stack import Block, EventCode
    from kosmodrom.launch.steering import Steered
    from kosmodrom.launch.trajectory import PhaseSolution, Solution

__all__ = ["arcs_of", "events_of", "fallen_of"]

Floats = NDArray[np.float64]

_STEP = 1.0  # between samples, where nothing else sets their number [s]
_FEWEST, _MOST = 9, 401  # samples of an arc
_STILL = 0.1  # speed through the air below which it has no direction [m/s]
_HALVES = 2  # in which a fairing falls


def arcs_of(steered: Steered, solution: Solution) -> tuple[Arc, ...]:
    """Sample a flight.

    Parameters
    ----------
    steered : Steered
        Vehicle, task and legs.
    solution : Solution
        The flight.

    Returns
    -------
    tuple of Arc
        One a leg.
    """
    return tuple(
        _arc(steered, leg, phase) for leg, phase in zip(steered.legs, solution.phases, strict=True)
    )


def _arc(steered: Steered, leg: Leg, phase: PhaseSolution) -> Arc:
    """Sample a leg."""
    length = phase.end - phase.begin
    count = int(np.clip(np.ceil(length / _STEP) + 1, _FEWEST, _MOST))
    time = np.linspace(phase.begin, phase.end, count)
    states = phase.states_at(time)
    position, velocity, mass = states[:, :3], states[:, 3:6], states[:, 6]
    height = itrs_to_geodetic(position)[2]
    spin = EARTH_ROTATION_RATE * np.column_stack(
        [-position[:, 1], position[:, 0], np.zeros(count)]
    )
    wind = velocity - spin
    speed = np.linalg.norm(wind, axis=1)
    air = air_at(height)
    direction, thrust = np.zeros((count, 3)), np.zeros(count)
    force = np.zeros((count, 3))
    if not leg.coasts:
        controls = phase.controls_at(time)
        level = np.linalg.norm(controls, axis=1)
        direction = controls / level[:, np.newaxis]
        thrust = leg.engine.vacuum_thrust * (level if leg.throttled else np.ones(count))
        if leg.fairing_on:
            thrust = thrust - air.pressure * leg.engine.exit_area
        force = thrust[:, np.newaxis] * direction
    if leg.fairing_on:
        drag = steered.stack.drag
        coefficient = drag.coefficients.at(speed / air.sound_speed)[:, 0]
        size = 0.5 * air.density * drag.area * coefficient * speed
        force = force - size[:, np.newaxis] * wind
    along = (direction * wind).sum(axis=1) / np.maximum(speed, _STILL)
    moves = speed > _STILL if not leg.coasts else np.zeros(count, dtype=bool)
    return Arc(
        name=leg.name,
        time=time,
        position=position,
        velocity=velocity,
        mass=mass,
        direction=direction,
        thrust=thrust,
        height=np.asarray(height),
        ground_speed=speed,
        dynamic_pressure=0.5 * air.density * speed**2,
        attack=np.where(moves, np.arccos(np.clip(along, -1.0, 1.0)), 0.0),
        heating=0.5 * air.density * speed**3,
        acceleration=np.linalg.norm(force, axis=1) / mass,
    )


def events_of(legs: Sequence[Leg], solution: Solution, arcs: Sequence[Arc]) -> tuple[Event, ...]:
    """List what happens.

    Parameters
    ----------
    legs : sequence of Leg
        The legs.
    solution : Solution
        The flight.
    arcs : sequence of Arc
        The flight, sampled.

    Returns
    -------
    tuple of Event
        In the order of time.
    """
    found: list[Event] = []

    def _add(code: EventCode, part: str, time: float, state: Floats) -> None:
        found.append(
            Event(code=code, part=part, time=time, position=state[:3], velocity=state[3:6],
                  mass=float(state[6]))
        )  # fmt: skip

    burning: tuple[Block, ...] = ()
    for number, (leg, phase) in enumerate(zip(legs, solution.phases, strict=True)):
        start = phase.states[0]
        if number == 0:
            _add("lift-off", "", phase.begin, start)
        elif legs[number - 1].vertical and not leg.vertical:
            _add("pitch-over", "", phase.begin, start)
        if leg.steers and not legs[number - 1].steers:
            _add("cut-off", f"{leg.burning[0].name}, main engine", phase.begin, start)
        for block in leg.burning if number else ():
            if block not in burning:
                _add("ignition", block.name, phase.begin, start)
        burning = leg.burning
        end = phase.states[-1]
        after = legs[number + 1].burning if number + 1 < len(legs) else ()
        for block in leg.burning:
            if block not in after:
                _add("cut-off", block.name, phase.end, end)
        for block in leg.dropped:
            _add("separation", block.name, phase.end, end)
        if leg.sheds_fairing:
            _add("fairing-separation", "", phase.end, end)
    last = solution.phases[-1]
    _add("insertion", "", last.end, last.states[-1])
    greatest = max(arcs, key=lambda arc: float(arc.dynamic_pressure.max()))
    row = int(np.argmax(greatest.dynamic_pressure))
    state = np.concatenate([greatest.position[row], greatest.velocity[row], [greatest.mass[row]]])
    _add("greatest-dynamic-pressure", "", float(greatest.time[row]), state)
    return tuple(sorted(found, key=lambda event: event.time))


def fallen_of(steered: Steered, solution: Solution) -> tuple[Fallen, ...]:
    """List what falls off.

    Parameters
    ----------
    steered : Steered
        Vehicle, task and legs.
    solution : Solution
        The flight.

    Returns
    -------
    tuple of Fallen
        In the order of time.
    """
    found = []
    phases, stack = solution.phases, steered.stack
    for number, (leg, phase) in enumerate(zip(steered.legs[:-1], phases[:-1], strict=True)):
        end = phase.states[-1]
        lost = float(end[6] - phases[number + 1].states[0, 6])
        parts = [(block.name, block.count, block.left, block.diameter) for block in leg.dropped]
        if len(parts) == 1:
            # With what was left in its tanks.
            parts = [(*parts[0][:2], lost, parts[0][3])]
        if leg.sheds_fairing:
            parts.append(("fairing", _HALVES, stack.fairing, stack.fairing_diameter))
        found += [
            Fallen(name=name, count=count, mass=mass, diameter=diameter, time=phase.end,
                   position=end[:3], velocity=end[3:6])
            for name, count, mass, diameter in parts
        ]  # fmt: skip
    return tuple(found)
