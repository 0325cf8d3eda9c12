"""What was asserted, part by part, in a form that evidence can be held against.

A claim may assert several things at once ("a Soyuz-2, in 2016"); each is a target, and each
piece of evidence bears on one of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kosmodrom import units
from kosmodrom.base.dates import DateRange
from kosmodrom.base.periods import seconds_of
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ASSERTED_KEYS", "TEXT_KEYS", "Target", "amount", "span_seconds", "targets"]

NUMBER_KEYS = ("value", "low", "high", "count", "share_above", "share_below")
DATE_KEYS = ("date", "year", "weekday")
ORDER_KEYS = ("after", "before", "days_low", "days_high")
TEXT_KEYS = ("vehicle", "payload", "name", "place", "country", "person", "role", "site")
#: Said for the reader and for the definition; never compared.
QUALIFIER_KEYS = ("about", "vague", "range_class", "excludes", "scope")
ASSERTED_KEYS = (
    *NUMBER_KEYS, *DATE_KEYS, *ORDER_KEYS, "happened", *TEXT_KEYS, *QUALIFIER_KEYS,
)  # fmt: skip

_LARGEST = 1e30  # beyond any distance, sum of money or count that a statement can mean

_WEEKDAYS = {
    name: index
    for index, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One part of what was asserted.

    Attributes
    ----------
    key : str
        Its key: "value" for any number, "date", "order", "happened", or a text key.
    low, high : float or None
        Ends of the asserted number [in `unit`], or first and last second of a date [s], or of
        an ordering's difference [d].
    unit : str
        Unit of the ends.
    about : bool
        Whether the claim itself calls its number rough.
    open_low : bool
        Whether `low` itself is outside (a share *above* one half).
    open_high : bool
        Whether `high` itself is outside.
    word : str or None
        The asserted word.
    happened : bool
        Whether the event is said to have happened.
    wrong_weekday : bool
        Whether the asserted day does not fall on the asserted weekday.
    """

    key: str
    low: float | None = None
    high: float | None = None
    unit: str = "1"
    about: bool = False
    open_low: bool = False
    open_high: bool = False
    word: str | None = None
    happened: bool = True
    wrong_weekday: bool = False


def span_seconds(text: str) -> tuple[float, float]:
    """Read a day, month, year or instant as its first and last second.

    Parameters
    ----------
    text : str
        ISO text; a clock time needs a zone.

    Returns
    -------
    tuple of float
        First and last second on one axis [s].
    """
    return seconds_of(text)


def amount(text: str) -> tuple[float, str]:
    """Read a number with or without a unit, in its own unit.

    Parameters
    ----------
    text : str
        Like "1500 km", "15 %" or "7".

    Returns
    -------
    tuple of float and str
        The number [in its own unit] and that unit, "1" where there is none.
    """
    quantity = units.parse(text)
    value = units.convert(quantity.value, units.si_unit(quantity.unit), quantity.unit)
    if abs(value) > _LARGEST:
        raise InputError(f"{text} is larger than anything here can be; check the exponent")
    return float(f"{value:.12g}"), quantity.unit  # back from SI without binary dust


def _number(asserted: Mapping[str, Any], key: str) -> tuple[float, str]:
    try:
        return amount(str(asserted[key]))
    except ValueError as error:
        raise RequestError(str(error), (key,)) from None


def _share(asserted: Mapping[str, Any], key: str) -> tuple[float | None, str]:
    if key not in asserted:
        return None, "1"
    value, unit = _number(asserted, key)
    if not units.same_dimension(unit, "1"):
        raise RequestError(f"a share is a plain number or a percentage, not in {unit}", (key,))
    if not 0 <= units.convert(value, unit, "1") <= 1:
        raise RequestError(
            f"a share lies between 0 and 1, and {asserted[key]} is "
            f"{units.convert(value, unit, '%'):g} %; write it like 0.5 or 50 %",
            (key,),
        )
    return value, unit


def _number_target(asserted: Mapping[str, Any]) -> Target | None:
    numbers = [key for key in ("value", "count") if key in asserted]
    spans = [key for key in ("low", "high") if key in asserted]
    shares = [key for key in ("share_above", "share_below") if key in asserted]
    if len(numbers) > 1 or sum(map(bool, (numbers, spans, shares))) > 1:
        given = ", ".join([*numbers, *spans, *shares])
        raise RequestError(
            f"several numbers are asserted ({given}); one claim has one: value, count, low and "
            "high, or share_above and share_below. Split the claim",
            ((numbers + spans + shares)[0],),
        )
    about = asserted.get("about") in (True, "true") or "vague" in asserted
    if "share_above" in asserted or "share_below" in asserted:
        low, high = _share(asserted, "share_above"), _share(asserted, "share_below")
        unit = low[1] if low[0] is not None else high[1]
        return Target(
            key="value", low=low[0], high=high[0], unit=unit, open_low=True, open_high=True
        )
    exact = next((key for key in ("value", "count") if key in asserted), None)
    if exact is not None:
        value, unit = _number(asserted, exact)
        return Target(key="value", low=value, high=value, unit=unit, about=about)
    if "low" not in asserted and "high" not in asserted:
        return None
    low = _number(asserted, "low") if "low" in asserted else (None, "")
    high = _number(asserted, "high") if "high" in asserted else (None, "")
    unit = low[1] or high[1]
    if low[1] and high[1] and low[1] != high[1]:
        if not units.same_dimension(low[1], high[1]):
            raise RequestError(
                f"low is in {low[1]} and high in {high[1]}; give both in one unit", ("high",)
            )
        high = (units.convert(float(high[0] or 0.0), high[1], low[1]), low[1])
    if low[0] is not None and high[0] is not None and low[0] > high[0]:
        raise RequestError(f"low {low[0]:g} is above high {high[0]:g} {unit}; swap them", ("low",))
    return Target(key="value", low=low[0], high=high[0], unit=unit, about=about)


def _date_target(asserted: Mapping[str, Any]) -> Target | None:
    weekday = None
    if "weekday" in asserted:
        weekday = _WEEKDAYS.get(str(asserted["weekday"]).casefold())
        if weekday is None:
            raise RequestError(
                f"{asserted['weekday']!r} is not a weekday; write Monday to Sunday", ("weekday",)
            )
    text = asserted.get("date", asserted.get("year"))
    if text is None:
        if weekday is not None:
            raise RequestError("a weekday needs a date beside it", ("weekday",))
        return None
    key = "date" if "date" in asserted else "year"
    try:
        low, high = span_seconds(str(text))
    except ValueError as error:
        raise RequestError(str(error), (key,)) from None
    wrong = False
    if weekday is not None:
        days = DateRange.parse(str(text)[:10])
        if days.first != days.last:
            raise RequestError(f"{text} is not one day; a weekday needs one", ("weekday",))
        wrong = days.first.weekday() != weekday
    return Target(key="date", low=low, high=high, unit="s", wrong_weekday=wrong)


def _is_flag(value: Any) -> bool:
    return value in (True, False, "true", "false")


def _order_target(asserted: Mapping[str, Any]) -> Target | None:
    if "days_low" in asserted or "days_high" in asserted:
        try:
            low = float(asserted["days_low"]) if "days_low" in asserted else None
            high = float(asserted["days_high"]) if "days_high" in asserted else None
        except ValueError:
            raise RequestError("days_low and days_high are numbers of days, like 2", ()) from None
        return Target(key="order", low=low, high=high, unit="day")
    after, before = asserted.get("after"), asserted.get("before")
    if not any(_is_flag(value) for value in (after, before) if value is not None):
        return None
    later = str(after).lower() == "true" or str(before).lower() == "false"
    if later:
        return Target(key="order", low=0.0, unit="day", open_low=True)
    return Target(key="order", high=0.0, unit="day", open_high=True)


def _happened_target(asserted: Mapping[str, Any]) -> Target | None:
    dated = {
        key: str(asserted[key])
        for key in ("after", "before")
        if key in asserted and not _is_flag(asserted[key])
    }
    if "happened" not in asserted and not dated:
        return None
    ends: dict[str, float] = {}
    for key, text in dated.items():
        try:
            first, last = span_seconds(text)
        except ValueError as error:
            raise RequestError(str(error), (key,)) from None
        # 'before a day' ends where the day starts, 'after a day' starts where the day ends.
        ends[key] = first if key == "before" else last
    return Target(
        key="happened",
        low=ends.get("after"),
        high=ends.get("before"),
        unit="s",
        happened=str(asserted.get("happened", "true")).lower() != "false",
    )


def _check_kind(target: Target, asserted: Mapping[str, Any], kind: str) -> None:
    ends = [end for end in (target.low, target.high) if end is not None]
    key = next(key for key in NUMBER_KEYS if key in asserted)
    if kind == "count" and any(end < 0 for end in ends):
        raise RequestError(f"a count is {min(ends):g}; it cannot be below 0", (key,))
    if kind != "share" or not units.same_dimension(target.unit, "1"):
        return
    shares = [units.convert(end, target.unit, "1") for end in ends]
    if any(not 0 <= share <= 1 for share in shares):
        raise RequestError(
            f"a share lies between 0 and 1, and {asserted[key]} is {max(shares) * 100:g} %; "
            "write it like 0.5 or 50 %",
            (key,),
        )


def targets(asserted: Mapping[str, Any], kind: str = "") -> dict[str, Target]:
    """Split what was asserted into its parts.

    Parameters
    ----------
    asserted : Mapping
        As written in the case.
    kind : str
        Kind of the claim: a share must lie between 0 and 1, a count cannot be negative.

    Returns
    -------
    dict of str to Target
        The parts by key.
    """
    found: dict[str, Target] = {}
    for target in (
        _number_target(asserted),
        _date_target(asserted),
        _order_target(asserted),
        _happened_target(asserted),
    ):
        if target is not None:
            found[target.key] = target
    if "value" in found:
        _check_kind(found["value"], asserted, kind)
    for key in TEXT_KEYS:
        if key in asserted:
            found[key] = Target(key=key, word=str(asserted[key]))
    return found
