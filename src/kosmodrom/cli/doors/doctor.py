"""``kosmodrom doctor``: whether this installation is sound."""

from __future__ import annotations

import platform
import re
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Finding", "command", "examine"]

_EXTRAS = {"report": ("Jinja2", "babel")}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    what : str
        Which thing.
    state : {"ok", "note", "bad"}
        Sound; worth knowing; broken.
    about : str
        What was found, and the remedy.
    """

    what: str
    state: Literal["ok", "note", "bad"]
    about: str


@click.command(
    "doctor",
    epilog="""\b
Examples:
  kosmodrom doctor
  kosmodrom doctor --json
""",
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def _command(*, as_json: bool) -> int:
    """Tell whether this installation is sound.

    Python, packages and extras, the tables of the catalog, leap seconds, the store of
    imported histories, time zones, the terminal.

    Exit status: 0 sound (notes included), 3 something is broken.
    """
    from kosmodrom.cli.page import Column, Page
    from kosmodrom.cli.talk import emit_json

    findings = list(examine(datetime.now(UTC).date()))
    healthy = all(finding.state != "bad" for finding in findings)
    if as_json:
        emit_json({"healthy": healthy, "findings": [asdict(finding) for finding in findings]})
    else:
        styles = {"ok": "green", "note": "yellow", "bad": "bold red"}
        Page().table(
            [Column("what"), Column("state"), Column("found", wrap=True, elastic=True)],
            [(finding.what, finding.state, finding.about) for finding in findings],
            [styles[finding.state] for finding in findings],
            styled=1,
        )
    return 0 if healthy else 3


command = _command


def examine(today: date) -> Iterator[Finding]:
    """Look at everything an answer needs.

    Parameters
    ----------
    today : datetime.date
        The day on which tables must not have expired.

    Yields
    ------
    Finding
        One for each thing.
    """
    yield _python()
    yield from _packages()
    yield _catalog()
    yield _cases()
    yield _leap_seconds(today)
    yield _store()
    yield _zones()
    yield _terminal()


def _python() -> Finding:
    about = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding("python", "ok", about)


def _packages() -> Iterator[Finding]:
    from kosmodrom import __version__
    from kosmodrom.cli.files import package_versions

    found = package_versions()
    optional = {name for names in _EXTRAS.values() for name in names}
    missing = [name for name, version in found.items() if version is None and name not in optional]
    listed = ", ".join(f"{name} {version}" for name, version in found.items() if version)
    if missing:
        yield Finding("packages", "bad", f"missing: {', '.join(missing)}; pip install kosmodrom")
    else:
        yield Finding("packages", "ok", f"kosmodrom {__version__}; {listed}")
    for extra, names in _EXTRAS.items():
        lacking = [name for name in names if found.get(name) is None]
        if lacking:
            about = f"{', '.join(lacking)} missing: pip install 'kosmodrom[{extra}]'"
            yield Finding(f"extra {extra}", "note", about)
        else:
            yield Finding(f"extra {extra}", "ok", "installed")


def _catalog() -> Finding:
    from kosmodrom.catalog import load_catalog
    from kosmodrom.errors import KosmodromError

    try:
        tables = load_catalog().tables
    except KosmodromError as error:
        return Finding("catalog", "bad", str(error))
    rows = sum(table.rows for table in tables)
    return Finding("catalog", "ok", f"{len(tables)} tables, {rows} rows read and hashed")


def _cases() -> Finding:
    from kosmodrom.cases.load import shipped

    found = shipped()
    if not found:
        return Finding("cases", "bad", "no shipped case found; install kosmodrom again")
    return Finding("cases", "ok", ", ".join(found))


def _leap_seconds(today: date) -> Finding:
    """Hold ERFA's built-in table against the dated one of the IERS."""
    import erfa
    from astropy_iers_data import IERS_LEAP_SECOND_FILE

    try:
        text = Path(IERS_LEAP_SECOND_FILE).read_text("utf-8")
    except OSError as error:
        return Finding("leap seconds", "bad", f"{IERS_LEAP_SECOND_FILE}: {error.strerror}")
    remedy = "pip install --upgrade pyerfa astropy-iers-data"
    offsets = [
        int(line.split()[4]) for line in text.splitlines() if line[:1] == " " and line.split()
    ]
    table = erfa.leap_seconds.get()
    last = f"last one {int(table['year'][-1])}-{int(table['month'][-1]):02d}"
    if not offsets or offsets[-1] != int(table["tai_utc"][-1]):
        return Finding("leap seconds", "bad", f"{last}, but the IERS lists a later one; {remedy}")
    found = re.search(r"expires on (\d{1,2} \w+ \d{4})", text)
    until = datetime.strptime(found[1], "%d %B %Y").replace(tzinfo=UTC).date() if found else None
    if until is None or until < today:
        about = f"{last}; the table ended on {until}, UTC after that may be a second off; {remedy}"
        return Finding("leap seconds", "note", about)
    return Finding("leap seconds", "ok", f"{last}; the table holds to {until}")


def _store() -> Finding:
    from kosmodrom.errors import StoreError
    from kosmodrom.workspace import open_context

    context = open_context()
    path = context.store_path
    try:
        store = context.store
        tables = store.tables() if store is not None else []
    except StoreError as error:
        return Finding("store", "bad", str(error))
    if not tables:
        return Finding("store", "ok", f"nothing imported; it would stand in {path}")
    return Finding("store", "ok", f"{', '.join(table.name for table in tables)} in {path}")


def _zones() -> Finding:
    from zoneinfo import available_timezones

    count = len(available_timezones())
    if not count:
        return Finding("time zones", "note", "none found; pip install tzdata for --timezone")
    return Finding("time zones", "ok", f"{count} for --timezone")


def _terminal() -> Finding:
    encoding = (sys.stdout.encoding or "unknown").lower()
    if not encoding.startswith("utf"):
        about = f"encoding {encoding} lacks signs that answers use; set PYTHONUTF8=1"
        return Finding("terminal", "note", about)
    return Finding("terminal", "ok", f"encoding {encoding}")
