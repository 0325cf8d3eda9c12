"""Notices from a text: every area with its ring, its heights and its times.

Nothing is guessed silently. What was set right stands in `Area.repairs`, what was not understood
in `Notice.unread`, both with their lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.cutting import cut
from kosmodrom.launch.notices.geojson import read_geojson
from kosmodrom.launch.notices.outlines import MOST_POINTS
from kosmodrom.launch.notices.page import Page
from kosmodrom.launch.notices.read_air import air_notice
from kosmodrom.launch.notices.read_sea import sea_notice

if TYPE_CHECKING:
    from datetime import date

    from kosmodrom.launch.notices.cutting import Piece
    from kosmodrom.launch.notices.notice import Notice

__all__ = ["MOST_ALL_WINDOWS", "read_geojson", "read_notices"]

MOST_ALL_WINDOWS = 200_000  # of one text


def read_notices(text: str, *, source: str, hint: date | None = None) -> list[Notice]:
    """Read the notices of a text.

    Parameters
    ----------
    text : str
        One or many notices as they were published.
    source : str
        Name of the file.
    hint : date or None
        A day near which its times must be, for texts that leave out the year [UTC].

    Returns
    -------
    list of Notice
        In the order of the text.

    Examples
    --------
    >>> text = '''A1231/24 NOTAMN
    ... Q) ZLHW/QRDCA/IV/BO/W/000/999/3946N10009E016
    ... A) ZLHW B) 2405210402 C) 2405210445
    ... E) A TEMPORARY DANGER AREA ESTABLISHED BOUNDED BY:
    ... N3940E10028-N3944E09948-N3954E09950-N3950E10029,BACK TO START.
    ... F) SFC G) UNL'''
    >>> notice = read_notices(text, source="A1231")[0]
    >>> notice.name, len(notice.areas), notice.areas[0].ring[0].round(3).tolist()
    ('A1231/24', 1, [39.667, 100.467])
    """
    page = Page(text)
    notices: list[Notice] = []
    points = windows = 0
    for piece in cut(page):
        notice, count = _read(page, piece, source, hint)
        points += count
        windows += len(notice.windows)  # areas share them
        if points > MOST_POINTS or windows > MOST_ALL_WINDOWS:
            raise InputError(
                f"the text gives {points} coordinates and {windows} times; at most {MOST_POINTS} "
                f"and {MOST_ALL_WINDOWS} are read at once: give the notices in several files"
            )
        notices.append(notice)
    return notices


def _read(page: Page, piece: Piece, source: str, hint: date | None) -> tuple[Notice, int]:
    if piece.kind == "notam":
        return air_notice(page, piece, source)
    return sea_notice(page, piece, source, hint)
