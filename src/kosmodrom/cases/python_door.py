"""The Python door: every verb as a function with keywords."""

from __future__ import annotations

import inspect
from contextlib import ExitStack
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
        Takes the fields of the request as keywords, and ``as_of``, ``dask`` (address of a cluster)
        and ``parquet`` (file for the rows); gives a `Result`.
    """
    verb = analysis(name)

    def _answer(
        *,
        as_of: str | None = None,
        dask: str | None = None,
        parquet: str | None = None,
        **fields: Any,
    ) -> Result:
        given = {key: value for key, value in fields.items() if value is not None}
        try:
            with ExitStack() as stack:
                context = open_context(as_of, files=True, **_more(dask, parquet, stack))
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
    own = [
        inspect.Parameter(word, inspect.Parameter.KEYWORD_ONLY, default=None)
        for word in ("as_of", "dask", "parquet")
    ]
    _answer.__signature__ = inspect.Signature(sorted([*keywords, *own], key=_default_last))  # type: ignore[attr-defined]
    return _answer


def _more(dask: str | None, parquet: str | None, stack: ExitStack) -> dict[str, Any]:
    """Open a cluster and a file for rows where they are asked for."""
    more: dict[str, Any] = {}
    if dask is not None:
        from kosmodrom.cases.cluster import DaskMap

        more["map"] = stack.enter_context(DaskMap(dask))
    if parquet is not None:
        from kosmodrom.workspace.sinks import ParquetSink

        more["sink"] = stack.enter_context(ParquetSink(parquet))
    return more


def _default_last(parameter: inspect.Parameter) -> bool:
    return parameter.default is not inspect.Parameter.empty
