"""Counts against figures that others made from the same records.

Missile tests: the CNS North Korea Missile Test Database (NTI, James Martin Center) as of
nagix/nk-missile-tests @a0cc658, counted there by a separate script; counts are whole numbers and
must be equal. Launches: GCAT (Jonathan McDowell, planet4589.org), orbital launch list updated
2025-12-01 and launch log of 2024-12-08.
"""

import csv
import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kosmodrom.analyses.launches import LaunchesRequest
from kosmodrom.analyses.launches import run as run_launches
from kosmodrom.analyses.missile_tests import MissileTestsRequest
from kosmodrom.analyses.missile_tests import run as run_tests
from kosmodrom.store import Store
from kosmodrom.workspace import Context

PERIOD = {"from": "2022-01-01", "until": "2023-09-13"}
EXCLUDE = {"unidentified": "exclude"}
# request, then count, days, success, failure, unknown, and in per cent to 0.1: failures of all, of
# known outcomes, and if every unknown one failed
SERIES = {
    "all": ({"space_launches": "include"}, 98, 50, 61, 7, 30, 7.1, 10.3, 37.8),
    "no-slv": ({}, 96, 48, 61, 5, 30, 5.2, 7.6, 36.5),
    "slv": ({"space_launches": "only"}, 2, 2, 0, 2, 0, 100.0, 100.0, 100.0),
    "long": ({"range_class": "long", **EXCLUDE}, 9, 9, 8, 1, 0, 11.1, 11.1, 11.1),
    "long+slv": (
        {"range_class": "long", "space_launches": "include", **EXCLUDE},
        11, 11, 8, 3, 0, 27.3, 27.3, 27.3,
    ),
    "mrbm-up": ({"range_class": "intermediate-up", **EXCLUDE}, 11, 11, 10, 1, 0, 9.1, 9.1, 9.1),
    "short": ({"range_class": "short", **EXCLUDE}, 37, 17, 37, 0, 0, 0.0, 0.0, 0.0),
    "unknown-type": ({"range_class": "unidentified"}, 48, 20, 14, 4, 30, 8.3, 22.2, 70.8),
    "long-max": (
        {"range_class": "long", "unidentified": "include"}, 57, 29, 22, 5, 30, 8.8, 18.5, 61.4
    ),
    "y2022": (
        {"until": "2022-12-31", "space_launches": "include"}, 69, 34, 42, 5, 22, 7.2, 10.6, 39.1
    ),
    "y2023-to-0913": (
        {"from": "2023-01-01", "space_launches": "include"}, 29, 16, 19, 2, 8, 6.9, 9.5, 34.5
    ),
}  # fmt: skip


def series(**request):
    return run_tests(MissileTestsRequest.model_validate(PERIOD | request), Context())


def launches(as_of=None, store_path=None, **request):
    context = Context(as_of=as_of, store_path=store_path)
    return run_launches(LaunchesRequest.model_validate(request), context)


def percent(share):
    return round(100 * share, 1)


def low(fact):
    return fact.value if fact.low is None else fact.low


def high(fact):
    return fact.value if fact.high is None else fact.high


@pytest.mark.parametrize("name", SERIES)
def test_the_missile_series_gives_the_published_counts(name):
    request, *expected = SERIES[name]
    facts = series(**request).facts
    counts = [facts[key].value for key in ("count", "days", "success", "failure", "unknown")]
    share = facts["failure_share"]
    shares = [percent(value) for value in (low(share), share.value, high(share))]
    assert counts + shares == expected


def test_known_outcomes_only_are_68_with_7_failures():
    facts = series(space_launches="include").alternatives["known_outcomes_only"]
    found = [facts[key].value for key in ("count", "days", "success", "failure", "unknown")]
    assert found == [68, 38, 61, 7, 0]


def test_long_range_as_governments_said_is_14_with_4_failures():
    facts = series().alternatives["long_as_governments_said"]
    found = [facts[key].value for key in ("count", "days", "success", "failure", "unknown")]
    assert found == [14, 14, 10, 4, 0]


@pytest.mark.parametrize(
    ("request_", "count", "success", "failure", "unknown", "of_all", "of_known"),
    [
        ({"space_launches": "include"}, 50, 34, 6, 12, 12.0, 15.8),
        ({}, 48, 34, 4, 12, 8.3, 11.1),
        ({"range_class": "long", **EXCLUDE}, 9, 8, 1, 0, 11.1, 11.1),
    ],
)
def test_launch_days_give_the_published_counts(
    request_, count, success, failure, unknown, of_all, of_known
):
    facts = series(unit="days", **request_).facts
    found = [facts[key].value for key in ("count", "success", "failure", "unknown")]
    assert found == [count, success, failure, unknown]
    share = facts["failure_share"]
    assert (percent(low(share)), percent(share.value)) == (of_all, of_known)
    # The published worst case (36.0, 33.3 and 11.1 %) lets only days fail of which nothing is
    # known. Ours adds 1 November 2022, when one missile succeeded and another is unknown.
    mixed = 1 if unknown else 0
    assert high(share) == pytest.approx((failure + unknown + mixed) / count, abs=1e-12)


def test_firing_events_give_the_published_counts():
    facts = series(space_launches="include").alternatives["firing_events"]
    assert [facts[key].value for key in ("count", "success", "failure", "unknown")] == [
        56, 35, 6, 16
    ]  # fmt: skip
    share = facts["failure_share"]
    shares = [percent(value) for value in (share.low, share.value, share.high)]
    assert shares == [10.7, 15.0, 39.3]


def test_long_range_is_9_and_at_most_57_whatever_the_unidentified_were():
    facts = series(range_class="long").facts
    count, share = facts["count"], facts["failure_share"]
    assert (count.value, count.low, count.high) == (9, 9, 57)
    # 14 successes, 4 failures and 30 unknown outcomes are of unidentified type; by hand: least
    # 1 failure of 9 + 14 + 30, most 1 + 4 + 30 of 9 + 4 + 30.
    assert (share.low, share.high) == pytest.approx((1 / 53, 35 / 43), abs=1e-12)


def test_vostochny_to_the_meeting_is_15_launches_with_14_successes():
    facts = launches(site="vostochny", until="2023-09-13").facts
    assert (facts["count"].value, facts["success"].value, facts["failure"].value) == (15, 14, 1)
    assert (facts["first_date"].value, facts["last_date"].value) == ("2016-04-28", "2023-08-10")


def test_vostochny_days_are_those_of_the_launch_log():
    # GCAT launch log 2024-12-08, launches with site VOST to 2023-09-13
    days = ["2016-04-28", "2017-11-28", "2018-02-01", "2018-12-27", "2019-07-05", "2020-12-18",
            "2021-03-25", "2021-04-25", "2021-05-28", "2021-07-01", "2021-10-14", "2022-10-22",
            "2023-05-26", "2023-06-27", "2023-08-10"]  # fmt: skip
    result = launches(site="vostochny", until="2023-09-13")
    assert [instant[:10] for instant in result.columns["utc"]] == days
    failed = [row["tag"] for row in result.rows() if row["outcome"] == "failure"]
    assert failed == ["2017-F05"]


def test_vostochny_is_20_and_north_korea_9_to_the_end_of_the_data():
    # GCAT orbital launch list: VOST 18 OS, 1 DS, 1 OF; SOHAE 3 OS, 4 OF; TONGH 2 OF
    facts = launches(site="vostochny").facts
    assert (facts["count"].value, facts["success"].value) == (20, 19)
    facts = launches(country="PRK").facts
    assert (facts["count"].value, facts["success"].value) == (9, 3)
    facts = launches(site="sohae").facts
    assert (facts["count"].value, facts["failure"].value) == (7, 4)


def test_chollima_flew_twice_and_failed_twice_before_the_meeting():
    # KCNA 31 May and 24 August 2023; GCAT 2023-F06, 2023-F07
    facts = launches(date(2023, 9, 15), country="PRK", vehicle="Chollima-1").facts
    assert (facts["count"].value, facts["failure"].value) == (2, 2)


def data_file(*parts):
    """Find a development data set, or skip: the sets are too big or not free to be carried."""
    given = os.environ.get("KOSMODROM_DATA")
    root = Path(__file__).resolve().parents[2].parent / "shared" / "data"
    path = Path(given or root).joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"{path.name} is not here; set KOSMODROM_DATA to the folder of data sets")
    return path


@pytest.fixture(scope="module")
def gcat():
    return data_file("launch-records", "gcat_orbital_launches_1957_2025-11-30.csv")


@pytest.fixture(scope="module")
def store_path(gcat, tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "store.duckdb"
    with Store.open(path, read_only=False) as store:
        report = store.import_file(gcat)
    assert (report.rows, report.skipped) == (7141, 0)
    return path


def test_the_whole_list_is_7141_attempts(store_path):
    result = launches(store_path=store_path)
    assert result.facts["count"].value == 7141
    assert result.facts["data_until"].value == "2025-11-30"


@pytest.mark.parametrize(
    ("site", "count"), [("vostochny", 20), ("sohae", 7), ("tonghae", 2), ("baikonur", 1555)]
)
def test_a_site_is_counted_by_its_own_codes(store_path, site, count):
    # Baikonur: NIIP-5 890 and GIK-5 665. Sohae: its parent range reads Tonghae in the list.
    assert launches(store_path=store_path, site=site).facts["count"].value == count


def test_catalog_and_imported_list_agree_on_every_shared_launch(store_path):
    result = launches(store_path=store_path)
    assert "launches_differ" not in [note.code for note in result.warnings]


def test_totals_a_year_site_and_outcome_equal_a_plain_count_of_the_file(store_path, gcat):
    with gcat.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with Store.open(store_path) as store:
        taken = store.launches()
    plain = {
        "year": Counter(row["Launch_Date"][:4] for row in rows),
        "site": Counter(row["Launch_Site"] for row in rows),
        "state": Counter(row["State"] for row in rows),
        "success": Counter(row["LaunchCode"][1] == "S" for row in rows),
    }
    assert Counter(str(launch.when.first.year) for launch in taken) == plain["year"]
    assert Counter(launch.site_code for launch in taken) == plain["site"]
    assert Counter(launch.state or "" for launch in taken) == plain["state"]
    assert Counter(launch.outcome == "success" for launch in taken) == plain["success"]
    assert all(launch.when.days == 1 for launch in taken)


def test_the_launch_log_is_taken_whole(tmp_path):
    log = data_file("launch-records", "gcat_launchlog_2024-12-08.tsv.gz")
    with Store.open(tmp_path / "store.duckdb", read_only=False) as store:
        report = store.import_file(log)
        sohae = [launch for launch in store.launches() if launch.site_code == "SOHAE"]
    # 23,433 rows; 11 carry code XS, which is neither an orbital nor a deep-space attempt
    assert (report.lines, report.left_out, report.skipped) == (23433, 11, 0)
    assert [launch.tag for launch in sohae if launch.utc_precision_s is None] == [
        "2023-F07", "2024-F02"
    ]  # fmt: skip


def test_the_shipped_series_equals_a_plain_count_of_the_test_list():
    path = data_file("missile-tests", "cns_nti_tests_counts.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if "2022" <= row["date"] <= "2023-09-13"]
    plain = Counter((row["date"], row["missile_type"].lower(), row["outcome"]) for row in rows)
    result = series(space_launches="include")
    shipped = Counter()
    for row in result.rows():
        shipped[row["date"], row["type_class"], row["outcome"]] += row["number"]
    assert shipped == plain
