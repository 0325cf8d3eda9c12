"""Which revolutions of a satellite can come near a place at all, and about when.

A satellite seen from a place stands within some central angle of it. That takes two things at
once: the place must lie near the plane of the orbit, which a turn of the Earth lets happen once or
twice, and the satellite must pass the place's foot in that plane, once a revolution. Both times
follow from the mean motion alone. With the bounds of the tracks added, no other revolution can
matter; this is what makes a search complete without sampling.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.orbits.expressions import compiled, expression, library
from kosmodrom.view._kernels import GMST_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kosmodrom.view._tracks import Tracks

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Encounters", "Ground", "encounters"]

_TURN = 2 * np.pi
# What the search leaves out of the Earth's rotation: the pole, 3e-6 rad, and the change of the
# length of day within a track, 1e-7 rad.
_SLACK = 4e-6


@dataclass(frozen=True, slots=True)
class Ground:
    """Places on a sphere, for the search.

    Attributes
    ----------
    longitude : numpy.ndarray, shape (n,)
        East longitude [rad].
    sine, cosine : numpy.ndarray, shape (n,)
        Of the geocentric latitude [-].
    """

    longitude: Floats
    sine: Floats
    cosine: Floats

    @classmethod
    def under(cls, position: Floats) -> Ground:
        """Take places from their positions.

        Parameters
        ----------
        position : numpy.ndarray, shape (n, 3)
            In ITRS [m].

        Returns
        -------
        Ground
            The places.
        """
        x, y, z = position.T
        across = np.hypot(x, y)
        radius = np.hypot(across, z)
        return cls(np.arctan2(y, x), z / radius, across / radius)


@dataclass(frozen=True, slots=True)
class Encounters:
    """Revolutions that may come near a place.

    Attributes
    ----------
    pair : numpy.ndarray of int64, shape (k,)
        Which pair of track and place [-].
    time : numpy.ndarray, shape (k,)
        When the satellite passes the place, to some seconds [s].
    half : numpy.ndarray, shape (k,)
        The satellite is within the angle at most this long before or after [s].
    ahead : numpy.ndarray, shape (k,)
        How much later it is nearest, about [s]: the turning Earth carries the place along.
    """

    pair: Ints
    time: Floats
    half: Floats
    ahead: Floats

    def __getitem__(self, index: Ints) -> Encounters:
        return Encounters(self.pair[index], self.time[index], self.half[index], self.ahead[index])


def encounters(
    tracks: Tracks, theta: Floats, ground: Ground, i: Ints, j: Ints, angle: Floats
) -> Encounters:
    """Find the revolutions that may come within an angle of a place.

    Parameters
    ----------
    tracks : Tracks
        Satellites over spans of time.
    theta : numpy.ndarray, shape (m,)
        GMST in the middle of each track [rad].
    ground : Ground
        Places.
    i, j : numpy.ndarray of int64, shape (p,)
        Pairs: which track and which place [-].
    angle : numpy.ndarray, shape (p,)
        Central angle of each pair, below a quarter turn with the bounds of the track [rad].

    Returns
    -------
    Encounters
        All of them, and some that only nearly do.
    """
    wide = angle + tracks.off_plane[i] + _SLACK
    along = wide + tracks.off_phase[i]
    # sine of the angle between place and plane: first - second sin(x), with x the place's right
    # ascension from the node, which grows evenly.
    first = ground.sine[j] * tracks.cosine[i]
    second = np.maximum(ground.cosine[j] * tracks.sine[i], 1e-12)
    reach = np.sin(wide)
    low = np.maximum((first - reach) / second, -1.0)
    high = np.minimum((first + reach) / second, 1.0)
    some = np.flatnonzero(low < high)
    left, right = np.arcsin(low[some]), np.arcsin(high[some])
    i, j, along = i[some], j[some], along[some]
    speed = GMST_RATE - tracks.node_rate[i]
    half_length = (tracks.end[i] - tracks.start[i]) / 2
    slowest = tracks.phase[1, i] - 2 * np.abs(tracks.phase[2, i]) * half_length
    half = along / (slowest - _foot_speed(speed, wide[some]))
    middle = (theta[i] + ground.longitude[j] - tracks.node[i] + np.pi) % _TURN - np.pi
    width = speed * (half_length + half)
    windows = [
        _window(middle, width, turn, *ends)
        for turn in range(-2, 3)
        for ends in ((left, right, False), (np.pi - right, np.pi - left, True))
    ]
    who = np.concatenate([one[0] for one in windows])
    begin, end, shift = (np.concatenate([one[k] for one in windows]) for k in (1, 2, 3))
    far = np.concatenate([np.full(len(one[0]), one[4]) for one in windows])
    of = _Windows(some, i, j, middle, speed, along, half)
    return _within(tracks, ground, of, who, begin, end, shift, far)


@dataclass(frozen=True, slots=True)
class _Windows:
    """What belongs to pairs: their number, track, place, and how the place moves."""

    pair: Ints
    i: Ints
    j: Ints
    middle: Floats
    speed: Floats
    along: Floats
    half: Floats


def _foot_speed(speed: Floats, wide: Floats) -> Floats:
    """Bound how fast the foot of a place in the orbital plane moves, the place being near it."""
    return np.asarray(np.abs(speed) / np.cos(wide))


def _window(
    middle: Floats, width: Floats, turn: int, left: Floats, right: Floats, far: bool
) -> tuple[Ints, Floats, Floats, Floats, bool]:
    """Cut the stretch of x near the plane with the stretch that the track lasts."""
    shift = turn * _TURN
    begin = np.maximum(left + shift, middle - width)
    end = np.minimum(right + shift, middle + width)
    who = np.flatnonzero(begin <= end)
    return who, begin[who], end[who], np.full(len(who), shift), far


def _within(
    tracks: Tracks, ground: Ground, of: _Windows, who: Ints, begin: Floats, end: Floats,
    shift: Floats, far: NDArray[np.bool_],
) -> Encounters:  # fmt: skip
    """List the revolutions whose foot-point falls into the windows, and time them."""
    i, j = of.i[who], of.j[who]
    sine, cosine = tracks.sine[i], tracks.cosine[i]
    foot = _Foot(
        ground.cosine[j], cosine, ground.sine[j] * sine, ground.sine[j] * cosine,
        ground.cosine[j] * sine, far,
    )  # fmt: skip
    middle, speed = of.middle[who], of.speed[who]
    t_begin, t_end = (begin - middle) / speed, (end - middle) / speed
    rates = tracks.phase[:, i]
    lead_begin = _phase(rates, t_begin) - foot.at(begin - shift)
    lead_end = _phase(rates, t_end) - foot.at(end - shift)
    lowest = np.ceil((lead_begin - of.along[who]) / _TURN)
    count = np.maximum(np.floor((lead_end + of.along[who]) / _TURN) - lowest + 1, 0)
    count = count.astype(np.int64)
    at = np.repeat(np.arange(len(who)), count)
    turns = lowest[at] + (np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count))
    slope = (lead_end - lead_begin)[at] / np.maximum(t_end - t_begin, 1e-9)[at]
    # A window may be a moment long; then the satellite's own speed is the better slope.
    slope = np.maximum(slope, 0.5 * rates[1, at])
    time = t_begin[at] + (_TURN * turns - lead_begin[at]) / slope
    who, i = who[at], i[at]
    time, ahead = _timed(tracks, of, who, time, _TURN * turns, foot.of(at), shift[at])
    half = of.half[who]
    return Encounters(of.pair[who], tracks.middle[i] + time, half, np.clip(ahead, -half, half))


@dataclass(frozen=True, slots=True)
class _Foot:
    """The argument of latitude of a place's foot in the orbital plane, as a function of x.

    `cosine` is that of the inclination; then products with the latitude: of both sines, of its
    sine and the cosine, of its cosine and the sine.
    """

    cosine_latitude: Floats
    cosine: Floats
    sines: Floats
    sine_cosine: Floats
    cosine_sine: Floats
    far: NDArray[np.bool_]

    def at(self, x: Floats) -> Floats:
        """Give it without a jump inside a window: about 0 where cos x > 0, else about pi."""
        sign = np.where(self.far, -1.0, 1.0)
        north = (self.cosine_latitude * self.cosine * np.sin(x) + self.sines) * sign
        node = self.cosine_latitude * np.cos(x) * sign
        return np.asarray(np.arctan2(north, node) + np.where(self.far, np.pi, 0.0))

    def of(self, index: Ints) -> _Foot:
        return _Foot(*(getattr(self, name)[index] for name in self.__slots__))


def _phase(rates: Floats, time: Floats) -> Floats:
    return np.asarray(rates[0] + time * (rates[1] + time * rates[2]))


def _timed(
    tracks: Tracks, of: _Windows, who: Ints, time: Floats, target: Floats, foot: _Foot,
    shift: Floats,
) -> Floats:  # fmt: skip
    """Sharpen the times with the ellipse, and say how much later the satellite is nearest."""
    i = of.i[who]
    table = np.empty((len(_TIMING), len(who)))
    np.take(tracks.phase, i, axis=1, out=table[:3], mode="clip")
    table[3:] = (
        tracks.argument[i], tracks.argument_rate[i], tracks.eccentricity[i],
        of.middle[who] - shift, of.speed[who], foot.cosine_latitude, foot.cosine, foot.sines,
        foot.sine_cosine, foot.cosine_sine, foot.far, target, time,
    )  # fmt: skip
    return np.asarray(_timing()(table))


_TIMING = ("u0", "u1", "u2", "w0", "w1", "e", "middle", "speed", "cosine_latitude", "cosine",
           "sines", "sine_cosine", "cosine_sine", "far", "target", "time")  # fmt: skip


@cache
def _timing() -> Any:
    hy = library()
    (u0, u1, u2, w0, w1, e, middle, speed, latitude, cosine, sines, sine_cosine, cosine_sine, far,
     target, time) = map(expression, _TIMING)  # fmt: skip
    sign = 1.0 - 2.0 * far
    for _ in range(2):  # steps at the mean speed
        phase = u0 + time * (u1 + time * u2)
        anomaly = phase - w0 - w1 * time
        phase = phase + e * (2.0 * hy.sin(anomaly) + 1.25 * e * hy.sin(2.0 * anomaly))
        x = middle + speed * time  # and the foot as `_Foot.at` gives it
        north, node = latitude * cosine * hy.sin(x) + sines, latitude * hy.cos(x)
        foot = hy.atan2(north * sign, node * sign) + far * np.pi
        time = time - (phase - foot - target) / u1
    # At an angle b from the plane, and d ahead of the foot, cos(distance) = cos b cos d. That is
    # greatest where tan d = -tan b b' / d'.
    off, square = sine_cosine - cosine_sine * hy.sin(x), north * north + node * node
    foot_rate = latitude * speed * (cosine * hy.cos(x) * node + hy.sin(x) * north) / square
    rate = u1 * (1.0 + 2.0 * e * hy.cos(anomaly)) - foot_rate
    ahead = off * cosine_sine * hy.cos(x) * speed / (square * rate * rate)
    return compiled([time, ahead], _TIMING)
