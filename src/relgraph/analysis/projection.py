"""From engagements to a network: a pure function of what was read and of the policy."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, permutations
from math import fsum
from typing import NamedTuple

from relgraph.analysis.moments import POSSIBLY, UNDATED, Moment
from relgraph.analysis.parties import Parties, Party
from relgraph.analysis.policy import Policy
from relgraph.analysis.records import Actor, Engagement, Reading
from relgraph.model.ontology import load_ontology
from relgraph.model.records import Ref

Pair = tuple[Ref, Ref]


class Entry(NamedTuple):
    """An engagement that the policy lets in, with its parties; `size` counts the unnamed ones too."""

    engagement: Engagement
    parties: Mapping[Ref, Party]
    size: int


class Counts(NamedTuple):
    """What the policy did with what it met, so that a reader can be told.

    `possibly` and `undated` are the engagements that are in for this option alone, or (of whatever size) are left out
    for want of it.
    """

    engagements: int
    possibly: int
    undated: int
    too_large: int
    adrift: int  # units whose country no source names


def enroll(reading: Reading, policy: Policy, least: int = 0) -> tuple[list[Entry], Counts]:
    """The engagements that the policy lets in, in the order of their ids: those of `least` of its countries or more."""
    chosen = frozenset(policy.countries or ())
    moment = Moment(policy)
    parties = Parties(reading, policy, moment)
    entries: list[Entry] = []
    told, too_large = Counter[str](), 0
    for engagement in sorted(reading.engagements, key=lambda engagement: engagement.id):
        if not wanted(engagement, policy):
            continue
        found = parties.of(engagement)
        answers = {answer for party in found.values() for answer in party.answers}
        if not found and not parties.claimed(engagement):  # without any party that counts, its own dates decide
            answers = {moment.answer((engagement.bounds,))}
        if moment.admitted.isdisjoint(answers):
            told.update(answers | parties.left_out.get(engagement.id, set()))
            continue
        if sum(ref.id in chosen for ref in found) < least:
            continue
        size = parties.size(found)
        if policy.parties_at_most is not None and size > policy.parties_at_most:
            too_large += 1
            continue
        entries.append(Entry(engagement, found, size))
        if len(answers) == 1:
            told[min(answers)] += 1
    return entries, _counts(entries, told, too_large, policy)


def wanted(engagement: Engagement, policy: Policy) -> bool:
    """Whether an engagement is of the kinds and domains that the policy names."""
    if policy.kinds is not None and engagement.label not in policy.kinds and engagement.kind not in policy.kinds:
        return False
    if policy.domains is None:
        return True
    covered = [setting for setting in engagement.settings if setting.type == "COVERS"]
    return any(
        setting.certainty in policy.certainty and (setting.id in policy.domains or setting.name in policy.domains)
        for setting in covered
    )


def _counts(entries: list[Entry], told: Mapping[str, int], too_large: int, policy: Policy) -> Counts:
    adrift = {ref for entry in entries for ref in entry.parties if ref.label == "Unit"} if policy.roll_up else ()
    return Counts(
        engagements=len(entries),
        possibly=told[POSSIBLY],
        undated=told[UNDATED],
        too_large=too_large,
        adrift=len(adrift),
    )


def tied(reading: Reading, policy: Policy, entries: list[Entry]) -> dict[Pair, list[Entry]]:
    """The pairs that are tied, each with the engagements that tie it, in order.

    A whole is left out of a pair that one of its parts or editions, of whatever depth, ties already.
    """
    wholes = wholes_of(reading, policy, {entry.engagement.id for entry in entries})
    pairs_of = Pairs(policy)
    by_parts: dict[str, set[Pair]] = defaultdict(set)
    found = {entry.engagement.id: list(pairs_of(entry)) for entry in entries}
    for part, above in wholes.items():
        for whole in above:
            by_parts[whole].update(found[part])
    pairs: dict[Pair, list[Entry]] = defaultdict(list)
    for entry in entries:
        already = by_parts.get(entry.engagement.id, ())
        for pair in found[entry.engagement.id]:
            if pair not in already:
                pairs[pair].append(entry)
    return pairs


def wholes_of(reading: Reading, policy: Policy, present: set[str]) -> dict[str, set[str]]:
    """For each engagement present: those present of which it is a part or edition, at whatever depth."""
    above = directly_above(reading, policy)
    closed = {part: _closure(part, above) - {part} for part in list(above) if part in present}
    return {part: found & present for part, found in closed.items()}


def directly_above(reading: Reading, policy: Policy) -> dict[str, set[str]]:
    """For each engagement: the ids of what claims that count call its whole or its series."""
    above: dict[str, set[str]] = defaultdict(set)
    for link in reading.parts:
        if link.of.label in load_ontology().engagements and link.certainty in policy.certainty:
            above[link.of.id].add(link.to.id)
    return above


def _closure(start: str, above: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for whole in above.get(waiting.pop(), ()):
            if whole not in seen:
                seen.add(whole)
                waiting.append(whole)
    return seen


class Pairs:
    """Which pairs of its parties an engagement ties, under one policy."""

    def __init__(self, policy: Policy) -> None:
        self.policy, self.moment = policy, Moment(policy)
        self.chosen = None if policy.countries is None else frozenset(policy.countries)

    def __call__(self, entry: Entry) -> Iterator[Pair]:
        parties = {ref: entry.parties[ref] for ref in sorted(entry.parties, key=lambda ref: (ref.id, ref.label))}
        parties = {ref: party for ref, party in parties.items() if self.is_node(ref)}
        pairs = self._flows(parties) if self.policy.directed else self._meetings(parties)
        if self.policy.between and len({frozenset(party.spells) for party in parties.values()}) > 1:
            return (pair for pair in pairs if self._met(*(parties[ref] for ref in pair)))
        return iter(pairs)

    def is_node(self, ref: Ref) -> bool:
        """Whether such a party can be a node: groups never, units only where they do not roll up."""
        if ref.label == "Group" or (ref.label == "Unit" and self.policy.roll_up):
            return False
        return self.chosen is None or ref.id in self.chosen

    def _meetings(self, parties: Mapping[Ref, Party]) -> Iterable[Pair]:
        receivers = {ref for ref, party in parties.items() if party.types == {"RECEIVES"}}
        if len(receivers) < 2:
            return combinations(parties, 2)
        return (pair for pair in combinations(parties, 2) if not receivers.issuperset(pair))

    def _flows(self, parties: Mapping[Ref, Party]) -> Iterable[Pair]:
        gives = {ref for ref, party in parties.items() if "PROVIDES" in party.types}
        takes = {ref for ref, party in parties.items() if "RECEIVES" in party.types}
        return (pair for pair in permutations(parties, 2) if pair[0] in gives and pair[1] in takes)

    def _met(self, ours: Party, theirs: Party) -> bool:
        return self.moment.together(ours.spells, theirs.spells)


def strength(policy: Policy, sizes: Iterable[int]) -> float:
    """The weight of a tie that engagements of these sizes make.

    `newman`: each gives 1/(n-1) for its n parties (Newman 2001, Phys. Rev. E 64, 016132, eq. 2).
    """
    sizes = list(sizes)
    if policy.weight == "newman":
        return fsum(1 / (size - 1) for size in sizes)
    return 1 if policy.weight == "binary" else len(sizes)


def addresses(refs: Iterable[Ref]) -> dict[Ref, str]:
    """The node id of each thing: its id, or `label:id` where a thing of an earlier label has that id already.

    >>> list(addresses([Ref("Organization", "admm"), Ref("Dialogue", "admm")]).values())
    ['admm', 'dialogue:admm']
    """
    taken: dict[str, Ref] = {}
    for ref in refs:
        taken.setdefault(ref.id, ref)
    return {ref: ref.id if taken[ref.id] == ref else f"{ref.label.lower()}:{ref.id}" for ref in refs}


def actor_of(reading: Reading, ref: Ref) -> Actor:
    """What was read of an actor; its id for a name where nothing was."""
    return reading.actors.get(ref) or Actor(ref, ref.id)
