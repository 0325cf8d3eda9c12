"""The ends of a count against every completion of the record, tried one by one."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from kosmodrom.base.dates import DateRange
from kosmodrom.records import Definition, Event, tally

START = date(2023, 1, 1)
KINDS = ("long", "unidentified", "short")


@st.composite
def events(draw, *, vague=False):
    first = draw(st.integers(0, 3))
    length = draw(st.integers(0, 2)) if vague else 0
    when = DateRange(START + timedelta(days=first), START + timedelta(days=first + length))
    return Event(
        when=when,
        outcome=draw(st.sampled_from(["success", "failure", "unknown"])),
        kind=draw(st.sampled_from(KINDS)),
    )


def completions(record, what):
    """Every way in which the unknown may be: member or not, on which day, with which outcome."""
    choices = []
    for event in record:
        if event.kind not in {*(what.kinds or KINDS), *what.perhaps}:
            continue
        members = (True, False) if event.kind in what.perhaps else (True,)
        outcomes = ("success", "failure") if event.outcome == "unknown" else (event.outcome,)
        days = [event.when.first + timedelta(days=n) for n in range(event.when.days)]
        choices.append(list(product(members, outcomes, days)))
    first, last = what.first or date.min, what.last or date.max
    for choice in product(*choices):
        yield [(o, d) for member, o, d in choice if member and first <= d <= last]


def measured(world, unit):
    groups = {}
    for number, (outcome, day) in enumerate(world):
        groups.setdefault(day if unit == "days" else number, set()).add(outcome)
    count = len(groups)
    failed = sum("failure" in group for group in groups.values())
    succeeded = sum("success" in group for group in groups.values())
    return {
        "count": count,
        "days": len({day for _, day in world}),
        "failure": failed,
        "success": succeeded,
        "failure_share": failed / count if count else None,
        "success_share": succeeded / count if count else None,
    }


def ends(fact):
    if fact.low is None:
        return fact.value, fact.value
    return fact.low, fact.high


definitions = st.builds(
    Definition,
    kinds=st.sampled_from([None, frozenset({"long"}), frozenset({"long", "short"})]),
    perhaps=st.sampled_from([frozenset(), frozenset({"unidentified"})]),
    unit=st.sampled_from(["each", "days"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(events(), max_size=5), definitions)
def test_ends_are_the_extremes_over_every_completion(record, what):
    answer = tally(record, what)
    worlds = [measured(world, what.unit) for world in completions(record, what)]
    for name in worlds[0]:
        values = [world[name] for world in worlds if world[name] is not None]
        expected = (min(values), max(values)) if values else (None, None)
        assert ends(getattr(answer, name)) == expected, name


@settings(max_examples=150, deadline=None)
@given(st.lists(events(vague=True), max_size=4), definitions)
def test_vague_days_leave_counts_exact_and_shares_within_their_ends(record, what):
    period = Definition(
        first=START + timedelta(days=1), last=START + timedelta(days=3), kinds=what.kinds,
        perhaps=what.perhaps, unit=what.unit,
    )  # fmt: skip
    answer = tally(record, period)
    worlds = [measured(world, period.unit) for world in completions(record, period)]
    for name in worlds[0]:
        low, high = ends(getattr(answer, name))
        values = [world[name] for world in worlds if world[name] is not None]
        if not values:
            continue
        assert low is not None
        assert low <= min(values), name
        assert max(values) <= high, name
        if period.unit == "each" or name in {"count", "days"}:
            assert (low, high) == (min(values), max(values)), name


@given(st.lists(events(), max_size=8))
def test_a_batch_counts_as_its_single_events(record):
    batches = {}
    for event in record:
        key = (event.when, event.outcome, event.kind)
        batches[key] = batches.get(key, 0) + 1
    together = [
        Event(when=when, outcome=outcome, kind=kind, number=number)
        for (when, outcome, kind), number in batches.items()
    ]
    assert tally(together, Definition()) == tally(record, Definition())


@given(st.lists(events(vague=True), max_size=8), definitions)
def test_the_value_lies_between_its_ends(record, what):
    answer = tally(record, what)
    for name in ("count", "success", "failure", "unknown", "days", "failure_share"):
        fact = getattr(answer, name)
        if fact.low is not None and fact.value is not None:
            assert fact.low <= fact.value <= fact.high, name
