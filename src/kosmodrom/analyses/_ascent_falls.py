"""Where the parts of a flight come down: what the falling stages give, for tables and maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.launch.flight import Flight

    Floats = NDArray[np.float64]

__all__ = ["Fall", "Falls", "falls_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """Where one part comes down.

    Attributes
    ----------
    part : str
        Name of the block, or "fairing".
    count : int
        In how many pieces [-].
    mass : float
        Of all of them [kg].
    seconds : float
        After lift-off [s].
    latitude, longitude : float
        Geodetic latitude and east longitude [rad].
    along, across : float or None
        Half the length and half the width of the ellipse that holds 95 % [m].
    azimuth : float or None
        Direction of its length [rad].
    ring : tuple of tuple of float
        Latitude and longitude of its closed outline, anticlockwise [rad]; empty where there is
        none.
    """

    part: str
    count: int
    mass: float
    seconds: float
    latitude: float
    longitude: float
    along: float | None = None
    across: float | None = None
    azimuth: float | None = None
    ring: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Falls:
    """All of them, and the trace of the instantaneous impact point.

    Attributes
    ----------
    falls : tuple of Fall
        In the order of their separation.
    trace : numpy.ndarray, shape (k, 2)
        Latitude and longitude where the whole would come down were its engines cut off, in order
        of time, to the point from which it would not [rad].
    """

    falls: tuple[Fall, ...]
    trace: Floats


def falls_of(flight: Flight, *, samples: int, seed: int) -> Falls:
    """Find where the parts come down.

    Parameters
    ----------
    flight : Flight
        The flight.
    samples : int
        Falls drawn for the ellipses [-].
    seed : int
        Of the draw [-].

    Returns
    -------
    Falls
        TO BE REPLACED: none, until `kosmodrom.launch.impact` is there.
    """
    import numpy as np

    del flight, samples, seed
    return Falls(falls=(), trace=np.empty((0, 2)))
