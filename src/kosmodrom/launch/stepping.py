"""Many bodies integrated together, each on steps of its own.

Each body has its own time, step and estimate of the error, so what is found for one does not
depend on which others were integrated with it: a thousand in one go, or a few here and a few
elsewhere.

References
----------
J. R. Dormand, P. J. Prince, A family of embedded Runge-Kutta formulae, Journal of Computational
and Applied Mathematics 6 (1980), 19-26: RK5(4)7M. E. Hairer, S. P. Norsett, G. Wanner, Solving
ordinary differential equations I, 2nd edition, Springer, 1993, section II.4: choice of steps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import ModelError

__all__ = ["Rates", "Step", "advance", "stepped"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: ``rates(rows, time, state)`` gives the rates of the states, (d, k), of some of the bodies.
Rates = Callable[[Ints, Floats, Floats], Floats]

_NODES = (0.0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1.0, 1.0)
_STAGES = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0.0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
_FIFTH_LESS_FOURTH = (71 / 57600, 0.0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)
_SAFETY, _LEAST, _GREATEST = 0.9, 0.2, 5.0  # of the change of a step
# Hairer and Wanner's damping, for a body that sinks steadily and whose steps are at the limit of
# stability: powers of this error and of the one before.
_NOW, _BEFORE = 0.17, 0.04
_MOST_STEPS = 20_000
_ROUNDING = 1e-12  # of a time: what is left of a span then is none


class Step(NamedTuple):
    """One step of some of the bodies, as it was accepted."""

    rows: Ints
    begin: Floats
    width: Floats
    before: Floats
    after: Floats


def stepped(
    rates: Rates, rows: Ints, time: Floats, state: Floats, width: Floats, first: Floats
) -> tuple[Floats, Floats, Floats]:
    """Make one step of the pair of Dormand and Prince.

    Parameters
    ----------
    rates : callable
        The rates of the states.
    rows : numpy.ndarray of int64, shape (k,)
        Which bodies [-].
    time : numpy.ndarray, shape (k,)
        When the steps begin [s].
    state : numpy.ndarray, shape (d, k)
        States there [unit of each].
    width : numpy.ndarray, shape (k,)
        How long the steps are [s].
    first : numpy.ndarray, shape (d, k)
        Rates where they begin [unit of each, a second].

    Returns
    -------
    state : numpy.ndarray, shape (d, k)
        States after the step, to the fifth order [unit of each].
    last : numpy.ndarray, shape (d, k)
        Their rates, with which the next step begins [unit of each, a second].
    error : numpy.ndarray, shape (d, k)
        By how much the fourth order differs [unit of each].
    """
    slopes = [first]
    new = state
    for node, weights in zip(_NODES[1:], _STAGES, strict=True):
        new = state + width * _summed(weights, slopes)
        slopes.append(rates(rows, time + node * width, new))
    return new, slopes[-1], width * _summed(_FIFTH_LESS_FOURTH, slopes)


def advance(
    rates: Rates,
    span: tuple[Floats, Floats],
    state: Floats,
    tolerance: Floats,
    watch: Callable[[Step], NDArray[np.bool_]] | None = None,
    longest: float = np.inf,
) -> Floats:
    """Integrate bodies, each over its own span.

    Parameters
    ----------
    rates : callable
        The rates of the states; what it gives of a body must not depend on the others.
    span : tuple of numpy.ndarray, shape (n,)
        Times at which each body begins and ends; the end is not before the beginning [s].
    state : numpy.ndarray, shape (d, n)
        States at the beginning [unit of each].
    tolerance : numpy.ndarray, shape (d,)
        Largest error of a step [unit of each].
    watch : callable or None
        Is shown every accepted `Step` and tells which of its bodies go no further.
    longest : float
        Longest step [s].

    Returns
    -------
    numpy.ndarray, shape (d, n)
        States at the end, or where `watch` took a body out [unit of each].
    """
    time, end = span[0].astype(np.float64), span[1]
    found = state.copy()
    rows = np.flatnonzero(end > time)
    slopes = rates(rows, time[rows], found[:, rows]) if len(rows) else found[:, rows]
    width = _first_width(found[:, rows], slopes, tolerance, end[rows] - time[rows])
    old = np.full(len(rows), 1e-4)
    for _ in range(_MOST_STEPS):
        if not len(rows):
            return found
        left = end[rows] - time[rows]
        width = np.minimum(np.minimum(width, longest), left)
        before = found[:, rows]
        after, last, error = stepped(rates, rows, time[rows], before, width, slopes)
        size = np.abs(error / tolerance[:, np.newaxis]).max(axis=0)
        good = size <= 1.0  # what is not finite is not good
        with np.errstate(divide="ignore"):
            factor = np.clip(_SAFETY * size**-_NOW * old**_BEFORE, _LEAST, _GREATEST)
        factor = np.where(np.isfinite(size), factor, _LEAST)
        found[:, rows[good]] = after[:, good]
        done = good & (left - width <= _ROUNDING * np.abs(end[rows]))
        if watch is not None and good.any():
            step = Step(rows[good], time[rows[good]], width[good], before[:, good], after[:, good])
            done[good] |= watch(step)
        time[rows[good]] += width[good]
        slopes = np.where(good, last, slopes)[:, ~done]
        width = (width * np.where(good, factor, np.minimum(factor, 1.0)))[~done]
        old, rows = np.where(good, np.maximum(size, 1e-4), old)[~done], rows[~done]
    raise ModelError(
        f"{len(rows)} of {state.shape[1]} bodies were not integrated in {_MOST_STEPS} steps; the "
        f"first is at {time[rows[0]]:.3f} s of {end[rows[0]]:.3f} s. Ask for a shorter time"
    )


def _summed(weights: tuple[float, ...], slopes: list[Floats]) -> Floats:
    """Add slopes by their weights, always in the same order."""
    whole = weights[0] * slopes[0]
    for weight, slope in zip(weights[1:], slopes[1:], strict=True):
        if weight:
            whole += weight * slope
    return whole


def _first_width(state: Floats, slopes: Floats, tolerance: Floats, left: Floats) -> Floats:
    """Begin with what moves each state by ten thousand tolerances; the error then shows better."""
    with np.errstate(divide="ignore", over="ignore"):
        widths = 1e4 * tolerance[:, np.newaxis] / np.abs(slopes)
    return np.asarray(np.minimum(np.clip(widths.min(axis=0), 1e-3, 10.0), left))
