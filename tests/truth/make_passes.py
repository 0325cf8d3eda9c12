"""Write data/passes_*: passes of hard orbits over hard places, by a 0.1 s scan and bisection.

    python tests/truth/make_passes.py FOLDER_OF_ELEMENT_SETS

The folder holds ``catalog/active_2026-08-22.3le.gz`` and ``decays-2026/element-sets.3le.gz``
(CelesTrak GP data); the few sets used are written into the setup file. `reference` says how a
pass is defined. Some minutes on one core.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import passes_selection as chosen
import reference as ref
from sgp4.api import Satrec

DATA = Path(__file__).parent / "data"
STEP = 0.1
DAY = chosen.DAY
SITES = [ref.Site(*row) for row in chosen.SITES]
COLUMNS = (
    "case,rise_s,culmination_s,set_s,rise_azimuth_deg,culmination_azimuth_deg,set_azimuth_deg,"
    "max_elevation_deg,range_m,rise_rate_deg_s,set_rate_deg_s,bend_deg_s2,peaks,at_edge"
)
CASE_COLUMNS = "case,kind,satellite,site,mask_deg,start_s,end_s,passes"


class Book:
    """The cases and their passes, as they are found."""

    def __init__(self):
        self.cases, self.rows, self.kinds = [], [], Counter()

    def add(self, kind, sky, which, mask_name, mask, seconds, seen):
        """Find and keep the passes of one satellite, site, mask and window."""
        satellite, site = which
        found = ref.passes(sky, SITES[site], mask, seconds, seen)
        ends = [float(seconds[0]), float(seconds[-1])]
        self.cases.append([len(self.cases), kind, satellite, site, mask_name, *ends, len(found)])
        for one in found:
            self.rows.append(self._row(sky, SITES[site], one, ends))
            self._count(kind, one)
        self.kinds[f"cases: {kind}"] += 1
        return found

    def _row(self, sky, site, one, ends):
        a = ends[0] if one.rise is None else one.rise
        b = ends[1] if one.set is None else one.set
        times = np.array([a, one.culmination, b])
        enu = sky.local(site, times)
        azimuth, elevation, distance = ref.look(enu)
        step = np.clip(0.01 * distance / 8e3, 0.05, 20.0)
        rate = sky.sine_slope(site, times, step) / np.cos(np.radians(elevation))
        bend = sky.sine_bend(site, times, step)[1] / np.cos(np.radians(elevation[1]))
        return [
            len(self.cases) - 1,
            "" if one.rise is None else f"{one.rise:.7f}",
            f"{one.culmination:.7f}",
            "" if one.set is None else f"{one.set:.7f}",
            *(f"{angle:.5f}" for angle in azimuth),
            f"{elevation[1]:.8f}",
            f"{distance[1]:.2f}",
            f"{np.degrees(rate[0]):.3g}",
            f"{np.degrees(rate[2]):.3g}",
            f"{np.degrees(bend):.3g}",
            one.peaks,
            int(one.at_edge),
        ]

    def _count(self, kind, one):
        self.kinds[f"passes: {kind}"] += 1
        self.kinds["passes"] += 1
        if one.rise is None or one.set is None:
            self.kinds["passes cut by the window"] += 1
        if one.rise is None and one.set is None:
            self.kinds["passes open at both ends"] += 1
        elif None not in (one.rise, one.set):
            for limit in (0.2, 1.0, 20.0, 60.0):
                self.kinds[f"passes shorter than {limit:g} s"] += one.set - one.rise < limit
            self.kinds["passes longer than 6 h"] += one.set - one.rise > 21_600
        self.kinds["passes with more than one peak"] += one.peaks > 1
        self.kinds["passes highest at an edge"] += one.at_edge


class Window:
    """States of one satellite and attitudes of the sites at each 0.1 s of a window."""

    def __init__(self, satellite, orient, day, start, end, step=STEP):
        self.sky = ref.Sky(satellite, orient, day)
        self.seconds = np.linspace(start, end, round((end - start) / step) + 1)
        self.grid = ref.Grid(orient, day, self.seconds)
        self.states = self.sky.states(self.seconds)

    def seen(self, site, placed=None, azimuths=False):
        placed = self.grid.site_in_teme(SITES[site]) if placed is None else placed
        return ref.samples(self.states, placed, self.grid.step, azimuths)


def element_sets(folder):
    """The chosen satellites: name, two lines, MJD of the window's day, start and end [s]."""
    active = _by_number(folder / "catalog" / "active_2026-08-22.3le.gz")
    decays = _by_number(folder / "decays-2026" / "element-sets.3le.gz")
    for number in chosen.ACTIVE:
        yield *active[number][-1], DAY, 0.0, 86_400.0
    for row in chosen.MADE_UP:
        yield *chosen.made_up(*row), DAY, 0.0, 86_400.0
    for number, after_h in chosen.DECAYS:
        name, one, two = max(decays[number], key=lambda row: _epoch(row[1]))
        begin = np.ceil((_epoch(one) + after_h / 24) * 24) / 24  # the next full hour
        day = int(np.floor(begin))
        start = round((begin - day) * 86_400)
        yield name, one, two, day, float(start), start + 86_400.0


def _by_number(path):
    with gzip.open(path, "rt") as file:
        lines = file.read().splitlines()
    found = {}
    for i in range(0, len(lines) - 2, 3):
        name, one, two = lines[i : i + 3]
        found.setdefault(int(one[2:7]), []).append((name.removeprefix("0 ").strip(), one, two))
    return found


def _epoch(line):
    days = int(line[18:20]) - 26, float(line[20:32])
    return 61_041 + 365 * days[0] + days[1] - 1  # 2026-01-01 is MJD 61041


def first_code(window):
    """The first sampled time at which sgp4 gives a code, and how many samples have which."""
    codes = window.states[0]
    bad = np.flatnonzero(codes)
    if not bad.size:
        return None
    kinds, counts = np.unique(codes[bad], return_counts=True)
    return {
        "first_s": round(float(window.seconds[bad[0]]), 1),
        "last_s": round(float(window.seconds[bad[-1]]), 1),
        "samples": {str(kind): int(count) for kind, count in zip(kinds, counts, strict=True)},
        "good_after_first": int((codes[bad[0] :] == 0).sum()),
    }


def plain(book, index, window, placed, coded):
    """Every satellite over its share of the sites, at one mask for each, or at all of them."""
    for site in range(len(SITES)):
        thorough = index % 11 == site
        if not thorough and (index + site) % 2:
            continue
        seen = window.seen(site, placed(site), azimuths=True)
        masks = chosen.MASKS if thorough else [chosen.MASKS[(index // 2 + 3 * site) % 7]]
        kind = "codes" if coded else "plain"
        for degrees in masks:
            mask = ref.Mask(float(degrees))
            book.add(kind, window.sky, (index, site), degrees, mask, window.seconds, seen)
        if thorough or (index + site) % 8 == 0:
            mask = ref.Mask(chosen.TABLE)
            name = "codes" if coded else "table"
            book.add(name, window.sky, (index, site), "table", mask, window.seconds, seen)


def grazing(book, index, window, placed, sites):
    """Masks just under and just over a peak, and just over and under a dip between two."""
    for site in sites:
        seen = window.seen(site, placed(site))
        sky, place = window.sky, SITES[site]
        found = ref.passes(sky, place, ref.Mask(0.0), window.seconds, seen)
        whole = [one for one in found if not (one.rise is None or one.set is None or one.at_edge)]
        for count, one in enumerate(whole[:: max(1, len(whole) // 4)][:4]):
            top = np.array([one.culmination])
            enu = sky.local(place, top)
            _, elevation, distance = ref.look(enu)
            if elevation[0] > 88 or elevation[0] < 0.5:
                continue
            step = np.clip(0.01 * distance / 8e3, 0.05, 20.0)
            bend = -sky.sine_bend(place, top, step)[0] / np.cos(np.radians(elevation[0]))
            for length in chosen.GRAZES[(index + site + count) % len(chosen.GRAZES)]:
                # An arc of this length over a parabola; a negative one stays as far below.
                under = np.degrees(bend * length * abs(length) / 8)
                if abs(under) < 1e-9 or abs(under) > 1e-2:
                    continue  # below 1e-9 deg the noise of the positions decides
                degrees = float(f"{elevation[0] - under:.11f}")
                kind = "graze" if length > 0 else "near miss"
                _narrow(book, kind, index, site, degrees, window, one.culmination)


def _narrow(book, kind, index, site, degrees, window, middle):
    """The same mask in a window of 20 minutes about the event, to keep the file small."""
    start = max(round(middle - 600), window.seconds[0])
    end = min(round(middle + 600), window.seconds[-1])
    small = Window(window.sky.satellite, window.sky.orient, window.sky.day, start, end)
    mask = ref.Mask(degrees)
    book.add(kind, small.sky, (index, site), degrees, mask, small.seconds, small.seen(site))


def dips(book, index, window, placed):
    """Passes with two peaks: a mask over the dip gives two passes with a short gap."""
    for site in range(len(SITES)):
        seen = window.seen(site, placed(site))
        every = max(1, round(10 / STEP))
        sine = seen.sine[::every]
        low = np.flatnonzero((sine[1:-1] <= sine[:-2]) & (sine[1:-1] < sine[2:])) + 1
        low = low[sine[low] > 0.0]
        times = window.seconds[::every]
        sky, place = window.sky, SITES[site]
        for at in low[:2]:
            step = np.array([seen.step_of_slope[at * every]])
            dip = ref.bisect(
                lambda t, sky=sky, place=place, step=step: sky.sine_slope(place, t, step),
                times[at - 1 : at],
                times[at + 1 : at + 2],
                40,
            )
            elevation = np.degrees(np.arcsin(sky.sine(place, dip)[0]))
            bend = sky.sine_bend(place, dip, step)[0] / np.cos(np.radians(elevation))
            for length in (600.0, 60.0, 10.0, -20.0):
                over = np.degrees(bend * length * abs(length) / 8)
                if 1e-9 < abs(over) < 1.0:
                    degrees = float(f"{elevation + over:.11f}")
                    mask = ref.Mask(degrees)
                    kind = "dip" if length > 0 else "dip missed"
                    which = (index, site)
                    book.add(kind, sky, which, degrees, mask, window.seconds, seen)


def cut(book, index, window, placed, site):
    """Windows that begin or end inside a pass, just before its rise, just after its set."""
    seen = window.seen(site, placed(site))
    mask = ref.Mask(5.0)
    sky = window.sky
    found = ref.passes(sky, SITES[site], mask, window.seconds, seen)
    whole = [one for one in found if one.rise is not None and one.set is not None]
    for one in whole[:2]:
        spans = (
            (one.culmination - 20, one.culmination + 20),
            (one.culmination, one.set + 120),
            (one.rise - 120, one.culmination - 5),
            (one.rise - 300, one.rise + 0.05),
            (one.set - 0.05, one.set + 300),
            (one.rise - 300, one.rise - 0.05),
            (one.rise - 0.05, one.set + 0.05),
            (one.rise + 0.05, one.set - 0.05),
        )
        for start, end in spans:
            start, end = round(start, 2), round(end, 2)
            small = Window(sky.satellite, sky.orient, sky.day, start, end)
            which = (index, site)
            book.add("cut", small.sky, which, 5, mask, small.seconds, small.seen(site))


def long(book, index, satellite, orient, day, site):
    """Ten days in one window, at 1 s steps cut where the bound asks for it."""
    window = Window(satellite, orient, day, 0.0, 864_000.0, step=1.0)
    mask = ref.Mask(10.0)
    book.add("long", window.sky, (index, site), 10, mask, window.seconds, window.seen(site))


def main(folder):
    book, satellites, placed_of_day = Book(), [], {}
    orient = ref.orientation(61_120, 61_290)
    for index, (name, one, two, day, start, end) in enumerate(element_sets(Path(folder))):
        satellite = Satrec.twoline2rv(one, two)
        window = Window(satellite, orient, day, start, end)
        code = first_code(window)
        record = {"name": name, "lines": [one, two], "day_mjd": day, "start_s": start}
        record |= {"end_s": end, "deep": satellite.method == "d"}
        if name.startswith("MADE UP"):
            record["made_up"] = True
        if code:
            record["codes"] = code
        satellites.append(record)

        def placed(site, window=window, day=day):
            if day != DAY:
                return None
            if site not in placed_of_day:
                placed_of_day[site] = window.grid.site_in_teme(SITES[site])
            return placed_of_day[site]

        plain(book, index, window, placed, code)
        if code or day != DAY:
            print(index, name, len(book.rows), code or "", flush=True)
            continue
        if index % 3 == 0:
            grazing(book, index, window, placed, [index // 3 % 10, (index // 3 + 4) % 10])
        if satellite.ecco > 0.1 or satellite.method == "d":
            dips(book, index, window, placed)
        if index % 9 == 4:
            cut(book, index, window, placed, (index // 9) % 10)
        if index in chosen.LONG:
            long(book, index, satellite, orient, DAY, 1)
        print(index, name, len(book.rows), flush=True)
    write(book, satellites, orient)


def write(book, satellites, orient):
    days = {record["day_mjd"] for record in satellites}
    kept = {near for day in days for near in range(day - 2, day + 4)}
    kept |= set(range(DAY - 2, DAY + 14))
    setup = {
        "earth_orientation": {
            "columns": ["mjd_utc", "ut1_minus_utc_s", "pole_x_arcsec", "pole_y_arcsec"],
            "rows": [row for row in orient.rows() if row[0] in kept],
        },
        "sites": [
            {"name": s.name, "latitude_deg": s.latitude_deg, "longitude_deg": s.longitude_deg}
            | {"height_m": s.height_m}
            for s in SITES
        ],
        "mask_table_deg": chosen.TABLE,
        "satellites": satellites,
        "counts": {key: int(value) for key, value in sorted(book.kinds.items())},
    }
    text = json.dumps(setup, indent=0).replace("[\n", "[").replace(",\n", ", ")
    text = (
        text.replace("\n]", "]").replace("{\n", "{").replace("\n}", "}").replace("}, {", "},\n{")
    )
    (DATA / "passes_setup.json").write_text(text + "\n", "utf-8")
    half = _half(book)
    parts = {
        "passes_cases.csv": (CASE_COLUMNS, book.cases),
        "passes_1.csv": (COLUMNS, book.rows[:half]),
        "passes_2.csv": (COLUMNS, book.rows[half:]),
    }
    for name, (columns, rows) in parts.items():
        with (DATA / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns.split(","))
            writer.writerows(rows)
    print(json.dumps(setup["counts"], indent=1))


def _half(book):
    """A row near the middle where a new case begins."""
    half = len(book.rows) // 2
    while 0 < half < len(book.rows) and book.rows[half][0] == book.rows[half - 1][0]:
        half += 1
    return half


if __name__ == "__main__":
    main(sys.argv[1])
