"""Ellipses and draws, against what is known of normal distributions."""

import numpy as np
import pytest
from pyproj import Geod

from kosmodrom.base.ellipsoid import geodetic_to_itrs, local_axes
from kosmodrom.base.geodesy import destination
from kosmodrom.errors import InputError
from kosmodrom.launch.dispersion import Dispersions, drawn, ellipse, scattered, tumbling
from kosmodrom.launch.fall import fallen
from kosmodrom.launch.motion import Drag, Engine
from kosmodrom.launch.programme import Burn, Drop, Programme
from kosmodrom.launch.reflight import flown

# Quantile of chi-square with two degrees of freedom, NIST/SEMATECH e-Handbook of statistical
# methods, section 1.3.6.7.4: 5.991 at 0.95.
CHI_SQUARE = 5.991


def spread(latitude, longitude, count, long=10e3, short=4e3, azimuth=30.0):
    """Spread points normally, by geodesics from a centre."""
    ahead, aside = np.random.default_rng(5).standard_normal((2, count)) * [[long], [short]]
    away = np.hypot(ahead, aside)
    direction = np.radians(azimuth) + np.arctan2(aside, ahead)
    return destination(np.radians(latitude), np.radians(longitude), direction, away)


@pytest.mark.parametrize("place", [(55.0, 127.0), (0.0, 179.999), (-80.0, -30.0), (10.0, 0.0)])
def test_an_ellipse_has_the_axes_of_the_spread_and_holds_its_share(place):
    count = 20_000
    found = ellipse(*spread(*place, count))
    # Of 20 000 points a standard deviation is known to 0.5 %, its mean to 0.7 % of it, the share
    # to 0.0015: three of each.
    assert found.semi_major == pytest.approx(10e3 * CHI_SQUARE**0.5, rel=0.015)
    assert found.semi_minor == pytest.approx(4e3 * CHI_SQUARE**0.5, rel=0.015)
    assert np.degrees(found.azimuth) == pytest.approx(30.0, abs=1.0)
    assert found.inside == pytest.approx(0.95, abs=0.0045)
    assert np.degrees(found.latitude) == pytest.approx(place[0], abs=0.003)
    assert np.cos(found.longitude - np.radians(place[1])) == pytest.approx(1.0, abs=1e-7)
    assert found.area == pytest.approx(np.pi * found.semi_major * found.semi_minor)


def test_an_ellipse_over_the_pole_is_one_too():
    found = ellipse(*spread(90.0, 0.0, 20_000))
    assert found.semi_major == pytest.approx(10e3 * CHI_SQUARE**0.5, rel=0.015)
    assert np.degrees(found.latitude) == pytest.approx(90.0, abs=0.003)


def test_an_outline_runs_against_the_clock_around_its_area():
    found = ellipse(*spread(55.0, 127.0, 500))
    latitude, longitude = found.outline(720)
    area, _ = Geod(ellps="WGS84").polygon_area_perimeter(
        np.degrees(longitude), np.degrees(latitude)
    )  # fmt: skip -- positive against the clock
    # 720 corners lack 1.3e-5 of an ellipse, and 25 km of a curved Earth 3e-6.
    assert area == pytest.approx(found.area, rel=5e-5)
    assert (latitude[0], longitude[0]) == (latitude[-1], longitude[-1])


def test_points_on_a_line_make_an_ellipse_without_width():
    away = np.linspace(-1e3, 1e3, 11)
    found = ellipse(*destination(np.radians(50.0), 0.0, np.radians(90.0), away))
    assert found.semi_minor == pytest.approx(0.0, abs=0.5)  # a geodesic bends from the east
    assert found.semi_major == pytest.approx(np.std(away, ddof=1) * CHI_SQUARE**0.5, rel=1e-4)


def test_a_cylinder_on_its_side_weighs_by_its_side():
    # A sounding rocket's case by hand: 100 kg on 0.5 m by 4 m, 1.2 at right angles: 41.67 kg/m².
    assert tumbling(100.0, 2.0, 1.2) == pytest.approx(41.667, abs=1e-3)


# A made-up stage that lifts itself straight up and over, then falls


@pytest.fixture(scope="module")
def plan():
    latitude, longitude = np.radians(51.884), np.radians(128.33)
    place = geodetic_to_itrs(latitude, longitude, 280.0)
    _, north, up = local_axes(latitude, longitude)
    engine = Engine.from_thrusts(1.9e6, 1.7e6, 310.0)
    time = np.linspace(0.0, 120.0, 25)
    tilt = np.radians(65.0) * (time / 120.0)[:, np.newaxis] ** 1.5
    side = np.cross(place, north)
    return Programme(
        position=place, velocity=7.292115e-5 * np.array([-place[1], place[0], 0.0]), mass=1.2e5,
        blocks=("first",), loads=(engine.flow * 120.0,),
        burns=(Burn(block=0, engine=engine, begin=0.0, end=120.0, until_empty=True, after=None),),
        drops=(Drop(name="first", mass=6e3, time=122.0, block=0, after=0),),
        steering=((time, np.cos(tilt) * up + np.sin(tilt) * north),),
        side=side / np.linalg.norm(side),
        drag=Drag.by_mach(6.0, [0.0, 1.0, 2.0, 5.0], [0.3, 0.6, 0.4, 0.25]),
    )  # fmt: skip


def test_without_dispersions_all_come_down_where_one_does(plan):
    calm = Dispersions.none()
    copies = drawn(plan, calm, 12, np.random.default_rng(1))
    found = scattered(plan, copies, {"first": 90.0}, calm.wind_height)["first"]
    (copy,) = flown(plan, copies, looser=50.0)
    alone = fallen(copy.time[0], copy.position[0], copy.velocity[0], ballistic=90.0, tolerance=1.0)
    assert found.latitude == pytest.approx(alone.latitude[0], abs=1e-13)
    assert np.ptp(found.longitude) == 0.0


def test_the_ascent_and_the_fall_of_parts_are_those_of_the_whole(plan):
    usual = Dispersions()
    copies = drawn(plan, usual, 30, np.random.default_rng(2))
    whole = scattered(plan, copies, {"first": 90.0}, usual.wind_height)["first"]
    parts = [
        scattered(plan, copies.part(each), {"first": 90.0}, usual.wind_height)["first"]
        for each in (slice(0, 1), slice(1, 17), slice(17, 30))
    ]
    for name in ("latitude", "longitude", "time", "speed"):
        joined = np.concatenate([getattr(part, name) for part in parts])
        assert joined == pytest.approx(
            getattr(whole, name), abs=1e-9
        )  # 6 mm; mostly the same bits


def test_draws_have_the_spread_that_was_asked_for_and_repeat(plan):
    usual = Dispersions()
    copies = drawn(plan, usual, 20_000, np.random.default_rng(3))
    again = drawn(plan, usual, 20_000, np.random.default_rng(3))
    more = drawn(plan, usual, 20_010, np.random.default_rng(3))
    # Of 20 000 a standard deviation is known to 0.5 %.
    for name in ("thrust", "impulse", "load", "drag", "density", "pointing"):
        values = getattr(copies, name)
        assert values.std() == pytest.approx(getattr(usual, name), rel=0.02)
        assert np.array_equal(values, getattr(again, name))
        assert np.array_equal(values, getattr(more, name)[:20_000])
    assert np.log(copies.ballistic).std() == pytest.approx(usual.ballistic, rel=0.02)
    assert copies.east.std(axis=0) == pytest.approx(usual.wind, rel=0.02)
    assert np.corrcoef(copies.east[:, 0], copies.north[:, 0])[0, 1] == pytest.approx(0, abs=0.03)


def test_a_zone_grows_with_what_is_uncertain(plan):
    few = Dispersions.none()
    sizes = []
    for thrust in (0.0, 0.001, 0.002):
        chosen = Dispersions(
            thrust=thrust, impulse=0.0, load=0.0, drag=0.0, density=0.0, pointing=0.0,
            ballistic=0.0, wind=few.wind,
        )  # fmt: skip
        copies = drawn(plan, chosen, 60, np.random.default_rng(4))
        found = scattered(plan, copies, {"first": 90.0}, few.wind_height)["first"]
        sizes.append(ellipse(found.latitude, found.longitude).semi_major)
    assert sizes[0] < 1.0
    assert sizes[2] / sizes[1] == pytest.approx(2.0, abs=0.02)  # of so small a part it is linear


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ellipse([0.0] * 3, [0.0] * 3), "10 points or more"),
        (lambda: ellipse([np.nan] * 12, [0.0] * 12), "not finite"),
        (lambda: ellipse([0.0] * 12, [0.0] * 12, probability=1.0), "between 0 and 1"),
        (lambda: tumbling(1.0, 0.0), "all must be above zero"),
        (lambda: Dispersions(thrust=-0.1), "not below zero"),
        (lambda: Dispersions(wind=(1.0,)), "give one each"),
    ],
)
def test_what_is_no_spread_is_refused(make, message):
    with pytest.raises(InputError, match=message):
        make()


def test_only_what_falls_off_can_be_scattered(plan):
    copies = drawn(plan, Dispersions(), 2, np.random.default_rng(1))
    with pytest.raises(InputError, match="'second' does not fall off"):
        scattered(plan, copies, {"second": 90.0}, Dispersions().wind_height)
