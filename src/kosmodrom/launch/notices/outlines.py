"""Areas with their corners from a stretch of text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.coordinates import find_points, find_points_without_hemisphere
from kosmodrom.launch.notices.rings import MOST_CORNERS, Ring, is_inside_ring, ring_of
from kosmodrom.launch.notices.rounds import corners_of, round_of
from kosmodrom.launch.notices.series import series_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.launch.notices.notice import Repair, Shape, Unread
    from kosmodrom.launch.notices.page import Page
    from kosmodrom.launch.notices.series import Series

__all__ = ["MOST_POINTS", "Outline", "outlines_of"]

MOST_POINTS = 200_000  # of one text
_CLOSING = ("BACK", "ORIGIN", "START", "BEGINNING", "COMMENCE", "INITIAL POINT", "FIRST POINT")
_REACH = 60  # characters beside points in which words are looked for that close or explain them
_MOST_LOOKED_AT = 50  # areas in which a lone point is looked for
_ROUTE = re.compile(r"\b(?:DCT|RTES?|ROUTES?|ALTN|VIA|POINT \()|\b[A-Z]{5}\s{0,2}-\s{0,2}$")


@dataclass(frozen=True, slots=True)
class Outline:
    """An area before its times and heights are known.

    Attributes
    ----------
    name, shape : str
        As in `Area`.
    ring : numpy.ndarray, shape (k, 2)
        As in `Area` [deg].
    intro, begin, end : int
        Where the words before it begin, and where its points begin and end.
    repairs : tuple of Repair
        What was set right.
    """

    name: str
    shape: Shape
    ring: NDArray[np.float64]
    intro: int
    begin: int
    end: int
    repairs: tuple[Repair, ...]


def outlines_of(
    page: Page, begin: int, end: int, *, letters: bool
) -> tuple[list[Outline], list[Unread], int]:
    """Find the areas of a stretch of text.

    Parameters
    ----------
    page : Page
        The text.
    begin, end : int
        The stretch.
    letters : bool
        Whether coordinates must have letters for their hemispheres.

    Returns
    -------
    outlines : list of Outline
        In the order of the text.
    unread : list of Unread
        What was not understood.
    count : int
        How many points there were.
    """
    points, unread = find_points(page, begin, end)
    if not points and not letters:
        bare = find_points_without_hemisphere(page, begin, end)
        points = bare if len(bare) >= 3 else []
    if len(points) > MOST_POINTS:
        raise InputError(
            f"the text has {len(points)} coordinates; at most {MOST_POINTS} are read at once: "
            "give the notices in several files"
        )
    found: list[Outline] = []
    groups = series_of(page, points, begin)
    few: list[Series] = []
    used = begin
    for index, series in enumerate(groups):
        series.intro = max(series.intro, used)
        after = groups[index + 1].points[0].begin if index + 1 < len(groups) else end
        made, missed = _outline(page, series, after)
        unread += missed
        if made is not None:
            found.append(made)
            used = made.end
        elif not missed:
            few.append(series)
    unread += [_few(page, series, found) for series in few]
    return _each_once(found), unread, len(points)


def _few(page: Page, series: Series, found: list[Outline]) -> Unread:
    """Say of one or two points that outline nothing what they may be."""
    points = series.points
    before = page.plain[max(series.intro, points[0].begin - _REACH) : points[0].begin]
    if any(
        all(is_inside_ring((point.latitude, point.longitude), outline.ring) for point in points)
        for outline in found[:_MOST_LOOKED_AT]
    ):
        code = "point_in_area"
    elif len(points) == 1 and _ROUTE.search(before):
        code = "route_point"
    else:
        code = "lone_point" if len(points) == 1 else "too_few_points"
    return page.unread(code, points[0].begin, points[-1].end)


def _outline(page: Page, series: Series, after: int) -> tuple[Outline | None, list[Unread]]:
    first, last = series.points[0].begin, series.points[-1].end
    if series.faults:
        return None, [page.unread(*fault) for fault in series.faults]
    if len(series.points) > MOST_CORNERS:
        raise InputError(
            f"an area has {len(series.points)} corners; at most {MOST_CORNERS} are read: "
            "simplify its outline"
        )
    repairs = [page.repair(*repair) for repair in series.repairs]
    if len(series.points) < 3:
        return _round(page, series, after, repairs)
    ring = ring_of([(point.latitude, point.longitude) for point in series.points])
    if ring.corners is None:
        return None, [page.unread(ring.fault, first, last)]
    repairs += [page.repair(code, first, last) for code in _said(page, ring, last, after)]
    return (
        Outline(series.name, "polygon", ring.corners, series.intro, first, last, tuple(repairs)),
        [],
    )


def _said(page: Page, ring: Ring, last: int, after: int) -> list[str]:
    """List what was set right in a ring; that it was closed, unless words close it."""
    codes = list(ring.repairs)
    behind = page.plain[last : min(after, last + _REACH)]
    joined = behind.replace("\n", "")
    if not ring.closed and not any(word in joined for word in _CLOSING):
        codes.append("closed")
    return codes


def _round(
    page: Page, series: Series, after: int, repairs: list[Repair]
) -> tuple[Outline | None, list[Unread]]:
    first, _last = series.points[0].begin, series.points[-1].end
    if len(series.points) == 2:
        return None, []
    made = round_of(page, series.points[0], series.intro, after)
    if made is None:
        return None, []
    ring = ring_of(corners_of(made))
    if ring.corners is None:
        return None, [page.unread(ring.fault, made.begin, made.end)]
    repairs += [page.repair(code, made.begin, made.end) for code in made.repairs]
    return (
        Outline(
            series.name, made.shape, ring.corners, series.intro, first, made.end, tuple(repairs)
        ),
        [],
    )


def _each_once(found: list[Outline]) -> list[Outline]:
    """Drop areas that are given again, as in the parts of a notice."""
    kept: dict[bytes, Outline] = {}
    for outline in found:
        kept.setdefault(outline.ring.round(6).tobytes(), outline)
    return list(kept.values())
