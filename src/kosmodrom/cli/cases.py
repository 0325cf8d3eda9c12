"""Open a case at the shell: by name or path, as of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom.cases.load import load_case
from kosmodrom.cli.options import read_day
from kosmodrom.workspace import open_context

if TYPE_CHECKING:
    from kosmodrom.cases.load import Case
    from kosmodrom.workspace import Context

__all__ = ["open_case"]


def open_case(name: str, as_of: str | None, **more: Any) -> tuple[Case, Context]:
    """Read a case and make its context.

    Parameters
    ----------
    name : str
        Path, or name of a shipped case.
    as_of : str or None
        Day given at the shell; None takes the day of the case.
    **more
        Other attributes of the context.

    Returns
    -------
    tuple of Case and Context
        The case, unchecked, and what it is run with.
    """
    day = read_day(as_of)
    case = load_case(name)
    chosen = day.isoformat() if day else case.model.as_of
    return case, open_context(chosen, seed=case.model.seed, **more)
