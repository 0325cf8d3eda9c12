"""Write ``flown_corridors.csv``: which azimuth the farthest closed area of each launch tells.

Made of the labelled notices of the archive (``tests/truth/data/notice_labels.csv``), whose areas
are read in place: the azimuth that leads to the farthest area that tells one, if nothing yawed,
and how far from the pad it is. Forecasts compare areas of a new launch with them.

    .venv/bin/python scripts/make_flown_corridors.py
"""

# ruff: noqa: TID253 -- a script: numpy is not lazy here
from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np
from forecast_cases import LABELS, labelled

OUT = Path(__file__).parent.parent / "src/kosmodrom/catalog/data/flown_corridors.csv"
NAMES = ("tag", "azimuth_deg", "angle_deg", "source", "grade", "happened", "known_from")


def main() -> None:
    """Write the table."""
    cases, _ = labelled(LABELS)
    rows = []
    for case in cases:
        if not len(case.sight.rows):
            continue
        last = int(np.argmax(case.sight.angle))
        rows.append((
            case.name, f"{np.degrees(case.sight.told[last]) % 360:.3f}",
            f"{np.degrees(case.sight.angle[last]):.3f}", "notam-archive", "B2",
            str(case.day), str(case.day + np.timedelta64(1, "D")),
        ))  # fmt: skip
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(NAMES)
        writer.writerows(sorted(rows))
    sys.stdout.write(f"{len(rows)} launches in {OUT.name}\n")


if __name__ == "__main__":
    main()
