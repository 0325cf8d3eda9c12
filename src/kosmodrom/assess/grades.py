"""Admiralty grades, and the words of ICD 203 for likelihood and confidence.

References
----------
NATO AJP-2.1, Annex: source reliability A-F, credibility of information 1-6.
Office of the Director of National Intelligence (2015), Intelligence Community Directive 203,
*Analytic Standards*, paragraph D.6.e(2)(a): seven ranges of likelihood.
"""

import re
from dataclasses import dataclass

from kosmodrom.errors import InputError

__all__ = ["COMPUTED_STRENGTH", "LIKELIHOODS", "Grade", "likelihood_word"]

_GRADE = re.compile(r"^([A-F])([1-6])$")

#: Strength of a computed fact: one step above the best cited grade, since anyone can repeat it.
COMPUTED_STRENGTH = 11

#: ICD 203: word, lower and upper end of the probability [%].
LIKELIHOODS = (
    ("almost_no_chance", 1, 5),
    ("very_unlikely", 5, 20),
    ("unlikely", 20, 45),
    ("roughly_even", 45, 55),
    ("likely", 55, 80),
    ("very_likely", 80, 95),
    ("almost_certain", 95, 99),
)


@dataclass(frozen=True, slots=True)
class Grade:
    """A source and what it says, graded apart.

    Attributes
    ----------
    source : str
        Reliability of the source, A (completely reliable) to F (cannot be judged).
    information : int
        Credibility of the information, 1 (confirmed) to 6 (cannot be judged) [-].
    """

    source: str
    information: int

    @classmethod
    def parse(cls, text: str) -> "Grade":
        """Read a grade.

        Parameters
        ----------
        text : str
            Like "B2".

        Returns
        -------
        Grade
            The grade.
        """
        match = _GRADE.match(text)
        if match is None:
            raise InputError(
                f"{text!r} is not an Admiralty grade; write a letter A-F and a digit 1-6, like B2"
            )
        return cls(match[1], int(match[2]))

    @property
    def text(self) -> str:
        """Write the grade.

        Returns
        -------
        str
            Like "B2".
        """
        return f"{self.source}{self.information}"

    @property
    def strength(self) -> int:
        """Weigh the grade.

        Returns
        -------
        int
            10 for A1 down to 0 for F6 [-].
        """
        return 5 - "ABCDEF".index(self.source) + 6 - self.information


def likelihood_word(probability: float) -> str:
    """Choose the ICD 203 word for a probability.

    Parameters
    ----------
    probability : float
        Between 0 and 1 [-].

    Returns
    -------
    str
        Code of the word.

    Examples
    --------
    >>> likelihood_word(0.97), likelihood_word(0.5)
    ('almost_certain', 'roughly_even')
    """
    if not 0 <= probability <= 1:
        raise InputError(f"probability {probability:g} is outside 0..1")
    for word, _, high in LIKELIHOODS:
        if round(probability * 100, 6) <= high:  # 0.55 * 100 is 55.00000000000001
            return word
    return LIKELIHOODS[-1][0]
