"""Fit how long after lift-off a site comes into the plane of what was launched.

Reads ``tests/truth/data/plane_passages.csv`` and prints the models of `kosmodrom.launch.passage`:
fitted on launches of even number, and how likely each half finds its own passages.

    python tests/truth/fit_passages.py
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from kosmodrom.base.constants import EARTH_ROTATION_RATE
from kosmodrom.base.ellipsoid import geocentric_latitude, geodetic_to_itrs
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.frames import gmst82
from kosmodrom.catalog import load_catalog
from kosmodrom.launch.passage import KINDS, TURN, PassageModel, kinds, passages
from kosmodrom.orbits.elements import ElementSets
from kosmodrom.orbits.secular import mean_motion
from kosmodrom.workspace.orientation import earth_orientation

if TYPE_CHECKING:
    from collections.abc import Callable

SHARES = (0.002, 0.005, 0.01, 0.015, 0.02, 0.03)  # of the rate of the node, not known
LEAST = {"low": np.log(120.0), "transfer": np.log(300.0)}  # of few launches
TABLE = Path(__file__).parent / "data/plane_passages.csv"


def read() -> tuple[list[dict[str, str]], ElementSets, Epochs]:
    """Read the table."""
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    number = {name: np.array([float(row[name]) for row in rows]) for name in (
        "norad", "inclination_deg", "node_deg", "eccentricity", "revolutions_per_day"
    )}  # fmt: skip
    none = np.zeros(len(rows))
    sets = ElementSets(
        names=("",) * len(rows),
        numbers=number["norad"].astype(np.int64),
        designators=tuple(row["tag"] + "A" for row in rows),
        epochs=Epochs.from_iso([row["epoch"] for row in rows]),
        mean_motion_rad_min=number["revolutions_per_day"] * 2 * np.pi / 1440.0,
        eccentricity=number["eccentricity"],
        inclination=np.radians(number["inclination_deg"]),
        node=np.radians(number["node_deg"]),
        argument_of_perigee=none, mean_anomaly=none, bstar=none, mean_motion_dot_rad_min2=none,
        mean_motion_ddot_rad_min3=none, sources=("table",) * len(rows),
    )  # fmt: skip
    return rows, sets, Epochs.from_iso([row["lift_off"] for row in rows])


def main() -> None:
    """Fit and print."""
    rows, sets, lift_off = read()
    earth, catalog = earth_orientation(), load_catalog()
    angle = np.array([
        float(gmst82(lift_off[k], earth.around(lift_off[k].plus(-1e4), lift_off[k].plus(1e4))))
        for k in range(len(rows))
    ])  # fmt: skip
    places = [catalog.site(row["site"]) for row in rows]
    latitude = np.array([
        float(geocentric_latitude(geodetic_to_itrs(np.radians(p.latitude_deg), 0.0, 0.0)))
        for p in places
    ])  # fmt: skip
    longitude = np.radians([p.longitude_deg for p in places])
    rate = mean_motion(sets).node_rates[1] / 60.0
    since = (lift_off.tai_ns - sets.epochs.tai_ns) / 1e9
    found = passages(sets.node + rate * since, rate, sets.inclination, angle + longitude, latitude)
    drift = np.abs(rate * since) / EARTH_ROTATION_RATE
    unsure = np.array([float(row["precision_s"]) for row in rows]) / np.sqrt(3.0)
    even = np.array([int(row["tag"][5:]) % 2 == 0 for row in rows])
    low = sets.period < 5760.0
    shifts = np.stack([found.ascending, found.descending])

    def _error(share: float, which: np.ndarray) -> np.ndarray:
        scaled = np.where(low, share, share / 10) * drift
        return np.sqrt(36.0 + scaled**2 + unsure**2)[which]

    def _loss(model: PassageModel, share: float, which: np.ndarray) -> float:
        density = model.density(shifts[:, which], _error(share, which)).mean(axis=0)
        return float(-np.log(density * TURN).mean())

    kind = kinds(sets)
    share = 0.0
    for place, name in enumerate(KINDS[:2]):
        train, held = (kind == place) & even, (kind == place) & ~even
        tried = SHARES if name == "low" else (share,)  # only these tell what climbing does
        fits = [
            (*_fitted(lambda model, s=s, train=train: _loss(model, s, train), LEAST[name]), s)
            for s in tried
        ]
        for gain, _, one in fits:
            print(f"  share {one:.3f}: gain {gain:.3f}")
        _, model, share = max(fits, key=lambda fit: fit[0])
        nearest, _ = found.nearest(model.usual_time)
        half = model.reach(_error(share, held))
        inside = np.abs(nearest[held] - model.usual_time) <= half
        print(name, model, f"share {share}")
        print(
            f"  even: {train.sum()}, gain {-_loss(model, share, train):.2f}; "
            f"odd: {held.sum()}, gain {-_loss(model, share, held):.2f}; "
            f"of these inside 90 %: {inside.mean():.2f}, median half width "
            f"{np.median(half) / 60:.1f} min; median shift {np.median(nearest[held]) / 60:.1f} min"
        )


def _fitted(loss: Callable[[PassageModel], float], least: float) -> tuple[float, PassageModel]:
    best = None
    for begin in ([300, 5, 1000, 7, 1, 0], [300, 4, -3000, 8, 0, 1]):
        found = minimize(
            lambda q: loss(_unpacked(q, least)), begin, method="Nelder-Mead",
            options={"maxiter": 6000, "maxfev": 6000, "adaptive": True},
        )  # fmt: skip
        if best is None or found.fun < best.fun:
            best = found
    return -float(best.fun), _unpacked(best.x, least)


def _unpacked(q: np.ndarray, least: float) -> PassageModel:
    weight = np.exp(np.clip([q[4], q[5], 0.0], -8, 8))
    weight /= weight.sum()
    spread = np.exp(np.clip([q[1], q[3]], least, 11.0))
    return PassageModel(
        usual=float(weight[0]), usual_time=float(q[0]), usual_spread=float(spread[0]),
        wide=float(weight[1]), wide_time=float(q[2]), wide_spread=float(spread[1]),
    )  # fmt: skip


if __name__ == "__main__":
    main()
