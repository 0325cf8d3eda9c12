"""One analysis as a command: its request as options, its result as a page, JSON or CSV."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kosmodrom.analyses._registry import Analysis, analysis
from kosmodrom.cases.step import StepProblems, keys_of_kind, run_step, step_json
from kosmodrom.cli import options
from kosmodrom.cli.asked import Asked, read_request
from kosmodrom.cli.talk import emit_csv, emit_json
from kosmodrom.errors import RequestError
from kosmodrom.workspace import open_context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kosmodrom.analyses._result import Result
    from kosmodrom.workspace import Context

__all__ = ["command_of"]


def command_of(name: str) -> click.Command:
    """Make the command of a verb.

    Parameters
    ----------
    name : str
        The verb; dashes are taken for underscores.

    Returns
    -------
    click.Command
        The command.
    """
    verb = analysis(name)
    own, nested = options.field_options(verb)
    text, examples = options.help_of(verb.doc)
    if nested:
        text += f"\n\nOnly by --request: {', '.join(nested)}."

    def _reply(**given: Any) -> None:
        _answer(verb, given)

    return click.Command(
        verb.name,
        params=[*own, *options.shared_options()],
        callback=_reply,
        help=text,
        epilog=examples,
    )


def _answer(verb: Analysis, given: dict[str, Any]) -> None:
    if given["as_json"] and given["as_csv"]:
        raise click.UsageError("--json and --csv exclude each other; choose one")
    if given["parquet"] is not None and given["netcdf"] is not None:
        raise click.UsageError("rows go to --parquet or to --netcdf; choose one")
    zone = None
    if given["timezone"] is not None:
        from kosmodrom.cli.clock import read_zone

        zone = read_zone(given["timezone"])
    fields = {key.removeprefix("field_"): value for key, value in given.items()
              if key.startswith("field_") and value not in (None, ())}  # fmt: skip
    file = read_request(given["request"]) if given["request"] is not None else None
    asked = Asked(fields, file)
    day = options.read_day(given["as_of"])
    names_of_files = (keys_of_kind(verb.request, kind) for kind in ("satellite", "file"))
    files = asked.own(key for keys in names_of_files for key in keys)
    with ExitStack() as stack:
        context = _context(given, day.isoformat() if day else None, files, stack)
        result = _run(verb, asked, context)
    _write_files(verb, asked, result, context, given)
    if context.sink is not None and not (given["as_json"] or given["as_csv"]):
        from kosmodrom import messages
        from kosmodrom.cli.talk import say

        written = {"count": context.sink.rows, "file": given["parquet"]}
        say(messages.text("cli_rows_written", written, given["lang"]))
    if given["as_csv"]:
        _csv(verb, asked, result, context)
        return
    document = step_json(verb.name, asked.mapping(), result, context, given["lang"])
    if given["as_json"]:
        emit_json(document)
        return
    from kosmodrom.cli.page import Page
    from kosmodrom.cli.result import show_result

    show_result(document, verb, Page(given["lang"]), zone)


def _context(given: Mapping[str, Any], day: str | None, files: bool, stack: ExitStack) -> Context:
    """Open the context, with a cluster and a file for rows where they are asked for."""
    more: dict[str, Any] = {"files": files}
    if given["dask"] is not None:
        from kosmodrom.cases.cluster import DaskMap

        more["map"] = stack.enter_context(DaskMap(given["dask"]))
    if given["parquet"] is not None:
        from kosmodrom.workspace.sinks import ParquetSink

        more["sink"] = stack.enter_context(ParquetSink(given["parquet"]))
    return open_context(day, **more)


def _write_files(
    verb: Analysis, asked: Asked, result: Result, context: Context, given: Mapping[str, Any]
) -> None:
    if given["netcdf"] is not None:
        from kosmodrom.analyses._export import write_netcdf

        write_netcdf(verb, result, Path(given["netcdf"]))
    if all(given[kind] is None for kind in ("geojson", "kml", "czml")):
        return
    from kosmodrom.cli.talk import write_json, write_text

    document = step_json(verb.name, asked.mapping(), result, context)
    if given["geojson"] is not None:
        write_json(Path(given["geojson"]), document["features"])
    if given["kml"] is not None:
        from kosmodrom.globe import kml_text

        write_text(Path(given["kml"]), kml_text(document, given["lang"]))
    if given["czml"] is not None:
        from kosmodrom.globe import czml_text

        write_text(Path(given["czml"]), czml_text(document, given["lang"]))


def _run(verb: Analysis, asked: Asked, context: Context) -> Result:
    try:
        return run_step(verb.name, asked.mapping(), context)
    except StepProblems as error:
        raise asked.refuse(error.problems) from None
    except RequestError as error:
        raise asked.refuse([error]) from None


def _csv(verb: Analysis, asked: Asked, result: Result, context: Context) -> None:
    document = step_json(verb.name, asked.mapping(), result, context)
    if verb.columns:
        names = [spec.name for spec in verb.columns if spec.name in result.columns]
        emit_csv(names, ([row[name] for name in names] for row in document["rows"]))
        return
    parts = ("value", "unit", "low", "high")
    emit_csv(
        ("fact", *parts),
        ([name, *(fact[part] for part in parts)] for name, fact in document["facts"].items()),
    )
