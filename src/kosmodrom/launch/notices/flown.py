"""Where launches from a site went before, and how a closed area lies to that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.geodesy import geodesic
from kosmodrom.launch.reach import (
    circular_speed,
    ground_azimuth,
    inclination_limits,
    inertial_azimuth,
    pad_on_earth,
)

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from kosmodrom.launch.notices.notice import Area

__all__ = ["FlownSite", "Lie", "Outline", "flown_site", "lie", "outline"]

_ALTITUDE = 200e3  # of the parking orbit whose speed turns a plane into a direction [m]
_BLUR = 4.0  # by which an area's middle lies off the direction of a known plane [deg]
_STRAY = 0.1  # share of launches that may go anywhere, as those that turn on the way [-]
_STEP = 5e3  # between points of a ring, so that its middle does not hang on its corners [m]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FlownSite:
    """A launch site with the directions of its earlier launches.

    Attributes
    ----------
    name : str
        Its id.
    country : str
        ISO 3166 code of three letters.
    latitude, longitude : float
        Geodetic latitude and east longitude [rad].
    launches : int
        How many earlier launches are known [-].
    density : numpy.ndarray, shape (360,)
        Share of them a degree, by azimuth against the turning Earth; sums up to 1 [1/deg].
    """

    name: str
    country: str
    latitude: float
    longitude: float
    launches: int
    density: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What an area looks like.

    Attributes
    ----------
    latitude, longitude : float
        Its middle [rad].
    length, width : float
        Along its long axis and across [m].
    azimuth : float
        Of the long axis, 0 to pi [rad].
    """

    latitude: float
    longitude: float
    length: float
    width: float
    azimuth: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lie:
    """How an area lies to a site.

    Attributes
    ----------
    distance : float
        From the site to its middle [m].
    azimuth : float
        In which direction that is [rad].
    density : float
        Share of earlier launches a degree in that direction [1/deg].
    slant : float
        Angle between its long axis and the way from the site, 0 to pi / 2 [rad].
    """

    distance: float
    azimuth: float
    density: float
    slant: float


def flown_site(
    name: str, country: str, latitude: float, longitude: float, inclinations: ArrayLike
) -> FlownSite:
    """Gather the directions in which launches left a site.

    Both directions of each plane count half: which one was flown is not in the record.

    Parameters
    ----------
    name : str
        Its id.
    country : str
        ISO 3166 code of three letters of the country that runs it.
    latitude, longitude : float
        Geodetic latitude and east longitude [rad].
    inclinations : array_like, shape (k,)
        Of the orbits of earlier launches [rad].

    Returns
    -------
    FlownSite
        The site; with no launch, all directions are alike.
    """
    flown = np.asarray(inclinations, dtype=np.float64)
    central, pad_speed = pad_on_earth(latitude)
    low, high = inclination_limits(central)
    both = np.concatenate(inertial_azimuth(central, np.clip(flown, low, high)))
    azimuths, _ = ground_azimuth(both, circular_speed(_ALTITUDE), pad_speed)
    degrees = np.arange(360.0)
    apart = np.abs((degrees[:, None] - np.degrees(azimuths) + 180.0) % 360.0 - 180.0)
    density = np.full(360, 1.0 / 360.0)
    if flown.size:
        near = np.exp(-0.5 * (apart / _BLUR) ** 2).sum(axis=1)
        density = (1.0 - _STRAY) * near / near.sum() + _STRAY / 360.0
    return FlownSite(
        name=name,
        country=country,
        latitude=latitude,
        longitude=longitude,
        launches=flown.size,
        density=density,
    )


def outline(area: Area) -> Outline:
    """Find middle, sides and long axis of an area.

    Parameters
    ----------
    area : Area
        The area.

    Returns
    -------
    Outline
        What it looks like, in the plane that touches the Earth at the mean of its corners: good
        to some percent for sides of less than 1000 km.
    """
    ring = np.radians(area.ring)
    middle = ring[:-1].mean(axis=0)
    distance, azimuth, _ = geodesic(middle[0], middle[1], ring[:, 0], ring[:, 1])
    corners = np.stack([distance * np.cos(azimuth), distance * np.sin(azimuth)], axis=1)
    points = _walked(corners)
    values, vectors = np.linalg.eigh(np.cov(points.T))
    axis = vectors[:, int(np.argmax(values))]
    along, across = points @ axis, points @ vectors[:, int(np.argmin(values))]
    return Outline(
        latitude=float(middle[0]),
        longitude=float(middle[1]),
        length=float(np.ptp(along)),
        width=float(np.ptp(across)),
        azimuth=float(np.arctan2(axis[1], axis[0]) % np.pi),
    )


def _walked(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put points on the sides, at most a thousand."""
    sides = np.hypot(*np.diff(corners, axis=0).T)
    step = max(_STEP, float(sides.sum()) / 1000.0)
    parts = [
        start
        + (end - start) * np.arange(0.0, 1.0, 1.0 / max(1, int(np.ceil(side / step))))[:, None]
        for start, end, side in zip(corners[:-1], corners[1:], sides, strict=True)
    ]
    return np.concatenate(parts)


def lie(site: FlownSite, seen: Outline) -> Lie:
    """Say how an area lies to a site.

    Parameters
    ----------
    site : FlownSite
        The site.
    seen : Outline
        The area.

    Returns
    -------
    Lie
        Distance, direction, how often that was flown, and how the area is turned.
    """
    distance, azimuth, back = geodesic(
        site.latitude, site.longitude, seen.latitude, seen.longitude
    )
    turned = float(seen.azimuth - back) % np.pi
    return Lie(
        distance=float(distance),
        azimuth=float(azimuth),
        density=float(site.density[round(float(np.degrees(azimuth))) % 360]),
        slant=min(turned, np.pi - turned),
    )
