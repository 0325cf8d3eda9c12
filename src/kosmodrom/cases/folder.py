"""The folder of a run: written aside and renamed, so that a report is whole or not there.

The files of a run are first written into a hidden folder beside the target. Only when all are
there, the old report steps aside, the new one takes its name, and the old one is removed. A run
that is killed between these two renames leaves the old report under a hidden name; the next run
brings it back. No system can swap two folders in one step everywhere, so there is this one gap.
"""

from __future__ import annotations

import errno
import json
import os
import re
import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

__all__ = ["RunFolder", "results_text"]

#: What a run writes; a folder that holds anything else is not ours to replace.
OURS = re.compile(
    r"^(results\.json|run\.json|features\.geojson|claimreview\.jsonld|report(\.[a-z]{2})?\.html)$"
)
MARKS = ("results.json", "run.json")
_TAKEN = frozenset({errno.EEXIST, errno.ENOTEMPTY})
_TRIES = 50  # each one lost means that another run has published meanwhile
STALE = 86_400.0  # s; a hidden folder older than a day belongs to a run that was killed


def results_text(document: Mapping[str, Any]) -> str:
    """Write a results document as the text of ``results.json``.

    Parameters
    ----------
    document : Mapping
        Plain text and numbers.

    Returns
    -------
    str
        The same bytes for the same document: keys in order, UTF-8, no NaN.
    """
    whole = json.dumps(document, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False)
    return whole + "\n"


class RunFolder:
    """A report folder under construction; use it in a ``with`` statement.

    Entering checks the target and makes the hidden folder, so that a target that cannot be
    written is refused before anything is computed. Leaving without `publish` removes it.

    Parameters
    ----------
    target : pathlib.Path
        Where the report shall stand.
    """

    def __init__(self, target: Path) -> None:
        # A link is followed, so that the folder behind it is replaced and not the link.
        self.target = Path(os.path.realpath(target))
        self.aside = self._hidden("new")
        self.old: Path | None = None
        self.published = False

    def __enter__(self) -> Self:
        parent = self.target.parent
        try:
            parent.mkdir(parents=True, exist_ok=True)
            self._recover()
            self._check()
            self.aside.mkdir()
        except OSError as error:
            raise self._cannot(error) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self.published:
            if self.old is not None:  # stopped between the two renames
                self._bring_back(self.old)
            shutil.rmtree(self.aside, ignore_errors=True)

    def write(self, name: str, text: str) -> None:
        """Write one file of the run.

        Parameters
        ----------
        name : str
            Name of the file.
        text : str
            What it holds; UTF-8, lines end with a line feed.
        """
        if not OURS.match(name):
            raise InputError(f"{name} is not a file of a run")
        try:
            with (self.aside / name).open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._cannot(error) from None

    def publish(self) -> Path:
        """Give the run its name; an earlier report of that name is replaced as a whole.

        Returns
        -------
        pathlib.Path
            The report folder.
        """
        try:
            for _ in range(_TRIES):  # another run may take the name between our two renames
                self._step_aside()
                try:
                    self.aside.rename(self.target)
                except OSError as error:
                    if error.errno in _TAKEN or self.target.exists():
                        continue
                    raise
                self.published = True
                break
        except OSError as error:
            raise self._cannot(error) from None
        if not self.published:
            raise InputError(f"{self.target} is being written by other runs; give another --out")
        self._sweep("old", 0.0)
        return self.target

    def _hidden(self, word: str) -> Path:
        return self.target.parent / f".{self.target.name}.{word}-{secrets.token_hex(4)}"

    def _leftovers(self, word: str) -> list[tuple[float, Path]]:
        """Hidden folders of this name with the second of their last change, the oldest first."""
        pattern = re.compile(rf"^\.{re.escape(self.target.name)}\.{word}-[0-9a-f]{{8}}$")
        found = []
        for path in self.target.parent.iterdir():
            if pattern.match(path.name):
                with suppress(FileNotFoundError):  # another run removed it since it was listed
                    found.append((path.stat().st_mtime, path))
        return sorted(found)

    def _sweep(self, word: str, age: float) -> None:
        now = time.time()
        for changed, path in self._leftovers(word):
            if now - changed >= age:
                shutil.rmtree(path, ignore_errors=True)

    def _bring_back(self, old: Path) -> None:
        """Give a report that was put aside its name again, unless another run was faster."""
        if not self.target.exists():
            with suppress(OSError):  # it is gone, or the name was taken a moment ago
                old.rename(self.target)

    def _recover(self) -> None:
        """Bring a report back that a killed run left aside, and clear away what it left."""
        left = self._leftovers("old")
        if left:
            self._bring_back(left[-1][1])
        if self.target.exists():
            self._sweep("old", 0.0)
        self._sweep("new", STALE)

    def _check(self) -> None:
        target = self.target
        here = Path.cwd()
        if target == here or target in here.parents:
            raise InputError(f"{target} is the folder you are in; give another --out")
        try:
            names = {path.name for path in target.iterdir()}
        except FileNotFoundError:
            return
        except NotADirectoryError:
            raise InputError(f"{target} is a file; give the name of a folder with --out") from None
        if not names:
            return
        if not names & set(MARKS):
            raise InputError(
                f"{target} is not a report of kosmodrom (no {' or '.join(MARKS)} in it) and is "
                "not replaced; give another folder with --out, or move this one away"
            )
        strange = sorted(name for name in names if not OURS.match(name))
        if strange:
            raise InputError(
                f"{target} holds {', '.join(strange[:3])}{' ...' if strange[3:] else ''}, which "
                "kosmodrom did not write and would delete; move it away, or give another --out"
            )

    def _step_aside(self) -> None:
        if not self.target.exists():
            return
        self.old = self._hidden("old")  # known before the rename, should a key be pressed
        try:
            self.target.rename(self.old)
        except FileNotFoundError:  # another run was faster
            return

    def _cannot(self, error: OSError) -> InputError:
        why = error.strerror or str(error)
        return InputError(
            f"cannot write the report to {self.target}: {why}; give another folder with --out"
        )
