"""The three frames of this package and the way between them.

::

    TEME --GMST82(UT1)--> (pole of the model) --polar motion--> ITRS
    GCRS --IAU 2006/2000A, Earth rotation angle(UT1)--> (the same) --polar motion--> ITRS

TEME is the frame of SGP4: z to the celestial pole of date, x to a mean equinox that is what GMST82
measures from. Precession, nutation and rotation are ERFA's, UT1 and polar motion those of the
`EarthOrientation` given.

What is left out, with what it moves on the ground and at the height of geostationary satellites:
the observed offsets of the celestial pole, 0.3 mas rms since 1990 (1 cm, 6 cm; 1.4 mas at most),
between GCRS and the others only; the daily and half-daily tides of UT1 and of the pole, up to
0.1 ms and 1 mas (5 cm, 30 cm). Before 1972 `Epochs` takes UT1 to be UTC, which is good to 0.2 s
from 1955 on (93 m on the equator), and the pole is put on the axis, up to 0.5 arcsec off (15 m).

References
----------
G. Petit and B. Luzum (eds), IERS Conventions (2010), chapter 5.
S. Aoki et al., The new definition of universal time, Astronomy and Astrophysics 105 (1982),
359-361.
D. A. Vallado, P. Crawford, R. Hujsak and T. S. Kelso, Revisiting Spacetrack Report #3,
AIAA 2006-6753 (2006), appendix C.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Self

import erfa
import numpy as np
from numpy.typing import NDArray

from kosmodrom.base import _scales
from kosmodrom.base._between import Lines, between_nodes, check_span
from kosmodrom.base._vectors import apply, vectors
from kosmodrom.base.constants import EARTH_ROTATION_RATE
from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from kosmodrom.base.earth import EarthOrientation

__all__ = [
    "EarthAngles",
    "Frame",
    "convert",
    "gmst82",
    "position_gcrs_to_itrs",
    "position_itrs_to_gcrs",
    "position_teme_to_gcrs",
    "position_teme_to_itrs",
    "rotation",
]

Floats = NDArray[np.float64]
JulianDate = tuple[Floats, Floats]
# Rate of GMST82 against UT1 at J2000 [rad/s], Aoki et al. (1982); it grows by 4e-17 a century.
_SIDEREAL_RATE = 2 * np.pi * 1.002737909350795 / 86_400
_Y1972_NS = int(Epochs.from_utc(_scales.MJD_1972).tai_ns)
_STEP = 900.0  # of `EarthAngles`, from 0h UTC on, where the rows of Earth orientation are [s]
_MARGIN = 600.0


class Frame(Enum):
    """A geocentric frame.

    Attributes
    ----------
    TEME
        True equator, mean equinox of date: the frame of SGP4's output.
    GCRS
        Geocentric celestial reference system, the axes of the stars; J2000 to 23 mas.
    ITRS
        International terrestrial reference system, turning with the ground; WGS84 to some
        centimetres.
    """

    TEME = "TEME"
    GCRS = "GCRS"
    ITRS = "ITRS"


def gmst82(epochs: Epochs, earth: EarthOrientation) -> Floats:
    """Give Greenwich mean sidereal time by the model of 1982, the angle from TEME to the Earth.

    Parameters
    ----------
    epochs : Epochs, shape (...)
        When.
    earth : EarthOrientation
        Earth orientation that covers the instants.

    Returns
    -------
    numpy.ndarray, shape (...)
        Angle, 0 to 2 pi [rad].
    """
    return np.asarray(erfa.gmst82(*epochs.ut1_jd(earth)))


def rotation(
    frame_from: Frame, frame_to: Frame, epochs: Epochs, earth: EarthOrientation
) -> Floats:
    """Give the matrices that turn positions from one frame to another.

    Many instants of one span are fast, 0.5 µs each: precession and nutation are then read between
    nodes (4e-14 rad off, 2 µm at the height of geostationary satellites), where each computed
    anew takes 35 µs.

    Parameters
    ----------
    frame_from, frame_to : Frame
        The frames.
    epochs : Epochs, shape (...)
        When.
    earth : EarthOrientation
        Earth orientation that covers the instants from 1972 on.

    Returns
    -------
    numpy.ndarray, shape (..., 3, 3)
        Rotations: position in `frame_to` = matrix @ position in `frame_from` [-].
    """
    if frame_from is frame_to:
        return np.array(np.broadcast_to(np.eye(3), (*epochs.shape, 3, 3)))
    ut1 = epochs.ut1_jd(earth)
    first = _to_turning(frame_from, epochs, ut1, earth)
    second = _to_turning(frame_to, epochs, ut1, earth)
    return np.asarray(np.swapaxes(second, -1, -2) @ first)


def position_teme_to_itrs(position: ArrayLike, epochs: Epochs, earth: EarthOrientation) -> Floats:
    """Turn positions of SGP4 to Earth-fixed ones.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Positions in TEME [m].
    epochs : Epochs, shape (...)
        When.
    earth : EarthOrientation
        Earth orientation that covers the instants.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Positions in ITRS [m].
    """
    return _turned(position, Frame.TEME, Frame.ITRS, epochs, earth)


def position_teme_to_gcrs(position: ArrayLike, epochs: Epochs, earth: EarthOrientation) -> Floats:
    """Turn positions of SGP4 to the axes of the stars.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Positions in TEME [m].
    epochs : Epochs, shape (...)
        When.
    earth : EarthOrientation
        Earth orientation that covers the instants; a second of UT1 matters 7e-12 rad.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Positions in GCRS [m].
    """
    return _turned(position, Frame.TEME, Frame.GCRS, epochs, earth)


def position_itrs_to_gcrs(position: ArrayLike, epochs: Epochs, earth: EarthOrientation) -> Floats:
    """Turn Earth-fixed positions to the axes of the stars.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Positions in ITRS [m].
    epochs : Epochs, shape (...)
        When.
    earth : EarthOrientation
        Earth orientation that covers the instants.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Positions in GCRS [m].
    """
    return _turned(position, Frame.ITRS, Frame.GCRS, epochs, earth)


def position_gcrs_to_itrs(position: ArrayLike, epochs: Epochs, earth: EarthOrientation) -> Floats:
    """Turn positions in the axes of the stars to Earth-fixed ones.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Positions in GCRS [m].
    epochs : Epochs, shape (...)
        When.
    earth : EarthOrientation
        Earth orientation that covers the instants.

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        Positions in ITRS [m].
    """
    return _turned(position, Frame.GCRS, Frame.ITRS, epochs, earth)


def convert(
    position: ArrayLike,
    velocity: ArrayLike,
    frame_from: Frame,
    frame_to: Frame,
    epochs: Epochs,
    earth: EarthOrientation,
) -> tuple[Floats, Floats]:
    """Turn positions and velocities from one frame to another.

    A velocity is the rate of the coordinates in its frame, so that one at rest on the ground is 0
    in ITRS. Against GCRS the Earth turns at the rate of the Earth rotation angle
    (7.292115147e-5 rad/s), against TEME at that of GMST82 (7.292115855e-5 rad/s), both as if a
    second of UT1 were an SI second; the turning of the axis itself is left out. Against the rates
    of converted positions over 1974 to 2025 that costs at most 0.06 mm/s in low orbits and
    0.35 mm/s at the height of geostationary satellites, between TEME and ITRS 0.03 and 0.14 mm/s.

    Parameters
    ----------
    position : array_like, shape (..., 3)
        Positions in `frame_from` [m].
    velocity : array_like, shape (..., 3)
        Velocities relative to `frame_from` [m/s].
    frame_from, frame_to : Frame
        The frames.
    epochs : Epochs, shape (...)
        When.
    earth : EarthOrientation
        Earth orientation that covers the instants.

    Returns
    -------
    position : numpy.ndarray, shape (..., 3)
        Positions in `frame_to` [m].
    velocity : numpy.ndarray, shape (..., 3)
        Velocities relative to `frame_to` [m/s].
    """
    place, speed = vectors(position, "position"), vectors(velocity, "velocity")
    if frame_from is frame_to:
        return place, speed
    ut1 = epochs.ut1_jd(earth)
    first = _to_turning(frame_from, epochs, ut1, earth)
    second = np.swapaxes(_to_turning(frame_to, epochs, ut1, earth), -1, -2)
    place, speed = apply(first, place), apply(first, speed)
    # In axes that turn with the Earth but keep to its axis, all frames differ by a turn about z.
    rate = _RATES[frame_to] - _RATES[frame_from]
    carried = rate * np.stack([-place[..., 1], place[..., 0], np.zeros(place.shape[:-1])], axis=-1)
    return apply(second, place), apply(second, speed + carried)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EarthAngles:
    """A table of how the Earth is turned, for search loops: some 10 ns a value.

    From TEME to ITRS: about z by `gmst_at`, then as by ERFA's ``pom00`` with the pole of `pole_at`
    and s' = 0, whose 6e-11 rad in 2026 are 0.4 mm on the ground.

    Between nodes 15 minutes apart all three run straight. Measured against `gmst82` and
    `EarthOrientation` over 1972 to 2026: at most 3e-12 rad off (0.02 mm on the ground), and 1e-11
    in a table of ten years, where 20 000 rad are counted.

    Attributes
    ----------
    start : Epochs, shape ()
        Where the time of the table begins.
    seconds : float
        How long it is; it may be read 600 s before and after, too, where Earth orientation
        reaches so far [s].
    lines : Lines
        The table: sidereal time, then the pole.
    """

    start: Epochs
    seconds: float
    lines: Lines

    @classmethod
    def tabulated(cls, start: Epochs, seconds: float, earth: EarthOrientation) -> Self:
        """Make the table.

        Parameters
        ----------
        start : Epochs, shape ()
            Where its time begins.
        seconds : float
            How long it is, 0 to ten years [s].
        earth : EarthOrientation
            Earth orientation that covers the span.

        Returns
        -------
        EarthAngles
            The table.
        """
        check_span(start, seconds)
        first, last = _nodes(start, seconds, earth)

        def _angles(time: Floats) -> Floats:
            epochs = start.plus(time)
            turned = gmst82(epochs, earth)
            steady = turned[0] + _SIDEREAL_RATE * (time - time[0])
            turned += 2 * np.pi * np.rint((steady - turned) / (2 * np.pi))
            return np.stack([turned, *_pole(epochs, earth)])

        return cls(
            start=start,
            seconds=float(seconds),
            lines=Lines.through(_angles, first, last, _STEP),
        )

    def gmst_at(self, seconds: ArrayLike) -> Floats:
        """Give Greenwich mean sidereal time by the model of 1982, as `gmst82`.

        Parameters
        ----------
        seconds : array_like, shape (...)
            Time since the start [s].

        Returns
        -------
        numpy.ndarray, shape (...)
            Angle, growing without jumps [rad].
        """
        return self.lines.at(seconds, range(1))[0]

    def pole_at(self, seconds: ArrayLike) -> tuple[Floats, Floats]:
        """Give the coordinates of the pole, as `EarthOrientation.pole_at`.

        Parameters
        ----------
        seconds : array_like, shape (...)
            Time since the start [s].

        Returns
        -------
        pole_x, pole_y : numpy.ndarray, shape (...)
            Towards Greenwich and towards 90 degrees west [rad].
        """
        pole_x, pole_y = self.lines.at(seconds, range(1, 3))
        return pole_x, pole_y


def _nodes(start: Epochs, seconds: float, earth: EarthOrientation) -> tuple[float, float]:
    """Choose the ends of a table of angles [s since the start]."""
    clock = float(start.utc_days()[1] / 1e9)  # nodes at 0h, since a row of data bends the angles
    first = np.floor((clock - _MARGIN) / _STEP) * _STEP - clock
    last = np.ceil((clock + seconds + _MARGIN) / _STEP) * _STEP - clock
    if start.tai_ns >= _Y1972_NS:
        known = Epochs.from_utc(earth.mjd_utc[[0, -1]].astype(np.int64)).seconds_since(start)
        return max(first, min(0.0, known[0])), min(last, max(seconds, known[1]))
    if start.plus(last).tai_ns >= _Y1972_NS:
        raise InputError(
            f"the table would run across 1972-01-01, where UT1 - TAI jumps by 0.05 s: from "
            f"{start.utc_iso(0)} on for {seconds:.0f} s; end it {_MARGIN:.0f} s before or begin "
            "there"
        )
    return first, last


_RATES = {Frame.TEME: _SIDEREAL_RATE, Frame.GCRS: EARTH_ROTATION_RATE, Frame.ITRS: 0.0}


def _to_turning(frame: Frame, epochs: Epochs, ut1: JulianDate, earth: EarthOrientation) -> Floats:
    """Give the matrices from a frame to the axes that turn with the Earth about the pole of date.

    This is the terrestrial intermediate system of the IERS; earlier books call it PEF.
    """
    if frame is Frame.ITRS:
        s_prime = erfa.sp00(*epochs.tt_jd())
        return np.swapaxes(erfa.pom00(*_pole(epochs, earth), s_prime), -1, -2)
    if frame is Frame.TEME:
        return _about_z(np.asarray(erfa.gmst82(*ut1)))
    x, y, s = np.moveaxis(between_nodes(_celestial_pole, epochs), -1, 0)
    return np.asarray(_about_z(np.asarray(erfa.era00(*ut1))) @ erfa.c2ixys(x, y, s))


def _celestial_pole(epochs: Epochs) -> Floats:
    """Give X, Y and s of IAU 2006/2000A."""
    return np.stack(erfa.xys06a(*epochs.tt_jd()), axis=-1)


def _pole(epochs: Epochs, earth: EarthOrientation) -> tuple[Floats, Floats]:
    """Give the pole of rotation, which is put on the axis before 1972."""
    pole_x, pole_y = np.zeros(epochs.shape), np.zeros(epochs.shape)
    known = epochs.tai_ns >= _Y1972_NS
    if known.any():
        pole_x[known], pole_y[known] = earth.pole_at(epochs[known])
    return pole_x, pole_y


def _about_z(angle: Floats) -> Floats:
    """Give the matrices that turn the axes about z."""
    matrix = np.zeros((*angle.shape, 3, 3))
    matrix[..., 0, 0] = matrix[..., 1, 1] = np.cos(angle)
    matrix[..., 0, 1] = np.sin(angle)
    matrix[..., 1, 0] = -matrix[..., 0, 1]
    matrix[..., 2, 2] = 1.0
    return matrix


def _turned(
    position: ArrayLike,
    frame_from: Frame,
    frame_to: Frame,
    epochs: Epochs,
    earth: EarthOrientation,
) -> Floats:
    return apply(rotation(frame_from, frame_to, epochs, earth), vectors(position, "position"))
