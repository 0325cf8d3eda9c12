"""What a hazard notice says, once it has been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Area", "Kind", "Notice", "Repair", "Shape", "Unread", "Window"]

Kind = Literal["notam", "navarea", "hydropac", "hydrolant", "imo", "press", "geojson"]
Shape = Literal["polygon", "circle", "sector"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A time in which an area is closed.

    Attributes
    ----------
    begin, end : datetime
        Its ends [UTC].
    """

    begin: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Something in a text that was set right.

    Attributes
    ----------
    code : str
        What was done, as "reordered", "joined_line", "closed".
    line : int
        Line of the file, from 1.
    text : str
        The words that were set right, at most 80 characters.
    """

    code: str
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """Something in a text that was not understood.

    Attributes
    ----------
    code : str
        Why, as "coordinate", "schedule", "too_few_points".
    line, column : int
        Where it begins in the file, from 1.
    text : str
        The words, at most 80 characters.
    """

    code: str
    line: int
    column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Area:
    """A closed area.

    Attributes
    ----------
    name : str
        As the notice calls it; empty where it has no name.
    shape : str
        How the notice describes it.
    ring : numpy.ndarray, shape (k, 2)
        Latitude and longitude of its corners, the first repeated at the end, counterclockwise,
        joined by geodesics that do not cross. Longitudes do not jump: they may pass 180 [deg].
    lower, upper : float or None
        Vertical limits above the sea; infinite where there is none, None where it is not said [m].
    windows : tuple of Window
        When it is closed, in order.
    repairs : tuple of Repair
        What was set right.
    """

    name: str
    shape: Shape
    ring: NDArray[np.float64]
    lower: float | None
    upper: float | None
    windows: tuple[Window, ...]
    repairs: tuple[Repair, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Notice:
    """One notice.

    Attributes
    ----------
    name : str
        Series and number, as "A4416/20"; empty where it has none.
    kind : str
        What sort of text it is.
    source : str
        Name of the file.
    line : int
        Where it begins in the file, from 1.
    text : str
        As it was published.
    issued : datetime or None
        When it was published, where it says so [UTC].
    region : str
        Flight information region or sea area, where it says so.
    subject : str
        Five letters of the Q-line, as "QRDCA"; empty for others.
    replaces, cancels : str
        Name of the notice that it replaces or cancels; else empty.
    estimated, permanent : bool
        Whether its end is estimated, or not set.
    windows : tuple of Window
        When it is in force, in order: days of a schedule one by one.
    areas : tuple of Area
        What it closes.
    words : tuple of str
        Words in it that tell what it is about, in lower case, as "rocket", "debris".
    unread : tuple of Unread
        What was not understood.
    also_cancels : tuple of str
        Further notices that it cancels, where it cancels several.
    lapses : datetime or None
        When it cancels itself, where it says so [UTC].
    """

    name: str
    kind: Kind
    source: str
    line: int
    text: str
    issued: datetime | None
    region: str
    subject: str
    replaces: str
    cancels: str
    estimated: bool
    permanent: bool
    windows: tuple[Window, ...]
    areas: tuple[Area, ...]
    words: tuple[str, ...]
    unread: tuple[Unread, ...]
    also_cancels: tuple[str, ...] = ()
    lapses: datetime | None = None
