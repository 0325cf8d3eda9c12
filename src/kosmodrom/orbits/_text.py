"""What the readers of element sets ask of any text that strangers send."""

from __future__ import annotations

import re
from typing import Final

from kosmodrom.errors import InputError

__all__ = ["FORMATS", "LONGEST_NAME", "has_control", "refuse_binary", "shown"]

#: What is read, for messages.
FORMATS: Final = (
    "two-line sets (TLE) with or without lines of names, or OMM in JSON or CSV, gzipped or not"
)
LONGEST_NAME: Final = 200  # characters of a satellite's name
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CONTROL_BYTES = bytes(code for code in range(128) if _CONTROL.match(chr(code)))


def refuse_binary(text: str, source: str) -> None:
    """Refuse text with control characters other than tabs and line ends.

    Parameters
    ----------
    text : str
        The text.
    source : str
        Name of the file.
    """
    if text.isascii() and len(text.encode().translate(None, _CONTROL_BYTES)) == len(text):
        return  # the quick way for what almost all files are
    control = _CONTROL.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        raise InputError(
            f"{source}:{line}: control character {ord(control[0]):#04x}; element sets are plain "
            "text, and this file is binary or damaged"
        )


def has_control(name: str) -> bool:
    """Tell whether a name would not stay in one line.

    Parameters
    ----------
    name : str
        The name.

    Returns
    -------
    bool
        Whether it has a control character, a tab or a line end.
    """
    return _CONTROL.search(name) is not None or any(sign in name for sign in "\t\r\n")


def shown(value: object) -> str:
    """Quote what was received, cut to a length that fits a message.

    Parameters
    ----------
    value : object
        What was received.

    Returns
    -------
    str
        The quotation.
    """
    text = repr(value)
    return text if len(text) <= 82 else f"{text[:80]}…{text[0]}"
