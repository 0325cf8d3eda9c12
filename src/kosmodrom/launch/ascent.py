"""From a launch vehicle and an orbit to a flight that has been checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.launch.flight import Flight
from kosmodrom.launch.history import arcs_of, events_of, fallen_of
from kosmodrom.launch.joints import LOAD
from kosmodrom.launch.optimum import checked
from kosmodrom.launch.sensitivity import sensitivities
from kosmodrom.launch.zones import sought_within

if TYPE_CHECKING:
    from kosmodrom.launch.stack import Stack
    from kosmodrom.launch.task import Task

__all__ = ["ascended"]


def ascended(stack: Stack, task: Task) -> Flight:
    """Find the flight that carries most, or that needs least for a given payload.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    task : Task
        From where, to which orbit, within which limits.

    Returns
    -------
    Flight
        The flight, on a mesh on which the payload no longer moves, flown once more by another
        integrator. Where none was found, or it does not pass, there is a ModelError.
    """
    rough = sought_within(stack, task)
    found, checks = checked(rough)
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
        sensitivity=sensitivities(rough) if task.payload is None else {},
        checks=checks,
    )
