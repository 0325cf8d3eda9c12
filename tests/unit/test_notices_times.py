"""When areas are closed: schedules of notices to airmen, and times in words."""

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from made_notices import (
    CANAVERAL,
    EAST,
    QUAD,
    STARLINER,
    codes,
    instant,
    notam,
    one,
    same_corners,
    stamps,
)

from kosmodrom.launch.notices.read import read_notices

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


def test_weekdays_beside_dates_add_nothing_and_lengths_are_no_days():
    # Gisborne District Council, notice of a launch from Mahia of March 2019 (facts)
    notice = one(
        "Anytime between 9:30 and 16:00 NZDT from Sunday 17 March to Saturday 30 March 2019, from "
        "the tip of the peninsula (39°15’ S, 177°52’ E). The area extends 15 nautical miles: "
        "39°12.5’ S 177°51.00’ E, 39°12.5’ S 178°11.90’ E, 39°19.0’ S 178°11.90’ E."
    )
    read = stamps(notice.windows)
    assert (len(read), read[0], read[-1]) == (
        14, "190316 2030 190317 0300", "190329 2030 190330 0300"
    )  # fmt: skip


def test_a_weekday_without_a_date_is_shown():
    notice = one(f"AREA {EAST} 0900Z TO 1200Z EVERY FRIDAY UNTIL 30 MAY 2024")
    assert "schedule" in codes(notice.unread)
