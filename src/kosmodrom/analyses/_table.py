"""Collecting a table from pieces, in memory or into a file as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kosmodrom.analyses._result import ColumnSpec
    from kosmodrom.workspace import Context

__all__ = ["Table"]


class Table:
    """Rows that come in pieces of columns.

    Parameters
    ----------
    context : Context
        If it has a sink, each piece goes there at once and nothing is kept.
    specs : sequence of ColumnSpec
        The columns that are promised.
    """

    def __init__(self, context: Context, specs: Sequence[ColumnSpec]) -> None:
        self._sink = context.sink
        self._specs = tuple(specs)
        self._parts: list[dict[str, Any]] = []
        self._orders: list[Sequence[Any]] = []

    def add(self, columns: Mapping[str, Any], order: Sequence[Any]) -> None:
        """Take a piece.

        Parameters
        ----------
        columns : mapping of str to numpy.ndarray, shape (k,)
            Columns by name [unit of each].
        order : sequence of numpy.ndarray, shape (k,)
            By what rows are sorted, the most important first [-].
        """
        from kosmodrom.base.order import ordered

        if self._sink is not None:
            rows = ordered(*order)
            self._sink.write({name: values[rows] for name, values in columns.items()}, self._specs)
            return
        self._parts.append(dict(columns))
        self._orders.append(order)

    def columns(self) -> dict[str, Any]:
        """Put all pieces together.

        Returns
        -------
        dict
            Columns in the order promised, rows sorted; no rows where they went to a sink.
        """
        import numpy as np

        from kosmodrom.base.order import ordered

        if not self._parts:
            return {}

        def _whole(parts: Sequence[Any]) -> Any:
            return parts[0] if len(parts) == 1 else np.concatenate(parts)

        rows = ordered(*(_whole(parts) for parts in zip(*self._orders, strict=True)))
        return {
            spec.name: _whole([part[spec.name] for part in self._parts])[rows]
            for spec in self._specs
            if spec.name in self._parts[0]
        }
