"""What stands around a place: a mask of elevations by azimuth, and air that bends the light."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Atmosphere", "Mask"]

_LOWEST, _HIGHEST = np.radians(-10.0), np.radians(90.0)
_LOWEST_IN_AIR = np.radians(-8.0)
# Bennett's formula runs into a pole below this; refraction there is anyone's guess.
_LEAST_APPARENT = np.radians(-1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """Least elevation by azimuth, straight between the azimuths given.

    Attributes
    ----------
    azimuth : numpy.ndarray, shape (k,)
        Azimuths, increasing, from 0 to below 2 pi [rad]; one of them for a mask that is level.
    elevation : numpy.ndarray, shape (k,)
        Elevation there [rad].
    """

    azimuth: Floats
    elevation: Floats

    def __post_init__(self) -> None:
        azimuth = np.array(self.azimuth, dtype=np.float64)
        elevation = np.array(self.elevation, dtype=np.float64)
        if azimuth.shape != elevation.shape or azimuth.ndim != 1 or not len(azimuth):
            raise InputError(
                f"azimuth has shape {azimuth.shape} and elevation {elevation.shape}; give one "
                "elevation for each azimuth"
            )
        if not (np.all(np.diff(azimuth) > 0) and azimuth[0] >= 0 and azimuth[-1] < 2 * np.pi):
            raise InputError("azimuths of a mask must increase from 0 to below 360 deg")
        outside = (elevation < _LOWEST) | (elevation >= _HIGHEST) | ~np.isfinite(elevation)
        if outside.any():
            worst = np.degrees(elevation[outside][0])
            raise InputError(f"the mask is {worst:g} deg; it must be from -10 deg to below 90 deg")
        for name, column in (("azimuth", azimuth), ("elevation", elevation)):
            column.flags.writeable = False
            object.__setattr__(self, name, column)

    @classmethod
    def level(cls, elevation: float) -> Self:
        """Make a mask that is the same all around.

        Parameters
        ----------
        elevation : float
            Least elevation [rad].

        Returns
        -------
        Mask
            The mask.
        """
        return cls(np.zeros(1), np.array([float(elevation)]))

    @property
    def is_level(self) -> bool:
        """Tell whether it is the same all around.

        Returns
        -------
        bool
            Whether all elevations are equal.
        """
        return bool(np.ptp(self.elevation) == 0.0)

    @property
    def lowest(self) -> float:
        """Give its lowest elevation.

        Returns
        -------
        float
            Elevation [rad].
        """
        return float(self.elevation.min())

    @property
    def highest(self) -> float:
        """Give its highest elevation.

        Returns
        -------
        float
            Elevation [rad].
        """
        return float(self.elevation.max())

    def at(self, azimuth: Any) -> Floats:
        """Give the least elevation in directions.

        Parameters
        ----------
        azimuth : array_like, shape (...)
            Clockwise from north [rad].

        Returns
        -------
        numpy.ndarray, shape (...)
            Elevation [rad].
        """
        return np.asarray(np.interp(azimuth, self.azimuth, self.elevation, period=2 * np.pi))

    def between(self, azimuth: Floats, half: Floats) -> tuple[Floats, Floats]:
        """Give the lowest and the highest elevation within arcs.

        Parameters
        ----------
        azimuth : numpy.ndarray, shape (m,)
            Middle of each arc, clockwise from north [rad].
        half : numpy.ndarray, shape (m,)
            Half its length [rad]; half a turn and more is all around.

        Returns
        -------
        lowest, highest : numpy.ndarray, shape (m,)
            Elevations [rad].
        """
        turns = np.array([-2.0, 0.0, 2.0])[:, None] * np.pi
        corners, heights = (self.azimuth + turns).ravel(), np.tile(self.elevation, 3)
        first, last = np.remainder(azimuth, 2 * np.pi) + np.array([-1.0, 1.0])[:, None] * half
        ends = np.stack([self.at(first), self.at(last)])
        begin, end = np.searchsorted(corners, first), np.searchsorted(corners, last)
        lowest, highest = ends.min(axis=0), ends.max(axis=0)
        some = np.flatnonzero(end > begin)
        if len(some):  # corners inside: two runs of a power of two cover them
            size = np.floor(np.log2((end - begin)[some])).astype(np.int64)
            low, high = heights, heights
            for level in range(int(size.max()) + 1):
                here = some[size == level]
                starts = np.stack([begin[here], end[here] - (1 << level)]).clip(0, len(low) - 1)
                lowest[here] = np.minimum(lowest[here], low[starts].min(axis=0))
                highest[here] = np.maximum(highest[here], high[starts].max(axis=0))
                step = 1 << level
                low = np.minimum(low[:-step], low[step:])
                high = np.maximum(high[:-step], high[step:])
        around = half >= np.pi
        return (
            np.where(around, self.lowest, lowest),
            np.where(around, self.highest, highest),
        )

    def bent_back(self, air: Atmosphere) -> Mask:
        """Turn a mask of apparent elevations into one of true elevations.

        Parameters
        ----------
        air : Atmosphere
            The air that bends the light.

        Returns
        -------
        Mask
            What stands at the mask is truly lower, by the refraction.
        """
        if self.lowest < _LOWEST_IN_AIR:
            raise InputError(
                f"the mask is {np.degrees(self.lowest):g} deg; with air it must be -8 deg or "
                "higher: how light is bent so low is not known"
            )
        return Mask(self.azimuth, self.elevation - air.refraction(self.elevation))


@dataclass(frozen=True, slots=True, kw_only=True)
class Atmosphere:
    """Air at a place.

    Attributes
    ----------
    pressure : float
        Pressure there, not reduced to sea level [Pa].
    temperature : float
        Temperature [K].

    References
    ----------
    G. G. Bennett, The calculation of astronomical refraction in marine navigation, Journal of
    Navigation 35 (1982), 255-259.
    """

    pressure: float = 101_000.0
    temperature: float = 283.15

    def __post_init__(self) -> None:
        if not (0 <= self.pressure <= 110_000 and 180 <= self.temperature <= 340):
            raise InputError(
                f"air of {self.pressure:g} Pa and {self.temperature:g} K; 0 to 110000 Pa and 180 "
                "to 340 K can be used"
            )

    def refraction(self, apparent: Any) -> Floats:
        """Give by how much light is bent, for an apparent elevation.

        Parameters
        ----------
        apparent : array_like, shape (...)
            Apparent elevation [rad]; below -1 deg the value there is taken.

        Returns
        -------
        numpy.ndarray, shape (...)
            Apparent less true elevation [rad]; 0.07 arcmin off in the mean of real air, degrees of
            a minute near the horizon, where the weather decides.
        """
        shown = np.degrees(np.maximum(apparent, _LEAST_APPARENT))
        minutes = 1 / np.tan(np.radians(shown + 7.31 / (shown + 4.4)))
        scale = self.pressure / 101_000.0 * 283.15 / self.temperature
        return np.asarray(np.radians(np.maximum(minutes, 0.0) * scale / 60.0))

    def apparent(self, true: Any) -> Floats:
        """Give the apparent elevation for a true one.

        Parameters
        ----------
        true : array_like, shape (...)
            True elevation [rad].

        Returns
        -------
        numpy.ndarray, shape (...)
            Apparent elevation [rad]: the inverse of `refraction`, to 1e-9 rad.
        """
        true = np.asarray(true, dtype=np.float64)
        shown = true + self.refraction(true)
        for _ in range(25):  # refraction changes by less than 0.2 of the elevation: it contracts
            shown = true + self.refraction(shown)
        return np.asarray(shown)
