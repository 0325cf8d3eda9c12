"""Days of a launch: when lift-off must lie for areas to be closed in time, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kosmodrom.launch.notices.notice import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Day", "Plan", "days_of", "lift_off_between", "main_day"]

#: What falls into an area makes its way over the ground at 1.8 to 6 km/s on average; nothing of
#: an ascent takes more than 45 min. The slow one is that of stages 500 km away which fall from
#: 80 km; the quick one is just below orbital speed.
_SLOW, _QUICK, _LONGEST = 1.8e3, 6.0e3, 2700.0
_LEAST = timedelta(minutes=1)
_MOVED = timedelta(minutes=10)  # openings of one launch are 1 to 5 min apart, 95 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Windows of one notice, and how far its areas are.

    Attributes
    ----------
    windows : tuple of Window
        In order.
    nearest, farthest : float
        Distance of its areas from the site; nan where no site is known [m].
    """

    windows: tuple[Window, ...]
    nearest: float
    farthest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day on which a launch may take place.

    Attributes
    ----------
    window : Window
        When lift-off must lie.
    published : Window
        The shortest window that a notice gives for it; of several, the one that opens first.
    plans : int
        How many notices have a window for it.
    first : int
        For how many of them it is the first.
    """

    window: Window
    published: Window
    plans: int
    first: int


def lift_off_between(window: Window, nearest: float, farthest: float) -> Window:
    """Say when lift-off must lie for what falls to find an area closed.

    Parameters
    ----------
    window : Window
        When the area is closed.
    nearest, farthest : float
        Distance from the site of the areas that it holds for; nan where not known [m].

    Returns
    -------
    Window
        It may begin before the area closes, by the longest time of fall; it ends before the area
        opens, by the shortest.
    """
    # every one of the areas must be closed in time: the nearest waits least, the farthest most
    early = 0.0 if nearest != nearest else min(nearest / _SLOW, _LONGEST)
    late = 0.0 if farthest != farthest else min(farthest / _QUICK, _LONGEST)
    begin = window.begin - timedelta(seconds=early)
    end = window.end - timedelta(seconds=late)
    return Window(begin=begin, end=end if end > begin else window.end)


def days_of(plans: Sequence[Plan]) -> list[Day]:
    """Find the days of a launch.

    Parameters
    ----------
    plans : sequence of Plan
        One a notice, at least one with a window.

    Returns
    -------
    list of Day
        In order. Notices that give a long window narrow nothing where a shorter one lies in it;
        two that have no time in common make two days.
    """
    offers = [
        (window.end - window.begin, window.begin, window, plan)
        for plan in plans
        for window in plan.windows
    ]
    days: list[Day] = []
    for _, _, window, plan in sorted(offers, key=lambda offer: offer[:2]):
        span = lift_off_between(window, plan.nearest, plan.farthest)
        own = int(window == plan.windows[0])
        met = False
        for k, day in enumerate(days):
            if min(day.window.end, span.end) - max(day.window.begin, span.begin) >= _LEAST:
                met = True
                days[k] = _narrowed(day, window, span, own)
        if not met:
            days.append(Day(window=span, published=window, plans=1, first=own))
    return sorted(days, key=lambda day: day.window.begin)


def _narrowed(day: Day, window: Window, span: Window, own: int) -> Day:
    """Add a notice to a day."""
    shortest = day.published
    alike = window.end - window.begin <= (shortest.end - shortest.begin) * 2
    late = abs(window.begin - shortest.begin) > _MOVED
    if alike and late:  # which of two times holds is not known: both stay
        begin = min(day.window.begin, span.begin)
        end = max(day.window.end, span.end)
    else:
        begin, end = max(day.window.begin, span.begin), min(day.window.end, span.end)
    return Day(
        window=Window(begin=begin, end=end),
        published=window if alike and window.begin < shortest.begin else shortest,
        plans=day.plans + 1,
        first=day.first + own,
    )


def main_day(days: Sequence[Day]) -> Day:
    """Choose the day on which a launch is most likely.

    Parameters
    ----------
    days : sequence of Day
        At least one, in order.

    Returns
    -------
    Day
        The last of those that about as many notices give as their first day as any other: a
        notice for one later day is published when the day before has gone by.
    """
    most = max(day.first for day in days)
    chosen = [day for day in days if 2 * day.first >= most and day.first] or list(days)
    fullest = max(day.plans for day in chosen)
    return [day for day in chosen if 2 * day.plans >= fullest][-1]
