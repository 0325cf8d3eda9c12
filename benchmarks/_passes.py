"""Asking for passes as a user does, by the verb, without reading the file each time."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from kosmodrom.cases.step import run_step
from kosmodrom.workspace import open_context
from kosmodrom.workspace._element_sets import FileReading, read_file
from kosmodrom.workspace.workers import serial_map

SITE = (39.0, 125.7, 50.0)
"""Latitude, longitude [deg], height [m]."""


class Asked:
    """The verb `passes` on a file that was read before.

    Parameters
    ----------
    path : pathlib.Path
        File of element sets.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reading: FileReading = read_file(path)

    def __call__(
        self, places: Sequence[tuple[float, ...]], start: str, end: str | None = None,
        work_map: Callable[..., Any] = serial_map, sink: Any = None,
    ) -> Any:  # fmt: skip
        """Ask, with nothing kept from the time before but the file.

        Parameters
        ----------
        places : sequence of tuple of float
            Latitude, longitude [deg], height [m].
        start, end : str
            The period.
        work_map : callable
            ``map(function, items)``.
        sink : RowSink or None
            Where rows go instead of into the result.

        Returns
        -------
        Result
            With the whole table.
        """
        context = open_context(map=work_map, files=True, store_path=None, sink=sink)
        context.readings[str(self.path)] = self.reading
        request: dict[str, Any] = {
            "satellites": [str(self.path)],
            "places": [",".join(f"{number:.6f}" for number in place) for place in places],
            "start": start,
        }
        return run_step("passes", request | ({"end": end} if end else {}), context)


def sites(count: int) -> list[tuple[float, float, float]]:
    """Spread places evenly over the Earth between 60° south and 70° north.

    Parameters
    ----------
    count : int
        How many [-].

    Returns
    -------
    list of tuple of float
        Latitude, longitude [deg], height [m]; always the same.
    """
    random = np.random.default_rng(2)
    low, high = np.sin(np.radians([-60.0, 70.0]))
    latitude = np.degrees(np.arcsin(random.uniform(low, high, count)))
    longitude, height = random.uniform(-180, 180, count), random.uniform(0, 1500, count)
    return list(zip(latitude, longitude, height, strict=True))
