"""What a validation error says: our own words, with the form that is allowed."""

from typing import Annotated

import pytest
from pydantic import Field, ValidationError

import kosmodrom
from kosmodrom.analyses._request import Flag, Length, Request
from kosmodrom.cases.problems import problems_of
from kosmodrom.cases.schema import Asserted, CaseModel, ClaimModel, EvidenceModel
from kosmodrom.errors import InputError

CLAIM = {"says": "x", "source": "s", "kind": "count"}


class Asking(Request):
    """Fields of every form."""

    length: Length | None = None
    name: str = ""
    short: Annotated[str, Field(max_length=3)] = ""
    least: Annotated[float, Field(gt=0, lt=10)] = 1.0
    code: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "ABC"
    words: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)] = ("a",)
    flag: Flag = False


def said(model, given):
    with pytest.raises(ValidationError) as caught:
        model.model_validate(given)
    return [problem.message for problem in problems_of(caught.value, model)]


WORDS = [
    (EvidenceModel, {"fact": "no dot"},
     "fact is 'no dot'; write STEP.NAME, like vladivostok.geodesic_km"),
    (Asserted, {"year": "16"}, "year is '16'; write a year of four digits, like 2016"),
    (ClaimModel, {**CLAIM, "n": "-1"}, "n is '-1'; write a number not below 0"),
    (ClaimModel, {**CLAIM, "n": "100001"}, "n is '100001'; write a number not above 100000"),
    (ClaimModel, {**CLAIM, "n": "1.5"}, "n is '1.5'; a whole number is due here"),
    (CaseModel, {"kosmodrom": "1", "title": "x", "seed": "-3"},
     "seed is '-3'; write a number not below 0"),
    (CaseModel, {"kosmodrom": "1", "title": "x", "analyses": {"s": {}}},
     "s is empty; write {VERB: {request}}"),
    (Asking, {"length": 5}, "length is 5; it needs its unit, write '5 km'"),
    (Asking, {"name": 2016}, "name is 2016; a text is due here, write '2016'"),
    (Asking, {"name": ["a"]}, "name is a list; a text is due here"),
    (Asking, {"name": True}, "name is True; a text is due here"),
    (Asking, {"short": "abcd"}, "short has 4 characters; at most 3 are taken"),
    (Asking, {"least": 0}, "least is 0; write a number above 0.0"),
    (Asking, {"least": 10}, "least is 10; write a number below 10.0"),
    (Asking, {"code": "ab"}, "code is 'ab'; write a text of the form ^[A-Z]{3}$"),
    (Asking, {"words": []}, "words has 0 entries; give at least 1"),
    (Asking, {"words": ["a", "b", "c"]}, "words has 3 entries; at most 2 are taken"),
    (Asking, {"flag": 7}, "flag is 7; write true or false"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "given", "message"), WORDS, ids=[m for *_, m in WORDS])
def test_a_wrong_value_is_shown_with_the_form_that_is_allowed(model, given, message):
    assert said(model, given) == [message]


def test_an_empty_text_is_called_empty():
    assert said(CaseModel, {"kosmodrom": "1", "title": {"en": ""}}) == [
        "en is empty; write a text"
    ]


def test_the_python_door_says_how_a_number_is_written():
    with pytest.raises(InputError, match=r"launches\(until=\): until is 2023; .* write '2023'"):
        kosmodrom.launches(until=2023)
