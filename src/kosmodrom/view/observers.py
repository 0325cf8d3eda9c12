"""Places on the ground from which, or at which, something is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.base.ellipsoid import geodetic_to_itrs, local_axes
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["Observers"]

_LOWEST, _HIGHEST = -11_000.0, 100_000.0  # from the deepest sea to the edge of space


@dataclass(frozen=True, slots=True, eq=False)
class Observers:
    """Places by their geodetic coordinates on WGS84.

    Attributes
    ----------
    latitude, longitude : numpy.ndarray, shape (n,)
        Geodetic latitude and east longitude [rad].
    height : numpy.ndarray, shape (n,)
        Height above the ellipsoid [m].
    position : numpy.ndarray, shape (n, 3)
        The same in ITRS [m].
    axes : numpy.ndarray, shape (n, 3, 3)
        Unit vectors to the east, the north and up, the normal of the ellipsoid, in ITRS [-].
    """

    latitude: Floats
    longitude: Floats
    height: Floats
    position: Floats
    axes: Floats

    @classmethod
    def at(cls, latitude: Any, longitude: Any, height: Any = 0.0) -> Observers:
        """Make places from coordinates.

        Parameters
        ----------
        latitude, longitude : array_like, shape (n,)
            Geodetic latitude and east longitude [rad].
        height : array_like, shape (n,)
            Height above the ellipsoid [m].

        Returns
        -------
        Observers
            The places.
        """
        lat, lon, high = (
            np.atleast_1d(part).astype(np.float64)
            for part in np.broadcast_arrays(latitude, longitude, height)
        )
        if high.size and (high.min() < _LOWEST or high.max() > _HIGHEST):
            worst = high.min() if high.min() < _LOWEST else high.max()
            raise InputError(
                f"height {worst:g} m is no place on the ground; {_LOWEST:g} to {_HIGHEST:g} m can "
                "be used"
            )
        return cls(lat, lon, high, geodetic_to_itrs(lat, lon, high), local_axes(lat, lon))

    def __len__(self) -> int:
        return len(self.latitude)

    def __getitem__(self, index: Any) -> Observers:  # whatever NumPy takes for one axis
        rows = np.atleast_1d(np.arange(len(self))[index])
        return Observers(
            self.latitude[rows],
            self.longitude[rows],
            self.height[rows],
            self.position[rows],
            self.axes[rows],
        )

    @property
    def radius(self) -> Floats:
        """Give the distance of each place from the Earth's centre.

        Returns
        -------
        numpy.ndarray, shape (n,)
            Distance [m].
        """
        return np.asarray(np.sqrt(np.sum(self.position**2, axis=-1)))

    @property
    def tilt(self) -> Floats:
        """Give the angle between the normal of the ellipsoid and the line from the centre.

        Returns
        -------
        numpy.ndarray, shape (n,)
            At most 0.0034 rad, 0.19 deg [rad].
        """
        upward = np.sum(self.position * self.axes[:, 2], axis=-1) / self.radius
        return np.asarray(np.arccos(np.clip(upward, -1.0, 1.0)))
