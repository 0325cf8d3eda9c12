"""Figures of steps: sky, timeline, cells, curve, tracks. Layout only; the numbers are made up."""

import json
import re
from pathlib import Path
from xml.dom.minidom import parseString

import numpy as np
import pytest
import shapely

from kosmodrom.errors import InputError
from kosmodrom.report import figure_svg, render_report
from kosmodrom.report.anchors import Anchors
from kosmodrom.report.figures.drawing import laid_out
from kosmodrom.report.figures.paper import cut_to, room, spread_out
from kosmodrom.report.instants import days_words, read_instant, time_ticks
from kosmodrom.report.maps import maps, maps_left_out
from kosmodrom.report.outlines import Outlines
from kosmodrom.report.words import Words
from kosmodrom.view.grids import Grid

VIEWS = Path(__file__).parents[1] / "golden" / "report" / "views.json"
SHEETS = Path(__file__).parents[2] / "src/kosmodrom/report/templates"
EN, ID = Words("en"), Words("id")
SQUARE = np.array([[40.0, 120.0], [60.0, 120.0], [60.0, 135.0], [40.0, 135.0], [40.0, 120.0]])
OUTLINES = Outlines(land=[SQUARE], countries=lambda: [SQUARE])
DAY = "2023-09-13T00:00:00Z"


@pytest.fixture
def document():
    return json.loads(VIEWS.read_text("utf-8"))


def drawn(figure, words=EN):
    return laid_out(figure, words, OUTLINES, "the figure")


def arc(azimuth, elevation, begin=DAY, end="2023-09-13T00:10:00Z", **more):
    points = [[float(a), float(e)] for a, e in zip(azimuth, elevation, strict=True)]
    return {"name": "A", "begin": begin, "end": end, "points": points, "visible": None, **more}


def sky(*arcs, mask=(), more=0):
    mask = [list(pair) for pair in mask]
    return {"kind": "sky", "name": "Here", "mask": mask, "arcs": list(arcs), "more": more}


def bar(begin, end, kind="pass", best=None):
    return {"begin": begin, "end": end, "best": best, "kind": kind}


def timeline(*rows, start=DAY, end="2023-09-15T00:00:00Z", more=0):
    rows = [{"name": name, "bars": bars} for name, bars in rows]
    return {"kind": "timeline", "name": "passes", "start": start, "end": end, "rows": rows,
            "more": more}  # fmt: skip


def cells(*classes, outline="world", unit="hour"):
    given = [{"low": low, "high": high, "cells": boxes} for low, high, boxes in classes]
    return {"kind": "cells", "name": "gap_mean_hours", "unit": unit, "classes": given,
            "outline": outline}  # fmt: skip


def box(west, south, east, north):
    return [[west, south], [east, south], [east, north], [west, north]]


def numbers(path):
    return [float(one) for one in re.findall(r"-?\d*\.?\d+", path)]


def area(path, edge):
    """Area of a drawn path within the sheet, by tracing its relative lines [px²]."""
    shapes = []
    for part in re.findall(r"M[^M]*", path):
        pairs = np.array(numbers(part)).reshape(-1, 2)
        shapes.append(shapely.Polygon(np.cumsum(pairs, axis=0)))
    shape = shapes[0]
    for other in shapes[1:]:
        shape = shape.symmetric_difference(other)
    return shapely.intersection(shape, shapely.box(0, 0, *edge)).area


# The sky


def test_north_is_up_and_east_is_right():
    figure = drawn(sky(arc([0, 0, 0], [0, 10, 20]), arc([90, 90, 90], [0, 10, 20])))
    wide = figure["drawings"][0]
    north, east = wide["arcs"]
    radius = wide["rings"][0]["r"]
    assert (north["x"], north["y"]) == (wide["x"], wide["y"] - radius)
    assert (east["x"], east["y"]) == (wide["x"] + radius, wide["y"])
    assert [letter["text"] for letter in wide["compass"]] == ["N", "E", "S", "W"]
    assert "east is right" in figure["notes"][0]
    indonesian = drawn(sky(arc([0, 0], [0, 9])), ID)["drawings"][0]
    assert [letter["text"] for letter in indonesian["compass"]] == ["U", "T", "S", "B"]


def test_rings_stand_at_0_30_and_60_degrees():
    wide = drawn(sky(arc([0, 0], [0, 9])))["drawings"][0]
    full = wide["rings"][0]["r"]
    for ring, share in zip(wide["rings"], (1, 2 / 3, 1 / 3), strict=True):
        assert ring["r"] == pytest.approx(full * share, abs=0.05)  # tenths of a pixel


def test_the_mask_is_shaded_between_the_rim_and_its_elevation():
    wide = drawn(sky(arc([0, 0], [20, 40]), mask=[(0, 30)]))["drawings"][0]
    radius = wide["rings"][0]["r"]
    exact = np.pi * radius**2 * (1 - (2 / 3) ** 2)
    # Sides of two degrees: 0.02 %; tenths of a pixel.
    assert area(wide["mask"], (wide["width"], wide["height"])) == pytest.approx(exact, rel=0.005)
    assert drawn(sky(arc([0, 0], [20, 40])))["drawings"][0]["mask"] == ""


def test_the_arrow_points_the_way_the_satellite_goes():
    wide = drawn(sky(arc([270, 270, 0, 90, 90], [10, 50, 90, 50, 10])))["drawings"][0]
    tip, one, other = np.cumsum(np.array(numbers(wide["arcs"][0]["arrow"])).reshape(-1, 2), axis=0)
    assert tip[0] > max(one[0], other[0])  # from west to east
    assert wide["arcs"][0]["x"] < wide["x"]  # it starts where it rises


def test_names_and_times_stand_beside_the_sky_and_never_on_each_other():
    arcs = [arc([40 + k, 200], [10, 10], begin=f"2023-09-13T0{k}:00:00Z", name=f"SATELLITE {k}")
            for k in range(9)]  # fmt: skip
    wide, narrow = drawn(sky(*arcs))["drawings"]
    labels = wide["labels"]
    assert [label["time"] for label in labels] == [f"0{k}:00" for k in range(9)]
    assert all(label["name"].startswith("SATELLITE") for label in labels)
    heights = sorted(label["y"] for label in labels)
    assert np.diff(heights).min() >= 12
    spots = np.array([[label["x"], label["y"]] for label in narrow["labels"]])
    gaps = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    assert gaps[~np.eye(9, dtype=bool)].min() > 15.5  # discs of eight pixels
    assert spots.min() > 8
    assert spots.max() < 360 - 8


def test_one_satellite_is_named_in_the_title_and_not_at_every_line():
    figure = drawn(sky(arc([0, 9], [10, 20]), arc([90, 99], [10, 20])))
    assert figure["title"] == "A over Here"
    assert {label["name"] for label in figure["drawings"][0]["labels"]} == {""}


def test_times_of_several_days_say_the_day():
    figure = drawn(sky(arc([0, 9], [10, 20]), arc([0, 9], [10, 20], begin="2023-09-14T01:00:00Z",
                                                  end="2023-09-14T01:09:00Z")), ID)  # fmt: skip
    times = [label["time"] for label in figure["drawings"][0]["labels"]]
    assert sorted(times) == ["13 Sep 00.00", "14 Sep 01.00"]
    assert figure["lead"] == "13 sampai 14 September 2023, UTC."


def test_a_pass_that_is_open_at_an_end_says_so():
    figure = drawn(sky(arc([0, 9], [10, 20], begin=None, end=None)))
    assert "already up to still up" in figure["drawings"][0]["arcs"][0]["title"]


def test_a_satellite_that_stands_still_is_a_dot_without_an_arrow():
    wide = drawn(sky(arc([180, 180], [45, 45])))["drawings"][0]
    assert wide["arcs"][0]["arrow"] == ""


def test_passes_that_are_not_drawn_are_counted():
    many = drawn(sky(*[arc([k, k + 9], [10, 20]) for k in range(70)], more=5))
    assert any("60 passes are drawn; 15 more are not." in note for note in many["notes"])
    unnamed = [note for note in many["notes"] if "no name beside them" in note]
    wide = many["drawings"][0]
    assert unnamed[0].startswith(str(60 - len(wide["labels"])))


def test_what_can_be_seen_by_eye_is_marked_by_more_than_its_colour():
    figure = drawn(sky(arc([0, 9], [10, 20], visible=True), arc([9, 0], [10, 20], visible=False)))
    assert [entry["tone"] for entry in figure["key"]] == ["seen", "unseen"]
    style = (SHEETS / "figures.css").read_text("utf-8")
    assert "stroke-dasharray" in re.search(r"\.f-arc\.unseen \{(.*?)\}", style)[1]


# Timelines


def test_bars_stand_where_their_times_are():
    figure = timeline(("A", [bar("2023-09-13T12:00:00Z", "2023-09-14T12:00:00Z")]))
    wide = drawn(figure)["drawings"][0]
    x, _, width, *_ = numbers(wide["rows"][0]["shapes"][0]["path"])
    span = wide["right"] - wide["left"]
    assert x == pytest.approx(wide["left"] + span / 4, abs=0.1)  # tenths of a pixel
    assert width == pytest.approx(span / 2, abs=0.1)


def test_bars_closer_than_a_pixel_are_one_and_many_stay_light():
    hours = np.arange(0, 48 * 60, 2.0)  # every two minutes for a minute
    bars = [
        bar(f"2023-09-{13 + int(m // 1440)}T{int(m // 60) % 24:02d}:{int(m) % 60:02d}:00Z",
            f"2023-09-{13 + int(m // 1440)}T{int(m // 60) % 24:02d}:{int(m) % 60:02d}:59Z")
        for m in hours
    ]  # fmt: skip
    figure = drawn(timeline(*[(f"row {k}", bars) for k in range(20)]))
    for sheet in figure["drawings"]:
        assert max(len(row["shapes"]) for row in sheet["rows"]) == 1
        assert max(row["shapes"][0]["path"].count("M") for row in sheet["rows"]) == 1
    svg = figure_svg(timeline(*[(f"row {k}", bars) for k in range(20)]), "en", outlines=OUTLINES)
    assert len(svg) < 30_000


def test_a_short_bar_is_still_seen():
    figure = timeline(("A", [bar("2023-09-13T12:00:00Z", "2023-09-13T12:00:01Z")]))
    _, _, width, *_ = numbers(drawn(figure)["drawings"][0]["rows"][0]["shapes"][0]["path"])
    assert width >= 1.5


def test_what_is_open_or_outside_is_cut_to_the_period():
    bars = [bar(None, "2023-09-13T01:00:00Z"), bar("2023-09-14T23:00:00Z", None),
            bar("2023-09-01T00:00:00Z", "2023-09-02T00:00:00Z")]  # fmt: skip
    wide = drawn(timeline(("A", bars)))["drawings"][0]
    paths = [numbers(shape["path"]) for shape in wide["rows"][0]["shapes"]]
    assert len(paths) == 2
    assert paths[0][0] == wide["left"]
    assert paths[1][0] + paths[1][2] == pytest.approx(wide["right"], abs=0.1)


def test_kinds_differ_in_shape_and_contacts_share_a_lane():
    kinds = ("pass", "picture", "contact", "delivery")
    bars = [bar(f"2023-09-13T0{2 * k}:00:00Z", f"2023-09-13T0{2 * k + 1}:00:00Z", kind)
            for k, kind in enumerate(kinds)]  # fmt: skip
    figure = drawn(timeline(("A", bars)))
    shapes = {s["kind"]: s["path"] for s in figure["drawings"][0]["rows"][0]["shapes"]}
    assert {kind: path.count("M") for kind, path in shapes.items()} == {
        "pass": 1, "picture": 2, "contact": 2, "delivery": 1,
    }  # fmt: skip
    tops = {kind: numbers(path)[1] for kind, path in shapes.items()}
    assert tops["pass"] < tops["picture"] < tops["contact"] == tops["delivery"]
    assert [entry["tone"] for entry in figure["key"]] == list(kinds)


def test_best_moments_are_pins_over_their_bars():
    best = "2023-09-14T00:00:00Z"
    figure = timeline(("A", [bar("2023-09-13T12:00:00Z", "2023-09-14T12:00:00Z", best=best)]))
    wide = drawn(figure)["drawings"][0]
    x, y, length = numbers(wide["rows"][0]["best"])
    assert x == pytest.approx((wide["left"] + wide["right"]) / 2, abs=0.1)
    assert y + length <= numbers(wide["rows"][0]["shapes"][0]["path"])[1]


def test_rows_that_are_not_drawn_are_counted():
    figure = drawn(timeline(*[(f"row {k}", []) for k in range(65)], more=3))
    assert figure["notes"] == ["8 more rows are not drawn."]


@pytest.mark.parametrize(
    ("hours", "most", "first", "texts"),
    [
        (6, 8, "2023-09-13T22:30:00Z", ["23:00", "14 Sep", "01:00", "02:00", "03:00", "04:00"]),
        (48, 9, "2023-09-13T00:00:00Z", ["13 Sep", "06:00", "12:00", "18:00", "14 Sep", "06:00",
                                         "12:00", "18:00", "15 Sep"]),
        (24 * 7, 8, "2023-09-13T00:00:00Z", [f"{day} Sep" for day in range(13, 21)]),
        (24 * 120, 6, "2023-09-13T00:00:00Z", ["Oct 2023", "Nov 2023", "Dec 2023", "Jan 2024"]),
        (0.005, 8, "2023-09-13T01:00:00Z", ["01:00:00", "01:00:05", "01:00:10", "01:00:15"]),
    ],
)  # fmt: skip
def test_ticks_stand_at_whole_hours_days_and_months(hours, most, first, texts):
    start = read_instant(first)
    ticks = time_ticks(start, start + hours * 3600, most, EN)
    assert [text for _, text, _ in ticks] == texts
    assert all(start <= at <= start + hours * 3600 for at, _, _ in ticks)


def test_a_leap_second_and_what_is_no_instant_are_read_as_such():
    assert read_instant("2016-12-31T23:59:60.5Z") == read_instant("2016-12-31T23:59:59.5Z")
    for bad in ("2023-09-13", "2023-09-13T00:00:00", "T", "13T", None, 5, "2023-13-01T00:00:00Z"):
        assert read_instant(bad) is None


@pytest.mark.parametrize(
    ("last", "english"),
    [("2023-09-13T12:00:00Z", "13 September 2023"), ("2023-09-14T00:00:00Z", "13 September 2023"),
     ("2023-09-15T00:00:00Z", "13 to 14 September 2023"),
     ("2023-10-15T00:00:00Z", "13 September to 14 October 2023"),
     ("2024-01-15T00:00:00Z", "13 September 2023 to 14 January 2024")],
)  # fmt: skip
def test_what_the_days_of_a_period_have_in_common_is_written_once(last, english):
    assert days_words(read_instant(DAY), read_instant(last), EN) == english


# Cells


def test_the_world_of_cells_keeps_their_area_and_shows_both_sides_of_the_date_line():
    grid = Grid.world(8)
    corners = np.degrees(grid.corners())[..., ::-1]
    figure = drawn(cells((0, 6, corners.tolist())))
    (sheet,) = figure["drawings"]
    full = sheet["width"] * sheet["height"]
    # All cells together are the whole map, poles and edges included.
    found = area(sheet["classes"][0]["path"], (sheet["width"], sheet["height"]))
    assert found == pytest.approx(full, rel=1e-3)


def test_every_cell_is_in_one_class_and_classes_do_not_overlap():
    grid = Grid.world(8)
    corners = np.degrees(grid.corners())[..., ::-1]
    pick = np.random.default_rng(3).integers(0, 3, len(grid))
    (sheet,) = drawn(cells(*[(k, k + 1, corners[pick == k].tolist()) for k in range(3)]))[
        "drawings"
    ]
    edge = (sheet["width"], sheet["height"])
    total = sum(area(one["path"], edge) for one in sheet["classes"])
    assert total == pytest.approx(edge[0] * edge[1], rel=0.005)  # corners on tenths of a pixel


def test_twelve_thousand_cells_of_noise_stay_small():
    grid = Grid.world(32)
    corners = np.round(np.degrees(grid.corners())[..., ::-1], 3)
    pick = np.random.default_rng(3).integers(0, 6, len(grid))
    figure = cells(*[(k, k + 1, corners[pick == k].tolist()) for k in range(6)])
    assert len(grid) == 12_288
    assert len(figure_svg(figure, "en", outlines=OUTLINES)) < 700_000


def test_a_cell_over_the_date_line_is_drawn_on_both_sides():
    (sheet,) = drawn(cells((0, 1, [box(170, 0, 190, 10)])))["drawings"]
    assert sheet["classes"][0]["path"].count("M") == 2
    (same,) = drawn(cells((0, 1, [[[170, 0], [-170, 0], [-170, 10], [170, 10]]])))["drawings"]
    assert area(same["classes"][0]["path"], (720, 360)) == pytest.approx(
        area(sheet["classes"][0]["path"], (720, 360)), abs=1.0
    )


def test_cells_that_were_never_seen_are_hatched_and_named():
    figure = drawn(cells((None, 6, [box(0, 0, 9, 9)]), (6, None, [box(10, 0, 19, 9)]),
                         (None, None, [box(20, 0, 39, 9)])))  # fmt: skip
    assert [entry["text"].replace("\u202f", " ") for entry in figure["key"]] == [
        "below 6 hours", "6 hours and more", "never seen",
    ]  # fmt: skip
    hatched = [bool(one["hatch"]) for one in figure["drawings"][0]["classes"]]
    assert hatched == [False, False, True]
    assert [entry["tone"] for entry in figure["key"]] == ["h0", "h11", "never"]


@pytest.mark.parametrize(
    ("low", "high", "unit", "english", "indonesian"),
    [(6, 12.5, "hour", "6 to 12.5 hours", "6 sampai 12,5 jam"), (1, 1, "1", "1", "1"),
     (0, 1, "1", "0 to 1", "0 sampai 1"), (2, 4, "%", "2 to 4%", "2 sampai 4 %")],
)  # fmt: skip
def test_limits_of_classes_are_written_with_their_unit(low, high, unit, english, indonesian):
    for words, text in ((EN, english), (ID, indonesian)):
        figure = drawn(cells((low, high, [box(0, 0, 9, 9)]), unit=unit), words)
        assert figure["key"][0]["text"].replace("\u202f", " ") == text


def test_a_region_is_drawn_about_its_middle_and_a_wide_one_on_the_world():
    small = drawn(cells((0, 1, [box(120, 40, 122, 42)]), outline="region"))
    assert "Azimuthal" in small["notes"][0]
    assert small["drawings"][0]["grid"] == ""
    wide = drawn(cells((0, 1, [box(-150, 0, -140, 9), box(20, 0, 30, 9)]), outline="region"))
    assert "plate carrée" in wide["notes"][0]


# Curves


def curve(*lines, x="hour", y="%"):
    return {
        "kind": "curve", "name": "share_covered", "x": {"name": "time", "unit": x},
        "y": {"name": "share_covered", "unit": y},
        "lines": [{"name": name, "points": points} for name, points in lines],
    }  # fmt: skip


def test_axes_end_at_round_numbers_and_hours_are_counted_in_days():
    figure = drawn(curve(("A", [[0, 0], [168, 96.3]])))
    wide = figure["drawings"][0]
    assert [tick["text"] for tick in wide["x_ticks"]] == [
        "0", "24", "48", "72", "96", "120", "144", "168",
    ]  # fmt: skip
    assert [tick["text"] for tick in wide["y_ticks"]] == ["0", "20", "40", "60", "80", "100"]
    assert wide["x_title"] == "Time since the start (hours)"
    assert wide["y_title"] == "Share of the area seen so far (%)"
    assert figure["title"] == "Share of the area seen so far: A"


def test_a_share_of_one_is_written_in_percent_and_numbers_with_their_comma():
    figure = drawn(curve(("A", [[0, 0.1], [3, 0.6]]), x="km", y="1"), ID)
    assert [tick["text"] for tick in figure["drawings"][0]["y_ticks"]][-1] == "60"
    figure = drawn(curve(("A", [[0, 0.1], [3, 1.3]]), x="km", y="1"), ID)
    assert "0,5" in [tick["text"] for tick in figure["drawings"][0]["y_ticks"]]


def test_lines_are_named_at_their_ends_without_covering_each_other():
    lines = [(f"LINE {k}", [[0, 0], [10, 50 + k / 10]]) for k in range(5)]
    wide, narrow = drawn(curve(*lines))["drawings"]
    heights = [name["y"] for name in wide["names"]]
    assert np.diff(heights).min() >= 14
    assert narrow["names"] == []
    assert len({line["tone"] for line in wide["lines"]}) == 5


def test_a_flat_line_and_a_single_point_can_be_drawn():
    for points in ([[0, 5], [1, 5]], [[3, 0]], [[0, 0], [0, 0]], [[0, -2], [1e-9, -2]]):
        sheet = drawn(curve(("A", points)))["drawings"][0]
        assert "nan" not in json.dumps(sheet).lower()


# Tracks and strips


def feature(kind, geometry, coordinates, **properties):
    return {"type": "Feature", "geometry": {"type": geometry, "coordinates": coordinates},
            "properties": {"name": "A", "kind": kind, **properties}}  # fmt: skip


def mapped(*features, words=EN, steps=1):
    result = {"analysis": "track", "facts": {}, "features": {"features": list(features)}}
    document = {"steps": {f"s{k}": result for k in range(steps)}}
    empty = {"claims": [], "sources": {}, "steps": {}, "awaited_steps": {}, "failed_steps": {}}
    return maps(document, OUTLINES, words, Anchors(empty)), document


def test_a_track_over_the_date_line_is_cut_there_and_not_drawn_across_the_map():
    points = [[lon, lat] for lon, lat in ((150, 0), (170, 10), (-170, 20), (-150, 30), (-60, 40))]
    (figure,), _ = mapped(feature("track", "LineString", points))
    assert figure["world"]
    path = figure["tracks"][0]["path"]
    assert path.count("M") == 2
    steps = np.array(numbers(path[1:].replace("M", " "))).reshape(-1, 2)
    assert np.abs(steps[1:, 0]).max() <= 640


def test_a_track_has_arrows_and_ticks_at_round_times():
    lon = np.linspace(-170, 170, 91)
    times = [f"2023-09-13T00:{k // 2:02d}:{30 * (k % 2):02d}Z" for k in range(91)]
    (figure,), _ = mapped(
        feature("track", "MultiLineString", [[[x, 20 * np.sin(x / 30)] for x in lon.tolist()]],
                times=[times])
    )  # fmt: skip
    (track,) = figure["tracks"]
    assert track["arrows"].count("M") >= 3
    assert [tick["text"] for tick in track["ticks"]][:3] == ["13 Sep", "00:05", "00:10"]
    share = (track["ticks"][1]["x"] / 640 * 360 - 180 + 170) / 340  # five of 45 minutes
    assert share == pytest.approx(5 / 45, abs=0.001)
    assert any(entry["mark"] == "tick" for entry in figure["key"])


def test_times_that_do_not_fit_the_points_make_no_ticks():
    points = [[0, 0], [100, 0], [170, 0]]
    for times in (None, [], ["x"], [["x", "y", "z"]], [[DAY]], DAY, [DAY, DAY, None]):
        (figure,), _ = mapped(feature("track", "LineString", points, times=times))
        assert figure["tracks"][0]["ticks"] == []


def test_a_strip_over_the_pole_is_filled_there_and_not_elsewhere():
    ring = [[lon, 70.0] for lon in range(-180, 181, 10)]
    (figure,), _ = mapped(
        feature("swath", "Polygon", [ring]), feature("station", "Point", [0, -60])
    )
    path = figure["swaths"][0]["path"]
    assert area(path, (640, 320)) == pytest.approx(640 * 320 * 20 / 180, rel=0.01)
    assert [entry["mark"] for entry in figure["key"]] == ["swath", "station"]


def test_a_strip_on_a_regional_map_is_drawn_in_its_projection():
    box_ = [[125, 48], [131, 48], [131, 52], [125, 52], [125, 48]]
    (figure,), _ = mapped(feature("swath", "MultiPolygon", [[box_]]))
    assert not figure["world"]
    assert figure["swaths"][0]["path"].startswith("M")


def test_maps_of_tracks_are_never_put_together_and_those_left_out_are_counted():
    figures, document = mapped(feature("track", "LineString", [[0, 0], [90, 0]]), steps=15)
    assert len(figures) == 12
    assert all(len(figure["steps"]) == 1 for figure in figures)
    assert maps_left_out(document) == 3


def test_satellites_of_one_map_are_told_apart_and_named():
    figures, _ = mapped(
        *[{**feature("track", "LineString", [[0, k], [90, k]]),
           "properties": {"name": f"S{k}", "kind": "track"}} for k in range(3)]
    )  # fmt: skip
    assert [entry["text"] for entry in figures[0]["key"]] == [
        f"S{k}: ground track" for k in range(3)
    ]
    assert len({track["tone"] for track in figures[0]["tracks"]}) == 3


# One figure alone


@pytest.mark.parametrize("lang", ["en", "id"])
def test_a_figure_alone_is_a_whole_picture_with_a_name(document, lang):
    count = 0
    for step in document["steps"].values():
        for figure in step["figures"]:
            svg = figure_svg(figure, lang, outlines=OUTLINES)
            root = parseString(svg).documentElement  # noqa: S318 -- our own
            assert root.tagName == "svg"
            assert root.getElementsByTagName("title")[0].firstChild.data
            assert root.getElementsByTagName("desc")[0].firstChild.data
            assert "var(" not in svg
            assert "url(" not in svg
            assert not re.search(r"\b(nan|inf)\b", svg)
            count += 1
    assert count >= 7


def test_the_words_of_strangers_stay_words_in_a_picture():
    bad = "</text><script>alert(1)</script>&\x00\ufffe"
    figure = sky(arc([0, 9], [10, 20], name=bad), arc([0, 9], [10, 20], name="B"))
    svg = figure_svg({**figure, "name": bad}, "en", outlines=OUTLINES)
    root = parseString(svg)  # noqa: S318 -- our own
    assert root.getElementsByTagName("script") == []


def test_a_figure_in_an_unknown_language_is_refused():
    with pytest.raises(InputError, match="choose one of en, id"):
        figure_svg(sky(arc([0, 9], [10, 20])), "ru")


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("sky", "cannot be drawn"),
        ({"kind": "pie"}, "this version draws sky, timeline, cells, curve"),
        ({"kind": ["sky"]}, "cannot be drawn"),
        (
            sky({"points": [["a", 1]]}),
            "must be a number",
        ),
        (sky({"points": []}), "must have points"),
        (sky({"points": [[0, float("nan")]]}), "must be a number up to"),
        (sky({"points": [[0, 1]], "begin": "yesterday"}), "must be an instant like"),
        (sky(arc([0, 9], [1, 2]), more="many"), "more must be a number"),
        (timeline(start="x"), "start must be an instant"),
        (timeline(end=DAY), "end must come after the start"),
        (timeline(("A", [bar(None, None, "war")])), "must be one of pass, picture, contact"),
        (timeline(("A", [bar(None, None, ["pass"])])), "must be one of"),
        (timeline(("A", "x")), "bars must be a list"),
        (cells(), "must have cells"),
        (cells((0, 1, [[[0, 0], [1, 1]]])), "three corners or more"),
        (cells((0, "x", [box(0, 0, 1, 1)])), "must be a number"),
        (curve(), "must have a line with points"),
        ({**curve(("A", [[0, 1]])), "x": None}, "the x axis must have a name and a unit"),
        (curve(("A", [[0, 1, 2]])), "must be pairs of numbers"),
        (curve(("A", [[0, 1e300]])), "must be a number up to"),
    ],
)
def test_a_figure_that_cannot_be_drawn_says_where_and_why(document, figure, said):
    document["steps"]["flown"]["figures"] = [figure]
    with pytest.raises(InputError, match="step 'flown', figure 1: ") as caught:
        render_report(document, "en", outlines=OUTLINES)
    assert said in str(caught.value)


# Room for letters


def test_places_that_are_too_close_are_moved_apart_around_their_wishes():
    assert spread_out([10, 50, 90], 10, 0, 100) == [10, 50, 90]
    assert spread_out([50, 50, 50], 10, 0, 100) == [40, 50, 60]
    assert spread_out([99, 99], 10, 0, 100) == [90, 100]
    assert spread_out([0, 0], 10, 5, 100) == [5, 15]


def test_a_name_is_cut_to_its_room_and_may_keep_its_end():
    assert cut_to("short", 100) == "short"
    assert room(cut_to("a very long name of a satellite", 100)) <= 100
    assert cut_to("International Space Station, Jakarta", 150, tail=True).endswith("Jakarta")


# The page


@pytest.fixture(scope="module", params=["en", "id"])
def html(request):
    text = VIEWS.read_text("utf-8")
    return render_report(json.loads(text), request.param, outlines=OUTLINES)


def test_every_figure_stands_in_its_step_before_the_table_and_links_back(html):
    step = html.partition('id="step-passes"')[2].partition("</article>")[0]
    assert step.count('<figure class="figure"') == 3
    assert step.rindex("</figure>") < step.index("<table")
    assert step.count('<a href="#step-passes"><code>passes</code></a>.</p>\n</figure>') == 3
    assert 'id="step-passes-figure-1"' in step


def test_figures_have_names_and_descriptions(html):
    for svg in re.findall(r'<svg class="f-(?:sky|timeline|cells|curve)[^>]*>\s*<desc>', html):
        assert re.search(r'role="img" aria-label="[^"]{20,}"', svg)
    assert len(re.findall(r"<desc>[^<]*</desc>", html)) == 12  # two sheets, but one of cells


def test_a_card_leads_to_the_figures_of_the_steps_it_cites(html):
    card = html.partition('id="claim-seen-from-above"')[2].partition("</article>")[0]
    for number in (1, 2, 3):
        assert f'href="#step-passes-figure-{number}"' in card


def test_a_step_leads_to_its_map(html):
    step = html.partition('id="step-flown"')[2].partition("</article>")[0]
    found = re.search(r'href="#(map-\d)"', step)[1]
    assert f'id="{found}"' in html


def test_results_without_figures_are_rendered_as_before(document):
    for step in document["steps"].values():
        del step["figures"]
    assert '<figure class="figure"' not in render_report(document, "en", outlines=OUTLINES)


def test_instants_of_a_table_are_cut_to_seconds_and_the_column_says_utc(html):
    table = html.partition('id="step-passes"')[2].partition("</table>")[0]
    assert "<code>rise</code> UTC</th>" in table
    assert re.search(r'<td class="when">13 Sep 2023 05[:.]20[:.]00</td>', table)
    assert "000Z" not in table


def test_rows_beyond_the_first_two_hundred_are_counted(document):
    step = document["steps"]["passes"]
    step["rows"] = step["rows"] * 10
    page = render_report(document, "en", outlines=OUTLINES)
    table = page.partition('id="step-passes"')[2].partition("</article>")[0]
    assert table.count("<tr>") == 201
    assert f"{len(step['rows']) - 200} more rows are in results.json." in table


def test_the_same_figures_give_the_same_page(html):
    lang = re.search(r'<html lang="(\w+)">', html)[1]
    again = render_report(json.loads(VIEWS.read_text("utf-8")), lang, outlines=OUTLINES)
    assert again == html


def _colours(block):
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block))


def _luminance(colour):
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_stand_out_and_the_scale_of_cells_climbs_evenly(scheme):
    page, figures = (
        re.findall(r":root \{(.*?)\}", (SHEETS / name).read_text("utf-8"), re.DOTALL)
        for name in ("style.css", "figures.css")
    )
    colours = _colours(page[scheme == "dark"]) | _colours(figures[scheme == "dark"])
    light = {name: _luminance(colour) for name, colour in colours.items()}
    for name in ("t0", "t1", "t2", "t3", "t4", "t5", "seen", "unseen", "plain"):
        low, high = sorted((light[name], light["panel"]))
        # WCAG 2.2, 1.4.3: 4.5 to 1, since names of lines have their colours
        assert (high + 0.05) / (low + 0.05) >= 4.5, name
    steps = np.diff([light[f"h{k}"] for k in range(12)])
    assert (steps < 0).all() if scheme == "light" else (steps > 0).all()
