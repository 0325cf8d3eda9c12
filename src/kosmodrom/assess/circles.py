"""Who copies from whom: circles are errors, chains are one voice."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.assess.model import Source

__all__ = ["find_circle", "in_order", "voices"]


def find_circle(graph: Mapping[str, Sequence[str]]) -> list[str] | None:
    """Find a circle in a graph.

    Parameters
    ----------
    graph : Mapping of str to sequence of str
        From each name the names it points to.

    Returns
    -------
    list of str or None
        The names along the circle, the first repeated at the end; None where there is none.

    Examples
    --------
    >>> find_circle({"a": ["b"], "b": ["a"]})
    ['a', 'b', 'a']
    """
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = list(error.args[1])[::-1]  # graphlib lists it against the arrows
        first = circle.index(min(circle))
        return [*circle[first:-1], *circle[:first], circle[first]]
    return None


def in_order(graph: Mapping[str, Sequence[str]]) -> list[str]:
    """Put names after the names they point to; the graph has no circle.

    Parameters
    ----------
    graph : Mapping of str to sequence of str
        From each name the names it points to.

    Returns
    -------
    list of str
        The names, each after those it points to.
    """
    known = {name: [other for other in others if other in graph] for name, others in graph.items()}
    return list(TopologicalSorter(known).static_order())


def voices(sources: Mapping[str, Source]) -> dict[str, frozenset[str]]:
    """Collect for each source the voices it speaks with: its own and those it copies.

    Parameters
    ----------
    sources : Mapping of str to Source
        The sources of a case, without a circle.

    Returns
    -------
    dict of str to frozenset of str
        Groups by source.
    """
    found: dict[str, frozenset[str]] = {}
    for key in in_order({key: source.cites for key, source in sources.items()}):
        source = sources[key]
        copied = (found[other] for other in source.cites if other in found)
        found[key] = frozenset({source.group}).union(*copied)
    return found
