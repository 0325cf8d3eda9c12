"""A file of notices cut into single ones, and what sort each is."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from kosmodrom.launch.notices.notice import Kind
    from kosmodrom.launch.notices.page import Page

__all__ = ["MOST_NOTICES", "SEA_NAME", "Piece", "cut"]

MOST_NOTICES = 20_000

_NUMBER = r"(?:\d{1,4}/\d{2,4}|\d{2}-\d{3,4})"
SEA_NAME = (
    r"(?:NAVAREA\s{1,2}[IVX]{1,5}|HYDROPAC|HYDROLANT|HYDROARC)"
    rf"(?:\s{{1,2}}(?:WARNINGS?|MSG|NR\.?|NO\.?|NUMBER))?\s{{1,2}}{_NUMBER}"
)
_GROUP = r"\d{6}\s?(?:Z|UTC)\s{1,2}[A-Z]{3}\s{1,2}\d{2,4}"
_HEADS = (  # a word without which there is none, and how the head of a notice looks
    ("NOTAM", "air", re.compile(r"(?:^|\n)[ ]{0,8}\(?[A-Z]\d{4}/\d{2}\s{1,3}NOTAM[NRC]\b")),
    *(
        (
            word,
            "sea",
            re.compile(
                rf"(?:(?:^|\n)[ ]{{0,8}}|(?<=[.\n ]))(?:{_GROUP}\s{{1,4}}){SEA_NAME}"
                rf"|(?:^|\n)[ ]{{0,8}}{SEA_NAME}"
            ),
        )
        for word in ("NAVAREA", "HYDRO")
    ),
    ("!", "domestic", re.compile(r"(?:^|\n)![A-Z]{3,5}\s")),
    *(
        (rule * 5, "rule", re.compile(rf"\n[ ]{{0,8}}[{rule}]{{5,}}+[ ]{{0,8}}(?=\n|$)"))
        for rule in ("-", "=", "*", "_")
    ),
)
_AIR_NAME = re.compile(
    r"\s*\(?([A-Z]\d{4}/\d{2})\s{1,3}NOTAM([NRC])(?:\s{1,3}([A-Z]\d{4}/\d{2}))?"
)
_QUALIFIERS = re.compile(r"(?:^|\n)[ ]{0,8}Q\)\s{0,3}[A-Z]{4}\s?/")
_SEA = re.compile(SEA_NAME)
_BARE_SEA = re.compile(r"NAVAREA\s{1,2}[IVX]{1,5}|HYDROPAC|HYDROLANT|HYDROARC")
_REFERS = re.compile(r"(?:CANCELS?|CANCELLED|CANCELED|AND|REF|REFER|BY|SEE|TO|,|\()\s*$")
_MARITIME = re.compile(
    r"\bIMO\b|INTERNATIONAL MARITIME ORGANI[SZ]ATION|CIRCULAR LETTER|SN\.\d/CIRC"
    r"|MARITIME (?:SAFETY )?ADMINISTRATION"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One notice in a file.

    Attributes
    ----------
    kind : str
        What sort of text it is.
    spans : tuple of tuple of int
        Begin and end of its parts: one, or several where it was published in parts.
    name : str
        Series and number; empty where it has none.
    letter : str
        ``N``, ``R`` or ``C`` of a notice to airmen; else empty.
    other : str
        The notice that it replaces or cancels; else empty.
    """

    kind: Kind
    spans: tuple[tuple[int, int], ...]
    name: str = ""
    letter: str = ""
    other: str = ""


def _heads(page: Page) -> list[int]:
    """Find where notices begin."""
    heads: set[int] = set()
    for word, kind, pattern in _HEADS:
        if word not in page.plain:
            continue
        for found in pattern.finditer(page.plain):
            at = found.start() + (page.plain[found.start()] == "\n")
            if kind == "sea" and _REFERS.search(page.plain, max(0, at - 40), at):
                continue
            heads.add(at)
            if len(heads) > MOST_NOTICES:
                raise InputError(
                    f"the text has more than {MOST_NOTICES} notices; give them in several files"
                )
    return sorted(heads)


def _single(page: Page, begin: int, end: int) -> Piece | None:
    """Say what one piece of text is; nothing where it is empty."""
    words = page.plain[begin:end]
    if not words.strip(" \n-=*_"):
        return None
    span = ((begin, end),)
    head = words[:400]
    air = _AIR_NAME.match(words)
    if air:
        return Piece("notam", span, air[1], air[2], air[3] or "")
    if _QUALIFIERS.search(words[:4000]) or words.lstrip().startswith("!"):
        return Piece("notam", span)
    named = _SEA.search(head)
    sea = named or _BARE_SEA.search(head)
    if sea and not _REFERS.search(words, max(0, sea.start() - 40), sea.start()):
        word = sea.group().split()[0]
        kinds: dict[str, Kind] = {"NAVAREA": "navarea", "HYDROPAC": "hydropac"}
        name = " ".join(named.group().split()) if named else ""
        for extra in (" WARNINGS", " WARNING", " MSG", " NR.", " NR", " NO.", " NO", " NUMBER"):
            name = name.replace(extra, "")
        return Piece(kinds.get(word, "hydrolant"), span, name)
    return Piece("imo" if _MARITIME.search(words[:20_000]) else "press", span)


def cut(page: Page) -> list[Piece]:
    """Cut a text into notices.

    Parameters
    ----------
    page : Page
        The text.

    Returns
    -------
    list of Piece
        In the order of the text.
    """
    heads = _heads(page)
    edges = [0, *heads, len(page.text)]
    pieces: list[Piece] = []
    for begin, end in itertools.pairwise(edges):
        piece = _single(page, begin, end)
        if piece is None:
            continue
        last = pieces[-1] if pieces else None
        if last and piece.name and piece.name == last.name and _parted(page, last, piece):
            pieces[-1] = Piece(
                last.kind, (*last.spans, *piece.spans), last.name, last.letter, last.other
            )
        else:
            pieces.append(piece)
    return pieces


_PART = re.compile(r"\bPART \d{1,2} OF \d{1,2}\b")


def _parted(page: Page, one: Piece, two: Piece) -> bool:
    return all(
        _PART.search(page.plain, piece.spans[-1][0], piece.spans[-1][1]) for piece in (one, two)
    )
