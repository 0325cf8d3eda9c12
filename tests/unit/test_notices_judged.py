"""Whether notices close areas for an orbital launch.

Texts marked "real" were published so; others are made up in their style. They are a sanity test:
the figures are those of `scripts/fit_judgement.py`, held in tests/truth.
"""

from math import inf, log, radians

import numpy as np
import pytest

from kosmodrom.catalog import load_catalog
from kosmodrom.errors import InputError
from kosmodrom.launch.notices.flown import flown_site, lie, outline
from kosmodrom.launch.notices.judged import WEIGHTS, PastAreas, home_of, judged, measured
from kosmodrom.launch.notices.read import read_notices

OTHERS = {
    # real: github slavak/PyNotam, README
    "parachutes": """A1912/15 NOTAMN
Q) LOVV/QWPLW/IV/BO/W/000/130/4809N01610E001
A) LOVV B) 1509261100 C) 1509261230
E) PJE WILL TAKE PLACE AT AREA LAAB IN WALDE
PSN:N480930 E0161028 RADIUS - 1NM
F) GND G) FL130""",
    # real: Iran, through a test of a public reader of notices
    "guns": """A2734/24 NOTAMN
Q) OIIX/QWMLW/IV/BO/W/000/120/3422N05002E005
A) OIIX B) 2408071130 C) 2408080730
D) AUG 07 1130-1430 AUG 08 0430-0730
E) GUN FIRING WILL TAKE PLACE WI AREA :
342123N 0495625E - 342604N 0500121E - 342300N 0500706E - 341805N 0500522E
F) GND G) 12000FT AMSL""",
    # real: Iran, through the description of a public collection
    "guns in a circle": """B0145/25 NOTAMN
Q) OIIX/QWMLW/IV/BO/W/000/090/3321N06044E006
A) OIIX B) 2502280330 C) 2503302030
D) 0330-2030
E) GUN FIRING WILL TAKE PLACE WI CIRCLE RADIUS 10 KM CENTERED AT:
332058N 0604409E
F) GND G) 9000FT AMSL""",
    # real: Indonesia, 2026
    "guns high": """A2334/26 NOTAMN
Q) WAAF/QWMLW/IV/BO /W /000/310/0030S11648E002
A) WAAF B) 2607182300 C) 2607221000
D) 18 22 2300 - 1000
E) GUN FIRING EXER WILL TAKE PLACE WI COORD AS FLW :
003033S1164935E - 003157S1164741E - 003014S1164627E
- 002850S1164834E - 003033S1164935E
RMK: ALL TFC SUBJ ATC CLR
F) GND G) 27000FT AGL""",
    # real: Korea, 2026
    "fireworks": """Z0248/26 NOTAMN
Q) RKRR/QWMLW/IV/NBO/W/000/030/3735N12647E001
A) RKSS B) 2607251000 C) 2607251200
E) FIREWORKS WILL TAKE PLACE AS FLW :
A CIRCLE RADIUS 100M CENTERED ON 373547N1264720E
F) SFC G) 200FT AMSL""",
    # real: NAVAREA II, March 2021
    "gunnery at sea": """NAVAREA II 106/21
AGADIR-TARFAYA.
1. GUNNERY EXERCISES FROM 110001 UTC TO 132359 UTC MAR 21.
   IN AREA BOUNDED BY:
   29-18N 011-06W / 28-46N 010-48W / 28-42N 010-56W / 29-08N 011-28W
2. CANCEL THIS MSG 140100 UTC MAR 21.""",
    # real: HYDROPAC, through a test of NGA's own program (ngageoint/marlin)
    "gunnery far out": """HYDROPAC 3403/23(97).
WESTERN NORTH PACIFIC.
DNC 12.
1. GUNNERY EXERCISES 2300Z TO 0900Z DAILY
   31 OCT THRU 29 NOV 23 IN AREA BOUND BY
   28-15.25N 146-29.78E, 25-25.27N 147-37.78E,
   25-00.26N 145-35.80E, 27-55.25N 144-57.80E.
2. CANCEL THIS MSG 301000Z NOV 23.
271213Z OCT 23""",
    "drones": """C0744/25 NOTAMN
Q) YMMM/QWULW/IV/BO/AW/000/004/3459S15035E005
A) YMMM B) 2512112356 C) 2512120500
E) UA OPS (UNMANNED ACFT BLW 25KG) WILL TAKE PLACE WI 2NM RADIUS OF PSN 345900S 1503500E
F) SFC G) 400FT AGL""",
    "president": """A0101/24 NOTAMN
Q) KZJX/QRTCA/IV/BO/W/000/180/2640N08002W030
A) KZJX B) 2401121500 C) 2401121900
E) TEMPORARY FLIGHT RESTRICTIONS FOR VIP MOVEMENT WI AREA 30NM RADIUS OF 264030N0800210W
F) SFC G) FL180""",
    "volcano": """A0777/23 NOTAMN
Q) WAAF/QWWLW/IV/NBO/W/000/250/0806S11255E050
A) WAAF B) 2305010000 C) 2305020000
E) VOLCANIC ASH OF SEMERU OBSERVED WI AREA: 0750S 11240E - 0750S 11310E - 0825S 11310E -
0825S 11240E
F) SFC G) FL250""",
    "satellite navigation": """A0202/24 NOTAMN
Q) KZAB/QGWXX/IV/BO/E/000/999/3250N10620W300
A) KZAB B) 2403010600 C) 2403011000
E) NAV GPS MAY NOT BE AVBL DUE TO INTERFERENCE TEST WI 300NM RADIUS OF 325000N1062000W
F) SFC G) UNL""",
    "laser": """A0303/24 NOTAMN
Q) GCCC/QWELW/IV/BO/W/000/999/2818N01630W003
A) GCCC B) 2403012000 C) 2403020600
E) LASER EMISSION WILL TAKE PLACE WI 3NM RADIUS OF 281800N0163000W
F) SFC G) UNL""",
    "balloon": """A0404/24 NOTAMN
Q) ESAA/QWLLW/IV/M/W/000/999/6753N02105E030
A) ESAA B) 2405200200 C) 2405201000
E) STRATOSPHERIC BALLOON ASCENT WI 30NM RADIUS OF 675300N0210500E
F) GND G) UNL""",
}  # fmt: skip
SUBORBITAL = {
    "sounding rocket": """A0505/24 NOTAMN
Q) ENOR/QRDCA/IV/BO/W/000/999/6950N01500E060
A) ENOR B) 2401150900 C) 2401151500
E) SOUNDING ROCKET LAUNCH FROM ANDOYA. DANGER AREA BOUNDED BY: 692000N0160000E -
712000N0150000E - 712000N0100000E - 693000N0140000E - 692000N0160000E
F) SFC G) UNL""",
    "missile": """A0606/24 NOTAMN
Q) VOMF/QWMLW/IV/BO/W/000/999/1500N08800E300
A) VOMF B) 2401150600 C) 2401151200
E) MISSILE FIRING WILL TAKE PLACE WI AREA: 200000N0870000E - 150000N0860000E - 100000N0870000E -
100000N0890000E - 200000N0880000E - 200000N0870000E
F) SFC G) UNL""",
}
RETURNS = {
    "cargo ship": """A0707/24 NOTAMN
Q) NZZO/QRDCA/IV/BO/W/000/999/4500S14000W999
A) NZZO B) 2402130800 C) 2402131400
E) SPACECRAFT RE-ENTRY. DEBRIS OF A CARGO SHIP MAY FALL WI AREA: 380000S1500000W -
380000S1400000W - 550000S1200000W - 550000S1300000W - 380000S1500000W
F) SFC G) UNL""",
    "capsule": """A0808/24 NOTAMN
Q) KZJX/QRDCA/IV/BO/W/000/999/2930N08600W020
A) KZJX B) 2403121000 C) 2403121300
E) SPACECRAFT SPLASHDOWN WI 20NM RADIUS OF 293000N0860000W
F) SFC G) UNL""",
}
#: Real, from the archive that the labels are of: Shenzhou-16 left in the window (GCAT).
LAUNCH = """A1265/23 NOTAMN
Q) ZBPE/QRTCA/IV/BO/W/000/999/3800N11030E500
A) ZBPE B) 2305300121 C) 2305300201
E) A TEMPORARY RESTRICTED AREA ESTABLISHED BOUNDED BY:
N412353E1002512-N395035E1060947-N371214E1155429-N355443E1204041-
N350047E1200943-N361905E1152505-N385501E1055837-N403105E1000932
BACK TO START.
F) GND G) UNL"""


@pytest.fixture(scope="module")
def sites():
    catalog = load_catalog()
    flown = {}
    for row in catalog.launch_orbits:
        if row.inclination_deg is not None and not row.orbit_class.startswith("GEO"):
            flown.setdefault(row.site, []).append(radians(row.inclination_deg))
    return [
        flown_site(
            site.id,
            site.country,
            radians(site.latitude_deg),
            radians(site.longitude_deg),
            flown[site.id],
        )
        for site in catalog.sites
        if site.id in flown
    ]


def read(text):
    return read_notices(text, source="test")


@pytest.mark.parametrize("name", OTHERS)
def test_closures_for_other_things_are_no_launches(sites, name):
    answer = judged(read(OTHERS[name]), sites)
    assert answer.probability < 0.2, answer
    assert answer.kind != "orbital launch"


@pytest.mark.parametrize("name", SUBORBITAL)
def test_rockets_that_reach_no_orbit_are_a_class_of_their_own(sites, name):
    answer = judged(read(SUBORBITAL[name]), sites)
    assert answer.kind == "suborbital"


@pytest.mark.parametrize("name", RETURNS)
def test_what_comes_back_is_a_class_of_its_own(sites, name):
    answer = judged(read(RETURNS[name]), sites)
    assert (answer.kind, answer.probability < 0.5) == ("re-entry", True)


def test_a_real_launch_is_one(sites):
    answer = judged(read(LAUNCH), sites)
    assert (answer.kind, answer.site) == ("orbital launch", "jiuquan")
    assert answer.probability > 0.5


def test_areas_that_were_closed_for_launches_before_make_it_surer(sites):
    mine = [row for row in load_catalog().closed_areas if row.known_from <= "2023-05-30"]
    numbers = {event: number for number, event in enumerate({row.event for row in mine})}
    past = PastAreas(
        latitude=np.radians([row.latitude_deg for row in mine]),
        longitude=np.radians([row.longitude_deg for row in mine]),
        launched=np.array([row.launched == "yes" for row in mine]),
        event=np.array([numbers[row.event] for row in mine]),
    )
    notices = read(LAUNCH)
    assert judged(notices, sites, past).probability > judged(notices, sites).probability


def test_reasons_sum_up_to_the_log_odds_and_the_weightiest_is_first(sites):
    answer = judged(read(LAUNCH), sites)
    odds = sum(reason.weight for reason in answer.reasons)
    sure = answer.probability / 0.98  # 2 % are taken off
    assert log(sure / (1 - sure)) == pytest.approx(odds)
    weights = [abs(reason.weight) for reason in answer.reasons]
    assert weights == sorted(weights, reverse=True)
    assert {"base", "direction"} <= {reason.code for reason in answer.reasons}


def test_every_measure_has_a_weight(sites):
    values, _ = measured(read(LAUNCH), sites, None)
    assert set(values) == set(WEIGHTS)


def test_earlier_areas_nearby_speak_for_what_they_were_closed_for(sites):
    notices = read(LAUNCH)
    middle = outline(notices[0].areas[0])

    def told(launched):
        past = PastAreas(
            latitude=np.array([middle.latitude]),
            longitude=np.array([middle.longitude - 2 * np.pi]),  # the same place, a turn away
            launched=np.array([launched]),
            event=np.array([0]),
        )
        return measured(notices, sites, past)[0]["past"]

    # one event against none, each with half an event more
    assert told(True) == pytest.approx(log(1.5 / 0.5))
    assert told(False) == pytest.approx(-log(1.5 / 0.5))
    assert measured(notices, sites, None)[0]["past"] == 0.0


def test_distant_areas_that_are_closed_at_the_very_same_times_speak_against_it(sites):
    # real, A1266/23: its window ends two minutes later, as what falls further away falls later
    further = LAUNCH.replace("A1265/23", "A1266/23").replace("2305300201", "2305300203")
    start = further.index("N412353")
    corners = "N361240E1211236-N350524E1240000-N325506E1240000-N342956E1201258 BACK TO START."
    further = further[:start] + corners + further[further.index("\nF)") :]
    same = further.replace("2305300203", "2305300201")
    apart, together = (judged(read(LAUNCH) + read(text), sites) for text in (further, same))
    assert together.probability < apart.probability
    assert "same_times" in {reason.code for reason in together.reasons}
    assert "same_times" not in {reason.code for reason in apart.reasons}


def test_a_ceiling_and_a_prohibition_speak_against_it(sites):
    open_sky = measured(read(LAUNCH), sites, None)[0]
    low = measured(read(LAUNCH.replace("G) UNL", "G) FL200")), sites, None)[0]
    banned = measured(read(LAUNCH.replace("QRTCA", "QRPCA")), sites, None)[0]
    assert (open_sky["ceiling"], low["ceiling"]) == (0.0, 1.0)
    assert (open_sky["prohibited"], banned["prohibited"]) == (0.0, 1.0)


def test_a_notice_without_an_area_is_judged_by_its_words_and_none_is_refused(sites):
    text = LAUNCH[: LAUNCH.index("N412353")] + "F) GND G) UNL"
    silent, spoken = read(text), read(text.replace("BOUNDED BY:", "FOR ROCKET LAUNCH:"))
    assert silent[0].areas == ()
    assert judged(silent, sites).probability < judged(spoken, sites).probability
    with pytest.raises(InputError, match="nothing to judge"):
        judged([], sites)


def test_without_any_site_there_is_still_an_answer():
    answer = judged(read(LAUNCH), [])
    assert answer.site == ""
    assert 0.0 < answer.probability < 1.0


def test_directions_of_a_site_hold_both_ways_through_a_plane_and_sum_up_to_one():
    site = flown_site("a", "CHN", radians(40.96), radians(100.3), np.radians([97.4] * 9))
    assert site.density.sum() == pytest.approx(1.0)
    # 97.4 deg from 41 N: 12 deg from the meridian against the turning Earth, on its western side
    assert set(np.argsort(site.density)[-2:]) <= {*range(345, 350), *range(190, 195)}
    assert flown_site("b", "CHN", 0.5, 0.5, []).density == pytest.approx(1 / 360)


def test_an_area_lies_where_it_was_put():
    (notice,) = read(LAUNCH)
    seen = outline(notice.areas[0])
    # the corners by hand: 2000 km from west to east, 100 km across
    assert seen.length == pytest.approx(1.94e6, rel=0.05)
    assert 60e3 < seen.width < 250e3
    site = flown_site("a", "CHN", radians(40.96), radians(100.3), np.radians([41.5]))
    away = lie(site, seen)
    assert away.distance == pytest.approx(0.95e6, rel=0.1)
    assert np.degrees(away.azimuth) == pytest.approx(104, abs=4)
    assert away.slant < radians(10)
    assert notice.areas[0].upper == inf


TWO_AREAS = """NAVAREA IV 123/23.
1. HAZARDOUS OPERATIONS, {words} 260712Z TO 260842Z AUG IN AREAS BOUND BY:
   A. 28-30N 080-30W, 29-15N 079-45W, 29-00N 079-15W, 28-15N 080-15W.
   B. 32-30N 076-30W, 33-15N 075-45W, 33-00N 075-15W, 32-15N 076-15W.
2. CANCEL THIS MSG 290727Z AUG 23.
"""


def _codes(words):
    judgement = judged(read_notices(TWO_AREAS.format(words=words), source="x"), [])
    return judgement, {reason.code for reason in judgement.reasons}


def test_the_same_warning_of_two_seas_says_nothing_by_its_times():
    text = TWO_AREAS.format(words="ROCKET LAUNCHING")
    pair = text + "\n" + text.replace("NAVAREA IV 123", "HYDROLANT 999")
    alone, both = (judged(read_notices(one, source="x"), []) for one in (text, pair))
    assert "same_times" not in {reason.code for reason in both.reasons}
    # Two areas more, the same ones: no more than what the number of areas says.
    assert both.probability >= alone.probability


def test_one_notice_has_its_times_for_all_its_areas_whatever_they_are_for():
    assert "same_times" not in _codes("ROCKET LAUNCHING")[1]


@pytest.mark.parametrize(
    "words",
    ["ROCKET LAUNCHING, SPLASHDOWN OF FIRST STAGE", "ROCKET LAUNCHING, DEORBIT OF UPPER STAGE"],
)
def test_stages_of_a_launch_that_come_down_are_no_return(words):
    assert "says_return" not in _codes(words)[1]


@pytest.mark.parametrize("words", ["SPACE DEBRIS", "SPACECRAFT SPLASHDOWN", "DE-ORBIT"])
def test_what_comes_down_without_a_launch_is_a_return(words):
    judgement, codes = _codes(words)
    assert "says_return" in codes
    assert judgement.kind == "re-entry"


def test_seas_in_words_are_no_airspace_of_a_country():
    sea = read_notices(
        TWO_AREAS.format(words="ROCKET").replace("1. HAZ", "NORTH PACIFIC.\n1. HAZ"), source="x"
    )
    assert sea[0].region == "NORTH PACIFIC"
    assert home_of(sea) == set()
