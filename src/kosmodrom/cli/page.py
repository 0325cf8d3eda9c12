"""Paragraphs and tables on stdout: coloured on a terminal, plain elsewhere."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from kosmodrom import messages
from kosmodrom.cli.talk import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console, RenderableType

__all__ = ["Column", "Page", "cell"]

_PIPED_WIDTH = 120  # of lines that nobody's window cuts
_GAP = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    head : str
        Its head.
    right : bool
        Whether cells stand to the right, as numbers do.
    most : int or None
        Widest it may become [characters]; None takes what the cells need.
    elastic : bool
        Whether it gives way where the window is narrow; its cells are then cut with an ellipsis.
    wrap : bool
        Whether its cells are broken over several lines instead of cut.
    decimals : int or None
        Digits after the mark of its numbers [-]; None leaves each its own.
    """

    head: str
    right: bool = False
    most: int | None = None
    elastic: bool = False
    wrap: bool = False
    decimals: int | None = None


def cell(value: Any, lang: str = "en", decimals: int | None = None) -> str:
    """Write one value for a table.

    Parameters
    ----------
    value : object
        Number, text, truth value, list or None.
    lang : {"en", "id"}
        Language.
    decimals : int or None
        Digits after the mark of a number [-]; None leaves it its own.

    Returns
    -------
    str
        Short text; a dash for None.
    """
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return messages.label("yes" if value else "no", lang)
    if isinstance(value, (int, float)):
        if isinstance(value, float) and value and not 1e-4 <= abs(value) < 1e9:
            return f"{value:.6g}"
        return safe(messages.number(value, lang, decimals))
    if isinstance(value, (list, tuple)):
        return ", ".join(cell(item, lang, decimals) for item in value)
    return safe(value)


class Page:
    """What a command shows on stdout.

    Parameters
    ----------
    lang : {"en", "id"}
        Language of words and numbers.
    """

    def __init__(self, lang: str = "en") -> None:
        from rich.console import Console

        self.lang = lang
        self.terminal = sys.stdout.isatty()
        columns = os.environ.get("COLUMNS", "")
        given = int(columns) if columns.isdigit() and int(columns) >= 20 else None
        #: Whether a table must fit a window.
        self.bounded = self.terminal or given is not None
        width = given or (None if self.terminal else _PIPED_WIDTH)
        self.console: Console = Console(width=width, highlight=False, markup=False, emoji=False)
        self.width = self.console.width

    def word(self, code: str, **params: Any) -> str:
        """Put a code of the shell into words.

        Parameters
        ----------
        code : str
            Without the leading "cli_".
        **params
            Values for the text.

        Returns
        -------
        str
            The words.
        """
        return safe(messages.text(f"cli_{code}", params, self.lang))

    def line(self, text: str = "", style: str | None = None, indent: int = 0) -> None:
        """Write a paragraph, broken at the width of the window.

        Parameters
        ----------
        text : str
            The paragraph.
        style : str or None
            Rich style, such as "bold" or "dim".
        indent : int
            Spaces before every line [characters].
        """
        from rich.padding import Padding
        from rich.text import Text

        self._put(Padding(Text(safe(text), style=style or ""), (0, 0, 0, indent)))

    def bullet(
        self, text: str, mark: str = "-", indent: int = 0, style: str | None = None
    ) -> None:
        """Write a paragraph with a mark before it.

        Parameters
        ----------
        text : str
            The paragraph.
        mark : str
            What stands before the first line.
        indent : int
            Spaces before the mark [characters].
        style : str or None
            Rich style of the mark.
        """
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column()
        grid.add_row(Text(" " * indent + safe(mark), style=style or ""), Text(safe(text)))
        self._put(grid)

    def table(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Any]],
        styles: Sequence[str | None] = (),
        styled: int = 0,
    ) -> None:
        """Write a table; elastic columns give way until it fits.

        Parameters
        ----------
        columns : sequence of Column
            The columns.
        rows : sequence of sequence
            Cells.
        styles : sequence of str or None
            A Rich style for one cell of each row.
        styled : int
            In which column those cells stand [-].
        """
        from rich.table import Table
        from rich.text import Text

        texts = self._texts(columns, rows)
        widths = self._widths(columns, texts)
        table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_edge=False)
        for column, width in zip(columns, widths, strict=True):
            table.add_column(
                column.head,
                width=width,
                no_wrap=not column.wrap,
                overflow="fold" if column.wrap else "ellipsis",
                justify="right" if column.right else "left",
                header_style="bold",
            )
        for number, row in enumerate(texts):
            cells = [Text(text) for text in row]
            if styles and (style := styles[number]):
                cells[styled].stylize(style)
            table.add_row(*cells)
        self._put(table, sum(widths) + _GAP * len(widths))

    def _put(self, thing: RenderableType, width: int = 0) -> None:
        """Print without the blanks that fill up a line."""
        plain = self.console
        before, plain.width = plain.width, max(plain.width, width)
        with plain.capture() as kept:
            plain.print(thing)
        plain.width = before
        click.echo("\n".join(line.rstrip() for line in kept.get().splitlines()), color=True)

    def fits(self, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> int:
        """Count how many of the first columns have room beside each other.

        Parameters
        ----------
        columns : sequence of Column
            The columns.
        rows : sequence of sequence
            Cells.

        Returns
        -------
        int
            How many fit [-]; at least one.
        """
        if not self.bounded:
            return len(columns)
        texts = self._texts(columns, rows)
        used = 0
        for index, width in enumerate(self._natural(columns, texts)):
            used += width + (_GAP if index else 0)
            if used > self.width:
                return max(1, index)
        return len(columns)

    def _texts(self, columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[list[str]]:
        return [
            [cell(value, self.lang, column.decimals)
             for column, value in zip(columns, row, strict=True)]
            for row in rows
        ]  # fmt: skip

    def _natural(self, columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> list[int]:
        from rich.cells import cell_len

        found = []
        for index, column in enumerate(columns):
            width = max([cell_len(column.head), *(cell_len(row[index]) for row in texts)])
            found.append(min(width, column.most) if column.most else width)
        return found

    def _widths(self, columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> list[int]:
        widths = self._natural(columns, texts)
        if not self.bounded and not any(column.elastic or column.wrap for column in columns):
            return widths
        room = self.width - _GAP * (len(columns) - 1)
        elastic = [index for index, column in enumerate(columns) if column.elastic]
        for index in reversed(elastic):
            over = sum(widths) - room
            if over > 0:
                widths[index] = max(widths[index] - over, min(widths[index], 8))
        return widths
