"""``kosmodrom data``: what the answers rest on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kosmodrom.cli.options import lang_option

if TYPE_CHECKING:
    from kosmodrom.store import ImportReport

__all__ = ["command"]


@click.group(
    "data",
    epilog="""\b
Examples:
  kosmodrom data list
  kosmodrom data import launch.tsv
  kosmodrom data import iss-2026.3le
""",
)
def _command() -> None:
    """List the data, or import a file of your own."""


command = _command


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@lang_option
def _list(lang: str, *, as_json: bool) -> None:
    """List shipped tables and imported files.

    Rows, hash, last day covered, whom to credit and under which terms.
    """
    from dataclasses import asdict

    from kosmodrom import messages
    from kosmodrom.cli.page import Column, Page
    from kosmodrom.cli.talk import emit_json
    from kosmodrom.workspace import open_context

    context = open_context()
    shipped = [{"kind": "catalog", **asdict(table)} for table in context.catalog.tables]
    store = context.store
    imported = [asdict(table) for table in store.tables()] if store else []
    if as_json:
        emit_json({"shipped": shipped, "imported": imported})
        return
    page = Page(lang)
    for title, tables in (("data_shipped", shipped), ("data_imported", imported)):
        page.line(page.word(title), "bold")
        if not tables:
            page.line(page.word("data_none"))
            continue
        heads = [Column(page.word("name")), Column(page.word("rows_head"), right=True),
                 Column(page.word("until_head")), Column("sha256"),
                 Column(page.word("terms"), elastic=True)]  # fmt: skip
        page.table(heads, [(table["name"], table["rows"], table["until"], table["sha256"][:12],
                            messages.fixed(table["terms"], "terms", lang))
                           for table in tables])  # fmt: skip
        page.line()
        credits_of: dict[str, list[str]] = {}
        for table in tables:
            credits_of.setdefault(table["source"], []).append(table["name"])
        for source, names in credits_of.items():
            page.bullet(f"{', '.join(names)}: {messages.fixed(source, 'origin', lang)}")
        page.line()


@command.command("import")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print what was taken as JSON.")
@lang_option
def _import(file: str, lang: str, *, as_json: bool) -> None:
    """Import a launch list or element sets into the store.

    FILE is GCAT's list of orbital launches (CSV or TSV), its launch log (TSV), or element sets
    (TLE with or without names, OMM in JSON or CSV), plain or .gz. All of it is taken or nothing;
    the same file twice changes nothing. Lines of a launch list that cannot be used are kept with
    their reason and listed.
    """
    from dataclasses import asdict

    from kosmodrom.cli.page import Page
    from kosmodrom.cli.talk import emit_json
    from kosmodrom.errors import InputError
    from kosmodrom.store import Store
    from kosmodrom.workspace.context import home
    from kosmodrom.workspace.imports import import_file

    path = Path(file)
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; give a file")
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot read {path}: {why}") from None
    with Store.open(home() / "store.duckdb", read_only=False) as store:
        report = import_file(path, store)
    if as_json:
        emit_json(asdict(report))
        return
    _show(report, Page(lang))


def _show(report: ImportReport, page: Any) -> None:
    what = "import_sets" if report.kind == "element-sets" else "import"
    code = f"{what}_again" if report.already else f"{what}_done"
    page.line(page.word(code, name=report.name, rows=report.rows, until=report.until or "–"))
    page.line(f"{report.credit}; {report.terms}", "dim")
    if report.left_out:
        page.line(page.word("import_left_out", count=report.left_out))
    if report.skipped:
        page.line(page.word("import_skipped", count=report.skipped))
        for row in report.bad[:10]:
            page.bullet(f"{row.line}: {row.problem}")
