"""From the name or path of a case to its typed content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kosmodrom.analyses._registry import near
from kosmodrom.cases.problems import problems_of
from kosmodrom.cases.schema import CaseModel
from kosmodrom.cases.yamltext import Document, read_file
from kosmodrom.errors import CaseError, InputError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kosmodrom.cases.problems import Problem

__all__ = ["Case", "fail", "find_case", "load_case", "shipped"]


@dataclass(frozen=True, slots=True)
class Case:
    """A case file, typed, with the lines of its text.

    Attributes
    ----------
    id : str
        Name of the file without its ending.
    model : CaseModel
        The content.
    document : Document
        The text and its lines.
    """

    id: str
    model: CaseModel
    document: Document


def _folders() -> list[Path]:
    here = Path(__file__).resolve()
    # In an installed wheel the cases lie beside this file; in the repository they stand on top.
    return [here.parent / "shipped", here.parents[3] / "cases"]


def shipped() -> dict[str, Path]:
    """List the cases that come with kosmodrom.

    Returns
    -------
    dict of str to pathlib.Path
        Files by name.
    """
    for folder in _folders():
        if folder.is_dir():
            return {file.stem: file for file in sorted(folder.glob("*.yaml"))}
    return {}


def find_case(name: str) -> Path:
    """Find a case by path or by name.

    Parameters
    ----------
    name : str
        Path of a file, or name of a shipped case.

    Returns
    -------
    pathlib.Path
        The file.
    """
    path = Path(name)
    try:
        if path.is_file():
            return path
        folder, special = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # too long, a zero byte, no permission
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot read {name[:80]!r}: {why}") from None
    known = shipped()
    if name in known:
        return known[name]
    if folder:
        raise InputError(f"{name} is a folder; give a case file")
    if special:
        raise InputError(f"{name} is not a regular file but a pipe or a device; give a case file")
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1:
        raise InputError(f"there is no file {name}")
    alike = near(name, list(known))
    hint = f"; did you mean {alike[0]!r}?" if alike else f"; shipped are {', '.join(known)}"
    raise UnknownNameError(f"there is no case and no file {name!r}{hint}", alike)


def fail(document: Document, problems: Iterable[Problem]) -> CaseError:
    """Write problems with their file and line, in the order of the file.

    Parameters
    ----------
    document : Document
        The file.
    problems : iterable of Problem
        What is wrong.

    Returns
    -------
    CaseError
        To be raised.
    """
    lines = sorted(
        {(document.line(problem.path), _where(problem)) for problem in problems},
    )
    return CaseError(*(f"{document.file}:{line}: {message}" for line, message in lines))


def _where(problem: Problem) -> str:
    place = ".".join(str(key) for key in problem.path[:-1])
    return f"{problem.message} (in {place})" if place else problem.message


def load_case(name: str) -> Case:
    """Read and type a case; nothing in it is looked up yet.

    Parameters
    ----------
    name : str
        Path of a file, or name of a shipped case.

    Returns
    -------
    Case
        The case.
    """
    path = find_case(name)
    # A shipped case is called by its name, whatever folder it was installed in.
    document = read_file(path, "" if path == Path(name) else path.name)
    if not isinstance(document.data, dict):
        raise CaseError(
            f"{document.file}:1: a case is a mapping with the keys kosmodrom, title, sources, "
            "analyses, claims"
        )
    try:
        model = CaseModel.model_validate(document.data)
    except ValidationError as error:
        raise fail(document, problems_of(error, CaseModel)) from None
    return Case(path.stem, model, document)
