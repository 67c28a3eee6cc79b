"""Plan: what must change in the graph so that it holds what the sources now say, and nothing else of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from relgraph.errors import DataError
from relgraph.ingest.claims import Claims
from relgraph.ingest.fingerprint import PROPERTY, Read, Stamp, held_stamp, stamp
from relgraph.ingest.held import Held, HeldTie
from relgraph.ingest.merge import Citation, merge
from relgraph.model.dates import parse
from relgraph.model.ontology import CITED_IN, SOURCE, load_ontology
from relgraph.model.records import Properties, Ref, Thing, Tie, content_hash, tie_id
from relgraph.store import version


class Gone(NamedTuple):
    """A tie that no source claims any more, with its ends, by which engines find it quickly."""

    type: str
    id: str
    start: Ref
    end: Ref


@dataclass
class Plan:
    """Every record to create, change or remove; false where the graph already holds what the sources say."""

    create_things: list[Thing] = field(default_factory=list)
    change_things: list[Thing] = field(default_factory=list)
    remove_things: list[Ref] = field(default_factory=list)
    create_ties: list[Tie] = field(default_factory=list)
    change_ties: list[Tie] = field(default_factory=list)
    remove_ties: list[Gone] = field(default_factory=list)

    @property
    def created(self) -> tuple[str, ...]:
        """The ids of things and ties that are new."""
        return (*(thing.ref.id for thing in self.create_things), *(tie.id for tie in self.create_ties))

    @property
    def changed(self) -> tuple[str, ...]:
        """The ids of things and ties whose properties differ from now on."""
        return (*(thing.ref.id for thing in self.change_things), *(tie.id for tie in self.change_ties))

    @property
    def removed(self) -> tuple[str, ...]:
        """The ids of things and ties that no source claims any more."""
        return (*(ref.id for ref in self.remove_things), *(tie.id for tie in self.remove_ties))

    def __bool__(self) -> bool:
        return bool(self.created or self.changed or self.removed)

    def __str__(self) -> str:
        return f"+{len(self.created):,} ~{len(self.changed):,} -{len(self.removed):,}"

    def counts(self) -> list[tuple[str, int, int, int]]:
        """Created, changed and removed, for each label and type of tie concerned."""
        concerned = (
            [thing.ref.label for thing in self.create_things] + [tie.type for tie in self.create_ties],
            [thing.ref.label for thing in self.change_things] + [tie.type for tie in self.change_ties],
            [ref.label for ref in self.remove_things] + [tie.type for tie in self.remove_ties],
        )
        names = sorted(set().union(*concerned))
        return [(name, *(each.count(name) for each in concerned)) for name in names]  # type: ignore[misc]


class Planner:
    """Plans for the same sources, as often as a transaction must be tried again; hashes and merges once."""

    def __init__(self, wanted: Sequence[Claims], unload: Iterable[str] = ()) -> None:
        self.ontology = load_ontology()
        self.sources = sorted({*(claims.source.id for claims in wanted), *unload})
        self.nodes: dict[Ref, Thing] = {}
        self.ties: dict[str, Tie] = {}
        self.stamps: dict[str, Stamp] = {}
        for claims in wanted:
            ties = {tie.id: tie for tie in map(_hashed_tie, _all_ties(claims))}
            node = _hashed(source_thing(claims))
            self.stamps[claims.source.id] = stamp(claims.source, claims.fingerprint, ties)
            # These are no part of what it says, and not hashed.
            held = {PROPERTY: str(self.stamps[claims.source.id]), version.PROPERTY: version.VERSION}
            node.properties.update(held)
            self.nodes[node.ref] = node
            self.ties |= ties
        self.said: dict[Ref, list[Citation]] = defaultdict(list)
        priority = {claims.source.id: claims.source.declared.source.priority for claims in wanted}
        for tie in self.ties.values():
            if tie.type == CITED_IN:
                self.said[tie.start].append(Citation(priority[tie.end.id], tie.end.id, tie.properties))
        self._merged: dict[Ref, Thing] = {}

    def plan(self, read: Read) -> Plan:
        """What to change in the graph that `read` sees."""
        stamps = [held_stamp(read, source) for source in self.sources]
        held = Held(read, self.ontology, self.sources, self._changed(stamps))
        if held.parts is not None and held.counted != sum(each.ties for each in stamps if each):
            held = Held(read, self.ontology, self.sources)  # somebody else has written to the graph
        ties = {id_: tie for id_, tie in self.ties.items() if held.looks_at(id_)}
        planned = Plan()
        self._plan_ties(planned, held, ties)
        self._plan_things(planned, held, {tie.start for tie in ties.values() if tie.type == CITED_IN})
        return planned

    def _changed(self, stamps: list[Stamp | None]) -> frozenset[str] | None:
        """The parts of the ties that have changed since these sources were loaded; None where that is not known."""
        parts: set[str] = set()
        for source, held in zip(self.sources, stamps, strict=True):
            wanted = self.stamps.get(source)
            if wanted is None or held is None or wanted.basis != held.basis:
                return None
            parts |= {part for part, _ in wanted.parts.items() ^ held.parts.items()}
        return frozenset(parts)

    def _plan_ties(self, planned: Plan, held: Held, wanted: Mapping[str, Tie]) -> None:
        there = held.ties
        for id_, tie in wanted.items():
            if id_ not in there:
                planned.create_ties.append(tie)
            elif there[id_].hash != tie.properties["hash"]:
                planned.change_ties.append(tie)
        gone: dict[str, HeldTie] = {id_: tie for id_, tie in there.items() if id_ not in wanted}
        planned.remove_ties = sorted(Gone(*each) for each in held.ends(gone))

    def _plan_things(self, planned: Plan, held: Held, cited: set[Ref]) -> None:
        """Things that these sources cite, or did, as all sources' citations now make them."""
        concerned = {*cited, *(tie.start for tie in planned.remove_ties if tie.type == CITED_IN)}
        elsewhere: dict[Ref, list[Citation]] = defaultdict(list)
        for ref, citation in held.citations_elsewhere(concerned):
            elsewhere[ref].append(citation)
        self._refuse_two_labels(held, cited)
        wanted = dict(self.nodes)
        for ref in concerned:
            if ref in self.said or ref in elsewhere:
                wanted[ref] = self._thing(ref, elsewhere.get(ref))
        there = held.things({*concerned, *(Ref(SOURCE, id_) for id_ in self.sources)})
        planned.create_things = [thing for ref, thing in sorted(wanted.items()) if ref not in there]
        planned.change_things = [
            thing for ref, thing in sorted(wanted.items()) if there.get(ref, digest := _digest(thing)) != digest
        ]
        planned.remove_things = sorted(ref for ref in there if ref not in wanted)

    def _thing(self, ref: Ref, elsewhere: list[Citation] | None) -> Thing:
        if elsewhere:
            return _hashed(merge(ref, [*self.said.get(ref, ()), *elsewhere]))
        if ref not in self._merged:
            self._merged[ref] = _hashed(merge(ref, self.said[ref]))
        return self._merged[ref]

    def _refuse_two_labels(self, held: Held, cited: set[Ref]) -> None:
        """An id belongs to one engagement; the embedded engine does not hold that by itself."""
        ours = {ref.id: ref for ref in cited if ref.label in self.ontology.engagements}
        for theirs in (
            *(ref for ref in self.said if ref.id in ours),
            *held.engagements_elsewhere(list(ours)),
        ):
            mine = ours[theirs.id]
            if mine.label != theirs.label and theirs.label in self.ontology.engagements:
                raise DataError(
                    f"{mine.id}: is {mine.label} in one source and {theirs.label} in another; "
                    "mend one of them, or give it another id by a crosswalk"
                )


def source_thing(claims: Claims) -> Thing:
    """The node of a source: its publication and its coverage."""
    about, coverage = claims.source.declared.source, claims.source.declared.coverage
    properties: Properties = {
        "name": about.title,
        "authors": list(about.authors),
        "publisher": about.publisher,
        "date": about.date,
        "url": about.url,
        "licence": about.licence,
        "redistributable": about.redistributable,
        "citation": about.citation.strip(),
        "priority": about.priority,
        "marking": about.marking,
        "markingLevel": about.marking_level if about.marking else None,
        "files": about.files,
        "coversFrom": parse(coverage.since).earliest if coverage.since else None,
        "coversUntil": parse(coverage.until).latest if coverage.until else None,
        "coversLabels": list(coverage.labels),
        "coversKinds": list(coverage.kinds),
        "coversCountries": list(coverage.countries),
        "coversCompletely": list(coverage.completely),
        "coversCompletelyUntil": [parse(day).latest.isoformat() for day in coverage.completely.values() if day],
        "ego": list(coverage.ego),
        "note": coverage.note,
    }
    kept = {name: value for name, value in properties.items() if value not in (None, [])}
    return Thing(Ref(SOURCE, claims.source.id), kept)


def _all_ties(claims: Claims) -> Iterator[Tie]:
    source = Ref(SOURCE, claims.source.id)
    yield from claims.ties.values()
    for ref, citations in claims.citations.items():
        for said in citations:
            id_ = tie_id(source.id, CITED_IN, ref, source, None, said.get("start"), said["locator"])
            yield Tie(id_, CITED_IN, ref, source, said)


def _hashed_tie(tie: Tie) -> Tie:
    said = {**tie.properties, "id": tie.id, "hash": content_hash(tie.properties)}
    return Tie(tie.id, tie.type, tie.start, tie.end, said)


def _hashed(thing: Thing) -> Thing:
    digest = content_hash(thing.properties)
    return thing._replace(properties={**thing.properties, "id": thing.ref.id, "hash": digest})


def _digest(thing: Thing) -> str:
    return str(thing.properties["hash"])
