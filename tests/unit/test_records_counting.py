"""The counting engine on small records whose answer can be counted by hand."""

from datetime import date

import pytest

from kosmodrom.base.dates import DateRange
from kosmodrom.errors import InputError
from kosmodrom.records import Definition, Event, belongs, tally


def event(when, outcome="success", kind="launch", number=1):
    return Event(when=DateRange.parse(when), outcome=outcome, kind=kind, number=number)


def ends(fact):
    return fact.value, fact.low, fact.high


def test_a_known_record_has_no_ends():
    answer = tally([event("2023-01-01"), event("2023-01-02", "failure")], Definition())
    assert ends(answer.count) == (2, None, None)
    assert ends(answer.failure_share) == (0.5, None, None)
    assert (answer.first.value, answer.last.value) == ("2023-01-01", "2023-01-02")


def test_unknown_outcomes_widen_the_share_to_all_failed_and_none_failed():
    record = [event("2023-01-01", "success", number=3), event("2023-01-01", "failure"),
              event("2023-01-02", "unknown", number=4)]  # fmt: skip
    answer = tally(record, Definition())
    assert ends(answer.failure_share) == (0.25, 1 / 8, 5 / 8)
    assert ends(answer.success_share) == (0.75, 3 / 8, 7 / 8)
    assert ends(answer.failure) == (1, 1, 5)


def test_nothing_counted_gives_no_share_and_no_division_by_zero():
    answer = tally([], Definition())
    assert answer.count.value == 0
    assert ends(answer.failure_share) == (None, None, None)
    assert answer.first.value is None


def test_only_unknown_outcomes_give_no_value_but_both_ends():
    answer = tally([event("2023-01-01", "unknown")], Definition())
    assert ends(answer.failure_share) == (None, 0.0, 1.0)


def test_a_month_that_crosses_the_end_of_the_period_counts_as_perhaps():
    what = Definition(first=date(2023, 1, 1), last=date(2023, 9, 13))
    answer = tally([event("2023-09-01"), event("2023-09")], what)
    assert ends(answer.count) == (1, 1, 2)
    assert ends(answer.last) == ("2023-09-01", "2023-09-01", "2023-09-13")
    assert answer.vague == 1
    assert answer.perhaps == 1


def test_a_month_inside_the_period_counts_for_certain():
    answer = tally([event("2023-08")], Definition(last=date(2023, 9, 13)))
    assert ends(answer.count) == (1, None, None)
    assert ends(answer.first) == ("2023-08", "2023-08-01", "2023-08-31")


def test_perhaps_kinds_stand_in_the_high_end_only():
    what = Definition(kinds=frozenset({"icbm"}), perhaps=frozenset({"unknown"}))
    record = [event("2023-01-01", kind="icbm"), event("2023-01-02", "failure", kind="unknown"),
              event("2023-01-03", kind="srbm")]  # fmt: skip
    answer = tally(record, what)
    assert ends(answer.count) == (1, 1, 2)
    assert ends(answer.failure_share) == (0.0, 0.0, 0.5)
    assert [belongs(item, what) for item in record] == [True, None, False]


def test_a_filter_by_outcome_keeps_an_unknown_outcome_as_perhaps_and_gives_no_share():
    record = [event("2023-01-01"), event("2023-01-02", "unknown"), event("2023-01-03", "failure")]
    answer = tally(record, Definition(outcome="success"))
    assert ends(answer.count) == (1, 1, 2)
    assert answer.success_share.value is None
    assert tally(record, Definition(outcome="known")).count.value == 2


def test_a_day_with_a_success_and_a_failure_is_both():
    record = [event("2023-01-01"), event("2023-01-01", "failure"), event("2023-01-02")]
    answer = tally(record, Definition(unit="days"))
    assert (answer.count.value, answer.success.value, answer.failure.value) == (2, 2, 1)
    assert answer.failure_share.value == 0.5
    assert answer.success_share.value == 1.0


def test_an_unknown_test_may_have_failed_on_a_day_that_had_a_success():
    record = [event("2023-01-01"), event("2023-01-01", "unknown")]
    answer = tally(record, Definition(unit="days"))
    assert ends(answer.failure_share) == (0.0, 0.0, 1.0)
    assert answer.unknown.value == 0


def test_days_of_vague_events_are_the_fewest_and_the_most_possible():
    record = [event("2023-01-01"), event("2023-01"), event("2023-01-01/2023-01-02", number=2)]
    answer = tally(record, Definition())
    # All may have been on 1 January; at most the pair and the month take one new day each,
    # the pair only 2 January as the first is taken.
    assert ends(answer.days) == (1, 1, 3)


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(InputError, match="exchange the two days"):
        Definition(first=date(2023, 2, 1), last=date(2023, 1, 1))


def test_an_outcome_or_number_outside_the_list_is_refused():
    with pytest.raises(InputError, match="take one of"):
        event("2023-01-01", "partial")
    with pytest.raises(InputError, match="at least 1"):
        event("2023-01-01", number=0)
