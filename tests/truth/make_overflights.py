"""Write data/overflights.json: pictures that two satellites could take in a week, and contacts.

    python tests/truth/make_overflights.py

Seconds of a week are tried one by one, as in `make_coverage`; the best instant is the least angle
from the geodetic nadir. A picture is taken at its best instant and comes down in the first contact
that still lasts long enough for it; it is delivered when all of it is down. The element sets are
those of data/passes_setup.json.
"""

from __future__ import annotations

import json
from pathlib import Path

import make_coverage as coverage
import numpy as np
import reference as ref
from sgp4.api import Satrec

DATA = Path(__file__).parent / "data"
DAYS = 7
STATION = ref.Site("Pyongyang", 39.0339, 125.7543, 50.0)
STATION_MASK_DEG = 5.0
DOWNLINK_S = (0.0, 60.0, 300.0, 480.0)
SATELLITES = ("MALLIGYONG-1", "LANDSAT 8", "EROS C3")
TARGETS = [
    ref.Site("Seoul", 37.5665, 126.978, 40.0),
    ref.Site("Guam", 13.45, 144.78, 100.0),
    ref.Site("Quito", -0.22, -78.51, 2850.0),
    ref.Site("Longyearbyen", 78.2232, 15.6267, 10.0),
    ref.Site("Suva, over the date line", -16.5, 180.0, 0.0),
    ref.Site("shore of the Dead Sea", 31.5, 35.48, -400.0),
]


def best_instant(scene, site, start, end):
    """Where the cosine of the off-nadir angle is highest, by golden section."""
    a, b = start, end
    for _ in range(60):
        c, d = a + 0.381966 * (b - a), a + 0.618034 * (b - a)
        one, two = scene.parts(site, np.array([c, d]))[0]
        a, b = (a, d) if one > two else (c, b)
    return (a + b) / 2


def describe(scene, site, start, end):
    """One opportunity with the values at its best instant."""
    best = best_instant(scene, site, start, end)
    t = np.array([best])
    satellite, nadir = scene.prepare(t)
    view = site.position - satellite
    distance = np.linalg.norm(view, axis=-1)
    cosine = np.sum(view * nadir, axis=-1) / distance
    cross = np.linalg.norm(np.cross(view, nadir), axis=-1) / distance
    azimuth, elevation, _ = ref.look((satellite - site.position) @ site.axes.T)
    sun = coverage.sun_in_itrf(scene.orient, t, apparent=True) - site.position
    sun_azimuth, sun_elevation, _ = ref.look(sun @ site.axes.T)
    around = scene.prepare(t[0] + np.array([-1.0, 1.0]))[1]  # down: south of it looks north
    rising = -around[1, 2] > -around[0, 2]
    return {
        "start_s": start,
        "best_s": round(best, 4),
        "end_s": end,
        "off_nadir_deg": round(float(np.degrees(np.arctan2(cross, cosine)[0])), 7),
        "slant_range_m": round(float(distance[0]), 2),
        "elevation_deg": round(float(elevation[0]), 7),
        "azimuth_at_target_deg": round(float(azimuth[0]), 5),
        "sun_elevation_deg": round(float(sun_elevation[0]), 6),
        "sun_azimuth_deg": round(float(sun_azimuth[0]), 5),
        "ascending": bool(rising),
    }


def delivered(picture, contacts, needed):
    """When the picture is down, or None if no contact of the week is long enough."""
    for start, end in contacts:
        begin = max(start, picture)
        if end - begin >= needed:
            return round(begin + needed, 4)
    return None


def main():
    setup = json.loads((DATA / "passes_setup.json").read_text("utf-8"))
    orient = ref.orientation(coverage.DAY - 2, coverage.DAY + DAYS + 3)
    seconds = np.arange(0, DAYS * 86_400 + 1, 1.0)
    grid = ref.Grid(orient, coverage.DAY, seconds)
    placed = grid.site_in_teme(STATION)
    record = {
        "day_mjd": coverage.DAY,
        "end_s": float(seconds[-1]),
        "off_nadir_deg": coverage.OFF_NADIR_DEG,
        "station_deg_m": [STATION.latitude_deg, STATION.longitude_deg, STATION.height_m],
        "station_mask_deg": STATION_MASK_DEG,
        "downlink_s": DOWNLINK_S,
        "targets": [[s.name, s.latitude_deg, s.longitude_deg, s.height_m] for s in TARGETS],
        "earth_orientation": {
            "columns": ["mjd_utc", "ut1_minus_utc_s", "pole_x_arcsec", "pole_y_arcsec"],
            "rows": orient.rows(),
        },
        "satellites": [],
    }
    for wanted in SATELLITES:
        row = next(s for s in setup["satellites"] if wanted == s["name"])
        scene = coverage.Scene(Satrec.twoline2rv(*row["lines"]), orient)
        seen = ref.samples(scene.sky.states(seconds), placed, 1.0)
        mask = ref.Mask(STATION_MASK_DEG)
        found = ref.passes(scene.sky, STATION, mask, seconds, seen)
        contacts = [
            (p.rise if p.rise is not None else 0.0, p.set if p.set is not None else seconds[-1])
            for p in found
        ]
        ready = scene.prepare(seconds)
        targets = []
        for site in TARGETS:
            sampled = scene.margin("off_nadir", site, seconds, ready)
            spans = coverage.intervals(
                lambda t, site=site, scene=scene: scene.margin("off_nadir", site, t),
                seconds,
                sampled,
            )
            rows = [describe(scene, site, *span) for span in spans if None not in span]
            for one in rows:
                one["delivered_s"] = [delivered(one["best_s"], contacts, n) for n in DOWNLINK_S]
            targets.append(rows)
        record["satellites"].append(
            {
                "name": row["name"],
                "lines": row["lines"],
                "contacts_s": [[round(float(t), 6) for t in span] for span in contacts],
                "opportunities": targets,
            }
        )
        print(wanted, len(contacts), [len(rows) for rows in targets])
    text = json.dumps(record, separators=(",", ":")).replace('{"start_s"', '\n{"start_s"')
    (DATA / "overflights.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
