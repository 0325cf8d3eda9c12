"""Ascents: does the optimiser converge, how long does it take, and a map of payloads.

200 tasks are drawn by a fixed seed before anything is solved: a vehicle among those of the catalog
that have all their numbers, a site among all of the catalog, north or south, an inclination evenly
between 0.1 deg above the latitude and 101 deg (1 deg above the least where that is more), a
perigee between 180 and 1200 km, evenly by its logarithm; 60 % of the orbits are circles, the
others have an apogee up to 36000 km, evenly by its logarithm. Whether a range allows it is not
asked. A task counts as feasible where the speed it takes in two burns, with 1500 m/s of losses,
leaves a tenth of what the vehicle carries by the same reckoning to 200 km in the plane of its
pad. A vehicle whose last block is lit once and has no coast before it is not sent to perigees
above 600 km, as that reckoning does not know what it costs to climb there in one burn.

Run: python benchmarks/bench_ascents.py [--tasks 200] [--check 20] [--no-shell]
"""

import argparse
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from time import perf_counter

import _measure
import numpy as np

from kosmodrom.analyses._ascent_vehicle import stack_of
from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A
from kosmodrom.catalog import load_catalog
from kosmodrom.errors import ModelError
from kosmodrom.launch.optimum import Found, checked, exact, sought
from kosmodrom.launch.reintegration import loading
from kosmodrom.launch.sketch import payload_for
from kosmodrom.launch.stack import Stack
from kosmodrom.launch.task import Orbit, Task, circle

SEED, TASKS = 20261128, 200
PERIGEES, APOGEE = (180e3, 1200e3), 36_000e3  # [m]
CIRCLES, MOST = 0.6, 101.0  # share; inclination [deg]
LOSSES, SHARE = 1500.0, 0.1  # [m/s]; of what the vehicle carries
PARKED, CLIMBED = 320e3, 600e3  # perigees reached without a coast; see above [m]
ONE = ("ascent", "--vehicle", "soyuz-2.1b-fregat", "--site", "vostochny", "--perigee", "820 km",
       "--inclination", "98.7 deg", "--lift-off", "2026-08-22T01:18:40Z")  # fmt: skip
MAP = ("ascent", "--vehicle", "soyuz-2.1b", "--site", "vostochny")
TIMES = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A task that was drawn.

    Attributes
    ----------
    vehicle, site : str
        Names in the catalog.
    stack : Stack
        The vehicle.
    task : Task
        What it is asked to do.
    """

    vehicle: str
    site: str
    stack: Stack
    task: Task

    def __str__(self) -> str:
        orbit = self.task.orbit
        heights = [round((radius - WGS84_A) / 1e3) for radius in (orbit.perigee, orbit.apogee)]
        way = "north" if self.task.ascending else "south"
        return (f"{self.vehicle} from {self.site} to {heights[0]} x {heights[1]} km at "
                f"{np.degrees(orbit.inclination):.1f} deg, {way}")  # fmt: skip


def budget(stack: Stack, task: Task) -> float:
    """Reckon what could be carried, by speeds alone.

    Parameters
    ----------
    stack : Stack
        The vehicle.
    task : Task
        Where to.

    Returns
    -------
    float
        Payload; negative where there is none [kg].
    """
    orbit = task.orbit
    low = orbit.perigee if orbit.perigee <= WGS84_A + PARKED else WGS84_A + PERIGEES[0]
    high = orbit.perigee
    first = np.sqrt(MU_EARTH * (2 / low - 2 / (low + high)))
    later = abs(orbit.speed_at(high) - np.sqrt(MU_EARTH * (2 / high - 2 / (low + high))))
    spin = EARTH_ROTATION_RATE * np.hypot(*task.pad[:2]) * np.cos(orbit.inclination)
    return payload_for(stack, float(first + later - spin + LOSSES))


def drawn(count: int) -> Iterator[Drawn]:
    """Draw tasks.

    Parameters
    ----------
    count : int
        How many [-].

    Yields
    ------
    Drawn
        Those that count as feasible.
    """
    catalog = load_catalog()
    shelf, rng, found = catalog.launchers, np.random.default_rng(SEED), 0
    whole = {key: one for key, one in shelf.launchers.items() if not one.missing()}
    stacks = [(one.name, stack_of(one, shelf)) for _, one in sorted(whole.items())]
    sites = sorted(catalog.sites, key=lambda site: site.id)
    while found < count:
        name, stack = stacks[rng.integers(len(stacks))]
        site = sites[rng.integers(len(sites))]
        least = abs(site.latitude_deg) + 0.1
        tilt = np.radians(rng.uniform(least, max(least + 1.0, MOST)))
        perigee = np.exp(rng.uniform(*np.log(PERIGEES)))
        round_, part = rng.random() < CIRCLES, rng.random()
        apogee = perigee if round_ else perigee * (APOGEE / perigee) ** part
        pad = np.radians(site.latitude_deg), np.radians(site.longitude_deg)
        orbit = Orbit(perigee=WGS84_A + perigee, apogee=WGS84_A + apogee, inclination=float(tilt))
        task = Task(latitude=pad[0], longitude=pad[1], orbit=orbit,
                    ascending=bool(rng.random() < 0.5))  # fmt: skip
        easy = Task(latitude=pad[0], longitude=pad[1], orbit=circle(200e3, np.radians(least)))
        serial = [block for block in stack.blocks if block.lit is None]
        direct = stack.blocks[-1].ignitions == 1 and len(serial) < 2
        if budget(stack, task) < SHARE * budget(stack, easy) or (direct and perigee > CLIMBED):
            continue
        found += 1
        yield Drawn(name, site.id, stack, task)


def solved(tasks: list[Drawn]) -> tuple[list[tuple[Drawn, Found]], list[float]]:
    """Solve tasks on coarse meshes, and print those that fail.

    Parameters
    ----------
    tasks : list of Drawn
        The tasks.

    Returns
    -------
    found : list of tuple
        Those that were solved.
    times : list of float
        How long each task took, solved or not [s].
    """
    found, times = [], []
    for number, one in enumerate(tasks):
        begun = perf_counter()
        try:
            found.append((one, sought(one.stack, one.task)))
        except ModelError as error:
            print(f"FAILS {number}: {one}: {error}", flush=True)
        times.append(perf_counter() - begun)
        print(f"{number}: {one}: {times[-1]:.2f} s", file=sys.stderr, flush=True)
    return found, times


def spread(values: list[float]) -> str:
    """Write how numbers are spread.

    Parameters
    ----------
    values : list of float
        The numbers [-].

    Returns
    -------
    str
        Their median, 95 % and greatest.
    """
    middle, most = np.percentile(values, [50, 95])
    return f"median {middle:.3g}, 95 % {most:.3g}, greatest {max(values):.3g}"


def convergence(table: _measure.Table, count: int, checks: int) -> None:
    """Solve the tasks that were drawn.

    Parameters
    ----------
    table : Table
        Where rows go.
    count, checks : int
        How many are solved, and how many of those on fine meshes with all checks [-].
    """
    tasks = list(drawn(count))
    found, times = solved(tasks)
    last = [one.solution.statistics[-1] for _, one in found]
    print(f"\n{len(found)} of {count} tasks solved; {sum(s.attempts == 1 for s in last)} of them "
          "at the first attempt of the last solver.")  # fmt: skip
    print(f"Iterations of the last solver: {spread([float(s.iterations) for s in last])}.")
    print(f"Seconds a task: {spread(times)}.\n")
    failed = 100 * (1 - len(found) / count)
    table.within(f"tasks of {count} that fail", failed, "%", 2.0, 0.001)
    table.within("median time of a task, coarse mesh", float(np.median(times)), "s")
    if not checks:
        return
    passed, lasted = 0, []
    sample = found[:: max(1, len(found) // checks)][:checks]
    for one, coarse in sample:
        begun = perf_counter()
        try:
            checked(exact(coarse))
            passed += 1
        except ModelError as error:
            print(f"CHECKS FAIL: {one}: {error}", flush=True)
        lasted.append(perf_counter() - begun)
    print(f"{passed} of {len(sample)} pass their checks; seconds for it: {spread(lasted)}.\n")
    table.within("of a sample, share that fails its checks", 100 * (1 - passed / len(sample)), "%")


def shell(table: _measure.Table) -> None:
    """Measure one ascent and a map from a cold shell.

    Parameters
    ----------
    table : Table
        Where rows go.
    """
    one = min(
        _measure.in_a_process([sys.executable, "-m", "kosmodrom", *ONE],
                              stdout=subprocess.DEVNULL).wall
        for _ in range(TIMES)
    )  # fmt: skip
    table.within("one ascent with drop zones, cold shell", one, "s", 8.0, 3.0,
                 note=f"least of {TIMES}")  # fmt: skip
    heights = [f"{height:.0f} km" for height in np.linspace(200, 750, 12)]
    tilts = [f"{tilt:.1f} deg" for tilt in np.linspace(52, 98, 12)]
    sides = [part for name, values in (("--altitudes", heights), ("--inclinations", tilts))
             for value in values for part in (name, value)]  # fmt: skip
    drawn_map = _measure.in_a_process(
        [sys.executable, "-m", "kosmodrom", *MAP, *sides], stdout=subprocess.DEVNULL
    )
    table.within("payload map of 12 x 12 orbits", drawn_map.wall, "s", 300.0, 60.0)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    asked.add_argument("--tasks", type=int, default=TASKS)
    asked.add_argument("--check", type=int, default=0, metavar="N")
    asked.add_argument("--no-shell", action="store_true")
    options = asked.parse_args()
    loading()
    _measure.introduce("Ascents of real vehicles", "casadi", "scipy")
    table = _measure.Table()
    convergence(table, options.tasks, options.check)
    if not options.no_shell:
        shell(table)
    table.show()


if __name__ == "__main__":
    main()
