"""One launch of some notices: from where, when, into which planes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import degrees, exp, pi, radians
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._notices_known import Known
    from kosmodrom.analyses._notices_request import NoticesRequest
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.catalog import Site
    from kosmodrom.launch.forecast import Forecast, Hypothesis, Plane
    from kosmodrom.launch.notices.groups import Group
    from kosmodrom.launch.notices.judged import Judgement
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = ["Launch", "Node", "hypothesis_rows", "kind_of", "launch_of", "node_of"]

#: Real lift-offs come so long before the site lies in the plane that is reached: 5, 50 and 95 % of
#: the launches to low orbits of which `launch.passage` was measured [s].
_LEADS = 60.0, 330.0, 1_320.0
#: By which the node moves on in a second of delay [rad/s].
TURN = 7.292115e-5
_LEAST_PROBABLE = 0.1  # below which no orbit is forecast
#: What the parts of the prior are called in a table.
_RESTS_ON = {
    "open": "areas alone", "world": "launches worldwide", "sun": "sun-synchronous orbits",
    "place": "launches from the site", "plane": "planes told", "nation": "launches of the country",
    "corridor": "earlier areas",
}  # fmt: skip
_KINDS = {
    "sun_synchronous": "sun-synchronous", "known_plane": "known plane",
    "earlier_launches": "earlier launches",
}  # fmt: skip
#: Log odds for a site that a notice names. Set by hand, not fitted.
_NAMED = 5.0
_LEAST_NAME = 5  # letters; shorter names are words of other things
_WORDS = re.compile(r"\w+")
_SAME_SITE = 30e3  # from a site, beside half of its extent, what is told by coordinates is it [m]
_NOT_INTO_ORBIT = frozenset({"says_return", "says_sounding_rocket", "says_missile"})
_SIGN = {True: "ascending", False: "descending"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Launch:
    """A launch that notices tell of.

    Attributes
    ----------
    number : int
        Which of those that were found, from 1.
    group : Group
        Its notices and areas.
    judgement : Judgement
        Whether it is a launch into orbit.
    begin, middle, end : Epochs, shape ()
        Between which it lifts off, and the likeliest instant: 5, 50 and 95 % of launches with
        such windows, or as the request says.
    told : bool
        Whether the request says so; else it follows from the windows of the notices.
    dated : bool
        Whether anything tells when it is; without, there are no nodes.
    place : ResolvedPlace or None
        Where it is launched from; None where no site in reach explains the areas.
    place_share : float
        How likely that site is against the others [-].
    forecast : Forecast or None
        Orbits; None where it is no launch into orbit, or no site is known.
    known : Known
        What was known before.
    """

    number: int
    group: Group
    judgement: Judgement
    begin: Epochs
    middle: Epochs
    end: Epochs
    told: bool
    dated: bool
    place: ResolvedPlace | None
    place_share: float
    forecast: Forecast | None
    known: Known


@dataclass(frozen=True, slots=True)
class Node:
    """Right ascension of an ascending node, and between which it lies.

    Attributes
    ----------
    middle, low, high : float
        In TEME of date; the ends may lie beyond a turn [rad].
    """

    middle: float
    low: float
    high: float


def launch_of(
    number: int, group: Group, judgement: Judgement, known: Known, request: NoticesRequest,
    context: Context, *, dated: bool = True,
) -> Launch:  # fmt: skip
    """Forecast the orbit of a launch.

    Parameters
    ----------
    number : int
        Which it is.
    group : Group
        Its notices.
    judgement : Judgement
        Whether it is a launch into orbit.
    known : Known
        What was known before.
    request : NoticesRequest
        Site, time, operator.
    context : Context
        Catalog.
    dated : bool
        Whether anything tells when it is.

    Returns
    -------
    Launch
        The launch with its forecast.
    """
    from kosmodrom.analyses._notices_known import origin_of
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.base.periods import read_span
    from kosmodrom.launch.forecast import Knowledge, forecast
    from kosmodrom.launch.notices.lift_off import lift_off_quantiles

    if request.launch is not None:
        begin, end = read_span(request.launch)
        middle = begin.plus(float(end.seconds_since(begin)) / 2)
    else:
        likely = lift_off_quantiles(group)
        begin, middle, end = (
            Epochs.from_datetime(one) for one in (likely.low, likely.middle, likely.high)
        )
    places, origins = _origins(group, known, request, context, origin_of)
    planes = _planes(request, context, begin)
    made, place, share = None, None, 0.0
    if _worth(judgement, request) and origins:
        nation = _nation(places, known)
        made = forecast(
            [closure.area.ring for closure in group.closures], origins,
            Knowledge(
                day=known.day, history=known.history, corridors=known.corridors,
                operator=request.operator or "", nation=nation, planes=planes,
                sidereal=_sidereal(begin) if planes and request.launch is not None else None,
            ),
        )  # fmt: skip
        best = int(made.sites.argmax())
        place, share = places[best], float(made.sites[best])
    elif places:
        place, share = places[0], origins[0].weight
    return Launch(
        number=number, group=group, judgement=judgement, begin=begin, middle=middle, end=end,
        told=request.launch is not None, dated=dated, place=place, place_share=share,
        forecast=made,
        known=known,
    )  # fmt: skip


def _worth(judgement: Judgement, request: NoticesRequest) -> bool:
    """Say whether it may be a launch into orbit; who names the site says that it is a launch.

    What the words call a sounding rocket, a missile or a return is not looked at further.
    """
    said = {reason.code for reason in judgement.reasons}
    if judgement.kind != "orbital launch" and said & _NOT_INTO_ORBIT:
        return False
    told = request.site is not None or request.launch is not None
    return told or judgement.probability > _LEAST_PROBABLE


def _origins(
    group: Group, known: Known, request: NoticesRequest, context: Context, origin_of: Any
) -> tuple[list[ResolvedPlace], list[Any]]:
    """Give the site that is told, or those that explain the areas."""
    from kosmodrom.launch.notices.judged import ABROAD, home_of

    if request.site is not None:
        place = context.resolve_place(request.site)
        return [place], [origin_of(_site_at(place, known) or place)]
    sites = {site.id: site for site in known.sites}
    named = {site.id for site in known.sites if _names(group, site)}
    fits = [fit for fit in group.sites
            if fit.plausibility > (1e-5 if fit.id in named else 1e-3)][:24]  # fmt: skip
    home = home_of(group.notices)
    away = {fit.id: exp(-ABROAD) if home and sites[fit.id].country not in home else 1.0
            for fit in fits}  # fmt: skip
    told = {fit.id: exp(_NAMED) if fit.id in named else 1.0 for fit in fits}
    return (
        [context.resolve_place(fit.id) for fit in fits],
        [origin_of(sites[fit.id], fit.plausibility * away[fit.id] * told[fit.id])
         for fit in fits],
    )  # fmt: skip


def _names(group: Group, site: Site) -> bool:
    """Say whether a notice names a site on land; names of seas stand for regions as well."""
    if site.kind == "sea":
        return False
    names = {name.upper() for name in (site.name, *site.aliases) if len(name) >= _LEAST_NAME}
    for notice in group.notices:
        text = f" {' '.join(_WORDS.findall(notice.text.upper()))} "
        if any(f" {' '.join(_WORDS.findall(name))} " in text for name in names):
            return True
    return False


def _site_at(place: ResolvedPlace, known: Known) -> Site | None:
    """Find the site of the record at a place, by whatever name or coordinates it was told."""
    from kosmodrom.base.geodesy import geodesic

    near: list[tuple[float, int]] = []
    for number, site in enumerate(known.sites):
        if site.name == place.name:
            return site
        if abs(site.latitude_deg - place.latitude_deg) < 1.0:
            ends = (place.latitude_deg, place.longitude_deg, site.latitude_deg, site.longitude_deg)
            away = float(geodesic(*(radians(angle) for angle in ends))[0])
            if away < _SAME_SITE + 500.0 * site.extent_km:
                near.append((away, number))
    return known.sites[min(near)[1]] if near else None


def _nation(places: Sequence[ResolvedPlace], known: Known) -> str:
    """Give the country of all sites that are in question, where it is one."""
    found = [_site_at(place, known) for place in places]
    countries = {site.country for site in found if site is not None}
    return countries.pop() if len(countries) == 1 else ""


def _planes(request: NoticesRequest, context: Context, when: Epochs) -> list[Plane]:
    """Give the planes of satellites to which it may go, at lift-off."""
    import numpy as np

    from kosmodrom.analyses._window_plane import wanted_plane
    from kosmodrom.analyses._window_request import WindowRequest
    from kosmodrom.launch.forecast import Plane as Made
    from kosmodrom.launch.planes import plane_angles

    planes = []
    for satellite in request.planes:
        asked = WindowRequest.model_validate({
            "site": "0,0", "satellite": satellite, "start": str(when.utc_iso(3)),
            "end": str(when.plus(3600.0).utc_iso(3)),
        })  # fmt: skip
        normal = wanted_plane(asked, context).plane.normal_at(np.zeros(1))
        inclination, node = plane_angles(normal)
        planes.append(Made(name=satellite, inclination=float(inclination[0]), node=float(node[0])))
    return planes


def _sidereal(when: Epochs) -> float:
    import numpy as np

    from kosmodrom.analyses._when import earth_around
    from kosmodrom.base.frames import Frame, rotation

    turn = rotation(Frame.ITRS, Frame.TEME, when, earth_around(when, when))
    return float(np.arctan2(turn[1, 0], turn[0, 0])) % (2 * pi)


def node_of(launch: Launch, one: Hypothesis) -> Node:
    """Find the node of a plane through the site at lift-off.

    Parameters
    ----------
    launch : Launch
        The launch.
    one : Hypothesis
        Its orbit. What is steered beside the plane moves the node, too, and is not known.

    Returns
    -------
    Node
        The node, as early and late lift-offs, leads and ends of the inclination leave it.
    """
    import numpy as np

    from kosmodrom.launch.reach import pad_on_earth

    if launch.place is None:
        raise ValueError("a launch without a site has no node")
    latitude = float(pad_on_earth(radians(launch.place.latitude_deg))[0])
    long = float(launch.end.seconds_since(launch.begin))
    east = _sidereal(launch.begin) + radians(launch.place.longitude_deg)

    def _node(inclination: float, delay: float) -> float:
        tilt = np.tan(inclination)
        ahead = float(np.arcsin(np.clip(np.tan(latitude) / tilt if tilt else 1.0, -1.0, 1.0)))
        node = east + TURN * delay - (ahead if one.northward else pi - ahead)
        return float(node)

    ends = [_node(tilt, delay)
            for tilt in (one.low, one.inclination, one.high)
            for delay in (_LEADS[0], long + _LEADS[2])]  # fmt: skip
    half = float(launch.middle.seconds_since(launch.begin))
    middle = _node(one.inclination, half + _LEADS[1])
    near = middle + np.remainder(np.array(ends) - middle + pi, 2 * pi) - pi
    return Node(middle=middle, low=float(near.min()), high=float(near.max()))


def kind_of(one: Hypothesis) -> str:
    """Say what sort of launch a hypothesis is.

    Parameters
    ----------
    one : Hypothesis
        The hypothesis.

    Returns
    -------
    str
        Words that always stand alike.
    """
    return _KINDS.get(one.kind, one.kind)


def hypothesis_rows(launch: Launch) -> list[dict[str, Any]]:
    """Make a row a hypothesis.

    Parameters
    ----------
    launch : Launch
        The launch.

    Returns
    -------
    list of dict
        Most probable first; none of what is no launch into orbit.
    """
    if launch.forecast is None:
        return []
    rows = []
    for one in launch.forecast.hypotheses:
        node = node_of(launch, one) if launch.dated else None
        rows.append(
            {
                "launch": launch.number,
                "site": launch.place.name if launch.place else None,
                "hypothesis": kind_of(one),
                "probability": one.probability,
                "inclination_deg": degrees(one.inclination),
                "inclination_low_deg": degrees(one.low),
                "inclination_high_deg": degrees(one.high),
                "azimuth_deg": degrees(one.azimuth),
                "direction": _SIGN[one.northward],
                "turn_deg": degrees(one.turn) if one.turn == one.turn else None,
                "raan_deg": degrees(node.middle) % 360.0 if node else None,
                "raan_low_deg": degrees(node.low) % 360.0 if node else None,
                "raan_high_deg": degrees(node.high) % 360.0 if node else None,
                "rests_on": _RESTS_ON.get(one.support, one.support),
            }
        )
    return rows
