import math

import pytest

from kosmodrom import units
from kosmodrom.errors import InputError, UnknownNameError

# Sizes as printed by their sources, to the digits printed there:
# SI: BIPM, SI Brochure, 9th edition (2019), tables 2, 4, 7 and 8
# SP811: NIST Special Publication 811 (2008), appendix B.8
# IAU: IAU Style Manual (1989): a Julian year is 365.25 days of 86 400 s
SIZES = {
    "m": ("m", 1.0, "SI"),
    "km": ("m", 1000.0, "SI"),
    "cm": ("m", 0.01, "SI"),
    "mm": ("m", 0.001, "SI"),
    "mile": ("m", 1.609344e3, "SP811"),
    "nmi": ("m", 1.852e3, "SP811"),
    "rad": ("rad", 1.0, "SI"),
    "deg": ("rad", 1.745329e-2, "SP811"),
    "arcmin": ("rad", 2.908882e-4, "SP811"),
    "arcsec": ("rad", 4.848137e-6, "SP811"),
    "s": ("s", 1.0, "SI"),
    "ms": ("s", 0.001, "SI"),
    "min": ("s", 60.0, "SI"),
    "hour": ("s", 3600.0, "SI"),
    "day": ("s", 86_400.0, "SI"),
    "week": ("s", 604_800.0, "ISO 8601-1:2019, calendar week: seven days"),
    "month": ("s", 2_629_800.0, "IAU, a twelfth of the Julian year"),
    "year": ("s", 31_557_600.0, "IAU"),
    "kg": ("kg", 1.0, "SI"),
    "g": ("kg", 0.001, "SI"),
    "t": ("kg", 1000.0, "SI"),
    "N": ("N", 1.0, "SI"),
    "kN": ("N", 1000.0, "SI"),
    "Pa": ("Pa", 1.0, "SI"),
    "kPa": ("Pa", 1000.0, "SI"),
    "Pa rad": ("Pa rad", 1.0, "SI"),
    "kPa deg": ("Pa rad", 17.45329, "SP811, a thousand degrees"),
    "W": ("W", 1.0, "SI"),
    "kW": ("W", 1000.0, "SI"),
    "m²": ("m²", 1.0, "SI"),
    "s²": ("s²", 1.0, "SI"),
    "bit": ("bit", 1.0, "IEC 80000-13:2008"),
    "kbit": ("bit", 1e3, "IEC 80000-13:2008"),
    "Mbit": ("bit", 1e6, "IEC 80000-13:2008"),
    "Gbit": ("bit", 1e9, "IEC 80000-13:2008"),
    "byte": ("bit", 8.0, "IEC 80000-13:2008: the octet"),
    "kB": ("bit", 8e3, "IEC 80000-13:2008"),
    "MB": ("bit", 8e6, "IEC 80000-13:2008"),
    "GB": ("bit", 8e9, "IEC 80000-13:2008"),
    "%": ("1", 0.01, "SI, 5.4.7"),
    "1": ("1", 1.0, "SI"),
}
OWN = {"round": "round", **{money: f"money:{money}" for money in ("USD", "EUR", "RUB", "KZT")}}


@pytest.mark.parametrize("symbol", SIZES)
def test_a_unit_has_the_size_its_source_prints(symbol):
    si, size, _ = SIZES[symbol]
    assert units.si_unit(symbol) == si
    assert units.convert(1.0, symbol, si) == pytest.approx(size, rel=5e-7)  # seven digits printed


@pytest.mark.parametrize("symbol", OWN)
def test_rounds_and_currencies_are_kinds_of_their_own(symbol):
    assert units.dimension_of(symbol) == OWN[symbol]
    assert units.si_unit(symbol) == symbol
    assert units.parse(f"2 {symbol}").value == 2.0


def test_every_unit_of_the_table_is_tested_here():
    symbols = {unit.symbol for unit in units.UNITS.values() if not unit.counts}
    assert symbols == {*SIZES, *OWN}


@pytest.mark.parametrize("name", [n for n, unit in units.UNITS.items() if unit.counts])
def test_a_counting_word_counts_one_by_one(name):
    if name.startswith(("launch", "pass", "success")):
        assert units.UNITS[name].names == (units.UNITS[name].symbol + "es",)
    assert units.parse(f"3 {name}", "count").value == 3.0
    assert units.same_dimension(name, "1")


@pytest.mark.parametrize(
    ("plural", "symbol"),
    [
        ("hours", "hour"), ("h", "hour"), ("d", "day"), ("years", "year"), ("minutes", "min"),
        ("rounds", "round"), ("launches", "launch"), ("kilometres", "km"), ("metres", "m"),
        ("W/m2", "W/m²"), ("m/s^2", "m/s²"), ("kPa°", "kPa deg"),
        ("degrees", "deg"), ("°", "deg"), ("tonnes", "t"), ("percent", "%"), ("miles", "mile"),
        ("occasions", "occasion"), ("seconds", "s"), ("rounds/years", "round/year"),
    ],
)  # fmt: skip
def test_plurals_and_long_names_mean_the_unit(plural, symbol):
    assert units.parse(f"5 {plural}") == units.Quantity(
        units.parse(f"5 {symbol}").value, symbol, units.dimension_of(symbol), f"5 {plural}"
    )


@pytest.mark.parametrize(
    ("text", "value", "unit", "dimension"),
    [
        ("1500 km", 1.5e6, "km", "length"),
        ("1500km", 1.5e6, "km", "length"),
        (" 1500  km ", 1.5e6, "km", "length"),
        ("10deg", math.pi / 18, "deg", "angle"),
        ("-10.5 deg", -10.5 * math.pi / 180, "deg", "angle"),
        ("2e6 round/year", 2e6 / 31_557_600, "round/year", "round/time"),
        ("115e6 USD/year", 115e6 / 31_557_600, "USD/year", "money:USD/time"),
        ("127 s", 127.0, "s", "time"),
        ("4 hour", 14_400.0, "hour", "time"),
        ("5 year", 157_788_000.0, "year", "time"),
        ("100 occasion", 100.0, "occasion", "1"),
        ("15 %", 0.15, "%", "1"),
        ("15%", 0.15, "%", "1"),
        ("7.5 km/s", 7500.0, "km/s", "length/time"),
        ("7.5 km / s", 7500.0, "km/s", "length/time"),
        ("1.5E+3 m", 1500.0, "m", "length"),
        ("0.125 km", 125.0, "km", "length"),
        ("1500.125 km", 1_500_125.0, "km", "length"),
        ("1.500e3 km", 1.5e6, "km", "length"),
        ("2", 2.0, "1", "1"),
        ("0.5", 0.5, "1", "1"),
    ],
)
def test_a_quantity_is_read_into_si(text, value, unit, dimension):
    read = units.parse(text)
    assert read.value == pytest.approx(value, rel=1e-15)
    assert (read.unit, read.dimension, read.text) == (unit, dimension, text.strip())


@pytest.mark.parametrize(
    ("text", "dimension", "says"),
    [
        ("1500", "length", "1500 has no unit; a length is due, write 1500 km"),
        ("10", "angle", "10 has no unit; an angle is due, write 10 deg"),
        ("8", "length/time", "8 has no unit; a speed is due, write 8 km/s"),
        ("40", "length/time²", "40 has no unit; an acceleration is due, write 40 m/s2"),
        ("1135", "power/area", "1135 has no unit; a heat flux is due, write 1135 W/m2"),
        ("115e6", "money:USD/time", "write 115e6 USD/s"),
        ("1.500 km", "length", "'1.500 km' is ambiguous; write 1500 km or 1.5 km"),
        ("97.412 deg", None, "write 97412 deg or 97.4120 deg"),
        ("1.000", None, "write 1000 or 1.0"),
        ("1,5 km", None, "'1,5 km' has a decimal comma; write 1.5 km"),
        ("1,500 km", None, "write 1500 km or 1.5 km"),
        ("1,234,567 km", None, "write 1234567 km"),
        ("1.234.567 km", None, "write 1234567 km"),
        ("1 500 km", None, "write 1500 km"),
        ("1.234,5 km", None, "is not one number"),
        ("1_000 km", None, "unknown unit '_000 km'"),
        ("115 million USD", None, "has a number in words; write 115e6 USD"),
        ("1,5 juta round", None, "has a decimal comma"),
        ("2 juta rounds", None, "write 2e6 rounds"),
        ("nan km", None, "does not begin with a number"),
        ("inf", None, "does not begin with a number"),
        ("", None, "does not begin with a number"),
        ("km", "length", "a length is due, like 1500 km"),
        (".5 km", None, "does not begin with a number"),
        ("+5 km", None, "does not begin with a number"),
        ("٣ km", None, "does not begin with a number"),
        ("1e999 km", None, "is too large"),
        ("1e308 km", None, "is too large"),
        ("5 kg", "length", "'5 kg' is in kg (mass) and a length is due, like 5 km"),
        ("5 %", "count", "a count is due, like 5 launch"),
        ("5 launch", "share", "a share is due, like 5 %"),
        ("5 launch/year", "count", "a count is due"),
        ("5 USD", "money:RUB", "a quantity in RUB or the like is due"),
        ("5 km/s/s", None, "at most one slash"),
        ("5 /s", None, "at most one slash"),
        ("5 km/", None, "at most one slash"),
        ("1" * 61, None, "61 characters is too long; at most 60"),
    ],
)
def test_a_text_that_is_no_quantity_is_refused_with_the_way_out(text, dimension, says):
    with pytest.raises(InputError) as caught:
        units.parse(text, dimension)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("5 KM", "km"),
        ("1500 kilom", "kilometre"),
        ("5 sec.", "sec"),
        ("5 Hour", "hour"),
        ("5 kilometrs", "kilometres"),
        ("5 usd/year", "USD"),
    ],
)
def test_an_unknown_unit_is_answered_with_the_nearest(text, near):
    with pytest.raises(UnknownNameError, match=f"did you mean '{near}'") as caught:
        units.parse(text)
    assert caught.value.near[0] == near


def test_a_minus_sign_is_read_as_our_own_tables_print_it():
    assert units.parse("−10.5 km").value == -10_500.0
    assert units.parse("2e−3 km").value == 2.0
    assert units.parse("−10.5 km").text == "−10.5 km"
    with pytest.raises(InputError, match=r"decimal comma; write -10\.5 km"):
        units.parse("−10,5 km")


def test_an_unknown_unit_like_none_is_answered_with_examples():
    with pytest.raises(UnknownNameError, match="units are like km, deg, s"):
        units.parse("5 frobs")


@pytest.mark.parametrize("dimension", ["1", "count", "share"])
def test_a_bare_number_is_a_count_a_share_or_a_plain_number(dimension):
    assert units.parse("0.5", dimension) == units.Quantity(0.5, "1", "1", "0.5")


@pytest.mark.parametrize(("text", "due"), [("7 km/s", "speed"), ("7 launch/year", "rate")])
def test_short_names_of_dimensions_are_understood(text, due):
    assert units.parse(text, due).value == units.parse(text, units.dimension_of(text[2:])).value


def test_units_convert_within_a_dimension_only():
    assert units.convert(1.0, "nmi", "km") == pytest.approx(1.852, rel=1e-15)  # SP811
    assert units.convert(100.0, "km/hour", "m/s") == pytest.approx(27.777_777_8, abs=1e-7)
    assert units.convert(0.3, "km", "km") == 0.3
    with pytest.raises(InputError, match=r"cannot turn USD \(money:USD\) into RUB"):
        units.convert(1.0, "USD", "RUB")
    with pytest.raises(UnknownNameError):
        units.convert(1.0, "km", "parsnip")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("km", "mile", True),
        ("USD", "RUB", False),
        ("%", "1", True),
        ("launch", "test", True),
        ("round", "1", False),
        ("USD/launch", "USD", False),
        ("km/s", "m/hour", True),
        ("m/km", "1", True),
        ("text", "text", True),
    ],
)
def test_what_measures_the_same_is_the_same_dimension(first, second, same):
    assert units.same_dimension(first, second) == same


def test_importing_units_loads_no_library():
    import subprocess
    import sys

    code = "import sys, kosmodrom.units; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "pint", "pydantic"} & set(done.stdout.split())
