"""From when to when a satellite was in orbit, as far as the catalog and its designator say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kosmodrom.analyses._result import Note
from kosmodrom.base.dates import public_by
from kosmodrom.base.periods import read_span
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.base.epochs import Epochs
    from kosmodrom.catalog.rows import Satellite
    from kosmodrom.orbits.elements import ElementSets
    from kosmodrom.workspace import Context

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["life_notes", "lives"]

_MOST_NAMED = 3  # satellites named in warnings


def lives(elements: ElementSets, rows: Ints, start: Epochs, context: Context) -> Floats:
    """Find from when to when satellites were in orbit.

    Parameters
    ----------
    elements : ElementSets
        Element sets.
    rows : numpy.ndarray of int64, shape (m,)
        One row of each satellite [-].
    start : Epochs, shape ()
        From when seconds are counted.
    context : Context
        With the catalog, and the day as of which.

    Returns
    -------
    numpy.ndarray, shape (m, 2)
        Launch and end [s]; minus and plus infinity where they are not known, and minus infinity
        for a launch of which it is only known that it was in an earlier year. A launch of which
        only the year is known, by the designator, counts from that year's beginning; an end that
        is known to a day or a range, to its last moment.
    """
    import numpy as np

    found = np.full((len(rows), 2), [-np.inf, np.inf])
    known = {row.norad: row for row in context.catalog.satellites if row.norad is not None}
    numbers, this_year = elements.numbers[rows].tolist(), str(start.utc_iso(0))[:4]
    designators = [elements.designators[row][:4] for row in rows.tolist()]
    for index in [index for index, number in enumerate(numbers) if number in known]:
        if elements.sources[rows[index]] != "request":
            found[index] = _by_catalog(known[numbers[index]], start, context)
    # The others begin before the start.
    for index in [index for index, year in enumerate(designators) if year > this_year]:
        if np.isinf(found[index, 0]):
            found[index, 0] = _seconds(f"{designators[index]}-01-01", start, 0)
    return found


def _by_catalog(row: Satellite, start: Epochs, context: Context) -> tuple[float, float]:
    end = float("inf")
    if row.ended and public_by(row.end_known_from, row.ended, context.as_of)[0]:
        ends = [_seconds(text, start, 1) for text in (row.ended, row.ended_computed) if text]
        end = max(ends)
    return _seconds(row.launched, start, 0), end


def _seconds(text: str, start: Epochs, which: int) -> float:
    """Count to the first (0) or last (1) moment of what a text names."""
    try:
        return float(read_span(text)[which].seconds_since(start))
    except InputError:  # a designator of another form, or a year of before 1957
        return float("-inf") if which == 0 else float("inf")


def life_notes(life: Floats, labels: Sequence[str], start: Epochs, length: float) -> list[Note]:
    """Say of which satellites the period holds times when they were not in orbit.

    Parameters
    ----------
    life : numpy.ndarray, shape (m, 2)
        From `lives` [s].
    labels : sequence of str
        Names of the satellites.
    start : Epochs, shape ()
        Of the period.
    length : float
        Of the period [s].

    Returns
    -------
    list of Note
        One for each of the first few on either side, and one that counts the others.
    """
    import numpy as np

    notes = []
    for side, code in ((0, "orbits_before_launch"), (1, "orbits_after_end")):
        outside = life[:, 0] > 0.0 if side == 0 else life[:, 1] < length
        which = np.flatnonzero(outside)
        for index in which[:_MOST_NAMED].tolist():
            when = start.plus(float(life[index, side])).utc_iso(0)
            notes.append(Note(code, {"satellite": labels[index], "instant": str(when)}))
        if len(which) > _MOST_NAMED:
            notes.append(Note("orbits_life_more", {"count": len(which) - _MOST_NAMED}))
    return notes
