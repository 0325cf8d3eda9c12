"""Write data/coverage.json: which cells two satellites could see when, by brute force at 1 s.

    python tests/truth/make_coverage.py

Every cell and every second is tried; each change is then bisected to 1e-7 s, and each nearest
approach that stays within reach between two seconds is looked at (`hidden`), so that no interval
is missed however short. See data/README.md for the definitions.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import erfa
import numpy as np
import passes_selection as chosen
import reference as ref
from sgp4.api import Satrec

DATA = Path(__file__).parent / "data"
DAY, SECONDS = 61_275, 2 * 86_400
OFF_NADIR_DEG, MASK_DEG, SUN_DEG = 30.0, 20.0, 10.0
TAI_MINUS_UTC = 37.0

SATELLITES = [
    # descends at about 10:30 local time, 500 km
    ("SUN-SYNCHRONOUS", 97.40, 308.5, 0.0012, 90.0, 0.0, 94.62, 5e-5),
    ("51.6 DEG, ECCENTRIC", 51.6, 40.0, 0.015, 120.0, 30.0, 95.5, 1e-4),
]
SPECIAL = [
    (90.0, 0.0), (-90.0, 0.0), (0.0, 180.0), (0.0, -179.999), (39.0339, 125.7543),
    (85.0, 10.0), (-84.2, -120.0), (82.6, 77.0), (-0.001, 0.0), (51.9, 128.3),
]  # fmt: skip


def cells(count=110):
    """A Fibonacci lattice in geodetic latitude and longitude, and some hard places."""
    k = np.arange(count)
    latitude = np.degrees(np.arcsin(1 - (2 * k + 1) / count))
    longitude = (k * 137.50776405003785 + 180) % 360 - 180
    rows = [(round(a, 4), round(b, 4)) for a, b in zip(latitude, longitude, strict=True)]
    return SPECIAL + rows


def geodetic_nadir(fixed):
    """Unit vector down along the normal of the WGS84 ellipsoid, from positions in ITRF."""
    longitude, latitude, _ = erfa.gc2gd(1, fixed)
    return -np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ],
        axis=-1,
    )


def sun_in_itrf(orient, seconds, apparent):
    """From the Earth's centre to the Sun [m], with or without the aberration of its light."""
    flat = np.ravel(seconds)
    ut1_minus_utc, x, y = orient.at(DAY, flat)
    day = DAY + 2_400_000.5
    tt = (flat + TAI_MINUS_UTC + 32.184) / 86_400
    heliocentric, barycentric = erfa.epv00(day, tt)
    away = -heliocentric["p"]
    distance = np.linalg.norm(away, axis=-1)
    unit = away / distance[:, None]
    if apparent:
        speed = barycentric["v"] * (erfa.DAU / erfa.DAYSEC / erfa.CMPS)
        unit = erfa.ab(unit, speed, distance, np.sqrt(1 - np.sum(speed**2, axis=-1)))
    arcsec = np.pi / 648_000
    turn = erfa.c2t06a(day, tt, day, (flat + ut1_minus_utc) / 86_400, x * arcsec, y * arcsec)
    fixed = np.einsum("...ij,...j->...i", turn, unit * distance[:, None]) * erfa.DAU
    return fixed.reshape(*np.shape(seconds), 3)


def grazing_cells(scene, place, seconds, ready, lengths=(0.12, 0.5, 3.0)):
    """Move a cell west until its longest sight in two days by off-nadir lasts so short."""
    sampled = scene.margin("off_nadir", place, seconds, ready)
    middle = seconds[int(np.argmax(sampled))]
    near = np.linspace(middle - 90, middle + 90, 3601)

    def highest(longitude):
        moved = ref.Site(place.name, place.latitude_deg, longitude, 0.0)
        least = scene.margin("off_nadir", moved, near)
        k = int(np.clip(np.argmax(least), 1, len(near) - 2))
        y = least[k - 1 : k + 2]
        bend = (y[0] - 2 * y[1] + y[2]) / 0.05**2
        return y[1] - (y[2] - y[0]) ** 2 / (8 * (y[0] - 2 * y[1] + y[2])), bend

    rows = []
    for length in lengths:
        low, high = place.longitude_deg, place.longitude_deg - 12.0
        for _ in range(50):
            half = (low + high) / 2
            top, bend = highest(half)
            low, high = (half, high) if top > -bend * length**2 / 8 else (low, half)
        rows.append((place.latitude_deg, round((low + high) / 2, 9)))
    return rows


class Scene:
    """One satellite over the cells, with functions that are positive where a cell is seen."""

    def __init__(self, satellite, orient):
        self.sky, self.orient = ref.Sky(satellite, orient, DAY), orient

    def fixed(self, seconds):
        _, r, _ = self.sky.states(seconds)
        back = np.swapaxes(ref.earth_fixed_to_teme(self.orient, DAY, seconds), -1, -2)
        return np.einsum("...ij,...j->...i", back, r)

    def parts(self, site, seconds, ready=None):
        """Margins: of the off-nadir angle, of elevation over 0 and over the mask [as sines]."""
        satellite, nadir = ready or self.prepare(seconds)
        view = site.position - satellite
        distance = np.linalg.norm(view, axis=-1)
        cosine = np.sum(view * nadir, axis=-1) / distance
        sine = -(view @ site.axes[2]) / distance
        return (
            cosine - np.cos(np.radians(OFF_NADIR_DEG)),
            sine,
            sine - np.sin(np.radians(MASK_DEG)),
        )

    def prepare(self, seconds):
        satellite = self.fixed(seconds)
        return satellite, geodetic_nadir(satellite)

    def sun(self, site, seconds, apparent, ready=None):
        """Sine of the Sun's elevation at the cell over that of the limit."""
        centre = sun_in_itrf(self.orient, seconds, apparent) if ready is None else ready
        away = centre - site.position
        return away @ site.axes[2] / np.linalg.norm(away, axis=-1) - np.sin(np.radians(SUN_DEG))

    def margin(self, definition, site, seconds, ready=None, suns=None):
        """The least of the margins that a definition asks for."""
        off_nadir, horizon, mask = self.parts(site, seconds, ready)
        if definition == "mask":
            return mask
        least = np.minimum(off_nadir, horizon)
        if definition == "off_nadir":
            return least
        apparent = definition.endswith("apparent")
        sun = self.sun(site, seconds, apparent, None if suns is None else suns[apparent])
        return np.minimum(least, sun)


def cut_by_the_sun(satellite, scene, places, result):
    """Sun limits that the Sun passes in the middle of an interval, and the interval left."""
    rows = []
    for cell, spans in enumerate(result["off_nadir"]["intervals"]):
        for start, end in (span for span in spans[:1] if None not in span):
            middle = np.array([(start + end) / 2])
            sine = scene.sun(places[cell], middle, True)[0] + np.sin(np.radians(SUN_DEG))
            limit = round(float(np.degrees(np.arcsin(sine))), 7)
            row = {"satellite": satellite, "cell": cell, "sun_elevation_deg": limit}
            for name, apparent in (("apparent", True), ("geometric", False)):

                def above(t, cell=cell, apparent=apparent, limit=limit):
                    sun = scene.sun(places[cell], t, apparent) + np.sin(np.radians(SUN_DEG))
                    return sun - np.sin(np.radians(limit))

                at = float(ref.bisect(above, [start], [end], 40)[0])
                rises = above(np.array([end]))[0] > 0
                left = [at, end] if rises else [start, at]
                row[name] = [round(t, 6) for t in left]
            rows.append(row)
    return rows[:: max(1, len(rows) // 10)]


DEFINITIONS = ("off_nadir", "mask", "off_nadir_sun_apparent", "off_nadir_sun_geometric")


def intervals(margin, seconds, sampled):
    """Exact ends of the time above zero, from samples at every second."""
    change = np.flatnonzero((sampled[1:] > 0) != (sampled[:-1] > 0))
    low, high = seconds[change], seconds[change + 1]
    a, b = hidden(margin, seconds, sampled)
    low, high = np.append(low, a), np.append(high, b)
    ends = [round(float(t), 7) for t in np.sort(ref.bisect(margin, low, high, 24))]
    if sampled[0] > 0:
        ends.insert(0, None)
    if len(ends) % 2:
        ends.append(None)
    return [list(pair) for pair in zip(ends[::2], ends[1::2], strict=True)]


def hidden(margin, seconds, sampled):
    """Brackets round excursions between two seconds, by golden section at each near miss."""
    low, high = [], []
    sign = np.where(sampled > 0, 1, -1)
    short = -np.abs(sampled)  # highest where nearest to a change of side
    peak = np.flatnonzero(
        (short[1:-1] >= short[:-2])
        & (short[1:-1] >= short[2:])
        & (sign[1:-1] == sign[:-2])
        & (sign[1:-1] == sign[2:])
        & (short[1:-1] > -2e-3)  # above v^2/rho^2/2 for 500 km: a hump in 1 s is lower
    )
    for i in peak + 1:
        a, b = seconds[i - 1], seconds[i + 1]
        for _ in range(60):
            c, d = a + 0.381966 * (b - a), a + 0.618034 * (b - a)
            inner = margin(np.array([c, d])) * sign[i]
            a, b = (a, d) if inner[0] < inner[1] else (c, b)
        top = (a + b) / 2
        if margin(np.array([top]))[0] * sign[i] < 0:
            low += [seconds[i - 1], top]
            high += [top, seconds[i + 1]]
    return low, high


def gaps(spans):
    """Time between intervals, and the censored ones before the first and after the last."""
    if not spans:
        return {"between": [], "before": float(SECONDS), "after": float(SECONDS)}
    first, last = spans[0][0], spans[-1][1]
    between = [round(b[0] - a[1], 6) for a, b in pairwise(spans)]
    return {
        "between": between,
        "before": 0.0 if first is None else first,
        "after": 0.0 if last is None else round(SECONDS - last, 6),
    }


def main():
    orient = ref.orientation(DAY - 2, DAY + 5)
    seconds = np.arange(0, SECONDS + 1, 1.0)
    places = [ref.Site(str(k), a, b, 0.0) for k, (a, b) in enumerate(cells())]
    suns = {apparent: sun_in_itrf(orient, seconds, apparent) for apparent in (False, True)}
    record = {"satellites": [], "results": []}
    scenes = []
    for number, row in enumerate(SATELLITES, start=90_101):
        name, one, two = chosen.made_up(*row, number=number)
        record["satellites"].append({"name": name, "lines": [one, two]})
        scene = Scene(Satrec.twoline2rv(one, two), orient)
        scenes.append((name, scene, scene.prepare(seconds)))
    plain = len(places)
    for first, (_, scene, ready) in zip((20, 35), scenes, strict=True):
        seen = (
            p for p in places[first:] if scene.margin("off_nadir", p, seconds, ready).max() > 0
        )
        for a, b in grazing_cells(scene, next(seen), seconds, ready):
            places.append(ref.Site(str(len(places)), a, b, 0.0))
    record["cut_by_the_sun"] = []
    for number, (name, scene, ready) in enumerate(scenes):
        result = {key: {"intervals": [], "seconds_seen": [], "gaps": []} for key in DEFINITIONS}
        for place in places:
            for key in DEFINITIONS:
                sampled = scene.margin(key, place, seconds, ready, suns)
                spans = intervals(
                    lambda t, key=key, place=place, scene=scene: scene.margin(key, place, t),
                    seconds,
                    sampled,
                )
                result[key]["intervals"].append(spans)
                result[key]["seconds_seen"].append(int((sampled > 0).sum()))
                result[key]["gaps"].append(gaps(spans))
        record["results"].append(result)
        record["cut_by_the_sun"] += cut_by_the_sun(number, scene, places, result)
        for key in DEFINITIONS:
            found = [span for spans in result[key]["intervals"] for span in spans]
            lengths = sorted(b - a for a, b in found if a is not None and b is not None)
            print(name, key, len(found), "shortest", lengths[:3], "longest", lengths[-1])
    setup = {
        "day_mjd": DAY,
        "start_s": 0,
        "end_s": SECONDS,
        "off_nadir_deg": OFF_NADIR_DEG,
        "mask_deg": MASK_DEG,
        "sun_elevation_deg": SUN_DEG,
        "earth_orientation": {
            "columns": ["mjd_utc", "ut1_minus_utc_s", "pole_x_arcsec", "pole_y_arcsec"],
            "rows": orient.rows(),
        },
        "grazing_cells": list(range(plain, len(places))),
        "cells_deg": [[p.latitude_deg, p.longitude_deg] for p in places],
    }
    (DATA / "coverage.json").write_text(json.dumps(setup | record, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
