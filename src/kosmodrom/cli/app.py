"""The list of commands, and the one place where an error becomes an exit status.

0 is done, 2 bad input, 3 a failed step or an answer that could not be written, 1 a bug (with its
traceback), 130 or 143 stopped from outside, 141 the reader of our output went away.
"""

from __future__ import annotations

import errno
import importlib
import io
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kosmodrom import __version__
from kosmodrom.analyses import _registry
from kosmodrom.errors import InputError, KosmodromError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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

#: What the system says where an answer cannot be written, through no fault of ours.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})

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
        with _ended_like_a_pressed_key():
            status = _call(given)
            sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt) as stopped:
        click.echo("stopped; nothing is left half written", err=True)
        return 128 + (stopped.args[0] if stopped.args else signal.SIGINT)
    except KosmodromError as error:
        from kosmodrom.cli.talk import complain

        complain(error)
        return 2 if isinstance(error, InputError) else 3
    except OSError as error:
        if error.errno != errno.EPIPE and error.errno not in _NO_ROOM:
            raise
        # Python flushes stdout once more when it ends; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            return 141
        click.echo(f"error: the answer cannot be written: {error.strerror}", err=True)
        return 3
    return status


@contextmanager
def _ended_like_a_pressed_key() -> Iterator[None]:
    """Let SIGTERM clear up as a pressed key does, where nobody else has a say in it."""

    def stop(number: int, _frame: object) -> None:
        raise KeyboardInterrupt(number)

    if signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    try:
        signal.signal(signal.SIGTERM, stop)
    except ValueError:  # called from another thread than the main one
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


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
