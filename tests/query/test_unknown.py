"""What is said where a statement finds nothing because it looks for what nothing knows."""

from __future__ import annotations

import pytest
from tests.query.small_graph import write

COUNTRY = "No label Cuntry; near it: Country."
STATUS = "`relgraph status` lists those that there are."


@pytest.fixture
def filled(graph):
    write(graph.connection.write)
    graph.rows("CREATE (:Harbor {id: 'h'})-[:VISITED]->(:Harbor {id: 'i'})", write=True)
    return graph


def test_labels_and_types_that_nothing_knows_are_named_with_what_is_near(filled):
    said = {
        "MATCH (c:Cuntry) RETURN c": (COUNTRY,),
        "MATCH (c:country)-[:party_too]->(x) RETURN c": (
            "No label country; near it: Country.",
            "No type of tie party_too; near it: PARTY_TO, PART_OF.",
        ),
        "MATCH (a)-[t]->() WHERE t:PARTY_TOO RETURN t": ("No label PARTY_TOO; near it: PARTY_TO, PART_OF.",),
        "MATCH (:Harbour)-[:VISITS]->(:Sonnet) RETURN 1 AS one": (
            "No label Harbour; near it: Harbor.",
            f"No label Sonnet: {STATUS}",
            "No type of tie VISITS; near it: VISITED.",
        ),
        "MATCH (:A)--(:B)--(:C)--(:D) RETURN 1 AS one": tuple(f"No label {name}: {STATUS}" for name in "ABC"),
        # What the ontology or the graph knows is no fault of the statement, nor what is no name in it.
        "MATCH (:Harbor {id: 'x'})-[:VISITED]->() RETURN 1 AS one": (),
        "MATCH (:Place)-[:LOCATED_IN]->(:Group) RETURN 1 AS one": (),
        "MATCH (c:Country {id: ':Cuntry'}) RETURN c // (:Cuntry)": (),
        "MATCH (c:Cuntry) RETURN count(c) AS countries": (),
    }
    assert {cypher: filled.rows(cypher).notes for cypher in said} == said


def test_a_statement_that_writes_may_name_what_is_new(filled):
    assert filled.rows("CREATE (:Cuntry {id: 'x'})", write=True).notes == ()


def test_what_was_erased_is_known_no_more(filled):
    filled.rows("CREATE (:Counter {id: 'c'})-[:COUNTED]->(:Counter {id: 'd'})", write=True)
    assert filled.rows("MATCH (:Counter)-[:COUNTED]->(c) RETURN c.name").notes == ()
    filled.rows("MATCH (c:Counter) DETACH DELETE c", write=True)
    assert filled.rows("MATCH (:Counter)-[:COUNTED]->(c) RETURN c.name").notes == (
        "No label Counter; near it: Country.",
        f"No type of tie COUNTED: {STATUS}",
    )
