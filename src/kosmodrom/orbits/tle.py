"""Two-line element sets: read and written.

Two lines a set (2LE), or with a line of the name before them, plain or after "0 " (3LE). Epochs
are UTC; of the two digits of their year 57 to 99 are 1957 to 1999, and 00 to 56 are 2000 to 2056.

References
----------
T. S. Kelso, "NORAD Two-Line Element Set Format", https://celestrak.org/NORAD/documentation/tle-fmt.php;
"Alpha-5", https://www.space-track.org/documentation#tle-alpha5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError
from kosmodrom.orbits._published import MOST_SETS, SCALES, Published, inverse, too_many
from kosmodrom.orbits._text import FORMATS, LONGEST_NAME, has_control, refuse_binary, shown
from kosmodrom.orbits._tle_columns import NEW_YEARS, STEP_NS, read_columns
from kosmodrom.orbits._tle_lines import (
    FORMS,
    NUMBERED,
    checksum,
    designator,
    read_lines,
    two_forms,
)
from kosmodrom.orbits.catalog_numbers import alpha_5

if TYPE_CHECKING:
    from kosmodrom.orbits.elements import ElementSets

__all__ = ["read_tle", "write_tle"]

_LINES_OF_SET = 4  # a name, two lines, and a blank one between sets
_DESIGNATOR = re.compile(
    r"(19(?:5[7-9]|[6-9]\d)|20(?:[0-4]\d|5[0-6]))-(\d{3}[A-Z]{1,3})", re.ASCII
)


@dataclass(slots=True)
class _Found:
    """The lines of each set, and what broke the order of lines, if anything did."""

    names: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)
    at: list[tuple[int, int]] = field(default_factory=list)
    problem: InputError | None = None


def read_tle(text: str, source: str, *, strict: bool = True) -> ElementSets:
    r"""Read two-line element sets, with or without lines of names.

    The conversions are those of the reference code of SGP4, to the last bit.

    Parameters
    ----------
    text : str
        Lines; blank ones and those that begin with "#" are passed over, blanks at the end of a
        line do not count.
    source : str
        Name of the file, for messages and for `ElementSets.sources`.
    strict : bool
        False also takes lines whose checksum is wrong or missing, and passes over what stands
        after column 69, as in the verification set of SGP4.

    Returns
    -------
    ElementSets
        One row a set, in the order of the text.

    Examples
    --------
    >>> sets = read_tle(
    ...     "VANGUARD 1\n"
    ...     "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753\n"
    ...     "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667\n",
    ...     "example",
    ... )
    >>> sets.names, sets.designators, sets.epochs.utc_iso(6)
    (('VANGUARD 1',), ('1958-002B',), ['2000-06-27T18:50:19.733568Z'])
    """
    refuse_binary(text, source)
    found = _in_order(text, source)
    if not found.first:
        raise InputError(
            f"{found.problem or f'{source}:1: no element set in it'}\nRead are {FORMATS}"
        )
    columns, good = read_columns(found.first, found.second, checksums=strict)
    for row in np.flatnonzero(~good):
        one, two = found.at[row]
        values = read_lines(
            (found.first[row], found.second[row]),
            (f"{source}:{one}", f"{source}:{two}"),
            strict=strict,
        )
        for name, value in values.items():
            columns[name][row] = value
    if found.problem is not None:
        raise found.problem
    return Published(
        names=tuple(found.names),
        numbers=np.asarray(columns["number"], dtype=np.int64),
        designators=tuple(designator(line[9:17]) for line in found.first),
        epochs=Epochs.from_utc(columns["mjd"], columns["nanosecond"]),
        set_numbers=np.asarray(columns["set"], dtype=np.int64),
        revolutions=np.asarray(columns["revolution"], dtype=np.int64),
        sources=tuple(f"{source}:{one}" for one, _ in found.at),
        **{name: np.asarray(columns[name], dtype=np.float64) for name in SCALES},
    ).sets()


def _in_order(text: str, source: str) -> _Found:
    """Sort lines into names, first and second lines, up to the first that is out of place."""
    if text.count("\n") > _LINES_OF_SET * MOST_SETS:  # before they are all made into lines
        raise too_many(f"{source}:{_LINES_OF_SET * MOST_SETS + 1}")
    found = _Found()
    name, one, at = "", "", 0  # what has been read of the next set, and where its first line is
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        line = line.rstrip()
        if not line or (line[0] == "#" and not one):
            continue
        if one:
            if not line.startswith("2 "):
                break
            found.names.append(name)
            found.first.append(one)
            found.second.append(line)
            found.at.append((at, number))
            name = one = ""
            if len(found.first) > MOST_SETS:
                found.problem = too_many(f"{source}:{number}")
                return found
        elif line.startswith("1 ") and (len(line) > 60 or NUMBERED.match(line)):
            one, at = line, number
        elif name or len(line) > LONGEST_NAME or NUMBERED.match(line):
            found.problem = _out_of_place(line, name, f"{source}:{number}")
            return found
        else:
            name = "" if line == "0" else line.removeprefix("0 ").strip()
            at = number
    if one:
        found.problem = InputError(
            f"{source}:{at}: the line 1 here has no line 2 after it; a set is two lines\n"
            f"{FORMS[0]}\n{FORMS[1]}"
        )
    elif name:
        found.problem = _out_of_place(name, "", f"{source}:{at}")
    return found


def _out_of_place(line: str, name: str, place: str) -> InputError:
    if NUMBERED.match(line):
        return InputError(f"{place}: a line 2 without its line 1 before it{two_forms(line, 1)}")
    if name:
        return InputError(
            f"{place}: {shown(line)} follows the name {shown(name)}, after which line 1 of the "
            f"set is due{two_forms(line, 1)}"
        )
    return InputError(
        f"{place}: {shown(line)} is no line of an element set, nor a name with a set after it\n"
        f"{FORMS[0]}\n{FORMS[1]}"
    )


def write_tle(elements: ElementSets, *, names: bool = True) -> str:
    """Write two-line element sets.

    The format rounds: epochs to 1e-8 day (0.9 ms), angles to 1e-4 deg, and so on; what was read
    from the format is written as it stood. A classification is always U.

    Parameters
    ----------
    elements : ElementSets
        Sets with catalogue numbers up to 339999; from 100000 on they are written as Alpha-5.
    names : bool
        Whether a line with the name stands before each set that has one.

    Returns
    -------
    str
        The lines, each with a line end.
    """
    published = {name: inverse(name, getattr(elements, SCALES[name][0])) for name in SCALES}
    epochs = _epoch_texts(elements)
    lines: list[str] = []
    for row, name in enumerate(elements.names):
        values = {key: column[row] for key, column in published.items()}
        if names and name:
            lines.append(_name_line(name, elements.sources[row]))
        lines += _two_lines(elements, row, epochs[row], values)
    return "".join(f"{line}\n" for line in lines)


def _two_lines(
    elements: ElementSets, row: int, epoch: str, values: dict[str, float]
) -> tuple[str, str]:
    number = alpha_5(int(elements.numbers[row]))
    where = f"{elements.sources[row]}, {elements.names[row] or number}"
    rate = f"{values['mean_motion_dot_rev_day2']:.8f}"
    _fits(rate, r"-?0\.\d{8}", where, "mean motion rate")
    eccentricity = f"{values['eccentricity']:.7f}"
    _fits(eccentricity, r"0\.\d{7}", where, "eccentricity")
    motion = f"{values['mean_motion_rev_day']:11.8f}"
    _fits(motion, r"[ \d]\d\.\d{8}", where, "mean motion")
    one = (
        f"1 {number}U {_short(elements.designators[row], where):8} {epoch}"
        f" {rate.replace('0.', '.', 1):>10}"
        f" {_with_power(values['mean_motion_ddot_rev_day3'], where, 'second rate')}"
        f" {_with_power(values['bstar'], where, 'B*')}"
        f" 0 {int(elements.set_numbers[row]) % 10_000:4d}"
    )
    two = (
        f"2 {number} {values['inclination_deg']:8.4f} {_angle(values['node_deg'])}"
        f" {eccentricity[2:]} {_angle(values['argument_of_perigee_deg'])}"
        f" {_angle(values['mean_anomaly_deg'])} {motion}"
        f"{int(elements.revolutions[row]) % 100_000:5d}"
    )
    return one + checksum(one), two + checksum(two)


def _epoch_texts(elements: ElementSets) -> list[str]:
    """Two digits of the year, and the day of it to 1e-8."""
    mjd, nanosecond = elements.epochs.utc_days()
    steps = (nanosecond + STEP_NS // 2) // STEP_NS
    # A leap second, and what rounds up to midnight, belong to the next day.
    mjd, steps = mjd + (steps >= 10**8), steps * (steps < 10**8)
    rows = np.searchsorted(NEW_YEARS, mjd, side="right") - 1
    for row, mjd_of_set in zip(rows, mjd, strict=True):
        if not 0 <= row < 100:
            day = elements.epochs.utc_iso(0)[int(np.argmax(mjd == mjd_of_set))]
            raise InputError(
                f"an epoch is {day}; the two digits of the year stand for 1957 to 2056 only. "
                "Write an OMM instead"
            )
    return [
        f"{(1957 + int(row)) % 100:02d}{int(day - NEW_YEARS[row]) + 1:03d}.{int(step):08d}"
        for row, day, step in zip(rows, mjd, steps, strict=True)
    ]


def _name_line(name: str, where: str) -> str:
    if has_control(name) or len(name) > LONGEST_NAME:
        raise InputError(f"{where}: the name {shown(name)} does not fit into one line of text")
    # As "0 NAME" where the plain name would be taken for something else.
    return f"0 {name}" if name[:2] in {"0 ", "1 ", "2 "} or name[0] == "#" else name


def _fits(text: str, form: str, where: str, what: str) -> None:
    if re.fullmatch(form, text) is None:
        raise InputError(
            f"{where}: the {what} {text.strip()} has no room in a two-line set; write an OMM "
            "instead"
        )


def _short(designator_text: str, where: str) -> str:
    if not designator_text:
        return ""
    found = _DESIGNATOR.fullmatch(designator_text)
    if found is None:
        raise InputError(
            f"{where}: the designator {designator_text!r} has no room in a two-line set, which "
            "takes 1957-001A to 2056-999ZZZ; write an OMM instead"
        )
    return found[1][2:] + found[2]


def _angle(degrees: float) -> str:
    text = f"{degrees % 360.0:8.4f}"
    return "  0.0000" if text == "360.0000" else text


def _with_power(value: float, where: str, what: str) -> str:
    """Five digits after a point that is not written, and a power of ten of one digit."""
    digits, _, power_text = f"{abs(value):.4e}".partition("e")
    mantissa, power = int(digits.replace(".", "")), int(power_text) + 1
    if power < -9:
        mantissa, power = round(abs(value) * 1e14), -9
    if mantissa == 0:
        return " 00000+0"
    _fits(f"{power:+d}", r"[+-]\d", where, f"power of ten of its {what}")
    return f"{'-' if value < 0 else ' '}{mantissa:05d}{power:+d}"
