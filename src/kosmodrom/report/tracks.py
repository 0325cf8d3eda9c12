"""Tracks of satellites and the strips that they see, as a map shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from kosmodrom.report.instants import clock, day_of, read_instant, time_ticks
from kosmodrom.report.projection import Frame, azimuthal, path_of, plate
from kosmodrom.report.sphere import dense, flat_area, flat_lines, polygons_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kosmodrom.report.projection import Array, Lines
    from kosmodrom.report.words import Words

__all__ = ["Swath", "Track", "drawn_swaths", "drawn_tracks", "read_times"]

_SLIT = 1.0  # half the width of gaps in a strip that are closed [px]
_PRECISION = 0.2  # pixels
_ARROWS_APART, _MOST_ARROWS = 150.0, 36  # pixels along the track; of one satellite
_ARROW = 6.0  # pixels
_MOST_TICKS = 14  # of one satellite
_LEAST_AREA = 0.5  # square pixels
_EDGE = 6.0  # pixels beyond the frame, so that no cut edge is drawn


@dataclass(frozen=True, slots=True)
class Track:
    """Where a satellite flies over.

    Attributes
    ----------
    name : str
        The satellite.
    lines : sequence of numpy.ndarray, shape (n, 2)
        Latitude and longitude in order of time [deg].
    times : sequence of numpy.ndarray, shape (n,)
        Seconds since 1970 of the points of each line [s]; empty where they are not known.
    """

    name: str
    lines: Lines
    times: Lines


@dataclass(frozen=True, slots=True)
class Swath:
    """What a sensor sees.

    Attributes
    ----------
    name : str
        The satellite.
    polygons : sequence of sequence of numpy.ndarray, shape (n, 2)
        Outer ring and holes of each; latitude and longitude [deg].
    """

    name: str
    polygons: Sequence[Lines]


def read_times(given: object, lengths: Sequence[int]) -> list[Array]:
    """Read the instants of the points of a track.

    Parameters
    ----------
    given : object
        ``times`` of a feature: an instant a point, in a list for each line.
    lengths : sequence of int
        Points of each line [-].

    Returns
    -------
    list of numpy.ndarray, shape (n,)
        Seconds since 1970 [s]; empty where there are none, or not one a point.
    """
    lists = given if isinstance(given, list) else []
    if lists and not isinstance(lists[0], list):
        lists = [lists]
    read = [
        [read_instant(one) for one in times] if isinstance(times, list) else [] for times in lists
    ]
    if [len(times) for times in read] != list(lengths):
        return []
    if any(one is None for times in read for one in times):
        return []
    return [np.array(times, dtype=np.float64) for times in read]


def _projection(frame: Frame, middle: Array | None) -> Callable[[Array], Array]:
    if middle is None:
        return lambda lat_lon: frame.place(plate(lat_lon))
    return lambda lat_lon: frame.place(azimuthal(lat_lon, middle))


def drawn_tracks(
    tracks: Sequence[Track],
    tones: Mapping[str, str],
    frame: Frame,
    middle: Array | None,
    words: Words,
) -> list[dict[str, Any]]:
    """Draw tracks with arrows and ticks of time.

    Parameters
    ----------
    tracks : sequence of Track
        The tracks.
    tones : Mapping of str to str
        Colour of each satellite.
    frame : Frame
        The frame.
    middle : numpy.ndarray or None, shape (2,)
        Middle of a regional map [deg]; None for the world.
    words : Words
        The language.

    Returns
    -------
    list of dict
        For each track its path, arrows and ticks.
    """
    place = _projection(frame, middle)
    box = shapely.box(-_EDGE, -_EDGE, frame.width + _EDGE, frame.height + _EDGE)
    drawn = []
    for track in tracks:
        parts: list[Array] = []
        for line in track.lines:
            for part in flat_lines(line) if middle is None else [dense(line)]:
                parts += _within(place(part), box)
        drawn.append({
            "name": track.name,
            "tone": tones[track.name],
            "path": "".join(path_of(_thinned(part)) for part in parts),
            "arrows": _arrows(parts),
            "ticks": _ticks(track, place, frame, words),
        })  # fmt: skip
    return drawn


def _within(line: Array, box: shapely.Geometry) -> list[Array]:
    """Cut a line to the frame."""
    cut = shapely.intersection(shapely.LineString(line), box)
    return [
        np.asarray(part.coords)
        for part in shapely.get_parts(shapely.line_merge(cut, directed=True))
        if isinstance(part, shapely.LineString)
    ]


def _thinned(line: Array) -> Array:
    return np.asarray(shapely.LineString(line).simplify(_PRECISION).coords)


def _arrows(parts: Sequence[Array]) -> str:
    """Draw heads of arrows along the track, fewer where there is much of it."""
    lengths = [float(np.hypot(*np.diff(part, axis=0).T).sum()) for part in parts]
    apart = max(_ARROWS_APART, sum(lengths) / _MOST_ARROWS)
    path, travelled = "", apart / 2
    for part, length in zip(parts, lengths, strict=True):
        run = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(part, axis=0).T))])
        places = np.arange(apart - travelled, length - 2, apart)
        if not len(places) and len(parts) <= _MOST_ARROWS:  # a short stretch has one too
            places = np.array([(length + _ARROW) / 2])
        for at in places[(places > _ARROW) & (places < length - 2)]:
            tip, tail = (
                np.array([np.interp(where, run, part[:, axis]) for axis in (0, 1)])
                for where in (at, at - _ARROW)
            )
            path += _head(tip, tail)
        travelled = (travelled + length) % apart
    return path


def _head(tip: Array, tail: Array) -> str:
    along = tip - tail
    length = float(np.hypot(*along))
    if length < 1.0:
        return ""
    side = np.array([-along[1], along[0]]) / length * _ARROW * 0.5
    back = tip - along / length * _ARROW
    return path_of(np.array([tip, back + side, back - side]), closed=True)


def _ticks(
    track: Track, place: Callable[[Array], Array], frame: Frame, words: Words
) -> list[dict[str, Any]]:
    if not track.times:
        return []
    start = min(float(times[0]) for times in track.times)
    end = max(float(times[-1]) for times in track.times)
    ticks = []
    for at, text, _ in time_ticks(start, end, _MOST_TICKS, words):
        for line, times in zip(track.lines, track.times, strict=True):
            if not times[0] <= at <= times[-1]:
                continue
            k = min(int(np.searchsorted(times, at, side="right")) - 1, len(times) - 2)
            gap = float(times[k + 1] - times[k])
            pair = dense(line[k : k + 2], step=0.2)
            there = pair[round((at - times[k]) / gap * (len(pair) - 1)) if gap > 0 else 0]
            x, y = place(there.reshape(1, 2))[0]
            if 0 <= x <= frame.width and 0 <= y <= frame.height:
                day = words.plain_day(day_of(at), "brief") if at % 86400 == 0 else ""
                ticks.append({"x": round(float(x), 1), "y": round(float(y), 1), "text": text,
                              "title": f"{day or clock(at, words)} UTC"})  # fmt: skip
            break
    return ticks


def drawn_swaths(
    swaths: Sequence[Swath], tones: Mapping[str, str], frame: Frame, middle: Array | None
) -> list[dict[str, Any]]:
    """Draw strips as areas.

    Parameters
    ----------
    swaths : sequence of Swath
        The strips.
    tones : Mapping of str to str
        Colour of each satellite.
    frame : Frame
        The frame.
    middle : numpy.ndarray or None, shape (2,)
        Middle of a regional map [deg]; None for the world.

    Returns
    -------
    list of dict
        For each its path.
    """
    edge = 0.0 if middle is None else _EDGE
    box = shapely.box(-edge, -edge, frame.width + edge, frame.height + edge)
    drawn = []
    for swath in swaths:
        if middle is None:
            shape = shapely.transform(
                flat_area(swath.polygons), lambda at: frame.place(plate(at[:, ::-1]))
            )
        else:
            shape = _about(swath.polygons, frame, middle)
        # Small polygons that meet at a pole leave slits between them.
        whole = shape.buffer(_SLIT, join_style="mitre").buffer(-_SLIT, join_style="mitre")
        cut = shapely.intersection(shapely.make_valid(whole.simplify(_PRECISION)), box)
        path = "".join(
            path_of(np.asarray(ring.coords)[:-1], closed=True)
            for part in polygons_of(cut)
            if part.area >= _LEAST_AREA
            for ring in (part.exterior, *part.interiors)
        )
        drawn.append({"name": swath.name, "tone": tones[swath.name], "path": path})
    return drawn


def _about(polygons: Sequence[Lines], frame: Frame, middle: Array) -> shapely.Geometry:
    """Project areas about the middle of a regional map, where no date line or pole troubles."""
    shapes = []
    for rings in polygons:
        outer, *holes = (
            shapely.make_valid(shapely.Polygon(frame.place(azimuthal(dense(ring), middle))))
            for ring in rings
        )
        for hole in holes:
            outer = shapely.difference(outer, hole)
        shapes.append(outer)
    return shapely.unary_union(shapes)
