"""What a report shows of an ascent: the way over the ground, falls, and curves over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._ascent_flown import below, climb_of, dense
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
_REGION = 3_000e3  # downrange, to which the first map reaches at most [m]
_LEAST_REGION = 500e3  # [m]
_BEYOND = 1.15  # of the farthest fall on it, to which the first map reaches [-]
_CORNERS = 72  # of a drawn circle
_PAST = 1.3  # of the time of the fairing, to which curves of the air are drawn [-]
#: Events that are named on the map; others are marks without a name.
_NAMED = ("insertion",)
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
    place, maps = asked.place, _Maps(asked, series, falls)
    features = [
        *_tracks(asked, maps),
        *_events(asked, flight, maps),
        point_feature(place.latitude_deg, place.longitude_deg, name=place.name, kind="site"),
        *_falls(asked, falls, maps),
        *_asked_zones(asked),
        *_settlements(known),
        *_published(asked, known),
    ]
    return features, _curves(flight, series)


class _Maps:
    """Which part of a flight is shown where: the climb, and after a long way all once more."""

    def __init__(self, asked: Asked, series: Series, falls: Falls) -> None:
        import numpy as np

        from kosmodrom.base.geodesy import geodesic

        self.name = f"{asked.stack.name}, {asked.place.name}"
        self.time, position = dense(series, _STEP)
        place = asked.place
        self.ground = below(self.time, position, place)
        climbs = self.time <= series.time[climb_of(series)][-1]
        self.reach = _REGION
        if not (climbs & (self.ground.downrange < _REGION)).all():
            # Zones are small: the map shows the way to the last fall, and little beyond.
            pad = np.radians([place.latitude_deg, place.longitude_deg])
            far = [
                float(geodesic(pad[0], pad[1], one.latitude, one.longitude)[0])
                for one in falls.falls
            ]
            last = max((one for one in far if one * _BEYOND < _REGION), default=_REGION)
            self.reach = min(max(last * _BEYOND, _LEAST_REGION), _REGION)
        self.near = np.logical_and.accumulate(climbs & (self.ground.downrange < self.reach))

    def of(self, downrange: float) -> dict[str, str]:
        """Say on which map something is that lies so far away."""
        return {} if self.near.all() or downrange < self.reach else {"map": self.name}


def _tracks(asked: Asked, maps: _Maps) -> Drawing:
    from kosmodrom.base.instants import utc_dates

    ground = maps.ground
    start: Any = None if asked.lift_off is None else utc_dates(asked.lift_off)[()]
    points = _degrees(ground.latitude, ground.longitude)
    whole = flown_feature(
        points, ground.height.tolist(), maps.time.tolist(), start, name=maps.name, kind="track"
    )
    if maps.near.all():
        return [whole]
    whole["properties"]["map"] = maps.name
    short = [point for point, near in zip(points, maps.near.tolist(), strict=True) if near]
    return [line_feature(short, name=maps.name, kind="track"), whole]


def _degrees(latitude: Floats, longitude: Floats) -> list[tuple[float, float]]:
    import numpy as np

    return list(zip(np.degrees(latitude).tolist(), np.degrees(longitude).tolist(), strict=True))


def _events(asked: Asked, flight: Flight, maps: _Maps) -> Drawing:
    import numpy as np

    from kosmodrom.base.instants import instants_after, iso_texts

    time = np.array([event.time for event in flight.events])
    position = np.array([event.position for event in flight.events]).reshape(-1, 3)
    ground = below(time, position, asked.place)
    features = []
    for k, event in enumerate(flight.events):
        more: dict[str, Any] = {"time_s": round(event.time, 2)}
        more |= maps.of(float(ground.downrange[k]))
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


def _falls(asked: Asked, falls: Falls, maps: _Maps) -> Drawing:
    import numpy as np

    from kosmodrom.base.geodesy import geodesic

    features: Drawing = []
    latitude_0, longitude_0 = np.radians([asked.place.latitude_deg, asked.place.longitude_deg])
    for fall in falls.falls:
        name = fall.part
        far, _, _ = geodesic(latitude_0, longitude_0, fall.latitude, fall.longitude)
        where = maps.of(float(far))
        if fall.ring:
            ring = _degrees(*np.array(fall.ring).T)
            features.append(area_feature(ring, name=name, kind="drop_zone", **where))
        latitude, longitude = np.degrees([fall.latitude, fall.longitude]).tolist()
        features.append(
            point_feature(latitude, longitude, name=name, kind="impact",
                          time_s=round(fall.seconds, 1), **where)
        )  # fmt: skip
    if len(falls.trace) > 1:
        features.append(line_feature(_degrees(*falls.trace.T), name="", kind="trace"))
    return features


def _asked_zones(asked: Asked) -> Drawing:
    import numpy as np

    from kosmodrom.base.geodesy import destination

    features = []
    for zone in asked.limits.zones:
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


def _published(asked: Asked, known: Sequence[DropZone]) -> Drawing:
    """Draw zones whose middle and size are published, along the direction from the pad."""
    import numpy as np

    from kosmodrom.base.geodesy import destination, geodesic

    pad = np.radians([asked.place.latitude_deg, asked.place.longitude_deg])
    features = []
    for row in known:
        ends = (row.centre_latitude_deg, row.centre_longitude_deg, row.length_km, row.width_km)
        if any(one is None for one in ends):
            continue
        numbers = np.array(ends, dtype=np.float64)
        latitude, longitude = np.radians(numbers[:2])
        _, _, back = geodesic(pad[0], pad[1], latitude, longitude)
        angle = -np.linspace(0.0, 2 * np.pi, _CORNERS + 1)
        along, across = 500.0 * numbers[2] * np.cos(angle), 500.0 * numbers[3] * np.sin(angle)
        ring_latitude, ring_longitude = destination(
            latitude, longitude, float(back) + np.arctan2(across, along), np.hypot(along, across)
        )
        ring_latitude[-1], ring_longitude[-1] = ring_latitude[0], ring_longitude[0]
        ring = _degrees(ring_latitude, ring_longitude)
        features.append(area_feature(ring, name=row.id, kind="published_zone"))
    return features


def _curves(flight: Flight, series: Series) -> Drawing:
    import numpy as np

    speed = np.linalg.norm(series.velocity, axis=1)
    marks = [
        {"x": round(event.time, 1), "name": event.code, "of": event.part}
        for event in sorted(flight.events, key=lambda one: one.time)
        if event.code in _MARKED and event.time > 0
    ]

    gone = [event.time for event in flight.events if event.code == "fairing-separation"]
    airy = series.time <= (_PAST * gone[0] if gone else series.time[-1])

    def _line(name: str, values: Floats, digits: int, shown: Any = slice(None)) -> dict[str, Any]:
        points = np.stack([series.time.round(2), values.round(digits)], axis=-1)[shown]
        return {"name": name, "points": points.tolist()}

    def _figure(name: str, unit: str, lines: Drawing) -> dict[str, Any]:
        last = lines[0]["points"][-1][0]
        shown = [mark for mark in marks if mark["x"] <= last + 0.1]
        return curve_figure(name, "after_lift_off", "s", name, unit, lines, shown)

    return [
        _figure("flight_height", "km", [_line("", series.height / 1e3, 3)]),
        _figure("flight_speed", "m/s", [_line("over_ground", series.ground_speed, 1),
                                        _line("against_stars", speed, 1)]),
        _figure("flight_pressure", "kPa", [_line("", series.dynamic_pressure / 1e3, 3, airy)]),
        _figure("flight_acceleration", "m/s²", [_line("", series.acceleration, 2)]),
        _figure("flight_heating", "MW/m²", [_line("", series.heating / 1e6, 5, airy)]),
    ]  # fmt: skip
