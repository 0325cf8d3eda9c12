"""One two-line set, column by column: what is rare is read, what is wrong is refused in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kosmodrom.errors import InputError
from kosmodrom.orbits._tle_columns import LENGTH, NEW_YEARS, POWERS, STEP_NS
from kosmodrom.orbits.catalog_numbers import catalog_number

__all__ = ["FORMS", "NUMBERED", "checksum", "designator", "read_lines", "two_forms"]

#: The two lines as they should be; ± is a sign or a blank, C the checksum.
FORMS: Final = (
    "1 NNNNNU YYNNNAAA YYDDD.DDDDDDDD ±.DDDDDDDD ±DDDDD±D ±DDDDD±D 0 NNNNC",
    "2 NNNNN DDD.DDDD DDD.DDDD DDDDDDD DDD.DDDD DDD.DDDD DD.DDDDDDDDNNNNNC",
)
#: The beginning of a line of elements.
NUMBERED: Final = re.compile(r"[12] [ \dA-Z][ \d]{3}\d", re.ASCII)
_EARLIEST_ROW = 57
_SIGNED = "a sign or blank, a point and eight digits, like -.00000123"
_POWER = (
    "a sign or blank, five digits and a power of ten with its sign, like 28098-4 for 2.8098e-5"
)
_NUMBER = r" {0,4}\d{1,5}|[A-HJ-NP-Z]\d{4}"
_NUMBER_FORM = "five digits, or a letter from A to Z other than I and O and four digits (Alpha-5)"
_ANGLE = r" {0,3}\d{0,3}\.\d{4}"
_ANGLE_FORM = "three digits, a point and four digits, in degrees"


@dataclass(frozen=True, slots=True)
class _Field:
    """What stands in some columns of a line; the first column is 0."""

    name: str
    start: int
    end: int
    form: str
    due: str


_FIRST = (
    _Field("catalogue number", 2, 7, _NUMBER, _NUMBER_FORM),
    _Field("classification", 7, 8, r"[A-Z ]", "U, C, S or a blank"),
    _Field("gap", 8, 9, " ", "a blank"),
    _Field(
        "international designator", 9, 17, r"\d{5}(?:[A-Z]{1,3} *| +[A-Z]{1,2})| {8}",
        "two digits of the year, three of the launch and one to three letters, like 98067A, or "
        "blanks",
    ),
    _Field("gap", 17, 18, " ", "a blank"),
    _Field("year of the epoch", 18, 20, r"[ \d]\d", "two digits"),
    _Field(
        "day of the epoch", 20, 32, r" {0,2}\d{1,3}\.\d{8}",
        "the day of the year with a point and eight digits, like 034.50000000",
    ),
    _Field("gap", 32, 33, " ", "a blank"),
    _Field("rate of the mean motion", 33, 43, r"[ +-]\.\d{8}", _SIGNED),
    _Field("gap", 43, 44, " ", "a blank"),
    _Field("second rate of the mean motion", 44, 52, r"[ +-]\d{5}[ +0-]\d", _POWER),
    _Field("gap", 52, 53, " ", "a blank"),
    _Field("drag term B*", 53, 61, r"[ +-]\d{5}[ +0-]\d", _POWER),
    _Field("gap", 61, 62, " ", "a blank"),
    _Field("type of the ephemeris", 62, 63, r"[ \d]", "0"),
    _Field("gap", 63, 64, " ", "a blank"),
    _Field("number of the set", 64, 68, r" *\d*", "up to four digits"),
)  # fmt: skip
_SECOND = (
    _Field("catalogue number", 2, 7, _NUMBER, _NUMBER_FORM),
    _Field("gap", 7, 8, " ", "a blank"),
    _Field("inclination", 8, 16, _ANGLE, _ANGLE_FORM),
    _Field("gap", 16, 17, " ", "a blank"),
    _Field("ascending node", 17, 25, _ANGLE, _ANGLE_FORM),
    _Field("gap", 25, 26, " ", "a blank"),
    _Field("eccentricity", 26, 33, r"[ \d]*\d[ \d]*", "seven digits after a point not written"),
    _Field("gap", 33, 34, " ", "a blank"),
    _Field("argument of perigee", 34, 42, _ANGLE, _ANGLE_FORM),
    _Field("gap", 42, 43, " ", "a blank"),
    _Field("mean anomaly", 43, 51, _ANGLE, _ANGLE_FORM),
    _Field("gap", 51, 52, " ", "a blank"),
    _Field(
        "mean motion", 52, 63, r" {0,2}\d{0,2}\.\d{8}",
        "two digits, a point and eight digits, in revolutions a day",
    ),
    _Field("revolution at the epoch", 63, 68, r" *\d*", "up to five digits"),
)  # fmt: skip
_PATTERNS = {item.form: re.compile(item.form, re.ASCII) for item in (*_FIRST, *_SECOND)}


def two_forms(line: str, number: int) -> str:
    """Put the expected form above a line received.

    Parameters
    ----------
    line : str
        The line.
    number : {1, 2}
        Which of the two it should be [-].

    Returns
    -------
    str
        Two lines of a message, with a line break before each.
    """
    shown = line if len(line) <= 120 else line[:120] + "…"
    return f"\nexpected {FORMS[number - 1]}\nreceived {shown}"


def read_lines(
    lines: tuple[str, str], places: tuple[str, str], *, strict: bool
) -> dict[str, int | float]:
    """Read one set, or say in which column it is wrong.

    Parameters
    ----------
    lines : tuple of str
        The first and the second line.
    places : tuple of str
        File and line of each, for messages.
    strict : bool
        Whether lines must have 69 columns and right checksums.

    Returns
    -------
    dict
        As the columns of `read_columns`, each one number.
    """
    first, second = (
        _fields(line, number, place, strict=strict)
        for number, (line, place) in enumerate(zip(lines, places, strict=True), start=1)
    )
    ours, theirs = (catalog_number(texts["catalogue number"].strip()) for texts in (first, second))
    if ours != theirs:
        raise InputError(
            f"{places[1]}: the second line is of satellite {theirs} and the first of {ours}; both "
            f"must name the same{two_forms(lines[1], 2)}"
        )
    kind = first["type of the ephemeris"]
    if kind not in " 023":
        raise InputError(
            f"{places[0]}: ephemeris type {kind} is not of SGP4 (type 4 is SGP4-XP); SGP4 would "
            "misread such elements by kilometres. Fetch the set of the same satellite with type 0"
        )
    found: dict[str, int | float] = {"number": ours}
    found["mjd"], found["nanosecond"] = _epoch(first, places[0])
    found["mean_motion_dot_rev_day2"] = float(first["rate of the mean motion"])
    found["mean_motion_ddot_rev_day3"] = _with_power(first["second rate of the mean motion"])
    found["bstar"] = _with_power(first["drag term B*"])
    found["set"] = int(first["number of the set"].strip() or 0)
    for name, key, most in (
        ("inclination", "inclination_deg", 180),
        ("ascending node", "node_deg", 360),
        ("argument of perigee", "argument_of_perigee_deg", 360),
        ("mean anomaly", "mean_anomaly_deg", 360),
    ):
        value = float(second[name])
        if value > most:
            raise InputError(f"{places[1]}: {name} is {value:g} deg; it goes from 0 to {most} deg")
        found[key] = value
    found["eccentricity"] = float("0." + second["eccentricity"].replace(" ", "0"))
    found["mean_motion_rev_day"] = float(second["mean motion"])
    if not found["mean_motion_rev_day"] > 0:
        raise InputError(f"{places[1]}: mean motion is 0 revolutions a day; it must be above 0")
    found["revolution"] = int(second["revolution at the epoch"].strip() or 0)
    return found


def _fields(line: str, number: int, place: str, *, strict: bool) -> dict[str, str]:
    if strict and len(line) != LENGTH:
        what = "the last is the checksum" if len(line) < LENGTH else "and nothing after them"
        raise InputError(
            f"{place}: line {number} has {len(line)} characters; {LENGTH} are due, {what}"
            f"{two_forms(line, number)}"
        )
    whole = line[:LENGTH].ljust(LENGTH)
    texts: dict[str, str] = {}
    for item in _FIRST if number == 1 else _SECOND:
        text = whole[item.start : item.end]
        if _PATTERNS[item.form].fullmatch(text) is None:
            span = f"{item.start + 1}" + (f"-{item.end}" if item.end - item.start > 1 else "")
            raise InputError(
                f"{place}: column {span}, {item.name}, is {text!r}; due is {item.due}"
                f"{two_forms(line, number)}"
            )
        texts[item.name] = text
    if strict and (due := checksum(whole)) != whole[-1]:
        raise InputError(
            f"{place}: the checksum is {whole[-1]!r} and the line adds up to {due}; a character "
            f"is wrong, fetch the set again{two_forms(line, number)}"
        )
    return texts


def checksum(line: str) -> str:
    """Add up a line: its digits, and one for each minus, modulo ten.

    Parameters
    ----------
    line : str
        A line; only its first 68 characters count.

    Returns
    -------
    str
        One digit.
    """
    total = sum(int(sign) if sign in "0123456789" else sign == "-" for sign in line[: LENGTH - 1])
    return str(total % 10)


def _epoch(first: dict[str, str], place: str) -> tuple[int, int]:
    row = (int(first["year of the epoch"]) - _EARLIEST_ROW) % 100
    whole, _, part = first["day of the epoch"].strip().partition(".")
    day, last = int(whole), int(NEW_YEARS[row + 1] - NEW_YEARS[row])
    if not 1 <= day <= last:
        raise InputError(
            f"{place}: day of the epoch is {day}; {1957 + row} has the days 1 to {last}"
        )
    return int(NEW_YEARS[row]) + day - 1, int(part) * STEP_NS


def _with_power(text: str) -> float:
    power = int(text[6:].replace(" ", "0"))
    size = int(text[1:6]) / 1e5
    return float((-size if text[0] == "-" else size) * POWERS[power + 9])


def designator(text: str) -> str:
    """Write the designator of a line as it is cited.

    Parameters
    ----------
    text : str
        Columns 10 to 17 of a first line.

    Returns
    -------
    str
        Like "1998-067A"; empty where they are blank.
    """
    if not (plain := text.replace(" ", "")):
        return ""
    return f"{'19' if plain[:2] >= '57' else '20'}{plain[:2]}-{plain[2:]}"
