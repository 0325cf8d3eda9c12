"""What is so of all vehicles cut into legs, of rough payloads, and of splines cut short."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kosmodrom.errors import InputError
from kosmodrom.launch.atmosphere import air_at, air_expression
from kosmodrom.launch.legs import legs_of
from kosmodrom.launch.motion import Drag, Engine
from kosmodrom.launch.sketch import ideal_speed, payload_for
from kosmodrom.launch.splines import Spline
from kosmodrom.launch.stack import Block, Stack
from kosmodrom.launch.symbols import library

ca = library()
DRAG = Drag.by_mach(10.0, [0.0, 1.0, 5.0], [0.3, 0.5, 0.2])
few = settings(max_examples=25)


def block(name, mass, share, time, exhaust, lit, **more):
    engine = Engine(vacuum_thrust=mass / time * exhaust, exit_area=0.0, flow=mass / time)
    return Block(
        name=name, count=1, engine=engine, expelled=mass, left=share * mass, lit=lit,
        diameter=2.0, **more,
    )  # fmt: skip


@st.composite
def stacks(draw):
    """Draw a core with or without boosters, lit on the ground or in the air, and upper blocks."""
    shares, times = st.floats(0.04, 0.2), st.floats(40.0, 300.0)
    exhausts, flags = st.floats(2200.0, 4500.0), st.booleans()
    blocks, mass = [], 200e3
    for number in range(draw(st.integers(0, 2))):
        lit = 0.0 if number == 0 else draw(st.floats(0.0, 60.0))
        share = draw(st.floats(0.2, 1.0))
        time = draw(st.floats(40.0, 130.0))
        blocks.append(
            block(f"side {number}", share * mass, draw(shares), time, 2800.0, lit, stops=False)
        )
    blocks.append(
        block("core", mass, draw(shares), draw(st.floats(135.0, 300.0)), draw(exhausts), 0.0,
              stops=draw(flags))
    )  # fmt: skip
    for number in range(draw(st.integers(1, 3))):
        mass *= draw(st.floats(0.1, 0.3))
        blocks.append(
            block(f"upper {number}", mass, draw(shares), draw(times), draw(exhausts), None,
                  gap=draw(st.sampled_from([0.0, 3.0])), stops=draw(flags), ignitions=2)
        )  # fmt: skip
    return Stack(name="drawn", blocks=tuple(blocks), fairing=draw(st.floats(100.0, 2e3)),
                 fairing_diameter=3.0, drag=DRAG)  # fmt: skip


def cut(stack, **more):
    return legs_of(stack, 100.0, fairing_leg=more.pop("fairing_leg", None), rise=8.0, **more)


@given(stacks(), st.integers(1, 2))
def test_mass_never_grows_and_never_falls_below_what_is_left_at_the_end(stack, burns):
    legs, top = cut(stack, burns=burns), stack.blocks[-1]
    least = top.left + stack.fairing
    assert legs[0].begun == pytest.approx(stack.mass - top.expelled)
    for before, after in pairwise(legs):
        assert after.begun == pytest.approx(before.above, abs=1e-6)
    for leg in legs:
        assert leg.begun >= leg.above - 1e-6 >= least - 2e-6
    assert legs[-1].above == pytest.approx(least)


@given(stacks(), st.integers(1, 2))
def test_each_block_but_the_last_falls_off_once_and_burns_before(stack, burns):
    legs = cut(stack, burns=burns)
    for one in stack.blocks[:-1]:
        at = [number for number, leg in enumerate(legs) if one in leg.dropped]
        assert len(at) == 1
        burns_in = [number for number, leg in enumerate(legs) if one in leg.burning]
        assert burns_in
        assert max(burns_in) <= at[0]
    assert not any(stack.blocks[-1] in leg.dropped for leg in legs)
    assert all(0 <= leg.duration[0] <= leg.duration[1] for leg in legs)


@given(stacks(), st.integers(1, 2), st.data())
def test_a_fairing_takes_its_mass_off_all_that_follows_wherever_it_falls(stack, burns, data):
    whole = cut(stack, burns=burns)
    burning = sum(not (leg.vertical or leg.coasts) for leg in whole)
    which = data.draw(st.integers(0, burning - 1))
    legs = cut(stack, burns=burns, fairing_leg=which)
    assert [leg.sheds_fairing for leg in legs].count(True) == 1
    at = next(number for number, leg in enumerate(legs) if leg.sheds_fairing)
    assert [leg.fairing_on for leg in legs] == [number <= at for number in range(len(legs))]
    for number, leg in enumerate(legs):
        off = stack.fairing if number > at else 0.0
        assert leg.begun == pytest.approx(whole[number - (number > at)].begun - off)


@given(stacks(), st.floats(0.001, 0.15))
def test_payload_is_the_inverse_of_ideal_speed(stack, share):
    payload = share * stack.mass
    # Halved forty times: 2e-13 of the mass at lift-off; speeds are rounded to 1e-11 m/s.
    assert payload_for(stack, ideal_speed(stack, payload)) == pytest.approx(payload, abs=1e-3)


@given(stacks(), st.floats(0.0, 0.1), st.floats(0.001, 0.1))
def test_more_payload_is_less_speed(stack, share, more):
    light, heavy = share * stack.mass, (share + more) * stack.mass
    assert ideal_speed(stack, heavy) < ideal_speed(stack, light)


@given(stacks())
def test_what_is_too_fast_is_carried_by_nothing(stack):
    assert payload_for(stack, ideal_speed(stack, 0.0) + 1.0) < 0


@given(stacks())
def test_what_does_not_lift_off_is_always_refused(stack):
    thrust = sum(one.engine.vacuum_thrust for one in stack.blocks if one.lit == 0.0)
    heavy = thrust / 9.80665 - stack.mass
    with pytest.raises(InputError, match="does not lift off"):
        legs_of(stack, heavy + 1.0, burns=1, fairing_leg=None)


# Splines


@st.composite
def splines(draw):
    widths = draw(st.lists(st.floats(0.3, 3.0), min_size=3, max_size=12))
    knots = np.concatenate([[0.0], np.cumsum(widths)]) - 2.0
    values = draw(st.lists(st.floats(-5.0, 5.0), min_size=len(knots), max_size=len(knots)))
    return Spline.through(knots, np.array(values)[:, np.newaxis])


def evaluated(spline, least, at):
    x = ca.SX.sym("x")
    function = ca.Function("f", [x], [ca.vertcat(*spline.expressions(x, least))])
    return np.array([float(function(each)) for each in np.atleast_1d(at)])


@few
@given(splines(), st.floats(-0.2, 1.2))
def test_a_spline_cut_short_is_the_spline_above_where_it_is_cut(spline, part):
    low, high = spline.ends
    least = low + part * (high - low)
    at = np.linspace(min(least, high), high + 1.0, 40)
    # A long sum of cubes over 36 units: rounding.
    assert evaluated(spline, least, at) == pytest.approx(spline.at(at)[:, 0], abs=1e-8)


@few
@given(splines(), st.floats(0.0, 1.0))
def test_a_spline_cut_short_has_no_step_and_no_corner_there_and_is_straight_below(spline, part):
    low, high = spline.ends
    least = low + part * (high - low)
    under = spline.knots[spline.knots < least]
    if not under.size:
        return
    base, step = float(under[-1]), 1e-4
    before, at, after = evaluated(spline, least, base + step * np.array([-1.0, 0.0, 1.0]))
    curve = float(np.abs(spline.pieces).max()) * 2 * step
    assert at == pytest.approx(spline.at(base)[0], abs=1e-8)
    assert after - at == pytest.approx(at - before, abs=step * curve + 1e-9)
    if base - low > 0.1:
        down = np.linspace(low, base, 5)
        slopes = np.diff(evaluated(spline, least, down)) / np.diff(down)
        assert np.ptp(slopes) == pytest.approx(0.0, abs=1e-6)


@few
@given(st.floats(0.0, 110e3), st.floats(0.0, 1.0))
def test_air_cut_short_is_the_air_above(least, part):
    height = ca.SX.sym("h")
    air = air_expression(height, least)
    function = ca.Function("air", [height], [air.pressure, air.density, air.sound_speed])
    here = least + part * (140e3 - least)
    exact = air_at(here)
    for ours, told in zip(
        function(here), (exact.pressure, exact.density, exact.sound_speed), strict=True
    ):
        # Sums of cubes of up to 140 km round to 1e-9 of a logarithm.
        assert float(ours) == pytest.approx(float(told), rel=1e-7)


@few
@given(st.floats(20e3, 110e3))
def test_air_cut_short_has_no_step_where_it_is_cut(least):
    height = ca.SX.sym("h")
    density = air_expression(height, least).density
    function = ca.Function("air", [height], [ca.log(density)])
    below, above = (float(function(least + step)) for step in (-0.5, 0.5))
    # A metre changes the logarithm by a scale height's inverse: 1 / 4.5 km at the most.
    assert 0.0 < below - above < 3e-4
