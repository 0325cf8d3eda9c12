"""What the user asked a verb: options and a request file, and the place of each problem."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kosmodrom.errors import CaseError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kosmodrom.cases.yamltext import Document
    from kosmodrom.errors import RequestError

__all__ = ["Asked", "option_name", "read_request"]


def option_name(key: str) -> str:
    """Write the key of a request as an option.

    Parameters
    ----------
    key : str
        Like "min_elevation".

    Returns
    -------
    str
        Like "--min-elevation".
    """
    return "--" + key.replace("_", "-")


def read_request(name: str) -> Document:
    """Read a request from a file or from stdin, as text.

    Parameters
    ----------
    name : str
        Path of a JSON or YAML file, or ``-``.

    Returns
    -------
    Document
        A mapping, with the line of each key.
    """
    from kosmodrom.cases.yamltext import MAX_BYTES, read_bytes, read_file

    if name == "-":
        document = read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>")
    else:
        document = read_file(Path(name))
    if not isinstance(document.data, dict):
        raise CaseError(
            f"{document.file}:1: a request is a mapping of keys, like {{from: vostochny}}"
        )
    nulls = [
        f"{document.place(path)}: {path[0]} is null; give it a value, or leave the key away"
        for path in _nulls(document.data, ())
    ]
    if nulls:
        raise CaseError(*dict.fromkeys(nulls))
    return document


def _nulls(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    """Find what is nothing in JSON; every scalar has been read as text."""
    if value == "null":
        yield path
    parts = value.items() if isinstance(value, dict) else (
        enumerate(value) if isinstance(value, list) else ()
    )  # fmt: skip
    for key, part in parts:
        yield from _nulls(part, (*path, key))


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as given; an option goes before the same key of the file.

    Attributes
    ----------
    options : Mapping
        Keys given as options.
    document : Document or None
        The request file.
    """

    options: Mapping[str, Any]
    document: Document | None = None

    def mapping(self) -> dict[str, Any]:
        """Join the file and the options.

        Returns
        -------
        dict
            The request.
        """
        return {**(self.document.data if self.document else {}), **self.options}

    def own(self, keys: Iterable[str]) -> bool:
        """Tell whether the user wrote some keys as options, and no file did.

        Parameters
        ----------
        keys : iterable of str
            The keys.

        Returns
        -------
        bool
            Whether none of them comes from the request file, which a stranger may have written.
        """
        given = self.document.data if self.document else {}
        return all(key in self.options or key not in given for key in keys)

    def refuse(self, problems: Iterable[RequestError]) -> InputError:
        """Put problems into words, each with the place the user wrote it.

        Parameters
        ----------
        problems : iterable of RequestError
            What is wrong.

        Returns
        -------
        InputError
            To be raised.
        """
        return CaseError(*dict.fromkeys(self._line(problem) for problem in problems))

    def _line(self, problem: RequestError) -> str:
        path, message = problem.path, problem.message
        if not path:
            return f"{self.document.file}:1: {message}" if self.document else f"error: {message}"
        key = str(path[0])
        if self.document is not None and key in self.document.data and key not in self.options:
            return f"{self.document.place(path)}: {message}"
        return f"{option_name(key)}: {message.removeprefix(f'{path[-1]}: ')}"
