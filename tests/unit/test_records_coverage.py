"""What the data cover of a period, on days that can be checked by eye."""

from datetime import date

import pytest

from kosmodrom.base.facts import Fact
from kosmodrom.records import Coverage

A, B = date(2022, 1, 1), date(2023, 12, 31)


def cover(asked, data=(A, B), as_of=None):
    found = Coverage.of(asked, data, as_of)
    return found.outside, found.before, found.after


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((None, None), (False, False, False)),
        ((A, B), (False, False, False)),
        ((date(2021, 12, 31), B), (False, True, False)),
        ((A, date(2024, 1, 1)), (False, False, True)),
        ((date(2000, 1, 1), date(2030, 1, 1)), (False, True, True)),
        ((None, date(2021, 12, 31)), (True, False, False)),
        ((date(2000, 1, 1), date(2021, 12, 31)), (True, False, False)),
        ((date(2024, 1, 1), None), (True, False, False)),
    ],
)
def test_the_parts_of_a_period_before_and_after_the_data(asked, expected):
    assert cover(asked) == expected


def test_data_without_a_beginning_cover_every_early_day():
    assert cover((date(1900, 1, 1), date(1901, 1, 1)), (None, B)) == (False, False, False)


def test_the_day_of_the_question_cuts_the_period_where_it_is_not_after_the_data():
    late = (A, date(2025, 1, 1))
    assert Coverage.of(late, (A, B), date(2022, 6, 1)).last == date(2022, 6, 1)
    assert cover(late, as_of=date(2022, 6, 1)) == (False, False, False)
    assert cover(late, as_of=B) == (False, False, False)
    assert cover(late, as_of=date(2024, 1, 1)) == (False, False, True)
    assert cover((date(2022, 7, 1), None), as_of=date(2022, 6, 1))[0]
    assert cover((None, None), as_of=date(2021, 6, 1))[0]


def test_facts_keep_what_the_data_say_and_no_more():
    facts = {
        "count": Fact(value=9, unit="1", low=9, high=57),
        "days": Fact(value=9, unit="1"),
        "failure_share": Fact(value=0.5, unit="1", low=0.1, high=0.9),
        "first_date": Fact(value="2022-02-01", unit="date"),
        "last_vehicle": Fact(value="Unha-3", unit="text"),
        "years_to_first": Fact(value=1.5, unit="year"),
    }

    def held(first, last):
        found = Coverage.of((first, last), (A, B), None).limited(facts)
        return [(fact.value, fact.low, fact.high) for fact in found.values()]

    nothing = (None, None, None)
    first, last, years = ("2022-02-01", None, None), ("Unha-3", None, None), (1.5, None, None)
    assert held(A, B) == [
        (9, 9, 57), (9, None, None), (0.5, 0.1, 0.9), first, last, years
    ]  # fmt: skip
    assert held(date(2021, 1, 1), B) == [
        (9, 9, None), (9, 9, None), nothing, nothing, last, nothing
    ]  # fmt: skip
    assert held(A, date(2024, 1, 1)) == [
        (9, 9, None), (9, 9, None), nothing, first, nothing, years
    ]  # fmt: skip
    assert set(held(date(2024, 1, 1), None)) == {nothing}
