"""A named number with its unit and its two ends."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Fact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One named answer of an analysis, which a claim may cite.

    Attributes
    ----------
    value : float or int or str or bool or tuple or None
        The answer: a number [in `unit`], an ISO date or instant, a word, a yes or no, or several
        intervals, lower and upper ends [in `unit`], which no claim can cite; None where it is
        unknown.
    unit : str
        Unit of a number ("km", "1" for none), or "date", "instant", "text", "bool".
    low, high : float or int or str or None
        The ends between which the answer lies [in `unit`]. Both are None where the value is all
        that is said. Where one alone is None the answer is open on that side: value 69, low 69
        and no high say at least 69.
    ends : {"uncertainty", "definitions"}
        What the ends are: the error of one number, or the numbers under different definitions.
    known_from : str or None
        ISO day from which all rows behind the answer were public; None where that is not known.
    """

    value: float | int | str | bool | tuple[tuple[float, float], ...] | None
    unit: str
    low: float | int | str | None = None
    high: float | int | str | None = None
    ends: Literal["uncertainty", "definitions"] = "uncertainty"
    known_from: str | None = None
