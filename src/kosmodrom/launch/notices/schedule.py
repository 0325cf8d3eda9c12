"""Item D of a notice to airmen: on which days between begin and end, and at which hours.

Hours stand behind their days ("25 2200-2359, 26 27 0000-0200") or before them ("1420-1507 ON 15");
which of the two is told by what comes first. All is UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.notice import Window

__all__ = [
    "MONTH",
    "MONTHS",
    "MOST_WINDOWS",
    "clipped",
    "daily",
    "joined",
    "schedule_windows",
    "ten_digits",
]

MOST_WINDOWS = 4_000  # of one notice: daily for eleven years

MONTHS = {
    name: number
    for number, name in enumerate(
        ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1
    )
} | {"MEI": 5, "AGU": 8, "OKT": 10, "DES": 12}  # Indonesian
MONTH = (
    r"JAN(?:UAR[YI])?|FEB(?:RUAR[YI])?|MAR(?:CH|ET)?|APR(?:IL)?|MAY|MEI|JUN[EI]?|JUL[YI]?"
    r"|AUG(?:UST)?|AGUSTUS|SEPT?(?:EMBER)?|O[CK]T(?:OBER)?|N[O0]V(?:EMBER)?|DE[CS](?:EMBER)?"
)
_DAYS_OF_WEEK = {"MON": 0, "TUE": 1, "WED": 2, "THU": 3, "FRI": 4, "SAT": 5, "SUN": 6}
_TOKEN = re.compile(
    rf"(?P<full>\d{{10}}\s*(?:TO|-)\s*\d{{10}})"
    rf"|(?P<hours>(?<!\d)\d{{4}}\s?(?:Z|UTC)?\s?[-/~]\s?\d{{4}}(?!\d)\s?(?:Z|UTC)?|\bH24\b)"
    rf"|(?P<word>\b(?:AND|[O0]N|FM|FROM|BTN|BETWEEN|UTC)\b|[,;:.&()])"
    rf"|(?P<year>\b20\d{{2}}\b)"
    rf"|(?P<day>(?<!\d)\d{{1,2}}(?!\d))"
    rf"|(?P<month>\b(?:{MONTH})\b)"
    rf"|(?P<week>\b(?:MON|TUE|WED|THU|FRI|SAT|SUN)\b)"
    rf"|(?P<dash>-|\bTO\b|\bTHRU\b)"
    rf"|(?P<daily>\b(?:DAILY|DLY|DAY|EVERY)\b)"
    rf"|(?P<other>[A-Z]+|\S)"
)
_FULL = re.compile(r"(\d{10})\D+(\d{10})")

Span = tuple[datetime, datetime]
Hours = tuple[int, int]


def _minutes(text: str) -> Hours | None:
    if "H24" in text:
        return 0, 1440
    one, two = (int(part) for part in re.findall(r"\d{4}", text))
    begin, end = one // 100 * 60 + one % 100, two // 100 * 60 + two % 100
    if begin > 1440 or end > 1440 or one % 100 > 59 or two % 100 > 59:
        return None
    return begin, end if end > begin else end + 1440


def _at(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)


def daily(first: date, last: date, hours: list[Hours]) -> list[Window]:
    """Close an area at the same hours on each of some days.

    Parameters
    ----------
    first, last : date
        First and last day on which an hour begins.
    hours : list of tuple of int
        Begin and end [min after midnight UTC].

    Returns
    -------
    list of Window
        In order.
    """
    count = (last - first).days + 1
    if count * len(hours) > MOST_WINDOWS:
        raise InputError(
            f"a notice gives {count * len(hours)} times; at most {MOST_WINDOWS} are read: "
            "check its begin and end, or cut it into shorter periods"
        )
    return [
        Window(begin=_at(day, begin), end=_at(day, end))
        for day in (first + timedelta(days=k) for k in range(count))
        for begin, end in sorted(hours)
    ]


def clipped(windows: list[Window], begin: datetime, end: datetime) -> list[Window]:
    """Keep of each window what lies in a period.

    Parameters
    ----------
    windows : list of Window
        The windows.
    begin, end : datetime
        The period [UTC].

    Returns
    -------
    list of Window
        In order, each once.
    """
    kept = {
        (max(window.begin, begin), min(window.end, end))
        for window in windows
        if window.begin < end and window.end > begin
    }
    return [Window(begin=one, end=two) for one, two in sorted(kept)]


def joined(windows: list[Window]) -> tuple[list[Window], bool]:
    """Join windows of which one ends a minute before midnight and the next begins at midnight.

    Parameters
    ----------
    windows : list of Window
        In order.

    Returns
    -------
    windows : list of Window
        In order.
    changed : bool
        Whether any were joined.
    """
    made: list[Window] = []
    for window in windows:
        last = made[-1] if made else None
        if (
            last is not None
            and (window.begin.hour, window.begin.minute) == (0, 0)
            and timedelta(0) <= window.begin - last.end <= timedelta(minutes=1)
        ):
            made[-1] = Window(begin=last.begin, end=window.end)
        else:
            made.append(window)
    return made, len(made) < len(windows)


def _full(text: str) -> Window | None:
    found = _FULL.search(text)
    ends = [ten_digits(part) for part in found.groups()] if found else []
    if len(ends) != 2 or ends[0] is None or ends[1] is None or not ends[0] < ends[1]:
        return None
    return Window(begin=ends[0], end=ends[1])


def ten_digits(text: str) -> datetime | None:
    """Read year, month, day, hour and minute of two digits each.

    Parameters
    ----------
    text : str
        Ten digits; hour 24 is the end of the day.

    Returns
    -------
    datetime or None
        The instant [UTC]; None where it is none.
    """
    year, month, day, hour, minute = (int(text[k : k + 2]) for k in range(0, 10, 2))
    if hour > 24 or (hour == 24 and minute):
        return None
    try:
        made = datetime(2000 + year, month, day, hour % 24, minute, tzinfo=UTC)
    except ValueError:
        return None
    return made + timedelta(days=1) if hour == 24 else made


class _Calendar:
    """Days as a schedule names them, in the period of its notice."""

    def __init__(self, begin: datetime, end: datetime) -> None:
        self.first, self.last = begin.date(), end.date()

    def resolve(self, day: int, month: int | None, after: date | None) -> date | None:
        """Find the day of the period that a number means; not before one named earlier."""
        at = after or self.first
        for _ in range(400):
            if at > self.last:
                return None
            if at.day == day and month in (None, at.month):
                return at
            at += timedelta(days=1)
        return None


def _days(tokens: list[tuple[str, str]], calendar: _Calendar) -> list[tuple[date, date]] | None:
    """Read a list of days: ``15 16``, ``29-31``, ``SEP,29 - OCT,03``, ``06 SEP 2023``."""
    found: list[tuple[date, date]] = []
    month: int | None = None
    reach = False
    for index, (kind, text) in enumerate(tokens):
        if kind == "month":
            month = MONTHS[text[:3].replace("0", "O")]
        elif kind == "dash":
            reach = True
        elif kind == "day":
            named = month
            following = [other for other in tokens[index + 1 : index + 2] if other[0] == "month"]
            if following and (index == 0 or tokens[index - 1][0] != "month"):
                named = MONTHS[following[0][1][:3].replace("0", "O")]
            after = found[-1][0] if found else None
            day = calendar.resolve(int(text), named, after)
            if day is None:
                return None
            if reach and found:
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
            reach = False
    return found


def schedule_windows(text: str, begin: datetime, end: datetime) -> list[Window] | None:
    """Read a schedule.

    Parameters
    ----------
    text : str
        What stands behind ``D)``, in capitals.
    begin, end : datetime
        When the notice begins and ends [UTC].

    Returns
    -------
    list of Window or None
        In order; None where it was not understood.
    """
    tokens: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(text[:4000]):
        kind = found.lastgroup or "other"
        if kind == "other":
            return None
        if kind not in ("word", "year"):
            tokens.append((kind, found.group()))
    whole = [token for token in tokens if token[0] == "full"]
    if whole:
        windows = [_full(token[1]) for token in whole]
        if len(whole) < len(tokens) or any(window is None for window in windows):
            return None
        return clipped([window for window in windows if window], begin, end) or None
    calendar = _Calendar(begin, end)
    dated = any(kind == "day" for kind, _ in tokens)
    kinds = [kind for kind, _ in tokens if kind in ("hours", "day", "month", "week")]
    if not kinds or "hours" not in kinds:
        return None
    if not dated:
        return _undated(tokens, calendar, begin, end)
    return _dated(tokens, calendar, begin, end, hours_first=kinds[0] == "hours")


def _undated(
    tokens: list[tuple[str, str]], calendar: _Calendar, begin: datetime, end: datetime
) -> list[Window] | None:
    hours = [_minutes(text) for kind, text in tokens if kind == "hours"]
    week = [_DAYS_OF_WEEK[text] for kind, text in tokens if kind == "week"]
    if any(kind == "month" for kind, _ in tokens) or any(hour is None for hour in hours):
        return None
    chosen = _weekdays(tokens, week)
    first = calendar.first - timedelta(days=1)
    windows = daily(first, calendar.last, [hour for hour in hours if hour])
    if chosen is not None:
        windows = [window for window in windows if window.begin.weekday() in chosen]
    return clipped(windows, begin, end) or None


def _weekdays(tokens: list[tuple[str, str]], week: list[int]) -> set[int] | None:
    if not week:
        return None
    if any(kind == "dash" for kind, _ in tokens) and len(week) == 2:
        return {(week[0] + k) % 7 for k in range((week[1] - week[0]) % 7 + 1)}
    return set(week)


def _dated(
    tokens: list[tuple[str, str]],
    calendar: _Calendar,
    begin: datetime,
    end: datetime,
    *,
    hours_first: bool,
) -> list[Window] | None:
    windows: list[Window] = []
    groups: list[tuple[list[tuple[str, str]], list[Hours]]] = []
    lead = "hours" if hours_first else "days"
    state = ""
    for kind, text in tokens:
        new = "hours" if kind == "hours" else "days"
        if kind == "daily":
            continue
        if new != state and new == lead:
            groups.append(([], []))
        state = new
        if new == "hours":
            read = _minutes(text)
            if read is None:
                return None
            groups[-1][1].append(read)
        else:
            groups[-1][0].append((kind, text))
    after_month: list[tuple[str, str]] = []
    for named, hours in groups:
        if not hours or not any(kind == "day" for kind, _ in named):
            return None
        if not any(kind == "month" for kind, _ in named):
            named = [*after_month, *named]
        months = [token for token in named if token[0] == "month"]
        days = _days(named, calendar)
        if days is None and after_month and named[:1] == after_month:
            days = _days(named[1:], calendar)
        if days is None:
            return None
        after_month = months[-1:]
        for first, last in days:
            windows += daily(first, last, hours)
    if len(windows) > MOST_WINDOWS:
        raise InputError(
            f"a notice gives {len(windows)} times; at most {MOST_WINDOWS} are read: "
            "cut it into shorter periods"
        )
    inside = clipped(windows, begin, end)
    return inside if len(inside) == len(set(windows)) else None
