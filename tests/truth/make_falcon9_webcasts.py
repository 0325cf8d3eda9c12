"""Make data/falcon9_webcasts.csv: speed and height of Falcon 9 as its webcasts show them.

Needs a copy of github shahar603/Telemetry-Data at b245d3b (public domain):

    python tests/truth/make_falcon9_webcasts.py PATH/Telemetry-Data

Every second second until the first stage stops, the reading of the video frame next to it.
"""

import csv
import json
import sys
from pathlib import Path

#: Expended flights of the build before Block 5, and when their first stage stopped [s].
FLIGHTS = {"EchoStar 23": 166, "Inmarsat-5 F4": 168, "Intelsat 35e": 166, "SES-12": 168}


def main(folder):
    rows = []
    for mission, last in FLIGHTS.items():
        found = sorted((folder / mission / "JSON").glob("* raw.json"))
        path = next(path for path in found if not path.name.startswith("stage"))
        shown = json.loads(path.read_text("utf-8"))
        frames = list(zip(shown["time"], shown["velocity"], shown["altitude"], strict=True))
        for second in range(0, last + 1, 2):
            _, speed, height = min(frames, key=lambda frame: abs(frame[0] - second))
            rows.append((mission, second, f"{speed:.1f}", f"{height:.1f}"))
    with (Path(__file__).parent / "data" / "falcon9_webcasts.csv").open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("mission", "time_s", "speed_m_s", "altitude_km"))
        writer.writerows(rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
