"""Legendre-Gauss-Radau points, their weights and polynomials, and meshes made of them.

The points include the end of an interval and leave out its beginning: nothing is evaluated on the
pad, where the speed through the air is zero and its square root has no second derivative.

References
----------
D. Garg, M. Patterson, W. Hager, A. Rao, D. Benson, G. Huntington, A unified framework for the
numerical solution of optimal control problems using pseudospectral methods, Automatica 46 (2010),
1843-1851.

J.-P. Berrut, L. N. Trefethen, Barycentric Lagrange interpolation, SIAM Review 46 (2004), 501-517.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Self

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import ArrayLike, NDArray

from kosmodrom.errors import InputError

__all__ = ["Mesh", "differentiation_matrix", "interpolation_matrix", "radau_points"]

Floats = NDArray[np.float64]

_MOST_POINTS = (
    30  # of an interval; beyond it the matrices lose digits, and more intervals are better
)


@cache
def radau_points(degree: int) -> tuple[Floats, Floats]:
    """Give the points and weights of Radau's quadrature on the interval from 0 to 1.

    Exact for polynomials up to the degree 2 n - 2.

    Parameters
    ----------
    degree : int
        How many points, n.

    Returns
    -------
    points : numpy.ndarray, shape (n,)
        Rising, the last is 1 [-].
    weights : numpy.ndarray, shape (n,)
        Their sum is 1 [-].

    Examples
    --------
    >>> points, weights = radau_points(2)
    >>> points.round(6).tolist(), weights.round(6).tolist()
    ([0.333333, 1.0], [0.75, 0.25])
    """
    if not 1 <= degree <= _MOST_POINTS:
        raise InputError(
            f"degree is {degree}; an interval takes 1 to {_MOST_POINTS} points. "
            "For more accuracy use more intervals"
        )
    sum_of_two = np.zeros(degree + 1)
    sum_of_two[-2:] = 1.0  # P(n-1) + P(n), whose roots include -1
    roots = np.sort(legendre.legroots(sum_of_two).real)
    for _ in range(2):  # Newton, to the last digit
        slope = legendre.legval(roots, legendre.legder(sum_of_two))
        roots = roots - legendre.legval(roots, sum_of_two) / slope
    roots[0] = -1.0
    value = legendre.legval(roots, np.eye(degree)[degree - 1])
    weights = (1 - roots) / (degree * value) ** 2
    points = ((1 - roots) / 2)[::-1].copy()
    weights = (weights / 2)[::-1].copy()
    points.flags.writeable = weights.flags.writeable = False
    return points, weights


def interpolation_matrix(nodes: ArrayLike, at: ArrayLike) -> Floats:
    """Give the values of the Lagrange polynomials of some nodes.

    Parameters
    ----------
    nodes : array_like, shape (n,)
        Where a polynomial is known [-].
    at : array_like, shape (k,)
        Where it is wanted [-].

    Returns
    -------
    numpy.ndarray, shape (k, n)
        What the values at the nodes are multiplied with [-].

    Examples
    --------
    >>> interpolation_matrix([0.0, 1.0], [0.25]).tolist()
    [[0.75, 0.25]]
    """
    given, wanted = np.asarray(nodes, dtype=np.float64), np.asarray(at, dtype=np.float64)
    barycentric = _barycentric(given)
    apart = wanted[:, np.newaxis] - given
    on_node = apart == 0
    terms = barycentric / np.where(on_node, 1.0, apart)
    matrix = terms / terms.sum(axis=1, keepdims=True)
    return np.asarray(
        np.where(on_node.any(axis=1, keepdims=True), on_node.astype(np.float64), matrix)
    )


def differentiation_matrix(nodes: ArrayLike) -> Floats:
    """Give the slopes of the Lagrange polynomials of some nodes, at these nodes.

    Parameters
    ----------
    nodes : array_like, shape (n,)
        Where a polynomial is known [-].

    Returns
    -------
    numpy.ndarray, shape (n, n)
        What the values at the nodes are multiplied with [-].

    Examples
    --------
    >>> differentiation_matrix([0.0, 1.0]).tolist()
    [[-1.0, 1.0], [-1.0, 1.0]]
    """
    given = np.asarray(nodes, dtype=np.float64)
    barycentric = _barycentric(given)
    apart = given[:, np.newaxis] - given + np.eye(len(given))
    matrix = barycentric / barycentric[:, np.newaxis] / apart
    np.fill_diagonal(matrix, 0.0)
    np.fill_diagonal(matrix, -matrix.sum(axis=1))  # the slope of a constant is zero
    return matrix


def _barycentric(nodes: Floats) -> Floats:
    apart = nodes[:, np.newaxis] - nodes + np.eye(len(nodes))
    return np.asarray(1.0 / apart.prod(axis=1))


@dataclass(frozen=True, slots=True, eq=False)
class Mesh:
    """How a phase is cut into intervals, and how many points each has.

    Attributes
    ----------
    edges : numpy.ndarray, shape (k + 1,)
        Where intervals begin and end, from 0 to 1, as parts of the phase [-].
    degrees : tuple of int
        How many points each of the k intervals has.
    """

    edges: Floats
    degrees: tuple[int, ...]

    def __post_init__(self) -> None:
        edges = np.asarray(self.edges, dtype=np.float64)
        if edges.shape != (len(self.degrees) + 1,) or not self.degrees:
            raise InputError(
                f"a mesh of {len(self.degrees)} intervals has {len(self.degrees) + 1} edges and "
                f"at least one interval; got {edges.size} edges"
            )
        if edges[0] != 0 or edges[-1] != 1 or np.any(np.diff(edges) <= 0):
            raise InputError(f"edges of a mesh rise from 0 to 1; got {edges.tolist()}")
        for degree in self.degrees:
            radau_points(degree)
        object.__setattr__(self, "edges", edges)

    @classmethod
    def even(cls, intervals: int, degree: int) -> Self:
        """Cut a phase into intervals of one length.

        Parameters
        ----------
        intervals : int
            How many.
        degree : int
            How many points each has.

        Returns
        -------
        Mesh
            The mesh.
        """
        return cls(np.linspace(0.0, 1.0, intervals + 1), (degree,) * intervals)

    def doubled(self) -> Mesh:
        """Halve every interval.

        Returns
        -------
        Mesh
            A mesh with twice as many intervals.
        """
        middles = (self.edges[:-1] + self.edges[1:]) / 2
        edges = np.sort(np.concatenate([self.edges, middles]))
        return Mesh(edges, tuple(degree for degree in self.degrees for _ in range(2)))

    @property
    def widths(self) -> Floats:
        """Lengths of the intervals.

        Returns
        -------
        numpy.ndarray, shape (k,)
            Parts of the phase [-].
        """
        return np.diff(self.edges)

    @property
    def firsts(self) -> NDArray[np.int64]:
        """Nodes with which the intervals begin, and the last one.

        Returns
        -------
        numpy.ndarray of int64, shape (k + 1,)
            Index of each [-].
        """
        return np.concatenate([[0], np.cumsum(self.degrees)])

    @property
    def size(self) -> int:
        """How many points there are in all, the beginning not counted.

        Returns
        -------
        int
            The number.
        """
        return sum(self.degrees)

    @property
    def points(self) -> Floats:
        """Where the points lie.

        Returns
        -------
        numpy.ndarray, shape (size,)
            Parts of the phase [-].
        """
        starts, widths = self.edges[:-1], self.widths
        return np.concatenate(
            [
                start + width * radau_points(degree)[0]
                for start, width, degree in zip(starts, widths, self.degrees, strict=True)
            ]
        )

    @property
    def nodes(self) -> Floats:
        """The beginning and the points.

        Returns
        -------
        numpy.ndarray, shape (size + 1,)
            Parts of the phase [-].
        """
        return np.concatenate([[0.0], self.points])

    @property
    def weights(self) -> Floats:
        """Weights of the points within their own interval.

        Returns
        -------
        numpy.ndarray, shape (size,)
            They sum to one in each [-].
        """
        return np.concatenate([radau_points(degree)[1] for degree in self.degrees])

    @property
    def widths_of_points(self) -> Floats:
        """Width of the interval of each point.

        Returns
        -------
        numpy.ndarray, shape (size,)
            Parts of the phase [-].
        """
        return np.repeat(self.widths, self.degrees)

    def interpolate(self, values: ArrayLike, at: ArrayLike) -> Floats:
        """Follow the polynomials of the intervals.

        Parameters
        ----------
        values : array_like, shape (size + 1, m) or (size, m)
            Values at all nodes, or at the points alone; then the polynomials of the points are
            followed back to the beginning of their interval [unit].
        at : array_like, shape (j,)
            Where they are wanted, 0 to 1 [-].

        Returns
        -------
        numpy.ndarray, shape (j, m)
            The values [unit].
        """
        known, wanted = np.asarray(values, dtype=np.float64), np.asarray(at, dtype=np.float64)
        beginning = len(known) - self.size
        if beginning not in {0, 1}:
            raise InputError(
                f"a mesh of {self.size} points takes {self.size} or {self.size + 1} rows of "
                f"values; got {len(known)}"
            )
        found = np.empty((len(wanted), known.shape[1]))
        # A time on an edge belongs to the interval that ends there: its end is a point.
        which = np.clip(np.searchsorted(self.edges, wanted) - 1, 0, len(self.degrees) - 1)
        for each in np.unique(which):
            rows = which == each
            first, degree = self.firsts[each], self.degrees[each]
            local = (wanted[rows] - self.edges[each]) / self.widths[each]
            nodes = radau_points(degree)[0]
            if beginning:
                nodes = np.concatenate([[0.0], nodes])
            matrix = interpolation_matrix(nodes, local)
            found[rows] = matrix @ known[first : first + degree + beginning]
        return found
