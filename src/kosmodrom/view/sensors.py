"""Cameras in orbit: how large a pixel is on the ground, how wide the strip, how far it may look.

The optics of a foreign satellite are seldom known, so what a sensor can do is given between two
ends, and so is every answer. All geometry here is that of a thin beam; the curved ground within
one picture is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from kosmodrom.errors import InputError
from kosmodrom.view.quality import niirs_band, signal_to_noise_at

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

__all__ = [
    "MEAN_RADIUS",
    "Range",
    "SampleDistance",
    "Sensor",
    "diffraction_limit",
    "elevation_at_target",
    "ground_sample_distance",
    "off_nadir_of_swath",
    "optical_q",
    "sensor_niirs",
    "sensor_sample_distance",
    "swath_of",
]

MEAN_RADIUS = 6_371_008.8
"""Mean radius of the WGS84 ellipsoid, (2 a + b) / 3 [m]."""


class Range(NamedTuple):
    """A number that is known between two ends; units are those of the field."""

    low: float
    high: float


class SampleDistance(NamedTuple):
    """Ends of the ground sample distance along and across the track, arrays [m]."""

    along_low: Floats
    along_high: Floats
    across_low: Floats
    across_high: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """A camera, between what it does at least and at best.

    Attributes
    ----------
    name : str
        Name for readers.
    sample_distance : Range
        Ground sample distance straight down from `altitude`, as sampled, not as resampled [m].
    altitude : float
        Height for which sample distance and swath hold [m].
    off_nadir : Range
        How far from straight down it may look: surely, and at most [rad].
    roll, pitch : Range or None
        The same sideways and along the track, where they are limited apart [rad].
    swath : Range or None
        Width of the picture straight down from `altitude` [m].
    aperture : Range or None
        Diameter of the opening [m].
    edge_response : Range
        Relative edge response before sharpening, both directions weighed [-].
    signal_to_noise : Range
        Ratio of the signal of a contrast to the noise, with the Sun at `sun_elevation` [-].
    sun_elevation : float
        Elevation of the Sun for that [rad].
    source, grade : str
        Where the numbers are from, and their Admiralty grade.
    """

    name: str
    sample_distance: Range
    altitude: float
    off_nadir: Range
    roll: Range | None = None
    pitch: Range | None = None
    swath: Range | None = None
    aperture: Range | None = None
    edge_response: Range
    signal_to_noise: Range
    sun_elevation: float
    source: str = ""
    grade: str = ""

    def __post_init__(self) -> None:
        limits = {
            "sample_distance": (np.inf, "m"),
            "off_nadir": (np.pi / 2, "rad"),
            "roll": (np.pi / 2, "rad"),
            "pitch": (np.pi / 2, "rad"),
            "swath": (np.inf, "m"),
            "aperture": (np.inf, "m"),
            "edge_response": (1.0, ""),
            "signal_to_noise": (np.inf, ""),
        }
        for name, (most, unit) in limits.items():
            ends = getattr(self, name)
            if ends is None:
                continue
            low, high = ends
            if not (0 < low <= high < np.inf and high <= most):
                raise InputError(
                    f"{self.name}: {name} is ({low:.4g}, {high:.4g}) {unit}".rstrip()
                    + f"; give 0 < low <= high <= {most:.4g}"
                )
            object.__setattr__(self, name, Range(float(low), float(high)))
        if not 0 < self.altitude < np.inf:
            raise InputError(f"{self.name}: altitude is {self.altitude:g} m; it must be above 0 m")
        if not 0 < self.sun_elevation <= np.pi / 2:
            raise InputError(
                f"{self.name}: sun_elevation is {self.sun_elevation:.4g} rad; it must be above 0 "
                "and at most pi/2 rad (90 deg)"
            )

    @property
    def pixel_angle(self) -> Range:
        """Give the angle that a pixel covers.

        Returns
        -------
        Range
            Sample distance over altitude [rad].
        """
        return Range(*(one / self.altitude for one in self.sample_distance))

    @classmethod
    def from_optics(
        cls, *, pitch: Range, focal_length: Range, altitude: float, **others: object
    ) -> Self:
        """Make a sensor of which the optics are known rather than the sample distance.

        Parameters
        ----------
        pitch : Range
            Distance from pixel to pixel on the detector [m].
        focal_length : Range
            Focal length [m].
        altitude : float
            Height for which the sample distance is to be given [m].
        **others : object
            The other fields.

        Returns
        -------
        Sensor
            With sample distance pitch / focal length x altitude.
        """
        ends = Range(pitch[0] / focal_length[1] * altitude, pitch[1] / focal_length[0] * altitude)
        return cls(sample_distance=ends, altitude=altitude, **others)  # type: ignore[arg-type]
