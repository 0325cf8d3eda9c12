"""Whether a place could have been seen then: yes, no, or nobody can tell.

Thousands of satellites are asked at once. Those whose element sets are about equally bad are
searched together with the angles of the best and of the worst of them; only where these two
disagree a satellite is asked alone, with its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import degrees
from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._looking import limits_of
from kosmodrom.analyses._orbital import watch
from kosmodrom.analyses._result import Note
from kosmodrom.base.facts import Fact
from kosmodrom.base.periods import read_span
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._orbital import Watched
    from kosmodrom.analyses._overflights_request import OverflightsRequest
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.view.imaging import Limits
    from kosmodrom.view.observers import Observers
    from kosmodrom.view.sensors import Sensor
    from kosmodrom.view.witness import Doubts
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

__all__ = ["answered"]

_AROUND = 86_400.0  # searched before and after the time asked about [s]
_ALIKE = 1.15  # ratio of angles off nadir that are searched together [-]
_LEAST = 1e-5  # angle below which all are alike [rad]
_WIDEST = 1.5  # angle off nadir that is searched at most [rad]
_NAMED = 8  # satellites named in a note


def answered(
    request: OverflightsRequest,
    context: Context,
    watched: Watched,
    targets: Sequence[ResolvedPlace],
    observers: Observers,
    sensor: Sensor | None,
    columns: dict[str, Any],
) -> tuple[dict[str, Fact], dict[str, Any], list[Note]]:
    """Answer whether any of the satellites could have seen any of the targets then.

    Parameters
    ----------
    request : OverflightsRequest
        With ``at``.
    context : Context
        Catalog and files.
    watched : Watched
        The satellites.
    targets : sequence of ResolvedPlace
        The targets.
    observers : Observers
        The same on the ground.
    sensor : Sensor or None
        The camera.
    columns : dict
        The table of opportunities.

    Returns
    -------
    facts : dict of str to Fact
        The answer.
    columns : dict
        The table, with what each row says of that time.
    notes : list of Note
        How it was reached, and which satellites.
    """
    import numpy as np

    first, last = read_span(str(request.at))
    begin, end = (float(one.seconds_since(watched.start)) for one in (first, last))
    if begin < 0 or end > watched.length:
        raise RequestError(
            f"the time asked about is not within the period, {watched.start.utc_iso(0)} to "
            f"{watched.end.utc_iso(0)}",
            ["at"],
        )
    shown = watched
    # What is off by minutes may have been in reach just outside the period that is shown.
    watched = watch(_widened(request, first, last), context)
    begin, end = (float(one.seconds_since(watched.start)) for one in (first, last))
    doubts = _doubts(watched, targets, begin, end)
    asking = _Asking(watched, doubts, limits_of(request, sensor),
                     limits_of(request, sensor, possible=True), begin, end)  # fmt: skip
    answers = np.stack(
        [asking.answers(observers[index], index) for index in range(len(targets))], axis=1
    )
    context.progress("asked", 1, 1)
    best = answers.max(axis=1)
    sure, possible = int((best == _YES).sum()), int((best > _NO).sum())
    word = "yes" if sure else "cannot_tell" if possible else "no"
    worst = int(np.argmax(doubts.shift))
    how = {
        "seconds": [round(float(doubts.shift[worst]), 1), "s"],
        "angle": [round(degrees(float(doubts.angle[worst].max())), 2), "deg"],
    }
    notes = [Note(f"asked_{word}", {"instant": str(request.at)}), Note("asked_method", how)]
    notes += _who(watched, best)
    facts = {
        "could_have_seen": Fact(value=word.replace("_", " "), unit="text"),
        "satellites_sure": Fact(value=sure, unit="1"),
        "satellites_possible": Fact(value=possible, unit="1"),
    }
    columns = _with_answers(shown, watched, targets, columns, answers, doubts, first, last)
    return facts, columns, notes


_NO, _CANNOT_TELL, _YES = range(3)
_WORDS = ("no", "cannot tell", "yes")


def _widened(request: OverflightsRequest, first: Epochs, last: Epochs) -> OverflightsRequest:
    """Ask for a day more on both sides; orbits that are drawn for the start stay as they are."""
    orbits = [
        orbit.model_copy(update={"epoch": orbit.epoch or request.start})
        for orbit in request.orbits
    ]
    start, end = first.plus(-_AROUND).utc_iso(3), last.plus(_AROUND).utc_iso(3)
    return request.model_copy(update={"start": start, "end": end, "orbits": tuple(orbits)})


def _who(watched: Watched, best: Ints) -> Iterator[Note]:
    """Name some of the satellites."""
    import numpy as np

    for level, code in ((_YES, "asked_who_sure"), (_CANNOT_TELL, "asked_who_possible")):
        which = np.flatnonzero(best == level).tolist()
        if which and len(best) > 1:
            names = [watched.labels[index] for index in which[:_NAMED]]
            yield Note(code, {"count": len(which), "names": ", ".join(names)
                              + (" ..." if len(which) > _NAMED else "")})  # fmt: skip


def _with_answers(
    shown: Watched, watched: Watched, targets: Sequence[ResolvedPlace], columns: dict[str, Any],
    answers: Ints, doubts: Doubts, first: Epochs, last: Epochs,
) -> dict[str, Any]:  # fmt: skip
    """Say of each opportunity whether it was the one, or may have been."""
    import numpy as np

    from kosmodrom.base.instants import utc_dates

    if not columns:  # all rows went to a file
        return columns
    count = len(columns["begin"])
    keys = list(zip(watched.numbers, watched.labels, strict=True))
    place = {key: index for index, key in enumerate(keys)}
    number = columns["norad_id"].tolist()
    satellite = np.array([
        place[int(value) if value == value else None, label]
        for value, label in zip(number, columns["satellite"].tolist(), strict=True)
    ], dtype=np.int64)  # fmt: skip
    names = {target.name: index for index, target in enumerate(targets)}
    target = np.array([names[name] for name in columns["target"].tolist()], dtype=np.int64)
    begin, end = (
        (columns[name] - utc_dates(shown.start)) / np.timedelta64(1, "us") / 1e6
        for name in ("begin", "end")
    )
    low, high = (float(one.seconds_since(shown.start)) for one in (first, last))
    shift = doubts.shift[satellite] if count else np.empty(0)
    near = (begin - shift <= high) & (end + shift >= low)
    then = np.where(near, answers[satellite, target], _NO) if count else np.empty(0, dtype=int)
    age = columns["elements_age_days"]
    rest = {name: column for name, column in columns.items() if name != "elements_age_days"}
    return {**rest, "then": np.array(_WORDS)[then], "elements_age_days": age}


def _doubts(
    watched: Watched, targets: Sequence[ResolvedPlace], begin: float, end: float
) -> Doubts:
    """Take for each satellite the worst element set in use at some time of the interval."""
    import numpy as np

    from kosmodrom.base.constants import WGS84_A
    from kosmodrom.orbits.aging import position_uncertainty
    from kosmodrom.orbits.secular import SGP4_MU
    from kosmodrom.view.witness import Doubts, doubts_of

    spans = watched.spans
    used = np.flatnonzero((spans.start <= end) & (spans.end >= begin))
    rows, satellite = spans.row[used], spans.satellite[used]
    sets = watched.elements[rows]
    when = np.clip([begin, end], spans.start[used, None], spans.end[used, None])
    ages = np.stack([watched.age_days(used, time) for time in when.T], axis=1) * 86_400.0
    spread = position_uncertainty(sets, ages)
    semi = np.cbrt(SGP4_MU * (sets.period / (2 * np.pi)) ** 2)
    found = doubts_of(
        spread.along_95.max(axis=1), spread.across_95.max(axis=1), sets.period, semi,
        semi * (1 - sets.eccentricity) - WGS84_A,
        np.radians([target.latitude_deg for target in targets]),
    )  # fmt: skip
    drawn = np.array([watched.elements.sources[row] == "request" for row in rows.tolist()])
    count = len(watched.labels)
    shift, lost = np.zeros(count), np.zeros(count, dtype=np.bool_)
    angle = np.zeros((count, len(targets)))
    np.maximum.at(shift, satellite, np.where(drawn, 0.0, found.shift))
    np.maximum.at(angle, satellite, np.where(drawn[:, None], 0.0, found.angle))
    np.logical_or.at(lost, satellite, found.lost & ~drawn)
    gone = (watched.life[:, 0] > end) | (watched.life[:, 1] < begin)
    shift[gone], angle[gone], lost[gone] = 0.0, 0.0, False
    return Doubts(shift=shift, angle=angle, lost=lost, gone=gone)


@dataclass(frozen=True, slots=True)
class _Asking:
    """The question, put to all satellites for one target at a time."""

    watched: Watched
    doubts: Doubts
    surely: Limits
    at_most: Limits
    begin: float
    end: float

    def answers(self, observer: Observers, target: int) -> Ints:
        """Answer for all satellites."""
        import numpy as np

        doubts, angle = self.doubts, self.doubts.angle[:, target]
        found = np.where(doubts.lost, _CANNOT_TELL, _NO)
        asked = np.flatnonzero(~(doubts.lost | doubts.gone))
        level = np.ceil(np.log(np.maximum(angle[asked], _LEAST) / _LEAST) / np.log(_ALIKE))
        for one in np.unique(level):
            some = asked[level == one]
            found[some] = self._alike(some, angle[some], observer)
        return found

    def _alike(self, some: Ints, angle: Floats, observer: Observers) -> Ints:
        """Answer for satellites whose angles are about the same."""
        import numpy as np

        least, most = float(angle.min()), float(angle.max())
        found = np.full(len(some), _NO)
        near = np.flatnonzero(self._reached(some, observer, most))
        if not len(near):
            return found
        found[near] = _CANNOT_TELL
        kept = some[near]
        yes, if_best = (self._surely(kept, observer, bound) for bound in (most, least))
        found[near[yes]] = _YES
        open_ = if_best & ~yes
        if least < most:
            open_ |= ~(self._reached(kept, observer, least) | yes)
        for index in near[open_] if least < most else ():
            alone, own = some[index : index + 1], float(angle[index])
            if self._surely(alone, observer, own)[0]:
                found[index] = _YES
            elif not self._reached(alone, observer, own)[0]:
                found[index] = _NO
        return found

    def _reached(self, some: Ints, observer: Observers, angle: float) -> Bools:
        """Tell which may have been in reach at some time, the angles widened."""
        return self._overlapping(some, observer, self.at_most, angle, 1.0)

    def _surely(self, some: Ints, observer: Observers, angle: float) -> Bools:
        """Tell which were in reach whatever the shift, the angles narrowed."""
        return self._overlapping(some, observer, self.surely, -angle, -1.0)

    def _overlapping(
        self, some: Ints, observer: Observers, limits: Limits, widened: float, side: float
    ) -> Bools:
        """Tell for which satellites an access falls into the interval, wider or narrower by it."""
        import numpy as np

        from kosmodrom.view.imaging import find_accesses

        def _moved(one: float | None) -> float | None:
            return None if one is None else min(one + widened, _WIDEST)

        found = np.zeros(len(some), dtype=np.bool_)
        off_nadir = min(limits.off_nadir + widened, _WIDEST)
        roll, pitch = _moved(limits.roll), _moved(limits.pitch)
        if min(one for one in (off_nadir, roll, pitch) if one is not None) <= 0:
            return found
        shift = self.doubts.shift[some]
        margin = float(shift.max()) + 1.0
        held = self.watched.spans
        place = np.full(len(self.watched.labels), -1)
        place[some] = np.arange(len(some))
        start = np.maximum(held.start, self.begin - margin)
        end = np.minimum(held.end, self.end + margin)
        which = np.flatnonzero((place[held.satellite] >= 0) & (end > start))
        rows, row = np.unique(held.row[which], return_inverse=True)
        satellite = place[held.satellite[which]]
        access = find_accesses(
            self.watched.elements[rows], observer, self.watched.start, self.watched.end,
            self.watched.earth, replace(limits, off_nadir=off_nadir, roll=roll, pitch=pitch),
            spans=replace(held, row=row, start=start[which], end=end[which], satellite=satellite),
        )  # fmt: skip
        mine = satellite[access.span]
        late = side * shift[mine]
        hit = (access.begin - late <= self.end) & (access.end + late >= self.begin)
        found[mine[hit]] = True
        return found
