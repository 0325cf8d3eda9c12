"""Notices as they were published, read and compared with what people read in them.

The texts are an archive of 887 notices to airmen (Joey0609/notams, MIT licence); the corners are
those written down by hand for launches whose notices it holds. Both are read in place.
"""

import itertools
import json
import math
import os
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
import yaml
from shapely.geometry import Polygon

from kosmodrom.launch.notices.read import read_notices

DATA = Path(
    os.environ.get("KOSMODROM_DATA") or Path(__file__).parents[2].parent / "shared" / "data"
)
ARCHIVE = DATA / "notams" / "notams-2020-12_2025-06.json"
CASES = DATA.parent / "cases-dev" / "launch-notices.yaml"
pytestmark = pytest.mark.skipif(
    not ARCHIVE.is_file(), reason="set KOSMODROM_DATA to a folder with notices"
)
# A notice may be without area for these reasons, and no others: a corner that is only a name
# (a radio beacon, a waypoint) stands in no text.
REASONS = {"named_point"}


@pytest.fixture(scope="module")
def archive():
    records = json.loads(ARCHIVE.read_text(encoding="utf-8"))
    return [(record, read_notices(record["raw"], source=record["code"])) for record in records]


def test_every_text_of_the_archive_is_one_notice_with_its_number(archive):
    assert len(archive) == 887
    for record, notices in archive:
        assert [notice.name for notice in notices] == [record["code"].split("_")[0]]


def test_nearly_all_texts_give_areas_and_the_others_say_why(archive):
    without = [notices[0] for _, notices in archive if not notices[0].areas]
    assert len(without) <= 0.01 * len(archive)
    for notice in without:
        assert {finding.code for finding in notice.unread} & REASONS


def test_rings_are_valid_closed_counterclockwise_and_of_a_size_that_can_be(archive):
    sizes = []
    for record, notices in archive:
        for area in notices[0].areas:
            polygon = Polygon(area.ring[:, ::-1])
            assert polygon.is_valid, record["code"]
            assert polygon.exterior.is_ccw, record["code"]
            assert (area.ring[0] == area.ring[-1]).all()
            middle = math.cos(math.radians(polygon.centroid.y))
            sizes.append(polygon.area * 111.2**2 * middle)
            # From the surroundings of a pad to the empty South Pacific, which New Zealand closes
            # for re-entries: 36 degrees by 44 at 48 S, 13 million km².
            assert 0.1 < sizes[-1] < 1.5e7, record["code"]
    assert 1_000 < sorted(sizes)[len(sizes) // 2] < 50_000


def test_times_are_those_that_the_archive_took_from_the_notices(archive):
    # The archive keeps begin and end as its own program read them, as "31 OCT 06:00 2022".
    compared = 0
    for record, notices in archive:
        notice = notices[0]
        begin, _, end = record["time"].partition(" UNTIL ")
        ends = [datetime.strptime(f"{text}+0000", "%d %b %H:%M %Y%z") for text in (begin, end)]
        assert notice.windows, record["code"]
        assert ends[0] <= notice.windows[0].begin, record["code"]
        assert notice.windows[-1].end <= ends[1], record["code"]
        compared += [notice.windows[0].begin, notice.windows[-1].end] == ends
    assert compared > 0.97 * len(archive)


def test_windows_are_in_order_and_do_not_overlap(archive):
    for record, notices in archive:
        windows = notices[0].windows
        for one, two in itertools.pairwise(windows):
            assert one.begin < one.end <= two.begin, record["code"]


def hand_checked():
    if not CASES.is_file() or not ARCHIVE.is_file():
        return []
    with ARCHIVE.open(encoding="utf-8") as file:
        texts = {record["code"].split("_")[0]: record["raw"] for record in json.load(file)}
    cases = yaml.safe_load(CASES.read_text(encoding="utf-8"))["cases"]
    return [
        pytest.param(texts[notice["notice"]], notice, id=notice["notice"].replace("/", "-"))
        for case in cases
        for notice in case["notices"]
        if notice.get("notice") in texts and notice.get("polygon")
    ]


@pytest.mark.skipif(not CASES.is_file(), reason=f"no hand-checked launches in {CASES}")
def test_enough_hand_checked_notices_are_in_the_archive():
    assert len(hand_checked()) >= 37


@pytest.mark.parametrize(("text", "notice"), hand_checked())
def test_corners_are_those_read_by_hand(text, notice):
    # Those are rounded to 1e-4 degrees.
    read = [
        (lat, lon)
        for made in read_notices(text, source="")
        for area in made.areas
        for lat, lon in area.ring[:-1].tolist()
    ]
    for lat, lon in notice["polygon"]:
        assert any(abs(lat - a) < 1e-4 and abs(lon - b) < 1e-4 for a, b in read), (lat, lon)
    for a, b in read:
        assert any(abs(lat - a) < 1e-4 and abs(lon - b) < 1e-4 for lat, lon in notice["polygon"])


@pytest.mark.parametrize(("text", "notice"), hand_checked())
def test_windows_hold_those_read_by_hand(text, notice):
    if not notice.get("window_utc"):
        pytest.skip("no times were written down")
    begin, end = (datetime.fromisoformat(stamp) for stamp in notice["window_utc"])
    windows = read_notices(text, source="")[0].windows
    assert windows[0].begin == begin
    assert windows[-1].end == end


def test_what_was_set_right_and_not_understood_is_counted(archive):
    """Regression: our own counts, so that a change of the reader shows."""
    repairs = Counter(
        finding.code for _, notices in archive for a in notices[0].areas for finding in a.repairs
    )
    unread = Counter(finding.code for _, notices in archive for finding in notices[0].unread)
    assert sum(len(notices[0].areas) for _, notices in archive) == 900
    assert repairs["reordered"] == 4
    assert repairs["joined_line"] == 40
    assert unread["named_point"] == 4
    assert unread["coordinate"] == 0
    assert unread["schedule"] == 0
