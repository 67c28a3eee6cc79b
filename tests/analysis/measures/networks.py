"""Small networks for tests of what holds of every one."""

from __future__ import annotations

import networkx as nx
from hypothesis import strategies as st

STRENGTHS = (None, None, 1, 2, 5, 0.5, 1 / 3)


@st.composite
def networks(draw, most: int = 7, strengths=STRENGTHS) -> nx.Graph:
    """Up to `most` nodes with ties of a few strengths; isolates and components happen."""
    size = draw(st.integers(0, most))
    net = nx.empty_graph(size)
    for a in range(size):
        for b in range(a):
            weight = draw(st.sampled_from(strengths))
            if weight:
                net.add_edge(a, b, weight=weight)
    return net


@st.composite
def renamed(draw, most: int = 7) -> tuple[nx.Graph, nx.Graph, dict]:
    """A network, the same with other names in another order, and the names."""
    net = draw(networks(most))
    names = dict(zip(net, draw(st.permutations([f"n{n}" for n in net])), strict=True))
    other = nx.Graph()
    other.add_nodes_from(sorted(names.values()))
    other.add_weighted_edges_from((names[a], names[b], w) for a, b, w in net.edges(data="weight"))
    return net, other, names
