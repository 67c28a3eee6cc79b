"""A load does what is left to do and nothing else: nothing the second time, one row where one row changed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from tests.ingest.making import PACT, PACT_TABLES, make_source, pact, sound

from relgraph.errors import DataError, UsageError
from relgraph.graph import Graph
from relgraph.ingest.check import check_source
from relgraph.ingest.plan import Planner
from relgraph.ingest.source import open_source

WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE)\b")
AGREEMENTS, PARTIES = PACT_TABLES["agreements.csv"], PACT_TABLES["parties.csv"]


def writes(statements: list[str]) -> list[str]:
    """The statements that would change the graph."""
    return [line for line in statements if WRITES.search(line)]


def contents(graph: Graph) -> set[tuple]:
    """Every thing, and every tie with its ends, with the properties that people see."""
    things = graph.rows("MATCH (n) RETURN labels(n) AS labels, properties(n) AS said").rows
    ties = graph.rows("MATCH (a)-[t]->(b) RETURN [a.id, type(t), b.id] AS tie, properties(t) AS said").rows
    return {(tuple(sorted(what)), _said(said)) for what, said in things} | {
        (tuple(what), _said(said)) for what, said in ties
    }


def _said(properties: dict) -> tuple:
    return tuple(sorted((k, str(v)) for k, v in properties.items() if k not in ("hash", "fingerprint")))


def parties(graph: Graph, agreement: str) -> set[tuple[str, str]]:
    """Who is party to it, by which source."""
    statement = "MATCH (p)-[t:PARTY_TO]->(a {id: $id}) RETURN p.id AS party, t.source AS source"
    return {tuple(row) for row in graph.rows(statement, id=agreement).rows}


def cited(graph: Graph, id: str) -> set[str]:
    """The sources that cite a thing."""
    return {row[0] for row in graph.rows("MATCH ({id: $id})-[:CITED_IN]->(s) RETURN s.id AS id", id=id).rows}


def test_the_second_load_plans_nothing_and_writes_nothing(traced, tmp_path):
    graph, statements = traced
    source = pact(tmp_path)
    assert str(graph.load(source)) == "+9 ~0 -0"
    before = graph.content_hash()
    statements.clear()
    assert not graph.load(source)
    assert not graph.load(source, source)
    assert writes(statements) == []
    assert graph.content_hash() == before


def test_a_source_whose_file_changed_but_not_what_it_says_writes_nothing(traced, tmp_path):
    graph, statements = traced
    graph.load(pact(tmp_path))
    before = graph.content_hash()
    statements.clear()
    plan = graph.load(pact(tmp_path, parties=PARTIES.replace("\n", "\r\n")))
    assert (bool(plan), str(plan), plan.counts()) == (False, "+0 ~0 -0", [])
    assert writes(statements) == []
    assert graph.content_hash() == before


def test_a_dry_run_plans_the_same_and_writes_nothing(traced, tmp_path):
    graph, statements = traced
    source = pact(tmp_path)
    planned = graph.load(source, dry_run=True)
    assert writes(statements) == []
    assert graph.rows("MATCH (n) RETURN count(n) AS n").rows == [[0]]
    loaded = graph.load(source)
    assert (planned.created, planned.changed, planned.removed) == (loaded.created, loaded.changed, loaded.removed)
    assert not graph.load(source, dry_run=True)


def test_what_changed_is_what_is_planned(traced, tmp_path):
    graph, _ = traced
    graph.load(pact(tmp_path))
    plan = graph.load(pact(tmp_path, parties=PARTIES.replace("implied", "stated")))
    assert plan.counts() == [("PARTY_TO", 0, 1, 0)]
    plan = graph.load(pact(tmp_path, parties=PARTIES.replace("implied", "stated") + "pact,AUS,,,\n"))
    assert plan.counts() == [("CITED_IN", 1, 0, 0), ("Country", 1, 0, 0), ("PARTY_TO", 1, 0, 0)]
    plan = graph.load(pact(tmp_path))
    assert plan.counts() == [("CITED_IN", 0, 0, 1), ("Country", 0, 0, 1), ("PARTY_TO", 0, 1, 1)]
    plan = graph.load(pact(tmp_path, agreements=AGREEMENTS.replace("The Pact", "Pact").replace("1951-09-08", "")))
    assert plan.counts() == [("Agreement", 0, 1, 0), ("CITED_IN", 0, 1, 0)]
    assert plan.changed == ("pact", plan.change_ties[0].id)
    assert graph.rows("MATCH (a {id: 'pact'}) RETURN a.name AS name, a.signed AS signed").rows == [["Pact", None]]
    plan = graph.load(pact(tmp_path, toml=PACT + '\n[coverage]\nuntil = "2012"\n'))
    assert plan.counts() == [("Agreement", 0, 1, 0), ("CITED_IN", 0, 1, 0), ("Source", 0, 1, 0)]


def test_going_back_to_an_earlier_version_is_a_change_too(graph, tmp_path):
    """The number of ties and the source's own node are the same in both."""
    graph.load(pact(tmp_path))
    first = graph.content_hash()
    graph.load(pact(tmp_path, parties=PARTIES.replace("implied", "stated")))
    second = graph.content_hash()
    assert str(graph.load(pact(tmp_path))) == "+0 ~1 -0"
    assert graph.content_hash() == first
    graph.load(pact(tmp_path, parties=PARTIES.replace("implied", "stated")))
    assert graph.content_hash() == second != first


def test_another_priority_makes_things_anew_though_no_claim_has_changed(graph, tmp_path):
    low, high = (pact(tmp_path, name) for name in ("low", "high"))
    other = AGREEMENTS.replace("The Pact", "Pact of 1951")
    declared = (high / "source.toml").read_text()
    (high / "agreements.csv").write_text(other)
    (high / "source.toml").write_text(declared.replace("priority = 50", "priority = 60"))
    graph.load(low, high)
    assert graph.rows("MATCH (a:Agreement) RETURN a.name AS name").rows == [["Pact of 1951"]]
    (high / "source.toml").write_text(declared.replace("priority = 50", "priority = 40"))
    assert graph.load(high).counts() == [("Agreement", 0, 1, 0), ("Source", 0, 1, 0)]
    assert graph.rows("MATCH (a:Agreement) RETURN a.name AS name").rows == [["The Pact"]]


def test_only_the_parts_that_changed_are_compared(traced, tmp_path):
    """The graph has every tie's hash; of two hundred treaties one is read again, and what shares its part."""
    graph, _ = traced
    rows = [f"p{n},Pact {n},treaty,1951,1952,1953,\n" for n in range(200)]
    head = AGREEMENTS.partition("\n")[0] + "\n"
    source = pact(
        tmp_path, agreements=head + "".join(rows), parties="agreement,party,role,certainty,quote\np1,JPN,,,\n"
    )
    graph.load(source)
    changed = head + "".join(rows).replace("Pact 77,", "Pact of 77,")
    (source / "agreements.csv").write_text(changed)
    read = Counter()
    planner = Planner([check_source(open_source(source))])

    def reading(statement, parameters):
        result = graph.connection.read(statement, parameters)
        read["compared"] += sum(len(row[-1]) for row in result.rows) if "collect(CASE" in statement else 0
        return result

    assert planner.plan(reading).counts() == [("Agreement", 0, 1, 0), ("CITED_IN", 0, 1, 0)]
    assert 0 < read["compared"] < 20
    assert graph.load(source).counts() == [("Agreement", 0, 1, 0), ("CITED_IN", 0, 1, 0)]


def test_what_someone_else_changed_is_mended(graph, tmp_path):
    source = pact(tmp_path)
    graph.load(source)
    before = graph.content_hash()
    graph.rows("MATCH (:Country {id: 'USA'})-[t:PARTY_TO]->() DELETE t", write=True)
    assert graph.load(source).counts() == [("PARTY_TO", 1, 0, 0)]
    assert graph.content_hash() == before


def test_two_sources_that_claim_one_agreement(graph, tmp_path):
    one = pact(tmp_path, "one")
    graph.load(one)
    alone = contents(graph)
    other = pact(tmp_path, "other", parties="agreement,party,role,certainty,quote\npact,JPN,,,\npact,AUS,,,\n")
    plan = graph.load(other)
    assert plan.counts() == [
        ("CITED_IN", 3, 0, 0),
        ("Country", 1, 0, 0),
        ("PARTY_TO", 2, 0, 0),
        ("Source", 1, 0, 0),
    ]
    assert graph.rows("MATCH (a:Agreement) RETURN a.id AS id").rows == [["pact"]]
    assert cited(graph, "pact") == cited(graph, "JPN") == {"one", "other"}
    assert parties(graph, "pact") == {("JPN", "one"), ("USA", "one"), ("JPN", "other"), ("AUS", "other")}
    graph.unload("other")
    assert contents(graph) == alone


def test_where_sources_differ_the_higher_priority_wins_and_both_stand(graph, tmp_path):
    low = pact(tmp_path, "low")
    toml = (low / "source.toml").read_text().replace("priority = 50", "priority = 60").replace("low", "high")
    other = AGREEMENTS.replace("The Pact,treaty", "Pact of 1960,alliance").replace("1952-04-28,..", "1960,1970")
    high = pact(tmp_path, "high", toml, agreements=other)
    graph.load(low, high)
    statement = "MATCH (a:Agreement) RETURN a.name, a.aliases, a.kind, a.start, a.end, a.signed"
    assert graph.rows(statement).rows == [["Pact of 1960", ["The Pact"], "alliance", "1960", "1970", "1951-09-08"]]
    said = "MATCH (:Agreement)-[c:CITED_IN]->(s) RETURN s.id AS source, c.name AS name, c.start AS start"
    assert {tuple(row) for row in graph.rows(said).rows} == {
        ("low", "The Pact", "1952-04-28"),
        ("high", "Pact of 1960", "1960"),
    }
    graph.unload("high")
    assert graph.rows(statement).rows == [["The Pact", None, "treaty", "1952-04-28", "..", "1951-09-08"]]


def test_dates_come_together_from_one_source(graph, tmp_path):
    """A start of one source and an end of another would be a spell that nobody claims."""
    first = pact(tmp_path, "first", agreements=AGREEMENTS.replace(",..", ","))
    second = pact(tmp_path, "second", agreements=AGREEMENTS.replace("1952-04-28,..", "1950,1960"))
    graph.load(first, second)
    assert graph.rows("MATCH (a:Agreement) RETURN a.start, a.end").rows == [["1952-04-28", None]]


def test_a_day_of_signature_alone_hides_no_other_sources_dates(graph, tmp_path):
    """A list that says only when it was signed is first by its id, and does not say when it was in force."""
    first = pact(tmp_path, "first", agreements=AGREEMENTS.replace("1952-04-28,..", ","))
    second = pact(tmp_path, "second", agreements=AGREEMENTS.replace("1951-09-08", ""))
    graph.load(first, second)
    statement = "MATCH (a:Agreement) RETURN a.signed, a.start, a.end, a.startFrom, a.startBy"
    started = date(1952, 4, 28)
    assert graph.rows(statement).rows == [["1951-09-08", "1952-04-28", "..", started, started]]
    graph.unload("second")
    assert graph.rows(statement).rows == [["1951-09-08", None, None, date(1951, 9, 8), date.max]]


def test_unloading_leaves_nothing(graph, tmp_path):
    empty = graph.content_hash()
    graph.load(pact(tmp_path))
    assert str(graph.unload("pact-source")) == "+0 ~0 -9"
    assert graph.content_hash() == empty
    with pytest.raises(UsageError, match="pact-source: is not loaded; loaded are no sources"):
        graph.unload("pact-source")


def test_unloading_what_is_not_loaded_changes_nothing(graph, tmp_path):
    graph.load(pact(tmp_path))
    before = graph.content_hash()
    with pytest.raises(UsageError, match="other: is not loaded; loaded are pact-source"):
        graph.unload("pact-source", "other")
    assert graph.content_hash() == before


EXERCISE = """
[[tables]]
file = "exercises.csv"
[[tables.things]]
label = "Exercise"
id = "{id}"
name = "{name}"
"""


def test_an_id_of_two_engagements_is_refused(graph, tmp_path):
    exercise = make_source(tmp_path, "exercises", EXERCISE, {"exercises.csv": "id,name\npact,Exercise Pact\n"})
    sound(exercise)
    graph.load(pact(tmp_path))
    before = graph.content_hash()
    for attempt in ([exercise], [exercise, tmp_path / "pact-source"]):
        with pytest.raises(DataError, match=r"pact: is .* in one source and .* in another; mend one of them"):
            graph.load(*attempt)
    assert graph.content_hash() == before
    graph.unload("pact-source")
    with pytest.raises(DataError, match=r"pact: is .* in one source and .* in another"):
        graph.load(exercise, tmp_path / "pact-source")
    assert graph.rows("MATCH (n) RETURN count(n) AS n").rows == [[0]]


def test_a_thing_takes_what_is_left_when_the_source_that_named_it_goes(graph, tmp_path):
    """The other source only mentions the organization; its name is the register's."""
    toml = """
[[tables]]
file = "members.csv"
[[tables.ties]]
type = "MEMBER_OF"
from = { label = "Country", id = "{member}" }
to = { label = "Organization", id = "{organization}" }
"""
    graph.load(make_source(tmp_path, "members", toml, {"members.csv": "organization,member\nasean,THA\n"}))
    before = graph.content_hash()
    defining = EXERCISE.replace("Exercise", "Organization").replace("exercises", "organizations")
    tables = {"organizations.csv": "id,name\nasean,The Association\nthe-other,The Other\n"}
    graph.load(make_source(tmp_path, "organizations", defining, tables))
    rows = graph.rows("MATCH (o:Organization) RETURN o.id, o.name ORDER BY o.id").rows
    assert rows == [["asean", "Association of Southeast Asian Nations"], ["the-other", "The Other"]]
    aliases = graph.rows("MATCH (o:Organization {id: 'asean'}) RETURN o.aliases AS a").rows[0][0]
    assert "The Association" in aliases
    graph.unload("organizations")
    assert graph.content_hash() == before


def test_a_state_of_today_is_attested_as_far_as_the_lists_go(graph, tmp_path):
    graph.load(pact(tmp_path))
    statement = "MATCH (c:Country {id: 'JPN'}) RETURN c.end, c.endFrom, c.endBy"
    assert graph.rows(statement).rows == [["..", date(2016, 12, 31), date(9999, 12, 31)]]
