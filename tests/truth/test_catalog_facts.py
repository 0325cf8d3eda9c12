"""The rows against figures published elsewhere.

Figures of launches: press and launch lists up to 13 September 2023 and 30 November 2025, counted
by hand from GCAT (Jonathan McDowell, https://planet4589.org) and confirmed as the rows say.
Figures of missile tests: counts by definition made from the CNS database (NTI) at
github nagix/nk-missile-tests @a0cc658. Distances: pyproj on WGS84 along Natural Earth 10m in
steps of 250 m.
"""

import numpy as np
import pytest
from pyproj import Geod

from kosmodrom.catalog import load_catalog

MEETING = "2023-09-13"


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


def of_site(catalog, site, until):
    return [row for row in catalog.launches if row.site == site and row.date <= until]


def successes(rows):
    return sum(row.outcome == "success" for row in rows)


# Launches


@pytest.mark.parametrize(
    ("until", "count", "success"), [(MEETING, 15, 14), ("2025-11-30", 20, 19)]
)
def test_launches_from_vostochny_are_as_counted_elsewhere(catalog, until, count, success):
    rows = of_site(catalog, "vostochny", until)
    assert (len(rows), successes(rows)) == (count, success)


def test_vostochny_to_the_meeting_flew_four_soyuz_2_1a_and_eleven_2_1b_from_one_pad(catalog):
    rows = of_site(catalog, "vostochny", MEETING)
    assert sum(row.vehicle == "Soyuz-2.1a" for row in rows) == 4
    assert sum(row.vehicle == "Soyuz-2.1b" for row in rows) == 11
    assert {row.pad for row in rows} == {"PU1S"}
    assert [row.tag for row in rows if row.outcome == "failure"] == ["2017-F05"]


def test_first_and_latest_launch_before_the_meeting_are_as_reported(catalog):
    rows = of_site(catalog, "vostochny", MEETING)
    assert rows[0].utc == "2016-04-28T02:01:21Z"  # TASS, spaceflightnow: 02:01 UTC
    assert rows[-1].utc == "2023-08-10T23:10:57Z"  # Roscosmos: 02:10:57 Moscow on 11 August
    assert "Luna-25" in rows[-1].payload
    assert rows[-1].outcome == "success"
    assert rows[-1].mission_note


def test_angara_first_flew_from_vostochny_in_april_2024(catalog):
    first = next(row for row in catalog.launches if row.vehicle == "Angara-A5")
    assert (first.utc, first.site) == ("2024-04-11T09:00Z", "vostochny")


def test_confirmations_of_the_fifteen_rows_are_eight_five_and_two(catalog):
    words = [row.confirmed for row in of_site(catalog, "vostochny", MEETING)]
    assert [words.count(word) for word in ("twice", "once", "mixed")] == [8, 5, 2]


@pytest.mark.parametrize(("until", "count", "success"), [(MEETING, 7, 2), ("2025-11-30", 9, 3)])
def test_north_korean_orbital_attempts_are_as_counted_elsewhere(catalog, until, count, success):
    rows = of_site(catalog, "sohae", until) + of_site(catalog, "tonghae", until)
    assert (len(rows), successes(rows)) == (count, success)


def test_chollima_1_failed_twice_before_the_meeting_and_reached_orbit_after(catalog):
    rows = [row for row in catalog.launches if row.vehicle == "Chollima-1"]
    assert [(row.date, row.outcome) for row in rows] == [
        ("2023-05-30", "failure"),
        ("2023-08-23", "failure"),
        ("2023-11-21", "success"),
    ]
    assert [row.date_local for row in rows] == ["2023-05-31", "2023-08-24", "2023-11-21"]


def test_no_launch_was_public_before_it_happened(catalog):
    assert all(row.known_from >= row.date for row in catalog.launches)


# Sites


def test_there_are_at_least_thirty_five_orbital_sites(catalog):
    assert len(catalog.sites) >= 35


@pytest.mark.parametrize(
    ("site", "attempts"),
    [("baikonur", 1555), ("plesetsk", 1680), ("vostochny", 20), ("sohae", 7), ("tonghae", 2)],
)
def test_attempts_by_site_are_as_counted_elsewhere(catalog, site, attempts):
    assert catalog.site(site).attempts == attempts


def test_sites_used_since_2023_are_all_there(catalog):
    # sites with an orbital attempt in 2023 to 2025 in yearly launch reports
    expected = {
        *("baikonur", "plesetsk", "vostochny", "kourou", "cape-canaveral", "kennedy"),
        *("vandenberg", "wallops", "kodiak", "starbase", "mahia", "jiuquan", "taiyuan"),
        *("xichang", "wenchang", "hainan-commercial", "yellow-sea", "south-china-sea"),
        *("sriharikota", "tanegashima", "kii", "naro", "jeju-sea", "sohae", "semnan"),
        *("shahroud", "palmachim", "andoya", "bowen", "cornwall"),
    }
    used = {site.id for site in catalog.sites if site.last_orbital >= "2023-01-01"}
    assert used == expected


# Distances, as computed with pyproj elsewhere


@pytest.mark.parametrize(
    ("place", "km", "tolerance"),
    [
        ("Vladivostok", 1010.6, 0.2),  # the same point to 1e-3 deg
        ("Blagoveshchensk", 188.0, 1.0),  # another choice of the centre of a city
        ("Heihe", 191.5, 1.0),
        ("Huma", 117.5, 1.0),
        ("Moscow", 5551.1, 1.0),
        ("Pyongyang", 1443.7, 2.0),
        ("Pyongyang control centre", 1441.6, 0.1),
        ("Sohae", 1387.2, 0.1),
        ("Baikonur", 4649.8, 0.1),
    ],
)
def test_distances_from_the_pad_of_vostochny_are_as_computed_elsewhere(
    catalog, place, km, tolerance
):
    pad, there = catalog.place("vostochny"), catalog.place(place)
    geod = Geod(ellps="WGS84")
    points = (pad.longitude_deg, pad.latitude_deg, there.longitude_deg, there.latitude_deg)
    assert geod.inv(*points)[2] / 1000 == pytest.approx(km, abs=tolerance)


def nearest_km(rings, latitude, longitude):
    """Nearest point by brute force on finely cut edges near the place."""
    geod, best = Geod(ellps="WGS84"), np.inf
    for ring in rings:
        close = np.abs(ring - [latitude, longitude]).max(axis=1) < 4
        for index in np.flatnonzero(close[:-1] & close[1:]):
            share = np.linspace(0, 1, 40)[:, None]
            points = ring[index] + share * (ring[index + 1] - ring[index])
            one = np.ones(len(points))
            _, _, metres = geod.inv(longitude * one, latitude * one, points[:, 1], points[:, 0])
            best = min(best, metres.min())
    return best / 1000


def test_the_chinese_border_is_112_km_from_the_pad_of_vostochny(catalog):
    pad = catalog.site("vostochny")
    km = nearest_km(catalog.borders.country("China"), pad.latitude_deg, pad.longitude_deg)
    assert km == pytest.approx(112.0, abs=0.3)  # 1e-4 deg of the outline is 11 m


def test_baikonur_lies_inside_kazakhstan_whose_outline_has_no_hole_for_the_leased_ground(catalog):
    site = catalog.site("baikonur")
    km = nearest_km(catalog.borders.country("KAZ"), site.latitude_deg, site.longitude_deg)
    assert km > 200  # the border with Uzbekistan is about 240 km away on any map


# Satellites


def test_the_decay_of_kms_3_2_keeps_the_catalogue_date_and_the_conflict(catalog):
    row = catalog.satellite("39026")
    assert row.ended == "2023-09-13"  # catalogue
    assert row.ended_computed == "2023-09-14/2023-09-17"  # its last elements
    assert "conflict" in row.end_note


def test_luna_25_and_chandrayaan_3_ended_four_days_apart(catalog):
    assert catalog.satellite("Luna-25").ended == "2023-08-19T11:58Z"  # LRO team
    assert catalog.satellite("Luna-25").end_known_from == "2023-08-20"  # Roscosmos
    assert catalog.satellite("Chandrayaan-3").ended == "2023-08-23T12:34Z"  # ISRO


# Missile tests, 2022-01-01 to 2023-09-13 by CNS type and outcome

KNOWN = ("srbm", "slbm", "mrbm", "irbm", "icbm")
ALL = (*KNOWN, "unknown", "slv")
BALLISTIC = (*KNOWN, "unknown")


def rows_of(catalog, classes, first="2022-01-01", last=MEETING):
    return [
        row
        for row in catalog.missile_tests
        if row.type_class in classes and first <= row.date <= last
    ]


def counts(rows, column="count"):
    return [
        sum(getattr(row, column) for row in rows if row.outcome == word)
        for word in ("success", "failure", "unknown")
    ]


@pytest.mark.parametrize(
    ("classes", "first", "last", "total", "days", "by_outcome"),
    [
        pytest.param(ALL, "2022-01-01", MEETING, 98, 50, [61, 7, 30], id="all"),
        pytest.param(BALLISTIC, "2022-01-01", MEETING, 96, 48, [61, 5, 30], id="no-slv"),
        pytest.param(("slv",), "2022-01-01", MEETING, 2, 2, [0, 2, 0], id="slv"),
        pytest.param(("icbm",), "2022-01-01", MEETING, 7, 7, [6, 1, 0], id="icbm"),
        pytest.param(("icbm", "irbm"), "2022-01-01", MEETING, 9, 9, [8, 1, 0], id="long"),
        pytest.param(
            ("icbm", "irbm", "slv"), "2022-01-01", MEETING, 11, 11, [8, 3, 0], id="long+slv"
        ),
        pytest.param(
            ("mrbm", "irbm", "icbm"), "2022-01-01", MEETING, 11, 11, [10, 1, 0], id="mrbm-up"
        ),
        pytest.param(("srbm", "slbm"), "2022-01-01", MEETING, 37, 17, [37, 0, 0], id="short"),
        pytest.param(("unknown",), "2022-01-01", MEETING, 48, 20, [14, 4, 30], id="unknown-type"),
        pytest.param(
            ("icbm", "irbm", "unknown"), "2022-01-01", MEETING, 57, 29, [22, 5, 30], id="long-max"
        ),
        pytest.param(ALL, "2022-01-01", "2022-12-31", 69, 34, [42, 5, 22], id="y2022"),
        pytest.param(ALL, "2023-01-01", MEETING, 29, 16, [19, 2, 8], id="y2023-to-0913"),
        pytest.param(ALL, "2023-01-01", "2023-12-31", 33, 19, [21, 3, 9], id="y2023"),
    ],
)
def test_missile_tests_by_definition_are_as_counted_elsewhere(
    catalog, classes, first, last, total, days, by_outcome
):
    rows = rows_of(catalog, classes, first, last)
    assert sum(row.count for row in rows) == total
    assert len({row.date for row in rows}) == days
    assert counts(rows) == by_outcome


def test_rows_with_a_known_outcome_are_68_on_38_days(catalog):
    rows = [row for row in rows_of(catalog, ALL) if row.outcome != "unknown"]
    assert sum(row.count for row in rows) == 68
    assert len({row.date for row in rows}) == 38


def test_five_unidentified_rows_that_governments_called_long_make_fourteen(catalog):
    named = rows_of(catalog, ("icbm", "irbm"))
    called = rows_of(catalog, ("unknown",))
    success, failure, unknown = (
        one + two for one, two in zip(counts(named), counts(called, "called_long"), strict=True)
    )
    assert (success, failure, unknown) == (10, 4, 0)
    days = {row.date for row in named} | {row.date for row in called if row.called_long}
    assert len(days) == 14


@pytest.mark.parametrize(
    ("classes", "days", "success", "failure", "only_failures", "only_unknown"),
    [(ALL, 50, 34, 6, 4, 12), (BALLISTIC, 48, 34, 4, 2, 12), (("icbm", "irbm"), 9, 8, 1, 1, 0)],
)
def test_launch_days_by_outcome_are_as_counted_elsewhere(
    catalog, classes, days, success, failure, only_failures, only_unknown
):
    outcomes = {}
    for row in rows_of(catalog, classes):
        outcomes.setdefault(row.date, set()).add(row.outcome)
    found = list(outcomes.values())
    assert len(found) == days
    assert sum("success" in words for words in found) == success
    assert sum("failure" in words for words in found) == failure
    assert sum(words == {"failure"} for words in found) == only_failures
    assert sum(words == {"unknown"} for words in found) == only_unknown


def test_firing_events_are_as_counted_elsewhere(catalog):
    rows = rows_of(catalog, ALL)
    assert sum(row.events_new for row in rows) == 56
    assert counts(rows, "events") == [35, 6, 16]
    # no event mixes a failure with an unknown: those without a success have failures only
    assert counts(rows, "events_new") == [35, 5, 16]
