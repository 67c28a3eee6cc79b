"""Reconcile: which records of two loaded sources may be one thing, with the evidence, for a person to judge.

Nothing is merged by this: a person marks pairs in the table, and the marked ones become rows of a crosswalk
(`relgraph.ingest.crosswalk`), by which the next load knows the two records as one.

Two records are a pair where they have one label, half or more of their parties in common, and beginnings (signature or
start) that can lie within `DAYS` of each other. The score is half the likeness of the parties (shared of all), a third
that of the beginnings (1 where they can be one day, 0 at `DAYS`; a half where one has no date), and a sixth that of the
titles.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from relgraph.errors import UsageError
from relgraph.model.dates import Span, parse
from relgraph.model.names import fold
from relgraph.model.ontology import load_ontology
from relgraph.query.results import Rows

if TYPE_CHECKING:
    from relgraph.store.connection import Connection

DAYS = 366
WHENEVER = "whenever"
COLUMNS = ("accepted", "score", "label", "id", "same_as", "name", "its_name", "shared", "only_one", "only_other")
COLUMNS += ("begins", "it_begins", "days_apart", "ends", "it_ends")
RECORDS = """
MATCH (thing:Engagement)-[cited:CITED_IN]->(:Source {id: $source})
WHERE cited.further IS NULL
RETURN labels(thing) AS labels, thing.id AS id, cited.name AS name, cited.signed AS signed, cited.start AS start,
  cited.end AS end
ORDER BY id
"""
PARTIES = """
MATCH (party:Actor)-[tie:PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES]->(thing:Engagement)
WHERE tie.source = $source
RETURN thing.id AS id, collect(DISTINCT party.id) AS parties
ORDER BY id
"""


class Record(NamedTuple):
    """What one source says of an engagement: its title, when it begins and ends, and who is party to it."""

    label: str
    id: str
    name: str
    begins: str | None
    window: Span | None
    ends: str | None
    parties: frozenset[str]


class Pair(NamedTuple):
    """Two records that may be one thing."""

    score: float
    one: Record
    other: Record
    apart: int | None

    def row(self) -> list[Any]:
        """The pair as a row of `COLUMNS`, for a person to mark in its first cell."""
        one, other = self.one, self.other
        parties = (one.parties & other.parties, one.parties - other.parties, other.parties - one.parties)
        sides = [" ".join(sorted(side)) or None for side in parties]
        named = [None, round(self.score, 3), one.label, one.id, other.id, one.name, other.name]
        return [*named, *sides, one.begins, other.begins, self.apart, one.ends, other.ends]


def reconcile(connection: Connection, source: str, other: str, top: int | None = None) -> Rows:
    """Pairs of a record of `source` and one of `other` that may be one thing, the likeliest first."""
    if source == other:
        raise UsageError(f"{source}: is named twice; name two sources")
    for name in (source, other):
        if not connection.read("MATCH (s:Source {id: $id}) RETURN s.id", {"id": name}).rows:
            raise UsageError(f"{name}: is not loaded; load it first")
    ours, theirs = _records(connection, source), _records(connection, other)
    already = ours.keys() & theirs.keys()
    pairs = sorted(
        _pairs([r for r in ours.values() if r.id not in already], [r for r in theirs.values() if r.id not in already]),
        key=lambda pair: (-pair.score, pair.one.id, pair.other.id),
    )
    notes = (
        f"{len(pairs):,} pairs; {len(already):,} records of the two are one thing already. Write yes under accepted "
        f"where two are one, and give the file to relgraph reconcile {source} {other} --accept FILE.",
    )
    return Rows(COLUMNS, [pair.row() for pair in pairs[:top]], f"{source} and {other}: what may be one thing", notes)


def _records(connection: Connection, source: str) -> dict[str, Record]:
    parties = {id: frozenset(found) for id, found in connection.read(PARTIES, {"source": source}).rows}
    engagements = load_ontology().engagements
    records = {}
    for labels, id, name, signed, start, end in connection.read(RECORDS, {"source": source}).rows:
        label = next(label for label in labels if label in engagements)
        spans = [parse(day) for day in (signed, start) if day]
        window = Span(min(s.earliest for s in spans), max(s.latest for s in spans)) if spans else None
        records[id] = Record(label, id, name or id, signed or start, window, end, parties.get(id, frozenset()))
    return records


def _pairs(ours: Iterable[Record], theirs: Iterable[Record]) -> Iterator[Pair]:
    """Those that have parties in common and can have begun together."""
    found = _by_party_and_year(theirs)
    for one in ours:
        candidates: Counter[Record] = Counter()
        for party in one.parties:
            seen = {other for key in _keys(one, party) for other in found.get(key, ())}
            candidates.update(seen)
        for other, shared in candidates.items():
            if 2 * shared >= len(one.parties | other.parties):
                pair = _compared(one, other, shared)
                if pair.apart is None or pair.apart <= DAYS:
                    yield pair


def _by_party_and_year(records: Iterable[Record]) -> dict[tuple[Any, ...], list[Record]]:
    found: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
    for record in records:
        for party in record.parties:
            for year in (*_years(record.window), WHENEVER):
                found[record.label, party, year].append(record)
    return found


def _keys(record: Record, party: str) -> Iterator[tuple[Any, ...]]:
    """Where those stand that have this party and may have begun with the record: what has no date, with all."""
    years = [WHENEVER] if record.window is None else [*_years(record.window, wider=2), None]
    yield from ((record.label, party, year) for year in years)


def _years(window: Span | None, wider: int = 0) -> Iterable[int | None]:
    """The years of a window, and `wider` more on either side; None for what has no date."""
    return range(window.earliest.year - wider, window.latest.year + wider + 1) if window else [None]


def _compared(one: Record, other: Record, shared: int) -> Pair:
    apart = _days_apart(one.window, other.window)
    begun = 0.5 if apart is None else max(0.0, 1 - apart / DAYS)
    titles = SequenceMatcher(None, fold(one.name), fold(other.name), autojunk=False).ratio()
    return Pair(shared / len(one.parties | other.parties) / 2 + begun / 3 + titles / 6, one, other, apart)


def _days_apart(one: Span | None, other: Span | None) -> int | None:
    """How far apart they must have begun at least."""
    if one is None or other is None or date.min in (one.earliest, other.earliest):
        return None
    return max(0, (other.earliest - one.latest).days, (one.earliest - other.latest).days)
