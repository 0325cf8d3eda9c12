"""A timeline of what happened and of what was published when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from kosmodrom.report.words import Words, day_span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kosmodrom.report.anchors import Anchors

__all__ = ["TRACKS", "Moment", "moments", "timeline"]

TRACKS = ("launch", "event", "published")
_DATE_COLUMNS = ("utc", "instant", "launched", "date", "day", "happened")
_NAME_COLUMNS = ("payload", "vehicle", "name", "tag", "id")
_SPAN_MOST_DAYS = 400  # a wider date says too little to stand on a line
_NEAR_DAYS = 75
_WIDTHS = {"wide": 960.0, "narrow": 380.0}
_SIDE, _DOT = 18.0, 9.0  # pixels
_MOST_DOTS = 7  # in a pile; more are drawn as bars
_MOST_TITLES = 8


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of the timeline.

    Attributes
    ----------
    track : str
        One of `TRACKS`.
    first, last : datetime.date
        The days it may have been.
    shown : str
        The date in words.
    what : str
        What it was.
    claims : tuple of (str, str)
        Number and address of the statements it bears on.
    good : bool or None
        For a launch, whether it succeeded; None where that does not apply.
    later : bool
        Whether it lies after the day of the report, or was published after it.
    """

    track: str
    first: date
    last: date
    shown: str
    what: str
    claims: tuple[tuple[str, str], ...] = ()
    good: bool | None = None
    later: bool = False


def moments(document: Mapping[str, Any], words: Words, anchors: Anchors) -> list[Moment]:
    """Collect all dated entries.

    Parameters
    ----------
    document : Mapping
        The results.
    words : Words
        The language.
    anchors : Anchors
        Addresses in the page.

    Returns
    -------
    list of Moment
        In the order of time; entries that say the same are one.
    """
    day = day_span(document["as_of"])
    as_of = day[1] if day else None
    merged: dict[tuple[str, date, date, str], Moment] = {}
    for moment in (*_launches(document, words), *_evidence(document, words, anchors)):
        if (moment.last - moment.first).days > _SPAN_MOST_DAYS:
            continue
        key = (moment.track, moment.first, moment.last, moment.what)
        known = merged.get(key)
        claims = moment.claims if known is None else known.claims + moment.claims
        later = moment.later or (as_of is not None and moment.first > as_of)
        merged[key] = replace(moment, claims=tuple(dict.fromkeys(claims)), later=later)
    return sorted(merged.values(), key=lambda one: (one.first, one.last, one.track, one.what))


def _launches(document: Mapping[str, Any], words: Words) -> list[Moment]:
    found = []
    for result in document["steps"].values():
        if result["analysis"] != "launches":
            continue
        for row in result["rows"]:
            text = next((row[key] for key in row if key.rpartition("_")[2] in _DATE_COLUMNS), None)
            span = day_span(text)
            if span is None:
                continue
            outcome = str(row.get("outcome") or "").casefold()
            names = [str(row[key]) for key in _NAME_COLUMNS[:2] if row.get(key)]
            found.append(
                Moment(
                    track="launch",
                    first=span[0],
                    last=span[1],
                    shown=words.day(text),
                    what=" · ".join(names) or str(next(iter(row.values()))),
                    good=None if not outcome else outcome.startswith("success"),
                )
            )
    return found


def _evidence(document: Mapping[str, Any], words: Words, anchors: Anchors) -> list[Moment]:
    found = []
    for claim in document["claims"]:
        number = str(claim["id"] if claim["n"] is None else claim["n"])
        link = ((number, anchors.claim(str(claim["id"])) or ""),)
        short = words.shortened(words.spoken(claim["says"]).text)
        for later, entries in ((False, claim["evidence"]), (True, claim["hindsight"])):
            for item in entries:
                if item["kind"] != "cites":
                    continue
                source = document["sources"].get(item["source"], {})
                name = words.spoken(source.get("name")).text or str(item["source"])
                said = words.spoken(item.get("text")).text or short
                for track, key, what in (
                    ("event", "date", said), ("published", "known_from", name),
                ):  # fmt: skip
                    if span := day_span(item.get(key)):
                        found.append(
                            Moment(track, *span, words.day(item[key]), what, link, later=later)
                        )
    return found


def timeline(document: Mapping[str, Any], words: Words, anchors: Anchors) -> dict[str, Any] | None:
    """Prepare the timeline.

    Parameters
    ----------
    document : Mapping
        The results.
    words : Words
        The language.
    anchors : Anchors
        Addresses in the page.

    Returns
    -------
    dict or None
        Strips to draw and the list of entries; None where fewer than two are dated.
    """
    entries = moments(document, words, anchors)
    if len(entries) < 2:
        return None
    day = day_span(document["as_of"])
    as_of = day[1] if day else None
    strips = [_strip("whole", entries, as_of, words)]
    if as_of is not None:
        margin = timedelta(days=_NEAR_DAYS)
        near = [one for one in entries if abs(_middle(one) - as_of) <= margin]
        if 3 <= len(near) < len(entries):
            strips.append(_strip("near", near, as_of, words))
    return {"strips": strips, "entries": entries, "as_of": as_of is not None}


def _middle(moment: Moment) -> date:
    if moment.later:  # a vague date is late at its end for sure
        return moment.last
    return moment.first + (moment.last - moment.first) / 2


def _strip(
    name: str, entries: Sequence[Moment], as_of: date | None, words: Words
) -> dict[str, Any]:
    first = min(_middle(one) for one in entries)
    last = max(_middle(one) for one in entries)
    if as_of is not None:
        first, last = min(first, as_of), max(last, as_of)
    room = timedelta(days=max(3, (last - first).days // 30))
    first, last = first - room, last + room
    said = words.say(
        "report_timeline_alt",
        first=words.plain_day(first),
        last=words.plain_day(last),
        n=str(len(entries)),
    )
    return {
        "name": name,
        "title": words.say(f"report_timeline_{name}"),
        "label": said,
        "drawings": [
            {"size": size, **_drawing(entries, first, last, as_of, width, words)}
            for size, width in _WIDTHS.items()
        ],
    }


def _across(first: date, last: date, width: float, day: date) -> float:
    """Where a day stands on a line of some width [px]."""
    share = (day - first).days / max(1, (last - first).days)
    return round(_SIDE + (width - 2 * _SIDE) * share, 1)


def _drawing(
    entries: Sequence[Moment],
    first: date,
    last: date,
    as_of: date | None,
    width: float,
    words: Words,
) -> dict[str, Any]:
    across = partial(_across, first, last, width)
    tracks, top = _tracks(entries, across)
    marks = _ticks(first, last, across, width, words)
    day_x = across(as_of) if as_of else None
    return {
        "width": width,
        "height": round(top + 30, 1),
        "axis": round(top + 4, 1),
        "left": _SIDE,
        "right": width - _SIDE,
        "tracks": tracks,
        "ticks": marks,
        "as_of_x": day_x,
        "hatch": "" if day_x is None else _hatch(day_x, width - _SIDE, 22.0, top + 4),
        "as_of_end": "end" if day_x is not None and day_x > width / 2 else "start",
        "as_of_text": words.say("report_timeline_as_of", day=words.plain_day(as_of, "short"))
        if as_of
        else "",
    }


def _bars(entries: Sequence[Moment], across: Callable[[date], float]) -> list[dict[str, Any]]:
    """Count what is too many for dots: full below, what came later hollow on top."""
    bins: dict[int, list[Moment]] = {}
    for one in entries:
        bins.setdefault(int(across(_middle(one)) // _DOT), []).append(one)
    most = max(len(found) for found in bins.values())
    unit = _MOST_DOTS * _DOT / most
    bars = []
    for index, found in sorted(bins.items()):
        used = sum(not one.later for one in found)
        bars.append(
            {
                "x": round(index * _DOT + 1, 1),
                "width": _DOT - 2,
                "n": len(found),
                "from": used * unit,
                "height": round(used * unit, 1),
                "top": len(found) * unit,
                "late": round((len(found) - used) * unit, 1),
                "tallest": len(found) == most,
                "title": "; ".join(f"{one.shown}: {one.what}" for one in found[:_MOST_TITLES]),
            }
        )
    return bars


def _tracks(
    entries: Sequence[Moment], across: Callable[[date], float]
) -> tuple[list[dict[str, Any]], float]:
    """Lay out the tracks below each other; give where the last one ends [px]."""
    tracks: list[dict[str, Any]] = []
    top = 34.0
    for name in TRACKS:
        mine = [one for one in entries if one.track == name]
        if not mine:
            continue
        dots, rows = _stacked(mine, across)
        bars: list[dict[str, Any]] = []
        if rows > _MOST_DOTS:
            dots, bars, rows = [], _bars(mine, across), _MOST_DOTS
        base = top + 24 + rows * _DOT
        tracks.append(
            {
                "label_y": round(top + 14, 1),
                "base": round(base, 1),
                "dots": [
                    {**dot, "y": round(base - _DOT / 2 - 1 - dot["row"] * _DOT, 1)} for dot in dots
                ],
                "track": name,
                "bars": [
                    {
                        **bar,
                        "y": round(base - bar["top"], 1),
                        "late_y": round(base - bar["from"], 1),
                    }
                    for bar in bars
                ],
            }
        )
        top = base + 8
    return tracks, top


def _hatch(left: float, right: float, top: float, bottom: float) -> str:
    """Draw slanting lines inside a rectangle."""
    height, path, start = bottom - top, "", left - (bottom - top)
    while start < right:
        x1, x2 = max(left, start), min(right, start + height)
        path += f"M{x1:.1f} {bottom - (x1 - start):.1f}L{x2:.1f} {bottom - (x2 - start):.1f}"
        start += 7.0
    return path


def _stacked(
    entries: Sequence[Moment], across: Callable[[date], float]
) -> tuple[list[dict[str, Any]], int]:
    """Pile up dots that would cover each other."""
    rows: list[float] = []  # right end of every row so far
    dots = []
    for one in sorted(entries, key=_middle):
        x = across(_middle(one))
        row = next((row for row, end in enumerate(rows) if x - end >= _DOT), len(rows))
        rows[row : row + 1] = [x]
        dots.append({"x": x, "row": row, "good": one.good, "later": one.later,
                     "title": f"{one.shown}: {one.what}"})  # fmt: skip
    return dots, max(1, len(rows))


def _ticks(
    first: date, last: date, across: Callable[[date], float], width: float, words: Words
) -> list[dict[str, Any]]:
    most = max(2, int(width / 88))
    days = (last - first).days
    ticks: list[tuple[date, str]] = []
    if days <= 120 and width > _WIDTHS["narrow"]:
        ticks = [
            (day, words.plain_day(day, "short"))
            for day in (first + timedelta(days=index) for index in range(days + 1))
            if day.day in {1, 15}
        ]
    elif days > 365 * 2:
        years = next(step for step in (1, 2, 5, 10, 20, 50, 100) if days / 365.25 / step <= most)
        start = first.year + (-first.year) % years
        ticks = [(date(year, 1, 1), str(year)) for year in range(start, last.year + 1, years)]
    else:
        months = next(step for step in (1, 2, 3, 6, 12) if days / 30.4 / step <= most)
        count = first.year * 12 + first.month - 1
        for index in range(count - count % months, last.year * 12 + last.month, months):
            day = date(index // 12, index % 12 + 1, 1)
            ticks.append((day, words.plain_day(day, "tick")))
    edge = 34.0  # half the length of the longest label
    return [
        {"x": across(day), "text_x": min(max(across(day), edge), width - edge), "text": text}
        for day, text in ticks
        if first <= day <= last
    ]
