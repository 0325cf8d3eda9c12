"""An ascent flown again, by many copies of a vehicle that differ a little from what was planned.

The copies keep the attitude of the plan as a function of time, as a vehicle does that steers by a
programme and not by where it is; one that burns longer than planned keeps the last attitude. So
they drift apart further than vehicles whose guidance closes the loop: what comes out is wide
rather than narrow.

When engines start and stop is known beforehand, since what flows through them does not change:
a block that was planned to burn until it is empty does so in every copy, boosters and lower stages
as a rule; one that was planned to be cut off with propellant left stops where the rocket equation
has given it the speed of the plan, or when it is empty. What falls off does so as long after the
end of its burn as planned, the fairing at its planned time; what is lit after the block below it
is lit as long after that one as planned.

The motion is that of `law.ascent_law`, with air all the way up.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.atmosphere import air_at
from kosmodrom.launch.stepping import advance
from kosmodrom.launch.surroundings import air_speed, over_ellipsoid, pull

if TYPE_CHECKING:
    from kosmodrom.launch.programme import Burn, Programme
    from kosmodrom.launch.stepping import Rates
    from kosmodrom.launch.surroundings import Wind

__all__ = ["Flown", "Perturbed", "flown"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SAME = 1e-6  # two arcs of one burn are no further apart [s]
_TOLERANCE = np.array([*[5e-3] * 3, *[5e-5] * 3])  # of a step [m, m/s]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Perturbed:
    """By how much copies differ from the plan, and the weather they meet.

    Attributes
    ----------
    thrust, impulse, load : numpy.ndarray, shape (n, blocks)
        Factors of thrust in vacuum, specific impulse and propellant of each block [-].
    drag, density : numpy.ndarray, shape (n,)
        Factors of the vehicle's drag and of the density of the air [-].
    east, north : numpy.ndarray, shape (n, k)
        Wind, whereto it blows, at the heights [m/s].
    pointing : numpy.ndarray, shape (n, 2)
        Steady offsets of the thrust in the plane of the ascent and out of it [rad].
    ballistic : numpy.ndarray, shape (n, drops)
        Factors of the ballistic coefficient of what falls off [-].
    """

    thrust: Floats
    impulse: Floats
    load: Floats
    drag: Floats
    density: Floats
    east: Floats
    north: Floats
    pointing: Floats
    ballistic: Floats

    @classmethod
    def as_planned(cls, plan: Programme, count: int, heights: int = 2) -> Perturbed:
        """Make copies that do not differ.

        Parameters
        ----------
        plan : Programme
            The plan.
        count : int
            How many [-].
        heights : int
            At how many heights there is no wind [-].

        Returns
        -------
        Perturbed
            Factors of one, and nothing else.
        """
        factors = np.ones((count, len(plan.blocks)))
        calm = np.zeros((count, heights))
        return cls(
            thrust=factors, impulse=factors, load=factors, drag=np.ones(count),
            density=np.ones(count), east=calm, north=calm, pointing=np.zeros((count, 2)),
            ballistic=np.ones((count, len(plan.drops))),
        )  # fmt: skip

    def part(self, which: slice) -> Perturbed:
        """Take some of the copies, to fly them elsewhere: what is found of each is the same.

        Parameters
        ----------
        which : slice
            Which of them.

        Returns
        -------
        Perturbed
            These.
        """
        return Perturbed(**{each.name: getattr(self, each.name)[which] for each in fields(self)})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flown:
    """Copies of a vehicle where something falls off.

    Attributes
    ----------
    name : str
        What.
    time : numpy.ndarray, shape (n,)
        When, after lift-off [s].
    position, velocity : numpy.ndarray, shape (n, 3)
        Where, in axes that do not turn [m, m/s].
    mass : numpy.ndarray, shape (n,)
        Mass of what flies on [kg].
    """

    name: str
    time: Floats
    position: Floats
    velocity: Floats
    mass: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Schedule:
    """When each copy burns and drops what; a column a burn or a drop."""

    begin: Floats
    end: Floats
    flow: Floats
    thrust: Floats
    dropped: Floats
    loss: Floats
    mass: Floats

    def mass_at(self, time: Floats) -> Floats:
        """Mass of each copy at a time of its own, after what falls off then."""
        burning = np.clip(time[:, np.newaxis] - self.begin, 0.0, self.end - self.begin)
        gone = np.where(self.dropped <= time[:, np.newaxis], self.loss, 0.0)
        return np.asarray(self.mass - (self.flow * burning).sum(axis=1) - gone.sum(axis=1))


def flown(
    plan: Programme, copies: Perturbed, wind: Wind | None = None, *, looser: float = 1.0
) -> tuple[Flown, ...]:
    """Fly copies from lift-off until the last thing falls off.

    Parameters
    ----------
    plan : Programme
        The plan.
    copies : Perturbed
        By how much they differ from it; what they do to the fall is left out here.
    wind : Wind or None
        The wind, a row a copy; None where the air only turns.
    looser : float
        By how much the error of a step may be larger than 5 mm and 0.05 mm/s [-].

    Returns
    -------
    tuple of Flown
        The copies at each drop of the plan, in its order.
    """
    count = len(copies.drag)
    when = _schedule(plan, copies)
    marks = np.concatenate([when.begin, when.end, when.dropped], axis=1)
    marks = np.clip(marks, 0.0, when.dropped.max(axis=1, keepdims=True))
    order = np.argsort(marks, axis=1, kind="stable")
    marks = np.take_along_axis(marks, order, axis=1)
    order -= 2 * len(plan.burns)  # what is not below zero now is a drop
    state = np.repeat(np.concatenate([plan.position, plan.velocity])[:, np.newaxis], count, axis=1)
    states = np.full((len(plan.drops), 6, count), np.nan)
    begin = np.zeros(count)
    steering = _Steering(plan, copies)
    for end, kind in zip(marks.T, order.T, strict=True):
        state = advance(
            _rates(plan, copies, when, steering, wind, (begin, end)),
            (begin, end),
            state,
            looser * _TOLERANCE,
        )
        falls = np.flatnonzero(kind >= 0)
        states[kind[falls], :, falls] = state[:, falls].T
        begin = end
    found = []
    for number, drop in enumerate(plan.drops):
        time = when.dropped[:, number]
        position, velocity = states[number, :3].T, states[number, 3:].T
        mass = when.mass_at(time)
        found.append(
            Flown(name=drop.name, time=time, position=position, velocity=velocity, mass=mass)
        )
    return tuple(found)


def _schedule(plan: Programme, copies: Perturbed) -> _Schedule:
    """Work out when each copy burns and drops what."""
    count, size = len(copies.drag), len(plan.burns)
    left, planned = np.array(plan.loads) * copies.load, np.array(plan.loads)
    mass = plan.mass + (left - planned).sum(axis=1, keepdims=True)
    table = {name: np.zeros((count, size)) for name in ("begin", "end", "flow", "thrust")}
    loss = np.tile([drop.mass for drop in plan.drops], (count, 1))
    dropped = np.tile([drop.time for drop in plan.drops], (count, 1))
    for number, burn in enumerate(plan.burns):
        delay = _delay(plan, table["end"], burn.after)
        push = copies.thrust[:, burn.block]
        flow = burn.engine.flow * push / copies.impulse[:, burn.block]
        whole = left[:, burn.block] / flow
        lasts = whole
        if not burn.until_empty:
            before = _Schedule(**table, dropped=dropped, loss=loss, mass=mass[:, 0])
            ratio = before.mass_at(burn.begin + delay) / _planned_mass(plan, number)
            lasts = _cut_off(burn, ratio, flow, copies.impulse[:, burn.block], plan, number)
            lasts = np.minimum(lasts, whole)
        for name, each in (
            ("begin", burn.begin + delay), ("end", burn.begin + delay + lasts), ("flow", flow),
            ("thrust", burn.engine.vacuum_thrust * push),
        ):  # fmt: skip
            table[name][:, number] = each
        left[:, burn.block] -= flow * lasts
        planned[burn.block] -= burn.engine.flow * (burn.end - burn.begin)
        for place, drop in enumerate(plan.drops):
            if drop.after == number:
                dropped[:, place] += _delay(plan, table["end"], number)
                loss[:, place] += left[:, burn.block] - planned[burn.block]
    return _Schedule(**table, dropped=dropped, loss=loss, mass=mass[:, 0])


def _delay(plan: Programme, end: Floats, after: int | None) -> Floats:
    """By how much a burn ends later than planned."""
    if after is None:
        return np.zeros(len(end))
    return np.asarray(end[:, after] - plan.burns[after].end)


def _planned_mass(plan: Programme, number: int) -> float:
    """Mass at which a burn was planned to begin."""
    time = plan.burns[number].begin
    burnt = sum(
        burn.engine.flow * min(max(time - burn.begin, 0.0), burn.end - burn.begin)
        for burn in plan.burns
    )
    return plan.mass - burnt - sum(drop.mass for drop in plan.drops if drop.time <= time)


def _cut_off(
    burn: Burn, ratio: Floats, flow: Floats, impulse: Floats, plan: Programme, number: int
) -> Floats:
    """How long a burn lasts until its rocket equation has given the speed of the plan."""
    mass = _planned_mass(plan, number)
    kept = 1 - burn.engine.flow * (burn.end - burn.begin) / mass
    return np.asarray(mass * ratio / flow * (1 - kept ** (1 / impulse)))


class _Steering:
    """Directions of the thrust of copies, by cubics in time through those of the plan."""

    def __init__(self, plan: Programme, copies: Perturbed) -> None:
        starts: list[float] = []
        pieces: list[Floats] = []
        for before, (time, direction) in zip((None, *plan.steering), plan.steering, strict=False):
            if before is not None and time[0] - before[0][-1] > _SAME:
                starts.append(float(before[0][-1]))
                slope = (direction[0] - before[1][-1]) / (time[0] - before[0][-1])
                pieces.append(np.stack([before[1][-1], slope, 0 * slope, 0 * slope])[np.newaxis])
            starts.extend(time[:-1])
            pieces.append(_hermite(time, direction))
        self.starts, self.pieces = np.array(starts), np.concatenate(pieces)
        self.end = float(plan.steering[-1][0][-1])
        self.side, self.pointing = plan.side, copies.pointing

    def at(self, rows: Ints, time: Floats) -> Floats:
        """Give unit vectors, shape (3, k)."""
        here = np.clip(time, self.starts[0], self.end)
        piece = np.searchsorted(self.starts[1:], here, side="right")
        part = (here - self.starts[piece])[:, np.newaxis]
        first, second, third, fourth = (self.pieces[:, power][piece] for power in range(4))
        way = first + part * (second + part * (third + part * fourth))
        pitch, yaw = self.pointing[rows].T[:, :, np.newaxis]
        way = way + pitch * np.cross(self.side, way) + yaw * self.side
        return np.asarray((way / np.sqrt((way * way).sum(axis=1, keepdims=True))).T)


def _hermite(time: Floats, values: Floats) -> Floats:
    """Draw cubics through values, with the slopes of parabolas through neighbours."""
    slope = np.gradient(values, time, axis=0, edge_order=2 if len(time) > 2 else 1)
    width = np.diff(time)[:, np.newaxis]
    mean = np.diff(values, axis=0) / width
    third = (3 * mean - 2 * slope[:-1] - slope[1:]) / width
    fourth = (slope[:-1] + slope[1:] - 2 * mean) / width**2
    return np.stack([values[:-1], slope[:-1], third, fourth], axis=1)


def _rates(
    plan: Programme,
    copies: Perturbed,
    when: _Schedule,
    steering: _Steering,
    wind: Wind | None,
    span: tuple[Floats, Floats],
) -> Rates:
    """Write the motion of copies over spans in which nothing is lit, cut off or dropped."""
    begin, middle = span[0], (span[0] + span[1])[:, np.newaxis] / 2
    burning = (when.begin <= middle) & (middle < when.end)
    thrust = np.where(burning, when.thrust, 0.0).sum(axis=1)
    area = np.where(burning, [burn.engine.exit_area for burn in plan.burns], 0.0).sum(axis=1)
    flow = np.where(burning, when.flow, 0.0).sum(axis=1)
    mass = when.mass_at(begin)
    held = 0.5 * plan.drag.area * copies.drag * copies.density

    def _of(rows: Ints, time: Floats, state: Floats) -> Floats:
        over = over_ellipsoid(state[:3])
        air = air_at(over.height)
        motion, speed = air_speed(rows, state, over, wind)
        coefficient = plan.drag.coefficients.at(speed / air.sound_speed)[..., 0]
        slowing = held[rows] * coefficient * air.density * speed
        push = np.where(flow[rows] > 0, thrust[rows] - air.pressure * area[rows], 0.0)
        force = push * steering.at(rows, time) - slowing * motion
        weight = mass[rows] - flow[rows] * (time - begin[rows])
        return np.concatenate([state[3:], pull(state[:3]) + force / weight])

    return _of
