"""Texts that people read, in English and Indonesian: one code, one sentence a language.

A result carries codes with parameters; a door puts them into words here. Every domain has
two files, ``texts/DOMAIN.en.toml`` and ``texts/DOMAIN.id.toml``, with the same codes.
"""

from kosmodrom.messages.numbers import (
    LANGUAGES,
    amount,
    intervals,
    number,
    quantity,
    shared_unit,
    written,
)
from kosmodrom.messages.texts_of import (
    WORD_COLUMNS,
    codes,
    fixed,
    happening,
    has,
    label,
    text,
)

__all__ = [
    "LANGUAGES",
    "WORD_COLUMNS",
    "amount",
    "codes",
    "fixed",
    "happening",
    "has",
    "intervals",
    "label",
    "number",
    "quantity",
    "shared_unit",
    "text",
    "written",
]
