"""Score forecasts of real launches: every number of each is fitted to earlier launches only.

    .venv/bin/python scripts/score_forecasts.py --fit             some minutes; writes fitted.py
    .venv/bin/python scripts/score_forecasts.py --out skill.json

Launches of a half-year are forecast with settings fitted to those before it, and with the record
of launches and of corridors up to the day before each.
"""

# ruff: noqa: TID253 -- a script: numpy is not lazy here
from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from fit_forecasts import START, fitted, written
from forecast_cases import LABELS, ROOT, Case, corridors_of, hand_checked, labelled, record

from kosmodrom.launch.forecast import (
    Corridors,
    Forecast,
    History,
    Knowledge,
    Settings,
    forecast,
    settings_for,
)
from kosmodrom.launch.forecast.corridors import matches
from kosmodrom.launch.forecast.density import GRID, binned, ranked_score, smoothed

CUTS = ("2023-01-01", "2023-07-01", "2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01")
FITTED = ROOT / "src" / "kosmodrom" / "launch" / "forecast" / "fitted.py"
ROTATION = 7.2921151e-5
NEW = 0.05  # of a launch in the same corridor, below which it was never seen


def fit_all(cases: list[Case], history: History) -> dict[str, Settings]:
    """Fit settings for each half-year to launches before it."""
    fits, start = {}, START
    for cut in CUTS:
        began = time.perf_counter()
        fits[cut], start = fitted(cases, history, np.datetime64(cut), start)
        sys.stderr.write(f"fitted before {cut} in {time.perf_counter() - began:.0f} s\n")
    return fits


def plain_formula(case: Case) -> float:
    """Great circle to the last area, and the speed of the site taken into account [rad]."""
    here, lon = case.site.latitude, case.site.longitude
    best, far = np.nan, -1.0
    for k in range(len(case.rings)):
        lat2, lon2 = np.radians(case.rings[k][:-1].mean(axis=0))
        apart = lon2 - lon
        y = np.sin(apart) * np.cos(lat2)
        x = np.cos(here) * np.sin(lat2) - np.sin(here) * np.cos(lat2) * np.cos(apart)
        away = float(np.arctan2(np.hypot(x, y), np.sin(here) * np.sin(lat2)
                                + np.cos(here) * np.cos(lat2) * np.cos(apart)))  # fmt: skip
        if away > far:
            azimuth, far = float(np.arctan2(y, x)), away
            east = 7_800.0 * np.sin(azimuth) + ROTATION * 6_378_137.0 * np.cos(here)
            north = 7_800.0 * np.cos(azimuth)
            best = float(np.arccos(np.cos(here) * east / np.hypot(east, north)))
    return best


def plain_mass(middle: float, errors: list[float]) -> Any:
    """Give the formula the spread of its own earlier errors."""
    past = np.array(errors) if len(errors) > 4 else np.radians([-5.0, -2.0, 0.0, 2.0, 5.0])
    mass = smoothed(binned(middle - past, np.ones(len(past))), np.radians(0.5))
    return mass / mass.sum()


def one(case: Case, settings: Settings, history: History | None, corridors: Corridors) -> Forecast:
    """Forecast a launch, with earlier launches or without."""
    known = None
    if history is not None:
        known = Knowledge(day=case.day, history=history, corridors=corridors,
                          nation=case.nation, operator="")  # fmt: skip
    return forecast(case.rings, [case.site], known, settings)


def row_of(case: Case, made: Forecast, *, new: bool) -> dict[str, Any]:
    """Compare a forecast with what came true."""
    truth = float(np.nan if case.inclination is None else case.inclination)
    top = made.hypotheses[0]
    below = float(np.interp(truth, GRID, made.mass.cumsum())) if np.isfinite(truth) else None
    return {
        "name": case.name, "site": case.site_name, "vehicle": case.vehicle, "new": new,
        "truth_deg": np.degrees(truth), "direct_deg": np.degrees(made.direct),
        "error_deg": abs(np.degrees(top.inclination - truth)),
        "median_error_deg": abs(np.degrees(made.median - truth)),
        "inside": made.holds(truth),
        "inside_50": any(a <= truth <= b for a, b in made.set_of(0.5)),
        "width_deg": float(np.degrees(sum(b - a for a, b in made.inclination_set))),
        "crps_deg": np.degrees(made.score(truth)), "below": below,
        "hypotheses": [
            {"kind": h.kind, "support": h.support, "probability": round(h.probability, 3),
             "inclination_deg": round(float(np.degrees(h.inclination)), 2),
             "low_deg": round(float(np.degrees(h.low)), 2),
             "high_deg": round(float(np.degrees(h.high)), 2),
             "true": bool(h.begin <= truth < h.end),
            }
            for h in made.hypotheses
        ],
        "set_deg": [[round(float(np.degrees(e)), 2) for e in pair]
                    for pair in made.inclination_set],
        "remarks": [r.code for r in made.remarks], "stages": list(made.stages),
    }  # fmt: skip


def summary(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Put rows together."""
    if not rows:
        return {"launches": 0}
    take = lambda name: np.array([row[name] for row in rows], dtype=float)  # noqa: E731
    return {
        "launches": len(rows),
        "median_error_deg": round(float(np.median(take("error_deg"))), 3),
        "mean_error_deg": round(float(take("error_deg").mean()), 3),
        "mean_error_of_median_deg": round(float(take("median_error_deg").mean()), 3),
        "inside_90": round(float(take("inside").mean()), 3),
        "inside_50": round(float(take("inside_50").mean()), 3),
        "mean_width_deg": round(float(take("width_deg").mean()), 2),
        "crps_deg": round(float(take("crps_deg").mean()), 3),
    }


def reliability(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Compare probabilities of hypotheses with how often they came true."""
    pairs = [(h["probability"], h["true"]) for row in rows for h in row["hypotheses"]]
    table = []
    for low, high in zip((0.0, 0.1, 0.3, 0.5, 0.7, 0.9), (0.1, 0.3, 0.5, 0.7, 0.9, 1.01),
                         strict=True):  # fmt: skip
        some = [pair for pair in pairs if low <= pair[0] < high]
        if some:
            table.append({
                "from": low, "to": min(high, 1.0), "hypotheses": len(some),
                "said": round(float(np.mean([p for p, _ in some])), 3),
                "came_true": round(float(np.mean([t for _, t in some])), 3),
            })  # fmt: skip
    return table


def skill(labels: Path = LABELS) -> dict[str, Any]:
    """Forecast all labelled and hand-checked launches, each with what was known before it."""
    cases, left = labelled(labels)
    history, _ = record()
    corridors = corridors_of(cases)
    rows, bare, early, plain, errors = [], [], [], [], []
    without = []  # earlier corridors
    for case in cases:
        held, truth, formula = settings_for(case.day), case.inclination, plain_formula(case)
        here = (case.site.latitude, case.site.longitude)
        near = float(matches(case.sight, corridors, case.day, here, held).sum())
        row = row_of(case, one(case, held, history, corridors), new=near < NEW)
        if case.day < np.datetime64(CUTS[0]):
            early.append(row)  # with numbers set by hand
        else:
            rows.append(row)
            bare.append(row_of(case, one(case, held, None, Corridors.empty()), new=True))
            without.append(
                row_of(case, one(case, held, history, Corridors.empty()), new=near < NEW)
            )
            mass = plain_mass(formula, errors)
            plain.append({
                "error_deg": abs(np.degrees(formula - truth)),
                "crps_deg": np.degrees(ranked_score(mass, truth)),
            })  # fmt: skip
        errors.append(formula - truth)
    base = float(np.mean([row["crps_deg"] for row in plain]))
    return {
        "launches_read": len(cases), "left_out": left, "fitted_before": list(CUTS),
        "all": summary(rows),
        "corridor_known": summary([row for row in rows if not row["new"]]),
        "corridor_new": summary([row for row in rows if row["new"]]),
        "no_corridors": summary(without),
        "no_prior": summary(bare), "before_any_fit": summary(early),
        "formula": {
            "median_error_deg": round(float(np.median([r["error_deg"] for r in plain])), 3),
            "mean_error_deg": round(float(np.mean([r["error_deg"] for r in plain])), 3),
            "crps_deg": round(base, 3),
        },
        "crps_gain": round(1 - float(np.mean([r["crps_deg"] for r in rows])) / base, 3),
        "reliability": reliability(rows), "reliability_no_prior": reliability(bare),
        "hand_checked": by_hand(history, corridors), "rows": early + rows, "rows_no_prior": bare,
    }  # fmt: skip


def by_hand(history: History, corridors: Corridors) -> list[dict[str, Any]]:
    """Forecast the cases that were checked by hand."""
    rows = []
    for case in hand_checked():
        if not case.nation:
            continue  # closures for something else are judged, and never forecast
        held = settings_for(case.day)
        began = time.perf_counter()
        made = one(case, held, history, corridors)
        seconds = round(time.perf_counter() - began, 4)
        rows.append({**row_of(case, made, new=False), "seconds": seconds})
    return rows


def main() -> None:
    """Fit, or score and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--out", type=Path, default=Path("skill.json"))
    parser.add_argument("--fit", action="store_true", help="fit again, and write what ships")
    asked = parser.parse_args()
    if asked.fit:
        fits = fit_all(labelled(asked.labels)[0], record()[0])
        FITTED.write_text(written(fits), encoding="utf-8")
        return
    out = skill(asked.labels)
    asked.out.write_text(json.dumps(out, indent=1, default=float), encoding="utf-8")
    for name in ("all", "corridor_known", "corridor_new", "no_corridors", "no_prior",
                 "before_any_fit", "formula"):  # fmt: skip
        sys.stdout.write(f"{name:15s} {out[name]}\n")
    sys.stdout.write(f"CRPS better by {out['crps_gain']:.0%}; {out['reliability']}\n")


if __name__ == "__main__":
    main()
