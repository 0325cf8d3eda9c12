"""Count North Korean missile tests under a stated definition.

The series is that of the CNS North Korea Missile Test Database, which lists missiles able to carry
at least 500 kg over at least 300 km, as daily counts by class and outcome (UTC). What the source
does not identify or does not know stays unknown and widens the answer; the same count is given
under every other definition. Only counts: no trajectories and no maps of ranges.

Examples
--------
kosmodrom missile-tests --from 2022-01-01 --until 2023-09-13
kosmodrom missile-tests --from 2022-01-01 --until 2023-09-13 --range-class long --json
kosmodrom missile-tests --from 2022-01-01 --until 2023-09-13 --unit days --space-launches include
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, model_validator

from kosmodrom.analyses._request import Day, Request
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Note, Result
from kosmodrom.analyses._shared import publication_notes, table_dataset
from kosmodrom.base.dates import DateRange
from kosmodrom.base.facts import Fact
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.catalog import TestCount
    from kosmodrom.records import Coverage
    from kosmodrom.records.counting import Definition, Tally
    from kosmodrom.workspace import Context

__all__ = ["COLUMNS", "FACTS", "MissileTestsRequest", "run"]


class MissileTestsRequest(Request):
    """Which tests, under which definition."""

    from_: Day | None = Field(None, alias="from", description="first day (UTC), included whole")
    until: Day | None = Field(None, description="last day (UTC), included whole")
    space_launches: Literal["include", "exclude", "only"] = Field(
        "exclude", description="whether satellite launches count as tests"
    )
    range_class: Literal["all", "long", "intermediate-up", "short", "unidentified"] = Field(
        "all",
        description="long: IRBM and ICBM; intermediate-up: MRBM, IRBM and ICBM; short: SRBM and "
        "SLBM; as the source classes them",
    )
    unidentified: Literal["bound", "exclude", "include"] = Field(
        "bound",
        description="missiles of unidentified type: bound lets each belong to the range class or "
        "not, and the answer has two ends; exclude; include",
    )
    unit: Literal["tests", "days"] = Field(
        "tests", description="count each missile fired, or each UTC day with at least one"
    )

    @model_validator(mode="after")
    def _definition_holds_something(self) -> MissileTestsRequest:
        if self.space_launches == "only" and self.range_class != "all":
            raise RequestError(
                f"range_class {self.range_class} and space_launches only exclude each other; "
                "a satellite launch has no range class, so write range_class all",
                ["range_class"],
            )
        if self.range_class == "unidentified" and self.unidentified == "exclude":
            raise RequestError(
                "unidentified exclude leaves nothing of range_class unidentified; write bound",
                ["unidentified"],
            )
        return self


FACTS = (
    FactSpec("count", "1", "tests, or days with a test"),
    FactSpec("success", "1", "tests that succeeded, or days with a success"),
    FactSpec("failure", "1", "tests that failed, or days with any failure"),
    FactSpec("unknown", "1", "tests without a published outcome, or days with only such"),
    FactSpec("failure_share", "1", "failures of those with a known outcome", 0.0001),
    FactSpec("success_share", "1", "successes of those with a known outcome", 0.0001),
    FactSpec("days", "1", "UTC days with at least one test"),
    FactSpec("unidentified", "1", "missiles of unidentified type in the period"),
    FactSpec("data_until", "date", "last day the data cover"),
)
COLUMNS = (
    ColumnSpec("date", "date", "day (UTC)"),
    ColumnSpec("type_class", "text", "class by the source; unknown is not identified"),
    ColumnSpec("outcome", "text", "outcome by the source"),
    ColumnSpec("number", "1", "missiles fired"),
    ColumnSpec("certain", "1", "how many of them certainly belong to the count"),
    ColumnSpec("known_from", "date", "day by which the row was public"),
    ColumnSpec("source", "text", "where the row is from"),
    ColumnSpec("grade", "text", "Admiralty grade of the row"),
)


def run(request: MissileTestsRequest, context: Context) -> Result:
    """Count tests.

    Parameters
    ----------
    request : MissileTestsRequest
        Which tests, in which period, under which definition.
    context : Context
        Catalog and day.

    Returns
    -------
    Result
        Counts and shares with their ends; one row a day, class and outcome.
    """
    from kosmodrom.records import Coverage, missile_series
    from kosmodrom.records.counting import tally

    first, asked = _period(request)
    begin = _begin(context)
    table = table_dataset(context, "missile_tests")
    end = DateRange.parse(table.until).last if table.until else date.max
    covered = Coverage.of((first, asked), (begin, end), context.as_of)
    rows = [row for row in context.catalog.missile_tests if _inside(row.date, first, asked)]
    kept = () if covered.outside else context.usable(rows).rows
    what = missile_series.definition(
        range_class=request.range_class,
        space_launches=request.space_launches,
        unidentified=request.unidentified,
        unit="days" if request.unit == "days" else "each",
    )
    publication = context.usable([row for row in rows if _certain(row, what) is not None])
    counted = tally(missile_series.events(kept), what)
    unidentified = sum(row.count for row in kept if row.type_class == "unknown")
    facts = covered.limited(
        {**_counts(counted), "unidentified": Fact(value=unidentified, unit="1")}
    )
    listed = [(row, number) for row in kept if (number := _certain(row, what)) is not None]
    known = max((row.known_from or row.happened for row, _ in listed), default=None)
    return Result(
        facts={
            **{name: replace(fact, known_from=known) for name, fact in facts.items()},
            "data_until": Fact(value=end.isoformat(), unit="date"),
        },
        columns=_columns(listed),
        accuracy=_accuracy(request, what, counted, unidentified, end),
        warnings=[
            *publication_notes(publication.hidden, publication.unknown),
            *_warnings(request, context.as_of, counted, covered, (begin, end)),
        ],
        datasets=[table],
        alternatives={
            name: covered.limited(found)
            for name, found in _alternatives(request, kept, what).items()
        },
    )


def _period(request: MissileTestsRequest) -> tuple[date | None, date | None]:
    first = DateRange.parse(request.from_).first if request.from_ else None
    last = DateRange.parse(request.until).last if request.until else None
    return first, last


def _begin(context: Context) -> date | None:
    """Give the first day of the series, which ships by whole calendar years."""
    years = [int(row.date[:4]) for row in context.catalog.missile_tests]
    return date(min(years), 1, 1) if years else None


def _inside(day: str, first: date | None, last: date | None) -> bool:
    when = date.fromisoformat(day)
    return (first is None or first <= when) and (last is None or when <= last)


def _counts(counted: Tally) -> dict[str, Fact]:
    return {
        "count": counted.count,
        "success": counted.success,
        "failure": counted.failure,
        "unknown": counted.unknown,
        "failure_share": counted.failure_share,
        "success_share": counted.success_share,
        "days": counted.days,
    }


def _certain(row: TestCount, what: Definition) -> int | None:
    """Tell how many missiles of a row certainly belong; None where none can."""
    from kosmodrom.records import missile_series
    from kosmodrom.records.counting import belongs

    found = [(event.number, belongs(event, what)) for event in missile_series.events([row])]
    if all(member is False for _, member in found):
        return None
    return sum(number for number, member in found if member)


def _columns(listed: list[tuple[TestCount, int]]) -> dict[str, list[Any]]:
    rows = [row for row, _ in listed]
    return {
        "date": [row.date for row in rows],
        "type_class": [row.type_class for row in rows],
        "outcome": [row.outcome for row in rows],
        "number": [row.count for row in rows],
        "certain": [number for _, number in listed],
        "known_from": [row.known_from or None for row in rows],
        "source": [row.source for row in rows],
        "grade": [row.grade for row in rows],
    }


def _accuracy(
    request: MissileTestsRequest, what: Definition, counted: Tally, unidentified: int, end: date
) -> list[Note]:
    notes = [
        Note(
            "tests_definition",
            {
                "unit": {"code": f"tests_unit_{request.unit}"},
                "ranges": {"code": f"tests_range_{request.range_class.replace('-', '_')}"},
                "space": {"code": f"tests_space_{request.space_launches}"},
                "until": end.isoformat(),
            },
        )
    ]
    if what.perhaps and unidentified:
        notes.append(Note("tests_bound", {"count": unidentified}))
    if counted.unknown.value:
        notes.append(Note("tests_unknown", {"unknown": counted.unknown.value}))
    if request.unit == "days":
        notes.append(Note("tests_days"))
    return notes


def _warnings(
    request: MissileTestsRequest,
    as_of: date | None,
    counted: Tally,
    covered: Coverage,
    data: tuple[date | None, date],
) -> list[Note]:
    begin, end = data
    days = {"data_from": begin.isoformat() if begin else "", "data_until": end.isoformat()}
    if covered.outside:
        if as_of is not None and covered.cut:
            return [Note("tests_nothing_public", {"as_of": as_of.isoformat(), **days})]
        return [Note("tests_nothing_covered", days)]
    notes = []
    if covered.before or (begin and covered.first is None):
        notes.append(Note("tests_from_data", {"data_from": days["data_from"]}))
    if covered.after:
        until = {"until": request.until, "data_until": days["data_until"]}
        notes.append(Note("tests_until_data", until))
    elif as_of is not None and covered.cut:
        notes.append(Note("tests_until_as_of", {"as_of": as_of.isoformat()}))
    if covered.partly:
        notes.append(Note("records_open_end"))
    elif counted.failure_share.value is None:
        notes.append(Note("records_share_unknown"))
    return notes


def _alternatives(
    request: MissileTestsRequest, rows: Sequence[TestCount], what: Definition
) -> dict[str, dict[str, Fact]]:
    """Count again under every other definition."""
    from kosmodrom.records import missile_series
    from kosmodrom.records.counting import tally

    days = what.unit == "days"
    define = partial(missile_series.definition, unit=what.unit)
    definitions = {
        "all_ranges": define(),
        "all_with_space_launches": define(space_launches="include"),
        "space_launches_only": define(space_launches="only"),
        "long_by_type": define(range_class="long", unidentified="exclude"),
        "long_with_space_launches": define(
            range_class="long", unidentified="exclude", space_launches="include"
        ),
        "long_as_governments_said": replace(missile_series.governments_long(), unit=what.unit),
        "long_with_every_unidentified": define(range_class="long", unidentified="include"),
        "intermediate_and_long": define(range_class="intermediate-up", unidentified="exclude"),
        "short_by_type": define(range_class="short", unidentified="exclude"),
        "unidentified_only": define(range_class="unidentified"),
        "known_outcomes_only": replace(what, outcome="known"),
        "single_tests" if days else "launch_days": replace(what, unit="each" if days else "days"),
    }
    events = missile_series.events(rows)
    found = {label: _counts(tally(events, by)) for label, by in definitions.items() if by != what}
    found["firing_events"] = missile_series.firing_events(rows, what)
    return found
