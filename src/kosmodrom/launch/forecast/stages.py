"""What probably comes down in each closed area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.launch.forecast.family import Pad
    from kosmodrom.launch.forecast.observed import Sight
    from kosmodrom.launch.forecast.outcome import Stage
    from kosmodrom.launch.forecast.zones import Zone

__all__ = ["stages_of"]

_PAD = 0.008  # angles from the pad at the Earth's centre [rad]
_BOOSTERS, _FIRST, _FAIRING = 0.06, 0.2, 0.3
_ORBITED = 0.6
_OFF = 0.5  # of the bearing, beyond which it belongs to something else [rad]


def stages_of(pad: Pad, zones: Sequence[Zone], sight: Sight) -> tuple[Stage, ...]:
    """Say what probably comes down in each area: by how far it is, and what lies before it.

    Boosters and first stages end at 1.5 to 3 km/s and fall 300 to 1300 km away; the halves of a
    fairing, let go soon after, beyond them; a stage that comes down past 4000 km has nearly or
    quite been in orbit.

    Parameters
    ----------
    pad : Pad
        Where it lifts off.
    zones : sequence of Zone
        The areas.
    sight : Sight
        What they say.

    Returns
    -------
    tuple of str
        One for each area.
    """
    polar = [pad.polar(zone.centre) for zone in zones]
    angles = np.array([float(each[0]) for each in polar])
    bearings = np.array([float(each[1]) for each in polar])
    told = float(np.median(sight.told)) if len(sight.told) else float(np.median(bearings))
    off = np.abs((bearings - told + np.pi) % (2 * np.pi) - np.pi)
    firsts = angles[(angles > _PAD) & (angles < _FIRST) & (off < _OFF)]
    made: list[Stage] = []
    for zone, angle, aside in zip(zones, angles, off, strict=True):
        reach = zone.length / 2 / float(np.linalg.norm(zone.centre))
        if angle < max(_PAD, 0.9 * reach) and angle < _FIRST:
            made.append("pad")
        elif angle < _ORBITED and aside > _OFF:
            made.append("unrelated")
        elif angle >= _ORBITED:
            made.append("disposal")
        elif angle < _BOOSTERS and firsts.size and float(firsts.max()) > 1.5 * angle:
            made.append("boosters")
        elif angle < _FIRST and not (firsts.size and angle > 1.3 * float(firsts.min())):
            made.append("first_stage")
        elif angle < _FAIRING:
            made.append(
                "fairing" if firsts.size and angle < 3 * float(firsts.min()) else "upper_stage"
            )
        else:
            made.append("upper_stage")
    return tuple(made)
