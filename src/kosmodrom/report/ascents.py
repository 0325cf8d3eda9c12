"""Directions of launch from a site, as a map shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.report.figures.paper import key_entry
from kosmodrom.report.projection import azimuthal, plate
from kosmodrom.report.tracks import Swath, Track, drawn_swaths, drawn_tracks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.report.projection import Array, Frame, Lines
    from kosmodrom.report.words import Words

__all__ = ["Ascent", "drawn_ascents"]

#: From what is drawn first to what is drawn over it.
_ALLOWED = {
    "no": "report_map_ascent_no",
    "unknown": "report_map_ascent_unknown",
    "yes": "report_map_ascent_yes",
}
_SECTOR = "c2"  # colour of the directions that a range allows


@dataclass(frozen=True, slots=True)
class Ascent:
    """The ground under the first part of a launch.

    Attributes
    ----------
    name : str
        The inclination.
    allowed : str
        Whether the range allows it: "yes", "no", "unknown".
    lines : sequence of numpy.ndarray, shape (n, 2)
        Latitude and longitude, from the site on [deg].
    """

    name: str
    allowed: str
    lines: Lines


def drawn_ascents(
    ascents: Sequence[Ascent],
    sectors: Sequence[Swath],
    frame: Frame,
    middle: Array | None,
    words: Words,
) -> dict[str, Any]:
    """Draw directions of launch and the sectors that a range allows.

    Parameters
    ----------
    ascents : sequence of Ascent
        The directions.
    sectors : sequence of Swath
        The sectors.
    frame : Frame
        The frame.
    middle : numpy.ndarray or None, shape (2,)
        Middle of a regional map [deg]; None for the world.
    words : Words
        The language.

    Returns
    -------
    dict
        What the templates draw, with the key and the labels at the outer ends.
    """
    tracks: list[dict[str, Any]] = []
    labels: list[tuple[str, float, float, str]] = []
    key = []
    for allowed, code in _ALLOWED.items():
        mine = [one for one in ascents if one.allowed == allowed]
        if not mine:
            continue
        tone = f"a-{allowed}"
        flown = [Track(one.name, one.lines, []) for one in mine]
        tracks += drawn_tracks(flown, {one.name: tone for one in mine}, frame, middle, words)
        key.append(key_entry(f"track {tone}", words.say(code)))
        for one in mine:
            end = np.asarray(one.lines[-1][-1:])
            x, y = frame.place(plate(end) if middle is None else azimuthal(end, middle))[0]
            labels.append((one.name, round(float(x), 1), round(float(y), 1), "line"))
    swaths = drawn_swaths(sectors, {one.name: _SECTOR for one in sectors}, frame, middle)
    if sectors:
        key.append(key_entry(f"swath {_SECTOR}", words.say("report_map_corridor")))
    return {
        "tracks": tracks,
        "swaths": swaths,
        "key": key[::-1],
        "labels": labels[::-1],
        "flown": [],
        "more": 0,
    }
