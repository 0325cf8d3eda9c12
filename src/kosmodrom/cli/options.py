"""From the fields of a request to options of the shell, and the options every verb shares."""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import click

from kosmodrom.analyses._request import Bare
from kosmodrom.cli.asked import option_name

if TYPE_CHECKING:
    from datetime import date

    from pydantic.fields import FieldInfo

    from kosmodrom.analyses._registry import Analysis

__all__ = [
    "SHARED",
    "as_of_option",
    "dask_option",
    "field_options",
    "help_of",
    "lang_option",
    "read_day",
    "shared_options",
]

CommandT = TypeVar("CommandT", bound=Callable[..., Any])

#: Names a field of a request cannot have, for they are options of every verb.
SHARED = frozenset({
    "json", "csv", "as_of", "timezone", "request", "lang", "help", "parquet", "netcdf", "geojson",
    "kml", "czml", "dask",
})  # fmt: skip


class _Choice(click.Choice[str]):
    """Choices for help and completion; a wrong word is refused by the request itself."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a field takes, as far as the shell must know."""

    many: bool = False
    flag: bool = False
    choices: tuple[str, ...] = ()
    nested: bool = False
    word: str = "TEXT"


def _shape(annotation: Any) -> _Shape:
    """Read the shape of a field off its annotation."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(inner[0])
    if origin in {Union, types.UnionType}:
        shapes = [_shape(part) for part in inner if part is not types.NoneType]
        return shapes[0] if shapes else _Shape()
    if origin is Literal:
        return _Shape(choices=tuple(str(word) for word in inner))
    if origin in {tuple, list, frozenset, set}:
        item = _shape(inner[0]) if inner else _Shape()
        return _Shape(many=True, choices=item.choices, nested=item.nested, word=item.word)
    if origin is dict or annotation is dict or hasattr(annotation, "model_fields"):
        return _Shape(nested=True)
    words = {int: "INTEGER", float: "NUMBER"}
    return _Shape(flag=annotation is bool, word=words.get(annotation, "TEXT"))


def field_options(verb: Analysis) -> tuple[list[click.Parameter], list[str]]:
    """Make the options of a verb out of its request, and what it takes without one.

    Parameters
    ----------
    verb : Analysis
        The verb.

    Returns
    -------
    tuple of list
        Options, and the keys that only a request file can give.
    """
    options: list[click.Parameter] = []
    nested: list[str] = []
    for name, field in verb.request.model_fields.items():
        key = field.alias or name
        shape = _shape(field.annotation)
        if shape.nested:
            nested.append(key)
        elif any(isinstance(mark, Bare) for mark in field.metadata):
            word = f"[{key.removesuffix('s').upper()}]..."
            options.append(click.Argument([f"field_{key}"], nargs=-1, metavar=word))
        else:
            options.append(_option(key, field, shape))
    return options, nested


def _option(key: str, field: FieldInfo, shape: _Shape) -> click.Option:
    name = option_name(key)
    about = field.description or ""
    if field.is_required():
        about += "  [required]"
    elif field.default not in (None, (), "", True, False):
        about += f"  [default: {field.default}]"
    elif isinstance(field.default, bool):
        about += f"  [default: {name if field.default else '--no-' + name[2:]}]"
    if shape.many:
        about += "  [may be repeated]"
    declared = f"{name}/--no-{name[2:]}" if shape.flag else name
    return click.Option(
        [declared, f"field_{key}"],
        help=about.strip(),
        multiple=shape.many,
        default=None,
        type=None if shape.flag else _Choice(shape.choices) if shape.choices else str,
        is_flag=True if shape.flag else None,
        metavar=None if shape.flag or shape.choices else shape.word,
    )


def as_of_option(command: CommandT) -> CommandT:
    """Add ``--as-of`` to a command.

    Parameters
    ----------
    command : callable
        The command.

    Returns
    -------
    callable
        The same.
    """
    return click.option(
        "--as-of", metavar="DAY", help="Use only what was public by the end of this UTC day."
    )(command)


def lang_option(command: CommandT) -> CommandT:
    """Add ``--lang`` to a command.

    Parameters
    ----------
    command : callable
        The command.

    Returns
    -------
    callable
        The same.
    """
    return click.option(
        "--lang",
        type=click.Choice(["en", "id"]),
        default="en",
        show_default=True,
        help="Language of sentences and numbers.",
    )(command)


def shared_options() -> list[click.Parameter]:
    """Make the options that every verb has.

    Returns
    -------
    list of click.Parameter
        They stand after the verb's own.
    """

    @click.option(
        "--request", metavar="FILE|-", help="Take the request from a JSON or YAML file; an option "
        "goes before the same key of the file."
    )  # fmt: skip
    @as_of_option
    @click.option("--json", "as_json", is_flag=True, help="Print the whole result as JSON.")
    @click.option(
        "--csv",
        "as_csv",
        is_flag=True,
        help="Print the rows as CSV (the facts, if it has no rows).",
    )
    @click.option(
        "--parquet", metavar="FILE", help="Write the rows to a Parquet file, piece by piece; for "
        "tables larger than the memory."
    )  # fmt: skip
    @click.option("--netcdf", metavar="FILE", help="Write the rows to a NetCDF file, too.")
    @click.option("--geojson", metavar="FILE", help="Write the map to a GeoJSON file, too.")
    @click.option("--kml", metavar="FILE", help="Write the map to a KML file, too.")
    @click.option(
        "--czml", metavar="FILE", help="Write the map to a CZML file, too; flights move."
    )
    @dask_option
    @click.option(
        "--timezone", metavar="ZONE", help="Show times of the table in this IANA zone; JSON and "
        "CSV stay in UTC."
    )  # fmt: skip
    @lang_option
    def holder() -> None:
        """Hold the options."""

    return list(reversed(getattr(holder, "__click_params__", [])))


def dask_option(command: CommandT) -> CommandT:
    """Add ``--dask`` to a command.

    Parameters
    ----------
    command : callable
        The command.

    Returns
    -------
    callable
        The same.
    """
    return click.option(
        "--dask", metavar="ADDRESS", help="Do the work on a cluster of Dask with this scheduler."
    )(command)


def read_day(as_of: str | None) -> date | None:
    """Read the day of ``--as-of``.

    Parameters
    ----------
    as_of : str or None
        As given.

    Returns
    -------
    datetime.date or None
        Its last day; None where nothing was given.
    """
    if as_of is None:
        return None
    from kosmodrom.base.dates import DateRange
    from kosmodrom.errors import CaseError, InputError

    try:
        return DateRange.parse(as_of).last
    except InputError as error:
        raise CaseError(f"--as-of: {error}") from None


def help_of(doc: str) -> tuple[str, str]:
    """Split a verb's docstring into help and examples, as click wants them.

    Parameters
    ----------
    doc : str
        Docstring of the module.

    Returns
    -------
    tuple of str
        Help text, and the examples kept line by line.
    """
    text, _, examples = inspect.cleandoc(doc).partition("\nExamples\n")
    lines = [line.strip() for line in examples.splitlines()]
    commands = [re.sub(r"^\$ ", "", line) for line in lines if line and not set(line) <= {"-"}]
    broken = [" \\\n      ".join(wrap(line, 72, break_on_hyphens=False)) for line in commands]
    shown = "\n".join(["\b", "Examples:", *(f"  {line}" for line in broken)]) if broken else ""
    return text.strip(), shown
