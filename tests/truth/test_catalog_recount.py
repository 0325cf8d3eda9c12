"""An independent recount from the data sets, read where they stand.

The folder is named by the variable KOSMODROM_DATA, or stands beside the repository.
"""

import csv
import gzip
import json
import os
import re
from collections import Counter, defaultdict
from math import cos, hypot, radians
from pathlib import Path
from statistics import mean

import pytest

from kosmodrom.catalog import load_catalog

DATA = Path(
    os.environ.get("KOSMODROM_DATA") or Path(__file__).parents[2].parent / "shared" / "data"
)
needs_launches = pytest.mark.skipif(
    not (DATA / "launch-records").is_dir(), reason="set KOSMODROM_DATA to a folder with GCAT lists"
)
needs_tests = pytest.mark.skipif(
    not (DATA / "missile-tests").is_dir(), reason="set KOSMODROM_DATA to a folder with CNS rows"
)

needs_notices = pytest.mark.skipif(
    not (DATA / "notams").is_dir(), reason="set KOSMODROM_DATA to a folder with notices"
)


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture(scope="module")
def launch_list():
    path = DATA / "launch-records" / "gcat_orbital_launches_1957_2025-11-30.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_launches
def test_every_launch_of_the_list_belongs_to_exactly_one_site(catalog, launch_list):
    owners = Counter(code for site in catalog.sites for code in site.gcat_codes)
    assert set(owners) == {launch["Launch_Site"] for launch in launch_list}
    assert set(owners.values()) == {1}
    assert sum(site.attempts for site in catalog.sites) == len(launch_list) == 7141


@needs_launches
def test_sites_are_counted_by_code_and_not_by_parent(catalog, launch_list):
    for site in catalog.sites:
        mine = [row for row in launch_list if row["Launch_Site"] in site.gcat_codes]
        days = sorted(row["Launch_Date"] for row in mine)
        # codes: OS, DS, OF, ...; a number after them is a share of success
        good = [row for row in mine if re.match(r"[OD]S", row["LaunchCode"])]
        assert (site.attempts, site.successes) == (len(mine), len(good)), site.id
        assert (site.first_orbital, site.last_orbital) == (days[0], days[-1]), site.id


@needs_launches
def test_every_site_used_since_2023_is_covered(catalog, launch_list):
    codes = {code for site in catalog.sites for code in site.gcat_codes}
    recent = {row["Launch_Site"] for row in launch_list if row["Launch_Date"] >= "2023"}
    assert recent <= codes


@needs_launches
def test_vehicles_are_counted_as_in_the_list(catalog, launch_list):
    for vehicle in catalog.vehicles:
        mine = [row for row in launch_list if row["LV_Type"] in vehicle.gcat_names]
        assert vehicle.attempts == len(mine), vehicle.id
        assert vehicle.first_flight == min(row["Launch_Date"] for row in mine)


@needs_launches
def test_flown_inclinations_hold_every_low_launch_of_their_sites_once(catalog, launch_list):
    flown = [row for row in catalog.corridors if row.kind == "flown"]
    for site in {row.site for row in flown}:
        mine = [
            float(launch["Inc"])
            for launch in launch_list
            if launch["Launch_Site"] in catalog.site(site).gcat_codes
            and launch["LaunchCode"].startswith("OS")
            and launch["Launch_Date"] >= "1990"
            and launch["Inc"] not in {"", "-"}
            and launch["Apogee"] not in {"", "-"}
            and 0 < float(launch["Apogee"]) <= 2500
        ]
        rows = [row for row in flown if row.site == site]
        assert sum(row.launches for row in rows) == len(mine), site
        for one in mine:
            held = [r for r in rows if r.inclination_low_deg <= one <= r.inclination_high_deg]
            assert len(held) == 1, (site, one)


@needs_launches
def test_launch_rows_are_complete_and_agree_with_the_list(catalog, launch_list):
    codes = {
        code
        for name in ("vostochny", "sohae", "tonghae")
        for code in catalog.site(name).gcat_codes
    }
    listed = {row["Launch_Tag"]: row for row in launch_list if row["Launch_Site"] in codes}
    assert {row.tag for row in catalog.launches} == set(listed)
    for row in catalog.launches:
        there = listed[row.tag]
        assert there["Launch_Site"] in catalog.site(row.site).gcat_codes
        assert (row.date, row.gcat_code) == (there["Launch_Date"], there["LaunchCode"])
        assert (row.outcome == "success") == (there["LaunchCode"][1] == "S")
        assert row.perigee_km == (float(there["Perigee"]) if there["Perigee"] else None)
        assert row.inclination_deg == (float(there["Inc"]) if there["Inc"] else None)
        # the list rounds Julian dates to 0.01 day: 7.2 min, and rows say how far they may be off
        clock = [int(part) for part in re.findall(r"\d\d", row.utc[11:])]
        seconds = sum(part * size for part, size in zip(clock, (3600, 60, 1), strict=False))
        day_fraction = (float(there["Launch_JD"]) + 0.5) % 1 * 86400
        assert seconds == pytest.approx(day_fraction, abs=440 + row.utc_precision_s)


@needs_launches
def test_launches_with_orbits_are_all_those_of_the_list_since_2000(catalog, launch_list):
    recent = [row for row in launch_list if row["Launch_Date"] >= "2000"]
    listed = {row["Launch_Tag"].strip(): row for row in recent}
    assert [row.tag for row in catalog.launch_orbits] == list(listed)
    for row in catalog.launch_orbits:
        there = listed[row.tag]
        assert there["Launch_Site"] in catalog.site(row.site).gcat_codes
        assert (row.happened, row.gcat_code) == (there["Launch_Date"], there["LaunchCode"])
        for mine, name in ((row.perigee_km, "Perigee"), (row.inclination_deg, "Inc")):
            assert mine == (float(there[name]) if there[name] not in {"", "-"} else None)
        seconds = int(row.utc[11:13]) * 3600 + int(row.utc[14:16]) * 60
        day_fraction = (float(there["Launch_JD"]) + 0.5) % 1 * 86400
        # the list rounds to 432 s; its day may begin or end within that, and the log to a minute
        assert (seconds - day_fraction + 43200) % 86400 - 43200 == pytest.approx(0, abs=500)


@needs_launches
def test_flown_payloads_have_the_mass_and_the_first_orbit_of_the_list(catalog, launch_list):
    sites = {site.id: site for site in catalog.sites}
    seen = 0
    for row in catalog.launchers.payloads:
        if row.kind != "flown" or row.source != "gcat-orbital":
            continue
        seen += 1
        orbit = [row.perigee_km, row.apogee_km, row.inclination_deg]
        flights = [
            flight
            for flight in launch_list
            if flight["Launch_Date"] == row.happened
            and flight["Launch_Site"] in sites[row.site].gcat_codes
            and [float(flight[name] or 0) for name in ("Perigee", "Apogee", "Inc")] == orbit
        ]
        (flight,) = flights
        # the list gives tonnes to the kilogram, and satellites beside the main one another way:
        # 1 % apart on H-IIA with GPM
        assert float(flight["OrbPay"]) * 1e3 == pytest.approx(row.payload_kg, rel=0.005), row.id
    assert seen > 50


@needs_notices
def test_zones_with_corners_are_those_of_the_notices(catalog):
    path = DATA / "notams" / "notams-2020-12_2025-06.json"
    notices = {notice["code"]: notice["raw"] for notice in json.loads(path.read_text("utf-8"))}
    zones = [row for row in catalog.launchers.drop_zones if row.centre_latitude_deg is not None]
    assert len(zones) == 10
    for zone in zones:
        text = notices[re.search(r"NOTAM (\S+),", zone.note)[1]].split("E)")[-1]
        corners = [
            (degrees(*north), degrees(*east))
            for north, east in zip(
                re.findall(r"N(\d\d)(\d\d)(\d\d)?E", text),
                re.findall(r"E(\d{3})(\d\d)(\d\d)?", text),
                strict=True,
            )
        ]
        assert len(corners) == 4, zone.id
        # four corners of nearly a rectangle: their mean is its middle to 0.005 deg, half a km
        assert zone.centre_latitude_deg == pytest.approx(mean(c[0] for c in corners), abs=0.005)
        assert zone.centre_longitude_deg == pytest.approx(mean(c[1] for c in corners), abs=0.006)
        east = 111.3 * cos(radians(zone.centre_latitude_deg))  # km; one degree of longitude
        ends = [((c[0] - d[0]) * 111.0, (c[1] - d[1]) * east) for c in corners for d in corners]
        # the sides are given to 1 km along and across the flight, the diagonal follows
        diagonal = hypot(zone.length_km, zone.width_km)
        assert max(hypot(*end) for end in ends) == pytest.approx(diagonal, abs=4), zone.id


def degrees(whole, minutes, seconds):
    return int(whole) + int(minutes) / 60 + int(seconds or 0) / 3600


@needs_launches
def test_times_agree_with_the_launch_log(catalog):
    raw = (DATA / "launch-records" / "gcat_launchlog_2024-12-08.tsv.gz").read_bytes()
    clocks, pieces = {}, Counter()
    for line in gzip.decompress(raw).decode("latin-1").splitlines()[1:]:
        tag, when = (cell.strip() for cell in line.split("\t")[:2])
        clocks[tag] = when.split()[-1].rstrip("?")
        pieces[tag] += 1
    for row in catalog.launches:
        if row.tag in clocks:
            assert row.utc[11:-1].replace(":", "") == clocks[row.tag].replace(":", ""), row.tag
            assert row.payload_pieces == pieces[row.tag]


@needs_tests
def test_missile_tests_are_counted_as_in_the_source(catalog):
    with (DATA / "missile-tests" / "cns_nti_tests_counts.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if "2022-01-01" <= row["date"] <= "2023-12-31"]
    there = Counter((row["date"], row["missile_type"].lower(), row["outcome"]) for row in rows)
    here = {(row.date, row.type_class, row.outcome): row.count for row in catalog.missile_tests}
    assert here == dict(there)
    events = defaultdict(set)
    for row in rows:
        events[row["date"]].add((row["facility_key"], row["missile_key"]))
    assert sum(row.events_new for row in catalog.missile_tests) == sum(map(len, events.values()))
