"""Cells of a region, and how they are drawn."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._borders import inside
from kosmodrom.analyses._figures import cells_figure, curve_figure
from kosmodrom.analyses._looking import on_the_ground
from kosmodrom.analyses._shared import point_feature, table_dataset
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._coverage_request import CoverageRequest
    from kosmodrom.analyses._result import Dataset
    from kosmodrom.view.coverage import Coverage
    from kosmodrom.view.grids import Grid
    from kosmodrom.view.observers import Observers
    from kosmodrom.workspace import Context

    Floats = NDArray[np.float64]

__all__ = ["Region", "cells_of"]

_MOST_CELLS = 400_000
_MOST_DRAWN = 20_000
_CLASSES = 7
_CURVE_POINTS = 101


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Cells or places of a region.

    Attributes
    ----------
    observers : Observers
        Their middles.
    columns : dict
        What each row says of where it is.
    cell_km : float or None
        Side of a cell [km]; None for places.
    grid : Grid or None
        The cells; None for places.
    name : str
        Name of the region.
    datasets : tuple of Dataset
        Where outlines are from.
    """

    observers: Observers
    columns: dict[str, Any]
    cell_km: float | None
    grid: Grid | None
    name: str
    datasets: tuple[Dataset, ...] = field(default=())

    def drawn(
        self, columns: dict[str, Any], coverage: Coverage, length: float
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Make the map features and the figures of coverage.

        Parameters
        ----------
        columns : dict
            The table.
        coverage : Coverage
            Of the cells.
        length : float
            Length of the period [s].

        Returns
        -------
        features, figures : list of dict
            For the map, and beside it.
        """
        import numpy as np

        from kosmodrom.view.coverage import share_covered

        times = np.linspace(0.0, length, _CURVE_POINTS)
        shares = share_covered(coverage, times)
        curve = curve_figure(
            "share_covered", "time", "hour", "share_covered", "%",
            [{"name": self.name, "points": np.stack([times / 3600.0, 100 * shares], axis=-1)
              .round(3).tolist()}],
        )  # fmt: skip
        if self.grid is None:
            features = [
                point_feature(float(latitude), float(longitude), name=str(name), kind="target")
                for latitude, longitude, name in zip(
                    columns["latitude_deg"], columns["longitude_deg"], columns["place"],
                    strict=True,
                )
            ]  # fmt: skip
            return features, [curve]
        if len(self.grid) > _MOST_DRAWN:
            return [], [curve]
        name = "gap_mean_hours" if np.isfinite(columns["gap_mean_hours"]).any() else "accesses"
        outline = "world" if self.name == "world" else "region"
        unit = "hour" if name == "gap_mean_hours" else "1"
        return [], [
            cells_figure(name, unit, _classes(self.grid, columns[name], coverage), outline),
            curve,
        ]


def _classes(grid: Grid, values: Any, coverage: Coverage) -> list[dict[str, Any]]:
    """Sort cells into classes of about one size by a quantity."""
    import numpy as np

    corners = np.degrees(grid.corners())[:, :, ::-1].round(2)
    values = np.asarray(values, dtype=np.float64)
    known = np.isfinite(values) & (coverage.count > 0)
    limits = np.unique(_neat(np.quantile(values[known], np.linspace(0, 1, _CLASSES + 1)))) if (
        known.any()) else np.empty(0)  # fmt: skip
    classes = []
    for low, high in itertools.pairwise(limits):
        last = high == limits[-1]
        chosen = known & (values >= low) & ((values <= high) if last else (values < high))
        if chosen.any():
            classes.append({"low": float(low), "high": float(high),
                            "cells": corners[chosen].tolist()})  # fmt: skip
    if known.any() and len(limits) == 1:
        classes.append({"low": float(limits[0]), "high": float(limits[0]),
                        "cells": corners[known].tolist()})  # fmt: skip
    never = ~known
    if never.any():
        classes.append({"low": None, "high": None, "cells": corners[never].tolist()})
    return classes


def _neat(limits: Floats) -> Floats:
    """Round limits to two digits, the first down and the last up."""
    import numpy as np

    size = np.where(limits > 0, 10.0 ** np.floor(np.log10(np.maximum(limits, 1e-12)) - 1), 1.0)
    neat = np.round(limits / size) * size
    neat[0], neat[-1] = (
        np.floor(limits[0] / size[0]) * size[0],
        np.ceil(limits[-1] / size[-1]) * size[-1],
    )
    return np.asarray(neat)


def cells_of(request: CoverageRequest, context: Context) -> Region:
    """Cut the region of a request into cells.

    Parameters
    ----------
    request : CoverageRequest
        With a region, a polygon or places.
    context : Context
        With the borders of countries.

    Returns
    -------
    Region
        The cells, north to south.
    """
    import numpy as np

    from kosmodrom.view.grids import Grid
    from kosmodrom.view.observers import Observers

    if request.places:
        return _places(request, context)
    try:
        grid = Grid.of_size(units.parse(request.cell, "length").value)
    except InputError as error:
        raise RequestError(str(error), ["cell"]) from None
    name, rings, datasets = _outline(request, context)
    if rings is not None:
        grid = _inside(grid, rings)
        if not len(grid):
            raise RequestError(
                f"no middle of a cell of {request.cell} lies in {name}; choose smaller cells",
                ["cell"],
            )
    if len(grid) > _MOST_CELLS:
        raise RequestError(
            f"{len(grid)} cells; {_MOST_CELLS} are the most, so choose larger ones", ["cell"]
        )
    return Region(
        observers=Observers.at(grid.latitude, grid.longitude, 0.0),
        columns={
            "cell": grid.cell,
            "latitude_deg": np.degrees(grid.latitude),
            "longitude_deg": np.degrees(grid.longitude),
        },
        cell_km=float(np.sqrt(grid.area)) / 1000.0,
        grid=grid,
        name=name,
        datasets=datasets,
    )


def _places(request: CoverageRequest, context: Context) -> Region:
    import numpy as np

    places = [context.resolve_place(text) for text in request.places]
    return Region(
        observers=on_the_ground(places),
        columns={
            "place": np.array([place.name for place in places]),
            "latitude_deg": np.array([place.latitude_deg for place in places]),
            "longitude_deg": np.array([place.longitude_deg for place in places]),
        },
        cell_km=None,
        grid=None,
        name="places",
    )


def _outline(
    request: CoverageRequest, context: Context
) -> tuple[str, Sequence[Any] | None, tuple[Dataset, ...]]:
    """Find the rings of the region; None for the whole Earth."""
    import numpy as np

    if request.polygon:
        return "polygon", [np.array(_corners(request.polygon))], ()
    if request.region.casefold() == "world":
        return "world", None, ()
    borders = context.catalog.borders
    try:
        row = borders.find(request.region)
    except InputError as error:
        raise RequestError(str(error), ["region"]) from None
    return row.name, borders.country(row.id), (table_dataset(context, "borders"),)


def _inside(grid: Grid, rings: Sequence[Any]) -> Grid:
    """Keep the cells whose middle lies inside an odd number of rings."""
    import numpy as np

    latitude, longitude = np.degrees(grid.latitude), np.degrees(grid.longitude)
    return grid[np.flatnonzero(inside(rings, latitude, longitude))]


def _corners(texts: Sequence[str]) -> list[tuple[float, float]]:
    """Read the corners of a polygon, latitude and east longitude [deg]."""
    found = []
    for number, text in enumerate(texts):
        latitude, comma, longitude = text.partition(",")
        try:
            point = float(latitude), float(longitude)
        except ValueError:
            comma = ""
        if not comma or not (abs(point[0]) <= 90 and -180 <= point[1] <= 360):
            raise RequestError(
                f"{text!r} is no corner; write latitude,longitude in degrees, like 38.5,125.0",
                ["polygon", number],
            )
        found.append(point)
    return found
