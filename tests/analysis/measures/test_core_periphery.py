from __future__ import annotations

from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from tests.analysis.measures.networks import networks, renamed

from relgraph.analysis.measures import core_periphery
from relgraph.errors import UsageError


def core(table) -> set:
    return set(table.loc[table["core"], "id"])


def by_hand(net: nx.Graph) -> float:
    """The greatest correlation over all memberships, each pair of nodes an observation."""
    pairs = list(combinations(net, 2))
    strengths = [net.edges[pair]["weight"] if net.has_edge(*pair) else 0 for pair in pairs]
    fits = [float("nan")]
    for inside in product([False, True], repeat=len(net)):
        member = dict(zip(net, inside, strict=True))
        pattern = [member[a] or member[b] for a, b in pairs]
        if len(set(pattern)) > 1 and len(set(strengths)) > 1:
            fits.append(float(np.corrcoef(strengths, pattern)[0, 1]))
    return float(np.nanmax(fits)) if len(fits) > 1 else float("nan")


def test_an_ideal_pattern_fits_wholly():
    net = nx.complete_graph(3)
    net.add_edges_from((a, b) for a in range(3) for b in range(3, 8))
    table = core_periphery(net)
    assert core(table) == {0, 1, 2}
    assert table["fit"].tolist() == pytest.approx([1] * 8)
    assert table["id"].tolist() == list(range(8))


def test_a_star():
    assert core(core_periphery(nx.star_graph(5))) == {0}


def test_strength_counts():
    net = nx.complete_graph(5)
    nx.set_edge_attributes(net, 1, "weight")
    for other in range(1, 5):
        net.edges[0, other]["weight"] = 7
    table = core_periphery(net)
    assert core(table) == {0}
    assert table["fit"][0] == pytest.approx(1)


@settings(max_examples=40)
@given(networks(most=6))
def test_no_membership_fits_better(net):
    table = core_periphery(net)
    expected = by_hand(net)
    if len(net):
        assert table["fit"][0] == pytest.approx(expected, nan_ok=True)
    if np.isnan(expected):
        assert not core(table)


def test_the_same_in_every_order():
    net = nx.florentine_families_graph()
    shuffled = nx.Graph()
    shuffled.add_nodes_from(reversed(list(net)))
    shuffled.add_edges_from(net.edges)
    assert core_periphery(net).equals(core_periphery(shuffled))
    assert "Medici" in core(core_periphery(net))


@pytest.mark.parametrize("net", [nx.empty_graph(0), nx.empty_graph(1), nx.empty_graph(4), nx.complete_graph(4)])
def test_no_pattern_to_fit(net):
    table = core_periphery(net)
    assert not core(table)
    assert table["fit"].isna().all()
    assert table.attrs["notes"]


def test_pieces_and_isolates():
    net = nx.disjoint_union(nx.star_graph(4), nx.empty_graph(2))
    assert core(core_periphery(net)) == {0}


def test_wrong_calls():
    with pytest.raises(UsageError, match="starts=0"):
        core_periphery(nx.path_graph(3), starts=0)
    with pytest.raises(UsageError, match="two-mode"):
        core_periphery(nx.davis_southern_women_graph())


@settings(max_examples=20)
@given(renamed(most=6))
def test_names_do_not_matter_to_the_fit(nets):
    net, other, _ = nets
    ours, theirs = core_periphery(net)["fit"], core_periphery(other)["fit"]
    assert ours.tolist() == pytest.approx(theirs.tolist(), nan_ok=True)
