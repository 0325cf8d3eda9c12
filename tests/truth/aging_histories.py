"""How far element sets miss later sets of the same satellite, and precise orbits: the raw numbers.

It shares no code with kosmodrom. Positions are those of the package ``sgp4`` (WGS72), in TEME. The
error of a set is split in the orbit of the reference: along (the angle in the orbit's plane times
the radius, so that it follows the curve), across (towards the orbit's normal) and radial.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import erfa
import numpy as np
from sgp4.api import WGS72, Satrec
from sgp4.model import Satrec as PlainSatrec

if TYPE_CHECKING:
    from pathlib import Path

MU = 3.986008e14  # WGS72 [m³/s²]
DAY = 86_400.0
ARCSEC = np.pi / 648_000
EARTH_RATE = 7.292115e-5  # [rad/s]
EPOCH_2000 = datetime(2000, 1, 1)  # noqa: DTZ001 -- of two scales, differenced only
#: Ages at which a set is compared with the set nearest to it [d], before and after its epoch.
TARGETS = np.array(
    [0.1, 0.2, 0.35, 0.6, 1, 1.5, 2, 2.5, 3.5, 5, 7, 9, 12, 16, 21, 27, 35, 45, 60, 80]
)
TARGETS = np.concatenate([-TARGETS[::-1], TARGETS])
#: One row an error; `drag` is half the rate of the mean motion, printed or by B*: the larger.
ERRORS = np.dtype(
    [
        (name, "f8")
        for name in (
            "age",
            "motion",
            "eccentricity",
            "drag",
            "along",
            "across",
            "radial",
            "weight",
        )
    ]
)


@dataclass(frozen=True)
class History:
    """The element sets of one satellite, in order of their epochs, one an epoch."""

    name: str
    lines: tuple[tuple[str, str], ...]

    @cached_property
    def sets(self):
        return [Satrec.twoline2rv(*pair, WGS72) for pair in self.lines]

    @cached_property
    def julian(self):
        return np.array([[one.jdsatepoch, one.jdsatepochF] for one in self.sets]).T

    @cached_property
    def constants(self):
        """Mean motion [rad/s], eccentricity [-] and drag [rad/s²] of each set."""
        plain = [PlainSatrec.twoline2rv(*pair, WGS72) for pair in self.lines]
        by_bstar = np.array(
            [0.0 if s.method == "d" else 1.5 * s.cc1 * s.no_unkozai for s in plain]
        )
        printed = np.array([s.ndot for s in plain])
        drag = np.maximum(np.abs(by_bstar), np.abs(printed)) / 3600
        motion = np.array([s.no_kozai for s in plain]) / 60
        return motion, np.array([s.ecco for s in plain]), drag


def histories(text):
    """Read the sets of every satellite in a text of element sets, with or without names."""
    found = {}
    rows = [row.rstrip() for row in text.splitlines()]
    for first, second in pairwise(rows):
        if first[:2] == "1 " and second[:2] == "2 " and first[2:7] == second[2:7]:
            found.setdefault(first[2:7].strip(), {})[first[18:32]] = (first[:69], second[:69])
    ordered = {
        number: sorted(sets.values(), key=lambda pair: _sortable(pair[0]))
        for number, sets in found.items()
    }
    return [History(number, tuple(ordered[number])) for number in sorted(ordered)]


def _sortable(line):
    year = int(line[18:20])
    return year + (1900 if year >= 57 else 2000), float(line[20:32])


def read(path):
    raw = path.read_bytes()
    return histories((gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8"))


def split(position, velocity, other):
    """Give along, across and radial of `other` as seen from a state; arrays (n, 3)."""
    up = position / np.linalg.norm(position, axis=-1, keepdims=True)
    normal = np.cross(position, velocity)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    ahead = np.cross(normal, up)
    x, y, z = ((other * axis).sum(-1) for axis in (up, ahead, normal))
    radius = np.linalg.norm(position, axis=-1)
    return np.arctan2(y, x) * radius, z, np.hypot(x, y) - radius


def differences(history):
    """Compare each set with others of its satellite, at about the ages of TARGETS."""
    when = history.julian.sum(0)
    states = [one.sgp4(one.jdsatepoch, one.jdsatepochF) for one in history.sets]
    good = np.array([code == 0 for code, *_ in states])
    position, velocity = (np.array([state[k] for state in states]) for k in (1, 2))
    constants = np.array(history.constants).T
    rows = []
    for one, record in enumerate(history.sets):
        away = when - when[one]
        nearest = np.abs(away[:, None] - TARGETS).argmin(0)
        close = np.abs(away[nearest] - TARGETS) < 0.25 * np.abs(TARGETS)
        others = np.unique(nearest[close & good[nearest]])
        if not len(others):
            continue
        codes, there, _ = record.sgp4_array(*np.ascontiguousarray(history.julian[:, others]))
        parts = np.array(split(position[others], velocity[others], there)) * 1000
        rows += [
            (away[others[k]] * DAY, *constants[one], *parts[:, k], 1.0)
            for k in np.flatnonzero(codes == 0)
        ]
    return np.array(rows, dtype=ERRORS)


def orientation(path, mjd):
    """Give UT1 - UTC [s] and the pole [rad] from CelesTrak's EOP-All.csv, linear between days."""
    with gzip.open(path, "rt") as file:
        table = [
            [float(row[name]) for name in ("MJD", "UT1-UTC", "X", "Y")]
            for row in csv.DictReader(file)
        ]
    day, ut1, x, y = np.array(table).T
    return (
        np.interp(mjd, day, ut1),
        np.interp(mjd, day, x) * ARCSEC,
        np.interp(mjd, day, y) * ARCSEC,
    )


def precise_states(path, earth):
    """Read every fifth state of an SP3 file: UTC in two parts, position and velocity in TEME."""
    stamps, places, speeds = [], [], []
    with gzip.open(path, "rt") as file:
        for row in file:
            if row.startswith("* "):
                *whole, second = row[1:].split()
                began = datetime(*map(int, whole))  # noqa: DTZ001 -- TAI
                stamps.append((began - EPOCH_2000).total_seconds() + float(second))
            elif row.startswith("P"):
                places.append([float(word) * 1e3 for word in row[4:46].split()])
            elif row.startswith("V"):
                speeds.append([float(word) * 0.1 for word in row[4:46].split()])
    tai = np.array(stamps)[::5] / DAY
    utc = erfa.taiutc(np.full(len(tai), 2_451_544.5), tai)
    ut1, x, y = orientation(earth, utc[0] - 2_400_000.5 + utc[1])
    polar = np.array([erfa.pom00(a, b, 0.0) for a, b in zip(x, y, strict=True)])
    fixed = [np.einsum("nji,nj->ni", polar, np.array(v)[::5]) for v in (places, speeds)]
    fixed[1] += np.cross([0, 0, EARTH_RATE], fixed[0])
    angle = erfa.gmst82(utc[0], utc[1] + ut1 / DAY)
    turned = [_about_z(angle, vectors) for vectors in fixed]
    return np.array(utc), *turned


def _about_z(angle, vectors):
    c, s = np.cos(angle), np.sin(angle)
    x, y, z = vectors.T
    return np.stack([c * x - s * y, s * x + c * y, z], -1)


def against_precise(history, path, earth, reach=1.0):
    """Compare the sets whose epoch is within `reach` days with a precise orbit [m]: (n, 3)."""
    utc, position, velocity = precise_states(path, earth)
    found = []
    for record in history.sets:
        age = (utc[0] - record.jdsatepoch) + (utc[1] - record.jdsatepochF)
        near = np.abs(age) < reach
        if near.any():
            codes, there, _ = record.sgp4_array(*np.ascontiguousarray(utc[:, near]))
            parts = split(position[near], velocity[near], there * 1000)
            found.append(np.stack(parts, -1)[codes == 0])
    return np.concatenate(found)


def shared(folder):
    """Sort the histories of the data folder: (name, motion, kept for the check, history)."""
    hist = folder / "element-histories-2026"
    decays = read(folder / "decays-2026" / "element-sets.3le.gz")
    names = dict(row.split(",")[:2] for row in _rows(folder / "decays-2026" / "summary.csv"))
    free = [one for one in decays if not names[one.name].startswith("STARLINK")]
    found = [("decay", "free", k % 4 == 3, one) for k, one in enumerate(free)]
    for path in sorted(hist.glob("*.3le")):
        (one,) = read(path)
        number = path.name[:5]
        if number in {"08820", "58400"}:  # LAGEOS-1; Malligyong-1, quiet in those months
            found.append(("quiet", "free", number == "58400", one))
        elif number != "39634":  # Sentinel-1A was lowered in those months
            found.append(("kept", "kept", number in {"42063", "43437", "46984", "49260"}, one))
    for path in sorted((folder / "manoeuvre-benchmark" / "tle").glob("*.gz")):
        (one,) = read(path)
        if path.name.startswith("Fengyun"):
            found.append(("high", "high", "2H" in path.name, one))
        else:
            found.append(("kept", "kept", path.name.startswith("Sentinel-6A"), one))
    return found


def _rows(path: Path):
    return path.read_text("utf-8").splitlines()[1:]
