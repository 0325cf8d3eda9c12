"""Which direction an ascent takes, and whether its range is known to allow that."""

from __future__ import annotations

from math import degrees, pi, radians
from typing import TYPE_CHECKING

from kosmodrom.analyses._orbital import angle_of
from kosmodrom.analyses._result import Note
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._ascent_request import AscentRequest
    from kosmodrom.analyses._corridors_ways import Leaving, Ways
    from kosmodrom.launch.ways import Direction, Pad
    from kosmodrom.workspace import Context, ResolvedPlace

__all__ = ["chosen_direction"]

_BRANCHES: tuple[Direction, ...] = ("ascending", "descending")
_DUE = 1e-6  # beside due east [rad]
_MOST_TURN = radians(60.0)  # above the air; more costs all of the payload
#: Apogee from which a turn of the plane costs a part of the payload and not all of it [m].
_HIGH = 5_000e3
_FLOWN_DEG = 0.25  # of an inclination that was flown


def chosen_direction(
    request: AscentRequest,
    context: Context,
    place: ResolvedPlace,
    inclination: float,
    heights: tuple[float, float],
    restarts: bool,
) -> tuple[bool, tuple[float, float] | None, list[Note]]:
    """Choose north or south, and refuse what cannot be reached or is not allowed.

    Parameters
    ----------
    request : AscentRequest
        With the direction, and azimuths that are said to be open.
    context : Context
        Catalog.
    place : ResolvedPlace
        The pad.
    inclination : float
        Inclination [rad].
    heights : tuple of float
        Of the perigee, at whose circular speed azimuths are converted, and of the apogee [m].
    restarts : bool
        Whether the last stage may burn twice, and so turn the plane over the equator.

    Returns
    -------
    ascending : bool
        Whether to the north, as it goes where both are open.
    sector : tuple of float or None
        Azimuths to which it keeps in the air, to turn above it; None where it needs no turn [rad].
    notes : list of Note
        What is not known of the range.
    """
    from kosmodrom.launch.reach import circular_speed
    from kosmodrom.launch.ways import Pad as Where

    speed = float(circular_speed(min(max(heights[0], 100e3), 2_000e3)))
    pad = Where.at(radians(place.latitude_deg), speed)
    low, high = pad.limits()
    if restarts and (request.argument_of_perigee is not None or heights[1] > _HIGH):
        # With a coast before it, the last burn may turn the plane, where it passes the equator.
        inclination = min(max(inclination, low + _DUE), high - _DUE)
    _check_reach(request, place, pad, inclination)
    asked = _BRANCHES if request.direction == "auto" else (request.direction,)
    if request.azimuth_from is not None and request.azimuth_to is not None:
        return _within(request, pad, inclination, asked)
    if place.kind != "site":
        return _one(asked), None, []
    site = context.catalog.site(place.name)
    rows = tuple(row for row in context.catalog.corridors if row.site == site.id)
    usable = context.usable(rows).rows
    if not usable:
        return _one(asked), None, [Note("ascent_range_unknown", {"site": site.name})]
    from kosmodrom.analyses._corridors_ways import Asked as Wanted
    from kosmodrom.analyses._corridors_ways import Ways as Made

    ways = Made(site, usable, speed)
    leaving = [one for one in ways.leaving(Wanted(inclination)) if one.direction in asked]
    for state in ("yes", "unknown"):
        mine = tuple(one.direction for one in leaving if one.allowed == state)
        if mine:
            return _one(mine), None, _told(ways, leaving, mine)
    if _flown(ways, inclination):
        return _turned(ways, leaving, asked, inclination)
    raise _forbidden(request, ways, inclination, asked)


def _one(directions: Sequence[str]) -> bool:
    return "ascending" in directions


def _check_reach(
    request: AscentRequest, place: ResolvedPlace, pad: Pad, inclination: float
) -> None:
    if pad.reaches(inclination):
        return
    low, high = (degrees(limit) for limit in pad.limits())
    wanted = degrees(inclination)
    near = low if wanted < low else high
    raise RequestError(
        f"an inclination of {wanted:.3f} deg is not reached from {place.name}: it must lie "
        f"between its geocentric latitude, {low:.3f} deg, and {high:.3f} deg. The nearest is "
        f"{near:.3f} deg; what is beyond takes a turn in orbit: see `kosmodrom corridors`",
        ["inclinations" if request.is_map else "inclination"],
    )


def _turned(
    ways: Ways, leaving: Sequence[Leaving], asked: Sequence[str], inclination: float
) -> tuple[bool, tuple[float, float] | None, list[Note]]:
    """Keep to the nearest open azimuths in the air; what was flown from there turned above it."""
    site = ways.site.name
    wanted: list[float | str] = [round(degrees(inclination), 2), "deg"]
    sectors = [
        (radians(row.azimuth_from_deg), radians(row.azimuth_to_deg))
        for row in ways.rows
        if row.kind == "azimuths"
        and row.azimuth_from_deg is not None
        and row.azimuth_to_deg is not None
    ]
    if not sectors or not leaving:
        return _one(asked), None, [Note("ascent_range_flown", {"site": site, "wanted": wanted})]
    one, sector = min(
        ((one, sector) for one in leaving for sector in sectors),
        key=lambda pair: abs(_off(pair[0].azimuth, pair[1])),
    )
    ends = {name: [round(degrees(end), 1), "deg"]
            for name, end in zip(("first", "last"), sector, strict=True)}  # fmt: skip
    note = Note("ascent_range_turned", {"site": site, "wanted": wanted, **ends})
    return _one([one.direction]), sector, [note]


def _off(azimuth: float, sector: tuple[float, float]) -> float:
    """Say how far an azimuth lies outside a sector [rad]."""
    into = (azimuth - sector[0]) % (2 * pi)
    sweep = (sector[1] - sector[0]) % (2 * pi)
    return 0.0 if into <= sweep else min(into - sweep, 2 * pi - into)


def _within(
    request: AscentRequest, pad: Pad, inclination: float, asked: Sequence[Direction]
) -> tuple[bool, tuple[float, float] | None, list[Note]]:
    """Choose among the azimuths that the request says are open, or turn from the nearest."""
    from kosmodrom.launch.ways import Way

    ends = angle_of(str(request.azimuth_from)), angle_of(str(request.azimuth_to))
    sector = Way(azimuths=ends)
    ground = {one: pad.azimuths(inclination, one)[1] for one in asked}
    nearest = min(asked, key=lambda one: _off(ground[one], ends))
    if _off(ground[nearest], ends) < _MOST_TURN:
        return _one([nearest]), ends, []
    said = " or ".join(f"{degrees(azimuth) % 360:.1f} deg" for azimuth in ground.values())
    low, high = sector.reached(pad) or (0.0, 0.0)
    raise RequestError(
        f"{degrees(inclination):.3f} deg takes an azimuth of {said}, which is closed: open are "
        f"{request.azimuth_from} to {request.azimuth_to}, which lead to {degrees(low):.2f} to "
        f"{degrees(high):.2f} deg. Choose an inclination among these",
        ["azimuth_from"],
    )


def _told(ways: Ways, leaving: Sequence[Leaving], mine: Sequence[str]) -> list[Note]:
    doubtful = [one for one in leaving if one.direction in mine and one.allowed == "unknown"]
    if not doubtful:
        return []
    return [Note("ascent_range_unsure", {"site": ways.site.name})]


def _flown(ways: Ways, inclination: float) -> bool:
    wanted = degrees(inclination)
    return any(
        row.kind == "flown"
        and row.inclination_low_deg is not None
        and row.inclination_high_deg is not None
        and row.inclination_low_deg - _FLOWN_DEG <= wanted <= row.inclination_high_deg + _FLOWN_DEG
        for row in ways.rows
    )


def _forbidden(
    request: AscentRequest, ways: Ways, inclination: float, asked: Sequence[str]
) -> RequestError:
    known = ways.allowed_inclinations(asked)
    wanted = degrees(inclination)
    spans = sorted({(round(degrees(low), 2), round(degrees(high), 2)) for low, high in known})
    said = ", ".join(f"{low:g}" if low == high else f"{low:g} to {high:g}" for low, high in spans)
    near = min(
        (min(max(wanted, low), high) for low, high in spans), key=lambda one: abs(one - wanted),
        default=None,
    )  # fmt: skip
    going = "" if len(asked) > 1 else f", {asked[0]},"
    remedy = "" if near is None else f" The nearest is {near:g} deg."
    return RequestError(
        f"the range of {ways.site.name} is not known to allow {wanted:.2f} deg{going}: known are "
        f"{said or 'none'} deg.{remedy} Give azimuth_from and azimuth_to to say what is open",
        ["inclinations" if request.is_map else "inclination"],
    )
