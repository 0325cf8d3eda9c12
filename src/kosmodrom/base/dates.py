"""Days, months and years of UTC, for what is known only so far.

A launch known to the day is a `DateRange`, not a midnight.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from kosmodrom.base._iso import (
    check_year,
    days_in_month,
    looks_like_clock,
    parse_clock,
    parse_day,
    shown,
)
from kosmodrom.errors import InputError

__all__ = ["DateRange", "public_by"]

_FORMS = "write 2023-09-13, 2023-09, 2023, or a range 2022-01-01/2023-09-13"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Whole days of UTC, from the first to the last, both included.

    Attributes
    ----------
    first, last : datetime.date
        First and last day.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        for day in (self.first, self.last):
            if isinstance(day, datetime) or not isinstance(day, date):
                raise InputError(f"{day!r} is not a plain day; give a datetime.date")
            check_year(day.year, day.isoformat())
        if self.last < self.first:
            raise InputError(
                f"the range {self.first}/{self.last} ends before it begins; write "
                f"{self.last}/{self.first}"
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a day, a month, a year or a range of them.

        Parameters
        ----------
        text : str
            ``2023-09-13``, ``2023-09``, ``2023``, or two of these with a slash between them.

        Returns
        -------
        DateRange
            From the first day of the first to the last day of the last.

        Examples
        --------
        >>> DateRange.parse("2023-02").last
        datetime.date(2023, 2, 28)
        >>> DateRange.parse("2022-01-01/2023-09-13").days
        621
        """
        if looks_like_clock(text):
            raise InputError(
                f"{shown(text)} is a clock time and a day is due; write the UTC day alone, "
                "like 2023-09-13"
            )
        parts = text.split("/")
        if len(parts) > 2 or not all(parts):
            raise InputError(f"{shown(text)} is not a day or range of days; {_FORMS}")
        first, last = _span(parts[0])[0], _span(parts[-1])[1]
        if last < first:
            raise InputError(f"{shown(text)} ends before it begins; write {'/'.join(parts[::-1])}")
        return cls(first, last)

    @classmethod
    def covering(cls, text: str) -> Self:
        """Read anything that `parse` takes, or an instant as the UTC day it falls on.

        Parameters
        ----------
        text : str
            ISO day, month, year or range, or a clock time with a zone.

        Returns
        -------
        DateRange
            The UTC days that the text touches.

        Examples
        --------
        >>> DateRange.covering("2023-09-13T02:00+09:00").text
        '2023-09-12'
        """
        if looks_like_clock(text):
            day, _ = parse_clock(text)
            return cls(day, day)
        return cls.parse(text)

    @property
    def text(self) -> str:
        """Give the shortest text that `parse` reads as this range.

        Returns
        -------
        str
            A year, month, day, or two days with a slash.
        """
        first, last = self.first, self.last
        if first == last:
            return first.isoformat()
        if first.day == 1 and last.year == first.year:
            if (first.month, last.month, last.day) == (1, 12, 31):
                return f"{first.year}"
            if first.month == last.month and last.day == days_in_month(last.year, last.month):
                return f"{first.year}-{first.month:02d}"
        return f"{first.isoformat()}/{last.isoformat()}"

    @property
    def days(self) -> int:
        """Count the days of the range.

        Returns
        -------
        int
            1 or more [d].
        """
        return (self.last - self.first).days + 1

    def contains(self, day: date) -> bool:
        """Tell whether a day lies in the range.

        Parameters
        ----------
        day : datetime.date
            A day of UTC.

        Returns
        -------
        bool
            True also for the first and the last day.
        """
        return self.first <= day <= self.last


def _span(text: str) -> tuple[date, date]:
    if re.fullmatch(r"\d{4}", text, re.ASCII):
        year = int(text)
        check_year(year, text)
        return date(year, 1, 1), date(year, 12, 31)
    if re.fullmatch(r"\d{4}-\d\d", text, re.ASCII):
        first = parse_day(f"{text}-01")
        return first, first.replace(day=days_in_month(first.year, first.month))
    if re.match(r"\d+[-./]", text, re.ASCII):
        day = parse_day(text)
        return day, day
    raise InputError(f"{shown(text)} is not a day; {_FORMS}")


def public_by(known_from: str, happened: str, as_of: date | None) -> tuple[bool, bool]:
    """Tell whether a row had been published by the end of a day.

    Parameters
    ----------
    known_from : str
        ISO day, month or year at whose end it was public at the latest; "" where that is unknown.
    happened : str
        ISO text of when it happened; its end stands in for an unknown `known_from`.
    as_of : datetime.date or None
        The UTC day, included whole; None makes everything usable.

    Returns
    -------
    usable : bool
        Whether the row may be used; a row with neither text may.
    guessed : bool
        Whether `known_from` was unknown.

    Examples
    --------
    >>> public_by("2023-10-03", "2023-08-19", date(2023, 9, 15))
    (False, False)
    >>> public_by("", "2023-08", date(2023, 9, 15))
    (True, True)
    """
    guessed = not known_from
    text = known_from or happened
    if as_of is None or not text:
        return True, guessed
    return DateRange.covering(text).last <= as_of, guessed
