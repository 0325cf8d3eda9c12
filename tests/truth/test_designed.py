"""Drawn orbits against published values and against flight by the package sgp4."""

import erfa
import numpy as np
import pytest
from sgp4.api import WGS72, Satrec

from kosmodrom.base.bodies import sun_position_gcrs
from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError
from kosmodrom.orbits.designed import (
    designed,
    node_at_local_time,
    sun_synchronous_inclination,
    walker,
)
from kosmodrom.orbits.secular import mean_motion

EPOCH = Epochs.from_iso("2026-01-01T00:00Z")
DAY = 86_400.0
TROPICAL_YEAR = 365.2422  # d, Vallado (2013), 3.5
EQUATOR = 6_378_137.0


def orbit(perigee=500e3, apogee=500e3, inclination=1.7, node=0.0, argument=0.0, anomaly=0.0):
    return designed(
        name="made up", perigee=perigee, apogee=apogee, inclination=inclination, node=node,
        argument=argument, anomaly=anomaly, epoch=EPOCH,
    )  # fmt: skip


def states(row, seconds):
    """Positions [m] and velocities [m/s] of the first set by the package."""
    record = Satrec()
    record.sgp4init(
        WGS72, "i", 5, 27_759.0, row.bstar[0], 0.0, 0.0, row.eccentricity[0],
        row.argument_of_perigee[0], row.inclination[0], row.mean_anomaly[0],
        row.mean_motion_rad_min[0], row.node[0],
    )  # fmt: skip
    found = [record.sgp4_tsince(float(time) / 60) for time in seconds]
    assert not any(code for code, _, _ in found)
    return tuple(np.array([row[k] for row in found]) * 1e3 for k in (1, 2))


@pytest.mark.parametrize("altitude", [200e3, 400e3, 600e3, 800e3, 1000e3, 2000e3])
def test_inclinations_of_sun_synchronous_orbits_are_those_of_the_formula(altitude):
    # cos i = -(a / 12352 km)^(7/2), with J2 alone: en.wikipedia.org, Sun-synchronous orbit
    expected = np.degrees(np.arccos(-(((EQUATOR + altitude) / 12_352e3) ** 3.5)))
    found = np.degrees(sun_synchronous_inclination(altitude, altitude))
    assert found == pytest.approx(expected + 0.03, abs=0.02)  # by J2² and J4


@pytest.mark.parametrize(
    ("perigee", "apogee"), [(500e3, 500e3), (300e3, 1500e3), (1400e3, 1400e3)]
)
def test_the_node_of_a_sun_synchronous_orbit_goes_round_in_a_year(perigee, apogee):
    inclination = sun_synchronous_inclination(perigee, apogee)
    row = orbit(perigee=perigee, apogee=apogee, inclination=inclination)
    # Short-period waves of the node, 0.1 deg, leave 0.2 deg of a year's 360.
    seconds = np.array([0.0, TROPICAL_YEAR * DAY])
    period = float(row.period[0])
    inner = np.linspace(0.0, 20 * period, 400)
    nodes = []
    for start in seconds:
        position, velocity = states(row, start + inner)
        normal = np.cross(position, velocity)
        turn = np.unwrap(np.arctan2(normal[:, 0], -normal[:, 1]))
        nodes.append(turn.mean())
    drift = (nodes[1] - nodes[0] + np.pi) % (2 * np.pi) - np.pi
    assert drift == pytest.approx(0.0, abs=np.radians(0.2))


def test_there_is_no_sun_synchronous_orbit_beyond_6000_km():
    # With J2 alone a of 12,352 km, 5974 km up, is the last: the formula above
    with pytest.raises(InputError, match="up to 5970 km"):
        sun_synchronous_inclination(6000e3, 6000e3)
    assert np.degrees(sun_synchronous_inclination(5940e3, 5940e3)) > 170


@pytest.mark.parametrize("hours", [0.0, 6.0, 10.5, 13.75, 18.0, 24.0])
@pytest.mark.parametrize("day", ["2026-01-01T00:00Z", "2026-06-21T17:30Z", "2019-11-03T06:00Z"])
def test_the_node_at_a_local_time_is_that_far_from_the_mean_sun(hours, day):
    epoch = Epochs.from_iso(day)
    # Mean longitude of the Sun, aberration included: Astronomical Almanac, low-precision formulas
    # (page C5), good to 0.01 deg; the mean Sun has it as right ascension.
    days = float(epoch.utc_jd()[0] - 2_451_545.0 + epoch.utc_jd()[1])
    longitude = 280.460 + 0.9856474 * days
    node = np.degrees(node_at_local_time(hours, epoch))
    apart = (node - longitude - (hours - 12) * 15 + 180) % 360 - 180
    assert apart == pytest.approx(0.0, abs=0.02)  # 5 s of time


# Equation of time at noon by the method of Meeus, for 2010, as far in the cycle of leap years as
# 2026: home.kpn.nl/vanadovv/time/EoT_table.html, where it is the same from cycle to cycle to 2 s.
@pytest.mark.parametrize(
    ("day", "minutes", "seconds"),
    [("2026-01-01", 3, 32), ("2026-01-05", 5, 22), ("2026-01-10", 7, 29), ("2026-01-13", 8, 40)],
)
def test_mean_and_true_sun_are_apart_by_the_equation_of_time(day, minutes, seconds):
    epoch = Epochs.from_iso(f"{day}T12:00Z")
    noon = np.degrees(node_at_local_time(12.0, epoch))
    true = erfa.pnm06a(*epoch.tt_jd()) @ sun_position_gcrs(epoch)
    right_ascension = np.degrees(np.arctan2(true[1], true[0]))
    apart = (noon - right_ascension + 180) % 360 - 180
    # 1 s is the equation of the equinoxes, which the mean equinox of TEME lacks.
    assert apart * 240 == pytest.approx(-(60 * minutes + seconds), abs=5.0)


@pytest.mark.parametrize("day", ["2026-04-15", "2026-06-14", "2026-09-01", "2026-12-25"])
def test_mean_and_true_sun_meet_four_times_a_year(day):
    # The days: sciref.net/o18375.html; around them it changes by 10 to 30 s a day.
    epoch = Epochs.from_iso(f"{day}T12:00Z")
    true = erfa.pnm06a(*epoch.tt_jd()) @ sun_position_gcrs(epoch)
    apart = node_at_local_time(12.0, epoch) - np.arctan2(true[1], true[0])
    assert np.degrees(np.sin(apart)) * 240 == pytest.approx(0.0, abs=35.0)


def test_a_satellite_crosses_the_equator_at_its_local_time():
    # Seen from the ground: over which meridian it goes north, and what the clock shows there.
    inclination = sun_synchronous_inclination(500e3, 500e3)
    row = orbit(inclination=inclination, node=node_at_local_time(10.5, EPOCH))
    seconds = np.arange(0.0, DAY, 5.0)
    position, _ = states(row, seconds)
    north = np.flatnonzero((position[:-1, 2] < 0) & (position[1:, 2] >= 0))
    assert len(north) == 16
    clock = EPOCH.plus(seconds[north])
    right_ascension = np.degrees(np.arctan2(position[north, 1], position[north, 0]))
    gmst = np.degrees(erfa.gmst06(*clock.utc_jd(), *clock.tt_jd()))
    # Before the equator by up to 5 s, and UT1 taken for UTC
    local = ((seconds[north] / DAY * 360 + right_ascension - gmst) / 15) % 24
    assert local == pytest.approx(np.full(16, 10.5), abs=0.01)


@pytest.mark.parametrize(
    ("perigee", "apogee"), [(200e3, 200e3), (500e3, 600e3), (300e3, 4000e3), (3.5786e7, 3.5786e7)]
)
@pytest.mark.parametrize("inclination", [0.0, 0.9, np.pi / 2, 2.5])
def test_heights_are_as_drawn_but_for_the_waves_of_the_oblate_earth(perigee, apogee, inclination):
    row = orbit(perigee=perigee, apogee=apogee, inclination=inclination)
    position, _ = states(row, np.linspace(0.0, float(row.period[0]), 700))
    radius = np.linalg.norm(position, axis=-1) - EQUATOR
    assert radius.min() == pytest.approx(perigee, abs=20e3)
    assert radius.max() == pytest.approx(apogee, abs=20e3)
    if perigee < 3e7:  # in deep space Sun and Moon are not in these constants
        semi = float(mean_motion(row).semi_major_axis[0]) * 6_378_135.0
        assert semi == pytest.approx(EQUATOR + (perigee + apogee) / 2, abs=1e-3)


def test_the_period_is_that_of_kepler_but_for_the_oblate_earth():
    # Vallado (2013), table of constants: mu = 398600.4418 km³/s²
    row = orbit(perigee=500e3, apogee=500e3, inclination=0.9553)  # 3 cos² i = 1: J2 drops out
    expected = 2 * np.pi * np.sqrt((EQUATOR + 500e3) ** 3 / 3.986004418e14)
    assert float(row.period[0]) == pytest.approx(expected, abs=0.01)
    low = orbit(inclination=0.0)
    assert 0.0005 < abs(float(low.period[0]) / expected - 1) < 0.002


def test_a_satellite_is_where_it_was_drawn_at_the_epoch():
    row = orbit(perigee=600e3, apogee=600e3, inclination=1.0, node=2.0, anomaly=1.2)
    position, _ = states(row, [0.0])
    sine, cosine = np.sin(1.2), np.cos(1.2)
    expected = np.array([
        np.cos(2.0) * cosine - np.sin(2.0) * np.cos(1.0) * sine,
        np.sin(2.0) * cosine + np.cos(2.0) * np.cos(1.0) * sine,
        np.sin(1.0) * sine,
    ])  # fmt: skip
    unit = position[0] / np.linalg.norm(position[0])
    assert np.arccos(np.clip(unit @ expected, -1, 1)) < 0.003  # rad: waves of J2 and J3


# Constellations


@pytest.mark.parametrize(
    ("planes", "satellites", "phasing", "star"),
    [(1, 1, 0, False), (3, 24, 1, False), (6, 66, 2, True), (5, 5, 4, False), (24, 24, 23, False)],
)
def test_a_walker_constellation_is_spread_as_walker_says(planes, satellites, phasing, star):
    pattern = orbit(node=0.7, anomaly=0.4, inclination=0.9)
    found = walker(pattern, planes, satellites, phasing, star=star)
    assert len(found) == satellites
    assert len(set(found.names)) == satellites
    per_plane = satellites // planes
    nodes = found.node.reshape(planes, per_plane)
    assert np.ptp(nodes, axis=1) == pytest.approx(np.zeros(planes), abs=1e-12)
    step = (np.pi if star else 2 * np.pi) / planes
    away = (nodes[:, 0] - 0.7) % (2 * np.pi)
    assert away == pytest.approx(np.arange(planes) * step, abs=1e-12)
    anomalies = (found.mean_anomaly - 0.4).reshape(planes, per_plane)
    within = (anomalies - anomalies[:, :1]) % (2 * np.pi)
    assert within == pytest.approx(
        np.tile(2 * np.pi * np.arange(per_plane) / per_plane, (planes, 1)), abs=1e-12
    )
    lead = anomalies[:, 0] % (2 * np.pi)
    expected = 2 * np.pi * phasing * np.arange(planes) / satellites
    assert np.cos(lead - expected) == pytest.approx(np.ones(planes), abs=1e-12)
    for name in ("inclination", "eccentricity", "mean_motion_rad_min", "bstar"):
        assert np.ptp(getattr(found, name)) == 0


def test_galileo_as_published_is_a_walker_constellation():
    # 56:24/3/1: the example of MathWorks' Orbit Propagator; 23,222 km, about 14 h: esa.int, page
    # "What is Galileo"
    pattern = orbit(perigee=23_222e3, apogee=23_222e3, inclination=np.radians(56))
    found = walker(pattern, 3, 24, 1)
    assert float(found.period[0]) / 3600 == pytest.approx(14, abs=0.2)
    assert np.degrees(found.node[8] - found.node[0]) == pytest.approx(120)
    assert np.degrees(found.mean_anomaly[8] - found.mean_anomaly[0]) == pytest.approx(15)
    assert np.degrees(found.mean_anomaly[1] - found.mean_anomaly[0]) == pytest.approx(45)


# Refusals


@pytest.mark.parametrize(
    ("perigee", "apogee"),
    [(90e3, 500e3), (600e3, 500e3), (500e3, 5e8), (np.nan, 500e3), (-1e6, 500e3)],
)
def test_altitudes_of_no_orbit_are_refused(perigee, apogee):
    with pytest.raises(InputError, match="must be 100 km or more"):
        orbit(perigee=perigee, apogee=apogee)


@pytest.mark.parametrize("inclination", [-0.1, 3.2, np.nan])
def test_an_inclination_beyond_a_half_turn_is_refused(inclination):
    with pytest.raises(InputError, match="inclination"):
        orbit(inclination=inclination)


@pytest.mark.parametrize("hours", [-0.1, 24.1, np.nan])
def test_a_local_time_that_no_clock_shows_is_refused(hours):
    with pytest.raises(InputError, match="from 0 to 24 h"):
        node_at_local_time(hours, EPOCH)


@pytest.mark.parametrize(
    ("planes", "satellites", "phasing", "match"),
    [(3, 10, 0, "a multiple of planes"), (0, 4, 0, "whole numbers above 0"),
     (2, 0, 0, "whole numbers above 0"), (3, 9, 3, "from 0 to planes - 1, 2"),
     (3, 9, -1, "phasing is -1"), (1, 20_000, 0, "no more than 10000")],
)  # fmt: skip
def test_constellations_of_no_sense_are_refused(planes, satellites, phasing, match):
    with pytest.raises(InputError, match=match):
        walker(orbit(), planes, satellites, phasing)
