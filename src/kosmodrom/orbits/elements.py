"""Mean elements of satellites, as SGP4 takes them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["ElementSets", "joined"]

_ARRAYS = (
    "mean_motion_rad_min",
    "eccentricity",
    "inclination",
    "node",
    "argument_of_perigee",
    "mean_anomaly",
    "bstar",
    "mean_motion_dot_rad_min2",
    "mean_motion_ddot_rad_min3",
)
_COUNTS = ("set_numbers", "revolutions")


def _none_given() -> NDArray[np.int64]:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ElementSets:
    """Mean elements of SGP4 (frame TEME of date, constants WGS72), one row a set.

    A satellite may have several rows; a list of rows of one number is a history.

    Attributes
    ----------
    names : tuple of str
        Names; empty where the source gives none.
    numbers : numpy.ndarray of int64, shape (n,)
        Catalogue numbers [-]; 0 where there is none.
    designators : tuple of str
        International designators like "1998-067A"; empty where there is none.
    epochs : Epochs, shape (n,)
        When the elements hold.
    mean_motion_rad_min : numpy.ndarray, shape (n,)
        Mean motion of Kozai, as element sets give it [rad/min].
    eccentricity : numpy.ndarray, shape (n,)
        Eccentricity [-].
    inclination, node, argument_of_perigee, mean_anomaly : numpy.ndarray, shape (n,)
        Inclination, right ascension of the ascending node, argument of perigee, mean anomaly
        [rad].
    bstar : numpy.ndarray, shape (n,)
        Drag term of SGP4 [1/Earth radius].
    mean_motion_dot_rad_min2, mean_motion_ddot_rad_min3 : numpy.ndarray, shape (n,)
        Half the first and a sixth of the second rate of the mean motion, as the formats give them
        [rad/min², rad/min³]; SGP4 does not use them.
    sources : tuple of str
        Where each row was read, like "active.3le:12".
    set_numbers, revolutions : numpy.ndarray of int64, shape (n,)
        Running number of the set and revolution at its epoch, as the formats give them [-]; 0
        where they are not given. SGP4 does not use them.
    """

    names: tuple[str, ...]
    numbers: NDArray[np.int64]
    designators: tuple[str, ...]
    epochs: Epochs
    mean_motion_rad_min: NDArray[np.float64]
    eccentricity: NDArray[np.float64]
    inclination: NDArray[np.float64]
    node: NDArray[np.float64]
    argument_of_perigee: NDArray[np.float64]
    mean_anomaly: NDArray[np.float64]
    bstar: NDArray[np.float64]
    mean_motion_dot_rad_min2: NDArray[np.float64]
    mean_motion_ddot_rad_min3: NDArray[np.float64]
    sources: tuple[str, ...]
    set_numbers: NDArray[np.int64] = field(default_factory=_none_given)
    revolutions: NDArray[np.int64] = field(default_factory=_none_given)

    def __post_init__(self) -> None:
        count = len(self.names)
        columns: dict[str, NDArray[Any]] = {
            name: np.array(getattr(self, name), dtype=np.float64) for name in _ARRAYS
        }
        columns["numbers"] = np.array(self.numbers, dtype=np.int64)
        for name in _COUNTS:
            given = np.array(getattr(self, name), dtype=np.int64)
            columns[name] = given if given.size else np.zeros(count, dtype=np.int64)
        for name, column in columns.items():
            if column.shape != (count,):
                raise InputError(f"{name} has shape {column.shape}; {count} names need ({count},)")
            if not np.all(np.isfinite(column)):
                row = int(np.argmin(np.isfinite(column)))
                raise InputError(
                    f"{self._row(row)}: {name} is {column[row]}; give a finite number"
                )
            column.flags.writeable = False
            object.__setattr__(self, name, column)
        for name in ("designators", "epochs", "sources"):
            length = self.epochs.shape if name == "epochs" else (len(getattr(self, name)),)
            if length != (count,):
                raise InputError(f"{name} has shape {length}; {count} names need ({count},)")
        self._check("mean_motion_rad_min", self.mean_motion_rad_min > 0, "above 0 rad/min")
        bound = (self.eccentricity >= 0) & (self.eccentricity < 1)
        self._check("eccentricity", bound, "from 0 to below 1: SGP4 knows ellipses only")
        bound = (self.inclination >= 0) & (self.inclination <= np.pi)
        self._check("inclination", bound, "from 0 to pi rad (180 deg)")

    def _row(self, row: int) -> str:
        where = self.sources[row] if row < len(self.sources) else f"row {row}"
        return f"{where}, {self.names[row] or int(self.numbers[row])}"

    def _check(self, name: str, good: NDArray[np.bool_], due: str) -> None:
        if not np.all(good):
            row = int(np.argmin(good))
            value = getattr(self, name)[row]
            raise InputError(f"{self._row(row)}: {name} is {value:.8g}; it must be {due}")

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, rows: Any) -> ElementSets:  # whatever NumPy takes for one axis
        every = np.arange(len(self))
        index = np.atleast_1d(every[rows])
        if len(index) == len(self) and np.array_equal(index, every):
            return self
        # Rows of a checked set need no second check.
        some, places = object.__new__(ElementSets), index.tolist()
        for item in fields(self):
            column = getattr(self, item.name)
            if isinstance(column, tuple):
                column = tuple(map(column.__getitem__, places))
            else:
                column = column[index]
            if isinstance(column, np.ndarray):
                column.flags.writeable = False
            object.__setattr__(some, item.name, column)
        return some

    @property
    def period(self) -> NDArray[np.float64]:
        """Give the anomalistic period that the mean motion states.

        Returns
        -------
        numpy.ndarray, shape (n,)
            Period [s].
        """
        return np.asarray(2 * np.pi / self.mean_motion_rad_min * 60.0)

    def labels(self) -> tuple[str, ...]:
        """Name each row for readers.

        Returns
        -------
        tuple of str
            The name, else the number, else "row N" counted from 1.
        """
        if all(self.names):
            return self.names
        return tuple(
            name or (str(number) if number else f"row {row + 1}")
            for row, (name, number) in enumerate(
                zip(self.names, self.numbers.tolist(), strict=True)
            )
        )


def joined(parts: Sequence[ElementSets]) -> ElementSets:
    """Put element sets one after the other.

    Parameters
    ----------
    parts : sequence of ElementSets
        One or more.

    Returns
    -------
    ElementSets
        All rows, in the order given.
    """
    if not parts:
        raise InputError("there are no element sets to join; give one or more")
    if len(parts) == 1:
        return parts[0]
    kept: dict[str, Any] = {}
    for item in fields(ElementSets):
        columns = [getattr(part, item.name) for part in parts]
        if item.name == "epochs":
            kept[item.name] = Epochs(np.concatenate([column.tai_ns for column in columns]))
        elif isinstance(columns[0], tuple):
            kept[item.name] = tuple(text for column in columns for text in column)
        else:
            kept[item.name] = np.concatenate(columns)
    return ElementSets(**kept)
