"""From what is asked of an ascent to plain numbers, or a refusal that says the limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import degrees, pi, radians
from typing import TYPE_CHECKING

from kosmodrom import units
from kosmodrom.analyses._ascent_vehicle import (
    ballistic_of,
    drag_rows,
    stack_of,
    thrust_to_weight,
)
from kosmodrom.analyses._ascent_ways import chosen_direction
from kosmodrom.analyses._orbital import angle_of
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._ascent_request import AscentRequest
    from kosmodrom.analyses._result import Note
    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.catalog.launchers import Launcher
    from kosmodrom.catalog.vehicles import DragPoint, FittedReserve
    from kosmodrom.launch.stack import Stack
    from kosmodrom.launch.task import Limits, Task, Zone
    from kosmodrom.workspace import Context, ResolvedPlace

__all__ = ["Asked", "asked_of", "inclination_of_request", "task_of"]

_HALVES = 2  # in which a fairing falls
_OUT_OF_PLANE = radians(10.0)  # what an ascent could make up for with much of its payload


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked, in plain numbers, apart from the orbit.

    Attributes
    ----------
    request : AscentRequest
        As it was put.
    launcher : Launcher
        The vehicle.
    stack : Stack
        The same as blocks.
    place : ResolvedPlace
        The pad.
    lift_off : Epochs or None
        When, shape ().
    earth : EarthOrientation or None
        How the Earth is turned around then.
    limits : Limits
        What must not be exceeded.
    drag : sequence of DragPoint
        The curve of drag that is reckoned with, with its ends.
    known : FittedReserve or None
        By how much the model is too good for the vehicle; None where it was not fitted.
    """

    request: AscentRequest
    launcher: Launcher
    stack: Stack
    place: ResolvedPlace
    lift_off: Epochs | None
    earth: EarthOrientation | None
    limits: Limits
    drag: Sequence[DragPoint]
    known: FittedReserve | None


def asked_of(request: AscentRequest, context: Context) -> Asked:
    """Look up what the names stand for, and refuse what cannot lift off.

    Parameters
    ----------
    request : AscentRequest
        What is asked.
    context : Context
        Catalog.

    Returns
    -------
    Asked
        The same in plain numbers.
    """
    from kosmodrom.analyses._when import earth_around
    from kosmodrom.base.epochs import Epochs

    launcher = context.resolve_vehicle(request.vehicle)
    stack = stack_of(launcher, context.catalog.launchers)
    _check_thrust(request, launcher)
    lift_off = None if request.lift_off is None else Epochs.from_iso(request.lift_off)
    try:
        earth = None if lift_off is None else earth_around(lift_off, lift_off)
    except RequestError as error:
        raise RequestError(error.message, ["lift_off"]) from None
    return Asked(
        request=request,
        launcher=launcher,
        stack=stack,
        place=context.resolve_place(request.site),
        lift_off=lift_off,
        earth=earth,
        limits=replace(_limits(request), zones=_zones(request, stack, launcher, context)),
        drag=drag_rows(context.catalog.launchers),
        known=next(
            (row for row in context.catalog.launchers.reserves if row.build == launcher.id), None
        ),
    )


def inclination_of_request(request: AscentRequest) -> float:
    """Give the inclination that is asked for.

    Parameters
    ----------
    request : AscentRequest
        What is asked.

    Returns
    -------
    float
        Inclination [rad].
    """
    if request.inclination != "sun-synchronous":
        return angle_of(str(request.inclination))
    from kosmodrom.orbits.designed import sun_synchronous_inclination

    try:
        return sun_synchronous_inclination(*_heights(request.perigee, request.apogee))
    except InputError as error:
        raise RequestError(str(error), ["inclination"]) from None


def task_of(
    asked: Asked, context: Context, orbit: tuple[str, str | None, float]
) -> tuple[Task, list[Note]]:
    """Put one orbit to be reached into plain numbers.

    Parameters
    ----------
    asked : Asked
        The rest of what is asked.
    context : Context
        Catalog.
    orbit : tuple
        Heights of perigee and apogee as texts, None for a circle, and the inclination [rad].

    Returns
    -------
    task : Task
        For the optimiser.
    notes : list of Note
        What the reader must know of the direction.
    """
    from kosmodrom.base.constants import WGS84_A
    from kosmodrom.launch.task import Orbit
    from kosmodrom.launch.task import Task as Made

    request, place = asked.request, asked.place
    perigee, apogee = _heights(orbit[0], orbit[1])
    inclination = orbit[2]
    restarts = asked.stack.blocks[-1].ignitions > 1
    ascending, sector, notes = chosen_direction(
        request, context, place, inclination, (perigee, apogee), restarts
    )
    argument, parking = request.argument_of_perigee, None
    if request.parking_perigee is not None:
        low, high = _heights(request.parking_perigee, request.parking_apogee)
        parking = WGS84_A + low, WGS84_A + high
    task = Made(
        latitude=radians(place.latitude_deg),
        longitude=radians(place.longitude_deg),
        height=place.height_m,
        orbit=Orbit(
            perigee=WGS84_A + perigee,
            apogee=WGS84_A + apogee,
            inclination=inclination,
            argument_of_perigee=None if argument is None else angle_of(argument) % (2 * pi),
            node=_node(asked, inclination),
        ),
        ascending=ascending,
        parking=parking,
        payload=None if request.payload is None else units.parse(request.payload, "mass").value,
        reserve=units.parse(request.reserve, "length/time").value,
        limits=replace(asked.limits, azimuths=sector or asked.limits.azimuths),
    )
    return task, notes


def _heights(perigee: str | None, apogee: str | None) -> tuple[float, float]:
    low = units.parse(str(perigee), "length").value
    return low, low if apogee is None else units.parse(apogee, "length").value


def _check_thrust(request: AscentRequest, launcher: Launcher) -> None:
    payload = 0.0 if request.payload is None else units.parse(request.payload, "mass").value
    ratio = thrust_to_weight(launcher, payload)
    if ratio > 1:
        return
    from kosmodrom.catalog.launchers import STANDARD_GRAVITY

    most = launcher.thrust_at_lift_off / STANDARD_GRAVITY - launcher.mass_without_payload
    raise RequestError(
        f"{launcher.name} with {payload:.0f} kg does not lift off: thrust over weight is "
        f"{ratio:.3f}, and above 1 is due, which is below {most:.0f} kg. Give less payload",
        ["payload" if most > 0 else "vehicle"],
    )


def _limits(request: AscentRequest) -> Limits:
    from kosmodrom.launch.task import Limits as Made

    def _most(given: str | None, dimension: str) -> float | None:
        return None if given is None else units.parse(given, dimension).value

    azimuths = None
    if request.azimuth_from is not None and request.azimuth_to is not None:
        azimuths = angle_of(request.azimuth_from), angle_of(request.azimuth_to)
    return Made(
        heating=units.parse(request.max_heating, "power/area").value,
        attack_load=units.parse(request.max_load, "pressure angle").value,
        dynamic_pressure=_most(request.max_dynamic_pressure, "pressure"),
        acceleration=_most(request.max_acceleration, "length/time²"),
        separation_pressure=_most(request.max_separation_pressure, "pressure"),
        azimuths=azimuths,
    )


def _zones(
    request: AscentRequest, stack: Stack, launcher: Launcher, context: Context
) -> tuple[Zone, ...]:
    """Read where parts have to fall; a part may be called by its name or its id."""
    from kosmodrom.launch.task import Zone

    dropped = list(zip(launcher.stages[:-1], stack.blocks[:-1], strict=True))
    known = {name.casefold(): block.name
             for stage, block in dropped for name in (block.name, stage.id)}  # fmt: skip
    known["fairing"] = "fairing"
    found = []
    for number, zone in enumerate(request.drop_zones):
        part = known.get(zone.part.casefold())
        if part is None:
            names = ", ".join(repr(name) for name in dict.fromkeys(known.values()))
            raise RequestError(
                f"{stack.name} drops no {zone.part!r} on the way; it drops {names}",
                ["drop_zones", number, "part"],
            )
        try:
            middle = context.resolve_place(zone.center)
        except InputError as error:
            raise RequestError(str(error), ["drop_zones", number, "center"]) from None
        block = next((one for one in stack.blocks if one.name == part), None)
        found.append(
            Zone(
                part=part,
                latitude=radians(middle.latitude_deg),
                longitude=radians(middle.longitude_deg),
                radius=units.parse(zone.radius, "length").value,
                ballistic=ballistic_of(
                    stack,
                    part,
                    stack.fairing / _HALVES if block is None else block.left / block.count,
                    stack.fairing_diameter if block is None else block.diameter,
                ),
            )
        )
    return tuple(found)


def _node(asked: Asked, inclination: float) -> float | None:
    """Turn a node in TEME into the axes of the Earth at lift-off."""
    import numpy as np

    from kosmodrom.base.ellipsoid import geodetic_to_itrs
    from kosmodrom.base.frames import Frame, rotation
    from kosmodrom.launch.planes import plane_angles, plane_normal

    if asked.request.node is None or asked.lift_off is None or asked.earth is None:
        return None
    turned = rotation(Frame.TEME, Frame.ITRS, asked.lift_off, asked.earth)
    normal = turned @ plane_normal(inclination, angle_of(asked.request.node))
    place = asked.place
    pad = geodetic_to_itrs(
        radians(place.latitude_deg), radians(place.longitude_deg), place.height_m
    )
    off = float(np.arcsin(np.clip(normal @ pad / np.linalg.norm(pad), -1.0, 1.0)))
    if abs(off) > _OUT_OF_PLANE:
        raise RequestError(
            f"at {asked.request.lift_off} {place.name} lies {abs(degrees(off)):.1f} deg out of "
            f"that plane; {degrees(_OUT_OF_PLANE):.0f} deg are the most that is tried. "
            "`kosmodrom window` with the same site, inclination and node says when it lies within",
            ["lift_off"],
        )
    return float(plane_angles(normal)[1]) % (2 * pi)
