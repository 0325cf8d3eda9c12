"""Which pictures to take, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._result import Note
from kosmodrom.base.facts import Fact
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._orbital import Watched
    from kosmodrom.analyses._overflights_request import OverflightsRequest
    from kosmodrom.view.observers import Observers
    from kosmodrom.workspace import ResolvedPlace

__all__ = ["planned_facts"]

_MOMENTS = 5  # of an opportunity, for a plan


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
