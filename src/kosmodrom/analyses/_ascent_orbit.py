"""The orbit at the end of an ascent: its state, its ellipse then, and fitted mean elements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kosmodrom.errors import InputError, ModelError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.base.states import States
    from kosmodrom.launch.flight import Flight
    from kosmodrom.orbits.fitting import FittedSet
    from kosmodrom.orbits.osculating import Ellipse

    Floats = NDArray[np.float64]

__all__ = ["Insertion", "insertion_of"]

_STEP = 60.0  # between the states that are fitted [s]
_REVOLUTIONS, _LEAST, _MOST = 2.0, 3 * 3600.0, 12 * 3600.0  # over which they are [-, s, s]
#: Where no lift-off is given, any instant does: gravity looks alike from all longitudes.
_ANY_DAY = "2000-01-01T12:00:00Z"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Insertion:
    """The end of an ascent.

    Attributes
    ----------
    seconds : float
        After lift-off [s].
    ellipse : Ellipse
        At that instant, in the axes of the flight.
    states : States
        The state, shape (), in TEME; with a node from Greenwich where no lift-off is given.
    in_teme : Ellipse
        At that instant, in TEME, likewise.
    fitted : FittedSet or None
        Mean elements of the first hours; None where none fit.
    """

    seconds: float
    ellipse: Ellipse
    states: States
    in_teme: Ellipse
    fitted: FittedSet | None


def insertion_of(
    flight: Flight, name: str, lift_off: Epochs | None, earth: EarthOrientation | None
) -> Insertion:
    """Describe the orbit at the end of a flight.

    Parameters
    ----------
    flight : Flight
        The flight.
    name : str
        Name for the element set.
    lift_off : Epochs or None
        When, shape (); without it the axes are those of the flight.
    earth : EarthOrientation or None
        How the Earth is turned then.

    Returns
    -------
    Insertion
        The orbit.
    """
    import numpy as np

    from kosmodrom.base.epochs import Epochs
    from kosmodrom.base.frames import Frame, rotation
    from kosmodrom.base.states import States
    from kosmodrom.orbits.osculating import osculating

    seconds, position, velocity = flight.insertion
    turn = np.eye(3)
    start = lift_off
    if start is None or earth is None:
        start = Epochs.from_iso(_ANY_DAY)
    else:
        turn = rotation(Frame.ITRS, Frame.TEME, start, earth)
    states = States(
        epochs=start.plus(seconds), frame=Frame.TEME, position=turn @ position,
        velocity=turn @ velocity,
    )  # fmt: skip
    return Insertion(
        seconds=seconds,
        ellipse=osculating(position, velocity),
        states=states,
        in_teme=osculating(states.position, states.velocity),
        fitted=_fitted(states, name),
    )


def _fitted(states: States, name: str) -> FittedSet | None:
    """Fit mean elements to free flight over the first hours."""
    import numpy as np

    from kosmodrom.base.frames import Frame
    from kosmodrom.base.states import States as Made
    from kosmodrom.orbits.fitting import fitted_elements
    from kosmodrom.orbits.osculating import osculating
    from kosmodrom.orbits.zonal import coasting

    period = 2 * np.pi / osculating(states.position, states.velocity).mean_motion
    length = float(np.clip(_REVOLUTIONS * period, _LEAST, _MOST))
    seconds = np.arange(0.0, length + _STEP / 2, _STEP)
    try:
        position, velocity = coasting(states.position, states.velocity, seconds)
        flown = Made(
            epochs=states.epochs.plus(seconds), frame=Frame.TEME, position=position,
            velocity=velocity,
        )  # fmt: skip
        return fitted_elements(flown, name=name)
    except (InputError, ModelError):  # it comes down, or leaves; the result says that none fit
        return None
