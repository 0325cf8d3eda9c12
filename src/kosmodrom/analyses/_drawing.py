"""What several verbs about orbits draw in the same way: ground tracks, bars of a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._figures import timeline_figure
from kosmodrom.analyses._shared import line_feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._orbital import Watched

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ["bars_figure", "seconds_in", "span_at", "track_features"]

_MOST_ROWS = 24  # of a timeline
_MOST_BARS = 2000
_MOST_CLOCKED = 3  # stretches of which the times are given
_STEP = 30.0  # of a ground track [s]


def seconds_in(watched: Watched, dates: Any, otherwise: float) -> Floats:
    """Turn a column of instants into seconds from the start.

    Parameters
    ----------
    watched : Watched
        With the start.
    dates : numpy.ndarray of datetime64, shape (k,)
        Instants [UTC].
    otherwise : float
        What stands for those that are not known [s].

    Returns
    -------
    numpy.ndarray, shape (k,)
        Time from the start [s].
    """
    import numpy as np

    from kosmodrom.base.instants import utc_dates

    known = ~np.isnat(dates)
    found = np.full(len(dates), otherwise)
    found[known] = (dates[known] - utc_dates(watched.start)) / np.timedelta64(1, "us") / 1e6
    return found


def span_at(watched: Watched, satellite: int, seconds: float) -> int:
    """Find which element set of a satellite is used at a time.

    Parameters
    ----------
    watched : Watched
        The satellites.
    satellite : int
        Which [-].
    seconds : float
        Time from the start [s].

    Returns
    -------
    int
        Number of the span [-].
    """
    import numpy as np

    mine = np.flatnonzero(watched.spans.satellite == satellite)
    place = np.searchsorted(watched.spans.start[mine], seconds, side="right") - 1
    return int(mine[max(0, int(place))])


def track_features(
    watched: Watched, satellite: Sequence[int], begin: Floats, end: Floats
) -> list[dict[str, Any]]:
    """Draw the ground under satellites for some stretches of time.

    Parameters
    ----------
    watched : Watched
        The satellites.
    satellite : sequence of int
        Which satellite each stretch is of [-].
    begin, end : numpy.ndarray, shape (k,)
        The stretches, from the start [s].

    Returns
    -------
    list of dict
        A GeoJSON line each, of the kind "track".
    """
    import numpy as np

    from kosmodrom.base.instants import instants_after
    from kosmodrom.view.ground import ground_track

    features = []
    for number, first, last in zip(satellite, begin, end, strict=True):
        time = np.linspace(first, last, max(2, int(np.ceil((last - first) / _STEP)) + 1))
        span = span_at(watched, number, float((first + last) / 2))
        row = np.full(len(time), watched.spans.row[span])
        track = ground_track(watched.elements, row, watched.start, time, watched.earth)
        good = np.isfinite(track.latitude)
        points = list(
            zip(
                np.degrees(track.latitude[good]).tolist(),
                np.degrees(track.longitude[good]).tolist(),
                strict=True,
            )
        )
        if len(points) > 1:
            clocked = len(begin) <= _MOST_CLOCKED  # hours of many days side by side say little
            when = instants_after(watched.start, time[good]) if clocked else None
            features.append(line_feature(points, when, name=watched.labels[number], kind="track"))
    return features


def bars_figure(
    watched: Watched,
    name: str,
    kind: str,
    names: Sequence[str],
    begin: Any,
    best: Any,
    end: Any,
    asked: tuple[str, str] | None = None,
) -> dict[str, Any]:
    """Draw when things happen, one row a name.

    Parameters
    ----------
    watched : Watched
        With the period.
    name : str
        What is shown, see `timeline_figure`.
    kind : str
        Kind of the bars.
    names : sequence of str
        To which row each belongs.
    begin, best, end : numpy.ndarray of datetime64, shape (k,)
        Instants [UTC]; what is not known stands for the ends of the period.
    asked : tuple of str or None
        ISO instants between which the question lies, shown behind the bars.

    Returns
    -------
    dict
        The figure.
    """
    from kosmodrom.base.instants import instants_after, iso_texts

    order = list(dict.fromkeys(names))
    rows = slice(0, _MOST_BARS)
    first = iso_texts(instants_after(watched.start, seconds_in(watched, begin[rows], 0.0)))
    last = iso_texts(instants_after(watched.start, seconds_in(watched, end[rows], watched.length)))
    top = iso_texts(best[rows])
    bars: dict[str, list[dict[str, Any]]] = {row: [] for row in order[:_MOST_ROWS]}
    for label, one, middle, other in zip(names[rows], first, top, last, strict=True):
        if label in bars:
            bars[label].append({"begin": one, "end": other, "best": middle, "kind": kind})
    if asked is not None:
        span = {"begin": asked[0], "end": asked[1], "best": None, "kind": "asked"}
        bars = {row: [*found, span] for row, found in bars.items()}
    return timeline_figure(
        name,
        str(watched.start.utc_iso(0)),
        str(watched.end.utc_iso(0)),
        [{"name": row, "bars": found} for row, found in bars.items()],
        max(0, len(order) - _MOST_ROWS),
    )
