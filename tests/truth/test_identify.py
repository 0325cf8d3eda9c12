"""The verb identify on launches that were flown, with lift-offs and element sets from elsewhere.

``plane_passages.csv`` holds young element sets of 278 launches; the error model was fitted on
those of even number, so the odd ones are the test. See ``data/README.md`` for where they are from.
"""

import csv
import gzip
import os
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from kosmodrom.analyses.identify import IdentifyRequest, run
from kosmodrom.launch.passage import KINDS, MODELS
from kosmodrom.workspace import open_context

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("KOSMODROM_DATA") or HERE.parents[1].parent / "shared" / "data")
with (HERE / "data" / "plane_passages.csv").open(encoding="utf-8") as file:
    TABLE = list(csv.DictReader(file))
DAYS_AROUND = 31  # launches that share a list of new objects
ODD = [row for row in TABLE if int(row["tag"][5:]) % 2]


def three_lines(row):
    """Write the facts of a row as an element set; what does not bear on the plane is zero."""
    epoch = datetime.fromisoformat(row["epoch"])
    day = (epoch - datetime(epoch.year, 1, 1, tzinfo=UTC)).total_seconds() / 86_400 + 1
    piece = chr(ord("A") + sum(one["tag"] == row["tag"] for one in TABLE[: TABLE.index(row)]))
    designator = f"{row['tag'][2:4]}{row['tag'][5:]}{piece}"
    first = (
        f"1 {int(row['norad']):05d}U {designator:<8} {epoch.year % 100:02d}{day:012.8f}"
        "  .00000000  00000+0  00000+0 0  999"
    )
    second = (
        f"2 {int(row['norad']):05d} {float(row['inclination_deg']):8.4f} "
        f"{float(row['node_deg']):8.4f} {row['eccentricity'][2:8]}0   0.0000   0.0000 "
        f"{float(row['revolutions_per_day']):11.8f}    0"
    )
    summed = [
        line + str(sum(int(c) if c.isdigit() else c == "-" for c in line) % 10)
        for line in (first, second)
    ]
    return f"{row['tag']}\n" + "\n".join(summed) + "\n"


def lift_off(row):
    return datetime.fromisoformat(row["lift_off"])


def asked(tmp_path, rows, **request):
    path = tmp_path / "list.3le"
    path.write_text("".join(map(three_lines, rows)), "utf-8")
    context = open_context(store_path=None, files=True)
    return run(IdentifyRequest(satellites=(str(path),), most=100_000, **request), context)


def listed(row):
    """Give what a list of new objects would hold around a launch."""
    return [one for one in TABLE if abs((lift_off(one) - lift_off(row)).days) <= DAYS_AROUND]


@pytest.fixture(scope="module")
def held_out(tmp_path_factory):
    """Identify the launches of odd number in 2019 and 2022, of which lists are long."""
    folder = tmp_path_factory.mktemp("lists")
    found = []
    for row in ODD:
        if row["lift_off"][:4] not in {"2019", "2022"} or len(listed(row)) < 8:
            continue
        result = asked(
            folder, listed(row), site=row["site"], launch=row["lift_off"], designators="year"
        )
        mine = result.columns["satellite"] == row["tag"]
        number = result.columns["norad_id"] == int(row["norad"])
        order = list(dict.fromkeys(d[:8] for d in result.columns["designator"].tolist()))
        found.append((row, result, int(np.flatnonzero(mine & number)[0]), order.index(row["tag"])))
    return found


def test_low_objects_of_a_launch_are_found_among_those_of_two_months(held_out):
    ranks = [rank for _, result, at, rank in held_out if result.columns["orbit"][at] == "low"]
    assert len(ranks) > 25
    # Of all odd launches, each with all its objects, 91 % came first and 98 % among three; here a
    # launch is one object. The rest are twins, days apart in one plane, and turns in flight.
    assert np.mean(np.array(ranks) == 0) >= 0.8
    assert np.mean(np.array(ranks) < 3) >= 0.9


def test_probabilities_are_kept(held_out):
    best = np.array([result.facts["probability"].value for _, result, _, _ in held_out])
    right = np.array([rank == 0 for _, _, _, rank in held_out])
    sure = best > 0.85
    assert sure.sum() > 10
    assert right[sure].mean() >= 0.9
    # All together: what was promised, within two standard deviations of so many draws.
    spread = np.sqrt(np.sum(best * (1 - best))) / len(best)
    assert right.mean() == pytest.approx(best.mean(), abs=2 * spread + 0.05)


def test_nine_of_ten_low_passages_lie_in_the_span_that_says_so(tmp_path):
    rows = [row for row in ODD if float(row["revolutions_per_day"]) > 6.4
            and float(row["eccentricity"]) < 0.1 and int(row["precision_s"]) <= 60]  # fmt: skip
    shifts, fits = [], []
    for row in rows[::2]:
        result = asked(
            tmp_path, [row], site=row["site"], launch=row["lift_off"], designators="none"
        )
        assert result.columns["orbit"][0] == "low"
        shifts.append(float(result.columns["passage_after_min"][0]))
        fits.append(result.columns["fits"][0] == "yes")
    assert len(fits) > 35
    # 90 % promised; with so many draws two standard deviations are 0.1.
    assert np.mean(fits) == pytest.approx(0.9, abs=0.1)
    # The middle of the fitted half is 5 min; a minute is the precision of the lift-offs.
    assert np.median(shifts) == pytest.approx(MODELS["low"].usual_time / 60, abs=1.0)


def test_an_object_is_traced_to_its_launch(tmp_path):
    first = []
    for row in [row for row in ODD if row["lift_off"][:4] == "2022"]:
        if float(row["eccentricity"]) > 0.1 or float(row["revolutions_per_day"]) < 6.4:
            continue
        age = (datetime.fromisoformat(row["epoch"]) - lift_off(row)).days + 2
        result = asked(tmp_path, [row], days=f"{max(7, age)} day")
        first.append(result.facts["designator"].value == row["tag"])
    assert len(first) > 15
    # By the plane alone, among 3 to 25 launches; 82 % of all odd ones.
    assert np.mean(first) >= 0.65


def test_the_first_set_of_each_north_korean_satellite_leads_home(tmp_path):
    # Lift-offs in the launch list: 2012-12-12 00:49, 2016-02-07 00:30; sets of the catalog.
    for number, tag in (("39026", "2012-072"), ("41332", "2016-009")):
        context = open_context(store_path=None)
        result = run(IdentifyRequest(satellites=(number,), days="3 day"), context)
        assert result.facts["designator"].value == tag
        assert result.facts["site"].value == "Sohae"


@pytest.mark.skipif(
    not (SHARED / "launch-records" / "launch_library2_2026.csv").is_file()
    or not (SHARED / "catalog").is_dir(),
    reason="set KOSMODROM_DATA to a folder with element sets and launches of 2026",
)
def test_launches_of_2026_among_the_whole_catalogue_months_later():
    # Sets of 22 August, 108 to 180 days after: stale, so this is what is left and no fair test.
    folder = SHARED / "catalog"
    path = folder / "active_2026-08-22.3le.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        there = {line[9:14] for line in file if line.startswith("1 ")}
    with (folder / "satcat_active_2026-08-22.csv").open(encoding="utf-8") as file:
        by_day = {}
        for row in csv.DictReader(file):
            by_day.setdefault(row["launch_date"], set()).add(row["intldes"][:8])
    context = open_context(store_path=None, files=True)
    ranks = []
    with (SHARED / "launch-records" / "launch_library2_2026.csv").open(encoding="utf-8") as file:
        for row in list(csv.DictReader(file)):
            tags = by_day.get(row["net_utc"][:10], set())
            if row["status"] != "Success" or len(tags) != 1:
                continue  # several on a day: which is which would be our own guess
            tag = next(iter(tags))
            if tag[2:4] + tag[5:8] not in there or len(ranks) >= 16:
                continue
            result = run(
                IdentifyRequest(
                    satellites=(str(path),),
                    site=f"{float(row['lat']):.4f},{float(row['lon']):.4f}",
                    launch=row["net_utc"], designators="year", most=100_000,
                ),
                context,
            )  # fmt: skip
            candidates = result.columns["status"] == "candidate"
            order = list(dict.fromkeys(
                text[:8] for text in result.columns["designator"][candidates].tolist()
            ))  # fmt: skip
            ranks.append(order.index(tag))
            assert len(order) > 100
    assert len(ranks) > 10
    # By chance one in 150; of all 62 launches half came first and two thirds among three.
    assert np.mean(np.array(ranks) < 3) >= 0.5


@pytest.mark.skipif(
    not (SHARED / "catalog").is_dir(), reason="set KOSMODROM_DATA to a folder with element sets"
)
def test_an_expected_inclination_finds_what_took_a_turn_in_flight():
    # PRSC-EO3, Taiyuan 2026-04-25 12:15 (Launch Library), 38 deg from 38.7 deg north.
    path = SHARED / "catalog" / "active_2026-08-22.3le.gz"
    context = open_context(store_path=None, files=True)
    request = {"satellites": (str(path),), "site": "taiyuan", "launch": "2026-04-25T12:15Z"}
    blind = run(IdentifyRequest(**request), context)
    assert blind.facts["designator"].value != "2026-092"
    told = run(
        IdentifyRequest(**request, inclination_low="36 deg", inclination_high="40 deg"), context
    )
    assert told.facts["designator"].value == "2026-092"
    assert told.facts["probability"].value > 0.9


def test_the_table_is_what_it_says():
    assert len({row["tag"] for row in TABLE}) == 278
    for row in TABLE:
        age = (datetime.fromisoformat(row["epoch"]) - lift_off(row)).total_seconds() / 86_400
        assert -0.01 < age < 45
    assert set(KINDS) == set(MODELS)
