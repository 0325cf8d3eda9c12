"""Forecasts of notices against what was catalogued afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import degrees, radians
from typing import TYPE_CHECKING, Any

from kosmodrom.base.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._notices_launch import Launch
    from kosmodrom.catalog import LaunchOrbit
    from kosmodrom.workspace import Context

__all__ = ["Scored", "score_facts", "score_rows", "scored"]

_SITES = 0.02  # plausibility from which a site is looked at
_LATER = ("GEO", "GTO", "DS", "EEO", "HCO")  # orbits that later burns turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A launch with what became of it.

    Attributes
    ----------
    launch : Launch
        With its forecast.
    truth : LaunchOrbit
        The launch of the record.
    """

    launch: Launch
    truth: LaunchOrbit

    @property
    def error_deg(self) -> float:
        """By how much the most probable hypothesis is off.

        Returns
        -------
        float
            Forecast less truth [deg].
        """
        assert self.launch.forecast is not None  # noqa: S101 -- only such are scored
        return degrees(self.launch.forecast.hypotheses[0].inclination) - float(
            self.truth.inclination_deg or 0.0
        )


def scored(launches: Sequence[Launch], context: Context) -> tuple[list[Scored], int]:
    """Find what was catalogued of launches.

    Parameters
    ----------
    launches : sequence of Launch
        With their forecasts, each of what was known before its day.
    context : Context
        Catalog, as of a day.

    Returns
    -------
    found : list of Scored
        Launches that reached an orbit of their own.
    without : int
        Launches for which the record has none, or an orbit that later burns turned [-].
    """
    rows = context.usable(context.catalog.launch_orbits).rows
    found, without = [], 0
    for launch in launches:
        if launch.forecast is None:
            continue
        truth = _truth(launch, rows)
        if truth is None:
            without += 1
        else:
            found.append(Scored(launch=launch, truth=truth))
    return found, without


def _truth(launch: Launch, rows: Sequence[LaunchOrbit]) -> LaunchOrbit | None:
    sites = {fit.id for fit in launch.group.sites if fit.plausibility > _SITES}
    place = launch.place
    sites |= {site.id for site in launch.known.sites if place and site.name == place.name}
    for window in launch.group.windows:
        for row in rows:
            if not row.utc.startswith((_day(window.begin), _day(window.end))):
                continue
            when = datetime.fromisoformat(row.utc).astimezone(UTC)
            doubt = timedelta(seconds=row.utc_precision_s)
            if row.site not in sites or not window.begin - doubt <= when <= window.end + doubt:
                continue
            whole = row.inclination_deg and row.gcat_code[1:2] == "S"
            return row if whole and not row.orbit_class.startswith(_LATER) else None
    return None


def _day(when: datetime) -> str:
    return when.strftime("%Y-%m-%d")


def score_rows(found: Sequence[Scored]) -> list[dict[str, Any]]:
    """Make a row a launch.

    Parameters
    ----------
    found : sequence of Scored
        The launches.

    Returns
    -------
    list of dict
        In order of time.
    """
    from kosmodrom.analyses._notices_launch import kind_of

    rows = []
    for one in sorted(found, key=lambda each: each.truth.utc):
        made = one.launch.forecast
        assert made is not None  # noqa: S101 -- only such are scored
        truth = float(one.truth.inclination_deg or 0.0)
        best = made.hypotheses[0]
        rows.append(
            {
                "launch": one.launch.number,
                "site": one.launch.place.name if one.launch.place else None,
                "tag": one.truth.tag,
                "lift_off": one.truth.utc,
                "hypothesis": kind_of(best),
                "probability": best.probability,
                "inclination_deg": degrees(best.inclination),
                "inclination_low_deg": degrees(best.low),
                "inclination_high_deg": degrees(best.high),
                "catalogued_deg": truth,
                "error_deg": one.error_deg,
                "in_set": made.holds(radians(truth)),
                "set_width_deg": sum(degrees(high - low) for low, high in made.inclination_set),
                "score_deg": degrees(made.score(radians(truth))),
            }
        )
    return rows


def score_facts(found: Sequence[Scored], without: int) -> dict[str, Fact]:
    """Sum up how good the forecasts were.

    Parameters
    ----------
    found : sequence of Scored
        The launches.
    without : int
        Launches that could not be compared [-].

    Returns
    -------
    dict of str to Fact
        The facts.
    """
    import numpy as np

    facts = {
        "launches_scored": Fact(value=len(found), unit="1"),
        "launches_not_catalogued": Fact(value=without, unit="1"),
    }
    if not found:
        return facts
    rows = score_rows(found)
    off = np.abs([row["error_deg"] for row in rows])
    numbers = {
        "median_error_deg": float(np.median(off)),
        "mean_error_deg": float(off.mean()),
        "mean_set_width_deg": float(np.mean([row["set_width_deg"] for row in rows])),
        "mean_score_deg": float(np.mean([row["score_deg"] for row in rows])),
    }
    facts |= {name: Fact(value=value, unit="deg") for name, value in numbers.items()}
    share = float(np.mean([row["in_set"] for row in rows]))
    return facts | {"in_set_share": Fact(value=share, unit="1")}
