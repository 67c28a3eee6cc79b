"""Conflicts: things of which sources say what cannot all be so, or what only one of them says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING, Any

from relgraph.query.library import load_library
from relgraph.query.names import GraphNames
from relgraph.query.results import Rows

if TYPE_CHECKING:
    from relgraph.store import Connection

COLUMNS = ("label", "id", "name", "differs", "says", "sources")
NOTE = (
    "Dates differ where no day fits both: 2017 and 2017-05 do not. A party that only one source names is listed, "
    "though a source need not name all. A thing's own properties are those of the source with the higher priority."
)
Claim = Mapping[str, Any]
Difference = tuple[str, list[str], list[str]]  # what differs, what each source says of it, and where
Words = str | Iterable[str] | None


def conflicts(
    connection: Connection,
    *,
    kinds: Words = None,
    domains: Words = None,
    countries: Words = None,
    sources: Words = None,
    certainty: Words = ("stated", "implied"),
) -> Rows:
    """A row for each thing and each of its properties on which sources differ, by label and id, names last.

    Compared are the dates (`start`, `end`, `signed`), kind and name that the sources give a thing, its parties
    and their roles, and the dates of each party's own time in it (`JPN: start`). `says` lists what each source
    has, `sources` where. The dates of a thing may differ within one source, too, which gives those of several
    witnesses. What one source leaves unsaid does not differ. The names of countries are the register's, and are not
    compared. `kinds` (labels or kinds), `domains` and `countries` (one of which takes part) choose the things,
    `sources` those that are compared.
    """
    given = {"kinds": kinds, "domains": domains, "countries": countries, "sources": sources}
    asked = {name: [value] if isinstance(value, str) else value for name, value in given.items()}
    said = _by_thing(_ask(connection, "said_by_several", asked))
    more = {"things": [id for _, id, _ in said], "certainty": certainty, "sources": asked["sources"]}
    parties = _grouped(_ask(connection, "parties_by_source", more) if said else [], "id")
    found = [
        [*thing, *difference]
        for thing, claims in said.items()
        for difference in _differences(thing[0], claims, parties.get(thing[1], []))
    ]
    found.sort(key=lambda row: row[3] == "name")  # what a thing is called comes last
    notes = (NOTE,) if found else (f"{len(said)} things are cited by two or more sources, or dated more than once.",)
    return Rows(COLUMNS, found, "Where sources disagree", notes)


def _ask(connection: Connection, name: str, values: Mapping[str, Any]) -> list[Claim]:
    query = load_library()[name]
    rows = connection.read(query.cypher, query.bind(values, GraphNames(connection))).rows
    return [dict(zip(query.returns, row, strict=True)) for row in rows]


def _by_thing(claims: Iterable[Claim]) -> dict[tuple[str, str, str], list[Claim]]:
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim["label"], claim["id"], claim["name"]), []).append(claim)
    return found


def _grouped(claims: Iterable[Claim], by: str) -> dict[Any, list[Claim]]:
    found = defaultdict(list)
    for claim in claims:
        found[claim[by]].append(claim)
    return dict(found)


def _differences(label: str, claims: list[Claim], parties: list[Claim]) -> Iterator[Difference]:
    each = [{**claim, "number": number} for number, claim in enumerate(claims)]
    yield from _dates(each, by="number")  # a source may give those of several witnesses
    yield from _compared("kind", claims, "kind")
    engaged = [claim for claim in parties if claim["type"] != "MEMBER_OF"]
    yield from _parties(engaged)
    for party, own in _grouped(parties, "party").items():
        yield from _compared(f"{party}: role", [claim for claim in own if claim in engaged], "role")
        yield from _spells(own, f"{party}: ")
    if label != "Country":
        yield from _names(claims)


def _spells(claims: list[Claim], of: str) -> Iterator[Difference]:
    """The times of a party: they differ if they do as they stand, and with those that follow each other as one."""
    united = {what: (what, says, places) for what, says, places in _dates(_united(claims), of)}
    for what, *rest in _dates(claims, of):
        if what == f"{of}signed":
            yield what, *rest
        elif what in united:
            yield united[what]


def _united(claims: list[Claim]) -> list[Claim]:
    """The claims, with spells that meet or follow each other in one source as one: first start, last end."""
    found: list[Claim] = []
    for own in _grouped((claim for claim in claims if claim["startFrom"] is not None), "source").values():
        spells: list[Claim] = []
        for claim in sorted(own, key=lambda claim: (claim["startFrom"], claim["startBy"])):
            if spells and (claim["startFrom"] - spells[-1]["endBy"]).days <= 1:
                last = max(spells[-1], claim, key=lambda spell: (spell["endBy"], spell["endFrom"]))
                spells[-1] = {**spells[-1], **{name: last[name] for name in ("end", "endFrom", "endBy")}}
            else:
                spells.append(claim)
        found += spells
    return found


def _dates(claims: list[Claim], of: str = "", by: str = "source") -> Iterator[Difference]:
    """A start that means the signature is compared with days of signature."""
    by_signature = [c for c in claims if c.get("startBasis") == "signature"]
    signed = [c if c not in by_signature else {**c, "signed": c["start"]} for c in claims]
    yield from _compared(f"{of}start", [c for c in claims if c not in by_signature], "start", _began_together, by)
    yield from _compared(f"{of}end", claims, "end", _ended_together, by)
    yield from _compared(f"{of}signed", signed, "signed", _signed_together, by)


def _began_together(ours: Claim, theirs: Claim) -> bool:
    return _meet(ours["startFrom"], ours["startBy"], theirs["startFrom"], theirs["startBy"])


def _ended_together(ours: Claim, theirs: Claim) -> bool:
    return _meet(ours["endFrom"], ours["endBy"], theirs["endFrom"], theirs["endBy"])


def _signed_together(ours: Claim, theirs: Claim) -> bool:
    from relgraph.model.dates import parse

    return _meet(*parse(ours["signed"]), *parse(theirs["signed"]))


def _meet(first: Any, last: Any, other_first: Any, other_last: Any) -> bool:
    """Whether a day fits both; what has no bounds differs from nothing."""
    return None in (first, other_first) or (first <= other_last and other_first <= last)


def _compared(
    what: str,
    claims: Iterable[Claim],
    name: str,
    agree: Callable[[Claim, Claim], bool] | None = None,
    by: str = "source",
) -> Iterator[Difference]:
    """The difference, if of two that `by` tells apart one has a value that agrees with none of the other's."""
    having = [claim for claim in claims if claim[name] is not None]
    agree = agree or (lambda ours, theirs: ours[name] == theirs[name])
    said = _grouped(having, by).values()
    if any(not _matched(ours, theirs, agree) for ours, theirs in combinations(said, 2)):
        yield what, list(dict.fromkeys(f"{claim['source']}: {claim[name]}" for claim in having)), _places(having)


def _matched(ours: list[Claim], theirs: list[Claim], agree: Callable[[Claim, Claim], bool]) -> bool:
    """Whether each claim agrees with one of the other source's."""
    return all(any(agree(a, b) for b in theirs) for a in ours) and all(any(agree(a, b) for a in ours) for b in theirs)


def _names(claims: list[Claim]) -> Iterator[Difference]:
    """Sources call a thing alike where they share a name or an alias, whatever its case and punctuation."""
    called = [claim for claim in claims if claim["called"]]
    by_source = {source: _called(of) for source, of in _grouped(called, "source").items()}
    if any(by_source[a].isdisjoint(by_source[b]) for a, b in combinations(by_source, 2)):
        yield "name", list(dict.fromkeys(f"{c['source']}: {c['called']}" for c in called)), _places(called)


def _called(claims: Iterable[Claim]) -> set[str]:
    names = {name for claim in claims for name in (claim["called"], *(claim["aliases"] or ()))}
    return {re.sub(r"\W+", " ", name.casefold()).strip() for name in names}


def _parties(claims: list[Claim]) -> Iterator[Difference]:
    by_source = {source: {c["party"] for c in of} for source, of in _grouped(claims, "source").items()}
    if len(set(map(frozenset, by_source.values()))) > 1:
        says = [f"{source}: {', '.join(sorted(by_source[source]))}" for source in sorted(by_source)]
        yield "parties", says, _places(claims)


def _places(claims: Iterable[Claim]) -> list[str]:
    return sorted({f"{c['source']}, {c['place']}" if c["place"] else c["source"] for c in claims})
