"""How long the demo takes once kosmodrom is installed: under 15 s on two cores.

Run: python benchmarks/bench_demo.py
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

COMMAND = [sys.executable, "-m", "kosmodrom", "run", "vostochny-2023",
           "--lang", "en", "--lang", "id", "--out", "report"]  # fmt: skip


def main(times: int = 5) -> None:
    """Measure and print.

    Parameters
    ----------
    times : int
        How often [-].
    """
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(times):
            begun = perf_counter()
            subprocess.run(COMMAND, cwd=folder, capture_output=True, check=True)
            found.append(perf_counter() - begun)
        report = Path(folder, "report")
        log = json.loads((report / "run.json").read_text("utf-8"))
        sizes = {path.name: path.stat().st_size for path in sorted(report.iterdir())}
    print(f"demo {median(found):.2f} s (median of {times}), inside: {log['durations_s']}")
    for name, size in sizes.items():
        print(f"  {name:20} {size / 1024:8.0f} KiB")


if __name__ == "__main__":
    main()
