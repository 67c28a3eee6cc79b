"""Load: the whole plan in one transaction, planned inside it, so that two loads at once cannot mix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from relgraph.errors import DataError, UsageError
from relgraph.ingest.check import check_source
from relgraph.ingest.claims import Claims
from relgraph.ingest.fingerprint import is_held
from relgraph.ingest.issues import summary
from relgraph.ingest.plan import Plan, Planner
from relgraph.ingest.source import Source
from relgraph.ingest.statements import statements
from relgraph.model.memory import many_objects
from relgraph.model.ontology import load_ontology
from relgraph.store import Connection, Transaction
from relgraph.store.schema import ensure_schema
from relgraph.store.turns import one_at_a_time, take_turn
from relgraph.store.version import hold_version

Progress = Callable[[int, int], None]
"""Called with the number of records written so far and in all."""


@many_objects()
def load(
    connection: Connection,
    wanted: Sequence[Claims],
    unload: Iterable[str] = (),
    progress: Progress | None = None,
) -> Plan:
    """Make the graph hold what the sources in `wanted` say and nothing of those in `unload`; returns what was done.

    A source with errors is refused (`DataError`), and on any failure the graph is as it was.
    """
    refuse_errors(wanted)
    planner = Planner(wanted, unload)
    with one_at_a_time(connection):
        ensure_schema(connection, load_ontology())
        alone = connection.engine.kind != "neo4j"  # an embedded graph is locked: what is planned once stands
        if not alone and not planner.plan(connection.read):
            return Plan()

        def write(transaction: Transaction) -> Plan:
            take_turn(transaction, connection)
            hold_version(transaction, connection)
            return _write(transaction, planner, progress)

        return connection.transact(write)


@many_objects()
def load_sources(
    connection: Connection, sources: Iterable[Source], *, dry_run: bool = False, progress: Progress | None = None
) -> Plan:
    """Load these sources, or say what a load would do; those whose files the graph already holds are not read."""
    wanted = [check_source(source) for source in sources if not is_held(connection, source)]
    if dry_run:
        refuse_errors(wanted)
        return Planner(wanted).plan(connection.read)
    return load(connection, wanted, progress=progress) if wanted else Plan()


def unload(connection: Connection, sources: Iterable[str], progress: Progress | None = None) -> Plan:
    """Take away what only these sources claim; one that is not loaded is a `UsageError`."""
    held = [row[0] for row in connection.read("MATCH (s:Source) RETURN s.id AS id ORDER BY id").rows]
    for name in sources:
        if name not in held:
            raise UsageError(f"{name}: is not loaded; loaded are {', '.join(held) or 'no sources'}")
    return load(connection, [], sources, progress)


def refuse_errors(wanted: Sequence[Claims]) -> None:
    """Raise a `DataError` with every issue where a source has errors."""
    issues = [issue for claims in wanted for issue in claims.issues]
    errors = [issue for issue in issues if issue.level == "error"]
    if errors:
        names = ", ".join(sorted({claims.source.id for claims in wanted if claims.issues.errors}))
        first = errors[0].sentence()
        raise DataError(f"{names}: {summary(issues)}, so nothing was loaded; the first: {first}", issues)


def _write(transaction: Transaction, planner: Planner, progress: Progress | None) -> Plan:
    planned = planner.plan(transaction.run)
    if not planned:
        return planned
    total = len(planned.created) + len(planned.changed) + len(planned.removed) + len(planner.nodes)
    done = 0
    for statement in statements(planned, planner.nodes.values(), planner.ontology):
        transaction.run(statement.cypher, {"rows": statement.rows})
        done += len(statement.rows)
        if progress:
            progress(done, total)
    return planned
