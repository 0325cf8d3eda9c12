"""The Python door: every verb as a function with keywords."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._registry import analysis
from kosmodrom.cases.step import StepProblems, run_step
from kosmodrom.errors import InputError, RequestError
from kosmodrom.workspace import open_context

if TYPE_CHECKING:
    from collections.abc import Callable

    from kosmodrom.analyses._result import Result

__all__ = ["function_of"]


def function_of(name: str) -> Callable[..., Result]:
    """Make the Python function of a verb.

    Parameters
    ----------
    name : str
        The verb.

    Returns
    -------
    callable
        Takes the fields of the request as keywords, and ``as_of``; gives a `Result`.
    """
    verb = analysis(name)

    def _answer(*, as_of: str | None = None, **fields: Any) -> Result:
        context = open_context(as_of, files=True)
        given = {key: value for key, value in fields.items() if value is not None}
        try:
            return run_step(name, given, context)
        except RequestError as problem:  # found while running, in one field
            place = ".".join(map(str, problem.path)) or "..."
            raise InputError(f"{name}({place}=): {problem.message}") from None
        except StepProblems as problems:
            lines = [
                f"{name}({'.'.join(map(str, problem.path)) or '...'}=): {problem.message}"
                for problem in problems.problems
            ]
            raise InputError("\n".join(lines)) from None

    _answer.__name__ = _answer.__qualname__ = name
    _answer.__doc__ = verb.doc
    keywords = [
        inspect.Parameter(
            field,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if info.is_required() else info.default,
            annotation=info.annotation,
        )
        for field, info in verb.request.model_fields.items()
    ]
    as_of = inspect.Parameter("as_of", inspect.Parameter.KEYWORD_ONLY, default=None)
    _answer.__signature__ = inspect.Signature(sorted([*keywords, as_of], key=_default_last))  # type: ignore[attr-defined]
    return _answer


def _default_last(parameter: inspect.Parameter) -> bool:
    return parameter.default is not inspect.Parameter.empty
