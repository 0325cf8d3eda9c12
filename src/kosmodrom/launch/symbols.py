"""The one door to CasADi, which differentiates what the optimiser needs and brings IPOPT along."""

from __future__ import annotations

from functools import cache
from typing import Any

from kosmodrom.errors import ModelError

__all__ = ["library"]


@cache
def library() -> Any:
    """Import CasADi.

    Returns
    -------
    module
        The library.
    """
    try:
        import casadi  # noqa: PLC0415 -- 0.2 s, and an extra
    except ImportError:
        raise ModelError(
            "optimising an ascent needs CasADi, which is not installed; "
            "pip install 'kosmodrom[ascent]'"
        ) from None
    return casadi
