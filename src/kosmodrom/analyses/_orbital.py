"""What the verbs about orbits ask and say in the same way: satellites, orbits, a period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kosmodrom import units
from kosmodrom.analyses._lives import life_notes, lives
from kosmodrom.analyses._request import Angle, Flag, Instant, Length, Request, Satellite, Text
from kosmodrom.analyses._result import Dataset, Note
from kosmodrom.analyses._shared import publication_notes
from kosmodrom.analyses._when import earth_around, hours_of
from kosmodrom.base.dates import DateRange
from kosmodrom.base.periods import day_bounds, parse_instant_or_day
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.base.earth import EarthOrientation
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.base.facts import Fact
    from kosmodrom.orbits.elements import ElementSets
    from kosmodrom.view._spans import Spans
    from kosmodrom.workspace import Context

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["Orbit", "OrbitalRequest", "Watched", "angle_of", "period_of", "watch"]

_LONGEST_DAYS = 3652  # of a period
_MOST_NAMED = 3  # satellites named in a warning


class Orbit(BaseModel):
    """An orbit that is only drawn, or a constellation of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: Text = Field("orbit", description="name of the satellite")
    altitude: Length | None = Field(None, description="of a circular orbit")
    perigee: Length | None = Field(None, description="altitude of the perigee")
    apogee: Length | None = Field(None, description="altitude of the apogee")
    inclination: Text = Field(description="an angle, or sun-synchronous")
    node: Angle | None = Field(None, description="right ascension of the ascending node")
    local_time: Text | None = Field(
        None, description="mean local solar time of the ascending node, like 10:30"
    )
    argument: Angle = Field("0 deg", description="argument of perigee")
    anomaly: Angle = Field("0 deg", description="mean anomaly at the epoch")
    epoch: Instant | None = Field(None, description="when it is there; the start by default")
    drag: float = Field(0.0, ge=-1, le=1, description="B* of SGP4, per Earth radius")
    planes: int = Field(1, ge=1, le=1000, description="planes of a Walker constellation")
    satellites: int = Field(1, ge=1, le=10_000, description="satellites in all planes together")
    phasing: int = Field(0, ge=0, le=1000, description="Walker's F, from 0 to planes - 1")
    star: Flag = Field(False, description="planes spread over half a turn, not a whole one")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        pair = self.perigee is not None, self.apogee is not None
        if (self.altitude is None) == (not any(pair)) or any(pair) != all(pair):
            raise RequestError("give either altitude, or perigee and apogee", ["altitude"])
        if self.node is not None and self.local_time is not None:
            raise RequestError("give node or local_time, not both", ["node"])
        if self.inclination != "sun-synchronous":
            try:
                units.parse(self.inclination, "angle")
            except InputError as error:
                raise RequestError(f"{error}, or sun-synchronous", ["inclination"]) from None
        return self


class OrbitalRequest(Request):
    """Which satellites, and when."""

    satellites: tuple[Satellite, ...] = Field(
        (), description="satellites by number or name, or a file of element sets"
    )
    orbits: tuple[Orbit, ...] = Field((), description="orbits that are only drawn")
    start: Instant = Field(description="from when: an instant with a zone, or a UTC day")
    end: Instant | None = Field(
        None, description="until when; a day is included whole; one day by default"
    )

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.satellites and not self.orbits:
            raise RequestError(
                "name a satellite: a number like 25544, a name, or a file of element sets",
                ["satellites"],
            )
        if self.start is not None:  # of overflights it may be left away
            period_of(self.start, self.end)
        return self


def angle_of(text: str) -> float:
    """Read an angle.

    Parameters
    ----------
    text : str
        Like "10 deg".

    Returns
    -------
    float
        The angle [rad].
    """
    return units.parse(text, "angle").value


def _first(text: str) -> Epochs:
    read = parse_instant_or_day(text)
    return day_bounds(read)[0] if isinstance(read, DateRange) else read


def period_of(start: str, end: str | None) -> tuple[Epochs, Epochs]:
    """Read the period of a request.

    Parameters
    ----------
    start : str
        An instant, or a day, month, year or range taken from its beginning.
    end : str or None
        The same, taken to its end; None is the end of what `start` names, or one day after an
        instant.

    Returns
    -------
    start, end : Epochs, shape ()
        The period.
    """
    first = _first(start)
    read = parse_instant_or_day(start if end is None else end)
    if isinstance(read, DateRange):
        last = day_bounds(read)[1].plus(1e-9)
    else:
        last = first.plus(86_400.0) if end is None else read
    seconds = float(last.seconds_since(first))
    if seconds <= 0:
        raise RequestError(
            f"the end, {last.utc_iso()}, is not after the start, {first.utc_iso()}; exchange them",
            ["end"],
        )
    if seconds > _LONGEST_DAYS * 86_400 + 1.0:
        raise RequestError(
            f"the period is {seconds / 86_400:.0f} days long; {_LONGEST_DAYS} days are the most",
            ["end"],
        )
    return first, last


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Satellites over a period, ready for a search.

    Attributes
    ----------
    elements : ElementSets
        Element sets.
    spans : Spans
        Which set is used when, in seconds from the start.
    labels, numbers : sequence
        Names and catalogue numbers of the satellites.
    start, end : Epochs, shape ()
        The period.
    earth : EarthOrientation
        Earth orientation around the period.
    datasets : tuple of Dataset
        Where the element sets are from.
    warnings : tuple of Note
        What the reader must know of them.
    ages : numpy.ndarray, shape (n, 2)
        Age of each span's element set at its start and end [s].
    life : numpy.ndarray, shape (m, 2)
        From when to when each satellite was in orbit [s]; infinite where that is not known.
    time_error : numpy.ndarray, shape (n,)
        How early or late the satellite may be at the worse of the two (95 %) [s]; NaN for orbits
        that are only drawn.
    """

    elements: ElementSets
    spans: Spans
    labels: Sequence[str]
    numbers: Sequence[int | None]
    start: Epochs
    end: Epochs
    earth: EarthOrientation
    datasets: tuple[Dataset, ...]
    warnings: tuple[Note, ...]
    ages: Floats
    life: Floats
    time_error: Floats

    @property
    def length(self) -> float:
        """Give the length of the period.

        Returns
        -------
        float
            Length [s].
        """
        return float(self.end.seconds_since(self.start))

    def age_days(self, span: Ints, seconds: Floats) -> Floats:
        """Give the age of the element sets in use at times.

        Parameters
        ----------
        span : numpy.ndarray of int64, shape (k,)
            Which span each time is in [-].
        seconds : numpy.ndarray, shape (k,)
            Times from the start [s].

        Returns
        -------
        numpy.ndarray, shape (k,)
            Age, negative before the epoch [d].
        """
        age: Floats = (self.ages[span, 0] + seconds - self.spans.start[span]) / 86_400.0
        return age

    def label_array(self) -> NDArray[np.str_]:
        """Give the names as an array.

        Returns
        -------
        numpy.ndarray of str, shape (m,)
            One for each satellite [-].
        """
        import numpy as np

        return np.array(list(self.labels))

    def number_array(self) -> Floats:
        """Give the catalogue numbers as an array.

        Returns
        -------
        numpy.ndarray, shape (m,)
            One for each satellite; NaN where it has none [-].
        """
        import numpy as np

        return np.array([np.nan if number is None else number for number in self.numbers])

    def ranks(self) -> Ints:
        """Order the satellites by number and name, whatever the order in which they were named.

        Returns
        -------
        numpy.ndarray of int64, shape (m,)
            Rank of each satellite [-].
        """
        import numpy as np

        numbers = np.array([number or 0 for number in self.numbers], dtype=np.int64)
        order = np.lexsort((self.label_array(), numbers))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        return rank

    def error_facts(self) -> dict[str, Fact]:
        """Say how old the element sets are at most, and by how much that moves an event.

        Returns
        -------
        dict of str to Fact
            ``oldest_elements_days`` and ``time_error_s`` (95 %, for the middle one of the
            satellites); nothing for orbits that are only drawn.
        """
        import numpy as np

        from kosmodrom.base.facts import Fact

        real = ~np.isnan(self.time_error)
        if not real.any():
            return {}
        oldest = float(np.abs(self.ages[real]).max() / 86_400.0)
        return {
            "oldest_elements_days": Fact(value=oldest, unit="day"),
            "time_error_s": Fact(value=float(np.median(self.time_error[real])), unit="s"),
        }

    def lost(self, lost: dict[int, float]) -> list[Note]:
        """Say for which satellites SGP4 gave no position.

        Parameters
        ----------
        lost : dict of int to float
            Rows of element sets, with the first such time from the start [s].

        Returns
        -------
        list of Note
            One for each of the first few, and one that counts the others.
        """
        notes = []
        for row in sorted(lost)[:_MOST_NAMED]:
            when = self.start.plus(max(0.0, lost[row])).utc_iso(0)
            name = self.elements.labels()[row]
            notes.append(Note("orbits_lost", {"satellite": name, "instant": when}))
        if len(lost) > _MOST_NAMED:
            notes.append(Note("orbits_lost_more", {"count": len(lost) - _MOST_NAMED}))
        return notes


def watch(request: OrbitalRequest, context: Context) -> Watched:
    """Gather the element sets of a request and say how good they are.

    Parameters
    ----------
    request : OrbitalRequest
        Which satellites, and when.
    context : Context
        Catalog, files, histories, and the day as of which.

    Returns
    -------
    Watched
        Ready for a search.
    """
    import numpy as np

    from kosmodrom.orbits.elements import joined
    from kosmodrom.orbits.history import spans as history_spans
    from kosmodrom.view._spans import Spans as ViewSpans

    start, end = period_of(request.start, request.end)
    earth = earth_around(start, end)
    parts, datasets, warnings = [], [], []
    if request.satellites:
        found = context.satellites(request.satellites)
        parts.append(found.elements)
        datasets = [Dataset(**{name: getattr(used, name) for name in Dataset.__slots__})
                    for used in found.data]  # fmt: skip
        warnings += publication_notes(found.hidden, 0)
        if found.conflicts:
            warnings.append(Note("orbits_conflicts", {"count": found.conflicts}))
    parts += [_drawn(orbit, number, start) for number, orbit in enumerate(request.orbits)]
    elements = joined(parts)
    held = history_spans(elements, start, end)
    spans = ViewSpans(
        row=held.row,
        start=(held.start_ns - start.tai_ns) / 1e9,
        end=(held.end_ns - start.tai_ns) / 1e9,
        satellite=held.satellite,
    )
    opens = np.flatnonzero(np.diff(held.satellite, prepend=-1))
    rows = held.row[opens]
    labels = elements.labels()
    ages = np.stack([held.age_start, held.age_end], axis=-1)
    aged, time_error = _aged(elements, spans, ages, labels)
    names = [labels[row] for row in rows.tolist()]
    life = lives(elements, rows, start, context)
    warnings += [*aged, *life_notes(life, names, start, float(end.seconds_since(start)))]
    return Watched(
        elements=elements,
        spans=spans,
        labels=names,
        numbers=[number or None for number in elements.numbers[rows].tolist()],
        start=start,
        end=end,
        earth=earth,
        datasets=tuple(datasets),
        warnings=tuple(warnings),
        ages=ages,
        life=life,
        time_error=time_error,
    )


def _drawn(orbit: Orbit, number: int, start: Epochs) -> ElementSets:
    from kosmodrom.orbits import designed

    perigee, apogee = (
        units.parse(text, "length").value
        for text in (
            (orbit.altitude, orbit.altitude) if orbit.altitude else (orbit.perigee, orbit.apogee)
        )
        if text is not None
    )
    try:
        epoch = _first(orbit.epoch) if orbit.epoch else start
        inclination = (
            designed.sun_synchronous_inclination(perigee, apogee)
            if orbit.inclination == "sun-synchronous"
            else angle_of(orbit.inclination)
        )
        node = angle_of(orbit.node) if orbit.node else 0.0
        if orbit.local_time is not None:
            node = designed.node_at_local_time(hours_of(orbit.local_time), epoch)
        one = designed.designed(
            name=orbit.name,
            perigee=perigee,
            apogee=apogee,
            inclination=inclination,
            node=node,
            argument=angle_of(orbit.argument),
            anomaly=angle_of(orbit.anomaly),
            epoch=epoch,
            drag=orbit.drag,
        )
        if orbit.planes == orbit.satellites == 1:
            return one
        return designed.walker(one, orbit.planes, orbit.satellites, orbit.phasing, star=orbit.star)
    except InputError as error:
        raise RequestError(str(error), ["orbits", number]) from None


def _aged(
    elements: ElementSets, spans: Spans, ages: Floats, labels: Sequence[str]
) -> tuple[list[Note], Floats]:
    """Say which element sets are too old or too young for the period, and what that shifts."""
    import numpy as np

    from kosmodrom.orbits.aging import AGED, along_and_grade
    from kosmodrom.orbits.secular import SGP4_MU

    notes = []
    worst = np.where(np.abs(ages[:, 0]) > np.abs(ages[:, 1]), ages[:, 0], ages[:, 1])
    drawn = [row for row, source in enumerate(elements.sources) if source == "request"]
    real = ~np.isin(spans.row, drawn)
    early = np.flatnonzero(real & (ages[:, 0] < -86_400.0))
    if len(early):
        names = _some([labels[spans.row[index]] for index in early])
        days = float(-ages[early, 0].min() / 86_400.0)
        notes.append(
            Note("orbits_before_first", {"count": len(early), "names": names,
                                         "days": [round(days, 1), "day"]})
        )  # fmt: skip
    sets = elements[spans.row]
    along, grade = along_and_grade(sets, worst)
    speed = np.cbrt(SGP4_MU * 2 * np.pi / sets.period)
    grade = np.where(real, grade, 0)
    for level in range(len(AGED) - 1, 0, -1):
        which = np.flatnonzero(grade == level)
        if len(which):
            days = float(np.abs(worst[which]).max() / 86_400.0)
            notes.append(
                Note(f"orbits_aged_{AGED[level]}", {
                    "count": len(np.unique(spans.satellite[which])),
                    "names": _some([labels[spans.row[index]] for index in which]),
                    "days": [round(days, 1), "day"],
                })
            )  # fmt: skip
    return notes, np.where(real, along / speed, np.nan)


def _some(names: Sequence[str]) -> str:
    unique = list(dict.fromkeys(names))
    return ", ".join(unique[:_MOST_NAMED]) + (" ..." if len(unique) > _MOST_NAMED else "")
