"""Doing pieces of work in several threads or processes: in their order, a few of them ahead.

How the work is cut belongs to the request; how many workers do it changes nothing in the answer.
"""

from __future__ import annotations

import os
import pickle
import sys
import threading
import warnings
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TypeVar

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["ThreadMap", "beside", "forked_map", "processors", "serial_map"]

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


def beside(work: Callable[[], _OutT]) -> Callable[[], _OutT]:
    """Begin some work in a copy of this process, where that is safe and there is room for it.

    The copy ends with the answer; whatever else becomes of it, the work is done here when the
    answer is asked for, and so fails here if it fails. Where there is one processor, other
    threads run, or the system makes no copies, it is done when it is asked for.

    Parameters
    ----------
    work : callable
        What to do; what it returns can be pickled.

    Returns
    -------
    callable
        Gives the answer, and waits for it.
    """
    if not _may_copy():
        return work
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        # Python counts threads of the numerical libraries, which know how to be copied.
        warnings.simplefilter("ignore", DeprecationWarning)
        copy = os.fork()
    if copy == 0:
        _answer(work, writer)
    os.close(writer)
    return partial(_fetched, work, reader, copy)


def _may_copy() -> bool:
    return (
        sys.platform == "linux"
        and processors() > 1
        and threading.active_count() == 1
        and threading.current_thread() is threading.main_thread()
    )


def _answer(work: Callable[[], Any], writer: int) -> None:
    """Do the work and end: nothing of the rest of the program may run twice."""
    status = 1
    try:
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(pickle.dumps(work()))
        status = 0
    finally:
        os._exit(status)  # even where the work failed: it fails again where it is asked for


def _fetched(work: Callable[[], _OutT], reader: int, copy: int) -> _OutT:
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(copy, 0)
    if status:
        return work()
    answer: _OutT = pickle.loads(told)  # noqa: S301 -- written by a copy of this process
    return answer


def forked_map(function: Callable[[_InT], _OutT], items: Iterable[_InT]) -> list[_OutT]:
    """Do pieces in as many copies of this process as there are processors.

    Parameters
    ----------
    function : callable
        What to do; what it returns can be pickled.
    items : iterable
        The pieces.

    Returns
    -------
    list
        What came out, in their order.
    """
    pieces = list(items)
    count = min(processors(), len(pieces))
    if count < 2 or not _may_copy():
        return [function(piece) for piece in pieces]
    shares = [pieces[first::count] for first in range(count)]
    waiting = [beside(partial(_each, function, share)) for share in shares[1:]]
    done = [_each(function, shares[0]), *(answer() for answer in waiting)]
    return [done[number % count][number // count] for number in range(len(pieces))]


def _each(function: Callable[[_InT], _OutT], items: list[_InT]) -> list[_OutT]:
    return [function(item) for item in items]
