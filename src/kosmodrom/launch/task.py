"""What a flight to orbit is asked to do: from where, to which orbit, within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from kosmodrom.errors import InputError

__all__ = ["Limits", "Task", "Zone"]

#: Heating at which fairings are dropped, by the manuals of makers [W/m²]: Arianespace, Soyuz
#: user's manual, issue 2 (2012). The Sun gives 1361 W/m².
FAIRING_HEATING = 1135.0


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
    """

    part: str
    latitude: float
    longitude: float
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a vehicle and its range bear.

    Attributes
    ----------
    heating : float
        Half the density times the cube of the speed below which the fairing may go [W/m²].
    dynamic_pressure : float
        Greatest dynamic pressure [Pa].
    load : float
        Greatest dynamic pressure times angle of attack [Pa rad].
    acceleration : float
        Greatest acceleration that is felt [m/s²].
    azimuths : tuple of float or None
        Open directions over the ground, clockwise from the first to the second [rad]; None where
        all are open.
    zones : tuple of Zone
        Where parts have to fall.
    """

    heating: float = FAIRING_HEATING
    dynamic_pressure: float = inf
    load: float = inf
    acceleration: float = inf
    azimuths: tuple[float, float] | None = None
    zones: tuple[Zone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A flight that is asked for.

    Attributes
    ----------
    latitude, longitude, height : float
        The pad: geodetic latitude, east longitude, height over WGS84 [rad, rad, m].
    perigee, apogee : float
        Heights of the wanted orbit over the equatorial radius of WGS84 [m].
    inclination : float
        Inclination of the wanted orbit [rad].
    argument_of_perigee : float or None
        Argument of its perigee [rad]; None where any will do.
    node : float or None
        Longitude of its ascending node in the axes of the flight, which are those of the Earth at
        lift-off [rad]; None where any will do.
    ascending : bool or None
        Whether to leave to the north; None for the better direction.
    payload : float or None
        What is carried [kg]; None to carry the most.
    reserve : float
        Change of speed that is kept at the end [m/s].
    parking : tuple of float or None
        Heights of perigee and apogee of an orbit on the way [m]; None where there is none.
    limits : Limits
        What must not be exceeded.
    """

    latitude: float
    longitude: float
    height: float
    perigee: float
    apogee: float
    inclination: float
    argument_of_perigee: float | None = None
    node: float | None = None
    ascending: bool | None = None
    payload: float | None = None
    reserve: float = 0.0
    parking: tuple[float, float] | None = None
    limits: Limits = Limits()

    def __post_init__(self) -> None:
        for low, high in ((self.perigee, self.apogee), self.parking or (0.0, 0.0)):
            if low > high:
                raise InputError(
                    f"the perigee, {low / 1e3:g} km, is above the apogee, {high / 1e3:g} km; "
                    "exchange them"
                )
