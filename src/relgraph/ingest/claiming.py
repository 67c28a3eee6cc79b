"""Claiming: what a thing's citation and a tie have in common: properties, place, certainty, quote, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from relgraph.ingest.claims import Claims, Quoted
from relgraph.ingest.columns import Chosen, Make
from relgraph.ingest.conversions import END
from relgraph.ingest.declaration import ThingMapping, TieMapping
from relgraph.ingest.language import Value
from relgraph.ingest.rows import Rows
from relgraph.ingest.values import AsSaid
from relgraph.model.dates import BadDate, bounds, parse
from relgraph.model.ontology import Ontology
from relgraph.model.records import Properties

QUOTE_WORDS = 12
SAID = "said_"  # begins the names of what a claim keeps in the source's own words
BEYOND = "mend the date, or [coverage] in source.toml"
AGAIN = "says again what an earlier row says of the same place"
_NO_NAME = re.compile(r"\W")
DATES = frozenset(("start", "end", "signed", "attested"))


class Claiming:
    """Makes claims of one source; `Things` and `Ties` are the two kinds."""

    def __init__(self, claims: Claims, ontology: Ontology) -> None:
        self.claims, self.ontology = claims, ontology
        coverage = claims.source.declared.coverage
        self.seen_from = parse(coverage.since).earliest if coverage.since else date.min
        self.seen_until = parse(coverage.until).latest if coverage.until else None
        self._bounds: dict[tuple[Any, ...], Properties | BadDate] = {}

    def properties(
        self, rows: Rows, mapping: ThingMapping | TieMapping, what: str, allowed: Iterable[str]
    ) -> dict[str, Make]:
        """Functions that make the properties of a claim of `what`; place, certainty and quote may be the table's."""
        types, known = self.ontology.properties, sorted(set(allowed))
        for name in mapping.properties:
            if name not in known or name not in types:
                raise rows.bad_mapping(f"is no property of {what}", f"use {', '.join(known)}", name)
        kinds = types | {"end": END}
        make = {name: rows.compiler.make(value, kinds[name], keep=True) for name, value in mapping.properties.items()}
        for name in ("locator", "certainty", "quote"):
            own: Value | None = getattr(mapping, name)
            if own:
                make[name] = rows.compiler.make(own, "text")
            elif getattr(rows.mapping, name):
                make[name] = rows.of_the_table(name)
        for name, value in mapping.said.items():
            make[SAID + _NO_NAME.sub("_", name)] = rows.compiler.make(value, "text", said=True)
        return make

    def made(self, rows: Rows, make: dict[str, Make], chosen: Chosen) -> list[Properties]:
        """The properties that each row's claim has, with source, place and certainty; what is absent is left out."""
        columns = {name: function(chosen) for name, function in make.items()}
        for name in [name for name in make if rows.compiler.knows and name in self.ontology.properties]:
            columns[SAID + name] = [str(value) if isinstance(value, AsSaid) else None for value in columns[name]]
            columns[name] = [None if isinstance(value, AsSaid) else value for value in columns[name]]
        columns["source"] = [self.claims.source.id] * len(chosen.numbers)
        place, absent = f"{rows.mapping.name}, row ", [None] * len(chosen.numbers)
        found = columns.get("locator", absent)
        columns["locator"] = [f"{place}{n}" if at is None else at for n, at in zip(chosen.numbers, found, strict=True)]
        columns["certainty"] = [certainty or "stated" for certainty in columns.get("certainty", absent)]
        names = tuple(columns)
        return [
            {name: value for name, value in zip(names, values, strict=True) if value is not None and value != []}
            for values in zip(*columns.values(), strict=True)
        ]

    def complete(self, rows: Rows, number: int, properties: Properties, label: str, kind: str | None) -> None:
        """Add the four bounds to a claim about such a thing, and check what it says."""
        if properties["certainty"] not in self.ontology.certainties:
            remedy = f"use {', '.join(self.ontology.certainties)}"
            rows.wrong(number, "certainty", properties["certainty"], "is no certainty", remedy)
        if "quote" in properties:
            self._quote(rows, number, properties["quote"], properties["locator"])
        if not DATES.isdisjoint(properties):
            self._bound(rows, number, properties, label, kind)

    def again(self, rows: Rows, number: int, what: str, *, same: bool) -> None:
        """Note that a claim stands there already; in the graph the two would be one."""
        if same:
            rows.issue(number, AGAIN, "it is counted once", value=what, level="warning")
        else:
            rows.issue(number, f"{AGAIN}, with a difference", "make one row of both", value=what)

    def _quote(self, rows: Rows, number: int, quote: str, locator: str) -> None:
        if len(quote.split()) > QUOTE_WORDS:
            rows.wrong(number, "quote", quote, f"has more than {QUOTE_WORDS} words", "quote fewer")
        if self.claims.source.declared.text:
            place = Quoted(rows.mapping.name, number, rows.columns_of("quote"), locator, quote)
            self.claims.quoted.append(place)

    def _bound(self, rows: Rows, number: int, properties: Properties, label: str, kind: str | None) -> None:
        said = properties.get
        start, signed = said("start"), said("signed")
        dates = (start, said("end"), signed, said("attested"), label, kind)
        if dates not in self._bounds:
            self._bounds[dates] = self._bounded(*dates)
        bounded = self._bounds[dates]
        if isinstance(bounded, BadDate):
            rows.misdated(number, str(bounded), properties, ("start", "end"))
            return
        properties.update(bounded)
        if signed and start and parse(start).latest < parse(signed).earliest:
            problem = f"starts on {start}, before it was signed on {signed}"
            rows.misdated(number, problem, properties, ("signed", "start"), "warning")
        self._reached(rows, number, properties, parse(signed).earliest if signed else properties["startFrom"])

    def _reached(self, rows: Rows, number: int, properties: Properties, first: date) -> None:
        """Note what the source cannot have seen by its own account: answers about absences rest on that."""
        if self.seen_until and first > self.seen_until:
            problem = "is after until, the last day that the source covers"
        elif properties["endBy"] < self.seen_from:
            problem = "is before since, the first day that the source covers"
        else:
            return
        rows.misdated(number, problem, properties, ("signed", "start", "end"), "warning", BEYOND)

    def _bounded(
        self, start: str | None, end: str | None, signed: str | None, attested: str | None, label: str, kind: str | None
    ) -> Properties | BadDate:
        event = self.ontology.is_event(label, kind)
        try:
            dated = bounds(start, end, signed=signed, attested=attested, seen_until=self.seen_until, event=event)
        except BadDate as error:
            return error
        return dated._asdict() if dated else {}
