"""Rows about launch vehicles: what is stacked, each number with its source, what was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "DragPoint",
    "DropZone",
    "FittedReserve",
    "FlightEvent",
    "PartDatum",
    "PublishedPayload",
    "StackRow",
    "VehicleBuild",
    "VehiclePart",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class VehicleBuild:
    """A launch vehicle as it is put together for a flight, like Soyuz-2.1b with Fregat.

    Attributes
    ----------
    id : str
        Short name.
    name : str
        Name in the spelling of the field.
    aliases : tuple of str
        Other names and spellings.
    vehicle : str
        Id of the launch vehicle in the list of vehicles.
    note : str
        Traps and doubts.
    source, grade : str
        Of the make-up.
    happened, known_from : str
        ISO day of the first flight of the vehicle, and the day from which it was public.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    vehicle: str
    note: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VehiclePart:
    """A part that leaves a launch vehicle as one piece.

    Attributes
    ----------
    id : str
        Short name.
    name : str
        Name for readers.
    role : {"booster", "stage", "upper-stage", "section", "adapter", "fairing"}
        Section: a ring dropped in flight. Adapter: stays with the stage under it.
    inside : str
        Id of the part whose dry mass holds this one; empty where it has a mass of its own.
    propellants : str
        What it burns; empty where it has no engine.
    note : str
        Traps and doubts.
    source, grade : str
        Of the row; its numbers have their own.
    happened, known_from : str
        Empty: a part is no event.
    """

    id: str
    name: str
    role: Literal["booster", "stage", "upper-stage", "section", "adapter", "fairing"]
    inside: str
    propellants: str
    note: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StackRow:
    """Where a part stands in a build.

    Attributes
    ----------
    build : str
        Id of the build.
    order : int
        Place in the stack, from the ground up [-].
    part : str
        Id of the part.
    count : int
        How many stand side by side [-].
    lit : {"lift-off", "air", "stage", "none"}
        On the ground; in flight beside a burning stage; after the stage under it; never.
    lit_s : float or None
        For ``air``, how long after lift-off; for ``stage``, how long after the cut-off of the
        stage under it [s]. Empty for the others, and for ``stage`` where no source says so.
    note : str
        Traps and doubts.
    source, grade : str
        Of the row.
    happened, known_from : str
        Empty: a place in a stack is no event.
    """

    build: str
    order: int
    part: str
    count: int
    lit: Literal["lift-off", "air", "stage", "none"]
    lit_s: float | None
    note: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDatum:
    """One number about one part, or about a build as a whole, with where it is from.

    Attributes
    ----------
    part : str
        Id of the part or the build.
    engine : str
        Name of the engine; empty where the number is of the part.
    quantity : str
        What it is, with its unit, like ``dry_mass_kg``.
    value : float
        The number that is used, for one part or one engine [as `quantity` says].
    low, high : float or None
        Least and greatest of what sources say; None where they agree [as `quantity` says].
    confirmed : {"twice", "differ", "once"}
        By two sources that are not one voice and agree to a tenth; by two that do not agree; by
        one.
    note : str
        Which source says what, and how a value was derived.
    source, second_source : str
        Of the value; the second is empty where there is one only.
    grade : str
        Of the number.
    happened, known_from : str
        Empty, and the day from which the number was public; empty unknown.
    """

    part: str
    engine: str
    quantity: str
    value: float
    low: float | None
    high: float | None
    confirmed: Literal["twice", "differ", "once"]
    note: str
    source: str
    second_source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPayload:
    """A mass that someone said a vehicle carries, or carried, to an orbit.

    Attributes
    ----------
    id : str
        Short name.
    build : str
        Id of the build.
    site : str
        Id of the launch site; empty where none is stated.
    perigee_km, apogee_km : float or None
        Heights of the orbit as stated [km]; None where none is stated.
    inclination_deg : float or None
        Inclination as stated [deg]; None where none is stated.
    payload_kg : float
        The mass [kg].
    low_kg, high_kg : float or None
        Least and greatest of what sources say [kg]; None where they agree or there is one.
    kind : {"maker", "press", "flown"}
        Said by who builds or sells it; said by others; carried, which is a lower bound.
    confirmed : {"twice", "differ", "once"}
        By two sources that are not one voice and agree to a tenth; by two that do not agree; by
        one.
    conditions : str
        What is and is not stated, and what was left open.
    source, second_source : str
        Of the row; the second is empty where there is one only.
    grade : str
        Of the row.
    happened, known_from : str
        ISO day of the flight, and the day from which it was public; empty unknown.
    """

    id: str
    build: str
    site: str
    perigee_km: float | None
    apogee_km: float | None
    inclination_deg: float | None
    payload_kg: float
    low_kg: float | None
    high_kg: float | None
    kind: Literal["maker", "press", "flown"]
    confirmed: Literal["twice", "differ", "once"]
    conditions: str
    source: str
    second_source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DropZone:
    """Where a part of a launch vehicle is said to fall, or was found.

    Attributes
    ----------
    id : str
        Short name.
    site : str
        Id of the launch site.
    build : str
        Id of the build; empty where only the corridor is stated.
    inclination_deg : float or None
        Inclination of the orbits the corridor leads to [deg].
    falls : {"boosters", "core", "fairing", "stages"}
        What comes down; stages: not told apart.
    zone : str
        The place in words.
    near : str
        Settlement or district named; empty where none is.
    near_latitude_deg, near_longitude_deg : float or None
        Geodetic latitude and east longitude of that settlement [deg]; None where it is an area.
    centre_latitude_deg, centre_longitude_deg : float or None
        Middle of a zone whose corners are published [deg]; None where they are not.
    length_km, width_km : float or None
        Size of the zone as stated, or between its corners along the flight and across it [km].
    edge_km : float or None
        How far its edge is said to lie from the settlement [km].
    kind : {"stated", "found"}
        Published beforehand; parts were found there.
    confirmed : {"twice", "differ", "once"}
        By two sources that are not one voice and agree to a tenth; by two that do not agree; by
        one.
    note : str
        Traps and doubts.
    source, second_source : str
        Of the row; the second is empty where there is one only.
    grade : str
        Of the row.
    happened, known_from : str
        ISO day of the flight, and the day from which it was public; empty unknown.
    """

    id: str
    site: str
    build: str
    inclination_deg: float | None
    falls: Literal["boosters", "core", "fairing", "stages"]
    zone: str
    near: str
    near_latitude_deg: float | None
    near_longitude_deg: float | None
    centre_latitude_deg: float | None
    centre_longitude_deg: float | None
    length_km: float | None
    width_km: float | None
    edge_km: float | None
    kind: Literal["stated", "found"]
    confirmed: Literal["twice", "differ", "once"]
    note: str
    source: str
    second_source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightEvent:
    """An instant of a flight as published, with height and speed where they are.

    Attributes
    ----------
    build : str
        Id of the build.
    mission : str
        Which flight; empty for a typical one.
    event : str
        What happens, like ``booster-separation``.
    time_s : float
        After lift-off [s].
    low_s, high_s : float or None
        Least and greatest of what sources say [s]; None where they agree or there is one.
    altitude_km : float or None
        Height above the ground as stated [km].
    speed_m_s : float or None
        Speed relative to the turning Earth as stated [m/s].
    kind : {"planned", "flown"}
        Before or after the flight.
    confirmed : {"twice", "differ", "once"}
        By two sources that are not one voice and agree to a tenth; by two that do not agree; by
        one.
    note : str
        Traps and doubts.
    source, second_source : str
        Of the row; the second is empty where there is one only.
    grade : str
        Of the row.
    happened, known_from : str
        ISO day of the flight, and the day from which it was public; empty unknown.
    """

    build: str
    mission: str
    event: str
    time_s: float
    low_s: float | None
    high_s: float | None
    altitude_km: float | None
    speed_m_s: float | None
    kind: Literal["planned", "flown"]
    confirmed: Literal["twice", "differ", "once"]
    note: str
    source: str
    second_source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DragPoint:
    """Drag of a launch vehicle flying straight into the air, at one Mach number.

    Attributes
    ----------
    shape : str
        Which vehicle the numbers are of, like ``atlas-centaur``.
    mach : float
        Mach number [-].
    coefficient : float
        Axial force over dynamic pressure and the greatest cross-section of the body [-].
    low, high : float or None
        Least and greatest of the other shapes at this Mach number and of this one [-]; None where
        the shape is not the one to reckon with.
    power : {"on", "unknown"}
        Whether the engines burn; what they change at the base is not in every curve.
    note : str
        Traps and doubts.
    source, grade : str
        Of the row.
    happened, known_from : str
        Empty: a coefficient is no event.
    """

    shape: str
    mach: float
    coefficient: float
    low: float | None
    high: float | None
    power: Literal["on", "unknown"]
    note: str
    source: str
    grade: str
    happened: str
    known_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedReserve:
    """By how much the model of an ascent is too good for a vehicle: a result of our own.

    Attributes
    ----------
    build : str
        Id of the build.
    payload : str
        Id of the published payload on which it was fitted.
    site : str
        Id of the launch site that was taken.
    perigee_km, apogee_km : float
        Heights of the orbit that was taken [km].
    inclination_deg : float
        Its inclination [deg].
    argument_of_perigee_deg : float or None
        Its argument of perigee; None where it was free [deg].
    raw_kg : float
        What the model carries there without a reserve [kg].
    reserve_m_s : float
        Change of speed that the last stage keeps, so that the published payload comes out [m/s].
    tested : tuple of str
        Ids of other published payloads, not flown ones, on which it was tested.
    share : float or None
        Largest share by which they are missed; None where there are none [-].
    note : str
        What was taken because no source says it.
    source, grade : str
        Of the published payload.
    happened, known_from : str
        Empty, and the day from which the published payload was public; empty unknown.
    """

    build: str
    payload: str
    site: str
    perigee_km: float
    apogee_km: float
    inclination_deg: float
    argument_of_perigee_deg: float | None
    raw_kg: float
    reserve_m_s: float
    tested: tuple[str, ...]
    share: float | None
    note: str
    source: str
    grade: str
    happened: str
    known_from: str
