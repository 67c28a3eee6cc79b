"""Check: what must be true of a source as a whole: its assertions, its quotes, and that it says anything."""

from __future__ import annotations

from collections.abc import Iterator

from relgraph.ingest.claims import Claims
from relgraph.ingest.declaration import FILE, Assertion, Coverage
from relgraph.ingest.issues import Issues
from relgraph.ingest.map import map_source
from relgraph.ingest.quotes import check_quotes
from relgraph.ingest.source import Source
from relgraph.model.countries import load_countries
from relgraph.model.dates import parse
from relgraph.model.names import close
from relgraph.model.ontology import load_ontology


def check_source(source: Source) -> Claims:
    """Read, map and check a source; its issues are in the result, and `errors` among them stop a load."""
    claims = map_source(source)
    _check_declaration(source, claims.issues)
    if not claims.issues.errors:  # else what the tables fail to say would be told twice
        for number, assertion in enumerate(source.declared.assertions, 1):
            _check_assertion(assertion, f"assertions.{number}", claims)
    check_quotes(claims)
    if source.declared.tables and not claims.citations and not claims.issues.errors:
        claims.issues.add("gave no record at all", "map at least one table", file=FILE)
    return claims


def _check_declaration(source: Source, issues: Issues) -> None:
    """What names something that the ontology or the register must have."""
    coverage, ontology = source.declared.coverage, load_ontology()
    _check_days(coverage, issues)
    labels = {*ontology.labels, *ontology.families}
    kinds = {kind for label in ontology.labels.values() for kind in label.kinds}
    countries = {country.id for country in load_countries()}
    named = [
        ("coverage.labels", coverage.labels, labels, "label"),
        ("coverage.kinds", coverage.kinds, kinds, "kind"),
        ("coverage.countries", coverage.countries, countries, "id of a country"),
        ("coverage.completely", coverage.completely, {*labels, *kinds, "*"}, "label or kind"),
    ]
    for number, assertion in enumerate(source.declared.assertions, 1):
        entry = f"assertions.{number}"
        named += [(entry, [assertion.things], labels, "label")] if assertion.things else []
        named += [(entry, [assertion.ties], set(ontology.ties), "type of tie")] if assertion.ties else []
    for entry, words, known, what in named:
        for word in words:
            if word not in known:
                near = ", ".join(close(word, known, cutoff=0.3) or sorted(known)[:8])
                issues.add(f"is no {what}", f"use {near}", file=FILE, column=entry, value=word)


def _check_days(coverage: Coverage, issues: Issues) -> None:
    """The source reaches from a day to a later one, and no kind is complete beyond that."""
    if coverage.since and coverage.until and parse(coverage.since).earliest > parse(coverage.until).latest:
        problem, remedy = f"is after until, {coverage.until}", "give the first day that it covers under since"
        issues.add(problem, remedy, file=FILE, column="coverage.since", value=coverage.since)
    for word, day in coverage.completely.items():
        if day and coverage.until and parse(day).latest > parse(coverage.until).latest:
            remedy = f"give a day up to {coverage.until}, or let until reach further"
            issues.add("is after until", remedy, file=FILE, column=f"coverage.completely.{word}", value=day)


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
