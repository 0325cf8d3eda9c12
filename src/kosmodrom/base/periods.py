"""Instants, days and intervals as users write them."""

from functools import lru_cache

import numpy as np

from kosmodrom.base import _scales
from kosmodrom.base._iso import looks_like_clock, mjd_of
from kosmodrom.base.dates import DateRange
from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError

__all__ = [
    "check_instant_or_day",
    "day_bounds",
    "parse_instant_or_day",
    "read_span",
    "seconds_of",
]


def parse_instant_or_day(text: str) -> Epochs | DateRange:
    """Read an instant with a zone, or a day, month, year or range.

    Parameters
    ----------
    text : str
        ISO text.

    Returns
    -------
    Epochs or DateRange
        An instant of shape (), or whole days of UTC.

    Examples
    --------
    >>> parse_instant_or_day("2023-09-13")
    DateRange(first=datetime.date(2023, 9, 13), last=datetime.date(2023, 9, 13))
    """
    return Epochs.from_iso(text) if looks_like_clock(text) else DateRange.parse(text)


def check_instant_or_day(text: str) -> None:
    """Refuse text that `parse_instant_or_day` cannot read, and say why.

    Parameters
    ----------
    text : str
        ISO text.
    """
    parse_instant_or_day(text)


def read_span(text: str) -> tuple[Epochs, Epochs]:
    """Read an instant, whole days, or two of these as the ends of an interval.

    Parameters
    ----------
    text : str
        ISO text, like ``2026-08-22T03:00Z/2026-08-22T05:00Z``.

    Returns
    -------
    first, last : Epochs, shape ()
        The ends; both the same for an instant.

    Examples
    --------
    >>> first, last = read_span("2026-08-22T03:00Z/2026-08-22T05:00Z")
    >>> float(last.seconds_since(first))
    7200.0
    """
    begin, slash, end = (part.strip() for part in text.partition("/"))
    if not slash or not (looks_like_clock(begin) or looks_like_clock(end)):
        read = parse_instant_or_day(text)
        return day_bounds(read) if isinstance(read, DateRange) else (read, read)
    first, last = read_span(begin)[0], read_span(end)[1]
    if last.tai_ns < first.tai_ns:
        raise InputError(f"{text!r} ends before it begins; exchange the two")
    return first, last


@lru_cache(maxsize=256)
def day_bounds(days: DateRange) -> tuple[Epochs, Epochs]:
    """Give the first and the last nanosecond of whole days of UTC.

    Parameters
    ----------
    days : DateRange
        The days; a leap second belongs to the day it ends.

    Returns
    -------
    first, last : Epochs, shape ()
        First and last instant, both in the days.

    Examples
    --------
    >>> day_bounds(DateRange.parse("2016-12-31"))[1].utc_iso(9)
    '2016-12-31T23:59:60.999999999Z'
    """
    last = np.asarray(mjd_of(days.last))
    return Epochs.from_utc(mjd_of(days.first)), Epochs.from_utc(last, _scales.day_length(last) - 1)


def seconds_of(text: str) -> tuple[float, float]:
    """Read an instant, or the ends of days, as seconds on one axis for comparison.

    Parameters
    ----------
    text : str
        ISO text of an instant with a zone, or of a day, month, year or range.

    Returns
    -------
    first, last : float
        TAI since 2000-01-01T00:00:00 TAI [s]; equal for an instant, the last nanosecond for days.

    Examples
    --------
    >>> first, last = seconds_of("2016-12-31")
    >>> round(last - first)
    86401
    """
    read = parse_instant_or_day(text)
    first, last = day_bounds(read) if isinstance(read, DateRange) else (read, read)
    return float(first.tai_ns / 1e9), float(last.tai_ns / 1e9)
