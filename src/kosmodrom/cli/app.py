"""The list of commands, and the one place where an error becomes an exit status.

0 is done, 2 bad input, 3 a failed step, 1 a bug (with its traceback), 130 stopped by the user,
141 the reader of our output went away.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import sys
from typing import TYPE_CHECKING, Any

import click

from kosmodrom import __version__
from kosmodrom.analyses import _registry
from kosmodrom.errors import InputError, KosmodromError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DOORS", "main", "shell"]

#: Commands that are no analyses: section and one line of help. The first line of each command's
#: own help is the same (a test holds it), so that the list needs none of them imported.
DOORS = {
    "run": ("Cases", "Run a case and write its report."),
    "check": ("Cases", "Check a case without running it."),
    "new": ("Cases", "Write a commented case to start from."),
    "explain": ("Cases", "Show how a verdict or a fact came about."),
    "schema": ("Cases", "Print the JSON Schema of a case, for editors."),
    "find": ("Facts and set-up", "Find sites, cities, satellites, vehicles, stations, countries."),
    "data": ("Facts and set-up", "List the data, or import a file of your own."),
    "doctor": ("Facts and set-up", "Tell whether this installation is sound."),
}

_EXAMPLES = """\
Examples:
  kosmodrom run vostochny-2023
  kosmodrom distance --from vostochny --to Vladivostok
  kosmodrom VERB --help
"""


class _Shell(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*DOORS, *_registry.verbs()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in DOORS:
            module = importlib.import_module(f"kosmodrom.cli.doors.{cmd_name}")
            command: click.Command = module.command
            return command
        if cmd_name.replace("-", "_") in _registry.verbs():
            from kosmodrom.cli.verb import command_of

            return command_of(cmd_name)
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        if not word.startswith("-") and self.get_command(ctx, word) is None:
            raise click.UsageError(_unknown(word, self.list_commands(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, (section, text) in DOORS.items():
            sections.setdefault(section, []).append((name, text))
        sections["Questions"] = [(verb, _registry.summary(verb)) for verb in _registry.verbs()]
        for section in ("Cases", "Questions", "Facts and set-up"):
            with formatter.section(section):
                formatter.write_dl(sections[section])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        formatter.write(_EXAMPLES)


def _unknown(word: str, known: Sequence[str]) -> str:
    verb = word.replace("-", "_")
    if verb in _registry.PLANNED:
        return f"the verb {verb!r} is planned, not built yet; a case that names it awaits it"
    if word.endswith((".yaml", ".yml")):
        return f"there is no command {word!r}; did you mean 'kosmodrom run {word}'?"
    alike = _registry.near(verb, known)
    if alike:
        return f"there is no command {word!r}; did you mean {' or '.join(map(repr, alike))}?"
    return f"there is no command {word!r}; 'kosmodrom --help' lists them"


@click.group(
    cls=_Shell,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="kosmodrom %(version)s")
def shell() -> None:
    """Answer questions about space launch, and judge the claims made of it.

    A case is a YAML file of claims; `run` judges them and writes a report. Every question below
    is a step that a case may ask, and can be asked alone.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str or None
        What stands after the program's name; None takes the process's own.

    Returns
    -------
    int
        Exit status [-].
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a narrow code page must not stop an answer
            stream.reconfigure(errors="replace")
    try:
        status = _call(given)
        sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; nothing is left half written", err=True)
        return 130
    except KosmodromError as error:
        from kosmodrom.cli.talk import complain

        complain(error)
        return 2 if isinstance(error, InputError) else 3
    except OSError as error:
        if error.errno != errno.EPIPE:
            raise
        # Python flushes stdout once more when it ends; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return status


def _call(arguments: list[str]) -> int:
    if instruction := os.environ.get("_KOSMODROM_COMPLETE"):
        from click.shell_completion import shell_complete

        return shell_complete(shell, {}, "kosmodrom", "_KOSMODROM_COMPLETE", instruction)
    try:
        with shell.make_context("kosmodrom", arguments) as context:
            status: Any = shell.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    return status if isinstance(status, int) else 0
