"""What a report shows of launch windows: the site and directions, when they are, how far off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._figures import curve_figure, timeline_figure
from kosmodrom.analyses._shared import line_feature, point_feature

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._window_plane import Wanted
    from kosmodrom.base.frames import EarthAngles
    from kosmodrom.workspace import ResolvedPlace

    Floats = NDArray[np.float64]

__all__ = ["drawn"]

_MOST_BARS = 500
_MOST_CURVE = 2 * 86_400.0  # of the curve [s]
_MOST_NIGHTS = 10 * 86_400.0  # of a period of which nights are shown [s]
_ARM = 1.2e6  # length of a line that shows a direction [m]


def drawn(
    wanted: Wanted,
    place: ResolvedPlace,
    site: Floats,
    angles: EarthAngles,
    seconds: Floats,
    columns: dict[str, Any],
    delay: float,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Make the map features and the figures of windows.

    Parameters
    ----------
    wanted : Wanted
        The plane.
    place : ResolvedPlace
        The site.
    site : numpy.ndarray, shape (3,)
        The same in ITRS [m].
    angles : EarthAngles
        How the Earth is turned.
    seconds : numpy.ndarray, shape (k,)
        When the windows are, from the start [s].
    columns : dict
        The table.
    delay : float
        Length of a bar to either side [s].

    Returns
    -------
    features, figures : list of dict
        For the map, and beside it.
    """
    features = [
        point_feature(place.latitude_deg, place.longitude_deg, name=place.name, kind="site")
    ]
    figures = [_off_plane(wanted, site, angles)]
    if columns:
        features += _directions(place, columns)
        figures.insert(0, _timeline(wanted, place, seconds, columns, delay))
    return features, figures


def _directions(place: ResolvedPlace, columns: dict[str, Any]) -> list[dict[str, Any]]:
    """Draw the first open window's direction over the ground, north and south."""
    import numpy as np

    from kosmodrom.base.geodesy import destination

    features = []
    for way in ("ascending", "descending"):
        mine = np.flatnonzero((columns["direction"] == way) & (columns["open"] == "yes"))
        if not len(mine):
            continue
        azimuth = float(columns["ground_azimuth_deg"][mine[0]])
        lat, lon = destination(
            np.radians(place.latitude_deg), np.radians(place.longitude_deg), np.radians(azimuth),
            np.linspace(0.0, _ARM, 13),
        )  # fmt: skip
        points = list(zip(np.degrees(lat).tolist(), np.degrees(lon).tolist(), strict=True))
        features.append(line_feature(points, name=f"{azimuth:.1f}°", kind="track"))
    return features


def _timeline(
    wanted: Wanted, place: ResolvedPlace, seconds: Floats, columns: dict[str, Any], delay: float
) -> dict[str, Any]:
    """Draw when windows are, north and south, over the nights of the site."""
    from kosmodrom.base.instants import instants_after, iso_texts

    shown = slice(0, _MOST_BARS)
    begin, best, end = (
        iso_texts(instants_after(wanted.start, seconds[shown] + shift))
        for shift in (-delay, 0.0, delay)
    )
    nights = _nights(wanted, place)
    rows: dict[str, list[dict[str, Any]]] = {}
    for number, (way, state) in enumerate(
        zip(columns["direction"][shown], columns["open"][shown], strict=True)
    ):
        kind = "window" if state == "yes" else "closed"
        bar = {"begin": begin[number], "end": end[number], "best": best[number], "kind": kind}
        rows.setdefault(str(way), []).append(bar)
    return timeline_figure(
        "windows",
        str(wanted.start.utc_iso(0)),
        str(wanted.end.utc_iso(0)),
        [{"name": way, "bars": [*nights, *bars]} for way, bars in sorted(rows.items())],
    )


def _nights(wanted: Wanted, place: ResolvedPlace) -> list[dict[str, Any]]:
    """Find when the Sun is down at the site, to some minutes."""
    import numpy as np

    from kosmodrom.base.bodies import sun_angles
    from kosmodrom.base.instants import instants_after, iso_texts

    if wanted.length > _MOST_NIGHTS:
        return []
    times = np.linspace(0.0, wanted.length, max(2, int(wanted.length / 300.0) + 1))
    _, elevation = sun_angles(
        np.radians(place.latitude_deg), np.radians(place.longitude_deg),
        wanted.start.plus(times), wanted.earth,
    )  # fmt: skip
    dark = np.concatenate([[False], elevation < np.radians(-0.833), [False]])
    edges = np.flatnonzero(dark[1:] != dark[:-1])
    begin = iso_texts(instants_after(wanted.start, times[edges[::2]]))
    end = iso_texts(instants_after(wanted.start, times[edges[1::2] - 1]))
    return [
        {"begin": one, "end": other, "best": None, "kind": "night"}
        for one, other in zip(begin, end, strict=True)
    ]


def _off_plane(wanted: Wanted, site: Floats, angles: EarthAngles) -> dict[str, Any]:
    """Draw how far the site is out of the plane in the first hours."""
    import numpy as np

    from kosmodrom.launch.windows import off_plane

    times = np.linspace(0.0, min(wanted.length, _MOST_CURVE), 145)
    out = np.degrees(off_plane(wanted.plane, site, times, angles))
    points = np.stack([times / 3600.0, out], axis=-1).round(3).tolist()
    line = {"name": "", "points": points}
    return curve_figure("off_plane", "time", "hour", "off_plane_deg", "deg", [line])
