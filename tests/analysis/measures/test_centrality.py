"""Centrality against published numbers, networkx, and what must hold of any network."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relgraph.analysis.measures import centrality
from relgraph.errors import UsageError

MEASURES = [
    "degree", "strength", "engagements", "betweenness", "closeness", "harmonic", "eigenvector", "pagerank",
    "constraint", "effective_size", "core_number",
]  # fmt: skip


def values(net, measure, digits=4, **options) -> dict:
    table = centrality(net, measures=[measure], **options)
    return dict(zip(table["id"], table[measure].round(digits), strict=True))


@pytest.mark.parametrize(
    ("measure", "digits", "expected"),
    [
        (
            "betweenness",
            4,
            {
                "Medici": 0.5220, "Guadagni": 0.2546, "Albizzi": 0.2125, "Salviati": 0.1429,
                "Ridolfi": 0.1136, "Bischeri": 0.1044, "Strozzi": 0.1026, "Barbadori": 0.0934,
            },
        ),
        ("closeness", 4, {"Medici": 0.56, "Ridolfi": 0.5}),
        ("harmonic", 4, {"Medici": 9.5, "Guadagni": 8.0833}),
        ("eigenvector", 4, {"Medici": 0.4303, "Strozzi": 0.3560, "Ridolfi": 0.3416}),
        ("pagerank", 5, {"Medici": 0.14582, "Guadagni": 0.09840}),
        ("constraint", 4, {"Medici": 0.2099, "Guadagni": 0.2500, "Albizzi": 0.3333}),
    ],
)  # fmt: skip
def test_florentine_families(measure, digits, expected):
    """Padgett & Ansell 1993; the values are those that the literature and every package give."""
    found = values(nx.florentine_families_graph(), measure, digits)
    assert {family: found[family] for family in expected} == expected


def test_burts_toy_graph():
    """Burt 1992, Structural Holes, figure 2.2; Borgatti 1997 works it out."""
    net = nx.Graph(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"])
    assert {node: values(net, "constraint", 3)[node] for node in "GAC"} == {"G": 0.4, "A": 0.595, "C": 1}
    assert {node: values(net, "effective_size", 2)[node] for node in "GA"} == {"G": 4.67, "A": 2.5}


def test_strength_is_not_taken_for_distance():
    net = nx.Graph()
    net.add_weighted_edges_from([("J", "U", 5), ("U", "A", 5), ("J", "A", 1)])
    assert values(net, "betweenness") == {"U": 1, "J": 0, "A": 0}
    assert values(net, "strength") == {"J": 6, "U": 10, "A": 6}
    assert values(net, "closeness")["U"] == 5


def test_paths_that_are_equally_long_are_equal():
    """1/10 + 1/5 and 1/20 + 1/4 are both 3/10, but not in floating point."""
    net = nx.Graph()
    net.add_weighted_edges_from([("a", "b", 10), ("b", "z", 5), ("a", "c", 20), ("c", "z", 4)])
    found = centrality(net, measures=["betweenness"]).set_index("id")["betweenness"]
    assert found["b"] == found["c"] == pytest.approx(1 / 6)


def test_two_mode():
    """Davis's Southern Women; networkx's bipartite functions for the two that it has."""
    net = nx.davis_southern_women_graph()
    women = net.graph["top"]
    table = centrality(net).set_index("id")
    assert set(table.index) == set(women)
    assert table.loc["Evelyn Jefferson", "degree"] == 8
    for measure in ("betweenness", "closeness"):
        theirs = getattr(nx.bipartite, f"{measure}_centrality")(net, women)
        assert table[measure].to_dict() == pytest.approx({woman: theirs[woman] for woman in women})
    assert (table["eigenvector"] ** 2).sum() == pytest.approx(1)
    assert table["constraint"].isna().all()
    assert any("constraint" in note for note in table.attrs["notes"])
    events = centrality(net, side="engagements").set_index("id")
    assert set(events.index) == set(net) - set(women)
    assert events.loc["E8", ["degree", "degree_rank"]].tolist() == [14, 1]


def test_directed():
    net = nx.DiGraph([("JPN", "PHL"), ("JPN", "VNM"), ("AUS", "VNM")])
    table = centrality(net).set_index("id")
    assert table.loc["VNM", ["degree", "in_degree", "out_degree"]].tolist() == [2, 2, 0]
    assert table["eigenvector"].isna().all()
    ring = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")])
    assert values(ring, "eigenvector") == dict.fromkeys("abc", 0.5774)


def test_ranks_show_ties():
    table = centrality(nx.star_graph(3), measures=["degree", "betweenness"])
    assert table["degree_rank"].tolist() == [1, 2, 2, 2]
    assert table["id"].tolist() == [0, 1, 2, 3]
    assert list(table) == ["id", "name", "degree", "betweenness", "degree_rank", "betweenness_rank"]


def test_all_columns_in_their_order():
    assert list(centrality(nx.path_graph(3))) == ["id", "name", *MEASURES, *(f"{m}_rank" for m in MEASURES)]


def test_an_isolate_has_no_constraint_and_the_table_says_why():
    net = nx.path_graph(3)
    net.add_node("alone", name="Alone")
    table = centrality(net).set_index("id")
    assert table.loc["alone", "name"] == "Alone"
    assert pd.isna(table.loc["alone", "constraint"])
    assert pd.isna(table.loc["alone", "constraint_rank"])
    assert table.loc["alone", ["degree", "harmonic", "eigenvector"]].tolist() == [0, 0, 0]
    assert any(note.startswith("effective_size: not defined") for note in table.attrs["notes"])


def test_components_of_one_size_have_no_eigenvector():
    table = centrality(nx.Graph([("a", "b"), ("c", "d")]))
    assert table["eigenvector"].isna().all()
    assert any("tie for the largest eigenvalue" in note for note in table.attrs["notes"])


def test_the_vector_of_a_disconnected_network_is_the_leading_one():
    net = nx.disjoint_union(nx.complete_graph(4), nx.path_graph(2))
    assert values(net, "eigenvector") == {**dict.fromkeys(range(4), 0.5), 4: 0, 5: 0}
    assert any("2 components" in note for note in centrality(net).attrs["notes"])


def test_nothing_and_one():
    assert list(centrality(nx.Graph())) == list(centrality(nx.path_graph(2)))
    assert len(centrality(nx.Graph())) == 0
    (row,) = centrality(nx.empty_graph(1)).to_dict("records")
    assert (row["degree"], row["betweenness"], row["closeness"], row["pagerank"]) == (0, 0, 0, 1)


def test_complete():
    table = centrality(nx.complete_graph(5))
    assert set(table["betweenness"]) == {0}
    assert set(table["closeness"]) == {1}
    assert set(table["core_number"]) == {4}
    assert (table.filter(like="_rank").drop(columns="engagements_rank") == 1).all().all()


def test_loops_and_parallel_ties_are_said():
    net = nx.MultiGraph([("a", "b"), ("a", "b"), ("b", "b"), ("b", "c")])
    table = centrality(net).set_index("id")
    assert table.loc["b", ["degree", "strength"]].tolist() == [2, 3]
    assert any("itself" in note for note in table.attrs["notes"])
    assert any("added up" in note for note in table.attrs["notes"])


@pytest.mark.parametrize("weight", [0, -1, float("inf"), float("nan"), "2"])
def test_a_weight_that_is_no_strength(weight):
    net = nx.Graph()
    net.add_edge("a", "b", weight=weight)
    with pytest.raises(UsageError, match="a and b has weight"):
        centrality(net)


def test_wrong_options_are_named():
    with pytest.raises(UsageError, match="known are degree"):
        centrality(nx.path_graph(2), measures=["degre"])
    with pytest.raises(UsageError, match="two-mode"):
        centrality(nx.path_graph(2), side="engagements")
    with pytest.raises(UsageError, match="parties or engagements"):
        centrality(nx.path_graph(2), side="events")


def test_what_stands_under_the_table():
    net = nx.Graph([("JPN", "USA")])
    assert centrality(net).attrs["policy"] == "The policy of this network is not known."
    assert centrality(net).attrs["warning"] is None
    net.graph = {"policy": {"text": "All."}, "sources": {"p": {"ego": ["JPN"]}, "q": {}}, "ego": ["JPN"]}
    net.nodes["JPN"]["name"] = "Japan"
    attrs = centrality(net).attrs
    assert (attrs["policy"], attrs["ego"], list(attrs["sources"])) == ("All.", ["JPN"], ["p", "q"])
    assert attrs["warning"].startswith("Of the sources, p was gathered around Japan")


@st.composite
def networks(draw):
    """Up to seven nodes with ties of a few strengths; isolates and components happen."""
    size = draw(st.integers(0, 7))
    pairs = [(a, b) for a in range(size) for b in range(a)]
    net = nx.empty_graph(size)
    for a, b in pairs:
        weight = draw(st.sampled_from([None, None, 1, 2, 5, 0.5, 1 / 3]))
        if weight:
            net.add_edge(a, b, weight=weight)
    return net


@settings(max_examples=40)
@given(networks(), st.randoms(use_true_random=False))
def test_names_do_not_matter(net, random):
    order = list(net)
    random.shuffle(order)
    renamed = {node: f"n{place}" for node, place in zip(net, order, strict=True)}
    ours = centrality(net).set_index("id").rename(index=renamed).sort_index().drop(columns="name")
    theirs = centrality(nx.relabel_nodes(net, renamed)).set_index("id").sort_index().drop(columns="name")
    pd.testing.assert_frame_equal(ours, theirs, check_names=False, check_dtype=False, check_index_type=False)


@settings(max_examples=40)
@given(networks())
def test_what_networkx_says_of_the_same(net):
    distances = {(a, b): 1 / w for a, b, w in net.edges(data="weight")}
    other = net.copy()
    nx.set_edge_attributes(other, distances, "distance")
    table = centrality(net).set_index("id")
    assert table["closeness"].to_dict() == pytest.approx(nx.closeness_centrality(other, distance="distance"))
    assert table["harmonic"].to_dict() == pytest.approx(nx.harmonic_centrality(other, distance="distance"))
    assert table["degree"].to_dict() == dict(net.degree())


@settings(max_examples=40)
@given(networks())
def test_an_isolate_more_changes_only_what_depends_on_who_is_there(net):
    more = net.copy()
    more.add_node("alone")
    same = ["degree", "strength", "harmonic", "constraint", "effective_size", "core_number"]
    ours = centrality(net, measures=same).set_index("id")[same]
    theirs = centrality(more, measures=same).set_index("id")[same].drop(index="alone")
    pd.testing.assert_frame_equal(ours.sort_index(), theirs.sort_index(), check_dtype=False, check_index_type=False)


@settings(max_examples=40)
@given(networks())
def test_ranges(net):
    table = centrality(net)
    assert table["betweenness"].between(0, 1 + 1e-9).all()
    assert table["pagerank"].sum() == pytest.approx(1 if len(net) else 0)
    squares = (table["eigenvector"] ** 2).sum()
    assert squares == pytest.approx(0 if table["eigenvector"].isna().all() else 1)
    assert (table["strength"].sum() / 2) == pytest.approx(net.size(weight="weight"))
