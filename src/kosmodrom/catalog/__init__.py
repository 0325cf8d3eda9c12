"""Facts that ship with the package, each row with source, grade and dates."""

from kosmodrom.catalog.corridors import Corridor
from kosmodrom.catalog.events import ClosedArea, FlownCorridor, Launch, LaunchOrbit, TestCount
from kosmodrom.catalog.launcher_shelf import LauncherShelf
from kosmodrom.catalog.launchers import Datum, Doubt, Engine, Launcher, Section, Stage
from kosmodrom.catalog.names import Hit
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
from kosmodrom.catalog.shelf import Catalog, load_catalog
from kosmodrom.catalog.tables import TableInfo
from kosmodrom.catalog.vehicles import (
    DropZone,
    FlightEvent,
    PartDatum,
    PublishedPayload,
    StackRow,
    VehicleBuild,
    VehiclePart,
)

__all__ = [
    "Catalog",
    "ClosedArea",
    "Corridor",
    "Country",
    "Datum",
    "Doubt",
    "DropZone",
    "ElementSet",
    "Engine",
    "FlightEvent",
    "FlownCorridor",
    "Hit",
    "Launch",
    "LaunchOrbit",
    "Launcher",
    "LauncherShelf",
    "PartDatum",
    "Place",
    "PublishedPayload",
    "Satellite",
    "Section",
    "Sensor",
    "Site",
    "Source",
    "StackRow",
    "Stage",
    "Station",
    "TableInfo",
    "TestCount",
    "Vehicle",
    "VehicleBuild",
    "VehiclePart",
    "load_catalog",
]
