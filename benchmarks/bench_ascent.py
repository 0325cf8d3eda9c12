"""Optimal control: Delta III in four phases, build and solution under 1.5 s, aim 0.5 s.

From a cold guess on a coarse mesh, then on the fine one; and all on one mesh. The peer is yapss
with its own example of the same rocket, from setting up to solution. Importing is not counted.

Run: python benchmarks/bench_ascent.py
"""

import os
import warnings
from collections.abc import Callable
from typing import Any

import _measure
import _rockets
import numpy as np

from kosmodrom.launch.collocation import refined, solve
from kosmodrom.launch.problem import Problem
from kosmodrom.launch.radau import Mesh
from kosmodrom.launch.refinement import refined_until
from kosmodrom.launch.reintegration import reintegrated
from kosmodrom.launch.symbols import library
from kosmodrom.launch.trajectory import Solution
from kosmodrom.launch.transcription import transcribe

COARSE, FINE, ONE = Mesh.even(3, 4), Mesh.even(6, 5), Mesh.even(5, 5)


def yapss() -> Callable[[], Any] | None:
    """Set up the peer.

    Returns
    -------
    callable or None
        Sets up and solves its example; None where it is not installed.
    """
    if not _measure.installed("yapss"):
        return None
    os.environ.setdefault("MPLBACKEND", "agg")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its plotting library
        from yapss.examples.delta_iii_ascent import setup

    def _all() -> Any:
        problem = setup()
        problem.ipopt_options.print_level = 0
        problem.ipopt_options.sb = "yes"
        return problem.solve()

    return _all


def law(thrust: float, flow: float) -> Callable[[float, Any, Any], Any]:
    """Write the motion in NumPy, for the other integrator.

    Parameters
    ----------
    thrust : float
        Thrust [N].
    flow : float
        Flow of mass [kg/s].

    Returns
    -------
    callable
        Rates of the states.
    """

    def _rates(_: float, state: Any, control: Any) -> Any:
        position, velocity, mass = state[:3], state[3:6], state[6]
        radius = np.sqrt(position @ position)
        wind = velocity - np.cross([0.0, 0.0, _rockets.ROTATION], position)
        density = _rockets.DENSITY * np.exp((_rockets.RADIUS - radius) / _rockets.SCALE_HEIGHT)
        drag = -0.5 * density * _rockets.DRAG_AREA * np.sqrt(wind @ wind) * wind
        force = thrust * control / np.sqrt(control @ control) + drag
        return [*velocity, *(force / mass - _rockets.MU * position / radius**3), -flow]

    return _rates


def insertion(problem: Problem, solution: Solution) -> tuple[float, float]:
    """Fly a solution with another integrator.

    Parameters
    ----------
    problem : Problem
        Delta III.
    solution : Solution
        Its solution.

    Returns
    -------
    position, velocity : float
        How far its end is from that of the collocation [m], [m/s].
    """
    laws = [law(*each) for each in zip(_rockets.THRUSTS, _rockets.FLOWS, strict=True)]
    scales = [phase.states.scale for phase in problem.phases]
    off = reintegrated(solution, laws, scales)[-1] - solution.phases[-1].states[-1]
    return float(np.linalg.norm(off[:3])), float(np.linalg.norm(off[3:6]))


def delta_iii(table: _measure.Table) -> None:
    """Measure Delta III.

    Parameters
    ----------
    table : Table
        Where rows go.
    """
    works: dict[str, Callable[[], Any]] = {
        "cold": lambda: solve(_rockets.delta_iii(), COARSE, FINE),
        "one": lambda: solve(_rockets.delta_iii(), ONE),
        "build": lambda: transcribe(_rockets.delta_iii(), [ONE] * 4),
    }
    problem = _rockets.delta_iii()
    rough = solve(problem, COARSE, FINE)
    works |= {
        "doubled": lambda: refined(problem, rough),
        "flown": lambda: insertion(problem, rough),
    }
    if (peer := yapss()) is not None:
        works["yapss"] = peer
    found = _measure.side_by_side(works, times=5)
    cold, one, finer = (found[name].value for name in ("cold", "one", "doubled"))
    table.within("Delta III, cold, coarse to fine, build and solution", found["cold"].wall, "s",
                 1.5, 0.5)  # fmt: skip
    name = f"yapss {_measure.installed('yapss')}"
    table.against("the same", found["cold"], name, found.get("yapss"))
    table.within("on one mesh of 5 x 5, cold", found["one"].wall, "s", 1.5, 0.5)
    table.within("of which writing the program", found["build"].wall, "s")
    table.within("mesh doubled, from the solution", found["doubled"].wall, "s")
    table.within("flown by DOP853", found["flown"].wall, "s")
    mass, time = -cold.cost, cold.phases[-1].end
    table.within(
        "final mass off 7529.712412 kg", abs(mass - _rockets.FINAL_MASS), "kg", 2e-3, 5e-4
    )
    table.within("final time off 924.139 s", abs(time - _rockets.FINAL_TIME), "s", 2e-3)
    table.within("mass moved by doubling", abs(finer.cost - cold.cost), "kg", 7.5, 1.5)
    metres, speed = found["flown"].value
    table.within("insertion off DOP853", metres, "m", 10.0, 1.0)
    table.within("speed there off DOP853", speed, "m/s", 0.05)
    steps = ", ".join(f"{each.variables} variables in {each.iterations} steps"
                      for each in (*cold.statistics, finer.statistics[-1]))  # fmt: skip
    print(f"Delta III: {mass:.6f} kg at {time:.6f} s ({steps}); on one mesh {-one.cost:.6f} kg "
          f"({one.statistics[0].variables} variables, {one.statistics[0].iterations} steps); "
          f"doubled {-finer.cost:.6f} kg.\n")  # fmt: skip


def goddard(table: _measure.Table) -> None:
    """Measure Goddard's rocket.

    Parameters
    ----------
    table : Table
        Where rows go.
    """
    problem = _rockets.goddard()

    def _all() -> Solution:
        return refined_until(problem, solve(problem, Mesh.even(10, 4)), 1e-6, rounds=12)

    found = _measure.side_by_side({"all": _all}, times=3)["all"]
    height = -found.value.cost
    table.within("Goddard, until 1e-6 everywhere", found.wall, "s")
    table.within("height off 1.01283", abs(height - _rockets.FINAL_HEIGHT), "", 1e-5)


def main() -> None:
    """Measure and print."""
    library()
    _measure.introduce("Ascent: optimal control", "casadi", "scipy", "yapss")
    table = _measure.Table()
    delta_iii(table)
    goddard(table)
    table.show()


if __name__ == "__main__":
    main()
