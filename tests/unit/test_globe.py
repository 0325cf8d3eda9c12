"""Results on a globe: KML is well formed and in order, CZML is what `czml3` takes."""

import json
from xml.etree import ElementTree as ET

import czml3
import numpy as np
import pytest
import shapely

import kosmodrom
from kosmodrom.analyses._shared import area_feature, flown_feature, line_feature, point_feature
from kosmodrom.cli import main
from kosmodrom.globe import czml_text, kml_text

KML = "{http://www.opengis.net/kml/2.2}"
START = np.datetime64("2026-08-22T01:18:40", "us")


def document(*features):
    return {"analysis": "ascent", "features": {"type": "FeatureCollection", "features": features}}


def flight(start=START):
    return flown_feature(
        [(51.0, 179.0), (51.5, 179.8), (52.0, -179.4)], [0.0, 90_000.0, 1_250_000.04],
        [0.0, 60.5, 121.0], start, name="Soyuz & <b>", kind="track",
    )  # fmt: skip


RING = [(10.0, 20.0), (10.0, 21.0), (11.0, 21.0), (10.0, 20.0)]
OTHERS = (
    point_feature(51.884, 128.334, name="Vostochny", kind="site"),
    point_feature(51.0, 130.0, name="", kind="event", event="separation", part="Core block A",
                  instant="2026-08-22T01:23:25.780Z"),
    area_feature(RING, name="Core block A", kind="drop_zone"),
    line_feature([(51.0, 128.0), (51.5, 129.0)], name="", kind="trace"),
)  # fmt: skip


def packets(*features, lang="en"):
    found = json.loads(czml_text(document(*features), lang))
    for packet in found:
        czml3.Packet(**packet)  # refuses what CesiumJS does not know
    return found


def marks_in(text):
    return ET.fromstring(text.encode()).iter(f"{KML}Placemark")  # noqa: S314 -- our own text


def marks(*features, lang="en"):
    return marks_in(kml_text(document(*features), lang))


def test_a_flight_with_times_moves_through_the_axes_of_the_earth():
    head, moving = packets(flight())
    values = np.array(moving["position"]["cartesian"]).reshape(-1, 4)
    # The point on the date line is one, though GeoJSON cuts the line in two there.
    assert len(values) == 4
    assert values[:, 0].tolist() == [0.0, 60.5, pytest.approx(75.625), 121.0]
    assert np.all(np.diff(values[:, 0]) > 0)
    # 1250 km over the ellipsoid: 6365 km + 1250 km at 52 deg, to the decimetre of the values
    assert np.linalg.norm(values[-1, 1:]) == pytest.approx(7_614_900, abs=500)
    assert moving["position"]["referenceFrame"] == "FIXED"
    assert moving["availability"] == "2026-08-22T01:18:40.000Z/2026-08-22T01:20:41.000Z"
    assert head["clock"]["interval"] == moving["availability"]


def test_a_flight_without_a_day_lifts_off_with_the_year_2000():
    _, moving = packets(flight(None))
    assert moving["availability"] == "2000-01-01T00:00:00Z/2000-01-01T00:02:01.000Z"


def test_points_areas_and_lines_stand_still():
    _, site, event, area, trace = packets(*OTHERS)
    assert site["position"]["cartographicDegrees"] == [128.334, 51.884, 0.0]
    assert event["name"] == "separation, Core block A"
    assert len(area["polygon"]["positions"]["cartographicDegrees"]) == 9
    assert trace["polyline"]["clampToGround"] is True
    assert "label" not in trace


def test_names_are_in_the_language_and_text_is_no_mark_up():
    assert packets(*OTHERS, lang="id")[2]["name"] == "pelepasan, Core block A"
    names = [mark.findtext(f"{KML}name") for mark in marks(flight(), *OTHERS, lang="id")]
    assert names == ["Soyuz & <b>", "Vostochny", "pelepasan, Core block A", "Core block A", ""]
    odd = point_feature(0.0, 0.0, name="a\x00b<script>", kind="<i>")
    (mark,) = marks(odd)
    assert mark.findtext(f"{KML}name") == "a\ufffdb<script>"
    assert "&lt;i>" in packets(odd)[1]["description"]


def test_kml_has_heights_spans_and_the_order_of_its_schema():
    mark, *_, trace = marks(flight(), *OTHERS)
    tags = [part.tag.removeprefix(KML) for part in mark]
    assert tags == ["name", "TimeSpan", "styleUrl", "ExtendedData", "MultiGeometry"]
    first, second = mark.iter(f"{KML}coordinates")
    assert first.text.startswith("179,51,0 179.8,51.5,90000 180,")
    assert second.text.endswith(" -179.4,52,1250000")
    assert {mode.text for mode in mark.iter(f"{KML}altitudeMode")} == {"absolute"}
    assert trace.findtext(f"{KML}LineString/{KML}altitudeMode") == "clampToGround"
    area = list(marks(*OTHERS))[2]
    assert area.findtext(f"{KML}Polygon/{KML}outerBoundaryIs//{KML}coordinates").count(" ") == 3


def test_an_area_over_the_date_line_is_cut_there():
    ring = [(10.0, 179.0), (10.0, -179.0), (12.0, -179.0), (12.0, 179.0), (10.0, 179.0)]
    feature = area_feature(ring, name="a", kind="drop_zone")
    assert feature["geometry"]["type"] == "MultiPolygon"
    sides = [{lon for lon, _ in rings[0]} for rings in feature["geometry"]["coordinates"]]
    assert sides == [{179.0, 180.0}, {-180.0, -179.0}]
    for rings in feature["geometry"]["coordinates"]:
        x, y = np.array(rings[0]).T
        assert np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) > 0  # against the clock, as GeoJSON wants
    assert len(packets(feature)) == 3


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_an_area_about_a_pole_reaches_it(sign):
    around = [10.0, 100.0, 170.0, -150.0, -40.0, 10.0]
    ring = [(sign * 85.0, lon) for lon in (around if sign > 0 else around[::-1])]
    feature = area_feature(ring, name="a", kind="drop_zone")
    polygons = [shapely.Polygon(rings[0]) for rings in feature["geometry"]["coordinates"]]
    assert all(polygon.is_valid and polygon.exterior.is_ccw for polygon in polygons)
    whole = shapely.union_all(polygons)
    assert whole.area == pytest.approx(360.0 * 5.0)  # on a plain map a strip along its edge
    assert whole.bounds[1 if sign < 0 else 3] == 90.0 * sign
    assert abs(whole.bounds[3 if sign < 0 else 1]) == 85.0


@pytest.mark.parametrize("kind", ["kml", "czml"])
def test_the_shell_writes_the_files_of_any_verb(kind, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    asked = ["--sites", "vostochny", "--inclinations", "98deg"]
    assert main(["corridors", *asked, f"--{kind}", "map.out", "--csv"]) == 0
    capsys.readouterr()
    text = (tmp_path / "map.out").read_text("utf-8")
    found = kosmodrom.corridors(sites=["vostochny"], inclinations=["98 deg"])
    if kind == "kml":
        assert len(list(marks_in(text))) == len(found.features)
    else:
        assert json.loads(text)[0]["version"] == "1.0"
