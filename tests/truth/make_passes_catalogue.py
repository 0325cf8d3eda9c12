"""Reference passes of the whole active catalogue over one site, for use by hand.

    python make_passes_catalogue.py ELEMENTS.3le.gz OUT.npz [every] [offset]

Nothing of it is committed: it takes minutes and the element sets have no open licence. 2 s steps
(10 s in deep space) with the bound on the second derivative of `reference.crossings`, bisection
to 1e-9 s, culmination from positions.
"""

import gzip
import sys
import time
from pathlib import Path

import numpy as np
import reference as ref
from sgp4.api import Satrec

DAY = 61_275  # 2026-08-23
SITE = ref.Site("39.0 N 125.7 E", 39.0, 125.7, 50.0)
MASK_DEG = 10.0
COLUMNS = [
    "satellite", "rise", "culmination", "set", "rise_azimuth_deg", "culmination_azimuth_deg",
    "set_azimuth_deg", "max_elevation_deg", "culmination_range", "rise_rate", "set_rate", "bend",
    "peaks", "at_edge",
]  # fmt: skip


def rows_of(index, satellite, orient, grids, placed, mask):
    kind = "deep" if satellite.method == "d" else "near"
    grid = grids[kind]
    sky = ref.Sky(satellite, orient, DAY)
    states = sky.states(grid.seconds)
    seen = ref.samples(states, placed[kind], grid.step)
    rows = []
    for one in ref.passes(sky, SITE, mask, grid.seconds, seen):
        ends = [grid.seconds[0] if one.rise is None else one.rise, one.culmination]
        ends.append(grid.seconds[-1] if one.set is None else one.set)
        enu = sky.local(SITE, np.array(ends))
        azimuth, elevation, distance = ref.look(enu)
        step = np.clip(0.01 * distance / 8e3, 0.05, 20.0)
        rates = sky.sine_slope(SITE, np.array(ends), step) / np.cos(np.radians(MASK_DEG))
        bend = sky.sine_bend(SITE, np.array(ends), step)[1]
        rows.append(
            [
                index,
                np.nan if one.rise is None else one.rise,
                one.culmination,
                np.nan if one.set is None else one.set,
                azimuth[0],
                azimuth[1],
                azimuth[2],
                elevation[1],
                distance[1],
                rates[0],
                rates[2],
                bend,
                one.peaks,
                one.at_edge,
            ]
        )
    return rows, np.unique(states[0])


def main(elements, out, every=1, offset=0):
    with gzip.open(elements, "rt") as file:
        lines = file.read().splitlines()
    satellites = [Satrec.twoline2rv(*lines[i + 1 : i + 3]) for i in range(0, len(lines), 3)]
    orient = ref.orientation(DAY - 3, DAY + 4)
    grids = {
        "near": ref.Grid(orient, DAY, np.arange(0, 86_401, 2.0)),
        "deep": ref.Grid(orient, DAY, np.arange(0, 86_401, 10.0)),
    }
    placed = {kind: grid.site_in_teme(SITE) for kind, grid in grids.items()}
    mask = ref.Mask(MASK_DEG)
    table, codes, begun = [], [], time.perf_counter()
    for index in range(int(offset), len(satellites), int(every)):
        rows, found = rows_of(index, satellites[index], orient, grids, placed, mask)
        table += rows
        codes += [(index, code) for code in found if code]
        if index % 1000 < int(every):
            print(index, len(table), f"{time.perf_counter() - begun:.0f} s", flush=True)
    columns = dict(zip(COLUMNS, np.array(table).T, strict=True))
    numbers = [int(satellite.satnum) for satellite in satellites]
    deep = [satellite.method == "d" for satellite in satellites]
    np.savez_compressed(
        Path(out),
        **columns,
        codes=np.array(codes).reshape(-1, 2),
        number=numbers,
        deep=deep,
        orientation=np.array(orient.rows()),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
