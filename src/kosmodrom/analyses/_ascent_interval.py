"""How sure a payload is: the spread of the data behind it, and what is known of the model."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kosmodrom.catalog.launchers import Datum, Launcher, Stage
    from kosmodrom.catalog.vehicles import DragPoint
    from kosmodrom.launch.stack import Block, Stack

__all__ = ["payload_ends"]


def payload_ends(
    payload: float,
    sensitivity: Mapping[str, float],
    launcher: Launcher,
    stack: Stack,
    drag: Sequence[DragPoint],
    share: float | None,
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
        By how much it grows where a number grows by its own size, as `Flight.sensitivity` has it
        [kg].
    launcher : Launcher
        With the spread of the data.
    stack : Stack
        With the names of the blocks, in the order of the stages.
    drag : sequence of DragPoint
        The curve of drag with its ends.
    share : float or None
        Share by which other orbits of the vehicle are missed; None where it is not known [-].

    Returns
    -------
    low, high : float
        The ends; the first is not below 0 [kg].
    """
    low = high = 0.0
    for name, below, above in _spreads(launcher, stack, drag):
        slope = sensitivity.get(name, 0.0)
        moved = sorted((slope * below, slope * above))
        low, high = hypot(low, min(moved[0], 0.0)), hypot(high, max(moved[1], 0.0))
    missed = payload * (share or 0.0)
    return max(0.0, payload - hypot(low, missed)), payload + hypot(high, missed)


def _spreads(
    launcher: Launcher, stack: Stack, drag: Sequence[DragPoint]
) -> Iterator[tuple[str, float, float]]:
    """List by which share data may be less and more, by the names of sensitivities."""
    for stage, block in zip(launcher.stages, stack.blocks, strict=True):
        yield from _of_stage(stage, block)
    fairing = launcher.fairing
    if fairing and fairing.mass:
        yield "fairing", *_off(fairing.mass, stack.fairing)
    ends = [(row.low / row.coefficient - 1, row.high / row.coefficient - 1)
            for row in drag if row.low is not None and row.high is not None]  # fmt: skip
    if ends:
        below, above = (sum(part) / len(ends) for part in zip(*ends, strict=True))
        yield "drag", below, above


def _of_stage(stage: Stage, block: Block) -> Iterator[tuple[str, float, float]]:
    many = stage.count
    if stage.dry:
        yield f"{block.name}:left", *_off(stage.dry, block.left / many)
    if stage.propellant:
        yield f"{block.name}:propellant", *_off(stage.propellant, block.expelled / many)
    total = stage.thrust_vacuum
    for engine in stage.engines:
        # Of several engines each moves the whole by its share of the thrust.
        steady = engine.thrust_vacuum
        part = engine.count * steady.value / total if steady and total > 0 else 1.0
        if engine.isp_vacuum:
            yield f"{block.name}:isp", *_off(engine.isp_vacuum, engine.isp_vacuum.value / part)
        if steady:
            yield f"{block.name}:thrust", *_off(steady, steady.value / part)


def _off(datum: Datum, whole: float) -> tuple[float, float]:
    """Say by which share of a whole a datum may be less and more."""
    return (datum.low - datum.value) / whole, (datum.high - datum.value) / whole
