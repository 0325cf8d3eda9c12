"""Time scales against ERFA, the SOFA cookbook, the IERS and the history of UTC."""

from pathlib import Path

import astropy_iers_data
import erfa
import numpy as np
import pytest

from kosmodrom.base.earth import EarthOrientation
from kosmodrom.base.epochs import Epochs

ARCSEC = np.pi / 648_000


def iers_leap_seconds():
    """Days (MJD) and TAI - UTC [s] as the IERS publishes them in Bulletin C."""
    rows = Path(astropy_iers_data.IERS_LEAP_SECOND_FILE).read_text().splitlines()
    table = [row.split() for row in rows if row and not row.startswith("#")]
    return [(int(float(row[0])), int(row[4])) for row in table]


def test_leap_seconds_are_those_of_the_iers():
    table = iers_leap_seconds()
    assert len(table) >= 28  # 1972 to 2017
    for mjd, offset in table:
        before = mjd - 1
        assert Epochs.from_utc(mjd).tai_minus_utc() == offset
        if mjd > 41_317:
            assert Epochs.from_utc(before).tai_minus_utc() == offset - 1
            last = Epochs.from_utc(before, 86_400 * 10**9)
            assert last.utc_iso(0).endswith("23:59:60Z")


def test_there_is_no_leap_second_besides():
    days = np.arange(41_317, 61_000)
    length = np.diff(Epochs.from_utc(days).tai_ns)
    long = days[:-1][length != 86_400 * 10**9] + 1
    assert long.tolist() == [mjd for mjd, _ in iers_leap_seconds() if 41_317 < mjd < 61_000]


# TAI - UTC of single days as printed in IERS Bulletin C 10 (1995 July), 16 (1998 July), 30 (2005
# July), 43 (2012 January), 49 (2015 January) and 52 (2016 July).
@pytest.mark.parametrize(
    ("day", "offset"),
    [
        ("1972-01-01", 10), ("1995-12-31", 29), ("1996-01-01", 30), ("1998-12-31", 31),
        ("1999-01-01", 32), ("2005-12-31", 32), ("2006-01-01", 33), ("2012-06-30", 34),
        ("2012-07-01", 35), ("2015-07-01", 36), ("2016-12-31", 36), ("2017-01-01", 37),
    ],
)  # fmt: skip
def test_tai_minus_utc_is_what_the_bulletins_print(day, offset):
    assert Epochs.from_iso(f"{day}T00:00Z").tai_minus_utc() == offset


def test_the_unix_second_and_the_origin_agree_with_the_calendar():
    # POSIX time of 2023-09-13T04:09:00Z is 1694578140 (it counts no leap seconds), and that of
    # 2000-01-01T00:00:00Z 946684800; five leap seconds of 1999 to 2017 and the 32 s to TAI.
    seconds = Epochs.from_iso("2023-09-13T04:09Z").tai_ns / 1e9
    assert seconds == 1_694_578_140 - 946_684_800 + 37


SOFA = "2006-01-15T21:24:37.5Z"  # SOFA Time Scale and Calendar Tools (2021), worked example


def clock(view):
    """Hours, minutes and seconds of a two-part Julian date at midnight plus a fraction."""
    day, fraction = view
    assert day == 2_453_750.5
    return fraction * 86_400 - 21 * 3600


def test_the_sofa_example_comes_out():
    earth = EarthOrientation(
        mjd_utc=[53_750, 53_751], ut1_minus_utc=[0.3341] * 2, pole_x=[0, 0], pole_y=[0, 0]
    )
    when = Epochs.from_iso(SOFA)
    # 1e-9 s: the fraction of a day carries 1e-11 s. SOFA prints 21:24:37.834100, 21:25:42.684000,
    # and 21:25:42.684373 for TDB in Hawaii, where the daily term adds less than 2.1 µs.
    assert clock(when.ut1_jd(earth)) == pytest.approx(24 * 60 + 37.8341, abs=1e-9)
    assert clock(when.tt_jd()) == pytest.approx(25 * 60 + 42.684, abs=1e-9)
    assert clock(when.tdb_jd()) == pytest.approx(25 * 60 + 42.684373, abs=2.6e-6)


def random_epochs(count=4000):
    rng = np.random.default_rng(20230913)
    days = rng.integers(41_317, 88_000, count)
    parts = rng.integers(0, 86_400 * 10**9, count)
    edges = np.array([mjd - 1 for mjd, _ in iers_leap_seconds() if mjd > 41_317])
    return Epochs.from_utc(
        np.concatenate([days, edges, edges]),
        np.concatenate(
            [parts, np.full(len(edges), 86_400_500_000_000), np.full(len(edges), 86_399 * 10**9)]
        ),
    )


@pytest.mark.filterwarnings("ignore:ERFA function:erfa.ErfaWarning")  # "dubious year" after 2027
def test_julian_dates_are_those_of_erfa():
    when = random_epochs()
    tai = erfa.utctai(*when.utc_jd())
    ours = (when.tai_ns // 86_400_000_000_000, when.tai_ns % 86_400_000_000_000)
    # A fraction of a day as a double steps by 1e-16 d = 1e-11 s; ERFA adds several of them.
    days = (tai[0] - 2_451_544.5 - ours[0]) + (tai[1] - ours[1] / 86_400e9)
    assert np.abs(days).max() * 86_400 < 1e-10
    tt = erfa.taitt(*tai)
    view = when.tt_jd()
    assert np.abs((tt[0] - view[0]) + (tt[1] - view[1])).max() * 86_400 < 1e-10


@pytest.mark.filterwarnings("ignore:ERFA function:erfa.ErfaWarning")
def test_written_times_are_those_of_erfa():
    when = random_epochs(300)
    years, months, days, times = erfa.d2dtf("UTC", 9, *when.utc_jd())
    for text, year, month, day, time in zip(
        when.utc_iso(6), years, months, days, times, strict=True
    ):
        # ERFA's digits come from a double and differ in the last ones, so compare numbers.
        seconds = time["s"] + time["f"] / 1e9
        assert text[:17] == f"{year:04d}-{month:02d}-{day:02d}T{time['h']:02d}:{time['m']:02d}:"
        assert float(text[17:-1]) == pytest.approx(seconds, abs=5.1e-7)  # rounded to 1 µs


def test_tdb_follows_the_formula_of_the_almanac():
    # The Astronomical Almanac, section B: TDB = TT + 0.001657 s sin g + 0.000022 s sin(L - L_J),
    # g = 357.53 + 0.985 600 28 d, L - L_J = 246.11 + 0.902 517 92 d (d from JD 2451545.0 TT),
    # good to 30 µs from 1980 to 2050.
    when = Epochs.from_utc(np.arange(44_239, 69_807, 11))
    tt, tdb = when.tt_jd(), when.tdb_jd()
    days = tt[0] - 2_451_545.0 + tt[1]
    formula = 0.001657 * np.sin(np.radians(357.53 + 0.98560028 * days)) + 0.000022 * np.sin(
        np.radians(246.11 + 0.90251792 * days)
    )
    ours = ((tdb[0] - tt[0]) + (tdb[1] - tt[1])) * 86_400
    assert np.abs(ours - formula).max() < 30e-6


# TAI - UTC of the years before leap seconds, as the IERS prints it (tai-utc.dat): at the day,
# with the drift that held then.
HISTORY = [
    ("1961-01-01", 1.4228180), ("1962-01-01", 1.8458580),
    ("1964-01-01", 3.2401300 - 366 * 0.001296),
    ("1966-01-01", 4.3131700), ("1968-02-01", 4.2131700 + 761 * 0.002592),
    ("1970-01-01", 4.2131700 + 1461 * 0.002592), ("1971-12-31", 4.2131700 + 2190 * 0.002592),
]  # fmt: skip


@pytest.mark.parametrize(("day", "offset"), HISTORY)
def test_before_1972_the_stated_uncertainty_covers_the_utc_of_the_day(day, offset):
    when = Epochs.from_iso(f"{day}T00:00Z")
    assert when.tai_minus_utc() == pytest.approx(offset, abs=float(when.utc_uncertainty()))


def test_atomic_time_begins_with_universal_time_in_1958():
    # TAI was set to agree with UT2 at 1958-01-01 0h (BIPM); UT2 - UT1 is -0.005 s on 1 January
    # by its formula, and Delta T is printed to 0.01 s.
    assert Epochs.from_iso("1958-01-01T00:00Z").tai_minus_utc() == pytest.approx(0.0, abs=0.02)


# Table S15 (version 2020) of Morrison, Stephenson, Hohenkerk and Zawilski, Proc. R. Soc. A 477
# (2021) 20200776: Delta T [s] at the year, first coefficient of each row. It is a smooth curve
# through observations and misses the truth of the 1960s by half a second itself.
DELTA_T = {
    1900: -1.977, 1905: 4.923, 1910: 11.142, 1915: 17.479, 1920: 21.617, 1925: 23.789,
    1930: 24.418, 1935: 24.164, 1940: 24.426, 1945: 27.050, 1950: 28.932, 1953: 30.002,
}  # fmt: skip


@pytest.mark.parametrize("year", DELTA_T)
def test_before_1955_the_stated_uncertainty_covers_a_newer_delta_t(year):
    when = Epochs.from_iso(f"{year}-01-01T00:00Z")
    assert when.tai_minus_utc() + 32.184 == pytest.approx(
        DELTA_T[year], abs=float(when.utc_uncertainty())
    )


def c04():
    """Rows of the IERS series C04 of 1962 and later: MJD, x and y [rad], UT1 - UTC [s]."""
    rows = Path(astropy_iers_data.IERS_B_FILE).read_text().splitlines()
    table = np.array([row.split() for row in rows if row[:1].isdigit()], dtype=float)
    # Columns of eopc04.1962-now: year, month, day, hour, MJD, x ["], y ["], UT1-UTC [s], ...
    return table[:, 4], table[:, 5] * ARCSEC, table[:, 6] * ARCSEC, table[:, 7]


def test_ut1_of_the_sixties_is_within_a_tenth_of_a_second():
    mjd, _, _, ut1_minus_utc = c04()
    old = mjd < 41_317
    assert old.sum() > 3000
    year, month, day, _ = erfa.jd2cal(2_400_000.5, mjd[old])
    tai_minus_ut1 = erfa.dat(year, month, day, 0.0) - ut1_minus_utc[old]
    ours = Epochs.from_utc(mjd[old].astype(int)).tai_minus_utc()
    assert np.abs(ours - tai_minus_ut1).max() < 0.1


def test_a_day_left_out_of_the_table_is_found_again():
    mjd, x, y, ut1_minus_utc = c04()
    kept = mjd >= 50_000
    mjd, x, y, ut1_minus_utc = mjd[kept], x[kept], y[kept], ut1_minus_utc[kept]
    half = EarthOrientation(
        mjd_utc=mjd[::2], ut1_minus_utc=ut1_minus_utc[::2], pole_x=x[::2], pole_y=y[::2]
    )
    inner = slice(3, len(mjd) - 4, 2)
    left_out = Epochs.from_utc(mjd[inner].astype(int))
    # Rows two days apart: the tides of a week and a fortnight leave 0.1 ms, a leap second would
    # leave 500 ms; daily rows do sixteen times better.
    assert np.abs(half.ut1_minus_utc_at(left_out) - ut1_minus_utc[inner]).max() < 0.2e-3
    found_x, found_y = half.pole_at(left_out)
    assert np.abs(found_x - x[inner]).max() < 1e-3 * ARCSEC
    assert np.abs(found_y - y[inner]).max() < 1e-3 * ARCSEC


def test_at_the_rows_the_table_is_given_back():
    mjd, x, y, ut1_minus_utc = (column[-3000:] for column in c04())
    earth = EarthOrientation(mjd_utc=mjd, ut1_minus_utc=ut1_minus_utc, pole_x=x, pole_y=y)
    rows = Epochs.from_utc(mjd.astype(int))
    assert np.abs(earth.ut1_minus_utc_at(rows) - ut1_minus_utc).max() < 1e-12
    assert np.abs(earth.pole_at(rows)[0] - x).max() < 1e-18
