"""Find when a satellite could have taken a picture of a place, and how sharp.

An opportunity is the time in which the place lies within the allowed angle off the satellite's
nadir and sees it over the horizon, in the light asked for. With a sensor each comes with its
ground sample distance and the band of NIIRS in which a picture would fall. With --at it is said
whether the place could have been seen then: yes, no, or cannot tell, by what the age of the
element sets allows.

Examples
--------
kosmodrom overflights --satellites 58400 --targets pyongyang --start 2026-08-20 --end 2026-08-26
kosmodrom overflights --satellites landsat-9 --targets Jakarta --sensor landsat-oli --start 2026-08
kosmodrom overflights --satellites 58400 --targets vostochny --at 2026-08-22T03:00Z --json
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._figures import drawn_later
from kosmodrom.analyses._looking import (
    limits_of,
    looking_notes,
    on_the_ground,
    sensor_of,
)
from kosmodrom.analyses._orbital import Watched, watch
from kosmodrom.analyses._overflights_request import OverflightsRequest
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Note, Result
from kosmodrom.analyses._table import Table
from kosmodrom.base.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.view.imaging import Access, Limits
    from kosmodrom.view.observers import Observers
    from kosmodrom.view.sensors import Sensor
    from kosmodrom.view.work import Piece
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["COLUMNS", "FACTS", "OverflightsRequest", "run"]

FACTS = (
    FactSpec("count", "1", "opportunities; the low end counts what the camera surely can"),
    FactSpec("per_day", "1/day", "opportunities in a day, all satellites and targets", 0.001),
    FactSpec("first", "instant", "the first opportunity, at its best"),
    FactSpec("smallest_off_nadir_deg", "deg", "smallest angle off nadir", 0.001),
    FactSpec("mean_gap_hours", "hour", "mean time between opportunities of one target", 0.01),
    FactSpec("longest_gap_hours", "hour", "longest time between two of one target", 0.01),
    FactSpec("sample_distance_m", "m", "finest ground sample distance of all, along or across",
             0.01),
    FactSpec("niirs", "1", "best rating of all, as a band of what the camera may be", 0.1),
    FactSpec("could_have_seen", "text", "could it have been seen then: yes, no, cannot tell"),
    FactSpec("satellites_sure", "1", "satellites that could have seen a target then, surely"),
    FactSpec("satellites_possible", "1", "satellites of which that cannot be excluded"),
    FactSpec("planned", "1", "targets of which the plan takes a picture"),
    FactSpec("oldest_elements_days", "day", "greatest age of an element set that was used", 0.01),
    FactSpec("time_error_s", "s", "how early or late an opportunity may come (95 %)", 0.01),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("satellite", "text", "name, or number"),
    ColumnSpec("norad_id", "1", "catalogue number"),
    ColumnSpec("target", "text", "name of the target"),
    ColumnSpec("begin", "instant", "first moment"),
    ColumnSpec("best", "instant", "moment with the smallest angle off nadir"),
    ColumnSpec("end", "instant", "last moment"),
    ColumnSpec("duration_s", "s", "how long it lasts within the period", 1e-6),
    ColumnSpec("off_nadir_deg", "deg", "angle off nadir at the best moment", 1e-3),
    ColumnSpec("off_nadir_error_deg", "deg", "how far it may be off (95 %)", 0.01),
    ColumnSpec("elevation_deg", "deg", "elevation of the satellite at the target", 1e-3),
    ColumnSpec("range_km", "km", "distance", 1e-3),
    ColumnSpec("view_azimuth_deg", "deg", "azimuth of the satellite, from the target", 1e-2),
    ColumnSpec("sun_elevation_deg", "deg", "elevation of the Sun at the target", 1e-2),
    ColumnSpec("sun_azimuth_deg", "deg", "azimuth of the Sun at the target", 1e-2),
    ColumnSpec("sure", "bool", "whether the camera surely looks so far, not only possibly"),
    ColumnSpec("direction", "text", "ascending or descending"),
    ColumnSpec("roll_deg", "deg", "roll to the right", 1e-2),
    ColumnSpec("pitch_deg", "deg", "pitch forward", 1e-2),
    ColumnSpec("altitude_km", "km", "height of the satellite over the ellipsoid", 1e-2),
    ColumnSpec("sample_along_low_m", "m", "ground sample distance along the track, finest", 0.01),
    ColumnSpec("sample_along_high_m", "m", "the same, coarsest", 0.01),
    ColumnSpec("sample_across_low_m", "m", "ground sample distance across, finest", 0.01),
    ColumnSpec("sample_across_high_m", "m", "the same, coarsest", 0.01),
    ColumnSpec("niirs_low", "1", "rating at least", 0.1),
    ColumnSpec("niirs_high", "1", "rating at best", 0.1),
    ColumnSpec("planned", "bool", "whether the plan takes this picture"),
    ColumnSpec("planned_at", "instant", "when the plan takes it"),
    ColumnSpec("then", "text", "whether it was at the time asked about: yes, no, cannot tell"),
    ColumnSpec("elements_age_days", "day", "age of the element set at that time", 1e-3),
)


def run(request: OverflightsRequest, context: Context) -> Result:
    """Find opportunities.

    Parameters
    ----------
    request : OverflightsRequest
        Which.
    context : Context
        Catalog, element sets, workers.

    Returns
    -------
    Result
        One row an opportunity, by target and time.
    """
    from dataclasses import replace

    from kosmodrom.analyses._overflights_asked import answered
    from kosmodrom.analyses._overflights_drawn import drawn
    from kosmodrom.analyses._overflights_planned import planned_facts

    watched = watch(request, context)
    targets = [context.resolve_place(text) for text in request.targets]
    observers, sensor = on_the_ground(targets), sensor_of(request, context)
    limits, sure = limits_of(request, sensor, possible=True), limits_of(request, sensor)
    # A plan and a question about a time look at the whole table, so that goes to a file at the end
    # and not piece by piece.
    kept = replace(context, sink=None) if request.plan or request.at is not None else context
    table, totals = Table(kept, COLUMNS), _Totals(len(targets))
    rank = watched.ranks()
    for piece, access in _searched(context, watched, observers, limits):
        satellite = piece.satellites[piece.spans.satellite[access.span]]
        target = access.place + piece.places.start
        columns = _columns(watched, targets, access, satellite, target, piece.first_span, sensor)
        columns["sure"] = _surely(access, sure)
        table.add(columns, (target, access.best, rank[satellite]))
        totals.add(access, target, columns, piece.rows)
    columns = table.columns()
    facts = totals.facts(watched)
    notes = [*looking_notes(request, sensor), Note("orbits_model", {})]
    if sensor is not None:
        notes += totals.niirs_notes()
    warnings = [*watched.warnings, *watched.lost(totals.lost)]
    if request.at is not None:
        found, columns, said = answered(
            request, context, watched, targets, observers, sensor, columns
        )
        facts |= found
        notes += said
    if request.plan:
        found, columns, said = planned_facts(request, watched, targets, observers, columns)
        facts |= found
        notes += said
    at = None if request.at is None else str(request.at)
    features, figures = drawn_later(lambda: drawn(watched, targets, columns, at))
    return Result(
        facts=facts,
        columns=columns,
        features=features,
        figures=figures,
        accuracy=notes,
        warnings=warnings,
        datasets=watched.datasets,
    )


def _searched(
    context: Context, watched: Watched, observers: Observers, limits: Limits
) -> Iterator[tuple[Piece, Access]]:
    from kosmodrom.view.imaging import AccessWork
    from kosmodrom.view.work import do, pieces

    cut = list(pieces(watched.spans, len(observers)))
    works = (
        AccessWork(
            elements=watched.elements[piece.rows],
            observers=observers[piece.places],
            start=watched.start,
            end=watched.end,
            earth=watched.earth,
            limits=limits,
            spans=piece.spans,
        )
        for piece in cut
    )
    for number, (piece, access) in enumerate(zip(cut, context.map(do, works), strict=True)):
        context.progress("overflights", number + 1, len(cut))
        yield piece, access


def _columns(
    watched: Watched, targets: Sequence[ResolvedPlace], access: Access, satellite: Ints,
    target: Ints, first_span: int, sensor: Sensor | None,
) -> dict[str, Any]:  # fmt: skip
    import numpy as np

    from kosmodrom.base.instants import instants_after

    def _when(seconds: Floats) -> Any:
        return instants_after(watched.start, seconds)

    span = access.span + first_span
    columns: dict[str, Any] = {
        "satellite": watched.label_array()[satellite],
        "norad_id": watched.number_array()[satellite],
        "target": np.array([one.name for one in targets])[target],
        "begin": _when(access.begin),
        "best": _when(access.best),
        "end": _when(access.end),
        "duration_s": access.end - access.begin,
        "off_nadir_deg": np.degrees(access.off_nadir),
        "off_nadir_error_deg": np.degrees(_angle_errors(watched, access, span, targets, target)),
        "elevation_deg": np.degrees(access.elevation),
        "range_km": access.distance / 1000.0,
        "view_azimuth_deg": np.degrees(access.azimuth),
        "sun_elevation_deg": np.degrees(access.sun_elevation),
        "sun_azimuth_deg": np.degrees(access.sun_azimuth),
        "direction": np.where(access.ascending, "ascending", "descending"),
        "roll_deg": np.degrees(access.roll),
        "pitch_deg": np.degrees(access.pitch),
        "altitude_km": access.altitude / 1000.0,
    }
    if sensor is not None:
        columns |= _quality(access, sensor)
    columns["elements_age_days"] = watched.age_days(span, access.best)
    return columns


def _angle_errors(
    watched: Watched, access: Access, span: Ints, targets: Sequence[ResolvedPlace], target: Ints
) -> Floats:
    """Carry the errors of the element sets into the angle off nadir (95 %)."""
    import numpy as np

    from kosmodrom.base.constants import EARTH_ROTATION_RATE, WGS84_A
    from kosmodrom.orbits.aging import position_uncertainty

    if not len(span):
        return np.empty(0)
    rows = watched.spans.row[span]
    drawn = np.array([source == "request" for source in watched.elements.sources])[rows]
    unique, where = np.unique(rows, return_inverse=True)
    spread = position_uncertainty(
        watched.elements[unique][where], watched.age_days(span, access.best) * 86_400.0
    )
    period = watched.elements.period[rows]
    speed = (3.986e14 * 2 * np.pi / period) ** (1 / 3)
    latitude = np.radians([one.latitude_deg for one in targets])[target]
    turned = EARTH_ROTATION_RATE * WGS84_A * np.cos(latitude) * spread.along_95 / speed
    return np.where(drawn, 0.0, np.arctan2(spread.across_95 + turned, access.distance))


def _quality(access: Access, sensor: Sensor) -> dict[str, Floats]:
    """Rate pictures at the best moment of each opportunity."""
    import numpy as np

    from kosmodrom.view.quality import GIQE5_ERROR
    from kosmodrom.view.sensors import sensor_niirs, sensor_sample_distance

    # Seen on the ground, the way of the satellite and the line of sight are square where it looks
    # to the side, and along one line where it looks ahead.
    aside = np.arctan2(np.abs(np.tan(access.roll)), np.abs(np.tan(access.pitch)))
    sample = sensor_sample_distance(sensor, access.distance, access.elevation, aside)
    low, high = sensor_niirs(
        sensor, access.distance, access.elevation, access.sun_elevation, error=GIQE5_ERROR
    )
    return {
        "sample_along_low_m": sample.along_low,
        "sample_along_high_m": sample.along_high,
        "sample_across_low_m": sample.across_low,
        "sample_across_high_m": sample.across_high,
        "niirs_low": low,
        "niirs_high": high,
    }


def _surely(access: Access, limits: Limits) -> NDArray[np.bool_]:
    """Tell which opportunities lie within what the camera surely does."""
    import numpy as np

    sure = access.off_nadir <= limits.off_nadir
    for limit, angle in ((limits.roll, access.roll), (limits.pitch, access.pitch)):
        if limit is not None:
            sure &= np.abs(angle) <= limit
    return np.asarray(sure)


def _between(most: float, least: float, unit: str) -> Fact:
    """Make a number that is open between what is sure and what is possible."""
    if most == least:
        return Fact(value=most, unit=unit)
    return Fact(value=most, unit=unit, low=least, high=most)


class _Totals:
    """What is said of all opportunities together, gathered piece by piece."""

    def __init__(self, targets: int) -> None:
        self.targets = targets
        self.count = self.sure = 0
        self.first = self.smallest = self.finest = self.coarsest = float("nan")
        self.niirs = (float("nan"), float("nan"))
        self.spans: list[tuple[Ints, Floats, Floats]] = []
        self.lost: dict[int, float] = {}

    def add(self, access: Access, target: Ints, columns: dict[str, Any], rows: Ints) -> None:
        import numpy as np

        self.lost |= {int(rows[row]): when for row, when in access.lost.items()}
        if not len(access):
            return
        self.count += len(access)
        self.sure += int(columns["sure"].sum())
        self.first = float(np.fmin(self.first, access.best.min()))
        self.smallest = float(np.fmin(self.smallest, access.off_nadir.min()))
        self.spans.append((target, access.begin, access.end))
        if "niirs_low" in columns:
            finest = np.minimum(columns["sample_along_low_m"], columns["sample_across_low_m"])
            coarsest = np.minimum(columns["sample_along_high_m"], columns["sample_across_high_m"])
            self.finest = float(np.fmin(self.finest, finest.min()))
            self.coarsest = float(np.fmin(self.coarsest, coarsest.min()))
            self.niirs = (
                float(np.fmax(self.niirs[0], columns["niirs_low"].max())),
                float(np.fmax(self.niirs[1], columns["niirs_high"].max())),
            )

    def facts(self, watched: Watched) -> dict[str, Fact]:
        from math import degrees, isnan

        days = watched.length / 86_400.0
        facts = {
            "count": _between(self.count, self.sure, "1"),
            "per_day": _between(self.count / days, self.sure / days, "1/day"),
        }
        if not self.count:
            return facts
        first = watched.start.plus(self.first).utc_iso(3)
        facts |= {
            "first": Fact(value=str(first), unit="instant"),
            "smallest_off_nadir_deg": Fact(value=degrees(self.smallest), unit="deg"),
            **self._gaps(watched.length),
        }
        if not isnan(self.finest):
            facts["sample_distance_m"] = Fact(
                value=(self.finest + self.coarsest) / 2, unit="m", low=self.finest,
                high=self.coarsest,
            )  # fmt: skip
            low, high = self.niirs
            facts["niirs"] = Fact(value=(low + high) / 2, unit="1", low=low, high=high)
        return facts | watched.error_facts()

    def _gaps(self, length: float) -> dict[str, Fact]:
        import numpy as np

        from kosmodrom.view.coverage import gap_statistics

        place, begin, end = (np.concatenate(part) for part in zip(*self.spans, strict=True))
        found = gap_statistics(place, begin, end, self.targets, length)
        gaps = found.gaps.sum()
        if not gaps:
            return {}
        mean = float(np.nansum(found.gap_mean * found.gaps) / gaps)
        return {
            "mean_gap_hours": Fact(value=mean / 3600.0, unit="hour"),
            "longest_gap_hours": Fact(value=float(np.nanmax(found.gap_max)) / 3600, unit="hour"),
        }

    def niirs_notes(self) -> list[Note]:
        """Say what the worst and the best rating would let one tell."""
        from math import isnan

        from kosmodrom.view.quality import niirs_level

        if isnan(self.niirs[0]):
            return []
        low, high = (int(niirs_level(rating)) for rating in self.niirs)
        return [Note(f"niirs_least_{low}", {}), Note(f"niirs_most_{high}", {})]
