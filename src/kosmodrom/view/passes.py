"""When satellites stand above places.

A pass is a stretch of time in which the elevation of a satellite over the plane tangent to WGS84
exceeds the mask of the place. All passes longer than 0.1 s are found, of any orbit SGP4 knows.
Times are those of SGP4's positions in ITRS (TEME turned by GMST of UT1 and by the pole); against a
scan of the package `sgp4` every 0.1 s they agree to 0.01 ms. How far SGP4 itself is from the
satellite is another matter, see `kosmodrom.orbits.aging`.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.base.bodies import SunTable
from kosmodrom.base.frames import EarthAngles
from kosmodrom.base.order import ordered
from kosmodrom.errors import InputError
from kosmodrom.orbits.sgp4 import Sgp4
from kosmodrom.view._conditions import ElevationMask
from kosmodrom.view._cutting import above_tables
from kosmodrom.view._looks import directions
from kosmodrom.view._search import search
from kosmodrom.view._sight import Scene
from kosmodrom.view._spans import Sightings, Spans, bridged, no_sightings
from kosmodrom.view.lighting import seen_by_eye

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.orbits.elements import ElementSets
    from kosmodrom.view.masks import Atmosphere, Mask
    from kosmodrom.view.observers import Observers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["MARGIN", "Passes", "PassesWork", "find_passes", "make_scene"]

MARGIN = 10_800.0
"""Time before the start from which all seconds of a search are counted [s]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes:
    """Passes, ordered by satellite, place and time.

    Attributes
    ----------
    span, place : numpy.ndarray of int64, shape (k,)
        Which span of an element set (that of the culmination), and which place [-].
    rise, set : numpy.ndarray, shape (k,)
        When it rises above and sets below the mask, from the start [s]; NaN where it was above
        already at the start, or still is at the end.
    begin, end : numpy.ndarray, shape (k,)
        The same, cut at the start and the end of the search [s].
    culmination : numpy.ndarray, shape (k,)
        When it stands highest [s]; NaN where that is at an open end.
    elevation : numpy.ndarray, shape (k,)
        The highest elevation within the search [rad], apparent if an atmosphere was given.
    azimuth_rise, azimuth_culmination, azimuth_set : numpy.ndarray, shape (k,)
        Azimuths clockwise from north [rad]; NaN where the time is.
    distance : numpy.ndarray, shape (k,)
        Distance when it stands highest [m].
    visible_begin, visible_end : numpy.ndarray, shape (k,)
        From when to when it can first be seen by eye [s]; NaN where not, or where nobody asked.
    visible_elevation : numpy.ndarray, shape (k,)
        How high it then stands at most [rad].
    lost : dict of int to float
        Element sets for which SGP4 gave no position, with the first such time from the start [s].
    """

    span: Ints
    place: Ints
    rise: Floats
    set: Floats
    begin: Floats
    end: Floats
    culmination: Floats
    elevation: Floats
    azimuth_rise: Floats
    azimuth_culmination: Floats
    azimuth_set: Floats
    distance: Floats
    visible_begin: Floats
    visible_end: Floats
    visible_elevation: Floats
    lost: dict[int, float]

    def __len__(self) -> int:
        return len(self.span)

    def __getitem__(self, index: Any) -> Passes:  # whatever NumPy takes for one axis
        kept = {
            field.name: getattr(self, field.name)[index]
            for field in fields(self)
            if field.name != "lost"
        }
        return Passes(**kept, lost=self.lost)


def make_scene(
    elements: ElementSets,
    observers: Observers,
    start: Epochs,
    end: Epochs,
    earth: EarthOrientation,
    *,
    spans: Spans | None = None,
    light_time: bool = False,
    compiled: bool = True,
) -> tuple[Scene, Spans]:
    """Set the scene of a search.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.
    observers : Observers
        Places.
    start, end : Epochs, shape ()
        From when to when to search.
    earth : EarthOrientation
        Covers that time and `MARGIN` to both sides.
    spans : Spans or None
        Which element set to use when, in seconds from `start`; None uses each throughout.
    light_time : bool
        Whether satellites are seen where they were when the light left them.
    compiled : bool
        Whether compiled expressions may be used where they are installed.

    Returns
    -------
    scene : Scene
        Everything looked at; its seconds count from `MARGIN` before `start`.
    spans : Spans
        In the scene's seconds.
    """
    length = float(end.seconds_since(start))
    if not length > 0:
        raise InputError(
            f"the end, {end.utc_iso()}, is not after the start, {start.utc_iso()}; exchange them"
        )
    origin = start.plus(-MARGIN)
    ready = Sgp4(elements, compiled=compiled)
    scene = Scene(
        ready=ready,
        origin=ready.minutes_from_epoch(origin),
        observers=observers,
        angles=EarthAngles.tabulated(origin, length + 2 * MARGIN, earth),
        light_time=light_time,
    )
    if spans is None:
        count = len(elements)
        every = np.arange(count)
        spans = Spans(
            row=every, start=np.zeros(count), end=np.full(count, length), satellite=every
        )
    return scene, replace(spans, start=spans.start + MARGIN, end=spans.end + MARGIN)


def find_passes(
    elements: ElementSets,
    observers: Observers,
    start: Epochs,
    end: Epochs,
    earth: EarthOrientation,
    *,
    masks: Sequence[Mask],
    spans: Spans | None = None,
    air: Atmosphere | None = None,
    light_time: bool = False,
    darkness: float | None = None,
    compiled: bool = True,
) -> Passes:
    """Find all passes of satellites over places.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.
    observers : Observers
        Places.
    start, end : Epochs, shape ()
        From when to when to search.
    earth : EarthOrientation
        Covers that time and `MARGIN` to both sides.
    masks : sequence of Mask
        One for each place.
    spans : Spans or None
        Which element set to use when, in seconds from `start`; None uses each throughout.
    air : Atmosphere or None
        If given, masks and elevations are apparent ones, lifted by refraction.
    light_time : bool
        Whether satellites are seen where they were when the light left them.
    darkness : float or None
        If given, passes are also searched for what can be seen by eye: the satellite in sunlight,
        and the Sun below this elevation at the place [rad].
    compiled : bool
        Whether compiled expressions may be used where they are installed.

    Returns
    -------
    Passes
        All of them; a satellite in view throughout is one pass without rise and set.
    """
    if len(masks) != len(observers):
        raise InputError(f"{len(masks)} masks for {len(observers)} places; give one for each")
    scene, spans = make_scene(
        elements, observers, start, end, earth,
        spans=spans, light_time=light_time, compiled=compiled,
    )  # fmt: skip
    true = [mask.bent_back(air) if air else mask for mask in masks]
    condition = ElevationMask(np.sin([mask.lowest for mask in true]))
    found, lost = search(scene, spans, condition)
    found = above_tables(scene, spans, found, condition, true)
    found = bridged(found, spans)
    seen = no_sightings()
    if darkness is not None:
        sun = SunTable.tabulated(
            start.plus(-MARGIN), float(end.seconds_since(start)) + 2 * MARGIN, earth
        )
        seen = seen_by_eye(scene, spans, found, condition, sun, darkness)
    return _described(scene, spans, found, seen, air, lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassesWork:
    """A search for passes, as a piece of work that can be done anywhere.

    Attributes
    ----------
    elements : ElementSets
        Element sets.
    observers : Observers
        Places.
    start, end : Epochs, shape ()
        From when to when to search.
    earth : EarthOrientation
        Covers that time and `MARGIN` to both sides.
    masks : tuple of Mask
        One for each place.
    spans : Spans
        Which element set to use when, in seconds from `start`.
    air : Atmosphere or None
        As for `find_passes`.
    light_time : bool
        As for `find_passes`.
    darkness : float or None
        As for `find_passes` [rad].
    """

    elements: ElementSets
    observers: Observers
    start: Epochs
    end: Epochs
    earth: EarthOrientation
    masks: tuple[Mask, ...]
    spans: Spans
    air: Atmosphere | None = None
    light_time: bool = False
    darkness: float | None = None

    def __call__(self) -> Passes:
        """Do it.

        Returns
        -------
        Passes
            All of them.
        """
        return find_passes(
            self.elements,
            self.observers,
            self.start,
            self.end,
            self.earth,
            masks=self.masks,
            spans=self.spans,
            air=self.air,
            light_time=self.light_time,
            darkness=self.darkness,
        )


def _described(
    scene: Scene,
    spans: Spans,
    found: Sightings,
    seen: Sightings,
    air: Atmosphere | None,
    lost: dict[int, float],
) -> Passes:
    """Add directions and distances, and count time from the start."""
    row, place = spans.row[found.span], found.place
    rise = np.where(found.open_begin, np.nan, found.begin)
    fall = np.where(found.open_end, np.nan, found.end)
    highest = np.where(
        np.isnan(found.best),
        np.where(_higher_at_end(scene, row, place, found), found.end, found.begin),
        found.best,
    )
    times = [np.where(np.isnan(time), highest, time) for time in (rise, fall, highest)]
    looks = directions(scene, row, place, np.array(times))
    elevation = looks.elevation
    return Passes(
        span=found.span,
        place=place,
        rise=rise - MARGIN,
        set=fall - MARGIN,
        begin=found.begin - MARGIN,
        end=found.end - MARGIN,
        culmination=found.best - MARGIN,
        elevation=air.apparent(elevation) if air else elevation,
        azimuth_rise=np.where(np.isnan(rise), np.nan, looks.azimuth[0]),
        azimuth_culmination=np.where(np.isnan(found.best), np.nan, looks.azimuth[2]),
        azimuth_set=np.where(np.isnan(fall), np.nan, looks.azimuth[1]),
        distance=looks.distance,
        **_by_eye(spans, found, seen, air),
        lost={row: when - MARGIN for row, when in lost.items()},
    )


def _by_eye(
    spans: Spans, found: Sightings, seen: Sightings, air: Atmosphere | None
) -> dict[str, Floats]:
    """Give each pass the first time it is seen by eye."""
    begin, end, elevation = (np.full(len(found), np.nan) for _ in range(3))
    if not len(seen):
        return {"visible_begin": begin, "visible_end": end, "visible_elevation": elevation}
    # Each part lies within one pass of its satellite and place: the last one that began before it.
    most = 1 + int(found.place.max(initial=0))
    lift = float(np.abs(found.end).max(initial=0.0)) + 1.0
    own, other = (
        (spans.satellite[one.span] * most + one.place) * lift + one.begin for one in (found, seen)
    )
    order = np.argsort(own, kind="stable")
    owner = order[np.searchsorted(own[order], other, side="right") - 1]
    earliest = ordered(owner, seen.begin)
    firsts = earliest[np.flatnonzero(np.diff(owner[earliest], prepend=-1))]
    at = owner[firsts]
    begin[at], end[at] = seen.begin[firsts] - MARGIN, seen.end[firsts] - MARGIN
    height = np.arcsin(np.clip(seen.quality[firsts], -1.0, 1.0))
    elevation[at] = air.apparent(height) if air else height
    return {"visible_begin": begin, "visible_end": end, "visible_elevation": elevation}


def _higher_at_end(scene: Scene, row: Ints, place: Ints, found: Sightings) -> Bools:
    """Tell where a pass without a culmination stands higher at its end."""
    higher = np.zeros(len(found), dtype=np.bool_)
    some = np.flatnonzero(np.isnan(found.best))
    if len(some):
        at_end, at_begin = (
            directions(scene, row[some], place[some], time[None, some]).elevation
            for time in (found.end, found.begin)
        )
        higher[some] = at_end > at_begin
    return higher
