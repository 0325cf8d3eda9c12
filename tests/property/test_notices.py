"""What holds of notices whatever their text: they are read or refused, and soon."""

import contextlib
import itertools
import json
import math
import os
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon

from kosmodrom.base.geodesy import geodesic_path
from kosmodrom.errors import InputError
from kosmodrom.launch.notices.read import read_geojson, read_notices
from kosmodrom.launch.notices.rings import MOST_CORNERS, ring_of

DATA = Path(
    os.environ.get("KOSMODROM_DATA") or Path(__file__).parents[2].parent / "shared" / "data"
)
ARCHIVE = DATA / "notams" / "notams-2020-12_2025-06.json"
SEEDS = (
    """A2802/23 NOTAMR A2801/23
Q) ZLHW/QRDCA/IV/BO/W/000/999/3935N10304E095
A) ZLHW ZBPE B) 2309170218 C) 2309190500 EST
D) 17 0218-0500 18 19 0000-0200 2200-2359
E) A TEMPORARY DANGER AREA ESTABLISHED BOUNDED
BY:N395100E1010300-N391900E1050500-N3922
00E1022200-N395400E1022000,BACK TO START. (AREA 1)
S09 51 E131 43 - S10 06 E131 14 THENCE ALONG FIR BOUNDARY TO S09 18 E130 48
WI 10NM RADIUS OF 345959N1251359E SECTOR BEARING 290 TO 350
F) SFC G) FL490
CREATED: 20 May 2024 07:15:00""",
    """040658Z MAR 26 NAVAREA IV 207/26(11,26).
NORTH ATLANTIC.
1. HAZARDOUS OPERATIONS, ROCKET LAUNCHING
   100304Z TO 100636Z MAR, ALTERNATE 0304Z TO 0636Z DAILY
   11 THRU 16 MAR IN AREAS BOUND BY:
   A. 29-01.00N 075-00.00W, 29-21.00N 073-51.00W,
      29-20.00N 072-05.00W, 28-29.00N 072-05.00W.
   B. 48-44.00N 132-43.20W, 51-35.22N 144-23.29W, 47-02.48N 133-53.14W.
2. CANCEL NAVAREA IV 205/26 AND 206/26.
3. CANCEL THIS MSG 160736Z MAR 26.""",
    """MARITIME ADMINISTRATION OF THE DPR KOREA, IMO. 12 to 16 April 2012, 7 a.m. to noon
Pyongyang time. First stage: 36°04'N 124°30'E, 36°04'N 124°54'E; 35.2N 124.5E, 35-12N 124-54E
北緯34度05分 東経125度01分 From 15:00 on May 30 to 15:00 on June 10, 2023 (UTC)""",
)
SCRAPS = (
    "N", "S", "E", "W", "0", "9", "00", "99", "-", " ", "\n", "\n\n", "°", "'", '"', ".", ",",
    "(", ")", "A.", "1)", "E)", "Q)", "F) ", "NAVAREA IV 1/26", "A0001/24 NOTAMN\n", "RADIUS",
    "10NM", "DAILY", "THRU", "TO", "AND", "UTC", "Z", "APR", "2400", "9999", "PERM", "\x00",
    "\ud800", "ß", "İ", "𝟗", "３", "CLOCKWISE ARC CENTRED ON ", "BACK TO START", "N900000E1800000",
    "S9000W18000", "0000N00000E", "CANCEL ", "!CARF ", "=====\n", "9" * 40, " " * 200, "A" * 80,
)  # fmt: skip


def mutated(draw: random.Random, seed: str) -> str:
    """Change a text in a few places: cut, double, swap, drop, put in."""
    text = seed
    for _ in range(draw.randint(1, 6)):
        at, other = sorted((draw.randint(0, len(text)), draw.randint(0, len(text))))
        other = min(other, at + draw.choice((1, 3, 20, 400)))
        kind = draw.randrange(6)
        if kind == 0:
            text = text[:at] + text[other:]
        elif kind == 1:
            text = text[:at] + text[at:other] * draw.randint(2, 4) + text[other:]
        elif kind == 2:
            text = text[:at] + draw.choice(SCRAPS) + text[at:]
        elif kind == 3:
            text = text[:at] + draw.choice(SCRAPS) + text[other:]
        elif kind == 4:
            text = text[:at] + text[at:other][::-1] + text[other:]
        else:
            digit = str(draw.randint(0, 9))
            text = "".join(digit if c.isdigit() and draw.random() < 0.05 else c for c in text)
        text = text[:20_000]
    return text


def check(notices, text):
    """Hold what is promised of every notice."""
    lines = text.count("\n") + 1
    for notice in notices:
        assert 1 <= notice.line <= lines
        for finding in notice.unread:
            assert 1 <= finding.line <= lines
            assert finding.column >= 1
            assert len(finding.text) <= 80
        for window in notice.windows:
            assert window.begin < window.end
            assert window.begin.tzinfo is not None
        for area in notice.areas:
            check_ring(area.ring)
            for finding in area.repairs:
                assert 1 <= finding.line <= lines
                assert len(finding.text) <= 80


def check_ring(ring):
    assert len(ring) >= 4
    assert ring[0].tolist() == ring[-1].tolist()
    assert np.abs(ring[:, 0]).max() <= 90
    assert np.abs(np.diff(ring[:, 1])).max() <= 180
    assert -181 < ring[:-1, 1].mean() < 181


@given(st.randoms(use_true_random=False), st.sampled_from(SEEDS))
def test_a_mutated_text_is_read_or_refused(draw, seed):
    text = mutated(draw, seed)
    try:
        notices = read_notices(text, source="made")
    except InputError:
        return
    check(notices, text)


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    check(read_notices(text, source="made"), text)


@given(st.text(alphabet="0123456789NSEW-. \n/)(ABQ°'", max_size=400))
def test_any_text_of_digits_and_letters_of_coordinates_is_read(text):
    check(read_notices(text, source="made"), text)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.sampled_from(["type", "coordinates", "features", "geometry", "properties", "begin"])
            | st.text(max_size=4),
            inner | st.sampled_from(["Feature", "FeatureCollection", "Polygon", "MultiPolygon"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_any_json_is_read_or_refused(value):
    try:
        notices = read_geojson(json.dumps(value), source="made")
    except InputError:
        return
    check(notices, "")


steps = st.tuples(st.integers(-40, 40), st.integers(-40, 40))


@given(
    st.floats(-70, 70), st.floats(-180, 180),
    st.lists(steps, min_size=3, max_size=9, unique=True),
)  # fmt: skip
def test_corners_in_any_order_make_a_simple_ring_of_the_same_corners(lat, lon, apart):
    points = [(lat + 0.05 * a, lon + 0.05 * b) for a, b in apart]
    ring = ring_of(points)
    if ring.corners is None:
        assert ring.fault in {"no_area", "crossing", "too_few_points"}
        return
    # Drawn with many points an edge, geodesics are what they are on a map of degrees too.
    drawn = Polygon([point for edge in itertools.pairwise(ring.corners) for point in line(*edge)])
    assert drawn.is_valid
    assert drawn.exterior.is_ccw
    kept = {(round(a, 6), round(b % 360, 6)) for a, b in ring.corners.tolist()}
    given_ = {(round(a, 6), round(b % 360, 6)) for a, b in points}
    assert kept == given_


def line(begin, end):
    lat, lon = geodesic_path(*np.radians(begin), *np.radians(end), 30)
    lat, lon = np.degrees(lat[:-1]), np.degrees(lon[:-1])
    return zip(begin[1] + (lon - begin[1] + 180) % 360 - 180, lat, strict=True)


@given(st.floats(-75, 75), st.floats(-180, 180), st.integers(3, 12), st.randoms())
def test_a_convex_ring_comes_back_whatever_the_order(lat, lon, count, draw):
    angles = [2 * math.pi * k / count for k in range(count)]
    wide = 1 / math.cos(math.radians(lat))
    points = [(lat + math.sin(a), lon + wide * math.cos(a)) for a in angles]
    plain = ring_of(points)
    shuffled = list(points)
    draw.shuffle(shuffled)
    other = ring_of(shuffled)
    size = Polygon(plain.corners[:, ::-1]).area
    # 1e-9 of an area of some square degrees is a metre's breadth
    assert Polygon(other.corners[:, ::-1]).area == pytest.approx(size, rel=1e-9)


def compact(lat, lon, form):
    """Write a point of whole seconds or minutes without anything between."""
    north, east = "NS"[lat < 0], "EW"[lon < 0]
    a, b = abs(lat), abs(lon)
    first = f"{a // 3600:02d}{a // 60 % 60:02d}{a % 60:02d}"
    second = f"{b // 3600:03d}{b // 60 % 60:02d}{b % 60:02d}"
    if form.startswith("minutes"):
        first, second = first[:4], second[:5]
    return (
        f"{north}{first}{east}{second}"
        if form.endswith("first")
        else f"{first}{north}{second}{east}"
    )


def spaced(lat, lon, form):
    """Write a point of whole seconds with something between its parts."""
    north, east = "NS"[lat < 0], "EW"[lon < 0]
    a, b = abs(lat), abs(lon)
    parts = (a // 3600, a // 60 % 60, a % 60, b // 3600, b // 60 % 60, b % 60)
    forms = {
        "dashes": "{0:02d}-{1:02d}-{2:02d}{n} {3:03d}-{4:02d}-{5:02d}{e}",
        "marks": "{0}°{1:02d}'{2:02d}\"{n} {3}°{4:02d}'{5:02d}\"{e}",
        "spaces": "{0:02d} {1:02d} {2:02d} {n} {3:03d} {4:02d} {5:02d} {e}",
        "spaces first": "{n}{0:02d} {1:02d} {2:02d} {e}{3:03d} {4:02d} {5:02d}",
        "marks first": "{n} {0}° {1}' {2}'', {e} {3}° {4}' {5}''",
    }
    return forms[form].format(*parts, n=north, e=east)


seconds_north = st.integers(-80 * 3600, 80 * 3600)
seconds_east = st.integers(-180 * 3600, 180 * 3600 - 1)


@given(
    seconds_north, seconds_east, st.integers(1, 6 * 3600), st.integers(1, 6 * 3600),
    st.sampled_from(["seconds", "seconds first", "minutes", "minutes first"]),
    st.sampled_from(["-", ",", " - ", "\n", " TO ", "; "]), st.integers(23, 69),
)  # fmt: skip
def test_what_is_written_in_one_and_wrapped_anywhere_is_read(
    lat, lon, high, wide, form, join, width
):
    step = 60 if form.startswith("minutes") else 1
    lat, lon, high, wide = (step * round(x / step) for x in (lat, lon, high, wide))
    high, wide = max(high, step), max(wide, step)
    quad = [(lat, lon), (lat, lon + wide), (lat + high, lon + wide), (lat + high, lon)]
    quad = [(a, b - 360 * 3600 * (b >= 180 * 3600)) for a, b in quad]
    words = join.join(compact(a, b, form) for a, b in quad)
    lines = [row[k : k + width] for row in words.split("\n") for k in range(0, len(row), width)]
    compare(quad, "AREA BOUNDED BY:\n" + "\n".join(lines) + "\nBACK TO START.")


@given(
    seconds_north, seconds_east, st.integers(1, 6 * 3600), st.integers(1, 6 * 3600),
    st.sampled_from(["dashes", "marks", "spaces", "spaces first", "marks first"]),
    st.sampled_from([" - ", "\n", ", ", "; ", " TO ", " THENCE TO "]),
)  # fmt: skip
def test_what_is_written_with_marks_is_read(lat, lon, high, wide, form, join):
    quad = [(lat, lon), (lat, lon + wide), (lat + high, lon + wide), (lat + high, lon)]
    quad = [(a, b - 360 * 3600 * (b >= 180 * 3600)) for a, b in quad]
    compare(quad, f"AREA {join.join(spaced(a, b, form) for a, b in quad)} BACK TO START")


def compare(quad, text):
    notices = read_notices(text, source="made")
    assert [len(notice.areas) for notice in notices] == [1], text
    ring = notices[0].areas[0].ring
    assert len(ring) == 5, text
    for lat, lon in quad:
        away = (ring[:, 1] - lon / 3600 + 180) % 360 - 180
        # 1e-9 degrees: the same number but for rounding
        assert np.abs(np.column_stack([ring[:, 0] - lat / 3600, away])).max(axis=1).min() < 1e-9


def hardest():
    """Texts that are worst for readers that try again and again."""
    count = 40_000
    yield "3459N12513E-" * (MOST_CORNERS - 1)
    yield "N" * 500_000
    yield "9" * 500_000
    yield "9 " * 250_000
    yield " " * 1_000_000
    yield "\n" * 1_000_000
    yield "( " * 250_000
    yield "- " * 250_000
    yield "A0001/24 NOTAMN\n" * 10_000
    yield "A0001/24 NOTAMN\nE) " + "1200-1300 " * count
    yield (
        "A0001/24 NOTAMN\nQ) ZLHW/QRDCA/IV/BO/W/000/999/3935N10304E095\nA) ZLHW B) 2309170218 "
        + ("C) 2309190500\nD) " + "17 0218-0500 " * count + "E) X")
    )
    yield "NAVAREA IV 1/26\n" + "0304Z TO 0636Z DAILY " * count
    yield "NAVAREA IV 1/26\n" + "11 THRU 16 MAR " * count
    yield "NAVAREA IV 1/26\n" + "CANCEL NAVAREA IV 2/26 AND " * count
    yield "CLOCKWISE ARC CIRCLE " * count + "3459N12513E"
    yield "RADIUS 10NM " * count + "3459N12513E"
    yield "A. 3459N12513E " * (count // 2)
    yield "34 34 " * count + "N"
    yield "1." * count
    yield "CANCEL THIS MSG " * count
    yield "34°5" * count
    quad = "A. 35-10N 124-30E, 36-05N 124-30E, 36-05N {:03d}-30E B. 20-10N 014-30E\n"
    yield "".join(quad.format(k % 120) for k in range(8_000))
    yield "0304Z TO 0636Z DAILY 01 JAN 20 THRU 01 JAN 29 " + "".join(
        quad.format(k % 120) for k in range(8_000)
    )


@pytest.mark.slow
def test_the_hardest_texts_are_read_or_refused():
    # A reader that tries again and again would not come back from these.
    for text in hardest():
        with contextlib.suppress(InputError):
            check(read_notices(text, source="made"), text)


@pytest.mark.slow
def test_a_hundred_thousand_mutations_neither_crash_nor_hang():
    draw = random.Random(5)  # noqa: S311 - not for secrets; the same mutations every time
    seeds = list(SEEDS)
    if ARCHIVE.is_file():
        seeds += [record["raw"] for record in json.loads(ARCHIVE.read_text(encoding="utf-8"))]
    for _ in range(100_000):
        text = mutated(draw, draw.choice(seeds))
        with contextlib.suppress(InputError):
            check(read_notices(text, source="made"), text)
