"""Notices put together step by step, the pair that speaks most for one launch first."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.evidence import (
    NOWHERE,
    area_density,
    joint,
    opening_evidence,
    same_place,
    same_place_density,
)
from kosmodrom.launch.notices.geometry import outline_of, seen_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.notices.geometry import Outline, Seen
    from kosmodrom.launch.notices.grouped import Site
    from kosmodrom.launch.notices.notice import Area, Notice, Window

__all__ = ["Cluster", "Place", "Unit", "both", "clusters", "minutes_of", "units_of"]

Floats = NDArray[np.floating]
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_ADJACENT = 40.0  # windows that are apart by less may be those of one launch [min]
MOST_WINDOWS = 100  # of a notice that are looked at
_ANOTHER = 5 * 1440.0  # between windows of one notice for two launches [min]
_HOPELESS = -20.0  # evidence of times that no areas make good
_SMALL = 12.0
_MOST_PAIRS = 20_000


def minutes_of(instant: datetime) -> float:
    """Give minutes since 2000.

    Parameters
    ----------
    instant : datetime
        With its zone.

    Returns
    -------
    float
        Minutes [min].
    """
    return (instant - _EPOCH).total_seconds() / 60


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """An area of a notice as the sites see it.

    Attributes
    ----------
    area : Area
        The area.
    outline : Outline
        Its shape.
    seen : Seen
        Its distances and directions.
    density : numpy.ndarray, shape (s, h)
        Log density for each site and heading [1/sr].
    peak : numpy.ndarray, shape (s,)
        The greatest of each site [1/sr].
    """

    area: Area
    outline: Outline
    seen: Seen
    density: Floats
    peak: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unit:
    """A notice with what is needed to put it to others.

    Attributes
    ----------
    notice : Notice
        The notice.
    places : tuple of Place
        Its areas.
    windows : tuple of Window
        When they are closed, in order.
    begin, end : numpy.ndarray, shape (k,)
        The same as minutes since 2000 [min].
    """

    notice: Notice
    places: tuple[Place, ...]
    windows: tuple[Window, ...]
    begin: Floats
    end: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cluster:
    """Notices of one launch.

    Attributes
    ----------
    units : tuple of Unit
        The notices.
    places : tuple of Place
        Their areas, each once.
    repeated : int
        How many areas were published again.
    density : numpy.ndarray, shape (s, h)
        Sum of the log densities of the areas [1/sr].
    peak : numpy.ndarray, shape (s,)
        For each site, no less than the greatest of them [1/sr].
    areas, times : float
        Log evidence of the areas and of the times [-].
    """

    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    repeated: int
    density: Floats
    peak: Floats
    areas: float
    times: float


def units_of(notice: Notice, areas: Sequence[Area], sites: Sequence[Site]) -> list[Unit]:
    """Prepare a notice.

    Parameters
    ----------
    notice : Notice
        With windows, its own or those of its areas.
    areas : sequence of Area
        Those of its areas that are looked at.
    sites : sequence of Site
        Where launches may come from.

    Returns
    -------
    list of Unit
        The notice with its areas as the sites see them; several where there are more than five
        days between its windows: then it speaks of more than one launch.
    """
    latitude, longitude, extent = (
        np.array([getattr(site, name) for site in sites], dtype=np.float64)
        for name in ("latitude", "longitude", "extent")
    )
    places = []
    for area in areas:
        outline = outline_of(area.ring)
        seen = seen_from(outline, latitude, longitude)
        density = area_density(seen, outline.stretch, extent)
        peak = density.max(axis=1, initial=-np.inf)
        places.append(Place(area=area, outline=outline, seen=seen, density=density, peak=peak))
    spans = {(w.begin, w.end): w for area in areas for w in area.windows} or {
        (w.begin, w.end): w for w in notice.windows
    }
    runs: list[list[Window]] = []
    for window in [spans[key] for key in sorted(spans)][:MOST_WINDOWS]:
        if runs and minutes_of(window.begin) - minutes_of(runs[-1][-1].end) <= _ANOTHER:
            runs[-1].append(window)
        else:
            runs.append([window])
    return [
        Unit(
            notice=notice,
            places=tuple(places),
            windows=tuple(run),
            begin=np.array([minutes_of(window.begin) for window in run]),
            end=np.array([minutes_of(window.end) for window in run]),
        )
        for run in runs
    ]


def _alone(unit: Unit, prior: Floats) -> Cluster:
    empty = np.zeros_like(prior)
    none = Cluster(
        units=(),
        places=(),
        repeated=0,
        density=empty,
        peak=empty.sum(axis=1),
        areas=0.0,
        times=0.0,
    )
    return _joined(none, (unit,), unit.places, 0, prior)


def both(one: Cluster, other: Cluster, prior: Floats) -> Cluster:
    """Join two clusters.

    Parameters
    ----------
    one, other : Cluster
        Two of them.
    prior : numpy.ndarray, shape (s, h)
        Log probability of sites and headings before any area is seen [-].

    Returns
    -------
    Cluster
        With the notices of both; an area of both counts once.
    """
    return _joined(one, other.units, other.places, other.repeated, prior)


def _joined(
    one: Cluster,
    units: tuple[Unit, ...],
    places: tuple[Place, ...],
    repeated: int,
    prior: Floats,
) -> Cluster:
    """Add notices to a cluster; an area that was there before is counted once."""
    own, density = list(one.places), one.density
    repeated += one.repeated
    for place in places:
        if _is_among(place, own):
            repeated += 1
        else:
            own.append(place)
            density = density + place.density
    everyone = one.units + units
    return Cluster(
        units=everyone,
        places=tuple(own),
        repeated=repeated,
        density=density,
        peak=density.max(axis=1, initial=-np.inf),
        areas=joint(prior, density, len(own)) + repeated * same_place_density(),
        times=opening_evidence([(unit.begin, unit.end) for unit in everyone]),
    )


def _is_among(place: Place, places: Sequence[Place]) -> bool:
    return any(same_place(place.outline, other.outline) for other in places)


def _gain(one: Cluster, other: Cluster, prior: Floats) -> float:
    """Say how much more two clusters speak for one launch than for two."""
    units = one.units + other.units
    times = opening_evidence([(unit.begin, unit.end) for unit in units])
    times -= one.times + other.times
    if times < _HOPELESS:
        return times
    fresh = [place for place in other.places if not _is_among(place, one.places)]
    again = len(other.places) - len(fresh) + other.repeated
    areas = again * same_place_density() - other.areas
    if fresh:
        count = len(one.places) + len(fresh)
        # sites that can add nothing to "from none of them" are not looked at
        peak = one.peak + prior.max(axis=1, initial=-np.inf)
        peak = np.sum([place.peak for place in fresh], axis=0) + peak
        of_sites = np.flatnonzero(peak >= count * NOWHERE - _SMALL)
        density = np.sum([place.density[of_sites] for place in fresh], axis=0)
        areas += joint(prior[of_sites], one.density[of_sites] + density, count)
        areas += one.repeated * same_place_density() - one.areas
    return times + areas


def _near_in_time(one: Unit, other: Unit) -> bool:
    """Whether windows of both overlap or nearly do."""
    late = np.searchsorted(other.begin, one.end + _ADJACENT)
    longest = np.maximum.accumulate(other.end)
    some = late > 0
    return bool(np.any(longest[late[some] - 1] >= one.begin[some] - _ADJACENT))


def _pairs(units: Sequence[Unit]) -> list[tuple[int, int]]:
    """Give the pairs of notices whose windows overlap, without trying all pairs."""
    order = sorted(range(len(units)), key=lambda k: float(units[k].begin[0]))
    pairs, active = [], list[int]()
    for k in order:
        start = float(units[k].begin[0]) - _ADJACENT
        active = [j for j in active if float(units[j].end.max()) >= start]
        pairs += [(j, k) for j in active if _near_in_time(units[j], units[k])]
        if len(pairs) > _MOST_PAIRS:
            raise InputError(
                f"more than {_MOST_PAIRS} pairs of the {len(units)} notices overlap in time: so "
                "many are not put together at once; give those of fewer days or one region"
            )
        active.append(k)
    return pairs


def clusters(units: Sequence[Unit], prior: Floats) -> list[Cluster]:
    """Put notices together.

    Parameters
    ----------
    units : sequence of Unit
        Notices.
    prior : numpy.ndarray, shape (s, h)
        Log probability of sites and headings before any area is seen [-].

    Returns
    -------
    list of Cluster
        Each unit in one of them.

    Notes
    -----
    The two sets whose joint evidence exceeds their single evidence most are joined first, until
    no two speak for one launch. This takes as many steps as there are pairs of notices that
    overlap in time.
    """
    made = dict(enumerate(_alone(unit, prior) for unit in units))
    beside: dict[int, set[int]] = {k: set() for k in made}
    heap: list[tuple[float, int, int]] = []

    for one, other in _pairs(units):
        _offer(one, other, made, beside, heap, prior)
    following = len(made)
    while heap:
        _, one, other = heapq.heappop(heap)
        if one not in made or other not in made:
            continue
        made[following] = both(made[one], made[other], prior)
        around = (beside.pop(one) | beside.pop(other)) - {one, other}
        del made[one], made[other]
        beside[following] = set()
        for k in sorted(around & made.keys()):
            beside[k] -= {one, other}
            _offer(k, following, made, beside, heap, prior)
        following += 1
    return [made[k] for k in sorted(made)]


def _offer(
    one: int,
    other: int,
    made: dict[int, Cluster],
    beside: dict[int, set[int]],
    heap: list[tuple[float, int, int]],
    prior: Floats,
) -> None:
    """Put two clusters on the heap where they speak for one launch."""
    beside[one].add(other)
    beside[other].add(one)
    gain = _gain(made[one], made[other], prior)
    if gain > 0:
        heapq.heappush(heap, (-gain, one, other))
