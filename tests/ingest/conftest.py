from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.engines.running import Engine

    from relgraph.graph import Graph
    from relgraph.store import Connection


@pytest.fixture
def connection(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connection]:
    """A connection to an empty graph, on which the driver does not look out for deprecations.

    For that it records the whole stack at each statement, which in a property test costs more than the statement.
    `traced` looks out for them, with every kind of statement that a load writes.
    """
    from relgraph.store import open_connection

    engine.wipe()
    monkeypatch.delenv("RELGRAPH_NOTIFICATIONS")
    with open_connection(engine.settings) as opened:
        yield opened


@pytest.fixture
def traced(engine: Engine) -> Iterator[tuple[Graph, list[str]]]:
    """An empty graph, and every statement that reaches its engine."""
    from relgraph.graph import Graph
    from relgraph.store import open_connection

    engine.wipe()
    statements: list[str] = []
    with open_connection(engine.settings, statements.append) as opened:
        yield Graph(opened, engine.settings), statements
