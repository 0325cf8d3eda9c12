"""What an analysis answers: facts, rows, map features, notes and provenance."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING, Any

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from kosmodrom.base.facts import Fact

__all__ = ["ColumnSpec", "Dataset", "FactSpec", "Note", "Result", "plain_column", "rounded"]


@dataclass(frozen=True, slots=True)
class FactSpec:
    """A fact that an analysis promises, known without running it.

    Attributes
    ----------
    name : str
        Name with its unit as suffix; ``{}`` in it stands for a part known only at run time.
    unit : str
        Unit of the number, or "date", "instant", "text", "bool".
    meaning : str
        One English clause.
    resolution : float or None
        Step to which the number is rounded when it leaves the program [in `unit`]; None leaves it.
    """

    name: str
    unit: str
    meaning: str
    resolution: float | None = None


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column that an analysis promises.

    Attributes
    ----------
    name : str
        Name with its unit as suffix.
    unit : str
        Unit of the numbers, or "date", "instant", "text", "bool".
    meaning : str
        One English clause.
    resolution : float or None
        Step to which numbers are rounded when they leave the program [in `unit`].
    """

    name: str
    unit: str
    meaning: str
    resolution: float | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something said about a result: a code with parameters, put into words at the door.

    Attributes
    ----------
    code : str
        Key of a text in `messages`.
    params : Mapping
        Values for the text: words, numbers, or (number, unit) as a two-item list.
    """

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A set of rows that a result rests on.

    Attributes
    ----------
    name : str
        Name in the catalog, or of the imported history.
    sha256 : str
        Hash of the file as read.
    rows : int
        How many rows it holds [-].
    source : str
        Whom to credit.
    terms : str
        Licence or terms.
    until : str or None
        Last day the data cover.
    """

    name: str
    sha256: str
    rows: int
    source: str
    terms: str
    until: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Turn into plain text and numbers.

        Returns
        -------
        dict
            The attributes by name.
        """
        return {
            "name": self.name,
            "sha256": self.sha256,
            "rows": self.rows,
            "source": self.source,
            "terms": self.terms,
            "until": self.until,
        }


def rounded(value: Any, resolution: float | None) -> Any:
    """Round a number to a step, each number of a tuple too; anything else passes.

    Parameters
    ----------
    value : object
        A number or anything else.
    resolution : float or None
        The step [in the unit of the value]; None leaves the number.

    Returns
    -------
    object
        The nearest multiple of the step, without the dust of binary fractions.

    Examples
    --------
    >>> rounded(1010.5678, 0.1), rounded(3, None), rounded("x", 0.1)
    (1010.6, 3, 'x')
    """
    if resolution is None or isinstance(value, (bool, int, str)) or value is None:
        return value
    if isinstance(value, tuple):
        return [rounded(part, resolution) for part in value]
    places = max(0, -_exponent(resolution))
    return round(round(float(value) / resolution) * resolution, places)


def plain_column(values: Sequence[Any], resolution: float | None) -> list[Any]:
    """Turn a column into plain numbers and texts, as they leave the program.

    Parameters
    ----------
    values : sequence or numpy.ndarray, shape (k,)
        Numbers [unit of the column], texts, truth values or dates [UTC]; NaN and NaT for what is
        not known.
    resolution : float or None
        The step to which numbers are rounded [in their unit].

    Returns
    -------
    list
        Numbers, ISO texts, truth values; None for what is not known.
    """
    kind = getattr(getattr(values, "dtype", None), "kind", "")
    if kind == "M":
        from kosmodrom.base.instants import iso_texts

        return iso_texts(values)  # type: ignore[arg-type] # an array of dates
    if kind == "f":
        import numpy as np

        numbers = np.asarray(values, dtype=np.float64)
        if resolution is not None:
            places = max(0, -_exponent(resolution))
            numbers = np.round(np.rint(numbers / resolution) * resolution, places) + 0.0
        found: list[Any] = numbers.tolist()
        for index in np.flatnonzero(~np.isfinite(numbers)):
            found[index] = None
        return found
    if kind:
        return list(values.tolist())  # type: ignore[attr-defined] # an array
    return [rounded(None if _nothing(value) else value, resolution) for value in values]


def _nothing(value: Any) -> bool:
    return isinstance(value, float) and not isfinite(value)


def _exponent(resolution: float) -> int:
    return int(f"{resolution:e}".split("e")[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The answer of one analysis.

    Attributes
    ----------
    facts : Mapping of str to Fact
        Named answers.
    columns : Mapping of str to sequence
        The table, column by column, all of one length; empty where there is none. Instants of long
        tables are arrays of NumPy's dates in UTC, numbers arrays with NaN for what is not known.
    features : sequence of Mapping
        GeoJSON features.
    figures : sequence of Mapping
        What a report draws beside maps: plain text and numbers, made by `analyses._figures`.
    accuracy, warnings : sequence of Note
        How good the numbers are; what the reader must know.
    datasets : sequence of Dataset
        The rows behind it.
    alternatives : Mapping of str to Mapping of str to Fact
        The same facts under other definitions, by the label of the definition.
    """

    facts: Mapping[str, Fact] = field(default_factory=dict)
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    features: Sequence[Mapping[str, Any]] = ()
    figures: Sequence[Mapping[str, Any]] = ()
    accuracy: Sequence[Note] = ()
    warnings: Sequence[Note] = ()
    datasets: Sequence[Dataset] = ()
    alternatives: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lengths = {name: len(column) for name, column in self.columns.items()}
        if len(set(lengths.values())) > 1:
            raise InputError(f"columns of a result differ in length: {lengths}")

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def rows(self) -> list[dict[str, Any]]:
        """Turn the columns into rows of plain values.

        Returns
        -------
        list of dict
            One mapping a row: numbers, texts, truth values, instants as ISO text in UTC, and None
            for what is not known.
        """
        names = list(self.columns)
        plain = [plain_column(column, None) for column in self.columns.values()]
        return [dict(zip(names, values, strict=True)) for values in zip(*plain, strict=True)]

    def to_pandas(self) -> pd.DataFrame:
        """Turn the columns into a data frame (needs pandas).

        Returns
        -------
        pandas.DataFrame
            One row a row of the table.
        """
        import pandas as pd

        return pd.DataFrame(dict(self.columns))
