"""What several verbs say in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._result import Dataset, Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.workspace import Context

__all__ = [
    "area_feature",
    "flown_feature",
    "line_feature",
    "point_feature",
    "publication_notes",
    "table_dataset",
]


def table_dataset(context: Context, name: str) -> Dataset:
    """Name a table of the catalog as a set of rows that a result rests on.

    Parameters
    ----------
    context : Context
        With the catalog.
    name : str
        Name of the table.

    Returns
    -------
    Dataset
        Its name, hash, rows, source and terms.
    """
    table = context.catalog.table(name)
    return Dataset(
        name=f"catalog/{table.file}",
        sha256=table.sha256,
        rows=table.rows,
        source=table.source,
        terms=table.terms,
        until=table.until,
    )


def publication_notes(hidden: int, unknown: int) -> list[Note]:
    """Say how many rows were held back, and how many do not say when they were public.

    Parameters
    ----------
    hidden : int
        Rows published after the day of the context [-].
    unknown : int
        Used rows without a day of publication [-].

    Returns
    -------
    list of Note
        At most two notes.
    """
    notes = []
    if hidden:
        notes.append(Note("rows_held_back", {"count": hidden}))
    if unknown:
        notes.append(Note("rows_known_from_unknown", {"count": unknown}))
    return notes


def point_feature(latitude_deg: float, longitude_deg: float, **properties: Any) -> dict[str, Any]:
    """Make a GeoJSON point.

    Parameters
    ----------
    latitude_deg, longitude_deg : float
        Geodetic latitude and east longitude [deg].
    **properties
        Name, kind and the like.

    Returns
    -------
    dict
        The feature; coordinates to 1e-5 deg, about a metre.
    """
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [round(longitude_deg, 5), round(latitude_deg, 5)],
        },
        "properties": properties,
    }


def line_feature(
    points: list[tuple[float, float]],
    times: NDArray[np.datetime64] | None = None,
    **properties: Any,
) -> dict[str, Any]:
    """Make a GeoJSON line, cut where it crosses the date line.

    Parameters
    ----------
    points : list of tuple of float
        Latitude and east longitude of each point [deg].
    times : numpy.ndarray of datetime64[us], shape (k,), or None
        When it is at each point [UTC]; given as the property "times", to the second.
    **properties
        Name, kind and the like.

    Returns
    -------
    dict
        The feature.
    """
    import numpy as np

    ticks = (
        [0] * len(points) if times is None else times.astype("datetime64[s]").astype(int).tolist()
    )
    rows = [(*point, tick) for point, tick in zip(points, ticks, strict=True)]
    parts = _cut(rows)
    lines = [[[round(row[1], 5), round(row[0], 5)] for row in part] for part in parts]
    if times is not None:
        clocks = [[round(row[2]) for row in part] for part in parts]
        texts = [[f"{text}Z" for text in np.array(part, "datetime64[s]").astype(str).tolist()]
                 for part in clocks]  # fmt: skip
        properties["times"] = texts[0] if len(texts) == 1 else texts
    return {"type": "Feature", "geometry": _lines(lines), "properties": properties}


def flown_feature(
    points: list[tuple[float, float]],
    heights: list[float],
    seconds: list[float],
    start: np.datetime64 | None,
    **properties: Any,
) -> dict[str, Any]:
    """Make a GeoJSON line of a flight, with heights, cut where it crosses the date line.

    Parameters
    ----------
    points : list of tuple of float
        Latitude and east longitude of each point [deg].
    heights : list of float
        Height of each point over WGS84 [m].
    seconds : list of float
        When it is at each point, after the start [s].
    start : numpy.datetime64[us] or None
        The start [UTC]; None where it is not known.
    **properties
        Name, kind and the like.

    Returns
    -------
    dict
        The feature; the property "times" gives instants to the millisecond, and "seconds" the time
        after the start where that is not known.
    """
    import numpy as np

    rows = [(*point, *rest) for point, *rest in zip(points, heights, seconds, strict=True)]
    parts = _cut(rows)
    lines = [[[round(row[1], 5), round(row[0], 5), round(row[2], 1)] for row in part]
             for part in parts]  # fmt: skip
    clocks: list[list[Any]] = [[round(row[3], 3) for row in part] for part in parts]
    key = "seconds"
    if start is not None:
        key = "times"
        moved = [start + (np.array(part) * 1e6).round().astype("timedelta64[us]")
                 for part in clocks]  # fmt: skip
        clocks = [[f"{text}Z" for text in np.datetime_as_string(part, "ms").tolist()]
                  for part in moved]  # fmt: skip
    properties[key] = clocks[0] if len(clocks) == 1 else clocks
    return {"type": "Feature", "geometry": _lines(lines), "properties": properties}


def area_feature(ring: Sequence[tuple[float, float]], **properties: Any) -> dict[str, Any]:
    """Make a GeoJSON area, cut where it crosses the date line; one that holds a pole reaches it.

    Parameters
    ----------
    ring : sequence of tuple of float
        Latitude and east longitude of a closed ring, anticlockwise [deg].
    **properties
        Name, kind and the like.

    Returns
    -------
    dict
        The feature.
    """
    import numpy as np
    import shapely

    corners = np.array([[lon, lat] for lat, lon in ring], dtype=np.float64)
    corners[:, 0] = np.unwrap(corners[:, 0], period=360.0)
    if abs(corners[-1, 0] - corners[0, 0]) > 180.0:  # once around: on a plain map it is open there
        pole = np.copysign(90.0, corners[:, 1].mean())
        corners = np.vstack([corners, [corners[-1, 0], pole], [corners[0, 0], pole], corners[:1]])
    whole = shapely.make_valid(shapely.Polygon(corners))
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        cut = shapely.intersection(whole, shapely.box(turn - 180.0, -90.0, turn + 180.0, 90.0))
        for part in shapely.get_parts(cut):
            if part.is_empty or part.geom_type != "Polygon":
                continue  # where it only touches the edge
            at = np.asarray(shapely.get_coordinates(shapely.normalize(part).exterior))[::-1]
            parts.append([[[round(lon - turn, 5), round(lat, 5)] for lon, lat in at.tolist()]])
    geometry: dict[str, Any] = (
        {"type": "Polygon", "coordinates": parts[0]}
        if len(parts) == 1
        else {"type": "MultiPolygon", "coordinates": parts}
    )
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _cut(rows: Sequence[tuple[float, ...]]) -> list[list[tuple[float, ...]]]:
    """Cut points, latitude and longitude first, at the date line; what follows goes along."""
    parts: list[list[tuple[float, ...]]] = [[]]
    before: tuple[float, ...] | None = None
    for row in rows:
        if before is not None and abs(row[1] - before[1]) > 180:
            edge = 180.0 if before[1] > 0 else -180.0
            there = row[1] + 360 if edge > 0 else row[1] - 360
            share = (edge - before[1]) / (there - before[1])
            middle, *rest = (
                one + share * (other - one)
                for one, other in zip((before[0], *before[2:]), (row[0], *row[2:]), strict=True)
            )
            parts[-1].append((middle, edge, *rest))
            parts.append([(middle, -edge, *rest)])
        parts[-1].append(row)
        before = row
    return parts


def _lines(parts: list[list[list[float]]]) -> dict[str, Any]:
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}
