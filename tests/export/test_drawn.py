"""What an export draws of a graph: no more than its options and its query let in; the page against Cypher."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.running import Engine
from tests.export.conftest import Open

from relgraph import Graph
from relgraph.errors import UsageError
from relgraph.store import open_connection

PARTIES = "PARTY_TO|TAKES_PART_IN|PROVIDES|RECEIVES"
FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "focus": st.sampled_from(["JPN", "USA", "PHL", "AUS", "IND"]),
        "since": st.integers(2005, 2021),
        "until": st.integers(2005, 2021),
        "day": st.dates(date(2012, 1, 1), date(2020, 12, 31)),
        "kinds": st.lists(st.sampled_from(["Agreement", "Exercise", "Program", "call", "acsa", "series"]), unique=True),
        "domain": st.sampled_from(["HA/DR", "Maritime security", "Peacekeeping"]),
        "undated": st.booleans(),
        "possibly": st.booleans(),
    },
)


@pytest.fixture(scope="module")
def loaded(engine: Engine) -> Iterator[Graph]:
    """The bundled source on each engine; nothing here changes it."""
    engine.wipe()
    with open_connection(engine.settings) as connection:
        graph = Graph(connection, engine.settings)
        graph.load("csis-hayashi-2020")
        yield graph


def told(graph: Graph, ids: list[str], state: dict[str, Any]) -> set[str]:
    """The engagements that one Cypher query finds for a state of the page, among those of its network."""
    pattern, where = "MATCH (e:Engagement)", ["e.id IN $ids"]
    asked: dict[str, Any] = {**state, "ids": ids}
    if "focus" in state:
        pattern = f"MATCH (:Country {{id: $focus}})<-[:PART_OF*0..3]-(a)-[t:{PARTIES}]->(e:Engagement)"
        where.append("coalesce(t.role, '') IN $roles AND t.certainty IN ['stated', 'implied']")
        asked["roles"] = ["", "signatory", "participant", "host", "lead", "partner"]
    if "kinds" in state:
        where.append("(any(label IN labels(e) WHERE label IN $kinds) OR e.kind IN $kinds)")
    if "domain" in state:
        pattern += " MATCH (e)-[:COVERS]->(:Domain {name: $domain})"
    first, last = date(state.get("since", 1), 1, 1), date(state.get("until", 9999), 12, 31)
    spans = {"a": (first, last), "b": (state.get("day", first), state.get("day", last))}
    for name, span in spans.items():
        asked[f"{name}1"], asked[f"{name}2"] = span
    sure = "e.startBy <= ${0}2 AND e.endFrom >= ${0}1"
    maybe = "NOT (e.startFrom > ${0}2 OR e.endBy < ${0}1)"
    form = maybe if state.get("possibly", True) else sure
    dated = " AND ".join(f"({form.format(name)})" for name in spans)
    where.append(f"(e.startFrom IS NULL{'' if state.get('undated', True) else ' AND false'} OR {dated})")
    asked = {key: value for key, value in asked.items() if f"${key}" in " ".join([pattern, *where])}
    rows = graph.rows(f"{pattern} WHERE {' AND '.join(where)} RETURN DISTINCT e.id AS id", asked)
    return set(rows.column("id"))


def test_the_table_holds_what_cypher_finds(loaded: Graph, open_page: Open) -> None:
    net = loaded.drawn()
    page, ids = open_page(net), list(net.graph["engagements"])

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(FILTERS)
    def holds(state: dict[str, Any]) -> None:
        plain = {key: str(value) if key == "day" else value for key, value in state.items()}
        page.evaluate("state => relgraph.set(state)", plain)
        listed = page.evaluate("[...document.querySelectorAll('#engagements tbody tr')].map(row => row.dataset.id)")
        assert set(listed) == told(loaded, ids, state)

    holds()


def test_a_period_leaves_out_what_was_over_and_marks_what_possibly_was_not(loaded: Graph, open_page: Open) -> None:
    net = loaded.drawn(since="2018", until="2019", possibly=True)
    held = net.graph["engagements"]
    assert {"malabar-2007"} & set(loaded.drawn().graph["engagements"]) - set(held)
    page = open_page(net)
    assert page.evaluate("relgraph.state()") == {"since": 2018, "until": 2019}
    status = page.locator("#status")
    assert int(status.get_attribute("data-engagements") or 0) == len(held)
    possibly = status.get_attribute("data-possibly")
    page.evaluate("relgraph.set({})")  # what was possibly over by then is so without the control, too
    assert status.get_attribute("data-possibly") == possibly != "0"
    assert "at some time from 2018-01-01 to 2019-12-31" in page.inner_text("footer")


def test_an_open_period_shows_no_made_up_day(loaded: Graph, tmp_path: Path) -> None:
    text = loaded.export(tmp_path / "page.html", since="2018", possibly=True).read_text("utf-8")
    assert "at some time from 2018-01-01 on, possibly" in text
    assert "9999-12-31" not in text.partition("<script>/**")[0]
    policy = json.loads(loaded.export(tmp_path / "net.json", since="2018").read_text("utf-8"))["graph"]["policy"]
    assert policy["between"] == ["2018-01-01", None]
    assert "from 2018-01-01 on" in policy["text"]
    with pytest.raises(UsageError, match="leave since and until out"):
        loaded.drawn(since="2018", between=("2018", "2019"))


def test_what_the_countries_leave_out_is_not_in_the_file(loaded: Graph, tmp_path: Path) -> None:
    net = loaded.drawn(countries=["JPN", "PHL"])
    parties = [{party["id"] for party in one["parties"]} for one in net.graph["engagements"].values()]
    assert parties
    assert all({"JPN", "PHL"} <= each for each in parties)
    text = loaded.export(tmp_path / "page.html", countries=["JPN", "PHL"]).read_text("utf-8")
    assert "acsa-jpn-aus" not in text
    assert "France" not in text


def test_the_policy_counts_and_names_what_the_countries_left(loaded: Graph, open_page: Open) -> None:
    net = loaded.drawn(countries=["PHL", "THA", "IDN", "VNM"], as_of="2019-12-31", possibly=True)
    page = open_page(net)
    status = page.locator("#status")
    shown = {word: int(status.get_attribute(f"data-{word}") or 0) for word in ("engagements", "possibly", "undated")}
    assert shown == {word: net.graph["counts"][word] for word in shown}
    assert 0 < shown["engagements"] == len(net.graph["engagements"])
    assert "only ties among Philippines, Thailand and 2 more" in page.inner_text("header p")
    for words in (
        "among Philippines, Thailand, Indonesia and Vietnam; in force on 2019-12-31",
        f"possibly in force counted ({shown['possibly']}), undated counted ({shown['undated']})",
        "Others that take part in these engagements are named, but neither drawn nor tied.",
        "gathered around Japan:",
    ):
        assert words in page.inner_text("footer")


def test_two_modes_hold_only_what_the_countries_share(loaded: Graph) -> None:
    net = loaded.drawn(countries=["JPN", "PHL"], mode="two-mode")
    assert {node for node, side in net.nodes(data="bipartite") if side} == set(net.graph["engagements"]) != set()


def test_what_is_possibly_in_force_on_the_day_of_the_file_stays_so(loaded: Graph, open_page: Open) -> None:
    page = open_page(loaded.drawn(as_of="2019-12-31", possibly=True))
    possibly = page.get_attribute("#status", "data-possibly")
    page.evaluate("relgraph.set({})")  # without the control, too
    assert page.get_attribute("#status", "data-possibly") == possibly != "0"


def test_a_named_query_is_drawn(loaded: Graph) -> None:
    found = loaded.ask("exercises_of", country="JPN")
    net = loaded.drawn("exercises_of", {"country": "JPN"})
    assert set(net.graph["engagements"]) == set(found["id"])
    assert net.graph["policy"]["text"].startswith("Only what the query exercises_of returns. ")
    assert net.has_edge("IND", "JPN")


@pytest.mark.parametrize(
    ("cypher", "engagements", "nodes"),
    [
        ("MATCH (e:Agreement {id: 'acsa-jpn-aus'}) RETURN e", {"acsa-jpn-aus"}, {"AUS", "JPN"}),
        ("MATCH p = (:Country)-[]->(:Agreement {id: 'acsa-jpn-aus'}) RETURN p", {"acsa-jpn-aus"}, {"AUS", "JPN"}),
        ("MATCH (c:Country) WHERE c.id IN ['FRA', 'LAO'] RETURN c.id AS id", set(), {"FRA", "LAO"}),
        ("RETURN ['acsa-jpn-aus', 'no such thing'] AS ids", {"acsa-jpn-aus"}, {"AUS", "JPN"}),
    ],
)  # fmt: skip
def test_nodes_paths_and_ids_are_drawn(loaded: Graph, cypher: str, engagements: set[str], nodes: set[str]) -> None:
    net = loaded.drawn(cypher)
    assert (set(net.graph["engagements"]), set(net)) == (engagements, nodes)


def test_countries_are_drawn_with_what_they_share(loaded: Graph) -> None:
    net = loaded.drawn("MATCH (c:Country) WHERE c.id IN ['JPN', 'PHL'] RETURN c")
    assert net.has_edge("JPN", "PHL")
    assert "balikatan" in net.graph["engagements"]
    assert "returns, and what two of them share. " in net.graph["policy"]["text"]


def test_an_answer_without_anything_to_draw_says_so(loaded: Graph) -> None:
    with pytest.raises(UsageError, match="names no engagement, country or organization"):
        loaded.drawn("RETURN 1 AS one")


def test_half_a_year_is_kept_whole(loaded: Graph, open_page: Open) -> None:
    page = open_page(loaded.drawn(since="2018", until="2018-06", possibly=True))
    assert page.evaluate("relgraph.state()") == {"since": 2018, "until": "2018-06-30"}
    shown = [page.get_by_label(label).input_value() for label in ("from", "to", "First year", "Last year")]
    assert shown == ["2018", "2018-06-30", "2018", "2018"]
    page.get_by_label("Undated").uncheck()
    assert page.evaluate("relgraph.state()") == {"since": 2018, "until": "2018-06-30", "undated": False}
