"""From launch vehicles of the catalog to blocks that burn and fall."""

from dataclasses import replace

import numpy as np
import pytest

from kosmodrom.analyses._ascent_vehicle import stack_of, thrust_to_weight
from kosmodrom.catalog import load_catalog
from kosmodrom.errors import RequestError

SHELF = load_catalog().launchers
FLYING = [key for key, one in SHELF.launchers.items() if not one.missing()]


def made(name):
    return stack_of(SHELF.find(name), SHELF)


@pytest.mark.parametrize("name", FLYING)
def test_no_mass_is_lost_or_found(name):
    launcher, stack = SHELF.launchers[name], made(name)
    # Rounding only: the same numbers in another order.
    assert stack.mass == pytest.approx(launcher.mass_without_payload, abs=1e-6)


@pytest.mark.parametrize("name", FLYING)
def test_thrust_flow_and_burn_time_are_those_of_the_catalog(name):
    launcher, stack = SHELF.launchers[name], made(name)
    at_ground = sum(
        block.engine.vacuum_thrust - 101_325.0 * block.engine.exit_area
        for block in stack.blocks
        if block.lit == 0.0
    )
    assert at_ground == pytest.approx(launcher.thrust_at_lift_off, rel=1e-12)
    for block, stage in zip(stack.blocks, launcher.stages, strict=True):
        assert block.burn_time == pytest.approx(stage.burn_time, rel=1e-12)
        assert block.engine.vacuum_thrust == pytest.approx(stage.count * stage.thrust_vacuum)
        assert block.count == stage.count


def test_boosters_are_lit_on_the_ground_in_the_air_and_upper_stages_one_after_another():
    blocks = made("PSLV-XL").blocks
    assert [block.lit for block in blocks] == [0.0, 25.0, 0.0, None, None, None]
    assert [block.stops for block in blocks] == [False, False, False, True, False, True]
    assert len({block.name for block in blocks}) == len(blocks)
    fregat = made("Soyuz-2.1b/Fregat").blocks
    assert [block.filled_by_need for block in fregat] == [False, False, False, True]
    assert [block.ignitions >= 2 for block in fregat] == [False, False, False, True]
    assert fregat[3].gap == 3.0  # of Fregat no source says
    assert fregat[2].gap == 0.0  # lit at the instant at which the core stops


def test_an_adapter_stays_under_and_a_tail_ring_is_dropped_with_the_core():
    launcher = SHELF.find("Soyuz-2.1b")
    sides, core, third = made("Soyuz-2.1b").blocks
    ring, adapter = launcher.sections[0], launcher.sections[1]
    assert (ring.inside, adapter.role) == ("soyuz-2-third-rd0124", "adapter")
    assert core.left == pytest.approx(launcher.stages[1].burnout_mass + ring.mass.value)
    expected = launcher.stages[2].burnout_mass - ring.mass.value + adapter.mass.value
    assert third.left == pytest.approx(expected)
    assert sides.left == pytest.approx(4 * launcher.stages[0].burnout_mass)
    atlas = SHELF.find("Atlas V 401")
    assert made("Atlas V 401").blocks[0].left == pytest.approx(
        atlas.stages[0].burnout_mass + atlas.sections[0].mass.value
    )


def test_the_area_is_that_of_what_stands_side_by_side_or_of_a_wider_fairing():
    # Soyuz manual: side blocks of 2.68 m, core of 2.95 m
    sides = np.pi / 4 * (4 * 2.68**2 + 2.95**2)
    assert made("Soyuz-2.1b").drag.area == pytest.approx(sides, rel=1e-6)
    # 4.2 m of fairing over 3.81 m of booster
    assert made("Atlas V 401").drag.area == pytest.approx(np.pi / 4 * 4.2**2, rel=1e-6)


@pytest.mark.parametrize("name", ["H-IIA 202", "Soyuz-2.1v/Volga"])
def test_a_vehicle_that_lacks_a_number_is_refused(name):
    with pytest.raises(RequestError, match="no source is known for") as caught:
        made(name)
    assert caught.value.path == ("vehicle",)


def test_a_vehicle_without_any_diameter_is_refused():
    launcher = SHELF.find("Zenit-2")
    bare = replace(launcher, stages=tuple(replace(one, diameter=None) for one in launcher.stages))
    with pytest.raises(RequestError, match="no diameter of any stage"):
        stack_of(bare, SHELF)


def test_too_heavy_a_payload_does_not_lift_off():
    launcher = SHELF.find("Angara-1.2")
    assert thrust_to_weight(launcher, 3e3) > 1 > thrust_to_weight(launcher, 60e3)
