"""Orbit mean-elements messages in JSON and CSV: what is read, and how errors are worded."""

import json

import numpy as np
import pytest

from kosmodrom.errors import InputError
from kosmodrom.orbits.omm import (
    COLUMNS,
    from_omm,
    read_omm_csv,
    read_omm_json,
    write_omm_csv,
    write_omm_json,
)
from kosmodrom.orbits.tle import read_tle, write_tle

# The sample of the package sgp4 (MIT), from CelesTrak: Vanguard 1, 14 February 2025
VANGUARD = {
    "OBJECT_NAME": "VANGUARD 1", "OBJECT_ID": "1958-002B", "EPOCH": "2025-02-14T14:36:48.662784",
    "MEAN_MOTION": 10.85873516, "ECCENTRICITY": 0.1841322, "INCLINATION": 34.2493,
    "RA_OF_ASC_NODE": 19.2327, "ARG_OF_PERICENTER": 100.1057, "MEAN_ANOMALY": 281.1229,
    "EPHEMERIS_TYPE": 0, "CLASSIFICATION_TYPE": "U", "NORAD_CAT_ID": 5, "ELEMENT_SET_NO": 999,
    "REV_AT_EPOCH": 39027, "BSTAR": 0.00035436, "MEAN_MOTION_DOT": 2.64e-6,
    "MEAN_MOTION_DDOT": 0,
}  # fmt: skip
GOOD = json.dumps(VANGUARD)
# As Space-Track writes them: every number a text, with metadata and things that are not needed
METADATA = {
    "CCSDS_OMM_VERS": "3.0", "COMMENT": "GENERATED VIA SPACE-TRACK.ORG API",
    "CREATION_DATE": "2025-02-14T22:26:13", "ORIGINATOR": "18 SPCS", "CENTER_NAME": "EARTH",
    "REF_FRAME": "TEME", "TIME_SYSTEM": "UTC", "MEAN_ELEMENT_THEORY": "SGP4",
    "SEMIMAJOR_AXIS": "8611.6", "DECAY_DATE": None, "TLE_LINE0": "0 VANGUARD 1", "GP_ID": "1",
}  # fmt: skip


def omm(**values):
    kept = VANGUARD | values
    return {key: value for key, value in kept.items() if value is not ...}


def refusal(keys):
    with pytest.raises(InputError) as caught:
        read_omm_json(json.dumps(keys), "f.json")
    return str(caught.value)


def row(sets, index=0):
    return [
        getattr(sets, name)[index]
        for name in (
            "names", "numbers", "designators", "mean_motion_rad_min", "eccentricity",
            "inclination", "node", "argument_of_perigee", "mean_anomaly", "bstar",
            "mean_motion_dot_rad_min2", "mean_motion_ddot_rad_min3", "set_numbers", "revolutions",
        )
    ] + [sets.epochs.tai_ns[index]]  # fmt: skip


# What is read


def test_one_object_and_a_list_of_objects_are_read_alike():
    one = read_omm_json(json.dumps(VANGUARD), "f")
    many = read_omm_json(json.dumps([VANGUARD, omm(NORAD_CAT_ID=6)]), "f")
    assert row(one) == row(many)
    assert many.numbers.tolist() == [5, 6]


def test_numbers_as_text_with_metadata_are_read_as_numbers():
    texts = {key: str(value) for key, value in VANGUARD.items()} | METADATA
    assert row(read_omm_json(json.dumps([texts]), "f")) == row(
        read_omm_json(json.dumps([VANGUARD]), "f")
    )


def test_csv_is_read_as_json_whatever_the_order_of_its_columns():
    keys = list(reversed(VANGUARD))
    text = f"{','.join(keys)}\r\n{','.join(str(VANGUARD[key]) for key in keys)}\r\n"
    assert row(read_omm_csv(text, "f")) == row(read_omm_json(json.dumps(VANGUARD), "f"))


def test_quoted_csv_with_further_columns_and_blank_lines_is_read():
    keys = VANGUARD | METADATA
    cells = ",".join(f'"{"" if value is None else value}"' for value in keys.values())
    text = "\ufeff" + ",".join(f'"{key}"' for key in keys) + f"\n\n{cells}\n\n"
    sets = read_omm_csv(text, "f")
    assert row(sets) == row(read_omm_json(json.dumps(VANGUARD), "f"))
    assert sets.sources == ("f:3",)


def test_the_same_set_as_tle_and_as_omm_differs_in_no_bit_of_its_angles_and_motion():
    one = "1 00005U 58002B   25045.60889656  .00000264  00000-0  35436-3 0  9996"
    two = "2 00005  34.2493  19.2327 1841322 100.1057 281.1229 10.85873516390274"
    old = read_tle(f"VANGUARD 1\n{one}\n{two}\n", "f", strict=False)
    new = read_omm_json(json.dumps(VANGUARD), "f")
    left = [value for index, value in enumerate(row(old)) if index != 9]
    assert left == [value for index, value in enumerate(row(new)) if index != 9]
    # a two-line set gives B* as 0.35436 and a power of ten, whose product is rounded once more
    assert old.bstar[0] == pytest.approx(new.bstar[0], rel=2.3e-16)


@pytest.mark.parametrize("number", [0, 100_000, 270_001, 999_999_999])
def test_numbers_of_up_to_nine_digits_are_read(number):
    sets = read_omm_json(json.dumps(omm(NORAD_CAT_ID=number)), "f")
    assert sets.numbers.tolist() == [number]


@pytest.mark.parametrize(
    ("epoch", "utc"),
    [
        ("2025-02-14T14:36:48", "2025-02-14T14:36:48.000000000Z"),
        ("2025-02-14T14:36:48.662784Z", "2025-02-14T14:36:48.662784000Z"),
        ("2025-02-14T14:36:48.123456789", "2025-02-14T14:36:48.123456789Z"),
        ("2024-366T00:00:00", "2024-12-31T00:00:00.000000000Z"),
        ("2016-12-31T23:59:60.5", "2016-12-31T23:59:60.500000000Z"),
    ],
)
def test_epochs_are_utc_to_the_nanosecond(epoch, utc):
    assert read_omm_json(json.dumps(omm(EPOCH=epoch)), "f").epochs.utc_iso(9) == [utc]


def test_rates_and_counts_that_are_not_given_are_nought():
    sets = read_omm_json(
        json.dumps(
            omm(MEAN_MOTION_DOT=..., MEAN_MOTION_DDOT=None, REV_AT_EPOCH="", OBJECT_ID=...)
        ),
        "f",
    )
    assert sets.mean_motion_dot_rad_min2[0] == sets.mean_motion_ddot_rad_min3[0] == 0
    assert (sets.revolutions[0], sets.designators[0]) == (0, "")


def test_a_name_may_hold_braces_and_other_letters():
    sets = read_omm_json(json.dumps([omm(OBJECT_NAME="A}{ Ω-1")], ensure_ascii=False), "f")
    assert sets.names == ("A}{ Ω-1",)


# What is refused


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"MEAN_MOTION": ...}, "MEAN_MOTION is missing"),
        ({"INCLINATION": None}, "INCLINATION has no value"),
        ({"BSTAR": ..., "B_STAR": 1e-4}, "BSTAR is missing; did you mean that by 'B_STAR'?"),
        ({"NORAD_CAT_ID": ...}, "NORAD_CAT_ID is missing"),
        ({"EPOCH": ""}, "EPOCH has no value"),
        (
            {"INCLINATION": "34.2 [deg]"},
            "INCLINATION is '34.2 \\[deg\\]'; give a plain number in deg",
        ),
        ({"MEAN_MOTION": True}, "MEAN_MOTION is True; give a plain number in rev/day"),
        ({"MEAN_MOTION": "1_0"}, "MEAN_MOTION is '1_0'"),
        ({"MEAN_MOTION": "nan"}, "MEAN_MOTION is 'nan'"),
        ({"MEAN_MOTION": "1e999"}, "MEAN_MOTION is '1e999'"),
        ({"MEAN_MOTION": [1]}, r"MEAN_MOTION is \['1'\]"),
        ({"MEAN_MOTION": 0}, "MEAN_MOTION is 0; it must be above 0 rev/day"),
        ({"MEAN_MOTION": -15.0}, "MEAN_MOTION is -15; it must be above 0 rev/day"),
        ({"ECCENTRICITY": 1.0}, "ECCENTRICITY is 1; it must be from 0 to below 1"),
        ({"ECCENTRICITY": -0.1}, "ECCENTRICITY is -0.1"),
        ({"INCLINATION": 180.1}, "INCLINATION is 180.1; it must be from 0 to 180 deg"),
        ({"MEAN_ANOMALY": 361}, "MEAN_ANOMALY is 361; it must be from -360 to 360 deg"),
        ({"NORAD_CAT_ID": 10**9}, "NORAD_CAT_ID is '1000000000'; give 1 to 999999999"),
        ({"NORAD_CAT_ID": -5}, "NORAD_CAT_ID is '-5'"),
        ({"NORAD_CAT_ID": 5.5}, "NORAD_CAT_ID is '5.5'"),
        ({"REV_AT_EPOCH": "many"}, "REV_AT_EPOCH is 'many'; give a whole number"),
        ({"EPOCH": "2025-02-14 14:36:48"}, "EPOCH is '2025-02-14 14:36:48'; write it in UTC like"),
        ({"EPOCH": "2025-02-14T14:36:48+09:00"}, "EPOCH is .*; write it in UTC like"),
        ({"EPOCH": "2025-02-30T14:36:48"}, "EPOCH: 2025-02-30 is not a day: 2025-02 has 28 days"),
        ({"EPOCH": "2025-366T00:00:00"}, "2025 has the days 1 to 365"),
        ({"EPOCH": "1850-001T00:00:00"}, "EPOCH: 1850 is in the year 1850"),
        ({"EPOCH": "2025-02-14T14:36:60"}, "EPOCH: .*leap second"),
        ({"EPOCH": 45045.6}, "EPOCH is '45045.6'"),
        ({"MEAN_ELEMENT_THEORY": "SGP4-XP"}, "MEAN_ELEMENT_THEORY is 'SGP4-XP'; SGP4 needs SGP4"),
        ({"MEAN_ELEMENT_THEORY": "DSST"}, "MEAN_ELEMENT_THEORY is 'DSST'"),
        ({"TIME_SYSTEM": "GPS"}, "TIME_SYSTEM is 'GPS'; SGP4 needs UTC"),
        ({"REF_FRAME": "EME2000"}, "REF_FRAME is 'EME2000'; SGP4 needs TEME"),
        ({"CENTER_NAME": "MOON"}, "CENTER_NAME is 'MOON'; SGP4 needs EARTH"),
        ({"EPHEMERIS_TYPE": 4}, "EPHEMERIS_TYPE '4' is not of SGP4"),
        ({"OBJECT_NAME": "a\nb"}, r"OBJECT_NAME is 'a\\nb'; give one line"),
        ({"OBJECT_NAME": "x" * 201}, "at most 200 characters"),
        ({"OBJECT_ID": ["a"]}, r"OBJECT_ID is \['a'\]; give one line"),
    ],
)
def test_a_wrong_value_is_named_with_its_key_and_the_way_out(values, words):
    with pytest.raises(InputError, match=words) as caught:
        read_omm_json(json.dumps([VANGUARD, omm(**values)], indent=1), "f.json")
    assert str(caught.value).startswith("f.json:21: object 2: ")


def test_a_wrong_cell_of_a_csv_is_named_with_its_line():
    text = write_omm_csv(from_omm([("a", VANGUARD), ("b", VANGUARD)], "f"))
    with pytest.raises(
        InputError, match=r"f.csv:3: INCLINATION is 'x'; give a plain number in deg"
    ):
        read_omm_csv("x".join(text.rsplit("34.2493", 1)), "f.csv")
    with pytest.raises(InputError, match=r"f.csv:2: 18 cells, and the header has 17"):
        read_omm_csv(text.replace("VANGUARD 1", "VANGUARD,1", 1), "f.csv")


def test_a_csv_header_without_a_needed_column_is_shown_beside_the_expected():
    with pytest.raises(
        InputError, match=r"f.csv:1: the header lacks NORAD_CAT_ID, EPOCH"
    ) as caught:
        read_omm_csv("OBJECT_NAME,MEAN_MOTION\nA,1\n", "f.csv")
    assert f"expected {','.join(COLUMNS)}\nreceived OBJECT_NAME,MEAN_MOTION" in str(caught.value)


def test_a_column_or_key_that_stands_twice_is_refused():
    header = ",".join((*COLUMNS, "EPOCH"))
    with pytest.raises(InputError, match="column 'EPOCH' stands twice"):
        read_omm_csv(header + "\n", "f")
    with pytest.raises(InputError, match="f:1: key 'EPOCH' stands twice"):
        read_omm_json('{"EPOCH": 1, "EPOCH": 2}', "f")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[]", "f: there are no element sets in it"),
        ("[1]", r"f:1: object 1: an object \{...\} with the keys of an OMM is due, not '1\]'"),
        ("[", "not the end of the file"),
        ("{", "not JSON after 1 characters"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": ' + "[" * 5000, "nested too deep"),
        ('{"a": [' + "1," * 30_000, "longer than 16384 characters"),
        (f"[{GOOD} {GOOD}]", "f:1: a comma or ] is due after an object"),
        (f"[{GOOD}", "f:1: a comma or ] is due"),
        (f"{GOOD} x", "f:1: 'x' follows the end of the JSON"),
        (f"[{GOOD},]", r"an object \{...\} .* is due, not '\]'"),
    ],
)  # fmt: skip
def test_broken_json_is_refused(text, words):
    with pytest.raises(InputError, match=words):
        read_omm_json(text, "f")


def test_broken_csv_is_refused():
    with pytest.raises(InputError, match="f: there are no element sets in it"):
        read_omm_csv(",".join(COLUMNS) + "\n", "f")
    with pytest.raises(InputError, match="f:2: not CSV: unexpected end"):
        read_omm_csv(",".join(COLUMNS) + '\n"a\n', "f")
    with pytest.raises(InputError, match="f:2: longer than 16384 characters"):
        read_omm_csv(",".join(COLUMNS) + "\n" + "a," * 9000, "f")
    with pytest.raises(InputError, match="control character 0x00"):
        read_omm_csv(",".join(COLUMNS) + "\n\x00", "f")


# Writing


@pytest.mark.parametrize(
    ("write", "read"), [(write_omm_json, read_omm_json), (write_omm_csv, read_omm_csv)]
)
def test_what_was_read_is_written_with_all_its_digits(write, read):
    keys = omm(
        MEAN_MOTION="15.501034721234567", NORAD_CAT_ID=123456789, BSTAR=-2.2483e-05,
        EPOCH="2025-02-14T14:36:48.123456789", OBJECT_NAME='a "b", c',
    )  # fmt: skip
    first = from_omm([("a", keys), ("b", VANGUARD)], "f")
    again = read(write(first), "g")
    assert [row(again, index) for index in (0, 1)] == [row(first, index) for index in (0, 1)]


def test_numbers_are_written_as_short_as_they_came():
    written = json.loads(write_omm_json(from_omm([("a", VANGUARD)], "f")))
    assert written == [VANGUARD]
    assert list(written[0]) == list(COLUMNS)


def test_a_set_of_nine_digits_goes_out_as_omm_and_not_as_tle():
    sets = from_omm([("f:1", omm(NORAD_CAT_ID=123456789))], "f")
    with pytest.raises(InputError, match="Write an OMM instead"):
        write_tle(sets)
    assert '"NORAD_CAT_ID": 123456789' in write_omm_json(sets)


def test_a_negative_angle_is_written_to_a_tle_from_0_to_360():
    sets = from_omm([("f:1", omm(RA_OF_ASC_NODE=-90.0))], "f")
    assert write_tle(sets).splitlines()[2][17:25] == "270.0000"
    assert np.degrees(sets.node[0]) == pytest.approx(-90.0, abs=1e-12)
