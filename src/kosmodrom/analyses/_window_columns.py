"""The table of launch windows: directions, nodes, the cost of a delay, phases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._orbital import angle_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._window_plane import Wanted
    from kosmodrom.analyses._window_request import WindowRequest
    from kosmodrom.base.frames import EarthAngles
    from kosmodrom.launch.windows import Crossings
    from kosmodrom.workspace import ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = ["columns_of"]


def columns_of(
    request: WindowRequest, wanted: Wanted, place: ResolvedPlace, site: Floats,
    angles: EarthAngles, found: Crossings,
) -> dict[str, Any]:  # fmt: skip
    """Make the table of windows.

    Parameters
    ----------
    request : WindowRequest
        What was asked.
    wanted : Wanted
        The plane.
    place : ResolvedPlace
        The site.
    site : numpy.ndarray, shape (3,)
        The same in ITRS [m].
    angles : EarthAngles
        How the Earth is turned.
    found : Crossings
        The windows.

    Returns
    -------
    dict of str to numpy.ndarray, shape (k,)
        Columns that hold something [unit of each]; none where there is no window.
    """
    import numpy as np

    from kosmodrom.base.bodies import sun_angles
    from kosmodrom.base.instants import instants_after
    from kosmodrom.launch import planes

    if not len(found):
        return {}
    speed = planes.circular_speed(units.parse(request.insertion, "length").value)
    carried = planes.carried_speed(site)
    ground, _ = planes.relative_to_ground(found.azimuth, speed, carried)
    inclination, node = planes.plane_angles(found.normal)
    when = wanted.start.plus(found.seconds)
    lat, lon = np.radians(place.latitude_deg), np.radians(place.longitude_deg)
    _, sun = sun_angles(lat, lon, when, wanted.earth)
    columns = {
        "time": instants_after(wanted.start, found.seconds),
        "direction": np.where(found.ascending, "ascending", "descending"),
        "azimuth_deg": np.degrees(found.azimuth),
        "ground_azimuth_deg": np.degrees(ground),
        "open": _open(request, ground),
        "inclination_deg": np.degrees(inclination),
        "node_deg": np.degrees(node),
        "node_local_time_hours": _local_hours(wanted, found.seconds, node, angles),
        **_missed(request, wanted, site, angles, found, speed),
        **_unsteered(request, wanted, site, found),
        **_phases(request, wanted, site, found, carried),
        "sun_elevation_deg": np.degrees(sun),
        "time_error_s": wanted.time_error(
            found.seconds, place.error_km * 1000.0, carried * np.abs(np.cos(found.azimuth))
        ),
        "elements_age_days": wanted.age_days(found.seconds),
    }
    return {name: values for name, values in columns.items() if not _empty(values)}


def _empty(values: Any) -> bool:
    """Tell whether a column holds nothing, as it was not asked for."""
    import numpy as np

    if values.dtype.kind == "M":
        return bool(np.isnat(values).all())
    return values.dtype.kind == "f" and bool(np.isnan(values).all())


def _open(request: WindowRequest, ground: Floats) -> Any:
    import numpy as np

    if request.azimuth_from is None or request.azimuth_to is None:
        return np.full(len(ground), "yes")
    turn = 2 * np.pi
    first, last = angle_of(request.azimuth_from), angle_of(request.azimuth_to)
    width = turn if last - first >= turn else (last - first) % turn
    return np.where((ground - first) % turn <= width, "yes", "no")


def _local_hours(wanted: Wanted, seconds: Floats, node: Floats, angles: EarthAngles) -> Floats:
    """Give the mean local solar time of nodes: the hour angle of the mean Sun there."""
    import numpy as np

    _, nanosecond = wanted.start.plus(seconds).utc_days()
    return np.asarray((nanosecond / 3600e9 + (node - angles.gmst_at(seconds)) * 12 / np.pi) % 24)


def _missed(
    request: WindowRequest, wanted: Wanted, site: Floats, angles: EarthAngles, found: Crossings,
    speed: float,
) -> dict[str, Any]:  # fmt: skip
    """Say what a delay costs."""
    import numpy as np

    from kosmodrom.base.constants import EARTH_ROTATION_RATE
    from kosmodrom.launch import planes
    from kosmodrom.launch.windows import node_rate_at, off_plane

    delay = units.parse(request.delay, "time").value
    slope = EARTH_ROTATION_RATE - node_rate_at(wanted.plane, found.seconds)
    inclination, _ = planes.plane_angles(found.normal)
    error = planes.plane_error(inclination, slope * delay)
    least = np.abs(off_plane(wanted.plane, site, found.seconds + delay, angles))
    return {
        "node_slope_deg_hour": np.degrees(slope) * 3600.0,
        "plane_error_deg": np.degrees(error),
        "plane_change_m_s": planes.plane_change(error, speed),
        "least_error_deg": np.degrees(least),
        "least_change_m_s": planes.plane_change(least, speed),
    }


def _unsteered(
    request: WindowRequest, wanted: Wanted, site: Floats, found: Crossings
) -> dict[str, Any]:
    """Say when a vehicle lifts off that flies straight over the ground."""
    import numpy as np

    from kosmodrom.base.constants import WGS84_A
    from kosmodrom.base.ellipsoid import geocentric_latitude
    from kosmodrom.base.instants import instants_after
    from kosmodrom.launch.planes import circular_speed, plane_angles
    from kosmodrom.launch.unsteered import unsteered

    if request.flight_time is None or request.flight_angle is None:
        return {}
    height = units.parse(request.insertion, "length").value
    flown = unsteered(
        float(geocentric_latitude(site)),
        WGS84_A + height,
        plane_angles(found.normal)[0],
        found.ascending,
        flight_time=units.parse(request.flight_time, "time").value,
        flight_angle=angle_of(request.flight_angle),
        speed=circular_speed(height),
    )
    return {
        "lift_off_unsteered": instants_after(wanted.start, found.seconds - flown.lead),
        "unsteered_azimuth_deg": np.degrees(flown.azimuth),
    }


def _phases(
    request: WindowRequest, wanted: Wanted, site: Floats, found: Crossings, carried: Floats
) -> dict[str, Any]:
    """Say how far the satellite is ahead of the site, and of the vehicle at insertion."""
    import numpy as np

    from kosmodrom.launch.planes import FlownPlane, argument_of_latitude

    if not isinstance(wanted.plane, FlownPlane):
        return {}
    turn = 2 * np.pi
    own = argument_of_latitude(found.direction, found.normal)
    there = argument_of_latitude(wanted.plane.position_at(found.seconds), found.normal)
    phases = {"phase_deg": np.degrees((there - own) % turn)}
    if request.flight_time is not None and request.flight_angle is not None:
        flown = units.parse(request.flight_time, "time").value
        later = wanted.plane.position_at(found.seconds + flown)
        there = argument_of_latitude(later, found.normal)
        # Against the stars the vehicle goes as far as over the ground, and with the ground.
        radius = float(np.sqrt(np.sum(site**2)))
        with_ground = carried / radius * flown * np.sin(found.azimuth)
        own = own + angle_of(request.flight_angle) + with_ground
        phases["insertion_phase_deg"] = np.degrees((there - own) % turn)
    return phases
