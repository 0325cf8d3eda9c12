"""A flight drawn roughly, as a start for the optimiser: many programmes are tried at once.

Every programme climbs, turns over along a power of time to a pitch at the end of the first blocks,
then lets the tangent of the pitch fall in a straight line; it stops burning when it has the energy
of the orbit. The one that comes nearest is the start.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A
from kosmodrom.launch.atmosphere import air_at
from kosmodrom.launch.problem import Guess

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kosmodrom.launch.legs import Leg
    from kosmodrom.launch.stack import Stack
    from kosmodrom.launch.task import Orbit, Task

__all__ = ["Sketch", "ideal_speed", "payload_for", "sketched"]

Floats = NDArray[np.float64]

_STEPS = 4.0, 12.0  # of time, in the first turn and after [s]
_TURNED = 150.0  # by when the first turn is done at the latest [s]
_LOSSES = 1500.0  # by gravity, air and steering, about [m/s]
_AIR = 1.225, 7200.0, 0.4  # density on the ground, height in which it falls by e, drag; roughly
_GRID = (
    np.radians([12.0, 20.0, 28.0, 38.0, 50.0]),  # pitch after the first turn
    np.array([0.5, 0.7, 1.0]),  # power of time in it
    np.radians([-25.0, -12.0, 0.0, 12.0]),  # pitch at the end
)
_LOADS = np.array([0.3, 0.6, 1.0])  # of its tanks, of a block that is filled by need
_SHARES = np.array([0.6, 0.85, 1.1])  # of the payload that the losses leave
_ROUNDS = 1.0, 1.0, 0.6, 0.3, 0.15  # how far about the best is looked, after the grid
_TURNS = np.radians(5.0), np.radians(75.0)
_STEEPEST = np.radians(45.0)
#: What counts as much as one another of what is off at the end [m, m/s, m/s].
_OFF = 25e3, 120.0, 250.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sketch:
    """A rough flight.

    Attributes
    ----------
    payload, load : float
        What is carried, and the load of the last block [kg].
    turned, power, final : float
        Pitch at the end of the first turn, power of time in it, pitch at the end [rad, -, rad].
    guesses : tuple of Guess
        One a leg.
    heating : tuple of numpy.ndarray, shape (k,) each
        Half the density times the cube of the speed at the times of each guess [W/m²].
    off : float
        How far it ends from the orbit; 1 is a good start [-].
    """

    payload: float
    load: float
    turned: float
    power: float
    final: float
    guesses: tuple[Guess, ...]
    heating: tuple[Floats, ...]
    off: float


@dataclass(slots=True, eq=False)
class _Many:
    """Programmes and, as they fly, where each is."""

    turned: Floats
    power: Floats
    final: Floats
    payload: Floats
    load: Floats
    position: Floats
    velocity: Floats
    mass: Floats


def ideal_speed(stack: Stack, payload: float) -> float:
    """Add up what the blocks give without gravity and air.

    Parameters
    ----------
    stack : Stack
        The launch vehicle; the fairing goes half-way.
    payload : float
        What it carries [kg].

    Returns
    -------
    float
        Speed [m/s].
    """
    mass = stack.mass + payload
    total = 0.0
    side = [block for block in stack.blocks if block.lit is not None]
    core = side[-1]
    share = {b.name: min(1.0, side[0].burn_time / b.burn_time) for b in side}
    burnt = sum(b.expelled * share[b.name] for b in side)
    force = sum(b.engine.vacuum_thrust * b.burn_time * share[b.name] for b in side)
    total += 0.96 * force / burnt * np.log(mass / (mass - burnt))
    mass -= burnt + sum(b.left + b.expelled * (1 - share[b.name]) for b in side[:-1])
    rest = [(core, core.expelled * (1 - share[core.name]))]
    rest += [(b, b.expelled) for b in stack.blocks if b.lit is None]
    for number, (block, load) in enumerate(rest):
        if number == 1:
            mass -= stack.fairing
        if load > 0:
            total += block.engine.vacuum_thrust / block.engine.flow * np.log(mass / (mass - load))
        mass -= load + block.left
    return float(total)


def payload_for(stack: Stack, speed: float) -> float:
    """Find what can be carried by the ideal speed that is asked for.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    speed : float
        Ideal speed, losses included [m/s].

    Returns
    -------
    float
        Payload; negative where there is none [kg].
    """
    low, high = 0.0, 0.2 * stack.mass
    if ideal_speed(stack, low) < speed:
        return -1.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if ideal_speed(stack, middle) > speed else (low, middle)
    return low


def sketched(
    stack: Stack, task: Task, cut: Callable[[float], Sequence[Leg]], first: Orbit, later: float
) -> Sketch:
    """Draw a flight to an orbit.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    task : Task
        From where, and in which direction.
    cut : callable
        Takes a payload [kg], gives the legs up to the end of the first burn of the last block; the
        fairing stays on.
    first : Orbit
        Where they lead.
    later : float
        Speed that the last block has to give after that [m/s].

    Returns
    -------
    Sketch
        The nearest of all that were tried: over a grid first, then closer about the best.
    """
    payloads = np.array([task.payload or 0.0])
    if task.payload is None:
        spin = EARTH_ROTATION_RATE * np.hypot(*task.pad[:2]) * np.cos(first.inclination)
        wanted = first.speed_at(first.perigee) - spin + later + _LOSSES
        payloads = max(payload_for(stack, wanted), 0.002 * stack.mass) * _SHARES
    last = stack.blocks[-1]
    loads = last.expelled * (_LOADS if last.filled_by_need else np.ones(1))
    drawn = np.array(list(itertools.product(*_GRID, payloads, loads))).T
    found: Sketch | None = None
    for closer in _ROUNDS:
        if found is not None:
            shares = 1 + closer * np.array([-0.2, 0.0, 0.2] if task.payload is None else [0.0])
            loaded = 1 + closer * np.array([-0.25, 0.0, 0.25] if last.filled_by_need else [0.0])
            turn = closer * np.radians([-8.0, 0.0, 8.0])
            drawn = np.array(
                list(
                    itertools.product(
                        np.clip(found.turned + turn, *_TURNS),
                        found.power * (1 + closer * np.array([-0.2, 0.0, 0.2])),
                        np.clip(found.final + turn, -_STEEPEST, _STEEPEST),
                        found.payload * shares,
                        np.unique(np.minimum(found.load * loaded, last.expelled)),
                    )
                )
            ).T
        legs = cut(float(np.median(drawn[3])))
        other = _flown(stack, task, legs, first, later, _ready(stack, task, drawn))
        found = other if found is None or other.off <= found.off else found
    assert found is not None  # noqa: S101 -- there is a round
    return found


def _ready(stack: Stack, task: Task, drawn: Floats) -> _Many:
    """Put programmes on the pad."""
    pad, count = task.pad, drawn.shape[1]
    turned, power, final, payload, load = drawn
    return _Many(
        turned=turned,
        power=power,
        final=final,
        payload=payload,
        load=load,
        position=np.tile(pad, (count, 1)),
        velocity=np.tile(EARTH_ROTATION_RATE * np.array([-pad[1], pad[0], 0.0]), (count, 1)),
        mass=stack.mass - stack.blocks[-1].expelled + payload + load,
    )


@dataclass(slots=True, eq=False)
class _Log:
    """What was written down on the way: one list entry a time."""

    leg: list[int]
    time: list[float]
    states: list[Floats]
    directions: list[Floats]


def _flown(
    stack: Stack, task: Task, legs: Sequence[Leg], first: Orbit, later: float, many: _Many
) -> Sketch:
    """Fly all programmes, and choose one."""
    lengths = [leg.drawn_length for leg in legs]
    rise = sum(length for leg, length in zip(legs, lengths, strict=True) if leg.vertical)
    ground = sum(
        length
        for leg, length in zip(legs, lengths, strict=True)
        if leg.burning and leg.burning[-1].lit is not None
    )
    times = rise, min(ground, _TURNED), sum(lengths)
    normal = _normal(task, first)
    energy = -MU_EARTH / (2 * first.axis)
    stopped = np.full(len(many.mass), -1)
    log, time = _Log([], [], [], []), 0.0
    load = many.load + many.payload
    for number, (leg, length) in enumerate(zip(legs, lengths, strict=True)):
        if number == 0 or legs[number - 1].dropped:
            many.mass = leg.begun + load
        steps = max(2, int(np.ceil(length / _STEPS[0 if time < _TURNED else 1])))
        for count in range(steps + 1):
            direction = _pitched(many, normal, time, times)
            log.leg.append(number)
            log.time.append(time)
            log.states.append(np.column_stack([many.position, many.velocity, many.mass]))
            log.directions.append(direction)
            if leg.last:
                radius = np.linalg.norm(many.position, axis=1)
                found = (many.velocity**2).sum(axis=1) / 2 - MU_EARTH / radius
                stopped[(found >= energy) & (stopped < 0)] = len(log.time) - 1
            if count < steps:
                _step(stack, leg, many, direction, length / steps)
                time += length / steps
    stopped[stopped < 0] = len(log.time) - 1
    return _chosen(stack, legs, first, later, many, log, stopped)


def _normal(task: Task, orbit: Orbit) -> Floats:
    """Give the normal of the plane over the pad, or the nearest to it."""
    pad = task.pad / np.linalg.norm(task.pad)
    latitude = np.arcsin(pad[2])
    sine = np.clip(np.cos(orbit.inclination) / np.cos(latitude), -1.0, 1.0)
    azimuth = np.arcsin(sine) if task.ascending else np.pi - np.arcsin(sine)
    east = np.array([-pad[1], pad[0], 0.0]) / np.hypot(pad[0], pad[1])
    north = np.cross(pad, east)
    return np.asarray(np.cross(pad, np.sin(azimuth) * east + np.cos(azimuth) * north))


def _pitched(
    many: _Many, normal: Floats, time: float, times: tuple[float, float, float]
) -> Floats:
    """Give the directions of thrust at a time."""
    rise, bend, whole = times
    up: Floats = many.position / np.linalg.norm(many.position, axis=1, keepdims=True)
    if time <= rise:
        return up
    along = np.cross(normal, up)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    if time < bend:
        turned = np.asarray(((time - rise) / (bend - rise)) ** many.power)
        pitch = np.pi / 2 - (np.pi / 2 - many.turned) * turned
    else:
        part = (time - bend) / (whole - bend)
        pitch = np.arctan(np.tan(many.turned) * (1 - part) + np.tan(many.final) * part)
    return np.asarray(np.sin(pitch)[:, np.newaxis] * up + np.cos(pitch)[:, np.newaxis] * along)


def _step(stack: Stack, leg: Leg, many: _Many, direction: Floats, step: float) -> None:
    """Go on by one step, by the middle of it."""
    area, engine = stack.drag.area, leg.engine

    def _pull(position: Floats, velocity: Floats, mass: Floats) -> Floats:
        radius = np.linalg.norm(position, axis=1, keepdims=True)
        share = np.exp(-np.maximum(radius - WGS84_A + 8e3, 0.0) / _AIR[1])
        wind = velocity - EARTH_ROTATION_RATE * np.column_stack(
            [-position[:, 1], position[:, 0], np.zeros(len(position))]
        )
        speed = np.linalg.norm(wind, axis=1, keepdims=True)
        drag = 0.5 * _AIR[0] * share * _AIR[2] * area * speed * wind
        thrust = engine.vacuum_thrust - 101_325.0 * share * engine.exit_area
        push = (thrust * direction - drag) / mass[:, np.newaxis]
        return np.asarray(push - MU_EARTH * position / radius**3)

    half = step / 2
    pull = _pull(many.position, many.velocity, many.mass)
    position, velocity = many.position + half * many.velocity, many.velocity + half * pull
    pull = _pull(position, velocity, many.mass - half * engine.flow)
    many.position = many.position + step * velocity
    many.velocity = many.velocity + step * pull
    many.mass = many.mass - step * engine.flow


def _chosen(
    stack: Stack, legs: Sequence[Leg], first: Orbit, later: float,
    many: _Many, log: _Log, stopped: NDArray[np.int64],
) -> Sketch:  # fmt: skip
    """Choose the programme that ends nearest to the orbit, and cut it into guesses."""
    states = np.stack(log.states)
    ends = states[stopped, np.arange(len(stopped))]
    position, velocity, mass = ends[:, :3], ends[:, 3:6], ends[:, 6]
    radius = np.linalg.norm(position, axis=1)
    climb = (position * velocity).sum(axis=1) / radius
    speed = np.linalg.norm(velocity, axis=1)
    last = stack.blocks[-1]
    exhaust = last.engine.vacuum_thrust / last.engine.flow
    dry = last.left + many.payload
    spare = exhaust * np.log(np.maximum(mass, dry) / dry) - later
    short = np.maximum(first.speed_at(first.perigee) - speed, 0.0)
    off = (
        np.abs(radius - first.perigee) / _OFF[0]
        + np.abs(climb) / _OFF[1]
        + np.abs(spare - short) / _OFF[2]
    )
    best = int(np.argmin(off))
    return Sketch(
        payload=float(many.payload[best]),
        load=float(many.load[best]),
        turned=float(many.turned[best]),
        power=float(many.power[best]),
        final=float(many.final[best]),
        guesses=tuple(
            _guess(log, number, best, int(stopped[best])) for number in range(len(legs))
        ),
        heating=tuple(_heating(log, number, best) for number in range(len(legs))),
        off=float(off[best]),
    )


def _rows(log: _Log, number: int) -> list[int]:
    return [row for row, leg in enumerate(log.leg) if leg == number]


def _guess(log: _Log, number: int, best: int, stop: int) -> Guess:
    rows = _rows(log, number)
    rows = [row for row in rows if row <= stop or row < rows[0] + 2]
    time = np.array([log.time[row] for row in rows])
    states = np.array([log.states[row][best] for row in rows])
    directions = np.array([log.directions[row][best] for row in rows])
    return Guess(time, states, directions)


def _heating(log: _Log, number: int, best: int) -> Floats:
    found = []
    for row in _rows(log, number):
        state = log.states[row][best]
        height = np.linalg.norm(state[:3]) - WGS84_A + 8e3
        speed = np.linalg.norm(state[3:6])
        found.append(0.5 * float(air_at(height).density) * speed**3)
    return np.array(found)
