from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from tests.analysis.measures.networks import networks, renamed

from relgraph.analysis.measures import hub_and_spoke
from relgraph.errors import UsageError

CENTRALIZATIONS = [f"{measure}_centralization" for measure in ("degree", "betweenness", "closeness", "eigenvector")]


def row(net) -> dict:
    (only,) = hub_and_spoke(net).to_dict("records")
    return only


def test_florentine_families():
    """Freeman centralization as in Wasserman & Faust 1994, ch. 5, for the 15 tied families."""
    found = row(nx.florentine_families_graph())
    assert (found["hub"], found["spokes"], round(found["density"], 3)) == ("Medici", 6, 0.190)
    assert found["degree_centralization"] == pytest.approx(0.27473, abs=5e-6)
    assert found["betweenness_centralization"] == pytest.approx(0.43681, abs=5e-6)
    assert found["spoke_density"] == pytest.approx(1 / 15)  # Ridolfi and Tornabuoni alone


@pytest.mark.parametrize("spokes", [2, 5, 9])
def test_a_star_is_all_hub(spokes):
    found = row(nx.star_graph(spokes))
    assert found["hub"] == 0
    assert found["spoke_density"] == 0
    assert [found[name] for name in CENTRALIZATIONS] == pytest.approx([1] * 4)


def test_a_complete_network_has_no_hub():
    table = hub_and_spoke(nx.complete_graph(4))
    assert table.loc[0, CENTRALIZATIONS].tolist() == pytest.approx([0] * 4)
    assert table.loc[0, "hub"] is None
    assert table.attrs["notes"] == ["hub: 4 countries have equally many ties and betweenness."]


def test_strength_and_direction_do_not_matter():
    net = nx.DiGraph([("a", "b"), ("b", "a"), ("c", "a")])
    net.add_edge("a", "d", weight=9)
    assert row(net)["degree_centralization"] == pytest.approx(1)
    assert row(net)["ties"] == 3


def test_pieces_have_no_closeness_or_eigenvector_centralization():
    table = hub_and_spoke(nx.disjoint_union(nx.star_graph(3), nx.path_graph(2)))
    assert table["hub"].tolist() == [0]
    assert table[CENTRALIZATIONS[2:]].isna().all(axis=None)
    assert table[CENTRALIZATIONS[:2]].notna().all(axis=None)


@pytest.mark.parametrize("size", [0, 1, 2])
def test_too_small(size):
    table = hub_and_spoke(nx.empty_graph(size))
    assert table["nodes"].tolist() == [size]
    assert table[CENTRALIZATIONS].isna().all(axis=None)


def test_two_modes_are_refused():
    with pytest.raises(UsageError, match="hub_and_spoke is not defined for a two-mode network"):
        hub_and_spoke(nx.davis_southern_women_graph())


@settings(max_examples=40)
@given(renamed())
def test_names_do_not_matter(nets):
    net, other, names = nets
    ours, theirs = row(net), row(other)
    assert names.get(ours.pop("hub")) == theirs.pop("hub")
    assert ours.pop("hub_name") is None or theirs["hub_name"]
    theirs.pop("hub_name")
    assert ours == pytest.approx(theirs, nan_ok=True)


@settings(max_examples=40)
@given(networks())
def test_between_nothing_and_a_star(net):
    for name in CENTRALIZATIONS:
        assert not row(net)[name] < -1e-9
        assert not row(net)[name] > 1 + 1e-9
