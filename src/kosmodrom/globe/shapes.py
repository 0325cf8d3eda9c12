"""Reading the map features of a result, for writers that put them on a globe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kosmodrom import messages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Shape", "colour", "shapes_of"]

#: Red, green, blue and opacity by kind; what is not among them is grey.
_COLOURS = {
    "site": (20, 19, 15, 255),
    "track": (11, 95, 165, 255),
    "ascent": (11, 95, 165, 255),
    "event": (11, 95, 165, 255),
    "impact": (179, 80, 10, 255),
    "drop_zone": (179, 80, 10, 110),
    "closed_area": (179, 80, 10, 110),
    "corridor_band": (0, 114, 90, 40),
    "allowed_zone": (0, 114, 90, 60),
    "published_zone": (138, 63, 143, 60),
    "corridor": (0, 114, 90, 60),
    "swath": (138, 63, 143, 70),
    "trace": (107, 76, 30, 255),
}
_OTHER = (90, 90, 90, 255)

Coordinates = list[list[float]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One feature, its simple parts apart.

    Attributes
    ----------
    name : str
        For readers.
    kind : str
        What it is, like "track".
    points : tuple
        Longitude, latitude and perhaps height of points [deg, m].
    lines : tuple
        The same of lines.
    areas : tuple
        Rings of areas, the outer one first.
    times : tuple of tuple of str
        ISO instants of the points of each line; empty where they are not known.
    seconds : tuple of tuple of float
        Or the time after lift-off of each [s].
    properties : Mapping
        All properties.
    """

    name: str
    kind: str
    points: tuple[list[float], ...]
    lines: tuple[Coordinates, ...]
    areas: tuple[list[Coordinates], ...]
    times: tuple[tuple[str, ...], ...]
    seconds: tuple[tuple[float, ...], ...]
    properties: Mapping[str, Any]


def shapes_of(document: Mapping[str, Any], lang: str) -> list[Shape]:
    """Read the features of a result.

    Parameters
    ----------
    document : Mapping
        The object that ``--json`` prints.
    lang : {"en", "id"}
        Language of names that are made of fixed words.

    Returns
    -------
    list of Shape
        In their order; features without a geometry are left away.
    """
    features = (document.get("features") or {}).get("features") or []
    return [_read(feature, lang) for feature in features if feature.get("geometry")]


def colour(kind: str) -> tuple[int, int, int, int]:
    """Give the colour of a kind.

    Parameters
    ----------
    kind : str
        What is drawn.

    Returns
    -------
    tuple of int
        Red, green, blue and opacity, 0 to 255 [-].
    """
    return _COLOURS.get(kind, _OTHER)


def _read(feature: Mapping[str, Any], lang: str) -> Shape:
    properties = feature.get("properties") or {}
    kind = str(properties.get("kind") or "")
    name = str(properties.get("name") or "")
    if kind == "event":
        name = messages.happening(
            str(properties.get("event") or ""), str(properties.get("part") or ""), lang
        )
    geometry = feature["geometry"]
    simple = list(_simple(str(geometry.get("type")), geometry.get("coordinates") or []))
    lines = tuple(part for form, part in simple if form == "LineString")
    return Shape(
        name=name,
        kind=kind,
        points=tuple(part for form, part in simple if form == "Point"),
        lines=lines,
        areas=tuple(part for form, part in simple if form == "Polygon"),
        times=_clocks(properties.get("times"), lines),
        seconds=_clocks(properties.get("seconds"), lines),
        properties=properties,
    )


def _simple(form: str, coordinates: Any) -> Iterator[tuple[str, Any]]:
    if form.startswith("Multi"):
        yield from ((form.removeprefix("Multi"), part) for part in coordinates)
    elif coordinates:
        yield form, coordinates


def _clocks(given: Any, lines: Sequence[Coordinates]) -> tuple[tuple[Any, ...], ...]:
    """Read a list a line, or one list for one line; nothing where it does not fit the points."""
    lists = given if isinstance(given, list) else []
    if lists and not isinstance(lists[0], list):
        lists = [lists]
    if [len(part) for part in lists] != [len(line) for line in lines]:
        return ()
    return tuple(tuple(part) for part in lists)
