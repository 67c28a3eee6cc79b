"""The version of the schema that a graph carries, on the node of each source, so that it changes with what it is of.

An older graph is brought up to date when it is opened, by the steps that lead from its version to this one, in one
transaction; a newer one, and one to which no step leads, is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relgraph.errors import EngineError, RelgraphError
from relgraph.store.turns import one_at_a_time, take_turn

if TYPE_CHECKING:
    from relgraph.store.connection import Connection, Transaction

PROPERTY = "schemaVersion"
VERSION = 1
"""To be raised with every change of what a load writes or of what questions rely on, and a step to be added."""
STEPS: Mapping[int, Sequence[str]] = {0: ()}  # the statements that make the next version of one; 0 is from before
QUESTION = f"MATCH (s:Source) RETURN DISTINCT s.{PROPERTY}"


def ensure_version(connection: Connection, held: Sequence[Any]) -> None:
    """Bring the graph whose sources carry these versions up to this one, or say why that cannot be."""
    oldest = check_versions(connection.where, held)
    if oldest == VERSION:
        return
    try:
        with one_at_a_time(connection):
            connection.transact(lambda transaction: _in_turn(transaction, connection))
    except RelgraphError as error:
        told = f"has schema {oldest} and could not be brought to schema {VERSION}, so that it is as it was ({error})"
        raise EngineError(f"{connection.where}: {told}; open it as a user who may write") from error


def check_versions(where: str, held: Sequence[Any]) -> int:
    """The oldest of these versions; an `EngineError` where one is newer than this relgraph, or not known to it."""
    versions = [0 if version is None else version for version in held] or [VERSION]
    for version in versions:
        if type(version) is not int or version < 0:
            raise EngineError(f"{where}: has schema {version!r}, which is none of relgraph's; give another graph")
        if version > VERSION:
            told = f"has schema {version}, and this relgraph knows no newer one than {VERSION}"
            raise EngineError(f"{where}: {told}; install the relgraph that wrote it, or a later one")
    if missing := [version for version in range(min(versions), VERSION) if version not in STEPS]:
        told = f"has schema {min(versions)}, and nothing leads from schema {missing[0]} to {VERSION}"
        raise EngineError(f"{where}: {told}; load its sources into a new graph")
    return min(versions)


def hold_version(transaction: Transaction, connection: Connection) -> None:
    """Refuse to write to a graph that a later relgraph has brought up to date since it was opened here."""
    check_versions(connection.where, [version for (version,) in transaction.run(QUESTION).rows])


def upgrade(transaction: Transaction) -> None:
    """Take every step that is left, from whatever version each source carries."""
    for version in range(VERSION):
        outdated = f"MATCH (s:Source) WHERE coalesce(s.{PROPERTY}, 0) = $version SET s.{PROPERTY} = $next RETURN s.id"
        if transaction.run(outdated, {"version": version, "next": version + 1}).rows:
            for statement in STEPS[version]:
                transaction.run(statement)


def _in_turn(transaction: Transaction, connection: Connection) -> None:
    take_turn(transaction, connection)
    upgrade(transaction)
