"""Land to draw on, and how much of it a map of the whole world shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.catalog import load_catalog
from kosmodrom.report.projection import EARTH_KM, Frame, outline_paths, path_of, plate

if TYPE_CHECKING:
    from collections.abc import Callable

    from kosmodrom.report.projection import Array, Lines

__all__ = ["Outlines", "catalog_outlines", "whole_land", "world_frame"]

_TOP, _BOTTOM = 84.0, -58.0  # degrees of latitude; beyond them nobody lives
_MOST_KEPT = 64  # regions
_LEAST_SIZE = 1.5  # pixels; smaller islands of the world are not drawn


@dataclass(frozen=True, slots=True)
class Outlines:
    """Land to draw on.

    Attributes
    ----------
    land : sequence of numpy.ndarray, shape (n, 2)
        Closed rings of the whole world, coarse; latitude and longitude [deg].
    countries : callable
        Gives closed rings of all countries, fine; called only where a regional map is drawn.
    kept : dict
        Regions as they were drawn, for the same report in another language.
    """

    land: Lines
    countries: Callable[[], Lines]
    kept: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False, repr=False)

    def region(self, middle: Array, frame: Frame, reach_deg: float) -> str:
        """Draw the countries of a region.

        Parameters
        ----------
        middle : numpy.ndarray, shape (2,)
            Middle of the projection [deg].
        frame : Frame
            The frame.
        reach_deg : float
            Angle from the middle to the corners of the frame [deg].

        Returns
        -------
        str
            One path, as `outline_paths` gives it.
        """
        key = (*middle.tolist(), frame, reach_deg)
        if key not in self.kept:
            if len(self.kept) >= _MOST_KEPT:
                self.kept.clear()
            self.kept[key] = outline_paths(self.countries(), middle, frame, reach_deg)
        return self.kept[key]


@cache
def catalog_outlines() -> Outlines:
    """Take the land to draw on from the shipped catalog.

    Returns
    -------
    Outlines
        Coarse land of the world, and the fine outlines of countries.
    """
    borders = load_catalog().borders

    @cache
    def _countries() -> Lines:
        return [ring for row in borders.countries for ring in borders.country(row.id)]

    return Outlines(land=borders.land(), countries=_countries)


def world_frame(width: float, *, poles: bool = False) -> Frame:
    """Fit a frame around the world.

    Parameters
    ----------
    width : float
        Width on the page [px].
    poles : bool
        Whether it reaches to the poles.

    Returns
    -------
    Frame
        The frame for `plate`.
    """
    scale = width / (2 * np.pi * EARTH_KM)
    north, south = (90.0, -90.0) if poles else (_TOP, _BOTTOM)
    top = float(np.radians(north)) * EARTH_KM
    height = float(np.radians(north - south)) * EARTH_KM * scale
    return Frame(-float(np.pi) * EARTH_KM, top, scale, width, round(height, 1))


def whole_land(outlines: Outlines, frame: Frame) -> str:
    """Draw the land of the whole world.

    Parameters
    ----------
    outlines : Outlines
        Land to draw on.
    frame : Frame
        From `world_frame`.

    Returns
    -------
    str
        One path.
    """
    bottom = float(np.degrees((frame.top - frame.height / frame.scale) / EARTH_KM))
    paths = []
    for ring in outlines.land:
        size = np.ptp(ring, axis=0).max() * np.radians(1) * EARTH_KM * frame.scale
        if len(ring) < 4 or ring[:, 0].max() < bottom or size < _LEAST_SIZE:
            continue
        closed = bool(np.all(ring[0] == ring[-1]))
        whole = ring[:-1].copy() if closed else ring.copy()
        whole[:, 1] = np.unwrap(whole[:, 1], period=360)
        if abs(whole[-1, 1] - whole[0, 1]) > 350:  # around the pole: down to the edge of the map
            edge = np.array([[-90.0, whole[-1, 1]], [-90.0, whole[0, 1]]])
            paths.append(path_of(frame.place(plate(np.concatenate([whole, edge]))), closed=True))
            continue
        for turn in (-360.0, 0.0, 360.0):  # what goes over the date line shows on both sides
            moved = whole + np.array([0.0, turn])
            if moved[:, 1].max() > -180 and moved[:, 1].min() < 180:
                paths.append(path_of(frame.place(plate(moved)), closed=True))
    return "".join(paths)
