"""What a report shows of contacts and deliveries: stations, targets, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._figures import timeline_figure
from kosmodrom.analyses._shared import point_feature
from kosmodrom.base.instants import instants_after, iso_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._orbital import Watched
    from kosmodrom.view.contacts import Deliveries
    from kosmodrom.workspace import ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = ["drawn"]

_MOST_ROWS = 20
_MOST_BARS = 1000


def drawn(
    watched: Watched,
    stations: Sequence[ResolvedPlace],
    targets: Sequence[ResolvedPlace],
    contacts: Any,
    pictures: Any,
    deliveries: Deliveries | None,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Make the map features and the figure of contacts.

    Parameters
    ----------
    watched : Watched
        The satellites.
    stations, targets : sequence of ResolvedPlace
        The places.
    contacts, pictures : object
        What was found; pictures may be None.
    deliveries : Deliveries or None
        What became of the pictures.

    Returns
    -------
    features, figures : list of dict
        For the map, and beside it.
    """
    features = [
        point_feature(one.latitude_deg, one.longitude_deg, name=one.name, kind=kind)
        for kind, places in (("station", stations), ("target", targets))
        for one in places
    ]
    rows: dict[str, list[dict[str, Any]]] = {}
    many = len(watched.labels) > 1

    def _row(satellite: int, place: str) -> list[dict[str, Any]]:
        name = f"{place}, {watched.labels[satellite]}" if many else place
        return rows.setdefault(name, [])

    if pictures is not None and deliveries is not None:
        begins, ends, tops = (
            iso_texts(instants_after(watched.start, part[:_MOST_BARS]))
            for part in (pictures.begin, pictures.end, pictures.taken)
        )
        for index, begin in enumerate(begins):
            place = targets[int(pictures.target[index])].name
            _row(int(pictures.satellite[index]), place).append(
                {"begin": begin, "end": ends[index], "best": tops[index], "kind": "picture"}
            )
    begins, ends = (
        iso_texts(instants_after(watched.start, part[:_MOST_BARS]))
        for part in (contacts.begin, contacts.end)
    )
    sent = set() if deliveries is None else {int(index) for index in deliveries.contact}
    for index, begin in enumerate(begins):
        place = stations[int(contacts.station[index])].name
        kind = "delivery" if index in sent else "contact"
        _row(int(contacts.satellite[index]), place).append(
            {"begin": begin, "end": ends[index], "best": None, "kind": kind}
        )
    if not rows:
        return features, []
    shown = list(rows.items())[:_MOST_ROWS]
    figure = timeline_figure(
        "contacts" if pictures is None else "deliveries",
        str(watched.start.utc_iso(0)),
        str(watched.end.utc_iso(0)),
        [{"name": name, "bars": bars} for name, bars in shown],
        len(rows) - len(shown),
    )
    return features, [figure]
