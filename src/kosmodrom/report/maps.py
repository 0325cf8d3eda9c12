"""Maps of the places that results name, drawn over real coasts and borders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom import messages
from kosmodrom.report.labels import Box, place_labels
from kosmodrom.report.projection import (
    EARTH_KM,
    Array,
    Frame,
    Lines,
    azimuthal,
    outline_paths,
    path_of,
    plate,
    spread,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kosmodrom.report.anchors import Anchors
    from kosmodrom.report.words import Words

__all__ = ["Outlines", "maps"]

_WIDTH, _HEIGHT = 640.0, 430.0  # pixels of a regional map
_WORLD_WIDTH, _WORLD_TOP, _WORLD_BOTTOM = 640.0, 84.0, -58.0
_SMALL = 150.0  # width of the world in the corner [px]
_WIDEST = 38.0  # degrees from the middle; what reaches farther is drawn on the world
_ALIKE = 1.6  # two maps may be one if that reaches no more than this times farther
_UNLIKE = 4.0  # nor is a small map lost in one of more than this times its reach
_NEAREST = 1.5  # degrees; the reach of a single point
_LEAST_SIZE = 1.5  # pixels; smaller islands of the world are not drawn
_MOST = 6
_SCALES = (10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True, slots=True)
class Outlines:
    """Land to draw on.

    Attributes
    ----------
    land : sequence of numpy.ndarray, shape (n, 2)
        Closed rings of the whole world, coarse; latitude and longitude [deg].
    countries : callable
        Gives closed rings of all countries, fine; called only where a regional map is drawn.
    """

    land: Lines
    countries: Callable[[], Lines]


@dataclass(slots=True)
class _Drawn:
    """What one map shows."""

    steps: list[str] = field(default_factory=list)
    points: dict[tuple[str, float, float], str] = field(default_factory=dict)
    lines: list[tuple[str, str, Array]] = field(default_factory=list)


def _spots(drawn: _Drawn) -> Array:
    """Positions of the points."""
    return np.array([[lat, lon] for _, lat, lon in drawn.points], dtype=np.float64).reshape(-1, 2)


def _everything(drawn: _Drawn) -> Array:
    """All positions, to fit the frame around."""
    return np.concatenate([_spots(drawn), *(line for _, _, line in drawn.lines)])


def _joined(one: _Drawn, other: _Drawn) -> _Drawn:
    """Both on one map."""
    return _Drawn(one.steps + other.steps, {**one.points, **other.points}, one.lines + other.lines)


def maps(
    document: Mapping[str, Any], outlines: Outlines, words: Words, anchors: Anchors
) -> list[dict[str, Any]]:
    """Prepare the maps of a document.

    Parameters
    ----------
    document : Mapping
        The results.
    outlines : Outlines
        Land to draw on.
    words : Words
        The language.
    anchors : Anchors
        Addresses in the page.

    Returns
    -------
    list of dict
        What the templates draw; empty where no step has features.
    """
    found = [
        drawn
        for name, result in document["steps"].items()
        if (drawn := _collect(name, result, words)) is not None
    ]
    figures = []
    for number, drawn in enumerate(_grouped(found)):
        middle, reach = spread(_everything(drawn))
        draw = _regional if reach <= _WIDEST else _world
        figure = draw(drawn, middle, outlines, words)
        figure["id"] = f"map-{number + 1}"
        figure["steps"] = [{"name": step, "href": anchors.step(step)} for step in drawn.steps]
        figures.append(figure)
    return figures


def _collect(step: str, result: Mapping[str, Any], words: Words) -> _Drawn | None:
    drawn = _Drawn(steps=[step])
    length = result["facts"].get("geodesic_km")
    said = words.value(length) if length else ""
    for feature in (result.get("features") or {}).get("features", []):
        properties = feature.get("properties") or {}
        name = str(properties.get("name") or "")
        geometry = feature.get("geometry") or {}
        for kind, coordinates in _simple(geometry):
            lat_lon = np.asarray(coordinates, dtype=np.float64).reshape(len(coordinates), -1)
            lat_lon = lat_lon[:, 1::-1]
            if kind == "Point":
                key = (name, round(float(lat_lon[0, 0]), 3), round(float(lat_lon[0, 1]), 3))
                drawn.points[key] = str(properties.get("kind") or "")
            elif len(lat_lon) > 1:
                drawn.lines.append((name, said, lat_lon))
    return drawn if drawn.points or drawn.lines else None


def _simple(geometry: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Any]]]:
    """Take a geometry of GeoJSON apart into points and lines."""
    kind, coordinates = geometry.get("type"), geometry.get("coordinates") or []
    if kind == "Point" and coordinates:
        yield "Point", [coordinates]
    elif kind == "MultiPoint":
        yield from (("Point", [point]) for point in coordinates)
    elif kind == "LineString":
        yield "LineString", coordinates
    elif kind in {"MultiLineString", "Polygon"}:
        yield from (("LineString", line) for line in coordinates)
    elif kind == "MultiPolygon":
        yield from (("LineString", line) for polygon in coordinates for line in polygon)


def _grouped(found: Sequence[_Drawn]) -> list[_Drawn]:
    """Put steps that fit one map on one map; near ones first, the world last."""
    ranked = sorted(found, key=lambda drawn: spread(_everything(drawn))[1])
    groups: list[_Drawn] = []
    for drawn in ranked:
        reach = spread(_everything(drawn))[1]
        for index, group in enumerate(groups):
            together = _joined(group, drawn)
            reaches = sorted(max(one, _NEAREST) for one in (reach, spread(_everything(group))[1]))
            alike = reaches[1] <= _UNLIKE * reaches[0] and (
                reaches[0] > _WIDEST or reaches[1] <= _WIDEST
            )
            fits = spread(_everything(together))[1] <= _ALIKE * reaches[1]
            if (alike and fits) or (len(groups) >= _MOST and index == _MOST - 1):
                groups[index] = together
                break
        else:
            groups.append(drawn)
    return groups


def _regional(drawn: _Drawn, middle: Array, outlines: Outlines, words: Words) -> dict[str, Any]:
    flat = azimuthal(_everything(drawn), middle)
    frame = Frame.around(flat, _WIDTH, _HEIGHT, least_km=300.0)
    corner = np.hypot(_WIDTH, _HEIGHT) / 2 / frame.scale
    shift = np.abs([frame.left + _WIDTH / 2 / frame.scale, frame.top - _HEIGHT / 2 / frame.scale])
    reach = float(np.degrees((corner + shift.sum()) / EARTH_KM))
    lines = [
        (name, said, frame.place(azimuthal(line, middle))) for name, said, line in drawn.lines
    ]
    everything = frame.place(flat)
    locator = _locator(middle, frame, outlines, everything)
    kept_free = [(0.0, _HEIGHT - 46, _WIDTH / 4 + 30, _HEIGHT)]
    if locator is not None:
        left, top = locator["left"], locator["top"]
        kept_free.append((left, top, left + locator["width"], top + locator["height"]))

    spots = frame.place(azimuthal(_spots(drawn), middle))
    return {
        **_marks(drawn, spots, lines, frame, kept_free),
        "land": outline_paths(outlines.countries(), middle, frame, reach),
        "graticule": _graticule(middle, frame, reach),
        "scale": _scale_bar(frame.scale, words),
        "locator": locator,
        "world": False,
    }


def _world(drawn: _Drawn, middle: Array, outlines: Outlines, words: Words) -> dict[str, Any]:
    del middle, words
    frame = _world_frame(_WORLD_WIDTH)
    lines = [
        (name, said, frame.place(plate(part)))
        for name, said, line in drawn.lines
        for part in _uncrossed(line)
    ]
    return {
        **_marks(drawn, frame.place(plate(_spots(drawn))), lines, frame, (), 0.72),
        "land": _whole_land(outlines, frame),
        "graticule": "",
        "scale": None,
        "locator": None,
        "world": True,
    }


def _world_frame(width: float) -> Frame:
    scale = width / (2 * np.pi * EARTH_KM)
    top = float(np.radians(_WORLD_TOP)) * EARTH_KM
    bottom = float(np.radians(_WORLD_BOTTOM)) * EARTH_KM
    return Frame(-float(np.pi) * EARTH_KM, top, scale, width, round((top - bottom) * scale, 1))


def _whole_land(outlines: Outlines, frame: Frame) -> str:
    paths = []
    for ring in outlines.land:
        size = np.ptp(ring, axis=0).max() * np.radians(1) * EARTH_KM * frame.scale
        if len(ring) < 4 or ring[:, 0].max() < _WORLD_BOTTOM or size < _LEAST_SIZE:
            continue
        whole = ring[:-1].copy()
        whole[:, 1] = np.unwrap(whole[:, 1], period=360)
        for turn in (-360.0, 0.0, 360.0):  # what goes over the date line shows on both sides
            moved = whole + np.array([0.0, turn])
            if moved[:, 1].max() > -180 and moved[:, 1].min() < 180:
                paths.append(path_of(frame.place(plate(moved)), closed=True))
    return "".join(paths)


def _uncrossed(line: Array) -> list[Array]:
    """Break a line where it jumps over the date line."""
    jumps = np.flatnonzero(np.abs(np.diff(line[:, 1])) > 180) + 1
    return [part for part in np.split(line, jumps) if len(part) > 1]


def _marks(
    drawn: _Drawn,
    spots: Array,
    lines: Sequence[tuple[str, str, Array]],
    frame: Frame,
    kept_free: Sequence[Box],
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
    return {
        "width": frame.width,
        "height": frame.height,
        "points": points,
        "labels": place_labels(labels, (frame.width, frame.height), kept_free, size),
        "lines": [{"name": name, "path": path_of(line)} for name, _, line in lines],
        "names": list(dict.fromkeys(name for name, _, _ in keys if name)),
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
    world = _world_frame(_SMALL)
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
        "land": _whole_land(outlines, world),
        "x": round(float(x) - half * stretch, 1),
        "y": round(float(y) - half * frame.height / frame.width, 1),
        "box_width": round(2 * half * stretch, 1),
        "box_height": round(2 * half * frame.height / frame.width, 1),
    }
