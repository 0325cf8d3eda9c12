"""From evidence to a verdict, a likelihood and a confidence: the one table.

1. Evidence that repeats the claim's own voice does not support it; one voice counts once.
2. Under each definition and for each part of the claim the voices for and against are weighed;
   the side whose best grade is `CLEAR` steps ahead carries it, otherwise the part is open.
3. A definition holds where every part holds, falls where one part falls.
4. Definitions that lead to different verdicts give ``depends_on_definition``.

The likelihood (how probable it is that the claim is true) and the confidence (how good the
ground for saying so is) are kept apart, as ICD 203 asks.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kosmodrom.assess.bearing import Bearing, bearing
from kosmodrom.assess.grades import COMPUTED_STRENGTH, likelihood_word
from kosmodrom.assess.model import JUDGED_KINDS, Claim, Evidence, Reason
from kosmodrom.assess.targets import Target, targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["CLEAR", "Judgement", "judge"]

#: How many grade steps one side must be ahead for a conflict to be decided: a computed fact (11)
#: outweighs a usually reliable source with probably true information (B2, 8), not a better one.
CLEAR = 3

State = Literal["holds", "falls", "open", "conflict"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One piece of evidence after weighing.

    Attributes
    ----------
    bearing : Bearing
        Which way it points.
    counted : bool
        Whether it was counted.
    why_not : str or None
        Code that says why it was not.
    """

    bearing: Bearing
    counted: bool
    why_not: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What follows from the evidence of one claim.

    Attributes
    ----------
    verdict : str
        One of `VERDICTS`.
    likelihood : str or None
        ICD 203 word for the probability that the claim is true.
    confidence : str or None
        "high", "moderate" or "low".
    evidence : tuple of Counted
        Every piece, in the order given.
    reasons : tuple of Reason
        Why.
    """

    verdict: str
    likelihood: str | None
    confidence: str | None
    evidence: tuple[Counted, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """One part under one definition."""

    state: State
    strength: int
    groups: int
    opposed: bool
    exact: bool


def judge(claim: Claim, evidence: Sequence[Evidence]) -> Judgement:
    """Judge one claim.

    Parameters
    ----------
    claim : Claim
        The claim.
    evidence : sequence of Evidence
        What was public by the day of the case.

    Returns
    -------
    Judgement
        The verdict and how it came about.
    """
    if claim.kind not in JUDGED_KINDS:
        return _not_checkable(claim, evidence, Reason(f"reason_{claim.kind}"))
    if claim.rule is None:
        return _not_checkable(claim, evidence, Reason("reason_no_refutation"))
    parts = targets(claim.asserted, claim.kind)
    counted = _count(claim, [bearing(item, parts, claim.rule) for item in evidence])
    by_label: dict[str | None, list[Bearing]] = defaultdict(list)
    for entry in counted:
        if entry.counted or entry.why_not == "open":
            by_label[entry.bearing.evidence.under].append(entry.bearing)
    weighed = {label: _weigh(items) for label, items in by_label.items()}
    states = {label: _state(per_part) for label, per_part in weighed.items()}
    verdict, reasons = _verdict(states, weighed, parts, counted)
    flat = [part for per_part in weighed.values() for part in per_part.values()]
    return Judgement(
        verdict=verdict,
        likelihood=_likelihood(verdict, flat),
        confidence=_confidence(verdict, flat),
        evidence=tuple(counted),
        reasons=tuple(reasons),
    )


def _not_checkable(claim: Claim, evidence: Sequence[Evidence], reason: Reason) -> Judgement:
    shown = tuple(
        Counted(
            bearing=Bearing(evidence=item, target="statement", side=item.stance or "open"),
            counted=False,
            why_not="not_judged",
        )
        for item in evidence
    )
    del claim
    return Judgement(
        verdict="not_checkable",
        likelihood=None,
        confidence=None,
        evidence=shown,
        reasons=(reason,),
    )


def _count(claim: Claim, bearings: Sequence[Bearing]) -> list[Counted]:
    best: dict[tuple[str | None, str, str, str], Bearing] = {}
    for item in bearings:
        if item.side == "open" or _own_voice(claim, item):
            continue
        key = (item.evidence.under, item.target, item.evidence.group, item.side)
        if key not in best or item.evidence.strength > best[key].evidence.strength:
            best[key] = item
    entries: list[Counted] = []
    for item in bearings:
        if item.side == "open":
            entries.append(Counted(bearing=item, counted=False, why_not="open"))
        elif _own_voice(claim, item):
            entries.append(Counted(bearing=item, counted=False, why_not="own_voice"))
        elif any(kept is item for kept in best.values()):
            entries.append(Counted(bearing=item, counted=True))
        else:
            entries.append(Counted(bearing=item, counted=False, why_not="same_voice"))
    return entries


def _own_voice(claim: Claim, item: Bearing) -> bool:
    """Tell whether evidence only repeats the source of the claim."""
    evidence = item.evidence
    return (
        item.side == "for"
        and not evidence.computed
        and bool(({evidence.group} | evidence.voices) & claim.voices)
    )


def _weigh(items: Sequence[Bearing]) -> dict[str, _Weighed]:
    parts: dict[str, list[Bearing]] = defaultdict(list)
    for item in items:
        parts[item.target].append(item)
    return {key: _weigh_part(found) for key, found in parts.items()}


def _weigh_part(items: Sequence[Bearing]) -> _Weighed:
    sides = {
        side: [item for item in items if item.side == side] for side in ("for", "against", "open")
    }
    pro = max((item.evidence.strength for item in sides["for"]), default=-1)
    con = max((item.evidence.strength for item in sides["against"]), default=-1)
    opposed = bool(sides["for"]) and bool(sides["against"])
    state: State
    if pro < 0 and con < 0:
        state = "open"
    elif opposed and abs(pro - con) < CLEAR:
        state = "conflict"
    else:
        state = "holds" if pro > con else "falls"
    # A computed span that straddles the limit is not outvoted by what somebody said.
    computed_open = any(item.evidence.computed for item in sides["open"])
    if computed_open and max(pro, con) < COMPUTED_STRENGTH:
        state = "open"
    winners = sides["for"] if state == "holds" else sides["against"]
    return _Weighed(
        state=state,
        strength=max(pro, con),
        groups=len({item.evidence.group for item in winners}),
        opposed=opposed,
        exact=all(item.exact for item in sides["for"]),
    )


def _state(parts: Mapping[str, _Weighed]) -> State:
    states = [part.state for part in parts.values()]
    if "falls" in states:
        return "falls"
    if "conflict" in states:
        return "conflict"
    return "open" if "open" in states or not states else "holds"


def _verdict(
    states: Mapping[str | None, State],
    weighed: Mapping[str | None, Mapping[str, _Weighed]],
    parts: Mapping[str, Target],
    counted: Sequence[Counted],
) -> tuple[str, list[Reason]]:
    if not states:
        only_own = any(entry.why_not == "own_voice" for entry in counted)
        return "unproven", [Reason("reason_own_voice_only" if only_own else "reason_no_evidence")]
    decided = {label: state for label, state in states.items() if state in {"holds", "falls"}}
    kinds = set(decided.values())
    if kinds == {"holds", "falls"}:
        holding = [label or "" for label, state in decided.items() if state == "holds"]
        falling = [label or "" for label, state in decided.items() if state == "falls"]
        return "depends_on_definition", [
            Reason("reason_definitions", {"holds": _labels(holding), "falls": _labels(falling)})
        ]
    if not decided:
        if "conflict" in states.values():
            return "unproven", [Reason("reason_conflict")]
        ends = {entry.bearing.why_open for entry in counted if entry.bearing.side == "open"}
        if "open_definitions" in ends:
            return "depends_on_definition", [Reason("reason_ends_are_definitions")]
        told = {"open_unknown": "reason_unknown_value", "open_by_rule": "reason_by_rule"}
        only = next(iter(ends)) if len(ends) == 1 else None
        return "unproven", [Reason(told.get(only or "", "reason_straddles"))]
    if kinds == {"falls"}:
        undecided = len(decided) < len(states)
        return "contradicted", [Reason("reason_falls_some" if undecided else "reason_falls")]
    return _holding(states, decided, weighed, parts)


def _labels(labels: Sequence[str]) -> object:
    named = [label for label in labels if label]
    return named or {"code": "words_as_written"}


def _holding(
    states: Mapping[str | None, State],
    decided: Mapping[str | None, State],
    weighed: Mapping[str | None, Mapping[str, _Weighed]],
    parts: Mapping[str, Target],
) -> tuple[str, list[Reason]]:
    covered = {key for label in decided for key in weighed[label]}
    missing = [key for key in parts if key not in covered] if "statement" not in covered else []
    reasons: list[Reason] = []
    if missing:
        open_parts = [{"code": f"part_{key}"} for key in missing]
        return "unproven", [Reason("reason_part_open", {"parts": open_parts})]
    if len(states) == 1 and next(iter(states)) is not None:
        reasons.append(Reason("reason_only_under", {"under": str(next(iter(states)))}))
    if len(decided) < len(states):
        reasons.append(Reason("reason_holds_some", {"under": _labels([x or "" for x in decided])}))
    if not all(part.exact for label in decided for part in weighed[label].values()):
        reasons.append(Reason("reason_not_exact"))
    if reasons:
        return "supported_with_wording", reasons
    return "supported", [Reason("reason_holds")]


# Probability that the claim is true, by the ground of a supported one (mirrored where it fell):
# computed, two voices with one of B2 or better, one such voice, one of B3 or C2, anything less.
_PROBABILITY = ((True, 0, 1, 0.97), (False, 8, 2, 0.96), (False, 8, 1, 0.88), (False, 7, 2, 0.88),
                (False, 6, 1, 0.70))  # fmt: skip


def _likelihood(verdict: str, parts: Sequence[_Weighed]) -> str | None:
    if verdict not in {"supported", "supported_with_wording", "contradicted"}:
        return None
    deciding = [part for part in parts if part.state in {"holds", "falls"}]
    if verdict == "contradicted":  # one fallen part is enough: the best ground decides
        probability = max(_probability(part) for part in deciding if part.state == "falls")
        return likelihood_word(1 - probability)
    probability = min(_probability(part) for part in deciding)  # the weakest part decides
    if verdict == "supported_with_wording":
        probability = min(probability, 0.88)  # as worded it is not quite what was found
    return likelihood_word(probability)


def _probability(part: _Weighed) -> float:
    for computed, strength, groups, probability in _PROBABILITY:
        if computed and part.strength < COMPUTED_STRENGTH:
            continue
        if part.strength >= strength and part.groups >= groups:
            return min(probability, 0.70) if part.opposed else probability
    return 0.55


def _confidence(verdict: str, parts: Sequence[_Weighed]) -> str | None:
    if verdict == "not_checkable" or not parts:
        return "low" if verdict == "unproven" else None
    if verdict == "unproven":
        return "low"
    deciding = [part for part in parts if part.state in {"holds", "falls"}] or list(parts)
    if verdict == "contradicted":
        levels = [max(_level(part) for part in deciding if part.state == "falls")]
    else:
        levels = [_level(part) for part in deciding]
    return ("low", "moderate", "high")[min(levels)]


def _level(part: _Weighed) -> int:
    if part.strength >= COMPUTED_STRENGTH or (part.strength >= 8 and part.groups >= 2):
        level = 2
    elif part.strength >= 7 or (part.strength >= 6 and part.groups >= 2):
        level = 1
    else:
        level = 0
    return max(0, level - 1) if part.opposed else level
