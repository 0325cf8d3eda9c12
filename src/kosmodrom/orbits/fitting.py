"""Mean elements of SGP4 that fit positions, by least squares.

Osculating elements are no mean elements: written into an element set they would be off by tens of
kilometres within a revolution. So the mean elements are sought whose SGP4 comes nearest to given
positions over some hours.

References
----------
D. A. Vallado, P. Crawford, SGP4 orbit determination, AIAA 2008-6770 (2008).

R. A. Broucke, P. J. Cefola, On the equinoctial orbit elements, Celestial Mechanics 5 (1972),
303-310: elements without a corner at circles and at the equator.

K. Levenberg, A method for the solution of certain non-linear problems in least squares, Quarterly
of Applied Mathematics 2 (1944), 164-168.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.epochs import Epochs
from kosmodrom.base.frames import Frame
from kosmodrom.errors import InputError, ModelError
from kosmodrom.orbits.elements import ElementSets
from kosmodrom.orbits.osculating import Ellipse, osculating
from kosmodrom.orbits.sgp4 import Sgp4, propagate

if TYPE_CHECKING:
    from kosmodrom.base.states import States

__all__ = ["FittedSet", "fitted_elements"]

Floats = NDArray[np.float64]
_STEP = 1e-6  # of the logarithm of the mean motion and of the other elements, for slopes [-]
_MOST_STEPS = 60
_ENOUGH = 1e-6  # movement of the satellite by the last step [m]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FittedSet:
    """An element set that was fitted, and how well it fits.

    Attributes
    ----------
    elements : ElementSets
        One row.
    rms : float
        Root of the mean square of the distance between SGP4 and the positions [m].
    largest : float
        The largest such distance [m].
    seconds : float
        Over which time it was fitted [s].
    """

    elements: ElementSets
    rms: float
    largest: float
    seconds: float


def fitted_elements(states: States, *, name: str = "", bstar: float = 0.0) -> FittedSet:
    """Find the element set whose SGP4 comes nearest to positions.

    Parameters
    ----------
    states : States, shape (k,)
        States in TEME, rising in time over a quarter of a revolution or more; k is 6 or more. The
        first one gives the epoch and the beginning of the search; of the others the positions
        count.
    name : str
        Name of the satellite.
    bstar : float
        Drag term of SGP4, which is kept [1/Earth radius].

    Returns
    -------
    FittedSet
        The set and how well it fits.
    """
    if states.frame is not Frame.TEME:
        raise InputError(
            f"elements of SGP4 are of TEME and the states are in {states.frame}; convert them "
            "first: states.to_frame(Frame.TEME, earth)"
        )
    if len(states.epochs.shape) != 1 or states.epochs.shape[0] < 6:
        raise InputError(
            f"states have the shape {states.epochs.shape}; six instants or more determine the "
            "elements, like (60,)"
        )
    fit = _Fit(states, name, bstar)
    found = fit.solved(osculating(states.position[0], states.velocity[0]))
    elements, off = fit.elements(found[np.newaxis]), fit.residuals(found[np.newaxis])[0]
    distance = np.linalg.norm(off.reshape(-1, 3), axis=1)
    return FittedSet(
        elements=elements,
        rms=float(np.sqrt(np.mean(distance**2))),
        largest=float(distance.max()),
        seconds=float(states.epochs[-1].seconds_since(states.epochs[0])),
    )


class _Fit:
    """Positions to be met, and how far elements are from them."""

    def __init__(self, states: States, name: str, bstar: float) -> None:
        self._epochs, self._wanted = states.epochs, states.position
        self._name, self._bstar = name, bstar
        self._size = float(np.linalg.norm(states.position[0]))
        # Beyond 90 degrees the elements are told from the other pole.
        self._turn = 1.0 if np.cross(states.position[0], states.velocity[0])[2] >= 0 else -1.0

    def solved(self, start: Ellipse) -> Floats:
        """Step by Levenberg's method from the first elements to the best ones."""
        here, damping = self._turned(start), 1e-6
        off = self._checked(here)
        for _ in range(_MOST_STEPS):
            slopes = self._slopes(here)
            step = _damped(slopes, off, damping)
            there = here + step
            new = self.residuals(there[np.newaxis])[0]
            moved = float(np.abs(slopes @ step).max())
            if np.all(np.isfinite(new)) and new @ new <= off @ off * (1 + 1e-14):
                here, off, damping = there, new, max(damping / 10, 1e-14)
                if moved < _ENOUGH:
                    return here
            elif moved < _ENOUGH * 10:  # what is left is rounding
                return here
            else:
                damping *= 10
        raise ModelError(
            f"no element set was found within {_MOST_STEPS} steps; the best is "
            f"{np.sqrt(off @ off / len(self._wanted)):.0f} m off. Are the positions those of free "
            "flight, over a quarter of a revolution or more?"
        )

    def residuals(self, rows: Floats) -> Floats:
        """Give SGP4 less the positions, one row for each row of elements; NaN where it fails."""
        try:
            ready = Sgp4(self.elements(rows), compiled=False)
        except InputError:  # an eccentricity of one or more, far from the answer
            return np.full((len(rows), self._wanted.size), np.nan)
        off = propagate(ready, self._epochs).position - self._wanted
        return np.asarray(off.reshape(len(rows), -1))

    def elements(self, rows: Floats) -> ElementSets:
        """Write equinoctial elements as element sets."""
        count = len(rows)
        motion, h, k, p, q, longitude = rows.T
        node, apsis = np.arctan2(p, q), np.arctan2(h, k)
        tilt = 2 * np.arctan(np.hypot(p, q))
        turn, zero = 2 * np.pi, np.zeros(count)
        return ElementSets(
            names=(self._name,) * count,
            numbers=np.zeros(count, dtype=np.int64),
            designators=("",) * count,
            epochs=Epochs(np.repeat(self._epochs.tai_ns[:1], count)),
            mean_motion_rad_min=np.exp(motion),
            eccentricity=np.hypot(h, k),
            inclination=tilt if self._turn > 0 else np.pi - tilt,
            node=node % turn,
            argument_of_perigee=(apsis - self._turn * node) % turn,
            mean_anomaly=(longitude - apsis) % turn,
            bstar=np.full(count, self._bstar),
            mean_motion_dot_rad_min2=zero,
            mean_motion_ddot_rad_min3=zero,
            sources=("fitted",) * count,
        )

    def _turned(self, start: Ellipse) -> Floats:
        apsis = start.argument_of_perigee + self._turn * start.node
        half = np.tan(start.inclination / 2)
        half = half if self._turn > 0 else 1 / half
        round_, tilt = start.eccentricity, float(half)
        return np.array([
            np.log(60.0 * start.mean_motion), round_ * np.sin(apsis), round_ * np.cos(apsis),
            tilt * np.sin(start.node), tilt * np.cos(start.node), start.mean_anomaly + apsis,
        ])  # fmt: skip

    def _checked(self, here: Floats) -> Floats:
        off = self.residuals(here[np.newaxis])[0]
        if not np.all(np.isfinite(off)):
            raise ModelError(
                "SGP4 does not reach all the instants from the first state: does the orbit come "
                "down? Give a shorter time, or a higher orbit"
            )
        return np.asarray(off)

    def _slopes(self, here: Floats) -> Floats:
        steps = _STEP * np.eye(6)
        moved = self.residuals(np.concatenate([here + steps, here - steps]))
        return np.asarray((moved[:6] - moved[6:]).T / (2 * _STEP), dtype=np.float64)


def _damped(slopes: Floats, off: Floats, damping: float) -> Floats:
    sizes = np.linalg.norm(slopes, axis=0)
    scaled = slopes / sizes
    wide = np.concatenate([scaled, np.sqrt(damping) * np.eye(6)])
    step = np.linalg.lstsq(wide, np.concatenate([-off, np.zeros(6)]), rcond=None)[0]
    return np.asarray(step / sizes)
