"""Facts that ship with the package, each row with source, grade and dates."""

from kosmodrom.catalog.corridors import Corridor
from kosmodrom.catalog.events import Launch, TestCount
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

__all__ = [
    "Catalog",
    "Corridor",
    "Country",
    "ElementSet",
    "Hit",
    "Launch",
    "Place",
    "Satellite",
    "Sensor",
    "Site",
    "Source",
    "Station",
    "TableInfo",
    "TestCount",
    "Vehicle",
    "load_catalog",
]
