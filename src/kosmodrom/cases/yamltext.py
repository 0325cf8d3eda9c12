"""YAML read as text only: words, lists and mappings, with the line of each.

Nothing is typed here, so that ``12:30:00`` stays a text and ``no`` stays a word. What a
stranger's file could do harm with is refused: tags, anchors, aliases, merge keys, several
documents, great size, depth or number of nodes. The tree is built from events, not by recursion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from kosmodrom.errors import CaseError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Document", "TreePath", "read_bytes", "read_file", "read_text"]

MAX_BYTES = 4 * 2**20  # 500 claims with two languages are about 0.5 MiB
MAX_DEPTH = 40
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels; a case needs about 6"
MAX_NODES = 200_000

TreePath = tuple[str | int, ...]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")

try:  # the C parser is ten times faster; both give the same events
    _LOADER: Any = yaml.CBaseLoader
except AttributeError:  # PyYAML built without libyaml
    _LOADER = yaml.BaseLoader


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file as text.

    Attributes
    ----------
    file : str
        Name for messages.
    data : object
        Strings, lists and dicts.
    lines : dict of tuple to int
        Line of each key and item, by its path from the top [-].
    """

    file: str
    data: Any
    lines: dict[TreePath, int]

    def line(self, path: TreePath) -> int:
        """Find the line of a path, or of the nearest thing above it.

        Parameters
        ----------
        path : tuple of str or int
            Keys from the top.

        Returns
        -------
        int
            Line, from 1 [-].
        """
        for length in range(len(path), -1, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 1

    def place(self, path: TreePath) -> str:
        """Write a path as FILE:LINE.

        Parameters
        ----------
        path : tuple of str or int
            Keys from the top.

        Returns
        -------
        str
            File and line.
        """
        return f"{self.file}:{self.line(path)}"


def read_file(path: Path, name: str = "") -> Document:
    """Read a YAML file as text.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    name : str
        Name for messages; empty takes the path as it was given.

    Returns
    -------
    Document
        The text tree.
    """
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; give a file")
        with path.open("rb") as file:  # not by its size: a device has none
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from None
    return read_bytes(raw, name or str(path))


def read_bytes(raw: bytes, name: str) -> Document:
    """Read the bytes of a YAML file as text.

    Parameters
    ----------
    raw : bytes
        The file, or its first 4 MiB and one byte.
    name : str
        Name for messages.

    Returns
    -------
    Document
        The text tree.
    """
    if len(raw) > MAX_BYTES:
        raise CaseError(
            f"{name}:1: the file is longer than {MAX_BYTES // 2**20} MiB, the most that is read. "
            "Bring big tables in by 'kosmodrom data import'"
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CaseError(
            f"{name}:{line}: byte {error.start} is not UTF-8 text; write the YAML in UTF-8"
        ) from None
    return read_text(text, name)


def read_text(text: str, file: str) -> Document:
    """Read YAML text as text.

    Parameters
    ----------
    text : str
        The YAML.
    file : str
        Name for messages.

    Returns
    -------
    Document
        The text tree.
    """
    control = _CONTROL.search(text)
    if control is not None:
        number = text.count("\n", 0, control.start()) + 1
        raise CaseError(
            f"{file}:{number}: control character {ord(control[0]):#04x}; "
            "a case is a YAML text file"
        )
    try:
        return _Builder(file).build(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        if "nesting depth" in str(error.problem):  # PyYAML 6.0.4 and newer stop before we do
            raise CaseError(f"{file}:{line}: {_TOO_DEEP}") from None
        what = " ".join(part for part in (error.context, error.problem) if part)
        raise CaseError(f"{file}:{line}: not YAML: {what}") from None
    except yaml.YAMLError as error:
        raise CaseError(f"{file}:1: not YAML: {str(error).splitlines()[0]}") from None


class _Frame:
    """A list or mapping that is still open."""

    def __init__(self, path: TreePath, box: dict[str, Any] | list[Any]) -> None:
        self.path = path
        self.box = box
        self.key: str | None = None


class _Builder:
    """Builds the tree from the parser's events."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[TreePath, int] = {}
        self.frames: list[_Frame] = []
        self.top: Any = None
        self.nodes = 0

    def fail(self, line: int, message: str) -> CaseError:
        return CaseError(f"{self.file}:{line}: {message}")

    def build(self, events: Iterator[Any]) -> Document:
        documents = 0
        for event in events:
            kind = type(event).__name__
            line = event.start_mark.line + 1
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise self.fail(line, "a second YAML document starts; a case is one document")
            elif kind == "AliasEvent":
                raise self.fail(line, f"alias '*{event.anchor}' is not taken; write the value out")
            elif kind in {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent"}:
                self.check(event, line)
                self.add(event, kind, line)
            elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
                self.frames.pop()
        if self.top is None:
            raise self.fail(1, "the file is empty; 'kosmodrom new' writes a commented case")
        return Document(self.file, self.top, self.lines)

    def check(self, event: Any, line: int) -> None:
        if event.anchor is not None:
            raise self.fail(line, f"anchor '&{event.anchor}' is not taken; write the value out")
        if event.tag is not None and event.tag != "!":
            raise self.fail(line, f"tag '{event.tag}' is not taken; write plain text")
        if isinstance(event, yaml.ScalarEvent) and (sign := _CONTROL.search(event.value)):
            raise self.fail(line, f"control character {ord(sign[0]):#04x}, written as an escape")
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise self.fail(line, f"more than {MAX_NODES} values; split the case")
        if len(self.frames) >= MAX_DEPTH:
            raise self.fail(line, _TOO_DEEP)

    def add(self, event: Any, kind: str, line: int) -> None:
        frame = self.frames[-1] if self.frames else None
        if frame is not None and isinstance(frame.box, dict) and frame.key is None:
            self.take_key(frame, event, kind, line)
            return
        value: Any = event.value if kind == "ScalarEvent" else {} if kind[0] == "M" else []
        path: TreePath = ()
        if frame is None:
            self.top = value
        elif isinstance(frame.box, dict):
            path = (*frame.path, str(frame.key))
            frame.box[str(frame.key)] = value
            frame.key = None
        else:
            path = (*frame.path, len(frame.box))
            frame.box.append(value)
        self.lines.setdefault(path, line)
        if kind != "ScalarEvent":
            self.frames.append(_Frame(path, value))

    def take_key(self, frame: _Frame, event: Any, kind: str, line: int) -> None:
        if kind != "ScalarEvent":
            raise self.fail(line, "a key must be one word, not a list or a mapping")
        key = event.value
        if key == "<<":
            raise self.fail(line, "merge key '<<' is not taken; write the keys out")
        if isinstance(frame.box, dict) and key in frame.box:
            first = self.lines[(*frame.path, key)]
            raise self.fail(line, f"key {key!r} stands twice, first in line {first}; keep one")
        frame.key = key
        self.lines[(*frame.path, key)] = line
