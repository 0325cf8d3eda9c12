"""What a group of notices is: the types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from kosmodrom.launch.notices.notice import Area, Notice, Window

__all__ = ["Closure", "Group", "Grouping", "LeftOut", "Reason", "Role", "Site", "SiteFit"]

_LARGEST = 2000e3  # extent of a site [m]
Role = Literal["ascent", "disposal"]
Reason = Literal[
    "replaced", "cancelled", "only_cancels", "not_yet_published", "lapsed", "given_twice",
    "no_area", "no_time", "too_long", "too_large", "too_far", "too_many",
    "other_direction",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place that launches may come from.

    Attributes
    ----------
    id : str
        Its name.
    latitude, longitude : float
        Where it is [rad].
    weight : float
        How often it launches, compared with the others; more than 0 [-].
    extent : float
        How far from its point launches take place, as for ships and platforms [m].
    """

    id: str
    latitude: float
    longitude: float
    weight: float = 1.0
    extent: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what is no place."""
        if not (abs(self.latitude) <= np.pi / 2 and abs(self.longitude) <= 2 * np.pi):
            raise InputError(
                f"site {self.id!r} is at {self.latitude:g}, {self.longitude:g} rad; a latitude is "
                "within pi/2, a longitude within 2 pi: give radians, as np.radians(40.96)"
            )
        if not (np.isfinite(self.weight) and self.weight > 0):
            raise InputError(
                f"site {self.id!r} has weight {self.weight:g}; it must be more than 0: leave out "
                "sites that do not launch"
            )
        if not 0 <= self.extent <= _LARGEST:
            raise InputError(
                f"site {self.id!r} has an extent of {self.extent / 1000:g} km; it must be within "
                f"{_LARGEST / 1000:g} km: give several sites"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFit:
    """How well a site explains the areas of a group.

    Attributes
    ----------
    id : str
        The site.
    plausibility : float
        Probability that the launch comes from there, by geometry and weight; with those of the
        other sites and `Group.unknown_site` it adds up to 1 [-].
    heading : float
        Direction that explains the areas best, seen from the site against the Earth [rad].
    spread : float
        The greatest angle between that heading and the middle of an area more than 200 km
        away, less half of the angle that the area fills, at least 0 [rad].
    nearest, farthest : float
        Distance to the nearest and to the farthest area of the ascent [m].
    """

    id: str
    plausibility: float
    heading: float
    spread: float
    nearest: float
    farthest: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Closure:
    """An area of a launch, once, with all notices that publish it.

    Attributes
    ----------
    area : Area
        The area, as the first notice gives it.
    notices : tuple of str
        Names of the notices.
    windows : tuple of Window
        When it is closed by any of them, in order, each once.
    role : str
        "ascent", or "disposal" for what comes down an hour or more later, on a later pass.
    distance : float
        From the most plausible site; nan where there is none [m].
    """

    area: Area
    notices: tuple[str, ...]
    windows: tuple[Window, ...]
    role: Role
    distance: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeftOut:
    """A notice, or an area of one, that is in no group or was taken out of one.

    Attributes
    ----------
    notice : Notice
        The notice.
    area : Area or None
        Which of its areas; None for all of it.
    code : str
        Why.
    by : str
        Name of the notice that replaces or cancels it; else empty.
    """

    notice: Notice
    area: Area | None
    code: Reason
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Group:
    """Notices of one launch.

    Attributes
    ----------
    notices : tuple of Notice
        In order of their first windows. A notice of two launches is in the groups of both.
    closures : tuple of Closure
        Their areas with windows: those of the ascent from near to far, then those of disposal.
    window : Window
        When lift-off must lie, on the day that most notices give; of a group that has places of
        disposal only, when those are closed [UTC].
    published : Window
        The shortest window that a notice gives for that day [UTC].
    windows : tuple of Window
        The same as `window` for every day, backup days included, in order; `window` is one of
        them [UTC].
    sites : tuple of SiteFit
        Where the launch may come from, most plausible first; empty where no sites were given,
        or no area of an ascent.
    unknown_site : float
        Probability that it comes from none of them [-].
    left_out : tuple of LeftOut
        Areas of these notices that cannot belong.
    """

    notices: tuple[Notice, ...]
    closures: tuple[Closure, ...]
    window: Window
    published: Window
    windows: tuple[Window, ...]
    sites: tuple[SiteFit, ...]
    unknown_site: float
    left_out: tuple[LeftOut, ...]

    @property
    def backup(self) -> tuple[Window, ...]:
        """Give the windows of other days.

        Returns
        -------
        tuple of Window
            In order [UTC].
        """
        return tuple(window for window in self.windows if window != self.window)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grouping:
    """Groups, and what is in none of them.

    Attributes
    ----------
    groups : tuple of Group
        One a launch, in order of their windows.
    left_out : tuple of LeftOut
        Notices and areas that are in no group, in the order of the notices.
    """

    groups: tuple[Group, ...]
    left_out: tuple[LeftOut, ...]
