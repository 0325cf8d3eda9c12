"""What is asked about launch windows."""

from __future__ import annotations

from math import pi
from typing import Literal, Self

from pydantic import Field, model_validator

from kosmodrom import units
from kosmodrom.analyses._orbital import angle_of, period_of
from kosmodrom.analyses._request import (
    Angle,
    Duration,
    Instant,
    Length,
    Place,
    Request,
    Satellite,
    Text,
)
from kosmodrom.analyses._when import hours_of
from kosmodrom.errors import InputError, RequestError

__all__ = ["WindowRequest"]

_LONGEST_DELAY = 7200.0  # [s]; Earth orientation reaches three hours beyond the period


class WindowRequest(Request):
    """From where into which plane, when."""

    site: Place = Field(description="launch site by name, or latitude,longitude[,height]")
    satellite: Satellite | None = Field(None, description="whose plane: number, name or file")
    inclination: Text | None = Field(None, description="an angle, or sun-synchronous")
    node: Angle | None = Field(None, description="right ascension of the ascending node")
    epoch: Instant | None = Field(None, description="when the node is there; the start by default")
    frame: Literal["TEME", "GCRS"] = Field(
        "TEME", description="of node and inclination: TEME of date, or GCRS (J2000)"
    )
    local_time: Text | None = Field(None, description="mean local solar time of the node")
    local_time_of: Literal["ascending", "descending"] = Field(
        "ascending", description="which node that is"
    )
    altitude: Length | None = Field(None, description="of a circular orbit, for drift of the node")
    perigee: Length | None = Field(None, description="altitude of the perigee, instead")
    apogee: Length | None = Field(None, description="altitude of the apogee, instead")
    start: Instant = Field(description="from when: an instant with a zone, or a UTC day")
    end: Instant | None = Field(
        None, description="until when; a day is included whole; one day by default"
    )
    direction: Literal["any", "ascending", "descending"] = Field(
        "any", description="whether the launch goes north or south"
    )
    azimuth_from: Angle | None = Field(None, description="open azimuths over the ground: first")
    azimuth_to: Angle | None = Field(None, description="open azimuths: last, clockwise from there")
    delay: Duration = Field("5 min", description="a delay, of which the cost is given")
    insertion: Length = Field("200 km", description="altitude of the circular orbit of insertion")
    flight_time: Duration | None = Field(None, description="from lift-off to insertion")
    flight_angle: Angle | None = Field(None, description="ground below that flight, as an angle")

    @model_validator(mode="after")
    def _one_plane(self) -> Self:
        given = [name for name in ("satellite", "node", "local_time") if getattr(self, name)]
        if len(given) != 1:
            raise RequestError(
                "give one plane: satellite, or inclination and node, or local_time with an "
                "inclination or a height",
                [given[1] if given else "satellite"],
            )
        orbit = [name for name in ("inclination", "epoch", "altitude", "perigee", "apogee")
                 if getattr(self, name) is not None]  # fmt: skip
        if self.satellite is not None and orbit:
            raise RequestError("the plane is that of the satellite; leave this away", [orbit[0]])
        if self.node is not None and self.inclination is None:
            raise RequestError("a node alone is no plane; give an inclination", ["inclination"])
        if self.node is None and self.epoch is not None:
            raise RequestError("epoch is that of a node; leave it away", ["epoch"])
        if self.node is None and self.frame != "TEME":
            raise RequestError("frame is that of a node; leave it away", ["frame"])
        return self

    @model_validator(mode="after")
    def _complete(self) -> Self:
        pair = self.perigee is not None, self.apogee is not None
        if any(pair) != all(pair) or (self.altitude is not None and any(pair)):
            raise RequestError("give either altitude, or perigee and apogee", ["altitude"])
        if self.inclination not in {None, "sun-synchronous"}:
            try:
                units.parse(str(self.inclination), "angle")
            except InputError as error:
                raise RequestError(f"{error}, or sun-synchronous", ["inclination"]) from None
            if not 0 <= angle_of(str(self.inclination)) <= pi:
                raise RequestError(
                    f"the inclination is {self.inclination}; 0 to 180 deg can be", ["inclination"]
                )
        elif self.satellite is None and self.altitude is None and not any(pair):
            raise RequestError(
                "a sun-synchronous inclination follows from the height; give altitude, or perigee "
                "and apogee, or an inclination",
                ["altitude"],
            )
        for one, other in (("azimuth_from", "azimuth_to"), ("flight_time", "flight_angle")):
            if (getattr(self, one) is None) != (getattr(self, other) is None):
                missing = one if getattr(self, one) is None else other
                raise RequestError(f"{one} and {other} are given together", [missing])
        period_of(self.start, self.end)
        return self

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.local_time is not None:
            try:
                hours = hours_of(self.local_time)
            except InputError as error:
                raise RequestError(str(error), ["local_time"]) from None
            if hours > 24:
                raise RequestError(
                    f"the local time is {self.local_time}; 0:00 to 24:00 can be", ["local_time"]
                )
        delay = units.parse(self.delay, "time").value
        if not 0 <= delay <= _LONGEST_DELAY:
            raise RequestError(f"the delay is {self.delay}; 0 to 2 hours can be", ["delay"])
        height = units.parse(self.insertion, "length").value
        if not 80e3 <= height <= 36_000e3:
            raise RequestError(
                f"insertion at {self.insertion}; 80 to 36000 km can be", ["insertion"]
            )
        if self.flight_time is not None and self.flight_angle is not None:
            flown, angle = units.parse(self.flight_time, "time").value, angle_of(self.flight_angle)
            if not (0 < flown <= 7200 and 0 < angle < 3.2):
                raise RequestError(
                    f"a flight of {self.flight_time} over {self.flight_angle}; up to 2 hours and "
                    "180 deg can be, both above 0",
                    ["flight_time"],
                )
        return self
