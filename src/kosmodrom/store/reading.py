"""From a file to the launches in it, with every line that could not be used."""

import csv
import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from kosmodrom.errors import InputError
from kosmodrom.store import gcat
from kosmodrom.store.rows import BadRow, ImportedLaunch

__all__ = ["Readout", "file_hash", "read"]

_MOST_BYTES = 2 * 1024**3
_LONGEST_LINE = 65_536  # bytes; the longest line of GCAT has under 1000
_KINDS: Mapping[str, frozenset[str]] = {
    # the log holds a line a payload, so it is looked for first
    "gcat-launchlog": frozenset({"Launch_Tag", "Launch_Date", "Piece", "LV_Type", "Launch_Site"}),
    "gcat-launches": frozenset({"Launch_Tag", "Launch_Date", "LV_Type", "Launch_Site"}),
}
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_FORMS = (
    "GCAT's orbital launch list (CSV or TSV), a header with "
    "Launch_Tag,Launch_Date,LV_Type,Launch_Site,LaunchCode\n"
    "or GCAT's launch log (TSV, .gz too), a header with "
    "Launch_Tag,Launch_Date,Piece,LV_Type,Launch_Site,Launch_Code\n"
    "or element sets: two-line sets, or OMM in JSON or CSV (.gz too)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """What a file holds.

    Attributes
    ----------
    kind : str
        "gcat-launches" or "gcat-launchlog".
    edition : str
        What the file says of its own date.
    lines : tuple of (int, str)
        Every data line with its number, as it stands.
    launches : tuple of ImportedLaunch
        The launches, one a tag, in the order of the file.
    bad : tuple of BadRow
        Lines that could not be used.
    left_out : int
        Lines that are no orbital or deep-space attempt [-].
    """

    kind: str
    edition: str
    lines: tuple[tuple[int, str], ...]
    launches: tuple[ImportedLaunch, ...]
    bad: tuple[BadRow, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Layout:
    kind: str
    columns: list[str]
    mark: str  # between cells


def file_hash(path: Path) -> str:
    """Hash a file, refusing what is no readable file of a sane size.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        SHA-256 in hexadecimal digits.
    """
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is no file"
        raise InputError(f"{path}: {what}; give the path of a launch list")
    if (size := path.stat().st_size) > _MOST_BYTES:
        raise InputError(f"{path}: {size / 1024**3:.1f} GiB; at most 2 GiB are read")
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    return digest.hexdigest()


def read(path: Path) -> Readout:
    """Read a launch list.

    Parameters
    ----------
    path : pathlib.Path
        CSV or TSV, ``.gz`` too.

    Returns
    -------
    Readout
        What it holds.
    """
    lines = _lines(path)
    header_line, header = next(lines, (1, ""))
    mark = "\t" if "\t" in header else ","
    columns = _header(header, mark)
    kind = next((kind for kind, needed in _KINDS.items() if needed <= set(columns)), None)
    if kind is None or not {"LaunchCode", "Launch_Code"} & set(columns):
        got = header if len(header) <= 200 else header[:200] + "…"
        raise InputError(
            f"{path.name}:{header_line}: no launch list that is known; expected\n{_FORMS}\n"
            f"received\n{got}"
        )
    return _read_rows(_Layout(kind, columns, mark), lines, path.name)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            with gzip.GzipFile(fileobj=raw) if packed else raw as file:
                yield from _text_lines(file, path.name)  # type: ignore[arg-type] # both read bytes
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path.name}: damaged gzip file ({error}); fetch it again") from error
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read ({error.strerror or error})") from error


def _text_lines(file: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    number = total = 0
    while raw := file.readline(_LONGEST_LINE + 1):
        number += 1
        total += len(raw)
        if len(raw) > _LONGEST_LINE:
            raise InputError(f"{name}:{number}: line longer than {_LONGEST_LINE} bytes")
        if total > _MOST_BYTES:
            raise InputError(f"{name}:{number}: more than 2 GiB when unpacked")
        text = _decoded(raw).rstrip("\r\n")
        if _CONTROL.search(text):
            raise InputError(f"{name}:{number}: binary data where text is due; expected\n{_FORMS}")
        if text.strip():
            yield number, text.removeprefix("\ufeff") if number == 1 else text


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")  # GCAT mixes both


def _cells(text: str, mark: str) -> list[str]:
    if mark == "\t":
        return text.split("\t")
    return next(csv.reader([text], strict=True))


def _header(text: str, mark: str) -> list[str]:
    try:
        return [name.strip() for name in _cells(text.removeprefix("#"), mark)]
    except csv.Error:
        return []  # no header that is known


@dataclass(slots=True)
class _Taken:
    """What was read so far."""

    kept: list[tuple[int, str]] = field(default_factory=list)
    launches: dict[str, ImportedLaunch] = field(default_factory=dict)
    payloads: dict[str, list[str]] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    left_out: int = 0
    edition: str = ""


def _read_rows(layout: _Layout, lines: Iterator[tuple[int, str]], name: str) -> Readout:
    taken = _Taken()
    for number, text in lines:
        if text.startswith("#"):
            taken.edition = taken.edition or _edition(text)
            continue
        taken.kept.append((number, text))
        try:
            _take(taken, layout, number, text)
        except (ValueError, csv.Error) as error:
            taken.bad.append(BadRow(number, str(error), text))
    if not taken.launches:
        first = taken.bad[0] if taken.bad else None
        why = f"; line {first.line}: {first.problem}" if first else ""
        raise InputError(f"{name}: no launch could be read{why}")
    return Readout(
        kind=layout.kind,
        edition=taken.edition,
        lines=tuple(taken.kept),
        launches=tuple(
            replace(launch, payload=", ".join(taken.payloads[tag]))
            for tag, launch in taken.launches.items()
        ),
        bad=tuple(taken.bad),
        left_out=taken.left_out,
    )


def _take(taken: _Taken, layout: _Layout, number: int, text: str) -> None:
    cells = _cells(text, layout.mark)
    if len(cells) != len(layout.columns):
        raise ValueError(f"{len(cells)} cells, not {len(layout.columns)}")
    launch = gcat.launch(dict(zip(layout.columns, cells, strict=True)), number)
    if launch is None:
        taken.left_out += 1
        return
    known = taken.launches.setdefault(launch.tag, launch)
    names = taken.payloads.setdefault(launch.tag, [])
    if known is not launch:
        if layout.kind != "gcat-launchlog":
            raise ValueError(f"{launch.tag} stands in line {known.line} already")
        if (known.when, known.code, known.site_code) != (
            launch.when, launch.code, launch.site_code
        ):  # fmt: skip
            raise ValueError(f"{launch.tag} has another date, site or outcome in {known.line}")
    if launch.payload and launch.payload not in names:
        names.append(launch.payload)


def _edition(text: str) -> str:
    found = text.lstrip("# ").strip()
    return found.removeprefix("Updated").strip() if found.startswith("Updated") else ""
