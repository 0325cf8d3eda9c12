"""The words and numbers of the shell's tables, in both languages."""

import json

import pytest

from kosmodrom import messages
from kosmodrom.catalog import load_catalog
from kosmodrom.cli import main
from kosmodrom.cli.explain import explain
from kosmodrom.cli.page import Page
from kosmodrom.cli.verdicts import asserted, computed


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "120")


ASSERTED = [
    ({"value": "4 hour", "about": True}, "~4 hours", "~4 jam"),
    ({"value": "4 hours", "about": "true"}, "~4 hours", "~4 jam"),
    ({"value": "1 hour"}, "1 hour", "1 jam"),
    ({"value": "2e6 round/year"}, "2 million rounds/year", "2 juta butir/tahun"),
    ({"low": "10e6 round/year", "high": "11e6 round/year"}, "10–11 million rounds/year",
     "10–11 juta butir/tahun"),
    ({"low": "1e9 USD"}, "≥ 1 billion USD", "≥ 1 miliar USD"),
    ({"low": "11", "high": "19"}, "11–19", "11–19"),
    ({"low": "-10 km", "high": "-5 km"}, "from −10 to −5 km", "dari −10 sampai −5 km"),
    ({"low": "−10 km", "high": "5 km"}, "from −10 to 5 km", "dari −10 sampai 5 km"),
    ({"days_low": "2", "days_high": "6"}, "2–6 days", "2–6 hari"),
    ({"days_high": "6"}, "≤ 6 days", "≤ 6 hari"),
    ({"share_above": "0.5"}, "> 0.5", "> 0,5"),
    ({"date": "2023-09-13", "weekday": "Wednesday"}, "2023-09-13, Wednesday", "2023-09-13, Rabu"),
    ({"year": "2016", "vehicle": "Soyuz-2"}, "2016, Soyuz-2", "2016, Soyuz-2"),
    ({"name": "Unit 2"}, "Unit 2", "Unit 2"),
    ({"vague": "near"}, "near", "near"),
    ({}, "–", "–"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "english", "indonesian"), ASSERTED)
def test_what_was_asserted_is_short_and_in_the_language(said, english, indonesian):
    assert asserted({"asserted": said}, "en") == english
    assert asserted({"asserted": said}, "id") == indonesian


COMPUTED = [
    ((2e6, "round/year", None, None), "2 million rounds/year", "2 juta butir/tahun"),
    ((None, "round/year", 10e6, 11e6), "10–11 million rounds/year", "10–11 juta butir/tahun"),
    ((None, "day", -11, 9), "−11 to 9 days", "−11 sampai 9 hari"),
    ((None, "date", "2023-01-01", "2023-02-01"), "2023-01-01 to 2023-02-01",
     "2023-01-01 sampai 2023-02-01"),
    ((None, "day", 3, None), "3 days or more", "3 hari atau lebih"),
    ((1010.6, "km", 1007.5, 1013.9), "1010.6 km", "1010,6 km"),
    ((None, "1", None, None), "–", "–"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "english", "indonesian"), COMPUTED)
def test_what_was_computed_is_short_and_in_the_language(found, english, indonesian):
    claim = {"computed": dict(zip(("value", "unit", "low", "high"), found, strict=True))}
    assert computed(claim, "en") == english
    assert computed(claim, "id") == indonesian


def test_a_quantity_of_a_case_is_written_alike_by_shell_and_report():
    from kosmodrom.report.words import Words

    for text in ("2e6 round/year", "4 hours", "−10.5 km", "15 %", "no number"):
        for lang in messages.LANGUAGES:
            assert messages.written(text, lang) == Words(lang).written(text)


def test_only_a_unit_is_left_away_from_the_lower_end_and_no_digits():
    assert messages.shared_unit("10 km", "11 km") == "10"
    assert messages.shared_unit("0.3", "1.3") == "0.3"
    assert messages.shared_unit("2023-01-01", "2023-02-01") == "2023-01-01"
    assert messages.shared_unit("900 m", "1 km") == "900 m"


def test_words_that_always_stand_alike_are_put_into_the_language():
    assert messages.fixed("failure", "cell", "id") == "gagal"
    assert messages.fixed("failure", "cell", "en") == "failure"
    assert messages.fixed("CC BY 4.0", "terms", "id") == "CC BY 4.0"
    assert messages.fixed("public domain; names CC BY 4.0", "terms", "id") == (
        "domain publik; nama menurut CC BY 4.0"
    )


def test_origin_and_terms_of_every_shipped_table_are_there_in_indonesian():
    names = {"GCAT (Jonathan McDowell, https://planet4589.org)", "kosmodrom", "CC BY 4.0",
             "Apache-2.0"}  # fmt: skip
    for table in load_catalog().tables:
        for words, kind in ((table.source, "origin"), (table.terms, "terms")):
            if words not in names:
                assert messages.fixed(words, kind, "id") != words, f"{table.name}: {words}"


def test_cells_of_fixed_words_are_in_the_language_and_csv_keeps_them(capsys):
    arguments = ["launches", "--site", "vostochny", "--until", "2016-12-31", "--lang", "id"]
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "berhasil" in said
    assert main([*arguments, "--csv"]) == 0
    assert ",success," in capsys.readouterr().out
    assert main(["data", "list", "--lang", "id"]) == 0
    assert "domain publik" in capsys.readouterr().out
    assert main(["find", "vostochny", "--lang", "id"]) == 0
    assert "lokasi peluncuran" in capsys.readouterr().out


def test_notes_of_a_run_are_in_its_language(tmp_path, capsys):
    from kosmodrom.cases.template import template

    text = template().replace("    # awaits: [transfer] ", "    awaits: [launches] ")
    (tmp_path / "my.yaml").write_text(text)
    assert main(["run", "my.yaml", "--lang", "id"]) == 0
    document = json.loads((tmp_path / "my-report" / "results.json").read_text("utf-8"))
    said = " ".join(capsys.readouterr().out.split())
    for note in document["notes"]:
        assert messages.text(note["code"], note["params"], "id") in said


@pytest.mark.parametrize(
    ("name", "lang", "shown"),
    [("A house", "id", "A house"), ({"en": "A house", "id": "Rumah"}, "id", "Rumah"),
     ({"en": "A house", "ko": "집"}, "id", "A house"), ({"ko": "집"}, "en", "집")],
)  # fmt: skip
def test_explain_names_a_source_in_the_language_where_it_has_several(name, lang, shown, capsys):
    from kosmodrom.cases.load import load_case
    from kosmodrom.cases.run import run_case
    from kosmodrom.workspace import open_context

    case = load_case("vostochny-2023")
    document = run_case(case, open_context(case.model.as_of), lang)
    for source in document["sources"].values():
        source["name"] = name
    explain(document, "ammo-used", Page(lang))
    said = capsys.readouterr().out
    assert f"{shown} (2023" in said
    assert "{'" not in said
