"""When a satellite could take a picture of a place: access by angles, daylight and direction.

The angle off nadir is counted from the geodetic nadir, the normal of WGS84 under the satellite. A
place is in access while that angle is within the limit and the satellite stands above the least
elevation there; other limits cut the access down further. Clouds, glint and whether anybody wanted
the picture are not modelled.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from kosmodrom.base.bodies import SunTable
from kosmodrom.base.constants import MU_EARTH
from kosmodrom.base.ellipsoid import itrs_to_geodetic
from kosmodrom.base.order import ordered
from kosmodrom.base.search import Bounds, Sampled, lipschitz_bounds
from kosmodrom.errors import InputError
from kosmodrom.view._conditions import ElevationMask, NadirCone
from kosmodrom.view._cutting import Cut, cut, sun_between
from kosmodrom.view._kernels import GMST_RATE
from kosmodrom.view._plans import simple_spans
from kosmodrom.view._sampling import Sampling
from kosmodrom.view._search import search
from kosmodrom.view._sight import Scene, dot
from kosmodrom.view._spans import Sightings, Spans, bridged, no_sightings, together
from kosmodrom.view.passes import MARGIN, make_scene
from kosmodrom.view.pointing import pointing, sun_over

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.orbits.elements import ElementSets
    from kosmodrom.view.observers import Observers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = [
    "Access",
    "AccessWork",
    "Limits",
    "find_accesses",
    "sightings_within",
]

_PIECES = 16  # of an access, to begin with, where more than the cone limits it
_TILT = 0.0034  # between the normal of the ellipsoid and the line from the centre [rad]
_LOW_GROUND = 6.335e6  # least distance of a place from the centre, on a sphere that fits best [m]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What must hold for a picture.

    Attributes
    ----------
    off_nadir : float
        Largest angle off the geodetic nadir [rad].
    elevation : float
        Least elevation of the satellite at the place [rad].
    sun_lowest, sun_highest : float or None
        Between which elevations the Sun's centre must stand at the place [rad].
    roll, pitch : float or None
        Largest roll to either side and pitch to front or back [rad].
    direction : {"any", "ascending", "descending"}
        Whether the satellite must be going north or south.
    """

    off_nadir: float
    elevation: float = 0.0
    sun_lowest: float | None = None
    sun_highest: float | None = None
    roll: float | None = None
    pitch: float | None = None
    direction: Literal["any", "ascending", "descending"] = "any"

    def __post_init__(self) -> None:
        if not 0 < self.off_nadir < np.pi / 2:
            raise InputError(
                f"the angle off nadir is {np.degrees(self.off_nadir):g} deg; it must be above 0 "
                "and below 90 deg"
            )
        if not np.radians(-5) <= self.elevation < np.pi / 2:
            raise InputError(
                f"the least elevation is {np.degrees(self.elevation):g} deg; it must be from -5 "
                "deg to below 90 deg"
            )
        for name, angle in (("roll", self.roll), ("pitch", self.pitch)):
            if angle is not None and not 0 < angle < np.pi / 2:
                raise InputError(
                    f"{name} is {np.degrees(angle):g} deg; it must be above 0 and below 90 deg"
                )
        low, high = self.sun_lowest, self.sun_highest
        for angle in (low, high):
            if angle is not None and not abs(angle) <= np.pi / 2:
                raise InputError(
                    f"the Sun cannot stand at {np.degrees(angle):g} deg; -90 to 90 deg can be"
                )
        if low is not None and high is not None and low >= high:
            raise InputError(
                f"the Sun cannot stand above {np.degrees(low):g} deg and below "
                f"{np.degrees(high):g} deg; exchange the two"
            )

    @property
    def cone(self) -> float:
        """Give the half-angle of the cone that holds all allowed directions.

        Returns
        -------
        float
            Angle off nadir [rad].
        """
        if self.roll is None or self.pitch is None:
            return self.off_nadir
        corner = np.hypot(np.tan(self.roll), np.tan(self.pitch))
        return float(min(self.off_nadir, np.arctan(corner)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Opportunities for a picture, ordered by satellite, place and time; times from the start.

    Attributes
    ----------
    span, place : numpy.ndarray of int64, shape (k,)
        Which span of an element set (that of the best moment) and which place [-].
    begin, end : numpy.ndarray, shape (k,)
        First and last moment [s].
    open_begin, open_end : numpy.ndarray of bool, shape (k,)
        Whether it was cut there by the start or end of the search [-].
    best : numpy.ndarray, shape (k,)
        The moment with the smallest angle off nadir [s].
    off_nadir, elevation : numpy.ndarray, shape (k,)
        Angle off nadir, and elevation of the satellite at the place, at that moment [rad].
    distance : numpy.ndarray, shape (k,)
        Distance at that moment [m].
    azimuth : numpy.ndarray, shape (k,)
        Azimuth of the satellite, seen from the place at that moment [rad].
    sun_elevation, sun_azimuth : numpy.ndarray, shape (k,)
        Where the Sun stands at the place at that moment [rad].
    ascending : numpy.ndarray of bool, shape (k,)
        Whether the satellite goes north at that moment [-].
    roll, pitch : numpy.ndarray, shape (k,)
        Where it must look: to the right of its way, and forward [rad].
    latitude, longitude, altitude : numpy.ndarray, shape (k,)
        Over which point it stands at that moment, and how high [rad, m].
    lost : dict of int to float
        Element sets for which SGP4 gave no position, with the first such time [s].
    """

    span: Ints
    place: Ints
    begin: Floats
    end: Floats
    open_begin: NDArray[np.bool_]
    open_end: NDArray[np.bool_]
    best: Floats
    off_nadir: Floats
    elevation: Floats
    distance: Floats
    azimuth: Floats
    sun_elevation: Floats
    sun_azimuth: Floats
    ascending: NDArray[np.bool_]
    roll: Floats
    pitch: Floats
    latitude: Floats
    longitude: Floats
    altitude: Floats
    lost: dict[int, float]

    def __len__(self) -> int:
        return len(self.span)

    def __getitem__(self, index: Any) -> Access:  # whatever NumPy takes for one axis
        kept = {
            field.name: getattr(self, field.name)[index]
            for field in fields(self)
            if field.name != "lost"
        }
        return Access(**kept, lost=self.lost)


def sightings_within(
    scene: Scene,
    spans: Spans,
    limits: Limits,
    sun: SunTable | None,
) -> tuple[Sightings, dict[int, float]]:
    """Search for accesses, without describing them.

    Parameters
    ----------
    scene : Scene
        Element sets, places, Earth.
    spans : Spans
        Which element set to use when.
    limits : Limits
        What must hold, its direction apart.
    sun : SunTable or None
        The Sun by the seconds of the scene; needed where its elevation is limited.

    Returns
    -------
    sightings : Sightings
        Ordered by span, place and time, with the cosine of the angle off nadir as quality.
    lost : dict of int to float
        Element sets for which SGP4 gave no position, with the first such time [s].
    """
    count = len(scene.observers)
    horizon = np.full(count, np.sin(limits.elevation))
    cone = NadirCone(np.full(count, np.cos(limits.cone)), horizon)
    elements = scene.ready.elements
    # Where the search by encounters serves the cone, the cone is searched; else what is above an
    # elevation that nothing within the cone can be below, and that is cut down.
    direct = _is_narrow(elements, limits)[spans.row] & simple_spans(scene, spans, cone)[0]
    lowest = _lowest_elevation(elements[np.unique(spans.row[~direct])], limits)
    parts = [no_sightings()]
    lost: dict[int, float] = {}
    for chosen, condition in (
        (direct, cone),
        (~direct, ElevationMask(np.full(count, np.sin(lowest)))),
    ):
        which = np.flatnonzero(chosen)
        if not len(which):
            continue
        found, missing = search(scene, spans[which], condition)
        found = replace(found, span=which[found.span])
        if condition is not cone:
            found = _within_cone(scene, spans, found, cone)
        parts.append(found)
        lost |= missing
    found = together(parts)
    found = found[ordered(found.span, found.place, found.begin)]
    if limits.roll is not None or limits.pitch is not None:
        rolling = _Rolling(scene, spans.row[found.span], found.place, limits)
        what = Cut(rolling.sampled, rolling.bounds, _PIECES)
        found = cut(scene, spans, found, cone, np.arange(len(found)), what)
    if sun is not None:
        found = sun_between(scene, spans, found, cone, sun, limits.sun_lowest, limits.sun_highest)
    return found, lost


def _semi_major_axis(elements: ElementSets) -> Floats:
    return np.asarray((MU_EARTH * (elements.period / (2 * np.pi)) ** 2) ** (1 / 3))


def _is_narrow(elements: ElementSets, limits: Limits) -> NDArray[np.bool_]:
    """Tell for which satellites the cone never reaches down to the least elevation."""
    highest = _semi_major_axis(elements) * (1 + elements.eccentricity) * 1.02
    sine = _LOW_GROUND * np.cos(limits.elevation + _TILT) / highest
    return np.asarray(limits.cone + 2 * _TILT < np.arcsin(np.minimum(sine, 1.0)))


def _lowest_elevation(elements: ElementSets, limits: Limits) -> float:
    """Bound how low a satellite can stand at a place within the cone of any of them."""
    if not len(elements):
        return limits.elevation
    highest = (_semi_major_axis(elements) * (1 + elements.eccentricity)).max() * 1.02
    cosine = highest * np.sin(min(limits.cone + _TILT, np.pi / 2)) / _LOW_GROUND
    if cosine >= 1:
        return limits.elevation
    return float(max(limits.elevation, np.arccos(cosine) - 2 * _TILT))


def _within_cone(scene: Scene, spans: Spans, found: Sightings, cone: NadirCone) -> Sightings:
    """Cut passes down to the cone, with its own best moments."""
    found = replace(found, best=np.full(len(found), np.nan))
    sampling = Sampling(scene, cone, spans.row[found.span], found.place)
    what = Cut(sampling.sampled, sampling.bounds, _PIECES)
    return cut(scene, spans, found, cone, np.arange(len(found)), what)


@dataclass(frozen=True, slots=True)
class _Rolling:
    """How far roll and pitch stay within their limits."""

    scene: Scene
    row: Ints
    place: Ints
    limits: Limits

    def sampled(self, index: Ints, time: Floats) -> Sampled:
        sight = self.scene.sight(self.row[index], self.place[index], time, exact=False)
        look = pointing(sight)
        room = np.full(len(index), np.inf)
        for limit, angle in ((self.limits.roll, look.roll), (self.limits.pitch, look.pitch)):
            if limit is not None:
                room = np.minimum(room, limit - np.abs(angle))
        radius = np.sqrt(dot(sight.satellite, sight.satellite))
        speed = np.sqrt(dot(sight.velocity, sight.velocity)) + GMST_RATE * radius
        data = np.stack([sight.distance, speed, radius], axis=-1)
        return Sampled(room, np.zeros(len(index)), data)

    def bounds(self, index: Ints, length: Floats, left: Sampled, right: Sampled) -> Bounds:
        """Bound by how fast the line of sight turns, and the axes of the satellite with it."""
        del index
        speed = 1.1 * np.maximum(left.data[:, 1], right.data[:, 1])
        nearest = (left.data[:, 0] + right.data[:, 0] - speed * length) / 2
        radius = np.minimum(left.data[:, 2], right.data[:, 2]) - speed * length / 2
        turn = np.where(nearest > 0, speed / np.maximum(nearest, 1.0), 1e3)
        turn = (turn + 1.1 * speed / np.maximum(radius, 6.3e6)) / np.cos(self.limits.cone)
        return lipschitz_bounds(length, left, right, turn)


def find_accesses(
    elements: ElementSets,
    observers: Observers,
    start: Epochs,
    end: Epochs,
    earth: EarthOrientation,
    limits: Limits,
    *,
    spans: Spans | None = None,
    compiled: bool = True,
) -> Access:
    """Find all opportunities for pictures of places.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.
    observers : Observers
        The places.
    start, end : Epochs, shape ()
        From when to when to search.
    earth : EarthOrientation
        Covers that time and `MARGIN` to both sides.
    limits : Limits
        What must hold.
    spans : Spans or None
        Which element set to use when, in seconds from `start`; None uses each throughout.
    compiled : bool
        Whether compiled expressions may be used where they are installed.

    Returns
    -------
    Access
        All of them.
    """
    scene, spans = make_scene(
        elements, observers, start, end, earth, spans=spans, compiled=compiled
    )
    length = float(end.seconds_since(start)) + 2 * MARGIN
    sun = SunTable.tabulated(start.plus(-MARGIN), length, earth)
    found, lost = sightings_within(scene, spans, limits, sun)
    found = bridged(found, spans)
    return _described(scene, spans, found, limits, sun, lost)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessWork:
    """A search for pictures, as a piece of work that can be done anywhere.

    Attributes
    ----------
    elements : ElementSets
        Element sets.
    observers : Observers
        The places.
    start, end : Epochs, shape ()
        From when to when to search.
    earth : EarthOrientation
        Covers that time and `MARGIN` to both sides.
    limits : Limits
        What must hold.
    spans : Spans
        Which element set to use when, in seconds from `start`.
    """

    elements: ElementSets
    observers: Observers
    start: Epochs
    end: Epochs
    earth: EarthOrientation
    limits: Limits
    spans: Spans

    def __call__(self) -> Access:
        """Do it.

        Returns
        -------
        Access
            All of them.
        """
        return find_accesses(
            self.elements,
            self.observers,
            self.start,
            self.end,
            self.earth,
            self.limits,
            spans=self.spans,
        )


def _described(
    scene: Scene, spans: Spans, found: Sightings, limits: Limits, sun: SunTable,
    lost: dict[int, float],
) -> Access:  # fmt: skip
    row = spans.row[found.span]
    best = found.best
    ended = np.flatnonzero(np.isnan(best))
    if len(ended):  # best at an end of the search
        best = best.copy()
        sights = [
            scene.sight(row[ended], found.place[ended], time[ended], exact=False)
            for time in (found.begin, found.end)
        ]
        early, late = (pointing(sight).off_nadir for sight in sights)
        best[ended] = np.where(late < early, found.end[ended], found.begin[ended])
    sight = scene.sight(row, found.place, best, exact=False)
    look = pointing(sight)
    place = found.place
    observers = scene.observers
    latitude, longitude, altitude = itrs_to_geodetic(sight.satellite)
    sun_azimuth, sun_elevation = sun_over(sun, observers, place, best)
    access = Access(
        span=found.span,
        place=place,
        begin=found.begin - MARGIN,
        end=found.end - MARGIN,
        open_begin=found.open_begin,
        open_end=found.open_end,
        best=best - MARGIN,
        off_nadir=look.off_nadir,
        elevation=sight.elevation(),
        distance=sight.distance,
        azimuth=sight.azimuth(),
        sun_elevation=sun_elevation,
        sun_azimuth=sun_azimuth,
        ascending=sight.velocity[:, 2] > 0,
        roll=look.roll,
        pitch=look.pitch,
        latitude=latitude,
        longitude=longitude,
        altitude=altitude,
        lost={number: when - MARGIN for number, when in lost.items()},
    )
    if limits.direction == "any":
        return access
    return access[np.flatnonzero(access.ascending == (limits.direction == "ascending"))]
