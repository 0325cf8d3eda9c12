"""Cameras in orbit: how large a pixel is on the ground, how wide the strip, how far it may look.

The optics of a foreign satellite are seldom known, so what a sensor can do is given between two
ends, and so is every answer. All geometry here is that of a thin beam; the curved ground within
one picture is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from kosmodrom.base.constants import WGS84_A, WGS84_B
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
    "sample_distance_of",
    "sensor_niirs",
    "sensor_sample_distance",
    "swath_of",
    "within_reach",
]

MEAN_RADIUS: Final = (2 * WGS84_A + WGS84_B) / 3
"""Mean radius of the WGS84 ellipsoid [m]."""


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


def sample_distance_of(pixel_pitch: Range, focal_length: Range, altitude: float) -> Range:
    """Give the ground sample distance straight down of which the optics are known.

    Parameters
    ----------
    pixel_pitch : Range
        Distance from pixel to pixel on the detector [m].
    focal_length : Range
        Focal length [m].
    altitude : float
        Height [m].

    Returns
    -------
    Range
        Pitch over focal length times altitude [m].
    """
    for name, ends in (("pixel_pitch", pixel_pitch), ("focal_length", focal_length)):
        if not 0 < ends[0] <= ends[1]:
            raise InputError(f"{name} is ({ends[0]:.4g}, {ends[1]:.4g}) m; give 0 < low <= high")
    return Range(
        pixel_pitch[0] / focal_length[1] * altitude, pixel_pitch[1] / focal_length[0] * altitude
    )


def ground_sample_distance(
    pixel_angle: ArrayLike,
    slant_range: ArrayLike,
    elevation: ArrayLike,
    view_from_track: ArrayLike = np.pi / 2,
) -> tuple[Floats, Floats]:
    """Give the distance on the ground from pixel to pixel, along and across the track.

    A pixel covers pixel_angle x slant_range normal to the line of sight. On the level ground that
    stays so at right angles to the plane of view, and grows by 1 / sin(elevation) in it. A step
    of one pixel whose direction lies at an angle b from the plane of view is therefore longer by
    sqrt(cos²(b) / sin²(elevation) + sin²(b)). Looking sideways (`view_from_track` of pi/2) the
    distance across the track grows so and the one along it does not.

    Parameters
    ----------
    pixel_angle : array_like, shape (...)
        Angle that a pixel covers [rad].
    slant_range : array_like, shape (...)
        Distance from the satellite to the target [m].
    elevation : array_like, shape (...)
        Elevation of the satellite at the target, above 0 [rad].
    view_from_track : array_like, shape (...)
        Angle on the ground from the way of the satellite to the direction of view [rad].

    Returns
    -------
    along, across : numpy.ndarray, shape (...)
        Ground sample distance [m]. A line camera may take lines closer or wider along the track
        than its pixels are; that is not known here.
    """
    up = np.asarray(elevation, np.float64)
    if not np.all((up > 0) & (up <= np.pi / 2)):
        raise InputError(
            f"elevation runs from {up.min():.4g} to {up.max():.4g} rad; it must be above 0 and at "
            "most pi/2 rad: the satellite is in view"
        )
    across_sight = np.asarray(pixel_angle, np.float64) * np.asarray(slant_range, np.float64)
    stretch = 1 / np.sin(up) ** 2
    c2 = np.cos(np.asarray(view_from_track, np.float64)) ** 2
    return (
        across_sight * np.sqrt(c2 * stretch + 1 - c2),
        across_sight * np.sqrt((1 - c2) * stretch + c2),
    )


def sensor_sample_distance(
    sensor: Sensor,
    slant_range: ArrayLike,
    elevation: ArrayLike,
    view_from_track: ArrayLike = np.pi / 2,
) -> SampleDistance:
    """Give the ends of the ground sample distance of a sensor.

    Parameters
    ----------
    sensor : Sensor
        The camera.
    slant_range : array_like, shape (...)
        Distance from the satellite to the target [m].
    elevation : array_like, shape (...)
        Elevation of the satellite at the target [rad].
    view_from_track : array_like, shape (...)
        Angle on the ground from the way of the satellite to the direction of view [rad].

    Returns
    -------
    SampleDistance
        Along and across the track.
    """
    ends = [
        ground_sample_distance(angle, slant_range, elevation, view_from_track)
        for angle in sensor.pixel_angle
    ]
    return SampleDistance(ends[0][0], ends[1][0], ends[0][1], ends[1][1])


def sensor_niirs(
    sensor: Sensor,
    slant_range: ArrayLike,
    elevation: ArrayLike,
    sun_elevation: ArrayLike,
    *,
    error: float = 0.0,
) -> tuple[Floats, Floats]:
    """Rate the pictures of a sensor.

    Parameters
    ----------
    sensor : Sensor
        The camera.
    slant_range : array_like, shape (...)
        Distance from the satellite to the target [m].
    elevation : array_like, shape (...)
        Elevation of the satellite at the target [rad].
    sun_elevation : array_like, shape (...)
        Elevation of the Sun at the target [rad].
    error : float
        Widens the band on both sides, like `quality.GIQE5_ERROR` [NIIRS].

    Returns
    -------
    low, high : numpy.ndarray, shape (...)
        Ends of the rating; 0 where nothing can be told, as with the Sun down [NIIRS].
    """
    distance = np.asarray(slant_range, np.float64)
    low, high = (angle * distance for angle in sensor.pixel_angle)
    ratio = signal_to_noise_at(sensor.signal_to_noise, sensor.sun_elevation, sun_elevation)
    return niirs_band((low, high), sensor.edge_response, ratio, elevation, error=error)


def within_reach(
    sensor: Sensor,
    off_nadir: ArrayLike,
    roll: ArrayLike | None = None,
    pitch: ArrayLike | None = None,
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell whether a sensor may look so far from straight down.

    Parameters
    ----------
    sensor : Sensor
        The camera.
    off_nadir : array_like, shape (...)
        Angle from straight down [rad].
    roll, pitch : array_like, shape (...), or None
        Its parts sideways and along the track, of either sign [rad]; None where they are not
        asked about, and not looked at where the sensor has no such limit.

    Returns
    -------
    sure, possible : numpy.ndarray of bool, shape (...)
        Within the low end of every limit, and within the high end [-].
    """
    asked = [(off_nadir, sensor.off_nadir)]
    asked += [
        (angle, limit)
        for angle, limit in ((roll, sensor.roll), (pitch, sensor.pitch))
        if angle is not None and limit is not None
    ]
    sure, possible = (
        np.logical_and.reduce(
            np.broadcast_arrays(
                *(np.abs(np.asarray(angle)) <= limit[end] for angle, limit in asked)
            )
        )
        for end in (0, 1)
    )
    return np.asarray(sure), np.asarray(possible)


def diffraction_limit(
    aperture: ArrayLike, wavelength: ArrayLike, slant_range: ArrayLike
) -> Floats:
    """Give the least distance of two points that a round opening can part.

    By Rayleigh's criterion, 1.22 wavelength / aperture: the middle of one disc falls on the first
    dark ring of the other. A sample distance may be less; that adds pixels, not detail.

    Parameters
    ----------
    aperture : array_like, shape (...)
        Diameter of the opening, without obstruction [m].
    wavelength : array_like, shape (...)
        Wavelength of the light [m].
    slant_range : array_like, shape (...)
        Distance to the target [m].

    Returns
    -------
    numpy.ndarray, shape (...)
        Distance normal to the line of sight [m].

    Examples
    --------
    A metre of glass at 600 km, in green light:

    >>> round(float(diffraction_limit(1.0, 550e-9, 600e3)), 2)
    0.4
    """
    opening = np.asarray(aperture, np.float64)
    if not np.all(opening > 0):
        raise InputError(f"aperture is {opening.min():.4g} m; it must be above 0 m")
    angle = 1.22 * np.asarray(wavelength, np.float64) / opening
    return np.asarray(angle * np.asarray(slant_range, np.float64))


def optical_q(aperture: ArrayLike, wavelength: ArrayLike, pixel_angle: ArrayLike) -> Floats:
    """Say how finely the pixels sample what the opening can part.

    Parameters
    ----------
    aperture : array_like, shape (...)
        Diameter of the opening [m].
    wavelength : array_like, shape (...)
        Wavelength of the light [m].
    pixel_angle : array_like, shape (...)
        Angle that a pixel covers [rad].

    Returns
    -------
    numpy.ndarray, shape (...)
        Q = wavelength / (aperture x pixel angle) [-]: at 2 the pixels take all that the opening
        passes. The image quality equation was made for 1 to 2.
    """
    return np.asarray(
        np.asarray(wavelength, np.float64)
        / (np.asarray(aperture, np.float64) * np.asarray(pixel_angle, np.float64))
    )


def elevation_at_target(
    off_nadir: ArrayLike, altitude: ArrayLike, radius: float = MEAN_RADIUS
) -> Floats:
    """Give the elevation of a satellite at the place it looks at, on a round Earth.

    Parameters
    ----------
    off_nadir : array_like, shape (...)
        Angle from straight down, 0 to below that of the horizon [rad].
    altitude : array_like, shape (...)
        Height of the satellite [m].
    radius : float
        Radius of the Earth [m].

    Returns
    -------
    numpy.ndarray, shape (...)
        Elevation [rad], with cos(elevation) = sin(off nadir) (radius + altitude) / radius. The
        flattening of the Earth moves it by up to 0.2 deg.

    Examples
    --------
    >>> round(float(np.degrees(elevation_at_target(np.radians(30), 500e3))), 1)
    57.4
    """
    cosine = np.sin(off_nadir) * (1 + np.asarray(altitude, np.float64) / radius)
    if not np.all((cosine >= 0) & (cosine < 1)):
        horizon = np.degrees(np.arcsin(1 / (1 + np.asarray(altitude, np.float64) / radius)).min())
        raise InputError(
            f"off_nadir reaches {np.degrees(np.max(off_nadir)):.4g} deg; it must be from 0 to "
            f"below that of the horizon, {horizon:.4g} deg here, or the view misses the Earth"
        )
    return np.asarray(np.arccos(cosine))


def swath_of(half_angle: ArrayLike, altitude: ArrayLike, radius: float = MEAN_RADIUS) -> Floats:
    """Give the width on a round Earth of a strip seen to both sides of straight down.

    Parameters
    ----------
    half_angle : array_like, shape (...)
        Angle from straight down to each edge [rad].
    altitude : array_like, shape (...)
        Height of the satellite [m].
    radius : float
        Radius of the Earth [m].

    Returns
    -------
    numpy.ndarray, shape (...)
        Length of the arc from edge to edge [m]; the radius of the ellipsoid differs from the mean
        one by up to 0.6 %.
    """
    angle = np.asarray(half_angle, np.float64)
    arc = np.pi / 2 - angle - elevation_at_target(angle, altitude, radius)
    return np.asarray(2 * radius * arc)


def off_nadir_of_swath(
    swath: ArrayLike, altitude: ArrayLike, radius: float = MEAN_RADIUS
) -> Floats:
    """Give the angle from straight down to each edge of a strip on a round Earth.

    Parameters
    ----------
    swath : array_like, shape (...)
        Length of the arc from edge to edge [m].
    altitude : array_like, shape (...)
        Height of the satellite [m].
    radius : float
        Radius of the Earth [m].

    Returns
    -------
    numpy.ndarray, shape (...)
        Half angle [rad].
    """
    arc = np.asarray(swath, np.float64) / 2 / radius
    far = 1 + np.asarray(altitude, np.float64) / radius
    if not np.all((arc >= 0) & (np.cos(arc) > 1 / far) & (arc < np.pi / 2)):
        most = 2 * radius * np.arccos(1 / far.min()) / 1000
        raise InputError(
            f"swath reaches {np.max(swath) / 1000:.6g} km; from this height the Earth is in view "
            f"over less than {most:.6g} km"
        )
    return np.asarray(np.arctan2(np.sin(arc), far - np.cos(arc)))
