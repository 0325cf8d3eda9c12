"""The timeline of an ascent: events, and the falls of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._ascent_flown import below

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._ascent_asked import Asked
    from kosmodrom.analyses._ascent_falls import Falls
    from kosmodrom.analyses._ascent_flown import Series
    from kosmodrom.launch.flight import Flight

    Floats = NDArray[np.float64]

__all__ = ["columns_of"]

_ELLIPSE = ("ellipse_along_km", "ellipse_across_km", "ellipse_azimuth_deg")


def columns_of(asked: Asked, flight: Flight, series: Series, falls: Falls) -> dict[str, Any]:
    """Make the table of a flight.

    Parameters
    ----------
    asked : Asked
        With the pad and the lift-off.
    flight : Flight
        The flight.
    series : Series
        Its history.
    falls : Falls
        Where parts come down.

    Returns
    -------
    dict of str to numpy.ndarray, shape (k,)
        Columns that hold something [unit of each], events by time and then falls by time.
    """
    import numpy as np

    from kosmodrom.base.instants import instants_after

    events = sorted(flight.events, key=lambda one: one.time)
    time = np.array([event.time for event in events])
    position = np.array([event.position for event in events]).reshape(-1, 3)
    velocity = np.array([event.velocity for event in events]).reshape(-1, 3)
    ground = below(time, position, asked.place)
    rows = {
        "event": [str(event.code) for event in events],
        "part": [event.part for event in events],
        "time_s": time,
        "height_km": ground.height / 1e3,
        "ground_speed_m_s": _over_ground(position, velocity),
        "inertial_speed_m_s": np.linalg.norm(velocity, axis=1),
        "downrange_km": ground.downrange / 1e3,
        "latitude_deg": np.degrees(ground.latitude),
        "longitude_deg": np.degrees(ground.longitude),
        "mass_kg": np.array([event.mass for event in events]),
        "dynamic_pressure_kpa": np.interp(time, series.time, series.dynamic_pressure) / 1e3,
    }
    fallen = _fallen(asked, falls)
    columns: dict[str, Any] = {}
    for name in (*rows, *_ELLIPSE):
        first = rows.get(name, np.full(len(events), np.nan))
        last = fallen.get(name, np.full(len(falls.falls), np.nan))
        columns[name] = np.concatenate([np.asarray(first), np.asarray(last)])
    if asked.lift_off is not None:
        columns["instant"] = instants_after(asked.lift_off, columns["time_s"])
    return {name: values for name, values in columns.items() if not _empty(values)}


def _over_ground(position: Floats, velocity: Floats) -> Floats:
    import numpy as np

    from kosmodrom.base.constants import EARTH_ROTATION_RATE

    turning = np.array([0.0, 0.0, EARTH_ROTATION_RATE])
    return np.asarray(np.linalg.norm(velocity - np.cross(turning, position), axis=-1))


def _fallen(asked: Asked, falls: Falls) -> dict[str, Any]:
    import numpy as np

    from kosmodrom.base.geodesy import geodesic

    ordered = sorted(falls.falls, key=lambda one: one.seconds)
    if not ordered:
        return {"event": np.array([], dtype=np.str_), "part": np.array([], dtype=np.str_)}
    latitude = np.array([one.latitude for one in ordered])
    longitude = np.array([one.longitude for one in ordered])
    pad = np.radians([asked.place.latitude_deg, asked.place.longitude_deg])
    distance, _, _ = geodesic(
        np.full_like(latitude, pad[0]), np.full_like(latitude, pad[1]), latitude, longitude
    )

    def _known(name: str) -> Floats:
        return np.array([
            np.nan if getattr(one, name) is None else getattr(one, name) for one in ordered
        ], dtype=np.float64)  # fmt: skip

    return {
        "event": ["impact"] * len(ordered),
        "part": [one.part for one in ordered],
        "time_s": np.array([one.seconds for one in ordered]),
        "downrange_km": distance / 1e3,
        "latitude_deg": np.degrees(latitude),
        "longitude_deg": np.degrees(longitude),
        "mass_kg": np.array([one.mass for one in ordered]),
        "ellipse_along_km": _known("along") / 1e3,
        "ellipse_across_km": _known("across") / 1e3,
        "ellipse_azimuth_deg": np.degrees(_known("azimuth")),
    }


def _empty(values: Any) -> bool:
    import numpy as np

    return bool(values.dtype.kind == "f" and np.isnan(values).all())
