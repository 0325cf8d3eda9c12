"""Passes of the whole active catalogue, of many sites and many days; what a year would take.

Some 16,000 objects from LEO to GEO over one site in a day on two threads: 0.5 s, aim 0.12 s;
reading the file stands apart. 1000 satellites in LEO over 100 sites in a day, one thread: 0.010 ms
a satellite-site-day, aim 0.006 ms.

From 1000 satellites over 100 sites in a day and over 10 sites in 30 days, with one element set
each or a new one every day, and from deep space over 10 sites in 3 days, all written to Parquet:
every active object over 1000 places in a year.

Run: python benchmarks/bench_catalogue.py [FILE OF ELEMENT SETS]
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import _measure
import numpy as np
from _passes import SITE, Asked, sites
from _population import START, Population, population, written

from kosmodrom.base.epochs import Epochs
from kosmodrom.orbits.elements import ElementSets, joined
from kosmodrom.orbits.secular import is_deep_space
from kosmodrom.workspace._element_sets import read_file
from kosmodrom.workspace.sinks import ParquetSink
from kosmodrom.workspace.workers import ThreadMap

SATELLITES = 1000
PLACES = 1000
DAYS = 365
END_OF_30_DAYS = "2026-09-22T00:00Z"
END_OF_3_DAYS = "2026-08-26T00:00Z"
SHARE = 1 / 8  # of the satellites in deep space, to measure their cost over many places


def whole_catalogue(people: Population, folder: Path, table: _measure.Table) -> None:
    """Measure all objects over one site, and those near the Earth and in deep space apart.

    Parameters
    ----------
    people : Population
        The satellites.
    folder : pathlib.Path
        For files.
    table : Table
        Where rows go.
    """
    sets, deep = people.elements, is_deep_space(people.elements)
    parts = {"all": sets, "near": sets[~deep], "deep": sets[deep]}
    asked = {name: Asked(written(part, folder / f"{name}.tle")) for name, part in parts.items()}
    threads = ThreadMap(2)
    found = _measure.side_by_side(
        {name: _ask(one, threads) for name, one in asked.items()}
        | {"read": lambda: read_file(asked["all"].path)},
        times=5,
    )
    work = f"{len(sets):,} objects, one site, 24 h, two threads"
    table.within(work, found["all"].wall, "s", 0.5, 0.12, _passes(found["all"]))
    for name, words in (("near", "near the Earth"), ("deep", "in deep space")):
        label = f"of these {len(parts[name]):,} {words}"
        table.within(label, found[name].wall, "s", note=_passes(found[name]))
    table.within("reading the file, apart", found["read"].wall, "s")


def _ask(asked: Asked, threads: ThreadMap) -> Any:
    return lambda: asked([SITE], START, work_map=threads)


def _passes(timing: _measure.Timing) -> str:
    return f"{len(timing.value):,} passes, {timing.cpu:.2f} s of CPU"


def many_sites(asked: Asked, table: _measure.Table) -> None:
    """Measure a thousand satellites over a hundred sites.

    Parameters
    ----------
    asked : Asked
        Satellites in LEO.
    table : Table
        Where rows go.
    """
    places = sites(100)
    found = _measure.side_by_side({"verb": lambda: asked(places, START)}, times=3)["verb"]
    units = SATELLITES * len(places)
    work = f"{SATELLITES} LEO, {len(places)} sites, 24 h, one thread, a satellite-site-day"
    table.within(work, 1e3 * found.wall / units, "ms", 0.010, 0.006, _passes(found))


def unit_cost(asked: Asked, count: int, end: str | None, days: int, path: Path) -> Any:
    """Measure what a satellite over a place in a day costs, written to a file.

    Parameters
    ----------
    asked : Asked
        The satellites.
    count : int
        How many places [-].
    end : str or None
        End of the period.
    days : int
        Length of the period [d].
    path : pathlib.Path
        Where to write.

    Returns
    -------
    seconds, passes, size : float
        Time of a processor [s] and passes [-] of a satellite over a place in a day; size of a pass
        in the file [byte].
    """
    units = len(np.unique(asked.reading.elements.numbers)) * count * days

    def _write() -> int:
        with ParquetSink(path) as sink:
            asked(sites(count), START, end, sink=sink)
        return sink.rows

    found = _measure.side_by_side({"verb": _write}, times=2)["verb"]
    return found.cpu / units, found.value / units, path.stat().st_size / found.value


def every_day(sets: ElementSets, days: int) -> ElementSets:
    """Give satellites a new element set every day.

    Parameters
    ----------
    sets : ElementSets
        One set a satellite.
    days : int
        How many days [-].

    Returns
    -------
    ElementSets
        The same turned on by their mean motion; enough to measure what they cost.
    """
    turn = sets.mean_motion_rad_min * 1440.0
    return joined(
        [
            replace(
                sets,
                epochs=Epochs(sets.epochs.tai_ns + day * 86_400_000_000_000),
                mean_anomaly=(sets.mean_anomaly + day * turn) % (2 * np.pi),
            )
            for day in range(days)
        ]
    )


def a_year(costs: list[tuple[str, float, float, float, float]]) -> None:
    """Print what every active object over a thousand places in a year would take.

    Parameters
    ----------
    costs : list of tuple
        Name, number of satellites, and what `unit_cost` gave.
    """
    hours = passes = size = 0.0
    print("| a satellite-site-day, written to Parquet | CPU | passes | a pass |")
    print("|---|---|---|---|")
    for name, satellites, each, found, length in costs:
        print(f"| {name} | {_measure.seconds(each)} | {found:.2f} | {length:.0f} bytes |")
        units = satellites * PLACES * DAYS
        hours += each * units / 3600
        passes += found * units
        size += found * units * length
    total = sum(cost[1] for cost in costs)
    print(f"\n{total:,.0f} objects x {PLACES} places x {DAYS} days = "
          f"{total * PLACES * DAYS / 1e9:.2f} billion satellite-site-days: {hours:.0f} "
          f"core-hours, so an hour on {np.ceil(hours):.0f} cores of this kind or a day on "
          f"{np.ceil(hours / 24):.0f}; {passes / 1e9:.1f} billion passes, "
          f"{size / 1e9:,.0f} GB of Parquet.\n")  # fmt: skip


def extrapolate(people: Population, asked: Asked, folder: Path) -> None:
    """Measure unit costs near the Earth and in deep space.

    Parameters
    ----------
    people : Population
        The satellites.
    asked : Asked
        A thousand of them, in LEO.
    folder : pathlib.Path
        For files.
    """
    deep = np.flatnonzero(is_deep_space(people.elements))
    near = len(people.elements) - len(deep)
    step = round(1 / SHARE)
    far = Asked(written(people.elements[deep[::step]], folder / "far.tle"))
    out = folder / "passes.parquet"
    daily = Asked(written(every_day(asked.reading.elements, 30), folder / "daily.tle"))
    costs = {
        f"{SATELLITES} LEO, 100 sites, 1 d": unit_cost(asked, 100, None, 1, out),
        f"{SATELLITES} LEO, 10 sites, 30 d": unit_cost(asked, 10, END_OF_30_DAYS, 30, out),
        "the same, new element sets every day": unit_cost(daily, 10, END_OF_30_DAYS, 30, out),
    }
    high = unit_cost(far, 10, END_OF_3_DAYS, 3, out)
    print("Near the Earth the dearest of these is taken.\n")
    print("| near the Earth, written to Parquet | CPU a satellite-site-day |")
    print("|---|---|")
    for name, cost in costs.items():
        print(f"| {name} | {_measure.seconds(cost[0])} |")
    print()
    worse = max(costs.values())
    a_year([("near the Earth", near, *worse), ("deep space", len(deep), *high)])


def main() -> None:
    """Measure and print."""
    people = population()
    _measure.introduce("Passes of many satellites, sites and days", "pyarrow")
    print(f"Satellites: {people.how}.\n")
    table = _measure.Table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole_catalogue(people, folder, table)
        low = Asked(written(people.near_circular(SATELLITES), folder / "leo.tle"))
        many_sites(low, table)
        table.show()
        extrapolate(people, low, folder)


if __name__ == "__main__":
    main()
