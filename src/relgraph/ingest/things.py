"""Things: rows that say what something is; each becomes a citation of it by the source."""

from __future__ import annotations

import json

from relgraph.ingest.claiming import Claiming, made
from relgraph.ingest.claims import Claims
from relgraph.ingest.declaration import ThingMapping
from relgraph.ingest.ends import Ends
from relgraph.ingest.rows import Rows
from relgraph.ingest.values import Cells, Make
from relgraph.model.ontology import ANY_THING, COUNTRY, SOURCE, Ontology
from relgraph.model.records import ID, Properties, Ref, content_hash

NOT_DEFINED = (SOURCE, COUNTRY)  # by rows: source.toml and the register say what they are
SAID = "said_"  # begins the names of what a citation keeps in the source's own words
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
        self._defined: dict[tuple[str, str], str] = {}  # family and id -> the place that defines it

    def map(self, rows: Rows, mapping: ThingMapping) -> None:
        """Add the citations that these rows make."""
        labels = self._labels(rows, mapping)
        make = self._makers(rows, mapping, labels)
        make_id = rows.compiler.make(mapping.id, "text") if mapping.id else self._hashed_id()
        for number, cells in rows.meant_by(mapping):
            id_ = make_id(cells, number)
            ref = None if id_ is None else self._ref(mapping, labels, id_)
            if id_ is None:
                rows.issue(number, "has no id", "give it one", "id")
            elif ref is None:
                rows.issue(number, "is cited but defined by no row", "define it, or mend the id", "id", id_)
            elif not ID.fullmatch(ref.id):
                rows.issue(number, "is no id", "use lower-case letters, digits and hyphens", "id", id_)
            else:
                self._cite(rows, number, mapping, ref, made(make, cells, number))

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
        for name, value in mapping.said.items():
            make[SAID + name] = rows.compiler.make(value, "text")
        record = mapping.record or rows.mapping.record
        return make | ({"record": rows.compiler.make(record, "text")} if record else {})

    def _hashed_id(self) -> Make:
        """A record without a key has the hash of its row, the n-th equal row `-n`."""
        seen: dict[str, int] = {}

        def make(cells: Cells, row: int) -> str:
            id_ = f"{self.claims.source.id}-{content_hash({'row': json.dumps(cells)})}"
            seen[id_] = seen.get(id_, 0) + 1
            return id_ if seen[id_] == 1 else f"{id_}-{seen[id_]}"

        return make

    def _ref(self, mapping: ThingMapping, labels: tuple[str, ...], id_: str) -> Ref | None:
        if mapping.rows == "cites":
            return self.ends.own(labels, id_)
        return self.ends.crosswalk.meaning(Ref(labels[0], id_))

    def _cite(self, rows: Rows, number: int, mapping: ThingMapping, ref: Ref, said: Properties) -> None:
        rows.heard.add(number)
        self._check_kind(rows, number, ref, said.get("kind"))
        citations = self.claims.citations.setdefault(ref, [])
        if mapping.rows == "cites":
            said["further"] = True
        elif citations and mapping.rows == "repeats":
            if _its_own(said) != _its_own(citations[0]):
                remedy = "mend it, or map what differs as a tie"
                rows.issue(number, "differs from what an earlier row says of it", remedy, "id", ref.id)
            return
        elif not self._is_new(rows, number, ref):
            return
        self.complete(rows, number, said, event=self.ontology.is_event(ref.label, said.get("kind")))
        citations.append(said)

    def _check_kind(self, rows: Rows, number: int, ref: Ref, kind: str | None) -> None:
        kinds = self.ontology.labels[ref.label].kinds
        if kind is not None and kind not in kinds:
            remedy = f"use {', '.join(kinds)}, or declare it in ontology.toml"
            rows.issue(number, f"is no kind of {ref.label}", remedy, "kind", kind)

    def _is_new(self, rows: Rows, number: int, ref: Ref) -> bool:
        """An id stands for one thing of its label, and for one engagement among all."""
        family = "Engagement" if ref.label in self.ontology.engagements else ref.label
        here = f"{rows.mapping.file}, row {number}"
        where = self._defined.setdefault((family, ref.id), here)
        if where != here:
            rows.issue(number, f"is the id of another already ({where})", "give it an id of its own", "id", ref.id)
        return where == here


def _its_own(said: Properties) -> Properties:
    return {name: value for name, value in said.items() if name not in _NOT_ITS_OWN}
