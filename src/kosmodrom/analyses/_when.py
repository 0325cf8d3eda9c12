"""How verbs about orbits read hours, and what they know of how the Earth is turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs

__all__ = ["earth_around", "hours_of"]


def earth_around(start: Epochs, end: Epochs) -> EarthOrientation:
    """Give Earth orientation around a period.

    Parameters
    ----------
    start, end : Epochs, shape ()
        The period.

    Returns
    -------
    EarthOrientation
        It covers the period and three hours around.
    """
    from kosmodrom.view.passes import MARGIN
    from kosmodrom.workspace.orientation import earth_orientation

    earth = earth_orientation()
    first, last = earth.span
    early, late = start.plus(-MARGIN), end.plus(MARGIN)
    if early.tai_ns < first.tai_ns or late.tai_ns > last.tai_ns:
        outside = "start" if early.tai_ns < first.tai_ns else "end"
        raise RequestError(
            f"how the Earth is turned is known from {first.utc_iso(0)} to {last.utc_iso(0)}, and "
            "three hours around the period are needed; choose a period within, or install newer "
            "astropy-iers-data",
            [outside],
        )
    return earth.around(early, late)


def hours_of(text: str) -> float:
    """Read a local time.

    Parameters
    ----------
    text : str
        Like "10:30".

    Returns
    -------
    float
        Hours since midnight [h].
    """
    hours, colon, minutes = text.partition(":")
    if not (colon and hours.isdigit() and minutes.isdigit() and len(minutes) == 2):
        raise InputError(f"{text!r} is no local time; write it like 10:30")
    return int(hours) + int(minutes) / 60.0
