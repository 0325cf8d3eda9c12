"""Looks from places at satellites, as the compiled functions take them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.base.constants import SPEED_OF_LIGHT
from kosmodrom.view._kernels import GMST_RATE, INPUTS, SKY_INPUTS, sky

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.view._sight import Scene

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["LIMIT", "Directions", "Looks", "directions"]

_MINUTES, _THETA, LIMIT = (INPUTS.index(name) for name in ("tsince", "theta", "limit"))
_PLACE = INPUTS.index("ux")


def _unpoled_rows(table: Floats, pole: tuple[Floats, Floats]) -> None:
    """Turn vectors as `unpoled` does, in place: three rows each, x y z."""
    for first in range(0, len(table), 3):
        x, y, z = table[first : first + 3]
        lift = pole[0] * x - pole[1] * y
        x -= pole[0] * z
        y += pole[1] * z
        z += lift


@dataclass(frozen=True, slots=True)
class Looks:
    """Encounters ready to be evaluated at times around their own."""

    table: Floats
    minutes: Floats
    theta: Floats
    half: Floats
    delay: Floats | None

    @classmethod
    def prepared(cls, scene: Scene, limit: Floats | None, row: Ints, place: Ints, time: Floats,
                 half: Floats) -> Looks:  # fmt: skip
        """Make a table of `INPUTS`, or of `SKY_INPUTS` where there is no limit."""
        east, north, up = scene.observers.axes.transpose(1, 2, 0)
        seats = [up, scene.observers.position.T]
        if limit is None:
            table, places = np.empty((len(SKY_INPUTS), len(row))), slice(_PLACE, None)
            seats += [east, north]
        else:
            table, places = np.empty((len(INPUTS), len(row))), slice(_PLACE, LIMIT)
            table[LIMIT] = limit[place]
        # With `clip` NumPy writes straight into the table.
        np.take(scene.ready.table, row, axis=1, out=table[:_MINUTES], mode="clip")
        np.take(np.concatenate(seats), place, axis=1, out=table[places], mode="clip")
        _unpoled_rows(table[places], scene.angles.pole_at(time))
        delay = np.zeros(len(row)) if scene.light_time else None
        minutes = scene.origin[row] + time / 60.0
        return cls(table, minutes, scene.angles.gmst_at(time), half, delay)

    def at(self, index: Ints) -> Looks:
        """Take some encounters, in ascending order."""
        if len(index) == len(self.minutes):
            return self
        delay = None if self.delay is None else self.delay[index]
        return Looks(
            np.take(self.table, index, axis=1), self.minutes[index], self.theta[index],
            self.half[index], delay,
        )  # fmt: skip

    def apart(self) -> Looks:
        """Share the table, but let light take its own time."""
        delay = None if self.delay is None else self.delay.copy()
        return Looks(self.table, self.minutes, self.theta, self.half, delay)

    def look(self, kernel: Any, offset: Floats) -> Floats:
        """Evaluate a kernel at an offset from each encounter; its last output is the distance."""
        delay = 0.0 if self.delay is None else self.delay
        self.table[_MINUTES] = self.minutes + (offset - delay) / 60.0
        self.table[_THETA] = self.theta + GMST_RATE * offset
        out: Floats = kernel(self.table)
        if self.delay is not None:
            self.delay[:] = out[-1] / SPEED_OF_LIGHT
        return out


@dataclass(frozen=True, slots=True)
class Directions:
    """Where satellites stand in the sky of places at several times, and how far at the last.

    Attributes
    ----------
    azimuth : numpy.ndarray, shape (m, k)
        Clockwise from north [rad].
    elevation, distance : numpy.ndarray, shape (k,)
        Over the horizon [rad], and from the place [m], at the last of the times.
    """

    azimuth: Floats
    elevation: Floats
    distance: Floats


def directions(scene: Scene, row: Ints, place: Ints, time: Floats) -> Directions:
    """Say where satellites stand in the sky of places; as `Scene.sight`, but quicker.

    Parameters
    ----------
    scene : Scene
        Element sets, places, Earth.
    row, place : numpy.ndarray of int64, shape (k,)
        Which element set, which place [-].
    time : numpy.ndarray, shape (m, k)
        When [s]; where compiled expressions serve, the pole is that of the last.

    Returns
    -------
    Directions
        One row a look.
    """
    near = scene.ready.near[row]
    if scene.light_time or not near.any():
        return _seen(scene, row, place, time)
    if not near.all():
        found = Directions(np.empty(time.shape), np.empty(len(row)), np.empty(len(row)))
        for some in (np.flatnonzero(near), np.flatnonzero(~near)):
            part = directions(scene, row[some], place[some], time[:, some])
            found.azimuth[:, some], found.elevation[some] = part.azimuth, part.elevation
            found.distance[some] = part.distance
        return found
    last = time[-1]
    looks = Looks.prepared(scene, None, row, place, last, last)
    seen = [looks.look(sky(), moment - last) for moment in time]
    azimuth = np.array([out[0] for out in seen])
    azimuth[azimuth < 0] += 2 * np.pi
    return Directions(azimuth, seen[-1][1], seen[-1][2])


def _seen(scene: Scene, row: Ints, place: Ints, time: Floats) -> Directions:
    count = len(time)
    sight = scene.sight(np.tile(row, count), np.tile(place, count), time.ravel(), exact=False)
    return Directions(
        sight.azimuth().reshape(time.shape),
        sight.elevation().reshape(time.shape)[-1],
        sight.distance.reshape(time.shape)[-1],
    )
