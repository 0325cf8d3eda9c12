"""Count orbital launch attempts under a stated definition.

Attempts meant for orbit or deep space are counted; a launch succeeds when the vehicle did its
work, whatever became of the payload later. The answer always says on which day its data end, and
gives the same count under other definitions. Shipped are the launches from Vostochny and those of
North Korea; any other site or country needs an imported list.

Examples
--------
kosmodrom launches --site vostochny --until 2023-09-13
kosmodrom launches --country PRK --vehicle Chollima-1 --until 2023-09-13 --json
kosmodrom launches --site vostochny --from 2011-01-01 --until 2016-12-31 --date-basis local
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from kosmodrom.analyses._request import Country, Day, Request, SiteName, Text
from kosmodrom.analyses._result import ColumnSpec, Dataset, FactSpec, Note, Result
from kosmodrom.analyses._shared import point_feature, publication_notes, table_dataset
from kosmodrom.base.dates import DateRange, public_by
from kosmodrom.base.facts import Fact
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kosmodrom.catalog import Country as CountryRow
    from kosmodrom.records import Coverage
    from kosmodrom.records.counting import Definition, Tally
    from kosmodrom.records.launch_log import LaunchRecord
    from kosmodrom.store import ImportedTable
    from kosmodrom.workspace import Context

__all__ = ["COLUMNS", "FACTS", "LaunchesRequest", "run"]

JULIAN_YEAR = 365.25  # days
MINUTE = 60  # s
SOVIET_END = date(1991, 12, 26)


class LaunchesRequest(Request):
    """Which launches."""

    site: SiteName | None = Field(None, description="launch site, like vostochny")
    country: Country | None = Field(
        None,
        description="state that runs the launch site, by name or ISO code; PRK is North Korea; "
        "the Soviet Union is not Russia",
    )
    vehicle: Text | None = Field(None, description="launch vehicle, or a part of its name")
    payload: Text | None = Field(None, description="a part of the name of a payload or mission")
    from_: Day | None = Field(None, alias="from", description="first day, included whole")
    until: Day | None = Field(None, description="last day, included whole")
    outcome: Literal["any", "success", "failure"] = Field(
        "any", description="count only launches that ended so; shares are then not given"
    )
    date_basis: Literal["utc", "local"] = Field(
        "utc", description="whose day counts: UTC, or the day at the site"
    )
    attempts: Literal["orbital"] = Field(
        "orbital", description="orbital and deep-space attempts; the data hold no others"
    )


FACTS = (
    FactSpec("count", "1", "launch attempts"),
    FactSpec("success", "1", "launches that succeeded"),
    FactSpec("failure", "1", "launches that failed"),
    FactSpec("unknown", "1", "launches without a known outcome"),
    FactSpec("success_share", "1", "successes of launches with a known outcome", 0.0001),
    FactSpec("failure_share", "1", "failures of launches with a known outcome", 0.0001),
    FactSpec("days", "1", "days with at least one launch"),
    FactSpec("first_date", "date", "day of the first launch"),
    FactSpec("last_date", "date", "day of the latest launch"),
    FactSpec("first_vehicle", "text", "vehicle of the first launch"),
    FactSpec("last_vehicle", "text", "vehicle of the latest launch"),
    FactSpec("first_payload", "text", "payload of the first launch"),
    FactSpec("last_payload", "text", "payload of the latest launch"),
    FactSpec(
        "years_to_first", "year", "from the first day asked for to the first launch, Julian years",
        0.01,
    ),
    FactSpec("data_until", "date", "last day the data cover"),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("tag", "text", "international designator"),
    ColumnSpec("utc", "instant", "lift-off; the UTC day where the hour is not known"),
    ColumnSpec("certain", "bool", "whether it certainly belongs to the count"),
    ColumnSpec("site", "text", "launch site"),
    ColumnSpec("pad", "text", "pad"),
    ColumnSpec("vehicle", "text", "launch vehicle"),
    ColumnSpec("upper_stage", "text", "upper stage"),
    ColumnSpec("payload", "text", "what was carried"),
    ColumnSpec("outcome", "text", "outcome of the launch"),
    ColumnSpec("perigee_km", "km", "lowest height of the first orbit", 1.0),
    ColumnSpec("apogee_km", "km", "greatest height of the first orbit, or reached", 1.0),
    ColumnSpec("inclination_deg", "deg", "inclination", 0.01),
    ColumnSpec("known_from", "date", "day by which the row was public"),
    ColumnSpec("source", "text", "where the row is from"),
    ColumnSpec("grade", "text", "Admiralty grade of the row"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """The launches that answer to the request, of whatever day, and where they are from."""

    records: list[LaunchRecord]
    differing: list[str]
    until: date
    datasets: list[Dataset]
    partial: bool
    code: str | None


def run(request: LaunchesRequest, context: Context) -> Result:
    """Count launches.

    Parameters
    ----------
    request : LaunchesRequest
        Which launches, in which period, under which definition.
    context : Context
        Catalog, imported histories and day.

    Returns
    -------
    Result
        Counts, shares, first and latest; one row a launch.
    """
    from kosmodrom.records import Coverage
    from kosmodrom.records.counting import Definition, belongs, tally

    log = _log(request, context)
    first, asked = _period(request)
    basis = request.date_basis
    inside = Definition(first=first, last=asked or date.max)
    usable = context.usable(
        [r for r in log.records if belongs(r.event(basis), inside) is not False]
    )
    _check_basis(request, usable.rows)
    # The lists hold every launch from the very first, so they have an end but no beginning.
    covered = replace(
        Coverage.of((first, asked), (None, log.until), context.as_of), elsewhere=log.partial
    )
    rows = [] if covered.outside else list(usable.rows)
    what = Definition(
        first=first if rows else None,
        last=covered.last if rows else None,
        outcome=request.outcome,
    )
    counted = tally((record.event(basis) for record in rows), what)
    listed = [r for r in rows if belongs(r.event(basis), what) is not False]
    facts = covered.limited(_facts(request, counted, listed, what))
    known = max((r.known_from or r.happened for r in listed), default=None)
    alternatives, extra = _alternatives(request, context, rows, what)
    return Result(
        facts={
            **{name: replace(fact, known_from=known) for name, fact in facts.items()},
            "data_until": Fact(value=log.until.isoformat(), unit="date"),
        },
        columns=_columns(listed, lambda record: belongs(record.event(basis), what) is True),
        features=_features(context, listed),
        accuracy=_accuracy(request, log, listed),
        warnings=[
            *publication_notes(usable.hidden, usable.unknown),
            *_end_notes(request, context, log, covered),
            *_count_notes(request, counted, covered),
        ],
        datasets=[*log.datasets, *extra],
        alternatives={name: covered.limited(found) for name, found in alternatives.items()},
    )


def _period(request: LaunchesRequest) -> tuple[date | None, date | None]:
    first = DateRange.parse(request.from_).first if request.from_ else None
    last = DateRange.parse(request.until).last if request.until else None
    return first, last


def _log(request: LaunchesRequest, context: Context) -> _Log:
    """Bring shipped and imported launches together, or refuse what neither covers."""
    from kosmodrom.records import launch_log

    catalog = context.catalog
    site = catalog.site(request.site) if request.site else None
    country = catalog.borders.find(request.country) if request.country else None
    table = context.store.table() if context.store is not None else None
    by_catalog = (site is not None and site.id in {row.site for row in catalog.launches}) or (
        country is not None and country.id in launch_log.COVERED_COUNTRIES
    )
    where = site or country
    if not by_catalog and table is None and where is not None:
        raise RequestError(
            "the catalog holds launches of Vostochny and of North Korea only, not those of "
            f"{where.name}; import GCAT's list: kosmodrom data import FILE",
            ["site" if site else "country"],
        )
    records, differing = launch_log.merged(*_both(context, table))
    if country is not None and not by_catalog:
        _check_state(country, records)
    code = country.id if country else None
    chosen = launch_log.select(
        records, site=site.id if site else None, country=code, vehicle=request.vehicle,
        vehicle_names=_vehicle_names(request, context), payload=request.payload,
    )  # fmt: skip
    tags = {record.tag for record in chosen}
    shipped_table = table_dataset(context, "launches")
    ends = [shipped_table.until] if by_catalog or table is None else []
    ends += [table.until] if table is not None else []
    return _Log(
        records=chosen,
        differing=[tag for tag in differing if tag in tags],
        until=max(DateRange.parse(end).last for end in ends if end),
        datasets=[shipped_table, *([_imported(table)] if table else [])],
        partial=not by_catalog and table is None,
        code=code,
    )


def _both(
    context: Context, table: ImportedTable | None
) -> tuple[list[LaunchRecord], list[LaunchRecord]]:
    """Give the launches of the catalog and those of the imported list."""
    from kosmodrom.records import launch_log

    sites = {row.id: row for row in context.catalog.sites}
    shipped = [launch_log.from_catalog(row, sites) for row in context.catalog.launches]
    if table is None or context.store is None:
        return shipped, []
    ids = {code: row.id for row in sites.values() for code in row.gcat_codes}
    rows = context.store.launches(table.name)
    return shipped, [launch_log.from_import(row, ids, table.name) for row in rows]


def _check_state(country: CountryRow, records: Sequence[LaunchRecord]) -> None:
    """Refuse a country under which the imported list has no launch: its codes may differ."""
    known = sorted({record.country for record in records if record.country})
    if country.id not in known:
        raise RequestError(
            f"no launch stands under {country.name} in the imported list, which names the state "
            "that runs the site (Baikonur stands under Russia, Kourou under French Guiana); it "
            f"has {', '.join(known)}. Give the site instead",
            ["country"],
        )


def _imported(table: ImportedTable) -> Dataset:
    return Dataset(
        name=f"imported/{table.name}", sha256=table.sha256, rows=table.rows,
        source=table.source, terms=table.terms, until=table.until,
    )  # fmt: skip


def _vehicle_names(request: LaunchesRequest, context: Context) -> tuple[str, ...]:
    """Give the other names of a vehicle that the catalog knows."""
    from kosmodrom.catalog.names import exact

    if request.vehicle is None:
        return ()
    found = exact(request.vehicle, context.catalog.vehicles)
    return tuple(
        name for row in found for name in (row.name, *row.aliases, *row.gcat_names)
    )  # fmt: skip


def _check_basis(request: LaunchesRequest, rows: Sequence[LaunchRecord]) -> None:
    without = [record.tag for record in rows if record.when_local is None]
    if request.date_basis == "local" and without:
        raise RequestError(
            f"the day at the site is not known for {len(without)} of {len(rows)} launches "
            f"({', '.join(without[:3])}{' and others' if len(without) > 3 else ''}); write utc",
            ["date_basis"],
        )


def _facts(
    request: LaunchesRequest, counted: Tally, listed: list[LaunchRecord], what: Definition
) -> dict[str, Fact]:
    from kosmodrom.records.counting import belongs

    sure = [r for r in listed if belongs(r.event(request.date_basis), what)]
    ends = {"first": sure[0], "last": sure[-1]} if sure else {}
    facts = {**_counts(counted), "first_date": counted.first, "last_date": counted.last}
    for name in ("first", "last"):
        record = ends.get(name)
        facts[f"{name}_vehicle"] = Fact(value=record.vehicle if record else None, unit="text")
        facts[f"{name}_payload"] = Fact(value=record.payload if record else None, unit="text")
    if request.from_:
        facts["years_to_first"] = _years(DateRange.parse(request.from_), counted.first)
    return facts


def _counts(counted: Tally) -> dict[str, Fact]:
    return {
        "count": counted.count,
        "success": counted.success,
        "failure": counted.failure,
        "unknown": counted.unknown,
        "success_share": counted.success_share,
        "failure_share": counted.failure_share,
        "days": counted.days,
    }


def _years(start: DateRange, first: Fact) -> Fact:
    """Count Julian years from the first day asked for, known as far as it was written."""
    if not isinstance(first.value, str):
        return Fact(value=None, unit="year")
    earliest = date.fromisoformat(str(first.low)) if first.low else None
    latest = date.fromisoformat(str(first.high)) if first.high else None
    by = latest or DateRange.parse(first.value).last
    value = (by - start.first).days / JULIAN_YEAR
    low = ((earliest or by) - start.last).days / JULIAN_YEAR
    if low == value:
        return Fact(value=value, unit="year")
    return Fact(value=value, unit="year", low=max(0.0, low), high=value)


def _columns(
    listed: list[LaunchRecord], certain: Callable[[LaunchRecord], bool]
) -> dict[str, list[Any]]:
    made: dict[str, list[Any]] = {
        "utc": [record.utc or record.when.text for record in listed],
        "certain": [certain(record) for record in listed],
        "known_from": [record.known_from or None for record in listed],
    }
    return {
        spec.name: made.get(spec.name) or [getattr(r, spec.name, None) for r in listed]
        for spec in COLUMNS
    }


def _features(context: Context, listed: list[LaunchRecord]) -> list[dict[str, Any]]:
    sites = {site.id: site for site in context.catalog.sites}
    used = [sites[key] for key in sorted({record.site for record in listed}) if key in sites]
    return [
        point_feature(
            site.latitude_deg, site.longitude_deg, name=site.name, kind="site",
            launches=sum(record.site == site.id for record in listed),
        )
        for site in used
    ]  # fmt: skip


def _accuracy(request: LaunchesRequest, log: _Log, listed: list[LaunchRecord]) -> list[Note]:
    notes = [
        Note(
            "launches_definition",
            {
                "basis": {"code": f"launches_basis_{request.date_basis}"},
                "until": log.until.isoformat(),
            },
        )
    ]
    checked = [record for record in listed if record.confirmed]
    if checked:
        twice = sum(record.confirmed == "twice" for record in checked)
        notes.append(Note("launches_confirmed", {"count": len(checked), "twice": twice}))
    if len(checked) < len(listed):
        notes.append(Note("launches_imported", {"count": len(listed) - len(checked)}))
    return [*notes, *_time_notes(listed)]


def _time_notes(listed: list[LaunchRecord]) -> list[Note]:
    """Say which of the listed times show minutes that are not known."""
    timed = [record.utc_precision_s for record in listed if record.utc]
    rough = [seconds for seconds in timed if seconds is not None and seconds > MINUTE]
    notes = []
    if rough:
        off = [round(max(rough) / MINUTE), "minute"]
        notes.append(Note("launches_rough_times", {"count": len(rough), "off": off}))
    if doubtful := timed.count(None):
        notes.append(Note("launches_doubtful_times", {"count": doubtful}))
    return notes


def _end_notes(
    request: LaunchesRequest, context: Context, log: _Log, covered: Coverage
) -> list[Note]:
    notes = []
    day, end = context.as_of, {"data_until": log.until.isoformat()}
    if covered.outside:
        if day is not None and covered.cut:
            return [Note("launches_nothing_public", {"as_of": day.isoformat(), **end})]
        return [Note("launches_nothing_covered", end)]
    if covered.after:
        notes.append(Note("launches_until_data", {"until": request.until, **end}))
        notes.append(Note("records_open_end"))
    elif covered.cut and day is not None:
        notes.append(Note("launches_until_as_of", {"as_of": day.isoformat()}))
    if log.code == "RUS" and (covered.first is None or covered.first < SOVIET_END):
        notes.append(Note("launches_soviet"))
    if log.partial:
        notes.append(Note("launches_partial"))
    if log.differing:
        notes.append(Note("launches_differ", {"tags": log.differing[:20]}))
    return notes


def _count_notes(request: LaunchesRequest, counted: Tally, covered: Coverage) -> list[Note]:
    notes: list[Note] = []
    if covered.outside:
        return notes
    if request.outcome != "any":
        notes.append(Note("records_no_share_of_filtered"))
    elif not covered.partly and counted.success_share.value is None:
        notes.append(Note("records_share_unknown"))
    if counted.vague:
        notes.append(Note("records_vague", {"count": counted.vague}))
    return notes


def _alternatives(
    request: LaunchesRequest, context: Context, rows: list[LaunchRecord], what: Definition
) -> tuple[dict[str, dict[str, Fact]], list[Dataset]]:
    """Count again under the other definitions that the data permit."""
    from kosmodrom.records.counting import tally

    basis: Literal["utc", "local"] = request.date_basis
    other: Literal["utc", "local"] = "local" if basis == "utc" else "utc"
    extra: list[Dataset] = []

    def _again(records: Sequence[LaunchRecord], by: Definition = what) -> dict[str, Fact]:
        return _counts(tally((record.event(basis) for record in records), by))

    found = {"launch_days": _again(rows, replace(what, unit="days"))}
    if all(record.when_local is not None for record in rows):
        events = (record.event(other) for record in rows)
        found[f"{other}_days"] = _counts(tally(events, what))
    if any(r.fraction is not None and r.outcome == "success" for r in rows):
        found["partial_as_failure"] = _again([_failed(r, r.fraction is not None) for r in rows])
    if any(r.fraction and r.outcome == "failure" for r in rows):
        found["partial_as_success"] = _again(
            [replace(r, outcome="success") if r.fraction else r for r in rows]
        )
    if any(record.pad_explosion for record in rows):
        found["without_pad_explosions"] = _again([r for r in rows if not r.pad_explosion])
    if lost := _lost(context, rows):
        found["lost_spacecraft_as_failure"] = _again([_failed(r, r.tag in lost) for r in rows])
        extra.append(table_dataset(context, "satellites"))
    return found, extra


def _failed(record: LaunchRecord, condition: bool) -> LaunchRecord:
    return replace(record, outcome="failure") if condition else record


def _lost(context: Context, rows: list[LaunchRecord]) -> set[str]:
    """Find launches that succeeded and whose spacecraft then crashed, as far as was public."""
    crashed = [
        satellite.cospar
        for satellite in context.catalog.satellites
        if satellite.end_kind == "impact"
        and public_by(satellite.end_known_from, satellite.ended, context.as_of)[0]
    ]
    return {
        record.tag
        for record in rows
        if record.outcome == "success" and any(name.startswith(record.tag) for name in crashed)
    }
