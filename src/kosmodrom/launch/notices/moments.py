"""Times in words: date-time groups of warnings at sea, and days and hours as papers print them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.notice import Window
from kosmodrom.launch.notices.schedule import MONTH, MONTHS, MOST_WINDOWS
from kosmodrom.launch.notices.zones import ZONE, offset_of, utc

if TYPE_CHECKING:
    from kosmodrom.launch.notices.page import Page

__all__ = ["Year", "read_times"]

_TOKEN = re.compile(
    rf"(?P<group>(?<![\d/])\d{{6}}\s?(?:Z|UTC|GMT)(?![A-Z+])|(?<![\d/])\d{{6}}(?=\s{{1,3}}(?:{MONTH})\b))"
    r"|(?P<iso>(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}T?)"
    r"|(?P<clock>(?<![\d-])\d{4}\s?Z(?![A-Z])"
    r"|(?<!\d)\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[AP]\.?\s?M\b\.?)|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?Z?"
    r"|(?<!\d)\d{1,2}\.?\s?[AP]\.?\s?M\b\.?|\bNOON\b|\bMIDNIGHT\b)"
    rf"|(?P<month>\b(?:{MONTH})\b)"
    r"|(?P<four>(?<![\d/.])\d{4}(?![\d/.]\d|\d))"
    r"|(?P<number>(?<![\d/.])\d{1,2}(?![\d/]|\.\d)(?:ST|ND|RD|TH)?\b)"
    rf"|(?P<zone>\b(?:{ZONE})(?![A-Z]))"
    r"|(?P<daily>\b(?:DAILY|DLY|EACH DAY|EVERY DAY|PER DAY)\b)"
    r"|(?P<between>\b(?:BETWEEN|BTN)\b)"
    r"|(?P<to>\b(?:TO|THRU|THROUGH|UNTIL|TILL|UNTIL)\b|[-~]|\bHINGGA\b|\bSAMPAI\b)"
    r"|(?P<both>\bAND\b|,|;|/|&|\bDAN\b)"
    r"|(?P<alternate>\b(?:ALTERNATES?|ALTN|ALT|BACK-?UP)\b)"
    r"|(?P<never>\b(?:SUNSET|SUNRISE|EVERY|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY"
    r"|SUNDAY)\b)"
    r"|(?P<skip>\b(?:ON|THE|OF|FROM|FM|IN|AT|HOURS?|HRS?|H|DURING|PERIOD|TIME|DATES?|WINDOW|A|DAYS?"
    r"|NEXT|PLUS|BOTH|INCLUSIVE|YEAR|HE)\b|[\s.:()'\"]++)"
    r"|(?P<other>[^\W\d]++|\d++|\S)"
)
_MOST_TOKENS = 20_000
_HOURS = re.compile(r"\s?(?:-|TO)\s?\d{4}(?!\d)")


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


@dataclass(slots=True)
class _Part:
    """A time or a word between times: group, clock, day, to, and, daily or a gap."""

    kind: str
    begin: int
    end: int
    minutes: int = 0
    day: int = 0
    month: int = 0
    year: int = 0
    zone: str = ""
    named: bool = False  # whether its month stands beside it


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str) -> int | None:
    """Read a time of day [min]."""
    if "NOON" in text:
        return 720
    if "MIDNIGHT" in text:
        return 0
    digits = re.findall(r"\d+", text)
    if len(digits) == 1 and len(digits[0]) == 4:
        hour, minute = int(digits[0][:2]), int(digits[0][2:])
    else:
        hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    half = re.search(r"([AP])\.?\s?M", text)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[1] == "P" else 0)
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= 1440 else None


def _parts(page: Page, begin: int, end: int) -> list[_Part]:
    """Read the words of a stretch of text one by one."""
    parts: list[_Part] = []
    between = False
    for count, found in enumerate(_TOKEN.finditer(page.plain, begin, end)):
        if count > _MOST_TOKENS:
            break
        kind, text = found.lastgroup or "other", found.group()
        at = found.start(), found.end()
        if kind == "skip":
            continue
        if kind == "between":
            between = True
        elif kind == "group":
            minutes = _clock(text[2:6])
            parts.append(
                _Part("gap", *at)
                if minutes is None
                else _Part("group", *at, minutes, day=int(text[:2]), zone="UTC")
            )
        elif kind == "iso":
            year, month, day = (int(number) for number in re.findall(r"\d+", text))
            parts.append(_Part("day", *at, day=day, month=month, year=year, named=True))
        elif kind == "clock":
            minutes = _clock(text)
            zone = "UTC" if text.endswith("Z") else ""
            parts.append(
                _Part("gap" if minutes is None else "clock", *at, minutes or 0, zone=zone)
            )
        elif kind == "month":
            _month(parts, at, MONTHS[text[:3].replace("0", "O")])
        elif kind == "four":
            _four(parts, at, page)
        elif kind == "number" and _numbered(page, at[0], parts):
            parts[-1] = _Part("gap", *at)
        elif kind == "number":
            _small(parts, at, int(re.findall(r"\d+", text)[0]), text)
        elif kind == "zone":
            _zone(parts, " ".join(text.split()))
        elif kind == "both" and between and text == "AND":
            parts.append(_Part("to", *at))
            between = False
        elif kind in ("to", "both", "daily", "alternate", "never"):
            parts.append(_Part(kind, *at))
        elif not parts or parts[-1].kind != "gap":
            parts.append(_Part("gap", *at))
    _fill(parts)
    return parts


def _numbered(page: Page, at: int, parts: list[_Part]) -> bool:
    """Tell whether a dash and a number belong to a name, as in "UNHA-3", and not to days."""
    dash = at > 1 and page.plain[at - 1] == "-" and page.plain[at - 2].isalpha()
    if not dash or not parts or parts[-1].kind != "to":
        return False
    return len(parts) < 2 or not parts[-2].month


def _month(parts: list[_Part], at: tuple[int, int], month: int) -> None:
    last = parts[-1] if parts else None
    if last is not None and last.kind in ("day", "group") and not last.month:
        last.month, last.end, last.named = month, at[1], True
    else:
        parts.append(_Part("month", *at, month=month))


def _four(parts: list[_Part], at: tuple[int, int], page: Page) -> None:
    """Take four digits for a year behind a month or its days, else for a time of day."""
    text = page.plain[slice(*at)]
    value = int(text)
    dated = _dated(parts)
    if dated is not None and 1950 <= value < 2100 and not _HOURS.match(page.plain, at[1]):
        dated.year, dated.end = value, at[1]
        if parts[-1].kind == "both":
            parts.pop()
        return
    minutes = _clock(text)
    parts.append(_Part("gap" if minutes is None else "clock", *at, minutes or 0))


def _dated(parts: list[_Part]) -> _Part | None:
    """Give the last part if it is a month, or a day or group whose month stands before it."""
    last = next((part for part in reversed(parts[-2:]) if part.kind != "both"), None)
    if last is None or last.year or last.kind not in ("month", "day", "group"):
        return None
    for part in reversed(parts[-40:]):
        if part.month:
            return last
        if part.kind not in ("day", "to", "both"):
            break
    return None


def _small(parts: list[_Part], at: tuple[int, int], value: int, text: str) -> None:
    """Take a small number for a day, or for a year behind a day and month."""
    last = parts[-1] if parts else None
    plain = text.isdigit() and len(text) == 2
    if last is not None and last.kind == "month" and 1 <= value <= 31:
        last.kind, last.day, last.end, last.named = "day", value, at[1], True
    elif (
        plain
        and last is not None
        and last.kind in ("day", "group")
        and last.month
        and not last.year
        and at[0] - last.end < 4
    ):
        last.year, last.end = 2000 + value if value < 57 else 1900 + value, at[1]
    elif 1 <= value <= 31:
        parts.append(_Part("day", *at, day=value))
    else:
        parts.append(_Part("gap", *at))


def _zone(parts: list[_Part], zone: str) -> None:
    """Give a zone to the times before it that have none."""
    for part in reversed(parts):
        if part.kind == "gap" and part is not parts[-1]:
            break
        if part.kind in ("clock", "group"):
            if part.zone and part.kind == "clock":
                break
            part.zone = part.zone or zone


def _fill(parts: list[_Part]) -> None:
    """Take month and year of a day from the next that says them, else from the last."""
    for name in ("month", "year"):
        for step in (reversed(parts), parts):
            known = 0
            for part in step:
                if part.kind not in ("day", "group"):
                    if part.kind == "gap" and name == "month" and step is parts:
                        continue
                    continue
                if getattr(part, name):
                    known = getattr(part, name)
                elif known:
                    setattr(part, name, known)


class _Reader:
    """Windows from the parts of a stretch of text."""

    def __init__(self, parts: list[_Part], year: Year, place: str) -> None:
        self.parts, self.year, self.place = parts, year, place
        self.windows: list[Window] = []
        self.faults: list[tuple[str, int, int]] = []
        zones = {part.zone for part in parts if part.zone}
        self.only = zones.pop() if len(zones) == 1 else ""

    def date_of(self, part: _Part) -> date | None:
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

    def instant(self, clock: _Part, day: date, other: _Part | None = None) -> datetime | None:
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

    def span(self, one: _Part, day_1: _Part, two: _Part, day_2: _Part) -> None:
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
        days, after = self.days(at)
        if not days:
            days = self.days_before(start)
        if not days:
            days, after = self.days(at, far=True)
        if not days or any(part.kind == "never" for part in parts[at : after + 1]):
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
    parts: list[_Part] = []
    for begin, end in stretches:
        parts += _parts(page, begin, end)
        parts.append(_Part("gap", end, end))
    _fill(parts)
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
