"""Numbers and quantities in the manner of a language."""

from kosmodrom.errors import InputError

__all__ = ["LANGUAGES", "number", "quantity"]

LANGUAGES = ("en", "id")

_MARKS = {"en": (",", "."), "id": (".", ",")}  # (between groups of three, decimal)
_THIN = "\N{NARROW NO-BREAK SPACE}"

# Words for units that are not symbols; symbols are the same in both languages.
_UNIT_WORDS = {
    "en": {"year": "years", "day": "days", "hour": "hours", "month": "months", "week": "weeks",
           "launch": "launches", "test": "tests", "occasion": "occasions", "round": "rounds",
           "attempt": "attempts", "event": "events", "meeting": "meetings", "minute": "minutes",
           "satellite": "satellites", "piece": "pieces", "time": "times", "site": "sites"},
    "id": {"year": "tahun", "day": "hari", "hour": "jam", "month": "bulan", "week": "minggu",
           "launch": "peluncuran", "test": "uji coba", "occasion": "kali", "round": "butir",
           "attempt": "percobaan", "event": "peristiwa", "meeting": "pertemuan",
           "minute": "menit", "satellite": "satelit", "piece": "benda", "time": "kali",
           "site": "lokasi"},
}  # fmt: skip


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
    """
    written = number(value, lang, decimals)
    if unit in {"", "1"}:
        return written
    if unit == "%":
        return f"{written}%" if lang == "en" else f"{written}{_THIN}%"
    head, slash, per = unit.partition("/")
    word = head if value == 1 and lang == "en" else _UNIT_WORDS[lang].get(head, head)
    below = per if lang == "en" else _UNIT_WORDS[lang].get(per, per)
    return f"{written}{_THIN}{word}{slash}{below}"
