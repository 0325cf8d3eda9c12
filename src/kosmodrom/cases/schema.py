"""What a case file may say: the schema that types the text of the YAML."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from kosmodrom.assess.grades import Grade
from kosmodrom.assess.targets import ASSERTED_KEYS
from kosmodrom.base.dates import DateRange
from kosmodrom.base.periods import check_instant_or_day

__all__ = ["Asserted", "CaseModel", "ClaimModel", "EvidenceModel", "RefutedIf", "SourceModel"]

_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")
_KEY = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")


def _flag(value: Any) -> Any:
    if isinstance(value, str):
        if value not in {"true", "false"}:
            raise ValueError(f"{value!r} is neither true nor false; write true or false")
        return value == "true"
    return value


def _texts(value: Any) -> Any:
    if isinstance(value, str):
        return {"en": value}
    if isinstance(value, dict):
        if not value:
            raise ValueError("is empty; write the text, or {en: ..., id: ...}")
        for language in value:
            if not _LANGUAGE.match(str(language)):
                raise ValueError(f"{language!r} is not a language code; write en, id, ko ...")
    return value


def _key(value: str) -> str:
    if not _KEY.match(value):
        raise ValueError(
            f"{value!r} is not a name; use letters, digits, - and _, at most 64, no dot"
        )
    return value


def _grade(value: str) -> str:
    Grade.parse(value)
    return value


def _dates(value: str) -> str:
    check_instant_or_day(value)
    return value


def _day(value: str) -> str:
    DateRange.parse(value)
    return value


def _percent(value: str) -> str:
    match = re.match(r"^(\d{1,6}(?:\.\d{1,6})?)\s*%$", value)
    if not match and value != "range":
        raise ValueError(
            f"{value!r} is neither a percentage nor the word range; write {{outside: 15 %}} or "
            "{outside: range}"
        )
    return value


Flag = Annotated[bool, BeforeValidator(_flag)]
Texts = Annotated[
    dict[str, Annotated[str, Field(min_length=1, max_length=4000)]], BeforeValidator(_texts)
]
Key = Annotated[str, AfterValidator(_key)]
Dates = Annotated[str, AfterValidator(_dates)]
Day = Annotated[str, AfterValidator(_day)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class SourceModel(_Model):
    """Who said something, when, how good, and from whom it copies."""

    name: Texts
    published: Dates | None = Field(None, description="day, month, year or instant")
    grade: Annotated[str, AfterValidator(_grade)] | None = Field(
        None, description="Admiralty grade, like B2"
    )
    group: Key | None = Field(None, description="sources of one group are one voice")
    url: Annotated[str, Field(max_length=2000)] | None = None
    cites: tuple[Key, ...] = Field((), description="sources from which this one copies")
    note: Texts | None = None


class HoldsIf(_Model):
    """Between which numbers a fact speaks for a claim; outside it speaks against it."""

    low: str | None = None
    high: str | None = None
    otherwise: Literal["against", "open"] = Field(
        "against", description="what a number outside says; open: nothing"
    )

    @model_validator(mode="after")
    def _an_end(self) -> HoldsIf:
        if self.low is None and self.high is None:
            raise ValueError("give low, high or both")
        return self


class EvidenceModel(_Model):
    """A fact of a step, or what a source says."""

    fact: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_]+$")] | None = Field(
        None, description="STEP.NAME"
    )
    cites: Key | None = Field(None, description="a source of this case")
    value: str | None = None
    low: str | None = None
    high: str | None = None
    date: Dates | None = None
    than: Dates | None = Field(None, description="the date to compare with, for an ordering")
    text: Texts | None = Field(None, description="what the source says, in short")
    stance: Literal["for", "against"] | None = None
    under: Annotated[dict[str, Annotated[str, Field(max_length=200)]], BeforeValidator(_texts)] | (
        None
    ) = Field(None, description="the definition under which it stands")
    bears_on: Key | None = Field(None, description="key of what was asserted")
    holds_if: HoldsIf | None = Field(
        None, description="between which numbers a fact speaks for the claim, else against it"
    )
    known_from: Day | None = Field(None, description="public from; default: the source's day")

    @property
    def label(self) -> str | None:
        """Name the definition under which it stands.

        Returns
        -------
        str or None
            Its English words, or those of its first language.
        """
        if self.under is None:
            return None
        return self.under.get("en") or next(iter(self.under.values()))

    @model_validator(mode="after")
    def _one_form(self) -> EvidenceModel:
        if (self.fact is None) == (self.cites is None):
            raise ValueError("evidence is either {fact: STEP.NAME} or {cites: SOURCE, ...}")
        said = [name for name in ("value", "low", "high", "date", "text") if getattr(self, name)]
        if self.fact is not None and said:
            raise ValueError(f"a fact brings its own number; drop {', '.join(said)}")
        if self.holds_if is not None and (self.fact is None or self.stance is not None):
            raise ValueError("holds_if is for a fact without a stance: it gives the stance")
        if self.cites is not None and not said and self.stance is None:
            raise ValueError("say what it says: value, low and high, date, or text with stance")
        if self.text is not None and self.stance is None and said == ["text"]:
            raise ValueError("a text needs a stance: for or against")
        if self.value is not None and (self.low is not None or self.high is not None):
            raise ValueError("give value, or low and high, not both")
        if (self.low is None) != (self.high is None):
            raise ValueError("give both low and high, or value")
        if self.than is not None and self.date is None:
            raise ValueError("'than' needs a 'date' to compare with it")
        return self


class Asserted(_Model):
    """What was asserted, with its own vagueness."""

    value: str | None = None
    low: str | None = None
    high: str | None = None
    count: str | None = None
    about: Flag | None = None
    vague: str | None = None
    share_above: str | None = None
    share_below: str | None = None
    date: Dates | None = None
    year: Annotated[str, Field(pattern=r"^\d{4}$")] | None = None
    weekday: str | None = None
    after: Dates | Literal["true", "false"] | None = None
    before: Dates | Literal["true", "false"] | None = None
    days_low: str | None = None
    days_high: str | None = None
    happened: Flag | None = None
    vehicle: str | None = None
    payload: str | None = None
    name: str | None = None
    place: str | None = None
    country: str | None = None
    person: str | None = None
    role: str | None = None
    site: str | None = None
    range_class: str | None = None
    excludes: str | None = None
    scope: str | None = None

    def plain(self) -> dict[str, Any]:
        """Give what was written, without the keys that were not.

        Returns
        -------
        dict
            Keys and values.
        """
        return self.model_dump(exclude_none=True)


class RefutedIf(_Model):
    """What would refute a claim."""

    outside: Annotated[str, AfterValidator(_percent)] | None = None
    not_: Literal["asserted"] | None = Field(None, alias="not")

    @model_validator(mode="after")
    def _one_form(self) -> RefutedIf:
        if (self.outside is None) == (self.not_ is None):
            raise ValueError("write {outside: N %}, {outside: range} or {not: asserted}")
        return self


class ClaimModel(_Model):
    """What a source asserted, what would refute it, and the evidence."""

    n: Annotated[int, Field(ge=0, le=100_000)] | None = Field(None, description="sentence number")
    says: Texts
    source: Key
    kind: Literal[
        "quantity", "count", "share", "event", "ordering", "wording", "assessment", "intent",
        "forecast",
    ]  # fmt: skip
    attribution: Literal["author", "relayed", "class", "named"] = "author"
    modality: Literal["flat", "possible", "probable"] = "flat"
    asserted: Asserted = Asserted()
    refuted_if: RefutedIf | None = None
    premises: tuple[Key, ...] = ()
    evidence: tuple[EvidenceModel, ...] = ()
    awaits: tuple[Key, ...] = ()
    note: Texts | None = None

    @model_validator(mode="after")
    def _rule_fits(self) -> ClaimModel:
        if self.kind in {"intent", "forecast"} and self.refuted_if is not None:
            raise ValueError(f"{self.kind} is never true or false; drop refuted_if")
        if self.refuted_if is not None and self.refuted_if.outside is not None:
            numbers = {"value", "low", "high", "count", "share_above", "share_below", "days_low",
                       "days_high"}  # fmt: skip
            if not numbers & set(self.asserted.plain()):
                raise ValueError(
                    f"refuted_if is {{outside: {self.refuted_if.outside}}}, but no number is "
                    "asserted; assert value, low, high or count, or write {not: asserted}"
                )
        return self


class CaseModel(_Model):
    """One case: sources, analyses to run, claims."""

    kosmodrom: Literal["1"] = Field(description="version of this format")
    title: Texts
    as_of: Day | None = Field(None, description="only what was public by the end of this day")
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    sources: dict[Key, SourceModel] = Field(default_factory=dict)
    analyses: dict[Key, Annotated[dict[str, Any], Field(min_length=1, max_length=1)]] = Field(
        default_factory=dict, description="step name: {verb: request}"
    )
    claims: dict[Key, ClaimModel] = Field(default_factory=dict)


if set(Asserted.model_fields) != set(ASSERTED_KEYS):  # the two lists are one vocabulary
    raise RuntimeError(f"asserted keys differ: {set(Asserted.model_fields) ^ set(ASSERTED_KEYS)}")
