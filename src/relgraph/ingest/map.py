"""Map: a source's rows become things and ties, by its `source.toml` and the ontology."""

from __future__ import annotations

import re
from typing import Any

from relgraph.errors import DataError
from relgraph.ingest.claims import Claims
from relgraph.ingest.declaration import FILE
from relgraph.ingest.ends import Ends
from relgraph.ingest.fingerprint import fingerprint
from relgraph.ingest.patterns import watched
from relgraph.ingest.rows import Rows, open_rows
from relgraph.ingest.source import Source
from relgraph.ingest.things import Things
from relgraph.ingest.ties import Ties
from relgraph.model.ontology import load_ontology
from relgraph.model.records import Ref

_NUMBERS = re.compile(r"(\d+)")


def map_source(source: Source) -> Claims:
    """What the source says, with an issue for each cell that could not be read.

    All things come before all ties, so that a tie finds its ends in whichever table they are.
    """
    claims = Claims(source, fingerprint(source))
    try:
        with watched():
            _map(claims)
    except DataError as error:  # of the declaration, which shows only where it meets the tables
        if not error.issues:
            raise
        claims.issues.extend(error.issues)
    return claims


def _map(claims: Claims) -> None:
    ontology = load_ontology()
    ends = Ends(claims, ontology)
    things, ties = Things(claims, ontology, ends), Ties(claims, ontology, ends)
    tables = [rows for table in claims.source.declared.tables if (rows := open_rows(claims, table))]
    for cites in (False, True):  # what is cited again is defined before, in whichever table
        for rows in tables:
            for thing in rows.mapping.things:
                if (thing.rows == "cites") == cites:
                    with claims.issues.by_row():
                        things.map(rows, thing)
    for rows in tables:
        for tie in rows.mapping.ties:
            with claims.issues.by_row():
                ties.map(rows, tie)
    for rows in tables:
        rows.report_unhandled()
    ends.crosswalk.report_unused()
    _report_unmet(claims, tables)
    _cite_the_rest(claims)


def _report_unmet(claims: Claims, tables: list[Rows]) -> None:
    """Note each defect that source.toml names and no file has: mended by the publisher, or wrongly named."""
    met = set().union(*(rows.compiler.met for rows in tables))
    read, declared = {rows.mapping.file for rows in tables}, {table.file for table in claims.source.declared.tables}
    for known in claims.source.declared.known:
        where = declared if known.file is None else {known.file}
        if where <= read and (known.record, known.column, known.value) not in met:
            what, remedy = f"known, {known.record}, {known.column}", "mend its record, column or value, or take it out"
            claims.issues.add("is known of no row", remedy, file=FILE, column=what, value=known.value, level="warning")


def _cite_the_rest(claims: Claims) -> None:
    """A source cites every thing that it mentions: what only its ties name, at the first place that does."""
    places: dict[Ref, set[str]] = {}
    for tie in claims.ties.values():
        for ref in (tie.start, tie.end):
            if ref not in claims.citations:
                places.setdefault(ref, set()).add(tie.properties["locator"])
    for ref, locators in places.items():
        first = min(locators, key=_in_reading_order) if len(locators) > 1 else locators.pop()
        claims.citations[ref] = [{"source": claims.source.id, "locator": first, "certainty": "stated"}]


def _in_reading_order(locator: str) -> list[str | tuple[int, str]]:
    """Row 2 before row 10: words and numbers by turns, a number as its length and digits, however many they are."""
    parts: list[Any] = _NUMBERS.split(locator)
    parts[1::2] = [(len(digits), digits) for digits in (part.lstrip("0") for part in parts[1::2])]
    return parts
