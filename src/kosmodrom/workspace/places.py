"""From the text of a place to a point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from kosmodrom.catalog import Catalog

__all__ = ["ResolvedPlace", "resolve_place"]

_NUMBER = r"\s*([+-]?\d{1,3}(?:\.\d{1,12})?)\s*"
_POINT = re.compile(rf"^{_NUMBER},{_NUMBER}(?:,\s*([+-]?\d{{1,5}}(?:\.\d{{1,6}})?)\s*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedPlace:
    """A place found by name or given by its coordinates.

    Attributes
    ----------
    name : str
        Name as the catalog writes it, or the coordinates as given.
    kind : str
        "site", "station", "place" or "point".
    latitude_deg, longitude_deg : float
        Geodetic latitude and east longitude on WGS84 [deg].
    height_m : float
        Height above the ellipsoid [m].
    error_km : float
        How far the true point may lie from this one [km]; 0 where the user gave the point.
    source, grade : str
        Where the coordinates are from and how good that is.
    known_from : str
        ISO day from which the row was public, empty where unknown.
    """

    name: str
    kind: str
    latitude_deg: float
    longitude_deg: float
    height_m: float = 0.0
    error_km: float = 0.0
    source: str = "request"
    grade: str = ""
    known_from: str = ""


def resolve_place(text: str, catalog: Catalog) -> ResolvedPlace:
    """Find a place by its name or read its coordinates.

    Parameters
    ----------
    text : str
        A name of the catalog, or ``lat,lon[,height]`` in degrees and metres.
    catalog : Catalog
        The shipped facts.

    Returns
    -------
    ResolvedPlace
        The point.
    """
    plain = text.replace("\N{MINUS SIGN}", "-")  # as our own tables print it
    match = _POINT.match(plain)
    if match is None:
        if _meant_as_point(plain):
            raise InputError(
                f"{text!r} is neither a name nor a point; write latitude,longitude[,height] in "
                "degrees and metres, like 51.884,128.334"
            )
        return _named(text, catalog)
    latitude, longitude = float(match[1]), float(match[2])
    height = float(match[3] or 0.0)
    if abs(latitude) > 90:
        raise InputError(
            f"latitude {latitude:g} deg is outside -90..90; write latitude first, then longitude"
        )
    if not -180 <= longitude <= 360:
        raise InputError(f"longitude {longitude:g} deg is outside -180..360")
    east = longitude - 360 if longitude > 180 else longitude
    if not -500 <= height <= 9000:
        raise InputError(f"height {height:g} m is outside -500..9000 m")
    return ResolvedPlace(
        name=text.strip(), kind="point", latitude_deg=latitude, longitude_deg=east, height_m=height
    )


def _meant_as_point(text: str) -> bool:
    """Tell whether a text that is no point was probably meant as one."""
    if re.match(r"^[\s\d.,+°'\"-]+[NSEWnsew]?", text) and re.search(r"\d", text[:3]):
        return True
    first, comma, _ = text.partition(",")
    try:
        float(first)  # "nan" and "inf" too
    except ValueError:
        return False
    return bool(comma)


def _named(text: str, catalog: Catalog) -> ResolvedPlace:
    row = catalog.place(text)
    kind = {"Site": "site", "Station": "station"}.get(type(row).__name__, "place")
    return ResolvedPlace(
        name=row.name,
        kind=kind,
        latitude_deg=row.latitude_deg,
        longitude_deg=row.longitude_deg,
        height_m=float(getattr(row, "height_m", 0.0) or 0.0),
        error_km=float(getattr(row, "coordinate_error_km", 0.0) or 0.0),
        source=row.source,
        grade=row.grade,
        known_from=row.known_from,
    )
