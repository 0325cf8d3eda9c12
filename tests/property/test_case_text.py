"""No text, however broken, may do more than be refused with a line number."""

from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kosmodrom.cases.check import plan_case
from kosmodrom.cases.load import Case, find_case, load_case
from kosmodrom.cases.yamltext import read_text
from kosmodrom.errors import InputError
from kosmodrom.workspace import Context


@cache
def good_text():
    return find_case("vostochny-2023").read_text("utf-8")


@cache
def lines():
    return tuple(good_text().splitlines(keepends=True))


def refusal(action):
    """Give the words with which bad input is refused, None where it is taken."""
    try:
        action()
    except InputError as error:
        return str(error)
    return None


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    words = refusal(lambda: read_text(text, "f"))
    assert words is None or words.startswith("f:")


damage_lists = st.lists(
    st.tuples(
        st.integers(0, 10**6),
        st.sampled_from(["drop", "double", "swap", "cut", "junk"]),
        st.text(alphabet="{}[]:,#'\"&*!|>%@-\t 0e.é\u202f", max_size=4),
    ),
    min_size=1,
    max_size=3,
)


def damage_and_plan(damages, folder):
    text = list(lines())
    for where, how, junk in damages:
        at = where % len(text)
        if how == "drop":
            del text[at]
        elif how == "double":
            text.insert(at, text[at])
        elif how == "swap":
            text[at], text[at - 1] = text[at - 1], text[at]
        elif how == "cut":
            text[at] = text[at][: where % 7]
        else:
            middle = where % (len(text[at]) + 1)
            text[at] = text[at][:middle] + junk + text[at][middle:]
    file = folder / "case.yaml"
    file.write_bytes("".join(text).encode("utf-8", "surrogatepass"))
    context = Context(as_of=date(2023, 9, 15), store_path=None)
    words = refusal(lambda: plan_case(load_case(str(file)), context))
    assert words is None or (words and "Traceback" not in words)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(damage_lists)
def test_a_damaged_case_is_planned_or_refused(tmp_path, damages):
    damage_and_plan(damages, tmp_path)


@pytest.mark.slow
@settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(damage_lists)
def test_many_damaged_cases_are_planned_or_refused(tmp_path, damages):
    damage_and_plan(damages, tmp_path)


words = st.one_of(st.text(max_size=8), st.sampled_from(["1500 km", "2023-09-13", "true", "A1"]))
trees = st.recursive(
    words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3)
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["sources", "analyses", "claims", "title", "as_of", "seed"]), trees)
def test_any_tree_in_any_place_is_planned_or_refused(key, tree):
    from pydantic import ValidationError

    from kosmodrom.cases.problems import problems_of
    from kosmodrom.cases.schema import CaseModel
    from kosmodrom.cases.yamltext import Document

    data = {"kosmodrom": "1", "title": {"en": "x"}, key: tree}

    def plan():
        try:
            model = CaseModel.model_validate(data)
        except ValidationError as error:
            problems = problems_of(error, CaseModel)
            raise InputError("; ".join(problem.message for problem in problems)) from None
        plan_case(Case("x", model, Document("x", data, {})), Context(store_path=None))

    words = refusal(plan)
    assert words is None or words.strip()
