"""How long the shell takes to say what it can do: under 0.3 s for ``--help``.

Run: python benchmarks/bench_help.py
"""

import subprocess
import sys
from statistics import median
from time import perf_counter

COMMANDS = (["--help"], ["--version"], ["distance", "--help"], ["find", "vostochny"])


def seconds(arguments: list[str], times: int = 9) -> float:
    """Measure one command.

    Parameters
    ----------
    arguments : list of str
        What stands after the name of the program.
    times : int
        How often [-].

    Returns
    -------
    float
        Median of the wall clock [s].
    """
    found = []
    for _ in range(times):
        begun = perf_counter()
        subprocess.run(
            [sys.executable, "-m", "kosmodrom", *arguments], capture_output=True, check=True
        )
        found.append(perf_counter() - begun)
    return median(found)


if __name__ == "__main__":
    for command in COMMANDS:
        print(f"kosmodrom {' '.join(command):20} {seconds(command):.3f} s")
