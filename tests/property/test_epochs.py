from datetime import timedelta, timezone

import erfa
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kosmodrom.base.dates import DateRange, public_by
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.periods import day_bounds, parse_instant_or_day
from kosmodrom.errors import InputError

calm = settings(deadline=None)  # the machine may be busy; speed is not tested here
DAY = 86_400 * 10**9
LEAP_DAYS = [
    int(erfa.cal2jd(year, month, 1)[1]) - 1
    for year, month, _ in erfa.leap_seconds.get().tolist()
    if (year, month) > (1972, 1)
]
LOW = Epochs.from_iso("1900-01-01T00:00Z").tai_ns.item()
HIGH = Epochs.from_iso("2200-12-31T23:59:59Z").tai_ns.item()
Y1972 = Epochs.from_iso("1972-01-01T00:00Z").tai_ns.item()

near_leaps = st.builds(
    lambda mjd, away: Epochs.from_utc(mjd, DAY).tai_ns.item() + away,
    st.sampled_from(LEAP_DAYS),
    st.integers(-2 * 10**9, 2 * 10**9),
)
near_1972 = st.integers(Y1972 - 10**11, Y1972 + 10**11)
instants = st.one_of(st.integers(LOW, HIGH), near_leaps, near_1972)
modern = st.one_of(st.integers(Y1972, HIGH), near_leaps)
zones = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
days = st.dates(min_value=DateRange.parse("1900").first, max_value=DateRange.parse("2200").last)


@calm
@given(modern)
def test_text_with_nine_decimals_gives_the_same_nanosecond(tai):
    assert Epochs.from_iso(Epochs(np.array(tai)).utc_iso(9)).tai_ns == tai


@calm
@given(st.integers(LOW, Y1972))
def test_before_1972_it_gives_the_nanosecond_or_its_neighbour(tai):
    # The scales run at different rates there, so two nanoseconds may share one text.
    assert abs(Epochs.from_iso(Epochs(np.array(tai)).utc_iso(9)).tai_ns - tai) <= 1


@calm
@given(modern.filter(lambda tai: tai < HIGH - DAY), zones)  # no zone may show the year 2201
def test_text_in_any_zone_is_the_same_instant(tai, zone):
    assert Epochs.from_iso(Epochs(np.array(tai)).zone_iso(zone, 9)).tai_ns == tai


@calm
@given(st.lists(instants, min_size=2, max_size=8), st.integers(0, 9))
def test_later_instants_have_later_texts(tai, decimals):
    texts = Epochs(np.sort(np.array(tai))).utc_iso(decimals)
    assert texts == sorted(texts)


@calm
@given(st.lists(instants, min_size=1, max_size=8))
def test_an_array_is_its_scalars_one_by_one(tai):
    epochs = Epochs(np.array(tai))
    assert epochs.utc_iso(9) == [Epochs(np.array(one)).utc_iso(9) for one in tai]
    for view in (epochs.utc_jd, epochs.tt_jd, epochs.tdb_jd):
        single = [getattr(Epochs(np.array(one)), view.__name__)() for one in tai]
        assert np.array_equal(np.array(view()), np.array(single).T)


@calm
@given(modern, st.integers(0, 9))
def test_rounded_text_is_half_a_step_off_at_most(tai, decimals):
    epochs = Epochs(np.array(tai))
    step = 10 ** (9 - decimals)
    try:
        back = Epochs.from_iso(epochs.utc_iso(decimals))
    except InputError:  # the last half step of the year 2200 rounds into 2201
        assert HIGH - tai < step
        return
    assert abs((back - epochs).item()) <= step // 2


@calm
@given(instants, st.integers(-(10**9), 10**9))
def test_moving_and_subtracting_undo_each_other(tai, seconds):
    epochs = Epochs(np.array(tai))
    if not LOW <= tai + seconds * 10**9 <= HIGH:
        return
    moved = epochs.plus(float(seconds))
    assert (moved - epochs).item() == seconds * 10**9
    assert moved.seconds_since(epochs) == seconds


@calm
@given(instants)
def test_the_parts_of_the_utc_day_go_back(tai):
    epochs = Epochs(np.array(tai))
    back = Epochs.from_utc(*epochs.utc_days())
    assert abs((back - epochs).item()) <= (tai < Y1972)


@calm
@given(days, days)
def test_the_text_of_a_range_reads_back(one, other):
    days = DateRange(min(one, other), max(one, other))
    assert DateRange.parse(days.text) == days
    assert DateRange.covering(days.text) == days


@calm
@given(days)
def test_days_follow_each_other_without_gap(day):
    if day.isoformat() == "2200-12-31":
        return
    _, last = day_bounds(DateRange(day, day))
    first, _ = day_bounds(DateRange(day + timedelta(days=1), day + timedelta(days=1)))
    assert (first - last).item() == 1


@calm
@given(days, days)
def test_what_was_public_stays_public(known, as_of):
    usable, guessed = public_by(known.isoformat(), "", as_of)
    assert usable == (known <= as_of)
    assert not guessed


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.text(alphabet="0123456789-:/.TZ+ ", max_size=40),
        st.from_regex(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)", fullmatch=True
        ),
    )
)
def test_any_text_is_read_or_refused_with_a_message(text):
    try:
        parse_instant_or_day(text)
        message = "read"
    except InputError as error:
        message = str(error)
    assert message == "read" or 20 < len(message) < 300
