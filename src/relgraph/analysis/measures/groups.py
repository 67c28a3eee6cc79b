"""Groups: who hangs together."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from math import nan
from typing import TYPE_CHECKING

from relgraph.analysis.measures.prepared import Prepared, one_mode
from relgraph.analysis.measures.tables import name_of, provenance
from relgraph.errors import UsageError

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

Groups = list[set[Hashable]]


def groups(net: nx.Graph, *, seeds: int = 50, resolution: float = 1.0) -> pd.DataFrame:
    """The component and the community of every country, one row each, the largest groups first.

    component, component_size: what hangs together at all (in a directed network: whichever the direction).
    community, community_size: the partition of greatest modularity (Newman 2006) that the Louvain method (Blondel
        et al. 2008) finds from `seeds` starts, 0 to `seeds` - 1; ties count by strength.
    modularity: that of the partition, the same in every row; NaN where nothing is tied.

    Groups are numbered from 1 by size, equal ones by their first id. `attrs["starts"]` is how many starts were
    made, `attrs["notes"]` says how many of them reached the best. A two-mode network is a `UsageError`.

    >>> import networkx as nx
    >>> table = groups(nx.barbell_graph(4, 0))
    >>> table["community"].tolist(), round(float(table["modularity"][0]), 4)
    ([1, 1, 1, 1, 2, 2, 2, 2], 0.4231)
    """
    import networkx as nx
    import pandas as pd

    if seeds < 1:
        raise UsageError(f"seeds={seeds}: give 1 or more")
    ready = one_mode(net, "groups")
    loose = nx.weakly_connected_components if ready.directed else nx.connected_components
    components = _ordered(loose(ready.simple))
    communities, modularity = _communities(ready, seeds, resolution)
    columns = {**_numbered("component", components), **_numbered("community", communities)}
    nodes = sorted(ready.nodes, key=lambda node: (columns["component"][node], columns["community"][node], str(node)))
    table = pd.DataFrame({"id": nodes, "name": [name_of(net, node) for node in nodes]})
    for name, values in columns.items():
        table[name] = pd.Series([values[node] for node in nodes], dtype="int64")
    table["modularity"] = pd.Series([modularity] * len(nodes), dtype="float64")
    table.attrs.update(provenance(net, ready.notes), starts=seeds)
    return table


def _communities(ready: Prepared, seeds: int, resolution: float) -> tuple[Groups, float]:
    """The best partition of all starts; of equally good ones the one that sorts first."""
    import networkx as nx

    if not ready.simple.number_of_edges():
        ready.notes.append("modularity: nothing is tied, so every country is a community of its own.")
        return _ordered({node} for node in ready.nodes), nan
    # Numbers for names: sets of texts have no order that lasts, and the method goes by it.
    order = sorted(ready.nodes, key=str)
    numbered = nx.DiGraph() if ready.directed else nx.Graph()
    numbered.add_nodes_from(range(len(order)))
    place = {node: n for n, node in enumerate(order)}
    edges = sorted((place[a], place[b], weight) for a, b, weight in ready.simple.edges(data="weight"))
    numbered.add_weighted_edges_from(edges)
    found = [nx.community.louvain_communities(numbered, resolution=resolution, seed=seed) for seed in range(seeds)]
    scored = [(nx.community.modularity(numbered, each, resolution=resolution), each) for each in found]
    best = max(score for score, _ in scored)
    winners = [each for score, each in scored if best - score < 1e-12]
    ready.notes.append(f"communities: {len(winners)} of {seeds} starts reached the best modularity.")
    chosen = min(winners, key=lambda each: sorted(sorted(one) for one in each))
    return _ordered({order[n] for n in one} for one in chosen), best


def _ordered(found: Iterable[Collection[Hashable]]) -> Groups:
    return sorted((set(one) for one in found), key=lambda one: (-len(one), min(map(str, one))))


def _numbered(name: str, found: Groups) -> dict[str, dict[Hashable, int]]:
    numbers = {node: n for n, one in enumerate(found, start=1) for node in one}
    sizes = {node: len(one) for one in found for node in one}
    return {name: numbers, f"{name}_size": sizes}
