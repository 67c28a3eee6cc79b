"""The network as networkx holds it: nodes, edges, and everything that opens a number, under `graph`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relgraph.analysis.policy import CERTAINTIES, Policy
from relgraph.analysis.projection import (
    Counts,
    Entry,
    Pair,
    Pairs,
    actor_of,
    addresses,
    directly_above,
    strength,
)
from relgraph.analysis.records import Claim, Engagement, Reading
from relgraph.analysis.sentence import sentence
from relgraph.model.records import Ref

if TYPE_CHECKING:
    import networkx as nx

Side = tuple[str, list[str], list[str]]  # the node of a party, its roles, and the sources that say so


def one_mode(
    reading: Reading, policy: Policy, entries: list[Entry], counts: Counts, pairs: Mapping[Pair, list[Entry]]
) -> nx.Graph:
    """The network of countries (and of organizations that stand for themselves)."""
    import networkx as nx

    net = nx.DiGraph() if policy.directed else nx.Graph()
    refs = sorted({ref for pair in pairs for ref in pair})
    ids = addresses(refs)
    nodes = {ids[ref]: actor_node(reading, ref) for ref in refs}
    nodes.update({id: node for id, node in bystanders(policy).items() if id not in nodes})
    net.add_nodes_from((id, nodes[id]) for id in sorted(nodes))
    sides = Sides(ids)
    edges = [(ids[a], ids[b], _edge(policy, sides, (a, b), found)) for (a, b), found in pairs.items()]
    net.add_edges_from(sorted(edges, key=lambda edge: edge[:2]))
    net.graph.update(legend(reading, policy, entries, counts, ids))
    return net


def two_mode(reading: Reading, policy: Policy, entries: list[Entry], counts: Counts) -> nx.Graph:
    """The bipartite network: countries (`bipartite` 0) and engagements (1), a tie for each party."""
    import networkx as nx

    is_node = Pairs(policy).is_node
    ties = [(ref, entry) for entry in entries for ref in entry.parties if is_node(ref)]
    things = {Ref(entry.engagement.label, entry.engagement.id): entry for _, entry in ties}
    refs = sorted({ref for ref, _ in ties})
    ids = addresses([*refs, *sorted(things)])
    nodes = {ids[ref]: {**actor_node(reading, ref), "bipartite": 0} for ref in refs}
    nodes.update({id: {**node, "bipartite": 0} for id, node in bystanders(policy).items() if id not in nodes})
    net = nx.Graph()
    net.add_nodes_from((id, nodes[id]) for id in sorted(nodes))
    net.add_nodes_from((ids[ref], engagement_node(things[ref].engagement)) for ref in sorted(things))
    sides = Sides(ids)
    for ref, entry in sorted(ties, key=lambda tie: (tie[0], tie[1].engagement.id)):
        opened = [sides(entry, (ref,))]
        thing = ids[Ref(entry.engagement.label, entry.engagement.id)]
        net.add_edge(ids[ref], thing, weight=1, distance=1.0, engagements=opened)
    net.graph.update(legend(reading, policy, entries, counts, ids))
    return net


def actor_node(reading: Reading, ref: Ref) -> dict[str, Any]:
    """The attributes of a country's or organization's node."""
    actor = actor_of(reading, ref)
    return {
        "name": actor.name,
        "label": ref.label,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "lat": actor.lat,
        "lon": actor.lon,
    }


def engagement_node(engagement: Engagement) -> dict[str, Any]:
    """The attributes of an engagement's node in a two-mode network."""
    return {
        "name": engagement.name,
        "label": engagement.label,
        "kind": engagement.kind,
        "aliases": list(engagement.aliases),
        "lat": None,
        "lon": None,
        "bipartite": 1,
    }


def bystanders(policy: Policy) -> dict[str, dict[str, Any]]:
    """The states that existed then, whether tied or not, as nodes, where the policy asks for them."""
    if policy.population != "system":
        return {}
    from relgraph.analysis.system import states

    chosen = None if policy.countries is None else set(policy.countries)
    return {id: node for id, node in states(policy).items() if chosen is None or id in chosen}


class Sides:
    """What an edge says of one of its engagements: what each side is in it, and who says so.

    What is the same for all edges of an engagement is worked out once, and lists are shared.
    """

    def __init__(self, ids: Mapping[Ref, str]) -> None:
        self.ids = ids
        self.known: dict[str, tuple[dict[str, Any], dict[Ref, Side]]] = {}

    def __call__(self, entry: Entry, refs: Sequence[Ref]) -> dict[str, Any]:
        """`id`, `label`, `kind`, `parties` (all of them), `roles` of the sides, `sources` that say so of the sides."""
        head, sides = self.known.get(entry.engagement.id) or self._know(entry)
        (first, its_roles, its_sources), (last, roles, sources) = sides[refs[0]], sides[refs[-1]]
        if its_sources != sources:
            sources = sorted({*its_sources, *sources})
        return {**head, "roles": {first: its_roles, last: roles}, "sources": sources}

    def _know(self, entry: Entry) -> tuple[dict[str, Any], dict[Ref, Side]]:
        engagement = entry.engagement
        sides = {ref: (self.ids.get(ref, ref.id), party.roles, party.sources) for ref, party in entry.parties.items()}
        parties = [sides[ref][0] for ref in sorted(sides)]
        head = {"id": engagement.id, "label": engagement.label, "kind": engagement.kind, "parties": parties}
        found = self.known[engagement.id] = head, sides
        return found


def _edge(policy: Policy, sides: Sides, pair: Pair, entries: list[Entry]) -> dict[str, Any]:
    weight = strength(policy, [entry.size for entry in entries])
    return {"weight": weight, "distance": 1 / weight, "engagements": [sides(entry, pair) for entry in entries]}


def legend(
    reading: Reading, policy: Policy, entries: list[Entry], counts: Counts, ids: Mapping[Ref, str]
) -> dict[str, Any]:
    """What `net.graph` holds: the policy and its sentence, every engagement, the sources, their egos, names."""
    claims = {entry.engagement.id: _claims(entry) for entry in entries}
    above = directly_above(reading, policy)
    used = sorted({claim.source for found in claims.values() for claim in found})
    sources = {id: dict(reading.sources.get(id, {"id": id})) for id in used}
    ego = sorted({actor for source in sources.values() for actor in source.get("ego") or ()})
    told = {claim.actor.id for found in claims.values() for claim in found}
    told |= {id for entry in entries for party in entry.parties.values() for id in party.via}
    return {
        "policy": {**policy.as_dict(), "text": sentence(policy, counts, sources, reading.actors)},
        "engagements": {
            id: _opened(reading, entry, claims[id], ids, above.get(id, ()))
            for id, entry in ((entry.engagement.id, entry) for entry in entries)
        },
        "sources": sources,
        "ego": ego,
        "names": {ref.id: actor.name for ref, actor in sorted(reading.actors.items()) if ref.id in told},
        "as_of": policy.as_of.isoformat() if policy.as_of else None,
        "counts": counts._asdict(),
    }


def _claims(entry: Entry) -> list[Claim]:
    found = {claim.tie: claim for party in entry.parties.values() for claim in party.claims}
    return [found[tie] for tie in sorted(found)]


def _opened(
    reading: Reading, entry: Entry, claims: list[Claim], ids: Mapping[Ref, str], wholes: Iterable[str]
) -> dict[str, Any]:
    engagement = entry.engagement
    parties = [entry.parties[ref] for ref in sorted(entry.parties)]
    certainty = max((party.certainty for party in parties), key=CERTAINTIES.index, default=None)
    return {
        "id": engagement.id,
        "name": engagement.name,
        "aliases": list(engagement.aliases),
        "label": engagement.label,
        "kind": engagement.kind,
        "start": engagement.start,
        "end": engagement.end,
        "signed": engagement.signed,
        "bounds": [bound.isoformat() for bound in engagement.bounds] if engagement.bounds else None,
        "parties": [
            {
                "id": ids.get(party.ref, party.ref.id),
                "name": actor_of(reading, party.ref).name,
                "label": party.ref.label,
                "roles": party.roles,
                "via": sorted(party.via),
            }
            for party in parties
        ],
        "size": entry.size,
        "bilateral": entry.size == 2,
        "domains": [setting.name for setting in engagement.settings if setting.type == "COVERS"],
        "places": [setting.name for setting in engagement.settings if setting.type == "HELD_IN"],
        "part_of": sorted(wholes),
        "certainty": certainty,
        "note": engagement.note,
        "obligations": list(engagement.obligations or ()),
        "quantity": engagement.quantity,
        "unit": engagement.unit,
        "claims": [_claim(claim) for claim in claims],
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "tie": claim.tie,
        "actor": claim.actor.id,
        "role": claim.role,
        "source": claim.source,
        "locator": claim.locator,
        "certainty": claim.certainty,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "note": claim.note,
    }
