"""Notices put together: made texts, and the closed areas of North Korea's launches.

Places of sites are those of the catalog, in degrees; areas of North Korean launches are those of
the letters to the maritime organisation (kantei.go.jp 2012/2403192150; satobs.org Apr-2012/0018;
allthingsnuclear.org, December 2012), of B4525/23 and, for May 2023, boxes about the middles that
were described (mt.co.kr 2023053106581851671).
"""

from datetime import UTC, datetime, timedelta
from math import radians

import numpy as np
import pytest

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.geometry import outline_of, seen_from
from kosmodrom.launch.notices.groups import Site, group_notices
from kosmodrom.launch.notices.lift_off import lift_off_quantiles, lift_off_window
from kosmodrom.launch.notices.read import read_notices

PLACES = {
    "jiuquan": (40.96, 100.29),
    "taiyuan": (38.85, 111.61),
    "xichang": (28.246, 102.027),
    "wenchang": (19.614, 110.951),
    "sohae": (39.6596, 124.7057),
    "tanegashima": (30.4, 130.97),
    "cape-canaveral": (28.56, -80.58),
    "vostochny": (51.884, 128.334),
}
SITES = [
    Site(id=name, latitude=radians(lat), longitude=radians(lon))
    for name, (lat, lon) in PLACES.items()
]


def point(lat, lon):
    def part(value, digits, letters):
        seconds = round(abs(value) * 3600)
        letter = letters[int(value < 0)]
        return f"{letter}{seconds // 3600:0{digits}d}{seconds // 60 % 60:02d}{seconds % 60:02d}"

    return part(lat, 2, "NS") + part(lon, 3, "EW")


def ahead(site, azimuth, km, width=40, length=80, turn=0.0):
    """Give the corners of a box that lies in one direction of a site, by spherical geometry."""
    lat, lon = (radians(value) for value in PLACES[site])

    def go(lat, lon, azimuth, km):
        angle = km / 6371
        there = np.arcsin(
            np.sin(lat) * np.cos(angle) + np.cos(lat) * np.sin(angle) * np.cos(azimuth)
        )
        east = np.arctan2(
            np.sin(azimuth) * np.sin(angle) * np.cos(lat),
            np.cos(angle) - np.sin(lat) * np.sin(there),
        )
        return there, lon + east

    middle = go(lat, lon, radians(azimuth), km)
    near = go(lat, lon, radians(azimuth), km - 10)
    east = np.cos(near[0]) * (middle[1] - near[1])
    onward = np.arctan2(east, middle[0] - near[0]) + radians(turn)
    return [
        tuple(np.degrees(go(*go(*middle, onward, along), onward + np.pi / 2, across)))
        for along, across in (
            (length / 2, width / 2),
            (length / 2, -width / 2),
            (-length / 2, -width / 2),
            (-length / 2, width / 2),
        )
    ]


def notam(name, begin, end, *boxes, kind="NOTAMN", fir="ZLHW", words="AEROSPACE FLT ACTIVITY."):
    areas = " ".join(
        f"{chr(65 + k)}) " * (len(boxes) > 1)
        + "-".join(point(*corner) for corner in box)
        + ", BACK TO START."
        for k, box in enumerate(boxes)
    )
    return (
        f"{name} {kind}\nQ) {fir}/QRDCA/IV/BO/W/000/999/4000N10000E100\n"
        f"A) {fir} B) {begin} C) {end}\nE) {words} A TEMPORARY DANGER AREA ESTABLISHED "
        f"BOUNDED BY: {areas}\nF) SFC G) UNL"
    )


def grouped(*texts, sites=SITES, at=None):
    notices = [notice for text in texts for notice in read_notices(text, source="made")]
    return group_notices(notices, sites, at=at)


def names(grouping):
    return [sorted(notice.name for notice in group.notices) for group in grouping.groups]


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_two_launches_of_one_hour_from_different_sites_are_kept_apart():
    made = grouped(
        notam("A0001/25", "2503100802", "2503100830", ahead("jiuquan", 195, 700)),
        notam("A0002/25", "2503100804", "2503100840", ahead("jiuquan", 195, 1300)),
        notam("A0003/25", "2503100806", "2503100834", ahead("wenchang", 130, 900)),
        notam("A0004/25", "2503100809", "2503100849", ahead("wenchang", 130, 2000)),
    )
    assert names(made) == [["A0001/25", "A0002/25"], ["A0003/25", "A0004/25"]]
    assert [group.sites[0].id for group in made.groups] == ["jiuquan", "wenchang"]
    for group, heading in zip(made.groups, (195, 130), strict=True):
        # the grid of headings has steps of 1 deg
        assert np.degrees(group.sites[0].heading) == pytest.approx(heading, abs=1.0)
        assert group.sites[0].plausibility > 0.9
        assert not group.left_out


def test_two_launches_from_one_site_half_a_day_apart_are_two():
    made = grouped(
        notam("A0001/25", "2503100202", "2503100230", ahead("jiuquan", 195, 700)),
        notam("A0002/25", "2503101402", "2503101430", ahead("jiuquan", 145, 700)),
    )
    assert names(made) == [["A0001/25"], ["A0002/25"]]


def test_notices_of_neighbouring_days_with_the_same_areas_are_one_launch_with_backup_days():
    one, two = ahead("jiuquan", 195, 700), ahead("jiuquan", 195, 1300)
    made = grouped(
        notam("A0001/25", "2503100802", "2503100830", one),
        notam("A0002/25", "2503100804", "2503100840", two),
        notam("A0011/25", "2503110739", "2503110807", one),  # for a plane: 23 min earlier a day
        notam("A0012/25", "2503110741", "2503110817", two),
    )
    assert names(made) == [["A0001/25", "A0002/25", "A0011/25", "A0012/25"]]
    (group,) = made.groups
    assert [window.begin.day for window in group.windows] == [10, 11]
    assert len(group.closures) == 2
    assert all(len(closure.windows) == 2 for closure in group.closures)
    # a notice for the next day alone comes when the first has gone by: that day is the likely one
    assert group.window.begin.day == 11
    assert [window.begin.day for window in group.backup] == [10]


def test_daily_windows_of_one_notice_are_days_of_one_launch_the_first_most_likely():
    box = ahead("wenchang", 130, 900)
    daily = notam("B0001/25", "2503100700", "2503121300", box).replace(
        "\nE)", " D) DAILY 0700-1300\nE)"
    )
    short = notam("A0002/25", "2503100804", "2503100840", ahead("wenchang", 130, 1300))
    (group,) = grouped(daily, short).groups
    assert len(group.notices) == 2
    assert [window.begin.day for window in group.windows] == [10, 11, 12]
    assert group.window == group.windows[0]
    # the short window narrows its own day, not the others
    assert group.window.end - group.window.begin < timedelta(hours=1)
    assert group.backup[0].end - group.backup[0].begin > timedelta(hours=5)


def test_an_area_that_several_authorities_publish_counts_once():
    box = ahead("taiyuan", 185, 2300)
    shifted = [(lat + 0.01, lon - 0.01) for lat, lon in box]
    made = grouped(
        notam("A0001/25", "2503100802", "2503100830", ahead("taiyuan", 185, 500)),
        notam("A2550/25", "2503100804", "2503100850", box, fir="ZJSA"),
        notam("A0875/25", "2503100804", "2503100850", shifted, fir="VHHK"),
        "NAVAREA XI 150/25\nNORTH PACIFIC. SOUTH CHINA SEA. ROCKET LAUNCHING. 100804Z TO 100850Z "
        "MAR 25. IN AREA BOUNDED BY "
        + " ".join(
            f"{int(lat):02d}-{lat % 1 * 60:05.2f}N {int(lon):03d}-{lon % 1 * 60:05.2f}E"
            for lat, lon in box
        )
        + ". CANCEL THIS MSG 100950Z MAR 25.",
    )
    (group,) = made.groups
    assert len(group.notices) == 4
    assert [len(closure.notices) for closure in group.closures] == [1, 3]
    once = grouped(
        notam("A0001/25", "2503100802", "2503100830", ahead("taiyuan", 185, 500)),
        notam("A2550/25", "2503100804", "2503100850", box, fir="ZJSA"),
    )
    assert group.sites[0].plausibility == pytest.approx(once.groups[0].sites[0].plausibility)


def test_a_replaced_notice_is_out_and_as_of_the_day_before_it_still_holds():
    box = ahead("jiuquan", 195, 700)
    old = notam("A0001/25", "2503100802", "2503100830", box) + "\nCREATED: 08 Mar 2025 06:00:00"
    new = (
        notam("A0009/25", "2503110802", "2503110830", box, kind="NOTAMR A0001/25")
        + "\nCREATED: 09 Mar 2025 12:00:00"
    )
    made = grouped(old, new)
    assert names(made) == [["A0009/25"]]
    assert [(left.notice.name, left.code, left.by) for left in made.left_out] == [
        ("A0001/25", "replaced", "A0009/25")
    ]
    before = grouped(old, new, at=instant("2025-03-09T00:00"))
    assert names(before) == [["A0001/25"]]
    assert [left.code for left in before.left_out] == ["not_yet_published"]


def test_a_cancelled_launch_leaves_no_group():
    box = ahead("jiuquan", 195, 700)
    old = notam("A0001/25", "2503100802", "2503100830", box)
    cancel = (
        "A0010/25 NOTAMC A0001/25\nQ) ZLHW/QRDXX/IV/BO/W/000/999/4000N10000E100\n"
        "A) ZLHW B) 2503091200\nE) DANGER AREA CANCELLED."
    )
    made = grouped(old, cancel)
    assert not made.groups
    assert {left.notice.name: left.code for left in made.left_out} == {
        "A0001/25": "cancelled",
        "A0010/25": "only_cancels",
    }


def test_without_a_site_areas_in_line_name_it_and_with_none_at_hand_times_still_join():
    texts = (
        notam("A0001/25", "2503100802", "2503100830", ahead("xichang", 98, 600)),
        notam("A0002/25", "2503100803", "2503100840", ahead("xichang", 98, 1250)),
    )
    (group,) = grouped(*texts).groups
    assert group.sites[0].id == "xichang"
    assert sum(fit.plausibility for fit in group.sites) + group.unknown_site == pytest.approx(
        1, abs=0.05
    )
    (group,) = grouped(*texts, sites=()).groups
    assert len(group.notices) == 2
    assert group.sites == ()
    assert group.unknown_site == 1


def test_a_launch_from_nowhere_among_the_sites_says_so():
    far = [site for site in SITES if site.id == "cape-canaveral"]
    (group,) = grouped(
        notam("A0001/25", "2503100802", "2503100830", ahead("jiuquan", 195, 700, turn=90)),
        sites=far,
    ).groups
    assert group.unknown_site > 0.5  # likelier than all the sites at hand


def test_an_area_of_a_notice_in_another_direction_is_left_out_with_the_reason():
    made = grouped(
        notam("A0001/25", "2503100802", "2503100830", ahead("jiuquan", 195, 700)),
        notam(
            "A0002/25",
            "2503100804",
            "2503100840",
            ahead("jiuquan", 195, 1300),
            ahead("jiuquan", 60, 1500),
        ),
        sites=[site for site in SITES if site.id == "jiuquan"],
    )
    (group,) = made.groups
    assert [left.code for left in group.left_out] == ["other_direction"]
    assert len(group.closures) == 2


def test_an_area_of_disposal_on_the_next_pass_is_joined_and_marked():
    # 0.9 of a turn, 80 min: the Earth has turned by 20 deg under the plane, by a sphere's geometry
    angle, late = 2 * np.pi * 0.9, 80 * 60
    lat, lon = radians(19.614), radians(110.951)
    inertial = radians(132.0)
    there = np.arcsin(np.sin(lat) * np.cos(angle) + np.cos(lat) * np.sin(angle) * np.cos(inertial))
    east = np.arctan2(
        np.sin(inertial) * np.sin(angle) * np.cos(lat), np.cos(angle) - np.sin(lat) * np.sin(there)
    )
    middle = np.degrees(there), np.degrees(lon + east - 7.292e-5 * late)
    box = [
        (middle[0] + a, (middle[1] + b + 180) % 360 - 180)
        for a, b in ((1, 1), (1, -1), (-1, -1), (-1, 1))
    ]
    made = grouped(
        notam("A0001/25", "2503100800", "2503100830", ahead("wenchang", 135, 800)),
        notam("A0002/25", "2503100802", "2503100840", ahead("wenchang", 135, 1600)),
        notam(
            "F0003/25",
            "2503100915",
            "2503100955",
            box,
            fir="YMMM",
            words="RE-ENTRY OF UPPER STAGE.",
        ),
    )
    (group,) = made.groups
    assert [closure.role for closure in group.closures] == ["ascent", "ascent", "disposal"]
    # it does not move the window: what falls there fell an orbit later
    assert group.window.end < instant("2025-03-10T08:40")


def test_places_of_disposal_by_themselves_are_marked_and_name_no_site():
    box = ahead("tanegashima", 150, 6000)
    made = grouped(
        notam("F0348/24", "2402150201", "2402150746", box, words="RE-ENTRY OF UPPER STAGE."),
        notam("F0612/24", "2402170201", "2402170746", box, words="RE-ENTRY OF UPPER STAGE."),
    )
    (group,) = made.groups
    assert [closure.role for closure in group.closures] == ["disposal"]
    assert (group.sites, group.unknown_site) == ((), 1.0)
    assert [window.begin for window in group.windows] == [
        instant("2024-02-15T02:01"),
        instant("2024-02-17T02:01"),
    ]


APRIL_2012 = (
    ((35.20694, 124.87306), (35.20361, 124.50944), (35.91944, 124.84028), (35.92222, 124.53611)),
    ((15.13861, 124.77083), (15.15972, 123.75750), (19.38556, 124.75361), (19.40889, 123.90722)),
)
DECEMBER_2012 = (
    (35.73500, 124.50833), (35.73528, 124.90639), (34.97667, 124.54222), (34.97861, 124.93639),
)  # fmt: skip


def letter(name, first, last, month, *boxes):
    areas = "\n".join(
        f"ZONE {'AB'[k]}: " + " ".join(point(*corner) for corner in box)
        for k, box in enumerate(boxes)
    )
    return (
        f"NAVAREA XI {name}\nEAST CHINA SEA. ROCKET LAUNCHING. {first:02d}2200Z "
        f"TO {last:02d}0300Z {month} 12, DAILY BETWEEN 2200Z AND 0300Z. "
        f"IN AREAS BOUNDED BY\n{areas}"
    )


def test_zones_of_april_and_december_2012_are_two_launches_from_sohae():
    made = grouped(
        letter("160/12", 11, 16, "APR", APRIL_2012[0]),
        letter("161/12", 11, 16, "APR", APRIL_2012[1]),
        letter("780/12", 9, 22, "DEC", DECEMBER_2012),
    )
    assert [len(group.notices) for group in made.groups] == [2, 1]
    april, december = made.groups
    assert april.sites[0].id == december.sites[0].id == "sohae"
    # Molczan: the notices give an azimuth of about 181 deg
    assert np.degrees(april.sites[0].heading) == pytest.approx(181, abs=1.5)
    # lift-off 12 April 22:38:55 UTC and 12 December 00:49 UTC
    for group, at in ((april, "2012-04-12T22:38:55"), (december, "2012-12-12T00:49")):
        assert any(window.begin <= instant(at) <= window.end for window in group.windows)


#: NAVAREA IV, replaces 414/23, for 19 April 2023 (github.com/ngageoint/marlin-ios, MarlinTests).
CAPE_2023 = (
    ((28.64117, -80.62183), (28.63333, -80.53333), (28.61667, -80.38333), (28.33333, -79.91667),
     (28.26667, -79.95), (28.52017, -80.55633)),
    ((26.43333, -76.0), (25.66667, -74.1), (25.4, -73.86667), (25.06667, -74.23333),
     (25.21667, -74.75), (26.05, -76.0)),
)  # fmt: skip
#: Circular for 4 to 8 April 2009, from Musudan-ri (press copies: fnnews 200903130938538007).
APRIL_2009 = (
    ((40.69556, 135.57917), (40.45611, 138.51111), (40.27611, 138.50611), (40.51444, 135.57389)),
    ((34.595, 164.67833), (31.37278, 172.31), (29.93139, 172.22972), (33.15444, 164.595)),
)


def test_an_area_at_the_pad_and_one_down_range_name_the_site():
    for boxes, site, times, at in (
        (CAPE_2023, "cape-canaveral", ("2304191218", "2304191647"), "2023-04-19T14:31"),
        (APRIL_2009, "tonghae", ("0904040200", "0904040700"), "2009-04-04T02:20"),
    ):
        tonghae = Site(id="tonghae", latitude=radians(40.85), longitude=radians(129.6667))
        texts = [notam(f"A000{k}/23", *times, box) for k, box in enumerate(boxes)]
        for given in (texts, [notam("A0009/23", *times, *boxes)]):
            (group,) = grouped(*given, sites=[*SITES, tonghae]).groups
            assert group.sites[0].id == site
            assert group.sites[0].plausibility > 0.9
            begin, end = lift_off_window(group)
            assert begin <= instant(at) <= end


def box_about(lat, lon, half=0.4):
    return [(lat + a * half, lon + b * half) for a, b in ((1, 1), (1, -1), (-1, -1), (-1, 1))]


MAY_2023 = [box_about(36.75, 123.4), box_about(34.5, 123.1), box_about(14.6, 128.6, 1.0)]


def test_zones_of_may_2023_bend_by_27_degrees_and_are_one_launch():
    sohae = radians(PLACES["sohae"][0]), radians(PLACES["sohae"][1])
    seen = [
        np.degrees(
            seen_from(
                outline_of(np.array([*box, box[0]])), *(np.array([x]) for x in sohae)
            ).azimuth
        )[0]
        for box in MAY_2023
    ]
    assert max(seen) - min(seen) > 24  # what the test is about
    apart = [
        notam(f"B000{k}/23", "2305301500", "2306101500", box, fir="RPHI")
        for k, box in enumerate(MAY_2023, 1)
    ]
    for texts in (apart, [notam("B0009/23", "2305301500", "2306101500", *MAY_2023)]):
        (group,) = grouped(*texts).groups
        assert len(group.closures) == 3
        assert not group.left_out
        assert group.window.begin < instant("2023-05-30T21:28") < group.window.end
        sohae_fit = next(fit for fit in group.sites if fit.id == "sohae")
        assert sohae_fit.plausibility > 0.5


def test_the_zone_of_november_2023_is_not_joined_with_a_launch_of_another_country():
    zone = ((14.9028, 128.6683), (15.0283, 129.4008), (11.4469, 129.9022), (11.3217, 129.1806))
    made = grouped(
        notam("B4525/23", "2311220000", "2311302359", zone, fir="RPHI"),
        notam("A3694/23", "2311230952", "2311231015", ahead("xichang", 138, 574)),
        notam("A3695/23", "2311230953", "2311231020", ahead("xichang", 138, 1054)),
    )
    assert sorted(names(made)) == [["A3694/23", "A3695/23"], ["B4525/23"]]


def test_lift_off_lies_in_the_window_some_minutes_after_it_opens():
    (group,) = grouped(
        notam("A0001/25", "2503100802", "2503100830", ahead("jiuquan", 195, 700)),
        notam("A0002/25", "2503100804", "2503100840", ahead("jiuquan", 195, 1300)),
    ).groups
    begin, end = lift_off_window(group)
    # 700 km at 1.8 km/s: 6.5 min before the first opens at most; all that falls, in time
    assert instant("2025-03-10T07:50") < begin < instant("2025-03-10T08:02")
    assert instant("2025-03-10T08:25") < end <= instant("2025-03-10T08:30")
    likely = lift_off_quantiles(group)
    assert begin <= likely.low < likely.middle < likely.high <= end
    assert likely.middle == instant("2025-03-10T08:10")


def test_what_cannot_be_put_together_has_its_reason():
    box = ahead("jiuquan", 195, 700)
    whole = [(60, 60), (60, 150), (-20, 150), (-20, 60)]
    made = grouped(
        notam("A0001/25", "2503100802", "2506300830", box),
        notam("A0002/25", "2503100802", "2503100830", whole),
        notam("A0003/25", "2503100802", "2503100830"),
        notam("A0004/25", "2503100802", "2503100830", box),
        notam("A0004/25", "2503100802", "2503100830", box),
    )
    assert [(left.notice.name, left.code) for left in made.left_out] == [
        ("A0001/25", "too_long"),
        ("A0002/25", "too_large"),
        ("A0003/25", "no_area"),
        ("A0004/25", "given_twice"),
    ]
    assert names(made) == [["A0004/25"]]


def test_every_notice_is_in_one_group_or_left_out_and_order_does_not_matter():
    texts = [
        notam(f"A{k:04d}/25", f"25031008{k:02d}", f"25031009{k:02d}", ahead(site, azimuth, km))
        for k, (site, azimuth, km) in enumerate(
            [("jiuquan", 195, 700), ("jiuquan", 196, 1300), ("taiyuan", 190, 600),
             ("wenchang", 100, 900), ("xichang", 138, 600), ("xichang", 137, 1000)]
        )
    ]  # fmt: skip
    forward, backward = grouped(*texts), grouped(*texts[::-1])
    assert sorted(names(forward)) == sorted(names(backward))
    assert sorted(name for group in names(forward) for name in group) == [
        f"A{k:04d}/25" for k in range(6)
    ]


def test_a_notice_with_windows_weeks_apart_is_of_two_launches():
    # as A0223/23, which names 6 and 26 September, when two launches used one corridor
    far = ahead("jiuquan", 196, 2700)
    both = notam("A0223/23", "2309061808", "2309262035", far, fir="VYYF").replace(
        "\nE)", " D) SEP 06 1808-1835 26 2008-2035\nE)"
    )
    made = grouped(
        notam("A2587/23", "2309061806", "2309061829", ahead("jiuquan", 196, 640)),
        both,
        notam("A2588/23", "2309262006", "2309262029", ahead("jiuquan", 196, 640)),
    )
    assert names(made) == [["A0223/23", "A2587/23"], ["A0223/23", "A2588/23"]]
    for group, day in zip(made.groups, (6, 26), strict=True):
        assert {w.begin.day for closure in group.closures for w in closure.windows} == {day}


def test_an_area_drawn_anew_for_the_next_day_does_not_part_a_launch():
    near, far = ahead("jiuquan", 195, 700), ahead("jiuquan", 195, 6000)
    made = grouped(
        notam("A0001/25", "2503100802", "2503100830", near),
        notam("A0002/25", "2503100804", "2503100840", ahead("jiuquan", 195, 1300)),
        notam("F0003/25", "2503100806", "2503100850", far),
        notam("A0011/25", "2503110802", "2503110830", near),
        notam("A0012/25", "2503110804", "2503110840", ahead("jiuquan", 195, 1400)),
        notam("F0013/25", "2503110806", "2503110850", far),
    )
    assert len(made.groups) == 1
    assert len(made.groups[0].closures) == 4


def test_more_notices_of_one_hour_than_can_be_put_together_are_refused():
    notices = [
        notice
        for k in range(202)  # 20,301 pairs
        for notice in read_notices(
            notam(f"A{k:04d}/25", "2503100802", "2503100830", box_about(30, 90 + k / 4)),
            source="made",
        )
    ]
    with pytest.raises(InputError, match="give those of fewer days"):
        group_notices(notices)


def test_too_many_and_sites_in_degrees_are_refused():
    (notice,) = read_notices(
        notam("A0001/25", "2503100802", "2503100830", ahead("jiuquan", 195, 700)), source="made"
    )
    with pytest.raises(InputError, match="at most 1000"):
        group_notices([notice] * 1001)
    with pytest.raises(InputError, match="give radians"):
        Site(id="jiuquan", latitude=40.96, longitude=100.29)


def test_areas_beyond_the_most_are_told_as_left_out():
    corners = "N{0}E1100000-N{0}E1101000-N{1}E1101000-N{1}E1100000"
    areas = "\n".join(
        f"{chr(65 + k // 26)}{chr(65 + k % 26)}. "
        + corners.format(f"{20 + k:02d}0000", f"{20 + k:02d}1000")
        for k in range(30)
    )
    text = (
        f"NAVAREA XI 1/24 ROCKET LAUNCHING 150300Z TO 150500Z APR 2024 IN AREAS BOUND BY\n{areas}."
    )
    (notice,) = read_notices(text, source="many")
    assert len(notice.areas) == 30
    found = group_notices([notice], SITES)
    left = [*found.left_out, *(one for group in found.groups for one in group.left_out)]
    assert [one.code for one in left].count("too_many") == 6
