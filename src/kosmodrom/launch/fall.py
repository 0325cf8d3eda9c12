"""How bodies fall: spent stages and fairings of launchers, from their separation to the ground.

A body is a point with one number, its mass over coefficient of drag and area; it has no lift.
Gravity, height and air are those of `motion` and `atmosphere`, so the air is that of a standard
day; it turns with the Earth, may blow, and may be denser or thinner by a factor. How a stage
tumbles and whether it breaks up is not known: take a spread of ballistic coefficients for that,
as `dispersion` does. The coefficient of drag does not change with the Mach number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kosmodrom.base.constants import EARTH_ROTATION_RATE, MU_EARTH, WGS84_A
from kosmodrom.base.ellipsoid import itrs_to_geodetic
from kosmodrom.base.search import crossings
from kosmodrom.errors import InputError
from kosmodrom.launch.atmosphere import density_at
from kosmodrom.launch.stepping import Step, advance, stepped
from kosmodrom.launch.surroundings import air_speed, over_ellipsoid, pull

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from kosmodrom.launch.stepping import Rates
    from kosmodrom.launch.surroundings import Wind

__all__ = ["FELL", "ORBITS", "STAYS_UP", "Fall", "Path", "fallen", "turned_with_earth"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: Status of a body: it comes down; it goes around or leaves; it is up for longer than was asked.
FELL: Final = 0
ORBITS: Final = 1
STAYS_UP: Final = 2

# Below 120 km a body of a stage's weight makes no full turn; osculating perigees move by some
# kilometres around a turn through J2.
_HIGHEST_PERIGEE = 120e3  # over the equatorial radius [m]
_VELOCITIES = 0.01  # of the tolerance of a place, that of its velocity [1/s]
_AT_GROUND = 1e-6  # of the time of impact, as part of a step [-]
_ON_A_PATH = 20.0  # longest step where the path is wanted [s]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """The way that a body took.

    Attributes
    ----------
    time : numpy.ndarray, shape (k,)
        Rising times from lift-off, no more than 20 s apart; the ends are among them [s].
    latitude, longitude : numpy.ndarray, shape (k,)
        Geodetic latitude and east longitude on the turning Earth [rad].
    height : numpy.ndarray, shape (k,)
        Height over the WGS84 ellipsoid [m].
    """

    time: Floats
    latitude: Floats
    longitude: Floats
    height: Floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fall:
    """Where bodies come down.

    Attributes
    ----------
    status : numpy.ndarray of int64, shape (n,)
        `FELL`, `ORBITS` or `STAYS_UP`; of the last two nothing else is known: their rows below are
        NaN [-].
    latitude, longitude : numpy.ndarray, shape (n,)
        Geodetic latitude and east longitude of the impact on the turning Earth [rad].
    time : numpy.ndarray, shape (n,)
        When, from lift-off [s].
    speed : numpy.ndarray, shape (n,)
        How fast relative to the ground [m/s].
    descent : numpy.ndarray, shape (n,)
        Angle of that motion below the horizon [rad].
    paths : tuple of Path
        The ways, where they were asked for; of all bodies, as far as they were followed.
    """

    status: Ints
    latitude: Floats
    longitude: Floats
    time: Floats
    speed: Floats
    descent: Floats
    paths: tuple[Path, ...]

    @property
    def fell(self) -> NDArray[np.bool_]:
        """Which bodies come down.

        Returns
        -------
        numpy.ndarray of bool, shape (n,)
            Whether each does.
        """
        return np.asarray(self.status == FELL)

    def part(self, which: slice) -> Fall:
        """Take some of the bodies.

        Parameters
        ----------
        which : slice
            Which.

        Returns
        -------
        Fall
            Of these, without their ways.
        """
        return Fall(
            status=self.status[which],
            latitude=self.latitude[which],
            longitude=self.longitude[which],
            time=self.time[which],
            speed=self.speed[which],
            descent=self.descent[which],
            paths=(),
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Bodies:
    """What is given of bodies, one entry or column each."""

    time: Floats
    state: Floats
    ballistic: Floats
    density_factor: Floats
    wind: Wind | None


def fallen(
    time: ArrayLike,
    position: ArrayLike,
    velocity: ArrayLike,
    *,
    ballistic: ArrayLike,
    density_factor: ArrayLike = 1.0,
    wind: Wind | None = None,
    ground: float = 0.0,
    longest: float = 21_600.0,
    tolerance: float = 0.03,
    paths: bool = False,
) -> Fall:
    """Let bodies fall.

    Each body has steps of its own, by an estimate of their error, so what is found of it does not
    depend on the others.

    Parameters
    ----------
    time : array_like, shape () or (n,)
        When they are let go, after lift-off [s].
    position, velocity : array_like, shape (3,) or (n, 3)
        Where, in axes that do not turn and are those of the Earth at lift-off [m, m/s].
    ballistic : array_like, shape () or (n,)
        Mass over coefficient of drag and area; infinite where the air does nothing [kg/m²].
    density_factor : array_like, shape () or (n,)
        By how much the air is denser than the standard [-].
    wind : Wind or None
        The wind; with a row for each body, or one for all.
    ground : float
        Height of the ground over the ellipsoid [m].
    longest : float
        For how long they are followed [s].
    tolerance : float
        Largest error of a step; the impact is within some hundred times that [m].
    paths : bool
        Whether the ways are wanted too.

    Returns
    -------
    Fall
        Where they come down, or that they do not.
    """
    bodies = _bodies(time, position, velocity, ballistic, density_factor, wind)
    _refuse_buried(bodies, ground)
    rates = _rates(bodies)
    begin = bodies.time
    status = np.where(_goes_around(bodies.state), ORBITS, STAYS_UP).astype(np.int64)
    marks: list[Step] = []
    landings: list[Step] = []

    def _watch(step: Step) -> NDArray[np.bool_]:
        if paths:
            marks.append(step)
        down = over_ellipsoid(step.after[:3]).height <= ground
        if down.any():
            landings.append(_chosen(step, down))
        return down

    end = np.where(status == ORBITS, begin, begin + longest)
    least = np.array([*[tolerance] * 3, *[_VELOCITIES * tolerance] * 3])
    advance(rates, (begin, end), bodies.state, least, _watch, _ON_A_PATH if paths else np.inf)
    when, state = np.full_like(begin, np.nan), np.full_like(bodies.state, np.nan)
    if landings:
        step = _joined(landings)
        when[step.rows], state[:, step.rows] = _landed(rates, step, ground)
        status[step.rows] = FELL
    ways = _paths(bodies, marks, when, state) if paths else ()
    return _fall(status, when, state, ways)


def turned_with_earth(time: ArrayLike, vector: ArrayLike) -> Floats:
    """Turn vectors from axes that do not turn into those of the Earth.

    Parameters
    ----------
    time : array_like, shape (...)
        Time since the axes were the same, at lift-off [s].
    vector : array_like, shape (..., 3)
        Vectors in axes that do not turn [any unit].

    Returns
    -------
    numpy.ndarray, shape (..., 3)
        The same vectors in Earth-fixed axes [the same unit].
    """
    angle = EARTH_ROTATION_RATE * np.asarray(time, dtype=np.float64)
    x, y, z = np.moveaxis(np.asarray(vector, dtype=np.float64), -1, 0)
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.stack(np.broadcast_arrays(cosine * x + sine * y, cosine * y - sine * x, z), axis=-1)


def _bodies(
    time: ArrayLike,
    position: ArrayLike,
    velocity: ArrayLike,
    ballistic: ArrayLike,
    density_factor: ArrayLike,
    wind: Wind | None,
) -> _Bodies:
    """Take what is given, or refuse it."""
    single = [np.asarray(each, dtype=np.float64) for each in (time, ballistic, density_factor)]
    places = [np.asarray(each, dtype=np.float64) for each in (position, velocity)]
    for name, each in zip(("position", "velocity"), places, strict=True):
        if each.ndim not in (1, 2) or each.shape[-1] != 3 or not np.isfinite(each).all():
            raise InputError(f"{name} has shape {each.shape}; give finite numbers, (3,) or (n, 3)")
    try:
        count = np.broadcast_shapes(
            (1,), *(s.shape for s in single), *(p.shape[:-1] for p in places)
        )
    except ValueError:
        raise InputError(
            "time, position, velocity, ballistic and density_factor are of different numbers of "
            "bodies; give one for all, or as many"
        ) from None
    when, mass, factor = (np.broadcast_to(each, count) for each in single)
    if not (np.all(mass > 0) and np.all(factor >= 0) and np.isfinite(when + factor).all()):
        raise InputError(
            f"the least ballistic coefficient is {mass.min():g} kg/m² and the least density "
            f"factor {factor.min():g}; the first must be above zero, the second not below it"
        )
    if wind is not None and any(
        each.ndim == 2 and len(each) != count[0] for each in (wind.east, wind.north)
    ):
        raise InputError(
            f"the wind has rows for {len(wind.east)} bodies and there are {count[0]}; give one "
            "row, or one each"
        )
    state = np.concatenate([np.broadcast_to(each, (*count, 3)).T for each in places])
    return _Bodies(time=when, state=state, ballistic=mass, density_factor=factor, wind=wind)


def _refuse_buried(bodies: _Bodies, ground: float) -> None:
    height = over_ellipsoid(bodies.state[:3]).height
    if np.any(height <= ground):
        row = int(np.argmin(height))
        raise InputError(
            f"body {row} begins at {height[row]:.1f} m, not above the ground at {ground:.1f} m; "
            "positions are in metres from the Earth's centre"
        )


def _goes_around(state: Floats) -> NDArray[np.bool_]:
    """Tell which bodies have an orbit above the air, or leave the Earth, without integrating."""
    position, velocity = state[:3], state[3:]
    distance = np.sqrt((position * position).sum(axis=0))
    square = (velocity * velocity).sum(axis=0)
    energy = square / 2 - MU_EARTH / distance
    radial = (position * velocity).sum(axis=0)
    momentum = distance * distance * square - radial * radial
    shape = np.sqrt(np.maximum(1 + 2 * energy * momentum / MU_EARTH**2, 0.0))
    perigee = momentum / MU_EARTH / (1 + shape)
    high = perigee > WGS84_A + _HIGHEST_PERIGEE
    return np.asarray(np.where(energy >= 0, high | (radial > 0), high))


def _rates(bodies: _Bodies) -> Rates:
    thickness = 0.5 * bodies.density_factor / bodies.ballistic

    def _of(rows: Ints, time: Floats, state: Floats) -> Floats:
        over = over_ellipsoid(state[:3])
        motion, speed = air_speed(rows, state, over, bodies.wind)
        rate = np.concatenate([state[3:], pull(state[:3])])
        rate[3:] -= thickness[rows] * density_at(over.height) * speed * motion
        return rate

    return _of


def _joined(steps: list[Step]) -> Step:
    return Step(
        np.concatenate([step.rows for step in steps]),
        np.concatenate([step.begin for step in steps]),
        np.concatenate([step.width for step in steps]),
        np.concatenate([step.before for step in steps], axis=1),
        np.concatenate([step.after for step in steps], axis=1),
    )


def _chosen(step: Step, which: NDArray[np.bool_]) -> Step:
    return Step(
        step.rows[which], step.begin[which], step.width[which],
        step.before[:, which], step.after[:, which],
    )  # fmt: skip


def _landed(rates: Rates, step: Step, ground: float) -> tuple[Floats, Floats]:
    """Shorten the last step of each body until it ends on the ground."""
    first = rates(step.rows, step.begin, step.before)

    def _after(which: Ints, part: Floats) -> Floats:
        return stepped(
            rates, step.rows[which], step.begin[which], step.before[:, which],
            part * step.width[which], first[:, which],
        )[0]  # fmt: skip

    def _height(which: Ints, part: Floats) -> Floats:
        return over_ellipsoid(_after(which, part)[:3]).height - ground

    everyone = np.arange(len(step.rows))
    ends = [over_ellipsoid(each[:3]).height - ground for each in (step.before, step.after)]
    nothing, whole = np.zeros(len(everyone)), np.ones(len(everyone))
    part = crossings(_height, everyone, nothing, whole, _AT_GROUND, (ends[0], ends[1]))
    return step.begin + part * step.width, _after(everyone, part)


def _fall(status: Ints, when: Floats, state: Floats, paths: tuple[Path, ...]) -> Fall:
    fell = status == FELL
    latitude, longitude = np.full(len(when), np.nan), np.full(len(when), np.nan)
    speed, descent = np.full(len(when), np.nan), np.full(len(when), np.nan)
    down = state[:, fell]
    latitude[fell], longitude[fell], _ = itrs_to_geodetic(
        turned_with_earth(when[fell], down[:3].T)
    )
    over = over_ellipsoid(down[:3])
    motion, speed[fell] = air_speed(np.flatnonzero(fell), down, over, None)
    outwards = (motion[0] * down[0] + motion[1] * down[1]) / over.across
    sinking = -(outwards * over.level + motion[2] * over.up) / speed[fell]
    descent[fell] = np.arcsin(np.clip(sinking, -1.0, 1.0))
    return Fall(
        status=status, latitude=latitude, longitude=longitude, time=when, speed=speed,
        descent=descent, paths=paths,
    )  # fmt: skip


def _paths(bodies: _Bodies, marks: list[Step], when: Floats, state: Floats) -> tuple[Path, ...]:
    """Put the steps of each body together; the last one ends on the ground."""
    rows = np.concatenate([np.arange(len(when)), *(step.rows for step in marks)])
    time = np.concatenate([bodies.time, *(step.begin + step.width for step in marks)])
    places = np.concatenate([bodies.state[:3], *(step.after[:3] for step in marks)], axis=1)
    found = []
    for row in range(len(when)):
        mine = rows == row
        at, place = time[mine], places[:, mine]
        if np.isfinite(when[row]):
            at, place = (
                np.append(at[:-1], when[row]),
                np.column_stack([place[:, :-1], state[:3, row]]),
            )
        latitude, longitude, height = itrs_to_geodetic(turned_with_earth(at, place.T))
        found.append(Path(time=at, latitude=latitude, longitude=longitude, height=height))
    return tuple(found)
