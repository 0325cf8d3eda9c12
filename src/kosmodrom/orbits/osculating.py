"""The ellipse that a state would follow around a round Earth.

Such elements change by kilometres within a revolution and are no mean elements; see
`kosmodrom.orbits.fitting`.

References
----------
D. A. Vallado, Fundamentals of Astrodynamics and Applications, 4th edition (2013), algorithm 9.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.constants import MU_EARTH
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

__all__ = ["Ellipse", "osculating"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ellipse:
    """An ellipse around the Earth's centre, and where on it.

    Attributes
    ----------
    semi_major_axis : float
        Semi-major axis [m].
    eccentricity : float
        Eccentricity [-].
    inclination, node, argument_of_perigee, mean_anomaly : float
        Inclination, longitude of the ascending node from the x axis, argument of perigee, mean
        anomaly [rad]; on the equator the node is 0, on a circle the argument.
    """

    semi_major_axis: float
    eccentricity: float
    inclination: float
    node: float
    argument_of_perigee: float
    mean_anomaly: float

    @property
    def mean_motion(self) -> float:
        """Give the mean motion of two bodies.

        Returns
        -------
        float
            Mean motion [rad/s].
        """
        return float(np.sqrt(MU_EARTH / self.semi_major_axis**3))

    @property
    def perigee(self) -> float:
        """Give the least distance from the Earth's centre.

        Returns
        -------
        float
            Distance [m].
        """
        return self.semi_major_axis * (1 - self.eccentricity)

    @property
    def apogee(self) -> float:
        """Give the greatest distance from the Earth's centre.

        Returns
        -------
        float
            Distance [m].
        """
        return self.semi_major_axis * (1 + self.eccentricity)


def osculating(position: ArrayLike, velocity: ArrayLike) -> Ellipse:
    """Find the ellipse of a state.

    Parameters
    ----------
    position, velocity : array_like, shape (3,)
        State in axes that do not turn, z to the north pole [m, m/s].

    Returns
    -------
    Ellipse
        The ellipse; a state that is not bound to the Earth is refused.
    """
    here, speed = np.asarray(position, dtype=np.float64), np.asarray(velocity, dtype=np.float64)
    radius, momentum = float(np.linalg.norm(here)), np.cross(here, speed)
    inverse = 2 / radius - float(speed @ speed) / MU_EARTH
    if not inverse > 0 or not np.any(momentum):
        raise InputError(
            "the state is not that of an ellipse around the Earth: it leaves it, or falls straight"
        )
    pole = momentum / np.linalg.norm(momentum)
    across = float(np.hypot(pole[0], pole[1]))
    node = float(np.arctan2(pole[0], -pole[1])) if across > 1e-15 else 0.0
    to_node = np.array([np.cos(node), np.sin(node), 0.0])
    ahead = np.cross(pole, to_node)
    apsis = np.cross(speed, momentum) / MU_EARTH - here / radius
    eccentricity = float(np.linalg.norm(apsis))
    argument = float(np.arctan2(apsis @ ahead, apsis @ to_node)) if eccentricity > 1e-14 else 0.0
    anomaly = float(np.arctan2(here @ ahead, here @ to_node)) - argument
    big = 2 * np.arctan2(
        np.sqrt(1 - eccentricity) * np.sin(anomaly / 2),
        np.sqrt(1 + eccentricity) * np.cos(anomaly / 2),
    )
    turn = 2 * np.pi
    return Ellipse(
        semi_major_axis=1 / inverse,
        eccentricity=eccentricity,
        inclination=float(np.arctan2(across, pole[2])),
        node=node % turn,
        argument_of_perigee=argument % turn,
        mean_anomaly=float(big - eccentricity * np.sin(big)) % turn,
    )
