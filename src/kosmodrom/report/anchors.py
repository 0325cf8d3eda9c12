"""Addresses inside the page: every claim, step, fact and source has one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

__all__ = ["Anchors", "clean", "identifier", "web_address"]

_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_.-]")
# Controls and marks that turn the direction of text could make a page read as it does not stand.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\ud800-\udfff\ufffe\uffff]"
)


def clean(value: Any) -> Any:
    """Take out of all texts what cannot be seen and could deceive.

    Parameters
    ----------
    value : object
        Texts in mappings and sequences, or anything else.

    Returns
    -------
    object
        The same without control characters and marks of direction.
    """
    if isinstance(value, str):
        return _UNSEEN.sub("", value)
    if isinstance(value, Mapping):
        return {clean(key): clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    return value


def identifier(*parts: str) -> str:
    """Make an id of HTML out of names.

    Parameters
    ----------
    *parts : str
        Names; different names give different ids.

    Returns
    -------
    str
        The id, also safe behind ``#`` in an address.

    Examples
    --------
    >>> identifier("step", "so-far", "count"), identifier("claim", 'a "b"')
    ('step-so-far-count', 'claim-a:20::22:b:22:')
    """
    return "-".join(_NOT_IN_ID.sub(lambda found: f":{ord(found[0]):x}:", part) for part in parts)


def web_address(text: Any) -> str | None:
    """Let an address of the web pass, and nothing else.

    Parameters
    ----------
    text : object
        What a source gives as its address.

    Returns
    -------
    str or None
        The address if it is plain http or https; None otherwise.

    Examples
    --------
    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    if not isinstance(text, str) or re.search(r"[\s<>\"'`\\]", text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in {"http", "https"} and parts.hostname else None


class Anchors:
    """The ids of one document, so that no link leads nowhere.

    Parameters
    ----------
    document : Mapping
        The results.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._claims = {str(claim["id"]) for claim in document["claims"]}
        self._sources = set(document["sources"])
        self._steps = {
            *document["steps"],
            *document["awaited_steps"],
            *document["failed_steps"],
        }
        self._facts = {
            f"{step}.{name}": identifier("step", step, "fact", name)
            for step, result in document["steps"].items()
            for name in result["facts"]
        }
        self._figures: dict[str, list[tuple[int, str]]] = {}
        count = 0
        for step, result in document["steps"].items():
            for place, _ in enumerate(result.get("figures") or [], start=1):
                count += 1
                name = identifier("step", step, "figure", str(place))
                self._figures.setdefault(step, []).append((count, name))

    def claim(self, name: str) -> str | None:
        """Give the address of a claim.

        Parameters
        ----------
        name : str
            Its id in the case.

        Returns
        -------
        str or None
            ``#...``; None where the page has no such claim.
        """
        return f"#{identifier('claim', name)}" if name in self._claims else None

    def source(self, name: str | None) -> str | None:
        """Give the address of a source.

        Parameters
        ----------
        name : str or None
            Its key in the case.

        Returns
        -------
        str or None
            ``#...``; None where the page has no such source.
        """
        return f"#{identifier('source', name)}" if name in self._sources and name else None

    def step(self, name: str) -> str | None:
        """Give the address of a step.

        Parameters
        ----------
        name : str
            Its name in the case.

        Returns
        -------
        str or None
            ``#...``; None where the page has no such step.
        """
        return f"#{identifier('step', name)}" if name in self._steps else None

    def fact(self, name: str | None) -> str | None:
        """Give the address of a fact, or of its step where the step has no such fact.

        Parameters
        ----------
        name : str or None
            ``STEP.NAME``.

        Returns
        -------
        str or None
            ``#...``; None where the page has neither.
        """
        if not name:
            return None
        if name in self._facts:
            return f"#{self._facts[name]}"
        return self.step(name.partition(".")[0])

    def figures(self, name: str) -> list[tuple[int, str]]:
        """Give the figures of a step.

        Parameters
        ----------
        name : str
            Its name in the case.

        Returns
        -------
        list of (int, str)
            Number in the page and id of each; none where the page has no such step.
        """
        return self._figures.get(name, [])
