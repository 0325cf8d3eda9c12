"""The shell door: parse, call one function, show.

`app` holds the list of commands and turns errors into exit states; `verb` makes the command of an
analysis out of its request; `doors` has one file for each command that is no analysis. Nothing
heavy is imported before a command is chosen.
"""

from kosmodrom.cli.app import main

__all__ = ["main"]
