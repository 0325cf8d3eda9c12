"""What a report shows of directions of launch: one map a site."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import degrees, radians
from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.analyses._shared import line_feature, point_feature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._corridors_request import CorridorsRequest
    from kosmodrom.analyses._corridors_ways import Ways
    from kosmodrom.catalog import Site

    Drawing = list[dict[str, Any]]

__all__ = ["Path", "drawn"]

_STEP_DEG = 1.0  # along the outer end of a sector
_POINTS = 41  # along a way
_ALIKE_DEG = 2.0  # nearer than this two ways are one on a map


@dataclass(frozen=True, slots=True)
class Path:
    """A way over the ground.

    Attributes
    ----------
    site : str
        Name of the site.
    inclination_deg : float
        Inclination [deg].
    direction : str
        Northwards or southwards.
    allowed : str
        Whether the range allows it.
    azimuth_deg : float
        Against the Earth [deg].
    """

    site: str
    inclination_deg: float
    direction: str
    allowed: str
    azimuth_deg: float


def drawn(
    request: CorridorsRequest, every: Sequence[Ways], paths: Sequence[Path]
) -> tuple[Drawing, Drawing]:
    """Make the map features of directions of launch.

    Parameters
    ----------
    request : CorridorsRequest
        What was asked.
    every : sequence of Ways
        The sites.
    paths : sequence of Path
        The ways from all of them.

    Returns
    -------
    features, figures : list of dict
        For the map; no figures beside it.
    """
    reach = units.parse(request.downrange, "length").value
    features = []
    for ways in every:
        site = ways.site
        features.append(
            point_feature(
                site.latitude_deg, site.longitude_deg, name=site.name, kind="site", map=site.name
            )
        )
        for row in ways.rows:
            if row.azimuth_from_deg is not None and row.azimuth_to_deg is not None:
                ends = row.azimuth_from_deg, row.azimuth_to_deg
                features.append(_sector(site, ends, reach, row.id))
        mine = [path for path in paths if path.site == site.name]
        features += [_line(site, path, reach) for path in [*mine, *_declared(ways, mine)]]
    return features, []


def _declared(ways: Ways, shown: Sequence[Path]) -> list[Path]:
    """Add the declared routes that nobody asked about."""
    found = []
    for asked in ways.listed():
        wanted = degrees(asked.inclination)
        for one in ways.leaving(asked):
            route = any(row.kind == "route" for row in one.rows)
            known = any(
                path.direction == one.direction and abs(path.inclination_deg - wanted) < _ALIKE_DEG
                for path in shown
            )
            if route and one.allowed == "yes" and not known:
                found.append(
                    Path(ways.site.name, wanted, one.direction, "yes", degrees(one.azimuth))
                )
    return found


def _line(site: Site, path: Path, reach: float) -> dict[str, Any]:
    return line_feature(
        _along(site, path.azimuth_deg, reach),
        name=f"{site.name}, {path.inclination_deg:.1f}°",
        kind="ascent",
        inclination_deg=round(path.inclination_deg, 3),
        direction=path.direction,
        allowed=path.allowed,
        map=site.name,
    )


def _along(site: Site, azimuth_deg: float, reach: float) -> list[tuple[float, float]]:
    import numpy as np

    from kosmodrom.base.geodesy import destination

    latitude, longitude = destination(
        radians(site.latitude_deg), radians(site.longitude_deg), radians(azimuth_deg),
        np.linspace(0.0, reach, _POINTS),
    )  # fmt: skip
    return list(zip(np.degrees(latitude).tolist(), np.degrees(longitude).tolist(), strict=True))


def _sector(site: Site, ends: tuple[float, float], reach: float, name: str) -> dict[str, Any]:
    """Draw the directions between two azimuths as slices, none of them over the date line."""
    import numpy as np

    first, last = ends
    sweep = (last - first) % 360.0
    azimuths = first + np.linspace(0.0, sweep, max(2, int(sweep / _STEP_DEG) + 1))
    sides = [_along(site, float(azimuth), reach) for azimuth in azimuths]
    polygons = []
    for one, other in itertools.pairwise(sides):
        ring = [*one, *reversed(other)]
        longitudes = [longitude for _, longitude in ring]
        if max(longitudes) - min(longitudes) < 180:
            polygons.append([[[round(lon, 5), round(lat, 5)] for lat, lon in [*ring, ring[0]]]])
    return {
        "type": "Feature",
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
        "properties": {"name": name, "kind": "corridor", "map": site.name},
    }
