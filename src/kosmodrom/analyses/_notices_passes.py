"""When what was launched first passes over places, if it goes where it is forecast to go."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, degrees, pi, radians, sin
from typing import TYPE_CHECKING

from kosmodrom import units

if TYPE_CHECKING:
    from kosmodrom.analyses._notices_launch import Launch
    from kosmodrom.analyses._notices_request import NoticesRequest
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.launch.forecast import Hypothesis
    from kosmodrom.workspace import Context

__all__ = ["FirstPass", "Proxy", "first_passes", "proxy_of"]

_ALIKE_DEG = 1.0  # inclinations of launches that tell a height
_USUAL = 500e3  # height where they tell none [m]
_HEIGHTS_M = 150e3, 1_500e3
_ASCENT_S, _ASCENT_RAD = 560.0, 0.33  # from lift-off to a low orbit, as an angle over the ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A circular orbit in place of the one that is not known.

    Attributes
    ----------
    height : float
        Of the orbit [m].
    launches : int
        How many earlier launches it is the middle of; 0 where it is taken or told [-].
    inclination, node : float
        Of the most probable hypothesis, the node in TEME [rad].
    argument : float
        Argument of latitude at its epoch [rad].
    epoch : Epochs, shape ()
        Insertion after the likeliest lift-off.
    """

    height: float
    launches: int
    inclination: float
    node: float
    argument: float
    epoch: Epochs


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPass:
    """The first pass over a place.

    Attributes
    ----------
    place : str
        The place, as it was asked for.
    culmination : Epochs or None, shape ()
        When it is highest, after the likeliest lift-off; None without a pass.
    early, late : Epochs or None, shape ()
        The same after the first and the last lift-off: a later one shifts the pass by as much;
        None where lift-off is one instant.
    elevation : float or None
        Then [deg].
    """

    place: str
    culmination: Epochs | None
    early: Epochs | None
    late: Epochs | None
    elevation: float | None


def proxy_of(launch: Launch, one: Hypothesis, request: NoticesRequest) -> Proxy:
    """Draw an orbit of the most probable hypothesis.

    Parameters
    ----------
    launch : Launch
        The launch.
    one : Hypothesis
        The hypothesis.
    request : NoticesRequest
        With the height, where it is told.

    Returns
    -------
    Proxy
        The orbit.
    """
    import numpy as np

    from kosmodrom.analyses._notices_launch import node_of
    from kosmodrom.launch.reach import pad_on_earth

    assert launch.place is not None  # noqa: S101 -- there is a hypothesis
    height, count = _USUAL, 0
    if request.altitude is not None:
        height = units.parse(request.altitude, "length").value
    else:
        near = [
            1e3 * row.perigee_km for row in launch.known.rows
            if row.inclination_deg is not None and row.perigee_km is not None
            and abs(row.inclination_deg - degrees(one.inclination)) < _ALIKE_DEG
            and _HEIGHTS_M[0] <= 1e3 * row.perigee_km <= _HEIGHTS_M[1]
        ]  # fmt: skip
        if near:
            height, count = float(np.median(near)), len(near)
    latitude = float(pad_on_earth(radians(launch.place.latitude_deg))[0])
    over = asin(min(1.0, max(-1.0, sin(latitude) / max(sin(one.inclination), 1e-6))))
    start = over if one.northward else pi - over
    return Proxy(
        height=height, launches=count, inclination=one.inclination,
        node=node_of(launch, one).middle, argument=(start + _ASCENT_RAD) % (2 * pi),
        epoch=launch.middle.plus(_ASCENT_S),
    )  # fmt: skip


def first_passes(
    launch: Launch, proxy: Proxy, request: NoticesRequest, context: Context
) -> list[FirstPass]:
    """Find the first pass over each place.

    Parameters
    ----------
    launch : Launch
        The launch.
    proxy : Proxy
        Its orbit.
    request : NoticesRequest
        Places, least elevation, and how long to look.
    context : Context
        Catalog.

    Returns
    -------
    list of FirstPass
        One a place, in their order.
    """
    import numpy as np

    from kosmodrom.analyses import passes
    from kosmodrom.base.epochs import Epochs

    begin = proxy.epoch
    end = begin.plus(units.parse(request.within, "time").value)
    sooner = float(launch.begin.seconds_since(launch.middle))
    later = float(launch.end.seconds_since(launch.middle))
    orbit = {
        "name": "launched", "altitude": f"{proxy.height / 1e3:.1f} km",
        "inclination": f"{degrees(proxy.inclination):.6f} deg",
        "node": f"{degrees(proxy.node):.6f} deg",
        "anomaly": f"{degrees(proxy.argument):.6f} deg", "epoch": str(begin.utc_iso(3)),
    }  # fmt: skip
    found = []
    for place in request.places:
        asked = passes.PassesRequest.model_validate({
            "orbits": [orbit], "places": [place], "start": str(begin.utc_iso(3)),
            "end": str(end.utc_iso(3)), "min_elevation": request.min_elevation,
        })  # fmt: skip
        columns = passes.run(asked, context).columns
        culminations = np.asarray(columns["culmination"])
        highest = culminations[~np.isnat(culminations)]
        if not len(highest):
            nothing = FirstPass(
                place=place, culmination=None, early=None, late=None, elevation=None
            )
            found.append(nothing)
            continue
        # One that is highest before insertion or after the period has no such instant.
        first = int(np.flatnonzero(culminations == highest.min())[0])
        when = Epochs.from_iso(f"{highest.min()}Z")
        found.append(
            FirstPass(
                place=place, culmination=when,
                early=when.plus(sooner) if later > sooner else None,
                late=when.plus(later) if later > sooner else None,
                elevation=float(columns["max_elevation_deg"][first]),
            )
        )  # fmt: skip
    return found
