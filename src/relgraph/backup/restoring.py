"""Restoring: the graph that a backup is of, on whichever engine, wholly or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from relgraph.backup.lines import Labelled
from relgraph.backup.reading import Reading
from relgraph.backup.writing import Backup
from relgraph.errors import EngineError, UsageError
from relgraph.ingest.statements import EVERYTHING, Statement, new_things, new_ties
from relgraph.model.memory import many_objects
from relgraph.model.ontology import SOURCE, load_ontology
from relgraph.model.records import Properties, Tie, content_hash
from relgraph.query.contents import hash_of_contents
from relgraph.store.schema import ensure_schema
from relgraph.store.turns import one_at_a_time, take_turn
from relgraph.store.version import PROPERTY, upgrade

if TYPE_CHECKING:
    from relgraph.store import Connection, Transaction

T = TypeVar("T")
BATCH = 20_000  # records in memory at once
Progress = Callable[[int, int], None]


@many_objects()
def restore(
    connection: Connection, path: str | os.PathLike[str], *, replace: bool = False, progress: Progress | None = None
) -> Backup:
    """Make an empty graph hold what a backup says; `replace` puts it in the place of whatever the graph holds.

    Before it is committed the graph is held against the backup's content hash. A damaged file is a `DataError`, a
    graph that holds something a `UsageError`; on any failure the graph is as it was.
    """
    reading = Reading(path)
    for _ in reading:  # to its end, so that a damaged one is refused before anything is written
        pass
    with one_at_a_time(connection):
        ensure_schema(connection, load_ontology())

        def write(transaction: Transaction) -> None:
            take_turn(transaction, connection)
            _make_room(transaction, connection.where, replace=replace)
            _write(transaction, reading, progress)
            if hash_of_contents(transaction.stream) != reading.backup.content_hash:
                told = f"would not hold what {path} says, so that nothing was restored"
                raise EngineError(f"{connection.where}: {told}; restore it into another graph")
            upgrade(transaction)

        connection.transact(write)
    return reading.backup


def _make_room(transaction: Transaction, where: str, *, replace: bool) -> None:
    held = transaction.run("MATCH (n) RETURN count(n)").rows[0][0]
    if held and not replace:
        told = f"holds {held:,} things already"
        raise UsageError(f"{where}: {told}; restore into an empty graph, or say --replace to give them up")
    if held:
        transaction.run(EVERYTHING)


def _write(transaction: Transaction, reading: Reading, progress: Progress | None) -> None:
    total, done = reading.backup.things + reading.backup.ties, 0
    for statement in _statements(reading):
        transaction.run(statement.cypher, {"rows": statement.rows})
        done += len(statement.rows)
        if progress:
            progress(done, total)


def _statements(reading: Reading) -> Iterator[Statement]:
    for batch in _batches(reading):
        things = [each for each in batch if isinstance(each, Labelled)]
        yield from new_things((thing.labels, _of_thing(thing, reading.version)) for thing in things)
        yield from new_ties(_of_tie(tie) for tie in batch if isinstance(tie, Tie))


def _of_thing(thing: Labelled, version: int) -> Properties:
    """Its properties with what relgraph keeps for itself, but for the fingerprint: the next load looks at all."""
    if load_ontology().labels.keys().isdisjoint(thing.labels):
        return thing.properties
    return _hashed(thing.properties) | ({PROPERTY: version} if SOURCE in thing.labels else {})


def _of_tie(tie: Tie) -> Tie:
    return tie._replace(properties=_hashed(tie.properties)) if tie.type in load_ontology().ties else tie


def _hashed(properties: Properties) -> Properties:
    said = {name: value for name, value in properties.items() if name != "id"}
    return properties | {"hash": content_hash(said)}


def _batches(records: Iterable[T]) -> Iterator[list[T]]:
    left = iter(records)
    while batch := list(islice(left, BATCH)):
        yield batch
