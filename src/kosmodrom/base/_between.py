"""Slow functions of time, computed at few instants and read between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base import _scales
from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

__all__ = ["Lines", "between_nodes", "check_span"]

Floats = NDArray[np.float64]
_LONGEST = 10 * 365.25 * 86_400  # span of a table [s]
_STEP_NS = 21_600 * _scales.SECOND_NS  # six hours, counted from the origin of `Epochs`
_BEFORE, _AFTER = 2, 3  # nodes before and after the one that begins an epoch's interval
# Turns six values at -2 ... 3 into the coefficients of their polynomial, constant term first.
_TO_POLYNOMIAL = np.linalg.inv(np.vander(np.arange(-_BEFORE, _AFTER + 1.0), increasing=True))


def between_nodes(function: Callable[[Epochs], Floats], epochs: Epochs) -> Floats:
    """Evaluate a slow function of time at many instants.

    The polynomial of fifth degree through the nearest nodes of a six-hour grid is used; the grid
    is the same for every call. Where the instants are fewer than the nodes they would need, the
    function itself is asked. Measured over 1960 to 2040: the two differ by 4e-14 for the pole of
    precession and nutation and by 7e-14 au for the Sun.

    Parameters
    ----------
    function : callable
        Takes epochs of shape (n,) and gives values of shape (n, k).
    epochs : Epochs, shape (...)
        When.

    Returns
    -------
    numpy.ndarray, shape (..., k)
        Values, in the unit of the function [-].
    """
    tai = epochs.tai_ns
    if tai.size:
        low, high = int(tai.min()) // _STEP_NS - _BEFORE, int(tai.max()) // _STEP_NS + _AFTER
        first, last = _scales.limits()
        if high - low < tai.size and low * _STEP_NS >= first and high * _STEP_NS <= last:
            values = function(Epochs(np.arange(low, high + 1) * _STEP_NS))
            return _read(values, tai, low)
    values = function(Epochs(tai.ravel()))
    return np.asarray(values.reshape(*tai.shape, values.shape[-1]))


def _read(values: Floats, tai: NDArray[np.int64], low: int) -> Floats:
    """Read between nodes: one polynomial an interval, by Horner's rule."""
    windows = np.lib.stride_tricks.sliding_window_view(values, len(_TO_POLYNOMIAL), axis=0)
    polynomials = np.ascontiguousarray(np.moveaxis(windows @ _TO_POLYNOMIAL.T, -1, 0))
    row, rest = np.divmod(tai - (low + _BEFORE) * _STEP_NS, _STEP_NS)
    part = (rest / _STEP_NS)[..., np.newaxis]
    total: Floats = polynomials[-1][row]
    for coefficient in polynomials[-2::-1]:
        total *= part
        total += coefficient[row]
    return total


def check_span(start: Epochs, seconds: float) -> None:
    """Refuse a span of time that cannot be tabulated.

    Parameters
    ----------
    start : Epochs, shape ()
        Where it begins.
    seconds : float
        How long it is [s].
    """
    if start.shape != ():
        raise InputError(f"start has shape {start.shape}; a table begins at one instant")
    if not 0 <= seconds <= _LONGEST:
        raise InputError(
            f"seconds is {seconds:.9g}; a table holds 0 to {_LONGEST:.0f} s (ten years), so cut "
            "longer spans in pieces"
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lines:
    """Straight lines through the values at equal steps of time: a table for hot loops.

    Attributes
    ----------
    first, last : float
        Times between which it may be read [s].
    step : float
        Time between nodes [s].
    offset, slope : numpy.ndarray, shape (k, n + 1)
        Value = offset + slope * time for each of k columns and n intervals; the last interval
        stands twice, for the very end [unit of the values, and that a second].
    """

    first: float
    last: float
    step: float
    offset: Floats
    slope: Floats

    @classmethod
    def through(
        cls, function: Callable[[Floats], Floats], first: float, last: float, longest: float
    ) -> Self:
        """Tabulate a function.

        Parameters
        ----------
        function : callable
            Takes times of shape (n,) [s] and gives values of shape (k, n).
        first, last : float
            Times of the first and the last node [s].
        longest : float
            The steps are equal and no longer than this [s].

        Returns
        -------
        Lines
            The table.
        """
        count = max(int(np.ceil((last - first) / longest)), 1)
        step = (last - first) / count
        time = first + step * np.arange(count + 1, dtype=np.float64)
        value = np.ascontiguousarray(function(time))
        slope = np.diff(value) / step
        slope = np.concatenate([slope, slope[:, -1:]], axis=1)
        offset = value - slope * time
        offset[:, -1] = offset[:, -2]
        for column in (offset, slope):
            column.flags.writeable = False
        return cls(first=first, last=last, step=step, offset=offset, slope=slope)

    def at(self, seconds: ArrayLike, columns: range) -> list[Floats]:
        """Read columns of the table.

        Parameters
        ----------
        seconds : array_like, shape (...)
            When, in the time of the table [s].
        columns : range
            Which columns.

        Returns
        -------
        list of numpy.ndarray, shape (...)
            Values, one array a column [unit of the values].
        """
        time = np.asarray(seconds, dtype=np.float64)
        if time.size and not (time.min() >= self.first and time.max() <= self.last):
            raise InputError(
                f"seconds run from {time.min():.9g} to {time.max():.9g} s; the table holds "
                f"{self.first:.9g} to {self.last:.9g} s, so tabulate a longer span"
            )
        row = ((time - self.first) * (1 / self.step)).astype(np.intp)
        return [self.offset[column][row] + self.slope[column][row] * time for column in columns]
