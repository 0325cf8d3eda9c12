"""Pictures of places: accesses by another program, angles in exact arithmetic, and brute force.

`data/README.md` tells how overflights.json and offnadir.json were made; neither shares code with
kosmodrom. The brute force here looks every second with plain formulas of the angles.
"""

import json
from functools import cache
from pathlib import Path

import erfa
import numpy as np
import pytest
from sgp4.api import Satrec

from kosmodrom.base.earth import EarthOrientation
from kosmodrom.base.ellipsoid import geodetic_to_itrs, local_axes
from kosmodrom.base.epochs import Epochs
from kosmodrom.orbits.elements import joined
from kosmodrom.orbits.tle import read_tle
from kosmodrom.view._sight import Sight
from kosmodrom.view.contacts import Downlink, deliver
from kosmodrom.view.imaging import Limits, find_accesses
from kosmodrom.view.masks import Mask
from kosmodrom.view.observers import Observers
from kosmodrom.view.passes import find_passes
from kosmodrom.view.pointing import pointing
from kosmodrom.view.sensors import elevation_at_target

DATA = Path(__file__).parent / "data"
ARCSEC = np.pi / 648_000
DAY = 86_400.0


def load(name):
    return json.loads((DATA / name).read_text("utf-8"))


def orientation(table):
    mjd, ut1, x, y = np.array(table["rows"]).T
    return EarthOrientation(mjd_utc=mjd, ut1_minus_utc=ut1, pole_x=x * ARCSEC, pole_y=y * ARCSEC)


# A week of opportunities

WEEK = load("overflights.json")
EARTH = orientation(WEEK["earth_orientation"])
START = Epochs.from_utc(WEEK["day_mjd"])
END = START.plus(WEEK["end_s"])
SETS = joined([read_tle("\n".join(s["lines"]), s["name"]) for s in WEEK["satellites"]])
_, LATITUDE, LONGITUDE, HEIGHT = zip(*WEEK["targets"], strict=True)
TARGETS = Observers.at(np.radians(LATITUDE), np.radians(LONGITUDE), HEIGHT)


def access(limits, sets=SETS, targets=TARGETS, start=START, end=END, earth=EARTH):
    return find_accesses(sets, targets, start, end, earth, limits)


@pytest.fixture(scope="module")
def week():
    return access(Limits(off_nadir=np.radians(WEEK["off_nadir_deg"])))


@pytest.mark.parametrize("target", range(6))
@pytest.mark.parametrize("satellite", range(3))
def test_the_opportunities_of_a_week_are_those_of_another_program(week, satellite, target):
    ours = week[(week.span == satellite) & (week.place == target)]
    rows = WEEK["satellites"][satellite]["opportunities"][target]
    assert len(ours) == len(rows)
    if not rows:
        return
    theirs = {key: np.array([row[key] for row in rows], dtype=float) for key in rows[0]
              if key != "delivered_s"}  # fmt: skip
    assert ours.begin == pytest.approx(theirs["start_s"], abs=1e-4)
    assert ours.end == pytest.approx(theirs["end_s"], abs=1e-4)
    # Their best instant is the least of cosines, of which rounding hides 1e-8 rad, 0.1 ms.
    assert ours.best == pytest.approx(theirs["best_s"], abs=2e-3)
    for name, key in (
        ("off_nadir", "off_nadir_deg"), ("elevation", "elevation_deg"),
        ("azimuth", "azimuth_at_target_deg"),
    ):  # fmt: skip
        # The nadir is that of an ellipsoid about the pole of rotation: 1.3e-8 rad, 7 mm. Only the
        # first is flat at the best instant; the others move by 2 ms at 15 km/s and 500 km.
        limit = 2e-8 if name == "off_nadir" else 6e-5
        turn = np.radians(theirs[key]) - getattr(ours, name)
        assert np.abs(np.sin(turn)).max() < limit
    assert ours.distance == pytest.approx(theirs["slant_range_m"], abs=5.0)
    # Both apparent, theirs by aberration, ours by light time: 0.02 arcsec.
    assert ours.sun_elevation == pytest.approx(np.radians(theirs["sun_elevation_deg"]), abs=2e-7)
    assert np.sin(ours.sun_azimuth - np.radians(theirs["sun_azimuth_deg"])) == pytest.approx(
        np.zeros(len(rows)), abs=1e-6
    )
    assert np.array_equal(ours.ascending, theirs["ascending"] == 1)


@pytest.mark.parametrize("satellite", range(3))
def test_pictures_of_a_week_come_down_when_another_program_says(week, satellite):
    # Each picture alone, in the first contact that lasts long enough from then on.
    latitude, longitude, height = WEEK["station_deg_m"]
    station = Observers.at(np.radians(latitude), np.radians(longitude), height)
    mask = Mask.level(np.radians(WEEK["station_mask_deg"]))
    contacts = find_passes(SETS[[satellite]], station, START, END, EARTH, masks=[mask])
    theirs = np.array(WEEK["satellites"][satellite]["contacts_s"])
    assert np.stack([contacts.begin, contacts.end], axis=-1) == pytest.approx(theirs, abs=1e-4)
    carrier = np.zeros(len(contacts), dtype=np.int64)
    for target in range(6):
        ours = week[(week.span == satellite) & (week.place == target)]
        rows = WEEK["satellites"][satellite]["opportunities"][target]
        for k, row in enumerate(rows):
            for needed, expected in zip(WEEK["downlink_s"], row["delivered_s"], strict=True):
                sent = deliver(
                    ours.best[[k]], np.zeros(1, dtype=np.int64), contacts.begin, contacts.end,
                    carrier, Downlink(rate=1e8), needed * 1e8,
                )  # fmt: skip
                wanted = np.nan if expected is None else expected
                assert sent.delivered[0] == pytest.approx(wanted, abs=3e-3, nan_ok=True)
                assert sent.latency[0] == pytest.approx(
                    wanted - row["best_s"], abs=5e-3, nan_ok=True
                )


# The angles themselves

VIEWS = load("offnadir.json")


def test_angles_of_views_are_those_of_exact_arithmetic():
    rows = VIEWS["views"]
    satellite = np.array([row["satellite_itrf_m"] for row in rows])
    place = np.array([row["target"] for row in rows])
    latitude, longitude, height = np.radians(place[:, 0]), np.radians(place[:, 1]), place[:, 2]
    line = satellite - geodetic_to_itrs(latitude, longitude, height)
    sight = Sight(
        line=line, velocity=np.cross(satellite, [0.3, 0.4, 0.5]), acceleration=0 * line,
        satellite=satellite, axes=local_axes(latitude, longitude),
        distance=np.sqrt(np.sum(line**2, axis=-1)),
    )  # fmt: skip
    look = pointing(sight)
    expected = {
        key: np.array([row[key] for row in rows])
        for key in ("off_nadir_deg", "elevation_deg", "slant_range_m", "azimuth_at_target_deg")
    }
    # Coordinates in doubles, 1e-9 m, and two steps to the nadir: 3e-12 rad, 0.1 mm from 36,000 km.
    limit = 3e-12 + 4e-9 / sight.distance.min()
    assert look.off_nadir == pytest.approx(np.radians(expected["off_nadir_deg"]), abs=limit)
    assert sight.elevation() == pytest.approx(np.radians(expected["elevation_deg"]), abs=limit)
    assert sight.distance == pytest.approx(expected["slant_range_m"], abs=1e-6)
    turn = np.sin(sight.azimuth() - np.radians(expected["azimuth_at_target_deg"]))
    level = np.maximum(np.cos(np.radians(expected["elevation_deg"])), 1e-9)
    assert np.all(np.abs(turn) * level < limit)
    # Roll and pitch are the two sides of the same angle, whatever the way of the satellite.
    whole = np.arctan(np.hypot(np.tan(look.roll), np.tan(look.pitch)))
    ahead = np.abs(look.off_nadir) < 1.5
    assert whole[ahead] == pytest.approx(look.off_nadir[ahead], abs=1e-9)


@pytest.mark.parametrize("row", VIEWS["sphere_of_6371_km"], ids=str)
def test_elevations_on_a_round_earth_are_those_of_exact_arithmetic(row):
    # 57.368 deg at 30 deg off nadir from 500 km, not 60 deg
    found = elevation_at_target(np.radians(row["off_nadir_deg"]), row["height_m"], 6.371e6)
    assert float(found) == pytest.approx(np.radians(row["elevation_deg"]), abs=1e-13)


# Brute force: every second, by plain formulas


class Plain:
    """A satellite of the package sgp4 over a place, in axes of WGS84 and of its own way."""

    def __init__(self, lines, start, end, earth):
        self.record = Satrec.twoline2rv(*lines)
        self.start, self.end, self.earth = start, end, earth
        self.mjd = int(start.utc_days()[0])
        self.offset = float(start.utc_days()[1]) / 1e9
        self.seconds = np.arange(0.0, float(end.seconds_since(start)) + 0.5)
        self.whole = None

    def teme(self, seconds):
        clock = self.offset + seconds
        day = np.floor(clock / DAY)
        code, position, _ = self.record.sgp4_array(self.mjd + 2_400_000.5 + day, clock / DAY - day)
        assert not code.any()
        return position * 1e3

    def satellite(self, seconds):
        """Position and way through space, in ITRF; the way is that of positions."""
        way = self.teme(seconds + 0.5) - self.teme(seconds - 0.5)  # 1e-3 m/s off
        epochs = self.start.plus(seconds)
        theta = erfa.gmst82(*epochs.ut1_jd(self.earth))
        turn = np.zeros((len(seconds), 3, 3))
        turn[:, 0, 0] = turn[:, 1, 1] = np.cos(theta)
        turn[:, 0, 1], turn[:, 1, 0], turn[:, 2, 2] = np.sin(theta), -np.sin(theta), 1.0
        turn = erfa.pom00(*self.earth.pole_at(epochs), 0.0) @ turn
        return (np.einsum("kij,kj->ki", turn, part) for part in (self.teme(seconds), way))

    def axes(self, seconds):
        """Position, and down, forward and right."""
        if len(seconds) == len(self.seconds) and self.whole is not None:
            return self.whole
        there, way = self.satellite(seconds)
        x, y, z = there.T
        # The latitude of the point under it, by turns of the plain iteration: 0.0067 is left each.
        across = np.hypot(x, y)
        lat = np.arctan2(z, across)
        e2 = 0.00669437999014
        for _ in range(9):
            normal = 6_378_137.0 / np.sqrt(1 - e2 * np.sin(lat) ** 2)
            lat = np.arctan2(z + e2 * normal * np.sin(lat), across)
        lon = np.arctan2(y, x)
        down = -np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], -1)
        forward = way - down * np.sum(way * down, -1)[:, None]
        forward /= np.linalg.norm(forward, axis=-1)[:, None]
        found = there, down, forward, np.cross(down, forward)
        if len(seconds) == len(self.seconds):
            self.whole = found
        return found

    def angles(self, seconds, latitude, longitude):
        """Off-nadir, sizes of roll and pitch, elevation at the place, all in radians."""
        there, down, forward, right = self.axes(seconds)
        line = geodetic_to_itrs(latitude, longitude, 0.0) - there
        depth, ahead, aside = (np.sum(line * axis, -1) for axis in (down, forward, right))
        up = local_axes(latitude, longitude)[2]
        distance = np.linalg.norm(line, axis=-1)
        return {
            "off_nadir": np.arccos(depth / distance),
            "roll": np.abs(np.arctan2(aside, depth)),
            "pitch": np.abs(np.arctan2(ahead, depth)),
            "elevation": np.arcsin(-(line @ up) / distance),
        }

    def room(self, limits, seconds, latitude, longitude):
        """How far within its limits the view is, below zero where it is not."""
        found = self.angles(seconds, latitude, longitude)
        room = np.minimum(
            limits.off_nadir - found["off_nadir"], found["elevation"] - limits.elevation
        )
        for name in ("roll", "pitch"):
            if getattr(limits, name) is not None:
                room = np.minimum(room, getattr(limits, name) - found[name])
        return room

    def accesses(self, limits, latitude, longitude):
        room = self.room(limits, self.seconds, latitude, longitude) > 0
        edges = np.flatnonzero(np.diff(room)) + 1
        ends = []
        for edge in edges:
            low, high = self.seconds[edge - 1], self.seconds[edge]
            for _ in range(20):
                middle = (low + high) / 2
                inside = self.room(limits, np.array([middle]), latitude, longitude)[0] > 0
                low, high = (middle, high) if inside == room[edge - 1] else (low, middle)
            ends.append((low + high) / 2)
        if room[0]:
            ends.insert(0, 0.0)
        if room[-1]:
            ends.append(self.seconds[-1])
        return np.array(ends).reshape(-1, 2)


# What differences of positions leave of the direction of the way [rad], and in deep space, where
# the way is that of the velocity which SGP4 prints.
WAY, DEEP_WAY = 1e-6, 2e-4


@cache
def plain_of(lines, start, days):
    return Plain(lines, Epochs(np.array(start)), Epochs(np.array(start)).plus(days * DAY), EARTH)


def assert_as_plain(number, setup, limits, places, days=1.0):
    lines = tuple(setup["satellites"][number]["lines"])
    start = Epochs.from_utc(setup["satellites"][number].get("day_mjd", WEEK["day_mjd"]))
    end = start.plus(days * DAY)
    plain = plain_of(lines, int(start.tai_ns), days)
    way = DEEP_WAY if plain.record.method == "d" else WAY
    latitude, longitude = np.radians(np.array(places, dtype=float).T)
    found = find_accesses(
        read_tle("\n".join(lines), "set", strict=False), Observers.at(latitude, longitude),
        start, end, EARTH, limits,
    )  # fmt: skip
    total = 0
    for place in range(len(places)):
        ours = found[found.place == place]
        ours = ours[ours.end - ours.begin > 2.0]  # shorter ones may lie between two seconds
        theirs = plain.accesses(limits, latitude[place], longitude[place])
        theirs = theirs[theirs[:, 1] - theirs[:, 0] > 2.0]
        total += len(theirs)
        assert len(ours) == len(theirs), places[place]
        for mine, yours in zip((ours.begin, ours.end), theirs.T, strict=True):
            room = plain.room(limits, mine, latitude[place], longitude[place])
            inner = (mine > 0.0) & (mine < days * DAY)
            assert np.all((np.abs(mine - yours) < 1e-3) | (np.abs(room) < way) | ~inner)
        for k in range(len(ours)):
            inner = np.linspace(ours.begin[k], ours.end[k], 41)
            # Ends are found to 0.1 ms, where other limits than the cone cut.
            cut = min(ours.best[k] - ours.begin[k], ours.end[k] - ours.best[k]) < 1e-6
            best = plain.angles(inner, latitude[place], longitude[place])["off_nadir"].min()
            assert ours.off_nadir[k] <= best + 2e-8 + 1e-4 * 8e3 / ours.distance[k] * cut
        here = plain.angles(ours.best, latitude[place], longitude[place])
        assert ours.off_nadir == pytest.approx(here["off_nadir"], abs=3e-8)
        assert ours.elevation == pytest.approx(here["elevation"], abs=3e-8)
        assert np.abs(ours.roll) == pytest.approx(here["roll"], abs=way)
        assert np.abs(ours.pitch) == pytest.approx(here["pitch"], abs=way)
    return total


SETUP = load("passes_setup.json")
NAMES = [satellite["name"] for satellite in SETUP["satellites"]]
PLACES = [(90, 0), (-70, 10), (78, 15), (39, 125.7), (-16.8, 180), (0.3, -78), (51, -0.1)]


def degrees(**limits):
    return Limits(**{name: np.radians(angle) for name, angle in limits.items()})


@pytest.mark.parametrize(
    "limits",
    [
        degrees(off_nadir=45.0, roll=20.0, pitch=40.0),
        degrees(off_nadir=60.0, roll=45.0),
        degrees(off_nadir=30.0, pitch=5.0),
        degrees(off_nadir=50.0, roll=40.0, pitch=1.0, elevation=35.0),
    ],
    ids=["both", "roll", "pitch", "nearly a line"],
)
def test_limits_of_roll_and_pitch_hold_as_by_brute_force(limits):
    assert assert_as_plain(0, WEEK, limits, PLACES) >= 3


@pytest.mark.parametrize(
    ("off_nadir", "elevation"), [(60, 0), (66.5, 0), (89, 0), (62, 5), (75, 30)]
)
def test_cones_as_wide_as_the_earth_and_wider_end_at_the_elevation(off_nadir, elevation):
    limits = degrees(off_nadir=off_nadir, elevation=elevation)
    assert assert_as_plain(1, WEEK, limits, PLACES[:5]) > 20


@pytest.mark.parametrize(
    "name",
    ["MADE UP: MOLNIYA", "MADE UP: E 0.3, 150 MIN, CRITICAL", "MADE UP: I 180", "DIRECTV 11",
     "MADE UP: FIGURE OF EIGHT", "ARASE (ERG)", "MADE UP: I 90, E 0"],
)  # fmt: skip
def test_pictures_from_orbits_of_all_kinds_are_those_of_brute_force(name):
    number = next(k for k, one in enumerate(NAMES) if name in one)
    total = 0
    for limits in (
        degrees(off_nadir=8.7, elevation=10.0),
        degrees(off_nadir=25.0, roll=20.0, pitch=6.0),
        degrees(off_nadir=70.0),
    ):
        total += assert_as_plain(number, SETUP, limits, [*PLACES[2:], (0, -119), (2, 20)])
    assert total > 5


def test_an_elevation_at_the_place_cuts_the_cone():
    wide = access(degrees(off_nadir=40.0))
    cut = access(degrees(off_nadir=40.0, elevation=55.0))
    assert 0 < len(cut) < len(wide)
    assert cut.elevation.min() >= np.radians(55.0) - 1e-8
    for k in range(len(cut)):
        outer = (wide.span == cut.span[k]) & (wide.place == cut.place[k])
        inside = (wide.begin[outer] <= cut.begin[k] + 1e-4) & (
            wide.end[outer] >= cut.end[k] - 1e-4
        )
        assert inside.sum() == 1


# Daylight and direction


def test_limits_of_daylight_leave_what_the_truth_leaves():
    theirs = [
        (satellite, target, row)
        for satellite in range(3)
        for target in range(6)
        for row in WEEK["satellites"][satellite]["opportunities"][target]
    ]
    for limits, wanted in (
        (degrees(off_nadir=30.0, sun_lowest=10.0), lambda sun: sun > 10.0),
        (degrees(off_nadir=30.0, sun_highest=-6.0), lambda sun: sun < -6.0),
        (degrees(off_nadir=30.0, sun_lowest=20.0, sun_highest=50.0), lambda sun: 20 < sun < 50),
    ):
        found = access(limits)
        kept = [row for row in theirs if wanted(row[2]["sun_elevation_deg"])]
        # None of these limits falls into an opportunity but on its edge: see the next test
        inner = np.radians([row[2]["sun_elevation_deg"] for row in kept])
        assert len(inner) > 0
        got = {(int(a), int(b), round(float(t), 1)) for a, b, t in
               zip(found.span, found.place, found.begin, strict=True)}  # fmt: skip
        for satellite, target, row in kept:
            near = {(satellite, target, round(row["start_s"] + step, 1)) for step in
                    (-0.05, 0.0, 0.05)}  # fmt: skip
            low = row["sun_elevation_deg"]
            if min(abs(low - edge) for edge in (10.0, -6.0, 20.0, 50.0)) > 0.5:
                assert near & got
        assert abs(len(found) - len(kept)) <= 2
        if limits.sun_lowest is not None:
            assert found.sun_elevation.min() >= limits.sun_lowest - 1e-7
        if limits.sun_highest is not None:
            assert found.sun_elevation.max() <= limits.sun_highest + 1e-7


def test_a_direction_keeps_what_goes_that_way(week):
    parts = []
    for direction, way in (("ascending", True), ("descending", False)):
        limits = Limits(off_nadir=np.radians(30.0), direction=direction)
        found = access(limits)
        assert np.all(found.ascending == way)
        parts.append(found)
    assert len(parts[0]) + len(parts[1]) == len(week)
    together = np.sort(np.concatenate([part.begin for part in parts]))
    assert together == pytest.approx(np.sort(week.begin), abs=1e-6)


def test_a_window_that_cuts_an_access_says_so_and_keeps_its_best_instant(week):
    one = week[0]
    cut = START.plus(float(one.best) + 3.0)
    later = access(Limits(off_nadir=np.radians(30.0)), start=cut)
    first = later[(later.span == one.span) & (later.place == one.place)][0]
    assert first.begin == pytest.approx(0.0, abs=1e-9)
    assert bool(first.open_begin)
    assert first.best == pytest.approx(0.0, abs=1e-9)  # it was better before
    assert float(first.off_nadir) > float(one.off_nadir)
    earlier = access(Limits(off_nadir=np.radians(30.0)), end=cut)
    last = earlier[(earlier.span == one.span) & (earlier.place == one.place)][-1]
    assert bool(last.open_end)
    assert last.best == pytest.approx(float(one.best), abs=1e-4)
