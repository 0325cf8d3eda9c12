# Written by `python -m kosmodrom.analyses._stub`; do not edit.
# fmt: off
"""Computed, sourced and repeatable answers about space launch and the claims made of it."""

from collections.abc import Sequence
from typing import Literal

from kosmodrom.analyses._result import Result

__version__: str
__all__: list[str]

def distance(
    *,
    from_: str,
    to: str | None = None,
    to_border: str | None = None,
    as_of: str | None = None,
) -> Result:
    """Measure the shortest line between two places, or to a country's border.

    Parameters
    ----------
    from_ : str
        place, or latitude,longitude in degrees
    to : str, optional
        place, or latitude,longitude in degrees
    to_border : str, optional
        country whose nearest point is sought
    as_of : str, optional
        Use only what was public by the end of this UTC day.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def launches(
    *,
    site: str | None = None,
    country: str | None = None,
    vehicle: str | None = None,
    payload: str | None = None,
    from_: str | None = None,
    until: str | None = None,
    outcome: Literal["any", "success", "failure"] = "any",
    date_basis: Literal["utc", "local"] = "utc",
    attempts: Literal["orbital"] = "orbital",
    as_of: str | None = None,
) -> Result:
    """Count orbital launch attempts under a stated definition.

    Parameters
    ----------
    site : str, optional
        launch site, like vostochny
    country : str, optional
        state that runs the launch site, by name or ISO code; PRK is North Korea; the Soviet Union
        is not Russia
    vehicle : str, optional
        launch vehicle, or a part of its name
    payload : str, optional
        a part of the name of a payload or mission
    from_ : str, optional
        first day, included whole
    until : str, optional
        last day, included whole
    outcome : {"any", "success", "failure"}, optional
        count only launches that ended so; shares are then not given
    date_basis : {"utc", "local"}, optional
        whose day counts: UTC, or the day at the site
    attempts : {"orbital"}, optional
        orbital and deep-space attempts; the data hold no others
    as_of : str, optional
        Use only what was public by the end of this UTC day.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def missile_tests(
    *,
    from_: str | None = None,
    until: str | None = None,
    space_launches: Literal["include", "exclude", "only"] = "exclude",
    range_class: Literal["all", "long", "intermediate-up", "short", "unidentified"] = "all",
    unidentified: Literal["bound", "exclude", "include"] = "bound",
    unit: Literal["tests", "days"] = "tests",
    as_of: str | None = None,
) -> Result:
    """Count North Korean missile tests under a stated definition.

    Parameters
    ----------
    from_ : str, optional
        first day (UTC), included whole
    until : str, optional
        last day (UTC), included whole
    space_launches : {"include", "exclude", "only"}, optional
        whether satellite launches count as tests
    range_class : {"all", "long", "intermediate-up", "short", "unidentified"}, optional
        long: IRBM and ICBM; intermediate-up: MRBM, IRBM and ICBM; short: SRBM and SLBM; as the
        source classes them
    unidentified : {"bound", "exclude", "include"}, optional
        missiles of unidentified type: bound lets each belong to the range class or not, and the
        answer has two ends; exclude; include
    unit : {"tests", "days"}, optional
        count each missile fired, or each UTC day with at least one
    as_of : str, optional
        Use only what was public by the end of this UTC day.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """

def sites(
    *,
    names: Sequence[str] = (),
    country: str | None = None,
    as_of: str | None = None,
) -> Result:
    """List orbital launch sites with their coordinates, country and record.

    Parameters
    ----------
    names : sequence of str, optional
        sites by name; none means all
    country : str, optional
        only those of this country
    as_of : str, optional
        Use only what was public by the end of this UTC day.

    Returns
    -------
    Result
        Facts, columns, map features, accuracy, warnings and data sets.
    """
