"""Derive the element sets of the catalog, and the satellites they belong to.

    python scripts/make_element_sets.py DATA [--check]

DATA is a folder with ``catalog`` (active satellites of 22 August 2026 as CelesTrak gave them),
``dprk-satellites`` and ``element-histories-2026``. Written are:

* ``element_sets.csv``: what the lines say, digit by digit; only sets that came from CelesTrak;
* ``satellites.csv``: a row for each satellite of `CHOSEN`; all other rows stay as they are.

With ``--check`` nothing is written and the exit status is 1 where a file would change.
"""

from __future__ import annotations

# ruff: noqa: D103 -- a script: only what is not plain from a name has a docstring
import argparse
import csv
import gzip
import io
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "kosmodrom" / "catalog" / "data"
SNAPSHOT = "2026-08-22"
Row = dict[str, str]
Pair = tuple[str, str]

#: Number, id, name, other names. Owner and launch are from the list of the catalogue; the orbit is
#: left to the element sets, which say from when they were known.
CHOSEN: tuple[tuple[int, str, str, str], ...] = (
    (5, "vanguard-1", "Vanguard 1", ""),
    (7530, "ao-7", "AO-7", "OSCAR 7|AMSAT-OSCAR 7"),
    (8820, "lageos-1", "LAGEOS-1", "LAGEOS"),
    (20580, "hubble", "Hubble Space Telescope", "HST|Hubble"),
    (22195, "lageos-2", "LAGEOS-2", ""),
    (25544, "iss", "International Space Station", "ISS|ISS (ZARYA)|Zarya|МКС"),
    (25994, "terra", "Terra", "EOS AM-1"),
    (27424, "aqua", "Aqua", "EOS PM-1"),
    (31698, "terrasar-x", "TerraSAR-X", ""),
    (32060, "worldview-1", "WorldView-1", "WV-1"),
    (35946, "worldview-2", "WorldView-2", "WV-2"),
    (38012, "pleiades-1a", "Pléiades 1A", ""),
    (38755, "spot-6", "SPOT 6", ""),
    (39019, "pleiades-1b", "Pléiades 1B", ""),
    (39084, "landsat-8", "Landsat 8", "LDCM"),
    (39634, "sentinel-1a", "Sentinel-1A", ""),
    (40115, "worldview-3", "WorldView-3", "WV-3"),
    (40267, "himawari-8", "Himawari-8", ""),
    (40536, "kompsat-3a", "KOMPSAT-3A", "Arirang-3A"),
    (40697, "sentinel-2a", "Sentinel-2A", ""),
    (41174, "galileo-12", "GSAT0209 (Galileo 12)", "GSAT0209|Galileo 12"),
    (41335, "sentinel-3a", "Sentinel-3A", ""),
    (41603, "lapan-a3", "LAPAN-A3", "LAPAN-IPB|LISAT"),
    (41836, "himawari-9", "Himawari-9", ""),
    (42063, "sentinel-2b", "Sentinel-2B", ""),
    (43013, "noaa-20", "NOAA-20", "JPSS-1"),
    (43437, "sentinel-3b", "Sentinel-3B", ""),
    (43877, "kanopus-v-6", "Kanopus-V 6", ""),
    (44714, "starlink-1008", "Starlink-1008", ""),
    (44903, "elektro-l-3", "Elektro-L 3", "Electro-L 3"),
    (45254, "meridian-9", "Meridian 9", ""),
    (46984, "sentinel-6a", "Sentinel-6A", "Sentinel-6 Michael Freilich"),
    (47719, "arktika-m-1", "Arktika-M 1", ""),
    (48268, "pleiades-neo-3", "Pléiades Neo 3", ""),
    (48274, "tiangong", "Tiangong", "CSS|CSS (TIANHE)|Tianhe|Chinese space station"),
    (48859, "navstar-81", "NAVSTAR 81", "USA 319|GPS III-5"),
    (49260, "landsat-9", "Landsat 9", ""),
    (51850, "goes-18", "GOES-18", "GOES-T"),
    (59371, "resurs-p-4", "Resurs-P 4", ""),
    (60133, "goes-19", "GOES-19", "GOES-U"),
)
#: Owners of the list by country; those of several countries have none.
COUNTRIES = {
    "US": "USA", "FR": "FRA", "GER": "DEU", "JPN": "JPN", "CIS": "RUS", "PRC": "CHN",
    "INDO": "IDN", "SKOR": "KOR", "IT": "ITA", "ESA": "", "ISS": "",
}  # fmt: skip
#: Repositories whose sets are copies of CelesTrak's file of active satellites (active.txt), or of
#: its own; other sources of the same folder are full catalogues of Space-Track and are left.
COPIES = {
    "CelesTrak/fundamentals-of-astrodynamics", "illectro/watchtheskies",
    "Blobtoe/Automatic-Satellite-Decoder", "atqlong/sat-map", "assassingyk/stargazer",
    "alanyu108/satellite_backend", "alanmelloni97/Labosat-Track_Python",
    "BaevDaniil/Antenna_satelite_simulation",
}  # fmt: skip
#: A repository with both kinds of file: its sets of Kwangmyongsong-4 stand in active.txt too.
BOTH = "dldlowndes/LD_QuarcOGS"
#: The first set of each month, and the last there is.
MALLIGYONG_DAYS = (
    "2026-03-15", "2026-04-01", "2026-05-01", "2026-06-02", "2026-07-01", "2026-08-01",
    "2026-08-22",
)  # fmt: skip
#: CelesTrak's OMM of Vanguard 1 in the package sgp4; it is not among the active satellites.
VANGUARD = {
    "norad": "5", "epoch": "2025-02-14T14:36:48.662784Z", "mean_motion_rev_day": "10.85873516",
    "eccentricity": "0.1841322", "inclination_deg": "34.2493", "node_deg": "19.2327",
    "argument_of_perigee_deg": "100.1057", "mean_anomaly_deg": "281.1229", "bstar": "0.00035436",
    "mean_motion_dot_rev_day2": "0.00000264", "mean_motion_ddot_rev_day3": "0",
    "set_number": "999", "revolution": "39027",
}  # fmt: skip


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


def pairs_of(text: str) -> list[Pair]:
    lines = [line.rstrip() for line in text.splitlines() if line[:2] in {"1 ", "2 "}]
    return list(zip(lines[::2], lines[1::2], strict=True))


def plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def with_power(text: str) -> str:
    sign = -1 if text[0] == "-" else 1
    return plain(sign * Decimal(int(text[1:6])).scaleb(int(text[6:8]) - 5))


def epoch(text: str) -> str:
    year = int(text[:2])
    start = datetime(1900 + year if year >= 57 else 2000 + year, 1, 1, tzinfo=UTC)
    steps = int(text[2:5]) * 10**8 + int(text[6:]) - 10**8  # of 864 microseconds
    return f"{start + steps * timedelta(microseconds=864):%Y-%m-%dT%H:%M:%S.%f}Z"


def element_set(pair: Pair, source: str, grade: str, known_from: str) -> Row:
    one, two = pair
    when = epoch(one[18:32])
    return {
        "norad": str(int(one[2:7])),
        "epoch": when,
        "mean_motion_rev_day": plain(Decimal(two[52:63].strip())),
        "eccentricity": plain(Decimal("0." + two[26:33])),
        "inclination_deg": plain(Decimal(two[8:16].strip())),
        "node_deg": plain(Decimal(two[17:25].strip())),
        "argument_of_perigee_deg": plain(Decimal(two[34:42].strip())),
        "mean_anomaly_deg": plain(Decimal(two[43:51].strip())),
        "bstar": with_power(one[53:61]),
        "mean_motion_dot_rev_day2": plain(Decimal(one[33:43].strip().replace("+", ""))),
        "mean_motion_ddot_rev_day3": with_power(one[44:52]),
        "set_number": str(int(one[64:68])),
        "revolution": str(int(two[63:68])),
        "source": source,
        "grade": grade,
        "happened": when[:10],
        "known_from": known_from or next_day(when[:10]),
    }


def north_korean(data: Path, number: int, name: str) -> list[Row]:
    folder = data / "dprk-satellites"
    pairs = pairs_of((folder / f"{number}_{name}.3le").read_text("utf-8"))
    rows = []
    for pair, row in zip(pairs, read(folder / f"{number}_{name}.csv"), strict=True):
        if epoch(pair[0][18:32]).rstrip("Z") != row["epoch_utc"]:
            sys.exit(f"{number}: {pair[0]} does not go with {row['epoch_utc']}")
        origin = row["sources"]
        if origin == "nagix/nk-missile-tests":
            rows.append(element_set(pair, "nagix", "B3", ""))
        elif origin in COPIES or (origin == BOTH and number == 41332):
            rows.append(element_set(pair, "celestrak-copies", "A2", ""))
    return rows


def malligyong(data: Path) -> list[Row]:
    path = data / "element-histories-2026" / "58400_MALLIGYONG-1.3le"
    first: dict[str, Pair] = {}
    for pair in pairs_of(path.read_text("utf-8")):
        first.setdefault(epoch(pair[0][18:32])[:10], pair)
    return [element_set(first[day], "celestrak-2026", "A2", "") for day in MALLIGYONG_DAYS]


def snapshot(data: Path) -> list[Row]:
    raw = gzip.decompress((data / "catalog" / f"active_{SNAPSHOT}.3le.gz").read_bytes())
    numbers = {number for number, *_ in CHOSEN}
    rows = [
        element_set(pair, "celestrak-2026", "A2", SNAPSHOT)
        for pair in pairs_of(raw.decode("ascii"))
        if int(pair[0][2:7]) in numbers
    ]
    vanguard = VANGUARD | {
        "source": "celestrak-sample", "grade": "A2",
        "happened": VANGUARD["epoch"][:10], "known_from": next_day(VANGUARD["epoch"][:10]),
    }  # fmt: skip
    found = [vanguard, *rows]
    if missing := numbers - {int(row["norad"]) for row in found}:
        sys.exit(f"not among the active satellites of {SNAPSHOT}: {sorted(missing)}")
    return found


def satellites(data: Path) -> list[Row]:
    listed = {
        row["norad"]: row for row in read(data / "catalog" / f"satcat_active_{SNAPSHOT}.csv")
    }
    rows = read(OUT / "satellites.csv")
    names = list(rows[0])
    ids = {identity for _, identity, *_ in CHOSEN}
    rows = [row for row in rows if row["id"] not in ids]
    for number, identity, name, aliases in CHOSEN:
        of = listed[str(number)]
        known = dict.fromkeys(names, "") | {
            "id": identity,
            "name": name,
            "aliases": aliases,
            "norad": str(number),
            "cospar": of["intldes"],
            "country": COUNTRIES[of["owner"]],
            "launched": of["launch_date"],
            "central_body": "earth",
            "source": "us-catalogue",
            "grade": "A2",
            "happened": of["launch_date"],
            "known_from": next_day(of["launch_date"]),
        }
        rows.append(known)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    sets = [
        *north_korean(asked.data, 39026, "KMS-3-2"),
        *north_korean(asked.data, 41332, "KMS-4"),
        *malligyong(asked.data),
        *snapshot(asked.data),
    ]
    sets.sort(key=lambda row: (int(row["norad"]), row["epoch"]))
    made = {"element_sets.csv": sets, "satellites.csv": satellites(asked.data)}
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
