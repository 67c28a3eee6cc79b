"""Formats for other programs: read back, they say what the network says."""

from __future__ import annotations

import csv
import io
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export import networks

from relgraph import export

GEXF = "{http://www.gexf.net/1.2draft}"


@pytest.fixture(params=["country", "two-mode", "directed"])
def net(request: pytest.FixtureRequest) -> networkx.Graph:
    return networks.of_mode(request.param)


def strengths(net: networkx.Graph) -> dict[tuple[str, str], float]:
    ordered = (lambda a, b: (a, b)) if net.is_directed() else (lambda a, b: tuple(sorted((a, b))))
    return {ordered(a, b): said["weight"] for a, b, said in net.edges(data=True)}


def test_json_comes_back_as_it_was(net: networkx.Graph, tmp_path: Path) -> None:
    data = json.loads(export.json(net, tmp_path / "net.json").read_text("utf-8"))
    back = networkx.node_link_graph(data, edges="edges")
    assert networkx.utils.graphs_equal(back, net)
    assert back.graph == net.graph


def test_graphml_comes_back(net: networkx.Graph, tmp_path: Path) -> None:
    back = networkx.read_graphml(export.graphml(net, tmp_path / "net.graphml"))
    assert strengths(back) == strengths(net)
    for ours, theirs in (("name", "name"), ("name", "label"), ("label", "category"), ("lat", "lat")):
        assert dict(back.nodes(data=theirs)) == dict(net.nodes(data=ours))
    assert back.is_directed() == net.is_directed()
    assert back.graph["policy"] == "Every two parties are tied."


def test_gexf_comes_back_with_spells_for_the_timeline(net: networkx.Graph, tmp_path: Path) -> None:
    path = export.gexf(net, tmp_path / "net.gexf", marking="DRAFT")
    back = networkx.read_gexf(path)
    assert strengths(back) == strengths(net)
    assert {id: said["label"] for id, said in back.nodes(data=True)} == dict(net.nodes(data="name"))
    root = ElementTree.parse(path).getroot()
    (graph,) = root.iter(f"{GEXF}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    assert root.findtext(f"{GEXF}meta/{GEXF}description").splitlines()[:2] == ["DRAFT", "Every two parties are tied."]
    spells = [spell.attrib for spell in root.iter(f"{GEXF}spell")]
    assert spells
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", day) for spell in spells for day in spell.values())
    assert all(spell for spell in spells)


def test_the_spells_of_a_tie_do_not_overlap_and_hold_the_days_of_each_engagement() -> None:
    net = networks.sample(160)
    edges = {
        (e.get("source"), e.get("target")): e for e in ElementTree.fromstring(export.gexf(net)).iter(f"{GEXF}edge")
    }
    for one, other, said in net.edges(data=True):
        spells = [(s.get("start", ""), s.get("end", "~")) for s in edges[one, other].iter(f"{GEXF}spell")]
        assert all(before[1] < after[0] for before, after in pairwise(spells))
        for bounds in (net.graph["engagements"][each["id"]]["bounds"] for each in said["engagements"] if spells):
            last = "~" if bounds[3] == "9999-12-31" else bounds[3]
            assert any(start <= bounds[0] and last <= end for start, end in spells)


def test_a_tie_with_an_undated_engagement_is_always_shown() -> None:
    dated, undated = (
        networks.engagement(id, ["AUS", "JPN"], start=start) for id, start in (("a", "2019"), ("b", None))
    )
    assert "<spell" in export.gexf(networks.network([dated]))
    assert "<spell" not in export.gexf(networks.network([dated, undated]))


def test_csv_comes_back_from_its_two_files(net: networkx.Graph, tmp_path: Path) -> None:
    net.add_node("LTU", **networks.node("LTU"))
    ties = pandas.read_csv(export.csv(net, tmp_path / "net.csv"), keep_default_na=False)
    nodes = pandas.read_csv(tmp_path / "net-nodes.csv", keep_default_na=False)
    back = networkx.from_pandas_edgelist(ties, edge_attr="weight", create_using=net.__class__)
    assert strengths(back) == strengths(net)
    assert dict(zip(nodes["id"], nodes["label"], strict=True)) == dict(net.nodes(data="name"))
    assert set(back) <= set(nodes["id"])
    assert set(ties["policy"]) == {"Every two parties are tied."}
    assert set(ties["type"]) == {"Directed" if net.is_directed() else "Undirected"}


def test_csv_is_as_igraph_and_gephi_take_it() -> None:
    """igraph: the first two columns are the ends, the first of the nodes their ids; Gephi: it knows these names."""
    net = networks.sample(30)
    ties, nodes = (csv.reader(io.StringIO(text, newline="")) for text in (export.csv(net), export.nodes(net)))
    assert next(ties)[:4] == ["source", "target", "type", "weight"]
    assert next(nodes)[:2] == ["id", "label"]
    assert all(row[0] and row[1] for row in ties)


NAMES = st.text(max_size=8) | st.sampled_from(
    ["", "=1+1", "'=1+1", "a|b", "</node>", "\x00", "\x01", "\r\n", "1", "1~1"]
)
KINDS = st.sampled_from([networkx.Graph, networkx.DiGraph])


@st.composite
def hostile(draw: st.DrawFn) -> networkx.Graph:
    """A network of any programmer's making: ids of any text or number, names of any text, attributes of any type."""
    net = draw(KINDS)()
    ids = draw(st.lists(NAMES | st.integers(0, 3), unique=True, max_size=6))
    net.add_nodes_from((id, {"name": draw(NAMES), "rank": draw(NAMES | st.integers() | st.booleans())}) for id in ids)
    for pair in draw(st.lists(st.tuples(*[st.sampled_from(ids)] * 2), max_size=8)) if ids else ():
        net.add_edge(*pair, weight=draw(st.integers(1, 9) | st.floats(0.1, 9)))
    return net


def shape(net: networkx.Graph, order: list[Any]) -> set[tuple[int, int, float]]:
    """The ties by the places of their ends."""
    place = {node: n for n, node in enumerate(order)}
    ends = ((place[a], place[b], weight) for a, b, weight in net.edges(data="weight"))
    return {(a, b, weight) if net.is_directed() else (*sorted((a, b)), weight) for a, b, weight in ends}


@given(hostile())
@settings(max_examples=60, deadline=None)
def test_whatever_the_names_the_graph_that_comes_back_has_the_same_ties(net: networkx.Graph) -> None:
    order, expected = list(net), shape(net, list(net))
    for back in (
        networkx.parse_graphml(export.graphml(net), force_multigraph=False),
        networkx.read_gexf(io.BytesIO(export.gexf(net).encode())),
    ):
        assert len(back) == len(order)
        if len(order):
            assert shape(back, list(back)) == expected
    nodes = [row["id"] for row in csv.DictReader(io.StringIO(export.nodes(net), newline=""))]
    ties = list(csv.DictReader(io.StringIO(export.csv(net), newline="")))
    if len({str(id) for id in order}) == len(order):
        assert len(set(nodes)) == len(order)
        assert {(nodes.index(t["source"]), nodes.index(t["target"])) for t in ties} == {
            (order.index(a), order.index(b)) for a, b in net.edges
        }


@pytest.mark.parametrize("write", [export.csv, export.json, export.graphml, export.gexf, export.html])
def test_same_bytes_twice_and_the_network_untouched(write: object, tmp_path: Path) -> None:
    net, other = networks.sample(30), networks.sample(30)
    one = write(net, tmp_path / "one").read_bytes()  # type: ignore[operator]
    assert one == write(other, tmp_path / "two").read_bytes()  # type: ignore[operator]
    assert networkx.utils.graphs_equal(net, networks.sample(30))


def test_hostile_names_stay_names(tmp_path: Path) -> None:
    name = '</node><x a="&\x00\ud800'
    net = networks.network([networks.engagement("a", ["AUS", "JPN"])])
    net.nodes["JPN"]["name"] = name
    net.nodes["AUS"]["name"] = "=HYPERLINK(1)"
    shown = '</node><x a="&\ufffd\ufffd'
    assert networkx.read_graphml(export.graphml(net, tmp_path / "a")).nodes["JPN"]["name"] == shown
    assert networkx.read_gexf(export.gexf(net, tmp_path / "b")).nodes["JPN"]["label"] == shown
    assert "'=HYPERLINK(1)" in export.csv(net)
    export.html(net, tmp_path / "c.html")


def test_pyvis_keeps_parallel_ties_with_positions_and_styles() -> None:
    from pyvis.network import Network

    net = networks.network([
        networks.engagement("one", ["AUS", "JPN"]),
        networks.engagement("two", ["AUS", "JPN"], label="Agreement", kind="acsa"),
        networks.engagement("large", ["AUS", "IDN", "IND", "JPN", "NZL", "USA"]),
    ])  # fmt: skip
    picture = export.pyvis(net)
    assert isinstance(picture, Network)
    assert [
        (edge["color"], edge["dashes"]) for edge in picture.edges if {edge["from"], edge["to"]} == {"AUS", "JPN"}
    ] == [
        ("#D55E00", [9, 5]),
        ("#0072B2", False),
    ]
    assert sum(edge["from"] == " large" for edge in picture.edges) == 6
    assert all({"x", "y"} <= set(node) for node in picture.nodes)
    assert "Japan" in picture.generate_html()


def test_page_without_a_path_shows_itself_in_a_notebook(sample: networkx.Graph, tmp_path: Path) -> None:
    page = export.html(sample, title='A "title"')
    shown = page._repr_html_()
    assert shown.startswith('<iframe title="A &quot;title&quot;"')
    assert "allow-same-origin" not in shown
    assert page.save(tmp_path / "page.html").read_text("utf-8") == page.text
