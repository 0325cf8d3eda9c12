"""ISO text of days and clock times, read without arrays and without leap-second tables."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from kosmodrom.errors import InputError

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "check_year",
    "clock_text",
    "days_in_month",
    "looks_like_clock",
    "mjd_of",
    "parse_clock",
    "parse_day",
    "shown",
]

FIRST_YEAR, LAST_YEAR = 1900, 2200
_MJD_0 = date(1858, 11, 17)
_LONGEST = 64  # characters; the longest good text, two instants, has fewer
_CLOCK = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_FORM = "write it like 2023-09-13T04:09Z or 2023-09-13T13:09:30.5+09:00"
_DAY_FIRST = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})", re.ASCII)


def mjd_of(day: date) -> int:
    """Give the modified Julian day number of a day.

    Parameters
    ----------
    day : datetime.date
        The day.

    Returns
    -------
    int
        Days since 1858-11-17 [d].
    """
    return (day - _MJD_0).days


def looks_like_clock(text: str) -> bool:
    """Tell a clock time from a day by its colon.

    Parameters
    ----------
    text : str
        What was given.

    Returns
    -------
    bool
        Whether it has a colon.
    """
    return ":" in text


def shown(text: str) -> str:
    """Quote what was given, cut to a length that fits a message.

    Parameters
    ----------
    text : str
        What was given.

    Returns
    -------
    str
        The quotation.
    """
    return repr(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")


def parse_day(text: str) -> date:
    """Read one day, ``2023-09-13``; refuse one that the calendar lacks.

    Parameters
    ----------
    text : str
        What was given.

    Returns
    -------
    datetime.date
        The day.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is None:
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = found.groups()
            raise InputError(f"{text} is not a day; write {year}-{int(month):02d}-{int(day):02d}")
        raise InputError(f"{shown(text)} is not a day; write the year first, like 2023-09-13")
    year, month, day_of_month = (int(part) for part in text.split("-"))
    check_year(year, text)
    if not 1 <= month <= 12:
        raise InputError(f"{text} has month {month}; months go from 01 to 12")
    last = days_in_month(year, month)
    if not 1 <= day_of_month <= last:
        raise InputError(f"{text} is not a day: {year}-{month:02d} has {last} days")
    return date(year, month, day_of_month)


def check_year(year: int, text: str) -> None:
    """Refuse a year outside those the package covers.

    Parameters
    ----------
    year : int
        The year [-].
    text : str
        What was given, for the message.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InputError(
            f"{text} is in the year {year}; only {FIRST_YEAR} to {LAST_YEAR} can be used"
        )


def days_in_month(year: int, month: int) -> int:
    """Count the days of a month.

    Parameters
    ----------
    year, month : int
        Which month [-].

    Returns
    -------
    int
        28 to 31 [d].
    """
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def parse_clock(text: str) -> tuple[date, int]:
    """Read a clock time with its zone as a UTC day and the time of that day.

    A second 60 is passed on where it ends a UTC day: whether that day has a leap second is for the
    caller, who has the table.

    Parameters
    ----------
    text : str
        Like ``2023-09-13T13:09:30.5+09:00``.

    Returns
    -------
    day : datetime.date
        The day of UTC.
    nanosecond : int
        Nanoseconds since the day began [ns].
    """
    if len(text) > _LONGEST:
        raise InputError(f"{shown(text)} is too long for an instant; {_FORM}")
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise InputError(f"{shown(text)} is not an instant; {_FORM}")
    day_text, hour, minute, second, fraction, zone = found.groups()
    day = parse_day(day_text)
    if zone is None:
        raise InputError(f"{text} has no zone; write {text}Z for UTC, or {text}+09:00")
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 60:
        raise InputError(
            f"{text} has no such clock time; hours go from 00 to 23, minutes to 59, seconds to 59 "
            "(60 in a leap second), and 24:00 is 00:00 of the next day"
        )
    minutes = int(hour) * 60 + int(minute) - _offset(zone, text)
    day += timedelta(days=minutes // 1440)
    check_year(day.year, text)
    minutes %= 1440
    if second == "60" and minutes != 1439:
        raise InputError(
            f"{text} has second 60; a leap second only ends a day of UTC, as in "
            "2016-12-31T23:59:60Z"
        )
    seconds = minutes * 60 + int(second or 0)
    return day, seconds * 1_000_000_000 + int((fraction or "").ljust(9, "0"))


def _offset(zone: str, text: str) -> int:
    """Minutes by which a zone is ahead of UTC."""
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if minutes > 59 or hours * 60 + minutes > 14 * 60:  # +14:00, Kiritimati, is the farthest
        raise InputError(f"{text} has the zone {zone}; zones go from -14:00 to +14:00")
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)


def clock_text(mjd: int, nanosecond: int, zone: tzinfo, decimals: int) -> str:
    """Write a UTC day and time of day in a time zone, cut after the decimals.

    Parameters
    ----------
    mjd : int
        Modified Julian day number of the UTC day [d].
    nanosecond : int
        Nanoseconds since the day began, a leap second included [ns].
    zone : datetime.tzinfo
        In which zone to write.
    decimals : int
        Decimals of the seconds, 0 to 9 [-].

    Returns
    -------
    str
        ISO text with the offset of the zone.
    """
    second, fraction = divmod(nanosecond, 1_000_000_000)
    leap = max(0, second - 86_399)  # the clock of datetime stops at 59 and the leap is put back
    midnight = datetime.combine(_MJD_0 + timedelta(days=mjd), time(), UTC)
    local = (midnight + timedelta(seconds=second - leap)).astimezone(zone)
    body = f"{local:%Y-%m-%dT%H:%M}:{local.second + leap:02d}"
    if decimals:
        body += f".{fraction:09d}"[: decimals + 1]
    offset = local.isoformat()[len("2023-09-13T04:09:00") :]
    return body + ("Z" if offset == "+00:00" else offset)
