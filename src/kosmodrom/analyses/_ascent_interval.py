"""How sure a payload is: the spread of the data behind it, and what is known of the model."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kosmodrom.catalog.launchers import Datum, Launcher, Stage
    from kosmodrom.launch.stack import Block, Stack

__all__ = ["CALIBRATED", "Calibrated", "payload_ends"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """By how much the model is too good for one vehicle.

    Attributes
    ----------
    reserve : float
        Change of speed to be kept so that one published payload comes out [m/s].
    payload : str
        Id of that row of the published payloads.
    share : float
        Largest share by which other published orbits are missed with it [-].
    """

    reserve: float
    payload: str
    share: float


#: By id of the build. Empty until the optimiser has been held against the published payloads.
CALIBRATED: Final[Mapping[str, Calibrated]] = {}


def payload_ends(
    payload: float, sensitivity: Mapping[str, float], launcher: Launcher, stack: Stack
) -> tuple[float, float]:
    """Give the ends between which a payload lies.

    The spread of each datum, from the least to the greatest of what sources say, moves the payload
    by its sensitivity; the moves are taken as independent, upward and downward ones apart. Beside
    them stands the share by which other orbits are missed, where that is known.

    Parameters
    ----------
    payload : float
        The payload [kg].
    sensitivity : Mapping of str to float
        By how much it grows with a datum: "NAME.left", "NAME.expelled", "NAME.vacuum_thrust",
        "NAME.isp" of a block, "fairing" [kg per its unit]; others are left aside.
    launcher : Launcher
        With the spread of the data.
    stack : Stack
        With the names of the blocks, in the order of the stages.

    Returns
    -------
    low, high : float
        The ends; the first is not below 0 [kg].
    """
    low = high = 0.0
    for name, below, above in _spreads(launcher, stack):
        slope = sensitivity.get(name, 0.0)
        moved = sorted((slope * below, slope * above))
        low, high = hypot(low, min(moved[0], 0.0)), hypot(high, max(moved[1], 0.0))
    known = CALIBRATED.get(launcher.id)
    share = known.share * payload if known else 0.0
    return max(0.0, payload - hypot(low, share)), payload + hypot(high, share)


def _spreads(launcher: Launcher, stack: Stack) -> Iterator[tuple[str, float, float]]:
    """List how far data lie below and above the number that is used, by names of sensitivities."""
    for stage, block in zip(launcher.stages, stack.blocks, strict=True):
        yield from _of_stage(stage, block)
    fairing = launcher.fairing
    if fairing and fairing.mass:
        yield "fairing", *_off(fairing.mass)


def _of_stage(stage: Stage, block: Block) -> Iterator[tuple[str, float, float]]:
    if stage.dry:
        below, above = _off(stage.dry)
        yield f"{block.name}.left", stage.count * below, stage.count * above
    if stage.propellant:
        below, above = _off(stage.propellant)
        yield f"{block.name}.expelled", stage.count * below, stage.count * above
    total = stage.thrust_vacuum
    for engine in stage.engines:
        if engine.isp_vacuum:
            below, above = _off(engine.isp_vacuum)
            # Of several engines each moves the mean by its share of the thrust.
            part = 1.0
            if engine.thrust_vacuum and total > 0:
                part = engine.count * engine.thrust_vacuum.value / total
            yield f"{block.name}.isp", part * below, part * above
        if engine.thrust_vacuum:
            below, above = _off(engine.thrust_vacuum)
            many = stage.count * engine.count
            yield f"{block.name}.vacuum_thrust", many * below, many * above


def _off(datum: Datum) -> tuple[float, float]:
    return datum.low - datum.value, datum.high - datum.value
