"""Numbers, dates and what was asserted, put into the words of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.dates import format_date

from kosmodrom import messages
from kosmodrom.assess.grades import LIKELIHOODS
from kosmodrom.base.dates import DateRange
from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Spoken", "Words", "day_span"]

_INSTANT = re.compile(r"^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|\+00:00)$")
_DATED = re.compile(r"^\d{4}-\d\d(?:-\d\d)?(?:/\d{4}-\d\d(?:-\d\d)?)?$")
_PATTERNS = {
    "day": "d MMMM y", "short": "d MMM y", "yearless": "d MMMM", "brief": "d MMM", "number": "d",
    "month": "MMMM y", "tick": "MMM y",
}  # fmt: skip


def day_span(text: Any) -> tuple[date, date] | None:
    """Read a day, month, year, range or instant as its first and last day.

    Parameters
    ----------
    text : object
        ISO text, or anything else.

    Returns
    -------
    tuple of datetime.date or None
        First and last day; None where it is no date.
    """
    if not isinstance(text, str) or not text:
        return None
    try:
        days = DateRange.covering(text)
    except InputError:
        return None
    return days.first, days.last


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that somebody else wrote, with the language they are in.

    Attributes
    ----------
    text : str
        The words.
    lang : str
        Their language.
    """

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that depends on the language of the report.

    Attributes
    ----------
    lang : {"en", "id"}
        The language.
    """

    lang: str

    def say(self, code: str, **params: Any) -> str:
        """Put a code into words.

        Parameters
        ----------
        code : str
            Key of a text.
        **params
            Values for it.

        Returns
        -------
        str
            The sentence.
        """
        return messages.text(code, params, self.lang)

    def note(self, note: Mapping[str, Any]) -> str:
        """Put a code of the document into words; the words it carries are not used.

        Parameters
        ----------
        note : Mapping
            ``{"code", "params"}``.

        Returns
        -------
        str
            The sentence.
        """
        params = {key: self._dated(value) for key, value in (note.get("params") or {}).items()}
        return messages.text(str(note["code"]), params, self.lang)

    def _dated(self, value: Any) -> Any:
        """Write what is a date as one; anything else passes."""
        dated = isinstance(value, str) and (_DATED.match(value) or _INSTANT.match(value))
        return self.day(value) if dated else value

    def language(self, lang: str) -> str:
        """Name a language in the language of the page.

        Parameters
        ----------
        lang : str
            Its code.

        Returns
        -------
        str
            Its name, or the code where none is known.
        """
        return str(Locale(self.lang).languages.get(lang.partition("-")[0], lang))

    def word(self, code: str) -> str:
        """Give the short word for a code, to begin a line with.

        Parameters
        ----------
        code : str
            A verdict, a likelihood, a reason.

        Returns
        -------
        str
            The word with a capital.
        """
        word = messages.label(code, self.lang)
        return word[:1].upper() + word[1:]

    def spoken(self, texts: Mapping[str, str] | str | None) -> Spoken:
        """Choose the words of somebody else in the language nearest to the report's.

        Parameters
        ----------
        texts : Mapping or str or None
            Texts by language.

        Returns
        -------
        Spoken
            In this language, else English, else whichever there is.
        """
        if not isinstance(texts, Mapping):
            return Spoken(str(texts or ""), "")
        for lang in (self.lang, "en", *texts):
            if texts.get(lang):
                return Spoken(str(texts[lang]), lang)
        return Spoken("", self.lang)

    def day(self, text: Any, *, short: bool = False) -> str:
        """Write a day, month, year, range or instant.

        Parameters
        ----------
        text : object
            ISO text; anything else passes as it is.
        short : bool
            Whether months are cut short.

        Returns
        -------
        str
            The date, as "13 September 2023".
        """
        if text is None or text == "":
            return self.say("report_unknown")
        if instant := _INSTANT.match(str(text)):
            clock = instant[2] if self.lang == "en" else instant[2].replace(":", ".")
            return self.say("report_instant", day=self.day(instant[1], short=short), clock=clock)
        span = day_span(text)
        if span is None:
            return str(text)
        days = DateRange(*span)
        if days.first == days.last:
            return self.plain_day(days.first, "short" if short else "day")
        if len(days.text) == 4:
            return days.text
        if len(days.text) == 7:
            return self.plain_day(days.first, "month")
        low, high = (self.plain_day(end, "short" if short else "day") for end in span)
        return self.say("report_span", low=low, high=high)

    def plain_day(self, day: date, form: str = "day") -> str:
        """Write one day.

        Parameters
        ----------
        day : datetime.date
            The day.
        form : {"day", "short", "yearless", "brief", "number", "month", "tick"}
            With the full month, with a short one, the same two without the year, the number of the
            day alone, or the month, full or short.

        Returns
        -------
        str
            The date.
        """
        return format_date(day, _PATTERNS[form], locale=self.lang)

    def amount(self, value: float, unit: str, *, share: bool = False) -> str:
        """Write a number with its unit.

        Parameters
        ----------
        value : float
            The number [in `unit`].
        unit : str
            Its unit.
        share : bool
            Whether a bare number is a part of one and reads better in percent.

        Returns
        -------
        str
            The quantity.
        """
        return messages.amount(value, unit, self.lang, share=share)

    def value(self, fact: Mapping[str, Any], *, share: bool = False, name: str = "") -> str:
        """Write a fact: a number, a date, a word, a yes or no.

        Parameters
        ----------
        fact : Mapping
            value, unit, low, high.
        share : bool
            Whether a bare number is a part of one.
        name : str
            Its name; some facts hold nothing but words that can be translated.

        Returns
        -------
        str
            The words, without the ends.
        """
        value, unit = fact.get("value"), str(fact.get("unit") or "")
        if value is None:
            return self.ends(fact, share=share) or self.say("report_unknown")
        if isinstance(value, bool):
            return messages.label("yes" if value else "no", self.lang)
        if isinstance(value, (int, float)):
            return self.amount(value, unit, share=share)
        if isinstance(value, list):
            return messages.intervals(value, unit, self.lang)
        worded = unit in {"date", "instant"} or name in messages.WORD_COLUMNS
        return self.cell(value, name) if worded else str(value)

    def ends(self, fact: Mapping[str, Any], *, share: bool = False) -> str:
        """Write the two ends of a fact.

        Parameters
        ----------
        fact : Mapping
            value, unit, low, high.
        share : bool
            Whether a bare number is a part of one.

        Returns
        -------
        str
            The ends, or nothing where there are none or where they say no more than the value.
        """
        low, high = fact.get("low"), fact.get("high")
        if (low is None and high is None) or (low == high == fact.get("value")):
            return ""
        unit = str(fact.get("unit") or "")
        for end, other, code in ((low, high, "at_least"), (high, low, "at_most")):
            if other is None and isinstance(end, (int, float)):  # open on one side
                amount = self.amount(end, unit, share=share)
                return self.say(code, low=amount, high=amount)
        if isinstance(low, (int, float)) and isinstance(high, (int, float)):
            return self.span(*(self.amount(end, unit, share=share) for end in (low, high)))
        return self.span(self.cell(low), self.cell(high))

    def span(self, low: str, high: str) -> str:
        """Write two ends; a unit that both have is written once.

        Parameters
        ----------
        low, high : str
            The ends, in words.

        Returns
        -------
        str
            Both.
        """
        low = messages.shared_unit(low, high)
        return self.say("report_span", low=low, high=high)

    def cell(self, value: Any, column: str = "") -> str:
        """Write one entry of a table.

        Parameters
        ----------
        value : object
            Anything a result may hold.
        column : str
            Name of its column; some hold nothing but words that can be translated.

        Returns
        -------
        str
            The words; whole numbers stay without marks, since they may be catalogue numbers.
        """
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return messages.label("yes" if value else "no", self.lang)
        if isinstance(value, int):
            return str(value).replace("-", "−")
        if isinstance(value, float):
            return messages.number(value, self.lang)
        if isinstance(value, Mapping):
            return "; ".join(f"{key}: {self.cell(item)}" for key, item in value.items())
        if isinstance(value, (list, tuple)):
            return ", ".join(self.cell(item) for item in value)
        text = str(value)
        if column in messages.WORD_COLUMNS:
            return messages.fixed(text, "cell", self.lang)
        if _DATED.match(text) or _INSTANT.match(text):
            return self.day(text, short=True)
        return text

    def likelihood(self, word: str | None) -> str:
        """Say how probable it is that a claim is true.

        Parameters
        ----------
        word : str or None
            Word of ICD 203.

        Returns
        -------
        str
            A sentence; nothing where there is no word.
        """
        spans = {name: (low, high) for name, low, high in LIKELIHOODS}
        if word not in spans:
            return ""
        low, high = spans[word]
        said = messages.label(word, self.lang)
        return self.say("likelihood_sentence", likelihood=said, low=low, high=high)

    def confidence(self, word: str | None) -> str:
        """Say how good the ground of a judgement is.

        Parameters
        ----------
        word : str or None
            "high", "moderate" or "low".

        Returns
        -------
        str
            A sentence; nothing where there is no word.
        """
        if not word:
            return ""
        return self.say("confidence_sentence", confidence=messages.label(word, self.lang))

    def grade(self, grade: str | None) -> str:
        """Spell out an Admiralty grade.

        Parameters
        ----------
        grade : str or None
            Like "B2".

        Returns
        -------
        str
            In words; nothing where there is no grade.
        """
        if not grade or not re.fullmatch("[A-F][1-6]", grade):
            return ""
        return self.say(
            "report_grade_words",
            source=self.say(f"report_grade_{grade[0]}"),
            information=self.say(f"report_grade_{grade[1]}"),
        )

    def written(self, text: Any, *, share: bool = False) -> str:
        """Write a quantity that a case gives as text, like "1500 km".

        Parameters
        ----------
        text : object
            Number and unit.
        share : bool
            Whether a bare number is a part of one.

        Returns
        -------
        str
            The quantity in this language; a text that is none passes as it is.
        """
        return messages.written(text, self.lang, share=share)

    def shortened(self, text: str, length: int = 76) -> str:
        """Cut a text at a word.

        Parameters
        ----------
        text : str
            The text.
        length : int
            Most characters to keep [-].

        Returns
        -------
        str
            The text, with an ellipsis where it was cut.
        """
        if len(text) <= length:
            return text
        return text[:length].rpartition(" ")[0].rstrip(" ,;:.–-") + "…"
