"""Reading GCAT, Jonathan McDowell's General Catalog of Artificial Space Objects.

References
----------
J. McDowell, GCAT, https://planet4589.org/space/gcat: "Time representations and vague date
format", "Launch success fractions", "Launch lists: columns".
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from typing import Literal

from kosmodrom.base.dates import DateRange
from kosmodrom.store.rows import ImportedLaunch

__all__ = [
    "CREDIT",
    "TERMS",
    "URL",
    "LaunchCode",
    "VagueDate",
    "launch",
    "launch_code",
    "vague_date",
]

CREDIT = "Jonathan McDowell, GCAT, https://planet4589.org"
TERMS = "CC BY 4.0"
URL = "https://planet4589.org/space/gcat"

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun",
           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # fmt: skip
_DATE = re.compile(
    r"(?P<year>\d{4})"
    r"(?:(?P<decade>s)|-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
    r"|\s+Q(?P<quarter>[1-4])"
    r"|\s+(?P<month>[A-Z][a-z]{2})(?:\s+(?P<day>\d{1,2})(?:\.(?P<part>\d{1,3})"
    r"|\s+(?P<hour>\d\d)(?:h|(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?))?)?)?"
    r"\s*(?P<doubt>\?)?",
    re.ASCII,
)
_CODE = re.compile(r"([OD])([SFEU])(\d\d)?", re.ASCII)
_OTHER_CODE = re.compile(r"[A-Z]([SFEU]|\d\d?|\?)?(\d\d)?", re.ASCII)
_MODIFIED_JD = 2400000.5
_MJD_ZERO = date(1858, 11, 17)


@dataclass(frozen=True, slots=True)
class LaunchCode:
    """What a launch code says.

    Attributes
    ----------
    outcome : {"success", "failure", "unknown"}
        Outcome for counting.
    fraction : float or None
        Partial success, 0 to 1 [-].
    pad_explosion : bool
        Lost before launch.
    """

    outcome: Literal["success", "failure", "unknown"]
    fraction: float | None
    pad_explosion: bool


def launch_code(text: str) -> LaunchCode | None:
    """Read a launch code.

    GCAT takes a score below 0.75 for a failure; three of its codes differ (like ``OS60``), and
    there the letter is followed.

    Parameters
    ----------
    text : str
        Like ``OS``, ``DF`` or ``OF40``.

    Returns
    -------
    LaunchCode or None
        None for a launch that was meant neither for orbit nor for deep space.

    Examples
    --------
    >>> launch_code("OF40"), launch_code("SS")
    (LaunchCode(outcome='failure', fraction=0.4, pad_explosion=False), None)
    """
    found = _CODE.fullmatch(text)
    if found is None:
        if _OTHER_CODE.fullmatch(text) and text[0] not in "OD":
            return None
        raise ValueError(f"launch code {text!r} is not like OS, OF, DS, OE or OF40")
    letter = found[2]
    fraction = int(found[3]) / 100 if found[3] else None
    words: dict[str, Literal["success", "failure", "unknown"]] = {
        "S": "success",
        "F": "failure",
        "E": "failure",
        "U": "unknown",
    }
    return LaunchCode(words[letter], fraction, letter == "E")


@dataclass(frozen=True, slots=True)
class VagueDate:
    """A date as far as it is known.

    Attributes
    ----------
    when : DateRange
        The day, or the days between which it lies.
    utc : str
        Instant, ISO with ``Z``; empty where only the day or less is known.
    precision_s : int or None
        How far the instant may be off [s]; None where it is doubtful or there is none.
    """

    when: DateRange
    utc: str = ""
    precision_s: int | None = None


def vague_date(text: str) -> VagueDate:
    """Read a date of GCAT.

    A question mark widens a day, month, quarter or year by one of its kind on either side, and
    makes a clock time doubtful.

    Parameters
    ----------
    text : str
        Like ``2023 Aug 10 2310:57``, ``2023 Aug 23 1850?``, ``1967 Sep?``, ``1998``, or ISO.

    Returns
    -------
    VagueDate
        What is known.

    Examples
    --------
    >>> vague_date("2023 Aug 10 2310:57").utc
    '2023-08-10T23:10:57Z'
    >>> vague_date("1967 Sep?").when.text
    '1967-08-01/1967-10-31'
    """
    found = _DATE.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"date {text!r} is not like 2023 Aug 10 2310:57, 1967 Sep? or 2023-08-10")
    year, doubt = int(found["year"]), found["doubt"] is not None
    if found["decade"]:
        return VagueDate(_whole(year - 10 * doubt, 1, 120 * (1 + 2 * doubt)))
    if found["quarter"]:
        return VagueDate(_months(year, 3 * int(found["quarter"]) - 2, 3, doubt))
    if found["iso_month"]:
        return VagueDate(_day(year, int(found["iso_month"]), int(found["iso_day"]), doubt))
    if found["month"] is None:
        return VagueDate(_months(year, 1, 12, doubt))
    if found["month"] not in _MONTHS:
        raise ValueError(
            f"date {text!r}: {found['month']!r} is no month; write {', '.join(_MONTHS)}"
        )
    month = _MONTHS.index(found["month"]) + 1
    if found["day"] is None:
        return VagueDate(_months(year, month, 1, doubt))
    clock = found["hour"] is not None or found["part"] is not None
    when = _day(year, month, int(found["day"]), doubt and not clock)
    if not clock:
        return VagueDate(when)
    utc, precision = _clock(when.first, found)
    return VagueDate(when, utc, None if doubt else precision)


def _clock(day: date, found: re.Match[str]) -> tuple[str, int]:
    if part := found["part"]:
        return _from_fraction(day, int(part) / 10 ** len(part)), round(43200 / 10 ** len(part))
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if hour > 23 or minute > 59 or int(found["second"] or 0) > 60:
        raise ValueError(f"{found[0]!r} holds no clock time of a day")
    text = f"{day.isoformat()}T{hour:02d}:{minute:02d}"
    if found["minute"] is None:
        return f"{text}Z", 3600
    return (f"{text}:{found['second']}Z", 1) if found["second"] else (f"{text}Z", 60)


def _from_fraction(day: date, fraction: float) -> str:
    minutes = min(1439, round(fraction * 1440))
    return f"{day.isoformat()}T{minutes // 60:02d}:{minutes % 60:02d}Z"


def _day(year: int, month: int, day: int, doubt: bool) -> DateRange:
    try:
        middle = date(year, month, day)
    except ValueError:
        raise ValueError(f"{year}-{month:02d}-{day:02d} is no day of the calendar") from None
    return DateRange(middle - timedelta(days=doubt), middle + timedelta(days=doubt))


def _months(year: int, month: int, count: int, doubt: bool) -> DateRange:
    return _whole(year, month - count * doubt, count * (1 + 2 * doubt))


def _whole(year: int, month: int, count: int) -> DateRange:
    """Whole months; months before 1 and after 12 run over into other years."""
    start, end = year * 12 + month - 1, year * 12 + month + count - 2
    last = monthrange(end // 12, end % 12 + 1)[1]
    return DateRange(date(start // 12, start % 12 + 1, 1), date(end // 12, end % 12 + 1, last))


def launch(row: Mapping[str, str], line: int) -> ImportedLaunch | None:
    """Clean one row of a GCAT launch list or launch log.

    Parameters
    ----------
    row : Mapping of str to str
        Cells by column.
    line : int
        Line of the file [-].

    Returns
    -------
    ImportedLaunch or None
        None for a launch that was meant neither for orbit nor for deep space.
    """
    code = _cell(row, "LaunchCode") or _cell(row, "Launch_Code")
    meaning = launch_code(code)
    if meaning is None:
        return None
    if not (tag := _cell(row, "Launch_Tag")):
        raise ValueError("Launch_Tag is empty")
    known = _with_julian(vague_date(_cell(row, "Launch_Date")), _cell(row, "Launch_JD"))
    return ImportedLaunch(
        tag=tag,
        when=known.when,
        utc=known.utc,
        utc_precision_s=known.precision_s,
        vehicle=_cell(row, "LV_Type"),
        variant=_cell(row, "Variant"),
        family=_cell(row, "Launch_Vehicle_Family"),
        mission=_cell(row, "Mission"),
        payload=_cell(row, "PLName") or _cell(row, "Name"),
        site_code=_cell(row, "Launch_Site"),
        site_parent=_cell(row, "Launch_Site_Parent"),
        pad=_cell(row, "Launch_Pad"),
        agency=_cell(row, "Agency"),
        state=_cell(row, "State"),  # LVState of the log is the vehicle's, not the site's
        code=code,
        fail_code=_cell(row, "FailCode"),
        outcome=meaning.outcome,
        success_fraction=meaning.fraction,
        pad_explosion=meaning.pad_explosion,
        perigee_km=_number(row, "Perigee"),
        apogee_km=_number(row, "Apogee"),
        inclination_deg=_number(row, "Inc"),
        orbit_class=_cell(row, "Simple_Orbit"),
        line=line,
    )


def _cell(row: Mapping[str, str], name: str) -> str:
    text = " ".join(row.get(name, "").split())
    return "" if text == "-" else text


def _number(row: Mapping[str, str], name: str) -> float | None:
    text = _cell(row, name).rstrip("?")
    if not text or text.lower() in {"inf", "*"}:
        return None
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}, not a number") from None
    if not isfinite(value):
        raise ValueError(f"{name} is {text!r}, not a finite number")
    return value


def _with_julian(known: VagueDate, text: str) -> VagueDate:
    """Add the clock time of a Julian date, and refuse one that is another day."""
    julian = _number({"Launch_JD": text}, "Launch_JD")
    if julian is None or known.when.days > 1:
        return known
    decimals = len(text.rstrip("?").partition(".")[2])
    step = 0.5 * 10.0**-decimals
    part = julian - _MODIFIED_JD - (known.when.first - _MJD_ZERO).days
    if not -step - 1e-6 <= part <= 1 + step + 1e-6:  # 1e-6 d: the dust of a float near 2.4 million
        raise ValueError(f"Launch_JD {text} is not on Launch_Date {known.when.text}")
    # A Julian date rounded to midnight is a launch near it, or one without a clock time.
    if known.utc or decimals == 0 or not step < part < 1 - step:
        return known
    utc = _from_fraction(known.when.first, part)
    return VagueDate(known.when, utc, round(step * 86400))
