"""Pieces of work on a cluster of Dask: the one place that knows Dask.

The pieces are those of the request, in their order, so the answer has the same bytes as at home. A
worker that dies costs the time of its pieces: the scheduler gives them to another.
"""

from __future__ import annotations

from collections import deque
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Self, TypeVar

from kosmodrom.errors import InputError, ModelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import TracebackType

__all__ = ["DaskMap"]

_InT = TypeVar("_InT")
_OutT = TypeVar("_OutT")
_AHEAD = 3  # pieces for each thread of the cluster that are begun before their turn
_TIMEOUT = "10s"  # to reach the scheduler
_TRIES = 3  # of a piece whose worker died


class DaskMap:
    """Does pieces on the workers of a cluster.

    Parameters
    ----------
    address : str
        Address of the scheduler, like ``tcp://10.0.0.1:8786``.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
            from distributed.comm.addressing import parse_address, parse_host_port
            from distributed.comm.registry import get_backend
        except ModuleNotFoundError:
            raise InputError("a cluster needs Dask; pip install 'kosmodrom[dask]'") from None
        try:
            # A client of a bad address hangs when it is thrown away, so look at it first.
            scheme, place = parse_address(address, strict=True)
            get_backend(scheme)
            parse_host_port(place)
            client: Any = Client  # its functions have no types
            self._client: Any = client(address, timeout=_TIMEOUT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise InputError(
                f"no scheduler of Dask answers at {address!r} ({error}); give its address, like "
                "tcp://10.0.0.1:8786"
            ) from None
        try:
            self._check()
        except BaseException:
            self._client.close()
            raise

    def _check(self) -> None:
        """Refuse a cluster without workers, or with another version of kosmodrom."""
        threads = self._client.nthreads()
        if not threads:
            raise InputError("the cluster has no workers; start some: dask worker ADDRESS")
        here = version("kosmodrom")
        there = self._client.run(_version)
        others = {str(found) for found in there.values()} - {here}
        if others:
            raise InputError(
                f"workers have kosmodrom {', '.join(sorted(others))} and here is {here}; install "
                "the same version everywhere"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def __call__(
        self, function: Callable[[_InT], _OutT], items: Iterable[_InT]
    ) -> Iterator[_OutT]:
        """Do the pieces.

        Parameters
        ----------
        function : callable
            What to do; it must be importable on the workers.
        items : iterable
            The pieces; taken as they are needed.

        Yields
        ------
        object
            What came out, in their order.
        """
        from distributed import KilledWorker

        waiting: deque[Any] = deque()
        ahead = _AHEAD * max(1, sum(self._client.nthreads().values()))
        try:
            for item in items:
                waiting.append(self._client.submit(function, item, pure=False, retries=_TRIES))
                if len(waiting) > ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except KilledWorker as error:
            raise ModelError(
                f"a piece of the work has killed its worker several times ({error}); give the "
                "workers more memory"
            ) from None
        finally:
            for future in waiting:
                future.cancel()


def _version() -> str:
    return version("kosmodrom")
