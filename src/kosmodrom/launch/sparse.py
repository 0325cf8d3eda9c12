"""Sparse matrices put together of values whose places are known beforehand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.symbols import library

__all__ = ["Ints", "Triplets", "filled", "scattered"]

Ints = NDArray[np.int64]
Triplets = tuple[Ints, Ints, NDArray[np.float64]]


def scattered(
    shape: tuple[int, int], rows: Ints, columns: Ints, fixed: Triplets
) -> tuple[Any, Any, Any]:
    """Find where values go in a sparse matrix; values that meet in one place are added.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns of the matrix [-].
    rows, columns : numpy.ndarray of int64, shape (k,)
        Where each value goes [-].
    fixed : tuple
        Rows, columns and values of what is known beforehand [-].

    Returns
    -------
    tuple
        The pattern; a matrix that adds up the values that go to one place; what is fixed there.
    """
    ca = library()
    keys = np.concatenate([columns * shape[0] + rows, fixed[1] * shape[0] + fixed[0]])
    unique, place = np.unique(keys, return_inverse=True)
    column, row = np.divmod(unique, shape[0])
    pattern = ca.Sparsity.triplet(*shape, row.tolist(), column.tolist())
    count = len(rows)
    where = ca.Sparsity.triplet(len(unique), count, place[:count].tolist(), list(range(count)))
    constant = np.zeros(len(unique))
    np.add.at(constant, place[count:], fixed[2])
    return pattern, ca.DM(where, 1.0), ca.DM(constant)


def filled(
    shape: tuple[int, int],
    rows: Ints,
    columns: Ints,
    fixed: Triplets,
    values: Any,
) -> Any:
    """Make a sparse matrix of symbols; values that meet in one place are added.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns of the matrix [-].
    rows, columns : numpy.ndarray of int64, shape (k,)
        Where each value goes [-].
    fixed : tuple
        Rows, columns and values of what is known beforehand [-].
    values : casadi.MX
        A column of k values [-].

    Returns
    -------
    casadi.MX
        The matrix.
    """
    pattern, where, constant = scattered(shape, rows, columns, fixed)
    return library().MX(pattern, where @ values + constant)
