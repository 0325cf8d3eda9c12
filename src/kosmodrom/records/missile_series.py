"""The missile-test series: range classes, and the definitions under which it is counted.

The series counts missiles by day, class and outcome. Classes are those of the source (CNS):
srbm to 1000 km, mrbm to 3000 km, irbm to 5500 km, icbm beyond, slbm from a submarine, slv a
satellite launch; a missile that the source does not identify has no class.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from kosmodrom.base.dates import DateRange
from kosmodrom.base.facts import Fact
from kosmodrom.catalog import TestCount
from kosmodrom.records.counting import Definition, Event, belongs

__all__ = [
    "RangeClass",
    "SpaceLaunches",
    "Unidentified",
    "definition",
    "events",
    "firing_events",
    "governments_long",
]

RangeClass = Literal["all", "long", "intermediate-up", "short", "unidentified"]
SpaceLaunches = Literal["include", "exclude", "only"]
Unidentified = Literal["bound", "exclude", "include"]

_SPACE = "slv"
_UNIDENTIFIED = "unknown"
#: Unidentified by the source, but called a long-range test by governments.
_CALLED_LONG = "unknown-called-long"
_IDENTIFIED: dict[str, frozenset[str]] = {
    "all": frozenset({"srbm", "slbm", "mrbm", "irbm", "icbm"}),
    "long": frozenset({"irbm", "icbm"}),
    "intermediate-up": frozenset({"mrbm", "irbm", "icbm"}),
    "short": frozenset({"srbm", "slbm"}),
    "unidentified": frozenset(),
}


def definition(
    *,
    range_class: RangeClass = "all",
    space_launches: SpaceLaunches = "exclude",
    unidentified: Unidentified = "bound",
    unit: Literal["each", "days"] = "each",
    outcome: Literal["any", "known"] = "any",
    first: date | None = None,
    last: date | None = None,
) -> Definition:
    """State what is counted.

    Parameters
    ----------
    range_class : {"all", "long", "intermediate-up", "short", "unidentified"}
        Which missiles, by the class that the source gives them.
    space_launches : {"include", "exclude", "only"}
        Whether satellite launches count.
    unidentified : {"bound", "exclude", "include"}
        Whether a missile of unidentified type may belong to a range class ("bound": the ends
        of the answer hold every assignment), does not, or does. With range class "all" it
        belongs unless excluded.
    unit : {"each", "days"}
        Missiles, or days with at least one.
    outcome : {"any", "known"}
        "known" leaves out what has no published outcome.
    first, last : datetime.date or None
        Period (UTC), both days included.

    Returns
    -------
    Definition
        For `tally`.
    """
    kinds = set(_IDENTIFIED[range_class])
    perhaps: set[str] = set()
    unclassed = {_UNIDENTIFIED, _CALLED_LONG}
    if range_class == "unidentified":
        kinds = unclassed
    elif unidentified == "include" or (range_class == "all" and unidentified == "bound"):
        kinds |= unclassed
    elif unidentified == "bound":
        perhaps = unclassed
    if space_launches == "include":
        kinds.add(_SPACE)
    elif space_launches == "only":
        kinds, perhaps = {_SPACE}, set()
    return Definition(
        first=first,
        last=last,
        kinds=frozenset(kinds),
        perhaps=frozenset(perhaps),
        outcome=outcome,
        unit=unit,
    )


def governments_long() -> Definition:
    """State the definition 'long range by type, or called so by governments'.

    Returns
    -------
    Definition
        For `tally`.
    """
    return Definition(kinds=_IDENTIFIED["long"] | {_CALLED_LONG})


def events(rows: Iterable[TestCount]) -> list[Event]:
    """Turn rows of the series into events.

    Parameters
    ----------
    rows : iterable of TestCount
        The rows.

    Returns
    -------
    list of Event
        One a row; a row of which governments called a part long-range gives two.
    """
    found: list[Event] = []
    for row in rows:
        when = DateRange.parse(row.date)
        if row.called_long:
            found.append(
                Event(when=when, outcome=row.outcome, kind=_CALLED_LONG, number=row.called_long)
            )
        if rest := row.count - row.called_long:
            found.append(Event(when=when, outcome=row.outcome, kind=row.type_class, number=rest))
    return found


def firing_events(rows: Sequence[TestCount], what: Definition) -> dict[str, Fact]:
    """Count firing events: same day, same facility, same missile.

    Only events that certainly belong are counted. One event can hold a success and a failure;
    the greatest share of failures lets every event with an unknown outcome have failed.

    Parameters
    ----------
    rows : sequence of TestCount
        The rows.
    what : Definition
        Which kinds and which period.

    Returns
    -------
    dict of str to Fact
        Count, success, failure, unknown, and both shares [-].
    """
    inside = [
        row
        for row in rows
        if belongs(
            Event(when=DateRange.parse(row.date), outcome=row.outcome, kind=row.type_class), what
        )
    ]
    total = sum(row.events_new for row in inside)
    unknown = sum(row.events_new for row in inside if row.outcome == "unknown")
    doubtful = sum(row.events for row in inside if row.outcome == "unknown")
    facts = {
        "count": Fact(value=total, unit="1"),
        "unknown": Fact(value=unknown, unit="1"),
    }
    for name in ("success", "failure"):
        having = sum(row.events for row in inside if row.outcome == name)
        most = min(total, having + doubtful)
        facts[name] = _between(having, having, most)
        share = having / (total - unknown) if total > unknown else None
        facts[f"{name}_share"] = (
            _between(share, having / total, most / total) if total else Fact(value=None, unit="1")
        )
    return facts


def _between(value: float | None, low: float, high: float) -> Fact:
    if low == value == high:
        return Fact(value=value, unit="1")
    return Fact(value=value, unit="1", low=low, high=high)
