"""Cubic splines that NumPy and CasADi evaluate with the same numbers.

For CasADi a spline is a cubic from its first knot on, and cubes that set in at the other knots: no
knot has to be looked up, so it is one expression. NumPy looks the knot up and takes the cubic from
there, which is the same function without the rounding of a long sum. Between its ends it is twice
differentiable.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kosmodrom.errors import InputError
from kosmodrom.launch.symbols import curve, library

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Spline"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Spline:
    """Natural cubic splines of one variable; beyond its knots it keeps the values of its ends.

    Attributes
    ----------
    ends : tuple of float
        First and last knot [unit of the variable].
    knots : numpy.ndarray, shape (k,)
        Knots between them [unit of the variable].
    start : numpy.ndarray, shape (4, n)
        Coefficients of the cubic, by powers of what the variable is above the first knot [mixed].
    cubes : numpy.ndarray, shape (k, n)
        Coefficients of the cubes that set in at the knots between [mixed].
    pieces : numpy.ndarray, shape (k + 1, 4, n)
        Coefficients of the cubic from each knot but the last, as those of the first [mixed].
    """

    ends: tuple[float, float]
    knots: Floats
    start: Floats
    cubes: Floats
    pieces: Floats

    @classmethod
    def through(cls, knots: ArrayLike, values: ArrayLike) -> Self:
        """Draw splines through values.

        Parameters
        ----------
        knots : array_like, shape (k,)
            Where they are known, rising, three or more [unit of the variable].
        values : array_like, shape (k, n)
            Values of n functions [unit of each].

        Returns
        -------
        Spline
            The splines.
        """
        at, known = np.asarray(knots, dtype=np.float64), np.asarray(values, dtype=np.float64)
        if at.ndim != 1 or len(at) < 3 or not np.all(np.diff(at) > 0):
            raise InputError(f"a spline has three or more rising knots; got {at.tolist()}")
        if known.ndim != 2 or len(known) != len(at) or not np.all(np.isfinite(known)):
            raise InputError(
                f"a spline of {len(at)} knots has as many rows of finite values; got the shape "
                f"{known.shape}"
            )
        second = _second_derivatives(at, known)
        width = np.diff(at)[:, np.newaxis]
        third = np.diff(second, axis=0) / width
        slope = np.diff(known, axis=0) / width - width * (2 * second[:-1] + second[1:]) / 6
        pieces = np.stack([known[:-1], slope, second[:-1] / 2, third / 6], axis=1)
        ends = float(at[0]), float(at[-1])
        return cls(ends, at[1:-1], pieces[0], np.diff(third, axis=0) / 6, pieces)

    def at(self, variable: ArrayLike) -> Floats:
        """Evaluate.

        Parameters
        ----------
        variable : array_like, shape (...)
            Where [unit of the variable].

        Returns
        -------
        numpy.ndarray, shape (..., n)
            Values [unit of each].
        """
        here = np.clip(np.asarray(variable, dtype=np.float64), *self.ends)
        piece = np.searchsorted(self.knots, here)
        above = (here - np.concatenate([self.ends[:1], self.knots])[piece])[..., np.newaxis]
        first, second, third, fourth = (self.pieces[:, power][piece] for power in range(4))
        return np.asarray(first + above * (second + above * (third + above * fourth)))

    def law(self) -> Callable[[float], list[float]]:
        """Give it as a function of one number, for an integrator that asks one by one.

        Returns
        -------
        callable
            Takes a value of the variable; gives the n values.
        """
        knots, pieces = self.knots.tolist(), self.pieces.tolist()
        first, last = self.ends
        starts = [first, *knots]

        def _at(variable: float) -> list[float]:
            here = min(max(variable, first), last)
            piece = bisect_left(knots, here)
            above = here - starts[piece]
            return [a + above * (b + above * (c + above * d))
                    for a, b, c, d in zip(*pieces[piece], strict=True)]  # fmt: skip

        return _at

    def expressions(self, variable: Any, least: float = -np.inf) -> list[Any]:
        """Write it with symbols.

        Parameters
        ----------
        variable : casadi.SX
            Where [unit of the variable].
        least : float
            Above which it is wanted; the higher, the shorter the expression. Below, a straight
            line goes on [unit of the variable].

        Returns
        -------
        list of casadi.SX
            Values [unit of each].
        """
        column = curve(variable, lambda symbol: self._column(symbol, least))
        return [column[k] for k in range(self.start.shape[1])]

    def _column(self, variable: Any, least: float) -> Any:
        ca = library()
        here = ca.fmin(ca.fmax(variable, self.ends[0]), self.ends[1])
        under = self.knots < least
        base = self.knots[under][-1] if under.any() else self.ends[0]
        # The pieces that begin further down are one polynomial about the last of their knots.
        above = ca.fmax(here - base, 0.0)
        along = here - base if under.any() else above
        powers = ca.vertcat(1.0, along, above**2, above**3)
        cubes = ca.fmax(here - ca.DM(self.knots[~under]), 0.0) ** 3
        return ca.vertcat(*[
            ca.dot(ca.DM(start), powers) + ca.dot(ca.DM(cube), cubes)
            for start, cube in zip(self._about(base).T, self.cubes[~under].T, strict=True)
        ])  # fmt: skip

    def _about(self, base: float) -> Floats:
        """Give the polynomial that holds just above a knot, in powers of the distance from it."""
        shift = base - self.ends[0]
        found = np.array([
            [comb(n, k) * shift ** (n - k) if n >= k else 0.0 for n in range(4)] for k in range(4)
        ]) @ self.start  # fmt: skip
        for knot, cube in zip(self.knots, self.cubes, strict=True):
            if knot <= base:
                away = base - knot
                found += np.outer([away**3, 3 * away**2, 3 * away, 1.0], cube)
        return np.asarray(found)


def _second_derivatives(knots: Floats, values: Floats) -> Floats:
    """Find those of the natural cubic spline through values, shape (k, n)."""
    width = np.diff(knots)
    matrix = np.eye(len(knots))
    inner = np.arange(1, len(knots) - 1)
    matrix[inner, inner - 1] = width[:-1] / 6
    matrix[inner, inner] = (width[:-1] + width[1:]) / 3
    matrix[inner, inner + 1] = width[1:] / 6
    right = np.zeros_like(values)
    right[1:-1] = np.diff(np.diff(values, axis=0) / width[:, np.newaxis], axis=0)
    return np.asarray(np.linalg.solve(matrix, right))
