"""Circles and sectors round a point, as words describe them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.geodesy import destination, geodesic
from kosmodrom.launch.notices.coordinates import Point

if TYPE_CHECKING:
    from kosmodrom.launch.notices.notice import Shape
    from kosmodrom.launch.notices.page import Page

__all__ = ["Round", "arc_points", "corners_of", "round_of"]

_STEP = 5.0  # between corners of a drawn circle [deg]: 0.1 % of the radius inside the true one
_LARGEST = 5_000e3  # radius of a circle that is believed [m]
_UNEQUAL = 0.05  # of the radius, by which the ends of an arc may differ: published minutes round
_LABEL = re.compile(
    r"\n[ ]{0,8}[-(\[]?\s?(?:[A-Z]|\d{1,2}|[IVX]{1,4})[.):\]]"
    r"|\b(?:AREA|ZONE)\b[\s-]{0,2}(?:[A-Z]|\d{1,2})\b"
)
_REACH = 220  # characters on each side of a point that are looked at

_METRES = {
    "NM": 1852.0, "NMI": 1852.0, "NAUT": 1852.0, "MILE": 1852.0, "KM": 1000.0, "KILO": 1000.0,
    "M": 1.0, "METR": 1.0, "METE": 1.0, "YARD": 0.9144, "YD": 0.9144, "YDS": 0.9144,
    "FT": 0.3048, "FEET": 0.3048, "海里": 1852.0, "公里": 1000.0,
}  # fmt: skip
_AMOUNT = (
    r"(\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,3})?)\s{0,2}-?"
    r"(NMI?|NAUT(?:ICAL)?\s{1,3}MILES?|NAUT|MILES?|KM|KILOMET(?:ER|RE)S?|METRES?|METERS?|YARDS?"
    r"|YDS?|FEET|FT|M|海里|公里)\b"
)
_RADII = tuple(
    re.compile(text)
    for text in (
        rf"\b(?:RADIUS|RAD|RDS)\b\s{{0,3}}(?:OF|:|IS|=)?\s{{0,3}}{_AMOUNT}",
        rf"{_AMOUNT}[\s-]{{0,3}}(?:RADIUS|RAD|RDS|CIRCLE)\b",
        (
            rf"\b(?:WITHIN|WI|W/I|WTN)\s{{1,3}}(?:A\s{{1,3}})?{_AMOUNT}"
            r"\s{1,3}(?:OF|FROM|CENT(?:ER|RE)D?|AROUND|BTN|BETWEEN)\b"
        ),
        rf"\bCIRCLE\b[^.\d]{{0,40}}{_AMOUNT}",
        (
            r"\b(?:LENGTH|DISTANCE|OUT TO|RANGE|UP TO|TO|WITHIN|WI)\b"
            rf"\s{{0,3}}(?:OF|:|IS)?\s{{0,3}}{_AMOUNT}"
        ),
    )
)
_DIAMETER = re.compile(
    rf"{_AMOUNT}\s{{1,3}}(?:IN\s{{1,3}})?DIAMETER|DIAMETER\s{{1,3}}(?:OF\s)?{_AMOUNT}"
)
_RING = re.compile(
    rf"\b(?:BTN|BETWEEN|FROM)\s{{1,3}}{_AMOUNT}\s{{1,3}}(?:AND|TO|-)\s{{1,3}}{_AMOUNT}"
)
_DEG = r"\s{0,2}(?:°|DEG(?:REES?)?\.?|T\b|TRUE|(?:\(T\)))?\s{0,2}(?:TRUE|T\b)?\s{0,2}"
_AZIMUTHS = tuple(
    re.compile(text)
    for text in (
        (
            r"\b(?:RADIALS?|AZIMUTHS?|BEARINGS?|BRGS?|RDLS?|QDR|SECTOR|ARC)\b[^\d.]{0,30}"
            rf"(?:R-?)?(\d{{1,3}}(?:\.\d)?){_DEG}"
            rf"(?:TO|AND|-|THRU|THROUGH|CLOCKWISE(?:\sTO)?|CW(?:\sTO)?)\s{{0,2}}[^\d.]{{0,12}}"
            r"(?:R-?)?(\d{1,3}(?:\.\d)?)(?!\d)"
        ),
        (
            rf"(?<!\d)(\d{{3}}(?:\.\d)?){_DEG}(?:TO|AND|-|THRU|CLOCKWISE TO)\s{{0,2}}"
            rf"(\d{{3}}(?:\.\d)?){_DEG}\b(?:RADIALS?|AZIMUTHS?|BEARINGS?|SECTOR)\b"
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Round:
    """A circle or a sector.

    Attributes
    ----------
    centre : Point
        Its centre.
    inner, outer : float
        From where to where it reaches [m].
    azimuths : tuple of float, or None
        From where clockwise to where it goes, from true north; None all round [deg].
    begin, end : int
        Where its words begin and end.
    repairs : tuple of str
        Codes of what was taken so.
    """

    centre: Point
    inner: float
    outer: float
    azimuths: tuple[float, float] | None
    begin: int
    end: int
    repairs: tuple[str, ...]

    @property
    def shape(self) -> Shape:
        """Give how such an area is called.

        Returns
        -------
        str
            "circle" or "sector".
        """
        return "circle" if self.azimuths is None else "sector"


def _metres(amount: str, unit: str) -> float:
    if unit not in _METRES:
        unit = unit[:4]
    return float(amount.replace(",", "")) * _METRES[unit]


def _nearest(
    patterns: tuple[re.Pattern[str], ...], page: Page, spans: list[tuple[int, int]]
) -> re.Match[str] | None:
    """Find the words that fit and stand nearest to the point, which lies between two spans."""
    (first, middle), (behind, last) = spans
    best: tuple[int, re.Match[str]] | None = None
    for pattern in patterns:
        for found in pattern.finditer(page.plain, first, middle):
            if best is None or middle - found.end() < best[0]:
                best = middle - found.end(), found
        for found in pattern.finditer(page.plain, behind, last):
            if best is None or found.start() - behind < best[0]:
                best = found.start() - behind, found
    return best[1] if best else None


def round_of(page: Page, centre: Point, before: int, after: int) -> Round | None:
    """Read the circle or sector whose centre a lone point is.

    Parameters
    ----------
    page : Page
        The text.
    centre : Point
        The point.
    before, after : int
        Where the words before and behind it that may belong to it begin and end.

    Returns
    -------
    Round or None
        The circle or sector; None where the words speak of none.
    """
    first = max(before, centre.begin - _REACH)
    for label in _LABEL.finditer(page.plain, first, centre.begin):
        first = label.start()
    last = min(after, centre.end + _REACH)
    label_behind = _LABEL.search(page.plain, centre.end, last)
    spans = [
        (first, centre.begin),
        (centre.end, label_behind.start() if label_behind else last),
    ]
    repairs = []
    inner = 0.0
    ring = _nearest((_RING,), page, spans)
    azimuths = _nearest(_AZIMUTHS, page, spans)
    if ring and azimuths:
        inner, outer = _metres(ring[1], ring[2]), _metres(ring[3], ring[4])
        words = ring
    else:
        radius = _nearest(_RADII[:4] if azimuths is None else _RADII, page, spans)
        diameter = _nearest((_DIAMETER,), page, spans)
        if radius is None and diameter is None:
            return None
        if diameter is not None:
            words = diameter
            outer = _metres(words[1] or words[3], words[2] or words[4]) / 2
        elif radius is not None:
            words = radius
            outer = _metres(words[1], words[2])
    if "MILE" in words.group() and "NAUT" not in words.group():
        repairs.append("miles_as_nautical")
    if not 0 <= inner < outer <= _LARGEST:
        return None
    turn = None
    if azimuths:
        turn = float(azimuths[1]), float(azimuths[2])
        if max(turn) > 360 or turn[0] % 360 == turn[1] % 360:
            turn = None
        elif re.search(r"\b(?:R-?\d|RADIALS?|RDLS?)", azimuths.group()):
            repairs.append("radials_as_true")
    begin = min(centre.begin, words.start())
    return Round(
        centre, inner if turn else 0.0, outer, turn, begin, max(centre.end, words.end()),
        tuple(repairs),
    )  # fmt: skip


def corners_of(made: Round) -> list[tuple[float, float]]:
    """Draw a circle or a sector with corners.

    Parameters
    ----------
    made : Round
        The circle or sector.

    Returns
    -------
    list of tuple of float
        Latitude and longitude of its corners [deg].
    """
    start, width = 0.0, 360.0
    if made.azimuths is not None:
        start, width = made.azimuths[0], (made.azimuths[1] - made.azimuths[0]) % 360.0
    steps = max(2, int(np.ceil(width / _STEP)))
    azimuths = np.radians(start + np.linspace(0.0, width, steps + 1))
    lat, lon = np.radians(made.centre.latitude), np.radians(made.centre.longitude)
    if made.azimuths is None:
        azimuths = azimuths[:-1]
    outer = np.degrees(np.column_stack(destination(lat, lon, azimuths, made.outer)))
    corners = [(float(a), float(b)) for a, b in outer]
    if made.azimuths is None:
        return corners
    if made.inner > 0:
        back = np.degrees(np.column_stack(destination(lat, lon, azimuths[::-1], made.inner)))
        return corners + [(float(a), float(b)) for a, b in back]
    return [*corners, (made.centre.latitude, made.centre.longitude)]


def arc_points(centre: Point, start: Point, stop: Point, *, clockwise: bool) -> list[Point] | None:
    """Draw an arc with corners between its ends.

    Parameters
    ----------
    centre, start, stop : Point
        Its centre and its ends.
    clockwise : bool
        Which way it goes.

    Returns
    -------
    list of Point or None
        The corners between its ends; None where these are not equally far from the centre.
    """
    lat, lon = np.radians(centre.latitude), np.radians(centre.longitude)
    ends = np.radians([[start.latitude, start.longitude], [stop.latitude, stop.longitude]])
    distance, azimuth, _ = geodesic(lat, lon, ends[:, 0], ends[:, 1])
    low, high = float(distance.min()), float(distance.max())
    if not 0 < high <= _LARGEST or high - low > _UNEQUAL * high:
        return None
    turn = float(np.degrees(azimuth[1] - azimuth[0])) % 360.0
    if not clockwise:
        turn -= 360.0
    steps = max(2, int(np.ceil(abs(turn) / _STEP)))
    parts = np.linspace(0.0, 1.0, steps + 1)[1:-1]
    places = destination(
        lat,
        lon,
        azimuth[0] + parts * np.radians(turn),
        distance[0] + parts * (distance[1] - distance[0]),
    )
    return [
        Point(float(a), float(b), centre.begin, centre.end)
        for a, b in np.degrees(np.column_stack(places))
    ]
