"""Optimal control in several phases by collocation at Legendre-Gauss-Radau points, with IPOPT.

References
----------
D. Garg, M. Patterson, W. Hager, A. Rao, D. Benson, G. Huntington, A unified framework for the
numerical solution of optimal control problems using pseudospectral methods, Automatica 46 (2010),
1843-1851.

A. Waechter, L. T. Biegler, On the implementation of an interior-point filter line-search algorithm
for large-scale nonlinear programming, Mathematical Programming 106 (2006), 25-57.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import InputError, ModelError
from kosmodrom.launch.radau import Mesh
from kosmodrom.launch.symbols import library
from kosmodrom.launch.trajectory import Multipliers, PhaseSolution, Solution, Statistics
from kosmodrom.launch.transcription import Program, transcribe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.problem import Problem

__all__ = ["raw_point", "refined", "solve", "solve_program"]

Floats = NDArray[np.float64]

_TOLERANCE = 1e-9  # of the scaled optimality conditions
_VIOLATION = 1e-11  # of the scaled rows: what is left in thousands of them adds up on a flight
#: From a guess. The second goes other ways, and finds most of what the first does not.
_ATTEMPTS: tuple[dict[str, Any], ...] = (
    {"max_iter": 200, "mu_init": 1e-4},
    {"max_iter": 500, "mu_strategy": "adaptive", "mu_oracle": "probing"},
)
#: From a guess that is nearly a solution: it must not be pushed far from its bounds.
_CLOSE: dict[str, Any] = {
    "max_iter": 200,
    "mu_init": 1e-4,
    "bound_push": 1e-4,
    "bound_frac": 1e-4,
    "slack_bound_push": 1e-4,
    "slack_bound_frac": 1e-4,
}
#: From a solution on another mesh, with its multipliers; three to five steps are the rule.
_NEAR: dict[str, Any] = {
    "max_iter": 100,
    "warm_start_init_point": "yes",
    "mu_init": 1e-8,
    "warm_start_bound_push": 1e-10,
    "warm_start_bound_frac": 1e-10,
    "warm_start_slack_bound_push": 1e-10,
    "warm_start_slack_bound_frac": 1e-10,
    "warm_start_mult_bound_push": 1e-10,
}
_BETTER_START = "start on a coarser mesh or from a better guess"
_REMEDIES = {
    "Infeasible_Problem_Detected": "loosen bounds and conditions, which cannot be met together as "
    "far as it sees, or start from a better guess",
    "Diverging_Iterates": "bound what is free to grow without end",
    "Invalid_Number_Detected": "bound the states or move the guess: an equation gives what is no "
    "number",
    "Not_Enough_Degrees_Of_Freedom": "take conditions away or add points to the mesh: there are "
    "more equations than variables",
}


def solve(problem: Problem, *meshes: Sequence[Mesh] | Mesh, close: bool = False) -> Solution:
    """Solve a problem on one mesh, or on several from the coarse one to the fine one.

    Parameters
    ----------
    problem : Problem
        The problem; on the first mesh its guesses are the start.
    *meshes : Mesh or sequence of Mesh
        One for all phases, or one a phase. The solution on each is the start on the next.
    close : bool
        Whether the guesses are nearly a solution.

    Returns
    -------
    Solution
        On the last mesh. Without success there is no solution but a ModelError.
    """
    if not meshes:
        raise InputError("a problem is solved on one mesh at least; got none")
    first, *others = [
        (mesh,) * len(problem.phases) if isinstance(mesh, Mesh) else tuple(mesh) for mesh in meshes
    ]
    found = solve_program(transcribe(problem, first), close=close)
    for each in others:
        found = refined(problem, found, each)
    return found


def refined(
    problem: Problem, solution: Solution, meshes: Sequence[Mesh] | None = None
) -> Solution:
    """Solve a problem once more on another mesh, from its solution on a coarser one.

    Parameters
    ----------
    problem : Problem
        The problem.
    solution : Solution
        Its solution, or that of a problem like it with the same phases.
    meshes : sequence of Mesh or None
        One a phase; every interval of the solution halved where None.

    Returns
    -------
    Solution
        On the new mesh, with the statistics of all solutions on the way.
    """
    finer = meshes or [phase.mesh.doubled() for phase in solution.phases]
    found = solve_program(transcribe(problem, finer), solution)
    return replace(found, statistics=(*solution.statistics, *found.statistics))


def solve_program(
    program: Program, near: Solution | None = None, *, close: bool = False
) -> Solution:
    """Run IPOPT on a program.

    Parameters
    ----------
    program : Program
        From `transcribe`.
    near : Solution or None
        A solution to start from; the guesses of the problem where None.
    close : bool
        Whether these guesses are nearly a solution.

    Returns
    -------
    Solution
        The solution. Without success there is none but a ModelError.
    """
    if near is not None:
        _check_alike(program, near)
    begin = {
        "x0": _start(program, near),
        "lbx": program.low,
        "ubx": program.high,
        "lbg": program.row_low,
        "ubg": program.row_high,
    }
    if near is not None:
        begin |= _multipliers(program, near)
    iterations, seconds, status = 0, 0.0, ""
    attempts = _ATTEMPTS if near is None else (_NEAR, *_ATTEMPTS)
    if close:
        attempts = (_CLOSE, *attempts)
    for number, options in enumerate(attempts, start=1):
        found, told = _run(program, begin, options)
        iterations += int(told["iter_count"])
        seconds += float(told["t_wall_total"])
        status = str(told["return_status"])
        if status == "Solve_Succeeded":
            rows = np.array(found["g"]).ravel()
            off = np.maximum(program.row_low - rows, rows - program.row_high)
            statistics = Statistics(
                variables=len(program.scale),
                rows=len(rows),
                attempts=number,
                iterations=iterations,
                seconds=seconds,
                violation=float(off.max(initial=0.0)),
            )
            return _solution(program, found, statistics)
    remedy = _REMEDIES.get(status, _BETTER_START)
    raise ModelError(
        f"the optimiser found no solution in {len(attempts)} attempts and {iterations} steps, "
        f"with {len(program.scale)} variables; the last ended with {status}. Remedy: {remedy}"
    )


def _run(
    program: Program, begin: dict[str, Floats], options: dict[str, Any]
) -> tuple[Any, dict[str, Any]]:
    """Run IPOPT once."""
    ipopt = {
        "print_level": 0,
        "sb": "yes",
        "tol": _TOLERANCE,
        "constr_viol_tol": _VIOLATION,
        "acceptable_iter": 0,  # what is only acceptable is a failure
        "linear_solver": "mumps",
        "mumps_pivot_order": 6,  # QAMD: times and parameters of a phase stand in nearly every row
        "nlp_scaling_method": "none",  # the program comes scaled
        **options,
    }
    solver = library().nlpsol(
        "solver",
        "ipopt",
        program.values,
        {
            "ipopt": ipopt,
            "print_time": False,
            "record_time": True,
            "show_eval_warnings": False,
            "error_on_fail": False,
            "no_nlp_grad": True,
            "calc_lam_p": False,
            "grad_f": program.gradient,
            "jac_g": program.jacobian,
            "hess_lag": program.hessian,
        },
    )
    found = solver(**begin)
    return found, solver.stats()


def _start(program: Program, near: Solution | None) -> Floats:
    """Put a guess, or a solution on another mesh, on the nodes of the program; scaled."""
    problem = program.problem
    start = np.empty(len(program.scale))
    start[program.parameters] = problem.parameter_guess if near is None else near.parameters
    for number, (mesh, layout) in enumerate(zip(program.meshes, program.layouts, strict=True)):
        if near is None:
            guess = problem.phases[number].guess
            begin, end = guess.time[0], guess.time[-1]
            time = begin + (end - begin) * mesh.nodes
            start[layout.states] = _drawn(guess.states, guess.time, time)
            start[layout.controls] = _drawn(guess.controls, guess.time, time[1:])
        else:
            phase = near.phases[number]
            begin, end = phase.begin, phase.end
            start[layout.states] = phase.mesh.interpolate(phase.states, mesh.nodes)
            start[layout.controls] = phase.mesh.interpolate(phase.controls, mesh.points)
        start[layout.begin], start[layout.end] = begin, end
    return np.asarray(np.clip(start / program.scale, program.low, program.high))


def raw_point(program: Program, solution: Solution) -> tuple[Floats, Floats, Floats]:
    """Give a solution as the solver has it.

    Parameters
    ----------
    program : Program
        Of the problem, on any meshes.
    solution : Solution
        Its solution.

    Returns
    -------
    point, of_bounds : numpy.ndarray, shape (variables,)
        Scaled variables, and multipliers of their bounds [-].
    of_rows : numpy.ndarray, shape (rows,)
        Multipliers of the rows [-].
    """
    _check_alike(program, solution)
    multipliers = _multipliers(program, solution)
    return _start(program, solution), multipliers["lam_x0"], multipliers["lam_g0"]


def _check_alike(program: Program, near: Solution) -> None:
    """Refuse a start from a solution of another problem."""
    ours = [
        (layout.states.shape[1], layout.controls.shape[1], layout.rows)
        for layout in program.layouts
    ]
    theirs = [
        (phase.states.shape[1], phase.controls.shape[1], phase.multipliers.rows.shape[1])
        for phase in near.phases
    ]
    conditions = len(program.row_low) - sum(each.row_table().size for each in program.layouts)
    if (ours, len(program.parameters), conditions) != (
        theirs, len(near.parameters), len(near.conditions)
    ):  # fmt: skip
        raise InputError(
            f"the solution to start from has phases of {theirs} states, controls and rows, "
            f"{len(near.parameters)} parameters and {len(near.conditions)} conditions; the "
            f"problem has {ours}, {len(program.parameters)} and {conditions}. Start from a guess: "
            "each phase of a solution gives one"
        )


def _drawn(values: Floats, known: Floats, wanted: Floats) -> Floats:
    """Draw straight lines, column by column."""
    columns = [np.interp(wanted, known, column) for column in values.T]
    return np.array(columns).reshape(values.shape[1], len(wanted)).T


def _multipliers(program: Program, near: Solution) -> dict[str, Floats]:
    """Carry multipliers from one mesh to another.

    Those of the laws, divided by the weights of their points, are the costates, which run
    smoothly; those of paths and bounds do when divided by their point's share of time as well.
    """
    of_bounds, of_rows = np.zeros(len(program.scale)), np.zeros(len(program.row_low))
    of_bounds[program.parameters] = near.bounds
    if len(near.conditions):
        of_rows[-len(near.conditions) :] = near.conditions
    for phase, mesh, layout in zip(near.phases, program.meshes, program.layouts, strict=True):
        was, old = phase.multipliers, phase.mesh
        laws = layout.states.shape[1]
        rows = np.empty(layout.row_table().shape)
        costates = old.interpolate(was.rows[:, :laws] / old.weights[:, np.newaxis], mesh.points)
        rows[:, :laws] = costates * mesh.weights[:, np.newaxis]
        rows[:, laws:] = _carried(was.rows[:, laws:], old, mesh)
        of_rows[layout.row_table()] = rows
        of_bounds[layout.states[1:]] = _carried(was.states[1:], old, mesh)
        of_bounds[layout.states[0]] = was.states[0]
        of_bounds[layout.states[-1]] = was.states[-1]
        of_bounds[layout.controls] = _carried(was.controls, old, mesh)
        of_bounds[[layout.begin, layout.end]] = was.times
    return {"lam_x0": of_bounds, "lam_g0": of_rows}


def _carried(values: Floats, old: Mesh, new: Mesh) -> Floats:
    """Carry what is a share of time; drawn straight, so that none changes its sign on the way."""
    share, old_share = (each.weights * each.widths_of_points for each in (new, old))
    density = values / old_share[:, np.newaxis]
    return np.asarray(_drawn(density, old.points, new.points) * share[:, np.newaxis])


def _solution(program: Program, found: Any, statistics: Statistics) -> Solution:
    values = np.array(found["x"]).ravel() * program.scale
    of_bounds, of_rows = np.array(found["lam_x"]).ravel(), np.array(found["lam_g"]).ravel()
    phases = tuple(
        PhaseSolution(
            name=phase.name,
            mesh=mesh,
            begin=float(values[layout.begin]),
            end=float(values[layout.end]),
            states=values[layout.states],
            controls=values[layout.controls],
            multipliers=Multipliers(
                rows=of_rows[layout.row_table()],
                states=of_bounds[layout.states],
                controls=of_bounds[layout.controls],
                times=of_bounds[[layout.begin, layout.end]],
            ),
        )
        for phase, mesh, layout in zip(
            program.problem.phases, program.meshes, program.layouts, strict=True
        )
    )
    points = sum(layout.row_table().size for layout in program.layouts)
    return Solution(
        phases=phases,
        parameters=values[program.parameters],
        cost=float(found["f"]) * program.problem.cost_scale,
        statistics=(statistics,),
        conditions=of_rows[points:],
        bounds=of_bounds[program.parameters],
    )
