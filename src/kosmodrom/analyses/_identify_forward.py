"""Which objects of a list a launch may have left in orbit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kosmodrom.analyses._identify_names import (
    STATES,
    Groups,
    Named,
    groups_of,
    habits,
    named,
    newest_number,
    record_by_tag,
    yearly_before,
)
from kosmodrom.base.periods import read_span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._identify_request import IdentifyRequest
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.launch import passage
    from kosmodrom.orbits.elements import ElementSets
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = [
    "INSERTION",
    "Found",
    "Standing",
    "azimuths",
    "identified",
    "numbers_of",
    "standing",
    "table",
    "turned_by",
]

#: Height of the circular orbit for which directions over the ground are given [m].
INSERTION: Final = 200e3
_SHIFTS = 24  # of a turn of the Earth; at each other one the launch might have been by chance
_NEAR = 2  # of these around the launch itself are left out
_INSIDE = 0.9  # probability that the asked interval of inclinations holds the true one


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A site at an instant.

    Attributes
    ----------
    instant : Epochs, shape ()
        The instant.
    right_ascension, latitude : float
        Against the stars (TEME), and geocentric [rad].
    position : numpy.ndarray, shape (3,)
        In ITRS [m].
    """

    instant: Epochs
    right_ascension: float
    latitude: float
    position: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found of each of n objects.

    Attributes
    ----------
    elements : ElementSets
        The first set of each object.
    groups : Groups
        Objects by launch.
    state : numpy.ndarray of int64, shape (n,)
        Places in `STATES` [-].
    kind : numpy.ndarray of int64, shape (n,)
        Places in `passage.KINDS` [-].
    node, error : numpy.ndarray, shape (n,)
        Node at the lift-off [rad], and what it may be off as time of the Earth's turn [s].
    shift, usual, reach : numpy.ndarray, shape (n,)
        Passage after the middle of the window, the usual one, and how far from that 90 % lie [s].
    north, reached : numpy.ndarray of bool, shape (n,)
        Whether that passage goes north, and whether the plane reaches the site [-].
    off_plane : numpy.ndarray, shape (n,)
        How far the site was out of the plane in the middle of the window [rad].
    inside : numpy.ndarray of bool, shape (n,)
        Whether the inclination is one of those expected [-].
    odds, probability : numpy.ndarray, shape (n,)
        Of the plane alone, and of all together [-].
    none : float
        Probability that the launch left none of them; NaN where each stands alone [-].
    by_chance : float
        How many would fit had the launch been at another time of day [-].
    """

    elements: ElementSets
    groups: Groups
    state: Ints
    kind: Ints
    node: Floats
    error: Floats
    shift: Floats
    usual: Floats
    reach: Floats
    north: NDArray[np.bool_]
    reached: NDArray[np.bool_]
    off_plane: Floats
    inside: NDArray[np.bool_]
    odds: Floats
    probability: Floats
    none: float
    by_chance: float

    @property
    def told(self) -> NDArray[np.bool_]:
        """Tell of which objects the node says something.

        Returns
        -------
        numpy.ndarray of bool, shape (n,)
            All but the high ones [-].
        """
        import numpy as np

        from kosmodrom.launch import passage

        return np.asarray(self.kind != passage.KINDS.index("high"))

    @property
    def fits(self) -> NDArray[np.bool_]:
        """Tell which objects fit.

        Returns
        -------
        numpy.ndarray of bool, shape (n,)
            Candidates of an expected inclination whose passage is where 90 % are [-].
        """
        import numpy as np

        near = np.abs(self.shift - self.usual) <= self.reach
        return np.asarray((self.state == 0) & self.told & self.inside & near)


def turned_by(instant: Epochs) -> float:
    """Say how far the Earth is turned.

    Parameters
    ----------
    instant : Epochs, shape ()
        When.

    Returns
    -------
    float
        Sidereal time of Greenwich [rad].
    """
    from kosmodrom.analyses._when import earth_around
    from kosmodrom.base.frames import gmst82

    return float(gmst82(instant, earth_around(instant, instant.plus(1.0))))


def standing(place: ResolvedPlace, instant: Epochs, turned: float | None = None) -> Standing:
    """Put a site against the stars.

    Parameters
    ----------
    place : ResolvedPlace
        The site.
    instant : Epochs, shape ()
        When.
    turned : float or None
        How far the Earth is turned then, if that was worked out [rad].

    Returns
    -------
    Standing
        The site then.
    """
    import numpy as np

    from kosmodrom.base.ellipsoid import geocentric_latitude, geodetic_to_itrs

    latitude, longitude = np.radians(place.latitude_deg), np.radians(place.longitude_deg)
    position = geodetic_to_itrs(latitude, longitude, place.height_m)
    angle = turned_by(instant) if turned is None else turned
    return Standing(
        instant=instant,
        right_ascension=angle + float(np.arctan2(position[1], position[0])),
        latitude=float(geocentric_latitude(position)),
        position=position,
    )


def identified(request: IdentifyRequest, context: Context, place: ResolvedPlace) -> Found:
    """Weigh the objects of a list.

    Parameters
    ----------
    request : IdentifyRequest
        With a launch.
    context : Context
        Element sets, and the record.
    place : ResolvedPlace
        The site.

    Returns
    -------
    Found
        One value an object.
    """
    import numpy as np

    from kosmodrom.launch import matching, passage

    first, last = read_span(str(request.launch))
    half = float(last.seconds_since(first)) / 2
    site = standing(place, first.plus(half))
    elements = first_sets(context.satellites(request.satellites).elements)
    groups = groups_of(elements.designators)
    rows = context.usable(context.catalog.launch_orbits).rows
    record = record_by_tag(rows)
    past = habits(rows, context.catalog.sites, place, str(first.utc_iso(0))[:10])
    known = Named(first=first, last=last, record=record, wanted=request.designator)
    use = request.designators
    state = named(known, groups, elements.epochs, numbers=use != "none", record=use == "record")
    kind = passage.kinds(elements)
    node, rate = passage.carried_back(elements, site.instant)
    error = passage.drift_error(elements, rate, site.instant)
    low, high = request.interval()
    inside = (elements.inclination >= low) & (elements.inclination <= high)

    def _passed(turn: float) -> passage.Passage:

        from kosmodrom.launch import passage

        return passage.passages(
            node, rate, elements.inclination, site.right_ascension + turn, site.latitude
        )

    models = [passage.MODELS[name] for name in passage.KINDS]
    usual = np.array([model.usual_time for model in models])[kind]
    reach = np.empty(len(kind))
    for number, model in enumerate(models):
        reach[kind == number] = model.reach(error[kind == number]) + half
    now = _passed(0.0)
    shift, north = now.nearest(usual)
    odds = passage.window_odds(now, kind, error, half)
    candidates = state == 0
    if (low, high) != (0.0, np.pi):  # what is expected takes the place of what is usual
        weighed = odds * _inclination_odds(inside, candidates)
    else:
        usually = matching.habit_odds(elements.inclination, past.own, past.every)
        weighed = odds * np.where(kind == passage.KINDS.index("low"), usually, 1.0)
    probability, none = _weigh(
        weighed, candidates, groups, known, elements.epochs if use != "none" else None
    )
    able = candidates & inside & (kind != passage.KINDS.index("high"))
    chance = [
        np.sum(able & (np.abs(_passed(turn).nearest(usual)[0] - usual) <= reach))
        for turn in 2 * np.pi * np.arange(_NEAR, _SHIFTS - _NEAR + 1) / _SHIFTS
    ]
    return Found(
        elements=elements, groups=groups, state=state, kind=kind, node=node, error=error,
        shift=shift, usual=usual, reach=reach, north=north, reached=now.reached,
        off_plane=passage.off_plane_angle(
            node, elements.inclination, site.right_ascension, site.latitude
        ),
        inside=inside, odds=odds, probability=probability, none=none,
        by_chance=float(np.mean(chance)),
    )  # fmt: skip


def first_sets(elements: ElementSets) -> ElementSets:
    """Take of each object its first set.

    Parameters
    ----------
    elements : ElementSets
        Sets of objects, each object's by epoch.

    Returns
    -------
    ElementSets
        One row an object. Whether it was in orbit before a lift-off, that set tells, too.
    """
    from kosmodrom.orbits.history import distinct

    held = distinct(elements)
    return held.elements[held.firsts[:-1]]


def numbers_of(elements: ElementSets) -> Ints | Floats:
    """Give catalogue numbers for the table.

    Parameters
    ----------
    elements : ElementSets
        Element sets, n rows.

    Returns
    -------
    numpy.ndarray, shape (n,)
        Numbers; where some have none, NaN for these [-].
    """
    import numpy as np

    known = elements.numbers > 0
    return elements.numbers if known.all() else np.where(known, elements.numbers, np.nan)


def _inclination_odds(inside: NDArray[np.bool_], candidates: NDArray[np.bool_]) -> Floats:
    """Weigh the inclination: inside with 90 %, against how many lie inside anyway."""
    import numpy as np

    count = int(candidates.sum())
    share = (float(inside[candidates].sum()) + 1.0) / (count + 2.0)
    return np.where(inside, _INSIDE / share, (1.0 - _INSIDE) / (1.0 - share))


def _weigh(
    odds: Floats, candidates: NDArray[np.bool_], groups: Groups, known: Named,
    epochs: Epochs | None,
) -> tuple[Floats, float]:  # fmt: skip
    """Make probabilities of objects from the odds of their planes."""
    import numpy as np

    from kosmodrom.launch import matching

    probability = np.zeros(len(odds))
    if epochs is None:
        probability[candidates] = matching.alone(odds[candidates])
        return probability, float("nan")
    rows = np.flatnonzero(candidates)
    used, group = np.unique(groups.group[rows], return_inverse=True)
    if not len(used):
        return probability, 1.0
    together = matching.grouped(odds[rows], group, len(used))
    year, day = known.year
    # A number of the year before or after, around New Year, is told by its year alone.
    mine = np.array([groups.tags[place][:4] == str(year) for place in used.tolist()])
    number = np.where(mine, groups.number[used], np.nan)
    newest = newest_number(groups, epochs, year)
    together = together * matching.day_odds(number, yearly_before(known.record, year), day, newest)
    each, none = matching.shares(together)
    probability[rows] = each[group]
    return probability, none


def azimuths(
    inclination: Floats, north: NDArray[np.bool_], site: Standing
) -> tuple[Floats, Floats]:
    """Give the directions in which planes run over a site.

    Parameters
    ----------
    inclination : numpy.ndarray, shape (n,)
        Of the planes [rad].
    north : numpy.ndarray of bool, shape (n,)
        Whether they go north there [-].
    site : Standing
        The site.

    Returns
    -------
    azimuth, ground : numpy.ndarray, shape (n,)
        Against the stars and, at insertion, over the ground, from north by east; NaN where the
        plane does not reach the site [rad].
    """
    import numpy as np

    from kosmodrom.base.constants import WGS84_A
    from kosmodrom.launch.planes import carried_speed, circular_speed, relative_to_ground

    sine = np.cos(inclination) / np.cos(site.latitude)
    east = np.arcsin(np.where(np.abs(sine) <= 1.0, sine, np.nan))
    azimuth = np.remainder(np.where(north, east, np.pi - east), 2 * np.pi)
    carried = carried_speed(site.position) * (1.0 + INSERTION / WGS84_A)
    return azimuth, relative_to_ground(azimuth, circular_speed(INSERTION), carried)[0]


def table(found: Found, site: Standing, most: int) -> dict[str, Any]:
    """Make the table, the most probable first.

    Parameters
    ----------
    found : Found
        What was found.
    site : Standing
        The site in the middle of the window.
    most : int
        Rows at most [-].

    Returns
    -------
    dict
        Columns.
    """
    import numpy as np

    from kosmodrom.base.instants import instants_after
    from kosmodrom.launch import passage

    sets = found.elements
    spread = np.hypot(
        np.array([passage.MODELS[name].usual_spread for name in passage.KINDS])[found.kind],
        found.error,
    )
    misfit = np.where(found.told, (found.shift - found.usual) / spread, np.nan)
    far = np.where(found.told, np.abs(misfit), np.inf)
    order = np.lexsort((sets.numbers, far, found.state, -found.probability))[:most]
    some = sets[order]
    azimuth, ground = azimuths(some.inclination, found.north[order], site)
    fits = np.where(found.fits, "yes", np.where(found.told | (found.state > 0), "no", "open"))
    shift = found.shift[order]
    return {
        "kind": np.full(len(order), "object"),
        "satellite": np.array(some.labels()),
        "norad_id": numbers_of(some),
        "designator": np.array(some.designators),
        "probability": found.probability[order],
        "fits": fits[order],
        "status": np.array(STATES)[found.state[order]],
        "orbit": np.array(passage.KINDS)[found.kind[order]],
        "misfit_sigma": misfit[order],
        "passage": instants_after(site.instant, shift),
        "passage_after_min": shift / 60.0,
        "time_error_min": found.error[order] / 60.0,
        "direction": np.where(found.north[order], "ascending", "descending"),
        "azimuth_deg": np.degrees(azimuth),
        "ground_azimuth_deg": np.degrees(ground),
        "off_plane_deg": np.degrees(found.off_plane[order]),
        "inclination_deg": np.degrees(some.inclination),
        "inclination_fits": np.where(found.inside[order], "yes", "no"),
        "node_deg": np.degrees(found.node[order]),
        "elements_age_days": (some.epochs.tai_ns - site.instant.tai_ns) / 86_400e9,
    }
