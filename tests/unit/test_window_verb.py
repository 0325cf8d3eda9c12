"""The verb window: planes of a satellite, a node, a local time; directions, delays, refusals."""

import json

import numpy as np
import pytest

import kosmodrom
from kosmodrom.cases import load_case, run_case
from kosmodrom.cli import main
from kosmodrom.errors import InputError, ModelError
from kosmodrom.launch.planes import circular_speed, node_rate
from kosmodrom.launch.unsteered import unsteered
from kosmodrom.report import figure_svg
from kosmodrom.workspace import open_context

STATION = {"site": "baikonur", "satellite": "ISS", "start": "2026-08-23", "end": "2026-08-24"}
SUNNY = {"site": "vostochny", "altitude": "500 km", "local_time": "10:30", "start": "2026-08-22"}
STARRY = {"site": "kourou", "inclination": "60 deg", "node": "40 deg", "start": "2026-08-22"}
CASE = """
kosmodrom: 1
title: t
sources: {s: {name: somebody, published: 2026-08-24, grade: C3}}
analyses: %s
claims: {c: {says: it, source: s, kind: intent}}
"""


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def value(found, name):
    return found.facts[name].value


@pytest.mark.parametrize("asked", [STATION, SUNNY, STARRY], ids=["satellite", "sun", "node"])
def test_every_door_gives_the_same_numbers(asked, capsys, tmp_path):
    options = [part for key, given in asked.items()
               for part in (f"--{key.replace('_', '-')}", given)]  # fmt: skip
    assert main(["window", *options, "--json"]) == 0
    by_shell = json.loads(capsys.readouterr().out)
    (tmp_path / "case.yaml").write_text(CASE % json.dumps({"w": {"window": asked}}), "utf-8")
    by_case = run_case(load_case("case.yaml"), open_context(store_path=None))["steps"]["w"]
    assert by_case == by_shell
    found = kosmodrom.window(**asked)
    assert len(found) == len(by_shell["rows"])
    assert set(found.facts) == set(by_shell["facts"])


def test_facts_are_those_of_the_first_open_window():
    found = kosmodrom.window(**STATION)
    columns = found.columns
    assert value(found, "count") == len(found) == 4
    assert value(found, "per_day") == 2
    assert value(found, "first").startswith(str(columns["time"][0])[:22])
    for name in ("azimuth_deg", "node_deg", "plane_error_deg", "phase_deg", "time_error_s"):
        assert value(found, name) == columns[name][0]
    assert value(found, "geocentric_latitude_deg") == pytest.approx(45.73, abs=0.01)
    assert np.all(np.diff(columns["time"].astype(int)) > 0)


def test_closed_directions_are_listed_and_not_counted():
    # Going south from Baikonur, 117 deg, is not flown to the station.
    found = kosmodrom.window(**STATION, azimuth_from="20 deg", azimuth_to="95 deg")
    assert value(found, "count") == 2
    assert value(found, "closed") == 2
    state = dict(zip(found.columns["direction"], found.columns["open"], strict=True))
    assert state == {"ascending": "yes", "descending": "no"}
    assert value(found, "azimuth_deg") < 90
    assert [note.code for note in found.warnings] == ["window_closed"]
    over_north = kosmodrom.window(**STATION, azimuth_from="350 deg", azimuth_to="95 deg")
    assert value(over_north, "count") == 2
    none = kosmodrom.window(**STATION, azimuth_from="200 deg", azimuth_to="300 deg")
    assert value(none, "count") == 0
    assert "first" not in none.facts


def test_a_direction_can_be_asked_for():
    north = kosmodrom.window(**STATION, direction="ascending")
    assert set(north.columns["direction"]) == {"ascending"}
    assert len(north) == 2


def test_the_node_keeps_to_its_local_time_at_every_window():
    found = kosmodrom.window(**SUNNY | {"end": "2026-08-28"})
    # UT1 is within 0.9 s of the UTC of which the local time is made; table of the Earth's turn.
    assert found.columns["node_local_time_hours"] == pytest.approx(10.5, abs=3e-4)
    # 500 km: 97.4 deg, Sun-synchronous orbit, Wikipedia; 0.03 deg for J2 squared and J4.
    assert value(found, "inclination_deg") == pytest.approx(97.43, abs=0.01)
    down = kosmodrom.window(**SUNNY | {"end": "2026-08-28", "local_time_of": "descending"})
    assert down.columns["node_local_time_hours"] == pytest.approx(22.5, abs=3e-4)
    # A plane that keeps to the Sun comes at the same time of day.
    clock = found.columns["time"].astype("datetime64[us]").astype(np.int64) / 1e6 % 86_400
    assert np.ptp(clock[::2]) < 5


def test_a_node_stands_still_without_a_height_and_drifts_with_one():
    still = kosmodrom.window(**STARRY | {"end": "2026-08-31"})
    assert still.columns["node_deg"] == pytest.approx(40.0, abs=1e-9)
    asked = STARRY | {"end": "2026-08-31", "altitude": "420 km"}
    drifting = kosmodrom.window(**asked)
    days = (drifting.columns["time"] - np.datetime64("2026-08-22")) / np.timedelta64(1, "D")
    rate = np.polyfit(days, drifting.columns["node_deg"], 1)[0]
    # -3/2 n J2 (R / a)^2 cos i with J2 alone is -3.96 deg a day; J2 squared and J4 0.3 % of it.
    assert rate == pytest.approx(-3.97, abs=0.03)
    earlier = kosmodrom.window(**asked, epoch="2026-08-12").columns
    passed = (earlier["time"][0] - np.datetime64("2026-08-12")) / np.timedelta64(1, "D")
    assert earlier["node_deg"][0] == pytest.approx((40 + rate * passed) % 360, abs=1e-3)


def test_a_delay_moves_the_node_with_the_earth_and_costs_a_turn():
    found = kosmodrom.window(**STARRY, delay="10 min")
    slope = value(found, "node_slope_deg_hour")
    assert slope == pytest.approx(15.04107, abs=1e-4)  # 360 deg in a sidereal day of 86 164.1 s
    shift = np.radians(slope / 6)
    cosine = np.cos(np.radians(60)) ** 2 + np.sin(np.radians(60)) ** 2 * np.cos(shift)
    error = np.arccos(cosine)  # spherical triangle
    assert value(found, "plane_error_deg") == pytest.approx(np.degrees(error), abs=1e-6)
    speed = np.sqrt(3.986004418e14 / 6_578_137)  # circular at 200 km
    turn = 2 * speed * np.sin(error / 2)
    assert value(found, "plane_change_m_s") == pytest.approx(turn, abs=1e-3)
    # The site itself is out of the plane by at most that, and by what it was carried.
    assert 0 < value(found, "least_error_deg") < value(found, "plane_error_deg")
    none = kosmodrom.window(**STARRY, delay="0 s")
    assert value(none, "plane_error_deg") == 0
    assert value(none, "least_error_deg") == pytest.approx(0, abs=1e-7)


def test_directions_over_the_ground_are_against_a_slower_speed():
    found = kosmodrom.window(**STATION, insertion="200 km")
    angle = np.radians(found.columns["azimuth_deg"])
    ground = np.radians(found.columns["ground_azimuth_deg"])
    carried = 7.2921151e-5 * np.cos(np.radians(45.728)) * 6_367_200  # radius at 46 deg: WGS84
    east = circular_speed(200e3) * np.sin(angle) - carried
    north = circular_speed(200e3) * np.cos(angle)
    # The site's radius by the round value: 1 km of it is 0.05 m/s, 0.0004 deg.
    assert np.degrees(np.arctan2(east, north)) == pytest.approx(np.degrees(ground), abs=1e-3)


def flight_by_steps(latitude, azimuth, flight_time, end_speed, radius):
    """Fly a great circle of the ground, and see when the site comes into the plane at the end."""
    rate = 7.2921151467e-5
    angle = end_speed * flight_time / 2 / radius  # even acceleration
    up = np.array([np.cos(latitude), 0.0, np.sin(latitude)])
    north = np.array([-np.sin(latitude), 0.0, np.cos(latitude)])
    ahead = np.cos(azimuth) * north + np.sin(azimuth) * np.array([0.0, 1.0, 0.0])
    place = radius * (np.cos(angle) * up + np.sin(angle) * ahead)
    speed = end_speed * (np.cos(angle) * ahead - np.sin(angle) * up)
    cosine, sine = np.cos(rate * flight_time), np.sin(rate * flight_time)
    turn = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
    velocity = turn @ (speed + np.cross([0.0, 0.0, rate], place))
    normal = np.cross(turn @ place, velocity)
    normal /= np.linalg.norm(normal)
    times = np.arange(-300.0, 1000.0, 0.01)
    out = np.cos(latitude) * (
        normal[0] * np.cos(rate * times) + normal[1] * np.sin(rate * times)
    ) + normal[2] * np.sin(latitude)
    (crossing,) = times[1:][np.sign(out[1:]) != np.sign(out[:-1])]
    return np.arccos(normal[2]), crossing, angle, np.linalg.norm(velocity)


@pytest.mark.parametrize(
    ("latitude", "azimuth"),
    [(28.4, 43.0), (45.7, 61.0), (51.7, 346.0), (5.2, 27.0), (34.5, 155.0), (-39.1, 140.0)],
)
def test_straight_flight_leaves_as_early_as_a_flight_by_steps(latitude, azimuth):
    place, way = np.radians([latitude, azimuth])
    inclination, lead, angle, speed = flight_by_steps(place, way, 530.0, 7400.0, 6_578_137.0)
    found = unsteered(
        place, 6_578_137.0, [inclination], [np.cos(way) > 0], flight_time=530.0,
        flight_angle=angle, speed=speed,
    )  # fmt: skip
    assert found.lead[0] == pytest.approx(lead, abs=0.02)  # s, two of its steps
    assert np.degrees(found.azimuth[0]) == pytest.approx(azimuth, abs=1e-4)


def test_an_inclination_that_straight_flight_does_not_reach_has_no_lead():
    # Due east from 45 deg it ends in 44.3 deg or so; the least that a plane over the site needs
    # is more, but a flight straight on comes from no azimuth to less.
    found = unsteered(
        np.radians(45.0), 6_578_137.0, np.radians([20.0]), [True], flight_time=530.0,
        flight_angle=0.25, speed=7784.0,
    )  # fmt: skip
    assert np.isnan(found.lead[0])
    assert np.isnan(found.azimuth[0])


def test_phases_move_with_satellite_and_vehicle_until_insertion():
    found = kosmodrom.window(**STATION, flight_time="530 s", flight_angle="15 deg")
    moved = (found.columns["insertion_phase_deg"] - found.columns["phase_deg"]) % 360
    # 530 s of 15.4956 turns a day are 34.2 deg; the vehicle makes 15 deg over the ground and is
    # carried 2.2 deg cos(latitude) sin(azimuth), 1.4 deg: with the waves of the orbit 0.2 deg.
    assert moved == pytest.approx(34.2 - 15 - 1.4, abs=0.2)
    assert "insertion_phase_deg" not in kosmodrom.window(**STATION).columns


def test_plesetsk_reaches_62_8_degrees_and_not_62_7():
    asked = {"site": "plesetsk", "node": "0 deg", "start": "2026-08-22"}
    assert value(kosmodrom.window(**asked, inclination="62.8 deg"), "count") == 2
    # tan of 62.9269 deg times (1 - f)^2 is tan of 62.771 deg.
    with pytest.raises(InputError, match=r"geocentric latitude, 62\.771 deg"):
        kosmodrom.window(**asked, inclination="62.7 deg")


def test_a_satellite_that_never_passes_over_is_refused():
    with pytest.raises(InputError, match="never passes over Plesetsk"):
        kosmodrom.window(site="plesetsk", satellite="ISS", start="2026-08-23")


def test_a_decayed_satellite_is_refused_with_the_way_out():
    with pytest.raises(ModelError, match="SGP4 gives no position of Kwangmyongsong-4"):
        kosmodrom.window(site="sohae", satellite="kms-4", start="2026-08-22")


def test_figures_and_map_can_be_drawn():
    found = kosmodrom.window(**STATION, azimuth_from="20 deg", azimuth_to="95 deg")
    kinds = [figure["kind"] for figure in found.figures]
    assert kinds == ["timeline", "curve"]
    bars = {bar["kind"] for row in found.figures[0]["rows"] for bar in row["bars"]}
    assert bars == {"night", "window", "closed"}
    for figure in found.figures:
        for lang in ("en", "id"):
            assert "<svg" in figure_svg(figure, lang)
    assert [feature["properties"]["kind"] for feature in found.features] == ["site", "track"]
    crossed = np.array(found.figures[1]["lines"][0]["points"])
    assert np.abs(crossed[:, 1]).max() < 100  # deg


def test_a_short_period_may_hold_no_window():
    found = kosmodrom.window(
        **STATION | {"start": "2026-08-23T06:00Z", "end": "2026-08-23T07:00Z"}
    )
    assert value(found, "count") == 0
    assert len(found) == 0
    assert [figure["kind"] for figure in found.figures] == ["curve"]


def test_node_rates_are_those_of_the_textbook():
    # -3/2 n J2 (R/p)^2 cos i: 420 km, 51.64 deg; J2 alone, 0.5 % for what is left out.
    semi = 6_798_137.0
    rate = -1.5 * np.sqrt(3.986004418e14 / semi**3) * 1.08263e-3 * (6_378_137 / semi) ** 2
    expected = rate * np.cos(np.radians(51.64))
    assert node_rate(420e3, 420e3, np.radians(51.64)) == pytest.approx(expected, rel=5e-3)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"site": "kourou", "start": "2026-08-22"}, "give one plane"),
        (STATION | {"node": "3 deg"}, "give one plane"),
        (STATION | {"inclination": "60 deg"}, "the plane is that of the satellite"),
        ({**STARRY, "inclination": None}, "a node alone is no plane"),
        ({**STARRY, "inclination": "200 deg"}, "0 to 180 deg can be"),
        ({**STARRY, "inclination": "60"}, "60 has no unit"),
        ({**STARRY, "inclination": "3 deg"}, "never passes over Kourou"),
        ({**STARRY, "perigee": "300 km"}, "give either altitude, or perigee and apogee"),
        ({**STARRY, "perigee": "30 km", "apogee": "300 km"}, "100 km or more"),
        ({**SUNNY, "altitude": None}, "follows from the height"),
        ({**SUNNY, "altitude": "9000 km"}, "no inclination makes 9000 x 9000 km"),
        ({**SUNNY, "local_time": "half past ten"}, "is no local time"),
        ({**SUNNY, "local_time": "25:00"}, "0:00 to 24:00 can be"),
        ({**SUNNY, "epoch": "2026-08-01"}, "epoch is that of a node"),
        ({**SUNNY, "frame": "GCRS"}, "frame is that of a node"),
        (STATION | {"azimuth_from": "20 deg"}, "azimuth_from and azimuth_to are given together"),
        (STATION | {"flight_time": "530 s"}, "flight_time and flight_angle are given together"),
        (STATION | {"flight_time": "3 h", "flight_angle": "15 deg"}, "up to 2 hours"),
        (STATION | {"delay": "3 h"}, "0 to 2 hours can be"),
        (STATION | {"insertion": "20 km"}, "80 to 36000 km can be"),
        (STATION | {"satellite": "nosuch"}, "no satellite is called 'nosuch'"),
        (STATION | {"site": "nosuch"}, "nosuch"),
        (STATION | {"end": "2026-08-01"}, "is not after the start"),
    ],
)
def test_what_cannot_be_is_refused_with_the_way_out(asked, said):
    with pytest.raises(InputError, match=said):
        kosmodrom.window(**{key: given for key, given in asked.items() if given is not None})


def test_a_file_of_several_satellites_is_refused(tmp_path):
    sets = (
        "1 25544U 98067A   26234.04909235  .00009068  00000+0  16914-3 0  9995\n"
        "2 25544  51.6330 334.1166 0007690  71.1509 289.0313 15.49562116581964\n"
    )
    other = sets.replace("25544", "25545").replace("9995", "9996").replace("1964", "1965")
    (tmp_path / "two.tle").write_text(sets + other, "utf-8")
    asked = STATION | {"satellite": "two.tle"}
    with pytest.raises(InputError, match="holds 2 satellites; name one of them"):
        kosmodrom.window(**asked)
    assert len(kosmodrom.window(**asked | {"satellite": "two.tle#25545"})) == 4


def test_a_claim_can_cite_a_window(tmp_path):
    claim = {
        "says": "It leaves to the north", "source": "s", "kind": "quantity",
        "asserted": {"value": "348 deg", "about": True}, "refuted_if": {"outside": "5 %"},
        "evidence": [{"fact": "w.azimuth_deg"}],
    }  # fmt: skip
    head = (CASE % json.dumps({"w": {"window": SUNNY}})).partition("claims:")[0]
    (tmp_path / "case.yaml").write_text(head + f"claims: {json.dumps({'c': claim})}\n", "utf-8")
    (judged,) = run_case(load_case("case.yaml"), open_context(store_path=None))["claims"]
    assert judged["verdict"] == "supported"
