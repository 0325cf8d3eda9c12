"""How the plane of a satellite lay to a site when something was launched from it.

The node of a young satellite is carried back to the lift-off by the even rates of SGP4. The site
then lies in the plane some minutes later: a vehicle flies with the turning ground at first, so it
lifts off before its site has come into the plane of the orbit. How many minutes was measured on
launches of which the lift-off and a first element set are known, and that spread, not a guess, is
the model of error here.

References
----------
D. A. Vallado, Fundamentals of Astrodynamics and Applications, 4th edition (2013), sections 6.4 and
9.6: launch windows, and the secular rates of the node.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE
from kosmodrom.launch.planes import plane_normal
from kosmodrom.orbits.secular import mean_motion

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from kosmodrom.base.epochs import Epochs
    from kosmodrom.orbits.elements import ElementSets

__all__ = [
    "KINDS",
    "MODELS",
    "TURN",
    "Passage",
    "PassageModel",
    "carried_back",
    "drift_error",
    "kinds",
    "off_plane_angle",
    "passages",
    "window_odds",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: A turn of the Earth against the stars [s].
TURN: Final = 2 * np.pi / EARTH_ROTATION_RATE

#: Kinds of orbit that are told apart, by what their node still says of the lift-off. Of a high
#: one nothing is taken: its stage turned the plane, and thirteen launches are too few to say how.
KINDS: Final = ("low", "transfer", "high")
_KNOTS = 60  # errors at which a span is found; between them a fraction of a second is lost
_HALVINGS = 34  # of half a turn: to 3e-6 s
_TRANSFER_ECCENTRICITY = 0.1
_HIGH_PERIOD = 225 * 60.0  # as SGP4 parts deep space [s]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassageModel:
    """How long after lift-off a site comes into the plane, of one kind of orbit.

    A share `usual` comes at `usual_time` with a spread, a share `wide` about `wide_time`: steered
    ascents, turns of the plane. The rest may come at any time of a turn of the Earth.

    Attributes
    ----------
    usual, wide : float
        Shares [-].
    usual_time, wide_time : float
        Passage after lift-off [s].
    usual_spread, wide_spread : float
        Standard deviations [s].
    """

    usual: float
    usual_time: float
    usual_spread: float
    wide: float
    wide_time: float
    wide_spread: float

    def density(self, shift: ArrayLike, error: ArrayLike, half_window: float = 0.0) -> Floats:
        """Give how densely passages of a launch come, averaged over when it may have lifted off.

        Parameters
        ----------
        shift : array_like, shape (...)
            Passage after the middle of the window, within half a turn of the Earth [s].
        error : array_like, shape (...)
            Standard deviation of what the node carried back is off [s].
        half_window : float
            Half the length of the window of lift-off [s].

        Returns
        -------
        numpy.ndarray, shape (...)
            Density [1/s].
        """
        rest = (1.0 - self.usual - self.wide) / TURN
        usual = _normal(shift, self.usual_time, np.hypot(self.usual_spread, error), half_window)
        wide = _normal(shift, self.wide_time, np.hypot(self.wide_spread, error), half_window)
        return np.asarray(self.usual * usual + self.wide * wide + rest)

    def reach(self, error: ArrayLike, share: float = 0.9) -> Floats:
        """Give how far from the usual passage a share of the launches lies.

        Parameters
        ----------
        error : array_like, shape (...)
            Standard deviation of what the node carried back is off [s].
        share : float
            The share [-].

        Returns
        -------
        numpy.ndarray, shape (...)
            Half the width of the span around `usual_time`, at most half a turn [s].
        """
        off = np.asarray(error, dtype=np.float64)
        if not off.size:
            return np.zeros(off.shape)
        # Thousands of errors have one smooth law: it is found at some, and straight between.
        knots = np.unique(np.concatenate([
            np.geomspace(1.0, TURN, _KNOTS), [off.min(), off.max()]
        ]))  # fmt: skip
        knots = knots[(knots >= off.min()) & (knots <= off.max())]
        return np.asarray(np.interp(off, knots, self._reach(knots, share)))

    def _reach(self, off: Floats, share: float) -> Floats:
        low, high = np.zeros(off.shape), np.full(off.shape, TURN / 2)
        usual, wide = np.hypot(self.usual_spread, off), np.hypot(self.wide_spread, off)
        apart = self.wide_time - self.usual_time
        for _ in range(_HALVINGS):
            half = (low + high) / 2
            inside = (
                self.usual * (_below(half / usual) - _below(-half / usual))
                + self.wide * (_below((half - apart) / wide) - _below((-half - apart) / wide))
                + (1.0 - self.usual - self.wide) * 2 * half / TURN
            )
            low, high = np.where(inside < share, half, low), np.where(inside < share, high, half)
        return np.asarray(high)


#: By ``tests/truth/fit_passages.py`` on the launches of even number in
#: ``tests/truth/data/plane_passages.csv``; docs/identify.md says how it does on the others.
MODELS: Final = {
    "low": PassageModel(usual=0.72, usual_time=310.0, usual_spread=157.0, wide=0.244,
                        wide_time=1151.0, wide_spread=174.0),
    "transfer": PassageModel(usual=0.329, usual_time=271.0, usual_spread=300.0, wide=0.671,
                             wide_time=-3728.0, wide_spread=4371.0),
    "high": PassageModel(usual=0.0, usual_time=0.0, usual_spread=1.0, wide=0.0, wide_time=0.0,
                         wide_spread=1.0),
}  # fmt: skip
_RATE_ERROR = 0.015  # share of the rate of the node that is not known, of low orbits [-]
_RATE_ERROR_HIGH = 0.0015  # the same above 600 km, where few satellites climb for weeks [-]
_LOW_PERIOD = 5760.0  # 15 revolutions a day [s]
_NODE_ERROR = 6.0  # of the node of a first element set, as time of the Earth's turn [s]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """When a site comes into planes, going north and going south.

    Attributes
    ----------
    ascending, descending : numpy.ndarray, shape (n,)
        Passage after the instant, within half a turn of the Earth [s]. Of a plane that does not
        reach the site, both are when the site is nearest to it.
    reached : numpy.ndarray of bool, shape (n,)
        Whether the plane reaches the latitude of the site [-].
    """

    ascending: Floats
    descending: Floats
    reached: NDArray[np.bool_]

    def nearest(self, usual: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
        """Choose the passage that lies nearer to the usual one.

        Parameters
        ----------
        usual : array_like, shape (n,)
            Usual passage after lift-off [s].

        Returns
        -------
        shift : numpy.ndarray, shape (n,)
            Passage after the instant [s].
        north : numpy.ndarray of bool, shape (n,)
            Whether it is the one that goes north [-].
        """
        middle = np.asarray(usual, dtype=np.float64)
        north = np.abs(self.ascending - middle) <= np.abs(self.descending - middle)
        return np.where(north, self.ascending, self.descending), north


def kinds(elements: ElementSets) -> Ints:
    """Tell the kinds of orbits apart.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.

    Returns
    -------
    numpy.ndarray of int64, shape (n,)
        Places in `KINDS` [-].
    """
    high = elements.period >= _HIGH_PERIOD
    kind = np.where(high, 2, 0)
    return np.where(elements.eccentricity >= _TRANSFER_ECCENTRICITY, 1, kind).astype(np.int64)


def carried_back(elements: ElementSets, instant: Epochs) -> tuple[Floats, Floats]:
    """Carry nodes from their epochs to an instant.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.
    instant : Epochs, shape ()
        The instant.

    Returns
    -------
    node : numpy.ndarray, shape (n,)
        Right ascension of the ascending node in TEME, by the even rate of J2 and J4 alone: the
        drag of a set tells of the days around its epoch and would mislead over weeks [rad].
    rate : numpy.ndarray, shape (n,)
        That rate [rad/s].
    """
    rate = mean_motion(elements).node_rates[1] / 60.0
    since = (instant.tai_ns - elements.epochs.tai_ns) / 1e9
    return np.remainder(elements.node + rate * since, 2 * np.pi), rate


def drift_error(elements: ElementSets, rate: Floats, instant: Epochs) -> Floats:
    """Say how far nodes carried back may be off, as time of the Earth's turn.

    A satellite that has climbed since its launch drifted by another rate before. By how much is
    not known; a share of the rate was fitted to first sets up to 40 days old.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.
    rate : numpy.ndarray, shape (n,)
        Rate of the node [rad/s].
    instant : Epochs, shape () or (n,)
        Lift-off.

    Returns
    -------
    numpy.ndarray, shape (n,)
        Standard deviation [s].
    """
    since = np.abs(instant.tai_ns - elements.epochs.tai_ns) / 1e9
    share = np.where(elements.period < _LOW_PERIOD, _RATE_ERROR, _RATE_ERROR_HIGH)
    turned = share * np.abs(rate) * since / EARTH_ROTATION_RATE
    return np.asarray(np.hypot(_NODE_ERROR, turned))


def passages(
    node: Floats,
    rate: Floats,
    inclination: Floats,
    right_ascension: ArrayLike,
    latitude: ArrayLike,
) -> Passage:
    """Find when a site comes into planes.

    Parameters
    ----------
    node, rate, inclination : numpy.ndarray, shape (n,)
        Planes at the instant in TEME [rad, rad/s, rad].
    right_ascension, latitude : array_like, shape (n,) or ()
        Right ascension of the site then, and its geocentric latitude [rad].

    Returns
    -------
    Passage
        Times after the instant.
    """
    tilt = np.tan(inclination)
    tilt = np.where(np.abs(tilt) < 1e-12, 1e-12, tilt)
    ratio = np.tan(latitude) / tilt
    beyond = np.arcsin(np.clip(ratio, -1.0, 1.0))
    closing = EARTH_ROTATION_RATE - rate
    ahead = node - np.asarray(right_ascension)
    return Passage(
        ascending=_half_turn(ahead + beyond) / closing,
        descending=_half_turn(ahead + np.pi - beyond) / closing,
        reached=np.abs(ratio) <= 1.0,
    )


def off_plane_angle(
    node: Floats, inclination: Floats, right_ascension: float, latitude: float
) -> Floats:
    """Measure how far a site is out of planes.

    Parameters
    ----------
    node, inclination : numpy.ndarray, shape (n,)
        Planes in TEME [rad].
    right_ascension, latitude : float
        Right ascension and geocentric latitude of the site [rad].

    Returns
    -------
    numpy.ndarray, shape (n,)
        Angle at the Earth's centre, positive on the side of the normal [rad].
    """
    across = np.cos(latitude)
    place = np.array([
        across * np.cos(right_ascension), across * np.sin(right_ascension), np.sin(latitude)
    ])  # fmt: skip
    return np.asarray(np.arcsin(np.clip(plane_normal(inclination, node) @ place, -1.0, 1.0)))


def window_odds(passage: Passage, kind: Ints, error: Floats, half_window: float = 0.0) -> Floats:
    """Say how much better planes fit a launch than planes at random.

    Parameters
    ----------
    passage : Passage
        Of n planes, after the middle of the window of lift-off.
    kind : numpy.ndarray of int64, shape (n,)
        Places in `KINDS` [-].
    error : numpy.ndarray, shape (n,)
        Standard deviation of what the nodes carried back are off [s].
    half_window : float
        Half the length of the window [s].

    Returns
    -------
    numpy.ndarray, shape (n,)
        Likelihood of the node for the launch over that of a node which may lie anywhere [-].
    """
    odds = np.ones(len(kind))
    for place, name in enumerate(KINDS):
        rows = kind == place
        if rows.any():
            density = sum(
                MODELS[name].density(shift[rows], error[rows], half_window)
                for shift in (passage.ascending, passage.descending)
            )
            odds[rows] = np.asarray(density) / 2 * TURN
    return odds


def _half_turn(angle: Floats) -> Floats:
    return np.asarray(np.remainder(angle + np.pi, 2 * np.pi) - np.pi)


def _below(sigmas: Floats) -> Floats:
    """Give the share of a normal distribution below so many sigmas."""
    flat = np.ravel(sigmas) / np.sqrt(2.0)
    return 0.5 + 0.5 * np.array([erf(value) for value in flat.tolist()]).reshape(sigmas.shape)


def _normal(shift: ArrayLike, middle: float, spread: Floats, half_window: float) -> Floats:
    off = np.asarray(shift, dtype=np.float64) - middle
    if half_window < 1.0:
        return np.asarray(np.exp(-0.5 * (off / spread) ** 2) / (spread * np.sqrt(2 * np.pi)))
    # A lift-off so much later in the window sees the passage so much earlier.
    inside = _below((off + half_window) / spread) - _below((off - half_window) / spread)
    return np.asarray(inside / (2 * half_window))
