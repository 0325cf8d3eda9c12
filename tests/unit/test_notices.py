"""Notices in the layouts in which they are published.

Texts marked with a source are quoted as facts: numbers, coordinates and times of warnings that
public bodies sent out. The others are made for one behaviour each.
"""

import json
import math
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from shapely.geometry import Polygon

sys.path.insert(0, str(Path(__file__).parent))
from made_notices import (
    CANAVERAL,
    EAST,
    QUAD,
    STARLINER,
    WEST,
    codes,
    instant,
    notam,
    one,
    same_corners,
    stamps,
)

from kosmodrom.base.geodesy import geodesic
from kosmodrom.errors import InputError
from kosmodrom.launch.notices import cutting, outlines, page, read, schedule
from kosmodrom.launch.notices.chains import in_force, links
from kosmodrom.launch.notices.coordinates import find_points
from kosmodrom.launch.notices.read import read_geojson, read_notices
from kosmodrom.launch.notices.rings import ring_of

# --- coordinates -----------------------------------------------------------------------------

SECONDS = [(34 + 59 / 60 + 59 / 3600, 125 + 13 / 60 + 59 / 3600)]
MINUTES = [(34 + 5 / 60, 125 + 1 / 60)]
IN_SECONDS = [(34 + 5 / 60 + 12 / 3600, 125 + 1 / 60 + 12 / 3600)]
DECIMAL = [(34.5, 125.25)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("345959N1251359E", SECONDS),
        ("N345959E1251359", SECONDS),
        ("345959N 1251359E", SECONDS),
        ("34 59 59N 125 13 59E", SECONDS),
        ("34 59 59 N 125 13 59 E", SECONDS),
        ("N34 59 59 E125 13 59", SECONDS),
        ("N 34 59 59 E 125 13 59", SECONDS),
        ("345959N125135\n9E", SECONDS),
        ("34\n5959N1251359E", SECONDS),
        ("N345959E\n  1251359", SECONDS),
        ("3405N12501E", MINUTES),
        ("N3405E12501", MINUTES),
        ("34 05N 125 01E", MINUTES),
        ("N34 05 E125 01", MINUTES),
        ("34-05N 125-01E", MINUTES),
        ("34-05.00N 125-01.00E", MINUTES),
        ("34-05N,125-01E", MINUTES),
        ("34-05N/125-01E", MINUTES),
        ("34-05N\n   125-01E", MINUTES),
        ("N34-05 E125-01", MINUTES),
        ("3405.0N 12501.0E", MINUTES),
        ("34°05'N 125°01'E", MINUTES),
        ("34º05´N, 125º01´E", MINUTES),
        ("34° 05′ N 125° 01′ E", MINUTES),
        ("34:05N 125:01E", MINUTES),
        ("34 degrees 5 minutes north, 125 degrees 1 minute east", MINUTES),
        ("Latitude 34-05N, Longitude 125-01E", MINUTES),
        ("125-01E 34-05N", MINUTES),
        ("34-05 LU 125-01 BT", MINUTES),
        ("北緯34度05分 東経125度01分", MINUTES),
        ("북위 34도 05분, 동경 125도 01분", MINUTES),
        ("３４－０５Ｎ　１２５－０１Ｅ", MINUTES),
        ("34-05-12N 125-01-12E", IN_SECONDS),
        ("34°05'12\"N 125°01'12\"E", IN_SECONDS),
        ("34°05’12’’N 125°01’12’’E", IN_SECONDS),
        ("N34.05'12'' - E125.01'12''", IN_SECONDS),
        ("34.5N 125.25E", DECIMAL),
        ("N34.5 E125.25", DECIMAL),
        ("34.5°N, 125.25°E", DECIMAL),
        ("34.50000N125.25000E", DECIMAL),
        ("34.5 degrees north, 125.25 degrees east", DECIMAL),
        ("AREA 1 34 05N 125 01E", MINUTES),
        ("1. 34-05N 125-01E", MINUTES),
        ("3405S12501W", [(-34 - 5 / 60, -125 - 1 / 60)]),
        ("60S 120W", [(-60.0, -120.0)]),
        ("3405N 9501E", [(34 + 5 / 60, 95 + 1 / 60)]),
        ("34-05.00'N 125-01.00'E", MINUTES),
        ("34 05'N 125 01'E", MINUTES),
        ("34°05′00″ N | 125°01′00″ E", MINUTES),
        ("34&deg;05&#39;N 125&deg;01&#39;E", MINUTES),
        ("34-05N&nbsp;125-01E", MINUTES),
        ("34-05N\u200b 125-01E", MINUTES),
        ("34°05' с.ш. 125°01' в.д.", MINUTES),
        ("3405N 12501 OESTE", [(34 + 5 / 60, -125 - 1 / 60)]),
    ],
)
def test_a_point_is_read_in_all_the_ways_it_is_written(words, expected):
    text = page.Page(f"ROCKET WITHIN {words}")
    points, unread = find_points(text, 0, len(text.text))
    assert unread == []
    # 1e-9 degrees: the same number but for rounding
    assert [(point.latitude, point.longitude) for point in points] == [
        pytest.approx(pair, abs=1e-9) for pair in expected
    ]


def test_a_coordinate_broken_over_lines_is_joined_and_said_so():
    notice = one(notam("N354443E1204041-N350047E1200943-N361905E1152505-N385\n501E1055837"))
    assert len(notice.areas[0].ring) == 5
    joined = [finding for finding in notice.areas[0].repairs if finding.code == "joined_line"]
    assert [(finding.line, finding.text) for finding in joined] == [(4, "N385 501E1055837")]


@pytest.mark.parametrize(
    "words", ["34-65N 125-01E", "945959N1251359E", "345959N1811359E", "34-05N", "N12513599"]
)
def test_what_only_looks_like_a_coordinate_is_shown_with_its_place(words):
    notice = one(f"ROCKET LAUNCH\n  AT {words} ON MONDAY")
    assert notice.areas == ()
    assert ("coordinate", 2, 6) in [(f.code, f.line, f.column) for f in notice.unread]


def test_a_wrong_corner_is_not_passed_over_in_silence():
    # One latitude has 65 minutes: the three others make a triangle, and the fourth is shown.
    notice = one("AREA 34-05N 125-01E, 34-65N 126-01E, 33-05N 126-01E, 33-05N 125-01E")
    assert "coordinate" in codes(notice.unread)


def test_decimals_that_could_be_minutes_are_said_to_be_taken_as_decimals():
    # Korean papers printed 36-04 as 36.04 in 2016.
    notice = one("AREA 36.04N 124.30E, 36.04N 124.54E, 35.12N 124.30E, 35.12N 124.54E")
    assert "decimals_not_minutes" in codes(notice.areas[0].repairs)
    clear = one("AREA 36.07N 124.50E, 36.07N 124.90E, 35.20N 124.50E, 35.20N 124.90E")
    assert "decimals_not_minutes" not in codes(clear.areas[0].repairs)


def test_degrees_without_letters_are_latitude_first_and_said_so():
    notice = one("ROCKET AREA -35.125, -124.5; -36.5, -124.5; -36.5, -123.25 back to start")
    assert same_corners(notice.areas[0], [(-35.125, -124.5), (-36.5, -124.5), (-36.5, -123.25)])
    assert codes(notice.areas[0].repairs) == ["latitude_first_without_letters"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("34.5, 125.25, 34.5, 126.25, 33.5, 126.25", "latitude_first_without_letters"),
        ("34.5° 125.25°, 34.5° 126.25°, 33.5° 126.25°", "latitude_first_without_letters"),
        ("34° 30’00”/ 125° 15’ 00”\n34° 30’ / 126° 15’\n33° 30’/ 126° 15’",
         "latitude_first_without_letters"),
        ("| 34.5 | 125.25 |\n| 34.5 | 126.25 |\n| 33.5 | 126.25 |",
         "latitude_first_without_letters"),
        ("lat 34.5, lon 125.25; lat 34.5, lon 126.25; lat 33.5, lon 126.25",
         "signs_for_letters"),
        # No latitude is 125 degrees: the longitude stands first.
        ("125.25 34.5, 126.25 34.5, 126.25 33.5", "longitude_first_without_letters"),
    ],
)  # fmt: skip
def test_a_list_without_letters_keeps_all_its_corners_before_a_full_stop(words, code):
    area = one(f"ROCKET AREA {words}.").areas[0]
    assert same_corners(area, [(34.5, 125.25), (34.5, 126.25), (33.5, 126.25)])
    assert code in codes(area.repairs)


def test_well_known_text_puts_the_longitude_first():
    area = one("ROCKET POLYGON((25.25 34.5, 26.25 34.5, 26.25 33.5, 25.25 34.5))").areas[0]
    assert same_corners(area, [(34.5, 25.25), (34.5, 26.25), (33.5, 26.25)])


# --- rings ---------------------------------------------------------------------------------------


def test_a_ring_is_closed_counterclockwise_and_valid():
    ring = one(notam()).areas[0].ring
    polygon = Polygon(ring[:, ::-1])
    assert polygon.is_valid
    assert polygon.exterior.is_ccw
    assert ring[0].tolist() == ring[-1].tolist()


def test_words_that_close_a_ring_are_no_repair_and_their_absence_is_one():
    corners = "N3940E10028-N3944E09948-N3954E09950-N3950E10029"
    for closing in ("BACK TO START", "TO POINT OF ORIGIN", "BAC\nK TO START", "TO BEGINNING"):
        assert one(notam(f"{corners} {closing}.")).areas[0].repairs == ()
    assert one(notam(f"{corners}-N3940E10028")).areas[0].repairs == ()
    assert codes(one(notam(corners)).areas[0].repairs) == ["closed"]


def test_corners_that_cross_are_set_in_order_and_said_so():
    # DPRK to IMO, 19 March 2012, first stage, in the order of the letter (kantei.go.jp).
    notice = one("36-04N 124-30E, 36-04N 124-54E, 35-12N 124-30E, 35-12N 124-54E back to start")
    area = notice.areas[0]
    assert codes(area.repairs) == ["reordered"]
    assert Polygon(area.ring[:, ::-1]).is_valid
    assert Polygon(area.ring[:, ::-1]).area == pytest.approx(0.4 * 52 / 60, abs=1e-9)


def test_a_corner_that_is_there_twice_is_dropped_and_said_so():
    notice = one(
        notam("N3940E10028-N3940E10028-N3944E09948-N3954E09950-N3950E10029 BACK TO START")
    )
    assert len(notice.areas[0].ring) == 5
    assert codes(notice.areas[0].repairs) == ["duplicate"]


def test_a_ring_over_the_meridian_of_180_degrees_does_not_jump():
    area = one(notam("S3605E17930-S3605W17930-S3705W17930-S3705E17930 BACK TO START")).areas[0]
    assert np.abs(np.diff(area.ring[:, 1])).max() == pytest.approx(1.0, abs=1e-9)
    assert Polygon(area.ring[:, ::-1]).area == pytest.approx(1.0, abs=1e-9)


def test_a_ring_over_the_equator_and_greenwich_keeps_its_signs():
    area = one(notam("N0100W00100-N0100E00100-S0100E00100-S0100W00100 BACK TO START")).areas[0]
    assert same_corners(area, [(1, -1), (1, 1), (-1, 1), (-1, -1)])


@pytest.mark.parametrize(
    ("corners", "code"),
    [
        ("N3940E10028-N3944E09948", "too_few_points"),
        ("N3940E10028-N4040E10028-N4140E10028", "no_area"),
        ("N0000E00000-N0000E09000-N0000E18000", "too_large"),
        ("N8900E00000-N8900E09000-N8900E18000-N8900W09000", "around_pole"),
    ],
)
def test_corners_that_outline_nothing_are_shown_with_the_reason(corners, code):
    notice = one(notam(f"{corners} BACK TO START"))
    assert notice.areas == ()
    assert code in codes(notice.unread)


def test_a_corner_that_is_only_a_name_makes_the_outline_impossible():
    # A2400/21 of the archive: radio beacons and waypoints among coordinates.
    notice = one(notam("N220216E1130000-GURIN-N213000E1130000-\nN213000E1130830 BACK TO START"))
    assert notice.areas == ()
    assert [(finding.code, finding.text) for finding in notice.unread] == [
        ("named_point", "-GURIN-")
    ]


def test_a_boundary_that_is_not_given_becomes_a_line_and_is_said_so():
    # A1693/24 of the archive
    notice = one(
        notam(
            "102203S1174143E - 120005S1172221E THENCE ALONG FIR BOUNDARY TO\n"
            "115956S1164844E - 101555S1170933E - 102203S1174143E"
        )
    )
    assert len(notice.areas[0].ring) == 5
    assert codes(notice.areas[0].repairs) == ["boundary_as_line"]


def test_notes_in_brackets_do_not_break_a_list_of_corners():
    # F4393/23 of the archive
    notice = one(
        notam(
            "S02 26 E092 38 (ON YMMM FIR BOUNDRY)\nS02 52 E093 18 (ON YMMM FIR BOUNDRY)\n"
            "S05 06 E092 59\nS05 00 E092 16\n(SVC447/23)"
        )
    )
    assert len(notice.areas[0].ring) == 5
    assert codes(notice.unread) == ["far_from_q_line"]  # the Q-line is that of another notice


def test_points_of_routes_and_points_inside_are_no_corners():
    # A2155/22 and A0208/22 of the archive
    notice = one(
        notam(
            "DEBRIS EXPECTED TO FALL IN THE N3947E10009, AREA "
            "N3940E10028-N3944E09948-N3954E09950-N3950E10029 BACK TO START\n"
            "ALTN RTE IDASO-DCT-1246N08856E-DCT-LEGIN"
        )
    )
    assert len(notice.areas) == 1
    assert len(notice.areas[0].ring) == 5
    assert codes(notice.unread) == ["point_in_area", "route_point"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"WITHIN 5 NM EITHER SIDE OF A LINE JOINING {EAST}", "corridor_line"),
        (f"ALONG TRACKLINE JOINING {EAST}", "corridor_line"),
        (f"LINE JOINING {EAST}, 5NM EITHER SIDE", "corridor_line"),
        (f"ACFT REROUTED VIA ROUTE {EAST}", "route"),
    ],
)
def test_lines_are_not_taken_for_outlines(text, code):
    notice = one(text)
    assert notice.areas == ()
    assert code in codes(notice.unread)
    assert len(one(f"ROUTE N571 CLOSED. AREA BOUNDED BY LINE JOINING {EAST}").areas) == 1


def test_an_area_that_is_excluded_is_not_taken_for_closed():
    notice = one(
        notam(f"{QUAD}\nEXCLUDING AREA N3945E10010-N3946E10010-N3946E10012 BACK TO START")
    )
    assert len(notice.areas) == 1
    assert codes(notice.unread) == ["excluded_area"]


# --- several areas -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"A. {EAST}\nB. {WEST}", ["A", "B"]),
        (f"(1) {EAST} (2) {WEST}", ["1", "2"]),
        (f"AREA 1: {EAST}\nAREA 2: {WEST}", ["AREA 1", "AREA 2"]),
        (f"- AREA A: {EAST} BACK TO START\n- AREA B: {WEST}", ["AREA A", "AREA B"]),
        (f"FIRST STAGE {EAST}.\nSECOND STAGE {WEST}.", ["FIRST STAGE", "SECOND STAGE"]),
        (f"{EAST} (AREA 1). {WEST} (AREA 2)", ["AREA 1", "AREA 2"]),
        (f"{EAST} BACK TO START AND {WEST} BACK TO START", ["", ""]),
        (f"{EAST}, 35-10N 124-30E, {WEST}, 35-10N 114-30E", ["", ""]),
        (f"IMPACT AREA 1 IS {EAST}. IMPACT AREA 2 IS {WEST}", ["IMPACT AREA 1", "IMPACT AREA 2"]),
    ],
)
def test_areas_of_one_text_are_told_apart(text, names):
    notice = one(f"ROCKET LAUNCH {text}")
    assert [area.name for area in notice.areas] == names
    assert [round(float(area.ring[:, 1].min())) for area in notice.areas] == [124, 114]


@pytest.mark.parametrize("label", ["{0}. ", "{0}) ", "({0}) ", "POINT {0}: ", "P{0}. "])
def test_numbers_that_count_corners_do_not_make_areas(label):
    corners = ["35-10N 124-30E", "36-05N 124-30E", "36-05N 123-30E", "35-10N 123-30E"]
    text = "\n".join(label.format(k + 1) + corner for k, corner in enumerate(corners))
    notice = one(f"ROCKET\n{text}")
    assert [len(area.ring) for area in notice.areas] == [5]


@pytest.mark.parametrize(
    "text",
    [
        "I. {}\nII. {}\nIII. {}\nIV. {}",
        "POINT A {} POINT B {} POINT C {} POINT D {}",
        "A ({}), B ({}), C ({}), D ({})",
        "A- {}; B- {}; C- {}; D- {}",
    ],
)
def test_letters_that_count_corners_do_not_make_areas(text):
    corners = ["35-10N 124-30E", "36-05N 124-30E", "36-05N 123-30E", "35-10N 123-30E"]
    assert [len(area.ring) for area in one("ROCKET\n" + text.format(*corners)).areas] == [5]


def test_a_list_with_longitudes_first_is_not_read_across_its_pairs():
    area = one("124.5E 35.1N; 124.5E 36.1N; 123.5E 36.1N; 123.5E 35.1N").areas[0]
    assert same_corners(area, [(35.1, 124.5), (36.1, 124.5), (36.1, 123.5), (35.1, 123.5)])


def test_latitudes_and_longitudes_apart_from_each_other_are_shown():
    notice = one("35-10N 36-05N 36-05N 35-10N 124-30E 124-30E 123-30E 123-30E")
    assert notice.areas == ()
    assert codes(notice.unread) == ["coordinate", "lone_point"]


def test_two_rings_in_one_list_are_split_where_they_can_be_nothing_else():
    # The two boxes of A0742/23 of the archive, without the words that part them.
    notice = one(
        notam(
            "N3416E09837-N3444E09844-N3447E09824-N3419E09817-"
            "N3312E09829-N3344E09836-N3349E09810-N3316E09803"
        )
    )
    assert [len(area.ring) for area in notice.areas] == [5, 5]
    assert all("split" in codes(area.repairs) for area in notice.areas)


def test_a_corridor_of_eight_corners_stays_one_ring():
    # A1265/23 of the archive, which is a ring as it stands.
    notice = one(
        notam(
            "N412353E1002512-N395035E1060947-N371214E1155429-N355443E1204041-N350047E1200943-"
            "N361905E1152505-N385501E1055837-N403105E1000932 BACK TO START"
        )
    )
    assert [len(area.ring) for area in notice.areas] == [9]
    assert notice.areas[0].repairs == ()


def test_a_notice_in_two_parts_is_one():
    text = "\n".join(
        f"A0827/25 NOTAMN\nQ) VVHM/QAFXX/IV/NBO/E/000/999/0944N11125E032\n"
        f"A) VVHM PART {k} OF 2 B) 2504281930 C) 2505010025\nE) {words}\nF) SFC G) UNL"
        for k, words in (
            (1, "095300N1104200E - 105200N1104200E - 105200N1111000E - 095300N1111000E"),
            (2, "083541N1104200E - 092700N1104200E - 092700N1110900E - 085127N1110859E"),
        )
    )
    notice = one(text)
    assert notice.name == "A0827/25"
    assert len(notice.areas) == 2


# --- circles and sectors -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "radius"),
    [
        ("WI 10NM RADIUS OF 3459N12513E", 18_520),
        ("CIRCLE RADIUS 10NM CENTRED ON 3459N12513E", 18_520),
        ("CIRCLE OF RADIUS 20 KM CENTERED AT 34-59N 125-13E", 20_000),
        ("3459N12513E RADIUS 5000M", 5_000),
        ("WITHIN 10 NAUTICAL MILES OF 34-59N 125-13E", 18_520),
        ("WITHIN 150 MILES OF 34-59.00N 125-13.00E", 277_800),
        ("A CIRCLE 2,000 YARDS IN DIAMETER CENTERED ON 34°59'N, 125°13'E", 914.4),
    ],
)
def test_circles_have_their_radius(words, radius):
    area = one(f"ROCKET LAUNCH {words}").areas[0]
    assert area.shape == "circle"
    lat, lon = np.radians(area.ring[:-1]).T
    distance, *_ = geodesic(math.radians(34 + 59 / 60), math.radians(125 + 13 / 60), lat, lon)
    # 1 mm: corners are put on the circle by geodesics
    assert np.abs(distance - radius).max() < 1e-3


@pytest.mark.parametrize(
    "words",
    [
        "WITHIN 10 NM OF 34-05N 125-01E, WITHIN 5 NM OF 36-05N 125-01E",
        (
            "AREA 1. 10NM RADIUS OF 34-05N 125-01E AREA 2. CIRCLE RADIUS 5NM CENTRED ON "
            "36-05N 125-01E"
        ),
        "34-05N 125-01E RADIUS 10NM, 36-05N 125-01E RADIUS 5NM",
        "(A) CIRCLE OF 10 NM AROUND 34-05N 125-01E\n(B) CIRCLE OF 5 NM AROUND 36-05N 125-01E",
    ],
)
def test_each_circle_takes_its_own_radius(words):
    areas = one(words).areas
    for area, latitude, miles in zip(areas, (34, 36), (10, 5), strict=True):
        distance, *_ = geodesic(
            math.radians(latitude + 5 / 60),
            math.radians(125 + 1 / 60),
            *np.radians(area.ring[:-1]).T,
        )
        assert np.abs(distance - miles * 1852).max() < 1e-3  # as above


def test_a_circle_does_not_take_the_sector_of_the_next_area():
    # ISRO's layout: NAVAREA VIII, Sriharikota
    circle, sector = one(
        "DANGER ZONES:\n(A) CIRCLE OF 10 NM AROUND LAUNCHER 13-44N 080-14E\n"
        "(B) SECTOR AZIMUTH BETWEEN 070 AND 120 DEG FROM 13-44N 080-14E FROM 20 NM TO 105 NM"
    ).areas
    assert (circle.shape, sector.shape) == ("circle", "sector")
    assert (circle.name, sector.name) == ("A", "B")


def test_miles_without_more_are_taken_as_nautical_and_said_so():
    area = one("WITHIN 15 MILES OF 34-59N 125-13E").areas[0]
    assert codes(area.repairs) == ["miles_as_nautical"]


@pytest.mark.parametrize(
    "words",
    [
        # Andøya Space, kystogfjord.no: "Rettvisende peiling: 290 grader-350 grader"
        (
            "A sector with origin in N69.17’40’’ - E16.01’11’’. True bearing: 290 degrees-350 "
            "degrees. Length: 5 nautical miles"
        ),
        "SECTOR CENTRED ON 691740N0160111E BETWEEN AZIMUTHS 290 AND 350 DEG TRUE, RADIUS 5NM",
        "WI 5NM OF 691740N0160111E BEARING 290 TO 350",
    ],
)
def test_sectors_have_their_arc_and_their_centre(words):
    area = one(f"ROCKET {words}").areas[0]
    assert area.shape == "sector"
    centre = (69 + 17 / 60 + 40 / 3600, 16 + 1 / 60 + 11 / 3600)
    corners = np.radians([row for row in area.ring[:-1] if abs(row - centre).max() > 1e-6])
    assert len(corners) == len(area.ring) - 2
    distance, azimuth, _ = geodesic(*np.radians(centre), corners[:, 0], corners[:, 1])
    assert np.abs(distance - 9260).max() < 1e-3  # as above
    assert np.degrees(azimuth).min() == pytest.approx(290, abs=1e-6)
    assert np.degrees(azimuth).max() == pytest.approx(350, abs=1e-6)


def test_a_ring_sector_lies_between_its_radii():
    area = one("BTN 20NM AND 40NM FROM 3459N12513E BETWEEN RADIALS 340 AND 020").areas[0]
    lat, lon = np.radians(area.ring[:-1]).T
    distance, azimuth, _ = geodesic(
        math.radians(34 + 59 / 60), math.radians(125 + 13 / 60), lat, lon
    )
    assert sorted(set((distance / 1852).round(3))) == [20, 40]
    turned = (np.degrees(azimuth) + 180) % 360 - 180
    assert (turned.min(), turned.max()) == pytest.approx((-20, 20), abs=1e-6)
    assert "radials_as_true" in codes(area.repairs)


def test_an_arc_in_an_outline_is_drawn_round_its_centre():
    area = one(
        notam(
            "391000S1774500E THENCE CLOCKWISE ALONG AN ARC OF A CIRCLE OF RADIUS 20NM CENTRED ON "
            "391000S1780000E TO 385500S1780000E TO POINT OF ORIGIN"
        )
    )
    assert area.areas == ()  # the ends are not equally far from the centre
    assert codes(area.unread) == ["arc"]
    # 15' along a meridian are 27.76 km, 19'21" along the parallel of 39 10 S as well
    area = one(
        notam(
            "391000S1774042E THENCE CLOCKWISE ALONG AN ARC OF A CIRCLE OF RADIUS 15NM CENTRED ON "
            "391000S1780000E TO 385500S1780000E TO POINT OF ORIGIN"
        )
    ).areas[0]
    lat, lon = np.radians(area.ring[:-1]).T
    distance, *_ = geodesic(math.radians(-39 - 10 / 60), math.radians(178), lat, lon)
    assert len(area.ring) > 15
    assert np.abs(distance - 27_800).max() < 150  # of the ends as given, whole seconds


# --- heights -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        ("SFC", "UNL", (0, math.inf)),
        ("GND", "FL490", (0, 14_935.2)),
        ("GND", "5700M AMSL", (0, 5_700)),
        ("FL180", "FL240", (5_486.4, 7_315.2)),
        ("2500FT AMSL", "10000 FT AMSL", (762, 3_048)),
        ("SFC", "FL999", (0, math.inf)),
    ],
)
def test_vertical_limits_are_metres_above_the_sea(lower, upper, expected):
    area = one(notam(lower=lower, upper=upper)).areas[0]
    assert (area.lower, area.upper) == pytest.approx(expected, abs=0.01)  # 1 cm: feet are exact


def test_limits_that_stand_nowhere_but_in_the_q_line_are_said_to_come_from_there():
    text = notam().replace("/000/999/", "/000/245/").split("\nF)")[0]
    area = one(text).areas[0]
    assert (area.lower, area.upper) == pytest.approx((0, 24_500 * 0.3048), abs=0.01)
    assert codes(area.repairs) == ["level_of_q_line"]
    assert one("ROCKET " + EAST).areas[0].upper is None


def test_limits_above_ground_are_said_to_be_taken_above_the_sea():
    area = one(notam(upper="2000FT AGL")).areas[0]
    assert codes(area.repairs) == ["above_ground_as_above_sea"]


# --- files, chains, limits -----------------------------------------------------------------------


def test_many_notices_in_a_file_keep_their_lines():
    text = f"{CANAVERAL}\n{notam()}\n\n{notam(number='A1232')}\n{STARLINER}"
    notices = read_notices(text, source="file")
    assert [notice.name for notice in notices] == [
        "NAVAREA IV 1177/22",
        "A1231/24",
        "A1232/24",
        "NAVAREA XII 656/2019",
    ]
    lines = text.splitlines()
    for notice in notices:
        assert lines[notice.line - 1].startswith(notice.name)
    repair = notices[3].areas[0].repairs[0]
    assert lines[repair.line - 1].strip().startswith("08-10.42N")


def test_chains_leave_what_is_in_force():
    first = notam(number="A0001") + "\nCREATED: 01 May 2024 00:00:00"
    second = notam(number="A0002", letter="R A0001/24") + "\nCREATED: 02 May 2024 00:00:00"
    third = (
        "A0003/24 NOTAMC A0002/24\nQ) ZLHW/QRDCA/IV/BO/W/000/999/3946N10009E016\n"
        "A) ZLHW B) 2405031200\nE) CANCELLED\nCREATED: 03 May 2024 12:00:00"
    )
    notices = read_notices("\n".join((first, second, third)), source="file")
    assert [(link.ended, link.by, link.how) for link in links(notices)] == [
        ("A0001/24", "A0002/24", "replaced"),
        ("A0002/24", "A0003/24", "cancelled"),
    ]

    def names(at):
        return [notice.name for notice in in_force(notices, instant(at))]

    assert names("2024-05-01T12:00+00:00") == ["A0001/24"]
    assert names("2024-05-02T12:00+00:00") == ["A0002/24"]
    assert names("2024-05-04T00:00+00:00") == []
    assert in_force(notices) == []


def test_a_cancelling_notice_of_another_country_ends_nothing():
    mine = notam(number="A0001")
    other = (
        "A0009/24 NOTAMC A0001/24\nQ) RPHI/QRDCA/IV/BO/W/000/999/1446N12009E016\n"
        "A) RPHI B) 2405031200\nE) CANCELLED"
    )
    notices = read_notices(f"{mine}\n{other}", source="file")
    assert [notice.name for notice in in_force(notices)] == ["A0001/24"]


def test_warnings_at_sea_cancel_others_and_themselves():
    later = CANAVERAL.replace("1177/22", "1180/22").replace(
        "CANCEL NAVAREA IV 1165/22", "CANCEL NAVAREA IV 1177/22 AND 1178/22"
    )
    notices = read_notices(f"{CANAVERAL}\n{later}", source="file")
    assert (notices[1].cancels, notices[1].also_cancels) == (
        "NAVAREA IV 1177/22",
        ("NAVAREA IV 1178/22",),
    )
    assert [notice.name for notice in in_force(notices)] == ["NAVAREA IV 1180/22"]
    after = instant("2022-11-19T00:00+00:00")
    assert in_force(notices, after) == []


def test_geojson_is_read_with_its_properties():
    text = json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {
                        "name": "stage 1",
                        "begin": "2023-05-30T15:00:00Z",
                        "end": "2023-06-10T15:00:00Z",
                    },
                    "geometry": {
                        "type": "MultiPolygon",
                        "coordinates": [
                            [[[179, 0], [181, 0], [181, 1], [179, 1], [179, 0]]],
                            [[[0, 0], [1, 1], [1, 0], [0, 1]]],
                        ],
                    },
                },
                {"type": "Feature", "properties": None, "geometry": {"type": "Point"}},
            ],
        }
    )
    first, second = read_geojson(text, source="file")
    assert (first.name, first.kind) == ("stage 1", "geojson")
    assert stamps(first.windows) == ["230530 1500 230610 1500"]
    assert same_corners(first.areas[0], [(0, -181), (0, -179), (1, -179), (1, -181)])
    assert codes(first.areas[1].repairs) == ["closed", "reordered"]
    assert codes(second.unread) == ["no_polygon"]


@pytest.mark.parametrize(
    "text", ["", "[", "[1]", "7", '{"type": "FeatureCollection", "features": [3]}']
)
def test_what_is_no_geojson_is_refused_with_what_is_expected(text):
    with pytest.raises(InputError, match="GeoJSON"):
        read_geojson(text, source="file")


def test_times_of_geojson_without_zone_are_shown_and_not_used():
    text = json.dumps(
        {
            "type": "Feature",
            "properties": {"begin": "2023-05-30T15:00:00", "end": "2023-06-10T15:00:00"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]},
        }
    )
    notice = read_geojson(text, source="file")[0]
    assert notice.windows == ()
    assert codes(notice.unread) == ["time"]


def test_texts_beyond_the_limits_are_refused_with_the_limit_and_the_remedy(monkeypatch):
    with pytest.raises(InputError, match=r"at most 4194304 .* several files"):
        read_notices("A" * (page.LARGEST_TEXT + 1), source="file")
    monkeypatch.setattr(cutting, "MOST_NOTICES", 3)
    with pytest.raises(InputError, match=r"more than 3 notices; give them in several files"):
        read_notices("\n".join([notam()] * 5), source="file")
    monkeypatch.setattr(outlines, "MOST_CORNERS", 3)
    with pytest.raises(InputError, match=r"4 corners; at most 3 .* simplify"):
        read_notices(notam(), source="file")
    monkeypatch.setattr(schedule, "MOST_WINDOWS", 3)
    with pytest.raises(InputError, match=r"times; at most 3 .* shorter"):
        read_notices(
            notam(schedule="DAILY 0130-0630", begin="2202270130", end="2203100630"), source="file"
        )
    monkeypatch.setattr(read, "MOST_POINTS", 3)
    monkeypatch.setattr(outlines, "MOST_CORNERS", 30)
    with pytest.raises(InputError, match=r"4 coordinates .* several files"):
        read_notices(notam(), source="file")


def test_an_empty_text_has_no_notices():
    assert read_notices(" \n\n", source="file") == []


def test_a_ring_of_many_corners_that_crosses_is_not_set_in_order():
    corners = [(10 + k % 2, 20 + 0.01 * ((k * 37) % 100)) for k in range(100)]
    assert ring_of(corners).fault == "crossing"


def test_a_star_of_corners_becomes_a_simple_ring():
    corners = [
        (10 * math.sin(4 * math.pi * k / 5), 10 * math.cos(4 * math.pi * k / 5)) for k in range(5)
    ]
    ring = ring_of(corners)
    assert ring.repairs == ("reordered",)
    assert Polygon(ring.corners[:, ::-1]).is_valid


def test_instants_are_utc():
    window = one(notam()).windows[0]
    assert window.begin == datetime(2024, 5, 21, 4, 2, tzinfo=UTC)


# --- what mail and the web put around a text --------------------------------------------------


def _lines(text, before="", after=""):
    return "\n".join(before + line + after for line in text.split("\n"))


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda text: _lines(text, "> "),
        lambda text: _lines(text, ">> "),
        lambda text: "<p>" + text.replace("\n", "<br>\n") + "</p>",
        lambda text: "<p>" + text.replace("\n", "<br/>") + "</p>",
        lambda text: text.replace("\n", "\\n"),
        lambda text: text.replace("\n", "\u2028"),
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: text.replace("   ", "&nbsp;&nbsp;&nbsp;"),
    ],
    ids=[
        "quoted",
        "quoted twice",
        "html",
        "html in a line",
        "escaped",
        "u2028",
        "windows",
        "nbsp",
    ],
)
@pytest.mark.parametrize("text", [notam(), CANAVERAL], ids=["air", "sea"])
def test_a_text_from_mail_or_the_web_is_read_as_the_plain_one(text, wrapped):
    plain, made = one(text), one(wrapped(text))
    assert made.name == plain.name
    assert stamps(made.windows) == stamps(plain.windows)
    assert [area.ring.tolist() for area in made.areas] == [
        area.ring.tolist() for area in plain.areas
    ]


def test_what_is_less_or_more_in_a_text_is_no_tag():
    page_ = page.Page("HEIGHT < 500 M AND > 3\n>x")
    assert page_.plain == "HEIGHT < 500 M AND > 3\n X"
