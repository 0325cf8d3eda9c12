"""Where parts of a launcher fall, and where the whole would, as a map shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.report.figures.paper import key_entry
from kosmodrom.report.projection import azimuthal, path_of, plate
from kosmodrom.report.sphere import dense, flat_lines
from kosmodrom.report.tracks import drawn_swaths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.report.projection import Array, Frame
    from kosmodrom.report.tracks import Swath
    from kosmodrom.report.words import Words

__all__ = ["drawn_zones"]

#: Kinds of areas, from what is drawn first, with the class of their style and their words.
_KINDS = {
    "corridor_band": ("z-allowed", "report_map_corridor_band"),
    "closed_area": ("z-falls", "report_map_closed_area"),
    "published_zone": ("z-published", "report_map_published_zone"),
    "allowed_zone": ("z-allowed", "report_map_allowed_zone"),
    "drop_zone": ("z-falls", "report_map_drop_zone"),
}


def drawn_zones(
    zones: Sequence[tuple[str, Swath]],
    traces: Sequence[Array],
    frame: Frame,
    middle: Array | None,
    words: Words,
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Draw where parts fall and have to fall, and the trace of the impact point.

    Parameters
    ----------
    zones : sequence of tuple
        A kind of area, and the area.
    traces : sequence of numpy.ndarray, shape (n, 2)
        Latitude and longitude along the trace [deg].
    frame : Frame
        The frame.
    middle : numpy.ndarray or None, shape (2,)
        Middle of a regional map [deg]; None for the world.
    words : Words
        The language.

    Returns
    -------
    drawn, key : list of dict
        What the templates draw as areas, and lines of the key.
    """
    drawn: list[dict[str, Any]] = []
    key = []
    for kind, (tone, code) in _KINDS.items():
        mine = [zone for one, zone in zones if one == kind]
        if mine:
            drawn += drawn_swaths(mine, {zone.name: tone for zone in mine}, frame, middle)
            key.append(key_entry(f"swath {tone}", words.say(code)))
    path = ""
    for trace in traces:
        parts = flat_lines(trace) if middle is None else [dense(trace)]
        for part in parts:
            flat = plate(part) if middle is None else azimuthal(part, middle)
            path += path_of(frame.place(flat))
    if path:
        name = words.say("report_map_trace")
        drawn.append({"name": name, "tone": "z-trace", "path": path})
        key.append(key_entry("line z-trace", name))
    return drawn, key
