"""From the closed areas of one launch to probabilities of its orbit.

The zones tell an azimuth through traces of impact points of a family of ascents; how much a
launch may yaw after or between them was fitted to launches of the past; targets of earlier
launches are the prior. Nothing in the result is a constant band: its width follows from the size
and the distance of the zones, from how well they agree, and from what the prior leaves open.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import InputError
from kosmodrom.launch.forecast.corridors import corridor_share
from kosmodrom.launch.forecast.density import highest_set, median_of, smoothed
from kosmodrom.launch.forecast.family import Pad
from kosmodrom.launch.forecast.fitted import settings_for
from kosmodrom.launch.forecast.likelihood import likelihoods
from kosmodrom.launch.forecast.observed import seen
from kosmodrom.launch.forecast.outcome import Forecast, Remark, cut_out
from kosmodrom.launch.forecast.posterior import PRIORS, posterior
from kosmodrom.launch.forecast.priors import (
    Corridors,
    History,
    nation_density,
    place_density,
    same_place,
    sun_density,
    world_density,
)
from kosmodrom.launch.forecast.stages import stages_of
from kosmodrom.launch.forecast.targets import Plane, node_factor, plane_density
from kosmodrom.launch.forecast.zones import distinct, measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from kosmodrom.launch.forecast.observed import Sight
    from kosmodrom.launch.forecast.posterior import Posterior
    from kosmodrom.launch.forecast.settings import Settings
    from kosmodrom.launch.forecast.zones import Zone

__all__ = ["Knowledge", "Site", "forecast"]

Floats = NDArray[np.float64]
_SHARE = 0.9
_NOTHING = 1e-12
_GRAIN = np.radians(0.06)
_SEA = 5e3  # spread of a pad above which it is not one place [m]
_FEW_WORLD, _FEW_PLACE = 200, 5.0
_MOST_SITES, _MOST_ZONES = 60, 60
_WEIGHED = 4  # sites that are looked at closely
_SCATTER = 0.01  # of bearings, as by a dogleg of 0.14 rad: one e of probability [-]
_FIRST_FALL, _FALLS = 0.11, 0.9  # angle at which first stages come down [rad], and its spread [-]
_RADIUS, _CLOSE = 6_371e3, 0.01  # of the Earth [m]; of an area to its pad [rad]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place from which it may be launched.

    Attributes
    ----------
    latitude, longitude : float
        Geodetic, on the ellipsoid [rad].
    spread : float
        Standard deviation of where the pad is: tens of kilometres for ships and platforms [m].
    weight : float
        How likely the site is against others, before the zones are looked at [-].
    """

    latitude: float
    longitude: float
    spread: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What is known besides the zones.

    Attributes
    ----------
    day : numpy.datetime64 or None
        Of the launch; nothing of that day or later is used of what follows [UTC].
    history : History
        Earlier launches.
    corridors : Corridors
        Zones of earlier launches with the orbits they led to.
    operator : str
        Who launches, as in `history`; empty where it is not known.
    nation : str
        Whose launch it is, as in `history`; empty where it is not known.
    planes : sequence of Plane
        Planes of stations to which it may go.
    sidereal : float or None
        Angle from the equinox to Greenwich at lift-off; None where the instant is not known [rad].
    """

    day: np.datetime64 | None = None
    history: History = field(default_factory=History.empty)
    corridors: Corridors = field(default_factory=Corridors.empty)
    operator: str = ""
    nation: str = ""
    planes: Sequence[Plane] = ()
    sidereal: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Case:
    """One site with what was made of it."""

    place: int
    site: Site
    pad: Pad
    sight: Sight
    result: Posterior
    parts: Floats


def forecast(
    rings: Sequence[ArrayLike],
    sites: Sequence[Site],
    knowledge: Knowledge | None = None,
    settings: Settings | None = None,
) -> Forecast:
    """Forecast the orbit of a launch from its closed areas.

    Parameters
    ----------
    rings : sequence of array_like, shape (k, 2)
        Geodetic latitude and longitude of the corners of each area [deg].
    sites : sequence of Site
        Where it may be launched from: one, or candidates.
    knowledge : Knowledge, optional
        Earlier launches, stations, the operator; without it there is no prior.
    settings : Settings, optional
        What was learned from launches of the past; else what had been learned by the day before.

    Returns
    -------
    Forecast
        Hypotheses with probabilities, and the probability over inclination.
    """
    if not rings or not sites or len(sites) > _MOST_SITES or len(rings) > _MOST_ZONES:
        raise InputError(
            f"{len(rings)} areas and {len(sites)} sites; a forecast takes 1 to {_MOST_ZONES} "
            f"areas and 1 to {_MOST_SITES} sites"
        )
    known = knowledge or Knowledge()
    settings = settings or settings_for(known.day)
    everything = [measured(ring) for ring in rings]
    zones = [everything[k] for k in distinct(everything)]
    now = known.day if known.day is not None else np.datetime64("2100-01-01")
    history = known.history.before(now)
    shared = _shared_densities(history, now, known, settings)
    sites = _by_rate(sites, history, now, settings)
    cases = [
        _weighed(place, site, zones, history, shared, now, known, settings)
        for place, one in _likeliest(sites, zones)
        for site in [one, *_platforms(one, zones)]
    ]
    return _put_together(cases, everything, len(sites), history, known, settings)


def _by_rate(
    sites: Sequence[Site], history: History, now: np.datetime64, settings: Settings
) -> Sequence[Site]:
    """Weigh candidates by how often they launch; one more half launch for each."""
    if len(sites) == 1 or not len(history.day):
        return sites
    age = (now - history.day).astype("timedelta64[D]").astype(np.float64)
    fresh = 0.5 ** (age / settings.fading)
    made = []
    for site in sites:
        here = same_place(history.latitude, history.longitude, (site.latitude, site.longitude))
        made.append(replace(site, weight=site.weight * (0.5 + float(fresh[here].sum()))))
    return made


def _likeliest(sites: Sequence[Site], zones: Sequence[Zone]) -> list[tuple[int, Site]]:
    """Keep the few sites from which the areas lie in one direction and not all far away."""
    numbered = list(enumerate(sites))
    if len(sites) <= _WEIGHED:
        return numbered
    badness = []
    for site in sites:
        angle, bearing = _seen_from(site, zones)
        apart = np.exp(1j * bearing[angle > site.spread / _RADIUS + _CLOSE])
        scatter = 1 - abs(apart.mean()) if len(apart) else 0.0
        badness.append(scatter / _SCATTER - np.log(max(_nearness(site, zones), 1e-12)))
    return [numbered[k] for k in sorted(np.argsort(badness, kind="stable")[:_WEIGHED])]


def _seen_from(site: Site, zones: Sequence[Zone]) -> tuple[Floats, Floats]:
    middles = np.array([zone.centre for zone in zones])
    return Pad.at(site.latitude, site.longitude).polar(middles)


def _nearness(site: Site, zones: Sequence[Zone]) -> float:
    """Weigh a site by the nearest area: first stages come down some 700 km away."""
    angle = _seen_from(site, zones)[0]
    beyond = angle[angle > max(_CLOSE, site.spread / _RADIUS)]  # not the area around the pad
    off = np.log(float(beyond.min()) / _FIRST_FALL) / _FALLS if len(beyond) else 0.0
    return float(site.weight * np.exp(-0.5 * off**2))


def _platforms(site: Site, zones: Sequence[Zone]) -> list[Site]:
    """Take small areas near the nominal place of a platform for the platform."""
    if site.spread < _SEA:
        return []
    pad = Pad.at(site.latitude, site.longitude)
    made = []
    for zone in zones:
        far = float(np.linalg.norm(zone.centre - pad.position))
        if far < 2 * site.spread and zone.length < 2 * site.spread:
            x, y, z = zone.centre
            across = float(np.hypot(x, y))
            flat = float(np.arctan2(z, across * (1 - 6.69438e-3)))
            made.append(
                Site(
                    latitude=flat, longitude=float(np.arctan2(y, x)), spread=zone.length / 3.5,
                    weight=site.weight,
                )
            )  # fmt: skip
    return made


def _shared_densities(
    history: History, now: np.datetime64, known: Knowledge, settings: Settings
) -> dict[str, Floats]:
    densities: dict[str, Floats] = {}
    if len(history.day):
        densities["world"] = world_density(history, now, settings)
        densities["sun"] = sun_density()
        own, count = nation_density(history, now, known.nation, settings)
        if count > 0:
            densities["nation"] = own
    if known.planes:
        densities["plane"] = plane_density(known.planes, settings)
    return densities


def _weighed(
    place: int, site: Site, zones: Sequence[Zone], history: History, shared: dict[str, Floats],
    now: np.datetime64, known: Knowledge, settings: Settings,
) -> _Case:  # fmt: skip
    """Weigh orbits from one site."""
    pad = Pad.at(site.latitude, site.longitude)
    sight = seen(pad, zones, site.spread)
    densities = dict(shared)
    here = (site.latitude, site.longitude)
    if len(history.day):
        near, count = place_density(history, now, here, known.operator, settings)
        if count > 0:
            densities["place"] = near
    factor = node_factor(pad, sight, known.planes, known.sidereal) if known.planes else None
    result = posterior(sight, likelihoods(sight, settings), densities, settings, factor=factor)
    parts = corridor_share(result.parts, sight, known.corridors, now, here, settings)
    return _Case(place=place, site=site, pad=pad, sight=sight, result=result, parts=parts)


def _put_together(
    cases: Sequence[_Case], zones: Sequence[Zone], count: int, history: History,
    known: Knowledge, settings: Settings,
) -> Forecast:  # fmt: skip
    """Mix the sites, and cut hypotheses out."""
    # A zone that tells nothing from one site may tell something from another: it is a stray there.
    most = max(len(case.sight.rows) for case in cases)
    stray = settings.stray / (2 * np.pi)
    weights = np.array(
        [
            _nearness(case.site, zones)
            * case.result.evidence
            * stray ** (most - len(case.sight.rows))
            for case in cases
        ]
    )
    if not weights.sum() > 0:
        weights = np.ones(len(cases))
    weights = weights / weights.sum()
    parts = sum(weight * case.parts for weight, case in zip(weights, cases, strict=True))
    best = cases[int(np.argmax(weights))]
    sight = best.sight
    azimuth, angle, direct = _last(sight)
    parts = np.asarray(parts)
    if not len(history.day) and not len(known.corridors.day):
        parts = parts * _doubted(parts.sum(axis=(0, 1)), settings.doubt)
    mass = parts.sum(axis=(0, 1))
    mass = smoothed(mass, _GRAIN)  # azimuths are steps
    mass = mass / mass.sum()
    sites = np.zeros(count)
    np.add.at(sites, [case.place for case in cases], weights)
    return Forecast(
        hypotheses=cut_out(parts, (*PRIORS, "corridor"), sight, direct),
        mass=mass,
        inclination_set=tuple(highest_set(mass, _SHARE)),
        median=median_of(mass),
        direct=direct, azimuth=azimuth, angle=angle,
        stages=stages_of(best.pad, zones, sight),
        sites=sites,
        remarks=_remarks(best, history, known, settings, float(weights.max()), len(zones)),
    )  # fmt: skip


def _doubted(mass: Floats, doubt: float) -> Floats:
    """Give the factors that flatten a density."""
    even = smoothed(mass, _GRAIN)
    with np.errstate(divide="ignore", over="ignore"):
        factor = np.where(even > _NOTHING, np.maximum(even, _NOTHING) ** (doubt - 1), 0.0)
    return np.asarray(factor / (mass * factor).sum())


def _last(sight: Sight) -> tuple[float, float, float]:
    """Give azimuth, angle and inclination of the last zone that tells them."""
    if not len(sight.rows):
        return np.nan, np.nan, np.nan
    row = int(np.argmax(sight.angle))
    told = float(sight.told[row])
    return (
        told, float(sight.angle[row]),
        float(np.interp(told, sight.azimuth, sight.inclination)),
    )  # fmt: skip


def _remarks(
    best: _Case, history: History, known: Knowledge, settings: Settings, sure: float, zones: int
) -> tuple[Remark, ...]:
    """List what the reader must know."""
    sight, made = best.sight, []
    if len(history.day) < _FEW_WORLD:
        made.append(Remark(code="no_prior", value=float(len(history.day))))
    else:
        _, near = place_density(
            history, known.day if known.day is not None else history.day.max(),
            (best.site.latitude, best.site.longitude), "", settings,
        )  # fmt: skip
        if near < _FEW_PLACE:
            made.append(Remark(code="few_earlier_launches", value=near))
    if not len(sight.rows):
        made.append(Remark(code="no_zone_tells_azimuth", value=float(zones)))
    elif float(sight.angle.max()) < settings.shortest:
        made.append(Remark(code="only_near_zones", value=float(np.degrees(sight.angle.max()))))
    latitude = float(np.degrees(abs(best.site.latitude)))
    if not settings.lowest_latitude <= latitude <= settings.highest_latitude:
        made.append(Remark(code="outside_fitted_latitudes", value=latitude))
    if best.site.spread > _SEA:
        made.append(Remark(code="pad_not_known", value=best.site.spread))
    if sure < 0.9:
        made.append(Remark(code="site_not_certain", value=sure))
    if len(sight.told) > 1:
        inclination = np.interp(sight.told, sight.azimuth, sight.inclination)
        apart = float(np.degrees(np.ptp(inclination)))
        if apart > 2.0:
            made.append(Remark(code="zones_turn", value=apart))
    return tuple(made)
