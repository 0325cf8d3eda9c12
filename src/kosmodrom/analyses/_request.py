"""The base of every request: plain text and numbers, checked, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from kosmodrom import units
from kosmodrom.base.dates import DateRange
from kosmodrom.base.periods import check_instant_or_day, read_span
from kosmodrom.errors import RequestError

__all__ = [
    "Acceleration",
    "Angle",
    "Bare",
    "Country",
    "DataRate",
    "DataSize",
    "Day",
    "Duration",
    "Files",
    "Flag",
    "HeatFlux",
    "Instant",
    "Length",
    "Load",
    "Mass",
    "Named",
    "Place",
    "Pressure",
    "Request",
    "Satellite",
    "Satellites",
    "SiteName",
    "Span",
    "Speed",
    "Text",
    "TurnRate",
    "VehicleName",
]


@dataclass(frozen=True, slots=True)
class Named:
    """Marks a field that holds a name of the catalog, so that a case can be checked unrun.

    Attributes
    ----------
    kind : {"place", "site", "country", "satellite", "vehicle", "file"}
        In which list the context looks it up; a file is looked for on the disk, where the user
        alone wrote the request.
    """

    kind: Literal["place", "site", "country", "satellite", "vehicle", "file"]


@dataclass(frozen=True, slots=True)
class Bare:
    """Marks a list field that the shell also takes as words without an option."""


class Request(BaseModel):
    """What one analysis is asked; every field is one option, one key, one keyword."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, str_strip_whitespace=True
    )

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        first, last = getattr(self, "from_", None), getattr(self, "until", None)
        if first and last and DateRange.parse(last).last < DateRange.parse(first).first:
            raise RequestError(f"until {last} is before from {first}; exchange the two", ["until"])
        return self


def _flag(value: Any) -> Any:
    if isinstance(value, str):
        if value in {"true", "false"}:
            return value == "true"
        raise ValueError(f"{value!r} is neither true nor false; write true or false")
    return value


def _text(value: str) -> str:
    if not value:
        raise ValueError("is empty; give a word")
    if len(value) > 200:  # a name longer than this is not a name
        raise ValueError(f"has {len(value)} characters; at most 200 are taken")
    return value


def _number_too(value: Any) -> Any:
    """Take a catalogue number that Python or JSON gives as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _satellite(value: str) -> str:
    """Take a number, a name or a path, which may be longer than a name."""
    return _text(value) if len(value) <= 200 or len(value) > 4096 else value


def _path(value: str) -> str:
    if not value or len(value) > 4096 or "\0" in value:
        raise ValueError("is no path of a file")
    return value


def _day(value: str) -> str:
    DateRange.parse(value)
    return value


def _length(value: str) -> str:
    units.parse(value, "length")
    return value


def _angle(value: str) -> str:
    units.parse(value, "angle")
    return value


def _duration(value: str) -> str:
    units.parse(value, "time")
    return value


def _speed(value: str) -> str:
    units.parse(value, "length/time")
    return value


def _turn_rate(value: str) -> str:
    units.parse(value, "angle/time")
    return value


def _mass(value: str) -> str:
    units.parse(value, "mass")
    return value


def _pressure(value: str) -> str:
    units.parse(value, "pressure")
    return value


def _load(value: str) -> str:
    units.parse(value, "pressure angle")
    return value


def _acceleration(value: str) -> str:
    units.parse(value, "length/time²")
    return value


def _heat_flux(value: str) -> str:
    units.parse(value, "power/area")
    return value


def _data(value: str) -> str:
    units.parse(value, "data")
    return value


def _data_rate(value: str) -> str:
    units.parse(value, "data/time")
    return value


Text = Annotated[str, AfterValidator(_text)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Day = Annotated[str, AfterValidator(_day)]
Span = Annotated[str, AfterValidator(lambda value: (read_span(value), value)[1])]
Instant = Annotated[str, AfterValidator(lambda value: (check_instant_or_day(value), value)[1])]
Length = Annotated[str, AfterValidator(_length)]
Angle = Annotated[str, AfterValidator(_angle)]
DataRate = Annotated[str, AfterValidator(_data_rate)]
DataSize = Annotated[str, AfterValidator(_data)]
Speed = Annotated[str, AfterValidator(_speed)]
TurnRate = Annotated[str, AfterValidator(_turn_rate)]
Mass = Annotated[str, AfterValidator(_mass)]
Pressure = Annotated[str, AfterValidator(_pressure)]
Load = Annotated[str, AfterValidator(_load)]
Acceleration = Annotated[str, AfterValidator(_acceleration)]
HeatFlux = Annotated[str, AfterValidator(_heat_flux)]
Duration = Annotated[str, AfterValidator(_duration)]
Place = Annotated[str, AfterValidator(_text), Named("place")]
SiteName = Annotated[str, AfterValidator(_text), Named("site")]
VehicleName = Annotated[str, AfterValidator(_text), Named("vehicle")]
Country = Annotated[str, AfterValidator(_text), Named("country")]
Satellite = Annotated[
    str, BeforeValidator(_number_too), AfterValidator(_satellite), Named("satellite")
]
Files = Annotated[
    tuple[Annotated[str, AfterValidator(_path), Named("file")], ...],
    Bare(),
    Field(max_length=1000),
]
Satellites = Annotated[tuple[Satellite, ...], Field(min_length=1)]
