"""A notice to airmen from its items."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from kosmodrom.launch.notices.items import instant, items_of, level, q_line, spoken_levels
from kosmodrom.launch.notices.notice import Area, Notice, Window
from kosmodrom.launch.notices.outlines import outlines_of
from kosmodrom.launch.notices.rings import angle_between
from kosmodrom.launch.notices.schedule import MONTHS, joined, schedule_windows
from kosmodrom.launch.notices.words import words_of

if TYPE_CHECKING:
    from kosmodrom.launch.notices.cutting import Piece
    from kosmodrom.launch.notices.items import QLine
    from kosmodrom.launch.notices.notice import Repair, Unread
    from kosmodrom.launch.notices.outlines import Outline
    from kosmodrom.launch.notices.page import Page

__all__ = ["air_notice"]

_EARTH = 6_371_008.8  # mean radius [m]
_FAR = 60 * 1852.0  # beyond a radius twice as large as the Q-line's and this, an area is far [m]
_WHOLE_REGION = 900 * 1852.0  # a radius by which the Q-line means a whole region [m]
_CREATED = re.compile(
    r"\bCREATED:?\s{1,3}(\d{1,2})\s{1,2}([A-Z]{3})\s{1,2}(\d{4})\s{1,2}(\d{2}):(\d{2})"
)
_PERIOD = re.compile(r"(?<!\d)(\d{10})\s?(?:-|TO)\s?(\d{10})(EST)?(?!\d)")


class _Time:
    """When a notice is in force: its windows and what was not understood of them."""

    def __init__(self) -> None:
        self.windows: list[Window] = []
        self.unread: list[Unread] = []
        self.estimated = False
        self.permanent = False
        self.joined = False


def _span(spans: dict[str, tuple[int, int]], letter: str) -> tuple[int, int]:
    return spans.get(letter, (0, 0))


def _time(page: Page, spans: dict[str, tuple[int, int]], piece: Piece) -> _Time:
    made = _Time()
    begin = end = None
    for letter in "BC":
        if letter not in spans:
            continue
        at = spans[letter]
        read = instant(page.plain[slice(*at)])
        if read is None:
            made.unread.append(page.unread("time", *at))
            continue
        if letter == "B":
            begin = read[0]
        else:
            end, made.estimated, made.permanent = read
    if "B" not in spans:
        begin, end = _domestic(page, piece, made)
    if made.permanent and begin is not None:
        end = datetime.max.replace(tzinfo=UTC)
    if begin is None or end is None:
        if piece.letter != "C" and not made.unread:
            made.unread.append(page.unread("time", *piece.spans[0]))
        return made
    if not begin < end:
        made.unread.append(
            page.unread(
                "time_order", spans.get("B", piece.spans[0])[0], spans.get("C", piece.spans[0])[1]
            )
        )
        return made
    made.windows = [Window(begin=begin, end=end)]
    if "D" in spans:
        _schedule(page, spans["D"], begin, end, made)
    return made


def _domestic(page: Page, piece: Piece, made: _Time) -> tuple[datetime | None, datetime | None]:
    """Read the period of a notice that has no items, as they are published in America."""
    found = None
    for found in _PERIOD.finditer(page.plain, *piece.spans[0]):  # noqa: B007 - the last is meant
        pass
    if found is None:
        return None, None
    made.estimated = bool(found[3])
    one, two = instant(found[1]), instant(found[2])
    return (one[0] if one else None), (two[0] if two else None)


def _schedule(
    page: Page, at: tuple[int, int], begin: datetime, end: datetime, made: _Time
) -> None:
    if made.permanent or end - begin > timedelta(days=4000):
        made.unread.append(page.unread("schedule", *at))
        return
    windows = schedule_windows(page.plain[slice(*at)], begin, end)
    if windows is None:
        made.unread.append(page.unread("schedule", *at))
        return
    made.windows, made.joined = joined(windows)


def _levels(
    page: Page, spans: dict[str, tuple[int, int]], qualifiers: QLine | None
) -> tuple[float | None, float | None, list[Repair], list[Unread]]:
    """Read the vertical limits: by items F and G, else by the words, else by the Q-line."""
    values: list[float | None] = []
    repairs: list[Repair] = []
    unread: list[Unread] = []
    spoken = spoken_levels(page, *_span(spans, "E")) if "E" in spans else (None, None)
    outer = (qualifiers.lower, qualifiers.upper) if qualifiers else (None, None)
    for k, letter in enumerate("FG"):
        value = None
        if letter in spans:
            at = spans[letter]
            value, code = level(page.plain[at[0] : min(at[1], at[0] + 60)])
            if value is None:
                unread.append(page.unread("level", *at))
            elif code:
                repairs.append(page.repair(code, *at))
        if value is None and spoken[k] is not None:
            value = spoken[k]
        elif value is None and outer[k] is not None:
            value = outer[k]
            repairs.append(page.repair("level_of_q_line", *_span(spans, "Q")))
        values.append(value)
    return values[0], values[1], repairs, unread


def _far(
    page: Page, outlines: list[Outline], qualifiers: QLine, at: tuple[int, int]
) -> list[Unread]:
    """Say which areas lie far from where the Q-line says."""
    if qualifiers.centre is None or not 0 < qualifiers.radius < _WHOLE_REGION:
        return []
    found = []
    limit = 2 * qualifiers.radius + _FAR
    for outline in outlines:
        away = [
            angle_between(qualifiers.centre, (corner[0], corner[1])) * _EARTH
            for corner in outline.ring[:-1].tolist()
        ]
        size = max(
            angle_between((a[0], a[1]), (b[0], b[1])) * _EARTH
            for a, b in zip(outline.ring[:-1].tolist(), outline.ring[1:].tolist(), strict=True)
        )
        if min(away) > limit + size / 2 or max(away) > 2 * limit + size:
            found.append(page.unread("far_from_q_line", outline.begin, outline.end))
    return found


def _issued(text: str) -> datetime | None:
    found = _CREATED.search(text)
    if found is None or found[2] not in MONTHS:
        return None
    try:
        return datetime(
            int(found[3]), MONTHS[found[2]], int(found[1]), int(found[4]), int(found[5]),
            tzinfo=UTC,
        )  # fmt: skip
    except ValueError:
        return None


def air_notice(page: Page, piece: Piece, source: str) -> tuple[Notice, int]:
    """Read a notice to airmen.

    Parameters
    ----------
    page : Page
        The text.
    piece : Piece
        Where it stands.
    source : str
        Name of the file.

    Returns
    -------
    notice : Notice
        The notice.
    count : int
        How many coordinates it has.
    """
    parts = [items_of(page, *span).spans for span in piece.spans]
    spans = parts[0]
    time = _time(page, spans, piece)
    qualifiers = q_line(page.plain[slice(*_span(spans, "Q"))]) if "Q" in spans else None
    unread = list(time.unread)
    if "Q" in spans and qualifiers is None:
        unread.append(page.unread("q_line", *spans["Q"]))
    lower, upper, repairs, missed = _levels(
        page, parts[-1] if "F" in parts[-1] else spans, qualifiers
    )
    unread += missed
    if time.joined:
        repairs.append(page.repair("joined_at_midnight", *spans["D"]))
    outlines: list[Outline] = []
    count = 0
    if piece.letter != "C":
        for span, items in zip(piece.spans, parts, strict=True):
            made, missed, points = outlines_of(page, *items.get("E", span), letters=True)
            outlines += made
            unread += missed
            count += points
        if not outlines and not count:
            unread.append(
                page.unread(
                    "no_coordinates", *_span(spans, "E") if "E" in spans else piece.spans[0]
                )
            )
    if qualifiers is not None:
        unread += _far(page, outlines, qualifiers, _span(spans, "Q"))
    return _made(
        page, piece, source, spans, time, qualifiers, outlines, (lower, upper), repairs, unread
    ), count


def _made(
    page: Page, piece: Piece, source: str, spans: dict[str, tuple[int, int]], time: _Time,
    qualifiers: QLine | None, outlines: list[Outline], levels: tuple[float | None, float | None],
    repairs: list[Repair], unread: list[Unread],
) -> Notice:  # fmt: skip
    begin, end = piece.spans[0][0], piece.spans[-1][1]
    windows = tuple(time.windows)
    region = " ".join(re.findall(r"\b[A-Z]{4}\b", page.plain[slice(*_span(spans, "A"))])[:30])
    if not region and qualifiers:
        region = qualifiers.region
    areas = tuple(
        Area(
            name=outline.name,
            shape=outline.shape,
            ring=outline.ring,
            lower=levels[0],
            upper=levels[1],
            windows=windows,
            repairs=(*outline.repairs, *repairs),
        )
        for outline in outlines
    )
    body = _span(spans, "E") if "E" in spans else piece.spans[0]
    return Notice(
        name=piece.name,
        kind="notam",
        source=source,
        line=page.place(begin + _blank(page, begin, end))[0],
        text=page.text[begin:end].strip(),
        issued=_issued(page.plain[begin:end]),
        region=region,
        subject=qualifiers.subject if qualifiers else "",
        replaces=piece.other if piece.letter == "R" else "",
        cancels=piece.other if piece.letter == "C" else "",
        estimated=time.estimated,
        permanent=time.permanent,
        windows=windows,
        areas=areas,
        words=words_of(page.plain[slice(*body)]),
        unread=tuple(sorted(unread, key=lambda item: (item.line, item.column))),
    )


def _blank(page: Page, begin: int, end: int) -> int:
    words = page.plain[begin:end]
    return len(words) - len(words.lstrip())
