"""A text with its places: lines, columns, and the plain letters that the readers look at."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from kosmodrom.errors import InputError
from kosmodrom.launch.notices.notice import Repair, Unread

__all__ = ["LARGEST_TEXT", "Page"]

LARGEST_TEXT = 4 * 1024 * 1024  # characters; as large as a case file may be
_SHOWN = 80  # characters of a text that a finding quotes

# One letter for one letter, so that a place in the plain text is a place in the text. Full-width
# digits and letters are what Japanese and Chinese papers print.
_ALIKE = {
    "º": "°", "˚": "°", "∘": "°", "⁰": "°", "′": "'", "’": "'", "‘": "'", "`": "'", "´": "'",
    "ʹ": "'", "″": '"', "”": '"', "“": '"', "ʺ": '"', "–": "-", "—": "-", "‐": "-", "‑": "-",
    "−": "-", "－": "-", "～": "~", "〜": "~", "，": ",", "、": ",", "．": ".", "。": ".",
    "：": ":",
    "；": ";", "（": "(", "）": ")", "\t": " ", "\r": " ", "\v": " ", "\f": " ", "\xa0": " ",
    "\u3000": " ", "\u2009": " ", "\u202f": " ", "\ufeff": " ", "\x00": " ", "\u200b": " ",
    "\u200c": " ", "\u200d": " ", "\u200e": " ", "\u200f": " ", "\u2060": " ", "\u2028": "\n",
    "\u2029": "\n",
}  # fmt: skip
_PLAIN = str.maketrans(
    {chr(a): chr(a - 32) for a in range(97, 123)}
    | {chr(0xFF10 + k): chr(48 + k) for k in range(10)}
    | {chr(0xFF21 + k): chr(65 + k) for k in range(26)}
    | {chr(0xFF41 + k): chr(65 + k) for k in range(26)}
    | _ALIKE
)

# What mail and pages of the web put around a text; each becomes as many blanks.
_QUOTED = re.compile(r"(?:^|\n)[ ]{0,8}>[> ]{0,16}")
_TAG = re.compile(r"</?[A-Z][^<>\n]{0,200}>")
_NEW_LINE = re.compile(r"</?(?:BR|P|DIV|LI|TR|PRE|H\d|UL|OL|TABLE)\b")
_ENTITIES = {  # signs of degrees, minutes and seconds are read as they are
    "&NBSP;": " ", "&#160;": " ", "&NDASH;": "-", "&MDASH;": "-", "&MINUS;": "-", "&GT;": ">",
    "&LT;": "<", "&AMP;": "&",
}  # fmt: skip
_ENTITY = re.compile(r"&(?:[A-Z]{2,5}|#X?[0-9A-F]{2,3});")


def _blank(found: re.Match[str]) -> str:
    return "\n".join(" " * len(part) for part in found.group().split("\n"))


def _tag(found: re.Match[str]) -> str:
    first = "\n" if _NEW_LINE.match(found.group()) else " "
    return first + " " * (len(found.group()) - 1)


def _entity(found: re.Match[str]) -> str:
    words = found.group()
    return " " * (len(words) - 1) + _ENTITIES[words] if words in _ENTITIES else words


def _plain(text: str) -> str:
    """Give a text in plain capitals, letter for letter; what wraps it becomes blanks."""
    plain = text.translate(_PLAIN)
    if "\\N" in plain and plain.count("\n") < plain.count("\\N"):  # as texts in JSON have it
        plain = plain.replace("\\R", "  ").replace("\\N", " \n").replace("\\T", "  ")
    if "<" in plain:
        plain = _TAG.sub(_tag, plain)
    if "&" in plain:
        plain = _ENTITY.sub(_entity, plain)
    return _QUOTED.sub(_blank, plain) if ">" in plain else plain


@dataclass(frozen=True, slots=True)
class Page:
    """A text as it came, and the same in plain capitals, letter for letter.

    Attributes
    ----------
    text : str
        As it came.
    plain : str
        The same length: capitals, plain dashes, quotes and digits.
    starts : tuple of int
        Where its lines begin.
    """

    text: str
    plain: str = field(init=False, repr=False)
    starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.text) > LARGEST_TEXT:
            raise InputError(
                f"the text has {len(self.text)} characters; at most {LARGEST_TEXT} are read at "
                "once: give the notices in several files"
            )
        object.__setattr__(self, "plain", _plain(self.text))
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        object.__setattr__(self, "starts", tuple(starts))

    def place(self, at: int) -> tuple[int, int]:
        """Give line and column of a place.

        Parameters
        ----------
        at : int
            Characters before it.

        Returns
        -------
        line, column : int
            Both from 1.
        """
        line = bisect_right(self.starts, at)
        return line, at - self.starts[line - 1] + 1

    def quote(self, begin: int, end: int) -> str:
        """Give words of the text on one line, at most 80 characters.

        Parameters
        ----------
        begin, end : int
            Where they begin and end.

        Returns
        -------
        str
            The words with single spaces.
        """
        words = " ".join(self.text[begin : min(end, begin + 2 * _SHOWN)].split())
        return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"

    def repair(self, code: str, begin: int, end: int) -> Repair:
        """Say that something was set right.

        Parameters
        ----------
        code : str
            What was done.
        begin, end : int
            Where the words begin and end.

        Returns
        -------
        Repair
            The finding.
        """
        return Repair(code=code, line=self.place(begin)[0], text=self.quote(begin, end))

    def unread(self, code: str, begin: int, end: int) -> Unread:
        """Say that something was not understood.

        Parameters
        ----------
        code : str
            Why.
        begin, end : int
            Where the words begin and end.

        Returns
        -------
        Unread
            The finding.
        """
        line, column = self.place(begin)
        return Unread(code=code, line=line, column=column, text=self.quote(begin, end))
