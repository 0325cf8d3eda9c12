"""How far a satellite may be from where an element set of some age puts it.

The law was fitted to the differences between element sets of one satellite at different epochs,
and, for fresh sets, to precise orbits. The part of errors below a level stays below q, with

    q² = floor² + (rate u)² + (factor X u^power)²,   u = |age + 0.2 d| in days:

a set fits best not at its epoch but some hours before, amid its observations. With the semi-major
axis a, the mean motion n and D, half the rate of the mean motion by drag, X is a D along the orbit
and a D / n in height: how wrong the drag may be goes with the drag. Across the orbit, and in deep
space, X is the same for all.

What no law holds: a burn that changes the orbit, and a storm that the data did not see. They run
from March to August 2026 where drag rules, below 800 km.

References
----------
V. P. Osweiler, Covariance estimation and autocorrelation of NORAD two-line element sets, Air Force
Institute of Technology (2006): differences of successive sets as errors.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kosmodrom.errors import InputError
from kosmodrom.orbits._aging_law import (
    DAY,
    LEVELS,
    Orbits,
    Spread,
    along_95_of,
    away_from_best_fit,
    orbits_of,
    spread_of,
    width_of,
)
from kosmodrom.orbits.secular import SGP4_EARTH_RADIUS
from kosmodrom.orbits.sgp4 import propagate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from kosmodrom.orbits.elements import ElementSets

    Floats = NDArray[np.float64]

__all__ = [
    "AGED",
    "LEVELS",
    "AgeLimits",
    "Orbits",
    "OwnHistory",
    "Spread",
    "age_limits",
    "along_and_grade",
    "expected_spread",
    "history_uncertainty",
    "measure_history",
    "orbits_of",
    "position_uncertainty",
    "stale",
]

_YEARS = 3650 * DAY  # ages beyond are as good as never
_NODES = np.array([0.35, 0.7, 1.4, 2.8, 5.6, 11.2, 22.4, 44.8])  # ages of own factors [d]
_WINDOW = 1.5  # an own factor is read from ages within this ratio of its node
_INDEPENDENT = 5  # stretches of an age that a history must hold to be asked about it
_LEAST_FACTOR = 0.05  # of an own spread over the law's: below, chance rules
_MOST_SETS = 400  # of a history; more are thinned evenly


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHistory:
    """How much better or worse than the law the sets of one satellite have aged.

    Attributes
    ----------
    burns : bool
        Which law was the measure.
    factors : numpy.ndarray, shape (2, 3, 2, k)
        Observed growth over that of the law [-]: before and after the epoch; along, across,
        radial; 68.3 % and 95 %; by `ages`. Not a number where there are too few sets.
    ages : numpy.ndarray, shape (k,)
        Ages [s].
    sets : int
        Sets used [-].
    """

    burns: bool
    factors: Floats
    ages: Floats
    sets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLimits:
    """From which age on an answer about a pass is worth less and less.

    Attributes
    ----------
    late, stale, lost : numpy.ndarray, shape (n,)
        Age after the epoch from which the 95 % half width along the orbit is more than a tenth of
        the longest pass above the mask, more than the whole of it, more than a quarter of a turn
        [s]; infinite where ten years do not reach it.
    pass_duration : numpy.ndarray, shape (n,)
        The longest pass, over a ground at rest and in a circular orbit [s].
    """

    late: Floats
    stale: Floats
    lost: Floats
    pass_duration: Floats


AGED: Final = ("fresh", "late", "stale", "lost")
"""Words for the codes of `stale`: times good to a tenth of a pass; off by more than that; off by
more than a whole pass, so that one may be missed or made up; unknown where on its orbit."""


def expected_spread(orbits: Orbits, ages: ArrayLike, *, burns: bool = True) -> Spread:
    """Say how element sets of such orbits age.

    Parameters
    ----------
    orbits : Orbits
        Of n element sets.
    ages : array_like, shape () or (n, ...)
        Time since the epoch of each set, negative before it [s].
    burns : bool
        Whether the satellite may have burned its engine in between to keep its orbit. Where it
        cannot, the bounds are narrower. In deep space there is one law for both.

    Returns
    -------
    Spread
        Half widths, one row a set.
    """
    shaped, when = _checked(orbits, ages)
    return spread_of(shaped, away_from_best_fit(when), burns, np.ones((3, 2)))


def position_uncertainty(
    elements: ElementSets,
    ages: ArrayLike,
    *,
    burns: bool = True,
    history: OwnHistory | None = None,
) -> Spread:
    """Say how far the satellites may be from where their element sets put them.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.
    ages : array_like, shape () or (n, ...)
        Time since the epoch of each set, negative before it [s].
    burns : bool
        Whether the satellites may have burned in between to keep their orbits.
    history : OwnHistory or None
        How the sets of this one satellite have aged, by `measure_history`.

    Returns
    -------
    Spread
        Half widths, one row a set.

    Notes
    -----
    On satellites that the fit did not see, the 95 % bounds along the orbit hold 92 to 100 % of
    errors at every age to 90 days. Not so for satellites on their way to another orbit: there it
    may be two in three. See ``docs/imaging-quality.md``.
    """
    if history is not None:
        return history_uncertainty(elements, ages, history)
    return expected_spread(orbits_of(elements), ages, burns=burns)


def history_uncertainty(elements: ElementSets, ages: ArrayLike, history: OwnHistory) -> Spread:
    """Say how far a satellite may be, by how its own earlier sets have aged.

    Parameters
    ----------
    elements : ElementSets
        Element sets of the one satellite, n rows.
    ages : array_like, shape () or (n, ...)
        Time since the epoch of each set, negative before it [s].
    history : OwnHistory
        From `measure_history`.

    Returns
    -------
    Spread
        Half widths, one row a set. Ages that the history cannot tell of get the law's width, or
        the history's where that is more.
    """
    orbits, when = _checked(_as_named(elements), ages)
    factors = np.ones((3, 2, *when.shape))
    for part, level in np.ndindex(3, 2):
        before, after = (_factor(history, (side, part, level), np.abs(when)) for side in range(2))
        factors[part, level] = np.where(when < 0, before, after)
    return spread_of(orbits, away_from_best_fit(when), history.burns, factors)


def measure_history(history: ElementSets, *, burns: bool = True) -> OwnHistory:
    """Measure how the sets of one satellite have aged.

    Each set is propagated to the epochs of the others and compared with them there. A factor is
    given for ages that fit five times or more into the time that the history spans.

    Parameters
    ----------
    history : ElementSets
        Sets of one satellite, in any order; two or more.
    burns : bool
        Whether it may burn in future: which law the factors multiply.

    Returns
    -------
    OwnHistory
        Factors by age.
    """
    if len(set(history.numbers.tolist())) > 1:
        raise InputError(
            f"the history holds {len(set(history.numbers.tolist()))} catalogue numbers, of "
            f"{history.labels()[0]} and others; give the sets of one satellite"
        )
    sets = history[_thinned(history)]
    if len(sets) < 2:
        raise InputError(
            f"the history holds {len(sets)} element set with an epoch of its own; two or more are "
            "needed, so leave it out and take the law for all satellites"
        )
    errors, ages = _differences(sets)
    compared = np.isfinite(errors[0])
    errors, days = errors[:, compared], ages[compared] / DAY
    orbits = _taken(_as_named(sets), np.nonzero(compared)[0])
    span = float(np.ptp(sets.epochs.tai_ns)) / 1e9 / DAY
    factors = np.full((2, 3, 2, len(_NODES)), np.nan)
    for side, node in np.ndindex(2, len(_NODES)):
        signed = days if side else -days
        near = (signed > _NODES[node] / _WINDOW) & (signed < _NODES[node] * _WINDOW)
        independent = min(span / float(_NODES[node]), float(near.sum()) / 2)
        if independent < _INDEPENDENT:
            continue
        one, u = _taken(orbits, near), away_from_best_fit(days[near] * DAY)
        for part, level in np.ndindex(3, 2):
            expected = width_of(one, u, burns, (part, level), seen=True)
            # Few independent errors seldom hold the worst one: ask for a higher share of them.
            share = 1 - (1 - LEVELS[level]) * independent / (independent + 3)
            ratio = np.abs(errors[part][near]) / expected
            factors[side, part, level, node] = np.quantile(ratio, share)
    return OwnHistory(burns=burns, factors=factors, ages=_NODES * DAY, sets=len(sets))


def stale(
    elements: ElementSets, ages: ArrayLike, *, burns: bool = True, mask: float = np.radians(10.0)
) -> NDArray[np.int8]:
    """Grade element sets by what their age does to an answer about passes.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.
    ages : array_like, shape () or (n, ...)
        Time since the epoch of each set, negative before it [s].
    burns : bool
        Whether the satellites may have burned in between.
    mask : float
        Least elevation of a pass [rad].

    Returns
    -------
    numpy.ndarray of int8, shape (n, ...)
        Index into `AGED` [-].
    """
    return along_and_grade(elements, ages, burns=burns, mask=mask)[1]


def along_and_grade(
    elements: ElementSets, ages: ArrayLike, *, burns: bool = True, mask: float = np.radians(10.0)
) -> tuple[Floats, NDArray[np.int8]]:
    """Say how far off along their orbits satellites may be, and grade their sets by that.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.
    ages : array_like, shape () or (n, ...)
        Time since the epoch of each set, negative before it [s].
    burns : bool
        Whether the satellites may have burned in between.
    mask : float
        Least elevation of a pass [rad].

    Returns
    -------
    along : numpy.ndarray, shape (n, ...)
        ``along_95`` of `position_uncertainty` [m].
    grade : numpy.ndarray of int8, shape (n, ...)
        As `stale` gives it [-].
    """
    orbits = orbits_of(elements)
    shaped, when = _checked(orbits, ages)
    along = along_95_of(shaped, away_from_best_fit(when), burns)
    steps = _steps(orbits, mask).reshape(3, -1, *[1] * (along.ndim - 1))
    return along, np.asarray((along > steps).sum(axis=0).astype(np.int8))


def age_limits(
    elements: ElementSets, *, burns: bool = True, mask: float = np.radians(10.0)
) -> AgeLimits:
    """Find from which ages on element sets are late, stale and lost.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.
    burns : bool
        Whether the satellites may have burned in between.
    mask : float
        Least elevation of a pass [rad].

    Returns
    -------
    AgeLimits
        Ages after the epoch.
    """
    orbits = orbits_of(elements)
    found = []
    for step in _steps(orbits, mask):
        low, high = np.zeros(len(elements)), np.full(len(elements), _YEARS)
        for _ in range(48):  # halvings: ten years to a microsecond; the law grows with age
            middle = (low + high) / 2
            short = expected_spread(orbits, middle, burns=burns).along_95 <= step
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        found.append(np.where(high == _YEARS, np.inf, low))
    late, is_stale, lost = found
    return AgeLimits(
        late=late, stale=is_stale, lost=lost, pass_duration=_pass_duration(orbits, mask)
    )


def _pass_duration(orbits: Orbits, mask: float) -> Floats:
    if not 0 <= mask < np.pi / 2:
        raise InputError(f"mask is {mask:.4g} rad; it must be from 0 to below pi/2 rad (90 deg)")
    cosine = SGP4_EARTH_RADIUS * np.cos(mask) / orbits.semi_major_axis
    half = np.arccos(np.minimum(cosine, 1.0)) - mask
    return np.asarray(2 * np.maximum(half, 0.0) / orbits.mean_motion)


def _steps(orbits: Orbits, mask: float) -> Floats:
    """Give what along-track errors count as late, stale and lost: (3, n) [m]."""
    quarter = np.pi / 2 * orbits.semi_major_axis
    way = _pass_duration(orbits, mask) * orbits.mean_motion * orbits.semi_major_axis
    return np.stack([0.1 * way, np.minimum(way, quarter), quarter])


def _as_named(sets: ElementSets) -> Orbits:
    """Take the drag that sets name for what it is: a history shows whether some is missing."""
    orbits = orbits_of(sets)
    return replace(orbits, missing=np.zeros_like(orbits.missing))


def _taken(orbits: Orbits, rows: Any) -> Orbits:
    return Orbits(**{one.name: getattr(orbits, one.name)[rows] for one in fields(Orbits)})


def _checked(orbits: Orbits, ages: ArrayLike) -> tuple[Orbits, Floats]:
    """Give the orbits a shape that broadcasts with ages, and the ages [s]."""
    when = np.asarray(ages, dtype=np.float64)
    count = len(orbits.mean_motion)
    if when.ndim and when.shape[0] != count:
        raise InputError(
            f"ages has shape {when.shape}; give one number, or ({count}, ...) for {count} element "
            "sets"
        )
    if not np.all(np.isfinite(when)):
        raise InputError("ages holds a value that is not finite; give seconds since each epoch")
    shape = (count, *[1] * (when.ndim - 1))
    columns = {one.name: getattr(orbits, one.name).reshape(shape) for one in fields(Orbits)}
    return Orbits(**columns), np.broadcast_to(when, (count,)) if when.ndim == 0 else when


def _factor(history: OwnHistory, place: tuple[int, int, int], ages: Floats) -> Floats:
    """Read an own factor between its ages; beyond the last it is 1 at least."""
    own = history.factors[place]
    known = np.isfinite(own)
    if not known.any():
        return np.ones(ages.shape)
    nodes, logs = np.log(history.ages[known]), np.log(np.maximum(own[known], _LEAST_FACTOR))
    read = np.exp(np.interp(np.log(np.maximum(ages, 1.0)), nodes, logs))
    beyond = ages > history.ages[known][-1] * _WINDOW
    return np.asarray(np.where(beyond, np.maximum(read, 1.0), read))


def _thinned(history: ElementSets) -> NDArray[np.int64]:
    """Order by epoch, keep the last of one epoch, and so many sets that all pairs can be held."""
    _, last = np.unique(history.epochs.tai_ns[::-1], return_index=True)
    rows = len(history) - 1 - last
    few = min(len(rows), _MOST_SETS)
    return np.asarray(rows[np.linspace(0, len(rows) - 1, few).astype(np.int64)])


def _differences(sets: ElementSets) -> tuple[Floats, Floats]:
    """Compare every set with every other at its epoch: errors (3, n, n) [m], ages (n, n) [s]."""
    found = propagate(sets, sets.epochs)
    own = np.arange(len(sets))
    position, velocity = found.position[own, own], found.velocity[own, own]
    up = position / np.linalg.norm(position, axis=-1, keepdims=True)
    normal = np.cross(position, velocity)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    frame = np.stack([up, np.cross(normal, up), normal], axis=1)
    x, y, z = np.einsum("mkc,nmc->knm", frame, found.position)
    radius = np.linalg.norm(position, axis=-1)
    errors = np.stack([np.arctan2(y, x) * radius, z, np.hypot(x, y) - radius])
    errors[:, own, own] = np.nan  # of a set with itself
    ages = (sets.epochs.tai_ns - sets.epochs.tai_ns[:, np.newaxis]) / 1e9
    return errors, ages
