"""The doors around a case and its data: schema, explain, find, data, doctor."""

import datetime as dt
import json

import jsonschema
import pytest
import yaml

import kosmodrom
from kosmodrom.cases.json_schema import case_schema, request_schema
from kosmodrom.cases.load import load_case, shipped
from kosmodrom.cases.run import run_case
from kosmodrom.cases.template import template
from kosmodrom.cases.yamltext import read_text
from kosmodrom.catalog import load_catalog
from kosmodrom.cli import main
from kosmodrom.cli.doors.doctor import examine
from kosmodrom.cli.explain import explain
from kosmodrom.cli.page import Page
from kosmodrom.workspace import open_context


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")


# schema


def as_an_editor(value):
    """Give dates back as the text they were, as an editor without YAML 1.1 dates reads them."""
    if isinstance(value, dict):
        return {str(key): as_an_editor(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_an_editor(inner) for inner in value]
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return value


CASES = [
    pytest.param(template(), id="template"),
    *(pytest.param(path.read_text("utf-8"), id=name) for name, path in shipped().items()),
]


@pytest.mark.parametrize("text", CASES)
def test_cases_fit_the_schema_as_text_and_as_an_editor_types_them(text):
    schema = jsonschema.Draft202012Validator(case_schema())
    for data in (read_text(text, "case.yaml").data, as_an_editor(yaml.safe_load(text))):
        found = [f"{list(error.path)}: {error.message}" for error in schema.iter_errors(data)]
        assert found == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    kind: count", "    kind: cuont"),
        ("    kind: count", "    knid: count"),
        ("{from: baikonur, to: Moscow}", "{form: baikonur}"),
        ("{distance: {from: baikonur", "{distanse: {from: baikonur"),
        ("kosmodrom: 1 ", "kosmodrom: 2 "),
        ("    n: 1 ", "    n: one "),
        ("refuted_if: {not: asserted}", "refuted_if: {not: claimed}"),
    ],
)
def test_the_schema_refuses_what_check_refuses(old, new):
    assert template().count(old) >= 1
    data = as_an_editor(yaml.safe_load(template().replace(old, new)))
    assert not jsonschema.Draft202012Validator(case_schema()).is_valid(data)


def test_the_schema_is_one_and_describes_every_verb(capsys):
    jsonschema.Draft202012Validator.check_schema(case_schema())
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == case_schema()
    assert main(["schema", "missile-tests"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown == request_schema("missile_tests")
    assert shown["properties"]["range_class"]["enum"][0] == "all"
    step = case_schema()["properties"]["analyses"]["additionalProperties"]
    assert {"distance", "launches", "missile_tests", "sites"} <= set(step["properties"])
    jsonschema.validate({"missile-tests": {"from": "2022-01-01"}}, step)


# explain


def test_explain_goes_from_the_claim_to_the_data(capsys):
    assert main(["explain", "vostochny-2023", "vladivostok-1500"]) == 0
    said = capsys.readouterr().out
    parts = [
        "It lies about 1,500 km",
        "asserted",
        "1500 km",
        "refuted if",
        "15 %",
        "vladivostok.geodesic_km",
        "step vladivostok: distance asked",
        "catalog/sites.csv",
        "verdict",
        "That the statement is true: ",
        "Confidence in this judgement: ",
        "would change",
    ]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert "not counted, repeats the claim's own source" in " ".join(said.split())
    assert "Published after 2023-09-15, not used" in said
    assert all(len(line) <= 80 for line in said.splitlines() if " " in line.strip())


def test_explain_takes_the_number_of_a_claim(capsys):
    main(["explain", "vostochny-2023", "34"])
    by_number = capsys.readouterr().out
    main(["explain", "vostochny-2023", "vladivostok-1500"])
    assert capsys.readouterr().out == by_number


def test_explain_of_a_fact_names_its_meaning_its_data_and_its_users(capsys):
    assert main(["explain", "vostochny-2023", "vladivostok.geodesic_km"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("vladivostok.geodesic_km: length of the shortest line")
    assert "from: vostochny, to: Vladivostok" in said
    assert "sha256 " + load_catalog().table("sites").sha256[:12] in said
    assert "vladivostok-1500" in said.partition("Used by")[2]


def test_explain_follows_the_day(capsys):
    main(["explain", "vostochny-2023", "luna25-lost", "--as-of", "2023-08-20"])
    early = capsys.readouterr().out
    main(["explain", "vostochny-2023", "luna25-lost", "--as-of", "2023-10-04"])
    late = capsys.readouterr().out
    assert early.index("Published after") < early.index("borisov-burn")
    assert "Published after" not in late or late.index("borisov-burn") < late.index(
        "Published after"
    )


def test_explain_speaks_indonesian_and_json(capsys):
    assert main(["explain", "vostochny-2023", "34", "--lang", "id"]) == 0
    said = capsys.readouterr().out
    assert "terbantah" in said
    assert "Bahwa pernyataan ini benar: " in said
    assert main(["explain", "vostochny-2023", "34", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "vladivostok-1500"


@pytest.mark.parametrize("lang", ["en", "id"])
def test_every_claim_and_every_fact_of_the_shipped_case_can_be_explained(lang, capsys):
    case = load_case("vostochny-2023")
    document = run_case(case, open_context(case.model.as_of), lang)
    page = Page(lang)
    for claim in document["claims"]:
        explain(document, claim["id"], page)
    for step, result in document["steps"].items():
        for fact in result["facts"]:
            explain(document, f"{step}.{fact}", page)
    said = capsys.readouterr().out
    assert "None" not in said.replace("None.", "")
    assert "cli_" not in said
    assert "report_" not in said


def test_explain_of_something_unknown_names_the_near_ones(capsys):
    assert main(["explain", "vostochny-2023", "vladivostok.geodesic"]) == 2
    assert "did you mean vladivostok.geodesic_km?" in capsys.readouterr().err


def test_explain_of_an_awaited_fact_says_what_it_awaits(capsys):
    assert main(["explain", "vostochny-2023", "burn.perilune_km"]) == 0
    assert "awaits the analysis lunar_burn" in capsys.readouterr().out


# find, data, doctor


def test_find_shows_what_bears_the_word_and_json_gives_the_same(capsys):
    assert main(["find", "vostochny"]) == 0
    assert "site" in capsys.readouterr().out
    assert main(["find", "vostochny", "--json"]) == 0
    hits = json.loads(capsys.readouterr().out)
    assert {"kind", "id", "name", "detail", "near"} == set(hits[0])
    assert hits[0]["id"] == "vostochny"


def test_find_marks_near_names_and_nothing_is_an_answer(capsys):
    assert main(["find", "vostokhny"]) == 0
    said = capsys.readouterr().out
    assert "No name holds 'vostokhny'; these look like it:" in said
    assert "Vostochny" in said
    assert main(["find", "qqqqqq"]) == 0
    assert capsys.readouterr().out == "Nothing is called or looks like 'qqqqqq'.\n"
    assert main(["find", "qqqqqq", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_data_lists_every_table_with_its_hash_and_its_terms(capsys):
    assert main(["data", "list"]) == 0
    said = capsys.readouterr().out
    for table in load_catalog().tables:
        assert f"{table.name} " in said
        assert table.sha256[:12] in said
    assert "Imported by you\nNone." in said
    assert main(["data", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {table["name"] for table in listed["shipped"]} == {
        table.name for table in load_catalog().tables
    }


def test_a_file_that_is_no_launch_list_is_refused_and_nothing_is_imported(tmp_path, capsys):
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")
    assert main(["data", "import", "list.csv"]) == 2
    assert "list.csv:1: no launch list that is known" in capsys.readouterr().err
    assert main(["data", "list"]) == 0
    assert "Imported by you\nNone." in capsys.readouterr().out


def test_an_imported_list_is_reported_and_listed_and_taken_once(tmp_path, capsys):
    (tmp_path / "list.csv").write_text(
        "Launch_Tag,Launch_Date,LV_Type,Launch_Site,LaunchCode\n"
        "2016-023,2016 Apr 28 0201:21,Soyuz-2-1A,VOST,OS\n"
    )
    assert main(["data", "import", "list.csv"]) == 0
    assert "Imported 1 launches to 2016-04-28" in capsys.readouterr().out
    assert main(["data", "import", "list.csv", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["already"] is True
    assert main(["data", "list", "--json"]) == 0
    assert [table["rows"] for table in json.loads(capsys.readouterr().out)["imported"]] == [1]


def test_doctor_finds_this_installation_sound(capsys):
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert f"kosmodrom {kosmodrom.__version__}" in said
    assert main(["doctor", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["healthy"] is True
    assert {"python", "packages", "catalog", "leap seconds", "store"} <= {
        finding["what"] for finding in answer["findings"]
    }


def test_doctor_says_when_the_table_of_leap_seconds_has_run_out():
    later = {finding.what: finding for finding in examine(dt.date(2199, 1, 1))}
    assert later["leap seconds"].state == "note"
    assert "pip install --upgrade" in later["leap seconds"].about


def test_doctor_ends_with_3_where_the_store_is_damaged(tmp_path, capsys):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "store.duckdb").write_bytes(b"no database" * 100)
    assert main(["doctor"]) == 3
    assert "bad" in capsys.readouterr().out


def test_doctor_ends_with_3_where_a_table_is_damaged(monkeypatch, capsys):
    from kosmodrom.catalog import shelf
    from kosmodrom.errors import DataError

    def damaged(_self, name):
        raise DataError(f"{name}.csv:3: 4 cells, not 14")

    monkeypatch.setattr(shelf.Catalog, "table", damaged)
    monkeypatch.setattr(shelf.Catalog, "tables", property(lambda self: (self.table("sites"),)))
    assert main(["doctor", "--json"]) == 3
    assert json.loads(capsys.readouterr().out)["healthy"] is False
