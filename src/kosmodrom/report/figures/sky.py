"""The sky of a place, with the paths of satellites across it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.report.figures.paper import cut_to, key_entry, room, spread_out
from kosmodrom.report.instants import clock, day_of, days_words, instant_words
from kosmodrom.report.projection import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.report.figures.paper import Paper
    from kosmodrom.report.projection import Array

__all__ = ["sky"]

_MOST = 60  # arcs drawn
_LINE = 16.0  # pixels between labels
_SHEETS = {
    "wide": {"width": 960.0, "height": 456.0, "radius": 188.0},
    "narrow": {"width": 360.0, "height": 356.0, "radius": 144.0},
}
_RINGS = (0, 30, 60)  # degrees of elevation
_QUARTERS = (0, 90, 180, 270)
_NUMBER = 17.0  # pixels that the number of an arc takes


def sky(figure: Mapping[str, Any], paper: Paper) -> dict[str, Any]:
    """Lay out a plot of the sky.

    Parameters
    ----------
    figure : Mapping
        From `kosmodrom.analyses._figures.sky_figure`.
    paper : Paper
        What it is drawn with.

    Returns
    -------
    dict
        What the templates draw.
    """
    given = paper.records(figure.get("arcs"), "arcs")
    arcs = [_read(arc, paper) for arc in given[:_MOST]]
    more = paper.count(figure.get("more"), "more") + len(given) - len(arcs)
    mask = _mask(paper.pairs(figure.get("mask") or [], "mask"))
    names = {arc["name"] for arc in arcs}
    _say_times(arcs, paper, alone=len(names) == 1)
    words, place = paper.words, str(figure.get("name") or "")
    if len(names) == 1:
        title = words.say("report_sky_title_one", name=next(iter(names)), place=place)
    else:
        title = words.say("report_sky_title", place=place)
    drawings = [_drawing(size, sheet, mask, arcs, paper) for size, sheet in _SHEETS.items()]
    unnamed = sum(arc["labelled"] is False for arc in arcs)
    notes = [words.say("report_sky_way")]
    if unnamed:
        notes.append(words.say("report_sky_unnamed", n=str(unnamed)))
    if more:
        notes.append(words.say("report_sky_more", n=str(more), drawn=str(len(arcs))))
    known = [(arc["begin"], arc["end"]) for arc in arcs if arc["begin"] is not None]
    ends = [time for pair in known for time in pair if time is not None]
    return {
        "title": title,
        "lead": f"{days_words(min(ends), max(ends), words)}, UTC." if ends else "",
        "alt": words.say("report_sky_alt", place=place, n=str(len(arcs))),
        "key": _key(arcs, has_mask=mask is not None, paper=paper),
        "drawings": drawings,
        "list": [arc["short"] for arc in arcs],
        "notes": notes,
    }


def _read(arc: Mapping[str, Any], paper: Paper) -> dict[str, Any]:
    points = paper.pairs(arc.get("points"), "points of an arc")
    if not len(points):
        raise paper.wrong("an arc must have points", arc.get("points"))
    begin, end, visible = arc.get("begin"), arc.get("end"), arc.get("visible")
    return {
        "name": str(arc.get("name") or ""),
        "begin": None if begin is None else paper.instant(begin, "begin of an arc"),
        "end": None if end is None else paper.instant(end, "end of an arc"),
        "visible": visible if isinstance(visible, bool) else None,
        "points": points,
        "labelled": None,
    }


def _mask(points: Array) -> Array | None:
    """Give the mask at every second degree of azimuth, straight between those that are known."""
    if not len(points):
        return None
    points = points[np.argsort(points[:, 0], kind="stable")]
    azimuth = np.unique(np.concatenate([np.arange(0.0, 360.0, 2.0), points[:, 0] % 360.0]))
    elevation = np.interp(azimuth, points[:, 0], points[:, 1], period=360.0)
    mask = np.stack([azimuth, np.clip(elevation, 0.0, 90.0)], axis=1)
    return None if mask[:, 1].max() <= 0.0 else mask


def _say_times(arcs: Sequence[dict[str, Any]], paper: Paper, *, alone: bool) -> None:
    """Put into words when each satellite rises, with the day where there are several."""
    words = paper.words
    days = {day_of(arc["begin"]) for arc in arcs if arc["begin"] is not None}
    for arc in arcs:
        begin, end = arc["begin"], arc["end"]
        if begin is None:
            rise = words.say("report_sky_up")
        elif len(days) > 1:
            day = words.plain_day(day_of(begin), "brief")
            rise = f"{day} {clock(begin, words)}"
        else:
            rise = clock(begin, words)
        arc["rise"], arc["tag"] = rise, "" if alone else arc["name"]
        low = rise if begin is None else instant_words(begin, words, to_second=True)
        high = (
            words.say("report_sky_stays")
            if end is None
            else (instant_words(end, words, to_second=True))
        )
        span = words.say("report_span", low=low, high=high)
        seen = {True: words.say("report_sky_seen"), False: words.say("report_sky_unseen")}
        parts = [arc["name"], span, seen.get(arc["visible"], "")]
        arc["said"] = ", ".join(part for part in parts if part)
        set_at = words.say("report_sky_stays") if end is None else clock(end, words)
        eye = words.say("report_sky_eye") if arc["visible"] is True else ""
        parts = [arc["tag"], f"{rise}–{set_at}", eye]
        arc["short"] = ", ".join(part for part in parts if part)


def _key(
    arcs: Sequence[Mapping[str, Any]], *, has_mask: bool, paper: Paper
) -> list[dict[str, str]]:
    say, entries = paper.words.say, []
    known = {arc["visible"] for arc in arcs}
    if True in known:
        entries.append(key_entry("arc seen", say("report_sky_key_seen")))
    if False in known:
        entries.append(key_entry("arc unseen", say("report_sky_key_unseen")))
    if None in known and known != {None}:
        entries.append(key_entry("arc plain", say("report_sky_key_unknown")))
    elif None in known:
        entries.append(key_entry("arc plain", say("report_sky_key_arc")))
    if has_mask:
        entries.append(key_entry("mask", say("report_sky_key_mask")))
    return entries


def _place(points: Array, middle: tuple[float, float], radius: float) -> Array:
    """Put azimuth and elevation [deg] onto the page: north up, east right [px]."""
    azimuth = np.radians(points[:, 0])
    away = radius * (90.0 - np.clip(points[:, 1], 0.0, 90.0)) / 90.0
    return np.stack(
        [middle[0] + away * np.sin(azimuth), middle[1] - away * np.cos(azimuth)], axis=1
    )


def _drawing(
    size: str,
    sheet: Mapping[str, float],
    mask: Array | None,
    arcs: Sequence[dict[str, Any]],
    paper: Paper,
) -> dict[str, Any]:
    radius = sheet["radius"]
    middle = (sheet["width"] / 2, sheet["height"] / 2)
    shade = ""
    if mask is not None:
        rim = np.array([[azimuth, 0.0] for azimuth in np.arange(0.0, 360.0, 2.0)])
        shade = path_of(_place(rim, middle, radius), closed=True)
        shade += path_of(_place(mask, middle, radius), closed=True)
    drawn = [_arc(arc, middle, radius) for arc in arcs]
    label = _labels if size == "wide" else _numbers
    return {
        "size": size,
        "width": sheet["width"],
        "height": sheet["height"],
        "x": middle[0],
        "y": middle[1],
        "rings": [{"r": round(radius * (90 - up) / 90, 1), "text": f"{up}°"} for up in _RINGS],
        "compass": _compass(middle, radius, paper),
        "mask": shade,
        "arcs": drawn,
        "labels": label(arcs, middle, radius, sheet),
    }


def _compass(middle: tuple[float, float], radius: float, paper: Paper) -> list[dict[str, Any]]:
    letters = paper.words.say("report_sky_compass").split()
    out = _place(np.array([[a, 0.0] for a in _QUARTERS]), middle, radius + 13)
    return [
        {"x": round(float(x), 1), "y": round(float(y) + 4, 1), "text": letter}
        for letter, (x, y) in zip(letters, out, strict=True)
    ]


def _arc(arc: Mapping[str, Any], middle: tuple[float, float], radius: float) -> dict[str, Any]:
    placed = _place(arc["points"], middle, radius)
    tone = {True: "seen", False: "unseen"}.get(arc["visible"], "plain")
    return {
        "path": path_of(placed),
        "tone": tone,
        "title": arc["said"],
        "arrow": _arrow(placed),
        "x": round(float(placed[0, 0]), 1),
        "y": round(float(placed[0, 1]), 1),
    }


def _arrow(line: Array, size: float = 7.0) -> str:
    """Draw the head of an arrow at the middle of a line; nothing where it hardly moves."""
    steps = np.diff(line, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    total = float(lengths.sum())
    if total < 2 * size:
        return ""
    run = np.concatenate([[0.0], np.cumsum(lengths)])
    ends = [total / 2 - size / 2, total / 2 + size / 2]
    tail, tip = (np.array([np.interp(at, run, line[:, axis]) for axis in (0, 1)]) for at in ends)
    along = (tip - tail) / max(1e-9, float(np.hypot(*(tip - tail))))
    side = np.array([-along[1], along[0]]) * size * 0.62
    back = tip - along * size * 1.5
    return path_of(np.array([tip, back + side, back - side]), closed=True)


def _labels(
    arcs: Sequence[dict[str, Any]],
    middle: tuple[float, float],
    radius: float,
    sheet: Mapping[str, float],
) -> list[dict[str, Any]]:
    """Write names and times on both sides of the sky, each beside where the satellite rises."""
    labels = []
    for side in (-1.0, 1.0):
        mine = [arc for arc in arcs if (_rise(arc, middle, radius)[0] >= middle[0]) == (side > 0)]
        mine.sort(key=lambda arc: float(_rise(arc, middle, radius)[1]))
        most = int((sheet["height"] - 24) / _LINE)
        for arc in mine:
            arc["labelled"] = True
        for arc in mine[most:]:
            arc["labelled"] = False
        mine = mine[:most]
        rises = [_rise(arc, middle, radius) for arc in mine]
        # The rim curves away, so a label stands higher or lower than its point of the rim.
        wanted = [middle[1] + float(y - middle[1]) * 1.1 for _, y in rises]
        heights = spread_out(wanted, _LINE, 16.0, sheet["height"] - 10.0)
        for arc, rise, y in zip(mine, rises, heights, strict=True):
            labels.append(_label(arc, rise, y, side, middle, radius, sheet["width"]))
    return labels


def _rise(arc: Mapping[str, Any], middle: tuple[float, float], radius: float) -> Array:
    azimuth = np.array([[arc["points"][0, 0], 0.0]])
    return np.asarray(_place(azimuth, middle, radius)[0])


def _label(
    arc: Mapping[str, Any],
    rise: Array,
    y: float,
    side: float,
    middle: tuple[float, float],
    radius: float,
    width: float,
) -> dict[str, Any]:
    clear = radius + 26
    beside = np.sqrt(max(0.0, clear**2 - (y - middle[1]) ** 2))
    x = middle[0] + side * max(float(beside), 30.0)
    start = _place(arc["points"][:1], middle, radius)[0]
    leader = np.array([start, rise, [x, y]])
    left = abs((width if side > 0 else 0.0) - x) - 10 - room(arc["rise"]) - 6
    return {
        "x": round(x + side * 4, 1),
        "y": round(y + 4, 1),
        "anchor": "start" if side > 0 else "end",
        "name": cut_to(arc["tag"], left, bold=True),
        "time": arc["rise"],
        "leader": path_of(leader),
    }


def _numbers(
    arcs: Sequence[dict[str, Any]],
    middle: tuple[float, float],
    radius: float,
    sheet: Mapping[str, float],
) -> list[dict[str, Any]]:
    """Put numbers of the arcs around the rim, where there is no room for names."""
    del sheet
    around = 360.0 * _NUMBER / (2 * np.pi * radius)  # degrees that a number takes
    most = int(360.0 / around)
    order = sorted(range(min(len(arcs), most)), key=lambda k: arcs[k]["points"][0, 0] % 360.0)
    wanted = [float(arcs[k]["points"][0, 0] % 360.0) for k in order]
    placed = spread_out(wanted, around, 0.0, 360.0 - around)
    labels = []
    for k, azimuth in zip(order, placed, strict=True):
        x, y = _place(np.array([[azimuth, 0.0]]), middle, radius)[0]
        start = _place(arcs[k]["points"][:1], middle, radius)[0]
        labels.append(
            {"x": round(float(x), 1), "y": round(float(y), 1), "n": k + 1,
             "leader": path_of(np.array([start, [x, y]]))}
        )  # fmt: skip
    return labels
