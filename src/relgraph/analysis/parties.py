"""Who takes part: claims become parties; units roll up, organizations expand where the policy says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from relgraph.analysis.moments import NO, Moment, Spell
from relgraph.analysis.policy import CERTAINTIES, Policy
from relgraph.analysis.records import Claim, Engagement, Link, Reading
from relgraph.model.records import Ref

MEMBER_ROLES = ("member", "chair")
StandIn = tuple[Ref, tuple[str, ...], Spell]
"""Who stands for an actor, the ids of what lies between the two, and the times of that."""


class Party:
    """One party of an engagement, with the claims that make it one and the units or organizations between.

    `answers` and `spells` say when; most parties rest on one claim, and share theirs with others.
    """

    __slots__ = ("answers", "claims", "ref", "spells", "via")

    def __init__(self, ref: Ref, claim: Claim, answer: str, spell: Spell, via: tuple[str, ...]) -> None:
        self.ref, self.claims, self.via = ref, (claim,), via
        self.answers: tuple[str, ...] = (answer,)
        self.spells: tuple[Spell, ...] = (spell,)

    def add(self, claim: Claim, answer: str, spell: Spell, via: tuple[str, ...]) -> None:
        """Rest it on one more claim."""
        self.claims += (claim,)
        self.answers = _with(self.answers, answer)
        self.spells = _with(self.spells, spell)
        self.via += tuple(id for id in via if id not in self.via)

    @property
    def roles(self) -> list[str]:
        return sorted({claim.role for claim in self.claims})

    @property
    def sources(self) -> list[str]:
        """The ids of the sources that make it a party."""
        return sorted({claim.source for claim in self.claims})

    @property
    def types(self) -> set[str]:
        return {claim.type for claim in self.claims}

    @property
    def certainty(self) -> str:
        """The strongest certainty with which any claim makes it a party."""
        return min((claim.certainty for claim in self.claims), key=CERTAINTIES.index)


def _with(known: tuple, one: object) -> tuple:
    return known if one in known else (*known, one)


class Parties:
    """Finds the parties of engagements under one policy.

    `left_out` has, by the id of an engagement, the answers of parties that the moment does not admit.
    """

    def __init__(self, reading: Reading, policy: Policy, moment: Moment) -> None:
        self.reading, self.policy, self.moment = reading, policy, moment
        self.counted = policy.counted_roles()
        self.certain = frozenset(policy.certainty)
        self.wanted = None if policy.obligations is None else frozenset(policy.obligations)
        self.expanded = {"Unit"} if policy.roll_up else set()
        self.expanded |= {"Organization"} if policy.expand_organizations else set()
        units = (link for link in reading.parts if link.of.label == "Unit")
        self.wholes = self._by(units, 0, ("part",))
        self.members = self._by(reading.members, 1, MEMBER_ROLES)
        self.known: dict[Ref, list[StandIn]] = {}
        self.left_out: dict[str, set[str]] = defaultdict(set)

    def _by(self, links: Iterable[Link], end: int, roles: tuple[str, ...]) -> dict[Ref, list[Link]]:
        found: dict[Ref, list[Link]] = defaultdict(list)
        for link in links:
            if link.role in roles and link.certainty in self.certain:
                found[link[end]].append(link)
        return found

    def of(self, engagement: Engagement) -> dict[Ref, Party]:
        """The parties of an engagement by address, groups among them, without those not in it then."""
        parties: dict[Ref, Party] = {}
        for claim in engagement.claims:
            if not self.counts(claim, engagement):
                continue
            spell = (claim.bounds or engagement.bounds,)
            for ref, via, between in self.stand_ins(claim.actor):
                whole = spell + between
                answer = self.moment.answer(whole)
                if answer not in self.moment.admitted:
                    if answer != NO:
                        self.left_out[engagement.id].add(answer)
                    continue
                if ref in parties:
                    parties[ref].add(claim, answer, whole, via)
                else:
                    parties[ref] = Party(ref, claim, answer, whole, via)
        return parties

    def claimed(self, engagement: Engagement) -> bool:
        """Whether any claim that counts makes anyone a party of it, at whatever time."""
        return any(self.counts(claim, engagement) for claim in engagement.claims)

    def counts(self, claim: Claim, engagement: Engagement) -> bool:
        """Whether role, certainty and obligations of a claim are among those that count."""
        if (claim.type, claim.role) not in self.counted or claim.certainty not in self.certain:
            return False
        if self.wanted is None:
            return True
        return not self.wanted.isdisjoint(claim.obligations or engagement.obligations or ())

    def stand_ins(self, actor: Ref) -> list[StandIn]:
        """Who stands in the network for an actor: itself, its country, or its members of whatever time."""
        if actor.label not in self.expanded:
            return [(actor, (), ())]
        found = self.known.get(actor)
        if found is None:
            found = self.known[actor] = list(self._climb(actor, (), ())) or [(actor, (), ())]
        return found

    def _climb(self, actor: Ref, via: tuple[str, ...], spell: Spell) -> Iterator[StandIn]:
        if actor.label not in self.expanded:
            if actor.label != "Group":
                yield actor, via, spell
            return
        if actor.id in via:
            return
        via = (*via, actor.id)
        if actor.label == "Unit":  # what it is part of goes without a date unless a source gives one
            for link in self.wholes[actor]:
                yield from self._climb(link.to, via, spell + ((link.bounds,) if link.bounds else ()))
        else:
            for link in self.members[actor]:
                yield from self._climb(link.of, via, (*spell, link.bounds))

    def size(self, parties: dict[Ref, Party]) -> int:
        """How many parties there are; a group counts by its size less those of its members that are named."""
        return sum(self._share(ref, parties) if ref.label == "Group" else 1 for ref in parties)

    def _share(self, group: Ref, parties: dict[Ref, Party]) -> int:
        named = {link.of for link in self.members[group]} & parties.keys()
        actor = self.reading.actors.get(group)
        return max((actor.size if actor and actor.size else 1) - len(named), 0)
