"""The problem of an ascent as a whole: what joins its legs, and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.base.constants import MU_EARTH, WGS84_A
from kosmodrom.launch.atmosphere import air_expression
from kosmodrom.launch.impact import impact_expression
from kosmodrom.launch.motion import height_expression
from kosmodrom.launch.problem import Bounded, Box, Problem
from kosmodrom.launch.steering import heat_expression, phases_of, wind_expression
from kosmodrom.launch.symbols import library

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kosmodrom.launch.problem import Guess, Point, Whole
    from kosmodrom.launch.steering import Steered
    from kosmodrom.launch.task import Orbit, Zone

__all__ = ["LOAD", "PAYLOAD", "ascent_problem"]

#: Places of the parameters; the last two are true anomalies, at the end and in the parking orbit.
PAYLOAD, LOAD, ANOMALY, PARKED = 0, 1, 2, 3
_SPEED = float(np.sqrt(MU_EARTH / WGS84_A))
_TIME = 100.0  # scale of time [s]
_ZONE = 0.01  # scale of the angle by which a fall is off its aim [rad]
_LEAST_LOAD = 0.1  # of a block that is filled by need, of its tanks
_MOST_PAYLOAD = 0.3  # of the mass at lift-off; more than any vehicle carries


def ascent_problem(
    steered: Steered, guesses: Sequence[Guess], payload: float, load: float
) -> Problem:
    """Write an ascent as a problem of optimal control.

    Parameters
    ----------
    steered : Steered
        Vehicle, task and legs.
    guesses : sequence of Guess
        One a leg.
    payload : float
        About what is carried; the size of the payload too [kg].
    load : float
        About the load of the last block [kg].

    Returns
    -------
    Problem
        Its parameters are the payload, the load of the last block, and true anomalies: at the end
        and where the parking orbit is entered.
    """
    stack, task = steered.stack, steered.task
    last = stack.blocks[-1]
    turn = np.pi if task.orbit.eccentricity else 0.0
    parked = np.pi if task.parking and task.parking[0] < task.parking[1] else 0.0
    least = _LEAST_LOAD * last.expelled if last.filled_by_need else last.expelled
    given = task.payload
    carried = (1.0, _MOST_PAYLOAD * stack.mass) if given is None else (given, given)
    return Problem(
        phases=phases_of(steered, guesses),
        cost=_cost(steered),
        conditions=lambda whole: _conditions(steered, whole),
        parameters=Box(
            np.array([carried[0], least, -turn, -parked]),
            np.array([carried[1], last.expelled, turn, parked]),
            np.array([payload, steered.load, 1.0, 1.0]),
        ),
        parameter_guess=(payload, load, 0.0, 0.0),
        time_scale=_TIME,
        cost_scale=payload if given is None else steered.load,
    )


def _cost(steered: Steered) -> Callable[[Whole], Any]:
    """Carry most; for a given payload load least, or keep most in the tanks."""
    if steered.task.payload is None:
        return lambda whole: -whole.parameters[PAYLOAD]
    if steered.stack.blocks[-1].filled_by_need:
        return lambda whole: whole.parameters[LOAD]
    return lambda whole: -whole.phases[-1].end.state[6]


def _conditions(steered: Steered, whole: Whole) -> list[Bounded]:
    """Write what joins the legs, and how they begin and end."""
    legs, masses = steered.legs, steered.masses
    carried = whole.parameters[PAYLOAD] + whole.parameters[LOAD]
    first = whole.phases[0].begin.state[6]
    rows = [Bounded((first - carried - legs[0].begun) / masses[0], 0.0, 0.0)]
    for number in range(len(legs) - 1):
        rows += _joint(steered, whole, number)
    rows += _azimuths(steered, whole)
    if steered.task.parking is not None:
        rows += _parked(steered, whole)
    return [*rows, *_arrival(steered, whole)]


def _joint(steered: Steered, whole: Whole, number: int) -> list[Bounded]:
    """Join a leg to the next one."""
    ca = library()
    leg, mass = steered.legs[number], steered.masses[number + 1]
    before, after = whole.phases[number].end, whole.phases[number + 1].begin
    carried = whole.parameters[PAYLOAD] + whole.parameters[LOAD]
    moved = (after.state[:6] - before.state[:6]) / ca.DM(steered.scales[number][:6])
    if leg.dropped:
        follows = carried + leg.above
    else:
        follows = before.state[6] - (steered.stack.fairing if leg.sheds_fairing else 0.0)
    rows = [
        Bounded(after.time - before.time, 0.0, 0.0, _TIME),
        Bounded(moved, 0.0, 0.0),
        Bounded((after.state[6] - follows) / mass, 0.0, 0.0),
    ]
    if leg.empties is not None and not leg.last:
        floor = carried + leg.above + leg.empties.left
        rows.append(Bounded((before.state[6] - floor) / mass, 0.0, np.inf))
    if leg.sheds_fairing:
        heat = heat_expression(before, steered.task.limits.heating)
        rows.append(Bounded(heat, -np.inf, 0.0, 10.0))
    quiet = steered.task.limits.separation_pressure
    if quiet is not None and leg.dropped and _parts(steered, number):
        density = air_expression(height_expression(before.state[:3])).density
        pressure = 0.5 * density * ca.sumsqr(wind_expression(before)) / quiet
        rows.append(Bounded(ca.log(pressure), -np.inf, 0.0, 10.0))
    for zone in steered.task.limits.zones:
        names = [block.name for block in leg.dropped] + ["fairing"] * leg.sheds_fairing
        if zone.part in names:
            rows.append(_fall(zone, before))
    if leg.with_next is not None:
        length = whole.phases[number + 1].end.time - whole.phases[number].begin.time
        rows.append(Bounded(length, leg.with_next, leg.with_next, _TIME))
    return rows


def _fall(zone: Zone, point: Point) -> Bounded:
    """Keep the fall without air near its aim; as squares, which are smooth in the middle too."""
    ca = library()
    impact = impact_expression(point.state[:3], point.state[3:6], point.time)
    aim = ca.DM(np.asarray(zone.middle if zone.aim is None else zone.aim))
    off2 = ca.sumsqr(impact.direction - aim)
    return Bounded(off2, -np.inf, (zone.radius / WGS84_A) ** 2, _ZONE**2)


def _parts(steered: Steered, number: int) -> bool:
    """Say whether nothing burns after a leg, before the next block is lit."""
    return steered.legs[number + 1].coasts


def _azimuths(steered: Steered, whole: Whole) -> list[Bounded]:
    """Keep to the open sector: at the end of each leg that burns in the air."""
    sector = steered.task.limits.azimuths
    if sector is None:
        return []
    ca = library()
    east, north, _ = steered.task.axes
    rows = []
    for leg, ends in zip(steered.legs, whole.phases, strict=True):
        if leg.vertical or not leg.fairing_on or leg.coasts:
            continue
        for azimuth, sign in zip(sector, (1.0, -1.0), strict=True):
            # To the right of the first end, to the left of the second.
            right = sign * (np.cos(azimuth) * east - np.sin(azimuth) * north)
            rows.append(Bounded(ca.dot(wind_expression(ends.end), ca.DM(right)), 0.0, np.inf, 1e3))
    return rows


def _parked(steered: Steered, whole: Whole) -> list[Bounded]:
    """Coast in the parking orbit."""
    low, high = steered.task.parking or (0.0, 0.0)
    if not steered.legs[-2].coasts:
        return []
    orbit = _Shape((low + high) / 2, (high - low) / (high + low))
    return _on(orbit, whole.phases[-2].begin, whole.parameters[PARKED])


class _Shape:
    """Size and shape of an orbit."""

    def __init__(self, axis: float, eccentricity: float) -> None:
        self.eccentricity = eccentricity
        self.parameter = axis * (1 - eccentricity**2)


def _on(orbit: Orbit | _Shape, point: Point, anomaly: Any) -> list[Bounded]:
    """Put a point on an orbit of a size and shape, at a true anomaly.

    Energy and angular momentum alone would have no slope against one another on a circle.
    """
    ca = library()
    position, velocity = point.state[:3], point.state[3:6]
    length, eccentricity = orbit.parameter, orbit.eccentricity
    radius = ca.norm_2(position)
    climb = float(np.sqrt(MU_EARTH / length)) * eccentricity * ca.sin(anomaly)
    momentum = ca.norm_2(ca.cross(position, velocity)) - float(np.sqrt(MU_EARTH * length))
    wanted = length / (1 + eccentricity * ca.cos(anomaly))
    return [
        Bounded((radius - wanted) / WGS84_A, 0.0, 0.0),
        Bounded((ca.dot(position, velocity) / radius - climb) / _SPEED, 0.0, 0.0),
        Bounded(momentum / (WGS84_A * _SPEED), 0.0, 0.0),
    ]


def _arrival(steered: Steered, whole: Whole) -> list[Bounded]:
    """Write where the last leg ends, and what is left in the tanks then."""
    ca = library()
    orbit, stack = steered.task.orbit, steered.stack
    end = whole.phases[-1].end
    payload, anomaly = whole.parameters[PAYLOAD], whole.parameters[ANOMALY]
    position, velocity, mass = end.state[:3], end.state[3:6], end.state[6]
    momentum = ca.cross(position, velocity)
    scale = WGS84_A * _SPEED
    tilt = float(np.sqrt(MU_EARTH * orbit.parameter) * np.cos(orbit.inclination))
    engine = stack.blocks[-1].engine
    kept = float(np.exp(-steered.task.reserve * engine.flow / engine.vacuum_thrust))
    floor = payload + steered.legs[-1].above
    rows = [
        *_on(orbit, end, anomaly),
        Bounded((momentum[2] - tilt) / scale, 0.0, 0.0),
        Bounded((mass * kept - floor) / steered.masses[-1], 0.0, np.inf),
    ]
    if orbit.node is not None:
        # The momentum lies across the node, and to the right side of it.
        cosine, sine = float(np.cos(orbit.node)), float(np.sin(orbit.node))
        off = momentum[0] * cosine + momentum[1] * sine
        side = momentum[0] * sine - momentum[1] * cosine
        rows += [Bounded(off / scale, 0.0, 0.0), Bounded(side / scale, 0.0, np.inf)]
    if orbit.argument_of_perigee is not None:
        node = ca.vertcat(-momentum[1], momentum[0], 0)
        node = node / ca.norm_2(node)
        ahead = ca.cross(momentum / ca.norm_2(momentum), node)
        angle = orbit.argument_of_perigee + anomaly
        unit = position / ca.norm_2(position)
        cosine, sine = ca.dot(unit, node), ca.dot(unit, ahead)
        off = cosine * ca.sin(angle) - sine * ca.cos(angle)
        near = cosine * ca.cos(angle) + sine * ca.sin(angle)
        rows += [Bounded(off, 0.0, 0.0), Bounded(near, 0.0, np.inf)]
    return rows
