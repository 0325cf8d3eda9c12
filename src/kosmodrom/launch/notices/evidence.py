"""How well closed areas and their times speak for one launch: densities that add as logarithms.

Areas. A launch has a site and a heading; given those, an area lies near the heading (its
direction seen from the site is off by a mixture of three normal laws: on the way, slightly bent,
or a dogleg), at a distance from a broad logarithmic law, with its long axis along the way. The
density of several areas is their product, summed over sites and headings. Two sets of areas
belong together where the density of both under one site and heading is more than the product of
the two by themselves.

Times. A launch has an opening of its windows; given it, each notice opens within minutes of it,
or holds it in a longer window. Launches come at random, some a day.

The widths were measured on the launches of 2021 to 2023 of the archive of labels
(``tests/truth/data/notice_labels.csv``), 108 launches, 239 areas; the weight of the wide law is
larger than there, since Chinese launches, nearly all of the archive, bend less than others:
two areas of one launch 500 to 2500 km away are 0.2 deg apart seen from the site (95 %: 1.2 deg),
beyond that 1.4 deg (95 %: 2.5 to 5 deg); long axes are 0.6 deg off (90 %: 14 deg); areas are
550 to 8200 km away (5 and 95 %), 1055 km in the middle; openings within one launch are apart by
1 min (median) to 5 min (95 %), 28 min at most.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import WGS84_A

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.notices.geometry import Outline, Seen

__all__ = [
    "HEADINGS",
    "NOWHERE",
    "area_density",
    "heading_prior",
    "joint",
    "opening_evidence",
    "same_place",
    "same_place_density",
]

Floats = NDArray[np.floating]
HEADINGS = np.radians(np.arange(0.0, 360.0, 1.0))
#: Weight and width of the laws of direction [rad]: on the way, bent, dogleg. North Korean
#: launches bend by 10 to 17 deg.
_DIRECTION = ((0.60, np.radians(1.0)), (0.25, np.radians(4.0)), (0.15, np.radians(13.0)))
_DRIFT = np.radians(0.5) / 1e6  # the Earth turns under a flight: rad a metre of distance
_ABEAM = 15e3  # an area may stand beside the way [m]
_AXIS = ((0.55, np.radians(1.5)), (0.20, np.radians(8.0)))  # the rest lies in any direction
_STRETCHED = 1.4  # a long axis is one where length by width is more than this
_NEAR, _FAR = (0.1, np.log(60e3), 1.0), (0.9, np.log(1100e3), 1.0)
_FARTHEST = 13_000e3
_NEVER = -60.0
_RETROGRADE = np.radians(105.0)  # hardly any launch goes beyond, except from Israel
#: Log density of an area of a launch from nowhere among the sites [1/sr].
NOWHERE = float(np.log(0.02 / (4 * np.pi)))
_SAME_RADIUS = 25e3 / WGS84_A
_SAME = float(np.log(0.2 / (np.pi * _SAME_RADIUS**2)))

#: Launches a minute of which notices may be at hand: some 0.8 a day in the years of the archive.
_RATE = 0.8 / 1440
_OPENING, _SPREAD, _LATEST = 2.0, 40.0, 15.0  # minutes
_ON_TIME, _INSIDE, _LOOSE = 0.75, 0.20, 0.05
_NEXT_DAY = 0.6  # a launch takes a later day of a period so often by the day before
_COPY, _ALIKE = 0.5, 5.0  # notices of a launch that give the same times, within so many minutes


def _normal(off: Floats, width: Floats) -> Floats:
    return np.asarray(np.exp(-0.5 * (off / width) ** 2) / (width * np.sqrt(2 * np.pi)))


def area_density(seen: Seen, stretch: float, extent: Floats) -> Floats:
    """Give the log density of an area for each site and heading.

    Parameters
    ----------
    seen : Seen
        The area as the sites see it.
    stretch : float
        Its length by its width [-].
    extent : numpy.ndarray, shape (s,)
        How far from their points launches take place [m].

    Returns
    -------
    numpy.ndarray, shape (s, h)
        Logarithm of the density on the sphere [1/sr].
    """
    angle = np.maximum(seen.distance, 20e3) / WGS84_A
    off = np.mod(seen.azimuth[:, None] - HEADINGS + np.pi, 2 * np.pi) - np.pi
    doubt = np.arctan2(np.hypot(_ABEAM, extent), seen.distance)
    wider = np.hypot(doubt, _DRIFT * seen.distance)[:, None]
    moved = np.arctan2(extent, seen.distance)
    direction = sum(
        (weight * _normal(off, np.hypot(width, wider)) for weight, width in _DIRECTION),
        start=np.zeros_like(off),
    )
    around = (seen.half_width >= np.pi)[:, None]  # the site stands inside: any heading
    direction = np.where(around, 1 / (2 * np.pi), np.maximum(direction, 1e-12))
    along = sum(
        weight * _normal(np.log(angle * WGS84_A) - middle, np.asarray(width))
        for weight, middle, width in (_NEAR, _FAR)
    )
    radial = np.log(along) - np.log(angle) - np.log(np.sin(np.minimum(angle, 3.1)))
    radial = np.where(seen.distance > _FARTHEST, _NEVER, radial)
    if stretch > _STRETCHED:
        axis = sum(
            weight * 2 * _normal(seen.axis_off, np.hypot(width, moved)) for weight, width in _AXIS
        )
        rest = 1 - sum(weight for weight, _ in _AXIS)
        lengthwise = np.log(axis * np.pi / 2 + rest)
        radial = radial + np.where(around[:, 0], 0.0, lengthwise)
    # single precision: a thousand notices and all sites of the world stay within 200 MB
    total = np.maximum(np.log(direction) + radial[:, None], _NEVER)
    return np.asarray(total, dtype=np.float32)


def heading_prior(latitude: Floats, weight: Floats) -> Floats:
    """Give the log probability of sites and headings before any area is seen.

    Parameters
    ----------
    latitude : numpy.ndarray, shape (s,)
        Of the sites [rad].
    weight : numpy.ndarray, shape (s,)
        How often they launch, by each other [-].

    Returns
    -------
    numpy.ndarray, shape (s, h)
        Its logarithm [-]. Directions against the turning of the Earth are rare.
    """
    inclination = np.arccos(np.cos(latitude)[:, None] * np.sin(HEADINGS))
    chance = np.where(inclination > _RETROGRADE, 0.02, 1.0)
    chance = chance / chance.sum(axis=1, keepdims=True)
    return np.asarray(np.log(chance) + np.log(weight / weight.sum())[:, None])


def joint(prior: Floats, density: Floats, count: int) -> float:
    """Give the log density of areas of one launch.

    Parameters
    ----------
    prior : numpy.ndarray, shape (s, h)
        Log probability of sites and headings [-].
    density : numpy.ndarray, shape (s, h)
        Sum of the log densities of the areas [1/sr].
    count : int
        How many areas there are.

    Returns
    -------
    float
        Its logarithm, the site unknown among the candidates, or none of them [1/sr each].
    """
    nowhere = count * NOWHERE
    if density.size == 0:
        return nowhere
    total = prior + density
    top = float(total.max())
    return float(np.logaddexp(top + np.log(np.exp(total - top).sum()), nowhere))


def same_place(one: Outline, other: Outline) -> bool:
    """Tell whether two areas are the same, as several authorities publish it.

    Parameters
    ----------
    one, other : Outline
        Two areas.

    Returns
    -------
    bool
        Whether their middles are within 25 km and their sizes within a factor of two.
    """
    apart = float(np.linalg.norm(one.centre - other.centre))
    ratio = max(one.reach, 1e-6) / max(other.reach, 1e-6)
    return apart <= _SAME_RADIUS and 0.5 <= ratio <= 2.0


def same_place_density() -> float:
    """Give the log density of an area that repeats one of the same launch.

    Returns
    -------
    float
        Its logarithm [1/sr]: one in five areas is published twice.
    """
    return _SAME


def opening_evidence(windows: Sequence[tuple[Floats, Floats]]) -> float:
    """Give the log rate of a launch to which all these notices belong by their times.

    Parameters
    ----------
    windows : sequence of tuple of numpy.ndarray, each shape (k,)
        Begins and ends of the windows of each notice [min].

    Returns
    -------
    float
        Its logarithm; -60 at least, where no common opening is left [1/min].
    """
    # two windows that open within the minute are one opening, not two
    openings = np.unique(np.round(np.concatenate([begin for begin, _ in windows])))
    plans: list[tuple[Floats, Floats]] = []
    repeated = 0
    for begin, end in windows:
        if any(_same_plan(begin, end, *plan) for plan in plans):
            repeated += 1  # one authority copies the times of another: they are not independent
        else:
            plans.append((begin, end))
    product = np.ones(len(openings))
    for begin, end in plans:
        product = product * _opening_density(begin, end, openings)
    step = 2 * _OPENING / _ON_TIME
    total = float(np.log(max(_RATE * step * product.sum(), np.exp(-60.0))))
    return total + repeated * float(np.log(_COPY / (2 * _ALIKE)))


def _same_plan(begin: Floats, end: Floats, other_begin: Floats, other_end: Floats) -> bool:
    if len(begin) != len(other_begin):
        return False
    off = max(np.abs(begin - other_begin).max(), np.abs(end - other_end).max())
    return bool(off <= _ALIKE)


def _opening_density(begin: Floats, end: Floats, openings: Floats) -> Floats:
    """Give the density of a notice's windows for each opening [1/min]."""
    late = np.abs(begin[:, None] - openings)
    length = (end - begin)[:, None]
    on_time = np.exp(-late / _OPENING) / (2 * _OPENING)
    held = (openings >= begin[:, None] - _LATEST) & (openings < end[:, None] - _LATEST / 3)
    inside = held / (np.maximum(length, 10.0) + 10)
    loose = (late <= _SPREAD) & (openings < end[:, None])
    density = _ON_TIME * on_time + _INSIDE * inside + _LOOSE * loose / (2 * _SPREAD)
    weight = _NEXT_DAY ** np.arange(len(begin))
    return np.asarray(
        (weight / weight.sum()) @ np.where(late > _SPREAD, _INSIDE * inside, density)
    )
