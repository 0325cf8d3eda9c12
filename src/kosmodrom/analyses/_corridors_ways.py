"""From the rows of the catalog to what is open, for each site and inclination."""

from __future__ import annotations

from dataclasses import dataclass
from math import degrees, inf, radians
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.catalog import Corridor, Site
    from kosmodrom.launch.ways import Direction, Pad, Way

__all__ = ["BRANCHES", "Asked", "Leaving", "Ways"]

BRANCHES: tuple[Direction, ...] = ("ascending", "descending")


@dataclass(frozen=True, slots=True)
class Asked:
    """An inclination that is wanted of a site.

    Attributes
    ----------
    inclination : float
        Inclination [rad].
    direction : {"ascending", "descending"} or None
        The direction, where only one is asked about.
    """

    inclination: float
    direction: Direction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A launch from a site in one direction.

    Attributes
    ----------
    direction : {"ascending", "descending"}
        Northwards or southwards.
    azimuth, inertial : float
        Against the Earth and against the stars [rad].
    added_speed : float
        Speed to be added to that of the site [m/s].
    allowed : {"yes", "no", "unknown"}
        Whether the range is known to allow it.
    rows : sequence of Corridor
        Rows of the catalog that lead there.
    """

    direction: Direction
    azimuth: float
    inertial: float
    added_speed: float
    allowed: str
    rows: Sequence[Corridor]


class Ways:
    """A site with the rows of the catalog about it."""

    def __init__(self, site: Site, rows: Sequence[Corridor], speed: float) -> None:
        from kosmodrom.launch.ways import Pad as Where

        self.site = site
        self.rows = rows
        self.pad: Pad = Where.at(radians(site.latitude_deg), speed)
        self._made = [(row, _way(row)) for row in rows]
        # Limits of the azimuth say what is open; only where none are known, routes and flights do.
        limits = [row for row in rows if row.kind == "azimuths"]
        self._open = [
            (row, way)
            for row, way in self._made
            if row.way != "dogleg" and (not limits or row.kind == "azimuths")
        ]

    @property
    def known(self) -> bool:
        """Tell whether anything is known of what the range allows.

        Returns
        -------
        bool
            Whether there are rows.
        """
        return bool(self.rows)

    def listed(self) -> list[Asked]:
        """List the inclinations of the rows; the least one where there are none.

        Returns
        -------
        list of Asked
            Ends of azimuths, middles of routes and of groups of flights.
        """
        low, high = self.pad.limits()
        found = []
        for row, way in self._made:
            for azimuth in way.azimuths or ():
                north = -90 <= degrees(azimuth) % 360 <= 90 or degrees(azimuth) % 360 >= 270
                found.append(
                    Asked(self.pad.inclination(azimuth), "ascending" if north else "descending")
                )
            if way.inclinations is not None and row.kind == "route":
                middle = min(max(sum(way.inclinations) / 2, low), high)
                found.append(Asked(middle, None if row.direction == "either" else row.direction))
        return found or [Asked(low, "ascending")]

    def leaving(self, asked: Asked) -> list[Leaving]:
        """Find the directions to an inclination.

        Parameters
        ----------
        asked : Asked
            What is wanted.

        Returns
        -------
        list of Leaving
            Two, one where only one is asked about, none where it is out of reach.
        """
        if not self.pad.reaches(asked.inclination):
            return []
        found = []
        for direction in (asked.direction,) if asked.direction else BRANCHES:
            inertial, azimuth, added = self.pad.azimuths(asked.inclination, direction)
            mine = [row for row, way in self._made
                    if way.holds(azimuth, asked.inclination, direction)]  # fmt: skip
            found.append(
                Leaving(
                    direction=direction,
                    azimuth=azimuth,
                    inertial=inertial,
                    added_speed=added,
                    allowed=self._allowed(mine, asked.inclination, direction),
                    rows=mine,
                )
            )
        return found

    def _allowed(self, mine: Sequence[Corridor], inclination: float, direction: Direction) -> str:
        """Say whether the range allows a direction: a flown inclination does not tell which."""
        opened = [row for row, _ in self._open if row in mine]
        if any(row.kind == "azimuths" or row.direction == direction for row in opened):
            return "yes"
        if not self._open:
            return "unknown"
        # What was flown went the declared way, where one is declared.
        declared = any(row.kind == "route" and way.direction != direction
                       and way.holds(0.0, inclination, way.direction)
                       for row, way in self._open if way.direction != "either")  # fmt: skip
        return "unknown" if opened and not declared else "no"

    def reachable(self, asked: Asked, leaving: Sequence[Leaving]) -> str:
        """Say whether an inclination is reached.

        Parameters
        ----------
        asked : Asked
            What is wanted.
        leaving : sequence of Leaving
            The directions to it.

        Returns
        -------
        str
            "yes", "with dogleg" where the range is known not to allow it, "no" where no orbit of
            that inclination passes over the site.
        """
        if not leaving:
            return "no"
        if not self.known or any(one.allowed != "no" and self._opened(one) for one in leaving):
            return "yes"
        return "with dogleg"

    def _opened(self, leaving: Leaving) -> bool:
        return any(row in leaving.rows for row, _ in self._open)

    def turns(self, asked: Asked) -> tuple[float | None, float | None]:
        """Find how far the nearest allowed plane is.

        Parameters
        ----------
        asked : Asked
            What is wanted.

        Returns
        -------
        over_equator, at_pad : float or None
            The turn in orbit, and soon after launch [rad]; None where there is none.
        """
        from kosmodrom.launch.ways import turn_at_pad, turn_over_equator

        ways = [way for _, way in self._open]
        if self.known and not ways:
            return None, None
        over = turn_over_equator(self.pad, asked.inclination, ways)
        return over, turn_at_pad(self.pad, asked.inclination, ways)

    def allowed_inclinations(self, directions: Sequence[str]) -> list[tuple[float, float]]:
        """List the inclinations to which open ways lead without a turn.

        Parameters
        ----------
        directions : sequence of {"ascending", "descending"}
            Which ways count.

        Returns
        -------
        list of tuple of float
            Least and greatest inclination of each way [rad].
        """
        return [
            span
            for _, way in self._open
            if way.direction in {"either", *directions} and (span := way.reached(self.pad))
        ]

    def off(self, asked: Asked, direction: Direction) -> float:
        """Find how far one direction is from what the range allows.

        Parameters
        ----------
        asked : Asked
            What is wanted.
        direction : {"ascending", "descending"}
            Which.

        Returns
        -------
        float
            The turn soon after launch [rad]; infinite where nothing allowed leads that way.
        """
        from kosmodrom.launch.ways import turn_at_pad

        ways = [way for _, way in self._open]
        turn = turn_at_pad(self.pad, asked.inclination, ways, [direction])
        return inf if turn is None else turn


def _way(row: Corridor) -> Way:
    from kosmodrom.launch.ways import Way as Made

    def _ends(low: Any, high: Any) -> tuple[float, float] | None:
        return None if low is None or high is None else (radians(low), radians(high))

    return Made(
        azimuths=_ends(row.azimuth_from_deg, row.azimuth_to_deg),
        inclinations=_ends(row.inclination_low_deg, row.inclination_high_deg),
        direction=row.direction,
    )
