"""The official driver: how it is opened, for Neo4j by URI and for the embedded engine alike."""

from __future__ import annotations

import logging
import os
import random
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from relgraph.errors import EngineError, UsageError, interrupt_behind
from relgraph.store.endpoint import Endpoint, Engine, Login

if TYPE_CHECKING:
    import neo4j

    from relgraph.settings import Settings

T = TypeVar("T")
PATIENCE = 30.0  # seconds in which transient errors are tried again
PAUSE = (0.01, 0.1)  # between two tries on an embedded engine, whose transient errors are conflicts
NOTIFICATIONS = "RELGRAPH_NOTIFICATIONS"  # the tests set it to "WARNING": deprecations become Python warnings


# Without a handler of anyone's, its remarks on retries would land on the user's stderr.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


def neo4j_endpoint(settings: Settings) -> Endpoint:
    """The Neo4j server that the settings name; nothing is contacted yet."""
    assert settings.uri is not None
    if "@" in settings.uri:
        raise UsageError(f"{settings.uri}: give the user in NEO4J_USERNAME and NEO4J_PASSWORD, not in the address")
    _check_port(settings.uri)
    login = Login(settings.username, settings.password)
    return Endpoint("neo4j", settings.uri, settings.database, login, login, where=settings.uri)


def _check_port(uri: str) -> None:
    try:
        urlsplit(uri).port  # noqa: B018 - asking for it is the check
    except ValueError as error:
        raise UsageError(f"{uri}: no address of a server; give one such as neo4j://localhost:7687") from error


class Drivers:
    """The drivers of one endpoint, opened on first use: one for each login."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.closed = False
        self._open: dict[Login, neo4j.Driver] = {}
        self._engine: Engine | None = None
        self._guard = threading.Lock()
        self._bookmarks = _bookmarks(endpoint)
        self._turns = threading.Condition()
        self._sessions, self._held = 0, False

    @property
    def _retry_time(self) -> float:
        # A server may come back; an embedded engine whose process has ended does not, so there the driver would
        # only wait in vain (a negative time: it does not try again), and `run` retries what is transient.
        return PATIENCE if self.endpoint.kind == "neo4j" else -1.0

    def run(self, work: Callable[[neo4j.ManagedTransaction], T], *, reading: bool) -> T:
        """Run `work` in a transaction: committed wholly or not at all, tried again after transient errors."""
        from neo4j.exceptions import TransientError

        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                with self.session(reading=reading) as session:
                    return read_in(session, work) if reading else session.execute_write(work)
            except TransientError:
                if self.endpoint.kind == "neo4j" or time.monotonic() > give_up:
                    raise
            time.sleep(random.uniform(*PAUSE))

    @contextmanager
    def session(self, *, reading: bool) -> Iterator[neo4j.Session]:
        """A session on the named database; Ctrl-C in the block breaks off whatever it was waiting for."""
        from asyncio import CancelledError

        from neo4j import READ_ACCESS, WRITE_ACCESS

        ends = (Exception, KeyboardInterrupt, SystemExit)  # not that of a generator, which may be closed amid one
        mode = READ_ACCESS if reading else WRITE_ACCESS
        handled = sys.exception()
        try:
            with self._counted(), self._session(mode, reading) as session:
                try:
                    yield session
                except ends as error:
                    if interrupt := interrupt_behind(error, handled):
                        raise CancelledError from interrupt  # the driver then drops the connection, unanswered
                    raise
        except (*ends, CancelledError) as error:  # the driver may raise another as it drops the connection
            if interrupt := interrupt_behind(error, handled):
                raise interrupt from None
            raise

    def _session(self, mode: str, reading: bool) -> neo4j.Session:
        endpoint = self.endpoint  # which another thread may change
        return self._driver(endpoint, endpoint.reader if reading else endpoint.writer).session(
            database=endpoint.database,
            default_access_mode=mode,
            bookmark_manager=self._bookmarks,  # its reads see what it wrote, on any cluster member
            fetch_size=-1,
        )

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._turns:
            self._turns.wait_for(lambda: not self._held)
            self._sessions += 1
        try:
            yield
        finally:
            with self._turns:
                self._sessions -= 1
                self._turns.notify_all()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the sessions of other threads to end; inside the block no other begins."""
        with self._turns:
            self._turns.wait_for(lambda: not self._held)
            self._held = True
        try:
            with self._turns:
                self._turns.wait_for(lambda: not self._sessions)
            yield
        finally:
            with self._turns:
                self._held = False
                self._turns.notify_all()

    def move(self, endpoint: Endpoint) -> None:
        """Send later sessions to another address; for use inside `held`."""
        with self._guard:
            while self._open:
                self._open.popitem()[1].close()
            self.endpoint = endpoint

    def follow(self, endpoint: Endpoint) -> None:
        """Send later sessions to another engine, whose logins are new; those under way find out that theirs is gone."""
        with self._guard:
            self.endpoint, self._engine = endpoint, None

    def verify(self, question: str) -> list[list[Any]]:
        """Say at once, and without retries, if nothing answers, or the login or the database is refused; else what
        the question is answered."""
        from neo4j.exceptions import ServiceUnavailable

        try:
            with self.session(reading=True) as session:
                return session.run(question).values()
        except ServiceUnavailable as error:
            cause = (self._cause() if "routing" in str(error) else None) or error
        raise cause  # not from the error, so that the cause keeps its own (what TLS says, say)

    def _cause(self) -> Exception | None:
        """What the routing driver keeps to itself: why the address that it was given does not answer."""
        from neo4j.exceptions import DriverError

        with open_driver(re.sub("^neo4j", "bolt", self.endpoint.uri), self.endpoint.reader) as direct:
            try:
                direct.verify_connectivity()
            except DriverError as cause:
                return cause
        return None

    def engine(self) -> Engine:
        """What answers, from the server's own greeting."""
        found = self._engine = self._engine or self._greeted(self.endpoint)
        return found

    def _greeted(self, endpoint: Endpoint) -> Engine:
        agent = self._driver(endpoint, endpoint.reader).get_server_info().agent
        found = re.search(r"(ArcadeDB) ([\w.]+)", agent) or re.search(r"(\w+)/(\S+)", agent)
        name, version = found.groups() if found else (agent, "")
        return Engine(endpoint.kind, name, version, endpoint.where)

    def close(self) -> None:
        """Close every driver; closing twice does nothing."""
        with self._guard:
            self.closed = True
            while self._open:
                self._open.popitem()[1].close()

    def _driver(self, endpoint: Endpoint, login: Login) -> neo4j.Driver:
        with self._guard:
            if self.closed:
                raise EngineError(f"{endpoint.where}: this connection is closed; open another")
            if login not in self._open:
                self._open[login] = open_driver(endpoint.uri, login, self._retry_time)
            return self._open[login]


def read_in(session: neo4j.Session, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
    """Run `work`, which only reads: if the connection breaks as it ends, no change is in doubt, so it runs again."""
    from neo4j.exceptions import IncompleteCommit

    while True:
        with suppress(IncompleteCommit):
            return session.execute_read(work)


def _bookmarks(endpoint: Endpoint) -> Any:
    from neo4j import GraphDatabase

    return GraphDatabase.bookmark_manager() if endpoint.kind == "neo4j" else None


def open_driver(uri: str, login: Login, patience: float = 0.0) -> neo4j.Driver:
    """A driver that silences the server's notifications, or warns of them where the tests ask for it."""
    from neo4j import GraphDatabase

    notifications = os.environ.get(NOTIFICATIONS)
    quiet = {"notifications_min_severity": "OFF", "warn_notification_severity": "OFF"}
    loud = {
        "notifications_min_severity": notifications,
        "warn_notification_severity": notifications,
        # What a plan without parameters, or an empty graph without labels, is warned of is no fault of a statement.
        "notifications_disabled_classifications": ["UNRECOGNIZED", "GENERIC"],
    }
    return GraphDatabase.driver(
        uri,
        auth=login.auth,
        user_agent="relgraph",
        telemetry_disabled=True,
        connection_timeout=10,
        max_transaction_retry_time=patience,
        **(loud if notifications else quiet),
    )
