from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relgraph.model.ontology import load_ontology
from relgraph.query import statement
from relgraph.query.library import load_library


@pytest.mark.parametrize(
    ("cypher", "expected"),
    [
        ("RETURN $a AS a, $b_2 AS b, $a AS c", ("a", "b_2")),
        ("RETURN 'it''s $a' AS a, \"$b\" AS b, `$c` AS c // $d\n, 1 AS e /* $f */", ()),
        (r"RETURN 'a\'$no' + $yes AS a", ("yes",)),
        ("RETURN 'not closed $a", ()),
        ("RETURN /* not closed $a", ()),
    ],
)
def test_parameters(cypher, expected):
    assert statement.parameters(cypher) == expected


@pytest.mark.parametrize(
    ("cypher", "expected"),
    [
        ("RETURN 1 AS one", ("one",)),
        ("MATCH (a) RETURN DISTINCT a.id AS id, count(*) AS `how many` ORDER BY id LIMIT 3", ("id", "how many")),
        ("MATCH (a) RETURN a, a.limit, [x IN [1, 2] | x + 1] AS l SKIP 1", ("a", "a.limit", "l")),
        ("RETURN COLLECT { MATCH (a) RETURN a.id AS x ORDER BY x } AS all_ids, {a: 1, b: 2} AS map",
         ("all_ids", "map")),
        ("CALL { RETURN 1 AS hidden } RETURN hidden AS shown", ("shown",)),
        ("RETURN 1 AS a UNION RETURN 2 AS a", ("a",)),
        ("RETURN ',' AS comma, 'AS x' AS y;", ("comma", "y")),
        ("MATCH (n) RETURN *", None),
        ("CREATE (n)", None),
        ("", None),
    ],
)  # fmt: skip
def test_columns(cypher, expected):
    assert statement.columns(cypher) == expected


@pytest.mark.parametrize(
    ("cypher", "expected"),
    [
        ("RETURN 1 AS a ORDER BY a", True),
        ("RETURN 1 AS a", False),
        ("WITH 1 AS a ORDER BY a RETURN a", False),
        ("RETURN COLLECT { UNWIND [1] AS x RETURN x ORDER BY x } AS a", False),
        ("RETURN 'ORDER BY' AS a // ORDER BY a", False),
        ("MATCH (n)", False),
    ],
)
def test_is_ordered(cypher, expected):
    assert statement.is_ordered(cypher) is expected


@pytest.mark.parametrize(
    ("cypher", "expected"),
    [
        ("MATCH (n) DETACH DELETE n", "DELETE"),
        ("merge (n) RETURN n", "MERGE"),
        ("LOAD  CSV FROM 'x' AS row RETURN row", "LOAD  CSV"),
        ("MATCH (n:Set {create: 1}) WHERE n.delete = $remove AND n.set <> 'CREATE' RETURN n // MERGE", None),
    ],
)
def test_writes(cypher, expected):
    assert statement.writes(cypher) == expected


@pytest.mark.parametrize(
    ("cypher", "labels", "types"),
    [
        ("MATCH (:A:B)-[:R|S*1..3]->(b:!C&(D|E) {F: 'G', x: {y: H}}) RETURN b {.name, I: J, k: b.l}", "ABCDE", "RS"),
        ("MATCH (a:A WHERE a.x = 1)<-[r:R|:S {x: 1}]-(:`B`) RETURN count(*) // (:C)", "AB", "RS"),
        ("MATCH (a) WHERE a:A AND (a:B OR a:C) AND EXISTS { (a)-[:R]->(:D) } RETURN ':E', \"(:F)\", `:G`", "ABCD", "R"),
        ("MATCH (a)-[r]->(b:`not plain`) WHERE r:R AND b.x IS :: INTEGER AND b:$($label) RETURN r /* (:A) */", "R", ""),
        ("MATCH p = (a)--(b) RETURN [x IN nodes(p) WHERE x:A | x] AS x, [(a)-[:R]->(c:B) | c.id] AS y", "AB", "R"),
        ("RETURN {a: b, c: [d, {e: f}]} AS map, [1, 2][0..1] AS list", "", ""),
    ],
)
def test_labels_and_types(cypher, labels, types):
    assert statement.labels_and_types(cypher) == (tuple(labels), tuple(types))


def test_all_labels_and_types_of_the_library_are_found_and_nothing_else():
    ontology, named = load_ontology(), [statement.labels_and_types(each.cypher) for each in load_library().values()]
    labels, types = (set().union(*each) for each in zip(*named, strict=True))
    assert {"Country", "Engagement"} < labels <= {*ontology.labels, *ontology.families}
    assert {"PARTY_TO", "PART_OF"} < types <= set(ontology.ties)


PIECES = st.lists(
    st.sampled_from(["RETURN ", "'", '"', "`", "//", "/*", "*/", "\n", "$a", "(", ")", "{", "}", ",", " AS b", "\\"])
    | st.sampled_from(["(:A", "-[:B", "{c:", "d:E|F", "[", "]"])
    | st.text(max_size=5)
)


@given(PIECES.map("".join))
def test_any_text_can_be_read(text):
    assert len(statement.masked(text)) == len(text)
    statement.parameters(text)
    statement.columns(text)
    statement.is_ordered(text)
    statement.writes(text)
    assert all(name in text for names in statement.labels_and_types(text) for name in names)
