"""Fit the numbers of the forecast to launches of the past.

Two steps. What zones say and how launches yaw: the likeliest for the azimuths that were flown,
without any prior over targets. Then the shares of the prior: the likeliest for the inclinations.
Both with weak normal priors, so that a handful of launches moves nothing far.
"""

# ruff: noqa: TID253 -- a script: numpy is not lazy here
from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
from forecast_cases import Case, corridors_of
from scipy.optimize import minimize

from kosmodrom.launch.forecast import GUESSED, Corridors, History, Settings, forecast
from kosmodrom.launch.forecast.corridors import matches
from kosmodrom.launch.forecast.density import GRID, binned, highest_set, smoothed
from kosmodrom.launch.forecast.evidence import Evidence, evidence_of, noise_of, yaw_moments
from kosmodrom.launch.forecast.likelihood import likelihoods
from kosmodrom.launch.forecast.posterior import PRIORS, posterior
from kosmodrom.launch.forecast.priors import (
    nation_density,
    place_density,
    sun_density,
    world_density,
)
from kosmodrom.launch.forecast.settings import FAR, Turning

Floats = Any
_LN = np.log
# bearing, across, stray, stray_bearing, axis; weights of 4 turnings against the first; and for
# each turning its yaw and lean.
START = np.array([
    _LN(0.004), _LN(0.12), -3.0, _LN(0.2), _LN(0.02), -0.5, -1.0, -1.0, -1.0,
    _LN(0.006), _LN(0.05), 0.0, _LN(0.15), 0.0, _LN(0.15), 0.0, _LN(0.08), 0.0,
])  # fmt: skip
LOOSE = np.array([
    0.7, 0.7, 0.8, 0.5, 0.5, 1.0, 1.0, 1.0, 1.0,
    0.7, 0.7, 0.05, 0.2, 0.1, 0.3, 0.1, 0.7, 0.05,
])  # fmt: skip
NAMES = ("open_mind", "world", "sun", "place", "nation")
SHARES = np.array([_LN(0.1), _LN(0.2), _LN(0.1), _LN(0.4), _LN(0.2), _LN(0.6)])
WINDOW = np.radians(0.15)


def unpacked(x: Floats) -> Settings:
    """Turn a vector into settings."""
    weights = np.exp(np.concatenate([[0.0], x[5:9]]))
    weights *= (1 - FAR.weight) / weights.sum()

    def _turning(row: int, at: int, onset: float) -> Turning:
        yaw = float(np.exp(x[at]))
        return Turning(weight=float(weights[row]), yaw=yaw, wander=yaw / 2, onset=onset,
                       lean=float(x[at + 1]))  # fmt: skip

    still = float(np.exp(x[9]))
    return replace(
        GUESSED, bearing=float(np.exp(x[0])), across=float(np.exp(x[1])),
        stray=float(1 / (1 + np.exp(-x[2]))), stray_bearing=float(np.exp(x[3])),
        axis=float(np.exp(x[4])),
        turnings=(
            Turning(weight=float(weights[0]), yaw=still, wander=still / 2, onset=1000.0),
            _turning(1, 10, 1500.0), _turning(2, 12, 1500.0),
            _turning(3, 14, float("inf")), _turning(4, 16, 2500.0), FAR,
        ),
    )  # fmt: skip


def _prepared(case: Case) -> tuple[Evidence, Floats] | None:
    """Give the measurements of a launch, and the azimuths straight to the orbit it reached."""
    sight, found = case.sight, evidence_of(case.sight)
    if found is None or case.inclination is None:
        return None
    off = sight.inclination - case.inclination
    near = np.flatnonzero(off[:-1] * off[1:] <= 0)
    return found, sight.azimuth[near if len(near) else [int(np.argmin(np.abs(off)))]]


def _log_likelihoods(x: Floats, cases: list[tuple[Evidence, Floats]]) -> Floats:
    """Log of the density at the azimuth that was flown, in closed form."""
    settings = unpacked(x)
    result = np.empty(len(cases))
    for row, (found, truth) in enumerate(cases):
        share, noise = noise_of(found, settings)
        spreads, means, weights = [], [], []
        for turning in settings.turnings:
            mean, spread = yaw_moments(turning, found)
            spreads.append(found.effect @ spread @ found.effect.T + noise)
            told = found.told - found.effect @ mean
            means.append(np.broadcast_to(told, (len(share), len(told))))
            weights.append(turning.weight * share)
        spread, told, weight = (np.concatenate(each) for each in (spreads, means, weights))
        inverse = np.linalg.inv(spread)
        first = inverse.sum(axis=(1, 2))
        best = np.einsum("sij,sj->s", inverse, told) / first
        rest = told - best[:, None]
        peak = -0.5 * np.einsum("si,sij,sj->s", rest, inverse, rest)
        peak = peak - 0.5 * np.linalg.slogdet(2 * np.pi * spread)[1]
        peak = weight * np.exp(peak - peak.max())
        whole = (peak * np.sqrt(2 * np.pi / first)).sum()
        hit = [(peak * np.exp(-0.5 * first * (a - best) ** 2)).sum() for a in truth]
        result[row] = np.log(np.mean(hit) / whole + 1e-3)
    return result


def fit_turnings(cases: list[Case], start: Floats = START, steps: int = 10) -> Floats:
    """Fit errors of zones and ways of yawing."""
    prepared = [one for one in map(_prepared, cases) if one is not None]

    def _cost(x: Floats) -> float:
        held = 0.5 * (((x - START) / LOOSE) ** 2).sum()
        return float(held - _log_likelihoods(x, prepared).sum())

    return minimize(_cost, start, method="L-BFGS-B", options={"maxiter": steps}).x


def densities_of(case: Case, history: History, settings: Settings) -> dict[str, Floats]:
    """Give parts of the prior for a launch, from earlier ones only."""
    before = history.before(case.day)
    here = (case.site.latitude, case.site.longitude)
    made = {"world": world_density(before, case.day, settings), "sun": sun_density()}
    for name, (density, count) in {
        "place": place_density(before, case.day, here, case.operator, settings),
        "nation": nation_density(before, case.day, case.nation, settings),
    }.items():
        if count > 0:
            made[name] = density
    return made


def fit_shares(
    cases: list[Case], history: History, corridors: Corridors, settings: Settings
) -> Settings:
    """Fit shares of the prior by what they gave to the inclinations that came true."""
    rows = []
    even = replace(settings, **dict.fromkeys(NAMES, 1.0), plane=0.0)
    for case in cases:
        if case.inclination is None or not len(case.sight.rows):
            continue
        densities = densities_of(case, history, settings)
        found = posterior(case.sight, likelihoods(case.sight, even), densities, even)
        parts = found.parts.sum(axis=0)
        near = np.abs(GRID - case.inclination) < WINDOW
        here = (case.site.latitude, case.site.longitude)
        weight = matches(case.sight, corridors, case.day, here, settings)
        hit = 0.0
        if weight.sum() > 1e-3:
            raw = binned(corridors.inclination[weight > 0], weight[weight > 0])
            sharp, broad = smoothed(raw, settings.sharp), smoothed(raw, settings.broad)
            share = settings.sharp_share
            hit = float((share * sharp + (1 - share) * broad)[near].sum() / weight.sum())
        order = [PRIORS.index("open" if n == "open_mind" else n) for n in NAMES]
        inside, whole = parts[:, near].sum(axis=1), parts.sum(axis=1)
        rows.append((inside[order], whole[order], float(weight.sum()), hit))
    inside, whole = (np.array([row[k] for row in rows]) for k in (0, 1))
    count, hit = (np.array([row[k] for row in rows]) for k in (2, 3))

    def _cost(x: Floats) -> float:
        share, fresh = np.exp(x[:5]), np.exp(x[5])
        share = share / share.sum()
        plain = (inside @ share) / (whole @ share)
        part = count / (count + fresh)
        held = 0.5 * (((x - SHARES) / 0.7) ** 2).sum()
        return float(held - np.log((1 - part) * plain + part * hit + 1e-3).sum())

    x = minimize(_cost, SHARES, method="L-BFGS-B").x
    share = np.exp(x[:5]) / np.exp(x[:5]).sum()
    return replace(
        settings, **{name: float(s) for name, s in zip(NAMES, share, strict=True)},
        fresh=float(np.exp(x[5])),
    )  # fmt: skip


def fit_doubt(cases: list[Case], settings: Settings) -> Settings:
    """Find how much wider it must be without earlier launches to go by.

    The set that holds 90 % is to hold 93 % of the launches that it was fitted to, since it will
    meet others.
    """
    sharp = replace(settings, doubt=1.0)
    made = [(forecast(c.rings, [c.site], None, sharp).mass, c.inclination) for c in cases]
    for doubt in np.arange(1.0, 0.3, -0.02):
        inside = 0
        for mass, truth in made:
            flat = mass**doubt
            inside += any(a <= truth <= b for a, b in highest_set(flat / flat.sum(), 0.9))
        if inside >= 0.93 * len(made):
            break
    return replace(settings, doubt=float(doubt))


def fitted(
    cases: list[Case], history: History, before: np.datetime64, start: Floats = START
) -> tuple[Settings, Floats]:
    """Fit everything to launches before a day."""
    past = [case for case in cases if case.day < before]
    x = fit_turnings(past, start)
    return fit_doubt(past, fit_shares(past, history, corridors_of(past), unpacked(x))), x


def written(fits: dict[str, Settings]) -> str:
    """Write fits as the module that ships."""
    lines = [HEAD]
    for day, one in sorted(fits.items()):
        lines.append(f'    "{day}": Settings(')
        for item in fields(one):
            value = getattr(one, item.name)
            if item.name != "turnings" and value != item.default:
                lines.append(f"        {item.name}={value:.4g},")
        lines.append("        turnings=(")
        for turning in one.turnings[:-1]:
            onset = "_LATE" if turning.onset == np.inf else f"{turning.onset:.1f}"
            lines.append(
                f"            Turning(weight={turning.weight:.4g}, yaw={turning.yaw:.4g}, "
                f"wander={turning.wander:.4g}, onset={onset}, lean={turning.lean:.4g}),"
            )
        lines += ["            FAR,", "        ),", "    ),"]
    return "\n".join([*lines, TAIL])


HEAD = '''"""Numbers fitted to launches before some days; written by scripts/score_forecasts.py."""

from __future__ import annotations

from typing import Final

import numpy as np

from kosmodrom.launch.forecast.settings import FAR, GUESSED, Settings, Turning

__all__ = ["FITS", "settings_for"]

_LATE = float("inf")
FITS: Final = {'''
TAIL = '''}
"""By the day before which the launches were that they were fitted to."""


def settings_for(day: np.datetime64 | None) -> Settings:
    """Give what had been learned by a day.

    Parameters
    ----------
    day : numpy.datetime64 or None
        Of the launch; None for all that has been learned [UTC].

    Returns
    -------
    Settings
        Fitted to earlier launches only; round numbers set by hand where there were too few.
    """
    if day is None:
        return FITS[max(FITS)]
    past = [cut for cut in FITS if np.datetime64(cut) <= day]
    return FITS[max(past)] if past else GUESSED
'''
