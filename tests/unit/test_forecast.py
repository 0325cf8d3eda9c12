"""Forecasts from closed areas: geometry against ascents that are integrated apart."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from kosmodrom.errors import InputError
from kosmodrom.launch.forecast import (
    Corridors,
    History,
    Knowledge,
    Plane,
    Site,
    forecast,
)
from kosmodrom.launch.forecast.density import (
    GRID,
    STEP,
    binned,
    highest_set,
    median_of,
    ranked_score,
    smoothed,
)
from kosmodrom.launch.forecast.family import MEMBERS, Pad, flown_node, flown_plane
from kosmodrom.launch.forecast.observed import corridor_inclination
from kosmodrom.launch.forecast.zones import distinct, measured

NORTH = np.array([0.0, 0.0, 1.0])
MU, ROTATION = 3.986004418e14, 7.292115e-5
A, F = 6_378_137.0, 1 / 298.257223563

# Sites with an azimuth each, and what of it is hard.
PADS = {
    "Vostochny to the north": (51.884, 128.334, -10.0),
    "Baikonur to a station": (45.965, 63.305, 63.0),
    "Cape Canaveral to the east": (28.562, -80.577, 93.0),
    "Cape Canaveral along the coast": (28.562, -80.577, 40.0),
    "Vandenberg to the south": (34.632, -120.611, 193.0),
    "Vandenberg to the south-east": (34.632, -120.611, 142.0),
    "Kourou, next to the equator": (5.239, -52.768, 60.0),
    "Kourou over the pole": (5.239, -52.768, 352.0),
    "Mahia, over 180 deg": (-39.2615, 177.8649, 100.0),
    "Mahia to the south": (-39.2615, 177.8649, 190.0),
    "Palmachim to the west": (31.884, 34.68, 292.0),
    "Sriharikota to the south-east": (13.72, 80.23, 140.0),
    "Plesetsk to the north": (62.93, 40.57, 8.0),
    "Semnan to the south-east": (35.2346, 53.921, 132.0),
    "Sohae to the south": (39.66, 124.705, 193.0),
    "Naro to the south": (34.4319, 127.5351, 172.0),
}


def _fixed(latitude, longitude):
    e2 = F * (2 - F)
    n = A / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
    return np.array([
        n * np.cos(latitude) * np.cos(longitude), n * np.cos(latitude) * np.sin(longitude),
        n * (1 - e2) * np.sin(latitude),
    ])  # fmt: skip


def _geodetic(place):
    x, y, z = place
    across, e2 = np.hypot(x, y), F * (2 - F)
    latitude = np.arctan2(z, across * (1 - e2))
    for _ in range(6):
        n = A / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
        latitude = np.arctan2(z + e2 * n * np.sin(latitude), across)
    return np.degrees(latitude), np.degrees(np.arctan2(y, x))


def _height(place):
    z = place[2]
    return np.linalg.norm(place) - A * (1 - F) / np.sqrt(
        1 - F * (2 - F) * (1 - (z / np.linalg.norm(place)) ** 2)
    )


@cache
def _flown(latitude, longitude, azimuth):
    """Fly with thrust that does not leave a plane; drop two stages; inclination and impacts.

    The thrust is a schedule of pitch and of acceleration, integrated with the gravity of a
    sphere; nothing of the family is used.
    """
    lat, lon, way = np.radians([latitude, longitude, azimuth])
    start = _fixed(lat, lon)
    up = start / np.linalg.norm(start)
    east = np.array([-np.sin(lon), np.cos(lon), 0.0])
    ahead = np.sin(way) * east + np.cos(way) * np.cross(up, east)
    spin = np.array([0.0, 0.0, ROTATION])
    first = np.concatenate([start, np.cross(spin, start)])

    def _thrust(time):
        # two stages: 14 to 40 m/s2 within 150 s, then 8 to 22 m/s2
        size = 13.5 + 24.0 * (time / 150) ** 2 if time < 150 else 9.0 + 12.0 * (time - 150) / 300
        pitch = np.radians(
            np.interp(time, [0, 15, 60, 150, 300, 450, 520], [90, 88, 56, 27, 17, 4, 0])
        )
        return size, pitch

    def _rates(time, state):
        place, speed = state[:3], state[3:]
        size, pitch = _thrust(time)
        # the plane of the thrust does not turn; its horizon goes with the vehicle
        out = place - (place @ np.cross(up, ahead)) * np.cross(up, ahead)
        out = out / np.linalg.norm(out)
        level = np.cross(np.cross(up, ahead), out)
        push = size * (np.cos(pitch) * level + np.sin(pitch) * out)
        return np.concatenate([speed, push - MU * place / np.linalg.norm(place) ** 3])

    def _fast(time, state):
        return np.linalg.norm(state[3:]) - 7_800.0

    _fast.terminal = True
    run = solve_ivp(_rates, (0, 900), first, events=_fast, rtol=1e-9, dense_output=True)
    end = run.y[:, -1]
    normal = np.cross(end[:3], end[3:])
    impacts = []
    for when in (150.0, 0.72 * run.t[-1]):

        def _ground(_, state):
            return _height(state[:3])

        _ground.terminal, _ground.direction = True, -1
        fall = solve_ivp(
            lambda _, s: np.concatenate([s[3:], -MU * s[:3] / np.linalg.norm(s[:3]) ** 3]),
            (when, when + 3000), run.sol(when), events=_ground, rtol=1e-9,
        )  # fmt: skip
        angle = -ROTATION * fall.t[-1]
        x, y, z = fall.y[:3, -1]
        impacts.append(_geodetic((np.cos(angle) * x - np.sin(angle) * y,
                                  np.sin(angle) * x + np.cos(angle) * y, z)))  # fmt: skip
    return np.degrees(np.arccos(normal[2] / np.linalg.norm(normal))), impacts


def _box(latitude, longitude, half=0.3):
    wide = half / np.cos(np.radians(latitude))
    ring = [(-1, -1), (-1, 1), (1, 1), (1, -1), (-1, -1)]
    return np.array([(latitude + half * a, longitude + wide * b) for a, b in ring])


def _site(name):
    return Site(latitude=np.radians(PADS[name][0]), longitude=np.radians(PADS[name][1]))


@pytest.mark.parametrize("name", PADS)
def test_direct_inclination_is_that_of_an_ascent_integrated_apart(name):
    truth, impacts = _flown(*PADS[name])
    made = forecast([_box(*place) for place in impacts], [_site(name)])
    # 0.3 deg: the ascent is none of the family; tempo and loft alone are worth 0.2 deg
    assert np.degrees(made.direct) == pytest.approx(truth, abs=0.3)
    assert made.holds(np.radians(truth))
    assert made.hypotheses[0].northward == (np.cos(np.radians(PADS[name][2])) > 0)


def test_early_zone_alone_tells_the_same_as_late_one():
    truth, impacts = _flown(*PADS["Vandenberg to the south"])
    each = [forecast([_box(*place, 0.1)], [_site("Vandenberg to the south")]) for place in impacts]
    for made in each:
        assert np.degrees(made.direct) == pytest.approx(truth, abs=0.3)


def test_north_and_south_are_mirror_images():
    north = forecast([_box(48.5, 130.0)], [Site(latitude=0.8, longitude=2.2)])
    south = forecast([_box(-48.5, 130.0)], [Site(latitude=-0.8, longitude=2.2)])
    assert north.median == pytest.approx(south.median, abs=1e-6)
    assert north.hypotheses[0].northward
    assert not south.hypotheses[0].northward


def test_forecast_is_the_same_wherever_the_seam_of_longitude_is():
    ring = _box(30.0, 5.0)
    made = []
    for east in (0.0, 170.0, 178.0, -175.0):
        moved = ring + np.array([0.0, east])
        moved[:, 1] = (moved[:, 1] + 180) % 360 - 180
        site = Site(latitude=np.radians(34.0), longitude=np.radians(east))
        made.append(forecast([moved], [site]))
    for one in made[1:]:
        assert one.median == pytest.approx(made[0].median, abs=1e-6)
        assert np.array(one.inclination_set) == pytest.approx(
            np.array(made[0].inclination_set), abs=1e-6
        )


def test_launch_to_the_west_is_retrograde_and_named_so():
    site = Site(latitude=np.radians(31.884), longitude=np.radians(34.68))
    made = forecast([_box(33.7, 29.1, 0.15), _box(37.1, 15.1, 0.4)], [site])
    assert made.hypotheses[0].kind == "westward"
    assert 138 < np.degrees(made.hypotheses[0].inclination) < 145


def test_wide_zone_gives_a_wider_set_than_a_narrow_one():
    site = Site(latitude=np.radians(39.0), longitude=np.radians(111.0))

    def _width(half):
        sets = forecast([_box(33.0, 109.5, half)], [site]).set_of(0.5)
        return sum(high - low for low, high in sets)

    narrow, wide, widest = (_width(half) for half in (0.1, 1.0, 2.5))
    assert narrow < wide < widest


def test_zone_far_down_range_leaves_less_to_yaw_than_a_near_one():
    name = "Vandenberg to the south"
    _, (near, far) = _flown(*PADS[name])
    sets = [forecast([_box(*place, 0.2)], [_site(name)]).inclination_set for place in (near, far)]
    widths = [sum(high - low for low, high in one) for one in sets]
    assert widths[1] < 0.9 * widths[0]


def test_pad_at_sea_gives_a_wider_set_than_one_that_is_known():
    here = {"latitude": np.radians(36.0), "longitude": np.radians(122.0)}
    known = forecast([_box(30.0, 121.0)], [Site(**here)])
    ship = forecast([_box(30.0, 121.0)], [Site(**here, spread=60e3)])
    width = [sum(b - a for a, b in one.set_of(0.5)) for one in (known, ship)]
    assert width[1] > 1.2 * width[0]
    assert "pad_not_known" in {one.code for one in ship.remarks}


def test_without_earlier_launches_it_says_so():
    made = forecast([_box(48.5, 130.0)], [Site(latitude=0.8, longitude=2.2)])
    assert "no_prior" in {one.code for one in made.remarks}


def _history(inclinations, latitude=39.66, longitude=124.7, day="2015-01-01"):
    count = len(inclinations)
    text = np.array([""] * count)
    return History(
        day=np.array([day] * count, dtype="datetime64[D]"),
        latitude=np.full(count, np.radians(latitude)),
        longitude=np.full(count, np.radians(longitude)),
        inclination=np.radians(inclinations), perigee=np.full(count, 5e5),
        nation=text, operator=text, vehicle=text,
    )  # fmt: skip


def test_earlier_launches_pull_and_later_ones_do_not():
    site = Site(latitude=np.radians(39.66), longitude=np.radians(124.705))
    zone = [_box(34.8, 123.2, 0.2)]
    past = forecast(zone, [site], Knowledge(day=np.datetime64("2020-01-01"),
                                            history=_history([98.2] * 8)))  # fmt: skip
    later = forecast(zone, [site], Knowledge(day=np.datetime64("2015-01-01"),
                                             history=_history([98.2] * 8)))  # fmt: skip
    plain = forecast(zone, [site], Knowledge(day=np.datetime64("2015-01-01")))
    assert np.degrees(past.hypotheses[0].inclination) == pytest.approx(98.2, abs=0.1)
    assert past.hypotheses[0].kind == "sun_synchronous"
    assert later.mass == pytest.approx(plain.mass, abs=1e-12)


def test_dogleg_is_a_live_hypothesis_where_the_direct_orbit_is_no_usual_one():
    # A zone straight south of the site: 87 deg, to which nobody launches; most go to 97.5 deg.
    site = Site(latitude=np.radians(39.66), longitude=np.radians(124.705))
    usual = _history([97.5] * 60 + [51.6] * 60 + [63.0] * 40, latitude=60.0)
    made = forecast([_box(34.8, 124.6, 0.2)], [site],
                    Knowledge(day=np.datetime64("2020-01-01"), history=usual))  # fmt: skip
    sun = [one for one in made.hypotheses if one.kind == "sun_synchronous"]
    assert sun
    assert sun[0].probability > 0.1
    assert made.holds(np.radians(97.5))


def test_earlier_launches_of_the_corridor_do_not_silence_a_new_target():
    site = Site(latitude=np.radians(39.66), longitude=np.radians(124.705))
    first = forecast([_box(34.8, 123.2, 0.2)], [site])
    corridors = Corridors(
        day=np.array(["2019-12-01"] * 3, dtype="datetime64[D]"),
        latitude=np.full(3, site.latitude), longitude=np.full(3, site.longitude),
        azimuth=np.full(3, first.azimuth), angle=np.full(3, first.angle),
        inclination=np.radians([100.5] * 3),
    )  # fmt: skip
    made = forecast([_box(34.8, 123.2, 0.2)], [site],
                    Knowledge(day=np.datetime64("2020-01-01"), corridors=corridors))  # fmt: skip
    assert np.degrees(made.hypotheses[0].inclination) == pytest.approx(100.5, abs=0.1)
    assert 0.5 < made.hypotheses[0].probability < 0.97


def test_plane_of_a_station_is_likelier_when_the_node_fits():
    site = Site(latitude=np.radians(40.96), longitude=np.radians(100.29))
    zone = [_box(39.5, 107.5, 0.2)]
    pad = Pad.at(site.latitude, site.longitude)
    # eight degrees beside the direct orbit, so that the plane is not likely by itself
    ways = np.radians(np.arange(95.0, 130.0, 0.1))
    tilts = flown_plane(pad, ways, MEMBERS[0])
    goal = forecast(zone, [site]).direct + np.radians(8.0)
    node = float(np.interp(goal, tilts, flown_node(pad, ways, MEMBERS[0])))

    def _share(off):
        plane = Plane(name="station", inclination=goal, node=node + 1.0 + off)
        made = forecast(zone, [site], Knowledge(planes=[plane], sidereal=1.0))
        return sum(h.probability for h in made.hypotheses if h.kind == "known_plane")

    fits, misses = _share(0.0), _share(0.5)
    assert fits > 0.3
    # nine of ten launches to a station go straight into its plane
    assert misses < 0.1 * fits


def test_site_is_found_among_candidates():
    name = "Vandenberg to the south"
    _, impacts = _flown(*PADS[name])
    other = Site(latitude=np.radians(28.56), longitude=np.radians(-80.58))
    made = forecast([_box(*place, 0.2) for place in impacts], [other, _site(name)])
    assert made.sites.sum() == pytest.approx(1.0)
    assert made.sites[1] > 0.9


def test_inclination_of_a_pad_at_the_pole_of_its_flight_is_its_latitude():
    # Due east against the stars: no lower inclination can be reached without yaw.
    pad = Pad.at(np.radians(28.5), 0.0)
    every = np.degrees(flown_plane(pad, np.radians(np.arange(0, 360, 0.5)), MEMBERS[0]))
    # geocentric latitude 28.339 deg: Vallado, section 3.2; thrust in one plane bends 0.1 deg
    assert every.min() == pytest.approx(28.339, abs=0.15)
    assert every.max() == pytest.approx(180 - 28.339, abs=0.15)


def test_long_axis_of_a_corridor_tells_the_inclination():
    # A ground track at the equator: tan(heading from east) = V sin i / (V cos i - w a)
    speed, inclination = np.sqrt(MU / A), np.radians(97.5)
    way = np.arctan2(speed * np.cos(inclination) - ROTATION * A, speed * np.sin(inclination))
    along = np.array([np.cos(way), np.sin(way)])  # north, east
    side = np.array([-along[1], along[0]])
    ring = np.array(
        [3 * a * along + 0.4 * b * side for a, b in ((1, 1), (1, -1), (-1, -1), (-1, 1))]
    )
    both = np.degrees(corridor_inclination(measured(ring + np.array([0.0, 60.0])), NORTH))
    # flown away from a start near the pole it goes south: the mirror image of a track to the north
    assert np.abs(np.array(both) - 97.5).min() < 0.1


def test_rectangle_has_its_sides():
    # 1 deg of latitude at the equator is 110.574 km, of longitude 111.320 km (WGS84)
    zone = measured(_box(0.0, 20.0, 0.5) * [1.0, 1.0] + [0.0, 0.0])
    assert sorted([zone.width, zone.length]) == pytest.approx([110_574, 111_320], rel=2e-3)
    wide = measured(np.array([(-0.1, 10.0), (0.1, 10.0), (0.1, 12.0), (-0.1, 12.0)]))
    assert wide.length == pytest.approx(222_640, rel=2e-3)
    assert wide.width == pytest.approx(22_115, rel=2e-3)
    east = np.array([-np.sin(np.radians(11.0)), np.cos(np.radians(11.0)), 0.0])
    assert abs(wide.axis @ east) == pytest.approx(1.0, abs=1e-6)


def test_zone_over_the_pole_is_measured():
    ring = np.array([(88.0, 0.0), (88.0, 90.0), (88.0, 180.0), (88.0, -90.0)])
    zone = measured(ring)
    assert zone.centre[2] == pytest.approx(np.linalg.norm(zone.centre), rel=1e-6)
    # a square of diagonal 4 deg: 446.8 km by the meridian at the pole, sides 315.9 km
    assert zone.length == pytest.approx(315_900, rel=5e-3)


def test_second_notice_of_the_same_area_is_left_out():
    one, two, three = (measured(_box(30.0, 100.0 + off, 0.4)) for off in (0.0, 0.05, 3.0))
    assert distinct([one, two, three]) in ([0, 2], [1, 2])


@pytest.mark.parametrize("ring", [
    [(0, 0), (1, 1)], [(0, 0), (0, 1), (0, 2)], [(0, 0), (95, 1), (1, 2)],
    [(0, 0), (np.nan, 1), (1, 2)], [(0, 0), (0, 120), (0, -120)],
])  # fmt: skip
def test_ring_that_is_no_area_is_refused(ring):
    with pytest.raises(InputError):
        measured(ring)


def test_no_areas_or_sites_are_refused():
    with pytest.raises(InputError, match="0 areas"):
        forecast([], [Site(latitude=0.5, longitude=0.5)])
    with pytest.raises(InputError, match="0 sites"):
        forecast([_box(1.0, 1.0)], [])


def test_area_around_the_pad_tells_nothing_and_it_says_so():
    made = forecast([_box(28.5, -80.6, 0.1)], [Site(latitude=np.radians(28.5),
                                                    longitude=np.radians(-80.6))])  # fmt: skip
    assert made.stages == ("pad",)
    assert "no_zone_tells_azimuth" in {one.code for one in made.remarks}
    assert sum(b - a for a, b in made.inclination_set) > np.radians(60)


def test_set_of_a_normal_density_is_its_central_part():
    mass = smoothed(binned(np.radians([50.0]), np.ones(1)), np.radians(2.0))
    ((low, high),) = highest_set(mass / mass.sum(), 0.9)
    # 1.6449 standard deviations hold 90 %; a cell is 0.05 deg
    assert np.degrees([low, high]) == pytest.approx([50 - 3.29, 50 + 3.29], abs=0.06)
    assert np.degrees(median_of(mass)) == pytest.approx(50.0, abs=0.01)


def test_score_of_a_normal_density_is_the_closed_form():
    # Gneiting and Raftery (2007), section 4.2: at the middle, s (2 - sqrt 2) / sqrt(2 pi)
    mass = smoothed(binned(np.radians([50.0]), np.ones(1)), np.radians(2.0))
    wanted = np.radians(2.0) * (np.sqrt(2) - 1) / np.sqrt(np.pi)
    assert ranked_score(mass / mass.sum(), np.radians(50.0)) == pytest.approx(wanted, rel=2e-3)


def test_probabilities_add_up():
    made = forecast([_box(33.0, 109.5, 0.3)], [Site(latitude=0.68, longitude=1.94)])
    assert made.mass.sum() == pytest.approx(1.0)
    assert len(made.mass) == len(GRID) == round(np.pi / STEP)
    assert sum(h.probability for h in made.hypotheses) == pytest.approx(1.0)
    falling = [h.probability for h in made.hypotheses]
    assert falling == sorted(falling, reverse=True)


def test_earlier_satellites_on_the_equator_stand_for_launches_due_east():
    site = Site(latitude=np.radians(28.25), longitude=np.radians(102.03))
    history = _history([0.05] * 30, latitude=28.25, longitude=102.03)
    before = history.before(np.datetime64("2020-01-01"))
    # geocentric latitude of 28.25 deg is 28.090 deg: Vallado (2013), equation 3-11
    assert np.degrees(before.inclination) == pytest.approx(28.09, abs=0.05)
    made = forecast([_box(27.35, 108.2, 0.2)], [site],
                    Knowledge(day=np.datetime64("2020-01-01"), history=history))  # fmt: skip
    assert np.degrees(made.hypotheses[0].inclination) == pytest.approx(28.7, abs=0.8)
