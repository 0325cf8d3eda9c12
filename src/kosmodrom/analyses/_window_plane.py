"""The plane that a launch window is wanted for: a satellite's, or one of given numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._orbital import OrbitalRequest, Watched, angle_of, period_of, watch
from kosmodrom.analyses._result import Dataset, Note
from kosmodrom.analyses._when import earth_around, hours_of
from kosmodrom.base.dates import DateRange
from kosmodrom.base.periods import day_bounds, parse_instant_or_day
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._window_request import WindowRequest
    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.launch.planes import Plane
    from kosmodrom.workspace import Context

    Floats = NDArray[np.float64]

__all__ = ["Wanted", "wanted_plane"]

# Nodes of 15 satellites over five months of 2026, carried on by their sets and compared with later
# ones, as seconds of a window, 95 %. The ISS: 0.8 s after a day, 2.3 after 3, 7.2 after 7, 18
# after 14, 47 after 30. Of the others, from 500 km on, the worst a quarter. [s, s/d, s/d2]
_AGED = (0.1, 0.8, 0.025)
_DRAGGED = 450e3  # perigee below which the air turns a node as that of the ISS [m]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A plane over a period.

    Attributes
    ----------
    plane : Plane
        The plane, in seconds from the start.
    start, end : Epochs, shape ()
        The period.
    earth : EarthOrientation
        Earth orientation around it.
    notes, warnings : tuple of Note
        What the plane is, and what the reader must know of it.
    datasets : tuple of Dataset
        Where element sets are from.
    watched : Watched or None
        The satellite.
    """

    plane: Plane
    start: Epochs
    end: Epochs
    earth: EarthOrientation
    notes: tuple[Note, ...]
    warnings: tuple[Note, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    watched: Watched | None = None

    @property
    def length(self) -> float:
        """Give the length of the period.

        Returns
        -------
        float
            Length [s].
        """
        return float(self.end.seconds_since(self.start))

    def age_days(self, seconds: Floats) -> Floats:
        """Give the age of the element sets in use.

        Parameters
        ----------
        seconds : numpy.ndarray, shape (k,)
            Times from the start [s].

        Returns
        -------
        numpy.ndarray, shape (k,)
            Age; NaN for a plane of given numbers [d].
        """
        import numpy as np

        if self.watched is None:
            return np.full(len(seconds), np.nan)
        place = np.searchsorted(self.watched.spans.start, seconds, side="right") - 1
        return self.watched.age_days(np.maximum(place, 0), seconds)

    def time_error(self, seconds: Floats, site_error: float, crossing: Floats) -> Floats:
        """Say how early or late windows may come.

        Parameters
        ----------
        seconds : numpy.ndarray, shape (k,)
            When they are, from the start [s].
        site_error : float
            How far the pad may lie from the point taken [m].
        crossing : numpy.ndarray, shape (k,)
            How fast the site crosses the plane [m/s].

        Returns
        -------
        numpy.ndarray, shape (k,)
            With 95 %, for the place of the pad and the age of the element set [s].
        """
        import numpy as np

        of_site = site_error / np.maximum(crossing, 1e-3)
        if self.watched is None:
            return np.asarray(of_site)
        age = np.abs(self.age_days(seconds))
        aged = _AGED[0] + _AGED[1] * age + _AGED[2] * age**2
        return np.hypot(of_site, aged if self._low() else aged / 4)

    def _low(self) -> bool:
        """Tell whether the satellite goes where the air matters."""
        import numpy as np

        from kosmodrom.base.constants import MU_EARTH, WGS84_A

        if self.watched is None:
            return False
        sets = self.watched.elements
        semi = np.cbrt(MU_EARTH * (sets.period / (2 * np.pi)) ** 2)
        return bool((semi * (1 - sets.eccentricity) - WGS84_A).min() < _DRAGGED)


def wanted_plane(request: WindowRequest, context: Context) -> Wanted:
    """Make the plane of a request.

    Parameters
    ----------
    request : WindowRequest
        Which.
    context : Context
        Catalog, element sets.

    Returns
    -------
    Wanted
        The plane over the period.
    """
    if request.satellite is not None:
        return _of_satellite(request, request.satellite, context)
    start, end = period_of(request.start, request.end)
    common: dict[str, Any] = {"start": start, "end": end, "earth": earth_around(start, end)}
    try:
        if request.local_time is not None:
            return _of_local_time(request, hours_of(request.local_time), common)
        return _of_node(request, common)
    except RequestError:
        raise
    except InputError as error:
        raise RequestError(str(error), ["altitude" if request.altitude else "perigee"]) from None


def _of_satellite(request: WindowRequest, satellite: str, context: Context) -> Wanted:
    from kosmodrom.launch.planes import FlownPlane
    from kosmodrom.orbits.sgp4 import Sgp4

    asked = OrbitalRequest(
        satellites=(satellite,), orbits=(), start=request.start, end=request.end
    )
    watched = watch(asked, context)
    if len(watched.labels) != 1:
        raise RequestError(
            f"{satellite} holds {len(watched.labels)} satellites; name one of them, like "
            f"{satellite}#{watched.numbers[0] or watched.labels[0]}",
            ["satellite"],
        )
    return Wanted(
        plane=FlownPlane(
            sgp4=Sgp4(watched.elements), rows=watched.spans.row, begins=watched.spans.start,
            start=watched.start,
        ),
        start=watched.start,
        end=watched.end,
        earth=watched.earth,
        notes=(Note("window_plane_satellite", {"satellite": watched.labels[0]}),),
        warnings=watched.warnings,
        datasets=watched.datasets,
        watched=watched,
    )  # fmt: skip


def _of_local_time(request: WindowRequest, hours: float, common: dict[str, Any]) -> Wanted:
    from math import degrees

    from kosmodrom.launch.planes import SUN_RATE, SteadyPlane
    from kosmodrom.orbits.designed import node_at_local_time

    if request.local_time_of == "descending":
        hours = (hours + 12.0) % 24.0
    inclination = _inclination(request)
    node = node_at_local_time(hours, common["start"])
    note = Note(
        "window_plane_local_time",
        {
            "inclination": [round(degrees(inclination), 3), "deg"],
            "hours": f"{int(hours):02d}:{round(hours % 1 * 60) % 60:02d}",
        },
    )
    plane = SteadyPlane(inclination=inclination, node=node, rate=SUN_RATE)
    return Wanted(plane=plane, notes=(note,), **common)


def _of_node(request: WindowRequest, common: dict[str, Any]) -> Wanted:
    from math import degrees

    from kosmodrom.base.frames import Frame, rotation
    from kosmodrom.launch.planes import SteadyPlane, node_rate, plane_angles, plane_normal

    inclination, node = _inclination(request), angle_of(str(request.node))
    start: Epochs = common["start"]
    epoch = start
    if request.epoch is not None:
        read = parse_instant_or_day(request.epoch)
        epoch = day_bounds(read)[0] if isinstance(read, DateRange) else read
    if request.frame == "GCRS":
        turned = rotation(Frame.GCRS, Frame.TEME, epoch, earth_around(epoch, epoch))
        found = plane_angles(turned @ plane_normal(inclination, node))
        inclination, node = (float(angle) for angle in found)
    heights = _heights(request)
    rate = node_rate(*heights, inclination) if heights else 0.0
    node += rate * float(start.seconds_since(epoch))
    params = {
        "inclination": [round(degrees(inclination), 3), "deg"],
        "rate": [round(degrees(rate) * 86_400.0, 4), "deg/day"],
    }
    code = "window_plane_drifts" if heights else "window_plane_stands"
    if not heights:
        del params["rate"]
    plane = SteadyPlane(inclination=inclination, node=node, rate=rate)
    return Wanted(plane=plane, notes=(Note(code, params),), **common)


def _heights(request: WindowRequest) -> tuple[float, float] | None:
    perigee = request.altitude or request.perigee
    apogee = request.altitude or request.apogee
    if perigee is None or apogee is None:
        return None
    return units.parse(perigee, "length").value, units.parse(apogee, "length").value


def _inclination(request: WindowRequest) -> float:
    from kosmodrom.orbits.designed import sun_synchronous_inclination

    if request.inclination not in {None, "sun-synchronous"}:
        return angle_of(str(request.inclination))
    heights = _heights(request)
    if heights is None:
        raise RequestError("a sun-synchronous inclination needs a height", ["altitude"])
    return sun_synchronous_inclination(*heights)
