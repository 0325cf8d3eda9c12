"""The result of one verb on a page: facts first, then rows, then how good they are."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from kosmodrom import messages
from kosmodrom.cases.step import meaning_of
from kosmodrom.cli.clock import local_time
from kosmodrom.cli.page import Column, Page, cell
from kosmodrom.cli.talk import safe, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from kosmodrom.analyses._registry import Analysis

__all__ = ["amount", "ends", "show_result"]

_MOST_ROWS = 1000  # of a table on a page
_WIDEST_ENDS = 28  # of a column: two instants stand below each other
_WORDS = {"text", "date", "instant", "bool"}
_IDENTIFIERS = {"norad_id", "cell"}
_FRACTION = re.compile(r"^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)\.\d+")


def amount(value: Any, unit: str | None, lang: str) -> str:
    """Write a value with its unit.

    Parameters
    ----------
    value : object
        Number, text or None.
    unit : str or None
        Unit, or the kind of a value that is no number.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        Short text; a dash for None.
    """
    if isinstance(value, list):
        return safe(messages.intervals(value, unit or "1", lang))
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return cell(value, lang)
    if unit in _WORDS or unit is None:
        return cell(value, lang)
    return safe(messages.amount(value, unit, lang))


def ends(fact: Mapping[str, Any], lang: str) -> str:
    """Write the ends between which a fact lies.

    Parameters
    ----------
    fact : Mapping
        With low, high and unit.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        Empty where it has none.
    """
    low, high = fact.get("low"), fact.get("high")
    if low is None and high is None:
        return ""
    if low is None or high is None:  # open on one side
        code = "at_most" if low is None else "at_least"
        written = {"low": cell(low, lang), "high": cell(high, lang)}
        return safe(messages.text(code, written, lang))
    return safe(
        messages.text("cli_span", {"low": cell(low, lang), "high": cell(high, lang)}, lang)
    )


def show_result(
    document: Mapping[str, Any], verb: Analysis, page: Page, zone: ZoneInfo | None = None
) -> None:
    """Show the result of a verb.

    Parameters
    ----------
    document : Mapping
        The object that ``--json`` prints.
    verb : Analysis
        The verb.
    page : Page
        Where it is shown.
    zone : zoneinfo.ZoneInfo or None
        In which zone times are shown.
    """
    if document["as_of"]:
        page.line(page.word("as_known_on", day=document["as_of"]), "dim")
    if document["facts"]:
        _facts(document, verb, page, zone)
    if document["rows"]:
        _rows(document, verb, page, zone)
    elif verb.columns:
        page.line(page.word("no_rows"))
    if zone is not None:
        page.line(page.word("zone", zone=zone.key), "dim")
    for kind, style in (("warnings", "yellow"), ("accuracy", "")):
        for note in document[kind]:
            mark = "!" if kind == "warnings" else "-"
            page.bullet(note["text"], mark, style=style)
    _data(document, page)


def _facts(document: Mapping[str, Any], verb: Analysis, page: Page, zone: ZoneInfo | None) -> None:
    rows: list[tuple[str, ...]] = []
    for name, fact in document["facts"].items():
        value = _shown(name, fact["value"], zone, page.lang)
        written = amount(value, fact["unit"], page.lang)
        if not isinstance(fact["value"], (int, float, list)):
            written = cell(value, page.lang)
        rows.append((name, written, ends(fact, page.lang), meaning_of(verb, name, page.lang)))
    several = any(isinstance(fact["value"], list) for fact in document["facts"].values())
    columns = [
        Column(page.word("fact")),
        Column(page.word("value"), right=True, most=34, wrap=several),
        Column(page.word("low_high"), most=_WIDEST_ENDS, wrap=True),
        Column(page.word("meaning"), wrap=True, elastic=True),
    ]
    if not any(row[2] for row in rows):
        columns.pop(2)
        rows = [(row[0], row[1], row[3]) for row in rows]
    page.table(columns, rows)
    page.line()


def _rows(document: Mapping[str, Any], verb: Analysis, page: Page, zone: ZoneInfo | None) -> None:
    names = [spec.name for spec in verb.columns if spec.name in document["rows"][0]]
    numeric = {spec.name: spec.resolution for spec in verb.columns if spec.unit not in _WORDS}
    more = len(document["rows"]) - _MOST_ROWS
    rows = [[_shown(name, row[name], zone, page.lang) for name in names]
            for row in document["rows"][:_MOST_ROWS]]  # fmt: skip
    heads = {
        name: Column(name, name in numeric, 30 if page.bounded else None,
                     decimals=_decimals(numeric.get(name)))
        for name in names
    }  # fmt: skip
    shown = page.fits(list(heads.values()), rows)
    if shown < len(names) and len(rows) <= 2:  # few rows stand better upright
        page.table(
            [
                Column(page.word("column")),
                *(Column(str(n + 1), most=44) for n in range(len(rows))),
            ],
            [[name, *(row[index] for row in rows)] for index, name in enumerate(names)],
        )
    else:
        if shown < len(names):
            names, rows = _narrower(names, rows, heads, page)
            shown = page.fits([heads[name] for name in names], rows)
        page.table([heads[name] for name in names[:shown]], [row[:shown] for row in rows])
        if shown < len(names):
            text = page.word("hidden_columns", names=", ".join(names[shown:]))
            for line in wrap(text, page.width):
                say(line)
    if more > 0:
        page.line(page.word("more_rows", count=more))
    page.line()


def _narrower(
    names: list[str], rows: list[list[Any]], heads: Mapping[str, Column], page: Page
) -> tuple[list[str], list[list[Any]]]:
    """Say once what is the same in every row, and instants to the second."""
    same = [index for index in range(len(names)) if len({str(row[index]) for row in rows}) == 1]
    if same:
        told = "; ".join(
            f"{names[index]} {cell(rows[0][index], page.lang, heads[names[index]].decimals)}"
            for index in same
        )
        page.line(page.word("same_in_every_row", columns=told))
        page.line()
    kept = [index for index in range(len(names)) if index not in same]
    return (
        [names[index] for index in kept],
        [[_to_second(row[index]) for index in kept] for row in rows],
    )


def _to_second(value: Any) -> Any:
    return _FRACTION.sub(r"\1", value) if isinstance(value, str) else value


def _shown(name: str, value: Any, zone: ZoneInfo | None, lang: str) -> Any:
    """Put the fixed words of a cell into the language, and an instant into the zone."""
    if name in messages.WORD_COLUMNS and isinstance(value, str):
        return messages.fixed(value, "cell", lang)
    if name in _IDENTIFIERS and value is not None:
        return str(value)  # no marks between the digits of a number that only names
    return local_time(value, zone)


def _decimals(resolution: float | None) -> int | None:
    """Count the digits that a stated step leaves after the mark."""
    return None if resolution is None else max(0, -int(f"{resolution:e}".split("e")[1]))


def _data(document: Mapping[str, Any], page: Page) -> None:
    for dataset in document["provenance"]["datasets"]:
        until = f", {page.word('until', day=dataset['until'])}" if dataset["until"] else ""
        rows = page.word("rows", count=dataset["rows"])
        source = messages.fixed(dataset["source"], "origin", page.lang)
        page.bullet(f"{dataset['name']}, {rows}{until}; {source}", "=", style="dim")
