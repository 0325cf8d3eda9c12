"""Notices that tell no times, as areas of a map do: with times that stand in for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.notices.notice import Notice, Window

__all__ = ["has_times", "with_times"]


def has_times(notice: Notice) -> bool:
    """Say whether a notice or one of its areas has times.

    Parameters
    ----------
    notice : Notice
        The notice.

    Returns
    -------
    bool
        Whether any was understood.
    """
    return notice.permanent or any((notice.windows, *(area.windows for area in notice.areas)))


def with_times(
    notices: Sequence[Notice], stand_in: Window | None
) -> tuple[list[Notice], dict[int, Notice]]:
    """Give times to notices with areas that tell none.

    Parameters
    ----------
    notices : sequence of Notice
        The notices.
    stand_in : Window or None
        The times; None to leave all as they are [UTC].

    Returns
    -------
    timed : list of Notice
        In the same order.
    published : dict of int to Notice
        Those that were changed, as they were before, by the ``id`` of what they became.
    """
    timed: list[Notice] = []
    published: dict[int, Notice] = {}
    for notice in notices:
        if stand_in is None or not notice.areas or has_times(notice):
            timed.append(notice)
            continue
        areas = tuple(replace(area, windows=(stand_in,)) for area in notice.areas)
        made = replace(notice, windows=(stand_in,), areas=areas)
        published[id(made)] = notice
        timed.append(made)
    return timed, published
