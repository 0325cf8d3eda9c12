"""The ascent of a launch vehicle that carries most, or that needs least, found and checked.

Several ways to fly are drawn roughly and solved on a coarse mesh; the best is solved on finer ones
until the laws of motion hold everywhere, then on a mesh of twice the size, and flown once more by
another integrator with other equations.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import ModelError
from kosmodrom.launch.collocation import refined, solve
from kosmodrom.launch.flight import Checks
from kosmodrom.launch.joints import PAYLOAD, ascent_problem
from kosmodrom.launch.law import ascent_law
from kosmodrom.launch.plans import burns_of, planned
from kosmodrom.launch.radau import Mesh
from kosmodrom.launch.refinement import refined_until
from kosmodrom.launch.reintegration import reintegrated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.legs import Leg
    from kosmodrom.launch.plans import Plan
    from kosmodrom.launch.problem import Problem
    from kosmodrom.launch.stack import Stack
    from kosmodrom.launch.task import Task
    from kosmodrom.launch.trajectory import Solution

__all__ = ["Found", "checked", "exact", "found_again", "found_near", "refined_enough", "sought"]

Floats = NDArray[np.float64]

_DOUBLINGS = 2  # of the mesh, at most
#: Error of a state within an interval, of its scale, before the mesh is doubled: of a short flight
#: and of one that coasts, on which errors grow.
_EXACT, _EXACT_COAST = 3e-6, 1e-7
_SHORT = 900.0  # flight [s]
_FAR, _FAST, _MOVED = 10.0, 0.05, 1e-3  # by how much the checks may be off [m, m/s, share]
#: By how much limits are loosened for a start, and the way back.
_LOOSE, _TIGHTENED = 4.0, (2.0, 1.5, 1.25, 1.1, 1.0)
_SURELY = 1.03  # of an acceleration: the payload is known roughly
_AT_EDGE = 1.5  # a cut this near to its least share of a leg wants to be in the next one


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Found:
    """A flight as the optimiser has it.

    Attributes
    ----------
    plan : Plan
        The way it flies.
    problem : Problem
        What was solved.
    solution : Solution
        The solution.
    """

    plan: Plan
    problem: Problem
    solution: Solution

    @property
    def payload(self) -> float:
        """What is carried.

        Returns
        -------
        float
            Mass [kg].
        """
        return float(self.solution.parameters[PAYLOAD])

    @property
    def merit(self) -> float:
        """What was made greatest, to compare ways to fly.

        Returns
        -------
        float
            Payload, or what a given payload leaves in the tanks [kg].
        """
        return -self.solution.cost


def sought(stack: Stack, task: Task) -> Found:
    """Find the best way to fly, on a coarse mesh.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    task : Task
        What it is asked to do.

    Returns
    -------
    Found
        Along the likeliest of the ways that lead there.
    """
    failures = []
    for burns in burns_of(stack, task):
        try:
            plan = planned(stack, task, burns)
            _check_acceleration(plan)
            return _flown(plan)
        except ModelError as error:
            failures.append(error)
    raise failures[0]


def found_near(task: Task, near: Found) -> Found:
    """Find the best way to fly from that to an orbit nearby, on the same meshes.

    Parameters
    ----------
    task : Task
        What the same vehicle is asked to do, from the same pad.
    near : Found
        A flight.

    Returns
    -------
    Found
        The flight.
    """
    plan = near.plan.towards(task, near.solution)
    problem = ascent_problem(plan.steered, plan.guesses, plan.payload, plan.load)
    meshes = [phase.mesh for phase in near.solution.phases]
    start = replace(near.solution, statistics=())
    found = Found(plan=plan, problem=problem, solution=refined(problem, start, meshes))
    if _elsewhere(found) not in {None, _elsewhere(near)}:
        raise ModelError("the fairing wants to fall off elsewhere; start anew")
    return found


def found_again(task: Task, near: Found) -> Found:
    """Find the best way to fly where a flight close to it is known, and limits are others.

    Parameters
    ----------
    task : Task
        What the same vehicle is asked to do, from the same pad.
    near : Found
        A flight that keeps to the limits of the task, or nearly so.

    Returns
    -------
    Found
        The flight, on the same meshes.
    """
    plan = near.plan.towards(task, near.solution)
    payload, load = (float(value) for value in near.solution.parameters[:2])
    plan = replace(plan, payload=payload, load=load)
    problem = ascent_problem(plan.steered, plan.guesses, payload, load)
    meshes = [phase.mesh for phase in near.solution.phases]
    return Found(plan=plan, problem=problem, solution=solve(problem, meshes, close=True))


def exact(found: Found) -> Found:
    """Solve a flight on finer meshes until it follows its laws everywhere.

    Parameters
    ----------
    found : Found
        The flight on a coarse mesh.

    Returns
    -------
    Found
        The flight on a fine one.
    """
    meshes = _meshes(found.plan.steered.legs, fine=True)
    fine = refined(found.problem, found.solution, meshes)
    return refined_enough(replace(found, solution=fine))


def refined_enough(found: Found) -> Found:
    """Cut the intervals of a flight that do not follow its laws yet.

    Parameters
    ----------
    found : Found
        The flight on a fine mesh.

    Returns
    -------
    Found
        The same where it is exact enough.
    """
    long = found.solution.phases[-1].end > _SHORT
    limit = _EXACT_COAST if long else _EXACT
    return replace(found, solution=refined_until(found.problem, found.solution, limit))


def checked(found: Found) -> tuple[Found, Checks]:
    """Look at a flight in two other ways: on a doubled mesh, and flown by another integrator.

    Parameters
    ----------
    found : Found
        The flight on a fine mesh.

    Returns
    -------
    found : Found
        The flight on the finest mesh.
    checks : Checks
        How far the others are off. Where that is too far there is a ModelError.
    """
    steered, problem, fine = found.plan.steered, found.problem, found.solution
    laws = [
        ascent_law(leg.engine, steered.drag_of(leg), throttled=leg.throttled)
        for leg in steered.legs
    ]
    for _ in range(_DOUBLINGS):
        double = refined(problem, fine)
        ends = reintegrated(double, laws, steered.scales)
        off = ends[-1] - double.phases[-1].states[-1]
        checks = Checks(
            position=float(np.linalg.norm(off[:3])),
            velocity=float(np.linalg.norm(off[3:6])),
            doubled=float(fine.cost - double.cost),
            statistics=double.statistics,
        )
        fine = double
        worst = _worst(checks, float(double.parameters[PAYLOAD]))
        if not worst:
            return Found(plan=found.plan, problem=problem, solution=double), checks
    raise ModelError(
        f"the flight found does not pass its checks: {worst}. It is not shown; loosen the limits "
        "of the flight, or ask for an orbit nearby"
    )


def _check_acceleration(plan: Plan) -> None:
    """Refuse a limit that engines side by side, or of solid propellant, cannot keep."""
    limit = plan.steered.task.limits.acceleration
    if limit is None:
        return
    fixed = [
        (leg.engine.vacuum_thrust / mass, leg.name)
        for leg in plan.steered.legs
        if not (leg.coasts or leg.throttled)
        for mass in [leg.begun + plan.payload + plan.load - leg.engine.flow * leg.duration[1]]
        if mass > 0
    ]
    felt, name = max(fixed, default=(0.0, ""))
    if felt > _SURELY * limit:
        raise ModelError(
            f"{limit:g} m/s² cannot be kept: {name} burn without being throttled, and give about "
            f"{felt:.0f} m/s² in the end with {plan.payload:.0f} kg. Single engines of liquid "
            "propellant alone are throttled; give more, or no limit"
        )


def _worst(checks: Checks, payload: float) -> str:
    """Say what does not pass the checks; nothing where all does."""
    worst = [
        f"{name} is off by {value:.3g} {unit}, more than {limit:g} {unit}"
        for name, value, limit, unit in (
            ("the place of insertion, flown by another integrator,", checks.position, _FAR, "m"),
            (
                "the speed of insertion, flown by another integrator,",
                checks.velocity,
                _FAST,
                "m/s",
            ),
            ("what is carried, on a doubled mesh,", abs(checks.doubled), _MOVED * payload, "kg"),
        )
        if not value <= limit
    ]
    return "; ".join(worst)


def _flown(plan: Plan) -> Found:
    """Solve a plan; one with a coast in two steps, the first of which ends where it begins."""
    found = _placed(plan)
    blocks = [block for block in plan.steered.stack.blocks if block.lit is None]
    if found.plan.fairing_leg == plan.fairing_legs - 1 and len(blocks) > 1:
        # A sketch that stays low under its fairing for long may miss a better way above it.
        found = _better(found, plan.with_fairing_leg(plan.fairing_legs - 2))
    return _solved(found.plan.whole(found.solution), close=True) if plan.begins else found


def _better(found: Found, plan: Plan) -> Found:
    """Try another plan, and take it if it is better."""
    try:
        other = _solved_at_once(plan)
    except ModelError:
        return found
    return other if other.merit > found.merit else found


def _placed(plan: Plan) -> Found:
    """Solve a plan, and move the end of the fairing to where it belongs."""
    best = _solved(plan)
    tried = {plan.fairing_leg}
    while (wanted := _elsewhere(best)) is not None and wanted not in tried:
        tried.add(wanted)
        other = _solved(best.plan.with_fairing_leg(wanted))
        if other.merit <= best.merit:
            break
        best = other
    return best


def _solved(plan: Plan, *, close: bool = False) -> Found:
    """Solve a plan; where its limits are too tight for the sketch, from looser ones."""
    try:
        return _solved_at_once(plan, close=close)
    except ModelError as error:
        found = _approached(plan)
        if found is None:
            raise error from None
        return found


def _solved_at_once(plan: Plan, *, close: bool = False) -> Found:
    problem = ascent_problem(plan.steered, plan.guesses, plan.payload, plan.load)
    solution = solve(problem, _meshes(plan.steered.legs, fine=False), close=close)
    return Found(plan=plan, problem=problem, solution=solution)


def _approached(plan: Plan) -> Found | None:
    """Solve a plan with loose limits, and tighten them step by step."""
    wanted = plan.steered.task.limits
    if wanted.loosened(_LOOSE) == wanted:
        return None
    task = replace(plan.steered.task, limits=wanted.loosened(_LOOSE))
    steered = replace(plan.steered, task=task)
    try:
        found = _solved_at_once(replace(plan, steered=steered))
        for factor in _TIGHTENED:
            task = replace(task, limits=wanted.loosened(factor))
            found = found_near(task, found)
    except ModelError:
        return None
    return replace(found, plan=replace(found.plan, wanted=plan.wanted))


def _elsewhere(found: Found) -> int | None:
    """Say in which burning leg the fairing should fall off, where not in this one."""
    legs = found.plan.steered.legs
    at = next(number for number, leg in enumerate(legs) if leg.sheds_fairing)
    before, after = found.solution.phases[at : at + 2]
    if before.end - before.begin < _AT_EDGE * legs[at].duration[0]:
        wanted = found.plan.fairing_leg - 1
    elif after.end - after.begin < _AT_EDGE * legs[at + 1].duration[0]:
        wanted = found.plan.fairing_leg + 1
    else:
        return None
    return wanted if 0 <= wanted < found.plan.fairing_legs else None


def _meshes(legs: Sequence[Leg], *, fine: bool) -> list[Mesh]:
    """Cut legs into intervals: more where the air is thick, less on a coast."""
    meshes = []
    for leg in legs:
        longest = leg.duration[1]
        if leg.vertical:
            count = 1
        elif leg.coasts:
            count = 1 if longest < 60 else 5
        elif leg.fairing_on:
            count = int(np.clip(np.ceil(longest / 30), 2, 5))
        else:
            count = int(np.clip(np.ceil(longest / 50), 2, 5))
        meshes.append(Mesh.even(2 * count, 5) if fine else Mesh.even(count, 4))
    return meshes
