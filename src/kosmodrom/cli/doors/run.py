"""``kosmodrom run``: a case in, a report out."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kosmodrom.cli.options import as_of_option, dask_option
from kosmodrom.errors import CaseError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kosmodrom.cli.files import RunLog

__all__ = ["command"]


@click.command(
    "run",
    epilog="""\b
Examples:
  kosmodrom run vostochny-2023
  kosmodrom run my-case.yaml --out report --lang id --lang en
  kosmodrom run my-case.yaml --as-of 2023-08-20 --json > results.json
""",
)
@click.argument("case")
@click.option("--out", metavar="DIR", help="Folder of the report.  [default: ./CASE-report]")
@click.option(
    "--lang",
    "langs",
    type=click.Choice(["en", "id"]),
    multiple=True,
    help="Language of the report; the first one is report.html.  [default: en] [may be repeated]",
)
@as_of_option
@dask_option
@click.option("--json", "as_json", is_flag=True, help="Print results.json instead of a table.")
@click.option("--quiet", is_flag=True, help="Print only the path of the report.")
def _command(
    case: str,
    out: str | None,
    langs: tuple[str, ...],
    as_of: str | None,
    dask: str | None,
    *,
    as_json: bool,
    quiet: bool,
) -> int:
    """Run a case and write its report.

    CASE is a file, or the name of a case that comes with kosmodrom. The folder gets results.json,
    report.html, features.geojson, claimreview.jsonld and run.json (the log). It is written aside
    and renamed: an earlier report stays whole until the new one is.

    Exit status: 0 done, 2 bad input, 3 a step failed (the report is written and says so).
    """
    from kosmodrom.cases.folder import RunFolder, results_text
    from kosmodrom.cases.run import run_case
    from kosmodrom.cli.cases import open_case
    from kosmodrom.cli.files import RunLog, data_files, report_files
    from kosmodrom.cli.page import Page

    if out is not None and not out.strip():
        raise CaseError("--out: is empty; give the name of a folder, or leave --out away")
    chosen = tuple(dict.fromkeys(langs)) or ("en",)
    log = RunLog()
    with _progress(log, quiet=quiet) as progress, _cluster(dask) as more:
        loaded, context = open_case(case, as_of, progress=progress, **more)
        log.lap("load")
        with RunFolder(Path(out) if out else Path(f"{loaded.id}-report")) as folder:
            document = run_case(loaded, context)  # codes: each report is worded anew
            log.lap("run")
            for name, text in data_files(document):
                folder.write(name, text)
            pages = report_files(document, chosen)
            for name, text in pages or ():
                folder.write(name, text)
            log.lap("write")
            folder.write("run.json", log.text(document))
            folder.publish()
    names = [name for name, _ in pages] if pages is not None else None
    if as_json:
        click.echo(results_text(document), nl=False)
    _show(
        document, folder.target, names, Page(chosen[0]), quiet=quiet or as_json, to_stderr=as_json
    )
    failed = document["failed_steps"] or any(x["status"] == "failed" for x in document["claims"])
    return 3 if failed else 0


command = _command


@contextmanager
def _cluster(address: str | None) -> Iterator[dict[str, Any]]:
    """Give what a context needs to work on a cluster; nothing without one."""
    if address is None:
        yield {}
        return
    from kosmodrom.cases.cluster import DaskMap

    with DaskMap(address) as workers:
        yield {"map": workers}


@contextmanager
def _progress(log: RunLog, *, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar on stderr, if that is a terminal."""
    import sys

    if quiet or not sys.stderr.isatty():

        def only_log(stage: str, done: int, total: int) -> None:
            log.begin_step(stage)

        yield only_log
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(stage: str, done: int, total: int) -> None:
            log.begin_step(stage)
            bar.update(task, description=stage, completed=done, total=total)

        yield show


def _show(
    document: Mapping[str, Any],
    target: Path,
    names: list[str] | None,
    page: Any,
    *,
    quiet: bool,
    to_stderr: bool,
) -> None:
    from kosmodrom import messages
    from kosmodrom.cli.files import EXTRA_OF_REPORT
    from kosmodrom.cli.talk import safe, say
    from kosmodrom.cli.verdicts import show_verdicts, tally

    lang = page.lang
    if not quiet:
        title = document["title"]
        page.line(title.get(lang) or next(iter(title.values())), "bold")
        if document["as_of"]:
            page.line(page.word("as_known_on", day=document["as_of"]), "dim")
        page.line()
        if document["claims"]:
            show_verdicts(document, page)
            page.line()
            page.line(page.word("tally", count=len(document["claims"]),
                                tally=tally(document, lang)))  # fmt: skip
        for note in document["notes"]:
            page.bullet(messages.text(note["code"], note["params"], lang))
    for step, failure in document["failed_steps"].items():
        say(page.word("step_failed", step=step, verb=failure["analysis"], why=failure["error"]))
    if names is None:
        say(page.word("no_report", remedy=EXTRA_OF_REPORT))
    shown = [target / name for name in names if name.startswith("report")] if names else [target]
    for path in shown:
        line = safe(_near(path))
        click.echo(line if quiet else f"{page.word('report')}: {line}", err=to_stderr)


def _near(path: Path) -> str:
    """Write a path from here where it lies below, whole otherwise."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
