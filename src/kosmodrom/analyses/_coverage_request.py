"""What `coverage` is asked."""

from __future__ import annotations

from math import degrees
from typing import Literal, Self

from pydantic import Field, model_validator

from kosmodrom.analyses._looking import LookingRequest
from kosmodrom.analyses._orbital import angle_of
from kosmodrom.analyses._request import Length, Place, Text
from kosmodrom.errors import RequestError

__all__ = ["CoverageRequest"]


class CoverageRequest(LookingRequest):
    """Which satellites, over which region, in which cells."""

    region: Text = Field("world", description="world, or a country by name or ISO code")
    polygon: tuple[Text, ...] = Field(
        (), description="corners of a region, latitude,longitude each; in place of region"
    )
    places: tuple[Place, ...] = Field((), description="single places in place of cells")
    cell: Length = Field("200 km", description="side of a cell")
    access: Literal["imaging", "elevation"] = Field(
        "imaging", description="by the angle off nadir, or by min_elevation alone"
    )
    swath: Length | None = Field(
        None, description="width of the strip, in place of an angle off nadir"
    )

    @model_validator(mode="after")
    def _one_region(self) -> Self:
        if self.polygon and self.places:
            raise RequestError("give polygon or places, not both", ["polygon"])
        if self.polygon and len(self.polygon) < 3:
            raise RequestError("a polygon has three corners or more", ["polygon"])
        if self.swath is not None and (self.max_off_nadir is not None or self.sensor is not None):
            raise RequestError("give swath, or max_off_nadir or sensor, not both", ["swath"])
        return self

    @model_validator(mode="after")
    def _elevation_alone(self) -> Self:
        if self.access == "imaging":
            return self
        for name in ("sensor", "camera", "swath", "max_off_nadir", "max_roll", "max_pitch",
                     "min_sun", "max_sun"):  # fmt: skip
            if getattr(self, name) is not None:
                raise RequestError(
                    f"with access elevation only min_elevation counts; leave {name} away", [name]
                )
        if self.direction != "any":
            raise RequestError(
                "with access elevation only min_elevation counts; leave direction away",
                ["direction"],
            )
        if not -10 <= degrees(angle_of(self.min_elevation)) < 90:
            raise RequestError(
                f"{self.min_elevation} is no elevation mask; it must be from -10 deg to below "
                "90 deg",
                ["min_elevation"],
            )
        return self
