"""Whether one piece of evidence speaks for or against one part of a claim.

Evidence for and against takes the same path. A number with two ends is against only where the
whole span is outside what the rule allows, for only where the whole span is inside; otherwise
it is open.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Literal

from kosmodrom import units
from kosmodrom.assess.model import Evidence, Observed, Rule
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kosmodrom.assess.targets import Target

__all__ = ["Bearing", "allowed", "bearing", "calendar_days", "target_of"]

Side = Literal["for", "against", "open"]
_DAY = 86_400.0
_INSTANT = 1e-6  # a tenth of a second, in days: far below what dates are known to
_INFINITY = float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """How one piece of evidence stands to a claim.

    Attributes
    ----------
    evidence : Evidence
        The evidence.
    target : str
        Key of the part of the claim it bears on.
    side : {"for", "against", "open"}
        Which way it points.
    exact : bool
        Whether it meets the words of the claim, and not only the allowance of its rule.
    why_open : str or None
        Code that says why it is open.
    """

    evidence: Evidence
    target: str
    side: Side
    exact: bool = True
    why_open: str | None = None


def target_of(evidence: Evidence, parts: Mapping[str, Target]) -> Target:
    """Find the part of a claim that a piece of evidence bears on.

    Parameters
    ----------
    evidence : Evidence
        The evidence.
    parts : Mapping of str to Target
        The parts of what was asserted.

    Returns
    -------
    Target
        The part.
    """
    if evidence.bears_on is not None:
        key = {"count": "value", "share_above": "value", "share_below": "value", "low": "value",
               "high": "value", "year": "date", "weekday": "date", "after": "order",
               "before": "order"}.get(evidence.bears_on, evidence.bears_on)  # fmt: skip
        part = parts.get(key) or parts.get("happened" if key == "order" else key)
        if part is None:
            raise RequestError(
                f"bears_on is {evidence.bears_on!r}, but the claim asserts only "
                f"{', '.join(parts) or 'nothing'}", ("bears_on",)
            )  # fmt: skip
        return part
    seen = evidence.observed
    fitting = [part for part in parts.values() if _fits(seen, part, evidence)]
    if len(fitting) == 1:
        return fitting[0]
    kind = "a number" if seen.value is not None else "a date" if seen.date else "a text"
    if not fitting:
        raise RequestError(
            f"the evidence is {kind}, but the claim asserts "
            f"{', '.join(parts) or 'nothing that could be compared'}; assert a matching part, or "
            "give text and stance"
        )
    raise RequestError(
        f"the evidence is {kind} and could bear on {' or '.join(part.key for part in fitting)}; "
        "say which with bears_on"
    )


def _fits(seen: Observed, part: Target, evidence: Evidence) -> bool:
    if evidence.stance is not None and seen.value is None and seen.date is None:
        return True  # a text with a stance fits anything; several parts need bears_on
    if seen.value is not None:
        return part.key == "value"
    if seen.than is not None:
        return part.key == "order"
    if seen.date is not None:
        return part.key in {"date", "happened"}
    return part.word is not None or (part.key == "happened" and seen.text in {"true", "false"})


def allowed(part: Target, rule: Rule) -> tuple[float, float]:
    """Compute the span inside which a number does not refute the claim.

    Parameters
    ----------
    part : Target
        The asserted number.
    rule : Rule
        What would refute it.

    Returns
    -------
    tuple of float
        Lower and upper end, infinite where there is none [in the unit of `part`].
    """
    low = -_INFINITY if part.low is None else part.low
    high = _INFINITY if part.high is None else part.high
    if rule.kind == "percent":
        low -= abs(low) * rule.percent / 100 if part.low is not None else 0.0
        high += abs(high) * rule.percent / 100 if part.high is not None else 0.0
    return low, high


def bearing(evidence: Evidence, parts: Mapping[str, Target], rule: Rule) -> Bearing:
    """Hold one piece of evidence against a claim.

    Parameters
    ----------
    evidence : Evidence
        The evidence.
    parts : Mapping of str to Target
        The parts of what was asserted.
    rule : Rule
        What would refute it.

    Returns
    -------
    Bearing
        Which way it points.
    """
    seen = evidence.observed
    if evidence.stance is not None and seen.value is None and seen.date is None and not parts:
        return Bearing(evidence=evidence, target="statement", side=evidence.stance)
    if evidence.yardstick is not None:
        return _measured(evidence, evidence.yardstick, parts)
    nothing = seen.value is None and seen.low is None and seen.date is None and seen.text is None
    if nothing and evidence.stance is None:  # the step knows no answer: it may bear on any part
        key = next(iter(parts)) if len(parts) == 1 else "unknown"
        return Bearing(evidence=evidence, target=key, side="open", why_open="open_unknown")
    part = target_of(evidence, parts)
    if evidence.stance is not None and seen.value is None and seen.date is None:
        return Bearing(evidence=evidence, target=part.key, side=evidence.stance)
    if part.key == "value":
        side, exact = _number(seen, part, rule)
    elif part.key == "order":
        side, exact = _order(seen, part)
    elif part.key == "date":
        side, exact = _date(seen, part), True
    elif part.key == "happened":
        side, exact = _happened(seen, part), True
    else:
        side, exact = ("for" if _names(part.word or "", seen.text or "") else "against"), True
    why = None
    if side == "open":
        why = "open_definitions" if seen.ends == "definitions" else "open_straddles"
    return Bearing(evidence=evidence, target=part.key, side=side, exact=exact, why_open=why)


def _measured(evidence: Evidence, yardstick: Target, parts: Mapping[str, Target]) -> Bearing:
    """Let a number speak for or against a happening, by the yardstick the case gives it."""
    part = parts.get("happened")
    if part is None:
        raise RequestError(
            "holds_if makes a fact speak for or against a happening, and the claim asserts none; "
            "write asserted: {happened: true}",
            ("holds_if",),
        )
    seen = evidence.observed
    if seen.value is None and seen.low is None and seen.high is None:
        return Bearing(evidence=evidence, target=part.key, side="open", why_open="open_unknown")
    try:
        side, _ = _number(seen, yardstick, Rule(kind="range"))
    except RequestError as error:
        raise RequestError(error.message, ("holds_if",)) from None
    if side == "against" and evidence.outside_open:
        return Bearing(evidence=evidence, target=part.key, side="open", why_open="open_by_rule")
    if not part.happened and side != "open":
        side = "against" if side == "for" else "for"
    why = None
    if side == "open":
        why = "open_definitions" if seen.ends == "definitions" else "open_straddles"
    return Bearing(evidence=evidence, target=part.key, side=side, exact=True, why_open=why)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", bare)


def _names(word: str, text: str) -> bool:
    """Tell whether a word stands in a text, as whole words, whatever the case and the signs."""
    asked, said = (_words(part) for part in (word, text))
    size = len(asked)
    return size > 0 and any(said[i : i + size] == asked for i in range(len(said) - size + 1))


def _side(low: float, high: float, ends: tuple[float, float], part: Target) -> Side:
    finite = [abs(end) for end in (low, high) if isfinite(end)]
    slack = 1e-9 * max(finite, default=0.0)  # the dust of a conversion of units
    under = ends[0] + slack < low or (part.open_low and ends[0] <= low + slack)
    over = ends[1] - slack > high or (part.open_high and ends[1] >= high - slack)
    below = ends[1] + slack < low or (part.open_low and ends[1] <= low + slack)
    above = ends[0] - slack > high or (part.open_high and ends[0] >= high - slack)
    if below or above:
        return "against"
    return "open" if under or over else "for"


def _number(seen: Observed, part: Target, rule: Rule) -> tuple[Side, bool]:
    if not units.same_dimension(seen.unit, part.unit):
        if part.unit == "1":
            raise RequestError(
                f"the number has no unit, and the evidence is in {seen.unit}; write it with its "
                f"unit, like {part.low if part.low is not None else part.high:g} {seen.unit}",
                ("asserted",),
            )
        raise RequestError(
            f"the evidence is in {seen.unit!r} and the assertion in {part.unit!r}; these cannot "
            "be compared"
        )
    value = float(seen.value or 0.0)
    ends = (
        units.convert(value if seen.low is None else seen.low, seen.unit, part.unit),
        units.convert(value if seen.high is None else seen.high, seen.unit, part.unit),
    )
    low, high = allowed(part, rule)
    side = _side(low, high, ends, part)
    strict = allowed(part, Rule(kind="range"))
    # The words are met where the asserted number lies within what the evidence leaves open.
    meets = strict[0] <= ends[1] and ends[0] <= strict[1]
    exact = part.about or meets
    return side, exact


def _order(seen: Observed, part: Target) -> tuple[Side, bool]:
    if seen.date is None or seen.than is None:
        raise RequestError("an ordering needs 'date' and 'than'", ("than",))
    days = ((seen.date[0] - seen.than[1]) / _DAY, (seen.date[1] - seen.than[0]) / _DAY)
    if days[1] > days[0]:  # known to the day only: the ends themselves are not reached
        days = (days[0] + _INSTANT, days[1] - _INSTANT)
    apart = calendar_days(seen)
    if apart is not None and not (part.open_low or part.open_high):
        days = (apart, apart)
    low = -_INFINITY if part.low is None else part.low
    high = _INFINITY if part.high is None else part.high
    return _side(low, high, days, part), True


def calendar_days(seen: Observed) -> float | None:
    """Count the days between two dates as a calendar does.

    Parameters
    ----------
    seen : Observed
        With a date and the one it is compared with.

    Returns
    -------
    float or None
        Whole days [d]; None unless both dates are single days.
    """
    if seen.date is None or seen.than is None:
        return None
    spans = (seen.date, seen.than)
    if any(abs(last - first - _DAY) > 2 for first, last in spans):  # a leap second may be inside
        return None
    return float(round((seen.date[0] - seen.than[0]) / _DAY))


def _date(seen: Observed, part: Target) -> Side:
    if seen.date is None or part.low is None or part.high is None:
        return "open"
    if part.wrong_weekday:
        return "against"
    if seen.date[1] < part.low or seen.date[0] > part.high:
        return "against"
    return "for" if part.low <= seen.date[0] and seen.date[1] <= part.high else "open"


def _happened(seen: Observed, part: Target) -> Side:
    if seen.text in {"true", "false"}:
        return "for" if (seen.text == "true") == part.happened else "against"
    if seen.date is None or not part.happened:
        return "against"
    low = -_INFINITY if part.low is None else part.low
    high = _INFINITY if part.high is None else part.high
    if seen.date[1] <= low or seen.date[0] >= high:
        return "against"
    return "for" if low < seen.date[0] and seen.date[1] < high else "open"
