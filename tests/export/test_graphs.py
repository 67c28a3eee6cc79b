"""Formats for other programs: read back, they say what the network says."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx
import pytest
from tests.export import networks

from relgraph import export


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
    assert dict(back.nodes(data="name")) == dict(net.nodes(data="name"))
    assert back.graph["policy"] == "Every two parties are tied."


def test_gexf_comes_back_with_spells_for_the_timeline(net: networkx.Graph, tmp_path: Path) -> None:
    path = export.gexf(net, tmp_path / "net.gexf")
    back = networkx.read_gexf(path)
    assert strengths(back) == strengths(net)
    assert {id: said["label"] for id, said in back.nodes(data=True)} == dict(net.nodes(data="name"))
    text = path.read_text("utf-8")
    assert '<spell start="20' in text or 'start="20' in text
    assert "9999-12-31" not in text
    assert "lastmodifieddate" not in text


def test_csv_comes_back(net: networkx.Graph, tmp_path: Path) -> None:
    text = export.csv(net, tmp_path / "net.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    back = net.__class__()
    for row in rows:
        if row["target"]:
            back.add_edge(row["source"], row["target"], weight=float(row["weight"]))
        else:
            back.add_node(row["source"])
    assert strengths(back) == strengths(net)
    assert set(back) == set(net)
    assert {row["policy"] for row in rows} == {"Every two parties are tied."}


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
