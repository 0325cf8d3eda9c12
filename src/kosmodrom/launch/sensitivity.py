"""By how much the payload moves with each number of the vehicle, from the multipliers.

At an optimum the cost moves with a number as the Lagrangian does at the same flight: the rows and
bounds are written once more with the number changed a little, and what they are off by is weighed
with their multipliers. Nothing is solved.

References
----------
A. V. Fiacco, Introduction to Sensitivity and Stability Analysis in Nonlinear Programming, Academic
Press, 1983, section 3.4.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.collocation import raw_point
from kosmodrom.launch.joints import ascent_problem
from kosmodrom.launch.legs import legs_of
from kosmodrom.launch.motion import Drag, Engine
from kosmodrom.launch.transcription import transcribe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kosmodrom.launch.optimum import Found
    from kosmodrom.launch.stack import Block, Stack
    from kosmodrom.launch.transcription import Program

__all__ = ["sensitivities"]

Floats = NDArray[np.float64]

_STEP = 1e-4  # share by which a number is changed


def sensitivities(found: Found) -> dict[str, float]:
    """Say how the payload moves with the numbers of the vehicle.

    Parameters
    ----------
    found : Found
        A flight that carries as much as it can.

    Returns
    -------
    dict of str to float
        By how much the payload grows where a number grows by its own size; keys are like
        ``"Block I:isp"``, with isp, thrust, propellant and left, and ``"fairing"`` and ``"drag"``
        [kg].
    """
    plan, solution = found.plan, found.solution
    meshes = [phase.mesh for phase in solution.phases]
    program = transcribe(found.problem, meshes, derivatives=False)
    point, of_bounds, of_rows = raw_point(program, solution)
    here = _rows(program, point)
    scale = float(found.problem.cost_scale)
    result = {}
    for name, stack in _changed(plan.steered.stack):
        legs = legs_of(
            stack, plan.payload, burns=plan.burns, fairing_leg=plan.fairing_leg,
            throttled=plan.steered.task.limits.acceleration is not None,
            rise=plan.steered.legs[0].duration[0],
        )  # fmt: skip
        legs = [
            replace(leg, duration=old.duration) if old.coasts else leg
            for leg, old in zip(legs, plan.steered.legs, strict=True)
        ]
        steered = replace(plan.steered, stack=stack, legs=tuple(legs))
        problem = ascent_problem(steered, plan.guesses, plan.payload, plan.load)
        other = transcribe(problem, meshes, derivatives=False)
        moved = of_rows @ (_past(_rows(other, point), other, of_rows)
                           - _past(here, program, of_rows))  # fmt: skip
        moved -= of_bounds @ (_active(other.low, other.high, of_bounds)
                              - _active(program.low, program.high, of_bounds))  # fmt: skip
        result[name] = -float(moved) * scale / _STEP
    return result


def _rows(program: Program, point: Floats) -> Floats:
    return np.array(program.values(point, [])[1]).ravel()


def _active(low: Floats, high: Floats, multipliers: Floats) -> Floats:
    """Give the bound that a multiplier belongs to; zero where it belongs to none."""
    bound = np.where(multipliers > 0, high, low)
    return np.where(np.isfinite(bound), bound, 0.0)


def _past(rows: Floats, program: Program, multipliers: Floats) -> Floats:
    return rows - _active(program.row_low, program.row_high, multipliers)


def _changed(stack: Stack) -> Iterator[tuple[str, Stack]]:
    """Change one number after the other."""
    more = 1 + _STEP
    for number, block in enumerate(stack.blocks):
        engine = block.engine
        changed: dict[str, dict[str, Any]] = {
            "isp": {"engine": _engine(engine, more, 1.0)},
            "thrust": {"engine": _engine(engine, more, more)},
            "propellant": {"expelled": block.expelled * more},
            "left": {"left": block.left * more},
        }
        for quantity, fields in changed.items():
            blocks: list[Block] = list(stack.blocks)
            blocks[number] = replace(block, **fields)
            yield f"{block.name}:{quantity}", replace(stack, blocks=tuple(blocks))
    yield "fairing", replace(stack, fairing=stack.fairing * more)
    drag = Drag(stack.drag.area * more, stack.drag.coefficients)
    yield "drag", replace(stack, drag=drag)


def _engine(engine: Engine, thrust: float, flow: float) -> Engine:
    """Change an engine: its exits give the same loss to the air."""
    return Engine(
        vacuum_thrust=engine.vacuum_thrust * thrust,
        exit_area=engine.exit_area,
        flow=engine.flow * flow,
    )
