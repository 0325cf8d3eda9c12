"""The Python door: verbs as functions."""

import inspect

import pytest

import kosmodrom
from kosmodrom.errors import InputError


def test_a_verb_is_a_function_with_the_fields_of_its_request():
    names = list(inspect.signature(kosmodrom.distance).parameters)
    assert names == ["from_", "to", "to_border", "as_of", "dask", "parquet"]
    assert "geodesic" in kosmodrom.distance.__doc__


def test_it_answers_with_facts_and_columns():
    result = kosmodrom.sites(names=["vostochny", "baikonur"])
    assert result.facts["count"].value == 2
    assert len(result) == len(result.rows()) == 2
    pandas = pytest.importorskip("pandas", reason="pandas is the caller's, not a dependency")
    frame = result.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["id"]) == [row["id"] for row in result.rows()]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"from_": "vostochny"}, "give either 'to'"),
        ({"from_": "vostochny", "to": "Vladivostok", "too": "x"}, "did you mean 'to'"),
        ({"from_": "vostochmy", "to": "Vladivostok"}, "did you mean Vostochny"),
        ({"from_": "91,0", "to": "Vladivostok"}, "latitude 91"),
    ],
)
def test_a_wrong_keyword_is_named(fields, said):
    with pytest.raises(InputError, match="distance") as error:
        kosmodrom.distance(**fields)
    assert said in str(error.value)


def test_as_of_holds_back_what_was_published_later():
    now = kosmodrom.launches(site="vostochny").facts["count"].value
    then = kosmodrom.launches(site="vostochny", as_of="2023-09-15").facts["count"].value
    assert (then, now) == (15, 20)  # GCAT, orbital list to 2025-11-30


def test_an_unknown_verb_is_answered_with_a_near_one():
    with pytest.raises(AttributeError, match="did you mean 'distance'"):
        kosmodrom.distanse  # noqa: B018 -- the look-up is what is tested
    assert "distance" in dir(kosmodrom)


def test_the_version_is_that_of_the_package():
    from importlib.metadata import version

    assert kosmodrom.__version__ == version("kosmodrom")
