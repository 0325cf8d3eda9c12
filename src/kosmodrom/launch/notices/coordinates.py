"""Coordinates in a text, in the many ways in which they are written.

A point is a latitude and a longitude beside each other with their hemispheres; the two must be
written in the same way, else digits that stand near (numbers of a list, of a route) would be taken
for degrees. Every pattern has bounded repeats only, so a text is read in one pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kosmodrom.launch.notices.notice import Unread
    from kosmodrom.launch.notices.page import Page

__all__ = ["Point", "find_points", "find_points_without_hemisphere"]

_BREAK = r"(?:[ ]{0,8}\n[ ]{0,8})?"
_NORTH = r"(?:NORTH|SOUTH|N|S|LU|LS|[СсЮю]\.[ ]?[Шш]\.?|北[緯纬]|南[緯纬]|북위|남위)"
_EAST = (
    r"(?:EAST|WEST|OESTE|OUEST|E|W|BT|BB|[ВвЗз]\.[ ]?[Дд]\.?|[東东][経經经]|西[経經经]|동경|서경)"
)
_DEGREE = r"(?:°|&DEG;|&#176;|&#XB0;|\*|DEG(?:REES?)?\.?|度|도)"
_MINUTE = r"(?:'|&APOS;|&#39;|&#X27;|&RSQUO;|&PRIME;|MIN(?:UTES?)?\.?|分|분)"
_SECOND = r"(?:\"|''|&QUOT;|&#34;|&RDQUO;|SEC(?:ONDS?)?\.?|秒|초)"
_BETWEEN = (
    r"[\s,;/&.:'\"|-]{0,8}(?:(?:LAT(?:ITUDE)?|AND|BY|X)\b[\s.,;:]{0,3})?"
    r"(?:LON(?:G(?:ITUDE)?)?\b[\s.,:;]{0,3})?"
)


def _digits(count: int) -> str:
    return _BREAK.join([r"\d"] * count)


def _marked(degrees: str) -> str:
    return (
        rf"{degrees}(?:[.,]\d{{1,8}})?\s{{0,2}}{_DEGREE}\s{{0,2}}"
        rf"(?:\d{{1,2}}(?:[.,]\d{{1,6}})?\s{{0,2}}{_MINUTE}?\s{{0,2}}"
        rf"(?:\d{{1,2}}(?:[.,]\d{{1,4}})?\s{{0,2}}{_SECOND}?)?)?"
    )


_FRACTION = r"(?:\.\d{1,4})?"
_STYLES: tuple[tuple[str, str, str], ...] = (
    ("compact", _digits(6) + _FRACTION, _digits(7) + _FRACTION),
    ("compact", _digits(4) + _FRACTION, _digits(5) + _FRACTION),
    ("compact", r"\d{6}", r"\d{5,6}"),
    ("compact", r"\d{4}", r"(?:\d{7}|\d{4})"),
    ("compact", r"\d{2}", r"\d{3}"),
    (
        "parts",
        r"\d{1,2}-\d{1,2}(?:-\d{1,2})?(?:[.,]\d{1,6})?(?:'|\"|'')?",
        r"\d{1,3}-\d{1,2}(?:-\d{1,2})?(?:[.,]\d{1,6})?(?:'|\"|'')?",
    ),
    ("parts", r"\d{1,2}\s{1,3}\d{2}(?:\.\d{1,6})?'?", r"\d{2,3}\s{1,3}\d{2}(?:\.\d{1,6})?'?"),
    (
        "parts",
        r"\d{1,2}\s{1,3}\d{2}\s{1,3}\d{2}(?:\.\d{1,4})?",
        r"\d{2,3}\s{1,3}\d{2}\s{1,3}\d{2}(?:\.\d{1,4})?",
    ),
    ("parts", _marked(r"\d{1,2}"), _marked(r"\d{1,3}")),
    (
        "dots",
        rf"\d{{1,2}}\.\d{{1,2}}\s?(?:'\s?\d{{1,2}}\s?{_SECOND}|'|\.\d{{1,2}}{_SECOND}?)",
        rf"\d{{1,3}}\.\d{{1,2}}\s?(?:'\s?\d{{1,2}}\s?{_SECOND}|'|\.\d{{1,2}}{_SECOND}?)",
    ),
    ("decimal", r"\d{1,2}\.\d{1,8}", r"\d{1,3}\.\d{1,8}"),
    (
        "parts",
        r"\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d{1,4})?)?",
        r"\d{1,3}:\d{1,2}(?::\d{1,2}(?:\.\d{1,4})?)?",
    ),
)


def _written(lat: str, lon: str, *, hemisphere_first: bool, east_first: bool) -> str:
    north, east = (f"({_NORTH})", f"({_EAST})")
    gap = r"\.?\s{0,2}\n?[ ]{0,8}"
    if hemisphere_first:
        first, second = (f"{north}{gap}({lat})", f"{east}{gap}({lon})")
    else:
        first, second = (f"({lat})\\s{{0,3}}{north}", f"({lon})\\s{{0,3}}{east}")
    if east_first:
        first, second = second, first
    return first + _BETWEEN + second


def _pattern(*, east_first: bool) -> tuple[re.Pattern[str], tuple[tuple[str, bool, bool], ...]]:
    """Join all ways of writing a point; say of each how its groups are to be read."""
    branches, ways = [], []
    for hemisphere_first in (False, True):
        inner = []
        for style, lat, lon in _STYLES:
            inner.append(
                _written(lat, lon, hemisphere_first=hemisphere_first, east_first=east_first)
            )
            ways.append((style, hemisphere_first, east_first))
        guard = (
            r"(?<![A-Z])(?=[NSEWLB北南東东西북남동서СсЮюВвЗз])"
            if hemisphere_first
            else r"(?<!\d)(?<![^A-Z][NSEW])"
            r"(?=\d[\d\s.,:;°'\"*&/-]{0,30}[NSEWLBDM度도北南東东西СсЮюВвЗзO])"
        )
        branches.append(guard + "(?:" + "|".join(inner) + ")")
    return re.compile("|".join(branches)), tuple(ways)


_LAT_FIRST = _pattern(east_first=False)
_LON_FIRST = _pattern(east_first=True)
_FIRST, _SECOND_NUMBER = r"([+-]?\d{1,3}\.\d{1,8})", r"([+-]?\d{1,3}\.\d{1,8})(?!\d|\.\d)\s?°?"
_SIGNED = re.compile(rf"(?<![\d.]){_FIRST}\s?°?\s{{0,2}}[,;/| ]\s{{0,3}}{_SECOND_NUMBER}")
_LABELLED = re.compile(
    rf"\bLAT(?:ITUDE)?[\s.:=]{{0,4}}{_FIRST}\s?°?[\s,;/|]{{0,4}}LON(?:G(?:ITUDE)?)?[\s.:=]{{0,4}}"
    + _SECOND_NUMBER
)
_BARE = (  # every number has its mark, else one of the next line would be taken for seconds
    r"([+-]?\d{1,3}(?:[.,]\d{1,8})?[ ]{0,2}°(?:[ ]{0,2}\d{1,2}(?:[.,]\d{1,6})?[ ]{0,2}'(?!')"
    r"(?:[ ]{0,2}\d{1,2}(?:[.,]\d{1,4})?[ ]{0,2}(?:\"|''))?)?)"
)
_MARKED = re.compile(rf"(?<![\d.]){_BARE}[\s,;/|]{{0,4}}{_BARE}")
_LONGITUDE_FIRST = re.compile(r"\b(?:MULTI)?POLYGON\s{0,2}Z?\s{0,2}\(\(")
_CODED = re.compile(r"&#\w{2,4};")  # a sign by its number
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LIKE_MINUTES = re.compile(r"\d{1,3}\.[0-5]\d")  # two decimals that could be minutes
_WHOLE = re.compile(r"\d+")
_LEFT = re.compile(
    r"(?<![A-Z0-9/.-])(?:"
    r"[NS]\s?\d{4,9}(?:\.\d{1,4})?|[EW]\s?\d{5,9}(?:\.\d{1,4})?"
    r"|\d{3,9}(?:\.\d{1,4})?\s?[NSEW]|\d{1,3}\.\d{1,8}\s?°?\s?[NSEW]"
    r"|\d{1,3}[-:°]\s?\d{1,2}(?:[-:'.]\s?\d{1,6}){0,2}['\"]{0,2}\s?[NSEW]"
    r"|[NSEW]\s?\d{1,3}[-:°]\s?\d{1,2}(?:[-:'.]\s?\d{1,6}){0,2}"
    r")(?![A-Z0-9/])"
)
_SOUTH = frozenset("S南남Юю") | {"LS"}
_WEST = frozenset("W西서ЗзO") | {"BB"}
_MISSING_ZERO = {4: 5, 6: 7}  # digits of a longitude without its leading zero -> with it


@dataclass(frozen=True, slots=True)
class Point:
    """A point and where it stands.

    Attributes
    ----------
    latitude, longitude : float
        Where it is [deg].
    begin, end : int
        Where its words begin and end.
    repairs : tuple of str
        Codes of what was set right in its words; "decimals" where they could be minutes.
    """

    latitude: float
    longitude: float
    begin: int
    end: int
    repairs: tuple[str, ...] = ()


def _compact(text: str, *, longitude: bool) -> tuple[float, bool] | None:
    """Read degrees, minutes and seconds that are written in one; and whether a zero lacked."""
    text = "".join(text.split())
    whole, _, fraction = text.partition(".")
    padded = False
    if longitude and len(whole) in _MISSING_ZERO:
        whole = whole.zfill(_MISSING_ZERO[len(whole)])
        padded = True
    head = 3 if longitude else 2
    parts = [whole[:head], whole[head : head + 2], whole[head + 2 :]]
    numbers = [part for part in parts if part]
    if fraction:
        numbers[-1] += "." + fraction
    value = _value([float(number) for number in numbers])
    return None if value is None else (value, padded)


def _value(parts: list[float]) -> float | None:
    if not parts or len(parts) > 3 or any(part >= 60 for part in parts[1:]):
        return None
    return sum(part / (1.0, 60.0, 3600.0)[power] for power, part in enumerate(parts))


def _number(style: str, text: str, *, longitude: bool) -> tuple[float, bool] | None:
    if style == "compact":
        return _compact(text, longitude=longitude)
    found = (_WHOLE if style == "dots" else _NUMBER).findall(_CODED.sub("'", text))
    parts = [float(part.replace(",", ".")) for part in found]
    if any(part != int(part) for part in parts[:-1]):
        return None
    value = _value(parts)
    return None if value is None else (value, False)


def _point(match: re.Match[str], way: tuple[str, bool, bool], first: int) -> Point | None:
    style, hemisphere_first, east_first = way
    words = [match.group(first + k) for k in range(4)]
    if hemisphere_first:
        words = [words[1], words[0], words[3], words[2]]
    if east_first:
        words = words[2:] + words[:2]
    lat_text, north, lon_text, east = words
    lat = _number(style, lat_text, longitude=False)
    lon = _number(style, lon_text, longitude=True)
    if lat is None or lon is None or lat[0] > 90 or lon[0] > 180:
        return None
    repairs = []
    if style == "compact" and "\n" in match.group():
        repairs.append("joined_line")
    if lon[1]:
        repairs.append("missing_zero")
    if style == "decimal" and all(_LIKE_MINUTES.fullmatch(text) for text in (lat_text, lon_text)):
        repairs.append("decimals")
    south = north in _SOUTH or north[0] in _SOUTH
    west = east in _WEST or east[0] in _WEST
    return Point(
        -lat[0] if south else lat[0],
        -lon[0] if west else lon[0],
        match.start(),
        match.end(),
        tuple(repairs),
    )


def _matches(
    page: Page, begin: int, end: int, *, east_first: bool
) -> Iterator[tuple[re.Match[str], Point | None]]:
    pattern, ways = _LON_FIRST if east_first else _LAT_FIRST
    for match in pattern.finditer(page.plain, begin, end):
        last = match.lastindex or 4
        yield match, _point(match, ways[(last - 1) // 4], last - 3)


def find_points(page: Page, begin: int, end: int) -> tuple[list[Point], list[Unread]]:
    """Find the points of a stretch of text.

    Parameters
    ----------
    page : Page
        The text.
    begin, end : int
        The stretch.

    Returns
    -------
    points : list of Point
        In the order of the text.
    unread : list of Unread
        What looks like a coordinate and is none.
    """
    points, unread = _found(page, begin, end, east_first=False)
    if unread or not points:
        others, missed = _found(page, begin, end, east_first=True)
        if (others and len(missed) < len(unread)) or (others and not points):
            return others, missed
    return points, unread


def _found(
    page: Page, begin: int, end: int, *, east_first: bool
) -> tuple[list[Point], list[Unread]]:
    points: list[Point] = []
    unread: list[Unread] = []
    at = begin
    for match, point in [*_matches(page, begin, end, east_first=east_first), (None, None)]:
        start, stop = match.span() if match else (end, end)
        if start - at > 3:
            unread += [
                page.unread("coordinate", *left.span())
                for left in _LEFT.finditer(page.plain, at, start)
            ]
        at = stop
        if point is not None:
            points.append(point)
        elif match is not None:
            unread.append(page.unread("coordinate", start, stop))
    return points, unread


def find_points_without_hemisphere(page: Page, begin: int, end: int) -> list[Point]:
    """Find pairs of degrees that have no letters for their hemispheres.

    Parameters
    ----------
    page : Page
        The text.
    begin, end : int
        The stretch.

    Returns
    -------
    list of Point
        In the order of the text; each says that it was taken so. The latitude is taken to stand
        first, unless some that stand first exceed 90 degrees and none that stands second does, or
        the text is a polygon of well-known text, which puts the longitude first.
    """
    labelled = list(_LABELLED.finditer(page.plain, begin, end))
    if labelled:
        return _signed(labelled, "signs_for_letters", swapped=False)
    matches = list(_SIGNED.finditer(page.plain, begin, end))
    if matches:
        first, second = (
            max(abs(float(match.group(group))) for match in matches) for group in (1, 2)
        )
        swapped = first > 90 >= second or bool(_LONGITUDE_FIRST.search(page.plain, begin, end))
        code = "longitude_first_without_letters" if swapped else "latitude_first_without_letters"
        return _signed(matches, code, swapped=swapped)
    return _marked_pairs(page, begin, end)


def _signed(matches: list[re.Match[str]], code: str, *, swapped: bool) -> list[Point]:
    found = []
    for match in matches:
        lat, lon = float(match.group(1 + swapped)), float(match.group(2 - swapped))
        if abs(lat) <= 90 and abs(lon) <= 180:
            found.append(Point(lat, lon, match.start(), match.end(), (code,)))
    return found


def _marked_pairs(page: Page, begin: int, end: int) -> list[Point]:
    """Find pairs with marks of degrees and minutes, as papers print them in lists."""
    found = []
    for match in _MARKED.finditer(page.plain, begin, end):
        values = []
        for words in match.groups():
            made = _number("parts", words, longitude=False)
            values.append(made if made is None else made[0] * (-1 if words[0] == "-" else 1))
        lat, lon = values
        if lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180:
            code = ("latitude_first_without_letters",)
            found.append(Point(lat, lon, match.start(), match.end(), code))
    return found
