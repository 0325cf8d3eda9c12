"""What a flight is asked to do: from where, to which orbit, within which limits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.constants import MU_EARTH, WGS84_A
from kosmodrom.base.ellipsoid import geodetic_to_itrs, local_axes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Limits", "Orbit", "Task", "Zone", "circle"]

_ROUND = 1e-5  # eccentricity below which an orbit has no perigee


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """Where a part has to fall.

    Attributes
    ----------
    part : str
        Name of the block, or "fairing".
    latitude, longitude : float
        Geodetic latitude and east longitude of the middle [rad].
    radius : float
        How far from there it may fall [m].
    ballistic : float
        Mass over coefficient of drag and area of one piece [kg/m²].
    aim : tuple of float or None
        Where it would have to fall without air, as a direction from the Earth's centre in
        Earth-fixed axes; the middle where None [-].
    """

    part: str
    latitude: float
    longitude: float
    radius: float
    ballistic: float
    aim: tuple[float, float, float] | None = None

    @property
    def middle(self) -> Floats:
        """Where the middle is.

        Returns
        -------
        numpy.ndarray, shape (3,)
            Direction from the Earth's centre, in Earth-fixed axes [-].
        """
        place = geodetic_to_itrs(self.latitude, self.longitude, 0.0)
        return np.asarray(place / np.linalg.norm(place))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a flight must not exceed.

    Attributes
    ----------
    heating : float
        Half the density times the cube of the speed, once the fairing is off [W/m²].
    attack_load : float
        Dynamic pressure times angle between thrust and motion through the air [Pa rad].
    dynamic_pressure : float or None
        Dynamic pressure [Pa].
    acceleration : float or None
        Thrust over mass; single liquid engines are throttled to keep it [m/s²].
    separation_pressure : float or None
        Dynamic pressure where stages part and the next one is lit later: until then nothing
        steers [Pa].
    azimuths : tuple of float or None
        Sector that is open, clockwise from the first to the second, less than half a turn: the
        direction over the ground in which it flies [rad].
    zones : tuple of Zone
        Where parts have to fall.
    """

    heating: float = 1135.0
    attack_load: float = 4000.0
    dynamic_pressure: float | None = None
    acceleration: float | None = None
    separation_pressure: float | None = None
    azimuths: tuple[float, float] | None = None
    zones: tuple[Zone, ...] = ()

    def loosened(self, factor: float) -> Limits:
        """Allow more of what makes an ascent hard to find; the same limits remain in force.

        Parameters
        ----------
        factor : float
            By which dynamic pressures and their product with the angle may be greater [-].

        Returns
        -------
        Limits
            The looser limits.
        """
        quiet, pressure = self.separation_pressure, self.dynamic_pressure
        return replace(
            self,
            attack_load=self.attack_load * factor,
            dynamic_pressure=None if pressure is None else pressure * factor,
            separation_pressure=None if quiet is None else quiet * factor**4,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Orbit:
    """An orbit at the instant of insertion.

    Attributes
    ----------
    perigee, apogee : float
        Least and greatest distance from the Earth's centre [m].
    inclination : float
        Inclination [rad].
    argument_of_perigee : float or None
        Free where None [rad].
    node : float or None
        Right ascension of the ascending node, in the axes of the Earth at lift-off; free where
        None [rad].
    """

    perigee: float
    apogee: float
    inclination: float
    argument_of_perigee: float | None = None
    node: float | None = None

    @property
    def axis(self) -> float:
        """Semi-major axis.

        Returns
        -------
        float
            Length [m].
        """
        return (self.perigee + self.apogee) / 2

    @property
    def eccentricity(self) -> float:
        """Eccentricity; zero for an orbit that is round to a hundred-thousandth.

        Returns
        -------
        float
            Eccentricity [-].
        """
        found = (self.apogee - self.perigee) / (self.apogee + self.perigee)
        return found if found > _ROUND else 0.0

    @property
    def parameter(self) -> float:
        """Semi-latus rectum.

        Returns
        -------
        float
            Length [m].
        """
        return self.axis * (1 - self.eccentricity**2)

    def speed_at(self, radius: float) -> float:
        """Speed at a distance from the Earth's centre.

        Parameters
        ----------
        radius : float
            Distance [m].

        Returns
        -------
        float
            Speed [m/s].
        """
        return float(np.sqrt(MU_EARTH * (2 / radius - 1 / self.axis)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A flight to be found.

    Attributes
    ----------
    latitude, longitude, height : float
        Of the pad: geodetic, east, over the ellipsoid [rad, rad, m].
    orbit : Orbit
        Where to.
    ascending : bool
        Whether it goes north.
    parking : tuple of float or None
        Least and greatest distance from the Earth's centre of the orbit in which the last block
        coasts between its burns; free where None [m].
    payload : float or None
        What is carried; as much as can be where None [kg].
    reserve : float
        Speed that the last block keeps in hand [m/s].
    limits : Limits
        What must not be exceeded.
    """

    latitude: float
    longitude: float
    height: float = 0.0
    orbit: Orbit
    ascending: bool = True
    parking: tuple[float, float] | None = None
    payload: float | None = None
    reserve: float = 0.0
    limits: Limits = field(default_factory=Limits)

    @property
    def pad(self) -> Floats:
        """Where the pad is.

        Returns
        -------
        numpy.ndarray, shape (3,)
            Position in the axes of the Earth at lift-off [m].
        """
        return geodetic_to_itrs(self.latitude, self.longitude, self.height)

    @property
    def axes(self) -> Floats:
        """Where east, north and up are at the pad.

        Returns
        -------
        numpy.ndarray, shape (3, 3)
            Rows, in the axes of the Earth at lift-off [-].
        """
        return local_axes(self.latitude, self.longitude)


def circle(height: float, inclination: float) -> Orbit:
    """Give a circular orbit.

    Parameters
    ----------
    height : float
        Over the equatorial radius of WGS84 [m].
    inclination : float
        Inclination [rad].

    Returns
    -------
    Orbit
        The orbit.
    """
    return Orbit(perigee=WGS84_A + height, apogee=WGS84_A + height, inclination=inclination)
