"""Adding an analysis is adding one file: every door has it."""

import json
import sys

import pytest

import kosmodrom
import kosmodrom.analyses
from kosmodrom.analyses._registry import verbs
from kosmodrom.analyses._stub import render_stub
from kosmodrom.cases.json_schema import case_schema
from kosmodrom.cases.load import load_case
from kosmodrom.cases.run import run_case
from kosmodrom.cli import main
from kosmodrom.errors import InputError
from kosmodrom.workspace import open_context

TOY = '''"""Double a length, for a test.

Examples
--------
kosmodrom toy --length 550km
"""

from pydantic import Field

from kosmodrom import units
from kosmodrom.analyses._request import Flag, Length, Request
from kosmodrom.analyses._result import ColumnSpec, FactSpec, Result
from kosmodrom.base.facts import Fact


class ToyRequest(Request):
    """What to double."""

    length: Length = Field(description="what to double, like 550 km")
    tags: tuple[str, ...] = Field((), description="words to repeat")
    halve: Flag = Field(False, description="halve it instead")


FACTS = (FactSpec("doubled_km", "km", "twice the length", 0.1),)
COLUMNS = (ColumnSpec("tag", "text", "word"),)


def run(request, context):
    """Double it."""
    metres = units.parse(request.length, "length").value
    factor = 0.5 if request.halve else 2.0
    return Result(
        facts={"doubled_km": Fact(value=factor * metres / 1000.0, unit="km")},
        columns={"tag": list(request.tags)},
    )
'''

CASE = """
kosmodrom: 1
title: toy
sources: {s: {name: somebody, published: 2020-01-01, grade: C3}}
analyses: {twice: {toy: {length: 550 km, tags: [a, b]}}}
claims:
  c:
    says: it is 1100 km
    source: s
    kind: quantity
    asserted: {value: 1100 km}
    refuted_if: {outside: 1 %}
    evidence: [{fact: twice.doubled_km}]
"""


@pytest.fixture(autouse=True)
def _toy(tmp_path, monkeypatch):
    folder = tmp_path / "analyses"
    folder.mkdir()
    (folder / "toy.py").write_text(TOY)
    monkeypatch.setattr(
        kosmodrom.analyses, "__path__", [*kosmodrom.analyses.__path__, str(folder)]
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOSMODROM_HOME", str(tmp_path / "home"))
    yield
    sys.modules.pop("kosmodrom.analyses.toy", None)
    vars(kosmodrom.analyses).pop("toy", None)


def test_the_toy_stands_in_the_help_of_the_shell(capsys):
    assert main(["--help"]) == 0
    assert "toy            Double a length, for a test." in capsys.readouterr().out


def test_the_toy_has_help_made_of_its_request(capsys):
    assert main(["toy", "--help"]) == 0
    said = capsys.readouterr().out
    assert "what to double, like 550 km  [required]" in said
    assert "--halve / --no-halve" in said
    assert "[may be repeated]" in said
    assert "kosmodrom toy --length 550km" in said


def test_the_toy_answers_in_the_shell_as_json(capsys):
    assert main(["toy", "--length", "550km", "--tags", "a", "--tags", "b", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["facts"]["doubled_km"] == {
        "value": 1100.0, "unit": "km", "low": None, "high": None,
    }  # fmt: skip
    assert answer["rows"] == [{"tag": "a"}, {"tag": "b"}]


def test_a_flag_of_the_toy_can_be_set_and_unset(capsys):
    assert main(["toy", "--length", "550km", "--halve", "--csv"]) == 0
    assert main(["toy", "--length", "550km", "--halve", "--json"]) == 0
    assert '"value": 275.0' in capsys.readouterr().out
    assert main(["toy", "--length", "550km", "--no-halve", "--json"]) == 0
    assert '"value": 1100.0' in capsys.readouterr().out


def test_the_toy_refuses_a_bare_number_and_names_the_option(capsys):
    assert main(["toy", "--length", "550"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("--length: ")
    assert "550 km" in said


def test_the_toy_answers_in_python():
    assert kosmodrom.toy(length="550 km").facts["doubled_km"].value == pytest.approx(
        1100.0, abs=1e-9
    )  # a doubling in binary is exact but for the division by 1000
    assert "toy" in dir(kosmodrom)
    with pytest.raises(InputError, match="length"):
        kosmodrom.toy(length="550")


def test_the_toy_is_a_step_of_a_case_and_judges_a_claim(tmp_path):
    (tmp_path / "toy.yaml").write_text(CASE)
    document = run_case(load_case("toy.yaml"), open_context("2020-02-01"))
    assert document["steps"]["twice"]["facts"]["doubled_km"]["value"] == 1100.0
    assert document["claims"][0]["verdict"] == "supported"


def test_the_toy_stands_in_the_stub_and_in_the_schema():
    assert "toy" in verbs()
    stub = render_stub()
    assert "def toy(\n    *,\n    length: str,\n    tags: Sequence[str] = ()," in stub
    assert "    halve: bool = False," in stub
    assert "toy" in str(case_schema()["properties"]["analyses"])
