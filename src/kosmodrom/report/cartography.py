"""One map: its frame, the land, and what is drawn over it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom import messages
from kosmodrom.report.ascents import drawn_ascents
from kosmodrom.report.figures.paper import key_entry
from kosmodrom.report.labels import Box, place_labels
from kosmodrom.report.outlines import whole_land, world_frame
from kosmodrom.report.projection import (
    EARTH_KM,
    Frame,
    azimuthal,
    path_of,
    plate,
    spread,
)
from kosmodrom.report.sphere import flat_lines
from kosmodrom.report.tracks import drawn_swaths, drawn_tracks
from kosmodrom.report.zones import drawn_zones

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.report.ascents import Ascent
    from kosmodrom.report.outlines import Outlines
    from kosmodrom.report.projection import Array
    from kosmodrom.report.tracks import Swath, Track
    from kosmodrom.report.words import Words

__all__ = ["WIDEST", "Drawn", "everything", "map_of"]

#: Degrees from the middle; what reaches farther is drawn on the world.
WIDEST = 38.0
_WIDTH, _HEIGHT = 640.0, 430.0  # pixels of a regional map
_SMALL = 150.0  # width of the world in the corner [px]
_SCALES = (10, 20, 50, 100, 200, 500, 1000, 2000)
_TONES = 6  # colours that can be told apart
_MOST_FLOWN = 60  # satellites on one map
#: Kinds of points whose marks a key explains, where one of them is drawn.
_MARKED = ("target", "station", "subpoint", "event", "impact")
_POINTS = (*_MARKED, "site", "place")


@dataclass(slots=True)
class Drawn:
    """What one map shows.

    Attributes
    ----------
    steps : list of str
        Whose results they are.
    points : dict
        Name, latitude and longitude [deg] of each point, and its kind.
    lines : list of tuple
        Name, what is written beside it, latitude and longitude [deg].
    tracks : list of Track
        Where satellites fly over.
    swaths : list of Swath
        What they see; with ascents, the directions that a range allows.
    ascents : list of Ascent
        Where launches go.
    zones : list of tuple
        "drop_zone", "allowed_zone" or "published_zone", and the area: where parts of a launcher
        fall, have to fall, and are said to fall.
    traces : list of numpy.ndarray, shape (n, 2)
        Where a launcher would come down were it cut off [deg].
    """

    steps: list[str] = field(default_factory=list)
    points: dict[tuple[str, float, float], str] = field(default_factory=dict)
    lines: list[tuple[str, str, Array]] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    swaths: list[Swath] = field(default_factory=list)
    ascents: list[Ascent] = field(default_factory=list)
    zones: list[tuple[str, Swath]] = field(default_factory=list)
    traces: list[Array] = field(default_factory=list)

    @property
    def flown(self) -> bool:
        """Tell whether satellites or launches are on it.

        Returns
        -------
        bool
            Whether it shows a track, a strip or an ascent.
        """
        return bool(self.tracks or self.swaths or self.ascents)


def _spots(drawn: Drawn) -> Array:
    """Positions of the points."""
    return np.array([[lat, lon] for _, lat, lon in drawn.points], dtype=np.float64).reshape(-1, 2)


def everything(drawn: Drawn) -> Array:
    """Collect all positions, to fit the frame around.

    Parameters
    ----------
    drawn : Drawn
        What the map shows.

    Returns
    -------
    numpy.ndarray, shape (n, 2)
        Latitude and longitude [deg].
    """
    return np.concatenate([
        _spots(drawn),
        *(line for _, _, line in drawn.lines),
        *(line for track in drawn.tracks for line in track.lines),
        *(line for ascent in drawn.ascents for line in ascent.lines),
        *(ring for swath in drawn.swaths for rings in swath.polygons for ring in rings),
        *(ring for _, zone in drawn.zones for rings in zone.polygons for ring in rings),
    ])  # fmt: skip


def map_of(drawn: Drawn, outlines: Outlines, words: Words) -> dict[str, Any]:
    """Lay out a map: a region where it all lies close together, else the world.

    Parameters
    ----------
    drawn : Drawn
        What it shows.
    outlines : Outlines
        Land to draw on.
    words : Words
        The language.

    Returns
    -------
    dict
        What the templates draw.
    """
    middle, reach = spread(everything(drawn))
    if reach <= WIDEST:
        return _regional(drawn, middle, outlines, words)
    return _world(drawn, outlines, words)


def _regional(drawn: Drawn, middle: Array, outlines: Outlines, words: Words) -> dict[str, Any]:
    flat = azimuthal(everything(drawn), middle)
    frame = Frame.around(flat, _WIDTH, _HEIGHT, least_km=300.0)
    corner = np.hypot(_WIDTH, _HEIGHT) / 2 / frame.scale
    shift = np.abs([frame.left + _WIDTH / 2 / frame.scale, frame.top - _HEIGHT / 2 / frame.scale])
    reach = float(np.degrees((corner + shift.sum()) / EARTH_KM))
    lines = [
        (name, said, frame.place(azimuthal(line, middle))) for name, said, line in drawn.lines
    ]
    locator = _locator(middle, frame, outlines, frame.place(flat))
    kept_free = [(0.0, _HEIGHT - 46, _WIDTH / 4 + 30, _HEIGHT)]
    if locator is not None:
        left, top = locator["left"], locator["top"]
        kept_free.append((left, top, left + locator["width"], top + locator["height"]))
    flown = _flown(drawn, frame, middle, words)
    spots = frame.place(azimuthal(_spots(drawn), middle))
    return {
        **_marks(drawn, spots, lines, frame, kept_free, flown),
        "land": outlines.region(middle, frame, reach),
        "graticule": _graticule(middle, frame, reach),
        "scale": _scale_bar(frame.scale, words),
        "locator": locator,
        "world": False,
    }


def _world(drawn: Drawn, outlines: Outlines, words: Words) -> dict[str, Any]:
    frame = world_frame(_WIDTH, poles=drawn.flown)
    lines = [
        (name, said, frame.place(plate(part)))
        for name, said, line in drawn.lines
        for part in flat_lines(line)
    ]
    flown = _flown(drawn, frame, None, words)
    spots = frame.place(plate(_spots(drawn)))
    return {
        **_marks(drawn, spots, lines, frame, (), flown, 0.95),
        "land": whole_land(outlines, frame),
        "graticule": "",
        "scale": None,
        "locator": None,
        "world": True,
    }


def _flown(drawn: Drawn, frame: Frame, middle: Array | None, words: Words) -> dict[str, Any]:
    """Draw the satellites or launches of a map, and say in a key what its marks mean."""
    if drawn.ascents:
        return drawn_ascents(drawn.ascents, drawn.swaths, frame, middle, words)
    named = [track.name for track in drawn.tracks] + [swath.name for swath in drawn.swaths]
    every = list(dict.fromkeys(named))
    names = every[:_MOST_FLOWN]
    flown = [one for one in drawn.tracks if one.name in names]
    swaths = [one for one in drawn.swaths if one.name in names]
    tones = {name: f"c{number % _TONES}" for number, name in enumerate(names)}
    key = []
    for mark, mine in (
        ("track", list(dict.fromkeys(track.name for track in flown))),
        ("swath", list(dict.fromkeys(swath.name for swath in swaths))),
    ):
        if 1 < len(mine) <= _TONES:
            key += [
                key_entry(f"{mark} {tones[name]}", words.say(f"report_map_{mark}_of", name=name))
                for name in mine
            ]
        elif mine:
            tone = tones[mine[0]]
            key.append(key_entry(f"{mark} {tone}", words.say(f"report_map_{mark}")))
    tracks = drawn_tracks(flown, tones, frame, middle, words)
    zones, more = drawn_zones(drawn.zones, drawn.traces, frame, middle, words)
    key += more
    if any(track["ticks"] for track in tracks):
        key.append(key_entry("tick", words.say("report_map_tick")))
    kinds = set(drawn.points.values())
    if drawn.flown or kinds & set(_MARKED):
        key += [
            key_entry(kind, words.say(f"report_map_{kind}")) for kind in _POINTS if kind in kinds
        ]
    return {
        "tracks": tracks,
        "swaths": drawn_swaths(swaths, tones, frame, middle) + zones,
        "key": key,
        "flown": names,
        "more": len(every) - len(names),
    }


def _marks(
    drawn: Drawn,
    spots: Array,
    lines: Sequence[tuple[str, str, Array]],
    frame: Frame,
    kept_free: Sequence[Box],
    flown: Mapping[str, Any],
    size: float = 1.0,
) -> dict[str, Any]:
    keys = list(drawn.points)
    points = [
        {"name": name, "x": round(float(x), 1), "y": round(float(y), 1), "kind": drawn.points[key],
         "where": (lat, lon)}
        for key, (name, lat, lon), (x, y) in zip(keys, keys, spots, strict=True)
    ]  # fmt: skip
    labels: list[tuple[str, float, float, str]] = [
        (name, float(x), float(y), "point")
        for (name, _, _), (x, y) in zip(keys, spots, strict=True)
    ]
    for _, said, line in lines:
        if said:
            middle = (line[(len(line) - 1) // 2] + line[len(line) // 2]) / 2
            labels.append((said, round(float(middle[0]), 1), round(float(middle[1]), 1), "line"))
    labels += [
        (tick["text"], tick["x"], tick["y"], "tick")
        for track in flown["tracks"]
        for tick in track["ticks"]
    ]
    labels += flown.get("labels", ())
    names = [name for name, _, _ in keys if name]
    return {
        "width": frame.width,
        "height": frame.height,
        "points": points,
        "labels": place_labels(labels, (frame.width, frame.height), kept_free, size),
        "lines": [{"name": name, "path": path_of(line)} for name, _, line in lines],
        "names": list(dict.fromkeys([*(name for name in flown["flown"] if name), *names])),
        **{key: flown[key] for key in ("tracks", "swaths", "key", "more")},
    }


def _graticule(middle: Array, frame: Frame, reach: float) -> str:
    """Draw meridians and parallels, four or so across the map."""
    step = next((deg for deg in (1, 2, 5, 10, 15, 30) if reach / deg <= 4), 30)
    south, north = max(-85.0, middle[0] - reach), min(85.0, middle[0] + reach)
    wide = min(179.0, reach / float(np.cos(np.radians(min(84.0, abs(middle[0]) + reach / 2)))))
    west, east = middle[1] - wide, middle[1] + wide
    curves = []
    for lon in np.arange(np.ceil(west / step) * step, east, step):
        lat = np.linspace(south, north, 25)
        curves.append(np.stack([lat, np.full_like(lat, lon)], axis=1))
    for lat_deg in np.arange(np.ceil(south / step) * step, north, step):
        lon_deg = np.linspace(west, east, 49)
        curves.append(np.stack([np.full_like(lon_deg, lat_deg), lon_deg], axis=1))
    return "".join(path_of(frame.place(azimuthal(curve, middle))) for curve in curves)


def _scale_bar(scale: float, words: Words) -> dict[str, Any]:
    km = max((km for km in _SCALES if km * scale <= _WIDTH / 4), default=_SCALES[0])
    text = words.say("report_scale", value=messages.number(km, words.lang))
    return {"length": round(km * scale, 1), "text": text}


def _locator(
    middle: Array, frame: Frame, outlines: Outlines, drawn: Array
) -> dict[str, Any] | None:
    """Draw the world small, in a corner where nothing else stands; None where all are taken."""
    world = world_frame(_SMALL)
    right, bottom = frame.width - world.width - 8, frame.height - world.height - 8
    for left, top in ((right, bottom), (right, 8.0), (8.0, 8.0)):
        over = (drawn[:, 0] > left - 60) & (drawn[:, 0] < left + world.width + 60)
        if not np.any(over & (drawn[:, 1] > top - 30) & (drawn[:, 1] < top + world.height + 30)):
            break
    else:
        return None
    x, y = world.place(plate(middle.reshape(1, 2)))[0]
    half_km = frame.width / 2 / frame.scale
    stretch = 1 / max(0.2, float(np.cos(np.radians(middle[0]))))
    half = max(4.0, half_km * world.scale)
    return {
        "left": round(left, 1),
        "top": round(top, 1),
        "width": world.width,
        "height": world.height,
        "land": whole_land(outlines, world),
        "x": round(float(x) - half * stretch, 1),
        "y": round(float(y) - half * frame.height / frame.width, 1),
        "box_width": round(2 * half * stretch, 1),
        "box_height": round(2 * half * frame.height / frame.width, 1),
    }
