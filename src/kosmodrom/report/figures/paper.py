"""What all drawings share: reading of the numbers, room for letters, places for labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kosmodrom import messages
from kosmodrom.errors import InputError
from kosmodrom.report.instants import read_instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.report.outlines import Outlines
    from kosmodrom.report.projection import Array
    from kosmodrom.report.words import Words

__all__ = ["Paper", "cut_to", "key_entry", "room", "spread_out"]

_LARGEST = 1e15
#: Widths of letters in wide fonts, of their size; bold ones are wider.
_LETTER, _CAPITAL, _DIGIT, _MARK, _BOLD = 0.59, 0.7, 0.64, 0.36, 1.1


@dataclass(frozen=True, slots=True)
class Paper:
    """What a figure is drawn with.

    Attributes
    ----------
    words : Words
        The language.
    outlines : Outlines
        Land to draw on.
    where : str
        What the figure is, for errors.
    """

    words: Words
    outlines: Outlines
    where: str

    def title(self, code: str) -> str:
        """Put the name of a figure, an axis or a line into words.

        Parameters
        ----------
        code : str
            A code of the texts behind ``report_figure_``.

        Returns
        -------
        str
            Its words; a name that has none, like that of a satellite, stays as it is.
        """
        whole = f"report_figure_{code}"
        return self.words.say(whole) if messages.has(whole) else code

    def wrong(self, what: str, value: object) -> InputError:
        """Make the error for a figure that cannot be drawn.

        Parameters
        ----------
        what : str
            What is wrong.
        value : object
            What stands there.

        Returns
        -------
        InputError
            To raise.
        """
        shown = repr(value)
        shown = shown if len(shown) <= 60 else shown[:59] + "…"
        return InputError(f"{self.where}: {what}, not {shown}; run the case again")

    def number(self, value: object, what: str) -> float:
        """Read a number.

        Parameters
        ----------
        value : object
            What stands there.
        what : str
            What it is.

        Returns
        -------
        float
            A finite number [in the unit of the figure].
        """
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.wrong(f"{what} must be a number", value)
        if not abs(value) <= _LARGEST:  # nor NaN
            raise self.wrong(f"{what} must be a number up to {_LARGEST:g}", value)
        return float(value)

    def count(self, value: object, what: str) -> int:
        """Read a count that may be missing.

        Parameters
        ----------
        value : object
            What stands there.
        what : str
            What it is.

        Returns
        -------
        int
            The count; 0 where there is none [-].
        """
        return 0 if value is None else int(self.number(value, what))

    def pairs(self, values: object, what: str) -> Array:
        """Read pairs of numbers.

        Parameters
        ----------
        values : object
            What stands there.
        what : str
            What they are.

        Returns
        -------
        numpy.ndarray, shape (n, 2)
            Finite numbers [in the units of the figure].
        """
        rows = self.items(values, what)
        if not all(isinstance(row, (list, tuple)) and len(row) == 2 for row in rows):
            raise self.wrong(f"{what} must be pairs of numbers", values)
        read = [[self.number(item, what) for item in row] for row in rows]
        return np.array(read, dtype=np.float64).reshape(-1, 2)

    def items(self, values: object, what: str) -> Sequence[Any]:
        """Read a list.

        Parameters
        ----------
        values : object
            What stands there.
        what : str
            What it is.

        Returns
        -------
        sequence
            Its items.
        """
        if not isinstance(values, (list, tuple)):
            raise self.wrong(f"{what} must be a list", values)
        return values

    def records(self, values: object, what: str) -> Sequence[Mapping[str, Any]]:
        """Read a list of objects.

        Parameters
        ----------
        values : object
            What stands there.
        what : str
            What it is.

        Returns
        -------
        sequence of Mapping
            Its items.
        """
        rows = self.items(values, what)
        for row in rows:
            if not isinstance(row, dict):
                raise self.wrong(f"{what} must be objects", row)
        return rows

    def instant(self, value: object, what: str) -> float:
        """Read an instant.

        Parameters
        ----------
        value : object
            What stands there.
        what : str
            What it is.

        Returns
        -------
        float
            Seconds since 1970, for a place on an axis [s].
        """
        seconds = read_instant(value)
        if seconds is None:
            raise self.wrong(f"{what} must be an instant like 2023-09-13T04:09:00Z", value)
        return seconds


def key_entry(mark: str, text: str) -> dict[str, str]:
    """Describe a line of the key.

    Parameters
    ----------
    mark : str
        Name of a mark of the templates, and a class of its style if it needs one.
    text : str
        What it means.

    Returns
    -------
    dict
        For the templates.
    """
    kind, _, tone = mark.partition(" ")
    return {"mark": kind, "tone": tone, "text": text}


def room(text: str, size: float = 12.0, *, bold: bool = False) -> float:
    """Estimate the room that a text takes.

    Parameters
    ----------
    text : str
        The text.
    size : float
        Size of its letters [px].
    bold : bool
        Whether they are bold.

    Returns
    -------
    float
        Its width, rather too much than too little [px].
    """
    wide = 0.0
    for letter in text:
        if letter.isalpha():
            wide += _CAPITAL if letter.isupper() else _LETTER
        elif letter.isascii():
            wide += _DIGIT if letter.isdigit() else _MARK
        else:  # letters of other writing, arrows, signs
            wide += 1.0 if ord(letter) > 0x2000 else _CAPITAL
    return size * wide * (_BOLD if bold else 1.0)


def cut_to(text: str, width: float, *, bold: bool = False, tail: bool = False) -> str:
    """Cut a text that is too long for its place.

    Parameters
    ----------
    text : str
        The text.
    width : float
        Room for it [px].
    bold : bool
        Whether its letters are bold.
    tail : bool
        Whether its end is kept too, since others begin alike.

    Returns
    -------
    str
        The text, with an ellipsis where it was cut.
    """
    kept, shown = len(text), text
    while kept > 2 and room(shown, bold=bold) > width:
        kept -= 1
        head = (kept + 1) // 2 if tail else kept
        shown = f"{text[:head].rstrip()}…{text[len(text) - kept + head :].lstrip()}"
    return shown


def spread_out(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move places apart until none is closer to its neighbour than a gap.

    Parameters
    ----------
    wanted : sequence of float
        Where each would like to be, increasing [px].
    gap : float
        Least distance [px].
    low, high : float
        Ends of the room; it must hold all of them [px].

    Returns
    -------
    list of float
        Where each is, in the same order [px].
    """
    # Blocks of neighbours that touch, each as near to its wishes as it can be.
    blocks: list[list[float]] = []  # [sum of wishes less offsets, count]
    for k, place in enumerate(wanted):
        blocks.append([place - k * gap, 1.0])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, count = blocks.pop()
            blocks[-1] = [blocks[-1][0] + total, blocks[-1][1] + count]
    starts = [total / count for total, count in blocks for _ in range(int(count))]
    top = high - gap * (len(wanted) - 1)
    return [min(max(start, low), max(low, top)) + k * gap for k, start in enumerate(starts)]
