"""Notices of one launch put together: by time, by a site that explains the areas, by days.

First each notice stands alone. Two groups are joined where their areas and times speak for one
launch more than for two (``evidence.py``). Then groups of the same areas on neighbouring days
become one launch with backup days, and single areas that open later than a launch, far away and
in its plane, are joined as places of disposal. What cannot belong is left out with its reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.backup import joined_days
from kosmodrom.launch.notices.chains import in_force, links
from kosmodrom.launch.notices.clusters import clusters, units_of
from kosmodrom.launch.notices.evidence import heading_prior
from kosmodrom.launch.notices.fits import group_of
from kosmodrom.launch.notices.geometry import outline_of, seen_from
from kosmodrom.launch.notices.grouped import Group, Grouping, LeftOut, Site, SiteFit
from kosmodrom.launch.notices.later import joined_disposals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kosmodrom.launch.notices.clusters import Unit
    from kosmodrom.launch.notices.grouped import Reason
    from kosmodrom.launch.notices.notice import Area, Notice

__all__ = ["Group", "Grouping", "LeftOut", "Site", "SiteFit", "group_notices"]

Floats = NDArray[np.floating]
MOST_NOTICES, MOST_AREAS = 1000, 24
_LONGEST_DAYS = 45.0
_FARTHEST, _LARGEST = 13_000e3, np.radians(30.0)


def group_notices(
    notices: Sequence[Notice], sites: Sequence[Site] = (), *, at: datetime | None = None
) -> Grouping:
    """Find which notices belong to one launch.

    Parameters
    ----------
    notices : sequence of Notice
        Notices of any kind and of several launches, at most 1000.
    sites : sequence of Site
        Where launches may come from; one where it is stated. With none, notices are joined by
        their times and by areas that repeat.
    at : datetime or None
        As it was known at an instant: notices published later are not looked at [UTC].

    Returns
    -------
    Grouping
        Groups, and what was left out.

    Examples
    --------
    >>> from kosmodrom.launch.notices.read import read_notices
    >>> text = '''A0656/24 NOTAMN
    ... Q) ZLHW/QRTCA/IV/BO/W/000/999/3532N09828E017
    ... A) ZLHW B) 2404150403 C) 2404150428
    ... E) A TEMPORARY RESTRICTED AREA BOUNDED BY: N354300E0983800-N352300E0983200-
    ... N352600E0981900-N354600E0982400, BACK TO START.'''
    >>> site = Site(id="jiuquan", latitude=np.radians(40.96), longitude=np.radians(100.29))
    >>> group = group_notices(read_notices(text, source="A0656"), [site]).groups[0]
    >>> [notice.name for notice in group.notices], round(np.degrees(group.sites[0].heading))
    (['A0656/24'], 195)
    """
    if len(notices) > MOST_NOTICES:
        raise InputError(
            f"{len(notices)} notices are given; at most {MOST_NOTICES} are put together at once: "
            "give those of a month at a time"
        )
    left_out, valid = _valid(notices, at)
    latitude = np.array([site.latitude for site in sites])
    longitude = np.array([site.longitude for site in sites])
    prior = heading_prior(latitude, np.array([site.weight for site in sites]))
    ready: list[Unit] = []
    for notice in valid:
        code, areas = _usable(notice, latitude, longitude)
        if code is None:
            ready += units_of(notice, [area for area, why in areas if why is None], sites)
            left_out += [
                LeftOut(notice=notice, area=area, code=why)
                for area, why in areas
                if why is not None
            ]
        else:
            left_out.append(LeftOut(notice=notice, area=None, code=code))
    made = joined_days(clusters(ready, prior), prior)
    launches = joined_disposals(made, prior, sites)
    groups = [group_of(ascent, later, prior, sites) for ascent, later in launches]
    order = {id(notice): k for k, notice in enumerate(notices)}
    return Grouping(
        groups=tuple(sorted(groups, key=lambda group: group.windows[0].begin)),
        left_out=tuple(sorted(left_out, key=lambda left: order[id(left.notice)])),
    )


def _valid(notices: Sequence[Notice], at: datetime | None) -> tuple[list[LeftOut], list[Notice]]:
    """Keep what holds, by chains; say why the rest does not."""
    left_out: list[LeftOut] = []
    once: list[Notice] = []
    seen: set[tuple[str, str, tuple[bytes, ...]]] = set()
    for notice in notices:
        # Areas of a map may have neither name nor words.
        rings = tuple(area.ring.tobytes() for area in notice.areas)
        key = (notice.name, " ".join(notice.text.split()), rings)
        if key in seen:
            left_out.append(LeftOut(notice=notice, area=None, code="given_twice"))
        else:
            seen.add(key)
            once.append(notice)
    known = [one for one in once if at is None or one.issued is None or one.issued <= at]
    kept = {id(notice) for notice in in_force(once, at)}
    ended = {link.ended: link for link in links(known)}
    for notice in once:
        if id(notice) in kept:
            continue
        link = ended.get(notice.name)
        code: Reason = "no_area"
        if at is not None and notice.issued is not None and notice.issued > at:
            code = "not_yet_published"
        elif link is not None:
            code = "replaced" if link.how == "replaced" else "cancelled"
        elif notice.cancels and not notice.areas:
            code = "only_cancels"
        elif notice.lapses is not None and at is not None and notice.lapses <= at:
            code = "lapsed"
        by = link.by if link is not None and code in {"replaced", "cancelled"} else ""
        left_out.append(LeftOut(notice=notice, area=None, code=code, by=by))
    return left_out, [notice for notice in once if id(notice) in kept]


def _usable(
    notice: Notice, latitude: Floats, longitude: Floats
) -> tuple[Reason | None, list[tuple[Area, Reason | None]]]:
    """Say why a notice cannot be looked at, or which of its areas."""
    if not notice.areas:
        return "no_area", []
    windows = [window for area in notice.areas for window in area.windows] or notice.windows
    windows = [window for window in windows if window.end > window.begin]
    if not windows:
        return "no_time", []
    longest = max((window.end - window.begin).total_seconds() for window in windows)
    if notice.permanent or longest > _LONGEST_DAYS * 86400:
        return "too_long", []
    checked: list[tuple[Area, Reason | None]] = [
        (area, _unfit(area, latitude, longitude) if number < MOST_AREAS else "too_many")
        for number, area in enumerate(notice.areas)
    ]
    codes = [why for _, why in checked if why is not None]
    return (codes[0], []) if len(codes) == len(checked) else (None, checked)


def _unfit(area: Area, latitude: Floats, longitude: Floats) -> Reason | None:
    outline = outline_of(area.ring)
    if outline.reach > _LARGEST:
        return "too_large"
    seen = seen_from(outline, latitude, longitude)
    return "too_far" if latitude.size and seen.distance.min() > _FARTHEST else None
