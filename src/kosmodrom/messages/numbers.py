"""Numbers and quantities in the manner of a language."""

import re
from collections.abc import Sequence

from kosmodrom.errors import InputError

__all__ = ["LANGUAGES", "amount", "intervals", "number", "quantity", "shared_unit", "written"]

LANGUAGES = ("en", "id")

_MARKS = {"en": (",", "."), "id": (".", ",")}  # (between groups of three, decimal)
_THIN = "\N{NARROW NO-BREAK SPACE}"

# Words for units that are not symbols; symbols are the same in both languages.
_UNIT_WORDS = {
    "en": {"year": "years", "day": "days", "hour": "hours", "month": "months", "week": "weeks",
           "launch": "launches", "test": "tests", "occasion": "occasions", "round": "rounds",
           "attempt": "attempts", "event": "events", "meeting": "meetings", "minute": "minutes",
           "satellite": "satellites", "piece": "pieces", "time": "times", "site": "sites",
           "missile": "missiles", "orbit": "orbits", "pass": "passes", "person": "persons",
           "vehicle": "vehicles", "image": "images", "statement": "statements",
           "success": "successes", "failure": "failures", "mile": "miles"},
    "id": {"year": "tahun", "day": "hari", "hour": "jam", "month": "bulan", "week": "minggu",
           "launch": "peluncuran", "test": "uji coba", "occasion": "kali", "round": "butir",
           "attempt": "percobaan", "event": "peristiwa", "meeting": "pertemuan",
           "minute": "menit", "satellite": "satelit", "piece": "benda", "time": "kali",
           "site": "lokasi", "missile": "rudal", "orbit": "orbit", "pass": "lintasan",
           "person": "orang", "vehicle": "roket", "image": "citra", "statement": "pernyataan",
           "success": "keberhasilan", "failure": "kegagalan", "mile": "mil"},
}  # fmt: skip
_ONE_OF = {many: one for one, many in _UNIT_WORDS["en"].items()}
_LARGE = {
    "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
    "id": ((1e12, "triliun"), (1e9, "miliar"), (1e6, "juta")),
}
_AMOUNT = re.compile(r"^\s*([-+−]?\d+(?:\.\d+)?(?:[eE][-+−]?\d+)?)\s*(\S.*)?$")
_AFTER_NUMBER = re.compile(r"^[-−+\d.,]+([^-−+\d.,].*)$")


def check_language(lang: str) -> str:
    """Refuse a language that has no texts.

    Parameters
    ----------
    lang : str
        Language code.

    Returns
    -------
    str
        The same code.
    """
    if lang not in LANGUAGES:
        raise InputError(f"language {lang!r} has no texts; choose one of {', '.join(LANGUAGES)}")
    return lang


def number(value: float, lang: str = "en", decimals: int | None = None) -> str:
    """Write a number.

    Parameters
    ----------
    value : float
        The number [-].
    lang : {"en", "id"}
        Language.
    decimals : int or None
        Digits after the mark [-]; None keeps what the number has, at most six.

    Returns
    -------
    str
        The number with groups of three from 10,000 on, a minus sign and a decimal mark.

    Examples
    --------
    >>> number(1010.6, "en"), number(1010.6, "id"), number(115e6, "id"), number(-0.5, "id")
    ('1010.6', '1010,6', '115.000.000', '−0,5')
    """
    group, mark = _MARKS[check_language(lang)]
    digits = f"{abs(value):.{6 if decimals is None else decimals}f}"
    whole, _, fraction = digits.partition(".")
    if decimals is None:
        fraction = fraction.rstrip("0")
    if len(whole) > 4:  # four digits read well without a mark: 1010 km, the year 2016
        whole = f"{int(whole):,}".replace(",", group)
    minus = "−" if value < 0 and (whole.strip("0") or fraction.strip("0")) else ""
    return f"{minus}{whole}{mark}{fraction}" if fraction else f"{minus}{whole}"


def quantity(value: float, unit: str, lang: str = "en", decimals: int | None = None) -> str:
    r"""Write a number with its unit.

    Parameters
    ----------
    value : float
        The number [in `unit`].
    unit : str
        Unit; "1" and "" write the number alone, "year" as a date's year is the caller's affair.
    lang : {"en", "id"}
        Language.
    decimals : int or None
        Digits after the mark [-]; None keeps what the number has.

    Returns
    -------
    str
        Number, narrow space and unit.

    Examples
    --------
    >>> quantity(1010.6, "km", "id"), quantity(5.32, "year", "id"), quantity(1, "year")
    ('1010,6\u202fkm', '5,32\u202ftahun', '1\u202fyear')
    >>> quantity(3, "1/day"), quantity(3, "1/day", "id")
    ('3\u202fper\u202fday', '3\u202fper\u202fhari')
    """
    written = number(value, lang, decimals)
    if unit in {"", "1"}:
        return written
    if unit == "%":
        return f"{written}%" if lang == "en" else f"{written}{_THIN}%"
    head, slash, per = (_ONE_OF.get(part, part) for part in unit.partition("/"))
    word = head if value == 1 and lang == "en" else _UNIT_WORDS[lang].get(head, head)
    below = per if lang == "en" else _UNIT_WORDS[lang].get(per, per)
    if unit.startswith("1/"):  # a count in a time
        return f"{written}{_THIN}per{_THIN}{below}"
    return f"{written}{_THIN}{word}{slash}{below}"


def amount(value: float, unit: str, lang: str = "en", *, share: bool = False) -> str:
    r"""Write a number with its unit as a reader would: great ones by their word.

    Parameters
    ----------
    value : float
        The number [in `unit`].
    unit : str
        Its unit.
    lang : {"en", "id"}
        Language.
    share : bool
        Whether a bare number is a part of one and reads better in percent.

    Returns
    -------
    str
        The quantity.

    Examples
    --------
    >>> amount(2e6, "round/year"), amount(2e6, "round/year", "id"), amount(0.5, "1", share=True)
    ('2 million rounds/year', '2 juta butir/tahun', '50%')
    """
    if share and unit in {"", "1"} and 0 <= value <= 1:
        value, unit = round(value * 100, 6), "%"
    for size, word in _LARGE[check_language(lang)]:
        if abs(value) >= size and (value / size * 1000).is_integer():
            unit_words = quantity(2, unit, lang)[1:]  # words of more than one
            unit_words = unit_words.replace(_THIN, " ")  # a line may break here
            return f"{number(value / size, lang)} {word}{unit_words}"
    return quantity(value, unit, lang)


def intervals(ends: Sequence[Sequence[float]], unit: str, lang: str = "en") -> str:
    """Write intervals with their unit.

    Parameters
    ----------
    ends : sequence of (float, float)
        Lower and upper end of each [unit].
    unit : str
        The unit.
    lang : {"en", "id"}
        Language.

    Returns
    -------
    str
        Like "41.2–41.6 deg, 42–43 deg".
    """
    return ", ".join(f"{number(low, lang)}–{amount(high, unit, lang)}" for low, high in ends)


def written(text: object, lang: str = "en", *, share: bool = False) -> str:
    """Write a quantity that a case gives as text in the manner of a language.

    Parameters
    ----------
    text : object
        Number and unit, like "1500 km" or "2e6 round/year".
    lang : {"en", "id"}
        Language.
    share : bool
        Whether a bare number is a part of one.

    Returns
    -------
    str
        The quantity; a text that is none passes as it is.
    """
    found = _AMOUNT.match(str(text))
    if found is None:
        return str(text)
    return amount(float(found[1].replace("−", "-")), found[2] or "1", lang, share=share)


def shared_unit(low: str, high: str) -> str:
    r"""Leave the unit away from the lower of two ends where the upper has the same.

    Parameters
    ----------
    low, high : str
        The ends, in words.

    Returns
    -------
    str
        The lower end.

    Examples
    --------
    >>> shared_unit("10 million rounds/year", "11 million rounds/year"), shared_unit("9 d", "2 h")
    ('10', '9 d')
    """
    units = [found[1] if (found := _AFTER_NUMBER.match(end)) else "" for end in (low, high)]
    return low.removesuffix(units[0]) if units[0] and units[0] == units[1] else low
