"""When things happen, one row a satellite or a place: bars over an axis of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.report.figures.paper import cut_to, key_entry, room
from kosmodrom.report.instants import days_words, instant_words, time_ticks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.report.figures.paper import Paper

__all__ = ["KINDS", "timeline"]

#: What a bar may stand for.
KINDS = ("pass", "picture", "contact", "delivery", "window", "closed", "lift_off", "shut")
#: Kinds that lie below each other in a row; those that are one thing lie side by side.
_LANES = (
    ("pass",), ("picture",), ("contact", "delivery"), ("window", "closed"), ("lift_off", "shut"),
)  # fmt: skip
_BEHIND = ("night", "asked")  # over the whole height of a row, behind the others
_MOST_ROWS = 60
_MOST_TITLES = 150  # bars of one figure that show their times when pointed at
_WIDTHS = {"wide": 960.0, "narrow": 380.0}
_LANE, _PIN = 11.0, 4.0  # pixels that a kind takes, and the marks of best moments over it
_THICK = 9.0  # pixels
_LEAST = 1.8  # pixels; a shorter bar is still seen
_APART = 1.0  # pixels; bars closer than this are one
_SIDE = 10.0
_MOST_NAME = 280.0  # pixels for names beside the rows

Bar = tuple[float, float, float | None]


def timeline(figure: Mapping[str, Any], paper: Paper) -> dict[str, Any]:
    """Lay out a timeline.

    Parameters
    ----------
    figure : Mapping
        From `kosmodrom.analyses._figures.timeline_figure`.
    paper : Paper
        What it is drawn with.

    Returns
    -------
    dict
        What the templates draw.
    """
    start = paper.instant(figure.get("start"), "start")
    end = paper.instant(figure.get("end"), "end")
    if end <= start:
        raise paper.wrong("the end must come after the start", figure.get("end"))
    given = paper.records(figure.get("rows"), "rows")
    rows = [_read(row, start, end, paper) for row in given[:_MOST_ROWS]]
    more = paper.count(figure.get("more"), "more") + len(given) - len(rows)
    words = paper.words
    kinds = [kind for kind in (*KINDS, *_BEHIND) if any(kind in row["bars"] for row in rows)]
    count = sum(len(bars) for row in rows for kind, bars in row["bars"].items() if kind in KINDS)
    notes = []
    if more:
        notes.append(words.say("report_timeline_more", n=str(more)))
    key = [key_entry(f"bar {kind}", words.say(f"report_mark_{kind}")) for kind in kinds]
    if any(bar[2] is not None for row in rows for bars in row["bars"].values() for bar in bars):
        key.append(key_entry("best", words.say("report_mark_best")))
    title = paper.title(str(figure.get("name") or ""))
    span = days_words(start, end, words)
    return {
        "title": title,
        "lead": f"{span}, UTC.",
        "alt": words.say(
            "report_timeline_said", title=title, span=span, rows=str(len(rows)), n=str(count)
        ),
        "key": key,
        "drawings": [
            _drawing(size, rows, start, end, paper, titles=count <= _MOST_TITLES)
            for size in _WIDTHS
        ],
        "list": [],
        "notes": notes,
    }


def _read(row: Mapping[str, Any], start: float, end: float, paper: Paper) -> dict[str, Any]:
    bars: dict[str, list[Bar]] = {}
    for bar in paper.records(row.get("bars"), "bars"):
        kind = bar.get("kind")
        if not isinstance(kind, str) or kind not in {*KINDS, *_BEHIND}:
            known = ", ".join((*KINDS, *_BEHIND))
            raise paper.wrong(f"the kind of a bar must be one of {known}", kind)
        low, high = (
            edge if bar.get(key) is None else paper.instant(bar[key], f"{key} of a bar")
            for key, edge in (("begin", start), ("end", end))
        )
        if high < start or low > end:
            continue
        best = bar.get("best")
        at = None if best is None else paper.instant(best, "best of a bar")
        bars.setdefault(kind, []).append((max(low, start), min(high, end), at))
    return {"name": paper.title(str(row.get("name") or "")), "bars": bars}


def _drawing(
    size: str,
    rows: Sequence[Mapping[str, Any]],
    start: float,
    end: float,
    paper: Paper,
    *,
    titles: bool,
) -> dict[str, Any]:
    width = _WIDTHS[size]
    wide = size == "wide"
    names = max((room(row["name"], bold=True) for row in rows), default=0.0)
    left = _SIDE + (min(_MOST_NAME, names) + 12.0 if wide else 0.0)
    scale = (width - left - _SIDE) / (end - start)
    top = 8.0
    drawn = []
    for row in rows:
        lanes = [lane for lane in _LANES if any(kind in row["bars"] for kind in lane)]
        best = [[bar for kind in lane for bar in row["bars"].get(kind, ())] for lane in lanes]
        pins = [_PIN * any(bar[2] is not None for bar in bars) for bars in best]
        offsets = [4.0 + number * _LANE + sum(pins[: number + 1]) for number in range(len(lanes))]
        height = max(1, len(lanes)) * _LANE + sum(pins) + 6.0
        base = top if wide else top + 15.0
        shapes = [
            shape
            for lane, offset in zip(lanes, offsets, strict=True)
            for kind in lane
            if kind in row["bars"]
            for shape in _shapes(
                kind, row["bars"][kind], start, scale, left, base + offset,
                paper if titles and wide else None,
            )
        ]  # fmt: skip
        drawn.append({
            "name": cut_to(
                row["name"], _MOST_NAME if wide else width - 2 * _SIDE, bold=True, tail=True
            ),
            "whole": row["name"],
            "x": left - 8.0 if wide else left,
            "y": round(base + height / 2 + 4.0, 1) if wide else round(top + 11.0, 1),
            "top": round(base, 1),
            "bottom": round(base + height, 1),
            "behind": [
                {"kind": kind, "path": "".join(
                    _box(x, base, w, height)
                    for x, w in _joined(row["bars"][kind], start, scale, left)
                )}
                for kind in _BEHIND if kind in row["bars"]
            ],
            "shapes": shapes,
            "best": "".join(
                _best(bars, start, scale, left, base + offset)
                for bars, offset in zip(best, offsets, strict=True)
            ),
        })  # fmt: skip
        top = base + height + (0.0 if wide else 3.0)
    most = max(2, int((width - left) / (76 if wide else 64)))
    return {
        "size": size,
        "width": width,
        "height": round(top + 30.0, 1),
        "left": round(left, 1),
        "right": width - _SIDE,
        "axis": round(top + 2.0, 1),
        "anchor": "end" if wide else "start",
        "rows": drawn,
        "ticks": _ticks(start, end, most, scale, left, width, paper),
    }


def _ticks(
    start: float,
    end: float,
    most: int,
    scale: float,
    left: float,
    width: float,
    paper: Paper,
) -> list[dict[str, Any]]:
    ticks = []
    for at, text, day in time_ticks(start, end, most, paper.words):
        x = left + (at - start) * scale
        half = room(text, 11.0, bold=day) / 2 + 1.0
        shown = min(max(x, half), width - half)
        ticks.append({"x": round(x, 1), "text_x": round(shown, 1), "text": text, "day": day})
    return ticks


def _joined(
    bars: Sequence[Bar], start: float, scale: float, left: float
) -> list[tuple[float, float]]:
    """Turn bars into left ends and widths [px]; those that the eye cannot part are one."""
    joined: list[list[float]] = []
    for low, high, _ in sorted(bars, key=lambda bar: bar[:2]):
        x0 = left + (low - start) * scale
        x1 = max(left + (high - start) * scale, x0 + _LEAST)
        if joined and x0 - joined[-1][1] < _APART:
            joined[-1][1] = max(joined[-1][1], x1)
        else:
            joined.append([x0, x1])
    return [(x0, x1 - x0) for x0, x1 in joined]


def _shapes(
    kind: str,
    bars: Sequence[Bar],
    start: float,
    scale: float,
    left: float,
    top: float,
    paper: Paper | None,
) -> list[dict[str, str]]:
    """Draw the bars of one kind: one by one with their times, or all in one path."""
    if paper is None:
        boxes = _joined(bars, start, scale, left)
        return [{"kind": kind, "path": "".join(_bar(kind, x, top, w) for x, w in boxes),
                 "title": ""}]  # fmt: skip
    shapes = []
    for bar in sorted(bars, key=lambda bar: bar[:2]):
        ((x, w),) = _joined([bar], start, scale, left)
        low, high = (instant_words(at, paper.words, to_second=True) for at in bar[:2])
        title = paper.words.say("report_span", low=low, high=high)
        shapes.append({"kind": kind, "path": _bar(kind, x, top, w), "title": title})
    return shapes


def _bar(kind: str, x: float, top: float, width: float) -> str:
    """Draw a bar in the shape of its kind, so that it is known without its colour."""
    if kind == "picture":  # two stripes
        return _box(x, top, width, 3.4) + _box(x, top + _THICK - 3.4, width, 3.4)
    if kind in {
        "contact",
        "closed",
        "shut",
    }:  # hollow, or its lower half where there is no room for a hole
        if width < 4.0:
            return _box(x, top + _THICK / 2, width, _THICK / 2)
        inner = _box(x + 1.4, top + 1.4, width - 2.8, _THICK - 2.8)
        return _box(x, top, width, _THICK) + inner
    return _box(x, top, width, _THICK)


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{_px(x)} {_px(y)}h{_px(width)}v{_px(height)}h{_px(-width)}z"


def _px(value: float) -> str:
    text = f"{value:.1f}"
    return text.removesuffix(".0")


def _best(bars: Sequence[Bar], start: float, scale: float, left: float, top: float) -> str:
    """Mark the best moments with pins over their bars; pins on one pixel are one."""
    path, last = "", -9.0
    for x in sorted(left + (at - start) * scale for _, _, at in bars if at is not None):
        if x - last >= _APART:
            path += f"M{_px(x)} {_px(top - _PIN)}v{_px(_PIN - 0.5)}"
            last = x
    return path
