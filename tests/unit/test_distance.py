"""The verb distance: what it answers and what it will not claim to know."""

import itertools

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

import kosmodrom
from kosmodrom.errors import InputError


def codes(notes):
    return [note.code for note in notes]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ((51.884, 128.334), (43.115, 131.885)),
        ((28.6, -80.6), (-12.0, 77.0)),
        ((5.2, -52.8), (45.9, 63.3)),
    ],
)
def test_length_and_azimuths_are_those_of_geographiclib(start, end):
    truth = Geodesic.WGS84.Inverse(*start, *end)  # another program for the same problem
    facts = kosmodrom.distance(from_=f"{start[0]},{start[1]}", to=f"{end[0]},{end[1]}").facts
    assert facts["geodesic_km"].value == pytest.approx(truth["s12"] / 1000, abs=1e-6)  # 1 mm
    assert facts["azimuth_deg"].value == pytest.approx(truth["azi1"] % 360, abs=1e-9)
    assert facts["back_azimuth_deg"].value == pytest.approx((truth["azi2"] + 180) % 360, abs=1e-9)
    assert facts["geodesic_km"].low is None  # points given by the user carry no error


def test_the_errors_of_both_points_widen_length_and_direction():
    facts = kosmodrom.distance(from_="Tokyo", to="Yokohama").facts
    length, azimuth = facts["geodesic_km"], facts["azimuth_deg"]
    error = length.high - length.value
    assert length.value - length.low == pytest.approx(error)
    # the far end moved sideways by the error turns the line by asin(error / length)
    turn = np.degrees(np.arcsin(error / length.value))
    assert azimuth.high - azimuth.value == pytest.approx(turn, rel=1e-3)


@pytest.mark.parametrize("end", ["0,0", "0,180", "0.1,179.9"])
def test_no_direction_is_given_where_there_is_none(end):
    result = kosmodrom.distance(from_="0,0", to=end)
    assert result.facts["azimuth_deg"].value is None
    assert "distance_no_direction" in codes(result.warnings)


def test_the_nearest_point_of_a_border_is_as_good_as_the_map():
    facts = kosmodrom.distance(from_="vostochny", to_border="China").facts
    # Natural Earth 1:10m, searched apart from this code in 250 m steps: 51.5089 N 126.8311 E
    assert facts["nearest_latitude_deg"].value == pytest.approx(51.5089, abs=0.002)  # 250 m
    assert facts["nearest_longitude_deg"].value == pytest.approx(126.8311, abs=0.004)
    assert facts["nearest_latitude_deg"].low < facts["nearest_latitude_deg"].value


def test_from_within_a_country_the_distance_is_said_to_be_from_within():
    inside = kosmodrom.distance(from_="Baikonur", to_border="Kazakhstan")
    outside = kosmodrom.distance(from_="Baikonur", to_border="China")
    assert "distance_inside" in codes(inside.warnings)
    assert "distance_inside" not in codes(outside.warnings)


def test_a_site_of_a_later_day_is_used_and_said():
    then = kosmodrom.distance(from_="vostochny", to="Vladivostok", as_of="2010-01-01")
    now = kosmodrom.distance(from_="vostochny", to="Vladivostok")
    assert "distance_place_later" in codes(then.warnings)
    assert "distance_place_later" not in codes(now.warnings)


def test_a_line_over_the_date_line_is_cut_there():
    features = kosmodrom.distance(from_="Tokyo", to="Los Angeles").features
    line = next(item for item in features if item["properties"]["kind"] == "geodesic")
    assert line["geometry"]["type"] == "MultiLineString"
    for part in line["geometry"]["coordinates"]:
        assert all(abs(b[0] - a[0]) < 180 for a, b in itertools.pairwise(part))


def test_one_end_and_only_one_is_asked_for():
    with pytest.raises(InputError, match="give either"):
        kosmodrom.distance(from_="vostochny", to="Moscow", to_border="China")
