"""The same areas on several days: one launch with backup days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.launch.notices.clusters import both
from kosmodrom.launch.notices.evidence import same_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kosmodrom.launch.notices.clusters import Cluster

__all__ = ["joined_days"]

_DAY = 1440.0
_MOST_DAYS = 3.5  # between the last window of one and the first of the next
_CLOCK = 75.0  # a window for a station or a plane moves by 20 to 30 min a day, three days [min]


def joined_days(made: Sequence[Cluster], prior: NDArray[np.floating]) -> list[Cluster]:
    """Join clusters of the same areas on neighbouring days.

    Parameters
    ----------
    made : sequence of Cluster
        Clusters by time and areas.
    prior : numpy.ndarray, shape (s, h)
        Log probability of sites and headings before any area is seen [-].

    Returns
    -------
    list of Cluster
        In order of their first windows.

    Notes
    -----
    Joined are those of which two in three areas of the one with fewer areas are of the other's (an
    office may draw one anew), that open at about the same time of day and are at most some days
    apart. Two launches of one site through one corridor within three days at one hour would be
    joined too.
    """
    ordered = sorted(made, key=_begin)
    found: list[Cluster] = []
    for cluster in ordered:
        for k in range(len(found) - 1, -1, -1):
            if _begin(cluster) - _end(found[k]) <= _MOST_DAYS * _DAY and _backup(
                found[k], cluster
            ):
                found[k] = both(found[k], cluster, prior)
                break
        else:
            found.append(cluster)
    return found


def _begin(cluster: Cluster) -> float:
    return min(float(unit.begin[0]) for unit in cluster.units)


def _end(cluster: Cluster) -> float:
    return max(float(unit.end.max()) for unit in cluster.units)


def _backup(one: Cluster, other: Cluster) -> bool:
    few, many = sorted((one.places, other.places), key=len)
    if len(few) * 2 < len(many):
        return False
    alike = sum(any(same_place(a.outline, b.outline) for b in many) for a in few)
    if 3 * alike < 2 * len(few):
        return False
    clocks = [
        np.concatenate([unit.begin for unit in cluster.units]) % _DAY for cluster in (one, other)
    ]
    off = np.abs(np.mod(clocks[0][:, None] - clocks[1] + _DAY / 2, _DAY) - _DAY / 2)
    return bool(off.min() <= _CLOCK)
