"""The satellites that the benchmarks look at.

Either a file of element sets (the active catalogue of CelesTrak, for the figures that are
published): the first argument of a script, or the variable KOSMODROM_CATALOG. Or, where none is
given, 16,069 made ones from a fixed seed: 95 of 100 in the shells of LEO that are in use, the rest
navigation satellites, the geostationary ring, transfer and Molniya orbits.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kosmodrom.base.epochs import Epochs
from kosmodrom.orbits.elements import ElementSets
from kosmodrom.orbits.secular import is_deep_space
from kosmodrom.orbits.tle import read_tle, write_tle
from kosmodrom.workspace._element_sets import read_file

START = "2026-08-23"
SEED = 20260823
MU = 398_600.8e9  # WGS72 [m³/s²]
RADIUS = 6_378_135.0
#: How many, altitude of the perigee and the apogee [km], inclination [deg], and by how much the
#: altitude (both) and the inclination vary.
SHELLS = (
    (4000, 550, 550, 53.0, 15, 0.3),
    (2600, 480, 480, 43.0, 15, 0.3),
    (1100, 570, 570, 70.0, 10, 0.2),
    (1200, 535, 535, 53.2, 15, 0.3),
    (650, 1200, 1200, 87.9, 10, 0.1),
    (75, 780, 780, 86.4, 2, 0.1),
    (3300, 560, 565, 97.6, 60, 0.3),
    (900, 680, 700, 98.2, 90, 0.4),
    (400, 620, 640, 82.6, 200, 8.0),
    (600, 500, 510, 51.6, 90, 0.2),
    (280, 1450, 1460, 52.0, 150, 6.0),
    (120, 500, 500, 30.0, 60, 8.0),
    (30, 700, 2200, 60.0, 200, 20.0),
    (15, 500, 6000, 63.4, 100, 2.0),
    (150, 20_200, 20_200, 55.5, 900, 0.8),
    (42, 8_062, 8_062, 0.5, 10, 0.3),
    (555, 35_786, 35_786, 2.5, 8, 2.0),
    (20, 300, 35_700, 26.0, 100, 3.0),
    (20, 900, 39_400, 63.4, 100, 0.5),
    (12, 45_000, 60_000, 20.0, 900, 10.0),
)


@dataclass(frozen=True, slots=True)
class Population:
    """Element sets of satellites.

    Attributes
    ----------
    elements : ElementSets
        All of them.
    how : str
        Where they are from.
    """

    elements: ElementSets
    how: str

    def near_circular(self, count: int) -> ElementSets:
        """Choose satellites in LEO: more than 11.25 turns a day, eccentricity below 0.05.

        Parameters
        ----------
        count : int
            How many [-].

        Returns
        -------
        ElementSets
            Always the same ones of a population.
        """
        sets = self.elements
        fast = sets.mean_motion_rad_min * 1440 / (2 * np.pi) > 11.25
        low = np.flatnonzero(~is_deep_space(sets) & fast & (sets.eccentricity < 0.05))
        if len(low) < count:
            raise SystemExit(f"{self.how} holds {len(low)} satellites in LEO; {count} are needed")
        return sets[low[np.random.default_rng(1).permutation(len(low))[:count]]]


def population() -> Population:
    """Read the file that is named, or make up satellites.

    Returns
    -------
    Population
        The satellites.
    """
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("KOSMODROM_CATALOG")
    if named:
        found = read_file(Path(named))
        return Population(found.elements, f"{found.name}, {len(found.elements):,} objects")
    made = made_up()
    return Population(made, f"made up (seed {SEED}), {len(made):,} objects; no file was named")


def made_up() -> ElementSets:
    """Make up satellites.

    Returns
    -------
    ElementSets
        As a file of two-line sets would give them, with epochs on the day before `START`.
    """
    random = np.random.default_rng(SEED)
    columns = np.concatenate([_shell(random, *shell) for shell in SHELLS], axis=1)
    motion, eccentricity, inclination, node, argument, anomaly, drag, age = columns
    count = len(motion)
    start = Epochs.from_iso(f"{START}T00:00Z")
    zero = np.zeros(count)
    sets = ElementSets(
        names=tuple(f"MADE {number}" for number in range(1, count + 1)),
        numbers=np.arange(1, count + 1),
        designators=("2026-001A",) * count,
        epochs=Epochs(start.tai_ns - (age * 1e9).astype(np.int64)),
        mean_motion_rad_min=motion,
        eccentricity=eccentricity,
        inclination=inclination,
        node=node,
        argument_of_perigee=argument,
        mean_anomaly=anomaly,
        bstar=drag,
        mean_motion_dot_rad_min2=zero,
        mean_motion_ddot_rad_min3=zero,
        sources=("made up",) * count,
    )
    return read_tle(write_tle(sets), "made up")  # with the digits that such files have


def _shell(
    random: np.random.Generator, count: int, perigee: float, apogee: float, inclination: float,
    spread: float, tilt: float,
) -> np.ndarray:  # fmt: skip
    """Draw one row of SHELLS: motion, eccentricity, four angles, drag, age of the set [s]."""
    shift = random.normal(0.0, spread / 2, count).clip(-spread, spread) * 1e3
    low, high = RADIUS + perigee * 1e3 + shift, RADIUS + apogee * 1e3 + shift
    semi = (low + high) / 2
    angles = random.uniform(0.0, 2 * np.pi, (3, count))
    return np.stack(
        [
            60.0 * np.sqrt(MU / semi**3),
            (high - low) / (high + low) + random.uniform(0.0, 4e-4, count),
            np.radians(np.abs(random.normal(inclination, tilt / 2, count))),
            *angles,
            np.where(perigee < 1000, random.lognormal(-8.4, 0.6, count), 0.0),
            random.uniform(0.0, 86_400.0, count),
        ]
    )


def written(elements: ElementSets, path: Path) -> Path:
    """Write element sets as a file of two-line sets with names.

    Parameters
    ----------
    elements : ElementSets
        What to write.
    path : pathlib.Path
        The file.

    Returns
    -------
    pathlib.Path
        The file.
    """
    path.write_text(write_tle(elements), "ascii")
    return path


def lines(path: Path) -> list[tuple[str, str, str]]:
    """Give name and lines of each set of a file, as peers want them.

    Parameters
    ----------
    path : pathlib.Path
        A file that `written` wrote.

    Returns
    -------
    list of tuple of str
        Name, first and second line.
    """
    text = path.read_text("ascii").splitlines()
    return list(zip(text[0::3], text[1::3], text[2::3], strict=True))
