"""Check: what must be true of a source as a whole: its assertions, its quotes, and that it says anything."""

from __future__ import annotations

from collections.abc import Iterator

from relgraph.ingest.claims import Claims
from relgraph.ingest.issues import Issues
from relgraph.ingest.map import map_source
from relgraph.ingest.read import read_table
from relgraph.ingest.source import FILE, Assertion, Source, TableMapping
from relgraph.ingest.values import Compiler
from relgraph.model.dates import BadDate, parse
from relgraph.model.ontology import load_ontology


def check_source(source: Source) -> Claims:
    """Read, map and check a source; its issues are in the result, and `errors` among them stop a load."""
    claims = map_source(source)
    _check_declaration(source, claims.issues)
    for number, assertion in enumerate(source.declared.assertions, 1):
        _check_assertion(assertion, f"assertions.{number}", claims)
    _check_quotes(source, claims)
    if source.declared.tables and not claims.citations and not claims.issues.errors:
        claims.issues.add("gave no record at all", "map at least one table", file=FILE)
    return claims


def _check_declaration(source: Source, issues: Issues) -> None:
    coverage, ontology = source.declared.coverage, load_ontology()
    for name, text in (
        ("since", coverage.since),
        ("until", coverage.until),
        ("date", source.declared.source.date),
    ):
        try:
            if text is not None:
                parse(text)
        except BadDate as error:
            issues.add(str(error), "write it as 2012, 2012-12 or 2012-12-31", file=FILE, column=name, value=text)
    for label in coverage.labels:
        if not ontology.family(label):
            issues.add("is no label", "see ontology.toml", file=FILE, column="coverage.labels", value=label)


def _check_assertion(assertion: Assertion, entry: str, claims: Claims) -> None:
    found = sorted(set(_things(assertion, claims) if assertion.things else _ties(assertion, claims)))
    what = assertion.things or assertion.ties
    wanted = {
        "at least": assertion.at_least is not None and len(found) < assertion.at_least and assertion.at_least,
        "at most": assertion.at_most is not None and len(found) > assertion.at_most and assertion.at_most,
        "exactly": assertion.exactly is not None and len(found) != assertion.exactly and assertion.exactly,
    }
    for words, number in wanted.items():
        if number is not False:
            problem = f"there are {len(found)} {what}, and must be {words} {number}"
            claims.issues.add(problem, "mend the tables or the assertion", file=FILE, column=entry)
    if assertion.are is not None and set(assertion.are) != set(found):
        lacking, extra = sorted(set(assertion.are) - set(found)), sorted(set(found) - set(assertion.are))
        parts = [f"lacks {', '.join(lacking)}"] if lacking else []
        parts += [f"has {', '.join(extra)} besides"] if extra else []
        problem = f"{what} {' and '.join(parts)}"
        claims.issues.add(problem, "mend the tables or the assertion", file=FILE, column=entry)


def _things(assertion: Assertion, claims: Claims) -> Iterator[str]:
    labels = load_ontology().family(str(assertion.things))
    for ref, citations in claims.citations.items():
        if ref.label in labels and (assertion.kind is None or any(c.get("kind") == assertion.kind for c in citations)):
            yield ref.id


def _ties(assertion: Assertion, claims: Claims) -> Iterator[str]:
    """What stands at the open end of the ties meant: the ids at `from` where `to` is given, at `to` otherwise."""
    for tie in claims.ties.values():
        role_fits = assertion.role is None or tie.properties.get("role") == assertion.role
        ends_fit = assertion.to in (None, tie.end.id) and assertion.start in (None, tie.start.id)
        if tie.type == assertion.ties and role_fits and ends_fit:
            counted = assertion.to is None and assertion.start is None
            yield tie.id if counted else tie.start.id if assertion.start is None else tie.end.id


def _check_quotes(source: Source, claims: Claims) -> None:
    """Each quote must stand at its locator, where the source's own text is at hand; white space does not count."""
    text = source.declared.text
    if text is None or not source.path(text.file).is_file():
        return
    mapping = TableMapping(file=text.file, encoding=text.encoding)
    table = read_table(source, mapping, claims.issues)
    if table is None:
        return
    compiler = Compiler(mapping, table.header, source.declared.lookups, (), claims.issues)
    place, words = compiler.make(text.locator, "text"), compiler.make(text.text, "text")
    said = {place(list(row.cells), row.number): _plain(words(list(row.cells), row.number) or "") for row in table.rows}
    for who, properties in _quoted(claims):
        locator, quote = properties["locator"], properties["quote"]
        if locator not in said:
            claims.issues.add("is no place in the text", "mend section and paragraph", file=who, value=locator)
        elif _plain(quote) not in said[locator]:
            claims.issues.add(f"does not stand in {locator}", "quote the words there", file=who, value=quote)


def _quoted(claims: Claims) -> Iterator[tuple[str, dict[str, str]]]:
    for ref, citations in claims.citations.items():
        yield from ((f"{ref.label} {ref.id}", citation) for citation in citations if "quote" in citation)
    for tie in claims.ties.values():
        if "quote" in tie.properties:
            yield f"{tie.start.id} {tie.type} {tie.end.id}", tie.properties


def _plain(text: str) -> str:
    return " ".join(text.split())
