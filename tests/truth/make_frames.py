"""Write data/frames.json: frames, Sun, Moon and shadow by other programs.

    pip install mpmath skyfield skyfield-data orekit-jpype
    python tests/truth/make_frames.py

geodetic    the definition of geodetic coordinates in 40 digits (mpmath): latitude, longitude
            [rad], height [m], x, y, z [m]; the columns are rounded to doubles before and after
rotations   Skyfield: instant [ns of TAI from 2000], UT1 - UTC [s], pole x, y [arcsec], and the
            matrices TEME to ITRS and GCRS to ITRS by rows
sun, moon   JPL's DE421 through Skyfield: instant, apparent direction in GCRS (Skyfield's own light
            time, aberration and deflection), and the body's place relative to the Earth when the
            light left [m]
shadow      Orekit's OccultationEngine over the WGS84 ellipsoid: satellite, Sun [m], the Sun's
            centre above the Earth's limb, the Sun's radius [rad]
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import erfa
import jpype
import mpmath
import numpy as np
import orekit_jpype
from skyfield.api import Loader, load
from skyfield.framelib import itrs
from skyfield.sgp4lib import TEME
from skyfield_data import get_skyfield_data_path

DATA = Path(__file__).parent / "data"
A, INVERSE_F = 6_378_137, "298.257223563"
SUN_RADIUS = 6.957e8
TT_MINUS_TAI = 32.184
DAY_NS = 86_400 * 10**9
C = 299_792_458.0
AU = 149_597_870_700.0


def geodetic(rng):
    mpmath.mp.dps = 40
    f = 1 / mpmath.mpf(INVERSE_F)
    e2 = f * (2 - f)
    pole = np.pi / 2
    hard = [(lat, lon) for lat in (-pole, -1e-9, 0.0, 1e-9, pole) for lon in (-np.pi, 0.0, 2.0)]
    hard += [(np.nextafter(pole, 0), 1.0), (pole - 1e-8, 1.0), (0.7, np.pi), (-0.7, -np.pi)]
    places = hard + [
        (np.arcsin(rng.uniform(-1, 1)), rng.uniform(-np.pi, np.pi)) for _ in range(40)
    ]
    heights = [-5e6, -1e5, -400.0, 0.0, 8848.0, 5e5, 2e6, 3.5786e7, 3.85e8]
    rows = []
    for number, (latitude, longitude) in enumerate(places):
        height = heights[number % len(heights)]
        lat, lon, h = map(mpmath.mpf, (float(latitude), float(longitude), height))
        n = A / mpmath.sqrt(1 - e2 * mpmath.sin(lat) ** 2)
        x, y = ((n + h) * mpmath.cos(lat) * turn(lon) for turn in (mpmath.cos, mpmath.sin))
        z = (n * (1 - e2) + h) * mpmath.sin(lat)
        rows.append([float(part) for part in (latitude, longitude, height, x, y, z)])
    return rows


def times(scale, tai_ns):
    whole, rest = divmod(int(tai_ns), DAY_NS)
    return scale.tt_jd(2_451_544.5 + whole, (rest / 1e9 + TT_MINUS_TAI) / 86_400)


def tai_minus_utc(tai_ns):
    year, month, day, part = erfa.jd2cal(2_451_544.5, (int(tai_ns) / 1e9 - 37) / 86_400)
    return float(erfa.dat(year, month, day, part))


def rotations(rng):
    rows = []
    for year in rng.uniform(-27.5, 27.5, 40):
        tai_ns = int(year * 365.25 * DAY_NS)
        dut1, x, y = rng.uniform(-0.5, 0.5, 3)
        scale = load.timescale(delta_t=TT_MINUS_TAI + tai_minus_utc(tai_ns) - dut1)
        scale.polar_motion_table = (np.array([0.0, 1e7]), np.full(2, x), np.full(2, y))
        t = times(scale, tai_ns)
        to_ground = itrs.rotation_at(t)
        teme = to_ground @ TEME.rotation_at(t).T
        rows.append([tai_ns, dut1, x, y, teme.ravel().tolist(), to_ground.ravel().tolist()])
    return rows


def body(name, rng):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # other files there have expired
        planets = Loader(get_skyfield_data_path())("de421.bsp")
    scale, earth, target = load.timescale(builtin=True), planets["earth"], planets[name]
    rows = []
    for year in rng.uniform(-40, 40, 60):
        tai_ns = int(year * 365.25 * DAY_NS)
        t = times(scale, tai_ns)
        seen = earth.at(t).observe(target).apparent().xyz.au
        light_time = np.linalg.norm((target - earth).at(t).xyz.au) * AU / C
        left = (target - earth).at(times(scale, tai_ns - round(light_time * 1e9))).xyz.au * AU
        rows.append([tai_ns, (seen / np.linalg.norm(seen)).tolist(), left.tolist()])
    return rows


def shadow(rng):
    orekit_jpype.initVM()
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.orekit.bodies import OneAxisEllipsoid
    from org.orekit.frames import FramesFactory
    from org.orekit.propagation import SpacecraftState
    from org.orekit.time import AbsoluteDate
    from org.orekit.utils import AbsolutePVCoordinates, OccultationEngine, PVCoordinates

    frame, date = FramesFactory.getGCRF(), AbsoluteDate.ARBITRARY_EPOCH
    earth = OneAxisEllipsoid(float(A), 1 / float(INVERSE_F), frame)
    rows = []
    while len(rows) < 60:
        towards, side = rng.normal(size=(2, 3))
        towards /= np.linalg.norm(towards)
        side -= side @ towards * towards
        side /= np.linalg.norm(side)
        sun = rng.uniform(1.471e11, 1.521e11) * towards
        radius = rng.choice([6.55e6, 7e6, 8e6, 2.66e7, 4.2164e7, 3.8e8])
        beside = 6.37e6 + rng.normal() * 3e4
        if beside >= radius:
            continue
        here = beside * side - np.sqrt(radius**2 - beside**2) * towards
        there = Vector3D(*map(float, sun))
        provider = jpype.JProxy(
            "org.orekit.utils.ExtendedPositionProvider",
            dict={"getPosition": lambda *_, there=there: there},
        )
        place = PVCoordinates(Vector3D(*map(float, here)), Vector3D(1.0, 0.0, 0.0))
        seen = OccultationEngine(provider, SUN_RADIUS, earth).angles(
            SpacecraftState(AbsolutePVCoordinates(frame, date, place))
        )
        above = float(seen.getSeparation() - seen.getLimbRadius())
        rows.append([here.tolist(), sun.tolist(), above, float(seen.getOccultedApparentRadius())])
    return rows


def main():
    rng = np.random.default_rng(20230913)
    found = {
        "geodetic": geodetic(rng),
        "rotations": rotations(rng),
        "sun": body("sun", rng),
        "moon": body("moon", rng),
        "shadow": shadow(rng),
    }
    lines = [
        f'"{key}": [\n' + ",\n".join(json.dumps(row) for row in rows) + "\n]"
        for key, rows in found.items()
    ]
    (DATA / "frames.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
