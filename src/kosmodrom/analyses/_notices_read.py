"""From files and texts to notices, and what was not understood in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kosmodrom import messages
from kosmodrom.analyses._result import Dataset, Note
from kosmodrom.errors import InputError, RequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kosmodrom.analyses._notices_request import NoticesRequest
    from kosmodrom.launch.notices.notice import Notice
    from kosmodrom.workspace import Context

__all__ = ["Given", "given_notices", "reading_notes"]

_MOST_NAMED = 8  # in a warning


@dataclass(frozen=True, slots=True)
class Given:
    """What was read.

    Attributes
    ----------
    notices : tuple of Notice
        In the order of the files, then of the texts.
    datasets : tuple of Dataset
        The files.
    """

    notices: tuple[Notice, ...]
    datasets: tuple[Dataset, ...]


def given_notices(request: NoticesRequest, context: Context) -> Given:
    """Read the notices of a request.

    Parameters
    ----------
    request : NoticesRequest
        With files and texts.
    context : Context
        Opens files.

    Returns
    -------
    Given
        The notices; of none there is a RequestError.
    """
    from datetime import date

    hint = None if request.year is None else date(request.year, 7, 1)
    notices: list[Notice] = []
    datasets = []
    for number, path in enumerate(request.files):
        file = context.text_of_file(path)
        found = _read(file.text, file.name, hint, ["files", number])
        notices += found
        datasets.append(
            Dataset(
                name=file.name, sha256=file.sha256, rows=len(found),
                source="whoever gave out the file", terms="as whoever gave it out says",
            )
        )  # fmt: skip
    for number, text in enumerate(request.texts):
        notices += _read(text, f"text {number + 1}", hint, ["texts", number])
    if not any(notice.areas for notice in notices):
        raise RequestError(
            f"{len(notices)} notices were read, and no area in any of them"
            + "".join(f"; {messages.text(one['code'], one)}" for one in _unread(notices)[:3])
            + ". Give the text as it was published, with the coordinates of its areas",
            ["files" if request.files else "texts"],
        )
    return Given(tuple(notices), tuple(datasets))


def _read(text: str, source: str, hint: object, path: list[str | int]) -> list[Notice]:
    from kosmodrom.launch.notices.read import read_geojson, read_notices

    try:
        if text.lstrip()[:1] == "{":
            return read_geojson(text, source=source)
        return read_notices(text, source=source, hint=hint)  # type: ignore[arg-type]
    except InputError as error:
        raise RequestError(f"{source}: {error}", path) from None


def _unread(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    return [
        {
            "code": "notices_unread_at",
            "at": f"{notice.source}:{one.line}:{one.column}",
            "what": _said("notices_unread", one.code),
            "text": " ".join(one.text.split()),
        }
        for notice in notices
        for one in notice.unread
    ]


def _mended(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    return [
        {
            "code": "notices_mended_at",
            "at": f"{notice.source}:{repair.line}",
            "what": _said("notices_mended", repair.code),
        }
        for notice in notices
        for area in notice.areas
        for repair in area.repairs
    ]


def _said(kind: str, code: str) -> dict[str, str]:
    return {"code": f"{kind}_{code}"}


def reading_notes(notices: Sequence[Notice]) -> list[Note]:
    """Say what was set right in the texts, and what was not understood, with its place.

    Parameters
    ----------
    notices : sequence of Notice
        The notices.

    Returns
    -------
    list of Note
        For the warnings of a result.
    """
    unread, mended = _unread(notices), _mended(notices)
    return [
        Note(code, {"count": len(places), "where": _some(places)})
        for code, places in (("notices_unread", unread), ("notices_repaired", mended))
        if places
    ]


def _some(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    more = [{"code": "notices_more"}] if len(places) > _MOST_NAMED else []
    return [*places[:_MOST_NAMED], *more]
