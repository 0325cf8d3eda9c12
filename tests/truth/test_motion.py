"""The motion of a vehicle: gravity, height, thrust and drag, each against something else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosmodrom.base.ellipsoid import geodetic_to_itrs
from kosmodrom.errors import InputError
from kosmodrom.launch.law import ascent_law
from kosmodrom.launch.motion import (
    Drag,
    Engine,
    ascent_dynamics,
    gravity,
    height_expression,
)
from kosmodrom.launch.problem import Point
from kosmodrom.launch.splines import Spline
from kosmodrom.launch.symbols import library

ca = library()
DRAG = Drag.by_mach(7.0, [0.0, 0.8, 1.1, 2.0, 5.0, 20.0], [0.3, 0.35, 0.6, 0.4, 0.25, 0.2])
ENGINE = Engine.from_thrusts(1e6, 8.5e5, 310.0)


def evaluated(write, *sizes):
    """Make a function of what is written with columns of symbols."""
    symbols = [ca.SX.sym(f"s{number}", size) for number, size in enumerate(sizes)]
    function = ca.Function("f", symbols, [ca.vertcat(*write(*symbols))])
    return lambda *values: np.array(function(*values)).ravel()


@pytest.mark.parametrize(
    ("latitude", "known"),
    # NGA.STND.0036_1.0.0_WGS84 (2014), table 3.6: normal gravity at the equator and at the pole.
    [(0.0, 9.7803253359), (90.0, 9.8321849379)],
)
def test_gravity_on_the_ground_is_that_of_the_ellipsoid(latitude, known):
    place = geodetic_to_itrs(np.radians(latitude), 0.0, 0.0)
    turned = 7.292115e-5**2 * np.array([place[0], 0.0, 0.0])
    # Left out are J4 and on, which are 2e-6 of it and count fivefold: 2e-5 m/s² of 9.8.
    assert np.linalg.norm(gravity(place) + turned) == pytest.approx(known, abs=1.2e-4)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.0, 2e6))
def test_gravity_is_the_slope_of_its_potential(latitude, longitude, height):
    place = geodetic_to_itrs(np.radians(latitude), np.radians(longitude), height)
    # Montenbruck and Gill, equation 3.10 with C20 alone, by CasADi's derivative.
    position = ca.SX.sym("position", 3)
    distance = ca.norm_2(position)
    legendre = 1.5 * (position[2] / distance) ** 2 - 0.5
    potential = 3.986004418e14 / distance * (
        1 - 1.0826261738522e-3 * (6_378_137.0 / distance) ** 2 * legendre
    )  # fmt: skip
    slope = ca.Function("slope", [position], [ca.gradient(potential, position)])
    assert gravity(place) == pytest.approx(np.array(slope(place)).ravel(), abs=1e-11)  # rounding


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-5e3, 2e6))
def test_height_is_that_over_the_ellipsoid(latitude, longitude, height):
    place = geodetic_to_itrs(np.radians(latitude), np.radians(longitude), height)
    found = evaluated(lambda position: [height_expression(position)], 3)(place)[0]
    # A micrometre, and where the pole is rounded off half of a metre squared over the distance
    # from the axis, times the cosine of the latitude: the same everywhere, below 1e-7 m.
    assert found == pytest.approx(height, abs=2e-6)


states = st.tuples(
    st.floats(-85, 85), st.floats(-180, 180), st.floats(10.0, 3e5), st.floats(0, 360),
    st.floats(-80, 80), st.floats(1.0, 7.8e3), st.floats(1e3, 5e5),
)  # fmt: skip


@given(states, st.booleans())
def test_both_ways_to_write_the_motion_agree(drawn, in_air):
    latitude, longitude, height, azimuth, climb, speed, mass = drawn
    place = geodetic_to_itrs(np.radians(latitude), np.radians(longitude), height)
    angles = np.radians([azimuth, climb])
    way = np.array([np.cos(angles[1]) * np.cos(angles[0]), np.cos(angles[1]) * np.sin(angles[0]),
                    np.sin(angles[1])])  # fmt: skip
    state = np.array([*place, *(speed * way), mass])
    control = np.array([way[1], way[2], way[0]])
    drag = DRAG if in_air else None
    dynamics = ascent_dynamics(ENGINE, drag)
    symbols = evaluated(lambda x, u: dynamics(Point(0.0, x, u, None)), 7, 3)(state, control)
    rates = ascent_law(ENGINE, drag)(0.0, state, control)
    # 1e-8 of what pushes and pulls: the spline of the air loses so much as a sum of cubes.
    scale = 10 + np.abs(rates).max()
    assert symbols == pytest.approx(rates, abs=1e-8 * scale)


def test_an_engine_loses_the_pressure_over_its_nozzle():
    drag = Drag.by_mach(0.0, [0.0, 1.0, 2.0], [0.0, 0.0, 0.0])
    pad = geodetic_to_itrs(0.0, 0.0, 0.0)
    up = pad / np.linalg.norm(pad)
    for law_drag, thrust in ((drag, 8.5e5), (None, 1e6)):
        rates = ascent_law(ENGINE, law_drag)(0.0, np.array([*pad, 0, 0, 0, 1e5]), up)
        assert (rates[3:6] - gravity(pad)) @ up == pytest.approx(thrust / 1e5, abs=1e-6)
    assert rates[6] == pytest.approx(-1e6 / 310.0 / 9.80665, abs=1e-9)


def test_drag_is_half_the_density_times_the_square_of_the_speed():
    # By hand at 11 km: 0.36480 kg/m³, 295.154 m/s (table I of the standard of 1976); 2 Mach to the
    # north over the equator, 7 m², 0.4: half of it all is 177.96 kN.
    place = geodetic_to_itrs(0.0, 0.0, 11_000.0)
    turning = np.array([0.0, 7.292115e-5 * place[0], 0.0])
    state = np.array([*place, 0.0, turning[1], 2 * 295.154, 1e4])
    coast = Engine(vacuum_thrust=0.0, exit_area=0.0, flow=0.0)
    rates = ascent_law(coast, DRAG)(0.0, state, np.array([0.0, 0.0, 1.0]))
    slowed = rates[3:6] - gravity(place)
    assert slowed[2] * 1e4 == pytest.approx(-177.96e3, abs=600.0)  # 0.12 % of density, 0.1 of Mach
    assert np.abs(slowed[:2]).max() < 1e-2


@given(st.lists(st.floats(-10, 10), min_size=5, max_size=5))
def test_a_spline_goes_through_its_values_and_stays_at_its_ends(values):
    knots = np.array([0.0, 0.5, 2.0, 3.0, 7.0])
    spline = Spline.through(knots, np.array(values)[:, np.newaxis])
    assert spline.at(knots)[:, 0] == pytest.approx(values, abs=1e-10)  # rounding
    assert spline.at([-5.0, 50.0])[:, 0] == pytest.approx([values[0], values[-1]], abs=1e-10)
    written = evaluated(spline.expressions, 1)
    for at in (-1.0, 0.3, 2.5, 6.0, 8.0):
        assert written(at)[0] == pytest.approx(float(spline.at(at)[0]), abs=1e-10)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Engine(vacuum_thrust=-1.0, exit_area=0.0, flow=0.0),
            "vacuum_thrust of an engine",
        ),
        (lambda: Engine.from_thrusts(1.0, 2.0, 300.0), "the first is the greater one"),
        (lambda: Engine.from_thrusts(2.0, 1.0, 0.0), "above zero"),
        (lambda: Drag.by_mach(-1.0, [0, 1, 2], [0, 0, 0]), "drag must not push"),
        (lambda: Spline.through([0.0, 1.0], [[0.0], [1.0]]), "three or more rising knots"),
        (lambda: Spline.through([0.0, 1.0, 2.0], [[0.0], [np.nan], [1.0]]), "finite values"),
    ],
)
def test_what_is_no_vehicle_is_refused(make, message):
    with pytest.raises(InputError, match=message):
        make()
