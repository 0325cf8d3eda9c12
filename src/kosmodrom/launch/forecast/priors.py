"""What earlier launches say about the orbit of the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import MU_EARTH, WGS84_A
from kosmodrom.errors import InputError
from kosmodrom.launch.forecast.density import GRID, binned, smoothed

if TYPE_CHECKING:
    from kosmodrom.launch.forecast.settings import Settings

__all__ = [
    "Corridors", "History", "nation_density", "place_density", "same_place", "sun_density",
    "world_density",
]  # fmt: skip

Floats = NDArray[np.float64]
Days = NDArray[np.datetime64]
Texts = NDArray[np.str_]
_SAME_PLACE = 60e3  # [m]
_CENTRIC = 0.9955  # of a geodetic latitude, about the geocentric one in middle latitudes [-]
_REACHED = np.radians(1.0)
_RADIUS = 6_371e3
_J2 = 1.082627e-3  # [-]
_YEAR = 2 * np.pi / (365.2422 * 86_400.0)  # pace of the mean Sun [rad/s]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class History:
    """Earlier launches into orbit.

    Attributes
    ----------
    day : numpy.ndarray of datetime64[D], shape (n,)
        When [UTC].
    latitude, longitude : numpy.ndarray, shape (n,)
        Of the site; NaN where it is not known [rad].
    inclination : numpy.ndarray, shape (n,)
        Of the orbit, that after later burns where no other is known [rad].
    perigee : numpy.ndarray, shape (n,)
        Height of the perigee; NaN where it is not known [m].
    nation, operator, vehicle : numpy.ndarray of str, shape (n,)
        Whose launch, who launched, and with what; empty where it is not known [-].
    """

    day: Days
    latitude: Floats
    longitude: Floats
    inclination: Floats
    perigee: Floats
    nation: Texts
    operator: Texts
    vehicle: Texts

    def __post_init__(self) -> None:
        """Refuse columns of different lengths."""
        lengths = {name: len(getattr(self, name)) for name in self.__slots__}
        if len(set(lengths.values())) > 1:
            raise InputError(f"columns of a history have different lengths: {lengths}")

    @classmethod
    def empty(cls) -> History:
        """Give a history of nothing.

        Returns
        -------
        History
            Without launches.
        """
        none, text = np.zeros(0), np.zeros(0, dtype=np.str_)
        return cls(
            day=np.zeros(0, dtype="datetime64[D]"), latitude=none, longitude=none,
            inclination=none, perigee=none, nation=text, operator=text, vehicle=text,
        )  # fmt: skip

    def before(self, day: np.datetime64) -> History:
        """Keep what was launched before a day.

        Parameters
        ----------
        day : numpy.datetime64
            The day [UTC].

        Returns
        -------
        History
            Launches of earlier days whose inclination is known. Where it is lower than any that
            can be reached from the site, as for geostationary satellites, later burns turned the
            orbit: the lowest that can be reached is put in its place, that of a launch due east.
        """
        kept = (self.day < day) & np.isfinite(self.inclination)
        made = {name: getattr(self, name)[kept] for name in self.__slots__}
        lowest = np.nan_to_num(np.abs(made["latitude"]), nan=0.0) * _CENTRIC
        turned = made["inclination"] < lowest - _REACHED
        made["inclination"] = np.where(turned, lowest, made["inclination"])
        return History(**made)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corridors:
    """Zones of earlier launches, and which orbit they led to.

    Attributes
    ----------
    day : numpy.ndarray of datetime64[D], shape (n,)
        When it was launched [UTC].
    latitude, longitude : numpy.ndarray, shape (n,)
        Of the site [rad].
    azimuth : numpy.ndarray, shape (n,)
        That the last zone told, if nothing yawed [rad].
    angle : numpy.ndarray, shape (n,)
        Of that zone from the pad, at the Earth's centre [rad].
    inclination : numpy.ndarray, shape (n,)
        Of the orbit [rad].
    """

    day: Days
    latitude: Floats
    longitude: Floats
    azimuth: Floats
    angle: Floats
    inclination: Floats

    @classmethod
    def empty(cls) -> Corridors:
        """Give no corridors.

        Returns
        -------
        Corridors
            Without launches.
        """
        none = np.zeros(0)
        return cls(
            day=np.zeros(0, dtype="datetime64[D]"), latitude=none, longitude=none, azimuth=none,
            angle=none, inclination=none,
        )  # fmt: skip


def same_place(
    latitude: Floats, longitude: Floats, here: tuple[float, float]
) -> NDArray[np.bool_]:
    """Say which sites are the same as a place: within 60 km.

    Parameters
    ----------
    latitude, longitude : numpy.ndarray, shape (n,)
        Of the sites [rad].
    here : tuple of float
        Latitude and longitude of the place [rad].

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        Which are [-].
    """
    half = np.sin((latitude - here[0]) / 2) ** 2
    half = half + np.cos(latitude) * np.cos(here[0]) * np.sin((longitude - here[1]) / 2) ** 2
    return np.asarray(2 * _RADIUS * np.arcsin(np.sqrt(np.clip(half, 0, 1))) < _SAME_PLACE)


def _kernels(inclination: Floats, weight: Floats, settings: Settings) -> Floats:
    raw = binned(inclination, weight)
    total = raw.sum()
    if not total > 0:
        return np.zeros(len(GRID))
    narrow, wide = smoothed(raw, settings.sharp), smoothed(raw, settings.broad)
    share = settings.sharp_share
    return np.asarray((share * narrow + (1 - share) * wide) / total)


def _fade(day: Days, now: np.datetime64, half: float) -> Floats:
    age = (now - day).astype("timedelta64[D]").astype(np.float64)
    return np.asarray(0.5 ** (age / half))


def world_density(history: History, now: np.datetime64, settings: Settings) -> Floats:
    """Give how often inclinations are launched into, worldwide.

    A target counts by the square root of how often a place launched to it: hundreds of flights
    to one station say little of what others do.

    Parameters
    ----------
    history : History
        Launches before `now`.
    now : numpy.datetime64
        Day of the forecast [UTC].
    settings : Settings
        Widths of kernels and the time in which launches fade.

    Returns
    -------
    numpy.ndarray, shape (3600,)
        Probability of each cell; zero everywhere where there are no launches [-].
    """
    weight = _fade(history.day, now, 3 * settings.fading)
    return _kernels(history.inclination, weight / np.sqrt(_alike(history, weight)), settings)


def nation_density(
    history: History, now: np.datetime64, nation: str, settings: Settings
) -> tuple[Floats, float]:
    """Give how often a nation launches into inclinations, from all its places.

    Parameters
    ----------
    history : History
        Launches before `now`.
    now : numpy.datetime64
        Day of the forecast [UTC].
    nation : str
        Whose launch it is, as in `history`; empty where it is not known.
    settings : Settings
        Widths of kernels and the time in which launches fade.

    Returns
    -------
    density : numpy.ndarray, shape (3600,)
        Probability of each cell; zero everywhere where there are no launches [-].
    count : float
        Launches it rests on, faded [-].
    """
    mine = history.nation == nation if nation else np.zeros(len(history.day), dtype=bool)
    weight = _fade(history.day, now, settings.fading) * mine
    density = _kernels(history.inclination, weight / np.sqrt(_alike(history, weight)), settings)
    return density, float(weight.sum())


def _alike(history: History, weight: Floats) -> Floats:
    """Sum the weights of launches from about the same place to about the same inclination."""
    cell = np.round(np.degrees(history.inclination) / 0.3).astype(np.int64)
    there = np.nan_to_num(np.round(np.degrees(history.longitude) / 2.0), nan=999.0)
    _, which = np.unique(cell * 2000 + there.astype(np.int64), return_inverse=True)
    return np.asarray(np.maximum(np.bincount(which, weights=weight)[which], 1.0))


def place_density(
    history: History, now: np.datetime64, here: tuple[float, float], operator: str,
    settings: Settings,
) -> tuple[Floats, float]:  # fmt: skip
    """Give how often inclinations are launched into from a place.

    Parameters
    ----------
    history : History
        Launches before `now`.
    now : numpy.datetime64
        Day of the forecast [UTC].
    here : tuple of float
        Latitude and longitude of the place [rad].
    operator : str
        Who launches; empty where it is not known.
    settings : Settings
        Widths of kernels and the time in which launches fade.

    Returns
    -------
    density : numpy.ndarray, shape (3600,)
        Probability of each cell; zero everywhere where there are no launches [-].
    count : float
        Launches it rests on, faded [-].
    """
    near = same_place(history.latitude, history.longitude, here)
    weight = _fade(history.day[near], now, settings.fading)
    if operator:
        weight = weight * np.where(history.operator[near] == operator, 2.0, 1.0)
    return _kernels(history.inclination[near], weight, settings), float(weight.sum())


def sun_density(lowest: float = 350e3, highest: float = 900e3) -> Floats:
    """Give the inclinations of circular sun-synchronous orbits.

    Parameters
    ----------
    lowest, highest : float
        Heights between which they lie; those in the middle more often [m].

    Returns
    -------
    numpy.ndarray, shape (3600,)
        Probability of each cell [-].
    """
    part = (np.arange(400) + 0.5) / 400
    axis = WGS84_A + lowest + (highest - lowest) * part
    pace = 1.5 * _J2 * np.sqrt(MU_EARTH / axis**3) * (WGS84_A / axis) ** 2
    # most fly at 500 to 600 km: a hump that leans to the low side
    weight = part**0.8 * (1 - part) ** 2.0
    mass = smoothed(binned(np.arccos(-_YEAR / pace), weight), 0.0015)
    return np.asarray(mass / mass.sum())
