"""What the data cover of the period that was asked for, and what a count then still says.

A day outside the data is not a day without events. Where no day of the period is covered nothing
is known; where some days are not, what was counted is the least number and its upper end is open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from kosmodrom.base.facts import Fact
from kosmodrom.errors import ModelError

__all__ = ["Coverage"]

_SHARES = frozenset({"success_share", "failure_share"})
_FIRST = frozenset({"first_date", "first_vehicle", "first_payload", "years_to_first"})
_LAST = frozenset({"last_date", "last_vehicle", "last_payload"})


def _apart(first: date | None, last: date, begin: date | None) -> bool:
    """Tell whether a period that ends on a day of the data holds no day of them."""
    return (first is not None and first > last) or (begin is not None and last < begin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of a period the data cover.

    Attributes
    ----------
    first : datetime.date or None
        First day asked for; None begins with the data.
    last : datetime.date
        Last day that can be counted: of the period, of the data and of the question.
    outside : bool
        Whether no day of the period is covered.
    before, after : bool
        Whether days of the period lie before the data begin, and after they end; both are false
        where `outside` is true.
    cut : bool
        Whether the day of the question ends early a period that the data would cover.
    elsewhere : bool
        Whether the data lack places that the question did not leave out.
    """

    first: date | None
    last: date
    outside: bool
    before: bool
    after: bool
    cut: bool
    elsewhere: bool = False

    @classmethod
    def of(
        cls,
        asked: tuple[date | None, date | None],
        data: tuple[date | None, date],
        as_of: date | None,
    ) -> Self:
        """Compare a period with the data.

        What was public by a day is complete to that day, so a period that is cut by the day of
        the question is covered, unless that day itself lies after the data end.

        Parameters
        ----------
        asked : tuple of datetime.date or None
            First and last day of the period; None begins or ends with the data.
        data : tuple of datetime.date or None
            First and last day of the data; None begins with the first event there ever was.
        as_of : datetime.date or None
            Day of the question; None uses all.

        Returns
        -------
        Coverage
            What is covered.
        """
        first, until = asked
        begin, end = data
        reach = end if as_of is None else min(end, as_of)
        last = reach if until is None else min(until, reach)
        outside = _apart(first, last, begin)
        past_end = until is not None and until > end and (as_of is None or as_of > end)
        return cls(
            first=first,
            last=last,
            outside=outside,
            before=not outside and first is not None and begin is not None and first < begin,
            after=not outside and past_end,
            cut=(
                as_of is not None
                and as_of <= end
                and as_of < (until or end)
                and not _apart(first, min(until or end, end), begin)
            ),
        )

    @property
    def partly(self) -> bool:
        """Tell whether some days or places asked for are covered and others are not.

        Returns
        -------
        bool
            True where counts are least numbers.
        """
        return self.before or self.after or self.elsewhere

    def limited(self, facts: Mapping[str, Fact]) -> dict[str, Fact]:
        """Take from facts what days outside the data leave unknown.

        Parameters
        ----------
        facts : Mapping of str to Fact
            Counts, shares, and what came first and last, as counted.

        Returns
        -------
        dict of str to Fact
            The same names. Outside the data every value is None. Partly outside, counts keep
            value and low end and lose the high one; shares, what came first where earlier days
            are not covered, and what came last where later days are not, are None.
        """
        return {name: self._limited(name, fact) for name, fact in facts.items()}

    def _limited(self, name: str, fact: Fact) -> Fact:
        if not self.outside and not self.partly:
            return fact
        lost = (
            self.outside
            or name in _SHARES
            or (name in _FIRST and (self.before or self.elsewhere))
            or (name in _LAST and (self.after or self.elsewhere))
        )
        if lost:
            return Fact(value=None, unit=fact.unit, known_from=fact.known_from)
        if name in _FIRST or name in _LAST:
            return fact
        low = fact.value if fact.low is None else fact.low
        if isinstance(low, tuple):  # counts are numbers
            raise ModelError(f"{name} holds intervals, and no count does")
        return replace(fact, low=low, high=None)
