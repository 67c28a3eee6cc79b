"""Load: the whole plan in one transaction, planned inside it, so that two loads at once cannot mix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from relgraph.errors import DataError, UsageError
from relgraph.ingest.check import check_source
from relgraph.ingest.claims import Claims
from relgraph.ingest.fingerprint import is_held
from relgraph.ingest.issues import summary
from relgraph.ingest.plan import Plan, Planner
from relgraph.ingest.source import Source
from relgraph.ingest.statements import by_ends, by_labels, statements
from relgraph.model.memory import many_objects
from relgraph.model.ontology import load_ontology
from relgraph.store import Connection, Result, Transaction
from relgraph.store.schema import constraints, ensure_schema
from relgraph.store.turns import one_at_a_time, take_turn
from relgraph.store.version import hold_version

if TYPE_CHECKING:
    from relgraph.store.building import Building

LARGE = 20_000  # ties from which the quicker way is worth its half second
ANYTHING = "MATCH (n) RETURN 1 AS one LIMIT 1"
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
        if built := _built(connection, planner, progress):
            return built
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


def _built(connection: Connection, planner: Planner, progress: Progress | None) -> Plan | None:
    """What a large first load did in the quicker way that an embedded graph has for it; None where it cannot be."""
    if len(planner.ties) < LARGE or connection.engine.kind != "embedded" or connection.read(ANYTHING).rows:
        return None
    planned = planner.plan(lambda *_: Result([], []))  # what an empty graph answers
    labels = planner.ontology.labels
    things = ((labels[thing.ref.label].labels, thing.properties) for thing in planned.create_things)

    def fill(building: Building) -> None:
        count = _counting(planned, planner, progress)
        building.define(constraint.cypher for constraint in constraints(planner.ontology))
        for those, rows in by_labels(things):
            building.add_things(those, rows)
            count(len(rows))
        for (type_, start, end), rows in by_ends(planned.create_ties):
            building.add_ties(type_, start, end, rows)
            count(len(rows))

    return planned if connection.build(fill) else None


def _write(transaction: Transaction, planner: Planner, progress: Progress | None) -> Plan:
    planned = planner.plan(transaction.run)
    if not planned:
        return planned
    count = _counting(planned, planner, progress)
    for statement in statements(planned, planner.nodes.values(), planner.ontology):
        transaction.run(statement.cypher, {"rows": statement.rows})
        count(len(statement.rows))
    return planned


def _counting(planned: Plan, planner: Planner, progress: Progress | None) -> Callable[[int], None]:
    """Tells `progress` of so many more records, of all that there are to write."""
    total = len(planned.created) + len(planned.changed) + len(planned.removed) + len(planner.nodes)
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if progress:
            progress(done, total)

    return count
