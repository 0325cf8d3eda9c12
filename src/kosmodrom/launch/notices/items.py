"""The items of a notice to airmen: qualifiers, place, time, text and vertical limits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kosmodrom.launch.notices.schedule import ten_digits

if TYPE_CHECKING:
    from datetime import datetime

    from kosmodrom.launch.notices.page import Page

__all__ = ["Items", "QLine", "instant", "items_of", "level", "q_line", "spoken_levels"]

_FOOT = 0.3048
_ITEM = {letter: re.compile(rf"(?<![A-Z0-9]){letter}\)") for letter in "QABCDE"}
_F = re.compile(
    r"(?<![A-Z0-9])F\)(?=\s{0,4}(?:SFC|GND|FL|\d|UNL|MSL|AMSL|AGL|SURFACE|GROUND|SEA|NIL|$))"
)
_G = re.compile(r"(?<![A-Z0-9])G\)")
_Q_LINE = re.compile(
    r"\s*([A-Z]{4})\s?/\s?Q([A-Z]{4})\s?/[^/\n]{0,8}/[^/\n]{0,8}/[^/\n]{0,4}/"
    r"(?:\s?(\d{3})\s?/\s?(\d{3})\s?/)?\s?(?:(\d{4})([NS])(\d{5})([EW])(\d{3})?)?"
)
_INSTANT = re.compile(r"\s*(\d{10})\s{0,2}(EST)?|\s*(PERM|UFN)\b")
_FLIGHT_LEVEL = re.compile(r"FL\s?(\d{2,3})\b")
_HEIGHT = re.compile(
    r"(\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,2})?)\s{0,2}"
    r"(FT|FEET|M|METRES?|METERS?|KM|NM)?\b\s{0,2}(AGL|AMSL|MSL|ASL|STD|HEI)?"
)
_NO_LIMIT = re.compile(r"\bUNL(?:TD|IMITED)?\b|\bSPACE\b|\bINFINITE\b")
_GROUND = re.compile(r"\b(?:SFC|GND|SURFACE|GROUND|MSL|SEA LEVEL|SF)\b")
_SPOKEN = re.compile(
    r"\b(?:(SFC|GND|SURFACE|GROUND|SF|MSL)|FL\s?(\d{2,3}))\s{0,2}(?:-|TO|UP TO|/)\s{0,2}"
    r"(UNL(?:TD|IMITED)?|FL\s?\d{2,3}|\d{2,6}\s?(?:FT|M)\b)"
)
_UNLIMITED_LEVEL = 999  # flight level by which the Q-line says that there is no limit
_UNITS = {"FT": _FOOT, "FE": _FOOT, "M": 1.0, "ME": 1.0, "KM": 1000.0, "NM": 1852.0}


@dataclass(frozen=True, slots=True)
class Items:
    """Where the items of a notice stand: begin and end of each, by letter."""

    spans: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class QLine:
    """Qualifiers.

    Attributes
    ----------
    region, subject : str
        Flight information region, and the code with its Q.
    lower, upper : float or None
        Vertical limits; None where they are not said [m].
    centre : tuple of float, or None
        Latitude and longitude [deg].
    radius : float
        Round the centre; 0 where it is not said [m].
    """

    region: str
    subject: str
    lower: float | None
    upper: float | None
    centre: tuple[float, float] | None
    radius: float


def items_of(page: Page, begin: int, end: int) -> Items:
    """Find the items of one notice.

    Parameters
    ----------
    page : Page
        The text.
    begin, end : int
        Where the notice begins and ends.

    Returns
    -------
    Items
        Where they stand.
    """
    plain = page.plain
    heads: list[tuple[str, int, int]] = []
    at = begin
    for letter in "QABC":
        found = _ITEM[letter].search(plain, at, end)
        text = _ITEM["E"].search(plain, at, end)
        if found and (text is None or found.start() < text.start()):
            heads.append((letter, found.start(), found.end()))
            at = found.end()
    text = _ITEM["E"].search(plain, at, end)
    schedule = _ITEM["D"].search(plain, at, text.start() if text else end)
    if schedule:
        heads.append(("D", schedule.start(), schedule.end()))
    if text:
        heads.append(("E", text.start(), text.end()))
        lower = None
        for lower in _F.finditer(plain, text.end(), end):  # noqa: B007 - the last one is meant
            pass
        if lower:
            heads.append(("F", lower.start(), lower.end()))
            upper = _G.search(plain, lower.end(), end)
            if upper:
                heads.append(("G", upper.start(), upper.end()))
    if not heads:
        return Items({})
    ends = [start for _, start, _ in heads[1:]] + [end]
    return Items(
        {letter: (stop, last) for (letter, _, stop), last in zip(heads, ends, strict=True)}
    )


def _level_height(number: int) -> float:
    return math.inf if number >= _UNLIMITED_LEVEL else number * 100 * _FOOT


def q_line(text: str) -> QLine | None:
    """Read qualifiers.

    Parameters
    ----------
    text : str
        What stands behind ``Q)``, in capitals.

    Returns
    -------
    QLine or None
        None where they are not written as they should be.
    """
    found = _Q_LINE.match(text)
    if found is None:
        return None
    centre = None
    if found[5]:
        lat = int(found[5][:2]) + int(found[5][2:]) / 60
        lon = int(found[7][:3]) + int(found[7][3:]) / 60
        if lat <= 90 and lon <= 180:
            centre = (-lat if found[6] == "S" else lat, -lon if found[8] == "W" else lon)
    return QLine(
        found[1],
        "Q" + found[2],
        _level_height(int(found[3])) if found[3] else None,
        _level_height(int(found[4])) if found[4] else None,
        centre,
        int(found[9] or 0) * 1852.0,
    )


def instant(text: str) -> tuple[datetime | None, bool, bool] | None:
    """Read the begin or end of a notice.

    Parameters
    ----------
    text : str
        What stands behind ``B)`` or ``C)``, in capitals.

    Returns
    -------
    tuple or None
        The instant [UTC], whether it is estimated, and whether there is no end; None where it is
        none of these.
    """
    found = _INSTANT.match(text)
    if found is None:
        return None
    if found[3]:
        return None, False, True
    made = ten_digits(found[1])
    return None if made is None else (made, bool(found[2]), False)


def level(text: str) -> tuple[float | None, str]:
    """Read a vertical limit.

    Parameters
    ----------
    text : str
        What stands behind ``F)`` or ``G)``, in capitals.

    Returns
    -------
    height : float or None
        Above the sea; infinite where there is none, None where it was not understood [m].
    repair : str
        Code of what was taken so; else empty.
    """
    text = text.strip()
    if _NO_LIMIT.search(text):
        return math.inf, ""
    found = _FLIGHT_LEVEL.search(text)
    if found:
        number = int(found[1])
        return _level_height(number), "top_level_as_unlimited" if number >= 999 else ""
    height = _HEIGHT.search(text)
    if height and height[2]:
        value = float(height[1].replace(",", "")) * _UNITS[height[2][:2]]
        return value, "above_ground_as_above_sea" if height[3] == "AGL" else ""
    return (0.0, "") if _GROUND.search(text) else (None, "")


def spoken_levels(page: Page, begin: int, end: int) -> tuple[float | None, float | None]:
    """Find vertical limits in the words of a text, as "SFC-UNL".

    Parameters
    ----------
    page : Page
        The text.
    begin, end : int
        Where to look.

    Returns
    -------
    lower, upper : float or None
        None where it is not said [m].
    """
    found = _SPOKEN.search(page.plain, begin, end)
    if found is None:
        return None, None
    lower = 0.0 if found[1] else _level_height(int(found[2]))
    return lower, level(found[3])[0]
