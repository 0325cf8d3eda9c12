"""A flight flown by a plain pitch programme, of a real vehicle: for tests of what is made of one.

It is no optimum, and steers without regard to the air; its numbers prove nothing of the vehicle.
"""

from dataclasses import replace

import numpy as np
from scipy.integrate import solve_ivp
from scipy.optimize import least_squares

from kosmodrom.analyses._ascent_vehicle import stack_of
from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH
from kosmodrom.base.ellipsoid import geodetic_to_itrs, itrs_to_geodetic
from kosmodrom.catalog import load_catalog
from kosmodrom.launch.atmosphere import air_at
from kosmodrom.launch.flight import Arc, Checks, Event, Fallen, Flight
from kosmodrom.launch.law import ascent_law
from kosmodrom.launch.motion import Drag, Engine
from kosmodrom.launch.trajectory import Statistics

SITE = np.radians([51.884, 128.334])
#: As least squares finds them below: exponent of the programme, its last pitch, when it ends.
PROGRAMME = (0.35513931, -0.251771057, 766.414115)
FAIRING = 215.0
DRAG = Drag.by_mach(29.4, [0.0, 0.8, 1.1, 2.0, 5.0, 20.0], [0.3, 0.35, 0.6, 0.4, 0.25, 0.2])
SPIN = np.array([0.0, 0.0, EARTH_ROTATION_RATE])


def soyuz():
    shelf = load_catalog().launchers
    return replace(stack_of(shelf.find("Soyuz-2.1b"), shelf), drag=DRAG)


def engine_of(blocks):
    return Engine(
        vacuum_thrust=sum(one.engine.vacuum_thrust for one in blocks),
        exit_area=sum(one.engine.exit_area for one in blocks),
        flow=sum(one.engine.flow for one in blocks),
    )


class Pilot:
    def __init__(self, stack, payload, azimuth, programme):
        self.stack, self.payload, self.programme = stack, payload, programme
        self.pad = geodetic_to_itrs(*SITE, 0.0)
        up = self.pad / np.linalg.norm(self.pad)
        east = np.cross([0.0, 0.0, 1.0], up)
        east /= np.linalg.norm(east)
        level = np.sin(azimuth) * east + np.cos(azimuth) * np.cross(up, east)
        self.pole = np.cross(up, level)

    def direction(self, time, position):
        bend, last, end = self.programme
        part = np.clip((time - 8.0) / (end - 8.0), 0.0, 1.0) ** bend
        pitch = np.pi / 2 + (last - np.pi / 2) * part
        up = position / np.linalg.norm(position)
        level = np.cross(self.pole, up)
        level /= np.linalg.norm(level)
        return np.cos(pitch) * level + np.sin(pitch) * up

    def arc(self, name, blocks, start, begin, end, stop=None, samples=40):
        engine = engine_of(blocks)
        law = ascent_law(engine, self.stack.drag)
        found = solve_ivp(
            lambda t, y: law(t, y, self.direction(t, y[:3])),
            (begin, end), start, rtol=1e-8, atol=1e-4, events=stop, dense_output=True,
        )  # fmt: skip
        time = np.linspace(begin, found.t[-1], samples)
        states = found.sol(time).T
        return self.sampled(name, engine, time, states), states[-1].copy()

    def sampled(self, name, engine, time, states):
        place, speed, mass = states[:, :3], states[:, 3:6], states[:, 6]
        height = itrs_to_geodetic(place)[2]
        air = air_at(height)
        wind = speed - np.cross(SPIN, place)
        fast = np.linalg.norm(wind, axis=1)
        thrust = engine.vacuum_thrust - engine.exit_area * air.pressure
        way = np.array([self.direction(t, r) for t, r in zip(time, place, strict=True)])
        q = 0.5 * air.density * fast**2
        drag = (
            q
            * self.stack.drag.area
            * self.stack.drag.coefficients.at(fast / air.sound_speed)[..., 0]
        )
        ahead = wind / np.maximum(fast, 1e-9)[:, np.newaxis]
        felt = (thrust[:, np.newaxis] * way - drag[:, np.newaxis] * ahead) / mass[:, np.newaxis]
        along = np.clip(np.sum(way * ahead, axis=1), -1.0, 1.0)
        return Arc(
            name=name, time=time, position=place, velocity=speed, mass=mass, direction=way,
            thrust=thrust, height=height, ground_speed=fast, dynamic_pressure=q,
            attack=np.where(fast > 1.0, np.arccos(along), 0.0), heating=q * fast,
            acceleration=np.linalg.norm(felt, axis=1),
        )  # fmt: skip


EAST = np.radians(90.0)


def fly(azimuth=EAST, payload=5000.0, programme=PROGRAMME):
    stack = soyuz()
    sides, core, third = stack.blocks
    pilot = Pilot(stack, payload, azimuth, programme)
    state = np.array([*pilot.pad, *np.cross(SPIN, pilot.pad), stack.mass + payload])
    arcs, events, fallen = [], [], []

    def tell(code, part, time):
        events.append(Event(code=code, part=part, time=time, position=state[:3].copy(),
                            velocity=state[3:6].copy(), mass=float(state[6])))  # fmt: skip

    def drop(name, count, mass, diameter, time):
        fallen.append(Fallen(name=name, count=count, mass=mass, diameter=diameter, time=time,
                             position=state[:3].copy(), velocity=state[3:6].copy()))  # fmt: skip
        state[6] -= mass

    for block in (sides, core):
        tell("ignition", block.name, 0.0)
    tell("lift-off", "", 0.0)
    arc, state = pilot.arc(f"{sides.name} + {core.name}", (sides, core), state, 0.0,
                           sides.burn_time, samples=80)  # fmt: skip
    arcs.append(arc)
    tell("cut-off", sides.name, sides.burn_time)
    tell("separation", sides.name, sides.burn_time)
    drop(sides.name, 4, sides.left, sides.diameter, sides.burn_time)
    arc, state = pilot.arc(core.name, (core,), state, sides.burn_time, FAIRING)
    arcs.append(arc)
    tell("fairing-separation", "fairing", FAIRING)
    drop("fairing", 2, stack.fairing, stack.fairing_diameter, FAIRING)
    arc, state = pilot.arc(core.name, (core,), state, FAIRING, core.burn_time)
    arcs.append(arc)
    tell("cut-off", core.name, core.burn_time)
    tell("separation", core.name, core.burn_time)
    drop(core.name, 1, core.left, core.diameter, core.burn_time)
    tell("ignition", third.name, core.burn_time)

    def circling(_, y):
        return np.linalg.norm(y[3:6]) - np.sqrt(MU_EARTH / np.linalg.norm(y[:3]))

    circling.terminal = True
    full = core.burn_time + third.burn_time
    arc, state = pilot.arc(third.name, (third,), state, core.burn_time, full, circling)
    arcs.append(arc)
    end = float(arc.time[-1])
    tell("cut-off", third.name, end)
    tell("insertion", "", end)
    statistics = Statistics(
        variables=900, rows=800, attempts=1, iterations=24, seconds=0.4, violation=1e-9
    )
    return Flight(
        payload=payload, left=third.expelled - third.engine.flow * (end - core.burn_time),
        loaded=third.expelled, arcs=tuple(arcs), events=tuple(events), fallen=tuple(fallen),
        sensitivity={f"{third.name}.left": -1.0, "fairing": -0.3, "delta_v": -4.0},
        checks=Checks(position=0.7, velocity=0.0015, doubled=0.06, statistics=(statistics,)),
    )  # fmt: skip


def missed(programme, azimuth, payload):
    flight = fly(azimuth, payload, tuple(programme))
    _, position, velocity = flight.insertion
    radius = np.linalg.norm(position)
    return [
        (radius - 6_571_000.0) / 1e4,
        position @ velocity / radius / 1e2,
        (np.linalg.norm(velocity) - np.sqrt(MU_EARTH / radius)) / 1e2,
    ]


if __name__ == "__main__":
    found = least_squares(missed, PROGRAMME, args=(EAST, 5000.0), diff_step=1e-4)
    print(found.x, found.fun)
    flight = fly(programme=tuple(found.x))
    print(
        flight.insertion, flight.left, [(e.code, e.part, round(e.time, 1)) for e in flight.events]
    )
