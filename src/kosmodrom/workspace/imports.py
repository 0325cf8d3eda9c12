"""Bringing files into the store: launch lists and element sets, told apart by their content."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from kosmodrom.orbits.read import looks_like_elements
from kosmodrom.workspace._element_sets import read_file, set_file

if TYPE_CHECKING:
    from pathlib import Path

    from kosmodrom.store import ImportReport, Store

__all__ = ["import_file"]

_HEAD = 65_536  # bytes that are looked at
_GZIP = 31  # zlib's word for a gzip header


def import_file(path: Path, store: Store) -> ImportReport:
    """Take in a file: all of it or, where anything stops it, nothing.

    Parameters
    ----------
    path : pathlib.Path
        Element sets (TLE, or OMM in JSON or CSV), or a launch list of GCAT; ``.gz`` too.
    store : Store
        The store, open for writing.

    Returns
    -------
    ImportReport
        What was taken.
    """
    if looks_like_elements(_head(path)):
        return store.import_sets(set_file(read_file(path)))
    return store.import_file(path)


def _head(path: Path) -> str:
    """Give the beginning of a file; empty where it cannot be had, which the reader then says."""
    try:
        with path.open("rb") as file:
            raw = file.read(_HEAD)
        if raw.startswith(b"\x1f\x8b"):
            raw = zlib.decompressobj(_GZIP).decompress(raw, _HEAD)
    except (OSError, zlib.error):
        return ""
    return raw.decode("utf-8", "replace")
