"""Claiming: what a thing's citation and a tie have in common: properties, place, certainty, quote, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from relgraph.ingest.claims import Claims, Quoted
from relgraph.ingest.conversions import END
from relgraph.ingest.declaration import ThingMapping, TieMapping
from relgraph.ingest.language import Value
from relgraph.ingest.rows import Rows
from relgraph.ingest.values import AsSaid, Cells, Make
from relgraph.model.dates import BadDate, bounds, parse
from relgraph.model.ontology import Ontology
from relgraph.model.records import Properties

QUOTE_WORDS = 12
SAID = "said_"  # begins the names of what a claim keeps in the source's own words
AGAIN = "says again what an earlier row says of the same place"
_NO_NAME = re.compile(r"\W")
DATES = ("start", "end", "signed", "attested")


class Claiming:
    """Makes claims of one source; `Things` and `Ties` are the two kinds."""

    def __init__(self, claims: Claims, ontology: Ontology) -> None:
        self.claims, self.ontology = claims, ontology
        until = claims.source.declared.coverage.until
        self.seen_until = parse(until).latest if until else None

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

    def complete(self, rows: Rows, number: int, properties: Properties, *, event: bool) -> None:
        """Add source, place, certainty and the four bounds to a claim, and check what it says."""
        properties["source"] = self.claims.source.id
        if "locator" not in properties:
            properties["locator"] = f"{rows.mapping.name}, row {number}"
        certainty = properties.setdefault("certainty", "stated")
        if certainty not in self.ontology.certainties:
            remedy = f"use {', '.join(self.ontology.certainties)}"
            rows.wrong(number, "certainty", certainty, "is no certainty", remedy)
        if "quote" in properties:
            self._quote(rows, number, properties["quote"], properties["locator"])
        if not properties.keys().isdisjoint(DATES):
            self._bound(rows, number, properties, event)

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

    def _bound(self, rows: Rows, number: int, properties: Properties, event: bool) -> None:
        start, end, signed, attested = (properties.get(name) for name in DATES)
        try:
            dated = bounds(start, end, signed=signed, attested=attested, seen_until=self.seen_until, event=event)
        except BadDate as error:
            rows.reversed(number, str(error), properties, ("start", "end"))
        else:
            properties.update(dated._asdict() if dated else {})
            if signed and start and parse(start).latest < parse(signed).earliest:
                problem = f"starts on {start}, before it was signed on {signed}"
                rows.reversed(number, problem, properties, ("signed", "start"), "warning")


def made(make: dict[str, Make], cells: Cells, number: int) -> Properties:
    """The properties that a row has; what is absent is left out."""
    properties = {}
    for name, function in make.items():
        value = function(cells, number)
        if isinstance(value, AsSaid):
            properties[SAID + name] = str(value)
        elif value is not None and value != []:
            properties[name] = value
    return properties
