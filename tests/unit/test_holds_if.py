"""A number that speaks for or against a happening, by limits that the case gives it."""

import json

import pytest

from kosmodrom.cases import load_case, run_case
from kosmodrom.cli.app import main
from kosmodrom.errors import CaseError
from kosmodrom.workspace import open_context

CASE = """\
kosmodrom: 1
title: "How far is it?"
as_of: {as_of}
sources:
  paper: {{name: a paper, published: 2023-09-14, grade: C3}}
analyses:
  way: {{distance: {{from: vostochny, to: Vladivostok}}}}
  early: {{contacts: {{satellites: ["41332"], stations: [pyongyang], start: 2016-02-08}}}}
claims:
  far:
    says: "It is far away"
    source: paper
    kind: {kind}
    asserted: {asserted}
    refuted_if: {{not: asserted}}
    evidence:
      - {evidence}
"""


def judged(tmp_path, evidence, *, asserted="{happened: true}", as_of="2023-09-15", kind="event"):
    file = tmp_path / "case.yaml"
    file.write_text(CASE.format(evidence=evidence, asserted=asserted, as_of=as_of, kind=kind))
    case = load_case(file)
    return run_case(case, open_context(case.model.as_of))["claims"][0]


# Vostochny to Vladivostok: 1,010.7 km, from 1,007.5 to 1,013.9 by the sizes of both places.
@pytest.mark.parametrize(
    ("limits", "verdict", "bearing"),
    [
        ("{low: 500 km}", "supported", "for"),
        ("{high: 2000000 m}", "supported", "for"),
        ("{low: 1007.4 km, high: 1014 km}", "supported", "for"),
        ("{high: 500 km}", "contradicted", "against"),
        ("{low: 1010 km}", "unproven", "open"),
        ("{high: 500 km, otherwise: open}", "unproven", "open"),
        ("{low: 500 km, otherwise: open}", "supported", "for"),
    ],
)
def test_a_number_within_its_limits_speaks_for_a_happening(tmp_path, limits, verdict, bearing):
    claim = judged(tmp_path, f"{{fact: way.geodesic_km, holds_if: {limits}}}")
    assert (claim["verdict"], claim["evidence"][0]["bearing"]) == (verdict, bearing)


def test_what_did_not_happen_is_shown_by_the_number_outside(tmp_path):
    claim = judged(
        tmp_path,
        "{fact: way.geodesic_km, holds_if: {high: 500 km}}",
        asserted="{happened: false}",
    )
    assert claim["verdict"] == "supported"


def test_limits_that_definitions_give_decide_between_them(tmp_path):
    first = "{fact: way.geodesic_km, holds_if: {low: 500 km}, under: by car}"
    second = "{fact: way.geodesic_km, holds_if: {low: 5000 km}, under: by air}"
    claim = judged(tmp_path, f"{first}\n      - {second}")
    assert claim["verdict"] == "depends_on_definition"
    reason = claim["reasons"][0]["text"]
    assert "by car" in reason.partition("falls")[0]
    assert "by air" in reason.partition("falls")[2]
    assert claim["computed"]["value"] == 1010.7  # not a span over two yardsticks


def test_the_document_holds_the_limits_as_numbers(tmp_path):
    claim = judged(tmp_path, "{fact: way.geodesic_km, holds_if: {low: 500 km}}")
    assert claim["evidence"][0]["holds_if"] == {
        "low": 500.0, "high": None, "unit": "km", "otherwise": "against",
    }  # fmt: skip


def test_evidence_of_later_days_is_shown_as_it_points_and_not_weighed(tmp_path):
    limits = "{fact: way.geodesic_km, holds_if: {low: 500 km}, known_from: 2024-01-01}"
    claim = judged(tmp_path, limits)
    assert (claim["verdict"], claim["evidence"]) == ("unproven", [])
    assert claim["hindsight"][0]["bearing"] == "for"
    assert judged(tmp_path, limits, as_of="2024-01-01")["verdict"] == "supported"


def test_what_no_public_set_tells_is_unknown_and_the_case_goes_on(tmp_path):
    limits = "{fact: early.contacts_per_day, holds_if: {low: 1 pass/day}}"
    assert judged(tmp_path, limits, as_of="2016-02-20")["verdict"] == "supported"
    claim = judged(tmp_path, limits, as_of="2016-02-01")
    assert (claim["status"], claim["verdict"]) == ("done", "unproven")
    assert claim["evidence"][0]["not_counted"] == "open_unknown"


def test_the_step_of_a_satellite_not_yet_public_says_why_it_knows_nothing(tmp_path):
    judged(tmp_path, "{fact: early.contacts, holds_if: {low: 1 pass}}", as_of="2016-02-01")
    case = load_case(tmp_path / "case.yaml")
    step = run_case(case, open_context(case.model.as_of))["steps"]["early"]
    assert step["facts"] == {}
    assert step["warnings"][0]["params"] == {"name": "41332", "first": "2016-02-07"}


@pytest.mark.parametrize(
    ("evidence", "part"),
    [
        ("{fact: way.geodesic_km, holds_if: {}}", "give low, high or both"),
        ("{fact: way.geodesic_km, holds_if: {low: 500 kg}}", "kg"),
        ("{fact: way.geodesic_km, holds_if: {low: far}}", "far"),
        ("{fact: way.geodesic_km, holds_if: {low: 9 km, high: 5 km}}", "swap them"),
        ("{fact: way.geodesic_km, holds_if: {above: 5 km}}", "above"),
        ("{fact: way.geodesic_km, stance: for, holds_if: {low: 5 km}}", "without a stance"),
        ("{cites: paper, value: 7 km, holds_if: {low: 5 km}}", "without a stance"),
    ],
)
def test_limits_that_say_nothing_are_refused_with_their_line(tmp_path, evidence, part):
    with pytest.raises(CaseError) as refused:
        judged(tmp_path, evidence)
    assert part in str(refused.value)
    assert "case.yaml:17" in str(refused.value)


def test_limits_need_a_happening_to_speak_of(tmp_path):
    limits = "{fact: way.geodesic_km, holds_if: {low: 500 km}}"
    with pytest.raises(CaseError, match=r"case\.yaml:17: .*write asserted: \{happened: true\}"):
        judged(tmp_path, limits, asserted="{value: 1000 km}", kind="quantity")


def test_explain_and_json_show_the_limits(tmp_path, monkeypatch, capsys):
    judged(tmp_path, "{fact: way.geodesic_km, holds_if: {low: 500 km}}")
    monkeypatch.chdir(tmp_path)
    assert main(["explain", "case.yaml", "far"]) == 0
    assert "speaks for it if 500 km or more" in " ".join(capsys.readouterr().out.split())
    assert main(["explain", "case.yaml", "far", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["evidence"][0]["holds_if"]["low"] == 500.0
    assert main(["explain", "case.yaml", "far", "--lang", "id"]) == 0
    assert "mendukung jika 500 km atau lebih" in " ".join(capsys.readouterr().out.split())
