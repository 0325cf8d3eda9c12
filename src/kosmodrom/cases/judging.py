"""The second phase of a case: evidence to `assess`, judgement to the results document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kosmodrom import messages, units
from kosmodrom.analyses._registry import analysis, verbs
from kosmodrom.assess.bearing import allowed, bearing, calendar_days
from kosmodrom.assess.model import Claim, Evidence, Reason
from kosmodrom.assess.targets import targets
from kosmodrom.assess.verdicts import Counted, Judgement, judge
from kosmodrom.base.dates import DateRange
from kosmodrom.base.facts import Fact
from kosmodrom.cases.evidence import (
    as_written,
    claim_of,
    evidence_of_cite,
    evidence_of_fact,
    known_from,
    yardstick,
)
from kosmodrom.cases.step import fact_json, spec_of

if TYPE_CHECKING:
    from kosmodrom.assess.model import Source
    from kosmodrom.cases.phase_one import StepsDone
    from kosmodrom.cases.schema import ClaimModel, EvidenceModel
    from kosmodrom.workspace import Context

__all__ = ["judge_claim"]

#: Said even while a claim awaits an analysis: no analysis will make it true or false.
_NEVER_JUDGED = {"reason_intent", "reason_forecast"}


class _Entry:
    """One piece of evidence on its way to the document."""

    def __init__(self, item: EvidenceModel, sources: dict[str, Source], index: int) -> None:
        self.item = item
        self.index = index
        self.evidence: Evidence | None = None
        self.fact: Fact | None = None
        self.verb = ""
        self.state = "open"
        self.known_unknown = False
        source = sources.get(str(item.cites))
        days = None
        if item.cites is not None:
            days, self.known_unknown = known_from(item, sources)
        elif item.known_from is not None:  # the case says what the computation rests on
            days = DateRange.parse(item.known_from)
        self.known = days
        self.document: dict[str, Any] = {
            "kind": "fact" if item.fact else "cites",
            "fact": item.fact,
            "source": item.cites,
            "value": None,
            "unit": None,
            "low": None,
            "high": None,
            "date": item.date,
            "than": item.than,
            "text": item.text,
            "stance": item.stance,
            "holds_if": _holds_if(item),
            "under": item.label,
            "under_says": dict(item.under) if item.under else None,
            "bearing": "open",
            "counted": False,
            "not_counted": None,
            "group": source.group if source else None,
            "grade": source.grade.text if source and source.grade else None,
            "known_from": days.text if days else None,
        }


def _holds_if(item: EvidenceModel) -> dict[str, Any] | None:
    limits = yardstick(item)
    if limits is None or item.holds_if is None:
        return None
    return {
        "low": limits.low,
        "high": limits.high,
        "unit": limits.unit,
        "otherwise": item.holds_if.otherwise,
    }


def judge_claim(
    key: str,
    written: ClaimModel,
    sources: dict[str, Source],
    steps: StepsDone,
    context: Context,
    lang: str,
    judged: dict[str, dict[str, Any]],
) -> dict[str, Any]:
    """Judge one claim and write it down.

    Parameters
    ----------
    key : str
        Key of the claim.
    written : ClaimModel
        The claim as the case has it.
    sources : dict of str to Source
        All sources of the case.
    steps : StepsDone
        What the steps answered.
    context : Context
        With which they were run.
    lang : {"en", "id"}
        Language of the texts beside the codes.
    judged : dict of str to dict
        Claims judged before, premises among them.

    Returns
    -------
    dict
        The claim's entry of the results document.
    """
    claim = claim_of(key, written, sources)
    entries = [_Entry(item, sources, index) for index, item in enumerate(written.evidence)]
    for entry in entries:
        _fill(entry, steps, sources)
    hindsight = [entry for entry in entries if _later(entry, context)]
    present = [entry for entry in entries if entry not in hindsight]
    usable = [entry for entry in present if entry.evidence is not None]
    for entry in hindsight:  # not weighed, but shown as it points
        if entry.evidence is not None and entry.item.holds_if and claim.rule is not None:
            pointing = bearing(entry.evidence, targets(claim.asserted, claim.kind), claim.rule)
            entry.document["bearing"] = pointing.side
    judgement = judge(claim, [entry.evidence for entry in usable if entry.evidence is not None])
    for entry, counted in zip(usable, judgement.evidence, strict=True):
        _mark(entry, counted)
    awaits = _awaits(written, present, steps)
    failed = sorted({entry.document["fact"].partition(".")[0] for entry in present
                     if entry.state == "failed"})  # fmt: skip
    status = "awaits" if awaits else "failed" if failed else "done"
    reasons = list(judgement.reasons)
    if failed:
        reasons = [Reason("reason_failed", {"steps": ", ".join(failed)})]
    if awaits:
        kept = [reason for reason in reasons if reason.code in _NEVER_JUDGED]
        reasons = [Reason("reason_awaits", {"verbs": ", ".join(awaits)}), *kept]
    main = _main(usable)
    published = sources[written.source].published
    as_of = context.as_of
    return {
        "id": key,
        "n": written.n,
        "says": dict(written.says),
        "source": written.source,
        "published_later": bool(as_of and published and published.last > as_of),
        "kind": written.kind,
        "attribution": written.attribution,
        "modality": written.modality,
        "asserted": written.asserted.plain(),
        "refuted_if": as_written(written.refuted_if) if written.refuted_if else None,
        "status": status,
        "verdict": judgement.verdict if status == "done" else None,
        "likelihood": judgement.likelihood if status == "done" else None,
        "confidence": judgement.confidence if status == "done" else None,
        "computed": _computed(main, usable, judgement),
        "difference": _difference(main, claim),
        "reasons": _texts([_spoken(reason, written) for reason in reasons], lang),
        "would_change": _texts(_would_change(claim, judgement, status), lang),
        "evidence": [entry.document for entry in present],
        "hindsight": [entry.document for entry in hindsight],
        "premises": [_premise(premise, judged[premise]) for premise in written.premises],
        "awaits": awaits,
        "flips": _flips(claim, usable, steps, judgement) if status == "done" else [],
        "note": dict(written.note) if written.note else None,
        "known_from_unknown": sum(entry.known_unknown for entry in present),
    }


def _fill(entry: _Entry, steps: StepsDone, sources: dict[str, Source]) -> None:
    item = entry.item
    if item.cites is not None:
        entry.evidence = evidence_of_cite(item, sources)
        seen = entry.evidence.observed
        if seen.value is not None:
            span = seen.low != seen.high
            entry.document.update(
                value=None if span else seen.value, unit=seen.unit,
                low=seen.low if span else None, high=seen.high if span else None,
            )  # fmt: skip
        elif seen.date is not None and seen.than is not None:
            low, high = ((seen.date[i] - seen.than[1 - i]) / 86_400.0 for i in (0, 1))
            apart = calendar_days(seen)
            middle = _short((low + high) / 2) if apart is None else apart
            entry.document.update(value=middle, unit="day")
            if high > low and apart is None:  # known to a month or a year only
                entry.document.update(low=_short(low), high=_short(high))
        return
    step, _, name = str(item.fact).partition(".")
    entry.verb = steps.verb.get(step, "")
    entry.document["group"] = f"computed:{entry.verb}"
    if step in steps.awaited:
        entry.state = entry.document["bearing"] = "awaited"
        return
    if step in steps.failed:
        entry.state = entry.document["bearing"] = "failed"
        return
    spec = spec_of(analysis(entry.verb).facts, name)
    given = steps.results[step].facts.get(name)
    # A promised fact that this request does not bring is unknown, which is no failure.
    entry.fact = given or Fact(value=None, unit=spec.unit if spec else "1")
    entry.evidence = evidence_of_fact(item, entry.fact, entry.verb)
    entry.document["known_from"] = item.known_from or entry.fact.known_from
    entry.document.update(fact_json(entry.fact, spec))


def _later(entry: _Entry, context: Context) -> bool:
    return bool(context.as_of and entry.known and entry.known.last > context.as_of)


def _mark(entry: _Entry, counted: Counted) -> None:
    entry.state = counted.bearing.side
    entry.document["bearing"] = counted.bearing.side
    entry.document["counted"] = counted.counted
    entry.document["not_counted"] = counted.why_not
    if counted.why_not == "open" and counted.bearing.why_open:
        entry.document["not_counted"] = counted.bearing.why_open


def _awaits(written: ClaimModel, present: list[_Entry], steps: StepsDone) -> list[str]:
    known = verbs()
    asked = [verb.replace("-", "_") for verb in written.awaits]
    missing = [verb for verb in asked if verb not in known]
    missing += [
        steps.awaited[entry.document["fact"].partition(".")[0]]
        for entry in present
        if entry.state == "awaited"
    ]
    return list(dict.fromkeys(missing))


def _rank(entry: _Entry) -> tuple[bool, bool, bool, int]:
    """Order evidence for the top of the card: a number, then a date; computed first."""
    document = entry.document
    return (
        not isinstance(document["value"], (int, float)) and document["low"] is None,
        document["date"] is None and document["unit"] not in {"date", "instant"},
        not document["counted"] or entry.fact is None,
        entry.index,
    )


def _main(usable: list[_Entry]) -> _Entry | None:
    """Choose the evidence whose value stands on top of the card."""
    shown = [
        entry
        for entry in usable
        if entry.document["unit"] is not None or entry.document["date"] is not None
    ]
    return min(shown, key=_rank, default=None)


def _computed(
    main: _Entry | None, usable: list[_Entry], judgement: Judgement
) -> dict[str, Any] | None:
    if main is None:
        return None
    document = main.document
    if document["unit"] is None:
        unit = "instant" if "T" in document["date"] else "date"
        return {"value": document["date"], "unit": unit, "low": None, "high": None}
    if judgement.verdict == "depends_on_definition":
        found = [
            [entry.document[key] for key in ("value", "low", "high")]
            for entry in usable
            if entry.document["counted"]
            and entry.document["unit"] == document["unit"]
            and not entry.document["holds_if"]  # held against yardsticks, it is another quantity
        ]
        spans = [_ends(*each) for each in found if isinstance(each[0] or each[1], (int, float))]
        if len(spans) > 1:  # one number would hide that the definitions give several
            lows, highs = zip(*spans, strict=True)
            return {
                "value": None,
                "unit": document["unit"],
                "low": None if None in lows else min(low for low in lows if low is not None),
                "high": None if None in highs else max(end for end in highs if end is not None),
            }
    return {key: document[key] for key in ("value", "unit", "low", "high")}


def _ends(
    value: float | None, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    """Give the ends of a number: itself where it has none, None on a side that is open."""
    return (value, value) if low is None and high is None else (low, high)


def _short(value: float) -> float:
    return float(f"{value:.6g}")


def _difference(main: _Entry | None, claim: Claim) -> dict[str, Any] | None:
    if main is None or main.evidence is None or main.document["value"] is None:
        return None
    part = targets(claim.asserted).get("value")
    seen = main.evidence.observed
    if part is None or seen.value is None or part.low is None or part.low != part.high:
        return None
    if not units.same_dimension(seen.unit, part.unit):
        return None
    value = units.convert(float(main.document["value"]), seen.unit, part.unit)
    gap = value - part.low
    percent = round(100 * gap / abs(part.low), 1) if part.low else None
    return {"value": float(f"{gap:.6g}"), "unit": part.unit, "percent": percent}


def _premise(key: str, document: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": key,
        "verdict": document["verdict"],
        "fallen": document["verdict"] == "contradicted",
    }


def _texts(reasons: list[Reason], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "code": reason.code,
            "params": dict(reason.params),
            "text": messages.text(reason.code, reason.params, lang),
        }
        for reason in reasons
    ]


def _spoken(reason: Reason, written: ClaimModel) -> Reason:
    """Put the definitions that a reason names into the languages in which the case has them."""
    says = {item.label: dict(item.under) for item in written.evidence if item.under}

    def spoken(value: Any) -> Any:
        if isinstance(value, list):
            return [spoken(item) for item in value]
        return says.get(value, value) if isinstance(value, str) else value

    return Reason(reason.code, {key: spoken(value) for key, value in reason.params.items()})


def _would_change(claim: Claim, judgement: Judgement, status: str) -> list[Reason]:
    if status != "done" or judgement.verdict == "not_checkable" or claim.rule is None:
        return []
    part = targets(claim.asserted).get("value")
    if judgement.verdict == "unproven" and not judgement.evidence:
        return [Reason("change_any_evidence")]
    if part is None and judgement.verdict == "depends_on_definition":
        return [Reason("change_definition")]
    if part is None:
        against = judgement.verdict == "contradicted"
        return [Reason("change_independent_for" if against else "change_independent_against")]
    low, high = allowed(part, claim.rule)
    bounds = {
        "low": [float(f"{low:.6g}"), part.unit],
        "high": [float(f"{high:.6g}"), part.unit],
    }
    where = "between" if abs(low) != float("inf") and abs(high) != float("inf") else (
        "above" if abs(high) == float("inf") else "below"
    )  # fmt: skip
    used = {key: value for key, value in bounds.items() if abs(float(str(value[0]))) < 1e300}
    if judgement.verdict == "depends_on_definition":
        return [Reason("change_definition")]
    side = "outside" if judgement.verdict.startswith("supported") else "inside"
    if low == high:
        return [Reason(f"change_{side}_exact", {"low": bounds["low"]})]
    strict = "_strict" if where != "between" and (part.open_low or part.open_high) else ""
    return [Reason(f"change_{side}_{where}{strict}", used)]


def _flips(
    claim: Claim,
    usable: list[_Entry],
    steps: StepsDone,
    judgement: Judgement,
) -> list[dict[str, Any]]:
    """Name the definitions under which the verdict would be another."""
    found: list[dict[str, Any]] = []
    for entry in usable:
        if entry.fact is None or not entry.document["counted"]:
            continue
        step, _, name = str(entry.item.fact).partition(".")
        for label, facts in steps.results[step].alternatives.items():
            if name not in facts or facts[name].value is None:
                continue
            other = evidence_of_fact(entry.item, facts[name], entry.verb)
            swapped = [other if one is entry else one.evidence for one in usable]
            verdict = judge(claim, [one for one in swapped if one is not None]).verdict
            if verdict != judgement.verdict:
                spec = spec_of(analysis(entry.verb).facts, name)
                found.append(
                    {
                        "definition": label,
                        "fact": entry.item.fact,
                        "verdict": verdict,
                        "computed": fact_json(facts[name], spec),
                    }
                )
    return found
