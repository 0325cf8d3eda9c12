"""Which launch one object may be from: sites in its plane, and launches of the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._identify_forward import (
    Standing,
    azimuths,
    first_sets,
    numbers_of,
    standing,
    turned_by,
)
from kosmodrom.analyses._identify_names import groups_of
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.periods import parse_instant_or_day
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._identify_request import IdentifyRequest
    from kosmodrom.catalog.events import LaunchOrbit
    from kosmodrom.orbits.elements import ElementSets
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = ["Traced", "traced"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """Where and when an object may have been launched.

    Attributes
    ----------
    elements : ElementSets
        Its first set, one row.
    columns : dict
        The table: launches of the record, the most probable first, then passages by time.
    launches, passages : int
        Rows of each [-].
    none : float
        Probability that it was none of these launches [-].
    record_until : str
        Last lift-off in the record that could be used.
    """

    elements: ElementSets
    columns: dict[str, Any]
    launches: int
    passages: int
    none: float
    record_until: str


def traced(request: IdentifyRequest, context: Context) -> Traced:
    """Look for the launch of an object.

    Parameters
    ----------
    request : IdentifyRequest
        Without a launch.
    context : Context
        Element sets, sites, and the record.

    Returns
    -------
    Traced
        Sites and launches.
    """
    import numpy as np

    every = context.satellites(request.satellites).elements
    sets = first_sets(every)
    if len(sets) != 1:
        raise RequestError(
            f"{len(sets)} objects are named; name one to ask which launch it is from, or give a "
            "launch with its site to ask which of them fit it",
            ["launch"],
        )
    end = sets.epochs[0]
    start = end.plus(-units.parse(request.days, "time").value)
    places = _places(request, context, end)
    usable = context.usable(context.catalog.launch_orbits).rows
    parts = []
    none = 1.0
    launches = _launches(usable, places if request.sites else None, context, start, end)
    others = [context.resolve_place(row.site) for row, _, _ in launches]
    turned = turned_by(end)
    at = {place.name: standing(place, end, turned) for place in [*places, *others]}
    if launches:
        none, part = _of_record(sets, launches, at, end)
        parts.append(part)
    passed = [part for place in places if (part := _passages(sets, at[place.name], place, start))]
    if passed:
        together = _joined(passed)
        order = np.argsort(together["passage"], kind="stable")
        parts.append({name: values[order] for name, values in together.items()})
    columns = _joined(parts) if parts else {}
    return Traced(
        elements=sets,
        columns={name: values[: request.most] for name, values in columns.items()},
        launches=len(launches),
        passages=sum(len(part["kind"]) for part in passed),
        none=none,
        record_until=usable[-1].utc if usable else "",
    )


def _places(request: IdentifyRequest, context: Context, end: Epochs) -> list[ResolvedPlace]:
    """Give the sites named, or all on land that are in use then: platforms at sea move."""
    if request.sites:
        return [context.resolve_place(text) for text in request.sites]
    day = str(end.utc_iso(0))[:10]
    return [
        context.resolve_place(site.id)
        for site in context.catalog.sites
        if site.kind == "land"
        and site.first_orbital
        and site.first_orbital <= day
        and (not site.active_until or site.active_until[:4] >= day[:4])
    ]


def _launches(
    rows: Sequence[LaunchOrbit], places: list[ResolvedPlace] | None, context: Context,
    start: Epochs, end: Epochs,
) -> list[tuple[LaunchOrbit, Epochs, str]]:  # fmt: skip
    """Give the launches of the record within the period, from these sites or from all."""
    first, last = str(start.utc_iso(0))[:10], str(end.utc_iso(0))[:10]
    names = None if places is None else {place.name for place in places}
    found = []
    for row in rows:
        if not first <= row.utc[:10] <= last:
            continue
        when = parse_instant_or_day(row.utc)
        if not isinstance(when, Epochs) or not start.tai_ns <= when.tai_ns <= end.tai_ns:
            continue
        if not row.site:
            continue
        name = context.catalog.site(row.site).name
        if names is None or name in names:
            found.append((row, when, name))
    return found


def _of_record(
    sets: ElementSets, launches: list[tuple[LaunchOrbit, Epochs, str]], at: dict[str, Standing],
    end: Epochs,
) -> tuple[float, dict[str, Any]]:  # fmt: skip
    """Weigh the launches of the record by the plane alone."""
    import numpy as np

    from kosmodrom.base.instants import instants_after
    from kosmodrom.launch import matching, passage

    kind = passage.kinds(sets)
    model = passage.MODELS[passage.KINDS[int(kind[0])]]
    parts, odds = [], []
    tag = groups_of(sets.designators).tags[0]
    for row, when, name in launches:
        site = _turned_to(at[name], when, end)
        node, rate = passage.carried_back(sets, when)
        error = np.hypot(passage.drift_error(sets, rate, when), row.utc_precision_s)
        now = passage.passages(node, rate, sets.inclination, site.right_ascension, site.latitude)
        odds.append(float(passage.window_odds(now, kind, error)[0]))
        shift, north = now.nearest(np.array([model.usual_time]))
        misfit = (shift - model.usual_time) / np.hypot(model.usual_spread, error)
        near = np.abs(shift - model.usual_time) <= model.reach(error)
        fits = "open" if passage.KINDS[int(kind[0])] == "high" else "yes" if near[0] else "no"
        parts.append({
            **_row(sets, site, shift, north, name, error),
            "kind": np.array(["launch"]),
            "fits": np.array([fits]),
            "status": np.array(["designated" if row.tag == tag else "other launch"]),
            "misfit_sigma": misfit if fits != "open" else np.full(1, np.nan),
            "launch": np.array([row.tag]),
            "vehicle": np.array([row.gcat_vehicle]),
            "lift_off": instants_after(when, np.zeros(1)),
        })  # fmt: skip
    each, none = matching.shares(np.array(odds))
    table = _joined(parts) | {"probability": each}
    order = np.lexsort((table["lift_off"], -each))
    return none, {name: values[order] for name, values in table.items()}


def _turned_to(site: Standing, when: Epochs, end: Epochs) -> Standing:
    """Turn a site back with the Earth."""
    import numpy as np

    from kosmodrom.launch import passage

    turned = (when.tai_ns - end.tai_ns) / 1e9 * 2 * np.pi / passage.TURN
    return Standing(
        instant=when,
        right_ascension=site.right_ascension + float(turned),
        latitude=site.latitude,
        position=site.position,
    )


def _passages(
    sets: ElementSets, site: Standing, place: ResolvedPlace, start: Epochs
) -> dict[str, Any]:
    """List when a site lay in the plane."""
    import numpy as np

    from kosmodrom.base.instants import instants_after
    from kosmodrom.launch import passage

    node, rate = passage.carried_back(sets, site.instant)
    now = passage.passages(node, rate, sets.inclination, site.right_ascension, site.latitude)
    if not now.reached[0]:
        return {}
    model = passage.MODELS[passage.KINDS[int(passage.kinds(sets)[0])]]
    turn = passage.TURN / (1.0 - float(rate[0]) * passage.TURN / (2 * np.pi))
    length = float(site.instant.seconds_since(start))
    parts = []
    for shift, north in ((now.ascending, True), (now.descending, False)):
        turns = np.arange(-int(length / turn) - 2, 2, dtype=np.float64)
        times = np.asarray(turns * turn + float(shift[0]), dtype=np.float64)
        times = times[(times >= -length) & (times <= 0.0)]
        rows = sets[np.zeros(len(times), dtype=np.int64)]
        if not len(times):
            continue
        back = site.instant.plus(times)
        error = passage.drift_error(rows, np.full(len(times), rate[0]), back)
        half = model.reach(error)
        parts.append({
            **_row(rows, site, times, np.full(len(times), north), place.name, error),
            "kind": np.full(len(times), "passage"),
            "fits": np.full(len(times), ""),
            "status": np.full(len(times), ""),
            "misfit_sigma": np.full(len(times), np.nan),
            "launch": np.full(len(times), ""),
            "vehicle": np.full(len(times), ""),
            "probability": np.full(len(times), np.nan),
            "lift_off": instants_after(site.instant, times - model.usual_time),
            "lift_off_from": instants_after(site.instant, times - model.usual_time - half),
            "lift_off_until": instants_after(site.instant, times - model.usual_time + half),
        })  # fmt: skip
    return _joined(parts) if parts else {}


def _row(
    sets: ElementSets, site: Standing, shift: Floats, north: NDArray[np.bool_], name: str,
    error: Floats,
) -> dict[str, Any]:  # fmt: skip

    import numpy as np

    from kosmodrom.base.instants import instants_after

    azimuth, ground = azimuths(sets.inclination, north, site)
    return {
        "satellite": np.array(sets.labels()),
        "norad_id": numbers_of(sets),
        "designator": np.array(sets.designators),
        "site": np.full(len(shift), name),
        "passage": instants_after(site.instant, shift),
        "time_error_min": error / 60.0,
        "direction": np.where(north, "ascending", "descending"),
        "azimuth_deg": np.degrees(azimuth),
        "ground_azimuth_deg": np.degrees(ground),
        "inclination_deg": np.degrees(sets.inclination),
    }


def _joined(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Put tables one after the other; what one lacks stays empty."""
    import numpy as np

    names = dict.fromkeys(name for part in parts for name in part)
    return {
        name: np.concatenate([
            part[name] if name in part else np.full(len(part["kind"]), np.datetime64("NaT", "us"))
            for part in parts
        ])
        for name in names
    }  # fmt: skip
