"""Map features as KML, for Google Earth and other globes.

References
----------
Open Geospatial Consortium, OGC KML 2.3, 12-007r2 (2015).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from kosmodrom.globe.shapes import colour, shapes_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.globe.shapes import Shape

__all__ = ["kml_text"]

_SPACE = "http://www.opengis.net/kml/2.2"
#: What XML 1.0 cannot hold.
_UNFIT = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def kml_text(document: Mapping[str, Any], lang: str = "en") -> str:
    """Write the map features of a result as KML.

    Parameters
    ----------
    document : Mapping
        The object that ``--json`` prints.
    lang : {"en", "id"}
        Language of names that are made of fixed words.

    Returns
    -------
    str
        One document, with a style for each kind. Where points have heights they are above the
        ellipsoid; KML counts them from the geoid, at most 106 m away.
    """
    shapes = shapes_of(document, lang)
    root = ET.Element("kml", xmlns=_SPACE)
    holder = ET.SubElement(root, "Document")
    _text(holder, "name", str(document.get("analysis") or "kosmodrom"))
    for kind in dict.fromkeys(shape.kind for shape in shapes):
        _style(holder, kind)
    for shape in shapes:
        _placemark(holder, shape)
    ET.indent(root)
    written = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _text(parent: ET.Element, tag: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, tag)
    element.text = _UNFIT.sub("\ufffd", text)
    return element


def _style(parent: ET.Element, kind: str) -> None:
    red, green, blue, opaque = colour(kind)
    line, area = (f"{alpha:02x}{blue:02x}{green:02x}{red:02x}" for alpha in (255, opaque))
    style = ET.SubElement(parent, "Style", id=f"kind-{kind or 'other'}")
    _text(ET.SubElement(style, "IconStyle"), "color", line)
    drawn = ET.SubElement(style, "LineStyle")
    _text(drawn, "color", line)
    _text(drawn, "width", "2")
    _text(ET.SubElement(style, "PolyStyle"), "color", area)


def _placemark(parent: ET.Element, shape: Shape) -> None:
    mark = ET.SubElement(parent, "Placemark")
    _text(mark, "name", shape.name)
    begun = [times[0] for times in shape.times if times]
    if begun:
        span = ET.SubElement(mark, "TimeSpan")
        _text(span, "begin", begun[0])
        _text(span, "end", shape.times[-1][-1])
    elif isinstance(shape.properties.get("instant"), str):
        _text(ET.SubElement(mark, "TimeStamp"), "when", shape.properties["instant"])
    _text(mark, "styleUrl", f"#kind-{shape.kind or 'other'}")
    data = ET.SubElement(mark, "ExtendedData")
    for key, value in shape.properties.items():
        if isinstance(value, (str, int, float)) and key != "name":
            entry = ET.SubElement(data, "Data", name=_UNFIT.sub("\ufffd", key))
            _text(entry, "value", str(value).lower() if isinstance(value, bool) else str(value))
    count = len(shape.points) + len(shape.lines) + len(shape.areas)
    holder = mark if count == 1 else ET.SubElement(mark, "MultiGeometry")
    for point in shape.points:
        _geometry(holder, "Point", [point])
    for line in shape.lines:
        _geometry(holder, "LineString", line)
    for rings in shape.areas:
        _area(holder, rings)


def _geometry(parent: ET.Element, tag: str, points: Sequence[Sequence[float]]) -> None:
    element = ET.SubElement(parent, tag)
    high = all(len(point) > 2 for point in points)
    if tag == "LineString":
        _text(element, "tessellate", "0" if high else "1")
    _text(element, "altitudeMode", "absolute" if high else "clampToGround")
    _coordinates(element, points)


def _area(parent: ET.Element, rings: Sequence[Sequence[Sequence[float]]]) -> None:
    element = ET.SubElement(parent, "Polygon")
    _text(element, "tessellate", "1")
    for number, ring in enumerate(rings):
        tag = "innerBoundaryIs" if number else "outerBoundaryIs"
        _coordinates(ET.SubElement(ET.SubElement(element, tag), "LinearRing"), ring)


def _coordinates(parent: ET.Element, points: Sequence[Sequence[float]]) -> None:
    written = (",".join(_number(one) for one in point) for point in points)
    _text(parent, "coordinates", " ".join(written))


def _number(value: float) -> str:
    """Write a number without an exponent, to the digits that features have."""
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
