"""Whether a place could have been seen then, and which pictures to take one at a time."""

from __future__ import annotations

from dataclasses import replace
from math import degrees
from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._looking import limits_of
from kosmodrom.analyses._orbital import watch
from kosmodrom.analyses._result import Note
from kosmodrom.base.facts import Fact
from kosmodrom.base.periods import read_span
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._orbital import Watched
    from kosmodrom.analyses._overflights_request import OverflightsRequest
    from kosmodrom.base.epochs import Epochs
    from kosmodrom.view.imaging import Limits
    from kosmodrom.view.observers import Observers
    from kosmodrom.view.sensors import Sensor
    from kosmodrom.view.witness import Answer, Doubt
    from kosmodrom.workspace import Context, ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = ["answered", "planned_facts"]

_MOST_SATELLITES = 2000  # that are asked one by one
_MOMENTS = 5  # of an opportunity, for a plan
_AROUND = 86_400.0  # searched before and after the time asked about [s]


def answered(
    request: OverflightsRequest,
    context: Context,
    watched: Watched,
    targets: Sequence[ResolvedPlace],
    observers: Observers,
    sensor: Sensor | None,
) -> tuple[dict[str, Fact], list[Note]]:
    """Answer whether any of the satellites could have seen any of the targets then.

    Parameters
    ----------
    request : OverflightsRequest
        With ``at``.
    context : Context
        Workers.
    watched : Watched
        The satellites.
    targets : sequence of ResolvedPlace
        The targets.
    observers : Observers
        The same on the ground.
    sensor : Sensor or None
        The camera.

    Returns
    -------
    facts : dict of str to Fact
        The answer.
    notes : list of Note
        How it was reached.
    """
    if len(watched.labels) > _MOST_SATELLITES:
        raise RequestError(
            f"{len(watched.labels)} satellites are too many to be asked one by one; name "
            f"{_MOST_SATELLITES} or fewer",
            ["satellites"],
        )
    first, last = read_span(str(request.at))
    begin, end = (float(one.seconds_since(watched.start)) for one in (first, last))
    if begin < 0 or end > watched.length:
        raise RequestError(
            f"the time asked about is not within the period, {watched.start.utc_iso(0)} to "
            f"{watched.end.utc_iso(0)}",
            ["at"],
        )
    # What is off by minutes may have been in reach just outside the period that is shown.
    watched = watch(_widened(request, first, last), context)
    begin, end = (float(one.seconds_since(watched.start)) for one in (first, last))
    answers: list[list[Answer]] = []
    doubts: list[Doubt] = []
    for satellite in range(len(watched.labels)):
        mine = []
        for index, target in enumerate(targets):
            answer, doubt = _one(
                request, watched, satellite, observers[index], target, sensor, begin, end
            )
            mine.append(answer)
            doubts.append(doubt)
        answers.append(mine)
        context.progress("asked", satellite + 1, len(watched.labels))
    sure = sum("yes" in mine for mine in answers)
    possible = sum(any(answer != "no" for answer in mine) for mine in answers)
    word = "yes" if sure else "cannot_tell" if possible else "no"
    worst = max(doubts, key=lambda doubt: doubt.shift)
    how = {
        "seconds": [round(worst.shift, 1), "s"],
        "angle": [round(degrees(worst.angle), 2), "deg"],
    }
    notes = [Note(f"asked_{word}", {"instant": str(request.at)}), Note("asked_method", how)]
    return {
        "could_have_seen": Fact(value=word.replace("_", " "), unit="text"),
        "satellites_sure": Fact(value=sure, unit="1"),
        "satellites_possible": Fact(value=possible, unit="1"),
    }, notes


def _widened(request: OverflightsRequest, first: Epochs, last: Epochs) -> OverflightsRequest:
    """Ask for a day more on both sides; orbits that are drawn for the start stay as they are."""
    orbits = [
        orbit.model_copy(update={"epoch": orbit.epoch or request.start})
        for orbit in request.orbits
    ]
    start, end = first.plus(-_AROUND).utc_iso(3), last.plus(_AROUND).utc_iso(3)
    return request.model_copy(update={"start": start, "end": end, "orbits": tuple(orbits)})


def _one(
    request: OverflightsRequest, watched: Watched, satellite: int, observer: Observers,
    target: ResolvedPlace, sensor: Sensor | None, begin: float, end: float,
) -> tuple[Answer, Doubt]:  # fmt: skip
    """Answer for one satellite and one target."""
    import numpy as np

    from kosmodrom.view.witness import Doubt, could_have_seen

    mine = np.flatnonzero(watched.spans.satellite == satellite)
    launched, ended = watched.life[satellite]
    if end < launched or begin > ended:
        return "no", Doubt(shift=0.0, angle=0.0, lost=False)
    doubt = _worst_doubt(watched, mine, target, begin, end)
    surely = limits_of(request, sensor)
    at_most = limits_of(request, sensor, possible=True)
    pairs = []
    for limits, widened in ((surely, -doubt.angle), (at_most, doubt.angle)):
        pairs.append(_accesses(watched, mine, observer, limits, widened))
    return could_have_seen(pairs[0], pairs[1], doubt, begin, end), doubt


def _worst_doubt(
    watched: Watched, mine: NDArray[np.int64], target: ResolvedPlace, begin: float, end: float
) -> Doubt:
    """Take the doubt of the worst element set that is in use at some time of the interval."""
    import numpy as np

    from kosmodrom.view.witness import Doubt

    spans = watched.spans
    used = mine[(spans.start[mine] <= end) & (spans.end[mine] >= begin)]
    doubts = [
        _doubt(watched, int(span), float(when), target)
        for span in used
        for when in np.clip([begin, end], spans.start[span], spans.end[span])
    ]
    return Doubt(
        shift=max(doubt.shift for doubt in doubts),
        angle=max(doubt.angle for doubt in doubts),
        lost=any(doubt.lost for doubt in doubts),
    )


def _doubt(watched: Watched, span: int, when: float, target: ResolvedPlace) -> Doubt:
    import numpy as np

    from kosmodrom.base.constants import WGS84_A
    from kosmodrom.orbits.aging import position_uncertainty
    from kosmodrom.view.witness import Doubt, doubt_of

    row = int(watched.spans.row[span])
    if watched.elements.sources[row] == "request":
        return Doubt(shift=0.0, angle=0.0, lost=False)
    one = watched.elements[[row]]
    age = float(watched.age_days(np.array([span]), np.array([when]))[0]) * 86_400.0
    spread = position_uncertainty(one, age)
    period = float(one.period[0])
    semi = (3.986004e14 * (period / (2 * np.pi)) ** 2) ** (1 / 3)
    perigee = semi * (1 - float(one.eccentricity[0])) - WGS84_A
    return doubt_of(
        float(spread.along_95[0]), float(spread.across_95[0]), period, float(semi),
        float(perigee), float(np.radians(target.latitude_deg)),
    )  # fmt: skip


def _accesses(
    watched: Watched, spans: Any, observer: Observers, limits: Limits, widened: float
) -> tuple[Floats, Floats]:
    """Search with the angles widened, or narrowed."""
    import numpy as np

    from kosmodrom.view.imaging import find_accesses

    def _moved(angle: float | None) -> float | None:
        return None if angle is None else min(angle + widened, 1.5)

    off_nadir = min(limits.off_nadir + widened, 1.5)
    roll, pitch = _moved(limits.roll), _moved(limits.pitch)
    if off_nadir <= 0 or (roll is not None and roll <= 0) or (pitch is not None and pitch <= 0):
        return np.empty(0), np.empty(0)
    held = watched.spans[spans]
    rows, row = np.unique(held.row, return_inverse=True)
    found = find_accesses(
        watched.elements[rows], observer, watched.start, watched.end, watched.earth,
        replace(limits, off_nadir=off_nadir, roll=roll, pitch=pitch),
        spans=replace(held, row=row),
    )  # fmt: skip
    return found.begin, found.end


def planned_facts(
    request: OverflightsRequest,
    watched: Watched,
    targets: Sequence[ResolvedPlace],
    observers: Observers,
    columns: dict[str, Any],
) -> tuple[dict[str, Fact], dict[str, Any], list[Note]]:
    """Choose pictures for one satellite.

    Parameters
    ----------
    request : OverflightsRequest
        With how the satellite turns.
    watched : Watched
        One satellite.
    targets : sequence of ResolvedPlace
        The targets.
    observers : Observers
        The same on the ground.
    columns : dict
        The table of opportunities.

    Returns
    -------
    facts : dict of str to Fact
        How many pictures.
    columns : dict
        The table, with what is planned.
    notes : list of Note
        What that means.
    """
    import numpy as np

    from kosmodrom.base.instants import instants_after, utc_dates
    from kosmodrom.view.passes import MARGIN, make_scene
    from kosmodrom.view.planning import Agility, plan
    from kosmodrom.view.pointing import pointing

    if len(watched.labels) != 1:
        raise RequestError(
            f"a plan is for one satellite, and {len(watched.labels)} are named", ["plan"]
        )
    try:
        agility = Agility(
            rate=units.parse(request.slew_rate, "angle/time").value,
            settling=units.parse(request.settling, "time").value,
            dwell=units.parse(request.dwell, "time").value,
        )
    except InputError as error:
        blamed = "slew_rate" if "turns by" in str(error) else "settling"
        raise RequestError(str(error), [blamed]) from None
    count = len(columns.get("target", ()))
    if not count:
        return {"planned": Fact(value=0, unit="1")}, columns, []
    scene, spans = make_scene(
        watched.elements, observers, watched.start, watched.end, watched.earth,
        spans=watched.spans,
    )  # fmt: skip
    zero = utc_dates(watched.start)
    begin, end = (
        (columns[name] - zero) / np.timedelta64(1, "us") / 1e6 for name in ("begin", "end")
    )
    numbers = {target.name: index for index, target in enumerate(targets)}
    target = np.array([numbers[name] for name in columns["target"].tolist()])
    seconds = np.linspace(begin, end, _MOMENTS).T.ravel()
    access = np.repeat(np.arange(count), _MOMENTS)
    time = seconds + MARGIN
    span = np.maximum(np.searchsorted(spans.start, time, side="right") - 1, 0)
    sight = scene.sight(spans.row[span], target[access], time, exact=False)
    look = pointing(sight)
    line = np.stack([np.tan(look.pitch), np.tan(look.roll), np.ones(len(access))], axis=-1)
    worth = 1.0 + 1e-3 * np.cos(look.off_nadir)
    try:
        chosen = plan(seconds, target[access], worth, line, agility)
    except InputError as error:
        raise RequestError(str(error), ["plan"]) from None
    taken, when = np.zeros(count, dtype=np.bool_), np.full(count, np.nan)
    taken[access[chosen]], when[access[chosen]] = True, seconds[chosen]
    columns = {**columns, "planned": taken, "planned_at": instants_after(watched.start, when)}
    age = columns.pop("elements_age_days")
    columns["elements_age_days"] = age
    facts = {"planned": Fact(value=len(chosen), unit="1")}
    return facts, columns, [Note("plan_method", {"targets": len(np.unique(target))})]
