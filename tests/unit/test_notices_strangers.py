"""Notices as strangers give them, through the verb: maps without times, sites in other words."""

import json

import pytest

import kosmodrom

AREAS = [
    [[-79.0, 29.0], [-78.0, 30.2], [-77.6, 29.9], [-78.7, 28.8], [-79.0, 29.0]],
    [[-75.5, 31.4], [-74.0, 33.0], [-73.4, 32.6], [-74.9, 31.0], [-75.5, 31.4]],
]
# In the way of NAVAREA IV: one time for all areas. The areas are made up.
CAPE = """NAVAREA IV 123/23.
1. HAZARDOUS OPERATIONS, ROCKET LAUNCHING 260712Z TO 260842Z AUG IN AREAS BOUND BY:
   A. 28-30N 080-30W, 29-15N 079-45W, 29-00N 079-15W, 28-15N 080-15W.
   B. 32-30N 076-30W, 33-15N 075-45W, 33-00N 075-15W, 32-15N 076-15W.
2. CANCEL THIS MSG 290727Z AUG 23.
"""
NODES = ("raan_deg", "raan_low_deg", "raan_high_deg")


def collection(**properties):
    return json.dumps({
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": properties,
             "geometry": {"type": "Polygon", "coordinates": [ring]}}
            for ring in AREAS
        ],
    })  # fmt: skip


def test_areas_of_a_map_without_times_are_forecast_at_the_lift_off_that_is_told():
    result = kosmodrom.notices(
        texts=[collection()], site="cape-canaveral", launch="2024-05-01T12:00Z"
    )
    assert result.facts["areas"].value == 2
    assert result.facts["left_out"].value == 0
    assert len(set(result.columns["launch"])) == 1
    assert all(node is not None for name in NODES for node in result.columns[name])
    assert "notices_known" in {note.code for note in result.accuracy}
    told = next(note for note in result.accuracy if note.code == "notices_known")
    assert told.params["day"] == "2024-05-01"


def test_without_any_time_there_is_a_forecast_without_nodes_and_it_says_so():
    result = kosmodrom.notices(texts=[collection()], as_of="2024-04-30")
    assert result.facts["inclination_set_deg"].value
    assert not {"lift_off", "raan_deg"} & set(result.facts)
    assert all(node is None for name in NODES for node in result.columns[name])
    assert "notices_undated" in {note.code for note in result.accuracy}


def test_times_that_stand_in_weigh_nothing_in_the_judgement():
    early = kosmodrom.notices(texts=[collection()], launch="2024-05-01T12:00Z")
    late = kosmodrom.notices(texts=[collection()], launch="2024-05-01T02:00Z/2024-05-01T22:00Z")
    assert early.facts["is_orbital_launch"] == late.facts["is_orbital_launch"]


def test_a_launch_in_the_way_of_the_sea_is_forecast_with_and_without_its_site():
    for asked in ({}, {"site": "cape-canaveral", "launch": "2023-08-26T07:27Z"}):
        result = kosmodrom.notices(texts=[CAPE], **asked)
        assert result.facts["class"].value == "orbital launch"
        assert result.facts["site"].value in {"Cape Canaveral", "Kennedy Space Center"}


def test_the_day_before_gives_the_same_forecast_as_no_day():
    # A launch of the day before is published on the day itself: it is not looked at.
    free = kosmodrom.notices(texts=[CAPE])
    held = kosmodrom.notices(texts=[CAPE], as_of="2023-08-25")
    # 1e-12: sums of the same numbers in another order
    assert free.columns["probability"] == pytest.approx(held.columns["probability"], abs=1e-12)
    assert free.columns["inclination_deg"] == held.columns["inclination_deg"]
    assert free.facts["inclination_set_deg"] == held.facts["inclination_set_deg"]
    assert free.facts["is_orbital_launch"] == held.facts["is_orbital_launch"]


def test_a_site_told_by_its_coordinates_is_the_site_of_the_record():
    named = kosmodrom.notices(texts=[CAPE], site="vandenberg")
    told = kosmodrom.notices(texts=[CAPE], site="34.64,-120.61")
    assert told.columns["rests_on"] == named.columns["rests_on"]


@pytest.mark.parametrize(("words", "site"), [("BOCA CHICA, TEXAS", "Starbase")])
def test_a_site_that_the_text_names_is_the_likeliest_though_it_never_launched(words, site):
    # Coast Guard, broadcast notice to mariners 0019-24 (facts)
    text = (
        f"SPACE LAUNCH OPERATIONS WILL BE CONDUCTED IN {words}, ON MARCH 14, 2024. HAZARD AREAS: "
        "A. 25-43N 095-52W, 25-21N 093-15W, 25-58N 092-47W, 26-10N 096-51W, 25-48N 096-51W."
    )
    result = kosmodrom.notices(texts=[text], launch="2024-03-14T13:25Z")
    assert result.facts["site"].value == site
