"""Whether notices that belong together close areas for an orbital launch, with the reasons.

A sum of reasons, each with its weight in log odds. Those about place, time and shape were fitted
on one half of the events of an archive and tested on the other (`scripts/fit_judgement.py`, which
prints both). Those about words and subjects were *not*: that archive was gathered by such words,
so it cannot tell what they are worth; they are set by hand, and low.

Landings, sounding rockets and missile firings come out as classes of their own, and nothing more
is asked of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, inf, log, log10
from typing import TYPE_CHECKING, Literal

import numpy as np

from kosmodrom.base.geodesy import geodesic
from kosmodrom.errors import InputError
from kosmodrom.launch.notices.flown import FlownSite, Lie, Outline, lie, outline
from kosmodrom.launch.notices.told import Told, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from kosmodrom.launch.notices.notice import Notice

__all__ = ["ABROAD", "Class", "Judgement", "PastAreas", "Reason", "home_of", "judged", "measured"]

Class = Literal["orbital launch", "suborbital", "re-entry", "other"]

EARTH_RADIUS = 6_371_000.0  # of a sphere, for distances between neighbours [m]
_BLUR = 70e3  # within which an earlier area counts [m]
_FURTHEST = 10e6  # of a site from the nearest area [m]
ABROAD = 3.0  # log odds against a site of another country than that of the notice
#: Countries of launch sites that have the airspace of a region, by the first letters of its code.
_HOME = {
    "ZK": ("PRK",), "Z": ("CHN",), "RJ": ("JPN",), "RK": ("KOR",), "U": ("RUS", "KAZ"),
    "K": ("USA",), "P": ("USA",), "VO": ("IND",), "VI": ("IND",), "VA": ("IND",), "VE": ("IND",),
    "OI": ("IRN",), "LL": ("ISR",), "NZ": ("NZL",),
}  # fmt: skip
_OCEANIC = frozenset({"KZAK", "KZWY", "PAZA", "NZZO"})  # they hold the sea before other countries
#: What falls further away falls later: of 131 launches that closed areas more than 300 km apart
#: for some hours, 127 closed them at different times and 4 at the same, 3 %. How often others do
#: is not known, half of the time by want of better: log(0.03 / 0.5). Set by hand, not fitted.
_SAME_TIMES, _APART, _HOURS, _SAME_IN = -2.8, 300e3, 8.0, "CHN"
#: Of events that reasons are surest of, some are no launches: other rockets close the same areas
#: in the same words.
_LAPSE = 0.02
#: Fitted on half of the events of an archive; log odds a unit.
WEIGHTS: Mapping[str, float] = {
    "base": 2.64, "direction": 1.06, "worst_direction": 1.09, "busy_site": -0.59, "near": -0.98,
    "far": 0.55, "spread": -0.13, "slant": -0.56, "long": -0.64, "several_a_day": -2.11,
    "daily": 0.54, "past": 2.27, "ceiling": -1.26, "prohibited": -2.01, "areas": 0.7,
    "wide": -1.56, "small": -1.03,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PastAreas:
    """Areas that were closed before, of which it is known what for.

    Attributes
    ----------
    latitude, longitude : numpy.ndarray, shape (k,)
        Their middles [rad].
    launched : numpy.ndarray of bool, shape (k,)
        Whether it was for an orbital launch [-].
    event : numpy.ndarray of int, shape (k,)
        Which areas were closed for the same thing: a number each, from 0 [-].
    """

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    launched: NDArray[np.bool_]
    event: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why it is a launch, or is not.

    Attributes
    ----------
    code : str
        What it is about.
    value : float
        What was measured: a share, a logarithm or 0 and 1 [-].
    weight : float
        What it adds to the log odds of an orbital launch [-].
    """

    code: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What notices close areas for.

    Attributes
    ----------
    probability : float
        Of an orbital launch, put off or not [-].
    kind : str
        The class: an orbital launch where that is likelier than not.
    site : str
        Site that explains the areas best; empty where none is in reach.
    reasons : tuple of Reason
        All of them, weightiest first. Their sum is the log odds of a launch, were it sure that
        reasons tell launches from all else; as it is not, 2 % are taken off the probability.
    """

    probability: float
    kind: Class
    site: str
    reasons: tuple[Reason, ...]


def judged(
    notices: Sequence[Notice], sites: Sequence[FlownSite], past: PastAreas | None = None
) -> Judgement:
    """Judge notices that belong together.

    Parameters
    ----------
    notices : sequence of Notice
        One or several of the same event; one without an area that was understood is judged by
        its words and times.
    sites : sequence of FlownSite
        Launch sites with what was flown from them before.
    past : PastAreas or None
        Areas that were closed before; None where nothing is known of any.

    Returns
    -------
    Judgement
        Probability, class and reasons.
    """
    values, site = measured(notices, sites, past)
    reasons = [
        Reason(code=code, value=value, weight=WEIGHTS[code] * value)
        for code, value in values.items()
    ]
    words = told(notices)
    reasons += [Reason(code=code, value=1.0, weight=weight) for code, weight in words.weights]
    same = _same_times(notices)
    reasons.append(Reason(code="same_times", value=same, weight=_SAME_TIMES * same))
    odds = sum(reason.weight for reason in reasons)
    probability = (1.0 - _LAPSE) / (1.0 + exp(-max(-30.0, min(30.0, odds))))
    reasons.sort(key=lambda reason: -abs(reason.weight))
    return Judgement(
        probability=probability,
        kind=_kind(probability, words),
        site=site.name if site else "",
        reasons=tuple(reason for reason in reasons if reason.weight),
    )


def _kind(probability: float, words: Told) -> Class:
    if words.returns and probability < 0.9:
        return "re-entry"
    if probability >= 0.5:
        return "orbital launch"
    return "suborbital" if words.rocket else "other"


def measured(
    notices: Sequence[Notice], sites: Sequence[FlownSite], past: PastAreas | None
) -> tuple[dict[str, float], FlownSite | None]:
    """Measure what the fitted weights are about.

    Parameters
    ----------
    notices : sequence of Notice
        One or several of the same event.
    sites : sequence of FlownSite
        Launch sites with what was flown from them before.
    past : PastAreas or None
        Areas that were closed before.

    Returns
    -------
    values : dict
        Measured values by code.
    site : FlownSite or None
        Site that explains the areas best.
    """
    if not notices:
        raise InputError("no notice was given; nothing to judge")
    areas = [area for notice in notices for area in notice.areas]
    seen = [outline(area) for area in areas]
    site, lies = _best_site(seen, sites, home_of(notices)) if seen else (None, [])
    values = {"base": 1.0} | _placed(site, lies, seen) | _timed(notices)
    values["past"] = _remembered(seen, past) if past is not None and seen else 0.0
    limits = [area.upper for area in areas if area.upper is not None]
    values["ceiling"] = float(any(upper < inf for upper in limits))
    values["prohibited"] = float(any(notice.subject.startswith("QRP") for notice in notices))
    values["areas"] = log(max(1, len(areas)))
    width = float(np.median([one.width for one in seen])) if seen else 50e3  # as of a usual one
    values["wide"] = max(0.0, log(width / 80e3)) if width > 0 else 0.0
    values["small"] = max(0.0, log(15e3 / max(width, 300.0)))
    return values, site


def home_of(notices: Sequence[Notice]) -> set[str]:
    """Say whose launch sites lie in the airspace that notices are about.

    Parameters
    ----------
    notices : sequence of Notice
        The notices.

    Returns
    -------
    set of str
        ISO 3166 codes of countries of three letters; empty where that tells nothing.
    """
    found: set[str] = set()
    regions = {
        code for notice in notices if notice.kind == "notam" for code in notice.region.split()
    }  # warnings at sea name seas in words
    for region in regions - _OCEANIC:
        found |= set(_HOME.get(region[:2]) or _HOME.get(region[:1]) or ())
    return found


def _best_site(
    seen: list[Outline], sites: Sequence[FlownSite], home: set[str]
) -> tuple[FlownSite | None, list[Lie]]:
    best: tuple[float, FlownSite | None, list[Lie]] = (-inf, None, [])
    for site in sites:
        lies = [lie(site, one) for one in seen]
        if site.launches == 0 or min(one.distance for one in lies) > _FURTHEST:
            continue
        abroad = ABROAD if home and site.country not in home else 0.0
        fit = [
            log(one.density * 360.0) - 0.5 * (log(max(one.distance, 5e4) / 1e6) / 1.1) ** 2
            for one in lies
        ]
        total = log(site.launches) + sum(fit) / len(fit) - abroad
        if total > best[0]:
            best = (total, site, lies)
    return best[1], best[2]


def _placed(site: FlownSite | None, lies: list[Lie], seen: list[Outline]) -> dict[str, float]:
    if site is None:
        return {
            "direction": -1.0, "worst_direction": -1.0, "busy_site": 0.0, "near": 0.0,
            "far": 1.5, "spread": 0.0, "slant": 0.35,
        }  # fmt: skip
    shares = [log10(one.density * 360.0) for one in lies]
    away = sum(log(max(one.distance, 5e4) / 1e6) for one in lies) / len(lies)
    ways = np.degrees([one.azimuth for one in lies if one.distance > 200e3])
    apart = np.abs((ways[:, None] - ways + 180.0) % 360.0 - 180.0).max(initial=0.0)
    long = [
        float(np.sin(one.slant) ** 2)
        for one, area in zip(lies, seen, strict=True)
        if one.distance > 60e3 and area.length > 1.4 * area.width
    ]
    return {
        "direction": sum(shares) / len(shares),
        "worst_direction": min(shares),
        "busy_site": log10(site.launches),
        "near": max(0.0, -away - 0.5),
        "far": max(0.0, away - 0.5),
        "spread": max(0.0, float(apart) - 12.0) / 30.0,
        "slant": sum(long) / len(long) if long else 0.35,
    }


def _timed(notices: Sequence[Notice]) -> dict[str, float]:
    minutes = [
        (window.end - window.begin).total_seconds() / 60.0
        for notice in notices
        for window in notice.windows
    ]
    windows = max((notice.windows for notice in notices), key=len)
    steps = [
        (after.begin - before.begin).total_seconds() / 3600.0
        for before, after in pairwise(windows)
    ]
    several = any(step < 20.0 for step in steps)
    return {
        "long": max(0.0, log(max(min(minutes), 1.0) / 60.0)) if minutes else 0.0,
        "several_a_day": float(several),
        "daily": float(bool(steps) and not several),
    }


def _same_times(notices: Sequence[Notice]) -> float:
    """Give the share of pairs of distant areas that are closed at the very same times.

    Only notices to airmen are compared, one of each pair of China, where it was counted: others
    give one time for all areas as a habit, warnings at sea nearly always.
    """
    closed = [
        (outline(area), times, number)
        for number, notice in enumerate(notices)
        if notice.kind == "notam"
        for area in notice.areas
        if (times := area.windows or notice.windows)
        and (times[-1].end - times[0].begin).total_seconds() < _HOURS * 3600
    ]
    counted = [_SAME_IN in home_of([notice]) for notice in notices]
    same = [
        times == others
        for index, (one, times, number) in enumerate(closed)
        for other, others, another in closed[index + 1 :]
        if number != another
        and (counted[number] or counted[another])
        and geodesic(one.latitude, one.longitude, other.latitude, other.longitude)[0] > _APART
    ]
    return sum(same) / len(same) if same else 0.0


def _remembered(seen: list[Outline], past: PastAreas) -> float:
    """Weigh earlier areas nearby: those of launches against others, an event counting once."""
    total = 0.0
    for one in seen:
        east = (past.longitude - one.longitude + np.pi) % (2 * np.pi) - np.pi
        away = EARTH_RADIUS * np.hypot(past.latitude - one.latitude, east * np.cos(one.latitude))
        near = np.exp(-0.5 * (away / _BLUR) ** 2)
        counts = []
        for launched in (True, False):
            mine = (past.launched == launched) & (near > 0.02)
            best = np.zeros(int(past.event.max(initial=-1)) + 1)
            np.maximum.at(best, past.event[mine], near[mine])
            counts.append(float(best.sum()))
        total += log((counts[0] + 0.5) / (counts[1] + 0.5))
    return total / len(seen)
