"""What international designators tell of when an object was launched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.base.epochs import Epochs
    from kosmodrom.catalog import Site
    from kosmodrom.catalog.events import LaunchOrbit
    from kosmodrom.workspace import ResolvedPlace

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = [
    "STATES",
    "Groups",
    "Named",
    "groups_of",
    "named",
    "newest_number",
    "record_by_tag",
    "yearly_before",
]

#: What may be said of an object before its plane is looked at; all but the first rule it out.
STATES: Final = (
    "candidate", "catalogued before", "other year", "numbered before", "other launch",
    "other designator",
)  # fmt: skip
_SAME_LAUNCH = 3600.0  # between the lift-off asked about and that of the record [s]
_SAME_SITE = 60e3  # pads of one site lie within [m]
_HABIT_YEARS = 6
_MJD_1970 = 40_587
_NEW_YEAR = 2.0  # days around New Year in which both years are taken [d]
_MOST_NUMBERED = 0.3  # of a year's launches missing at its end, until it is scaled up


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Inclinations of past launches.

    Attributes
    ----------
    own, every : numpy.ndarray, shape (k,), (m,)
        From the site, and from all sites [rad].
    """

    own: Floats
    every: Floats


def habits(
    rows: Sequence[LaunchOrbit], sites: Sequence[Site], place: ResolvedPlace, before: str
) -> Habits:
    """Gather the inclinations that launches of the last years reached.

    Parameters
    ----------
    rows : sequence of LaunchOrbit
        The record.
    sites : sequence of Site
        Sites of the catalog.
    place : ResolvedPlace
        The site of the launch, by name or by a point near it.
    before : str
        ISO day of the launch; only earlier ones are taken.

    Returns
    -------
    Habits
        Inclinations of the six years before, of launches that reached an orbit.
    """
    import numpy as np

    from kosmodrom.base.ellipsoid import geodetic_to_itrs

    angles = np.radians(
        [(site.latitude_deg, site.longitude_deg) for site in sites]
        + [(place.latitude_deg, place.longitude_deg)]
    )
    points = geodetic_to_itrs(angles[:, 0], angles[:, 1], 0.0)
    apart = np.linalg.norm(points[:-1] - points[-1], axis=-1)
    near = {site.id for site, far in zip(sites, apart, strict=True) if far < _SAME_SITE}
    since = f"{int(before[:4]) - _HABIT_YEARS}{before[4:]}"
    past = [
        (row.inclination_deg, row.site in near) for row in rows
        if since <= row.utc[:10] < before and row.gcat_code[1:2] == "S"
        and row.inclination_deg is not None and not row.orbit_class.startswith(("GEO", "MEO"))
    ]  # fmt: skip
    every = np.radians([angle for angle, _ in past])
    return Habits(own=every[np.array([own for _, own in past], dtype=np.bool_)], every=every)


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Objects by launch.

    Attributes
    ----------
    tags : tuple of str
        Launch of the designator, like "2026-101", of each group; empty for an object without one.
    group : numpy.ndarray of int64, shape (n,)
        To which group each object belongs [-].
    number : numpy.ndarray, shape (m,)
        Number of the launch in its year; NaN where there is none [-].
    """

    tags: tuple[str, ...]
    group: Ints
    number: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What is known of a lift-off, to hold designators against.

    Attributes
    ----------
    first, last : Epochs, shape ()
        The window of lift-off.
    record : dict of str to LaunchOrbit
        Launches by the launch of their designator.
    wanted : str or None
        The designator's launch, where it is known.
    """

    first: Epochs
    last: Epochs
    record: dict[str, LaunchOrbit]
    wanted: str | None

    @property
    def year(self) -> tuple[int, float]:
        """Give year and day of the lift-off.

        Returns
        -------
        year : int
            Year, UTC [-].
        day : float
            Days since its begin [d].
        """
        import numpy as np

        text = str(self.first.utc_iso(0))
        start = np.datetime64(text[:4], "D")
        return int(text[:4]), float((np.datetime64(text[:10], "D") - start).astype(np.int64)) + 1


def record_by_tag(rows: Sequence[LaunchOrbit]) -> dict[str, LaunchOrbit]:
    """Order the record by the launch of the designator.

    Parameters
    ----------
    rows : sequence of LaunchOrbit
        Launches.

    Returns
    -------
    dict of str to LaunchOrbit
        Those that have a number.
    """
    return {row.tag: row for row in rows if row.tag[4:5] == "-" and row.tag[5:].isdecimal()}


def yearly_before(record: dict[str, LaunchOrbit], year: int) -> float:
    """Say how many launches the year before had.

    Parameters
    ----------
    record : dict of str to LaunchOrbit
        Launches.
    year : int
        The year [-].

    Returns
    -------
    float
        Highest number of the year before, or of the last year in the record, scaled to a whole
        year; 200 where there is no record [-].
    """
    import numpy as np

    past = [row for row in record.values() if int(row.tag[:4]) < year]
    if not past:
        return 200.0
    last_year = max(int(row.tag[:4]) for row in past)
    mine = [row for row in past if int(row.tag[:4]) == last_year]
    end = max(row.utc[:10] for row in mine)
    day = float((np.datetime64(end) - np.datetime64(f"{last_year}-01-01")).astype(int)) + 1.0
    scale = 365.25 / day if day > 365.25 * _MOST_NUMBERED else 1.0
    return max(float(row.tag[5:]) for row in mine) * scale


def groups_of(designators: Sequence[str]) -> Groups:
    """Put objects of one launch together.

    Parameters
    ----------
    designators : sequence of str
        Of each object; empty where there is none.

    Returns
    -------
    Groups
        The groups, in the order of their first object.
    """
    import numpy as np

    place: dict[str, int] = {}
    tags: list[str] = []
    group = np.empty(len(designators), dtype=np.int64)
    for row, text in enumerate(designators):
        tag = text[:8] if text[4:5] == "-" and text[5:8].isdecimal() else ""
        found = place.get(tag) if tag else None
        if found is None:
            found = len(tags)
            tags.append(tag)
            if tag:
                place[tag] = found
        group[row] = found
    number = np.array([float(tag[5:]) if tag else np.nan for tag in tags])
    return Groups(tags=tuple(tags), group=group, number=number)


def named(known: Named, groups: Groups, epochs: Epochs, *, numbers: bool, record: bool) -> Ints:
    """Rule out objects that were there before, or are known to be of another launch.

    Parameters
    ----------
    known : Named
        The lift-off.
    groups : Groups
        The objects by launch.
    epochs : Epochs, shape (n,)
        First epoch of each object.
    numbers : bool
        Whether year and number of the designator are looked at.
    record : bool
        Whether the record is.

    Returns
    -------
    numpy.ndarray of int64, shape (n,)
        Places in `STATES` [-].
    """
    import numpy as np

    before = epochs.tai_ns < known.first.tai_ns
    state = np.zeros(len(groups.tags), dtype=np.int64)
    if numbers:
        year, day = known.year
        years = {year}
        if day <= _NEW_YEAR:
            years.add(year - 1)
        if day >= 365 - _NEW_YEAR:
            years.add(year + 1)
        passed = _numbers_passed(groups, before)
        for place, tag in enumerate(groups.tags):
            if not tag:
                continue
            if int(tag[:4]) not in years:
                state[place] = 2
            elif int(tag[5:]) <= passed.get(tag[:4], 0):
                state[place] = 3
            if record and tag in known.record and not _same(known, known.record[tag]):
                state[place] = 4
    if known.wanted is not None:
        for place, tag in enumerate(groups.tags):
            if tag and tag != known.wanted and not state[place]:
                state[place] = 5
    return np.where(before, 1, state[groups.group]).astype(np.int64)


def newest_number(groups: Groups, epochs: Epochs, year: int) -> tuple[float, float] | None:
    """Find the newest launch of a list.

    Parameters
    ----------
    groups : Groups
        The objects by launch.
    epochs : Epochs, shape (n,)
        First epoch of each object.
    year : int
        Year of the lift-off [-].

    Returns
    -------
    (float, float) or None
        Its number [-], and the day of the year of its first set [d]; None where no object is of
        that year.
    """
    import numpy as np

    mine = [place for place, tag in enumerate(groups.tags) if tag[:4] == str(year)]
    if not mine:
        return None
    newest = max(mine, key=lambda place: float(groups.number[place]))
    mjd, nanosecond = epochs[np.flatnonzero(groups.group == newest)].utc_days()
    new_year = np.datetime64(f"{year}-01-01", "D").astype(np.int64) + _MJD_1970
    days = mjd - new_year + nanosecond / 86_400e9
    return float(groups.number[newest]), float(days.min()) + 1.0


def _numbers_passed(groups: Groups, before: NDArray[np.bool_]) -> dict[str, int]:
    """Give the highest number of each year that was in orbit before the lift-off."""
    import numpy as np

    passed: dict[str, int] = {}
    for place in np.unique(groups.group[before]).tolist():
        if tag := groups.tags[place]:
            passed[tag[:4]] = max(passed.get(tag[:4], 0), int(tag[5:]))
    return passed


def _same(known: Named, row: LaunchOrbit) -> bool:
    from kosmodrom.base.dates import DateRange
    from kosmodrom.base.periods import parse_instant_or_day

    when = parse_instant_or_day(row.utc)
    if isinstance(when, DateRange):
        return when.first.isoformat() == str(known.first.utc_iso(0))[:10]
    slack = _SAME_LAUNCH + row.utc_precision_s
    early = float(when.seconds_since(known.first)) >= -slack
    return early and float(when.seconds_since(known.last)) <= slack
