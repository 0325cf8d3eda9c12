"""What goes into a search and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["Sightings", "Spans", "no_sightings", "together"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spans:
    """Which element set to use when.

    Attributes
    ----------
    row : numpy.ndarray of int64, shape (n,)
        Element sets [-].
    start, end : numpy.ndarray, shape (n,)
        From when to when each is used, seconds from the origin of the scene [s].
    """

    row: Ints
    start: Floats
    end: Floats

    def __getitem__(self, index: Any) -> Spans:  # whatever NumPy takes for one axis
        return Spans(row=self.row[index], start=self.start[index], end=self.end[index])


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
        Whether it was cut there.
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
