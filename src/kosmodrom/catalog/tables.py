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
from functools import partial
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
    from collections.abc import Callable, Mapping
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
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    names = [field.name for field in fields(row_type)]  # type: ignore[arg-type] # a dataclass
    readers = _cell_readers(row_type)
    rows: list[RowT] = []
    keys: dict[tuple[str, ...], int] = {}
    try:
        if (header := next(reader, [])) != names:
            raise DataError(
                f"{path.name}:1: the columns should be {','.join(names)}\n"
                f"{path.name}:1: the columns are       {','.join(header)}"
            )
        for cells in reader:
            where = f"{path.name}:{reader.line_num}"
            if len(cells) != len(names):
                raise DataError(f"{where}: {len(cells)} cells, not {len(names)}")
            values = {
                name: _cell(where, name, cell, readers[name])
                for name, cell in zip(names, cells, strict=True)
            }
            _check(where, values, sources)
            key = _key(values)
            if key in keys:
                raise DataError(f"{where}: {' '.join(key)} stands in line {keys[key]} already")
            keys[key] = reader.line_num
            rows.append(row_type(**values))
    except csv.Error as error:
        raise DataError(f"{path.name}:{reader.line_num}: {error}") from error
    return tuple(rows)


def _key(values: Mapping[str, Any]) -> tuple[str, ...]:
    if "type_class" in values:
        return values["date"], values["type_class"], values["outcome"]
    if "epoch" in values:
        return str(values["norad"]), values["epoch"]
    for names in _KEYS:
        if "id" not in values and values.keys() >= set(names):
            return tuple(str(values[name]) for name in names if values[name] != "")
    return (values["id"] if "id" in values else values["tag"],)


def _cell(where: str, name: str, cell: str, reader: Callable[[str], Any]) -> Any:
    try:
        return reader(cell)
    except ValueError as error:
        raise DataError(f"{where}: {name} is {cell!r}: {error}") from error


def _check(where: str, values: Mapping[str, Any], sources: Mapping[str, object]) -> None:
    for name, limit in (("latitude_deg", 90.0), ("longitude_deg", 180.0)):
        if name in values and abs(values[name]) > limit:
            raise DataError(f"{where}: {name} {values[name]:g} is outside ±{limit:g}")
    for name in ("id", "tag", "name"):
        if name in values and not values[name]:
            raise DataError(f"{where}: {name} is empty")
    for source in (values["source"], values.get("second_source") or values["source"]):
        if source not in sources:
            raise DataError(f"{where}: source {source!r} is not in sources.toml")
    if not _GRADE.fullmatch(values["grade"]):
        raise DataError(f"{where}: grade {values['grade']!r} is not A-F with 1-6, like A2")
    for name in ("happened", "known_from"):
        for part in values[name].split("/") if values[name] else ():
            if not _is_date(part):
                raise DataError(f"{where}: {name} {values[name]!r} is no ISO day or range")


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
