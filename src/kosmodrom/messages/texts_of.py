"""The sentences behind the codes."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from kosmodrom.errors import DataError, InputError
from kosmodrom.messages.numbers import check_language, number, quantity

__all__ = ["WORD_COLUMNS", "codes", "fixed", "happening", "has", "label", "text"]

#: Columns and facts of results that hold fixed words, or names that no fixed word is.
WORD_COLUMNS = frozenset(
    {
        "outcome",
        "end",
        "kind",
        "type_class",
        "direction",
        "could_have_seen",
        "then",
        "open",
        "reachable",
        "range_allows",
        "event",
        "part",
        "class",
        "hypothesis",
        "rests_on",
    }
)


@cache
def _texts(lang: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    folder = files("kosmodrom.messages") / "texts"
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if not entry.name.endswith(f".{check_language(lang)}.toml"):
            continue
        for code, sentence in tomllib.loads(entry.read_text("utf-8")).items():
            if code in texts:
                raise DataError(f"{entry.name}: text {code!r} stands in two files; keep one")
            texts[code] = sentence
    return texts


def codes(lang: str = "en") -> frozenset[str]:
    """List every code that has a text.

    Parameters
    ----------
    lang : {"en", "id"}
        Language.

    Returns
    -------
    frozenset of str
        The codes.
    """
    return frozenset(_texts(lang))


def has(code: str, lang: str = "en") -> bool:
    """Tell whether a code has a text.

    Parameters
    ----------
    code : str
        The code.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    bool
        Whether it has one.
    """
    return code in _texts(lang)


def _written(value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return label("yes" if value else "no", lang)
    if isinstance(value, (int, float)):
        return number(value, lang)
    if isinstance(value, (list, tuple)) and len(value) == 2 and isinstance(value[0], (int, float)):
        return quantity(value[0], str(value[1]), lang)
    if isinstance(value, (list, tuple)):
        written = [_written(item, lang) for item in value]
        return ("; " if any("," in item for item in written) else ", ").join(written)
    if isinstance(value, Mapping) and "code" in value:
        return text(str(value["code"]), value, lang)
    if isinstance(value, Mapping):  # a text in several languages
        return str(value.get(lang) or next(iter(value.values()), ""))
    return str(value)


def text(code: str, params: Mapping[str, Any] | None = None, lang: str = "en") -> str:
    r"""Put a code into words.

    Parameters
    ----------
    code : str
        Key of the text.
    params : Mapping or None
        Values for the places in it: words, numbers, [number, unit], texts by language, or
        ``{"code": CODE, ...}``, which is itself put into words.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        The sentence.

    Examples
    --------
    >>> text("asserted_about", {"value": [1500, "km"]}, "id")
    'sekitar 1500\u202fkm'
    """
    try:
        sentence = _texts(lang)[code]
    except KeyError:
        raise InputError(f"no text for code {code!r} in language {lang!r}") from None
    given = dict(params or {})
    words: dict[str, str] = {}
    for _, place, _, _ in Formatter().parse(sentence):
        if place is None:
            continue
        if place not in given:
            raise InputError(f"text {code!r} needs a value for {{{place}}}")
        words[place] = _written(given[place], lang)
    return "".join(
        literal + (words[place] if place is not None else "")
        for literal, place, _, _ in Formatter().parse(sentence)
    )


def label(code: str, lang: str = "en") -> str:
    """Give the short word for a code, or the code itself where it has none.

    Parameters
    ----------
    code : str
        The code, such as a verdict.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        The word.
    """
    return _texts(lang).get(code, code)


@cache
def _codes_of(kind: str) -> dict[str, str]:
    return {
        sentence: code for code, sentence in _texts("en").items() if code.startswith(f"{kind}_")
    }


def fixed(words: str, kind: str, lang: str = "en") -> str:
    """Give the words of a language for words that always stand alike in English.

    Parameters
    ----------
    words : str
        As a table has them.
    kind : {"cell", "scope", "terms", "origin"}
        Where they stand: the beginning of their code.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        The words; those that have no code pass as they are, part by part where a semicolon
        parts them.

    Examples
    --------
    >>> fixed("success", "cell", "id"), fixed("Soyuz-2.1b", "cell", "id")
    ('berhasil', 'Soyuz-2.1b')
    """
    known = _codes_of(kind)
    parts = [words] if words in known else words.split("; ")
    return "; ".join(label(known[part], lang) if part in known else part for part in parts)


def happening(event: str, part: str, lang: str = "en") -> str:
    """Say what happens in a flight, and to which part.

    Parameters
    ----------
    event : str
        What happens, like "separation".
    part : str
        To which part; empty where to the whole.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        The part is left away where the event names it.

    Examples
    --------
    >>> happening("separation", "Core block A"), happening("fairing-separation", "fairing", "id")
    ('separation, Core block A', 'pelepasan selubung')
    """
    said, whose = fixed(event, "cell", lang), fixed(part, "cell", lang)
    return f"{said}, {whose}" if whose and whose not in said else said
