"""Points of a text as the areas that they outline: what stands between two points decides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kosmodrom.launch.notices.rings import angle_between, two_rings
from kosmodrom.launch.notices.rounds import arc_points

if TYPE_CHECKING:
    from kosmodrom.launch.notices.coordinates import Point
    from kosmodrom.launch.notices.page import Page

__all__ = ["Series", "series_of"]

_NEAR = 80  # characters before a list of points in which its name is looked for
_BEHIND = 24  # characters after it in which its width may stand
_GAP = 400  # longest text between two points that is looked at
_SAME = 1e-7  # rad: 0.6 m
_LONGEST_CUT = 60  # corners of a list that is tried as two rings
_CUT = re.compile(r"\bAND\b|\n[ ]{0,8}\n|;")

_JOINING = re.compile(
    r"(?:\((?!AREA|ZONE|BOX|STAGE|[A-Z]{1,2}\))[^()\d]{1,40}\)"
    r"|[\s,;:.()\[\]+/&>~*'\"|=_-]|TO\b|AND\b|THEN(?:CE)?\b|STRAIGHT\b|LINES?\b|JOINING\b"
    r"|POINTS?\b|POSITIONS?\b|PSN\b|DIRECT(?:LY)?\b|THE\b|A\b|FROM\b|FM\b|LAT(?:ITUDE)?\b"
    r"|LONG?(?:ITUDE)?\b|GREAT\b|CIRCLE\b|GEODESICS?\b|BY\b|ALONG\b|DAN\b|KE\b)*+"
)
_ENUMERATED = re.compile(
    r"[\s,;.)\]]*+(?:AND\b|&)?[\s,;.]*+(?:"
    r"(?:POINT\s?|P(?=\d)|NO\.?\s?)?[(\[]?(?:[A-Z]|\d{1,2}|[IVX]{2,4})\s?[.):\]-]{1,2}"
    r"|(?:POINT|CORNER|VERTEX)\s?(?:[A-Z]|\d{1,2})\b|(?:[A-Z]|\d{1,2})\s?\()\s*+"
)
_BOUNDARY = re.compile(
    r"\b(?:ALONG|FOLLOWING|VIA|THEN|THENCE)\b[^.:]{0,60}?"
    r"\b(?:BOUNDARY|BOUNDARIES|BDRY|BORDER|COAST|COAST ?LINE|COASTAL LINE|SHORE ?LINE|PARALLEL"
    r"|MERIDIAN|LIMIT|LIMITS)\b[^.:]{0,30}"
)
_NEW_LINE = re.compile(r"[ ]{0,8}\n[ ]{0,8}")
_ARC = re.compile(
    r"(ANTI|COUNTER)?-?\s?CLOCKWISE\b[^:]{0,80}\b(?:ARC|CIRCLE)\b[^:]{0,80}"
    r"\bCENT(?:RE|ER)D?\s(?:ON|AT|OF|POINT|PSN)?[\s:(]{0,4}(?:THE\s)?(?:POINT\s|POSITION\s|PSN\s)?[(]?$"
)
_NAMED = re.compile(r"[\s,]*+[-–][\s]*+[A-Z]{2,8}(?:\s'?[A-Z/]{2,8}'?){0,3}[\s]*+[-–,][\s]*+")
_AREA = re.compile(
    r"\b(?:(?:IMPACT|DANGER|DEBRIS|HAZARD|RISK|CLOSURE|TEMPORARY|TEMPO|DROP|FALL|SPLASHDOWN)\s)?"
    r"(?:AREA|ZONE|STAGE|BOX|BLOCK|POLYGON|REGION|CORRIDOR|CIRCLE)\b\s{0,2}(?:NO\.?|NR\.?|#|-)?\s{0,2}"
    r"(?:[A-Z]|\d{1,2}|[IVX]{2,4})\b(?![/'])"
    r"|\b(?:FIRST|SECOND|THIRD|FOURTH|1ST|2ND|3RD|4TH)[\s-](?:STAGE|AREA|ZONE)\b"
    r"|\b(?:PAYLOAD\s)?FAIRINGS?\b|\b(?:HIGH|LOW) RISK AREA\b"
)
_LETTERED = re.compile(r"(?:^|(?<=\s))[(\[]?(?:([A-Z])[.)\]](?=\s)|(\d{1,2})[.)\]]\s{0,3}$)")
_AFTER = re.compile(r"[\s.,]*+\(((?:AREA|ZONE|BOX)\s?[A-Z0-9]{1,3})\)")
_EXCLUDED = re.compile(r"\b(?:EXCLUDING|EXCLUDED?|EXCEPT(?:ING)?)\b[^.]{0,60}$")

_BESIDE = re.compile(
    r"[\s,.]{0,4}\b(?:(?:EITHER|EACH|BOTH) SIDES?|TRACK ?LINE)\b"
    r"(?![^.]{0,80}\b(?:AREAS?|ZONES?|BOUND(?:ED)?)\b)"
)
_TRACK = re.compile(
    r"\b(?:RTES?|ROUTES?|REROUTED?|TRACKS?|DCT|AIRWAYS?|ALTN)\b"
    r"(?![^.]{0,80}\b(?:AREAS?|ZONES?|BOUND(?:ED)?|WI|WITHIN|REGION)\b)[^.]{0,60}$"
)


@dataclass(slots=True)
class Series:
    """Points that stand together.

    Attributes
    ----------
    name : str
        As the text calls it.
    points : list of Point
        In the order of the text.
    intro : int
        Where the text before it begins.
    repairs : list of tuple
        Code, begin and end of what was set right.
    faults : list of tuple
        Code, begin and end of what makes an outline of it impossible.
    """

    name: str
    points: list[Point]
    intro: int
    repairs: list[tuple[str, int, int]] = field(default_factory=list)
    faults: list[tuple[str, int, int]] = field(default_factory=list)


def _kind(page: Page, begin: int, end: int) -> str:
    """Say what stands between two points."""
    if end - begin > _GAP:
        return "other"
    plain = page.plain
    if _JOINING.fullmatch(plain, begin, end):
        return "join"
    if _JOINING.fullmatch(_NEW_LINE.sub("", plain[begin:end])):
        return "join"  # a word is broken over lines, as "T" and "O"
    if _ENUMERATED.fullmatch(plain, begin, end):
        return "enumerated"
    if _NAMED.fullmatch(plain, begin, end):
        return "named"
    arc = _ARC.search(plain, begin, end)
    if arc:
        return "arc_back" if arc[1] else "arc"
    if _BOUNDARY.search(plain, begin, end) and not _AREA.search(plain, begin, end):
        return "boundary"
    return "other"


def _runs(page: Page, points: list[Point]) -> list[list[tuple[Point, str]]]:
    """Cut the points where the words between them do not join them."""
    runs: list[list[tuple[Point, str]]] = []
    for index, point in enumerate(points):
        kind = _kind(page, points[index - 1].end, point.begin) if index else "other"
        if kind == "other":
            runs.append([])
        runs[-1].append((point, kind))
    return runs


def _pieces(run: list[tuple[Point, str]]) -> list[list[tuple[Point, str]]]:
    """Cut a run at its letters and numbers, unless these count lines or corners.

    Corners that are counted are marked so, since a number before them is not the area's name.
    """
    pieces: list[list[tuple[Point, str]]] = []
    for point, kind in run:
        if not pieces or kind == "enumerated":
            pieces.append([])
        pieces[-1].append((point, kind))
    if all(len(piece) < 3 for piece in pieces):
        counted = len(pieces) > 1
        return [
            [
                (point, "counted" if counted and not k else kind)
                for k, (point, kind) in enumerate(run)
            ]
        ]
    return pieces


def _closures(piece: list[tuple[Point, str]]) -> list[list[tuple[Point, str]]]:
    """Cut where a list comes back to its first point and goes on."""
    parts: list[list[tuple[Point, str]]] = [[]]
    for point, kind in piece:
        part = parts[-1]
        if len(part) > 3 and _equal(part[0][0], part[-1][0]) and not _equal(part[0][0], point):
            parts.append([])
        parts[-1].append((point, kind))
    return parts


def _equal(a: Point, b: Point) -> bool:
    if abs(a.latitude - b.latitude) > 1e-4:
        return False
    return angle_between((a.latitude, a.longitude), (b.latitude, b.longitude)) < _SAME


def _name(page: Page, intro: int, begin: int, end: int, *, counted: bool) -> str:
    """Find how the text calls an area: after it in brackets, or else last before it."""
    after = _AFTER.match(page.plain, end, end + 40)
    if after:
        return page.quote(*after.span(1))
    near = max(intro, begin - 3 * _NEAR)
    named = list(_AREA.finditer(page.plain, near, begin))
    lettered = list(_LETTERED.finditer(page.plain, max(intro, begin - _NEAR), begin))
    if counted and lettered and begin - lettered[-1].end() < 4:
        lettered.pop()
    if named and (not lettered or named[-1].start() > lettered[-1].start() - 4):
        return " ".join(page.plain[slice(*named[-1].span())].split())
    if lettered:
        return lettered[-1][1] or lettered[-1][2]
    return " ".join(page.plain[slice(*named[-1].span())].split()) if named else ""


def _series(page: Page, part: list[tuple[Point, str]], intro: int) -> Series:
    points = [point for point, _ in part]
    begin, end = points[0].begin, points[-1].end
    counted = part[0][1] == "counted"
    made = Series(_name(page, intro, begin, end, counted=counted), points, intro)
    decimals = all("decimals" in point.repairs for point in points)
    for index, (point, kind) in enumerate(part):
        made.repairs += [
            (code, point.begin, point.end) for code in point.repairs if code != "decimals"
        ]
        if index and kind == "boundary":
            made.repairs.append(("boundary_as_line", points[index - 1].end, point.begin))
        elif index and kind == "named":
            made.faults.append(("named_point", points[index - 1].end, point.begin))
    if decimals:
        made.repairs.append(("decimals_not_minutes", begin, end))
    if _EXCLUDED.search(page.plain, max(intro, begin - _NEAR), begin):
        made.faults.append(("excluded_area", begin, end))
    before = _BESIDE.search(page.plain, max(intro, begin - 2 * _NEAR), begin)
    if before or _BESIDE.search(page.plain, end, end + _BEHIND):
        made.faults.append(("corridor_line", begin, end))
    if len(points) > 2 and _TRACK.search(page.plain, max(intro, begin - _NEAR), begin):
        made.faults.append(("route", begin, end))
    _draw_arcs(made, [kind for _, kind in part])
    return made


def _draw_arcs(made: Series, kinds: list[str]) -> None:
    """Put corners along an arc in place of its centre."""
    drawn: list[Point] = []
    for index, (point, kind) in enumerate(zip(made.points, kinds, strict=True)):
        if index == 0 or not kind.startswith("arc"):
            drawn.append(point)
            continue
        start = made.points[index - 1]
        stop = made.points[(index + 1) % len(made.points)]
        arc = arc_points(point, start, stop, clockwise=kind == "arc")
        if arc is None:
            made.faults.append(("arc", start.begin, stop.end))
        else:
            drawn += arc
    made.points[:] = drawn


def _in_two(page: Page, made: Series) -> list[Series]:
    """Take for two rings what cannot be one, where the words or the count say where to cut."""
    points = made.points
    cuts = [
        k
        for k in range(3, len(points) - 2)
        if _CUT.search(page.plain, points[k - 1].end, points[k].begin)
    ]
    if len(points) == 8 and 4 not in cuts:
        cuts.append(4)
    pairs = [(point.latitude, point.longitude) for point in points]
    if made.faults or not cuts or len(points) > _LONGEST_CUT:
        return [made]
    for cut in cuts[:3]:
        if two_rings(pairs, cut):
            split = ("split", points[0].begin, points[-1].end)
            return [
                Series(made.name, points[:cut], made.intro, [*made.repairs, split]),
                Series(made.name, points[cut:], made.intro, [split]),
            ]
    return [made]


def series_of(page: Page, points: list[Point], begin: int) -> list[Series]:
    """Put points together that outline one area.

    Parameters
    ----------
    page : Page
        The text.
    points : list of Point
        In the order of the text.
    begin : int
        Where the text before the first begins.

    Returns
    -------
    list of Series
        In the order of the text; those of one or two points too.
    """
    found: list[Series] = []
    intro = begin
    for run in _runs(page, points):
        for piece in _pieces(run):
            for part in _closures(piece):
                made = _series(page, part, intro)
                found += _in_two(page, made)
                intro = made.points[-1].end
    return found
