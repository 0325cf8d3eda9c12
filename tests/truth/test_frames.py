"""Frames against Skyfield, ERFA, the SOFA cookbook and Vallado's worked example."""

import json
from pathlib import Path

import erfa
import numpy as np
import pytest

from kosmodrom.base.earth import EarthOrientation
from kosmodrom.base.epochs import Epochs
from kosmodrom.base.frames import (
    EarthAngles,
    Frame,
    convert,
    gmst82,
    position_gcrs_to_itrs,
    position_itrs_to_gcrs,
    position_teme_to_gcrs,
    position_teme_to_itrs,
    rotation,
)
from kosmodrom.workspace import earth_orientation

ARCSEC = np.pi / 648_000
TRUTH = json.loads((Path(__file__).parent / "data" / "frames.json").read_text("utf-8"))


def steady(epochs, ut1_minus_utc, x_arcsec, y_arcsec):
    """Earth orientation that does not change around an instant."""
    day = int(epochs.utc_days()[0])
    return EarthOrientation(
        mjd_utc=[day - 1, day + 2],
        ut1_minus_utc=[ut1_minus_utc] * 2,
        pole_x=[x_arcsec * ARCSEC] * 2,
        pole_y=[y_arcsec * ARCSEC] * 2,
    )


@pytest.mark.parametrize("row", TRUTH["rotations"], ids=lambda row: str(row[0]))
def test_rotations_are_those_of_skyfield(row):
    epochs = Epochs(np.array(row[0]))
    earth = steady(epochs, *row[1:4])
    teme = rotation(Frame.TEME, Frame.ITRS, epochs, earth)
    gcrs = rotation(Frame.GCRS, Frame.ITRS, epochs, earth)
    # Both use GMST82 and the same UT1: 1e-12 rad is 7 µm at 7000 km.
    assert np.abs(teme - np.reshape(row[4], (3, 3))).max() < 1e-12
    # Skyfield goes by the equinox and a sidereal time to 1e-11 rad: 1e-10 rad is 0.7 mm.
    assert np.abs(gcrs - np.reshape(row[5], (3, 3))).max() < 1e-10


def test_the_example_of_the_sofa_cookbook_comes_out():
    # SOFA Tools for Earth Attitude (2007), section 5.6, IAU 2006/2000A: GCRS to ITRS on 2007 April
    # 5, 12h UTC, with x = 0.0349282", y = 0.4833163", UT1 - UTC = -0.072073685 s.
    printed = [
        [+0.973104317697536, +0.230363826239128, -0.000703163481769],
        [-0.230363800456036, +0.973104570632801, +0.000118545368117],
        [+0.000711560162594, +0.000046626402444, +0.999999745754024],
    ]
    epochs = Epochs.from_iso("2007-04-05T12:00Z")
    earth = steady(epochs, -0.072073685, 0.0349282, 0.4833163)
    ours = rotation(Frame.GCRS, Frame.ITRS, epochs, earth)
    # SOFA adds the observed offsets of the pole, dX = 0.1750 mas and dY = -0.2259 mas: 1.4e-9 rad.
    assert np.abs(ours - printed).max() < 1.5e-9
    assert np.abs(ours - printed)[:2, :2].max() < 2e-12  # where they do not enter


def test_rotations_from_the_stars_are_those_of_erfa():
    # ERFA's c2t06a is checked by its authors; here the parts are put together by hand.
    earth = earth_orientation()
    start = Epochs.from_iso("2023-09-13T00:00Z")
    epochs = start.plus(np.linspace(0, 3e6, 2000))
    expected = erfa.c2t06a(*epochs.tt_jd(), *epochs.ut1_jd(earth), *earth.pole_at(epochs))
    ours = rotation(Frame.GCRS, Frame.ITRS, epochs, earth)
    assert np.abs(ours - expected).max() < 1e-12  # 7 µm at 7000 km
    one = rotation(Frame.GCRS, Frame.ITRS, epochs[7], earth)
    assert np.abs(one - expected[7]).max() < 1e-14


# Vallado, Crawford, Hujsak and Kelso, AIAA 2006-6753 Rev 2, appendix C, and Vallado, Fundamentals
# of Astrodynamics and Applications, example 3-15 (TEME, ITRF) and 3-14 (GCRF by IAU 2000A): 2004
# April 6, 07:51:28.386009 UTC, UT1 - UTC = -0.4399619 s, x = -0.140682", y = 0.333309"; in
# kilometres.
VALLADO = {
    Frame.TEME: (
        (5094.18016210, 6127.64465950, 6380.34453270),
        (-4.746131487, 0.785818041, 5.531931288),
    ),
    Frame.ITRS: (
        (-1033.4793830, 7901.2952754, 6380.3565958),
        (-3.225636520, -2.872451450, 5.531924446),
    ),
    Frame.GCRS: (
        (5102.5089578, 6123.0114038, 6378.1369253),
        (-4.743220156, 0.790536497, 5.533755728),
    ),
}


@pytest.mark.parametrize("frame_to", Frame)
@pytest.mark.parametrize("frame_from", Frame)
def test_the_worked_example_of_vallado_comes_out(frame_from, frame_to):
    epochs = Epochs.from_iso("2004-04-06T07:51:28.386009Z")
    earth = steady(epochs, -0.4399619, -0.140682, 0.333309)
    position, velocity = (np.array(part) * 1e3 for part in VALLADO[frame_from])
    position, velocity = convert(position, velocity, frame_from, frame_to, epochs, earth)
    # The example computes in Julian dates of one double, which step by 40 µs: 23 mm of rotation,
    # half of it by rounding. Its GCRF has the offsets of the pole, 1 cm.
    assert position == pytest.approx(np.array(VALLADO[frame_to][0]) * 1e3, abs=0.012)
    # It takes the rate 7.292115146707e-5 times 1 - LOD / 86400 for all, 0.07 mm/s here.
    assert velocity == pytest.approx(np.array(VALLADO[frame_to][1]) * 1e3, abs=1e-4)


def test_sidereal_time_is_that_of_the_astronomical_almanac():
    # GMST of 2004 April 6 from the same example: 312.8098943 deg.
    epochs = Epochs.from_iso("2004-04-06T07:51:28.386009Z")
    angle = gmst82(epochs, steady(epochs, -0.4399619, 0, 0))
    assert np.degrees(angle) == pytest.approx(312.8098943, abs=1e-7)  # as printed; 1 cm


def test_named_ways_are_the_rotations():
    earth = earth_orientation()
    epochs = Epochs.from_iso(["2023-09-13T00:00Z", "1985-07-01T12:34:56.789Z"])
    position = np.array([[7e6, 1e5, -3e6], [1e7, -4e7, 2e6]])
    for way, frames in (
        (position_teme_to_itrs, (Frame.TEME, Frame.ITRS)),
        (position_teme_to_gcrs, (Frame.TEME, Frame.GCRS)),
        (position_itrs_to_gcrs, (Frame.ITRS, Frame.GCRS)),
        (position_gcrs_to_itrs, (Frame.GCRS, Frame.ITRS)),
    ):
        expected = np.einsum("nij,nj->ni", rotation(*frames, epochs, earth), position)
        assert way(position, epochs, earth) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("frame_to", Frame)
@pytest.mark.parametrize("frame_from", Frame)
@pytest.mark.parametrize(("radius", "speed", "limit"), [(7e6, 7.5e3, 6e-5), (4.2e7, 3e3, 3.6e-4)])
def test_velocities_are_the_rates_of_positions(frame_from, frame_to, radius, speed, limit):
    # Positions differenced over 5 and 10 s are a truth of their own: 1e-6 m/s by rounding and the
    # fifth derivative. The limits are those of the docstring of `convert`.
    earth, rng = earth_orientation(), np.random.default_rng(1)
    days, part = rng.integers(42_000, 61_000, 300), rng.integers(0, 86_400 * 10**9, 300)
    epochs = Epochs.from_utc(days, part)
    position, velocity = rng.normal(size=(2, 300, 3))
    position *= radius / np.linalg.norm(position, axis=-1, keepdims=True)
    velocity *= speed / np.linalg.norm(velocity, axis=-1, keepdims=True)

    def moved(seconds):
        turn = rotation(frame_from, frame_to, epochs.plus(seconds), earth)
        return np.einsum("nij,nj->ni", turn, position + velocity * seconds)

    near, far = ((moved(s) - moved(-s)) / (2 * s) for s in (5.0, 10.0))
    rate = (4 * near - far) / 3
    _, turned = convert(position, velocity, frame_from, frame_to, epochs, earth)
    assert np.linalg.norm(turned - rate, axis=-1).max() < limit


HARD_SPANS = [
    ("1972-01-01T00:00Z", 86_400.0),  # the first row
    ("1992-06-23T05:00Z", 6 * 86_400.0),  # the observed pole jumps by 35 mas
    ("1983-06-29T01:02:03Z", 3 * 86_400.0),  # a leap second, noisy UT1
    ("2016-12-31T23:59:59Z", 0.0),  # a leap second
    ("2016-12-01T00:00Z", 60 * 86_400.0),
    ("2023-09-13T11:22:33.444Z", 30 * 86_400.0),
    ("2023-01-01T00:00Z", 365 * 86_400.0),
    ("1969-07-16T13:32Z", 9 * 86_400.0),  # before there is any Earth orientation
]


@pytest.mark.parametrize(("instant", "seconds"), HARD_SPANS)
def test_the_table_of_angles_agrees_with_the_exact_ones(instant, seconds):
    earth, start = earth_orientation(), Epochs.from_iso(instant)
    table = EarthAngles.tabulated(start, seconds, earth)
    time = np.random.default_rng(2).uniform(table.lines.first, table.lines.last, 20_000)
    epochs = start.plus(time)
    turn = table.gmst_at(time) - gmst82(epochs, earth)
    turn -= 2 * np.pi * np.rint(turn / (2 * np.pi))
    assert np.abs(turn).max() < 1e-11  # 0.06 mm on the ground
    if epochs.tai_ns.min() >= Epochs.from_iso("1972-01-01T00:00Z").tai_ns:
        assert np.abs(np.array(table.pole_at(time)) - earth.pole_at(epochs)).max() < 1e-11
    else:
        assert np.all(np.array(table.pole_at(time)) == 0)
