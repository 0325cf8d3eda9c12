"""An ascent as it was planned: what is needed to fly it again by vehicles that differ from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import InputError, ModelError

if TYPE_CHECKING:
    from kosmodrom.launch.flight import Flight
    from kosmodrom.launch.motion import Drag, Engine
    from kosmodrom.launch.stack import Stack

__all__ = ["Burn", "Drop", "Programme"]

Floats = NDArray[np.float64]

_EMPTY = 1e-3  # of its propellant: a block that has burnt all but this was planned to be emptied
_SAME = 1e-6  # two arcs of one burn are no further apart [s]
_COAST = "coast"
_FLOWED = 2e-3  # by which what an arc burns may differ from the flow of its engines [-]


@dataclass(frozen=True, slots=True, kw_only=True)
class Burn:
    """One burn of a block, as planned.

    Attributes
    ----------
    block : int
        Which block, by its place in `Programme.loads` [-].
    engine : Engine
        What pushes.
    begin, end : float
        When, after lift-off [s].
    until_empty : bool
        Whether it was planned to last until the block is empty.
    after : int or None
        Burn whose end it follows; None where it begins at its time whatever happens.
    """

    block: int
    engine: Engine
    begin: float
    end: float
    until_empty: bool
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """Something that falls off, as planned.

    Attributes
    ----------
    name : str
        Its name.
    mass : float
        Of all of it [kg].
    time : float
        When, after lift-off [s].
    block : int or None
        Which block, by its place in `Programme.loads`; None where it is none, as the fairing.
    after : int or None
        Burn whose end it follows; None where it falls off at its time whatever happens.
    """

    name: str
    mass: float
    time: float
    block: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Programme:
    """An ascent as it was planned, with what is needed to fly it again.

    Attributes
    ----------
    position, velocity : numpy.ndarray, shape (3,)
        At lift-off, in axes that do not turn [m, m/s].
    mass : float
        At lift-off [kg].
    blocks : tuple of str
        Names of the blocks.
    loads : tuple of float
        Propellant of each block at lift-off that leaves through its engine [kg].
    burns : tuple of Burn
        In the order in which they begin.
    drops : tuple of Drop
        In their order; the last one ends the flight.
    steering : tuple of tuple of numpy.ndarray, shape (k,) and (k, 3)
        Of each powered arc times [s] and directions of the thrust [-].
    side : numpy.ndarray, shape (3,)
        At a right angle to the plane of the ascent, for offsets of the attitude [-].
    drag : Drag
        Of the whole in the air.
    """

    position: Floats
    velocity: Floats
    mass: float
    blocks: tuple[str, ...]
    loads: tuple[float, ...]
    burns: tuple[Burn, ...]
    drops: tuple[Drop, ...]
    steering: tuple[tuple[Floats, Floats], ...]
    side: Floats
    drag: Drag

    @classmethod
    def of(cls, stack: Stack, flight: Flight) -> Programme:
        """Read a plan from a flight that was found.

        Parameters
        ----------
        stack : Stack
            What lifted off.
        flight : Flight
            How it flew; arcs are named after the blocks that burn, joined by " + ".

        Returns
        -------
        Programme
            The plan, up to the last thing that falls off. An engine that was throttled on the way
            is refused: when it stops is not known beforehand.
        """
        if not flight.fallen:
            raise InputError("nothing falls off on this flight; there is no fall to disperse")
        _refuse_throttled(stack, flight)
        start = flight.arcs[0]
        names = tuple(block.name for block in stack.blocks)
        loads = [block.expelled for block in stack.blocks]
        loads[-1] = flight.loaded
        burns = _burns(stack, flight, loads)
        last_of = {burn.block: number for number, burn in enumerate(burns)}
        drops = []
        for each in sorted(flight.fallen, key=lambda fallen: fallen.time):
            block = names.index(each.name) if each.name in names else None
            after = last_of.get(block) if block is not None else None
            drops.append(
                Drop(name=each.name, mass=each.mass, time=each.time, block=block, after=after)
            )
        side = np.cross(start.position[0], flight.fallen[-1].position)
        if not np.linalg.norm(side) > 0:
            side = np.cross(start.position[0], start.velocity[0])
        return cls(
            position=start.position[0], velocity=start.velocity[0], mass=float(start.mass[0]),
            blocks=names, loads=tuple(loads), burns=burns, drops=tuple(drops),
            steering=tuple((a.time, a.direction) for a in flight.arcs if a.name != _COAST),
            side=side / np.linalg.norm(side), drag=stack.drag,
        )  # fmt: skip


def _refuse_throttled(stack: Stack, flight: Flight) -> None:
    last = max(each.time for each in flight.fallen)
    for arc in flight.arcs:
        flow = sum(
            block.engine.flow for block in stack.blocks if block.name in arc.name.split(" + ")
        )
        burnt, full = arc.mass[0] - arc.mass[-1], flow * (arc.time[-1] - arc.time[0])
        if arc.time[0] < last and abs(burnt - full) > _FLOWED * max(full, 1.0):
            raise ModelError(
                f"{arc.name!r} burns {burnt:.0f} kg from {arc.time[0]:.1f} s to "
                f"{arc.time[-1]:.1f} s, and {full:.0f} kg at full thrust; flights with throttled "
                "engines cannot be flown again by copies. Find one without a limit of acceleration"
            )


def _burns(stack: Stack, flight: Flight, loads: list[float]) -> tuple[Burn, ...]:
    """Find the burns of each block from the names of arcs."""
    spans: list[tuple[int, float, float]] = []
    for number, block in enumerate(stack.blocks):
        mine: list[tuple[float, float]] = []
        for arc in flight.arcs:
            if block.name in arc.name.split(" + "):
                begin, end = float(arc.time[0]), float(arc.time[-1])
                if mine and begin - mine[-1][1] < _SAME:
                    begin = mine.pop()[0]
                mine.append((begin, end))
        spans.extend((number, *each) for each in mine)
    last = max(each.time for each in flight.fallen)
    spans = sorted((span for span in spans if span[1] < last), key=lambda span: span[1:])
    burns: list[Burn] = []
    for number, begin, end in spans:
        block = stack.blocks[number]
        burnt = block.engine.flow * sum(e - b for n, b, e in spans if n == number)
        is_last = end == max(e for n, _, e in spans if n == number)
        below = (number - 1, number) if block.lit is None else (number,)
        earlier = [place for place, burn in enumerate(burns) if burn.block in below]
        burns.append(
            Burn(
                block=number,
                engine=block.engine,
                begin=begin,
                end=end,
                until_empty=is_last and burnt >= loads[number] * (1 - _EMPTY),
                after=earlier[-1] if earlier else None,
            )
        )
    return tuple(burns)
