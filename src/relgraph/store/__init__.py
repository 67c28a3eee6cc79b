"""Where a graph lives: the embedded engine or Neo4j, behind one connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relgraph.store.connection import Connection, Result, Transaction

if TYPE_CHECKING:
    from collections.abc import Callable

    from relgraph.settings import Settings

__all__ = ["Connection", "Result", "Transaction", "open_connection"]


def open_connection(settings: Settings, tracer: Callable[[str], object] | None = None) -> Connection:
    """Open the graph that the settings name; `tracer` is given one line for each statement.

    An `EngineError` says at once what is wrong where nothing answers or the login is refused.
    """
    if settings.uri:
        from relgraph.store.bolt import neo4j_endpoint

        return Connection(neo4j_endpoint(settings), tracer).verified()
    assert settings.folder is not None
    from relgraph.store.embedded import embedded_endpoint

    return Connection(embedded_endpoint(settings.folder), tracer).verified()
