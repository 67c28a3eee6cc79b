"""Turns: whoever changes what sources say of a graph does so alone; the others wait."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relgraph.store.connection import Connection, Transaction

LOCK = "load.lock"
_TURN = "MERGE (turn:Source {id: $nobody}) DELETE turn"


def one_at_a_time(connection: Connection) -> AbstractContextManager[object]:
    """Waits for others' changes of an embedded graph, whose transactions do not wait for each other."""
    if connection.engine.kind == "neo4j":
        return nullcontext()
    from filelock import FileLock

    return FileLock(Path(connection.where) / LOCK, mode=0o600)


def take_turn(transaction: Transaction, connection: Connection) -> None:
    """Waits for others' changes of a graph on Neo4j, which holds on to an id until the end of the transaction.

    What the transaction then reads is what the one before left.
    """
    if connection.engine.kind == "neo4j":
        transaction.run(_TURN, {"nobody": ""})
