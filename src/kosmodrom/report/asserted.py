"""What was asserted, and what would refute it, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import messages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kosmodrom.report.words import Words

__all__ = ["asserted_words", "refuted_words"]

_NUMBER_CODES = {
    "value": "",
    "count": "",
    "low": "report_asserted_at_least",
    "high": "report_asserted_at_most",
    "share_above": "report_asserted_more_than",
    "share_below": "report_asserted_less_than",
}
_OTHERS = {"about", "date", "year", "weekday", "after", "before", "days_low", "days_high",
           "happened"}  # fmt: skip


def asserted_words(asserted: Mapping[str, Any], words: Words) -> str:
    """Put into words what was asserted.

    Parameters
    ----------
    asserted : Mapping
        Keys and texts as written in the case.
    words : Words
        The language.

    Returns
    -------
    str
        One clause a part.
    """
    parts = [
        *_number(asserted, words),
        *_date(asserted, words),
        *_order(asserted, words),
        *(
            words.say(f"report_key_{key}", value=_qualifier(key, str(value), words))
            for key, value in asserted.items()
            if key not in _NUMBER_CODES and key not in _OTHERS
        ),
    ]
    return "; ".join(parts) or words.say("report_asserted_nothing")


def _number(asserted: Mapping[str, Any], words: Words) -> list[str]:
    given = {key: asserted[key] for key in _NUMBER_CODES if key in asserted}
    parts = []
    if "low" in given and "high" in given:
        parts.append(words.span(*(words.written(given.pop(key)) for key in ("low", "high"))))
    for key, text in given.items():
        value = words.written(text, share=key.startswith("share"))
        code = _NUMBER_CODES[key]
        parts.append(words.say(code, value=value) if code else value)
    if str(asserted.get("about", "")).lower() != "true":
        return parts
    return [words.say("report_asserted_about", value=part) for part in parts]


def _date(asserted: Mapping[str, Any], words: Words) -> list[str]:
    parts = []
    if "date" in asserted or "weekday" in asserted:
        weekday = _weekday(str(asserted.get("weekday", "")), words)
        day = words.day(asserted["date"]) if "date" in asserted else ""
        parts.append(", ".join(part for part in (weekday, day) if part))
    if "year" in asserted:
        parts.append(words.say("report_asserted_year", value=str(asserted["year"])))
    return parts


def _order(asserted: Mapping[str, Any], words: Words) -> list[str]:
    parts = []
    if "happened" in asserted:
        no = "not_" if str(asserted["happened"]).lower() == "false" else ""
        parts.append(words.say(f"report_asserted_{no}happened"))
    for key, yes, other in (("after", "later", "earlier"), ("before", "earlier", "later")):
        flag = str(asserted.get(key, "")).lower()
        if flag in {"true", "false"}:
            parts.append(words.say(f"report_asserted_{yes if flag == 'true' else other}"))
        elif flag:
            clause = words.say(f"report_asserted_{key}", value=words.day(asserted[key]))
            parts.append(f"{parts.pop()} {clause}" if "happened" in asserted else clause)
    ends = {key: words.written(asserted[f"days_{key}"]) for key in ("low", "high")
            if f"days_{key}" in asserted}  # fmt: skip
    if ends:
        key = next(iter(ends))
        value = (
            words.span(*ends.values())
            if len(ends) == 2
            else words.say(_NUMBER_CODES[key], value=ends[key])
        )
        parts.append(words.say("report_asserted_days", value=value))
    return parts


def _qualifier(key: str, value: str, words: Words) -> str:
    """Put words of a definition into the language; names and what a source said stay."""
    if key not in {"range_class", "excludes", "scope"}:
        return value
    return messages.fixed(value, "scope", words.lang)


def _weekday(name: str, words: Words) -> str:
    code = f"weekday_{name.casefold()}"
    return messages.label(code, words.lang) if messages.has(code) else name


def refuted_words(rule: Mapping[str, Any] | None, words: Words) -> str:
    """Put into words what would refute a claim.

    Parameters
    ----------
    rule : Mapping or None
        As written in the case.
    words : Words
        The language.

    Returns
    -------
    str
        A clause.
    """
    if not rule:
        return words.say("report_refuted_never")
    if rule.get("outside") == "range":
        return words.say("report_refuted_range")
    if "outside" in rule:
        return words.say("report_refuted_percent", percent=words.written(rule["outside"]))
    return words.say("report_refuted_asserted")
