import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kosmodrom import units
from kosmodrom.errors import InputError

calm = settings(deadline=None)  # the machine may be busy; speed is not tested here
numbers = st.floats(-1e12, 1e12).map(lambda x: float(f"{x:.6e}"))
names = st.sampled_from(sorted(set(units.UNITS) - {"1"}))
unit_texts = st.one_of(names, st.tuples(names, names).map("/".join))


@calm
@given(numbers, unit_texts, st.sampled_from(["", " ", "  "]))
def test_a_written_number_comes_back_from_si(number, unit, gap):
    read = units.parse(f"{number:.6e}{gap}{unit}")
    back = units.convert(read.value, units.si_unit(unit), unit)
    assert back == pytest.approx(number, rel=1e-14)  # two roundings of a double
    assert read.dimension == units.dimension_of(unit) == units.dimension_of(read.unit)


@calm
@given(numbers, unit_texts, unit_texts)
def test_conversion_goes_both_ways_or_neither(number, first, second):
    if units.same_dimension(first, second):
        there = units.convert(number, first, second)
        assert units.convert(there, second, first) == pytest.approx(number, rel=1e-14)
    else:
        for pair in ((first, second), (second, first)):
            with pytest.raises(InputError, match="cannot turn"):
                units.convert(number, *pair)


@calm
@given(unit_texts)
def test_the_unit_of_a_quantity_reads_as_itself(unit):
    symbol = units.parse(f"1 {unit}").unit
    assert units.parse(f"1 {symbol}").unit == symbol
    assert units.convert(1.0, unit, symbol) == pytest.approx(1.0, rel=1e-15)


@calm
@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_one_mark_before_three_digits_is_never_guessed(whole, rest, mark):
    text = f"{whole}{mark}{rest:03d} km"
    with pytest.raises(InputError, match=rf"write {whole}{rest:03d} km or {whole}\.") as caught:
        units.parse(text)
    # Both spellings shown are read, each as what it says.
    first, second = str(caught.value).rsplit("write ", 1)[1].split(" or ")
    assert units.parse(first, "length").value == pytest.approx((whole * 1000 + rest) * 1000.0)
    assert units.parse(second, "length").value == pytest.approx(whole * 1000.0 + rest)


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=70),
        st.text(alphabet="0123456789.,eE-+/ km%", max_size=70),
        st.tuples(numbers.map(str), st.text(max_size=20)).map(" ".join),
    ),
    st.sampled_from(
        [None, "length", "count", "share", "length/time", "money:USD/time", "nonsense"]
    ),
)
def test_any_text_is_read_or_refused_with_a_message(text, dimension):
    try:
        value, message = units.parse(text, dimension).value, "read"
    except InputError as error:
        value, message = 0.0, str(error)
    assert abs(value) < float("inf")
    assert message == "read" or 20 < len(message) < 400
