"""Write data/skyfield.json: look angles, find_events, the Sun and sunlight by Skyfield.

    python tests/truth/make_skyfield.py

Wants ``skyfield``, ``skyfield-data`` (DE421) and ``astropy-iers-data`` (Bulletin A). Skyfield
propagates with ``sgp4`` (WGS72) as well, but its frames are its own. Neither refraction nor light
time for satellites; the Sun's place is apparent: light time, aberration and deflection. Element
sets and sites are those of data/passes_setup.json.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

import numpy as np

DATA = Path(__file__).parent / "data"
SATELLITES = ("ISS (ZARYA)", "MALLIGYONG-1", "YAOGAN-50 01", "PODSAT", "LAGEOS 1", "TDRS 8")
SITES = (0, 1, 2, 5, 7, 9)
MASK_DEG = 10.0
LOOK_EVERY = 3_600 * 2  # s
SUN_EVERY = 3_600  # s
LIGHT_EVERY = 20  # s
MJD_OF_J1970 = 40_587


def timescale():
    """Skyfield's time scale with UT1 and the pole of the installed Bulletin A."""
    from astropy_iers_data import IERS_A_FILE
    from skyfield.api import Loader
    from skyfield.data import iers

    folder = Path(tempfile.mkdtemp())
    shutil.copy(IERS_A_FILE, folder / "finals2000A.all")
    ts = Loader(folder, verbose=False).timescale(builtin=False)
    with (folder / "finals2000A.all").open("rb") as file:
        iers.install_polar_motion_table(ts, iers.parse_x_y_dut1_from_finals_all(file))
    return ts


def at(ts, day, seconds):
    """Skyfield's time of seconds of UTC after 0h of a day."""
    from datetime import UTC, datetime, timedelta

    date = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=day - MJD_OF_J1970)
    return ts.utc(date.year, date.month, date.day, 0, 0, seconds)


def looks(satellite, place, times):
    """Rows of azimuth, elevation [deg] and range [m]."""
    altitude, azimuth, distance = (satellite - place).at(times).altaz()
    columns = (azimuth.degrees, altitude.degrees, distance.km * 1e3)
    return [[round(float(x), 7) for x in row] for row in zip(*columns, strict=True)]


def runs(flags):
    """Lengths of the runs of a list of flags."""
    change = np.flatnonzero(np.diff(flags)) + 1
    return [int(n) for n in np.diff([0, *change, len(flags)])]


def main():
    from skyfield.api import EarthSatellite, load_file, wgs84
    from skyfield_data import get_skyfield_data_path

    ts = timescale()
    ephemeris = load_file(str(Path(get_skyfield_data_path()) / "de421.bsp"))
    earth, sun = ephemeris["earth"], ephemeris["sun"]
    setup = json.loads((DATA / "passes_setup.json").read_text("utf-8"))
    names = ("skyfield", "skyfield-data", "sgp4", "astropy-iers-data")
    record = {name: version(name) for name in names} | {"mask_deg": MASK_DEG, "passes": []}
    record |= {"look_every_s": LOOK_EVERY, "sun_every_s": SUN_EVERY, "sun": [], "sunlit": []}
    record["light_every_s"] = LIGHT_EVERY
    day = setup["satellites"][8]["day_mjd"]
    places = [
        wgs84.latlon(s["latitude_deg"], s["longitude_deg"], elevation_m=s["height_m"])
        for s in setup["sites"]
    ]
    midnight = at(ts, day, 0.0)
    for wanted in SATELLITES:
        index = next(k for k, s in enumerate(setup["satellites"]) if wanted in s["name"])
        row = setup["satellites"][index]
        satellite = EarthSatellite(*row["lines"], row["name"], ts)
        for site in SITES:
            times = at(ts, day, np.arange(0.0, 86_400.0, LOOK_EVERY))
            t, kinds = satellite.find_events(
                places[site], midnight, at(ts, day, 86_400.0), altitude_degrees=MASK_DEG
            )
            seconds = (np.array([one - midnight for one in t]) * 86_400.0).tolist()
            record["passes"].append(
                {
                    "satellite": index,
                    "site": site,
                    "events": [
                        [round(s, 4), ("rise", "culmination", "set")[kind]]
                        for s, kind in zip(seconds, kinds, strict=True)
                    ],
                    "look": looks(satellite, places[site], times),
                }
            )
        times = at(ts, day, np.arange(0.0, 43_200.0, LIGHT_EVERY))
        lit = satellite.at(times).is_sunlit(ephemeris)
        record["sunlit"].append(
            {"satellite": index, "first": bool(lit[0]), "runs_of_samples": runs(lit)}
        )
    for site, place in enumerate(places):
        times = at(ts, day, np.arange(0.0, 86_400.0, SUN_EVERY))
        altitude, azimuth, _ = (earth + place).at(times).observe(sun).apparent().altaz()
        rows = zip(azimuth.degrees, altitude.degrees, strict=True)
        record["sun"].append(
            {
                "site": site,
                "azimuth_elevation_deg": [[round(float(x), 7) for x in r] for r in rows],
            }
        )
    text = json.dumps(record, separators=(",", ":"))
    for key in ('{"satellite"', '{"site"'):
        text = text.replace(key, "\n" + key)
    (DATA / "skyfield.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
