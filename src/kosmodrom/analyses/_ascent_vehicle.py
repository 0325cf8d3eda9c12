"""From a launch vehicle of the catalog to blocks that burn and fall."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi
from typing import TYPE_CHECKING, Final

from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.catalog.launcher_shelf import LauncherShelf
    from kosmodrom.catalog.launchers import Launcher, Section, Stage
    from kosmodrom.catalog.vehicles import DragPoint
    from kosmodrom.launch.motion import Drag, Engine
    from kosmodrom.launch.stack import Block, Stack

__all__ = ["SEA_LEVEL_PRESSURE", "ballistic_of", "drag_rows", "stack_of", "thrust_to_weight"]

SEA_LEVEL_PRESSURE: Final = 101_325.0
"""Pressure to which thrust at sea level belongs [Pa]. U.S. Standard Atmosphere, 1976, table 4."""

#: Length over diameter of what falls, where no source tells its area from the side: stages lit on
#: the ground or beside it are long, those above them short, halves of a fairing shorter still. An
#: estimate.
_SLENDER: Final = {"ground": 7.0, "upper": 3.0, "fairing": 2.5}
_PAUSE: Final = 3.0  # between a separation and the next ignition, where no source says [s]
_SOLID: Final = "HTPB"


@dataclass(frozen=True, slots=True)
class _Rings:
    """What has no engine, by the stage with which it falls [kg]."""

    added: Mapping[str, float]
    taken: Mapping[str, float]


def stack_of(launcher: Launcher, shelf: LauncherShelf) -> Stack:
    """Make plain blocks of a launch vehicle.

    An adapter and a ring with a mass of its own fall with the stage under them. A ring inside the
    dry mass of a stage, which drops it soon after its ignition, falls with the stage under that
    one, and is taken off it. Other fluids than propellant are taken to leave through the engine.
    Drag is that of one vehicle whose curve is known, on the greatest cross-section of what stands
    side by side, or of the fairing.

    Parameters
    ----------
    launcher : Launcher
        The vehicle; refused where it lacks a number.
    shelf : LauncherShelf
        The tables, for the order of the parts and what they burn.

    Returns
    -------
    Stack
        From the ground up.
    """
    from kosmodrom.launch.stack import Stack as Made

    try:
        launcher.for_performance()
    except InputError as error:
        raise RequestError(str(error), ["vehicle"]) from None
    rings = _rings(launcher, shelf)
    burns = {part.id: part.propellants for part in shelf.parts}
    fairing = launcher.fairing
    mass = fairing.mass.value if fairing and fairing.mass else 0.0
    return Made(
        name=launcher.name,
        blocks=tuple(
            _block(stage, launcher, rings, solid=_SOLID in burns[stage.id])
            for stage in launcher.stages
        ),
        fairing=mass,
        fairing_diameter=_across(fairing, launcher),
        drag=_drag(launcher, shelf),
    )


def ballistic_of(stack: Stack, part: str, mass: float, diameter: float) -> float:
    """Give the ballistic coefficient of a part that tumbles as it falls.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    part : str
        Name of a block, or "fairing".
    mass, diameter : float
        Of one piece [kg, m].

    Returns
    -------
    float
        Mass over coefficient of drag and area [kg/m²]. Where no source tells the area from the
        side, it is that of a cylinder whose length is an estimate.
    """
    from kosmodrom.launch.dispersion import tumbling

    block = next((one for one in stack.blocks if one.name == part), None)
    if block is not None and block.side_area is not None:
        return tumbling(mass, block.side_area)
    kind = "fairing" if block is None else "upper" if block.lit is None else "ground"
    return tumbling(mass, _SLENDER[kind] * diameter**2)


def thrust_to_weight(launcher: Launcher, payload: float) -> float:
    """Give thrust over weight at lift-off.

    Parameters
    ----------
    launcher : Launcher
        The vehicle.
    payload : float
        What it carries [kg].

    Returns
    -------
    float
        Above 1 it lifts off [-].
    """
    from kosmodrom.catalog.launchers import STANDARD_GRAVITY

    weight = (launcher.mass_without_payload + payload) * STANDARD_GRAVITY
    return launcher.thrust_at_lift_off / weight


def drag_rows(shelf: LauncherShelf) -> list[DragPoint]:
    """Give the curve of drag to reckon with, which has ends of what sources say.

    Parameters
    ----------
    shelf : LauncherShelf
        The tables.

    Returns
    -------
    list of DragPoint
        By rising Mach number.
    """
    return [row for row in shelf.drag if row.low is not None and row.high is not None]


def _rings(launcher: Launcher, shelf: LauncherShelf) -> _Rings:
    """Find with which stage each part without an engine falls."""
    rows = sorted(
        (row for row in shelf.stacks if row.build == launcher.id), key=lambda row: row.order
    )
    stages = [stage for stage in launcher.stages if stage.role != "booster"]
    sections = {part.id: part for part in launcher.sections}
    added: dict[str, float] = {}
    taken: dict[str, float] = {}
    under: Stage | None = None
    for row in rows:
        if stage := next((one for one in stages if one.id == row.part), None):
            under = stage
            continue
        part = sections.get(row.part)
        if part is None or part.role == "fairing" or part.mass is None or under is None:
            continue
        bearer = under
        if part.inside:
            place = [one.id for one in stages].index(part.inside)
            bearer = stages[max(0, place - 1)]
            taken[part.inside] = taken.get(part.inside, 0.0) + part.mass.value
        added[bearer.id] = added.get(bearer.id, 0.0) + part.mass.value
    return _Rings(added, taken)


def _block(stage: Stage, launcher: Launcher, rings: _Rings, *, solid: bool) -> Block:
    from kosmodrom.launch.motion import Engine as Pushes
    from kosmodrom.launch.stack import Block as Made

    other = stage.auxiliary.value if stage.auxiliary else 0.0
    other -= stage.auxiliary_residual.value if stage.auxiliary_residual else 0.0
    expelled = stage.count * (stage.usable_mass + other)
    left = stage.count * stage.burnout_mass
    left += rings.added.get(stage.id, 0.0) - rings.taken.get(stage.id, 0.0)
    upper = stage.role == "upper-stage"
    gap = 0.0
    if stage.lit == "stage":
        gap = _PAUSE if stage.lit_at is None else stage.lit_at
    return Made(
        name=stage.name if stage.lit != "air" else f"{stage.name}, {stage.lit_at:g} s",
        count=stage.count,
        engine=Pushes(
            vacuum_thrust=stage.count * stage.thrust_vacuum,
            exit_area=stage.count * _exit_area(stage),
            flow=expelled / stage.burn_time,
        ),
        expelled=expelled,
        left=left,
        lit={"lift-off": 0.0, "air": stage.lit_at, "stage": None}[stage.lit],
        gap=gap,
        ignitions=max(stage.ignitions, 2 if upper else 1),
        stops=not solid,
        filled_by_need=upper,
        diameter=_across(stage, launcher),
        side_area=stage.side_area.value if stage.side_area else None,
        steering=_steering(stage),
    )


def _steering(stage: Stage) -> Engine | None:
    """Find the engines that burn on when the main one of a single stage is cut off."""
    from kosmodrom.catalog.launchers import STANDARD_GRAVITY
    from kosmodrom.launch.motion import Engine as Made

    thrust = flow = 0.0
    for engine in stage.engines:
        if engine.burns_on and engine.thrust_vacuum and engine.isp_vacuum:
            push = engine.count * engine.thrust_vacuum.value
            thrust += push
            flow += push / (STANDARD_GRAVITY * engine.isp_vacuum.value)
    return Made(vacuum_thrust=thrust, exit_area=0.0, flow=flow) if thrust > 0 else None


def _exit_area(stage: Stage) -> float:
    """Find the area of the nozzles of one stage; none where nothing is known of sea level."""
    if any(engine.isp_sea_level is None for engine in stage.engines):
        return 0.0
    return (stage.thrust_vacuum - stage.thrust_sea_level) / SEA_LEVEL_PRESSURE


def _across(part: Stage | Section | None, launcher: Launcher) -> float:
    """Give the diameter of a part; that of the widest stage where no source tells it."""
    if part is not None and part.diameter is not None:
        return part.diameter.value
    known = [stage.diameter.value for stage in launcher.stages if stage.diameter]
    if not known:
        raise RequestError(
            f"no diameter of any stage of {launcher.name} has a source, so neither its drag nor "
            "its falling parts can be computed; choose another vehicle",
            ["vehicle"],
        )
    return max(known)


def _drag(launcher: Launcher, shelf: LauncherShelf) -> Drag:
    from kosmodrom.launch.motion import Drag as Made

    ground = [stage for stage in launcher.stages if stage.lit != "stage"]
    wide = sum(stage.count * _disc(_across(stage, launcher)) for stage in ground)
    above: Sequence[Stage | Section | None] = [
        *(stage for stage in launcher.stages if stage.lit == "stage"), launcher.fairing
    ]  # fmt: skip
    area = max(wide, *(_disc(_across(part, launcher)) for part in above))
    rows = drag_rows(shelf)
    return Made.by_mach(area, [row.mach for row in rows], [row.coefficient for row in rows])


def _disc(diameter: float) -> float:
    return pi * diameter**2 / 4
