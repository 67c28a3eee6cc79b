from __future__ import annotations

import pandas as pd
import pytest
from tests.analysis.making import claim, engagement, net, reading

import relgraph
from relgraph.analysis.changes import changes
from relgraph.analysis.matrix import matrix_of
from relgraph.analysis.policy import Policy
from relgraph.errors import UsageError

SOURCES = {
    "paper": {
        "id": "paper",
        "name": "A paper",
        "licence": "CC0-1.0",
        "redistributable": True,
        "citation": "@misc{p}\n",
    },
    "list": {"id": "list", "name": "A list", "redistributable": False},
}
WHOLE = reading(
    engagement("acsa", "JPN", label="Agreement", when="2016 / 2030", claims=[claim("acsa", "AUS", source="list", n=3)]),
    sources=SOURCES,
)
TEXT = """\
% list: licence not stated; data may not be redistributed
@misc{list, title = {A list}}

% paper: CC0-1.0
@misc{p}"""
DAYS = pd.Timestamp("2015-01-01").date(), pd.Timestamp("2020-01-01").date()
RESULTS = {
    "network": net(WHOLE),
    "measure": relgraph.measures.centrality(net(WHOLE)),
    "pairs": relgraph.measures.similarity(net(WHOLE)),
    "matrix": matrix_of(WHOLE, Policy(), ["JPN", "AUS"], "kind"),
    "matrix as a table": matrix_of(WHOLE, Policy(), ["JPN", "AUS"], "kind").table(),
    "changes": changes(WHOLE, Policy(), *DAYS).table(),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
def test_every_source_under_a_result(result):
    found = relgraph.cite(result)
    assert found == TEXT
    assert found.licences == {"list": None, "paper": "CC0-1.0"}
    assert found.not_redistributable == ("list",)


def test_only_the_sources_that_are_under_it():
    assert relgraph.cite(net(WHOLE, countries=["JPN"], roles="observer")) == ""


@pytest.mark.parametrize("nothing", [pd.DataFrame(), 3, "text"], ids=repr)
def test_what_names_no_sources(nothing):
    with pytest.raises(UsageError, match="names no sources"):
        relgraph.cite(nothing)


def test_answers_of_a_graph(graph):
    graph.load("csis-hayashi-2020")
    results = [
        graph.ask("parties_of", agreement="vientiane-vision"),
        graph.ties("JPN", "PHL"),
        graph.dyads(("2015", "2015"), kinds="Exercise"),
        graph.panel("hub_and_spoke", ["2015-01-01"]),
    ]
    for result in results:
        assert relgraph.cite(result) == f"% csis-hayashi-2020: {_licence(graph)}\n{graph.bibtex('csis-hayashi-2020')}"
    with pytest.raises(UsageError, match="names no sources"):
        relgraph.cite(graph.query("RETURN 1 AS one"))


def _licence(graph) -> str:
    rows = dict(graph.sources("csis-hayashi-2020").rows)
    return rows["licence"]
