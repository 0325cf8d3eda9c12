"""Instants on an axis: where they stand, and how their ticks are called. Layout only."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kosmodrom.report.words import Words

__all__ = ["clock", "day_of", "days_words", "instant_words", "read_instant", "time_ticks"]

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_STEPS = (
    1, 2, 5, 10, 15, 30, _MINUTE, 2 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 15 * _MINUTE,
    30 * _MINUTE, _HOUR, 2 * _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 5 * _DAY,
    7 * _DAY, 14 * _DAY,
)  # fmt: skip
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)


def read_instant(text: object) -> float | None:
    """Read an instant.

    Parameters
    ----------
    text : object
        ISO text with a zone, or anything else.

    Returns
    -------
    float or None
        Seconds since 1970 for a place on an axis, where a leap second counts as the one before
        [s]; None where it is no instant.
    """
    if not isinstance(text, str) or len(text) > 64 or "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(":60", ":59", 1))
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment.timestamp()


def _moment(seconds: float) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=math.floor(seconds))


def day_of(seconds: float) -> date:
    """Give the UTC day of an instant.

    Parameters
    ----------
    seconds : float
        Seconds since 1970 [s].

    Returns
    -------
    datetime.date
        The day.
    """
    return _moment(seconds).date()


def clock(seconds: float, words: Words, *, to_second: bool = False) -> str:
    """Write the UTC clock time of an instant, cut and not rounded.

    Parameters
    ----------
    seconds : float
        Seconds since 1970 [s].
    words : Words
        The language.
    to_second : bool
        Whether seconds are written too.

    Returns
    -------
    str
        Like "18:32" or, in Indonesian, "18.32".
    """
    shown = _moment(seconds).strftime("%H:%M:%S" if to_second else "%H:%M")
    return shown if words.lang == "en" else shown.replace(":", ".")


def instant_words(seconds: float, words: Words, *, to_second: bool = False) -> str:
    """Write an instant with its day.

    Parameters
    ----------
    seconds : float
        Seconds since 1970 [s].
    words : Words
        The language.
    to_second : bool
        Whether seconds are written too.

    Returns
    -------
    str
        Like "13 Sep 2023, 18:32 UTC".
    """
    day = words.plain_day(day_of(seconds), "short")
    return words.say("report_instant", day=day, clock=clock(seconds, words, to_second=to_second))


def days_words(start: float, end: float, words: Words) -> str:
    """Write the days of a period; an end at midnight belongs to the day before.

    Parameters
    ----------
    start, end : float
        Seconds since 1970 [s].
    words : Words
        The language.

    Returns
    -------
    str
        One day, or the first and the last.
    """
    first, last = day_of(start), day_of(max(start, end - 1))
    if first == last:
        return words.plain_day(first)
    form = "day"  # what both have in common is written once
    if first.year == last.year:
        form = "number" if first.month == last.month else "yearless"
    low = words.plain_day(first, form)
    return words.say("report_span", low=low, high=words.plain_day(last))


def time_ticks(start: float, end: float, most: int, words: Words) -> list[tuple[float, str, bool]]:
    """Choose ticks for an axis of time, at whole hours, days or months of UTC.

    Parameters
    ----------
    start, end : float
        Ends of the axis, seconds since 1970 [s].
    most : int
        Greatest number of ticks [-].
    words : Words
        The language.

    Returns
    -------
    list of (float, str, bool)
        Seconds since 1970 [s], what is written there, and whether a day begins.
    """
    length = end - start
    step = next((step for step in _STEPS if length / step <= most), 0)
    if not step:
        return _months(start, end, most, words)
    first = math.ceil(start / step) * step
    if step > _DAY:  # whole days from the first midnight on
        first = math.ceil(start / _DAY) * _DAY
    ticks = []
    for number in range(int((end - first) // step) + 1 if first <= end else 0):
        at = float(first + number * step)
        midnight = at % _DAY == 0
        text = (
            words.plain_day(day_of(at), "brief")
            if midnight
            else clock(at, words, to_second=step < _MINUTE)
        )
        ticks.append((at, text, midnight and step < _DAY))
    return ticks


def _months(start: float, end: float, most: int, words: Words) -> list[tuple[float, str, bool]]:
    first = day_of(start)
    count = first.year * 12 + first.month - 1
    months = (end - start) / (30.44 * _DAY)
    step = next((step for step in _MONTHS if months / step <= most), _MONTHS[-1])
    ticks = []
    for number in range(-(-count // step) * step, count + int(months) + 2, step):
        day = datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)
        if start <= day.timestamp() <= end:
            ticks.append((day.timestamp(), words.plain_day(day.date(), "tick"), False))
    return ticks
