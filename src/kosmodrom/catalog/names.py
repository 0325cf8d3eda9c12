"""Looking names up: exact, part of a name, and near misses."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Hit", "Named", "exact", "fold", "near", "search"]

_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a"})
_DROPPED = str.maketrans(dict.fromkeys("'’ʻʼ`´.,()"))


class Named(Protocol):
    """A row with an id, a name and other names."""

    @property
    def id(self) -> str:
        """Short name."""
        ...

    @property
    def name(self) -> str:
        """Name for readers."""
        ...

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names and spellings."""
        ...


NamedT = TypeVar("NamedT", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A row that answers to a word.

    Attributes
    ----------
    kind : str
        "site", "station", "place", "satellite", "sensor", "vehicle" or "country".
    id : str
        Short name.
    name : str
        Name for readers.
    detail : str
        What tells it from others.
    near : bool
        True where the word is only similar to a name.
    """

    kind: str
    id: str
    name: str
    detail: str
    near: bool = False


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Take case, accents, hyphens and apostrophes off a name.

    Parameters
    ----------
    word : str
        A name.

    Returns
    -------
    str
        The same for all spellings that differ only in these.

    Examples
    --------
    >>> fold("São-Paulo"), fold("  Xi’an ")
    ('sao paulo', 'xian')
    """
    plain = unicodedata.normalize("NFKD", word).casefold().translate(_LETTERS)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(kept.translate(_DROPPED).replace("-", " ").replace("_", " ").split())


def _names(row: Named) -> tuple[str, ...]:
    return (row.id, row.name, *row.aliases)


def exact(word: str, rows: Iterable[NamedT]) -> list[NamedT]:
    """Find the rows that bear a name.

    Parameters
    ----------
    word : str
        An id, a name or another name.
    rows : iterable
        Where to look.

    Returns
    -------
    list
        The rows; an id settles it where a name would not.
    """
    wanted = fold(word)
    found = [row for row in rows if wanted in map(fold, _names(row))]
    by_id = [row for row in found if fold(row.id) == wanted]
    return by_id or found


def near(word: str, rows: Iterable[Named], count: int = 3) -> list[str]:
    """Find names that look like a word.

    Parameters
    ----------
    word : str
        A word that is no name.
    rows : iterable
        Where to look.
    count : int
        At most so many [-].

    Returns
    -------
    list of str
        Names for readers, nearest first.
    """
    wanted = fold(word)
    names = {fold(name): row.name for row in rows for name in _names(row)}
    inside = sorted((key for key in names if len(wanted) > 2 and wanted in key), key=len)
    alike = difflib.get_close_matches(wanted, names, n=3 * count, cutoff=0.6)
    return list(dict.fromkeys(names[key] for key in [*inside, *alike]))[:count]


def search(
    word: str, kinds: Sequence[tuple[str, Sequence[Named], Sequence[str]]], limit: int = 40
) -> list[Hit]:
    """Find rows by a part of a name, or by a near miss where no name holds the word.

    Parameters
    ----------
    word : str
        What the user typed.
    kinds : sequence
        Kind, rows, and a detail for each row.
    limit : int
        At most so many [-].

    Returns
    -------
    list of Hit
        Exact names first, then names that begin with the word, then names that hold it, then
        names that are like it.
    """
    wanted = fold(word)
    if not wanted:
        return []
    found: list[tuple[int, int, Hit]] = []
    for order, (kind, rows, details) in enumerate(kinds):
        for row, detail in zip(rows, details, strict=True):
            rank = min((_rank(wanted, fold(name)) for name in _names(row)), default=9)
            if rank < 9:
                hit = Hit(kind=kind, id=row.id, name=row.name, detail=detail)
                found.append((rank, order, hit))
    if found:
        found.sort(key=lambda item: item[:2])
        return [hit for _, _, hit in found[:limit]]
    return _alike(wanted, kinds)


def _rank(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if wanted in name else 9


def _alike(wanted: str, kinds: Sequence[tuple[str, Sequence[Named], Sequence[str]]]) -> list[Hit]:
    hits: dict[str, Hit] = {}
    for kind, rows, details in kinds:
        for row, detail in zip(rows, details, strict=True):
            hit = Hit(kind=kind, id=row.id, name=row.name, detail=detail, near=True)
            for name in _names(row):
                hits.setdefault(fold(name), hit)
    close = difflib.get_close_matches(wanted, hits, n=8, cutoff=0.6)
    return list(dict.fromkeys(hits[name] for name in close))
