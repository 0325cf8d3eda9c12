"""What the record says before a launch: sites, earlier launches, earlier closed areas."""

from __future__ import annotations

from dataclasses import dataclass
from math import radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._notices_request import NoticesRequest
    from kosmodrom.catalog import LaunchOrbit, Site
    from kosmodrom.launch.forecast import Corridors, History
    from kosmodrom.launch.forecast import Site as Origin
    from kosmodrom.launch.notices.groups import Site as Candidate
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = ["Known", "known_before", "origin_of"]

_RECENT_DAYS = 3652.0  # of launches that tell how busy a site is
_MOST_SITES = 48  # new sites have no launches yet
_RARE = 0.3  # launches that a site without any is taken to have had


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known before a day.

    Attributes
    ----------
    day : numpy.datetime64
        The day; nothing of it or later is used [UTC].
    sites : tuple of Site
        Of the catalog, in use.
    rows : tuple of LaunchOrbit
        Launches before the day.
    history : History
        The same, for the forecast.
    candidates : tuple of Candidate
        Sites with how busy they were.
    corridors : Corridors
        Which way earlier launches went, as their closed areas tell.
    """

    day: np.datetime64
    sites: tuple[Site, ...]
    rows: tuple[LaunchOrbit, ...]
    history: History
    candidates: tuple[Candidate, ...]
    corridors: Corridors


def known_before(request: NoticesRequest, context: Context, when: datetime) -> Known:
    """Collect what was known before a launch.

    Parameters
    ----------
    request : NoticesRequest
        Whether the record is looked at.
    context : Context
        Catalog, as of a day.
    when : datetime
        The launch [UTC].

    Returns
    -------
    Known
        Nothing of its day or later, nor of what was published after the day of the context.
    """
    import numpy as np

    from kosmodrom.launch.notices.groups import Site as Candidate

    day = np.datetime64(when.date(), "D")
    if context.as_of is not None:
        day = min(day, np.datetime64(context.as_of, "D") + 1)
    text = str(day)
    rows = tuple(
        row for row in context.usable(context.catalog.launch_orbits).rows
        if row.happened[:10] < text and row.known_from < text
    )  # fmt: skip
    sites = tuple(context.usable(context.catalog.sites).rows)
    recent = str(day - np.timedelta64(int(_RECENT_DAYS), "D"))
    busy: dict[str, int] = {}
    for row in rows:
        if row.happened >= recent:
            busy[row.site] = busy.get(row.site, 0) + 1
    used = sorted(
        (site for site in sites if busy.get(site.id) or not site.active_until),
        key=lambda site: -busy.get(site.id, 0),
    )[:_MOST_SITES]
    candidates = tuple(
        Candidate(
            id=site.id,
            latitude=radians(site.latitude_deg),
            longitude=radians(site.longitude_deg),
            weight=busy.get(site.id, 0) + _RARE,
            extent=1e3 * site.extent_km if site.kind == "sea" else 0.0,
        )
        for site in used
    )
    told = rows if request.prior == "record" else ()
    return Known(
        day=day, sites=sites, rows=rows, history=_history(told, sites), candidates=candidates,
        corridors=_corridors(context, told, sites, text),
    )  # fmt: skip


def _corridors(
    context: Context, rows: tuple[LaunchOrbit, ...], sites: tuple[Site, ...], day: str
) -> Corridors:
    """Join what closed areas tell with the sites and orbits of their launches."""
    import numpy as np

    from kosmodrom.launch.forecast import Corridors as Made

    places = {site.id: site for site in sites}
    launches = {row.tag: row for row in rows if row.inclination_deg and row.site in places}
    kept = [
        (row, launches[row.tag], places[launches[row.tag].site])
        for row in context.usable(context.catalog.flown_corridors).rows
        if row.tag in launches and row.known_from <= day
    ]
    return Made(
        day=np.array([row.happened[:10] for row, _, _ in kept], dtype="datetime64[D]"),
        latitude=np.radians([site.latitude_deg for _, _, site in kept]),
        longitude=np.radians([site.longitude_deg for _, _, site in kept]),
        azimuth=np.radians([row.azimuth_deg for row, _, _ in kept]),
        angle=np.radians([row.angle_deg for row, _, _ in kept]),
        inclination=np.radians([launch.inclination_deg or 0.0 for _, launch, _ in kept]),
    )


def _history(rows: tuple[LaunchOrbit, ...], sites: tuple[Site, ...]) -> History:
    """Give launches that reached orbit as columns.

    Those to the stationary orbit are among them: the forecast takes their low inclinations, to
    which the satellites went by themselves, for launches due east.
    """
    import numpy as np

    from kosmodrom.launch.forecast import History as Made

    places = {site.id: site for site in sites}
    kept = [row for row in rows if row.inclination_deg is not None and row.gcat_code[1:2] == "S"]
    where = [places.get(row.site) for row in kept]
    nowhere = float("nan")
    return Made(
        day=np.array([row.happened[:10] for row in kept], dtype="datetime64[D]"),
        latitude=np.radians([site.latitude_deg if site else nowhere for site in where]),
        longitude=np.radians([site.longitude_deg if site else nowhere for site in where]),
        inclination=np.radians(np.array([row.inclination_deg for row in kept], dtype=np.float64)),
        perigee=np.array(
            [nowhere if row.perigee_km is None else 1e3 * row.perigee_km for row in kept]
        ),
        nation=np.array([site.country if site else "" for site in where], dtype=np.str_),
        operator=np.array([row.agency for row in kept], dtype=np.str_),
        vehicle=np.array([row.gcat_vehicle for row in kept], dtype=np.str_),
    )


def origin_of(place: ResolvedPlace | Site, weight: float = 1.0) -> Origin:
    """Turn a site into a place of lift-off.

    Parameters
    ----------
    place : ResolvedPlace or Site
        The site; a platform at sea has an extent, within which it moves.
    weight : float
        How likely it is against others [-].

    Returns
    -------
    Origin
        For the forecast.
    """
    from kosmodrom.launch.forecast import Site as Made

    at_sea = getattr(place, "kind", "") == "sea"
    return Made(
        latitude=radians(place.latitude_deg),
        longitude=radians(place.longitude_deg),
        # Its extent is about two standard deviations.
        spread=500.0 * getattr(place, "extent_km", 20.0) if at_sea else 0.0,
        weight=weight,
    )
