"""Texts that a user names by their files."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

from kosmodrom.errors import InputError

__all__ = ["FileText", "read_user_text"]

_MOST_BYTES = 4 * 2**20


@dataclass(frozen=True, slots=True)
class FileText:
    """A text with what its file is.

    Attributes
    ----------
    name : str
        Name of the file, without its folder.
    sha256 : str
        Hash of its bytes.
    text : str
        The text.
    """

    name: str
    sha256: str
    text: str


def read_user_text(path: str) -> FileText:
    """Read a file of the user's as text.

    Parameters
    ----------
    path : str
        The path; ``-`` is what comes in by the shell.

    Returns
    -------
    FileText
        The text, of at most 4 MiB in UTF-8.
    """
    try:
        if path == "-":
            name, data = "<stdin>", sys.stdin.buffer.read(_MOST_BYTES + 1)
        else:
            if Path(path).is_dir():
                raise InputError(f"{path} is a folder; give a file")
            with Path(path).open("rb") as file:  # not by its size: a device has none
                name, data = Path(path).name, file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot read {path}: {why}") from None
    if len(data) > _MOST_BYTES:
        raise InputError(f"{path} is larger than 4 MiB; give it in parts")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            f"{path}:{line}: not a text in UTF-8 (byte {error.start + 1}); save it as UTF-8"
        ) from None
    if not text.strip():
        raise InputError(f"{path} is empty; give a file with a text")
    return FileText(name, hashlib.sha256(data).hexdigest(), text)
