"""Follow a satellite over the ground: where it stands, how high, in the Sun or not.

Positions are SGP4's at even steps, as latitude, longitude and height over WGS84 and as vectors in
the frame asked for. With an angle off nadir or a sensor the strip is drawn that it could see.

Examples
--------
kosmodrom track --satellites ISS --start 2026-08-23T00:00Z --end 2026-08-23T01:33Z
kosmodrom track --satellites 58400 --start 2026-08-23 --step "30 s" --frame GCRS --csv
kosmodrom track --satellites landsat-9 --start 2026-08-23 --sensor landsat-oli --json
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import Field, model_validator

from kosmodrom import units
from kosmodrom.analyses._orbital import OrbitalRequest, Watched, angle_of, watch
from kosmodrom.analyses._request import Angle, Duration, Text
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Note, Result
from kosmodrom.analyses._shared import line_feature
from kosmodrom.analyses._table import Table
from kosmodrom.base.facts import Fact
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.view.ground import GroundTrack
    from kosmodrom.workspace import Context

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["COLUMNS", "FACTS", "TrackRequest", "run"]

_MOST_POINTS = 5_000_000
_MOST_DRAWN = 6  # satellites on the map
_MOST_DRAWN_POINTS = 4000  # of one of them


class TrackRequest(OrbitalRequest):
    """Which satellites, how often, in which frame."""

    step: Duration = Field("60 s", description="time between two points")
    frame: Literal["ITRS", "GCRS", "TEME"] = Field("ITRS", description="of the vectors")
    max_off_nadir: Angle | None = Field(None, description="draw the strip within this angle")
    sensor: Text | None = Field(None, description="draw the strip of a camera of the catalog")

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if units.parse(self.step, "time").value < 1e-3:
            raise RequestError(f"the step is {self.step}; it must be 1 ms or more", ["step"])
        if self.max_off_nadir is not None and self.sensor is not None:
            raise RequestError("give max_off_nadir or sensor, not both", ["sensor"])
        return self


FACTS = (
    FactSpec("points", "1", "points of all satellites"),
    FactSpec("satellites", "1", "satellites"),
    FactSpec("lowest_km", "km", "least height over the ellipsoid", 0.001),
    FactSpec("highest_km", "km", "greatest height over the ellipsoid", 0.001),
    FactSpec("northernmost_deg", "deg", "greatest latitude under the satellites", 0.001),
    FactSpec("southernmost_deg", "deg", "least latitude under the satellites", 0.001),
    FactSpec("sunlit_share", "1", "share of the points in sunlight", 0.0001),
    FactSpec("swath_km", "km", "width of the strip on the ground, on average", 0.1),
    FactSpec("oldest_elements_days", "day", "greatest age of an element set that was used", 0.01),
    FactSpec("time_error_s", "s", "how far ahead or behind a satellite may be (95 %)", 0.01),
)
COLUMNS = (
    ColumnSpec("satellite", "text", "name, or number"),
    ColumnSpec("norad_id", "1", "catalogue number"),
    ColumnSpec("time", "instant", "when"),
    ColumnSpec("latitude_deg", "deg", "geodetic latitude under it", 1e-6),
    ColumnSpec("longitude_deg", "deg", "east longitude under it", 1e-6),
    ColumnSpec("height_km", "km", "height over the ellipsoid", 1e-6),
    ColumnSpec("sunlit", "1", "part of the Sun's disc it sees", 1e-4),
    ColumnSpec("x_km", "km", "position in the frame", 1e-6),
    ColumnSpec("y_km", "km", "position in the frame", 1e-6),
    ColumnSpec("z_km", "km", "position in the frame", 1e-6),
    ColumnSpec("vx_km_s", "km/s", "velocity in the frame", 1e-9),
    ColumnSpec("vy_km_s", "km/s", "velocity in the frame", 1e-9),
    ColumnSpec("vz_km_s", "km/s", "velocity in the frame", 1e-9),
    ColumnSpec("elements_age_days", "day", "age of the element set at that time", 1e-3),
)


def run(request: TrackRequest, context: Context) -> Result:
    """Follow satellites.

    Parameters
    ----------
    request : TrackRequest
        Which.
    context : Context
        Catalog, element sets.

    Returns
    -------
    Result
        One row a satellite and time.
    """
    import numpy as np

    watched = watch(request, context)
    step = units.parse(request.step, "time").value
    times = np.arange(0.0, watched.length + step * 1e-9, step)
    if len(times) * len(watched.labels) > _MOST_POINTS:
        raise RequestError(
            f"{len(times)} times of {len(watched.labels)} satellites are more than "
            f"{_MOST_POINTS} points; choose a longer step or fewer satellites",
            ["step"],
        )
    half_angle = _half_angle(request, context)
    table, totals = Table(context, COLUMNS), _Totals()
    rank = watched.ranks()
    features: list[dict[str, Any]] = []
    for satellite in range(len(watched.labels)):
        span = _spans_at(watched, satellite, times)
        track, columns = _followed(request, watched, satellite, span, times)
        count = np.full(len(times), rank[satellite])
        table.add(columns, (count, times))
        width = _width(track, half_angle)
        totals.add(watched, satellite, track, columns, width, times)
        if satellite < _MOST_DRAWN:
            when = columns["time"]
            features += _drawn(watched.labels[satellite], track, when, half_angle)
        context.progress("track", satellite + 1, len(watched.labels))
    return Result(
        facts=totals.facts(watched),
        columns=table.columns(),
        features=features,
        accuracy=[Note("orbits_model", {}), Note("track_frame", {"frame": request.frame})],
        warnings=[*watched.warnings, *watched.lost(totals.lost)],
        datasets=watched.datasets,
    )


def _half_angle(request: TrackRequest, context: Context) -> float | None:
    from math import pi, radians

    from kosmodrom.errors import InputError

    if request.max_off_nadir is not None:
        angle = angle_of(request.max_off_nadir)
        if not 0 < angle < pi / 2:
            raise RequestError(
                f"{request.max_off_nadir} off nadir; it must be above 0 and below 90 deg",
                ["max_off_nadir"],
            )
        return angle
    if request.sensor is None:
        return None
    try:
        return radians(context.catalog.sensor(request.sensor).off_nadir_low_deg)
    except InputError as error:
        raise RequestError(str(error), ["sensor"]) from None


def _spans_at(watched: Watched, satellite: int, times: Floats) -> Ints:
    import numpy as np

    mine = np.flatnonzero(watched.spans.satellite == satellite)
    place = np.searchsorted(watched.spans.start[mine], times, side="right") - 1
    return np.asarray(mine[np.maximum(place, 0)])


def _followed(
    request: TrackRequest, watched: Watched, satellite: int, span: Ints, times: Floats
) -> tuple[GroundTrack, dict[str, Any]]:
    import numpy as np

    from kosmodrom.base.frames import Frame, convert
    from kosmodrom.base.instants import instants_after
    from kosmodrom.view.ground import ground_track, sunlit

    row = watched.spans.row[span]
    rows, row = np.unique(row, return_inverse=True)
    elements = watched.elements[rows]
    track = ground_track(elements, row, watched.start, times, watched.earth)
    position, velocity = track.position, track.velocity
    if request.frame != "ITRS":
        good = track.status == 0
        position, velocity = position.copy(), velocity.copy()
        if good.any():
            position[good], velocity[good] = convert(
                position[good], velocity[good], Frame.ITRS, Frame[request.frame],
                watched.start.plus(times[good]), watched.earth,
            )  # fmt: skip
    axes = [*(position.T / 1000.0), *(velocity.T / 1000.0)]
    names = ("x_km", "y_km", "z_km", "vx_km_s", "vy_km_s", "vz_km_s")
    return track, {
        "satellite": np.full(len(times), watched.labels[satellite]),
        "norad_id": np.full(len(times), watched.number_array()[satellite]),
        "time": instants_after(watched.start, times),
        "latitude_deg": np.degrees(track.latitude),
        "longitude_deg": np.degrees(track.longitude),
        "height_km": track.height / 1000.0,
        "sunlit": sunlit(elements, row, watched.start, times, watched.earth),
        **dict(zip(names, axes, strict=True)),
        "elements_age_days": watched.age_days(span, times),
    }


def _width(track: GroundTrack, half_angle: float | None) -> float | None:
    """Give the mean width of the strip on the ground [km]."""
    import numpy as np

    from kosmodrom.base.geodesy import geodesic
    from kosmodrom.view.ground import swath_edges

    good = np.flatnonzero(track.status == 0)[:1000]
    if half_angle is None or not len(good):
        return None
    part = _part(track, good)
    left, right = swath_edges(part, half_angle)
    return float(np.mean(geodesic(*left.T, *right.T)[0]) / 1000.0)


def _part(track: GroundTrack, index: Any) -> GroundTrack:
    from dataclasses import fields

    from kosmodrom.view.ground import GroundTrack as Track

    return Track(**{field.name: getattr(track, field.name)[index] for field in fields(Track)})


def _drawn(
    name: str, track: GroundTrack, when: NDArray[np.datetime64], half_angle: float | None
) -> list[dict[str, Any]]:
    """Draw the way over the ground and the strip beside it."""
    import numpy as np

    from kosmodrom.view.ground import swath_edges

    good = np.flatnonzero(track.status == 0)
    if len(good) < 2:
        return []
    good = good[:: max(1, len(good) // _MOST_DRAWN_POINTS)]
    points = list(
        zip(
            np.degrees(track.latitude[good]).tolist(),
            np.degrees(track.longitude[good]).tolist(),
            strict=True,
        )
    )
    features = [line_feature(points, when[good], name=name, kind="track")]
    if half_angle is not None:
        left, right = (np.degrees(edge) for edge in swath_edges(_part(track, good), half_angle))
        features.append(_strip(name, left, right))
    return features


def _strip(name: str, left: Floats, right: Floats) -> dict[str, Any]:
    """Make the strip of a satellite as one small polygon a step, none of them over the date line.

    A polygon along a whole revolution would run around the pole; small ones are safe to draw.
    """
    import numpy as np

    polygons = []
    for number in range(len(left) - 1):
        corners = np.array([left[number], left[number + 1], right[number + 1], right[number]])
        ring = _flat(corners)
        for turn in (-360.0, 0.0, 360.0):
            moved = ring[:, 1] + turn
            if moved.max() > -180 and moved.min() < 180:
                clipped = np.clip(moved, -180.0, 180.0)
                polygons.append([
                    [[round(float(x), 5), round(float(y), 5)] for x, y in
                     zip(clipped, ring[:, 0], strict=True)]
                ])  # fmt: skip
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        "properties": {"name": name, "kind": "swath"},
    }


def _flat(corners: Floats) -> Floats:
    """Close a ring on the map of longitude and latitude, along the edge of the map at a pole."""
    import numpy as np

    ring = np.vstack([corners, corners[:1]])
    steps = np.remainder(np.diff(ring[:, 1]) + 180.0, 360.0) - 180.0
    ring[1:, 1] = ring[0, 1] + np.cumsum(steps)
    if abs(ring[-1, 1] - ring[0, 1]) < 180.0:
        return ring
    pole = np.copysign(90.0, ring[0, 0])  # it goes once around this one
    return np.vstack([ring, [[pole, ring[-1, 1]], [pole, ring[0, 1]]], ring[:1]])


class _Totals:
    """What is said of all points together."""

    def __init__(self) -> None:
        self.count = 0
        self.heights: list[float] = []
        self.latitudes: list[float] = []
        self.light: list[float] = []
        self.widths: list[float] = []
        self.lost: dict[int, float] = {}

    def add(
        self, watched: Watched, satellite: int, track: GroundTrack, columns: dict[str, Any],
        width: float | None, times: Floats,
    ) -> None:  # fmt: skip
        import numpy as np

        good = track.status == 0
        if not good.all():
            first = int(np.argmin(good))
            row = watched.spans.row[_spans_at(watched, satellite, times[first : first + 1])[0]]
            self.lost[int(row)] = float(times[first])
        self.count += int(good.sum())
        if not good.any():
            return
        self.heights += [float(track.height[good].min()), float(track.height[good].max())]
        latitude = np.degrees(track.latitude[good])
        self.latitudes += [float(latitude.min()), float(latitude.max())]
        self.light.append(float(columns["sunlit"][good].sum()))
        if width is not None:
            self.widths.append(width)

    def facts(self, watched: Watched) -> dict[str, Fact]:
        facts = {
            "points": Fact(value=self.count, unit="1"),
            "satellites": Fact(value=len(watched.labels), unit="1"),
        }
        if not self.count:
            return facts
        facts |= {
            "lowest_km": Fact(value=min(self.heights) / 1000.0, unit="km"),
            "highest_km": Fact(value=max(self.heights) / 1000.0, unit="km"),
            "northernmost_deg": Fact(value=max(self.latitudes), unit="deg"),
            "southernmost_deg": Fact(value=min(self.latitudes), unit="deg"),
            "sunlit_share": Fact(value=sum(self.light) / self.count, unit="1"),
        }
        if self.widths:
            facts["swath_km"] = Fact(value=sum(self.widths) / len(self.widths), unit="km")
        return facts | watched.error_facts()
