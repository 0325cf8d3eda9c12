"""Several element sets of one satellite: which holds when, and how old it is.

At an instant a satellite is where its latest set not after that instant puts it; before its first
set that one has to do, and is marked. Of two sets of one satellite and one epoch the one that
stands later is kept, as a later edition corrects an earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.epochs import Epochs
from kosmodrom.base.order import ordered
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.orbits.elements import ElementSets

    Ints = NDArray[np.int64]

__all__ = ["Distinct", "Nearest", "Spans", "distinct", "nearest_before", "spans"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Distinct:
    """Each epoch of each satellite once.

    Attributes
    ----------
    elements : ElementSets
        The sets: satellites in the order in which they were first given, their sets by epoch.
    firsts : numpy.ndarray of int64, shape (m + 1,)
        Row of the first set of each of m satellites, and the number of rows [-].
    repeats : int
        Sets that were dropped, as a later one has the same satellite and epoch [-].
    conflicts : int
        How many of these differed from the one that was kept [-].
    """

    elements: ElementSets
    firsts: Ints
    repeats: int
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Nearest:
    """The set that holds at each of some instants.

    Attributes
    ----------
    row : numpy.ndarray of int64, shape (...)
        Its row [-].
    before_first : numpy.ndarray of bool, shape (...)
        Whether the instant is before the first epoch there is [-].
    age : numpy.ndarray, shape (...)
        Instant less epoch [s]; negative before the first epoch.
    """

    row: Ints
    before_first: NDArray[np.bool_]
    age: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spans:
    """Which row holds from when to when; the spans of one satellite meet and fill the window.

    Attributes
    ----------
    row : numpy.ndarray of int64, shape (n,)
        Row of the element sets [-].
    satellite : numpy.ndarray of int64, shape (n,)
        Which satellite, counted from 0 in the order in which they were first given [-].
    start_ns, end_ns : numpy.ndarray of int64, shape (n,)
        From when on, and to when, the end left out; TAI as in `Epochs.tai_ns` [ns].
    before_first : numpy.ndarray of bool, shape (n,)
        Whether the span starts before the epoch of its row, because no earlier one is known [-].
    age_start, age_end : numpy.ndarray, shape (n,)
        Start and end less the epoch of the row [s]; negative before the epoch.
    """

    row: Ints
    satellite: Ints
    start_ns: Ints
    end_ns: Ints
    before_first: NDArray[np.bool_]
    age_start: NDArray[np.float64]
    age_end: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.row)

    @property
    def start(self) -> Epochs:
        """Give the starts.

        Returns
        -------
        Epochs, shape (n,)
            From when on each row holds.
        """
        return Epochs(self.start_ns)

    @property
    def end(self) -> Epochs:
        """Give the ends.

        Returns
        -------
        Epochs, shape (n,)
            To when each row holds; the instant itself belongs to the next.
        """
        return Epochs(self.end_ns)


def distinct(elements: ElementSets) -> Distinct:
    """Drop sets that stand twice, and put the others in order.

    Parameters
    ----------
    elements : ElementSets
        Sets of one or several satellites, in any order.

    Returns
    -------
    Distinct
        The sets by satellite and epoch.
    """
    order = _Order.of(elements)
    kept = elements[order.row]
    dropped = np.arange(0)
    conflicts = 0
    if len(kept) < len(elements):
        dropped = np.setdiff1d(np.arange(len(elements)), order.row)
        # Both are sorted by satellite and epoch, so the survivor of each is found by its key.
        at = order.find(_satellites(elements)[dropped], elements.epochs.tai_ns[dropped])
        conflicts = int(np.sum(_differ(elements, dropped, order.row[at])))
    firsts = np.flatnonzero(np.diff(order.satellite, prepend=-1))
    return Distinct(
        elements=kept,
        firsts=np.append(firsts, len(kept)),
        repeats=len(dropped),
        conflicts=conflicts,
    )


def nearest_before(elements: ElementSets, number: int, instant: Epochs) -> Nearest:
    """Find the set of a satellite that holds at an instant: the latest not after it.

    Parameters
    ----------
    elements : ElementSets
        Sets of one or several satellites, in any order.
    number : int
        Catalogue number of the satellite [-].
    instant : Epochs, shape (...)
        When.

    Returns
    -------
    Nearest
        The rows, of the shape of `instant`.
    """
    rows = np.flatnonzero(elements.numbers == number)
    if not rows.size:
        raise InputError(
            f"there is no element set of satellite {number} among the {len(elements)} given; give "
            "a file that holds one"
        )
    order = _Order.of(elements[rows])
    at = np.searchsorted(order.epoch, instant.tai_ns, side="right") - 1
    row = rows[order.row[np.maximum(at, 0)]]
    age = instant.seconds_since(Epochs(elements.epochs.tai_ns[row]))
    return Nearest(row=np.asarray(row), before_first=np.asarray(at < 0), age=age)


def spans(elements: ElementSets, start: Epochs, end: Epochs) -> Spans:
    """Say for every satellite which set holds when in a window.

    Parameters
    ----------
    elements : ElementSets
        Sets of one or several satellites, in any order.
    start, end : Epochs, shape ()
        Start of the window, and its end, which is left out.

    Returns
    -------
    Spans
        By satellite and time. A span of length nothing is none.
    """
    first, last = int(start.tai_ns), int(end.tai_ns)
    if last <= first:
        raise InputError(
            f"the window ends at {end.utc_iso()} and starts at {start.utc_iso()}; the end must be "
            "later"
        )
    order = _Order.of(elements)
    opens = np.diff(order.satellite, prepend=-1) != 0  # the first set of its satellite
    from_ns = np.where(opens, first, np.maximum(order.epoch, first))
    closes = np.append(opens[1:], np.ones(min(1, len(opens)), dtype=np.bool_))
    until_ns = np.where(closes, last, np.minimum(np.roll(order.epoch, -1), last))
    held = from_ns < until_ns
    row, epoch = order.row[held], order.epoch[held]
    from_ns, until_ns = from_ns[held], until_ns[held]
    return Spans(
        row=row,
        satellite=order.satellite[held],
        start_ns=from_ns,
        end_ns=until_ns,
        before_first=from_ns < epoch,
        age_start=(from_ns - epoch) / 1e9,
        age_end=(until_ns - epoch) / 1e9,
    )


@dataclass(frozen=True, slots=True)
class _Order:
    """Rows by satellite and epoch, each pair once."""

    row: Ints
    satellite: Ints
    epoch: Ints

    @classmethod
    def of(cls, elements: ElementSets) -> _Order:
        satellite, epoch = _satellites(elements), elements.epochs.tai_ns
        order = ordered(satellite, epoch)
        satellite, epoch = satellite[order], epoch[order]
        last = np.ones(len(order), dtype=np.bool_)
        last[:-1] = (np.diff(satellite) != 0) | (np.diff(epoch) != 0)
        return cls(order[last], satellite[last], epoch[last])

    def find(self, satellite: Ints, epoch: Ints) -> Ints:
        """Give the places of pairs that are there."""
        at = np.searchsorted(self.satellite, satellite, side="left")
        following = np.searchsorted(self.satellite, satellite, side="right")
        found = [
            low + np.searchsorted(self.epoch[low:high], when)
            for low, high, when in zip(at, following, epoch, strict=True)
        ]
        return np.array(found, dtype=np.int64)


def _satellites(elements: ElementSets) -> Ints:
    """Count satellites from 0 as they come; those without a number go by their names."""
    keys = np.array(elements.numbers)
    named: dict[str, int] = {}
    for row in np.flatnonzero(keys == 0).tolist():
        name = elements.names[row]
        keys[row] = -1 - (named.setdefault(name, row) if name else row)
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]


def _differ(elements: ElementSets, ours: Ints, theirs: Ints) -> NDArray[np.bool_]:
    different = np.zeros(len(ours), dtype=np.bool_)
    for name in (
        "mean_motion_rad_min",
        "eccentricity",
        "inclination",
        "node",
        "argument_of_perigee",
        "mean_anomaly",
        "bstar",
    ):
        column = getattr(elements, name)
        # A TLE and an OMM of one set may differ in the last bit.
        different |= ~np.isclose(column[ours], column[theirs], rtol=1e-12, atol=0)
    return different
