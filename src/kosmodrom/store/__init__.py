"""Imported histories: the only door to the database."""

from kosmodrom.store.database import Store
from kosmodrom.store.rows import BadRow, ImportedLaunch, ImportedTable, ImportReport

__all__ = ["BadRow", "ImportReport", "ImportedLaunch", "ImportedTable", "Store"]
