"""No message of the report is missing, foreign or left over."""

import ast
import re
import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from kosmodrom import messages
from kosmodrom.assess.grades import LIKELIHOODS
from kosmodrom.assess.model import KINDS, VERDICTS
from kosmodrom.assess.targets import QUALIFIER_KEYS, TEXT_KEYS
from kosmodrom.report.claims import STANDINGS
from kosmodrom.report.figures.timeline import KINDS as BARS
from kosmodrom.report.timeline import TRACKS

TEXTS = {
    lang: tomllib.loads(
        (files("kosmodrom.messages") / "texts" / f"report.{lang}.toml").read_text("utf-8")
    )
    for lang in messages.LANGUAGES
}

#: What analyses may call a figure, an axis or a line: names of their own, and of their columns.
FIGURES = (
    "passes", "overflights", "contacts", "deliveries", "share_covered", "time", "world", "places",
    "windows", "off_plane", "off_plane_deg", "ascending", "descending",
    "accesses", "looks", "seen_s", "gaps", "gap_mean_hours", "gap_median_hours", "gap_p95_hours",
    "gap_max_hours", "response_hours", "before_first_hours", "after_last_hours",
    "after_lift_off", "flight_height", "flight_speed", "over_ground", "against_stars",
    "flight_pressure", "flight_acceleration", "flight_heating", "payload_map", "orbit_height",
    "payload", "notices", "inclinations", "inclination_deg", "per_degree",
)  # fmt: skip

# Codes that are put together at run time, by all the words that may end them.
ENDINGS = {
    "report_kind_": KINDS,
    "report_attribution_": ("author", "relayed", "class", "named"),
    "report_modality_": ("flat", "possible", "probable"),
    "report_bearing_": ("for", "against", "open", "awaited", "failed"),
    "report_meaning_": STANDINGS,
    "report_lead_": (*STANDINGS, "fallen", "hindsight"),
    "report_key_": {*TEXT_KEYS, *QUALIFIER_KEYS} - {"about"},
    "report_grade_": "ABCDEF123456",
    "report_confidence_": ("high", "moderate", "low"),
    "report_track_": TRACKS,
    "report_timeline_": ("whole", "near"),
    "report_figure_": FIGURES,
    "report_mark_": (*BARS, "night", "asked", "best"),
    "report_map_": (
        "track",
        "track_of",
        "swath",
        "swath_of",
        "target",
        "station",
        "subpoint",
        "site",
        "place",
        "event",
        "impact",
    ),
    "report_asserted_": ("later", "earlier", "after", "before", "happened", "not_happened"),
}


def sources_of_the_report():
    folder = files("kosmodrom.report")
    for part in (folder, folder / "templates", folder / "figures"):
        for entry in part.iterdir():
            if entry.name.endswith((".py", ".j2")):
                yield entry.read_text("utf-8")


def used_codes():
    """Codes as they stand in the files; one that ends in an underscore is only a beginning."""
    found = set()
    for text in sources_of_the_report():
        found |= set(re.findall(r"report_[a-zA-Z0-9_]+", text))
    whole = {code for code in found if not code.endswith("_")}
    whole -= {"report_html"}
    for start in found - whole:
        whole |= {start + end for end in ENDINGS.get(start, ())}
    return whole


def test_both_languages_have_the_same_codes():
    assert set(TEXTS["en"]) == set(TEXTS["id"])


def test_both_languages_fill_the_same_places():
    for code, sentence in TEXTS["en"].items():
        places = {
            lang: {place for _, place, _, _ in Formatter().parse(TEXTS[lang][code]) if place}
            for lang in TEXTS
        }
        assert places["en"] == places["id"], code
        assert sentence.strip() == sentence
        assert TEXTS["id"][code].strip() == TEXTS["id"][code]


def test_every_code_that_the_report_uses_has_a_text():
    missing = {code for code in used_codes() if code not in TEXTS["en"]}
    assert not missing - {"report_percent", "report_version_"}


def test_every_text_is_used():
    assert set(TEXTS["en"]) - used_codes() == set()


def test_every_ending_of_a_code_is_a_beginning_in_the_files():
    text = "\n".join(sources_of_the_report())
    for start in ENDINGS:
        assert start in text


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_verdicts_likelihoods_and_reasons_not_counted_have_words(lang):
    codes = messages.codes(lang)
    assert {*VERDICTS, "awaits", "failed", "yes", "no"} <= codes
    assert {word for word, _, _ in LIKELIHOODS} | {"high", "moderate", "low"} <= codes
    assert {"open", "own_voice", "same_voice", "not_judged"} <= codes


def test_the_two_languages_differ_wherever_there_are_words():
    same = {
        code
        for code, sentence in TEXTS["en"].items()
        if TEXTS["id"][code] == sentence and re.sub(r"\{\w+\}|[^A-Za-z]", "", sentence)
    }
    # names and abbreviations that are the same in both
    assert same <= {"report_column_n", "report_data", "report_column_hash", "report_scale"}


def names_of_figures():
    """Whole texts that analyses hand to the makers of figures as names."""
    makers = {"timeline_figure", "cells_figure", "curve_figure", "bars_figure"}
    for entry in files("kosmodrom.analyses").iterdir():
        if entry.name.endswith(".py"):
            for node in ast.walk(ast.parse(entry.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in makers:
                    for given in node.args[:4]:
                        if isinstance(given, ast.Constant) and isinstance(given.value, str):
                            yield entry.name, given.value


def test_every_name_that_an_analysis_gives_a_figure_has_words():
    units_and_kinds = {"hour", "day", "s", "km", "deg", "%", "1", *BARS}
    found = [(file, name) for file, name in names_of_figures() if name not in units_and_kinds]
    assert found
    for file, name in found:
        assert f"report_figure_{name}" in TEXTS["en"], f"{file}: no text for {name}"
