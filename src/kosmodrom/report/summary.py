"""The lines of the first screen: what holds, what does not, what is open and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from kosmodrom.report.claims import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.report.words import Words

__all__ = ["bar", "summary"]

_MOST_LINES = 10
_MOST_EXAMPLES = 2


def bar(counts: Mapping[str, int], words: Words) -> dict[str, Any]:
    """Lay out the bar of verdicts.

    Parameters
    ----------
    counts : Mapping of str to int
        How many claims stand where.
    words : Words
        The language.

    Returns
    -------
    dict
        Its parts with place and width out of 1000, and the words for those who do not see it.
    """
    total = sum(counts.values())
    parts, start = [], 0.0
    for name in STANDINGS:
        if n := counts.get(name, 0):
            width = 1000 * n / total
            word = words.word(name)
            parts.append(
                {"standing": name, "n": n, "x": round(start, 2), "width": round(width, 2),
                 "middle": round(start + width / 2, 2), "word": word}
            )  # fmt: skip
            start += width
    said = "; ".join(words.say("report_bar_part", word=p["word"], n=str(p["n"])) for p in parts)
    return {"parts": parts, "label": words.say("report_bar", counts=said)}


def summary(
    document: Mapping[str, Any], cards: Sequence[Mapping[str, Any]], words: Words
) -> dict[str, Any]:
    """Prepare the first screen.

    Parameters
    ----------
    document : Mapping
        The results.
    cards : sequence of Mapping
        The cards.
    words : Words
        The language.

    Returns
    -------
    dict
        A sentence, the bar, and at most nine lines with examples.
    """
    counts = Counter(card["standing"] for card in cards)
    open_ones = counts["awaits"] + counts["failed"]
    numbers = {"n": str(len(cards)), "judged": str(len(cards) - open_ones), "open": str(open_ones)}
    if document["as_of"]:
        head = words.say("report_summary_head", day=words.day(document["as_of"]), **numbers)
    else:
        head = words.say("report_summary_head_all", **numbers)
    claims = {str(claim["id"]): claim for claim in document["claims"]}
    lines = [
        _line(name, [card for card in cards if card["standing"] == name], claims, words)
        for name in STANDINGS
        if counts[name]
    ]
    fallen = [card for card in cards if card["fallen"]]
    if fallen:
        lines.append(_line("fallen", fallen, claims, words))
    later = sum(len(card["hindsight"]) for card in cards)
    if later:
        text = words.say("report_hindsight_line")
        lines.append({"mark": "hindsight", "n": later, "lead": words.say("report_lead_hindsight"),
                      "examples": [], "more": 0, "verbs": [], "text": text})  # fmt: skip
    return {"head": head, "bar": bar(counts, words), "lines": lines[: _MOST_LINES - 1]}


def _line(
    mark: str,
    cards: Sequence[Mapping[str, Any]],
    claims: Mapping[str, Mapping[str, Any]],
    words: Words,
) -> dict[str, Any]:
    verbs = Counter(verb for card in cards for verb in card["awaits"]) if mark == "awaits" else {}
    strongest = sorted(
        enumerate(cards), key=lambda pair: (*_weakness(pair[1], claims[pair[1]["key"]]), pair[0])
    )
    examples = [card for _, card in strongest[: 0 if verbs else _MOST_EXAMPLES]]
    return {
        "mark": mark,
        "n": len(cards),
        "lead": words.say(f"report_lead_{mark}"),
        "examples": sorted(examples, key=cards.index),
        "more": 0 if verbs else len(cards) - len(examples),
        "verbs": [{"name": name, "n": n} for name, n in sorted(
            dict(verbs).items(), key=lambda pair: (-pair[1], pair[0])
        )],
        "text": "",
    }  # fmt: skip


def _weakness(card: Mapping[str, Any], claim: Mapping[str, Any]) -> tuple[int, int, int, float]:
    """Rank examples: computed before cited, numbers before words, sure before unsure."""
    found = card["found"]
    shown = 2 if found is None else 1 if found["cited"] else 0
    sure = {"high": 0, "moderate": 1, "low": 2}.get(str(claim["confidence"]), 3)
    percent = (claim["difference"] or {}).get("percent") or 0.0
    counted = 0 if claim["kind"] in {"quantity", "count", "share"} else 1
    far = -abs(percent) if card["standing"] == "contradicted" else 0.0
    return shown, counted, sure, far
