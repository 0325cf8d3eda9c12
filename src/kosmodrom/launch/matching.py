"""Which of many launches or objects it was: odds of their planes put together.

Objects of one launch share its international designator, so a whole launch is weighed and not each
piece of it. Of the launches that an object may be from exactly one is right, or none of them.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "NONE_OF_THEM",
    "alone",
    "counted_back",
    "day_odds",
    "expected_day",
    "grouped",
    "shares",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: How probable it is beforehand that what is sought is not in the list at all: a judgement.
NONE_OF_THEM: Final = 0.1
# When the nth launch of a year was, from how many the year before had: launches of 2010 to 2025
# came with this spread about the day of even pace [d, of the days since New Year].
_DAY_ERROR = (6.0, 0.14)
_YEAR = 365.25
_HABIT_WIDTH = np.radians(0.7)  # over which an inclination is taken for the same [rad]
_HABIT_STEP = np.radians(0.05)  # to which inclinations are looked up [rad]
_HABIT_OPEN = 3.0  # launches' worth of doubt in the habits of a site [-]
_NEWEST_AGE, _NEWEST_ERROR = 2.0, 3.0  # of the first set of the newest launch of a list [d]
_PACE_ERROR = 0.2  # of the launches of a year, by those of the year before [-]


def expected_day(number: Floats, yearly: float) -> tuple[Floats, Floats]:
    """Say when in the year a launch of a number was.

    Parameters
    ----------
    number : numpy.ndarray, shape (n,)
        Number of the launch in its year [-].
    yearly : float
        Launches of the year before [-].

    Returns
    -------
    day, error : numpy.ndarray, shape (n,)
        Day of the year by even pace, and its standard deviation [d].
    """
    day = np.asarray(number, np.float64) * _YEAR / max(yearly, 1.0)
    return day, _DAY_ERROR[0] + _DAY_ERROR[1] * day


def counted_back(
    number: Floats, yearly: float, newest: float, newest_day: float
) -> tuple[Floats, Floats]:
    """Say when a launch was, counted back from the newest of a list.

    Parameters
    ----------
    number : numpy.ndarray, shape (n,)
        Number of the launch in its year [-].
    yearly : float
        Launches of the year before [-].
    newest, newest_day : float
        Highest number of the list [-], and day of the year of its first element set [d].

    Returns
    -------
    day, error : numpy.ndarray, shape (n,)
        Day of the year, and its standard deviation: launches come at random, at a pace that is
        known to a fifth [d].
    """
    pace = max(yearly, 1.0) / _YEAR
    gap = np.maximum(newest - np.asarray(number, np.float64), 0.0)
    error = np.sqrt(_NEWEST_ERROR**2 + gap / pace**2 + (_PACE_ERROR * gap / pace) ** 2)
    return newest_day - _NEWEST_AGE - gap / pace, error


def day_odds(
    number: Floats, yearly: float, day: float, newest: tuple[float, float] | None = None
) -> Floats:
    """Say how much better a launch number fits a day than any number of that year would.

    Parameters
    ----------
    number : numpy.ndarray, shape (n,)
        Number of the launch in its year; NaN where there is none [-].
    yearly : float
        Launches of the year before [-].
    day : float
        Day of the year of the lift-off [d].
    newest : (float, float) or None
        Highest number of the list [-], and day of the year of its first element set [d]. A list
        may be old sets of some objects, so counting back from it is believed by half.

    Returns
    -------
    numpy.ndarray, shape (n,)
        Odds; 1 where there is no number [-].
    """
    ways = [expected_day(number, yearly)]
    if newest is not None:
        ways.append(counted_back(number, yearly, *newest))
    density = sum(
        np.exp(-0.5 * ((day - expected) / error) ** 2) / (error * np.sqrt(2 * np.pi))
        for expected, error in ways
    )
    return np.where(np.isnan(number), 1.0, density / len(ways) * _YEAR + 1e-3)


def habit_odds(inclination: Floats, own: Floats, every: Floats) -> Floats:
    """Say how much better inclinations fit a site than launches from anywhere, by past launches.

    Parameters
    ----------
    inclination : numpy.ndarray, shape (n,)
        Inclinations [rad].
    own, every : numpy.ndarray, shape (k,), (m,)
        Inclinations of past launches from the site, and from all sites [rad].

    Returns
    -------
    numpy.ndarray, shape (n,)
        Odds; 1 where there are no past launches [-].
    """
    if not len(every):
        return np.ones(len(inclination))
    steps, place = np.unique(np.rint(inclination / _HABIT_STEP), return_inverse=True)
    at = steps * _HABIT_STEP
    flat = 1.0 / np.pi  # a little of every inclination is left open, from everywhere
    world = (_kernel_sum(at, every) + _HABIT_OPEN * flat) / (len(every) + _HABIT_OPEN)
    # A site does as all the world does, until it has shown otherwise.
    mine = (_kernel_sum(at, own) + _HABIT_OPEN * world) / (len(own) + _HABIT_OPEN)
    return np.asarray((mine / world)[place])


def _kernel_sum(at: Floats, past: Floats) -> Floats:
    off = (at[:, np.newaxis] - past) / _HABIT_WIDTH
    return np.asarray(np.exp(-0.5 * off**2).sum(axis=1) / (_HABIT_WIDTH * np.sqrt(2 * np.pi)))


def grouped(odds: Floats, group: Ints, count: int) -> Floats:
    """Give the odds of groups: the middle one of their members.

    Parameters
    ----------
    odds : numpy.ndarray, shape (n,)
        Of members [-].
    group : numpy.ndarray of int64, shape (n,)
        To which group each belongs, 0 to `count` - 1 [-].
    count : int
        How many groups there are [-].

    Returns
    -------
    numpy.ndarray, shape (count,)
        Odds. Members fly in one plane, so they are no independent witnesses: their odds are not
        multiplied. The geometric middle is not moved by a piece that has drifted away [-].
    """
    order = np.lexsort((odds, group))
    first = np.searchsorted(group[order], np.arange(count))
    size = np.bincount(group, minlength=count)
    low, high = first + (size - 1) // 2, first + size // 2
    by_size = odds[order]
    return np.asarray(np.sqrt(by_size[low] * by_size[high]))


def shares(odds: Floats, none: float = NONE_OF_THEM) -> tuple[Floats, float]:
    """Turn odds into probabilities, when at most one of them is right.

    Parameters
    ----------
    odds : numpy.ndarray, shape (n,)
        Likelihood for it over that at random [-].
    none : float
        Probability beforehand that it is none of them [-].

    Returns
    -------
    each : numpy.ndarray, shape (n,)
        Probability of each [-].
    none : float
        Probability that it is none of them [-].
    """
    if not len(odds):
        return np.zeros(0), 1.0
    weight = (1.0 - none) / len(odds) * odds
    total = float(weight.sum()) + none
    return weight / total, none / total


def alone(odds: Floats) -> Floats:
    """Turn odds into probabilities, when any number of them may be right.

    Parameters
    ----------
    odds : numpy.ndarray, shape (n,)
        Likelihood for it over that at random [-].

    Returns
    -------
    numpy.ndarray, shape (n,)
        Probability of each. How many are right to begin with is what makes the whole list most
        likely [-].
    """
    if not len(odds):
        return np.zeros(0)
    share = min(0.5, 1.0 / len(odds))
    for _ in range(200):
        each = share * odds / (share * odds + 1.0 - share)
        share = float(np.clip(each.mean(), 1e-6, 0.999))
    return np.asarray(share * odds / (share * odds + 1.0 - share))
