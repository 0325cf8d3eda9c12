"""What a report draws beside maps, as plain data: sky plots, timelines, cells, curves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, overload

__all__ = ["cells_figure", "curve_figure", "drawn_later", "sky_figure", "timeline_figure"]

Drawing = list[dict[str, Any]]


class _Later(Sequence[dict[str, Any]]):
    """A list that is made when it is first looked at."""

    def __init__(self, make: Callable[[], Drawing]) -> None:
        self._make = make

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, index: slice) -> Drawing: ...

    def __getitem__(self, index: int | slice) -> dict[str, Any] | Drawing:
        return self._make()[index]

    def __len__(self) -> int:
        return len(self._make())


def drawn_later(
    make: Callable[[], tuple[Drawing, Drawing]],
) -> tuple[Sequence[dict[str, Any]], Sequence[dict[str, Any]]]:
    """Put off drawing until somebody looks: who wants the table alone does not wait for it.

    Parameters
    ----------
    make : callable
        Makes map features and figures.

    Returns
    -------
    features, figures : sequence of dict
        The same, made together when either is first looked at.
    """
    once = cache(make)
    return _Later(lambda: once()[0]), _Later(lambda: once()[1])


def sky_figure(
    name: str, mask: Sequence[Sequence[float]], arcs: Sequence[dict[str, Any]], more: int = 0
) -> dict[str, Any]:
    """Describe the sky of a place with satellites crossing it.

    Parameters
    ----------
    name : str
        Name of the place.
    mask : sequence of (float, float)
        Azimuth and elevation of the mask [deg].
    arcs : sequence of dict
        One a pass: ``name`` (satellite), ``begin`` and ``end`` (ISO instants), ``points`` (azimuth
        and elevation, in order of time [deg]), ``visible`` (bool or None: whether it can be seen
        by eye).
    more : int
        Passes that are not drawn [-].

    Returns
    -------
    dict
        The figure.
    """
    return {
        "kind": "sky",
        "name": name,
        "mask": [list(point) for point in mask],
        "arcs": list(arcs),
        "more": more,
    }


def timeline_figure(
    name: str, start: str, end: str, rows: Sequence[dict[str, Any]], more: int = 0
) -> dict[str, Any]:
    """Describe when things happen, one row a satellite, place or kind.

    Parameters
    ----------
    name : str
        What is shown: a code of the texts: "passes", "overflights", "contacts", "deliveries",
        "windows".
    start, end : str
        ISO instants.
    rows : sequence of dict
        ``name`` and ``bars``: ``begin``, ``end`` (ISO instants), ``best`` (ISO instant or None),
        ``kind`` ("pass", "picture", "contact", "delivery", "window", "closed", "night", "asked").
    more : int
        Rows that are not drawn [-].

    Returns
    -------
    dict
        The figure.
    """
    return {
        "kind": "timeline",
        "name": name,
        "start": start,
        "end": end,
        "rows": list(rows),
        "more": more,
    }


def cells_figure(
    name: str, unit: str, classes: Sequence[dict[str, Any]], outline: str = "world"
) -> dict[str, Any]:
    """Describe cells of the Earth by class of a quantity.

    Parameters
    ----------
    name : str
        Name of the column that is shown, like "gap_mean_h".
    unit : str
        Its unit.
    classes : sequence of dict
        ``low`` and ``high`` [unit] (both None: never seen) and ``cells``: for each cell its
        corners, (longitude, latitude) [deg].
    outline : {"world", "region"}
        Whether the whole Earth is shown.

    Returns
    -------
    dict
        The figure.
    """
    return {
        "kind": "cells",
        "name": name,
        "unit": unit,
        "classes": list(classes),
        "outline": outline,
    }


def curve_figure(
    name: str,
    x_name: str,
    x_unit: str,
    y_name: str,
    y_unit: str,
    lines: Sequence[dict[str, Any]],
    marks: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Describe curves over one axis.

    Parameters
    ----------
    name : str
        What is shown: a code of the texts, like "share_covered".
    x_name, x_unit, y_name, y_unit : str
        Codes of what the axes show, and their units.
    lines : sequence of dict
        ``name`` and ``points``: pairs of numbers [`x_unit`, `y_unit`].
    marks : sequence of dict
        Places along x where something happens, rising: ``x`` [`x_unit`], ``name`` (a fixed word of
        cells of tables, like "separation") and ``of`` (to which part; may be empty).

    Returns
    -------
    dict
        The figure.
    """
    figure = {
        "kind": "curve",
        "name": name,
        "x": {"name": x_name, "unit": x_unit},
        "y": {"name": y_name, "unit": y_unit},
        "lines": list(lines),
    }
    return {**figure, "marks": list(marks)} if marks else figure
