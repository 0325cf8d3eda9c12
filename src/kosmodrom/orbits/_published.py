"""Mean elements in the units in which they are published, and their turn into our own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kosmodrom.errors import InputError
from kosmodrom.orbits.elements import ElementSets

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from kosmodrom.base.epochs import Epochs

    Floats = NDArray[np.float64]

__all__ = ["MOST_SETS", "SCALES", "Published", "exact_inverse", "inverse", "too_many"]

MOST_SETS: Final = (
    1_000_000  # the public catalogue has 30,000 objects; a year of one has 1000 sets
)

# The constants and the order of operations are those of the reference code of SGP4 (and of the
# package sgp4), so that no bit differs from what it computes from the same text.
_RATE: Final = 1440.0 / (2.0 * np.pi)  # (rev/day) / (rad/min)
_DEGREE: Final = np.pi / 180.0

#: From each column of `Published` to that of `ElementSets`: its name there, and the conversion.
SCALES: Final[dict[str, tuple[str, Callable[[Floats], Floats]]]] = {
    "mean_motion_rev_day": ("mean_motion_rad_min", lambda n: n / _RATE),
    "eccentricity": ("eccentricity", lambda e: e),
    "inclination_deg": ("inclination", lambda x: x * _DEGREE),
    "node_deg": ("node", lambda x: x * _DEGREE),
    "argument_of_perigee_deg": ("argument_of_perigee", lambda x: x * _DEGREE),
    "mean_anomaly_deg": ("mean_anomaly", lambda x: x * _DEGREE),
    "bstar": ("bstar", lambda b: b),
    "mean_motion_dot_rev_day2": ("mean_motion_dot_rad_min2", lambda n: n / (_RATE * 1440.0)),
    "mean_motion_ddot_rev_day3": (
        "mean_motion_ddot_rad_min3",
        lambda n: n / (_RATE * 1440.0 * 1440),
    ),
}


def too_many(where: str) -> InputError:
    """Refuse a file that holds more sets than are read.

    Parameters
    ----------
    where : str
        File and line.

    Returns
    -------
    InputError
        To be raised.
    """
    return InputError(
        f"{where}: more than {MOST_SETS:,} element sets, the most that is read at once; split the "
        "file"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Element sets in the units of TLE and OMM; the rest is as in `ElementSets`.

    Attributes
    ----------
    names, designators, sources : tuple of str
        As in `ElementSets`.
    numbers, set_numbers, revolutions : numpy.ndarray of int64, shape (n,)
        As in `ElementSets` [-].
    epochs : Epochs, shape (n,)
        When the elements hold.
    mean_motion_rev_day : numpy.ndarray, shape (n,)
        Mean motion [rev/day].
    eccentricity : numpy.ndarray, shape (n,)
        Eccentricity [-].
    inclination_deg, node_deg : numpy.ndarray, shape (n,)
        Inclination, right ascension of the ascending node [deg].
    argument_of_perigee_deg, mean_anomaly_deg : numpy.ndarray, shape (n,)
        Argument of perigee, mean anomaly [deg].
    bstar : numpy.ndarray, shape (n,)
        Drag term [1/Earth radius].
    mean_motion_dot_rev_day2, mean_motion_ddot_rev_day3 : numpy.ndarray, shape (n,)
        Half the first and a sixth of the second rate of the mean motion [rev/day², rev/day³].
    """

    names: tuple[str, ...]
    numbers: NDArray[np.int64]
    designators: tuple[str, ...]
    epochs: Epochs
    mean_motion_rev_day: Floats
    eccentricity: Floats
    inclination_deg: Floats
    node_deg: Floats
    argument_of_perigee_deg: Floats
    mean_anomaly_deg: Floats
    bstar: Floats
    mean_motion_dot_rev_day2: Floats
    mean_motion_ddot_rev_day3: Floats
    set_numbers: NDArray[np.int64]
    revolutions: NDArray[np.int64]
    sources: tuple[str, ...]

    def sets(self) -> ElementSets:
        """Turn the units into those of `ElementSets`.

        Returns
        -------
        ElementSets
            The same sets, in the same order.
        """
        kept: dict[str, Any] = {}
        for item in fields(self):
            name, convert = SCALES.get(item.name, (item.name, None))
            column = getattr(self, item.name)
            kept[name] = column if convert is None else convert(column)
        return ElementSets(**kept)


def inverse(column: str, values: Floats) -> Floats:
    """Turn values into published units, to the rounding of one division.

    Parameters
    ----------
    column : str
        Column of `Published`.
    values : numpy.ndarray, shape (n,)
        Values [units of `ElementSets`].

    Returns
    -------
    numpy.ndarray, shape (n,)
        Numbers [units of `Published`].
    """
    return np.asarray(values / SCALES[column][1](np.ones(1)))


def exact_inverse(column: str, values: Floats) -> list[float]:
    """Find published numbers that are read as given values, with as few digits as will do.

    Parameters
    ----------
    column : str
        Column of `Published`.
    values : numpy.ndarray, shape (n,)
        Values [units of `ElementSets`].

    Returns
    -------
    list of float
        Numbers [units of `Published`]. Each gives its value back to the last bit if any number
        does, as is so for all that was read; otherwise it is the nearest.
    """
    _, convert = SCALES[column]
    rough = inverse(column, values)
    up, down = np.nextafter(rough, np.inf), np.nextafter(rough, -np.inf)
    best = rough.copy()
    # Tried last goes before: first the neighbours of the quotient, then it, then shorter numbers.
    for trial in (up, down, rough, _rounded(rough, 15), _rounded(rough, 12)):
        good = convert(trial) == values
        best[good] = trial[good]
    return [float(number) for number in best]


def _rounded(values: Floats, digits: int) -> Floats:
    return np.array([float(f"{value:.{digits}g}") for value in values], dtype=np.float64)
