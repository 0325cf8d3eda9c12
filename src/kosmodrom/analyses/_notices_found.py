"""From notices to the launches they tell of, each judged and forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._notices_known import Known
    from kosmodrom.analyses._notices_launch import Launch
    from kosmodrom.analyses._notices_request import NoticesRequest
    from kosmodrom.launch.notices.flown import FlownSite
    from kosmodrom.launch.notices.groups import LeftOut, Site
    from kosmodrom.launch.notices.judged import PastAreas
    from kosmodrom.launch.notices.notice import Notice, Window
    from kosmodrom.workspace import Context

__all__ = ["Found", "found_launches"]

#: Beside a lift-off that is told, for areas of which no times are told: what falls, falls within.
_BEFORE, _AFTER = timedelta(minutes=30), timedelta(minutes=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What notices tell of.

    Attributes
    ----------
    launches : tuple of Launch
        Those into orbit first, then those of which an orbit is forecast all the same, then the
        others; each in order of time.
    left_out : tuple of LeftOut
        Notices and areas that belong to none.
    """

    launches: tuple[Launch, ...]
    left_out: tuple[LeftOut, ...]


def found_launches(notices: Sequence[Notice], request: NoticesRequest, context: Context) -> Found:
    """Find the launches that notices tell of.

    Parameters
    ----------
    notices : sequence of Notice
        The notices.
    request : NoticesRequest
        Site, time, operator.
    context : Context
        Catalog, as of a day.

    Returns
    -------
    Found
        The launches; of each only what was known before its own day is used.
    """
    from kosmodrom.analyses._notices_known import known_before
    from kosmodrom.analyses._notices_launch import launch_of
    from kosmodrom.launch.notices.groups import group_notices
    from kosmodrom.launch.notices.judged import judged
    from kosmodrom.launch.notices.undated import with_times

    stand_in, dated = _stand_in(notices, request, context)
    timed, undated = with_times(notices, stand_in)
    whole = known_before(request, context, _last(timed, stand_in))
    grouping = group_notices(timed, _candidates(request, context, whole), at=_at(context))
    known: dict[object, Known] = {}
    launches = []
    for group in grouping.groups:
        when = stand_in.begin if stand_in and dated else group.window.begin
        if when.date() not in known:
            known[when.date()] = known_before(request, context, when)
        mine = known[when.date()]
        # Times that stand in for none say nothing of what areas are closed for.
        published = [undated.get(id(notice), notice) for notice in group.notices]
        judgement = judged(published, _flown(mine), _past(context, mine))
        launches.append(launch_of(0, group, judgement, mine, request, context, dated=dated))
    launches.sort(
        key=lambda one: (
            one.judgement.kind != "orbital launch", one.forecast is None, one.group.window.begin
        )
    )  # fmt: skip
    numbered = tuple(_numbered(number, one) for number, one in enumerate(launches, start=1))
    left = (*grouping.left_out, *(one for group in grouping.groups for one in group.left_out))
    return Found(launches=numbered, left_out=left)


def _numbered(number: int, launch: Launch) -> Launch:
    from dataclasses import replace

    return replace(launch, number=number)


def _stand_in(
    notices: Sequence[Notice], request: NoticesRequest, context: Context
) -> tuple[Window | None, bool]:
    """Give times for notices that tell none, and say whether they are told of a launch.

    They are those about a lift-off that is told. Without one, and where no notice has times, it is
    the day after the last of the record, or of which it is asked: it puts notices together and
    holds nothing back.
    """
    from kosmodrom.base.periods import read_span
    from kosmodrom.launch.notices.notice import Window as Made
    from kosmodrom.launch.notices.undated import has_times

    if request.launch is not None:
        minutes = [str(one.utc_iso(0))[:16] + "+00:00" for one in read_span(request.launch)]
        begin, end = (datetime.fromisoformat(minute) for minute in minutes)
        return Made(begin=begin - _BEFORE, end=end + _AFTER), True
    if any(notice.areas and has_times(notice) for notice in notices):
        return None, True
    day = _end_of_record(context) if context.as_of is None else context.as_of + timedelta(days=1)
    begin = datetime.combine(day, time(), UTC)
    return Made(begin=begin, end=begin + timedelta(days=1)), False


def _end_of_record(context: Context) -> date:
    """Give the day from which the last launch of the record is known: no clock is looked at."""
    return max(date.fromisoformat(row.known_from) for row in context.catalog.launch_orbits) + (
        timedelta(days=1)
    )


def _last(notices: Sequence[Notice], stand_in: Window | None) -> datetime:
    """Give the last day that any notice speaks of."""
    begins = [window.begin for notice in notices for window in notice.windows]
    begins += [stand_in.begin] if stand_in else []
    return max(begins)


def _at(context: Context) -> datetime | None:
    if context.as_of is None:
        return None
    return datetime.combine(context.as_of, time(), UTC) + timedelta(days=1, microseconds=-1)


def _candidates(request: NoticesRequest, context: Context, known: Known) -> tuple[Site, ...]:
    """Give the site that is told, or all that are in use."""
    from kosmodrom.launch.notices.groups import Site as Made

    if request.site is None:
        return known.candidates
    place = context.resolve_place(request.site)
    return (
        Made(
            id=request.site,
            latitude=radians(place.latitude_deg),
            longitude=radians(place.longitude_deg),
        ),
    )


def _flown(known: Known) -> list[FlownSite]:
    """Gather the directions in which launches of ten years left their sites."""
    import numpy as np

    from kosmodrom.launch.notices.flown import flown_site

    since = str(known.day - np.timedelta64(3652, "D"))
    ways: dict[str, list[float]] = {}
    for row in known.rows:
        if row.happened >= since and row.inclination_deg and not row.orbit_class.startswith("GEO"):
            ways.setdefault(row.site, []).append(radians(row.inclination_deg))
    return [
        flown_site(
            site.id, site.country, radians(site.latitude_deg), radians(site.longitude_deg),
            ways.get(site.id, []),
        )
        for site in known.sites
        if site.id in ways or not site.active_until
    ]  # fmt: skip


def _past(context: Context, known: Known) -> PastAreas:
    """Give the areas that were closed before, with what it was for."""
    import numpy as np

    from kosmodrom.launch.notices.judged import PastAreas as Made

    text = str(known.day)
    rows = [row for row in context.usable(context.catalog.closed_areas).rows
            if row.known_from < text]  # fmt: skip
    events = {event: number for number, event in enumerate(dict.fromkeys(r.event for r in rows))}
    return Made(
        latitude=np.radians([row.latitude_deg for row in rows]),
        longitude=np.radians([row.longitude_deg for row in rows]),
        launched=np.array([row.launched == "yes" for row in rows], dtype=np.bool_),
        event=np.array([events[row.event] for row in rows], dtype=np.int64),
    )
