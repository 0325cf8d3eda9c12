"""Directions of launch against published ones.

* Curtis: H. D. Curtis, Orbital Mechanics for Engineering Students, section 6.11: a sun-synchronous
  orbit of 98.43 deg from 34.5 N (Vandenberg) takes azimuths of 190.2 or 349.8 deg. His latitude is
  taken as it stands and the Earth does not turn.
* SeeSat-L, 1 and 2 April 2012 (satobs.org/seesat/Apr-2012/0014.html and 0017.html;
  northkoreatech.org, 11 April 2012): T. Molczan finds 192.3 deg for 97.42 deg and 500 km from
  Sohae; B. Weeden puts the same azimuth and 39.66 deg into cos i = cos phi sin A and finds
  99.44 deg. Both are right, of two different azimuths.
* SeeSat-L, 27 March 1996 (satobs.org/seesat/Mar-1996/0294.html): from Cape Kennedy 35 deg leads
  to about 57 deg and 120 deg to about 39 deg.
* Team Indus (lunar.xprize.org/node/23416): from Sriharikota 140 deg leads to about 50 deg and
  132 deg to about 42 deg.
* General Catalog of Artificial Space Objects, launch list of 1 December 2025: the lowest
  inclination that a launch from Plesetsk reached is 62.78 deg (27 April 1979, 276 km apogee).
* NASA, Space Shuttle: due east from pad 39A leads to 28.45 deg.
"""

import numpy as np
import pytest

import kosmodrom
from kosmodrom.catalog import load_catalog
from kosmodrom.launch.reach import inclination_of, inertial_azimuth

# Published to a whole degree, and the speed of the conversion is not told: 7.6 km/s in place of
# 7.8 km/s moves the inclination by 0.1 deg.
WHOLE_DEGREE = 1.1


def facts(**request):
    return {name: fact.value for name, fact in kosmodrom.corridors(**request).facts.items()}


def test_the_inertial_azimuth_is_that_of_the_textbook():
    found = np.degrees(inertial_azimuth(np.radians(34.5), np.radians(98.43)))
    assert found == pytest.approx([349.8, 190.2], abs=0.05)  # published to 0.1 deg


def test_the_azimuth_of_molczan_is_the_one_against_the_turning_earth():
    found = facts(sites=["sohae"], sun_synchronous="500 km", altitude="500 km")
    # SGP4's rates give 97.43 deg, as J2 alone gives 97.40
    assert found["sun_synchronous_inclination_deg"] == pytest.approx(97.42, abs=0.02)
    assert found["descending_azimuth_deg"] == pytest.approx(192.3, abs=0.1)  # to 0.1 deg


def test_the_inclination_of_weeden_takes_the_azimuth_for_inertial_and_the_latitude_of_maps():
    as_he_did = inclination_of(np.radians(39.66), np.radians(192.3))
    assert np.degrees(as_he_did) == pytest.approx(99.44, abs=0.005)  # published to 0.01 deg
    found = facts(sites=["sohae"], azimuths=["192.3 deg"])
    # the geocentric latitude moves it by 0.03 deg
    assert found["inclination_if_inertial_deg"] == pytest.approx(99.44, abs=0.05)
    assert found["inclination_deg"] == pytest.approx(97.42, abs=0.15)  # speed of 200, not 500 km


@pytest.mark.parametrize(
    ("site", "azimuth", "published"),
    [
        ("kennedy", 35, 57),
        ("kennedy", 120, 39),
        ("sriharikota", 140, 50),
        ("sriharikota", 132, 42),
    ],
)
def test_azimuths_of_ranges_lead_to_the_inclinations_told_with_them(site, azimuth, published):
    found = facts(sites=[site], azimuths=[f"{azimuth} deg"])
    assert found["inclination_deg"] == pytest.approx(published, abs=WHOLE_DEGREE)


def test_read_as_inertial_the_northern_limit_of_the_cape_would_not_fit():
    found = facts(sites=["kennedy"], azimuths=["35 deg"])
    assert abs(found["inclination_if_inertial_deg"] - 57) > 2


@pytest.mark.parametrize(
    ("site", "inclination", "reachable"),
    [
        ("vostochny", 51.7, "yes"),
        ("plesetsk", 62.8, "yes"),
        ("plesetsk", 62.7, "no"),
        ("kennedy", 28.45, "yes"),
        ("baikonur", 51.6, "yes"),
    ],
)
def test_what_is_flown_is_reached_and_what_lies_below_is_not(site, inclination, reachable):
    assert facts(sites=[site], inclinations=[f"{inclination} deg"])["reachable"] == reachable


def test_the_limit_is_geocentric_as_the_record_of_plesetsk_shows():
    lowest_flown = 62.78
    found = facts(sites=["plesetsk"])
    # 0.01 deg: the list is rounded to that
    assert found["min_inclination_deg"] <= lowest_flown + 0.01
    assert found["latitude_geodetic_deg"] > lowest_flown + 0.1  # of maps it would be impossible


def test_vostochny_has_three_thousandths_of_a_degree_to_spare():
    found = facts(sites=["vostochny"], inclinations=["51.7 deg"])
    # by hand: atan((1 - f)² tan 51.884 deg) = 51.697 deg with f of WGS84
    assert found["latitude_geocentric_deg"] == pytest.approx(51.697, abs=5e-4)
    assert found["margin_deg"] == pytest.approx(0.003, abs=5e-4)
    assert found["ascending_azimuth_deg"] == pytest.approx(90, abs=1)  # due east


def test_no_low_launch_of_the_catalog_was_flown_outside_of_the_limits_but_by_a_turn():
    catalog = load_catalog()
    for row in catalog.corridors:
        if row.kind == "flown" and row.site in {"vostochny", "baikonur", "plesetsk"}:
            limit = facts(sites=[row.site])["min_inclination_deg"]
            assert row.inclination_low_deg >= limit - 0.01, row.id  # the list is rounded
