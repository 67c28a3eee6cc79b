"""What began and what ended between two days, or may have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from relgraph.analysis.between import said
from relgraph.analysis.moments import Moment
from relgraph.analysis.parties import Parties, Party
from relgraph.analysis.policy import Policy, day
from relgraph.analysis.projection import wanted
from relgraph.analysis.records import Claim, Engagement, Reading
from relgraph.errors import UsageError
from relgraph.model.dates import Bounds
from relgraph.model.ontology import load_ontology
from relgraph.model.records import Ref

if TYPE_CHECKING:
    import pandas as pd

    from relgraph.query.results import Rows
    from relgraph.store.connection import Connection

BEGAN, MAYBE_BEGAN, ENDED, MAYBE_ENDED = CHANGES = ("began", "possibly began", "ended", "possibly ended")


class Change(NamedTuple):
    """An engagement that began or ended, or (with `party`) one party's time in it; `claims` say so."""

    change: str
    id: str
    name: str
    label: str
    kind: str | None
    party: str | None
    start: str | None
    end: str | None
    parties: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """Changes between two days: what began, possibly began, ended, possibly ended, each by label, kind and id."""

    first: date
    last: date
    changes: Sequence[Change]
    sources: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    undated: int = 0

    def of(self, change: str) -> list[Change]:
        """The changes of one sort, one of `CHANGES`."""
        return [one for one in self.changes if one.change == change]

    def rows(self) -> Rows:
        """The changes as rows for every output format; a note says what they rest on and what has no date."""
        from relgraph.query.results import Rows

        title = f"Changes after {self.first} and up to {self.last}"
        note = (
            f"Claims of {', '.join(sorted(self.sources)) or 'no source'}; {self.undated} undated engagements left out."
        )
        return Rows(Change._fields, [list(one) for one in self.changes], title, (note,))

    def table(self) -> pd.DataFrame:
        """The changes as a DataFrame; `attrs` holds `policy`, `sources` and `undated`."""
        table = self.rows().to_dataframe()
        table.attrs.update(policy=table.attrs["note"], sources=dict(self.sources), undated=self.undated)
        return table


def diff(
    connection: Connection,
    first: date | str,
    last: date | str,
    *,
    kinds: str | Iterable[str] | None = None,
    domains: str | Iterable[str] | None = None,
    countries: str | Iterable[str] | None = None,
    certainty: str | Iterable[str] = ("stated", "implied"),
    sources: str | Iterable[str] | None = None,
) -> Changes:
    """What began after the first day and by the last, and what ended from the first day on and before the last.

    Each is certain, or `possibly` where the dates leave it open: what has no end may have ended at any time, and
    what a source calls ongoing, after the last day that it covers. A party whose time in an engagement has dates
    of its own has lines of its own where its engagement did not change likewise. `countries` are those of which
    one must be a party. The first day must come before the last (`UsageError`).
    """
    from relgraph.analysis.reading import read
    from relgraph.analysis.selection import select

    policy = Policy.of(kinds=kinds, domains=domains, certainty=certainty, sources=sources)
    begins, ends = day(first), day(last)
    if begins >= ends:
        raise UsageError(f"{first}, {last}: give an earlier and a later day")
    chosen = None if countries is None else select(connection, countries, policy)
    reading = read(connection, policy)
    return changes(reading, policy, begins, ends, chosen)


def changes(
    reading: Reading, policy: Policy, first: date, last: date, countries: Sequence[str] | None = None
) -> Changes:
    """The changes among what was read; no database is asked."""
    finder = Parties(reading, policy, Moment(policy))
    found: list[Change] = []
    undated = 0
    for engagement in reading.engagements:
        parties = finder.of(engagement)
        if not wanted(engagement, policy) or not _concerns(parties, countries):
            continue
        undated += not engagement.bounds and not any(claim.bounds for claim in engagement.claims)
        found += _of_engagement(engagement, parties, policy, first, last)
    return Changes(first, last, sorted(found, key=_order), reading.sources, undated)


def _concerns(parties: Mapping[Ref, Party], countries: Sequence[str] | None) -> bool:
    return countries is None or any(ref.id in countries for ref in parties)


def _of_engagement(
    engagement: Engagement, parties: Mapping[Ref, Party], policy: Policy, first: date, last: date
) -> Iterator[Change]:
    whole = set(what_happened(engagement.bounds, first, last))
    claims = [claim for party in parties.values() for claim in party.claims if claim.bounds is None]
    # Else all of them: their dates are their own, or their roles do not count.
    claims = claims or [claim for claim in engagement.claims if claim.certainty in policy.certainty]
    for change in whole:
        yield _change(change, engagement, parties, claims)
    for party in parties.values():
        for bounds in dict.fromkeys(claim.bounds for claim in party.claims if claim.bounds):
            spell = [claim for claim in party.claims if claim.bounds == bounds]
            for change in what_happened(bounds, first, last):
                if change not in whole:
                    yield _change(change, engagement, parties, spell, party.ref.id)


def what_happened(bounds: Bounds | None, first: date, last: date) -> Iterator[str]:
    """Whether a thing with these bounds began after `first` and by `last`, and ended from `first` and before `last`.

    >>> from relgraph.model.dates import bounds
    >>> list(what_happened(bounds("2016", "2018-03-01"), date(2015, 12, 31), date(2018, 1, 1)))
    ['began']
    >>> list(what_happened(bounds("2016"), date(2016, 6, 1), date(2017, 6, 1)))
    ['possibly began', 'possibly ended']
    """
    if bounds is None:
        return
    if bounds.startBy > first and bounds.startFrom <= last:
        yield BEGAN if bounds.startFrom > first and bounds.startBy <= last else MAYBE_BEGAN
    if bounds.endBy >= first and bounds.endFrom < last:
        yield ENDED if bounds.endFrom >= first and bounds.endBy < last else MAYBE_ENDED


def _change(
    change: str, engagement: Engagement, parties: Mapping[Ref, Party], claims: Sequence[Claim], party: str | None = None
) -> Change:
    dated = engagement if party is None else claims[0]
    return Change(
        change=change,
        id=engagement.id,
        name=engagement.name,
        label=engagement.label,
        kind=engagement.kind,
        party=party,
        start=dated.start,
        end=dated.end,
        parties=tuple(sorted(ref.id for ref in parties)),
        claims=tuple(dict.fromkeys(said(claim) for claim in claims)),
    )


def _order(one: Change) -> tuple:
    labels = list(load_ontology().labels)
    return CHANGES.index(one.change), labels.index(one.label), one.kind or "", one.id, one.party or "", one.start or ""
