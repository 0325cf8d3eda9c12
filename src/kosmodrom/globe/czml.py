"""Map features as CZML, for CesiumJS: what has times moves.

References
----------
Analytical Graphics, CZML guide, https://github.com/AnalyticalGraphicsInc/czml-writer/wiki.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from math import radians
from typing import TYPE_CHECKING, Any

from kosmodrom.base.ellipsoid import geodetic_to_itrs
from kosmodrom.globe.shapes import colour, shapes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.globe.shapes import Shape

__all__ = ["czml_text"]

#: From where times count that are known after lift-off only.
_NO_DAY = "2000-01-01T00:00:00Z"
_DEGREE = 3  # of the curve between positions
_PACE = 10  # at which a viewer plays, times the true pace


def czml_text(document: Mapping[str, Any], lang: str = "en") -> str:
    """Write the map features of a result as CZML.

    Parameters
    ----------
    document : Mapping
        The object that ``--json`` prints.
    lang : {"en", "id"}
        Language of names that are made of fixed words.

    Returns
    -------
    str
        JSON: a list of packets. A line whose points have times is a position that moves, in the
        axes of the Earth; where only times after lift-off are known it lifts off at the beginning
        of the year 2000.
    """
    packets = [
        packet
        for number, shape in enumerate(shapes_of(document, lang))
        for packet in _packets(f"{shape.kind or 'feature'}-{number + 1}", shape)
    ]
    spans = [packet["availability"].split("/") for packet in packets if "availability" in packet]
    head: dict[str, Any] = {
        "id": "document",
        "name": str(document.get("analysis") or "kosmodrom"),
        "version": "1.0",
    }
    if spans:
        begin = min(span[0] for span in spans)
        end = max(span[1] for span in spans)
        head["clock"] = {
            "interval": f"{begin}/{end}",
            "currentTime": begin,
            "multiplier": _PACE,
            "range": "LOOP_STOP",
            "step": "SYSTEM_CLOCK_MULTIPLIER",
        }
    return json.dumps([head, *packets], ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _packets(key: str, shape: Shape) -> list[dict[str, Any]]:
    paint = {"rgba": list(colour(shape.kind))}
    strong = {"rgba": [*colour(shape.kind)[:3], 255]}
    common = {"name": shape.name, "description": _described(shape)}
    moving = _moving(shape, strong)
    if moving is not None:
        return [{"id": key, **common, **moving}]
    found: list[dict[str, Any]] = [
        {
            "position": {"cartographicDegrees": _with_height(point)},
            "point": {"pixelSize": 8, "color": strong},
            **_label(shape.name),
        }
        for point in shape.points
    ]
    for line in shape.lines:
        high = all(len(point) > 2 for point in line)
        found.append({
            "polyline": {
                "positions": {"cartographicDegrees": _flat(line)},
                "width": 2,
                "clampToGround": not high,
                "material": {"solidColor": {"color": strong}},
            }
        })  # fmt: skip
    for rings in shape.areas:
        area: dict[str, Any] = {
            "positions": {"cartographicDegrees": _flat(rings[0][:-1])},
            "material": {"solidColor": {"color": paint}},
        }
        if len(rings) > 1:
            area["holes"] = {"cartographicDegrees": [_flat(ring[:-1]) for ring in rings[1:]]}
        found.append({"polygon": area})
    return [
        {"id": key if len(found) == 1 else f"{key}-{number + 1}", **common, **packet}
        for number, packet in enumerate(found)
    ]


def _moving(shape: Shape, strong: dict[str, Any]) -> dict[str, Any] | None:
    """Make a position over time of a line whose points have times."""
    clocks: tuple[tuple[Any, ...], ...] = shape.times or shape.seconds
    if not clocks or not all(len(point) > 2 for line in shape.lines for point in line):
        return None
    start = shape.times[0][0] if shape.times else _NO_DAY
    values: list[float] = []
    last, end = float("-inf"), start
    for line, times in zip(shape.lines, clocks, strict=True):
        for (longitude, latitude, height), when in zip(line, times, strict=True):
            after = _after(start, when) if shape.times else float(when)
            if after <= last:  # the two sides of the date line are one point
                continue
            place = geodetic_to_itrs(radians(latitude), radians(longitude), height)
            values += [round(after, 3), *(round(float(axis), 1) for axis in place)]
            last, end = after, str(when)
    return {
        "availability": f"{start}/{end if shape.times else _moved(last)}",
        "position": {
            "epoch": start,
            "referenceFrame": "FIXED",
            "cartesian": values,
            "interpolationAlgorithm": "LAGRANGE",
            "interpolationDegree": _DEGREE,
        },
        "point": {"pixelSize": 8, "color": strong},
        "path": {
            "leadTime": 0,
            "width": 2,
            "resolution": 1,
            "material": {"solidColor": {"color": strong}},
        },
        **_label(shape.name),
    }


def _after(start: str, when: str) -> float:
    """Count seconds between two instants; none of these spans a leap second that will be."""
    return (datetime.fromisoformat(when) - datetime.fromisoformat(start)).total_seconds()


def _moved(seconds: float) -> str:
    there = datetime.fromisoformat(_NO_DAY) + timedelta(seconds=seconds)
    return there.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _with_height(point: Sequence[float]) -> list[float]:
    return [*point[:2], point[2] if len(point) > 2 else 0.0]


def _flat(points: Sequence[Sequence[float]]) -> list[float]:
    return [one for point in points for one in _with_height(point)]


def _label(name: str) -> dict[str, Any]:
    if not name:
        return {}
    return {
        "label": {
            "text": name,
            "font": "13px sans-serif",
            "horizontalOrigin": "LEFT",
            "pixelOffset": {"cartesian2": [10, 0]},
        }
    }


def _described(shape: Shape) -> str:
    """List what is known of a feature, without any mark-up."""
    told = [
        f"{key}: {value}"
        for key, value in shape.properties.items()
        if isinstance(value, (str, int, float)) and key not in {"name", "labelled", "map"}
    ]
    return "; ".join(told).replace("&", "&amp;").replace("<", "&lt;")
