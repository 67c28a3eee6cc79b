"""Held: what the graph has now of the things and ties that a plan is about; the plan's only reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from relgraph.ingest.fingerprint import Read
from relgraph.ingest.merge import Citation
from relgraph.model.ontology import Ontology
from relgraph.model.records import Ref

BATCH = 10_000


class HeldTie(NamedTuple):
    """A tie of the graph: its type and the hash of its content."""

    type: str
    hash: str


class Held:
    """The graph as seen by a plan for `sources`, and for these parts of their ties (None: all)."""

    def __init__(
        self, read: Read, ontology: Ontology, sources: Iterable[str], parts: frozenset[str] | None = None
    ) -> None:
        self.read, self.ontology, self.sources, self.parts = read, ontology, list(sources), parts
        self.counted = 0  # ties of these sources, in all parts
        self.ties = self._ties()

    def looks_at(self, id_: str) -> bool:
        """Whether the plan is for this tie, too."""
        return self.parts is None or id_[-2:] in self.parts

    def _ties(self) -> dict[str, HeldTie]:
        """The ties that these sources claim, by id."""
        held: dict[str, HeldTie] = {}
        # A row for some hundred ties, not for each: the driver's cost is by the row.
        statement = (
            f"MATCH ()-[t:{'|'.join(self.ontology.ties)}]->() WHERE t.source IN $sources "
            "WITH t, right(t.id, 2) AS part "
            "WITH type(t) AS type, part, count(t) AS every, "
            "collect(CASE WHEN $parts IS NULL OR part IN $parts THEN [t.id, t.hash] END) AS ties "
            "RETURN type, every, ties"
        )
        parts = None if self.parts is None else sorted(self.parts)
        for type_, every, ties in self.read(statement, {"sources": self.sources, "parts": parts}).rows:
            self.counted += every
            held.update((id_, HeldTie(type_, digest)) for id_, digest in ties)
        return held

    def ends(self, gone: dict[str, HeldTie]) -> Iterator[tuple[str, str, Ref, Ref]]:
        """Type, id and both ends of these ties. Whole types are read and sifted here: engines find a tie by its id
        no faster, and a list of ten thousand ids much slower."""
        for type_ in sorted({tie.type for tie in gone.values()}):
            statement = (
                f"MATCH (a)-[t:{type_}]->(b) WHERE t.source IN $sources RETURN t.id, labels(a), a.id, labels(b), b.id"
            )
            for id_, a, a_id, b, b_id in self.read(statement, {"sources": self.sources}).rows:
                if id_ in gone:
                    yield type_, id_, self._ref(a, a_id), self._ref(b, b_id)

    def things(self, refs: Iterable[Ref]) -> dict[Ref, str]:
        """The hashes of those of these things that the graph has."""
        held = {}
        for label, ids in _by_label(refs):
            statement = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN collect([n.id, n.hash])"
            for (found,) in self.read(statement, {"ids": ids}).rows:
                held.update((Ref(label, id_), digest) for id_, digest in found)
        return held

    def citations_elsewhere(self, refs: Iterable[Ref]) -> Iterator[tuple[Ref, Citation]]:
        """What the other sources say of these things."""
        others = "MATCH (s:Source) WHERE NOT s.id IN $sources RETURN count(s)"
        if self.read(others, {"sources": self.sources}).rows == [[0]]:
            return
        for label, ids in _by_label(refs):
            statement = (
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[t:CITED_IN]->(s) "
                "WHERE NOT t.source IN $sources RETURN n.id, s.priority, properties(t)"
            )
            for id_, priority, said in self.read(statement, {"ids": ids, "sources": self.sources}).rows:
                yield Ref(label, id_), Citation(priority, said["source"], said)

    def engagements_elsewhere(self, ids: list[str]) -> Iterator[Ref]:
        """The engagements with these ids that other sources cite."""
        statement = (
            "UNWIND $ids AS id MATCH (n:Engagement {id: id})-[t:CITED_IN]->() "
            "WHERE NOT t.source IN $sources RETURN DISTINCT labels(n), n.id"
        )
        for batch in _batches(ids):
            for labels, id_ in self.read(statement, {"ids": batch, "sources": self.sources}).rows:
                yield self._ref(labels, id_)

    def _ref(self, labels: list[str], id_: str) -> Ref:
        return Ref(next(label for label in labels if label in self.ontology.labels), id_)


def _by_label(refs: Iterable[Ref]) -> Iterator[tuple[str, list[str]]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for ref in refs:
        grouped[ref.label].append(ref.id)
    for label, ids in sorted(grouped.items()):
        yield from ((label, batch) for batch in _batches(sorted(ids)))


def _batches(ids: list[str]) -> Iterator[list[str]]:
    for at in range(0, len(ids), BATCH):
        yield ids[at : at + BATCH]
