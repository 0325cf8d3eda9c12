"""Probability over inclination, on a fixed grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["GRID", "STEP", "binned", "highest_set", "median_of", "ranked_score", "smoothed"]

Floats = NDArray[np.float64]
STEP: Final = np.radians(0.05)
"""Width of a cell of the grid [rad]."""
GRID: Final = (np.arange(3600) + 0.5) * STEP
"""Middles of its cells, 0 to pi [rad]."""
_HOLE: Final = np.radians(0.22)  # between two intervals, that is filled up


def binned(inclination: ArrayLike, mass: ArrayLike) -> Floats:
    """Put masses into the cells of the grid, shared out between the two nearest.

    Parameters
    ----------
    inclination : array_like, shape (n,)
        Where [rad].
    mass : array_like, shape (..., n)
        How much [-].

    Returns
    -------
    numpy.ndarray, shape (..., 3600)
        Mass in each cell [-].
    """
    place = np.clip(np.asarray(inclination) / STEP - 0.5, 0.0, len(GRID) - 1.0)
    low = np.minimum(place.astype(np.int64), len(GRID) - 2)
    part = place - low
    if not place.size:
        return np.zeros((*np.shape(mass)[:-1], len(GRID)))
    much = np.atleast_2d(np.asarray(mass, dtype=np.float64))
    rows = [
        np.bincount(low, weights=row * (1 - part), minlength=len(GRID))
        + np.bincount(low + 1, weights=row * part, minlength=len(GRID))
        for row in much.reshape(-1, much.shape[-1])
    ]
    return np.array(rows).reshape(*np.shape(mass)[:-1], len(GRID))


def smoothed(mass: Floats, width: float) -> Floats:
    """Spread masses by a normal kernel; at 0 and pi it is folded back.

    Parameters
    ----------
    mass : numpy.ndarray, shape (3600,)
        Mass in each cell [-].
    width : float
        Standard deviation of the kernel [rad].

    Returns
    -------
    numpy.ndarray, shape (3600,)
        Mass in each cell [-].
    """
    whole = np.concatenate([mass, mass[::-1]])
    wave = np.fft.rfftfreq(len(whole), d=STEP) * 2 * np.pi
    spread = np.fft.irfft(np.fft.rfft(whole) * np.exp(-((wave * width) ** 2) / 2), len(whole))
    return np.asarray(np.maximum(spread[: len(mass)], 0.0))


def highest_set(mass: Floats, share: float) -> list[tuple[float, float]]:
    """Find the smallest set of inclinations that holds a share of the probability.

    Holes of less than 0.22 deg are filled up.

    Parameters
    ----------
    mass : numpy.ndarray, shape (3600,)
        Probability of each cell; their sum is 1 [-].
    share : float
        Part that the set holds [-].

    Returns
    -------
    list of tuple of float
        Lower and upper ends, rising [rad].
    """
    order = np.argsort(-mass, kind="stable")
    count = int(np.searchsorted(np.cumsum(mass[order]), share * mass.sum())) + 1
    inside = np.zeros(len(mass) + 2, dtype=np.int8)
    inside[order[:count] + 1] = 1
    edges = np.flatnonzero(np.diff(inside))
    ends: list[tuple[float, float]] = []
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        if ends and low * STEP - ends[-1][1] < _HOLE:
            ends[-1] = ends[-1][0], float(high * STEP)
        else:
            ends.append((float(low * STEP), float(high * STEP)))
    return ends


def median_of(mass: Floats) -> float:
    """Give the inclination below which half of the probability lies.

    Parameters
    ----------
    mass : numpy.ndarray, shape (3600,)
        Mass of each cell, of any sum above 0 [-].

    Returns
    -------
    float
        The median [rad].
    """
    below = np.concatenate([[0.0], np.cumsum(mass)])
    half = below[-1] / 2
    row = min(int(np.searchsorted(below, half, side="right")) - 1, len(mass) - 1)
    part = (half - below[row]) / mass[row] if mass[row] > 0 else 0.5
    return float((row + part) * STEP)


def ranked_score(mass: Floats, truth: float) -> float:
    """Score a forecast by what came true: the continuous ranked probability score.

    Parameters
    ----------
    mass : numpy.ndarray, shape (3600,)
        Probability of each cell; their sum is 1 [-].
    truth : float
        What came true [rad].

    Returns
    -------
    float
        The score; 0 is best [rad].
    """
    return float((((np.cumsum(mass) - (truth <= GRID)) ** 2).sum()) * STEP)
