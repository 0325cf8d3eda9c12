"""What the sections on computations, sources and data show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import messages
from kosmodrom.report.anchors import Anchors, identifier, web_address
from kosmodrom.report.figures import figures_of
from kosmodrom.report.instants import clock, day_of, read_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kosmodrom.report.outlines import Outlines
    from kosmodrom.report.words import Words

__all__ = ["data", "sources", "steps"]

_MOST_ROWS = 200  # rows of one step that the page shows; all are in results.json
_LONG = 24  # letters of a cell that is given more width


def steps(
    document: Mapping[str, Any],
    words: Words,
    outlines: Outlines,
    anchors: Anchors,
    maps: Sequence[Mapping[str, Any]] = (),
) -> list[dict[str, Any]]:
    """Prepare every step: what was asked, and what came out.

    Parameters
    ----------
    document : Mapping
        The results.
    words : Words
        The language.
    outlines : Outlines
        Land to draw on.
    anchors : Anchors
        Addresses in the page.
    maps : sequence of Mapping
        Maps of the page, to link to.

    Returns
    -------
    list of dict
        What the templates show: steps that ran, then those that failed, then the awaited.
    """
    ran = []
    for name, result in document["steps"].items():
        figures = figures_of(name, result, words, outlines)
        for figure, (n, key) in zip(figures, anchors.figures(name), strict=True):
            figure |= {"n": str(n), "id": key, "step": name, "href": anchors.step(name)}
        shown = [one["id"] for one in maps if name in {step["name"] for step in one["steps"]}]
        ran.append({**_ran(name, result, words), "figures": figures, "maps": shown})
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
        "datasets": [], "figures": [], "maps": [],
    }  # fmt: skip


def _ran(name: str, result: Mapping[str, Any], words: Words) -> dict[str, Any]:
    rows: Sequence[Mapping[str, Any]] = result["rows"]
    shown = rows[:_MOST_ROWS]
    columns = list(dict.fromkeys(key for row in shown for key in row))
    clocked = {key for key in columns if _clocked(row.get(key) for row in shown)}
    facts = [
        {
            "id": identifier("step", name, "fact", fact),
            "name": fact,
            "value": words.value(value, name=fact),
            "ends": words.ends(value) if value.get("value") is not None else "",
        }
        for fact, value in result["facts"].items()
    ]
    return {
        **_empty(name, str(result["analysis"])),
        "request": [
            {"key": key, "value": words.cell(value)}
            for key, value in (result["request"] or {}).items()
            if value is not None and value != [] and value != ()
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
        "columns": [{"name": key, "clocked": key in clocked} for key in columns],
        "rows": [
            [_cell(row.get(key), key, words, clocked=key in clocked) for key in columns]
            for row in shown
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


def _clocked(values: Iterable[Any]) -> bool:
    """Tell whether a column holds instants with fractions of a second, and nothing else."""
    known = [value for value in values if value is not None]
    return bool(known) and all(
        isinstance(value, str) and "." in value and read_instant(value) is not None
        for value in known
    )


def _cell(value: Any, column: str, words: Words, *, clocked: bool) -> dict[str, Any]:
    if clocked and value is not None:
        at = read_instant(value) or 0.0
        day = words.plain_day(day_of(at), "short")
        return {"text": f"{day} {clock(at, words, to_second=True)}", "kind": "when"}
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    text = words.cell(value, column)
    wide = "wide" if len(text) > _LONG else ""
    return {"text": text, "kind": "num" if number else wide}


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
