"""Fit the weights by which notices are judged, on one half of the events of an archive.

    python scripts/fit_judgement.py DATA [--check]

DATA is a folder with ``notams`` (raw notices); labels are those of ``scripts/label_notices.py``.
An event is a launch with its earlier tries, or another closure. Halves are set by a hash of its
name, before anything is fitted. Only what was known before the first window is used: launches of
the ten years before, and areas of which it was known by then what for, of either half. Words
count for nothing here, since the archive was gathered by them. Prints the weights, for the table
in ``judged.py``, and figures of both halves; with ``--check`` the exit status is 1 where the
weights there are others.
"""

from __future__ import annotations

# ruff: noqa: D102, D103 -- a script: only what is not plain from a name has a docstring
import argparse
import csv
import hashlib
import json
import math
import sys
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np  # noqa: TID253 -- a script

from kosmodrom.catalog import load_catalog
from kosmodrom.launch.notices.flown import FlownSite, flown_site
from kosmodrom.launch.notices.judged import WEIGHTS, PastAreas, judged, measured
from kosmodrom.launch.notices.read import read_notices

if TYPE_CHECKING:
    from kosmodrom.launch.notices.notice import Notice

LABELS = Path(__file__).parents[1] / "tests" / "truth" / "data" / "notice_labels.csv"
LAUNCHED = dict.fromkeys(("orbital", "other-time", "replaced"), True) | dict.fromkeys(
    ("unexplained", "recovery", "sounding", "not-orbital"), False
)
RIDGE = 1.0  # keeps weights of rare reasons low
Event = tuple[str, str, str, bool]


def read_archive(data: Path) -> dict[str, Notice]:
    (path,) = (data / "notams").glob("notams-*.json")
    found: dict[str, Notice] = {}
    for raw in dict.fromkeys(row["raw"] for row in json.loads(path.read_text(encoding="utf-8"))):
        for notice in read_notices(raw, source=path.name):
            if notice.areas and notice.windows:
                found.setdefault(notice.name, notice)
    return found


def labels() -> dict[str, dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["notice"]: row for row in csv.DictReader(file) if row["label"] in LAUNCHED}


def half(group: str) -> int:
    return hashlib.sha256(group.encode()).digest()[0] % 2


def sets(
    archive: dict[str, Notice], known: dict[str, dict[str, str]]
) -> dict[Event, list[Notice]]:
    """Put together notices of one group, day and sort: of one window, or of many days."""
    found: dict[Event, list[Notice]] = defaultdict(list)
    for name, row in known.items():
        notice = archive[name]
        begin = notice.windows[0].begin
        long = notice.windows[-1].end - begin > timedelta(hours=8)
        kind = "other-time" if row["label"] == "other-time" else str(LAUNCHED[row["label"]])
        found[row["group"], kind, begin.date().isoformat(), long].append(notice)
    return dict(found)


class Record:
    """What was known by a day: directions flown from sites, and areas closed before."""

    def __init__(self) -> None:
        catalog = load_catalog()
        self.orbits = [
            row
            for row in catalog.launch_orbits
            if row.inclination_deg is not None and not row.orbit_class.startswith("GEO")
        ]
        self.places = {row.id: row for row in catalog.sites}
        self.areas = catalog.closed_areas
        self.kept: dict[str, list[FlownSite]] = {}

    def sites(self, day: str) -> list[FlownSite]:
        month = day[:7] + "-01"
        if month not in self.kept:
            flown: dict[str, list[float]] = defaultdict(list)
            for row in self.orbits:
                if f"{int(month[:4]) - 10}{month[4:]}" <= row.known_from <= month:
                    flown[row.site].append(math.radians(row.inclination_deg or 0.0))
            self.kept[month] = [
                flown_site(
                    name,
                    self.places[name].country,
                    math.radians(self.places[name].latitude_deg),
                    math.radians(self.places[name].longitude_deg),
                    inclinations,
                )
                for name, inclinations in flown.items()
            ]
        return self.kept[month]

    def past(self, day: str) -> PastAreas:
        mine = [row for row in self.areas if row.known_from <= day]
        numbers = {event: number for number, event in enumerate({row.event for row in mine})}
        return PastAreas(
            latitude=np.radians([row.latitude_deg for row in mine]),
            longitude=np.radians([row.longitude_deg for row in mine]),
            launched=np.array([row.launched == "yes" for row in mine], dtype=bool),
            event=np.array([numbers[row.event] for row in mine], dtype=np.int64),
        )


def fitted(values: Any, truth: Any) -> Any:
    """Give the weights of greatest penalised likelihood, by Newton's steps."""
    weights = np.zeros(values.shape[1])
    ridge = RIDGE * np.eye(len(weights))
    ridge[0, 0] = 1e-6  # the base rate is free
    for _ in range(50):
        chance = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (truth - chance) - ridge @ weights
        bend = (values.T * (chance * (1 - chance))) @ values + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def figures(name: str, chance: Any, truth: Any) -> str:
    said = chance >= 0.5
    right = int((said & truth).sum())
    return (
        f"{name:34} {len(truth):4} events, {int(truth.sum()):3} launches: "
        f"precision {right / max(1, said.sum()):.3f}, recall {right / max(1, truth.sum()):.3f}, "
        f"others found {int((~said & ~truth).sum())} of {int((~truth).sum())}, "
        f"Brier {np.mean((chance - truth) ** 2):.3f}\n"
    )


class Table:
    """Measured values of events, one row each, with their truth and their half."""

    def __init__(
        self, made: dict[Any, list[Notice]], known: dict[str, dict[str, str]], record: Record
    ) -> None:
        rows, chances = [], []
        for event, notices in made.items():
            sites, past = record.sites(event[2]), record.past(event[2])
            values, _ = measured(notices, sites, past)
            rows.append(list(values.values()))
            chances.append(judged(notices, sites, past).probability if WEIGHTS else 0.0)
        self.codes = list(values)
        self.values = np.array(rows)
        self.judged = np.array(chances)
        self.truth = np.array([LAUNCHED[known[mine[0].name]["label"]] for mine in made.values()])
        self.half = np.array([half(event[0]) for event in made])
        self.silent = np.array([not any(n.words for n in mine) for mine in made.values()])
        self.new = np.abs(self.values[:, self.codes.index("past")]) < 0.2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    archive, known, record = read_archive(asked.data), labels(), Record()
    events = sets(archive, known)
    singles = {
        (*event, notice.name): [notice] for event, mine in events.items() for notice in mine
    }
    tables = {
        name: Table(made, known, record) for name, made in (("set", events), ("notice", singles))
    }
    both = list(tables.values())
    found = fitted(
        np.concatenate([table.values[table.half == 0] for table in both]),
        np.concatenate([table.truth[table.half == 0] for table in both]),
    )
    weights = {code: round(float(w), 2) for code, w in zip(both[0].codes, found, strict=True)}
    for name, table in tables.items():
        chance = 1 / (1 + np.exp(-table.values @ np.array(list(weights.values()))))
        for title, mine in (
            (f"{name}, fitted half", table.half == 0),
            (f"{name}, held-out half", table.half == 1),
            ("  of these without words", (table.half == 1) & table.silent),
            ("  of these at new places", (table.half == 1) & table.new),
        ):
            sys.stdout.write(figures(title, chance[mine], table.truth[mine]))
        mine = table.half == 1
        sys.stdout.write(
            figures("  held-out, words counted", table.judged[mine], table.truth[mine])
        )
    sys.stdout.write(f"{weights}\n")
    sys.exit(1 if asked.check and weights != dict(WEIGHTS) else 0)


if __name__ == "__main__":
    main()
