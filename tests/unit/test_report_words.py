import json
from pathlib import Path

import pytest

from kosmodrom.report.anchors import Anchors, clean, identifier, web_address
from kosmodrom.report.asserted import asserted_words, refuted_words
from kosmodrom.report.words import Words

NARROW = "\N{NARROW NO-BREAK SPACE}"
EN, ID = Words("en"), Words("id")


def plain(text):
    return text.replace(NARROW, " ").replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("text", "english", "indonesian"),
    [
        ("2023-09-13", "13 September 2023", "13 September 2023"),
        ("2023-08-20", "20 August 2023", "20 Agustus 2023"),
        ("2023-05", "May 2023", "Mei 2023"),
        ("2023", "2023", "2023"),
        ("2022-01-01/2023-09-13", "1 January 2022 to 13 September 2023",
         "1 Januari 2022 sampai 13 September 2023"),
        ("2023-09-13T04:09:00Z", "13 September 2023, 04:09 UTC",
         "13 September 2023 pukul 04.09 UTC"),
        ("some day", "some day", "some day"),
        (None, "unknown", "tidak diketahui"),
    ],
)  # fmt: skip
def test_a_date_is_written_in_the_manner_of_the_language(text, english, indonesian):
    assert EN.day(text) == english
    assert ID.day(text) == indonesian


@pytest.mark.parametrize(
    ("asserted", "english", "indonesian"),
    [
        ({"value": "1500 km", "about": True}, "about 1500 km", "sekitar 1500 km"),
        ({"value": "1500 km", "about": "false"}, "1500 km", "1500 km"),
        ({"low": "11", "high": "19"}, "11 to 19", "11 sampai 19"),
        ({"low": "10e6 round/year", "high": "11e6 round/year"}, "10 to 11 million rounds/year",
         "10 sampai 11 juta butir/tahun"),
        ({"low": "1e9 USD"}, "at least 1 billion USD", "sedikitnya 1 miliar USD"),
        ({"share_above": "0.5"}, "more than 50%", "lebih dari 50 %"),
        ({"date": "2023-09-13", "weekday": "Wednesday"}, "Wednesday, 13 September 2023",
         "Rabu, 13 September 2023"),
        ({"year": "2016", "vehicle": "Soyuz-2"}, "in 2016; launcher: Soyuz-2",
         "pada tahun 2016; roket: Soyuz-2"),
        ({"value": "100 occasion", "range_class": "long", "excludes": "space launches"},
         "100 occasions; range class: long; not counting: space launches",
         "100 kali; golongan jarak: jauh; tidak termasuk: peluncuran antariksa"),
        ({"excludes": "Unha", "place": "long"}, "not counting: Unha; place: long",
         "tidak termasuk: Unha; tempat: long"),
        ({"low": "-10 km", "high": "-5 km"}, "−10 to −5 km", "−10 sampai −5 km"),
        ({"after": "true"}, "later than the date compared", "sesudah tanggal pembandingnya"),
        ({"before": "false"}, "later than the date compared", "sesudah tanggal pembandingnya"),
        ({"happened": True, "before": "2023-09-14"}, "that it happened before 14 September 2023",
         "bahwa itu terjadi sebelum 14 September 2023"),
        ({"days_low": "2", "days_high": "6"}, "2 to 6 days apart", "berselang 2 sampai 6 hari"),
        ({"days_high": "6"}, "at most 6 days apart", "berselang paling banyak 6 hari"),
        ({}, "no number or date", "tanpa angka atau tanggal"),
    ],
)  # fmt: skip
def test_what_was_asserted_is_put_into_words(asserted, english, indonesian):
    assert plain(asserted_words(asserted, EN)) == english
    assert plain(asserted_words(asserted, ID)) == indonesian


def test_cells_of_columns_with_fixed_words_are_translated_and_no_others():
    assert ID.cell("success", "outcome") == "berhasil"
    assert ID.cell("start", "end") == "awal"
    assert ID.cell("border", "kind") == "perbatasan"
    assert ID.cell("irbm", "type_class") == "irbm"
    assert ID.cell("success", "payload") == "success"
    assert EN.cell("success", "outcome") == "success"
    assert ID.cell(None, "outcome") == "–"


def test_a_fact_that_is_open_on_one_side_says_so():
    fact = {"value": 69, "unit": "test", "low": 69, "high": None}
    assert plain(EN.ends(fact)) == "69 tests or more"
    assert plain(ID.ends({**fact, "low": None, "high": 70})).startswith("70 uji coba")
    assert EN.ends({**fact, "low": None, "high": None}) == ""


def test_what_would_refute_a_claim_is_put_into_words():
    assert "more than 15% away" in plain(refuted_words({"outside": "15 %"}, EN))
    assert "outside the asserted range" in refuted_words({"outside": "range"}, EN)
    assert "anything else" in refuted_words({"not": "asserted"}, EN)
    assert refuted_words(None, EN).startswith("nothing")


@pytest.mark.parametrize(
    ("fact", "value", "ends"),
    [
        ({"value": 1010.6, "unit": "km", "low": 1004.0, "high": 1011.0}, "1010,6 km",
         "1004 sampai 1011 km"),
        ({"value": None, "unit": "1", "low": 0.05, "high": 0.375}, "5 sampai 37,5 %",
         "5 sampai 37,5 %"),
        ({"value": 15, "unit": "launch", "low": 15, "high": 15}, "15 peluncuran", ""),
        ({"value": None, "unit": "km"}, "tidak diketahui", ""),
        ({"value": True, "unit": "bool"}, "ya", ""),
        ({"value": "2016-04-28", "unit": "date"}, "28 Apr 2016", ""),
        ({"value": "Soyuz-2.1a", "unit": "text"}, "Soyuz-2.1a", ""),
    ],
)  # fmt: skip
def test_a_fact_is_written_with_its_ends(fact, value, ends):
    assert plain(ID.value(fact, share=True)) == value
    assert plain(ID.ends(fact, share=True)) == ends


def test_whole_numbers_of_a_table_keep_no_marks_since_they_may_be_catalogue_numbers():
    assert ID.cell(39026) == "39026"
    assert ID.cell(0.5) == "0,5"
    assert ID.cell(None) == "–"
    assert ID.cell([1, 2.5]) == "1, 2,5"


def test_dates_inside_a_note_follow_the_language():
    note = {"code": "site_points", "params": {"until": "2025-11-30"}, "text": "not used"}
    assert "30 November 2025" in EN.note(note)


def test_a_grade_is_spelled_out_and_a_wrong_one_is_not_guessed():
    assert EN.grade("B2") == "usually reliable source, probably true"
    assert EN.grade("Z9") == EN.grade(None) == ""


def test_words_of_others_are_taken_in_the_language_of_the_report_or_else_named():
    assert ID.spoken({"en": "a", "id": "b"}).text == "b"
    assert ID.spoken({"en": "a", "ko": "c"}).lang == "en"
    assert ID.spoken({"ko": "c"}).lang == "ko"


def test_a_long_text_is_cut_at_a_word():
    assert EN.shortened("one two three", 9) == "one two…"
    assert EN.shortened("one two", 9) == "one two"


def test_different_names_get_different_ids_that_are_safe_behind_a_hash():
    names = ["a b", "a_b", "a:b", "a-b", "a'b", "a.b", "ä"]
    ids = [identifier("claim", name) for name in names]
    assert len(set(ids)) == len(ids)
    assert all(part.isascii() and not set(part) & set(" '\"<>&#%") for part in ids)


def test_what_cannot_be_seen_is_taken_out_of_every_text():
    assert clean({"a\u202eb": ["c\x00", {"d": "\u2066e"}, 1]}) == {"ab": ["c", {"d": "e"}, 1]}


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " https://a", "https://a b", "ftp://a",
     "https://", "https://a\"b", "//a", "data:text/html,x", "http:\\\\a", "http://[", 5, None],
)  # fmt: skip
def test_what_is_no_address_of_the_web_does_not_become_a_link(text):
    assert web_address(text) is None


def test_an_address_leads_to_the_step_where_it_has_no_such_fact_and_nowhere_else():
    sample = Path(__file__).parents[1] / "golden" / "report" / "sample.json"
    anchors = Anchors(json.loads(sample.read_text("utf-8")))
    assert anchors.fact("so-far.count") == "#step-so-far-fact-count"
    assert anchors.fact("so-far.none") == "#step-so-far"
    assert anchors.fact("burn.perilune_km") == "#step-burn"
    assert anchors.fact("no-step.x") is None
    assert anchors.claim("nobody") is anchors.source("nobody") is None
