"""An embedded graph for other tools: the engine kept up as a Bolt endpoint, with a reader and a writer."""

from __future__ import annotations

import ipaddress
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from relgraph.errors import EngineError, UsageError
from relgraph.store import embedded
from relgraph.store import folder as data
from relgraph.store.endpoint import Login

if TYPE_CHECKING:
    from relgraph.settings import Settings

PORT = 7687
OPEN = (
    "Other machines reach it, too, by this one's name and without encryption: "
    "passwords and answers can be read on the way."
)
STOPPING = (signal.SIGINT, signal.SIGTERM)


@dataclass(frozen=True)
class Service:
    """A graph that is being served: where, and the logins that last as long as it is."""

    folder: Path
    uri: str
    database: str
    reader: Login
    writer: Login
    host: str = embedded.HOST

    def instructions(self) -> list[str]:
        """How to connect, line by line; two of them hold a password."""
        shell = f"cypher-shell -a {self.uri} -d {self.database} -u {self.reader.username}"
        driver = f'neo4j.GraphDatabase.driver("{self.uri}", auth=("{self.reader.username}", "…"))'
        return [
            f"Serving {self.folder} at {self.uri}, database {self.database}, until Ctrl-C.",
            f"  user {self.reader.username}, who may only read:     password {self.reader.password}",
            f"  user {self.writer.username}, who may change all:    password {self.writer.password}",
            f"cypher-shell   {shell}   (asks for the password)",
            f"Python         {driver}",
            "Neo4j Browser  connect to the address above, without encryption, as one of the users",
            *([] if is_loopback(self.host) else [OPEN]),
        ]

    def wait(self) -> None:
        """Return on Ctrl-C or SIGTERM (call it in the main thread)."""
        stopped = threading.Event()
        before = {number: signal.signal(number, lambda *_: stopped.set()) for number in STOPPING}
        try:
            while not stopped.wait(timeout=3600):
                pass
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches what listens there.

    >>> is_loopback("127.0.0.2"), is_loopback("::1"), is_loopback("0.0.0.0"), is_loopback("")
    (True, True, False, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def serve(settings: Settings, host: str = embedded.HOST, port: int | None = None) -> Iterator[Service]:
    """Serve the folder's graph inside the block; only this machine reaches it unless `host` says otherwise.

    Without a port it is 7687. An `EngineError` says if the port is taken or another process holds the folder.
    """
    if settings.folder is None:
        raise UsageError(f"{settings.uri}: a Neo4j server serves itself; give the folder of a graph to --graph")
    endpoint = embedded.embedded_endpoint(settings.folder, host, port or PORT)
    try:
        runtime = data.read_runtime(Path(endpoint.where))
        if runtime is None or (endpoint.kind, runtime.port) != ("embedded", port or PORT):
            holder = runtime.holder if runtime else "another process"
            raise EngineError(f"{endpoint.where}: already open in {holder}; end that first, or connect to it there")
        yield Service(Path(endpoint.where), endpoint.uri, endpoint.database, endpoint.reader, endpoint.writer, host)
    finally:
        endpoint.release()
