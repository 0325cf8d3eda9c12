"""Reading GCAT's dates and codes.

Forms and meanings: planet4589.org/space/gcat/web/intro/vague.html and .../intro/success.html.
"""

import pytest

from kosmodrom.store.gcat import launch, launch_code, vague_date


@pytest.mark.parametrize(
    ("text", "when", "utc", "precision"),
    [
        ("2023 Aug 10 2310:57", "2023-08-10", "2023-08-10T23:10:57Z", 1),
        ("2023 May 30 2127", "2023-05-30", "2023-05-30T21:27Z", 60),
        ("2023 Aug 23 1850?", "2023-08-23", "2023-08-23T18:50Z", None),
        ("2009 Apr  5 02h", "2009-04-05", "2009-04-05T02:00Z", 3600),
        ("2025 Jul 25.25", "2025-07-25", "2025-07-25T06:00Z", 432),
        ("2009 Apr  5", "2009-04-05", "", None),
        ("2009-04-05", "2009-04-05", "", None),
        ("2009 Apr  5?", "2009-04-04/2009-04-06", "", None),
        ("1967 Sep", "1967-09", "", None),
        ("1967 Sep?", "1967-08-01/1967-10-31", "", None),
        ("1967 Dec?", "1967-11-01/1968-01-31", "", None),
        ("1967 Q1", "1967-01-01/1967-03-31", "", None),
        ("1967", "1967", "", None),
        ("1967?", "1966-01-01/1968-12-31", "", None),
        ("1960s", "1960-01-01/1969-12-31", "", None),
        ("1972 Jun 30 2359:60", "1972-06-30", "1972-06-30T23:59:60Z", 1),
    ],
)
def test_a_date_is_read_as_far_as_it_is_known(text, when, utc, precision):
    known = vague_date(text)
    assert (known.when.text, known.utc, known.precision_s) == (when, utc, precision)


@pytest.mark.parametrize(
    "text", ["", "-", "10.08.2023", "2023 Foo 3", "2023 Feb 30", "2023 Feb  3 2561", "2023-13-01"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r"not like|no month|no day|no clock"):
        vague_date(text)


@pytest.mark.parametrize(
    ("code", "outcome", "fraction", "pad"),
    [
        ("OS", "success", None, False),
        ("DS", "success", None, False),
        ("OF", "failure", None, False),
        ("OF40", "failure", 0.4, False),
        ("OS75", "success", 0.75, False),
        ("OU", "unknown", None, False),
        ("OE", "failure", None, True),
    ],
)
def test_the_second_letter_of_a_code_is_the_outcome(code, outcome, fraction, pad):
    found = launch_code(code)
    assert (found.outcome, found.fraction, found.pad_explosion) == (outcome, fraction, pad)


def test_a_launch_that_was_not_meant_for_orbit_is_left_out():
    assert launch_code("SS") is None
    assert launch_code("XS") is None


@pytest.mark.parametrize("code", ["", "O", "OX", "OS7", "orbit", "OS750"])
def test_a_broken_code_is_refused(code):
    with pytest.raises(ValueError, match="is not like OS"):
        launch_code(code)


def row(**more):
    base = {"Launch_Tag": "2025-155", "Launch_Date": "2025-07-25", "LaunchCode": "OS"}
    return base | more


def test_a_julian_date_gives_the_clock_time_to_half_its_last_digit():
    found = launch(row(Launch_JD="2460881.75"), 2)
    # half of 0.01 day is 432 s
    assert (found.utc, found.utc_precision_s) == ("2025-07-25T06:00Z", 432)


@pytest.mark.parametrize("julian", ["2460881.50", "2460881.5", "2460882.50", "2460881", "-", ""])
def test_a_julian_date_rounded_to_midnight_or_noon_gives_no_clock_time(julian):
    assert launch(row(Launch_JD=julian), 2).utc == ""


def test_a_julian_date_of_another_day_is_refused():
    with pytest.raises(ValueError, match="is not on Launch_Date 2025-07-25"):
        launch(row(Launch_JD="2460883.20"), 2)


def test_unknown_cells_stay_unknown_and_never_become_zero():
    found = launch(row(Perigee="", Apogee="-", Launch_Pad="-", Inc="97.4"), 2)
    assert (found.perigee_km, found.apogee_km, found.pad) == (None, None, "")
    assert found.inclination_deg == 97.4


@pytest.mark.parametrize("cell", ["abc", "nan", "1,5"])
def test_a_number_that_is_none_is_refused(cell):
    with pytest.raises(ValueError, match="Perigee is"):
        launch(row(Perigee=cell), 2)
