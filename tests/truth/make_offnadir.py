"""Write data/offnadir.json: the geometry of a view from a satellite, to fifty digits.

    python tests/truth/make_offnadir.py

Wants ``mpmath``, and ``pyproj`` to check elevation, azimuth and range another way. Satellites
and targets are given by WGS84 coordinates, so that the geodetic nadir is exact by definition.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from itertools import product
from pathlib import Path

from mpmath import acos, asin, atan2, cos, degrees, mp, mpf, pi, radians, sin, sqrt

mp.dps = 50
DATA = Path(__file__).parent / "data"
A = mpf(6378137)
F = 1 / mpf("298.257223563")
B = A * (1 - F)

#: Satellites: latitude, longitude [deg], height [m].
SATELLITES = [
    ("0", "0", "500000"),
    ("38.5", "125.7", "500000"),
    ("-51.25", "179.95", "780000"),
    ("82.1", "-60", "505000"),
    ("90", "0", "600000"),
    ("12", "-77", "150000"),
    ("-33", "20", "20200000"),
    ("0.05", "75", "35786000"),
]
#: Steps from the point below: bearing [deg] and distance over the ground as an angle [deg].
BEARINGS = ("0", "57", "131.5", "180", "270")
STEPS = ("0.0001", "0.5", "2.6", "7.5", "18", "70")
HEIGHTS = ("0", "-400", "8000")
ANGLES = ("1e-6", "5", "30", "45", "59")


def axes(latitude, longitude):
    """East, north and up."""
    sa, ca, so, co = sin(latitude), cos(latitude), sin(longitude), cos(longitude)
    return ((-so, co, mpf(0)), (-sa * co, -sa * so, ca), (ca * co, ca * so, sa))


def position(latitude, longitude, height):
    e2 = F * (2 - F)
    normal = A / sqrt(1 - e2 * sin(latitude) ** 2)
    across = (normal + height) * cos(latitude)
    return (
        across * cos(longitude),
        across * sin(longitude),
        (normal * (1 - e2) + height) * sin(latitude),
    )


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def minus(a, b):
    return tuple(x - y for x, y in zip(a, b, strict=True))


def size(a):
    return sqrt(dot(a, a))


def angle(a, b):
    """Angle between two vectors, sharp where it is small or near a half turn."""
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    return atan2(size(cross), dot(a, b))


def bearing(vector, east, north):
    return float(degrees(atan2(dot(vector, east), dot(vector, north))) % 360)


def view(satellite, target):
    """What a row of the table says, from WGS84 coordinates [deg, m] as text."""
    lat, lon, height = radians(mpf(satellite[0])), radians(mpf(satellite[1])), mpf(satellite[2])
    t_lat, t_lon, t_height = radians(mpf(target[0])), radians(mpf(target[1])), mpf(target[2])
    place, goal = position(lat, lon, height), position(t_lat, t_lon, t_height)
    east, north, up = axes(lat, lon)
    t_east, t_north, t_up = axes(t_lat, t_lon)
    sight, back = minus(goal, place), minus(place, goal)
    return {
        "satellite": [float(x) for x in satellite],
        "satellite_itrf_m": [round(float(x), 6) for x in place],
        "target": [float(x) for x in target],
        "target_itrf_m": [round(float(x), 6) for x in goal],
        "off_nadir_deg": float(degrees(angle(sight, tuple(-x for x in up)))),
        "elevation_deg": float(degrees(pi / 2 - angle(back, t_up))),
        "slant_range_m": float(size(sight)),
        "azimuth_at_target_deg": bearing(back, t_east, t_north),
        "azimuth_at_satellite_deg": bearing(sight, east, north),
    }


def ground_point(latitude, longitude, height, azimuth, off_nadir):
    """Where a ray from the satellite first meets the ellipsoid: latitude, longitude, range."""
    place = position(latitude, longitude, height)
    east, north, up = axes(latitude, longitude)
    ray = tuple(
        sin(off_nadir) * (sin(azimuth) * e + cos(azimuth) * n) - cos(off_nadir) * u
        for e, n, u in zip(east, north, up, strict=True)
    )
    scale = (1 / A, 1 / A, 1 / B)
    p = tuple(x * s for x, s in zip(place, scale, strict=True))
    d = tuple(x * s for x, s in zip(ray, scale, strict=True))
    half, one = dot(p, d), dot(d, d)
    inside = half**2 - one * (dot(p, p) - 1)
    if inside < 0:
        return None
    distance = (-half - sqrt(inside)) / one
    hit = tuple(x + distance * r for x, r in zip(place, ray, strict=True))
    across = sqrt(hit[0] ** 2 + hit[1] ** 2)
    return atan2(hit[2] * A**2, across * B**2), atan2(hit[1], hit[0]), distance


def rays():
    for satellite, azimuth, off_nadir in product(SATELLITES, BEARINGS, ANGLES):
        lat, lon, height = (
            radians(mpf(satellite[0])),
            radians(mpf(satellite[1])),
            mpf(satellite[2]),
        )
        hit = ground_point(lat, lon, height, radians(mpf(azimuth)), radians(mpf(off_nadir)))
        row = {
            "satellite": [float(x) for x in satellite],
            "azimuth_deg": float(azimuth),
            "off_nadir_deg": float(off_nadir),
        }
        if hit is None:
            yield row | {"hit": None}
            continue
        row["hit"] = [float(degrees(hit[0])), float(degrees(hit[1])), float(hit[2])]
        yield row


def targets(satellite):
    """Places round the point below the satellite, by a sphere: they only have to be spread."""
    lat, lon = radians(mpf(satellite[0])), radians(mpf(satellite[1]))
    for count, (way, step) in enumerate(product(BEARINGS, STEPS)):
        b, s = radians(mpf(way)), radians(mpf(step))
        t_lat = asin(sin(lat) * cos(s) + cos(lat) * sin(s) * cos(b))
        t_lon = lon + atan2(sin(b) * sin(s) * cos(lat), cos(s) - sin(lat) * sin(t_lat))
        t_lon = (t_lon + pi) % (2 * pi) - pi
        texts = mp.nstr(degrees(t_lat), 12), mp.nstr(degrees(t_lon), 12)
        yield (*texts, HEIGHTS[count % len(HEIGHTS)])


def sphere():
    """On a sphere, cos(elevation) = (1 + h/R) sin(off-nadir), and the angle at the centre."""
    radius = mpf(6371000)
    for height, off_nadir in product(
        ("200e3", "500e3", "700e3", "35786e3"), ("5", "30", "45", "64")
    ):
        sine = (radius + mpf(height)) / radius * sin(radians(mpf(off_nadir)))
        if sine > 1:
            continue
        elevation = acos(sine)
        yield {
            "height_m": float(height),
            "off_nadir_deg": float(off_nadir),
            "elevation_deg": float(degrees(elevation)),
            "centre_angle_deg": float(90 - mpf(off_nadir) - degrees(elevation)),
        }


def worst_against_proj(rows):
    """Largest difference of elevation, azimuth [deg] and range [m] from PROJ's topocentric."""
    from math import atan2, degrees, hypot

    import pyproj

    worst = [0.0, 0.0, 0.0]
    for row in rows:
        lat, lon, height = row["target"]
        local = pyproj.Transformer.from_pipeline(
            f"+proj=topocentric +ellps=WGS84 +lon_0={lon} +lat_0={lat} +h_0={height}"
        )
        e, n, u = local.transform(*row["satellite_itrf_m"])
        turn = (degrees(atan2(e, n)) - row["azimuth_at_target_deg"] + 180) % 360 - 180
        flat = hypot(e, n)
        off = (
            degrees(atan2(u, flat)) - row["elevation_deg"],
            turn if flat > 1e3 else 0.0,
            hypot(flat, u) - row["slant_range_m"],
        )
        worst = [max(w, abs(x)) for w, x in zip(worst, off, strict=True)]
    return worst


def main():
    rows = [view(satellite, target) for satellite in SATELLITES for target in targets(satellite)]
    record = {
        "mpmath": version("mpmath"),
        "views": rows,
        "rays": list(rays()),
        "sphere_of_6371_km": list(sphere()),
    }
    text = json.dumps(record, separators=(",", ":"))
    for key in ('{"satellite":', '{"height_m"'):
        text = text.replace(key, "\n" + key)
    (DATA / "offnadir.json").write_text(text + "\n", "utf-8")
    print(len(rows), "views; largest difference from PROJ:", worst_against_proj(rows))


if __name__ == "__main__":
    main()
