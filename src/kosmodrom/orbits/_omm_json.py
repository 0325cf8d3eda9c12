"""JSON of strangers, one flat object after the other: no tree of a whole file is ever held."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from kosmodrom.errors import InputError
from kosmodrom.orbits._text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["objects"]

_LONGEST_OBJECT = 16_384  # characters; those of Space-Track have about 1600
_BLANKS = re.compile(r"[ \t\r\n]*")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"key {shown(twice)} stands twice; keep one")
    return keys


def _no_constant(word: str) -> Any:
    raise ValueError(f"{word} is no number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=str, parse_int=str, parse_constant=_no_constant
)


def objects(text: str, source: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Read a list of flat objects, or one, with every number left as text.

    Parameters
    ----------
    text : str
        The JSON.
    source : str
        Name of the file, for messages.

    Yields
    ------
    tuple
        Where the object stands, and its keys and values.
    """
    at = _skip(text, 0)
    many = text.startswith("[", at)
    at = _skip(text, at + many)
    line, counted, number = 1, 0, 0
    while not (many and number == 0 and text.startswith("]", at)):
        number += 1
        line, counted = line + text.count("\n", counted, at), at
        place = f"{source}:{line}: object {number}" if many else f"{source}:{line}"
        keys, at = _object(text, at, place)
        yield place, keys
        at = _skip(text, at)
        if not many or text.startswith("]", at):
            break
        if not text.startswith(",", at):
            raise InputError(f"{_place(text, at, source)}: a comma or ] is due after an object")
        at = _skip(text, at + 1)
    if many:
        at = _skip(text, at + 1)
    if at < len(text):
        raise InputError(
            f"{_place(text, at, source)}: {shown(text[at : at + 40])} follows the end of the "
            "JSON; OMM in JSON is one list of objects, or one object"
        )


def _skip(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _place(text: str, at: int, source: str) -> str:
    return f"{source}:{text.count(chr(10), 0, at) + 1}"


def _object(text: str, at: int, place: str) -> tuple[dict[str, Any], int]:
    if not text.startswith("{", at):
        got = shown(text[at : at + 40]) if at < len(text) else "the end of the file"
        raise InputError(f"{place}: an object {{...}} with the keys of an OMM is due, not {got}")
    end = text.find("}", at, at + _LONGEST_OBJECT) + 1
    for part in (text[at:end], text[at : at + _LONGEST_OBJECT]):  # a name may hold a brace
        try:
            keys, length = _DECODER.raw_decode(part)
        except json.JSONDecodeError as error:
            problem = error
        except (ValueError, RecursionError) as error:
            why = "nested too deep" if isinstance(error, RecursionError) else str(error)
            raise InputError(f"{place}: {why}") from None
        else:
            return keys, at + length
    if at + _LONGEST_OBJECT < len(text) and problem.pos >= _LONGEST_OBJECT - 100:
        raise InputError(
            f"{place}: longer than {_LONGEST_OBJECT} characters; an OMM has about 2000"
        )
    raise InputError(f"{place}: not JSON after {problem.pos} characters: {problem.msg}")
