"""Quantities with units in, SI out: ``"550 km"`` becomes 550 000 m.

The table is our own, of some fifty entries, each tested: a general library reads ``"5 min"`` and
``"5 Min"`` and ``"5 parsec"`` alike, guesses prefixes, evaluates arithmetic in the text, and takes
longer to import than most commands take to run.
"""

import difflib
import math
import re
from dataclasses import dataclass

from kosmodrom.errors import InputError, UnknownNameError
from kosmodrom.units._table import UNITS, Unit

__all__ = [
    "UNITS",
    "Quantity",
    "Unit",
    "convert",
    "dimension_of",
    "parse",
    "same_dimension",
    "si_unit",
]

_LONGEST = 60  # characters; the longest good text has about half
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_GROUPED = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_SI = {
    "length": "m",
    "angle": "rad",
    "time": "s",
    "mass": "kg",
    "force": "N",
    "pressure": "Pa",
    "pressure angle": "Pa rad",
    "power": "W",
    "area": "m²",
    "time²": "s²",
    "data": "bit",
    "1": "1",
}
_SHORT = {"speed": "length/time", "rate": "1/time", "count": "1", "share": "1"}
# What to call a dimension that is due, and an example of it.
_WANTED = {
    "length": ("a length", "km"),
    "angle": ("an angle", "deg"),
    "time": ("a time", "s"),
    "mass": ("a mass", "kg"),
    "force": ("a force", "kN"),
    "pressure": ("a pressure", "kPa"),
    "pressure angle": ("a dynamic pressure times an angle", "kPa deg"),
    "power/area": ("a heat flux", "W/m2"),
    "length/time²": ("an acceleration", "m/s2"),
    "data": ("an amount of data", "MB"),
    "data/time": ("a data rate", "Mbit/s"),
    "angle/time": ("a rate of turn", "deg/s"),
    "round": ("a number of rounds", "round"),
    "speed": ("a speed", "km/s"),
    "length/time": ("a speed", "km/s"),
    "rate": ("a rate", "launch/year"),
    "1/time": ("a rate", "launch/year"),
    "count": ("a count", "launch"),
    "share": ("a share", "%"),
    "1": ("a plain number", ""),
    "round/time": ("a number of rounds in a time", "round/year"),
}
_BIG = {
    "thousand": 3, "ribu": 3, "million": 6, "juta": 6, "billion": 9, "miliar": 9,
    "trillion": 12, "triliun": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit.

    Attributes
    ----------
    value : float
        The number in SI; money and rounds in one piece of their kind [SI].
    unit : str
        The unit it was written in, by its symbol.
    dimension : str
        What it measures, as `dimension_of` says.
    text : str
        What was written.
    """

    value: float
    unit: str
    dimension: str
    text: str


def parse(text: str, dimension: str | None = None) -> Quantity:
    """Read a number with its unit.

    Parameters
    ----------
    text : str
        Like ``1500 km``, ``10deg``, ``2e6 round/year``; a number alone only where none is due.
    dimension : str or None
        What is due, like "length", "speed", "length/time", "count" or "share"; None takes any.

    Returns
    -------
    Quantity
        The number in SI.

    Examples
    --------
    >>> parse("1500 km", "length").value
    1500000.0
    >>> parse("115e6 USD/year").dimension
    'money:USD/time'
    """
    written = text.strip()
    text = written.replace("\N{MINUS SIGN}", "-")  # as our own tables print it
    if len(text) > _LONGEST:
        raise InputError(
            f"a quantity of {len(text)} characters is too long; at most {_LONGEST}, like 1500 km"
        )
    found = _NUMBER.match(text)
    rest = text[found.end() :] if found else ""
    if found is None or re.match(r"[\s']*[0-9.,]", rest):
        raise InputError(_no_number(text, dimension))
    number, name = found.group(), rest.strip()
    if _GROUPED.fullmatch(number):
        raise InputError(f"{text!r} is ambiguous; {_two_readings(number, name)}")
    first = name.split(" ")[0].casefold()
    if first in _BIG:
        unit = name[len(first) :].strip()
        raise InputError(f"{text!r} has a number in words; write {number}e{_BIG[first]} {unit}")
    if not name:
        _check_bare(number, dimension)
        return Quantity(_finite(float(number), text), "1", "1", written)
    top, bottom = _units_in(name, text)
    value = _finite(float(number) * _factor(top, bottom), text)
    quantity = Quantity(value, _symbol(top, bottom), _dim(top, bottom), written)
    if dimension is not None:
        _check_dimension(quantity, number, dimension, top, bottom)
    return quantity


def convert(value: float, unit_from: str, unit_to: str) -> float:
    """Change the unit of a number.

    Parameters
    ----------
    value : float
        The number [`unit_from`].
    unit_from, unit_to : str
        Units of one dimension.

    Returns
    -------
    float
        The number [`unit_to`].

    Examples
    --------
    >>> convert(7.5, "km/s", "km/hour")
    27000.0
    """
    if unit_from == unit_to:
        return value
    source, target = _units_in(unit_from, unit_from), _units_in(unit_to, unit_to)
    if _dim(*source) != _dim(*target):
        raise InputError(
            f"cannot turn {unit_from} ({_dim(*source)}) into {unit_to} ({_dim(*target)}); "
            "give both in units of one dimension"
        )
    return value * _factor(*source) / _factor(*target)


def dimension_of(unit: str) -> str:
    """Say what a unit measures.

    Parameters
    ----------
    unit : str
        A unit, or two with a slash between them.

    Returns
    -------
    str
        Like "length", "length/time", "money:USD", "1" for counts, shares and plain numbers.

    Examples
    --------
    >>> dimension_of("km/s"), dimension_of("occasion"), dimension_of("%")
    ('length/time', '1', '1')
    """
    return _dim(*_units_in(unit, unit))


def same_dimension(first: str, second: str) -> bool:
    """Tell whether two units measure the same.

    Parameters
    ----------
    first, second : str
        Units.

    Returns
    -------
    bool
        Whether one converts to the other.

    Examples
    --------
    >>> same_dimension("km", "nmi"), same_dimension("USD", "RUB")
    (True, False)
    """
    return first == second or dimension_of(first) == dimension_of(second)


def si_unit(unit: str) -> str:
    """Name the unit in which `parse` gives the value of a quantity.

    Parameters
    ----------
    unit : str
        A unit, or two with a slash between them.

    Returns
    -------
    str
        The SI unit of its dimension; rounds and currencies stay themselves.

    Examples
    --------
    >>> si_unit("km/hour"), si_unit("deg"), si_unit("RUB/year")
    ('m/s', 'rad', 'RUB/s')
    """
    dimension = dimension_of(unit)
    return "/".join(_SI.get(part, part.removeprefix("money:")) for part in dimension.split("/"))


def _finite(value: float, text: str) -> float:
    if not math.isfinite(value):
        raise InputError(f"{text!r} is too large to compute with; the limit is about 1e308 in SI")
    return value


def _one(name: str, text: str) -> Unit:
    if unit := UNITS.get(name):
        return unit
    lower = {known.casefold(): known for known in UNITS}
    word = name.casefold()
    begun = [known for known in lower if len(word) >= 3 and known.startswith(word)]
    close = begun[:3] or difflib.get_close_matches(word, lower, n=3, cutoff=0.6)
    if not close:
        examples = "km, deg, s, day, year, %, round, USD or launch"
        raise UnknownNameError(f"unknown unit {name!r} in {text!r}; units are like {examples}")
    near = [lower[one] for one in close]
    raise UnknownNameError(f"unknown unit {name!r} in {text!r}; did you mean {near[0]!r}?", near)


def _units_in(name: str, text: str) -> tuple[Unit, Unit | None]:
    """Read a unit as what stands above and below the slash."""
    parts = [part.strip() for part in name.split("/")]
    if len(parts) > 2 or not all(parts):
        raise InputError(
            f"{name!r} in {text!r} is not a unit; at most one slash between two units, as in km/s"
        )
    top = _one(parts[0], text)
    return top, _one(parts[1], text) if len(parts) == 2 else None


def _factor(top: Unit, bottom: Unit | None) -> float:
    return top.factor if bottom is None else top.factor / bottom.factor


def _symbol(top: Unit, bottom: Unit | None) -> str:
    return top.symbol if bottom is None else f"{top.symbol}/{bottom.symbol}"


def _dim(top: Unit, bottom: Unit | None) -> str:
    if bottom is None:
        return top.dimension
    if top.dimension == bottom.dimension:
        return "1"
    return f"{top.dimension}/{bottom.dimension}"


def _wanted(dimension: str) -> tuple[str, str]:
    """Say in words what is due, and name a unit of it."""
    if dimension in _WANTED:
        return _WANTED[dimension]
    unit = "/".join(_SI.get(part, part.removeprefix("money:")) for part in dimension.split("/"))
    return f"a quantity in {unit} or the like", unit


def _check_bare(number: str, dimension: str | None) -> None:
    if dimension is None or _SHORT.get(dimension, dimension) == "1":
        return
    due, unit = _wanted(dimension)
    raise InputError(f"{number} has no unit; {due} is due, write {number} {unit}")


def _check_dimension(
    quantity: Quantity, number: str, dimension: str, top: Unit, bottom: Unit | None
) -> None:
    right = quantity.dimension == _SHORT.get(dimension, dimension)
    if dimension == "count":
        right = right and bottom is None and top.symbol != "%"
    elif dimension == "share":
        right = right and not top.counts
    if not right:
        due, unit = _wanted(dimension)
        raise InputError(
            f"{quantity.text!r} is in {quantity.unit} ({quantity.dimension}) and {due} is due, "
            f"like {number} {unit}".rstrip()
        )


def _two_readings(number: str, name: str) -> str:
    """Show both spellings of a number with one mark and three digits after it."""
    joined = number.replace(".", "").replace(",", "")
    point = number.replace(",", ".")
    short = point.rstrip("0") if point.endswith("0") else f"{point}0"
    if short.endswith("."):
        short += "0"
    return f"write {joined} {name}".rstrip() + f" or {short} {name}".rstrip()


def _no_number(text: str, dimension: str | None) -> str:
    due, unit = _wanted(dimension) if dimension else ("a number with its unit", "km")
    found = re.match(r"(-?[0-9]+(?:[.,' \u00a0\u202f][0-9]+)+)(?![0-9])\s*(.*)", text)
    if found is None:
        sample = f"1500 {unit}" if unit == "km" else f"10 {unit}"
        return f"{text!r} does not begin with a number; {due} is due, like {sample}".rstrip()
    number, name = found.groups()
    marks = re.findall(r"[^0-9-]", number)
    groups = re.split(r"[^0-9-]", number)[1:]
    if marks == [","] and re.fullmatch(r"-?[1-9][0-9]{0,2},[0-9]{3}", number):
        return f"{text!r} has a comma in its number; {_two_readings(number, name)}"
    if marks == [","]:
        return f"{text!r} has a decimal comma; write {number.replace(',', '.')} {name}".rstrip()
    if all(len(group) == 3 for group in groups) and len(set(marks)) == 1:
        joined = re.sub(r"[^0-9-]", "", number)
        return f"{text!r} has its digits in groups; write {joined} {name}".rstrip()
    return f"{text!r} is not one number; {due} is due, like 1500 {unit}".rstrip()
