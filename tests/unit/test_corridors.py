"""The verb corridors: what is open, what is closed, what it costs, and what is not known."""

from datetime import date

import numpy as np
import pytest

import kosmodrom
from kosmodrom.analyses._borders import inside, outlines_of
from kosmodrom.cases import run_step
from kosmodrom.catalog import load_catalog
from kosmodrom.errors import InputError, KosmodromError
from kosmodrom.launch import reach
from kosmodrom.launch.ways import Pad, Way, turn_at_pad, turn_over_equator
from kosmodrom.workspace import Context

SIX = ["vostochny", "baikonur", "plesetsk", "kourou", "sriharikota", "sohae"]


def codes(notes):
    return [note.code for note in notes]


def table(result):
    return result.rows()


def test_each_inclination_has_a_row_a_direction_and_one_where_it_is_out_of_reach():
    rows = table(kosmodrom.corridors(sites=["vostochny", "plesetsk"], inclinations=["51.7 deg"]))
    assert [(row["site"], row["direction"], row["reachable"]) for row in rows] == [
        ("Vostochny", "ascending", "yes"),
        ("Vostochny", "descending", "yes"),
        ("Plesetsk", None, "no"),
    ]
    assert rows[2]["azimuth_deg"] is None


def test_without_a_wish_the_ways_of_the_catalog_are_listed():
    result = kosmodrom.corridors(sites=["vostochny"])
    assert [row["inclination_deg"] for row in table(result)] == pytest.approx([51.7, 64.8, 98.0])
    assert {row["range_allows"] for row in table(result)} == {"yes"}
    assert "reachable" not in result.facts  # three inclinations, not one


def test_the_ends_of_the_azimuths_of_a_range_are_listed():
    rows = table(kosmodrom.corridors(sites=["kennedy"]))
    assert [row["azimuth_deg"] for row in rows] == pytest.approx([35.0, 120.0])
    assert [row["direction"] for row in rows] == ["ascending", "descending"]


def test_a_site_of_which_nothing_is_known_is_judged_by_geometry_and_says_so():
    result = kosmodrom.corridors(sites=["mahia"], inclinations=["45 deg"])
    assert result.facts["reachable"].value == "yes"
    assert {row["range_allows"] for row in table(result)} == {"unknown"}
    assert codes(result.warnings) == ["corridors_nothing_known"]


def test_a_flown_inclination_is_open_but_not_in_which_direction():
    rows = table(kosmodrom.corridors(sites=["plesetsk"], inclinations=["82.5 deg"]))
    assert [(row["reachable"], row["range_allows"]) for row in rows] == [("yes", "unknown")] * 2
    assert rows[0]["launches"] > 100


def test_where_a_route_is_declared_the_flights_went_along_it():
    rows = table(kosmodrom.corridors(sites=["baikonur"], inclinations=["51.6 deg"]))
    assert [row["range_allows"] for row in rows] == ["yes", "no"]
    assert rows[0]["countries"].startswith("KAZ 0 km, RUS")
    assert "CHN" in rows[1]["countries"]


def test_a_closed_azimuth_costs_a_turn():
    result = kosmodrom.corridors(sites=["sohae"], inclinations=["97.4 deg"], turn_speed="5 km/s")
    # declared is 89.5 to 90.5 deg; 2 v sin(6.9 deg / 2) with v of a circle at 200 km, by hand
    assert result.facts["reachable"].value == "with dogleg"
    assert result.facts["dogleg_delta_v_m_s"].value == pytest.approx(936.9, abs=0.1)
    on_the_way_up = result.facts["ascent_turn_delta_v_m_s"].value
    assert 0 < on_the_way_up < 5000 * 2 * np.sin(np.radians(4.5))


def test_the_ground_told_is_that_of_the_direction_nearest_to_what_is_allowed():
    facts = kosmodrom.corridors(sites=["sohae"], sun_synchronous="500 km").facts
    assert facts["countries"].value == "PRK, CHN, TWN"  # southwards, as the declared route


def test_what_is_reached_costs_nothing():
    facts = kosmodrom.corridors(sites=["vostochny"], inclinations=["98 deg"]).facts
    assert facts["reachable"].value == "yes"
    assert facts["dogleg_delta_v_m_s"].value == 0


def test_just_out_of_reach_costs_little():
    facts = kosmodrom.corridors(sites=["vostochny"], inclinations=["51.64 deg"]).facts
    assert facts["reachable"].value == "no"
    assert facts["margin_deg"].value == pytest.approx(-0.057, abs=0.001)
    # from the nearest plane reached, 51.697 deg: 7784 m/s times 0.057 deg
    assert facts["dogleg_delta_v_m_s"].value == pytest.approx(7.7, abs=0.2)


def test_the_geodetic_latitude_is_named_where_it_would_mislead():
    misled = kosmodrom.corridors(sites=["vostochny"], inclinations=["51.7 deg"])
    assert "corridors_geodetic" in codes(misled.warnings)
    plain = kosmodrom.corridors(sites=["vostochny"], inclinations=["52 deg"])
    assert "corridors_geodetic" not in codes(plain.warnings)


def test_sites_stand_side_by_side():
    result = kosmodrom.corridors(sites=[*SIX, "Vostochny"], inclinations=["51.7 deg"])
    assert result.facts["sites"].value == 6  # one that is named twice is one
    assert result.facts["reached_by"].value == "Vostochny, Baikonur, Kourou"
    assert result.facts["sites_reaching"].value == 3


def test_the_ground_of_a_site_overseas_is_not_foreign():
    facts = kosmodrom.corridors(sites=["kourou"], azimuths=["90 deg"]).facts
    assert facts["countries"].value == "FRA"
    assert facts["foreign_countries"].value == 0


def test_the_ground_is_looked_at_as_far_as_asked():
    near = kosmodrom.corridors(sites=["baikonur"], inclinations=["51.6 deg"], downrange="500 km")
    assert near.facts["countries"].value == "KAZ"
    assert near.facts["foreign_countries"].value == 0


def test_conversion_is_at_the_speed_of_the_altitude_and_the_answer_says_so():
    low = kosmodrom.corridors(sites=["sohae"], inclinations=["97.4 deg"]).facts
    high = kosmodrom.corridors(
        sites=["sohae"], inclinations=["97.4 deg"], altitude="1000 km"
    ).facts
    assert low["speed_m_s"].value == pytest.approx(7784.3, abs=0.1)  # sqrt(mu / r)
    assert high["speed_m_s"].value == pytest.approx(7350.1, abs=0.1)
    # slower, so the turning Earth weighs more
    assert high["descending_azimuth_deg"].value > low["descending_azimuth_deg"].value


def test_what_was_published_later_is_held_back_and_counts_are_hidden():
    context = Context(as_of=date(2017, 6, 1), store_path=None)
    result = run_step("corridors", {"sites": ["vostochny"]}, context)
    assert [row["inclination_deg"] for row in table(result)] == pytest.approx([98.0])
    assert {row["launches"] for row in table(result)} == {None}
    assert {"corridors_counts_hidden", "rows_held_back"} <= set(codes(result.warnings))


def test_maps_show_each_site_apart_with_its_ways():
    features = list(kosmodrom.corridors(sites=SIX, inclinations=["98 deg"]).features)
    assert {one["properties"]["map"] for one in features} == {
        "Vostochny", "Baikonur", "Plesetsk", "Kourou", "Sriharikota", "Sohae",
    }  # fmt: skip
    kinds = {one["properties"]["kind"] for one in features}
    assert kinds == {"site", "ascent", "corridor"}
    declared = [
        one["properties"]["inclination_deg"]
        for one in features
        if one["properties"]["map"] == "Sohae" and one["properties"].get("allowed") == "yes"
    ]
    assert declared == [90.0]  # nobody asked for it, it is shown all the same


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"sites": ["nowhere"]}, "no launch site is called 'nowhere'"),
        ({"sites": []}, "at least 1"),
        ({"sites": ["kourou"], "altitude": "-5 km"}, "altitude is -5 km"),
        ({"sites": ["kourou"], "altitude": "36000 km"}, "between 100 and 2000 km"),
        ({"sites": ["kourou"], "inclinations": ["181 deg"]}, "from 0 to 180 deg"),
        ({"sites": ["kourou"], "inclinations": ["51.6"]}, "unit"),
        ({"sites": ["kourou"], "azimuths": ["400 deg"]}, "clockwise from north"),
        ({"sites": ["kourou"], "turn_speed": "9 km/s"}, "not above the speed in orbit"),
        ({"sites": ["kourou"], "turn_speed": "0 km/s"}, "above 0"),
        ({"sites": ["kourou"], "downrange": "0 km"}, "above 0 and at most 10000 km"),
        ({"sites": ["kourou"], "sun_synchronous": "9000 km"}, "no inclination makes"),
    ],
)
def test_bad_input_is_refused_with_the_limit(request_, message):
    with pytest.raises(KosmodromError, match=message):
        kosmodrom.corridors(**request_)


def test_physics_refuses_what_has_no_direction():
    with pytest.raises(InputError, match="it takes 51\\.6970 to 128\\.3030 deg"):
        reach.inertial_azimuth(np.radians(51.697), np.radians(51.6))
    with pytest.raises(InputError, match="degrees must be turned into radians"):
        reach.inertial_azimuth(51.697, 1.0)
    with pytest.raises(InputError, match="above that of the place"):
        reach.inertial_from_ground(1.0, 300.0, 400.0)
    with pytest.raises(InputError, match="not above the speed in orbit"):
        reach.ascent_turn(7000.0, 8000.0, 0.1)
    with pytest.raises(InputError, match="either azimuths or inclinations"):
        Way()


def test_a_sector_may_pass_north():
    pad = Pad.at(np.radians(5.239), 7784.3)
    way = Way(azimuths=(np.radians(-10.5), np.radians(93.5)))
    assert way.holds(np.radians(355.0), 1.0, "ascending")
    assert way.holds(np.radians(5.0), 1.0, "ascending")
    assert not way.holds(np.radians(94.0), 1.0, "descending")
    assert not way.holds(np.radians(349.0), 1.0, "ascending")
    low, high = np.degrees(way.reached(pad))
    assert low == pytest.approx(np.degrees(pad.latitude), abs=0.01)  # due east lies within
    assert high == pytest.approx(97.1, abs=0.1)


def test_ways_that_lead_nowhere_have_no_turn():
    pad = Pad.at(np.radians(62.9), 7784.3)
    nowhere = Way(inclinations=(np.radians(50.0), np.radians(51.0)))
    assert nowhere.reached(pad) is None
    assert turn_over_equator(pad, 1.5, [nowhere]) is None
    assert turn_at_pad(pad, 1.5, [nowhere]) is None
    assert turn_at_pad(pad, 0.5, []) is None  # below the latitude
    assert turn_at_pad(pad, 1.5, []) == 0.0


def test_points_are_inside_an_odd_number_of_rings_over_the_date_line_too():
    ring = np.array([[0.0, 170.0], [0.0, -170.0], [10.0, -170.0], [10.0, 170.0], [0.0, 170.0]])
    hole = np.array([[4.0, 179.0], [4.0, -179.0], [6.0, -179.0], [6.0, 179.0], [4.0, 179.0]])
    latitude, longitude = np.array([5.0, 5.0, 5.0, 5.0]), np.array([175.0, -175.0, 179.9, 160.0])
    assert inside([ring, hole], latitude, longitude).tolist() == [True, True, False, False]
    assert inside([ring], latitude[:0], longitude[:0]).tolist() == []


def test_countries_come_in_the_order_of_the_line():
    outlines = outlines_of(load_catalog().borders)
    latitude = np.linspace(52.0, 36.0, 200)
    found = outlines.under(latitude, np.full(200, 5.5), np.linspace(0.0, 1780.0, 200))
    # down the meridian of 5.5 E: the Netherlands, Belgium, Luxembourg is east of it, France
    assert [one.code for one in found][:3] == ["NLD", "BEL", "FRA"]
    assert found[-1].code == "DZA"
