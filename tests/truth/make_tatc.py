"""Write data/coverage_tatc.json: the observations of data/coverage.json by TAT-C.

    python tests/truth/make_tatc.py

Wants ``tatc``. Its field of regard is the full cone about the geodetic nadir, its observations end
at the horizon of the target; its revisit is the time from the end of one observation to the
start of the next, so that nothing is counted before the first and after the last.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from math import isnan
from pathlib import Path

DATA = Path(__file__).parent / "data"
MJD_OF_J1970 = 40_587


def main():
    from shapely.geometry import Point
    from tatc.analysis import aggregate_observations, collect_observations, reduce_observations
    from tatc.schemas import Instrument, Satellite, TwoLineElements

    setup = json.loads((DATA / "coverage.json").read_text("utf-8"))
    start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=setup["day_mjd"] - MJD_OF_J1970)
    end = start + timedelta(seconds=setup["end_s"])
    record = {"tatc": version("tatc"), "skyfield": version("skyfield"), "results": []}
    for row in setup["satellites"]:
        result = {}
        for key, sun in (("off_nadir", None), ("off_nadir_sun", setup["sun_elevation_deg"])):
            instrument = Instrument(
                name="camera",
                field_of_regard=2 * setup["off_nadir_deg"],
                min_target_solar_elevation=sun,
            )
            satellite = Satellite(
                name="one", orbit=TwoLineElements(tle=row["lines"]), instruments=[instrument]
            )
            intervals, mean_revisit = [], []
            for latitude, longitude in setup["cells_deg"]:
                point = Point(longitude, latitude, 0.0)
                seen = collect_observations(point, satellite, start, end)
                spans = zip(seen["start"], seen["end"], strict=True)
                intervals.append(
                    [[round((t - start).total_seconds(), 3) for t in span] for span in spans]
                )
                reduced = reduce_observations(aggregate_observations(seen))
                gap = reduced["revisit"].iloc[0] if len(reduced) else None
                known = gap is not None and not isnan(gap.total_seconds())
                mean_revisit.append(round(gap.total_seconds(), 3) if known else None)
            result[key] = {"intervals": intervals, "mean_revisit_s": mean_revisit}
        record["results"].append(result)
    (DATA / "coverage_tatc.json").write_text(json.dumps(record, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
