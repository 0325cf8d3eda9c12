"""A whole ascent with air, back-pressure and J2, flown once more by other equations.

The vehicle is made up, of the size of a Soyuz: its numbers prove nothing about a real one.
"""

import numpy as np
import pytest

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A
from kosmodrom.base.ellipsoid import geodetic_to_itrs, local_axes
from kosmodrom.launch.collocation import refined, solve
from kosmodrom.launch.law import ascent_law
from kosmodrom.launch.motion import Drag, Engine, ascent_dynamics, height_expression
from kosmodrom.launch.problem import Bounded, Box, Guess, Phase, Problem
from kosmodrom.launch.radau import Mesh
from kosmodrom.launch.reintegration import reintegrated
from kosmodrom.launch.symbols import library

ca = library()
PAD = geodetic_to_itrs(np.radians(51.884), 0.0, 0.0)
EAST, _, UP = local_axes(np.radians(51.884), 0.0)
SPIN = EARTH_ROTATION_RATE * np.array([-PAD[1], PAD[0], 0.0])
SPEED = np.sqrt(MU_EARTH / WGS84_A)
MASS, DROPPED, HEIGHT = 300e3, 20e3, 200e3
RADIUS = WGS84_A + HEIGHT
CIRCLING = np.sqrt(MU_EARTH / RADIUS)
INCLINATION = np.radians(51.9)
SCALE = np.array([*[WGS84_A] * 3, *[SPEED] * 3, MASS])
DRAG = Drag.by_mach(8.0, [0.0, 0.8, 1.1, 2.0, 5.0, 20.0], [0.3, 0.35, 0.6, 0.4, 0.25, 0.2])
FIRST = Engine.from_thrusts(4.2e6, 3.8e6, 310.0)
SECOND = Engine.from_thrusts(5e5, 3e5, 340.0)
RISEN, STAGED = 12.0, 150.0
BURNT = STAGED + 75e3 / SECOND.flow
COARSE = [Mesh.even(1, 4), Mesh.even(4, 4), Mesh.even(3, 4)]
FINE = [Mesh.even(2, 5), Mesh.even(16, 5), Mesh.even(12, 5)]


def states(least, greatest):
    low = np.array([*[-2 * WGS84_A] * 3, *[-12e3] * 3, least])
    high = np.array([*[2 * WGS84_A] * 3, *[12e3] * 3, greatest])
    return Box(low, high, SCALE)


def guess(begin, end, first, last):
    """Bend a way from upwards to eastwards."""
    time = np.linspace(begin, end, 15)
    part = (time / BURNT)[:, np.newaxis]
    angle = 0.32 * part**2
    out, along = (
        np.cos(angle) * UP + np.sin(angle) * EAST,
        np.cos(angle) * EAST - np.sin(angle) * UP,
    )
    place = (np.linalg.norm(PAD) + HEIGHT * np.sin(np.pi / 2 * part)) * out
    speed = SPIN + part**1.5 * (CIRCLING * along - SPIN)
    thrust = 0.9 * (1 - part) * out + part * along
    mass = np.linspace(first, last, 15)[:, np.newaxis]
    return Guess(
        time,
        np.hstack([place, speed, mass]),
        thrust / np.linalg.norm(thrust, axis=1, keepdims=True),
    )


def limits(point):
    height = height_expression(point.state[:3])
    return [
        Bounded(ca.sumsqr(point.control), 1.0, 1.0),
        Bounded(height, 0.0, np.inf, WGS84_A),
    ]


def conditions(whole):
    rise, first, second = whole.phases
    position, velocity = second.end.state[:3], second.end.state[3:6]
    momentum = RADIUS * CIRCLING * np.cos(INCLINATION)
    falls = np.array([*[0.0] * 6, -DROPPED]) / SCALE
    return [
        Bounded((first.begin.state - rise.end.state) / ca.DM(SCALE), 0.0, 0.0),
        Bounded((second.begin.state - first.end.state) / ca.DM(SCALE), falls, falls),
        Bounded(ca.norm_2(position), RADIUS, RADIUS, WGS84_A),
        Bounded(ca.norm_2(velocity), CIRCLING, CIRCLING, SPEED),
        Bounded(ca.dot(position, velocity), 0.0, 0.0, WGS84_A * SPEED),
        Bounded(ca.cross(position, velocity)[2], momentum, momentum, WGS84_A * SPEED),
    ]


@pytest.fixture(scope="module")
def problem():
    start = np.array([*PAD, *SPIN, MASS])
    risen, staged = MASS - FIRST.flow * RISEN, MASS - FIRST.flow * STAGED
    above = np.array([*(PAD + 200 * UP), *(SPIN + 40 * UP), risen])
    free = Box(np.full(3, -1.1), np.full(3, 1.1))
    rise = Phase(
        name="rise", states=states(risen - 1, MASS + 1), controls=Box(UP, UP),
        dynamics=ascent_dynamics(FIRST, DRAG), begin=(0.0, 0.0), end=(RISEN, RISEN),
        initial=(start, start), guess=Guess([0.0, RISEN], [start, above], [UP, UP]),
    )  # fmt: skip
    first = Phase(
        name="first stage", states=states(staged - 1, risen + 1), controls=free,
        dynamics=ascent_dynamics(FIRST, DRAG), begin=(RISEN, RISEN), end=(STAGED, STAGED),
        guess=guess(RISEN, STAGED, risen, staged), path=limits,
    )  # fmt: skip
    second = Phase(
        name="second stage", states=states(1e3, staged - DROPPED + 1), controls=free,
        dynamics=ascent_dynamics(SECOND, None), begin=(STAGED, STAGED),
        end=(STAGED + 50.0, BURNT), path=limits,
        guess=guess(STAGED, BURNT, staged - DROPPED, staged - DROPPED - 75e3),
    )  # fmt: skip
    return Problem(
        phases=(rise, first, second),
        cost=lambda whole: -whole.phases[-1].end.state[6],
        conditions=conditions,
        time_scale=100.0,
        cost_scale=MASS,
    )


@pytest.fixture(scope="module")
def found(problem):
    return solve(problem, COARSE, FINE)


def test_it_converges_from_a_drawn_line(found):
    assert [each.attempts for each in found.statistics] == [1, 1]
    assert found.statistics[1].iterations <= 10


def test_other_equations_and_another_integrator_come_to_the_same_orbit(found):
    laws = [ascent_law(FIRST, DRAG), ascent_law(FIRST, DRAG), ascent_law(SECOND, None)]
    ends = reintegrated(found, laws, [SCALE] * 3)
    off = ends[-1] - found.phases[-1].states[-1]
    # Measured: 0.7 m and 1.5 mm/s on this mesh; asked for: 10 m and 0.05 m/s, the aim 1 m.
    assert np.linalg.norm(off[:3]) == pytest.approx(0.0, abs=1.0)
    assert np.linalg.norm(off[3:6]) == pytest.approx(0.0, abs=0.005)


def test_a_doubled_mesh_carries_as_much(problem, found):
    finer = refined(problem, found)
    # Asked for: 0.1 %, the aim 0.02 %. A tenth of the aim.
    assert finer.cost / found.cost == pytest.approx(1.0, abs=2e-5)


def test_it_ends_on_the_circle_that_was_asked_for(found):
    position, velocity = np.split(found.phases[-1].states[-1][:6], 2)
    momentum = np.cross(position, velocity)
    assert np.linalg.norm(position) - WGS84_A == pytest.approx(HEIGHT, abs=0.1)  # 1e-8 of a radius
    assert np.linalg.norm(velocity) == pytest.approx(CIRCLING, abs=1e-3)
    tilt = np.degrees(np.arccos(momentum[2] / np.linalg.norm(momentum)))
    assert tilt == pytest.approx(51.9, abs=1e-5)
