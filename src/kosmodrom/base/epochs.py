"""Instants, held as whole nanoseconds of TAI and shown in other time scales.

Leap seconds belong to `Epochs`. Beyond the end of ERFA's table the last TAI - UTC is kept, so UTC
of the far future may move when a leap second is announced. Before 1972 UTC is taken to be UT1,
read from yearly Delta T; `Epochs.utc_uncertainty` says how well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kosmodrom.base import _scales
from kosmodrom.base._iso import (
    FIRST_YEAR,
    LAST_YEAR,
    clock_text,
    mjd_of,
    parse_clock,
)
from kosmodrom.base.constants import TT_MINUS_TAI
from kosmodrom.errors import InputError

__all__ = [
    "EarthRotation",
    "Epochs",
]

JulianDate = tuple[NDArray[np.float64], NDArray[np.float64]]
_JD_OF_MJD_0 = 2_400_000.5
_MJD_1955 = mjd_of(date(1955, 1, 1))
_TT_NS = round(TT_MINUS_TAI * 1000) * 1_000_000


class EarthRotation(Protocol):
    """What `Epochs.ut1_jd` asks of Earth orientation; `earth.EarthOrientation` gives it."""

    def ut1_minus_tai_at(self, epochs: "Epochs") -> NDArray[np.float64]:
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


@dataclass(frozen=True, slots=True, eq=False)
class Epochs:
    """Instants from 1900 to 2200.

    Two sets subtract to whole nanoseconds; compare their `tai_ns` to find equal instants.

    Attributes
    ----------
    tai_ns : numpy.ndarray of int64, shape (...)
        Time since 2000-01-01T00:00:00 TAI, on the scale TAI [ns].
    """

    tai_ns: NDArray[np.int64]

    def __post_init__(self) -> None:
        given = np.asarray(self.tai_ns)
        if given.dtype.kind not in "iu":
            raise InputError(
                f"tai_ns has the type {given.dtype}; a float steps by a microsecond or more here, "
                "so give whole nanoseconds, or use Epochs.from_iso"
            )
        frozen = np.array(given, dtype=np.int64)
        low, high = _scales.limits()
        if frozen.size and (frozen.min() < low or frozen.max() > high):
            worst = frozen.min() if frozen.min() < low else frozen.max()
            raise InputError(
                f"tai_ns {worst} ns lies outside {FIRST_YEAR} to {LAST_YEAR} ({low} to {high} ns)"
            )
        frozen.flags.writeable = False
        object.__setattr__(self, "tai_ns", frozen)

    @classmethod
    def from_iso(cls, text: str | Sequence[str] | NDArray[np.str_]) -> Self:
        """Read ISO text with a zone.

        Parameters
        ----------
        text : str or sequence of str
            Like ``2023-09-13T04:09Z`` or ``2023-09-13T13:09:30.5+09:00``, to the nanosecond.

        Returns
        -------
        Epochs
            Of shape () for one text, (n,) for n.

        Examples
        --------
        >>> Epochs.from_iso("2017-01-01T08:59:60.5+09:00").utc_iso(1)
        '2016-12-31T23:59:60.5Z'
        """
        texts = np.asarray(text, dtype=object)
        read = [parse_clock(str(one)) for one in texts.ravel()]
        mjd = np.array([mjd_of(day) for day, _ in read], dtype=np.int64)
        nanosecond = np.array([ns for _, ns in read], dtype=np.int64)
        late = nanosecond >= _scales.day_length(mjd)
        if late.any():
            wrong = texts.ravel()[int(np.argmax(late))]
            raise InputError(
                f"{wrong} is no leap second: that UTC day ends with second 59; the last leap "
                "second known was 2016-12-31T23:59:60Z"
            )
        return cls(_scales.utc_to_tai(mjd, nanosecond).reshape(texts.shape))

    @classmethod
    def from_datetime(cls, when: datetime | Sequence[datetime]) -> Self:
        """Take aware datetimes.

        Parameters
        ----------
        when : datetime.datetime or sequence of datetime.datetime
            Each with a time zone.

        Returns
        -------
        Epochs
            Of shape () for one datetime, (n,) for n.
        """
        moments = [when] if isinstance(when, datetime) else list(when)
        for moment in moments:
            if moment.utcoffset() is None:
                raise InputError(
                    f"{moment.isoformat()} has no zone; give datetime(..., tzinfo=UTC) or another "
                    "time zone"
                )
        texts = [moment.astimezone(UTC).isoformat() for moment in moments]
        return cls.from_iso(texts[0] if isinstance(when, datetime) else texts)

    @classmethod
    def from_utc(cls, mjd: ArrayLike, nanosecond: ArrayLike = 0) -> Self:
        """Take days of UTC and the time of day.

        Parameters
        ----------
        mjd : array_like of int, shape (...)
            Modified Julian day number of the UTC day [d].
        nanosecond : array_like of int, shape (...)
            Nanoseconds since the day began, up to 86401e9 on a day with a leap second [ns].

        Returns
        -------
        Epochs
            Of the shape to which the two broadcast.
        """
        days, part = np.broadcast_arrays(np.asarray(mjd), np.asarray(nanosecond))
        if days.dtype.kind not in "iu" or part.dtype.kind not in "iu":
            raise InputError(
                f"mjd has the type {days.dtype} and nanosecond {part.dtype}; give whole numbers"
            )
        days, part = days.astype(np.int64), part.astype(np.int64)
        if days.size and (days.min() < _scales.MJD_FIRST or days.max() > _scales.MJD_LAST):
            raise InputError(
                f"mjd runs from {days.min()} to {days.max()}; only {_scales.MJD_FIRST} to "
                f"{_scales.MJD_LAST} ({FIRST_YEAR} to {LAST_YEAR}) can be used"
            )
        if np.any(part < 0) or np.any(part >= _scales.day_length(days)):
            raise InputError(
                f"nanosecond runs from {part.min()} to {part.max()}; a day of UTC has "
                f"{_scales.DAY_NS} of them, and 1e9 more where a leap second ends it"
            )
        return cls(_scales.utc_to_tai(days, part))

    @property
    def shape(self) -> tuple[int, ...]:
        """Give the shape of the set.

        Returns
        -------
        tuple of int
            () for one instant [-].
        """
        return self.tai_ns.shape

    def __len__(self) -> int:
        return len(self.tai_ns)

    def __getitem__(self, index: Any) -> "Epochs":  # whatever NumPy takes
        return Epochs(np.asarray(self.tai_ns[index]))

    def __sub__(self, other: "Epochs") -> NDArray[np.int64]:
        if np.any(np.abs(self.tai_ns / 1e9 - other.tai_ns / 1e9) > 9.2e9):
            raise InputError(
                "the instants are more than 291 years apart; int64 nanoseconds end there, so "
                "subtract in two steps"
            )
        return np.asarray(self.tai_ns - other.tai_ns)

    def __repr__(self) -> str:
        if self.tai_ns.size <= 3:  # a longer set is summed up by its ends
            return f"Epochs({self.utc_iso(9)!r})"
        ends = Epochs(self.tai_ns.ravel()[[0, -1]]).utc_iso(9)
        return f"Epochs(shape={self.shape}, {ends[0]} … {ends[1]})"

    def plus(self, seconds: ArrayLike) -> "Epochs":
        """Move by a time, counted in SI seconds across leap seconds.

        Parameters
        ----------
        seconds : array_like, shape (...)
            How far, rounded to the nanosecond [s].

        Returns
        -------
        Epochs
            The moved instants.

        Examples
        --------
        >>> Epochs.from_iso("2016-12-31T23:59:59Z").plus(2).utc_iso(0)
        '2017-01-01T00:00:00Z'
        """
        step = np.asarray(seconds, dtype=np.float64)
        if not np.all(np.isfinite(step)):
            raise InputError("seconds holds a value that is not finite; give numbers of seconds")
        if np.any(np.abs(self.tai_ns / 1e9 + step) > 9e9):  # int64 ends at 9.2e18 ns
            raise InputError(
                f"seconds reach {np.abs(step).max():.3g} s; that leaves the years {FIRST_YEAR} to "
                f"{LAST_YEAR}"
            )
        whole = np.trunc(step)
        rest = np.rint((step - whole) * 1e9).astype(np.int64)
        return Epochs(self.tai_ns + (whole.astype(np.int64) * _scales.SECOND_NS + rest))

    def seconds_since(self, other: "Epochs") -> NDArray[np.float64]:
        """Count SI seconds since other instants.

        Parameters
        ----------
        other : Epochs, shape (...)
            The instants to count from.

        Returns
        -------
        numpy.ndarray, shape (...)
            Time between them, rounded once from exact nanoseconds [s].
        """
        return np.asarray((self - other) / 1e9)

    def utc_iso(self, decimals: int = 3) -> str | list[str]:
        """Write as ISO text in UTC; see `zone_iso`.

        Parameters
        ----------
        decimals : int
            Decimals of the seconds, 0 to 9 [-].

        Returns
        -------
        str or list
            One text for one instant; otherwise nested lists of the shape of the set.

        Examples
        --------
        >>> Epochs.from_iso("2023-09-13T13:09:30.25+09:00").utc_iso()
        '2023-09-13T04:09:30.250Z'
        """
        return self.zone_iso(UTC, decimals)

    def zone_iso(self, zone: tzinfo, decimals: int = 0) -> str | list[str]:
        """Write as ISO text in a time zone, rounded to the nearest; a leap second is ``:60``.

        Parameters
        ----------
        zone : datetime.tzinfo
            The time zone, as ``zoneinfo.ZoneInfo("Asia/Jakarta")``.
        decimals : int
            Decimals of the seconds, 0 to 9 [-].

        Returns
        -------
        str or list
            One text for one instant; otherwise nested lists of the shape of the set.

        Examples
        --------
        >>> from datetime import timedelta, timezone
        >>> Epochs.from_iso("2023-09-13T04:09:00Z").zone_iso(timezone(timedelta(hours=9)))
        '2023-09-13T13:09:00+09:00'
        """
        if not 0 <= decimals <= 9:
            raise InputError(f"decimals is {decimals}; 0 to 9 can be written")
        step = 10 ** (9 - decimals)
        mjd, nanosecond = _scales.tai_to_utc(self.tai_ns)
        nanosecond = (nanosecond + step // 2) // step * step
        over = nanosecond >= _scales.day_length(mjd)
        mjd, nanosecond = mjd + over, np.where(over, 0, nanosecond)
        texts = np.empty(self.shape, dtype=object)
        for index in np.ndindex(self.shape):
            texts[index] = clock_text(int(mjd[index]), int(nanosecond[index]), zone, decimals)
        found: str | list[str] = texts.tolist()
        return found

    def utc_days(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Split into days of UTC and the time of day; `from_utc` takes them back.

        Returns
        -------
        mjd : numpy.ndarray of int64, shape (...)
            Modified Julian day number of the UTC day [d].
        nanosecond : numpy.ndarray of int64, shape (...)
            Nanoseconds since the day began [ns].
        """
        return _scales.tai_to_utc(self.tai_ns)

    def utc_jd(self) -> JulianDate:
        """Give UTC as ERFA's two-part quasi Julian date.

        On a day with a leap second the fraction is of 86401 s, as in ERFA.

        Returns
        -------
        day, fraction : numpy.ndarray, shape (...)
            Julian date at the start of the day and the part of the day gone [d].
        """
        mjd, nanosecond = _scales.tai_to_utc(self.tai_ns)
        return np.asarray(mjd + _JD_OF_MJD_0), np.asarray(nanosecond / _scales.day_length(mjd))

    def tt_jd(self) -> JulianDate:
        """Give Terrestrial Time as a two-part Julian date.

        Returns
        -------
        day, fraction : numpy.ndarray, shape (...)
            Julian date at the start of the day and the part of the day gone [d].
        """
        return _two_parts(self.tai_ns + _TT_NS)

    def tdb_jd(self) -> JulianDate:
        """Give Barycentric Dynamical Time at the geocentre as a two-part Julian date.

        TDB - TT is the series of Fairhead and Bretagnon in ERFA's ``dtdb``, good to some
        nanoseconds in 1950 to 2050 and to the rounding of this view, 0.5 ns, in itself.

        Returns
        -------
        day, fraction : numpy.ndarray, shape (...)
            Julian date at the start of the day and the part of the day gone [d].
        """
        import erfa  # noqa: PLC0415 -- keeps ERFA out of checks that read text only

        day, fraction = self.tt_jd()
        periodic = erfa.dtdb(day, fraction, 0.0, 0.0, 0.0, 0.0)
        return _two_parts(self.tai_ns + _TT_NS + np.rint(periodic * 1e9).astype(np.int64))

    def ut1_jd(self, earth: EarthRotation) -> JulianDate:
        """Give UT1 as a two-part Julian date.

        Before 1972 UT1 is UTC by the convention of this package, and `earth` is not asked.

        Parameters
        ----------
        earth : EarthRotation
            Earth orientation that covers the instants.

        Returns
        -------
        day, fraction : numpy.ndarray, shape (...)
            Julian date at the start of the day and the part of the day gone [d].
        """
        mjd, nanosecond = _scales.tai_to_utc(self.tai_ns)
        ut1 = np.array((mjd - _scales.MJD_OF_ORIGIN) * _scales.DAY_NS + nanosecond)
        late = mjd >= _scales.MJD_1972
        if late.any():
            offset = earth.ut1_minus_tai_at(self[late])
            ut1[late] = self.tai_ns[late] + np.rint(offset * 1e9).astype(np.int64)
        return _two_parts(ut1)

    def tai_minus_utc(self) -> NDArray[np.float64]:
        """Give TAI - UTC: whole seconds since 1972, before that TAI - UT1.

        In a leap second it is still the offset from before it.

        Returns
        -------
        numpy.ndarray, shape (...)
            TAI - UTC [s].
        """
        mjd, nanosecond = _scales.tai_to_utc(self.tai_ns)
        utc = (mjd - _scales.MJD_OF_ORIGIN) * _scales.DAY_NS + nanosecond
        return np.asarray((self.tai_ns - utc) / 1e9)

    def utc_uncertainty(self) -> NDArray[np.float64]:
        """Say how far UTC may be off because it was taken to be UT1 before 1972.

        Returns
        -------
        numpy.ndarray, shape (...)
            Bound of the error of TAI for a given UTC [s]: 0 from 1972, 0.2 from 1955, when clocks
            began to count atomic seconds, and 1.5 before, when Delta T itself is known no better.
        """
        mjd, _ = _scales.tai_to_utc(self.tai_ns)
        return np.select([mjd >= _scales.MJD_1972, mjd >= _MJD_1955], [0.0, 0.2], 1.5)


def _two_parts(nanoseconds: NDArray[np.int64]) -> JulianDate:
    day, rest = np.divmod(nanoseconds, _scales.DAY_NS)
    return np.asarray(day + (_JD_OF_MJD_0 + _scales.MJD_OF_ORIGIN)), np.asarray(
        rest / _scales.DAY_NS
    )
