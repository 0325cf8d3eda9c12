"""Passes of 1000 satellites in LEO over one site in a day, beside sgp4-predict and Skyfield.

One thread, all results as a table: 0.020 ms a satellite-day, 7 times as fast as sgp4-predict and
200 times as fast as Skyfield's find_events; aim 0.007 ms, 20 and 600 times. The same over 30 days
must cost no more a satellite-day. Ours gives fifteen columns (rise, culmination and set, azimuths,
elevation, range, age), sgp4-predict rise and set, Skyfield the three times. The objects of the
peers are made beforehand, so that only their search counts; of ours all but reading the file.

Run: python benchmarks/bench_passes.py [FILE OF ELEMENT SETS]
"""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import _measure
import numpy as np
from _passes import SITE, Asked
from _population import START, lines, population, written

from kosmodrom.base.epochs import Epochs
from kosmodrom.orbits.elements import ElementSets
from kosmodrom.view.masks import Mask
from kosmodrom.view.observers import Observers
from kosmodrom.view.passes import find_passes
from kosmodrom.workspace import earth_orientation
from kosmodrom.workspace._element_sets import read_file

SATELLITES = 1000
MASK_DEG = 10.0
SKYFIELD = 40  # satellites; it would take five seconds for all
END_OF_30_DAYS = "2026-09-22T00:00Z"
NEXT_DAY = "2026-08-24"

Lines = list[tuple[str, str, str]]


def search_alone(sets: ElementSets) -> Callable[[], Any]:
    """Set up the search without the verb around it.

    Parameters
    ----------
    sets : ElementSets
        The satellites.

    Returns
    -------
    callable
        Gives `Passes`.
    """
    latitude, longitude, height = SITE
    observers = Observers.at(np.radians(latitude), np.radians(longitude), height)
    start = Epochs.from_iso(f"{START}T00:00Z")
    earth, masks = earth_orientation(), [Mask.level(np.radians(MASK_DEG))]
    return lambda: find_passes(
        sets, observers, start, start.plus(86_400.0), earth, masks=masks
    )  # fmt: skip


def by_sgp4_predict(sets: Lines) -> Callable[[], Any] | None:
    """Set up sgp4-predict; passes open at the ends of the day are asked for, too.

    Parameters
    ----------
    sets : list
        Name and lines of each satellite.

    Returns
    -------
    callable or None
        Gives a list of rises and sets for each satellite; None where it is not installed.
    """
    if _measure.installed("sgp4-predict") is None:
        return None
    from sgp4_predict import GeodeticPoint, Interval, Predictor, Tle

    latitude, longitude, height = SITE
    site = GeodeticPoint(latitude_deg=latitude, longitude_deg=longitude, altitude=height)
    day = Interval(*(datetime.fromisoformat(f"{one}T00:00Z") for one in (START, NEXT_DAY)))
    predictors = [Predictor.from_tle(Tle(*one)) for one in sets]
    return lambda: [
        [
            (transit.start, transit.end)
            for transit in predictor.transits_iter(
                site, day, MASK_DEG, skip_leading_partial=False, clamp_to_interval=True
            )
        ]
        for predictor in predictors
    ]


def by_skyfield(sets: Lines) -> Callable[[], Any] | None:
    """Set up Skyfield, with the time scale that it ships.

    Parameters
    ----------
    sets : list
        Name and lines of each satellite.

    Returns
    -------
    callable or None
        Gives the number of culminations; None where it is not installed.
    """
    if _measure.installed("skyfield") is None:
        return None
    from skyfield.api import EarthSatellite, load, wgs84

    scale = load.timescale(builtin=True)
    site = wgs84.latlon(*SITE[:2], elevation_m=SITE[2])
    begin, end = (scale.from_datetime(datetime.fromisoformat(f"{one}T00:00Z"))
                  for one in (START, NEXT_DAY))  # fmt: skip
    satellites = [EarthSatellite(first, second, name, scale) for name, first, second in sets]
    return lambda: sum(
        int((satellite.find_events(site, begin, end, altitude_degrees=MASK_DEG)[1] == 1).sum())
        for satellite in satellites
    )


def not_found(ours: Any, theirs: list[list[tuple[datetime, datetime]]]) -> tuple[int, str]:
    """Count our passes that overlap none of the same satellite by sgp4-predict.

    Parameters
    ----------
    ours : Passes
        From `find_passes`.
    theirs : list
        Rises and sets of each satellite.

    Returns
    -------
    count : int
        How many [-].
    lengths : str
        How long these are.
    """
    start = datetime.fromisoformat(f"{START}T00:00Z")
    lost = []
    for span, begin, end in zip(ours.span, ours.begin, ours.end, strict=True):
        known = (
            ((a - start).total_seconds(), (b - start).total_seconds()) for a, b in theirs[span]
        )
        if not any(a <= end and b >= begin for a, b in known):
            lost.append(end - begin)
    return len(lost), ", ".join(f"{length:.0f} s" for length in sorted(lost))


def counts(found: dict[str, _measure.Timing]) -> None:
    """Print how many passes each finds.

    Parameters
    ----------
    found : dict of str to Timing
        The measurements.
    """
    passes = found["search"].value
    print(f"Passes: kosmodrom {len(found['verb'].value)}", end="")
    if "sgp4-predict" in found:
        theirs = found["sgp4-predict"].value
        count, lengths = not_found(passes, theirs)
        print(f"; sgp4-predict {sum(map(len, theirs))}, of ours it lacks {count} "
              f"({lengths or 'none'})", end="")  # fmt: skip
    if "skyfield" in found:
        chosen = sample()
        own = int(np.isin(passes.span, chosen)[~np.isnan(passes.culmination)].sum())
        print(f"; culminations of {SKYFIELD} satellites: kosmodrom {own}, "
              f"Skyfield {found['skyfield'].value}", end="")  # fmt: skip
    print(".\n")


def sample() -> np.ndarray:
    """Choose the satellites that Skyfield is asked about, evenly among all."""
    return np.arange(0, SATELLITES, SATELLITES // SKYFIELD)


def measure(path: Path, table: _measure.Table) -> None:
    """Measure all, and fill the table.

    Parameters
    ----------
    path : pathlib.Path
        File of the satellites.
    table : Table
        Where rows go.
    """
    asked, sets = Asked(path), lines(path)
    works = {
        "verb": lambda: asked([SITE], START),
        "search": search_alone(asked.reading.elements),
        "sgp4-predict": by_sgp4_predict(sets),
        "skyfield": by_skyfield([sets[index] for index in sample()]),
    }
    found = _measure.side_by_side({name: work for name, work in works.items() if work}, times=15)
    month = _measure.side_by_side({"verb": lambda: asked([SITE], START, END_OF_30_DAYS)}, 3)
    rust, sky = found.get("sgp4-predict"), found.get("skyfield")
    whole = sky.times(SATELLITES / SKYFIELD) if sky else None
    names = {name: f"{name} {_measure.installed(name) or ''}".strip()
             for name in ("sgp4-predict", "skyfield")}  # fmt: skip
    verb, alone = found["verb"], found["search"]
    one_day = f"passes, {SATELLITES} LEO, one site, 24 h, one thread"
    table.within(f"{one_day}, a satellite-day", 1e3 * verb.wall / SATELLITES, "ms", 0.020, 0.007)
    table.against(one_day, verb, names["sgp4-predict"], rust, 7, 20)
    table.against(one_day, verb, f"{names['skyfield']}, {SKYFIELD} scaled", whole, 200, 600)
    table.against("find_passes alone", alone, names["sgp4-predict"], rust)
    table.against("find_passes alone", alone, f"{names['skyfield']}, {SKYFIELD} scaled", whole)
    days = month["verb"].wall / 30
    table.within("the same, 30 d, a satellite-day", 1e3 * days / SATELLITES, "ms")
    table.within("30 d to one day, a satellite-day, by CPU",
                 month["verb"].cpu / 30 / verb.cpu, "times", 1)  # fmt: skip
    begun = perf_counter()
    read_file(path)
    table.within("reading the file, apart", 1e3 * (perf_counter() - begun), "ms")
    counts(found)


def main() -> None:
    """Measure and print."""
    people = population()
    _measure.introduce("Passes over one site", "sgp4-predict", "skyfield")
    print(f"Satellites: {SATELLITES} in LEO of {people.how}. Mask {MASK_DEG:g} deg.\n")
    table = _measure.Table()
    with tempfile.TemporaryDirectory() as folder:
        path = written(people.near_circular(SATELLITES), Path(folder, "leo.tle"))
        measure(path, table)
    table.show()


if __name__ == "__main__":
    main()
