"""Falls, impact points and ascents flown again, each against something else.

The vehicle is made up, of the size of a Soyuz: its numbers prove nothing about a real one.
"""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.spatial.transform import Rotation

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A
from kosmodrom.base.ellipsoid import geodetic_to_itrs, itrs_to_geodetic, local_axes
from kosmodrom.base.geodesy import geodesic
from kosmodrom.errors import InputError
from kosmodrom.launch.atmosphere import air_at
from kosmodrom.launch.fall import FELL, ORBITS, STAYS_UP, fallen, turned_with_earth
from kosmodrom.launch.impact import impact_expression, impact_point, impact_trace
from kosmodrom.launch.law import ascent_law
from kosmodrom.launch.motion import J2, Drag, Engine, gravity
from kosmodrom.launch.programme import Burn, Drop, Programme
from kosmodrom.launch.reflight import Perturbed, flown
from kosmodrom.launch.surroundings import Wind
from kosmodrom.launch.symbols import library

ca = library()
COAST = Engine(vacuum_thrust=0.0, exit_area=0.0, flow=0.0)
TURNING = np.array([0.0, 0.0, EARTH_ROTATION_RATE])
PLACE = geodetic_to_itrs(np.radians(51.884), np.radians(128.33), 280.0)
EAST, NORTH, UP = local_axes(np.radians(51.884), np.radians(128.33))
# Eastwards, northwards, upwards [m/s] and height [m]: boosters, a core, almost in orbit, a fairing
# over the pole, and straight down.
STATES = {
    "boosters": (-300.0, 1500.0, 1000.0, 50e3),
    "core": (200.0, 3600.0, 900.0, 150e3),
    "almost in orbit": (6900.0, 1000.0, 500.0, 190e3),
    "high": (0.0, 2000.0, 3000.0, 250e3),
    "straight down": (0.0, 0.0, -500.0, 30e3),
}


def state_of(name):
    east, north, up, height = STATES[name]
    place = geodetic_to_itrs(np.radians(51.884), np.radians(128.33), height)
    return place, east * EAST + north * NORTH + up * UP + np.cross(TURNING, place)


def on_ground(law, time, place, speed):
    """Integrate a law until the ground with DOP853: latitude, longitude, time, speed."""

    def height(_, state):
        return itrs_to_geodetic(state[:3])[2]

    height.terminal, height.direction = True, -1
    found = solve_ivp(
        law, (time, time + 2e4), np.concatenate([place, speed]), method="DOP853",
        rtol=1e-11, atol=1e-5, events=height,
    )  # fmt: skip
    place, speed = np.split(found.y[:, -1], 2)
    latitude, longitude, _ = itrs_to_geodetic(turned_with_earth(found.t[-1], place))
    over_ground = np.linalg.norm(speed - np.cross(TURNING, place))
    return latitude, longitude, found.t[-1], over_ground


# Falls


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("ballistic", [60.0, 500.0])
def test_a_fall_ends_where_another_integrator_with_other_equations_ends(name, ballistic):
    place, speed = state_of(name)
    whole = ascent_law(COAST, Drag.by_mach(1.0, [0.0, 1.0, 2.0], [1.0, 1.0, 1.0]))
    ahead = np.array([1.0, 0.0, 0.0])  # of no thrust

    def law(time, state):
        return whole(time, np.append(state, ballistic), ahead)[:6]

    latitude, longitude, time, over_ground = on_ground(law, 118.0, place, speed)
    found = fallen(118.0, place, speed, ballistic=ballistic)
    off = geodesic(latitude, longitude, found.latitude[0], found.longitude[0])[0]
    # Three hundred times the error allowed in a step, 0.03 m; measured: 7 m almost in orbit, where
    # a second of flight is 7 km, else below 3 m.
    assert off == pytest.approx(0.0, abs=9.0)
    assert found.time[0] == pytest.approx(time, abs=0.01)
    assert found.speed[0] == pytest.approx(over_ground, abs=0.01)
    assert found.status[0] == FELL


def test_wind_carries_a_fall_as_in_equations_written_apart():
    place, speed = state_of("boosters")
    heights = np.array([0.0, 8e3, 12e3, 60e3])
    blows = np.array([5.0, 30.0, 40.0, 0.0]), np.array([-3.0, 10.0, -20.0, 0.0])

    def law(time, state):
        # The wind in Earth-fixed axes, turned back into those that do not turn.
        fixed = turned_with_earth(time, state[:3])
        latitude, longitude, height = itrs_to_geodetic(fixed)
        axes = local_axes(latitude, longitude)
        wind = np.stack([np.interp(height, heights, each) for each in blows]) @ axes[:2]
        back = turned_with_earth(-time, wind)
        motion = state[3:] - np.cross(TURNING, state[:3]) - back
        slowing = 0.5 * 1.2 * air_at(height).density / 80.0 * np.linalg.norm(motion)
        return np.concatenate([state[3:], gravity(state[:3]) - slowing * motion])

    latitude, longitude, time, _ = on_ground(law, 118.0, place, speed)
    wind = Wind(heights, *blows)
    found = fallen(118.0, place, speed, ballistic=80.0, density_factor=1.2, wind=wind)
    calm = fallen(118.0, place, speed, ballistic=80.0, density_factor=1.2)
    off = geodesic(latitude, longitude, found.latitude[0], found.longitude[0])[0]
    assert off == pytest.approx(0.0, abs=3.0)  # as without wind
    assert found.time[0] == pytest.approx(time, abs=0.01)
    moved = geodesic(calm.latitude[0], calm.longitude[0], found.latitude[0], found.longitude[0])[0]
    assert 3e3 < moved < 15e3  # some 20 m/s for 350 s: the test would see a wind left out


def jacobi(time, place, over_ground):
    """Energy in turning axes, which a field that turns with them keeps [m²/s²]."""
    distance = np.linalg.norm(place)
    sine = place[2] / distance
    potential = MU_EARTH / distance * (1 - J2 * (WGS84_A / distance) ** 2 * (1.5 * sine**2 - 0.5))
    return over_ground**2 / 2 - potential - (EARTH_ROTATION_RATE * np.hypot(*place[:2])) ** 2 / 2


@pytest.mark.parametrize("name", STATES)
def test_without_air_the_energy_in_turning_axes_is_kept(name):
    place, speed = state_of(name)
    found = fallen(0.0, place, speed, ballistic=np.inf)
    before = jacobi(0.0, place, np.linalg.norm(speed - np.cross(TURNING, place)))
    ground = geodetic_to_itrs(found.latitude[0], found.longitude[0], 0.0)
    after = jacobi(found.time[0], ground, found.speed[0])
    # 1e-3 m/s at the speed of impact, or 1 m of height.
    assert after == pytest.approx(before, abs=1e-3 * found.speed[0] + 1.0)


@pytest.mark.parametrize("name", STATES)
def test_without_air_a_fall_ends_near_the_conic_of_a_sphere(name):
    place, speed = state_of(name)
    found = fallen(50.0, place, speed, ballistic=np.inf)
    conic = impact_point(50.0, place, speed)
    off = geodesic(conic.latitude, conic.longitude, found.latitude[0], found.longitude[0])[0]
    # J2 pulls by up to 3 J2 = 0.33 % of gravity more or less, or to the side; where the fall is
    # shallow that counts by one over the sine of its angle.
    moved = 0.0033 * 9.83 * (found.time[0] - 50.0) ** 2 / 2 / np.sin(found.descent[0])
    assert off < moved
    assert found.time[0] == pytest.approx(conic.time, abs=moved / found.speed[0])


def test_a_light_body_comes_down_at_its_terminal_speed():
    place, speed = state_of("boosters")
    found = fallen(118.0, place, speed, ballistic=np.array([40.0, 72.0]))
    # Weight is drag, by hand: 9.81 m/s² at this latitude, 1.225 kg/m³ (standard of 1976). It slows
    # as the air thickens over 10.4 km, so it is faster by v²/(4 g H): 0.2 and 0.3 %.
    known = np.sqrt(2 * 9.81 * np.array([40.0, 72.0]) / 1.225)
    assert found.speed == pytest.approx(known * (1 + known**2 / (4 * 9.81 * 10.4e3)), rel=1e-3)
    assert np.degrees(found.descent) == pytest.approx(90.0, abs=0.1)


def test_what_orbits_leaves_or_stays_up_is_told_and_not_integrated():
    place = geodetic_to_itrs(0.0, 0.0, 200e3)
    around = np.sqrt(MU_EARTH / np.linalg.norm(place))
    speeds = np.array([[0, around, 0], [0, 12e3, 0], [11.1e3, 0, 0], [9e3, 0, 0], [0, 6e3, 0]])
    found = fallen(0.0, place, speeds, ballistic=100.0, longest=3600.0)
    assert found.status.tolist() == [ORBITS, ORBITS, ORBITS, STAYS_UP, FELL]
    for each in (found.latitude, found.longitude, found.time, found.speed, found.descent):
        assert np.isnan(each).tolist() == [True, True, True, True, False]
    assert found.fell.tolist() == [False, False, False, False, True]


def test_a_path_leads_from_the_state_to_the_impact():
    place, speed = state_of("boosters")
    found = fallen(118.0, place, speed, ballistic=80.0, ground=300.0, paths=True)
    (path,) = found.paths
    assert path.time[[0, -1]] == pytest.approx([118.0, found.time[0]], abs=0)
    assert path.height[[0, -1]] == pytest.approx([50e3, 300.0], abs=1e-3)  # of the search
    assert path.latitude[-1] == pytest.approx(found.latitude[0], abs=1e-12)
    steps = np.diff(path.time)
    assert 0 < steps.min() < steps.max() < 20.0 + 1e-9  # rounding


# Impact points


@pytest.mark.parametrize("name", STATES)
def test_the_impact_point_is_that_of_two_bodies_integrated(name):
    place, speed = state_of(name)

    def law(_, state):
        return np.concatenate([state[3:], -MU_EARTH * state[:3] / np.linalg.norm(state[:3]) ** 3])

    latitude, longitude, time, _ = on_ground(law, 300.0, place, speed)
    found = impact_point(300.0, place, speed)
    assert found.falls
    assert geodesic(latitude, longitude, found.latitude, found.longitude)[0] == pytest.approx(
        0.0, abs=1e-2  # the tolerance of the integrator over half an Earth
    )  # fmt: skip
    assert found.time == pytest.approx(time, abs=1e-5)


def test_on_a_sphere_it_is_the_ellipse_that_is_symmetric_about_its_apogee():
    # From the ground of a sphere over the equator to the north, 5 km/s at 40 deg: the fall ends as
    # far beyond the apogee as it began before it. From the eccentric anomaly of the start alone.
    radius, speed, climb = 6.371e6, 5e3, np.radians(40.0)
    axis = 1 / (2 / radius - speed**2 / MU_EARTH)
    eccentricity = np.sqrt(1 - (radius * speed * np.cos(climb)) ** 2 / MU_EARTH / axis)
    start = np.arccos((1 - radius / axis) / eccentricity)
    true = 2 * np.arctan(np.sqrt((1 + eccentricity) / (1 - eccentricity)) * np.tan(start / 2))
    time = 2 * np.sqrt(axis**3 / MU_EARTH) * (np.pi - start + eccentricity * np.sin(start))
    found = impact_point(
        0.0, [radius, 0.0, 0.0], [speed * np.sin(climb), 0.0, speed * np.cos(climb)], radius=radius
    )
    assert found.latitude == pytest.approx(2 * (np.pi - true), abs=1e-9)  # 6 mm
    assert found.time == pytest.approx(time, abs=1e-6)
    assert found.longitude == pytest.approx(-EARTH_ROTATION_RATE * time, abs=1e-9)


def test_a_slow_throw_lands_after_the_parabola_of_galileo():
    # 100 m/s at 45 deg over a pole, where nothing turns: v²/g = 1016.6 m with 9.8370 m/s², the
    # gravity of a sphere's mass there; the curved Earth adds range/radius, 1.6e-4 of it.
    pole = geodetic_to_itrs(np.pi / 2, 0.0, 0.0)
    pull = MU_EARTH / pole[2] ** 2
    found = impact_point(0.0, pole, np.array([1.0, 0.0, 1.0]) * 100 / 2**0.5)
    gone = geodesic(np.pi / 2, 0.0, found.latitude, found.longitude)[0]
    assert gone == pytest.approx(1e4 / pull, rel=4e-4)
    assert found.time == pytest.approx(2**0.5 * 100 / pull, rel=4e-4)


def test_a_vehicle_on_its_pad_would_come_down_there():
    for latitude in (0.0, 51.884, 90.0):
        pad = geodetic_to_itrs(np.radians(latitude), 0.3, 0.0)
        found = impact_point(0.0, pad, np.cross(TURNING, pad))
        assert found.falls
        assert [np.degrees(found.latitude), found.longitude, found.time] == pytest.approx(
            [latitude, 0.3, 0.0], abs=1e-4
        )


@pytest.fixture(scope="module")
def written():
    position, velocity, time = ca.SX.sym("p", 3), ca.SX.sym("v", 3), ca.SX.sym("t")
    point = impact_expression(position, velocity, time)
    values = ca.vertcat(point.latitude, point.longitude, point.time, point.direction, point.falls)
    state = ca.vertcat(position, velocity)
    slopes = ca.jacobian(values, state)
    return ca.Function("point", [position, velocity, time], [values, slopes])


@pytest.mark.parametrize("name", STATES)
def test_the_expression_says_the_same(name, written):
    place, speed = state_of(name)
    found = impact_point(70.0, place, speed)
    values = np.array(written(place, speed, 70.0)[0]).ravel()
    # A fixed number of rounds, and the radial speed rounded off: 2 cm in 10 000 km.
    known = [float(found.latitude), float(found.longitude)]
    assert values[:2] == pytest.approx(known, abs=1e-8)
    assert values[2] == pytest.approx(float(found.time), abs=1e-4)
    assert values[3:6] == pytest.approx(found.direction, abs=1e-8)
    assert values[6] > 0


def test_the_expression_bends_smoothly_into_orbit(written):
    place = geodetic_to_itrs(np.radians(52.0), 0.0, 200e3)
    speeds = np.linspace(6000.0, 7900.0, 400)
    values, slopes = zip(
        *(written(place, each * local_axes(np.radians(52.0), 0.0)[0], 500.0) for each in speeds),
        strict=True,
    )
    assert np.isfinite(np.array(slopes)).all()
    assert np.isfinite(np.array(values)).all()
    falls = np.array(values)[:, 6, 0] > 0
    assert falls[0]
    assert not falls[-1]
    assert np.count_nonzero(np.diff(falls)) == 1


def test_the_trace_leaves_the_earth_where_the_perigee_clears_it():
    place = geodetic_to_itrs(0.0, 0.0, 200e3)
    radius = np.linalg.norm(place)
    time = np.linspace(0.0, 400.0, 401)
    speed = 100.0 + 20.0 * time
    trace = impact_trace(time, np.tile(place, (401, 1)), np.outer(speed, [0.0, 1.0, 0.0]))
    # Level flight is an apogee: on the equator its perigee is on the ground at this speed.
    known = np.sqrt(2 * MU_EARTH * WGS84_A / radius / (radius + WGS84_A))
    assert trace.leaves == pytest.approx((known - 100) / 20, abs=0.01)  # a straight line in 1 s
    assert len(trace.time) == int(np.ceil((known - 100) / 20))
    assert np.isfinite(trace.latitude).all()
    assert np.all(np.diff(np.unwrap(trace.longitude)) > 0)
    assert impact_trace(time[:9], np.tile(place, (9, 1)), np.zeros((9, 3))).leaves is None


# Ascents flown again

DRAG = Drag.by_mach(30.0, [0.0, 0.8, 1.1, 2.0, 5.0, 20.0], [0.3, 0.35, 0.6, 0.4, 0.25, 0.2])
BOOSTERS = Engine.from_thrusts(4.08e6, 3.35e6, 320.0)
CORE = Engine.from_thrusts(9.9e5, 7.9e5, 320.0)
LOADS = 156e3, 90e3
DROPPED = 15.2e3, 1.0e3, 6.5e3
LIFT_OFF = 300e3
FAIRING_AT = 210.0
AHEAD = np.cos(np.radians(350.0)) * NORTH + np.sin(np.radians(350.0)) * EAST


AS_PLANNED = {"thrust": 1.0, "impulse": 1.0, "load": (1.0, 1.0), "drag": 1.0, "turn": (0.0, 0.0)}


def way(time):
    tilt = np.radians(85.0) * (1 - np.exp(-(np.maximum(time - 8, 0) ** 2) / (2 * 130.0**2)))
    return np.cos(tilt) * UP + np.sin(tilt) * AHEAD


def flight(thrust=1.0, impulse=1.0, load=(1.0, 1.0), drag=1.0, turn=(0.0, 0.0), side=NORTH):
    """Fly with DOP853 and `ascent_law`: times and states at the drops, mass after them."""
    ends = [
        amount * part / (engine.flow * thrust / impulse)
        for amount, part, engine in zip(LOADS, load, (BOOSTERS, CORE), strict=True)
    ]
    spans = [(0.0, ends[0], 1), (ends[0], FAIRING_AT, 0), (FAIRING_AT, ends[1], 0)]
    mass = LIFT_OFF + sum(amount * (part - 1) for amount, part in zip(LOADS, load, strict=True))
    state = np.concatenate([PLACE, np.cross(TURNING, PLACE), [mass]])
    found = []
    for (begin, end, both), lost in zip(spans, DROPPED, strict=True):
        engine = Engine(
            vacuum_thrust=thrust * (CORE.vacuum_thrust + both * BOOSTERS.vacuum_thrust),
            exit_area=CORE.exit_area + both * BOOSTERS.exit_area,
            flow=thrust / impulse * (CORE.flow + both * BOOSTERS.flow),
        )
        law = ascent_law(engine, Drag(DRAG.area * drag, DRAG.coefficients))

        def rates(time, state, law=law):
            ahead = Rotation.from_rotvec(np.arctan(turn[0]) * side).apply(way(time))
            return law(time, state, ahead + turn[1] * side)

        span = solve_ivp(rates, (begin, end), state, method="DOP853", rtol=1e-11, atol=1e-6)
        state = span.y[:, -1].copy()
        state[6] -= lost
        found.append((end, state))
    return found


@pytest.fixture(scope="module")
def plan():
    ends = [amount / engine.flow for amount, engine in zip(LOADS, (BOOSTERS, CORE), strict=True)]
    arcs = [np.linspace(0.0, ends[0], 31), np.linspace(ends[0], ends[1], 41)]
    side = np.cross(PLACE, AHEAD)
    times = ends[0], FAIRING_AT, ends[1]
    drops = zip(("boosters", "fairing", "core"), DROPPED, times, strict=True)
    return Programme(
        position=PLACE, velocity=np.cross(TURNING, PLACE), mass=LIFT_OFF,
        blocks=("boosters", "core"), loads=LOADS,
        burns=tuple(
            Burn(block=n, engine=engine, begin=0.0, end=ends[n], until_empty=True, after=None)
            for n, engine in enumerate((BOOSTERS, CORE))
        ),
        drops=tuple(
            Drop(name=name, mass=mass, time=time, block=block, after=block)
            for (name, mass, time), block in zip(drops, (0, None, 1), strict=True)
        ),
        steering=tuple((time, np.array([way(each) for each in time])) for time in arcs),
        side=side / np.linalg.norm(side), drag=DRAG,
    )  # fmt: skip


def assert_same(copies, known):
    for copy, (time, state) in zip(copies, known, strict=True):
        assert copy.time[-1] == pytest.approx(time, abs=1e-9)
        # Directions between those of the plan by cubics, 4 to 5 s apart: measured 0.3 m, 2 mm/s.
        assert np.linalg.norm(copy.position[-1] - state[:3]) == pytest.approx(0.0, abs=2.0)
        assert np.linalg.norm(copy.velocity[-1] - state[3:6]) == pytest.approx(0.0, abs=0.01)
        assert copy.mass[-1] == pytest.approx(state[6], abs=1e-5)


def test_copies_that_do_not_differ_fly_as_planned(plan):
    assert_same(flown(plan, Perturbed.as_planned(plan, 2)), flight())


@pytest.mark.parametrize(
    "how",
    [
        {"thrust": 1.03},
        {"impulse": 0.99},
        {"load": (1.01, 0.98)},
        {"drag": 1.3},
        {"turn": (0.003, 0.0)},
        {"turn": (0.0, -0.003)},
        {"thrust": 1.02, "impulse": 0.99, "load": (1.01, 0.99), "drag": 0.8, "turn": (2e-3, 1e-3)},
    ],
)  # fmt: skip
def test_copies_that_differ_fly_as_a_vehicle_with_those_numbers(plan, how):
    given = AS_PLANNED | how
    calm = np.zeros((1, 2))
    copies = Perturbed(
        thrust=np.full((1, 2), given["thrust"]), impulse=np.full((1, 2), given["impulse"]),
        load=np.array([given["load"]]), drag=np.array([1.0]), density=np.array([given["drag"]]),
        east=calm, north=calm, pointing=np.array([given["turn"]]), ballistic=np.ones((1, 3)),
    )  # fmt: skip
    assert_same(flown(plan, copies), flight(**how, side=plan.side))


def test_a_block_that_is_cut_off_gains_the_speed_that_was_planned():
    # By the rocket equation: from 100 t, 400 s at 100 kg/s leave 60 t. With more specific impulse
    # the same speed leaves 100 t 0.6^(1/k); with more thrust it takes less time.
    engine = Engine(vacuum_thrust=3e5, exit_area=0.0, flow=100.0)
    place = geodetic_to_itrs(0.0, 0.0, 300e3)
    plan = Programme(
        position=place, velocity=np.array([0.0, 6e3, 0.0]), mass=100e3, blocks=("upper",),
        loads=(45e3,), drops=(Drop(name="upper", mass=10e3, time=410.0, block=0, after=0),),
        burns=(Burn(block=0, engine=engine, begin=0.0, end=400.0, until_empty=False, after=None),),
        steering=((np.array([0.0, 400.0]), np.array([[0.0, 1.0, 0.0]] * 2)),),
        side=np.array([0.0, 0.0, 1.0]), drag=DRAG,
    )  # fmt: skip
    as_planned = Perturbed.as_planned(plan, 3)
    impulse, thrust = np.array([[1.0], [1.02], [0.9]]), np.array([[1.05], [1.0], [1.0]])
    copies = Perturbed(
        **{name: getattr(as_planned, name) for name in Perturbed.__slots__} | {
            "impulse": impulse, "thrust": thrust,
        }
    )  # fmt: skip
    (found,) = flown(plan, copies)
    flow = 100.0 * (thrust / impulse)[:, 0]
    known = 100e3 * (1 - 0.6 ** (1 / impulse[:, 0])) / flow
    assert known[2] * flow[2] < 45e3  # it is not empty before
    assert found.time == pytest.approx(known + 10.0, abs=1e-6)
    assert found.mass == pytest.approx(50e3, abs=1e-4)  # what flies on weighs the same


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: fallen(0.0, PLACE * 0.9, PLACE * 0, ballistic=1.0), "not above the ground"),
        (lambda: fallen(0.0, PLACE, PLACE * 0, ballistic=0.0), "must be above zero"),
        (lambda: fallen(0.0, PLACE[:2], PLACE, ballistic=1.0), "position has shape"),
        (lambda: fallen(np.zeros(2), PLACE, np.zeros((3, 3)), ballistic=1.0), "different numbers"),
        (lambda: Wind(np.zeros(2), np.zeros(2), np.zeros(2)), "rising heights"),
        (lambda: Wind(np.arange(2.0), np.zeros(3), np.zeros(2)), "finite speeds of shape"),
        (lambda: impact_point(0.0, PLACE[:2], PLACE), "last axis of both"),
        (lambda: impact_trace([1.0, 0.0], [PLACE] * 2, [PLACE] * 2), "times of a trace rise"),
    ],
)
def test_what_cannot_fall_is_refused(make, message):
    with pytest.raises(InputError, match=message):
        make()
