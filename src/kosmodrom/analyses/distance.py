"""Measure the shortest line between two places, or to a country's border.

The geodesic on the WGS84 ellipsoid (Karney's algorithm, through PROJ), with its azimuth at either
end. With a border, the nearest point of that country's outline is found. A road or a railway is
always longer than this line.

Examples
--------
kosmodrom distance --from vostochny --to Vladivostok
kosmodrom distance --from vostochny --to-border China --json
kosmodrom distance --from 51.884,128.334 --to 43.1155,131.8855
"""

from __future__ import annotations

from math import asin, cos, degrees, radians, sin
from typing import TYPE_CHECKING, Any

from pydantic import Field, model_validator

from kosmodrom.analyses._request import Country, Place, Request
from kosmodrom.analyses._result import ColumnSpec, Dataset, FactSpec, Note, Result
from kosmodrom.analyses._shared import line_feature, point_feature, table_dataset
from kosmodrom.base.dates import public_by
from kosmodrom.base.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.workspace import Context, ResolvedPlace

__all__ = ["COLUMNS", "FACTS", "DistanceRequest", "run"]

#: Natural Earth 1:10 million: a line of 0.2 mm on paper is 2 km on the ground.
BORDER_ERROR_KM = 2.0
#: Nearer than this to the opposite point the flattening f decides between several shortest lines:
#: on the equator within f pi a = 67 km of it (Karney 2013, section 3).
_OPPOSITE_KM = 70.0


class DistanceRequest(Request):
    """From where to where."""

    from_: Place = Field(alias="from", description="place, or latitude,longitude in degrees")
    to: Place | None = Field(None, description="place, or latitude,longitude in degrees")
    to_border: Country | None = Field(None, description="country whose nearest point is sought")

    @model_validator(mode="after")
    def _one_end(self) -> DistanceRequest:
        if (self.to is None) == (self.to_border is None):
            raise ValueError("give either 'to' (a place) or 'to_border' (a country)")
        return self


FACTS = (
    FactSpec("geodesic_km", "km", "length of the shortest line", 0.1),
    FactSpec("azimuth_deg", "deg", "its direction at the start, clockwise from north", 0.01),
    FactSpec("back_azimuth_deg", "deg", "direction at the end, back to the start", 0.01),
    FactSpec("nearest_latitude_deg", "deg", "latitude of the nearest point of the border", 0.001),
    FactSpec("nearest_longitude_deg", "deg", "longitude of that point", 0.001),
)
COLUMNS = (
    ColumnSpec("end", "text", "start or end of the line"),
    ColumnSpec("name", "text", "place"),
    ColumnSpec("kind", "text", "site, station, place, border or point"),
    ColumnSpec("latitude_deg", "deg", "geodetic latitude", 0.0001),
    ColumnSpec("longitude_deg", "deg", "east longitude", 0.0001),
    ColumnSpec("error_km", "km", "how far the true point may lie from this one", 0.1),
    ColumnSpec("source", "text", "of the coordinates"),
    ColumnSpec("grade", "text", "Admiralty grade of the row"),
)


def run(request: DistanceRequest, context: Context) -> Result:
    """Measure a distance.

    Parameters
    ----------
    request : DistanceRequest
        From where to where.
    context : Context
        Catalog.

    Returns
    -------
    Result
        Length, azimuths, both ends.
    """
    start = context.resolve_place(request.from_)
    notes = [Note("distance_straight")]
    inside = False
    if request.to_border is not None:
        end, inside = _border_point(start, request.to_border, context)
        notes.append(Note("distance_border", {"value": [BORDER_ERROR_KM, "km"]}))
    else:
        end = context.resolve_place(str(request.to))
    warnings = [Note("distance_inside", {"place": start.name, "country": end.name})] * inside
    warnings += [
        Note("distance_place_later", {"place": place.name, "day": place.known_from})
        for place in (start, end)
        if not public_by(place.known_from, place.known_from, context.as_of)[0]
    ]
    error_km = start.error_km + end.error_km
    if error_km:
        notes.append(Note("distance_error", {"value": [round(error_km, 1), "km"]}))
    facts, path = _measure(start, end, error_km)
    if request.to_border is not None:
        facts |= _nearest(end)
    if facts["azimuth_deg"].value is None:
        warnings.append(Note("distance_no_direction", {"value": [round(error_km, 1), "km"]}))
    return Result(
        facts=facts,
        columns=_columns(start, end),
        features=[
            point_feature(
                start.latitude_deg, start.longitude_deg, name=start.name, kind=start.kind
            ),
            point_feature(end.latitude_deg, end.longitude_deg, name=end.name, kind=end.kind),
            line_feature(path, name=f"{start.name} – {end.name}", kind="geodesic"),
        ],
        accuracy=notes,
        warnings=warnings,
        datasets=_datasets(start, end, context),
    )


def _border_point(
    start: ResolvedPlace, country: str, context: Context
) -> tuple[ResolvedPlace, bool]:
    """Find the nearest point of a border, and whether the start lies in that country."""
    import numpy as np

    from kosmodrom.base.geodesy import is_inside, nearest_point
    from kosmodrom.workspace import ResolvedPlace as Resolved

    borders = context.catalog.borders
    row = borders.find(country)
    lines = [np.radians(line) for line in borders.country(row.id)]
    here = (radians(start.latitude_deg), radians(start.longitude_deg))
    found = nearest_point(*here, lines)
    end = Resolved(
        name=row.name,
        kind="border",
        latitude_deg=degrees(float(found.latitude)),
        longitude_deg=degrees(float(found.longitude)),
        error_km=BORDER_ERROR_KM,
        source=row.source,
        grade=row.grade,
    )
    return end, is_inside(*here, lines)


def _nearest(end: ResolvedPlace) -> dict[str, Fact]:
    half = end.error_km / 111.0  # a degree of latitude is about 111 km
    wide = half / max(0.01, cos(radians(end.latitude_deg)))
    return {
        name: Fact(value=value, unit="deg", low=value - off, high=value + off)
        for name, value, off in (
            ("nearest_latitude_deg", end.latitude_deg, half),
            ("nearest_longitude_deg", end.longitude_deg, wide),
        )
    }


def _measure(
    start: ResolvedPlace, end: ResolvedPlace, error_km: float
) -> tuple[dict[str, Fact], list[tuple[float, float]]]:
    from kosmodrom.base.geodesy import geodesic, geodesic_path

    here = (radians(start.latitude_deg), radians(start.longitude_deg))
    there = (radians(end.latitude_deg), radians(end.longitude_deg))
    length, azimuth, back = (float(x) for x in geodesic(*here, *there))
    km = length / 1000.0
    facts = {
        "geodesic_km": Fact(value=km, unit="km", low=max(0.0, km - error_km), high=km + error_km)
        if error_km
        else Fact(value=km, unit="km"),
        "azimuth_deg": _direction(azimuth, km, error_km),
        "back_azimuth_deg": _direction(back, km, error_km),
    }
    count = max(2, min(181, int(km / 50.0)))  # a point every 50 km draws a smooth line
    latitudes, longitudes = geodesic_path(*here, *there, count)
    path = [
        (degrees(float(a)), degrees(float(b))) for a, b in zip(latitudes, longitudes, strict=True)
    ]
    return facts, path


def _direction(azimuth: float, km: float, error_km: float) -> Fact:
    """Give an azimuth its ends: what the errors of both points turn it by, seen from the other.

    Where the errors are as large as the distance itself, or there is no distance, the points
    have no known direction.
    """
    from kosmodrom.base.constants import WGS84_A

    # Seen from one end, the other moves sideways most where the sphere is narrow: near 0 and 180.
    wide_km = WGS84_A / 1000.0 * abs(sin(km * 1000.0 / WGS84_A))
    opposite = km > 1000.0 and wide_km < _OPPOSITE_KM
    if km < 1e-6 or opposite or error_km >= wide_km:
        return Fact(value=None, unit="deg")
    value = degrees(azimuth) % 360.0
    turn = degrees(asin(error_km / wide_km))
    if turn == 0.0:
        return Fact(value=value, unit="deg")
    return Fact(value=value, unit="deg", low=value - turn, high=value + turn)


def _columns(start: ResolvedPlace, end: ResolvedPlace) -> dict[str, Sequence[Any]]:
    ends = (start, end)
    columns: dict[str, Sequence[Any]] = {"end": ["start", "end"]}
    for spec in COLUMNS[1:]:
        columns[spec.name] = [getattr(place, spec.name) for place in ends]
    return columns


def _datasets(start: ResolvedPlace, end: ResolvedPlace, context: Context) -> list[Dataset]:
    table = {"site": "sites", "station": "stations", "place": "places", "border": "borders"}
    names = dict.fromkeys(table[place.kind] for place in (start, end) if place.kind in table)
    return [table_dataset(context, name) for name in names]
