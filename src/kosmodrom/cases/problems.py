"""One translator from a validation error to what a door can show in its own place."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from kosmodrom.analyses._registry import near
from kosmodrom.analyses._request import (
    Acceleration,
    Angle,
    DataRate,
    DataSize,
    Duration,
    HeatFlux,
    Length,
    Load,
    Mass,
    Pressure,
    Speed,
    TurnRate,
)
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pydantic.fields import FieldInfo

__all__ = ["Problem", "problems_of"]

# Marks of fields that take a number with its unit, and a unit to show.
_UNITS = [
    (get_args(kind)[1], unit)
    for kind, unit in ((Length, "km"), (Angle, "deg"), (Duration, "s"), (TurnRate, "deg/s"),
                       (DataSize, "MB"), (DataRate, "Mbit/s"), (Mass, "kg"), (Speed, "m/s"),
                       (Pressure, "kPa"), (Load, "kPa deg"), (Acceleration, "m/s2"),
                       (HeatFlux, "W/m2"))
]  # fmt: skip
#: What to write where a text has a form of its own.
_FORMS = {
    "fact": "STEP.NAME, like vladivostok.geodesic_km",
    "year": "a year of four digits, like 2016",
}
_BOUNDS = {
    "greater_than_equal": ("not below", "ge"),
    "greater_than": ("above", "gt"),
    "less_than_equal": ("not above", "le"),
    "less_than": ("below", "lt"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a request or a case.

    Attributes
    ----------
    path : tuple of str or int
        Keys from the top to the value.
    message : str
        What is wrong and the remedy, without the place.
    """

    path: tuple[str | int, ...]
    message: str


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for inner in get_args(annotation):
        yield from _models_in(inner)


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _field(model: type[BaseModel], key: str | int) -> FieldInfo | None:
    """Find a field by its name or its alias."""
    return model.model_fields.get(str(key)) or next(
        (item for item in model.model_fields.values() if item.alias == key), None
    )


def _model_at(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """Follow a path through nested models to the one that holds its last key."""
    current: type[BaseModel] | None = model
    inside: Any = None
    for key in path:
        if current is not None:
            field = _field(current, key)
            if field is None:
                return None
            inside = field.annotation
            current = (
                inside if isinstance(inside, type) and issubclass(inside, BaseModel) else None
            )
            if current is None and get_origin(inside) in {Union, types.UnionType}:
                current = next(iter(_models_in(inside)), None)
        else:  # an item of a list or of a mapping
            current = next(iter(_models_in(inside)), None)
    return current


def _allowed(context: dict[str, Any]) -> str:
    return str(context.get("expected", "")).replace(" or ", ", ")


def _message(error: Any, model: type[BaseModel]) -> str:
    kind, path, given = error["type"], error["loc"], error.get("input")
    context = error.get("ctx") or {}
    name = path[-1] if path else "value"
    if kind == "extra_forbidden":
        holder = _model_at(model, path[:-1]) or model
        known = _names(holder)
        alike = near(str(name), known)
        hint = f"did you mean {alike[0]!r}?" if alike else f"the keys are {', '.join(known)}"
        return f"unknown key {name!r}; {hint}"
    if kind == "missing":
        holder = _model_at(model, path[:-1]) or model
        field = _field(holder, name)
        what = f" ({field.description})" if field is not None and field.description else ""
        return f"{name!r} is missing{what}; add it"
    if kind == "literal_error":
        choices = _allowed(context)
        alike = near(str(given), [word.strip("' ") for word in choices.split(",")])
        hint = f"; did you mean {alike[0]!r}?" if alike else ""
        return f"{name} is {given!r}; write one of {choices}{hint}"
    if kind == "value_error":
        said = str(error["msg"]).removeprefix("Value error, ")
        return f"{name}: {said}" if path and not _field_of(error) else said
    if kind in {"dict_type", "model_type", "model_attributes_type"}:
        return f"{name} is {_short(given)}; a mapping of keys is due here"
    if kind in {"tuple_type", "list_type"}:
        return f"{name} is {_short(given)}; a list is due here, like [a, b]"
    if kind == "string_type":
        return f"{name} is {_short(given)}; {_text_due(given, path, model)}"
    if kind in {"int_parsing", "int_type", "int_from_float", "float_parsing", "float_type"}:
        whole = "a whole number" if kind.startswith("int") else "a number"
        return f"{name} is {_short(given)}; {whole} is due here"
    if kind.startswith("bool_"):
        return f"{name} is {_short(given)}; write true or false"
    if kind in {"too_short", "too_long"} and isinstance(given, dict):
        if not given:
            return f"{name} is empty; write {{VERB: {{request}}}}"
        verbs = ", ".join(str(key) for key in list(given)[:4])
        return f"{name} names several verbs ({verbs}); one step is one verb, split it"
    limit = _limit(kind, context, given, str(name))
    return f"{name} {limit}" if limit else f"{name} is {_short(given)}; {error['msg']}"


def _limit(kind: str, context: dict[str, Any], given: Any, name: str) -> str:
    """Say which limit of size or form a value breaks; nothing where it is another mistake."""
    if kind == "string_pattern_mismatch":
        form = _FORMS.get(name, f"a text of the form {context.get('pattern')}")
        return f"is {_short(given)}; write {form}"
    if kind in _BOUNDS:
        word, key = _BOUNDS[kind]
        return f"is {_short(given)}; write a number {word} {context.get(key)}"
    if kind == "string_too_short":
        least = context.get("min_length")
        return f"is {_short(given)}; write at least {least} characters" if given else (
            "is empty; write a text"
        )  # fmt: skip
    if kind == "too_short":
        return f"has {len(given)} entries; give at least {context.get('min_length')}"
    if kind in {"string_too_long", "too_long"}:
        what = "characters" if kind == "string_too_long" else "entries"
        return f"has {len(given)} {what}; at most {context.get('max_length')} are taken"
    return ""


def _text_due(given: Any, path: Sequence[str | int], model: type[BaseModel]) -> str:
    """Say how a text is written where something else was given."""
    if isinstance(given, bool) or not isinstance(given, (int, float)):
        return "a text is due here"
    holder = _model_at(model, path[:-1]) or model
    field = _field(holder, path[-1]) if path else None
    marks = _marks(field.annotation, field.metadata) if field is not None else []
    for mark, unit in _UNITS:
        if mark in marks:
            return f"it needs its unit, write '{given} {unit}'"
    return f"a text is due here, write '{given}'"


def _marks(annotation: Any, metadata: Iterable[Any]) -> list[Any]:
    """All that is said about the type of a field, and about the parts of that type."""
    found = [*metadata, *getattr(annotation, "__metadata__", ())]
    for inner in get_args(annotation):
        found += _marks(inner, ())
    return found


def _short(given: Any) -> str:
    if isinstance(given, (dict, list, tuple)):
        return "a mapping" if isinstance(given, dict) else "a list"
    text = repr(given)
    return text if len(text) <= 60 else text[:57] + "..."


def problems_of(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """Put a validation error into words.

    Parameters
    ----------
    error : pydantic.ValidationError
        The error.
    model : type of pydantic.BaseModel
        The model that was filled.

    Returns
    -------
    list of Problem
        What is wrong, each with its path.
    """
    items: list[dict[str, Any]] = [
        {
            **item,
            "loc": (*_path_of(item), *_field_of(item)),
        }
        for item in error.errors(include_url=False)
    ]
    # A misspelt key is one mistake: that the right one is missing goes without saying.
    meant = {
        (*item["loc"][:-1], alike)
        for item in items
        if item["type"] == "extra_forbidden"
        for alike in near(
            str(item["loc"][-1]), _names(_model_at(model, item["loc"][:-1]) or model)
        )
    }
    return [
        Problem(item["loc"], _message(item, model))
        for item in items
        if item["type"] != "missing" or item["loc"] not in meant
    ]


def _path_of(item: Any) -> Iterator[str | int]:
    """Give the keys of the user on the way to what is wrong."""
    last = len(item["loc"]) - 1
    for place, key in enumerate(item["loc"]):
        # A key that nobody asked for is the user's, whatever it looks like.
        if not _is_branch(key) or (place == last and item["type"] == "extra_forbidden"):
            yield key


def _field_of(item: Any) -> tuple[str | int, ...]:
    """Tell which field a check of the whole request blames."""
    blamed = (item.get("ctx") or {}).get("error")
    return blamed.path if isinstance(blamed, RequestError) else ()


def _is_branch(key: str | int) -> bool:
    """Tell whether a part of a path is pydantic's name for a branch, not a key of the user."""
    return isinstance(key, str) and (
        key == "[key]" or "(" in key or "[" in key or key in {"str", "dict"}
    )
