"""Where Sun and Moon stand as seen from the Earth, and who is in the Earth's shadow.

Positions are apparent: those from which the light arrives now. They hold light time and aberration
together, as the place of the body relative to the Earth when the light left; for the Sun that is
20.5 arcsec from where it is, for the Moon 0.7 arcsec. Refraction is nowhere in them.

References
----------
X. Moisson and P. Bretagnon, Analytical planetary solution VSOP2000, Celestial Mechanics and
Dynamical Astronomy 80 (2001), 205-213: the Sun, in ERFA's ``epv00``.
J. Meeus, Astronomical Algorithms, 2nd edition (1998), chapter 47: the Moon, in ERFA's ``moon98``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import erfa
import numpy as np
from numpy.typing import NDArray

from kosmodrom.base._between import Lines, between_nodes
from kosmodrom.base._vectors import apply, dot, length, vectors
from kosmodrom.base.constants import (
    ASTRONOMICAL_UNIT,
    SPEED_OF_LIGHT,
    SUN_RADIUS,
    WGS84_A,
    WGS84_F,
)
from kosmodrom.base.ellipsoid import geodetic_to_itrs, local_axes, topocentric
from kosmodrom.base.frames import EarthAngles, Frame, position_gcrs_to_itrs, rotation
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs

__all__ = [
    "SunTable",
    "moon_illuminated_fraction",
    "moon_position_gcrs",
    "sun_above_limb",
    "sun_angles",
    "sun_direction_itrs",
    "sun_position_gcrs",
    "sunlit_fraction",
]

Floats = NDArray[np.float64]
_DAY = 86_400.0
# The series of the Sun ends in 1900 and 2100; light time and nodes reach over the edge.
_SUN_YEARS = 1901, 2098
_SUN_DAYS = 2_415_385.5, 2_487_704.5  # Julian dates of 1901-01-01 and 2099-01-01
_TABLE_STEP = 900.0  # of `SunTable` [s]
_STRETCH = np.array([1.0, 1.0, 1 / (1 - WGS84_F)])  # makes the Earth a sphere


def sun_position_gcrs(epochs: Epochs) -> Floats:
    """Give the apparent position of the Sun.

    Measured against DE421 over 1960 to 2040: at most 0.015 arcsec off in direction (0.005 rms),
    11 km in position. Many instants of one span are fast: they are read between nodes.

    Parameters
    ----------
    epochs : Epochs, shape (...)
        When, from 1901 to 2098.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Position in GCRS from which the light arrives, with light time and aberration [m].
    """
    day, _ = epochs.tt_jd()
    if day.size and (day.min() < _SUN_DAYS[0] or day.max() > _SUN_DAYS[1]):
        raise InputError(
            f"epochs run over {epochs!r}; the series of the Sun is used from {_SUN_YEARS[0]} to "
            f"{_SUN_YEARS[1]}"
        )
    return between_nodes(_sun, epochs)


def moon_position_gcrs(epochs: Epochs) -> Floats:
    """Give the apparent position of the Moon.

    Measured against DE421 over 1960 to 2040: at most 14 arcsec off in direction (3.1 rms; the Moon
    is 1900 arcsec wide) and 13 km in distance. An instant takes 3 µs.

    Parameters
    ----------
    epochs : Epochs, shape (...)
        When; the accuracy was checked by ERFA's authors from 1950 to 2100.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Position in GCRS from which the light arrives, with light time and aberration [m].
    """
    return _arriving(erfa.moon98(*epochs.tt_jd()))


def moon_illuminated_fraction(epochs: Epochs) -> Floats:
    """Give how much of the Moon's disc is lit.

    Parameters
    ----------
    epochs : Epochs, shape (...)
        When, from 1901 to 2098.

    Returns
    -------
    numpy.ndarray, shape (...)
        Part of the disc, 0 to 1; good to 1e-4 [-].
    """
    moon, sun = moon_position_gcrs(epochs), sun_position_gcrs(epochs)
    to_sun = sun - moon
    cosine = -dot(moon, to_sun) / (length(moon) * length(to_sun))
    return np.asarray((1 + cosine) / 2)


def sun_direction_itrs(epochs: Epochs, earth: EarthOrientation) -> Floats:
    """Give the direction to the Sun in Earth-fixed axes.

    Parameters
    ----------
    epochs : Epochs, shape (...)
        When, from 1901 to 2098.
    earth : EarthOrientation
        Earth orientation that covers the instants.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Unit vector from the Earth's centre, in ITRS [-].
    """
    sun = sun_position_gcrs(epochs)
    return position_gcrs_to_itrs(sun / length(sun)[..., np.newaxis], epochs, earth)


def sun_angles(
    latitude: ArrayLike, longitude: ArrayLike, epochs: Epochs, earth: EarthOrientation
) -> tuple[Floats, Floats]:
    """Say where the Sun stands in the sky of places on the ground, without refraction.

    Against JPL Horizons it differs by up to 0.7 arcsec: by the daily aberration, 0.3 arcsec and
    left out here, and because Horizons counts from the pole of date, by the polar motion. With its
    breadth and the air, the Sun rises and sets when its centre is at -0.833 deg. A million
    instants of a span take a second; `SunTable` is for loops.

    Parameters
    ----------
    latitude, longitude : array_like, shape (...)
        Geodetic latitude and east longitude, at height 0 [rad].
    epochs : Epochs, shape (...)
        When, from 1901 to 2098.
    earth : EarthOrientation
        Earth orientation that covers the instants.

    Returns
    -------
    azimuth : numpy.ndarray, shape (...)
        Direction clockwise from north, 0 to 2 pi [rad].
    elevation : numpy.ndarray, shape (...)
        Angle of the Sun's centre above the horizontal plane, -pi/2 to pi/2 [rad].
    """
    sun = position_gcrs_to_itrs(sun_position_gcrs(epochs), epochs, earth)
    azimuth, elevation, _ = topocentric(sun, latitude, longitude, 0.0)
    return azimuth, elevation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SunTable:
    """A table of the Sun for search loops, beside its `EarthAngles`.

    Between nodes 15 minutes apart the Sun's position in TEME runs straight: 3e-11 rad off
    `sun_position_gcrs` at most, and 630 m in distance, by which a chord is shorter than its arc.
    A million elevations take 0.1 s at one place and 0.35 s at as many places.

    Attributes
    ----------
    angles : EarthAngles
        How the Earth is turned, on the same time.
    lines : Lines
        The table: x, y, z in TEME [m].
    """

    angles: EarthAngles
    lines: Lines

    @classmethod
    def tabulated(cls, start: Epochs, seconds: float, earth: EarthOrientation) -> Self:
        """Make the table.

        Parameters
        ----------
        start : Epochs, shape ()
            Where its time begins.
        seconds : float
            How long it is, 0 to ten years; it may be read 600 s before and after, too, where
            `earth` reaches so far [s].
        earth : EarthOrientation
            Earth orientation that covers the span.

        Returns
        -------
        SunTable
            The table.
        """
        angles = EarthAngles.tabulated(start, seconds, earth)

        def _position(time: Floats) -> Floats:
            epochs = start.plus(time)
            turn = rotation(Frame.GCRS, Frame.TEME, epochs, earth)
            return apply(turn, sun_position_gcrs(epochs)).T

        ends = angles.lines.first, angles.lines.last
        return cls(angles=angles, lines=Lines.through(_position, *ends, _TABLE_STEP))

    def position_teme_at(self, seconds: ArrayLike) -> Floats:
        """Give the apparent position of the Sun in the frame of SGP4.

        Parameters
        ----------
        seconds : array_like, shape (...)
            Time since the start [s].

        Returns
        -------
        numpy.ndarray, shape (..., 3)
            Position in TEME [m].
        """
        return np.stack(self.lines.at(seconds, range(3)), axis=-1)

    def elevation_at(
        self, seconds: ArrayLike, latitude: ArrayLike, longitude: ArrayLike
    ) -> Floats:
        """Give the elevation of the Sun at places on the ground, as `sun_angles`.

        Parameters
        ----------
        seconds : array_like, shape (...)
            Time since the start [s].
        latitude, longitude : array_like, shape (...)
            Geodetic latitude and east longitude, at height 0 [rad].

        Returns
        -------
        numpy.ndarray, shape (...)
            Angle of the Sun's centre above the horizontal plane, -pi/2 to pi/2 [rad].
        """
        x, y, z = self.lines.at(seconds, range(3))
        turned = self.angles.gmst_at(seconds)
        pole_x, pole_y = self.angles.pole_at(seconds)
        sine, cosine = np.sin(turned), np.cos(turned)
        x, y = cosine * x + sine * y, cosine * y - sine * x
        x, y, z = x + pole_x * z, y - pole_y * z, z - pole_x * x + pole_y * y
        place = geodetic_to_itrs(latitude, longitude, 0.0)
        up = local_axes(latitude, longitude)[..., 2, :]
        x, y, z = x - place[..., 0], y - place[..., 1], z - place[..., 2]
        rise = up[..., 0] * x + up[..., 1] * y + up[..., 2] * z
        return np.asarray(np.arcsin(np.clip(rise / np.sqrt(x * x + y * y + z * z), -1, 1)))


def sun_above_limb(position: ArrayLike, sun_position: ArrayLike, disc: float = 0.0) -> Floats:
    """Measure how high the Sun stands above the edge of the Earth, seen from a satellite.

    It is positive in sunlight and runs through zero where a point of the Sun's disc is just on the
    edge of the WGS84 ellipsoid, so a root finder may follow it: `disc` 1 is the upper limb, whose
    zeros bound the umbra, -1 the lower limb, whose zeros bound full sunlight, 0 the centre.

    The sign is exact for a straight ray to that point; the Sun's own error moves entries by less
    than 1 ms. A sphere of the Earth's radius in place of the ellipsoid would move those of low
    orbits by 4 s, and by more than 15 s where the shadow is short. Left out is the air: by
    refraction a dim red Sun can be seen up to 20 s longer from a low orbit. Exactly behind the
    Earth's centre the value, though not the sign, depends on the side from which one comes there.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Position of the satellite in TEME or ITRS: z must be the axis of the Earth. In GCRS of 2026
        it is 0.0026 rad off, which costs 0.01 s in low orbits, 0.04 s where the shadow lasts half
        an hour, more where it is short [m].
    sun_position : array_like, shape (..., 3)
        Apparent position of the Sun in the same frame [m].
    disc : float
        Which point of the Sun's disc, -1 (lower limb) to 1 (upper limb), in radii [-].

    Returns
    -------
    numpy.ndarray, shape (...)
        Angle between that point and the edge, positive where it is clear of the Earth; a position
        under the ground counts as on it [rad].
    """
    if not -1 <= disc <= 1:
        raise InputError(f"disc is {disc}; the Sun's disc runs from -1 to 1 radii")
    height, radius, _ = _seen(position, sun_position)
    return np.asarray(height + disc * radius)


def sunlit_fraction(position: ArrayLike, sun_position: ArrayLike) -> Floats:
    """Give how much of the Sun's disc a satellite sees beside the Earth.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Position of the satellite in TEME or ITRS, as for `sun_above_limb` [m].
    sun_position : array_like, shape (..., 3)
        Apparent position of the Sun in the same frame [m].

    Returns
    -------
    numpy.ndarray, shape (...)
        Part of the disc's area, 0 in the umbra to 1 in full sunlight, for a disc of even
        brightness; good to 1e-4 up to geostationary satellites and 0.003 at the Moon [-].
    """
    height, radius, edge = _seen(position, sun_position)
    part = np.clip(height / radius, -1, 1)
    half_chord = np.sqrt(1 - part**2)
    straight = 0.5 + (part * half_chord + np.arcsin(part)) / np.pi
    # The edge falls away from its tangent as a parabola of the curvature of a small circle.
    curved = radius / np.tan(edge) * half_chord**3 / (3 * np.pi)
    return np.asarray(np.clip(straight + curved, 0, 1))


def _seen(position: ArrayLike, sun_position: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """See Sun and Earth from a satellite.

    In the plane of satellite, Earth's centre and Sun, stretched so that the Earth is a sphere, the
    edge is where a line touches a circle; stretching keeps lines and touching.

    Returns the Sun's centre above the edge, the Sun's radius, and the edge from the Earth's centre
    [rad].
    """
    here, sun = vectors(position, "position"), vectors(sun_position, "sun_position")
    for name, given in (("position", here), ("sun_position", sun)):
        if not np.all(np.any(given != 0, axis=-1)):
            raise InputError(f"{name} holds the Earth's centre, where nothing is up; leave it out")
    to_sun = sun - here
    down, side = _plane(here, to_sun)
    down_flat, side_flat = _plane(here * _STRETCH, side * _STRETCH)
    sine = np.minimum(WGS84_A / length(here * _STRETCH), 1.0)[..., np.newaxis]
    edge_line = (np.sqrt(1 - sine * sine) * down_flat + sine * side_flat) / _STRETCH
    edge = np.arctan2(dot(edge_line, side), dot(edge_line, down))
    # The Sun is on its own side; where it is on none, rounding may say the other.
    height = np.arctan2(np.abs(dot(to_sun, side)), dot(to_sun, down)) - edge
    return height, np.asarray(np.arcsin(SUN_RADIUS / length(to_sun))), np.asarray(edge)


def _plane(here: Floats, towards: Floats) -> tuple[Floats, Floats]:
    """Give unit vectors to the centre and, square to it, to the side on which `towards` lies."""
    down = -here / length(here)[..., np.newaxis]
    side = towards - dot(towards, down)[..., np.newaxis] * down
    straight = (length(side) <= 1e-12 * length(towards))[..., np.newaxis]
    if np.any(straight):  # over or under the satellite: any side will do
        other = np.where(np.abs(down[..., 2:]) < 0.5, [0.0, 0.0, 1.0], [1.0, 0.0, 0.0])
        side = np.where(straight, np.cross(down, other), side)
    side = side / length(side)[..., np.newaxis]
    side = side - dot(side, down)[..., np.newaxis] * down  # once more, should little be left of it
    return down, side / length(side)[..., np.newaxis]


def _sun(epochs: Epochs) -> Floats:
    # TT in place of TDB moves the Sun by 50 m, 0.00007 arcsec.
    heliocentric, _ = erfa.epv00(*epochs.tt_jd())
    return -_arriving(heliocentric)


def _arriving(state: NDArray[np.void]) -> Floats:
    """Move a geocentric position [au] back by its light time: light time and aberration at once.

    What is left is half the acceleration over the light time squared, 740 m for the Sun.
    """
    position = np.asarray(state["p"]) * ASTRONOMICAL_UNIT
    velocity = np.asarray(state["v"]) * (ASTRONOMICAL_UNIT / _DAY)
    return np.asarray(position - velocity * (length(position) / SPEED_OF_LIGHT)[..., np.newaxis])
