"""Where the parts of a flight come down: what the falling stages give, for tables and maps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._ascent_vehicle import ballistic_of
from kosmodrom.analyses._result import Note
from kosmodrom.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._ascent_asked import Asked
    from kosmodrom.launch.dispersion import Ellipse
    from kosmodrom.launch.flight import Fallen, Flight
    from kosmodrom.launch.stack import Stack

    Floats = NDArray[np.float64]

__all__ = ["Fall", "Falls", "falls_of", "zones_missed"]

_FEWEST = 10  # falls for an ellipse
_ENOUGH = 0.99  # share of the copies that must come down for an ellipse to mean anything


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """Where one part comes down.

    Attributes
    ----------
    part : str
        Name of the block, or "fairing".
    count : int
        In how many pieces [-].
    mass : float
        Of all of them [kg].
    seconds : float
        After lift-off [s].
    latitude, longitude : float
        Geodetic latitude and east longitude [rad].
    along, across : float or None
        Half the length and half the width of the ellipse that holds 95 % [m].
    azimuth : float or None
        Direction of its length [rad].
    ring : tuple of tuple of float
        Latitude and longitude of its closed outline, anticlockwise [rad]; empty where there is
        none.
    """

    part: str
    count: int
    mass: float
    seconds: float
    latitude: float
    longitude: float
    along: float | None = None
    across: float | None = None
    azimuth: float | None = None
    ring: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Falls:
    """All of them, and the trace of the instantaneous impact point.

    Attributes
    ----------
    falls : tuple of Fall
        In the order of their separation.
    trace : numpy.ndarray, shape (k, 2)
        From `trace_of` [rad].
    """

    falls: tuple[Fall, ...]
    trace: Floats


def trace_of(flight: Flight) -> Floats:
    """Find where the whole would come down were its engines cut off.

    Parameters
    ----------
    flight : Flight
        The flight.

    Returns
    -------
    numpy.ndarray, shape (k, 2)
        Latitude and longitude, in order of time, to the point from which it would not [rad].
    """
    import numpy as np

    from kosmodrom.launch.impact import impact_trace

    trace = impact_trace(
        np.concatenate([arc.time for arc in flight.arcs]),
        np.concatenate([arc.position for arc in flight.arcs]),
        np.concatenate([arc.velocity for arc in flight.arcs]),
    )
    return np.stack([trace.latitude, trace.longitude], axis=-1)


def falls_of(stack: Stack, flight: Flight, *, samples: int, seed: int) -> Falls:
    """Find where the parts come down.

    Parameters
    ----------
    stack : Stack
        What lifted off.
    flight : Flight
        The flight.
    samples : int
        Falls drawn for the ellipses [-]; below 10 there are none.
    seed : int
        Of the draw [-].

    Returns
    -------
    Falls
        Where the parts come down as planned, and the ellipses about the drawn falls; what goes
        around the Earth is not among them.
    """
    line = trace_of(flight)
    if not flight.fallen:
        return Falls(falls=(), trace=line)
    ballistic = {
        one.name: ballistic_of(stack, one.name, one.mass / one.count, one.diameter)
        for one in flight.fallen
    }
    ellipses = _ellipses(stack, flight, ballistic, samples, seed)
    falls = tuple(
        replace(fall, **_shape(ellipses.get(fall.part)))
        for fall in _planned(flight.fallen, ballistic)
    )
    return Falls(falls=falls, trace=line)


def _planned(parts: Sequence[Fallen], ballistic: dict[str, float]) -> list[Fall]:
    """Let all parts fall from the flight as planned; what goes around is left away."""
    import numpy as np

    from kosmodrom.launch.fall import fallen

    found = fallen(
        np.array([part.time for part in parts]),
        np.array([part.position for part in parts]),
        np.array([part.velocity for part in parts]),
        ballistic=np.array([ballistic[part.name] for part in parts]),
    )
    return [
        Fall(
            part=part.name,
            count=part.count,
            mass=part.mass,
            seconds=float(found.time[k]),
            latitude=float(found.latitude[k]),
            longitude=float(found.longitude[k]),
        )
        for k, part in enumerate(parts)
        if found.fell[k]
    ]


def _ellipses(
    stack: Stack, flight: Flight, ballistic: dict[str, float], samples: int, seed: int
) -> dict[str, Ellipse]:
    """Fly copies of the flight and draw ellipses about their falls."""
    import numpy as np

    from kosmodrom.launch.dispersion import Dispersions, drawn, ellipse, scattered
    from kosmodrom.launch.programme import Programme

    if samples < _FEWEST:
        return {}
    try:
        plan = Programme.of(stack, flight)
    except ModelError:
        return {}  # throttled: told as `ascent_no_ellipses`
    spread = Dispersions()
    copies = drawn(plan, spread, samples, np.random.default_rng(seed))
    found = scattered(plan, copies, ballistic, spread.wind_height)
    return {
        name: ellipse(fall.latitude[fall.fell], fall.longitude[fall.fell])
        for name, fall in found.items()
        if fall.fell.mean() > _ENOUGH and fall.fell.sum() >= _FEWEST
    }


def _shape(ellipse: Ellipse | None) -> dict[str, Any]:
    if ellipse is None:
        return {}
    latitude, longitude = ellipse.outline()
    return {
        "along": ellipse.semi_major,
        "across": ellipse.semi_minor,
        "azimuth": ellipse.azimuth,
        "ring": tuple(zip(latitude.tolist(), longitude.tolist(), strict=True)),
    }


def zones_missed(asked: Asked, falls: Falls) -> list[Note]:
    """Say which parts come down elsewhere than was asked.

    Parameters
    ----------
    asked : Asked
        With the zones.
    falls : Falls
        Where parts come down.

    Returns
    -------
    list of Note
        One a zone that is missed.
    """
    from kosmodrom.base.geodesy import geodesic

    notes = []
    for zone in asked.limits.zones:
        mine = next((one for one in falls.falls if one.part == zone.part), None)
        if mine is None:
            notes.append(Note("ascent_zone_unknown", {"part": zone.part}))
            continue
        far, _, _ = geodesic(zone.latitude, zone.longitude, mine.latitude, mine.longitude)
        if far > zone.radius:
            params = {"part": zone.part, "far": [round(float(far) / 1e3), "km"],
                      "radius": [round(zone.radius / 1e3, 1), "km"]}  # fmt: skip
            notes.append(Note("ascent_zone_missed", params))
    return notes
