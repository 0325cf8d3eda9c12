from datetime import UTC, date, datetime

import pytest

from kosmodrom.base.dates import DateRange, public_by
from kosmodrom.errors import InputError


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-09-13", date(2023, 9, 13), date(2023, 9, 13)),
        ("2023-09", date(2023, 9, 1), date(2023, 9, 30)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2022-01-01/2023-09-13", date(2022, 1, 1), date(2023, 9, 13)),
        ("2022/2023-09", date(2022, 1, 1), date(2023, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),
        ("2000-02", date(2000, 2, 1), date(2000, 2, 29)),
    ],
)
def test_a_day_month_year_or_range_is_read_to_its_ends(text, first, last):
    assert DateRange.parse(text) == DateRange(first, last)


@pytest.mark.parametrize(
    ("text", "shortest"),
    [
        ("2023-01-01/2023-12-31", "2023"),
        ("2023-09-01/2023-09-30", "2023-09"),
        ("2023-09-13/2023-09-13", "2023-09-13"),
        ("2022/2023", "2022-01-01/2023-12-31"),
        ("2023-09-01/2024-09-30", "2023-09-01/2024-09-30"),
    ],
)
def test_text_is_the_shortest_that_reads_back(text, shortest):
    assert DateRange.parse(text).text == shortest


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("13.09.2023", "13.09.2023 is not a day; write 2023-09-13"),
        ("13/09/2023", "is not a day or range of days; write 2023-09-13, 2023-09, 2023"),
        ("20230913", "is not a day; write 2023-09-13"),
        ("2023-9-13", "write the year first, like 2023-09-13"),
        ("2023-02-30", "2023-02-30 is not a day: 2023-02 has 28 days"),
        ("2023-13", "month 13; months go from 01 to 12"),
        ("2023-00-10", "month 0"),
        ("last year", "is not a day"),
        ("", "is not a day"),
        ("2023/", "is not a day or range"),
        ("2022/2023/2024", "is not a day or range"),
        ("2023-09-13/2022-01-01", "ends before it begins; write 2022-01-01/2023-09-13"),
        ("2023-09-13T04:09Z", "is a clock time and a day is due"),
        ("0203-09-13", "only 1900 to 2200"),
        ("٢٠٢٣-٠٩-١٣", "is not a day"),
        ("9" * 500, "…"),
    ],
)
def test_what_is_no_day_is_refused_with_the_way_to_write_it(text, says):
    with pytest.raises(InputError) as caught:
        DateRange.parse(text)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 200


def test_a_range_takes_plain_days_in_order_only():
    with pytest.raises(InputError, match="ends before it begins"):
        DateRange(date(2023, 9, 14), date(2023, 9, 13))
    with pytest.raises(InputError, match="not a plain day"):
        DateRange(datetime(2023, 9, 13, tzinfo=UTC), date(2023, 9, 13))


def test_both_ends_are_in_the_range():
    days = DateRange.parse("2023-09")
    assert days.contains(date(2023, 9, 1))
    assert days.contains(date(2023, 9, 30))
    assert not days.contains(date(2023, 8, 31))
    assert not days.contains(date(2023, 10, 1))
    assert days.days == 30


def test_an_instant_is_covered_by_its_day_of_utc():
    assert DateRange.covering("2012-04-13T07:38:55+09:00").text == "2012-04-12"
    assert DateRange.covering("2016-12-31T23:59:60Z").text == "2016-12-31"
    assert DateRange.covering("2012-04").text == "2012-04"


AS_OF = date(2023, 9, 15)


@pytest.mark.parametrize(
    ("known_from", "happened", "expected"),
    [
        ("2023-09-15", "2023-08-19", (True, False)),  # that day is included whole
        ("2023-09-16", "2023-08-19", (False, False)),
        ("2023-09", "2023-08-19", (False, False)),  # some day of September: perhaps the last
        ("2023-08", "2023-08-19", (True, False)),
        ("2023-09-15T23:59Z", "2023-08-19", (True, False)),
        ("2023-09-15T23:59-01:00", "2023-08-19", (False, False)),
        ("", "2023-09-15", (True, True)),
        ("", "2023-09", (False, True)),
        ("", "2022-01-01/2023-12-31", (False, True)),
        ("", "", (True, True)),
    ],
)
def test_a_row_is_usable_once_it_was_surely_public(known_from, happened, expected):
    assert public_by(known_from, happened, AS_OF) == expected


@pytest.mark.parametrize("known_from", ["", "2099"])
def test_without_a_day_everything_is_usable(known_from):
    assert public_by(known_from, "2098", None) == (True, known_from == "")
