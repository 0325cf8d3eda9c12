"""Measuring several programs side by side, and saying on what machine.

Import it before anything that imports NumPy: it sets the number of threads of its libraries to
one, so that a row "one thread" is one. heyoka is set to one thread by kosmodrom itself.
"""

import gc
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS",
           "NUMBA_NUM_THREADS")  # fmt: skip
if "numpy" in sys.modules and not all(name in os.environ for name in THREADS):
    raise RuntimeError("import _measure before NumPy; the number of threads is set here")
for _name in THREADS:
    os.environ.setdefault(_name, "1")

MISSING = "not installed: pip install --group bench"
COLUMNS = ("work", "kosmodrom", "peer", "ratio: wall, CPU", "must", "met", "aim", "met ")


@dataclass(frozen=True, slots=True)
class Timing:
    """The least times of several calls.

    Attributes
    ----------
    wall, cpu : float
        Time on the clock and time of the processors [s].
    value : object
        What the last call gave.
    memory : float
        Peak of the resident memory of another process [byte]; 0 for calls within this one.
    """

    wall: float
    cpu: float
    value: Any = None
    memory: float = 0.0

    def times(self, factor: float) -> "Timing":
        """Scale it, for a share of the work or a part of it.

        Parameters
        ----------
        factor : float
            By how much [-].

        Returns
        -------
        Timing
            The same, scaled.
        """
        return Timing(self.wall * factor, self.cpu * factor, self.value, self.memory)


def side_by_side(works: Mapping[str, Callable[[], Any]], times: int = 7) -> dict[str, Timing]:
    """Measure several works by turns.

    Each runs once before, so that nothing is compiled and no memory touched for the first time
    while the clock runs; then all of them in turn, so that what else the machine does hits all.

    Parameters
    ----------
    works : mapping of str to callable
        What to do, by name.
    times : int
        How often [-].

    Returns
    -------
    dict of str to Timing
        The least of each clock.
    """
    values = {name: work() for name, work in works.items()}
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            values[name] = None  # so that its memory can be used again
            gc.collect()
            wall, cpu = perf_counter(), process_time()
            values[name] = work()
            found[name].append((perf_counter() - wall, process_time() - cpu))
    return {
        name: Timing(min(pair[0] for pair in pairs), min(pair[1] for pair in pairs), values[name])
        for name, pairs in found.items()
    }


def in_a_process(command: Sequence[str], **more: Any) -> Timing:
    """Run a command once and measure it from outside.

    Parameters
    ----------
    command : sequence of str
        The program and its arguments.
    **more
        For `subprocess.Popen`.

    Returns
    -------
    Timing
        With the peak of its memory.
    """
    begun = perf_counter()
    with subprocess.Popen(command, **more) as process:
        _, status, used = os.wait4(process.pid, 0)  # its own use, not that of all children
        wall = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    kibi = 1 if sys.platform == "darwin" else 1024
    return Timing(wall, used.ru_utime + used.ru_stime, memory=float(used.ru_maxrss) * kibi)


def installed(name: str) -> str | None:
    """Give the version of a distribution.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    str or None
        The version; None where it is not installed.
    """
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def introduce(title: str, *peers: str) -> None:
    """Print what runs on what.

    Parameters
    ----------
    title : str
        What is measured.
    *peers : str
        Distributions that are compared with.
    """
    names = ("kosmodrom", "numpy", "heyoka", "sgp4", *peers)
    versions = ", ".join(f"{name} {installed(name) or 'not installed'}" for name in names)
    load = ", ".join(f"{part:.1f}" for part in os.getloadavg())
    print(f"# {title}\n")
    print(f"{_processor()}, {os.cpu_count()} cores (two threads get {free_cores():.1f} of "
          f"them), load average {load}; "
          f"Python {platform.python_version()}, {platform.system()}; {versions}.\n")  # fmt: skip


def free_cores() -> float:
    """Measure how much more two threads get done than one, on this machine as it is now.

    Returns
    -------
    float
        About 2 where two cores are free, 1 where something else runs on one of them [-].
    """
    data = bytes(40_000_000)

    def _hash(_: int) -> None:
        sha256(data)  # outside Python's lock

    with ThreadPoolExecutor(2) as pool:
        found = side_by_side(
            {
                "one": lambda: list(map(_hash, range(4))),
                "two": lambda: list(pool.map(_hash, range(4))),
            },
            times=2,
        )
    return found["one"].wall / found["two"].wall


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def seconds(value: float) -> str:
    """Write a time with three digits.

    Parameters
    ----------
    value : float
        The time [s].

    Returns
    -------
    str
        Like "1.23 ms".
    """
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        if value * factor >= 1.0 or unit == "µs":
            return f"{value * factor:#.3g}".rstrip(".") + f" {unit}"
    raise ValueError(value)


def _digits(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


@dataclass(slots=True)
class Table:
    """Rows of works with what they must and aim to reach.

    Of a ratio the worse of its two counts, by the clock and by the processors.
    """

    rows: list[tuple[str, ...]] = field(default_factory=list)

    def against(
        self, work: str, ours: Timing, peer: str, theirs: Timing | None,
        must: float | None = None, aim: float | None = None,
    ) -> None:  # fmt: skip
        """Add a row that compares with a peer.

        Parameters
        ----------
        work : str
            What was done.
        ours : Timing
            How long it took.
        peer : str
            Name and version of the peer.
        theirs : Timing or None
            How long the peer took; None where it is not installed.
        must, aim : float or None
            How many times faster it must and should be [-].
        """
        goals = [f"{goal:g}x" if goal else "" for goal in (must, aim)]
        if theirs is None:
            met = ["?" if goal else "" for goal in goals]
            self._add(work, seconds(ours.wall), f"{peer}, {MISSING}", "", goals, met)
            return
        wall, cpu = theirs.wall / ours.wall, theirs.cpu / ours.cpu
        least = min(wall, cpu)
        met = ["" if not goal else "yes" if least >= goal else "no" for goal in (must, aim)]
        shown = f"{peer}: {seconds(theirs.wall)}"
        self._add(work, seconds(ours.wall), shown, f"{_digits(wall)}, {_digits(cpu)}", goals, met)

    def within(
        self, work: str, value: float, unit: str, must: float | None = None,
        aim: float | None = None, note: str = "",
    ) -> None:  # fmt: skip
        """Add a row of a number that has a limit.

        Parameters
        ----------
        work : str
            What was done.
        value : float
            What was measured [unit].
        unit : str
            Of the value and its limits.
        must, aim : float or None
            Limits [unit].
        note : str
            Stands in the column of the peer.
        """
        goals = [f"{goal:g} {unit}" if goal else "" for goal in (must, aim)]
        met = ["" if not goal else "yes" if value <= goal else "no" for goal in (must, aim)]
        self._add(work, f"{value:.3g} {unit}", note, "", goals, met)

    def _add(
        self, work: str, ours: str, peer: str, ratio: str, goals: Sequence[str],
        met: Sequence[str],
    ) -> None:  # fmt: skip
        self.rows.append((work, ours, peer, ratio, goals[0], met[0], goals[1], met[1]))

    def show(self) -> None:
        """Print the rows, so that they can be put into a page as they are."""
        rows = [COLUMNS, *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
        for number, row in enumerate(rows):
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            print("| " + " | ".join(cells) + " |")
            if not number:
                print("|" + "|".join("-" * (width + 2) for width in widths) + "|")
        print()
