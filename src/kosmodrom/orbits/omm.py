"""Orbit mean-elements messages (OMM) in JSON and CSV: read and written.

The keys are those of CCSDS, in the spellings of CelesTrak (numbers) and of Space-Track (numbers as
text, with metadata). What SGP4 could not use as it stands is refused: another theory, time system,
frame or centre. Further keys are passed over.

References
----------
CCSDS 502.0-B-3, Orbit Data Messages (2023), section 4; T. S. Kelso, "A New Way to Obtain GP Data",
https://celestrak.org/NORAD/documentation/gp-data-formats.php.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kosmodrom.base.dates import DateRange
from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import InputError
from kosmodrom.orbits._omm_json import objects
from kosmodrom.orbits._published import MOST_SETS, SCALES, Published, exact_inverse, too_many
from kosmodrom.orbits._text import LONGEST_NAME, has_control, refuse_binary, shown
from kosmodrom.orbits.catalog_numbers import LARGEST, catalog_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kosmodrom.orbits.elements import ElementSets

__all__ = [
    "COLUMNS",
    "from_omm",
    "read_omm_csv",
    "read_omm_json",
    "write_omm_csv",
    "write_omm_json",
]

#: Keys in the order of CelesTrak, which both writers follow.
COLUMNS: Final = (
    "OBJECT_NAME", "OBJECT_ID", "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION",
    "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY", "EPHEMERIS_TYPE",
    "CLASSIFICATION_TYPE", "NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH", "BSTAR",
    "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Number:
    """A key with a number: its column, and between which ends it lies."""

    column: str
    unit: str
    low: float = -np.inf
    high: float = np.inf
    open_ends: bool = False
    needed: bool = True


_NUMBERS: Final = {
    "MEAN_MOTION": _Number("mean_motion_rev_day", "rev/day", 0.0, np.inf, open_ends=True),
    "ECCENTRICITY": _Number("eccentricity", "-", 0.0, float(np.nextafter(1.0, 0.0))),
    "INCLINATION": _Number("inclination_deg", "deg", 0.0, 180.0),
    "RA_OF_ASC_NODE": _Number("node_deg", "deg", -360.0, 360.0),
    "ARG_OF_PERICENTER": _Number("argument_of_perigee_deg", "deg", -360.0, 360.0),
    "MEAN_ANOMALY": _Number("mean_anomaly_deg", "deg", -360.0, 360.0),
    "BSTAR": _Number("bstar", "1/Earth radius"),
    "MEAN_MOTION_DOT": _Number("mean_motion_dot_rev_day2", "rev/day²", needed=False),
    "MEAN_MOTION_DDOT": _Number("mean_motion_ddot_rev_day3", "rev/day³", needed=False),
}
_SETTLED: Final = {  # what SGP4 needs, where a message says it at all
    "MEAN_ELEMENT_THEORY": ("SGP4", "SGP/SGP4", "SGP"),
    "TIME_SYSTEM": ("UTC",),
    "REF_FRAME": ("TEME", "TEME OF DATE", "TEMEOFDATE"),
    "CENTER_NAME": ("EARTH",),
}
_LONGEST_LINE: Final = 16_384  # characters
_TYPES: Final = (
    "0",
    "2",
    "3",
    "",
)  # SGP4 is 0 in all that is published; 2 and 3 by the old manual
_NUMBER_TEXT = re.compile(
    r"[+-]?(?:\d{1,25}\.?\d{0,25}|\.\d{1,25})(?:[eE][+-]?\d{1,3})?", re.ASCII
)
_COUNT_TEXT = re.compile(r"\d{1,9}", re.ASCII)
_EPOCH = re.compile(r"(\d{4}-(?:\d\d-\d\d|\d{3}))T(\d\d:\d\d:\d\d(?:\.\d{1,9})?)Z?", re.ASCII)
_EPOCH_FORM = "write it in UTC like 2026-08-22T01:22:33.123456, with at most nine decimals"


def read_omm_json(text: str, source: str) -> ElementSets:
    """Read OMM in JSON: a list of objects, or one object.

    Parameters
    ----------
    text : str
        The JSON.
    source : str
        Name of the file, for messages and for `ElementSets.sources`.

    Returns
    -------
    ElementSets
        One row an object, in the order of the text.
    """
    refuse_binary(text, source)
    return from_omm(objects(text.removeprefix("\ufeff"), source), source)


def read_omm_csv(text: str, source: str) -> ElementSets:
    """Read OMM in CSV with a header of keys, in any order.

    Parameters
    ----------
    text : str
        The CSV.
    source : str
        Name of the file, for messages and for `ElementSets.sources`.

    Returns
    -------
    ElementSets
        One row a line, in the order of the text.
    """
    refuse_binary(text, source)
    return from_omm(_csv_rows(text.removeprefix("\ufeff"), source), source)


def from_omm(rows: Iterable[tuple[str, Mapping[str, Any]]], source: str) -> ElementSets:
    """Take element sets from keys and values of OMM.

    Parameters
    ----------
    rows : iterable of tuple
        Where each set stands, for messages, and its keys; numbers as such or as text.
    source : str
        Name of the whole, for messages.

    Returns
    -------
    ElementSets
        One row a set.
    """
    taken = _Taken()
    for place, keys in rows:
        taken.take(place, keys)
        if len(taken.places) > MOST_SETS:
            raise too_many(place)
    if not taken.places:
        raise InputError(f"{source}: there are no element sets in it; give one or more")
    return taken.sets()


@dataclass(slots=True)
class _Taken:
    """Columns read so far."""

    places: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    designators: list[str] = field(default_factory=list)
    epochs: list[str] = field(default_factory=list)
    counts: list[tuple[int, int, int]] = field(default_factory=list)
    numbers: list[tuple[float, ...]] = field(default_factory=list)

    def take(self, place: str, keys: Mapping[str, Any]) -> None:
        for key, allowed in _SETTLED.items():
            given = keys.get(key)
            if given not in (None, "") and str(given).strip().upper() not in allowed:
                raise InputError(
                    f"{place}: {key} is {shown(given)}; SGP4 needs {' or '.join(allowed)}"
                )
        if str(keys.get("EPHEMERIS_TYPE") or "0").strip() not in _TYPES:
            raise InputError(
                f"{place}: EPHEMERIS_TYPE {shown(keys['EPHEMERIS_TYPE'])} is not of SGP4 (type 4 "
                "is SGP4-XP); SGP4 would misread such elements by kilometres. Fetch the set of "
                "the same satellite with type 0"
            )
        self.numbers.append(
            tuple(_number(place, keys, key, about) for key, about in _NUMBERS.items())
        )
        self.epochs.append(_epoch(place, _needed(place, keys, "EPOCH")))
        self.counts.append((
            _catalog_number(place, keys),
            _count(place, keys, "ELEMENT_SET_NO"),
            _count(place, keys, "REV_AT_EPOCH"),
        ))  # fmt: skip
        self.names.append(_name(place, keys, "OBJECT_NAME"))
        self.designators.append(_name(place, keys, "OBJECT_ID"))
        self.places.append(place)

    def sets(self) -> ElementSets:
        columns = np.array(self.numbers, dtype=np.float64).T
        for column, (key, about) in zip(columns, _NUMBERS.items(), strict=True):
            good = (column >= about.low) & (column <= about.high)
            good &= ~((column == about.low) & about.open_ends)
            if not good.all():
                row = int(np.argmin(good))
                due = f"from {about.low:g} to {about.high:g} {about.unit}"
                if key == "ECCENTRICITY":
                    due = "from 0 to below 1, for SGP4 knows ellipses only"
                if about.open_ends:
                    due = f"above {about.low:g} {about.unit}"
                raise InputError(
                    f"{self.places[row]}: {key} is {column[row]:.10g}; it must be {due}"
                )
        counts = np.array(self.counts, dtype=np.int64).T
        return Published(
            names=tuple(self.names),
            numbers=counts[0],
            designators=tuple(self.designators),
            epochs=_read_epochs(self.epochs, self.places),
            set_numbers=counts[1],
            revolutions=counts[2],
            sources=tuple(self.places),
            **{about.column: column
               for column, about in zip(columns, _NUMBERS.values(), strict=True)},
        ).sets()  # fmt: skip


def _needed(place: str, keys: Mapping[str, Any], key: str) -> Any:
    value = keys.get(key)
    if value is not None and value != "":
        return value
    if key in keys:
        raise InputError(f"{place}: {key} has no value; give one, or leave the set away")
    near = difflib.get_close_matches(key, [str(k)[:60] for k in list(keys)[:200]], n=1, cutoff=0.8)
    hint = f"; did you mean that by {near[0]!r}?" if near else ""
    raise InputError(f"{place}: {key} is missing{hint}. SGP4 needs {', '.join(_needed_keys())}")


def _needed_keys() -> list[str]:
    return ["NORAD_CAT_ID", "EPOCH", *(key for key, about in _NUMBERS.items() if about.needed)]


def _number(place: str, keys: Mapping[str, Any], key: str, about: _Number) -> float:
    value = keys.get(key)
    if not about.needed and value in (None, ""):
        return 0.0
    value = _needed(place, keys, key)
    unit = "a plain number" if about.unit == "-" else f"a plain number in {about.unit}"
    if isinstance(value, str):
        plain = value.strip()
        number = float(plain) if _NUMBER_TEXT.fullmatch(plain) else np.nan
    else:
        number = float(value) if type(value) in {int, float} else np.nan
    if not isfinite(number):
        raise InputError(f"{place}: {key} is {shown(value)}; give {unit}")
    return number


def _count(place: str, keys: Mapping[str, Any], key: str) -> int:
    value = keys.get(key)
    if value in (None, ""):
        return 0
    text = str(value).strip()
    if isinstance(value, bool) or _COUNT_TEXT.fullmatch(text) is None:
        raise InputError(f"{place}: {key} is {shown(value)}; give a whole number")
    return int(text)


def _catalog_number(place: str, keys: Mapping[str, Any]) -> int:
    value = _needed(place, keys, "NORAD_CAT_ID")
    try:
        return catalog_number(str(value).strip())
    except InputError:
        raise InputError(
            f"{place}: NORAD_CAT_ID is {shown(value)}; give 1 to {LARGEST}, or 0 for none"
        ) from None


def _name(place: str, keys: Mapping[str, Any], key: str) -> str:
    value = keys.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or has_control(value) or len(value) > LONGEST_NAME:
        raise InputError(
            f"{place}: {key} is {shown(value)}; give one line of at most {LONGEST_NAME} characters"
        )
    return value.strip()


def _epoch(place: str, value: Any) -> str:
    """Bring an epoch into the form that `Epochs` reads; the day may be one of the year."""
    found = _EPOCH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise InputError(f"{place}: EPOCH is {shown(value)}; {_EPOCH_FORM}")
    day, clock = found.groups()
    if len(day) == 8:
        mjd = int(Epochs.from_iso(f"{_year(place, day)}-01-01T00:00:00Z").utc_days()[0])
        last = DateRange.parse(day[:4]).days
        if not 1 <= int(day[5:]) <= last:
            raise InputError(
                f"{place}: EPOCH is {shown(value)}; {day[:4]} has the days 1 to {last}"
            )
        start = Epochs.from_utc(mjd + int(day[5:]) - 1).utc_iso(0)
        day = str(start)[:10]
    return f"{day}T{clock}Z"


def _year(place: str, day: str) -> str:
    try:
        DateRange.parse(day[:4])
    except InputError as error:
        raise InputError(f"{place}: EPOCH: {error}") from None
    return day[:4]


def _read_epochs(texts: list[str], places: list[str]) -> Epochs:
    try:
        return Epochs.from_iso(texts)
    except InputError:  # now find the one
        for place, text in zip(places, texts, strict=True):
            try:
                Epochs.from_iso(text)
            except InputError as error:
                raise InputError(f"{place}: EPOCH: {error}") from None
        raise


# CSV


def _csv_rows(text: str, source: str) -> Iterator[tuple[str, dict[str, str]]]:
    reader = csv.reader(_lines(text, source), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if len(set(header)) < len(header):
            twice = next(name for name in header if header.count(name) > 1)
            raise InputError(f"{source}:1: column {shown(twice)} stands twice; keep one")
        _check_header(header, source)
        for cells in reader:
            place = f"{source}:{reader.line_num}"
            if not cells:
                continue
            if len(cells) != len(header):
                raise InputError(f"{place}: {len(cells)} cells, and the header has {len(header)}")
            yield place, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise InputError(f"{source}:{reader.line_num}: not CSV: {error}") from None


def _lines(text: str, source: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if len(line) > _LONGEST_LINE:
            raise InputError(
                f"{source}:{number}: longer than {_LONGEST_LINE} characters; a line of OMM has "
                "about 500"
            )
        yield line


def _check_header(header: list[str], source: str) -> None:
    missing = [key for key in _needed_keys() if key not in header]
    if missing:
        raise InputError(
            f"{source}:1: the header lacks {', '.join(missing)}\n"
            f"expected {','.join(COLUMNS)}\nreceived {','.join(header)[:400]}"
        )


# Writing


def _written(elements: ElementSets) -> Iterator[dict[str, str | int | float]]:
    columns = {key: exact_inverse(about.column, getattr(elements, SCALES[about.column][0]))
               for key, about in _NUMBERS.items()}  # fmt: skip
    epochs = elements.epochs.utc_iso(9)
    for row, name in enumerate(elements.names):
        epoch = str(epochs[row]).removesuffix("Z")
        keys: dict[str, str | int | float] = {
            "OBJECT_NAME": name,
            "OBJECT_ID": elements.designators[row],
            "EPOCH": epoch.removesuffix("000"),
            "EPHEMERIS_TYPE": 0,
            "CLASSIFICATION_TYPE": "U",
            "NORAD_CAT_ID": int(elements.numbers[row]),
            "ELEMENT_SET_NO": int(elements.set_numbers[row]),
            "REV_AT_EPOCH": int(elements.revolutions[row]),
            **{key: column[row] for key, column in columns.items()},
        }
        yield {key: keys[key] for key in COLUMNS}


def write_omm_json(elements: ElementSets) -> str:
    """Write OMM in JSON, an object a line, with all digits: what was read is read again alike.

    Parameters
    ----------
    elements : ElementSets
        The sets.

    Returns
    -------
    str
        A list of objects with the keys of CelesTrak.
    """
    lines = (json.dumps(keys, ensure_ascii=False) for keys in _written(elements))
    return "[\n" + ",\n".join(lines) + "\n]\n"


def write_omm_csv(elements: ElementSets) -> str:
    """Write OMM in CSV with all digits: what was read is read again alike.

    Parameters
    ----------
    elements : ElementSets
        The sets.

    Returns
    -------
    str
        A header with the keys of CelesTrak, and a line a set.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_written(elements))
    return text.getvalue()
