"""Networks as `Graph.network` gives them, made up: of any size, the same every time."""

from __future__ import annotations

import random
from datetime import date
from itertools import combinations
from typing import Any

import networkx

from relgraph.model import dates
from relgraph.model.countries import load_countries
from relgraph.model.ontology import load_ontology

ASIA = (
    *("AUS", "BRN", "CAN", "CHN", "FRA", "GBR", "IDN", "IND", "JPN", "KHM", "KOR", "LAO", "LKA", "MMR", "MNG"),
    *("MYS", "NZL", "PHL", "PNG", "SGP", "THA", "TLS", "TUR", "USA", "VNM"),
)
KINDS = (
    ("Agreement", "acsa"),
    ("Agreement", "treaty"),
    ("Exercise", "edition"),
    ("Exercise", "series"),
    ("Program", "capacity-building"),
    ("Transfer", "equipment"),
    ("Dialogue", "meeting"),
)
DOMAINS = ("HA/DR", "maritime security", "peacekeeping")
SEEN_UNTIL = date(2020, 6, 30)


def node(id: str) -> dict[str, Any]:
    """The attributes of a country of the register, or of one that is not in it."""
    known = load_countries().get(id)
    said = {"label": "Country", "kind": "state"}
    if known is None:
        return {**said, "name": f"State {id}", "aliases": [], "lat": None, "lon": None}
    return {**said, "name": known.name, "aliases": list(known.aliases), "lat": known.lat, "lon": known.lon}


def source(id: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id,
        "name": f"Report {id}",
        "authors": ["A. Author"],
        "publisher": "Institute",
        "date": "2020",
        "url": f"https://example.org/{id}",
        "licence": "CC BY 4.0",
        "redistributable": True,
        "citation": f"@misc{{{id}}}",
        "priority": 1,
        **more,
    }


def engagement(
    id: str, parties: list[str], *, label: str = "Exercise", kind: str | None = "edition", **more: Any
) -> dict[str, Any]:
    """An engagement with a claim for each party; `more` overrides anything of it."""
    start, end = more.get("start"), more.get("end")
    event = load_ontology().is_event(label, kind)
    bounds = dates.bounds(start, end, event=event, seen_until=SEEN_UNTIL if end == ".." else None)
    role = "signatory" if label == "Agreement" else "participant"
    return {
        "id": id, "name": f"Sample {label.lower()} {id}", "aliases": [], "label": label, "kind": kind,
        "start": start, "end": end, "signed": None,
        "bounds": [day.isoformat() for day in bounds] if bounds else None,
        "parties": [
            {"id": party, "name": node(party)["name"], "label": "Country", "roles": [role], "via": []}
            for party in parties
        ],
        "size": len(parties), "bilateral": len(parties) == 2, "domains": [], "places": [], "part_of": [],
        "certainty": "stated", "note": None, "obligations": [], "quantity": None, "unit": None,
        "claims": [claim(id, party, role=role) for party in parties],
        **more,
    }  # fmt: skip


def claim(engagement: str, actor: str, **more: Any) -> dict[str, Any]:
    return {
        "tie": f"{engagement}-{actor}", "actor": actor, "role": "participant", "source": "s0",
        "locator": f"p. {len(actor)}", "certainty": "stated", "quote": None, "start": None, "end": None,
        "note": None, **more,
    }  # fmt: skip


def network(engagements: list[dict[str, Any]], *, sources: tuple[Any, ...] = (), **more: Any) -> networkx.Graph:
    """The network of these engagements, every two parties tied."""
    net = networkx.Graph()
    ids = sorted({party["id"] for one in engagements for party in one["parties"]})
    net.add_nodes_from((id, node(id)) for id in ids)
    for one in engagements:
        for a, b in combinations(sorted(party["id"] for party in one["parties"]), 2):
            if not net.has_edge(a, b):
                net.add_edge(a, b, weight=0, engagements=[])
            net[a][b]["weight"] += 1
            net[a][b]["engagements"].append({"id": one["id"], "roles": {}})
    for _, _, attributes in net.edges(data=True):
        attributes["distance"] = 1 / attributes["weight"]
    named = {claim["source"] for one in engagements for claim in one["claims"]}
    net.graph.update(
        engagements={one["id"]: one for one in engagements},
        sources={id: source(id) for id in sorted(filter(None, named))} | {one["id"]: one for one in sources},
        policy={"mode": "country", "weight": "count", "text": "Every two parties are tied."},
        ego=["JPN"],
        as_of="2020-06-30",
        **more,
    )
    return net


def sample(count: int = 160, ids: tuple[str, ...] = ASIA, seed: int = 1) -> networkx.Graph:
    """A network with kinds, dates, sizes, domains and certainties of all sorts."""
    chance = random.Random(seed)
    return network([_random(chance, f"e{n}", list(ids)) for n in range(count)])


def _random(chance: random.Random, id: str, ids: list[str]) -> dict[str, Any]:
    label, kind = chance.choice(KINDS)
    size = chance.choice((2,) * 7 + (3, 4, 5, 6, 9))
    weights = [1 / (1 + n) for n in range(len(ids))]
    parties = sorted({chance.choices(ids, weights)[0] for _ in range(size + 2)})[:size]
    year = chance.randint(2000, 2025)
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    start = chance.choice((None, f"{year}", f"{year}", f"{year}-{month:02d}", f"{year}-{month:02d}-{day:02d}"))
    end = chance.choice((None, None, "..", f"{year + 3}")) if start else None
    return engagement(
        id,
        parties,
        label=label,
        kind=kind,
        start=start,
        end=end,
        certainty=chance.choice(("stated",) * 4 + ("implied", "ambiguous")),
        domains=chance.sample(DOMAINS, chance.randint(0, 2)),
        places=["South China Sea"] if chance.random() < 0.2 else [],
        claims=[claim(id, party, source=f"s{chance.randint(0, 2)}") for party in parties],
    )


def of_mode(mode: str) -> networkx.Graph:
    """A small network of countries, of countries and engagements (`two-mode`), or of directed ties."""
    one = sample(30)
    if mode == "two-mode":
        return _two_mode(one)
    if mode != "directed":
        return one
    directed = networkx.DiGraph(**one.graph)
    directed.add_nodes_from(one.nodes(data=True))
    directed.add_edges_from(one.edges(data=True))
    return directed


def _two_mode(one: networkx.Graph) -> networkx.Graph:
    two = networkx.Graph(**one.graph)
    two.add_nodes_from((id, {**said, "bipartite": 0}) for id, said in one.nodes(data=True))
    for id, said in one.graph["engagements"].items():
        two.add_node(id, name=said["name"], label=said["label"], kind=said["kind"], bipartite=1)
        for party in said["parties"]:
            two.add_edge(party["id"], id, weight=1, distance=1.0, engagements=[{"id": id, "roles": {}}])
    return two


def poisoned(poison: str) -> networkx.Graph:
    """A network with `poison` behind every text but days, and behind every id."""
    one = engagement(
        "pact", ["JPN", "AUS"], label="Agreement", kind="acsa", start="2019", signed="2018", note="n", aliases=["a"],
        obligations=["o"], domains=["d"], places=["p"], quantity=2, unit="u", value=3, currency="c", part_of=["pact"],
    )  # fmt: skip
    many = engagement("many", ["AUS", "IDN", "IND", "JPN", "NZL", "USA"])
    clean = network([one, many], sources=(source("s0", marking="m", coversFrom="x", coversUntil="y"),))
    net = networkx.Graph()
    net.add_nodes_from((id + poison, _poisoned(said, poison)) for id, said in clean.nodes(data=True))
    net.add_edges_from((a + poison, b + poison, _poisoned(said, poison)) for a, b, said in clean.edges(data=True))
    for key, said in clean.graph.items():
        keyed = {id + poison: about for id, about in said.items()} if key in ("engagements", "sources") else said
        net.graph[key] = _poisoned(keyed, poison)
    return net


def _poisoned(value: Any, poison: str) -> Any:
    if isinstance(value, str):
        return value if value[:4].isdigit() else value + poison
    if isinstance(value, dict):
        return {key: _poisoned(one, poison) for key, one in value.items()}
    return [_poisoned(one, poison) for one in value] if isinstance(value, (list, tuple)) else value
