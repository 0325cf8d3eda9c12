"""Times in words, word by word: groups, days, times of day, and what joins them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kosmodrom.launch.notices.schedule import MONTH, MONTHS
from kosmodrom.launch.notices.zones import ZONE

if TYPE_CHECKING:
    from kosmodrom.launch.notices.page import Page

__all__ = ["Part", "fill", "parts_of"]

_TOKEN = re.compile(
    rf"(?P<group>(?<![\d/])\d{{6}}\s?(?:Z|UTC|GMT)(?![A-Z+])|(?<![\d/])\d{{6}}(?=\s{{1,3}}(?:{MONTH})\b))"
    r"|(?P<eastern>(?:(?<!\d)\d{4}[年년]\s?)?(?:(?<!\d)\d{1,2}[月월]\s?)?(?<!\d)\d{1,2}[日일])"
    r"|(?P<hour>(?:(?:午前|午後|오전|오후)\s?)?(?<!\d)\d{1,2}[時时시](?:\s?\d{1,2}[分분])?)"
    r"|(?P<iso>(?<!\d)(?:19|20)\d{2}-\d{2}-\d{2}T?)"
    r"|(?P<clock>(?<![\d-])\d{4}\s?Z(?![A-Z])"
    r"|(?<!\d)\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[AP]\.?\s?M\b\.?)|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?Z?"
    r"|(?<!\d)\d{1,2}\.?\s?[AP]\.?\s?M\b\.?|\bNOON\b|\bMIDNIGHT\b)"
    rf"|(?P<month>\b(?:{MONTH})\b)"
    r"|(?P<four>(?<![\d/.])\d{4}(?![\d/.]\d|\d))"
    r"|(?P<number>(?<![\d/.°])\d{1,2}(?![\d/]|\.\d)(?:ST|ND|RD|TH)?\b)"
    rf"|(?P<zone>\b(?:{ZONE})(?![A-Z]))"
    r"|(?P<daily>\b(?:DAILY|DLY|EACH DAY|EVERY DAY|PER DAY)\b)"
    r"|(?P<between>\b(?:BETWEEN|BTN)\b)"
    r"|(?P<to>\b(?:TO|THRU|THROUGH|UNTIL|TILL|UNTIL)\b|[-~]|\bHINGGA\b|\bSAMPAI\b|から|부터|至|到)"
    r"|(?P<both>\bAND\b|,|;|/|&|\bDAN\b)"
    r"|(?P<alternate>\b(?:ALTERNATES?|ALTN|ALT|BACK-?UP)\b)"
    r"|(?P<weekday>\b(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY\b)"
    r"|(?P<never>\b(?:SUNSET|SUNRISE|EVERY)\b)"
    r"|(?P<skip>\b(?:ON|THE|OF|FROM|FM|IN|AT|HOURS?|HRS?|H|DURING|PERIOD|TIME|DATES?|WINDOW|A|DAYS?"
    r"|NEXT|PLUS|BOTH|INCLUSIVE|YEAR|HE)\b|[\s.:()'\"]++|まで|까지|の|に)"
    r"|(?P<other>[^\W\d]++|\d++|\S)"
)
_MOST_TOKENS = 20_000
_DATED = re.compile(rf"[\s,.]{{0,3}}(?:THE\s)?(?:\d{{1,2}}(?![\d:])|(?:{MONTH})\b)")
_MEASURED = re.compile(
    r"[\s-]{0,2}(?:NAUTICAL|NMI?\b|MILES?\b|KMS?\b|KILOMET|MET(?:ER|RE)S?\b|FEET\b|FT\b|DEG|[°'\"%])"
)
_HOURS = re.compile(r"\s?(?:-|TO)\s?\d{4}(?!\d)")


@dataclass(slots=True)
class Part:
    """A time or a word between times.

    Attributes
    ----------
    kind : str
        "group", "clock", "day", "month", "to", "both", "daily", "alternate", "never" or "gap".
    begin, end : int
        Where its words begin and end.
    minutes : int
        After midnight [min].
    day, month, year : int
        0 where they are not known.
    zone : str
        As the text calls it; empty where it does not.
    named : bool
        Whether its month stands beside it.
    """

    kind: str
    begin: int
    end: int
    minutes: int = 0
    day: int = 0
    month: int = 0
    year: int = 0
    zone: str = ""
    named: bool = False


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


def parts_of(page: Page, begin: int, end: int) -> list[Part]:
    """Read the words of a stretch of text one by one.

    Parameters
    ----------
    page : Page
        The text.
    begin, end : int
        The stretch.

    Returns
    -------
    list of Part
        In the order of the text.
    """
    parts: list[Part] = []
    between = False
    for count, found in enumerate(_TOKEN.finditer(page.plain, begin, end)):
        if count > _MOST_TOKENS:
            break
        kind, text = found.lastgroup or "other", found.group()
        at = found.start(), found.end()
        if kind == "skip":
            continue
        if kind == "weekday":  # beside a date it adds nothing
            if _DATED.match(page.plain, at[1]) or (parts and parts[-1].kind == "day"):
                continue
            kind = "never"
        if kind == "between":
            between = True
        elif kind == "group":
            minutes = _clock(text[2:6])
            parts.append(
                Part("gap", *at)
                if minutes is None
                else Part("group", *at, minutes, day=int(text[:2]), zone="UTC")
            )
        elif kind == "eastern":
            parts.append(_eastern_day(text, at))
        elif kind == "hour":
            parts.append(_eastern_hour(text, at))
        elif kind == "iso":
            year, month, day = (int(number) for number in re.findall(r"\d+", text))
            parts.append(Part("day", *at, day=day, month=month, year=year, named=True))
        elif kind == "clock":
            minutes = _clock(text)
            zone = "UTC" if text.endswith("Z") else ""
            parts.append(Part("gap" if minutes is None else "clock", *at, minutes or 0, zone=zone))
        elif kind == "month":
            _month(parts, at, MONTHS[text[:3].replace("0", "O")])
        elif kind == "four":
            _four(parts, at, page)
        elif kind == "number" and _numbered(page, at[0], parts):
            parts[-1] = Part("gap", *at)
        elif kind == "number" and _MEASURED.match(page.plain, at[1]):
            parts.append(Part("gap", *at))
        elif kind == "number":
            _small(parts, at, int(re.findall(r"\d+", text)[0]), text)
        elif kind == "zone":
            _zone(parts, " ".join(text.split()))
        elif kind == "both" and between and text == "AND":
            parts.append(Part("to", *at))
            between = False
        elif kind in ("to", "both", "daily", "alternate", "never"):
            parts.append(Part(kind, *at))
        elif not parts or parts[-1].kind != "gap":
            parts.append(Part("gap", *at))
    fill(parts)
    return parts


def _eastern_day(text: str, at: tuple[int, int]) -> Part:
    """Read a day as Japan, China and Korea write it."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    month = numbers[-2] if re.search("[月월]", text) else 0
    year = numbers[0] if re.search("[年년]", text) else 0
    return Part("day", *at, day=numbers[-1], month=month, year=year, named=bool(month))


def _eastern_hour(text: str, at: tuple[int, int]) -> Part:
    """Read a time of day as Japan, China and Korea write it."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    if text.startswith(("午後", "오후")) and hour < 12:
        hour += 12
    if minute > 59 or hour * 60 + minute > 1440:
        return Part("gap", *at)
    return Part("clock", *at, hour * 60 + minute)


def _numbered(page: Page, at: int, parts: list[Part]) -> bool:
    """Tell whether a dash and a number belong to a name, as in "UNHA-3", and not to days."""
    dash = at > 1 and page.plain[at - 1] == "-" and page.plain[at - 2].isalpha()
    if not dash or not parts or parts[-1].kind != "to":
        return False
    return len(parts) < 2 or not parts[-2].month


def _month(parts: list[Part], at: tuple[int, int], month: int) -> None:
    last = parts[-1] if parts else None
    if last is not None and last.kind in ("day", "group") and not last.month:
        last.month, last.end, last.named = month, at[1], True
    else:
        parts.append(Part("month", *at, month=month))


def _four(parts: list[Part], at: tuple[int, int], page: Page) -> None:
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
    parts.append(Part("gap" if minutes is None else "clock", *at, minutes or 0))


def _dated(parts: list[Part]) -> Part | None:
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


def _small(parts: list[Part], at: tuple[int, int], value: int, text: str) -> None:
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
        parts.append(Part("day", *at, day=value))
    else:
        parts.append(Part("gap", *at))


def _zone(parts: list[Part], zone: str) -> None:
    """Give a zone to the times before it that have none."""
    for part in reversed(parts):
        if part.kind == "gap" and part is not parts[-1]:
            break
        if part.kind in ("clock", "group"):
            if part.zone and part.kind == "clock":
                break
            part.zone = part.zone or zone


def fill(parts: list[Part]) -> None:
    """Take month and year of a day from the next that says them, else from the last.

    Parameters
    ----------
    parts : list of Part
        In the order of the text; they are changed.
    """
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
