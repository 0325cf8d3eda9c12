"""Flying a solution once more with another integrator, to see what the collocation left out.

References
----------
E. Hairer, S. P. Norsett, G. Wanner, Solving ordinary differential equations I, Springer, 2nd
edition, 1993, section II.10: the method of order 8 by Dormand and Prince, DOP853.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kosmodrom.errors import InputError, ModelError

if TYPE_CHECKING:
    from kosmodrom.launch.trajectory import PhaseSolution, Solution

__all__ = ["Law", "integrator", "loading", "reintegrated"]

Floats = NDArray[np.float64]
#: Takes a time, states and controls; gives the rates of the states.
Law = Callable[[float, Floats, Floats], ArrayLike]

_TOLERANCE = 1e-10  # of each state, relative to its scale: 0.6 mm in the Earth's radius


def reintegrated(
    solution: Solution, laws: Sequence[Law], scales: Sequence[ArrayLike]
) -> tuple[Floats, ...]:
    """Integrate all phases from the first state, with the controls of a solution.

    What changes between two phases of the solution, as the mass does where a stage falls off,
    changes here too; so errors go on from phase to phase, as in flight.

    Parameters
    ----------
    solution : Solution
        The solution.
    laws : sequence of callable
        One a phase: takes a time [s], states and controls, gives the rates of the states. They
        are worth something where they are written apart from those that were optimised.
    scales : sequence of array_like, shape (n,) each
        Sizes of the states, one array a phase [unit of each].

    Returns
    -------
    tuple of numpy.ndarray, shape (n,) each
        States at the end of each phase; what lies between them and those of the solution is the
        error of the collocation [unit of each].
    """
    if not len(laws) == len(scales) == len(solution.phases):
        raise InputError(
            f"the solution has {len(solution.phases)} phases; got {len(laws)} laws and "
            f"{len(scales)} scales. Give one of each a phase"
        )
    solve = integrator()
    state = solution.phases[0].states[0]
    ends: list[Floats] = []
    before: PhaseSolution | None = None
    for phase, law, scale in zip(solution.phases, laws, scales, strict=True):
        if before is not None:
            state = state + (phase.states[0] - before.states[-1])
        state = _flown(solve, phase, law, np.asarray(scale, dtype=np.float64), state)
        ends.append(state)
        before = phase
    return tuple(ends)


def loading() -> None:
    """Begin to load SciPy beside other work: it takes half a second."""
    Thread(target=integrator, daemon=True).start()


def integrator() -> Any:
    """Load SciPy's integrator.

    Returns
    -------
    callable
        ``solve_ivp``.
    """
    try:
        from scipy.integrate import solve_ivp  # noqa: PLC0415 -- 0.2 s, and an extra
    except ImportError:
        raise ModelError(
            "integrating an ascent needs SciPy, which is not installed; "
            "pip install 'kosmodrom[ascent]'"
        ) from None
    return solve_ivp


def _flown(solve: Any, phase: PhaseSolution, law: Law, scale: Floats, state: Floats) -> Floats:
    """Integrate a phase, interval by interval: on edges the controls are not smooth."""
    edges = phase.begin + (phase.end - phase.begin) * phase.mesh.edges
    for number, (begin, end) in enumerate(itertools.pairwise(edges)):
        inside = phase.controls_of(number)

        def _rates(
            time: float, here: Floats, controls: Callable[[float], Floats] = inside
        ) -> ArrayLike:
            return law(time, here, controls(time))

        found = solve(
            _rates, (begin, end), state, method="DOP853", rtol=_TOLERANCE, atol=_TOLERANCE * scale
        )
        if not found.success:
            raise ModelError(
                f"phase {phase.name!r} could not be integrated from {begin:.3f} s to {end:.3f} s: "
                f"{found.message}; solve it on a finer mesh"
            )
        state = np.asarray(found.y[:, -1])
    return state
