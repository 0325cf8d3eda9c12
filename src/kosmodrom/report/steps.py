"""What the sections on computations, sources and data show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import messages
from kosmodrom.report.anchors import Anchors, identifier, web_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.report.words import Words

__all__ = ["data", "sources", "steps"]

_MOST_ROWS = 200  # rows of one step that the page shows; all are in results.json


def steps(document: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Prepare every step: what was asked, and what came out.

    Parameters
    ----------
    document : Mapping
        The results.
    words : Words
        The language.

    Returns
    -------
    list of dict
        What the templates show: steps that ran, then those that failed, then the awaited.
    """
    ran = [_ran(name, result, words) for name, result in document["steps"].items()]
    failed = [
        _empty(name, str(failure["analysis"]), error=str(failure["error"]))
        for name, failure in document["failed_steps"].items()
    ]
    awaited = [
        _empty(name, str(verb), awaited=True) for name, verb in document["awaited_steps"].items()
    ]
    return [*ran, *failed, *awaited]


def _empty(name: str, verb: str, *, error: str = "", awaited: bool = False) -> dict[str, Any]:
    return {
        "id": identifier("step", name), "name": name, "verb": verb, "error": error,
        "awaited": awaited, "request": [], "facts": [], "alternatives": [],
        "columns": [], "rows": [], "n_rows": 0, "more_rows": 0, "accuracy": [], "warnings": [],
        "datasets": [],
    }  # fmt: skip


def _ran(name: str, result: Mapping[str, Any], words: Words) -> dict[str, Any]:
    rows: Sequence[Mapping[str, Any]] = result["rows"]
    columns = list(dict.fromkeys(key for row in rows[:_MOST_ROWS] for key in row))
    facts = [
        {
            "id": identifier("step", name, "fact", fact),
            "name": fact,
            "value": words.value(value),
            "ends": words.ends(value) if value.get("value") is not None else "",
        }
        for fact, value in result["facts"].items()
    ]
    return {
        **_empty(name, str(result["analysis"])),
        "request": [
            {"key": key, "value": words.cell(value)}
            for key, value in (result["request"] or {}).items()
            if value is not None
        ],
        "facts": facts,
        "alternatives": [
            {
                "label": messages.label(label, words.lang),
                "facts": [
                    {"name": fact, "value": _with_ends(value, words)}
                    for fact, value in found.items()
                ],
            }
            for label, found in (result.get("alternatives") or {}).items()
        ],
        "columns": columns,
        "rows": [
            [
                {"text": words.cell(row.get(key), key), "number": _is_number(row.get(key))}
                for key in columns
            ]
            for row in rows[:_MOST_ROWS]
        ],
        "n_rows": len(rows),
        "more_rows": max(0, len(rows) - _MOST_ROWS),
        "accuracy": [words.note(note) for note in result["accuracy"]],
        "warnings": [words.note(note) for note in result["warnings"]],
        "datasets": [
            {"name": dataset["name"], "href": f"#{identifier('data', str(dataset['name']))}"}
            for dataset in result["provenance"].get("datasets", [])
        ],
    }


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _with_ends(fact: Mapping[str, Any], words: Words) -> str:
    value, ends = words.value(fact), words.ends(fact)
    return f"{value} ({ends})" if ends and fact.get("value") is not None else value


def sources(document: Mapping[str, Any], words: Words, anchors: Anchors) -> list[dict[str, Any]]:
    """Prepare the table of sources.

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
        What the templates show, with the claims that each source makes or bears on.
    """
    used: dict[str, dict[str, str]] = {}
    for claim in document["claims"]:
        entries = [*claim["evidence"], *claim["hindsight"]]
        named = [claim["source"], *(item["source"] for item in entries)]
        label = str(claim["id"] if claim["n"] is None else claim["n"])
        for key in named:
            if key:
                used.setdefault(key, {})[label] = anchors.claim(str(claim["id"])) or ""
    return [
        {
            "id": identifier("source", key),
            "key": key,
            "name": words.spoken(source["name"]).text,
            "url": source.get("url") or "",
            "href": web_address(source.get("url")),
            "published": words.day(source.get("published")),
            "grade": source.get("grade") or "",
            "grade_words": words.grade(source.get("grade")),
            "group": source.get("group") or "",
            "claims": [{"n": n, "href": href} for n, href in used.get(key, {}).items()],
        }
        for key, source in document["sources"].items()
    ]


def data(document: Mapping[str, Any], words: Words) -> list[dict[str, Any]]:
    """Prepare the table of data.

    Parameters
    ----------
    document : Mapping
        The results.
    words : Words
        The language.

    Returns
    -------
    list of dict
        What the templates show.
    """
    known = {str(entry["name"]): entry for entry in document["data"]}
    for result in document["steps"].values():
        for dataset in result["provenance"].get("datasets", []):
            known.setdefault(str(dataset["name"]), dataset)
    return [
        {
            "id": identifier("data", name),
            "name": name,
            "rows": words.cell(entry.get("rows")),
            "source": messages.fixed(entry.get("source") or "", "origin", words.lang),
            "terms": messages.fixed(entry.get("terms") or "", "terms", words.lang),
            "until": words.day(entry["until"]) if entry.get("until") else "",
            "sha256": entry.get("sha256") or "",
        }
        for name, entry in known.items()
    ]
