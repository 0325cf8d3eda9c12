"""A problem of optimal control as a sparse nonlinear program.

Equations are written once a phase and evaluated over all its points. Their first and second
derivatives come from CasADi for one point; where they stand in the matrices of the whole program
is put together here, which costs less than asking CasADi for it. All variables, rows and the cost
are scaled.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import InputError
from kosmodrom.launch.problem import Bounded, Box, Ends, Phase, Point, Problem, Whole
from kosmodrom.launch.radau import Mesh, differentiation_matrix, radau_points
from kosmodrom.launch.sparse import Ints, Triplets, filled, scattered
from kosmodrom.launch.symbols import Curves, library

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PhaseLayout", "Program", "transcribe"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PhaseLayout:
    """Where the variables and rows of a phase stand in the program.

    Attributes
    ----------
    states : numpy.ndarray of int64, shape (points + 1, n)
        Variables of the states at the nodes [-].
    controls : numpy.ndarray of int64, shape (points, m)
        Variables of the controls at the points [-].
    begin, end : int
        Variables of its times.
    first_row : int
        Row of the first point; those of a point follow one another, laws before paths.
    rows : int
        How many rows a point has.
    """

    states: Ints
    controls: Ints
    begin: int
    end: int
    first_row: int
    rows: int

    def row_table(self) -> Ints:
        """Give the rows of all points.

        Returns
        -------
        numpy.ndarray of int64, shape (points, rows)
            Rows of the program [-].
        """
        points = len(self.controls)
        return self.first_row + np.arange(points * self.rows).reshape(points, self.rows)


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A nonlinear program made from a problem.

    Attributes
    ----------
    problem : Problem
        From which it was made.
    meshes : tuple of Mesh
        One a phase.
    layouts : tuple of PhaseLayout
        Where the phases stand.
    parameters : numpy.ndarray of int64, shape (n,)
        Variables of the parameters [-].
    scale : numpy.ndarray, shape (variables,)
        What the variables were divided by [unit of each].
    low, high : numpy.ndarray, shape (variables,)
        Bounds of the scaled variables [-].
    row_low, row_high : numpy.ndarray, shape (rows,)
        Bounds of the scaled rows [-].
    values, gradient, jacobian, hessian : casadi.Function
        Cost and rows; and their derivatives, as the solver asks for them.
    """

    problem: Problem
    meshes: tuple[Mesh, ...]
    layouts: tuple[PhaseLayout, ...]
    parameters: Ints
    scale: Floats
    low: Floats
    high: Floats
    row_low: Floats
    row_high: Floats
    values: Any
    gradient: Any
    jacobian: Any
    hessian: Any


@dataclass(frozen=True, slots=True, eq=False)
class _Written:
    """Equations of one place, and their derivatives: functions of variables and constants.

    ``first_at`` and ``second_at`` say which output and which variables the numbers that are not
    zero belong to; the last output is a part of the cost.
    """

    low: Floats
    high: Floats
    values: Any
    first: Any
    second: Any
    first_at: tuple[Ints, Ints]
    second_at: tuple[Ints, Ints]


#: Phases of one kind have the same equations; they are written once.
_KINDS: dict[tuple[Any, ...], _Written] = {}


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Equations that are evaluated at many places, each of its own variables.

    ``index`` (places, inputs) are the variables, ``constants`` (places, c) numbers that come with
    them, ``table`` (places, rows) the rows of the program.
    """

    index: Ints
    constants: Floats
    table: Ints
    low: Floats
    high: Floats
    values: Any
    first: Any
    second: Any
    first_at: tuple[Ints, Ints]
    second_at: tuple[Ints, Ints]

    @classmethod
    def of(cls, written: _Written, index: Ints, constants: Floats, table: Ints) -> _Block:
        """Evaluate what is written at many places."""
        many = len(index)
        return cls(
            index=index, constants=constants, table=table, low=written.low, high=written.high,
            values=written.values.map(many), first=written.first.map(many),
            second=written.second.map(many), first_at=written.first_at,
            second_at=written.second_at,
        )  # fmt: skip


def transcribe(problem: Problem, meshes: Sequence[Mesh], *, derivatives: bool = True) -> Program:
    """Write a problem as a nonlinear program.

    Parameters
    ----------
    problem : Problem
        The problem.
    meshes : sequence of Mesh
        One a phase.
    derivatives : bool
        Whether to write derivatives too; without them the rows can be evaluated, no more.

    Returns
    -------
    Program
        What the solver takes.
    """
    if len(meshes) != len(problem.phases):
        raise InputError(
            f"the problem has {len(problem.phases)} phases and {len(meshes)} meshes; "
            "give one mesh a phase"
        )
    scale, low, high, places, parameters = _variables(problem, meshes)
    blocks, layouts, row = [], [], 0
    for phase, mesh, (states, controls, begin, end) in zip(
        problem.phases, meshes, places, strict=True
    ):
        index = np.hstack(
            [
                states[1:],
                controls,
                np.broadcast_to([begin, end], (mesh.size, 2)),
                np.broadcast_to(parameters, (mesh.size, len(parameters))),
            ]
        )
        block = _phase_block(problem, phase, mesh, index, scale, row)
        layout = PhaseLayout(states, controls, begin, end, row, block.table.shape[1])
        blocks.append(block)
        layouts.append(layout)
        row += block.table.size
    linear = [
        _laws(mesh, layout, phase.states.size)
        for mesh, layout, phase in zip(meshes, layouts, problem.phases, strict=True)
    ]
    blocks.append(_whole_block(problem, layouts, parameters, scale, row, derivatives))
    rows = row + blocks[-1].table.size
    functions = _assembled(blocks, linear, len(scale), rows, derivatives)
    row_low, row_high = np.empty(rows), np.empty(rows)
    for block in blocks:
        row_low[block.table], row_high[block.table] = block.low, block.high
    return Program(
        problem, tuple(meshes), tuple(layouts), parameters, scale, low, high, row_low, row_high,
        *functions,
    )  # fmt: skip


def _variables(
    problem: Problem, meshes: Sequence[Mesh]
) -> tuple[Floats, Floats, Floats, list[tuple[Ints, Ints, int, int]], Ints]:
    """Give variables their places: phase by phase states, controls, times; then parameters."""
    scale: list[Floats] = []
    low: list[Floats] = []
    high: list[Floats] = []
    places, first = [], 0

    def _add(box: Box, times: int) -> Ints:
        nonlocal first
        index = first + np.arange(times * box.size).reshape(times, box.size)
        first += index.size
        for column, values in ((scale, box.scale), (low, box.low), (high, box.high)):
            column.append(np.tile(values, (times, 1)).ravel())
        return index

    for phase, mesh in zip(problem.phases, meshes, strict=True):
        states = _add(phase.states, mesh.size + 1)
        for node, bounds in ((0, phase.initial), (-1, phase.final)):
            if bounds is not None:
                at = slice(phase.states.size) if node == 0 else slice(-phase.states.size, None)
                low[-1][at] = np.maximum(low[-1][at], bounds[0])
                high[-1][at] = np.minimum(high[-1][at], bounds[1])
        controls = _add(phase.controls, mesh.size)
        earliest, latest = np.array([phase.begin, phase.end]).T
        times = _add(Box(earliest, latest, problem.time_scale), 1)
        places.append((states, controls, int(times[0, 0]), int(times[0, 1])))
    parameters = _add(problem.parameters, 1)[0]
    all_scale = np.concatenate(scale)
    return (
        all_scale,
        np.concatenate(low) / all_scale,
        np.concatenate(high) / all_scale,
        places,
        parameters,
    )


def _phase_block(
    problem: Problem, phase: Phase, mesh: Mesh, index: Ints, scale: Floats, first_row: int
) -> _Block:
    """Write what holds at every point of a phase."""
    data = np.asarray(phase.data, dtype=np.float64)
    sizes = (phase.states.size, phase.controls.size, 2, problem.parameters.size)
    key = None if phase.kind is None else (phase.kind, sizes, data.size)
    written = _KINDS.get(key) if key else None
    if written is None:
        written = _phase_written(phase, sizes, data.size)
        if key:
            _KINDS[key] = written
    rows = len(written.low)
    table = first_row + np.arange(mesh.size * rows).reshape(mesh.size, rows)
    steady = np.concatenate([scale[index[0]], [problem.cost_scale], data])
    numbers = np.column_stack(
        [
            mesh.points,
            mesh.widths_of_points,
            mesh.weights,
            np.broadcast_to(steady, (mesh.size, len(steady))),
        ]
    )
    return _Block.of(written, index, numbers, table)


def _phase_written(phase: Phase, sizes: tuple[int, int, int, int], data: int) -> _Written:
    """Write the equations of a point of a phase; all that is a number comes as a constant."""
    ca = library()
    count = sum(sizes)
    # Where in the phase, width of the interval, weight of the point in it; scales; data.
    constants = ca.SX.sym("constants", 3 + count + 1 + data)
    scales = constants[3 : 3 + count]
    symbols, (states, controls, times, parameters) = _symbols(scales, sizes)
    length = times[1] - times[0]
    point = Point(
        times[0] + length * constants[0], states, controls, parameters, constants[4 + count :]
    )

    def _equations() -> tuple[Any, tuple[Floats, Floats]]:
        rates = ca.vertcat(*phase.dynamics(point))
        if rates.numel() != sizes[0]:
            raise InputError(
                f"phase {phase.name!r} has {sizes[0]} states; its dynamics gives "
                f"{rates.numel()} rates"
            )
        laws = Bounded(-length * constants[1] * rates / scales[: sizes[0]], 0.0, 0.0)
        paths = list(phase.path(point)) if phase.path else []
        values, low, high = _rows([laws, *paths])
        cost = 0.0
        if phase.running_cost:
            share = constants[1] * constants[2]
            cost = length * share * phase.running_cost(point) / constants[3 + count]
        return ca.vertcat(values, ca.SX(cost)), (low, high)

    curves = Curves()
    with curves.written(again=False):
        outputs, bounds = _equations()
    with curves.written(again=True):
        again, _ = _equations()
    return _written(symbols, constants, outputs, bounds, (again, curves))


def _whole_block(
    problem: Problem, layouts: list[PhaseLayout], parameters: Ints, scale: Floats, first_row: int,
    derivatives: bool,
) -> _Block:  # fmt: skip
    """Write the conditions between phases, and the cost."""
    ca = library()
    index, sizes = [], []
    for layout in layouts:
        index += [layout.states[0], layout.states[-1], np.array([layout.begin, layout.end])]
        sizes += [layout.states.shape[1], layout.states.shape[1], 2]
    everything = np.concatenate([*index, parameters])
    symbols, parts = _symbols(ca.DM(scale[everything]), (*sizes, len(parameters)))
    none = ca.SX(0, 1)
    whole = Whole(
        tuple(
            Ends(
                Point(parts[at + 2][0], parts[at], none, parts[-1], none),
                Point(parts[at + 2][1], parts[at + 1], none, parts[-1], none),
            )
            for at in range(0, 3 * len(layouts), 3)
        ),
        parts[-1],
    )
    rows = list(problem.conditions(whole)) if problem.conditions else []
    for phase, ends in zip(problem.phases, whole.phases, strict=True):
        if phase.begin[0] < phase.begin[1] or phase.end[0] < phase.end[1]:
            length = ends.end.time - ends.begin.time
            rows.append(Bounded(length, *phase.duration, problem.time_scale))
    values, low, high = _rows(rows)
    table = first_row + np.arange(len(low))[np.newaxis]
    cost = problem.cost(whole) / problem.cost_scale
    outputs = ca.vertcat(values, ca.SX(cost))
    written = _written(
        symbols, ca.SX.sym("constants", 0), outputs, (low, high), (outputs, Curves()),
        once=True, derivatives=derivatives,
    )  # fmt: skip
    return _Block.of(written, everything[np.newaxis], np.empty((1, 0)), table)


def _symbols(scale: Any, sizes: Sequence[int]) -> tuple[Any, list[Any]]:
    """Make symbols of scaled variables, and their values in units, in parts."""
    symbols = library().SX.sym("scaled", sum(sizes))
    values = symbols * scale
    edges = np.concatenate([[0], np.cumsum(sizes)]).tolist()
    return symbols, [values[a:b] for a, b in itertools.pairwise(edges)]


def _rows(bounded: Sequence[Bounded]) -> tuple[Any, Floats, Floats]:
    """Scale expressions and their bounds, and put them under one another."""
    ca = library()
    values, low, high = [], [], []
    for each in bounded:
        value = ca.SX(each.value) / each.scale
        values.append(value)
        low.append(np.broadcast_to(np.asarray(each.low) / each.scale, value.numel()))
        high.append(np.broadcast_to(np.asarray(each.high) / each.scale, value.numel()))
    empty = np.empty(0)
    return ca.vertcat(*values), np.concatenate([empty, *low]), np.concatenate([empty, *high])


def _written(
    symbols: Any, numbers: Any, outputs: Any, bounds: tuple[Floats, Floats],
    again: tuple[Any, Curves], *, once: bool = False, derivatives: bool = True,
) -> _Written:  # fmt: skip
    """Differentiate what holds at one place; keep the numbers that are not zero, as columns."""
    ca = library()
    same, curves = again  # to be differentiated
    weights = ca.SX.sym("weights", outputs.numel())
    first, second = ca.SX(outputs.numel(), symbols.numel()), ca.SX(*[symbols.numel()] * 2)
    if derivatives:
        first = ca.jacobian(same, symbols)
        second = ca.triu(ca.hessian(ca.dot(weights, same), symbols)[0])
        first, second = curves.replaced([first, second])

    def _function(name: str, inputs: list[Any], output: Any) -> Any:
        # At one place only it is not worth the search for what it has in common.
        return ca.Function(name, inputs, [output if once else ca.cse(output)])

    def _at(matrix: Any) -> tuple[Ints, Ints]:
        row, column = matrix.sparsity().get_triplet()
        return np.array(row, dtype=np.int64), np.array(column, dtype=np.int64)

    return _Written(
        *bounds,
        _function("values", [symbols, numbers], outputs),
        _function("first", [symbols, numbers], ca.vertcat(*first.nonzeros())),
        _function("second", [symbols, numbers, weights], ca.vertcat(*second.nonzeros())),
        _at(first), _at(second),
    )  # fmt: skip


def _laws(mesh: Mesh, layout: PhaseLayout, states: int) -> Triplets:
    """Give rows, columns and values of the slopes of the states, which are linear."""
    rows, columns, values = [], [], []
    table = layout.row_table()[:, :states]
    for first, degree in zip(mesh.firsts, mesh.degrees, strict=False):
        nodes = np.concatenate([[0.0], radau_points(degree)[0]])
        slopes = differentiation_matrix(nodes)[1:]  # at the points
        shape = degree, degree + 1, states
        rows.append(np.broadcast_to(table[first : first + degree, np.newaxis], shape))
        variables = layout.states[first : first + degree + 1]
        columns.append(np.broadcast_to(variables, shape))
        values.append(np.broadcast_to(slopes[..., np.newaxis], shape))
    together = [np.concatenate([part.ravel() for part in each]) for each in (rows, columns)]
    return together[0], together[1], np.concatenate([part.ravel() for part in values])


def _assembled(
    blocks: list[_Block], linear: list[Triplets], count: int, rows: int, derivatives: bool
) -> tuple[Any, Any, Any, Any]:
    """Put the functions of the whole program together."""
    ca = library()
    x, p = ca.MX.sym("x", count), ca.MX.sym("p", 0)
    of_cost, of_rows = ca.MX.sym("lam_f"), ca.MX.sym("lam_g", rows)
    values, firsts, seconds = [], [], []
    for block in blocks:
        here = ca.reshape(x[block.index.ravel().tolist()], *block.index.T.shape)
        numbers = ca.DM(block.constants.T)
        weights = ca.reshape(of_rows[block.table.ravel().tolist()], *block.table.T.shape)
        weights = ca.vertcat(weights, ca.repmat(of_cost, 1, len(block.index)))
        values.append(ca.vec(block.values(here, numbers)))
        firsts.append(ca.vec(block.first(here, numbers)))
        seconds.append(ca.vec(block.second(here, numbers, weights)))
    parts = [np.concatenate(part) for part in zip(*linear, strict=True)]
    slopes: Triplets = parts[0], parts[1], parts[2]
    nothing = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0)
    # Row `rows` stands for the cost; the values come with their place in all outputs.
    all_rows = [np.column_stack([b.table, np.full(len(b.table), rows)]) for b in blocks]
    flat = np.concatenate([part.ravel() for part in all_rows])
    _, place, _ = scattered((rows + 1, 1), flat, np.zeros_like(flat), nothing)
    outputs = place @ ca.vertcat(*values)
    steady = ca.DM.triplet(slopes[0].tolist(), slopes[1].tolist(), ca.DM(slopes[2]), rows, count)
    cost, constraints = outputs[rows], outputs[:rows] + steady @ x
    given = ["x", "p"]
    program = ca.Function("nlp", [x, p], [cost, constraints], given, ["f", "g"])
    if not derivatives:
        return program, None, None, None
    at = [
        (table[:, b.first_at[0]].ravel(), b.index[:, b.first_at[1]].ravel())
        for b, table in zip(blocks, all_rows, strict=True)
    ]
    row, column = (np.concatenate(part) for part in zip(*at, strict=True))
    first = ca.vertcat(*firsts)
    ours = np.flatnonzero(row < rows)
    jacobian = filled((rows, count), row[ours], column[ours], slopes, first[ours.tolist()])
    theirs = np.flatnonzero(row == rows)
    gradient = filled(
        (count, 1), column[theirs], np.zeros_like(theirs), nothing, first[theirs.tolist()]
    )
    pairs = [
        (b.index[:, b.second_at[0]].ravel(), b.index[:, b.second_at[1]].ravel()) for b in blocks
    ]
    one, other = (np.concatenate(part) for part in zip(*pairs, strict=True))
    upper = np.minimum(one, other), np.maximum(one, other)
    hessian = filled((count, count), *upper, nothing, ca.vertcat(*seconds))
    return (
        program,
        ca.Function("nlp_grad_f", [x, p], [cost, ca.densify(gradient)], given, ["f", "grad:f:x"]),
        ca.Function("nlp_jac_g", [x, p], [constraints, jacobian], given, ["g", "jac:g:x"]),
        ca.Function(
            "nlp_hess_l", [x, p, of_cost, of_rows], [hessian],
            [*given, "lam:f", "lam:g"], ["triu:hess:gamma:x:x"],
        ),
    )  # fmt: skip
