"""The list of verbs, read from the names of the files in this folder."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from kosmodrom.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._request import Request
    from kosmodrom.analyses._result import ColumnSpec, FactSpec, Result
    from kosmodrom.workspace import Context

__all__ = ["PLANNED", "Analysis", "Run", "analysis", "near", "summary", "verbs"]

#: Verbs that are drawn but not built yet: a case may name them and then awaits them.
PLANNED = frozenset({
    "activity", "balance", "bargain", "hypotheses", "identify", "lifetime",
    "lunar_burn", "notices", "propagate", "reliability", "suborbital_check", "transfer",
})  # fmt: skip


class Run(Protocol):
    """The function that answers a request."""

    def __call__(self, request: Request, context: Context) -> Result:
        """Answer a request."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """One verb, loaded.

    Attributes
    ----------
    name : str
        The verb.
    request : type of Request
        What it is asked.
    facts : sequence of FactSpec
        Facts it promises.
    columns : sequence of ColumnSpec
        Columns it promises.
    run : Run
        The function that answers.
    doc : str
        Its help text.
    """

    name: str
    request: type[Request]
    facts: Sequence[FactSpec]
    columns: Sequence[ColumnSpec]
    run: Run
    doc: str


def verbs() -> tuple[str, ...]:
    """List the verbs without importing any.

    Returns
    -------
    tuple of str
        Names in alphabetical order.
    """
    import kosmodrom.analyses as folder

    return _listed(tuple(folder.__path__))


@lru_cache(maxsize=4)
def _listed(places: tuple[str, ...]) -> tuple[str, ...]:
    names = (info.name for info in pkgutil.iter_modules(places))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def near(word: str, names: Sequence[str]) -> list[str]:
    """Find names that look like a word.

    Parameters
    ----------
    word : str
        What was written.
    names : sequence of str
        What is known.

    Returns
    -------
    list of str
        At most three names, nearest first.
    """
    from difflib import get_close_matches

    return get_close_matches(word, list(names), n=3, cutoff=0.6)


def analysis(name: str) -> Analysis:
    """Load one verb.

    Parameters
    ----------
    name : str
        The verb; dashes are taken for underscores.

    Returns
    -------
    Analysis
        The loaded verb.
    """
    verb = name.replace("-", "_")
    known = verbs()
    if verb not in known:
        alike = near(verb, known)
        hint = f"; did you mean {alike[0]!r}?" if alike else f"; the verbs are {', '.join(known)}"
        raise UnknownNameError(f"there is no verb {name!r}{hint}", alike)
    module = importlib.import_module(f"kosmodrom.analyses.{verb}")
    words = "".join(part.capitalize() for part in verb.split("_"))
    return Analysis(
        name=verb,
        request=getattr(module, f"{words}Request"),
        facts=tuple(module.FACTS),
        columns=tuple(module.COLUMNS),
        run=module.run,
        doc=module.__doc__ or "",
    )


def summary(verb: str) -> str:
    """Read the first line of a verb's help without importing it.

    Parameters
    ----------
    verb : str
        The verb.

    Returns
    -------
    str
        One line.
    """
    import ast
    from pathlib import Path

    import kosmodrom.analyses as folder

    for place in folder.__path__:
        file = Path(place) / f"{verb}.py"
        if file.is_file():
            doc = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
            return doc.partition("\n")[0]
    return ""
