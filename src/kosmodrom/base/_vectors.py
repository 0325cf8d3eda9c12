"""Vectors on the last axis of an array, x, y, z."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["apply", "dot", "length", "vectors"]

Floats = NDArray[np.float64]


def vectors(values: ArrayLike, name: str) -> Floats:
    """Take vectors, or refuse what is none.

    Parameters
    ----------
    values : array_like, shape (..., 3)
        What was given [any unit].
    name : str
        What it is called in an error.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        The vectors [the same unit].
    """
    given = np.asarray(values, dtype=np.float64)
    if given.ndim == 0 or given.shape[-1] != 3:
        raise InputError(f"{name} has shape {given.shape}; the last axis must be x, y, z")
    if not np.all(np.isfinite(given)):
        raise InputError(f"{name} holds a value that is not finite; leave those rows out")
    return given


def apply(matrix: Floats, vector: Floats) -> Floats:
    """Multiply vectors by matrices.

    Parameters
    ----------
    matrix : numpy.ndarray, shape (..., 3, 3)
        The matrices [-].
    vector : numpy.ndarray, shape (..., 3)
        The vectors [any unit].

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        The products [the same unit].
    """
    return np.asarray(np.einsum("...ij,...j->...i", matrix, vector))


def dot(one: Floats, other: Floats) -> Floats:
    """Multiply vectors to scalars.

    Parameters
    ----------
    one, other : numpy.ndarray, shape (..., 3)
        The vectors [any unit].

    Returns
    -------
    numpy.ndarray, shape (...)
        Their scalar products [product of the units].
    """
    return np.asarray(np.einsum("...i,...i->...", one, other))


def length(vector: Floats) -> Floats:
    """Measure vectors.

    Parameters
    ----------
    vector : numpy.ndarray, shape (..., 3)
        The vectors [any unit].

    Returns
    -------
    numpy.ndarray, shape (...)
        Their lengths [the same unit].
    """
    return np.asarray(np.sqrt(dot(vector, vector)))
