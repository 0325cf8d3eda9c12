"""What the card and the table line of a claim show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import messages
from kosmodrom.report.anchors import Anchors, identifier
from kosmodrom.report.asserted import asserted_words, refuted_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.report.words import Words

__all__ = ["STANDINGS", "card", "cards", "standing"]

#: The six verdicts, then what has none yet, in the order in which they are always shown.
STANDINGS = (
    "supported", "supported_with_wording", "contradicted", "depends_on_definition", "unproven",
    "not_checkable", "awaits", "failed",
)  # fmt: skip


def standing(claim: Mapping[str, Any]) -> str:
    """Tell where a claim stands.

    Parameters
    ----------
    claim : Mapping
        A claim of the results.

    Returns
    -------
    str
        Its verdict, or "awaits" or "failed" where it has none.
    """
    return str(claim["verdict"] or claim["status"])


def cards(document: Mapping[str, Any], words: Words, anchors: Anchors) -> list[dict[str, Any]]:
    """Prepare all cards.

    Parameters
    ----------
    document : Mapping
        The results.
    words : Words
        The language.
    anchors : Anchors
        Addresses in the page.

    Returns
    -------
    list of dict
        What the templates show, in the order of the claims.
    """
    by_id = {str(claim["id"]): claim for claim in document["claims"]}
    return [card(claim, by_id, document, words, anchors) for claim in document["claims"]]


def card(
    claim: Mapping[str, Any],
    by_id: Mapping[str, Mapping[str, Any]],
    document: Mapping[str, Any],
    words: Words,
    anchors: Anchors,
) -> dict[str, Any]:
    """Prepare one card.

    Parameters
    ----------
    claim : Mapping
        A claim of the results.
    by_id : Mapping of str to Mapping
        All claims.
    document : Mapping
        The results.
    words : Words
        The language.
    anchors : Anchors
        Addresses in the page.

    Returns
    -------
    dict
        What the templates show.
    """
    share = claim["kind"] == "share"
    says = words.spoken(claim["says"])
    asserted = claim["asserted"] or {}
    if {key: str(value).lower() for key, value in asserted.items()} == {"happened": "true"}:
        asserted = {}  # says no more than the statement itself
    return {
        "id": identifier("claim", str(claim["id"])),
        "key": str(claim["id"]),
        "n": "" if claim["n"] is None else str(claim["n"]),
        "says": says,
        "short": words.shortened(says.text),
        "standing": standing(claim),
        **_said(claim, document, words, anchors),
        "asserted": asserted_words(asserted, words) if asserted else "",
        "refuted_if": refuted_words(claim["refuted_if"], words),
        "found": _found(claim, words, anchors, share=share),
        "difference": _difference(claim, words, share=share),
        "likelihood": words.likelihood(claim["likelihood"]),
        "confidence": words.confidence(claim["confidence"]),
        "reasons": [words.note(reason) for reason in claim["reasons"]],
        "would_change": [words.note(note) for note in claim["would_change"]],
        **_evidence(claim, document, words, anchors, share=share),
        "premises": [_premise(premise, by_id, words, anchors) for premise in claim["premises"]],
        "fallen": any(premise["fallen"] for premise in claim["premises"]),
        "awaits": list(claim["awaits"]),
        "note": words.spoken(claim["note"]) if claim.get("note") else None,
        "flips": [_flip(flip, words, share=share) for flip in claim["flips"]],
        "drawn": _drawn(claim, anchors),
    }


def _drawn(claim: Mapping[str, Any], anchors: Anchors) -> list[dict[str, str]]:
    """List the figures of the steps whose facts are evidence."""
    cited = (str(item["fact"]) for item in claim["evidence"] if item["kind"] == "fact")
    named = dict.fromkeys(fact.partition(".")[0] for fact in cited)
    return [{"n": str(n), "href": f"#{key}"} for step in named for n, key in anchors.figures(step)]


def _said(
    claim: Mapping[str, Any], document: Mapping[str, Any], words: Words, anchors: Anchors
) -> dict[str, Any]:
    shown = words.spoken(claim["says"]).lang
    return {
        "other_says": [
            {"text": text, "lang": lang, "language": words.language(lang)}
            for lang, text in claim["says"].items()
            if lang != shown
        ],
        "source": _source(claim["source"], document, words, anchors),
        "manner": [
            words.say(f"report_kind_{claim['kind']}"),
            words.say(f"report_attribution_{claim['attribution']}"),
            words.say(f"report_modality_{claim['modality']}"),
        ],
        "published_later": claim["published_later"],
    }


def _source(
    key: str, document: Mapping[str, Any], words: Words, anchors: Anchors
) -> dict[str, Any]:
    source = document["sources"].get(key, {})
    grade = source.get("grade")
    return {
        "name": words.spoken(source.get("name")).text or key,
        "href": anchors.source(key),
        "published": words.day(source["published"]) if source.get("published") else "",
        "grade": grade or "",
        "grade_words": words.grade(grade),
    }


def _deciding(claim: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Find the evidence whose number stands on the card."""
    computed = claim["computed"]
    if computed is None:
        return None
    keys = ("value", "unit", "low", "high")
    same = [
        item
        for item in claim["evidence"]
        if all(item[key] == computed[key] for key in keys)
        or (item["date"] is not None and item["date"] == computed["value"])
    ]
    ranked = sorted(same, key=lambda item: (item["kind"] != "fact", not item["counted"]))
    return next(iter(ranked), None)


def _found(
    claim: Mapping[str, Any], words: Words, anchors: Anchors, *, share: bool
) -> dict[str, Any] | None:
    computed = claim["computed"]
    if computed is None:
        return None
    origin = _deciding(claim)
    if origin is None:  # a span over several pieces of evidence, each with its own link
        cited = all(item["kind"] == "cites" for item in claim["evidence"] if item["counted"])
        href: str | None = f"{anchors.claim(str(claim['id']))}-evidence"
    else:
        cited = origin["kind"] == "cites"
        href = anchors.source(origin["source"]) if cited else anchors.fact(origin["fact"])
    return {
        "value": words.value(computed, share=share),
        "ends": words.ends(computed, share=share) if computed["value"] is not None else "",
        "href": href,
        "cited": cited,
        "fact": "" if cited or origin is None else origin["fact"],
    }


def _difference(claim: Mapping[str, Any], words: Words, *, share: bool) -> dict[str, str] | None:
    difference, computed = claim["difference"], claim["computed"]
    if difference is None or difference["value"] is None:
        return None
    if computed is None or computed["value"] is None:  # several numbers have several differences
        return None
    value, percent = difference["value"], difference.get("percent")
    unit = str(difference.get("unit") or "")
    if share and unit in {"", "1"}:
        return {"value": _signed(words.amount(round(value * 100, 1), "%"), value), "percent": ""}
    return {
        "value": _signed(words.amount(value, unit), value),
        "percent": ""
        if not percent or unit == "%"
        else _signed(words.amount(round(percent, 1), "%"), percent),
    }


def _signed(text: str, value: float) -> str:
    return f"+{text}" if value > 0 else text


def _premise(
    premise: Mapping[str, Any],
    by_id: Mapping[str, Mapping[str, Any]],
    words: Words,
    anchors: Anchors,
) -> dict[str, Any]:
    key = str(premise["id"])
    claim = by_id.get(key)
    state = str(premise["verdict"] or (standing(claim) if claim else "none"))
    return {
        "key": key,
        "n": "" if claim is None or claim["n"] is None else str(claim["n"]),
        "says": words.spoken(claim["says"] if claim else key),
        "href": anchors.claim(key),
        "standing": state,
        "fallen": premise["fallen"],
    }


def _flip(flip: Mapping[str, Any], words: Words, *, share: bool) -> dict[str, Any]:
    computed = flip["computed"]
    return {
        "definition": messages.label(str(flip["definition"]), words.lang),
        "standing": str(flip["verdict"] or "none"),
        "value": words.value(computed, share=share) if computed else "",
    }


def _evidence(
    claim: Mapping[str, Any],
    document: Mapping[str, Any],
    words: Words,
    anchors: Anchors,
    *,
    share: bool,
) -> dict[str, Any]:
    shown = {
        when: _entries(claim[when], document, words, anchors, share=share)
        for when in ("evidence", "hindsight")
    }
    for item, entry in zip(claim["hindsight"], shown["hindsight"], strict=True):
        entry["bearing"] = item["stance"] or entry["bearing"]  # not weighed, so as it points
    return shown


def _entries(
    entries: Sequence[Mapping[str, Any]],
    document: Mapping[str, Any],
    words: Words,
    anchors: Anchors,
    *,
    share: bool,
) -> list[dict[str, Any]]:
    return [_entry(item, document, words, anchors, share=share) for item in entries]


def _entry(
    item: Mapping[str, Any],
    document: Mapping[str, Any],
    words: Words,
    anchors: Anchors,
    *,
    share: bool,
) -> dict[str, Any]:
    computed = item["kind"] == "fact"
    grade = None if computed else item["grade"]
    why = item["not_counted"]
    source = None if computed else _source(item["source"], document, words, anchors)
    return {
        "bearing": item["bearing"],
        "computed": computed,
        "name": source["name"] if source else item["fact"],
        "href": anchors.fact(item["fact"]) if computed else anchors.source(item["source"]),
        "value": _shown(item, words, share=share),
        "text": words.spoken(item["text"]) if item.get("text") else None,
        "grade": grade or "",
        "grade_words": words.grade(grade),
        "group": "" if computed else item["group"] or "",
        "under": words.spoken(item["under_says"]).text if item["under_says"] else "",
        "holds_if": words.ends(limits) if (limits := item.get("holds_if")) else "",
        "known_from": words.day(item["known_from"]) if item["known_from"] else "",
        "dated": computed or bool(item["known_from"]),
        "counted": item["counted"],
        "why_not": messages.label(why, words.lang) if why else "",
    }  # fmt: skip


def _shown(item: Mapping[str, Any], words: Words, *, share: bool) -> str:
    if item.get("date"):
        day = words.day(item["date"])
        if not item.get("than"):
            return day
        compared = words.say("report_evidence_than", date=day, than=words.day(item["than"]))
        gap = words.value(item) if item["value"] is not None else ""
        return f"{compared}: {gap}" if gap else compared
    if item["value"] is None and item["low"] is None:
        return ""
    value, ends = words.value(item, share=share), words.ends(item, share=share)
    return f"{value} ({ends})" if ends and item["value"] is not None else value
