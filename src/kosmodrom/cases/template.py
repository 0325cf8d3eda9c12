"""The commented case that ``kosmodrom new`` writes."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["template"]


def template() -> str:
    """Give the text of a case to start from.

    Returns
    -------
    str
        YAML with comments; it can be checked and run as it stands.
    """
    return (files("kosmodrom.cases") / "template.yaml").read_text("utf-8")
