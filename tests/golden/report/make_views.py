"""Write ``views.json``: a results document with every kind of figure. All of it is made up.

The numbers come from circles: two satellites on circular orbits about a ball that turns, with no
flattening, no drag and no real element sets. They look like passes and coverage, and are none.
``python tests/golden/report/make_views.py`` writes the file anew.
"""

import itertools
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from kosmodrom.view.grids import Grid

EARTH, MU, TURN = 6371.0, 398600.4, 7.292116e-5  # km, km³/s², rad/s
START = datetime(2023, 9, 13, tzinfo=UTC)
SATELLITES = {"MADE-UP 1": (550.0, 97.6, 20.0, 0.0), "MADE-UP 2": (520.0, 52.0, 250.0, 110.0)}
PLACES = {"Pyongyang": (39.03, 125.75), "Longyearbyen": (78.22, 15.63)}
TARGETS = {"Vostochny": (51.884, 128.334), "Vladivostok": (43.133, 131.911)}


def instant(seconds):
    text = (START + timedelta(seconds=float(seconds))).isoformat(timespec="microseconds")
    return text.replace("+00:00", "Z")


def unit(lat, lon):
    lat, lon = np.radians(lat), np.radians(lon)
    parts = [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat) + 0 * lon]
    return np.stack(parts, axis=-1)


def flown(name, seconds):
    """Positions in the turning frame [km] and the axis of the orbit there."""
    altitude, inclination, node, phase = SATELLITES[name]
    radius = EARTH + altitude
    u = np.radians(phase) + np.sqrt(MU / radius**3) * seconds
    i, raan = np.radians(inclination), np.radians(node) - TURN * seconds
    flat = np.stack([np.cos(u), np.sin(u) * np.cos(i), np.sin(u) * np.sin(i)], axis=-1)
    axis = np.stack([0 * u, 0 * u - np.sin(i), 0 * u + np.cos(i)], axis=-1)

    def turned(v):
        x = v[..., 0] * np.cos(raan) - v[..., 1] * np.sin(raan)
        return np.stack([x, v[..., 0] * np.sin(raan) + v[..., 1] * np.cos(raan), v[..., 2]], -1)

    return radius * turned(flat), turned(axis)


def lon_lat(vectors):
    lat = np.degrees(np.arcsin(vectors[..., 2] / np.linalg.norm(vectors, axis=-1)))
    lon = np.degrees(np.arctan2(vectors[..., 1], vectors[..., 0]))
    return np.round(np.stack([lon, lat], axis=-1), 3)


def looked_at(place, vectors):
    """Azimuth and elevation [deg]."""
    up = unit(*place)
    east = np.cross([0.0, 0.0, 1.0], up)
    east /= np.linalg.norm(east)
    north = np.cross(up, east)
    seen = vectors - EARTH * up
    seen = seen / np.linalg.norm(seen, axis=-1, keepdims=True)
    azimuth = np.degrees(np.arctan2(seen @ east, seen @ north)) % 360
    return azimuth, np.degrees(np.arcsin(seen @ up))


def spans(held):
    """First and last index of every run of True."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], held, [False]]).astype(int)))
    return list(zip(edges[::2], edges[1::2] - 1, strict=True))


def dark(seconds, lon):
    return np.cos((seconds / 86400 + lon / 360) * 2 * np.pi) > 0.1


def passes(place, days, least=10.0):
    seconds = np.arange(0, days * 86400, 20.0)
    found = []
    for name in SATELLITES:
        vectors, _ = flown(name, seconds)
        azimuth, elevation = looked_at(PLACES[place], vectors)
        for first, last in spans(elevation > least):
            part = slice(first, last + 1)
            best = first + int(np.argmax(elevation[part]))
            night = bool(dark(seconds[best], PLACES[place][1]))
            found.append(
                {
                    "satellite": name, "place": place, "begin": seconds[first],
                    "end": seconds[last], "best": seconds[best], "visible": night,
                    "max": round(float(elevation[best]), 2),
                    "points": np.round(np.stack([azimuth[part], elevation[part]], 1), 1).tolist(),
                }
            )  # fmt: skip
    return sorted(found, key=lambda one: one["begin"])


def mask():
    return [[0, 10], [40, 10], [60, 24], [95, 24], [120, 10], [250, 10], [265, 16], [300, 10]]


def sky(place, days, most):
    found = passes(place, days)
    arcs = [
        {"name": one["satellite"], "begin": instant(one["begin"]), "end": instant(one["end"]),
         "points": one["points"], "visible": one["visible"]}
        for one in found[:most]
    ]  # fmt: skip
    return {"kind": "sky", "name": place, "mask": mask(), "arcs": arcs,
            "more": max(0, len(found) - most)}  # fmt: skip


def bars(found, kind):
    return [
        {"begin": instant(one["begin"]), "end": instant(one["end"]),
         "best": instant(one["best"]), "kind": kind}
        for one in found
    ]  # fmt: skip


def nights(place, days):
    seconds = np.arange(0, days * 86400 + 1, 600.0)
    return [
        {"begin": instant(seconds[a]), "end": instant(seconds[b]), "best": None, "kind": "night"}
        for a, b in spans(dark(seconds, place[1]))
    ]


def pass_timeline(days):
    rows = []
    for place, where in PLACES.items():
        found = passes(place, days)
        for name in SATELLITES:
            mine = [one for one in found if one["satellite"] == name]
            rows.append(
                {"name": f"{name} · {place}",
                 "bars": [*nights(where, days), *bars(mine, "pass")]}
            )  # fmt: skip
    return {"kind": "timeline", "name": "passes", "start": instant(0),
            "end": instant(days * 86400), "rows": rows, "more": 0}  # fmt: skip


def deliveries(days):
    contacts = passes("Pyongyang", days)
    taken = range(9000, days * 86400, 21000)
    pictures = [
        {"begin": instant(one), "end": instant(one + 60), "best": instant(one + 30),
         "kind": "picture"}
        for one in taken
    ]  # fmt: skip
    used = {
        next((k for k, one in enumerate(contacts) if one["begin"] > moment), None)
        for moment in taken
    }
    met = [
        {**bar, "best": None, "kind": "delivery" if k in used else "contact"}
        for k, bar in enumerate(bars(contacts, "contact"))
    ]
    rows = [{"name": "Vostochny", "bars": pictures}, {"name": "Pyongyang", "bars": met}]
    return {"kind": "timeline", "name": "deliveries", "start": instant(0),
            "end": instant(days * 86400), "rows": rows, "more": 3}  # fmt: skip


def classes(values, corners, limits):
    edges = [None, *limits, None]
    made = [
        {"low": low, "high": high,
         "cells": corners[(values >= (low or 0)) & (values < (high or 1e9))].tolist()}
        for low, high in itertools.pairwise(edges)
    ]  # fmt: skip
    made.append({"low": None, "high": None, "cells": corners[np.isnan(values)].tolist()})
    return made


def world_cells(nside):
    grid = Grid.world(nside)
    corners = np.round(np.degrees(grid.corners())[..., ::-1], 3)
    lat = np.degrees(grid.latitude)
    values = 3 + 34 * np.cos(np.radians(lat)) ** 2 + 3 * np.sin(7 * grid.longitude + lat / 9)
    values[np.abs(lat) > 82] = np.nan
    return {"kind": "cells", "name": "gap_mean_hours", "unit": "hour", "outline": "world",
            "classes": classes(values, corners, [6, 12, 18, 24, 30])}  # fmt: skip


def region_cells(nside):
    grid = Grid.world(nside)
    lat, lon = np.degrees(grid.latitude), np.degrees(grid.longitude)
    there = (lat > 33) & (lat < 55) & (lon > 114) & (lon < 140)
    corners = np.round(np.degrees(grid.corners())[..., ::-1], 3)[there]
    values = np.floor(4 + 0.35 * (lat[there] - 33) + 1.5 * np.sin(lon[there] / 2))
    values[lon[there] > 137.5] = np.nan
    made = [
        {"low": n, "high": n, "cells": corners[values == n].tolist()}
        for n in sorted(set(values[~np.isnan(values)].tolist()))
    ]
    made.append({"low": None, "high": None, "cells": corners[np.isnan(values)].tolist()})
    return {"kind": "cells", "name": "accesses", "unit": "1", "outline": "region", "classes": made}


def curves(days):
    hours = np.linspace(0, days * 24, 49)
    shares = {"MADE-UP 1": 30.0, "MADE-UP 2": 55.0, "world": 19.0}
    return {
        "kind": "curve", "name": "share_covered", "x": {"name": "time", "unit": "hour"},
        "y": {"name": "share_covered", "unit": "%"},
        "lines": [
            {"name": name, "points": [[hour, round(100 - 100 * float(np.exp(-hour / rate)), 2)]
                                      for hour in hours.tolist()]}
            for name, rate in shares.items()
        ],
    }  # fmt: skip


def track_features(hours):
    seconds = np.arange(0, hours * 3600 + 1, 60.0)
    features = []
    for name, wide in (("MADE-UP 1", 8.0), ("MADE-UP 2", 0.0)):
        vectors, axis = flown(name, seconds)
        features.append(
            {"type": "Feature",
             "geometry": {"type": "MultiLineString", "coordinates": [lon_lat(vectors).tolist()]},
             "properties": {"name": name, "kind": "track",
                            "times": [[instant(one)[:19] + "Z" for one in seconds]]}}
        )  # fmt: skip
        if wide:
            pieces = [(k, min(k + 46, len(seconds) - 1)) for k in range(0, len(seconds) - 1, 46)]
            features.append(
                {"type": "Feature",
                 "geometry": {"type": "MultiPolygon",
                              "coordinates": [[strip(vectors, axis, a, b, wide)]
                                              for a, b in pieces]},
                 "properties": {"name": name, "kind": "swath"}}
            )  # fmt: skip
    return features


def strip(vectors, axis, first, last, wide):
    part = slice(first, last + 1, 2)
    along = vectors[part] / np.linalg.norm(vectors[part], axis=-1, keepdims=True)
    left, right = (
        lon_lat(along * np.cos(np.radians(wide)) + sign * axis[part] * np.sin(np.radians(wide)))
        for sign in (-1, 1)
    )
    ring = np.concatenate([right, left[::-1], right[:1]])
    return ring.tolist()


def points(named, kind):
    return [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]},
         "properties": {"name": name, "kind": kind}}
        for name, (lat, lon) in named.items()
    ]  # fmt: skip


def pass_rows(days):
    return [
        {
            "satellite": one["satellite"],
            "place": one["place"],
            "rise": instant(one["begin"]),
            "culmination": instant(one["best"]),
            "set": instant(one["end"]),
            "max_elevation_deg": one["max"],
            "duration_s": one["end"] - one["begin"],
        }
        for place in PLACES
        for one in passes(place, days)
    ]


def step(analysis, request, facts, rows=(), features=(), figures=()):
    return {
        "analysis": analysis, "version": "0.1.0", "as_of": None, "request": request,
        "facts": {
            name: {"value": value, "unit": unit, "low": None, "high": None}
            for name, (value, unit) in facts.items()
        },
        "rows": list(rows), "figures": list(figures),
        "features": {"type": "FeatureCollection", "features": list(features)},
        "accuracy": [], "warnings": [], "provenance": {"seed": 0, "datasets": []},
        "alternatives": {},
    }  # fmt: skip


def claim():
    fact = {"value": 12.0, "unit": "pass", "low": None, "high": None}
    return {
        "id": "seen-from-above", "n": 1, "kind": "count", "source": "nobody",
        "says": {"en": "A made-up satellite passes over Pyongyang a dozen times a day.",
                 "id": "Satelit rekaan melintas di atas Pyongyang selusin kali sehari."},
        "attribution": "author", "modality": "flat", "published_later": False,
        "asserted": {"value": "12 pass"}, "refuted_if": {"outside": "50 %"}, "status": "done",
        "verdict": "supported", "likelihood": None, "confidence": None, "computed": fact,
        "difference": None, "reasons": [], "would_change": [], "flips": [], "premises": [],
        "awaits": [], "note": None, "hindsight": [],
        "evidence": [
            {"kind": "fact", "fact": "passes.count", **fact, "source": None, "date": None,
             "than": None, "text": None, "stance": None, "under": None, "under_says": None,
             "grade": None, "group": None, "known_from": None, "bearing": "for",
             "counted": True, "not_counted": None},
        ],
    }  # fmt: skip


def document(*, days=2, hours=4, nside=4, region=48, most=10):
    """Make the document; the arguments say how much of everything."""
    rows = pass_rows(days)
    steps = {
        "passes": step(
            "passes", {"satellites": list(SATELLITES), "places": list(PLACES)},
            {"count": (float(len(rows)), "pass")}, rows,
            points(PLACES, "station"),
            [sky("Pyongyang", days, most), sky("Longyearbyen", days, most), pass_timeline(days)],
        ),
        "delivered": step(
            "contacts", {"stations": ["Pyongyang"], "targets": list(TARGETS)},
            {"latency_median_hours": (5.2, "hour")}, (),
            [*points({"Pyongyang": PLACES["Pyongyang"]}, "station"), *points(TARGETS, "target")],
            [deliveries(days)],
        ),
        "covered": step(
            "coverage", {"area": "world"}, {"gap_mean_hours": (19.4, "hour")}, (), (),
            [world_cells(nside), region_cells(region), curves(days)],
        ),
        "flown": step(
            "track", {"satellites": list(SATELLITES)}, {}, (),
            [*track_features(hours), *points({instant(0)[:19] + "Z": (0.3, 38.0)}, "subpoint"),
             *points({"Pyongyang": PLACES["Pyongyang"]}, "station")],
        ),
    }  # fmt: skip
    source = {"name": {"en": "nobody", "id": "bukan siapa-siapa"}, "published": None,
              "grade": None, "group": None, "url": None, "cites": [], "note": None}  # fmt: skip
    return {
        "kosmodrom": 1, "case": "made-up-views", "version": "0.1.0",
        "title": {"en": "Every kind of figure, all made up",
                  "id": "Segala macam gambar, semuanya rekaan"},
        "as_of": None, "seed": 0, "sources": {"nobody": source}, "steps": steps,
        "awaited_steps": {}, "failed_steps": {}, "claims": [claim()], "summary": {}, "notes": [],
        "data": [], "known_from_unknown": 0,
    }  # fmt: skip


if __name__ == "__main__":
    text = json.dumps(document(), ensure_ascii=False, separators=(",", ":"))
    Path(__file__).with_name("views.json").write_text(text + "\n", "utf-8")
