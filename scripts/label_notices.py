"""Say which launch closed an area: notices of an archive matched with the record of launches.

    python scripts/label_notices.py DATA [--out FILE] [--check]

DATA is a folder with ``notams`` (raw notices) and ``launch-records`` (GCAT lists). They are read
in place. Written are the labels, ``tests/truth/data/notice_labels.csv``, one row a notice, and
``closed_areas.csv`` of the catalog, the middles of areas of which it is known what for. How the
match is made is said at the head of ``notice_matching.py``.
"""

from __future__ import annotations

# ruff: noqa: D103 -- a script: only what is not plain from a name has a docstring
import argparse
import csv
import gzip
import io
import json
import math
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notice_matching import MINUTE, Closed, Launch, Point, matched, way

from kosmodrom.catalog import load_catalog
from kosmodrom.launch.notices.read import read_notices

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[1]
OUT = ROOT / "tests" / "truth" / "data" / "notice_labels.csv"
AREAS = ROOT / "src" / "kosmodrom" / "catalog" / "data" / "closed_areas.csv"
#: Whether an area was closed for an orbital launch, by label; others are not known.
LAUNCHED = dict.fromkeys(("orbital", "other-time", "replaced"), "yes") | dict.fromkeys(
    ("unexplained", "recovery", "sounding", "not-orbital"), "no"
)
COLUMNS = (
    "notice", "region", "subject", "begin", "end", "windows_h", "label", "group", "tag",
    "lift_off", "precision_s", "gcat_site", "site", "vehicle", "agency", "mission", "outcome",
    "inclination_deg", "perigee_km", "apogee_km", "orbit_class", "orbit_of", "distance_km",
    "azimuth_deg", "how", "confidence",
)  # fmt: skip


def centre(ring: Iterable[Iterable[float]]) -> Point:
    x = y = z = 0.0
    for latitude, longitude in ring:
        a, b = math.radians(latitude), math.radians(longitude)
        x, y = x + math.cos(a) * math.cos(b), y + math.cos(a) * math.sin(b)
        z += math.sin(a)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def sites() -> dict[str, tuple[str, Point]]:
    return {
        code: (row.id, (row.latitude_deg, row.longitude_deg))
        for row in load_catalog().sites
        for code in row.gcat_codes
    }


def launches(data: Path, since: str, until: str) -> list[Launch]:
    folder, known, times = data / "launch-records", sites(), {}
    log = gzip.decompress((folder / "gcat_launchlog_2024-12-08.tsv.gz").read_bytes())
    for line in log.decode("latin-1").splitlines():
        tag, text = line.split("\t")[:2]
        times.setdefault(tag.strip(), text.split())
    found = []
    listed = folder / "gcat_orbital_launches_1957_2025-11-30.csv"
    for row in csv.DictReader(io.StringIO(listed.read_text(encoding="utf-8"))):
        at, doubt = moment(row, times.get(row["Launch_Tag"].strip(), []))
        if since <= row["Launch_Date"] <= until and row["Launch_Site"] in known:
            site, place = known[row["Launch_Site"]]
            found.append(Launch(row, at, doubt, site, place))
    return found


def moment(row: dict[str, str], logged: list[str]) -> tuple[datetime, float]:
    """Give the lift-off, from the log where it has a clock, else from the list to 0.01 d."""
    if len(logged) > 3:
        day = datetime.strptime(" ".join(logged[:3]), "%Y %b %d").replace(tzinfo=UTC)
        clock = logged[3].rstrip("?")
        seconds = float(clock[5:] or 0)
        return day + timedelta(
            hours=int(clock[:2]), minutes=int(clock[2:4]), seconds=seconds
        ), 0.02 if len(clock) > 4 else 1.0
    noon = datetime(2000, 1, 1, 12, tzinfo=UTC)
    return noon + timedelta(days=float(row["Launch_JD"]) - 2451545), 7.5


def read_archive(data: Path) -> list[Closed]:
    (path,) = (data / "notams").glob("notams-*.json")
    raw = dict.fromkeys(row["raw"] for row in json.loads(path.read_text(encoding="utf-8")))
    found: dict[str, Closed] = {}
    for text in raw:  # a notice of two areas stands twice, with the same text
        for notice in read_notices(text, source=path.name):
            if notice.windows and notice.areas:
                windows = [(window.begin, window.end) for window in notice.windows]
                centres = [centre(area.ring[:-1].tolist()) for area in notice.areas]
                first = (notice.name, notice.region, notice.subject, text.upper(), notice.replaces)
                found.setdefault(notice.name, Closed(*first, windows, centres))
    return list(found.values())


def groups(notices: list[Closed]) -> dict[Closed, str]:
    """Name a group by its launch, or by the first of the notices whose windows overlap."""
    named: dict[Closed, str] = {}
    free = [notice for notice in notices if notice.launch is None and notice.hours <= 8]
    for notice in notices:
        if notice.launch is not None:
            named[notice] = notice.launch.tag
        elif notice not in named:
            named[notice] = f"none-{notice.name}"
            for other in free:
                begin = abs(other.windows[0][0] - notice.windows[0][0])
                if other not in named and notice.hours <= 8 and begin <= 40 * MINUTE:
                    named[other] = named[notice]
    return named


def rows(notices: list[Closed]) -> list[dict[str, Any]]:
    named = groups(notices)
    return [row(notice, named[notice]) for notice in notices]


def row(notice: Closed, group: str) -> dict[str, Any]:
    made = dict.fromkeys(COLUMNS, "") | {
        "notice": notice.name,
        "region": notice.region,
        "subject": notice.subject,
        "begin": f"{notice.windows[0][0]:%Y-%m-%dT%H:%MZ}",
        "end": f"{notice.windows[-1][1]:%Y-%m-%dT%H:%MZ}",
        "windows_h": f"{notice.hours:.1f}",
        "label": notice.label,
        "group": group,
        "how": notice.how,
        "confidence": notice.confidence,
    }
    if (launch := notice.launch) is not None:
        plain = {key: "" if value == "-" else value for key, value in launch.row.items()}
        ways = sorted(way(launch.place, point) for point in notice.centres)
        made |= {
            "tag": launch.tag,
            "lift_off": f"{launch.at:%Y-%m-%dT%H:%M:%SZ}"
            if launch.doubt < 5
            else f"{launch.at:%Y-%m-%dT%H:%MZ}",
            "precision_s": round(launch.doubt * 60),
            "gcat_site": plain["Launch_Site"],
            "site": launch.site,
            "vehicle": plain["LV_Type"],
            "agency": plain["Agency"],
            "mission": plain["Mission"],
            "outcome": plain["LaunchCode"],
            "inclination_deg": plain["Inc"],
            "perigee_km": plain["Perigee"],
            "apogee_km": plain["Apogee"],
            "orbit_class": plain["OpOrbit"],
            "orbit_of": orbit_of(plain),
            "distance_km": " ".join(f"{distance:.0f}" for distance, _ in ways),
            "azimuth_deg": " ".join(f"{azimuth:.1f}" for _, azimuth in ways),
        }
    return made


def orbit_of(launch: dict[str, str]) -> str:
    """Say whether the listed orbit is that of the launch or one reached later."""
    if not launch["Inc"]:
        return ""
    return "later" if launch["OpOrbit"].startswith("GEO") else "launch"


def closed_areas(notices: list[Closed]) -> list[dict[str, str]]:
    """List where areas were closed, and whether for a launch, where that is known."""
    named, made = groups(notices), []
    for notice in notices:
        truth = LAUNCHED.get(notice.label)
        last = notice.windows[-1][1]
        if truth is None or last - notice.windows[0][0] > timedelta(days=40):
            continue
        for number, (latitude, longitude) in enumerate(notice.centres, 1):
            made.append(
                {
                    "id": f"{notice.name}-{number}",
                    "event": named[notice],
                    "latitude_deg": f"{latitude:.2f}",
                    "longitude_deg": f"{longitude:.2f}",
                    "launched": truth,
                    "source": "notam-archive",
                    "grade": "B2" if notice.confidence == "high" else "B3",
                    "happened": notice.windows[0][0].date().isoformat(),
                    "known_from": (last.date() + timedelta(days=1)).isoformat(),
                }
            )
    return sorted(made, key=lambda row: (row["known_from"], row["id"]))


def written(path: Path, names: Iterable[str], made: list[dict[str, str]], check: bool) -> bool:
    """Write a table, unless it is only to be checked; say whether it changed."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(names), lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    changed = not path.exists() or path.read_text(encoding="utf-8") != text.getvalue()
    if not check:
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return changed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    notices = read_archive(asked.data)
    matched(
        notices,
        launches(asked.data, "2020-12-01", "2025-11-30"),
        launches(asked.data, "2000-01-01", "2025-11-30"),
    )
    made = rows([notice for notice in notices if notice.centres])
    places = closed_areas(notices)
    changed = written(asked.out, COLUMNS, made, asked.check)
    changed |= written(AREAS, places[0], places, asked.check)
    counts = Counter(row["label"] for row in made)
    tags = {row["tag"] for row in made if row["label"] == "orbital"}
    sys.stdout.write(f"{len(made)} notices, {len(tags)} launches: {dict(counts)}\n")
    sys.exit(1 if asked.check and changed else 0)


if __name__ == "__main__":
    main()
