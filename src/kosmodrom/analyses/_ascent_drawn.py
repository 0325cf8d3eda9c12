"""What a report shows of an ascent: the way over the ground, falls, and curves over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._ascent_flown import below
from kosmodrom.analyses._figures import curve_figure
from kosmodrom.analyses._shared import area_feature, flown_feature, line_feature, point_feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._ascent_asked import Asked
    from kosmodrom.analyses._ascent_falls import Falls
    from kosmodrom.analyses._ascent_flown import Series
    from kosmodrom.catalog.vehicles import DropZone
    from kosmodrom.launch.flight import Flight

    Floats = NDArray[np.float64]
    Drawing = list[dict[str, Any]]

__all__ = ["drawn"]

_STEP = 10.0  # at most, between points of the way [s]
_CORNERS = 72  # of a drawn circle
#: Events that are named on the map; others are marks without a name.
_NAMED = ("separation", "fairing-separation", "insertion")
#: Events that are marked in curves.
_MARKED = ("cut-off", "separation", "fairing-separation", "ignition", "insertion")


def drawn(
    asked: Asked, flight: Flight, series: Series, falls: Falls, known: Sequence[DropZone]
) -> tuple[Drawing, Drawing]:
    """Make the map features and the figures of an ascent.

    Parameters
    ----------
    asked : Asked
        With the pad, the lift-off and the zones that were asked for.
    flight : Flight
        The flight.
    series : Series
        Its history.
    falls : Falls
        Where parts come down.
    known : sequence of DropZone
        What the catalog tells of falls of the same vehicle from the same site.

    Returns
    -------
    features, figures : list of dict
        For the map, and beside it.
    """
    place = asked.place
    features = [
        point_feature(place.latitude_deg, place.longitude_deg, name=place.name, kind="site"),
        _track(asked, series),
        *_events(asked, flight),
        *_falls(falls),
        *_asked_zones(asked),
        *_settlements(known),
    ]
    return features, _curves(flight, series)


def _track(asked: Asked, series: Series) -> dict[str, Any]:
    from kosmodrom.base.instants import utc_dates

    time, position = _dense(series)
    ground = below(time, position, asked.place)
    start: Any = None if asked.lift_off is None else utc_dates(asked.lift_off)[()]
    return flown_feature(
        _degrees(ground.latitude, ground.longitude), ground.height.tolist(), time.tolist(), start,
        name=f"{asked.stack.name}, {asked.place.name}", kind="track",
    )  # fmt: skip


def _dense(series: Series) -> tuple[Floats, Floats]:
    """Fill gaps between samples by cubics through positions and velocities."""
    import numpy as np

    times, places = [], []
    for arc in series.arcs:
        time = series.time[arc]
        position, velocity = series.position[arc], series.velocity[arc]
        for k in range(len(time) - 1):
            gap = float(time[k + 1] - time[k])
            s = np.linspace(0.0, 1.0, max(1, int(np.ceil(gap / _STEP))), endpoint=False)
            u = s[:, np.newaxis]
            times.append(time[k] + s * gap)
            places.append(
                (1 + 2 * u) * (1 - u) ** 2 * position[k] + u * (1 - u) ** 2 * gap * velocity[k]
                + u**2 * (3 - 2 * u) * position[k + 1] + u**2 * (u - 1) * gap * velocity[k + 1]
            )  # fmt: skip
    time = np.concatenate([*times, series.time[-1:]])
    position = np.concatenate([*places, series.position[-1:]])
    rising = np.concatenate([[True], np.diff(time) > 1e-6])
    return time[rising], position[rising]


def _degrees(latitude: Floats, longitude: Floats) -> list[tuple[float, float]]:
    import numpy as np

    return list(zip(np.degrees(latitude).tolist(), np.degrees(longitude).tolist(), strict=True))


def _events(asked: Asked, flight: Flight) -> Drawing:
    import numpy as np

    from kosmodrom.base.instants import instants_after, iso_texts

    time = np.array([event.time for event in flight.events])
    position = np.array([event.position for event in flight.events]).reshape(-1, 3)
    ground = below(time, position, asked.place)
    features = []
    for k, event in enumerate(flight.events):
        more: dict[str, Any] = {"time_s": round(event.time, 2)}
        if asked.lift_off is not None:
            more["instant"] = iso_texts(instants_after(asked.lift_off, time[k : k + 1]))[0]
        feature = point_feature(
            *_degrees(ground.latitude[k : k + 1], ground.longitude[k : k + 1])[0],
            name="", kind="event", event=event.code, part=event.part,
            labelled=event.code in _NAMED, **more,
        )  # fmt: skip
        feature["geometry"]["coordinates"].append(round(float(ground.height[k]), 1))
        features.append(feature)
    return features


def _falls(falls: Falls) -> Drawing:
    import numpy as np

    features: Drawing = []
    for fall in falls.falls:
        name = fall.part
        if fall.ring:
            ring = _degrees(*np.array(fall.ring).T)
            features.append(area_feature(ring, name=name, kind="drop_zone"))
        latitude, longitude = np.degrees([fall.latitude, fall.longitude]).tolist()
        features.append(
            point_feature(latitude, longitude, name=name, kind="impact",
                          time_s=round(fall.seconds, 1))
        )  # fmt: skip
    if len(falls.trace) > 1:
        features.append(line_feature(_degrees(*falls.trace.T), name="", kind="trace"))
    return features


def _asked_zones(asked: Asked) -> Drawing:
    import numpy as np

    from kosmodrom.base.geodesy import destination

    features = []
    for zone in asked.zones:
        around = -np.linspace(0.0, 2 * np.pi, _CORNERS + 1)
        latitude, longitude = destination(
            zone.latitude, zone.longitude, around, np.full_like(around, zone.radius)
        )
        latitude[-1], longitude[-1] = latitude[0], longitude[0]
        ring = _degrees(latitude, longitude)
        features.append(area_feature(ring, name=zone.part, kind="allowed_zone"))
    return features


def _settlements(known: Sequence[DropZone]) -> Drawing:
    """Mark the settlements that reports of falls name."""
    named = sorted(
        {
            (row.near, row.near_latitude_deg, row.near_longitude_deg)
            for row in known
            if row.near_latitude_deg is not None and row.near_longitude_deg is not None
        }
    )
    return [
        point_feature(latitude, longitude, name=name, kind="place")
        for name, latitude, longitude in named
    ]


def _curves(flight: Flight, series: Series) -> Drawing:
    import numpy as np

    speed = np.linalg.norm(series.velocity, axis=1)
    marks = [
        {"x": round(event.time, 1), "name": event.code, "of": event.part}
        for event in sorted(flight.events, key=lambda one: one.time)
        if event.code in _MARKED and event.time > 0
    ]

    def _line(name: str, values: Floats, digits: int) -> dict[str, Any]:
        points = np.stack([series.time.round(2), values.round(digits)], axis=-1)
        return {"name": name, "points": points.tolist()}

    def _figure(name: str, unit: str, lines: Drawing) -> dict[str, Any]:
        return curve_figure(name, "after_lift_off", "s", name, unit, lines, marks)

    return [
        _figure("flight_height", "km", [_line("", series.height / 1e3, 3)]),
        _figure("flight_speed", "m/s", [_line("over_ground", series.ground_speed, 1),
                                        _line("against_stars", speed, 1)]),
        _figure("flight_pressure", "kPa", [_line("", series.dynamic_pressure / 1e3, 3)]),
        _figure("flight_acceleration", "m/s²", [_line("", series.acceleration, 2)]),
        _figure("flight_heating", "kW/m²", [_line("", series.heating / 1e3, 3)]),
    ]  # fmt: skip
