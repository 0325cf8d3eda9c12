"""Two problems of ascent with known answers, in benchmarks and tests alike.

Delta III: D. A. Benson, A Gauss pseudospectral transcription for optimal control, thesis, MIT,
2004; J. T. Betts, Practical methods for optimal control and estimation using nonlinear
programming, SIAM, 2nd edition, 2010. Goddard's rocket: E. D. Dolan, J. J. More, T. S. Munson,
Benchmarking optimization software with COPS 3.0, Argonne National Laboratory, ANL/MCS-TM-273,
2004, problem 10.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.problem import Bounded, Box, Guess, Phase, Point, Problem, Whole
from kosmodrom.launch.symbols import library

Floats = NDArray[np.float64]

MU, RADIUS, G0 = 3.986012e14, 6_378_145.0, 9.80665
ROTATION = 7.29211585e-5
DENSITY, SCALE_HEIGHT = 1.225, 7200.0
DRAG_AREA = 0.5 * 4 * np.pi
LATITUDE = np.radians(28.5)

BOOSTER, STAGE_1, STAGE_2, PAYLOAD = 19_290.0, 104_380.0, 19_300.0, 4_164.0
FUEL_BOOSTER, FUEL_1, FUEL_2 = 17_010.0, 95_550.0, 16_820.0
THRUST_BOOSTER, THRUST_1, THRUST_2 = 628_500.0, 1_083_100.0, 110_094.0
BURN_BOOSTER, BURN_1, BURN_2 = 75.2, 261.0, 700.0
TIMES = (0.0, 75.2, 150.4, 261.0, 961.0)
#: Thrust and flow of mass, phase by phase [N], [kg/s].
THRUSTS = (6 * THRUST_BOOSTER + THRUST_1, 3 * THRUST_BOOSTER + THRUST_1, THRUST_1, THRUST_2)
FLOWS = (
    6 * FUEL_BOOSTER / BURN_BOOSTER + FUEL_1 / BURN_1,
    3 * FUEL_BOOSTER / BURN_BOOSTER + FUEL_1 / BURN_1,
    FUEL_1 / BURN_1,
    FUEL_2 / BURN_2,
)
#: What falls off at the end of the first three phases [kg].
DROPPED = (6 * (BOOSTER - FUEL_BOOSTER), 3 * (BOOSTER - FUEL_BOOSTER), STAGE_1 - FUEL_1)
MASS = 9 * BOOSTER + STAGE_1 + STAGE_2 + PAYLOAD
SEMI_MAJOR_AXIS, ECCENTRICITY = 24_361_140.0, 0.7308
INCLINATION, NODE, PERIGEE = np.radians([28.5, 269.8, 130.5])

#: What the literature gives for Delta III: final mass [kg] and time [s], and for Goddard's rocket.
FINAL_MASS, FINAL_TIME, FINAL_HEIGHT = 7529.712412, 924.139, 1.01283


def orbit_axes() -> tuple[Floats, Floats, Floats]:
    """Give unit vectors to the perigee, along the motion there, and along the angular momentum.

    Returns
    -------
    perigee, along, normal : numpy.ndarray, shape (3,)
        Of the orbit that Delta III shall reach [-].
    """
    matrix = _turn(2, NODE) @ _turn(0, INCLINATION) @ _turn(2, PERIGEE)
    return matrix[:, 0], matrix[:, 1], matrix[:, 2]


def _turn(axis: int, angle: float) -> Floats:
    cosine, sine = np.cos(angle), np.sin(angle)
    if axis == 0:
        return np.array([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]])
    return np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])


def masses() -> list[tuple[float, float]]:
    """Give the mass at the beginning of each phase, and at its end if it lasts as planned.

    Returns
    -------
    list of tuple of float
        Two masses a phase [kg].
    """
    found, mass = [], MASS
    for flow, begin, end, drop in zip(FLOWS, TIMES[:-1], TIMES[1:], (*DROPPED, 0.0), strict=True):
        burnt = mass - flow * (end - begin)
        found.append((mass, burnt))
        mass = burnt - drop
    return found


def _law(thrust: float, flow: float) -> Callable[[Point], Sequence[Any]]:
    ca = library()

    def _dynamics(point: Point) -> list[Any]:
        position, velocity, mass = point.state[:3], point.state[3:6], point.state[6]
        radius = ca.norm_2(position)
        wind = velocity - ca.vertcat(-ROTATION * position[1], ROTATION * position[0], 0)
        density = DENSITY * ca.exp(-(radius - RADIUS) / SCALE_HEIGHT)
        drag = -0.5 * density * DRAG_AREA * ca.norm_2(wind) * wind
        force = thrust * point.control + drag
        return [velocity, -MU / radius**3 * position + force / mass, -flow]

    return _dynamics


def _unit(point: Point) -> list[Bounded]:
    ca = library()
    height = ca.norm_2(point.state[:3]) - RADIUS
    return [Bounded(ca.sumsqr(point.control), 1.0, 1.0), Bounded(height, 0.0, np.inf, RADIUS)]


def _conditions(whole: Whole) -> list[Bounded]:
    ca = library()
    found = []
    speed = np.sqrt(MU / RADIUS)
    for before, after, drop in zip(whole.phases[:-1], whole.phases[1:], DROPPED, strict=True):
        one, other = before.end.state, after.begin.state
        found += [
            Bounded(other[:3] - one[:3], 0.0, 0.0, RADIUS),
            Bounded(other[3:6] - one[3:6], 0.0, 0.0, speed),
            Bounded(other[6] - one[6], -drop, -drop, MASS),
            Bounded(after.begin.time - before.end.time, 0.0, 0.0, 100.0),
        ]
    position, velocity = whole.phases[-1].end.state[:3], whole.phases[-1].end.state[3:6]
    momentum = ca.cross(position, velocity)
    perigee, along, normal = orbit_axes()
    wanted = np.sqrt(MU * SEMI_MAJOR_AXIS * (1 - ECCENTRICITY**2)) * normal
    vector = ca.cross(velocity, momentum) / MU - position / ca.norm_2(position)
    return [
        *found,
        Bounded(momentum, wanted, wanted, RADIUS * speed),
        Bounded(ca.dot(vector, ca.DM(perigee)), ECCENTRICITY, ECCENTRICITY),
        Bounded(ca.dot(vector, ca.DM(along)), 0.0, 0.0),
    ]


def _arc(one: Floats, other: Floats, part: Floats) -> Floats:
    """Go from one place to another around the Earth, not through it."""
    lengths = np.linalg.norm(one), np.linalg.norm(other)
    angle = np.arccos(one @ other / lengths[0] / lengths[1])
    direction = (
        np.sin((1 - part) * angle) * one / lengths[0] + np.sin(part * angle) * other / lengths[1]
    ) / np.sin(angle)
    return np.asarray((lengths[0] + part * (lengths[1] - lengths[0])) * direction)


def delta_iii() -> Problem:
    """Write the four phases of Delta III: the largest mass into a transfer orbit.

    Returns
    -------
    Problem
        With a cold guess: straight lines from the pad to the perigee.
    """
    pad = RADIUS * np.array([np.cos(LATITUDE), 0.0, np.sin(LATITUDE)])
    pad_speed = ROTATION * np.array([-pad[1], pad[0], 0.0])
    perigee, along, _ = orbit_axes()
    low_point = SEMI_MAJOR_AXIS * (1 - ECCENTRICITY)
    fast = np.sqrt(MU * (1 + ECCENTRICITY) / low_point)
    speed = np.sqrt(MU / RADIUS)
    scale = np.array([*[RADIUS] * 3, *[speed] * 3, MASS])
    phases = []
    for number, (first, last) in enumerate(masses()):
        low = np.array([*[-2 * RADIUS] * 3, *[-10_000.0] * 3, last - 10.0])
        high = np.array([*[2 * RADIUS] * 3, *[10_000.0] * 3, first + 10.0])
        begin, end = TIMES[number], TIMES[number + 1]
        time = np.linspace(begin, end, 9)
        part = time[:, np.newaxis] / TIMES[-1]
        place = _arc(pad, low_point * perigee, part)
        motion = pad_speed + part * (fast * along - pad_speed)
        states = np.hstack([place, motion, np.linspace(first, last, 9)[:, np.newaxis]])
        start = np.array([*pad, *pad_speed, MASS])
        phases.append(
            Phase(
                name=f"phase {number + 1}",
                states=Box(low, high, scale),
                controls=Box(-np.full(3, 1.1), np.full(3, 1.1)),
                dynamics=_law(THRUSTS[number], FLOWS[number]),
                begin=(begin, begin),
                end=(end, end) if number < 3 else (begin + 100.0, end),
                guess=Guess(time, states, np.array([[0.0, 1.0, 0.0]] * 9)),
                initial=None if number else (start, start),
                path=_unit,
            )
        )
    return Problem(
        phases=tuple(phases),
        cost=lambda whole: -whole.phases[-1].end.state[6],
        conditions=_conditions,
        time_scale=100.0,
        cost_scale=MASS,
    )


def goddard() -> Problem:
    """Write Goddard's rocket: the greatest height; all numbers without units.

    Returns
    -------
    Problem
        With the guess of the collection.
    """
    ca = library()
    speed_of_sound = 0.5  # of exhaust: sqrt(g h) / 2
    drag_factor, fade, final = 0.5 * 620, 500.0, 0.6

    def _dynamics(point: Point) -> list[Any]:
        height, speed, mass = point.state[0], point.state[1], point.state[2]
        drag = drag_factor * speed**2 * ca.exp(-fade * (height - 1))
        return [
            speed,
            (point.control[0] - drag) / mass - 1 / height**2,
            -point.control[0] / speed_of_sound,
        ]

    times = np.linspace(0.0, 1.0, 11)
    states = np.column_stack([np.ones(11), times * (1 - times), 1 - (1 - final) * times])
    return Problem(
        phases=(
            Phase(
                name="ascent",
                states=Box(np.array([1.0, 0.0, final]), np.array([2.0, 1.0, 1.0])),
                controls=Box(np.array([0.0]), np.array([3.5])),
                dynamics=_dynamics,
                begin=(0.0, 0.0),
                end=(0.05, 1.0),
                guess=Guess(times, states, np.full((11, 1), 1.75)),
                initial=(np.array([1.0, 0.0, 1.0]), np.array([1.0, 0.0, 1.0])),
                final=(np.array([1.0, 0.0, final]), np.array([2.0, 1.0, final])),
            ),
        ),
        cost=lambda whole: -whole.phases[0].end.state[0],
    )
