"""The Context: everything an analysis may use besides its request."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from kosmodrom.base.dates import DateRange, public_by
from kosmodrom.catalog import load_catalog
from kosmodrom.errors import InputError, NotYetPublicError
from kosmodrom.workspace.places import ResolvedPlace, resolve_place
from kosmodrom.workspace.workers import ThreadMap, processors, serial_map

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from kosmodrom.catalog import Catalog, Launch, Launcher, TestCount
    from kosmodrom.store import Store
    from kosmodrom.workspace._element_sets import FileReading
    from kosmodrom.workspace.satellites import ResolvedSatellites
    from kosmodrom.workspace.texts import FileText

__all__ = ["Context", "RowSink", "Usable", "open_context"]


class _Dated(Protocol):
    @property
    def known_from(self) -> str:
        """ISO day from which the row was public."""

    @property
    def happened(self) -> str:
        """ISO day of what the row tells."""


class RowSink(Protocol):
    """Takes rows as they come."""

    @property
    def rows(self) -> int:
        """How many have come."""

    def write(self, columns: Mapping[str, Any], specs: Sequence[Any]) -> None:
        """Take some rows.

        Parameters
        ----------
        columns : Mapping
            Columns by name.
        specs : sequence of ColumnSpec
            What is promised of them.
        """


RowT = TypeVar("RowT", bound=_Dated)


@dataclass(frozen=True, slots=True)
class Usable(Generic[RowT]):
    """Rows that were public by the day of the context.

    Attributes
    ----------
    rows : tuple
        The rows that may be used.
    hidden : int
        How many rows were published later and are held back [-].
    unknown : int
        How many of the used rows do not say when they were published [-]; the end of what
        happened was taken.
    """

    rows: tuple[RowT, ...]
    hidden: int
    unknown: int


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total


@dataclass(frozen=True, kw_only=True)
class Context:
    """Facts as of a day, imported histories, seed, workers, progress.

    Attributes
    ----------
    catalog : Catalog
        The shipped facts.
    as_of : datetime.date or None
        Only what was public by the end of this UTC day is used; None uses all.
    seed : int
        Seed of every random draw [-].
    store_path : pathlib.Path or None
        Database of imported histories; None or a missing file means none.
    map : callable
        ``map(function, items)`` that may use several workers.
    progress : callable
        ``progress(stage, done, total)``.
    cancelled : callable
        Tells whether the user wants to stop.
    files : bool
        Whether a request may name files; True only where the user alone wrote it, at the shell or
        in Python, never for a case or a request from elsewhere.
    sink : RowSink or None
        Where rows go piece by piece instead of into the result, if the user asked for that.
    """

    catalog: Catalog = field(default_factory=load_catalog)
    as_of: date | None = None
    seed: int = 0
    store_path: Path | None = None
    map: Callable[..., Any] = serial_map
    progress: Callable[[str, int, int], None] = _silent
    cancelled: Callable[[], bool] = lambda: False
    files: bool = False
    sink: RowSink | None = None

    def usable(self, rows: Sequence[RowT]) -> Usable[RowT]:
        """Hold back what was published after the day of the context.

        Parameters
        ----------
        rows : sequence
            Rows with `known_from` and `happened`.

        Returns
        -------
        Usable
            The rows that may be used, and the counts of the others.
        """
        kept: list[RowT] = []
        unknown = 0
        for row in rows:
            public, guessed = public_by(row.known_from, row.happened, self.as_of)
            if public:
                kept.append(row)
                unknown += guessed
        return Usable(tuple(kept), len(rows) - len(kept), unknown)

    def launches(self) -> Usable[Launch]:
        """Give the launches of the catalog that were public by the day of the context.

        Returns
        -------
        Usable
            The launches.
        """
        return self.usable(self.catalog.launches)

    def missile_tests(self) -> Usable[TestCount]:
        """Give the daily test counts that were public by the day of the context.

        Returns
        -------
        Usable
            The counts.
        """
        return self.usable(self.catalog.missile_tests)

    def resolve_place(self, text: str) -> ResolvedPlace:
        """Find a place by its name or read its coordinates.

        Parameters
        ----------
        text : str
            A name of the catalog, or ``lat,lon[,height]`` in degrees and metres.

        Returns
        -------
        ResolvedPlace
            The point.
        """
        return resolve_place(text, self.catalog)

    def resolve_vehicle(self, text: str) -> Launcher:
        """Find a launch vehicle with the numbers of its stages by its name.

        Parameters
        ----------
        text : str
            A name of the catalog, like ``Soyuz-2.1b/Fregat``.

        Returns
        -------
        Launcher
            The vehicle as it is put together; it may lack data, see `Launcher.for_performance`.
        """
        launcher = self.catalog.launchers.find(text)
        public, _ = public_by(launcher.known_from, launcher.happened, self.as_of)
        if not public:
            raise NotYetPublicError(
                f"{launcher.name} was not public yet by {self.as_of}; it is known from "
                f"{launcher.known_from} on. Ask as of that day or a later one",
                name=launcher.name,
                first=launcher.known_from,
            )
        return launcher

    def satellites(self, texts: Sequence[str]) -> ResolvedSatellites:
        """Find the element sets of satellites by number, name or, where allowed, file.

        Parameters
        ----------
        texts : sequence of str
            As in `resolve_satellites`.

        Returns
        -------
        ResolvedSatellites
            The sets that were public by the day of the context, and where they are from.
        """
        from kosmodrom.workspace.satellites import resolve_satellites

        asked = tuple(texts)
        if asked not in self._resolved:
            self._resolved.clear()  # one is enough to check a request and then run it
            self._resolved[asked] = resolve_satellites(texts, self, files_allowed=self.files)
        return self._resolved[asked]

    def resolve(self, kind: str, text: str) -> object:
        """Find a name of the catalog by the kind of field it stands in.

        Parameters
        ----------
        kind : {"place", "site", "country", "satellite", "vehicle", "file"}
            Which list.
        text : str
            The name.

        Returns
        -------
        object
            The row, the point of a place, the element sets of a satellite, the launcher, or the
            text of a file.
        """
        if kind == "satellite":
            return self.satellites([text])
        if kind == "place":
            return self.resolve_place(text)
        if kind == "site":
            return self.catalog.site(text)
        if kind == "vehicle":
            return self.resolve_vehicle(text)
        if kind == "file":
            return self.text_of_file(text)
        return self.catalog.borders.find(text)

    @cached_property
    def _resolved(self) -> dict[tuple[str, ...], ResolvedSatellites]:
        return {}

    @cached_property
    def readings(self) -> dict[str, FileReading]:
        """Keep the files that were read, so that checking and running read them once.

        Returns
        -------
        dict
            Files by their paths as given.
        """
        return {}

    @cached_property
    def _texts(self) -> dict[str, FileText]:
        return {}

    def text_of_file(self, path: str) -> FileText:
        """Read a text of the user's, once.

        Parameters
        ----------
        path : str
            Path as given; ``-`` is what comes in by the shell.

        Returns
        -------
        FileText
            The text, and what the file is.
        """
        from kosmodrom.workspace.texts import read_user_text

        if not self.files:
            raise InputError(
                f"{path!r} is a file; files are read only where they are named at the shell or in "
                "Python. Write their texts into the request"
            )
        if path not in self._texts:
            self._texts[path] = read_user_text(path)
        return self._texts[path]

    @cached_property
    def store(self) -> Store | None:
        """Open the imported histories for reading.

        Returns
        -------
        Store or None
            The open store; None where nothing was imported.
        """
        from kosmodrom.store import Store

        if self.store_path is None or not self.store_path.is_file():
            return None
        return Store.open(self.store_path, read_only=True)


def home() -> Path:
    """Find the folder of the user's own data.

    Returns
    -------
    pathlib.Path
        ``$KOSMODROM_HOME``, or kosmodrom's folder in the XDG data home.
    """
    if given := os.environ.get("KOSMODROM_HOME"):
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "kosmodrom"


def open_context(as_of: str | None = None, *, seed: int = 0, **more: Any) -> Context:
    """Make the context that a door uses.

    Parameters
    ----------
    as_of : str or None
        ISO day (a month or a year is taken to its end); None uses all that is known.
    seed : int
        Seed of every random draw [-].
    **more
        Other attributes of `Context`.

    Returns
    -------
    Context
        The context.
    """
    day = DateRange.parse(as_of).last if as_of else None
    more.setdefault("store_path", home() / "store.duckdb")
    more.setdefault("map", ThreadMap(processors()))
    return Context(as_of=day, seed=seed, **more)
