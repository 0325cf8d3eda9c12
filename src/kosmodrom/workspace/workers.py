"""Doing pieces of work in several threads: in the order of the pieces, a few of them ahead.

How the work is cut belongs to the request; how many workers do it changes nothing in the answer.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["ThreadMap", "processors", "serial_map"]

_InT = TypeVar("_InT")
_OutT = TypeVar("_OutT")
_AHEAD = 2  # pieces for each worker that are begun before their turn


def processors() -> int:
    """Count the processors this process may use.

    Returns
    -------
    int
        One or more [-].
    """
    return (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )


def serial_map(function: Callable[[_InT], _OutT], items: Iterable[_InT]) -> Iterator[_OutT]:
    """Do one piece after the other.

    Parameters
    ----------
    function : callable
        What to do.
    items : iterable
        The pieces.

    Returns
    -------
    iterator
        What came out, in their order.
    """
    return map(function, items)


class ThreadMap:
    """Does pieces in threads; most of the time is spent outside Python's lock.

    Parameters
    ----------
    threads : int
        How many [-].
    """

    def __init__(self, threads: int) -> None:
        if threads < 1:
            raise InputError(f"{threads} threads; give 1 or more")
        self.threads = threads

    def __call__(
        self, function: Callable[[_InT], _OutT], items: Iterable[_InT]
    ) -> Iterator[_OutT]:
        """Do the pieces.

        Parameters
        ----------
        function : callable
            What to do.
        items : iterable
            The pieces; taken as they are needed.

        Yields
        ------
        object
            What came out, in their order.
        """
        left = iter(items)
        firsts = list(islice(left, 2))
        if len(firsts) < 2:  # one piece needs no thread
            yield from map(function, firsts)
            return
        waiting: deque[Future[Any]] = deque()
        with ThreadPoolExecutor(self.threads) as pool:
            try:
                for item in chain(firsts, left):
                    waiting.append(pool.submit(function, item))
                    if len(waiting) > _AHEAD * self.threads:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()
