"""Times of day as people say them: which word stands for which offset from UTC.

The clocks of North Korea stood half an hour behind those of the South from 15 August 2015 to 4 May
2018.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

__all__ = ["ZONE", "offset_of", "place_zone"]

_HOURS = {
    "Z": 0.0, "UTC": 0.0, "GMT": 0.0, "UT": 0.0, "KST": 9.0, "JST": 9.0, "PHT": 8.0, "PST8": 8.0,
    "WIB": 7.0, "WITA": 8.0, "WIT": 9.0, "IST": 5.5, "IRST": 3.5, "MSK": 3.0, "AEST": 10.0,
    "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0, "EDT": -4.0, "EST": -5.0, "CDT": -5.0, "MST": -7.0,
    "PDT": -7.0, "PST": -8.0, "AKDT": -8.0, "AKST": -9.0, "HST": -10.0, "CET": 1.0, "CEST": 2.0,
    "BRT": -3.0, "SGT": 8.0, "HKT": 8.0, "VLAT": 10.0,
}  # fmt: skip
_PLACES = {
    "KOREA": 9.0, "KOREAN": 9.0, "SEOUL": 9.0, "JAPAN": 9.0, "JAPANESE": 9.0, "TOKYO": 9.0,
    "BEIJING": 8.0, "CHINA": 8.0, "CHINESE": 8.0, "PHILIPPINE": 8.0, "MANILA": 8.0, "TAIPEI": 8.0,
    "TAIWAN": 8.0, "INDIAN": 5.5, "INDIA": 5.5, "MOSCOW": 3.0, "IRAN": 3.5, "IRANIAN": 3.5,
    "TEHRAN": 3.5, "JAKARTA": 7.0, "SINGAPORE": 8.0, "VIETNAM": 7.0, "HANOI": 7.0,
}  # fmt: skip
_PYONGYANG = ("PYONGYANG", "DPRK", "NORTH KOREAN", "NORTH KOREA")
ZONE = (
    r"(?:UTC|GMT|JST|KST)\s?\(?[+-]\s?\d{1,2}(?::?\d{2})?\)?"
    r"|(?:PYONGYANG|DPRK|NORTH KOREAN?|SEOUL|KOREAN?|JAPAN(?:ESE)?|TOKYO|BEIJING|CHIN(?:A|ESE)"
    r"|PHILIPPINE|MANILA|TAIPEI|TAIWAN|INDIAN?|MOSCOW|IRAN(?:IAN)?|TEHRAN|JAKARTA|SINGAPORE"
    r"|VIETNAM|HANOI)\s(?:STANDARD\s)?(?:LOCAL\s)?TIME"
    r"|日本時間|韓国時間|한국시간|北京时间|北京時間|平壌時間"
    r"|LOCAL\sTIME|LOCAL|LT|LMT"
    r"|UTC|GMT|UT|KST|JST|PHT|WITA|WIB|WIT|IST|IRST|MSK|AEST|AEDT|NZST|NZDT|EDT|EST|CDT|MST|PDT"
    r"|PST|AKDT|AKST|HST|CEST|CET|BRT|SGT|HKT|VLAT|CST"
)
_SIGNED = re.compile(r"(UTC|GMT|JST|KST)\s?\(?([+-])\s?(\d{1,2}):?(\d{2})?")
_EASTERN = {"日本時間": 9.0, "韓国時間": 9.0, "한국시간": 9.0, "北京时间": 8.0, "北京時間": 8.0}
_HALF_HOUR = (date(2015, 8, 15), date(2018, 5, 5))


def _pyongyang(day: date) -> float:
    return 8.5 if _HALF_HOUR[0] <= day < _HALF_HOUR[1] else 9.0


def offset_of(words: str, day: date, place: str) -> timedelta | None:
    """Say how far a clock is ahead of UTC.

    Parameters
    ----------
    words : str
        What the text calls it, in capitals, as "KST" or "LOCAL TIME".
    day : date
        On which day.
    place : str
        The zone by which "local" is meant; empty where the text does not tell.

    Returns
    -------
    timedelta or None
        None where it is not known.
    """
    words = " ".join(words.split())
    signed = _SIGNED.match(words)
    if signed:
        # "JST+9" is how offices write the time of Japan, which is UTC+9: not nine hours on top.
        hours = int(signed[3]) + int(signed[4] or 0) / 60
        if hours > 14:
            return None
        return timedelta(hours=hours if signed[2] == "+" else -hours)
    if words.startswith(_PYONGYANG) or words == "平壌時間":
        return timedelta(hours=_pyongyang(day))
    if words in ("LOCAL TIME", "LOCAL", "LT", "LMT"):
        return offset_of(place, day, "") if place else None
    hours_ahead = _HOURS.get(words, _EASTERN.get(words, _PLACES.get(words.split(" ")[0])))
    if words == "CST" and place.startswith(("CHINA", "BEIJING")):
        hours_ahead = 8.0
    return None if hours_ahead is None else timedelta(hours=hours_ahead)


_WHOSE = (
    (
        re.compile(r"\bPYONGYANG\b|\bDPRK\b|\bNORTH KOREAN?\b|\bDEMOCRATIC PEOPLE"),
        "PYONGYANG TIME",
    ),
    (re.compile(r"\bBEIJING\b|\bCHIN(?:A|ESE)\b"), "CHINA TIME"),
    (re.compile(r"\bJAPAN(?:ESE)?\b|\bTOKYO\b"), "JAPAN TIME"),
    (re.compile(r"\bSEOUL\b|\bREPUBLIC OF KOREA\b|\bSOUTH KOREAN?\b"), "KOREA TIME"),
    (re.compile(r"\bIRAN(?:IAN)?\b"), "IRAN TIME"),
    (re.compile(r"\bINDIAN?\b"), "INDIA TIME"),
    (re.compile(r"\bPHILIPPINES?\b"), "PHILIPPINE TIME"),
)


def place_zone(text: str) -> str:
    """Guess by which clock a text says "local": only where it names one country alone.

    Parameters
    ----------
    text : str
        The text, in capitals.

    Returns
    -------
    str
        A zone that `offset_of` knows; empty where the text names none or several.
    """
    named = [zone for pattern, zone in _WHOSE if pattern.search(text)]
    return named[0] if len(named) == 1 else ""


def utc(day: date, minutes: int, offset: timedelta) -> datetime:
    """Give the instant of a local time of day.

    Parameters
    ----------
    day : date
        The local day.
    minutes : int
        After local midnight [min].
    offset : timedelta
        How far the clock is ahead of UTC.

    Returns
    -------
    datetime
        The instant [UTC].
    """
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes) - offset
