"""Imported histories: the only door to the database."""

from kosmodrom.store.database import Store
from kosmodrom.store.element_sets import SetFile
from kosmodrom.store.rows import BadRow, ImportedLaunch, ImportedTable, ImportReport

__all__ = ["BadRow", "ImportReport", "ImportedLaunch", "ImportedTable", "SetFile", "Store"]
