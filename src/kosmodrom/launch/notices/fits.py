"""A group from what was put together: its areas once, its sites, its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.notices.days import Plan, days_of, main_day
from kosmodrom.launch.notices.disposal import says_disposal
from kosmodrom.launch.notices.evidence import HEADINGS, NOWHERE, same_place
from kosmodrom.launch.notices.grouped import Closure, Group, LeftOut, SiteFit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.notices.clusters import Cluster, Place, Unit
    from kosmodrom.launch.notices.grouped import Role, Site
    from kosmodrom.launch.notices.notice import Window

__all__ = ["group_of", "site_fits"]

Floats = NDArray[np.floating]
_LEAST = 0.005  # plausibility of a site that is still listed
_DIRECTION_FROM = 200e3  # nearer areas say little of a direction [m]
_MOST_OFF = np.radians(40.0)  # North Korean launches of 2023 turn by 27 deg between their areas


def site_fits(
    cluster: Cluster, prior: Floats, sites: Sequence[Site]
) -> tuple[list[SiteFit], float]:
    """Say where a launch may come from.

    Parameters
    ----------
    cluster : Cluster
        Its notices.
    prior : numpy.ndarray, shape (s, h)
        Log probability of sites and headings before any area is seen [-].
    sites : sequence of Site
        The same sites.

    Returns
    -------
    fits : list of SiteFit
        Most plausible first.
    unknown : float
        Probability of none of them [-].
    """
    if not sites:
        return [], 1.0
    total = np.asarray(prior + cluster.density, dtype=np.float64)
    nowhere = len(cluster.places) * NOWHERE
    top = max(float(total.max()), nowhere)
    mass = np.exp(total - top)
    unknown = float(np.exp(nowhere - top))
    whole = float(mass.sum()) + unknown
    fits: list[SiteFit] = []
    for k in np.argsort(-mass.sum(axis=1)):
        share = float(mass[k].sum()) / whole
        if share < _LEAST and fits:
            break
        heading = float(HEADINGS[int(total[k].argmax())])
        distances = [float(place.seen.distance[k]) for place in cluster.places]
        fits.append(
            SiteFit(
                id=sites[k].id,
                plausibility=share,
                heading=heading,
                spread=max(
                    (_off(place, int(k), heading, sites[k].extent) for place in cluster.places),
                    default=0.0,
                ),
                nearest=min(distances),
                farthest=max(distances),
            )
        )
    return fits, unknown / whole


def _off(place: Place, site: int, heading: float, extent: float) -> float:
    """Give the angle between a heading and the nearest edge of an area."""
    if place.seen.distance[site] < _DIRECTION_FROM:
        return 0.0
    off = float(np.mod(place.seen.azimuth[site] - heading + np.pi, 2 * np.pi) - np.pi)
    doubt = np.arctan2(extent, place.seen.distance[site])  # ships launch from another place
    return max(0.0, abs(off) - float(place.seen.half_width[site] + doubt))


def group_of(
    ascent: Cluster, later: Sequence[Unit], prior: Floats, sites: Sequence[Site]
) -> Group:
    """Make a group.

    Parameters
    ----------
    ascent : Cluster
        Notices of the ascent.
    later : sequence of Unit
        Notices of disposal.
    prior : numpy.ndarray, shape (s, h)
        Log probability of sites and headings before any area is seen [-].
    sites : sequence of Site
        The same sites.

    Returns
    -------
    Group
        The group.
    """
    role: Role = "ascent"
    fits, unknown = site_fits(ascent, prior, sites)
    if all(says_disposal(unit.notice) for unit in ascent.units):
        # what comes down on a later pass says nothing of where it came from
        role, fits, unknown = "disposal", [], 1.0
    best = None
    if fits and fits[0].plausibility > unknown:
        best = next(k for k, site in enumerate(sites) if site.id == fits[0].id)
    out: list[LeftOut] = []
    kept: list[tuple[Place, Unit]] = []
    for unit in ascent.units:
        for place in unit.places:
            if best is not None and _cannot(
                place, unit, best, fits[0].heading, sites[best].extent
            ):
                left = LeftOut(notice=unit.notice, area=place.area, code="other_direction")
                out.append(left)
            else:
                kept.append((place, unit))
    closures = _closures(kept, best, role)
    closures += _closures(
        [(place, unit) for unit in later for place in unit.places], best, "disposal"
    )
    days = days_of([_plan(unit, best) for unit in ascent.units])
    main = main_day(days)
    everyone = sorted((*ascent.units, *later), key=lambda unit: float(unit.begin[0]))
    return Group(
        notices=tuple(unit.notice for unit in everyone),
        closures=tuple(closures),
        window=main.window,
        published=main.published,
        windows=tuple(day.window for day in days),
        sites=tuple(fits),
        unknown_site=unknown,
        left_out=tuple(out),
    )


def _cannot(place: Place, unit: Unit, site: int, heading: float, extent: float) -> bool:
    """Whether an area of a notice with others lies in another direction."""
    return len(unit.places) > 1 and _off(place, site, heading, extent) > _MOST_OFF


def _plan(unit: Unit, site: int | None) -> Plan:
    distances = [np.nan]
    if site is not None:
        distances = [float(place.seen.distance[site]) for place in unit.places]
    return Plan(windows=unit.windows, nearest=min(distances), farthest=max(distances))


def _closures(placed: Sequence[tuple[Place, Unit]], site: int | None, role: Role) -> list[Closure]:
    """Give each area once, with all notices that publish it."""
    same: list[list[tuple[Place, Unit]]] = []
    for place, unit in placed:
        for others in same:
            if same_place(place.outline, others[0][0].outline):
                others.append((place, unit))
                break
        else:
            same.append([(place, unit)])
    made = []
    for others in same:
        windows: set[Window] = {
            window
            for place, unit in others
            for window in unit.windows
            if window in (place.area.windows or unit.windows)
        }
        place = others[0][0]
        made.append(
            Closure(
                area=place.area,
                notices=tuple(dict.fromkeys(unit.notice.name for _, unit in others)),
                windows=tuple(sorted(windows, key=lambda window: (window.begin, window.end))),
                role=role,
                distance=np.nan if site is None else float(place.seen.distance[site]),
            )
        )
    return sorted(made, key=lambda closure: np.nan_to_num(closure.distance))
