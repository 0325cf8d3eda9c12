"""Rows into a Parquet file as they come, so that a table may be larger than the memory.

The file is written beside its place and moved there when it is whole.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kosmodrom.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

__all__ = ["ParquetSink"]

_REMEDY = "pip install 'kosmodrom[report]'"


class ParquetSink:
    """A Parquet file that takes rows piece by piece.

    Instants are timestamps in UTC to the microsecond; what is not known is null. Each column says
    its unit and meaning in its metadata.

    Parameters
    ----------
    path : str or pathlib.Path
        The file.
    """

    def __init__(self, path: str | Path) -> None:
        try:
            import pyarrow as pa  # noqa: F401 -- only where it is asked for
        except ModuleNotFoundError:
            raise InputError(f"Parquet files need pyarrow; {_REMEDY}") from None
        self.path = Path(path)
        if self.path.is_dir():
            raise InputError(f"{self.path} is a folder; name a file in it")
        if not self.path.parent.is_dir():
            raise InputError(f"{self.path}: there is no folder {self.path.parent}; make it first")
        self._aside = self.path.with_name(f".{self.path.name}.{os.getpid()}.part")
        self._writer: Any = None
        self._schema: Any = None
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._writer is not None:
            self._writer.close()
            if error is None:
                self._aside.replace(self.path)
                return
        with suppress(FileNotFoundError):
            self._aside.unlink()

    def write(self, columns: Mapping[str, Any], specs: Sequence[Any]) -> None:
        """Take some rows.

        Parameters
        ----------
        columns : mapping of str to sequence or numpy.ndarray, shape (k,)
            Columns by name [unit of each].
        specs : sequence of ColumnSpec
            What is promised of them.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        kept = [spec for spec in specs if spec.name in columns]
        if self._writer is None:
            self._schema = pa.schema([_field(spec, columns[spec.name]) for spec in kept])
            self._writer = pq.ParquetWriter(self._aside, self._schema, compression="zstd")
        arrays = [_array(columns[field.name], field.type) for field in self._schema]
        table = pa.Table.from_arrays(arrays, schema=self._schema)
        self._writer.write_table(table)
        self.rows += len(table)


def _field(spec: Any, values: Any) -> Any:
    import pyarrow as pa

    kind = getattr(getattr(values, "dtype", None), "kind", "")
    if not kind:  # a list: numbers, truth values or texts, as the column promises
        kind = {"bool": "b", "text": "U", "date": "U", "instant": "U"}.get(spec.unit, "f")
    types = {"M": pa.timestamp("us", tz="UTC"), "f": pa.float64(), "b": pa.bool_(),
             "i": pa.int64(), "u": pa.int64()}  # fmt: skip
    column = pa.int64() if spec.name == "norad_id" else types.get(kind, pa.string())
    return pa.field(spec.name, column, metadata={"unit": spec.unit, "meaning": spec.meaning})


def _array(values: Any, column: Any) -> Any:
    import numpy as np
    import pyarrow as pa

    if not hasattr(values, "dtype"):
        return pa.array(list(values), type=column)
    if values.dtype.kind == "f":
        gone = np.isnan(values)
        if pa.types.is_integer(column):
            values = np.where(gone, 0, values).astype(np.int64)
        return pa.array(values, type=column, mask=gone)
    if values.dtype.kind == "M":
        return pa.array(values.astype("datetime64[us]"), type=column)
    return pa.array(values.tolist() if values.dtype.kind == "U" else values, type=column)
