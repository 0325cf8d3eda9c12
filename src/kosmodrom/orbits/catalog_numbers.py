"""Catalogue numbers of satellites, as digits and in the five characters of Alpha-5."""

from __future__ import annotations

import re

from kosmodrom.errors import InputError

__all__ = ["LARGEST", "LARGEST_ALPHA_5", "alpha_5", "catalog_number"]

LARGEST = 999_999_999  # an OMM has room for nine digits
LARGEST_ALPHA_5 = 339_999
#: The letters of Alpha-5 stand for 10 to 33; I and O are left out, as they look like digits.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"

_DIGITS = re.compile(r"\d{1,9}", re.ASCII)
_ALPHA = re.compile(r"[A-HJ-NP-Z]\d{4}", re.ASCII)


def catalog_number(text: str) -> int:
    """Read a catalogue number.

    Parameters
    ----------
    text : str
        One to nine digits, or Alpha-5: a letter other than I and O, then four digits.

    Returns
    -------
    int
        The number [-].

    Examples
    --------
    >>> catalog_number("25544"), catalog_number("00005"), catalog_number("A0000")
    (25544, 5, 100000)
    """
    if _DIGITS.fullmatch(text):
        return int(text)
    if _ALPHA.fullmatch(text):
        return (LETTERS.index(text[0]) + 10) * 10_000 + int(text[1:])
    shown = repr(text if len(text) <= 24 else text[:24] + "…")
    raise InputError(
        f"{shown} is no catalogue number; write one to nine digits, or Alpha-5: a letter from A "
        "to Z other than I and O, then four digits, like A0000 for 100000"
    )


def alpha_5(number: int) -> str:
    """Write a catalogue number in five characters.

    Parameters
    ----------
    number : int
        0 to 339999 [-].

    Returns
    -------
    str
        Five digits, or a letter and four digits from 100000 on.

    Examples
    --------
    >>> alpha_5(5), alpha_5(270000)
    ('00005', 'T0000')
    """
    if not 0 <= number <= LARGEST_ALPHA_5:
        raise InputError(
            f"catalogue number {number} has no five-character form; those go from 00000 to "
            f"Z9999, that is {LARGEST_ALPHA_5}. Write an OMM instead, which has room for nine "
            "digits"
        )
    if number < 100_000:
        return f"{number:05d}"
    return f"{LETTERS[number // 10_000 - 10]}{number % 10_000:04d}"
