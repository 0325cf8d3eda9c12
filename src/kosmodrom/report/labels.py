"""Names beside the points of a map, placed so that they do not cover each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Box", "place_labels"]

# Pixels at phone width, where letters are largest beside the drawing; elsewhere there is room.
_LETTER, _LINE, _GAP = 11.5, 24.0, 9.0
_MOST_LETTERS = 26

Box = tuple[float, float, float, float]


def _places(x: float, y: float, width: float, size: float) -> list[tuple[str, float, float, Box]]:
    """Where a label may stand: anchor, x, baseline, and the room it takes."""
    line, gap = _LINE * size, _GAP * size
    high, low = line * 0.75, line * 0.25
    spots: list[tuple[str, float, float]] = []
    for dy in (line * 0.28, -line * 0.55, line * 1.05):
        spots += [("start", x + gap, y + dy), ("end", x - gap, y + dy)]
    spots += [("middle", x, y - gap - 4 * size), ("middle", x, y + gap + high)]
    before = {"start": 0.0, "middle": width / 2, "end": width}
    return [
        (
            anchor,
            at,
            base,
            (at - before[anchor], base - high, at - before[anchor] + width, base + low),
        )
        for anchor, at, base in spots
    ]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def place_labels(
    wanted: Sequence[tuple[str, float, float, str]],
    extent: tuple[float, float],
    kept_free: Sequence[Box] = (),
    size: float = 1.0,
) -> list[dict[str, Any]]:
    """Place labels one after the other; one that fits nowhere is left out.

    Parameters
    ----------
    wanted : sequence of tuple
        Text, right and down [px], and what it names; the most important first.
    extent : tuple of float
        Width and height of the map [px].
    kept_free : sequence of tuple of float
        Left, top, right and bottom of where no label may stand [px].
    size : float
        Size of the letters beside the ordinary one [-].

    Returns
    -------
    list of dict
        text, x, y, anchor, of.
    """
    dot = 5 * size
    taken: list[Box] = [*kept_free]
    taken += [(x - dot, y - dot, x + dot, y + dot) for _, x, y, of in wanted if of == "point"]
    placed: list[dict[str, Any]] = []
    for text, x, y, of in wanted:
        short = text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"
        for anchor, at, base, box in _places(x, y, len(short) * _LETTER * size, size):
            inside = (
                box[0] > 4 and box[1] > 2 and box[2] < extent[0] - 4 and box[3] < extent[1] - 2
            )
            if short and inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                spot = {"x": round(at, 1), "y": round(base, 1)}
                placed.append({"text": short, **spot, "anchor": anchor, "of": of})
                break
    return placed
