"""The format of a case as JSON Schema, for editors.

The reader takes every YAML scalar as text and the model types it; an editor types scalars itself,
so ``n: 34`` is a number to it and ``after: true`` a truth value. The schema allows both readings,
and leaves names, units and circles to ``kosmodrom check``.
"""

from __future__ import annotations

from typing import Any

from kosmodrom.analyses._registry import PLANNED, Analysis, analysis, verbs
from kosmodrom.cases.schema import CaseModel

__all__ = ["case_schema", "request_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_EXAMPLES = {
    "value": ["1500 km", "2e6 round/year", "15"],
    "low": ["11", "10e6 round/year"],
    "high": ["19", "250 km"],
    "share_above": ["0.5", "50 %"],
    "published": ["2023-09-14", "2023-09"],
    "as_of": ["2023-09-15"],
    "grade": ["B2"],
    "outside": ["15 %", "range"],
    "fact": ["step.fact_km"],
    "date": ["2023-08-11", "2023-08-11T23:10Z"],
}


def case_schema() -> dict[str, Any]:
    """Describe a case.

    Returns
    -------
    dict
        JSON Schema; requests of verbs that exist are described too.
    """
    schema: dict[str, Any] = _editor(CaseModel.model_json_schema(by_alias=True))
    steps: dict[str, Any] = {}
    dashed: dict[str, Any] = {}
    for name in verbs():
        verb = analysis(name)
        steps[name] = _request(verb)
        schema["$defs"] |= steps[name].pop("$defs", {})  # a reference starts at the top
        if "_" in name:
            dashed[f"^{name.replace('_', '-')}$"] = steps[name]
    for name in sorted(PLANNED - set(steps)):
        steps[name] = {
            "type": ["object", "null"],
            "description": "planned, not built yet: the step is awaited",
        }
    schema["properties"]["analyses"] = {
        "type": "object",
        "description": "step name: {verb: request}",
        "additionalProperties": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "properties": steps,
            "patternProperties": dashed,
            "additionalProperties": False,
        },
    }
    return {
        "$schema": _DIALECT,
        "title": "A case of kosmodrom",
        "x-yaml": "every scalar is read as text; numbers carry units, clock times carry a zone",
        **schema,
    }


def request_schema(name: str) -> dict[str, Any]:
    """Describe what a verb is asked.

    Parameters
    ----------
    name : str
        The verb.

    Returns
    -------
    dict
        JSON Schema.
    """
    verb = analysis(name)
    return {"$schema": _DIALECT, "title": verb.name, **_request(verb)}


def _request(verb: Analysis) -> dict[str, Any]:
    schema: dict[str, Any] = _editor(verb.request.model_json_schema(by_alias=True))
    schema["description"] = verb.doc.partition("\n")[0]
    if not schema.get("required"):
        schema["type"] = ["object", "null"]  # 'sites:' with nothing after it asks for all
    return schema


def _editor(node: Any, key: str = "") -> Any:
    """Allow in each place what an editor may take a text for, and drop what only clutters."""
    if isinstance(node, list):
        return [_editor(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "properties" in node:
        named = {name: _editor(inner, name) for name, inner in node["properties"].items()}
        return {**_editor({k: v for k, v in node.items() if k not in {"properties", "required"}}),
                "properties": named, **({"required": node["required"]} if "required" in node
                                        else {})}  # fmt: skip
    found = {word: _editor(inner) for word, inner in node.items() if word != "title"}
    if found.get("default", 0) is None or isinstance(found.get("default"), dict):
        del found["default"]
    if "anyOf" in found:
        found["anyOf"] = [branch for branch in found["anyOf"] if branch != {"type": "null"}]
        if len(found["anyOf"]) == 1:
            found |= found.pop("anyOf")[0]
    found = _scalar(found)
    if key in _EXAMPLES and found.get("type") != "object":
        found.setdefault("examples", _EXAMPLES[key])
    return found


def _scalar(found: dict[str, Any]) -> dict[str, Any]:
    kind = found.get("type")
    if "const" in found:
        word = str(found.pop("const"))
        words = [int(word), word] if word.isdigit() else [word]  # the version is a number, too
        return {**{k: v for k, v in found.items() if k != "type"}, "enum": words}
    if kind == "string" and "enum" in found:
        truths = [word == "true" for word in found["enum"] if word in {"true", "false"}]
        return {**{k: v for k, v in found.items() if k != "type"},
                "enum": [*found["enum"], *truths]}  # fmt: skip
    if kind == "string":
        return {**found, "type": ["string", "number"]}
    if kind == "boolean":
        return {**{k: v for k, v in found.items() if k != "type"},
                "enum": [True, False, "true", "false"]}  # fmt: skip
    if kind == "number":
        return {**found, "type": ["number", "string"]}
    if kind == "integer":
        return {**found, "type": ["integer", "string"], "pattern": r"^\d+$"}
    inner = found.get("additionalProperties")
    if kind == "object" and isinstance(inner, dict) and "maxLength" in inner:
        return {"anyOf": [{"type": "string"}, found]}  # one text, or one for each language
    return found
