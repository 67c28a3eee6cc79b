"""Engagements between chosen countries, and kinds of engagement that two of them lack together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from relgraph.analysis.coverage import absence
from relgraph.analysis.lines import ABSENT, BILATERAL, MULTILATERAL, Line
from relgraph.analysis.moments import POSSIBLY, SURE, UNDATED
from relgraph.analysis.parties import Party
from relgraph.analysis.policy import CERTAINTIES, Policy
from relgraph.analysis.projection import Entry
from relgraph.analysis.records import Claim, Engagement

Class = tuple[str, str | None]  # label and kind
Partners = Mapping[Class, Mapping[str, set[str]]]


def engagement_lines(entries: Sequence[Entry], policy: Policy, chosen: Sequence[str]) -> Iterator[Line]:
    """A line for each engagement of two or more of the chosen, except where they all only receive."""
    for entry in entries:
        parties = _chosen(entry, chosen)
        if len(parties) < 2 or all(party.types == {"RECEIVES"} for party in parties.values()):
            continue
        yield _line(entry, parties, policy)


def _chosen(entry: Entry, chosen: Sequence[str]) -> dict[str, Party]:
    """The parties among the chosen, by id, in the order in which they were named."""
    found = {ref.id: party for ref, party in entry.parties.items() if ref.label in ("Country", "Organization")}
    return {id: found[id] for id in chosen if id in found}


def _line(entry: Entry, parties: Mapping[str, Party], policy: Policy) -> Line:
    engagement = entry.engagement
    return Line(
        section=BILATERAL if entry.size == 2 else MULTILATERAL,
        between=tuple(parties),
        id=engagement.id,
        name=engagement.name,
        label=engagement.label,
        kind=engagement.kind,
        start=engagement.start,
        end=engagement.end,
        signed=engagement.signed,
        status=weakest(best(party.answers) for party in parties.values()) if policy.as_of else None,
        parties=tuple(f"{id}: {', '.join(party.roles)}" for id, party in parties.items()),
        others=entry.size - len(parties),
        certainty=max((party.certainty for party in parties.values()), key=CERTAINTIES.index),
        claims=tuple(said(claim) for party in parties.values() for claim in party.claims),
    )


def best(answers: Iterable[str]) -> str:
    """The best of several answers to whether something was in force."""
    return next(answer for answer in (SURE, POSSIBLY, UNDATED) if answer in answers)


def weakest(answers: Iterable[str]) -> str:
    """What can be said of several together."""
    answers = set(answers)
    return next(answer for answer in (UNDATED, POSSIBLY, SURE) if answer in answers)


def said(claim: Claim) -> str:
    """A claim in short: who in which role, by which source at which place.

    >>> from relgraph.model.records import Ref
    >>> said(Claim("acsa", Ref("Country", "JPN"), "PARTY_TO", "signatory", "t1", "paper", "S4 P1", "implied"))
    'JPN signatory: paper, S4 P1 (implied)'
    """
    doubt = "" if claim.certainty == "stated" else f" ({claim.certainty})"
    place = f", {claim.locator}" if claim.locator else ""
    return f"{claim.actor.id} {claim.role}: {claim.source}{place}{doubt}"


def absent_lines(
    entries: Sequence[Entry], sources: Sequence[Mapping[str, Any]], policy: Policy, chosen: Sequence[str]
) -> Iterator[Line]:
    """A line for each two of the chosen and kind of engagement that each has with others, and not with the other."""
    partners = _partners(entries, chosen)
    for (label, kind), of in partners.items():
        for ours, theirs in combinations(chosen, 2):
            if not of.get(ours) or not of.get(theirs) or theirs in of[ours]:
                continue
            found = absence(
                sources, label=label, kind=kind, countries=(ours, theirs), first=policy.as_of, last=policy.as_of,
                domains=policy.domains,
            )  # fmt: skip
            yield Line(
                section=ABSENT,
                between=(ours, theirs),
                id=None,
                name=None,
                label=label,
                kind=kind,
                start=None,
                end=None,
                signed=None,
                status=found.answer,
                parties=tuple(f"{id}: with {_listed(of[id])}" for id in (ours, theirs)),
                others=None,
                certainty=None,
                claims=(found.why,),
            )


def _partners(entries: Sequence[Entry], chosen: Sequence[str]) -> Partners:
    """For each class of engagement and each of the chosen: with whom it has one."""
    found: dict[Class, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entry in entries:
        named = {ref.id: party for ref, party in entry.parties.items() if ref.label in ("Country", "Organization")}
        receivers = {id for id, party in named.items() if party.types == {"RECEIVES"}}
        for id in named.keys() & set(chosen):
            others = named.keys() - {id} - (receivers if id in receivers else set())
            found[_class(entry.engagement)][id].update(others)
    return found


def _class(engagement: Engagement) -> Class:
    """Label and kind; an edition counts as its series, for who has one has the other."""
    return engagement.label, "series" if engagement.kind == "edition" else engagement.kind


def _listed(ids: set[str], most: int = 5) -> str:
    shown = sorted(ids)[:most]
    return ", ".join(shown) + (f" and {len(ids) - most} more" if len(ids) > most else "")
