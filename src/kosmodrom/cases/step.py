"""A verb is a case of one step: the one function that all doors call."""

from __future__ import annotations

from importlib.metadata import version
from math import isfinite
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from kosmodrom import messages
from kosmodrom.analyses._registry import Analysis, analysis
from kosmodrom.analyses._request import Named
from kosmodrom.analyses._result import FactSpec, Note, Result, plain_column, rounded
from kosmodrom.cases.problems import problems_of
from kosmodrom.errors import InputError, ModelError, NotYetPublicError, RequestError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic.fields import FieldInfo

    from kosmodrom.analyses._request import Request
    from kosmodrom.base.facts import Fact
    from kosmodrom.workspace import Context

__all__ = [
    "StepProblems",
    "build_request",
    "check_names",
    "fact_json",
    "keys_of_kind",
    "meaning_of",
    "run_step",
    "spec_of",
    "step_json",
]


class StepProblems(InputError):  # noqa: N818 -- it carries several errors
    """A request is wrong in one or several fields.

    Parameters
    ----------
    problems : iterable of RequestError
        One a field.
    """

    def __init__(self, problems: Iterable[RequestError]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.message for problem in self.problems))


def build_request(verb: Analysis, mapping: Mapping[str, Any]) -> Request:
    """Type the text of a request.

    Parameters
    ----------
    verb : Analysis
        The verb.
    mapping : Mapping
        Keys and texts.

    Returns
    -------
    Request
        The request.
    """
    try:
        return verb.request.model_validate(dict(mapping))
    except ValidationError as error:
        found = problems_of(error, verb.request)
        raise StepProblems(RequestError(item.message, item.path) for item in found) from None


def check_names(
    request: Request, context: Context, path: tuple[str | int, ...] = ()
) -> Iterator[RequestError]:
    """Look up every name of a request in the catalog.

    Parameters
    ----------
    request : Request
        The request.
    context : Context
        Where names are looked up.
    path : tuple
        Where the request stands.

    Yields
    ------
    RequestError
        One for each name that is not there.
    """
    for name, field in type(request).model_fields.items():
        marks = _marks(field)
        value = getattr(request, name)
        if not marks or value is None:
            continue
        many = isinstance(value, (tuple, list))
        for index, text in enumerate(value if many else [value]):
            place = (*path, field.alias or name, *((index,) if many else ()))
            try:
                context.resolve(marks[0].kind, str(text))
            except NotYetPublicError as error:
                yield NotYetPublicError(error.message, place, name=error.name, first=error.first)
            except InputError as error:
                yield RequestError(str(error), place)


def keys_of_kind(request: type[Request], kind: str) -> list[str]:
    """List the keys of a request that hold names of one kind.

    Parameters
    ----------
    request : type
        The model of the request.
    kind : {"place", "site", "country", "satellite", "vehicle", "file"}
        The kind.

    Returns
    -------
    list of str
        The keys, in every spelling that is taken.
    """
    return [
        key
        for name, field in request.model_fields.items()
        if any(mark.kind == kind for mark in _marks(field))
        for key in {name, field.alias or name}
    ]


def _marks(field: FieldInfo) -> list[Named]:
    marks = [mark for mark in field.metadata if isinstance(mark, Named)]
    return marks + _inner_marks(field.annotation)


def _inner_marks(annotation: Any) -> list[Named]:
    found: list[Named] = []
    for inner in getattr(annotation, "__args__", ()):
        found += [mark for mark in getattr(inner, "__metadata__", ()) if isinstance(mark, Named)]
        found += _inner_marks(inner)
    return found


def run_step(name: str, mapping: Mapping[str, Any], context: Context) -> Result:
    """Run one verb.

    Parameters
    ----------
    name : str
        The verb.
    mapping : Mapping
        Its request as keys and texts.
    context : Context
        Facts, files, seed.

    Returns
    -------
    Result
        The answer.
    """
    verb = analysis(name)
    request = build_request(verb, mapping)
    unknown = list(check_names(request, context))
    if unknown:
        raise StepProblems(unknown)
    result = verb.run(request, context)
    _check_promise(verb, result)
    if context.sink is not None and not context.sink.rows and len(result):
        context.sink.write(result.columns, verb.columns)  # a verb that gave its table whole
    return result


def spec_of(specs: Iterable[FactSpec], name: str) -> FactSpec | None:
    """Find what an analysis promises about a fact.

    Parameters
    ----------
    specs : iterable of FactSpec
        The promises.
    name : str
        Name of the fact.

    Returns
    -------
    FactSpec or None
        The promise; None where there is none.
    """
    for spec in specs:
        head, place, tail = spec.name.partition("{}")
        if spec.name == name or (
            place
            and name.startswith(head)
            and name.endswith(tail)
            and len(name) > len(head + tail)
        ):
            return spec
    return None


def meaning_of(verb: Analysis, name: str, lang: str) -> str:
    """Say what a fact means.

    Parameters
    ----------
    verb : Analysis
        The verb that gives it.
    name : str
        Name of the fact.
    lang : {"en", "id"}
        Language; a verb without texts of its own speaks English.

    Returns
    -------
    str
        One clause.
    """
    spec = spec_of(verb.facts, name)
    if spec is None:
        return ""
    code = f"meaning_{verb.name}_{spec.name}"
    return messages.text(code, {}, lang) if messages.has(code, lang) else spec.meaning


def _check_promise(verb: Analysis, result: Result) -> None:
    for name, fact in result.facts.items():
        for number in (fact.value, fact.low, fact.high):
            if isinstance(number, float) and not isfinite(number):
                raise ModelError(f"{verb.name} gave {number} for {name}, which is no answer")
        spec = spec_of(verb.facts, name)
        if spec is not None and spec.unit != fact.unit:
            raise ModelError(
                f"{verb.name} gave {name} in {fact.unit}, and FACTS promises it in {spec.unit}"
            )
        if spec is None:
            raise ModelError(f"{verb.name} gave the fact {name!r}, which FACTS does not promise")
    promised = {spec.name for spec in verb.columns}
    if not set(result.columns) <= promised:
        extra = ", ".join(sorted(set(result.columns) - promised))
        raise ModelError(f"{verb.name} gave columns that COLUMNS does not promise: {extra}")


def fact_json(fact: Fact, spec: FactSpec | None) -> dict[str, Any]:
    """Turn a fact into plain text and numbers, rounded to its stated accuracy.

    Parameters
    ----------
    fact : Fact
        The fact.
    spec : FactSpec or None
        What was promised about it.

    Returns
    -------
    dict
        value, unit, low, high.
    """
    step = spec.resolution if spec else None
    return {
        "value": rounded(fact.value, step),
        "unit": fact.unit,
        "low": rounded(fact.low, step),
        "high": rounded(fact.high, step),
    }


def _notes(notes: Iterable[Note], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "code": note.code,
            "params": dict(note.params),
            "text": messages.text(note.code, note.params, lang),
        }
        for note in notes
    ]


def _request_json(request: Request) -> dict[str, Any]:
    """Show every choice at the top, defaults too, and of what is nested only what was given."""
    shown = request.model_dump(by_alias=True, exclude_none=True)
    given = request.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)
    return {
        key: list(chosen) if isinstance(chosen, tuple) else chosen
        for key, value in shown.items()
        if (chosen := given.get(key, value)) not in ((), {})
    }


def step_json(
    name: str, mapping: Mapping[str, Any], result: Result, context: Context, lang: str = "en"
) -> dict[str, Any]:
    """Write the answer of a verb as the one object that every door shows.

    Parameters
    ----------
    name : str
        The verb.
    mapping : Mapping
        The request as it was given.
    result : Result
        The answer.
    context : Context
        With which it was run.
    lang : {"en", "id"}
        Language of the texts.

    Returns
    -------
    dict
        The object; plain text and numbers.
    """
    verb = analysis(name)
    request = build_request(verb, mapping)
    steps = {spec.name: spec.resolution for spec in verb.columns}
    columns = {key: plain_column(values, steps.get(key)) for key, values in result.columns.items()}
    rows = [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]
    return {
        "analysis": verb.name,
        "version": version("kosmodrom"),
        "as_of": context.as_of.isoformat() if context.as_of else None,
        "request": _request_json(request),
        "facts": {
            key: fact_json(fact, spec_of(verb.facts, key)) for key, fact in result.facts.items()
        },
        "rows": rows,
        "features": {"type": "FeatureCollection", "features": [dict(x) for x in result.features]},
        "figures": [dict(figure) for figure in result.figures],
        "accuracy": _notes(result.accuracy, lang),
        "warnings": _notes(result.warnings, lang),
        "provenance": {
            "seed": context.seed,
            "datasets": [dataset.to_dict() for dataset in result.datasets],
        },
        "alternatives": {
            label: {key: fact_json(fact, spec_of(verb.facts, key)) for key, fact in facts.items()}
            for label, facts in result.alternatives.items()
        },
    }  # fmt: skip
