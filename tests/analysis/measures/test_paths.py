"""Shortest paths from matrices against networkx, which finds them one by one; and what is found from what changes."""

from __future__ import annotations

from fractions import Fraction

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.measures.networks import networks

from relgraph.analysis.measures import centrality, matrices, paths
from relgraph.analysis.measures.detours import Detours
from relgraph.analysis.measures.paths import Paths
from relgraph.analysis.measures.prepared import ROUNDING

STRENGTHS = (None, None, 1, 2, 3, Fraction(1, 2), Fraction(5, 6), Fraction(11, 12))  # sums of 1/(n-1), too


def exact(net: nx.Graph) -> dict:
    """Betweenness where lengths are fractions, so that equally long paths are equal."""
    other = nx.Graph()
    other.add_nodes_from(net)
    other.add_edges_from((a, b, {"length": 1 / Fraction(w)}) for a, b, w in net.edges(data="weight"))
    return nx.betweenness_centrality(other, weight="length")


def in_floats(net: nx.Graph) -> nx.Graph:
    other = net.copy()
    for *_, about in other.edges(data=True):
        about["weight"] = float(about["weight"])
    return other


def betweenness(net: nx.Graph) -> dict:
    table = centrality(net, measures=["betweenness"])
    return dict(zip(table["id"], table["betweenness"], strict=True))


@settings(max_examples=60)
@given(networks(most=8, strengths=STRENGTHS))
def test_betweenness_is_exact(net):
    assert betweenness(in_floats(net)) == pytest.approx(exact(net), abs=1e-12)


@pytest.mark.parametrize("constant", ["ENTRIES", "SMALL"])
@settings(max_examples=15)
@given(networks(most=8))
def test_in_parts_and_for_large_networks(constant, net):
    expected = centrality(net, measures=["betweenness", "closeness", "harmonic"])
    kept = getattr(paths, constant)
    try:
        setattr(paths, constant, 3)
        found = centrality(net, measures=["betweenness", "closeness", "harmonic"])
    finally:
        setattr(paths, constant, kept)
    pd.testing.assert_frame_equal(found, expected)


def test_direction_matters():
    net = nx.gnp_random_graph(9, 0.3, seed=4, directed=True)
    table = centrality(net, measures=["betweenness", "closeness", "harmonic"]).set_index("id")
    assert table["betweenness"].to_dict() == pytest.approx(nx.betweenness_centrality(net))
    assert table["closeness"].to_dict() == pytest.approx(nx.closeness_centrality(net))
    assert table["harmonic"].to_dict() == pytest.approx(nx.harmonic_centrality(net))


def lengths(net: nx.Graph, order: list) -> np.ndarray:
    matrix = nx.to_numpy_array(net, order)
    return np.where(matrix > 0, 1 / np.where(matrix > 0, matrix, 1), np.inf)


@settings(max_examples=60)
@given(networks(most=8), st.data())
def test_longer_ties(net, data):
    order, edges = list(net), list(net.edges)
    before = Detours(Paths(lengths(net, order), ROUNDING))
    weaker = data.draw(st.lists(st.sampled_from(edges), unique=True, max_size=4)) if edges else []
    for a, b in weaker:
        left = data.draw(st.sampled_from([0, 0.5, 1]))
        net.edges[a, b]["weight"] *= left
    after = lengths(net, order)
    ties = tuple(np.array(side, dtype=int) for side in (zip(*weaker, strict=True) if weaker else ([], [])))
    found, expected = before.after(ties, after[ties]), Paths(after, ROUNDING)
    assert found.through() == pytest.approx(expected.through(), abs=1e-8)
    assert found.distance == pytest.approx(expected.distance)


def test_effective_size_of_unequal_ties():
    """Burt 1992: of a's two contacts, c gives 1/3 * 1/2 of b, and b gives 2/3 of c; 2 - 5/6."""
    net = nx.Graph()
    net.add_weighted_edges_from([("a", "b", 2), ("a", "c", 1), ("b", "c", 1), ("c", "d", 1)])
    table = centrality(net, measures=["effective_size"]).set_index("id")["effective_size"]
    assert table["a"] == pytest.approx(2 - 5 / 6)
    assert table.to_dict() == pytest.approx(nx.effective_size(net, nodes=list(net), weight="weight"))


@settings(max_examples=40)
@given(networks())
def test_matrices_give_what_networkx_gives(net):
    matrix = nx.to_numpy_array(net)
    assert matrices.core_number(matrix).tolist() == list(nx.core_number(net).values())
    assert matrices.pagerank(matrix) == pytest.approx(
        list(nx.pagerank(net, tol=1e-12, max_iter=1_000).values()), abs=1e-9
    )
    constraint = nx.constraint(net, nodes=list(net), weight="weight")
    assert matrices.constraint(matrix) == pytest.approx(list(constraint.values()), nan_ok=True)
    assert {frozenset(part.tolist()) for part in matrices.parts(matrix)} == set(
        map(frozenset, nx.connected_components(net))
    )


def test_an_eigenvector_that_a_walk_does_not_reach():
    """A long chain: the second eigenvalue is so near the first that there is another way."""
    matrix = nx.to_numpy_array(nx.path_graph(400))
    value, vector = matrices.leading(matrix)
    assert value == pytest.approx(2 * np.cos(np.pi / 401))
    assert matrix @ vector == pytest.approx(value * vector, abs=1e-9)
