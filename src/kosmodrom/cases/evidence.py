"""From the case's words to the values that `assess` judges."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kosmodrom.assess.circles import voices
from kosmodrom.assess.grades import Grade
from kosmodrom.assess.model import Claim, Evidence, Observed, Rule, Source, fact_observed
from kosmodrom.assess.targets import Target, amount, span_seconds, targets
from kosmodrom.base.dates import DateRange
from kosmodrom.errors import RequestError

if TYPE_CHECKING:
    from kosmodrom.base.facts import Fact
    from kosmodrom.cases.schema import CaseModel, ClaimModel, EvidenceModel

__all__ = [
    "claim_of",
    "evidence_of_cite",
    "evidence_of_fact",
    "known_from",
    "published_day",
    "sources_of",
]


def published_day(text: str | None) -> DateRange | None:
    """Read when something was published as a range of days.

    Parameters
    ----------
    text : str or None
        Day, month, year or instant.

    Returns
    -------
    DateRange or None
        The days; None where unknown.
    """
    if text is None:
        return None
    return DateRange.covering(text)


def sources_of(model: CaseModel) -> dict[str, Source]:
    """Turn the sources of a case into values.

    Parameters
    ----------
    model : CaseModel
        The case.

    Returns
    -------
    dict of str to Source
        Sources by key.
    """
    sources = {
        key: Source(
            id=key,
            name=source.name.get("en") or next(iter(source.name.values())),
            published=published_day(source.published),
            grade=Grade.parse(source.grade) if source.grade else None,
            group=source.group or key,
            cites=source.cites,
        )
        for key, source in model.sources.items()
    }
    heard = voices(sources)
    return {key: replace(source, voices=heard[key]) for key, source in sources.items()}


def claim_of(key: str, claim: ClaimModel, sources: dict[str, Source]) -> Claim:
    """Turn a claim of a case into a value.

    Parameters
    ----------
    key : str
        Its key.
    claim : ClaimModel
        The claim.
    sources : dict of str to Source
        All sources.

    Returns
    -------
    Claim
        The claim.
    """
    rule = None
    if claim.refuted_if is not None:
        outside = claim.refuted_if.outside
        if outside is None:
            rule = Rule(kind="asserted")
        elif outside == "range":
            rule = Rule(kind="range")
        else:
            rule = Rule(kind="percent", percent=float(outside.rstrip("% ")))
    return Claim(
        id=key,
        kind=claim.kind,
        asserted=claim.asserted.plain(),
        rule=rule,
        voices=sources[claim.source].voices,
        premises=claim.premises,
    )


def _said(item: EvidenceModel) -> Observed:
    if item.date is not None:
        return Observed(
            date=span_seconds(item.date), than=span_seconds(item.than) if item.than else None
        )
    if item.value is not None:
        value, unit = amount(item.value)
        return Observed(value=value, low=value, high=value, unit=unit)
    if item.low is not None and item.high is not None:
        low, unit = amount(item.low)
        high, other = amount(item.high)
        if other != unit or low > high:
            raise RequestError(
                f"low {item.low} and high {item.high}: give the lower first, both in one unit",
                ("low",),
            )
        return Observed(value=(low + high) / 2, low=low, high=high, unit=unit)
    return Observed()


def evidence_of_cite(item: EvidenceModel, sources: dict[str, Source]) -> Evidence:
    """Turn what a source says into evidence.

    Parameters
    ----------
    item : EvidenceModel
        The entry of the case.
    sources : dict of str to Source
        All sources.

    Returns
    -------
    Evidence
        The evidence.
    """
    key = str(item.cites)
    try:
        seen = _said(item)
    except RequestError:
        raise
    except ValueError as error:
        raise RequestError(str(error), ("value",)) from None
    return Evidence(
        origin=key,
        computed=False,
        observed=seen,
        stance=item.stance,
        under=item.label,
        bears_on=item.bears_on,
        group=sources[key].group,
        voices=sources[key].voices,
        grade=sources[key].grade,
    )


def yardstick(item: EvidenceModel) -> Target | None:
    """Read the numbers between which a fact speaks for the claim.

    Parameters
    ----------
    item : EvidenceModel
        The entry of the case.

    Returns
    -------
    Target or None
        The numbers; None where the case gives none.
    """
    if item.holds_if is None:
        return None
    try:
        ends = item.holds_if.model_dump(include={"low", "high"}, exclude_none=True)
        return targets(ends, "quantity")["value"]
    except RequestError as error:
        raise RequestError(error.message, ("holds_if", *error.path)) from None


def evidence_of_fact(item: EvidenceModel, fact: Fact, verb: str) -> Evidence:
    """Turn a fact of a step into evidence.

    Parameters
    ----------
    item : EvidenceModel
        The entry of the case.
    fact : Fact
        The fact.
    verb : str
        The verb of the step.

    Returns
    -------
    Evidence
        The evidence.
    """
    if isinstance(fact.value, tuple):
        raise RequestError(
            f"{item.fact} holds intervals, and a claim is held against one number; cite another "
            "fact of that step",
            ("fact",),
        )
    seconds: tuple[float, float] | None = None
    if fact.unit in {"date", "instant"} and fact.value is not None:
        first = span_seconds(str(fact.low if fact.low is not None else fact.value))
        last = span_seconds(str(fact.high if fact.high is not None else fact.value))
        seconds = (first[0], last[1])
    return Evidence(
        origin=str(item.fact),
        computed=True,
        observed=fact_observed(fact, seconds),
        stance=item.stance,
        under=item.label,
        bears_on=item.bears_on,
        group=f"computed:{verb}",
        voices=frozenset(),
        yardstick=yardstick(item),
        outside_open=item.holds_if is not None and item.holds_if.otherwise == "open",
        grade=None,  # a computation is as good as its rows, which carry their own
    )


def known_from(item: EvidenceModel, sources: dict[str, Source]) -> tuple[DateRange | None, bool]:
    """Tell from when a cited piece of evidence was public.

    Parameters
    ----------
    item : EvidenceModel
        The entry of the case.
    sources : dict of str to Source
        All sources.

    Returns
    -------
    tuple of DateRange or None and bool
        The days, and whether they are unknown (then the date of the evidence itself is taken).
    """
    if item.known_from is not None:
        return DateRange.parse(item.known_from), False
    if item.cites is not None and sources[item.cites].published is not None:
        return sources[item.cites].published, False
    return published_day(item.date), True


def as_written(item: Any) -> dict[str, Any]:
    """Give an entry as it stands in the case.

    Parameters
    ----------
    item : pydantic.BaseModel
        The entry.

    Returns
    -------
    dict
        Keys and values that were written.
    """
    written: dict[str, Any] = item.model_dump(by_alias=True, exclude_none=True)
    return written
