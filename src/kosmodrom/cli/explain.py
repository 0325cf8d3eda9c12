"""The chain behind a verdict or a fact, from the results document alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kosmodrom import messages
from kosmodrom.analyses._registry import analysis, near
from kosmodrom.assess.grades import LIKELIHOODS
from kosmodrom.cases.step import meaning_of
from kosmodrom.cli.result import amount, ends
from kosmodrom.cli.verdicts import STYLES, says, standing
from kosmodrom.errors import UnknownNameError

if TYPE_CHECKING:
    from kosmodrom.cli.page import Page

__all__ = ["explain", "part_of"]

_LABEL = 14  # width of the words before a paragraph


def explain(document: Mapping[str, Any], name: str, page: Page) -> None:
    """Show how a verdict or a fact came about.

    Parameters
    ----------
    document : Mapping
        The results document.
    name : str
        A claim by its key or number, or a fact as STEP.FACT.
    page : Page
        Where.
    """
    part = part_of(document, name)
    if "says" in part:
        _claim(document, part, page)
    else:
        step, _, fact = name.partition(".")
        _fact(document, step, fact, page)


def part_of(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Find what is to be explained.

    Parameters
    ----------
    document : Mapping
        The results document.
    name : str
        A claim by its key or number, or a fact as STEP.FACT.

    Returns
    -------
    Mapping
        The claim's entry, or the object of the fact's step.
    """
    for claim in document["claims"]:
        if name in {claim["id"], str(claim["n"])}:
            return claim  # type: ignore[no-any-return] # an entry of a JSON document
    step, _, fact = name.partition(".")
    if step in document["awaited_steps"]:
        return {"analysis": document["awaited_steps"][step], "state": "awaited"}
    if step in document["failed_steps"]:
        return {**document["failed_steps"][step], "state": "failed"}
    result = document["steps"].get(step)
    if result is None or not fact:
        raise _unknown(document, name)
    if fact not in result["facts"]:
        alike = near(fact, list(result["facts"]))
        hint = f"did you mean {step}.{alike[0]}?" if alike else (
            f"it gave {', '.join(result['facts'])}"
        )  # fmt: skip
        raise UnknownNameError(f"step {step!r} gave no fact {fact!r}; {hint}", alike)
    return result  # type: ignore[no-any-return] # an entry of a JSON document


def _unknown(document: Mapping[str, Any], name: str) -> UnknownNameError:
    facts = [f"{step}.{fact}" for step, result in document["steps"].items()
             for fact in result["facts"]]  # fmt: skip
    known = [claim["id"] for claim in document["claims"]] + facts
    alike = near(name, known)
    hint = f"did you mean {' or '.join(alike)}?" if alike else (
        "give the key or the number of a claim, or STEP.FACT; 'kosmodrom run' shows them"
    )  # fmt: skip
    return UnknownNameError(f"no claim or fact is called {name!r} in this case; {hint}", alike)


def _label(page: Page, code: str, text: str, style: str | None = None) -> None:
    page.bullet(text, page.word(code).ljust(_LABEL), 2, style or "dim")


def _claim(document: Mapping[str, Any], claim: Mapping[str, Any], page: Page) -> None:
    lang = page.lang
    number = "" if claim["n"] is None else f"{claim['n']} "
    page.line(f"{number}{claim['id']}: {says(claim, lang)}", "bold")
    source = document["sources"][claim["source"]]
    about = ", ".join(filter(None, (source["published"], source["grade"])))
    name = _name(source, lang)
    who = f"{name} ({about})" if about else name
    manner = (messages.label(f"report_{part}_{claim[part]}", lang)
              for part in ("kind", "attribution", "modality"))  # fmt: skip
    _label(page, "why_said", f"{who}; {', '.join(manner)}")
    if claim["published_later"]:
        page.bullet(page.word("why_published_later"), "!", 2, "yellow")
    written = ", ".join(f"{key}: {_plain(value)}" for key, value in claim["asserted"].items())
    _label(page, "asserted", written or "–")
    _label(page, "why_refuted_if", _rule(claim["refuted_if"], lang))
    for premise in claim["premises"]:
        verdict = messages.label(premise["verdict"] or "awaits", lang)
        code = "why_premise_fallen" if premise["fallen"] else "why_premise"
        _label(page, "why_rests_on", page.word(code, claim=premise["id"], verdict=verdict))
    page.line()
    page.line(page.word("why_evidence"), "bold")
    if not claim["evidence"]:
        page.line(page.word("why_none"), indent=2)
    for index, entry in enumerate(claim["evidence"], start=1):
        _evidence(document, entry, f"{index}", page)
    if claim["hindsight"]:
        page.line(page.word("why_hindsight", day=document["as_of"]), "bold")
        for entry in claim["hindsight"]:
            _evidence(document, entry, "-", page, later=True)
    page.line()
    _judgement(claim, page)


def _name(source: Mapping[str, Any], lang: str) -> str:
    """Give the name of a source, which may have one in each language."""
    name = source["name"]
    if isinstance(name, Mapping):
        name = name.get(lang) or name.get("en") or next(iter(name.values()), "")
    return str(name)


def _plain(value: Any) -> str:
    """Write a value as a case would have it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_plain(item)}" for key, item in value.items()) + "}"
    return ", ".join(map(_plain, value)) if isinstance(value, (list, tuple)) else str(value)


def _rule(rule: Mapping[str, Any] | None, lang: str) -> str:
    if not rule:
        return messages.text("report_refuted_never", lang=lang)
    outside = rule.get("outside")
    if outside is None:
        return messages.text("report_refuted_asserted", lang=lang)
    if outside == "range":
        return messages.text("report_refuted_range", lang=lang)
    return messages.text("report_refuted_percent", {"percent": outside}, lang)


def _evidence(
    document: Mapping[str, Any],
    entry: Mapping[str, Any],
    mark: str,
    page: Page,
    *,
    later: bool = False,
) -> None:
    lang = page.lang
    if later:
        weight = str(entry["known_from"] or "")
    else:
        bearing = messages.label(f"report_bearing_{entry['bearing']}", lang)
        why = messages.label(entry["not_counted"] or "", lang)
        counted = page.word("why_counted") if entry["counted"] else page.word("why_not_counted")
        weight = ", ".join(filter(None, (bearing, counted if entry["bearing"] in {
            "for", "against", "open"} else "", why)))  # fmt: skip
    name = entry["fact"] or entry["source"]
    page.bullet(f"{weight}: {name}{_finding(entry, page)}", mark, 2)
    under, rule = entry["under_says"] or {}, entry["holds_if"]
    label = under.get(page.lang, entry["under"])
    about = [str(part) for part in (
        f"{page.word('why_grade')} {entry['grade']}" if entry["grade"] else None,
        f"{page.word('why_voice')} {entry['group']}" if entry["group"] else None,
        f"{page.word('why_public')} {entry['known_from']}" if entry["known_from"] else None,
        f"{page.word('why_under')} {label}" if label else None,
        f"{page.word('why_holds_if')} {_limits(rule, lang)}" if rule else None,
    ) if part]  # fmt: skip
    if about:
        page.line("; ".join(about), "dim", indent=6)
    if entry["source"]:
        source = document["sources"][entry["source"]]
        page.line(": ".join(filter(None, (_name(source, lang), source["url"]))), "dim", indent=6)
    elif entry["fact"]:
        _step(document, str(entry["fact"]).partition(".")[0], page, indent=6)


def _limits(rule: Mapping[str, Any], lang: str) -> str:
    """Write between which numbers a fact speaks for a claim."""
    written = {end: amount(rule[end], rule["unit"], lang) for end in ("low", "high")
               if rule[end] is not None}  # fmt: skip
    return ends({"low": None, "high": None, **written}, lang)


def _finding(entry: Mapping[str, Any], page: Page) -> str:
    """Write what a piece of evidence says."""
    lang = page.lang
    parts: list[str] = []
    if entry["date"]:
        than = f" {page.word('why_than')} {entry['than']}" if entry["than"] else ""
        parts.append(f"{entry['date']}{than}")
    if entry["value"] is not None and not (entry["kind"] == "cites" and entry["date"]):
        parts.append(amount(entry["value"], entry["unit"], lang))
    span = ends(entry, lang)
    if span and not entry["date"]:
        if not parts and None not in (entry["low"], entry["high"]):
            low, high = (amount(entry[end], entry["unit"], lang) for end in ("low", "high"))
            low = messages.shared_unit(low, high)
            span = messages.text("cli_span", {"low": low, "high": high}, lang)
        parts.append(f"({span})" if parts else span)
    number = f" = {' '.join(parts)}" if parts else ""
    text = entry["text"]
    if isinstance(text, Mapping):
        text = text.get(lang) or next(iter(text.values()), "")
    return f"{number}; {text}" if text else number


def _step(document: Mapping[str, Any], step: str, page: Page, indent: int = 2) -> None:
    """Say what was asked, and on which rows the answer rests."""
    if step in document["awaited_steps"]:
        page.line(page.word("why_step_awaited", step=step, verb=document["awaited_steps"][step]),
                  "dim", indent)  # fmt: skip
        return
    if step in document["failed_steps"]:
        failure = document["failed_steps"][step]
        page.line(page.word("step_failed", step=step, verb=failure["analysis"],
                            why=failure["error"]), "red", indent)  # fmt: skip
        return
    result = document["steps"][step]
    asked = ", ".join(f"{key}: {_plain(value)}" for key, value in result["request"].items())
    page.line(page.word("why_step", step=step, verb=result["analysis"], request=asked),
              "dim", indent)  # fmt: skip
    for data in result["provenance"]["datasets"]:
        until = f", {page.word('until', day=data['until'])}" if data["until"] else ""
        rows = page.word("rows", count=data["rows"])
        line = f"{data['name']}, {rows}{until}, sha256 {data['sha256'][:12]}"
        page.bullet(line, "=", indent, "dim")


def _judgement(claim: Mapping[str, Any], page: Page) -> None:
    lang = page.lang
    word = standing(claim)
    page.bullet(messages.label(word, lang), page.word("verdict").ljust(_LABEL), 0,
                STYLES.get(word))  # fmt: skip
    for reason in claim["reasons"]:
        _label(page, "why_because", reason["text"])
    if claim["status"] == "done":
        spans = {name: (low, high) for name, low, high in LIKELIHOODS}
        if claim["likelihood"] in spans:
            low, high = spans[claim["likelihood"]]
            said = messages.label(claim["likelihood"], lang)
            values = {"likelihood": said, "low": low, "high": high}
            page.line(messages.text("likelihood_sentence", values, lang), indent=2)
        else:
            page.line(messages.text("no_likelihood_sentence", lang=lang), indent=2)
        if claim["confidence"]:
            said = messages.label(claim["confidence"], lang)
            page.line(messages.text("confidence_sentence", {"confidence": said}, lang), indent=2)
    if claim["difference"]:
        gap = claim["difference"]
        gaps = [amount(gap["value"], gap["unit"], lang)]
        if gap["percent"] is not None:
            gaps.append(amount(gap["percent"], "%", lang))
        _label(page, "why_difference", ", ".join(gaps))
    for reason in claim["would_change"]:
        _label(page, "why_would_change", reason["text"])
    for flip in claim["flips"]:
        found = flip["computed"]
        value = amount(found["value"], found["unit"], lang)
        words = {"definition": messages.label(flip["definition"], lang), "value": value,
                 "verdict": messages.label(flip["verdict"], lang)}  # fmt: skip
        _label(page, "why_flip", page.word("why_flip_line", **words))
    if claim["note"]:
        texts = claim["note"]
        _label(page, "why_note", texts.get(lang) or next(iter(texts.values()), ""))


def _fact(document: Mapping[str, Any], step: str, name: str, page: Page) -> None:
    if step not in document["steps"]:
        page.line(f"{step}.{name}", "bold")
        _step(document, step, page)
        _used_by(document, f"{step}.{name}", page)
        return
    result = document["steps"][step]
    lang = page.lang
    fact = result["facts"][name]
    meaning = meaning_of(analysis(result["analysis"]), name, lang)
    page.line(f"{step}.{name}: {meaning}", "bold")
    span = ends(fact, lang)
    value = amount(fact["value"], fact["unit"], lang)
    if name in messages.WORD_COLUMNS and isinstance(fact["value"], str):
        value = messages.fixed(fact["value"], "cell", lang)
    _label(page, "value", f"{value} ({span})" if span else value)
    for label, facts in result["alternatives"].items():
        if name in facts:
            other = facts[name]
            said = amount(other["value"], other["unit"], lang)
            _label(page, "why_flip", f"{messages.label(label, lang)}: {said}")
    for kind, code in (("accuracy", "why_accuracy"), ("warnings", "why_warning")):
        for note in result[kind]:
            _label(page, code, note["text"])
    _step(document, step, page)
    _used_by(document, f"{step}.{name}", page)


def _used_by(document: Mapping[str, Any], fact: str, page: Page) -> None:
    users = [claim for claim in document["claims"]
             if any(entry["fact"] == fact for entry in claim["evidence"])]  # fmt: skip
    page.line()
    page.line(page.word("why_used_by" if users else "why_unused"), "bold")
    for claim in users:
        verdict = messages.label(standing(claim), page.lang)
        page.bullet(f"{claim['id']}: {says(claim, page.lang)} ({verdict})", "-", 2)
