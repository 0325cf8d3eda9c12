"""UTC to TAI and back on integer nanoseconds: the arithmetic under `Epochs`.

TAI is counted in nanoseconds from 2000-01-01T00:00:00 TAI. UTC is a pair: day number (MJD) and
nanoseconds of that day, so that a leap second is nanosecond 86 400 000 000 000 of its day.

From 1972 the offset is the table of leap seconds in ERFA; after its last row the last offset
stays. Before 1972, UTC is taken to be UT1 (see `_before_1972`).

References
----------
Delta T, TT - UT1 at 1 January 1900 to 1971: The Astronomical Almanac, section K, "Reduction of
time scales", after D. D. McCarthy and A. K. Babcock, Physics of the Earth and Planetary Interiors
44 (1986), 281-292.
"""

from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base._iso import FIRST_YEAR, LAST_YEAR, mjd_of
from kosmodrom.base.constants import TT_MINUS_TAI

__all__ = [
    "DAY_NS",
    "MJD_1972",
    "MJD_FIRST",
    "MJD_LAST",
    "MJD_OF_ORIGIN",
    "SECOND_NS",
    "Ints",
    "day_length",
    "limits",
    "tai_to_utc",
    "utc_to_tai",
]

Ints = NDArray[np.int64]
SECOND_NS = 1_000_000_000
DAY_NS = 86_400 * SECOND_NS
MJD_OF_ORIGIN = 51_544  # 2000-01-01
MJD_1972 = 41_317  # 1972-01-01, the first day of UTC with whole leap seconds
MJD_FIRST, MJD_LAST = mjd_of(date(FIRST_YEAR, 1, 1)), mjd_of(date(LAST_YEAR, 12, 31))

# TT - UT1 [s] on 1 January of 1900, 1901, ... 1971.
_DELTA_T = (
    -2.72, -1.54, -0.02, 1.24, 2.64, 3.86, 5.37, 6.14, 7.75, 9.13,
    10.46, 11.53, 13.36, 14.65, 16.01, 17.20, 18.24, 19.06, 20.25, 20.95,
    21.16, 22.25, 22.41, 23.03, 23.49, 23.62, 23.86, 24.49, 24.34, 24.08,
    24.02, 24.00, 23.87, 23.95, 23.86, 23.93, 23.73, 23.92, 23.96, 24.02,
    24.33, 24.83, 25.30, 25.70, 26.24, 26.77, 27.28, 27.78, 28.25, 28.71,
    29.15, 29.57, 29.97, 30.36, 30.72, 31.07, 31.35, 31.68, 32.18, 32.68,
    33.15, 33.59, 34.00, 34.47, 35.03, 35.73, 36.54, 37.43, 38.29, 39.20,
    40.18, 41.17,
)  # fmt: skip


@cache
def _leaps() -> tuple[Ints, Ints]:
    """First days (MJD) and the TAI - UTC [s] that holds from them on, 1972 and later."""
    import erfa  # noqa: PLC0415 -- keeps ERFA out of checks that read text only

    table = erfa.leap_seconds.get()
    table = table[table["year"] >= 1972]
    days = [
        mjd_of(date(int(year), int(month), 1))
        for year, month in zip(table["year"], table["month"], strict=True)
    ]
    return np.array(days, dtype=np.int64), np.rint(table["tai_utc"]).astype(np.int64)


@cache
def _before_1972() -> tuple[Ints, Ints, Ints]:
    """Nodes of UT1 taken as UTC: UT1 and TAI [ns from the origin], and TAI - UT1 [ns].

    The last node is put at exactly 10 s, the TAI - UTC with which leap seconds began, where Delta
    T gives 10.046 s: so the map from UTC to TAI has no jump and no fold at 1972-01-01, and every
    instant has one text. It moves the times of 1971 by less than 0.05 s.
    """
    offset = np.rint((np.array(_DELTA_T) - TT_MINUS_TAI) * 1e9).astype(np.int64)
    offset = np.append(offset, 10 * SECOND_NS)
    days = np.array([mjd_of(date(year, 1, 1)) for year in range(1900, 1973)], dtype=np.int64)
    ut1 = (days - MJD_OF_ORIGIN) * DAY_NS
    return ut1, ut1 + offset, offset


def _whole_seconds(mjd: Ints) -> Ints:
    """TAI - UTC [s] at the start of days of 1972 and later; 10 before, for differences only."""
    days, offset = _leaps()
    return np.asarray(offset[np.maximum(np.searchsorted(days, mjd, side="right") - 1, 0)])


def day_length(mjd: Ints) -> Ints:
    """Give the length of days of UTC, leap second included.

    Parameters
    ----------
    mjd : numpy.ndarray of int64, shape (...)
        Modified Julian day numbers of UTC [d].

    Returns
    -------
    numpy.ndarray of int64, shape (...)
        Length [ns].
    """
    leap = _whole_seconds(np.asarray(mjd + 1)) - _whole_seconds(mjd)
    return np.asarray(DAY_NS + leap * SECOND_NS)


def utc_to_tai(mjd: Ints, nanosecond: Ints) -> Ints:
    """Turn UTC into TAI.

    Parameters
    ----------
    mjd : numpy.ndarray of int64, shape (...)
        Modified Julian day numbers of UTC [d].
    nanosecond : numpy.ndarray of int64, shape (...)
        Nanoseconds since the day began [ns].

    Returns
    -------
    numpy.ndarray of int64, shape (...)
        TAI from the origin [ns].
    """
    utc = (mjd - MJD_OF_ORIGIN) * DAY_NS + nanosecond
    tai = utc + _whole_seconds(mjd) * SECOND_NS
    early = mjd < MJD_1972
    if early.any():
        at, _, node = _before_1972()
        tai = np.where(early, utc + np.rint(np.interp(utc, at, node)).astype(np.int64), tai)
    return np.asarray(tai, dtype=np.int64)


def tai_to_utc(tai: Ints) -> tuple[Ints, Ints]:
    """Turn TAI into UTC.

    Parameters
    ----------
    tai : numpy.ndarray of int64, shape (...)
        TAI from the origin [ns].

    Returns
    -------
    mjd : numpy.ndarray of int64, shape (...)
        Modified Julian day numbers of UTC [d].
    nanosecond : numpy.ndarray of int64, shape (...)
        Nanoseconds since the day began [ns].
    """
    days, offset = _leaps()
    starts = (days - MJD_OF_ORIGIN) * DAY_NS + offset * SECOND_NS
    row = np.searchsorted(starts, tai, side="right") - 1
    utc = tai - offset[np.maximum(row, 0)] * SECOND_NS
    early = row < 0
    if early.any():
        _, at, node = _before_1972()
        utc = np.where(early, tai - np.rint(np.interp(tai, at, node)).astype(np.int64), utc)
    mjd, nanosecond = np.divmod(utc, DAY_NS)
    mjd = mjd + MJD_OF_ORIGIN
    # In a leap second the old offset still holds and the division has run into the next day.
    following = np.append(days, np.iinfo(np.int64).max)[row + 1]
    inside = ~early & (mjd >= following)
    return (
        np.asarray(mjd - inside, dtype=np.int64),
        np.asarray(nanosecond + inside * DAY_NS, dtype=np.int64),
    )


@cache
def limits() -> tuple[int, int]:
    """Give the first and the last TAI that can be shown.

    Returns
    -------
    first, last : int
        TAI from the origin [ns].
    """
    days = np.array([MJD_FIRST, MJD_LAST], dtype=np.int64)
    low, high = utc_to_tai(days, np.array([0, DAY_NS - 1], dtype=np.int64))
    return int(low), int(high)
