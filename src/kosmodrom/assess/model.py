"""Claims, sources and evidence as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from kosmodrom.assess.grades import COMPUTED_STRENGTH, Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kosmodrom.assess.targets import Target
    from kosmodrom.base.dates import DateRange
    from kosmodrom.base.facts import Fact

__all__ = [
    "JUDGED_KINDS",
    "KINDS",
    "VERDICTS",
    "Claim",
    "Evidence",
    "Observed",
    "Reason",
    "Rule",
    "Source",
    "fact_observed",
]

KINDS = (
    "quantity", "count", "share", "event", "ordering", "wording", "assessment", "intent",
    "forecast",
)  # fmt: skip
#: Kinds that can be true or false; intent and forecasts never are.
JUDGED_KINDS = frozenset(KINDS) - {"intent", "forecast"}
VERDICTS = (
    "supported", "supported_with_wording", "contradicted", "depends_on_definition", "unproven",
    "not_checkable",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence as a code with parameters.

    Attributes
    ----------
    code : str
        Key of a text.
    params : Mapping
        Values for it.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who said something.

    Attributes
    ----------
    id : str
        Key in the case.
    name : str
        Name for readers.
    published : DateRange or None
        When; None where unknown.
    grade : Grade or None
        Admiralty grade; None where not given.
    group : str
        Sources of one group are one voice.
    cites : tuple of str
        Sources from which this one copies.
    voices : frozenset of str
        Its own group and those of all from which it copies, however indirectly.
    """

    id: str
    name: str
    published: DateRange | None
    grade: Grade | None
    group: str
    cites: tuple[str, ...] = ()
    voices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What one piece of evidence shows.

    Attributes
    ----------
    value : float or None
        A number [in `unit`].
    low, high : float or None
        Its ends [in `unit`]; equal to the value where it has none.
    unit : str
        Unit of the number.
    ends : {"uncertainty", "definitions"}
        What the ends are.
    date : tuple of float or None
        First and last instant of a date, counted from one origin [s].
    than : tuple of float or None
        The same of the date it is compared with [s].
    text : str or None
        A word, where the evidence is one.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = "1"
    ends: Literal["uncertainty", "definitions"] = "uncertainty"
    date: tuple[float, float] | None = None
    than: tuple[float, float] | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence for or against a claim.

    Attributes
    ----------
    origin : str
        "STEP.NAME" of a fact, or the key of a source.
    computed : bool
        Whether it is a fact of a result.
    observed : Observed
        What it shows.
    stance : {"for", "against"} or None
        Which way a text points; None where numbers or dates decide.
    under : str or None
        Definition under which it stands.
    bears_on : str or None
        Key of what was asserted; None where its type decides.
    yardstick : Target or None
        Between which numbers it speaks for a happening; None where it is held against a number.
    outside_open : bool
        Whether a number outside them says nothing, and not the opposite.
    group : str
        The voice it is.
    voices : frozenset of str
        That voice and all from which it copies.
    grade : Grade or None
        Its grade.
    """

    origin: str
    computed: bool
    observed: Observed
    stance: Literal["for", "against"] | None
    under: str | None
    bears_on: str | None
    group: str
    voices: frozenset[str]
    grade: Grade | None
    yardstick: Target | None = None
    outside_open: bool = False

    @property
    def strength(self) -> int:
        """Weigh the evidence.

        Returns
        -------
        int
            11 for a computed fact, else the weight of its grade, 0 without one [-].
        """
        if self.computed:
            return COMPUTED_STRENGTH
        return self.grade.strength if self.grade else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What would refute a claim.

    Attributes
    ----------
    kind : {"percent", "range", "asserted"}
        Outside N % of what was asserted, outside the asserted range, or not what was asserted.
    percent : float
        The N of the first kind [%].
    """

    kind: Literal["percent", "range", "asserted"]
    percent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a source asserted, and what would refute it.

    Attributes
    ----------
    id : str
        Key in the case.
    kind : str
        One of `KINDS`.
    asserted : Mapping
        What was asserted, as written; quantities read by `targets`.
    rule : Rule or None
        What would refute it.
    voices : frozenset of str
        The voice of its source and all from which that copies.
    premises : tuple of str
        Claims it rests on.
    """

    id: str
    kind: str
    asserted: Mapping[str, Any]
    rule: Rule | None
    voices: frozenset[str]
    premises: tuple[str, ...] = ()


def fact_observed(fact: Fact, seconds: tuple[float, float] | None = None) -> Observed:
    """Turn a fact into what it shows.

    Parameters
    ----------
    fact : Fact
        The fact.
    seconds : tuple of float or None
        First and last second of a date, if the fact is one [s].

    Returns
    -------
    Observed
        What it shows.
    """
    if seconds is not None:
        return Observed(date=seconds)
    if isinstance(fact.value, bool):
        return Observed(text="true" if fact.value else "false")
    if isinstance(fact.value, (int, float)):
        low = float(fact.low) if isinstance(fact.low, (int, float)) else None
        high = float(fact.high) if isinstance(fact.high, (int, float)) else None
        if low is None and high is None:
            low = high = float(fact.value)
        # One end alone means that the other side is open.
        low = -float("inf") if low is None else low
        high = float("inf") if high is None else high
        return Observed(
            value=float(fact.value), low=low, high=high, unit=fact.unit, ends=fact.ends
        )
    return Observed(text=None if fact.value is None else str(fact.value))
