"""Two ascents with published optima, the answers of others, and an integrator of another kind."""

import importlib.util
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from kosmodrom.launch.collocation import refined, solve
from kosmodrom.launch.radau import Mesh
from kosmodrom.launch.refinement import mesh_errors, refined_until
from kosmodrom.launch.reintegration import reintegrated

COARSE, MESH = Mesh.even(3, 4), Mesh.even(6, 5)


def from_benchmarks(name):
    path = Path(__file__).parents[2] / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ascents = from_benchmarks("_rockets")


@pytest.fixture(scope="module")
def problem():
    return ascents.delta_iii()


@pytest.fixture(scope="module")
def found(problem):
    return solve(problem, COARSE, MESH)


def test_delta_iii_lifts_what_betts_prints(found):
    # Betts, Practical methods (2010), section 6.15 as quoted by yapss and mpopt: 7529.712412 kg at
    # 924.139 s. Ours is 0.0001 kg lower; so are others of this order.
    assert -found.cost == pytest.approx(7529.712412, abs=0.0005)
    assert found.phases[-1].end == pytest.approx(924.139, abs=0.0005)  # printed so
    assert [each.attempts for each in found.statistics] == [1, 1]  # from a cold guess


def test_delta_iii_reaches_its_orbit(found):
    position, velocity = np.split(found.phases[-1].states[-1][:6], 2)
    momentum = np.cross(position, velocity)
    energy = velocity @ velocity / 2 - ascents.MU / np.linalg.norm(position)
    assert -ascents.MU / 2 / energy == pytest.approx(24_361_140.0, abs=0.1)  # 1e-9 of the scale
    inclination = np.degrees(np.arccos(momentum[2] / np.linalg.norm(momentum)))
    assert inclination == pytest.approx(28.5, abs=1e-6)
    node = np.degrees(np.arctan2(momentum[0], -momentum[1])) % 360
    assert node == pytest.approx(269.8, abs=1e-6)


def test_a_doubled_mesh_changes_next_to_nothing(problem, found):
    finer = refined(problem, found)
    # A tenth of a gram of 7.5 t, three thousand times less than the aim of 0.02 %.
    assert -finer.cost == pytest.approx(-found.cost, abs=0.0001)
    assert finer.phases[-1].end == pytest.approx(found.phases[-1].end, abs=1e-5)
    assert finer.statistics[-1].iterations <= 10
    errors = mesh_errors(problem, found)
    assert max(each.max() for each in errors) < 1e-6


def flown(thrust, flow):
    """Write the motion of Delta III once more, in NumPy."""

    def law(time, state, control):
        position, velocity, mass = state[:3], state[3:6], state[6]
        radius = np.sqrt(position @ position)
        wind = velocity - np.cross([0.0, 0.0, 7.29211585e-5], position)
        density = 1.225 * np.exp((6_378_145.0 - radius) / 7200.0)
        drag = -0.5 * density * 0.5 * 4 * np.pi * np.sqrt(wind @ wind) * wind
        direction = control / np.sqrt(control @ control)
        gravity = -3.986012e14 * position / radius**3
        return [*velocity, *(gravity + (thrust * direction + drag) / mass), -flow]

    return law


def test_another_integrator_comes_to_the_same_place(problem, found):
    # Thrusts and flows by hand: 628.5 kN and 17010 kg in 75.2 s a booster, 1083.1 kN and 95550 kg
    # in 261 s, 110.094 kN and 16820 kg in 700 s.
    booster, first, second = 17_010 / 75.2, 95_550 / 261.0, 16_820 / 700.0
    engines = [
        (6 * 628_500 + 1_083_100, 6 * booster + first),
        (3 * 628_500 + 1_083_100, 3 * booster + first),
        (1_083_100, first),
        (110_094, second),
    ]
    ends = reintegrated(
        found, [flown(*each) for each in engines], [each.states.scale for each in problem.phases]
    )
    off = ends[-1] - found.phases[-1].states[-1]
    # Measured: 0.002 m and 3e-6 m/s; asked for: 10 m and 0.05 m/s, the aim 1 m.
    assert off[:3] == pytest.approx(np.zeros(3), abs=0.01)
    assert off[3:6] == pytest.approx(np.zeros(3), abs=2e-5)
    assert off[6] == pytest.approx(0.0, abs=1e-6)


def test_yapss_finds_the_same_ascent(found):
    # yapss 0.2.3, https://github.com/dodgedan/yapss: its own example, its own transcription.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of its plotting library
        example = pytest.importorskip("yapss.examples.delta_iii_ascent")
    theirs = example.setup()
    theirs.ipopt_options.print_level = 0
    theirs.ipopt_options.sb = "yes"
    theirs = theirs.solve()
    assert -found.cost == pytest.approx(theirs.objective, abs=0.0005)
    assert found.phases[-1].end == pytest.approx(theirs.phase[3].final_time, abs=0.0005)
    for ours, other in zip(found.phases, theirs.phase, strict=True):
        apart = ours.states_at(other.time[1:-1]) - other.state[:, 1:-1].T
        assert np.abs(apart[:, :3]).max() < 100.0  # the best way is flat: a metre costs nothing
        assert np.abs(apart[:, 6]).max() < 0.01


def test_goddards_rocket_rises_as_in_the_collection():
    # COPS 3.0 (ANL/MCS-TM-273, 2004), problem 10: 1.01283, as quoted by its users to five digits.
    # Where the collocation still jumps between points on the singular arc it gains 2e-6.
    problem = ascents.goddard()
    found = refined_until(problem, solve(problem, Mesh.even(10, 4)), 1e-6, rounds=12)
    assert -found.cost == pytest.approx(1.01283, abs=1e-5)
    assert -found.cost == pytest.approx(height_by_the_singular_arc(), abs=3e-6)


def height_by_the_singular_arc():
    """Fly Goddard's rocket by the law of its optimum: full thrust, the singular arc, coast.

    On the arc m g = D (1 + v / c): A. E. Bryson, Y.-C. Ho, Applied optimal control (1975), section
    8.4. Nothing is optimised.
    """

    def drag(height, speed):
        return 310 * speed**2 * np.exp(-500 * (height - 1))

    def switch(state):
        height, speed, mass = state
        return mass / height**2 - drag(height, speed) * (1 + 2 * speed)

    def on_arc(state):
        height, speed, mass = state
        d = drag(height, speed)
        by_height = -2 * mass / height**3 + 500 * d * (1 + 2 * speed)
        by_speed, by_mass = -2 * d / speed * (1 + 2 * speed) - 2 * d, 1 / height**2
        free = by_height * speed - by_speed * (d / mass + 1 / height**2)
        return -free / (by_speed / mass - 2 * by_mass)

    def fly(thrust, state, until, falling):
        def rates(_, here):
            push = thrust(here)
            height, speed, mass = here
            return [speed, (push - drag(height, speed)) / mass - 1 / height**2, -2 * push]

        def event(_, here):
            return until(here)

        event.terminal, event.direction = True, falling
        flight = solve_ivp(
            rates, (0.0, 1.0), state, method="DOP853", rtol=1e-12, atol=1e-14, events=event
        )
        assert flight.status == 1
        return flight.y[:, -1]

    burnt = fly(lambda _: 3.5, [1.0, 0.0, 1.0], switch, -1)
    empty = fly(on_arc, burnt, lambda here: here[2] - 0.6, -1)
    return fly(lambda _: 0.0, empty, lambda here: here[1], -1)[0]
