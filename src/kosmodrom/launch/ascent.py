"""From a launch vehicle and an orbit to a flight that has been checked."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from kosmodrom.errors import InputError, ModelError
from kosmodrom.launch.flight import Checks, Flight
from kosmodrom.launch.history import arcs_of, events_of, fallen_of
from kosmodrom.launch.joints import LOAD
from kosmodrom.launch.optimum import Found, checked, exact, found_near, refined_enough
from kosmodrom.launch.reintegration import integrator, loading
from kosmodrom.launch.sensitivity import sensitivities
from kosmodrom.launch.symbols import library
from kosmodrom.launch.zones import sought_within

if TYPE_CHECKING:
    from collections.abc import Callable

    from kosmodrom.launch.stack import Stack
    from kosmodrom.launch.task import Task

__all__ = ["Carried", "ascended", "carried", "prepared"]

T = TypeVar("T")


def _later(work: Callable[[], T]) -> Callable[[], T]:
    return work


def prepared() -> None:
    """Load the libraries that an ascent needs, before the process is copied: once for all."""
    integrator()
    ca = library()
    x = ca.SX.sym("x")
    ca.nlpsol("loaded", "ipopt", {"x": x, "f": x**2}, {"print_time": False})


def ascended(
    stack: Stack,
    task: Task,
    near: Carried | None = None,
    beside: Callable[[Callable[[], dict[str, float]]], Callable[[], dict[str, float]]] = _later,
) -> Flight:
    """Find the flight that carries most, or that needs least for a given payload.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    task : Task
        From where, to which orbit, within which limits.
    near : Carried or None
        What the same vehicle carries from the same pad on a flight that differs little.
    beside : callable
        Takes some work, gives a function that returns its answer; it may be done meanwhile.

    Returns
    -------
    Flight
        The flight, on a mesh on which the payload no longer moves, flown once more by another
        integrator. Where none was found, or it does not pass, there is a ModelError.
    """
    loading()
    fine = _fine(stack, task, near)
    moves = beside(partial(sensitivities, fine)) if task.payload is None else None
    found, checks = checked(fine)
    steered, solution = found.plan.steered, found.solution
    arcs = arcs_of(steered, solution)
    last, end = stack.blocks[-1], float(solution.phases[-1].states[-1, 6])
    exhaust = last.engine.vacuum_thrust / last.engine.flow
    unburnt = end - found.payload - last.left
    kept = end * (1 - np.exp(-task.reserve / exhaust))
    return Flight(
        payload=found.payload,
        left=unburnt - float(kept),
        loaded=float(solution.parameters[LOAD]),
        arcs=arcs,
        events=events_of(steered.legs, solution, arcs),
        fallen=fallen_of(steered, solution),
        sensitivity=moves() if moves else {},
        checks=checks,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Carried:
    """What a flight carries, without the flight itself.

    Attributes
    ----------
    payload : float
        What is carried [kg].
    checks : Checks
        How it was checked.
    found : Found
        The flight as the optimiser has it, from which a flight to an orbit nearby is found.
    """

    payload: float
    checks: Checks
    found: Found

    @property
    def sensitivity(self) -> dict[str, float]:
        """How the payload moves with the numbers of the vehicle, worked out when asked for.

        Returns
        -------
        dict of str to float
            As that of a `Flight` [kg].
        """
        return sensitivities(self.found)


def carried(stack: Stack, task: Task, near: Carried | None = None) -> Carried:
    """Find what can be carried, from a flight to an orbit nearby where there is one.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    task : Task
        From where, to which orbit, within which limits.
    near : Carried or None
        What the same vehicle carries from the same pad to an orbit nearby.

    Returns
    -------
    Carried
        The payload, checked as that of `ascended`.
    """
    loading()
    fine = _fine(stack, task, near)
    found, checks = checked(fine)
    return Carried(payload=found.payload, checks=checks, found=fine)


def _fine(stack: Stack, task: Task, near: Carried | None) -> Found:
    """Find a flight on a fine mesh; anew where it is too far from its neighbour."""
    if near is not None:
        # What the air does to the falls is known from the neighbour.
        zones = near.found.plan.steered.task.limits.zones
        task = replace(task, limits=replace(task.limits, zones=zones))
        with suppress(ModelError, InputError):
            return refined_enough(found_near(task, near.found))
    try:
        return exact(sought_within(stack, task))
    except ModelError as error:
        if task.payload is None:
            raise
        most = exact(sought_within(stack, replace(task, payload=None))).payload
        if most >= task.payload:
            raise error from None
        raise ModelError(
            f"{stack.name} does not carry {task.payload:.0f} kg to that orbit: the most that was "
            f"found is {most:.0f} kg. Give less payload or a lower orbit"
        ) from None
