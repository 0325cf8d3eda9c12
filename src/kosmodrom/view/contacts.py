"""When a picture can come down: station contacts, how much they carry, and how late it is.

A contact is a pass over a station. It carries data at one rate from an acquisition time after the
rise until the set. A picture is sent whole, in the first contact after it was taken with room for
it; pictures of a satellite are sent one at a time, in the order in which they were taken. Relays,
storage and what an operator chooses to do are not modelled, so the latency is the least that orbit
and stations allow.
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

__all__ = ["Deliveries", "Downlink", "deliver"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Downlink:
    """How data come down.

    Attributes
    ----------
    rate : float
        Data rate [bit/s].
    acquisition : float
        Time after the rise until data flow [s].
    """

    rate: float
    acquisition: float = 0.0

    def __post_init__(self) -> None:
        if not (self.rate > 0 and np.isfinite(self.rate)):
            raise InputError(f"the data rate is {self.rate:g} bit/s; it must be above 0")
        if not 0 <= self.acquisition <= 3600:
            raise InputError(f"the acquisition takes {self.acquisition:g} s; 0 to 3600 s it may")

    def volume(self, begin: Floats, end: Floats) -> Floats:
        """Give what contacts can carry.

        Parameters
        ----------
        begin, end : numpy.ndarray, shape (k,)
            Rise and set [s].

        Returns
        -------
        numpy.ndarray, shape (k,)
            Data [bit].
        """
        return np.asarray(np.maximum(end - begin - self.acquisition, 0.0) * self.rate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """What became of pictures.

    Attributes
    ----------
    contact : numpy.ndarray of int64, shape (p,)
        In which contact each was sent [-]; -1 where none of the period had room.
    delivered : numpy.ndarray, shape (p,)
        When it was down whole [s]; NaN where it was not.
    latency : numpy.ndarray, shape (p,)
        Time from taking to delivery [s]; NaN where it was not delivered.
    """

    contact: Ints
    delivered: Floats
    latency: Floats


def deliver(
    taken: Floats,
    owner: Ints,
    begin: Floats,
    end: Floats,
    carrier: Ints,
    downlink: Downlink,
    size: float,
) -> Deliveries:
    """Send pictures down in the first contact that has room for each.

    Parameters
    ----------
    taken : numpy.ndarray, shape (p,)
        When pictures were taken [s].
    owner : numpy.ndarray of int64, shape (p,)
        By which satellite [-].
    begin, end : numpy.ndarray, shape (c,)
        Rise and set of contacts [s].
    carrier : numpy.ndarray of int64, shape (c,)
        Of which satellite [-].
    downlink : Downlink
        How data come down.
    size : float
        Size of a picture [bit]; 0 asks for the first contact alone.

    Returns
    -------
    Deliveries
        One row a picture.
    """
    if not (size >= 0 and np.isfinite(size)):
        raise InputError(f"a picture has {size:g} bit; its size must be 0 or more")
    contact = np.full(len(taken), -1, dtype=np.int64)
    delivered = np.full(len(taken), np.nan)
    duration = size / downlink.rate
    for satellite in np.unique(owner):
        pictures = np.flatnonzero(owner == satellite)
        pictures = pictures[np.argsort(taken[pictures], kind="stable")]
        ways = np.flatnonzero(carrier == satellite)
        ways = ways[np.argsort(begin[ways], kind="stable")]
        opens = begin[ways] + downlink.acquisition
        first, busy = 0, -np.inf  # one picture at a time, whichever stations are in view
        for picture in pictures:
            when = max(taken[picture], busy)
            while first < len(ways) and end[ways[first]] < max(when, opens[first]) + duration:
                # No later picture, of the same size, fits in there either.
                first += 1
            if first == len(ways):
                break
            busy = max(when, opens[first]) + duration
            contact[picture], delivered[picture] = ways[first], busy
    return Deliveries(contact=contact, delivered=delivered, latency=delivered - taken)
