from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.measures.networks import renamed

from relgraph.analysis.measures import brokerage
from relgraph.errors import UsageError

ROLES = ["coordinator", "consultant", "gatekeeper", "representative", "liaison"]


def roles(net, partition, node) -> list[int]:
    return brokerage(net, partition).set_index("id").loc[node, ROLES].tolist()


@pytest.mark.parametrize(
    ("groups", "role"),
    [("AAA", 0), ("ABA", 1), ("ABB", 2), ("AAB", 3), ("ABC", 4)],
)
def test_the_five_roles(groups, role):
    """Gould & Fernandez 1989, figure 1: start, broker and end of a directed path."""
    found = roles(nx.DiGraph([("i", "j"), ("j", "k")]), dict(zip("ijk", groups, strict=True)), "j")
    assert found == [int(n == role) for n in range(5)]


@given(st.lists(st.sampled_from("ABC"), min_size=15, max_size=15))
@settings(max_examples=20)
def test_the_medici_stand_between_28_whatever_the_partition(groups):
    net = nx.florentine_families_graph()
    partition = dict(zip(sorted(net), groups, strict=True))
    assert sum(roles(net, partition, "Medici")) == 28


def test_a_closed_path_needs_no_broker():
    assert brokerage(nx.complete_graph(4), [0, 1])["brokerage"].tolist() == [0] * 4
    closed = nx.DiGraph([("i", "j"), ("j", "k"), ("i", "k")])
    assert brokerage(closed, ["i"])["brokerage"].sum() == 0
    back = nx.DiGraph([("i", "j"), ("j", "k"), ("k", "i")])  # k to i does not close the path from i to k
    assert brokerage(back, ["i"])["brokerage"].tolist() == [1, 1, 1]


def test_partitions_in_every_form():
    net = nx.path_graph(3)
    nx.set_node_attributes(net, {0: "east", 1: "west", 2: "east"}, "region")
    expected = roles(net, {0: 1, 1: 2, 2: 1}, 1)
    assert expected == [0, 2, 0, 0, 0]
    assert roles(net, "region", 1) == roles(net, [0, 2], 1) == expected


def test_regions_are_those_of_the_lists_of_states():
    net = nx.Graph([("USA", "JPN"), ("JPN", "KOR"), ("JPN", "MEX"), ("JPN", "asean"), ("USA", "MEX")])
    nx.set_node_attributes(net, {"asean": "Organization"}, "label")
    # JPN between USA-KOR, MEX-KOR, KOR-asean (KOR is of its region), USA-asean and MEX-asean (three groups)
    assert roles(net, "region", "JPN") == [0, 0, 3, 3, 4]
    with pytest.raises(UsageError, match=r"partition: somewhere \(1\) has no group"):
        brokerage(nx.Graph([("USA", "somewhere")]), "region")
    with pytest.raises(UsageError, match="a network does not know members"):
        brokerage(net, "org:asean")


def test_who_has_no_group_is_named():
    with pytest.raises(UsageError, match=r"partition: 2 \(1\) has no group"):
        brokerage(nx.path_graph(3), {0: "a", 1: "b"})
    with pytest.raises(UsageError, match="needs a partition"):
        brokerage(nx.path_graph(3))
    with pytest.raises(UsageError, match="two-mode"):
        brokerage(nx.davis_southern_women_graph(), [])


def test_nothing_and_one():
    assert list(brokerage(nx.Graph(), [])) == [
        "id", "name", "brokerage", *ROLES, "brokerage_rank", *(f"{role}_rank" for role in ROLES),
    ]  # fmt: skip
    assert brokerage(nx.empty_graph(1), [])["brokerage"].tolist() == [0]


@settings(max_examples=40)
@given(renamed())
def test_names_do_not_matter(nets):
    net, other, names = nets
    partition = {node: node % 2 for node in net}
    ours = brokerage(net, partition).set_index("id")[ROLES].rename(index=names)
    theirs = brokerage(other, {names[node]: group for node, group in partition.items()}).set_index("id")[ROLES]
    assert ours.sort_index().to_dict() == theirs.sort_index().to_dict()
    assert (ours["gatekeeper"] == ours["representative"]).all()
