"""Numbers of the forecast that were fitted to launches of the past."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["FAR", "GUESSED", "Settings", "Turning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """One way in which launches yaw, or do not.

    Attributes
    ----------
    weight : float
        Share of launches, before the zones are looked at [-].
    yaw : float
        Standard deviation of the mean angle between thrust and the plane of launch [rad].
    wander : float
        The same of what changes from one kilometre a second to the next [rad].
    onset : float
        Speed against the Earth from which it yaws; infinite stands for that of the last
        zone [m/s].
    lean : float
        Mean of the angle, positive towards higher inclination [rad].
    """

    weight: float
    yaw: float
    wander: float
    onset: float
    lean: float = 0.0


FAR = Turning(weight=0.1, yaw=0.45, wander=0.1, onset=float("inf"))
"""Launches that turn by far after the last zone, to either side, as thrust allows: 15 deg and more
are flown to sun-synchronous orbits around neighbours, but too seldom to fit them."""


def _turnings() -> tuple[Turning, ...]:
    late = float("inf")
    return (
        Turning(weight=0.33, yaw=0.006, wander=0.003, onset=1000.0),
        Turning(weight=0.20, yaw=0.05, wander=0.025, onset=1500.0),
        Turning(weight=0.125, yaw=0.15, wander=0.075, onset=1500.0),
        Turning(weight=0.125, yaw=0.15, wander=0.075, onset=late),
        Turning(weight=0.12, yaw=0.08, wander=0.04, onset=2500.0),
        FAR,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the forecast has learned.

    Attributes
    ----------
    bearing : float
        Error of the middle of a zone, seen from the pad, however small the zone [rad].
    across : float
        Error of the middle, as part of the width of the zone [-].
    stray : float
        Share of zones that do not lie where the launch goes [-].
    stray_bearing : float
        Error of the middle of such a zone [rad].
    axis : float
        Error of the inclination read from the long axis of a disposal corridor [rad].
    turnings : tuple of Turning
        Ways of yawing.
    world, sun, place, open_mind, plane, nation : float
        Shares of the prior: targets of all launches, sun-synchronous orbits, launches from the
        same place, anything, planes that were given, and launches of the nation [-].
    sharp, broad : float
        Widths of the two kernels about earlier inclinations [rad].
    sharp_share : float
        Share of the narrower kernel [-].
    fading : float
        Time in which an earlier launch loses half its weight [d].
    fresh : float
        Earlier launches in the same corridor that weigh as much as all else [-].
    corridor_azimuth : float
        Difference of azimuth within which corridors are the same [rad].
    doubt : float
        Power of the probability where there are no earlier launches to go by: below 1 it is wider,
        as kinds of launches come that were not among those it was fitted to [-].
    shortest : float
        Angle from the pad below which zones alone tell little [rad].
    lowest_latitude, highest_latitude : float
        Of the sites, north or south, from which it was fitted [deg].
    """

    bearing: float = 0.004
    across: float = 0.12
    stray: float = 0.05
    stray_bearing: float = 0.2
    axis: float = 0.02
    turnings: tuple[Turning, ...] = field(default_factory=_turnings)
    world: float = 0.2
    sun: float = 0.1
    place: float = 0.4
    open_mind: float = 0.1
    plane: float = 0.05
    nation: float = 0.2
    sharp: float = 0.0015
    broad: float = 0.02
    sharp_share: float = 0.75
    fading: float = 1500.0
    fresh: float = 0.6
    corridor_azimuth: float = 0.01
    doubt: float = 0.75
    shortest: float = 0.06
    lowest_latitude: float = 18.0
    highest_latitude: float = 43.0


GUESSED = Settings()
"""Round numbers that were set by hand, for days before there was anything to fit them to."""
