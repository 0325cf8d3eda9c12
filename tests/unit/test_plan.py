"""A plan is read from a flight: which block burns when, what falls off after what."""

import numpy as np
import pytest

from kosmodrom.base.ellipsoid import geodetic_to_itrs
from kosmodrom.errors import InputError
from kosmodrom.launch.flight import Arc, Checks, Fallen, Flight
from kosmodrom.launch.motion import Drag, Engine
from kosmodrom.launch.plan import Plan
from kosmodrom.launch.reflight import Perturbed, flown
from kosmodrom.launch.stack import Block, Stack

PAD = geodetic_to_itrs(0.9, 2.2, 100.0)
DRAG = Drag.by_mach(10.0, [0.0, 1.0, 2.0], [0.3, 0.5, 0.3])


def block(name, thrust, seconds, left, lit):
    engine = Engine.from_thrusts(thrust, 0.85 * thrust, 310.0)
    return Block(
        name=name, count=1, engine=engine, expelled=engine.flow * seconds, left=left, lit=lit,
        diameter=2.5,
    )  # fmt: skip


STACK = Stack(
    name="made up",
    blocks=(
        block("boosters", 4e6, 120.0, 15e3, 0.0),
        block("core", 1e6, 280.0, 7e3, 0.0),
        block("third", 3e5, 240.0, 3e3, None),
        block("tug", 2e4, 900.0, 1e3, None),
    ),
    fairing=1e3,
    fairing_diameter=4.0,
    drag=DRAG,
)


def arc(name, begin, end):
    time = np.linspace(begin, end, 5)
    nothing = np.zeros(5)
    place = PAD * (1 + time[:, np.newaxis] / 1e4)
    return Arc(
        name=name, time=time, position=place, velocity=np.ones((5, 3)), mass=3e5 - 900 * time,
        direction=np.tile(PAD / np.linalg.norm(PAD), (5, 1)), thrust=nothing, height=nothing,
        ground_speed=nothing, dynamic_pressure=nothing, attack=nothing, heating=nothing,
        acceleration=nothing,
    )  # fmt: skip


def gone(name, mass, time):
    return Fallen(
        name=name, count=1, mass=mass, diameter=2.5, time=time, position=PAD[::-1],
        velocity=np.ones(3),
    )  # fmt: skip


ARCS = (
    arc("boosters + core", 0.0, 30.0), arc("boosters + core", 30.0, 120.0),
    arc("core", 120.0, 200.0), arc("core", 200.0, 280.0), arc("coast", 280.0, 282.0),
    arc("third", 282.0, 500.0), arc("coast", 500.0, 510.0), arc("tug", 510.0, 900.0),
)  # fmt: skip
FALLEN = gone("boosters", 15e3, 120.5), gone("fairing", 1e3, 200.0), gone("core", 7e3, 281.0)


def flight(fallen):
    return Flight(
        payload=5e3, left=0.0, loaded=STACK.blocks[-1].expelled, arcs=ARCS, events=(),
        fallen=fallen, sensitivity={},
        checks=Checks(position=0.0, velocity=0.0, doubled=0.0, statistics=()),
    )  # fmt: skip


def test_arcs_of_one_burn_are_joined_and_what_comes_after_the_last_drop_is_left_out():
    plan = Plan.of(STACK, flight(FALLEN))
    assert [(b.block, b.begin, b.end, b.until_empty, b.after) for b in plan.burns] == [
        (0, 0.0, 120.0, True, None),
        (1, 0.0, 280.0, True, None),
    ]
    assert [(d.name, d.block, d.after) for d in plan.drops] == [
        ("boosters", 0, 0),
        ("fairing", None, None),
        ("core", 1, 1),
    ]
    assert plan.mass == 3e5


def test_a_block_lit_after_another_follows_it_and_one_cut_off_is_not_emptied():
    plan = Plan.of(STACK, flight((*FALLEN, gone("third", 3e3, 505.0))))
    third = plan.burns[2]
    assert (third.block, third.after, third.until_empty) == (2, 1, False)
    copies = Perturbed.as_planned(plan, 2)
    later = Perturbed(
        **{name: getattr(copies, name) for name in Perturbed.__slots__}
        | {"load": np.array([[1.0] * 4, [1.0, 1.05, 1.0, 1.0]])}
    )
    found = flown(plan, later)
    assert found[0].time.tolist() == [120.5, 120.5]
    assert found[1].time.tolist() == [200.0, 200.0]
    assert np.diff(found[2].time) == pytest.approx(14.0, abs=1e-9)  # 5 % of 280 s
    assert found[3].time[0] == pytest.approx(505.0, abs=1e-9)
    assert np.diff(found[3].time) == pytest.approx(14.0, abs=1e-9)  # as heavy, so as long
    assert found[3].mass[0] == pytest.approx(found[3].mass[1], abs=1e-6)


def test_a_flight_without_falls_is_refused():
    with pytest.raises(InputError, match="nothing falls off"):
        Plan.of(STACK, flight(()))
