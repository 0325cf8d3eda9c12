"""Launch vehicles of the catalog: how they are put together, found, checked and refused."""

import csv
import shutil
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from kosmodrom.catalog import Catalog, load_catalog
from kosmodrom.errors import DataError, InputError, NotYetPublicError, UnknownNameError
from kosmodrom.workspace import open_context

DOCS = Path(__file__).parents[2] / "docs" / "catalog.md"
TABLES = {
    "builds": "vehicle_builds",
    "parts": "vehicle_parts",
    "stacks": "vehicle_stacks",
    "data": "vehicle_data",
    "payloads": "published_payloads",
    "drop_zones": "drop_zones",
    "events": "flight_events",
    "drag": "drag_by_mach",
}
#: Vehicles without a number that a flight needs, and which.
REFUSED = {
    "h-iia-202": "isp_sea_level_s of SRB-A",
    "soyuz-2.1v-volga": "an engine of Volga",
}


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture(scope="module")
def shelf(catalog):
    return catalog.launchers


@pytest.fixture
def copy(tmp_path, catalog):
    """A catalog whose files may be damaged."""
    shutil.copytree(catalog.folder, tmp_path / "data")
    return Catalog(tmp_path / "data")


def damage(catalog, name, old, new):
    path = catalog.folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{text.count(old)} times {old!r}"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


# Rows


@pytest.mark.parametrize("name", TABLES)
def test_columns_of_a_file_are_the_fields_of_its_rows(shelf, name):
    with (shelf.folder / f"{TABLES[name]}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert header == [field.name for field in fields(getattr(shelf, name)[0])]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_known_source_and_a_grade(catalog, shelf, name):
    for row in getattr(shelf, name):
        assert row.source in catalog.sources
        assert row.grade[0] in "ABCDEF"
        assert row.grade[1] in "123456"


@pytest.mark.parametrize("name", ["data", "payloads", "drop_zones", "events"])
def test_a_row_confirmed_twice_has_two_sources_that_are_two_voices(catalog, shelf, name):
    for row in getattr(shelf, name):
        voices = {catalog.sources[key].group for key in (row.source, row.second_source) if key}
        assert (row.confirmed == "once") == (not row.second_source), row
        assert (row.confirmed == "once") or (len(voices) == 2), row


def test_a_first_grade_of_information_means_confirmed_and_only_that(shelf):
    for row in (*shelf.data, *shelf.payloads):
        if row.grade[1] == "1":
            assert row.confirmed == "twice", row


def test_sources_of_the_launch_vehicles_are_all_used(catalog, shelf):
    text = (catalog.folder / "sources.toml").read_text("utf-8")
    mine = text.split("# Launch vehicles:")[1]
    listed = {line[1:-1] for line in mine.splitlines() if line.startswith("[")}
    used = {
        key
        for name in TABLES
        for row in getattr(shelf, name)
        for key in (row.source, getattr(row, "second_source", ""))
    }
    notes = " ".join(getattr(row, "note", "") for name in TABLES for row in getattr(shelf, name))
    assert {key for key in listed if key not in notes} <= used


def test_payloads_zones_and_events_name_builds_and_sites_that_exist(catalog, shelf):
    builds = {row.id for row in shelf.builds}
    sites = {row.id for row in catalog.sites} | {""}
    for row in (*shelf.payloads, *shelf.events, *shelf.drop_zones):
        assert row.build in builds, row
        assert getattr(row, "site", "") in sites, row


def test_payloads_lie_between_their_ends_and_orbits_are_in_order(shelf):
    for row in shelf.payloads:
        assert 0 < (row.low_kg or row.payload_kg) <= row.payload_kg, row
        assert row.payload_kg <= (row.high_kg or row.payload_kg), row
        assert (row.perigee_km is None) == (row.apogee_km is None)
        assert (row.perigee_km or 0) <= (row.apogee_km or 0)
        assert row.conditions, row.id


def test_events_of_a_flight_are_in_order_of_time_and_lie_between_their_ends(shelf):
    flights = {}
    for row in shelf.events:
        flights.setdefault((row.build, row.mission), []).append(row.time_s)
        assert (row.low_s or row.time_s) <= row.time_s <= (row.high_s or row.time_s)
    for flight, times in flights.items():
        assert times == sorted(times), flight


def test_no_two_builds_share_a_name(shelf):
    seen = set()
    for row in shelf.builds:
        for word in (row.name, *row.aliases):
            assert word not in seen, word
            seen.add(word)


# Putting together


def test_soyuz_is_four_boosters_a_core_and_a_third_stage_that_drops_its_tail_ring(shelf):
    soyuz = shelf.find("Soyuz-2.1b")
    assert [(stage.id, stage.count, stage.lit) for stage in soyuz.stages] == [
        ("soyuz-2-side", 4, "lift-off"),
        ("soyuz-2-core", 1, "lift-off"),
        ("soyuz-2-third-rd0124", 1, "stage"),
    ]
    ring = next(part for part in soyuz.sections if part.role == "section")
    assert ring.inside == "soyuz-2-third-rd0124"
    assert ring.mass.value < soyuz.stages[2].dry_mass
    assert soyuz.fairing.mass.value == 1000


def test_each_number_of_a_stage_reaches_it(shelf):
    fields = {
        "dry_mass_kg": "dry", "propellant_kg": "propellant", "residual_kg": "residual",
        "auxiliary_kg": "auxiliary", "auxiliary_residual_kg": "auxiliary_residual",
        "diameter_m": "diameter", "side_area_m2": "side_area",
    }  # fmt: skip
    stages = {
        stage.id: stage for launcher in shelf.launchers.values() for stage in launcher.stages
    }
    rows = [row for row in shelf.data if row.part in stages and not row.engine]
    assert {row.quantity for row in rows} == set(fields)
    for row in rows:
        datum = getattr(stages[row.part], fields[row.quantity])
        assert datum is not None, (row.part, row.quantity)
        assert datum.value == row.value


def test_the_mass_of_a_ring_inside_a_stage_is_counted_once(shelf):
    soyuz = shelf.find("Soyuz-2.1b")
    parts = sum(stage.count * stage.gross_mass for stage in soyuz.stages)
    rings = 220 + 1000  # adapter and fairing; the tail ring of 441 kg is in the third stage
    assert soyuz.mass_without_payload == pytest.approx(parts + rings, abs=1e-6)


def test_a_build_with_fregat_has_it_on_top_under_the_large_fairing(shelf):
    plain, fregat = shelf.find("Soyuz-2.1b"), shelf.find("Soyuz-2.1b/Fregat")
    assert fregat.stages[:-1] == plain.stages
    assert fregat.stages[-1].id == "fregat"
    assert fregat.vehicle == plain.vehicle == "soyuz-2.1b"
    assert fregat.fairing.diameter.value > plain.fairing.diameter.value


def test_two_strap_ons_of_pslv_are_lit_in_the_air(shelf):
    boosters = [stage for stage in shelf.find("PSLV-XL").stages if stage.role == "booster"]
    assert [(stage.count, stage.lit, stage.lit_at) for stage in boosters] == [
        (4, "lift-off", None),
        (2, "air", 25.0),
    ]


def test_a_stage_is_lit_after_the_cut_off_of_the_one_under_it(shelf):
    # Spaceflight Now on the first Vega; SpaceBallistics on Soyuz-2.1b, lit while the core ends
    vega = shelf.find("Vega")
    assert [stage.lit_at for stage in vega.stages] == [None, 0.8, 16.2, 7.0]
    assert shelf.find("Soyuz-2.1b").stages[2].lit_at == 0
    assert shelf.find("Zenit-2").stages[1].lit_at is None  # no source was found


def test_a_stage_is_lit_as_often_as_the_least_of_its_engines_and_once_without_a_source(shelf):
    fregat = shelf.find("Soyuz-2.1b/Fregat").stages[-1]
    assert fregat.ignitions == 20 == round(fregat.engines[0].ignitions.value)
    motor = shelf.find("Vega").stages[0]
    assert motor.engines[0].ignitions is None
    assert motor.ignitions == 1
    main, steering = shelf.find("Zenit-2").stages[1].engines
    assert (main.ignitions, steering.ignitions.value) == (None, 1)
    assert shelf.find("Zenit-2").stages[1].ignitions == 1


def test_a_steering_engine_of_which_a_source_says_so_burns_on(shelf):
    for name in ("Zenit-2", "Long March 2D"):
        main, steering = shelf.find(name).stages[1].engines
        assert (main.burns_on, steering.burns_on) == (False, True)
        assert main.burn_on is None
        assert steering.burn_on.source in shelf.sources


def test_engines_of_two_types_push_together(shelf):
    first = shelf.find("Soyuz-2.1v").stages[0]
    main, steering = first.engines
    assert (main.count, steering.count) == (1, 4)
    thrust = main.thrust_vacuum.value + 4 * steering.thrust_vacuum.value
    assert first.thrust_vacuum == pytest.approx(thrust, abs=1e-3)
    assert steering.isp_vacuum.value < first.isp_vacuum < main.isp_vacuum.value


def test_a_solid_motor_has_the_mean_thrust_of_its_propellant_and_burn(shelf):
    first = shelf.find("Vega").stages[0]
    (motor,) = first.engines
    assert motor.thrust_vacuum is None
    # impulse over time: 87710 kg, 280 s, 110 s
    assert first.thrust_vacuum == pytest.approx(87710 * 9.80665 * 280 / 110, abs=1.0)
    assert first.thrust_vacuum < motor.thrust_maximum.value
    assert first.burn_time == pytest.approx(110, abs=1e-9)


# Finding


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("soyuz-2.1a", "soyuz-2.1a"),
        ("Soyuz 2.1b Fregat", "soyuz-2.1b-fregat"),
        ("Союз-2.1в", "soyuz-2.1v"),
        ("CZ-2D", "long-march-2d"),
        ("falcon 9", "falcon-9"),
        ("Falcon 9 Block 3", "falcon-9-2016"),
    ],
)
def test_a_launcher_is_found_by_id_name_or_other_name(shelf, name, found):
    assert shelf.find(name).id == found


def test_an_unknown_launcher_is_refused_with_near_names(shelf):
    with pytest.raises(UnknownNameError, match=r"did you mean .*Soyuz-2\.1b") as caught:
        shelf.find("Soyus-2.1b")
    assert "Soyuz-2.1b" in caught.value.near


def test_an_unknown_launcher_like_nothing_gets_the_list(shelf):
    with pytest.raises(UnknownNameError, match=r"there are Soyuz-2\.1a.*Long March 2D"):
        shelf.find("qqqqzzzz")


@pytest.mark.parametrize("name", ["Unha-3", "Chollima-1", "Kwangmyongsong", "LVM3", "Angara-A5"])
def test_a_vehicle_known_by_its_record_only_is_refused_with_those_that_have_numbers(shelf, name):
    with pytest.raises(InputError, match=r"with its record only.*Soyuz-2\.1a"):
        shelf.find(name)


def test_the_context_finds_a_launcher_that_was_public_by_its_day():
    context = open_context()
    assert context.resolve_vehicle("Vega").id == "vega"
    assert context.resolve("vehicle", "Vega") is context.resolve_vehicle("Vega")
    early = open_context(as_of="2010-01-01")
    assert early.as_of == date(2010, 1, 1)
    with pytest.raises(NotYetPublicError, match=r"Vega was not public yet by 2010-01-01"):
        early.resolve_vehicle("Vega")


# Refusing


def test_every_launcher_has_all_its_data_or_is_refused_with_what_is_missing(shelf):
    for id_, launcher in shelf.launchers.items():
        if id_ not in REFUSED:
            assert launcher.for_performance() is launcher
            continue
        with pytest.raises(InputError, match="Nothing is guessed") as caught:
            launcher.for_performance()
        assert launcher.name in str(caught.value)
        assert REFUSED[id_] in str(caught.value)


def test_a_number_without_source_is_refused_and_never_guessed(shelf):
    booster = shelf.find("H-IIA 202").stages[0]
    assert booster.thrust_vacuum > 0
    with pytest.raises(InputError, match="isp_sea_level_s of SRB-A has no source"):
        _ = booster.thrust_sea_level


def test_a_launcher_without_a_fairing_mass_is_refused(copy):
    path = copy.folder / "vehicle_data.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("vega-fairing,,mass_kg")]
    path.write_text("".join(kept), "utf-8", newline="")
    with pytest.raises(InputError, match="mass_kg of Fairing of Vega"):
        copy.launchers.find("Vega").for_performance()


# Damage


DATA, STACKS = "vehicle_data.csv", "vehicle_stacks.csv"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            DATA, "vega-p80,,dry_mass_kg,8533,7431,8533", "vega-p80,,dry_mass_kg,-8533,,",
            r"vehicle_data.csv:\d+: dry_mass_kg is -8533; it must be above 0",
        ),
        (
            DATA, "soyuz-2-side,,dry_mass_kg,3815,3784,3815",
            "soyuz-2-side,,dry_mass_kg,3700,3784,3815",
            r"vehicle_data.csv:2: value 3700 is outside 3784 to 3815",
        ),
        (
            DATA, "soyuz-2-side,,dry_mass_kg", "soyuz-2-side,,empty_mass_kg",
            r"vehicle_data.csv:2: quantity 'empty_mass_kg' is none of dry_mass_kg",
        ),
        (
            DATA, "soyuz-2-side,,dry_mass_kg", "soyuz-2-slide,,dry_mass_kg",
            r"vehicle_data.csv:2: part 'soyuz-2-slide' is no part and no build",
        ),
        (
            DATA, "soyuz-2-side,RD-107A,isp_sea_level_s,263.3,262,263.3",
            "soyuz-2-side,RD-107A,isp_sea_level_s,363.3,,",
            r"vehicle_data.csv:\d+: 363.3 s at sea level is above 320.2 s in vacuum",
        ),
        (
            DATA, "soyuz-2-side,RD-107A,thrust_sea_level_n,839400,838500,839400",
            "soyuz-2-side,RD-107A,thrust_sea_level_n,739400,,",
            r"vehicle_data.csv:\d+: sea level to vacuum, thrust and specific .* by -11",
        ),
        (
            DATA, "soyuz-2-core,,propellant_kg,90557,90100,90557",
            "soyuz-2-core,,propellant_kg,190557,,",
            r"vehicle_data.csv:\d+: the propellant lasts 605 s .* published are 286 s: \+111%",
        ),
        (
            DATA, "soyuz-2-core,,residual_kg,951", "soyuz-2-core,,residual_kg,95100",
            r"vehicle_data.csv:\d+: 95100 kg stay of 90557 kg of propellant",
        ),
        (
            DATA, "angara-urm-1,RD-191,thrust_vacuum_n,2085000",
            "angara-urm-1,RD-191,thrust_vacuum_n,1085000",
            r"vehicle_builds.csv:8: Angara-1.2 does not lift off: thrust to weight is 0.61",
        ),
        (
            DATA, ",C1,,\nsoyuz-2-side,,propellant_kg", ",Z9,,\nsoyuz-2-side,,propellant_kg",
            r"vehicle_data.csv:2: grade 'Z9' is not A-F",
        ),
        (
            DATA, "zenit-2-second,RD-8,burns_on,1,,", "zenit-2-second,RD-8,burns_on,2,,",
            r"vehicle_data.csv:\d+: burns_on is 2; it is 1, or the row is left out",
        ),
        (
            DATA, "vega-avum,RD-843,ignitions,5,,", "vega-avum,RD-843,burns_on,1,,",
            r"vehicle_data.csv:\d+: all engines of vega-avum burn on, so there is none",
        ),
        (
            STACKS, "vega,1,vega-p80,1,lift-off", "vega,1,vega-p80,0,lift-off",
            r"vehicle_stacks.csv:\d+: count 0 is below 1",
        ),
        (
            STACKS, "vega,1,vega-p80", "vega,1,vega-p90",
            r"vehicle_stacks.csv:\d+: part 'vega-p90' is not in vehicle_parts.csv",
        ),
        (
            STACKS, "pslv-xl,2,pslv-strap-on-xl,2,air,25", "pslv-xl,2,pslv-strap-on-xl,2,air,",
            r"vehicle_stacks.csv:\d+: lit_s is missing for a part lit in the air",
        ),
        (
            STACKS, "vega,1,vega-p80,1,lift-off,,", "vega,1,vega-p80,1,lift-off,5,",
            r"vehicle_stacks.csv:\d+: lit_s is for parts lit in flight, and only them",
        ),
        (
            STACKS, "vega,2,vega-z23,1,stage,0.8", "vega,2,vega-z23,1,stage,-0.8",
            r"vehicle_stacks.csv:\d+: lit_s is -0.8 s; it must not be below 0",
        ),
        (
            DATA, "fregat,S5.92,ignitions,20,20", "fregat,S5.92,ignitions,20.5,20",
            r"vehicle_data.csv:\d+: ignitions is 20.5; it must be whole",
        ),
        (
            STACKS, "vega,1,vega-p80,1,lift-off", "vega,1,vega-p80,1,none",
            r"vehicle_stacks.csv: vega 1: vega-p80 has engines; lit is 'none'",
        ),
        (
            STACKS, "\nvega,2,vega-z23", "\nvega,1,vega-z23",
            r"vehicle_stacks.csv:\d+: vega 1 stands in line \d+ already",
        ),
        (
            "vehicle_builds.csv", ",vega,Three solid", ",vegan,Three solid",
            r"vehicle_builds.csv:\d+: vehicle 'vegan' is not in vehicles.csv",
        ),
        (
            "vehicle_parts.csv", "section,soyuz-2-third-rd0124,", "section,soyuz-2-fourth,",
            r"vehicle_parts.csv:\d+: inside 'soyuz-2-fourth' is not in vehicle_parts.csv",
        ),
    ],
)  # fmt: skip
def test_a_damaged_file_is_named_with_its_line(copy, name, old, new, message):
    damage(copy, name, old, new)
    with pytest.raises(DataError, match=message):
        _ = copy.launchers.launchers


def test_confirmed_twice_by_sources_far_apart_is_refused(copy):
    damage(
        copy, "vehicle_data.csv",
        "soyuz-2-side,,dry_mass_kg,3815,3784,3815", "soyuz-2-side,,dry_mass_kg,3815,3184,3815",
    )  # fmt: skip
    with pytest.raises(DataError, match=r"vehicle_data.csv:2: confirmed twice, but .* 3184 to"):
        _ = copy.launchers.launchers


def test_confirmed_twice_by_one_voice_is_refused(copy):
    text = (copy.folder / "vehicle_data.csv").read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("soyuz-2-side,,dry_mass"))
    damage(
        copy, "vehicle_data.csv", row, row.replace("soyuz-manual-2012,C1", "spaceballistics-lv,C1")
    )
    with pytest.raises(DataError, match="two sources are of one group"):
        _ = copy.launchers.launchers


def test_an_unknown_second_source_is_named_with_its_line(copy):
    text = (copy.folder / "vehicle_data.csv").read_text("utf-8")
    row = next(line for line in text.splitlines() if line.startswith("soyuz-2-side,,dry_mass"))
    damage(copy, "vehicle_data.csv", row, row.replace("soyuz-manual-2012,C1", "hearsay,C1"))
    with pytest.raises(DataError, match=r"vehicle_data.csv:2: source 'hearsay' is not in"):
        _ = copy.launchers.data


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "m-v,0,0.28,", "m-v,0.1,0.28,",
            r"drag_by_mach.csv:\d+: m-v begins at Mach 0.1, not at 0",
        ),
        (
            "m-v,1.1,0.67", "m-v,0.9,0.67",
            r"drag_by_mach.csv:\d+: Mach 0.9 is not above the one before it",
        ),
        (
            "m-v,1.1,0.67", "m-v,1.1,-0.67",
            r"drag_by_mach.csv:\d+: coefficient -0.67 is outside -0.67 to -0.67",
        ),
        (
            "atlas-centaur,10,0.289,0.141", "atlas-centaur,10,0.089,0.141",
            r"drag_by_mach.csv:\d+: coefficient 0.089 is outside 0.141 to 0.289",
        ),
    ],
)  # fmt: skip
def test_a_damaged_curve_of_drag_is_named_with_its_line(copy, old, new, message):
    damage(copy, "drag_by_mach.csv", old, new)
    with pytest.raises(DataError, match=message):
        _ = copy.launchers.drag


# Docs


def table_row(launcher, shelf):
    """Give the line of the table of vehicles in docs/catalog.md."""
    stacked = {part.id for part in (*launcher.stages, *launcher.sections)} | {launcher.id}
    rows = [row for row in shelf.data if row.part in stacked]
    twice = sum(row.confirmed == "twice" for row in rows)
    grades = sorted({row.grade for row in rows})
    missing = launcher.missing()
    doubts = "; ".join(f"{doubt.code} {doubt.share:+.0%}" for doubt in launcher.doubts)
    if missing:
        state = f"refused: {missing[0]}"
    else:
        lift_off = launcher.lift_off.value
        state = f"{launcher.mass_without_payload / 1e3:.1f} of {lift_off / 1e3:.1f}"
    return (
        f"| {launcher.name} | {len(rows)} | {twice} | {grades[0]} to {grades[-1]} "
        f"| {state} | {doubts or '–'} |"
    )


def test_the_table_of_the_docs_is_that_of_the_data(shelf):
    text = DOCS.read_text("utf-8")
    for launcher in shelf.launchers.values():
        assert table_row(launcher, shelf) in text, table_row(launcher, shelf)


def test_the_counts_of_the_docs_are_those_of_the_data(shelf):
    text = " ".join(DOCS.read_text("utf-8").split())
    words = [row.confirmed for row in shelf.data]
    once, twice, differ = (words.count(word) for word in ("once", "twice", "differ"))
    assert f"{once} of {len(words)}; {twice} are confirmed twice, and {differ} have two" in text
    high = [row for row in shelf.payloads if row.perigee_km is not None]
    inclined = [row for row in high if row.inclination_deg is not None]
    assert f"of {len(shelf.payloads)}, {len(high)} have a height and {len(inclined)} an" in text


def test_the_docs_name_every_vehicle_that_is_refused(shelf):
    refused = {id_ for id_, launcher in shelf.launchers.items() if launcher.missing()}
    assert refused == set(REFUSED)
