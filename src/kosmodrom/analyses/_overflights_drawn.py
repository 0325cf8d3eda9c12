"""What a report shows of opportunities: targets, the ways of the satellites over them, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._drawing import bars_figure, seconds_in, track_features
from kosmodrom.analyses._shared import point_feature
from kosmodrom.base.periods import read_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._orbital import Watched
    from kosmodrom.workspace import ResolvedPlace

__all__ = ["drawn"]

_MOST_TRACKS = 12
_BESIDE = 240.0  # of a track before and after the best moment [s]


def drawn(
    watched: Watched,
    targets: Sequence[ResolvedPlace],
    columns: dict[str, Any],
    at: str | None = None,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Make the map features and the figures of opportunities.

    Parameters
    ----------
    watched : Watched
        The satellites.
    targets : sequence of ResolvedPlace
        The targets.
    columns : dict
        The table.
    at : str or None
        The time asked about: an instant, an interval or a day.

    Returns
    -------
    features, figures : list of dict
        For the map, and beside it.
    """
    import numpy as np

    features = [
        point_feature(one.latitude_deg, one.longitude_deg, name=one.name, kind="target")
        for one in targets
    ]
    if not columns or not len(columns["satellite"]):
        return features, []
    labels = {label: number for number, label in enumerate(watched.labels)}
    best = np.argsort(columns["off_nadir_deg"], kind="stable")[:_MOST_TRACKS]
    best = np.sort(best)
    middle = seconds_in(watched, columns["best"][best], 0.0)
    satellites = [labels[str(name)] for name in columns["satellite"][best]]
    features += track_features(
        watched,
        satellites,
        np.maximum(middle - _BESIDE, 0.0),
        np.minimum(middle + _BESIDE, watched.length),
    )
    many = len(watched.labels) > 1
    names = [
        f"{target}, {satellite}" if many else str(target)
        for satellite, target in zip(columns["satellite"], columns["target"], strict=True)
    ]
    asked = None
    if at is not None:
        first, last = (str(one.utc_iso(3)) for one in read_span(at))
        asked = first, last
    figure = bars_figure(
        watched, "overflights", "picture", names, columns["begin"], columns["best"],
        columns["end"], asked,
    )  # fmt: skip
    return features, [figure]
