"""The statements that write a plan, derived from its records; the only place that writes to a graph.

Labels, types and property names come from the ontology and pass `quoted`; every value is a parameter. Properties
are written out in `CREATE`, because `SET n = row` writes each record twice on the embedded engine; ties are found
from the end that has few of them, because engines do not find a tie by its own id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from relgraph.ingest.fingerprint import PROPERTY
from relgraph.ingest.plan import Gone, Plan
from relgraph.model.ontology import SOURCE, Ontology
from relgraph.model.records import Properties, Ref, Thing, Tie
from relgraph.store.schema import quoted

BATCH = 5_000
EVERYTHING = "MATCH (n) DETACH DELETE n"
"""Removes everything."""


class Statement(NamedTuple):
    """One statement and the rows that it is given as `$rows`."""

    cypher: str
    rows: list[Any]


def statements(planned: Plan, sources: Iterable[Thing], ontology: Ontology) -> Iterator[Statement]:
    """What writes the plan: ties that go, things that go, things, ties, and what the sources were loaded from."""
    gone = set(planned.remove_things)  # they take their ties with them
    yield from _remove_ties([tie for tie in planned.remove_ties if gone.isdisjoint((tie.start, tie.end))], ontology)
    for label, ids in _grouped((ref.label, ref.id) for ref in planned.remove_things):
        yield Statement(f"UNWIND $rows AS id MATCH (n:{quoted(label)} {{id: id}}) DETACH DELETE n", ids)
    things = planned.create_things
    yield from new_things((ontology.labels[thing.ref.label].labels, thing.properties) for thing in things)
    for label, rows in _grouped((thing.ref.label, thing.properties) for thing in planned.change_things):
        yield Statement(f"UNWIND $rows AS row MATCH (n:{quoted(label)} {{id: row.id}}) SET n = row", rows)
    yield from new_ties(planned.create_ties)
    yield from _change_ties(planned.change_ties, ontology)
    # The files may be others, and so the fingerprint, where nothing else of a source's node has changed.
    stamp = f"MATCH (s:{SOURCE} {{id: row.id}}) SET s.{PROPERTY} = row.{PROPERTY}"
    yield Statement(f"UNWIND $rows AS row {stamp}", [node.properties for node in sources])


def new_things(things: Iterable[tuple[Sequence[str], Properties]]) -> Iterator[Statement]:
    """What creates things, each with all of its labels."""
    for labels, rows in by_labels(things):
        yield Statement(f"UNWIND $rows AS row CREATE (:{':'.join(map(quoted, labels))} {_written_out(rows)})", rows)


def new_ties(ties: Iterable[Tie]) -> Iterator[Statement]:
    """What creates ties, whose ends are there."""
    for (type_, a, b), rows in by_ends(ties):
        ends = f"MATCH (a:{quoted(a)} {{id: row._a}}) MATCH (b:{quoted(b)} {{id: row._b}})"
        tie = f"(a)-[:{quoted(type_)} {_written_out(rows)}]->(b)"
        yield Statement(f"UNWIND $rows AS row {ends} CREATE {tie}", rows)


def by_labels(things: Iterable[tuple[Sequence[str], Properties]]) -> Iterator[tuple[tuple[str, ...], list[Properties]]]:
    """Batches of things that have the same labels."""
    return _grouped((tuple(labels), properties) for labels, properties in things)


def by_ends(ties: Iterable[Tie]) -> Iterator[tuple[tuple[str, str, str], list[Properties]]]:
    """Batches of ties with their type and the labels of their ends, whose ids are `_a` and `_b` of each row."""
    return _grouped(_keyed(ties))


def _written_out(rows: Sequence[Properties]) -> str:
    """`{id: row.id, name: row.name}`, for every property that any of the rows has; an absent one stays absent."""
    names = sorted(set().union(*rows) - {"_a", "_b"})
    return f"{{{', '.join(f'{quoted(name)}: row.{quoted(name)}' for name in names)}}}"


def _keyed(ties: Iterable[Tie]) -> Iterator[tuple[tuple[str, str, str], Properties]]:
    for tie in ties:
        ends = {"_a": tie.start.id, "_b": tie.end.id}
        yield (tie.type, tie.start.label, tie.end.label), tie.properties | ends


def _remove_ties(gone: list[Gone], ontology: Ontology) -> Iterator[Statement]:
    rows = ((_anchored(tie, ontology), {"id": tie.id, "at": _anchor(tie, ontology).id}) for tie in gone)
    for pattern, batch in _grouped(rows):
        yield Statement(f"UNWIND $rows AS row MATCH {pattern} DELETE t", batch)


def _change_ties(ties: list[Tie], ontology: Ontology) -> Iterator[Statement]:
    def row(tie: Tie) -> Properties:
        return {"id": tie.id, "at": _anchor(tie, ontology).id, "properties": tie.properties}

    for pattern, batch in _grouped((_anchored(tie, ontology), row(tie)) for tie in ties):
        yield Statement(f"UNWIND $rows AS row MATCH {pattern} SET t = row.properties", batch)


def _anchor(tie: Tie | Gone, ontology: Ontology) -> Ref:
    """The end with few ties: an engagement has its parties, a country has thousands of engagements."""
    ends_in_one = tie.end.label in ontology.engagements and tie.start.label not in ontology.engagements
    return tie.end if ends_in_one else tie.start


def _anchored(tie: Tie | Gone, ontology: Ontology) -> str:
    label = quoted(_anchor(tie, ontology).label)
    arrow = (
        f"<-[t:{quoted(tie.type)} {{id: row.id}}]-()"
        if _anchor(tie, ontology) is tie.end
        else f"-[t:{quoted(tie.type)} {{id: row.id}}]->()"
    )
    return f"(:{label} {{id: row.at}}){arrow}"


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, list[Any]]]:
    grouped: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    for key in sorted(grouped):
        rows = grouped[key]
        yield from ((key, rows[at : at + BATCH]) for at in range(0, len(rows), BATCH))
