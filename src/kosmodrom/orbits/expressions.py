"""SGP4 near the Earth as expressions that heyoka compiles, positions in metres, time in seconds.

Velocity here is the exact derivative of the position. The velocity SGP4 itself prints is another
thing: it leaves out the rates of its slower terms, and moves a culmination by up to 13 ms.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import Any

import numpy as np

__all__ = [
    "ELEMENTS",
    "available",
    "compiled",
    "expression",
    "library",
    "propagator",
    "rate",
    "teme_position",
]

#: Inputs that stand for an element set, in the order of `Sgp4.inputs`.
ELEMENTS = ("n0", "e0", "i0", "node0", "omega0", "m0", "bstar")


def available() -> bool:
    """Tell whether heyoka is installed; its wheels are for Linux only.

    Returns
    -------
    bool
        Whether it can be imported.
    """
    return importlib.util.find_spec("heyoka") is not None


@cache
def library() -> Any:
    """Import heyoka.

    Returns
    -------
    module
        The library, set to one thread: work is cut into pieces by the request.
    """
    import heyoka  # noqa: PLC0415 -- 0.3 s, and only where it is installed

    heyoka.set_nthreads(1)
    return heyoka


def expression(name: str) -> Any:
    """Make a variable.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    heyoka.expression
        The variable.
    """
    return library().expression(name)


@cache
def teme_position() -> tuple[Any, ...]:
    """Give x, y, z in TEME [m] and the status of SGP4 as functions of `ELEMENTS` and ``tsince``.

    Returns
    -------
    tuple of heyoka.expression
        Four expressions; ``tsince`` is in minutes.
    """
    found = library().model.sgp4()
    return (*(1000.0 * part for part in found[:3]), found[6])


def rate(function: Any, **others: float) -> Any:
    """Differentiate by time in seconds.

    Parameters
    ----------
    function : heyoka.expression
        Function of ``tsince`` [min] and of other variables.
    **others : float
        Rates of other variables that move with time [unit/s].

    Returns
    -------
    heyoka.expression
        The derivative [1/s].
    """
    diff = library().diff
    found = diff(function, "tsince") / 60.0
    for name, speed in others.items():
        found = found + diff(function, name) * speed
    return found


def compiled(outputs: list[Any], inputs: tuple[str, ...]) -> Any:
    """Compile expressions; the machine code is kept on disk by the library for the next time.

    Parameters
    ----------
    outputs : list of heyoka.expression
        What to compute.
    inputs : tuple of str
        Names of the inputs, in order.

    Returns
    -------
    heyoka.cfunc
        Takes an array of shape (inputs, k), gives one of shape (outputs, k).
    """
    return library().cfunc(outputs, vars=[expression(name) for name in inputs])


def propagator(inputs: Any) -> Any:
    """Set up the propagation of element sets over tables of times.

    Parameters
    ----------
    inputs : numpy.ndarray, shape (7, n)
        Element sets in the order of `ELEMENTS` [rad, min, Earth radii].

    Returns
    -------
    heyoka.model.sgp4_propagator_dbl
        Takes minutes from the epochs, shape (m, n), gives SGP4's outputs, shape (m, 7, n).
    """
    epochs = np.zeros((2, inputs.shape[1]))  # unused: times are given from the epoch
    table = np.ascontiguousarray(np.vstack([inputs, epochs]))
    # Never with `fast_math`: of eccentric orbits it gives NaN with the code 0 for one state in a
    # thousand.
    return library().model.sgp4_propagator(table)
