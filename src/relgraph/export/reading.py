"""What a network says, in one shape for every export: actors, engagements, sources and who is tied to whom.

A network of relgraph carries its engagements, sources and policy in `net.graph`. Any other networkx graph is
read too: each of its edges then is an engagement of two parties without a kind, a date or a source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from relgraph.model.countries import load_countries

if TYPE_CHECKING:
    import networkx

PLAIN = "Tie"  # what an edge of a graph that is not ours is called
UNKNOWN_POLICY = "relgraph did not make this network: its policy is not known."


@dataclass(frozen=True)
class Reading:
    """`actors` and `engagements` by id and in that order; `pairs` of actors that an engagement ties.

    `names` are those of whom claims are about, by id, whether they are drawn or not.
    """

    actors: Mapping[str, dict[str, Any]]
    engagements: Mapping[str, dict[str, Any]]
    sources: Mapping[str, dict[str, Any]]
    pairs: Mapping[str, list[tuple[str, str]]]
    policy: Mapping[str, Any] = field(default_factory=dict)
    as_of: str | None = None
    ego: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    directed: bool = False
    two_mode: bool = False

    @property
    def policy_text(self) -> str:
        """One sentence that says how the network was made."""
        return without_open_ends(str(self.policy.get("text") or UNKNOWN_POLICY))

    def called(self, ids: Iterable[str]) -> list[str]:
        """The names of actors by their ids, of those too that are no nodes; an id that nobody knows names itself."""
        known = {id: country.name for id in ids if (country := load_countries().get(id))}
        known |= {**self.names, **{id: actor["name"] for id, actor in self.actors.items()}}
        return [str(known.get(id, id)) for id in ids]


def without_open_ends(text: str) -> str:
    """A policy in words without the days that stand for an open end of its period.

    >>> without_open_ends("at some time from 2015-01-01 to 9999-12-31, undated left out")
    'at some time from 2015-01-01 on, undated left out'
    """
    return text.replace(" to 9999-12-31", " on").replace(" from 0001-01-01 to ", " up to ")


def read(net: networkx.Graph) -> Reading:
    """What `net` says; `net` stays as it is."""
    ours = "engagements" in net.graph
    engagements = dict(net.graph["engagements"]) if ours else _plain_engagements(net)
    apart = {node for node, attributes in net.nodes(data=True) if ours and attributes.get("bipartite") == 1}
    actors = {str(node): _actor(node, said) for node, said in net.nodes(data=True) if node not in apart}
    policy = net.graph.get("policy") or {}
    if ours:
        pairs = _pairs(net, engagements, apart)
    else:
        pairs = {key: [tuple(party["id"] for party in e["parties"])] for key, e in engagements.items()}
    return Reading(
        actors=dict(sorted(actors.items())),
        engagements={str(key): engagements[key] for key in sorted(engagements, key=str)},
        sources=_cited(net.graph.get("sources") or {}, engagements.values()),
        pairs=pairs,
        policy=policy if isinstance(policy, Mapping) else {"text": str(policy)},
        as_of=_text(net.graph.get("as_of")),
        ego=tuple(map(str, net.graph.get("ego") or ())),
        names=net.graph.get("names") or {},
        directed=net.is_directed(),
        two_mode=bool(apart),
    )


def _actor(node: object, attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(node),
        "name": str(attributes.get("name") or node),
        "label": str(attributes.get("label") or "Country"),
        "kind": _text(attributes.get("kind")),
        "aliases": [str(alias) for alias in attributes.get("aliases") or ()],
        "lat": attributes.get("lat"),
        "lon": attributes.get("lon"),
    }


def _plain_engagements(net: networkx.Graph) -> dict[str, dict[str, Any]]:
    edges = net.edges(keys=True, data=True) if net.is_multigraph() else net.edges(data=True)
    actors = {node: _actor(node, attributes) for node, attributes in net.nodes(data=True)}
    found: dict[str, dict[str, Any]] = {}
    for one, other, *key, attributes in edges:
        id = "--".join(map(str, (one, other, *key)))
        found[id] = _plain_engagement(id, [actors[one], actors[other]], attributes)
    return found


def _plain_engagement(id: str, ends: list[dict[str, Any]], attributes: Mapping[str, Any]) -> dict[str, Any]:
    parties = [{"id": end["id"], "name": end["name"], "label": end["label"], "roles": []} for end in ends]
    return {
        "id": id,
        "name": str(attributes.get("name") or " – ".join(end["name"] for end in ends)),
        "label": PLAIN,
        "kind": None,
        "bounds": None,
        "parties": parties,
        "size": 2,
        "bilateral": True,
        "claims": [],
    }


def _pairs(net: networkx.Graph, engagements: Mapping[str, Any], apart: set[Any]) -> dict[str, list[tuple[str, str]]]:
    """The pairs that each engagement ties, those included that its parts tie in its stead."""
    own: dict[str, set[tuple[str, str]]] = {str(key): set() for key in engagements}
    spokes: dict[str, set[str]] = {}
    for one, other, attributes in net.edges(data=True):
        for tying in attributes.get("engagements") or ():
            if apart:
                spokes.setdefault(str(tying["id"]), set()).add(str(other if one in apart else one))
            else:
                own.setdefault(str(tying["id"]), set()).add(_ordered(net, str(one), str(other)))
    for id, actors in spokes.items():
        own[id] = {(a, b) for a in actors for b in actors if a < b}
    _inherit(engagements, own)
    return {id: sorted(pairs) for id, pairs in own.items()}


def _inherit(engagements: Mapping[str, Any], own: dict[str, set[tuple[str, str]]]) -> None:
    """Gives wholes back the pairs of parties that a part ties: a view that leaves the part out needs them."""
    parts = ((str(id), e.get("part_of") or ()) for id, e in engagements.items())
    links = [(part, whole) for part, wholes in parts for whole in wholes if whole in own]
    parties = {whole: {party["id"] for party in engagements[whole]["parties"]} for _, whole in links}
    for _ in range(3):  # a part of a part of a whole
        for part, whole in links:
            own[whole] |= {pair for pair in own[part] if parties[whole].issuperset(pair)}


def _ordered(net: networkx.Graph, one: str, other: str) -> tuple[str, str]:
    return (one, other) if net.is_directed() or one < other else (other, one)


def _cited(sources: Mapping[str, Any], engagements: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The sources that a claim names, by id; one that is not described has its id alone."""
    named = {claim["source"] for e in engagements for claim in e.get("claims") or () if claim.get("source")}
    return {id: {"name": id, **dict(sources.get(id, {})), "id": id} for id in sorted(named)}


def _text(value: object) -> str | None:
    return None if value in (None, "") else str(value)
