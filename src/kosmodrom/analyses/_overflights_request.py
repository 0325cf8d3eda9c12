"""What `overflights` is asked."""

from __future__ import annotations

from typing import Any, Self

from pydantic import Field, model_validator

from kosmodrom.analyses._looking import LookingRequest
from kosmodrom.analyses._request import Duration, Flag, Instant, Place, Span, TurnRate
from kosmodrom.base.periods import read_span
from kosmodrom.errors import InputError, RequestError

__all__ = ["OverflightsRequest"]

_AROUND = 43_200.0  # shown before and after the time asked about [s]


def _around(at: Any, end: Any) -> dict[str, str]:
    """Choose a period around that time; nothing if it cannot be read, which is refused later."""
    try:
        first, last = read_span(str(at))
    except InputError:
        return {}
    found = {"start": str(first.plus(-_AROUND).utc_iso(0))}
    return found if end else {**found, "end": str(last.plus(_AROUND).utc_iso(0))}


class OverflightsRequest(LookingRequest):
    """Which satellites over which targets, when, how."""

    targets: tuple[Place, ...] = Field(
        min_length=1, description="places by name, or latitude,longitude[,height]"
    )
    start: Instant | None = Field(  # type: ignore[assignment] # may be left away beside `at`
        None, description="from when: an instant with a zone, or a UTC day"
    )
    at: Span | None = Field(
        None,
        description="could it have seen the target then? an instant, an interval A/B, a day",
    )
    plan: Flag = Field(False, description="choose pictures for one satellite, one a target")
    slew_rate: TurnRate = Field("1 deg/s", description="how fast it turns, for a plan")
    settling: Duration = Field("5 s", description="until it is at rest, for a plan")
    dwell: Duration = Field("5 s", description="what a picture takes, for a plan")

    @model_validator(mode="before")
    @classmethod
    def _around(cls, given: Any) -> Any:
        """Show half a day before and after the time asked about, where no period is given."""
        if isinstance(given, dict) and given.get("at") and not given.get("start"):
            return {**given, **_around(given["at"], given.get("end"))}
        return given

    @model_validator(mode="after")
    def _some_time(self) -> Self:
        if self.start is None:
            raise RequestError("give start, or at", ["start"])
        return self
