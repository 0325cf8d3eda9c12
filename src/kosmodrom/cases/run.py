"""Run a case: steps first, then claims; out comes the results document.

The document holds no clock, host or path: same case, data and seed give the same bytes.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from kosmodrom import messages
from kosmodrom.assess.circles import in_order
from kosmodrom.assess.model import VERDICTS
from kosmodrom.cases.check import Plan, plan_case
from kosmodrom.cases.evidence import sources_of
from kosmodrom.cases.judging import judge_claim
from kosmodrom.cases.phase_one import StepsDone, run_steps

if TYPE_CHECKING:
    from kosmodrom.cases.load import Case
    from kosmodrom.workspace import Context

__all__ = ["run_case"]


def run_case(
    case: Case,
    context: Context,
    lang: str = "en",
) -> dict[str, Any]:
    """Check a case, run its steps and judge its claims.

    Parameters
    ----------
    case : Case
        The case.
    context : Context
        Facts as of the day of the case.
    lang : {"en", "id"}
        Language of the texts beside the codes.

    Returns
    -------
    dict
        The results document; plain text and numbers.
    """
    plan = plan_case(case, context)
    steps = run_steps(plan, context, lang)
    sources = sources_of(case.model)
    judged: dict[str, dict[str, Any]] = {}
    graph = {key: list(claim.premises) for key, claim in case.model.claims.items()}
    for key in in_order(graph):
        judged[key] = judge_claim(
            key, case.model.claims[key], sources, steps, context, lang, judged
        )
    claims = [judged[key] for key in case.model.claims]
    return {
        "kosmodrom": 1,
        "case": case.id,
        "version": version("kosmodrom"),
        "title": dict(case.model.title),
        "as_of": context.as_of.isoformat() if context.as_of else None,
        "seed": context.seed,
        "sources": _sources(case),
        "steps": steps.documents,
        "awaited_steps": steps.awaited,
        "failed_steps": steps.failed,
        "claims": claims,
        "summary": _summary(claims),
        "notes": _notes(plan, claims, lang),
        "data": _data(steps),
        "known_from_unknown": sum(claim["known_from_unknown"] for claim in claims),
    }


def _sources(case: Case) -> dict[str, Any]:
    return {
        key: {
            "name": source.name["en"] if set(source.name) == {"en"} else dict(source.name),
            "published": source.published,
            "grade": source.grade,
            "group": source.group or key,
            "url": source.url,
            "cites": list(source.cites),
            "note": source.note,
        }
        for key, source in case.model.sources.items()
    }


def _summary(claims: list[dict[str, Any]]) -> dict[str, int]:
    counts = dict.fromkeys((*VERDICTS, "awaits", "failed"), 0)
    for claim in claims:
        counts[claim["verdict"] if claim["status"] == "done" else claim["status"]] += 1
    return counts


def _notes(plan: Plan, claims: list[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    notes: list[tuple[str, dict[str, Any]]] = [
        ("note_await_fulfilled", {"claim": key}) for key in plan.fulfilled
    ]
    unknown = sum(claim["known_from_unknown"] for claim in claims)
    if unknown:
        notes.append(("note_known_from_unknown", {"count": unknown}))
    return [
        {"code": code, "params": params, "text": messages.text(code, params, lang)}
        for code, params in notes
    ]


def _data(steps: StepsDone) -> list[dict[str, Any]]:
    found = {
        dataset.name: dataset.to_dict()
        for result in steps.results.values()
        for dataset in result.datasets
    }
    return [found[name] for name in sorted(found)]
