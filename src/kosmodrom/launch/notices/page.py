"""A text with its places: lines, columns, and the plain letters that the readers look at."""

from __future__ import annotations

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
    "\u3000": " ", "\u2009": " ", "\u202f": " ", "\ufeff": " ", "\x00": " ",
}  # fmt: skip
_PLAIN = str.maketrans(
    {chr(a): chr(a - 32) for a in range(97, 123)}
    | {chr(0xFF10 + k): chr(48 + k) for k in range(10)}
    | {chr(0xFF21 + k): chr(65 + k) for k in range(26)}
    | {chr(0xFF41 + k): chr(65 + k) for k in range(26)}
    | _ALIKE
)


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
        object.__setattr__(self, "plain", self.text.translate(_PLAIN))
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
