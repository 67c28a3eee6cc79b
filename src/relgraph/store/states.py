"""States: what is read sees the graph as it was at one time.

No engine gives a reader a snapshot: its second statement sees what others have committed since the first, and even one
statement sees a commit bit by bit while it takes effect. So what is read is read again where a commit came between. An
embedded graph has a mark beside its files that changes with every start and every commit of relgraph's; a Neo4j server
tells of the transactions that are being committed, and names in the bookmark of each the last of which the commit had
begun.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from relgraph.errors import EngineError
from relgraph.store.bolt import PATIENCE, Drivers, read_in
from relgraph.store.folder import STATE, unwritable

if TYPE_CHECKING:
    import neo4j

    from relgraph.store.endpoint import Endpoint

S, T = TypeVar("S"), TypeVar("T")
PAUSE = 0.01
TRIES = 3  # at least, of reads that take longer than anybody's patience
POLL = 0.002
LAST_ORDER = 1.0  # seconds in which an engine has done what a client told it that was killed amid a commit
DONE, PENDING = "-", "+"
CLOSING = "SHOW TRANSACTIONS YIELD transactionId, status WHERE status = 'Closing' RETURN collect(transactionId) AS ids"


def states_of(endpoint: Endpoint, drivers: Drivers) -> FolderStates | ServerStates:
    """What keeps the states of the graph at this endpoint apart."""
    return ServerStates(endpoint.where, drivers) if endpoint.kind == "neo4j" else FolderStates(endpoint.where)


class FolderStates:
    """The states of an embedded graph: whoever holds the lock beside the mark is committing."""

    def __init__(self, where: str) -> None:
        self._where, self._mark = where, Path(where) / STATE

    def one(self, work: Callable[[neo4j.ManagedTransaction | None], T]) -> T:
        """What the work returns, done in one state; done again until it was."""
        return _again(self._where, self._now, lambda before: (_Outcome(lambda: work(None)), self._now() == before))

    def begin(self) -> None:
        """For an engine that starts: what was read from the one before it is done again, and nothing is under way."""
        self._note(secrets.token_hex(8) + DONE)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """For the time of a commit: readers wait for its end, and what they have begun is done again."""
        with self._locked():
            commit = secrets.token_hex(8)
            self._note(commit + PENDING)
            try:
                yield
            finally:
                with suppress(OSError):  # the change holds all the same; the next reader will note it
                    self._note(commit + DONE)

    def _now(self) -> str:
        """The mark of the last commit, once it is done; only then is there anything to wait for."""
        mark = self._read()
        return mark if mark.endswith(DONE) else self._waited()

    def _waited(self) -> str:
        with self._locked():
            mark = self._read()
            if not mark.endswith(DONE):  # its process was killed, and the engine may be at it still
                time.sleep(LAST_ORDER)
                mark = mark.rstrip(PENDING) + DONE
                self._note(mark)
            return mark

    def _read(self) -> str:
        try:
            return self._mark.read_text("utf-8") or DONE
        except FileNotFoundError:
            return DONE
        except OSError as error:
            raise unwritable(self._mark.parent, error) from error

    def _note(self, mark: str) -> None:
        """In place, so that no reader finds half of it, and a full disk has room for it."""
        handle = os.open(self._mark, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(handle, mark.encode())
        finally:
            os.close(handle)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock

        try:
            with FileLock(self._mark.with_suffix(".lock"), mode=0o600).acquire(poll_interval=POLL):
                yield
        except OSError as error:
            raise unwritable(self._mark.parent, error) from error


class ServerStates:
    """The states of a graph on a Neo4j server."""

    def __init__(self, where: str, drivers: Drivers) -> None:
        self._where, self._drivers = where, drivers
        self._bookmark: frozenset[str] | None = None

    def one(self, work: Callable[[neo4j.ManagedTransaction | None], T]) -> T:
        """What the work returns, done in one state; done again until it was."""
        from neo4j.exceptions import DriverError

        with self._drivers.session(reading=True) as session:

            def attempt(before: frozenset[str]) -> tuple[_Outcome[T], bool]:
                outcome = _Outcome(lambda: read_in(session, work))
                if isinstance(outcome.failure, DriverError):
                    return outcome, True
                if outcome.failure:
                    self._settled(session)  # what fails brings no bookmark
                return outcome, session.last_bookmarks().raw_values == before

            return _again(self._where, lambda: self._settled(session), attempt)

    def _settled(self, session: neo4j.Session) -> frozenset[str]:
        """A bookmark since which no commit has begun, and none is under way.

        Asked between two bookmarks that are equal: what began after the question could hide behind a later one.
        """
        give_up = time.monotonic() + PATIENCE
        while time.monotonic() < give_up:
            before = self._bookmark
            read_in(session, lambda running: _wait_for_others(running, give_up))
            self._bookmark = after = session.last_bookmarks().raw_values
            if before == after:
                return after
        told = "others have been committing to the graph for half a minute"
        raise EngineError(f"{self._where}: {told}; try again when they have finished (SHOW TRANSACTIONS lists them)")

    @contextmanager
    def changing(self) -> Iterator[None]:
        """The server itself keeps count of commits."""
        yield


class _Outcome(Generic[T]):
    """What some work returned or raised, which is not to be told before it is known that it saw one state."""

    failure: Exception | None = None

    def __init__(self, work: Callable[[], T]) -> None:
        try:
            self._result = work()
        except Exception as error:  # noqa: BLE001 - half of a change may have led it anywhere
            self.failure = error

    def get(self) -> T:
        """The result, or the failure raised."""
        if self.failure:
            raise self.failure
        return self._result


def _wait_for_others(running: neo4j.ManagedTransaction, give_up: float) -> None:
    """Return when those who are committing have, or it is time to give up: what they change shows bit by bit."""
    others = closing = set(running.run(CLOSING).single(strict=True)["ids"])
    while others & closing and time.monotonic() < give_up:
        time.sleep(PAUSE)
        closing = set(running.run(CLOSING).single(strict=True)["ids"])


def _again(where: str, now: Callable[[], S], attempt: Callable[[S], tuple[_Outcome[T], bool]]) -> T:
    """The outcome of the first attempt after which the state was still that before it."""
    give_up, tries = time.monotonic() + PATIENCE, 0
    while tries < TRIES or time.monotonic() < give_up:
        tries += 1
        outcome, stood = attempt(now())
        if stood:
            return outcome.get()
    raise EngineError(f"{where}: others kept changing the graph while it was read; try again when they have finished")
