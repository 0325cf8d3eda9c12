"""What counts as seeing: above a mask at the place, or within a cone about the nadir.

Both are the same to a search: an edge function above zero while the condition holds, a quality
with one maximum, and a central angle beyond which it cannot hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from kosmodrom.base.search import Sampled
from kosmodrom.view import _kernels
from kosmodrom.view._concave import mask_curvature, nadir_curvature
from kosmodrom.view._sight import dot, downward

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.view._sight import Sight
    from kosmodrom.view.observers import Observers

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Condition", "ElevationMask", "NadirCone"]

_TILT = 0.0034  # between the normal of the ellipsoid and the line from the centre [rad]


class Condition(Protocol):
    """What a search needs to know of a condition."""

    @property
    def limit(self) -> Floats:
        """Least quality of each place, shape (n,) [-]."""

    def angle(self, radius: Floats, observers: Observers, place: Ints) -> Floats:
        """Give the central angle beyond which it cannot hold, shape (k,) [rad]."""

    def widest(self, radius: Floats, ground: float) -> Floats:
        """Give that angle for any place no nearer to the centre than `ground` [rad]."""

    def edge_angle(self, radius: Floats, ground: Floats, place: Ints) -> Floats:
        """Give about the central angle at which it begins to hold, shape (k,) [rad]."""

    def kernels(self) -> tuple[Any, Any]:
        """Give the compiled edge and quality."""

    def curvature(
        self, radius_min: Floats, radius_max: Floats, eccentricity: Floats, angle: Floats
    ) -> Floats:
        """Bound the second derivative of the edge, shape (k,)."""

    def quality(self, sight: Sight) -> Floats:
        """Give the quality, shape (k,) [-]."""

    def sampled(self, sight: Sight, place: Ints) -> Sampled:
        """Give a function of the same sign as the edge for a search by bisection."""

    def steepness(self, place: Ints) -> tuple[Floats, float]:
        """Give how strongly distance and the turn of the nadir bend that function."""


@dataclass(frozen=True, slots=True, eq=False)
class ElevationMask:
    """The satellite stands above an elevation.

    Attributes
    ----------
    limit : numpy.ndarray, shape (n,)
        Sine of the mask of each place [-].
    """

    limit: Floats

    def angle(self, radius: Floats, observers: Observers, place: Ints) -> Floats:
        mask = np.arcsin(self.limit) - observers.tilt
        ground = observers.radius * np.cos(mask)
        return np.asarray(np.arccos(np.minimum(ground[place] / radius, 1.0)) - mask[place])

    def widest(self, radius: Floats, ground: float) -> Floats:
        mask = np.arcsin(self.limit.min()) - _TILT
        return np.asarray(np.arccos(np.minimum(ground * np.cos(mask) / radius, 1.0)) - mask)

    def edge_angle(self, radius: Floats, ground: Floats, place: Ints) -> Floats:
        sine = self.limit[place]
        level = ground * np.sqrt(1 - sine**2) / radius
        return np.asarray(np.arccos(np.minimum(level, 1.0)) - np.arcsin(sine))

    def kernels(self) -> tuple[Any, Any]:
        return _kernels.mask_edge(), _kernels.mask_quality()

    def curvature(
        self, radius_min: Floats, radius_max: Floats, eccentricity: Floats, angle: Floats
    ) -> Floats:
        low, high = float(self.limit.min()), float(self.limit.max())
        return mask_curvature(radius_min, radius_max, eccentricity, angle, low, high)

    def quality(self, sight: Sight) -> Floats:
        return np.asarray(sight.height() / sight.distance)

    def sampled(self, sight: Sight, place: Ints) -> Sampled:
        limit, up = self.limit[place], sight.axes[:, 2]
        speed = dot(sight.line, sight.velocity) / sight.distance
        return Sampled(
            sight.height() - sight.distance * limit,
            dot(sight.velocity, up) - speed * limit,
            _extent(sight),
        )

    def steepness(self, place: Ints) -> tuple[Floats, float]:
        return np.abs(self.limit[place]), 0.0


@dataclass(frozen=True, slots=True, eq=False)
class NadirCone:
    """The place lies within a cone about the satellite's geodetic nadir, and sees the satellite.

    Attributes
    ----------
    limit : numpy.ndarray, shape (n,)
        Cosine of the half-angle of the cone, the same for all places [-].
    horizon : numpy.ndarray, shape (n,)
        Sine of the least elevation of the satellite at each place [-].
    """

    limit: Floats
    horizon: Floats

    def angle(self, radius: Floats, observers: Observers, place: Ints) -> Floats:
        half = np.minimum(np.arccos(self.limit) + _TILT, np.pi / 2)
        ground = observers.radius[place]
        sine = radius * np.sin(half)[place] / ground
        cone = np.arcsin(np.minimum(sine, 1.0)) - half[place]
        seen = ElevationMask(self.horizon).angle(radius, observers, place)
        return np.asarray(np.where(sine < 1.0, np.minimum(cone, seen), seen))

    def widest(self, radius: Floats, ground: float) -> Floats:
        half = min(float(np.arccos(self.limit.min())) + _TILT, np.pi / 2)
        sine = radius * np.sin(half) / ground
        cone = np.arcsin(np.minimum(sine, 1.0)) - half
        seen = ElevationMask(self.horizon).widest(radius, ground)
        return np.asarray(np.where(sine < 1.0, np.minimum(cone, seen), seen))

    def edge_angle(self, radius: Floats, ground: Floats, place: Ints) -> Floats:
        half = np.arccos(self.limit[place])
        sine = np.minimum(radius * np.sin(half) / ground, 1.0)
        return np.asarray(np.arcsin(sine) - half)

    def kernels(self) -> tuple[Any, Any]:
        return _kernels.nadir_edge(), _kernels.nadir_quality()

    def curvature(
        self, radius_min: Floats, radius_max: Floats, eccentricity: Floats, angle: Floats
    ) -> Floats:
        return nadir_curvature(
            radius_min, radius_max, eccentricity, angle, float(self.limit.min())
        )

    def quality(self, sight: Sight) -> Floats:
        return np.asarray(-dot(sight.line, downward(sight.satellite)) / sight.distance)

    def sampled(self, sight: Sight, place: Ints) -> Sampled:
        limit = self.limit[place]
        size = np.sqrt(dot(sight.satellite, sight.satellite))
        up = -downward(sight.satellite)
        turn = sight.velocity / size[:, None]
        turn = turn - up * dot(turn, up)[:, None]
        speed = dot(sight.line, sight.velocity) / sight.distance
        return Sampled(
            dot(sight.line, up) - sight.distance * limit,
            dot(sight.velocity, up) + dot(sight.line, turn) - speed * limit,
            _extent(sight),
        )

    def steepness(self, place: Ints) -> tuple[Floats, float]:
        return self.limit[place], 1.0


def _extent(sight: Sight) -> Floats:
    """Give what bounds need: radius, distance, speed and acceleration, shape (k, 4) [m, s]."""
    return np.stack(
        [
            np.sqrt(dot(sight.satellite, sight.satellite)),
            sight.distance,
            np.sqrt(dot(sight.velocity, sight.velocity)),
            np.sqrt(dot(sight.acceleration, sight.acceleration)),
        ],
        axis=-1,
    )
