"""The columns of many two-line sets at once; what is out of the ordinary is left to `_tle_lines`.

A block holds the bytes of one line of every set, a row a column of the line. Only sets that are
right in every column are taken here; all others are marked and read, or refused in words, one by
one. Whole numbers and one division give the same bits as the C library's reading of the text.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from kosmodrom.orbits.catalog_numbers import LETTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Ints = NDArray[np.int64]
    Good = NDArray[np.bool_]

__all__ = ["LENGTH", "NEW_YEARS", "POWERS", "STEP_NS", "read_columns"]

LENGTH: Final = 69  # characters of a line
STEP_NS: Final = 864_000  # 1e-8 of a day
_MJD_0: Final = date(1858, 11, 17).toordinal()
#: Modified Julian day of 1 January of the years 1957 to 2057; the two digits 57 are 1957.
NEW_YEARS: Final = np.array([date(year, 1, 1).toordinal() - _MJD_0 for year in range(1957, 2058)])
#: Powers of ten from -9 to 9, as the C library gives them.
POWERS: Final = np.array([10.0**power for power in range(-9, 10)])

_BLANK, _PLUS, _MINUS, _POINT, _ZERO = b" +-.0"
_FIRST_BLANKS = (1, 8, 17, 32, 43, 52, 61, 63)
_SECOND_BLANKS = (1, 7, 16, 25, 33, 42, 51)


def read_columns(
    first: Sequence[str], second: Sequence[str], *, checksums: bool
) -> tuple[dict[str, NDArray[np.int64] | NDArray[np.float64]], Good]:
    """Read the numbers of many sets.

    Parameters
    ----------
    first, second : sequence of str
        First and second line of each set.
    checksums : bool
        Whether the last column must be right.

    Returns
    -------
    columns : dict
        Number, mjd, nanosecond, set and revolution, and the columns of `Published`, by name.
    good : numpy.ndarray of bool, shape (n,)
        Where these can be trusted [-].
    """
    one, good = _block(first)
    two, fits = _block(second)
    good &= fits & (one[0] == ord("1")) & (two[0] == ord("2"))
    good &= (one[list(_FIRST_BLANKS)] == _BLANK).all(axis=0)
    good &= (two[list(_SECOND_BLANKS)] == _BLANK).all(axis=0)
    good &= (one[2:7] == two[2:7]).all(axis=0)
    good &= (one[7] == ord("U")) | (one[7] == _BLANK) | (one[7] == ord("C")) | (one[7] == ord("S"))
    good &= (one[62] == _ZERO) & _designators(one[9:17])
    if checksums:
        good &= _checksums(one) & _checksums(two)
    found: dict[str, NDArray[np.int64] | NDArray[np.float64]] = {}
    found["number"], right = _numbers(one[2:7])
    found["mjd"], found["nanosecond"], fits = _epochs(one[18:32])
    good &= right & fits
    found["mean_motion_dot_rev_day2"], right = _rate(one[33:43])
    found["mean_motion_ddot_rev_day3"], fits = _power(one[44:52])
    good &= right & fits
    found["bstar"], right = _power(one[53:61])
    found["set"], fits = _whole(one[64:68])
    good &= right & fits
    for name, start, end, most in (
        ("inclination_deg", 8, 16, 180.0),
        ("node_deg", 17, 25, 360.0),
        ("argument_of_perigee_deg", 34, 42, 360.0),
        ("mean_anomaly_deg", 43, 51, 360.0),
    ):
        angle, right = _decimal(two[start:end], 3)
        found[name] = angle
        good &= right & (angle <= most)
    eccentricity, right = _digits(two[26:33])
    found["eccentricity"] = eccentricity / 1e7
    motion, fits = _decimal(two[52:63], 2)
    found["mean_motion_rev_day"] = motion
    good &= right & fits & (motion > 0)
    found["revolution"], right = _whole(two[63:68])
    return found, good & right


def _block(lines: Sequence[str]) -> tuple[Bytes, Good]:
    fits = np.fromiter(map(len, lines), dtype=np.int64, count=len(lines)) == LENGTH
    if not fits.all():
        lines = [line if len(line) == LENGTH else " " * LENGTH for line in lines]
    raw = "".join(lines).encode("ascii", "replace")  # one byte a character; "?" fits nowhere
    block = np.frombuffer(raw, dtype=np.uint8).reshape(len(lines), LENGTH)
    return np.ascontiguousarray(block.T), fits


def _checksums(block: Bytes) -> Good:
    digits = block[:68] - _ZERO
    total = np.where(digits <= 9, digits, block[:68] == _MINUS).sum(axis=0, dtype=np.int64)
    return np.asarray(total % 10 == block[68].astype(np.int64) - _ZERO)


def _digits(block: Bytes) -> tuple[Ints, Good]:
    """Read digits in every column."""
    digits = block - _ZERO
    value = np.zeros(block.shape[1], dtype=np.int64)
    for row in digits:
        value = value * 10 + row
    return value, np.asarray((digits <= 9).all(axis=0))


def _whole(block: Bytes) -> tuple[Ints, Good]:
    """Read a whole number with blanks before it."""
    digits = block - _ZERO
    is_digit, is_blank = digits <= 9, block == _BLANK
    value = np.zeros(block.shape[1], dtype=np.int64)
    for row, shown in zip(digits, is_digit, strict=True):
        value = value * 10 + np.where(shown, row, 0)
    good = (is_digit | is_blank).all(axis=0) & is_digit[-1]
    return value, good & ~(is_digit[:-1] & is_blank[1:]).any(axis=0)


def _decimal(block: Bytes, before: int) -> tuple[NDArray[np.float64], Good]:
    """Read a number with a point after so many columns."""
    whole, good = _whole(block[:before])
    part, right = _digits(block[before + 1 :])
    scale = 10 ** (len(block) - before - 1)
    return (whole * scale + part) / scale, good & right & (block[before] == _POINT)


def _signs(row: Bytes) -> tuple[Ints, Good]:
    minus = row == _MINUS
    return np.where(minus, -1, 1), minus | (row == _PLUS) | (row == _BLANK)


def _rate(block: Bytes) -> tuple[NDArray[np.float64], Good]:
    """Read a sign, a point and eight digits."""
    sign, good = _signs(block[0])
    part, right = _digits(block[2:])
    return sign * (part / 1e8), good & right & (block[1] == _POINT)


def _power(block: Bytes) -> tuple[NDArray[np.float64], Good]:
    """Read a sign, five digits after a point that is not written, and a power of ten."""
    sign, good = _signs(block[0])
    part, right = _digits(block[1:6])
    power, fits = _digits(block[7:])
    minus = block[6] == _MINUS
    fits &= minus | (block[6] == _PLUS)
    at = np.clip(np.where(minus, -power, power) + 9, 0, len(POWERS) - 1)
    return sign * (part / 1e5) * POWERS[at], good & right & fits


def _numbers(block: Bytes) -> tuple[Ints, Good]:
    """Read five digits, or Alpha-5."""
    value, good = _whole(block)
    for index, letter in enumerate(LETTERS.encode()):
        here = block[0] == letter
        if here.any():
            rest, right = _digits(block[1:, here])
            value[here] = (index + 10) * 10_000 + rest
            good[here] = right
    return value, good


def _designators(block: Bytes) -> Good:
    """Look for a blank, or year, launch and one to three letters."""
    letters = (block[5:] >= ord("A")) & (block[5:] <= ord("Z"))
    blanks = block == _BLANK
    tail = (letters | blanks[5:]).all(axis=0) & ~(blanks[5:7] & letters[1:]).any(axis=0)
    _, digits = _digits(block[:5])
    return np.asarray(blanks.all(axis=0) | (digits & letters[0] & tail))


def _epochs(block: Bytes) -> tuple[Ints, Ints, Good]:
    """Read two digits of a year and a day of it as a day number and nanoseconds of that day."""
    year, good = _digits(block[:2])
    day, right = _whole(block[2:5])
    step, fits = _digits(block[6:])
    row = (np.clip(year, 0, 99) - 57) % 100
    last = NEW_YEARS[row + 1] - NEW_YEARS[row]
    good &= right & fits & (block[5] == _POINT) & (day >= 1) & (day <= last)
    return NEW_YEARS[row] + day - 1, step * STEP_NS, good
