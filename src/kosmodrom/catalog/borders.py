"""Outlines of countries and a coarse world for maps, from Natural Earth."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom.catalog.names import exact, near
from kosmodrom.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from kosmodrom.catalog.rows import Country

    Lines = list[NDArray[np.float64]]

__all__ = ["Borders"]

_MAGIC = b"kosmodrom outlines 1\n"


@dataclass(frozen=True, slots=True)
class _Outlines:
    """One file of outlines: lines shared by their neighbours, and shapes made of lines."""

    lines: Lines
    shapes: dict[str, list[list[int]]]


def _read(path: Path) -> _Outlines:
    try:
        raw = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(
            f"{path.name}: cannot be read ({error}); install kosmodrom again"
        ) from error
    head, _, rest = raw.removeprefix(_MAGIC).partition(b"\n")
    if not raw.startswith(_MAGIC) or not head:
        raise DataError(f"{path.name}:1: not a file of outlines; install kosmodrom again")
    try:
        meta: dict[str, Any] = json.loads(head)
        lengths = np.asarray(meta["lengths"], dtype=np.int64)
        firsts = np.asarray(meta["firsts"], dtype=np.int64).reshape(len(lengths), 2)
        # Bytes of 16-bit steps stand in four planes: low and high of latitude, then of longitude.
        planes = np.frombuffer(rest, dtype=np.uint8).reshape(4, int(lengths.sum()))
        steps = np.stack([_words(planes[0], planes[1]), _words(planes[2], planes[3])], axis=1)
        step_deg, shapes = float(meta["step_deg"]), meta["shapes"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path.name}:2: damaged ({error}); install kosmodrom again") from error
    # A line that crosses the date line runs on past 180 deg in the file, so as not to go round.
    lines = [
        _wrapped(np.asarray((first + np.cumsum(part, axis=0)) * step_deg, dtype=np.float64))
        for first, part in zip(firsts, np.split(steps, np.cumsum(lengths)[:-1]), strict=True)
    ]
    return _Outlines(lines, shapes)


def _wrapped(line: NDArray[np.float64]) -> NDArray[np.float64]:
    line[:, 1] -= 360.0 * np.rint(line[:, 1] / 360.0) * (np.abs(line[:, 1]) > 180.0)
    return line


def _words(low: NDArray[np.uint8], high: NDArray[np.uint8]) -> NDArray[np.int64]:
    word = (high.astype(np.uint16) << 8) | low
    return word.view(np.int16).astype(np.int64)


@dataclass(frozen=True)
class Borders:
    """Outlines of countries.

    Natural Earth shows borders as they are held on the ground, which is no judgement on claims.

    Attributes
    ----------
    folder : pathlib.Path
        Where the files of outlines are.
    countries : sequence of Country
        Names of the countries.
    """

    folder: Path
    countries: Sequence[Country]

    @cached_property
    def _fine(self) -> _Outlines:
        return _read(self.folder / "borders.bin.gz")

    @cached_property
    def _coarse(self) -> _Outlines:
        return _read(self.folder / "world.bin.gz")

    def find(self, text: str) -> Country:
        """Find a country by name or ISO code.

        Parameters
        ----------
        text : str
            Name, other name, or ISO 3166 code of two or three letters.

        Returns
        -------
        Country
            The country.
        """
        if found := exact(text, self.countries):
            return found[0]
        names = near(text, self.countries)
        hint = f"; did you mean {' or '.join(names)}?" if names else "; write its English name"
        raise UnknownNameError(f"no country or territory is called {text!r}{hint}", names)

    def country(self, text: str) -> Lines:
        """Give the outline of a country, at the detail of a 1:10 million map.

        Coasts belong to the outline.

        Parameters
        ----------
        text : str
            Name, other name, or ISO 3166 code of two or three letters.

        Returns
        -------
        list of numpy.ndarray, shape (n, 2)
            Closed rings of latitude and east longitude [deg].
        """
        known = self._fine.shapes
        # An id, as every country of the world is asked for, needs no search.
        return _rings(self._fine, known[text if text in known else self.find(text).id])

    def coastlines(self) -> Lines:
        """Give the coasts of the world, at the detail of a 1:110 million map.

        Returns
        -------
        list of numpy.ndarray, shape (n, 2)
            Lines of latitude and east longitude [deg].
        """
        return self._part("coast")

    def boundaries(self) -> Lines:
        """Give the land borders of the world, at the detail of a 1:110 million map.

        Returns
        -------
        list of numpy.ndarray, shape (n, 2)
            Lines of latitude and east longitude [deg].
        """
        return self._part("border")

    def land(self) -> Lines:
        """Give the land of the world to be filled, at the detail of a 1:110 million map.

        Returns
        -------
        list of numpy.ndarray, shape (n, 2)
            Closed rings of latitude and east longitude [deg]; some cross the date line.
        """
        return _rings(self._coarse, self._coarse.shapes["land"])

    def _part(self, name: str) -> Lines:
        return [self._coarse.lines[index] for (index,) in self._coarse.shapes[name]]


def _rings(outlines: _Outlines, shape: list[list[int]]) -> Lines:
    rings = []
    for ring in shape:
        parts = [
            outlines.lines[index] if index >= 0 else outlines.lines[~index][::-1] for index in ring
        ]
        rings.append(np.concatenate([parts[0], *(part[1:] for part in parts[1:])]))
    return rings
