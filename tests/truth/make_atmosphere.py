"""Write data/atmosphere.json: the U.S. Standard Atmosphere 1976 by the program ussa1976.

    python tests/truth/make_atmosphere.py

`ussa1976` (https://github.com/eradiate/ussa1976) solves the equations of the standard, the
diffusion of its gases above 86 km among them. It brings xarray and numba along, so it is not
installed for the tests. Tried with ussa1976 0.3.4; some seconds.
"""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
import ussa1976

OUT = Path(__file__).parent / "data" / "atmosphere.json"
HEIGHTS = np.concatenate([np.arange(0.0, 86.1, 0.5), np.arange(88.0, 121.0, 2.0)])


def main():
    found = ussa1976.compute(z=1e3 * HEIGHTS, variables=["t", "p", "rho", "cs"])
    columns = [found[name].values for name in ("t", "p", "rho", "cs")]
    rows = [
        [float(f"{value:.7g}") for value in row] for row in zip(HEIGHTS, *columns, strict=True)
    ]
    text = json.dumps(
        {
            "ussa1976": version("ussa1976"),
            "columns": "height_km,temperature_k,pressure_pa,density_kg_m3,sound_m_s",
            "rows": [[None if value != value else value for value in row] for row in rows],
        }
    )
    OUT.write_text(text.replace("], [", "],\n[").replace("[[", "[\n[") + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
