"""The numbers about launch vehicles against each other and against figures published elsewhere.

What is computed here is written out once more, from the rows alone. GCAT: table of launch vehicles
(Jonathan McDowell, https://planet4589.org/space/gcat/tsv/tables/lv.tsv, 1 December 2025).
"""

from math import atan2, cos, degrees, hypot, log, radians

import numpy as np
import pytest

from kosmodrom.catalog import load_catalog

G0 = 9.80665  # m/s², by definition


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture(scope="module")
def launchers(catalog):
    return {key: row for key, row in catalog.launchers.launchers.items() if not row.missing()}


def number(catalog, part, quantity, engine=""):
    for row in catalog.launchers.data:
        if (row.part, row.engine, row.quantity) == (part, engine, quantity):
            return row.value
    raise LookupError((part, engine, quantity))


def test_fourteen_launchers_have_all_their_numbers(launchers):
    assert len(launchers) == 14


# Masses

PUBLISHED_GROSS = [
    # Wikipedia on Soyuz-FG, of the same stages: 43.4 t and 99.5 t. Our loads are those before the
    # engines are lit, 15 s before lift-off; 3 % is what they burn till then and round off.
    ("soyuz-2-side", 43_400, 0.03),
    ("soyuz-2-core", 99_500, 0.01),
    ("soyuz-2-third-rd0110", 25_300, 0.005),  # the same page; rounded to 100 kg
    ("vega-z23", 26_000, 0.02),  # md80.it on the static firing: "26 t", whole tonnes
    ("vega-p80", 95_800, 0.01),  # motor P80FW as given elsewhere; ours has the ring above it
    ("pslv-ps1", 168_200, 0.005),  # Realism Overhaul: "Gross Mass: 168200 Kg"
    ("pslv-strap-on-xl", 14_000, 0.05),  # the same: 14000 with 12000 of propellant
    ("centaur", 23_075, 0.005),  # the same: "Gross Mass: 23075 Kg"
    ("h2a-second", 20_000, 0.005),  # JAXA: second stage 20 t
    ("h2a-srb-a", 75_400, 0.005),  # AIAA vehicle guide: 75.4 t
]


@pytest.mark.parametrize(("part", "gross", "share"), PUBLISHED_GROSS)
def test_dry_mass_and_loads_add_up_to_the_published_gross_mass(catalog, part, gross, share):
    stages = [s for row in catalog.launchers.launchers.values() for s in row.stages]
    stage = next(stage for stage in stages if stage.id == part)
    assert stage.gross_mass == pytest.approx(gross, rel=share)


# GCAT lists these masses at lift-off [t]; CASC says 251 t of Long March 2D and GCAT the 232 t of
# its first version; SpaceX says 549 t of Falcon 9 and GCAT the 480 t of an earlier one.
GCAT_MASS = {
    "soyuz-2.1a": 313.0,
    "soyuz-2.1b": 313.0,
    "soyuz-2.1v": 160.0,
    "vega": 136.7,
    "electron": 12.6,
    "atlas-v-401": 334.5,
    "zenit-2": 459.0,
}


@pytest.mark.parametrize("build", GCAT_MASS)
def test_parts_and_payload_add_up_to_the_mass_at_lift_off_of_gcat(catalog, launchers, build):
    payloads = [row.payload_kg for row in catalog.launchers.payloads if row.build == build]
    least = launchers[build].mass_without_payload / 1e3
    most = least + max(payloads, default=10_000) / 1e3
    # GCAT rounds Soyuz-2.1v to 10 t; Zenit-2 lacks 1 % in its least dry masses
    assert least <= GCAT_MASS[build] * 1.003
    assert most >= GCAT_MASS[build] * 0.985


def test_every_sum_of_parts_lies_within_seven_per_cent_under_the_published_mass(launchers):
    for row in launchers.values():
        share = row.mass_without_payload / row.lift_off.value
        assert 0.95 < share < 1.001, row.id  # payloads are at most 4.5 % of a launcher


# Thrust and flow

# thrust at lift-off by GCAT [kN]; to 1 %: it rounds, and takes single thrusts from other editions
GCAT_THRUST = {"soyuz-2.1b": 4146, "zenit-2": 7259, "long-march-2d": 2962, "atlas-v-401": 3800}


@pytest.mark.parametrize("build", GCAT_THRUST)
def test_thrust_at_lift_off_is_that_of_gcat(launchers, build):
    assert launchers[build].thrust_at_lift_off / 1e3 == pytest.approx(GCAT_THRUST[build], rel=0.01)


def test_every_launcher_lifts_off_with_its_greatest_payload(catalog, launchers):
    for row in launchers.values():
        heaviest = max(
            (pay.payload_kg for pay in catalog.launchers.payloads if pay.build == row.id),
            default=0.0,
        )
        ratio = row.thrust_at_lift_off / (G0 * (row.mass_without_payload + heaviest))
        # 1.1 is the least of any flown launcher (Soyuz-2.1v), 1.7 that of Zenit-2
        assert 1.1 < ratio < 1.7, (row.id, ratio)


def test_propellant_over_flow_is_the_published_burn_time_and_doubts_say_where_not(launchers):
    apart = {}
    for row in launchers.values():
        for stage in row.stages:
            burns = [e.burn_time.value for e in stage.engines if e.burn_time and e.thrust_vacuum]
            if burns:
                flow = sum(
                    e.count * e.thrust_vacuum.value / (G0 * e.isp_vacuum.value)
                    for e in stage.engines
                )
                apart[stage.id] = stage.usable_mass / flow / max(burns) - 1
    # these engines are throttled on the way, or their burn is given in round minutes
    throttled = {"falcon-9-first", "atlas-v-booster", "zenit-2-first", "electron-second"}
    assert {key for key, share in apart.items() if abs(share) > 0.05} == throttled
    assert all(-0.11 < apart[key] < 0 for key in throttled)
    doubted = {doubt.part for row in launchers.values() for doubt in row.doubts}
    assert doubted == throttled


def test_soyuz_stages_burn_out_at_the_published_seconds(launchers):
    # Arianespace manual through SpaceBallistics: 118.2 s and 286 s after lift-off. The engines
    # burn at three quarters in the first and last 6 s, and some of it before: within 2 s.
    side, core, third = launchers["soyuz-2.1b"].stages
    assert side.burn_time == pytest.approx(118.2, abs=2)
    assert core.burn_time == pytest.approx(286.0, abs=2)
    assert third.burn_time == pytest.approx(274.0, abs=2)


def test_a_solid_motor_burns_below_its_greatest_thrust_and_above_a_third_of_it(catalog, launchers):
    seen = 0
    for row in launchers.values():
        for stage in row.stages:
            for engine in stage.engines:
                if engine.thrust_maximum is not None and engine.thrust_vacuum is None:
                    seen += 1
                    share = stage.thrust_vacuum / (engine.count * engine.thrust_maximum.value)
                    # 0.55 to 0.95: from motors with a long tail-off to a steady pump-fed engine
                    assert 0.55 < share < 0.95, (stage.id, share)
    assert seen >= 7


# Lighting and staging


def test_steering_engines_burn_on_within_what_flights_and_loads_allow(catalog, launchers):
    burning = {
        (stage.id, engine.name)
        for row in launchers.values()
        for stage in row.stages
        for engine in stage.engines
        if engine.burns_on
    }
    assert burning == {("zenit-2-second", "RD-8"), ("long-march-2d-second", "YF-23B")}
    second = launchers["zenit-2"].stages[1]
    main = number(catalog, "zenit-2-second", "burn_time_s", "RD-120")
    flow = {e.name: e.thrust_vacuum.value / (G0 * e.isp_vacuum.value) for e in second.engines}
    alone = (second.usable_mass - main * sum(flow.values())) / flow["RD-8"]
    # RD-8 still ran at 511 s of the flight of 21 June 1985 (raumfahrtkalender.de); the main
    # engine is lit at about 150 s, so that it burnt on for 60 s at least
    assert 511 - 150 - main < alone < 300


def test_a_stage_that_was_lit_again_in_flight_may_be_lit_as_often(launchers):
    # burns told of in flight: Fregat four on its first (Flight International, 2000); Centaur four
    # with Landsat 9; LE-5B two on H-IIA F36 (Mynavi); Falcon 9 two (der Orion on SES 8); PS4 two
    # on PSLV-C29 (New Indian Express, 17 December 2015)
    flown = {"fregat": 4, "centaur": 4, "falcon-9-second": 2, "pslv-ps4": 2}
    stages = {s.id: s for row in launchers.values() for s in row.stages}
    for key, times in flown.items():
        assert stages[key].ignitions >= times, key


def test_gaps_between_stages_are_those_of_the_flight_events(catalog, launchers):
    flights = {}
    for row in catalog.launchers.events:
        flights.setdefault((row.build, row.mission), {})[row.event] = row.time_s
    staging = ("first-stage-cut-off", "second-stage-ignition")
    pairs = [
        ("falcon-9", "falcon-9-second", *staging, 1.0),
        ("falcon-9-2016", "falcon-9-second-2016", *staging, 1.0),
        ("vega", "vega-z23", "first-stage-separation", "second-stage-ignition", 0.05),
        ("vega", "vega-z9", "second-stage-separation", "third-stage-ignition", 0.05),
        ("vega", "vega-avum", "third-stage-separation", "fourth-stage-ignition", 0.05),
    ]
    seen = 0
    for build, part, end, start, within in pairs:
        stage = next(s for s in launchers[build].stages if s.id == part)
        for (whose, _), event in flights.items():
            if whose == build and end in event and start in event:
                seen += 1
                # to 1 s, the step of a webcast; to 0.05 s, the last digit of a printed timeline
                assert event[start] - event[end] == pytest.approx(stage.lit_at, abs=within)
    assert seen == 8


# Drag


@pytest.fixture(scope="module")
def curves(catalog):
    found = {}
    for row in catalog.launchers.drag:
        found.setdefault(row.shape, []).append(row)
    return found


def at(rows, mach):
    return float(np.interp(mach, [r.mach for r in rows], [r.coefficient for r in rows]))


def test_the_ends_of_a_curve_of_drag_are_those_of_all_the_curves(curves):
    for row in curves["atlas-centaur"]:
        all_of_them = [at(rows, row.mach) for rows in curves.values() if row.mach <= rows[-1].mach]
        assert row.low == pytest.approx(min(all_of_them), abs=0.0015)  # printed to 0.001
        assert row.high == pytest.approx(max(all_of_them), abs=0.0015)


def test_every_curve_of_drag_has_its_peak_just_above_the_speed_of_sound(curves):
    assert len(curves) == 4
    for shape, rows in curves.items():
        peak = max(rows, key=lambda row: row.coefficient)
        assert 1.0 <= peak.mach <= 1.25, shape
        assert 1.5 < peak.coefficient / rows[0].coefficient < 2.6, shape
    assert curves["atlas-centaur"][-1].mach == 10


def test_the_mean_of_saturn_and_atlas_is_the_polynomial_of_public_code(curves):
    # R. Braeunig's curve as polynomials, in public code that names no source (find_string
    # "10.37037"); the points of another transcription agree to its third digit
    for mach, value in [
        (0.5, 0.2083333 * 0.25 - 0.25 * 0.5 + 0.46),
        (0.9, 10.37037 * 0.729 - 22.88889 * 0.81 + 16.91111 * 0.9 - 3.78963),
        (1.0, -30 + 88.5 - 85.425 + 27.51375),
        (1.2, 11.85185 * 1.728 - 44.88889 * 1.44 + 56.22222 * 1.2 - 22.58519),
        (2.5, 0.01024 * 15.625 - 0.00864 * 6.25 - 0.33832 * 2.5 + 1.08928),
        (4.5, 0.22),
    ]:
        assert at(curves["saturn-atlas-mean"], mach) == pytest.approx(value, abs=0.001)


# What they could do


def ideal_delta_v(launcher, payload):
    """Speed gained in vacuum without gravity; boosters burn beside the stage they are fixed to."""
    stages = list(launcher.stages)
    beside = [s for s in stages if s.role == "booster"]
    line = [s for s in stages if s.role != "booster"]
    mass = launcher.mass_without_payload + payload
    rings = {part.id: part.mass.value for part in launcher.sections if not part.inside}
    gained = 0.0
    core_left = line[0].usable_mass if beside else 0.0
    if beside:
        burn = max(s.burn_time for s in beside)
        core_burnt = min(core_left, line[0].mass_flow * burn)
        burnt = sum(s.count * s.usable_mass for s in beside) + core_burnt
        impulse = sum(s.count * s.usable_mass * s.isp_vacuum for s in beside)
        isp = (impulse + core_burnt * line[0].isp_vacuum) / burnt
        gained += G0 * isp * log(mass / (mass - burnt))
        mass -= sum(s.count * s.gross_mass for s in beside) + core_burnt
        core_left -= core_burnt
    for place, stage in enumerate(line):
        left = core_left if beside and place == 0 else stage.usable_mass
        gained += G0 * stage.isp_vacuum * log(mass / (mass - left))
        mass -= left + stage.burnout_mass
        if place == 0:  # by then the fairing is gone or about to go
            mass -= sum(rings.values())
    return gained


LOW_ORBIT = [
    "soyuz-2-low-orbit",
    "soyuz-2.1a-low-orbit",
    "soyuz-2.1v-200",
    "angara-1.2-low-orbit",
    "pslv-xl-leo-200",
    "falcon-9-leo",
    "zenit-2-low-orbit",
    "long-march-2d-leo",
]


@pytest.mark.parametrize("name", LOW_ORBIT)
def test_ideal_speed_of_a_launcher_with_its_low_orbit_payload_is_that_of_low_orbits(
    catalog, launchers, name
):
    pay = next(row for row in catalog.launchers.payloads if row.id == name)
    gained = ideal_delta_v(launchers[pay.build], pay.payload_kg)
    # 7.8 km/s in orbit at 200 km, less 0.2 to 0.46 that the Earth's turn gives, and what is lost
    # to gravity, drag and back-pressure: 1.2 for Zenit-2, which leaves with 1.6 times its weight,
    # to 2.4 for Soyuz-2.1v and Angara-1.2, which leave with 1.13 times and whose second stages
    # begin with their weight. Orbits not stated, margins and dry masses add up to 0.6.
    assert 8600 < gained < 10_500, f"{name}: {gained:.0f} m/s"


def test_higher_orbits_of_one_launcher_need_more_speed(catalog, launchers):
    pays = {row.id: row for row in catalog.launchers.payloads}
    low = ideal_delta_v(launchers["pslv-xl"], pays["pslv-xl-leo-200"].payload_kg)
    high = ideal_delta_v(launchers["pslv-xl"], pays["pslv-xl-sso-620"].payload_kg)
    # 620 km sun-synchronous instead of 200 km at 30 deg: about 0.25 km/s for the height, 0.45
    # for the Earth's turn that is lost and gone against, and the bend round Sri Lanka
    assert 500 < high - low < 1800


# Flights


def test_expended_falcon_9_first_stages_cut_off_faster_than_any_that_landed(catalog):
    cut = [
        row
        for row in catalog.launchers.events
        if row.build.startswith("falcon-9") and row.event == "first-stage-cut-off"
    ]
    assert len(cut) == 5
    for row in cut:
        # webcasts of 2017 and 2018; stages kept for a landing at sea cut off at 2.2 to 2.36 km/s
        assert 2600 < row.speed_m_s < 2750
        assert 70 < row.altitude_km < 85
        assert 160 < row.time_s < 170


# speeds in m/s that the webcasts of SpaceX show 15, 20 and 25 s after lift-off, as shahar603 read
# them off (github shahar603/Telemetry-Data @b245d3b, "raw.json" of each flight), and the payloads
WEBCASTS = {
    "EchoStar 23": ("falcon-9-2016", 5500, (50, 71, 96)),
    "Inmarsat-5 F4": ("falcon-9-2016", 6070, (47, 68, 92)),
    "Intelsat 35e": ("falcon-9-2016", 6761, (49, 71, 94)),
    "SES-12": ("falcon-9-2016", 5384, (49, 71, 94)),
    "GPS III SV01": ("falcon-9", 4400, (60, 87, 115)),
}


@pytest.mark.parametrize("mission", WEBCASTS)
def test_falcon_9_leaves_the_pad_as_fast_as_its_webcast_shows(launchers, mission):
    build, payload, shown = WEBCASTS[mission]
    launcher = launchers[build]
    stage, mass = launcher.stages[0], launcher.mass_without_payload + payload
    gained = stage.thrust_sea_level / stage.mass_flow  # straight up, at the pressure of the ground
    for time, speed in zip((15, 20, 25), shown, strict=True):
        burnt = stage.mass_flow * time
        straight = gained * log(mass / (mass - burnt)) - 9.79 * time
        # the clock of a webcast is a second early or late: 5 m/s. Thinner air, and what burns
        # before lift-off, make it up to 5 m/s faster. Block 5 would be 14 to 20 m/s too fast for
        # the flights of 2017, and they 12 to 27 m/s too slow for Block 5
        assert -5 < speed - straight < 10, (time, straight)


def test_the_burn_of_falcon_9_second_stages_is_that_of_their_propellant(catalog, launchers):
    flights = {}
    for row in catalog.launchers.events:
        if row.build == "falcon-9-2016":
            flights.setdefault(row.mission, {})[row.event] = row.time_s
    stage = launchers["falcon-9-2016"].stages[1]
    assert len(flights) == 4
    for mission, event in flights.items():
        if "second-stage-cut-off" in event:
            burn = event["second-stage-cut-off"] - event["second-stage-ignition"]
            # the first of two burns: a part of what the propellant allows, and most of it
            assert 0.8 < burn / stage.burn_time < 0.95, mission


def test_the_booster_zone_of_98_deg_lies_north_of_vostochny_where_boosters_reach(catalog):
    zone = next(row for row in catalog.launchers.drop_zones if row.id == "vostochny-98-boosters")
    site = catalog.site(zone.site)
    assert (zone.length_km, zone.width_km, zone.edge_km) == (50, 30, 15)
    north = (zone.near_latitude_deg - site.latitude_deg) * 111.3  # km; one degree of latitude
    # boosters part at 48 km and 1.8 km/s (RussianSpaceWeb): 300 to 420 km downrange of the pad
    assert 300 < north < 420
    assert zone.near_longitude_deg < site.longitude_deg  # west of north for 98 deg


def test_zones_of_long_march_2d_lie_on_the_way_to_their_sun_synchronous_orbits(catalog):
    zones = [row for row in catalog.launchers.drop_zones if row.build == "long-march-2d"]
    nearer = [row for row in zones if row.id.endswith("nearer")]
    assert len(nearer) == 6
    for row in zones:
        site = catalog.site(row.site)
        lat = radians(site.latitude_deg)
        north = (row.centre_latitude_deg - site.latitude_deg) * 111.0  # km; one degree of latitude
        east = (row.centre_longitude_deg - site.longitude_deg) * 111.3 * cos(lat)
        distance, azimuth = hypot(north, east), degrees(atan2(east, north)) % 360
        assert 590 < distance < 650 if row in nearer else 930 < distance < 985, row.id
        # 97.5 deg from 39 deg north: asin(cos(i) / cos(lat)), 10 deg past south, and 3 deg more
        # for the Earth's turn; from Taiyuan they bend on the way, and begin up to 5 deg short
        assert 185 < azimuth < 200, row.id
        assert row.width_km < row.length_km < 80
