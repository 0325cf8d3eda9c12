"""The units that kosmodrom reads, each as a factor to SI."""

import math
from dataclasses import dataclass

__all__ = ["UNITS", "Unit"]


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit.

    Attributes
    ----------
    symbol : str
        How the unit is written in answers.
    dimension : str
        What it measures: "length", "angle", "time", "mass", "force", "pressure", "power", "area",
        "time²", "data", "round", "money:USD", or "1".
    factor : float
        Its size [in the SI unit of the dimension, or its base unit].
    names : tuple of str
        Other ways to write it, the plural among them.
    counts : bool
        Whether it is a word for things counted; its dimension is then "1".
    """

    symbol: str
    dimension: str
    factor: float
    names: tuple[str, ...] = ()
    counts: bool = False


_DAY = 86_400.0
_DEGREE = math.pi / 180

# Sizes that are not powers of ten of an SI unit follow the SI Brochure, 9th edition, table 8; mile
# and nautical mile: NIST SP 811 (2008), appendix B.8; the year is the Julian year of the IAU Style
# Manual (1989), and a month its twelfth part.
_MEASURES = (
    Unit("m", "length", 1.0, ("metre", "metres", "meter", "meters")),
    Unit("km", "length", 1e3, ("kilometre", "kilometres", "kilometer", "kilometers")),
    Unit("cm", "length", 1e-2, ("centimetre", "centimetres", "centimeter", "centimeters")),
    Unit("mm", "length", 1e-3, ("millimetre", "millimetres", "millimeter", "millimeters")),
    Unit("mile", "length", 1609.344, ("miles",)),
    Unit("nmi", "length", 1852.0),
    Unit("rad", "angle", 1.0, ("radian", "radians")),
    Unit("deg", "angle", _DEGREE, ("degree", "degrees", "°")),
    Unit("arcmin", "angle", _DEGREE / 60, ("arcminute", "arcminutes")),
    Unit("arcsec", "angle", _DEGREE / 3600, ("arcsecond", "arcseconds")),
    Unit("s", "time", 1.0, ("second", "seconds", "sec")),
    Unit("ms", "time", 1e-3, ("millisecond", "milliseconds")),
    Unit("min", "time", 60.0, ("minute", "minutes")),
    Unit("hour", "time", 3600.0, ("hours", "h")),
    Unit("day", "time", _DAY, ("days", "d")),
    Unit("week", "time", 7 * _DAY, ("weeks",)),
    Unit("month", "time", 365.25 / 12 * _DAY, ("months",)),
    Unit("year", "time", 365.25 * _DAY, ("years",)),
    Unit("kg", "mass", 1.0, ("kilogram", "kilograms")),
    Unit("g", "mass", 1e-3, ("gram", "grams")),
    Unit("t", "mass", 1e3, ("tonne", "tonnes")),
    Unit("N", "force", 1.0, ("newton", "newtons")),
    Unit("kN", "force", 1e3, ("kilonewton", "kilonewtons")),
    Unit("Pa", "pressure", 1.0, ("pascal", "pascals")),
    Unit("kPa", "pressure", 1e3, ("kilopascal", "kilopascals")),
    Unit("Pa rad", "pressure angle", 1.0),  # dynamic pressure times angle of attack
    Unit("kPa deg", "pressure angle", 1e3 * _DEGREE, ("kPa°",)),
    Unit("W", "power", 1.0, ("watt", "watts")),
    Unit("kW", "power", 1e3, ("kilowatt", "kilowatts")),
    Unit("m²", "area", 1.0, ("m2", "m^2")),
    Unit("s²", "time²", 1.0, ("s2", "s^2")),
    Unit("bit", "data", 1.0, ("bits",)),
    Unit("kbit", "data", 1e3, ("kilobit", "kilobits")),
    Unit("Mbit", "data", 1e6, ("megabit", "megabits")),
    Unit("Gbit", "data", 1e9, ("gigabit", "gigabits")),
    Unit("byte", "data", 8.0, ("bytes", "B")),
    Unit("kB", "data", 8e3, ("kilobyte", "kilobytes")),
    Unit("MB", "data", 8e6, ("megabyte", "megabytes")),
    Unit("GB", "data", 8e9, ("gigabyte", "gigabytes")),
    Unit("round", "round", 1.0, ("rounds",)),
    Unit("USD", "money:USD", 1.0),
    Unit("EUR", "money:EUR", 1.0),
    Unit("RUB", "money:RUB", 1.0),
    Unit("KZT", "money:KZT", 1.0),
    Unit("%", "1", 1e-2, ("percent",)),
    Unit("1", "1", 1.0),
)
_COUNTED = (
    *("attempt", "event", "failure", "image", "launch", "meeting", "missile"),
    *("occasion", "orbit", "pass", "person", "piece", "satellite", "site", "statement", "success"),
    *("test", "time", "vehicle"),
)


def _plural(word: str) -> str:
    return word + ("es" if word.endswith(("ch", "ss")) else "s")


_WORDS = tuple(Unit(word, "1", 1.0, (_plural(word),), counts=True) for word in _COUNTED)

UNITS: dict[str, Unit] = {
    name: unit for unit in (*_MEASURES, *_WORDS) for name in (unit.symbol, *unit.names)
}
"""Every way to write a unit, and the unit."""
