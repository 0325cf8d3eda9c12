"""Maps and timeline: layout only."""

import json
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pyproj import Proj

from kosmodrom.report.anchors import Anchors
from kosmodrom.report.labels import place_labels
from kosmodrom.report.maps import maps
from kosmodrom.report.outlines import Outlines, catalog_outlines
from kosmodrom.report.projection import (
    EARTH_KM,
    Frame,
    azimuthal,
    outline_paths,
    path_of,
    spread,
)
from kosmodrom.report.timeline import moments, timeline
from kosmodrom.report.words import Words

WORDS = Words("en")
STYLE = Path(__file__).parents[2] / "src/kosmodrom/report/templates/style.css"


@pytest.fixture
def document():
    sample = Path(__file__).parents[1] / "golden" / "report" / "sample.json"
    return json.loads(sample.read_text("utf-8"))


def ring(south, west, north, east):
    corners = [[south, west], [north, west], [north, east], [south, east], [south, west]]
    return np.array(corners, dtype=np.float64)


def step(*points, line=None):
    features = [
        {"geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": {"name": name}}
        for name, lat, lon in points
    ]
    if line:
        coordinates = [[lon, lat] for lat, lon in line]
        features.append({"geometry": {"type": "LineString", "coordinates": coordinates}})
    return {"analysis": "sites", "facts": {}, "features": {"features": features}}


def drawn(document, **steps):
    document["steps"] = steps
    outlines = Outlines(land=[ring(-30, 10, 30, 40)], countries=lambda: [ring(40, 100, 70, 140)])
    return maps(document, outlines, WORDS, Anchors({**document, "steps": {}}))


def test_the_projection_is_that_of_proj():
    middle = np.array([47.5, 130.0])
    points = np.array([[51.884, 128.334], [43.1332, 131.9113], [60.0, -179.0], [0.0, 100.0]])
    # PROJ on the same sphere; 1e-6 km is a millimetre on the ground
    there = Proj(proj="aeqd", lat_0=47.5, lon_0=130.0, R=EARTH_KM * 1000)
    east, north = there(points[:, 1], points[:, 0])
    expected = np.stack([east, north], axis=1) / 1000
    assert azimuthal(points, middle) == pytest.approx(expected, abs=1e-6)


def test_the_middle_of_points_beside_the_date_line_is_there_and_not_in_africa():
    middle, reach = spread(np.array([[0.0, 179.0], [0.0, -179.0]]))
    assert abs(middle[1]) == pytest.approx(180.0)
    assert reach == pytest.approx(1.0)


def test_a_frame_shows_all_its_points_with_room_around():
    points = np.array([[0.0, 0.0], [100.0, 1000.0]])
    frame = Frame.around(points, 640, 430, least_km=300)
    placed = frame.place(points)
    assert placed.min() > 40
    assert placed[:, 0].max() < 600
    assert placed[:, 1].max() < 390


def test_a_path_is_short_and_says_what_it_means():
    assert path_of(np.array([[0.0, 0.0], [1.5, -2.0], [1.5, 8.0]])) == "M0 0l1.5-2l0 10"
    assert path_of(np.array([[0.25, 10.0], [0.25, 10.0], [0.0, 0.0]]), closed=True).endswith("z")


def test_land_around_the_whole_frame_is_filled_and_land_elsewhere_is_not_drawn():
    middle = np.array([50.0, 128.0])
    frame = Frame.around(np.zeros((1, 2)), 640, 430, least_km=100)
    around, away = ring(20, 90, 80, 170), ring(-40, -70, 10, -40)
    assert outline_paths([around], middle, frame, 2.0).startswith("M")
    assert outline_paths([away], middle, frame, 2.0) == ""


def test_land_over_the_date_line_shows_on_both_sides(document):
    document["steps"] = {
        "a": step(("Mahia", -39.3, 177.9)), "b": step(("Kodiak", 57.4, -152.3)),
        "c": step(("Kourou", 5.2, -52.8), ("Vostochny", 51.9, 128.3)),
    }  # fmt: skip
    crossing = np.array([[60, 170.0], [70, 170.0], [70, -170.0], [60, -170.0], [60, 170.0]])
    outlines = Outlines(land=[crossing], countries=list)
    figures = maps(document, outlines, WORDS, Anchors(document))
    world = next(figure for figure in figures if figure["world"])
    assert world["land"].count("M") == 2


def test_steps_close_together_share_a_map_and_far_ones_do_not(document):
    figures = drawn(
        document,
        line=step(("Vostochny", 51.9, 128.3), ("Vladivostok", 43.1, 131.9)),
        one=step(("Vostochny", 51.9, 128.3)),
        sohae=step(("Sohae", 39.66, 124.7)),
        world=step(("Kourou", 5.2, -52.8), ("Vostochny", 51.9, 128.3)),
    )
    assert [figure["world"] for figure in figures] == [False, False, True]
    assert [part["name"] for part in figures[0]["steps"]] == ["one", "line"]


def test_a_step_without_features_has_no_map(document):
    assert drawn(document, a=step()) == []


def test_labels_do_not_cover_each_other_or_leave_the_map():
    wanted = [(f"Place {n}", 300.0 + n, 200.0, "point") for n in range(30)]
    placed = place_labels(wanted, (640.0, 430.0))
    assert 3 <= len(placed) < 30
    assert len({(label["x"], label["y"]) for label in placed}) == len(placed)
    corner = place_labels([("A long name at the edge", 636.0, 4.0, "point")], (640.0, 430.0))
    assert corner == [] or corner[0]["anchor"] == "end"


def test_the_coasts_of_the_catalog_can_be_drawn(document):
    figures = maps(document, catalog_outlines(), WORDS, Anchors(document))
    assert len(figures) == 1
    assert len(figures[0]["land"]) > 2000
    assert len(figures[0]["land"]) < 200_000
    assert figures[0]["locator"]["land"]
    assert figures[0]["names"] == ["Vostochny", "China", "Vladivostok"]


def test_the_timeline_knows_launches_events_and_publications(document):
    entries = moments(document, WORDS, Anchors(document))
    assert [one.first for one in entries] == sorted(one.first for one in entries)
    launches = [one for one in entries if one.track == "launch"]
    assert len(launches) == 15
    assert [one.good for one in launches].count(False) == 1
    event = next(one for one in entries if one.track == "event" and one.first.year == 2023)
    assert event.claims == (("47", "#claim-luna25-lost"),)


def test_what_was_published_later_is_marked_on_the_timeline(document):
    entries = moments(document, WORDS, Anchors(document))
    later = [one for one in entries if one.later]
    assert [one.first for one in later] == [date(2023, 9, 1), date(2023, 10, 3)][-len(later) :]
    strips = timeline(document, WORDS, Anchors(document))["strips"]
    assert [strip["name"] for strip in strips] == ["whole", "near"]
    wide = strips[1]["drawings"][0]
    dots = [dot for track in wide["tracks"] for dot in track["dots"]]
    assert all((dot["x"] > wide["as_of_x"]) == dot["later"] for dot in dots)


def test_many_entries_of_one_day_become_a_bar_that_is_not_taller_than_the_track(document):
    claim = document["claims"][0]
    item = claim["evidence"][1]
    for number in range(40):
        document["sources"][f"s{number}"] = {"name": f"source {number}"}
        claim["evidence"].append({**item, "source": f"s{number}", "known_from": "2023-09-13"})
    strips = timeline(document, WORDS, Anchors(document))["strips"]
    tracks = {track["track"]: track for track in strips[0]["drawings"][0]["tracks"]}
    assert tracks["published"]["dots"] == []
    assert max(bar["top"] for bar in tracks["published"]["bars"]) <= 63
    assert strips[0]["drawings"][0]["height"] < 400


def test_no_timeline_is_drawn_for_a_single_date(document):
    document["steps"], document["claims"] = {}, document["claims"][:1]
    assert timeline(document, WORDS, Anchors(document)) is None


def _luminance(colour):
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def _contrast(one, other):
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_of_text_can_be_read_on_every_ground(scheme):
    text = STYLE.read_text("utf-8")
    blocks = re.findall(r":root \{(.*?)\}", text, re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", blocks[scheme == "dark"]))
    for ground in ("paper", "panel"):
        for name in ("ink", "muted", "link", "supported", "wording", "contradicted", "depends",
                     "unproven", "uncheckable", "awaits", "failed", "later", "route"):  # fmt: skip
            tinted = _mixed(colours[name], colours[ground], 0.09)
            # WCAG 2.2, 1.4.3: 4.5 to 1 for text; the ground of a chip is tinted by 9 %
            assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
            assert _contrast(colours[name], tinted) >= 4.5, (name, ground)


def _mixed(one, other, share):
    parts = [
        round(int(one[i : i + 2], 16) * share + int(other[i : i + 2], 16) * (1 - share))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)
