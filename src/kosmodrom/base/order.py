"""Putting rows in order by several keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["ordered"]

_RADIX = 1 << 16  # whole numbers in so small a range are sorted digit by digit


def ordered(*keys: NDArray[Any]) -> Ints:
    """Give the order of rows by several keys; rows alike in all keep theirs.

    Parameters
    ----------
    *keys : numpy.ndarray, shape (k,)
        The most important one first [unit of each].

    Returns
    -------
    numpy.ndarray of int64, shape (k,)
        The rows in order, as ``numpy.lexsort`` gives them for the keys reversed [-].

    Examples
    --------
    >>> ordered(np.array([1, 0, 1]), np.array([2.0, 5.0, 1.0])).tolist()
    [1, 2, 0]
    """
    order: Ints | None = None
    for key in reversed(keys):
        there = _small(key if order is None else key[order])
        step = np.argsort(there, kind="stable")
        order = step if order is None else order[step]
    return np.arange(0) if order is None else order


def _small(key: NDArray[Any]) -> NDArray[Any]:
    """Write whole numbers in two bytes where they fit."""
    if key.dtype.kind not in "iu" or not len(key):
        return key
    least = key.min()
    if int(key.max()) - int(least) >= _RADIX:
        return key
    return np.asarray((key - least).astype(np.uint16))
