"""Plain output: safe text, JSON and CSV to stdout, talk to stderr."""

from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import click

from kosmodrom.errors import CaseError, InputError, KosmodromError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["complain", "emit_csv", "emit_json", "safe", "say", "write_json", "write_text"]

# Signs that turn the direction of writing around, and could make one text look like another.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def safe(text: object) -> str:
    r"""Take out of a text what could steer a terminal, and make its spaces plain.

    Parameters
    ----------
    text : object
        Anything, perhaps from a stranger's case.

    Returns
    -------
    str
        One line of visible text.

    Examples
    --------
    >>> safe("1010.6\u202fkm \x1b[31mred")
    '1010.6 km [31mred'
    """
    kept = []
    for sign in str(text):
        kind = unicodedata.category(sign)
        if sign in "\n\t" or kind[0] == "Z":
            kept.append(" ")
        elif kind not in {"Cc", "Cs"} and sign not in _TURNING:
            kept.append(sign)
    return "".join(kept)


def say(text: str) -> None:
    """Talk to the user on stderr.

    Parameters
    ----------
    text : str
        One line.
    """
    click.echo(safe(text), err=True)


def complain(error: KosmodromError) -> None:
    """Write an error to stderr, one problem a line.

    Parameters
    ----------
    error : KosmodromError
        What happened. A case's problems stand bare, so that an editor can jump to FILE:LINE.
    """
    bare = isinstance(error, CaseError)
    for number, line in enumerate(str(error).split("\n")):
        placed = bare or number or line.startswith("--")
        click.echo(safe(line) if placed else f"error: {safe(line)}", err=True)


def emit_json(document: Any) -> None:
    """Write an object to stdout as JSON.

    Parameters
    ----------
    document : object
        Plain text and numbers.
    """
    whole = (sys.stdout.encoding or "").lower().startswith("utf")
    click.echo(json.dumps(document, indent=2, ensure_ascii=not whole, allow_nan=False))


def write_json(path: Path, document: Any) -> None:
    """Write an object into a file as JSON, aside first and then in its place.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    document : object
        Plain text and numbers.
    """
    write_text(path, json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """Write a text into a file, aside first and then in its place.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    text : str
        What it holds.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first")
    aside = path.with_name(f".{path.name}.part")
    aside.write_text(text, "utf-8")
    aside.replace(path)


def emit_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write a table to stdout as CSV.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : iterable of sequence
        Cells; None is an empty cell, a list is joined by ``; ``.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow(
            [
                "; ".join(map(str, cell)) if isinstance(cell, (list, tuple)) else cell
                for cell in row
            ]
        )
    click.echo(text.getvalue(), nl=False)
