"""Which pictures one satellite can take of many places, one at a time.

Between two pictures the satellite must turn by the angle between its lines of sight and come to
rest. Each access offers a few moments; a plan is a way through moments in order of time. The best
way is found by dynamic programming over the moments, each of which remembers the places its own
best way has seen. That is exact where every place has one access, and else near: a better way may
have been dropped because it looked worse so far. The plan says how many places have an access at
all, which no plan can beat.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Agility", "plan"]

_MOST_MOMENTS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Agility:
    """How a satellite turns.

    Attributes
    ----------
    rate : float
        How fast it turns [rad/s].
    settling : float
        Time it needs to come to rest [s].
    dwell : float
        Time a picture takes [s].
    """

    rate: float
    settling: float = 0.0
    dwell: float = 0.0

    def __post_init__(self) -> None:
        if not (self.rate > 0 and np.isfinite(self.rate)):
            raise InputError(f"the satellite turns by {self.rate:g} rad/s; it must turn at all")
        if not (0 <= self.settling < np.inf and 0 <= self.dwell < np.inf):
            raise InputError(
                f"settling takes {self.settling:g} s and a picture {self.dwell:g} s; both must be "
                "0 s or more"
            )


def plan(time: Floats, place: Ints, worth: Floats, line: Floats, agility: Agility) -> Ints:
    """Choose moments for pictures, one a place.

    Parameters
    ----------
    time : numpy.ndarray, shape (k,)
        Moments at which a picture could be taken [s].
    place : numpy.ndarray of int64, shape (k,)
        Of which place [-].
    worth : numpy.ndarray, shape (k,)
        What it is worth, above 0 [-].
    line : numpy.ndarray, shape (k, 3)
        Directions from the satellite to the place, in axes that turn with the satellite [-].
    agility : Agility
        How the satellite turns.

    Returns
    -------
    numpy.ndarray of int64, shape (p,)
        The chosen moments, in order of time [-].
    """
    if len(time) > _MOST_MOMENTS:
        raise InputError(
            f"{len(time)} moments are too many to plan; {_MOST_MOMENTS} can be, so shorten the "
            "period or name fewer places"
        )
    if not len(time):
        return np.empty(0, dtype=np.int64)
    order = np.argsort(time, kind="stable")
    time, place, worth, line = time[order], place[order], worth[order], line[order]
    line = line / np.sqrt(np.sum(line**2, axis=1))[:, None]
    total, before = worth.astype(np.float64).copy(), np.full(len(time), -1)
    seen = np.zeros((len(time), int(place.max()) + 1), dtype=np.bool_)
    for number in range(len(time)):
        earlier = np.arange(number)
        turn = np.arccos(np.clip(line[:number] @ line[number], -1.0, 1.0))
        ready = time[:number] + agility.dwell + turn / agility.rate + agility.settling
        fits = earlier[(ready <= time[number]) & ~seen[earlier, place[number]]]
        if len(fits):
            best = fits[np.argmax(total[fits])]
            total[number] += total[best]
            before[number] = best
            seen[number] = seen[best]
        seen[number, place[number]] = True
    chosen, at = [], int(np.argmax(total))
    while at >= 0:
        chosen.append(order[at])
        at = int(before[at])
    return np.array(chosen[::-1], dtype=np.int64)
