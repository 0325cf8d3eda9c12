"""Cutting a search into pieces: by satellites and places, never by the number of workers."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from kosmodrom.view._spans import Spans

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Piece", "Spans", "do", "pieces", "spans_throughout"]

ResultT = TypeVar("ResultT")

_SIZE = 10_000  # satellites times places times days; a tenth of a second
_MOST_PLACES = 256  # side by side


@dataclass(frozen=True, slots=True)
class Piece:
    """Some satellites and some places.

    Attributes
    ----------
    rows : numpy.ndarray of int64, shape (n,)
        Element sets of the piece, among all [-].
    spans : Spans
        When each is used, with rows and satellites counted within the piece.
    first_span : int
        Number of its first span, among all [-].
    satellites : numpy.ndarray of int64, shape (s,)
        Satellites of the piece, among all [-].
    places : slice
        Places of the piece, among all.
    """

    rows: Ints
    spans: Spans
    first_span: int
    satellites: Ints
    places: slice


def do(work: Callable[[], ResultT]) -> ResultT:
    """Do a piece of work, here or on another machine.

    Parameters
    ----------
    work : callable
        The piece.

    Returns
    -------
    object
        What came out.
    """
    return work()


def spans_throughout(count: int, length: float) -> Spans:
    """Use each of some element sets all the time, each for a satellite of its own.

    Parameters
    ----------
    count : int
        How many sets [-].
    length : float
        Length of the time [s].

    Returns
    -------
    Spans
        In seconds from the start.
    """
    every = np.arange(count)
    return Spans(row=every, start=np.zeros(count), end=np.full(count, length), satellite=every)


def pieces(spans: Spans, places: int, size: int = _SIZE) -> Iterator[Piece]:
    """Cut a search.

    Parameters
    ----------
    spans : Spans
        Which element set is used when; those of a satellite stand together.
    places : int
        How many places there are [-].
    size : int
        How large a piece may be: satellites times places times days [-].

    Yields
    ------
    Piece
        By places, then satellites; a satellite is never cut.
    """
    days = np.maximum((spans.end - spans.start) / 86_400.0, 0.02)
    for first in range(0, places, _MOST_PLACES):
        some = slice(first, min(first + _MOST_PLACES, places))
        effort = np.cumsum(days * (some.stop - some.start))
        # A satellite goes where its first span falls.
        opens = np.flatnonzero(np.diff(spans.satellite, prepend=-1))
        even = effort[-1] / np.ceil(effort[-1] / size) if len(effort) else size
        group = np.floor((effort[opens] - days[opens] * (some.stop - some.start)) / even)
        cuts = np.append(opens[np.flatnonzero(np.diff(group, prepend=-1))], len(spans.row))
        for begin, end in itertools.pairwise(cuts):
            part = spans[begin:end]
            rows, row = np.unique(part.row, return_inverse=True)
            satellites, satellite = np.unique(part.satellite, return_inverse=True)
            yield Piece(
                rows,
                Spans(row=row, start=part.start, end=part.end, satellite=satellite),
                int(begin),
                satellites,
                some,
            )
