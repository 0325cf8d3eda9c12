"""The verb coverage: cells, regions, gaps, how soon all has been seen."""

import numpy as np
import pytest

import kosmodrom
from kosmodrom.errors import InputError

KOREA = {"satellites": ["58400"], "region": "North Korea", "cell": "100 km",
         "start": "2026-08-22", "end": "2026-08-28", "max_off_nadir": "45 deg"}  # fmt: skip
WORLD = {"satellites": ["58400"], "cell": "2000 km", "start": "2026-08-22", "end": "2026-08-22"}


def test_facts_are_those_of_the_table():
    found = kosmodrom.coverage(**KOREA)
    columns, facts = found.columns, found.facts
    assert facts["cells"].value == len(found) > 8
    assert facts["cell_km"].value <= 100
    assert facts["never_seen"].value == (columns["accesses"] == 0).sum() == 0
    assert facts["share_covered"].value == 1
    assert facts["accesses_per_day"].value == pytest.approx(columns["accesses"].mean() / 7)
    some = columns["gaps"] > 0
    for name, how in (("gap_mean_hours", np.mean), ("gap_p95_hours", np.mean),
                      ("gap_max_hours", np.max), ("response_hours", np.mean)):  # fmt: skip
        assert facts[name].value == pytest.approx(how(columns[name][some]), abs=1e-9)
    first = np.sort(columns["before_first_hours"])
    assert facts["half_covered_hours"].value == pytest.approx(first[-(-len(first) // 2) - 1])
    assert facts["covered_all_hours"].value == pytest.approx(first[-1], abs=1e-9)


def test_time_seen_gaps_and_censored_gaps_make_the_period():
    columns = kosmodrom.coverage(**KOREA).columns
    hours = (
        columns["seen_s"] / 3600 + columns["gaps"] * columns["gap_mean_hours"]
        + columns["before_first_hours"] + columns["after_last_hours"]
    )  # fmt: skip
    assert hours == pytest.approx(np.full(len(hours), 7 * 24.0), abs=1e-6)
    assert (columns["gaps"] == columns["accesses"] - 1).all()
    assert (columns["gap_median_hours"] <= columns["gap_p95_hours"]).all()
    assert (columns["gap_p95_hours"] <= columns["gap_max_hours"]).all()
    # Half the mean where gaps are alike, more where they are not.
    assert (columns["response_hours"] >= columns["gap_mean_hours"] / 2 - 1e-9).all()


def test_a_place_has_the_accesses_that_overflights_lists():
    asked = {key: KOREA[key] for key in ("satellites", "start", "end", "max_off_nadir")}
    one = kosmodrom.coverage(**asked, places=["Pyongyang"]).rows()[0]
    listed = kosmodrom.overflights(**asked, targets=["Pyongyang"])
    assert one["place"] == "Pyongyang"
    assert one["accesses"] == len(listed)
    assert one["seen_s"] == pytest.approx(listed.columns["duration_s"].sum(), abs=1e-5)
    gap = listed.columns["begin"][1:] - listed.columns["end"][:-1]
    hours = gap / np.timedelta64(1, "us") / 3.6e9
    assert one["gap_mean_hours"] == pytest.approx(hours.mean(), abs=1e-8)  # a microsecond
    assert one["gap_max_hours"] == pytest.approx(hours.max(), abs=1e-8)


def test_by_elevation_a_place_has_the_passes_over_it():
    asked = {"satellites": ["ISS"], "places": ["Jakarta"], "start": "2026-08-23"}
    one = kosmodrom.coverage(**asked, access="elevation", min_elevation="10 deg").rows()[0]
    assert one["accesses"] == len(kosmodrom.passes(**asked))


def test_two_satellites_see_no_less_and_overlaps_count_once():
    alone = kosmodrom.coverage(**WORLD)
    both = kosmodrom.coverage(**WORLD | {"satellites": ["58400", "landsat-9"]})
    assert (both.columns["seen_s"] >= alone.columns["seen_s"] - 1e-6).all()
    assert (both.columns["looks"] >= both.columns["accesses"]).all()
    assert both.facts["share_covered"].value >= alone.facts["share_covered"].value


def test_the_cells_of_the_world_are_all_of_it():
    found = kosmodrom.coverage(**WORLD)
    assert len(found) == 192
    assert found.columns["cell"].tolist() == list(range(192))
    area = found.facts["cell_km"].value ** 2 * 192
    assert area == pytest.approx(510.0656e6, rel=1e-6)  # WGS84, km² (Snyder, or any handbook)


def test_daylight_and_darkness_share_the_time_seen():
    asked = {**KOREA, "region": "KOR"}
    whole, day, night = (
        kosmodrom.coverage(**asked, **light).columns["seen_s"]
        for light in ({}, {"min_sun": "0 deg"}, {"max_sun": "0 deg"})
    )
    assert day + night == pytest.approx(whole, abs=1e-3)
    assert day.sum() > 0
    assert night.sum() > 0


def test_a_polygon_may_cross_the_date_line():
    corners = ["60,170", "60,-170", "50,-170", "50,170"]
    found = kosmodrom.coverage(satellites=["58400"], polygon=corners, start="2026-08-22")
    longitude = found.columns["longitude_deg"]
    assert len(found) > 10
    assert (np.abs(longitude) >= 170).all()
    assert (longitude > 0).any()
    assert (longitude < 0).any()


def test_a_strip_is_an_angle_off_nadir():
    strip = kosmodrom.coverage(**{**KOREA, "max_off_nadir": None}, swath="300 km")
    angle = kosmodrom.coverage(**{**KOREA, "max_off_nadir": "16.5 deg"})
    # 150 km to a side from some 500 km are 16.5 deg, the roundness of the Earth included.
    assert strip.facts["accesses_per_day"].value == pytest.approx(
        angle.facts["accesses_per_day"].value, rel=0.1
    )


def test_a_region_in_view_from_the_start_has_been_seen_at_once():
    found = kosmodrom.coverage(satellites=["himawari-9"], places=["Jakarta"], start="2026-08-22",
                               access="elevation", min_elevation="10 deg")  # fmt: skip
    fact = found.facts["covered_all_hours"]
    assert (fact.value, fact.low) == (0.0, None)


def test_a_camera_of_unknown_reach_is_taken_as_it_surely_is():
    asked = {**KOREA, "max_off_nadir": None}
    found = kosmodrom.coverage(**asked, sensor="malligyong-1-camera")
    (note,) = (note for note in found.accuracy if note.code.startswith("looking_limits"))
    assert note.code == "looking_limits"
    assert note.params["angle"] == [1.0, "deg"]


def test_what_the_period_does_not_reach_is_a_least_number():
    found = kosmodrom.coverage(**{**KOREA, "end": "2026-08-22T04:00Z", "max_off_nadir": "5 deg"})
    never = found.facts["never_seen"].value
    assert never == (found.columns["accesses"] == 0).sum() > 0
    fact = found.facts["covered_all_hours"]
    assert fact.value is None
    assert fact.low == pytest.approx(4.0)
    unseen = found.columns["accesses"] == 0
    assert np.isnan(found.columns["gap_mean_hours"][unseen]).all()
    assert (found.columns["before_first_hours"][unseen] == 4.0).all()


def test_the_map_and_the_curve_hold_every_cell():
    found = kosmodrom.coverage(**KOREA)
    cells, curve = found.figures
    assert cells["kind"] == "cells"
    assert sum(len(one["cells"]) for one in cells["classes"]) == len(found)
    (line,) = curve["lines"]
    shares = [share for _, share in line["points"]]
    assert shares == sorted(shares)
    assert shares[-1] == 100.0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"region": "Atlantis"}, "no country or territory is called 'Atlantis'"),
        ({"region": "Singapore", "cell": "500 km"}, "choose smaller cells"),
        ({"cell": "1 km"}, "14 to 5000 km can be used"),
        ({"cell": "100"}, "100 has no unit; a length is due, write 100 km"),
        ({"polygon": ["1,2", "3,4"]}, "three corners or more"),
        ({"polygon": ["a", "3,4", "5,6"]}, "'a' is no corner"),
        ({"polygon": ["nan,2", "3,4", "5,6"]}, "'nan,2' is no corner"),
        ({"polygon": ["1,2", "3,4", "5,7"], "places": ["Tokyo"]}, "not both"),
        ({"swath": "100 km"}, "give swath, or max_off_nadir or sensor, not both"),
        ({"swath": "10000 km", "max_off_nadir": None}, "the Earth is in view over less than"),
        ({"access": "radar"}, "write one of 'imaging', 'elevation'"),
        ({"access": "elevation"}, "leave max_off_nadir away"),
        ({"access": "elevation", "max_off_nadir": None, "min_sun": "10 deg"}, "leave min_sun"),
        ({"access": "elevation", "max_off_nadir": None, "direction": "ascending"}, "direction"),
        ({"access": "elevation", "max_off_nadir": None, "min_elevation": "95 deg"},
         "from -10 deg to below 90 deg"),
        ({"max_off_nadir": "95 deg"}, "above 0 and below 90 deg"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_the_way_out(more, said):
    with pytest.raises(InputError, match=said):
        kosmodrom.coverage(**KOREA | more)
