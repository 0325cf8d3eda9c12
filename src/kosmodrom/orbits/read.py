"""Element sets out of the bytes of a file, whatever its format."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from typing import TYPE_CHECKING, Final, Literal

from kosmodrom.errors import InputError
from kosmodrom.orbits._text import FORMATS
from kosmodrom.orbits._tle_lines import NUMBERED
from kosmodrom.orbits.omm import read_omm_csv, read_omm_json
from kosmodrom.orbits.tle import read_tle

if TYPE_CHECKING:
    from kosmodrom.orbits.elements import ElementSets

__all__ = [
    "MOST_BYTES",
    "Form",
    "form_of",
    "looks_like_elements",
    "read_elements",
    "read_text",
    "text_of",
]

MOST_BYTES: Final = 64 * 2**20  # 480,000 two-line sets; 15 times the public catalogue

Form = Literal["tle", "omm-json", "omm-csv"]

_PACKED: Final = {b"PK\x03\x04": "zip", b"\xfd7zXZ": "xz", b"BZh": "bzip2", b"(\xb5/\xfd": "zstd"}
_KVN = re.compile(r"(?:CCSDS_OMM_VERS|[A-Z_]{3,40})\s*=")
_HEADER = re.compile(r"\b(?:NORAD_CAT_ID|OBJECT_NAME|MEAN_MOTION)\b")


def read_elements(data: bytes, source: str, *, strict: bool = True) -> ElementSets:
    """Read element sets, taking the format from the content.

    At most 64 MiB after unpacking, and a million sets, are read.

    Parameters
    ----------
    data : bytes
        The file, gzipped or not.
    source : str
        Its name, for messages and for `ElementSets.sources`.
    strict : bool
        As in `kosmodrom.orbits.tle.read_tle`.

    Returns
    -------
    ElementSets
        One row a set, in the order of the file.
    """
    text = text_of(data, source)
    return read_text(text, form_of(text, source), source, strict=strict)


def read_text(text: str, form: Form, source: str, *, strict: bool = True) -> ElementSets:
    """Read element sets of a known format.

    Parameters
    ----------
    text : str
        The text.
    form : {"tle", "omm-json", "omm-csv"}
        Its format.
    source : str
        Name of the file, for messages and for `ElementSets.sources`.
    strict : bool
        As in `kosmodrom.orbits.tle.read_tle`.

    Returns
    -------
    ElementSets
        One row a set, in the order of the text.
    """
    if form == "tle":
        return read_tle(text, source, strict=strict)
    return read_omm_json(text, source) if form == "omm-json" else read_omm_csv(text, source)


def text_of(data: bytes, source: str) -> str:
    """Unpack and decode a file of element sets.

    Parameters
    ----------
    data : bytes
        The file, gzipped or not.
    source : str
        Its name, for messages.

    Returns
    -------
    str
        The text.
    """
    raw = _unpacked(data, source) if data.startswith(b"\x1f\x8b") else data
    if len(raw) > MOST_BYTES:
        raise InputError(
            f"{source}: larger than {MOST_BYTES // 2**20} MiB, the most that is read at once; "
            "split the file"
        )
    for magic, name in _PACKED.items():
        if raw.startswith(magic):
            raise InputError(f"{source}: packed with {name}; unpack it, or pack it with gzip")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{source}:{line}: byte {error.start} is not UTF-8 text; element sets are plain text, "
            "and this file is binary, damaged or in another encoding"
        ) from None


def _unpacked(data: bytes, source: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return file.read(MOST_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{source}: damaged gzip file ({error}); fetch it again") from None


def form_of(text: str, source: str) -> Form:
    """Recognise the format of element sets by their first line.

    Parameters
    ----------
    text : str
        The text.
    source : str
        Name of the file, for messages.

    Returns
    -------
    {"tle", "omm-json", "omm-csv"}
        The format; whatever is no other is tried as two-line sets.
    """
    begin = text[:65_536].lstrip()
    first = begin.partition("\n")[0]
    if not begin:
        raise InputError(f"{source}:1: the file is empty; due are {FORMATS}")
    if begin[0] in "[{":
        return "omm-json"
    other = "XML, or a web page" if begin[0] == "<" else "KVN" if _KVN.match(begin) else ""
    if other:
        raise InputError(
            f"{source}:1: {other}, which is not read; due are {FORMATS}. CelesTrak gives them "
            "with FORMAT=json, csv or tle in the query"
        )
    return "omm-csv" if "," in first and _HEADER.search(first) else "tle"


def looks_like_elements(text: str) -> bool:
    """Tell whether text is probably of element sets, to choose among several readers.

    Parameters
    ----------
    text : str
        The beginning of a file.

    Returns
    -------
    bool
        True also for what is such, but in a form that is refused.
    """
    begin = text.removeprefix("\ufeff").lstrip()
    lines = [line.strip() for line in begin[:4096].split("\n") if line.strip()][:4]
    if begin.startswith("<"):
        return re.search(r"<(?:ndm|omm)\b", begin[:4096]) is not None
    if begin.startswith(("[", "{", "CCSDS_OMM_VERS")):
        return True
    header = bool(lines) and "," in lines[0] and _HEADER.search(lines[0]) is not None
    return header or any(NUMBERED.match(line) for line in lines)
