"""The launch log: shipped and imported launches as one list.

Where an imported list and the catalog hold the same launch and agree on day and outcome, the
catalog's row stands: it was checked against more sources. Where they disagree, the imported row
stands and the launch is named, so that nothing is resolved in silence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kosmodrom.base.dates import DateRange
from kosmodrom.catalog import Launch, Site
from kosmodrom.catalog.names import fold
from kosmodrom.records.counting import Event
from kosmodrom.store import ImportedLaunch

__all__ = ["COVERED_COUNTRIES", "LaunchRecord", "from_catalog", "from_import", "merged", "select"]

#: Countries of which the catalog holds every orbital attempt.
COVERED_COUNTRIES = frozenset({"PRK"})

#: GCAT's codes of states, where launches were attempted, as ISO 3166 codes of three letters.
_STATES = {
    "AU": "AUS", "BR": "BRA", "CN": "CHN", "DZ": "DZA", "ESCN": "ESP", "F": "FRA",
    "GUF": "GUF", "IL": "ISR", "IN": "IND", "IR": "IRN", "J": "JPN", "KE": "KEN", "KI": "KIR",
    "KP": "PRK", "KR": "KOR", "N": "NOR", "NZ": "NZL", "RU": "RUS", "SU": "SUN",
    "TTPI": "MHL", "UK": "GBR", "US": "USA",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LaunchRecord:
    """One launch attempt, from whichever list.

    Attributes
    ----------
    tag : str
        International designator.
    when : DateRange
        UTC day, or the days between which it happened.
    when_local : DateRange or None
        Day at the site; None where it is not known.
    utc : str
        Instant of lift-off, ISO with ``Z``; empty where only the day is known.
    utc_precision_s : int or None
        How far the instant may be off [s]; None where that is not known.
    site : str
        Id of the site in the catalog, or the code of the list.
    country : str
        ISO 3166 code of three letters of the state of the site; SUN is the Soviet Union, empty
        unknown.
    pad, upper_stage, payload : str
        As the list writes them.
    vehicle : str
        Name of the launch vehicle.
    names : tuple of str
        Every name of the vehicle, for searching.
    carried : tuple of str
        Every name of the mission and payload, for searching.
    outcome : {"success", "failure", "unknown"}
        Outcome of the launch.
    fraction : float or None
        Partial success as the list scores it [-].
    pad_explosion : bool
        Lost before launch.
    perigee_km, apogee_km : float or None
        Heights of the orbit [km].
    inclination_deg : float or None
        Inclination [deg].
    confirmed : str
        "twice", "once", "mixed", or empty for an imported row.
    source, grade : str
        Where the row is from and how good it is.
    happened, known_from : str
        ISO day, and the day from which it was public; empty unknown.
    """

    tag: str
    when: DateRange
    when_local: DateRange | None
    utc: str
    utc_precision_s: int | None
    site: str
    country: str
    pad: str
    upper_stage: str
    payload: str
    vehicle: str
    names: tuple[str, ...]
    carried: tuple[str, ...]
    outcome: Literal["success", "failure", "unknown"]
    fraction: float | None
    pad_explosion: bool
    perigee_km: float | None
    apogee_km: float | None
    inclination_deg: float | None
    confirmed: str
    source: str
    grade: str
    happened: str
    known_from: str

    def event(self, basis: Literal["utc", "local"] = "utc") -> Event:
        """Give what the counting engine needs.

        Parameters
        ----------
        basis : {"utc", "local"}
            Which day; a local day that is not known is taken as the UTC day.

        Returns
        -------
        Event
            The launch as one event.
        """
        local = self.when_local if basis == "local" else None
        return Event(when=local or self.when, outcome=self.outcome)


def from_catalog(launch: Launch, sites: Mapping[str, Site]) -> LaunchRecord:
    """Take a row of the catalog.

    Parameters
    ----------
    launch : Launch
        The row.
    sites : Mapping of str to Site
        Sites by id.

    Returns
    -------
    LaunchRecord
        The same launch.
    """
    fraction = int(launch.gcat_code[2:]) / 100 if launch.gcat_code[2:].isdigit() else None
    return LaunchRecord(
        tag=launch.tag,
        when=DateRange.covering(launch.utc),
        when_local=DateRange.parse(launch.date_local) if launch.date_local else None,
        utc=launch.utc,
        utc_precision_s=launch.utc_precision_s,
        site=launch.site,
        country=sites[launch.site].country if launch.site in sites else "",
        pad=launch.pad,
        upper_stage=launch.upper_stage,
        payload=launch.payload,
        vehicle=launch.vehicle,
        names=(launch.vehicle, launch.gcat_vehicle),
        carried=(launch.payload, launch.mission),
        outcome=launch.outcome,
        fraction=fraction,
        pad_explosion=launch.gcat_code[1:2] == "E",
        perigee_km=launch.perigee_km,
        apogee_km=launch.apogee_km,
        inclination_deg=launch.inclination_deg,
        confirmed=launch.confirmed,
        source=launch.source,
        grade=launch.grade,
        happened=launch.happened,
        known_from=launch.known_from,
    )


def from_import(launch: ImportedLaunch, site_ids: Mapping[str, str], name: str) -> LaunchRecord:
    """Take a row of an imported list.

    Parameters
    ----------
    launch : ImportedLaunch
        The row.
    site_ids : Mapping of str to str
        Ids of sites in the catalog by the codes of the list.
    name : str
        Name of the import.

    Returns
    -------
    LaunchRecord
        The same launch. The list does not say when a row became public.
    """
    return LaunchRecord(
        tag=launch.tag,
        when=launch.when,
        when_local=None,
        utc=launch.utc,
        utc_precision_s=launch.utc_precision_s,
        site=site_ids.get(launch.site_code, launch.site_code),
        country=_STATES.get(launch.state, ""),
        pad=launch.pad,
        upper_stage=launch.variant,
        payload=launch.payload or launch.mission,
        vehicle=launch.vehicle,
        names=(launch.vehicle, launch.family),
        carried=(launch.payload, launch.mission),
        outcome=launch.outcome,
        fraction=launch.success_fraction,
        pad_explosion=launch.pad_explosion,
        perigee_km=launch.perigee_km,
        apogee_km=launch.apogee_km,
        inclination_deg=launch.inclination_deg,
        confirmed="",
        source=name,
        grade="A2",  # the grade the catalog gives to GCAT
        happened=launch.when.text,
        known_from="",
    )


def merged(
    shipped: Iterable[LaunchRecord], imported: Iterable[LaunchRecord]
) -> tuple[list[LaunchRecord], list[str]]:
    """Make one list of two.

    Parameters
    ----------
    shipped : iterable of LaunchRecord
        Rows of the catalog.
    imported : iterable of LaunchRecord
        Rows of one imported list; none where nothing was imported.

    Returns
    -------
    records : list of LaunchRecord
        Every launch once, in order of time.
    differing : list of str
        Tags of launches on whose day or outcome the two disagree, or that only the catalog
        holds although the imported list reaches that far.
    """
    mine = {record.tag: record for record in shipped}
    theirs = {record.tag: record for record in imported}
    reach = max((record.when.last for record in theirs.values()), default=None)
    chosen: list[LaunchRecord] = []
    differing: list[str] = []
    for tag, record in theirs.items():
        known = mine.get(tag)
        if known is None:
            chosen.append(record)
        elif known.outcome == record.outcome and _overlap(known.when, record.when):
            chosen.append(known)
        else:
            chosen.append(record)
            differing.append(tag)
    for tag, record in mine.items():
        if tag not in theirs:
            chosen.append(record)
            if reach is not None and record.when.last <= reach:
                differing.append(tag)
    chosen.sort(key=lambda record: (record.when.first, record.utc, record.tag))
    return chosen, sorted(differing)


def _overlap(one: DateRange, other: DateRange) -> bool:
    return one.first <= other.last and other.first <= one.last


def select(
    records: Sequence[LaunchRecord],
    *,
    site: str | None = None,
    country: str | None = None,
    vehicle: str | None = None,
    vehicle_names: Sequence[str] = (),
    payload: str | None = None,
) -> list[LaunchRecord]:
    """Keep the launches that were asked for.

    Parameters
    ----------
    records : sequence of LaunchRecord
        Where to look.
    site : str or None
        Id of the site.
    country : str or None
        ISO 3166 code of three letters.
    vehicle : str or None
        A name of the launch vehicle or a part of one, whatever its case and hyphens.
    vehicle_names : sequence of str
        Other names of that vehicle, to be matched whole.
    payload : str or None
        A part of the name of a payload or mission.

    Returns
    -------
    list of LaunchRecord
        In the order given.
    """
    whole = {fold(name) for name in vehicle_names}

    def _wanted(record: LaunchRecord) -> bool:
        if site is not None and record.site != site:
            return False
        if country is not None and record.country != country:
            return False
        if vehicle is not None:
            names = [fold(name) for name in record.names if name]
            if not any(fold(vehicle) in name or name in whole for name in names):
                return False
        if payload is not None:
            return any(fold(payload) in fold(name) for name in record.carried if name)
        return True

    return [record for record in records if _wanted(record)]
