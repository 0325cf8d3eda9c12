"""Ascents whose parts fall where they have to: from one without zones, drawn in step by step.

The optimiser knows falls without air, which are closed; what the air does to them is found from
the flight, and added to where it aims, until the falls with air lie within their zones.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import WGS84_A
from kosmodrom.base.ellipsoid import geodetic_to_itrs
from kosmodrom.errors import ModelError
from kosmodrom.launch.fall import fallen
from kosmodrom.launch.history import fallen_of
from kosmodrom.launch.impact import impact_point
from kosmodrom.launch.optimum import Found, found_again, found_near, sought

if TYPE_CHECKING:
    from kosmodrom.launch.flight import Fallen
    from kosmodrom.launch.stack import Stack
    from kosmodrom.launch.task import Task, Zone

__all__ = ["sought_within"]

Floats = NDArray[np.float64]

_ROUNDS = 10  # in which the aim is corrected
_STEP = 10e3  # by which falls are drawn towards their zones [m]
_WIDER = 1.05  # than where a part falls without a zone is the first one [-]
_NEAR = 500.0  # by how much a fall may be off its zone [m]
_SLOPES = -9.0, 0.5  # of what the air does by what it was taken to do
_SETTLED = 300.0  # by how much what the air does may still change [m]


def sought_within(stack: Stack, task: Task) -> Found:
    """Find the best way to fly with parts that fall within their zones.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    task : Task
        What it is asked to do, with the zones among its limits; without any it is `sought`.

    Returns
    -------
    Found
        The flight.
    """
    zones = task.limits.zones
    found = sought(stack, _with(task, []))
    if not zones:
        return found
    far = [np.linalg.norm(_falls(found, zone)[0] - zone.middle) * WGS84_A for zone in zones]
    wide = [
        replace(zone, radius=max(zone.radius, _WIDER * float(one)))
        for zone, one in zip(zones, far, strict=True)
    ]
    found = found_again(_with(task, wide), found)
    free = found.solution
    shift, before = np.full((len(zones), 3), np.nan), None
    for _ in range(_ROUNDS):
        falls = [_falls(found, zone) for zone in zones]
        off = [float(np.linalg.norm(air - z.middle)) * WGS84_A
               for (_, air), z in zip(falls, zones, strict=True)]  # fmt: skip
        now = np.array([empty - air for empty, air in falls])
        settled = bool(np.all(np.linalg.norm(now - shift, axis=1) * WGS84_A < _SETTLED))
        inside = all(far <= z.radius + _NEAR for far, z in zip(off, zones, strict=True))
        if inside and (settled or found.solution is free):
            return found
        shift, before = _next_shift(shift, now, before), (shift, now)
        aimed = [
            replace(zone, aim=_point(zone.middle + one))
            for zone, one in zip(zones, shift, strict=True)
        ]
        found = _drawn_in(found, task, aimed, max(off))
    names = ", ".join(f"{zone.part!r}" for zone in zones)
    raise ModelError(
        f"no ascent was found on which {names} falls within its zone; the nearest is "
        f"{max(far - z.radius for far, z in zip(off, zones, strict=True)) / 1e3:.0f} km off. Give "
        "a wider zone, or one nearer to where it falls without a limit"
    )


def _next_shift(shift: Floats, now: Floats, before: tuple[Floats, Floats] | None) -> Floats:
    """Say what the air will do to the falls, from what it did to the last two flights.

    What it does changes with the flight: taken over as it is, the aim would swing to and fro.
    """
    if before is None or not np.isfinite(before[0]).all():
        # The first flight had no aim; of the second one the half of the way is taken.
        return now if not np.isfinite(shift).all() else (now + shift) / 2
    moved = shift - before[0]
    size = float(np.sum(moved * moved))
    slope = float(np.sum((now - before[1]) * moved)) / size if size > 0 else -1.0
    return np.asarray(shift + (now - shift) / (1 - min(max(slope, _SLOPES[0]), _SLOPES[1])))


def _with(task: Task, zones: list[Zone]) -> Task:
    return replace(task, limits=replace(task.limits, zones=tuple(zones)))


def _drawn_in(found: Found, task: Task, zones: list[Zone], off: float) -> Found:
    """Draw the falls towards their zones by steps, each from the flight before."""
    steps = max(1, int(np.ceil(off / _STEP)))
    for step in range(steps - 1, -1, -1):
        near = [replace(zone, radius=max(zone.radius, off * step / steps)) for zone in zones]
        found = found_near(_with(task, near), found)
    return found


def _falls(found: Found, zone: Zone) -> tuple[Floats, Floats]:
    """Find where a part falls without air and with it, as directions in Earth-fixed axes."""
    parts = fallen_of(found.plan.steered, found.solution)
    part: Fallen | None = next((one for one in parts if one.name == zone.part), None)
    if part is None:
        raise ModelError(
            f"{zone.part!r} stays on the vehicle until it is in orbit, and does not fall; leave "
            "its zone away"
        )
    empty = impact_point(part.time, part.position, part.velocity)
    air = fallen(part.time, part.position, part.velocity, ballistic=zone.ballistic)
    if not (bool(empty.falls) and bool(air.fell[0])):
        raise ModelError(f"{zone.part!r} goes around the Earth, and does not fall into its zone")
    place = geodetic_to_itrs(air.latitude[0], air.longitude[0], 0.0)
    return empty.direction, place / np.linalg.norm(place)


def _point(direction: Floats) -> tuple[float, float, float]:
    unit = direction / np.linalg.norm(direction)
    return float(unit[0]), float(unit[1]), float(unit[2])
