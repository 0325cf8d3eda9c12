"""Element sets between the catalog, the store, files and `ElementSets`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kosmodrom.base.epochs import Epochs
from kosmodrom.errors import DataError, InputError
from kosmodrom.orbits.elements import ElementSets
from kosmodrom.orbits.omm import from_omm
from kosmodrom.orbits.read import MOST_BYTES, form_of, read_text, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from kosmodrom.catalog import ElementSet, Satellite
    from kosmodrom.store import SetFile, Store

__all__ = ["FileReading", "from_catalog", "from_store", "public_by_day", "read_file", "set_file"]

_MJD_0: Final = date(1858, 11, 17).toordinal()
_ANGLES = ("inclination", "node", "argument_of_perigee", "mean_anomaly")


@dataclass(frozen=True, slots=True)
class FileReading:
    """A file of element sets.

    Attributes
    ----------
    name : str
        Name of the file, without its folder.
    sha256 : str
        Hash of its bytes.
    form : str
        Its format: "tle", "omm-json" or "omm-csv".
    text : str
        The text, unpacked.
    elements : ElementSets
        Its sets.
    """

    name: str
    sha256: str
    form: str
    text: str
    elements: ElementSets


def read_file(path: Path) -> FileReading:
    """Read a file of element sets.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    FileReading
        Its sets, and what the file is.
    """
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; give a file of element sets")
        with path.open("rb") as file:  # not by its size: a device has none
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        why = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot read {path}: {why}") from None
    text = text_of(data, path.name)
    form = form_of(text, path.name)
    elements = read_text(text, form, path.name)
    return FileReading(path.name, hashlib.sha256(data).hexdigest(), form, text, elements)


def from_catalog(rows: Sequence[ElementSet], satellites: Sequence[Satellite]) -> ElementSets:
    """Turn rows of the catalog into element sets.

    Parameters
    ----------
    rows : sequence of ElementSet
        One or more rows.
    satellites : sequence of Satellite
        The satellites of the catalog, for names and designators.

    Returns
    -------
    ElementSets
        A row a row.
    """
    known = {satellite.norad: satellite for satellite in satellites}
    named = [
        (f"catalog/element_sets.csv: {row.norad}, {row.epoch}", {
            "OBJECT_NAME": known[row.norad].name if row.norad in known else "",
            "OBJECT_ID": known[row.norad].cospar if row.norad in known else "",
            "NORAD_CAT_ID": row.norad,
            "EPOCH": row.epoch,
            "MEAN_MOTION": row.mean_motion_rev_day,
            "ECCENTRICITY": row.eccentricity,
            "INCLINATION": row.inclination_deg,
            "RA_OF_ASC_NODE": row.node_deg,
            "ARG_OF_PERICENTER": row.argument_of_perigee_deg,
            "MEAN_ANOMALY": row.mean_anomaly_deg,
            "BSTAR": row.bstar,
            "MEAN_MOTION_DOT": row.mean_motion_dot_rev_day2,
            "MEAN_MOTION_DDOT": row.mean_motion_ddot_rev_day3,
            "ELEMENT_SET_NO": row.set_number,
            "REV_AT_EPOCH": row.revolution,
        })
        for row in rows
    ]  # fmt: skip
    try:
        return from_omm(named, "catalog/element_sets.csv")
    except InputError as error:  # the file is ours, so the user cannot put it right
        raise DataError(f"{error}; install kosmodrom again") from None


def from_store(store: Store, numbers: Sequence[int]) -> tuple[ElementSets | None, list[str]]:
    """Give the imported element sets of satellites.

    Parameters
    ----------
    store : Store
        The open store.
    numbers : sequence of int
        Catalogue numbers [-].

    Returns
    -------
    elements : ElementSets or None
        The sets; None where there are none.
    imports : list of str
        Name of the import of each row.
    """
    rows = store.element_sets(numbers)
    if not rows:
        return None, []
    (imports, lines, catalog_numbers, names, designators, epochs, motion, eccentricity,
     *angles, bstar, dot, ddot, set_numbers, revolutions) = zip(*rows, strict=True)  # fmt: skip
    return ElementSets(
        names=tuple(name or "" for name in names),
        numbers=np.array(catalog_numbers, dtype=np.int64),
        designators=tuple(text or "" for text in designators),
        epochs=Epochs(np.array(epochs, dtype=np.int64)),
        mean_motion_rad_min=_floats(motion),
        eccentricity=_floats(eccentricity),
        bstar=_floats(bstar),
        mean_motion_dot_rad_min2=_floats(dot),
        mean_motion_ddot_rad_min3=_floats(ddot),
        sources=tuple(f"{name}:{line}" for name, line in zip(imports, lines, strict=True)),
        set_numbers=np.array([number or 0 for number in set_numbers], dtype=np.int64),
        revolutions=np.array([number or 0 for number in revolutions], dtype=np.int64),
        **{name: _floats(column) for name, column in zip(_ANGLES, angles, strict=True)},
    ), list(imports)


def _floats(values: Sequence[Any]) -> NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def set_file(reading: FileReading) -> SetFile:
    """Prepare a file for the store.

    Parameters
    ----------
    reading : FileReading
        The file, read.

    Returns
    -------
    SetFile
        Its lines and its sets.
    """
    from kosmodrom.store import SetFile

    sets = reading.elements
    lines = [
        (number, line.rstrip("\r"))
        for number, line in enumerate(reading.text.split("\n"), start=1)
        if line.strip()
    ]
    latest = Epochs(np.asarray(sets.epochs.tai_ns.max())).utc_iso(9)
    columns: dict[str, Sequence[Any]] = {
        "line": [int(place.split(":")[1]) for place in _places(sets, reading.name)],
        "number": sets.numbers.tolist(),
        "name": [name or None for name in sets.names],
        "designator": [text or None for text in sets.designators],
        "epoch_tai_ns": sets.epochs.tai_ns.tolist(),
        "set_number": [number or None for number in sets.set_numbers.tolist()],
        "revolution": [number or None for number in sets.revolutions.tolist()],
    }
    for name in ("mean_motion_rad_min", "eccentricity", "bstar", "mean_motion_dot_rad_min2",
                 "mean_motion_ddot_rad_min3"):  # fmt: skip
        columns[name] = getattr(sets, name).tolist()
    for name in _ANGLES:
        columns[f"{name}_rad"] = getattr(sets, name).tolist()
    return SetFile(
        file=reading.name, sha256=reading.sha256, form=reading.form, lines=lines,
        columns=columns, through=str(latest)[:10],
    )  # fmt: skip


def _places(sets: ElementSets, name: str) -> list[str]:
    """Cut the name of the file, which may hold a colon, off each place."""
    return [place[len(name) :] for place in sets.sources]


def public_by_day(elements: ElementSets, day: date | None) -> NDArray[np.bool_]:
    """Tell which sets were public by the end of a day: those with epochs up to the day before.

    Parameters
    ----------
    elements : ElementSets
        The sets.
    day : datetime.date or None
        The UTC day; None makes all public.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        Whether each was [-].
    """
    if day is None:
        return np.ones(len(elements), dtype=np.bool_)
    mjd, _ = elements.epochs.utc_days()
    return np.asarray(mjd + 1 <= day.toordinal() - _MJD_0)
