"""Find when satellites stand above places: every pass, to a millisecond.

A pass is the time during which a satellite stands above the least elevation at a place. Every pass
longer than 0.1 s is found, of any orbit. Times are exact for the element sets; how far the sets
themselves are off, by their age, is said with the result.

Examples
--------
kosmodrom passes --satellites ISS --places Jakarta --start 2026-08-23
kosmodrom passes --satellites active.3le --places pyongyang --start 2026-08-23 --end 2026-08-25
kosmodrom passes --satellites 58400 --places 39.0,125.7,50 --start 2026-08-23 --visible --json
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kosmodrom.analyses._figures import drawn_later
from kosmodrom.analyses._orbital import OrbitalRequest, Watched, angle_of, watch
from kosmodrom.analyses._request import Angle, Flag, Place
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Note, Result
from kosmodrom.analyses._table import Table
from kosmodrom.base.facts import Fact
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.view.masks import Mask
    from kosmodrom.view.observers import Observers
    from kosmodrom.view.passes import Passes
    from kosmodrom.view.work import Piece
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["COLUMNS", "FACTS", "PassesRequest", "run"]


class MaskPoint(BaseModel):
    """One direction of a mask."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    azimuth: Angle = Field(description="clockwise from north")
    elevation: Angle = Field(description="least elevation in that direction")


class PlaceMask(BaseModel):
    """The mask of one place."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    place: Place = Field(description="one of the places")
    min_elevation: Angle | None = Field(None, description="least elevation all around")
    table: tuple[MaskPoint, ...] = Field((), description="least elevation by azimuth")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.min_elevation is None) == (not self.table):
            raise RequestError("give either min_elevation or a table", ["table"])
        return self


class PassesRequest(OrbitalRequest):
    """Which satellites over which places, when."""

    places: tuple[Place, ...] = Field(
        min_length=1, description="places by name, or latitude,longitude[,height]"
    )
    min_elevation: Angle = Field("10 deg", description="least elevation at every place")
    masks: tuple[PlaceMask, ...] = Field((), description="masks of single places")
    visible: Flag = Field(False, description="when the satellite can be seen by eye, too")
    darkness: Angle = Field("-6 deg", description="the Sun must be below, to be seen by eye")
    light_time: Flag = Field(False, description="see it where it was when the light left it")
    refraction: Flag = Field(False, description="elevations as the air lifts them")

    @model_validator(mode="after")
    def _angles(self) -> Self:
        from math import degrees

        for name, text in (("min_elevation", self.min_elevation), ("darkness", self.darkness)):
            angle = degrees(angle_of(text))
            if not -10 <= angle < 90 and name == "min_elevation":
                raise RequestError(
                    f"{text} is no elevation mask; it must be from -10 deg to below 90 deg", [name]
                )
            if not -90 <= angle <= 90:
                raise RequestError(f"{text} is no elevation; -90 to 90 deg can be", [name])
        return self


FACTS = (
    FactSpec("count", "1", "passes"),
    FactSpec("satellites", "1", "satellites that were searched"),
    FactSpec("places", "1", "places"),
    FactSpec("per_day", "1/day", "passes over a place in a day, all satellites together", 0.001),
    FactSpec("first_rise", "instant", "first rise in the period"),
    FactSpec("max_elevation_deg", "deg", "highest elevation of all", 0.001),
    FactSpec("mean_duration_s", "s", "mean time in view of a pass", 0.001),
    FactSpec("longest_s", "s", "longest time in view", 0.001),
    FactSpec("time_in_view_s", "s", "time in view of all passes together", 0.001),
    FactSpec("visible_count", "1", "passes that can be seen by eye, if asked"),
    FactSpec("oldest_elements_days", "day", "greatest age of an element set that was used", 0.01),
    FactSpec("time_error_s", "s", "how early or late a pass may come (95 %), half of them less",
             0.01),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("satellite", "text", "name, or number"),
    ColumnSpec("norad_id", "1", "catalogue number"),
    ColumnSpec("place", "text", "name of the place"),
    ColumnSpec("rise", "instant", "when it rises above the mask; empty if it was above before"),
    ColumnSpec("culmination", "instant", "when it stands highest"),
    ColumnSpec("set", "instant", "when it sets below the mask; empty if it stays above"),
    ColumnSpec("max_elevation_deg", "deg", "highest elevation", 1e-4),
    ColumnSpec("rise_azimuth_deg", "deg", "azimuth at the rise, from north by east", 1e-3),
    ColumnSpec("culmination_azimuth_deg", "deg", "azimuth when highest", 1e-3),
    ColumnSpec("set_azimuth_deg", "deg", "azimuth at the set", 1e-3),
    ColumnSpec("duration_s", "s", "time in view within the period", 1e-6),
    ColumnSpec("range_km", "km", "distance when highest", 1e-3),
    ColumnSpec("visible_from", "instant", "from when it can be seen by eye"),
    ColumnSpec("visible_until", "instant", "until when it can be seen by eye"),
    ColumnSpec("visible_max_elevation_deg", "deg", "highest elevation while seen by eye", 1e-4),
    ColumnSpec("elements_age_days", "day", "age of the element set at that time", 1e-3),
)


def run(request: PassesRequest, context: Context) -> Result:
    """Find passes.

    Parameters
    ----------
    request : PassesRequest
        Which.
    context : Context
        Catalog, element sets, workers.

    Returns
    -------
    Result
        One row a pass, by place and time.
    """
    from kosmodrom.analyses._passes_drawn import drawn

    watched = watch(request, context)
    places = [context.resolve_place(text) for text in request.places]
    observers, masks = standing(request, places)
    table, totals = Table(context, COLUMNS), _Totals()
    rank = watched.ranks()
    for piece, passes in _searched(request, context, watched, observers, masks):
        satellite = piece.satellites[piece.spans.satellite[passes.span]]
        place = passes.place + piece.places.start
        columns = _columns(watched, places, passes, satellite, place, piece.first_span)
        if request.visible:
            columns |= _by_eye(watched, passes)
        table.add(columns, (place, passes.begin, rank[satellite]))
        totals.add(passes, columns, piece.rows)
    columns = table.columns()
    notes = [Note("passes_definition", {}), Note("orbits_model", {})]
    if request.visible:
        notes.append(Note("passes_by_eye", {"darkness": request.darkness}))
    features, figures = drawn_later(lambda: drawn(watched, places, observers, masks, columns))
    return Result(
        facts=totals.facts(watched, len(places), visible=request.visible),
        columns=columns,
        features=features,
        figures=figures,
        accuracy=notes,
        warnings=[*watched.warnings, *watched.lost(totals.lost)],
        datasets=watched.datasets,
    )


def standing(
    request: PassesRequest, places: Sequence[ResolvedPlace]
) -> tuple[Observers, tuple[Mask, ...]]:
    """Put the places on the ground, each with its mask.

    Parameters
    ----------
    request : PassesRequest
        With masks.
    places : sequence of ResolvedPlace
        The places in the order of the request.

    Returns
    -------
    observers : Observers
        The places.
    masks : tuple of Mask
        One for each.
    """
    from kosmodrom.analyses._looking import on_the_ground
    from kosmodrom.view.masks import Mask

    observers = on_the_ground(places)
    masks = [Mask.level(angle_of(request.min_elevation))] * len(places)
    for number, entry in enumerate(request.masks):
        if entry.place not in request.places:
            raise RequestError(
                f"{entry.place!r} has a mask and is none of the places; name it under places",
                ["masks", number, "place"],
            )
        try:
            mask = _mask(entry)
        except InputError as error:
            raise RequestError(str(error), ["masks", number]) from None
        for index, text in enumerate(request.places):
            if text == entry.place:
                masks[index] = mask
    return observers, tuple(masks)


def _mask(entry: PlaceMask) -> Mask:
    import numpy as np

    from kosmodrom.view.masks import Mask

    if entry.min_elevation is not None:
        return Mask.level(angle_of(entry.min_elevation))
    azimuth = np.array([angle_of(point.azimuth) for point in entry.table])
    elevation = np.array([angle_of(point.elevation) for point in entry.table])
    return Mask(azimuth, elevation)


def _searched(
    request: PassesRequest, context: Context, watched: Watched, observers: Observers,
    masks: tuple[Mask, ...],
) -> Iterator[tuple[Piece, Passes]]:  # fmt: skip
    from kosmodrom.view.masks import Atmosphere
    from kosmodrom.view.passes import PassesWork
    from kosmodrom.view.work import do, pieces

    cut = list(pieces(watched.spans, len(observers)))
    works = (
        PassesWork(
            elements=watched.elements[piece.rows],
            observers=observers[piece.places],
            start=watched.start,
            end=watched.end,
            earth=watched.earth,
            masks=masks[piece.places],
            spans=piece.spans,
            air=Atmosphere() if request.refraction else None,
            light_time=request.light_time,
            darkness=angle_of(request.darkness) if request.visible else None,
        )
        for piece in cut
    )
    for number, (piece, passes) in enumerate(zip(cut, context.map(do, works), strict=True)):
        context.progress("passes", number + 1, len(cut))
        yield piece, passes


def _columns(
    watched: Watched, places: Sequence[ResolvedPlace], passes: Passes, satellite: Ints,
    place: Ints, first_span: int,
) -> dict[str, Any]:  # fmt: skip
    import numpy as np

    from kosmodrom.base.instants import instants_after

    def _degrees(angle: Floats) -> Floats:
        return np.asarray(np.degrees(angle))

    times = np.concatenate([passes.rise, passes.culmination, passes.set])
    rise, culmination, fall = instants_after(watched.start, times).reshape(3, -1)
    middle = np.where(np.isnan(passes.culmination), passes.begin, passes.culmination)
    return {
        "satellite": watched.label_array()[satellite],
        "norad_id": watched.number_array()[satellite],
        "place": np.array([one.name for one in places])[place],
        "rise": rise,
        "culmination": culmination,
        "set": fall,
        "max_elevation_deg": _degrees(passes.elevation),
        "rise_azimuth_deg": _degrees(passes.azimuth_rise),
        "culmination_azimuth_deg": _degrees(passes.azimuth_culmination),
        "set_azimuth_deg": _degrees(passes.azimuth_set),
        "duration_s": np.round(passes.end - passes.begin, 6),
        "range_km": passes.distance / 1000.0,
        "elements_age_days": watched.age_days(passes.span + first_span, middle),
    }


def _by_eye(watched: Watched, passes: Passes) -> dict[str, Any]:
    import numpy as np

    from kosmodrom.base.instants import instants_after

    return {
        "visible_from": instants_after(watched.start, passes.visible_begin),
        "visible_until": instants_after(watched.start, passes.visible_end),
        "visible_max_elevation_deg": np.degrees(passes.visible_elevation),
    }


class _Totals:
    """What is said of all passes together, gathered piece by piece."""

    def __init__(self) -> None:
        self.count = self.visible = 0
        self.microseconds = 0
        self.longest = self.oldest = 0.0
        self.highest = self.first = float("nan")
        self.lost: dict[int, float] = {}

    def add(self, passes: Passes, columns: dict[str, Any], rows: Ints) -> None:
        import numpy as np

        self.lost |= {int(rows[row]): when for row, when in passes.lost.items()}
        if not len(passes):
            return
        duration = columns["duration_s"]
        self.count += len(passes)
        self.visible += int(np.isfinite(passes.visible_begin).sum())
        # Whole microseconds, as the table shows them, add up to the same in any order.
        self.microseconds += int(np.rint(duration * 1e6).astype(np.int64).sum())
        self.longest = max(self.longest, float(duration.max()))
        self.oldest = max(self.oldest, float(np.abs(columns["elements_age_days"]).max()))
        self.highest = float(np.fmax(self.highest, passes.elevation.max()))
        if np.isfinite(passes.rise).any():
            self.first = float(np.fmin(self.first, np.nanmin(passes.rise)))

    def facts(self, watched: Watched, places: int, *, visible: bool) -> dict[str, Fact]:
        from math import degrees, isnan

        days, seconds = watched.length / 86_400.0, self.microseconds / 1e6
        facts = {
            "count": Fact(value=self.count, unit="1"),
            "satellites": Fact(value=len(watched.labels), unit="1"),
            "places": Fact(value=places, unit="1"),
            "per_day": Fact(value=self.count / places / days, unit="1/day"),
            "time_in_view_s": Fact(value=seconds, unit="s"),
        }
        if visible:
            facts["visible_count"] = Fact(value=self.visible, unit="1")
        if not self.count:
            return facts
        facts |= {
            "max_elevation_deg": Fact(value=degrees(self.highest), unit="deg"),
            "mean_duration_s": Fact(value=seconds / self.count, unit="s"),
            "longest_s": Fact(value=self.longest, unit="s"),
        }
        if not isnan(self.first):
            first = watched.start.plus(self.first).utc_iso(3)
            facts["first_rise"] = Fact(value=str(first), unit="instant")
        return facts | watched.error_facts()
