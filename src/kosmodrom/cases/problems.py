"""One translator from a validation error to what a door can show in its own place."""

from __future__ import annotations

import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from kosmodrom.analyses._registry import near
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Problem", "problems_of"]


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


def _model_at(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """Follow a path through nested models to the one that holds its last key."""
    current: type[BaseModel] | None = model
    inside: Any = None
    for key in path:
        if current is not None:
            field = current.model_fields.get(str(key)) or next(
                (item for item in current.model_fields.values() if item.alias == key), None
            )
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
        field = holder.model_fields.get(str(name)) or next(
            (item for item in holder.model_fields.values() if item.alias == name), None
        )
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
        return f"{name} is {_short(given)}; a text is due here"
    if kind in {"int_parsing", "int_type", "float_parsing", "float_type"}:
        return f"{name} is {_short(given)}; a number is due here"
    if kind == "too_short" and isinstance(given, dict):
        return f"{name} is empty; write {{VERB: {{request}}}}"
    if kind == "too_long" and isinstance(given, dict):
        verbs = ", ".join(str(key) for key in list(given)[:4])
        return f"{name} names several verbs ({verbs}); one step is one verb, split it"
    return f"{name}: {error['msg']}"


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
            "loc": (*(key for key in item["loc"] if not _is_branch(key)), *_field_of(item)),
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


def _field_of(item: Any) -> tuple[str | int, ...]:
    """Tell which field a check of the whole request blames."""
    blamed = (item.get("ctx") or {}).get("error")
    return blamed.path if isinstance(blamed, RequestError) else ()


def _is_branch(key: str | int) -> bool:
    """Tell whether a part of a path is pydantic's name for a branch, not a key of the user."""
    return isinstance(key, str) and (
        key == "[key]" or "(" in key or "[" in key or key in {"str", "dict"}
    )
