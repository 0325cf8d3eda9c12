"""The one engine that counts launches and tests under a stated definition.

A `Definition` says which events belong; the answer is a `Tally`. What is not known stays not
known: an outcome nobody published, a kind nobody identified, a day known only to the month.
Values count what certainly belongs; low and high are the least and the most that any completion
of the record could give, each extreme reached by at least one completion. One exception is
named at `Tally.vague`.

How the ends of a share are found. The events fall into groups: every event is its own group
(unit "each"), or all events of one UTC day are (unit "days"). For the share of failures, a
completion of the record makes each group a *yes* (it counts, with a failure), a *no* (it counts,
without one) or *out* (nothing in it belongs). With Y yes-groups of N counted, the share is Y/N.
A further *no* never raises Y/N and a further *yes* never lowers it (0 <= Y/N <= 1), so the least
share takes, group by group, *no* before *out* before *yes*, and the greatest *yes* before *out*
before *no*. Groups are independent of each other, so both are reached. For unit "each" with s
successes, f failures and u unknown outcomes that certainly belong, and s', f', u' that may, this
is f / (s + f + u + s' + u') and (f + u + f' + u') / (s + f + u + f' + u').
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from kosmodrom.base.dates import DateRange
from kosmodrom.base.facts import Fact
from kosmodrom.errors import InputError

__all__ = ["Definition", "Event", "Tally", "belongs", "tally"]

Outcome = Literal["success", "failure", "unknown"]
_OUTCOMES = ("success", "failure", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One launch, or equal tests of one day.

    Attributes
    ----------
    when : DateRange
        The UTC day, or the days between which it happened.
    outcome : {"success", "failure", "unknown"}
        How it ended.
    kind : str
        Class of the missile, or "launch".
    number : int
        How many such events the row stands for [-].
    """

    when: DateRange
    outcome: Outcome
    kind: str = "launch"
    number: int = 1

    def __post_init__(self) -> None:
        if self.outcome not in _OUTCOMES:
            raise InputError(f"outcome is {self.outcome!r}; take one of {', '.join(_OUTCOMES)}")
        if self.number < 1:
            raise InputError(f"number is {self.number}; a row stands for at least 1 event")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What belongs to a count.

    Attributes
    ----------
    first, last : datetime.date or None
        First and last UTC day, both included; None leaves that end open.
    kinds : frozenset of str or None
        Kinds that belong; None takes every kind.
    perhaps : frozenset of str
        Kinds of which each event may belong or not.
    outcome : {"any", "success", "failure", "known"}
        Only events that ended so. "success" and "failure" leave an unknown outcome as a
        perhaps; "known" leaves it out.
    unit : {"each", "days"}
        Whether each event counts or each UTC day with at least one.
    """

    first: date | None = None
    last: date | None = None
    kinds: frozenset[str] | None = None
    perhaps: frozenset[str] = frozenset()
    outcome: Literal["any", "success", "failure", "known"] = "any"
    unit: Literal["each", "days"] = "each"

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.first > self.last:
            raise InputError(
                f"the count begins on {self.first} and ends on {self.last}, before it begins; "
                "exchange the two days"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a definition counts.

    Attributes
    ----------
    count : Fact
        Events, or days with unit "days" [-].
    success, failure : Fact
        Those with a success, and with a failure [-]; a day can have both.
    unknown : Fact
        Those of which no outcome is known [-].
    days : Fact
        UTC days with at least one event [-].
    success_share, failure_share : Fact
        Of those with a known outcome [-]; the ends let every unknown outcome go either way.
        The value is None where no outcome is known.
    first, last : Fact
        Day of the earliest and of the latest event.
    perhaps : int
        Events that may belong or not [-].
    vague : int
        Events not known to the day [-]; with unit "days" the ends of outcomes and shares hold
        the truth but may be wider than needed where this is not 0.
    """

    count: Fact
    success: Fact
    failure: Fact
    unknown: Fact
    days: Fact
    success_share: Fact
    failure_share: Fact
    first: Fact
    last: Fact
    perhaps: int
    vague: int


@dataclass(slots=True)
class _Group:
    weight: int = 1
    sure: set[str] = field(default_factory=set)
    perhaps: set[str] = field(default_factory=set)


def _can(group: _Group, outcome: str) -> bool:
    """Tell whether some completion gives the group this outcome."""
    return bool({outcome, "unknown"} & (group.sure | group.perhaps))


def _can_lack(group: _Group, outcome: str) -> bool:
    """Tell whether some completion counts the group without this outcome."""
    if outcome in group.sure:
        return False
    return bool(group.sure) or bool(group.perhaps - {outcome})


def _is_known(group: _Group) -> bool:
    return bool(group.sure - {"unknown"})


def _must_be_unknown(group: _Group) -> bool:
    """Tell whether no choice of the members gives a known outcome."""
    members = group.sure | group.perhaps
    return "unknown" in group.sure and members == {"unknown"}


def _can_be_unknown(group: _Group) -> bool:
    """Tell whether some choice of the members leaves no outcome known."""
    return not _is_known(group) and "unknown" in group.sure | group.perhaps


@dataclass(frozen=True, slots=True)
class _Member:
    event: Event
    when: DateRange  # cut to the period of the definition
    sure: bool


def tally(events: Iterable[Event], definition: Definition) -> Tally:
    """Count events under a definition.

    Parameters
    ----------
    events : iterable of Event
        The record.
    definition : Definition
        What belongs.

    Returns
    -------
    Tally
        The counts, shares and days, with their ends where something is not known.

    Examples
    --------
    >>> day = DateRange.parse("2023-05-30")
    >>> record = [Event(when=day, outcome="failure"), Event(when=day, outcome="unknown")]
    >>> answer = tally(record, Definition())
    >>> answer.count.value, answer.days.value, answer.failure_share
    (2, 1, Fact(value=1.0, unit='1', low=0.5, high=1.0, ends='uncertainty', known_from=None))
    """
    members = [found for event in events if (found := _member(event, definition)) is not None]
    sure = [member for member in members if member.sure]
    days = _ends(_fewest_days(sure), _fewest_days(sure), _most_days(members))
    groups = _by_day(members) if definition.unit == "days" else _each(members)
    count = days if definition.unit == "days" else _each_counted(groups)
    filtered = definition.outcome in {"success", "failure"}
    return Tally(
        count=count,
        success=_outcome(groups, "success"),
        failure=_outcome(groups, "failure"),
        unknown=_unknown(groups),
        days=days,
        success_share=Fact(value=None, unit="1") if filtered else _share(groups, "success"),
        failure_share=Fact(value=None, unit="1") if filtered else _share(groups, "failure"),
        first=_first(members),
        last=_last(members),
        perhaps=sum(member.event.number for member in members if not member.sure),
        vague=sum(member.event.number for member in members if member.event.when.days > 1),
    )


def belongs(event: Event, definition: Definition) -> bool | None:
    """Tell whether an event belongs to a count.

    Parameters
    ----------
    event : Event
        The event.
    definition : Definition
        What belongs.

    Returns
    -------
    bool or None
        Whether it does; None where it may.
    """
    found = _member(event, definition)
    if found is None:
        return False
    return True if found.sure else None


def _member(event: Event, definition: Definition) -> _Member | None:
    first = definition.first or date.min
    last = definition.last or date.max
    if event.when.last < first or event.when.first > last:
        return None
    sure = first <= event.when.first and event.when.last <= last
    if event.kind in definition.perhaps:
        sure = False
    elif definition.kinds is not None and event.kind not in definition.kinds:
        return None
    if definition.outcome == "known" and event.outcome == "unknown":
        return None
    if definition.outcome in {"success", "failure"}:
        if event.outcome == "unknown":
            sure = False
            event = Event(
                when=event.when, outcome=definition.outcome, kind=event.kind, number=event.number
            )
        elif event.outcome != definition.outcome:
            return None
    cut = DateRange(max(first, event.when.first), min(last, event.when.last))
    return _Member(event, cut, sure)


def _each(members: list[_Member]) -> list[_Group]:
    groups = []
    for member in members:
        group = _Group(weight=member.event.number)
        (group.sure if member.sure else group.perhaps).add(member.event.outcome)
        groups.append(group)
    return groups


def _by_day(members: list[_Member]) -> list[_Group]:
    """Group by UTC day; an event not known to the day may stand on any day of its range."""
    exact: dict[date, _Group] = {}
    vague = [member for member in members if member.when.days > 1]
    for member in members:
        if member.when.days == 1:
            group = exact.setdefault(member.when.first, _Group())
            (group.sure if member.sure else group.perhaps).add(member.event.outcome)
    own: list[_Group] = []
    for member in vague:
        for day, group in exact.items():
            if member.when.contains(day):
                group.perhaps.add(member.event.outcome)
        own.extend(_Group(perhaps={member.event.outcome}) for _ in range(member.event.number))
    return [*exact.values(), *own]


def _fewest_days(members: list[_Member]) -> int:
    """Count the fewest days that hold all events: greedy stabbing of ranges is optimal."""
    days, latest = 0, date.min
    for when in sorted((member.when for member in members), key=lambda when: when.last):
        if when.first > latest or days == 0:
            days, latest = days + 1, when.last
    return days


def _most_days(members: list[_Member]) -> int:
    """Count the most different days the events can take: earliest deadline first is optimal."""
    exact = {member.when.first for member in members if member.when.days == 1}
    vague = [member for member in members if member.when.days > 1]
    taken = set(exact)
    for member in sorted(vague, key=lambda member: (member.when.last, member.when.first)):
        day, left = member.when.first, member.event.number
        while left and day <= member.when.last:
            if day not in taken:
                taken.add(day)
                left -= 1
            day += timedelta(days=1)
    return len(taken)


def _ends(value: int, low: int, high: int) -> Fact:
    if low == value == high:
        return Fact(value=value, unit="1")
    return Fact(value=value, unit="1", low=low, high=high)


def _each_counted(groups: list[_Group]) -> Fact:
    value = _weight(groups, lambda group: bool(group.sure))
    return _ends(value, value, _weight(groups, lambda group: True))


def _weight(groups: list[_Group], test: Callable[[_Group], bool]) -> int:
    return sum(group.weight for group in groups if test(group))


def _outcome(groups: list[_Group], outcome: str) -> Fact:
    certain = _weight(groups, lambda group: outcome in group.sure)
    return _ends(certain, certain, _weight(groups, lambda group: _can(group, outcome)))


def _unknown(groups: list[_Group]) -> Fact:
    value = _weight(groups, lambda group: "unknown" in group.sure and not _is_known(group))
    low = _weight(groups, _must_be_unknown)
    return _ends(value, low, _weight(groups, _can_be_unknown))


def _share(groups: list[_Group], outcome: str) -> Fact:
    yes = _weight(groups, lambda group: outcome in group.sure)
    known = _weight(groups, _is_known)
    value = yes / known if known else None
    if not groups:
        return Fact(value=None, unit="1")
    low, high = _least(groups, outcome), _greatest(groups, outcome)
    if low == value == high:
        return Fact(value=value, unit="1")
    return Fact(value=value, unit="1", low=low, high=high)


def _least(groups: list[_Group], outcome: str) -> float:
    lacking = _weight(groups, lambda group: _can_lack(group, outcome))
    forced = _weight(groups, lambda group: bool(group.sure) and not _can_lack(group, outcome))
    # Where every group is a yes or out, all counted ones are yes.
    return forced / (forced + lacking) if forced + lacking else 1.0


def _greatest(groups: list[_Group], outcome: str) -> float:
    having = _weight(groups, lambda group: _can(group, outcome))
    forced = _weight(groups, lambda group: bool(group.sure) and not _can(group, outcome))
    return having / (having + forced) if having + forced else 0.0


def _first(members: list[_Member]) -> Fact:
    sure = [member for member in members if member.sure]
    if not sure:
        return Fact(value=None, unit="date")
    known = min(sure, key=lambda member: (member.when.last, member.when.first))
    low, high = min(member.when.first for member in members), known.when.last
    return _day(known, low, high)


def _last(members: list[_Member]) -> Fact:
    sure = [member for member in members if member.sure]
    if not sure:
        return Fact(value=None, unit="date")
    known = max(sure, key=lambda member: (member.when.first, member.when.last))
    low, high = known.when.first, max(member.when.last for member in members)
    return _day(known, low, high)


def _day(known: _Member, low: date, high: date) -> Fact:
    if low == high:
        return Fact(value=known.event.when.text, unit="date")
    return Fact(
        value=known.event.when.text, unit="date", low=low.isoformat(), high=high.isoformat()
    )
