"""What a solved problem is: states and controls at the nodes, and anywhere between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kosmodrom.errors import InputError
from kosmodrom.launch.problem import Guess
from kosmodrom.launch.radau import Mesh, radau_points

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Multipliers", "PhaseSolution", "Solution", "Statistics"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What the solver says of its work.

    Attributes
    ----------
    variables, rows : int
        Size of the program.
    attempts : int
        How many ways of going were tried, the one that led there among them.
    iterations : int
        How many steps it took, in all attempts.
    seconds : float
        How long it took, by its own clock [s].
    violation : float
        Largest distance of a scaled row from its bounds [-].
    """

    variables: int
    rows: int
    attempts: int
    iterations: int
    seconds: float
    violation: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Multipliers:
    """By how much the scaled cost falls where a scaled law, path or bound of a phase gives way.

    Attributes
    ----------
    rows : numpy.ndarray, shape (points, laws + paths)
        Of the rows of each point [-].
    states : numpy.ndarray, shape (points + 1, n)
        Of the bounds of the states [-].
    controls : numpy.ndarray, shape (points, m)
        Of the bounds of the controls [-].
    times : numpy.ndarray, shape (2,)
        Of the bounds of beginning and end [-].
    """

    rows: Floats
    states: Floats
    controls: Floats
    times: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PhaseSolution:
    """A phase as solved.

    Attributes
    ----------
    name : str
        Of the phase.
    mesh : Mesh
        On which it was solved.
    begin, end : float
        Its times [s].
    states : numpy.ndarray, shape (points + 1, n)
        States at the nodes [unit of each].
    controls : numpy.ndarray, shape (points, m)
        Controls at the points, which leave out the beginning [unit of each].
    multipliers : Multipliers
        To start the solver on another mesh.
    """

    name: str
    mesh: Mesh
    begin: float
    end: float
    states: Floats
    controls: Floats
    multipliers: Multipliers

    @property
    def time(self) -> Floats:
        """Times of the nodes.

        Returns
        -------
        numpy.ndarray, shape (points + 1,)
            Times [s].
        """
        return self.begin + (self.end - self.begin) * self.mesh.nodes

    def states_at(self, time: ArrayLike) -> Floats:
        """Give states anywhere in the phase.

        Parameters
        ----------
        time : array_like, shape (...)
            When [s].

        Returns
        -------
        numpy.ndarray, shape (..., n)
            States, on the polynomials on which the laws hold [unit of each].
        """
        return self._followed(self.states, time)

    def controls_at(self, time: ArrayLike) -> Floats:
        """Give controls anywhere in the phase.

        Parameters
        ----------
        time : array_like, shape (...)
            When [s].

        Returns
        -------
        numpy.ndarray, shape (..., m)
            Controls, on the polynomials through the points of each interval [unit of each].
        """
        return self._followed(self.controls, time)

    def controls_of(self, interval: int) -> Callable[[float], Floats]:
        """Give the controls of one interval as a function of time.

        Parameters
        ----------
        interval : int
            Which interval of the mesh, from 0.

        Returns
        -------
        callable
            Takes a time [s], gives the controls, shape (m,); on edges those of this interval.
        """
        degree, first = self.mesh.degrees[interval], self.mesh.firsts[interval]
        length = self.end - self.begin
        start = self.begin + length * self.mesh.edges[interval]
        width = length * self.mesh.widths[interval]
        points, values = radau_points(degree)[0], self.controls[first : first + degree]
        # By powers of time about the middle: asked for thousands of times, and of a low degree.
        powers = np.arange(degree)
        coefficients = np.linalg.solve((points[:, np.newaxis] - 0.5) ** powers, values)

        def _at(time: float) -> Floats:
            away, found = (time - start) / width - 0.5, coefficients[-1]
            for row in coefficients[-2::-1]:
                found = found * away + row
            return np.asarray(found)

        return _at

    def guess(self) -> Guess:
        """Give its nodes as a guess for a problem that is like it.

        Returns
        -------
        Guess
            States and controls at the nodes.
        """
        return Guess(self.time, self.states, self.controls_at(self.time))

    def _followed(self, values: Floats, time: ArrayLike) -> Floats:
        when = np.asarray(time, dtype=np.float64)
        part = (when.ravel() - self.begin) / (self.end - self.begin)
        edge = 1e-12  # rounding of a time
        if part.size and not (part.min() >= -edge and part.max() <= 1 + edge):
            raise InputError(
                f"time runs from {when.min():.6g} s to {when.max():.6g} s; phase {self.name!r} "
                f"is known from {self.begin:.6g} s to {self.end:.6g} s"
            )
        found = self.mesh.interpolate(values, np.clip(part, 0.0, 1.0))
        return found.reshape(*when.shape, values.shape[1])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """A problem as solved.

    Attributes
    ----------
    phases : tuple of PhaseSolution
        Phases in their order.
    parameters : numpy.ndarray, shape (n,)
        Parameters of the problem [unit of each].
    cost : float
        What was made least [cost].
    statistics : tuple of Statistics
        Of each solution on the way, from the coarse mesh to the fine one.
    conditions, bounds : numpy.ndarray, shape (rows,) and (n,)
        Multipliers of the conditions and of the bounds of the parameters, scaled; to start the
        solver on another mesh [-].
    """

    phases: tuple[PhaseSolution, ...]
    parameters: Floats
    cost: float
    statistics: tuple[Statistics, ...]
    conditions: Floats
    bounds: Floats
