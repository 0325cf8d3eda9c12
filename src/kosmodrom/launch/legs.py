"""A flight cut into legs: stretches in which the same engines burn and nothing falls off."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kosmodrom.errors import InputError
from kosmodrom.launch.motion import Engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.stack import Block, Stack

__all__ = ["DEEPEST", "Leg", "legs_of"]

_RISE = 100.0  # height at which the vehicle leaves the vertical [m]
_RISES = (3.0, 14.0)  # between which the vertical climb lasts [s]
_SHORTEST = 0.25  # legs shorter than this are not told apart [s]
_STILL = Engine(vacuum_thrust=0.0, exit_area=0.0, flow=0.0)
_GRAVITY = 9.80665
_DRIFT = 1500.0  # longest coast before the last of three blocks or more [s]
DEEPEST = 0.4  # share of the thrust to which an engine is throttled at the most [-]
_STEERED = 0.07  # of the propellant, which a sketch leaves to the steering engines
_LEAST_BURN = 1.0  # of an engine that is lit again [s]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A stretch of a flight.

    Attributes
    ----------
    name : str
        Names of the blocks that burn, joined by " + "; "coast" where none does.
    burning : tuple of Block
        What burns.
    engine : Engine
        All that pushes.
    duration : tuple of float
        Least and greatest length, equal where it is known [s].
    dropped : tuple of Block
        What falls off at its end.
    empties : Block or None
        The block whose last leg this is and that may be cut off before it is empty.
    above : float
        Mass after its end without payload and without the load of the last block [kg].
    begun : float
        Mass at its beginning likewise, where that is known beforehand; for a guess [kg].
    with_next : float or None
        How long it and the next leg last together, where that is known [s].
    vertical : bool
        Whether it is the climb from the pad.
    sheds_fairing : bool
        Whether the fairing falls off at its end.
    fairing_on : bool
        Whether the fairing is on.
    last : bool
        Whether the last block burns.
    throttled : bool
        Whether its engine is throttled to keep to a limit.
    drawn : float or None
        How long it lasts in a sketch; the longest, and of a coast the shortest, where None [s].
    steers : bool
        Whether only the steering engines burn on.
    """

    name: str
    burning: tuple[Block, ...]
    engine: Engine
    duration: tuple[float, float]
    dropped: tuple[Block, ...] = ()
    empties: Block | None = None
    above: float
    begun: float
    with_next: float | None = None
    vertical: bool = False
    sheds_fairing: bool = False
    fairing_on: bool = True
    last: bool = False
    throttled: bool = False
    drawn: float | None = None
    steers: bool = False

    @property
    def drawn_length(self) -> float:
        """How long it lasts in a sketch.

        Returns
        -------
        float
            Length [s].
        """
        if self.drawn is not None:
            return self.drawn
        return self.duration[0] if self.coasts else self.duration[1]

    @property
    def coasts(self) -> bool:
        """Whether nothing burns.

        Returns
        -------
        bool
            Whether.
        """
        return not self.burning


def legs_of(
    stack: Stack, payload: float, *, burns: int, fairing_leg: int | None,
    throttled: bool = False, rise: float | None = None,
) -> list[Leg]:  # fmt: skip
    """Cut the flight of a launch vehicle into legs.

    Parameters
    ----------
    stack : Stack
        The launch vehicle.
    payload : float
        About what it carries, for the time of the vertical climb [kg].
    burns : int
        How often the last block burns, 1 or 2.
    fairing_leg : int or None
        In which of the burning legs, counted from 0 without the climb and the coasts, the fairing
        falls off; None where it is not cut yet.
    throttled : bool
        Whether liquid engines that burn alone are throttled; they may then burn longer.
    rise : float or None
        How long the vertical climb lasts; until it is 100 m high where None [s].

    Returns
    -------
    list of Leg
        In their order.
    """
    legs = _parallel(stack, payload, rise)
    serial = [block for block in stack.blocks if block.lit is None]
    for number, block in enumerate(serial):
        legs += _serial(stack, block, last=number == len(serial) - 1, burns=burns)
    if throttled:
        legs = [_throttled(leg) for leg in legs]
    if fairing_leg is not None:
        legs = _shed(legs, stack.fairing, fairing_leg)
    return legs


def _throttled(leg: Leg) -> Leg:
    alone = len(leg.burning) == 1 and leg.burning[0].stops and not leg.vertical
    alone = alone and not leg.steers
    if not alone or leg.duration[0] == leg.duration[1]:
        return leg
    return replace(leg, duration=(leg.duration[0], leg.duration[1] / DEEPEST), throttled=True)


def _parallel(stack: Stack, payload: float, rise: float | None) -> list[Leg]:
    """Cut the time in which blocks burn side by side, from the pad on."""
    blocks = [block for block in stack.blocks if block.lit is not None]
    if not blocks or min(block.lit or 0.0 for block in blocks) > 0:
        raise InputError(f"nothing of {stack.name} is lit on the ground")
    rise = _rise(stack, blocks, payload) if rise is None else rise
    ends = {block.name: (block.lit or 0.0) + block.burn_time for block in blocks}
    times = sorted({0.0, rise, *ends.values(), *(block.lit or 0.0 for block in blocks)})
    kept = [times[0]]
    for time in times[1:]:
        if time - kept[-1] >= _SHORTEST:
            kept.append(time)
    kept[-1] = max(times)
    if stack.blocks[-1].lit is not None:
        raise InputError(f"{stack.name} has one stage in flight; two are the least for an orbit")
    legs: list[Leg] = []
    burnt = dict.fromkeys(ends, 0.0)
    mass = stack.mass - stack.blocks[-1].expelled
    for begin, end in itertools.pairwise(kept):
        middle, begun = (begin + end) / 2, mass
        burning = tuple(b for b in blocks if (b.lit or 0.0) <= middle < ends[b.name])
        dropped = tuple(b for b in blocks if begin < ends[b.name] - _SHORTEST <= end)
        for block in burning:
            burnt[block.name] += block.engine.flow * (end - begin)
            mass -= block.engine.flow * (end - begin)
        for block in dropped:
            mass -= block.left + block.expelled - burnt[block.name]
        alone = len(burning) == 1 and burning[0].stops and burning == dropped
        legs.append(
            Leg(
                name=" + ".join(block.name for block in burning),
                burning=burning,
                engine=_together(burning),
                duration=(0.3 * (end - begin), end - begin) if alone else (end - begin,) * 2,
                dropped=dropped,
                empties=burning[0] if alone else None,
                above=mass,
                begun=begun,
                vertical=end <= rise,
            )
        )
    return legs


def _serial(stack: Stack, block: Block, *, last: bool, burns: int) -> list[Leg]:
    """Give the coast before a block and its burns."""
    at = stack.blocks.index(block)
    over = stack.blocks[at + 1 :]
    above = stack.fairing + sum(b.left + (b.expelled if b is not stack.blocks[-1] else 0.0)
                                for b in over)  # fmt: skip
    own = block.left + (0.0 if last else block.expelled)
    begun = above + own
    under = [b for b in stack.blocks[:at] if b.lit is None]
    free = _DRIFT if last and under and burns == 1 else 0.0
    legs = []
    if block.gap > 0 or free > 0:
        legs.append(
            Leg(name="coast", burning=(), engine=_STILL, duration=(block.gap, block.gap + free),
                above=begun, begun=begun)
        )  # fmt: skip
    whole = block.burn_time
    one = Leg(
        name=block.name, burning=(block,), engine=block.engine,
        duration=(0.02 * whole if last else 0.2 * whole, whole) if block.stops else (whole, whole),
        dropped=() if last else (block,), empties=block if block.stops else None,
        above=block.left + stack.fairing if last else above, begun=begun, last=last,
    )  # fmt: skip
    if last and block.steering is not None:
        # The steering engines end what the main one leaves, low and long.
        main = replace(one, empties=None, drawn=(1 - _STEERED) * whole)
        longest = block.expelled / block.steering.flow
        steered = replace(
            one, name=f"{block.name}, steering engines", engine=block.steering, steers=True,
            duration=(_LEAST_BURN, longest), drawn=_STEERED * longest,
        )  # fmt: skip
        return [*legs, main, steered]
    if not last or burns == 1:
        return [*legs, one]
    first = replace(one, duration=(_LEAST_BURN, whole), empties=None)
    drift = Leg(name="coast", burning=(), engine=_STILL, duration=(10.0, 6000.0),
                above=begun, begun=begun)  # fmt: skip
    return [*legs, first, drift, replace(one, duration=(_LEAST_BURN, whole))]


def _shed(legs: Sequence[Leg], fairing: float, which: int) -> list[Leg]:
    """Cut a leg in two where the fairing falls off."""
    burning = [leg for leg in legs if not leg.vertical and not leg.coasts]
    chosen = burning[which]
    found: list[Leg] = []
    off = False
    for leg in legs:
        if leg is chosen:
            low, high = leg.duration
            found.append(
                replace(leg, duration=(0.01 * high, 0.99 * high), dropped=(), empties=None,
                        above=leg.begun - fairing, sheds_fairing=True,
                        with_next=high if low == high else None)
            )  # fmt: skip
            off = True
        if off:
            leg = replace(
                leg, fairing_on=False, above=leg.above - fairing, begun=leg.begun - fairing,
                duration=leg.duration if leg is not chosen else (0.01 * high, 0.99 * high),
            )  # fmt: skip
        found.append(leg)
    return found


def _rise(stack: Stack, blocks: Sequence[Block], payload: float) -> float:
    """Give the time of the vertical climb."""
    thrust = sum(
        b.engine.vacuum_thrust - 101_325.0 * b.engine.exit_area for b in blocks if b.lit == 0
    )
    pull = thrust / (stack.mass + payload) - _GRAVITY
    if pull <= 0:
        raise InputError(
            f"{stack.name} with {payload:.0f} kg does not lift off: thrust over weight is "
            f"{pull / _GRAVITY + 1:.3f}, and must be above 1. Carry less, or check its thrust"
        )
    return min(max(math.sqrt(2 * _RISE / pull), _RISES[0]), _RISES[1])


def _together(blocks: Sequence[Block]) -> Engine:
    return Engine(
        vacuum_thrust=sum(block.engine.vacuum_thrust for block in blocks),
        exit_area=sum(block.engine.exit_area for block in blocks),
        flow=sum(block.engine.flow for block in blocks),
    )
