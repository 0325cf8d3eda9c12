"""Single areas far away that open after a launch, in its plane, joined as places of disposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.notices.disposal import off_plane, says_disposal
from kosmodrom.launch.notices.fits import site_fits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.notices.clusters import Cluster, Unit
    from kosmodrom.launch.notices.grouped import Site, SiteFit

__all__ = ["joined_disposals"]

Floats = NDArray[np.floating]
_SOONEST, _SOONEST_SAID, _LATEST = 20.0, 5.0, 360.0  # after the openings of the ascent [min]
_FAR = 4000e3  # nearer areas are those of an ascent [m]
#: Angles from the plane within which an area may be one of disposal: where its words say so,
#: and where only the place does [rad]. Launches turn on their way by some degrees.
_SAID, _UNSAID = np.radians(12.0), np.radians(4.0)
_LONGEST = 480.0  # of the windows of a place of disposal that does not say what it is [min]


def joined_disposals(
    made: Sequence[Cluster], prior: Floats, sites: Sequence[Site]
) -> list[tuple[Cluster, list[Unit]]]:
    """Give each launch with its places of disposal.

    Parameters
    ----------
    made : sequence of Cluster
        Clusters of notices.
    prior : numpy.ndarray, shape (s, h)
        Log probability of sites and headings before any area is seen [-].
    sites : sequence of Site
        The same sites.

    Returns
    -------
    list of tuple of Cluster and list of Unit
        Each ascent with the notices of disposal that belong to it.
    """
    launches: dict[int, tuple[Cluster, list[tuple[float, int]]]]
    launches = {k: (cluster, []) for k, cluster in enumerate(made)}
    fits = {k: site_fits(cluster, prior, sites)[0] for k, cluster in enumerate(made)}
    by_id = {site.id: k for k, site in enumerate(sites)}
    for k, cluster in enumerate(made):
        if len(cluster.units) > 1 or not sites:
            continue
        unit = cluster.units[0]
        found = [
            (off, j)
            for j, (ascent, _) in launches.items()
            if j != k and fits[j] and not says_disposal(ascent.units[0].notice)
            for off in [_fits(unit, ascent, sites[by_id[fits[j][0].id]], fits[j][0], by_id)]
            if off is not None
        ]
        if found:
            off, j = min(found)
            launches[j][1].append((off, k))
    gone = {k for _, later in launches.values() for _, k in later}
    # what was joined to another is no launch; what was joined to it stands by itself
    return [
        (cluster, [made[n].units[0] for _, n in later if not launches[n][1]])
        for k, (cluster, later) in launches.items()
        if k not in gone or later
    ]


def _fits(
    unit: Unit, ascent: Cluster, site: Site, fit: SiteFit, by_id: dict[str, int]
) -> float | None:
    """Give the angle from the plane where a notice may be one of disposal."""
    said = says_disposal(unit.notice)
    opening = min(float(other.begin[0]) for other in ascent.units)
    late = float(unit.begin[0]) - opening
    if not (_SOONEST_SAID if said else _SOONEST) <= late <= _LATEST:
        return None
    distances = [float(place.seen.distance[by_id[site.id]]) for place in unit.places]
    length = float((unit.end - unit.begin).max())
    if not said and (min(distances) < _FAR or length > _LONGEST or len(unit.windows) > 3):
        return None
    span = (60 * (late - 60), 60 * (late + min(length, _LONGEST)))
    centres = [place.outline.centre for place in unit.places]
    off = off_plane(site, fit.heading, centres, (max(span[0], 0.0), span[1]))
    return off if off <= (_SAID if said else _UNSAID) else None
