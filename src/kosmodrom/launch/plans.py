"""Ways to fly to an orbit, each drawn roughly: in one burn of the last block, or in two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import MU_EARTH, WGS84_A
from kosmodrom.launch.legs import legs_of
from kosmodrom.launch.problem import Guess
from kosmodrom.launch.sketch import sketched
from kosmodrom.launch.steering import Steered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.legs import Leg
    from kosmodrom.launch.sketch import Sketch
    from kosmodrom.launch.stack import Block, Stack
    from kosmodrom.launch.task import Orbit, Task
    from kosmodrom.launch.trajectory import PhaseSolution, Solution

__all__ = ["Plan", "burns_of", "planned"]

Floats = NDArray[np.float64]

_PARKING = WGS84_A + 180e3  # perigee of the orbit on which it coasts upwards [m]
_DIRECT = WGS84_A + 320e3  # perigees up to here are reached without a coast [m]
_DUE = 1e-3  # beside due east, where an inclination is no corner [rad]
_SAME = 1e-9  # by which an angle is not another one [rad]
_EDGE = 0.02  # share of a leg that is left on either side of where it is cut
#: Shortest and longest coast: to the apogee, and to anywhere on the orbit [revolutions].
_UPWARDS, _AROUND = np.array([0.2, 0.8]), np.array([0.01, 1.3])
_DRIFT_STEPS = 60
_LEAST_GAIN = 5.0  # of speed in the last burn [m/s]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """A way to fly, and where the optimiser starts on it.

    Attributes
    ----------
    burns : int
        How often the last block burns.
    fairing_leg : int
        In which of the burning legs the fairing falls off, see `legs_of`.
    fairing_legs : int
        How many burning legs there are, uncut.
    payload, load : float
        About what is carried, and about the load of the last block [kg].
    steered : Steered
        Vehicle, task and legs; the task of a beginning is to come to `first`.
    guesses : tuple of Guess
        One a leg.
    sketch : Sketch
        From which it was made.
    first : Orbit
        Where the first burn of the last block leads.
    later : float
        Speed to be gained after that [m/s].
    wanted : Task
        What the flight as a whole is asked to do.
    """

    burns: int
    fairing_leg: int
    fairing_legs: int
    payload: float
    load: float
    steered: Steered
    guesses: tuple[Guess, ...]
    sketch: Sketch
    first: Orbit
    later: float
    wanted: Task

    @property
    def begins(self) -> bool:
        """Whether it is only the beginning of a flight, up to a coast.

        Returns
        -------
        bool
            Whether.
        """
        return self.steered.task is not self.wanted

    def with_fairing_leg(self, which: int) -> Plan:
        """Drop the fairing in another leg.

        Parameters
        ----------
        which : int
            In which of the burning legs.

        Returns
        -------
        Plan
            The plan.
        """
        return _posed(self, which, None)

    def whole(self, solution: Solution) -> Plan:
        """Go on from a beginning as solved: with a coast and another burn.

        Parameters
        ----------
        solution : Solution
            Of the beginning.

        Returns
        -------
        Plan
            The way as a whole.
        """
        stack, task = self.steered.stack, self.wanted
        guesses = [Guess(phase.time, phase.states, _steered(phase)) for phase in solution.phases]
        guesses += _drifted(guesses[-1], self.first, task, stack.blocks[-1])
        payload, load = (float(value) for value in solution.parameters[:2])
        legs = legs_of(
            stack, payload, burns=self.burns, fairing_leg=self.fairing_leg,
            throttled=task.limits.acceleration is not None,
        )  # fmt: skip
        period = 2 * np.pi * np.sqrt(self.first.axis**3 / MU_EARTH)
        free = self.first.eccentricity == 0 or task.orbit.argument_of_perigee is not None
        shortest, longest = (_AROUND if free else _UPWARDS) * period
        legs[-2] = replace(legs[-2], duration=(shortest, longest))
        steered = Steered.of(stack, task, legs)
        return replace(self, payload=payload, load=load, steered=steered, guesses=tuple(guesses))

    def towards(self, task: Task, solution: Solution) -> Plan:
        """Take the same way to an orbit nearby, from a solution.

        Parameters
        ----------
        task : Task
            What the flight is asked to do, by the same vehicle.
        solution : Solution
            Of this plan.

        Returns
        -------
        Plan
            The plan.
        """
        steered = replace(self.steered, task=task)
        guesses = tuple(
            Guess(phase.time, phase.states, _steered(phase)) for phase in solution.phases
        )
        return replace(self, steered=steered, guesses=guesses, wanted=task)


def burns_of(stack: Stack, task: Task) -> tuple[int, ...]:
    """Say in how many burns of the last block an orbit may be reached.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    task : Task
        Where to.

    Returns
    -------
    tuple of int
        What is worth a try, the likeliest first.
    """
    last = stack.blocks[-1]
    if last.ignitions < 2:
        return (1,)
    if task.parking is not None:
        return (2,)
    if task.orbit.argument_of_perigee is not None and task.orbit.eccentricity > 0:
        return (2, 1)
    # A plane that the pad never passes through is reached by a turn where it crosses the equator.
    least = _least_inclination(task) - _SAME
    turned = not least <= task.orbit.inclination <= np.pi - least
    return (2, 1) if turned or task.orbit.perigee > _DIRECT else (1,)


def planned(stack: Stack, task: Task, burns: int) -> Plan:
    """Draw a way to fly.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    task : Task
        What it is asked to do.
    burns : int
        How often the last block burns.

    Returns
    -------
    Plan
        The way.
    """
    first, later = _first(task, burns)
    sketch = sketched(stack, task, partial(_uncut, stack, burns), first, later)
    legs = _uncut(stack, burns, sketch.payload)
    which, when = _cool(legs, sketch, task.limits.heating)
    aim = task
    if burns > 1:
        aim = replace(task, orbit=first, reserve=task.reserve + later, parking=None)
    plan = Plan(
        burns=burns,
        fairing_leg=which,
        fairing_legs=sum(not (leg.vertical or leg.coasts) for leg in legs),
        payload=sketch.payload,
        load=sketch.load,
        steered=Steered.of(stack, aim, legs),
        guesses=sketch.guesses,
        sketch=sketch,
        first=first,
        later=later,
        wanted=task,
    )
    return _posed(plan, which, when)


def _first(task: Task, burns: int) -> tuple[Orbit, float]:
    """Give the orbit to which the first burn leads, and the speed that is gained later."""
    if burns == 1:
        return task.orbit, 0.0
    # A plane that the pad does not reach is turned to later, on the equator.
    least = _least_inclination(task) + _DUE
    tilt = min(max(task.orbit.inclination, least), np.pi - least)
    orbit = replace(task.orbit, inclination=tilt)
    if task.parking is not None:
        low, high = task.parking
        first = replace(_free(orbit), perigee=low, apogee=high)
        up = replace(orbit, perigee=min(low, orbit.perigee))
        later = abs(up.speed_at(low) - first.speed_at(low))
        return first, later + abs(orbit.speed_at(orbit.apogee) - up.speed_at(orbit.apogee))
    if orbit.perigee <= _DIRECT:
        first = replace(_free(orbit), apogee=orbit.perigee)
        return first, orbit.speed_at(orbit.perigee) - first.speed_at(orbit.perigee)
    first = replace(_free(orbit), perigee=_PARKING)
    return first, orbit.speed_at(orbit.apogee) - first.speed_at(orbit.apogee)


def _least_inclination(task: Task) -> float:
    """Give the geocentric latitude of the pad, north or south [rad]."""
    return abs(float(np.arcsin(task.pad[2] / np.linalg.norm(task.pad))))


def _free(orbit: Orbit) -> Orbit:
    """Leave the perigee where it comes to lie."""
    return replace(orbit, argument_of_perigee=None)


def _uncut(stack: Stack, burns: int, payload: float) -> list[Leg]:
    """Give the legs up to the end of the first burn of the last block."""
    legs = legs_of(stack, payload, burns=burns, fairing_leg=None)
    return legs if burns == 1 else legs[:-2]


def _cool(legs: Sequence[Leg], sketch: Sketch, limit: float) -> tuple[int, float]:
    """Say in which burning leg, and when, the air is thin enough to drop the fairing."""
    peak = max(float(heat.max()) for heat in sketch.heating)
    hot, number, last = False, -1, 0.0
    for leg, heat, guess in zip(legs, sketch.heating, sketch.guesses, strict=True):
        burns = not (leg.vertical or leg.coasts)
        number += burns
        for time, value in zip(guess.time, heat, strict=False):
            hot = hot or value >= peak
            last = float(time)
            if hot and value < limit and burns:
                return number, last
    return number, last


def _posed(plan: Plan, which: int, when: float | None) -> Plan:
    """Cut the sketch where the fairing falls off."""
    stack, task = plan.steered.stack, plan.steered.task
    uncut = _uncut(stack, plan.burns, plan.payload)
    legs = legs_of(
        stack, plan.payload, burns=plan.burns, fairing_leg=which,
        throttled=task.limits.acceleration is not None,
    )  # fmt: skip
    drawn: list[Guess] = []
    number, off = -1, 0.0
    for leg, guess in zip(uncut, plan.sketch.guesses, strict=True):
        number += not (leg.vertical or leg.coasts)
        if number == which and not off:
            off = stack.fairing
            drawn += _cut(guess, when, off)
        else:
            drawn.append(_lighter(guess, off))
    steered = Steered.of(stack, task, legs[: len(drawn)])
    return replace(plan, fairing_leg=which, steered=steered, guesses=tuple(drawn))


def _steered(phase: PhaseSolution) -> Floats:
    """Give the controls at the nodes of a phase."""
    if phase.controls.shape[1] == 0:
        return np.empty((len(phase.states), 0))
    return phase.controls_at(phase.time)


def _cut(guess: Guess, when: float | None, fairing: float) -> tuple[Guess, Guess]:
    """Cut a guess in two; in the middle where no time is given."""
    begin, end = guess.time[0], guess.time[-1]
    margin = _EDGE * (end - begin)
    time = min(max((begin + end) / 2 if when is None else when, begin + margin), end - margin)
    here = [
        np.array([np.interp(time, guess.time, column) for column in values.T])
        for values in (guess.states, guess.controls)
    ]
    before, after = guess.time < time - margin / 4, guess.time > time + margin / 4
    one = Guess(
        np.append(guess.time[before], time),
        np.vstack([guess.states[before], here[0]]),
        np.vstack([guess.controls[before], here[1]]),
    )
    two = Guess(
        np.insert(guess.time[after], 0, time),
        np.vstack([here[0], guess.states[after]]),
        np.vstack([here[1], guess.controls[after]]),
    )
    return one, _lighter(two, fairing)


def _lighter(guess: Guess, mass: float) -> Guess:
    states = guess.states.copy()
    states[:, 6] -= mass
    return Guess(guess.time, states, guess.controls)


def _drifted(guess: Guess, first: Orbit, task: Task, last: Block) -> tuple[Guess, Guess]:
    """Draw the coast after the first burn of the last block, and the second burn."""
    begin = guess.time[-1]
    period = 2 * np.pi * np.sqrt(first.axis**3 / MU_EARTH)
    length = _coasted(guess.states[-1], task.orbit, first) * period
    states = [guess.states[-1]]
    step = length / _DRIFT_STEPS
    for _ in range(_DRIFT_STEPS):
        states.append(_fallen(states[-1], step))
    coast = Guess(
        begin + step * np.arange(len(states)), np.array(states), np.empty((len(states), 0))
    )
    end = states[-1]
    radius, speed = np.linalg.norm(end[:3]), np.linalg.norm(end[3:6])
    wanted = task.orbit.speed_at(float(np.clip(radius, task.orbit.perigee, task.orbit.apogee)))
    gain = max(float(wanted - speed), _LEAST_GAIN)
    exhaust = last.engine.vacuum_thrust / last.engine.flow
    burnt = end[6] * (1 - np.exp(-gain / exhaust))
    way, part = end[3:6] / speed, np.linspace(0.0, 1.0, 5)
    burn = np.tile(end, (5, 1))
    burn[:, 3:6] += np.outer(part * gain, way)
    burn[:, 6] -= part * burnt
    time = coast.time[-1] + part * max(burnt / last.engine.flow, 2.0)
    return coast, Guess(time, burn, np.tile(way, (5, 1)))


def _coasted(state: Floats, orbit: Orbit, first: Orbit) -> float:
    """Say for which part of a revolution it coasts: to the apogee, or to the wanted perigee."""
    if orbit.argument_of_perigee is None or first.eccentricity > 0:
        return 0.5
    momentum = np.cross(state[:3], state[3:6])
    node = np.array([-momentum[1], momentum[0], 0.0])
    ahead = np.cross(momentum, node) / np.linalg.norm(momentum)
    here = np.arctan2(state[:3] @ ahead, state[:3] @ node)
    part = float((orbit.argument_of_perigee - here) / (2 * np.pi) % 1.0)
    return part if part > 0.02 else part + 1.0


def _fallen(state: Floats, step: float) -> Floats:
    """Go on along an orbit by one step of Runge and Kutta."""

    def _rates(here: Floats) -> Floats:
        pull = -MU_EARTH * here[:3] / np.linalg.norm(here[:3]) ** 3
        return np.concatenate([here[3:6], pull, [0.0]])

    one = _rates(state)
    two = _rates(state + step / 2 * one)
    three = _rates(state + step / 2 * two)
    four = _rates(state + step * three)
    return np.asarray(state + step / 6 * (one + 2 * two + 2 * three + four))
