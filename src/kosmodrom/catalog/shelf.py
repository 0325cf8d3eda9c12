"""The catalog: every shipped table, read when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kosmodrom.catalog import names
from kosmodrom.catalog.corridors import Corridor
from kosmodrom.catalog.events import ClosedArea, FlownCorridor, Launch, LaunchOrbit, TestCount
from kosmodrom.catalog.launcher_shelf import LauncherShelf
from kosmodrom.catalog.names import Hit, Named
from kosmodrom.catalog.rows import (
    Country,
    ElementSet,
    Place,
    Satellite,
    Sensor,
    Site,
    Source,
    Station,
    Vehicle,
)
from kosmodrom.catalog.tables import TableInfo, file_hash, read_csv, read_toml
from kosmodrom.errors import DataError, InputError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.catalog.borders import Borders

__all__ = ["Catalog", "load_catalog"]

RowT = TypeVar("RowT")
NamedT = TypeVar("NamedT", bound=Named)


@dataclass(frozen=True)
class Catalog:
    """The facts that ship with the package.

    Tables are read and checked when first asked for, and kept.

    Attributes
    ----------
    folder : pathlib.Path
        Where the files are.
    """

    folder: Path

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Where the facts are from, by id.

        Returns
        -------
        dict
            Sources by their ids.
        """
        found: dict[str, Source] = {}
        for key, entry in read_toml(self.folder / "sources.toml").items():
            try:
                found[key] = Source(id=key, **entry)
            except TypeError as error:
                raise DataError(f"sources.toml: [{key}]: {error}") from error
        return found

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Places from which orbital launches were attempted.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("sites", Site)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Capitals, cities and towns.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("places", Place)

    @cached_property
    def stations(self) -> tuple[Station, ...]:
        """Ground stations and control centres.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("stations", Station)

    @cached_property
    def vehicles(self) -> tuple[Vehicle, ...]:
        """Launch vehicles.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("vehicles", Vehicle)

    @cached_property
    def satellites(self) -> tuple[Satellite, ...]:
        """Satellites and probes.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("satellites", Satellite)

    @cached_property
    def element_sets(self) -> tuple[ElementSet, ...]:
        """Element sets of some satellites, by number and epoch.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("element_sets", ElementSet)

    @cached_property
    def sensors(self) -> tuple[Sensor, ...]:
        """Cameras in orbit.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("sensors", Sensor)

    @cached_property
    def launches(self) -> tuple[Launch, ...]:
        """Launch attempts in order of time.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("launches", Launch)

    @cached_property
    def launch_orbits(self) -> tuple[LaunchOrbit, ...]:
        """Launches of all the world since 2000, with their orbits, in order of time.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("launch_orbits", LaunchOrbit)

    @cached_property
    def closed_areas(self) -> tuple[ClosedArea, ...]:
        """Areas that notices closed, with what it was for, by the day from which that is known.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("closed_areas", ClosedArea)

    @cached_property
    def flown_corridors(self) -> tuple[FlownCorridor, ...]:
        """Which way launches went, as their closed areas tell.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("flown_corridors", FlownCorridor)

    @cached_property
    def corridors(self) -> tuple[Corridor, ...]:
        """Ways out of launch sites that a range allows, or that were flown.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("corridors", Corridor)

    @cached_property
    def missile_tests(self) -> tuple[TestCount, ...]:
        """Counts of missile tests by day, class and outcome.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("missile_tests", TestCount)

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        """Countries and territories that have an outline.

        Returns
        -------
        tuple
            One object a row.
        """
        return self._read("countries", Country)

    @cached_property
    def borders(self) -> Borders:
        """Outlines of countries and a coarse world for maps.

        Returns
        -------
        Borders
            The outlines, read when first asked for.
        """
        from kosmodrom.catalog.borders import Borders

        return Borders(self.folder, self.countries)

    @cached_property
    def launchers(self) -> LauncherShelf:
        """Launch vehicles with the numbers of their stages, payloads, drop zones and events.

        Returns
        -------
        LauncherShelf
            The tables, read when first asked for.
        """
        return LauncherShelf(self.folder, self.sources, self.vehicles)

    @cached_property
    def tables(self) -> tuple[TableInfo, ...]:
        """Every file with its hash, rows, credit, terms and last day covered.

        Returns
        -------
        tuple
            One object a row.
        """
        return tuple(self.table(name) for name in self._index)

    def table(self, name: str) -> TableInfo:
        """Say what one table is.

        Parameters
        ----------
        name : str
            "sites", "launches", "borders" and so on.

        Returns
        -------
        TableInfo
            File, hash, rows, credit, terms, last day covered.
        """
        if name not in self._index:
            raise UnknownNameError(
                f"no table is called {name!r}; there are {', '.join(self._index)}",
                tuple(self._index),
            )
        entry = self._index[name]
        rows = entry["rows"] if "rows" in entry else len(attrgetter(entry.get("of", name))(self))
        try:
            return TableInfo(
                name=name,
                file=entry["file"],
                rows=rows,
                sha256=file_hash(self.folder / entry["file"]),
                source=entry["source"],
                terms=entry["terms"],
                until=entry.get("until"),
            )
        except KeyError as error:
            raise DataError(f"tables.toml: [{name}]: {error} is missing") from error

    def find(self, word: str) -> list[Hit]:
        """Find rows by a word, whatever its case and accents.

        Parameters
        ----------
        word : str
            A name, a part of one, or something like one.

        Returns
        -------
        list of Hit
            Best first; near misses only where no name holds the word.
        """
        return names.search(
            word,
            [
                ("site", self.sites, [f"{row.country}, {row.region}" for row in self.sites]),
                ("station", self.stations, [f"{r.country}, {r.operator}" for r in self.stations]),
                ("place", self.places, [f"{row.country}, {row.kind}" for row in self.places]),
                ("satellite", _numbered(self.satellites), _about(self.satellites)),
                ("sensor", self.sensors, [f"{r.country}, {r.operator}" for r in self.sensors]),
                ("vehicle", self.vehicles, [f"{r.country}, {r.maker}" for r in self.vehicles]),
                ("country", self.countries, [row.id for row in self.countries]),
            ],
        )

    def place(self, name: str) -> Site | Station | Place:
        """Find a point on the ground by its name.

        A launch site goes before a ground station, and that before a city, of the same name.

        Parameters
        ----------
        name : str
            Id, name or other name.

        Returns
        -------
        Site or Station or Place
            The row, with `latitude_deg` and `longitude_deg`.
        """
        found: Sequence[Site | Station | Place] = (
            names.exact(name, self.sites)
            or names.exact(name, self.stations)
            or names.exact(name, self.places)
        )
        if found:
            return _only(name, found)
        raise _unknown("place", name, [*self.sites, *self.stations, *self.places])

    def site(self, name: str) -> Site:
        """Find a launch site by its name.

        Parameters
        ----------
        name : str
            Id, name or other name.

        Returns
        -------
        Site
            The site.
        """
        return _one("launch site", name, self.sites)

    def vehicle(self, name: str) -> Vehicle:
        """Find a launch vehicle by its name.

        Parameters
        ----------
        name : str
            Id, name or other name.

        Returns
        -------
        Vehicle
            The vehicle.
        """
        return _one("launch vehicle", name, self.vehicles)

    def satellite(self, name: str) -> Satellite:
        """Find a satellite by its name or catalogue number.

        Parameters
        ----------
        name : str
            Id, name, other name or catalogue number.

        Returns
        -------
        Satellite
            The satellite.
        """
        for row in self.satellites:
            if name.strip() == str(row.norad):
                return row
        return _one("satellite", name, self.satellites)

    def sensor(self, name: str) -> Sensor:
        """Find a camera by its name, or by the satellite that carries it.

        Parameters
        ----------
        name : str
            Id, name or other name of the sensor; or what `satellite` takes.

        Returns
        -------
        Sensor
            The camera.
        """
        if found := names.exact(name, self.sensors):
            return _only(name, found)
        try:
            carrier = self.satellite(name).id
        except UnknownNameError:
            carrier = ""
        for row in self.sensors:
            if carrier and carrier in row.satellites:
                return row
        raise _unknown("sensor", name, self.sensors)

    @cached_property
    def _index(self) -> dict[str, Any]:
        return read_toml(self.folder / "tables.toml")

    def _read(self, name: str, row_type: type[RowT]) -> tuple[RowT, ...]:
        return read_csv(self.folder / f"{name}.csv", row_type, self.sources)


@dataclass(frozen=True, slots=True)
class _WithNumber:
    id: str
    name: str
    aliases: tuple[str, ...]


def _numbered(rows: tuple[Satellite, ...]) -> list[_WithNumber]:
    return [
        _WithNumber(row.id, row.name, (*row.aliases, str(row.norad or ""), row.cospar))
        for row in rows
    ]


def _about(rows: tuple[Satellite, ...]) -> list[str]:
    return [", ".join(filter(None, (row.country, str(row.norad or "")))) for row in rows]


def _only(name: str, found: Sequence[NamedT]) -> NamedT:
    if len(found) > 1:
        choice = ", ".join(f"{row.id} ({row.name})" for row in found)
        raise InputError(f"{name!r} is {len(found)} places; write one of {choice}")
    return found[0]


def _one(kind: str, name: str, rows: tuple[NamedT, ...]) -> NamedT:
    if found := names.exact(name, rows):
        return _only(name, found)
    raise _unknown(kind, name, rows)


def _unknown(kind: str, name: str, rows: Any) -> UnknownNameError:
    like = names.near(name, rows)
    hint = (
        f"did you mean {' or '.join(like)}?"
        if like
        else "look for it with `kosmodrom find`"
        + (" or write latitude,longitude in degrees" if kind == "place" else "")
    )
    return UnknownNameError(f"no {kind} is called {name!r}; {hint}", like)


@lru_cache(maxsize=1)
def load_catalog() -> Catalog:
    """Open the catalog that ships with the package.

    Returns
    -------
    Catalog
        Always the same one; its tables are read when first asked for.
    """
    return Catalog(Path(__file__).parent / "data")
