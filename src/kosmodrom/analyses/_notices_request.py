"""What is asked about hazard notices."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from kosmodrom import units
from kosmodrom.analyses._request import (
    Angle,
    Duration,
    Files,
    Flag,
    Length,
    Place,
    Request,
    Satellite,
    Span,
    Text,
)
from kosmodrom.base.periods import read_span
from kosmodrom.errors import RequestError

__all__ = ["NoticesRequest"]

_MOST_TEXT = 400_000  # characters of one text of a request
_LONGEST_DAY = 2.0 * 86_400.0  # between the ends of a launch instant [s]


def _notice_text(value: str) -> str:
    if not value:
        raise ValueError("is empty; give the text of a notice")
    if len(value) > _MOST_TEXT:
        raise ValueError(f"has {len(value)} characters; at most {_MOST_TEXT} are taken")
    return value


class NoticesRequest(Request):
    """Which notices, and what is known besides."""

    files: Files = Field((), description="files of notices as published, or GeoJSON polygons")
    texts: tuple[Annotated[str, AfterValidator(_notice_text)], ...] = Field(
        (), max_length=1000, description="texts of notices, as published"
    )
    site: Place | None = Field(
        None, description="launch site by name, or latitude,longitude; all sites by default"
    )
    launch: Span | None = Field(
        None, description="lift-off: an instant, or two with a slash; from the notices by default"
    )
    year: int | None = Field(
        None, ge=1957, le=2100, description="of texts that leave the year away"
    )
    operator: Text | None = Field(None, description="who launches, as the launch list calls it")
    prior: Literal["record", "none"] = Field(
        "record", description="whether earlier launches are looked at"
    )
    planes: tuple[Satellite, ...] = Field(
        (), max_length=20, description="satellites to whose planes it may go"
    )
    places: tuple[Place, ...] = Field(
        (), max_length=20, description="places over which the first passes are looked for"
    )
    altitude: Length | None = Field(
        None, description="of the orbit for those passes; that of earlier launches by default"
    )
    min_elevation: Angle = Field("10 deg", description="of those passes")
    within: Duration = Field("24 h", description="after lift-off, in which they come")
    score: Flag = Field(False, description="compare forecasts with what was catalogued later")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.files and not self.texts:
            raise RequestError("give notices: files or texts", ["files"])
        if self.altitude is not None:
            height = units.parse(self.altitude, "length").value
            if not 120e3 <= height <= 2_000e3:
                raise RequestError(
                    f"the altitude is {self.altitude}; 120 to 2000 km can be", ["altitude"]
                )
        within = units.parse(self.within, "time").value
        if not 600.0 <= within <= 7 * 86_400.0:
            raise RequestError(f"within is {self.within}; 10 min to 7 d can be", ["within"])
        if self.launch is not None:
            first, last = read_span(self.launch)
            if float(last.seconds_since(first)) > _LONGEST_DAY:
                raise RequestError(
                    f"lift-off lies within {self.launch}; at most 2 days can be", ["launch"]
                )
        if self.score and (self.launch or self.places):
            raise RequestError(
                "a score compares with what was catalogued; leave launch and places away",
                ["score"],
            )
        return self
