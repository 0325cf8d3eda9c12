"""Write data/giqe.json: ratings by pyBSM and clear-sky light by pvlib.

    python tests/truth/make_giqe.py

pyBSM (Kitware, `pybsm.metrics.functional.giqe5`) is the reference program of the equation; pvlib
(`pvlib.clearsky.haurwitz`) that of the light. They are large, so they are not installed for the
tests. Tried with pyBSM 0.16.1 and pvlib 0.16.1; some seconds.
"""

from __future__ import annotations

import itertools
import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from pvlib.clearsky import haurwitz
from pybsm.metrics.functional import giqe5

OUT = Path(__file__).parent / "data" / "giqe.json"
DISTANCES = (0.03, 0.25, 0.52832, 1.0, 3.7, 15.0)
RESPONSES = ((0.1, 0.1), (0.22, 0.329), (0.35, 0.35), (0.54, 0.4), (1.0, 0.9), (1.0, 1.0))
RATIOS = (1.0, 5.0, 20.0, 50.0, 200.0)
ELEVATIONS = (8.5, 30.0, 57.4, 90.0)
SUNS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0)


def main():
    rows = []
    for gsd, (first, second), snr, elevation in itertools.product(
        DISTANCES, RESPONSES, RATIOS, ELEVATIONS
    ):
        rating, _, response = giqe5(
            rer_1=first, rer_2=second, gsd=gsd, snr=snr, elev_angle=np.radians(elevation)
        )
        rows.append([gsd, first, second, snr, elevation, float(response), float(rating)])
    light = haurwitz(pd.Series([90.0 - sun for sun in SUNS]))["ghi"].to_numpy() / 1098.0
    OUT.write_text(
        json.dumps(
            {
                "pybsm": version("pybsm"),
                "pvlib": version("pvlib"),
                "columns": "sample_distance_m,first,second,snr,elevation_deg,weighted,niirs",
                "ratings": rows,
                "light": [[sun, float(part)] for sun, part in zip(SUNS, light, strict=True)],
            }
        )
        .replace("], [", "],\n[")
        .replace("[[", "[\n[")
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
