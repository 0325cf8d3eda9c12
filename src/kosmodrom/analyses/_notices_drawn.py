"""What a report shows of notices: closed areas, where the flight leads, windows, inclinations."""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._figures import curve_figure, timeline_figure
from kosmodrom.analyses._notices_launch import TURN
from kosmodrom.analyses._shared import area_feature, line_feature, point_feature
from kosmodrom.base.constants import WGS84_A

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from kosmodrom.analyses._notices_launch import Launch
    from kosmodrom.launch.forecast import Hypothesis
    from kosmodrom.launch.notices.grouped import Closure

    Floats = NDArray[np.float64]
    Drawing = list[dict[str, Any]]

__all__ = ["drawn"]

_MOST_DRAWN = 6  # launches with figures of their own
_MOST_BANDS = 3  # hypotheses of a launch on the map
#: Pace of a low orbit [rad/s], and by how much an ascent is later than it all the way [s], which
#: builds up over the first of these angles [rad]: for the map alone.
_PACE, _LATE, _CLIMB = 2 * pi / 5520.0, 260.0, 0.14
#: How far from the site is drawn: past the farthest area by a part of its distance, and not less
#: than the one nor more than the other [rad].
_PAST, _SHORTEST, _FARTHEST = 1.2, 0.3, 1.3
_POINTS = 40
_LEAST = 0.004  # of the highest probability a degree, that is drawn


def drawn(launches: Sequence[Launch]) -> tuple[Drawing, Drawing]:
    """Make the map features and the figures of launches.

    Parameters
    ----------
    launches : sequence of Launch
        What was found.

    Returns
    -------
    features, figures : list of dict
        For the map, and beside it.
    """
    features: Drawing = []
    figures: Drawing = []
    for launch in launches:
        features += _areas(launch)
        if launch.place is not None:
            features.append(
                point_feature(
                    launch.place.latitude_deg, launch.place.longitude_deg,
                    name=launch.place.name, kind="site",
                )
            )  # fmt: skip
        if launch.forecast is not None:
            for one in launch.forecast.hypotheses[:_MOST_BANDS]:
                features += _flight(launch, one)
    for launch in launches[:_MOST_DRAWN]:
        if launch.dated:
            figures.append(_timeline(launch))
        if launch.forecast is not None:
            figures.append(_density(launch))
    return features, figures


def _areas(launch: Launch) -> Drawing:
    features = []
    stages = launch.forecast.stages if launch.forecast else ()
    for k, closure in enumerate(launch.group.closures):
        ring = [(float(lat), float(lon)) for lat, lon in closure.area.ring]
        features.append(
            area_feature(
                ring, name=_called(launch, closure), kind="closed_area",
                launch=launch.number, stage=stages[k] if k < len(stages) else closure.role,
                begin=_iso(closure.windows[0].begin) if launch.dated and closure.windows else None,
                end=_iso(closure.windows[-1].end) if launch.dated and closure.windows else None,
            )
        )  # fmt: skip
    return features


def _called(launch: Launch, closure: Closure) -> str:
    """Name an area by its notices, and within a notice of several as that calls it."""
    name = ", ".join(notice for notice in closure.notices if notice)
    alike = sum(other.notices == closure.notices for other in launch.group.closures)
    return " ".join(part for part in (name, closure.area.name if alike > 1 or not name else "")
                    if part)  # fmt: skip


def _iso(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def _flight(launch: Launch, one: Hypothesis) -> Drawing:
    """Draw the way over the ground, and the band between the ends of the inclination."""
    if launch.place is None:
        return []
    far = _drawn_to(launch)
    middle = _way(launch, one, one.inclination, far)
    edges = [_way(launch, one, tilt, far) for tilt in (one.low, one.high)]
    words: dict[str, Any] = {"launch": launch.number, "probability": round(one.probability, 3)}
    name = f"{middle[1]:.1f}°"
    features = [line_feature(middle[0], name=name, kind="track", **words)]
    ring = [*edges[0][0], *edges[1][0][::-1], edges[0][0][0]]
    if _turned(ring) < 0:
        ring.reverse()
    features.append(area_feature(ring, name=name, kind="corridor_band", **words))
    return features


def _turned(ring: Sequence[tuple[float, float]]) -> float:
    """Give twice the area of a ring on a plain map, positive against the clock."""
    import numpy as np

    north, east = np.array(ring).T
    east = np.unwrap(east, period=360.0)
    return float(np.sum(east[:-1] * north[1:] - east[1:] * north[:-1]))


def _drawn_to(launch: Launch) -> float:
    """Say how far a flight is drawn: past its areas, so that a map shows them large."""
    metres = max(
        (one.distance for one in launch.group.closures if one.distance == one.distance),
        default=0.0,
    )
    return min(max(_PAST * metres / WGS84_A, _SHORTEST), _FARTHEST)


def _way(
    launch: Launch, one: Hypothesis, tilt: float, far: float
) -> tuple[list[tuple[float, float]], float]:
    """Follow a plane through the site over the turning Earth."""
    import numpy as np

    from kosmodrom.base.ellipsoid import geodetic_to_itrs, itrs_to_geodetic

    assert launch.place is not None  # noqa: S101 -- the caller has looked
    here = np.radians([launch.place.latitude_deg, launch.place.longitude_deg])
    site = geodetic_to_itrs(here[0], here[1], 0.0)
    up = site / np.linalg.norm(site)
    north = np.array([0.0, 0.0, 1.0]) - up[2] * up
    north /= np.linalg.norm(north)
    east = np.cross(north, up)
    # Against the stars; a plane that does not pass over the site is drawn as due east or west.
    side = float(np.clip(np.cos(tilt) / np.hypot(up[0], up[1]), -1.0, 1.0))
    ahead = np.sqrt(1 - side**2) * (1 if one.northward else -1)
    along = side * east + ahead * north
    angle = np.linspace(0.0, far, _POINTS)
    points = np.cos(angle)[:, np.newaxis] * up + np.sin(angle)[:, np.newaxis] * along
    seconds = angle / _PACE + _LATE * (1 - np.exp(-angle / _CLIMB))
    turn = -TURN * seconds
    x = np.cos(turn) * points[:, 0] - np.sin(turn) * points[:, 1]
    y = np.sin(turn) * points[:, 0] + np.cos(turn) * points[:, 1]
    radius = np.linalg.norm(site)
    latitude, longitude, _ = itrs_to_geodetic(np.stack([x, y, points[:, 2]], axis=-1) * radius)
    line = list(zip(np.degrees(latitude).tolist(), np.degrees(longitude).tolist(), strict=True))
    return line, float(np.degrees(tilt))


def _timeline(launch: Launch) -> dict[str, Any]:
    """Draw when each area is closed, and when it may lift off."""
    group = launch.group
    windows = [window for closure in group.closures for window in closure.windows]
    first, last = min(w.begin for w in windows), max(w.end for w in windows)
    begin, end = (str(one.utc_iso(0)) for one in (launch.begin, launch.end))
    lift_off = {"begin": begin, "end": end, "best": None, "kind": "lift_off"}
    rows = [{"name": launch.place.name if launch.place else "", "bars": [lift_off]}]
    for closure in group.closures:
        bars = [
            {"begin": _iso(w.begin), "end": _iso(w.end), "best": None, "kind": "shut"}
            for w in closure.windows
        ]
        rows.append({"name": _called(launch, closure), "bars": bars})
    return timeline_figure("notices", min(_iso(first), begin), max(_iso(last), end), rows)


def _density(launch: Launch) -> dict[str, Any]:
    """Draw how probable each inclination is."""
    import numpy as np

    assert launch.forecast is not None  # noqa: S101 -- the caller has looked
    mass = launch.forecast.mass
    step = 180.0 / len(mass)
    density = mass / step
    shown = np.flatnonzero(density > _LEAST * density.max())
    first, last = max(int(shown[0]) - 1, 0), min(int(shown[-1]) + 2, len(mass))
    points = [
        [round((cell + 0.5) * step, 3), round(float(density[cell]), 6)]
        for cell in range(first, last)
    ]
    line = {"name": launch.place.name if launch.place else "", "points": points}
    return curve_figure("inclinations", "inclination_deg", "deg", "per_degree", "1/deg", [line])
