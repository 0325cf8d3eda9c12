"""Reading the files of the catalog: strict, and naming file and line of any damage."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
import types
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, partial
from math import isfinite
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from kosmodrom.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

__all__ = ["TableInfo", "file_hash", "read_csv", "read_toml"]

RowT = TypeVar("RowT")

_GRADE = re.compile(r"[A-F][1-6]")
_KEYS = (
    ("part", "engine", "quantity"), ("build", "order"), ("build", "mission", "event"),
    ("shape", "mach"), ("build", "reserve_m_s"),
)  # fmt: skip
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableInfo:
    """One file of the catalog.

    Attributes
    ----------
    name : str
        Name of the table.
    file : str
        Name of the file.
    rows : int
        How many rows it holds [-].
    sha256 : str
        Hash of the bytes of the file.
    source : str
        Whom to credit.
    terms : str
        Licence or terms.
    until : str or None
        Last day that the rows cover; None where time does not bear on them.
    """

    name: str
    file: str
    rows: int
    sha256: str
    source: str
    terms: str
    until: str | None = None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            f"{path.name}: cannot be read ({error.strerror}); the installation is incomplete, "
            "install kosmodrom again"
        ) from error


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        line = _bytes(path)[: error.start].count(b"\n") + 1
        raise DataError(f"{path.name}:{line}: not UTF-8 text; install kosmodrom again") from error


def file_hash(path: Path) -> str:
    """Hash a file.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        SHA-256 of its bytes, in hexadecimal digits.
    """
    return hashlib.sha256(_bytes(path)).hexdigest()


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    dict
        What it says.
    """
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        where = f":{found[1]}" if found else ""
        raise DataError(f"{path.name}{where}: {error}; install kosmodrom again") from error


def read_csv(path: Path, row_type: type[RowT], sources: Mapping[str, object]) -> tuple[RowT, ...]:
    """Read a table and check every cell.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file whose header is the list of fields of `row_type`.
    row_type : type
        A dataclass whose fields are the columns.
    sources : Mapping
        Known sources by id.

    Returns
    -------
    tuple
        One object a row, in the order of the file.
    """
    file, names = _File(path), _names(row_type)
    cells, readers = file.rows(names), _cell_readers(row_type)
    if not cells:
        return ()
    # A column at a time: one cell at a time takes three times as long.
    columns = {
        name: _column(file, name, column, readers[name])
        for name, column in zip(names, zip(*cells, strict=True), strict=True)
    }
    _check(file, columns, sources)
    _check_keys(file, columns)
    rows = zip(*columns.values(), strict=True)
    if issubclass(row_type, tuple):
        return tuple(map(row_type._make, rows))  # type: ignore[attr-defined] # a NamedTuple
    return tuple(row_type(**dict(zip(names, row, strict=True))) for row in rows)


def _names(row_type: Any) -> list[str]:
    if issubclass(row_type, tuple):
        return list(row_type._fields)
    return [field.name for field in fields(row_type)]


@dataclass(frozen=True, slots=True)
class _File:
    """A CSV file, which knows the line of a row when it has to be named."""

    path: Path

    def rows(self, names: list[str]) -> list[list[str]]:
        reader = csv.reader(io.StringIO(_text(self.path), newline=""), strict=True)
        try:
            header, rows = next(reader, []), list(reader)
        except csv.Error as error:
            raise DataError(f"{self.path.name}:{reader.line_num}: {error}") from error
        if header != names:
            raise DataError(
                f"{self.path.name}:1: the columns should be {','.join(names)}\n"
                f"{self.path.name}:1: the columns are       {','.join(header)}"
            )
        for index, row in enumerate(rows):
            if len(row) != len(names):
                raise self.error(index, f"{len(row)} cells, not {len(names)}")
        return rows

    def line(self, index: int) -> int:
        reader = csv.reader(io.StringIO(_text(self.path), newline=""), strict=True)
        for _ in range(index + 2):
            next(reader)
        return reader.line_num

    def error(self, index: int, why: str) -> DataError:
        return DataError(f"{self.path.name}:{self.line(index)}: {why}")


def _column(
    file: _File, name: str, cells: tuple[str, ...], reader: Callable[[str], Any]
) -> Sequence[Any]:
    if reader is str:
        return cells
    values: list[Any] = []
    try:
        for cell in cells:
            values.append(reader(cell))  # noqa: PERF401 -- its length tells which cell is bad
    except ValueError as error:
        bad = len(values)
        raise file.error(bad, f"{name} is {cells[bad]!r}: {error}") from error
    return values


def _check_keys(file: _File, columns: Mapping[str, Sequence[Any]]) -> None:
    names = _key_names(columns)
    keys = list(zip(*(columns[name] for name in names), strict=True))
    if len(set(keys)) == len(keys):
        return
    seen: dict[tuple[Any, ...], int] = {}
    for index, key in enumerate(keys):
        if key in seen:
            called = " ".join(str(part) for part in key if part != "")
            raise file.error(index, f"{called} stands in line {file.line(seen[key])} already")
        seen[key] = index


def _key_names(columns: Mapping[str, object]) -> tuple[str, ...]:
    if "type_class" in columns:
        return "date", "type_class", "outcome"
    if "epoch" in columns:
        return "norad", "epoch"
    for names in _KEYS:
        if "id" not in columns and columns.keys() >= set(names):
            return names
    return ("id",) if "id" in columns else ("tag",)


def _check(
    file: _File, columns: Mapping[str, Sequence[Any]], sources: Mapping[str, object]
) -> None:
    for name, limit in (("latitude_deg", 90.0), ("longitude_deg", 180.0)):
        for index, value in enumerate(columns.get(name, ())):
            if abs(value) > limit:
                raise file.error(index, f"{name} {value:g} is outside ±{limit:g}")
    for name in ("id", "tag", "name"):
        if "" in columns.get(name, ()):
            raise file.error(columns[name].index(""), f"{name} is empty")
    none = {"source": set[str](), "second_source": {""}}
    for name, allowed in none.items():
        for value in set(columns.get(name, ())) - {*sources, *allowed}:
            index = columns[name].index(value)
            raise file.error(index, f"source {value!r} is not in sources.toml")
    for value in set(columns["grade"]):
        if not _GRADE.fullmatch(value):
            index = columns["grade"].index(value)
            raise file.error(index, f"grade {value!r} is not A-F with 1-6, like A2")
    for name in ("happened", "known_from"):
        for value in set(columns[name]):
            if value and not all(map(_is_date, value.split("/"))):
                index = columns[name].index(value)
                raise file.error(index, f"{name} {value!r} is no ISO day or range")


@cache
def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 10 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def _cell_readers(row_type: type) -> dict[str, Callable[[str], Any]]:
    hints = get_type_hints(row_type)
    return {name: _reader(hint) for name, hint in hints.items()}


def _reader(hint: Any) -> Callable[[str], Any]:
    if get_origin(hint) in {Union, types.UnionType}:
        inner = _reader(next(part for part in get_args(hint) if part is not types.NoneType))
        return lambda cell: inner(cell) if cell else None
    if get_origin(hint) is Literal:
        return partial(_chosen, get_args(hint))
    if get_origin(hint) is tuple:
        return lambda cell: tuple(part.strip() for part in cell.split("|")) if cell else ()
    if hint is str:
        return str
    return _finite if hint is float else int


def _finite(cell: str) -> float:
    value = float(cell)
    if not isfinite(value):
        raise ValueError("not a finite number")
    return value


def _chosen(allowed: tuple[str, ...], cell: str) -> str:
    if cell not in allowed:
        raise ValueError(f"not one of {', '.join(repr(word) for word in allowed)}")
    return cell
