"""Find launch windows: when a site lies in a wanted orbital plane, and what a delay costs.

The plane is that of a satellite, or one of a given inclination and node, or one whose node keeps
to a local time. Each window is the instant at which the turning Earth carries the site through the
plane; real lift-offs come some minutes before, and the flight may be given to say how many.

Examples
--------
kosmodrom window --site baikonur --satellite ISS --start 2026-08-23
kosmodrom window --site vostochny --altitude 500km --local-time 10:30 --start 2026-08-22
kosmodrom window --site kourou --inclination 60deg --node 40deg --start 2026-08-22 --json
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._figures import drawn_later
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Note, Result
from kosmodrom.analyses._window_request import WindowRequest
from kosmodrom.base.facts import Fact
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._window_plane import Wanted
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = ["COLUMNS", "FACTS", "WindowRequest", "run"]


FACTS = (
    FactSpec("count", "1", "windows whose direction is open"),
    FactSpec("closed", "1", "windows whose direction is closed"),
    FactSpec("per_day", "1/day", "open windows in a day", 0.001),
    FactSpec("first", "instant", "the first open window"),
    FactSpec("azimuth_deg", "deg", "direction then against the stars, from north by east", 0.01),
    FactSpec("ground_azimuth_deg", "deg", "direction then over the ground, at insertion", 0.01),
    FactSpec("inclination_deg", "deg", "inclination of the plane then", 0.001),
    FactSpec("node_deg", "deg", "right ascension of its ascending node then", 0.001),
    FactSpec("node_local_time_hours", "hour", "mean local solar time of that node", 0.001),
    FactSpec("node_slope_deg_hour", "deg/hour", "what a delay adds to the node reached", 0.0001),
    FactSpec("geocentric_latitude_deg", "deg", "least inclination that passes over the site",
             0.001),
    FactSpec("plane_error_deg", "deg", "angle to the plane after the delay, azimuth kept", 0.001),
    FactSpec("plane_change_m_s", "m/s", "change of velocity that mends it", 0.1),
    FactSpec("least_error_deg", "deg", "the same with the best azimuth", 0.001),
    FactSpec("least_change_m_s", "m/s", "change of velocity that mends that", 0.1),
    FactSpec("lead_s", "s", "how much earlier to lift off without steering sideways", 0.1),
    FactSpec("phase_deg", "deg", "how far the satellite is ahead of the site then", 0.01),
    FactSpec("oldest_elements_days", "day", "greatest age of an element set that was used", 0.01),
    FactSpec("time_error_s", "s", "how early or late a window may come (95 %)", 0.1),
)  # fmt: skip
COLUMNS = (
    ColumnSpec("time", "instant", "when the site lies in the plane"),
    ColumnSpec("direction", "text", "whether the launch goes north or south"),
    ColumnSpec("azimuth_deg", "deg", "direction against the stars, from north by east", 1e-4),
    ColumnSpec("ground_azimuth_deg", "deg", "direction over the ground, at insertion", 1e-4),
    ColumnSpec("open", "text", "whether that direction is open: yes, no"),
    ColumnSpec("inclination_deg", "deg", "inclination of the plane", 1e-4),
    ColumnSpec("node_deg", "deg", "right ascension of its ascending node", 1e-4),
    ColumnSpec("node_local_time_hours", "hour", "mean local solar time of that node", 1e-4),
    ColumnSpec("node_slope_deg_hour", "deg/hour", "what a delay adds to the node reached", 1e-5),
    ColumnSpec("plane_error_deg", "deg", "angle to the plane after the delay, azimuth kept", 1e-4),
    ColumnSpec("plane_change_m_s", "m/s", "change of velocity that mends it", 0.01),
    ColumnSpec("least_error_deg", "deg", "the same with the best azimuth", 1e-4),
    ColumnSpec("least_change_m_s", "m/s", "change of velocity that mends that", 0.01),
    ColumnSpec("lift_off_unsteered", "instant", "lift-off without steering sideways"),
    ColumnSpec("unsteered_azimuth_deg", "deg", "direction over the ground at that lift-off", 0.01),
    ColumnSpec("phase_deg", "deg", "how far the satellite is ahead of the site", 1e-3),
    ColumnSpec("insertion_phase_deg", "deg", "how far it is ahead at insertion", 1e-3),
    ColumnSpec("sun_elevation_deg", "deg", "elevation of the Sun at the site", 0.01),
    ColumnSpec("time_error_s", "s", "how early or late the window may come (95 %)", 0.01),
    ColumnSpec("elements_age_days", "day", "age of the element set at that time", 1e-3),
)


def run(request: WindowRequest, context: Context) -> Result:
    """Find windows.

    Parameters
    ----------
    request : WindowRequest
        Which.
    context : Context
        Catalog, element sets.

    Returns
    -------
    Result
        One row a window, by time.
    """
    from math import radians

    from kosmodrom.analyses._window_columns import columns_of
    from kosmodrom.analyses._window_drawn import drawn
    from kosmodrom.analyses._window_plane import wanted_plane
    from kosmodrom.base.ellipsoid import geodetic_to_itrs
    from kosmodrom.base.frames import EarthAngles
    from kosmodrom.launch.windows import plane_crossings

    place = context.resolve_place(request.site)
    site = geodetic_to_itrs(
        radians(place.latitude_deg), radians(place.longitude_deg), place.height_m
    )
    wanted = wanted_plane(request, context)
    _check_reach(request, wanted, place, site)
    delay = units.parse(request.delay, "time").value
    angles = EarthAngles.tabulated(wanted.start, wanted.length + delay, wanted.earth)
    found = plane_crossings(wanted.plane, site, wanted.length, angles)
    if request.direction != "any":
        found = found.going(request.direction)
    columns = columns_of(request, wanted, place, site, angles, found)
    features, figures = drawn_later(
        lambda: drawn(wanted, place, site, angles, found.seconds, columns, delay)
    )
    closed = int((columns["open"] == "no").sum()) if columns else 0
    return Result(
        facts=_facts(request, wanted, site, found.seconds, columns),
        columns=columns,
        features=features,
        figures=figures,
        accuracy=[
            _definition(request, delay),
            *wanted.notes,
            Note("window_lift_off", {}),
        ],
        warnings=[
            *_later(place, context),
            *wanted.warnings,
            *[Note("window_closed", {"count": closed})] * bool(closed),
        ],
        datasets=wanted.datasets,
    )


def _check_reach(
    request: WindowRequest, wanted: Wanted, place: ResolvedPlace, site: Floats
) -> None:
    """Refuse a plane that never passes over the site."""
    from math import degrees

    import numpy as np

    from kosmodrom.base.ellipsoid import geocentric_latitude
    from kosmodrom.launch.planes import plane_angles
    from kosmodrom.launch.windows import reaches

    ends = wanted.plane.normal_at(np.array([0.0, wanted.length]))
    inclination, _ = plane_angles(ends)
    if any(reaches(site, float(angle)) for angle in inclination):
        return
    least = abs(degrees(float(geocentric_latitude(site))))
    raise RequestError(
        f"a plane of {degrees(float(inclination[0])):.3f} deg never passes over {place.name}: the "
        f"inclination must lie between its geocentric latitude, {least:.3f} deg, and "
        f"{180 - least:.3f} deg. Choose another inclination or another site; less can be had only "
        "by a turn of the plane in flight",
        ["inclination" if request.inclination else "site"],
    )


def _definition(request: WindowRequest, delay: float) -> Note:
    height = units.parse(request.insertion, "length").value / 1000.0
    params = {"insertion": [round(height, 3), "km"], "delay": [round(delay / 60, 3), "minute"]}
    return Note("window_definition", params)


def _later(place: ResolvedPlace, context: Context) -> list[Note]:
    """Say that a site came into use after the day of the question."""
    if context.as_of is None or place.known_from <= context.as_of.isoformat():
        return []
    return [Note("distance_place_later", {"place": place.name, "day": place.known_from})]


def _facts(
    request: WindowRequest, wanted: Wanted, site: Floats, seconds: Floats, columns: dict[str, Any]
) -> dict[str, Fact]:
    import numpy as np

    from kosmodrom.base.ellipsoid import geocentric_latitude

    least = abs(float(np.degrees(geocentric_latitude(site))))
    is_open = columns["open"] == "yes" if columns else np.zeros(0, dtype=np.bool_)
    count = int(is_open.sum())
    facts = {"count": Fact(value=count, unit="1")}
    if request.azimuth_from is not None:
        facts["closed"] = Fact(value=len(is_open) - count, unit="1")
    facts |= {
        "per_day": Fact(value=count / (wanted.length / 86_400.0), unit="1/day"),
        "geocentric_latitude_deg": Fact(value=least, unit="deg"),
    }
    if not count:
        return facts
    first = int(np.argmax(is_open))
    when = wanted.start.plus(float(seconds[first])).utc_iso(3)
    facts["first"] = Fact(value=str(when), unit="instant")
    for spec in FACTS:
        if spec.name in columns:
            facts[spec.name] = Fact(value=float(columns[spec.name][first]), unit=spec.unit)
    if "lift_off_unsteered" in columns:
        lead = columns["time"][first] - columns["lift_off_unsteered"][first]
        facts["lead_s"] = Fact(value=float(lead / np.timedelta64(1, "us")) / 1e6, unit="s")
    if "elements_age_days" in columns:
        oldest = float(np.abs(columns["elements_age_days"]).max())
        facts["oldest_elements_days"] = Fact(value=oldest, unit="day")
    return facts
