"""Hub and spoke: how far a network is drawn to one country, and how little its partners have with each other."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import nan, sqrt
from typing import TYPE_CHECKING

from relgraph.analysis.measures.centrality import eigenvector
from relgraph.analysis.measures.prepared import Prepared, one_mode
from relgraph.analysis.measures.tables import name_of, provenance

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


def hub_and_spoke(net: nx.Graph) -> pd.DataFrame:
    """How centralized a network is, its hub, and the density among the hub's spokes: one row.

    hub, hub_name: who has the most ties (of several, the greatest betweenness); None where that leaves several.
    nodes, ties, density; spokes: the hub's partners; spoke_density: ties among them over all that could be, NaN
        for fewer than two.
    degree_centralization, betweenness_centralization, closeness_centralization, eigenvector_centralization: the
        sum of differences to the most central, over that sum in a star of the same size, which has 1 (Freeman
        1979, Social Networks 1, 215-239). NaN for fewer than three nodes; the last two also for a network in
        pieces. Of eigenvectors a star has not the greatest sum: some networks come out slightly above 1.

    A tie counts once, however strong and in whichever direction. A two-mode network is a `UsageError`.

    >>> import networkx as nx
    >>> table = hub_and_spoke(nx.florentine_families_graph()).round(5)
    >>> table[["hub", "degree_centralization", "betweenness_centralization"]].values.tolist()
    [['Medici', 0.27473, 0.43681]]
    """
    import networkx as nx
    import pandas as pd

    ready = one_mode(net, "hub_and_spoke")
    flat = ready.flat()
    hub = _hub(flat, ready)
    spokes = [] if hub is None else list(flat[hub])
    row = {
        "hub": hub,
        "hub_name": None if hub is None else name_of(net, hub),
        "nodes": len(flat),
        "ties": flat.number_of_edges(),
        "density": nx.density(flat) if len(flat) > 1 else nan,
        "spokes": len(spokes),
        "spoke_density": nx.density(flat.subgraph(spokes)) if len(spokes) > 1 else nan,
        **_centralizations(flat, ready),
    }
    table = pd.DataFrame([row])
    table.attrs.update(provenance(net, ready.notes))
    return table


def _hub(flat: nx.Graph, ready: Prepared) -> Hashable | None:
    """The node of most ties, then of most betweenness; None where several have both, or nobody any."""
    import networkx as nx

    most = max((degree for _, degree in flat.degree()), default=0)
    found = [node for node, degree in flat.degree() if degree == most] if most else []
    if len(found) > 1:
        through = nx.betweenness_centrality(flat)
        top = max(through[node] for node in found)
        found = [node for node in found if top - through[node] < 1e-10]
    if len(found) == 1:
        return found[0]
    ready.notes.append(
        f"hub: {len(found)} countries have equally many ties and betweenness." if found else "hub: none."
    )
    return None


def _centralizations(flat: nx.Graph, ready: Prepared) -> dict[str, float]:
    import networkx as nx

    n = len(flat)
    names = [f"{measure}_centralization" for measure in ("degree", "betweenness", "closeness", "eigenvector")]
    if n < 3:
        ready.notes.append("centralization: not defined for fewer than three nodes.")
        return dict.fromkeys(names, nan)
    found = dict.fromkeys(names, nan)
    found[names[0]] = _spread(dict(flat.degree())) / ((n - 1) * (n - 2))
    found[names[1]] = _spread(nx.betweenness_centrality(flat)) / (n - 1)
    if not nx.is_connected(flat):
        ready.notes.append("closeness and eigenvector centralization: not defined for a network in pieces.")
        return found
    found[names[2]] = _spread(nx.closeness_centrality(flat)) * (2 * n - 3) / ((n - 1) * (n - 2))
    vector = eigenvector(Prepared(flat, flat))
    greatest = max(vector.values())
    scaled = {node: value / greatest for node, value in vector.items()}
    found[names[3]] = _spread(scaled) / ((n - 1) * (1 - 1 / sqrt(n - 1)))
    return found


def _spread(values: Mapping[Hashable, float]) -> float:
    greatest = max(values.values())
    return sum(greatest - value for value in values.values())
