"""`docs/model.md` says of the graph what is so: its statements run, its conditions and tables are those of relgraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

import relgraph
from relgraph.ingest.plan import source_thing
from relgraph.model.dates import Bounds, in_force
from relgraph.model.ontology import load_ontology
from relgraph.model.records import INTERNAL
from tests.test_docs import MODEL

TEXT = MODEL.read_text("utf-8")
STATEMENTS = re.findall(r"^```cypher\n(.*?)^```$", TEXT, flags=re.MULTILINE | re.DOTALL)
CONDITIONS = dict(re.findall(r"^\| (yes|possibly|no|undated) \| `(.*)` \|$", TEXT, flags=re.MULTILINE))
SOURCE = """\
[source]
title = "All"
authors = ["A. Author"]
publisher = "P"
date = "2020"
url = "https://example.org"
licence = "CC0-1.0"
redistributable = false
citation = "@misc{all}"
files = "F"
marking = "UNCLASSIFIED"

[coverage]
labels = ["Agreement"]
kinds = ["acsa"]
countries = ["JPN"]
since = "1951"
until = "2020"
ego = ["JPN"]
note = "N"

[coverage.completely]
acsa = "2019"
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[relgraph.Graph]:
    with relgraph.open(tmp_path_factory.mktemp("model") / "graph") as graph:
        graph.load()
        yield graph


@pytest.mark.parametrize("cypher", STATEMENTS, ids=lambda cypher: cypher.split("\n")[0])
def test_every_statement_finds_something(demo, cypher):
    assert len(demo.rows(cypher)) > 0


@pytest.mark.parametrize("day", ["1951-09-08", "2017-06-01", "2020-06-02", "2025-12-31"])
def test_the_conditions_are_what_in_force_means(demo, day):
    dated = "RETURN e.id AS id, e.startFrom AS a, e.startBy AS b, e.endFrom AS c, e.endBy AS d"
    every = {row[0]: row[1:] for row in demo.rows(f"MATCH (e:Engagement) {dated}").rows}
    bounds = {id_: Bounds(*days) for id_, days in every.items()}
    on = date.fromisoformat(day)
    expected = {id_: "undated" if each.startBy is None else in_force(each, on) for id_, each in bounds.items()}
    found = [
        (row["id"], answer)
        for answer, condition in CONDITIONS.items()
        for row in demo.rows(f"MATCH (e:Engagement) WITH e, date('{day}') AS day WHERE {condition} RETURN e.id AS id")
    ]
    assert sorted(found) == sorted(expected.items())
    assert set(CONDITIONS) == {"yes", "possibly", "no", "undated"}


def test_an_agreement_that_was_attested_last_before_a_day_is_possibly_in_force(demo):
    where = f"WITH e, date('2025-12-31') AS day WHERE {CONDITIONS['possibly']}"
    found = demo.rows(f"MATCH (e:Agreement {{id: 'raa-jpn-phl'}}) {where} RETURN e.attested AS attested")
    assert found.column("attested") == ["2025-09-11"]


def test_a_bound_compared_with_a_text_gives_no_rows_and_with_a_day_gives_some(demo):
    assert len(demo.rows("MATCH (e:Agreement) WHERE e.startBy <= '2025-12-31' RETURN e.id AS id")) == 0
    assert len(demo.rows("MATCH (e:Agreement) WHERE e.startBy <= date($day) RETURN e.id AS id", day="2025-12-31")) > 0


def test_every_property_in_the_graph_is_on_the_page(demo):
    things = demo.rows("MATCH (n) UNWIND keys(n) AS name RETURN DISTINCT name").column("name")
    claims = demo.rows("MATCH ()-[t]->() UNWIND keys(t) AS name RETURN DISTINCT name").column("name")
    assert {*things, *claims, *INTERNAL} - _named(TEXT) == set()


def test_every_claim_has_what_the_page_says_that_every_tie_has(demo):
    lacking = " OR ".join(f"t.{name} IS NULL" for name in ("id", "source", "locator", "certainty"))
    assert len(demo.rows(f"MATCH ()-[t]->() WHERE {lacking} RETURN t.id AS id")) == 0
    certainties = {f"`{name}` ({means})" for name, means in load_ontology().certainties.items()}
    assert {words for words in certainties if words not in " ".join(TEXT.split())} == set()


def test_the_properties_are_those_of_the_ontology_with_their_types():
    rows = re.findall(r"^\| (`.*`) \| (\w+) \| .* \|$", TEXT, flags=re.MULTILINE)
    assert sorted((name, type_) for names, type_ in rows for name in _named(names)) == sorted(
        load_ontology().properties.items()
    )


def test_the_properties_of_a_source_are_those_that_it_is_given(tmp_path):
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "source.toml").write_text(SOURCE, "utf-8")
    (claims,) = relgraph.Graph.check(folder)
    table = TEXT.partition("A `Source` has\n")[2].partition("\n\n**")[0]
    columns = re.findall(r"^\| (`.*?`) \|", table, flags=re.MULTILINE)
    assert {name for names in columns for name in _named(names)} == {"id", *source_thing(claims).properties}


def _named(text: str) -> set[str]:
    return set(re.findall(r"`(\w+)`", text))
