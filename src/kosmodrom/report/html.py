"""One self-contained HTML page from the results of a case."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from markupsafe import Markup

from kosmodrom.assess.grades import LIKELIHOODS
from kosmodrom.errors import InputError
from kosmodrom.messages import LANGUAGES
from kosmodrom.report.anchors import Anchors, clean
from kosmodrom.report.claims import STANDINGS, cards
from kosmodrom.report.maps import maps, maps_left_out
from kosmodrom.report.outlines import Outlines, catalog_outlines
from kosmodrom.report.steps import data, sources, steps
from kosmodrom.report.summary import summary
from kosmodrom.report.templating import environment, style
from kosmodrom.report.timeline import timeline
from kosmodrom.report.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["render_report"]

FORMAT = 1
_LETTERS, _DIGITS = "ABCDEF", "123456"


def render_report(
    document: Mapping[str, Any],
    lang: str,
    *,
    other_languages: Mapping[str, str] | None = None,
    outlines: Outlines | None = None,
) -> str:
    """Write the report of a finished case.

    Every text of a stranger is escaped, addresses become links only where they are http or
    https, and the page forbids itself scripts and anything from the network.

    Parameters
    ----------
    document : Mapping
        The results document; its codes are put into words, its own words for them are not used.
    lang : {"en", "id"}
        Language of the report.
    other_languages : Mapping of str to str or None
        File names of the same report in other languages, by language.
    outlines : Outlines or None
        Land to draw on; None takes that of the catalog.

    Returns
    -------
    str
        The page.
    """
    if lang not in LANGUAGES:
        raise InputError(f"language {lang!r} has no texts; choose one of {', '.join(LANGUAGES)}")
    if document.get("kosmodrom") != FORMAT:
        raise InputError(
            f"the results are of format {document.get('kosmodrom')!r}; this version reads "
            f"{FORMAT}: run the case again"
        )
    words = Words(lang)
    page = environment().get_template("report.html.j2")
    sheets = style("style.css", "figures.css")
    return page.render(
        lang=lang,
        t=words.say,
        word=words.word,
        others=_others(other_languages or {}, lang),
        style=Markup(sheets),  # noqa: S704 -- the package's own files
        style_hash=_hash(sheets),
        **_content(clean(document), words, outlines or catalog_outlines()),
    )


def _content(results: Mapping[str, Any], words: Words, outlines: Outlines) -> dict[str, Any]:
    anchors = Anchors(results)
    shown = cards(results, words, anchors)
    drawn = maps(results, outlines, words, anchors)
    return {
        "title": words.spoken(results["title"]),
        "case": str(results["case"]),
        "version": str(results["version"]),
        "as_of": words.day(results["as_of"]) if results["as_of"] else "",
        "as_of_iso": results["as_of"] or "",
        "cards": shown,
        "summary": summary(results, shown, words),
        "hindsight": [card for card in shown if card["hindsight"]],
        "maps": drawn,
        "maps_left_out": maps_left_out(results),
        "timeline": timeline(results, words, anchors),
        "steps": steps(results, words, outlines, anchors, drawn),
        "sources": sources(results, words, anchors),
        "data": data(results, words),
        "notes": [words.note(note) for note in results["notes"]],
        "known_from_unknown": results["known_from_unknown"],
        "legend": _legend(shown, words),
    }


def _others(other_languages: Mapping[str, str], lang: str) -> list[dict[str, str]]:
    return [
        {"lang": other, "href": quote(file), "name": Words(other).say("report_language_name")}
        for other, file in other_languages.items()
        if other != lang and other in LANGUAGES
    ]


def _legend(shown: list[dict[str, Any]], words: Words) -> dict[str, Any]:
    present = {card["standing"] for card in shown}
    return {
        "verdicts": [
            {"standing": name, "meaning": words.say(f"report_meaning_{name}")}
            for name in STANDINGS
            if name != "failed" or name in present
        ],
        "likelihoods": [
            {
                "word": words.word(name),
                "span": words.say("report_percent_span", low=str(low), high=str(high)),
            }
            for name, low, high in LIKELIHOODS
        ],
        "confidences": [
            {"word": words.word(name), "meaning": words.say(f"report_confidence_{name}")}
            for name in ("high", "moderate", "low")
        ],
        "letters": [
            {"mark": mark, "word": words.say(f"report_grade_{mark}")} for mark in _LETTERS
        ],
        "digits": [{"mark": mark, "word": words.say(f"report_grade_{mark}")} for mark in _DIGITS],
    }


def _hash(style: str) -> str:
    digest = hashlib.sha256(style.encode()).digest()
    return base64.b64encode(digest).decode("ascii")
