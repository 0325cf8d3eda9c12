"""The verb `missile_tests`: what it counts, refuses and says."""

from datetime import date

import pytest
from pydantic import ValidationError

from kosmodrom import messages
from kosmodrom.analyses.missile_tests import COLUMNS, FACTS, MissileTestsRequest, run
from kosmodrom.records.missile_series import definition
from kosmodrom.workspace import Context

PERIOD = {"from": "2022-01-01", "until": "2023-09-13"}


def ask(as_of=None, **request):
    context = Context(as_of=as_of and date.fromisoformat(as_of))
    return run(MissileTestsRequest.model_validate(PERIOD | request), context)


def codes(notes):
    return [note.code for note in notes]


def ends(fact):
    return fact.value, fact.low, fact.high


def test_every_fact_and_column_is_promised():
    result = ask()
    assert set(result.facts) == {spec.name for spec in FACTS}
    assert set(result.columns) == {spec.name for spec in COLUMNS}


def test_rows_add_up_to_the_count_and_its_high_end():
    result = ask(range_class="long")
    assert sum(result.columns["certain"]) == result.facts["count"].value
    assert sum(result.columns["number"]) == result.facts["count"].high


def test_the_definition_asked_for_is_not_its_own_alternative():
    assert "all_ranges" not in ask().alternatives
    assert "all_ranges" in ask(range_class="long").alternatives
    assert "launch_days" in ask().alternatives
    assert "single_tests" in ask(unit="days").alternatives


def test_a_bound_says_how_many_missiles_it_leaves_open():
    notes = {note.code: note.params for note in ask(range_class="long").accuracy}
    assert notes["tests_bound"] == {"count": 48}
    assert "tests_bound" not in codes(ask().accuracy)


def test_tests_after_the_day_of_the_question_are_held_back():
    result = ask("2022-12-31")
    assert result.facts["count"].value == 69  # CNS: 69 rows in 2022, none of them a space launch
    assert {"rows_held_back", "tests_until_as_of"} <= set(codes(result.warnings))


def test_a_day_outside_the_data_is_said():
    late = ask(until="2024-12-31")
    assert "tests_until_data" in codes(late.warnings)
    early = ask(**{"from": "2017-01-01"})
    notes = {note.code: note.params for note in early.warnings}
    assert notes["tests_from_data"] == {"data_from": "2022-01-01"}


# The data cover 2022-01-01 to 2023-12-31.
@pytest.mark.parametrize(
    "period",
    [
        {"from": "2021-01-01", "until": "2021-12-31"},
        {"from": None, "until": "2021"},
        {"from": "2024", "until": "2026"},
        {"from": "2024", "until": None},
        {"from": "2024", "until": None, "as_of": "2022-06-01"},
        {"from": None, "until": "2021", "as_of": "2020-06-01"},
    ],
)
def test_a_period_outside_the_data_gives_nothing_and_says_so_once(period):
    result = ask(**period)
    facts = {name: ends(fact) for name, fact in result.facts.items() if name != "data_until"}
    assert set(facts.values()) == {(None, None, None)}
    assert result.facts["data_until"].value == "2023-12-31"
    assert [(note.code, note.params) for note in result.warnings] == [
        ("tests_nothing_covered", {"data_from": "2022-01-01", "data_until": "2023-12-31"})
    ]
    assert len(result) == 0
    assert result.alternatives
    again = [ends(fact) for found in result.alternatives.values() for fact in found.values()]
    assert set(again) == {(None, None, None)}


@pytest.mark.parametrize(
    ("as_of", "period"),
    [("2022-06-01", {"from": "2023"}), ("2021-06-01", {"from": None, "until": None})],
)
def test_a_period_that_had_not_come_by_the_day_of_the_question_gives_nothing(as_of, period):
    result = ask(as_of, **period)
    assert ends(result.facts["count"]) == (None, None, None)
    notes = {note.code: note.params for note in result.warnings}
    assert notes["tests_nothing_public"] == {
        "as_of": as_of, "data_from": "2022-01-01", "data_until": "2023-12-31"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("period", "least"),
    [
        ({"from": "2012", "until": "2022"}, 69),  # CNS: 69 rows in 2022, no space launch
        ({"from": "2023-06", "until": "2024-06"}, None),
        ({"from": "2012", "until": "2030"}, None),
    ],
)
def test_a_period_partly_outside_the_data_gives_least_counts_and_no_share(period, least):
    result = ask(**period)
    value = result.facts["count"].value
    assert least is None or value == least
    assert value == sum(result.columns["number"]) > 0
    for name in ("count", "success", "failure", "unknown", "days", "unidentified"):
        fact = result.facts[name]
        assert ends(fact) == (fact.value, fact.value, None), name
    assert ends(result.facts["failure_share"]) == (None, None, None)
    assert "records_open_end" in codes(result.warnings)
    assert "records_share_unknown" not in codes(result.warnings)
    for label, found in result.alternatives.items():
        assert found["count"].low is not None, label
        assert found["count"].high is None, label
        assert ends(found["failure_share"]) == (None, None, None), label


def test_an_upper_end_that_the_record_gives_is_open_too_where_days_are_not_covered():
    inside = ask(range_class="long", **{"from": "2022", "until": "2023"}).facts["count"]
    beyond = ask(range_class="long", **{"from": "2022", "until": "2024"}).facts["count"]
    assert inside.high > inside.low
    assert ends(beyond) == (inside.value, inside.low, None)


def test_a_period_without_ends_is_that_of_the_data_and_exact():
    result = ask(**{"from": None, "until": None})
    assert ends(result.facts["count"])[1:] == (None, None)
    assert "tests_from_data" in codes(result.warnings)
    assert "records_open_end" not in codes(result.warnings)


def test_a_period_cut_by_the_day_of_the_question_stays_exact():
    result = ask("2022-12-31", until="2024-12-31")
    assert ends(result.facts["count"]) == (69, None, None)
    assert "records_open_end" not in codes(result.warnings)
    early = ask("2022-12-31", **{"from": "2012", "until": "2024-12-31"})
    assert ends(early.facts["count"]) == (69, 69, None)


def test_rows_without_a_day_of_publication_are_counted():
    notes = {note.code: note.params for note in ask().warnings}
    assert notes["rows_known_from_unknown"]["count"] == len(ask().columns["date"])


def test_an_empty_period_is_a_count_of_zero_without_a_share():
    result = ask(**{"from": "2022-02-01", "until": "2022-02-02"})
    assert result.facts["count"].value == 0
    assert result.facts["failure_share"].value is None
    assert "records_share_unknown" in codes(result.warnings)


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        ({"space_launches": "only", "range_class": "long"}, "exclude each other"),
        ({"range_class": "unidentified", "unidentified": "exclude"}, "leaves nothing"),
        ({"from": "2023-09-14"}, "exchange the two"),
    ],
)
def test_a_request_against_itself_is_refused(request_, message):
    with pytest.raises(ValidationError, match=message):
        ask(**request_)


def test_unidentified_missiles_belong_to_every_range_unless_excluded():
    assert definition() == definition(unidentified="include")
    assert ask(unidentified="exclude").facts["count"].value == 48  # 96 less 48
    assert ask(range_class="long", unidentified="exclude").facts["count"].high is None


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_every_note_and_definition_has_a_text(lang):
    results = [
        ask(range_class=name, unit=unit, space_launches=space)
        for name in ("all", "long", "intermediate-up", "short", "unidentified")
        for unit in ("tests", "days")
        for space in ("include", "exclude")
    ]
    results += [ask(space_launches="only"), ask("2022-06-01"), ask(until="2026")]
    results += [ask(**{"from": "2000"}), ask(**{"from": "2000", "until": "2001"})]
    results += [ask("2022-06-01", **{"from": "2023"})]
    for result in results:
        for note in (*result.accuracy, *result.warnings):
            assert messages.text(note.code, note.params, lang)
        for label in result.alternatives:
            assert messages.has(label, lang), label
