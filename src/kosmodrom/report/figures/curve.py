"""Curves over one axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from kosmodrom import messages
from kosmodrom.report.figures.paper import cut_to, key_entry, room, spread_out
from kosmodrom.report.projection import path_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.report.figures.paper import Paper
    from kosmodrom.report.projection import Array

__all__ = ["curve"]

_SHEETS = {
    "wide": {"width": 760.0, "height": 360.0, "names": 190.0},
    "narrow": {"width": 360.0, "height": 280.0, "names": 0.0},
}
_TONES = 6  # colours and dashes that can be told apart
_MOST = 12  # lines drawn
_PRECISION = 0.15  # pixels
_TOGETHER = 0.01  # of the axis; what happens closer together is one mark
_NUMBER = 13.0  # pixels between the numbers of marks
#: Steps of an axis that read well beside those of the decimal system.
_STEPS = {
    "hour": (0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 72, 96, 120, 168, 240, 336, 480, 720),
    "min": (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440),
    "deg": (1, 2, 5, 10, 15, 30, 45, 90),
}


def curve(figure: Mapping[str, Any], paper: Paper) -> dict[str, Any]:
    """Lay out curves.

    Parameters
    ----------
    figure : Mapping
        From `kosmodrom.analyses._figures.curve_figure`.
    paper : Paper
        What it is drawn with.

    Returns
    -------
    dict
        What the templates draw.
    """
    given = paper.records(figure.get("lines"), "lines")
    lines: list[dict[str, Any]] = []
    for number, line in enumerate(given[:_MOST]):
        points = paper.pairs(line.get("points"), "points of a line")
        if len(points):
            name = paper.title(str(line.get("name") or ""))
            lines.append({"name": name, "points": points, "tone": f"c{number % _TONES}"})
    if not lines:
        raise paper.wrong("a curve must have a line with points", figure.get("lines"))
    everything = np.concatenate([line["points"] for line in lines])
    axes = [
        _axis(figure, key, everything[:, index], paper) for index, key in enumerate(("x", "y"))
    ]
    title = paper.title(str(figure.get("name") or ""))
    words = paper.words
    several = len(lines) > 1
    if not several and lines[0]["name"]:
        title = f"{title}: {lines[0]['name']}"
    marks, told = _marks(figure, axes[0], paper)
    notes = [told] if told else []
    if len(given) > _MOST:
        notes.append(words.say("report_curve_more", n=str(len(given) - _MOST)))
    return {
        "title": title,
        "lead": "",
        "alt": words.say(
            "report_curve_said", title=title, x=axes[0]["title"], y=axes[1]["title"],
            names="; ".join(line["name"] for line in lines),
        ),
        "key": [key_entry(f"line {line['tone']}", line["name"]) for line in lines]
        if several
        else [],
        "drawings": [
            _drawing(size, sheet, lines, axes, marks, paper, several=several)
            for size, sheet in _SHEETS.items()
        ],
        "list": [],
        "notes": notes,
    }  # fmt: skip


def _axis(figure: Mapping[str, Any], key: str, values: Array, paper: Paper) -> dict[str, Any]:
    given = figure.get(key)
    if not isinstance(given, dict):
        raise paper.wrong(f"the {key} axis must have a name and a unit", given)
    unit = str(given.get("unit") or "")
    low, high = float(values.min()), float(values.max())
    share = unit in {"", "1"} and key == "y" and low >= 0 and high <= 1 and high > 0
    if key == "y" and low > 0 and low < 0.6 * high:
        low = 0.0
    if high <= low:
        high = low + (abs(low) or 1.0)
    said = "%" if share else _unit_words(unit, paper.words.lang)
    name = paper.title(str(given.get("name") or ""))
    return {"low": low, "high": high, "share": share, "fixed": key == "x", "unit": unit,
            "title": f"{name} ({said})" if said else name}  # fmt: skip


def _unit_words(unit: str, lang: str) -> str:
    if unit in {"", "1"}:
        return ""
    return messages.quantity(2, unit, lang)[1:].strip()


def _scale(axis: Mapping[str, Any], most: int, paper: Paper) -> tuple[float, float, list[Any]]:
    """Choose the ends of an axis and its ticks: round numbers, as many as there is room for."""
    low, high = axis["low"], axis["high"]
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * k for k in (1, 2, 5, 10) if power * k >= rough * (1 - 1e-9))
    known = _STEPS.get(axis["unit"], ())
    if known and known[0] <= rough <= known[-1]:
        step = next(k for k in known if k >= rough * (1 - 1e-9))
    first = math.floor(low / step + 1e-9)
    last = math.ceil(high / step - 1e-9)
    step_shown = step * (100 if axis["share"] else 1)
    decimals = next(n for n in range(13) if n == 12 or abs(step_shown * 10**n % 1) < 1e-6)
    ticks = []
    for number in range(first, last + 1):
        at = number * step
        shown = at * 100 if axis["share"] else at
        ticks.append((at, messages.number(shown, paper.words.lang, decimals)))
    if axis["fixed"]:  # the data end where the drawing ends
        return low, high, [tick for tick in ticks if low - 1e-9 <= tick[0] <= high + 1e-9 * step]
    return first * step, last * step, ticks


def _drawing(
    size: str,
    sheet: Mapping[str, float],
    lines: Sequence[Mapping[str, Any]],
    axes: Sequence[Mapping[str, Any]],
    marks: Sequence[tuple[float, str]],
    paper: Paper,
    *,
    several: bool,
) -> dict[str, Any]:
    width, height = sheet["width"], sheet["height"]
    y_low, y_high, y_ticks = _scale(axes[1], 5, paper)
    x_low, x_high, x_ticks = _scale(axes[0], int(width / 80), paper)
    left = 14.0 + max(room(text) for _, text in y_ticks)
    names = max(room(line["name"]) for line in lines) + 14.0 if several else 0.0
    right = width - max(16.0, min(sheet["names"], names))
    top, bottom = 42.0 if marks else 28.0, height - 44.0

    def place(points: Array) -> Array:
        return np.stack(
            [
                left + (points[:, 0] - x_low) / (x_high - x_low) * (right - left),
                bottom - (points[:, 1] - y_low) / (y_high - y_low) * (bottom - top),
            ],
            axis=1,
        )

    placed = [place(line["points"]) for line in lines]
    drawn = [
        {"path": path_of(_thinned(points)), "tone": line["tone"], "title": line["name"],
         "dot": [round(float(v), 1) for v in points[0]] if len(points) == 1 else None}
        for line, points in zip(lines, placed, strict=True)
    ]  # fmt: skip
    direct = several and sheet["names"] > 0
    return {
        "size": size,
        "width": width,
        "height": height,
        "left": round(left, 1),
        "right": round(right, 1),
        "top": top,
        "bottom": bottom,
        "x_title": axes[0]["title"],
        "y_title": axes[1]["title"],
        "x_ticks": [
            {"x": round(float(place(np.array([[at, y_low]]))[0, 0]), 1), "text": text}
            for at, text in x_ticks
        ],
        "y_ticks": [
            {"y": round(float(place(np.array([[x_low, at]]))[0, 1]), 1), "text": text}
            for at, text in y_ticks
        ],
        "lines": drawn,
        "marks": _placed_marks(marks, left, right, (x_low, x_high)),
        "names": _names(lines, placed, right, width, bottom) if direct else [],
    }


def _marks(
    figure: Mapping[str, Any], axis: Mapping[str, Any], paper: Paper
) -> tuple[list[tuple[float, str]], str]:
    """Read where something happens; what happens at one place is one mark with a number."""
    found: list[tuple[float, list[str]]] = []
    apart = _TOGETHER * (axis["high"] - axis["low"])
    lang = paper.words.lang
    for mark in paper.records(figure.get("marks") or [], "marks"):
        at = paper.number(mark.get("x"), "x of a mark")
        happened, part = (str(mark.get(key) or "") for key in ("name", "of"))
        text = messages.happening(happened, part, lang)
        if found and at - found[-1][0] < apart:
            found[-1][1].append(text)
        elif axis["low"] <= at <= axis["high"]:
            found.append((at, [text]))
    marks = [(at, "; ".join(texts)) for at, texts in found]
    told = " ".join(
        f"{number}: {text} ({messages.quantity(at, str(axis['unit']), lang)})."
        for number, (at, text) in enumerate(marks, start=1)
    )
    return marks, told


def _placed_marks(
    marks: Sequence[tuple[float, str]], left: float, right: float, ends: tuple[float, float]
) -> list[dict[str, Any]]:
    """Place lines upward with numbers over them, the numbers beside each other."""
    low, high = ends
    places = [left + (at - low) / (high - low) * (right - left) for at, _ in marks]
    texts = spread_out(places, _NUMBER, left, right)
    return [
        {"x": round(x, 1), "text_x": round(text_x, 1), "n": str(number), "title": title}
        for number, (x, text_x, (_, title)) in enumerate(
            zip(places, texts, marks, strict=True), start=1
        )
    ]


def _thinned(points: Array) -> Array:
    """Leave out points that would not be seen."""
    if len(points) < 3:
        return points
    return np.asarray(shapely.LineString(points).simplify(_PRECISION).coords)


def _names(
    lines: Sequence[Mapping[str, Any]],
    placed: Sequence[Array],
    right: float,
    width: float,
    bottom: float,
) -> list[dict[str, Any]]:
    """Write the name of each line at its end."""
    order = sorted(range(len(lines)), key=lambda k: float(placed[k][-1, 1]))
    heights = spread_out([float(placed[k][-1, 1]) for k in order], 15.0, 18.0, bottom)
    return [
        {
            "text": cut_to(lines[k]["name"], width - right - 12.0),
            "x": round(right + 8.0, 1),
            "y": round(y + 4.0, 1),
            "tone": lines[k]["tone"],
        }
        for k, y in zip(order, heights, strict=True)
    ]
