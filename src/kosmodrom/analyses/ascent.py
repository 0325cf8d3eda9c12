"""Fly a launch vehicle from its pad to an orbit: the most payload, or a given one.

The flight is optimised over the turning Earth with J2, air, thrust less back-pressure, staging,
coasts and restarts; it is flown once more by another integrator and solved on a mesh of twice the
size, and both differences are told. Only vehicles whose stages have sourced data are flown.

Examples
--------
kosmodrom ascent --vehicle Soyuz-2.1b --site vostochny --perigee 200km --inclination 51.7deg
kosmodrom ascent --vehicle Soyuz-2.1b/Fregat --site vostochny --perigee 820km \
--inclination sun-synchronous --json
kosmodrom ascent --vehicle Zenit-2 --site baikonur --perigee 200km --apogee 400km \
--inclination 51.6deg --payload 12t
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._ascent_promised import COLUMNS, FACTS
from kosmodrom.analyses._ascent_request import AscentRequest
from kosmodrom.analyses._figures import drawn_later
from kosmodrom.analyses._result import Note, Result
from kosmodrom.analyses._shared import table_dataset
from kosmodrom.base.facts import Fact
from kosmodrom.workspace.workers import beside

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._ascent_asked import Asked
    from kosmodrom.analyses._ascent_falls import Falls
    from kosmodrom.analyses._ascent_flown import Series
    from kosmodrom.analyses._ascent_map import Carry, Fly
    from kosmodrom.analyses._ascent_orbit import Insertion
    from kosmodrom.analyses._result import Dataset
    from kosmodrom.catalog.vehicles import DropZone
    from kosmodrom.launch.ascent import Carried
    from kosmodrom.launch.flight import Flight
    from kosmodrom.launch.stack import Stack
    from kosmodrom.launch.task import Task
    from kosmodrom.workspace import Context

    Floats = NDArray[np.float64]

__all__ = ["COLUMNS", "FACTS", "AscentRequest", "answered", "run"]

_FILLED = 10  # points between two of the trace of the impact point
_LOOKED = 1.0  # between points of the ground that are looked up [s]
_NEAR_DEG = 3.0  # inclinations of one corridor of falls
_TABLES = ("vehicle_builds", "vehicle_parts", "vehicle_stacks", "vehicle_data", "sites",
           "corridors", "borders")  # fmt: skip


def run(request: AscentRequest, context: Context) -> Result:
    """Fly an ascent.

    Parameters
    ----------
    request : AscentRequest
        Which.
    context : Context
        Catalog, seed.

    Returns
    -------
    Result
        One row an event or a fall; of a map one row an orbit.
    """
    return answered(request, context, _ascend, _carry, _prepare)


def answered(
    request: AscentRequest,
    context: Context,
    fly: Fly,
    carry: Carry,
    prepare: Callable[[], None] = lambda: None,
) -> Result:
    """Answer with a given optimiser.

    Parameters
    ----------
    request : AscentRequest
        What is asked.
    context : Context
        Catalog, seed.
    fly : callable
        Flies a task, from what a neighbour carries where there is one.
    carry : callable
        Says what a task carries, likewise.
    prepare : callable
        Loads what both need, once the request is known to be sound.

    Returns
    -------
    Result
        The answer.
    """
    from kosmodrom.analyses._ascent_asked import asked_of

    asked = asked_of(request, context)
    if request.is_map or (asked.known and request.payload is None):
        prepare()  # and not in every copy of the process
    if request.is_map:
        return _mapped(asked, context, carry)
    return _single(asked, context, fly, carry)


def _ascend(stack: Stack, task: Task, near: Any) -> Flight:
    """Fly a task."""
    from kosmodrom.launch.ascent import ascended

    return ascended(stack, task, near, beside)


def _prepare() -> None:
    """Load what an ascent needs."""
    from kosmodrom.launch.ascent import prepared

    prepared()


def _carry(stack: Stack, task: Task, near: Any) -> Carried:
    """Say what is carried, from a neighbour of the map."""
    from kosmodrom.launch.ascent import carried

    return carried(stack, task, near)


def _single(asked: Asked, context: Context, fly: Fly, carry: Carry) -> Result:
    from kosmodrom.analyses._ascent_asked import inclination_of_request, task_of
    from kosmodrom.analyses._ascent_columns import columns_of
    from kosmodrom.analyses._ascent_drawn import drawn
    from kosmodrom.analyses._ascent_facts import facts_of
    from kosmodrom.analyses._ascent_falls import falls_of, trace_of, zones_missed
    from kosmodrom.analyses._ascent_flown import series_of
    from kosmodrom.analyses._ascent_orbit import insertion_of

    request = asked.request
    inclination = inclination_of_request(request)
    raw_task, notes = task_of(asked, context, (str(request.perigee), request.apogee, inclination))
    task = raw_task
    known, kept, without = asked.known, task.reserve, None
    if known:
        task = replace(task, reserve=kept + known.reserve_m_s)
        if request.payload is None:
            without = beside(lambda: carry(asked.stack, raw_task, None).payload)
    flight = fly(asked.stack, task, None)
    raw = without() if without else flight.payload if request.payload is None else None
    series = series_of(flight)

    def _around() -> tuple[Insertion, tuple[str, str]]:
        return (
            insertion_of(flight, asked.stack.name, asked.lift_off, asked.earth),
            _countries(asked, series, trace_of(flight), context),
        )

    meanwhile = beside(_around)
    falls = falls_of(asked.stack, flight, samples=request.samples, seed=context.seed)
    zones = _known_zones(asked, context, inclination)
    insertion, countries = meanwhile()
    features, figures = drawn_later(lambda: drawn(asked, flight, series, falls, zones))
    return Result(
        facts=facts_of(
            asked, flight, raw, series, insertion, falls, countries,
            (kept, known.reserve_m_s if known else 0.0),
        ),
        columns=columns_of(asked, flight, series, falls),
        features=features,
        figures=figures,
        accuracy=[*_checked(asked, flight), *_accuracy(asked, insertion)],
        warnings=[
            *notes, *zones_missed(asked, falls), *_unscattered(asked, falls),
            *_warnings(asked, context, insertion),
        ],
        datasets=_datasets(context),
    )  # fmt: skip


def _mapped(asked: Asked, context: Context, carry: Carry) -> Result:
    from kosmodrom.analyses._ascent_map import map_columns, map_figures

    columns = map_columns(asked, context, carry)
    reached = [payload for payload in columns["payload_kg"] if payload is not None]
    known = asked.known
    facts = {
        "orbits": Fact(value=len(columns["payload_kg"]), unit="1"),
        "orbits_reached": Fact(value=len(reached), unit="1"),
        "reserve_m_s": Fact(
            value=units.parse(asked.request.reserve, "length/time").value, unit="m/s"
        ),
    }
    if known:
        facts["model_reserve_m_s"] = Fact(value=known.reserve_m_s, unit="m/s")
    return Result(
        facts={spec.name: facts[spec.name] for spec in FACTS if spec.name in facts},
        columns=columns,
        figures=map_figures(columns),
        accuracy=_model(asked),
        warnings=_doubts(asked),
        datasets=_datasets(context),
    )


def _countries(asked: Asked, series: Series, trace: Floats, context: Context) -> tuple[str, str]:
    """List the countries under the flight to its first long coast, and under where it would fall.

    The trace of the instantaneous impact point runs ever faster, so it is filled up between its
    points: by straight lines on a map, which are short but for the last ones.
    """
    import numpy as np

    from kosmodrom.analyses._ascent_flown import below, climb_of, dense
    from kosmodrom.analyses._borders import outlines_of

    time, position = dense(series, _LOOKED, climb_of(series))
    ground = below(time, position, asked.place)
    outlines = outlines_of(context.catalog.borders)
    latitude, longitude = np.degrees(trace).T
    along = np.linspace(0, len(latitude) - 1, _FILLED * len(latitude))
    rows = np.arange(len(latitude))
    east = np.interp(along, rows, np.degrees(np.unwrap(np.radians(longitude))))
    flown = outlines.under(np.degrees(ground.latitude), np.degrees(ground.longitude), time)
    fallen = outlines.under(
        np.interp(along, rows, latitude), np.remainder(east + 180.0, 360.0) - 180.0, along
    )
    return ", ".join(one.code for one in flown), ", ".join(one.code for one in fallen)


def _known_zones(asked: Asked, context: Context, inclination: float) -> list[DropZone]:
    """Find what the catalog tells of falls of the same lowest stage in this direction."""
    from math import degrees

    if asked.place.kind != "site":
        return []
    shelf = context.catalog.launchers
    site, lowest = context.catalog.site(asked.place.name).id, asked.launcher.stages[0].id
    rows = tuple(
        row
        for row in shelf.drop_zones
        if row.site == site
        and row.inclination_deg is not None
        and abs(row.inclination_deg - degrees(inclination)) < _NEAR_DEG
        and (not row.build or shelf.launchers[row.build].stages[0].id == lowest)
    )
    return list(context.usable(rows).rows)


def _checked(asked: Asked, flight: Flight) -> list[Note]:
    """Say how far the two checks are off, and how hard the optimiser had to work."""
    checks = flight.checks
    base = flight.payload if asked.request.payload is None else max(flight.left, 1.0)
    last = checks.statistics[-1]
    return [
        Note("ascent_reintegrated", {"far": [round(checks.position, 2), "m"],
                                     "fast": [round(checks.velocity, 5), "m/s"]}),
        Note("ascent_doubled", {"mass": [round(checks.doubled, 3), "kg"],
                                "share": [round(100 * abs(checks.doubled) / base, 5), "%"]}),
        Note("ascent_solver", {
            "variables": last.variables,
            "steps": sum(one.iterations for one in checks.statistics),
        }),
    ]  # fmt: skip


def _model(asked: Asked) -> list[Note]:

    known = asked.known
    if known is None:
        return [Note("ascent_not_calibrated", {"vehicle": asked.launcher.name})]
    params: dict[str, Any] = {
        "reserve": [round(known.reserve_m_s), "m/s"],
        "orbit": known.payload,
    }
    if known.share is None:
        return [Note("ascent_calibrated_untested", params)]
    params["share"] = [round(100 * known.share, 1), "%"]
    return [Note("ascent_calibrated", params)]


def _accuracy(asked: Asked, insertion: Insertion) -> list[Note]:
    notes = _model(asked)
    if asked.request.payload is None:
        notes.append(Note("ascent_ends", {}))
    if insertion.fitted is not None:
        notes.append(
            Note("ascent_fitted", {"hours": [round(insertion.fitted.seconds / 3600, 1), "hour"],
                                   "rms": [round(insertion.fitted.rms, 1), "m"]})
        )  # fmt: skip
    return notes


def _doubts(asked: Asked) -> list[Note]:
    """Repeat what is doubtful about the numbers of the vehicle."""
    names = {stage.id: stage.name for stage in asked.launcher.stages}
    return [
        Note(f"ascent_doubt_{doubt.code.replace('-', '_')}",
             {"part": names.get(doubt.part, asked.launcher.name),
              "share": [round(100 * doubt.share, 1), "%"]})
        for doubt in asked.launcher.doubts
    ]  # fmt: skip


def _warnings(asked: Asked, context: Context, insertion: Insertion) -> list[Note]:
    notes = _doubts(asked)
    if insertion.fitted is None:
        notes.append(Note("ascent_no_fit", {}))
    place = asked.place
    if context.as_of is not None and place.known_from > context.as_of.isoformat():
        notes.append(Note("distance_place_later", {"place": place.name, "day": place.known_from}))
    return notes


def _unscattered(asked: Asked, falls: Falls) -> list[Note]:
    """Say that falls have no ellipses: a throttled flight cannot be flown again by copies."""
    asked_for = asked.request.samples > 0 and asked.limits.acceleration is not None
    if asked_for and falls.falls and all(fall.along is None for fall in falls.falls):
        return [Note("ascent_no_ellipses", {})]
    return []


def _datasets(context: Context) -> list[Dataset]:
    return [table_dataset(context, name) for name in _TABLES]
