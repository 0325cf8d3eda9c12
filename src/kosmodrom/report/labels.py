"""Names beside the points of a map, placed so that they do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["place_labels"]

# Sizes at phone width, where letters are largest beside the drawing; elsewhere there is room.
_LETTER, _LINE, _GAP = 11.5, 24.0, 9.0
_MOST_LETTERS = 26

Box = tuple[float, float, float, float]


def _boxes(x: float, y: float, width: float) -> list[tuple[str, float, float, Box]]:
    """Where a label may stand: anchor, x, baseline, and the room it takes."""
    high, low = _LINE * 0.75, _LINE * 0.25
    places = []
    for dy in (_LINE * 0.28, -_LINE * 0.55, _LINE * 1.05):
        base = y + dy
        places.append(("start", x + _GAP, base, (x + _GAP, base - high, x + _GAP + width, base + low)))
        places.append(("end", x - _GAP, base, (x - _GAP - width, base - high, x - _GAP, base + low)))
    for dy in (-_GAP - 4, _GAP + high):
        base = y + dy
        places.append(("middle", x, base, (x - width / 2, base - high, x + width / 2, base + low)))
    return places  # fmt: skip


def _meet(one: Box, other: Box) -> bool:
    return (
        one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    )


def place_labels(
    wanted: Sequence[tuple[str, float, float, str]], width: float, height: float
) -> list[dict[str, Any]]:
    """Place labels one after the other; one that fits nowhere is left out.

    Parameters
    ----------
    wanted : sequence of tuple
        Text, right and down [px], and what it names; the most important first.
    width, height : float
        Size of the map [px].

    Returns
    -------
    list of dict
        text, x, y, anchor, of.
    """
    taken: list[Box] = [
        (x - 5, y - 5, x + 5, y + 5) for _, x, y, of in wanted if of == "point"
    ]
    placed = []
    for text, x, y, of in wanted:
        short = text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"
        for anchor, at, base, box in _boxes(x, y, len(short) * _LETTER):
            inside = box[0] > 4 and box[1] > 2 and box[2] < width - 4 and box[3] < height - 2
            if short and inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                placed.append(
                    {"text": short, "x": round(at, 1), "y": round(base, 1), "anchor": anchor,
                     "of": of}
                )  # fmt: skip
                break
    return placed
