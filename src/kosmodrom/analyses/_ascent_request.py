"""What is asked of an ascent."""

from __future__ import annotations

from math import pi
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kosmodrom import units
from kosmodrom.analyses._orbital import angle_of
from kosmodrom.analyses._request import (
    Acceleration,
    Angle,
    HeatFlux,
    Instant,
    Length,
    Load,
    Mass,
    Place,
    Pressure,
    Request,
    Speed,
    Text,
    VehicleName,
)
from kosmodrom.base.dates import DateRange
from kosmodrom.base.periods import parse_instant_or_day
from kosmodrom.errors import InputError, RequestError

__all__ = ["AscentRequest", "FallsIn"]

_LOWEST, _HIGHEST = 120e3, 400_000e3  # of an orbit [m]
_MOST_MAP = 400  # orbits of a map


class FallsIn(BaseModel):
    """Where a part has to fall."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    part: Text = Field(description="name of the stage as the catalog has it, or fairing")
    center: Place = Field(description="middle: a name, or latitude,longitude")
    radius: Length = Field(description="how far from there it may fall")


class AscentRequest(Request):
    """Which vehicle, from where, to which orbit, within which limits."""

    vehicle: VehicleName = Field(description="launch vehicle as it is put together")
    site: Place = Field(description="launch site by name, or latitude,longitude[,height]")
    perigee: Length | None = Field(None, description="height of the perigee of the orbit")
    apogee: Length | None = Field(
        None, description="height of its apogee; that of the perigee by default"
    )
    inclination: Text | None = Field(None, description="an angle, or sun-synchronous")
    argument_of_perigee: Angle | None = Field(None, description="argument of the perigee")
    node: Angle | None = Field(
        None, description="right ascension of the ascending node, TEME of date; with lift_off"
    )
    lift_off: Instant | None = Field(None, description="when it lifts off: an instant with a zone")
    payload: Mass | None = Field(
        None, description="what is carried; without it the most is sought"
    )
    reserve: Speed = Field("0 m/s", description="change of speed that is kept at the end")
    direction: Literal["auto", "ascending", "descending"] = Field(
        "auto", description="whether the launch goes north or south"
    )
    azimuth_from: Angle | None = Field(None, description="open azimuths over the ground: first")
    azimuth_to: Angle | None = Field(None, description="open azimuths: last, clockwise from there")
    parking_perigee: Length | None = Field(None, description="perigee of an orbit on the way")
    parking_apogee: Length | None = Field(
        None, description="apogee of that orbit; its perigee by default"
    )
    max_dynamic_pressure: Pressure | None = Field(None, description="greatest dynamic pressure")
    max_separation_pressure: Pressure | None = Field(
        None, description="greatest dynamic pressure where stages part and the next is lit later"
    )
    max_load: Load = Field(
        "4000 Pa rad", description="greatest dynamic pressure times angle of attack"
    )
    max_acceleration: Acceleration | None = Field(
        None, description="greatest acceleration that is felt, like 45 m/s2"
    )
    max_heating: HeatFlux = Field(
        "1135 W/m2", description="heating by the air below which the fairing goes"
    )
    drop_zones: tuple[FallsIn, ...] = Field((), description="where parts have to fall")
    samples: int = Field(
        400, ge=0, le=100_000, description="falls drawn for the ellipses; 0 leaves them away"
    )
    altitudes: tuple[Length, ...] = Field(
        (), description="of a payload map: heights of circular orbits"
    )
    inclinations: tuple[Angle, ...] = Field(
        (), description="of a payload map: inclinations of the orbits"
    )

    @property
    def is_map(self) -> bool:
        """Tell whether a payload map is asked for.

        Returns
        -------
        bool
            Whether altitudes are given.
        """
        return bool(self.altitudes)

    @model_validator(mode="after")
    def _one_question(self) -> Self:
        if bool(self.altitudes) != bool(self.inclinations):
            missing = "altitudes" if self.inclinations else "inclinations"
            raise RequestError("a payload map needs altitudes and inclinations", [missing])
        single = [name for name in ("perigee", "apogee", "inclination", "payload", "node",
                                    "argument_of_perigee", "lift_off")
                  if getattr(self, name) is not None]  # fmt: skip
        if self.is_map and single:
            raise RequestError("a payload map is of many orbits; leave this away", [single[0]])
        if len(self.altitudes) * len(self.inclinations) > _MOST_MAP:
            raise RequestError(
                f"a map of {len(self.altitudes)} x {len(self.inclinations)} orbits; {_MOST_MAP} "
                "are the most",
                ["altitudes"],
            )
        for name in ("perigee", "inclination"):
            if not self.is_map and getattr(self, name) is None:
                raise RequestError(
                    f"{name!r} is missing: an orbit has a perigee and an inclination; or give "
                    "altitudes and inclinations for a payload map",
                    [name],
                )
        return self

    @model_validator(mode="after")
    def _orbits(self) -> Self:
        for low, high in (("perigee", "apogee"), ("parking_perigee", "parking_apogee")):
            first, last = getattr(self, low), getattr(self, high)
            if first is None and last is not None:
                raise RequestError(f"an apogee alone is no orbit; give {low}", [low])
            _check_height(first, [low], "perigee")
            _check_height(last, [high], "apogee")
            if first is not None and last is not None and _metres(last) < _metres(first):
                raise RequestError(
                    f"the apogee, {last}, is below the perigee, {first}; exchange them", [high]
                )
        for number, text in enumerate(self.altitudes):
            _check_height(text, ["altitudes", number], "altitude")
        for number, text in enumerate(self.inclinations):
            _check_inclination(text, ["inclinations", number])
        if self.inclination not in {None, "sun-synchronous"}:
            try:
                units.parse(str(self.inclination), "angle")
            except InputError as error:
                raise RequestError(f"{error}, or sun-synchronous", ["inclination"]) from None
            _check_inclination(str(self.inclination), ["inclination"])
        return self

    @model_validator(mode="after")
    def _instant(self) -> Self:
        if self.node is not None and self.lift_off is None:
            raise RequestError(
                "a node stands among the stars, and the Earth turns below; give lift_off too",
                ["lift_off"],
            )
        if self.lift_off is not None:
            read = parse_instant_or_day(self.lift_off)
            if isinstance(read, DateRange):
                raise RequestError(
                    f"lift_off is {self.lift_off}, a day; the Earth turns 0.25 deg in a minute: "
                    "write an instant with its zone, like 2026-08-22T01:18:40Z",
                    ["lift_off"],
                )
        if (self.azimuth_from is None) != (self.azimuth_to is None):
            missing = "azimuth_from" if self.azimuth_from is None else "azimuth_to"
            raise RequestError("azimuth_from and azimuth_to are given together", [missing])
        return self

    @model_validator(mode="after")
    def _amounts(self) -> Self:
        if self.payload is not None and units.parse(self.payload, "mass").value < 0:
            raise RequestError(
                f"the payload is {self.payload}; it must not be below 0 kg. Leave it away to find "
                "the most that can be carried",
                ["payload"],
            )
        reserve = units.parse(self.reserve, "length/time").value
        if not 0 <= reserve <= 2000:
            raise RequestError(f"the reserve is {self.reserve}; 0 to 2000 m/s can be", ["reserve"])
        limits = {
            "max_dynamic_pressure": ("pressure", 5e3, "5 kPa"),
            "max_separation_pressure": ("pressure", 1.0, "1 Pa"),
            "max_load": ("pressure angle", 1e2, "6 kPa deg"),
            "max_acceleration": ("length/time²", 12.0, "12 m/s2"),
            "max_heating": ("power/area", 50.0, "50 W/m2"),
        }
        for name, (dimension, least, said) in limits.items():
            given = getattr(self, name)
            if given is not None and units.parse(given, dimension).value < least:
                raise RequestError(
                    f"{name} is {given}; below {said} no launch vehicle flies. Give more", [name]
                )
        for number, zone in enumerate(self.drop_zones):
            if not 1e3 <= _metres(zone.radius) <= 1_000e3:
                raise RequestError(
                    f"the radius is {zone.radius}; a zone has from 1 to 1000 km",
                    ["drop_zones", number, "radius"],
                )
        return self


def _metres(text: str) -> float:
    return units.parse(text, "length").value


def _check_height(text: str | None, path: list[str | int], what: str) -> None:
    if text is None:
        return
    height = _metres(text)
    if height < _LOWEST:
        raise RequestError(
            f"the {what}, {text}, lies within the air: below {_LOWEST / 1e3:.0f} km nothing stays "
            f"in orbit for a revolution. Give {_LOWEST / 1e3:.0f} km or more",
            path,
        )
    if height > _HIGHEST:
        raise RequestError(
            f"the {what} is {text}; up to {_HIGHEST / 1e3:.0f} km can be asked", path
        )


def _check_inclination(text: str, path: list[str | int]) -> None:
    if not 0 <= angle_of(text) <= pi:
        raise RequestError(f"the inclination is {text}; 0 to 180 deg can be", path)
