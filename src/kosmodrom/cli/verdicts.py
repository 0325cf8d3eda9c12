"""The table of verdicts on a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kosmodrom import messages
from kosmodrom.cli.page import Column, Page, cell
from kosmodrom.cli.result import amount
from kosmodrom.cli.talk import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STYLES", "asserted", "computed", "says", "show_verdicts", "standing", "tally"]

STYLES = {
    "supported": "green",
    "supported_with_wording": "green",
    "contradicted": "red",
    "depends_on_definition": "magenta",
    "unproven": "yellow",
    "failed": "bold red",
    "awaits": "dim",
    "not_checkable": "dim",
}
_WIDE = 110  # from here on a statement has room beside its verdict
_NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?([eE]\d+)?$")


def standing(claim: Mapping[str, Any]) -> str:
    """Name where a claim stands.

    Parameters
    ----------
    claim : Mapping
        Its entry of the results document.

    Returns
    -------
    str
        Its verdict, or its status where it has none.
    """
    return str(claim["verdict"] or claim["status"])


def says(claim: Mapping[str, Any], lang: str) -> str:
    """Give a statement in a language, or in any it was written in.

    Parameters
    ----------
    claim : Mapping
        Its entry of the results document.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        The statement.
    """
    texts = claim["says"]
    return safe(texts.get(lang) or next(iter(texts.values()), ""))


def _short(value: Any, unit: str | None, lang: str) -> str:
    """Write great numbers by their power, so that a column stays narrow."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) >= 1e6:
        power = f"{value / 1e9:.6g}e9" if abs(value) >= 1e9 else f"{value / 1e6:.6g}e6"
        return power if unit in {None, "", "1"} else f"{power} {unit}"
    return amount(value, unit, lang)


def computed(claim: Mapping[str, Any], lang: str) -> str:
    """Write what was computed or cited for a claim.

    Parameters
    ----------
    claim : Mapping
        Its entry of the results document.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        A value, or its two ends; a dash where there is none.
    """
    found = claim["computed"]
    if found is None:
        return "–"
    if found["value"] is not None and not _wide(found):
        return _short(found["value"], found["unit"], lang)
    if found["low"] is None:
        return "–"
    low = _short(found["low"], None, lang)
    high = _short(found["high"], found["unit"], lang)
    if found["low"] < 0 if isinstance(found["low"], (int, float)) else "-" in low:
        return safe(messages.text("cli_span", {"low": low, "high": high}, lang))
    return f"{low}–{high}"


def _wide(found: Mapping[str, Any]) -> bool:
    """Tell whether the ends lie so far apart that the value alone would mislead."""
    numbers = [found[key] for key in ("low", "value", "high")]
    if not all(isinstance(number, (int, float)) for number in numbers):
        return False
    low, value, high = numbers
    return bool(high - low > 0.1 * abs(value))


def _written(text: Any, lang: str) -> str:
    """Write a number of the case in the manner of the language; leave the rest."""
    head, gap, unit = str(text).partition(" ")
    if _NUMBER.match(head) and len(head) < 7 and "e" not in head.lower():
        head = safe(messages.number(float(head), lang))
    return safe(f"{head}{gap}{unit}")


def asserted(claim: Mapping[str, Any], lang: str) -> str:
    """Write what was asserted, in short.

    Parameters
    ----------
    claim : Mapping
        Its entry of the results document.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        Like "~1500 km", "11–19" or "> 0.5"; a dash where nothing was.
    """
    said = claim["asserted"]
    about = "~" if said.get("about") in {True, "true"} else ""
    parts = [
        _written(said[key], lang)
        for key in ("value", "count", "date", "year", "weekday", "vehicle", "payload", "name",
                    "place", "country", "person", "role", "site")
        if key in said
    ]  # fmt: skip
    if "low" in said and "high" in said:
        low, high = str(said["low"]), _written(said["high"], lang)
        unit = high.partition(" ")[2]
        low = low.removesuffix(unit).rstrip() if unit else low
        parts.append(f"{_written(low, lang)}–{high}")
    for key, sign in (("low", "≥"), ("high", "≤"), ("share_above", ">"), ("share_below", "<"),
                      ("days_low", "≥"), ("days_high", "≤")):  # fmt: skip
        if key in said and not (key in {"low", "high"} and "low" in said and "high" in said):
            parts.append(f"{sign} {_written(said[key], lang)}")
    for key in ("after", "before"):
        if key in said:
            when = "" if str(said[key]).lower() in {"true", "false"} else f" {safe(said[key])}"
            no = "not " if str(said[key]).lower() == "false" else ""
            parts.append(f"{no}{messages.label(f'cli_{key}', lang)}{when}")
    if not parts and "vague" in said:
        parts.append(safe(said["vague"]))
    if not parts and "happened" in said:
        parts.append(messages.label(f"cli_happened_{str(said['happened']).lower()}", lang))
    return about + ", ".join(parts) if parts else "–"


def tally(document: Mapping[str, Any], lang: str) -> str:
    """Count the verdicts in one line.

    Parameters
    ----------
    document : Mapping
        The results document.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        Like "12 supported; 3 contradicted".
    """
    return "; ".join(
        f"{count} {messages.label(f'cli_short_{name}', lang)}"
        for name, count in document["summary"].items()
        if count
    )


def show_verdicts(document: Mapping[str, Any], page: Page) -> None:
    """Show the claims of a case with their verdicts, one a line.

    Parameters
    ----------
    document : Mapping
        The results document.
    page : Page
        Where.
    """
    lang = page.lang
    wide = page.width >= _WIDE
    claims = document["claims"]
    rows = []
    for claim in claims:
        word = messages.label(f"cli_short_{standing(claim)}", lang)
        if claim["awaits"]:
            word = f"{word} {', '.join(claim['awaits'])}"
        rows.append(
            (
                "" if claim["n"] is None else str(claim["n"]),
                says(claim, lang) if wide else claim["id"],
                word,
                cell(computed(claim, lang), lang),
                asserted(claim, lang),
            )
        )
    columns = [
        Column("n", right=True),
        Column(page.word("claim"), elastic=True, most=60),
        Column(page.word("verdict"), most=28 if wide else 21),
        Column(page.word("computed"), right=True, most=20 if wide else 17),
        Column(page.word("asserted"), most=20 if wide else 16),
    ]
    page.table(columns, rows, [STYLES.get(standing(claim)) for claim in claims], styled=2)
