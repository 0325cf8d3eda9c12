"""Times in words: date-time groups of warnings at sea, and days and hours as papers print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.notice import Window
from kosmodrom.launch.notices.schedule import MONTH, MONTHS, MOST_WINDOWS
from kosmodrom.launch.notices.timewords import Part, fill, parts_of
from kosmodrom.launch.notices.zones import offset_of, utc

if TYPE_CHECKING:
    from kosmodrom.launch.notices.page import Page

__all__ = ["Year", "read_times", "stamp"]


@dataclass(frozen=True, slots=True)
class Year:
    """What is known of the year where a text leaves it out.

    Attributes
    ----------
    near : date or None
        A day near which it must be.
    """

    near: date | None

    def of(self, month: int, day: int) -> int | None:
        """Give the year in which a day is nearest to that day.

        Parameters
        ----------
        month, day : int
            The day.

        Returns
        -------
        int or None
            None where nothing is known.
        """
        if self.near is None:
            return None
        best: tuple[int, int] | None = None
        for year in (self.near.year - 1, self.near.year, self.near.year + 1):
            made = _date(year, month, day)
            if made is not None:
                off = abs((made - self.near).days)
                best = min(best, (off, year)) if best else (off, year)
        return best[1] if best else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


class _Reader:
    """Windows from the parts of a stretch of text."""

    def __init__(self, parts: list[Part], year: Year, place: str) -> None:
        self.parts, self.year, self.place = parts, year, place
        self.windows: list[Window] = []
        self.faults: list[tuple[str, int, int]] = []
        zones = {part.zone for part in parts if part.zone}
        self.only = zones.pop() if len(zones) == 1 else ""

    def date_of(self, part: Part) -> date | None:
        if not part.month:
            self.faults.append(("month", part.begin, part.end))
            return None
        year = part.year or self.year.of(part.month, part.day)
        if year is None:
            self.faults.append(("year", part.begin, part.end))
            return None
        made = _date(year, part.month, part.day)
        if made is None:
            self.faults.append(("date", part.begin, part.end))
        return made

    def instant(self, clock: Part, day: date, other: Part | None = None) -> datetime | None:
        zone = clock.zone or (other.zone if other else "") or self.only
        offset = offset_of(zone, day, self.place) if zone else None
        if offset is None:
            self.faults.append(("time_zone", clock.begin, clock.end))
            return None
        try:
            return utc(day, clock.minutes, offset)
        except OverflowError:
            return None

    def add(self, begin: datetime | None, end: datetime | None, at: tuple[int, int]) -> None:
        if begin is None or end is None:
            return
        if not begin < end:
            self.faults.append(("time_order", *at))
            return
        self.windows.append(Window(begin=begin, end=end))
        if len(self.windows) > MOST_WINDOWS:
            raise InputError(
                f"a notice gives more than {MOST_WINDOWS} times: cut it into shorter periods"
            )

    def read(self) -> None:
        parts, at = self.parts, 0
        while at < len(parts):
            kinds = [part.kind for part in parts[at : at + 5]]
            if kinds[:3] == ["group", "to", "group"]:
                self.span(parts[at], parts[at], parts[at + 2], parts[at + 2])
                at += 3
            elif kinds == ["clock", "day", "to", "clock", "day"]:
                self.span(*parts[at : at + 2], *parts[at + 3 : at + 5])
                at += 5
            elif kinds == ["day", "clock", "to", "day", "clock"]:
                one, two = parts[at : at + 2], parts[at + 3 : at + 5]
                self.span(one[1], one[0], two[1], two[0])
                at += 5
            elif kinds[:3] == ["clock", "to", "clock"]:
                at = self.hours(at)
            else:
                near = {part.kind for part in parts[max(0, at - 2) : at + 3]}
                if parts[at].kind == "never" and near & {"clock", "group"}:
                    self.faults.append(("schedule", parts[at].begin, parts[at].end))
                at += 1

    def span(self, one: Part, day_1: Part, two: Part, day_2: Part) -> None:
        first, last = self.date_of(day_1), self.date_of(day_2)
        if first is None or last is None:
            return
        begin, end = self.instant(one, first, two), self.instant(two, last, one)
        if begin and end and not day_1.year and end <= begin:
            earlier = _date(first.year - 1, first.month, first.day)
            begin = self.instant(one, earlier, two) if earlier else None
        self.add(begin, end, (one.begin, two.end))

    def hours(self, at: int) -> int:
        """Read hours and the days on which they hold; give where to go on."""
        parts = self.parts
        pairs = [(parts[at], parts[at + 2])]
        start, at = at, at + 3
        while [part.kind for part in parts[at : at + 4]] == ["both", "clock", "to", "clock"]:
            pairs.append((parts[at + 1], parts[at + 3]))
            at += 4
        words = (pairs[0][0].begin, pairs[-1][1].end)
        known = len(self.faults)
        days, after = self.days(at)
        if not days:
            days = self.days_before(start)
        if not days:
            days, after = self.days(at, far=True)
        if not days or any(part.kind == "never" for part in parts[at : after + 1]):
            if len(self.faults) == known:
                self.faults.append(("schedule", *words))
            return max(at, after)
        for first, last in days:
            if (last - first).days > MOST_WINDOWS:
                raise InputError(
                    f"a notice gives {(last - first).days} days; at most {MOST_WINDOWS} are "
                    "read: check its dates, or cut it into shorter periods"
                )
            for k in range((last - first).days + 1):
                day = first + timedelta(days=k)
                for one, two in pairs:
                    begin, end = self.instant(one, day, two), self.instant(two, day, one)
                    if begin is None or end is None:
                        return max(at, after)
                    self.add(begin, end if end > begin else end + timedelta(days=1), words)
        return max(at, after)

    def days(self, at: int, *, far: bool = False) -> tuple[list[tuple[date, date]], int]:
        """Read the days that follow."""
        parts = self.parts
        while at < len(parts) and parts[at].kind in (
            ("daily", "both", "to", "gap", "alternate") if far else ("daily", "both")
        ):
            at += 1
        found: list[tuple[date, date]] = []
        reach = named = False
        while at < len(parts):
            part = parts[at]
            if part.kind == "day":
                following = [other.kind for other in parts[at + 1 : at + 3]]
                if found and not reach and following[:1] == ["clock"]:
                    break
                day = self.date_of(part)
                named = named or part.named
                if day is None:
                    return [], at + 1
                if reach and found and day >= found[-1][0]:
                    found[-1] = (found[-1][0], day)
                else:
                    found.append((day, day))
                reach = False
            elif part.kind == "to" and found:
                reach = True
            elif part.kind != "both" or not found:
                break
            at += 1
        return (found, at) if named or not far else ([], at)

    def days_before(self, at: int) -> list[tuple[date, date]]:
        """Read the days that stand before hours."""
        first = at - 1
        while first >= 0 and self.parts[first].kind in ("both", "daily", "alternate", "gap"):
            first -= 1
        while first >= 0 and self.parts[first].kind in ("day", "to", "both"):
            first -= 1
        while self.parts[first + 1].kind in ("to", "both"):
            first += 1
        return self.days(first + 1)[0]


def read_times(
    page: Page, stretches: list[tuple[int, int]], year: Year, place: str
) -> tuple[list[Window], list[tuple[str, int, int]]]:
    """Read when an area is closed.

    Parameters
    ----------
    page : Page
        The text.
    stretches : list of tuple of int
        Where to look: begins and ends; months and years are told for all of them together.
    year : Year
        What is known of the year.
    place : str
        The zone by which "local" is meant; empty where the text does not tell.

    Returns
    -------
    windows : list of Window
        In order, each once.
    faults : list of tuple
        Code, begin and end of what was not understood.
    """
    parts: list[Part] = []
    for begin, end in stretches:
        parts += parts_of(page, begin, end)
        parts.append(Part("gap", end, end))
    fill(parts)
    reader = _Reader(parts, year, place)
    reader.read()
    unique = {(window.begin, window.end): window for window in reader.windows}
    return [unique[key] for key in sorted(unique)], reader.faults


def stamp(text: str, year: Year) -> datetime | None:
    """Read one date-time group, as "251516Z APR 23".

    Parameters
    ----------
    text : str
        The words, in capitals.
    year : Year
        What is known of the year where it is left out.

    Returns
    -------
    datetime or None
        The instant [UTC]; None where it is none.
    """
    found = re.match(
        rf"\s*(\d{{2}})(\d{{2}})(\d{{2}})\s?(?:Z|UTC|GMT)?\s{{1,3}}({MONTH})(?:\s{{1,3}}(\d{{4}}|\d{{2}})(?![\d-]))?",
        text,
    )
    if found is None:
        return None
    month = MONTHS[found[4][:3].replace("0", "O")]
    number = int(found[5]) if found[5] else year.of(month, int(found[1]))
    if number is None:
        return None
    if number < 100:
        number += 2000 if number < 57 else 1900
    try:
        return datetime(
            number, month, int(found[1]), int(found[2]) % 24, int(found[3]), tzinfo=UTC
        ) + timedelta(days=int(found[2]) // 24)
    except ValueError:
        return None
