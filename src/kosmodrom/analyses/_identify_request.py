"""What is asked about which objects a launch left in orbit."""

from __future__ import annotations

from math import pi
from typing import Literal, Self

from pydantic import Field, model_validator

from kosmodrom import units
from kosmodrom.analyses._orbital import angle_of
from kosmodrom.analyses._request import Angle, Duration, Place, Request, Satellites, Span, Text
from kosmodrom.base.periods import read_span
from kosmodrom.errors import RequestError

__all__ = ["IdentifyRequest"]

_LONGEST_WINDOW = 43_200.0  # half a day: a longer one lets every plane pass over the site [s]
_LONGEST_SEARCH = 60 * 86_400.0  # before a first element set [s]


class IdentifyRequest(Request):
    """Which objects a launch may have left, or which launch an object may be from."""

    satellites: Satellites = Field(
        description="satellites by number or name, or a file of element sets"
    )
    site: Place | None = Field(
        None, description="launch site by name, or latitude,longitude[,height]"
    )
    launch: Span | None = Field(
        None, description="lift-off: an instant with a zone, or two as FROM/UNTIL"
    )
    inclination_low: Angle | None = Field(None, description="least inclination that is expected")
    inclination_high: Angle | None = Field(
        None, description="greatest inclination that is expected"
    )
    designator: Text | None = Field(
        None, description="launch of the international designator, like 2026-101, if it is known"
    )
    designators: Literal["record", "year", "none"] = Field(
        "record",
        description="what designators may tell: the launch by the record, the year and the "
        "number in it, or nothing",
    )
    most: int = Field(100, ge=1, le=100_000, description="rows that are shown at most")
    sites: tuple[Place, ...] = Field(
        (), description="sites to look at for one object; those of the catalog by default"
    )
    days: Duration = Field("7 day", description="how long before the first element set to look")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.launch is None:
            forward = ("site", "inclination_low", "inclination_high", "designator")
            for name in forward:
                if getattr(self, name) is not None:
                    raise RequestError(
                        f"{name} is of a launch; give its lift-off as launch, or leave {name} away"
                        " to ask which launch one object is from",
                        [name],
                    )
            if not 0 < units.parse(self.days, "time").value <= _LONGEST_SEARCH:
                raise RequestError(
                    f"days is {self.days}; above 0 and up to 60 days can be", ["days"]
                )
            return self
        if self.site is None:
            raise RequestError("a launch needs its site; give a name or a point", ["site"])
        if self.sites:
            raise RequestError("sites are looked at where no launch is given", ["sites"])
        return self

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.launch is not None:
            first, last = read_span(self.launch)
            length = float(last.seconds_since(first))
            if not 0 <= length <= _LONGEST_WINDOW:
                raise RequestError(
                    f"the window of lift-off is {length / 3600:.1f} h long; 0 to 12 h can be: in "
                    "a longer one every plane passes over the site",
                    ["launch"],
                )
        low, high = self.interval()
        if not 0 <= low <= high <= pi:
            raise RequestError(
                "inclinations must be from 0 to 180 deg, the least first", ["inclination_low"]
            )
        if self.designator is not None and _tag(self.designator) is None:
            raise RequestError(
                f"{self.designator!r} is no launch of a designator; write it like 2026-101",
                ["designator"],
            )
        return self

    def interval(self) -> tuple[float, float]:
        """Give the inclinations that are expected.

        Returns
        -------
        low, high : float
            Ends; 0 and pi where none is asked [rad].
        """
        low = 0.0 if self.inclination_low is None else angle_of(self.inclination_low)
        high = pi if self.inclination_high is None else angle_of(self.inclination_high)
        return low, high


def _tag(text: str) -> str | None:
    year, dash, number = text[:4], text[4:5], text[5:8]
    plain = year.isdecimal() and dash == "-" and number.isdecimal() and len(number) == 3
    return text[:8] if plain and text.isascii() else None
