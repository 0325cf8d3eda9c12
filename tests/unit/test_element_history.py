"""Which format a file has, and which of several sets holds when."""

import gzip

import numpy as np
import pytest

from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError
from kosmodrom.orbits import read
from kosmodrom.orbits.elements import joined
from kosmodrom.orbits.history import distinct, nearest_before, spans
from kosmodrom.orbits.omm import from_omm, write_omm_csv, write_omm_json
from kosmodrom.orbits.read import form_of, read_elements
from kosmodrom.orbits.tle import write_tle


def one(number, day, *, name="", bstar=1e-4):
    """A set of a circular orbit with an epoch in January 2026."""
    return from_omm([("f:1", {
        "OBJECT_NAME": name, "NORAD_CAT_ID": number, "EPOCH": f"2026-01-{day:02d}T00:00:00",
        "MEAN_MOTION": 15.2, "ECCENTRICITY": 0.001, "INCLINATION": 97.4, "RA_OF_ASC_NODE": 10.0,
        "ARG_OF_PERICENTER": 20.0, "MEAN_ANOMALY": 30.0, "BSTAR": bstar,
    })], "f")  # fmt: skip


def sets(*pairs):
    return joined([one(number, day) for number, day in pairs])


def at(day, clock="00:00"):
    return Epochs.from_iso(f"2026-01-{day:02d}T{clock}Z")


# Formats


@pytest.mark.parametrize(
    ("write", "form"),
    [(write_tle, "tle"), (write_omm_json, "omm-json"), (write_omm_csv, "omm-csv")],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_is_read_by_its_content_packed_or_not(write, form, pack):
    text = write(sets((5, 1), (6, 2)))
    assert form_of(text, "f") == form
    found = read_elements(pack(b"\xef\xbb\xbf" + text.encode()), "f")
    assert found.numbers.tolist() == [5, 6]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "f:1: the file is empty; due are two-line sets"),
        (b" \n \n", "f:1: the file is empty"),
        (b'<?xml version="1.0"?><ndm/>', "f:1: XML, or a web page, which is not read"),
        (b"<!DOCTYPE html>", "XML, or a web page"),
        (b"CCSDS_OMM_VERS = 3.0\n", "f:1: KVN, which is not read"),
        (b"PK\x03\x04rest", "f: packed with zip; unpack it"),
        (b"\x1f\x8bjunk", "f: damaged gzip file"),
        (gzip.compress(b"A" * 1000, mtime=0)[:-9], "f: damaged gzip file"),
        (b"ISS\n\xff\xfe", "f:2: byte 4 is not UTF-8 text"),
        (b"\x00\x01\x02", "f:1: control character 0x00"),
    ],
)
def test_what_is_no_file_of_element_sets_is_refused(data, words):
    with pytest.raises(InputError, match=words):
        read_elements(data, "f")


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch, pack):
    monkeypatch.setattr(read, "MOST_BYTES", 1000)
    with pytest.raises(InputError, match="the most that is read at once; split the file"):
        read_elements(pack(b"A" * 1001), "f")


# Distinct


def test_of_two_sets_of_one_epoch_the_later_in_the_file_is_kept_and_counted():
    given = joined([one(5, 2), one(5, 1), one(5, 2, bstar=2e-4), one(6, 1), one(6, 1)])
    found = distinct(given)
    assert (found.repeats, found.conflicts) == (2, 1)
    assert found.elements.numbers.tolist() == [5, 5, 6]
    assert found.elements.bstar.tolist() == [1e-4, 2e-4, 1e-4]
    assert found.firsts.tolist() == [0, 2, 3]


def test_satellites_stay_in_the_order_in_which_they_came():
    found = distinct(sets((900, 3), (5, 1), (900, 1), (7, 1)))
    assert found.elements.numbers.tolist() == [900, 900, 5, 7]
    assert np.all(np.diff(found.elements.epochs.tai_ns[:2]) > 0)


def test_satellites_without_a_number_go_by_their_names():
    given = joined([one(0, 1, name="A"), one(0, 1, name="B"), one(0, 1, name="A"), one(0, 1)])
    assert distinct(given).elements.names == ("A", "B", "")


# Nearest before


def test_the_latest_set_not_after_the_instant_holds():
    given = sets((5, 9), (6, 4), (5, 1), (5, 5))
    when = Epochs(np.array([at(1).tai_ns, at(4).tai_ns, at(5).tai_ns, at(20).tai_ns]))
    found = nearest_before(given, 5, when)
    assert found.row.tolist() == [2, 2, 3, 0]
    assert not found.before_first.any()
    assert (found.age / 86400).tolist() == [0, 3, 0, 11]


def test_before_the_first_set_that_one_is_taken_and_marked():
    found = nearest_before(sets((5, 9), (5, 4)), 5, at(1))
    assert (int(found.row), bool(found.before_first), float(found.age)) == (1, True, -3 * 86400)
    assert found.row.shape == ()


def test_a_satellite_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="no element set of satellite 7 among the 1 given"):
        nearest_before(sets((5, 9)), 7, at(1))


# Spans


def test_spans_fill_the_window_and_change_at_the_epochs():
    given = sets((5, 9), (6, 4), (5, 1), (5, 5), (5, 20))
    found = spans(given, at(2), at(10))
    assert found.row.tolist() == [2, 3, 0, 1]
    assert found.satellite.tolist() == [0, 0, 0, 1]
    assert found.start.utc_iso(0) == [f"2026-01-{day:02d}T00:00:00Z" for day in (2, 5, 9, 2)]
    assert found.end.utc_iso(0) == [f"2026-01-{day:02d}T00:00:00Z" for day in (5, 9, 10, 10)]
    assert found.before_first.tolist() == [False, False, False, True]
    assert (found.age_start / 86400).tolist() == [1, 0, 0, -2]
    assert (found.age_end / 86400).tolist() == [4, 4, 1, 6]


def test_a_set_whose_epoch_is_the_start_holds_from_it_and_one_at_the_end_not_at_all():
    found = spans(sets((5, 2), (5, 4), (5, 6)), at(4), at(6))
    assert found.row.tolist() == [1]
    assert not found.before_first.any()


def test_a_window_before_all_sets_takes_the_first_and_marks_it():
    found = spans(sets((5, 20), (5, 10)), at(1), at(2))
    assert (found.row.tolist(), found.before_first.tolist()) == ([1], [True])


def test_a_window_that_ends_before_it_starts_is_refused():
    with pytest.raises(InputError, match="the end must be later"):
        spans(sets((5, 1)), at(2), at(2))
