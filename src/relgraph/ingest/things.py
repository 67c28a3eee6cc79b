"""Things: rows that say what something is; each becomes a citation of it by the source."""

from __future__ import annotations

from collections.abc import Iterable

from relgraph.ingest.claiming import Claiming
from relgraph.ingest.claims import Claims
from relgraph.ingest.columns import Cells, Chosen, Make
from relgraph.ingest.declaration import ThingMapping
from relgraph.ingest.ends import Ends
from relgraph.ingest.rows import Rows
from relgraph.model.ontology import ANY_THING, COUNTRY, SOURCE, Ontology
from relgraph.model.records import ID, Properties, Ref, row_hash

NOT_DEFINED = (SOURCE, COUNTRY)  # by rows: source.toml and the register say what they are
_NOT_ITS_OWN = (
    "source",
    "locator",
    "quote",
    "certainty",
    "record",
    "startFrom",
    "startBy",
    "endFrom",
    "endBy",
)


class Things(Claiming):
    """Maps the things of a source."""

    def __init__(self, claims: Claims, ontology: Ontology, ends: Ends) -> None:
        super().__init__(claims, ontology)
        self.ends = ends
        self._defined: dict[tuple[str, str], tuple[str, str, int]] = {}  # family and id -> label and place defined
        self._cited: dict[tuple[Ref, str, str], Properties] = {}  # what becomes one tie to the source

    def map(self, rows: Rows, mapping: ThingMapping) -> None:
        """Add the citations that these rows make."""
        rows.begin(mapping)
        labels = self._labels(rows, mapping)
        make = self._makers(rows, mapping, labels)
        make_id = rows.compiler.make(mapping.id, "text") if mapping.id else self._hashed_id(rows)
        chosen = rows.meant_by(mapping)
        ids = make_id(chosen)
        if mapping.same_as:
            for id_, theirs in zip(ids, rows.compiler.make(mapping.same_as, "text")(chosen), strict=True):
                if id_ and theirs:
                    self.ends.crosswalk.add(Ref(labels[0], id_), theirs)
        refs = self._refs(rows, mapping, labels, chosen, ids)
        if not mapping.each:
            found = {number: ref for number, ref in zip(chosen.numbers, refs, strict=True) if ref}
            rows.define(mapping, labels[0], found)
        rows.heard.update(number for number, ref in zip(chosen.numbers, refs, strict=True) if ref)
        for number, id_, ref, said in zip(chosen.numbers, ids, refs, self.made(rows, make, chosen), strict=True):
            if ref:
                if mapping.rows != "cites" and ref.id != id_:
                    said["aliases"] = [*said.get("aliases", ()), id_]  # by which people find it still
                self._cite(rows, number, mapping, ref, said)

    def _labels(self, rows: Rows, mapping: ThingMapping) -> tuple[str, ...]:
        names = (mapping.label,) if isinstance(mapping.label, str) else mapping.label
        labels = tuple(label for name in names for label in self.ontology.family(name) if label not in NOT_DEFINED)
        if not labels or (len(labels) > 1 and mapping.rows != "cites"):
            known = ", ".join(label for label in self.ontology.labels if label not in NOT_DEFINED)
            raise rows.bad_mapping("is no label that rows can define", f"use {known}", ", ".join(names))
        return labels

    def _makers(self, rows: Rows, mapping: ThingMapping, labels: tuple[str, ...]) -> dict[str, Make]:
        own = (name for label in labels for name in self.ontology.labels[label].properties)
        make = self.properties(rows, mapping, " or ".join(labels), (*ANY_THING, *own))
        record = mapping.record or rows.mapping.record
        return make | ({"record": rows.compiler.make(record, "text")} if record else {})

    def _hashed_id(self, rows: Rows) -> Make:
        """A record without a key has the hash of its row, the n-th equal row `-n`."""
        seen: dict[str, int] = {}

        def make(row: int, cells: Cells) -> str:
            raw = [*rows.raw[row], *cells[len(rows.header) :]]
            id_ = f"{self.claims.source.id}-{row_hash(raw)}"
            seen[id_] = seen.get(id_, 0) + 1
            if seen[id_] == 1:
                return id_
            remedy = "give it a key, or take it out"
            rows.issue(row, "is equal to an earlier row, and counted, too", remedy, level="warning")
            return f"{id_}-{seen[id_]}"

        return lambda chosen: [make(*row) for row in zip(*chosen, strict=True)]

    def _refs(
        self, rows: Rows, mapping: ThingMapping, labels: tuple[str, ...], chosen: Chosen, ids: list[str | None]
    ) -> list[Ref | None]:
        """The things that rows are about; None, with an issue, where one names none."""
        known: dict[str, Ref] = {}
        for number, id_ in zip(chosen.numbers, ids, strict=True):
            if id_ in known:
                continue
            ref = None if id_ is None else self._ref(mapping, labels, id_)
            if id_ is None:
                rows.wrong(number, "id", None, "has no id", "give it one")
            elif ref is None:
                rows.wrong(number, "id", id_, "is cited but defined by no row", "define it, or mend the id")
            elif not ID.fullmatch(ref.id):
                remedy = "use lower-case letters, digits and hyphens, as |slug makes them"
                rows.wrong(number, "id", id_, "is no id", remedy)
            else:
                known[id_] = ref
        return [known.get(id_) for id_ in ids]

    def _ref(self, mapping: ThingMapping, labels: tuple[str, ...], id_: str) -> Ref | None:
        if mapping.rows == "cites":
            return self.ends.own(labels, id_)
        return self.ends.crosswalk.meaning(Ref(labels[0], id_))

    def _cite(self, rows: Rows, number: int, mapping: ThingMapping, ref: Ref, said: Properties) -> None:
        self._check_kind(rows, number, ref, said.get("kind"))
        citations = self.claims.citations.setdefault(ref, [])
        if mapping.rows == "cites":
            said["further"] = True
        elif citations and mapping.rows == "repeats":
            for name in mapping.unite:
                united = {*citations[0].pop(name, ()), *said.pop(name, ())}
                citations[0] |= {name: sorted(united)} if united else {}
            if differing := _differing(said, citations[0], mapping.unite):
                remedy = "mend it, name a list under unite, or map what differs as a tie"
                told = f"differs in {', '.join(differing)} from what an earlier row says of it"
                rows.wrong(number, "id", ref.id, told, remedy)
            return
        elif not self._is_new(rows, number, ref):
            return
        self.complete(rows, number, said, ref.label, said.get("kind") or kind_of(citations))
        held = self._cited.setdefault((ref, said["locator"], said.get("start", "")), said)
        if held is said:
            citations.append(said)
        else:
            self.again(rows, number, ref.id, same=held == said)

    def _check_kind(self, rows: Rows, number: int, ref: Ref, kind: str | None) -> None:
        kinds = self.ontology.labels[ref.label].kinds
        if kind is not None and kind not in kinds:
            remedy = f"use {', '.join(kinds)}, or declare it in ontology.toml"
            rows.wrong(number, "kind", kind, f"is no kind of {ref.label}", remedy)

    def _is_new(self, rows: Rows, number: int, ref: Ref) -> bool:
        """An id stands for one thing of its label, and for one engagement among all."""
        family = "Engagement" if ref.label in self.ontology.engagements else ref.label
        here = (ref.label, rows.mapping.name, number)
        defined = self._defined.setdefault((family, ref.id), here)
        if defined != here:
            problem = f"is the id of another already ({defined[1]}, row {defined[2]})"
            rows.wrong(number, "id", ref.id, problem, "give it an id of its own")
        return defined == here


def kind_of(citations: Iterable[Properties]) -> str | None:
    """The kind of thing that the first citation names that names one."""
    for said in citations:
        if "kind" in said:
            return str(said["kind"])
    return None


def _differing(said: Properties, earlier: Properties, united: tuple[str, ...]) -> list[str]:
    """The properties in which two rows say otherwise of one thing; a list that is united is none."""
    names = [name for name in {**earlier, **said} if name not in _NOT_ITS_OWN and name not in united]
    return [name for name in names if said.get(name) != earlier.get(name)]
