"""Ties: rows that say who stands how to what; each becomes a claim."""

from __future__ import annotations

from collections.abc import Iterable

from relgraph.ingest.claiming import DATES, Claiming
from relgraph.ingest.claims import Claims
from relgraph.ingest.declaration import TieMapping
from relgraph.ingest.ends import Ends
from relgraph.ingest.rows import Rows
from relgraph.ingest.things import kind_of
from relgraph.model.dates import Bounds
from relgraph.model.ontology import ANY_TIE, CITED_IN, Ontology, TieType
from relgraph.model.records import Properties, Ref, Tie, tie_id

EARLY = "map the day on which a party signed or ratified as signed, or mend the dates"
LATE = "leave an end that nobody states empty, not still going on, or mend the dates"


class Ties(Claiming):
    """Maps the ties of a source, once its things are known."""

    def __init__(self, claims: Claims, ontology: Ontology, ends: Ends) -> None:
        super().__init__(claims, ontology)
        self.ends = ends

    def map(self, rows: Rows, mapping: TieMapping) -> None:
        """Add the ties that these rows make."""
        type_ = self.ontology.ties.get(mapping.type)
        if type_ is None or type_.name == CITED_IN:
            others = ", ".join(name for name in self.ontology.ties if name != CITED_IN)
            raise rows.bad_mapping("is no type of tie that rows can make", f"use {others}", mapping.type)
        rows.begin(mapping)
        allowed = (*ANY_TIE, *type_.properties, *(("role",) if type_.roles else ()))
        make = self.properties(rows, mapping, type_.name, allowed)
        start, end = (self.ends.compile(rows, each) for each in (mapping.start, mapping.end))
        chosen = rows.meant_by(mapping)
        citations = self.claims.citations
        columns = (chosen.numbers, start(chosen), end(chosen), self.made(rows, make, chosen))
        for number, a, b, properties in zip(*columns, strict=True):
            if a is not None and b is not None:
                rows.heard.add(number)
                self._check(rows, number, type_, a, b, properties)
                cited = citations.get(b, ())
                self.complete(rows, number, properties, b.label, kind_of(cited))
                if b.label in self.ontology.engagements and "startBy" in properties:
                    self._within(rows, number, b, properties, cited)
                self._add(rows, number, Tie(self._id(type_, a, b, properties), type_.name, a, b, properties))

    def _check(self, rows: Rows, number: int, type_: TieType, a: Ref, b: Ref, properties: Properties) -> None:
        if (a.label, b.label) not in type_.ends:
            problem = f"cannot be {type_.name}, which runs between other kinds of thing"
            rows.issue(number, problem, f"it runs {type_.joined}", value=f"{a.label} → {b.label}")
        if a == b:
            rows.issue(number, f"cannot be {type_.name} of itself", "mend one of the ends", value=a.id)
        if type_.roles and properties.setdefault("role", type_.default_role) not in type_.roles:
            remedy = f"use {', '.join(type_.roles)}"
            rows.wrong(number, "role", properties["role"], f"is no role of {type_.name}", remedy)

    def _within(self, rows: Rows, number: int, of: Ref, properties: Properties, cited: Iterable[Properties]) -> None:
        """Hold a party's dates against those of its engagement, which bound what the party's leave open."""
        dated = [said for said in cited if "startBy" in said]
        if _only_signed(properties, dated):
            for name in Bounds._fields:
                del properties[name]
        elif dated:
            first, last = min(said["startFrom"] for said in dated), max(said["endBy"] for said in dated)
            if properties["startBy"] < first:
                problem = f"starts before {of.id} did ({_said(dated, 'start', 'signed', 'attested')})"
                rows.misdated(number, problem, properties, ("start", "end"), "warning", EARLY)
            elif "start" not in properties:
                properties["startFrom"] = max(properties["startFrom"], first)
            if properties["endFrom"] > last:
                problem = f"goes on after {of.id} did ({_said(dated, 'end', 'start')})"
                rows.misdated(number, problem, properties, ("start", "end"), "warning", LATE)
            elif "end" not in properties:
                properties["endBy"] = min(properties["endBy"], last)

    def _id(self, type_: TieType, a: Ref, b: Ref, said: Properties) -> str:
        return tie_id(self.claims.source.id, type_.name, a, b, said.get("role"), said.get("start"), said["locator"])

    def _add(self, rows: Rows, number: int, tie: Tie) -> None:
        held = self.claims.ties.setdefault(tie.id, tie)
        if held is not tie:
            self.again(rows, number, f"{tie.start.id} {tie.type} {tie.end.id}", same=held == tie)


def _only_signed(properties: Properties, dated: Iterable[Properties]) -> bool:
    """Whether a party's dates say only that it signed, before what it signed had begun: then it began with that."""
    if DATES.intersection(properties) != {"signed"}:
        return False
    began = [said["startBy"] for said in dated]
    return not began or properties["startFrom"] <= min(began)


def _said(dated: Iterable[Properties], *names: str) -> str:
    """The date that a source states of a thing, under the first of these names that it uses."""
    return next((f"{name} {said[name]}" for name in names for said in dated if name in said), "")
