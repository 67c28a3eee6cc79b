"""The engines of one test session: each is started when first wanted, and stopped when the session ends."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.settings import EMBEDDED_DATABASE, Settings
from tests.engines import EMBEDDED
from tests.engines.server import Neo4jServer

if TYPE_CHECKING:
    from relgraph.store import Connection

BATCH = 5_000  # things that one transaction of `wipe` removes: small enough for a heap of 512 MB


@dataclass(frozen=True)
class Engine:
    """An engine that runs: what it is called, how to reach it, and a way to empty it."""

    name: str
    settings: Settings
    _keeper: Connection = field(repr=False)
    _server: Neo4jServer | None = field(repr=False)

    @property
    def target(self) -> str:
        """What `--uri` or `--graph` takes."""
        return self.settings.uri or str(self.settings.folder)

    @property
    def environ(self) -> dict[str, str]:
        """The variables that make a process of its own use this engine."""
        if self.settings.uri is None:
            return {"RELGRAPH_GRAPH": str(self.settings.folder)}
        return {"NEO4J_URI": self.settings.uri, "NEO4J_PASSWORD": self.settings.password}

    def wipe(self) -> None:
        """Remove every thing and tie; constraints and indexes stay."""
        emptied = "MATCH (n) WITH n LIMIT $batch DETACH DELETE n RETURN count(*) AS gone"
        while self._keeper.write(emptied, {"batch": BATCH}).rows != [[0]]:
            pass

    def restart(self) -> None:
        """Kill the server amid whatever it does, and start it again."""
        assert self._server is not None
        self._server.restart()


class Engines:
    """All engines of the session; `close` stops those that were started.

    Benchmarks ask for `heap="2g", quick=False`: what a user's server has.
    """

    def __init__(self, heap: str = "512m", *, quick: bool = True) -> None:
        self._heap, self._quick = heap, quick
        self._servers: dict[str, Neo4jServer] = {}
        self._engines: dict[str, Engine] = {}
        self._stack = ExitStack()

    def launch(self, name: str) -> None:
        """Let a server come up while other tests run; the embedded engine needs no such start."""
        if name != EMBEDDED and name not in self._servers:
            self._servers[name] = self._stack.enter_context(Neo4jServer(name, self._heap, quick=self._quick))

    def get(self, name: str) -> Engine:
        """The engine, ready to answer."""
        if name not in self._engines:
            from relgraph.store import open_connection

            settings = self._settings(name)
            keeper = self._stack.enter_context(open_connection(settings))
            self._engines[name] = Engine(name, settings, keeper, self._servers.get(name))
        return self._engines[name]

    def close(self) -> None:
        """Stop everything that was started."""
        self._engines.clear()
        self._servers.clear()
        self._stack.close()

    def _settings(self, name: str) -> Settings:
        if name == EMBEDDED:
            folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="relgraph-embedded-"))
            return Settings(folder=Path(folder), database=EMBEDDED_DATABASE)
        self.launch(name)
        return self._servers[name].settings()
