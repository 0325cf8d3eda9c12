"""Everything about a case that can be found wrong without running it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kosmodrom.analyses._registry import PLANNED, Analysis, analysis, near, verbs
from kosmodrom.assess.bearing import bearing
from kosmodrom.assess.circles import find_circle
from kosmodrom.assess.targets import Target, targets
from kosmodrom.base.facts import Fact
from kosmodrom.cases.evidence import claim_of, evidence_of_cite, evidence_of_fact, sources_of
from kosmodrom.cases.load import Case, fail
from kosmodrom.cases.problems import Problem
from kosmodrom.cases.step import StepProblems, build_request, check_names, spec_of
from kosmodrom.errors import NotYetPublicError, RequestError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kosmodrom.assess.model import Evidence, Source
    from kosmodrom.cases.schema import ClaimModel, EvidenceModel
    from kosmodrom.workspace import Context

__all__ = ["Plan", "plan_case"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a case will do.

    Attributes
    ----------
    steps : dict of str to tuple
        Step name to verb and request, in the order of the file.
    awaited : dict of str to str
        Step name to a verb that does not exist yet.
    fulfilled : tuple of str
        Claims that await only verbs that exist by now.
    """

    steps: dict[str, tuple[Analysis, dict[str, Any]]]
    awaited: dict[str, str]
    fulfilled: tuple[str, ...]


def plan_case(case: Case, context: Context) -> Plan:
    """Check a case and lay out what it will do.

    Parameters
    ----------
    case : Case
        The case.
    context : Context
        Where names are looked up.

    Returns
    -------
    Plan
        Steps to run and steps to await.
    """
    checker = _Checker(case, context)
    checker.sources()
    checker.steps()
    checker.claims()
    if checker.problems:
        raise fail(case.document, checker.problems)
    return Plan(checker.planned, checker.awaited, tuple(checker.fulfilled))


class _Checker:
    """Collects what is wrong, so that one run shows it all."""

    def __init__(self, case: Case, context: Context) -> None:
        self.model = case.model
        self.context = context
        self.problems: list[Problem] = []
        self.planned: dict[str, tuple[Analysis, dict[str, Any]]] = {}
        self.awaited: dict[str, str] = {}
        self.broken: set[str] = set()
        self.fulfilled: list[str] = []
        self.sources_ok = True
        self.known_sources: dict[str, Source] = {}

    def add(self, path: tuple[str | int, ...], message: str) -> None:
        self.problems.append(Problem(path, message))

    def unknown(self, path: tuple[str | int, ...], what: str, name: str, known: Any) -> None:
        names = list(known)
        alike = near(name, names)
        if alike:
            hint = f"did you mean {alike[0]!r}?"
        elif names:
            hint = f"there are {', '.join(names[:12])}{' ...' if len(names) > 12 else ''}"
        else:
            hint = "there are none"
        self.add(path, f"no {what} {name!r}; {hint}")

    def sources(self) -> None:
        sources = self.model.sources
        for key, source in sources.items():
            for index, other in enumerate(source.cites):
                if other not in sources:
                    self.unknown(("sources", key, "cites", index), "source", other, sources)
                    self.sources_ok = False
        circle = find_circle({key: source.cites for key, source in sources.items()})
        if circle:
            self.sources_ok = False
            self.add(
                ("sources", circle[0], "cites"),
                f"circular citation: {' cites '.join(circle)}; drop one of these",
            )
        if self.sources_ok:
            self.known_sources = sources_of(self.model)

    def steps(self) -> None:
        for step, entry in self.model.analyses.items():
            verb, request = next(iter(entry.items()))
            path = ("analyses", step, verb)
            try:
                loaded = analysis(verb)
            except UnknownNameError as error:
                if verb.replace("-", "_") in PLANNED:
                    self.awaited[step] = verb.replace("-", "_")
                else:
                    self.broken.add(step)
                    self.add(path, str(error))
                continue
            self.step(step, loaded, request, path)

    def step(self, step: str, verb: Analysis, request: Any, path: tuple[str | int, ...]) -> None:
        self.planned[step] = (verb, request)
        if request == "":
            request = {}
            self.planned[step] = (verb, request)
        if not isinstance(request, dict):
            self.add(path, f"the request of {verb.name} is a mapping of keys, like {{key: value}}")
            return
        try:
            built = build_request(verb, request)
        except StepProblems as problems:
            for problem in problems.problems:
                self.add((*path, *problem.path), problem.message)
            return
        for problem in check_names(built, self.context, path):
            if not isinstance(problem, NotYetPublicError):  # then its facts are unknown, no more
                self.add(problem.path, problem.message)

    def claims(self) -> None:
        claims = self.model.claims
        numbers: dict[int, str] = {}
        for key, claim in claims.items():
            path = ("claims", key)
            if claim.n is not None and numbers.setdefault(claim.n, key) != key:
                self.add((*path, "n"), f"n {claim.n} is taken by {numbers[claim.n]!r}")
            if claim.source not in self.model.sources:
                self.unknown((*path, "source"), "source", claim.source, self.model.sources)
            for index, premise in enumerate(claim.premises):
                if premise not in claims:
                    self.unknown((*path, "premises", index), "claim", premise, claims)
            self.awaits(key, claim)
            self.claim(key, claim)
        circle = find_circle(
            {
                key: [premise for premise in claim.premises if premise in claims]
                for key, claim in claims.items()
            }
        )
        if circle:
            self.add(
                ("claims", circle[0], "premises"),
                f"circular premises: {' rests on '.join(circle)}; drop one of these",
            )

    def awaits(self, key: str, claim: ClaimModel) -> None:
        known = {*verbs(), *PLANNED}
        for index, verb in enumerate(claim.awaits):
            if verb.replace("-", "_") not in known:
                self.unknown(("claims", key, "awaits", index), "verb", verb, sorted(known))
        if claim.awaits and all(verb.replace("-", "_") in verbs() for verb in claim.awaits):
            self.fulfilled.append(key)

    def claim(self, key: str, claim: ClaimModel) -> None:
        path: tuple[str | int, ...] = ("claims", key)
        parts: dict[str, Target] | None = None
        try:
            parts = targets(claim.asserted.plain(), claim.kind)
        except RequestError as error:
            self.add((*path, "asserted", *error.path), error.message)
        if claim.source not in self.model.sources or not self.sources_ok:
            return
        judged = claim_of(key, claim, self.known_sources)
        for index, item in enumerate(claim.evidence):
            here = (*path, "evidence", index)
            for found in self.evidence(item, here):
                if judged.rule is None or parts is None:
                    continue  # not judged, or what was asserted is wrong itself
                try:
                    bearing(found, parts, judged.rule)
                except RequestError as error:
                    blamed = path if error.path[:1] == ("asserted",) else here
                    self.add((*blamed, *error.path), error.message)

    def evidence(self, item: EvidenceModel, path: tuple[str | int, ...]) -> Iterator[Evidence]:
        sources = self.known_sources
        if item.cites is not None:
            if item.cites not in sources:
                self.unknown((*path, "cites"), "source", item.cites, sources)
                return
            try:
                yield evidence_of_cite(item, sources)
            except RequestError as error:
                self.add((*path, *error.path), error.message)
            return
        step, _, name = str(item.fact).partition(".")
        if step in self.awaited or step in self.broken:
            return
        if step not in self.planned:
            known = [*self.planned, *self.awaited]
            self.unknown((*path, "fact"), "step", step, known)
            return
        verb = self.planned[step][0]
        spec = spec_of(verb.facts, name)
        if spec is None:
            names = [promised.name for promised in verb.facts]
            self.unknown((*path, "fact"), f"fact of {verb.name}", name, names)
            return
        try:
            yield evidence_of_fact(item, _sample(spec.unit), verb.name)
        except RequestError as error:
            self.add((*path, *error.path), error.message)


def _sample(unit: str) -> Fact:
    """Make a fact of the promised kind, to try whether it can be compared at all."""
    value: Any = {"date": "2000-01-01", "instant": "2000-01-01T00:00Z", "text": "word",
                  "bool": True}.get(unit, 1.0)  # fmt: skip
    return Fact(value=value, unit=unit)
