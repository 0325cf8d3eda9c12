"""Find when a satellite can talk to ground stations, and how late a picture comes down.

A contact is a pass over a station above its mask. It carries data at the given rate. With targets,
every picture that could have been taken of them is sent in the first contact after it that has
room, and the time from taking to delivery is its latency: the least that orbit and stations allow,
for an operator who takes every picture and sends it at once.

Examples
--------
kosmodrom contacts --satellites 58400 --stations pyongyang --start 2026-08-20 --end 2026-08-27
kosmodrom contacts --satellites 58400 --stations pyongyang --targets Seoul --start 2026-08-20
kosmodrom contacts --satellites landsat-9 --stations svalbard --start 2026-08-23 --rate 384Mbit/s
"""

from __future__ import annotations

from math import fsum
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, model_validator

from kosmodrom import units
from kosmodrom.analyses._figures import drawn_later
from kosmodrom.analyses._looking import (
    LookingRequest,
    limits_of,
    looking_notes,
    on_the_ground,
    sensor_of,
)
from kosmodrom.analyses._orbital import Watched, angle_of, watch
from kosmodrom.analyses._request import Angle, DataRate, DataSize, Duration, Place
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Note, Result
from kosmodrom.analyses._table import Table
from kosmodrom.base.facts import Fact
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.view.contacts import Deliveries, Downlink
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["COLUMNS", "FACTS", "ContactsRequest", "run"]


class ContactsRequest(LookingRequest):
    """Which satellites over which stations, and pictures of what."""

    stations: tuple[Place, ...] = Field(
        min_length=1, description="ground stations by name, or latitude,longitude[,height]"
    )
    station_mask: Angle = Field("5 deg", description="least elevation at a station")
    rate: DataRate = Field("100 Mbit/s", description="data rate of the downlink")
    acquisition: Duration = Field("0 s", description="from the rise until data flow")
    targets: tuple[Place, ...] = Field((), description="places of which pictures are taken")
    picture: DataSize = Field("0 MB", description="size of a picture; 0 for the first contact")
    rows: Literal["contacts", "pictures"] | None = Field(
        None, description="what the table lists; pictures where there are targets"
    )

    @model_validator(mode="after")
    def _has_targets(self) -> Self:
        if self.rows == "pictures" and not self.targets:
            raise RequestError("there are no pictures without targets; name some", ["targets"])
        return self


FACTS = (
    FactSpec("contacts", "1", "contacts"),
    FactSpec("contacts_per_day", "1/day", "contacts in a day", 0.001),
    FactSpec("mean_contact_s", "s", "mean length of a contact", 0.001),
    FactSpec("contact_time_s", "s", "time in contact", 0.001),
    FactSpec("longest_gap_hours", "hour", "longest time without contact between two", 0.001),
    FactSpec("volume_per_day_gb", "GB", "data that can come down in a day", 0.001),
    FactSpec("pictures", "1", "pictures that could be taken; the low end: surely"),
    FactSpec("delivered", "1", "of them, delivered within the period"),
    FactSpec("latency_best_hours", "hour", "least time from a picture to its delivery", 0.001),
    FactSpec("latency_median_hours", "hour", "median of that time", 0.001),
    FactSpec("latency_worst_hours", "hour", "longest of that time", 0.001),
    FactSpec("oldest_elements_days", "day", "greatest age of an element set that was used", 0.01),
    FactSpec("time_error_s", "s", "how early or late an event may come (95 %)", 0.01),
)
COLUMNS = (
    ColumnSpec("satellite", "text", "name, or number"),
    ColumnSpec("norad_id", "1", "catalogue number"),
    ColumnSpec("target", "text", "of what the picture is"),
    ColumnSpec("taken", "instant", "when the picture is taken, at its best moment"),
    ColumnSpec("station", "text", "name of the station"),
    ColumnSpec("rise", "instant", "when the contact begins; empty if it had begun before"),
    ColumnSpec("set", "instant", "when it ends; empty if it goes on"),
    ColumnSpec("duration_s", "s", "how long it lasts within the period", 1e-6),
    ColumnSpec("max_elevation_deg", "deg", "highest elevation", 1e-3),
    ColumnSpec("volume_gb", "GB", "data it can carry", 1e-6),
    ColumnSpec("delivered", "instant", "when the picture is down whole"),
    ColumnSpec("latency_hours", "hour", "time from taking to delivery", 1e-5),
    ColumnSpec("off_nadir_deg", "deg", "angle off nadir of the picture", 1e-3),
    ColumnSpec("sun_elevation_deg", "deg", "elevation of the Sun over the target", 1e-2),
    ColumnSpec("elements_age_days", "day", "age of the element set at that time", 1e-3),
)


def run(request: ContactsRequest, context: Context) -> Result:
    """Find contacts and deliveries.

    Parameters
    ----------
    request : ContactsRequest
        Which.
    context : Context
        Catalog, element sets, workers.

    Returns
    -------
    Result
        One row a contact, or a picture.
    """
    from kosmodrom.analyses._contacts_drawn import drawn

    watched = watch(request, context)
    stations = [context.resolve_place(text) for text in request.stations]
    targets = [context.resolve_place(text) for text in request.targets]
    downlink = _downlink(request)
    contacts = _contacts(request, context, watched, stations)
    sensor = sensor_of(request, context)
    pictures = _pictures(request, context, watched, targets, sensor) if targets else None
    facts = _contact_facts(contacts, watched, downlink)
    notes = [Note("contacts_definition", {"angle": request.station_mask, "rate": request.rate})]
    deliveries = None
    if pictures is not None:
        deliveries = _delivered(request, contacts, pictures, downlink)
        facts |= _latency_facts(pictures, deliveries, watched)
        notes += [Note("contacts_latency", {"size": request.picture}),
                  *looking_notes(request, sensor)]  # fmt: skip
    table = Table(context, COLUMNS)
    rows = request.rows or ("pictures" if targets else "contacts")
    if rows == "contacts":
        _list_contacts(table, watched, stations, contacts, downlink)
    elif pictures is not None and deliveries is not None:
        _list_pictures(table, watched, stations, targets, contacts, pictures, deliveries)
    features, figures = drawn_later(
        lambda: drawn(watched, stations, targets, contacts, pictures, deliveries)
    )
    return Result(
        facts=facts | watched.error_facts(),
        columns=table.columns(),
        features=features,
        figures=figures,
        accuracy=[*notes, Note("orbits_model", {})],
        warnings=[*watched.warnings, *watched.lost(contacts.lost)],
        datasets=watched.datasets,
    )


def _downlink(request: ContactsRequest) -> Downlink:
    from kosmodrom.view.contacts import Downlink as View

    try:
        return View(
            rate=units.parse(request.rate, "data/time").value,
            acquisition=units.parse(request.acquisition, "time").value,
        )
    except InputError as error:
        blamed = "acquisition" if "acquisition" in str(error) else "rate"
        raise RequestError(str(error), [blamed]) from None


class _Found:
    """Contacts or pictures of all pieces together, times from the start."""

    def __init__(self) -> None:
        self.parts: list[dict[str, Any]] = []
        self.lost: dict[int, float] = {}

    def add(self, **columns: Any) -> None:
        self.parts.append(columns)

    def __getattr__(self, name: str) -> Any:
        import numpy as np

        if name.startswith("_"):
            raise AttributeError(name)
        return np.concatenate([part[name] for part in self.parts])


def _contacts(
    request: ContactsRequest, context: Context, watched: Watched,
    stations: Sequence[ResolvedPlace],
) -> _Found:  # fmt: skip
    import numpy as np

    from kosmodrom.view.masks import Mask
    from kosmodrom.view.passes import PassesWork
    from kosmodrom.view.work import do, pieces

    observers = on_the_ground(stations)
    try:
        mask = Mask.level(angle_of(request.station_mask))
    except InputError as error:
        raise RequestError(str(error), ["station_mask"]) from None
    cut = list(pieces(watched.spans, len(observers)))
    works = (
        PassesWork(
            elements=watched.elements[piece.rows],
            observers=observers[piece.places],
            start=watched.start,
            end=watched.end,
            earth=watched.earth,
            masks=(mask,) * len(observers[piece.places]),
            spans=piece.spans,
        )
        for piece in cut
    )
    found = _Found()
    for piece, passes in zip(cut, context.map(do, works), strict=True):
        found.lost |= {int(piece.rows[row]): when for row, when in passes.lost.items()}
        found.add(
            satellite=piece.satellites[piece.spans.satellite[passes.span]],
            span=passes.span + piece.first_span,
            station=passes.place + piece.places.start,
            # To the microsecond, as the table shows them: added up they are the same in any order.
            begin=np.round(passes.begin, 6),
            end=np.round(passes.end, 6),
            rise=passes.rise,
            set=passes.set,
            elevation=passes.elevation,
        )
    return found


def _pictures(
    request: ContactsRequest, context: Context, watched: Watched,
    targets: Sequence[ResolvedPlace], sensor: Any,
) -> _Found:  # fmt: skip
    from kosmodrom.view.imaging import AccessWork
    from kosmodrom.view.work import do, pieces

    observers = on_the_ground(targets)
    limits, sure = limits_of(request, sensor, possible=True), limits_of(request, sensor)
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
    found = _Found()
    for piece, access in zip(cut, context.map(do, works), strict=True):
        found.add(
            satellite=piece.satellites[piece.spans.satellite[access.span]],
            span=access.span + piece.first_span,
            target=access.place + piece.places.start,
            begin=access.begin,
            end=access.end,
            taken=access.best,
            off_nadir=access.off_nadir,
            sun=access.sun_elevation,
            sure=access.off_nadir <= sure.off_nadir,
        )
    return found


def _delivered(
    request: ContactsRequest, contacts: _Found, pictures: _Found, downlink: Downlink
) -> Deliveries:
    from kosmodrom.view.contacts import deliver

    try:
        return deliver(
            pictures.taken, pictures.satellite, contacts.begin, contacts.end, contacts.satellite,
            downlink, units.parse(request.picture, "data").value,
        )  # fmt: skip
    except InputError as error:
        raise RequestError(str(error), ["picture"]) from None


def _contact_facts(contacts: _Found, watched: Watched, downlink: Downlink) -> dict[str, Fact]:
    import numpy as np

    from kosmodrom.view.coverage import gap_statistics

    days = watched.length / 86_400.0
    begin, end = contacts.begin, contacts.end
    facts: dict[str, Fact] = {
        "contacts": Fact(value=len(begin), unit="1"),
        "contacts_per_day": Fact(value=len(begin) / days, unit="1/day"),
    }
    if not len(begin):
        return facts
    volume = fsum(downlink.volume(begin, end).tolist())
    seconds = fsum((end - begin).tolist())
    gaps = gap_statistics(contacts.satellite, begin, end, len(watched.labels), watched.length)
    facts |= {
        "mean_contact_s": Fact(value=seconds / len(begin), unit="s"),
        "contact_time_s": Fact(value=seconds, unit="s"),
        "volume_per_day_gb": Fact(value=volume / 8e9 / days, unit="GB"),
    }
    if gaps.gaps.sum():
        longest = float(np.nanmax(gaps.gap_max)) / 3600.0
        facts["longest_gap_hours"] = Fact(value=longest, unit="hour")
    return facts


def _latency_facts(pictures: _Found, deliveries: Deliveries, watched: Watched) -> dict[str, Fact]:
    """Give the latencies; a picture that the period leaves undelivered opens the upper ends."""
    import numpy as np

    count, sure = len(pictures.taken), int(pictures.sure.sum())
    done = np.isfinite(deliveries.latency)
    facts: dict[str, Fact] = {
        "pictures": Fact(value=count, unit="1")
        if sure == count
        else Fact(value=count, unit="1", low=sure, high=count),
        "delivered": Fact(value=int(done.sum()), unit="1"),
    }
    if not done.any():
        return facts
    hours = np.sort(deliveries.latency[done]) / 3600.0
    # What is not delivered waits at least to the end of the period.
    waited = (watched.length - pictures.taken[~done]) / 3600.0
    whole = np.sort(np.concatenate([hours, np.maximum(waited, 0.0)]))
    facts["latency_best_hours"] = Fact(value=float(hours[0]), unit="hour")
    for name, value in (("median", float(np.median(whole))), ("worst", float(whole[-1]))):
        least = None if done.all() else value
        facts[f"latency_{name}_hours"] = Fact(value=value, unit="hour", low=least)
    return facts


def _list_contacts(
    table: Table, watched: Watched, stations: Sequence[ResolvedPlace], contacts: _Found,
    downlink: Downlink,
) -> None:  # fmt: skip
    import numpy as np

    satellite, station = contacts.satellite, contacts.station
    begin, end = contacts.begin, contacts.end
    columns = {
        **_who(watched, satellite),
        **_contact_columns(watched, stations, contacts, np.arange(len(begin))),
        "volume_gb": downlink.volume(begin, end) / 8e9,
        "elements_age_days": watched.age_days(contacts.span, begin),
    }
    table.add(columns, (begin, station, watched.ranks()[satellite]))


def _who(watched: Watched, satellite: Ints) -> dict[str, Any]:
    return {
        "satellite": watched.label_array()[satellite],
        "norad_id": watched.number_array()[satellite],
    }


def _contact_columns(
    watched: Watched, stations: Sequence[ResolvedPlace], contacts: _Found, index: Ints
) -> dict[str, Any]:
    """Describe the contacts of some rows; -1 for none."""
    import numpy as np

    from kosmodrom.base.instants import instants_after

    some = index >= 0
    names = np.array(["", *(station.name for station in stations)])

    def _at(values: Floats) -> Floats:
        found = np.full(len(index), np.nan)
        found[some] = values[index[some]]
        return found

    station = np.zeros(len(index), dtype=np.int64)
    station[some] = contacts.station[index[some]] + 1
    return {
        "station": names[station],
        "rise": instants_after(watched.start, _at(contacts.rise)),
        "set": instants_after(watched.start, _at(contacts.set)),
        "duration_s": _at(contacts.end - contacts.begin),
        "max_elevation_deg": np.degrees(_at(contacts.elevation)),
    }


def _list_pictures(
    table: Table, watched: Watched, stations: Sequence[ResolvedPlace],
    targets: Sequence[ResolvedPlace], contacts: _Found, pictures: _Found,
    deliveries: Deliveries,
) -> None:  # fmt: skip
    import numpy as np

    from kosmodrom.base.instants import instants_after

    satellite, target, taken = pictures.satellite, pictures.target, pictures.taken
    columns = {
        **_who(watched, satellite),
        "target": np.array([one.name for one in targets])[target],
        "taken": instants_after(watched.start, taken),
        **_contact_columns(watched, stations, contacts, deliveries.contact),
        "delivered": instants_after(watched.start, deliveries.delivered),
        "latency_hours": deliveries.latency / 3600.0,
        "off_nadir_deg": np.degrees(pictures.off_nadir),
        "sun_elevation_deg": np.degrees(pictures.sun),
        "elements_age_days": watched.age_days(pictures.span, taken),
    }
    table.add(columns, (taken, target, watched.ranks()[satellite]))
