"""What comes down on a later pass: areas for the upper stage of a launch that flew before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE
from kosmodrom.launch.notices.geometry import units
from kosmodrom.launch.reach import circular_speed, inertial_from_ground, pad_on_earth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.notices.grouped import Site
    from kosmodrom.launch.notices.notice import Notice

__all__ = ["off_plane", "says_disposal"]

Floats = NDArray[np.floating]
_WORDS = (
    "RE-ENTRY", "REENTRY", "UPPER STAGE", "DEORBIT", "DE-ORBIT", "DISPOSAL", "CONTROLLED ENTRY",
)  # fmt: skip
_ORBIT = 200e3  # height of the parking orbit [m]
_STEP = 300.0  # between the moments at which the plane is looked at [s]


def says_disposal(notice: Notice) -> bool:
    """Tell whether a notice speaks of the return of a stage.

    Parameters
    ----------
    notice : Notice
        The notice.

    Returns
    -------
    bool
        Whether one of the words stands in its text.
    """
    text = " ".join(notice.text.upper().split())
    return any(word in text for word in _WORDS)


def off_plane(
    site: Site, heading: float, areas: Sequence[Floats], after: tuple[float, float]
) -> float:
    """Give the angle of areas from the plane of an orbit, the Earth having turned meanwhile.

    Parameters
    ----------
    site : Site
        Where the launch came from.
    heading : float
        Direction against the Earth [rad].
    areas : sequence of numpy.ndarray, each shape (3,)
        Directions of the middles of areas from the Earth's centre [-].
    after : tuple of float
        When the areas are closed, after lift-off, from and to [s].

    Returns
    -------
    float
        The greatest angle of an area at the moment when it is least; the orbit is taken to be
        circular, and the launch not to turn on its way [rad].
    """
    _, pad_speed = pad_on_earth(site.latitude)
    azimuth = inertial_from_ground(heading, circular_speed(_ORBIT), pad_speed)
    here = units(site.latitude, site.longitude)
    east = np.array([-np.sin(site.longitude), np.cos(site.longitude), 0.0])
    north = np.cross(here, east)
    pole = np.cross(here, north * np.cos(azimuth) + east * np.sin(azimuth))
    moments = np.arange(after[0], after[1] + _STEP, _STEP)[:500]
    worst = np.zeros(len(moments))
    for centre in areas:
        turned = np.arctan2(centre[1], centre[0]) + EARTH_ROTATION_RATE * moments
        level = np.hypot(centre[0], centre[1])
        sine = pole[0] * level * np.cos(turned) + pole[1] * level * np.sin(turned)
        worst = np.maximum(worst, np.abs(np.arcsin(np.clip(sine + pole[2] * centre[2], -1, 1))))
    return float(worst.min())
