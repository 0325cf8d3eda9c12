"""From the texts that name satellites to their element sets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from kosmodrom.catalog.names import exact, fold, near
from kosmodrom.errors import InputError, NotYetPublicError, UnknownNameError
from kosmodrom.orbits.catalog_numbers import catalog_number
from kosmodrom.orbits.elements import joined
from kosmodrom.orbits.history import distinct
from kosmodrom.workspace._element_sets import (
    FileReading,
    from_catalog,
    from_store,
    public_by_day,
    read_file,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from kosmodrom.catalog import Catalog
    from kosmodrom.orbits.elements import ElementSets
    from kosmodrom.store import Store

__all__ = ["Known", "ResolvedSatellites", "UsedData", "resolve_satellites"]

_NUMBER = re.compile(r"\d{1,9}|[A-HJ-NP-Z]\d{4}", re.ASCII)
_PATH = re.compile(r"[/\\]|\.(?:tle|2le|3le|txt|json|csv|omm|gz|xml|kvn)$", re.IGNORECASE)
_IMPORT = "bring one in by `kosmodrom data import FILE`"


class Known(Protocol):
    """Where satellites are looked up; `Context` is such."""

    @property
    def catalog(self) -> Catalog:
        """The shipped facts."""

    @property
    def store(self) -> Store | None:
        """The imported histories."""

    @property
    def as_of(self) -> date | None:
        """The day by whose end all must have been public."""

    @property
    def readings(self) -> dict[str, FileReading]:
        """Files that were read before."""

    def usable(self, rows: Any) -> Any:
        """Hold back what was published later.

        Parameters
        ----------
        rows : sequence
            Rows with `known_from` and `happened`.

        Returns
        -------
        Usable
            The rows that may be used.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedData:
    """A set of rows that element sets were taken from.

    Attributes
    ----------
    name : str
        Name in the catalog, of the imported history, or of the file.
    sha256 : str
        Hash of the file.
    rows : int
        How many rows it holds [-].
    source : str
        Whom to credit.
    terms : str
        Licence or terms.
    until : str or None
        Last day the data cover.
    """

    name: str
    sha256: str
    rows: int
    source: str
    terms: str
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolvedSatellites:
    """The element sets of the satellites that were named.

    Attributes
    ----------
    elements : ElementSets
        Satellites in the order in which they were named, the sets of each by epoch, each epoch
        once.
    data : tuple of UsedData
        Where they were taken from.
    hidden : int
        Sets that were not public by the day asked about, and are held back [-].
    repeats, conflicts : int
        Sets dropped as another has the same satellite and epoch, and how many of these differed
        from the one kept [-].
    """

    elements: ElementSets
    data: tuple[UsedData, ...]
    hidden: int = 0
    repeats: int = 0
    conflicts: int = 0


@dataclass(slots=True)
class _Found:
    """What was found so far."""

    parts: list[ElementSets] = field(default_factory=list)
    data: dict[str, UsedData] = field(default_factory=dict)
    hidden: int = 0
    numbers: set[int] = field(default_factory=set)
    imported: dict[str, set[int]] | None = None

    def keep(self, elements: ElementSets, public: NDArray[np.bool_]) -> int:
        """Take the sets that were public, and count them."""
        count = int(public.sum())
        self.hidden += len(elements) - count
        if count:
            self.parts.append(elements if count == len(elements) else elements[public])
        return count


def resolve_satellites(
    texts: Sequence[str], known: Known, *, files_allowed: bool
) -> ResolvedSatellites:
    """Find the element sets of satellites.

    Parameters
    ----------
    texts : sequence of str
        Catalogue numbers (Alpha-5 too), names of the catalog or of imported histories and, where
        files are allowed, paths of files of element sets: ``FILE`` for all of it, ``FILE#NUMBER``
        or ``FILE#NAME`` for one satellite of it.
    known : Known
        Catalog, imported histories, and the day as of which.
    files_allowed : bool
        Whether a text may name a file; False for any request that a stranger may have written.

    Returns
    -------
    ResolvedSatellites
        The sets, and where they are from.
    """
    if not texts:
        raise InputError("no satellite is named; give a catalogue number or a name")
    found = _Found()
    for text in dict.fromkeys(text.strip() for text in texts):
        if not fold(text):
            raise InputError("a satellite's name is empty; give a catalogue number or a name")
        number = _number_of(found, text, known)
        if number is not None:
            if number in found.numbers:
                continue
            found.numbers.add(number)
            _by_number(found, number, text, known, files_allowed=files_allowed)
        elif files_allowed and (chosen := _file_of(text, known)) is not None:
            _by_file(found, *chosen, known)
        else:
            raise _unknown(text, known, files_allowed=files_allowed)
    result = distinct(joined(found.parts))
    return ResolvedSatellites(
        elements=result.elements,
        data=tuple(found.data.values()),
        hidden=found.hidden,
        repeats=result.repeats,
        conflicts=result.conflicts,
    )


def _number_of(found: _Found, text: str, known: Known) -> int | None:
    """Read a number or a name, or None where it is neither."""
    if _NUMBER.fullmatch(text):
        return catalog_number(text)
    rows = exact(text, known.catalog.satellites)
    if len(rows) > 1:
        choice = ", ".join(f"{row.id} ({row.name})" for row in rows)
        raise InputError(f"{text!r} is {len(rows)} satellites; write one of {choice}")
    if rows:
        if rows[0].norad is None:
            why = f": {rows[0].end_note}" if rows[0].end_kind == "launch-failure" else ""
            raise InputError(
                f"{rows[0].name} has no catalogue number, so there are no element sets of it{why}"
            )
        return rows[0].norad
    if found.imported is None:
        found.imported = _imported(known)
    numbers = found.imported.get(fold(text), set())
    if len(numbers) > 1:
        some = ", ".join(map(str, sorted(numbers)[:8]))
        raise InputError(f"{text!r} is {len(numbers)} satellites; write a number: {some}")
    return next(iter(numbers), None)


def _imported(known: Known) -> dict[str, set[int]]:
    """Numbers by the folded names of imported histories."""
    names: dict[str, set[int]] = {}
    for name, number in known.store.satellite_names() if known.store is not None else ():
        names.setdefault(fold(name), set()).add(number)
    return names


def _by_number(
    found: _Found, number: int, text: str, known: Known, *, files_allowed: bool
) -> None:
    """Take the sets of the catalog and of imported histories."""
    before = len(found.parts)
    epochs = _from_catalog(found, number, known) + _from_imports(found, number, known)
    if len(found.parts) == before:
        raise _nothing(number, text, epochs, known, files_allowed=files_allowed)


def _from_catalog(found: _Found, number: int, known: Known) -> list[str]:
    """Take what the catalog has, and give the epochs of all of it."""
    catalog = known.catalog
    rows = [row for row in catalog.element_sets if row.norad == number]
    usable = known.usable(rows).rows
    found.hidden += len(rows) - len(usable)
    if usable:
        found.parts.append(from_catalog(usable, catalog.satellites))
        table = catalog.table("element_sets")
        found.data[table.file] = UsedData(
            name=f"catalog/{table.file}", sha256=table.sha256, rows=table.rows,
            source=table.source, terms=table.terms, until=table.until,
        )  # fmt: skip
    return [row.epoch for row in rows]


def _from_imports(found: _Found, number: int, known: Known) -> list[str]:
    """Take what was imported, and give the epochs of all of it."""
    if known.store is None:
        return []
    sets, imports = from_store(known.store, [number])
    if sets is None:
        return []
    named = [row.name for row in known.catalog.satellites if row.norad == number]
    if named:  # one satellite, one name
        sets = replace(sets, names=(named[0],) * len(sets))
    public = public_by_day(sets, known.as_of)
    found.keep(sets, public)
    used = {name for name, kept in zip(imports, public, strict=True) if kept}
    for table in known.store.tables():
        if table.name in used:
            found.data[table.sha256] = UsedData(
                name=table.name, sha256=table.sha256, rows=table.rows, source=table.source,
                terms=table.terms, until=table.until,
            )  # fmt: skip
    return [str(iso) for iso in sets.epochs.utc_iso(0)]


def _nothing(
    number: int, text: str, epochs: list[str], known: Known, *, files_allowed: bool
) -> InputError:
    called = str(number) if _NUMBER.fullmatch(text) else f"{text} ({number})"
    if epochs:
        return NotYetPublicError(
            f"no element set of satellite {called} was public by {known.as_of}; the first at hand "
            f"has its epoch on {min(epochs)[:10]}. Ask as of a later day, or {_IMPORT}",
            name=called,
            first=min(epochs)[:10],
        )
    count = len({row.norad for row in known.catalog.element_sets})
    file = "give a file of them, or " if files_allowed else ""
    return InputError(
        f"no element sets of satellite {called} are at hand; the catalog has those of {count} "
        f"satellites, `kosmodrom find NAME` looks for one. Fetch them, from celestrak.org or "
        f"space-track.org, and {file}{_IMPORT}"
    )


def _file_of(text: str, known: Known) -> tuple[FileReading, str] | None:
    """Read the file that a text names, and what is chosen of it; None where it names none."""
    for path, _, chosen in ((text, "", ""), text.rpartition("#")):
        if path and Path(path).exists():
            if path not in known.readings:
                known.readings[path] = read_file(Path(path))
            return known.readings[path], chosen
    if _PATH.search(text):
        raise InputError(f"there is no file {text}; look at its path, or give a name or number")
    return None


def _by_file(found: _Found, reading: FileReading, chosen: str, known: Known) -> None:
    elements = reading.elements
    if chosen:
        elements = elements[_rows_of(reading, chosen)]
    public = public_by_day(elements, known.as_of)
    if not found.keep(elements, public):
        first = str(elements.epochs[int(np.argmin(elements.epochs.tai_ns))].utc_iso(0))
        raise NotYetPublicError(
            f"{reading.name}: no element set of it was public by {known.as_of}; the first has its "
            f"epoch on {first[:10]}. Ask as of a later day, or give earlier sets",
            name=reading.name,
            first=first[:10],
        )
    last = str(reading.elements.epochs[int(np.argmax(reading.elements.epochs.tai_ns))].utc_iso(9))
    found.data[reading.sha256] = UsedData(
        name=reading.name,
        sha256=reading.sha256,
        rows=len(reading.elements),
        source="file given by the user",
        terms="as whoever gave it out says",
        until=last[:10],
    )


def _rows_of(reading: FileReading, chosen: str) -> list[int]:
    elements = reading.elements
    if _NUMBER.fullmatch(chosen):
        rows = np.flatnonzero(elements.numbers == catalog_number(chosen)).tolist()
    else:
        wanted = fold(chosen)
        rows = [row for row, name in enumerate(elements.names) if fold(name) == wanted]
    if not rows:
        raise UnknownNameError(
            f"{reading.name} holds no satellite {chosen!r} among its {len(elements)} element sets"
        )
    return rows


def _unknown(text: str, known: Known, *, files_allowed: bool) -> InputError:
    if not files_allowed and _PATH.search(text):
        return InputError(
            f"{text!r} looks like a file; files of element sets are taken only as an option at "
            f"the shell and in Python, so {_IMPORT} and name its satellites"
        )
    like = near(text, known.catalog.satellites)
    hint = f"did you mean {' or '.join(like)}?" if like else "look for it with `kosmodrom find`,"
    file = ", or a file of element sets" if files_allowed else ""
    return UnknownNameError(
        f"no satellite is called {text!r}; {hint} {'Or write' if like else 'or write'} a "
        f"catalogue number{file}",
        like,
    )
