"""The official driver: how it is opened, for Neo4j by URI and for the embedded engine alike."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from relgraph.store.endpoint import Endpoint, Engine, Login
from relgraph.store.faults import translated

if TYPE_CHECKING:
    import neo4j

    from relgraph.settings import Settings

NOTIFICATIONS = "RELGRAPH_NOTIFICATIONS"  # the tests set it to "WARNING": deprecations become Python warnings


def neo4j_endpoint(settings: Settings) -> Endpoint:
    """The Neo4j server that the settings name; nothing is contacted yet."""
    assert settings.uri is not None
    login = Login(settings.username, settings.password)
    return Endpoint("neo4j", settings.uri, settings.database, login, login, where=settings.uri)


class Drivers:
    """The drivers of one endpoint, opened on first use: one for each login."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._open: dict[Login, neo4j.Driver] = {}
        self._guard = threading.Lock()
        self._bookmarks: Any = None

    @contextmanager
    def session(self, *, reading: bool) -> Iterator[neo4j.Session]:
        """A session on the named database; whatever ends the block unasked (Ctrl-C) breaks its connection off."""
        from asyncio import CancelledError

        from neo4j import READ_ACCESS, WRITE_ACCESS

        driver = self._driver(self._endpoint.reader if reading else self._endpoint.writer)
        mode = READ_ACCESS if reading else WRITE_ACCESS
        try:
            with driver.session(
                database=self._endpoint.database,
                default_access_mode=mode,
                bookmark_manager=self._bookmarks,
                fetch_size=-1,
            ) as session:
                try:
                    yield session
                except (KeyboardInterrupt, SystemExit) as interrupt:
                    raise CancelledError from interrupt  # the driver's way to drop what is under way, unanswered
        except CancelledError as cancelled:
            raise cancelled.__cause__ or cancelled from None

    def engine(self) -> Engine:
        """What answers, from the server's own greeting."""
        with translated(self._endpoint):
            agent = self._driver(self._endpoint.reader).get_server_info().agent
        name, _, version = agent.partition("/")
        return Engine(self._endpoint.kind, name, version, self._endpoint.where)

    def close(self) -> None:
        """Close every driver; closing twice does nothing."""
        with self._guard:
            while self._open:
                self._open.popitem()[1].close()

    def _driver(self, login: Login) -> neo4j.Driver:
        with self._guard:
            if login not in self._open:
                self._open[login] = open_driver(self._endpoint.uri, login)
            return self._open[login]


def open_driver(uri: str, login: Login) -> neo4j.Driver:
    """A driver that silences the server's notifications, or raises them as warnings where the tests ask for it."""
    from neo4j import GraphDatabase

    notifications = os.environ.get(NOTIFICATIONS)
    quiet = {"notifications_min_severity": "OFF", "warn_notification_severity": "OFF"}
    loud = {"notifications_min_severity": notifications, "warn_notification_severity": notifications}
    return GraphDatabase.driver(
        uri,
        auth=login.auth,
        user_agent="relgraph",
        telemetry_disabled=True,
        connection_timeout=10,
        **(loud if notifications else quiet),
    )
