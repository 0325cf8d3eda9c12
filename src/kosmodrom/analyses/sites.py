"""List orbital launch sites with their coordinates, country and record.

The rows are those of the catalog; coordinates name the point they belong to and how far the pads
may lie from it. Counts of launches go to the last day of the launch list and are shown only where
the day of the question is not earlier.

Examples
--------
kosmodrom sites --names vostochny --names baikonur
kosmodrom sites --country Russia --json
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING, Any

from pydantic import Field

from kosmodrom.analyses._request import Country, Request, SiteName
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Note, Result
from kosmodrom.analyses._shared import point_feature, table_dataset
from kosmodrom.base.dates import DateRange
from kosmodrom.base.facts import Fact

if TYPE_CHECKING:
    from datetime import date

    from kosmodrom.catalog import Site
    from kosmodrom.workspace import Context

__all__ = ["COLUMNS", "FACTS", "SitesRequest", "run"]


class SitesRequest(Request):
    """Which sites."""

    names: tuple[SiteName, ...] = Field((), description="sites by name; none means all")
    country: Country | None = Field(None, description="only those of this country")


FACTS = (
    FactSpec("count", "1", "how many sites were found"),
    FactSpec("latitude_deg", "deg", "geodetic latitude, if one site was asked for", 0.001),
    FactSpec("longitude_deg", "deg", "east longitude, if one site was asked for", 0.001),
    FactSpec("country", "text", "country, if one site was asked for"),
    FactSpec("region", "text", "part of the country, if one site was asked for"),
    FactSpec("first_orbital", "date", "first orbital attempt, if one site was asked for"),
)
COLUMNS = (
    ColumnSpec("id", "text", "name in this catalog"),
    ColumnSpec("name", "text", "name for readers"),
    ColumnSpec("country", "text", "ISO 3166 code"),
    ColumnSpec("region", "text", "part of the country, or the sea"),
    ColumnSpec("latitude_deg", "deg", "geodetic latitude", 0.001),
    ColumnSpec("longitude_deg", "deg", "east longitude", 0.001),
    ColumnSpec("coordinate_error_km", "km", "how far the pads may lie from this point", 0.1),
    ColumnSpec("first_orbital", "date", "first orbital or deep-space attempt (UTC)"),
    ColumnSpec("last_orbital", "date", "last attempt in the data (UTC)"),
    ColumnSpec("attempts", "1", "orbital and deep-space attempts in the data"),
    ColumnSpec("successes", "1", "how many of them reached orbit"),
    ColumnSpec("source", "text", "of the coordinates"),
    ColumnSpec("grade", "text", "Admiralty grade of the row"),
)


def run(request: SitesRequest, context: Context) -> Result:
    """List sites.

    Parameters
    ----------
    request : SitesRequest
        Which.
    context : Context
        Catalog and day.

    Returns
    -------
    Result
        One row a site.
    """
    catalog = context.catalog
    usable = context.usable(catalog.sites)
    rows = list(usable.rows)
    elsewhere: list[Site] = []
    if request.names:
        wanted = {catalog.site(name).id for name in request.names}
        rows = [site for site in rows if site.id in wanted]
    if request.country is not None:
        code = catalog.borders.find(request.country).id
        elsewhere = [site for site in rows if site.country != code] if request.names else []
        rows = [site for site in rows if site.country == code]
    table = table_dataset(context, "sites")
    late = _record_is_later(table.until, context.as_of)
    entries = [_row(site, context.as_of, late) for site in rows]
    warnings = [Note("site_counts_hidden", {"until": table.until})] if late else []
    warnings += [
        Note("site_other_country", {"site": site.name, "country": site.country})
        for site in elsewhere
    ]
    if usable.hidden:
        warnings.append(Note("rows_held_back", {"count": usable.hidden}))
    return Result(
        facts=_facts(rows, entries),
        columns={spec.name: [entry[spec.name] for entry in entries] for spec in COLUMNS},
        features=[
            point_feature(site.latitude_deg, site.longitude_deg, name=site.name, kind="site")
            for site in rows
        ],
        accuracy=[Note("site_points", {"until": table.until})],
        warnings=warnings,
        datasets=[table],
    )


def _record_is_later(until: str | None, as_of: date | None) -> bool:
    """Tell whether the counts hold launches after the day of the question."""
    return bool(as_of and until and DateRange.parse(until).last > as_of)


def _row(site: Site, as_of: date | None, late: bool) -> dict[str, Any]:
    first = site.first_orbital
    shown = bool(first) and (as_of is None or DateRange.parse(first).last <= as_of)
    return {
        "id": site.id,
        "name": site.name,
        "country": site.country,
        "region": site.region,
        "latitude_deg": site.latitude_deg,
        "longitude_deg": site.longitude_deg,
        "coordinate_error_km": site.coordinate_error_km,
        "first_orbital": first if shown else None,
        "last_orbital": None if late else site.last_orbital or None,
        "attempts": None if late else site.attempts,
        "successes": None if late else site.successes,
        "source": site.source,
        "grade": site.grade,
    }


def _facts(rows: list[Site], entries: list[dict[str, Any]]) -> dict[str, Fact]:
    facts = {"count": Fact(value=len(rows), unit="1")}
    if len(rows) == 1:
        site = rows[0]
        half = site.coordinate_error_km / 111.0  # a degree of latitude is about 111 km
        wide = half / max(0.1, cos(radians(site.latitude_deg)))
        facts["latitude_deg"] = Fact(
            value=site.latitude_deg,
            unit="deg",
            low=site.latitude_deg - half,
            high=site.latitude_deg + half,
        )
        facts["longitude_deg"] = Fact(
            value=site.longitude_deg,
            unit="deg",
            low=site.longitude_deg - wide,
            high=site.longitude_deg + wide,
        )
        facts["country"] = Fact(value=site.country, unit="text")
        facts["region"] = Fact(value=site.region, unit="text")
        facts["first_orbital"] = Fact(value=entries[0]["first_orbital"], unit="date")
    return facts
