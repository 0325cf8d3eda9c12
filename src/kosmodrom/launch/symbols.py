"""The one door to CasADi, which differentiates what the optimiser needs and brings IPOPT along."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from kosmodrom.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Curves", "curve", "library"]


@cache
def library() -> Any:
    """Import CasADi.

    Returns
    -------
    module
        The library.
    """
    try:
        import casadi  # noqa: PLC0415 -- 0.2 s, and an extra
    except ImportError:
        raise ModelError(
            "optimising an ascent needs CasADi, which is not installed; "
            "pip install 'kosmodrom[ascent]'"
        ) from None
    return casadi


@dataclass(slots=True, eq=False)
class Curves:
    """Curves of one variable in some equations, differentiated apart.

    A spline of eighty knots would be differentiated in each of sixteen directions. Equations that
    are to be differentiated are written a second time, with the parabola that touches the curve
    where the variable stands: first and second derivatives there are the same. Its coefficients
    are symbols until all is differentiated.

    Attributes
    ----------
    touched : list of casadi.SX
        Of each curve the variable, values, slopes and bends, one under the other.
    symbols : list of casadi.SX
        What stands for them in the equations written again.
    """

    touched: list[Any] = field(default_factory=list)
    symbols: list[Any] = field(default_factory=list)
    again: bool = False

    @contextmanager
    def written(self, *, again: bool) -> Iterator[None]:
        """Take part in writing some equations.

        Parameters
        ----------
        again : bool
            Whether these are the equations to be differentiated; the same were written before.

        Yields
        ------
        None
            While they are written.
        """
        self.again = again
        token = _CURVES.set(self)
        try:
            yield
        finally:
            _CURVES.reset(token)

    def replaced(self, derivatives: list[Any]) -> list[Any]:
        """Put what the symbols stand for into derivatives.

        Parameters
        ----------
        derivatives : list of casadi.SX
            Of the equations written again.

        Returns
        -------
        list of casadi.SX
            Without the symbols.
        """
        if not self.symbols:
            return derivatives
        ca = library()
        known = [ca.vertcat(*self.symbols)], [ca.vertcat(*self.touched)]
        return list(ca.substitute(derivatives, *known))

    def touch(self, variable: Any, function: Callable[[Any], Any]) -> Any:
        """Write a curve.

        Parameters
        ----------
        variable : casadi.SX
            One expression.
        function : callable
            Takes a symbol, gives a column of expressions.

        Returns
        -------
        casadi.SX
            The column, or the parabolas that touch it.
        """
        ca = library()
        if self.again:
            touched = self.touched[len(self.symbols)]
            count = (touched.numel() - 1) // 3
            symbols = ca.SX.sym("curve", touched.numel())
            self.symbols.append(symbols)
            value, slope, bend = (symbols[1 + k * count : 1 + (k + 1) * count] for k in range(3))
            away = variable - symbols[0]
            return value + away * (slope + away * bend / 2)
        at = ca.SX.sym("at")
        values = function(at)
        slopes = ca.jacobian(values, at)
        all_three = ca.vertcat(values, slopes, ca.jacobian(slopes, at))
        touched = ca.vertcat(variable, ca.substitute(all_three, at, variable))
        self.touched.append(touched)
        return touched[1 : 1 + values.numel()]


_CURVES: ContextVar[Curves | None] = ContextVar("curves", default=None)


def curve(variable: Any, function: Callable[[Any], Any]) -> Any:
    """Write a curve of one variable, which is differentiated apart where `Curves` are at hand.

    Parameters
    ----------
    variable : casadi.SX
        One expression.
    function : callable
        Takes a symbol, gives a column of expressions.

    Returns
    -------
    casadi.SX
        The column.
    """
    curves = _CURVES.get()
    return function(variable) if curves is None else curves.touch(variable, function)
