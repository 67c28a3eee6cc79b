"""States: reads that belong together see the graph as it was at one time.

No engine gives a transaction a snapshot: its second statement sees what others have committed since the first. So the
reads are done again where a commit came between them. An embedded graph has a mark beside its files that changes with
every commit of relgraph's, under a lock that is held until the change shows; a Neo4j server names the last transaction
that shows wholly in the bookmark of every other.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from relgraph.errors import EngineError
from relgraph.store.bolt import PATIENCE, Drivers
from relgraph.store.folder import STATE, unwritable

if TYPE_CHECKING:
    import neo4j

    from relgraph.store.endpoint import Endpoint

T = TypeVar("T")
PAUSE = 0.01
CLOSING = "SHOW TRANSACTIONS YIELD transactionId, status WHERE status = 'Closing' RETURN collect(transactionId) AS ids"


def states_of(endpoint: Endpoint, drivers: Drivers) -> FolderStates | ServerStates:
    """What keeps the states of the graph at this endpoint apart."""
    return ServerStates(endpoint.where, drivers) if endpoint.kind == "neo4j" else FolderStates(endpoint.where)


class FolderStates:
    """The states of an embedded graph."""

    def __init__(self, where: str) -> None:
        self._where, self._mark = where, Path(where) / STATE

    def one(self, work: Callable[[neo4j.ManagedTransaction | None], T]) -> T:
        """What the work returns, done in one state; done again until it was."""
        return _again(self._where, self._now(), lambda: (work(None), self._now()))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """For the time of a commit: reads that belong together wait for its end, or are done again."""
        with self._locked():
            self._mark.write_text(secrets.token_hex(8), "utf-8")
            yield

    def _now(self) -> str:
        with self._locked():
            return self._mark.read_text("utf-8") if self._mark.exists() else ""

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock

        try:
            with FileLock(self._mark.with_suffix(".lock"), mode=0o600).acquire(poll_interval=PAUSE):
                yield
        except OSError as error:
            raise unwritable(self._mark.parent, error) from error


class ServerStates:
    """The states of a graph on a Neo4j server."""

    def __init__(self, where: str, drivers: Drivers) -> None:
        self._where, self._drivers = where, drivers

    def one(self, work: Callable[[neo4j.ManagedTransaction | None], T]) -> T:
        """What the work returns, done in one state; done again until it was."""
        with self._drivers.session(reading=True) as session:

            def done(work: Callable[[neo4j.ManagedTransaction], T]) -> tuple[T, frozenset[str]]:
                result = session.execute_read(lambda running: (work(running), _wait_for_others(running))[0])
                return result, session.last_bookmarks().raw_values

            return _again(self._where, done(lambda running: None)[1], lambda: done(work))

    @contextmanager
    def changing(self) -> Iterator[None]:
        """The server itself keeps count of commits."""
        yield


def _wait_for_others(running: neo4j.ManagedTransaction) -> None:
    """Return when those who are committing have: what they change shows bit by bit, and is counted at the end."""
    others = closing = set(running.run(CLOSING).single(strict=True)["ids"])
    while others & closing:
        time.sleep(PAUSE)
        closing = set(running.run(CLOSING).single(strict=True)["ids"])


def _again(where: str, before: object, attempt: Callable[[], tuple[T, object]]) -> T:
    """The result of the first attempt after which the mark is that before it."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        result, after = attempt()
        if before == after:
            return result
        before = after
    raise EngineError(f"{where}: others kept changing the graph while it was read; try again when they have finished")
