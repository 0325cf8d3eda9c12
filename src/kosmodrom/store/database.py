"""The database of imported histories: one file, one writer, SQL only here."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

import duckdb

from kosmodrom.base.dates import DateRange
from kosmodrom.errors import StoreError
from kosmodrom.store import element_sets, gcat
from kosmodrom.store.reading import Readout, file_hash, read
from kosmodrom.store.rows import BadRow, ImportedLaunch, ImportedTable, ImportReport

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from kosmodrom.store.element_sets import SetFile

__all__ = ["Store"]

# The database reads no other file, loads no extension and so never asks the network.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
_MIGRATION = re.compile(r"(\d{4})_\w+\.sql")
_REPORTED = 100  # bad lines told; the store keeps all
_COLUMNS = (
    "line", "tag", "first_day", "last_day", "utc", "utc_precision_s", "vehicle", "variant",
    "family", "mission", "payload", "site_code", "site_parent", "pad", "agency", "state", "code",
    "fail_code", "outcome", "success_fraction", "pad_explosion", "perigee_m", "apogee_m",
    "inclination_deg", "orbit_class",
)  # fmt: skip
_TEXTS = frozenset(item.name for item in fields(ImportedLaunch) if item.type is str)
_INSERT_LAUNCHES = (
    "INSERT INTO launch SELECT ?, unnest(?), unnest(?), unnest(?)::DATE, unnest(?)::DATE, "
    + ", ".join(["unnest(?)"] * (len(_COLUMNS) - 4))
)
_SELECT_LAUNCHES = """
    SELECT line, tag, first_day, last_day, utc, utc_precision_s, vehicle, variant, family,
           mission, payload, site_code, site_parent, pad, agency, state, code, fail_code,
           outcome, success_fraction, pad_explosion, perigee_m, apogee_m, inclination_deg,
           orbit_class
    FROM launch WHERE import_id = ? ORDER BY first_day, last_day, tag
"""


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


class Store:
    """Imported histories in one DuckDB file.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection or None
        An open database; None for a store without any import.
    path : pathlib.Path
        Its file.
    read_only : bool
        Whether imports are refused.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection | None, path: Path, *, read_only: bool = True
    ) -> None:
        self._connection = connection
        self._read_only = read_only
        self.path = path

    @classmethod
    def open(cls, path: Path, *, read_only: bool = True) -> Self:
        """Open the store.

        Parameters
        ----------
        path : pathlib.Path
            Its file; where it is missing, a reader finds no imports and a writer makes it.
        read_only : bool
            Only `import_file` writes.

        Returns
        -------
        Store
            The open store; close it, or use it in a ``with`` statement.
        """
        if read_only and not path.exists():
            return cls(None, path)
        try:
            if not read_only:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = duckdb.connect(str(path), read_only=read_only, config=_CONFIG)
        except (duckdb.Error, OSError) as error:
            raise StoreError(_why(path, error)) from error
        try:
            _check_version(connection, path, read_only=read_only)
        except (duckdb.Error, StoreError):
            connection.close()
            raise
        return cls(connection, path, read_only=read_only)

    def close(self) -> None:
        """Close the store."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def tables(self) -> list[ImportedTable]:
        """List the imported files, latest import last.

        Returns
        -------
        list of ImportedTable
            Name, hash, rows, credit, terms, last day covered.
        """
        found = self._rows(
            "SELECT name, kind, file, row_count, sha256, source, terms, through, bad, edition "
            "FROM import ORDER BY import_id"
        )
        return [
            ImportedTable(
                name=name, kind=kind, file=file, rows=rows, sha256=sha256, source=source,
                terms=terms, until=through.isoformat() if through else None, skipped=bad,
                edition=edition or "",
            )
            for name, kind, file, rows, sha256, source, terms, through, bad, edition in found
        ]  # fmt: skip

    def launches(self, name: str | None = None) -> list[ImportedLaunch]:
        """Give the launches of one imported file.

        Parameters
        ----------
        name : str or None
            Name of the import as in `tables`; None takes the one that reaches furthest, of
            several that reach equally far the last imported.

        Returns
        -------
        list of ImportedLaunch
            In order of time; empty where nothing was imported.
        """
        table = self.table(name)
        if table is None:
            return []
        ids = self._rows("SELECT import_id FROM import WHERE sha256 = ?", [table.sha256])
        return [_launch(row) for row in self._rows(_SELECT_LAUNCHES, [ids[0][0]])]

    def table(self, name: str | None = None) -> ImportedTable | None:
        """Find one imported file.

        Parameters
        ----------
        name : str or None
            Name of the import; None takes the one that `launches` takes.

        Returns
        -------
        ImportedTable or None
            None where no launches were imported.
        """
        tables = self.tables()
        if name is None:
            launches = [table for table in tables if table.kind != element_sets.KIND]
            return max(reversed(launches), key=lambda table: table.until or "", default=None)
        for table in tables:
            if table.name == name:
                return table
        known = ", ".join(table.name for table in tables) or "none"
        raise StoreError(f"no imported history is called {name!r}; there are: {known}")

    def bad_rows(self, name: str) -> list[BadRow]:
        """List the lines of an imported file that could not be used.

        Parameters
        ----------
        name : str
            Name of the import.

        Returns
        -------
        list of BadRow
            In order of line.
        """
        found = self._rows(
            "SELECT line, problem, text FROM source_row JOIN import USING (import_id) "
            "WHERE name = ? AND problem IS NOT NULL ORDER BY line",
            [name],
        )
        return [BadRow(*row) for row in found]

    def import_file(
        self, path: Path, progress: Callable[[str, int, int], None] = _silent
    ) -> ImportReport:
        """Take in a launch list: all of it or, where anything stops it, nothing.

        The same file twice changes nothing. Lines that cannot be used are kept with their
        reason, and the good ones are taken.

        Parameters
        ----------
        path : pathlib.Path
            GCAT's orbital launch list (CSV or TSV) or its launch log (TSV); ``.gz`` too.
        progress : callable
            ``progress(stage, done, total)``.

        Returns
        -------
        ImportReport
            What was taken and what not.
        """
        self._check_writable()
        sha256 = file_hash(path)
        known = [table for table in self.tables() if table.sha256 == sha256]
        if known:
            return self._report_again(known[0])
        progress("read", 0, 2)
        readout = read(path)
        progress("write", 1, 2)
        through = _through(readout.launches)
        name = self._free_name(readout.kind, through)

        def _write() -> None:
            self._write(name, path.name, sha256, readout)
            progress("write", 2, 2)

        self._in_one(_write)
        return ImportReport(
            name=name, kind=readout.kind, rows=len(readout.launches), lines=len(readout.lines),
            skipped=len(readout.bad), bad=readout.bad[:_REPORTED], left_out=readout.left_out,
            sha256=sha256, credit=gcat.CREDIT, terms=gcat.TERMS, until=through,
        )  # fmt: skip

    def import_sets(self, given: SetFile) -> ImportReport:
        """Keep the element sets of a file: all of them or, where anything stops it, none.

        The same file twice changes nothing.

        Parameters
        ----------
        given : SetFile
            The file, read.

        Returns
        -------
        ImportReport
            What was taken.
        """
        self._check_writable()
        known = [table for table in self.tables() if table.sha256 == given.sha256]
        if known:
            return self._report_again(known[0])
        name = self._free_name(element_sets.KIND, given.through)
        self._in_one(lambda: self._write_sets(name, given))
        return ImportReport(
            name=name, kind=element_sets.KIND, rows=len(given), lines=len(given.lines), skipped=0,
            sha256=given.sha256, credit=element_sets.CREDIT, terms=element_sets.TERMS,
            until=given.through,
        )  # fmt: skip

    def element_sets(self, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
        """Give the imported element sets of satellites.

        Parameters
        ----------
        numbers : sequence of int
            Their catalogue numbers [-].

        Returns
        -------
        list of tuple
            Name of the import, then the columns of `element_sets.COLUMNS`; in the order of imports
            and their lines.
        """
        return self._rows(element_sets.SELECT, [list(numbers)])

    def satellite_names(self) -> list[tuple[str, int]]:
        """List the names in imported element sets.

        Returns
        -------
        list of tuple
            Each name with each number it stands for.
        """
        return [(name, number) for name, number in self._rows(element_sets.NAMES)]

    def _check_writable(self) -> None:
        if self._connection is None or self._read_only:
            raise StoreError(f"{self.path}: opened for reading; open it for writing to import")

    def _in_one(self, write: Callable[[], None]) -> None:
        """Write in one transaction, and undo it whatever stops it."""
        try:
            self._execute("BEGIN")
            write()
            self._execute("COMMIT")
        except BaseException as error:
            # Also on a pressed key: the transaction must not stay open.
            self._execute("ROLLBACK")
            if isinstance(error, duckdb.Error):
                raise StoreError(f"{self.path}: nothing was imported ({error})") from error
            raise

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        if self._connection is None:
            return []
        try:
            return self._connection.execute(query, list(values)).fetchall()
        except duckdb.Error as error:
            raise StoreError(f"{self.path}: cannot be read ({_first_line(error)})") from error

    def _report_again(self, table: ImportedTable) -> ImportReport:
        lines = self._rows(
            "SELECT lines FROM import WHERE sha256 = ?", [table.sha256]
        )[0][0]  # fmt: skip
        return ImportReport(
            name=table.name, kind=table.kind, rows=table.rows, lines=lines,
            skipped=table.skipped, bad=tuple(self.bad_rows(table.name)[:_REPORTED]),
            sha256=table.sha256, credit=table.source, terms=table.terms, until=table.until,
            already=True,
        )  # fmt: skip

    def _free_name(self, kind: str, through: str) -> str:
        taken = {table.name for table in self.tables()}
        plain = f"{kind}-{through}"
        names = (plain if number == 1 else f"{plain}-{number}" for number in range(1, 10_000))
        return next(name for name in names if name not in taken)

    def _write(self, name: str, file: str, sha256: str, readout: Readout) -> None:
        number = self._write_import(
            name, readout.kind, file, sha256, readout.edition or None, len(readout.launches),
            len(readout.lines), len(readout.bad), _through(readout.launches),
            gcat.CREDIT, gcat.URL, gcat.TERMS,
        )  # fmt: skip
        problems = {row.line: row.problem for row in readout.bad}
        self._write_lines(number, readout.lines, [problems.get(at) for at, _ in readout.lines])
        rows = [_values(launch) for launch in readout.launches]
        columns = [list(column) for column in zip(*rows, strict=True)]
        self._execute(_INSERT_LAUNCHES, [number, *columns])

    def _write_sets(self, name: str, given: SetFile) -> None:
        number = self._write_import(
            name, element_sets.KIND, given.file, given.sha256, given.form, len(given),
            len(given.lines), 0, given.through, element_sets.CREDIT, "", element_sets.TERMS,
        )  # fmt: skip
        self._write_lines(number, given.lines, [None] * len(given.lines))
        columns = [list(given.columns[key]) for key in element_sets.COLUMNS]
        self._execute(element_sets.INSERT, [number, list(range(len(given))), *columns])

    def _write_import(self, *values: Any) -> int:
        number = int(self._rows("SELECT coalesce(max(import_id), 0) + 1 FROM import")[0][0])
        self._execute(
            "INSERT INTO import VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::DATE, ?, ?, ?)",
            [number, *values],
        )
        return number

    def _write_lines(
        self, number: int, lines: Sequence[tuple[int, str]], problems: Sequence[str | None]
    ) -> None:
        self._execute(
            "INSERT INTO source_row SELECT ?, unnest(?), unnest(?), unnest(?)",
            [number, [at for at, _ in lines], [text for _, text in lines], list(problems)],
        )

    def _execute(self, query: str, values: Sequence[Any] = ()) -> None:
        if self._connection is not None:
            self._connection.execute(query, list(values))


def _through(launches: Sequence[ImportedLaunch]) -> str:
    return max(launch.when.first for launch in launches).isoformat()


def _values(launch: ImportedLaunch) -> tuple[Any, ...]:
    """One launch in the order of `_COLUMNS`; empty text is NULL, heights are metres."""
    values = {item.name: getattr(launch, item.name) for item in fields(launch)}
    values |= {
        "first_day": launch.when.first.isoformat(),
        "last_day": launch.when.last.isoformat(),
        "perigee_m": None if launch.perigee_km is None else launch.perigee_km * 1000,
        "apogee_m": None if launch.apogee_km is None else launch.apogee_km * 1000,
    }
    return tuple(None if values[name] == "" else values[name] for name in _COLUMNS)


def _launch(row: tuple[Any, ...]) -> ImportedLaunch:
    values: dict[str, Any] = dict(zip(_COLUMNS, row, strict=True))
    when = DateRange(values.pop("first_day"), values.pop("last_day"))
    perigee, apogee = values.pop("perigee_m"), values.pop("apogee_m")
    cleaned: dict[str, Any] = {
        name: "" if value is None and name in _TEXTS else value for name, value in values.items()
    }
    return ImportedLaunch(
        when=when,
        perigee_km=None if perigee is None else perigee / 1000,
        apogee_km=None if apogee is None else apogee / 1000,
        **cleaned,
    )


def _migrations() -> list[tuple[int, str]]:
    entries = (files("kosmodrom.store") / "migrations").iterdir()
    return sorted(
        (int(match[1]), entry.read_text("utf-8"))
        for entry in entries
        if (match := _MIGRATION.fullmatch(entry.name))
    )


def _check_version(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
    """Bring the tables up to this version; a reader only looks."""
    tables = connection.execute(
        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'main'"
    ).fetchall()
    names = {name for (name,) in tables}
    if names and "schema_version" not in names:
        raise StoreError(
            f"{path}: a database, but not one of kosmodrom; move it away and import again"
        )
    at = 0
    if names:
        found = connection.execute("SELECT max(version) FROM schema_version").fetchone()
        at = int(found[0]) if found and found[0] is not None else 0
    migrations = _migrations()
    newest = migrations[-1][0]
    if at > newest:
        raise StoreError(
            f"{path}: made by a newer kosmodrom (tables of version {at}, this one knows "
            f"{newest}); update kosmodrom"
        )
    if at == newest:
        return
    if read_only:
        raise StoreError(
            f"{path}: tables of version {at}, version {newest} is due; import a file again with "
            "`kosmodrom data import FILE`, which brings them up to date"
        )
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY)")
    for version, statements in migrations:
        if version > at:
            connection.execute(statements)
            connection.execute("INSERT INTO schema_version VALUES (?)", [version])
    connection.execute("COMMIT")


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]


def _why(path: Path, error: duckdb.Error | OSError) -> str:
    text = str(error)
    if isinstance(error, OSError):
        return f"{path}: cannot be opened ({error.strerror}); set KOSMODROM_HOME to another folder"
    if "lock" in text or "different configuration" in text:
        return (
            f"{path}: another process holds the store; end it, or wait until its import is done, "
            "and try again"
        )
    if "not a valid DuckDB" in text or "newer version" in text or "older version" in text:
        return f"{path}: no store that this version reads; move it away and import again"
    return f"{path}: cannot be opened ({_first_line(error)})"
