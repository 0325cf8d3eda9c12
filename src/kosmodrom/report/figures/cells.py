"""Cells of the Earth by class of a quantity, under the coasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from kosmodrom import messages
from kosmodrom.report.figures.paper import key_entry
from kosmodrom.report.outlines import whole_land, world_frame
from kosmodrom.report.projection import (
    EARTH_KM,
    Frame,
    azimuthal,
    path_of,
    plate,
    spread,
)
from kosmodrom.report.sphere import polygons_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.report.figures.paper import Paper
    from kosmodrom.report.projection import Array

__all__ = ["cells"]

_TONES = 12  # steps of the scale of colours
_WIDTH, _HEIGHT = 720.0, 470.0  # pixels
_WIDEST = 38.0  # degrees from the middle; what reaches farther is drawn on the world
_HATCH = 6.0  # pixels between the lines over cells that were never seen
_GRID = 0.05  # pixels to which corners are rounded before cells are joined
_LEAST = 0.02  # square pixels; smaller holes are left by the rounding


def cells(figure: Mapping[str, Any], paper: Paper) -> dict[str, Any]:
    """Lay out a map of cells.

    Parameters
    ----------
    figure : Mapping
        From `kosmodrom.analyses._figures.cells_figure`.
    paper : Paper
        What it is drawn with.

    Returns
    -------
    dict
        What the templates draw.
    """
    classes = [_read(given, paper) for given in paper.records(figure.get("classes"), "classes")]
    count = sum(len(one["cells"]) for one in classes)
    if not count:
        raise paper.wrong("a map of cells must have cells", figure.get("classes"))
    number = sum(not one["never"] for one in classes)
    order = 0
    for one in classes:
        one["tone"] = "never"
        if not one["never"]:
            one["tone"] = f"h{_tone(order, number)}"
            order += 1
    unit = str(figure.get("unit") or "")
    title = paper.title(str(figure.get("name") or ""))
    words = paper.words
    if figure.get("outline") == "region" and (drawing := _region(classes, paper)) is not None:
        note = words.say("report_cells_region")
    else:
        drawing, note = _world(classes, paper), words.say("report_cells_world")
    return {
        "title": title,
        "lead": "",
        "alt": words.say("report_cells_said", title=title, n=str(count)),
        "key": [key_entry(f"cell {one['tone']}", _limits(one, unit, paper)) for one in classes],
        "drawings": [drawing],
        "list": [],
        "notes": [note],
    }


def _read(given: Mapping[str, Any], paper: Paper) -> dict[str, Any]:
    low, high = (
        None if given.get(key) is None else paper.number(given[key], f"{key} of a class")
        for key in ("low", "high")
    )
    corners = [
        paper.pairs(cell, "corners of a cell")
        for cell in paper.items(given.get("cells") or [], "cells of a class")
    ]
    if any(len(cell) < 3 for cell in corners):
        raise paper.wrong("a cell must have three corners or more", given.get("cells"))
    return {"low": low, "high": high, "never": low is None and high is None, "cells": corners}


def _tone(order: int, number: int) -> int:
    """Spread classes over the scale of colours; few of them leave out its palest end."""
    if number <= 1:
        return _TONES // 2
    return round(order * (_TONES - 1) / (number - 1))


def _limits(one: Mapping[str, Any], unit: str, paper: Paper) -> str:
    words, low, high = paper.words, one["low"], one["high"]
    if one["never"]:
        return words.say("report_cells_never")

    def said(value: float) -> str:
        return words.amount(value, unit)

    if low is None:
        return words.say("report_cells_below", value=said(high))
    if high is None:
        return words.say("report_cells_from", value=said(low))
    if low == high:
        return said(low)
    return words.say(
        "report_span", low=messages.shared_unit(said(low), said(high)), high=said(high)
    )


def _flat_cell(corners: Array) -> Array:
    """Lay a cell flat, longitude and latitude running on over the date line [deg].

    A corner at a pole has no longitude of its own: it becomes an edge between its neighbours.
    """
    polar = np.abs(corners[:, 1]) > 90.0 - 1e-6
    if not polar.any() and np.ptp(corners[:, 0]) < 180.0:
        return corners
    lon = corners[:, 0].copy()
    plain = np.flatnonzero(~polar)
    lon[plain] = np.unwrap(lon[plain], period=360.0)
    if not polar.any():
        return np.stack([lon, corners[:, 1]], axis=1)
    points: list[tuple[float, float]] = []
    for k in range(len(corners)):
        if not polar[k]:
            points.append((lon[k], corners[k, 1]))
            continue
        before, after = (k - 1) % len(corners), (k + 1) % len(corners)
        points += [(lon[j], np.copysign(90.0, corners[k, 1])) for j in (before, after)]
    return np.array(points)


def _world(classes: Sequence[Mapping[str, Any]], paper: Paper) -> dict[str, Any]:
    frame = world_frame(_WIDTH, poles=True)
    edge = shapely.box(0.0, 0.0, frame.width, frame.height)
    shapes = []
    for one in classes:
        flat = [_flat_cell(corners) for corners in one["cells"]]
        for turn in (-360.0, 360.0):  # a cell over the date line shows on both sides
            moved = [
                cell + np.array([turn, 0.0]) for cell in flat if np.abs(cell[:, 0]).max() > 180
            ]
            flat += [cell for cell in moved if cell[:, 0].max() > -180 and cell[:, 0].min() < 180]
        placed = [shapely.Polygon(frame.place(plate(cell[:, ::-1]))) for cell in flat]
        shapes.append((one, shapely.intersection(_together(placed), edge)))
    grid = "".join(
        path_of(frame.place(plate(np.array(line, dtype=np.float64))))
        for line in (
            *([[-90, lon], [90, lon]] for lon in range(-150, 180, 30)),
            *([[lat, -180], [lat, 180]] for lat in range(-60, 90, 30)),
        )
    )
    return _drawn(shapes, frame, whole_land(paper.outlines, frame), grid)


def _region(classes: Sequence[Mapping[str, Any]], paper: Paper) -> dict[str, Any] | None:
    """Draw a region about its middle; nothing where it is too wide for that."""
    everything = np.concatenate([cell[:, ::-1] for one in classes for cell in one["cells"]])
    middle, reach = spread(everything)
    if reach > _WIDEST:
        return None
    flat = azimuthal(everything, middle)
    low, high = flat.min(axis=0), flat.max(axis=0)
    size = np.maximum(high - low, 50.0) * 1.06
    height = float(np.clip(_WIDTH * size[1] / size[0], 260.0, _HEIGHT))
    scale = min(_WIDTH / size[0], height / size[1])
    centre = (low + high) / 2
    frame = Frame(
        left=float(centre[0] - _WIDTH / scale / 2),
        top=float(centre[1] + height / scale / 2),
        scale=float(scale),
        width=_WIDTH,
        height=round(height, 1),
    )
    shapes = [
        (
            one,
            _together(
                [shapely.Polygon(frame.place(azimuthal(cell[:, ::-1], middle)))
                 for cell in one["cells"]]
            ),
        )
        for one in classes
    ]  # fmt: skip
    corner = float(np.hypot(frame.width, frame.height)) / scale + float(np.hypot(*centre))
    reach_deg = float(np.degrees(corner / EARTH_KM))
    land = paper.outlines.region(middle, frame, reach_deg)
    return _drawn(shapes, frame, land, "")


def _together(polygons: Sequence[shapely.Polygon]) -> shapely.Geometry:
    """Join cells that touch into one shape, with corners on a fine grid."""
    return shapely.unary_union(shapely.make_valid(np.array(polygons)), grid_size=_GRID)


def _drawn(
    shapes: Sequence[tuple[Mapping[str, Any], shapely.Geometry]],
    frame: Frame,
    land: str,
    grid: str,
) -> dict[str, Any]:
    return {
        "size": "one",
        "width": frame.width,
        "height": frame.height,
        "classes": [
            {"tone": one["tone"], "path": _path(shape),
             "hatch": _hatched(shape, frame) if one["never"] else ""}
            for one, shape in shapes
            if not shape.is_empty
        ],
        "land": land,
        "grid": grid,
    }  # fmt: skip


def _path(shape: shapely.Geometry) -> str:
    return "".join(
        path_of(np.asarray(ring.coords)[:-1], closed=True)
        for part in polygons_of(shape)
        for ring in (part.exterior, *part.interiors)
        if shapely.Polygon(ring).area >= _LEAST
    )


def _hatched(shape: shapely.Geometry, frame: Frame) -> str:
    """Draw slanting lines over a shape."""
    starts = np.arange(-frame.height, frame.width, _HATCH * np.sqrt(2))
    lines = shapely.MultiLineString([[(x, frame.height), (x + frame.height, 0.0)] for x in starts])
    cut = shapely.intersection(lines, shape)
    return "".join(
        path_of(np.asarray(part.coords))
        for part in shapely.get_parts(cut)
        if isinstance(part, shapely.LineString) and part.length > 1.0
    )
