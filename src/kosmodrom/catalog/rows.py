"""Rows about things and places: one frozen class a table, fields in the order of the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Country",
    "ElementSet",
    "Place",
    "Satellite",
    "Sensor",
    "Site",
    "Source",
    "Station",
    "Vehicle",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts of the catalog are from.

    Attributes
    ----------
    id : str
        Short name by which rows point to it.
    name : str
        Name for readers.
    address : str
        Web address or page in words; empty where there is none.
    date : str
        ISO date of the edition used; empty where unknown.
    grade : str
        Admiralty grade of the source as a whole, like ``A2``.
    group : str
        Sources of one group are one voice.
    terms : str
        Licence or terms of use.
    credit : str
        Words of credit; empty where none is asked for.
    """

    id: str
    name: str
    address: str = ""
    date: str = ""
    grade: str
    group: str
    terms: str
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place from which orbital launches were attempted.

    The counts end with the last day of the launch list (``until`` of the table), whatever the
    day as of which a question is asked.

    Attributes
    ----------
    id : str
        Short name.
    name : str
        Name for readers.
    aliases : tuple of str
        Other names and spellings.
    country : str
        ISO 3166 code of three letters of the country on whose ground it lies, or which runs the
        ship or platform.
    region : str
        Part of the country, or the sea.
    kind : {"land", "sea", "air"}
        Pads on land, a ship or platform or submarine, an airfield for air launches.
    latitude_deg, longitude_deg : float
        Geodetic latitude and east longitude of the point named in `point` [deg].
    coordinate_error_km : float
        How far the true place of that point may lie [km].
    extent_km : float
        How far other pads of the site lie from it [km].
    point : str
        What the coordinates belong to.
    gcat_codes : tuple of str
        Codes of the site in the launch list; they changed with the operating body.
    active_from, active_until : str
        Years of use as published; empty where unknown or in use.
    first_orbital, last_orbital : str
        ISO days (UTC) of the first and the last orbital or deep-space attempt.
    attempts, successes : int
        Orbital and deep-space attempts, and how many of them reached orbit [-].
    note : str
        Traps and doubts.
    source, grade : str
        Of the coordinates; the counts are from the launch list.
    happened, known_from : str
        ISO day of the first orbital attempt, and the day from which it was public; empty unknown.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str
    region: str
    kind: Literal["land", "sea", "air"]
    latitude_deg: float
    longitude_deg: float
    coordinate_error_km: float
    extent_km: float
    point: str
    gcat_codes: tuple[str, ...]
    active_from: str
    active_until: str
    first_orbital: str
    last_orbital: str
    attempts: int
    successes: int
    note: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A capital, a city or a town.

    Attributes
    ----------
    id : str
        Short name; a country code is added where two places share it.
    name : str
        Name for readers.
    aliases : tuple of str
        Other names and spellings.
    country : str
        ISO 3166 code of three letters.
    kind : {"capital", "city", "town"}
        Capital of a country; other place of a million or more; any other place.
    population : int or None
        Inhabitants as the source counts them [-].
    latitude_deg, longitude_deg : float
        Geodetic latitude and east longitude of the centre [deg].
    coordinate_error_km : float
        How far another fair choice of the centre may lie [km].
    note : str
        Traps and doubts.
    source, grade : str
        Of the coordinates.
    happened, known_from : str
        Empty: a place is no event.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    country: str
    kind: Literal["capital", "city", "town"]
    population: int | None
    latitude_deg: float
    longitude_deg: float
    coordinate_error_km: float
    note: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A ground station or control centre of civil space flight.

    Attributes
    ----------
    id : str
        Short name.
    name : str
        Name for readers.
    aliases : tuple of str
        Other names and spellings.
    operator : str
        Who runs it.
    country : str
        ISO 3166 code of three letters.
    latitude_deg, longitude_deg : float
        Geodetic latitude and east longitude [deg].
    height_m : float or None
        Height above the ellipsoid [m]; None where unknown.
    coordinate_error_km : float
        How far the antenna may lie from this point [km].
    note : str
        Traps and doubts.
    source, grade : str
        Of the coordinates.
    happened, known_from : str
        Empty, or when its work was first shown.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    operator: str
    country: str
    latitude_deg: float
    longitude_deg: float
    height_m: float | None
    coordinate_error_km: float
    note: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A launch vehicle.

    Attributes
    ----------
    id : str
        Short name.
    name : str
        Name in the spelling of the field.
    aliases : tuple of str
        Other names and spellings.
    gcat_names : tuple of str
        Names in the launch list.
    family : str
        Family, like "Soyuz-2"; empty where none is named.
    country : str
        ISO 3166 code of three letters of the maker's country.
    maker : str
        Who builds it.
    first_flight : str
        ISO day (UTC) of the first flight listed, suborbital ones listed there included.
    last_flight : str
        ISO day (UTC) of the last flight listed.
    attempts, successes : int
        Orbital and deep-space attempts, and how many of them reached orbit, to the end of the
        launch list [-].
    note : str
        Traps and doubts.
    source, grade : str
        Of the row.
    happened, known_from : str
        ISO day of the first flight, and the day from which it was public; empty unknown.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    gcat_names: tuple[str, ...]
    family: str
    country: str
    maker: str
    first_flight: str
    last_flight: str
    attempts: int
    successes: int
    note: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Satellite:
    """A satellite or a probe that a case may name.

    Attributes
    ----------
    id : str
        Short name.
    name : str
        Name for readers.
    aliases : tuple of str
        Other names and spellings.
    norad : int or None
        Number in the public catalogue [-]; None where it never had one or none is sourced.
    cospar : str
        International designator; empty for a launch failure.
    country : str
        ISO 3166 code of three letters of the owner's country; empty for several countries.
    vehicle : str
        Name of the launch vehicle; empty where the catalog has no row of it.
    launched : str
        Instant of launch, ISO with zone, or its UTC day.
    central_body : {"earth", "moon", "none"}
        What the published orbit goes round; "none" where no orbit was reached.
    orbit_date : str
        ISO day of the published orbit.
    perigee_km, apogee_km : float or None
        Lowest and highest height above the central body [km].
    inclination_deg : float or None
        Inclination [deg].
    orbit_note : str
        Heights in words: reference and other published values.
    ended : str
        ISO day or instant of the end as published; empty while it flies.
    end_kind : {"", "decay", "impact", "landing", "launch-failure"}
        How it ended.
    ended_computed : str
        Range of days that its last elements point to; empty where not computed.
    end_note : str
        The end in words, with any conflict.
    end_known_from : str
        ISO day from which the end was public; empty unknown.
    source, grade : str
        Of the row.
    happened, known_from : str
        ISO day of launch, and the day from which it was public; empty unknown.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    norad: int | None
    cospar: str
    country: str
    vehicle: str
    launched: str
    central_body: Literal["earth", "moon", "none"]
    orbit_date: str
    perigee_km: float | None
    apogee_km: float | None
    inclination_deg: float | None
    orbit_note: str
    ended: str
    end_kind: Literal["", "decay", "impact", "landing", "launch-failure"]
    ended_computed: str
    end_note: str
    end_known_from: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensor:
    """A camera in orbit, between what it does at least and at best.

    Attributes
    ----------
    id : str
        Short name.
    name : str
        Name for readers.
    aliases : tuple of str
        Other names and spellings.
    satellites : tuple of str
        Ids of the satellites of the catalog that carry it.
    country : str
        ISO 3166 code of three letters; EUE for the European Union.
    operator : str
        Who runs it.
    altitude_km : float
        Height for which sample distance and swath hold [km].
    sample_distance_low_m, sample_distance_high_m : float
        Ground sample distance straight down, as sampled and not as resampled [m].
    swath_low_km, swath_high_km : float or None
        Width of the picture straight down [km]; None where unknown.
    off_nadir_low_deg, off_nadir_high_deg : float
        How far from straight down it looks surely, and at most [deg].
    aperture_low_m, aperture_high_m : float or None
        Diameter of the opening [m]; None where unknown.
    edge_response_low, edge_response_high : float
        Relative edge response before sharpening [-].
    snr_low, snr_high : float
        Signal-to-noise ratio of a contrast [-].
    snr_sun_elevation_deg : float
        Elevation of the Sun for that [deg].
    note : str
        Traps and doubts.
    source, second_source : str
        Of geometry and sample distance; the second is empty where there is one only.
    quality_source : str
        Of edge response and signal-to-noise ratio: ranges of a class where none is published.
    grade : str
        Of the row.
    happened, known_from : str
        Empty, and the day from which the numbers were public.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    satellites: tuple[str, ...]
    country: str
    operator: str
    altitude_km: float
    sample_distance_low_m: float
    sample_distance_high_m: float
    swath_low_km: float | None
    swath_high_km: float | None
    off_nadir_low_deg: float
    off_nadir_high_deg: float
    aperture_low_m: float | None
    aperture_high_m: float | None
    edge_response_low: float
    edge_response_high: float
    snr_low: float
    snr_high: float
    snr_sun_elevation_deg: float
    note: str
    source: str
    second_source: str
    quality_source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementSet:
    """Mean elements of a satellite for SGP4, in the units in which they are published.

    Attributes
    ----------
    norad : int
        Number in the public catalogue [-].
    epoch : str
        When they hold, ISO in UTC.
    mean_motion_rev_day : float
        Mean motion of Kozai [rev/day].
    eccentricity : float
        Eccentricity [-].
    inclination_deg, node_deg, argument_of_perigee_deg, mean_anomaly_deg : float
        Inclination, right ascension of the ascending node, argument of perigee, mean anomaly
        [deg].
    bstar : float
        Drag term of SGP4 [1/Earth radius].
    mean_motion_dot_rev_day2, mean_motion_ddot_rev_day3 : float
        Half the first and a sixth of the second rate of the mean motion [rev/day², rev/day³].
    set_number, revolution : int
        Running number of the set, and revolution at its epoch [-].
    source, grade : str
        Of the row.
    happened, known_from : str
        ISO day of the epoch, and a day by which the set was public.
    """

    norad: int
    epoch: str
    mean_motion_rev_day: float
    eccentricity: float
    inclination_deg: float
    node_deg: float
    argument_of_perigee_deg: float
    mean_anomaly_deg: float
    bstar: float
    mean_motion_dot_rev_day2: float
    mean_motion_ddot_rev_day3: float
    set_number: int
    revolution: int
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country or territory with an outline in the border set.

    Attributes
    ----------
    id : str
        ISO 3166 code of three letters, or a short name where there is none.
    name : str
        Name for readers.
    aliases : tuple of str
        Other names, and the code of two letters.
    source, grade : str
        Of the outline.
    happened, known_from : str
        Empty: a country is no event.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    source: str
    grade: str
    happened: str
    known_from: str
