"""Fit how element sets age, and write data/aging_*: the law, held-out errors, the check.

    python tests/truth/make_aging.py FOLDER_OF_DATA [FOLDER_OF_COPIES]

The first folder holds the sets of `aging_histories.shared` and of precise orbits. The second, if
given, holds copies of CelesTrak's group files of many days, names starting with ``active`` or
``debris``; a thinned part of their satellites is only checked, never fitted. Some minutes on one
core.

The law: the part of errors below a level is at most q, with

    q² = floor² + (rate u)² + (factor X u^power)²,   u = |age + 0.2 d| in days

X is a D for along, a D / n for radial; a is the semi-major axis, n the mean motion [rad/d], D half
the rate of the mean motion [rad/d²]. For across, and for every part of orbits of deep space, X is
1 m and the rate 0. The radial bound gets e / sqrt(1 - e²) of the one along, in squares. Rate,
factor and power make the weighted loss of that quantile least over ages up to 30 days, each
satellite and span of ages weighing the same. The floor is what the fit leaves at age 0, and for
orbits near the Earth, in squares, the error of fresh sets against precise orbits of three
satellites.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import aging_histories as ages
import numpy as np

OUT = Path(__file__).parent / "data"
LEVELS = (0.683, 0.95)
PARTS = ("along", "across", "radial")
SHIFT = 0.2  # [d]
EDGES = np.array([-90, -30, -14, -7, -3, -1, 0, 1, 3, 7, 14, 30, 90.0])
PRECISE = {"TOPEX": "grgtop03*", "Jason-1": "ssaja102*", "Sentinel-3A": "ssas3a20*"}


def weighed(errors):
    """Let every span of ages of a satellite weigh the same."""
    bins = np.digitize(errors["age"] / ages.DAY, EDGES)
    counts = np.bincount(bins, minlength=len(EDGES) + 1)
    errors["weight"] = 1 / counts[bins]
    return errors


def bound(law, errors, part):
    """Evaluate the law [m] for errors, with law = (floor [m], rate [m/d], factor, power)."""
    floor, rate, factor, power = law
    u = np.abs(errors["age"] / ages.DAY + SHIFT)
    total = np.sqrt(
        floor**2 + (rate * u) ** 2 + (factor * _grown(law, errors, part) * u**power) ** 2
    )
    return np.minimum(total, np.pi * _axis(errors)) if part == "along" else total


def _axis(errors):
    return np.cbrt(ages.MU / errors["motion"] ** 2)


def _grown(law, errors, part):
    if law[1] == 0:
        return 1.0
    per_day = _axis(errors) * errors["drag"] * ages.DAY**2
    return per_day / (errors["motion"] * ages.DAY) if part == "radial" else per_day


def loss(x, errors, part, level, plain):
    if not 0.3 <= x[3] <= 3:
        return np.inf
    law = (np.exp(x[0]), 0.0 if plain else np.exp(x[1]), np.exp(x[2]), x[3])
    z = np.log(np.maximum(np.abs(errors[part]), 0.1)) - np.log(bound(law, errors, part))
    return float(np.sum(errors["weight"] * np.where(z > 0, level * z, (level - 1) * z)))


def fitted(errors, part, level, plain):
    """Search the least loss by steps along the axes of the parameters, from several starts."""
    starts = [[100, 50, 0.1, 2.3], [500, 500, 1, 1.5], [300, 5, 0.3, 2.6]]
    if plain:
        starts = [[100, 1, 100, 1.0], [2000, 1, 2000, 1.5]]
    best = (np.inf, None)
    for start in starts:
        x = np.array([*np.log(start[:3]), start[3]])
        value, step = loss(x, errors, part, level, plain), 0.8
        while step > 4e-3:
            trials = [x + s * step * e for e in _DIRECTIONS for s in (1, -1)]
            values = [loss(trial, errors, part, level, plain) for trial in trials]
            k = int(np.argmin(values))
            if values[k] < value - 1e-6:
                x, value = trials[k], values[k]
            else:
                step /= 2
        if value < best[0]:
            best = (value, x)
    x = best[1]
    return (
        float(np.exp(x[0])),
        0.0 if plain else float(np.exp(x[1])),
        float(np.exp(x[2])),
        float(x[3]),
    )


_DIRECTIONS = np.array(
    [*np.eye(4), [0, 0, 1, -1], [0, 1, -1, 0], [1, -1, 0, 0], [0, 1, 0, -1]], dtype=float
)


def balanced(groups):
    """Join the errors of groups of satellites so that the groups weigh the same."""
    joined = []
    for members in groups:
        errors = np.concatenate(members)
        errors = errors[np.abs(errors["age"]) <= 30 * ages.DAY].copy()
        errors["weight"] /= errors["weight"].sum()
        joined.append(errors)
    return np.concatenate(joined)


def floors(folder):
    """Give the levels of the error of sets up to a day from their epoch [m]: {part: (68, 95)}."""
    earth = next((folder / "space-weather-eop").glob("EOP-All*.gz"))
    misses = []
    for name, pattern in PRECISE.items():
        (history,) = ages.read(folder / "manoeuvre-benchmark" / "tle" / f"{name}.tle.gz")
        path = next((folder / "precise-orbits" / "sp3").glob(pattern))
        found = np.abs(ages.against_precise(history, path, earth))
        misses.append(found[np.linspace(0, len(found) - 1, 1000).astype(int)])
        print(name, "against precise orbits [m]:", np.quantile(found, LEVELS, axis=0).round(-1))
    both = np.quantile(np.concatenate(misses), LEVELS, axis=0)
    return {part: both[:, k] for k, part in enumerate(PARTS)}


def check(name, laws, members):
    """Count how much of held-out errors the laws hold, by age: rows for the table."""
    rows = []
    errors = np.concatenate(members)
    bins = np.digitize(errors["age"] / ages.DAY, EDGES)
    for k in [*range(1, len(EDGES)), None]:
        chosen = errors if k is None else errors[bins == k]
        if len(chosen) < 20:
            continue
        span = [EDGES[0], EDGES[-1]] if k is None else EDGES[k - 1 : k + 1]
        row = [name, len(members), *map(float, span), len(chosen)]
        for part in PARTS:
            for level in LEVELS:
                held = _held(laws, chosen, part, level)
                row.append(round(100 * float(np.average(held, weights=chosen["weight"])), 1))
        rows.append(row)
    return rows


def _held(laws, errors, part, level):
    limit = bound(laws[part, level], errors, part)
    if part == "radial":
        e = errors["eccentricity"]
        limit = np.hypot(
            limit, e / np.sqrt(1 - e * e) * bound(laws["along", level], errors, "along")
        )
    unknown = (part == "along") & (limit >= 0.98 * np.pi * _axis(errors))
    return (np.abs(errors[part]) <= limit) | unknown


def copies(folder):
    """Take a thinned part of the satellites of many days' group files, by kind and height."""
    found = {}
    for kind in ("active", "debris"):
        text = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob(f"{kind}*")))
        bands = {}
        for history in ages.histories(text):
            if len(history.lines) < 6:
                continue
            record = history.sets[0]
            height = record.altp * 6378.135
            if 2 * np.pi / record.no_kozai >= 225:
                band = "deep space, e > 0.1" if record.ecco > 0.1 else "deep space, e < 0.1"
            else:
                tops = [top for top in (400, 500, 600, 800, 1000, 2000) if height < top]
                band = f"below {tops[0]} km" if tops else "other"
            bands.setdefault(band, []).append(history)
        for band, members in sorted(bands.items()):
            part = members[:: max(1, len(members) // 120)]
            found[kind, band] = [weighed(ages.differences(one)) for one in part]
            found[kind, band] = [errors for errors in found[kind, band] if len(errors)]
    return found


def write(name, header, rows):
    with (OUT / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)


def samples(group, motion, errors, count):
    """Thin errors evenly over the order of ages, so that every age is there."""
    order = np.argsort(errors["age"], kind="stable")
    for k in order[np.linspace(0, len(order) - 1, count).astype(int)]:
        one = errors[k]
        yield [
            group,
            motion,
            f"{one['age']:.0f}",
            *(f"{one[n]:.6e}" for n in ("motion", "eccentricity", "drag")),
            *(f"{one[part]:.0f}" for part in PARTS),
        ]


def main(folder, more):
    OUT.mkdir(exist_ok=True)
    fit, held = {}, {}
    for group, motion, kept_out, history in ages.shared(folder):
        errors = weighed(ages.differences(history))
        (held if kept_out else fit).setdefault((group, motion), []).append(errors)
    by_group = {group: members for (group, _), members in fit.items()}
    low = [[*by_group["decay"], *by_group["quiet"]], by_group["kept"]]
    training = {"free": low[:1], "kept": low[1:], "high": [by_group["high"]]}
    base = floors(folder)
    laws = {}
    for part in PARTS:
        for k, level in enumerate(LEVELS):
            for motion, groups in training.items():
                near = motion != "high"
                if near and part != "along" and motion == "kept":
                    laws[motion, part, level] = laws["free", part, level]
                    continue
                errors = balanced(low if near and part != "along" else groups)
                floor, *rest = fitted(errors, part, level, not near or part == "across")
                total = np.hypot(floor, base[part][k]) if near else floor
                laws[motion, part, level] = (float(total), *rest)
                print(
                    motion, part, level, [f"{number:.4g}" for number in laws[motion, part, level]]
                )
    write(
        "aging_law.csv",
        "motion,part,level,floor_m,rate_m_per_day,factor,power",
        [[*key, *(f"{number:.4g}" for number in law)] for key, law in laws.items()],
    )
    table, kept = [], []
    for (group, motion), members in held.items():
        mine = {key[1:]: law for key, law in laws.items() if key[0] == motion}
        label = "Malligyong-1" if group == "quiet" else group
        table += check(label, mine, members)
        kept += samples(label, motion, np.concatenate(members), 250)
    write(
        "aging_samples.csv",
        "group,motion,age_s,mean_motion_rad_s,eccentricity,drag_rad_s2,along_m,across_m,radial_m",
        kept,
    )
    for (kind, band), members in copies(more).items() if more else ():
        motion = "high" if "deep" in band else "free" if kind == "debris" else "kept"
        mine = {key[1:]: law for key, law in laws.items() if key[0] == motion}
        table += check(f"{kind}, {band}", mine, members)
    columns = ",".join(f"{part}_{100 * level:.0f}" for part in PARTS for level in LEVELS)
    write("aging_check.csv", f"group,satellites,age_from_d,age_to_d,errors,{columns}", table)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
