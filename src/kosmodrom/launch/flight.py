"""A flight from the pad to orbit, as found: arcs, events, what fell off, and how sure it is.

Axes do not turn; they are those of the turning Earth at lift-off: z to the north pole, x through
the meridian of Greenwich as it stood then. Times are from lift-off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from kosmodrom.launch.stack import EventCode
    from kosmodrom.launch.trajectory import Statistics

__all__ = ["Arc", "Checks", "Event", "Fallen", "Flight"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Arc:
    """A stretch of a flight with the same engines burning, sampled.

    Attributes
    ----------
    name : str
        Names of the blocks that burn, joined by " + "; "coast" where none does.
    time : numpy.ndarray, shape (k,)
        Rising times; the ends of the arc are among them [s].
    position, velocity : numpy.ndarray, shape (k, 3)
        In axes that do not turn [m, m/s].
    mass : numpy.ndarray, shape (k,)
        Mass [kg].
    direction : numpy.ndarray, shape (k, 3)
        Of the thrust, as a unit vector; of no meaning on a coast [-].
    thrust : numpy.ndarray, shape (k,)
        Thrust, back-pressure taken off [N].
    height : numpy.ndarray, shape (k,)
        Over the WGS84 ellipsoid [m].
    ground_speed : numpy.ndarray, shape (k,)
        Speed relative to the turning Earth [m/s].
    dynamic_pressure : numpy.ndarray, shape (k,)
        Half the density times the square of the speed through the air [Pa].
    attack : numpy.ndarray, shape (k,)
        Angle between thrust and motion through the air [rad].
    heating : numpy.ndarray, shape (k,)
        Half the density times the cube of the speed through the air [W/m²].
    acceleration : numpy.ndarray, shape (k,)
        Of what is felt: thrust and drag over mass [m/s²].
    """

    name: str
    time: Floats
    position: Floats
    velocity: Floats
    mass: Floats
    direction: Floats
    thrust: Floats
    height: Floats
    ground_speed: Floats
    dynamic_pressure: Floats
    attack: Floats
    heating: Floats
    acceleration: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Event:
    """An instant of a flight.

    Attributes
    ----------
    code : str
        What happens.
    part : str
        To which block; empty where to the whole.
    time : float
        When [s].
    position, velocity : numpy.ndarray, shape (3,)
        Where, in axes that do not turn [m, m/s].
    mass : float
        Mass just before [kg].
    """

    code: EventCode
    part: str
    time: float
    position: Floats
    velocity: Floats
    mass: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fallen:
    """What fell off.

    Attributes
    ----------
    name : str
        Of the block, or "fairing".
    count : int
        In how many pieces [-].
    mass : float
        Of all of them together [kg].
    diameter : float
        Of one [m].
    time : float
        When [s].
    position, velocity : numpy.ndarray, shape (3,)
        Where, in axes that do not turn [m, m/s].
    """

    name: str
    count: int
    mass: float
    diameter: float
    time: float
    position: Floats
    velocity: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """How a flight was checked.

    Attributes
    ----------
    position, velocity : float
        By how much another integrator with other equations ends elsewhere [m, m/s].
    doubled : float
        By how much the payload, or what is left, changes on a mesh of twice the size [kg].
    statistics : tuple of Statistics
        Of the solver, from the coarse mesh to the finest one.
    """

    position: float
    velocity: float
    doubled: float
    statistics: tuple[Statistics, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Flight:
    """A flight from the pad to orbit.

    Attributes
    ----------
    payload : float
        What is carried [kg].
    left : float
        Propellant of the last block that is left beyond its reserve [kg].
    loaded : float
        Propellant of the last block at lift-off [kg].
    arcs : tuple of Arc
        In their order.
    events : tuple of Event
        In their order.
    fallen : tuple of Fallen
        What fell off on the way, in its order; what stays in orbit is not among it.
    sensitivity : dict of str to float
        By how much the payload grows where a number of the vehicle grows by its own size, see
        `kosmodrom.launch.sensitivity.sensitivities`; empty for a given payload [kg].
    checks : Checks
        How it was checked.
    """

    payload: float
    left: float
    loaded: float
    arcs: tuple[Arc, ...]
    events: tuple[Event, ...]
    fallen: tuple[Fallen, ...]
    sensitivity: dict[str, float]
    checks: Checks

    @property
    def insertion(self) -> tuple[float, Floats, Floats]:
        """When and where it comes into orbit.

        Returns
        -------
        time : float
            After lift-off [s].
        position, velocity : numpy.ndarray, shape (3,)
            In axes that do not turn [m, m/s].
        """
        last = self.arcs[-1]
        return float(last.time[-1]), last.position[-1], last.velocity[-1]
