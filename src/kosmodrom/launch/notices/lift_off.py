"""When a launch lifts off: the window that its notices leave, and where in it launches came.

Notices open some minutes before lift-off. How many was counted on launches to the end of 2023 of
the archive of labels (``tests/truth/data/notice_labels.csv``), those of which the lift-off is
known to the minute; later launches were kept to check it (``tests/truth/test_notice_groups.py``).
Nearly all are Chinese: others open their areas by other habits, and the quantiles say less there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from kosmodrom.launch.notices.grouped import Group

__all__ = ["LEADS", "Lead", "LiftOff", "lift_off_quantiles", "lift_off_window"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How long after the opening of a window launches lifted off.

    Attributes
    ----------
    longest : float
        The window is no longer than this [s].
    farthest : float
        The nearest area is no farther than this [m].
    low, middle, high : float
        5, 50 and 95 % of launches lifted off before so long after the opening [s].
    launches : int
        How many were counted.
    """

    longest: float
    farthest: float
    low: float
    middle: float
    high: float
    launches: int


_ANY = float("inf")
#: The first line that fits holds. Areas far down range are closed for what reaches them later.
LEADS = (
    Lead(longest=3600, farthest=1500e3, low=240, middle=480, high=756, launches=76),
    Lead(longest=3600, farthest=_ANY, low=-564, middle=396, high=978, launches=32),
    Lead(longest=7200, farthest=_ANY, low=-102, middle=720, high=2424, launches=22),
    Lead(longest=18000, farthest=_ANY, low=-6, middle=2460, high=8082, launches=39),
    Lead(longest=28800, farthest=_ANY, low=2748, middle=5580, high=11136, launches=17),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftOff:
    """When a launch is likely to lift off.

    Attributes
    ----------
    low, middle, high : datetime
        5, 50 and 95 % of launches with such a window lifted off before [UTC].
    lead : Lead or None
        The line of the table that was used; None for windows of more than 8 h, of which there are
        too few launches: there the window itself is divided.
    """

    low: datetime
    middle: datetime
    high: datetime
    lead: Lead | None


def lift_off_window(group: Group) -> tuple[datetime, datetime]:
    """Say when lift-off must lie for what falls to find every area closed.

    Parameters
    ----------
    group : Group
        Notices of one launch.

    Returns
    -------
    begin, end : datetime
        Its ends, on the day that most notices give [UTC]. It may begin before an area closes, by
        the time that the fall into it takes at most: 45 min, or its distance at 1.8 km/s.
    """
    return group.window.begin, group.window.end


def lift_off_quantiles(group: Group) -> LiftOff:
    """Say when lift-off is likely, from launches with windows of the same kind.

    Parameters
    ----------
    group : Group
        Notices of one launch.

    Returns
    -------
    LiftOff
        Quantiles, kept within the window that the notices leave.
    """
    length = (group.published.end - group.published.begin).total_seconds()
    nearest = min(
        (closure.distance for closure in group.closures if closure.distance == closure.distance),
        default=0.0,
    )
    fitting = (row for row in LEADS if length <= row.longest and nearest <= row.farthest)
    lead = next(fitting, None)
    begin, end = lift_off_window(group)
    leads = (0.05 * length, 0.5 * length, 0.95 * length)
    if lead is not None:
        leads = (lead.low, lead.middle, lead.high)
    low, middle, high = (
        min(max(group.published.begin + timedelta(seconds=late), begin), end) for late in leads
    )
    return LiftOff(low=low, middle=middle, high=high, lead=lead)
