"""Real launches with their closed areas, for fitting and scoring forecasts; read in place."""

# ruff: noqa: TID253 -- a script: numpy is not lazy here
from __future__ import annotations

import csv
import json
import os
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from kosmodrom.launch.forecast import Corridors, History, Site
from kosmodrom.launch.forecast.family import Pad
from kosmodrom.launch.forecast.observed import Sight, seen
from kosmodrom.launch.forecast.zones import distinct, measured
from kosmodrom.launch.notices.read import read_notices

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("KOSMODROM_DATA") or ROOT.parent / "shared" / "data")
ARCHIVE = DATA / "notams" / "notams-2020-12_2025-06.json"
RECORD = DATA / "launch-records" / "gcat_orbital_launches_1957_2025-11-30.csv"
HAND = DATA.parent / "cases-dev" / "launch-notices.yaml"
SITES = ROOT / "src" / "kosmodrom" / "catalog" / "data" / "sites.csv"
LABELS = ROOT / "tests" / "truth" / "data" / "notice_labels.csv"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    """A launch, its areas, and the orbit it reached."""

    name: str
    day: np.datetime64
    site_name: str
    site: Site
    nation: str
    operator: str
    vehicle: str
    rings: tuple[np.ndarray[Any, Any], ...]
    inclination: float | None  # [rad]
    sight: Sight


def table(path: Path) -> list[dict[str, str]]:
    """Read a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def catalog_sites() -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Give sites by their name and by the codes of the record."""
    by_name, by_code = {}, {}
    for row in table(SITES):
        by_name[row["id"]] = row
        by_code.update({code: row for code in row["gcat_codes"].split("|") if code})
    return by_name, by_code


def as_site(row: dict[str, str]) -> Site:
    """Put a site of the catalog in radians; the extent of a sea area is about two deviations."""
    spread = float(row["extent_km"] or 20) * 500 if row["kind"] == "sea" else 0.0
    return Site(
        latitude=np.radians(float(row["latitude_deg"])),
        longitude=np.radians(float(row["longitude_deg"])), spread=spread,
    )  # fmt: skip


def record() -> tuple[History, dict[str, dict[str, str]]]:
    """Read the record of launches that reached orbit, and all its rows by tag."""
    _, by_code = catalog_sites()
    rows = table(RECORD)
    good = [
        row for row in rows if row["LaunchCode"].startswith("OS") and row["Inc"] not in ("", "0.0")
    ]
    place = [by_code.get(r["Launch_Site"]) for r in good]
    history = History(
        day=np.array([r["Launch_Date"] for r in good], dtype="datetime64[D]"),
        latitude=np.radians([float(p["latitude_deg"]) if p else np.nan for p in place]),
        longitude=np.radians([float(p["longitude_deg"]) if p else np.nan for p in place]),
        inclination=np.radians([float(r["Inc"]) for r in good]),
        perigee=np.array([float(r["Perigee"] or "nan") * 1e3 for r in good]),
        nation=np.array([r["State"] for r in good]),
        operator=np.array([r["Agency"] for r in good]),
        vehicle=np.array([r["LV_Type"] for r in good]),
    )
    return history, {r["Launch_Tag"].strip(): r for r in rows}


def _areas() -> dict[str, list[Any]]:
    """Read all notices of the archive; rings by series and number."""
    found: dict[str, list[Any]] = {}
    for row in json.loads(ARCHIVE.read_text(encoding="utf-8")):
        for notice in read_notices(row["raw"], source=row["code"]):
            name = row["code"].split("_AREA")[0]
            found.setdefault(name, []).extend(area.ring for area in notice.areas)
    return found


def _made(name: str, day: str, site: Site, rings: list[Any], **more: Any) -> Case | None:
    good, zones = [], []
    for ring in rings:
        try:
            zones.append(measured(ring))
        except ValueError:
            continue
        good.append(np.asarray(ring))
    if not good:
        return None
    kept = [zones[k] for k in distinct(zones)]
    return Case(
        name=name, day=np.datetime64(day, "D"), site=site, rings=tuple(good),
        sight=seen(Pad.at(site.latitude, site.longitude), kept, site.spread), **more,
    )  # fmt: skip


def labelled(labels: Path) -> tuple[list[Case], dict[str, int]]:
    """Put the labelled notices together to launches, in order of time.

    Left out and counted: launches that failed, whose inclination is not in the record, or to
    orbits that later burns turned; and areas that could not be read.
    """
    by_name, _ = catalog_sites()
    _, rows = record()
    areas = _areas()
    groups: OrderedDict[str, list[dict[str, str]]] = OrderedDict()
    for row in table(labels):
        if row["label"] == "orbital":
            groups.setdefault(row["tag"].strip(), []).append(row)
    cases, left = [], {"failed, or not in the record": 0, "turned later": 0, "no areas": 0}
    for tag, notices in groups.items():
        first, launch = notices[0], rows.get(tag)
        site = by_name[first["site"]]
        if launch is None or not first["orbit_of"]:
            left["failed, or not in the record"] += 1
        elif first["orbit_of"] != "launch":
            left["turned later"] += 1
        else:
            case = _made(
                tag, first["lift_off"][:10], as_site(site),
                [ring for row in notices for ring in areas.get(row["notice"], [])],
                site_name=first["site"], nation=launch["State"], operator=first["agency"],
                vehicle=first["vehicle"], inclination=np.radians(float(first["inclination_deg"])),
            )  # fmt: skip
            if case is None:
                left["no areas"] += 1
            else:
                cases.append(case)
    return sorted(cases, key=lambda case: case.day), left


def _ring(corners: list[list[float]]) -> Any:
    """Put corners that were published in any order around their middle."""
    points = np.array(corners, dtype=np.float64)
    middle = points.mean(axis=0)
    turn = np.arctan2(
        points[:, 0] - middle[0], (points[:, 1] - middle[1]) * np.cos(np.radians(middle[0]))
    )
    return points if len(points) > 5 else points[np.argsort(turn)]


def hand_checked() -> list[Case]:
    """Read the cases that were checked by hand and have areas."""
    nations = {"cn": "CN", "kp": "KP", "us": "US", "jp": "J", "ru": "RU", "il": "IL", "kr": "KR",
               "ir": "IR", "nz": "NZ", "xx": ""}  # fmt: skip
    cases = []
    for row in yaml.safe_load(HAND.read_text(encoding="utf-8"))["cases"]:
        rings = []
        for notice in row["notices"]:
            each = [notice["polygon"]] if notice.get("polygon") else []
            rings += [_ring(p) for p in each + (notice.get("polygons") or []) if len(p) > 2]
        degrees = (row.get("orbit") or {}).get("inclination_deg")
        place = row["site"]
        site = Site(
            latitude=np.radians(place["lat"]), longitude=np.radians(place["lon"]),
            spread=60e3 if "sea" in place["name"].lower() else 0.0,
        )  # fmt: skip
        case = _made(
            row["id"], str(row["date"])[:10], site, rings, site_name=place["name"],
            nation=nations[row["id"][:2]], operator="", vehicle=row.get("payload", ""),
            inclination=None if degrees is None else np.radians(degrees),
        )  # fmt: skip
        if case is not None:
            cases.append(case)
    return cases


def corridors_of(cases: list[Case]) -> Corridors:
    """Give last zones of launches with the orbits they led to."""
    used = [case for case in cases if len(case.sight.rows) and case.inclination is not None]
    last = [int(np.argmax(case.sight.angle)) for case in used]
    return Corridors(
        day=np.array([case.day for case in used], dtype="datetime64[D]"),
        latitude=np.array([case.site.latitude for case in used]),
        longitude=np.array([case.site.longitude for case in used]),
        azimuth=np.array([c.sight.told[k] for c, k in zip(used, last, strict=True)]),
        angle=np.array([c.sight.angle[k] for c, k in zip(used, last, strict=True)]),
        inclination=np.array([case.inclination for case in used]),
    )
