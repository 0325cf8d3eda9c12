"""How the Earth is turned: UT1 and the pole, between the days of a table."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import DataError, InputError

__all__ = ["EarthOrientation"]

_MJD_1972 = 41_317
_POINTS = 4  # of the interpolating polynomial, as in the IERS routine INTERP


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EarthOrientation:
    """Earth orientation at 0h UTC of increasing days, from 1972 on.

    Between the days the polynomial through the four nearest rows is used, on UT1 - TAI so that a
    leap second is no jump. For daily rows that follows the tides of a fortnight to some
    microseconds; the daily and half-daily tides of UT1, up to 0.1 ms, are not in it.

    Attributes
    ----------
    mjd_utc : numpy.ndarray, shape (n,)
        Modified Julian day numbers of UTC, whole [d].
    ut1_minus_utc : numpy.ndarray, shape (n,)
        UT1 - UTC [s].
    pole_x, pole_y : numpy.ndarray, shape (n,)
        Coordinates of the pole, x towards Greenwich, y towards 90 degrees west [rad].

    References
    ----------
    G. Petit and B. Luzum (eds), IERS Conventions (2010), chapter 5.
    """

    mjd_utc: NDArray[np.float64]
    ut1_minus_utc: NDArray[np.float64]
    pole_x: NDArray[np.float64]
    pole_y: NDArray[np.float64]
    _nodes: Epochs = field(init=False, repr=False)
    _ut1_minus_tai: NDArray[np.float64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("mjd_utc", "ut1_minus_utc", "pole_x", "pole_y"):
            column = np.array(getattr(self, name), dtype=np.float64)
            if column.shape != (np.size(self.mjd_utc),) or column.size < 2:
                raise InputError(
                    f"{name} has shape {column.shape}; give four columns of one length, two rows "
                    "or more"
                )
            if not np.all(np.isfinite(column)):
                row = int(np.argmin(np.isfinite(column)))
                raise InputError(
                    f"{name} is {column[row]} in row {row}; drop rows without a value"
                )
            column.flags.writeable = False
            object.__setattr__(self, name, column)
        days = self.mjd_utc
        if np.any(days != np.rint(days)) or np.any(np.diff(days) <= 0):
            raise InputError("mjd_utc must be whole days that increase; sort the rows by day")
        if days[0] < _MJD_1972:
            raise InputError(
                f"mjd_utc begins with {days[0]:.0f}; before {_MJD_1972} (1972-01-01) UTC had no "
                "leap seconds and the columns mean something else, so drop those rows"
            )
        if np.abs(self.ut1_minus_utc).max() > 1:  # kept below 0.9 s by the leap seconds
            raise InputError(
                f"ut1_minus_utc reaches {np.abs(self.ut1_minus_utc).max():.6g} s; it stays within "
                "1 s, so the column may be in another unit"
            )
        if max(np.abs(self.pole_x).max(), np.abs(self.pole_y).max()) > 1e-5:  # 2 arcsec, 60 m
            raise InputError(
                "the pole lies more than 1e-5 rad from the axis; it stays within 1 arcsec, so "
                "the columns may be in another unit than radians"
            )

        nodes = Epochs.from_utc(days.astype(np.int64))
        object.__setattr__(self, "_nodes", nodes)
        object.__setattr__(self, "_ut1_minus_tai", self.ut1_minus_utc - nodes.tai_minus_utc())

    @property
    def span(self) -> tuple[Epochs, Epochs]:
        """Give the first and the last instant of the table.

        Returns
        -------
        tuple of Epochs
            Both of shape ().
        """
        return self._nodes[0], self._nodes[-1]

    def ut1_minus_tai_at(self, epochs: Epochs) -> NDArray[np.float64]:
        """Give UT1 - TAI.

        Parameters
        ----------
        epochs : Epochs, shape (...)
            When.

        Returns
        -------
        numpy.ndarray, shape (...)
            UT1 - TAI [s].
        """
        return self._between(epochs, self._ut1_minus_tai)

    def ut1_minus_utc_at(self, epochs: Epochs) -> NDArray[np.float64]:
        """Give UT1 - UTC, which jumps by a second after a leap second.

        Parameters
        ----------
        epochs : Epochs, shape (...)
            When.

        Returns
        -------
        numpy.ndarray, shape (...)
            UT1 - UTC [s].
        """
        return np.asarray(self.ut1_minus_tai_at(epochs) + epochs.tai_minus_utc())

    def around(self, start: Epochs, end: Epochs) -> "EarthOrientation":
        """Keep the rows that matter to a span of time, so that they can be sent elsewhere.

        Parameters
        ----------
        start, end : Epochs, shape ()
            The span.

        Returns
        -------
        EarthOrientation
            Rows from five days before to five days after; in the span it gives the same numbers.
        """
        nodes = self._nodes.tai_ns
        first = max(0, int(np.searchsorted(nodes, start.tai_ns)) - 6)
        last = int(np.searchsorted(nodes, end.tai_ns)) + 6
        part = slice(min(first, len(nodes) - 2), last)
        return EarthOrientation(
            mjd_utc=self.mjd_utc[part],
            ut1_minus_utc=self.ut1_minus_utc[part],
            pole_x=self.pole_x[part],
            pole_y=self.pole_y[part],
        )

    def pole_at(self, epochs: Epochs) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the coordinates of the pole.

        Parameters
        ----------
        epochs : Epochs, shape (...)
            When.

        Returns
        -------
        pole_x, pole_y : numpy.ndarray, shape (...)
            Towards Greenwich and towards 90 degrees west [rad].
        """
        return self._between(epochs, self.pole_x), self._between(epochs, self.pole_y)

    def _between(self, epochs: Epochs, column: NDArray[np.float64]) -> NDArray[np.float64]:
        """Interpolate a column by Lagrange's polynomial through the rows around each epoch."""
        nodes, when = self._nodes, epochs.tai_ns
        if when.size and (when.min() < nodes.tai_ns[0] or when.max() > nodes.tai_ns[-1]):
            ends = np.array([nodes.tai_ns[0], nodes.tai_ns[-1], when.min(), when.max()])
            first, last, early, late = list(Epochs(ends).utc_iso(0))
            raise DataError(
                f"Earth orientation is known from {first} to {last} and asked from {early} to "
                f"{late}; give newer Earth orientation data or other times"
            )
        points = min(_POINTS, len(column))
        after = np.searchsorted(nodes.tai_ns, when, side="right")
        start = np.clip(after - points // 2, 0, len(column) - points)
        rows = start[..., np.newaxis] + np.arange(points)
        # Days from the epoch: differences of integers first, so that nothing is lost.
        away = (nodes.tai_ns[rows] - when[..., np.newaxis]) / 86_400e9
        total = np.zeros(when.shape)
        for one in range(points):
            weight = np.ones(when.shape)
            for other in range(points):
                if other != one:
                    weight *= away[..., other] / (away[..., other] - away[..., one])
            total += weight * column[rows[..., one]]
        return total
