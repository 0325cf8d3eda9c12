"""How much a picture would let one tell: the general image quality equation, with ranges.

The rating is on the National Imagery Interpretability Rating Scale, 0 to 9, of panchromatic
pictures, sharpened to taste and seen on a good screen. Nothing here knows of cloud, haze, glint,
shadow, compression or the skill of who looks; each can only spoil the picture.

References
----------
L. Harrington, D. Blanchard, J. Salacain, S. Smith and P. Amanik, General Image Quality Equation;
GIQE version 5, National Geospatial-Intelligence Agency (16 September 2015), public release.
B. Haurwitz, Insolation in relation to cloudiness and cloud density, Journal of Meteorology 2
(1945), 154-166; M. Reno, C. Hansen and J. Stein, Global horizontal irradiance clear sky models,
Sandia National Laboratories, SAND2012-2389 (2012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ends = tuple[ArrayLike, ArrayLike]

__all__ = [
    "GIQE5_ERROR",
    "GIQE5_LEAST_ELEVATION",
    "GIQE5_LEAST_SNR",
    "giqe5",
    "niirs_band",
    "niirs_level",
    "signal_to_noise_at",
    "sun_signal",
    "weighted_edge_response",
]

GIQE5_ERROR: Final = 0.32
"""Standard error of the equation against the ratings of analysts [NIIRS], where the ratio of
signal to noise is 5 or more (guide, section 5); 0.40 with the noisier pictures."""
GIQE5_LEAST_SNR: Final = 5.0
"""Signal-to-noise ratio below which the guide asks for caution [-]."""
GIQE5_LEAST_ELEVATION: Final = np.radians(8.5)
"""Least elevation at the target for which the guide calls the equation consistent [rad]."""

_INCH = 0.0254  # [m]; the equation counts in inches
_HAURWITZ = 0.059  # extinction of global radiation on level ground under a clear sky [-]
_LEAST_SINE = 1e-3  # of the Sun's height, 0.06 deg: what is left below is under 1e-28


def giqe5(
    sample_distance: ArrayLike,
    relative_edge_response: ArrayLike,
    signal_to_noise: ArrayLike,
    elevation: ArrayLike,
) -> Floats:
    """Rate a picture by the general image quality equation, version 5.

    Parameters
    ----------
    sample_distance : array_like, shape (...)
        Ground sample distance in the plane normal to the line of sight, geometric mean of both
        directions: pixel angle times slant range [m]. The equation itself takes the mean of this
        and of the one in the plane of the ground.
    relative_edge_response : array_like, shape (...)
        How much of an edge is crossed within one pixel, before any sharpening, by
        `weighted_edge_response` where the two directions differ; above 0, at most 1 [-].
    signal_to_noise : array_like, shape (...)
        Ratio of the signal of a contrast to the noise, before any sharpening [-].
    elevation : array_like, shape (...)
        Elevation of the satellite at the target, above 0, at most pi/2 [rad]. It is less than
        pi/2 minus the angle off nadir, since the Earth is round.

    Returns
    -------
    numpy.ndarray, shape (...)
        Rating [NIIRS]; below 0 nothing can be told. The standard error is `GIQE5_ERROR`.

    Examples
    --------
    The guide defines NIIRS 5 as a good picture with a sample distance of 20.8 inches.

    >>> round(float(giqe5(20.8 * 0.0254, 0.35, 50, np.pi / 2)), 1)
    5.0
    """
    gsd, snr = np.asarray(sample_distance, np.float64), np.asarray(signal_to_noise, np.float64)
    rer, el = np.asarray(relative_edge_response, np.float64), np.asarray(elevation, np.float64)
    _above_zero("sample_distance", gsd, "m")
    _above_zero("signal_to_noise", snr, "")
    _within("relative_edge_response", rer, 1.0, "an edge cannot be crossed more than once")
    _within("elevation", el, np.pi / 2, "that is overhead, in radians")
    sharpness = np.log10(rer)
    return np.asarray(
        9.57
        - 3.32 * np.log10(gsd / _INCH / np.sin(el) ** 0.25)
        + 3.32 * (1 - np.exp(-1.9 / snr)) * sharpness
        - 2.0 * sharpness**4
        - 1.8 / snr
    )


def weighted_edge_response(first: ArrayLike, second: ArrayLike) -> Floats:
    """Weigh the edge responses of two directions as the equation asks: the lesser one twice.

    Parameters
    ----------
    first, second : array_like, shape (...)
        Relative edge response along and across, in either order [-].

    Returns
    -------
    numpy.ndarray, shape (...)
        Cubic mean, nearer to the lesser one [-].
    """
    low, high = np.minimum(first, second), np.maximum(first, second)
    _within("edge response", np.asarray(high, np.float64), 1.0, "an edge is crossed once")
    _above_zero("edge response", np.asarray(low, np.float64), "")
    return np.asarray(np.cbrt(low**2 * high), dtype=np.float64)


def niirs_band(
    sample_distance: Ends,
    relative_edge_response: Ends,
    signal_to_noise: Ends,
    elevation: ArrayLike,
    *,
    error: float = 0.0,
) -> tuple[Floats, Floats]:
    """Rate a picture of which the inputs are known between two ends.

    Parameters
    ----------
    sample_distance : tuple of two array_like, shape (...)
        Low and high end, in the plane normal to the line of sight [m].
    relative_edge_response : tuple of two array_like, shape (...)
        Low and high end [-].
    signal_to_noise : tuple of two array_like, shape (...)
        Low and high end [-]; 0 where there is no light.
    elevation : array_like, shape (...)
        Elevation of the satellite at the target [rad].
    error : float
        Taken off the low and put on the high end, like `GIQE5_ERROR` [NIIRS].

    Returns
    -------
    low, high : numpy.ndarray, shape (...)
        Ends of the rating [NIIRS]: 0, which means that nothing can be told, where the equation
        gives less or there is no light.

    Notes
    -----
    Up to an edge response of 1 the equation rises with it and with the signal-to-noise ratio, and
    falls with the sample distance, so the ends of the inputs give the ends of the rating. Its
    maximum lies beyond, at 1.77 for a ratio of 50, where no picture before sharpening is.
    """
    if error < 0:
        raise InputError(f"error is {error:g} NIIRS; it must be 0 or more")
    pairs = {
        "sample_distance": sample_distance,
        "relative_edge_response": relative_edge_response,
        "signal_to_noise": signal_to_noise,
    }
    for name, (low, high) in pairs.items():
        if np.any(np.asarray(low) > np.asarray(high)):
            raise InputError(f"{name} has a low end above its high end; give (low, high)")
    ends = []
    for side, sign in ((0, -1), (1, 1)):
        snr = np.asarray(signal_to_noise[side], np.float64)
        if np.any(snr < 0):
            raise InputError(f"signal_to_noise is {snr.min():.4g}; it must be 0 or more")
        lit = snr > 0
        rating = giqe5(
            sample_distance[1 - side],
            relative_edge_response[side],
            np.where(lit, snr, 1.0),
            elevation,
        )
        ends.append(np.where(lit, np.maximum(rating + sign * error, 0.0), 0.0))
    return ends[0], ends[1]


def niirs_level(rating: ArrayLike) -> NDArray[np.int64]:
    """Give the whole level of the scale that a rating reaches.

    Parameters
    ----------
    rating : array_like, shape (...)
        Rating [NIIRS].

    Returns
    -------
    numpy.ndarray of int64, shape (...)
        Level from 0 to 9 [-]. What a level lets one tell can be told at that level just so.
    """
    value = np.asarray(rating, np.float64)
    if np.any(np.isnan(value)):
        raise InputError("rating holds a value that is not a number; leave it out")
    return np.clip(np.floor(value), 0, 9).astype(np.int64)


def sun_signal(sun_elevation: ArrayLike) -> Floats:
    """Give the light of a clear sky on level ground, against the Sun overhead without air.

    Parameters
    ----------
    sun_elevation : array_like, shape (...)
        Elevation of the Sun [rad].

    Returns
    -------
    numpy.ndarray, shape (...)
        sin(h) exp(-0.059 / sin(h)), and 0 with the Sun at or under the horizon: twilight,
        moonlight and lamps are not counted [-].
    """
    height = np.sin(np.asarray(sun_elevation, np.float64))
    up = height > _LEAST_SINE
    safe = np.where(up, height, 1.0)
    return np.asarray(np.where(up, safe * np.exp(-_HAURWITZ / safe), 0.0))


def signal_to_noise_at(
    signal_to_noise: tuple[float, float], reference_elevation: float, sun_elevation: ArrayLike
) -> tuple[Floats, Floats]:
    """Carry a signal-to-noise ratio from one height of the Sun to others.

    The signal goes with the light on the ground. The ratio goes with the signal itself where the
    noise is that of the electronics, and with its root where it is that of the photons; a camera
    lies between. The longer exposure that a camera may choose under a low Sun is not known, nor
    haze, which takes contrast most when the Sun is low.

    Parameters
    ----------
    signal_to_noise : tuple of float
        Low and high end at `reference_elevation` [-].
    reference_elevation : float
        Elevation of the Sun for which they hold, above 0 [rad].
    sun_elevation : array_like, shape (...)
        Elevation of the Sun [rad].

    Returns
    -------
    low, high : numpy.ndarray, shape (...)
        Ends of the ratio [-]; 0 with the Sun at or under the horizon.
    """
    low, high = signal_to_noise
    if not 0 < low <= high:
        raise InputError(f"signal_to_noise is ({low:g}, {high:g}); give 0 < low <= high")
    if not 0 < reference_elevation <= np.pi / 2:
        raise InputError(
            f"reference_elevation is {reference_elevation:.4g} rad; it must be above 0 and at "
            "most pi/2 rad (90 deg)"
        )
    light = sun_signal(sun_elevation) / sun_signal(reference_elevation)
    root = np.sqrt(light)
    return low * np.minimum(light, root), high * np.maximum(light, root)


def _above_zero(name: str, value: Floats, unit: str) -> None:
    if not np.all(value > 0):
        worst = value.min() if not np.any(np.isnan(value)) else np.nan
        raise InputError(f"{name} is {worst:.4g} {unit}".rstrip() + "; it must be above 0")


def _within(name: str, value: Floats, most: float, why: str) -> None:
    if not np.all((value > 0) & (value <= most)):
        wrong = value[~((value > 0) & (value <= most))].ravel()[0]
        raise InputError(
            f"{name} is {wrong:.4g}; it must be above 0 and at most {most:.4g}: {why}"
        )
