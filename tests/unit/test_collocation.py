"""Optimal control on problems whose answers are known in closed form."""

import sys
from dataclasses import replace

import numpy as np
import pytest

from kosmodrom.errors import InputError, ModelError
from kosmodrom.launch import symbols
from kosmodrom.launch.collocation import refined, solve, solve_program
from kosmodrom.launch.problem import Bounded, Box, Guess, Phase, Point, Problem
from kosmodrom.launch.radau import Mesh
from kosmodrom.launch.refinement import mesh_errors, refined_until
from kosmodrom.launch.reintegration import reintegrated
from kosmodrom.launch.transcription import transcribe

ca = symbols.library()


def cart(**changes):
    """Write a cart that is pushed from rest to rest over one metre in one second."""
    rest, goal = np.array([0.0, 0.0]), np.array([1.0, 0.0])
    phase = Phase(
        name="push",
        states=Box(np.full(2, -10.0), np.full(2, 10.0)),
        controls=Box(np.array([-np.inf]), np.array([np.inf]), 5.0),
        dynamics=lambda point: [point.state[1], point.control[0]],
        begin=(0.0, 0.0),
        end=(1.0, 1.0),
        guess=Guess([0.0, 1.0], [rest, goal], [[0.0], [0.0]]),
        initial=(rest, rest),
        final=(goal, goal),
        running_cost=lambda point: point.control[0] ** 2,
    )
    return Problem(phases=(replace(phase, **changes),), cost=lambda whole: 0.0)


def two_phases():
    """Write a problem that uses everything there is."""
    first = replace(
        cart().phases[0],
        end=(0.3, 0.7),
        final=None,
        duration=(0.1, 2.0),
        dynamics=lambda point: [point.state[1], point.parameters[0] * ca.sin(point.control[0])],
        path=lambda point: [Bounded(point.state[1] * point.time, -3.0, 3.0, 2.0)],
    )
    second = replace(
        cart().phases[0], name="second", begin=(0.3, 0.7), end=(1.0, 1.5), initial=None
    )
    return Problem(
        phases=(first, second),
        cost=lambda whole: whole.phases[1].end.time + whole.parameters[0] ** 3,
        conditions=lambda whole: [
            Bounded(whole.phases[1].begin.state - whole.phases[0].end.state, 0.0, 0.0),
            Bounded(whole.phases[1].begin.time - whole.phases[0].end.time, 0.0, 0.0),
            Bounded(whole.phases[1].end.state[0] * whole.parameters[0], 1.0, 2.0),
        ],
        parameters=Box([0.5], [5.0], 2.0),
        parameter_guess=[2.0],
        time_scale=3.0,
        cost_scale=4.0,
    )


def test_the_least_push_is_that_of_the_calculus_of_variations():
    # By hand: u = 6 - 12 t, and the integral of its square is 12.
    found = solve(cart(), Mesh.even(2, 4))
    assert found.cost == pytest.approx(12.0, abs=1e-8)  # the solver's tolerance is 1e-9
    time = np.linspace(0.0, 1.0, 7)
    phase = found.phases[0]
    assert phase.controls_at(time)[:, 0] == pytest.approx(6 - 12 * time, abs=1e-6)
    assert phase.states_at(time)[:, 0] == pytest.approx(3 * time**2 - 2 * time**3, abs=1e-8)
    assert phase.states_at(0.5) == pytest.approx([0.5, 1.5], abs=1e-8)


def test_a_limit_on_the_way_is_kept():
    # A. E. Bryson, Y.-C. Ho, Applied optimal control (1975), section 3.11, example 2: from speed 1
    # to -1 in the time 1 while x <= l = 1/9, the integral of u² is 8 / (9 l) = 8.
    there, back = np.array([0.0, 1.0]), np.array([0.0, -1.0])
    problem = cart(
        initial=(there, there),
        final=(back, back),
        guess=Guess([0.0, 1.0], [there, back], [[-2.0], [-2.0]]),
        path=lambda point: [Bounded(point.state[0], -np.inf, 1 / 9)],
    )
    found = solve(problem, Mesh.even(6, 4), Mesh.even(24, 4))
    # Touching and leaving at t = 1/3 and 2/3 fall on edges of the mesh: little is left.
    assert found.cost == pytest.approx(8.0, abs=1e-4)
    assert found.phases[0].states[:, 0].max() <= 1 / 9 + 1e-7  # the bound is relaxed by 1e-8


def test_a_slide_of_least_time_is_the_cycloid():
    # Brachistochrone from (0, 0) to (1, 1), g = 1: x = r (a - sin a), y = r (1 - cos a) with
    # a = 2.412011144, r = 0.572917037, and T = a sqrt(r / g): by hand, to nine digits.
    start, goal = np.array([0.0, 0.0, 0.0]), np.array([1.0, 1.0, 0.0])
    phase = Phase(
        name="slide",
        states=Box(np.zeros(3), np.full(3, 5.0)),
        controls=Box([0.0], [np.pi]),
        dynamics=lambda point: [
            point.state[2] * ca.sin(point.control[0]),
            point.state[2] * ca.cos(point.control[0]),
            ca.cos(point.control[0]),
        ],
        begin=(0.0, 0.0),
        end=(0.1, 10.0),
        guess=Guess([0.0, 2.0], [start, [1.0, 1.0, 1.0]], [[0.1], [1.5]]),
        initial=(start, start),
        final=(goal, np.array([1.0, 1.0, 5.0])),
    )
    problem = Problem(phases=(phase,), cost=lambda whole: whole.phases[0].end.time)
    found = solve(problem, Mesh.even(4, 6))
    angle, radius = 2.412011144, 0.572917037
    assert found.phases[0].end == pytest.approx(angle * np.sqrt(radius), abs=1e-7)


def test_derivatives_are_those_that_casadi_finds_for_the_whole():
    program = transcribe(two_phases(), [Mesh.even(2, 3), Mesh(np.array([0.0, 0.3, 1.0]), (2, 4))])
    x = ca.MX.sym("x", len(program.scale))
    weights = ca.MX.sym("weights", len(program.row_low))
    cost, rows = program.values(x, [])
    rng = np.random.default_rng(0)
    here = rng.uniform(0.2, 1.2, len(program.scale))
    there = rng.normal(size=len(program.row_low))
    whole = ca.Function("whole", [x, weights], [
        ca.gradient(cost, x), ca.jacobian(rows, x),
        ca.triu(ca.hessian(0.7 * cost + ca.dot(weights, rows), x)[0]),
    ])  # fmt: skip
    ours = (
        program.gradient(here, [])[1],
        program.jacobian(here, [])[1],
        program.hessian(here, [], 0.7, there),
    )
    for mine, theirs in zip(ours, whole(here, there), strict=True):
        assert np.array(ca.DM(mine)) == pytest.approx(np.array(theirs), abs=1e-12)  # rounding


def test_everything_at_once_is_solved_and_linked():
    problem = two_phases()
    found = solve(problem, Mesh.even(3, 3), Mesh.even(6, 4))
    first, second = found.phases
    assert first.end == pytest.approx(second.begin, abs=1e-8)
    assert first.states[-1] == pytest.approx(second.states[0], abs=1e-8)
    assert 0.3 - 1e-8 <= first.end <= 0.7 + 1e-8
    assert 0.5 <= found.parameters[0] <= 5.0

    laws = [
        lambda time, state, control: [state[1], found.parameters[0] * np.sin(control[0])],
        lambda time, state, control: [state[1], control[0]],
    ]
    ends = reintegrated(found, laws, [np.ones(2), np.ones(2)])
    assert ends[1] == pytest.approx(second.states[-1], abs=1e-5)  # what such a mesh leaves


def test_a_finer_mesh_takes_few_steps_from_a_solution():
    found = solve(two_phases(), Mesh.even(3, 3), Mesh.even(6, 3), Mesh.even(12, 3))
    coarse, *finer = found.statistics
    assert all(each.attempts == 1 for each in found.statistics)
    assert all(each.iterations < coarse.iterations for each in finer)
    assert all(each.violation < 1e-8 for each in found.statistics)


def test_errors_between_the_points_fall_as_the_mesh_gets_finer():
    problem = two_phases()
    coarse = solve(problem, Mesh.even(2, 3))
    fine = refined_until(problem, coarse, 1e-7)
    before = max(each.max() for each in mesh_errors(problem, coarse))
    after = max(each.max() for each in mesh_errors(problem, fine))
    assert after <= 1e-7 < before
    with pytest.raises(ModelError, match="after cutting intervals 0 times"):
        refined_until(problem, coarse, 1e-9, rounds=0)
    with pytest.raises(InputError, match="above zero"):
        refined_until(problem, coarse, 0.0)


def test_what_cannot_be_met_is_an_error_with_a_remedy():
    far = np.array([20.0, 0.0])
    problem = cart(
        controls=Box([-1.0], [1.0]),
        states=Box(np.full(2, -30.0), np.full(2, 30.0)),
        final=(far, far),
    )
    with pytest.raises(ModelError, match=r"no solution in 2 attempts.*Remedy: \w+"):
        solve(problem, Mesh.even(3, 3))


def test_a_phase_gives_a_guess_for_another_problem():
    guess = solve(cart(), Mesh.even(2, 4)).phases[0].guess()
    found = solve(cart(guess=guess), Mesh.even(3, 4))
    assert found.cost == pytest.approx(12.0, abs=1e-8)


def test_a_start_from_another_problem_is_refused():
    other = solve(cart(), Mesh.even(2, 3))
    bounded = cart(path=lambda point: [Bounded(point.state[1], -5.0, 5.0)])
    with pytest.raises(InputError, match="Start from a guess"):
        refined(bounded, other)


def test_a_time_outside_a_phase_is_refused():
    phase = solve(cart(), Mesh.even(2, 3)).phases[0]
    with pytest.raises(InputError, match=r"known from 0 s to 1 s"):
        phase.states_at([0.5, 1.1])
    with pytest.raises(InputError, match="known from"):
        phase.controls_at(np.nan)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Box([0.0, 1.0], [1.0]), "give one of each a variable"),
        (lambda: Box([2.0], [1.0]), "bounds 2 and 1"),
        (lambda: Box([0.0], [1.0], 0.0), "positive and finite"),
        (lambda: Guess([0.0, 0.0], np.ones((2, 1)), np.ones((2, 1))), "rising times"),
        (lambda: Guess([0.0, 1.0], np.ones((3, 1)), np.ones((2, 1))), "as many rows"),
        (lambda: Guess([0.0, 1.0], [[np.nan], [1.0]], np.ones((2, 1))), "finite numbers"),
        (lambda: cart(begin=(1.0, 0.0)), "begin runs from 1 s to 0 s"),
        (lambda: cart(end=(0.0, 0.0)), "last longer than 0 s"),
        (lambda: cart(states=Box([0.0], [1.0])), "has 1 states and 1 controls"),
        (lambda: cart(final=(np.zeros(3), np.ones(3))), "bounds of final have 3"),
        (lambda: replace(cart(), phases=()), "at least one phase"),
        (lambda: replace(cart(), parameter_guess=[1.0]), "0 parameters"),
        (lambda: replace(cart(), cost_scale=0.0), "a scale must be positive"),
        (lambda: solve(cart()), "one mesh at least"),
        (lambda: transcribe(cart(), []), "give one mesh a phase"),
        (lambda: transcribe(cart(dynamics=lambda point: [0.0]), [Mesh.even(1, 2)]), "1 rates"),
        (lambda: reintegrated(solve(cart(), Mesh.even(1, 3)), [], []), "one of each a phase"),
    ],
)
def test_what_is_no_problem_is_refused(make, message):
    with pytest.raises(InputError, match=message):
        make()


def test_without_casadi_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "casadi", None)
    symbols.library.cache_clear()
    with pytest.raises(ModelError, match=r"pip install 'kosmodrom\[ascent\]'"):
        transcribe(cart(), [Mesh.even(1, 2)])


def test_without_scipy_the_error_says_what_to_install(monkeypatch):
    found = solve(cart(), Mesh.even(1, 3))
    monkeypatch.setitem(sys.modules, "scipy.integrate", None)
    with pytest.raises(ModelError, match=r"pip install 'kosmodrom\[ascent\]'"):
        reintegrated(found, [lambda *_: [0.0, 0.0]], [np.ones(2)])


def test_ends_have_no_controls():
    seen = []

    def cost(whole):
        seen.append(whole.phases[0].end)
        return 0.0

    solve_program(transcribe(replace(cart(), cost=cost), [Mesh.even(1, 3)]))
    assert isinstance(seen[0], Point)
    assert seen[0].control.numel() == 0
