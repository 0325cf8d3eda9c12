"""Where stages of many flights of one launcher come down, and the ellipse that holds most of them.

A flight as it was planned is flown again by copies that differ in thrust, specific impulse,
propellant, drag, air, wind and attitude (`reflight`); what falls off them falls with a ballistic
coefficient of its own (`fall`). All random numbers are drawn at once from a generator that is
given, and each copy is integrated on steps of its own, so the result is the same whether copies
are flown together or in parts by any number of workers.

How a stage tumbles, and whether it breaks up on the way, is not known. Both are taken as a spread
of the ballistic coefficient and nothing else: no lift, no fragments, no explosion of what is left
in the tanks. The wind is drawn about calm air, and blows at all heights by the same share of its
spread: real winds have a mean, and turn with height.

References
----------
J. M. Hanson, B. B. Beard, Applying Monte Carlo simulation to launch vehicle design and
requirements analysis, NASA/TP-2010-216447: the method.

Methods for the calculation and control of launch vehicle drop regions, Aerospace 10 (2023), 424,
https://doi.org/10.3390/aerospace10050424: a review; most such regions are found by Monte Carlo.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.geodesy import destination, geodesic
from kosmodrom.errors import InputError
from kosmodrom.launch.fall import fallen
from kosmodrom.launch.reflight import Perturbed, flown
from kosmodrom.launch.surroundings import Wind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike

    from kosmodrom.launch.fall import Fall
    from kosmodrom.launch.programme import Programme

__all__ = ["TUMBLING", "Dispersions", "Ellipse", "drawn", "ellipse", "scattered", "tumbling"]

Floats = NDArray[np.float64]

TUMBLING = 4 / (3 * np.pi) * 1.34  # coefficient of drag of what turns end over end [-]
_TOLERANCE = 1.0  # of a step of a fall: some hundred metres in zones of tens of kilometres [m]
_LOOSER = 50.0  # are the steps of the ascents than those of a single one: 0.25 m [-]
_LEAST_POINTS = 10  # for an ellipse
_NEAR = 1e-3  # to which the centre is the mean [m]
_MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispersions:
    """Standard deviations of what differs from flight to flight; factors are normal about 1.

    None is fitted to a drop zone. Where a source is named, its number was read there. Where it
    says *by custom*, the number is a round one of the size that range safety uses, for which no
    source was read: a study ought to vary it.

    Attributes
    ----------
    thrust : float
        Of the thrust of a block, and with it of what flows through its engine. By custom [-].
    impulse : float
        Of the specific impulse of a block. By custom [-].
    load : float
        Of the propellant of a block. By custom. That of Apollo's service module was known to 124
        lb of some 40 000 lb, 0.3 % (SNA-8-D-027(III), revision 2, 1970, table 3.3-13); those were
        limits, and are taken as a standard deviation here, for larger tanks [-].
    drag : float
        Of the drag of the vehicle. By custom, for coefficients that were not measured [-].
    density : float
        Of the density of the air, at all heights alike. 5 or 6 % is its variability from 30 to 60
        km in winter at middle latitudes (A. J. Kantor, Variations of density and wind with time at
        altitudes 30 to 60 km, 1981); 4 % at 30 km and some 20 % at 60 km were found earlier (R. S.
        Quiroz, Seasonal and latitudinal variations of air density in the mesosphere, AD0254761,
        1961) [-].
    pointing : float
        Of steady offsets of the attitude, in the plane and out of it. By custom: a tenth of a
        degree, of instruments and of engines out of line [rad].
    ballistic : float
        Of the logarithm of the ballistic coefficient about that of `tumbling`. Across the flow a
        long cylinder has 0.7 below the speed of sound (A. Roshko, Journal of Fluid Mechanics 10
        (1961), 345), 2.1 at it and 1.34 at Mach 2.9 (F. E. Gowen, E. W. Perkins, NACA TN 2960,
        1953). If drag goes with the cube of the sine of the angle to the flow, turning end over
        end leaves 4 / (3 pi) = 0.42 of it in the mean, all directions alike 3 pi / 16 = 0.59. So
        0.3 to 1.3 is possible in the long run; 0.3 here spans 0.55 to 1.8 times that of `tumbling`
        with two standard deviations. Most of that is what is not known of a stage, not what
        differs from flight to flight: where finds on the ground tell the middle, a smaller number
        holds. It counts most where stages are let go low: of two ascents of one made-up vehicle it
        alone made zones 190 km long from 44 km of height, and 7 km long from 68 km [-].
    wind_height : tuple of float
        Heights of the next [m].
    wind : tuple of float
        Of each component of the wind, at those heights. By custom: of the size in range reference
        atmospheres of middle latitudes, greatest under the tropopause [m/s].
    """

    thrust: float = 0.01
    impulse: float = 0.003
    load: float = 0.003
    drag: float = 0.1
    density: float = 0.05
    pointing: float = np.pi / 1800
    ballistic: float = 0.3
    wind_height: tuple[float, ...] = (0.0, 5e3, 10e3, 12e3, 16e3, 20e3, 30e3, 50e3, 80e3, 100e3)
    wind: tuple[float, ...] = (4.0, 8.0, 14.0, 14.0, 9.0, 6.0, 8.0, 20.0, 20.0, 0.0)

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            least = min(value) if isinstance(value, tuple) else value
            if not least >= 0:
                raise InputError(f"{each.name} is {least:g}; a spread is not below zero")
        if len(self.wind) != len(self.wind_height):
            raise InputError(
                f"there are {len(self.wind)} winds at {len(self.wind_height)} heights; "
                "give one each"
            )

    @classmethod
    def none(cls) -> Dispersions:
        """Make those of a flight that goes as planned.

        Returns
        -------
        Dispersions
            All zero.
        """
        calm = (0.0,) * len(cls().wind_height)
        names = [each.name for each in fields(cls) if not each.name.startswith("wind")]
        return cls(**dict.fromkeys(names, 0.0), wind=calm)  # type: ignore[arg-type] # by name


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ellipse:
    """An ellipse on the ground that holds a share of what falls.

    Attributes
    ----------
    latitude, longitude : float
        Geodetic latitude and east longitude of its centre, the mean of the points [rad].
    semi_major, semi_minor : float
        Its semi-axes [m].
    azimuth : float
        Direction of its long axis, clockwise from north, 0 to pi [rad].
    probability : float
        Share that it holds where the points are spread normally [-].
    inside : float
        Share of the points that lies inside, by counting [-].
    count : int
        How many points there are [-].
    """

    latitude: float
    longitude: float
    semi_major: float
    semi_minor: float
    azimuth: float
    probability: float
    inside: float
    count: int

    @property
    def area(self) -> float:
        """Its area.

        Returns
        -------
        float
            The area [m²].
        """
        return float(np.pi * self.semi_major * self.semi_minor)

    def outline(self, count: int = 72) -> tuple[Floats, Floats]:
        """Draw it, for a map.

        Parameters
        ----------
        count : int
            How many corners [-].

        Returns
        -------
        latitude, longitude : numpy.ndarray, shape (count + 1,)
            A closed line against the clock, as GeoJSON wants it [rad].
        """
        turn = -np.linspace(0.0, 2 * np.pi, count + 1)
        ahead, aside = self.semi_major * np.cos(turn), self.semi_minor * np.sin(turn)
        away, azimuth = np.hypot(ahead, aside), self.azimuth + np.arctan2(aside, ahead)
        latitude, longitude = destination(self.latitude, self.longitude, azimuth, away)
        latitude[-1], longitude[-1] = latitude[0], longitude[0]
        return latitude, longitude


def tumbling(mass: float, side_area: float, coefficient: float = TUMBLING) -> float:
    """Give the ballistic coefficient of a long body that turns end over end as it falls.

    Parameters
    ----------
    mass : float
        Of one piece [kg].
    side_area : float
        Area seen from the side [m²].
    coefficient : float
        Of drag, on that area, in the mean over the turning: by default 4 / (3 pi) of that of a
        cylinder across a flow of Mach 2.9, see `Dispersions.ballistic` [-].

    Returns
    -------
    float
        Mass over coefficient and area [kg/m²].

    Examples
    --------
    >>> round(tumbling(3800.0, 36.8))
    182
    """
    if not min(mass, side_area, coefficient) > 0:
        raise InputError(
            f"a body of {mass:g} kg and {side_area:g} m² with a coefficient of {coefficient:g}: "
            "all must be above zero"
        )
    return mass / (coefficient * side_area)


def drawn(
    plan: Programme, dispersions: Dispersions, count: int, generator: np.random.Generator
) -> Perturbed:
    """Draw copies of a vehicle and the weather of each.

    Engines of one block share their error, as they share propellant and calibration.

    Parameters
    ----------
    plan : Programme
        The plan.
    dispersions : Dispersions
        How much they differ.
    count : int
        How many [-].
    generator : numpy.random.Generator
        Where the numbers come from; the same state of it gives the same copies.

    Returns
    -------
    Perturbed
        The copies.
    """
    blocks, drops = len(plan.blocks), len(plan.drops)
    widths = (blocks, blocks, blocks, 1, 1, 2, 2, drops)
    normal = generator.standard_normal((count, sum(widths)))  # a row a copy: more copies keep rows
    thrust, impulse, load, drag, density, blown, pointing, ballistic = np.split(
        normal, np.cumsum(widths)[:-1], axis=1
    )
    profile = np.array(dispersions.wind)
    return Perturbed(
        thrust=_factors(dispersions.thrust, thrust),
        impulse=_factors(dispersions.impulse, impulse),
        load=_factors(dispersions.load, load),
        drag=_factors(dispersions.drag, drag)[:, 0],
        density=_factors(dispersions.density, density)[:, 0],
        east=blown[:, :1] * profile,
        north=blown[:, 1:] * profile,
        pointing=dispersions.pointing * pointing,
        ballistic=np.exp(dispersions.ballistic * ballistic),
    )


def scattered(
    plan: Programme,
    copies: Perturbed,
    ballistic: Mapping[str, float],
    wind_height: ArrayLike,
    ground: Mapping[str, float] | None = None,
) -> dict[str, Fall]:
    """Fly copies and let fall what falls off them.

    Parameters
    ----------
    plan : Programme
        The plan.
    copies : Perturbed
        The copies, of `drawn`; or a part of them.
    ballistic : mapping of str to float
        Middle ballistic coefficient of one piece of what falls off, by its name; what is not
        named is left out [kg/m²].
    wind_height : array_like, shape (k,)
        Heights of the winds of the copies, as in `Dispersions` [m].
    ground : mapping of str to float or None
        Height of the ground where it falls, by its name; 0 where none is given [m].

    Returns
    -------
    dict of str to Fall
        One body a copy: of boosters one of them.
    """
    names = [drop.name for drop in plan.drops]
    if unknown := [name for name in ballistic if name not in names]:
        raise InputError(f"{unknown[0]!r} does not fall off; on this flight {names} do")
    wind = Wind(np.asarray(wind_height, dtype=np.float64), copies.east, copies.north)
    heights = ground or {}
    parts = [
        (each, ballistic[each.name] * copies.ballistic[:, number])
        for number, each in enumerate(flown(plan, copies, wind, looser=_LOOSER))
        if each.name in ballistic
    ]
    found: dict[str, Fall] = {}
    for height in dict.fromkeys(heights.get(each.name, 0.0) for each, _ in parts):
        # All that falls on one height falls in one call, which takes little longer than a body.
        mine = [part for part in parts if heights.get(part[0].name, 0.0) == height]
        times = len(mine)
        fall = fallen(
            np.concatenate([each.time for each, _ in mine]),
            np.concatenate([each.position for each, _ in mine]),
            np.concatenate([each.velocity for each, _ in mine]),
            ballistic=np.concatenate([mass for _, mass in mine]),
            density_factor=np.tile(copies.density, times),
            wind=Wind(wind.height, *(np.tile(w, (times, 1)) for w in (wind.east, wind.north))),
            ground=height,
            tolerance=_TOLERANCE,
        )
        count = len(copies.density)
        for number, (each, _) in enumerate(mine):
            found[each.name] = fall.part(slice(number * count, (number + 1) * count))
    return {name: found[name] for name in names if name in found}


def ellipse(latitude: ArrayLike, longitude: ArrayLike, *, probability: float = 0.95) -> Ellipse:
    """Fit an ellipse to points on the ground, by their covariance.

    Points are laid out by distance and direction from their mean. Where they are spread normally
    in two directions, the square of the distance in units of the covariance is one of chi-square
    with two degrees of freedom, whose quantile is -2 ln(1 - p). How many points lie inside shows
    whether they are.

    Parameters
    ----------
    latitude, longitude : array_like, shape (n,)
        Geodetic latitude and east longitude of ten points or more [rad].
    probability : float
        Share that it should hold, above 0 and below 1 [-].

    Returns
    -------
    Ellipse
        The ellipse.
    """
    north, east = np.asarray(latitude, np.float64), np.asarray(longitude, np.float64)
    if north.ndim != 1 or north.shape != east.shape or len(north) < _LEAST_POINTS:
        raise InputError(
            f"an ellipse is fitted to {_LEAST_POINTS} points or more; got latitudes of shape "
            f"{north.shape} and longitudes of {east.shape}"
        )
    if not (np.isfinite(north) & np.isfinite(east)).all():
        raise InputError(
            "a point is not finite; leave out what did not fall, as `Fall.fell` tells"
        )
    if not 0 < probability < 1:
        raise InputError(f"probability is {probability:g}; it lies between 0 and 1, like 0.95")
    centre, offsets = _laid_out(north, east)
    covariance = np.cov(offsets)
    squares, axes = np.linalg.eigh(covariance)
    quantile = -2 * np.log1p(-probability)
    semi_minor, semi_major = np.sqrt(np.maximum(squares, 0.0) * quantile)
    parts = axes.T @ offsets
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.nansum(parts**2 / squares[:, np.newaxis], axis=0)
    return Ellipse(
        latitude=centre[0], longitude=centre[1],
        semi_major=float(semi_major), semi_minor=float(semi_minor),
        azimuth=float(np.arctan2(axes[0, 1], axes[1, 1]) % np.pi),
        probability=probability, inside=float(np.mean(size <= quantile)), count=len(north),
    )  # fmt: skip


def _factors(spread: float, normal: Floats) -> Floats:
    """Give factors about one; none comes near zero, ten spreads out."""
    return np.asarray(np.maximum(1 + spread * normal, 0.1))


def _laid_out(latitude: Floats, longitude: Floats) -> tuple[tuple[float, float], Floats]:
    """Find the mean of points and their offsets to the east and north of it [m]."""
    place = np.array([
        np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude),
        np.sin(latitude),
    ]).mean(axis=1)  # fmt: skip
    centre = np.arctan2(place[2], np.hypot(*place[:2])), np.arctan2(place[1], place[0])
    offsets = np.zeros((2, len(latitude)))
    for _ in range(_MOST_ROUNDS):
        away, azimuth, _ = geodesic(*centre, latitude, longitude)
        offsets = away * np.array([np.sin(azimuth), np.cos(azimuth)])
        mean = offsets.mean(axis=1)
        if np.hypot(*mean) < _NEAR:
            break
        moved = destination(*centre, np.arctan2(*mean), np.hypot(*mean))
        centre = float(moved[0]), float(moved[1])
    return (float(centre[0]), float(centre[1])), offsets
