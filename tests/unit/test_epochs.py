from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from kosmodrom.base.dates import DateRange
from kosmodrom.base.earth import EarthOrientation
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.periods import (
    check_instant_or_day,
    day_bounds,
    parse_instant_or_day,
    seconds_of,
)
from kosmodrom.errors import DataError, InputError


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-13T04:09Z",
        "2023-09-13T04:09:00Z",
        "2023-09-13 04:09:00.000Z",
        "2023-09-13T13:09+09:00",
        "2023-09-12T23:09:00.000000000-05:00",
        "2023-09-13T09:54+05:45",
    ],
)
def test_one_instant_may_be_written_in_many_ways(text):
    assert Epochs.from_iso(text).utc_iso(0) == "2023-09-13T04:09:00Z"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2023-09-13T04:09", "has no zone; write 2023-09-13T04:09Z for UTC, or"),
        ("2023-09-13T04:09z", "write it like 2023-09-13T04:09Z"),
        ("2023-09-13T04:09+9", "write it like 2023-09-13T04:09Z"),
        ("2023-09-13T4:09Z", "write it like"),
        ("04:09Z", "write it like"),
        ("2023-09-13T04:09:00.1234567891Z", "write it like"),
        ("2023-09-13T24:00Z", "24:00 is 00:00 of the next day"),
        ("2023-09-13T04:60Z", "no such clock time"),
        ("2023-09-13T04:09:61Z", "no such clock time"),
        ("2023-09-13T04:09+15:00", "zones go from -14:00 to +14:00"),
        ("2023-02-29T04:09Z", "2023-02 has 28 days"),
        ("2023-09-13T04:09:60Z", "a leap second only ends a day of UTC"),
        ("2015-12-31T23:59:60Z", "is no leap second"),
        ("2016-12-31T23:59:60+09:00", "a leap second only ends a day of UTC"),
        ("1971-12-31T23:59:60Z", "is no leap second"),
        ("1899-12-31T23:59:59Z", "only 1900 to 2200"),
        ("1900-01-01T00:00+09:00", "only 1900 to 2200"),
        ("2201-01-01T00:00Z", "only 1900 to 2200"),
        ("2023-09-13T04:09Z" + " " * 100, "too long"),
    ],
)
def test_what_is_no_instant_is_refused_with_the_way_to_write_it(text, says):
    with pytest.raises(InputError) as caught:
        check_instant_or_day(text)
    assert says in str(caught.value)


def test_a_leap_second_is_an_instant_of_its_own():
    edge = Epochs.from_iso(
        ["2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"]
    )
    assert np.diff(edge.tai_ns).tolist() == [1_000_000_000, 1_000_000_000]
    assert edge.utc_iso(0) == [
        "2016-12-31T23:59:59Z",
        "2016-12-31T23:59:60Z",
        "2017-01-01T00:00:00Z",
    ]
    assert edge.tai_minus_utc().tolist() == [36.0, 36.0, 37.0]


def test_a_leap_second_is_shown_in_other_zones_too():
    leap = Epochs.from_iso("2016-12-31T23:59:60.5Z")
    assert leap.zone_iso(ZoneInfo("Asia/Jakarta"), 1) == "2017-01-01T06:59:60.5+07:00"
    assert Epochs.from_iso("2017-01-01T06:59:60.5+07:00").tai_ns == leap.tai_ns


def test_rounding_carries_over_minutes_days_and_leap_seconds():
    texts = ["2016-12-31T23:59:59.9996Z", "2016-12-31T23:59:60.9996Z", "2015-12-31T23:59:59.9996Z"]
    assert Epochs.from_iso(texts).utc_iso(3) == [
        "2016-12-31T23:59:60.000Z",
        "2017-01-01T00:00:00.000Z",
        "2016-01-01T00:00:00.000Z",
    ]


def test_text_has_the_shape_of_the_epochs():
    grid = Epochs(np.arange(4).reshape(2, 2) * 10**9)
    texts = grid.utc_iso(0)
    assert [len(row) for row in texts] == [2, 2]
    assert Epochs.from_iso(texts).tai_ns.tolist() == grid.tai_ns.tolist()
    assert Epochs.from_iso([]).utc_iso() == []


def test_an_aware_datetime_is_taken_and_a_naive_one_refused():
    tokyo = datetime(2023, 9, 13, 13, 9, 0, 250_000, tzinfo=timezone(timedelta(hours=9)))
    assert Epochs.from_datetime(tokyo).utc_iso(6) == "2023-09-13T04:09:00.250000Z"
    assert Epochs.from_datetime([tokyo, tokyo]).shape == (2,)
    with pytest.raises(InputError, match="no zone; give datetime"):
        Epochs.from_datetime(datetime(2023, 9, 13, 4, 9))  # noqa: DTZ001 -- naive on purpose


def test_a_datetime_in_the_autumn_hour_that_comes_twice_keeps_its_fold():
    zone = ZoneInfo("Europe/Berlin")
    first, second = (datetime(2023, 10, 29, 2, 30, fold=fold, tzinfo=zone) for fold in (0, 1))
    assert (Epochs.from_datetime(second) - Epochs.from_datetime(first)).item() == 3600 * 10**9


def test_floats_are_refused_as_nanoseconds():
    with pytest.raises(InputError, match="give whole nanoseconds"):
        Epochs(np.array([0.5]))


def test_epochs_do_not_change():
    given = np.array([0, 1])
    epochs = Epochs(given)
    given[0] = 5
    assert epochs.tai_ns.tolist() == [0, 1]
    with pytest.raises(ValueError, match="read-only"):
        epochs.tai_ns[0] = 5


def test_times_outside_1900_to_2200_are_refused():
    for ns in (-(2**63), 2**63 - 1):
        with pytest.raises(InputError, match="outside 1900 to 2200"):
            Epochs(np.array(ns))
    with pytest.raises(InputError, match="leaves the years 1900 to 2200"):
        Epochs.from_iso("2200-12-31T00:00Z").plus(9e9)
    with pytest.raises(InputError, match="outside 1900 to 2200"):
        Epochs.from_iso("2200-12-31T00:00Z").plus(86_400 * 2)
    with pytest.raises(InputError, match="not finite"):
        Epochs.from_iso("2023-01-01T00:00Z").plus(np.nan)


def test_a_difference_too_long_for_int64_is_refused_instead_of_wrong():
    with pytest.raises(InputError, match="subtract in two steps"):
        Epochs.from_iso("2200-12-31T00:00Z") - Epochs.from_iso("1900-01-01T00:00Z")


def test_a_day_number_must_be_whole_and_its_nanoseconds_inside_the_day():
    assert Epochs.from_utc([57_753, 57_754], 86_399 * 10**9).shape == (2,)
    assert Epochs.from_utc(57_753, 86_400 * 10**9).utc_iso(0) == "2016-12-31T23:59:60Z"
    with pytest.raises(InputError, match="a day of UTC has"):
        Epochs.from_utc(57_754, 86_400 * 10**9)
    with pytest.raises(InputError, match="whole numbers"):
        Epochs.from_utc(57_753.5)
    with pytest.raises(InputError, match="can be used"):
        Epochs.from_utc(0)


def test_the_bounds_of_a_day_hold_its_leap_second():
    first, last = day_bounds(DateRange.parse("2016-12-31"))
    assert first.utc_iso(9) == "2016-12-31T00:00:00.000000000Z"
    assert last.utc_iso(9) == "2016-12-31T23:59:60.999999999Z"
    assert (last - first).item() == 86_401 * 10**9 - 1


def test_days_and_instants_are_told_apart():
    assert parse_instant_or_day("2023-09") == DateRange.parse("2023-09")
    assert isinstance(parse_instant_or_day("2023-09-13T04:09Z"), Epochs)


def test_seconds_of_an_instant_lie_between_those_of_its_day():
    first, last = seconds_of("2023-09-13")
    at, same = seconds_of("2023-09-13T04:09Z")
    assert first < at == same < last
    assert at - first == pytest.approx(4 * 3600 + 9 * 60, abs=1e-6)  # a float of 7e8 s steps 1e-7


def test_the_uncertainty_before_1972_is_stated():
    texts = [
        "1954-12-31T00:00Z",
        "1957-10-04T19:28:34Z",
        "1971-12-31T23:59:59Z",
        "1972-01-01T00:00Z",
    ]
    assert Epochs.from_iso(texts).utc_uncertainty().tolist() == [1.5, 0.2, 0.2, 0.0]


def test_a_long_set_is_summed_up_by_its_ends():
    text = repr(Epochs.from_utc(np.arange(60_000, 60_100)))
    assert text.startswith("Epochs(shape=(100,), 2023-02-25")
    assert len(text) < 120


def earth(**change):
    days = np.arange(57_750.0, 57_758.0)
    columns = {
        "mjd_utc": days,
        "ut1_minus_utc": np.where(days < 57_754, -0.4, 0.6) - 0.001 * (days - 57_750),
        "pole_x": 1e-6 + 1e-9 * (days - 57_750),
        "pole_y": 2e-6 - 1e-9 * (days - 57_750),
    }
    return EarthOrientation(**{**columns, **change})


def test_ut1_minus_utc_jumps_with_the_leap_second_and_ut1_does_not():
    around = Epochs.from_iso("2016-12-31T23:59:59.5Z").plus([0.0, 1.0, 2.0])
    assert earth().ut1_minus_utc_at(around) == pytest.approx(
        [-0.404, -0.404, 0.596],
        abs=1e-6,  # the column falls by a millisecond a day
    )
    day, fraction = around.ut1_jd(earth())
    seconds = (day - day[0]) * 86_400 + (fraction - fraction[0]) * 86_400
    assert seconds == pytest.approx([0, 1, 2], abs=1e-6)


def test_the_pole_is_read_between_the_days():
    noon = Epochs.from_iso("2016-12-29T12:00Z")
    x, y = earth().pole_at(noon)
    assert x == pytest.approx(1e-6 + 1.5e-9, abs=1e-15)
    assert y == pytest.approx(2e-6 - 1.5e-9, abs=1e-15)


def test_two_rows_are_joined_by_a_line():
    two = EarthOrientation(
        mjd_utc=[60_000, 60_005], ut1_minus_utc=[0.1, 0.2], pole_x=[0, 0], pole_y=[0, 0]
    )
    middle = Epochs.from_utc(60_002, 43_200 * 10**9)
    assert two.ut1_minus_utc_at(middle) == pytest.approx(0.15, abs=1e-12)


@pytest.mark.parametrize("text", ["2016-12-27T23:59:59Z", "2017-01-04T00:00:01Z"])
def test_earth_orientation_refuses_times_outside_its_days(text):
    with pytest.raises(DataError, match="known from 2016-12-28T00:00:00Z to 2017-01-04T00:00:00Z"):
        earth().ut1_minus_utc_at(Epochs.from_iso(text))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"mjd_utc": np.arange(57_757.0, 57_749.0, -1)}, "sort the rows"),
        ({"mjd_utc": np.arange(57_750.5, 57_758.5)}, "whole days"),
        ({"mjd_utc": np.arange(37_665.0, 37_673.0)}, "drop those rows"),
        ({"pole_x": np.full(8, np.nan)}, "drop rows without a value"),
        ({"pole_x": np.full(7, 1e-6)}, "four columns of one length"),
        ({"pole_y": np.full(8, 0.3)}, "another unit than radians"),
        ({"ut1_minus_utc": np.full(8, -404.0)}, "another unit"),
    ],
)
def test_earth_orientation_refuses_a_damaged_table(change, says):
    with pytest.raises(InputError, match=says):
        earth(**change)


def test_before_1972_ut1_is_utc_whatever_the_table():
    old = Epochs.from_iso("1957-10-04T19:28:34Z")
    assert old.ut1_jd(earth()) == old.utc_jd()


def test_reading_text_does_not_load_erfa():
    # Requests check their texts on import-light paths; only leap seconds need the table.
    import subprocess
    import sys

    code = "import sys, kosmodrom.base.epochs; print('erfa' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
