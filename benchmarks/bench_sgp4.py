"""SGP4 of 2000 satellites in LEO at 1440 minutes: 8 times as fast as the package `sgp4`, aim 10.

Positions and velocities, one thread. `SatrecArray` is made beforehand, and so is `Sgp4`, except in
the row that says so. Both write their answer into new memory, some 150 MB.

Run: python benchmarks/bench_sgp4.py [FILE OF ELEMENT SETS]
"""

from collections.abc import Callable
from typing import Any

import _measure
import numpy as np
from _population import START, Population, population
from sgp4.api import WGS72, Satrec, SatrecArray

from kosmodrom.base.epochs import Epochs
from kosmodrom.orbits.elements import ElementSets
from kosmodrom.orbits.sgp4 import Sgp4, propagate
from kosmodrom.orbits.tle import write_tle

SATELLITES = 2000
MINUTES = 1440
DEEP = 500
TOGETHER = 16  # minutes of all satellites in one call of `Sgp4.at`, which takes them flat


def two_lines(elements: ElementSets) -> list[tuple[str, str]]:
    """Write element sets as the package `sgp4` reads them.

    Parameters
    ----------
    elements : ElementSets
        The element sets.

    Returns
    -------
    list of tuple of str
        Two lines a set.
    """
    lines = [line for line in write_tle(elements).splitlines() if line[:2] in {"1 ", "2 "}]
    return list(zip(lines[::2], lines[1::2], strict=True))


def records(lines: list[tuple[str, str]]) -> SatrecArray:
    """Make the records of the package `sgp4`.

    Parameters
    ----------
    lines : list of tuple of str
        Two lines a set.

    Returns
    -------
    sgp4.api.SatrecArray
        One record a set.
    """
    return SatrecArray([Satrec.twoline2rv(*pair, WGS72) for pair in lines])


def flat(ready: Sgp4, epochs: Epochs) -> Callable[[], None]:
    """Set up the engine of searches, which gives exact velocities and accelerations too.

    Parameters
    ----------
    ready : Sgp4
        Element sets.
    epochs : Epochs, shape (m,)
        Common times.

    Returns
    -------
    callable
        Does all of it.
    """
    minutes = ready.minutes_from_epoch(epochs)
    rows = np.repeat(np.arange(len(minutes)), TOGETHER)

    def _all() -> None:
        for first in range(0, minutes.shape[1], TOGETHER):
            ready.at(rows, minutes[:, first : first + TOGETHER].ravel())

    return _all


def agreement(ours: Any, theirs: tuple[Any, ...]) -> str:
    """Say how far both are apart.

    Parameters
    ----------
    ours : Propagation
        From `propagate`.
    theirs : tuple of numpy.ndarray
        From `SatrecArray.sgp4`.

    Returns
    -------
    str
        A sentence.
    """
    status, position, velocity = theirs
    good = status == 0
    apart = np.linalg.norm(ours.position - position * 1e3, axis=-1)[good].max()
    faster = np.linalg.norm(ours.velocity - velocity * 1e3, axis=-1)[good].max()
    same = "equal" if np.array_equal(ours.status, status) else "NOT equal"
    return (f"Against sgp4: positions within {apart * 1e3:.2g} mm, velocities within "
            f"{faster * 1e3:.2g} mm/s, status codes {same}.")  # fmt: skip


def near_earth(sets: ElementSets, table: _measure.Table) -> None:
    """Measure what the goal is about, and what stands around it.

    Parameters
    ----------
    sets : ElementSets
        Satellites near the Earth.
    table : Table
        Where rows go.
    """
    epochs = Epochs.from_iso(f"{START}T00:00Z").plus(60.0 * np.arange(MINUTES))
    lines = two_lines(sets)
    array, ready = records(lines), Sgp4(sets)
    jd, part = np.full(MINUTES, 2_461_275.5), np.arange(MINUTES) / MINUTES
    found = _measure.side_by_side(
        {
            "ready": lambda: propagate(ready, epochs),
            "sgp4": lambda: array.sgp4(jd, part),
            "anew": lambda: propagate(sets, epochs),
            "sgp4 anew": lambda: records(lines).sgp4(jd, part),
            "make": lambda: Sgp4(sets).table,
            "flat": flat(ready, epochs),
        },
        times=5,
    )
    peer, theirs = f"sgp4 {_measure.installed('sgp4')}", found["sgp4"]
    work = f"SGP4, {SATELLITES} LEO x {MINUTES} min, one thread"
    table.against(work, found["ready"], peer, theirs, 8, 10)
    table.against("the same, made ready anew by both", found["anew"], peer, found["sgp4 anew"])
    table.against("exact velocity, acceleration: Sgp4.at", found["flat"], peer, theirs)
    table.within("making element sets ready, alone", 1e3 * found["make"].wall, "ms")
    states = SATELLITES * MINUTES / 1e6
    print(f"Million states a second: ours {states / found['ready'].cpu:.1f}, "
          f"sgp4 {states / theirs.cpu:.2f}.")  # fmt: skip
    print(agreement(found["ready"].value, theirs.value) + "\n")


def deep_space(people: Population, table: _measure.Table) -> None:
    """Measure deep space, where `sgp4` itself does the work.

    Parameters
    ----------
    people : Population
        All satellites.
    table : Table
        Where rows go.
    """
    sets = people.elements[np.flatnonzero(Sgp4(people.elements).deep)[:DEEP]]
    epochs = Epochs.from_iso(f"{START}T00:00Z").plus(600.0 * np.arange(MINUTES // 10))
    array, ready = records(two_lines(sets)), Sgp4(sets)
    jd, part = np.full(MINUTES // 10, 2_461_275.5), np.arange(MINUTES // 10) / (MINUTES // 10)
    found = _measure.side_by_side(
        {"ours": lambda: propagate(ready, epochs), "sgp4": lambda: array.sgp4(jd, part)}
    )
    work = f"{len(sets)} in deep space x {MINUTES // 10} times"
    table.against(work, found["ours"], f"sgp4 {_measure.installed('sgp4')}", found["sgp4"])


def main() -> None:
    """Measure and print."""
    people = population()
    _measure.introduce("SGP4")
    print(f"Satellites: {people.how}.\n")
    table = _measure.Table()
    near_earth(people.near_circular(SATELLITES), table)
    deep_space(people, table)
    table.show()


if __name__ == "__main__":
    main()
