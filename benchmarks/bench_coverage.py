"""Coverage beside TAT-C: one satellite over some 1000 cells in a week; 24 over 12,288 in a month.

One satellite at 500 km, 97.4 deg, 30 deg off nadir, 972 cells of equal area, 7 days, one thread,
with all statistics: 10 times as fast as TAT-C, aim 40. TAT-C is asked for all cells at once, its
fastest way, and gives counts, mean access and mean revisit; ours also median, 95th percentile and
greatest gap, response and the censored gaps. Asking TAT-C cell by cell is shown too.

24 such satellites in 6 planes, 12,288 cells, 30 days, the Sun at least 10 deg high, by the shell
in a process of its own, table and all, two threads: 60 s and below 2 GiB; aim 15 s.

Run: python benchmarks/bench_coverage.py
"""

import csv
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import _measure
import numpy as np
from _population import lines, written

from kosmodrom.base.epochs import Epochs
from kosmodrom.cases.step import run_step
from kosmodrom.orbits.designed import designed
from kosmodrom.view.coverage import CoverageWork
from kosmodrom.view.grids import Grid
from kosmodrom.view.imaging import Limits
from kosmodrom.view.observers import Observers
from kosmodrom.workspace import earth_orientation, open_context
from kosmodrom.workspace._element_sets import FileReading, read_file
from kosmodrom.workspace.workers import processors, serial_map

START = datetime(2026, 3, 1, tzinfo=UTC)
WEEK = timedelta(days=7)
NSIDE = 9
CELL = "730 km"  # as large as those of NSIDE 9 may be
OFF_NADIR_DEG = 30.0
SINGLY = 15  # cells, when TAT-C is asked cell by cell
GIBI = 2.0**30
#: The large question, as a file of the shell.
MONTH = """\
orbits:
  - {name: eye, altitude: 500 km, inclination: 97.4 deg, satellites: 24, planes: 6, phasing: 1}
start: 2026-03-01
end: 2026-03-30
cell: 204 km
max_off_nadir: 30 deg
min_sun: 10 deg
"""


def satellite(folder: Path) -> Path:
    """Write the element set of the one satellite, so that all read the same digits.

    Parameters
    ----------
    folder : pathlib.Path
        Where to.

    Returns
    -------
    pathlib.Path
        The file.
    """
    orbit = designed(
        name="eye", perigee=500e3, apogee=500e3, inclination=np.radians(97.4), node=0.0,
        argument=0.0, anomaly=0.0, epoch=Epochs.from_iso(START.isoformat()),
    )  # fmt: skip
    # TAT-C wants a number and a designator.
    named = replace(orbit, numbers=np.array([99_999]), designators=("2026-001A",))
    return written(named, folder / "eye.tle")


def by_verb(path: Path, reading: FileReading) -> Any:
    """Ask the verb, with nothing kept from the time before but the file."""
    context = open_context(map=serial_map, files=True, store_path=None)
    context.readings[str(path)] = reading
    request = {
        "satellites": [str(path)],
        "cell": CELL,
        "start": START.isoformat(),
        "end": (START + WEEK).isoformat(),
        "max_off_nadir": f"{OFF_NADIR_DEG:g} deg",
    }
    return run_step("coverage", request, context)


def search_alone(reading: FileReading, grid: Grid) -> Callable[[], Any]:
    """Set up the search and its statistics without the verb around them."""
    work = CoverageWork(
        elements=reading.elements,
        observers=Observers.at(grid.latitude, grid.longitude, 0.0),
        start=Epochs.from_iso(START.isoformat()),
        end=Epochs.from_iso((START + WEEK).isoformat()),
        earth=earth_orientation(),
        limits=Limits(off_nadir=np.radians(OFF_NADIR_DEG)),
    )
    return lambda: work()[0]


def by_tatc(path: Path, grid: Grid) -> dict[str, Callable[[], Any]]:
    """Set up TAT-C: all cells at once, and cell by cell.

    Parameters
    ----------
    path : pathlib.Path
        File of the satellite.
    grid : Grid
        The cells.

    Returns
    -------
    dict of str to callable
        Nothing where it is not installed.
    """
    if _measure.installed("tatc") is None:
        return {}
    from shapely.geometry import Point
    from tatc.analysis import aggregate_observations, collect_observations, reduce_observations
    from tatc.schemas import Instrument, Satellite, TwoLineElements

    ((_, first, second),) = lines(path)
    camera = Instrument(name="camera", field_of_regard=2 * OFF_NADIR_DEG)
    eye = Satellite(name="eye", orbit=TwoLineElements(tle=[first, second]), instruments=[camera])
    places = [
        Point(longitude, latitude, 0.0)
        for latitude, longitude in np.degrees([grid.latitude, grid.longitude]).T
    ]

    def _some(some: Any) -> Any:
        seen = collect_observations(some, eye, START, START + WEEK)
        return reduce_observations(aggregate_observations(seen))

    few = places[:: len(places) // SINGLY][:SINGLY]
    return {"at once": lambda: _some(places), "singly": lambda: [_some(one) for one in few]}


def compare(ours: Any, theirs: Any, grid: Grid) -> None:
    """Print how far both answers agree.

    Parameters
    ----------
    ours : Coverage
        From the search.
    theirs : geopandas.GeoDataFrame
        From TAT-C, in an order of its own.
    grid : Grid
        The cells.
    """
    order = {(round(point.y, 9), round(point.x, 9)): row for row, point in
             enumerate(theirs.geometry)}  # fmt: skip
    cells = np.degrees([grid.latitude, grid.longitude]).T
    rows = [order.get((round(latitude, 9), round(longitude, 9))) for latitude, longitude in cells]
    samples = [0 if row is None else int(theirs["samples"].iloc[row]) for row in rows]
    revisit = np.array(
        [np.nan if row is None else theirs["revisit"].iloc[row].total_seconds() for row in rows]
    )
    apart = np.nanmax(np.abs(revisit - ours.gap_mean)[ours.count == samples])
    print(f"Accesses: kosmodrom {ours.count.sum()}, TAT-C {sum(samples)}; equal in "
          f"{int((ours.count == samples).sum())} of {len(cells)} cells; there mean gaps differ by "
          f"{apart:.3f} s at most.\n")  # fmt: skip


def a_week(folder: Path, table: _measure.Table) -> None:
    """Measure one satellite in a week.

    Parameters
    ----------
    folder : pathlib.Path
        For files.
    table : Table
        Where rows go.
    """
    path = satellite(folder)
    reading, grid = read_file(path), Grid.world(NSIDE)
    works = {"verb": lambda: by_verb(path, reading), "search": search_alone(reading, grid)}
    found = _measure.side_by_side(works | by_tatc(path, grid), times=5)
    peer = f"tatc {_measure.installed('tatc') or ''}".strip()
    once, singly = found.get("at once"), found.get("singly")
    work = f"coverage, 1 satellite, {len(grid)} cells, 7 d, one thread"
    table.against(work, found["verb"], peer, once, 10, 40)
    table.against("the same, search and statistics alone", found["search"], peer, once)
    scaled = singly.times(len(grid) / SINGLY) if singly else None
    table.against("the same", found["verb"], f"{peer}, {SINGLY} cells singly, scaled", scaled)
    if len(found["verb"].value) != len(grid):
        raise RuntimeError(f"{CELL} gave {len(found['verb'].value)} cells, not {len(grid)}")
    if once:
        compare(found["search"].value, once.value, grid)


def a_month(folder: Path, table: _measure.Table) -> None:
    """Measure 24 satellites in a month, in a process of its own.

    Parameters
    ----------
    folder : pathlib.Path
        For files.
    table : Table
        Where rows go.
    """
    request, answer = folder / "month.yaml", folder / "month.csv"
    request.write_text(MONTH, "utf-8")
    command = [sys.executable, "-m", "kosmodrom", "coverage", "--request", str(request), "--csv"]
    with answer.open("wb") as out:
        found = _measure.in_a_process(command, stdout=out)
    with answer.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    looks = sum(int(row["looks"]) for row in rows)
    note = f"{looks:,} accesses, {found.cpu:.1f} s of CPU, {processors()} threads"
    work = f"coverage, 24 satellites, {len(rows):,} cells, 30 d, daylight"
    table.within(work, found.wall, "s", 60, 15, note)
    table.within("its memory", found.memory / GIBI, "GiB", 2)


def main() -> None:
    """Measure and print."""
    _measure.introduce("Coverage", "tatc")
    table = _measure.Table()
    with tempfile.TemporaryDirectory() as name:
        a_week(Path(name), table)
        a_month(Path(name), table)
    table.show()


if __name__ == "__main__":
    main()
