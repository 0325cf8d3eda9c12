"""Rows about the directions that a range allows: one frozen class, fields as the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Corridor"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridor:
    """A way out of a launch site that a range allows, or that was flown.

    Attributes
    ----------
    id : str
        Short name.
    site : str
        Short name of the site.
    kind : {"azimuths", "route", "flown"}
        Limits of the azimuth; a route that was declared open; inclinations that launches reached,
        which says that there is a way and not which.
    way : {"direct", "dogleg", "unknown"}
        Whether the orbit is reached without a turn.
    direction : {"ascending", "descending", "either"}
        Northwards or southwards, where the source says; "either" where it does not.
    azimuth_from_deg, azimuth_to_deg : float or None
        Ends of the azimuth against the Earth, clockwise from the first to the second; the first
        may be negative [deg].
    inclination_low_deg, inclination_high_deg : float or None
        Ends of the inclination [deg].
    launches : int or None
        How many launches since 1990 reached it, to the end of the launch list [-].
    first, last : str
        ISO days (UTC) of the first and the last of them.
    zones : str
        Where stages fall, as published.
    note : str
        Traps and doubts.
    source, grade : str
        Of the row.
    happened, known_from : str
        ISO day when it was opened or first flown since 1990, and from which it was public.
    """

    id: str
    site: str
    kind: Literal["azimuths", "route", "flown"]
    way: Literal["direct", "dogleg", "unknown"]
    direction: Literal["ascending", "descending", "either"]
    azimuth_from_deg: float | None
    azimuth_to_deg: float | None
    inclination_low_deg: float | None
    inclination_high_deg: float | None
    launches: int | None
    first: str
    last: str
    zones: str
    note: str
    source: str
    grade: str
    happened: str
    known_from: str
