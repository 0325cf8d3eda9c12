"""Find how often a region is seen: counts, gaps, response, share covered, cell by cell.

A region is cut into cells of equal area, and for the middle of each all accesses are found by the
same search as passes and pictures. A gap is the time between two accesses; gaps that the period
cuts off at its ends are left out of means and percentiles, and the result says so.

Examples
--------
kosmodrom coverage --satellites 58400 --region "North Korea" --cell "50 km" --start 2026-08 --csv
kosmodrom coverage --satellites sentinel-2a --start 2026-08-20 --end 2026-08-29 --min-sun 10deg
kosmodrom coverage --request constellation.yaml --netcdf revisit.nc
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._coverage_request import CoverageRequest
from kosmodrom.analyses._figures import drawn_later
from kosmodrom.analyses._looking import (
    limits_of,
    looking_notes,
    sensor_of,
)
from kosmodrom.analyses._orbital import Watched, angle_of, watch
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Note, Result
from kosmodrom.base.facts import Fact
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.view.coverage import Coverage
    from kosmodrom.view.observers import Observers
    from kosmodrom.workspace import Context

    Floats = NDArray[np.float64]

__all__ = ["COLUMNS", "FACTS", "CoverageRequest", "run"]


FACTS = (
    FactSpec("cells", "1", "cells, or places"),
    FactSpec("cell_km", "km", "side of a cell: the root of its area", 0.1),
    FactSpec("satellites", "1", "satellites"),
    FactSpec("share_covered", "1", "share of the region seen at least once", 0.0001),
    FactSpec("accesses_per_day", "1/day", "accesses of a cell in a day, on average", 0.0001),
    FactSpec("gap_mean_hours", "hour", "mean gap, on average over the cells", 0.001),
    FactSpec("gap_p95_hours", "hour", "95th percentile of the gaps of a cell, on average", 0.001),
    FactSpec("gap_max_hours", "hour", "longest complete gap of all cells", 0.001),
    FactSpec("response_hours", "hour", "mean wait for the next access, on average", 0.001),
    FactSpec("never_seen", "1", "cells that are not seen in the period"),
    FactSpec("half_covered_hours", "hour", "until half of the region has been seen", 0.001),
    FactSpec("covered_95_hours", "hour", "until 95 % of the region have been seen", 0.001),
    FactSpec("covered_all_hours", "hour", "until all of the region has been seen", 0.001),
    FactSpec("oldest_elements_days", "day", "greatest age of an element set that was used", 0.01),
    FactSpec("time_error_s", "s", "how early or late an access may come (95 %)", 0.01),
)
COLUMNS = (
    ColumnSpec("cell", "1", "number of the cell in its grid"),
    ColumnSpec("place", "text", "name of the place, where places were asked for"),
    ColumnSpec("latitude_deg", "deg", "geodetic latitude of the middle", 1e-5),
    ColumnSpec("longitude_deg", "deg", "east longitude of the middle", 1e-5),
    ColumnSpec("accesses", "1", "accesses; those of several satellites that overlap are one"),
    ColumnSpec("looks", "1", "accesses of all satellites, each counted"),
    ColumnSpec("seen_s", "s", "time in access", 0.001),
    ColumnSpec("gaps", "1", "complete gaps"),
    ColumnSpec("gap_mean_hours", "hour", "mean of the complete gaps", 1e-4),
    ColumnSpec("gap_median_hours", "hour", "median of the complete gaps", 1e-4),
    ColumnSpec("gap_p95_hours", "hour", "95th percentile of the complete gaps", 1e-4),
    ColumnSpec("gap_max_hours", "hour", "longest complete gap", 1e-4),
    ColumnSpec("response_hours", "hour", "mean wait within the complete gaps", 1e-4),
    ColumnSpec("before_first_hours", "hour", "censored gap before the first access", 1e-4),
    ColumnSpec("after_last_hours", "hour", "censored gap after the last access", 1e-4),
)


def run(request: CoverageRequest, context: Context) -> Result:
    """Measure coverage.

    Parameters
    ----------
    request : CoverageRequest
        Of what, by what.
    context : Context
        Catalog, element sets, workers.

    Returns
    -------
    Result
        One row a cell.
    """
    from kosmodrom.analyses._region import cells_of
    from kosmodrom.view.coverage import together

    watched = watch(request, context)
    sensor = sensor_of(request, context)
    region = cells_of(request, context)
    observers = region.observers
    parts: list[Any] = []
    lost: dict[int, float] = {}
    works = list(_works(request, watched, observers, sensor))
    for number, (coverage, missing) in enumerate(context.map(_do(), iter(works))):
        parts.append(coverage)
        lost |= missing
        context.progress("coverage", number + 1, len(works))
    coverage = together(parts)
    columns = _columns(coverage, region, watched.length)
    facts = _facts(coverage, region, watched)
    notes = [*_notes(request, sensor), Note("orbits_model", {})]
    features, figures = drawn_later(lambda: region.drawn(columns, coverage, watched.length))
    return Result(
        facts=facts,
        columns=columns,
        features=features,
        figures=figures,
        accuracy=notes,
        warnings=[*watched.warnings, *watched.lost(lost)],
        datasets=[*watched.datasets, *region.datasets],
    )


def _do() -> Any:
    from kosmodrom.view.work import do

    return do


def _works(request: CoverageRequest, watched: Watched, observers: Observers, sensor: Any) -> Any:
    """Cut the work by places, so many that a piece takes a second or so."""
    from kosmodrom.view.coverage import CoverageWork

    limits = _limits(request, watched, sensor) if request.access == "imaging" else None
    days = float((watched.spans.end - watched.spans.start).sum()) / 86_400.0
    size = int(min(max(200_000 / max(days, 1.0), 16), 512))
    for first in range(0, len(observers), size):
        yield CoverageWork(
            elements=watched.elements,
            observers=observers[first : first + size],
            start=watched.start,
            end=watched.end,
            earth=watched.earth,
            limits=limits,
            elevation=angle_of(request.min_elevation),
            spans=watched.spans,
        )


def _limits(request: CoverageRequest, watched: Watched, sensor: Any) -> Any:
    from dataclasses import replace

    import numpy as np

    from kosmodrom.view.sensors import off_nadir_of_swath

    limits = limits_of(request, sensor)
    if request.swath is None:
        return limits
    width = units.parse(request.swath, "length").value
    period = watched.elements.period
    semi = (3.986004e14 * (period / (2 * np.pi)) ** 2) ** (1 / 3)
    altitude = float(np.median(semi)) - 6.371e6
    try:
        return replace(limits, off_nadir=float(off_nadir_of_swath(width, altitude)))
    except InputError as error:
        raise RequestError(str(error), ["swath"]) from None


def _columns(coverage: Coverage, region: Any, length: float) -> dict[str, Any]:
    import numpy as np

    columns: dict[str, Any] = dict(region.columns)
    columns |= {
        "accesses": coverage.count,
        "looks": coverage.looks,
        "seen_s": coverage.seen,
        "gaps": coverage.gaps,
    }
    for name in ("gap_mean", "gap_median", "gap_p95", "gap_max", "response"):
        columns[f"{name}_hours"] = getattr(coverage, name) / 3600.0
    never = np.isnan(coverage.first)
    columns["before_first_hours"] = np.where(never, length, coverage.first) / 3600.0
    columns["after_last_hours"] = np.where(never, length, length - coverage.last) / 3600.0
    return columns


def _facts(coverage: Coverage, region: Any, watched: Watched) -> dict[str, Fact]:
    import numpy as np

    count = len(coverage)
    seen = ~np.isnan(coverage.first)
    days = watched.length / 86_400.0
    facts = {
        "cells": Fact(value=count, unit="1"),
        "satellites": Fact(value=len(watched.labels), unit="1"),
        "share_covered": Fact(value=float(seen.mean()), unit="1"),
        "accesses_per_day": Fact(value=float(coverage.count.mean()) / days, unit="1/day"),
        "never_seen": Fact(value=int((~seen).sum()), unit="1"),
    }
    if region.cell_km is not None:
        facts["cell_km"] = Fact(value=region.cell_km, unit="km")
    facts |= _gap_facts(coverage)
    first = np.sort(coverage.first[seen])
    for name, share in (("half_covered_hours", 0.5), ("covered_95_hours", 0.95),
                        ("covered_all_hours", 1.0)):  # fmt: skip
        needed = int(np.ceil(share * count))
        value = float(first[needed - 1]) / 3600.0 if len(first) >= needed else None
        least = watched.length / 3600.0 if value is None else None
        facts[name] = Fact(value=value, unit="hour", low=least)
    return facts | watched.error_facts()


def _gap_facts(coverage: Coverage) -> dict[str, Fact]:
    """Average over the cells that have complete gaps; those without make the ends open."""
    import numpy as np

    some = coverage.gaps > 0
    if not some.any():
        return {}
    return {
        name: Fact(value=float(value) / 3600.0, unit="hour")
        for name, value in (
            ("gap_mean_hours", np.mean(coverage.gap_mean[some])),
            ("gap_p95_hours", np.mean(coverage.gap_p95[some])),
            ("gap_max_hours", np.max(coverage.gap_max[some])),
            ("response_hours", np.mean(coverage.response[some])),
        )
    }


def _notes(request: CoverageRequest, sensor: Any) -> list[Note]:
    notes = [Note("coverage_definition", {})]
    if request.access == "elevation":
        return [*notes, Note("coverage_by_elevation", {"angle": request.min_elevation})]
    if request.swath is not None:
        return [*notes, Note("coverage_by_swath", {"width": request.swath}),
                Note("looking_not_modelled", {})]  # fmt: skip
    return [*notes, *looking_notes(request, sensor, possible=False)]
