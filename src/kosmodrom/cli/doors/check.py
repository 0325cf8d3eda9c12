"""``kosmodrom check``: everything about a case that can be found wrong without running it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kosmodrom.cli.options import lang_option

if TYPE_CHECKING:
    from kosmodrom.cases.check import Plan
    from kosmodrom.cases.load import Case

__all__ = ["command"]


@click.command(
    "check",
    epilog="""\b
Examples:
  kosmodrom check my-case.yaml
  kosmodrom check my-case.yaml --json
""",
)
@click.argument("case")
@click.option("--json", "as_json", is_flag=True, help="Print steps, claims and problems as JSON.")
@lang_option
def _command(case: str, lang: str, *, as_json: bool) -> int:
    """Check a case without running it.

    Keys, units, dates, names of the catalog, facts that evidence cites, circles. Every problem is
    one line FILE:LINE: what is wrong and what is due. A step whose verb is not built yet is
    listed as awaited; that is no problem.

    Exit status: 0 sound, 2 not.
    """
    from kosmodrom.cases.check import plan_case
    from kosmodrom.cli.cases import open_case
    from kosmodrom.cli.page import Page
    from kosmodrom.cli.talk import complain, emit_json
    from kosmodrom.errors import CaseError

    try:
        loaded, context = open_case(case, None)
        plan = plan_case(loaded, context)
    except CaseError as error:
        if as_json:
            emit_json({"ok": False, "problems": list(error.problems)})
        complain(error)
        return 2
    if as_json:
        emit_json(_document(loaded, plan))
    else:
        _show(loaded, plan, Page(lang))
    return 0


command = _command


def _document(case: Case, plan: Plan) -> dict[str, Any]:
    claims = case.model.claims
    return {
        "ok": True,
        "problems": [],
        "case": case.id,
        "as_of": case.model.as_of,
        "steps": {
            **{step: {"analysis": verb.name, "state": "ok"}
               for step, (verb, _) in plan.steps.items()},
            **{step: {"analysis": verb, "state": "awaited"}
               for step, verb in plan.awaited.items()},
        },
        "claims": len(claims),
        "awaited_verbs": _awaited_verbs(case, plan),
        "awaits_fulfilled": list(plan.fulfilled),
    }  # fmt: skip


def _awaited_verbs(case: Case, plan: Plan) -> list[str]:
    from kosmodrom.analyses._registry import verbs

    named = {verb.replace("-", "_") for claim in case.model.claims.values()
             for verb in claim.awaits}  # fmt: skip
    return sorted({*plan.awaited.values(), *named} - set(verbs()))


def _show(case: Case, plan: Plan, page: Any) -> None:
    from kosmodrom import messages
    from kosmodrom.cli.page import Column

    states = [
        *((step, verb.name, "ok") for step, (verb, _) in plan.steps.items()),
        *((step, verb, "awaited") for step, verb in plan.awaited.items()),
    ]
    if states:
        heads = [Column(page.word("step")), Column(page.word("verb")), Column(page.word("state"))]
        rows = [(step, verb, page.word(state)) for step, verb, state in states]
        page.table(heads, rows, ["green" if s == "ok" else "dim" for _, _, s in states], styled=2)
        page.line()
    awaited = _awaited_verbs(case, plan)
    if awaited:
        page.line(page.word("check_awaits", verbs=", ".join(awaited)))
    for key in plan.fulfilled:
        page.bullet(messages.text("note_await_fulfilled", {"claim": key}, page.lang))
    page.line(page.word("check_ok", file=case.document.file, claims=len(case.model.claims),
                        steps=len(plan.steps), awaited=len(plan.awaited)))  # fmt: skip
