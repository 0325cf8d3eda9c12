"""What is seen by eye against many looks with plain formulas.

Satellites are those of data/passes_setup.json, by the package sgp4; the Sun is ERFA's epv00 with
aberration, turned by c2t06a; the shadow is that of the ellipsoid, by where a ray meets it.
"""

import json
from pathlib import Path

import erfa
import numpy as np
import pytest
from sgp4.api import Satrec

from kosmodrom.base.earth import EarthOrientation
from kosmodrom.base.epochs import Epochs
from kosmodrom.orbits.tle import read_tle
from kosmodrom.view.masks import Mask
from kosmodrom.view.observers import Observers
from kosmodrom.view.passes import find_passes

SETUP = json.loads((Path(__file__).parent / "data" / "passes_setup.json").read_text("utf-8"))
ARCSEC = np.pi / 648_000
ROWS = np.array(SETUP["earth_orientation"]["rows"])
EARTH = EarthOrientation(
    mjd_utc=ROWS[:, 0], ut1_minus_utc=ROWS[:, 1], pole_x=ROWS[:, 2] * ARCSEC,
    pole_y=ROWS[:, 3] * ARCSEC,
)  # fmt: skip
DAY = 86_400.0
A, F = 6_378_137.0, 1 / 298.257223563
SITES = SETUP["sites"]
NAMES = [satellite["name"] for satellite in SETUP["satellites"]]


class Plain:
    """One satellite and the Sun over a day, in Earth-fixed axes."""

    def __init__(self, number):
        satellite = SETUP["satellites"][number]
        self.record = Satrec.twoline2rv(*satellite["lines"])
        self.mjd = satellite["day_mjd"]
        self.start = Epochs.from_utc(self.mjd)

    def at(self, seconds):
        """Satellite and Sun in ITRF [m]; NaN where there is no position."""
        epochs = self.start.plus(seconds)
        ut1 = EARTH.ut1_minus_utc_at(epochs)
        code, position, _ = self.record.sgp4_array(
            np.full(len(seconds), self.mjd + 2_400_000.5), seconds / DAY
        )
        position[code != 0] = np.nan
        theta = erfa.gmst82(self.mjd + 2_400_000.5, (seconds + ut1) / DAY)
        x, y = position[:, 0] * 1e3, position[:, 1] * 1e3
        pef = np.stack(
            [np.cos(theta) * x + np.sin(theta) * y, np.cos(theta) * y - np.sin(theta) * x,
             position[:, 2] * 1e3], axis=-1,
        )  # fmt: skip
        pole = erfa.pom00(*EARTH.pole_at(epochs), 0.0)
        here = np.einsum("kij,kj->ki", pole, pef)
        day, tt = self.mjd + 2_400_000.5, (seconds + 37 + 32.184) / DAY
        heliocentric, barycentric = erfa.epv00(day, tt)
        away = -heliocentric["p"]
        size = np.linalg.norm(away, axis=-1)
        speed = barycentric["v"] * (erfa.DAU / erfa.DAYSEC / erfa.CMPS)
        unit = erfa.ab(away / size[:, None], speed, size, np.sqrt(1 - np.sum(speed**2, -1)))
        turn = erfa.c2t06a(day, tt, day, (seconds + ut1) / DAY, *EARTH.pole_at(epochs))
        sun = np.einsum("kij,kj->ki", turn, unit * size[:, None]) * erfa.DAU
        return here, sun

    def seen(self, seconds, site, darkness):
        """Whether the satellite is lit and the place is dark; and its elevation."""
        here, sun = self.at(seconds)
        lat, lon = np.radians(site["latitude_deg"]), np.radians(site["longitude_deg"])
        e2 = F * (2 - F)
        normal = A / np.sqrt(1 - e2 * np.sin(lat) ** 2)
        up = np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        ground = up * normal * np.array([1, 1, 1 - e2])
        place = ground + up * site["height_m"]
        # The sky is dark by the Sun over the ground at height 0, as almanacs have it.
        away = sun - ground
        dark = np.arcsin(away @ up / np.linalg.norm(away, axis=-1)) < darkness
        # Squeeze the Earth to a sphere; does the ray to the Sun's centre meet it ahead?
        stretch = np.array([1, 1, 1 / (1 - F)])
        p, d = here * stretch, (sun - here) * stretch
        along = -np.sum(p * d, -1) / np.sum(d * d, -1)
        nearest = np.linalg.norm(p + along[:, None] * d, axis=-1)
        lit = (along < 0) | (nearest > A)
        line = here - place
        elevation = np.arcsin(line @ up / np.linalg.norm(line, axis=-1))
        return lit & dark, elevation

    def edge(self, low, high, site, darkness):
        first = self.seen(np.array([low]), site, darkness)[0][0]
        for _ in range(30):
            middle = (low + high) / 2
            if self.seen(np.array([middle]), site, darkness)[0][0] == first:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    def first_part(self, begin, end, site, darkness):
        """Begin, end and highest elevation of the first time seen in a pass, if any."""
        step = np.clip((end - begin) / 400, 1.0, 60.0)  # high satellites see the Sun for long
        seconds = np.unique(np.concatenate([np.arange(begin, end, step), [end]]))
        lit, elevation = self.seen(seconds, site, darkness)
        if not lit.any():
            return None
        first = int(np.argmax(lit))
        after = np.flatnonzero(~lit[first:])
        last = first + int(after[0]) - 1 if len(after) else len(lit) - 1
        start = begin if first == 0 else self.edge(seconds[first - 1], seconds[first], site,
                                                   darkness)  # fmt: skip
        stop = end if last == len(lit) - 1 else self.edge(seconds[last], seconds[last + 1], site,
                                                          darkness)  # fmt: skip
        _, ends = self.seen(np.array([start, stop]), site, darkness)
        return start, stop, max(elevation[first : last + 1].max(), ends.max())


@pytest.mark.parametrize("darkness_deg", [-6.0, -18.0])
@pytest.mark.parametrize(
    "name",
    ["ISS (ZARYA)", "LANDSAT 8", "MADE UP: MOLNIYA", "ARASE (ERG)", "DIRECTV 11",
     "MADE UP: E 0.3, 150 MIN, CRITICAL", "THEMIS A"],
)  # fmt: skip
def test_the_first_sight_of_each_pass_is_that_of_many_looks(name, darkness_deg):
    number = NAMES.index(name)
    plain, darkness = Plain(number), np.radians(darkness_deg)
    window = SETUP["satellites"][number]
    start = plain.start.plus(window["start_s"])
    chosen = [1, 4, 5, 7]
    places = Observers.at(
        np.radians([SITES[k]["latitude_deg"] for k in chosen]),
        np.radians([SITES[k]["longitude_deg"] for k in chosen]),
        [SITES[k]["height_m"] for k in chosen],
    )
    found = find_passes(
        read_tle("\n".join(window["lines"]), name, strict=False), places, start,
        plain.start.plus(window["end_s"]), EARTH,
        masks=[Mask.level(np.radians(10.0))] * len(chosen), darkness=darkness,
    )  # fmt: skip
    assert len(found) > 0
    for k in range(len(found)):
        site = SITES[chosen[found.place[k]]]
        expected = plain.first_part(
            found.begin[k] + window["start_s"], found.end[k] + window["start_s"], site, darkness
        )
        if expected is None:
            assert np.isnan(found.visible_begin[k])
            continue
        begin, end, height = expected
        # The Sun's edge on the Earth's goes by at 0.06 deg/s in low orbit: 0.02 arcsec is 0.1 ms;
        # in high ones, and over a place at 0.004 deg/s or less, some milliseconds.
        assert found.visible_begin[k] + window["start_s"] == pytest.approx(begin, abs=0.003)
        assert found.visible_end[k] + window["start_s"] == pytest.approx(end, abs=0.003)
        assert found.visible_elevation[k] == pytest.approx(height, abs=1e-3)  # between looks


def test_nothing_is_seen_by_day_and_nobody_asked_is_no_answer():
    number = next(k for k, one in enumerate(NAMES) if "LANDSAT 8" in one)
    start = Epochs.from_utc(SETUP["satellites"][number]["day_mjd"])
    sets = read_tle("\n".join(SETUP["satellites"][number]["lines"]), "landsat")
    north = Observers.at(np.radians(78.0), 0.2)
    ends = (sets, north, start, start.plus(DAY), EARTH)
    masks = [Mask.level(0.0)]
    # 23 August at 78 N: the Sun never sinks to -6 deg
    found = find_passes(*ends, masks=masks, darkness=np.radians(-6.0))
    assert len(found) > 8
    for name in ("visible_begin", "visible_end", "visible_elevation"):
        assert np.isnan(getattr(found, name)).all()
        assert np.isnan(getattr(find_passes(*ends, masks=masks), name)).all()
