"""Zones and earlier launches brought together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kosmodrom.launch.forecast.density import GRID, STEP, binned

if TYPE_CHECKING:
    from kosmodrom.launch.forecast.observed import Sight
    from kosmodrom.launch.forecast.settings import Settings

__all__ = ["PRIORS", "Posterior", "posterior"]

Floats = NDArray[np.float64]
PRIORS: Final = ("open", "world", "sun", "place", "plane", "nation")
"""Names of the parts of the prior, in order."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Posterior:
    """Probability of inclinations, by what made them likely.

    Attributes
    ----------
    parts : numpy.ndarray, shape (m, 6, 3600)
        Probability by way of yawing, part of the prior and cell; their sum is 1 [-].
    evidence : float
        How likely the zones were altogether; compares sites [-].
    """

    parts: Floats
    evidence: float


def posterior(
    sight: Sight, likelihood: Floats, densities: dict[str, Floats], settings: Settings,
    *, factor: Floats | None = None,
) -> Posterior:  # fmt: skip
    """Multiply likelihood and prior.

    Parameters
    ----------
    sight : Sight
        Azimuths and the inclinations they lead to.
    likelihood : numpy.ndarray, shape (m, a)
        Of each azimuth under each way of yawing [-].
    densities : dict of str to numpy.ndarray, shape (3600,)
        Parts of the prior besides "open", by name; those that are missing have no weight [-].
    settings : Settings
        Shares of the parts.
    factor : numpy.ndarray, shape (a,), optional
        By how much "plane" is likelier at each azimuth, because the node fits or not [-].

    Returns
    -------
    Posterior
        The product, scaled to 1.
    """
    step = float(sight.azimuth[1] - sight.azimuth[0])
    edges = np.concatenate(
        [
            [1.5 * sight.inclination[0] - 0.5 * sight.inclination[1]],
            (sight.inclination[1:] + sight.inclination[:-1]) / 2,
            [1.5 * sight.inclination[-1] - 0.5 * sight.inclination[-2]],
        ]
    )
    shares = {
        "open": settings.open_mind, "world": settings.world, "sun": settings.sun,
        "place": settings.place, "plane": settings.plane, "nation": settings.nation,
    }  # fmt: skip
    known = {name: shares[name] for name in PRIORS if name == "open" or name in densities}
    total = sum(known.values())
    parts = np.zeros((len(likelihood), len(PRIORS), len(GRID)))
    for column, name in enumerate(PRIORS):
        if name not in known:
            continue
        if name == "open":
            mass = sight.ease * step
        else:
            below = np.concatenate([[0.0], np.cumsum(densities[name])])
            ends = np.interp(edges / STEP, np.arange(len(GRID) + 1), below)
            mass = np.abs(np.diff(ends)) / 2
            if name == "plane" and factor is not None:
                mass = mass * factor
        parts[:, column] = binned(sight.inclination, likelihood * (known[name] / total * mass))
    evidence = float(parts.sum())
    return Posterior(parts=parts / evidence if evidence > 0 else parts, evidence=evidence)
