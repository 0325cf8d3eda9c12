"""Notices in the layouts in which they are published.

Texts marked with a source are quoted as facts: numbers, coordinates and times of warnings that
public bodies sent out. The others are made for one behaviour each.
"""

import json
import math
from datetime import UTC, date, datetime

import numpy as np
import pytest
from shapely.geometry import Polygon

from kosmodrom.base.geodesy import geodesic
from kosmodrom.errors import InputError
from kosmodrom.launch.notices import cutting, outlines, page, read, schedule
from kosmodrom.launch.notices.chains import in_force, links
from kosmodrom.launch.notices.coordinates import find_points
from kosmodrom.launch.notices.read import read_geojson, read_notices
from kosmodrom.launch.notices.rings import ring_of

# NGA, NAVAREA IV 1177/22 of 7 November 2022 (as in the tests of ngageoint/marlin-ios)
CANAVERAL = """\
NAVAREA IV 1177/22(11,26).
WESTERN NORTH ATLANTIC.
FLORIDA.
1. HAZARDOUS OPERATIONS, ROCKET LAUNCHING
   121606Z TO 121854Z NOV, ALTERNATE
   131606Z TO 131854Z AND 1607Z TO 1854Z DAILY
   14 THRU 18 NOV IN AREAS BOUND BY:
   A. 28-39.92N 080-38.33W, 28-40.00N 079-44.00W,
      28-28.00N 079-40.00W, 28-29.97N 080-32.29W
   B. 27-51.00N 073-56.00W, 28-37.00N 073-55.00W,
      28-40.00N 071-21.00W, 28-13.00N 069-58.00W,
      27-31.00N 069-58.00W, 27-21.00N 071-43.00W.
2. CANCEL NAVAREA IV 1165/22.
3. CANCEL THIS MSG 181954Z NOV 22.
"""
# NAVAREA XII 656/2019, quoted by B. Christy, satobs.org/seesat/Aug-2021/0031.html
STARLINER = """\
NAVAREA XII 656/2019 (17,83)

(Cancelled by NAVAREA XII 657/2019)

   A. 221223Z TO 221312Z DEC IN AREA BOUND BY
      08-10.42N 126-49.22W, 14-39.10N 122-02.28W,
      16-43.41N 124-59.39W, 10-12.18N 129-44.25W.
   B. ALTERNATE 222012Z TO 222258Z DEC
      49-18.12N 145-12.23W, 47-02.48N 133-53.14W,
      48-44.00N 132-43.20W, 51-35.22N 144-23.29W.
2. CANCEL THIS MSG 222358Z DEC 19.
"""
NOTAM = """\
{number}/24 NOTAM{letter}
Q) ZLHW/QRDCA/IV/BO/W/000/999/3946N10009E016
A) ZLHW B) {begin} C) {end}
{schedule}E) {text}
F) {lower} G) {upper}"""
QUAD = "N3940E10028-N3944E09948-N3954E09950-N3950E10029,BACK TO START."


def notam(text=QUAD, **items):
    filled = {
        "number": "A1231",
        "letter": "N",
        "begin": "2405210402",
        "end": "2405210445",
        "schedule": "",
        "lower": "SFC",
        "upper": "UNL",
    } | items
    if filled["schedule"]:
        filled["schedule"] = f"D) {filled['schedule']}\n"
    return NOTAM.format(text=text, **filled)


def one(text, **options):
    notices = read_notices(text, source="file", **options)
    assert len(notices) == 1
    return notices[0]


def same_corners(area, expected, within=1e-6):
    """Tell whether a ring has these corners and no others, in whatever order."""
    read = area.ring[:-1].tolist()
    return len(read) == len(expected) and all(
        any(abs(a - lat) < within and abs(b - lon) < within for a, b in read)
        for lat, lon in expected
    )


def stamps(windows):
    return [f"{window.begin:%y%m%d %H%M} {window.end:%y%m%d %H%M}" for window in windows]


def codes(findings):
    return sorted({finding.code for finding in findings})


def instant(text):
    return datetime.fromisoformat(text)


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
    assert notice.unread[:1] == () or codes(notice.unread) == ["far_from_q_line"]


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


def test_an_area_that_is_excluded_is_not_taken_for_closed():
    notice = one(
        notam(f"{QUAD}\nEXCLUDING AREA N3945E10010-N3946E10010-N3946E10012 BACK TO START")
    )
    assert len(notice.areas) == 1
    assert codes(notice.unread) == ["excluded_area"]


# --- several areas -------------------------------------------------------------------------------

EAST = "35-10N 124-30E, 36-05N 124-30E, 36-05N 123-30E"
WEST = "35-10N 114-30E, 36-05N 114-30E, 36-05N 113-30E"


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
    assert codes(area.unread) == ["arc", "far_from_q_line"] or codes(area.unread) == ["arc"]
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


# --- times of notices to airmen ------------------------------------------------------------------


def test_a_notice_without_schedule_holds_from_begin_to_end():
    assert stamps(one(notam()).windows) == ["240521 0402 240521 0445"]


@pytest.mark.parametrize(
    ("schedule_text", "begin", "end", "expected"),
    [
        (
            "DAILY 0130-0630", "2202270130", "2202280630",
            ["220227 0130 220227 0630", "220228 0130 220228 0630"],
        ),
        (
            "DLY 0022-0440", "2402150022", "2402160440",
            ["240215 0022 240215 0440", "240216 0022 240216 0440"],
        ),
        (
            "2300-0200", "2112062300", "2112080200",
            ["211206 2300 211207 0200", "211207 2300 211208 0200"],
        ),
        (
            "0231-0258,0731-0818", "2012300231", "2012300818",
            ["201230 0231 201230 0258", "201230 0731 201230 0818"],
        ),
        (
            "2310-2344 01, 0157-0231 0749-0832 02", "2104012310", "2104020832",
            ["210401 2310 210401 2344", "210402 0157 210402 0231", "210402 0749 210402 0832"],
        ),
        (
            "0145-0510 ON SEP,28\n0300-0620 ON SEP,29 - OCT,01", "2109280145", "2110010620",
            ["210928 0145 210928 0510", "210929 0300 210929 0620",
             "210930 0300 210930 0620", "211001 0300 211001 0620"],
        ),
        (
            "15 2200-2359 16-17 0000-0200 2200-2359 18 0000-0200", "2211152200", "2211180200",
            ["221115 2200 221116 0200", "221116 2200 221117 0200", "221117 2200 221118 0200"],
        ),
        (
            "03 0100-0400 04 05 0000-0500", "2212030100", "2212050500",
            ["221203 0100 221203 0400", "221204 0000 221204 0500", "221205 0000 221205 0500"],
        ),
        (
            "0550-0708 0N 23,0634-0805 ON 25", "2302230550", "2302250805",
            ["230223 0550 230223 0708", "230225 0634 230225 0805"],
        ),
        (
            "1345-1416,1419-1459 25 AND 1058-1121 26", "2302251345", "2302261121",
            ["230225 1345 230225 1416", "230225 1419 230225 1459", "230226 1058 230226 1121"],
        ),
        (
            "1808-1835 ON 06 SEP 2023\n2008-2035 ON 26 SEP 2023", "2309061808", "2309262035",
            ["230906 1808 230906 1835", "230926 2008 230926 2035"],
        ),
        (
            ("OCT 30 1930-2359 \nOCT 31 N0V 01 0000-0030 1930-2359\n"
            "NOV 02 0000-0030"),
            "2310301930", "2311020030",
            ["231030 1930 231031 0030", "231031 1930 231101 0030",
             "231101 1930 231102 0030"],
        ),
        (
            "2209242200 TO 2209250400\n   2209252200 TO 2209260400", "2209242200", "2209260400",
            ["220924 2200 220925 0400", "220925 2200 220926 0400"],
        ),
        (
            "25 2330-0130, 26 2230-0030", "2502252330", "2502270030",
            ["250225 2330 250226 0130", "250226 2230 250227 0030"],
        ),
        ("BTN 0931UTC - 1024UTC", "2309050931", "2309051024", ["230905 0931 230905 1024"]),
        (
            "MON-WED 0800-0900", "2405200800", "2405240900",
            ["240520 0800 240520 0900", "240521 0800 240521 0900", "240522 0800 240522 0900"],
        ),
        ("H24", "2405200000", "2405220000", ["240520 0000 240522 0000"]),
    ],
)  # fmt: skip
def test_schedules_are_read_day_by_day(schedule_text, begin, end, expected):
    notice = one(notam(schedule=schedule_text, begin=begin, end=end))
    assert stamps(notice.windows) == expected
    assert "schedule" not in codes(notice.unread)
    assert notice.areas[0].windows == notice.windows


@pytest.mark.parametrize("text", ["SR-SS", "0800-0900 EXC 24", "9900-9930", "31 0800-0900", "ASK"])
def test_a_schedule_that_is_not_understood_is_shown_and_the_whole_period_stays(text):
    notice = one(notam(schedule=text, begin="2405200800", end="2405240900"))
    assert codes(notice.unread) == ["schedule"]
    assert stamps(notice.windows) == ["240520 0800 240524 0900"]


def test_estimated_and_permanent_ends_are_told():
    assert one(notam(end="2405210445 EST")).estimated
    permanent = one(notam(end="PERM"))
    assert permanent.permanent
    assert permanent.windows[0].end.year == 9999
    assert not one(notam()).estimated


@pytest.mark.parametrize(
    ("begin", "end"), [("2413210402", "2405210445"), ("2405210500", "2405210400")]
)
def test_times_that_cannot_be_are_shown(begin, end):
    notice = one(notam(begin=begin, end=end))
    assert notice.windows == ()
    assert {"time", "time_order"} & set(codes(notice.unread))


def test_the_items_of_a_notice_are_its_fields():
    notice = one(notam(letter="R A1200/24") + "\nCREATED: 20 May 2024 07:15:00")
    assert (notice.name, notice.kind, notice.source, notice.line) == (
        "A1231/24",
        "notam",
        "file",
        1,
    )
    assert (notice.region, notice.subject, notice.replaces) == ("ZLHW", "QRDCA", "A1200/24")
    assert notice.issued == instant("2024-05-20T07:15+00:00")
    assert notice.text.startswith("A1231/24 NOTAMR")


def test_an_area_far_from_the_q_line_is_pointed_at():
    moved = QUAD.replace("E09", "E05").replace("E100", "E050")
    assert "far_from_q_line" in codes(one(notam(moved)).unread)
    assert "far_from_q_line" not in codes(one(notam()).unread)


# --- times of warnings at sea and of papers ------------------------------------------------------


def test_a_warning_of_the_eastern_range_is_read_whole():
    notice = one(CANAVERAL)
    assert (notice.name, notice.kind, notice.region) == (
        "NAVAREA IV 1177/22",
        "navarea",
        "WESTERN NORTH ATLANTIC",
    )
    assert notice.cancels == "NAVAREA IV 1165/22"
    assert notice.lapses == instant("2022-11-18T19:54+00:00")
    assert [(area.name, len(area.ring) - 1) for area in notice.areas] == [("A", 4), ("B", 6)]
    assert stamps(notice.areas[1].windows) == [
        "221112 1606 221112 1854",
        "221113 1606 221113 1854",
        "221114 1607 221114 1854",
        "221115 1607 221115 1854",
        "221116 1607 221116 1854",
        "221117 1607 221117 1854",
        "221118 1607 221118 1854",
    ]
    assert notice.words == ("rocket", "launch")
    assert notice.unread == ()


def test_areas_may_have_times_of_their_own():
    notice = one(STARLINER)
    assert notice.name == "NAVAREA XII 656/2019"
    assert notice.cancels == ""
    assert [stamps(area.windows) for area in notice.areas] == [
        ["191222 1223 191222 1312"],
        ["191222 2012 191222 2258"],
    ]


def test_warnings_that_follow_each_other_without_a_line_are_told_apart():
    # NGA, HYDROLANT 237/26 and NAVAREA IV 207/26, joined as some mirrors do
    text = (
        "031744Z FEB 26  HYDROLANT 237/26(54).  AEGEAN SEA.  DNC 09.  1. MISSILE OPERATIONS 0530Z "
        "TO SUNSET DAILY EVERY WEDNESDAY UNTIL 14 JUN IN AREAS: A. 35-36.00N 024-07.00E, "
        "36-18.00N 024-07.00E, 36-18.00N 025-59.00E. 2. CANCEL THIS MSG 010001Z JAN 27. "
        "040658Z MAR 26  NAVAREA IV 207/26(11,26).  NORTH ATLANTIC.  FLORIDA.  1. HAZARDOUS "
        "OPERATIONS, ROCKET LAUNCHING 100304Z TO 100636Z MAR, ALTERNATE 0304Z TO 0636Z DAILY 11 "
        "THRU 12 MAR IN AREAS BOUND BY: A. 29-01.00N 075-00.00W, 29-21.00N 073-51.00W, "
        "29-20.00N 072-05.00W, 28-29.00N 072-05.00W. 2. CANCEL THIS MSG 160736Z MAR 26."
    )
    sea, ocean = read_notices(text, source="file")
    assert (sea.name, sea.kind) == ("HYDROLANT 237/26", "hydrolant")
    assert sea.windows == ()
    assert "schedule" in codes(sea.unread)  # sunset and weekdays are not read
    assert ocean.issued == instant("2026-03-04T06:58+00:00")
    assert stamps(ocean.windows) == [
        "260310 0304 260310 0636",
        "260311 0304 260311 0636",
        "260312 0304 260312 0636",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("010000Z TO 070900Z APR 12", ["120401 0000 120407 0900"]),
        ("301500Z MAY TO 101500Z JUN 23", ["230530 1500 230610 1500"]),
        (
            "0000Z to 0300Z daily 16 thru 17 Apr 2012",
            ["120416 0000 120416 0300", "120417 0000 120417 0300"],
        ),
        (
            "2200Z TO 0300Z DAILY 12 AND 13 APR 12",
            ["120412 2200 120413 0300", "120413 2200 120414 0300"],
        ),
        (
            "DAILY 0300 UTC TO 1700 UTC 22 TO 23 NOV 2025",
            ["251122 0300 251122 1700", "251123 0300 251123 1700"],
        ),
        (
            "2330Z TO 0330Z DAILY 31 DEC 23 THRU 01 JAN 24",
            ["231231 2330 240101 0330", "240101 2330 240102 0330"],
        ),
        ("FROM 112200 UTC TO 160300 UTC APR 12", ["120411 2200 120416 0300"]),
        ("2200Z 11 APR TO 0300Z 12 APR 2012", ["120411 2200 120412 0300"]),
        (
            "BETWEEN 0200 UTC AND 0700 UTC DAILY FROM 04 TO 05 APRIL 2009",
            ["090404 0200 090404 0700", "090405 0200 090405 0700"],
        ),
        (
            "between 4th and 5th April 2009 between the hours of 0200 and 0700 (UTC)",
            ["090404 0200 090404 0700", "090405 0200 090405 0700"],
        ),
        (
            "04-05 APR 2009, 0200-0700 UTC DAILY",
            ["090404 0200 090404 0700", "090405 0200 090405 0700"],
        ),
        ("From 3 pm on May 30 to 3 pm on June 10, 2023, UTC", ["230530 1500 230610 1500"]),
        ("from 0:00 on May 31 to 0:00 on June 11, 2023, Japan time", ["230530 1500 230610 1500"]),
        (
            "April 4-5, 2009 between 11:00 a.m.-4 p.m. (KST)",
            ["090404 0200 090404 0700", "090405 0200 090405 0700"],
        ),
        (
            "12 to 13 April 2012, 7 a.m. to noon Pyongyang time",
            ["120411 2200 120412 0300", "120412 2200 120413 0300"],
        ),
        (
            "7 to 8 February 2016, 07:00 to 12:00 Pyongyang time",
            ["160206 2230 160207 0330", "160207 2230 160208 0330"],
        ),
        ("2024-05-03 from 17:00 to 18:00 Beijing time", ["240503 0900 240503 1000"]),
        (
            "0700-1200 JST+9 daily 12 to 13 April 2012",
            ["120411 2200 120412 0300", "120412 2200 120413 0300"],
        ),
        ("2023年5月31日0時から6月11日0時(日本時間)", ["230530 1500 230610 1500"]),
        ("12 Mei 2024 0800-1000 UTC", ["240512 0800 240512 1000"]),
        ("0600-1100 LT 10 OCT 2024 in the Yellow Sea, China", ["241009 2200 241010 0300"]),
    ],
)  # fmt: skip
def test_times_in_words_are_utc(words, expected):
    for text in (
        f"ROCKET LAUNCH {words} IN AREA {EAST}",
        f"ROCKET LAUNCH IN AREA {EAST}. {words}",
    ):
        notice = one(text)
        assert stamps(notice.windows) == expected
        assert notice.unread == ()


def test_the_clock_of_pyongyang_stood_half_an_hour_back_from_2015_to_2018():
    # The notice of 2016 said 7 to 12 local time; the IMO gave it as 22:30 to 03:30 UTC.
    words = "07:00 to 12:00 Pyongyang time, {} " + EAST
    assert stamps(one(words.format("7 February 2016")).windows) == ["160206 2230 160207 0330"]
    assert stamps(one(words.format("10 December 2012")).windows) == ["121209 2200 121210 0300"]


def test_a_year_that_is_left_out_comes_from_the_text_or_the_hint_and_is_never_guessed():
    words = f"ROCKET 301500Z MAY TO 101500Z JUN {EAST}"
    assert codes(one(words).unread) == ["year"]
    assert one(words).windows == ()
    assert stamps(one(words, hint=date(2023, 5, 29)).windows) == ["230530 1500 230610 1500"]
    named = one(f"NAVAREA XI 23-0347\n{words}", hint=date(1999, 1, 1))
    assert stamps(named.windows) == ["230530 1500 230610 1500"]
    over = one(f"HYDROPAC 9/24(97).\n2330Z TO 0330Z DAILY 31 DEC THRU 01 JAN\n{EAST}.\n"
               "CANCEL THIS MSG 020430Z JAN 24.")  # fmt: skip
    assert stamps(over.windows) == ["231231 2330 240101 0330", "240101 2330 240102 0330"]


def test_local_time_of_nowhere_is_not_guessed():
    notice = one(f"MARCH 14, 2024, BETWEEN 7:00 A.M. AND 11:00 A.M. {EAST}")
    assert notice.windows == ()
    assert codes(notice.unread) == ["time_zone"]
    assert codes(one(f"14 MAR 2024 0700-1100 LOCAL TIME {EAST}").unread) == ["time_zone"]


def test_a_text_without_time_or_without_place_says_so():
    assert codes(one(f"ROCKET {EAST}").unread) == ["no_time"]
    assert codes(one("ROCKET LAUNCH 010000Z TO 070900Z APR 12").unread) == ["no_coordinates"]
    assert one(f"ROCKET {EAST} UNTIL FURTHER NOTICE").permanent


def test_a_letter_to_the_maritime_organization_is_read():
    # DPRK to IMO, 11 March 2009, as two papers print it (busan.fnnews.com/news/200903130938538007)
    notice = one(
        "MARITIME ADMINISTRATION OF THE DPR KOREA. TO: IMO\n"
        "Launch of Kwangmyongsong-2, 4 to 8 April 2009, every day 0200-0700 UTC.\n"
        "Danger area 1:\n40°41'44\"N 135°34'45\"E\n40°27'22\"N 138°30'40\"E\n"
        "40°16'34\"N 138°30'22\"E\n40°30'52\"N 135°34'26\"E\n"
        "Danger area 2:\n34°35'42\"N 164°40'42\"E\n31°22'22\"N 172°18'36\"E\n"
        "29°55'53\"N 172°13'47\"E\n33°09'16\"N 164°35'42\"E\n"
    )
    assert notice.kind == "imo"
    assert [area.name for area in notice.areas] == ["DANGER AREA 1", "DANGER AREA 2"]
    assert same_corners(
        notice.areas[0],
        [
            (40.69556, 135.57917),
            (40.45611, 138.51111),
            (40.27611, 138.50611),
            (40.51444, 135.57389),
        ],
        within=1e-5,
    )
    assert len(notice.windows) == 5


def test_words_that_tell_the_subject_are_found_once_each():
    words = one(notam(f"UNBURNED DEBRIS OF A ROCKET, RE-ENTRY OF DEBRIS, SPLASHDOWN {QUAD}")).words
    assert words == ("unburned", "debris", "rocket", "re-entry", "splashdown")


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
    assert same_corners(first.areas[0], [(0, -181), (0, -179), (1, -179), (1, -181)]) or (
        same_corners(first.areas[0], [(0, 179), (0, 181), (1, 181), (1, 179)])
    )
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
