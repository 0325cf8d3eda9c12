"""What is asked of the directions of launch, and what is promised of the answer."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from kosmodrom import units
from kosmodrom.analyses._request import Angle, Length, Request, SiteName, Speed
from kosmodrom.analyses._result import ColumnSpec, FactSpec
from kosmodrom.errors import RequestError

__all__ = ["COLUMNS", "FACTS", "CorridorsRequest"]

_FARTHEST = 10_000e3


class CorridorsRequest(Request):
    """Which sites, and which orbits."""

    sites: tuple[SiteName, ...] = Field(
        min_length=1, description="launch sites; facts are those of the first, rows of all"
    )
    inclinations: tuple[Angle, ...] = Field((), description="inclinations that are wanted")
    sun_synchronous: Length | None = Field(
        None, description="altitude of a circular sun-synchronous orbit that is wanted"
    )
    azimuths: tuple[Angle, ...] = Field(
        (), description="azimuths against the Earth whose inclination is wanted"
    )
    altitude: Length = Field(
        "200 km", description="of the circular orbit at whose speed azimuths are converted"
    )
    turn_speed: Speed | None = Field(
        None, description="inertial speed at which a turn on the way up begins"
    )
    downrange: Length = Field(
        "2000 km", description="how far from the site the ground below is looked at"
    )

    @model_validator(mode="after")
    def _within(self) -> Self:
        for number, text in enumerate(self.inclinations):
            wanted = units.parse(text, "angle").value
            if not 0 <= wanted <= units.parse("180 deg", "angle").value:
                raise RequestError(
                    f"{text} is no inclination; it goes from 0 to 180 deg",
                    ["inclinations", number],
                )
        for number, text in enumerate(self.azimuths):
            turn = units.parse("360 deg", "angle").value
            if not -turn / 2 <= units.parse(text, "angle").value <= turn:
                raise RequestError(
                    f"{text} is no azimuth; it goes clockwise from north, -180 to 360 deg",
                    ["azimuths", number],
                )
        if not 0 < units.parse(self.downrange, "length").value <= _FARTHEST:
            raise RequestError(
                f"downrange is {self.downrange}; it must be above 0 and at most 10000 km",
                ["downrange"],
            )
        return self


FACTS = (
    FactSpec("latitude_geodetic_deg", "deg", "latitude of the first site, as on maps", 0.001),
    FactSpec("latitude_geocentric_deg", "deg", "its latitude at the Earth's centre", 0.001),
    FactSpec("min_inclination_deg", "deg", "least inclination without a turn, due east", 0.001),
    FactSpec("max_inclination_deg", "deg", "greatest inclination, due west", 0.001),
    FactSpec("speed_m_s", "m/s", "inertial speed at which azimuths were converted", 0.1),
    FactSpec("pad_speed_m_s", "m/s", "speed of the first site by the Earth's turning", 0.1),
    FactSpec("inclinations", "1", "how many inclinations were asked for"),
    FactSpec("inclinations_reached", "1", "of them, reached from the first site without a turn"),
    FactSpec("inclination_deg", "deg", "the inclination, if one was asked for", 0.001),
    FactSpec("margin_deg", "deg", "how far it lies within the limits; below 0 outside", 0.001),
    FactSpec("reachable", "text", "whether it is reached: yes, with dogleg, no"),
    FactSpec("ascending_azimuth_deg", "deg", "northward azimuth against the Earth", 0.01),
    FactSpec("descending_azimuth_deg", "deg", "southward azimuth against the Earth", 0.01),
    FactSpec("ascending_inertial_azimuth_deg", "deg", "the northward one, against stars", 0.01),
    FactSpec("descending_inertial_azimuth_deg", "deg", "the southward one, against stars", 0.01),
    FactSpec("inclination_if_inertial_deg", "deg", "inclination, were the azimuth inertial", 0.01),
    FactSpec("dogleg_delta_v_m_s", "m/s", "turn in orbit from the nearest allowed plane", 1.0),
    FactSpec("ascent_turn_delta_v_m_s", "m/s", "the same turn on the way up, at that speed", 1.0),
    FactSpec("countries", "text", "countries under the first part of the best way"),
    FactSpec("foreign_countries", "1", "of them, other than that of the site"),
    FactSpec("sites", "1", "how many sites were asked for"),
    FactSpec("sites_reaching", "1", "of them, reaching it without a turn"),
    FactSpec("reached_by", "text", "which these are"),
    FactSpec("sun_synchronous_inclination_deg", "deg", "of the orbit at that altitude", 0.01),
)
COLUMNS = (
    ColumnSpec("site", "text", "launch site"),
    ColumnSpec("inclination_deg", "deg", "inclination", 0.001),
    ColumnSpec("direction", "text", "northwards or southwards; empty where out of reach"),
    ColumnSpec("reachable", "text", "whether the inclination is reached from the site"),
    ColumnSpec("azimuth_deg", "deg", "azimuth against the Earth", 0.01),
    ColumnSpec("inertial_azimuth_deg", "deg", "azimuth against the stars", 0.01),
    ColumnSpec("range_allows", "text", "whether the range is known to allow this direction"),
    ColumnSpec("dogleg_delta_v_m_s", "m/s", "turn in orbit from the nearest allowed plane", 1.0),
    ColumnSpec("ascent_turn_delta_v_m_s", "m/s", "the same turn on the way up", 1.0),
    ColumnSpec("countries", "text", "countries below, in order, with where each comes first"),
    ColumnSpec("added_speed_m_s", "m/s", "speed to be added to that of the site", 0.1),
    ColumnSpec("min_inclination_deg", "deg", "least inclination from the site", 0.001),
    ColumnSpec("max_inclination_deg", "deg", "greatest inclination from the site", 0.001),
    ColumnSpec("ways", "text", "rows of the catalog that lead there"),
    ColumnSpec("launches", "1", "launches since 1990 that reached this inclination"),
    ColumnSpec("zones", "text", "where stages fall, as published"),
    ColumnSpec("source", "text", "of the ways"),
    ColumnSpec("grade", "text", "Admiralty grade of the ways"),
)
