"""Rows about what happened: one frozen class a table, fields in the order of the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

__all__ = ["ClosedArea", "FlownCorridor", "Launch", "LaunchOrbit", "TestCount"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """An orbital or deep-space launch attempt.

    Attributes
    ----------
    tag : str
        International designator of the launch; ``F`` and a number for a failure.
    utc : str
        Instant of lift-off, ISO with ``Z``, to the seconds or minutes known.
    utc_precision_s : int
        How far the instant may be off [s].
    utc_note : str
        Doubts about the instant; empty where there is none.
    date_local : str
        ISO day at the site.
    site : str
        Id of the site.
    pad : str
        Pad in the spelling of the launch list; empty where unknown.
    vehicle : str
        Name in the spelling of the field.
    gcat_vehicle : str
        Name in the spelling of the launch list.
    upper_stage : str
        Upper stage; empty for none.
    mission : str
        Mission name of the launch list; empty for none.
    payload : str
        What was carried.
    payload_pieces : int or None
        Payload objects of the launch list, those released later included [-].
    gcat_code : str
        Code of the launch list: O orbital, D deep space; S success, F failure.
    gcat_fail_code : str
        Its code of the failed part; empty for none.
    outcome : {"success", "failure"}
        Outcome of the launch, whatever became of the mission.
    failure_note : str
        What failed; empty for a success.
    mission_note : str
        What became of the mission where that differs from the launch.
    perigee_km, apogee_km : float or None
        Heights of the first orbit [km]; for a failure the apogee is the greatest height reached.
    inclination_deg : float or None
        Inclination [deg].
    orbit_class : str
        Class of the orbit meant, from the launch list: LEO, SSO, GEO, EEO.
    confirmed : {"twice", "once", "mixed"}
        By how many independent sources; "mixed" where it differs between date and outcome.
    confirmed_note : str
        Which sources.
    source, grade : str
        Of the row.
    happened, known_from : str
        ISO day of launch (UTC), and a day by which it was public; empty unknown.
    """

    tag: str
    utc: str
    utc_precision_s: int
    utc_note: str
    date_local: str
    site: str
    pad: str
    vehicle: str
    gcat_vehicle: str
    upper_stage: str
    mission: str
    payload: str
    payload_pieces: int | None
    gcat_code: str
    gcat_fail_code: str
    outcome: Literal["success", "failure"]
    failure_note: str
    mission_note: str
    perigee_km: float | None
    apogee_km: float | None
    inclination_deg: float | None
    orbit_class: str
    confirmed: Literal["twice", "once", "mixed"]
    confirmed_note: str
    source: str
    grade: str
    happened: str
    known_from: str

    @property
    def date(self) -> str:
        """Give the day of lift-off.

        Returns
        -------
        str
            ISO day (UTC).
        """
        return self.utc[:10]


class ClosedArea(NamedTuple):
    """An area that was closed, and whether it was for an orbital launch.

    Attributes
    ----------
    id : str
        Number of the notice, and a number of the area.
    event : str
        Areas of one event share it: a launch, its earlier tries included, or another closure.
    latitude_deg, longitude_deg : float
        Its middle, rounded to 0.01 deg [deg].
    launched : {"yes", "no"}
        Whether it was closed for an orbital launch, put off or not.
    source, grade : str
        Of the notice; the digit tells how sure the match with the launch is.
    happened, known_from : str
        ISO day (UTC) when it was first closed, and the day after it was last: what for is known
        from then on.
    """

    id: str
    event: str
    latitude_deg: float
    longitude_deg: float
    launched: Literal["yes", "no"]
    source: str
    grade: str
    happened: str
    known_from: str


class FlownCorridor(NamedTuple):
    """Which way a launch went, as its closed areas tell.

    Attributes
    ----------
    tag : str
        Of the launch, as in `LaunchOrbit`.
    azimuth_deg : float
        Azimuth at the pad against the turning Earth that leads to the farthest area that tells
        one, if nothing yaws [deg].
    angle_deg : float
        Of that area from the pad, at the Earth's centre [deg].
    source, grade : str
        Of the notice.
    happened, known_from : str
        ISO day of launch (UTC), and the next.
    """

    tag: str
    azimuth_deg: float
    angle_deg: float
    source: str
    grade: str
    happened: str
    known_from: str


class LaunchOrbit(NamedTuple):  # thousands of rows: made ten times as fast as a frozen class
    """When, from where and into which orbit a launch went.

    Attributes
    ----------
    tag : str
        International designator of the launch; ``F`` and a number for a failure.
    utc : str
        Minute of lift-off, ISO with ``Z``.
    utc_precision_s : int
        How far it may be off [s].
    site : str
        Id of the site. The platforms of sites at sea move.
    gcat_vehicle, agency, mission : str
        In the spelling of the launch list; empty unknown.
    gcat_code : str
        Code of the launch list: O orbital, D deep space; S success, F failure; a number after
        them is a share of success.
    perigee_km, apogee_km : float or None
        Heights of the orbit [km]; of a failure the apogee is the greatest height reached. The
        apogee is negative where the Earth is left for good.
    inclination_deg : float or None
        Inclination [deg]. Of stationary satellites (`orbit_class` GEO) height and inclination are
        those they went to by themselves later, not those at which the vehicle left them.
    orbit_class : str
        Class of the orbit in the launch list, as "LLEO/S", "GEO/S"; empty unknown.
    source, grade : str
        Of the instant; the orbit is from the launch list.
    happened, known_from : str
        ISO day of launch (UTC), and the next.
    """

    tag: str
    utc: str
    utc_precision_s: int
    site: str
    gcat_vehicle: str
    agency: str
    mission: str
    gcat_code: str
    perigee_km: float | None
    apogee_km: float | None
    inclination_deg: float | None
    orbit_class: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TestCount:
    """How many missile tests of one class had one outcome on one day.

    Attributes
    ----------
    date : str
        ISO day (UTC).
    type_class : {"srbm", "slbm", "mrbm", "irbm", "icbm", "slv", "unknown"}
        Class as the source gives it; "slv" is a satellite launch, "unknown" a type not identified.
    outcome : {"success", "failure", "unknown"}
        Outcome as the source gives it.
    count : int
        Missiles fired [-].
    events : int
        Firing events (one day, one facility, one missile type) with such an outcome [-].
    events_new : int
        Of these, the events not yet counted under an outcome earlier in the order success,
        failure, unknown: the sum over all rows is the number of events [-].
    called_long : int
        Of the missiles of unidentified type, those that governments called long-range tests; the
        assignment is general knowledge, not of the source [-].
    source, grade : str
        Of the row.
    happened, known_from : str
        The day; `known_from` is empty, as the source does not say when it entered a row.
    """

    __test__ = False  # the name is no test class of pytest

    date: str
    type_class: Literal["srbm", "slbm", "mrbm", "irbm", "icbm", "slv", "unknown"]
    outcome: Literal["success", "failure", "unknown"]
    count: int
    events: int
    events_new: int
    called_long: int
    source: str
    grade: str
    happened: str
    known_from: str
