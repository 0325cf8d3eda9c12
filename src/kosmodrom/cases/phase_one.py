"""The first phase of a case: its steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._result import Note, Result
from kosmodrom.cases.step import StepProblems, run_step, step_json
from kosmodrom.errors import KosmodromError, NotYetPublicError

if TYPE_CHECKING:
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
            result = _answer(verb.name, request, context)
        except KosmodromError as error:
            done.failed[step] = {"analysis": verb.name, "error": str(error)}
            continue
        done.results[step] = result
        done.documents[step] = step_json(verb.name, request, result, context, lang)
    context.progress("", total, total)
    return done


def _answer(name: str, request: dict[str, Any], context: Context) -> Result:
    """Run a step; where nothing of it was public by the day of the case, all facts are unknown."""
    try:
        return run_step(name, request, context)
    except StepProblems as error:
        hidden = [one for one in error.problems if isinstance(one, NotYetPublicError)]
        if len(hidden) < len(error.problems):
            raise
    return Result(
        warnings=[Note("nothing_public", {"name": one.name, "first": one.first}) for one in hidden]
    )
