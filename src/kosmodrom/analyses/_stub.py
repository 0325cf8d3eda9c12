"""Writes ``kosmodrom/__init__.pyi`` from the registry, so that editors know every verb.

``python -m kosmodrom.analyses._stub`` writes the file; a test holds it up to date.
"""

from __future__ import annotations

import inspect
import json
import textwrap
import types
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from kosmodrom.analyses._registry import analysis, verbs

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from kosmodrom.analyses._registry import Analysis

__all__ = ["render_stub"]

_WIDTH = 99
_HEAD = '''\
# Written by `python -m kosmodrom.analyses._stub`; do not edit.
# fmt: off
"""Computed, sourced and repeatable answers about space launch and the claims made of it."""

'''
_TAIL = """\
from kosmodrom.analyses._result import Result

__version__: str
__all__: list[str]
"""
#: Keywords that every function has.
_OWN = {
    "as_of": "Use only what was public by the end of this UTC day.",
    "dask": "Do the work on a cluster of Dask, whose scheduler is at this address.",
    "parquet": "Write the rows to this Parquet file, piece by piece, and keep none.",
}
_IMPORTED = {
    "collections.abc": ("Mapping", "Sequence"),
    "typing": ("Literal",),
}


def render_stub() -> str:
    """Write the types of the package's functions.

    Returns
    -------
    str
        The text of ``__init__.pyi``.
    """
    functions = "\n".join(_function(analysis(name)) for name in verbs())
    imports = []
    for module, names in _IMPORTED.items():
        if used := [name for name in names if f"{name}[" in functions]:
            imports.append(f"from {module} import {', '.join(used)}\n")
    return f"{_HEAD}{''.join(imports)}\n{_TAIL}\n{functions}"


def _function(verb: Analysis) -> str:
    fields = sorted(verb.request.model_fields.items(), key=lambda item: not item[1].is_required())
    lines = [f"def {verb.name}(", "    *,"]
    for name, field in fields:
        lines += _parameter(name, field)
    lines += [f"    {word}: str | None = None," for word in _OWN]
    lines += [") -> Result:"]
    doc = inspect.cleandoc(verb.doc).partition("\n")[0]
    lines += [f'    """{doc}', "", "    Parameters", "    ----------"]
    for name, field in fields:
        lines.append(f"    {name} : {_words(field)}")
        lines += _paragraph(field.description or "See the verb's own help.")
    for word, about in _OWN.items():
        lines += [f"    {word} : str, optional", *_paragraph(about)]
    lines += [
        "",
        "    Returns",
        "    -------",
        "    Result",
        *_paragraph("Facts, columns, map features, accuracy, warnings and data sets."),
        '    """',
        "",
    ]
    return "\n".join(lines)


def _parameter(name: str, field: FieldInfo) -> list[str]:
    default = "" if field.is_required() else f" = {_value(field.default)}"
    line = f"    {name}: {_type(field.annotation)}{default},"
    if len(line) <= _WIDTH:
        return [line]
    return textwrap.wrap(
        line, _WIDTH, initial_indent="    ", subsequent_indent="        ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def _paragraph(text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8, break_on_hyphens=False
    )


def _value(default: Any) -> str:
    if isinstance(default, str):
        return json.dumps(default, ensure_ascii=False)
    return repr(default) if isinstance(default, (int, float, tuple, types.NoneType)) else "..."


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation is types.NoneType:
        return "None"
    if origin is Annotated:
        return _type(inner[0])
    if origin in {Union, types.UnionType}:
        return " | ".join(dict.fromkeys(_type(part) for part in inner))
    if origin is Literal:
        return f"Literal[{', '.join(_value(word) for word in inner)}]"
    if origin in {tuple, list, set, frozenset}:
        return f"Sequence[{_type(inner[0])}]"
    if origin in {dict, Mapping} or annotation is dict:
        return "Mapping[str, object]"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "Mapping[str, object]"
    return annotation.__name__ if annotation in {str, int, float, bool} else "object"


def _words(field: FieldInfo) -> str:
    """Write a type for a docstring."""
    named = _type(field.annotation).replace(" | None", "")
    if named.startswith("Literal["):
        named = "{" + named.removeprefix("Literal[").removesuffix("]") + "}"
    named = "sequence of str" if named == "Sequence[str]" else named
    return named if field.is_required() else f"{named}, optional"


if __name__ == "__main__":
    Path(__file__).parents[1].joinpath("__init__.pyi").write_text(render_stub(), "utf-8")
