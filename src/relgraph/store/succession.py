"""Succession: a folder's graph outlives the process that holds it, and what is under way then goes on at the next."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from relgraph.store.faults import HolderLeft, translated

if TYPE_CHECKING:
    from relgraph.store.bolt import Drivers
    from relgraph.store.endpoint import Endpoint

T = TypeVar("T")
HOLDERS = 10  # that may leave, one after the other, while one thing is being done


class _Within(threading.local):
    outlasting = False


class Succession:
    """Takes a connection's drivers from a holder of the folder that has left to the next one, or to one of our own."""

    def __init__(self, drivers: Drivers) -> None:
        self._drivers = drivers
        self._moving = threading.Lock()
        self._within = _Within()

    def outlast(self, work: Callable[[], T]) -> T:
        """What `work` returns, with errors in relgraph's words; done again where the holder has left that it asked.

        It has changed nothing if it raises `HolderLeft`. Within another one it is part of that.
        """
        if self._within.outlasting:
            with translated(self._drivers.endpoint):
                return work()
        self._within.outlasting = True
        try:
            return self._outlasted(work)
        finally:
            self._within.outlasting = False

    def close(self) -> None:
        """End the sessions and let the engine go; nothing is taken to another one afterwards."""
        with self._moving:
            self._drivers.close()
            self._drivers.endpoint.release()

    def _outlasted(self, work: Callable[[], T]) -> T:
        for _ in range(HOLDERS):
            asked = self._drivers.endpoint
            with suppress(HolderLeft), translated(asked):
                return work()
            self._move_on(asked)
        with translated(self._drivers.endpoint):
            return work()

    def _move_on(self, left: Endpoint) -> None:
        with self._moving:
            if self._drivers.endpoint is left and left.successor and not self._drivers.closed:
                left.release()
                self._drivers.follow(left.successor())
