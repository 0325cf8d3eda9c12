"""How a problem of optimal control in several phases is written down.

A phase has states that follow a law, controls that are free, a beginning and an end. Functions
take a `Point` whose members are symbols of CasADi; they are called once, to write the equations.
Numbers are SI; every variable has a scale, the size it has in the problem, by which it is divided
before the solver sees it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

__all__ = ["Bounded", "Box", "Ends", "Guess", "Phase", "Point", "Problem", "Whole"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Box:
    """Bounds and scales of variables.

    Attributes
    ----------
    low, high : numpy.ndarray, shape (n,)
        Least and greatest values; infinite where there is none [unit of each].
    scale : numpy.ndarray, shape (n,)
        What they are divided by; one number serves all [unit of each].
    """

    low: Floats
    high: Floats
    scale: Floats | float = 1.0

    def __post_init__(self) -> None:
        low = np.atleast_1d(np.asarray(self.low, dtype=np.float64))
        high = np.atleast_1d(np.asarray(self.high, dtype=np.float64))
        if low.shape != high.shape or low.ndim != 1:
            raise InputError(
                f"low has the shape {low.shape} and high {high.shape}; give one of each a variable"
            )
        scale = np.broadcast_to(np.asarray(self.scale, dtype=np.float64), low.shape)
        if not np.all(low <= high):
            worst = int(np.argmin(low <= high))
            raise InputError(
                f"variable {worst} has the bounds {low[worst]:g} and {high[worst]:g}; "
                "the first must not be above the second"
            )
        if not (np.all(scale > 0) and np.all(np.isfinite(scale))):
            raise InputError(f"a scale must be positive and finite; got {scale.tolist()}")
        for name, value in (("low", low), ("high", high), ("scale", scale)):
            object.__setattr__(self, name, value)

    @property
    def size(self) -> int:
        """How many variables there are.

        Returns
        -------
        int
            The number.
        """
        return int(np.size(self.low))


@dataclass(frozen=True, slots=True, eq=False)
class Bounded:
    """An expression that has to stay between bounds.

    Attributes
    ----------
    value : casadi.SX
        The expression, a number or a column [unit].
    low, high : array_like, shape () or (n,)
        Its bounds, equal for an equation [unit].
    scale : float
        What it is divided by [unit].
    """

    value: Any
    low: ArrayLike
    high: ArrayLike
    scale: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A place of a phase, for the functions that write its equations.

    Attributes
    ----------
    time : casadi.SX
        Time [s].
    state, control : casadi.SX
        Columns of states and of controls; no controls at the ends of a phase [unit of each].
    parameters : casadi.SX
        Column of the parameters of the problem [unit of each].
    data : casadi.SX
        Column of the numbers of the phase; empty at the ends of a phase [unit of each].
    """

    time: Any
    state: Any
    control: Any
    parameters: Any
    data: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """Beginning and end of a phase.

    Attributes
    ----------
    begin, end : Point
        The two.
    """

    begin: Point
    end: Point


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """What conditions and cost of the whole problem may speak of.

    Attributes
    ----------
    phases : tuple of Ends
        Ends of the phases, in their order.
    parameters : casadi.SX
        Column of the parameters of the problem [unit of each].
    """

    phases: tuple[Ends, ...]
    parameters: Any


@dataclass(frozen=True, slots=True, eq=False)
class Guess:
    """Where the solver starts in a phase; straight lines are drawn between the times.

    Attributes
    ----------
    time : numpy.ndarray, shape (k,)
        Rising times, from the beginning of the phase to its end [s].
    states : numpy.ndarray, shape (k, n)
        States [unit of each].
    controls : numpy.ndarray, shape (k, m)
        Controls [unit of each].
    """

    time: Floats
    states: Floats
    controls: Floats

    def __post_init__(self) -> None:
        time = np.asarray(self.time, dtype=np.float64)
        states = np.asarray(self.states, dtype=np.float64)
        controls = np.asarray(self.controls, dtype=np.float64)
        if time.ndim != 1 or len(time) < 2 or np.any(np.diff(time) <= 0):
            raise InputError(f"a guess has two or more rising times; got {time.tolist()}")
        if states.ndim != 2 or controls.ndim != 2 or {len(states), len(controls)} != {len(time)}:
            raise InputError(
                f"a guess of {len(time)} times has as many rows of states and of controls; got "
                f"the shapes {states.shape} and {controls.shape}"
            )
        for name, value in (("time", time), ("states", states), ("controls", controls)):
            if not np.all(np.isfinite(value)):
                raise InputError(f"a guess is made of finite numbers; its {name} are not")
            object.__setattr__(self, name, value)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Phase:
    """A stretch of time with one law of motion.

    Attributes
    ----------
    name : str
        What it is called in messages.
    states, controls : Box
        Bounds and scales, everywhere in the phase.
    dynamics : callable
        Takes a `Point`, gives the rates of the states, one expression each [unit/s].
    begin, end : tuple of float
        Least and greatest time of its beginning and of its end, equal where fixed [s].
    guess : Guess
        Where the solver starts.
    initial, final : tuple of numpy.ndarray, shape (n,) each, or None
        Tighter bounds of the states at the beginning and at the end, low and high [unit of each].
    duration : tuple of float
        Least and greatest length; asked for where a time is free [s].
    path : callable or None
        Takes a `Point`, gives a sequence of `Bounded` that hold at every point.
    running_cost : callable or None
        Takes a `Point`, gives what is integrated over time and added to the cost [cost/s].
    data : array_like, shape (n,)
        Numbers that `dynamics`, `path` and `running_cost` find in the point [unit of each].
    kind : hashable or None
        Phases of one kind have the same functions, apart from their data; these are then written
        once and used again, in other problems too. None where they are not to be.
    """

    name: str
    states: Box
    controls: Box
    dynamics: Callable[[Point], Sequence[Any]]
    begin: tuple[float, float]
    end: tuple[float, float]
    guess: Guess
    initial: tuple[Floats, Floats] | None = None
    final: tuple[Floats, Floats] | None = None
    duration: tuple[float, float] = (0.0, np.inf)
    path: Callable[[Point], Sequence[Bounded]] | None = None
    running_cost: Callable[[Point], Any] | None = None
    data: ArrayLike = ()
    kind: Hashable | None = None

    def __post_init__(self) -> None:
        for name, (low, high) in (
            ("begin", self.begin), ("end", self.end), ("duration", self.duration)
        ):  # fmt: skip
            if not low <= high:
                raise InputError(
                    f"phase {self.name!r}: {name} runs from {low:g} s to {high:g} s; "
                    "the first must not be above the second"
                )
        if self.end[1] <= self.begin[0]:
            raise InputError(
                f"phase {self.name!r} ends at {self.end[1]:g} s at the latest and begins at "
                f"{self.begin[0]:g} s at the earliest; it must last longer than 0 s"
            )
        shapes = np.shape(self.guess.states)[1], np.shape(self.guess.controls)[1]
        if shapes != (self.states.size, self.controls.size):
            raise InputError(
                f"phase {self.name!r} has {self.states.size} states and {self.controls.size} "
                f"controls; its guess has {shapes[0]} and {shapes[1]}"
            )
        for name in ("initial", "final"):
            if (given := getattr(self, name)) is not None:
                tighter = Box(*given)
                if tighter.size != self.states.size:
                    raise InputError(
                        f"phase {self.name!r} has {self.states.size} states; the bounds of "
                        f"{name} have {tighter.size}"
                    )


def _no_parameters() -> Box:
    return Box(np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """Phases, what joins them, and what shall be least.

    Attributes
    ----------
    phases : tuple of Phase
        In their order.
    cost : callable
        Takes the `Whole`, gives what shall be least, together with the running costs.
    conditions : callable or None
        Takes the `Whole`, gives a sequence of `Bounded`: links between phases, ends wanted.
    parameters : Box
        Numbers that are free but constant, and known to all phases.
    parameter_guess : array_like, shape (n,)
        Where the solver starts with them [unit of each].
    time_scale : float
        What times are divided by [s].
    cost_scale : float
        What the cost is divided by [cost].
    """

    phases: tuple[Phase, ...]
    cost: Callable[[Whole], Any]
    conditions: Callable[[Whole], Sequence[Bounded]] | None = None
    parameters: Box = field(default_factory=_no_parameters)
    parameter_guess: ArrayLike = ()
    time_scale: float = 1.0
    cost_scale: float = 1.0

    def __post_init__(self) -> None:
        if not self.phases:
            raise InputError("a problem has at least one phase; got none")
        if np.shape(self.parameter_guess) != (self.parameters.size,):
            raise InputError(
                f"the problem has {self.parameters.size} parameters; parameter_guess has the "
                f"shape {np.shape(self.parameter_guess)}"
            )
        if self.time_scale <= 0 or self.cost_scale <= 0:
            raise InputError(
                f"time_scale is {self.time_scale:g} s and cost_scale {self.cost_scale:g}; "
                "a scale must be positive"
            )
