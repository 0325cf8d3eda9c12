"""The facts of one ascent."""

from __future__ import annotations

from math import degrees, pi
from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._ascent_flown import below, losses_of
from kosmodrom.analyses._ascent_interval import payload_ends
from kosmodrom.analyses._ascent_promised import FACTS
from kosmodrom.base.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._ascent_asked import Asked
    from kosmodrom.analyses._ascent_falls import Falls
    from kosmodrom.analyses._ascent_flown import Below, Series
    from kosmodrom.analyses._ascent_orbit import Insertion
    from kosmodrom.launch.flight import Event, Flight
    from kosmodrom.launch.stack import Stack

__all__ = ["facts_of"]

_DEPARTED = 100e3  # distance at which the direction of a launch is read [m]
_ROUND = 1e-5  # eccentricity below which there is no perigee [-]
_SGP4_RADIUS = 6_378_135.0  # of WGS72, in which SGP4 counts [m]


def facts_of(
    asked: Asked,
    flight: Flight,
    raw: float | None,
    series: Series,
    insertion: Insertion,
    falls: Falls,
    countries: tuple[str, str],
    reserves: tuple[float, float],
) -> dict[str, Fact]:
    """Give the facts of a flight.

    Parameters
    ----------
    asked : Asked
        What was asked.
    flight : Flight
        The flight.
    raw : float or None
        Payload without the model's reserve; None where a payload was given [kg].
    series : Series
        History of the flight.
    insertion : Insertion
        Orbit at its end.
    falls : Falls
        Where parts come down.
    countries : tuple of str
        Under the flight, and under the trace of the instantaneous impact point.
    reserves : tuple of float
        Of the flight, and of the model [m/s].

    Returns
    -------
    dict of str to Fact
        In the order of what is promised.
    """
    values: dict[str, Any] = {
        "reserve_m_s": reserves[0],
        "propellant_left_kg": flight.left,
        "propellant_loaded_kg": flight.loaded,
        "lift_off_mass_kg": float(series.mass[0]),
        **_lift_off(asked.stack, series),
        **_greatest(series, flight),
        **_cut_off(asked, flight),
        **_speeds(asked.stack, series),
        **_orbit(asked, flight, insertion),
        "falls": len(falls.falls),
        "countries": countries[0],
        "trace_countries": countries[1],
        "reintegration_m": flight.checks.position,
        "reintegration_m_s": flight.checks.velocity,
        "mesh_kg": flight.checks.doubled,
    }
    if raw is not None:
        values |= {"raw_payload_kg": raw}
        if reserves[1]:
            values["model_reserve_m_s"] = reserves[1]
    facts = {
        spec.name: Fact(value=values[spec.name], unit=spec.unit)
        for spec in FACTS
        if spec.name in values
    }
    payload = {"payload_kg": Fact(value=flight.payload, unit="kg")}
    if raw is not None:
        low, high = payload_ends(
            flight.payload,
            flight.sensitivity,
            asked.launcher,
            asked.stack,
            asked.drag,
            asked.known.share if asked.known else None,
        )
        payload["payload_kg"] = Fact(value=flight.payload, unit="kg", low=low, high=high)
    return payload | facts


def _lift_off(stack: Stack, series: Series) -> dict[str, float]:
    from kosmodrom.analyses._ascent_vehicle import SEA_LEVEL_PRESSURE
    from kosmodrom.catalog.launchers import STANDARD_GRAVITY

    lit = [block.engine for block in stack.blocks if block.lit == 0.0]
    thrust = sum(one.vacuum_thrust - SEA_LEVEL_PRESSURE * one.exit_area for one in lit)
    return {"thrust_to_weight": thrust / float(series.mass[0]) / STANDARD_GRAVITY}


def _greatest(series: Series, flight: Flight) -> dict[str, float]:
    import numpy as np

    at = int(np.argmax(series.dynamic_pressure))
    found = {
        "max_dynamic_pressure_kpa": float(series.dynamic_pressure[at]) / 1e3,
        "max_dynamic_pressure_time_s": float(series.time[at]),
        "max_load_kpa_deg": degrees(float((series.dynamic_pressure * series.attack).max())) / 1e3,
        "max_acceleration_m_s2": float(series.acceleration.max()),
    }
    gone = [one for one in flight.events if one.code == "fairing-separation"]
    if gone:
        found["fairing_time_s"] = gone[0].time
        found["fairing_heating_w_m2"] = float(np.interp(gone[0].time, series.time, series.heating))
    return found


def _cut_off(asked: Asked, flight: Flight) -> dict[str, float]:
    """Describe the end of the last engine that was lit on the ground."""
    ground = {block.name for block in asked.stack.blocks if block.lit == 0.0}
    ends = [one for one in flight.events if one.code == "cut-off" and one.part in ground]
    if not ends:
        return {}
    last = max(ends, key=lambda one: one.time)
    return {
        "cut_off_time_s": last.time,
        "cut_off_height_km": float(_under(asked, last).height[0]) / 1e3,
        "cut_off_speed_m_s": _ground_speed(last),
    }


def _under(asked: Asked, event: Event) -> Below:
    import numpy as np

    return below(np.array([event.time]), event.position[np.newaxis], asked.place)


def _ground_speed(event: Event) -> float:
    import numpy as np

    from kosmodrom.base.constants import EARTH_ROTATION_RATE

    turning = np.array([0.0, 0.0, EARTH_ROTATION_RATE])
    return float(np.linalg.norm(event.velocity - np.cross(turning, event.position)))


def _speeds(stack: Stack, series: Series) -> dict[str, float]:
    losses = losses_of(series, stack.drag)
    return {
        "delta_v_m_s": losses.given,
        "gravity_loss_m_s": losses.gravity,
        "drag_loss_m_s": losses.drag,
        "steering_loss_m_s": losses.steering,
    }


def _orbit(asked: Asked, flight: Flight, insertion: Insertion) -> dict[str, Any]:
    import numpy as np

    from kosmodrom.base.constants import WGS84_A

    seconds, position, velocity = flight.insertion
    end = below(np.array([seconds]), position[np.newaxis], asked.place)
    times = np.concatenate([arc.time for arc in flight.arcs])
    places = np.concatenate([arc.position for arc in flight.arcs])
    way = below(times, places, asked.place)
    far = np.flatnonzero(way.downrange >= _DEPARTED)
    ellipse, known = insertion.ellipse, asked.lift_off is not None
    values: dict[str, Any] = {
        "flight_time_s": seconds,
        "insertion_height_km": float(end.height[0]) / 1e3,
        "insertion_speed_m_s": float(np.linalg.norm(velocity)),
        "insertion_latitude_deg": degrees(float(end.latitude[0])),
        "insertion_longitude_deg": degrees(float(end.longitude[0])),
        "downrange_km": float(end.downrange[0]) / 1e3,
        "perigee_km": (ellipse.perigee - WGS84_A) / 1e3,
        "apogee_km": (ellipse.apogee - WGS84_A) / 1e3,
        "inclination_deg": degrees(ellipse.inclination),
        "node_from_greenwich_deg": degrees(ellipse.node),
        **_fitted(insertion, known=known),
    }
    if ellipse.eccentricity > _ROUND:
        values["argument_of_perigee_deg"] = degrees(ellipse.argument_of_perigee)
    if len(far):
        values["azimuth_deg"] = degrees(float(way.azimuth[far[0]]))
    if known:
        values["node_deg"] = degrees(insertion.in_teme.node)
        for axis, place, speed in zip(
            "xyz", insertion.states.position, insertion.states.velocity, strict=True
        ):
            values[f"{axis}_teme_km"] = float(place) / 1e3
            values[f"{axis}_speed_teme_m_s"] = float(speed)
    return values


def _fitted(insertion: Insertion, *, known: bool) -> dict[str, Any]:
    """Describe the mean elements; a set with its epoch only where the lift-off is known."""
    from kosmodrom.base.constants import WGS84_A
    from kosmodrom.orbits.secular import mean_motion

    fitted = insertion.fitted
    if fitted is None:
        return {}
    one = fitted.elements
    semi = float(mean_motion(one).semi_major_axis[0]) * _SGP4_RADIUS
    across = float(one.eccentricity[0])
    values: dict[str, Any] = {
        "mean_perigee_km": (semi * (1 - across) - WGS84_A) / 1e3,
        "mean_apogee_km": (semi * (1 + across) - WGS84_A) / 1e3,
        "mean_inclination_deg": degrees(float(one.inclination[0])),
        "mean_motion_per_day": float(one.mean_motion_rad_min[0]) * 1440 / (2 * pi),
        "fit_rms_m": fitted.rms,
        "fit_hours": fitted.seconds / 3600.0,
    }
    if known:
        lines: Sequence[str] = _lines(insertion)
        values["tle_line_1"], values["tle_line_2"] = lines
    return values


def _lines(insertion: Insertion) -> Sequence[str]:
    from kosmodrom.orbits.tle import write_tle

    fitted = insertion.fitted
    return write_tle(fitted.elements, names=False).splitlines() if fitted else ("", "")
