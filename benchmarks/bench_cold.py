"""One satellite from a cold shell: below 2.5 s, also the first time, when all is yet to compile.

`kosmodrom passes --satellites 25544 --places Seoul --start 2026-08-23`, a new process each time.
heyoka keeps what it compiled in a folder (`HEYOKA_CACHE_DIR`, by default ~/.cache/heyoka); here it
is one of our own, empty at first. What compiling costs is shown apart, for every expression:
in a new process with an empty folder, in a new one with a full folder, and again in the same one.

Run: python benchmarks/bench_cold.py
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

import _measure

QUERY = ("passes", "--satellites", "25544", "--places", "Seoul", "--start", "2026-08-23")
TIMES = 7
COMPILE = "--compile"  # the second face of this file: compile, and print what it cost


def shell(folder: Path, *arguments: str) -> float:
    """Run the shell in a new process.

    Parameters
    ----------
    folder : pathlib.Path
        Where heyoka keeps what it compiled.
    *arguments : str
        What stands after the name of the program.

    Returns
    -------
    float
        Time on the clock [s].
    """
    return _measure.in_a_process(
        [sys.executable, "-m", "kosmodrom", *arguments],
        stdout=subprocess.DEVNULL, env=os.environ | {"HEYOKA_CACHE_DIR": str(folder)},
    ).wall  # fmt: skip


def compiling(folder: Path) -> dict[str, list[float]]:
    """Compile everything in a new process.

    Parameters
    ----------
    folder : pathlib.Path
        Where heyoka keeps what it compiled.

    Returns
    -------
    dict of str to list of float
        First and second time of each expression, compiled and called [s].
    """
    done = subprocess.run(
        [sys.executable, __file__, COMPILE], check=True, capture_output=True, text=True,
        env=os.environ | {"HEYOKA_CACHE_DIR": str(folder)},
    )  # fmt: skip
    answer: dict[str, list[float]] = json.loads(done.stdout)
    return answer


def expressions_compiled() -> dict[str, list[float]]:
    """Compile every expression twice in this process, and call it each time.

    Returns
    -------
    dict of str to list of float
        First and second time [s].
    """
    import numpy as np

    from kosmodrom.base.epochs import Epochs
    from kosmodrom.orbits import expressions, sgp4
    from kosmodrom.orbits.designed import designed, walker
    from kosmodrom.view import _kernels

    begun = perf_counter()
    expressions.library()
    loading = perf_counter() - begun
    # An ordinary orbit, flat for the expressions, and a place on its track.
    epoch = Epochs.from_iso("2026-08-23T00:00Z")
    one = designed(name="one", perigee=5e5, apogee=5e5, inclination=0.9, node=0.0, argument=0.0,
                   anomaly=0.0, epoch=epoch)  # fmt: skip
    ready = sgp4.Sgp4(one)
    flat = np.vstack([ready.table, [[10.0]]])
    stands = np.array([[10.0, 1.0, 1.0, 0.0, 0.0, 6.378e6, 0.0, 0.0]]).T
    place = np.vstack([ready.table, stands, [[0.5]]])
    seat = np.vstack([ready.table, stands, np.array([[0.0, 1.0, 0.0, 0.0, 0.0, 1.0]]).T])
    many, when = walker(one, 8, 64, 1), epoch.plus(np.array([0.0, 60.0]))
    works: dict[str, Any] = {
        "propagate, one satellite": lambda: sgp4.propagate(one, when),
        "propagate, 64 satellites": lambda: sgp4.propagate(many, when),
        "Sgp4.at: position and derivatives": lambda: sgp4._state_kernel()(flat),
        "passes: mask_edge": lambda: _kernels.mask_edge()(place),
        "passes: mask_quality": lambda: _kernels.mask_quality()(place),
        "directions: sky": lambda: _kernels.sky()(seat),
        "pictures: nadir_edge": lambda: _kernels.nadir_edge()(place),
        "pictures: nadir_quality": lambda: _kernels.nadir_quality()(place),
    }
    found = {"loading heyoka": [loading, 0.0]}
    for name, work in works.items():
        found[name] = []
        for _ in range(2):
            begun = perf_counter()
            work()
            found[name].append(perf_counter() - begun)
    return found


def show_compiling(folder: Path) -> None:
    """Print what compiling costs.

    Parameters
    ----------
    folder : pathlib.Path
        Empty.
    """
    if _measure.installed("heyoka") is None:
        print("heyoka is not installed; its wheels are for Linux. Nothing is compiled.\n")
        return
    empty = compiling(folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    full = compiling(folder)
    print("| compiling and one call | empty folder | full folder | again in one process |")
    print("|---|---|---|---|")
    for name, (first, _) in empty.items():
        cells = (first, *full[name])
        print(f"| {name} | {' | '.join(_measure.seconds(cell) for cell in cells)} |")
    totals = [sum(pair[0] for pair in part.values()) for part in (empty, full)]
    kept = f"kept on disk, {size / 2**20:.1f} MiB" if size else "NOT kept on disk"
    print(f"\nTogether {totals[0]:.2f} s with an empty folder, {totals[1]:.2f} s with a full one; "
          f"{kept}.\n")  # fmt: skip


def main() -> None:
    """Measure and print."""
    _measure.introduce("A cold shell")
    table = _measure.Table()
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name, str(number)) for number in range(4)]
        for folder in folders:
            folder.mkdir()
        first = [shell(folder, *QUERY) for folder in folders[:3]]
        later = [shell(folders[0], *QUERY) for _ in range(TIMES)]
        bare = [shell(folders[0], "--version") for _ in range(TIMES)]
        work = "one satellite, one place, a day, from the shell"
        table.within(work, min(later), "s", 2.5, note=f"least of {TIMES}")
        table.within("the same, with nothing compiled before", min(first), "s", 2.5,
                     note="least of 3")  # fmt: skip
        table.within("of that, starting: kosmodrom --version", min(bare), "s")
        table.show()
        show_compiling(folders[3])


if __name__ == "__main__":
    if COMPILE in sys.argv:
        print(json.dumps(expressions_compiled()))
    else:
        main()
