"""Areas from GeoJSON: polygons, with times and names where the properties say them."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.cutting import MOST_NOTICES
from kosmodrom.launch.notices.notice import Area, Notice, Repair, Unread, Window
from kosmodrom.launch.notices.outlines import MOST_POINTS
from kosmodrom.launch.notices.page import LARGEST_TEXT
from kosmodrom.launch.notices.rings import MOST_CORNERS, ring_of
from kosmodrom.launch.notices.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["read_geojson"]

_NAMES = ("name", "notice", "id", "title", "code")
_BEGINS = ("begin", "start", "from", "valid_from", "start_time", "window_begin")
_ENDS = ("end", "stop", "to", "until", "valid_to", "end_time", "window_end")
_LOWER = ("lower_m", "lower")
_UPPER = ("upper_m", "upper")
_DEEPEST = 40


def read_geojson(text: str, *, source: str) -> list[Notice]:
    """Read polygons of GeoJSON as notices, one a feature.

    Parameters
    ----------
    text : str
        A geometry, a feature or a collection; positions are longitude, latitude [deg]. Of the
        properties of a feature, ``name``, ``begin`` and ``end`` (ISO instants with a zone),
        ``windows`` (a list of pairs of these), ``lower_m`` and ``upper_m`` are read.
    source : str
        Name of the file.

    Returns
    -------
    list of Notice
        In the order of the text. Holes are not read and said so.

    Examples
    --------
    >>> square = '{"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}'
    >>> read_geojson(square, source="square")[0].areas[0].ring.shape
    (5, 2)
    """
    if len(text) > LARGEST_TEXT:
        raise InputError(
            f"the text has {len(text)} characters; at most {LARGEST_TEXT} are read at once: "
            "give the areas in several files"
        )
    try:
        root = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"{source} is not JSON: {str(error)[:120]}; give GeoJSON, or the text of a notice"
        ) from None
    notices: list[Notice] = []
    points = 0
    for geometry, properties in _features(root, source):
        notice, count = _notice(geometry, properties, source)
        points += count
        notices.append(notice)
        if len(notices) > MOST_NOTICES or points > MOST_POINTS:
            raise InputError(
                f"{source} has more than {MOST_NOTICES} areas or {MOST_POINTS} corners: "
                "give them in several files"
            )
    return notices


def _features(
    node: Any, source: str, depth: int = 0
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Give each geometry with the properties of its feature."""
    if not isinstance(node, dict) or depth > _DEEPEST:
        raise InputError(
            f"{source} is not GeoJSON; expected an object with 'type', like "
            '{"type": "FeatureCollection", "features": [...]}'
        )
    kind = node.get("type")
    inner = {"FeatureCollection": "features", "GeometryCollection": "geometries"}.get(str(kind))
    if inner:
        members = node.get(inner)
        for member in members if isinstance(members, list) else []:
            yield from _features(member, source, depth + 1)
    elif kind == "Feature":
        properties = node.get("properties")
        named = dict(properties) if isinstance(properties, dict) else {}
        if "id" in node:
            named.setdefault("id", node["id"])
        geometry = node.get("geometry")
        yield (geometry if isinstance(geometry, dict) else {}), named
    else:
        yield node, {}


def _polygons(geometry: Mapping[str, Any], depth: int = 0) -> list[Any]:
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection" and depth < _DEEPEST:
        members = geometry.get("geometries")
        return [
            polygon
            for member in (members if isinstance(members, list) else [])
            if isinstance(member, dict)
            for polygon in _polygons(member, depth + 1)
        ]
    if not isinstance(coordinates, list):
        return []
    if kind == "Polygon":
        return [coordinates]
    return coordinates if kind == "MultiPolygon" else []


def _pairs(ring: Any) -> list[tuple[float, float]] | None:
    """Read positions; nothing where one is not on the Earth."""
    if not isinstance(ring, list):
        return None
    pairs = []
    for position in ring:
        if not isinstance(position, list) or len(position) < 2:
            return None
        lon, lat = position[:2]
        for value in (lon, lat):
            if isinstance(value, bool) or not isinstance(value, int | float):
                return None
        if not (abs(lat) <= 90 and abs(lon) <= 540):
            return None
        pairs.append((float(lat), float(lon)))
    return pairs


def _first(properties: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    lowered = {str(key).lower(): value for key, value in properties.items()}
    return next((lowered[name] for name in names if lowered.get(name) is not None), None)


def _instant(value: Any) -> datetime | None:
    if not isinstance(value, str):
        return None
    try:
        made = datetime.fromisoformat(value)
    except ValueError:
        return None
    return made.astimezone(UTC) if made.tzinfo is not None else None


def _windows(properties: Mapping[str, Any]) -> tuple[tuple[Window, ...], list[str]]:
    """Read windows, and give the words of those that were not understood."""
    pairs = []
    listed = properties.get("windows")
    if isinstance(listed, list):
        pairs = [pair if isinstance(pair, list) else [pair] for pair in listed]
    begin, end = _first(properties, _BEGINS), _first(properties, _ENDS)
    if begin is not None or end is not None:
        pairs.append([begin, end])
    windows, missed = [], []
    for pair in pairs:
        ends = [_instant(value) for value in pair[:2]]
        one, two = ends if len(ends) == 2 else (None, None)
        if one is None or two is None or not one < two:
            missed.append(" ".join(str(value) for value in pair)[:80])
        else:
            windows.append(Window(begin=one, end=two))
    return tuple(sorted(windows, key=lambda window: (window.begin, window.end))), missed


def _height(properties: Mapping[str, Any], names: tuple[str, ...]) -> float | None:
    value = _first(properties, names)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def _notice(
    geometry: Mapping[str, Any], properties: Mapping[str, Any], source: str
) -> tuple[Notice, int]:
    named = _first(properties, _NAMES)
    name = str(named)[:80] if named is not None else ""
    windows, missed = _windows(properties)
    unread = [Unread(code="time", line=1, column=1, text=words) for words in missed]
    areas = []
    count = 0
    polygons = _polygons(geometry)
    if not polygons:
        kind = str(geometry.get("type"))[:80]
        unread.append(Unread(code="no_polygon", line=1, column=1, text=kind))
    for polygon in polygons:
        rings = polygon if isinstance(polygon, list) else []
        pairs = _pairs(rings[0]) if rings else None
        if pairs is None:
            unread.append(Unread(code="coordinate", line=1, column=1, text=str(polygon)[:80]))
            continue
        count += len(pairs)
        if len(pairs) > MOST_CORNERS:
            raise InputError(
                f"an area of {source} has {len(pairs)} corners; at most {MOST_CORNERS} are read: "
                "simplify its outline"
            )
        ring = ring_of(pairs)
        if ring.corners is None:
            unread.append(Unread(code=ring.fault, line=1, column=1, text=str(pairs[:2])[:80]))
            continue
        codes = [*ring.repairs, *(["closed"] if not ring.closed else [])]
        if len(rings) > 1:
            unread.append(Unread(code="hole", line=1, column=1, text=name))
        areas.append(
            Area(
                name=name,
                shape="polygon",
                ring=ring.corners,
                lower=_height(properties, _LOWER),
                upper=_height(properties, _UPPER),
                windows=windows,
                repairs=tuple(Repair(code=code, line=1, text=name) for code in codes),
            )
        )
    words = " ".join(str(value) for value in properties.values() if isinstance(value, str))
    return (
        Notice(
            name=name, kind="geojson", source=source, line=1, text=words[:100_000], issued=None,
            region="", subject="", replaces="", cancels="", estimated=False, permanent=False,
            windows=windows, areas=tuple(areas), words=words_of(words.upper()),
            unread=tuple(unread),
        ),
        count,
    )  # fmt: skip
