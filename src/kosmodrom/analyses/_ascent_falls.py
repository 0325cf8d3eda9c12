"""Where the parts of a flight come down: what the falling stages give, for tables and maps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.launch.flight import Flight

    Floats = NDArray[np.float64]

__all__ = ["Fall", "Falls", "falls_of", "ring_of"]

_CORNERS = 72  # of a drawn ellipse


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


def ring_of(fall: Fall) -> Sequence[tuple[float, float]]:
    """Draw the ellipse of a fall.

    Parameters
    ----------
    fall : Fall
        The fall.

    Returns
    -------
    sequence of tuple of float
        Latitude and longitude of a closed ring, anticlockwise [deg]; empty where there is none.
    """
    import numpy as np

    from kosmodrom.base.geodesy import destination

    if fall.along is None or fall.across is None or fall.azimuth is None:
        return ()
    angle = -np.linspace(0.0, 2 * np.pi, _CORNERS + 1)
    ahead, beside = fall.along * np.cos(angle), fall.across * np.sin(angle)
    latitude, longitude = destination(
        fall.latitude, fall.longitude, fall.azimuth + np.arctan2(beside, ahead),
        np.hypot(ahead, beside),
    )  # fmt: skip
    latitude[-1], longitude[-1] = latitude[0], longitude[0]
    return list(zip(np.degrees(latitude).tolist(), np.degrees(longitude).tolist(), strict=True))
