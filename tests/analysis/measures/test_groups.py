from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from tests.analysis.measures.networks import networks, renamed

from relgraph.analysis.measures import groups
from relgraph.errors import UsageError


def test_zacharys_karate_club():
    """The greatest modularity of the unvalued network is .4198, of four groups (Brandes et al. 2008, table 1)."""
    net = nx.Graph(nx.karate_club_graph().edges)
    table = groups(net)
    assert table["modularity"].round(4).unique().tolist() == [0.4198]
    assert table["community"].nunique() == 4
    assert table.attrs["starts"] == 50


def test_components_are_numbered_by_size():
    net = nx.Graph([("x", "y"), ("a", "b"), ("b", "c")])
    net.add_node("alone")
    table = groups(net)
    assert table["id"].tolist() == ["a", "b", "c", "x", "y", "alone"]
    assert table["component"].tolist() == [1, 1, 1, 2, 2, 3]
    assert table["component_size"].tolist() == [3, 3, 3, 2, 2, 1]


def test_strength_decides():
    ring = nx.cycle_graph(4)
    nx.set_edge_attributes(ring, {(0, 1): 9, (2, 3): 9, (1, 2): 1, (0, 3): 1}, "weight")
    assert groups(ring).set_index("id")["community"].to_dict() == {0: 1, 1: 1, 2: 2, 3: 2}


def test_the_same_every_time_and_in_every_order():
    net = nx.florentine_families_graph()
    shuffled = nx.Graph()
    shuffled.add_nodes_from(reversed(list(net)))
    shuffled.add_edges_from(reversed(list(net.edges)))
    assert groups(net, seeds=5).equals(groups(shuffled, seeds=5))


def test_directed():
    table = groups(nx.DiGraph([("a", "b"), ("c", "b"), ("d", "e")]))
    assert table["component"].tolist() == [1, 1, 1, 2, 2]


@pytest.mark.parametrize("size", [0, 1, 3])
def test_where_nothing_is_tied(size):
    table = groups(nx.empty_graph(size))
    assert table["community"].tolist() == list(range(1, size + 1))
    assert table["modularity"].isna().all()
    assert table.attrs["notes"][0].startswith("modularity: nothing is tied")


def test_complete():
    assert groups(nx.complete_graph(5))["community"].tolist() == [1] * 5


def test_wrong_calls():
    with pytest.raises(UsageError, match="seeds=0"):
        groups(nx.path_graph(2), seeds=0)
    with pytest.raises(UsageError, match="two-mode"):
        groups(nx.davis_southern_women_graph())


@settings(max_examples=25)
@given(networks(most=6))
def test_no_partition_that_was_found_is_worse_than_the_components(net):
    table = groups(net, seeds=10)
    if not net.number_of_edges():
        return
    components = list(nx.connected_components(net))
    assert table["modularity"].max() >= nx.community.modularity(net, components) - 1e-9
    parts = [set(part) for _, part in table.groupby("community")["id"]]
    assert table["modularity"].max() == pytest.approx(nx.community.modularity(net, parts))
    assert all(any(part <= whole for whole in components) for part in parts)


@settings(max_examples=15)
@given(renamed(most=6))
def test_names_do_not_matter_to_components(nets):
    net, other, names = nets
    ours, theirs = (groups(each, seeds=1).set_index("id")["component_size"] for each in (net, other))
    assert {names[node]: size for node, size in ours.items()} == theirs.to_dict()
