"""``kosmodrom new``: a case to start from."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click

from kosmodrom.errors import InputError

__all__ = ["command"]


@click.command(
    "new",
    epilog="""\b
Examples:
  kosmodrom new my-case
  kosmodrom new cases/my-case.yaml
""",
)
@click.argument("name")
def _command(name: str) -> None:
    """Write a commented case to start from.

    NAME is a word, or a file that ends in .yaml. The case can be checked and run as it stands; an
    existing file is never overwritten.
    """
    from kosmodrom.cases.template import template
    from kosmodrom.cli.talk import safe

    path = Path(name) if name.endswith((".yaml", ".yml")) else Path(f"{name}.yaml")
    if not re.match(r"^\w[\w .+-]*$", path.name) or name.endswith(("/", os.sep)):
        raise InputError(f"{name!r} is not a name for a case; write a word, like my-case")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:  # "x" refuses an old file
            file.write(template())
    except FileExistsError:
        raise InputError(
            f"{path} is there already and is not overwritten; give another name"
        ) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot write {path}: {why}") from None
    click.echo(f"{safe(path)}")
    word = shlex.quote(safe(path))
    click.echo(f"next: kosmodrom check {word}; kosmodrom run {word}", err=True)


command = _command
