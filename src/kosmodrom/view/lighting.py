"""When a satellite can be seen by eye: in sunlight, over a place in the dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.bodies import SunTable, sun_above_limb
from kosmodrom.base.search import Bounds, Sampled, lipschitz_bounds
from kosmodrom.view._cutting import SUN_SPEED, Cut, cut
from kosmodrom.view._kernels import GMST_RATE
from kosmodrom.view._sight import Scene, dot, turned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.view._conditions import Condition
    from kosmodrom.view._spans import Sightings, Spans

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["seen_by_eye"]


def seen_by_eye(
    scene: Scene,
    spans: Spans,
    found: Sightings,
    condition: Condition,
    sun: SunTable,
    darkness: float,
) -> Sightings:
    """Keep of each sighting the time in which the satellite shines in a dark sky.

    It shines while the centre of the Sun's disc is clear of the Earth, seen from the satellite: of
    the ellipsoid, without the air. The sky is dark while the Sun is below an elevation there.

    Parameters
    ----------
    scene : Scene
        Element sets, places, Earth.
    spans : Spans
        Which element set is used when.
    found : Sightings
        Passes.
    condition : Condition
        By whose quality the best moments are chosen.
    sun : SunTable
        The Sun by the seconds of the scene.
    darkness : float
        Elevation of the Sun below which the sky is dark enough [rad].

    Returns
    -------
    Sightings
        Ordered by span, place and time; a pass may be seen twice.
    """
    shining = _Shining(scene, spans.row[found.span], found.place, sun, darkness)
    what = Cut(shining.sampled, shining.bounds, 4)
    return cut(scene, spans, found, condition, np.arange(len(found)), what)


@dataclass(frozen=True, slots=True)
class _Shining:
    """The smaller of the Sun's height over the Earth's edge and the darkness of the place."""

    scene: Scene
    row: Ints
    place: Ints
    sun: SunTable
    darkness: float

    def sampled(self, index: Ints, time: Floats) -> Sampled:
        place, observers = self.place[index], self.scene.observers
        flight = self.scene.flight(self.row[index], time, exact=False)
        sun = turned(self.sun.position_teme_at(time), self.sun.angles.gmst_at(time))
        lit = sun_above_limb(flight.position, sun)
        night = self.darkness - self.sun.elevation_at(
            time, observers.latitude[place], observers.longitude[place]
        )
        radius = np.sqrt(dot(flight.position, flight.position))
        speed = np.sqrt(dot(flight.velocity, flight.velocity)) + GMST_RATE * radius
        data = np.stack([speed, radius], axis=-1)
        return Sampled(np.minimum(lit, night), np.zeros(len(index)), data)

    def bounds(self, index: Ints, length: Floats, left: Sampled, right: Sampled) -> Bounds:
        """Bound by how fast the satellite goes around the Earth, its edge with it."""
        del index
        speed = 1.1 * np.maximum(left.data[:, 0], right.data[:, 0])
        radius = np.minimum(left.data[:, 1], right.data[:, 1]) - speed * length / 2
        around = speed / np.maximum(radius, 6.3e6)
        # The edge itself moves as the satellite climbs: by less than once around for each.
        return lipschitz_bounds(length, left, right, np.maximum(2 * around, SUN_SPEED))
