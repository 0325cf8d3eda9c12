"""Maps of the places and tracks that results name, drawn over real coasts and borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom import messages
from kosmodrom.report.ascents import Ascent
from kosmodrom.report.cartography import WIDEST, Drawn, everything, map_of
from kosmodrom.report.instants import clock, day_of, read_instant
from kosmodrom.report.projection import spread
from kosmodrom.report.tracks import Swath, Track, read_times

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kosmodrom.report.anchors import Anchors
    from kosmodrom.report.outlines import Outlines
    from kosmodrom.report.projection import Array
    from kosmodrom.report.words import Words

__all__ = ["maps", "maps_left_out"]

_ALIKE = 1.6  # two maps may be one if that reaches no more than this times farther
_UNLIKE = 4.0  # nor is a small map lost in one of more than this times its reach
_NEAREST = 1.5  # degrees; the reach of a single point
_MOST = 6
_FLOWN = ("track", "swath", "ascent")
_MOST_FLOWN = 12  # maps of tracks, which are never put together: they would hide each other
_AREAS = ("swath", "corridor")
_ZONES = ("drop_zone", "allowed_zone", "published_zone", "closed_area", "corridor_band")


def _joined(one: Drawn, other: Drawn) -> Drawn:
    """Both on one map."""
    return Drawn(one.steps + other.steps, {**one.points, **other.points}, one.lines + other.lines)


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
        for features in _parted(result)
        if (drawn := _collect(name, result, features, words)) is not None
    ]
    flown = [drawn for drawn in found if drawn.flown][:_MOST_FLOWN]
    figures = []
    grouped = _grouped([drawn for drawn in found if not drawn.flown])
    for number, drawn in enumerate([*grouped, *flown]):
        figure = map_of(drawn, outlines, words)
        figure["id"] = f"map-{number + 1}"
        figure["steps"] = [{"name": step, "href": anchors.step(step)} for step in drawn.steps]
        figures.append(figure)
    return figures


def maps_left_out(document: Mapping[str, Any]) -> int:
    """Count the steps with tracks for which there is no map, since there are so many.

    Parameters
    ----------
    document : Mapping
        The results.

    Returns
    -------
    int
        How many [-].
    """
    flown = sum(
        any((feature.get("properties") or {}).get("kind") in _FLOWN for feature in features)
        for result in document["steps"].values()
        for features in _parted(result)
    )
    return max(0, flown - _MOST_FLOWN)


def _parted(result: Mapping[str, Any]) -> list[list[Mapping[str, Any]]]:
    """Part the features of a step by the maps that they name; most name none and share one."""
    parts: dict[str, list[Mapping[str, Any]]] = {}
    for feature in (result.get("features") or {}).get("features", []):
        name = str((feature.get("properties") or {}).get("map") or "")
        parts.setdefault(name, []).append(feature)
    return list(parts.values())


def _collect(
    step: str, result: Mapping[str, Any], features: Sequence[Mapping[str, Any]], words: Words
) -> Drawn | None:
    drawn = Drawn(steps=[step])
    length = result["facts"].get("geodesic_km")
    said = words.value(length) if length else ""
    for feature in features:
        properties = feature.get("properties") or {}
        name, kind = str(properties.get("name") or ""), str(properties.get("kind") or "")
        geometry = feature.get("geometry") or {}
        if kind == "impact" or kind in _ZONES:
            name = messages.fixed(name, "cell", words.lang)
        if kind in _AREAS and geometry.get("type") in {"Polygon", "MultiPolygon"}:
            drawn.swaths.append(Swath(name, _polygons(geometry)))
            continue
        if kind in _ZONES and geometry.get("type") in {"Polygon", "MultiPolygon"}:
            drawn.zones.append((kind, Swath(name, _polygons(geometry))))
            continue
        simple = list(_simple(geometry))
        lines = [_lat_lon(part) for form, part in simple if form == "LineString" and len(part) > 1]
        if kind == "track" and lines:
            times = read_times(properties.get("times"), [len(line) for line in lines])
            drawn.tracks.append(Track(name, lines, times))
            continue
        if kind == "ascent" and lines:
            tilt = properties.get("inclination_deg")
            if isinstance(tilt, (int, float)):
                name = f"{messages.number(round(tilt, 1), words.lang)}°"
            drawn.ascents.append(Ascent(name, str(properties.get("allowed") or "unknown"), lines))
            continue
        if kind == "trace" and lines:
            drawn.traces += lines
            continue
        if kind == "event":
            name = ""
            if properties.get("labelled"):
                happened, whose = (str(properties.get(key) or "") for key in ("event", "part"))
                name = messages.happening(happened, whose, words.lang)
        if kind == "subpoint" and (at := read_instant(name)) is not None:
            name = f"{words.plain_day(day_of(at), 'brief')} {clock(at, words, to_second=True)}"
        drawn.lines += [(name, said, line) for line in lines]
        for form, part in simple:
            if form == "Point":
                lat, lon = _lat_lon(part)[0]
                drawn.points[name, round(float(lat), 3), round(float(lon), 3)] = kind
    return drawn if drawn.points or drawn.lines or drawn.flown else None


def _lat_lon(coordinates: Sequence[Any]) -> Array:
    """Turn longitude, latitude and perhaps height into latitude and longitude."""
    values = np.asarray(coordinates, dtype=np.float64).reshape(len(coordinates), -1)
    return np.asarray(values[:, 1::-1])


def _polygons(geometry: Mapping[str, Any]) -> list[list[Array]]:
    given = geometry.get("coordinates") or []
    polygons = [given] if geometry["type"] == "Polygon" else given
    rings = [[_lat_lon(ring) for ring in polygon if len(ring) >= 4] for polygon in polygons]
    return [polygon for polygon in rings if polygon]


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


def _grouped(found: Sequence[Drawn]) -> list[Drawn]:
    """Put steps that fit one map on one map; near ones first, the world last."""
    ranked = sorted(found, key=lambda drawn: spread(everything(drawn))[1])
    groups: list[Drawn] = []
    for drawn in ranked:
        reach = spread(everything(drawn))[1]
        for index, group in enumerate(groups):
            together = _joined(group, drawn)
            reaches = sorted(max(one, _NEAREST) for one in (reach, spread(everything(group))[1]))
            alike = reaches[1] <= _UNLIKE * reaches[0] and (
                reaches[0] > WIDEST or reaches[1] <= WIDEST
            )
            fits = spread(everything(together))[1] <= _ALIKE * reaches[1]
            if (alike and fits) or (len(groups) >= _MOST and index == _MOST - 1):
                groups[index] = together
                break
        else:
            groups.append(drawn)
    return groups
