"""What several verbs say in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._result import Dataset, Note

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.workspace import Context

__all__ = ["line_feature", "point_feature", "publication_notes", "table_dataset"]


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

    parts: list[list[list[float]]] = [[]]
    clocks: list[list[int]] = [[]]
    before: tuple[float, float] | None = None
    ticks = (
        [0] * len(points) if times is None else times.astype("datetime64[s]").astype(int).tolist()
    )
    for index, (latitude, longitude) in enumerate(points):
        if before is not None and abs(longitude - before[1]) > 180:
            edge = 180.0 if before[1] > 0 else -180.0
            there = longitude + 360 if edge > 0 else longitude - 360
            share = (edge - before[1]) / (there - before[1])
            middle = round(before[0] + share * (latitude - before[0]), 5)
            parts[-1].append([edge, middle])
            parts.append([[-edge, middle]])
            at = round(ticks[index - 1] + share * (ticks[index] - ticks[index - 1]))
            clocks[-1].append(at)
            clocks.append([at])
        parts[-1].append([round(longitude, 5), round(latitude, 5)])
        clocks[-1].append(ticks[index])
        before = (latitude, longitude)
    geometry = (
        {"type": "LineString", "coordinates": parts[0]}
        if len(parts) == 1
        else {"type": "MultiLineString", "coordinates": parts}
    )
    if times is not None:
        texts = [[f"{text}Z" for text in np.array(part, "datetime64[s]").astype(str).tolist()]
                 for part in clocks]  # fmt: skip
        properties["times"] = texts[0] if len(texts) == 1 else texts
    return {"type": "Feature", "geometry": geometry, "properties": properties}
