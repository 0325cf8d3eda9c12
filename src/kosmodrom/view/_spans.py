"""What goes into a search and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.base.order import ordered
from kosmodrom.base.search import grouped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["Sightings", "Spans", "bridged", "no_sightings", "together"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Which element set to use when.

    Attributes
    ----------
    row : numpy.ndarray of int64, shape (n,)
        Element sets [-].
    start, end : numpy.ndarray, shape (n,)
        From when to when each is used, seconds from the origin of the scene [s].
    satellite : numpy.ndarray of int64, shape (n,)
        Whose set it is [-]; the spans of one satellite stand together, in order of time.
    """

    row: Ints
    start: Floats
    end: Floats
    satellite: Ints

    def __getitem__(self, index: Any) -> Spans:  # whatever NumPy takes for one axis
        return Spans(
            row=self.row[index],
            start=self.start[index],
            end=self.end[index],
            satellite=self.satellite[index],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sightings:
    """When the condition holds, ordered by span, place and time.

    Attributes
    ----------
    span, place : numpy.ndarray of int64, shape (k,)
        Which span of an element set and which place [-].
    begin, end : numpy.ndarray, shape (k,)
        First and last time, cut at the ends of the span [s].
    open_begin, open_end : numpy.ndarray of bool, shape (k,)
        Whether it was cut there [-].
    best : numpy.ndarray, shape (k,)
        When the quality is greatest [s]; NaN where that lies outside the span.
    quality : numpy.ndarray, shape (k,)
        The greatest quality within the span [-].
    """

    span: Ints
    place: Ints
    begin: Floats
    end: Floats
    open_begin: Bools
    open_end: Bools
    best: Floats
    quality: Floats

    def __len__(self) -> int:
        return len(self.span)

    def __getitem__(self, index: Any) -> Sightings:  # whatever NumPy takes for one axis
        return Sightings(
            **{field.name: getattr(self, field.name)[index] for field in fields(self)}
        )

    def moved(self, seconds: float) -> Sightings:
        """Count the same times from another origin.

        Parameters
        ----------
        seconds : float
            What is added to every time [s].

        Returns
        -------
        Sightings
            The same sightings.
        """
        return replace(
            self, begin=self.begin + seconds, end=self.end + seconds, best=self.best + seconds
        )


def together(parts: list[Sightings]) -> Sightings:
    """Put sightings one after the other.

    Parameters
    ----------
    parts : list of Sightings
        One or more.

    Returns
    -------
    Sightings
        All of them.
    """
    return Sightings(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Sightings)
        }
    )


def no_sightings() -> Sightings:
    """Make an empty set.

    Returns
    -------
    Sightings
        Of length 0.
    """
    ints, floats, bools = np.empty(0, np.int64), np.empty(0), np.empty(0, np.bool_)
    return Sightings(
        span=ints, place=ints, begin=floats, end=floats, open_begin=bools, open_end=bools,
        best=floats, quality=floats,
    )  # fmt: skip


def bridged(found: Sightings, spans: Spans) -> Sightings:
    """Join what a change from one element set to the next has cut.

    Two sets put a satellite at slightly different places, so a sighting that runs into the change
    goes on, or ends there.

    Parameters
    ----------
    found : Sightings
        Ordered by span, place and time.
    spans : Spans
        Where the element sets are used.

    Returns
    -------
    Sightings
        Ordered by satellite, place and time; open only at the ends of a satellite's own time.
    """
    follows = np.zeros(len(spans.row), dtype=np.bool_)
    follows[1:] = spans.satellite[1:] == spans.satellite[:-1]
    if not follows.any() or not len(found):
        return found
    first, last = ~follows, np.append(~follows[1:], True)
    key = spans.satellite[found.span] * (found.place.max(initial=0) + 1) + found.place
    group = grouped(key, found.begin, found.end)
    order = ordered(group, found.quality)
    lasts = np.flatnonzero(np.diff(group[order], append=-1))
    best, firsts = order[lasts], np.concatenate([[0], lasts[:-1] + 1])
    opened = np.zeros(len(lasts), dtype=np.bool_)
    closed = np.zeros(len(lasts), dtype=np.bool_)
    np.logical_or.at(opened, group, found.open_begin & first[found.span])
    np.logical_or.at(closed, group, found.open_end & last[found.span])
    return Sightings(
        span=found.span[best],
        place=found.place[best],
        begin=np.minimum.reduceat(found.begin[order], firsts),
        end=np.maximum.reduceat(found.end[order], firsts),
        open_begin=opened,
        open_end=closed,
        best=found.best[best],
        quality=found.quality[best],
    )
