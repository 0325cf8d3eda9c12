"""The loader: what it gives, how it finds names, and what it says of damaged files."""

import csv
import hashlib
import shutil
import subprocess
import sys
from dataclasses import fields

import numpy as np
import pytest

from kosmodrom.catalog import Catalog, load_catalog
from kosmodrom.catalog.names import fold
from kosmodrom.errors import DataError, InputError, UnknownNameError

TABLES = (
    "sites",
    "places",
    "stations",
    "vehicles",
    "satellites",
    "element_sets",
    "sensors",
    "launches",
    "launch_orbits",
    "closed_areas",
    "flown_corridors",
    "corridors",
    "missile_tests",
    "countries",
)


@pytest.fixture(scope="module")
def catalog():
    return load_catalog()


@pytest.fixture
def copy(tmp_path, catalog):
    """A catalog whose files may be damaged."""
    shutil.copytree(catalog.folder, tmp_path / "data")
    return Catalog(tmp_path / "data")


def damage(catalog, name, old, new):
    path = catalog.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")


def test_the_catalog_is_opened_once(catalog):
    assert load_catalog() is catalog


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_known_source_a_grade_and_dates(catalog, name):
    for row in getattr(catalog, name):
        assert row.source in catalog.sources
        assert row.grade[0] in "ABCDEF"
        assert row.grade[1] in "123456"
        assert isinstance(row.happened, str)
        assert isinstance(row.known_from, str)


@pytest.mark.parametrize("name", TABLES)
def test_columns_of_a_file_are_the_fields_of_its_rows(catalog, name):
    with (catalog.folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    row = getattr(catalog, name)[0]
    assert header == list(getattr(row, "_fields", None) or (field.name for field in fields(row)))


@pytest.mark.parametrize("name", ["sites", "places", "stations"])
def test_points_lie_on_the_globe_and_say_how_far_off_they_may_be(catalog, name):
    for row in getattr(catalog, name):
        assert -90 <= row.latitude_deg <= 90
        assert -180 <= row.longitude_deg <= 180
        assert 0 < row.coordinate_error_km <= 100


def test_launches_name_sites_vehicles_and_sources_that_exist(catalog):
    sites = {site.id for site in catalog.sites}
    for launch in catalog.launches:
        assert launch.site in sites
        assert catalog.vehicle(launch.vehicle).name == launch.vehicle


def test_launches_with_orbits_name_sites_that_exist_and_stand_in_order_of_time(catalog):
    sites = {site.id for site in catalog.sites}
    rows = catalog.launch_orbits
    assert {row.site for row in rows} <= sites
    assert [row.utc for row in rows] == sorted(row.utc for row in rows)
    for row in rows:
        assert row.utc[:10] == row.happened < row.known_from
        assert row.utc_precision_s in {60, 432}
        assert row.inclination_deg is None or 0 <= row.inclination_deg < 180
        both = row.perigee_km is not None and row.apogee_km is not None
        # an orbit that leaves the Earth has its apogee below zero
        assert not both or row.apogee_km < 0 or row.perigee_km <= row.apogee_km


def test_closed_areas_are_known_after_they_were_closed_and_name_launches_that_exist(catalog):
    tags = {row.tag for row in catalog.launch_orbits}
    for row in catalog.closed_areas:
        assert row.happened < row.known_from
        assert -90 <= row.latitude_deg <= 90
        assert -180 <= row.longitude_deg <= 180
        assert (row.event in tags) == (row.launched == "yes"), row.id


def test_flown_corridors_are_of_launches_that_exist_and_known_the_day_after(catalog):
    launches = {row.tag: row for row in catalog.launch_orbits}
    for row in catalog.flown_corridors:
        assert row.happened == launches[row.tag].happened[:10] < row.known_from
        assert 0 <= row.azimuth_deg < 360
        assert 0 < row.angle_deg < 90


def test_satellites_name_vehicles_that_exist(catalog):
    for satellite in filter(lambda row: row.vehicle, catalog.satellites):
        assert catalog.vehicle(satellite.vehicle).name == satellite.vehicle


def test_sensors_name_satellites_and_sources_that_exist_and_keep_their_ends_in_order(catalog):
    carriers = {satellite.id for satellite in catalog.satellites}
    for row in catalog.sensors:
        assert carriers >= set(row.satellites)
        for source in filter(None, (row.second_source, row.quality_source)):
            assert source in catalog.sources
        for name in ("sample_distance_{}_m", "off_nadir_{}_deg", "edge_response_{}", "snr_{}"):
            low, high = (getattr(row, name.format(end)) for end in ("low", "high"))
            assert 0 < low <= high
        for name in ("swath_{}_km", "aperture_{}_m"):
            low, high = (getattr(row, name.format(end)) for end in ("low", "high"))
            assert (low is None) == (high is None)
            assert low is None or 0 < low <= high
        assert row.off_nadir_high_deg < 90
        assert row.edge_response_high <= 1


def test_corridors_name_sites_that_exist_and_have_either_azimuths_or_inclinations(catalog):
    sites = {site.id for site in catalog.sites}
    for row in catalog.corridors:
        assert row.site in sites
        azimuths = row.azimuth_from_deg, row.azimuth_to_deg
        inclinations = row.inclination_low_deg, row.inclination_high_deg
        given, empty = (azimuths, inclinations) if row.kind == "azimuths" else (
            inclinations, azimuths
        )  # fmt: skip
        assert empty == (None, None)
        assert None not in given
        assert row.kind == "azimuths" or 0 <= given[0] <= given[1] <= 180
        assert (row.launches is not None) == (row.kind == "flown")
        if catalog.sources[row.source].grade[0] >= "C":
            assert row.note, f"{row.id} is weak and does not say why"


def test_a_sensor_is_found_by_its_name_and_by_what_carries_it(catalog):
    assert catalog.sensor("MSI").id == "sentinel-2-msi"
    assert catalog.sensor("Sentinel-2B").id == "sentinel-2-msi"
    assert catalog.sensor("58400").id == "malligyong-1-camera"
    assert [hit.kind for hit in catalog.find("wv60")] == ["sensor"]
    with pytest.raises(UnknownNameError, match="no sensor is called 'LAGEOS-1'"):
        catalog.sensor("LAGEOS-1")


def test_element_sets_belong_to_satellites_and_were_public_after_their_epochs(catalog):
    numbers = {satellite.norad for satellite in catalog.satellites}
    for row in catalog.element_sets:
        assert row.norad in numbers
        assert row.epoch.startswith(row.happened)
        assert row.known_from >= row.happened
    order = [(row.norad, row.epoch) for row in catalog.element_sets]
    assert order == sorted(order)


@pytest.mark.parametrize("name", ["sites", "stations", "vehicles", "satellites", "countries"])
def test_no_two_rows_of_a_table_share_a_name(catalog, name):
    seen = {}
    for row in getattr(catalog, name):
        for word in {fold(word) for word in (row.id, row.name, *row.aliases)}:
            assert word not in seen, f"{word}: {seen[word]} and {row.id}"
            seen[word] = row.id


def test_tables_carry_hash_rows_credit_and_the_last_day_covered(catalog):
    tables = {table.name: table for table in catalog.tables}
    assert set(tables) >= {*TABLES, "borders", "world", "sources"}
    assert tables["launches"].until == "2025-11-30"
    assert tables["sites"].until == "2025-11-30"
    assert tables["missile_tests"].until == "2023-12-31"
    assert "McDowell" in tables["launches"].source
    assert tables["launches"].terms == "CC BY 4.0"
    for table in tables.values():
        raw = (catalog.folder / table.file).read_bytes()
        assert table.sha256 == hashlib.sha256(raw).hexdigest()
        assert table.rows > 0


def test_every_file_of_the_catalog_stands_in_the_index(catalog):
    files = {path.name for path in catalog.folder.iterdir()}
    assert files == {table.file for table in catalog.tables} | {"tables.toml"}


def test_an_unknown_table_is_refused_with_the_list(catalog):
    with pytest.raises(UnknownNameError, match="there are sites"):
        catalog.table("rockets")


def test_the_loader_needs_no_numpy():
    code = (
        "import sys; from kosmodrom.catalog import load_catalog; "
        "load_catalog().find('vostochny'); print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# Finding names


@pytest.mark.parametrize(
    ("word", "kind", "name"),
    [
        ("VOSTOCHNY", "site", "Vostochny"),
        ("восточный", "site", "Vostochny"),
        ("Tyuratam", "site", "Baikonur"),
        ("Tongchang-ri", "site", "Sohae"),
        ("blagovesh", "place", "Blagoveshchensk"),
        ("sao paulo", "place", "São Paulo"),
        ("39026", "satellite", "Kwangmyongsong-3 Unit 2"),
        ("cheonlima", "vehicle", "Chollima-1"),
        ("tiongkok", "country", "China"),
        ("svalsat", "station", "Svalbard (SvalSat)"),
        ("iss", "satellite", "International Space Station"),
        ("pleiades-neo", "satellite", "Pléiades Neo 3"),
        ("lapan", "satellite", "LAPAN-A3"),
    ],
)
def test_a_word_finds_its_row_whatever_its_case_and_accents(catalog, word, kind, name):
    first = catalog.find(word)[0]
    assert (first.kind, first.name, first.near) == (kind, name, False)


def test_a_misspelt_word_finds_near_names(catalog):
    hits = catalog.find("Vostochnij")
    assert hits[0].name == "Vostochny"
    assert all(hit.near for hit in hits)


@pytest.mark.parametrize("word", ["", "  ", "qqqqzzzz"])
def test_a_word_like_nothing_finds_nothing(catalog, word):
    assert catalog.find(word) == []


def test_a_site_goes_before_a_city_of_its_name(catalog):
    assert type(catalog.place("Taiyuan")).__name__ == "Site"
    assert catalog.place("taiyuan-chn").kind == "city"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("vladivostok", "vladivostok"),
        ("Jakarta", "jakarta"),
        ("Moskva", "moscow"),
        ("Tsiolkovsky", "tsiolkovskiy"),
        ("Pyongyang control centre", "pyongyang-control"),
        ("west sea", "sohae"),
    ],
)
def test_a_place_is_found_by_id_name_or_other_name(catalog, name, found):
    assert catalog.place(name).id == found


def test_a_name_of_two_cities_is_refused_with_the_choice(catalog):
    with pytest.raises(InputError, match=r"2 places.*hyderabad-ind.*hyderabad-pak"):
        catalog.place("Hyderabad")


def test_an_unknown_place_is_refused_with_near_names(catalog):
    with pytest.raises(UnknownNameError, match="did you mean Vladivostok") as caught:
        catalog.place("Vladivostock")
    assert caught.value.near[0] == "Vladivostok"


def test_an_unknown_place_like_nothing_gets_the_way_out(catalog):
    with pytest.raises(UnknownNameError, match="latitude,longitude"):
        catalog.place("qqqqzzzz")


def test_sites_vehicles_and_satellites_are_found_by_name(catalog):
    assert catalog.site("Bajkonur").id == "baikonur"
    assert catalog.vehicle("Soyuz-2-1A").name == "Soyuz-2.1a"
    assert catalog.satellite("41332").id == "kms-4"
    assert catalog.satellite("KMS 3-2").norad == 39026
    with pytest.raises(UnknownNameError, match="no launch site is called 'Moscow'"):
        catalog.site("Moscow")


# Borders


def test_a_country_is_found_by_name_and_by_both_codes(catalog):
    for word in ("China", "CHN", "cn", "Tiongkok"):
        assert catalog.borders.find(word).id == "CHN"


def test_an_unknown_country_is_refused_with_near_names(catalog):
    with pytest.raises(UnknownNameError, match="did you mean China"):
        catalog.borders.country("Chinaa")


def test_every_country_has_closed_rings_on_the_globe(catalog):
    for country in catalog.countries:
        rings = catalog.borders.country(country.id)
        assert rings, country.id
        for ring in rings:
            assert ring.shape[1] == 2
            # the Vatican is smaller than a step of the map and comes out flat
            assert len(ring) >= (3 if country.id == "VAT" else 4)
            gap = ring[0] - ring[-1]
            assert (gap % (360.0, 360.0) == 0).all()  # 180 and -180 deg are one meridian
            assert abs(ring[:, 0]).max() <= 90
            # the map is drawn to 180 deg; rounding to 1e-4 deg adds no more
            assert abs(ring[:, 1]).max() <= 180.0001


def test_no_outline_goes_round_the_world_where_it_crosses_the_date_line(catalog):
    for code in ("RUS", "FJI", "USA", "ATA"):
        for ring in catalog.borders.country(code):
            steps = np.abs(np.diff(ring[:, 1]))
            # the longest true step of these outlines is 3.2 deg, near the south pole
            assert np.minimum(steps, 360.0 - steps).max() < 4.0
    russia = np.concatenate(catalog.borders.country("RUS"))
    west = russia[(russia[:, 1] < 0) & (russia[:, 1] > -168.9)]
    assert len(west) == 0  # Big Diomede, Russia's easternmost land, lies near 169.0 deg west


def test_the_coarse_world_has_coasts_borders_and_land(catalog):
    for lines in (
        catalog.borders.coastlines(),
        catalog.borders.boundaries(),
        catalog.borders.land(),
    ):
        assert len(lines) > 100
        assert all(line.shape[1] == 2 and len(line) >= 2 for line in lines)


# Damage


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("sites.csv", "45.92,63.342", "95.92,63.342", "sites.csv:2: latitude_deg 95.92"),
        ("sites.csv", "45.92,63.342", "north,63.342", "sites.csv:2: latitude_deg is 'north'"),
        ("sites.csv", "45.92,63.342", "nan,63.342", "sites.csv:2: .*finite"),
        ("sites.csv", "id,name", "id,title", "sites.csv:1: the columns should be id,name"),
        ("sites.csv", "plesetsk,Plesetsk,", "plesetsk,Plesetsk,extra,", "sites.csv:3: 2. cells"),
        ("sites.csv", "plesetsk,Plesetsk,", "baikonur,Plesetsk,", "sites.csv:3: baikonur stands"),
        ("sites.csv", ",launch-library,C2", ",hearsay,C2", "source 'hearsay' is not in"),
        ("sites.csv", ",launch-library,C2", ",launch-library,G2", "grade 'G2' is not A-F"),
        ("sites.csv", ",1957-10-04,\n", ",1957-13-04,\n", "happened '1957-13-04' is no ISO day"),
        ("launches.csv", ",OF,S3U,failure,", ",OF,S3U,lost,", "launches.csv:2: outcome is 'lost'"),
        ("element_sets.csv", ",0.1841322,", ",e,", "element_sets.csv:2: eccentricity is 'e'"),
        ("missile_tests.csv", "success,1,", "success,one,", "missile_tests.csv:2: count is 'one'"),
        ("sources.toml", 'terms = "CC BY 4.0"', "terms = CC BY", "sources.toml:"),
        ("sources.toml", 'grade = "A1"', 'rank = "A1"', r"sources.toml: \[gcat-orbital\]"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(copy, name, old, new, message):
    damage(copy, name, old, new)
    with pytest.raises(DataError, match=message):
        _ = copy.tables


def test_a_file_that_is_no_text_is_named(copy):
    (copy.folder / "sites.csv").write_bytes(b"id\n\xff\xfe")
    with pytest.raises(DataError, match=r"sites.csv:2: not UTF-8"):
        _ = copy.sites


def test_a_missing_file_is_named_with_the_way_out(copy):
    (copy.folder / "places.csv").unlink()
    with pytest.raises(DataError, match=r"places.csv: cannot be read .* install kosmodrom again"):
        copy.place("Jakarta")


@pytest.mark.parametrize("raw", [b"", b"junk", None])
def test_damaged_outlines_are_named(copy, raw):
    path = copy.folder / "borders.bin.gz"
    path.write_bytes(path.read_bytes()[:5000] if raw is None else raw)
    with pytest.raises(DataError, match=r"borders.bin.gz"):
        copy.borders.country("China")
