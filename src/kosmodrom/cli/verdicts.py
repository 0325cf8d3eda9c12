"""The table of verdicts on a page."""

from __future__ import annotations

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
    if (found["low"] is None) != (found["high"] is None):  # open on one side
        side, code = ("high", "at_most") if found["low"] is None else ("low", "at_least")
        end = amount(found[side], found["unit"], lang)
        return safe(messages.text(code, {"low": end, "high": end}, lang))
    if found["value"] is not None and not _wide(found):
        return amount(found["value"], found["unit"], lang)
    if found["low"] is None and found["high"] is None:
        return "–"
    low, high = (amount(found[end], found["unit"], lang) for end in ("low", "high"))
    if found["high"] is None:
        return safe(messages.text("at_least", {"low": low}, lang))
    if found["low"] is None:
        return safe(messages.text("at_most", {"high": high}, lang))
    return _span(low, high, "cli_span", lang)


def _span(low: str, high: str, code: str, lang: str) -> str:
    """Write two ends, by a dash where that cannot be taken for a minus sign or part of a date."""
    low = messages.shared_unit(low, high)
    if any(sign in low for sign in "-−"):
        return safe(messages.text(code, {"low": low, "high": high}, lang))
    return f"{low}–{high}"


def _wide(found: Mapping[str, Any]) -> bool:
    """Tell whether the ends lie so far apart that the value alone would mislead."""
    numbers = [found[key] for key in ("low", "value", "high")]
    if not all(isinstance(number, (int, float)) for number in numbers):
        return False
    low, value, high = numbers
    return bool(high - low > 0.1 * abs(value))


def _number(text: Any, lang: str) -> str:
    return safe(messages.written(text, lang))


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
        Like "~1500 km", "11–19", "2 million rounds/year" or "> 0.5"; a dash where nothing was.
    """
    said = claim["asserted"]
    about = "~" if said.get("about") in {True, "true"} else ""
    parts = [_number(said[key], lang) for key in ("value", "count") if key in said]
    parts += [
        safe(messages.label(f"weekday_{str(said[key]).casefold()}", lang)
             if key == "weekday" and messages.has(f"weekday_{str(said[key]).casefold()}")
             else said[key])
        for key in ("date", "year", "weekday", "vehicle", "payload", "name", "place", "country",
                    "person", "role", "site")
        if key in said
    ]  # fmt: skip
    for low, high in (("low", "high"), ("days_low", "days_high")):
        unit = " day" if low == "days_low" else ""
        ends = {key: _number(f"{said[key]}{unit}", lang) for key in (low, high) if key in said}
        if len(ends) == 2:
            parts.append(_span(ends[low], ends[high], "cli_span_from", lang))
        else:
            parts += [f"{'≥' if key == low else '≤'} {end}" for key, end in ends.items()]
    for key, sign in (("share_above", ">"), ("share_below", "<")):
        if key in said:
            parts.append(f"{sign} {_number(said[key], lang)}")
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
        Column(page.word("computed"), right=True, most=26 if wide else 17, wrap=True),
        Column(page.word("asserted"), most=26 if wide else 16, wrap=True),
    ]
    page.table(columns, rows, [STYLES.get(standing(claim)) for claim in claims], styled=2)
