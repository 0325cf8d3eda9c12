"""A payload map: the most that is carried to circular orbits, by altitude and inclination."""

from __future__ import annotations

from dataclasses import replace
from math import degrees
from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._ascent_asked import task_of
from kosmodrom.analyses._ascent_interval import payload_ends
from kosmodrom.analyses._figures import curve_figure
from kosmodrom.analyses._orbital import angle_of
from kosmodrom.errors import InputError, ModelError, RequestError
from kosmodrom.workspace.workers import forked_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from kosmodrom.analyses._ascent_asked import Asked
    from kosmodrom.launch.ascent import Carried
    from kosmodrom.launch.flight import Flight
    from kosmodrom.launch.stack import Stack
    from kosmodrom.launch.task import Task
    from kosmodrom.workspace import Context

    #: Flies a task, or says what it carries, from what a neighbour carries where there is one.
    Fly = Callable[[Stack, Task, Any], Flight]
    Carry = Callable[[Stack, Task, Any], Carried]

__all__ = ["map_columns", "map_figures"]


def map_columns(asked: Asked, context: Context, carry: Carry) -> dict[str, Any]:
    """Find the payload of every orbit of a map.

    Orbits of one inclination come one after the other, so that each begins from its neighbour;
    each inclination begins anew.

    Parameters
    ----------
    asked : Asked
        With the altitudes and inclinations.
    context : Context
        Catalog.
    carry : callable
        Says what a task carries, from what a neighbour carries.

    Returns
    -------
    dict of str to list
        One row an orbit, by inclination and altitude [unit of each].
    """
    request = asked.request
    altitudes = sorted(set(request.altitudes), key=lambda text: units.parse(text, "length").value)
    inclinations = sorted({angle_of(text) for text in request.inclinations})

    def _row(inclination: float) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        last: Carried | None = None
        for altitude in altitudes:
            row, found = _one(asked, context, carry, (altitude, None, inclination), last)
            rows.append(row)
            last = found or last
        return rows

    # In processes: expressions of CasADi must not be written in two threads at once.
    rows = [row for rows in forked_map(_row, inclinations) for row in rows]
    names = ("altitude_km", "inclination_deg", "payload_kg", "low_kg", "high_kg", "why")
    return {name: [row.get(name) for row in rows] for name in names}


def _one(
    asked: Asked,
    context: Context,
    carry: Carry,
    orbit: tuple[str, str | None, float],
    near: Carried | None,
) -> tuple[dict[str, Any], Carried | None]:
    row: dict[str, Any] = {
        "altitude_km": units.parse(orbit[0], "length").value / 1e3,
        "inclination_deg": degrees(orbit[2]),
        "why": "",
    }
    known = asked.known
    try:
        task, _ = task_of(asked, context, orbit)
        if known:
            task = replace(task, reserve=task.reserve + known.reserve_m_s)
        flight = carry(asked.stack, task, near)
    except RequestError as error:
        return row | {"why": error.message}, None
    except (InputError, ModelError) as error:
        return row | {"why": str(error)}, None
    low, high = payload_ends(
        flight.payload,
        flight.sensitivity,
        asked.launcher,
        asked.stack,
        asked.drag,
        asked.known.share if asked.known else None,
    )
    return row | {"payload_kg": flight.payload, "low_kg": low, "high_kg": high}, flight


def map_figures(columns: dict[str, Any]) -> list[dict[str, Any]]:
    """Draw a map as curves over the altitude, one an inclination.

    Parameters
    ----------
    columns : dict
        From `map_columns`.

    Returns
    -------
    list of dict
        One figure; none where no orbit is reached.
    """
    lines: dict[float, list[list[float]]] = {}
    for altitude, inclination, payload in zip(
        columns["altitude_km"], columns["inclination_deg"], columns["payload_kg"], strict=True
    ):
        if payload is not None:
            points = lines.setdefault(round(inclination, 2), [])
            points.append([round(altitude, 3), round(payload, 1)])
    drawn = [{"name": f"{tilt:g}°", "points": points} for tilt, points in lines.items()]
    if not drawn:
        return []
    return [curve_figure("payload_map", "orbit_height", "km", "payload", "kg", drawn)]
