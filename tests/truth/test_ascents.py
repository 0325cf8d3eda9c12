"""Ascents of real vehicles: what was asked for holds, by formulas written apart.

The payloads themselves are compared with published ones in test_ascents_published.py.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from kosmodrom.analyses._ascent_vehicle import stack_of
from kosmodrom.catalog import load_catalog
from kosmodrom.errors import ModelError
from kosmodrom.launch.ascent import ascended
from kosmodrom.launch.fall import fallen
from kosmodrom.launch.history import arcs_of, fallen_of
from kosmodrom.launch.legs import DEEPEST
from kosmodrom.launch.optimum import exact, found_near, sought
from kosmodrom.launch.sensitivity import sensitivities
from kosmodrom.launch.task import Limits, Orbit, Task, Zone
from kosmodrom.launch.zones import sought_within

CATALOG = load_catalog()
SITES = {site.id: site for site in CATALOG.sites}
MU, EQUATOR, SPIN = 3.986004418e14, 6_378_137.0, 7.292115e-5  # WGS84
# The solver keeps lengths within 1e-9 of the Earth's radius and of orbital speed, or a little
# more; an apogee far out moves by a hundred times what the end does.
PLACE, APOGEE, ANGLE = 0.1, 10.0, 1e-6  # m, m, deg


@cache
def vehicle(build):
    return stack_of(CATALOG.launchers.launchers[build], CATALOG.launchers)


def task(site, inclination, perigee, apogee=None, argument=None, node=None, **more):
    """Ask for an orbit in kilometres and degrees."""
    pad = SITES[site]
    angles = [None if one is None else np.radians(one) for one in (argument, node)]
    orbit = Orbit(
        perigee=EQUATOR + 1e3 * perigee,
        apogee=EQUATOR + 1e3 * (perigee if apogee is None else apogee),
        inclination=np.radians(inclination), argument_of_perigee=angles[0], node=angles[1],
    )  # fmt: skip
    return Task(
        latitude=np.radians(pad.latitude_deg), longitude=np.radians(pad.longitude_deg),
        orbit=orbit, **more,
    )  # fmt: skip


def elements(position, velocity):
    """Give perigee and apogee [m], inclination, node and argument of perigee [deg].

    D. A. Vallado, Fundamentals of astrodynamics and applications (2013), algorithm 9.
    """
    momentum = np.cross(position, velocity)
    node = np.cross([0.0, 0.0, 1.0], momentum)
    towards = np.cross(velocity, momentum) / MU - position / np.linalg.norm(position)
    eccentricity = np.linalg.norm(towards)
    length = momentum @ momentum / MU
    argument = np.arccos(
        np.clip(node @ towards / np.linalg.norm(node) / max(eccentricity, 1e-12), -1, 1)
    )
    return (
        length / (1 + eccentricity),
        length / (1 - eccentricity),
        np.degrees(np.arccos(momentum[2] / np.linalg.norm(momentum))),
        np.degrees(np.arctan2(node[1], node[0])) % 360,
        np.degrees(argument if towards[2] >= 0 else 2 * np.pi - argument),
    )


@dataclass(frozen=True)
class Case:
    """A flight that is looked at from all sides."""

    build: str
    asked: Task
    tail: dict = field(default_factory=dict)

    @property
    def orbit(self):
        return self.asked.orbit


PARKING = EQUATOR + 190e3, EQUATOR + 820e3
CASES = {
    # Straight up, to a plane.
    "Soyuz-2.1b": Case("soyuz-2.1b", task("vostochny", 51.8, 200.0)),
    # With a restart, and an argument of perigee.
    "Falcon 9": Case("falcon-9-2016", task("kennedy", 28.7, 200.0, 35_786.0, 180.0)),
    # Four blocks, a parking orbit with perigee and apogee.
    "Soyuz-2.1b/Fregat": Case(
        "soyuz-2.1b-fregat", task("vostochny", 98.7, 820.0, parking=PARKING)
    ),
    # Solid motors, which do not stop.
    "Vega": Case("vega", task("kourou", 90.0, 700.0)),
}  # fmt: skip


@cache
def flown(name):
    return ascended(vehicle(CASES[name].build), CASES[name].asked)


@cache
def found(build, asked):
    return sought(vehicle(build), asked)


def events(flight):
    return {(one.code, one.part): one for one in flight.events}


each = pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name == "Soyuz-2.1b" else pytest.mark.slow) for name in CASES],
)


# The orbit


@each
def test_a_flight_ends_on_the_orbit_that_was_asked_for(name):
    orbit, flight = CASES[name].orbit, flown(name)
    _, position, velocity = flight.insertion
    perigee, apogee, inclination, _, argument = elements(position, velocity)
    far = APOGEE if orbit.eccentricity else PLACE
    assert perigee == pytest.approx(orbit.perigee, abs=far / 10)
    assert apogee == pytest.approx(orbit.apogee, abs=far)
    assert inclination == pytest.approx(np.degrees(orbit.inclination), abs=ANGLE)
    if orbit.argument_of_perigee is not None:
        assert argument == pytest.approx(np.degrees(orbit.argument_of_perigee), abs=1e-4)


def test_where_no_apogee_is_asked_for_the_circle_is_round_and_in_a_plane_that_was_asked_for():
    free = found("soyuz-2.1b", task("vostochny", 60.0, 200.0))
    node = elements(*np.split(free.solution.phases[-1].states[-1][:6], 2))[3]
    asked = task("vostochny", 60.0, 200.0, node=node + 1.0)
    met = found("soyuz-2.1b", asked)
    perigee, apogee, inclination, reached, _ = elements(
        *np.split(met.solution.phases[-1].states[-1][:6], 2)
    )
    assert reached == pytest.approx((node + 1.0) % 360, abs=ANGLE)
    assert inclination == pytest.approx(60.0, abs=ANGLE)
    assert (perigee, apogee) == pytest.approx((EQUATOR + 200e3,) * 2, abs=PLACE)
    # The pad is not in that plane, and the way into it costs something.
    assert met.payload < free.payload - 1.0


@pytest.mark.parametrize("argument", [0.0, 130.0, 270.0])
@pytest.mark.slow
def test_the_perigee_comes_to_lie_where_it_was_asked_for(argument):
    asked = task("vostochny", 60.0, 200.0, 900.0, argument)
    end = found("soyuz-2.1b-fregat", asked).solution.phases[-1].states[-1]
    reached = elements(*np.split(end[:6], 2))
    assert reached[:2] == pytest.approx((EQUATOR + 200e3, EQUATOR + 900e3), abs=1.0)
    off = (reached[4] - argument + 180) % 360 - 180
    assert off == pytest.approx(0.0, abs=1e-4)


@pytest.mark.slow
def test_it_coasts_in_the_parking_orbit():
    flight = flown("Soyuz-2.1b/Fregat")
    coast = next(arc for arc in reversed(flight.arcs) if arc.name == "coast")
    perigee, apogee, *_ = elements(coast.position[0], coast.velocity[0])
    assert (perigee, apogee) == pytest.approx(PARKING, abs=1.0)
    # Nothing pushes there. The flattening of the Earth moves it by some J2 a, 7 km, in each of
    # axis, eccentricity and so on (Vallado, section 9.6); measured 28 km together.
    drift = [elements(*each)[0] for each in zip(coast.position, coast.velocity, strict=True)]
    assert np.ptp(drift) < 40e3
    assert np.ptp(coast.mass) == pytest.approx(0.0, abs=1e-6)


# The limits


def excess(values, limit):
    return float(np.max(values)) / limit


@each
def test_once_the_fairing_is_off_the_heating_keeps_below_its_limit(name):
    flight = flown(name)
    fallen_at = events(flight)["fairing-separation", ""].time
    heat = np.concatenate([arc.heating[arc.time >= fallen_at] for arc in flight.arcs])
    # Between the points at which it is kept it may rise by a little.
    assert excess(heat, 1135.0) == pytest.approx(1.0, abs=0.003)


@each
def test_the_fairing_falls_off_as_soon_as_it_may(name):
    event = events(flown(name))["fairing-separation", ""]
    arc = next(one for one in flown(name).arcs if one.time[-1] == event.time)
    # It costs payload to keep it on: the limit is what holds it.
    assert arc.heating[-1] == pytest.approx(1135.0, abs=0.5)


@each
def test_thrust_and_motion_through_the_air_keep_together_where_it_is_thick(name):
    arcs = [arc for arc in flown(name).arcs[1:] if arc.name != "coast"]
    end = events(flown(name))["fairing-separation", ""].time
    arcs = [arc for arc in arcs if arc.time[0] < end]
    load = max(float(np.max(arc.dynamic_pressure * np.sin(arc.attack))) for arc in arcs)
    # 4000 Pa rad; between the points at which it is kept a little more.
    assert load <= 4000.0 * 1.03


@pytest.mark.slow
def test_dynamic_pressure_and_acceleration_keep_below_their_limits():
    limits = Limits(dynamic_pressure=32.7e3, acceleration=40.0)
    asked = task("kennedy", 28.7, 250.0, 1000.0, limits=limits)
    flight, stack = found("falcon-9-2016", asked), vehicle("falcon-9-2016")
    arcs = arcs_of(flight.plan.steered, flight.solution)
    pressure = max(float(arc.dynamic_pressure.max()) for arc in arcs)
    # On a coarse mesh it rises between the points at which it is kept: measured 3 to 8 %.
    assert pressure / limits.dynamic_pressure == pytest.approx(1.04, abs=0.04)
    engines, pushed = {block.name: block.engine for block in stack.blocks}, []
    for leg, arc in zip(flight.plan.steered.legs, arcs, strict=True):
        if leg.coasts or leg.vertical:
            continue
        # What is lost to the air only makes it less.
        lost = (engines[arc.name].exit_area if leg.fairing_on else 0.0) * 101_325.0
        most = engines[arc.name].vacuum_thrust
        pushed.append(float(np.max(arc.thrust / arc.mass)))
        if leg.last:
            # Where it is throttled to the full or the least, polynomials of a coarse mesh swing
            # past both: the samples are from 0.05 to 1.14 of the thrust.
            continue
        assert (arc.thrust <= most * 1.03).all()
        assert (arc.thrust >= DEEPEST * most * 0.98 - lost).all()
    assert max(pushed) / limits.acceleration == pytest.approx(1.0, abs=0.02)


@pytest.mark.slow
def test_it_keeps_within_the_open_sector_while_it_is_in_the_air():
    # To 98.7 deg from Kourou, of which 5 degrees west of north are open.
    sector = np.radians([0.0, 90.0])
    asked = task("kourou", 98.7, 500.0, limits=Limits(azimuths=tuple(sector)))
    flight = found("soyuz-2.1b", asked)
    steered = flight.plan.steered
    east, north, _ = asked.axes
    arcs = arcs_of(steered, flight.solution)
    for leg, arc in zip(steered.legs, arcs, strict=True):
        if leg.vertical or leg.coasts or not leg.fairing_on:
            continue
        wind = arc.velocity - np.cross([0.0, 0.0, SPIN], arc.position)
        level = np.hypot(wind @ east, wind @ north) > 20.0
        azimuth = np.degrees(np.arctan2(wind @ east, wind @ north))[level]
        assert (azimuth >= -0.3).all()
        assert (azimuth <= 90.0).all()
    end = elements(*np.split(flight.solution.phases[-1].states[-1][:6], 2))
    assert end[2] == pytest.approx(98.7, abs=ANGLE)
    # It is not free.
    assert flight.payload < found("soyuz-2.1b", task("kourou", 98.7, 500.0)).payload - 50.0


# Masses


@each
def test_no_gram_is_lost_between_the_events(name):
    flight, stack = flown(name), vehicle(CASES[name].build)
    blocks = {block.name: block for block in stack.blocks}
    top, happened = stack.blocks[-1], events(flight)
    gram = 0.01  # kg; the solver keeps masses within 1e-9 of some hundred tonnes, or a little more
    empty_top = top.expelled - flight.loaded
    assert flight.events[0].mass == pytest.approx(
        stack.mass + flight.payload - empty_top, abs=gram
    )
    for before, after in pairwise(flight.arcs):
        lost = before.mass[-1] - after.mass[0]
        dropped = sum(one.mass for one in flight.fallen if one.time == before.time[-1])
        assert lost == pytest.approx(dropped, abs=gram)
    for part in flight.fallen:
        if part.name == "fairing":
            assert part.mass == stack.fairing
        else:
            block = blocks[part.name]
            assert part.mass >= block.left - gram
            if not block.stops:
                assert part.mass == pytest.approx(block.left, abs=gram)
    assert {part.name for part in flight.fallen} == {*blocks, "fairing"} - {top.name}
    end = happened["insertion", ""].mass
    assert end == pytest.approx(flight.payload + top.left + flight.left, abs=gram)


@each
def test_what_burns_leaves_at_the_flow_of_the_engines(name):
    flight, stack = flown(name), vehicle(CASES[name].build)
    for arc in flight.arcs:
        burning = [block for block in stack.blocks if block.name in arc.name.split(" + ")]
        flow = sum(block.engine.flow for block in burning)
        burnt, length = arc.mass[0] - arc.mass[-1], arc.time[-1] - arc.time[0]
        assert burnt == pytest.approx(flow * length, abs=0.02)


# Once more


@each
def test_another_integrator_and_a_doubled_mesh_agree(name):
    flight = flown(name)
    assert abs(flight.checks.position) <= 10.0
    assert abs(flight.checks.velocity) <= 0.05
    assert abs(flight.checks.doubled) <= 1e-3 * flight.payload
    assert all(one.attempts == 1 for one in flight.checks.statistics)


# A given payload


def test_a_given_payload_leaves_propellant_and_the_greatest_leaves_none():
    stack = vehicle("falcon-9-2016")
    asked = task("kennedy", 28.7, 200.0)
    most = ascended(stack, asked)
    assert most.left == pytest.approx(0.0, abs=0.01)
    less = ascended(stack, replace(asked, payload=most.payload - 1000.0))
    assert less.payload == pytest.approx(most.payload - 1000.0, abs=1e-6)
    # A tonne of payload is a tonne of propellant: both come to orbit. The vehicle is lighter by it
    # on the ground and loses less to gravity; measured 17 kg.
    assert less.left == pytest.approx(1010.0, abs=15.0)
    assert not less.sensitivity


@pytest.mark.slow
def test_a_block_that_is_filled_by_need_is_filled_less_for_less():
    stack, asked = vehicle("soyuz-2.1b-fregat"), task("vostochny", 98.7, 820.0)
    most = found("soyuz-2.1b-fregat", asked)
    less = sought(stack, replace(asked, payload=most.payload - 200.0))
    assert most.solution.parameters[1] < stack.blocks[-1].expelled
    assert less.solution.parameters[1] < most.solution.parameters[1] - 50.0
    with_more = sought(stack, replace(asked, payload=most.payload - 100.0))
    assert less.solution.parameters[1] < with_more.solution.parameters[1]


def test_a_reserve_is_left_in_the_tanks():
    asked = task("vostochny", 51.8, 200.0, reserve=150.0)
    flight = found("soyuz-2.1b", asked)
    top = vehicle("soyuz-2.1b").blocks[-1]
    end = flight.solution.phases[-1].states[-1, 6]
    exhaust = top.engine.vacuum_thrust / top.engine.flow
    kept = exhaust * np.log(end / (flight.payload + top.left))
    assert kept == pytest.approx(150.0, abs=0.01)


# Bounds from outside


def lossless(stack, payload, load):
    """Add up thrust over mass while the blocks burn, without gravity, air and fairing."""
    mass = stack.mass - stack.fairing + payload + load - stack.blocks[-1].expelled
    side = [block for block in stack.blocks if block.lit is not None]
    ends = {block.name: block.lit + block.burn_time for block in side}
    speed = 0.0
    instants = sorted({0.0, *ends.values(), *(block.lit for block in side)})
    for begin, end in pairwise(instants):
        on = [block for block in side if block.lit <= begin < ends[block.name]]
        flow = sum(block.engine.flow for block in on)
        thrust = sum(block.engine.vacuum_thrust for block in on)
        burnt = flow * (end - begin)
        speed += thrust / flow * np.log(mass / (mass - burnt))
        mass -= burnt + sum(block.left for block in side if ends[block.name] == end)
    for block in [one for one in stack.blocks if one.lit is None]:
        burnt = load if block is stack.blocks[-1] else block.expelled
        exhaust = block.engine.vacuum_thrust / block.engine.flow
        speed += exhaust * np.log(mass / (mass - burnt))
        mass -= burnt + block.left
    return speed


@pytest.mark.parametrize("name", ["Soyuz-2.1b", "Falcon 9", "Soyuz-2.1b/Fregat"])
def test_no_flight_carries_more_than_without_losses(name):
    stack, orbit, asked = vehicle(CASES[name].build), CASES[name].orbit, CASES[name].asked
    flight = flown(name)
    pad = asked.pad
    # No way to an energy takes less than a push along the motion deep down, and the pad moves with
    # the Earth: whatever the way, that much is wanted.
    energy = -MU / (orbit.perigee + orbit.apogee)
    wanted = np.sqrt(2 * (energy + MU / np.linalg.norm(pad))) - SPIN * np.hypot(*pad[:2])
    given = lossless(stack, flight.payload, flight.loaded)
    assert given > wanted
    # Losses of a launch are 1.2 to 2.2 km/s (M. J. L. Turner, Rocket and spacecraft propulsion
    # (2009), section 2.6 and others); half of that and twice that would be a fault.
    assert 600.0 < given - wanted < 4400.0


@pytest.mark.slow
@pytest.mark.parametrize(
    "asks",
    [
        [task("vostochny", tilt, 200.0) for tilt in (51.8, 55.0, 62.0, 75.0, 90.0, 98.0)],
        [task("vostochny", 62.0, height) for height in (180.0, 200.0, 260.0, 340.0, 450.0)],
        [task("vostochny", 62.0, 200.0, apogee) for apogee in (200.0, 300.0, 600.0, 1200.0)],
        [task("vostochny", 62.0, 200.0, reserve=kept) for kept in (0.0, 50.0, 100.0, 300.0)],
    ],
    ids=["inclination", "height", "apogee", "reserve"],
)
def test_a_harder_task_carries_less(asks):
    found_ = found("soyuz-2.1b", asks[0])
    carried = [found_.payload]
    for asked in asks[1:]:
        found_ = found_near(asked, found_)
        carried.append(found_.payload)
    assert all(after < before - 5.0 for before, after in pairwise(carried))


@pytest.mark.slow
@pytest.mark.parametrize(
    "limits",
    [{"attack_load": 1000.0}, {"dynamic_pressure": 36e3}, {"heating": 500.0}],
    ids=["attack_load", "dynamic_pressure", "heating"],
)  # fmt: skip
def test_a_tighter_limit_carries_no_more(limits):
    asked = task("vostochny", 62.0, 200.0)
    free = found("soyuz-2.1b", asked)
    held = found("soyuz-2.1b", replace(asked, limits=Limits(**limits)))
    # On a coarse mesh: within a thousandth of the payload.
    assert held.payload < free.payload * 1.001
    assert held.payload > 0.7 * free.payload


@pytest.mark.slow
def test_a_limit_of_acceleration_is_kept_by_throttling_and_costs_payload():
    asked = task("cape-canaveral", 28.6, 200.0)
    free = found("falcon-9", asked)
    held = found("falcon-9", replace(asked, limits=Limits(acceleration=45.0)))
    assert 0.7 * free.payload < held.payload < free.payload
    for leg, phase in zip(held.plan.steered.legs, held.solution.phases, strict=True):
        if leg.coasts:
            continue
        level = np.linalg.norm(phase.controls, axis=1) if leg.throttled else 1.0
        felt = level * leg.engine.vacuum_thrust / phase.states[1:, 6]
        assert felt.max() < 45.0 * 1.001


def test_engines_that_burn_side_by_side_are_not_throttled_and_the_limit_is_refused():
    # Boosters and core of Soyuz end with 43 m/s²: 5.1 MN on 117 t.
    asked = replace(task("vostochny", 62.0, 200.0), limits=Limits(acceleration=40.0))
    with pytest.raises(ModelError, match=r"40 m/s² cannot be kept: .*Core block A.* about 4\d"):
        found("soyuz-2.1b", asked)


# Sensitivities


def changed(stack, key, share):
    """Change a number of a vehicle by a share of itself."""
    part, _, quantity = key.partition(":")
    if not quantity:
        if part == "fairing":
            return replace(stack, fairing=stack.fairing * (1 + share))
        return replace(stack, drag=replace(stack.drag, area=stack.drag.area * (1 + share)))
    blocks = list(stack.blocks)
    at = [block.name for block in blocks].index(part)
    block = blocks[at]
    thrust = block.engine.vacuum_thrust * (1 + share)
    new = {
        "isp": {"engine": replace(block.engine, vacuum_thrust=thrust)},
        "thrust": {
            "engine": replace(
                block.engine, vacuum_thrust=thrust, flow=block.engine.flow * (1 + share)
            )
        },
        "propellant": {"expelled": block.expelled * (1 + share)},
        "left": {"left": block.left * (1 + share)},
    }[quantity]
    blocks[at] = replace(block, **new)
    return replace(stack, blocks=tuple(blocks))


SHARE = 0.005


@cache
def fine(build, asked, key=None):
    stack = vehicle(build) if key is None else changed(vehicle(build), key, SHARE)
    return exact(sought(stack, asked))


SOYUZ = CASES["Soyuz-2.1b"].asked
THIRD, ASIDE, MIDDLE = (
    "Block I with RD-0124", "Side block B, V, G, D", "Core block A",
)  # fmt: skip
NUMBERS = [
    f"{THIRD}:isp", f"{THIRD}:thrust", f"{THIRD}:propellant", f"{THIRD}:left", f"{MIDDLE}:isp",
    f"{MIDDLE}:thrust", f"{MIDDLE}:propellant", f"{MIDDLE}:left", f"{ASIDE}:isp",
    f"{ASIDE}:thrust", f"{ASIDE}:propellant", f"{ASIDE}:left", "fairing", "drag",
]  # fmt: skip


@pytest.mark.parametrize(
    "key", [NUMBERS[0], *(pytest.param(key, marks=pytest.mark.slow) for key in NUMBERS[1:])]
)
def test_a_sensitivity_is_what_solving_again_with_another_number_gives(key):
    base = fine("soyuz-2.1b", SOYUZ)
    told = sensitivities(base)[key] * SHARE
    moved = fine("soyuz-2.1b", SOYUZ, key).payload - base.payload
    # 2 %, and what a mesh of its own moves.
    assert moved == pytest.approx(told, abs=max(0.02 * abs(told), 0.5))


def test_every_number_of_a_vehicle_has_a_sensitivity_with_the_sign_that_it_must_have():
    given = flown("Soyuz-2.1b").sensitivity
    assert set(given) == set(NUMBERS)
    for key, value in given.items():
        lighter = key.endswith(":left") or key in ("fairing", "drag")
        assert (value < 0) if lighter else (value > 0 or key.endswith(":thrust"))
    # A kilogram of the last block is a kilogram of payload.
    left = vehicle("soyuz-2.1b").blocks[-1].left
    assert given[f"{THIRD}:left"] == pytest.approx(-left, rel=1e-3)


# Zones


@pytest.mark.slow
def test_what_has_to_fall_into_a_zone_falls_into_it_through_the_air():
    stack, asked = vehicle("soyuz-2.1b"), task("vostochny", 62.0, 200.0)
    free = found("soyuz-2.1b", asked)
    ballistic = 200.0  # kg/m², about that of a side block on its side

    def fall(one):
        part = fallen_of(one.plan.steered, one.solution)[0]
        where = fallen(part.time, part.position, part.velocity, ballistic=ballistic)
        return part.name, float(where.latitude[0]), float(where.longitude[0])

    name, latitude, longitude = fall(free)
    # A fourteenth further along: some 25 km.
    middle = tuple(
        now + (now - pad) / 14
        for now, pad in zip((latitude, longitude), (asked.latitude, asked.longitude), strict=True)
    )
    zone = Zone(part=name, latitude=middle[0], longitude=middle[1], radius=10e3,
                ballistic=ballistic)  # fmt: skip
    held = sought_within(stack, replace(asked, limits=Limits(zones=(zone,))))
    _, *reached = fall(held)
    north, east = np.subtract(reached, middle)
    off = EQUATOR * np.hypot(north, east * np.cos(middle[0]))
    assert off == pytest.approx(10e3, abs=700.0)  # at its edge, within what is left to chance
    assert held.payload < free.payload * 1.001
