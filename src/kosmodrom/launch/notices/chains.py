"""Which notice replaces or cancels which, and which are in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from kosmodrom.launch.notices.notice import Notice

__all__ = ["Link", "in_force", "links"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A notice that is ended by another.

    Attributes
    ----------
    ended : str
        Name of the one that is replaced or cancelled.
    by : str
        Name of the one that does so; a notice of sea without name gives an empty one.
    how : str
        "replaced" or "cancelled".
    known : bool
        Whether the ended one is among the notices.
    """

    ended: str
    by: str
    how: str
    known: bool


def _ends(notice: Notice) -> list[tuple[str, str]]:
    ended = [(notice.replaces, "replaced")]
    ended += [(name, "cancelled") for name in (notice.cancels, *notice.also_cancels)]
    return [(name, how) for name, how in ended if name and name != notice.name]


def links(notices: Sequence[Notice]) -> list[Link]:
    """Say which notice is replaced or cancelled by which.

    Parameters
    ----------
    notices : sequence of Notice
        Notices of any kind.

    Returns
    -------
    list of Link
        In the order of those that replace or cancel.
    """
    names = {notice.name for notice in notices if notice.name}
    return [
        Link(ended=name, by=notice.name, how=how, known=name in names)
        for notice in notices
        for name, how in _ends(notice)
    ]


def in_force(notices: Sequence[Notice], at: datetime | None = None) -> list[Notice]:
    """Keep the notices that hold, as it was known at an instant.

    A notice that was published later, as far as it says when, is not known yet, and what it
    replaces or cancels still holds. One without a date of publication is taken as known. A notice
    is kept after its last window too: it says that an area was closed. One that only cancels is
    left out.

    Parameters
    ----------
    notices : sequence of Notice
        Notices of any kind.
    at : datetime or None
        By when they were published; None for all of them [UTC].

    Returns
    -------
    list of Notice
        In the order given. Of one that is given twice, as in parts or copies, both stay.

    Notes
    -----
    Numbers of notices to airmen repeat each year and in each country; they are told apart by
    their year, which stands in the name, and by their region where both say one: a cancelling
    notice of one region does not end that of another.
    """
    known = [
        notice for notice in notices if at is None or notice.issued is None or notice.issued <= at
    ]
    enders: dict[str, list[Notice]] = {}
    for notice in known:
        for name, _ in _ends(notice):
            enders.setdefault(name, []).append(notice)
    return [
        notice
        for notice in known
        if (notice.areas or notice.windows)
        and not any(_same_office(notice, ender) for ender in enders.get(notice.name, ()))
        and not (at is not None and notice.lapses is not None and notice.lapses <= at)
        and not _only_cancels(notice)
    ]


def _only_cancels(notice: Notice) -> bool:
    return bool(notice.cancels) and not notice.areas


def _same_office(one: Notice, two: Notice) -> bool:
    """Tell whether two notices may be of one series: they share a region, or one names none."""
    if one.kind != "notam" or not one.region or not two.region:
        return True
    return bool(set(one.region.split()) & set(two.region.split()))
