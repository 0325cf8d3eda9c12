"""Two-line element sets: what is read, and how each error is worded."""

import numpy as np
import pytest

from kosmodrom.errors import InputError
from kosmodrom.orbits import tle
from kosmodrom.orbits.catalog_numbers import alpha_5, catalog_number
from kosmodrom.orbits.tle import read_tle, write_tle

# CelesTrak GP, 22 August 2026 (T.S. Kelso, Space-Track)
ISS = (
    "1 25544U 98067A   26234.04909235  .00009068  00000+0  16914-3 0  9995",
    "2 25544  51.6330 334.1166 0007690  71.1509 289.0313 15.49562116581964",
)
# SGP4 verification set, Vallado and others (2006)
VANGUARD = (
    "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753",
    "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667",
)


def text_of(*lines, end="\n"):
    return "".join(f"{line}{end}" for line in lines)


def summed(line):
    """Put the right checksum after a changed line."""
    total = sum(int(sign) if sign.isdigit() else sign == "-" for sign in line[:68])
    return line[:68] + str(total % 10)


def changed(line, start, text):
    """Overwrite columns, counted from 1, and put the checksum right."""
    return summed(line[: start - 1] + text + line[start - 1 + len(text) :])


def refusal(text, **more):
    with pytest.raises(InputError) as caught:
        read_tle(text, "f.tle", **more)
    return str(caught.value)


# What is read


def test_a_set_is_read_with_all_its_fields():
    sets = read_tle(text_of(*VANGUARD), "v.tle")
    assert sets.numbers.tolist() == [5]
    assert sets.designators == ("1958-002B",)
    assert sets.epochs.utc_iso(9) == ["2000-06-27T18:50:19.733568000Z"]
    assert sets.set_numbers.tolist() == [475]
    assert sets.revolutions.tolist() == [41366]
    assert sets.sources == ("v.tle:1",)
    assert sets.names == ("",)
    assert sets.labels() == ("5",)
    # the field 28098-4 is 0.28098e-4; one rounding of a product apart from that literal
    assert sets.bstar[0] == 0.28098 * 1e-4
    assert sets.eccentricity[0] == 0.1859667
    assert np.degrees(sets.inclination[0]) == pytest.approx(34.2682, abs=1e-12)


@pytest.mark.parametrize("end", ["\n", "\r\n", "  \r\n", "\t\n"])
@pytest.mark.parametrize("name", [None, "VANGUARD 1", "0 VANGUARD 1", "VANGUARD 1      "])
def test_names_line_ends_and_blanks_at_the_end_change_nothing(name, end):
    sets = read_tle(text_of(*([name] if name else []), *VANGUARD, end=end), "f.tle")
    assert sets.names == ("VANGUARD 1" if name else "",)
    assert sets.mean_motion_rad_min[0] == read_tle(text_of(*VANGUARD), "f").mean_motion_rad_min[0]


def test_blank_lines_comments_and_a_byte_order_mark_are_passed_over():
    sets = read_tle("\ufeff# of today\n\n" + text_of("ISS", *ISS, "", *VANGUARD), "f.tle")
    assert sets.names == ("ISS", "")
    assert sets.sources == ("f.tle:4", "f.tle:7")


def test_a_line_without_an_end_is_read_too():
    assert len(read_tle(text_of(*ISS) + "\n".join(VANGUARD), "f.tle")) == 2


@pytest.mark.parametrize(
    ("written", "number"),
    [("25544", 25544), ("00005", 5), ("    5", 5), ("A0000", 100_000), ("T0001", 270_001),
     ("J2931", 182_931), ("Z9999", 339_999), ("99999", 99_999)],
)  # fmt: skip
def test_numbers_of_five_digits_and_of_alpha_5_are_read(written, number):
    lines = [changed(line, 3, written) for line in VANGUARD]
    assert read_tle(text_of(*lines), "f.tle").numbers.tolist() == [number]


@pytest.mark.parametrize(
    ("digits", "year"), [("57", 1957), ("99", 1999), ("00", 2000), ("56", 2056)]
)
def test_two_digits_of_a_year_are_1957_to_2056(digits, year):
    first = changed(VANGUARD[0], 19, digits)
    iso = read_tle(text_of(first, VANGUARD[1]), "f.tle").epochs.utc_iso(0)[0]
    assert iso.startswith(f"{year}-06-")


def test_the_last_step_of_a_leap_day_and_of_a_day_with_a_leap_second_is_exact():
    first = changed(VANGUARD[0], 19, "16366.99999999")  # ends with a leap second
    sets = read_tle(text_of(first, VANGUARD[1]), "f.tle")
    assert sets.epochs.utc_iso(9) == ["2016-12-31T23:59:59.999136000Z"]


def test_what_is_rare_is_read_as_the_common():
    first = changed(VANGUARD[0], 10, "58002  B")  # as in sets of the 1990s
    first = changed(first, 34, "+.00000023")
    first = changed(first, 54, "+28098-4")
    first = changed(first, 63, " ")
    rare = read_tle(text_of(first, changed(VANGUARD[1], 27, "1859667")), "f.tle")
    plain = read_tle(text_of(*VANGUARD), "f.tle")
    assert rare.designators == plain.designators
    assert rare.bstar[0] == plain.bstar[0]
    assert rare.mean_motion_dot_rad_min2[0] == plain.mean_motion_dot_rad_min2[0]


def test_a_set_without_designator_or_set_number_is_read():
    first = changed(changed(VANGUARD[0], 10, " " * 8), 65, " " * 4)
    sets = read_tle(text_of(first, changed(VANGUARD[1], 64, " " * 5)), "f.tle")
    assert (sets.designators, sets.set_numbers[0], sets.revolutions[0]) == (("",), 0, 0)


def test_negative_drag_and_rates_are_read():
    first = changed(changed(VANGUARD[0], 34, "-.00001273"), 54, "-13525-3")
    sets = read_tle(text_of(first, VANGUARD[1]), "f.tle")
    assert sets.bstar[0] == -0.13525 * 1e-3
    assert sets.mean_motion_dot_rad_min2[0] < 0


# What is refused


@pytest.mark.parametrize(
    ("start", "text", "words"),
    [
        (3, "2X544", "column 3-7, catalogue number, is '2X544'; due is five digits"),
        (3, "I0000", "column 3-7, catalogue number, is 'I0000'"),
        (8, "?", "column 8, classification"),
        (9, "x", "column 9, gap, is 'x'; due is a blank"),
        (10, "98O67A  ", "column 10-17, international designator"),
        (19, "2x", "column 19-20, year of the epoch, is '2x'; due is two digits"),
        (21, "234,24690199", "column 21-32, day of the epoch"),
        (34, " 000005651", "column 34-43, rate of the mean motion"),
        (45, " 00000/0", "column 45-52, second rate"),
        (54, " 1103é-3", r"column 54-61, drag term B\*"),
        (63, "x", "column 63, type of the ephemeris"),
        (65, "9x9 ", "column 65-68, number of the set"),
        (21, "367.24690199", "f.tle:1: day of the epoch is 367; 2026 has the days 1 to 365"),
        (21, "366.24690199", "day of the epoch is 366; 2026 has the days 1 to 365"),
        (21, "000.24690199", "day of the epoch is 0"),
        (63, "4", "ephemeris type 4 is not of SGP4"),
    ],
)
def test_a_wrong_first_line_is_named_with_its_column_and_the_form(start, text, words):
    with pytest.raises(InputError, match=words) as caught:
        read_tle(text_of(changed(ISS[0], start, text), ISS[1]), "f.tle")
    assert str(caught.value).startswith("f.tle:1: ")


@pytest.mark.parametrize(
    ("start", "text", "words"),
    [
        (9, " 51,6330", "column 9-16, inclination, is ' 51,6330'; due is three digits, a point"),
        (9, "181.6330", "inclination is 181.633 deg; it goes from 0 to 180 deg"),
        (18, "361.5060", "ascending node is 361.506 deg; it goes from 0 to 360 deg"),
        (27, "0.07068", "column 27-33, eccentricity"),
        (35, "361.0229", "argument of perigee is 361.023 deg"),
        (44, "-59.1570", "column 44-51, mean anomaly"),
        (53, "15.4956211x", "column 53-63, mean motion"),
        (53, " 0.00000000", "mean motion is 0 revolutions a day; it must be above 0"),
        (64, "5821x", "column 64-68, revolution"),
        (3, "25545", "the second line is of satellite 25545 and the first of 25544"),
    ],
)
def test_a_wrong_second_line_is_named_with_its_column_and_the_form(start, text, words):
    with pytest.raises(InputError, match=words) as caught:
        read_tle(text_of("ISS", ISS[0], changed(ISS[1], start, text)), "f.tle")
    assert str(caught.value).startswith("f.tle:3: ")


def test_an_error_of_form_shows_the_form_above_the_line_received():
    words = refusal(text_of(changed(ISS[0], 19, "2x"), ISS[1])).splitlines()
    assert words[1].startswith("expected 1 NNNNNU")
    assert words[2].startswith("received 1 25544U")
    assert len(words[1]) == len("expected ") + 69


def test_a_wrong_checksum_is_refused_with_the_right_one():
    words = refusal(text_of(ISS[0][:-1] + "3", ISS[1]))
    assert "f.tle:1: the checksum is '3' and the line adds up to 5" in words


@pytest.mark.parametrize("cut", [20, 62, 68])
def test_a_cut_line_is_refused_with_its_length(cut):
    assert f"has {cut} characters; 69 are due" in refusal(text_of(ISS[0], ISS[1][:cut]))


def test_a_line_with_more_than_69_characters_is_refused():
    assert "has 73 characters" in refusal(text_of(ISS[0], ISS[1] + " 0.0"))


def test_a_missing_second_line_is_named():
    assert refusal(text_of("ISS", ISS[0], "HST", *VANGUARD)).startswith(
        "f.tle:2: the line 1 here has no line 2 after it"
    )
    assert refusal(text_of(ISS[0])).startswith("f.tle:1: the line 1 here has no line 2 after it")


def test_a_second_line_alone_is_named():
    assert "f.tle:3: a line 2 without its line 1" in refusal(text_of(*ISS, VANGUARD[1]))


def test_two_names_in_a_row_are_refused():
    words = refusal(text_of(*ISS, "ISS", "HST", *VANGUARD))
    assert words.startswith("f.tle:4: 'HST' follows the name 'ISS'")


def test_what_stands_after_the_last_set_is_refused():
    assert refusal(text_of(*ISS, "the end")).startswith("f.tle:3: 'the end' is no line of an elem")


def test_the_first_error_of_the_file_is_told_whatever_its_kind():
    words = refusal(text_of(ISS[0][:-1] + "3", ISS[1], "A", "B"))
    assert words.startswith("f.tle:1: the checksum")


@pytest.mark.parametrize("junk", ["hello", "No GP data found", "1,2,3", "a" * 10_000])
def test_what_is_no_element_set_is_refused_with_the_formats_read(junk):
    assert "Read are two-line sets (TLE)" in refusal(junk)
    assert len(refusal(junk)) < 600


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n"])
def test_text_without_a_set_is_refused(text):
    assert "f.tle:1: no element set in it" in refusal(text)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x85"])
def test_binary_data_are_named_with_line_and_byte(sign):
    words = refusal(text_of("ISS" + sign, *ISS))
    assert words.startswith(f"f.tle:1: control character {ord(sign):#04x}")


def test_more_sets_than_a_million_are_refused(monkeypatch):
    monkeypatch.setattr(tle, "MOST_SETS", 2)
    monkeypatch.setattr("kosmodrom.orbits._published.MOST_SETS", 2)
    assert len(read_tle(text_of(*ISS, *ISS), "f.tle")) == 2
    assert "f.tle:6: more than 2 element sets" in refusal(text_of(*ISS, *ISS, *ISS))
    assert "f.tle:9: more than 2 element sets" in refusal("a\n" * 9)


# Without strictness


def test_not_strict_takes_wrong_checksums_and_what_follows_the_69_columns():
    lines = (ISS[0][:-1] + "3", ISS[1] + "  0.0  1440.0")
    loose = read_tle(text_of(*lines), "f.tle", strict=False)
    assert loose.mean_motion_rad_min[0] == read_tle(text_of(*ISS), "f").mean_motion_rad_min[0]


@pytest.mark.parametrize("cut", [63, 68])
def test_not_strict_takes_lines_without_checksum_or_revolution(cut):
    loose = read_tle(text_of(ISS[0][:68], ISS[1][:cut]), "f.tle", strict=False)
    assert loose.revolutions[0] == (58196 if cut == 68 else 0)


def test_not_strict_still_refuses_a_wrong_column():
    assert "column 53-63" in refusal(text_of(ISS[0], ISS[1][:60]), strict=False)


# Writing


def test_what_was_read_is_written_as_it_stood():
    text = text_of("ISS (ZARYA)", *ISS)
    assert write_tle(read_tle(text, "f.tle")) == text
    assert write_tle(read_tle(text, "f.tle"), names=False) == text_of(*ISS)


def test_numbers_above_99999_are_written_as_alpha_5_up_to_339999():
    lines = [changed(line, 3, "Z9999") for line in ISS]
    assert write_tle(read_tle(text_of(*lines), "f.tle")) == text_of(*lines)


def with_field(**values):
    from dataclasses import fields

    sets = read_tle(text_of(*ISS), "f.tle")
    kept = {item.name: getattr(sets, item.name) for item in fields(sets)}
    return type(sets)(**(kept | values))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"numbers": np.array([340_000])}, "number 340000 has no five-character form"),
        ({"designators": ("2026-001AAAA",)}, "designator '2026-001AAAA' has no room"),
        ({"bstar": np.array([1e10])}, r"power of ten of its B\* \+11 has no room"),
        ({"mean_motion_dot_rad_min2": np.array([1.0])}, "mean motion rate .* has no room"),
        ({"mean_motion_rad_min": np.array([1.0])}, "mean motion 229.18311805 has no room"),
        ({"eccentricity": np.array([0.99999999])}, "eccentricity 1.0000000 has no room"),
        ({"names": ("a\nb",)}, "does not fit into one line"),
    ],
)
def test_what_does_not_fit_is_refused_and_never_cut(values, words):
    with pytest.raises(InputError, match=words):
        write_tle(with_field(**values))


def test_an_epoch_outside_1957_to_2056_is_not_written():
    from kosmodrom.base.epochs import Epochs

    for iso in ("1957-01-01T00:00Z", "2056-12-31T23:59:59.999Z"):
        assert len(write_tle(with_field(epochs=Epochs.from_iso([iso])))) == 140
    for iso in ("1956-12-31T23:59:59Z", "2056-12-31T23:59:59.9999Z", "2057-01-01T00:00Z"):
        with pytest.raises(InputError, match="1957 to 2056 only"):
            write_tle(with_field(epochs=Epochs.from_iso([iso])))


def test_an_epoch_is_rounded_to_the_step_of_the_format():
    from kosmodrom.base.epochs import Epochs

    text = write_tle(with_field(epochs=Epochs.from_iso(["2026-01-01T00:00:00.000433Z"])))
    assert text[18:32] == "26001.00000001"  # 0.864 ms a step
    text = write_tle(with_field(epochs=Epochs.from_iso(["2016-12-31T23:59:60.5Z"])))
    assert text[18:32] == "17001.00000000"  # a leap second has no place in a fraction of a day


def test_a_name_that_looks_like_a_line_is_written_after_a_nought():
    text = write_tle(with_field(names=("1 25544",)))
    assert text.startswith("0 1 25544\n")
    assert read_tle(text, "f").names == ("1 25544",)


def test_an_angle_that_rounds_up_to_the_full_circle_is_nought():
    text = write_tle(with_field(node=np.array([2 * np.pi - 1e-9])))
    assert text.splitlines()[1][17:25] == "  0.0000"


# Catalogue numbers


@pytest.mark.parametrize(
    ("text", "number"), [("25544", 25544), ("5", 5), ("123456789", 123456789)]
)
def test_catalogue_numbers_of_one_to_nine_digits_are_read(text, number):
    assert catalog_number(text) == number


@pytest.mark.parametrize("text", ["", "1234567890", "I0000", "O1234", "a0000", "A000", "-5", "५"])
def test_what_is_no_catalogue_number_is_refused(text):
    with pytest.raises(InputError, match="is no catalogue number"):
        catalog_number(text)


def test_alpha_5_ends_with_z9999():
    assert alpha_5(339_999) == "Z9999"
    with pytest.raises(InputError, match="no five-character form"):
        alpha_5(-1)
