"""What a report shows of passes: places on a map, the sky of each place, when they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._drawing import bars_figure, seconds_in, span_at
from kosmodrom.analyses._figures import sky_figure
from kosmodrom.analyses._shared import point_feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._orbital import Watched
    from kosmodrom.view.masks import Mask
    from kosmodrom.view.observers import Observers
    from kosmodrom.workspace import ResolvedPlace

    Ints = NDArray[np.int64]

__all__ = ["drawn"]

_MOST_PLACES = 4  # skies that are drawn
_MOST_ARCS = 12  # passes in a sky
_ARC_POINTS = 25


def drawn(
    watched: Watched,
    places: Sequence[ResolvedPlace],
    observers: Observers,
    masks: Sequence[Mask],
    columns: dict[str, Any],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Make the map features and the figures of passes.

    Parameters
    ----------
    watched : Watched
        The satellites.
    places : sequence of ResolvedPlace
        The places.
    observers : Observers
        The same on the ground.
    masks : sequence of Mask
        Their masks.
    columns : dict
        The table.

    Returns
    -------
    features, figures : list of dict
        For the map, and beside it.
    """
    features = [
        point_feature(place.latitude_deg, place.longitude_deg, name=place.name, kind="place")
        for place in places
    ]
    if not columns or not len(columns["satellite"]):
        return features, []
    figures = [
        _sky(watched, places[index], observers, index, masks[index], columns)
        for index in range(min(len(places), _MOST_PLACES))
    ]
    figures.append(_timeline(watched, columns))
    return features, [figure for figure in figures if figure is not None]


def _sky(
    watched: Watched, place: ResolvedPlace, observers: Observers, index: int, mask: Mask,
    columns: dict[str, Any],
) -> dict[str, Any] | None:  # fmt: skip
    """Draw the highest passes over one place."""
    import numpy as np

    from kosmodrom.base.instants import instants_after, iso_texts

    here = np.flatnonzero(columns["place"] == place.name)
    here = here[np.isfinite(columns["culmination_azimuth_deg"][here])]
    if not len(here):
        return None
    highest = np.argsort(-columns["max_elevation_deg"][here], kind="stable")[:_MOST_ARCS]
    chosen = np.sort(here[highest])
    begin, end = _ends(watched, columns, chosen)
    arcs = []
    lines = _directions(watched, observers, index, columns, chosen, begin, end)
    begins, finishes = (
        iso_texts(instants_after(watched.start, seconds)) for seconds in (begin, end)
    )
    for number, row in enumerate(chosen):
        visible = None
        if "visible_from" in columns:
            visible = not bool(np.isnat(columns["visible_from"][row]))
        arcs.append({
            "name": str(columns["satellite"][row]),
            "begin": begins[number],
            "end": finishes[number],
            "points": lines[number],
            "visible": visible,
        })  # fmt: skip
    azimuth = np.degrees(mask.azimuth) if len(mask.azimuth) > 1 else np.array([0.0])
    outline = np.stack([azimuth, np.degrees(mask.elevation)], axis=-1).round(2).tolist()
    return sky_figure(place.name, outline, arcs, len(here) - len(chosen))


def _ends(watched: Watched, columns: dict[str, Any], rows: Ints) -> tuple[Any, Any]:
    """Give begin and end in seconds from the start; open ends are those of the period."""
    return (
        seconds_in(watched, columns["rise"][rows], 0.0),
        seconds_in(watched, columns["set"][rows], watched.length),
    )


def _directions(
    watched: Watched, observers: Observers, index: int, columns: dict[str, Any], rows: Ints,
    begin: Any, end: Any,
) -> list[list[list[float]]]:  # fmt: skip
    """Follow passes across the sky: azimuth and elevation [deg]."""
    import numpy as np

    from kosmodrom.view.passes import MARGIN, make_scene

    labels = watched.label_array()
    scene, spans = make_scene(
        watched.elements, observers[index], watched.start, watched.end, watched.earth,
        spans=watched.spans,
    )  # fmt: skip
    paths = []
    for number, row in enumerate(rows):
        satellite = int(np.flatnonzero(labels == columns["satellite"][row])[0])
        time = np.linspace(begin[number], end[number], _ARC_POINTS)
        span = span_at(watched, satellite, float(begin[number] + end[number]) / 2)
        sight = scene.sight(
            np.full(len(time), spans.row[span]), np.zeros(len(time), dtype=np.int64),
            time + MARGIN, exact=False,
        )  # fmt: skip
        points = np.stack([np.degrees(sight.azimuth()), np.degrees(sight.elevation())], axis=-1)
        paths.append(points.round(2).tolist())
    return paths


def _timeline(watched: Watched, columns: dict[str, Any]) -> dict[str, Any]:
    """Draw when passes are, one row a satellite and place."""
    many = len(set(columns["place"].tolist())) > 1
    names = [
        f"{satellite}, {place}" if many else str(satellite)
        for satellite, place in zip(
            columns["satellite"].tolist(), columns["place"].tolist(), strict=True
        )
    ]
    return bars_figure(
        watched, "passes", "pass", names, columns["rise"], columns["culmination"], columns["set"]
    )
