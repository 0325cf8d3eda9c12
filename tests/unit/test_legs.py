"""Flights cut into legs: what burns when, what falls off, and that no mass is lost on the way.

The vehicles are made up, of round numbers, so that masses can be added up by hand; those of the
catalog are weighed once more, block by block.
"""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from kosmodrom.analyses._ascent_vehicle import stack_of
from kosmodrom.catalog import load_catalog
from kosmodrom.errors import InputError
from kosmodrom.launch.legs import DEEPEST, legs_of
from kosmodrom.launch.motion import Drag, Engine
from kosmodrom.launch.stack import Block, Stack

SHELF = load_catalog().launchers
FLYING = [key for key, one in SHELF.launchers.items() if not one.missing()]
DRAG = Drag.by_mach(10.0, [0.0, 1.0, 5.0], [0.3, 0.5, 0.2])
EXACT = 1e-9  # t; rounding of sums of masses around 300 t
PAYLOAD = 5e3


def block(name, expelled, left, time, thrust, lit=None, **more):
    engine = Engine(vacuum_thrust=thrust, exit_area=0.0, flow=expelled / time)
    fields = {"count": 1, "diameter": 2.5} | more
    return Block(name=name, engine=engine, expelled=expelled, left=left, lit=lit, **fields)


def stack(*blocks):
    return Stack(name="made up", blocks=blocks, fairing=1e3, fairing_diameter=3.0, drag=DRAG)


SIDES = block("sides", 160e3, 16e3, 100.0, 3.2e6, 0.0, count=4)
CORE = block("core", 90e3, 6e3, 300.0, 0.9e6, 0.0)
SECOND = block("second", 20e3, 2e3, 250.0, 0.3e6, gap=3.0)
TOP = block("top", 5e3, 1e3, 800.0, 20e3, gap=4.0, ignitions=3, filled_by_need=True)
#: 160 + 16 + 90 + 6 + 20 + 2 + 1 = 295 t.
TWO = stack(SIDES, CORE, SECOND)
#: 295 + 5 + 1 = 301 t.
THREE = stack(SIDES, CORE, SECOND, TOP)


def cut(vehicle, burns=1, fairing_leg=None, **more):
    return legs_of(vehicle, PAYLOAD, burns=burns, fairing_leg=fairing_leg, **more)


def tonnes(*values):
    return pytest.approx(list(values), abs=EXACT)


def masses(legs):
    return [[leg.begun / 1e3, leg.above / 1e3] for leg in legs]


# Boosters beside a core


def test_boosters_burn_beside_the_core_and_fall_when_they_are_empty():
    rise, beside, alone, coast, upper = cut(TWO, rise=10.0)
    assert [leg.name for leg in (rise, beside, alone, coast, upper)] == [
        "sides + core", "sides + core", "core", "coast", "second",
    ]  # fmt: skip
    assert [leg.dropped for leg in (rise, beside, alone)] == [(), (SIDES,), (CORE,)]
    assert beside.engine.vacuum_thrust == 4.1e6
    # 1600 kg/s of the sides and 300 of the core.
    assert beside.engine.flow == pytest.approx(1900.0, abs=1e-9)
    assert alone.engine == CORE.engine


def test_masses_of_boosters_and_core_add_up_by_hand():
    rise, beside, alone, coast, upper = masses(cut(TWO, rise=10.0))
    # Without the 20 t that the last block may be filled with: 275 t, less 1.9 t/s.
    assert rise == tonnes(275.0, 256.0)
    assert beside == tonnes(256.0, 275.0 - 190.0 - 16.0)
    assert alone == tonnes(69.0, 69.0 - 60.0 - 6.0)
    assert coast == tonnes(3.0, 3.0)
    assert upper == tonnes(3.0, 3.0)


def test_legs_of_blocks_side_by_side_last_until_one_of_them_is_empty():
    rise, beside, alone, coast, upper = cut(TWO, rise=10.0)
    assert rise.duration == pytest.approx((10.0, 10.0))
    assert rise.vertical
    assert not beside.vertical
    assert beside.duration == pytest.approx((90.0, 90.0))
    # The core stops early where that is better; the boosters with it were fixed.
    assert alone.duration == pytest.approx((60.0, 200.0))
    assert alone.empties is CORE
    assert coast.duration == pytest.approx((3.0, 3.0))
    assert upper.duration == pytest.approx((5.0, 250.0))
    assert upper.last


def test_a_block_that_does_not_stop_burns_out():
    solid = replace(CORE, stops=False)
    alone = cut(stack(SIDES, solid, SECOND), rise=10.0)[2]
    assert alone.duration == pytest.approx((200.0, 200.0))
    assert alone.empties is None
    middle = replace(SECOND, stops=False)
    burn = cut(stack(SIDES, CORE, middle, TOP), rise=10.0)[4]
    assert (burn.name, burn.duration, burn.empties) == ("second", (250.0, 250.0), None)


def test_a_block_in_the_middle_may_stop_after_a_fifth_of_its_burn():
    burn = cut(THREE, rise=10.0)[4]
    assert burn.duration == pytest.approx((50.0, 250.0))
    assert burn.empties is SECOND
    # 5 t of the top are its load, which is not counted: 1 t of it and the fairing are above.
    assert [burn.begun / 1e3, burn.above / 1e3] == tonnes(24.0, 2.0)


# Boosters lit in the air

GROUND = block("ground", 48e3, 8e3, 50.0, 2.4e6, 0.0, count=4, stops=False)
AIR = block("air", 24e3, 4e3, 50.0, 1.2e6, 25.0, count=2, stops=False)
MOTOR = block("motor", 130e3, 30e3, 100.0, 3.5e6, 0.0, stops=False)
STRAPPED = stack(GROUND, AIR, MOTOR, SECOND)


def test_boosters_lit_in_the_air_burn_and_fall_later():
    legs = cut(STRAPPED, rise=5.0)[:5]
    assert [leg.name for leg in legs] == [
        "ground + motor", "ground + motor", "ground + air + motor", "air + motor", "motor",
    ]  # fmt: skip
    assert [leg.duration[0] for leg in legs] == pytest.approx([5.0, 20.0, 25.0, 25.0, 25.0])
    assert [leg.dropped for leg in legs] == [(), (), (GROUND,), (AIR,), (MOTOR,)]
    # 48 + 8 + 24 + 4 + 130 + 30 + 2 + 1 = 247 t; flows of 0.96, 0.48 and 1.3 t/s.
    assert np.array(masses(legs)) == pytest.approx(
        np.array([
            [247.0, 247.0 - 11.3],
            [235.7, 235.7 - 45.2],
            [190.5, 190.5 - 68.5 - 8.0],
            [114.0, 114.0 - 44.5 - 4.0],
            [65.5, 65.5 - 32.5 - 30.0],
        ]), abs=EXACT,
    )  # fmt: skip


def test_instants_that_nearly_fall_together_are_one():
    # Of boosters that burn out 0.1 s after the others are lit no leg is made.
    near = replace(AIR, lit=49.9)
    legs = cut(stack(GROUND, near, MOTOR, SECOND), rise=5.0)
    assert all(leg.duration[1] >= 0.25 for leg in legs)
    assert sum(leg.dropped.count(GROUND) for leg in legs) == 1


# All masses once more


def weighed(vehicle, legs, fairing_leg):
    """Weigh a vehicle at the ends of legs that last as long as they may, block by block."""
    fluid = {one.name: one.expelled for one in vehicle.blocks[:-1]}
    shells = {one.name: one.left for one in vehicle.blocks}
    fairing, found = vehicle.fairing, []
    for leg in legs:
        begun = sum(fluid.values()) + sum(shells.values()) + fairing
        if not leg.last:
            for one in leg.burning:
                fluid[one.name] -= one.engine.flow * leg.duration[1]
        for one in leg.dropped:
            fluid.pop(one.name)
            shells.pop(one.name)
        if leg.sheds_fairing:
            fairing = 0.0
        found.append((begun, sum(fluid.values()) + sum(shells.values()) + fairing))
    assert (fairing == 0.0) is (fairing_leg is not None)
    return found


@pytest.mark.parametrize("name", FLYING)
@pytest.mark.parametrize("burns", [1, 2])
def test_masses_of_every_vehicle_are_those_of_its_blocks(name, burns):
    vehicle = stack_of(SHELF.launchers[name], SHELF)
    legs = legs_of(vehicle, 100.0, burns=burns, fairing_leg=None)
    for leg, (begun, above) in zip(legs, weighed(vehicle, legs, None), strict=True):
        # Legs that nearly fall together are put together: 0.25 s of thrust are not counted.
        rounding = 0.25 * max((one.engine.flow for one in leg.burning), default=0.0) + 1e-6
        assert leg.begun == pytest.approx(begun, abs=rounding)
        if leg.last:
            assert leg.above == pytest.approx(vehicle.blocks[-1].left + vehicle.fairing)
        else:
            assert leg.above == pytest.approx(above, abs=rounding)
    fallen = [one.name for leg in legs for one in leg.dropped]
    assert sorted(fallen) == sorted(one.name for one in vehicle.blocks[:-1])


@pytest.mark.parametrize("name", FLYING)
def test_each_leg_begins_with_what_the_one_before_leaves(name):
    vehicle = stack_of(SHELF.launchers[name], SHELF)
    assert legs_of(vehicle, 100.0, burns=1, fairing_leg=None)[0].begun == pytest.approx(
        vehicle.mass - vehicle.blocks[-1].expelled
    )
    for before, after in pairwise(legs_of(vehicle, 100.0, burns=1, fairing_leg=None)):
        assert after.begun == pytest.approx(before.above, abs=1e-6)


# The fairing


@pytest.mark.parametrize("which", [0, 1, 2])
def test_from_where_the_fairing_falls_off_all_is_lighter_by_it(which):
    whole, shed = cut(TWO, rise=10.0), cut(TWO, fairing_leg=which, rise=10.0)
    at = next(number for number, leg in enumerate(shed) if leg.sheds_fairing)
    assert len(shed) == len(whole) + 1
    assert shed[at].name == shed[at + 1].name == ["sides + core", "core", "second"][which]
    for number, leg in enumerate(shed):
        old = whole[number - (number > at)]
        assert leg.fairing_on is (number <= at)
        assert leg.begun == pytest.approx(old.begun - 1e3 * (number > at))
        if number != at:
            assert leg.above == pytest.approx(old.above - 1e3 * (number > at))


def test_a_leg_of_known_length_that_is_cut_keeps_it():
    before, after = cut(TWO, fairing_leg=0, rise=10.0)[1:3]
    assert before.with_next == pytest.approx(90.0)
    assert before.duration == after.duration == pytest.approx((0.9, 89.1))
    assert (before.dropped, after.dropped) == ((), (SIDES,))


def test_a_leg_of_free_length_that_is_cut_may_end_early_still():
    before, after = cut(TWO, fairing_leg=1, rise=10.0)[2:4]
    assert before.with_next is None
    assert (before.empties, after.empties) == (None, CORE)
    assert (before.dropped, after.dropped) == ((), (CORE,))


def test_climb_and_coasts_do_not_count_among_the_legs_with_a_fairing():
    legs = cut(THREE, fairing_leg=3, rise=10.0)
    assert [leg.name for leg in legs if leg.sheds_fairing] == ["top"]


# Burns of the last block


def test_two_burns_have_a_coast_between_them():
    legs = cut(THREE, burns=2, rise=10.0)
    assert [leg.name for leg in legs[4:]] == ["second", "coast", "top", "coast", "top"]
    pause, first, drift, second = legs[5:]
    assert pause.duration == (4.0, 4.0)
    # Any of them as short as a second, together no longer than the tanks last.
    assert first.duration == second.duration == (1.0, 800.0)
    assert drift.duration == (10.0, 6000.0)
    assert (first.empties, second.empties) == (None, TOP)
    assert first.last
    assert second.last
    assert drift.begun == drift.above == first.begun
    assert second.above == pytest.approx(2e3)  # the block and the fairing


def test_the_last_of_three_blocks_may_wait_before_it_is_lit():
    assert cut(THREE, rise=10.0)[5].duration == (4.0, 1504.0)
    assert cut(TWO, rise=10.0)[3].duration == (3.0, 3.0)
    hot = stack(SIDES, CORE, replace(SECOND, gap=0.0))
    assert [leg.name for leg in cut(hot, rise=10.0)] == ["sides + core"] * 2 + ["core", "second"]


# Throttles


def test_only_liquid_engines_that_burn_alone_are_throttled_and_burn_longer():
    legs = cut(TWO, rise=10.0, throttled=True)
    assert [leg.throttled for leg in legs] == [False, False, True, False, True]
    assert legs[2].duration == pytest.approx((60.0, 200.0 / DEEPEST))
    solid = stack(SIDES, replace(CORE, stops=False), SECOND)
    assert not any(leg.throttled for leg in cut(solid, rise=10.0, throttled=True)[:3])


# The climb


def test_the_climb_ends_a_hundred_metres_up():
    # By hand: 4.1 MN on 300 t pull with 13.667 - 9.807 = 3.860 m/s²; sqrt(200 / 3.860) = 7.198.
    rise = cut(TWO)[0]
    assert rise.duration == pytest.approx((7.198, 7.198), abs=5e-4)


@pytest.mark.parametrize(("thrust", "time"), [(20e6, 3.0), (2.3e6, 14.0)])
def test_the_climb_lasts_neither_very_short_nor_very_long(thrust, time):
    engine = replace(SIDES.engine, vacuum_thrust=thrust)
    assert cut(stack(replace(SIDES, engine=engine), CORE, SECOND))[0].duration == (time, time)


# What is refused


def test_a_vehicle_too_heavy_to_lift_off_is_refused_with_its_thrust_over_weight():
    # By hand: 4.1 MN over (295 + 200) t and 9.80665 m/s² is 0.845.
    with pytest.raises(InputError, match=r"200000 kg does not lift off.*0\.845.*above 1"):
        legs_of(TWO, 200e3, burns=1, fairing_leg=None)


def test_back_pressure_counts_at_lift_off():
    engine = replace(SIDES.engine, exit_area=15.0)  # takes 1.52 MN off
    with pytest.raises(InputError, match="does not lift off"):
        cut(stack(replace(SIDES, engine=engine), CORE, SECOND))


@pytest.mark.parametrize("blocks", [(SECOND, TOP), (AIR, SECOND)])
def test_a_vehicle_with_nothing_lit_on_the_ground_is_refused(blocks):
    with pytest.raises(InputError, match="nothing of made up is lit on the ground"):
        cut(stack(*blocks))


def test_a_vehicle_of_one_stage_is_refused():
    strong = replace(CORE.engine, vacuum_thrust=2e6)
    with pytest.raises(InputError, match="one stage in flight; two are the least"):
        cut(stack(replace(CORE, engine=strong)))
    with pytest.raises(InputError, match="one stage in flight"):
        cut(stack(SIDES, CORE))


@pytest.mark.parametrize("field", ["expelled", "left", "diameter"])
@pytest.mark.parametrize("value", [0.0, -1.0, float("nan")])
def test_a_block_without_mass_or_size_is_refused(field, value):
    with pytest.raises(InputError, match=f"{field} of core is .*; it must be above zero"):
        replace(CORE, **{field: value})


@pytest.mark.parametrize("changes", [{"gap": -1.0}, {"lit": -1.0}])
def test_a_block_lit_too_early_is_refused(changes):
    with pytest.raises(InputError, match="lit before what is under it, or before lift-off"):
        replace(CORE, **changes)
