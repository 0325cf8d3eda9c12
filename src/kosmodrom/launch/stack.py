"""What lifts off: blocks that burn, what falls off, and a payload; plain numbers, no catalog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from kosmodrom.launch.motion import Drag, Engine

__all__ = ["Block", "EventCode", "Stack"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stage, or boosters of one kind that burn and fall together; numbers for all of them.

    Attributes
    ----------
    name : str
        Its name.
    count : int
        How many pieces it falls in [-].
    engine : Engine
        What pushes.
    expelled : float
        What leaves through the engine until it is empty [kg].
    left : float
        What is left then and falls off, rings and adapters fixed to it included [kg].
    lit : float or None
        When it is lit, after lift-off; None where it is lit after the block under it [s].
    gap : float
        Least time between the end of the block under it and its ignition [s].
    ignitions : int
        How often its engine may be lit [-].
    stops : bool
        Whether it may be cut off before it is empty; a solid motor may not.
    filled_by_need : bool
        Whether it is filled only as far as a flight needs.
    diameter : float
        Of one piece, for its fall [m].
    side_area : float or None
        Area of one piece seen from the side, for its fall; None where it is not known [m²].
    steering : Engine or None
        Engines among those of `engine` that burn on when the main one is cut off.
    """

    name: str
    count: int
    engine: Engine
    expelled: float
    left: float
    lit: float | None
    gap: float = 0.0
    ignitions: int = 1
    stops: bool = True
    filled_by_need: bool = False
    diameter: float
    side_area: float | None = None
    steering: Engine | None = None

    def __post_init__(self) -> None:
        for name in ("expelled", "left", "diameter"):
            if not (value := getattr(self, name)) > 0:
                raise InputError(f"{name} of {self.name} is {value:g}; it must be above zero")
        if not self.gap >= 0 or not (self.lit is None or self.lit >= 0):
            raise InputError(f"{self.name} is lit before what is under it, or before lift-off")

    @property
    def burn_time(self) -> float:
        """How long it burns until it is empty.

        Returns
        -------
        float
            The time [s].
        """
        return self.expelled / self.engine.flow


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A launch vehicle without its payload.

    Attributes
    ----------
    name : str
        Its name.
    blocks : tuple of Block
        From the ground up; boosters before the stage that they are fixed to.
    fairing : float
        Mass of the fairing [kg].
    fairing_diameter : float
        Its diameter, for its fall [m].
    drag : Drag
        Of the whole in the air.
    """

    name: str
    blocks: tuple[Block, ...]
    fairing: float
    fairing_diameter: float
    drag: Drag

    @property
    def mass(self) -> float:
        """Mass at lift-off, full, without payload.

        Returns
        -------
        float
            The mass [kg].
        """
        return sum(block.expelled + block.left for block in self.blocks) + self.fairing


#: What happens in a flight.
EventCode = Literal[
    "lift-off", "pitch-over", "ignition", "cut-off", "separation", "fairing-separation",
    "greatest-dynamic-pressure", "insertion",
]  # fmt: skip
