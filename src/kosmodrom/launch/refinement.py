"""How exactly a solution follows its laws between the points, and finer meshes where it does not.

References
----------
M. A. Patterson, W. W. Hager, A. V. Rao, A ph mesh refinement method for optimal control, Optimal
Control Applications and Methods 36 (2015), 398-421: the estimate of the error, section 3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import InputError, ModelError
from kosmodrom.launch.collocation import refined
from kosmodrom.launch.problem import Phase, Point, Problem
from kosmodrom.launch.radau import Mesh, differentiation_matrix, radau_points
from kosmodrom.launch.symbols import library

if TYPE_CHECKING:
    from kosmodrom.launch.trajectory import PhaseSolution, Solution

__all__ = ["mesh_errors", "refined_until"]

Floats = NDArray[np.float64]

_MOST_PARTS = 6  # into which an interval is cut at once
_MORE_POINTS = 2  # by which an interval is looked at more closely


def mesh_errors(problem: Problem, solution: Solution) -> tuple[Floats, ...]:
    """Estimate by how much the states are off at the end of each interval or inside it.

    The laws are integrated once more over each interval, with more points, along the states and
    controls found; what lies between that and the states is the error.

    Parameters
    ----------
    problem : Problem
        The problem.
    solution : Solution
        Its solution.

    Returns
    -------
    tuple of numpy.ndarray, shape (intervals,) each
        One array a phase: the largest error of a state within the interval, over its scale [-].
    """
    return tuple(
        _errors(phase, found, solution.parameters)
        for phase, found in zip(problem.phases, solution.phases, strict=True)
    )


def refined_until(
    problem: Problem, solution: Solution, tolerance: float, rounds: int = 8
) -> Solution:
    """Cut the intervals that are not exact enough, and solve, until all are.

    Parameters
    ----------
    problem : Problem
        The problem.
    solution : Solution
        Its solution on a coarse mesh.
    tolerance : float
        Largest error of a state within an interval, over its scale [-].
    rounds : int
        How often intervals may be cut.

    Returns
    -------
    Solution
        On a mesh that is fine enough, with the statistics of all solutions on the way. Without
        such a mesh there is none but a ModelError.
    """
    if not tolerance > 0:
        raise InputError(f"tolerance is {tolerance:g}; it must be above zero, like 1e-6")
    for done in range(rounds + 1):
        errors = mesh_errors(problem, solution)
        worst = max(float(each.max()) for each in errors)
        if worst <= tolerance:
            return solution
        if done < rounds:
            meshes = [
                _cut(phase.mesh, each / tolerance)
                for phase, each in zip(solution.phases, errors, strict=True)
            ]
            solution = refined(problem, solution, meshes)
    raise ModelError(
        f"after cutting intervals {rounds} times a state is still off by {worst:.2g} of its "
        f"scale; the limit is {tolerance:.2g}. Cut the phase where a control jumps, or allow more"
    )


def _errors(phase: Phase, found: PhaseSolution, parameters: Floats) -> Floats:
    looked = Mesh(found.mesh.edges, tuple(n + _MORE_POINTS for n in found.mesh.degrees))
    length = found.end - found.begin
    time = found.begin + length * looked.points
    states = found.mesh.interpolate(found.states, looked.points)
    controls = found.mesh.interpolate(found.controls, looked.points)
    rates = _rates(phase, time, states, controls, parameters)
    errors = np.empty(len(looked.degrees))
    for number, (first, degree) in enumerate(zip(looked.firsts, looked.degrees, strict=False)):
        rows = slice(first, first + degree)
        slopes = differentiation_matrix(np.concatenate([[0.0], radau_points(degree)[0]]))
        integral = np.linalg.solve(slopes[1:, 1:], rates[rows])
        start = found.states[found.mesh.firsts[number]]
        off = start + length * looked.widths[number] * integral - states[rows]
        errors[number] = np.max(np.abs(off) / phase.states.scale)
    return errors


def _rates(
    phase: Phase, time: Floats, states: Floats, controls: Floats, parameters: Floats
) -> Floats:
    """Evaluate the law of a phase at many points."""
    ca = library()
    symbols = [
        ca.SX.sym(name, size)
        for name, size in zip(
            ("time", "state", "control", "parameters"),
            (1, states.shape[1], controls.shape[1], len(parameters)),
            strict=True,
        )
    ]
    data = ca.DM(np.asarray(phase.data, dtype=np.float64))
    time_, state, control, constants = symbols
    point = Point(time_, state, control, constants, data)
    rates = ca.Function("rates", symbols, [ca.vertcat(*phase.dynamics(point))])
    many = rates.map(len(time))
    constant = np.repeat(parameters[:, np.newaxis], len(time), axis=1)
    return np.array(many(time[np.newaxis], states.T, controls.T, constant)).T


def _cut(mesh: Mesh, excess: Floats) -> Mesh:
    """Cut intervals into as many parts as their error asks for; it falls with their length."""
    parts = np.ones(len(mesh.degrees), dtype=np.int64)
    wide = excess > 1
    order = np.array(mesh.degrees, dtype=np.float64)[wide] + 1
    parts[wide] = np.clip(np.ceil(excess[wide] ** (1 / order)), 2, _MOST_PARTS)
    edges = [
        np.linspace(begin, end, count, endpoint=False)
        for begin, end, count in zip(mesh.edges[:-1], mesh.edges[1:], parts, strict=True)
    ]
    return Mesh(
        np.concatenate([*edges, [1.0]]), tuple(int(n) for n in np.repeat(mesh.degrees, parts))
    )
