"""Warnings at sea, circulars and lists in the press: areas and times in running words."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kosmodrom.launch.notices.cutting import SEA_NAME
from kosmodrom.launch.notices.items import spoken_levels
from kosmodrom.launch.notices.moments import Year, read_times, stamp
from kosmodrom.launch.notices.notice import Area, Notice, Window
from kosmodrom.launch.notices.outlines import outlines_of
from kosmodrom.launch.notices.words import words_of
from kosmodrom.launch.notices.zones import place_zone

if TYPE_CHECKING:
    from datetime import datetime

    from kosmodrom.launch.notices.cutting import Piece
    from kosmodrom.launch.notices.notice import Unread
    from kosmodrom.launch.notices.outlines import Outline
    from kosmodrom.launch.notices.page import Page

__all__ = ["sea_notice"]

_ITSELF = re.compile(r"\bCANCEL\s{1,3}THIS\s{1,3}(?:MSG|MESSAGE|WARNING)\b\s{0,3}([^.\n]{0,40})")
_OTHERS = re.compile(
    rf"\b(?:THIS\s{{1,3}})?CANCELS?\s{{1,3}}((?:{SEA_NAME})(?:(?:\s?,\s?|\s{{1,3}}AND\s{{1,3}}|\s?&\s?)"
    rf"(?:{SEA_NAME}|\d{{1,4}}/\d{{2,4}})){{0,20}})"
)
_EACH = re.compile(rf"({SEA_NAME})|(\d{{1,4}}/\d{{2,4}})")
_HEAD_GROUP = re.compile(
    rf"\s*(\d{{6}}\s?(?:Z|UTC)\s{{1,2}}[A-Z]{{3}}\s{{1,2}}\d{{2,4}})\s+{SEA_NAME}"
)
_NUMBERED_YEAR = re.compile(r"(?:/(\d{4}|\d{2})|\s(\d{2})-\d{3,4})$")
_SAID_YEAR = re.compile(r"(?<![\d./-])(19[5-9]\d|20\d{2})(?![\d/])")
_UNTIL_FURTHER = re.compile(r"\bUNTIL FURTHER NOTICE\b|\bUFN\b")
_REGION = re.compile(r"\s*(?:\([^)]{0,40}\))?[\s.]*([A-Z][A-Z ,'-]{3,60})\.")


def _year(
    page: Page, piece: Piece, hint: date | None
) -> tuple[Year, datetime | None, datetime | None]:
    """Find the day near which the times must be, when it was sent and when it lapses."""
    begin, end = piece.spans[0]
    head = page.plain[begin : min(end, begin + 200)]
    issued = lapses = None
    sent = _HEAD_GROUP.match(head)
    if sent:
        issued = stamp(sent[1], Year(None))
    near = issued.date() if issued else None
    named = _NUMBERED_YEAR.search(piece.name)
    if near is None and named:
        number = int(named[1] or named[2])
        number += 0 if number > 99 else 2000 if number < 57 else 1900
        near = date(number, 7, 2)
    itself = _ITSELF.search(page.plain, begin, end)
    if itself:
        lapses = stamp(itself[1], Year(near or hint))
        near = lapses.date() if lapses and not issued else near
    if near is None:
        said = {int(found[1]) for found in _SAID_YEAR.finditer(page.plain, begin, end)}
        if len(said) == 1:
            near = date(said.pop(), 7, 2)
    return Year(near or hint), issued, lapses


def _cancelled(page: Page, begin: int, end: int) -> list[str]:
    names: list[str] = []
    for found in _OTHERS.finditer(page.plain, begin, end):
        series = ""
        for each in _EACH.finditer(found[1]):
            if each[1]:
                name = " ".join(each[1].split())
                series = name.rsplit(" ", 1)[0]
            else:
                name = f"{series} {each[2]}"
            names.append(name)
    return list(dict.fromkeys(names))


def _stretches(page: Page, begin: int, end: int) -> list[tuple[int, int]]:
    """Leave out the sentences that cancel, whose times are not those of areas."""
    kept = []
    at = begin
    for found in _ITSELF.finditer(page.plain, begin, end):
        kept.append((at, found.start()))
        at = found.end()
    kept.append((at, end))
    return [(one, two) for one, two in kept if one < two]


class _Times:
    """The times of the areas of one notice."""

    def __init__(self, page: Page, year: Year, place: str) -> None:
        self.page, self.year, self.place = page, year, place
        self.unread: list[Unread] = []

    def read(self, begin: int, end: int) -> tuple[Window, ...]:
        """Read the times of a stretch; what is not understood is kept."""
        windows, faults = read_times(
            self.page, _stretches(self.page, begin, end), self.year, self.place
        )
        self.unread += [self.page.unread(*fault) for fault in faults]
        return tuple(windows)

    def of(self, outlines: list[Outline], begin: int, end: int) -> list[tuple[Window, ...]]:
        """Give the times of each area: those before it, else those before the first."""
        own: list[tuple[Window, ...]] = []
        for k, outline in enumerate(outlines):
            start = begin if k == 0 else outlines[k - 1].end
            own.append(self.read(start, outline.begin))
        if not outlines:
            return [self.read(begin, end)]
        behind = self.read(outlines[-1].end, end) if not any(own) else ()
        first = own[0] or behind
        return [windows or first for windows in own]


def sea_notice(page: Page, piece: Piece, source: str, hint: date | None) -> tuple[Notice, int]:
    """Read a warning at sea, a circular or a list in the press.

    Parameters
    ----------
    page : Page
        The text.
    piece : Piece
        Where it stands.
    source : str
        Name of the file.
    hint : date or None
        A day near which its times must be.

    Returns
    -------
    notice : Notice
        The notice.
    count : int
        How many coordinates it has.
    """
    begin, end = piece.spans[0]
    year, issued, lapses = _year(page, piece, hint)
    plain = page.plain[begin:end]
    body = begin + _body(plain, piece)
    outlines, unread, count = outlines_of(page, body, end, letters=False)
    times = _Times(page, year, place_zone(plain))
    each = times.of(outlines, body, end)
    cancels = _cancelled(page, begin, end)
    if not outlines and not count and not cancels:
        unread.append(page.unread("no_coordinates", begin, end))
    permanent = bool(_UNTIL_FURTHER.search(plain))
    if outlines and not any(each) and not times.unread and not permanent:
        unread.append(page.unread("no_time", begin, end))
    different = {id(windows): windows for windows in each}.values()  # areas share their times
    windows = sorted({(w.begin, w.end) for windows in different for w in windows})
    region = _REGION.match(page.plain, body, min(end, body + 120)) if piece.name else None
    lower, upper = spoken_levels(page, begin, end)
    blank = len(plain) - len(plain.lstrip())
    return (
        Notice(
            name=piece.name,
            kind=piece.kind,
            source=source,
            line=page.place(begin + blank)[0],
            text=page.text[begin:end].strip(),
            issued=issued,
            region=" ".join(region[1].split()) if region else "",
            subject="",
            replaces="",
            cancels=cancels[0] if cancels else "",
            estimated=False,
            permanent=permanent,
            windows=tuple(Window(begin=one, end=two) for one, two in windows),
            areas=tuple(
                Area(
                    name=outline.name,
                    shape=outline.shape,
                    ring=outline.ring,
                    lower=lower,
                    upper=upper,
                    windows=own,
                    repairs=outline.repairs,
                )
                for outline, own in zip(outlines, each, strict=False)
            ),
            words=words_of(plain),
            unread=tuple(
                sorted({*unread, *times.unread}, key=lambda item: (item.line, item.column))
            ),
            also_cancels=tuple(cancels[1:]),
            lapses=lapses,
        ),
        count,
    )


def _body(plain: str, piece: Piece) -> int:
    """Find where the text behind the name begins."""
    if not piece.name:
        return 0
    found = re.search(SEA_NAME + r"(?:\s?\([^)]{0,60}\))?", plain)
    return found.end() if found else 0
