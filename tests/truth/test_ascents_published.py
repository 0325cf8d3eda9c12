"""Ascents against what was published and flown: events, payloads, speeds, and where parts fell.

The rows come from the catalog, where each has its source. A flown mass is a lower bound of what a
vehicle carries.
"""

from functools import cache

import numpy as np
import pytest

from kosmodrom.analyses._ascent_falls import falls_of
from kosmodrom.analyses._ascent_vehicle import ballistic_of, stack_of
from kosmodrom.base.ellipsoid import itrs_to_geodetic
from kosmodrom.base.geodesy import geodesic
from kosmodrom.catalog import load_catalog
from kosmodrom.launch.ascent import ascended
from kosmodrom.launch.atmosphere import density_at
from kosmodrom.launch.fall import fallen
from kosmodrom.launch.optimum import sought
from kosmodrom.launch.task import Limits, Orbit, Task

CATALOG = load_catalog()
SHELF = CATALOG.launchers
SITES = {site.id: site for site in CATALOG.sites}
EQUATOR, SPIN = 6_378_137.0, 7.292115e-5  # WGS84
#: Open azimuths over the ground, from which a vehicle turns above the air.
SECTORS = {
    "cape-canaveral": (35.0, 120.0),
    "kennedy": (35.0, 120.0),
    "kourou": (-10.5, 93.5),
    "vandenberg": (158.0, 201.0),
}  # fmt: skip


@cache
def vehicle(build):
    return stack_of(SHELF.launchers[build], SHELF)


def task(site, inclination, perigee, apogee=None, argument=None, **more):
    """Ask for an orbit in kilometres and degrees."""
    pad = SITES[site]
    orbit = Orbit(
        perigee=EQUATOR + 1e3 * perigee,
        apogee=EQUATOR + 1e3 * (perigee if apogee is None else apogee),
        inclination=np.radians(inclination),
        argument_of_perigee=None if argument is None else np.radians(argument),
    )
    return Task(
        latitude=np.radians(pad.latitude_deg), longitude=np.radians(pad.longitude_deg),
        orbit=orbit, **more,
    )  # fmt: skip


# Events


@pytest.fixture(scope="module")
def soyuz():
    return ascended(vehicle("soyuz-2.1b"), task("vostochny", 51.8, 200.0))


@pytest.mark.parametrize(
    ("event", "part"),
    [
        # Measured: 119.1, 285.8 and 560.3 s against 118.2, 286 and 560 s.
        ("booster-cut-off", "Side block B, V, G, D"),
        ("core-cut-off", "Core block A"),
        ("third-stage-cut-off", "Block I with RD-0124"),
    ],
)
def test_engines_of_soyuz_stop_when_they_are_said_to(soyuz, event, part):
    told = next(
        row for row in SHELF.events if row.build == "soyuz-2.1b" and row.event == event
    ).time_s
    ours = next(one for one in soyuz.events if (one.code, one.part) == ("cut-off", part))
    assert ours.time == pytest.approx(told, abs=5.0)


def test_the_climb_of_soyuz_is_as_long_as_it_is_said_to_be(soyuz):
    told = next(row for row in SHELF.events if row.event == "end-of-vertical-climb").time_s
    ours = next(one for one in soyuz.events if one.code == "pitch-over")
    assert ours.time == pytest.approx(told, abs=1.0)  # told in whole seconds; measured 7.7 s


# Payloads


def graded(launcher):
    """Give the grades of all numbers of the stages that a payload depends on."""
    grades = []
    for stage in launcher.stages:
        numbers = [stage.dry, stage.propellant, stage.residual]
        for engine in stage.engines:
            numbers += [engine.thrust_vacuum, engine.isp_vacuum, engine.burn_time]
        grades += [number.grade[0] for number in numbers if number is not None]
    return grades


def known(row):
    """Say whether a row tells a whole orbit, of a vehicle that has all its numbers."""
    told = (row.site, row.perigee_km, row.apogee_km, row.inclination_deg)
    whole = row.build in SHELF.launchers and not SHELF.launchers[row.build].missing()
    return whole and all(one is not None and one != "" for one in told)


def asked_by(row):
    """Ask for the orbit of a row, along the way that is flown from its site."""
    south = row.site in ("vandenberg", "sriharikota") or (
        row.site in ("mahia", "wallops", "jiuquan", "taiyuan") and row.inclination_deg > 95
    )
    sector = SECTORS.get(row.site)
    limits = Limits(azimuths=None if sector is None else tuple(np.radians(sector)))
    return task(
        row.site, row.inclination_deg, row.perigee_km, row.apogee_km, ascending=not south,
        limits=limits,
    )  # fmt: skip


def test_no_vehicle_has_stage_data_of_the_first_grade_so_no_payload_has_a_bar():
    # The bar of -2 to +12 % is for rows whose reference and stage data are A-graded. When such
    # data come in, their rows are to be tested against it.
    rows = [row for row in SHELF.payloads if row.kind != "flown" and row.grade[0] == "A"]
    assert [row.id for row in rows if known(row)] == ["vega-polar-700"]
    whole = [one for one in SHELF.launchers.values() if not one.missing()]
    assert not [one.id for one in whole if set(graded(one)) == {"A"}]


@pytest.mark.slow
def test_vega_carries_about_what_its_maker_says():
    # The one A-graded reference; stage data are B and C. Measured on 28 November 2026: +3.1 %.
    row = next(row for row in SHELF.payloads if row.id == "vega-polar-700")
    carried = ascended(vehicle("vega"), asked_by(row)).payload
    assert carried / row.payload_kg == pytest.approx(1.05, abs=0.07)


#: What is not reached, or with less than was flown, and why.
SHORT = {
    # Measured 3068 of 3102 kg: 1.1 % below.
    "long-march-2d-beijing-3": "its mass is in round numbers and perhaps an estimate",
    # Measured with one burn of the second stage: 80 and 145 kg of 224 and 161 kg.
    "electron-capella-9-10": "its kick stage, which the build lacks, rounded the orbit",
    "electron-stp-27rd": "its kick stage, which the build lacks, rounded the orbit",
    "electron-nro-2020": "its kick stage, which the build lacks, rounded the orbit",
    "electron-capella-11": "its kick stage, which the build lacks, rounded the orbit",
}


def flown_rows():
    for row in SHELF.payloads:
        if row.kind == "flown" and known(row):
            marks = [pytest.mark.slow]
            if row.id in SHORT:
                marks.append(pytest.mark.xfail(reason=SHORT[row.id], strict=False))
            yield pytest.param(row, id=row.id, marks=marks)


@pytest.mark.parametrize("row", list(flown_rows()))
def test_a_vehicle_carries_at_least_what_it_has_carried(row):
    # On a coarse mesh, whose payload moves by less than a hundredth.
    assert sought(vehicle(row.build), asked_by(row)).payload > 0.99 * row.payload_kg


# Falcon 9, expended: speed and height where the first stage stops

#: Flown, and the greatest dynamic pressure of its webcast [Pa].
AS_FLOWN = [("EchoStar 23", "falcon-9-echostar-23", 32.7e3),
            ("Intelsat 35e", "falcon-9-intelsat-35e", 28.5e3)]  # fmt: skip
#: Two other expended flights, from which comes what no source says: what is left in the tanks (in
#: the catalog) and the dynamic pressure at which the first stage stops. So the height is held
#: against that of these two, and not found by the model alone.
OTHERS = ("Inmarsat-5 F4", "SES-12")
THROTTLED_TO = 37.0  # as all four were [m/s²], see test_falcon9_webcasts


def stopped(mission):
    """Give the row of where the first stage stopped."""
    return next(
        one for one in SHELF.events
        if one.mission == mission and one.event == "first-stage-cut-off"
    )  # fmt: skip


def quiet():
    """Give the dynamic pressure at which the first stage of the two others stopped [Pa]."""
    rows = [stopped(mission) for mission in OTHERS]
    density = density_at(np.array([1e3 * row.altitude_km for row in rows]))
    return float(np.mean(0.5 * density * np.array([row.speed_m_s for row in rows]) ** 2))


@pytest.mark.slow
@pytest.mark.parametrize(("mission", "flown", "pressure"), AS_FLOWN)
def test_the_first_stage_of_falcon_9_stops_where_and_as_fast_as_it_did(mission, flown, pressure):
    # Asked for are 5 % of the speed and 10 % of the height. Measured: 2.8 and 2.7 % too fast, and
    # 0.6 % too low and 3.2 % too high; without `quiet` 4.9 and 4.8 % too fast, 17 and 13 % too
    # low. It stops 9 s later than flown: an optimum throttles deeper at the end, to be higher.
    row = next(one for one in SHELF.payloads if one.id == flown)
    limits = Limits(
        dynamic_pressure=pressure, acceleration=THROTTLED_TO, separation_pressure=quiet()
    )
    asked = task(row.site, row.inclination_deg, row.perigee_km, row.apogee_km, 180.0,
                 payload=row.payload_kg, limits=limits)  # fmt: skip
    flight = sought(vehicle(row.build), asked)
    legs, phases = flight.plan.steered.legs, flight.solution.phases
    end = next(phase.states[-1] for leg, phase in zip(legs, phases, strict=True) if leg.dropped)
    height = float(itrs_to_geodetic(end[:3])[2])
    speed = np.linalg.norm(end[3:6] - np.cross([0.0, 0.0, SPIN], end[:3]))
    assert speed / stopped(mission).speed_m_s == pytest.approx(1.0, abs=0.05)
    assert height / 1e3 / stopped(mission).altitude_km == pytest.approx(1.0, abs=0.10)


# Where boosters fall


@pytest.fixture(scope="module")
def sun_synchronous():
    return ascended(vehicle("soyuz-2.1b-fregat"), task("vostochny", 98.7, 820.0))


def dipkun():
    """Give the zone of the side blocks north of Vostochny, and how far its ends are [km]."""
    zone = next(one for one in SHELF.drop_zones if one.id == "vostochny-98-boosters")
    pad = SITES["vostochny"]
    near = np.radians([zone.near_latitude_deg, zone.near_longitude_deg])
    away = geodesic(np.radians(pad.latitude_deg), np.radians(pad.longitude_deg), *near)[0]
    last = float(away) / 1e3 - zone.edge_km
    return zone, last - zone.length_km, last


@pytest.mark.slow
def test_boosters_from_vostochny_fall_within_25_km_of_their_zone(sun_synchronous):
    # The zone is 50 km long and ends 15 km from Dipkun, towards the pad. Measured: 19 km short of
    # its nearer end with 233 kg/m², that of a block that turns end over end; inside with 450 to
    # 1400 kg/m², as one that falls with the engine ahead would have.
    zone, first, last = dipkun()
    part = sun_synchronous.fallen[0]
    own = ballistic_of(vehicle("soyuz-2.1b-fregat"), part.name, part.mass / part.count,
                       part.diameter)  # fmt: skip
    far = {}
    for ballistic in (own, 600.0):
        fell = fallen(part.time, part.position, part.velocity, ballistic=ballistic)
        place = float(fell.latitude[0]), float(fell.longitude[0])
        pad = SITES[zone.site]
        far[ballistic] = float(
            geodesic(np.radians(pad.latitude_deg), np.radians(pad.longitude_deg), *place)[0]
        ) / 1e3  # fmt: skip
    assert first - 25.0 < far[own] < last + 25.0
    assert first < far[600.0] < last


@pytest.mark.slow
def test_the_ellipse_of_boosters_from_vostochny_is_as_large_as_their_zone(sun_synchronous):
    # Measured with 200 copies: 1.23 and 1.37 times its area, by two draws.
    zone, _, _ = dipkun()
    fall = falls_of(vehicle("soyuz-2.1b-fregat"), sun_synchronous, samples=200, seed=0).falls[0]
    share = fall.along * fall.across / (250.0 * zone.length_km * 1e3 * zone.width_km)
    assert 1 / 3 < share < 3
