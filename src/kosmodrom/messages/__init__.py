"""Texts that people read, in English and Indonesian: one code, one sentence a language.

A result carries codes with parameters; a door puts them into words here. Every domain has
two files, ``texts/DOMAIN.en.toml`` and ``texts/DOMAIN.id.toml``, with the same codes.
"""

from kosmodrom.messages.numbers import LANGUAGES, number, quantity
from kosmodrom.messages.texts_of import codes, has, label, text

__all__ = ["LANGUAGES", "codes", "has", "label", "number", "quantity", "text"]
