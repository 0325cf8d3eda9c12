"""Notices: from texts to areas, and from one set of texts to a forecast, warm.

The archive is read in place where it is at hand (`KOSMODROM_DATA`); the set is that of one launch
of it, or a made text. No other program does this, so there is no peer beside it.

Run: python benchmarks/bench_notices.py
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from time import process_time

import _measure

import kosmodrom
from kosmodrom.launch.notices.read import read_notices

ARCHIVE = (
    Path(os.environ.get("KOSMODROM_DATA", "../shared/data"))
    / "notams" / "notams-2020-12_2025-06.json"
)  # fmt: skip
ONE = """A0656/24 NOTAMN
Q) ZLHW/QRTCA/IV/BO/W/000/999/3532N09828E017
A) ZLHW B) 2404150403 C) 2404150428
E) A TEMPORARY RESTRICTED AREA BOUNDED BY:
N354300E0983800-N352300E0983200-N352600E0981900-N354600E0982400, BACK TO START.
F) SFC G) UNL"""
SET = ("A1210/22", "A1211/22", "A1213/22")
TIMES = 15


def least(work: Callable[[], object], times: int = TIMES) -> float:
    """Give the least processor time of some calls.

    Parameters
    ----------
    work : callable
        What to do.
    times : int
        How often [-].

    Returns
    -------
    float
        Time [s].
    """
    found = []
    for _ in range(times):
        begin = process_time()
        work()
        found.append(process_time() - begin)
    return min(found)


def main() -> None:
    """Measure and print."""
    _measure.introduce("Notices", "numpy", "shapely")
    table = _measure.Table()
    texts = [ONE]
    if ARCHIVE.is_file():
        rows = json.loads(ARCHIVE.read_text(encoding="utf-8"))
        texts = [row["raw"] for row in rows if row["code"] in SET]
        everything = [row["raw"] for row in rows]
        seconds = least(lambda: [read_notices(text, source="a") for text in everything], 3)
        table.within(f"{len(everything)} texts to areas, a text", 1e3 * seconds / len(rows), "ms")
    both = least(lambda: kosmodrom.notices(texts=texts))
    told = least(lambda: kosmodrom.notices(texts=texts, site="jiuquan"))
    table.within("one set, text to forecast, warm", both, "s", 0.5, 0.1, note="site not told")
    table.within("the same with the site told", told, "s", 0.5, 0.1)
    table.show()


if __name__ == "__main__":
    main()
