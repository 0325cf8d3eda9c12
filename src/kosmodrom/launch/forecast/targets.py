"""Planes of stations that a launch may go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.forecast.density import binned, smoothed
from kosmodrom.launch.forecast.family import MEMBERS, flown_node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.forecast.family import Pad
    from kosmodrom.launch.forecast.observed import Sight
    from kosmodrom.launch.forecast.settings import Settings

__all__ = ["Plane", "node_factor", "plane_density"]

Floats = NDArray[np.float64]
_FITS = np.radians(1.5)  # of the node of a launch into a plane
_DIRECT = 0.9  # share of launches to a station that go straight into its plane


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """A plane in which something flies.

    Attributes
    ----------
    name : str
        Of the station.
    inclination : float
        Its inclination [rad].
    node : float
        Right ascension of its ascending node at lift-off; NaN where it is not known [rad].
    """

    name: str
    inclination: float
    node: float = float("nan")


def plane_density(planes: Sequence[Plane], settings: Settings) -> Floats:
    """Give the probability of inclinations if it goes to one of some planes.

    Parameters
    ----------
    planes : sequence of Plane
        The planes.
    settings : Settings
        Width of the kernel.

    Returns
    -------
    numpy.ndarray, shape (3600,)
        Probability of each cell [-].
    """
    mass = binned(np.array([each.inclination for each in planes]), np.ones(len(planes)))
    return np.asarray(smoothed(mass, settings.sharp) / len(planes))


def node_factor(pad: Pad, sight: Sight, planes: Sequence[Plane], sidereal: float | None) -> Floats:
    """Say by how much planes are likelier for the node that a launch would reach.

    Parameters
    ----------
    pad : Pad
        Where it lifts off.
    sight : Sight
        Azimuths that were tried.
    planes : sequence of Plane
        The planes.
    sidereal : float or None
        Angle from the equinox to Greenwich at lift-off; None where it is not known [rad].

    Returns
    -------
    numpy.ndarray, shape (a,)
        1 where nothing is known; else large where the nodes agree [-].
    """
    if sidereal is None:
        return np.ones(len(sight.azimuth))
    node = flown_node(pad, sight.azimuth, MEMBERS[0]) + sidereal
    factor = np.zeros(len(sight.azimuth))
    near = np.zeros(len(sight.azimuth))
    for plane in planes:
        weight = np.exp(-0.5 * ((sight.inclination - plane.inclination) / 0.01) ** 2) + 1e-12
        off = (node - plane.node + np.pi) % (2 * np.pi) - np.pi
        hit = np.exp(-0.5 * (off / _FITS) ** 2) * np.sqrt(2 * np.pi) / _FITS
        each = _DIRECT * hit + 1 - _DIRECT if np.isfinite(plane.node) else np.ones_like(hit)
        factor += weight * each
        near += weight
    return np.asarray(factor / near)
