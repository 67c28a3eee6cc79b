from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau
from tests.analysis.measures.networks import networks, renamed

from relgraph.analysis.measures import similarity
from relgraph.analysis.measures.similarity import MEASURES, cohen_kappa, s_score, scott_pi, tau_b
from relgraph.errors import UsageError


def test_signorino_and_ritter():
    """The worked example of known values: S of (3,3,2,2) and (2,2,3,3), weights (.5,.3,.1,.1), is 1/3."""
    assert s_score((3, 3, 2, 2), (2, 2, 3, 3), (0.5, 0.3, 0.1, 0.1), greatest=3) == pytest.approx(1 / 3)


def nominal(ours, theirs) -> tuple[float, float]:
    """Scott's pi and Cohen's kappa for yes and no, as their authors write them."""
    n = len(ours)
    agreed = sum(a == b for a, b in zip(ours, theirs, strict=True)) / n
    first, second = sum(ours) / n, sum(theirs) / n
    both = (first + second) / 2
    by_pi, by_kappa = both**2 + (1 - both) ** 2, first * second + (1 - first) * (1 - second)
    nan = float("nan")
    return (
        (agreed - by_pi) / (1 - by_pi) if by_pi < 1 else nan,
        (agreed - by_kappa) / (1 - by_kappa) if by_kappa < 1 else nan,
    )


BITS = st.integers(1, 8).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 1), min_size=n, max_size=n)] * 2))
ENTRIES = st.integers(1, 8).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n)] * 2))


@given(BITS)
def test_for_yes_and_no_they_are_the_nominal_ones(both):
    assert (scott_pi(*both), cohen_kappa(*both)) == pytest.approx(nominal(*both), nan_ok=True)


@given(ENTRIES)
def test_tau_b_is_that_of_scipy(both):
    expected = kendalltau(*both).statistic if all(len(set(one)) > 1 for one in both) else float("nan")
    assert tau_b(*both) == pytest.approx(expected, nan_ok=True)


@given(ENTRIES)
def test_equal_portfolios_are_wholly_alike(both):
    ours, _ = both
    assert s_score(ours, ours, greatest=3) == 1
    if len(set(ours)) > 1:
        assert (scott_pi(ours, ours), cohen_kappa(ours, ours), tau_b(ours, ours)) == pytest.approx((1, 1, 1))


def pair(table: pd.DataFrame, a, b) -> pd.Series:
    return table[(table["id_a"] == a) & (table["id_b"] == b)].iloc[0]


def test_portfolios_of_a_network():
    """AUS: (2, 1, 0), JPN: (1, 2, 2), USA: (0, 2, 2): the greatest strength stands for oneself."""
    net = nx.Graph()
    net.add_weighted_edges_from([("AUS", "JPN", 1), ("JPN", "USA", 2)])
    table = similarity(net)
    assert pair(table, "AUS", "JPN")["s"] == pytest.approx(1 - 2 * 4 / 6)
    assert pair(table, "JPN", "USA")["s"] == pytest.approx(1 - 2 * 1 / 6)
    assert table.loc[0, ["id_a", "id_b"]].tolist() == ["JPN", "USA"]
    assert pair(similarity(net, greatest=4), "JPN", "USA")["s"] == pytest.approx(1 - 2 * 1 / 12)
    weighted = similarity(net, weights={"AUS": 1, "JPN": 0, "USA": 0})
    assert pair(weighted, "JPN", "USA")["s"] == pytest.approx(1 - 2 * 1 / 2)


def test_by_kind():
    net = nx.Graph(engagements={"a": {"kind": "acsa", "label": "Agreement"}, "e": {"kind": "x", "label": "Exercise"}})
    net.add_edge("JPN", "USA", weight=1, engagements=[{"id": "a"}])
    net.add_edge("KOR", "USA", weight=1, engagements=[{"id": "e"}])
    assert pair(similarity(net), "JPN", "KOR")["s"] == pytest.approx(1 - 2 * 2 / 3)
    # two entries for each country: acsa (1, 0, 1), (0, 1, 0) and x (1, 0, 0), (0, 1, 1)
    assert pair(similarity(net, by="kind"), "JPN", "KOR")["s"] == pytest.approx(1 - 2 * 6 / 6)
    assert similarity(net, by="label").equals(similarity(net, by="kind"))


def test_wrong_calls():
    net = nx.path_graph(3)
    for options, message in (
        ({"by": "size"}, "strength, label or kind"),
        ({"by": "kind"}, "does not list its engagements"),
        ({"weights": {0: 1}}, r"weights: 1, 2 \(2\) has none"),
        ({"weights": {0: 1, 1: -1, 2: 1}}, "0 or more"),
        ({"greatest": 0.5}, "as strong as 1"),
    ):
        with pytest.raises(UsageError, match=message):
            similarity(net, **options)
    with pytest.raises(UsageError, match="two-mode"):
        similarity(nx.davis_southern_women_graph())
    with pytest.raises(UsageError, match="equally long"):
        s_score((1, 2), (1, 2, 3))


@pytest.mark.parametrize("size", [0, 1])
def test_no_pairs(size):
    assert len(similarity(nx.empty_graph(size))) == 0


def test_where_nothing_is_tied_nothing_can_be_said():
    assert similarity(nx.empty_graph(3))[list(MEASURES)].isna().all(axis=None)


def test_complete():
    table = similarity(nx.complete_graph(4))
    assert set(table["s"]) == {1}
    assert table["tau_b"].isna().all()


@settings(max_examples=40)
@given(renamed(most=5))
def test_names_do_not_matter(nets):
    net, other, names = nets
    ours, theirs = similarity(net), similarity(other)
    for _, row in ours.iterrows():
        again = pair(theirs, *sorted((names[row["id_a"]], names[row["id_b"]])))
        assert row[list(MEASURES)].tolist() == pytest.approx(again[list(MEASURES)].tolist(), nan_ok=True)


@settings(max_examples=40)
@given(networks(most=5))
def test_ranges(net):
    table = similarity(net)
    for measure in MEASURES:
        assert table[measure].dropna().between(-1 - 1e-9, 1 + 1e-9).all()
