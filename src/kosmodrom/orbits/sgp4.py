"""SGP4 for many satellites at once.

Near the Earth the positions come from compiled expressions (heyoka), 10 µm from the package
`sgp4`; deep space (period of 225 min or more) always goes through `sgp4` itself, since the
expressions lack Sun, Moon and resonances and would be kilometres off without saying so. Where
heyoka cannot be installed, `sgp4` serves all satellites, slower.

Time is counted in SI seconds from the epoch of the element set. Programs that subtract Julian
dates of UTC are a second off, 7.5 km in low orbit, for each leap second in between.

References
----------
D. A. Vallado, P. Crawford, R. Hujsak and T. S. Kelso, Revisiting Spacetrack Report #3, AIAA
2006-6753 (2006). Constants WGS72, mode "improved".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kosmodrom.errors import InputError
from kosmodrom.orbits import expressions
from kosmodrom.orbits._near_earth import constants
from kosmodrom.orbits._tables import fill
from kosmodrom.orbits.secular import SGP4_MU, MeanMotion, is_deep_space, mean_motion
from kosmodrom.orbits.theory import INPUTS, doubtful, teme_position

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from kosmodrom.base.epochs import Epochs
    from kosmodrom.orbits._near_earth import Constants
    from kosmodrom.orbits.elements import ElementSets

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["STATUS", "Motion", "Propagation", "Sgp4", "propagate"]

STATUS: Final = {
    0: "good",
    1: "mean eccentricity outside 0 to 1, or semi-major axis too small",
    2: "mean motion not above 0",
    3: "eccentricity with periodic terms outside 0 to 1",
    4: "semi-latus rectum below 0",
    6: "decayed: inside the Earth",
}
"""Status codes of SGP4 and what they mean."""

_NS_PER_MIN = 60e9
_JD_OF_MJD_0 = 2_400_000.5
_JD_1950 = 2_433_281.5
_DAY_NS = 86_400e9
_BLOCK = 1 << 15  # states computed together: their numbers stay in the cache
_WIDE = 2048  # satellites side by side
_FEW = 16  # satellites below which setting up tables costs more than it saves
# Step of the derivatives of deep-space positions, as an angle on a circle there [rad]: the errors
# of the five-point formula, step⁴/30 of the speed and more at a perigee, and of rounding are below
# 1e-8.
_STENCIL = 0.01
_LEAST_INCLINATION = 1e-300


@dataclass(frozen=True, slots=True, kw_only=True)
class Propagation:
    """Positions and velocities of satellites in TEME of date.

    Attributes
    ----------
    position : numpy.ndarray, shape (n, m, 3)
        Position from the Earth's centre [m]; NaN where `status` is not 0.
    velocity : numpy.ndarray, shape (n, m, 3)
        Velocity as SGP4 prints it [m/s], not exactly the derivative of `position`.
    status : numpy.ndarray of int8, shape (n, m)
        Code of `STATUS` [-].
    """

    position: Floats
    velocity: Floats
    status: NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """Positions with their exact derivatives, in TEME of date.

    Attributes
    ----------
    position : numpy.ndarray, shape (k, 3)
        Position from the Earth's centre [m]; NaN where `status` is not 0.
    velocity : numpy.ndarray, shape (k, 3)
        Its derivative by time [m/s].
    acceleration : numpy.ndarray, shape (k, 3)
        Its second derivative by time [m/s²].
    status : numpy.ndarray of int8, shape (k,)
        Code of `STATUS` [-].
    """

    position: Floats
    velocity: Floats
    acceleration: Floats
    status: NDArray[np.int8]


def _with_rates(position: tuple[Any, ...], status: Any, inputs: tuple[str, ...]) -> Any:
    first = [expressions.rate(part) for part in position]
    second = [expressions.rate(part) for part in first]
    return expressions.compiled([*position, *first, *second, status], (*inputs, "tsince"))


@cache
def _state_kernel() -> Any:
    """Compile positions and rates from constants, and whether a code may be due."""
    return _with_rates(teme_position(), doubtful(), INPUTS)


@cache
def _coded_kernel() -> Any:
    """Compile the same from elements, slower, with the code."""
    *position, status = expressions.teme_position()
    return _with_rates(tuple(position), status, expressions.ELEMENTS)


class Sgp4:
    """Element sets, made ready to be propagated.

    Parameters
    ----------
    elements : ElementSets
        The element sets, n rows.
    compiled : bool
        Whether compiled expressions may be used near the Earth, where heyoka is installed.
    """

    def __init__(self, elements: ElementSets, *, compiled: bool = True) -> None:
        self.elements = elements
        self.deep = is_deep_space(elements)
        #: Rows that the compiled expressions serve.
        self.near = ~self.deep if compiled and expressions.available() else self.deep & False
        #: The inputs of compiled expressions, in the order of their names; shape (7, n).
        self.inputs = np.ascontiguousarray(
            [
                elements.mean_motion_rad_min,
                elements.eccentricity,
                elements.inclination,
                elements.node,
                elements.argument_of_perigee,
                elements.mean_anomaly,
                elements.bstar,
            ]
        )
        self._records: dict[int, Any] = {}
        self._propagators: dict[bytes, Any] = {}

    @cached_property
    def mean(self) -> MeanMotion:
        """Give the mean motion near the Earth.

        Returns
        -------
        MeanMotion
            Constants of all rows; those of deep space lack Sun, Moon and resonances.
        """
        return mean_motion(self.elements, self._constants)

    @cached_property
    def _constants(self) -> Constants:
        return constants(self.elements)

    @cached_property
    def table(self) -> Floats:
        """Give the constants of SGP4 near the Earth.

        Returns
        -------
        numpy.ndarray, shape (32, n)
            In the order of `kosmodrom.orbits.theory.INPUTS` [rad, min, Earth radii]; those of deep
            space lack Sun, Moon and resonances.
        """
        return np.array(self._constants)

    def minutes_from_epoch(self, epochs: Epochs) -> Floats:
        """Count SI minutes from the epoch of every set to common instants.

        Parameters
        ----------
        epochs : Epochs, shape (...)
            When.

        Returns
        -------
        numpy.ndarray, shape (n, ...)
            Time from each epoch [min].
        """
        own = self.elements.epochs.tai_ns.reshape(-1, *[1] * len(epochs.shape))
        return np.asarray((epochs.tai_ns - own) / _NS_PER_MIN)

    def at(self, rows: Ints, minutes: Floats) -> Motion:
        """Give positions with exact derivatives, each for its own satellite and time.

        Parameters
        ----------
        rows : numpy.ndarray of int64, shape (k,)
            Which element sets [-].
        minutes : numpy.ndarray, shape (k,)
            Time from the epoch of that set [min].

        Returns
        -------
        Motion
            One row a time.
        """
        near = self.near[rows]
        if near.all():
            return _motion(self._compiled(rows, minutes))
        table = np.empty((10, len(rows)))
        if near.any():
            table[:, near] = self._compiled(rows[near], minutes[near])
        table[:, ~near] = self._by_record(rows[~near], minutes[~near])
        return _motion(table)

    def positions(self, rows: Ints, minutes: Floats) -> Motion:
        """Give positions with nearly exact velocities, cheaper than `at` in deep space.

        Parameters
        ----------
        rows : numpy.ndarray of int64, shape (k,)
            Which element sets [-].
        minutes : numpy.ndarray, shape (k,)
            Time from the epoch of that set [min].

        Returns
        -------
        Motion
            Velocities of deep space are SGP4's own, within 5 m/s of the derivative for orbits of
            up to four days, and accelerations there are those of a two-body orbit, within 0.2 %.
        """
        near = self.near[rows]
        if near.all():
            return self.at(rows, minutes)
        table = np.empty((10, len(rows)))
        if near.any():
            table[:, near] = self._compiled(rows[near], minutes[near])
        table[:, ~near] = self._plain(rows[~near], minutes[~near])
        return _motion(table)

    def _compiled(self, rows: Ints, minutes: Floats) -> Floats:
        found = _evaluated(_state_kernel(), self.table, rows, minutes)
        unsure = np.flatnonzero(found[9])
        if len(unsure):
            found[:, unsure] = _evaluated(
                _coded_kernel(), self.inputs, rows[unsure], minutes[unsure]
            )
        return found

    def propagator(self, rows: Ints) -> Any:
        """Give the compiled propagation of rows near the Earth over tables of times.

        Parameters
        ----------
        rows : numpy.ndarray of int64, shape (k,)
            The rows [-].

        Returns
        -------
        heyoka.model.sgp4_propagator_dbl
            Takes minutes from the epochs, shape (m, k), gives SGP4's outputs, shape (m, 7, k).
        """
        key = rows.tobytes()
        found = self._propagators.get(key)
        if found is None:
            found = self._propagators[key] = expressions.propagator(self.inputs[:, rows])
        return found

    def record(self, row: int) -> Any:
        """Give one set as an object of the package `sgp4`.

        Parameters
        ----------
        row : int
            Which [-].

        Returns
        -------
        sgp4.api.Satrec
            The initialised record.
        """
        found = self._records.get(row)
        if found is None:
            found = self._records[row] = self._new_record(row)
        return found

    def _new_record(self, row: int) -> Any:
        from sgp4.api import WGS72, Satrec  # noqa: PLC0415 -- near Earth alone needs none

        sets = self.elements
        day, part = (float(dates[row]) for dates in self._dates)
        record = Satrec()
        # Deep space divides by the sine of the inclination: of one near 1e-308 rad NaN would come,
        # without a code.
        inclination = float(sets.inclination[row])
        inclination = inclination if inclination > _LEAST_INCLINATION else 0.0
        # The number plays no part in the model, and the package takes no more than six digits.
        record.sgp4init(
            WGS72, "i", 0, day + part - _JD_1950, float(sets.bstar[row]),
            float(sets.mean_motion_dot_rad_min2[row]), float(sets.mean_motion_ddot_rad_min3[row]),
            float(sets.eccentricity[row]), float(sets.argument_of_perigee[row]), inclination,
            float(sets.mean_anomaly[row]), float(sets.mean_motion_rad_min[row]),
            float(sets.node[row]),
        )  # fmt: skip
        # Days since 1950 step by 0.3 µs; the epoch itself is known better.
        record.jdsatepoch, record.jdsatepochF = day, part
        return record

    @cached_property
    def _dates(self) -> tuple[Floats, Floats]:
        """Julian dates of the epochs, whole days and the rest."""
        mjd, nanosecond = self.elements.epochs.utc_days()
        return np.asarray(mjd + _JD_OF_MJD_0), np.asarray(nanosecond / _DAY_NS)

    def _plain(self, rows: Ints, minutes: Floats) -> Floats:
        """Positions and velocities of `sgp4`, accelerations of two bodies, status."""
        order = np.argsort(rows, kind="stable")
        ordered = rows[order]
        days, rest = (part[ordered] for part in self._dates)
        rest = rest + minutes[order] / 1440.0
        place, speed = np.empty((2, len(rows), 3))
        status = np.empty(len(rows), dtype=np.uint8)
        firsts = np.flatnonzero(np.diff(ordered, prepend=-1)).tolist()
        for first, last in pairwise([*firsts, len(rows)]):  # one satellite each
            one = slice(first, last)
            status[one], place[one], speed[one] = self.record(int(ordered[first])).sgp4_array(
                days[one], rest[one]
            )
        table = np.empty((10, len(rows)))
        table[:3, order], table[3:6, order] = place.T * 1e3, speed.T * 1e3
        table[9, order] = status
        radius = np.sqrt(table[0] ** 2 + table[1] ** 2 + table[2] ** 2)
        table[6:9] = -SGP4_MU / radius**3 * table[:3]
        return table

    def _by_record(self, rows: Ints, minutes: Floats) -> Floats:
        """Positions of `sgp4` with derivatives by central differences over five points."""
        table = self._plain(rows, minutes)
        radius = np.sqrt(table[0] ** 2 + table[1] ** 2 + table[2] ** 2)
        step = _STENCIL * np.sqrt(radius**3 / SGP4_MU) / 60.0  # minutes
        step = np.where(np.isfinite(step), step, 0.01)
        around = np.empty((4, 3, len(rows)))
        for index, factor in enumerate((-2, -1, 1, 2)):
            beside = self._plain(rows, minutes + factor * step)
            around[index] = beside[:3]
            table[9] = np.where(table[9] == 0, beside[9], table[9])
        seconds = step * 60.0
        table[3:6] = (around[0] - 8 * around[1] + 8 * around[2] - around[3]) / (12 * seconds)
        table[6:9] = (
            -around[0] + 16 * around[1] - 30 * table[:3] + 16 * around[2] - around[3]
        ) / (12 * seconds**2)
        return table


def _evaluated(kernel: Any, table: Floats, rows: Ints, minutes: Floats) -> Floats:
    inputs = np.empty((len(table) + 1, len(rows)))
    np.take(table, rows, axis=1, out=inputs[:-1], mode="clip")
    inputs[-1] = minutes
    return np.asarray(kernel(inputs))


def _motion(table: Floats) -> Motion:
    status = table[9].astype(np.int8)
    if status.any():
        table[:9, status != 0] = np.nan
    return Motion(
        position=table[:3].T, velocity=table[3:6].T, acceleration=table[6:9].T, status=status
    )


def propagate(
    elements: ElementSets | Sgp4,
    epochs: Epochs,
    *,
    map: Callable[..., Any] = map,  # noqa: A002 -- the name of what it replaces
) -> Propagation:
    """Propagate element sets by SGP4.

    Parameters
    ----------
    elements : ElementSets or Sgp4
        Element sets, n rows; made ready, if they are propagated several times.
    epochs : Epochs, shape (m,) or (n, m)
        Common instants, or own ones of every set.
    map : callable
        ``map(function, items)`` that may use several threads.

    Returns
    -------
    Propagation
        Positions, velocities and status codes; where a code is not 0 the position is NaN. Against
        `sgp4` 2.27: 0.1 mm near the Earth, the same numbers in deep space, the same codes.
    """
    ready = elements if isinstance(elements, Sgp4) else Sgp4(elements)
    many = len(ready.elements)
    if len(epochs.shape) not in {1, 2} or (epochs.shape[:-1] not in {(), (many,)}):
        raise InputError(
            f"epochs has shape {epochs.shape}; give (m,) for common instants or "
            f"({many}, m) for own ones of each of {many} element sets"
        )
    count = epochs.shape[-1]
    found = np.empty((count, 7, many))
    # Instants below each other, satellites side by side; one column where they are common.
    when = epochs.tai_ns.reshape(many if len(epochs.shape) == 2 else 1, count).T

    def _fill(rows: Ints) -> None:
        own = when if when.shape[1] == 1 else when[:, rows]
        if not ready.near[rows[0]]:
            _fill_recorded(ready, rows, own, found)
        elif len(rows) < _FEW:
            _fill_compiled(ready, rows, own, found)
        else:
            _fill_tables(ready, rows, own, found)

    list(map(_fill, _pieces(ready.near)))
    codes = found[:, 6].T
    status = codes.astype(np.int8)
    if status.any():
        found.transpose(2, 0, 1)[codes != 0, :6] = np.nan
    return Propagation(
        position=found[:, :3].transpose(2, 0, 1),
        velocity=found[:, 3:6].transpose(2, 0, 1),
        status=status,
    )


def _pieces(near: NDArray[np.bool_]) -> list[Ints]:
    """Cut the rows into lists that one engine serves."""
    return [
        run[start : start + _WIDE]
        for run in (np.flatnonzero(near), np.flatnonzero(~near))
        for start in range(0, len(run), _WIDE)
    ]


def _fill_tables(ready: Sgp4, rows: Ints, when: Ints, found: Floats) -> None:
    """Compute many near-Earth rows; those in doubt by the other engine, which gives codes too."""
    epochs = ready.elements.epochs.tai_ns[rows]
    known = np.take(ready.table, rows, axis=1)
    whole = len(rows) == found.shape[2]
    high = max(1, _BLOCK // len(rows))
    doubted = np.zeros(len(rows), dtype=np.bool_)
    for start in range(0, len(found), high):
        minutes = (when[start : start + high] - epochs) / _NS_PER_MIN
        target = found[start : start + high]
        answer = target if whole else np.empty((len(minutes), 7, len(rows)))
        fill(known, minutes, answer)
        doubted |= answer[:, 6].any(axis=0)
        if not whole:
            target[:, :, rows] = answer
    if doubted.any():
        _fill_compiled(ready, rows[doubted], when if when.shape[1] == 1 else when[:, doubted],
                       found)  # fmt: skip


def _fill_compiled(ready: Sgp4, rows: Ints, when: Ints, found: Floats) -> None:
    """Compute near-Earth rows, a few times of all of them at once."""
    engine = ready.propagator(rows)
    epochs = ready.elements.epochs.tai_ns[rows]
    whole = len(rows) == found.shape[2]
    high = max(1, _BLOCK // len(rows))
    answers = np.empty((min(high, len(found)), 7, len(rows)))
    for start in range(0, len(found), high):
        # Own times of every satellite come turned on their side; the engine takes rows of memory.
        minutes = np.ascontiguousarray((when[start : start + high] - epochs) / _NS_PER_MIN)
        target = found[start : start + high]
        answer = answers[: len(minutes)]  # still in the cache when it is read again
        engine(minutes, out=answer)
        if whole:
            np.multiply(answer[:, :6], 1000.0, out=target[:, :6])
            target[:, 6] = answer[:, 6]
        else:
            answer[:, :6] *= 1000.0
            target[:, :, rows] = answer


def _fill_recorded(ready: Sgp4, rows: Ints, when: Ints, found: Floats) -> None:
    """Compute rows by the package `sgp4`, with days split as its users split them."""
    mjd, since_midnight = ready.elements.epochs.utc_days()
    for column, row in enumerate(rows):
        elapsed = when[:, column if when.shape[1] > 1 else 0] - ready.elements.epochs.tai_ns[row]
        days, rest = np.divmod(since_midnight[row] + elapsed, int(_DAY_NS))
        status, position, velocity = ready.record(int(row)).sgp4_array(
            days + (float(mjd[row]) + _JD_OF_MJD_0), rest / _DAY_NS
        )
        found[:, :3, row], found[:, 3:6, row] = position * 1e3, velocity * 1e3
        found[:, 6, row] = status
