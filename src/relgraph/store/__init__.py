"""Where a graph lives: the embedded engine or Neo4j, behind one connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relgraph.errors import EngineError
from relgraph.store.connection import Connection, Result, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relgraph.settings import Settings

ATTEMPTS = 5
__all__ = ["Connection", "Result", "Transaction", "open_connection"]


def open_connection(settings: Settings, tracer: Callable[[str], object] | None = None) -> Connection:
    """Open the graph that the settings name; `tracer` is given one line for each statement.

    An `EngineError` says at once what is wrong where nothing answers or the login is refused.
    """
    if settings.uri:
        from relgraph.store.bolt import neo4j_endpoint

        return Connection(neo4j_endpoint(settings), tracer).verified()
    assert settings.folder is not None
    return _open_embedded(settings.folder, tracer)


def _open_embedded(folder: Path, tracer: Callable[[str], object] | None) -> Connection:
    from relgraph.store.embedded import embedded_endpoint

    for attempt in range(ATTEMPTS):
        endpoint = embedded_endpoint(folder)
        try:
            return Connection(endpoint, tracer).verified()
        except EngineError:  # the process that was to be joined has ended meanwhile; the next attempt takes its place
            if endpoint.kind == "embedded" or attempt == ATTEMPTS - 1:
                raise
    raise AssertionError
