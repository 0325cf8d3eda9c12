"""The first phase of a case: its steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kosmodrom.cases.step import run_step, step_json
from kosmodrom.errors import KosmodromError

if TYPE_CHECKING:
    from kosmodrom.analyses._result import Result
    from kosmodrom.cases.check import Plan
    from kosmodrom.workspace import Context

__all__ = ["StepsDone", "run_steps"]


@dataclass(slots=True)
class StepsDone:
    """What the first phase left.

    Attributes
    ----------
    results : dict of str to Result
        Steps that answered.
    verb : dict of str to str
        Verb of every step.
    documents : dict of str to dict
        The same as plain objects.
    failed : dict of str to dict
        Steps that failed: verb and error.
    awaited : dict of str to str
        Steps whose verb does not exist yet.
    """

    results: dict[str, Result] = field(default_factory=dict)
    verb: dict[str, str] = field(default_factory=dict)
    documents: dict[str, dict[str, Any]] = field(default_factory=dict)
    failed: dict[str, dict[str, str]] = field(default_factory=dict)
    awaited: dict[str, str] = field(default_factory=dict)


def run_steps(plan: Plan, context: Context, lang: str) -> StepsDone:
    """Run the steps of a plan; one that fails is noted and the others go on.

    Parameters
    ----------
    plan : Plan
        Steps to run.
    context : Context
        Facts, seed, workers.
    lang : {"en", "id"}
        Language of the texts.

    Returns
    -------
    StepsDone
        What they answered.
    """
    done = StepsDone(awaited=dict(plan.awaited))
    done.verb.update(plan.awaited)
    total = len(plan.steps)
    for number, (step, (verb, request)) in enumerate(plan.steps.items()):
        context.progress(step, number, total)
        done.verb[step] = verb.name
        try:
            result = run_step(verb.name, request, context)
        except KosmodromError as error:
            done.failed[step] = {"analysis": verb.name, "error": str(error)}
            continue
        done.results[step] = result
        done.documents[step] = step_json(verb.name, request, result, context, lang)
    context.progress("", total, total)
    return done
